//! What a verification of the log found, as a page to read.
use crate::office::ops::{Finding, LogReport, Tier, What};
use crate::text::{Lang, Text, fill, log_report as say};

/// The whole page. A tier that was not checked is named, and never counts as sound.
pub fn page(report: &LogReport, lang: Lang) -> String {
    let hex = |bytes: &[u8]| format!("  {}", data_encoding::HEXLOWER.encode(bytes));
    let mut lines = vec![
        fill(say::EVENTS.in_lang(lang), &[&report.events]),
        say::HEAD.in_lang(lang).to_owned(),
        hex(&report.head),
        say::ROOT.in_lang(lang).to_owned(),
        hex(&report.root),
        String::new(),
    ];
    let (alarms, remarks): (Vec<&Finding>, Vec<&Finding>) =
        report.findings.iter().partition(|finding| finding.is_alarm());
    if alarms.is_empty() {
        lines.push(say::HOST_SOUND.in_lang(lang).to_owned());
    } else {
        lines.push(fill(say::FOUND.in_lang(lang), &[&alarms.len()]));
        lines.extend(alarms.iter().map(|finding| format!("  {}", sentence(finding, lang))));
    }
    lines.extend(tiers(report, lang));
    if !remarks.is_empty() {
        lines.extend([String::new(), say::REMARKS.in_lang(lang).to_owned()]);
        lines.extend(remarks.iter().map(|finding| format!("  {}", sentence(finding, lang))));
    }
    lines.join("\n")
}

/// One line for each tier beyond this machine.
fn tiers(report: &LogReport, lang: Lang) -> Vec<String> {
    let auditor = match &report.auditor {
        Tier::Checked => say::AUDITOR_CHECKED.in_lang(lang).to_owned(),
        Tier::Skipped => say::AUDITOR_SKIPPED.in_lang(lang).to_owned(),
        Tier::Without(epochs) => {
            let epochs: Vec<String> = epochs.iter().map(u32::to_string).collect();
            fill(say::AUDITOR_WITHOUT.in_lang(lang), &[&epochs.join(", ")])
        }
    };
    let paper = if report.paper == Tier::Skipped { say::PAPER_SKIPPED } else { say::PAPER_CHECKED };
    let mut lines = vec![auditor, paper.in_lang(lang).to_owned()];
    if report.details == Tier::Skipped {
        lines.push(say::DETAILS_SKIPPED.in_lang(lang).to_owned());
    }
    lines
}

fn sentence(finding: &Finding, lang: Lang) -> String {
    fill(say::AT.in_lang(lang), &[&finding.at, &words(finding.what).in_lang(lang)])
}

const fn words(what: What) -> Text {
    match what {
        What::FormatLine => say::FORMAT_LINE,
        What::ChainGap => say::CHAIN_GAP,
        What::ChainHash => say::CHAIN_HASH,
        What::ChainUnreadable => say::CHAIN_UNREADABLE,
        What::ChainMisplaced => say::CHAIN_MISPLACED,
        What::ChainPrevious => say::CHAIN_PREVIOUS,
        What::ChainTransaction => say::CHAIN_TRANSACTION,
        What::ChainErased => say::CHAIN_ERASED,
        What::ColumnDiffers => say::COLUMN_DIFFERS,
        What::DetailAltered => say::DETAIL_ALTERED,
        What::DetailOrphan => say::DETAIL_ORPHAN,
        What::DetailMissing => say::DETAIL_MISSING,
        What::ClockUnrecorded => say::CLOCK_UNRECORDED,
        What::ClockStep => say::CLOCK_STEP,
        What::HeartbeatMissing => say::HEARTBEAT_MISSING,
        What::HeartbeatQuiet => say::HEARTBEAT_QUIET,
        What::CheckpointNote => say::CHECKPOINT_NOTE,
        What::CheckpointSignature => say::CHECKPOINT_SIGNATURE,
        What::CheckpointRoot => say::CHECKPOINT_ROOT,
        What::CheckpointBeyond => say::CHECKPOINT_BEYOND,
        What::CheckpointUnnamed => say::CHECKPOINT_UNNAMED,
        What::CheckpointMissing => say::CHECKPOINT_MISSING,
        What::CheckpointCosignature => say::CHECKPOINT_COSIGNATURE,
        What::CheckpointPlace => say::CHECKPOINT_PLACE,
        What::CheckpointHostKey => say::CHECKPOINT_HOST_KEY,
        What::CheckpointAggregate => say::CHECKPOINT_AGGREGATE,
        What::PurgeUnsigned => say::PURGE_UNSIGNED,
        What::PurgeRoot => say::PURGE_ROOT,
        What::EpochUnsigned => say::EPOCH_UNSIGNED,
        What::EpochRoot => say::EPOCH_ROOT,
        What::EpochStarted => say::EPOCH_STARTED,
        What::EpochGap => say::EPOCH_GAP,
        What::SealMissing => say::SEAL_MISSING,
        What::SealAhead => say::SEAL_AHEAD,
        What::SealBehind => say::SEAL_BEHIND,
        What::SealEpoch => say::SEAL_EPOCH,
        What::SealKey => say::SEAL_KEY,
        What::SealForged => say::SEAL_FORGED,
        What::PaperForeign => say::PAPER_FOREIGN,
        What::PaperShorter => say::PAPER_SHORTER,
        What::PaperRoot => say::PAPER_ROOT,
        What::PaperDeclared => say::PAPER_DECLARED,
        What::PeopleRoster => say::PEOPLE_ROSTER,
        What::RecordLost => say::RECORD_LOST,
        What::RecordDiffers => say::RECORD_DIFFERS,
        What::RecordUnlogged => say::RECORD_UNLOGGED,
        What::RegisterLost => say::REGISTER_LOST,
        What::RegisterDiffers => say::REGISTER_DIFFERS,
        What::DatabaseIntegrity => say::DATABASE_INTEGRITY,
    }
}
