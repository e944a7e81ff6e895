//! `audit verify`: everything about the access log that can be checked with what is given.
use std::path::Path;

use data_encoding::HEXLOWER;
use serde_json::{Value, json};
use zeroize::Zeroizing;

use crate::cli::Context;
use crate::cli::args::VerifyArguments;
use crate::cli::failure::Failure;
use crate::cli::private_file;
use crate::cli::render::Output;
use crate::cli::sign_in::with_session_or_stopped;
use crate::config::{FaultKind, FileFault};
use crate::domain::sensitive::Secret;
use crate::log::export::Export;
use crate::log::slip;
use crate::log::verify::{self, Report, SealKeys, Tier, unobserved};
use crate::office::Reason;
use crate::office::ops::VerifyLog;
use crate::os::files;
use crate::text::cli as say;
use crate::text::fill;

/// A year of a large office is near a gigabyte.
const EXPORT_MAX: u64 = 64 * 1024 * 1024 * 1024;
const LIST_MAX: u64 = 16 * 1024 * 1024;
/// A wrecked log has a finding per row; nobody reads on.
const SHOWN_MAX: usize = 1000;

// Fixed words, so that a script or a reviewer finds them in any language.
const SEAL_NOT_CHECKED: &str = "SEAL NOT CHECKED: no auditor key";
const PAPER_NOT_CHECKED: &str = "PAPER NOT CHECKED: no slip from outside";
const DETAILS_NOT_CHECKED: &str = "DETAILS NOT CHECKED: not in the export";

pub fn verify(context: &Context, what: &VerifyArguments) -> Result<Output, Failure> {
    let paper = what.checkpoint.as_deref().map(read_list).transpose()?;
    let report = match &what.export {
        Some(export) => verify_export(export, what.key.as_deref(), paper.as_deref())?,
        None => {
            let auditor = what.key.as_deref().map(read_key).transpose()?;
            let request = VerifyLog { auditor, paper };
            with_session_or_stopped(
                context,
                |session| Ok(session.verify_log(request.clone(), &mut unobserved)?),
                |log| Ok(log.verify(&request, &mut unobserved)?),
            )?
        }
    };
    Ok(said(&report, context))
}

fn said(report: &Report, context: &Context) -> Output {
    let (head, root) = (HEXLOWER.encode(&report.head), HEXLOWER.encode(&report.root));
    let findings: Vec<String> = report.findings.iter().map(ToString::to_string).collect();
    let tier = |tier: &Tier| match tier {
        Tier::Checked => json!("checked"),
        Tier::Skipped => json!("skipped"),
        Tier::Without(epochs) => json!({ "without": epochs }),
    };
    let alarms = report.alarms();
    let document: Value = json!({
        "events": report.events, "epoch": report.epoch, "head": head, "root": root,
        "tiers": {
            "host": "checked", "auditor": tier(&report.auditor), "paper": tier(&report.paper),
            "details": tier(&report.details),
        },
        "seal_checked": report.auditor == Tier::Checked,
        "alarms": alarms, "findings": findings,
    });
    let more = findings.len().saturating_sub(SHOWN_MAX);
    let mut output = Output::new(document).lines(findings.into_iter().take(SHOWN_MAX));
    if more > 0 {
        output = output.line(fill(say::FINDINGS_MORE.in_lang(context.lang), &[&more]));
    }
    output = output.line(fill(say::LOG_CHECKED.in_lang(context.lang), &[&report.events, &head]));
    match &report.auditor {
        Tier::Checked => {}
        Tier::Skipped => output = output.line(SEAL_NOT_CHECKED),
        Tier::Without(epochs) => {
            let epochs: Vec<String> = epochs.iter().map(u32::to_string).collect();
            output = output.line(format!("{SEAL_NOT_CHECKED} of epoch {}", epochs.join(", ")));
        }
    }
    if report.paper == Tier::Skipped {
        output = output.line(PAPER_NOT_CHECKED);
    }
    if report.details == Tier::Skipped {
        output = output.line(DETAILS_NOT_CHECKED);
    }
    if alarms == 0 {
        return output;
    }
    output.but(Failure::refused("log-findings", say::LOG_FINDINGS, &[&alarms]))
}

/// Without an installation: what an auditor does elsewhere. The key is then that of the seal, not of the envelope.
fn verify_export(export: &Path, key: Option<&Path>, paper: Option<&str>) -> Result<Report, Failure> {
    let text = read_text(export, EXPORT_MAX)?;
    let mut log = Export::read(&text)
        .map_err(|wrong| Failure::refused("not-an-export", say::NOT_AN_EXPORT, &[&wrong.line]))?;
    let paper =
        slip::read_list(&log.head().log_id, paper.unwrap_or_default()).map_err(|_| Reason::PaperListWrong)?;
    let keys = key.map(read_seal_keys).transpose()?.unwrap_or_default();
    verify::verify(&mut log, &keys, &paper, &mut unobserved).map_err(|_| Reason::Cancelled.into())
}

fn read_list(path: &Path) -> Result<String, Failure> {
    read_text(path, LIST_MAX)
}

fn read_text(path: &Path, limit: u64) -> Result<String, Failure> {
    let unreadable = || FileFault { file: path.to_owned(), line: 0, kind: FaultKind::Unreadable };
    let bytes = files::read_limited(path, limit).map_err(|_| unreadable())?;
    Ok(String::from_utf8(bytes).map_err(|_| unreadable())?)
}

/// The key as it was copied from the envelope: one line, spaces and case as people leave them.
fn read_key(path: &Path) -> Result<Secret, Failure> {
    let bytes = private_file::bytes(path)?;
    let text = std::str::from_utf8(&bytes).map_err(|_| Reason::AuditorKeyWrong)?;
    Ok(Secret::new(text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect()))
}

/// The seal's first keys as `age` gives them out of `escrow/k0-<epoch>.age`: 32 bytes after another, in the order of epochs.
fn read_seal_keys(path: &Path) -> Result<SealKeys, Failure> {
    let bytes = private_file::bytes(path)?;
    let (keys, rest) = bytes.as_chunks::<32>();
    if keys.is_empty() || !rest.is_empty() {
        return Err(Reason::AuditorKeyWrong.into());
    }
    Ok((1..).zip(keys).map(|(epoch, key)| (epoch, Zeroizing::new(*key))).collect())
}
