//! The register of institutions (医療機関台帳): who reports to the office, and who visits people for it.
use chrono::NaiveDate;

/// What the office keeps about one institution.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Institution {
    /// The ten-digit code (医療機関コード), or a short number of the office's own.
    pub code: String,
    pub name: String,
    /// In katakana.
    pub reading: String,
    /// Seven digits, or empty.
    pub postal_code: String,
    pub address: String,
    pub phone: String,
    pub fax: String,
    /// In the order in which they are offered.
    pub doctors: Vec<Doctor>,
    /// For partners of home care: within this time they may be asked.
    pub contract: Option<Contract>,
}

/// Somebody who reports for an institution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doctor {
    pub name: String,
    pub reading: String,
}

/// From when to when, both days included, and at which hours a partner takes requests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contract {
    pub from: NaiveDate,
    pub until: NaiveDate,
    pub bands: Vec<Band>,
}

/// The hours of the day that contracts know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Band {
    /// 平日日中
    Weekday,
    /// 夜間
    Night,
    /// 休日
    Holiday,
}

impl Band {
    pub const ALL: [Self; 3] = [Self::Weekday, Self::Night, Self::Holiday];

    /// The stable name, as forms have it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Weekday => "weekday",
            Self::Night => "night",
            Self::Holiday => "holiday",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|band| band.code() == code)
    }
}

/// Why a partner cannot be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContractProblem {
    /// The contract does not hold on that day, or it is not known which day is meant.
    Over,
    /// The partner takes no requests at these hours.
    Hours,
}

impl Contract {
    /// Whether the partner may be asked on that day.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        (self.from..=self.until).contains(&day)
    }

    /// Whether the partner may be asked on that day and, where they are named, at those hours.
    pub fn check(&self, on: Option<NaiveDate>, hours: Option<Band>) -> Result<(), ContractProblem> {
        if !on.is_some_and(|day| self.holds_on(day)) {
            Err(ContractProblem::Over)
        } else if hours.is_some_and(|hours| !self.bands.contains(&hours)) {
            Err(ContractProblem::Hours)
        } else {
            Ok(())
        }
    }
}

/// A number as it is compared: without what people write differently.
pub fn fold_code(code: &str) -> String {
    code.trim().to_ascii_uppercase()
}

/// Why an institution cannot be kept as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InstitutionProblem {
    /// Empty, longer than ten characters, or other than letters and digits.
    Code,
    /// Name or reading is missing or too long.
    Name,
    /// A field is longer than a line of a form.
    TooLong,
    /// A doctor without a name, or the same one twice.
    Doctor,
    /// The contract ends before it begins, or names no hours.
    Contract,
}

const CODE_MAX: usize = 10;
/// As long as the items of the report that it fills.
const TEXT_MAX: usize = 60;
const ADDRESS_MAX: usize = 60;
const DOCTOR_MAX: usize = 40;
const DOCTORS_MAX: usize = 99;

impl Institution {
    /// The first thing that is wrong; whether a ten-digit code is a real one is for its check digit to say.
    pub fn check(&self) -> Result<(), InstitutionProblem> {
        let fits =
            |text: &str, max: usize| text.chars().count() <= max && !text.chars().any(char::is_control);
        let code = !self.code.is_empty()
            && self.code.len() <= CODE_MAX
            && self.code.bytes().all(|byte| byte.is_ascii_alphanumeric())
            // Or a reading that was typed to find it could not be told from it.
            && self.code.bytes().any(|byte| byte.is_ascii_digit());
        let named = [&self.name, &self.reading];
        let doctors =
            self.doctors.iter().all(|doctor| !doctor.name.is_empty() && fits(&doctor.name, DOCTOR_MAX));
        let twice = self
            .doctors
            .iter()
            .enumerate()
            .any(|(at, doctor)| self.doctors.iter().take(at).any(|other| other.name == doctor.name));
        let contract = self
            .contract
            .as_ref()
            .is_none_or(|contract| contract.from <= contract.until && !contract.bands.is_empty());
        if !code {
            Err(InstitutionProblem::Code)
        } else if named.iter().any(|text| text.is_empty() || !fits(text, TEXT_MAX)) {
            Err(InstitutionProblem::Name)
        } else if !fits(&self.address, ADDRESS_MAX) || !fits(&self.phone, 20) || !fits(&self.fax, 20) {
            Err(InstitutionProblem::TooLong)
        } else if !doctors || twice || self.doctors.len() > DOCTORS_MAX {
            Err(InstitutionProblem::Doctor)
        } else if !contract {
            Err(InstitutionProblem::Contract)
        } else {
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sound() -> Institution {
        let day = |text: &str| text.parse().expect("a date");
        Institution {
            code: "0012".into(),
            name: "架空総合病院".into(),
            reading: "カクウソウゴウビョウイン".into(),
            doctors: vec![Doctor { name: "仮田 一郎".into(), reading: String::new() }],
            contract: Some(Contract {
                from: day("2026-04-01"),
                until: day("2027-03-31"),
                bands: vec![Band::Night],
            }),
            ..Institution::default()
        }
    }

    #[test]
    fn each_fault_is_told_apart() {
        type Change = fn(&mut Institution);
        let faults: [(Change, InstitutionProblem); 10] = [
            (|i| i.code.clear(), InstitutionProblem::Code),
            (|i| i.code = "12345678901".into(), InstitutionProblem::Code),
            (|i| i.code = "00-12".into(), InstitutionProblem::Code),
            (|i| i.code = "KASO".into(), InstitutionProblem::Code),
            (|i| i.reading.clear(), InstitutionProblem::Name),
            (|i| i.name = "名".repeat(61), InstitutionProblem::Name),
            (|i| i.address = "所".repeat(61), InstitutionProblem::TooLong),
            (|i| i.doctors.push(i.doctors[0].clone()), InstitutionProblem::Doctor),
            (|i| i.doctors[0].name.clear(), InstitutionProblem::Doctor),
            (|i| i.contract.as_mut().expect("one").bands.clear(), InstitutionProblem::Contract),
        ];
        assert_eq!(sound().check(), Ok(()));
        for (change, problem) in faults {
            let mut institution = sound();
            change(&mut institution);
            assert_eq!(institution.check(), Err(problem));
        }
    }

    #[test]
    fn a_contract_holds_on_its_first_and_last_day() {
        let contract = sound().contract.expect("one");
        let holds = |text: &str| contract.holds_on(text.parse().expect("a date"));
        assert_eq!(
            ["2026-03-31", "2026-04-01", "2027-03-31", "2027-04-01"].map(holds),
            [false, true, true, false]
        );
    }
}
