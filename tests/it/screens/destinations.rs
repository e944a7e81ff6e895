//! The register of destinations at the screen: what a row shows, what it asks for next.
use uketsuke::tui::screens::places::Place;

use super::house::{CLERK, House};
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
    const LONG: &str = "架空広域連合立とても長い名の感染症対策総合医療センター附属第一看護専門外来棟地域連携室分室";
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
}
