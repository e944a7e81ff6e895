//! The reserve for a full disk: made, given up, and asked for before anything is done.
use super::support::*;
use crate::office::audit::{Action, Outcome};
use crate::office::ops::*;

const SIZE: u64 = 16 * 1024 * 1024;

fn reserve(place: &Place) -> std::path::PathBuf {
    place.office.house().generation().unwrap().seal_dir().join("reserve")
}

/// A directory of that name: the room cannot be set aside, as on a full disk.
fn block(place: &Place) {
    let _ = std::fs::remove_file(reserve(place));
    std::fs::create_dir(reserve(place)).unwrap();
}

#[test]
fn the_reserve_is_there_from_the_set_up_and_comes_back() {
    use std::os::unix::fs::MetadataExt as _;
    let place = Place::new();
    let kept = || std::fs::metadata(reserve(&place)).map(|meta| (meta.len(), meta.blocks() * 512 >= SIZE));
    assert_eq!(kept().unwrap(), (SIZE, true));
    assert!(place.office.inspect().unwrap().reserve_whole);
    std::fs::remove_file(reserve(&place)).unwrap();
    assert!(!place.office.inspect().unwrap().reserve_whole);
    let mut clerk = place.sign_in("1001");
    assert_eq!(kept().unwrap(), (SIZE, true), "made again at the sign-in");
    std::fs::remove_file(reserve(&place)).unwrap();
    clerk.perform(ListRecords).unwrap();
    assert_eq!(kept().unwrap(), (SIZE, true), "and by the next act, where there is room");
    // A copy of the directory may have made a hole of it.
    std::fs::File::create(reserve(&place)).unwrap().set_len(SIZE).unwrap();
    assert!(!place.office.inspect().unwrap().reserve_whole);
}

#[test]
fn without_a_reserve_only_what_ends_or_stops_goes_on() {
    let place = Place::new();
    let destination = place.destination();
    let mut clerk = place.sign_in("1001");
    let draft = open(&mut clerk).draft;
    block(&place);
    let refused = clerk.perform(ListRecords).err().unwrap();
    let last = place.last(&mut clerk);
    assert_eq!(last, (Action::ListRecords, Outcome::Failed, Some(refused)), "the refusal is on record");
    let save = SaveDraft { draft, values: ehec(), position: String::new() };
    assert_eq!(clerk.save_draft(&save).err(), Some(refused));
    clerk.perform(FreezeDestination { id: destination }).unwrap();
    clerk.perform(DiscardDraft { draft }).unwrap();
    clerk.perform(SignOut).unwrap();
    place.sign_in("2001");
    std::fs::remove_dir(reserve(&place)).unwrap();
    clerk.perform(ListRecords).unwrap();
}
