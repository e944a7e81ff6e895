//! The two modes of a modal keymap. Only pages of items have them; everywhere else there is nothing to leave.
use crate::keymap::context::Context;

/// Whether characters are text or commands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Characters are text. Every screen opens in it, so that typing works at once.
    #[default]
    Insert,
    Normal,
}

impl Mode {
    /// The situations as they are in this mode.
    pub fn contexts(self, contexts: &[Context]) -> Vec<Context> {
        let mut changed = contexts.to_vec();
        if self == Self::Normal && has_modes(contexts) {
            changed.retain(|context| !matches!(context, Context::Text | Context::Choice));
            changed.insert(0, Context::Normal);
        }
        changed
    }
}

/// Whether a modal map has its two modes here.
pub fn has_modes(contexts: &[Context]) -> bool {
    let typed = contexts.iter().any(|context| matches!(context, Context::Text | Context::Choice));
    typed && contexts.contains(&Context::Form) && !contexts.contains(&Context::Shared)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Context::{Choice, Form, Global, List, Normal, Picker, Shared, Text};

    #[test]
    fn only_pages_of_items_have_modes() {
        for items in [&[Text, Form, Global], &[Choice, Form, Global]] {
            assert_eq!(Mode::Normal.contexts(items), [Normal, Form, Global]);
            assert_eq!(Mode::Insert.contexts(items), items);
        }
        for other in [vec![List, Global], vec![Picker, Text, Global], vec![Text, Form, Shared, Global]] {
            assert_eq!(Mode::Normal.contexts(&other), other);
        }
    }
}
