//! Numbers out of the register in a record: who reports, and whether the partners that are asked may be asked.
use chrono::NaiveDate;

use super::problem::{Problem, ProblemCode};
use super::schema::Form;
use super::value::{Value, Values};
use super::view::View;
use crate::domain::institution::{Band, Contract, ContractProblem};

/// A partner, and for when.
#[derive(PartialEq, Eq)]
struct Asked<'v> {
    item: &'v str,
    hours_item: &'v str,
    number: &'v str,
    on: Option<NaiveDate>,
    hours: Option<Band>,
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
    /// What was `agreed` when an earlier version was registered stays so, whatever became of the contract since.
    pub fn contract_problems<E>(
        &self,
        view: &View,
        agreed: Option<&View>,
        contract_of: impl Fn(&str) -> Result<Option<Contract>, E>,
    ) -> Result<Vec<Problem>, E> {
        let agreed = agreed.map(|view| self.asked(view)).unwrap_or_default();
        let mut problems = Vec::new();
        for asked in self.asked(view).into_iter().filter(|asked| !agreed.contains(asked)) {
            let found = contract_of(asked.number)?.map(|contract| contract.check(asked.on, asked.hours));
            problems.extend(match found {
                None => Some(Problem::error(asked.item, ProblemCode::NoPartner)),
                Some(Err(ContractProblem::Over)) => {
                    Some(Problem::error(asked.item, ProblemCode::ContractOver))
                }
                Some(Err(ContractProblem::Hours)) => {
                    Some(Problem::error(asked.hours_item, ProblemCode::ContractHours))
                }
                Some(Ok(())) => None,
            });
        }
        Ok(problems)
    }

    fn asked<'v>(&'v self, view: &'v View) -> Vec<Asked<'v>> {
        let items = self.items.iter().zip(&view.items);
        items
            .filter_map(|(item, shown)| {
                let contract = item.register.as_ref()?.contract.as_ref()?;
                let Some(Value::Text(number)) = shown.value.as_ref().filter(|_| shown.shown) else {
                    return None;
                };
                let on = match self.in_force(view, &contract.on) {
                    Some(Value::Date(day)) => Some(*day),
                    _ => None,
                };
                let hours = match self.in_force(view, &contract.hours) {
                    Some(Value::Choice(code)) => Band::from_code(code),
                    _ => None,
                };
                Some(Asked { item: &item.key, hours_item: &contract.hours, number, on, hours })
            })
            .collect()
    }

    fn in_force<'v>(&self, view: &'v View, key: &str) -> Option<&'v Value> {
        let at = self.items.iter().position(|item| item.key == key)?;
        view.items.get(at).filter(|item| item.shown)?.value.as_ref()
    }
}
