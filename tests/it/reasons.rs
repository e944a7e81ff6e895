//! Whatever stops a transmission is said in a sentence, and nothing is said that no code stands for.
use std::collections::BTreeSet;

use uketsuke::courier::Obstacle;
use uketsuke::domain::transmission::Refusal;
use uketsuke::order::OrderRefusal;
use uketsuke::text::sending;

#[test]
fn every_code_has_a_sentence() {
    let codes: BTreeSet<&str> = (Refusal::ALL.iter().map(|r| r.code()))
        .chain(OrderRefusal::ALL.iter().map(|r| r.code()))
        .chain(Obstacle::ALL.iter().map(|r| r.code()))
        .collect();
    let said: BTreeSet<&str> = sending::codes().collect();
    assert_eq!(codes, said);
}
