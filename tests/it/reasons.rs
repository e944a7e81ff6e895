//! Whatever stops a transmission is said in a sentence.
use uketsuke::courier::Obstacle;
use uketsuke::domain::transmission::Refusal;
use uketsuke::order::OrderRefusal;
use uketsuke::text::sending::reason;

#[test]
fn every_code_has_a_sentence() {
    let codes = (Refusal::ALL.iter().map(|r| r.code()))
        .chain(OrderRefusal::ALL.iter().map(|r| r.code()))
        .chain(Obstacle::ALL.iter().map(|r| r.code()));
    for code in codes {
        assert!(reason(code).is_some(), "{code}");
    }
}
