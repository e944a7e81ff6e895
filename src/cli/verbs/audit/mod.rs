//! `audit`: checking the access log, and taking copies of it to where nobody here can change them.
mod accesses;
mod checkpoint;
mod clock;
mod epoch;
mod export;
mod figures;
mod list;
mod purge;
mod review;
mod verify;

use crate::cli::Context;
use crate::cli::args;
use crate::cli::failure::Failure;
use crate::cli::render::Output;

pub fn run(context: &Context, verb: &args::Audit) -> Result<Output, Failure> {
    match verb {
        args::Audit::Verify(what) => verify::verify(context, what),
        args::Audit::Clock { acknowledge } => clock::run(context, *acknowledge),
        args::Audit::Review { week } => review::queue(context, *week),
        args::Audit::Weeks => review::weeks(context),
        args::Audit::List(what) => list::run(context, what),
        args::Audit::Accesses { record, pdf } => accesses::run(context, record, pdf.as_deref()),
        args::Audit::Figures { from, to } => figures::run(context, from.as_deref(), to.as_deref()),
        args::Audit::Checkpoint(what) => checkpoint::checkpoint(context, what),
        args::Audit::Purge(what) => purge::purge(context, what),
        args::Audit::Epoch(what) => epoch::epoch(context, what),
        args::Audit::Export { file, details } => export::export(context, file, *details),
    }
}
