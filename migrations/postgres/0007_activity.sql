-- What is counted of a time, so that a year is counted without reading its documents.

-- How a contact that came in did, unless a program wrote it or the house called.
ALTER TABLE contact ADD COLUMN arrival TEXT GENERATED ALWAYS AS (
  CASE WHEN coalesce(doc -> 'origin' ->> 'direction', 'in') = 'in' AND coalesce(doc -> 'origin' ->> 'nature', 'personal') = 'personal'
    THEN doc -> 'origin' ->> 'kind' END
) STORED;
-- Kinds and states of the clocks.
ALTER TABLE contact ADD COLUMN clock_states TEXT GENERATED ALWAYS AS (
  CAST(jsonb_path_query_array(doc, '$.clocks[*].kind') || jsonb_path_query_array(doc, '$.clocks[*].state.kind') AS TEXT)
) STORED;
CREATE INDEX contact_figures ON contact (occurred_at, site_id, arrival, clock_states);
-- The new index finds all that this one did.
DROP INDEX contact_by_time;
CREATE INDEX contact_missed ON contact (occurred_at) WHERE doc -> 'origin' ->> 'line' = 'missed';

ALTER TABLE request ADD COLUMN channel TEXT GENERATED ALWAYS AS (doc ->> 'channel') STORED;
ALTER TABLE request ADD COLUMN client_id TEXT GENERATED ALWAYS AS (doc ->> 'client_id') STORED;
ALTER TABLE request ADD COLUMN price_cents BIGINT GENERATED ALWAYS AS (CAST(coalesce(doc ->> 'price', '0') AS BIGINT)) STORED;
ALTER TABLE request ADD COLUMN clock_states TEXT GENERATED ALWAYS AS (
  CAST(jsonb_path_query_array(doc, '$.clocks[*].kind') || jsonb_path_query_array(doc, '$.clocks[*].state.kind') AS TEXT)
) STORED;
CREATE INDEX request_figures ON request (created_at, site_id, channel, clock_states);
CREATE INDEX request_by_ending ON request (ended_at, state, site_id);

-- Clocks as rows.
CREATE VIEW clock AS
  SELECT contact.occurred_at AS came_at, contact.site_id, contact.clock_states, clock.value ->> 'kind' AS kind,
    clock.value -> 'state' ->> 'kind' AS state, clock.value ->> 'due_at' AS due_at
  FROM contact, jsonb_array_elements(contact.doc -> 'clocks') AS clock (value)
  UNION ALL
  SELECT request.created_at, request.site_id, request.clock_states, clock.value ->> 'kind', clock.value -> 'state' ->> 'kind', clock.value ->> 'due_at'
  FROM request, jsonb_array_elements(request.doc -> 'clocks') AS clock (value);

CREATE INDEX assignment_by_request ON assignment (request_id);
CREATE INDEX offer_by_time ON offer ((doc ->> 'created_at'), provider_id, state, (doc ->> 'site_id'));
CREATE INDEX permanence_by_day ON permanence ((doc -> 'window' ->> 'date'));
