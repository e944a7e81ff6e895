//! Sentences that several screens share.
super::texts! {
    PRODUCT = "保健所 届出・連携システム", "Health centre reports";
    /// Stands at the right end of every title row while the data are invented.
    TRAINING = "[訓練]", "[TRAINING]";
    TOO_SMALL_TITLE = "画面が小さすぎます", "The window is too small";
    TOO_SMALL_BODY = "80 桁 24 行以上に広げてください。", "Please enlarge it to 80x24 or more.";
    /// {0} columns, {1} rows now.
    TOO_SMALL_NOW = "いま {0} 桁 {1} 行", "Now {0}x{1}";
    TOO_SMALL_KEPT = "入力は残っています。", "Your input is kept.";
    GO_BACK = "戻る", "back";
    /// {0} number.
    REGISTERED = "{0} を登録しました。", "{0} registered.";
    KEY_OPEN = "開く", "open";
    EXPECT_ASCII = "英数で入力", "Alphanumeric input";
    EXPECT_KANA = "かなで入力", "Kana input";
    WORKING = "処理しています", "Working";
    SLIP_EMPTY = "ここがまだ空です。入れてから、もう一度押してください。", "This is still empty. Fill it in, then press again.";
    SLIP_LEAVE = "入れた内容を捨てて戻りますか。", "Go back without what you typed?";
    SLIP_DISCARD = "捨てて戻る", "discard and go back";
    SLIP_KEEP = "続ける", "go on typing";
    /// {0} the name of the keymap.
    KEYMAP_IS = "キー操作: {0}", "Keys: {0}";
    /// The two modes of a modal keymap, at the left end of the status row.
    MODE_INSERT = "-- 挿入 --", "-- INSERT --";
    MODE_NORMAL = "-- 標準 --", "-- NORMAL --";
    /// {0} the key.
    MODE_HOW = "{0} で入力", "{0} to type";
    /// {0} the letters that answer.
    ASK_ANSWER_WITH = "{0} のどれかで答えてください。Enter では進みません。", "Answer with one of {0}. Enter does nothing.";
    ASK_TITLE = "確認", "Please answer";
    /// {0} the name of the keymap, {1} the key.
    KEYMAP_SWITCH = "キー操作: {0} ({1}で切替)", "Keys: {0} ({1} for others)";
    HELP_LETTERS = "この画面の文字", "Letters of this screen";
    HELP_TITLE = "ヘルプ", "Help";
    HELP_FOOT = "画面が乱れたら ^L。F1-F4 が効かない端末は Esc のあと 1-9 0 - = で F1-F12。",
        "Garbled screen: ^L. Without F-keys: Esc then 1-9 0 - = is F1-F12.";
    HELP_CLOSE = "Enter または Esc で閉じる", "Enter or Esc closes";
    PALETTE_TITLE = "操作をさがす", "Find a command";
    PALETTE_PROMPT = "さがす", "Find";
    PALETTE_NUMBER = "Enter でその番号へ", "Enter goes to that number";
    PALETTE_NONE = "合う操作がありません。字を消してさがし直してください。",
        "No command matches. Delete letters and try again.";
    /// {0} current page, {1} number of pages.
    PAGE_OF = "{0}/{1}", "{0}/{1}";
    QR_TOO_BIG = "この画面には図が入りません。下の文字を手で入れてください。",
        "The picture does not fit this screen. Type the text below by hand.";
    /// After a panic; {0} the place in the source. No text of the panic itself: it may hold what somebody typed.
    PANIC = "内部の誤りで終わりました(E-PANIC {0})。保存した下書きは残っています。もう一度起動してください。",
        "Stopped by an internal error (E-PANIC {0}). Saved drafts are kept. Please start again.";
}
