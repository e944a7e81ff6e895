//! Everything a key can ask for. One list makes the enum, the names in keymap files, the key bar and the help.
use crate::keymap::context::Context::{
    self, Choice, Form, Global, List, Normal, Picker, Reader, Text as TextField,
};
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
    ($($name:ident $id:literal $risk:ident [$($context:ident),+] [$($word:literal),*] $bar:expr, $ja:literal, $en:literal;)+) => {
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
            /// Short words for the palette, as typed behind `:` in other programs.
            pub const fn words(self) -> &'static [&'static str] { match self { $(Self::$name => &[$($word),*]),+ } }
        }
    };
}

const fn bar(ja: &'static str, en: &'static str) -> Option<Text> {
    Some(Text::new(ja, en))
}

commands! {
    NextItem "next-item" Harmless [Form, Normal] [] bar("次", "next"), "次の項目", "Next item";
    Open "open" Harmless [List, Picker] [] bar("開く", "open"), "選んだ行を開く", "Open the row";
    Close "close" Harmless [Reader] [] bar("閉じる", "close"), "閉じる", "Close";
    PreviousItem "previous-item" Harmless [Form, Normal] [] None, "前の項目", "Previous item";
    NextOpenItem "next-open-item" Harmless [Form, Normal] [] bar("未入力へ", "next open"), "次の未入力・誤り", "Next empty or wrong item";
    PreviousOpenItem "previous-open-item" Harmless [Form, Normal] [] bar("前の未入力", "prev open"), "前の未入力・誤り", "Previous empty or wrong item";
    Ditto "ditto" Undoable [Form, Normal] ["ditto"] bar("前回値", "ditto"), "前回と同じ値", "Value of the previous record";
    CopyGroup "copy-group" Undoable [Form, Normal] ["copy"] bar("写し", "copy"), "前の届出を写す", "Copy a group of the previous report";
    New "new" Undoable [List] ["new", "e"] bar("新規", "new"), "新規", "New";
    Search "search" Harmless [List] ["find"] bar("さがす", "search"), "さがす", "Search";
    Refresh "refresh" Harmless [List] ["refresh"] bar("最新", "refresh"), "最新の状態にする", "Show the latest state";
    PreviousPage "previous-page" Harmless [Form, List, Picker, Reader, Normal] [] bar("前頁", "page up"), "前の頁", "Previous page";
    NextPage "next-page" Harmless [Form, List, Picker, Reader, Normal] [] bar("次頁", "page down"), "次の頁", "Next page";
    Check "check" Harmless [Form, Normal] ["check"] bar("検査", "check"), "検査する", "Check the entries";
    SendScreen "send-screen" Harmless [List] ["send"] bar("送付", "send"), "送付の画面へ", "Go to the send screen";
    Register "register" Final [Form, Normal] ["w", "wq", "x"] bar("登録", "register"), "登録する", "Register";
    Help "help" Harmless [Global, List, Normal, Reader] ["help", "h"] bar("ヘルプ", "help"), "ヘルプ", "Help";
    Candidates "candidates" Harmless [Form, Picker, Normal] [] bar("候補", "choices"), "候補を見る", "Show candidates";
    Similar "similar" Harmless [Form, Normal] ["similar"] bar("似た人", "similar"), "似た人を見る", "Show similar people";
    Back "back" Harmless [Global, List, Normal, Reader] ["q"] bar("戻る", "back"), "戻る(入力中は下書きに残る)", "Back (what was typed stays as a draft)";
    Cancel "cancel" Harmless [Global] [] None, "やめる(入力中はこの項目の変更)", "Cancel (while typing: the change of this item)";
    Undo "undo" Undoable [Form, TextField, List, Normal] ["undo", "u"] bar("元に戻す", "undo"), "元に戻す", "Undo";
    Redo "redo" Undoable [Form, TextField, Normal] ["redo"] bar("やり直す", "redo"), "やり直す", "Redo";
    GoToItem "go-to-item" Harmless [Form, Normal] [] None, "番号の項目へ", "Go to an item by number";
    Repeat "repeat-choice" Undoable [Choice] [] None, "直前の届出と同じ選択", "Same choice as the previous record";
    Up "up" Harmless [List, Picker, Reader] [] None, "上へ", "Up";
    Down "down" Harmless [List, Picker, Reader] [] None, "下へ", "Down";
    First "first" Harmless [List, Picker, Reader, Normal] [] None, "先頭へ", "First";
    Last "last" Harmless [List, Picker, Reader, Normal] [] None, "末尾へ", "Last";
    CaretLeft "caret-left" Harmless [TextField, Normal] [] None, "左へ", "Caret left";
    CaretRight "caret-right" Harmless [TextField, Normal] [] None, "右へ", "Caret right";
    CaretHome "caret-home" Harmless [TextField, Normal] [] None, "項目の先頭へ", "Start of the item";
    CaretEnd "caret-end" Harmless [TextField, Normal] [] None, "項目の末尾へ", "End of the item";
    DeleteBack "delete-back" Undoable [TextField, Choice, Normal] [] None, "前の1字を消す", "Delete the character before";
    DeleteForward "delete-forward" Undoable [TextField, Normal] [] None, "次の1字を消す", "Delete the character after";
    DeleteToEnd "delete-to-end" Undoable [TextField, Normal] [] None, "末尾まで消す", "Delete to the end";
    ClearItem "clear-item" Undoable [TextField, Choice, Normal] [] None, "項目を消す", "Clear the item";
    Palette "palette" Harmless [Global, List, Normal, Reader] [] None, "操作を名前でさがす", "Find a command by name";
    Redraw "redraw" Harmless [Global] ["redraw"] None, "画面を描き直す", "Redraw the screen";
    Lock "lock" Harmless [Global] ["lock"] bar("ロック", "lock"), "画面を閉じる(ロック)", "Lock the screen";
    SwitchKeymap "switch-keymap" Harmless [Global, Reader] ["keys"] bar("キー切替", "other keys"), "キー操作を切り替える", "Switch the keymap";
    Insert "insert" Harmless [Normal] [] bar("挿入", "insert"), "挿入モードへ", "Type here";
    Append "append" Harmless [Normal] [] None, "1 字右で挿入", "Type behind the character";
    InsertAtEnd "insert-at-end" Harmless [Normal] [] None, "末尾で挿入", "Type at the end";
    InsertNext "insert-next" Harmless [Normal] [] None, "次の項目で挿入", "Type in the next item";
    ChangeItem "change-item" Undoable [Normal] [] None, "項目を消して挿入", "Clear the item and type";
}

impl Command {
    /// What lists have in common; no list carries out all of them.
    pub const OF_LISTS: &[Self] =
        &[Self::Open, Self::New, Self::Search, Self::Refresh, Self::Undo, Self::SendScreen];

    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|command| command.id() == id)
    }

    /// What a command that begins to type does first; `None` for all others.
    pub const fn before_typing(self) -> Option<Option<Self>> {
        match self {
            Self::Insert => Some(None),
            Self::Append => Some(Some(Self::CaretRight)),
            Self::InsertAtEnd => Some(Some(Self::CaretEnd)),
            Self::InsertNext => Some(Some(Self::NextItem)),
            Self::ChangeItem => Some(Some(Self::ClearItem)),
            _ => None,
        }
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
    fn no_word_means_two_commands() {
        let mut words: Vec<_> = Command::ALL.iter().flat_map(|command| command.words()).collect();
        let count = words.len();
        words.sort();
        words.dedup();
        assert_eq!(words.len(), count);
        assert!(words.iter().all(|word| word.chars().all(|c| c.is_ascii_lowercase())));
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
