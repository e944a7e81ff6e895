"""Tests verify_export.py with logs that a small writer of its own makes, from docs/audit-log.md alone.

    test_verify_export.py                  (unittest)
    test_verify_export.py --write FOLDER   (the fixed log: audit-vector.jsonl and audit-vector.k0.json)
"""
import base64
import contextlib
import copy
import hashlib
import hmac
import json
import random
import struct
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

import database
from audit_checks import Signatures
from verify_export import verify

HERE = Path(__file__).parent
VECTOR = HERE.parent / "data" / "audit-vector.jsonl"
VECTOR_K0 = HERE.parent / "data" / "audit-vector.k0.json"
SECOND = 1_000_000
HOUR = 3600 * SECOND
DAY = 24 * HOUR
# 2026-04-01 10:00 in Japan.
MORNING = 1_775_005_200 * SECOND
LOOK, SIGN_IN = 40, 10
EVENT_COLUMNS = "seq, first_of_transaction, body, hash, wall_us, actor, action, object_kind, object, outcome"
REMARKS = {("CLOCK", "step"), ("HEARTBEAT", "quiet"), ("EPOCH", "started"), ("EPOCH", "gap"), ("PAPER", "declared")}


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def mac(key, *parts):
    return hmac.new(key, b"".join(parts), hashlib.sha256).digest()


def u16(number):
    return struct.pack(">H", number)


def u32(number):
    return struct.pack(">I", number)


def u64(number):
    return struct.pack(">Q", number)


def pae(*fields):
    return u32(len(fields)) + b"".join(u32(len(field)) + field for field in fields)


def split(size):
    """Largest power of two below size."""
    return 1 << (size - 1).bit_length() - 1


def merkle(leaves):
    """RFC 6962, section 2.1, word for word."""
    if len(leaves) < 2:
        return leaves[0] if leaves else sha256()
    half = split(len(leaves))
    return sha256(b"\x01", merkle(leaves[:half]), merkle(leaves[half:]))


def frontier(leaves):
    if not leaves:
        return []
    full = 1 << len(leaves).bit_length() - 1
    return [merkle(leaves[:full])] + frontier(leaves[full:])


class Person:
    def __init__(self, chance, number):
        self.account, self.person, self.number = chance.randbytes(16), chance.randbytes(16), number
        self.key, self.public = key_pair(chance)

    def line(self):
        account, person = self.account.hex(), self.person.hex()
        return {"kind": "person", "account": account, "person": person, "number": self.number, "public_key": self.public.hex()}


def key_pair(chance):
    key = Ed25519PrivateKey.from_private_bytes(chance.randbytes(32))
    return key, key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


class Writer:
    """Writes a log. Whatever is wrong in one is asked for by the caller."""

    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.log_id, self.boot = self.chance.randbytes(16), self.chance.randbytes(16)
        self.origin = "hc-intake/" + self.log_id.hex()
        self.host, self.host_public = key_pair(self.chance)
        self.people = [Person(self.chance, number) for number in ("1001", "2001", "2002")]
        self.clerk, self.one, self.other = self.people
        self.wall, self.uptime, self.epoch = MORNING, 90 * SECOND, 1
        self.events, self.hashes, self.details, self.checkpoints, self.cosignatures = [], [], [], [], []
        self.k0, self.aggregates = {}, {}
        self.new_seal()
        self.append(1, {10: sha256(self.k0[1]), 29: self.host_public}, actor=bytes(16))

    @property
    def size(self):
        return len(self.events)

    def new_seal(self):
        k0 = self.k0[self.epoch] = self.chance.randbytes(32)
        self.key = mac(k0, b"hcaudit/v1/evolve", u64(self.size))
        self.aggregate = sha256(b"hcaudit/v1/agg0", self.log_id, u32(self.epoch))

    def wait(self, time):
        self.wall += time
        self.uptime += time

    def append(self, action=LOOK, references=None, actor=None, first=None, detail=None, outcome=1, flags=1, fields=None, drop=()):
        """`fields` replaces fields of the record, `drop` leaves references out."""
        seq = self.size + 1
        actor = self.clerk.account if actor is None else actor
        references = {1: u64(first or seq), **(references or {})}
        pairs = [part for key, value in sorted(references.items()) if key not in drop for part in (u16(key), value)]
        thing, commitment = self.chance.randbytes(16), b""
        if detail is not None:
            nonce = self.chance.randbytes(32)
            commitment = sha256(b"hcaudit/detail", nonce, detail.encode())
            self.details.append({"kind": "detail", "seq": seq, "nonce": nonce.hex(), "text": detail})
        record = [
            b"hcaudit/1", self.log_id, u32(self.epoch), u64(seq), self.hashes[-1] if self.hashes else bytes(32),
            struct.pack(">q", self.wall), self.boot, u64(self.uptime), bytes([flags]), actor, self.chance.randbytes(16),
            pae(u32(1000), u32(1000), b"pts/3", b""), u16(action), u16(3) + thing, bytes([outcome]), u16(0), pae(*pairs),
            commitment,
        ]  # fmt: skip
        for place, value in (fields or {}).items():
            record[place] = value
        self.push(seq, first or seq, pae(*record), actor, action, thing, outcome)
        self.wait(7 * SECOND)
        return seq

    def push(self, seq, first, body, actor, action, thing, outcome):
        stored = sha256(b"\x00", body)
        self.events.append(
            {
                "kind": "event", "seq": seq, "first": first, "body": body.hex(), "hash": stored.hex(), "wall_us": self.wall,
                "actor": actor.hex(), "action": action, "object_kind": 3, "object": thing.hex(), "outcome": outcome,
            }
        )  # fmt: skip
        self.hashes.append(stored)
        self.fold(stored)

    def fold(self, stored):
        number = u64(self.size)
        self.aggregate = sha256(b"\x02", self.aggregate, mac(self.key, b"hcaudit/v1/tag", number, stored))
        self.key = mac(self.key, b"hcaudit/v1/evolve", number)
        self.aggregates[self.size] = self.aggregate

    def text(self, size, root):
        return "%s\n%d\n%s\n" % (self.origin, size, base64.b64encode(root).decode())

    def checkpoint(self, action=2, root=None, named=None, key=None, **others):
        """The checkpoint of what is there, and the event that names it."""
        size, root = self.size, root or merkle(self.hashes)
        key, public = key or (self.host, self.host_public)
        identity = sha256(self.origin.encode(), b"\n\x01", public)[:4]
        signature = key.sign(self.text(size, root).encode())
        line = "— %s %s\n" % (self.origin, base64.b64encode(identity + signature).decode())
        self.checkpoints.append(
            {
                "kind": "checkpoint", "size": size, "aggregate": self.aggregate.hex(),
                "frontier": [part.hex() for part in frontier(self.hashes)], "note": self.text(size, root) + "\n" + line,
            }
        )  # fmt: skip
        self.append(action, {21: u64(size if named is None else named), 22: root, 28: self.aggregate}, **others)
        return size

    def heartbeat(self):
        self.wait(DAY)
        return self.checkpoint(3, actor=bytes(16))

    def cosign(self, size, person):
        name = "%s/%s" % (self.origin, person.account.hex())
        time = self.wall // SECOND
        text = self.text(size, merkle(self.hashes[:size])).encode()
        signature = person.key.sign(b"cosignature/v1\ntime %d\n" % time + text)
        identity = sha256(name.encode(), b"\n\x04", person.public)[:4]
        line = "— %s %s" % (name, base64.b64encode(identity + u64(time) + signature).decode())
        self.cosignatures.append({"kind": "cosignature", "size": size, "account": person.account.hex(), "line": line})

    def two(self, message, signers):
        one, other = signers or (self.one, self.other)
        return one.account, {9: other.account, 7: one.key.sign(message), 8: other.key.sign(message)}

    def purge(self, kind, size, signers=None, root=None, outcome=1):
        root = root or merkle(self.hashes[:size])
        actor, pair = self.two(pae(b"hcaudit/purge/1", self.log_id, u16(kind), u64(size), root), signers)
        self.append(87, {26: u16(kind), 21: u64(size), 22: root, **pair}, actor=actor, outcome=outcome)
        for row in self.events[1:size]:
            if kind == 2 and row["action"] != 4:
                self.erase(row)
        self.details = [row for row in self.details if row["seq"] > size]

    def erase(self, row):
        row.update(body=None, wall_us=0, actor="00" * 16, action=0, object_kind=0, object="00" * 16, outcome=0)

    def begin_epoch(self, why=2, paper=0, paper_root=bytes(32), signers=None, root=None):
        size, root = self.size, root or merkle(self.hashes)
        self.epoch += 1
        self.new_seal()
        self.host, self.host_public = key_pair(self.chance)
        begun = sha256(self.k0[self.epoch])
        signed = [u32(self.epoch), u16(why), u64(size), root, u64(paper), paper_root, begun, self.host_public]
        actor, pair = self.two(pae(b"hcaudit/epoch/1", self.log_id, *signed), signers)
        declared = {10: begun, 21: u64(size), 22: root, 29: self.host_public, 27: u16(why), 60: u64(paper), 61: paper_root}
        return self.append(4, {**declared, **pair}, actor=actor)

    def seal(self):
        return {"epoch": self.epoch, "seq": self.size, "key_digest": sha256(self.key).hex(), "aggregate": self.aggregate.hex()}

    def export(self, details=True):
        head = {
            "kind": "log", "format": "hcaudit-export/1", "log_id": self.log_id.hex(), "host_key": self.host_public.hex(),
            "details": details, "seal": self.seal(),
        }  # fmt: skip
        people = [person.line() for person in self.people]
        return [head] + people + self.events + (self.details if details else []) + self.checkpoints + self.cosignatures

    def slip(self, size):
        return [self.origin, size, merkle(self.hashes[:size]).hex()]


def fixed(seed="audit-vector"):
    """About thirty events: two heartbeats, a cosigned checkpoint, bodies and details that were erased, a second epoch."""
    log = Writer(seed)
    for detail in (None, None, "一郎", None, None):
        log.append(detail=detail)
    first = log.append(SIGN_IN)
    log.append(first=first)
    log.append(outcome=2)
    log.append()
    first_day = log.heartbeat()
    for _ in range(3):
        log.append()
    log.cosign(log.checkpoint(), log.one)
    log.append(detail="ｻﾄｳ")
    log.purge(2, first_day)
    log.append()
    log.begin_epoch()
    for detail in (None, "二郎", None):
        log.append(detail=detail)
    log.heartbeat()
    log.append()
    log.append(90, flags=3)
    for _ in range(4):
        log.append()
    first = log.append()
    log.append(first=first)
    return log


def judge(log=None, export=None, k0=None, paper=()):
    export = log.export() if export is None else export
    k0 = {str(epoch): key.hex() for epoch, key in (log.k0 if k0 is None else k0).items()}
    answer = verify(lambda: (copy.deepcopy(export), k0, list(paper)), Signatures())
    return answer, [tuple(finding) for finding in answer["findings"]]


def body_field(place, value, **others):
    """An honest log, and behind it an event with another field."""
    log = fixed()
    log.append(fields={place: value}, **others)
    return log


HONEST = fixed()


class Honest(unittest.TestCase):
    def test_is_clean_in_all_tiers(self):
        answer, findings = judge(HONEST, paper=[HONEST.slip(11), HONEST.slip(0), HONEST.slip(HONEST.size)])
        self.assertEqual(findings, [("CLOCK", 25, "step"), ("EPOCH", 19, "started")])
        self.assertEqual(answer["tiers"], {"host": True, "auditor": True, "paper": True, "details": True})
        self.assertEqual(answer["events"], HONEST.size)

    def test_names_tiers_that_were_not_checked(self):
        answer, findings = judge(HONEST, export=HONEST.export(details=False), k0={1: HONEST.k0[1]})
        self.assertEqual({(group, word) for group, _, word in findings} - REMARKS, set())
        self.assertEqual(answer["tiers"], {"host": True, "auditor": False, "paper": False, "details": False})

    def test_vector_is_what_the_writer_writes(self):
        self.assertEqual([json.loads(line) for line in VECTOR.read_text().splitlines()], HONEST.export())
        self.assertEqual(json.loads(VECTOR_K0.read_text()), {str(epoch): key.hex() for epoch, key in HONEST.k0.items()})

    def test_crash_before_the_seal_was_advanced_is_no_finding(self):
        log = fixed()
        sealed = log.seal()
        first = log.append()
        log.append(first=first)
        export = log.export()
        export[0]["seal"] = sealed
        self.assertEqual(judge(log, export)[1], judge(HONEST)[1])

    def test_denied_erasure_erases_nothing(self):
        log = fixed()
        log.purge(1, 22, outcome=2)
        self.assertIn(("DETAIL", 21, "missing"), judge(log)[1])


class Found(unittest.TestCase):
    """One alteration for every finding."""

    def found(self, finding, log=None, export=None, **others):
        self.assertIn(finding, judge(log or HONEST, export, **others)[1])

    def altered(self, finding, kind, number, **fields):
        """Alters the line of that kind with that number (the n-th when it has none)."""
        export = copy.deepcopy(HONEST.export())
        rows = [row for row in export if row["kind"] == kind]
        row = next((row for row in rows if number in (row.get("seq"), row.get("size"))), None) or rows[number]
        for name, value in fields.items():
            row[name] = value(row[name]) if callable(value) else value
        self.found(finding, export=export)

    def without(self, finding, kind, number):
        export = [row for row in HONEST.export() if row["kind"] != kind or number not in (row.get("seq"), row.get("size"))]
        self.found(finding, export=export)

    def test_gap(self):
        self.without(("CHAIN", 14, "gap"), "event", 13)

    def test_hash(self):
        self.altered(("CHAIN", 13, "hash"), "event", 13, hash="00" * 32)

    def test_unreadable(self):
        self.altered(("CHAIN", 13, "unreadable"), "event", 13, body=lambda body: body + "00")
        self.altered(("CHAIN", 13, "unreadable"), "event", 13, body="")
        unreadable = ("CHAIN", HONEST.size + 1, "unreadable")
        long, spaced = b"x" * 65, b"pts 3"
        for name in (long, spaced):
            self.found(unreadable, body_field(11, pae(u32(1), u32(1), name, b"")))
        self.found(unreadable, body_field(11, pae(u32(1), u32(1), b"")))
        self.found(unreadable, body_field(0, b"hcaudit/2"))
        self.found(unreadable, body_field(2, b"\x01"))
        self.found(unreadable, body_field(13, bytes(17)))
        self.found(unreadable, body_field(17, bytes(31)))
        self.found(unreadable, body_field(16, pae(u16(2), b"", u16(1), u64(1))))
        self.found(unreadable, body_field(16, pae(u16(1), u64(1), u16(1), u64(1))))
        self.found(unreadable, body_field(16, pae(u16(1), b"\x01")))
        self.found(unreadable, body_field(16, pae(u16(1))))

    def test_misplaced(self):
        place = ("CHAIN", HONEST.size + 1, "misplaced")
        self.found(place, body_field(1, bytes(16)))
        self.found(place, body_field(2, u32(1)))
        self.found(place, body_field(3, u64(7)))

    def test_previous(self):
        self.found(("CHAIN", HONEST.size + 1, "previous"), body_field(4, bytes(32)))

    def test_transaction(self):
        log = fixed()
        log.append(first=12)
        self.found(("CHAIN", log.size, "transaction"), log)
        log = fixed()
        log.append(drop=(1,))
        self.found(("CHAIN", log.size, "transaction"), log)

    def test_erased(self):
        for seq in (1, 13, 19):
            log = fixed()
            log.erase(log.events[seq - 1])
            self.found(("CHAIN", seq, "erased"), log)

    def test_column(self):
        for name, value in {"first": 1, "wall_us": 1, "actor": "11" * 16, "action": 9, "object_kind": 9, "outcome": 3}.items():
            self.altered(("COLUMN", 13, "differs"), "event", 13, **{name: value})
        self.altered(("COLUMN", 5, "differs"), "event", 5, action=1)

    def test_details(self):
        self.altered(("DETAIL", 21, "altered"), "detail", 21, text="三郎")
        self.altered(("DETAIL", 22, "orphan"), "detail", 21, seq=22)
        self.without(("DETAIL", 21, "missing"), "detail", 21)

    def test_details_that_were_erased_are_not_missing(self):
        log = fixed()
        log.purge(1, 22)
        self.assertEqual(judge(log)[1], judge(HONEST)[1])

    def test_clock(self):
        for step, word in ((5 * SECOND, None), (5 * SECOND + 1, "unrecorded"), (-6 * SECOND, "unrecorded")):
            log = fixed()
            log.wall += step
            log.append()
            found = [finding for finding in judge(log)[1] if finding[2] == "unrecorded"]
            self.assertEqual(found, [("CLOCK", log.size, word)] if word else [])
        self.found(("CLOCK", 25, "step"))

    def test_heartbeat(self):
        log = fixed()
        log.wait(DAY)
        log.append()
        self.found(("HEARTBEAT", log.size, "missing"), log)
        log = fixed()
        log.wait(DAY)
        log.heartbeat()
        self.found(("HEARTBEAT", log.size, "quiet"), log)

    def test_note(self):
        line = "%s\n" % base64.b64encode(bytes(68)).decode()
        for change in (
            lambda note: note.replace("hc-", "hd-"),
            lambda note: note.replace("\n14\n", "\n014\n"),
            lambda note: note.replace("\n\n", "\nmore\n\n"),
            lambda note: note + "— somebody " + line,
            lambda note: note.replace("—", "-"),
            lambda note: note[:-5] + "\n",
            lambda note: "",
        ):
            self.altered(("CKPT", 14, "note"), "checkpoint", 14, note=change)

    def test_signature(self):
        log = fixed()
        log.checkpoint(key=key_pair(log.chance))
        self.found(("CKPT", log.size - 1, "signature"), log)

    def test_checkpoint_root(self):
        log = fixed()
        log.checkpoint(root=bytes(32))
        self.found(("CKPT", log.size - 1, "root"), log)
        self.altered(("CKPT", 14, "root"), "checkpoint", 14, frontier=["00" * 32] * 3)
        self.altered(("CKPT", 14, "root"), "checkpoint", 14, frontier=[])

    def test_beyond(self):
        log = fixed()
        log.checkpoint()
        export = [row for row in log.export() if row.get("seq", 0) < log.size - 1]
        self.found(("CKPT", log.size - 1, "beyond"), export=export)

    def test_unnamed(self):
        log = fixed()
        log.checkpoint(action=LOOK)
        self.found(("CKPT", log.size - 1, "unnamed"), log)

    def test_missing_checkpoint(self):
        self.without(("CKPT", 14, "missing"), "checkpoint", 14)
        self.without(("CKPT", 10, "missing"), "checkpoint", 10)

    def test_cosignature(self):
        self.altered(("CKPT", 10, "cosignature"), "cosignature", 14, size=10)
        self.altered(("CKPT", 9, "cosignature"), "cosignature", 14, size=9)
        self.altered(("CKPT", 14, "cosignature"), "cosignature", 14, account="11" * 16)
        self.altered(("CKPT", 14, "cosignature"), "cosignature", 14, line="")

    def test_place(self):
        log = fixed()
        log.checkpoint(named=14)
        self.found(("CKPT", log.size, "place"), log)

    def test_host_key(self):
        self.altered(("CKPT", 19, "host-key"), "log", 0, host_key="11" * 32)

    def test_purge(self):
        for signers in ("one one", "one twin", "clerk stranger"):
            log = fixed()
            log.stranger, log.twin = Person(log.chance, "9"), Person(log.chance, "2003")
            log.twin.person = log.one.person
            log.people.append(log.twin)
            log.purge(1, 14, signers=[getattr(log, name) for name in signers.split()])
            self.found(("PURGE", log.size, "unsigned"), log)
        log = fixed()
        log.purge(1, 14, root=bytes(32))
        self.found(("PURGE", log.size, "root"), log)

    def test_epoch(self):
        log = fixed()
        log.begin_epoch(signers=(log.one, log.one))
        self.found(("EPOCH", log.size, "unsigned"), log)
        log = fixed()
        log.begin_epoch(root=bytes(32))
        self.found(("EPOCH", log.size, "root"), log)
        log = fixed()
        log.begin_epoch(paper=40, paper_root=bytes(32))
        self.found(("EPOCH", log.size, "started"), log)
        self.found(("EPOCH", log.size, "gap"), log)

    def test_seal(self):
        size = HONEST.size
        self.altered(("SEAL", 0, "missing"), "log", 0, seal=None)
        for finding, fields in (
            (("SEAL", size + 1, "ahead"), {"seq": size + 1}),
            (("SEAL", 9, "behind"), {"seq": 9}),
            (("SEAL", size, "epoch"), {"epoch": 1}),
            (("SEAL", size, "forged"), {"key_digest": "00" * 32}),
            (("SEAL", size, "forged"), {"aggregate": "00" * 32}),
        ):
            self.altered(finding, "log", 0, seal={**HONEST.seal(), **fields})

    def test_k0(self):
        self.found(("SEAL", 1, "key"), k0={1: bytes(32)})
        self.found(("SEAL", 19, "key"), k0={2: bytes(32)})

    def test_aggregate(self):
        self.altered(("CKPT", 14, "aggregate"), "checkpoint", 14, aggregate="00" * 32)
        log = fixed()
        log.aggregate, right = bytes(32), log.aggregate
        log.checkpoint()
        self.found(("CKPT", log.size - 1, "aggregate"), log)
        self.assertNotEqual(right, log.aggregate)

    def test_paper(self):
        origin, size, root = HONEST.slip(20)
        self.found(("PAPER", 20, "foreign"), paper=[["hc-intake/" + "00" * 16, size, root]])
        self.found(("PAPER", 99, "shorter"), paper=[[origin, 99, root]])
        self.found(("PAPER", 20, "root"), paper=[[origin, size, "00" * 32]])

    def test_paper_that_was_declared_lost(self):
        log = fixed()
        size = log.size
        log.begin_epoch(paper=size + 9, paper_root=b"\x07" * 32)
        lost = [log.origin, size + 9, "07" * 32]
        self.found(("PAPER", size + 9, "declared"), log, paper=[lost])
        self.found(("PAPER", size + 1, "declared"), log, paper=[[log.origin, size + 1, "00" * 32]])
        self.found(("PAPER", size, "root"), log, paper=[[log.origin, size, "00" * 32]])
        self.found(("PAPER", size + 10, "shorter"), log, paper=[[log.origin, size + 10, "00" * 32]])

    def test_format(self):
        wrong = [("hash", "00" * 31), ("hash", "AA" * 32), ("seq", -1), ("seq", True), ("seq", 1.0), ("seq", None), ("actor", 7)]
        for name, value in wrong + [("body", "0"), ("body", "0 "), ("more", 1), ("outcome", 2**64), ("wall_us", 2**63)]:
            export = copy.deepcopy(HONEST.export())
            export[9][name] = value
            self.assertEqual(judge(HONEST, export)[1], [("FORMAT", 0, "line")])
        for export in ([], [None], [[]], {}, None, HONEST.export()[1:], HONEST.export() + HONEST.export()[:1], "log"):
            self.assertEqual(judge(HONEST, export or [])[1], [("FORMAT", 0, "line")])
        self.altered(("FORMAT", 0, "line"), "detail", 21, text="\ud800")


def run(program, *arguments, given=None):
    command = [sys.executable, str(HERE / program), *map(str, arguments)]
    return subprocess.run(command, input=given, capture_output=True, check=True, text=True).stdout


class Program(unittest.TestCase):

    def test_reads_a_file_keys_and_a_slip(self):
        k0 = json.loads(VECTOR_K0.read_text())
        root = merkle(HONEST.hashes[:20])
        check = base64.b32encode(sha256(b"hcaudit/slip", HONEST.log_id, u64(20), root)).decode()[:4]
        letters = base64.b32encode(root).decode().rstrip("=") + check
        with tempfile.NamedTemporaryFile("w") as paper:
            groups = " ".join(letters[at : at + 4] for at in range(0, 56, 4))
            paper.write("%s 20 %s\n%s 10 %s\n" % (HONEST.origin, groups, HONEST.origin, merkle(HONEST.hashes[:10]).hex()))
            paper.flush()
            keys = [part for epoch, key in k0.items() for part in ("--k0", "%s=%s" % (epoch, key))]
            answer = json.loads(run("verify_export.py", VECTOR, *keys, "--paper", paper.name))
        self.assertEqual(answer["findings"], [["CLOCK", 25, "step"], ["EPOCH", 19, "started"]])
        self.assertTrue(all(answer["tiers"].values()))

    def test_serves_whatever_comes(self):
        good = json.dumps({"export": HONEST.export(), "k0": {}, "paper": []})
        hostile = ["", "{", "[]", "1", '{"export": 1}', "[" * 99_999, '{"export": [], "k0": 3}', '"\\ud800"', "9" * 9_999]
        answers = run("verify_export.py", "--serve", given="\n".join([*hostile, good]) + "\n").splitlines()
        self.assertEqual(len(answers), len(hostile) + 1)
        for answer in answers[:-1]:
            self.assertEqual(json.loads(answer)["findings"], [["FORMAT", 0, "line"]])
        self.assertEqual(json.loads(answers[-1])["events"], HONEST.size)


class Installation(unittest.TestCase):
    """verify_log.py over a database and a seal as they lie in an installation."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.home = Path(folder.name)
        self.vault_key, self.seal_key = self.home / "vault.key", self.home / "k0.key"
        self.vault_key.write_bytes(b"\x17" * 32)
        self.seal_key.write_bytes(HONEST.k0[1])
        generation = database.generation_dir(self.home)
        (generation / "slots").mkdir(parents=True)
        (generation / "slots" / "1001.slot").write_bytes(pae(b"slot", bytes(16)))
        (generation / "seal").mkdir()
        self.state = generation / "seal" / "state"
        content = u32(HONEST.epoch) + u64(HONEST.size) + HONEST.key + HONEST.aggregate
        self.state.write_bytes((content + sha256(content)[:4]).ljust(512, b"\x00") * 2)
        with contextlib.closing(self.open()) as opened:
            self.fill(opened)

    def open(self):
        return database.open_database(self.home, self.vault_key)

    def fill(self, opened):
        tables = {"event": EVENT_COLUMNS, "detail": "seq, nonce, text", "checkpoint": "size, aggregate, frontier, note"}
        for name, columns in {**tables, "cosignature": "size, account, line"}.items():
            opened.execute("CREATE TABLE audit_%s (%s)" % (name, columns))
        opened.execute("CREATE TABLE meta (name, value)")
        entries = [pae(p.account, p.person, p.number.encode(), b"\x01", b"active", p.public, u64(0)) for p in HONEST.people]
        roster = pae(b"hcroster/1", bytes(16), u32(1), bytes(32), u64(0), *entries)
        versions = json.dumps([{"body": base64.b64encode(roster).decode(), "signatures": []}])
        opened.execute("INSERT INTO meta VALUES ('roster', ?)", (versions,))
        for line in HONEST.export():
            if line["kind"] in ("log", "person"):
                continue
            values = [self.stored(name, value) for name, value in line.items() if name != "kind"]
            marks = ", ".join("?" * len(values))
            opened.execute("INSERT INTO audit_%s VALUES (%s)" % (line["kind"], marks), values)
        # The last pages belong to a table that holds nothing of the log.
        opened.execute("CREATE TABLE record AS SELECT zeroblob(20000) AS body")
        opened.commit()

    def stored(self, name, value):
        if isinstance(value, list):
            return bytes.fromhex("".join(value))
        return bytes.fromhex(value) if isinstance(value, str) and name not in ("text", "note", "line") else value

    def judged(self, *keys):
        return json.loads(run("verify_log.py", self.home, self.vault_key, *keys))

    def test_is_sound(self):
        answer = self.judged(self.seal_key)
        self.assertEqual(answer["findings"], [["CLOCK", 25, "step"], ["EPOCH", 19, "started"]])
        self.assertEqual(answer["hashes"], [stored.hex() for stored in HONEST.hashes])
        self.assertEqual((answer["events"], answer["details"], answer["seal_checked"]), (HONEST.size, 2, True))
        self.assertFalse(self.judged()["seal_checked"])

    def test_what_was_altered_is_found(self):
        with contextlib.closing(self.open()) as opened:
            opened.execute("UPDATE audit_event SET outcome = 2 WHERE seq = 13")
            opened.execute("UPDATE audit_checkpoint SET frontier = x'' WHERE size = 14")
            opened.commit()
        self.state.write_bytes(b"\x00" * 1024)
        found = self.judged(self.seal_key)["findings"]
        for finding in (["COLUMN", 13, "differs"], ["CKPT", 14, "root"], ["SEAL", 0, "missing"]):
            self.assertIn(finding, found)

    def test_half_a_write_of_the_seal_is_no_finding(self):
        whole = self.state.read_bytes()
        self.state.write_bytes(b"\xff" * 40 + whole[40:])
        self.assertEqual(self.judged(self.seal_key)["findings"], [["CLOCK", 25, "step"], ["EPOCH", 19, "started"]])

    def test_a_page_that_was_altered_is_found(self):
        path = database.generation_dir(self.home) / "uketsuke.db"
        pages = bytearray(path.read_bytes())
        pages[-2000] ^= 1
        path.write_bytes(pages)
        self.assertIn(["DATABASE", 0, "integrity"], self.judged()["findings"])


def write(folder):
    lines = [json.dumps(line, ensure_ascii=False) + "\n" for line in HONEST.export()]
    (Path(folder) / VECTOR.name).write_text("".join(lines))
    (Path(folder) / VECTOR_K0.name).write_text(json.dumps({str(epoch): key.hex() for epoch, key in HONEST.k0.items()}) + "\n")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--write"]:
        write(sys.argv[2])
    else:
        unittest.main()
