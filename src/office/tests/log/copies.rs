//! What the office hands over for the outside: the newest checkpoint as a file, earlier slips again, the slip of set-up.
use super::super::support::Place;
use crate::log::{Note, slip};
use crate::office::Reason;
use crate::office::ops::{ListStaff, ReadSlip, TakeCheckpoint, Tier, VerifyLog};
use crate::os::files;

const DAY_S: i64 = 24 * 3600;

fn handed_over(place: &Place) -> Option<Note> {
    let text = std::fs::read_to_string(place.office.house().latest_note()).ok()?;
    Some(Note::parse(&text).expect("a note"))
}

#[test]
fn the_newest_checkpoint_lies_ready_for_the_courier() {
    let place = Place::new();
    let mut session = place.sign_in("2001");
    assert_eq!(handed_over(&place), None, "the day of set-up has none before somebody asks");
    let taken = session.perform(TakeCheckpoint).unwrap();
    assert_eq!(handed_over(&place), Some(taken.clone()));
    let path = place.office.house().latest_note();
    assert!(files::is_private(&path).unwrap() && files::is_private(path.parent().unwrap()).unwrap());
    session.perform(ListStaff).unwrap();
    place.wait(DAY_S);
    let _morning = place.sign_in("1001");
    let newer = handed_over(&place).unwrap();
    assert!(newer.checkpoint.size > taken.checkpoint.size, "the first event of a day writes one");
    // The file says what the log says, also when somebody has put another one there.
    std::fs::write(&path, taken.to_string()).unwrap();
    place.wait(31);
    let _again = place.sign_in("1002");
    assert_eq!(handed_over(&place), Some(newer));
}

#[test]
fn a_slip_on_paper_does_not_depend_on_the_file() {
    let place = Place::new();
    let mut session = place.sign_in("2001");
    let note = place.office.house().latest_note();
    let dir = note.parent().unwrap();
    std::fs::remove_dir_all(dir).unwrap();
    std::fs::write(dir, "in the way").unwrap();
    assert!(session.perform(TakeCheckpoint).is_ok());
}

#[test]
fn earlier_slips_are_printed_again_and_no_others() {
    let place = Place::new();
    let mut session = place.sign_in("2001");
    let taken = session.perform(TakeCheckpoint).unwrap();
    session.perform(ListStaff).unwrap();
    let size = taken.checkpoint.size;
    let again = session.perform(ReadSlip { size }).unwrap();
    assert_eq!((again.checkpoint, again.note), (taken.checkpoint, Some(taken)));
    assert_eq!(session.perform(ReadSlip { size: size + 1 }).err(), Some(Reason::NoSuchCheckpoint));
    let first = session.perform(ReadSlip { size: 1 }).unwrap();
    assert_eq!((first.checkpoint.size, first.note), (1, None));
    assert_eq!(first.checkpoint, place.first, "it is the paper of set-up");
    let line = format!("1 {}", slip::groups(&first.checkpoint).join(" "));
    let verify = VerifyLog { auditor: None, paper: Some(line) };
    let report = session.verify_log(verify, &mut crate::log::verify::unobserved).unwrap();
    assert!(report.is_sound() && report.paper == Tier::Checked, "{:?}", report.findings);
}
