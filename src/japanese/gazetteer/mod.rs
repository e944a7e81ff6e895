//! Places of Japan: postal codes, municipalities, and which of them are this office's own.
//!
//! The table is one file that is read where it lies (`table`); `pack` makes it out of Japan Post's list (`ken_all`), whose
//! town names are taken apart by the rules of `town`.
mod ken_all;
mod municipality;
mod own_area;
mod pack;
mod table;
mod town;

pub use ken_all::{ListProblem, Listed, Mistake, read_list};
pub use municipality::{Municipalities, Municipality};
pub use own_area::{Gazetteer, OwnArea};
pub use pack::pack;
pub use table::{PostalTable, TableProblem, shipped};
pub use town::Town;
