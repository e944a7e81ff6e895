//! `register = { of = "partners", name = "partner_name", ... }`: an item whose number comes from a register.
use crate::form::mistake::Place;
use crate::form::reader::{Located, Table};

/// The items that a number out of the register fills, by what they hold.
#[derive(Clone, Debug)]
pub struct RegisterDecl {
    pub place: Place,
    pub of: Located<String>,
    pub name: Option<Located<String>>,
    pub address: Option<Located<String>>,
    pub phone: Option<Located<String>>,
    pub fax: Option<Located<String>>,
    pub doctor: Option<Located<String>>,
    /// Of partners: the day and the hours for which they are asked.
    pub on: Option<Located<String>>,
    pub hours: Option<Located<String>>,
}

impl RegisterDecl {
    pub fn read(table: &Table<'_, '_>) -> Option<Self> {
        let of = table.required("of", Table::text);
        let decl = Self {
            place: table.place.clone(),
            of: of?,
            name: table.text("name"),
            address: table.text("address"),
            phone: table.text("phone"),
            fax: table.text("fax"),
            doctor: table.text("doctor"),
            on: table.text("on"),
            hours: table.text("hours"),
        };
        table.finish();
        Some(decl)
    }
}
