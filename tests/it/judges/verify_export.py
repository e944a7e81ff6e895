"""Verifies an export of the access log with docs/audit-log.md and none of the program's code.

    verify_export.py EXPORT [--k0 EPOCH=HEX ...] [--paper FILE]
    verify_export.py --serve

Prints one JSON object: number of events, findings as [class, number, word], and the tiers that were checked. A line of FILE is
`origin size root`, the root as 64 hexadecimal digits or as the fourteen groups of a slip. With --serve every line on standard
input is {"export": [objects], "k0": {"1": hex}, "paper": [[origin, size, root hex]]} and is answered with such an object.
"""
import argparse
import base64
import json
import sys
from pathlib import Path

from audit_checks import Signatures, Verification
from audit_format import ORIGIN, Checkpoint, Log, Row, Seal, sha256, u64

FORMAT = "hcaudit-export/1"
U32_MAX, U64_MAX = 2**32 - 1, 2**64 - 1
SLIP_GROUPS, SLIP_ROOT = 14, 52


def unhex(value, size=None):
    """Bytes of lower-case hexadecimal. Like everything that reads an export, raises ValueError or TypeError."""
    data = bytes.fromhex(value)
    if data.hex() != value or (size is not None and len(data) != size):
        raise ValueError("not lower-case hexadecimal of that size")
    return data


def count(value):
    if type(value) is not int or not 0 <= value <= U64_MAX:
        raise ValueError("not a count")
    return value


def signed_number(value):
    if type(value) is not int or not -(2**63) <= value < 2**63:
        raise ValueError("not a time")
    return value


def text(value):
    """Also refuses half of a surrogate pair, which JSON can write and no text contains."""
    if type(value) is not str:
        raise ValueError("not a text")
    value.encode()
    return value


def boolean(value):
    if type(value) is not bool:
        raise ValueError("neither true nor false")
    return value


def identifier(value):
    return unhex(value, 16)


def digest(value):
    return unhex(value, 32)


def optional_bytes(value):
    return None if value is None else unhex(value)


def digests(value):
    if type(value) is not list:
        raise ValueError("not a list")
    return [digest(entry) for entry in value]


def seal(value):
    return None if value is None else Seal(*read_object(value, SEAL_FIELDS))


def small_count(value):
    if count(value) > U32_MAX:
        raise ValueError("not an epoch")
    return value


SEAL_FIELDS = {"epoch": small_count, "seq": count, "key_digest": digest, "aggregate": digest}
# The fields of each kind of line besides `kind`, in the order in which they are kept.
EXPORT_FIELDS = {
    "log": {"format": text, "log_id": identifier, "host_key": digest, "details": boolean, "seal": seal},
    "person": {"account": identifier, "person": identifier, "number": text, "public_key": digest},
    "event": {
        "seq": count, "first": count, "body": optional_bytes, "hash": digest, "wall_us": signed_number, "actor": identifier,
        "action": count, "object_kind": count, "object": identifier, "outcome": count,
    },
    "detail": {"seq": count, "nonce": digest, "text": text},
    "checkpoint": {"size": count, "aggregate": digest, "frontier": digests, "note": text},
    "cosignature": {"size": count, "account": identifier, "line": text},
}  # fmt: skip


def read_object(value, fields, others=0):
    """The values in the order of `fields`. None may be missing, and only so many `others` may be there besides."""
    if type(value) is not dict or len(value) != len(fields) + others:
        raise ValueError("not the fields of the schema")
    return [read(value[name]) for name, read in fields.items()]


def read_export(objects):
    """ValueError, TypeError or KeyError: not an export."""
    lines = {kind: [] for kind in EXPORT_FIELDS}
    for value in objects:
        kind = value["kind"]
        lines[kind].append(read_object(value, EXPORT_FIELDS[kind], others=1))
    ((form, log_id, host_key, with_details, seal_state),) = lines["log"]
    if form != FORMAT or objects[0]["kind"] != "log":
        raise ValueError("does not begin as an export")
    people = {}
    for account, person, _number, public_key in lines["person"]:
        if account in people:
            raise ValueError("an account twice")
        people[account] = [(person, public_key)]
    details = [(seq, nonce, words.encode()) for seq, nonce, words in lines["detail"]]
    return Log(
        log_id, host_key, seal_state, people, [Row(*line) for line in lines["event"]], details if with_details else None,
        [Checkpoint(*line) for line in lines["checkpoint"]], lines["cosignature"],
    )  # fmt: skip


def not_an_export():
    tiers = {"host": True, "auditor": False, "paper": False, "details": False}
    return {"events": 0, "findings": [["FORMAT", 0, "line"]], "tiers": tiers}


def verify(read, signatures):
    """Answers for what `read` returns: objects of an export, {epoch: hex}, [(origin, size, root hex)]."""
    try:
        objects, k0, paper = read()
        log = read_export(objects)
        k0s = {int(epoch): digest(key) for epoch, key in k0.items()}
        papers = [(text(origin), count(size), digest(root)) for origin, size, root in paper]
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        return not_an_export()
    return Verification(log, k0s, papers, signatures).run()


def root_of_slip(origin, size, groups):
    """The root, as hexadecimal, out of the fourteen groups that are printed for the day's papers."""
    written = "".join(groups)
    root = base64.b32decode(written[:SLIP_ROOT] + "====")
    check = sha256(b"hcaudit/slip" + bytes.fromhex(origin.removeprefix(ORIGIN)) + u64(size) + root)
    if base64.b32encode(check).decode()[:4] != written[SLIP_ROOT:]:
        raise SystemExit("a slip of the pen: %s %d" % (origin, size))
    return root.hex()


def read_paper(path):
    slips = []
    for line in Path(path).read_text().splitlines():
        origin, size, *groups = line.split()
        root = root_of_slip(origin, int(size), groups) if len(groups) == SLIP_GROUPS else groups[0]
        slips.append((origin, int(size), root))
    return slips


def serve():
    signatures = Signatures()

    for line in sys.stdin.buffer:

        def read(line=line):
            request = json.loads(line)
            return request["export"], request.get("k0", {}), request.get("paper", [])

        print(json.dumps(verify(read, signatures)), flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("export", nargs="?")
    parser.add_argument("--k0", action="append", default=[], metavar="EPOCH=HEX")
    parser.add_argument("--paper", metavar="FILE")
    parser.add_argument("--serve", action="store_true")
    arguments = parser.parse_args()
    if arguments.serve:
        serve()
        return
    k0 = dict(entry.split("=", 1) for entry in arguments.k0)
    paper = read_paper(arguments.paper) if arguments.paper else []

    def read():
        with open(arguments.export, encoding="utf-8", newline="\n") as lines:
            return [json.loads(line) for line in lines], k0, paper

    print(json.dumps(verify(read, Signatures())))


if __name__ == "__main__":
    main()
