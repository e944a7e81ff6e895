//! `audit epoch`: the way on when log and seal disagree. Two supervisors at one terminal.
use serde_json::json;

use crate::cli::Context;
use crate::cli::args::{CauseArgument, EpochArguments};
use crate::cli::failure::Failure;
use crate::cli::render::Output;
use crate::cli::sign_in::{Source, credentials};
use crate::office::ops::EpochCause;
use crate::office::{EpochRequest, Slip};
use crate::text::cli as say;
use crate::text::fill;

pub fn epoch(context: &Context, what: &EpochArguments) -> Result<Output, Failure> {
    let cause = match what.cause {
        CauseArgument::Restored => EpochCause::Restored,
        CauseArgument::SealLost => EpochCause::SealLost,
        CauseArgument::LogShort => EpochCause::LogShort,
    };
    let paper = what.paper_size.map(|size| Slip { size, groups: what.paper_root.join(" ") });
    let first = credentials(context, &context.sign_in)?;
    let second = credentials(context, &Source::of(what.second.as_deref()))?;
    let begun = context.office.begin_epoch(&first, &second, &EpochRequest { cause, paper })?;
    let document = json!({ "epoch": begun.epoch, "size": begun.size, "lost": begun.lost });
    let said = fill(say::EPOCH_BEGUN.in_lang(context.lang), &[&begun.epoch, &begun.size, &begun.lost]);
    Ok(Output::new(document).line(said).line(say::EPOCH_ENVELOPE.in_lang(context.lang)))
}
