-- What somebody wants again and again, and the one request of each of its dates.
CREATE TABLE recurring_order (
  id TEXT PRIMARY KEY CHECK (id = coalesce(doc ->> 'id', '')),
  doc JSONB NOT NULL,
  state TEXT NOT NULL GENERATED ALWAYS AS (doc ->> 'state') STORED CHECK (state IN ('active', 'ended')),
  site_id TEXT NOT NULL GENERATED ALWAYS AS (doc ->> 'site_id') STORED REFERENCES site (id),
  service_id TEXT NOT NULL GENERATED ALWAYS AS (doc ->> 'service_id') STORED REFERENCES service (id),
  contact_id TEXT GENERATED ALWAYS AS (doc ->> 'contact_id') STORED REFERENCES contact (id),
  requester_id TEXT NOT NULL GENERATED ALWAYS AS (doc -> 'requester' ->> 'id') STORED,
  ended_at TEXT GENERATED ALWAYS AS (doc ->> 'ended_at') STORED,
  forgotten TEXT GENERATED ALWAYS AS (doc ->> 'forgotten') STORED
);
CREATE INDEX recurring_order_by_requester ON recurring_order (requester_id);
CREATE INDEX recurring_order_by_end ON recurring_order (ended_at) WHERE forgotten IS NULL;
ALTER TABLE request ADD COLUMN recurring_order_id TEXT GENERATED ALWAYS AS (doc -> 'recurring' ->> 'order_id') STORED REFERENCES recurring_order (id);
ALTER TABLE request ADD COLUMN recurring_date TEXT GENERATED ALWAYS AS (doc -> 'recurring' ->> 'date') STORED;
CREATE UNIQUE INDEX request_of_recurring_date ON request (recurring_order_id, recurring_date) WHERE recurring_order_id IS NOT NULL;
