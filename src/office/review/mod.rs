//! Which accesses of a period a supervisor should look at, and in which order.
//!
//! Pure: decoded accesses and facts in, ranked rows out. No SQL, no clock, no chance of its own; what is drawn at random
//! comes from a seed that is given. Nothing here decides anything about anybody: it only says where to look first.
//!
//! What daily work explains is not shown, so that what is shown can be read to its end: a look is explained by the
//! person's own work on that record one day before or after, or by the case being theirs.
mod access;
mod device;
mod facts;
mod mark;
mod queue;
mod rules;
mod sample;
mod works;

#[cfg(test)]
mod month;
#[cfg(test)]
mod tests;

pub use access::Access;
pub use facts::{About, Facts, Kin, Relation, Sent, Worker};
pub use mark::{Group, Mark, Marks};
pub use queue::{Period, QueueRow, queue};
