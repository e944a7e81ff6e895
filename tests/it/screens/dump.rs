//! While something waits for a second person, nothing that this person can open says where it goes.
//!
//! The one exception is asked for and has its price: `V` in the register shows an address, and whoever has looked can no
//! longer confirm what waits for it (`office::tests::destinations`).
use uketsuke::text::Lang;
use uketsuke::tui::screens::places::Place;

use super::house::{CLERK, CONFIRMER, House};
use super::sending::{ADDRESS, ORGANISATION, ready_in};

/// Every panel that a confirmer, who is a supervisor too, can reach.
const PLACES: [Place; 11] = [
    Place::Menu,
    Place::Worklist,
    Place::Outbox,
    Place::Incidents,
    Place::Destinations,
    Place::Media,
    Place::Review,
    Place::Drills,
    Place::Staff,
    Place::Institutions,
    Place::HomeCare,
];

/// Help, palette, paging, every letter that a list may have but `V`, a search for the name, and back.
const TOUR: &str = "F1 PgDn PgDn F3 ^P F3 Down PgDn Home End F5 Enter F1 F3 F3 Enter PgDn F9 F3 A F3 C N T F3 S N X F3 N F3 2 \
                    F3 F8 F7 F2 F3 F4 F6 F3 /";

fn says_nothing(house: &House, place: Place, key: &str) {
    let screen = house.player.text();
    let pressed: String = screen.chars().filter(|c| !c.is_whitespace()).collect();
    for word in [ADDRESS, ORGANISATION, "1310160456"] {
        let folded: String = word.chars().filter(|c| !c.is_whitespace()).collect();
        assert!(!pressed.contains(&folded), "{word} after {key} from {place:?}:\n{screen}");
    }
}

fn waiting(lang: Lang) -> House {
    let (mut house, record) = ready_in("standard", lang);
    house.enter(CLERK, Place::Prepare(record));
    house.keys("D014 F12");
    house
}

#[test]
fn no_panel_says_where_it_goes() {
    for lang in [Lang::Ja, Lang::En] {
        let mut house = waiting(lang);
        let mut seen = std::collections::BTreeSet::new();
        for place in PLACES {
            house.enter(CONFIRMER, place);
            says_nothing(&house, place, "coming in");
            for key in TOUR.split_whitespace() {
                house.keys(key);
                says_nothing(&house, place, key);
                seen.insert(house.player.text());
            }
        }
        assert!(seen.len() > 30, "the tour really goes somewhere: {} different screens", seen.len());
    }
}

/// The same words are found when nothing is hidden: the test can fail.
#[test]
fn the_sender_sees_where_it_goes() {
    let mut house = waiting(Lang::Ja);
    house.enter(CLERK, Place::Outbox);
    assert!(house.shows(ORGANISATION), "{}", house.screen());
}

/// What a script is told, with and without a sign-in.
#[test]
fn no_answer_of_the_command_line_says_it() {
    let house = waiting(Lang::Ja);
    let listed = crate::cli_incidents::run(&house, CONFIRMER, &["--json", "queue", "list"]);
    let lines = listed.json()["transmissions"].as_array().cloned().unwrap_or_default();
    assert!(lines.iter().any(|line| line["state"] == "awaiting"), "{} {}", listed.out, listed.err);
    let doctor = crate::cli::uketsuke(house.home.path(), &["--json", "doctor"]);
    for said in [&listed, &doctor] {
        for word in [ADDRESS, ORGANISATION, "D014"] {
            assert!(
                !said.out.contains(word) && !said.err.contains(word),
                "{word}: {} {}",
                said.out,
                said.err
            );
        }
    }
}
