-- What ranking counts: for which day jobs are, and who took how many of late.
ALTER TABLE request ADD COLUMN day TEXT GENERATED ALWAYS AS (substr(coalesce(doc -> 'when' ->> 'at', doc -> 'when' ->> 'date'), 1, 10)) VIRTUAL;
CREATE INDEX request_by_day ON request (day);
ALTER TABLE assignment ADD COLUMN provider_id TEXT GENERATED ALWAYS AS (doc -> 'by' ->> 'provider_id') VIRTUAL;
ALTER TABLE assignment ADD COLUMN created_at TEXT GENERATED ALWAYS AS (doc ->> 'created_at') VIRTUAL;
CREATE INDEX assignment_by_provider ON assignment (created_at, provider_id);
