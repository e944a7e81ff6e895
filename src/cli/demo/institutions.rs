//! The register of institutions of a training directory: those that its reports name, and a partner of home care.
use crate::cli::failure::Failure;
use crate::domain::institution::{Band, Contract, Doctor, Institution};
use crate::domain::time::Timestamp;
use crate::office::Session;
use crate::office::ops::KeepInstitution;

/// Number, name, reading, address, doctors. None of them exists.
const INSTITUTIONS: [(&str, &str, &str, &str, &[&str]); 4] = [
    (
        "0012",
        "架空総合病院",
        "カクウソウゴウビョウイン",
        "架空県見本市仮町9-99-99",
        &["仮野 一郎", "見本 千夏"],
    ),
    ("0013", "見本クリニック", "ミホンクリニック", "架空県見本市試町8-88-88", &["見本 次郎"]),
    ("0014", "例田内科医院", "レイダナイカイイン", "架空県見本市例町7-77-77", &["例田 正夫"]),
    ("0021", "架空訪問診療所", "カクウホウモンシンリョウジョ", "架空県見本市仮町6-66-66", &["試野 健太"]),
];
/// The one that visits people at night and on holidays, for a year from today.
const PARTNER: &str = "0021";
const CONTRACT_DAYS: u64 = 364;

pub fn enter(session: &mut Session, now: Timestamp) -> Result<(), Failure> {
    let today = now.date_in_japan();
    for (code, name, reading, address, doctors) in INSTITUTIONS {
        let contract = (code == PARTNER).then(|| Contract {
            from: today,
            until: today.checked_add_days(chrono::Days::new(CONTRACT_DAYS)).unwrap_or(today),
            bands: vec![Band::Night, Band::Holiday],
        });
        let doctor = |name: &&str| Doctor { name: (*name).to_owned(), reading: String::new() };
        let institution = Institution {
            code: code.to_owned(),
            name: name.to_owned(),
            reading: reading.to_owned(),
            address: address.to_owned(),
            doctors: doctors.iter().map(doctor).collect(),
            contract,
            ..Institution::default()
        };
        session.perform(KeepInstitution { change: None, institution })?;
    }
    Ok(())
}
