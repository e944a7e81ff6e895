//! Sentences of the timeline, and of what is added to a case.

super::texts! {
    TITLE = "経過", "Timeline";
    /// {0} number of the case, {1} person.
    CASE = "症例 {0}  {1}", "case {0}  {1}";
    /// {0} person.
    PERSON = "本人 {0}", "person {0}";
    KEY_PERSON = "本人の経過", "the person";
    KEY_CASE = "症例の経過", "the case";
    COLUMN_AT = "日時(入力)", "when (typed)";
    COLUMN_NUMBER = "番号", "no.";
    COLUMN_FORM = "記録", "record";
    COLUMN_WHAT = "できごと", "what";
    COLUMN_WHO = "職員", "who";
    LOADING = "読み込んでいます。", "Loading.";
    EMPTY = "何もありません。", "Nothing here.";
    /// {0} channel.
    ARRIVED = "受付 {0}", "arrived, {0}";
    REGISTERED = "登録", "registered";
    /// {0} date and time.
    ENTERED = "入力 {0}", "entered {0}";
    /// {0} version.
    CORRECTED = "訂正 第{0}版", "corrected, version {0}";
    /// {0} number elsewhere.
    TRANSCRIBED = "NESID 転記済 {0}", "copied to NESID, {0}";
    /// {0} number of the transmission.
    SUBMITTED = "送付を準備 {0}", "sending {0} prepared";
    CONFIRMED = "送付を確認 {0}", "sending {0} confirmed";
    /// {0} number, {1} state.
    STATE = "送付 {0} {1}", "sending {0}: {1}";
    /// Before what comes from a record.
    BELONGS = "+ ", "+ ";
    BECAME = "> ", "> ";
    NOT_REGISTERED = "まだ登録されていません。受付一覧から続けてください。", "Not registered yet: go on with it from the worklist.";
    KEY_ADD = "経過を足す", "add";
    KEY_TIMELINE = "経過", "timeline";
    KEY_NESID = "NESID転記", "NESID";
    /// {0} total, {1} records.
    COUNT = "できごと {0} 件  記録 {1} 件", "{0} entries, {1} records";
    NESID_LABEL = "NESID の番号", "NESID number";
    NESID_HOW = "NESID へ写した版の番号を入れて Enter。Esc でやめます。", "The number that NESID gave this version, then Enter. Esc leaves.";
    NESID_DONE = "転記済にしました。", "Stamped as copied.";
    /// {0} number, {1} version.
    NESID_IS = "NESID {0} (第{1}版を転記)", "NESID {0} (version {1})";
    NESID_OLD = "! 転記のあとに訂正されています", "! corrected since it was copied";
}
