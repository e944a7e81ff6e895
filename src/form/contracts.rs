//! Numbers out of the register in a record: who reports, and whether the partners that are asked may be asked.
use super::problem::{Problem, ProblemCode};
use super::schema::Form;
use super::value::{Value, Values};
use super::view::View;
use crate::domain::institution::{Band, Contract, ContractProblem};

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
