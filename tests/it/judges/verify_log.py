"""Verifies an access log with the formulas of docs/audit-log.md and none of the program's code.

    verify_log.py HOME VAULT_KEY_FILE [SEAL_KEY_FILE]

The seal key is the 32 bytes of k0, out of escrow/k0-1.age. Prints one JSON object with the number of events, their hashes, the
number of details, and findings, each as [class, sequence number].
"""
import hashlib
import hmac
import json
import struct
import sys
from pathlib import Path

from database import generation_dir, open_database, pae_fields

FIELDS = 18
SLOT = 512
CONTENT = 4 + 8 + 32 + 32


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def mac(key, message):
    return hmac.new(key, message, hashlib.sha256).digest()


def u64(number):
    return struct.pack(">Q", number)


def read_seal(path):
    """The whole slot with the highest (epoch, i): epoch, i, next key, aggregate."""
    data = path.read_bytes()
    slots = []
    for start in range(0, len(data), SLOT):
        content = data[start : start + CONTENT]
        if data[start + CONTENT : start + CONTENT + 4] == sha256(content)[:4]:
            epoch, position = struct.unpack_from(">IQ", content)
            slots.append((epoch, position, content[12:44], content[44:76]))
    return max(slots)


class Replay:
    """Key and aggregate of the seal, from k0 on."""

    def __init__(self, k0, log_id, epoch):
        self.position = 0
        self.key = mac(k0, b"hcaudit/v1/evolve" + u64(0))
        self.aggregate = sha256(b"hcaudit/v1/agg0", log_id, struct.pack(">I", epoch))

    def fold(self, event_hash):
        self.position += 1
        tag = mac(self.key, b"hcaudit/v1/tag" + u64(self.position) + event_hash)
        self.aggregate = sha256(b"\x02", self.aggregate, tag)
        self.key = mac(self.key, b"hcaudit/v1/evolve" + u64(self.position))


def references(field):
    parts = pae_fields(field)
    keys = [struct.unpack(">H", key)[0] for key in parts[::2]]
    if len(parts) % 2 or keys != sorted(set(keys)):
        raise ValueError("references are pairs with ascending keys")
    return dict(zip(keys, parts[1::2]))


def check_columns(fields, row):
    """The columns beside a sealed record are copies of its fields."""
    _seq, first, _body, _hash, wall, actor, action, kind, thing, outcome = row
    refs = references(fields[16])
    return (
        struct.unpack(">q", fields[5])[0] == wall
        and fields[9] == actor
        and struct.unpack(">H", fields[12])[0] == action
        and struct.unpack(">H", fields[13][:2])[0] == kind
        and fields[13][2:] == thing
        and fields[14][0] == outcome
        and refs.get(1) == u64(first)
    )


def verify(database, seal, k0):
    findings, commitments, hashes = [], {}, []
    last, previous, log, replay = 0, bytes(32), None, None
    events = database.execute(
        "SELECT seq, first_of_transaction, body, hash, wall_us, actor, action, object_kind, object, outcome"
        " FROM audit_event ORDER BY seq"
    )
    for row in events:
        seq, body, stored = row[0], row[2], row[3]
        if seq != last + 1:
            findings.append(["gap", seq])
        if sha256(b"\x00", body) != stored:
            findings.append(["hash", seq])
        try:
            fields = pae_fields(body)
            if len(fields) != FIELDS or fields[0] != b"hcaudit/1":
                raise ValueError("not an event")
            if log is None:
                log = (fields[1], struct.unpack(">I", fields[2])[0])
                if k0 is not None:
                    replay = Replay(k0, *log)
                    if references(fields[16]).get(10) != sha256(k0):
                        findings.append(["seal-key", seq])
            if (fields[1], struct.unpack(">I", fields[2])[0]) != log or struct.unpack(">Q", fields[3])[0] != seq:
                findings.append(["place", seq])
            if fields[4] != previous:
                findings.append(["link", seq])
            if not check_columns(fields, row):
                findings.append(["column", seq])
            if fields[17]:
                commitments[seq] = fields[17]
        except (ValueError, struct.error, IndexError):
            findings.append(["unreadable", seq])
        if replay is not None:
            replay.fold(stored)
        previous, last = stored, seq
        hashes.append(stored.hex())
    details = 0
    for seq, nonce, text in database.execute("SELECT seq, nonce, text FROM audit_detail"):
        details += 1
        if commitments.pop(seq, None) != sha256(b"hcaudit/detail", nonce, text.encode()):
            findings.append(["detail", seq])
    findings.extend(["detail", seq] for seq in sorted(commitments))
    epoch, position, key, aggregate = seal
    if position != last:
        findings.append(["seal-position", position])
    if replay is not None and (log[1], replay.position, replay.key, replay.aggregate) != (epoch, position, key, aggregate):
        findings.append(["seal", position])
    return {"events": last, "hashes": hashes, "details": details, "seal_checked": k0 is not None, "findings": findings}


def main():
    home, vault_key_file = sys.argv[1:3]
    k0 = Path(sys.argv[3]).read_bytes() if len(sys.argv) > 3 else None
    seal = read_seal(generation_dir(home) / "seal" / "state")
    print(json.dumps(verify(open_database(home, vault_key_file), seal, k0)))


if __name__ == "__main__":
    main()
