"""Every finding of docs/audit-log.md, for one log in memory."""
import struct

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from audit_format import (
    AGGREGATE, CHECKPOINT, CLOCK_MOVED, CLOCK_STEP, CLOCK_TOLERANCE, COSIGNER_TYPE, DAY, DONE, EPOCH,
    ERASED_COLUMNS, FIRST, GENESIS, HEARTBEAT, HOST_KEY, HOST_TYPE, JAPAN, K0_DIGEST, KIND, LINE, PAPER_ROOT,
    PAPER_SIZE, PURGE, PURGED_BODIES, PURGED_DETAILS, ROOT, SECOND, SET_AHEAD, SET_BACK, SIGNATURE, SIGNED,
    SIGNED_TOO, SIGN_OFF, SIZE, TIME, U32, WHY, ZERO, Tree, decode, key_id, pae, read_note, replay, sha256,
    signature_line,
)  # fmt: skip

CACHED = 100_000


class Signatures:
    """Checks Ed25519 signatures and remembers keys and results, for those who verify many logs of the same people."""

    def __init__(self):
        self.keys, self.results = {}, {}

    def fits(self, key, message, signature):
        triple = (key, message, signature)
        result = self.results.get(triple)
        if result is None:
            if len(self.results) >= CACHED:
                self.results.clear()
                self.keys.clear()
            result = self.results[triple] = self.check(key, message, signature)
        return result

    def check(self, key, message, signature):
        try:
            if key not in self.keys:
                self.keys[key] = Ed25519PublicKey.from_public_bytes(key)
            self.keys[key].verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


class Verification:
    """One log, all tiers. `positions` count rows from 0; sizes are numbers of rows."""

    def __init__(self, log, k0s, papers, signatures):
        self.log, self.k0s, self.papers, self.signatures = log, k0s, papers, signatures
        self.findings = set()
        self.epoch, self.first_event = 1, None
        self.firsts, self.erased, self.commitments, self.readable = [], [], {}, {}
        self.host_keys, self.named, self.purges, self.starts, self.promised = [], [], [], [], []

    def find(self, group, number, word):
        self.findings.add((group, number, word))

    def run(self):
        self.read_rows()
        self.tree = Tree([row.hash for row in self.log.events])
        self.states = self.check_keys()
        self.stored = {checkpoint.size for checkpoint in self.log.checkpoints}
        self.check_starts()
        self.check_purges()
        self.check_checkpoints()
        self.check_cosignatures()
        if self.log.details is not None:
            self.check_details()
        self.check_seal()
        for origin, size, root in self.papers:
            self.check_paper(origin, size, root)
        epochs = range(1, self.epoch + 1)
        return {
            "events": len(self.log.events),
            "findings": sorted(list(finding) for finding in self.findings),
            "tiers": {
                "host": True,
                "auditor": all(epoch in self.k0s for epoch in epochs),
                "paper": bool(self.papers),
                "details": self.log.details is not None,
            },
        }

    def read_rows(self):
        last, previous, first_before, before = 0, ZERO, None, None
        for position, row in enumerate(self.log.events):
            seq = row.seq
            if seq != last + 1:
                self.find("CHAIN", seq, "gap")
            event = self.read_row(row)
            first = row.first
            if event is not None:
                first = event.number(FIRST)
                self.check_place(position, row, event, previous)
                if before is not None:
                    self.check_clock(seq, event, before)
                before = event
                self.note_event(position, seq, event)
            elif row.body is None:
                # Nothing is compared across what was erased.
                before = None
            if (event is not None or row.body is None) and first != seq and (first is None or first != first_before):
                self.find("CHAIN", seq, "transaction")
            self.firsts.append(first)
            last, previous, first_before = seq, row.hash, first

    def read_row(self, row):
        if row.body is None:
            self.erased.append(row.seq)
            if row[4:] != ERASED_COLUMNS:
                self.find("COLUMN", row.seq, "differs")
            return None
        if sha256(b"\x00" + row.body) != row.hash:
            self.find("CHAIN", row.seq, "hash")
        try:
            event = decode(row.body)
        except (ValueError, struct.error):
            self.find("CHAIN", row.seq, "unreadable")
            return None
        if row[4:] != event.columns or row.first != event.number(FIRST):
            self.find("COLUMN", row.seq, "differs")
        return event

    def check_place(self, position, row, event, previous):
        if event.action == EPOCH:
            self.epoch += 1
        if (event.action == GENESIS) != (position == 0):
            self.find("CHAIN", row.seq, "misplaced")
        if (event.log_id, event.seq, event.epoch) != (self.log.log_id, row.seq, self.epoch):
            self.find("CHAIN", row.seq, "misplaced")
        if event.previous != previous:
            self.find("CHAIN", row.seq, "previous")

    def check_clock(self, seq, event, before):
        wall = event.wall - before.wall
        if event.boot == before.boot:
            moved = abs(wall - (event.uptime - before.uptime)) > CLOCK_TOLERANCE
        else:
            moved = wall < -SET_BACK or wall > SET_AHEAD
        if moved and not event.flags & CLOCK_MOVED:
            self.find("CLOCK", seq, "unrecorded")
        days = (event.wall + JAPAN) // DAY - (before.wall + JAPAN) // DAY
        if days and event.action not in (HEARTBEAT, EPOCH):
            self.find("HEARTBEAT", seq, "missing")
        if days > 1:
            self.find("HEARTBEAT", seq, "quiet")

    def note_event(self, position, seq, event):
        """Keeps what is judged when all rows have been read."""
        self.readable[seq] = event
        if position == 0:
            self.first_event = event
        if event.commitment:
            self.commitments[seq] = event.commitment
        action = event.action
        # Only these two say which key is the host's; anybody who signs in can cause other events.
        if HOST_KEY in event.references and (action == EPOCH or (action == GENESIS and position == 0)):
            self.host_keys.append((position, seq, event.references[HOST_KEY]))
        if action == EPOCH:
            self.starts.append((position, seq, event, self.epoch))
        elif action in (CHECKPOINT, HEARTBEAT):
            self.named.append((position, seq, event))
        elif action == PURGE and event.outcome == DONE:
            self.purges.append((position, seq, event))
        elif action == SIGN_OFF and event.outcome == DONE and {SIZE, LINE} <= event.references.keys():
            self.promised.append((event.number(SIZE), event.references[LINE]))
        elif action == CLOCK_STEP:
            self.find("CLOCK", seq, "step")

    def check_keys(self):
        """Auditor: is each k0 the one that its epoch began with; and the states of the seal that follow from them."""
        if not self.k0s:
            return [None] * (len(self.log.events) + 1)
        starts = [(0, row.seq, self.first_event, 1) for row in self.log.events[:1]] + self.starts
        for _, seq, event, epoch in starts:
            named = event and event.references.get(K0_DIGEST)
            if epoch in self.k0s and named != sha256(self.k0s[epoch]):
                self.find("SEAL", seq, "key")
        epochs = {0: 1, **{position: epoch for position, _, _, epoch in starts}}
        return replay(self.log.log_id, self.tree.levels[0], epochs, self.k0s)

    def by_two(self, event, label, *parts):
        """Have two different people signed PAE(label, log id, parts)? Numbers stand for references."""
        references = event.references
        values = [references.get(part) if isinstance(part, int) else part for part in parts]
        pair = [(event.actor, references.get(SIGNED)), (references.get(SECOND), references.get(SIGNED_TOO))]
        if None in values or any(None in entry for entry in pair):
            return False
        one, two = ({person for person, _ in self.log.people.get(account, ())} for account, _ in pair)
        message = pae(label, self.log.log_id, *values)
        return not one & two and all(self.signed(account, message, signature) for account, signature in pair)

    def signed(self, account, message, signature):
        return any(self.signatures.fits(key, message, signature) for _, key in self.log.people.get(account, ()))

    def check_starts(self):
        self.declared = []
        for position, seq, event, _ in self.starts:
            self.find("EPOCH", seq, "started")
            size, paper = event.number(SIZE), event.number(PAPER_SIZE)
            number = U32.pack(event.epoch)
            signed = self.by_two(event, b"hcaudit/epoch/1", number, WHY, SIZE, ROOT, PAPER_SIZE, PAPER_ROOT, K0_DIGEST, HOST_KEY)
            if not signed:
                self.find("EPOCH", seq, "unsigned")
            rooted = size == position and event.references.get(ROOT) == self.tree.root(position)
            if not rooted:
                self.find("EPOCH", seq, "root")
            if size is not None and paper is not None and paper > size:
                self.find("EPOCH", seq, "gap")
                if signed and rooted:
                    self.declared.append((size, paper, event.references.get(PAPER_ROOT)))

    def check_purges(self):
        self.purged = {PURGED_DETAILS: 0, PURGED_BODIES: 0}
        for position, seq, event in self.purges:
            size = event.number(SIZE)
            signed = self.by_two(event, b"hcaudit/purge/1", KIND, SIZE, ROOT)
            if not signed:
                self.find("PURGE", seq, "unsigned")
            if size is not None and size not in self.stored:
                self.find("CKPT", size, "missing")
                continue
            rooted = size is not None and size <= position and event.references.get(ROOT) == self.tree.root(size)
            if not rooted:
                self.find("PURGE", seq, "root")
            kind = event.number(KIND)
            if signed and rooted and kind in self.purged:
                self.purged[kind] = max(size, self.purged[kind])
        for seq in self.erased:
            if not 1 < seq <= self.purged[PURGED_BODIES]:
                self.find("CHAIN", seq, "erased")

    def check_checkpoints(self):
        for checkpoint in self.log.checkpoints:
            self.check_checkpoint(checkpoint)
        for position, seq, event in self.named:
            self.check_naming(position, seq, event)
        if self.host_keys and self.log.host_key not in (None, self.host_keys[-1][2]):
            self.find("CKPT", self.host_keys[-1][1], "host-key")

    def check_checkpoint(self, checkpoint):
        size, origin = checkpoint.size, self.log.origin
        note = read_note(checkpoint.note, origin, size)
        if note is None:
            self.find("CKPT", size, "note")
        elif not self.host_signed(origin, size, note):
            self.find("CKPT", size, "signature")
        if size > len(self.log.events):
            self.find("CKPT", size, "beyond")
            return
        if (note and note[1] != self.tree.root(size)) or checkpoint.frontier != self.tree.frontier(size):
            self.find("CKPT", size, "root")
        self.check_aggregate(size, checkpoint.aggregate, size)
        naming = any(seq == size + 1 and event.number(SIZE) == size for _, seq, event in self.named)
        if size + 1 in self.readable and not naming:
            self.find("CKPT", size, "unnamed")

    def host_signed(self, origin, size, note):
        text, _, identity, signature = note
        keys = [key for position, _, key in self.host_keys if position < size]
        return bool(keys) and identity == key_id(origin, HOST_TYPE, keys[-1]) and self.signatures.fits(keys[-1], text, signature)

    def check_aggregate(self, size, aggregate, position):
        state = self.states[position]
        if state is not None and state[1] != aggregate:
            self.find("CKPT", size, "aggregate")

    def check_naming(self, position, seq, event):
        size = event.number(SIZE)
        if size != seq - 1:
            self.find("CKPT", seq, "place")
            return
        if size not in self.stored:
            self.find("CKPT", size, "missing")
        if event.references.get(ROOT) != self.tree.root(position):
            self.find("CKPT", size, "root")
        self.check_aggregate(size, event.references.get(AGGREGATE), position)

    def check_cosignatures(self):
        there = {(size, sha256(line.encode())) for size, _, line in self.log.cosignatures}
        for size, digest in self.promised:
            if (size, digest) not in there:
                self.find("CKPT", size, "cosignature")
        if not self.log.cosignatures:
            return
        origin = self.log.origin
        notes = {point.size: read_note(point.note, origin, point.size) for point in self.log.checkpoints}
        for size, account, line in self.log.cosignatures:
            if not (notes.get(size) and self.cosigned("%s/%s" % (origin, account.hex()), account, line, notes[size][0])):
                self.find("CKPT", size, "cosignature")

    def cosigned(self, name, account, line, text):
        parts = signature_line(line, name, TIME + SIGNATURE)
        if parts is None:
            return False
        message = b"cosignature/v1\ntime %d\n" % int.from_bytes(parts[1][:TIME], "big") + text
        return any(
            parts[0] == key_id(name, COSIGNER_TYPE, key) and self.signatures.fits(key, message, parts[1][TIME:])
            for _, key in self.log.people.get(account, ())
        )

    def check_details(self):
        there = set()
        for seq, nonce, text in self.log.details:
            there.add(seq)
            commitment = self.commitments.get(seq)
            if commitment is None:
                self.find("DETAIL", seq, "orphan")
            elif commitment != sha256(b"hcaudit/detail" + nonce + text):
                self.find("DETAIL", seq, "altered")
        erased = max(self.purged.values())
        for seq in self.commitments.keys() - there:
            if seq > erased:
                self.find("DETAIL", seq, "missing")

    def check_seal(self):
        seal, rows = self.log.seal, len(self.log.events)
        if seal is None:
            self.find("SEAL", 0, "missing")
            return
        if seal.seq > rows:
            self.find("SEAL", seal.seq, "ahead")
        elif any(first != seal.seq + 1 for first in self.firsts[seal.seq :]):
            self.find("SEAL", seal.seq, "behind")
        if rows and seal.epoch != self.epoch:
            self.find("SEAL", seal.seq, "epoch")
        state = self.states[seal.seq] if seal.seq <= rows else None
        if state is not None and (sha256(state[0]), state[1]) != (seal.key_digest, seal.aggregate):
            self.find("SEAL", seal.seq, "forged")

    def check_paper(self, origin, size, root):
        ours = self.tree.root(size)
        if origin != self.log.origin:
            self.find("PAPER", size, "foreign")
        elif ours != root:
            word = "shorter" if ours is None else "root"
            self.find("PAPER", size, "declared" if self.is_declared(size, root) else word)

    def is_declared(self, size, root):
        """The highest size on paper was signed together with its root, so another root there was not declared."""
        return any(before < size < paper or (size, root) == (paper, paper_root) for before, paper, paper_root in self.declared)
