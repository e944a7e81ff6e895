//! The register behind an item: what a number chosen there fills.
use serde::Serialize;

/// The register behind an item, by the keys of the items that its number fills.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Register {
    pub fills: Vec<(Fact, String)>,
    /// Who of the institution signs.
    pub doctor: Option<String>,
    /// Of partners only: they can be asked while their contract holds.
    pub contract: Option<ContractItems>,
}

/// What a register knows of an institution.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    Name,
    Address,
    Phone,
    Fax,
}

/// The items that say for when a partner is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ContractItems {
    pub on: String,
    pub hours: String,
}

impl Register {
    /// A register of those who report only helps to type; that of partners says who may be asked, which is part of
    /// what a released form is.
    pub(super) fn only_helps(register: &Option<Self>) -> bool {
        register.as_ref().is_none_or(|register| register.contract.is_none())
    }
}
