-- Ids are 16-byte UUIDs, times are microseconds since 1970 UTC, dates are ISO 8601 text.

CREATE TABLE meta (
  name  TEXT PRIMARY KEY,
  value BLOB NOT NULL
) STRICT;

-- One row for each account. Several accounts may belong to one person; they never count as two people.
CREATE TABLE staff (
  account            BLOB PRIMARY KEY CHECK (length(account) = 16),
  person             BLOB NOT NULL CHECK (length(person) = 16),
  number             TEXT NOT NULL UNIQUE,
  name               TEXT NOT NULL,
  section            TEXT NOT NULL,
  roles              INTEGER NOT NULL CHECK (roles BETWEEN 1 AND 15),
  status             TEXT NOT NULL CHECK (status IN ('proposed', 'invited', 'active', 'suspended')),
  public_key         BLOB NOT NULL CHECK (length(public_key) = 32),
  recipient          TEXT NOT NULL,
  totp               BLOB,
  totp_step          INTEGER,
  -- Who issued and approved the first password, and when: for a week they are no other half of a pair (I11).
  issued_by          BLOB,
  approved_by        BLOB,
  issued_at          INTEGER NOT NULL,
  initial_until      INTEGER,
  proposal_signature BLOB,
  last_sign_in_at    INTEGER,
  last_terminal      TEXT,
  failures           INTEGER NOT NULL DEFAULT 0,
  CHECK (status <> 'active' OR totp IS NOT NULL),
  CHECK (issued_by IS NULL OR issued_by <> account),
  CHECK (approved_by IS NULL OR approved_by <> issued_by)
) STRICT;

-- Evidence of a password and a fresh code, bound to one statement, for one use.
CREATE TABLE step_up (
  id        BLOB PRIMARY KEY CHECK (length(id) = 16),
  account   BLOB NOT NULL REFERENCES staff (account),
  statement BLOB NOT NULL CHECK (length(statement) = 32),
  totp_step INTEGER NOT NULL,
  -- The step that was consumed before.
  previous  INTEGER NOT NULL,
  at        INTEGER NOT NULL,
  used      INTEGER NOT NULL DEFAULT 0 CHECK (used IN (0, 1)),
  UNIQUE (account, totp_step)
) STRICT;

CREATE TABLE record (
  id           BLOB PRIMARY KEY CHECK (length(id) = 16),
  year         INTEGER NOT NULL,
  number       INTEGER NOT NULL,
  form         TEXT NOT NULL,
  form_version INTEGER NOT NULL,
  channel      TEXT NOT NULL,
  received_at  INTEGER NOT NULL,
  pages        INTEGER,
  -- 0 until it is registered for the first time.
  version      INTEGER NOT NULL DEFAULT 0,
  discarded    INTEGER NOT NULL DEFAULT 0 CHECK (discarded IN (0, 1)),
  UNIQUE (year, number)
) STRICT;
-- The newest come out of here in order, and their number without a look at the rows.
CREATE INDEX record_by_arrival ON record (discarded, received_at DESC, number DESC);

-- What a record said at each registration. Never changed, never overwritten.
CREATE TABLE record_version (
  record        BLOB NOT NULL REFERENCES record (id),
  version       INTEGER NOT NULL CHECK (version >= 1),
  content       TEXT NOT NULL,
  digest        BLOB NOT NULL CHECK (length(digest) = 32),
  editor        BLOB NOT NULL REFERENCES staff (account),
  registered_at INTEGER NOT NULL,
  -- Set when the registration was undone within its grace period.
  undone_at     INTEGER,
  PRIMARY KEY (record, version)
) STRICT;
CREATE TRIGGER record_version_fixed BEFORE UPDATE OF record, version, content, digest, editor, registered_at ON record_version
BEGIN SELECT RAISE (ABORT, 'a registered version never changes'); END;
CREATE TRIGGER record_version_kept BEFORE DELETE ON record_version
BEGIN SELECT RAISE (ABORT, 'a registered version is not deleted'); END;

-- Who the newest version is about, for lists and searches. Derived from the content.
CREATE TABLE subject (
  record     BLOB PRIMARY KEY REFERENCES record (id),
  name       TEXT NOT NULL,
  reading    TEXT NOT NULL,
  search_key TEXT NOT NULL,
  birth_date TEXT,
  sex        TEXT NOT NULL,
  institution TEXT NOT NULL,
  due_on     TEXT
) STRICT;
CREATE INDEX subject_by_reading ON subject (search_key);
CREATE INDEX subject_by_name ON subject (name);

CREATE TABLE draft (
  id           BLOB PRIMARY KEY CHECK (length(id) = 16),
  record       BLOB NOT NULL REFERENCES record (id),
  holder       BLOB NOT NULL REFERENCES staff (account),
  -- The version that the holder saw when starting; 0 for a new record.
  base_version INTEGER NOT NULL,
  content      TEXT NOT NULL,
  -- The item the caret stood on.
  position     TEXT NOT NULL,
  saves        INTEGER NOT NULL DEFAULT 0,
  opened_at    INTEGER NOT NULL,
  saved_at     INTEGER NOT NULL,
  UNIQUE (record, holder)
) STRICT;

-- The destination register. A change is a new version; a version counts only when a second person has keyed it blind.
CREATE TABLE destination (
  id           BLOB NOT NULL CHECK (length(id) = 16),
  version      INTEGER NOT NULL CHECK (version >= 1),
  code         TEXT NOT NULL,
  organisation TEXT NOT NULL,
  reading      TEXT NOT NULL,
  channel      TEXT NOT NULL,
  address      TEXT NOT NULL,
  recipient    TEXT NOT NULL,
  -- Number of the document that the address was taken from.
  source       TEXT NOT NULL,
  entered_by   BLOB NOT NULL REFERENCES staff (account),
  entered_at   INTEGER NOT NULL,
  confirmed_by BLOB REFERENCES staff (account),
  confirmed_at INTEGER,
  valid_until  INTEGER,
  misses       INTEGER NOT NULL DEFAULT 0,
  frozen_at    INTEGER,
  PRIMARY KEY (id, version),
  CHECK (confirmed_by IS NULL OR confirmed_by <> entered_by),
  CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL)),
  CHECK ((confirmed_by IS NULL) = (valid_until IS NULL))
) STRICT;
CREATE TRIGGER destination_fixed BEFORE UPDATE OF id, version, code, organisation, reading, channel, address, recipient, source, entered_by, entered_at ON destination
BEGIN SELECT RAISE (ABORT, 'a change of the register is a new version'); END;
CREATE TRIGGER destination_confirmed_once BEFORE UPDATE OF confirmed_by, confirmed_at, valid_until ON destination WHEN old.confirmed_by IS NOT NULL
BEGIN SELECT RAISE (ABORT, 'a version is confirmed once'); END;
CREATE TRIGGER destination_kept BEFORE DELETE ON destination
BEGIN SELECT RAISE (ABORT, 'register versions are not deleted'); END;

CREATE TABLE transmission (
  id                  BLOB PRIMARY KEY CHECK (length(id) = 16),
  number              INTEGER NOT NULL UNIQUE,
  record              BLOB NOT NULL REFERENCES record (id),
  record_version      INTEGER NOT NULL,
  destination         BLOB NOT NULL,
  destination_version INTEGER NOT NULL,
  state               TEXT NOT NULL CHECK (state IN ('awaiting', 'confirmed', 'queued', 'dispatching', 'sent', 'acknowledged', 'failed', 'uncertain', 'returned', 'withdrawn', 'void')),
  author              BLOB NOT NULL REFERENCES staff (account),
  submitted_at        INTEGER NOT NULL,
  statement           BLOB NOT NULL,
  statement_signature BLOB NOT NULL CHECK (length(statement_signature) = 64),
  manifest            BLOB NOT NULL,
  artefact            BLOB NOT NULL,
  pages               INTEGER NOT NULL CHECK (pages >= 1),
  misses              INTEGER NOT NULL DEFAULT 0,
  second              BLOB REFERENCES staff (account),
  confirmation        BLOB,
  confirmation_signature BLOB,
  confirmed_at        INTEGER,
  -- The blind answers matched for this person at this time (consumed by the confirmation).
  matched_by          BLOB REFERENCES staff (account),
  matched_at          INTEGER,
  receipt_reason      INTEGER,
  closed_at           INTEGER,
  FOREIGN KEY (record, record_version) REFERENCES record_version (record, version),
  FOREIGN KEY (destination, destination_version) REFERENCES destination (id, version),
  CHECK (second IS NULL OR second <> author),
  CHECK (matched_by IS NULL OR matched_by <> author),
  CHECK ((second IS NULL) = (confirmation IS NULL)),
  CHECK ((second IS NULL) = (confirmation_signature IS NULL)),
  CHECK ((second IS NULL) = (confirmed_at IS NULL)),
  CHECK (state NOT IN ('confirmed', 'queued', 'dispatching', 'sent', 'acknowledged', 'failed', 'uncertain') OR second IS NOT NULL)
) STRICT;
CREATE INDEX transmission_by_state ON transmission (state);
CREATE INDEX transmission_by_record ON transmission (record, number);
CREATE TRIGGER transmission_envelope_fixed BEFORE UPDATE OF id, number, record, record_version, destination, destination_version, author, submitted_at, statement, statement_signature, manifest, artefact, pages ON transmission
BEGIN SELECT RAISE (ABORT, 'what was submitted never changes'); END;
CREATE TRIGGER transmission_confirmed_once BEFORE UPDATE OF second, confirmation, confirmation_signature, confirmed_at ON transmission WHEN old.second IS NOT NULL
BEGIN SELECT RAISE (ABORT, 'a transmission is confirmed once'); END;
CREATE TRIGGER transmission_finished BEFORE UPDATE OF state ON transmission WHEN old.state IN ('acknowledged', 'returned', 'withdrawn', 'void')
BEGIN SELECT RAISE (ABORT, 'a finished transmission does not move'); END;
CREATE TRIGGER transmission_kept BEFORE DELETE ON transmission
BEGIN SELECT RAISE (ABORT, 'transmissions are not deleted'); END;

CREATE TABLE audit_event (
  seq                  INTEGER PRIMARY KEY,
  first_of_transaction INTEGER NOT NULL,
  body                 BLOB,
  hash                 BLOB NOT NULL CHECK (length(hash) = 32),
  -- Copies of fields of the body, for queries; the verifier compares them.
  wall_us              INTEGER NOT NULL,
  actor                BLOB NOT NULL,
  action               INTEGER NOT NULL,
  object_kind          INTEGER NOT NULL,
  object               BLOB NOT NULL,
  outcome              INTEGER NOT NULL
) STRICT;
CREATE INDEX audit_by_actor ON audit_event (actor, seq);
CREATE INDEX audit_by_object ON audit_event (object, seq);
CREATE TRIGGER audit_event_fixed BEFORE UPDATE ON audit_event BEGIN SELECT RAISE (ABORT, 'the log is append-only'); END;
CREATE TRIGGER audit_event_kept BEFORE DELETE ON audit_event BEGIN SELECT RAISE (ABORT, 'the log is append-only'); END;

CREATE TABLE audit_detail (
  seq   INTEGER PRIMARY KEY REFERENCES audit_event (seq),
  nonce BLOB NOT NULL CHECK (length(nonce) = 32),
  text  TEXT NOT NULL
) STRICT;
CREATE TRIGGER audit_detail_fixed BEFORE UPDATE ON audit_detail BEGIN SELECT RAISE (ABORT, 'a detail is erased, never changed'); END;

-- What supervisors decided about single events.
CREATE TABLE review (
  seq      INTEGER PRIMARY KEY REFERENCES audit_event (seq),
  verdict  INTEGER NOT NULL,
  reason   TEXT NOT NULL,
  reviewer BLOB NOT NULL REFERENCES staff (account),
  at       INTEGER NOT NULL
) STRICT;
