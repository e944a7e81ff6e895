//! Forms as data: files -> checked forms -> values -> complete records.
//!
//! [`Catalog::load`] reads form files (the language is described in `schemas/README.md`) and reports every problem
//! with file, line and remedy. A [`Form`] applied to [`Values`] gives a [`View`]; only a record without errors
//! becomes a [`Complete`], the one thing that is exported, hashed and signed.
mod bilingual;
mod catalog;
mod check_expression;
mod citation;
mod contracts;
mod declaration;
mod expand;
mod expression;
mod format;
mod functions;
mod head;
mod json;
mod kind;
mod lint;
mod mistake;
mod passed;
mod phrase;
mod problem;
mod purpose;
mod reach;
mod reader;
mod register;
mod remedy;
mod schema;
mod search_words;
mod value;
mod version;
mod view;
mod written_json;

pub use bilingual::Bilingual;
pub use catalog::{Catalog, Loaded, SiteFiles, Usage, shipped_sources};
pub use expression::{Expression, MAX_EXPRESSION_CHARS};
pub use mistake::{MistakeCode, SchemaProblem};
pub use passed::{MAX_REASON_CHARS, Passed, Why};
pub use phrase::Phrase;
pub use problem::{Problem, ProblemCode};
pub use purpose::Purpose;
pub use reader::SourceFile;
pub use register::{Fact, Register};
pub use remedy::{date_example, keys, wanted};
pub use schema::{
    Addressee, Carried, Choice, Class, Course, DateStyle, Deadline, Default, Form, Group, Head, Identity,
    InputMode, Item, Kind, Level, Page, Parent, Required, Results, Row, Rule, Source,
};
pub use search_words::search_romaji;
pub use value::{Decimal, Value, ValueError, Values, row_key};
pub use version::FormVersion;
pub use view::{Complete, Context, Essence, ItemView, Origin, View};
