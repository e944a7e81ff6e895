//! Everything a key can ask for. One list makes the enum, the names in keymap files, the key bar and the help.
use crate::keymap::context::Context::{self, Choice, Form, Global, List, Picker, Reader, Text as TextField};
use crate::text::Text;

/// How bad it is to press the key of a command by accident.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Risk {
    /// Moves, shows, or can be pressed again: may sit on F1-F4, which keypads send by accident.
    Harmless,
    /// Changes what was typed, undoable.
    Undoable,
    /// Cannot be taken back with one key: never on F1-F10, which keypads and input methods press.
    Final,
}

macro_rules! commands {
    ($($name:ident $id:literal $risk:ident [$($context:ident),+] $bar:expr, $ja:literal, $en:literal;)+) => {
        /// A named act. Screens carry it out; the keymap only names and explains it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Command { $(#[doc = $en] $name),+ }

        impl Command {
            /// All commands in the order of the key bar and the help.
            pub const ALL: &[Self] = &[$(Self::$name),+];
            /// The name in keymap files.
            pub const fn id(self) -> &'static str { match self { $(Self::$name => $id),+ } }
            /// Where it may be bound.
            pub const fn contexts(self) -> &'static [Context] { match self { $(Self::$name => &[$($context),+]),+ } }
            /// What it does, for the help.
            pub const fn description(self) -> Text { match self { $(Self::$name => Text::new($ja, $en)),+ } }
            /// The word in the key bar; `None` when it is too obvious to show.
            pub const fn bar(self) -> Option<Text> { match self { $(Self::$name => $bar),+ } }
            pub const fn risk(self) -> Risk { match self { $(Self::$name => Risk::$risk),+ } }
        }
    };
}

const fn bar(ja: &'static str, en: &'static str) -> Option<Text> {
    Some(Text::new(ja, en))
}

commands! {
    NextItem "next-item" Harmless [Form] bar("次", "next"), "次の項目", "Next item";
    Open "open" Harmless [List, Picker] bar("開く", "open"), "選んだ行を開く", "Open the row";
    Close "close" Harmless [Reader] bar("閉じる", "close"), "閉じる", "Close";
    PreviousItem "previous-item" Harmless [Form] None, "前の項目", "Previous item";
    NextOpenItem "next-open-item" Harmless [Form] bar("未入力へ", "next open"), "次の未入力・誤り", "Next empty or wrong item";
    Ditto "ditto" Undoable [Form] bar("前回値", "ditto"), "前回と同じ値", "Value of the previous record";
    CopyGroup "copy-group" Undoable [Form] bar("写し", "copy"), "前の届出を写す", "Copy a group of the previous report";
    New "new" Undoable [List] bar("新規", "new"), "新規", "New";
    Search "search" Harmless [List] bar("さがす", "search"), "さがす", "Search";
    Refresh "refresh" Harmless [List] bar("最新", "refresh"), "最新の状態にする", "Show the latest state";
    PreviousPage "previous-page" Harmless [Form, List, Picker, Reader] bar("前頁", "page up"), "前の頁", "Previous page";
    NextPage "next-page" Harmless [Form, List, Picker, Reader] bar("次頁", "page down"), "次の頁", "Next page";
    Check "check" Harmless [Form] bar("検査", "check"), "検査する", "Check the entries";
    SendScreen "send-screen" Harmless [List, Form] bar("送付", "send"), "送付の画面へ", "Go to the send screen";
    Register "register" Final [Form] bar("登録", "register"), "登録する", "Register";
    Help "help" Harmless [Global] bar("ヘルプ", "help"), "ヘルプ", "Help";
    Candidates "candidates" Harmless [Form, Picker] bar("候補", "choices"), "候補を見る", "Show candidates";
    Back "back" Harmless [Global] bar("戻る", "back"), "下書きにして戻る", "Back, keep the draft";
    Cancel "cancel" Harmless [Global] None, "この項目の変更をやめる", "Leave the change of this item";
    Undo "undo" Undoable [Form, TextField, List] bar("元に戻す", "undo"), "元に戻す", "Undo";
    Redo "redo" Undoable [Form, TextField] None, "やり直す", "Redo";
    GoToItem "go-to-item" Harmless [Form] None, "番号の項目へ", "Go to an item by number";
    Repeat "repeat-choice" Undoable [Choice] None, "直前の届出と同じ選択", "Same choice as the previous record";
    Up "up" Harmless [List, Picker, Reader] None, "上へ", "Up";
    Down "down" Harmless [List, Picker, Reader] None, "下へ", "Down";
    First "first" Harmless [List, Picker, Reader] None, "先頭へ", "First";
    Last "last" Harmless [List, Picker, Reader] None, "末尾へ", "Last";
    CaretLeft "caret-left" Harmless [TextField] None, "左へ", "Caret left";
    CaretRight "caret-right" Harmless [TextField] None, "右へ", "Caret right";
    CaretHome "caret-home" Harmless [TextField] None, "項目の先頭へ", "Start of the item";
    CaretEnd "caret-end" Harmless [TextField] None, "項目の末尾へ", "End of the item";
    DeleteBack "delete-back" Undoable [TextField, Choice] None, "前の1字を消す", "Delete the character before";
    DeleteForward "delete-forward" Undoable [TextField] None, "次の1字を消す", "Delete the character after";
    DeleteToEnd "delete-to-end" Undoable [TextField] None, "末尾まで消す", "Delete to the end";
    ClearItem "clear-item" Undoable [TextField, Choice] None, "項目を消す", "Clear the item";
    Palette "palette" Harmless [Global] None, "操作を名前でさがす", "Find a command by name";
    Redraw "redraw" Harmless [Global] None, "画面を描き直す", "Redraw the screen";
    Lock "lock" Harmless [Global] None, "画面を閉じる(ロック)", "Lock the screen";
}

impl Command {
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|command| command.id() == id)
    }

    /// Whether holding the key down may repeat it.
    pub const fn may_repeat(self) -> bool {
        matches!(
            self,
            Self::NextItem
                | Self::PreviousItem
                | Self::PreviousPage
                | Self::NextPage
                | Self::Up
                | Self::Down
                | Self::CaretLeft
                | Self::CaretRight
                | Self::DeleteBack
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_found_again() {
        for command in Command::ALL {
            assert_eq!(Command::from_id(command.id()), Some(*command));
            assert!(command.id().chars().all(|c| c.is_ascii_lowercase() || c == '-'));
            assert!(!command.contexts().contains(&Context::Confirm), "confirm has fixed keys");
        }
    }

    #[test]
    fn labels_are_safe_to_show() {
        for command in Command::ALL {
            let texts = [Some(command.description()), command.bar()];
            for text in texts.into_iter().flatten() {
                assert_eq!(crate::text::scan::problems(text), Vec::<String>::new(), "{command:?}");
            }
        }
    }

    #[test]
    fn only_moving_and_backspace_repeat() {
        assert!(
            !Command::Register.may_repeat()
                && !Command::ClearItem.may_repeat()
                && !Command::Back.may_repeat()
        );
        assert!(
            Command::ALL
                .iter()
                .filter(|c| c.may_repeat())
                .all(|c| c.risk() == Risk::Harmless || *c == Command::DeleteBack)
        );
    }
}
