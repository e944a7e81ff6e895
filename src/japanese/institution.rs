//! An institution as people type it, on the screen or in a table, in the forms in which it is kept.
use chrono::NaiveDate;

use super::date_input::{DateContext, parse_date};
use super::phone::Phone;
use super::postal::PostalCode;
use super::romaji;
use super::width::fold_ascii_char;
use crate::domain::institution::{Band, Contract, Doctor, Institution};

/// What was typed, item by item; empty where nothing was.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    pub code: String,
    pub name: String,
    /// Kana or romaji.
    pub reading: String,
    pub postal_code: String,
    pub address: String,
    pub phone: String,
    pub fax: String,
    /// Divided by commas.
    pub doctors: String,
    pub from: String,
    pub until: String,
    pub bands: Vec<Band>,
}

/// The first item that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    Reading,
    PostalCode,
    Phone,
    /// A day of the contract, in full or in the Japanese calendar.
    Date,
}

/// Whether it makes sense as a whole is for [`Institution::check`] to say.
pub fn read(typed: &Typed, today: NaiveDate) -> Result<Institution, Unreadable> {
    let number = |typed: &str| match typed.trim() {
        "" => Ok(String::new()),
        typed => Phone::parse(typed).map(|phone| phone.digits().to_owned()).map_err(|_| Unreadable::Phone),
    };
    let names = typed.doctors.split(['、', ',', '，']).map(str::trim).filter(|name| !name.is_empty());
    Ok(Institution {
        code: typed.code.trim().chars().map(fold_ascii_char).collect(),
        name: typed.name.trim().to_owned(),
        reading: match typed.reading.trim() {
            "" => String::new(),
            typed => romaji::finish(typed).map_err(|_| Unreadable::Reading)?,
        },
        postal_code: match typed.postal_code.trim() {
            "" => String::new(),
            typed => PostalCode::parse(typed).map_err(|_| Unreadable::PostalCode)?.digits(),
        },
        address: typed.address.trim().to_owned(),
        phone: number(&typed.phone)?,
        fax: number(&typed.fax)?,
        doctors: names.map(|name| Doctor { name: name.to_owned(), reading: String::new() }).collect(),
        contract: contract(typed, today)?,
    })
}

fn contract(typed: &Typed, today: NaiveDate) -> Result<Option<Contract>, Unreadable> {
    let [from, until] = [typed.from.trim(), typed.until.trim()];
    // Hours alone mean a contract whose days were forgotten.
    if from.is_empty() && until.is_empty() && typed.bands.is_empty() {
        return Ok(None);
    }
    // Always with its year: a guess would make a partner who may be asked out of one who may not.
    let context = DateContext { latest: None, ..DateContext::birth(today) };
    let day = |text: &str| parse_date(text, &context).map_err(|_| Unreadable::Date);
    Ok(Some(Contract { from: day(from)?, until: day(until)?, bands: typed.bands.clone() }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_kept_in_one_form() {
        let typed = Typed {
            code: "００１２".into(),
            name: " 架空診療所 ".into(),
            reading: "kakuu しんりょうじょ".into(),
            postal_code: "100-0014".into(),
            phone: "03-0000-0120".into(),
            doctors: "仮田 一郎、見本 次郎, ".into(),
            from: "R8.4.1".into(),
            until: "2027-03-31".into(),
            bands: vec![Band::Night],
            ..Typed::default()
        };
        let kept = read(&typed, "2026-07-14".parse().unwrap()).unwrap();
        assert_eq!((kept.code.as_str(), kept.name.as_str()), ("0012", "架空診療所"));
        assert_eq!((kept.reading.as_str(), kept.postal_code.as_str()), ("カクウ シンリョウジョ", "1000014"));
        assert_eq!(kept.phone, "0300000120");
        let doctors: Vec<&str> = kept.doctors.iter().map(|doctor| doctor.name.as_str()).collect();
        assert_eq!(doctors, ["仮田 一郎", "見本 次郎"]);
        let contract = kept.contract.unwrap();
        assert_eq!(
            (contract.from.to_string(), contract.until.to_string()),
            ("2026-04-01".into(), "2027-03-31".into())
        );
    }

    #[test]
    fn hours_without_days_are_no_missing_contract() {
        let read = |typed: &Typed| read(typed, "2026-07-14".parse().unwrap());
        let hours = Typed { bands: vec![Band::Night], ..Typed::default() };
        assert_eq!(read(&hours), Err(Unreadable::Date));
        assert_eq!(read(&Typed::default()).unwrap().contract, None);
    }

    #[test]
    fn the_first_item_that_cannot_be_read_is_named() {
        type Change = fn(&mut Typed);
        let faults: [(Change, Unreadable); 7] = [
            (|typed| typed.from = "401".into(), Unreadable::Date),
            (|typed| typed.until = "3/31".into(), Unreadable::Date),
            (|typed| typed.reading = "病院".into(), Unreadable::Reading),
            (|typed| typed.postal_code = "100".into(), Unreadable::PostalCode),
            (|typed| typed.phone = "12".into(), Unreadable::Phone),
            (|typed| typed.fax = "12".into(), Unreadable::Phone),
            (|typed| typed.until = "R8.2.30".into(), Unreadable::Date),
        ];
        for (change, expected) in faults {
            let mut typed = Typed { from: "R8.4.1".into(), until: "R9.3.31".into(), ..Typed::default() };
            change(&mut typed);
            assert_eq!(read(&typed, "2026-07-14".parse().unwrap()), Err(expected));
        }
    }
}
