"""The access log as docs/audit-log.md describes it: sealed records, notes, the Merkle tree and the seal's keys.

Made from the description alone, so that it can judge the program.
"""
import base64
import hashlib
import hmac
import re
import struct
from typing import NamedTuple

TAG = b"hcaudit/1"
ORIGIN = "hc-intake/"
ZERO = bytes(32)
GENESIS, CHECKPOINT, HEARTBEAT, EPOCH, SIGN_OFF, PURGE, CLOCK_STEP = 1, 2, 3, 4, 74, 87, 90
DONE, CLOCK_MOVED = 1, 2
PURGED_DETAILS, PURGED_BODIES = 1, 2
FIRST, LINE, SIGNED, SIGNED_TOO, SECOND, K0_DIGEST, SIZE, ROOT = 1, 6, 7, 8, 9, 10, 21, 22
KIND, WHY, AGGREGATE, HOST_KEY, PAPER_SIZE, PAPER_ROOT = 26, 27, 28, 29, 60, 61
REFERENCE_SIZES = {
    FIRST: 8, LINE: 32, SIGNED: 64, SIGNED_TOO: 64, SECOND: 16, K0_DIGEST: 32, SIZE: 8, ROOT: 32,
    KIND: 2, WHY: 2, AGGREGATE: 32, HOST_KEY: 32, PAPER_SIZE: 8, PAPER_ROOT: 32,
}  # fmt: skip
SECOND_US = 1_000_000
CLOCK_TOLERANCE, JAPAN, DAY = 5 * SECOND_US, 9 * 3600 * SECOND_US, 24 * 3600 * SECOND_US
# Across boots: how far a clock may lag until it is set, and how long nobody is away.
SET_BACK, SET_AHEAD = 60 * SECOND_US, 35 * DAY
HOST_TYPE, COSIGNER_TYPE = b"\x01", b"\x04"
KEY_ID, SIGNATURE, TIME = 4, 64, 8

# Fields 0 to 10 with their lengths and the length of 11; then 12 to 15 and the length of 16: only the names in 11 and
# the references in 16 have no fixed size.
HEAD = struct.Struct(">I I9s I16s II IQ I32s Iq I16s IQ IB I16s I16s I")
HEAD_SIZES = (9, 16, 4, 8, 32, 8, 16, 8, 1, 16, 16)
MIDDLE = struct.Struct(">IHIH16sIBIHI")
MIDDLE_SIZES = (2, 18, 1, 2)
U32 = struct.Struct(">I")
NAME = re.compile(rb"[!-~]{0,64}")


class Row(NamedTuple):
    """A row as it is stored: number, transaction, sealed record, hash, and copies of six fields."""

    seq: int
    first: int
    body: bytes | None
    hash: bytes
    wall: int
    actor: bytes
    action: int
    kind: int
    object: bytes
    outcome: int


ERASED_COLUMNS = (0, bytes(16), 0, 0, bytes(16), 0)


class Event(NamedTuple):
    """What a sealed record says."""

    log_id: bytes
    epoch: int
    seq: int
    previous: bytes
    wall: int
    boot: bytes
    uptime: int
    flags: int
    actor: bytes
    action: int
    outcome: int
    columns: tuple
    references: dict
    commitment: bytes

    def number(self, key):
        value = self.references.get(key)
        return None if value is None else int.from_bytes(value, "big")


class Checkpoint(NamedTuple):
    size: int
    aggregate: bytes
    frontier: list
    note: str


class Seal(NamedTuple):
    epoch: int
    seq: int
    key_digest: bytes
    aggregate: bytes


class Log(NamedTuple):
    """Everything that is verified. `people`: (person, public key) by account; `details`: (seq, nonce, text bytes), None when
    they are not there to be checked; `cosignatures`: (size, account, line); `host_key`: None when only the log itself says."""

    log_id: bytes
    host_key: bytes
    seal: Seal | None
    people: dict
    events: list
    details: list | None
    checkpoints: list
    cosignatures: list

    @property
    def origin(self):
        return ORIGIN + self.log_id.hex()


def sha256(data):
    return hashlib.sha256(data).digest()


def mac(key, message):
    return hmac.digest(key, message, "sha256")


def u64(number):
    return number.to_bytes(8, "big")


def pae(*fields):
    return U32.pack(len(fields)) + b"".join(U32.pack(len(field)) + field for field in fields)


def pae_fields(data):
    (count,) = U32.unpack_from(data)
    fields, at = [], 4
    for _ in range(count):
        (size,) = U32.unpack_from(data, at)
        at += 4 + size
        fields.append(data[at - size : at])
    if at != len(data):
        raise ValueError("fields end before or behind their bytes")
    return fields


def decode_references(data):
    parts = pae_fields(data)
    references, before = {}, -1
    for key, value in zip(parts[::2], parts[1::2], strict=True):
        number = int.from_bytes(key, "big")
        if len(key) != 2 or number <= before or len(value) != REFERENCE_SIZES.get(number, len(value)):
            raise ValueError("references are pairs with ascending keys and fixed sizes")
        references[number] = value
        before = number
    return references


def check_origin(data):
    user, login, terminal, peer = pae_fields(data)
    if len(user) != 4 or len(login) != 4 or not NAME.fullmatch(terminal) or not NAME.fullmatch(peer):
        raise ValueError("origin")


def decode(body):
    """The event in a sealed record. ValueError or struct.error: unreadable."""
    head = HEAD.unpack_from(body)
    origin_end = HEAD.size + head[23]
    if head[0] != 18 or head[1:23:2] != HEAD_SIZES or head[2] != TAG:
        raise ValueError("not an event")
    check_origin(body[HEAD.size : origin_end])
    size_12, action, size_13, kind, thing, size_14, outcome, size_15, _reason, size = MIDDLE.unpack_from(body, origin_end)
    end = origin_end + MIDDLE.size + size
    commitment = body[end + 4 :]
    if (size_12, size_13, size_14, size_15) != MIDDLE_SIZES or len(commitment) not in (0, 32):
        raise ValueError("a field has not its size")
    if U32.unpack_from(body, end) != (len(commitment),):
        raise ValueError("a body ends with its last field")
    wall, actor = head[12], head[20]
    return Event(
        head[4], head[6], head[8], head[10], wall, head[14], head[16], head[18], actor, action, outcome,
        (wall, actor, action, kind, thing, outcome), decode_references(body[end - size : end]), commitment,
    )  # fmt: skip


class Tree:
    """Merkle tree of RFC 6962 over leaves that are hashes already; every prefix of it has a root."""

    def __init__(self, leaves):
        self.levels, self.roots = [leaves], {}
        while len(self.levels[-1]) > 1:
            below = self.levels[-1]
            self.levels.append([sha256(b"\x01" + left + right) for left, right in zip(below[::2], below[1::2])])

    def frontier(self, size):
        """Roots of the full subtrees of the first `size` leaves, from left to right."""
        heights = [height for height in range(size.bit_length() - 1, -1, -1) if size >> height & 1]
        return [self.levels[height][(size >> height) - 1] for height in heights]

    def root(self, size):
        """None when there are not as many leaves."""
        if size > len(self.levels[0]):
            return None
        if size not in self.roots:
            rest = self.frontier(size)
            root = rest.pop() if rest else sha256(b"")
            while rest:
                root = sha256(b"\x01" + rest.pop() + root)
            self.roots[size] = root
        return self.roots[size]


def unbase64(text, size):
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        return None
    # Only one spelling of the same bytes is right.
    return data if len(data) == size and base64.b64encode(data).decode() == text else None


def signature_line(line, name, size):
    """Key id and the rest of a line of a signed note, or None."""
    prefix = "— %s " % name
    data = unbase64(line[len(prefix) :], KEY_ID + size) if line.startswith(prefix) else None
    return data and (data[:KEY_ID], data[KEY_ID:])


def key_id(name, kind, public_key):
    return sha256(name.encode() + b"\x0a" + kind + public_key)[:KEY_ID]


def read_note(note, origin, size):
    """(signed text, root, key id, signature) of a note of that log and size, or None."""
    lines = note.split("\n")
    if len(lines) != 6 or lines[:2] != [origin, str(size)] or lines[3] or lines[5]:
        return None
    root, signed = unbase64(lines[2], 32), signature_line(lines[4], origin, SIGNATURE)
    return root and signed and ("\n".join(lines[:3]).encode() + b"\n", root, *signed)


def replay(log_id, hashes, starts, k0s):
    """What the seal should hold after i events, (next key, aggregate) for each i; None in epochs whose k0 is not known.

    `starts`: epochs by the number of events before them."""

    def begin(position):
        epoch = starts[position]
        if epoch not in k0s:
            return None
        key = mac(k0s[epoch], b"hcaudit/v1/evolve" + u64(position))
        return key, sha256(b"hcaudit/v1/agg0" + log_id + U32.pack(epoch))

    state = begin(0)
    states = [state]
    for position, event_hash in enumerate(hashes):
        if position and position in starts:
            state = begin(position)
        if state is not None:
            key, aggregate = state
            number = u64(position + 1)
            tag = mac(key, b"hcaudit/v1/tag" + number + event_hash)
            state = mac(key, b"hcaudit/v1/evolve" + number), sha256(b"\x02" + aggregate + tag)
        states.append(state)
    return states
