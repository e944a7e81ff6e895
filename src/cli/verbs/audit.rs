//! `audit verify`: everything about the access log that this machine can check.
use std::path::Path;

use serde_json::json;

use crate::cli::Context;
use crate::cli::failure::Failure;
use crate::cli::private_file;
use crate::cli::render::Output;
use crate::cli::sign_in::with_session;
use crate::domain::sensitive::Secret;
use crate::office::Reason;
use crate::office::ops::VerifyLog;
use crate::text::cli as say;
use crate::text::fill;

/// Fixed words, so that a script or a reviewer finds them in any language.
const SEAL_NOT_CHECKED: &str = "SEAL NOT CHECKED: no auditor key";

pub fn verify(context: &Context, key: Option<&Path>) -> Result<Output, Failure> {
    let auditor = key.map(read_key).transpose()?;
    let report = with_session(context, |session| Ok(session.perform(VerifyLog { auditor })?))?;
    let findings: Vec<String> = report.findings.iter().map(ToString::to_string).collect();
    let document = json!({
        "events": report.events, "head": report.head, "seal_checked": report.seal_checked, "findings": findings,
    });
    let checked = fill(say::LOG_CHECKED.in_lang(context.lang), &[&report.events, &report.head]);
    let mut output = Output::new(document).lines(findings).line(checked);
    if !report.seal_checked {
        output = output.line(SEAL_NOT_CHECKED);
    }
    if report.findings.is_empty() {
        return Ok(output);
    }
    Ok(output.but(Failure::refused("log-findings", say::LOG_FINDINGS, &[&report.findings.len()])))
}

/// The key as it was copied from the envelope: one line, spaces and case as people leave them.
fn read_key(path: &Path) -> Result<Secret, Failure> {
    let bytes = private_file::bytes(path)?;
    let text = std::str::from_utf8(&bytes).map_err(|_| Reason::AuditorKeyWrong)?;
    Ok(Secret::new(text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect()))
}
