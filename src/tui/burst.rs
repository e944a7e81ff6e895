//! Telling pasting from typing where the terminal does not say it.
//!
//! More than [`TYPED_AT_MOST`] text keys within [`WINDOW_US`] are a paste: nobody types that fast, and pasted Enters must
//! not register or send anything. What arrives in one read is judged together, so that the first keys of a paste are
//! not taken for typing.
use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

const TYPED_AT_MOST: usize = 8;
pub const WINDOW_US: u64 = 30_000;

/// What the loop acts on.
#[derive(Debug, PartialEq, Eq)]
pub enum Input {
    Key { event: KeyEvent, at_us: u64 },
    Paste { text: String, at_us: u64 },
    Resize { columns: u16, rows: u16 },
}

/// Remembers the latest text keys and whether a paste is going on.
#[derive(Debug, Default)]
pub struct Bursts {
    recent: Vec<u64>,
    pasting_until_us: Option<u64>,
}

impl Bursts {
    /// Sorts out one batch of events, each with the time of its reading. Key releases and what is no input go.
    pub fn sort(&mut self, events: Vec<(u64, Event)>) -> Vec<Input> {
        let marks = self.mark(&events);
        let mut inputs: Vec<Input> = Vec::with_capacity(events.len());
        for ((at_us, event), pasted) in events.into_iter().zip(marks) {
            match event {
                Event::Key(key) if key.kind == KeyEventKind::Release => {}
                Event::Key(key) => match pasted_char(&key) {
                    Some(c) if pasted => {
                        self.pasting_until_us = Some(at_us + WINDOW_US);
                        match inputs.last_mut() {
                            Some(Input::Paste { text, .. }) => text.push(c),
                            _ => inputs.push(Input::Paste { text: c.to_string(), at_us }),
                        }
                    }
                    // No command can follow a paste so closely.
                    _ if self.is_pasting(at_us) => {}
                    _ => inputs.push(Input::Key { event: key, at_us }),
                },
                Event::Paste(text) => inputs.push(Input::Paste { text: one_line(&text), at_us }),
                Event::Resize(columns, rows) => inputs.push(Input::Resize { columns, rows }),
                _ => {}
            }
        }
        inputs
    }

    fn is_pasting(&self, at_us: u64) -> bool {
        self.pasting_until_us.is_some_and(|until| at_us < until)
    }

    /// For each event, whether it belongs to a paste.
    fn mark(&mut self, events: &[(u64, Event)]) -> Vec<bool> {
        let text_at: Vec<usize> = (0..events.len())
            .filter(|at| matches!(events.get(*at), Some((_, Event::Key(key))) if pasted_char(key).is_some()))
            .collect();
        let before = self.recent.len();
        let time = |at: &usize| events.get(*at).map_or(0, |(at_us, _)| *at_us);
        let times: Vec<u64> = self.recent.iter().copied().chain(text_at.iter().map(time)).collect();
        let mut fast = vec![false; times.len()];
        for start in 0..times.len().saturating_sub(TYPED_AT_MOST) {
            let close =
                times.get(start + TYPED_AT_MOST).zip(times.get(start)).map(|(b, a)| b.saturating_sub(*a));
            if close.is_some_and(|gap| gap <= WINDOW_US) {
                fast.iter_mut().skip(start).take(TYPED_AT_MOST + 1).for_each(|mark| *mark = true);
            }
        }
        let mut marks = vec![false; events.len()];
        let mut until = self.pasting_until_us.unwrap_or(0);
        for (nth, at) in text_at.iter().enumerate() {
            let at_us = times.get(before + nth).copied().unwrap_or(0);
            let pasted = fast.get(before + nth).copied().unwrap_or(false) || at_us < until;
            if pasted {
                until = at_us + WINDOW_US;
            }
            if let Some(mark) = marks.get_mut(*at) {
                *mark = pasted;
            }
        }
        self.recent = times.get(times.len().saturating_sub(TYPED_AT_MOST)..).unwrap_or_default().to_vec();
        marks
    }
}

/// The character that a key would paste; `None` for keys that no pasted text contains.
fn pasted_char(key: &KeyEvent) -> Option<char> {
    let plain = !key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT);
    match key.code {
        _ if key.kind != KeyEventKind::Press => None,
        // Windows reports a pasted line break as Ctrl+Enter, Unix in raw mode as Ctrl+J.
        KeyCode::Enter | KeyCode::Tab => Some(' '),
        KeyCode::Char('j') if key.modifiers == KeyModifiers::CONTROL => Some(' '),
        KeyCode::Char(c) if plain => Some(c),
        _ => None,
    }
}

/// Line breaks and tabs as spaces; CR LF is one.
fn one_line(text: &str) -> String {
    text.replace("\r\n", " ").replace(['\n', '\r', '\t'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(code: KeyCode) -> Event {
        Event::Key(KeyEvent::new(code, KeyModifiers::NONE))
    }
    fn typed(text: &str, at: impl Fn(usize) -> u64) -> Vec<(u64, Event)> {
        let code = |c| if c == '\n' { KeyCode::Enter } else { KeyCode::Char(c) };
        text.chars().enumerate().map(|(n, c)| (at(n), key(code(c)))).collect()
    }

    #[test]
    fn a_fast_run_is_one_paste_from_its_first_key() {
        let inputs = Bursts::default().sort(typed("\nabc\ndefghi\n", |_| 7));
        assert_eq!(inputs, [Input::Paste { text: " abc defghi ".to_owned(), at_us: 7 }]);
    }

    #[test]
    fn eight_keys_at_once_are_typing() {
        let inputs = Bursts::default().sort(typed("o157abc\n", |_| 7));
        assert_eq!(inputs.len(), 8);
        assert!(inputs.iter().all(|input| matches!(input, Input::Key { .. })));
    }

    #[test]
    fn a_paste_in_several_reads_stays_a_paste() {
        let mut bursts = Bursts::default();
        bursts.sort(typed("abcdefghij", |_| 1_000));
        let later = bursts.sort(vec![(20_000, key(KeyCode::Enter)), (25_000, key(KeyCode::F(12)))]);
        assert_eq!(
            later,
            [Input::Paste { text: " ".to_owned(), at_us: 20_000 }],
            "F12 inside a paste is nothing"
        );
        assert!(matches!(bursts.sort(vec![(90_000, key(KeyCode::F(12)))]).as_slice(), [Input::Key { .. }]));
    }

    #[test]
    fn steady_typing_is_never_a_paste() {
        let inputs = Bursts::default().sort(typed(&"x".repeat(200), |n| 20_000 * u64::try_from(n).unwrap()));
        assert!(inputs.iter().all(|input| matches!(input, Input::Key { .. })));
    }

    /// Behaviour 12, first half.
    #[test]
    fn releases_are_nothing() {
        let event = KeyEvent::new_with_kind(KeyCode::Char('a'), KeyModifiers::NONE, KeyEventKind::Release);
        assert_eq!(Bursts::default().sort(vec![(0, Event::Key(event))]), []);
    }
}
