"""Opens the database of an installation with foreign code and says what it finds, or alters it.

    database.py HOME VAULT_KEY_FILE read
    database.py HOME VAULT_KEY_FILE alter SEQ        (one byte of a sealed record)
    database.py HOME VAULT_KEY_FILE column SEQ       (a query column beside the sealed record)
    database.py HOME VAULT_KEY_FILE rehash SEQ       (a record and its hash, as somebody would who knows the format)

The vault key is 32 bytes, out of vault.age. The key of the database is HKDF-SHA256 (RFC 5869) of it without salt, over
"uketsuke/db/v1" || vault id || u32 generation. Only hmac and hashlib are used for that.
"""
import hashlib
import hmac
import json
import struct
import sys
from pathlib import Path

import sqlcipher3

GENERATION = 1


def pae_fields(data):
    (count,) = struct.unpack_from(">I", data)
    fields, at = [], 4
    for _ in range(count):
        (size,) = struct.unpack_from(">I", data, at)
        fields.append(data[at + 4 : at + 4 + size])
        if len(fields[-1]) != size:
            raise ValueError("a field ends too early")
        at += 4 + size
    if at != len(data):
        raise ValueError("bytes behind the last field")
    return fields


def hkdf_sha256(secret, info):
    extracted = hmac.new(bytes(32), secret, hashlib.sha256).digest()
    return hmac.new(extracted, info + b"\x01", hashlib.sha256).digest()


def generation_dir(home):
    return Path(home) / ("gen-%06d" % GENERATION)


def open_database(home, vault_key_file):
    vault_key = Path(vault_key_file).read_bytes()
    assert len(vault_key) == 32, "the vault key has 32 bytes"
    slot = sorted((generation_dir(home) / "slots").glob("*.slot"))[0]
    vault_id = pae_fields(slot.read_bytes())[1]
    key = hkdf_sha256(vault_key, b"uketsuke/db/v1" + vault_id + struct.pack(">I", GENERATION))
    database = sqlcipher3.connect(str(generation_dir(home) / "uketsuke.db"))
    database.execute("PRAGMA key = \"x'%s'\"" % key.hex())
    return database


def drop_guards(database):
    names = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_event'")
    for (name,) in names.fetchall():
        database.execute('DROP TRIGGER "%s"' % name)


def read(database):
    tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    return {
        "tables": sorted(name for (name,) in tables),
        "cipher_integrity": [row[0] for row in database.execute("PRAGMA cipher_integrity_check")],
        "integrity": [row[0] for row in database.execute("PRAGMA integrity_check")],
        "events": database.execute("SELECT count(*) FROM audit_event").fetchone()[0],
        "staff": database.execute("SELECT count(*) FROM staff").fetchone()[0],
    }


def altered_body(database, seq):
    """The wall clock of the event, a second later: a change that still decodes."""
    (body,) = database.execute("SELECT body FROM audit_event WHERE seq = ?", (seq,)).fetchone()
    wall = pae_fields(body)[5]
    later = struct.pack(">q", struct.unpack(">q", wall)[0] + 1_000_000)
    assert body.count(wall) == 1
    return body.replace(wall, later)


def main():
    home, vault_key_file, verb = sys.argv[1:4]
    database = open_database(home, vault_key_file)
    if verb == "read":
        print(json.dumps(read(database)))
        return
    seq = int(sys.argv[4])
    drop_guards(database)
    if verb == "alter":
        database.execute("UPDATE audit_event SET body = ? WHERE seq = ?", (altered_body(database, seq), seq))
    elif verb == "column":
        database.execute("UPDATE audit_event SET outcome = 2 WHERE seq = ? AND outcome = 1", (seq,))
    elif verb == "rehash":
        body = altered_body(database, seq)
        digest = hashlib.sha256(b"\x00" + body).digest()
        database.execute("UPDATE audit_event SET body = ?, hash = ? WHERE seq = ?", (body, digest, seq))
    else:
        raise SystemExit("unknown verb " + verb)
    database.commit()
    database.close()


if __name__ == "__main__":
    main()
