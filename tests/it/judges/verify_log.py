"""Verifies the access log of an installation with the formulas of docs/audit-log.md and none of the program's code.

    verify_log.py HOME VAULT_KEY_FILE [SEAL_KEY_FILE]

The seal key is the 32 bytes of k0, out of escrow/k0-1.age. Prints one JSON object with the number of events, their hashes, the
number of details, and findings, each as [class, number, word].
"""
import base64
import json
import struct
import sys
from pathlib import Path

from audit_checks import Signatures, Verification
from audit_format import Checkpoint, Log, Row, Seal, decode, pae_fields, sha256
from database import generation_dir, open_database

SLOT = 512
CONTENT = struct.Struct(">IQ32s32s")
LOG_ID, HASH = 16, 32
ROSTER_HEAD = 5
EVENTS = (
    "SELECT seq, first_of_transaction, body, hash, wall_us, actor, action, object_kind, object, outcome"
    " FROM audit_event ORDER BY seq"
)


def read_seal(path):
    """The whole slot with the highest (epoch, i), or None."""
    data = path.read_bytes()
    slots = []
    for start in range(0, len(data), SLOT):
        content, check = data[start : start + CONTENT.size], data[start + CONTENT.size : start + CONTENT.size + 4]
        if len(check) == 4 and check == sha256(content)[:4]:
            slots.append(CONTENT.unpack(content))
    if not slots:
        return None
    epoch, position, key, aggregate = max(slots)
    return Seal(epoch, position, sha256(key), aggregate)


def read_people(database):
    """(person, public key) by account, of every version of the roster: keys of former days have signed too."""
    row = database.execute("SELECT * FROM meta WHERE name = 'roster'").fetchone()
    people = {}
    for version in json.loads(row[-1]):
        for entry in pae_fields(base64.b64decode(version["body"]))[ROSTER_HEAD:]:
            account, person, _number, _roles, _status, public_key, _since = pae_fields(entry)
            people.setdefault(account, set()).add((person, public_key))
    return people


def read_checkpoints(database):
    checkpoints = []
    for size, aggregate, frontier, note in database.execute(
        "SELECT size, aggregate, frontier, CAST(note AS TEXT) FROM audit_checkpoint ORDER BY size"
    ):
        roots = [frontier[at : at + HASH] for at in range(0, len(frontier), HASH)]
        checkpoints.append(Checkpoint(size, aggregate, roots, note))
    return checkpoints


def log_id(events):
    """The log is the one that its first event names."""
    try:
        return decode(events[0].body).log_id
    except (IndexError, TypeError, ValueError, struct.error):
        return bytes(LOG_ID)


def read_log(database, seal):
    events = [Row(*row) for row in database.execute(EVENTS)]
    details = database.execute("SELECT seq, nonce, text FROM audit_detail ORDER BY seq")
    cosignatures = database.execute("SELECT size, account, CAST(line AS TEXT) FROM audit_cosignature ORDER BY size, account")
    return Log(
        log_id(events), None, seal, read_people(database), events, [(seq, nonce, text.encode()) for seq, nonce, text in details],
        read_checkpoints(database), cosignatures.fetchall(),
    )  # fmt: skip


def is_whole(database):
    """SQLCipher lists pages whose authentication fails; SQLite says ok, or what is wrong."""
    pages = database.execute("PRAGMA cipher_integrity_check").fetchall()
    return not pages and database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def main():
    home, vault_key_file = sys.argv[1:3]
    k0s = {1: Path(sys.argv[3]).read_bytes()} if len(sys.argv) > 3 else {}
    database = open_database(home, vault_key_file)
    log = read_log(database, read_seal(generation_dir(home) / "seal" / "state"))
    answer = Verification(log, k0s, [], Signatures()).run()
    findings = answer["findings"] + ([] if is_whole(database) else [["DATABASE", 0, "integrity"]])
    print(
        json.dumps(
            {
                "events": answer["events"],
                "hashes": [row.hash.hex() for row in log.events],
                "details": len(log.details),
                "seal_checked": bool(k0s),
                "findings": findings,
            }
        )
    )


if __name__ == "__main__":
    main()
