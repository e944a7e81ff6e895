#!/usr/bin/env python3
"""Switches off the sixteen guards of the two-person protocol, and those of the log, one place at a time, and asks
whether a test notices.

    python3 scripts/guards.py [NAME ...]

Works on a copy of the tree in target/guards, in which each place below can be switched off by an environment variable; builds
the unit tests once and runs them once per place, quick ones first. A guard may stand in several places (the rule, the
operation, the courier): each of them has to be missed by a test. Exit status 1 when one is not.

Takes about half an hour; run it after a change of the places named here. A place that has moved is an error, not a gap.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COPY = ROOT / "target/guards/tree"
TARGET = ROOT / "target/guards/build"
# Made by scripts/test.sh: the mail server that judges what the courier sends.
JUDGES = ROOT / "target/judges/bin/python"

RULE = "src/domain/transmission/guard.rs"
STATE = "src/domain/transmission.rs"
ORDER = "src/order/dispatch.rs"
POLICY = "src/office/policy.rs"
CONFIRM = "src/office/ops/confirm_transmission.rs"
PURGE = "src/office/ops/approve_log_purge.rs"
EPOCH = "src/office/epoch.rs"
CLOCK = "src/office/audit/clock.rs"
SIGN_OFF = "src/office/ops/sign_off_review.rs"
TWO_PEOPLE = "src/log/verify/two_people.rs"
WALK = "src/log/verify/walk.rs"
MATCH = "src/office/ops/match_transmission.rs"
OUTBOX = "src/office/outbox/mod.rs"
ROUND = "src/courier/round/mod.rs"
GOODS = "src/courier/round/goods.rs"

# Name, file, what stands there, and which occurrence of it.
PLACES = [
    ("G1-rule", RULE, "ensure(confirmer.account != submitter.account,", 0),
    ("G1-policy", POLICY, "if actor.party.account == self.first.account {", 0),
    ("G1-order", ORDER, "ensure(submitter.party.account != confirmer.party.account,", 0),
    ("G2-rule", RULE, "ensure(!facts.editors.contains(&confirmer.person),", 0),
    ("G2-policy", POLICY, "if self.editors.contains(&actor.party.person) {", 0),
    ("G2-entry", POLICY, "if self.entered_by == Some(actor.party.person) {", 0),
    ("G3-rule", RULE, "ensure(Pair::new(submitter, confirmer).is_some(),", 0),
    ("G3-policy", POLICY, "if Pair::new(self.first, actor.party).is_none() {", 0),
    ("G3-order", ORDER, "ensure(submitter.party.person != confirmer.party.person,", 0),
    ("G4-rule", RULE, "ensure(facts.confirmer_active,", 0),
    ("G5-rule-submitter", RULE, "ensure(facts.submitter_active,", 0),
    ("G5-rule-confirmer", RULE, "ensure(facts.confirmer_active,", 1),
    ("G5-order-submitter", ORDER, "ensure(submitter.is_active(),", 0),
    ("G5-order-confirmer", ORDER, "ensure(confirmer.is_active(),", 0),
    ("G5-courier", GOODS, "if parties.into_iter().chain(supervisor).any(|account| self.stops.is_suspended(account)) {", 0),
    ("G6-rule-confirm", RULE, "ensure(facts.content_version == submission.version,", 0),
    ("G6-rule-claim", RULE, "ensure(facts.content_version == submission.version,", 1),
    ("G6-revise", "src/office/ops/revise_record.rs", "if tx.has_open_transmission(record.id)? {", 0),
    ("G7-rule", RULE, "ensure(facts.address_matches,", 0),
    ("G7-confirm", CONFIRM, "address_matches: matched,", 0),
    ("G7-match", MATCH, "Ok(person & address & pages)", 0),
    ("G8-rule-claim", RULE, "ensure(facts.artefact == submission.artefact,", 0),
    ("G8-rule-handover", RULE, "ensure(facts.artefact == facts.agreement.submission().artefact,", 0),
    ("G8-confirm", CONFIRM, "if Digest::of(&tx.artefact(row.id)?) != submission.artefact {", 0),
    ("G8-order", ORDER, "ensure(artefact == self.statement.artefact,", 0),
    ("G9-rule", RULE, "ensure(facts.agreed.matches(facts.used),", 0),
    ("G9-order", ORDER, "ensure(self.destination.digest() == self.statement.destination,", 0),
    ("G10-rule-age", RULE, "ensure(now <= limit,", 0),
    ("G10-rule-day", RULE, "ensure(confirmed.date_in_japan() == now.date_in_japan(),", 0),
    ("G10-confirm", CONFIRM, "if desk.now.date_in_japan() != submission.at.date_in_japan() {", 0),
    ("G11-rule", RULE, "ensure(entry.version == submission.entry_version,", 0),
    ("G11-frozen", RULE, "ensure(!entry.frozen,", 0),
    ("G11-courier", GOODS, "if self.stops.is_frozen(order.destination.id) {", 0),
    ("G12-state", STATE, "(Self::Dispatching(_), Step::Claim(_)) =>", 0),
    ("G12-withdrawn", GOODS, "if self.stops.is_withdrawn(order.statement.transmission).map_err(|_| Stop::Defer(None))? {", 0),
    ("G12-emit", OUTBOX, "if parcel.is_with_the_courier() {", 0),
    ("G12-revoke", OUTBOX, "if parcel.is_with_the_courier() {", 1),
    ("G12-awaiting", "src/office/sending/waiting.rs", "if row.state == StateCode::Awaiting {", 0),
    ("G13-state", STATE, "(Self::Uncertain(_), Step::Claim(_)) =>", 0),
    ("G13-courier", ROUND, "Ok(self.receipt(id)?.is_some())", 0),
    ("G13-begun", ROUND, "if self.begun.contains(id)? {", 0),
    ("G13-claim", ROUND, "if let Err(answer) = of_one(round.put_back_claim(id))? {", 0),
    ("G13-ledger", GOODS, "if self.ledger.contains(order.statement.digest()) {", 0),
    ("G14-rule", RULE, "ensure(!(recent && reset.by.contains(&other.person)),", 0),
    ("G14-policy", POLICY, "if self.credential_ties {", 0),
    ("G15-rule-code", RULE, "ensure(evidence.totp_step > evidence.last_step,", 0),
    ("G15-rule-used", RULE, "ensure(!evidence.used,", 0),
    ("G15-confirm", CONFIRM, "if !tx.use_step_up(&self.evidence)? {", 0),
    ("G16-rule", RULE, "ensure(evidence.statement == submission.statement,", 0),
    ("G16-match", MATCH, "if bound && in_time", 0),
    ("G16-order", ORDER, "ensure(self.confirmation.statement == self.statement.digest(),", 0),
    # What two people do to the log: L1 erasing, L2 a new epoch, L3 the block after a moved clock, L4 the review.
    ("L1-policy", POLICY, "if Pair::new(*proposer, actor.party).is_some() { Ok(()) } else { Err(Reason::OwnWork) }", 0),
    ("L1-verifier", WALK, "if !signed {", 0),
    ("L1-age", "src/office/audit/purge.rs", "if now.seconds_since(newest.clock.wall) < kept {", 0),
    ("L2-people", EPOCH, "[first, second] if Pair::new(*first, *second).is_some() => Ok(()),", 0),
    ("L2-role", EPOCH, "if !row.roles.contains(Role::Supervisor) {", 0),
    ("L2-code", EPOCH, "if !tx.consume_totp_step(one.slot_account, step)? {", 0),
    ("L2-key", EPOCH, "if row.public_key != one.key.verifying_key().to_bytes() {", 0),
    ("L2-stopped", EPOCH, "if request.cause != EpochCause::Restored && first_in.opened.store.begin().is_ok() {", 0),
    ("L2-verifier", WALK, "if signed.is_none() {", 0),
    ("L3-block", CLOCK, "Self::Trusted if is_blocked(tx, now)? => Err(Reason::ClockBlocked),", 0),
    ("L3-people", POLICY, "if people.contains(&actor.party.person) {", 0),
    ("L4-own", POLICY, "if *subject == Some(actor.party.person) {", 0),
    ("L4-finished", SIGN_OFF, "false => return Err(Reason::ReviewUnfinished),", 0),
    ("L4-own-open", SIGN_OFF, "if own_open {", 0),
    ("L4-signed", SIGN_OFF, "if week.signed.is_some() {", 0),
    ("L-two-people", TWO_PEOPLE, "first.person != second.person", 0),
    ("L-first", TWO_PEOPLE, "fits(first, reference::FIRST_SIGNATURE)", 0),
    ("L-second", TWO_PEOPLE, "fits(second, reference::SECOND_SIGNATURE)", 0),
]

# Quick ones first; the last stage is everything that could notice.
STAGES = [
    ["domain::transmission::guard", "domain::transmission::tests", "order::", "office::policy"],
    ["office::tests::sending", "office::tests::nine", "courier::"],
    ["office::"],
]
LOG_STAGES = [
    ["log::", "office::policy", "office::tests::log", "office::tests::clock", "office::tests::review_week"],
    ["office::"],
]


def switched(name: str, text: str) -> str:
    """The same place, with a way round it."""
    off = f'crate::guard_off("{name}")'
    if text.startswith("ensure("):
        return text.replace("ensure(", f"ensure({off} || ", 1)
    if text.startswith("if !"):
        return text.replace("if ", f"if !{off} && ", 1)
    if name in ("G12-awaiting", "G16-match"):
        condition = text.removeprefix("if ").removesuffix(" {")
        # What is asked here is what has to hold.
        held = condition.replace("bound", f"({off} || bound)", 1) if name == "G16-match" else f"{off} || {condition}"
        return text.replace(condition, held, 1)
    if name == "L1-policy":
        return text.replace("if ", f"if {off} || ", 1)
    if name.startswith("L-"):
        return f"({off} || {text})"
    if name == "L2-people":
        return text.replace("is_some()", f"is_some() || {off}", 1)
    if name == "L3-block":
        return text.replace("is_blocked(tx, now)?", f"!{off} && is_blocked(tx, now)?", 1)
    if name == "L4-finished":
        return f"false if {off} => {{}}\n            {text}"
    if text.startswith("if let "):
        asked = text.removesuffix(" {").replace(" = ", f" = if {off} {{ Ok(()) }} else {{ ", 1)
        return f"{asked} }} {{"
    if text.startswith("if "):
        return text.replace("if ", f"if !{off} && ", 1)
    if name == "G7-confirm":
        return f"address_matches: matched || {off},"
    if name == "G7-match":
        return f"Ok(person & (address || {off}) & pages)"
    if name in ("G12-state", "G13-state"):
        before = text.split("(_)")[0].removeprefix("(")
        way = f"({before}(agreement), Step::Claim(clearance)) if {off} => claim(agreement, clearance),"
        return f"{way}\n            {text}"
    if name == "G13-courier":
        return f"if {off} {{ return Ok(false); }}\n        {text}"
    raise SystemExit(f"{name}: no way round is known")


def copy_tree() -> None:
    shutil.rmtree(COPY, ignore_errors=True)
    files = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in filter(None, files.split("\0")):
        to = COPY / name
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, to)


def add_switches() -> None:
    for name, file, text, which in reversed(PLACES):
        path = COPY / file
        source = path.read_text(encoding="utf-8")
        found = [match.start() for match in re.finditer(re.escape(text), source)]
        if which >= len(found):
            raise SystemExit(f"{name}: not found in {file}: {text}")
        at = found[which]
        path.write_text(source[:at] + switched(name, text) + source[at + len(text) :], encoding="utf-8")
    with (COPY / "src/lib.rs").open("a", encoding="utf-8") as lib:
        lib.write(
            "\n#[doc(hidden)]\npub fn guard_off(name: &str) -> bool {\n"
            '    std::env::var("GUARD_OFF").is_ok_and(|off| off == name)\n}\n'
        )


def build() -> str:
    command = ["cargo", "test", "--lib", "--no-run", "--features", "cheap-kdf", "--message-format", "json"]
    environment = os.environ | {"CARGO_TARGET_DIR": str(TARGET)}
    done = subprocess.run(command, cwd=COPY, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    binaries = re.findall(r'"executable":"([^"]+/deps/uketsuke-[^"]+)"', done.stdout)
    return binaries[-1]


def failing(binary: str, filters: list[str], name: str) -> str | None:
    """A test among these that fails with this place switched off."""
    environment = os.environ | {"GUARD_OFF": name, "UKETSUKE_PYTHON": str(JUDGES)}
    run = subprocess.run([binary, *filters], cwd=COPY, env=environment, capture_output=True, text=True)
    failed = re.findall(r"^test (\S+) \.\.\. FAILED", run.stdout, re.MULTILINE)
    if failed:
        return failed[0]
    return f"the tests ended with {run.returncode}" if run.returncode != 0 else None


def notices(binary: str, name: str, sound: set[str]) -> str | None:
    """A test that fails with this place switched off and not otherwise."""
    for filters in LOG_STAGES if name.startswith("L") else STAGES:
        if filters[0] not in sound:
            control = failing(binary, filters, "")
            if control:
                raise SystemExit(f"the control fails: {control}")
            sound.add(filters[0])
        failed = failing(binary, filters, name)
        if failed:
            return failed
    return None


def main() -> int:
    wanted = sys.argv[1:] or [name for name, *_ in PLACES]
    copy_tree()
    add_switches()
    binary = build()
    missed = []
    sound: set[str] = set()
    for name in wanted:
        test = notices(binary, name, sound)
        print(f"{name:20} {test or 'NOTHING NOTICED'}", flush=True)
        if test is None:
            missed.append(name)
    guards = {name.split("-")[0] for name in wanted}
    without = {name.split("-")[0] for name in missed}
    print(f"{len(guards) - len(without)} of {len(guards)} guards, {len(wanted) - len(missed)} of {len(wanted)} places")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
