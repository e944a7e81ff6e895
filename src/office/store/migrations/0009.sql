-- The register of destinations says more: on which way, what keeps a package unreadable, what may be sent there and why,
-- until when, and how it was made sure that the right machine stands there.
ALTER TABLE destination ADD COLUMN protection     TEXT NOT NULL DEFAULT 'age';
-- The agreed password of the archive, sealed under a key of its own; only where the protection is 'zip'.
ALTER TABLE destination ADD COLUMN password       BLOB;
-- What the organisation is called in the register of institutions: a document that names its addressee names it by this.
ALTER TABLE destination ADD COLUMN institution    TEXT NOT NULL DEFAULT '';
-- Ids of the purposes that it may be sent things for, with a space between them.
ALTER TABLE destination ADD COLUMN purposes       TEXT NOT NULL DEFAULT '';
ALTER TABLE destination ADD COLUMN contract_until TEXT;
ALTER TABLE destination ADD COLUMN bands          TEXT NOT NULL DEFAULT '';
-- Where a person is reached who says what has arrived.
ALTER TABLE destination ADD COLUMN phone          TEXT NOT NULL DEFAULT '';
ALTER TABLE destination ADD COLUMN short_dial     TEXT NOT NULL DEFAULT '';
-- Number of the document that the second person keyed from.
ALTER TABLE destination ADD COLUMN second_source  TEXT;
-- Taken over from a list that nobody has keyed: it has to be entered anew before it can be confirmed.
ALTER TABLE destination ADD COLUMN imported       INTEGER NOT NULL DEFAULT 0 CHECK (imported IN (0, 1));
-- Somebody at the destination read the number of the test page out.
ALTER TABLE destination ADD COLUMN called_by      BLOB REFERENCES staff (account);
ALTER TABLE destination ADD COLUMN called_at      INTEGER;
ALTER TABLE destination ADD COLUMN called_whom    TEXT;

-- A version is in force from the call on, no longer from the second keying; what was in force stays so.
DROP TRIGGER destination_fixed;
DROP TRIGGER destination_confirmed_once;
UPDATE destination SET called_by = confirmed_by, called_at = confirmed_at, called_whom = '' WHERE confirmed_by IS NOT NULL;
CREATE TRIGGER destination_fixed BEFORE UPDATE OF id, version, code, organisation, reading, channel, address, recipient, protection, password, institution, purposes, contract_until, bands, phone, short_dial, source, imported, entered_by, entered_at ON destination
BEGIN SELECT RAISE (ABORT, 'a change of the register is a new version'); END;
CREATE TRIGGER destination_confirmed_once BEFORE UPDATE OF confirmed_by, confirmed_at, second_source ON destination WHEN old.confirmed_by IS NOT NULL
BEGIN SELECT RAISE (ABORT, 'a version is confirmed once'); END;
CREATE TRIGGER destination_called_once BEFORE UPDATE OF called_by, called_at, called_whom ON destination WHEN old.called_by IS NOT NULL OR old.confirmed_by IS NULL
BEGIN SELECT RAISE (ABORT, 'a version is called back once, after its second keying'); END;
CREATE TRIGGER destination_frozen_for_good BEFORE UPDATE OF frozen_at ON destination WHEN old.frozen_at IS NOT NULL
BEGIN SELECT RAISE (ABORT, 'a frozen version stays frozen'); END;

-- A transmission without a record is a test page, which says nothing about anybody. The papers carry a number that the
-- recipient reads out; what the other machine said of itself and who said that it arrived are kept with it.
CREATE TABLE transmission_9 (
  id                  BLOB PRIMARY KEY CHECK (length(id) = 16),
  number              INTEGER NOT NULL UNIQUE,
  record              BLOB REFERENCES record (id),
  record_version      INTEGER,
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
  control             TEXT NOT NULL,
  -- Why the name or number of somebody else may stand in it, in the sender's words.
  mention             TEXT,
  misses              INTEGER NOT NULL DEFAULT 0,
  -- The supervisor who let a third attempt be made.
  called              BLOB REFERENCES staff (account),
  called_at           INTEGER,
  second              BLOB REFERENCES staff (account),
  confirmation        BLOB,
  confirmation_signature BLOB,
  confirmed_at        INTEGER,
  matched_by          BLOB REFERENCES staff (account),
  matched_at          INTEGER,
  receipt_reason      INTEGER,
  closed_at           INTEGER,
  -- When the papers were put out for a person to send by hand.
  handed_at           INTEGER,
  -- When the dispatcher wrote what became of it, by its own clock.
  reported_at         INTEGER,
  remote_id           TEXT,
  remote_pages        INTEGER,
  duration_s          INTEGER,
  arrived_by          BLOB REFERENCES staff (account),
  arrived_at          INTEGER,
  arrived_whom        TEXT,
  FOREIGN KEY (record, record_version) REFERENCES record_version (record, version),
  FOREIGN KEY (destination, destination_version) REFERENCES destination (id, version),
  CHECK ((record IS NULL) = (record_version IS NULL)),
  CHECK (second IS NULL OR second <> author),
  CHECK (matched_by IS NULL OR matched_by <> author),
  CHECK (called IS NULL OR called <> author),
  CHECK ((called IS NULL) = (called_at IS NULL)),
  CHECK ((second IS NULL) = (confirmation IS NULL)),
  CHECK ((second IS NULL) = (confirmation_signature IS NULL)),
  CHECK ((second IS NULL) = (confirmed_at IS NULL)),
  CHECK ((arrived_by IS NULL) = (arrived_at IS NULL)),
  CHECK (state NOT IN ('confirmed', 'queued', 'dispatching', 'sent', 'acknowledged', 'failed', 'uncertain') OR second IS NOT NULL)
) STRICT;
INSERT INTO transmission_9 (id, number, record, record_version, destination, destination_version, state, author, submitted_at,
                            statement, statement_signature, manifest, artefact, pages, control, misses, second, confirmation,
                            confirmation_signature, confirmed_at, matched_by, matched_at, receipt_reason, closed_at)
SELECT id, number, record, record_version, destination, destination_version, state, author, submitted_at,
       statement, statement_signature, manifest, artefact, pages, '', misses, second, confirmation,
       confirmation_signature, confirmed_at, matched_by, matched_at, receipt_reason, closed_at
FROM transmission;
DROP TABLE transmission;
ALTER TABLE transmission_9 RENAME TO transmission;
CREATE INDEX transmission_by_state ON transmission (state);
CREATE INDEX transmission_by_record ON transmission (record, number);
CREATE INDEX transmission_by_destination ON transmission (destination, number);
CREATE TRIGGER transmission_envelope_fixed BEFORE UPDATE OF id, number, record, record_version, destination, destination_version, author, submitted_at, statement, statement_signature, manifest, artefact, pages, control, mention ON transmission
BEGIN SELECT RAISE (ABORT, 'what was submitted never changes'); END;
CREATE TRIGGER transmission_confirmed_once BEFORE UPDATE OF second, confirmation, confirmation_signature, confirmed_at ON transmission WHEN old.second IS NOT NULL
BEGIN SELECT RAISE (ABORT, 'a transmission is confirmed once'); END;
CREATE TRIGGER transmission_finished BEFORE UPDATE OF state ON transmission WHEN old.state IN ('acknowledged', 'returned', 'withdrawn', 'void')
BEGIN SELECT RAISE (ABORT, 'a finished transmission does not move'); END;
CREATE TRIGGER transmission_kept BEFORE DELETE ON transmission
BEGIN SELECT RAISE (ABORT, 'transmissions are not deleted'); END;

-- The register of media (媒体管理簿): who allowed a medium out of the house and why, and when it came back.
CREATE TABLE medium_loan (
  transmission BLOB PRIMARY KEY REFERENCES transmission (id),
  medium       TEXT NOT NULL,
  reason       TEXT NOT NULL,
  approval     BLOB NOT NULL,
  signature    BLOB NOT NULL CHECK (length(signature) = 64),
  approved_by  BLOB NOT NULL REFERENCES staff (account),
  approved_at  INTEGER NOT NULL,
  returned_to  BLOB REFERENCES staff (account),
  returned_at  INTEGER,
  CHECK ((returned_to IS NULL) = (returned_at IS NULL))
) STRICT;
CREATE TRIGGER medium_loan_fixed BEFORE UPDATE OF transmission, medium, reason, approval, signature, approved_by, approved_at ON medium_loan
BEGIN SELECT RAISE (ABORT, 'an approval never changes'); END;
CREATE TRIGGER medium_loan_kept BEFORE DELETE ON medium_loan
BEGIN SELECT RAISE (ABORT, 'the register of media is kept'); END;

-- A drill looks like a transmission to whoever confirms and is none: it has no statement, no package and no signature, so
-- that nothing of it can ever become an order.
CREATE TABLE drill (
  id                  BLOB PRIMARY KEY CHECK (length(id) = 16),
  number              INTEGER NOT NULL UNIQUE,
  record              BLOB NOT NULL REFERENCES record (id),
  record_version      INTEGER NOT NULL,
  destination         BLOB NOT NULL,
  destination_version INTEGER NOT NULL,
  -- What is wrong with it.
  flaw                TEXT NOT NULL CHECK (flaw IN ('address', 'person')),
  -- What would have been sent to, and whose paper it would have been.
  address             TEXT NOT NULL,
  person              TEXT NOT NULL,
  pages               INTEGER NOT NULL CHECK (pages >= 1),
  -- Under whose number it waits.
  shown_author        BLOB NOT NULL REFERENCES staff (account),
  planted_by          BLOB NOT NULL REFERENCES staff (account),
  planted_at          INTEGER NOT NULL,
  result              TEXT CHECK (result IN ('caught', 'missed', 'neither')),
  second              BLOB REFERENCES staff (account),
  ended_at            INTEGER,
  FOREIGN KEY (record, record_version) REFERENCES record_version (record, version),
  FOREIGN KEY (destination, destination_version) REFERENCES destination (id, version),
  CHECK ((result IS NULL) = (ended_at IS NULL)),
  CHECK (second IS NULL OR second <> planted_by)
) STRICT;
CREATE TRIGGER drill_ended_once BEFORE UPDATE ON drill WHEN old.result IS NOT NULL
BEGIN SELECT RAISE (ABORT, 'a drill ends once'); END;
CREATE TRIGGER drill_kept BEFORE DELETE ON drill
BEGIN SELECT RAISE (ABORT, 'drills are not deleted'); END;

-- A misdelivery (誤送付), from the report to the closing by a supervisor.
CREATE TABLE incident (
  id                  BLOB PRIMARY KEY CHECK (length(id) = 16),
  number              INTEGER NOT NULL UNIQUE,
  destination         BLOB NOT NULL,
  -- What the entry was when it happened: which way, and whether anybody could read it.
  destination_version INTEGER NOT NULL,
  transmission        BLOB REFERENCES transmission (id),
  -- When somebody in the office learnt of it: the clock of the law starts here.
  found_at            INTEGER NOT NULL,
  people              INTEGER NOT NULL CHECK (people >= 0),
  words               TEXT NOT NULL,
  -- Orders to the same destination at that moment: taken back, and already with the courier or out of reach.
  stopped             INTEGER NOT NULL CHECK (stopped >= 0),
  gone                INTEGER NOT NULL CHECK (gone >= 0),
  reported_by         BLOB NOT NULL REFERENCES staff (account),
  reported_at         INTEGER NOT NULL,
  closed_by           BLOB REFERENCES staff (account),
  closed_at           INTEGER,
  conclusion          TEXT CHECK (conclusion IN ('leak', 'unreadable', 'recovered-unread')),
  FOREIGN KEY (destination, destination_version) REFERENCES destination (id, version),
  CHECK ((closed_by IS NULL) = (closed_at IS NULL)),
  CHECK ((closed_by IS NULL) = (conclusion IS NULL)),
  CHECK (closed_by IS NULL OR closed_by <> reported_by)
) STRICT;
-- Asked at every act: the warning stands on every panel.
CREATE INDEX incident_open ON incident (number) WHERE closed_by IS NULL;
CREATE TRIGGER incident_fixed BEFORE UPDATE OF id, number, destination, destination_version, transmission, found_at, people, words, stopped, gone, reported_by, reported_at ON incident
BEGIN SELECT RAISE (ABORT, 'what was reported never changes'); END;
CREATE TRIGGER incident_closed_once BEFORE UPDATE ON incident WHEN old.closed_by IS NOT NULL
BEGIN SELECT RAISE (ABORT, 'an incident is closed once'); END;
CREATE TRIGGER incident_kept BEFORE DELETE ON incident
BEGIN SELECT RAISE (ABORT, 'incidents are not deleted'); END;

-- What was done about it, in the order in which it was noted.
CREATE TABLE incident_step (
  incident BLOB NOT NULL REFERENCES incident (id),
  place    INTEGER NOT NULL,
  kind     TEXT NOT NULL CHECK (kind IN ('contact', 'recovered', 'destroyed', 'not-recoverable', 'person-told', 'preliminary-report', 'final-report', 'malice', 'note')),
  -- 'mistaken': the last step of this kind does not count.
  said     TEXT NOT NULL CHECK (said IN ('done', 'mistaken')),
  done_at  INTEGER NOT NULL,
  whom     TEXT NOT NULL,
  words    TEXT NOT NULL,
  -- How many people it concerns, where that is known better now.
  people   INTEGER CHECK (people >= 0),
  noted_by BLOB NOT NULL REFERENCES staff (account),
  noted_at INTEGER NOT NULL,
  PRIMARY KEY (incident, place)
) STRICT;
CREATE TRIGGER incident_step_fixed BEFORE UPDATE ON incident_step
BEGIN SELECT RAISE (ABORT, 'what was noted never changes'); END;
CREATE TRIGGER incident_step_kept BEFORE DELETE ON incident_step
BEGIN SELECT RAISE (ABORT, 'what was noted is kept'); END;
