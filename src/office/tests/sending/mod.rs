//! From the preparation to the receipt: who, what, and by which way.
mod agreement;
mod outbox;
mod people;

use std::path::PathBuf;

use super::support::Place;
use crate::courier::{Carriers, Copies, CourierConfig, FolderCarrier};
use crate::domain::ids::TransmissionId;

fn order_file(place: &Place, id: TransmissionId) -> PathBuf {
    place.office.house().outbox().join(format!("{id}.order"))
}

pub(super) fn courier(place: &Place) -> CourierConfig {
    let house = place.office.house();
    let drop_root = house.home().join("drop");
    std::fs::create_dir_all(&drop_root).unwrap();
    CourierConfig {
        outbox: house.outbox(),
        state_dir: house.courier_dir(),
        roster: house.generation().unwrap().roster(),
        carriers: Carriers { folder: Some(FolderCarrier { drop_root }), ..Carriers::default() },
        copies: Copies::default(),
    }
}
