//! C: somebody puts old images of the whole directory back.
use super::*;

#[test]
fn c_rolls_everything_back_and_stops() {
    let ground = Ground::new();
    let image = ground.image();
    let mut ground = ground;
    for _ in 0..5 {
        ground.session.perform(ListStaff).unwrap();
    }
    let note = ground.session.perform(TakeCheckpoint).unwrap();
    ground.slips += &format!("{} {}\n", note.checkpoint.size, slip::groups(&note.checkpoint).join(" "));
    let mut ground = ground.roll_back(&image);
    // Signing in again has added events of its own; they are fewer than the lost ones.
    assert!(ground.size() < note.checkpoint.size);
    expect(&ground.look(), &[], &[], &["PAPER shorter"]);
}

#[test]
fn c_rolls_back_and_writes_another_future() {
    let ground = Ground::new();
    let image = ground.image();
    let mut ground = ground;
    ground.session.perform(ListStaff).unwrap();
    let note = ground.session.perform(TakeCheckpoint).unwrap();
    ground.slips += &format!("{} {}\n", note.checkpoint.size, slip::groups(&note.checkpoint).join(" "));
    let mut ground = ground.roll_back(&image);
    for _ in 0..5 {
        ground.session.perform(ListStaff).unwrap();
    }
    assert!(ground.size() > note.checkpoint.size);
    expect(&ground.look(), &[], &[], &["PAPER root"]);
}
