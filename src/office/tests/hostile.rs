//! Files and rows that a crash, a careless hand or an attacker left: a clear refusal, on record, and nobody else kept out.
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;

use super::support::*;
use crate::domain::sensitive::Secret;
use crate::domain::staff::{Role, Roles};
use crate::office::audit::{Action, Outcome};
use crate::office::ops::*;
use crate::office::store::meta::Fact;
use crate::office::vault::identity::{self, Recipient};
use crate::office::vault::slot::Slot;
use crate::office::vault::totp::TotpSecret;
use crate::office::*;
use crate::order::{SuspendedList, names};
use crate::os::entropy::KernelEntropy;

/// Runs SQL that the triggers would refuse, as somebody who owns the database could.
fn tamper(session: &Session, sql: &str) {
    let open = "DROP TRIGGER IF EXISTS transmission_envelope_fixed; DROP TRIGGER IF EXISTS audit_event_fixed;
                DROP TRIGGER IF EXISTS destination_fixed;";
    session.store.raw().execute_batch(&format!("{open} {sql}")).unwrap();
}

fn actions(place: &Place, session: &mut Session) -> Vec<(Action, Outcome, Option<Reason>)> {
    let events = place.events(session).into_iter();
    events.map(|event| (event.action, event.outcome, Reason::from_code(event.reason))).collect()
}

fn account(session: &mut Session, number: &str) -> crate::domain::ids::AccountId {
    let staff = session.perform(ListStaff).unwrap();
    staff.into_iter().find(|line| line.number.as_str() == number).unwrap().account
}

/// 1009, proposed by 2001 and approved by 2002; gives the initial password.
fn invite(place: &Place) -> Secret {
    let proposal = StaffProposal {
        number: "1009".into(),
        name: "試野 五月".into(),
        section: "感染症対策係".into(),
        roles: Roles::of(&[Role::Clerk]),
        same_person_as: None,
    };
    let proposed = place.sign_in("2001").perform(ProposeStaff { proposal }).unwrap();
    place.sign_in("2002").perform(ApproveStaff { account: proposed.account }).unwrap();
    proposed.initial_password
}

fn enrolment(place: &Place, initial: &Secret) -> Box<Enrolment> {
    place.wait(31);
    let credentials =
        Credentials { number: "1009".into(), password: initial.clone(), code: Secret::default() };
    match place.office.sign_in(&credentials).unwrap() {
        SignedIn::MustEnrol(enrolment) => enrolment,
        SignedIn::In(_) => panic!("the initial password let somebody in"),
    }
}

fn code_of(place: &Place, enrolment: &Enrolment) -> Secret {
    let secret = TotpSecret::from_base32(&enrolment.token().base32).unwrap();
    Secret::new(secret.code_at(u64::try_from(place.now().seconds()).unwrap() / 30).to_string())
}

#[test]
fn a_set_up_that_was_killed_before_its_end_can_be_made_again_and_nothing_is_destroyed() {
    let place = Place::new();
    let home = place.office.house().home().to_owned();
    let database = std::fs::read(home.join("gen-000001/uketsuke.db")).unwrap();
    // Everything was written but the last rename. (Or CURRENT was lost later, and this is all the data there is.)
    std::fs::remove_file(home.join("CURRENT")).unwrap();
    begin(&place.office).finish("見本保健所", &people()).unwrap();
    place.wait(31);
    assert_eq!(place.try_sign_in(&place.credentials("1001")), Ok(()));
    let kept = std::fs::read_dir(&home).unwrap().map(|item| item.unwrap().path().join("uketsuke.db"));
    assert!(kept.filter_map(|file| std::fs::read(file).ok()).any(|bytes| bytes == database));
    assert!(place.office.inspect().unwrap().roster.is_ok(), "the courier trusts the new roster");
}

#[test]
fn a_person_whose_key_was_taken_is_refused_on_record() {
    let place = Place::new();
    let mut admin = place.sign_in("2001");
    let who = account(&mut admin, "1003");
    admin.perform(SuspendStaff { account: who }).unwrap();
    place.wait(31);
    assert_eq!(place.try_sign_in(&place.credentials("1003")), Err(Reason::AccountSuspended));
    let mut supervisor = place.sign_in("2002");
    let refused = (Action::SignInRefusedEarlier, Outcome::Failed, Some(Reason::AccountSuspended));
    assert!(actions(&place, &mut supervisor).contains(&refused));
}

#[test]
fn a_crash_while_suspending_locks_nobody_out() {
    let place = Place::new();
    let mut admin = place.sign_in("2001");
    let who = account(&mut admin, "1003");
    let generation = place.office.house().generation().unwrap();
    let outbox = place.office.house().outbox();
    // Files say suspended, the database never committed it.
    let (others, all): (Vec<Recipient>, usize) = {
        let tx = admin.store.begin().unwrap();
        let staff = tx.all_staff().unwrap();
        let kept = staff.iter().filter(|row| row.party.account != who);
        (kept.map(|row| Recipient::parse(&row.recipient).unwrap()).collect(), staff.len() + 1)
    };
    let sealed = identity::seal_to(&others, admin.keys.vault_key().as_bytes()).unwrap();
    std::fs::write(generation.vault_file(), sealed).unwrap();
    std::fs::write(outbox.join(names::SUSPENDED), SuspendedList::of([who]).to_bytes()).unwrap();
    place.sign_in("2002");
    assert_eq!(identity::recipients_of(&std::fs::read(generation.vault_file()).unwrap()), all);
    assert_eq!(std::fs::read(outbox.join(names::SUSPENDED)).unwrap(), SuspendedList::of([]).to_bytes());
    place.sign_in("1003");

    // And a list that got lost is there again.
    admin.perform(SuspendStaff { account: who }).unwrap();
    std::fs::remove_file(outbox.join(names::SUSPENDED)).unwrap();
    place.sign_in("2002");
    assert_eq!(std::fs::read(outbox.join(names::SUSPENDED)).unwrap(), SuspendedList::of([who]).to_bytes());
}

#[test]
fn keys_of_a_colleague_in_the_slot_of_a_newcomer_open_nothing() {
    let place = Place::new();
    let initial = invite(&place);
    let slots = place.office.house().generation().unwrap().slots_dir();
    let read =
        |number: &str| Slot::parse(&std::fs::read(slots.join(format!("{number}.slot"))).unwrap()).unwrap();
    let (mine, theirs) = (read("1001"), read("1009"));
    let keys = mine.open(&password("1001")).unwrap();
    let own = password("1001");
    let mut entropy = KernelEntropy;
    let forged =
        Slot::close(theirs.vault, theirs.account, &theirs.number, &keys, &own, &mut entropy).unwrap();
    std::fs::write(slots.join("1009.slot"), forged.to_bytes()).unwrap();
    place.wait(31);
    let credentials = Credentials { number: "1009".into(), password: own, code: Secret::default() };
    assert_eq!(place.try_sign_in(&credentials), Err(Reason::SlotForeign));
    let mut supervisor = place.sign_in("2001");
    let refused = (Action::SignIn, Outcome::Failed, Some(Reason::SlotForeign));
    assert!(actions(&place, &mut supervisor).contains(&refused));

    let nobody = crate::domain::ids::AccountId::from_bytes([9; 16]);
    let forged =
        Slot::close(theirs.vault, nobody, &theirs.number, &keys, &credentials.password, &mut entropy);
    std::fs::write(slots.join("1009.slot"), forged.unwrap().to_bytes()).unwrap();
    place.wait(31);
    assert_eq!(place.try_sign_in(&credentials), Err(Reason::SlotForeign));
    let mut supervisor = place.sign_in("2001");
    let refused = (Action::SignInRefusedEarlier, Outcome::Failed, Some(Reason::SlotForeign));
    assert!(actions(&place, &mut supervisor).contains(&refused), "an account that does not exist");
    std::fs::write(slots.join("1009.slot"), theirs.to_bytes()).unwrap();
    enrolment(&place, &initial);
}

#[test]
fn hostile_slot_files_open_nothing_and_stop_nobody_else() {
    let place = Place::new();
    let slots = place.office.house().generation().unwrap().slots_dir();
    let slot = slots.join("1001.slot");
    let whole = std::fs::read(&slot).unwrap();
    let mut huge = whole.clone();
    huge.resize(1 << 20, 0);
    let hostile = [Vec::new(), whole[..whole.len() / 2].to_vec(), vec![0xFF; 400], huge, b"\0".repeat(64)];
    for bytes in hostile {
        std::fs::write(&slot, bytes).unwrap();
        place.wait(1000);
        assert_eq!(place.try_sign_in(&place.credentials("1001")), Err(Reason::SignInWrong));
    }
    std::fs::remove_file(&slot).unwrap();
    symlink(slots.join("1002.slot"), &slot).unwrap();
    place.wait(1000);
    assert_eq!(place.try_sign_in(&place.credentials("1001")), Err(Reason::SignInWrong), "a link");
    std::fs::remove_file(&slot).unwrap();
    std::fs::create_dir(&slot).unwrap();
    place.wait(1000);
    assert_eq!(place.try_sign_in(&place.credentials("1001")), Err(Reason::SignInWrong), "a directory");
    place.sign_in("1002");
}

#[test]
fn one_damaged_row_keeps_nobody_out_and_no_other_order_back() {
    let place = Place::new();
    let (_, destination, damaged, pages) = place.awaiting();
    place.confirm(damaged, pages);
    let mut clerk = place.sign_in("1001");
    let record = register(&mut clerk, &edited());
    let good = prepare(&mut clerk, record, destination).transmission;
    place.confirm(good, pages);
    let outbox = place.office.house().outbox();
    let order = |id| outbox.join(format!("{id}.order"));
    for id in [damaged, good] {
        std::fs::remove_file(order(id)).unwrap();
    }
    tamper(&clerk, "UPDATE transmission SET statement = x'00' WHERE number = 1");
    let mut admin = place.sign_in("2001");
    assert_eq!((order(damaged).exists(), order(good).exists()), (false, true));
    admin.store.raw().execute_batch("UPDATE meta SET value = x'00' WHERE name = 'roster'").unwrap();
    place.sign_in("1002");
    let tx = admin.store.begin().unwrap();
    assert_eq!(tx.fact(Fact::Roster).unwrap(), vec![0]);
}

#[test]
fn a_receipt_that_cannot_be_read_is_a_matter_for_people() {
    let place = Place::new();
    let (_, _, transmission, pages) = place.awaiting();
    place.confirm(transmission, pages);
    let outbox = place.office.house().outbox();
    std::fs::remove_file(outbox.join(format!("{transmission}.order"))).unwrap();
    std::fs::write(outbox.join(format!("{transmission}.receipt")), b"{").unwrap();
    let mut clerk = place.sign_in("1001");
    assert_eq!(clerk.perform(TakeReceipts).unwrap(), 1);
    assert!(!outbox.join(format!("{transmission}.order")).exists(), "not sent a second time");
    clerk.perform(ReconcileTransmission { transmission, found: Reconcile::NotSent }).unwrap();
}

/// A directory, a link, or a pipe that would be read for ever.
#[test]
fn what_is_no_file_where_the_receipt_belongs_is_a_matter_for_people() {
    for kind in ["directory", "link", "pipe"] {
        let place = Place::new();
        let (_, _, transmission, pages) = place.awaiting();
        place.confirm(transmission, pages);
        let outbox = place.office.house().outbox();
        let receipt = outbox.join(format!("{transmission}.receipt"));
        match kind {
            "directory" => std::fs::create_dir(&receipt).unwrap(),
            "link" => std::os::unix::fs::symlink("/etc/hostname", &receipt).unwrap(),
            _ => pipe(&receipt),
        }
        let mut clerk = place.sign_in("1001");
        assert_eq!(clerk.perform(TakeReceipts).unwrap(), 0, "{kind}: the order still waits");
        std::fs::remove_file(outbox.join(format!("{transmission}.order"))).unwrap();
        assert_eq!(clerk.perform(TakeReceipts).unwrap(), 1, "{kind}");
        let lines = clerk.perform(ListTransmissions).unwrap();
        assert_eq!(lines[0].state, StateCode::Uncertain, "{kind}");
        assert!(!outbox.join(format!("{transmission}.order")).exists(), "{kind}: not sent a second time");
    }
}

fn pipe(path: &std::path::Path) {
    let mode = rustix::fs::Mode::from_raw_mode(0o600);
    rustix::fs::mknodat(rustix::fs::CWD, path, rustix::fs::FileType::Fifo, mode, 0).unwrap();
}

#[test]
fn an_unreadable_event_is_found_and_does_not_stop_the_house() {
    let place = Place::new();
    let mut supervisor = place.sign_in("2001");
    let (seq, _) = supervisor.store.begin().unwrap().log_tail().unwrap();
    tamper(&supervisor, &format!("UPDATE audit_event SET body = x'00' WHERE seq = {seq}"));
    let mut other = place.sign_in("2002");
    let review = ReviewEvent { seq, verdict: Verdict::Work, reason: String::new().into() };
    assert_eq!(other.perform(review).err(), Some(Reason::LogBroken));
    let tried = (Action::ReviewEvent, Outcome::Failed, Some(Reason::LogBroken));
    assert_eq!(place.last(&mut other), tried, "the attempt is on record");
    let page = other.perform(ListLog::default()).unwrap();
    let damaged =
        |row: &LogRow| matches!(row, LogRow::Damaged { seq: at, damage: Damage::Unreadable } if *at == seq);
    assert_eq!(page.rows.iter().filter(|row| damaged(row)).count(), 1, "and its page is shown all the same");
    let found = found(&mut other, None);
    for what in [What::ChainUnreadable, What::ChainHash] {
        assert!(found.contains(&Finding { what, at: seq }), "{found:?}");
    }
    assert!(supervisor.perform(ListStaff).is_ok());
}

#[test]
fn columns_that_differ_from_the_signed_statement_are_refused_at_confirmation() {
    for sql in [
        "UPDATE transmission SET author = (SELECT account FROM staff WHERE number = '1003')",
        "UPDATE transmission SET statement_signature = zeroblob(64)",
        "UPDATE transmission SET submitted_at = submitted_at + 1",
        "UPDATE transmission SET manifest = x'00'",
        "UPDATE destination SET address = '131016-0457'",
    ] {
        let place = Place::new();
        let (_, _, transmission, pages) = place.awaiting();
        let mut second = place.sign_in("1002");
        tamper(&second, sql);
        let task = second.perform(BeginConfirmation { transmission, proof: Proof::JustSignedIn }).unwrap();
        let mut answers = place.answers(pages);
        if sql.contains("address") {
            answers.address = "131016-0457".into();
        }
        let evidence = task.evidence;
        let matched = second.perform(MatchTransmission { transmission, evidence, answers }).unwrap();
        assert!(matches!(matched, MatchOutcome::Match(_)), "{sql}");
        let confirmed = second.perform(ConfirmTransmission { transmission, evidence });
        assert_eq!(confirmed.err(), Some(Reason::ArtefactAltered), "{sql}");
        let order = place.office.house().outbox().join(format!("{transmission}.order"));
        assert!(!order.exists(), "{sql}");
    }
}

#[test]
fn whoever_issued_a_password_is_tied_with_every_account() {
    let place = Place::new();
    let initial = invite(&place);
    let arriving = enrolment(&place, &initial);
    let code = code_of(&place, &arriving);
    let own = Secret::new("an own long password of mine".into());
    let Ok(mut newcomer) = arriving.finish(&own, &code) else { panic!("not enrolled") };
    let proposed = newcomer.perform(ProposeDestination { proposal: place.proposal() }).unwrap();
    let sql =
        "UPDATE staff SET person = (SELECT person FROM staff WHERE number = '2001') WHERE number = '1002'";
    newcomer.store.raw().execute_batch(sql).unwrap();
    let mut second = place.sign_in("1002");
    assert_eq!(second.perform(place.rekey(proposed.id)).err(), Some(Reason::CredentialTies));
    place.wait(7 * 24 * 3600);
    let mut second = place.sign_in("1002");
    assert!(second.perform(place.rekey(proposed.id)).is_ok());
}

#[test]
fn an_enrolment_is_finished_once_and_in_time() {
    let place = Place::new();
    let initial = invite(&place);
    let own = Secret::new("an own long password of mine".into());
    let (first, second) = (enrolment(&place, &initial), enrolment(&place, &initial));
    let (one, two) = (code_of(&place, &first), code_of(&place, &second));
    assert!(first.finish(&own, &one).is_ok());
    let other = Secret::new("another long password of mine".into());
    let late = second.finish(&other, &two).err().map(|(_, reason)| reason);
    assert_eq!(late, Some(Reason::SessionEnded), "the second terminal changes nothing");

    let place = Place::new();
    let initial = invite(&place);
    let waiting = enrolment(&place, &initial);
    place.wait(24 * 3600);
    let code = code_of(&place, &waiting);
    assert_eq!(waiting.finish(&own, &code).err().map(|(_, reason)| reason), Some(Reason::InitialExpired));
}

#[test]
fn a_suspended_person_saves_no_draft() {
    let place = Place::new();
    let mut clerk = place.sign_in("1003");
    let draft = open(&mut clerk).draft;
    let mut admin = place.sign_in("2001");
    let who = account(&mut admin, "1003");
    admin.perform(SuspendStaff { account: who }).unwrap();
    let save = SaveDraft { draft, values: ehec(), position: "name".into() };
    assert_eq!(clerk.save_draft(&save).err(), Some(Reason::SessionEnded));
}

#[test]
fn a_clock_set_back_while_the_machine_was_off_is_on_record_and_voids_the_agreement() {
    let place = Place::new();
    let (_, _, transmission, pages) = place.awaiting();
    restart(&place.clock);
    let mut second = place.sign_in("1002");
    let steps = |session: &mut Session| {
        actions(&place, session).iter().filter(|(action, ..)| *action == Action::ClockStep).count()
    };
    assert_eq!(steps(&mut second), 0, "a restart alone is none");
    place.wait(3600);
    let mut second = place.sign_in("1002");
    restart(&place.clock);
    jump(&place.clock, -3000);
    let again = Proof::Again { password: password("1002"), code: place.code("1002") };
    let begun = second.perform(BeginConfirmation { transmission, proof: again });
    assert_eq!(begun.err(), Some(Reason::ClockBlocked), "not before two people have looked into it");
    place.wait(600);
    let old = place.credentials("1002");
    assert_eq!(place.try_sign_in(&old), Err(Reason::SignInWrong), "an old code does not come back to life");
    lift_clock_block(&place);
    let mut second = place.sign_in("1002");
    assert_eq!(steps(&mut second), 1);
    let task = second.perform(BeginConfirmation { transmission, proof: Proof::JustSignedIn }).unwrap();
    let (evidence, answers) = (task.evidence, place.answers(pages));
    second.perform(MatchTransmission { transmission, evidence, answers }).unwrap();
    let confirmed = second.perform(ConfirmTransmission { transmission, evidence });
    assert_eq!(confirmed.err(), Some(Reason::ClockMoved));
}

/// R6: each refusal with its own sentence.
#[test]
fn places_that_are_not_private_files_of_ours_are_refused() {
    fn relink(path: &Path) {
        let aside = path.with_extension("aside");
        std::fs::rename(path, &aside).unwrap();
        symlink(&aside, path).unwrap();
    }
    type Damage = fn(&Path);
    let cases: [(&str, Damage, Reason); 7] = [
        ("home 0755", |home| chmod(home, 0o755), Reason::NotPrivate),
        ("generation 0750", |home| chmod(&home.join("gen-000001"), 0o750), Reason::NotPrivate),
        ("home is a link", |home| relink(home), Reason::NotPrivate),
        ("generation is a link", |home| relink(&home.join("gen-000001")), Reason::NotPrivate),
        ("CURRENT is a link", |home| relink(&home.join("CURRENT")), Reason::Damaged),
        ("database is a link", |home| relink(&home.join("gen-000001/uketsuke.db")), Reason::Damaged),
        (
            "database is gone",
            |home| std::fs::remove_file(home.join("gen-000001/uketsuke.db")).unwrap(),
            Reason::Damaged,
        ),
    ];
    for (name, damage, expected) in cases {
        let place = Place::new();
        damage(place.office.house().home());
        place.wait(31);
        assert_eq!(place.try_sign_in(&place.credentials("1001")), Err(expected), "{name}");
        if !name.starts_with("database") {
            assert!(place.office.begin_set_up().is_err(), "{name}: not taken for an empty place");
        }
    }
}

#[test]
fn a_link_above_the_home_is_the_sites_own_affair() {
    let place = Place::new();
    let home = place.office.house().home();
    let link = home.parent().unwrap().join("link");
    symlink(home.parent().unwrap(), &link).unwrap();
    let house = place.office.house();
    let office = Office::new(
        &link.join("home"),
        Surroundings {
            clock: house.clock(),
            entropy: std::sync::Arc::new(|| Box::new(KernelEntropy)),
            origin: Origin::default(),
            gazetteer: std::sync::Arc::new(crate::japanese::gazetteer::Gazetteer::default),
            site: Site::default(),
            forms: std::sync::Arc::new(|| {
                crate::form::Catalog::open(crate::form::shipped_sources(), crate::form::SiteFiles::default())
                    .catalog
            }),
        },
    );
    place.wait(31);
    assert_eq!(office.sign_in(&place.credentials("1001")).map(|_| ()), Ok(()));
}

#[test]
fn a_home_that_cannot_be_written_is_refused_with_a_sentence() {
    if rustix::process::geteuid().is_root() {
        // Permissions stop everybody but root.
        return;
    }
    let place = Place::new();
    let locks = place.office.house().generation().unwrap().locks_dir();
    chmod(&locks, 0o500);
    place.wait(31);
    assert_eq!(place.try_sign_in(&place.credentials("1001")), Err(Reason::ReadOnlyDisk));
    chmod(&locks, 0o700);
}

fn chmod(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}
