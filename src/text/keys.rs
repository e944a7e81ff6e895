//! Sentences about keymap files. Each problem says what is wrong and what to write instead.
super::texts! {
    /// {0} line, {1} problem, {2} remedy.
    LINE = "{0} 行目: {1} {2}", "line {0}: {1} {2}";
    /// Heading of the table of all keys.
    TABLE_COMMAND = "操作", "What";
    SYNTAX = "TOML として読めません。", "This is not valid TOML.";
    SYNTAX_FIX = "引用符、かっこ、= を見直してください。", "Check quotes, brackets and =.";
    /// {0} the context.
    UNKNOWN_CONTEXT = "場面 [{0}] はありません。", "There is no context [{0}].";
    /// {0} the known contexts.
    UNKNOWN_CONTEXT_FIX = "使える場面: {0}", "Contexts: {0}";
    /// {0} the context.
    FIXED_CONTEXT = "[{0}] のキーは変えられません。", "The keys of [{0}] are fixed.";
    FIXED_CONTEXT_FIX = "この節を消してください。", "Delete this section.";
    /// {0} the command.
    UNKNOWN_COMMAND = "操作 {0} はありません。", "There is no command {0}.";
    /// {0} the nearest known command.
    UNKNOWN_COMMAND_FIX = "{0} のことですか。", "Did you mean {0}?";
    /// {0} the command, {1} the context.
    WRONG_CONTEXT = "操作 {0} は [{1}] では使えません。", "The command {0} does not work in [{1}].";
    /// {0} the contexts in which the command works.
    WRONG_CONTEXT_FIX = "{0} に書いてください。", "Write it in {0}.";
    NOT_KEYS = "キーは文字列か、文字列の並びで書きます。", "Keys are a string or a list of strings.";
    NOT_KEYS_FIX = "例: next-item = [\"Enter\", \"Tab\"]", "Example: next-item = [\"Enter\", \"Tab\"]";
    /// {0} the key as written.
    BAD_KEY = "キー \"{0}\" が読めません。", "The key \"{0}\" is not understood.";
    BAD_KEY_FIX = "例: F6  Ctrl+Z  Shift+Tab  \"Esc v\"  \"Ctrl+X Ctrl+W\"",
        "Examples: F6  Ctrl+Z  Shift+Tab  \"Esc v\"  \"Ctrl+X Ctrl+W\"";
    TOO_LONG = "続けて押すキーは 3 つまでです。", "A sequence has at most three keys.";
    TOO_LONG_FIX = "短くしてください。", "Make it shorter.";
    /// {0} the key, {1} the line of the other binding, {2} its command.
    CONFLICT = "キー {0} は {1} 行目の {2} にも使われています。", "The key {0} is also used for {2} on line {1}.";
    CONFLICT_FIX = "どちらかを別のキーにしてください。", "Give one of them another key.";
    /// {0} the longer sequence, {1} line of the shorter one, {2} its command.
    SHADOWED = "キー {0} には届きません。{1} 行目の {2} が先に働きます。",
        "The key {0} can never be reached: {2} on line {1} acts first.";
    UNREACHABLE = "キー {0} は端末から届きません。", "The key {0} never arrives from a terminal.";
    ALT = "Alt は端末のメニューに取られます。", "Alt belongs to the menus of terminals.";
    ALT_FIX = "\"Esc {0}\" と書いてください。", "Write \"Esc {0}\".";
    FULL_SCREEN = "{0} は全画面の切り替えに取られます。", "{0} switches to full screen in terminals.";
    IME = "{0} は日本語入力の切り替えに取られます。", "{0} switches the Japanese input method.";
    /// {0} as written, {1} what arrives.
    SAME_AS = "{0} は端末では {1} と同じです。", "In a terminal {0} is the same as {1}.";
    /// {0} what to write.
    WRITE_INSTEAD = "{0} と書いてください。", "Write {0}.";
    CTRL_C = "Ctrl+C はいつも Esc と同じです。", "Ctrl+C always means Esc.";
    ESC_DIGIT = "Esc と 1-9 0 - = はいつも F1-F12 です。", "Esc with 1-9 0 - = always means F1-F12.";
    RISKY = "{0} は tmux、screen、XON/XOFF に取られることがあります。",
        "{0} may be taken by tmux, screen or XON/XOFF.";
    RISKY_FIX = "承知で使うときは、先頭に accept-risk = [\"{0}\"] と書いてください。",
        "If you accept that, write accept-risk = [\"{0}\"] at the top.";
    ANOTHER_KEY = "別のキーにしてください。", "Choose another key.";
    /// {0} the key, {1} the context.
    EATS_TEXT = "{0} を [{1}] の操作にすると、その字を入力できなくなります。",
        "With {0} as a command in [{1}] nobody could type that character.";
    EATS_TEXT_FIX = "Ctrl か F キーと組み合わせてください。", "Combine it with Ctrl or an F-key.";
    /// {0} the letter.
    LIST_LETTER = "{0} は一覧の画面が自分で使う字です。", "{0} is a letter that lists use themselves.";
    NORMAL_COUNTS = "[normal] の数字 {0} は回数や番号に使います。", "In [normal] the digit {0} begins a number.";
    NOT_MODAL = "modal = true がないので [normal] には入れません。", "Without modal = true nobody gets into [normal].";
    NOT_MODAL_FIX = "先頭に modal = true と書くか、[normal] を消してください。",
        "Write modal = true at the top or delete [normal].";
    NO_WAY_BACK = "標準モードから入力に戻るキーがありません。", "No key leads back from normal mode to typing.";
    NO_WAY_BACK_FIX = "[normal] に insert = \"i\" と書いてください。", "Write insert = \"i\" in [normal].";
    /// {0} the key, {1} the command that stood on it, {2} what is there instead.
    LOCKED_OUT = "{0} を {2} に使うと、{1} のキーがなくなります。", "With {0} for {2} nothing is left for {1}.";
    /// {0} the command.
    LOCKED_OUT_FIX = "[global] に {0} のキーを書いてください。", "Give {0} a key in [global].";
    EATS_DIGITS = "[{1}] の {0} は番号や選択肢に使います。", "In [{1}] {0} chooses a number or an answer.";
    /// {0} the key, {1} the command.
    NUMPAD = "{0} はテンキーの / * - で誤って押されることがあり、{1} には使えません。",
        "{0} is sent by the keypad's / * - in some terminals, so {1} may not use it.";
    IME_CONVERSION = "{0} は変換中のキーと同じで、{1} には使えません。",
        "{0} is also an IME conversion key, so {1} may not use it.";
    HARMLESS_FIX = "F12 か Ctrl と組み合わせたキーにしてください。", "Use F12 or a key with Ctrl.";
    ESC_IS_CANCEL = "Esc だけのキーは cancel にしか使えません。", "Esc alone can only be cancel.";
    BAD_NAME = "name と title を書いてください。", "name and title are missing.";
    BAD_NAME_FIX = "例: name = \"standard\" / title = \"標準\"", "Example: name = \"standard\" / title = \"...\"";
    /// {0} name, title or modal.
    WRONG_TYPE = "{0} の書き方が違います。", "{0} is written in the wrong way.";
    WRONG_TYPE_FIX = "例: name = \"standard\" / title = \"標準\" / modal = true",
        "Example: name = \"standard\" / title = \"...\" / modal = true";
    NAME_FORM = "name が長すぎるか、使えない字があります。", "The name is too long or has other characters.";
    NAME_FORM_FIX = "英小文字、数字、- で {0} 字までです。", "Lower-case letters, digits and -, at most {0}.";
    TITLE_FORM = "title が長すぎるか、幅の決まらない字があります。",
        "The title is too long or has characters of uncertain width.";
    TITLE_FORM_FIX = "かな、漢字、半角英数で {0} 字までです。", "Kana, kanji and ASCII, at most {0}.";
    NAME_TAKEN = "{0} は初めからあるキー操作の名前です。", "{0} is the name of a built-in keymap.";
    NAME_TAKEN_FIX = "別の name にしてください。", "Choose another name.";
    /// {0} the context, {1} the command.
    WITHOUT_KEY = "注意: [{0}] の {1} にはキーがありません(名前でさがせます)。",
        "Note: {1} has no key in [{0}] (it can be found by name).";
    UNKNOWN_ENTRY = "{0} という項目はありません。", "There is no entry {0}.";
    UNKNOWN_ENTRY_FIX = "使える項目: name, title, modal, accept-risk と場面の節",
        "Entries: name, title, modal, accept-risk and the contexts";
    TOO_BIG = "ファイルが大きすぎます。", "The file is too large.";
    TOO_BIG_FIX = "64 KB までです。", "At most 64 KB.";
}
