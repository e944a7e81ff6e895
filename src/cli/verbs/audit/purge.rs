//! `audit purge`: two supervisors erase what is no longer to be kept.
use serde_json::json;

use crate::cli::Context;
use crate::cli::args::{PurgeArguments, PurgeKind};
use crate::cli::failure::Failure;
use crate::cli::render::Output;
use crate::cli::sign_in::with_session;
use crate::office::ops::{ApproveLogPurge, Erasure, ProposeLogPurge};
use crate::text::cli as say;
use crate::text::fill;

pub fn purge(context: &Context, what: &PurgeArguments) -> Result<Output, Failure> {
    let kind = match what.kind {
        PurgeKind::Details => Erasure::Details,
        PurgeKind::Bodies => Erasure::Bodies,
    };
    let size = what.up_to;
    let lang = context.lang;
    if !what.approve {
        with_session(context, |session| Ok(session.perform(ProposeLogPurge { kind, size })?))?;
        let said = fill(say::PURGE_PROPOSED.in_lang(lang), &[&size]);
        return Ok(Output::new(json!({ "proposed": size })).line(said));
    }
    let erased = with_session(context, |session| Ok(session.perform(ApproveLogPurge { kind, size })?))?;
    let said = fill(say::PURGE_DONE.in_lang(lang), &[&size, &erased]);
    Ok(Output::new(json!({ "up_to": size, "erased": erased })).line(said))
}
