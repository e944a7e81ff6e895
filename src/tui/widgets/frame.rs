//! The layout that every screen shares: title, rule, body, messages, rule, two rows of keys, status.
//!
//! At 80x24: row 1 title, row 2 rule, body, rule, message rows up to 20, row 21 rule, rows 22-23 keys, row 24 status.
//! A larger terminal gives the body more rows. The caret belongs into the body: the lowest rows are hidden behind the
//! candidate windows of input methods.
use crate::domain::incident::Warning;
use crate::keymap::rules::joined;
use crate::keymap::{Command, Context, Key, Mode};
use crate::text::{Lang, common, fill, incidents, review};
use crate::tui::look::{display_width, truncate_to_width};
use crate::tui::screen::View;
use crate::tui::widgets::{cut, put, put_right};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use std::borrow::Cow;

/// The smallest terminal: what every terminal program of the last forty years fits into.
pub const MIN_COLUMNS: u16 = 80;
pub const MIN_ROWS: u16 = 24;

/// Title and the rule below it.
const HEAD_ROWS: u16 = 2;
/// The rule, two rows of keys, and the status row.
const FOOT_ROWS: u16 = 4;
const KEY_ROWS: usize = 2;
const KEY_GAP: usize = 2;
const TRAINING_GAP: u16 = 2;
/// Some of the rule stays before it.
const WARNING_X: u16 = 2;
/// More codes than this are in the list of misdeliveries.
const CODES_MAX: usize = 5;

/// What stands around the body.
#[derive(Clone, Debug, Default)]
pub struct Frame<'a> {
    pub title: &'a str,
    pub title_right: &'a str,
    /// Shown above the keys; the body is shorter by their number and a rule.
    pub messages: &'a [String],
    /// How many rows are kept for messages, also while there are none, so that the body does not jump.
    pub message_rows: u16,
    pub status: &'a str,
    pub status_right: &'a str,
    /// What this screen can do; empty: everything that is bound here.
    pub commands: &'a [Command],
    /// Keys that are not commands, such as the fixed letters of a question.
    pub fixed: &'a [(String, String)],
}

/// Columns of a message: one stays free at each side.
pub fn message_room(area: Rect) -> usize {
    usize::from(area.width.saturating_sub(2))
}

/// The body of a frame with so many message rows.
pub fn body(area: Rect, message_rows: u16) -> Rect {
    let messages = if message_rows > 0 { message_rows + 1 } else { 0 };
    let height = area.height.saturating_sub(HEAD_ROWS + FOOT_ROWS + messages);
    Rect { y: area.y + HEAD_ROWS, height, ..area }
}

impl Frame<'_> {
    /// Draws everything around the body and returns the body.
    pub fn draw(&self, view: &View<'_>, contexts: &[Context], buffer: &mut Buffer, area: Rect) -> Rect {
        let plain = Style::new();
        let rule = "-".repeat(usize::from(area.width));
        let row = |n: u16| area.y.saturating_add(n);
        let from_bottom = |n: u16| area.bottom().saturating_sub(n);
        // The last column stays free: some terminals wrap when it is written.
        let right = Rect { width: area.width.saturating_sub(1), ..area };
        let title_end = Rect { width: right.width.saturating_sub(training_columns(view)), ..right };
        let title = cut_title(self.title, self.title_right, title_end.width);
        put(buffer, area, area.x + 1, row(0), &title, plain.add_modifier(Modifier::BOLD));
        put_right(buffer, title_end, row(0), self.title_right, plain);
        put(buffer, area, area.x, row(1), &rule, plain);
        let body = body(area, self.message_rows);
        if self.message_rows > 0 {
            put(buffer, area, area.x, body.bottom(), &rule, plain);
            for (y, message) in (body.bottom() + 1..).zip(self.messages.iter().take(self.message_rows.into()))
            {
                put(buffer, area, area.x + 1, y, &cut(message, message_room(area)), plain);
            }
        }
        put(buffer, area, area.x, from_bottom(FOOT_ROWS), &rule, plain);
        let labels = self.labels(view, contexts);
        for (y, line) in (from_bottom(FOOT_ROWS - 1)..).zip(key_rows(labels, usize::from(area.width))) {
            put(buffer, area, area.x + 1, y, &line, plain);
        }
        put(buffer, area, area.x + 1, from_bottom(1), &self.status(view), plain);
        put_right(buffer, right, from_bottom(1), self.status_right, plain);
        body
    }

    /// Where the map has modes, which one it is comes first; in normal mode nothing is typed, so no input is expected.
    fn status(&self, view: &View<'_>) -> String {
        match view.mode {
            None => self.status.to_owned(),
            Some(Mode::Insert) => format!("{}  {}", common::MODE_INSERT.in_lang(view.lang), self.status),
            Some(Mode::Normal) => {
                let insert = || view.keymap.keys_of(Command::Insert, &[Context::Normal]).next().map(key_name);
                let how = || fill(common::MODE_HOW.in_lang(view.lang), &[&insert().unwrap_or_default()]);
                let rest = view.count.map_or_else(how, |count| count.to_string());
                format!("{}  {rest}", common::MODE_NORMAL.in_lang(view.lang))
            }
        }
    }

    fn labels(&self, view: &View<'_>, contexts: &[Context]) -> Vec<Label> {
        let label = |text: String, stays: bool| Label { text, stays };
        if !view.begun.is_empty() {
            let hints = view.keymap.hints(&view.contexts(contexts), view.begun);
            let text = |hint: &crate::keymap::Hint| {
                let word = hint.command.bar().unwrap_or(hint.command.description());
                format!("{} {}", joined(hint.keys.iter().copied()), word.in_lang(view.lang))
            };
            return hints.iter().map(|hint| label(text(hint), false)).collect();
        }
        let fixed = self.fixed.iter().map(|(key, word)| label(format!("{key} {word}"), true));
        let shown = if self.commands.is_empty() { Command::ALL } else { self.commands };
        // With the help on the bar everything else can be found.
        let bound = shown.iter().filter_map(|command| {
            Some(label(key_label(view, contexts, *command)?, *command == Command::Help))
        });
        fixed.chain(bound).collect()
    }
}

fn key_name(keys: &[Key]) -> String {
    joined(keys.iter().copied())
}

/// A key and its word in the key bar.
#[derive(Clone, Debug)]
struct Label {
    text: String,
    /// Never left out for want of room.
    stays: bool,
}

/// The title as far as the right side leaves room; one that had to be cut ends in `+`.
fn cut_title<'a>(title: &'a str, right: &str, columns: u16) -> Cow<'a, str> {
    /// One column before the title, one between it and the right side.
    const FREE: usize = 2;
    let room = usize::from(columns).saturating_sub(display_width(right) + FREE);
    if display_width(title) <= room {
        return Cow::Borrowed(title);
    }
    Cow::Owned(format!("{}+", truncate_to_width(title, room.saturating_sub(1)).trim_end()))
}

/// Columns at the right end of the title row that belong to the mark of an exercise.
fn training_columns(view: &View<'_>) -> u16 {
    let mark = display_width(common::TRAINING.in_lang(view.lang));
    if view.training { u16::try_from(mark).unwrap_or(u16::MAX).saturating_add(TRAINING_GAP) } else { 0 }
}

/// Writes the mark of an exercise over the right end of the title row, whatever the screen put there.
pub fn mark_training(view: &View<'_>, buffer: &mut Buffer, area: Rect) {
    let right = Rect { width: area.width.saturating_sub(1), ..area };
    let style = Style::new().add_modifier(Modifier::REVERSED | Modifier::BOLD);
    put_right(buffer, right, area.y, common::TRAINING.in_lang(view.lang), style);
}

/// `誤送付 対応中 1件 (D014 停止中)`, `時計のずれ 1件 点検者2名の確認待ち`, or both.
pub fn warning_words(warning: &Warning, lang: Lang) -> String {
    let clock = fill(review::CLOCK_WARNING.in_lang(lang), &[&warning.clock_steps]);
    match (warning.clock_steps, warning.open) {
        (0, _) => incident_words(warning, CODES_MAX, lang),
        (_, 0) => clock,
        // Both on one line: the list of misdeliveries has the codes.
        _ => format!("{}  {clock}", incident_words(warning, 0, lang)),
    }
}

fn incident_words(warning: &Warning, codes_max: usize, lang: Lang) -> String {
    let words = fill(incidents::WARNING.in_lang(lang), &[&warning.open]);
    let codes: Vec<&str> = warning.frozen.iter().take(codes_max).map(String::as_str).collect();
    if codes.is_empty() {
        return words;
    }
    let more = if warning.frozen.len() > codes_max { " .." } else { "" };
    fill(incidents::WARNING_FROZEN.in_lang(lang), &[&words, &format!("{}{more}", codes.join(" "))])
}

/// Writes it into the rule below the title: there is room on every panel, and nothing has to move.
pub fn mark_warning(warning: &Warning, lang: Lang, buffer: &mut Buffer, area: Rect) {
    let row = area.y.saturating_add(1);
    let is_rule = buffer.cell((area.x, row)).is_some_and(|cell| cell.symbol() == "-");
    if is_rule {
        let style = Style::new().add_modifier(Modifier::REVERSED | Modifier::BOLD);
        let words = format!(" {} ", warning_words(warning, lang));
        put(buffer, area, area.x.saturating_add(WARNING_X), row, &words, style);
    }
}

/// `F6 写し`, from the active keymap; `None` when the command has no key here or needs no word.
fn key_label(view: &View<'_>, contexts: &[Context], command: Command) -> Option<String> {
    let word = command.bar()?.in_lang(view.lang);
    Some(format!("{} {word}", view.key_of(command, contexts)?))
}

/// Breaks the labels into the rows of the key bar. What does not fit is in the help; the last go first.
fn key_rows(mut labels: Vec<Label>, columns: usize) -> Vec<String> {
    loop {
        let rows = broken(&labels, columns);
        let last = labels.iter().rposition(|label| !label.stays);
        match last {
            Some(at) if rows.len() > KEY_ROWS => drop(labels.remove(at)),
            _ => return rows.into_iter().take(KEY_ROWS).collect(),
        }
    }
}

fn broken(labels: &[Label], columns: usize) -> Vec<String> {
    let mut rows = vec![String::new()];
    for Label { text, .. } in labels {
        let row = rows.last().map_or(0, |row| display_width(row));
        let gap = if row == 0 { 0 } else { KEY_GAP };
        // One column at each side stays free.
        if row + gap + display_width(text) > columns.saturating_sub(2) {
            rows.push(text.clone());
        } else if let Some(last) = rows.last_mut() {
            last.push_str(&" ".repeat(gap));
            last.push_str(text);
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keymap::Keymaps;

    const FORM: &[Context] = &[Context::Text, Context::Form, Context::Global];

    #[test]
    fn the_key_bar_comes_from_the_keymap() {
        let maps = Keymaps::default();
        let view = View::of(&maps, Lang::Ja);
        assert_eq!(key_label(&view, FORM, Command::Ditto).as_deref(), Some("F5 前回値"));
        assert_eq!(key_label(&view, FORM, Command::New), None, "not in a form");
        assert_eq!(key_label(&view, &[Context::Choice], Command::Ditto), None);
        let rows = key_rows(Frame::default().labels(&view, FORM), 80);
        assert!(rows[0].starts_with("Enter 次  F4 未入力へ  ^R 前の未入力  F5 前回値  F6 写し"), "{rows:?}");
    }

    #[test]
    fn no_word_of_the_bar_is_cut_and_the_help_is_always_on_it() {
        let situations = [FORM, &[Context::List, Context::Global], &[Context::Reader, Context::Global]];
        let mut maps = Keymaps::default();
        for _ in 0..maps.all().len() {
            let view = View::of(&maps, Lang::En);
            for (lang, contexts) in
                [Lang::Ja, Lang::En].into_iter().flat_map(|lang| situations.map(|c| (lang, c)))
            {
                let view = View { lang, ..view };
                let labels = Frame::default().labels(&view, contexts);
                let rows = key_rows(labels.clone(), 80);
                assert!(
                    rows.len() <= KEY_ROWS && rows.iter().all(|row| display_width(row) <= 78),
                    "{rows:?}"
                );
                assert!(rows.concat().contains(Command::Help.bar().unwrap().in_lang(lang)), "{rows:?}");
                for word in rows.iter().flat_map(|row| row.split("  ")) {
                    assert!(
                        labels.iter().any(|label| label.text == word),
                        "{word} is no whole label: {rows:?}"
                    );
                }
            }
            maps.choose_next();
        }
    }

    /// What may follow a prefix is learned from the bar, so all of it has to be there.
    #[test]
    fn everything_behind_a_prefix_fits() {
        let mut maps = Keymaps::default();
        for _ in 0..maps.all().len() {
            for lang in [Lang::Ja, Lang::En] {
                for mode in [Mode::Insert, Mode::Normal] {
                    let prefixes = maps.in_use().bindings().filter(|b| b.keys.len() > 1).map(|b| b.keys[0]);
                    for prefix in prefixes.filter(|key| *key != Key::ESC) {
                        let begun = [prefix];
                        let view = View { lang, begun: &begun, mode: Some(mode), ..View::of(&maps, lang) };
                        let labels = Frame::default().labels(&view, FORM);
                        assert!(broken(&labels, 80).len() <= KEY_ROWS, "{prefix}: {:?}", broken(&labels, 80));
                    }
                }
            }
            maps.choose_next();
        }
    }

    #[test]
    fn a_long_title_says_that_it_was_cut_and_touches_nothing() {
        assert_eq!(cut_title("発生届 0013", "1/2 患者", 40), "発生届 0013");
        let cut = cut_title("発生届 0013  腸管出血性大腸菌感染症(三類)", "1/2 医療機関・患者", 50);
        assert_eq!(cut, "発生届 0013  腸管出血性大腸菌+");
        assert!(1 + display_width(&cut) + 1 + display_width("1/2 医療機関・患者") <= 50);
    }

    /// The end of a message says what to do: it is seen, or it is seen that there is one.
    #[test]
    fn a_message_that_is_too_long_is_marked() {
        let maps = Keymaps::default();
        let area = Rect::new(0, 0, 80, 24);
        let mut buffer = Buffer::empty(area);
        let messages = ["日付".repeat(19) + "F2", "日付".repeat(19) + "F2で"];
        let frame = Frame { messages: &messages, message_rows: 2, ..Frame::default() };
        let body = frame.draw(&View::of(&maps, Lang::Ja), FORM, &mut buffer, area);
        let row = |y: u16| (0..80).map(|x| buffer[(x, y)].symbol()).collect::<String>();
        assert!(row(body.bottom() + 1).trim_end().ends_with("F2"), "{}", row(body.bottom() + 1));
        assert!(row(body.bottom() + 2).trim_end().ends_with(".."), "{}", row(body.bottom() + 2));
    }

    #[test]
    fn larger_terminals_have_longer_bodies() {
        let small = body(Rect::new(0, 0, 80, 24), 2);
        assert_eq!((small.y, small.height), (2, 15));
        assert_eq!(body(Rect::new(0, 0, 100, 30), 2).height, 21);
        assert_eq!(body(Rect::new(0, 0, 10, 3), 4).height, 0);
    }
}
