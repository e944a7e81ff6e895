//! A: somebody edits the database.
use super::*;

#[test]
fn nothing_is_seen_where_nothing_was_done() {
    expect(&Ground::new().look(), &[], &[], &[]);
}

#[test]
fn a_edits_a_body() {
    let mut ground = Ground::new();
    ground.tamper("UPDATE audit_event SET body = (SELECT body FROM audit_event WHERE seq = 3) WHERE seq = 4");
    let seen = ["CHAIN hash", "CHAIN misplaced", "CHAIN previous", "COLUMN differs", "RECORD unlogged"];
    expect(&ground.look(), &seen, &[], &[]);
}

#[test]
fn a_edits_only_a_query_column() {
    let mut ground = Ground::new();
    ground.tamper("UPDATE audit_event SET actor = randomblob(16) WHERE seq = 6");
    expect(&ground.look(), &["COLUMN differs"], &[], &[]);
}

#[test]
fn a_deletes_a_row_of_the_middle() {
    let mut ground = Ground::new();
    ground.tamper(&format!("DELETE FROM audit_event WHERE seq = {MIDDLE}"));
    let seen = ground.look();
    for word in ["CHAIN gap", "CHAIN previous", "CKPT root", "SEAL ahead"] {
        assert!(seen.host.contains(word), "{seen:?}");
    }
    assert!(seen.auditor.contains("CKPT aggregate"), "{seen:?}");
    assert!(seen.paper.contains("PAPER root"), "{seen:?}");
}

#[test]
fn a_swaps_two_rows() {
    let mut ground = Ground::new();
    ground.tamper(
        "UPDATE audit_event SET seq = -1 WHERE seq = 5; UPDATE audit_event SET seq = 5 WHERE seq = 6;
         UPDATE audit_event SET seq = 6 WHERE seq = -1",
    );
    let seen = ground.look();
    assert!(seen.host.contains("CHAIN misplaced") && seen.host.contains("CHAIN previous"), "{seen:?}");
    assert!(seen.auditor.contains("SEAL forged") && seen.paper.contains("PAPER root"), "{seen:?}");
}

#[test]
fn a_inserts_a_row_at_the_end() {
    let mut ground = Ground::new();
    let last = ground.size();
    ground.tamper(&format!(
        "INSERT INTO audit_event SELECT {0} + 1, {0} + 1, body, hash, wall_us, actor, action, object_kind, object,
           outcome FROM audit_event WHERE seq = {0}",
        last
    ));
    let seen = ground.look();
    for word in ["CHAIN misplaced", "CHAIN previous"] {
        assert!(seen.host.contains(word), "{seen:?}");
    }
}

#[test]
fn a_changes_details() {
    for (sql, word) in [
        (
            "UPDATE audit_detail SET text = 'x' WHERE seq = (SELECT min(seq) FROM audit_detail)",
            "DETAIL altered",
        ),
        ("INSERT INTO audit_detail (seq, nonce, text) VALUES (1, zeroblob(32), 'x')", "DETAIL orphan"),
        ("DELETE FROM audit_detail WHERE seq = (SELECT min(seq) FROM audit_detail)", "DETAIL missing"),
    ] {
        let mut ground = Ground::new();
        ground.tamper(sql);
        expect(&ground.look(), &[word], &[], &[]);
    }
}

#[test]
fn a_cuts_the_end_off() {
    let mut ground = Ground::new();
    let size = ground.size();
    ground.cut(size - 2);
    let seen = ground.look();
    assert!(seen.host.contains("SEAL ahead"), "{seen:?}");
    // The house stops: nobody signs in, and nobody goes on writing.
    assert_eq!(ground.session.perform(ListStaff).err(), Some(Reason::LogBroken));
}
