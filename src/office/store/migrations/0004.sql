-- The register of institutions (医療機関台帳).
CREATE TABLE institution (
  id             BLOB PRIMARY KEY CHECK (length(id) = 16),
  version        INTEGER NOT NULL CHECK (version >= 1),
  code           TEXT NOT NULL UNIQUE,
  name           TEXT NOT NULL,
  reading        TEXT NOT NULL,
  postal_code    TEXT NOT NULL,
  address        TEXT NOT NULL,
  phone          TEXT NOT NULL,
  fax            TEXT NOT NULL,
  contract_from  TEXT,
  contract_until TEXT,
  contract_bands TEXT,
  -- When a report named it last.
  used_at        INTEGER,
  edited_by      BLOB NOT NULL REFERENCES staff (account),
  edited_at      INTEGER NOT NULL,
  CHECK ((contract_from IS NULL) = (contract_until IS NULL)),
  CHECK ((contract_from IS NULL) = (contract_bands IS NULL))
) STRICT;

CREATE TABLE doctor (
  institution BLOB NOT NULL REFERENCES institution (id),
  name        TEXT NOT NULL,
  reading     TEXT NOT NULL,
  place       INTEGER NOT NULL,
  used_at     INTEGER,
  PRIMARY KEY (institution, name)
) STRICT;
