-- Mail that comes in: who is behind an address, the messages as they came, and the ways by which they come.

-- Who is behind an address of mail, in lower case; the counterpart of the telephone book.
CREATE TABLE mail_book (
  address TEXT NOT NULL,
  entity TEXT NOT NULL,
  entity_id TEXT NOT NULL,
  PRIMARY KEY (address, entity, entity_id)
);
CREATE INDEX mail_book_by_entity ON mail_book (entity_id);
INSERT INTO mail_book (address, entity, entity_id)
  SELECT DISTINCT lower(email.value), 'beneficiary', beneficiary.id FROM beneficiary, json_each(beneficiary.doc, '$.emails') AS email;
INSERT INTO mail_book (address, entity, entity_id)
  SELECT DISTINCT lower(email.value), 'provider', provider.id FROM provider, json_each(provider.doc, '$.emails') AS email;
INSERT INTO mail_book (address, entity, entity_id)
  SELECT DISTINCT lower(person.value ->> 'email'), 'client', client.id FROM client, json_each(client.doc, '$.contact_persons') AS person
  WHERE person.value ->> 'email' IS NOT NULL;

-- A message as it came, packed (gzip), without the attachments that were too large.
CREATE TABLE mail_raw (
  contact_id TEXT PRIMARY KEY REFERENCES contact (id),
  bytes BIGINT NOT NULL,
  packed BLOB NOT NULL
);

CREATE INDEX contact_by_sender ON contact (doc -> 'origin' ->> 'from');
CREATE INDEX contact_by_request ON contact (doc -> 'origin' ->> 'request_id');

-- Who may hand in mail for a mailbox; the hash of the token, never the token.
CREATE TABLE mail_token (
  token_hash TEXT PRIMARY KEY,
  mailbox TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX mail_token_by_mailbox ON mail_token (mailbox);

-- What was fetched from a mailbox and is on disk, though the mailbox may not know yet.
CREATE TABLE mail_taken (
  mailbox TEXT NOT NULL,
  uid_validity BIGINT NOT NULL,
  uid BIGINT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (mailbox, uid_validity, uid)
);

-- Which office fetches from a mailbox, until when, and how that goes.
CREATE TABLE mail_fetch (
  mailbox TEXT PRIMARY KEY,
  holder TEXT NOT NULL,
  held_until BIGINT NOT NULL,
  looked_at BIGINT,
  trouble TEXT
);
