//! Keys that wait for the next one: Esc + digit as a function key, the sequences of a keymap, and in normal mode the
//! number before a command.
//!
//! Esc alone acts when nothing followed for [`ESC_WAIT_US`]; Esc Esc acts at once. Other sequences wait for ever.
use crate::keymap::context::Context;
use crate::keymap::key::Key;
use crate::keymap::load::Keymap;
use crate::keymap::resolve::Resolution;

/// Long enough for a slow hand and a slow line, short enough not to feel broken.
pub const ESC_WAIT_US: u64 = 500_000;

/// A number before a command is at most this large: no form has more items.
const COUNT_MAX: u16 = 999;

/// What was pressed so far.
#[derive(Debug, Default)]
pub struct Chord {
    pending: Vec<Key>,
    since_us: u64,
    count: Option<u16>,
}

/// What one key led to.
#[derive(Debug, PartialEq, Eq)]
pub struct Step {
    pub outcome: Resolution,
    /// This key did not belong to what was pending: press it again after the outcome, which may have changed the screen.
    pub again: Option<Key>,
}

impl Chord {
    /// Takes one key at the time `now_us`.
    pub fn press(&mut self, map: &Keymap, contexts: &[Context], key: Key, now_us: u64) -> Step {
        if let Some(outcome) = self.expire(map, contexts, now_us) {
            return Step { outcome, again: Some(key) };
        }
        if self.pending == [Key::ESC] {
            return self.press_after_esc(map, contexts, key);
        }
        if self.pending.is_empty() && key == Key::ESC {
            self.forget();
            self.pending.push(key);
            self.since_us = now_us;
            return done(Resolution::Pending(key));
        }
        if key == Key::ESC {
            self.forget();
            return done(Resolution::Unbound);
        }
        if let Some(count) = self.counted(contexts, key) {
            self.count = Some(count);
            return done(Resolution::Pending(key));
        }
        let outcome = map.resolve(contexts, &self.pending, key);
        match outcome {
            Resolution::Pending(spelled) => self.pending.push(spelled),
            Resolution::Run(_) => self.pending.clear(),
            _ => self.forget(),
        }
        done(outcome)
    }

    /// The number typed before the command that was just answered; asking for it ends it.
    pub const fn take_count(&mut self) -> Option<u16> {
        self.count.take()
    }
    pub const fn count(&self) -> Option<u16> {
        self.count
    }

    /// Esc that does not wait (Ctrl+C). Gives up a begun sequence instead, if there is one.
    pub fn escape(&mut self, map: &Keymap, contexts: &[Context]) -> Resolution {
        let begun = !self.pending.is_empty() && self.pending != [Key::ESC];
        self.forget();
        if begun { Resolution::Unbound } else { map.resolve(contexts, &[], Key::ESC) }
    }

    /// Lets a lone Esc act when its time is over.
    pub fn expire(&mut self, map: &Keymap, contexts: &[Context], now_us: u64) -> Option<Resolution> {
        let over = self.deadline_us().is_some_and(|deadline| now_us >= deadline);
        over.then(|| {
            self.forget();
            map.resolve(contexts, &[], Key::ESC)
        })
    }

    /// When `expire` has something to do.
    pub fn deadline_us(&self) -> Option<u64> {
        (self.pending == [Key::ESC]).then(|| self.since_us.saturating_add(ESC_WAIT_US))
    }

    /// The keys of a begun sequence; a lone Esc is not worth showing.
    pub fn begun(&self) -> &[Key] {
        if self.pending == [Key::ESC] { &[] } else { &self.pending }
    }

    pub fn forget(&mut self) {
        self.pending.clear();
        self.count = None;
    }

    /// The number so far, when this key is its next digit. A zero in front is a key of its own.
    fn counted(&self, contexts: &[Context], key: Key) -> Option<u16> {
        let digit = key.folded().text()?.to_digit(10)?;
        let begins = self.count.is_some() || digit > 0;
        (begins && self.pending.is_empty() && contexts.contains(&Context::Normal)).then(|| {
            let digit = u16::try_from(digit).unwrap_or(0);
            self.count.unwrap_or(0).saturating_mul(10).saturating_add(digit).min(COUNT_MAX)
        })
    }

    fn press_after_esc(&mut self, map: &Keymap, contexts: &[Context], key: Key) -> Step {
        self.pending.clear();
        if key == Key::ESC {
            return done(map.resolve(contexts, &[], Key::ESC));
        }
        if let Some(function) = key.function_after_esc() {
            return done(map.resolve(contexts, &[], function));
        }
        match map.resolve(contexts, &[Key::ESC], key) {
            // Fixed keys know no sequences: there it was Esc, then a key of its own.
            Resolution::Run(_) if contexts.contains(&Context::Confirm) => {
                Step { outcome: map.resolve(contexts, &[], Key::ESC), again: Some(key) }
            }
            Resolution::Unbound | Resolution::Text(_) => {
                Step { outcome: map.resolve(contexts, &[], Key::ESC), again: Some(key) }
            }
            longer @ Resolution::Pending(spelled) => {
                self.pending.extend([Key::ESC, spelled]);
                done(longer)
            }
            run @ Resolution::Run(_) => done(run),
        }
    }
}

fn done(outcome: Resolution) -> Step {
    Step { outcome, again: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keymap::{Code, Command, load::load, standard};

    const FORM: &[Context] = &[Context::Text, Context::Form, Context::Global];

    /// Behaviour 18.
    #[test]
    fn esc_and_a_digit_is_a_function_key_within_half_a_second() {
        let map = standard();
        for (digit, command) in
            [('1', Command::Help), ('3', Command::Back), ('9', Command::Check), ('=', Command::Register)]
        {
            let mut chord = Chord::default();
            assert_eq!(chord.press(&map, FORM, Key::ESC, 0).outcome, Resolution::Pending(Key::ESC));
            let step = chord.press(&map, FORM, Key::char(digit), ESC_WAIT_US - 1);
            assert_eq!(step, done(Resolution::Run(command)));
        }
    }

    #[test]
    fn esc_alone_acts_when_the_time_is_over() {
        let map = standard();
        let mut chord = Chord::default();
        chord.press(&map, FORM, Key::ESC, 1_000);
        assert_eq!(chord.deadline_us(), Some(1_000 + ESC_WAIT_US));
        assert_eq!(chord.expire(&map, FORM, 1_000 + ESC_WAIT_US - 1), None);
        assert_eq!(chord.expire(&map, FORM, 1_000 + ESC_WAIT_US), Some(Resolution::Run(Command::Cancel)));
        assert_eq!(chord.deadline_us(), None);
    }

    #[test]
    fn a_late_digit_is_a_digit() {
        let map = standard();
        let mut chord = Chord::default();
        chord.press(&map, FORM, Key::ESC, 0);
        let step = chord.press(&map, FORM, Key::char('3'), ESC_WAIT_US);
        assert_eq!(step, Step { outcome: Resolution::Run(Command::Cancel), again: Some(Key::char('3')) });
        assert_eq!(chord.press(&map, FORM, Key::char('3'), ESC_WAIT_US), done(Resolution::Text('3')));
    }

    #[test]
    fn esc_then_another_key_is_both() {
        let map = standard();
        let mut chord = Chord::default();
        chord.press(&map, FORM, Key::ESC, 0);
        let step = chord.press(&map, FORM, Key::char('a'), 10);
        assert_eq!(step, Step { outcome: Resolution::Run(Command::Cancel), again: Some(Key::char('a')) });
        chord.press(&map, FORM, Key::ESC, 20);
        assert_eq!(
            chord.press(&map, FORM, Key::ESC, 30),
            done(Resolution::Run(Command::Cancel)),
            "twice acts at once"
        );
    }

    #[test]
    fn a_number_before_a_command_belongs_to_it() {
        let map = crate::keymap::shipped("vim").expect("shipped");
        let normal = &[Context::Normal, Context::Form, Context::Global];
        let mut chord = Chord::default();
        for c in ['1', '\u{FF10}', 'g'] {
            assert!(matches!(chord.press(&map, normal, Key::char(c), 0).outcome, Resolution::Pending(_)));
        }
        assert_eq!(chord.count(), Some(10), "a full-width zero counts too");
        assert_eq!(chord.press(&map, normal, Key::char('g'), 0).outcome, Resolution::Run(Command::First));
        assert_eq!((chord.take_count(), chord.take_count()), (Some(10), None));
        assert_eq!(chord.press(&map, normal, Key::char('0'), 0).outcome, Resolution::Run(Command::CaretHome));
        chord.press(&map, normal, Key::char('5'), 0);
        chord.press(&map, normal, Key::ESC, 0);
        assert_eq!(
            chord.press(&map, normal, Key::char('3'), 1).outcome,
            Resolution::Run(Command::Back),
            "Esc 3"
        );
        chord.forget();
        assert_eq!(chord.press(&map, FORM, Key::char('5'), 0).outcome, Resolution::Text('5'), "text is text");
        assert_eq!(chord.count(), None);
    }

    #[test]
    fn esc_gives_up_a_begun_sequence() {
        let map = load(
            "name = \"e\"\ntitle = \"e\"\n[form]\nregister = \"Ctrl+X Ctrl+W\"\nnext-page = \"Esc v\"\n",
        )
        .expect("ok");
        let mut chord = Chord::default();
        chord.press(&map, FORM, Key::ctrl('x'), 0);
        assert_eq!(chord.begun(), [Key::ctrl('x')]);
        assert_eq!(chord.deadline_us(), None, "a sequence waits for ever");
        assert_eq!(chord.press(&map, FORM, Key::ESC, 0), done(Resolution::Unbound));
        assert_eq!(chord.escape(&map, FORM), Resolution::Run(Command::Cancel));
        chord.press(&map, FORM, Key::ESC, 0);
        assert_eq!(chord.press(&map, FORM, Key::char('v'), 1), done(Resolution::Run(Command::NextPage)));
        let f12 = Key::plain(Code::F(12));
        assert_eq!(chord.press(&map, FORM, f12, 1), done(Resolution::Unbound));
    }
}
