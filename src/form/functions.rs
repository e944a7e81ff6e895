//! The functions that expressions may call. An error stands for "cannot be decided yet".
#![expect(clippy::needless_pass_by_value, reason = "the expression library prescribes the signature")]
use cel::ExecutionError;
use cel::common::types::{CelBool, CelInt, CelNull, CelString};
use cel::common::value::CowVal;
use chrono::NaiveDate;

use crate::japanese::age::{age_on, months_on};
use crate::japanese::gazetteer::{Municipality, shipped};

type Arguments<'b, 'v> = Vec<CowVal<'b, 'v>>;
type Answer<'b, 'v> = Result<CowVal<'b, 'v>, ExecutionError>;

pub fn has<'b, 'v>(arguments: Arguments<'b, 'v>) -> Answer<'b, 'v> {
    let [value] = arguments.as_slice() else { return undecided() };
    Ok(CowVal::owned(CelBool::from(value.downcast_ref::<CelNull>().is_none())))
}

pub fn age<'b, 'v>(arguments: Arguments<'b, 'v>) -> Answer<'b, 'v> {
    let (birth, on) = two_dates(&arguments)?;
    age_on(birth, on).map_or_else(undecided, |years| Ok(CowVal::owned(CelInt::from(i64::from(years)))))
}

pub fn months<'b, 'v>(arguments: Arguments<'b, 'v>) -> Answer<'b, 'v> {
    let (birth, on) = two_dates(&arguments)?;
    // The months of a person who is a year old or more are not asked for on any form.
    months_on(birth, on).map_or_else(undecided, |months| Ok(CowVal::owned(CelInt::from(i64::from(months)))))
}

pub fn days<'b, 'v>(arguments: Arguments<'b, 'v>) -> Answer<'b, 'v> {
    let (from, to) = two_dates(&arguments)?;
    Ok(CowVal::owned(CelInt::from((to - from).num_days())))
}

pub fn municipality<'b, 'v>(arguments: Arguments<'b, 'v>) -> Answer<'b, 'v> {
    let [value] = arguments.as_slice() else { return undecided() };
    let Some(address) = value.downcast_ref::<CelString>() else { return undecided() };
    // The table that is built in, also where the site has a newer one: a form says the same on every machine.
    let found = shipped().municipalities().of_address(address.inner()).map(Municipality::full_name);
    found.map_or_else(undecided, |name| Ok(CowVal::owned(CelString::from(name))))
}

fn two_dates(arguments: &Arguments<'_, '_>) -> Result<(NaiveDate, NaiveDate), ExecutionError> {
    let parse = |value: &CowVal<'_, '_>| {
        value.downcast_ref::<CelString>().and_then(|text| text.inner().parse::<NaiveDate>().ok())
    };
    match arguments.as_slice() {
        [first, second] => parse(first).zip(parse(second)),
        _ => None,
    }
    .ok_or_else(absent)
}

fn undecided<'b, 'v>() -> Answer<'b, 'v> {
    Err(absent())
}

fn absent() -> ExecutionError {
    ExecutionError::MissingArgumentOrTarget
}
