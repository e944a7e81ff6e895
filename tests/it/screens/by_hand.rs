//! What people carry: media that a supervisor lets out, faxes that somebody dials, and drills that carry nothing.
use uketsuke::domain::destination::Channel;
use uketsuke::office::ops::{DestinationProposal, ProposedLock};
use uketsuke::text::Lang;
use uketsuke::tui::screens::places::Place;

use super::house::{CLERK, CONFIRMER, House, SUPERVISOR};
use super::sending::{ADDRESS, ORGANISATION, ready_in};
use crate::register;

const RECIPIENT: &str = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";
const BIRTH: &str = "3500304";

/// The confirmer, in an own session, at the blind check of the selected line.
fn begin(house: &mut House) {
    house.enter(CONFIRMER, Place::Outbox).keys("Enter");
    let code = house.next_code(CONFIRMER);
    house.keys(&format!("{} Enter {code} F12", House::password(CONFIRMER)));
    assert!(house.shows("だれの書類ですか"), "{}", house.screen());
}

fn confirm(house: &mut House, address: &str, pages: &str) {
    begin(house);
    house.keys(&format!("{BIRTH} Enter {address} Enter {pages} F12"));
    house.wait_us(2_000_000);
    house.keys("S");
    assert!(house.shows("確認しました"), "{}", house.screen());
}

#[test]
fn a_drill_is_planted_and_noticed() {
    let (mut house, _) = ready_in("standard", Lang::Ja);
    house.enter(SUPERVISOR, Place::Drills);
    insta::assert_snapshot!("drills_empty", house.screen());
    house.keys("N 1 Enter D014 Enter x");
    insta::assert_snapshot!("drill_form", house.screen());
    house.keys("F12");
    assert!(house.shows("ここがまだ空です"), "{}", house.screen());
    house.keys("1 F12");
    insta::assert_snapshot!("drill_waiting", house.screen());

    begin(&mut house);
    house.keys(&format!("{BIRTH} Enter {ADDRESS} Enter 1 F12"));
    insta::assert_snapshot!("drill_noticed", house.screen());
    assert!(!house.shows(ORGANISATION), "{}", house.screen());
    house.keys("Enter");
    assert!(house.shows("送付箱") && !house.shows("確認待ち: "), "{}", house.screen());
    house.enter(SUPERVISOR, Place::Drills);
    assert!(house.shows("気付いた 1"), "{}", house.screen());
    insta::assert_snapshot!("drill_done", house.screen());

    house.keys("N 1 Enter D014 Enter 1 F12");
    begin(&mut house);
    house.keys(&format!("{BIRTH} Enter 131016-9999 Enter 1 F12"));
    insta::assert_snapshot!("drill_neither", house.screen());
    house.enter(SUPERVISOR, Place::Drills);
    insta::assert_snapshot!("drills_with_neither", house.screen());
}

#[test]
fn a_medium_is_let_out_and_comes_back() {
    let mut house = House::new();
    let medium = DestinationProposal {
        channel: Channel::Media,
        ..register::folder("D020", ORGANISATION, "USB-0012", RECIPIENT)
    };
    house.bring_into_force(medium);
    let record = house.record();
    house.enter(CLERK, Place::Prepare(record)).keys("D020 F12");
    house.enter(CONFIRMER, Place::Outbox);
    assert!(house.shows("!承認待") && !house.shows("USB"), "{}", house.screen());

    house.enter(SUPERVISOR, Place::Outbox).keys("Enter");
    house.keys("相手が庁内網の外にいる");
    insta::assert_snapshot!("medium_approval", house.screen());
    house.keys("F12");
    assert!(house.shows("確認待"), "{}", house.screen());
    house.enter(CONFIRMER, Place::Media);
    assert!(!house.shows("USB"), "the second person keys it from the paper: {}", house.screen());
    confirm(&mut house, "usb-0012", "1");
    house.enter(CLERK, Place::Media);
    insta::assert_snapshot!("media", house.screen());
    house.keys("T");
    insta::assert_snapshot!("media_ask", house.screen());
    house.keys("T T Enter N");
    assert!(house.shows("!持出中"), "nothing was recorded: {}", house.screen());
    house.keys("T R");
    assert!(house.shows("!持出中"), "it has not been written yet: {}", house.screen());
    // Taken back before it was written, it is back.
    house.enter(CLERK, Place::Outbox).keys("C C");
    house.enter(CLERK, Place::Media).keys("T R");
    assert!(!house.shows("!持出中"), "{}", house.screen());
    insta::assert_snapshot!("media_back", house.screen());

    let printed = crate::cli_incidents::run(&house, CLERK, &["media", "list"]);
    assert!(
        printed.out.contains("USB-0012") && printed.out.contains("相手が庁内網の外にいる"),
        "{}",
        printed.err
    );
    let listed = crate::cli_incidents::run(&house, SUPERVISOR, &["--json", "media", "list"]).json();
    let line = &listed["media"][0];
    assert_eq!((&line["medium"], &line["number"]), (&"USB-0012".into(), &1.into()));
    assert!(line["returned_at"].is_string() && line["returned_by"].is_string(), "{line}");
}

#[test]
fn a_fax_is_dialled_by_hand() {
    let mut house = House::new();
    let fax = DestinationProposal {
        channel: Channel::ManualFax,
        lock: ProposedLock::None,
        ..register::folder("D030", ORGANISATION, "03-0000-0456", RECIPIENT)
    };
    house.bring_into_force(fax);
    let record = house.record();
    house.enter(CLERK, Place::Prepare(record)).keys("D030 F12");
    confirm(&mut house, "03-0000-0456", "2");
    house.deliver();
    house.enter(CLERK, Place::Outbox);
    insta::assert_snapshot!("fax_in_hand", house.screen());
    house.keys("T");
    insta::assert_snapshot!("fax_how", house.screen());
    house.keys("S 03-0000-0465 Enter 2");
    insta::assert_snapshot!("fax_report", house.screen());
    house.keys("F12");
    insta::assert_snapshot!("fax_other_number", house.screen());
    assert!(house.shows("!不明") && house.shows("別の番号"), "{}", house.screen());
}
