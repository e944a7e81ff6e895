//! Numbers out of the register of institutions: what they fill, and whether a partner may be asked at all.
use serde::Serialize;

use super::problem::{Problem, ProblemCode};
use super::schema::Form;
use super::value::{Value, Values};
use super::view::View;
use crate::domain::institution::{Band, Contract, ContractProblem};

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

impl Form {
    /// The numbers that were chosen, each with the name of who signs.
    pub fn institutions<'v>(&self, values: &'v Values) -> impl Iterator<Item = (&'v str, &'v str)> {
        let text = |key: &str| match values.value(key) {
            Some(Value::Text(text)) => text.as_str(),
            _ => "",
        };
        let registers = self.items.iter().filter_map(|item| Some((&item.key, item.register.as_ref()?)));
        registers.map(move |(number, register)| (text(number), register.doctor.as_deref().map_or("", text)))
    }

    /// What keeps the partners that were chosen from being asked, with the contract of each number as the office has it.
    pub fn contract_problems<E>(
        &self,
        view: &View,
        contract_of: impl Fn(&str) -> Result<Option<Contract>, E>,
    ) -> Result<Vec<Problem>, E> {
        let mut problems = Vec::new();
        for (item, shown) in self.items.iter().zip(&view.items) {
            let asked = item.register.as_ref().and_then(|register| register.contract.as_ref());
            let (Some(asked), Some(Value::Text(number)), true) = (asked, &shown.value, shown.shown) else {
                continue;
            };
            let on = match self.in_force(view, &asked.on) {
                Some(Value::Date(day)) => Some(*day),
                _ => None,
            };
            let hours = match self.in_force(view, &asked.hours) {
                Some(Value::Choice(code)) => Band::from_code(code),
                _ => None,
            };
            problems.extend(match contract_of(number)?.map(|contract| contract.check(on, hours)) {
                None => Some(Problem::error(&item.key, ProblemCode::NoPartner)),
                Some(Err(ContractProblem::Over)) => {
                    Some(Problem::error(&item.key, ProblemCode::ContractOver))
                }
                Some(Err(ContractProblem::Hours)) => {
                    Some(Problem::error(&asked.hours, ProblemCode::ContractHours))
                }
                Some(Ok(())) => None,
            });
        }
        Ok(problems)
    }

    fn in_force<'v>(&self, view: &'v View, key: &str) -> Option<&'v Value> {
        let at = self.items.iter().position(|item| item.key == key)?;
        view.items.get(at).filter(|item| item.shown)?.value.as_ref()
    }
}
