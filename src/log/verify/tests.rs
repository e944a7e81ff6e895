//! Logs that were made elsewhere. What an office of ours writes is checked in `office/tests/log*` and `tests/it`.
use std::collections::BTreeSet;

use zeroize::Zeroizing;

use super::*;
use crate::log::export::Export;

/// Written by the judge of `tests/it/judges`, which knows the description and none of this code.
const VECTOR: &str = include_str!("../../../tests/it/data/audit-vector.jsonl");
const VECTOR_KEYS: &str = include_str!("../../../tests/it/data/audit-vector.k0.json");

fn vector_keys() -> SealKeys {
    let keys: BTreeMap<u32, String> = serde_json::from_str(VECTOR_KEYS).unwrap();
    let bytes = |hex: String| data_encoding::HEXLOWER.decode(hex.as_bytes()).unwrap().try_into().unwrap();
    keys.into_iter().map(|(epoch, hex)| (epoch, Zeroizing::new(bytes(hex)))).collect()
}

fn check(keys: &SealKeys) -> Report {
    let mut export = Export::read(VECTOR).unwrap();
    verify(&mut export, keys, &[], &mut unobserved).unwrap()
}

fn lines(report: &Report) -> BTreeSet<String> {
    report.findings.iter().map(ToString::to_string).collect()
}

#[test]
fn a_log_of_another_implementation_is_sound_in_all_tiers() {
    let report = check(&vector_keys());
    let remarks = ["CLOCK 25 step", "EPOCH 19 started"].map(str::to_owned);
    assert_eq!(lines(&report), remarks.into());
    assert_eq!((report.auditor, report.epoch, report.events), (Tier::Checked, 2, 31));
}

#[test]
fn a_tier_that_was_skipped_is_named() {
    let skipped = check(&SealKeys::new());
    assert_eq!((skipped.auditor, skipped.paper), (Tier::Skipped, Tier::Skipped));
    let mut keys = vector_keys();
    keys.remove(&2);
    assert_eq!(check(&keys).auditor, Tier::Without(vec![2]));
    let wrong = SealKeys::from([(1, Zeroizing::new([9; 32]))]);
    assert!(lines(&check(&wrong)).contains("SEAL 1 key"));
}

#[test]
fn an_observer_can_break_off() {
    let mut export = Export::read(VECTOR).unwrap();
    let mut calls = 0;
    let stopped = verify(&mut export, &SealKeys::new(), &[], &mut |_| {
        calls += 1;
        ControlFlow::Break(())
    });
    assert_eq!((stopped.err(), calls), (Some(Stop::Cancelled), 1));
}
