//! The screens at work, in a process of their own with a temporary folder of its own.
use std::process::{Command, Stdio};

use uketsuke::domain::sensitive::{Personal, Secret};
use uketsuke::office::Credentials;
use uketsuke::office::ops::SearchRecords;
use uketsuke::tui::counter::{Reply, Request, Seat, perform};
use uketsuke::tui::screens::places::Place;

use super::Works;
use crate::cli::Run;
use crate::screens::house::{CLERK, House};

/// Says that the work was done to its end.
const DONE: &str = "the screens are done";
const TYPED: [&str; 5] =
    ["架空もれ画面医院", "見本もれ通り3-2-1", "0300000559", "試野 画面子", "画面だけの下書き"];
const SOUGHT: [&str; 3] = ["サガシノ", "例野 探左衛門", "sagashino"];
const WRONG: &str = "chigau-aikotoba-de-gomen";

/// What must stay inside here, too.
pub fn words() -> Vec<String> {
    let passwords = (0..3).map(|who| House::password(who).to_owned());
    let fixed = TYPED.iter().chain(&SOUGHT).chain(&[WRONG]).map(|word| (*word).to_owned());
    // What `House::record` registers.
    let record = ["カリノ ハナエ", "仮野 花枝", "1975-03-04", "090-0000-0123"].map(str::to_owned);
    passwords.chain(fixed).chain(record).collect()
}

/// Runs `at_work` in another process; what it wrote stays in the temporary folder.
pub fn work_elsewhere(works: &Works) -> Run {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.env_clear().env("TMPDIR", works.temporary()).current_dir(works.temporary()).stdin(Stdio::null());
    command.args(["leaks::screens::at_work", "--exact", "--ignored", "--nocapture"]);
    let run = Run::from(command.output().unwrap());
    assert!(run.status == 0 && run.out.contains(DONE), "{} {}", run.out, run.err);
    run
}

#[test]
#[ignore = "part of nothing_leaves_by_a_file_or_a_message, which starts it"]
fn at_work() {
    let mut house = House::new();
    house.record();
    // A draft, saved item by item, and left open.
    house.enter(CLERK, Place::Worklist).keys("F6 o157 Enter");
    house.keys("0012 Enter");
    for text in TYPED {
        house.player.event(crossterm::event::Event::Paste(text.to_owned()));
        house.keys("Enter");
    }
    assert!(house.shows(TYPED[0]), "{}", house.screen());
    // Searches by name.
    for sought in SOUGHT {
        let term = Personal::new(sought.to_owned());
        let Reply::Performed(_) = house.desk.answer(perform(SearchRecords { term })) else {
            panic!("nobody there")
        };
    }
    house.enter(CLERK, Place::Worklist).keys("/ sagashino Enter");
    // Wrong passwords, also in the place of the number.
    for number in [House::number(CLERK), WRONG, "9999"] {
        let credentials = Credentials {
            number: number.into(),
            password: Secret::new(WRONG.into()),
            code: Secret::new("000000".into()),
        };
        let reply = house.desk.answer(Request::SignIn { seat: Seat::Second, credentials });
        assert!(matches!(reply, Reply::SignedIn(Err(_))));
    }
    println!("{DONE}");
    // As after a crash: nothing is tidied up.
    std::mem::forget(house);
}
