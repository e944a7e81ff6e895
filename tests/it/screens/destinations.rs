//! The register of destinations at the screen: what a row shows, what it asks for next.
use crossterm::event::{Event, KeyCode};
use uketsuke::domain::destination::Channel;
use uketsuke::domain::sensitive::Secret;
use uketsuke::office::ops::{
    ConfirmDestination, DestinationProposal, ProposeDestination, ProposedLock, Reply,
};
use uketsuke::tui::screens::places::Place;

use super::house::{CLERK, CONFIRMER, House};
use crate::register;

const RECIPIENT: &str = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";
const ORGANISATION: &str = "架空県庁感染症対策課";

/// Two entries in force, D014 selected.
fn two() -> House {
    let mut house = House::new();
    house.bring_into_force(register::folder("D014", ORGANISATION, "131016-0456", RECIPIENT));
    house.bring_into_force(register::folder("D055", "例示市保健センター", "272010-7788", RECIPIENT));
    house.enter(CLERK, Place::Destinations);
    house
}

/// The office may be slow: whoever goes on to another row must not read the first address there.
#[test]
fn an_address_stands_only_at_the_row_that_was_asked_for() {
    let mut house = two();
    house.player.keys("V").keys("Down");
    house.pump();
    assert!(!house.shows("131 016") && house.shows("(宛先は V で表示)"), "{}", house.screen());
    house.player.keys("V").keys("Up");
    house.player.keys("V");
    house.pump();
    assert!(house.shows("131 016") && !house.shows("272 010"), "{}", house.screen());
    house.player.keys("V").keys("Down").keys("Up");
    house.pump();
    assert!(house.shows("131 016"), "back at the row: {}", house.screen());
}

/// Whoever sends sees all of the name and why another entry is easily taken for it.
#[test]
fn long_names_and_warnings_are_shown_whole() {
    const LONG: &str =
        "架空広域連合立とても長い名の感染症対策総合医療センター附属第一看護専門外来棟地域連携室分室";
    const ALIKE: &str = "架空広域連合立たいへん長い名の感染症対策総合研究所附属図書館分室";
    let mut house = House::new();
    house.bring_into_force(register::folder("D014", LONG, "131016-0456", RECIPIENT));
    house.bring_into_force(register::folder("D041", ALIKE, "131016-0465", RECIPIENT));
    let record = house.record();
    let flat = |house: &House| house.player.text().replace(['\n', ' '], "");
    house.enter(CLERK, Place::Prepare(record));
    insta::assert_snapshot!("prepare_candidates", house.screen());
    house.keys("D014");
    assert!(flat(&house).contains(LONG) && flat(&house).contains(ALIKE), "{}", house.screen());
    assert!(flat(&house).contains("(番号が2字入れかわり)"), "{}", house.screen());
    insta::assert_snapshot!("prepare_long_names", house.screen());
    house.keys("F2");
    assert!(flat(&house).contains(LONG), "{}", house.screen());
    house.enter(CLERK, Place::Destinations);
    assert!(flat(&house).contains(LONG), "{}", house.screen());
    insta::assert_snapshot!("register_long_name", house.screen());
    house.keys("S");
    assert!(flat(&house).contains(LONG), "the question too: {}", house.screen());
}

/// Keyed by two people; the test page is the next.
fn untested(house: &mut House, proposal: DestinationProposal) {
    let address = proposal.address.clone();
    let lock = match &proposal.lock {
        ProposedLock::RecipientKey(_) => Secret::new("mcac8p".into()),
        _ => Secret::default(),
    };
    let proposed = house.ask_elsewhere(CLERK, ProposeDestination { proposal });
    let Reply::ProposeDestination(Ok(proposed)) = proposed else { panic!("it can be entered") };
    let keyed = ConfirmDestination { id: proposed.id, address, lock, source: "庁内名簿".into() };
    let Reply::ConfirmDestination(Ok(_)) = house.ask_elsewhere(CONFIRMER, keyed) else {
        panic!("it matches")
    };
}

/// It is not the number that the page went to, and nobody should have to look at the address for it.
#[test]
fn the_call_after_the_test_page_says_whom_to_call() {
    const CALL: &str = "電話 03-0000-0123";
    let mut house = House::new();
    untested(&mut house, register::folder("D014", ORGANISATION, "131016-0456", RECIPIENT));
    house.enter(CLERK, Place::Destinations);
    assert!(house.shows(CALL), "{}", house.screen());
    house.keys("A");
    assert!(house.shows(CALL), "{}", house.screen());
    insta::assert_snapshot!("call_after_the_test_page", house.screen());

    house.enter(CLERK, Place::Destinations).keys("T");
    house.enter(CONFIRMER, Place::Destinations);
    assert!(!house.shows("0123"), "hidden like the names while its page waits: {}", house.screen());
}

/// Shown in a list it would be the answer to the blind check of the test page.
#[test]
fn a_telephone_that_is_the_fax_too_is_not_shown() {
    let fax = DestinationProposal {
        channel: Channel::ManualFax,
        lock: ProposedLock::None,
        ..register::folder("D030", ORGANISATION, "03-0000-0123", RECIPIENT)
    };
    let mut house = House::new();
    untested(&mut house, fax);
    house.enter(CLERK, Place::Destinations);
    assert!(!house.shows("0123"), "{}", house.screen());
}

#[test]
fn what_was_never_tried_within_the_month_is_keyed_anew() {
    const OVER: &str = "30日が過ぎました。C で紙から";
    let mut house = House::new();
    untested(&mut house, register::folder("D014", ORGANISATION, "131016-0456", RECIPIENT));
    house.wait_us(31 * 86_400 * 1_000_000);
    house.enter(CLERK, Place::Destinations);
    assert!(house.shows("!期限切れ") && house.shows(OVER), "{}", house.screen());
    insta::assert_snapshot!("register_test_over", house.screen());
    for letter in ["T", "A"] {
        house.keys("Up").keys(letter);
        assert!(house.shows(OVER) && !house.shows("新しい送り先だけ"), "{letter}: {}", house.screen());
    }
}

#[test]
fn what_was_tried_long_ago_is_keyed_anew() {
    const OVER: &str = "期限が切れています。C で紙から";
    let mut house = two();
    house.wait_us(400 * 86_400 * 1_000_000);
    house.enter(CLERK, Place::Destinations);
    assert!(house.shows("!期限切れ") && house.shows(OVER), "{}", house.screen());
    house.keys("T");
    assert!(house.shows(OVER) && !house.shows("新しい送り先だけ"), "{}", house.screen());
}

/// An input method hands over what it converted in one piece: more letters at once than anybody types.
#[test]
fn the_number_of_a_document_comes_from_the_input_method() {
    const SOURCE: &str = "令和8年度健感第十二号通知";
    let mut house = House::new();
    let proposal = register::folder("D014", ORGANISATION, "131016-0456", RECIPIENT);
    house.ask_elsewhere(CLERK, ProposeDestination { proposal });
    house.enter(CONFIRMER, Place::Destinations).keys("2");
    let at_once = |text: &str| text.chars().map(|c| Event::Key(KeyCode::Char(c).into())).collect();
    for _ in ["the address", "the lock"] {
        house.wait_us(1_000_000);
        house.player.events(at_once("131016-0456"));
        assert!(house.shows("貼り付けは使えません") && !house.shows("131016"), "{}", house.screen());
        house.wait_us(1_000_000);
        house.keys("Enter");
    }
    house.player.events(at_once(SOURCE));
    assert!(house.shows(SOURCE) && !house.shows("貼り付け"), "{}", house.screen());
    insta::assert_snapshot!("rekey_source", house.screen());
    house.wait_us(1_000_000);
    house.keys("Up Up 131016-0456 Enter mcac8p F12");
    assert!(house.shows("!試し送り待"), "{}", house.screen());
}

/// Whatever state the input method was in: a number is a number.
#[test]
fn a_slip_reads_full_width_digits() {
    let mut house = House::new();
    house
        .enter(CLERK, Place::Destinations)
        .keys("F6 Ｄ０３０ Enter 架空県庁感染症対策課 Enter カクウ Enter ４ Enter");
    house.keys("０３－００００－０４５６ Enter Enter Enter ０３０００００１２３ Enter ＊１２＃ Enter");
    house.keys("１３１２３４５６７８ Enter １　４ Enter ２０２７０３３１ Enter １　３ Enter K-12 F12");
    assert!(house.shows("!2人目待ち") && house.shows("D030"), "{}", house.screen());
    house.keys("C");
    for kept in ["[1312345678", "[14", "[20270331", "[13"] {
        assert!(house.shows(kept), "{kept}: {}", house.screen());
    }
}
