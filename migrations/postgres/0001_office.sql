-- One table an entity: `doc` is the row as the API shows it; every other column is generated from it,
-- so that what the schema constrains and what people see cannot differ. Instants inside `doc` are RFC 3339
-- in UTC with six digits, whose text order is their time order; the tables of the office itself count microseconds.

CREATE TABLE policy (
  id TEXT PRIMARY KEY CHECK (id = coalesce(doc ->> 'id', '')),
  doc JSONB NOT NULL
);

CREATE TABLE client (
  id TEXT PRIMARY KEY CHECK (id = coalesce(doc ->> 'id', '')),
  doc JSONB NOT NULL
);

CREATE TABLE contract (
  id TEXT PRIMARY KEY CHECK (id = coalesce(doc ->> 'id', '')),
  doc JSONB NOT NULL,
  client_id TEXT NOT NULL GENERATED ALWAYS AS (doc ->> 'client_id') STORED REFERENCES client (id)
);

CREATE TABLE site (
  id TEXT PRIMARY KEY CHECK (id = coalesce(doc ->> 'id', '')),
  doc JSONB NOT NULL,
  client_id TEXT GENERATED ALWAYS AS (doc ->> 'client_id') STORED REFERENCES client (id)
);

CREATE TABLE holiday (
  id TEXT PRIMARY KEY CHECK (id = coalesce(doc ->> 'id', '')),
  doc JSONB NOT NULL,
  site_id TEXT GENERATED ALWAYS AS (doc ->> 'site_id') STORED REFERENCES site (id)
);

CREATE TABLE service (
  id TEXT PRIMARY KEY CHECK (id = coalesce(doc ->> 'id', '')),
  doc JSONB NOT NULL
);

CREATE TABLE provider (
  id TEXT PRIMARY KEY CHECK (id = coalesce(doc ->> 'id', '')),
  doc JSONB NOT NULL
);

CREATE TABLE courier (
  id TEXT PRIMARY KEY CHECK (id = coalesce(doc ->> 'id', '')),
  doc JSONB NOT NULL
);

CREATE TABLE operator (
  id TEXT PRIMARY KEY CHECK (id = coalesce(doc ->> 'id', '')),
  doc JSONB NOT NULL,
  login TEXT NOT NULL UNIQUE GENERATED ALWAYS AS (doc ->> 'login') STORED
);

CREATE TABLE beneficiary (
  id TEXT PRIMARY KEY CHECK (id = coalesce(doc ->> 'id', '')),
  doc JSONB NOT NULL,
  site_id TEXT GENERATED ALWAYS AS (doc ->> 'site_id') STORED REFERENCES site (id),
  client_id TEXT GENERATED ALWAYS AS (doc ->> 'client_id') STORED REFERENCES client (id)
);

CREATE TABLE permanence (
  id TEXT PRIMARY KEY CHECK (id = coalesce(doc ->> 'id', '')),
  doc JSONB NOT NULL,
  state TEXT NOT NULL GENERATED ALWAYS AS (doc ->> 'state') STORED CHECK (state IN ('planned', 'open', 'closed', 'missed', 'cancelled')),
  site_id TEXT NOT NULL GENERATED ALWAYS AS (doc ->> 'site_id') STORED REFERENCES site (id)
);
CREATE INDEX permanence_by_state ON permanence (state);

CREATE TABLE locker (
  id TEXT PRIMARY KEY CHECK (id = coalesce(doc ->> 'id', '')),
  doc JSONB NOT NULL,
  state TEXT NOT NULL GENERATED ALWAYS AS (doc ->> 'state') STORED CHECK (state IN ('free', 'reserved', 'filled', 'overdue', 'out_of_order')),
  site_id TEXT NOT NULL GENERATED ALWAYS AS (doc ->> 'site_id') STORED REFERENCES site (id),
  name TEXT NOT NULL GENERATED ALWAYS AS (doc ->> 'name') STORED,
  UNIQUE (site_id, name)
);

CREATE TABLE contact (
  id TEXT PRIMARY KEY CHECK (id = coalesce(doc ->> 'id', '')),
  doc JSONB NOT NULL,
  state TEXT NOT NULL GENERATED ALWAYS AS (doc ->> 'state') STORED CHECK (state IN ('open', 'wrapped_up', 'called_back', 'dropped')),
  site_id TEXT GENERATED ALWAYS AS (doc ->> 'site_id') STORED REFERENCES site (id),
  -- What the world calls it: source and callId of a call, mailbox and Message-ID of a message.
  foreign_key TEXT UNIQUE GENERATED ALWAYS AS (doc ->> 'foreign_key') STORED,
  party_id TEXT GENERATED ALWAYS AS (doc -> 'party' ->> 'id') STORED,
  occurred_at TEXT NOT NULL GENERATED ALWAYS AS (doc ->> 'occurred_at') STORED,
  forgotten TEXT GENERATED ALWAYS AS (doc ->> 'forgotten') STORED
);
CREATE INDEX contact_by_age ON contact (occurred_at) WHERE forgotten IS NULL;
CREATE INDEX contact_by_party ON contact (party_id);
CREATE INDEX contact_by_state ON contact (state);

CREATE TABLE request (
  id TEXT PRIMARY KEY CHECK (id = coalesce(doc ->> 'id', '')),
  doc JSONB NOT NULL,
  number TEXT NOT NULL UNIQUE GENERATED ALWAYS AS (doc ->> 'number') STORED,
  state TEXT NOT NULL GENERATED ALWAYS AS (doc ->> 'state') STORED
    CHECK (state IN ('new', 'triaged', 'waiting', 'offered', 'assigned', 'underway', 'ready', 'done', 'closed', 'answered', 'refused', 'cancelled', 'merged')),
  site_id TEXT GENERATED ALWAYS AS (doc ->> 'site_id') STORED REFERENCES site (id),
  service_id TEXT GENERATED ALWAYS AS (doc ->> 'service_id') STORED REFERENCES service (id),
  contact_id TEXT GENERATED ALWAYS AS (doc ->> 'contact_id') STORED REFERENCES contact (id),
  requester_id TEXT GENERATED ALWAYS AS (doc -> 'requester' ->> 'id') STORED,
  created_at TEXT NOT NULL GENERATED ALWAYS AS (doc ->> 'created_at') STORED,
  ended_at TEXT GENERATED ALWAYS AS (doc ->> 'ended_at') STORED,
  forgotten TEXT GENERATED ALWAYS AS (doc ->> 'forgotten') STORED
);
CREATE INDEX request_by_end ON request (ended_at) WHERE forgotten IS NULL;
CREATE INDEX request_by_state ON request (state) WHERE state NOT IN ('closed', 'answered', 'refused', 'cancelled', 'merged');
CREATE INDEX request_by_requester ON request (requester_id, created_at);
CREATE INDEX request_by_contact ON request (contact_id);

CREATE TABLE claim (
  id TEXT PRIMARY KEY CHECK (id = coalesce(doc ->> 'id', '')),
  doc JSONB NOT NULL,
  state TEXT NOT NULL GENERATED ALWAYS AS (doc ->> 'state') STORED CHECK (state IN ('live', 'stale', 'released')),
  subject_id TEXT NOT NULL GENERATED ALWAYS AS (doc ->> 'subject_id') STORED
);
CREATE UNIQUE INDEX claim_one_a_subject ON claim (subject_id) WHERE state <> 'released';
CREATE INDEX claim_by_state ON claim (state) WHERE state <> 'released';

-- The moving part of a claim: renewals make no change entry.
CREATE TABLE claim_work (
  claim_id TEXT PRIMARY KEY REFERENCES claim (id),
  renewed_at BIGINT NOT NULL,
  draft TEXT
);

CREATE TABLE held (
  id TEXT PRIMARY KEY CHECK (id = coalesce(doc ->> 'id', '')),
  doc JSONB NOT NULL,
  state TEXT NOT NULL GENERATED ALWAYS AS (doc ->> 'state') STORED CHECK (state IN ('held', 'released', 'returned'))
);
CREATE INDEX held_by_state ON held (state);

CREATE TABLE offer (
  id TEXT PRIMARY KEY CHECK (id = coalesce(doc ->> 'id', '')),
  doc JSONB NOT NULL,
  state TEXT NOT NULL GENERATED ALWAYS AS (doc ->> 'state') STORED
    CHECK (state IN ('prepared', 'sent', 'seen', 'accepted', 'declined', 'expired', 'withdrawn', 'fulfilled', 'failed', 'released')),
  request_id TEXT NOT NULL GENERATED ALWAYS AS (doc ->> 'request_id') STORED REFERENCES request (id),
  provider_id TEXT NOT NULL GENERATED ALWAYS AS (doc ->> 'provider_id') STORED REFERENCES provider (id)
);
CREATE UNIQUE INDEX offer_one_accepted ON offer (request_id) WHERE state = 'accepted';
CREATE INDEX offer_by_request ON offer (request_id);
CREATE INDEX offer_by_state ON offer (state) WHERE state IN ('prepared', 'sent', 'seen', 'accepted');

CREATE TABLE assignment (
  id TEXT PRIMARY KEY CHECK (id = coalesce(doc ->> 'id', '')),
  doc JSONB NOT NULL,
  state TEXT NOT NULL GENERATED ALWAYS AS (doc ->> 'state') STORED CHECK (state IN ('active', 'fulfilled', 'failed', 'released')),
  request_id TEXT NOT NULL GENERATED ALWAYS AS (doc ->> 'request_id') STORED REFERENCES request (id)
);
CREATE UNIQUE INDEX assignment_one_active ON assignment (request_id) WHERE state = 'active';
CREATE INDEX assignment_by_state ON assignment (state) WHERE state = 'active';

CREATE TABLE booking (
  id TEXT PRIMARY KEY CHECK (id = coalesce(doc ->> 'id', '')),
  doc JSONB NOT NULL,
  state TEXT NOT NULL GENERATED ALWAYS AS (doc ->> 'state') STORED CHECK (state IN ('reserved', 'filled', 'overdue', 'emptied', 'cancelled')),
  locker_id TEXT NOT NULL GENERATED ALWAYS AS (doc ->> 'locker_id') STORED REFERENCES locker (id),
  request_id TEXT GENERATED ALWAYS AS (doc ->> 'request_id') STORED REFERENCES request (id)
);
CREATE UNIQUE INDEX booking_one_live_a_locker ON booking (locker_id) WHERE state IN ('reserved', 'filled', 'overdue');

-- The office's own secrets, made at random when first needed.
CREATE TABLE office_key (
  name TEXT PRIMARY KEY,
  secret TEXT NOT NULL
);

-- The code that opens a booked locker: a hash keyed by one of them, never the code.
CREATE TABLE booking_code (
  booking_id TEXT PRIMARY KEY REFERENCES booking (id),
  code_hash TEXT NOT NULL
);

CREATE TABLE item (
  id TEXT PRIMARY KEY CHECK (id = coalesce(doc ->> 'id', '')),
  doc JSONB NOT NULL,
  state TEXT NOT NULL GENERATED ALWAYS AS (doc ->> 'state') STORED CHECK (state IN ('in_custody', 'handed_back', 'lost')),
  label TEXT NOT NULL GENERATED ALWAYS AS (doc ->> 'label') STORED,
  holder TEXT NOT NULL GENERATED ALWAYS AS (doc -> 'holder' ->> 'kind') STORED
    CHECK (holder IN ('beneficiary', 'concierge', 'locker', 'courier', 'provider')),
  request_id TEXT GENERATED ALWAYS AS (doc ->> 'request_id') STORED REFERENCES request (id)
);
-- Not unique: that a thing was taken in under a label that is out already is a fact; an exception says so.
CREATE INDEX item_by_label ON item (label) WHERE state = 'in_custody';
CREATE INDEX item_by_request ON item (request_id);

CREATE TABLE round (
  id TEXT PRIMARY KEY CHECK (id = coalesce(doc ->> 'id', '')),
  doc JSONB NOT NULL,
  state TEXT NOT NULL GENERATED ALWAYS AS (doc ->> 'state') STORED CHECK (state IN ('draft', 'published', 'started', 'finished')),
  courier_id TEXT NOT NULL GENERATED ALWAYS AS (doc ->> 'courier_id') STORED REFERENCES courier (id)
);
CREATE INDEX round_by_state ON round (state);

CREATE TABLE leg (
  id TEXT PRIMARY KEY CHECK (id = coalesce(doc ->> 'id', '')),
  doc JSONB NOT NULL,
  state TEXT NOT NULL GENERATED ALWAYS AS (doc ->> 'state') STORED CHECK (state IN ('planned', 'confirmed', 'underway', 'done', 'failed', 'cancelled')),
  request_id TEXT NOT NULL GENERATED ALWAYS AS (doc ->> 'request_id') STORED REFERENCES request (id),
  round_id TEXT GENERATED ALWAYS AS (doc ->> 'round_id') STORED REFERENCES round (id),
  after_id TEXT GENERATED ALWAYS AS (doc ->> 'after') STORED REFERENCES leg (id),
  replaces_id TEXT UNIQUE GENERATED ALWAYS AS (doc ->> 'replaces') STORED REFERENCES leg (id)
);
CREATE INDEX leg_by_request ON leg (request_id);
CREATE INDEX leg_by_round ON leg (round_id);
CREATE INDEX leg_by_state ON leg (state) WHERE state IN ('planned', 'confirmed', 'underway');

CREATE TABLE posting (
  id TEXT PRIMARY KEY CHECK (id = coalesce(doc ->> 'id', '')),
  doc JSONB NOT NULL,
  reverses_id TEXT UNIQUE GENERATED ALWAYS AS (doc ->> 'reverses') STORED REFERENCES posting (id),
  request_id TEXT GENERATED ALWAYS AS (doc ->> 'request_id') STORED REFERENCES request (id),
  permanence_id TEXT GENERATED ALWAYS AS (doc ->> 'permanence_id') STORED REFERENCES permanence (id)
);
CREATE INDEX posting_by_request ON posting (request_id);
CREATE INDEX posting_by_permanence ON posting (permanence_id);

-- The lines of the postings, for balances; append-only like them.
CREATE TABLE posting_line (
  posting_id TEXT NOT NULL REFERENCES posting (id),
  position BIGINT NOT NULL,
  account TEXT NOT NULL,
  amount_cents BIGINT NOT NULL CHECK (amount_cents <> 0),
  PRIMARY KEY (posting_id, position)
);
CREATE INDEX posting_line_by_account ON posting_line (account);

CREATE TABLE exception (
  id TEXT PRIMARY KEY CHECK (id = coalesce(doc ->> 'id', '')),
  doc JSONB NOT NULL,
  state TEXT NOT NULL GENERATED ALWAYS AS (doc ->> 'state') STORED CHECK (state IN ('open', 'closed')),
  about_id TEXT NOT NULL GENERATED ALWAYS AS (doc -> 'about' ->> 'id') STORED
);
CREATE INDEX exception_by_about ON exception (about_id);
CREATE INDEX exception_by_state ON exception (state);

-- Running numbers: the feed's and each year's requests'.
CREATE TABLE counter (
  name TEXT PRIMARY KEY,
  value BIGINT NOT NULL
);
INSERT INTO counter (name, value) VALUES ('feed', 0), ('feed_floor', 0);

-- The change feed. `before_doc` is kept as long as the change can be undone.
CREATE TABLE change (
  seq BIGINT PRIMARY KEY,
  at BIGINT NOT NULL,
  command TEXT NOT NULL,
  author TEXT NOT NULL,
  entity TEXT NOT NULL,
  entity_id TEXT NOT NULL,
  version BIGINT NOT NULL,
  scope_before TEXT,
  scope_after TEXT,
  doc TEXT,
  before_doc TEXT
);
CREATE INDEX change_by_command ON change (command);
CREATE INDEX change_by_at ON change (at);

-- Who did what, when, from state to state: ids, not names. Kept longer than the feed.
CREATE TABLE history (
  entity TEXT NOT NULL,
  entity_id TEXT NOT NULL,
  version BIGINT NOT NULL,
  at BIGINT NOT NULL,
  author TEXT NOT NULL,
  command TEXT NOT NULL,
  verb TEXT NOT NULL,
  from_state TEXT,
  to_state TEXT,
  reason TEXT,
  PRIMARY KEY (entity, entity_id, version)
);

-- Who looked at whose record.
CREATE TABLE sight (
  at BIGINT NOT NULL,
  operator_id TEXT NOT NULL,
  entity TEXT NOT NULL,
  entity_id TEXT NOT NULL
);
CREATE INDEX sight_by_entity ON sight (entity_id, at);

-- Commands carried out, so that a repeated key does nothing twice.
CREATE TABLE command (
  key TEXT PRIMARY KEY,
  author TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  name TEXT NOT NULL,
  at BIGINT NOT NULL,
  first_seq BIGINT NOT NULL,
  last_seq BIGINT NOT NULL,
  -- The outcome a row of a bulk, or what else the answer holds beside its changes.
  answer TEXT,
  undone_by TEXT
);
CREATE INDEX command_by_at ON command (at);

CREATE TABLE session (
  token_hash TEXT PRIMARY KEY,
  operator_id TEXT NOT NULL REFERENCES operator (id),
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX session_by_operator ON session (operator_id);

CREATE TABLE credential (
  operator_id TEXT PRIMARY KEY REFERENCES operator (id),
  password_hash TEXT NOT NULL
);

CREATE TABLE login_attempt (
  subject TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX login_attempt_by_subject ON login_attempt (subject, at);

-- What is to happen by itself, and when.
CREATE TABLE timer (
  kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  due_at BIGINT NOT NULL,
  PRIMARY KEY (kind, subject_id)
);
CREATE INDEX timer_by_due ON timer (due_at);

-- Whose telephone number it is.
CREATE TABLE phone_book (
  number TEXT NOT NULL,
  entity TEXT NOT NULL,
  entity_id TEXT NOT NULL,
  PRIMARY KEY (number, entity, entity_id)
);
CREATE INDEX phone_book_by_entity ON phone_book (entity_id);

-- The words under which requests are found, folded; the number orders by age.
CREATE TABLE request_search (
  number_order BIGINT PRIMARY KEY,
  words tsvector NOT NULL
);
CREATE INDEX request_search_by_words ON request_search USING gin (words);
