-- Registered answers after which their request still waits: declined, nobody reached.
CREATE TABLE open_answer (
  record BLOB PRIMARY KEY REFERENCES record (id)
) STRICT;
