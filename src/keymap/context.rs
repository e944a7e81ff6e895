//! Where a key is pressed: the situations in which one key means one thing.
use crate::text::Text;

/// A situation. A screen names several at once, the innermost first: `[Text, Form, Global]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Context {
    /// Everywhere except in `Confirm`.
    Global,
    /// A list of rows: digits open by number.
    List,
    /// A page of items, around `Text` or `Choice`.
    Form,
    /// A caret stands in a text field: plain characters are text.
    Text,
    /// A fixed choice: one digit chooses.
    Choice,
    /// The command mode of a modal map, in place of `Text` and `Choice`: characters are commands and never text.
    Normal,
    /// Candidates under a search field.
    Picker,
    /// A page to read.
    Reader,
    /// A question with fixed letters. Its keys are the same in every keymap, so that nobody confirms by habit.
    Confirm,
    /// The door, and where two people work at one keyboard: the standard map, whatever the session chose.
    Shared,
}

/// Letters that lists use themselves, the same in every keymap: no map may take them away.
pub const LIST_LETTERS: &[char] = &['a', 'c', 'l', 'n', 's', 't', 'v', 'w', 'x'];

impl Context {
    pub const ALL: [Self; 10] = [
        Self::Global,
        Self::List,
        Self::Form,
        Self::Text,
        Self::Choice,
        Self::Normal,
        Self::Picker,
        Self::Reader,
        Self::Confirm,
        Self::Shared,
    ];

    /// The name of its section in a keymap file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Global => "global",
            Self::List => "list",
            Self::Form => "form",
            Self::Text => "text",
            Self::Choice => "choice",
            Self::Normal => "normal",
            Self::Picker => "picker",
            Self::Reader => "reader",
            Self::Confirm => "confirm",
            Self::Shared => "shared",
        }
    }

    /// Its heading in the help.
    pub const fn title(self) -> Text {
        match self {
            Self::Global => Text::new("どこでも", "Everywhere"),
            Self::List => Text::new("一覧", "Lists"),
            Self::Form => Text::new("項目のあいだ", "Between items"),
            Self::Text => Text::new("文字の項目", "Text items"),
            Self::Choice => Text::new("選ぶ項目", "Choice items"),
            Self::Normal => Text::new("標準モード", "Normal mode"),
            Self::Picker => Text::new("候補", "Candidates"),
            Self::Reader => Text::new("読むページ", "Reading"),
            Self::Confirm => Text::new("確認", "Confirming"),
            Self::Shared => Text::new("だれにも同じ画面", "Shared screens"),
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|context| context.name() == name)
    }

    /// Whether a keymap file may say what its keys mean.
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Confirm | Self::Shared)
    }

    /// Whether both can be active at the same time, so that one key may not mean two things in them.
    pub fn overlaps(self, other: Self) -> bool {
        use Context::{Choice, Form, Global, Normal, Picker, Text};
        if self == other {
            return true;
        }
        let pair = |a, b| (self, other) == (a, b) || (self, other) == (b, a);
        let everywhere = (self == Global && other.is_open()) || (other == Global && self.is_open());
        everywhere || pair(Form, Text) || pair(Form, Choice) || pair(Form, Normal) || pair(Picker, Text)
    }

    /// Whether a plain character is text here and can never be a command.
    pub const fn takes_text(self) -> bool {
        matches!(self, Self::Text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlap_is_symmetric_and_confirm_stands_alone() {
        for a in Context::ALL {
            assert_eq!(Context::from_name(a.name()), Some(a));
            for b in Context::ALL {
                assert_eq!(a.overlaps(b), b.overlaps(a));
            }
            assert_eq!(a.overlaps(Context::Confirm), a == Context::Confirm);
        }
        assert!(!Context::List.overlaps(Context::Form));
    }

    #[test]
    fn titles_are_safe_to_show() {
        for context in Context::ALL {
            assert_eq!(crate::text::scan::problems(context.title()), Vec::<String>::new());
        }
    }
}
