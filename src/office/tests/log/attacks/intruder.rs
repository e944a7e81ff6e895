//! B: somebody has everything that is on the machine now.
use super::*;

#[test]
fn b_edits_and_signs_everything_again() {
    let mut ground = Ground::new();
    ground.rewrite(|mut event| {
        event.reason = if event.seq == MIDDLE { 77 } else { event.reason };
        Some(event)
    });
    expect(&ground.look(), &[], &["CKPT aggregate", "SEAL forged"], &["PAPER root"]);
}

#[test]
fn b_edits_below_a_size_that_a_supervisor_signed() {
    let mut ground = Ground::new();
    let at = signed(ground.cosign());
    let line: String = ground
        .session
        .store
        .raw()
        .query_row("SELECT line FROM audit_cosignature WHERE size = ?1", [at], |row| row.get(0))
        .unwrap();
    ground.rewrite(|mut event| {
        event.reason = if event.seq == MIDDLE { 77 } else { event.reason };
        Some(event)
    });
    let account: Vec<u8> = ground.session.account.as_bytes().to_vec();
    ground
        .session
        .store
        .raw()
        .execute(
            "INSERT INTO audit_cosignature (size, account, line) VALUES (?1, ?2, ?3)",
            rusqlite::params![at, account, line],
        )
        .unwrap();
    let seen = ground.look();
    assert_eq!(seen.host, BTreeSet::from(["CKPT cosignature".to_owned()]), "the person's key is not there");
}

#[test]
fn b_deletes_a_row_and_numbers_everything_anew() {
    let mut ground = Ground::new();
    let aggregate = ground.seal().aggregate;
    ground.rewrite(|event| (event.seq != MIDDLE).then_some(event));
    ground.fake_seal(ground.size(), aggregate);
    expect(&ground.look(), &[], &["CKPT aggregate", "SEAL forged"], &["PAPER root"]);
}

#[test]
fn b_cuts_the_open_end_and_fakes_the_seal() {
    let mut ground = Ground::new();
    let (last_slip, _) = ground.checkpoints().last().copied().unwrap();
    let size = ground.size() - 1;
    assert!(size > last_slip, "above everything that was copied");
    let aggregate = ground.seal().aggregate;
    ground.cut(size);
    ground.fake_seal(size, aggregate);
    expect(&ground.look(), &[], &["SEAL forged"], &[]);
}

#[test]
fn b_cuts_to_a_checkpoint_with_its_own_aggregate() {
    for goes_on in [false, true] {
        let mut ground = Ground::new();
        let checkpoints = ground.checkpoints();
        let (size, aggregate) = checkpoints[checkpoints.len() - 3];
        ground.cut(size);
        if goes_on {
            // Or the next one of the same size would not go in.
            ground.tamper(&format!("DELETE FROM audit_checkpoint WHERE size = {size}"));
        }
        ground.fake_seal(size, aggregate);
        if goes_on {
            ground.session.perform(ListStaff).unwrap();
            ground.session.perform(ListStaff).unwrap();
        }
        let seen = ground.look();
        assert_eq!(seen.host, BTreeSet::new(), "goes on: {goes_on}");
        assert!(seen.auditor.contains("SEAL forged"), "the key of then was erased: {seen:?}");
        assert!(seen.paper.contains("PAPER shorter"), "{seen:?}");
    }
}

#[test]
fn b_deletes_checkpoints_and_cosignatures_too() {
    let mut ground = Ground::new();
    ground.cosign();
    let aggregate = ground.seal().aggregate;
    ground.rewrite(|event| {
        let says = [Action::Checkpoint, Action::TakeCheckpoint].contains(&event.action);
        (!says).then_some(event)
    });
    ground.fake_seal(ground.size(), aggregate);
    let seen = ground.look();
    assert_eq!(seen.host, BTreeSet::new(), "people remember that they signed; the machine does not");
    assert!(seen.auditor.contains("SEAL forged") && seen.paper.contains("PAPER root"), "{seen:?}");
}

#[test]
fn b_deletes_the_seal() {
    let mut ground = Ground::new();
    std::fs::remove_file(ground.place.office.house().generation().unwrap().seal_state()).unwrap();
    expect(&ground.look(), &["SEAL missing"], &[], &[]);
    assert_eq!(ground.session.perform(ListStaff).err(), Some(Reason::LogBroken), "the house stops");
}

#[test]
fn b_sets_the_clock_back_acts_and_sets_it_forward() {
    let mut ground = Ground::new();
    jump(&ground.place.clock, -3 * 3600);
    ground.session.perform(ListStaff).unwrap();
    jump(&ground.place.clock, 3 * 3600);
    ground.session.perform(ListStaff).unwrap();
    expect(&ground.look(), &["CLOCK step"], &[], &[]);
}

#[test]
fn b_stops_logging_for_days() {
    let ground = Ground::new();
    ground.place.wait(3 * 86_400);
    let mut session = ground.place.sign_in("2001");
    let report = verified(&mut session, None);
    let quiet = report.findings.iter().filter(|finding| finding.what == What::HeartbeatQuiet).count();
    assert_eq!(
        (quiet, report.alarms()),
        (1, 0),
        "a remark: weekends are like that, and people know which were"
    );
}

#[test]
fn b_forges_what_comes_after_the_break_in() {
    let mut ground = Ground::new();
    // With everything that is there now, a forged act is an act like any other.
    ground.session.perform(ListStaff).unwrap();
    expect(&ground.look(), &[], &[], &[]);
}

#[test]
fn b_makes_up_a_purge_and_an_epoch_to_excuse_a_gap() {
    for (action, word) in
        [(Action::ApproveLogPurge, "PURGE unsigned"), (Action::EpochStart, "EPOCH unsigned")]
    {
        let mut ground = Ground::new();
        let (size, _) = ground.checkpoints()[0];
        let [first, second] = ["2001", "2002"].map(|number| account_of(&ground.session, number));
        ground.rewrite(|mut event| {
            if event.action == Action::ListRecords || event.action == Action::SearchRecords {
                event.action = action;
                event.actor = Some(first);
                event.detail_commit = None;
                event.refs.extend([
                    (RefKey::SubmitSignature, vec![7; 64]),
                    (RefKey::ConfirmSignature, vec![7; 64]),
                    (RefKey::OtherAccount, second.as_bytes().to_vec()),
                    (RefKey::CheckpointSize, size.to_be_bytes().to_vec()),
                    (RefKey::CheckpointRoot, vec![0; 32]),
                    (RefKey::Erasure, 2u16.to_be_bytes().to_vec()),
                ]);
                event.refs.retain(|(key, _)| *key != RefKey::Rows);
                event.refs.sort_by_key(|(key, _)| *key);
            }
            Some(event)
        });
        let seen = ground.look();
        assert!(seen.host.contains(word), "{action:?}: {seen:?}");
    }
}

fn account_of(session: &Session, number: &str) -> AccountId {
    let sql = "SELECT account FROM staff WHERE number = ?1";
    let bytes: [u8; 16] = session.store.raw().query_row(sql, [number], |row| row.get(0)).unwrap();
    AccountId::from_bytes(bytes)
}
