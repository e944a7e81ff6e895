//! The three keys that leave the machine on paper: shown, then asked for in part, so that a slip of the pen is found
//! now and not in the hour of need.
use crate::office::{Envelope, SetUp, envelope_groups};
use crate::text::{Text, wizard as say};
use crate::tui::widgets::column::Column;
use crate::tui::widgets::text_field::{Accept, Show};

/// What every identity begins with; the groups come after it.
pub const PREFIX: &str = "AGE-SECRET-KEY-1";
/// Whole groups of four in an identity; the last, shorter one is not asked for.
const WHOLE_GROUPS: u64 = 14;
pub const GROUPS_IN_ROW: usize = 5;

/// Two groups to be copied from the paper.
#[derive(Default)]
pub struct Probe {
    /// Counted from 0, ascending.
    groups: [usize; 2],
    pub fields: Column,
}

impl Probe {
    /// Two different groups. The moment of a key press picks them: it only has to be unforeseen by the writer.
    pub fn pick(now_us: u64) -> Self {
        let first = now_us % WHOLE_GROUPS;
        let other = (now_us / WHOLE_GROUPS) % (WHOLE_GROUPS - 1);
        let second = if other >= first { other + 1 } else { other };
        let [first, second] = [first.min(second), first.max(second)]
            .map(|group| usize::try_from(group).expect("a group number is below fourteen"));
        let group = |column: Column, at: usize| {
            column.text(say::GROUP, Accept::Anything, Show::Plain, 4, 8).numbered(at + 1)
        };
        Self { groups: [first, second], fields: group(group(Column::default(), first), second) }
    }

    /// Whether both groups agree; the wrong one gets the focus.
    pub fn check(&mut self, set_up: &SetUp, envelope: Envelope) -> Result<(), Text> {
        for (at, group) in self.groups.iter().enumerate() {
            if !set_up.check_envelope_part(envelope, *group, &self.fields.value(at)) {
                self.fields.clear(at);
                self.fields.focus_on(at);
                return Err(say::GROUPS_WRONG);
            }
        }
        Ok(())
    }
}

/// ` 1 ABCD   2 EFGH`, a row at a time.
pub fn rows(set_up: &SetUp, envelope: Envelope) -> Vec<String> {
    let groups = envelope_groups(&set_up.envelope(envelope));
    let cells: Vec<String> =
        groups.iter().enumerate().map(|(at, group)| format!("{:>2} {}", at + 1, group.expose())).collect();
    cells.chunks(GROUPS_IN_ROW).map(|row| row.join("    ")).collect()
}

pub const fn name(envelope: Envelope) -> Text {
    match envelope {
        Envelope::Recovery => say::RECOVERY,
        Envelope::Backup => say::BACKUP,
        Envelope::Auditor => say::AUDITOR,
    }
}

pub const fn purpose(envelope: Envelope) -> Text {
    match envelope {
        Envelope::Recovery => say::RECOVERY_FOR,
        Envelope::Backup => say::BACKUP_FOR,
        Envelope::Auditor => say::AUDITOR_FOR,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_different_whole_groups_are_picked() {
        let mut seen = std::collections::BTreeSet::new();
        for now_us in 0..WHOLE_GROUPS * (WHOLE_GROUPS - 1) {
            let [first, second] = Probe::pick(now_us).groups;
            assert!(first < second && second < 14);
            seen.insert((first, second));
        }
        assert_eq!(seen.len(), 14 * 13 / 2, "every pair can be asked for");
    }
}
