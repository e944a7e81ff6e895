//! Sentences of the second keying (double entry).

super::texts! {
    /// {0} which, {1} of how many.
    TITLE = "二度目の入力 {0}/{1}", "Second keying {0}/{1}";
    HOW = "原本だけを見て、もう一度入れてください。一度目の値は出ません。", "Key it again from the paper; the first value is not shown.";
    DIFFERS = "一度目と違います。原本をもう一度見てください(三度目の確認)。", "The two differ. Look at the paper a third time.";
    FIRST = "一度目の値", "first value";
    SECOND = "二度目の値", "second value";
    AGAIN = "どちらも違う(入れ直す)", "neither: key it again";
    CHOOSE = "原本と同じ方を数字で選びます。Esc で登録をやめて入力に戻ります。", "Choose by digit what the paper says. Esc goes back to typing.";
    TITLE_DISEASE = "二度目の入力 疾患", "Second keying: disease";
    DISEASE = "疾患", "Disease";
    HOW_DISEASE = "原本だけを見て、疾患を略号・よみ・番号でもう一度入れて Enter。", "Name the disease again from the paper (alias, reading, number), then Enter.";
    NO_DISEASE = "見つかりません。略号・よみ・番号で入れてください。", "Not found. Key its letters, reading or number.";
    /// {0} how many.
    SEVERAL_DISEASES = "{0} 件が当てはまります。もう少し長く入れてください。", "{0} diseases begin like that. Key more of it.";
    /// {0} disease.
    OTHER_DISEASE = "登録しません。F3 で戻り、F6 で新しく受け付けてください: {0}", "Not registered. Leave with F3 and start it anew with F6: {0}";
    EMPTY = "何も入っていません。原本のとおり入れてください。", "Nothing was keyed. Key what the paper says.";
    PASTE = "二度目は打って入れてください。", "The second time is keyed, not pasted.";
}
