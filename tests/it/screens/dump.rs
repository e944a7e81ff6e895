//! While something waits for a second person, nothing that this person can open says where it goes.
//!
//! The one exception is asked for and has its price: `V` in the register shows an address, and whoever has looked can no
//! longer confirm what waits for it (`office::tests::destinations`).
use crate::cli_incidents::run_with_code;
use uketsuke::domain::ids::RecordId;
use uketsuke::text::Lang;
use uketsuke::tui::screens::places::Place;

use super::house::{CLERK, CONFIRMER, House};
use super::sending::{ADDRESS, ORGANISATION, made_ready, ready_in};

/// Every panel that a confirmer, who is a supervisor too, can reach.
const PLACES: [Place; 12] = [
    Place::Menu,
    Place::Worklist,
    Place::Outbox,
    Place::Incidents,
    Place::Destinations,
    Place::Media,
    Place::Kin,
    Place::Review,
    Place::Drills,
    Place::Staff,
    Place::Institutions,
    Place::HomeCare,
];

/// Help, palette, paging, every letter that a list may have but `V`, a search for the name, and back.
const TOUR: &str = "F1 PgDn PgDn F3 ^P F3 Down PgDn Home End F5 Enter F1 F3 F3 Enter PgDn F9 F3 A F3 C N T F3 S N X F3 N F3 2 \
                    F3 F8 F7 F2 F3 F4 F6 F3 /";

/// What names the destination, in whatever way it is broken into rows.
const NAMING: [&str; 3] = [ADDRESS, ORGANISATION, "1310160456"];

fn says_nothing(text: &str, place: Place, key: &str) {
    let pressed: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    for word in NAMING {
        let folded: String = word.chars().filter(|c| !c.is_whitespace()).collect();
        assert!(!pressed.contains(&folded), "{word} after {key} from {place:?}:\n{text}");
    }
}

fn waiting(lang: Lang) -> House {
    prepared(ready_in("standard", lang))
}

fn prepared((mut house, record): (House, RecordId)) -> House {
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
            says_nothing(&house.player.text(), place, "coming in");
            for key in TOUR.split_whitespace() {
                house.keys(key);
                says_nothing(&house.player.text(), place, key);
                seen.insert(house.player.text());
            }
        }
        assert!(seen.len() > 30, "the tour really goes somewhere: {} different screens", seen.len());
    }
}

/// Nor does any line that is read to somebody who sees no screen.
#[test]
fn no_line_says_where_it_goes() {
    for lang in [Lang::Ja, Lang::En] {
        let mut house = prepared(made_ready(House::telling(lang)));
        assert!(house.player.take_told().contains("D014"), "the sender was told: the test can fail");
        let mut told = 0;
        for place in PLACES {
            house.enter(CONFIRMER, place);
            says_nothing(&house.player.take_told(), place, "coming in");
            for key in TOUR.split_whitespace() {
                house.keys(key);
                let lines = house.player.take_told();
                says_nothing(&lines, place, key);
                told += lines.lines().count();
            }
        }
        assert!(told > 300, "the tour really tells something: {told} lines");
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
    let mut said = Vec::new();
    for form in [&[][..], &["--json"]] {
        // Two sign-ins in an office: the second with a later code.
        for lists in [["queue", "destinations"], ["incidents", "institutions"]] {
            let house = waiting(Lang::Ja);
            for (offset, list) in [-30, 0].into_iter().zip(lists) {
                let run = run_with_code(&house, CONFIRMER, offset, &[form, &[list, "list"]].concat());
                assert_eq!(run.status, 0, "{list}: {}", run.err);
                said.push(run.out + &run.err);
            }
            let doctor = crate::cli::uketsuke(house.home.path(), &[form, &["doctor"]].concat());
            said.push(doctor.out + &doctor.err);
        }
    }
    assert!(said.iter().any(|text| text.contains("\"awaiting\"")), "{said:?}");
    assert_eq!(said.iter().filter(|text| text.contains("D014")).count(), 2, "the register itself: {said:?}");
    for text in &said {
        says_nothing(text, Place::Menu, "a command");
    }
}
