-- Mails of the house to persons.
CREATE TABLE reply (
  id TEXT PRIMARY KEY CHECK (id = coalesce(doc ->> 'id', '')),
  doc JSONB NOT NULL,
  state TEXT NOT NULL GENERATED ALWAYS AS (doc ->> 'state') STORED
    CHECK (state IN ('prepared', 'sending', 'sent', 'failed', 'doubtful', 'withdrawn', 'bounced')),
  contact_id TEXT GENERATED ALWAYS AS (doc ->> 'contact_id') STORED REFERENCES contact (id),
  request_id TEXT GENERATED ALWAYS AS (doc ->> 'request_id') STORED REFERENCES request (id)
);
CREATE INDEX reply_by_contact ON reply (contact_id);
CREATE INDEX reply_by_request ON reply (request_id);
CREATE INDEX reply_by_state ON reply (state) WHERE state IN ('prepared', 'sending', 'failed', 'doubtful', 'bounced');
