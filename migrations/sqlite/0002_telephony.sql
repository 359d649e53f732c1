-- Telephone systems that call the office: each has one token, or two while one replaces the other.
CREATE TABLE telephone_token (
  token_hash TEXT PRIMARY KEY,
  source TEXT NOT NULL,
  format TEXT NOT NULL,
  -- The hash of the token that the system itself puts into its bodies, once the first one came.
  body_hash TEXT,
  created_at BIGINT NOT NULL
);
CREATE INDEX telephone_token_by_source ON telephone_token (source);

-- The calls of a time, for the service level.
CREATE INDEX contact_by_time ON contact (occurred_at);
