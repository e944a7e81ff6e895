//! Size and root as people write them down, and lists of them that were kept outside.
use data_encoding::BASE32_NOPAD;
use sha2::{Digest as _, Sha256};

use super::checkpoint::{Checkpoint, Note};

/// Characters of one group on paper.
const GROUP: usize = 4;
/// 256 bits are 52 characters of base32.
const ROOT_GROUPS: usize = 13;

/// A size and a root that somebody kept outside the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PaperRoot {
    /// `None` when only size and groups were copied.
    pub log_id: Option<[u8; 16]>,
    pub size: u64,
    pub root: [u8; 32],
}

/// A line of a list that is no slip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotASlip {
    /// From 1.
    pub line: usize,
}

/// The root in thirteen groups, and a fourteenth that catches slips of the pen.
pub fn groups(checkpoint: &Checkpoint) -> Vec<String> {
    let text = BASE32_NOPAD.encode(&checkpoint.root);
    let mut groups: Vec<String> = text
        .as_bytes()
        .chunks(GROUP)
        .map(|group| group.iter().map(|byte| char::from(*byte)).collect())
        .collect();
    groups.push(check_group(&checkpoint.log_id, checkpoint.size, &checkpoint.root));
    groups
}

/// What was typed from a slip: thirteen groups and the check group, in any case, with any spaces or hyphens.
pub fn read_groups(log_id: &[u8; 16], size: u64, typed: &str) -> Option<[u8; 32]> {
    let text: String =
        typed.chars().filter(|c| !c.is_whitespace() && *c != '-').map(|c| c.to_ascii_uppercase()).collect();
    let (root, check) = text.split_at_checked(ROOT_GROUPS * GROUP)?;
    let root: [u8; 32] = BASE32_NOPAD.decode(root.as_bytes()).ok()?.try_into().ok()?;
    (check == check_group(log_id, size, &root)).then_some(root)
}

/// A list: signed notes as they were mailed, and lines `SIZE GROUP GROUP ...` as they were written down. `#` begins a remark.
pub fn read_list(log_id: &[u8; 16], text: &str) -> Result<Vec<PaperRoot>, NotASlip> {
    let mut found = Vec::new();
    let lines: Vec<&str> = text.lines().collect();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let trimmed = line.trim();
        if trimmed.is_empty() || trimmed.starts_with('#') {
            at += 1;
            continue;
        }
        let (paper, used) = match read_note(&lines, at) {
            Some(note) => note,
            None => (read_line(log_id, trimmed).ok_or(NotASlip { line: at + 1 })?, 1),
        };
        found.push(paper);
        at += used;
    }
    Ok(found)
}

/// A note of five lines. Its signature is not looked at: what counts is that it was kept elsewhere.
fn read_note(lines: &[&str], at: usize) -> Option<(PaperRoot, usize)> {
    const LINES: usize = 5;
    let text: String =
        lines.get(at..at + LINES)?.iter().map(|line| format!("{}\n", line.trim_end())).collect();
    let Checkpoint { log_id, size, root } = Note::parse(&text)?.checkpoint;
    Some((PaperRoot { log_id: Some(log_id), size, root }, LINES))
}

fn read_line(log_id: &[u8; 16], line: &str) -> Option<PaperRoot> {
    let (size, typed) = line.split_once(char::is_whitespace)?;
    let size = size.parse().ok()?;
    Some(PaperRoot { log_id: None, size, root: read_groups(log_id, size, typed)? })
}

fn check_group(log_id: &[u8; 16], size: u64, root: &[u8; 32]) -> String {
    let digest = Sha256::new()
        .chain_update(b"hcaudit/slip")
        .chain_update(log_id)
        .chain_update(size.to_be_bytes())
        .chain_update(root)
        .finalize();
    BASE32_NOPAD.encode(&digest).chars().take(GROUP).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Checkpoint = Checkpoint { log_id: [7; 16], size: 42, root: [0xa5; 32] };

    #[test]
    fn what_is_printed_can_be_typed() {
        let groups = groups(&AT);
        assert_eq!((groups.len(), groups.iter().all(|group| group.len() == GROUP)), (14, true));
        let typed = groups.join(" ").to_lowercase();
        assert_eq!(read_groups(&AT.log_id, AT.size, &typed), Some(AT.root));
        assert_eq!(read_groups(&AT.log_id, 43, &typed), None, "the check group knows the size");
        assert_eq!(read_groups(&[8; 16], AT.size, &typed), None, "and the log");
        let slip_of_the_pen = typed.replacen('u', "v", 1);
        assert_ne!(slip_of_the_pen, typed);
        assert_eq!(read_groups(&AT.log_id, AT.size, &slip_of_the_pen), None);
    }

    #[test]
    fn a_list_holds_notes_and_lines() {
        let note = AT.note(&[1; 32], |_| [0; 64]).to_string();
        let line = format!("42 {}", groups(&AT).join(" "));
        let read = read_list(&AT.log_id, &format!("# July\n\n{note}\n{line}\n")).unwrap();
        let paper = |log_id| PaperRoot { log_id, size: 42, root: AT.root };
        assert_eq!(read, [paper(Some(AT.log_id)), paper(None)]);
        assert_eq!(read_list(&AT.log_id, &format!("{line}\n43 oops\n")), Err(NotASlip { line: 2 }));
    }
}
