//! Sentences of home care: who waits for an answer, and the figures of a month.

super::texts! {
    TITLE = "在宅療養 返答待ち", "Home care: waiting for an answer";
    COLUMN_NUMBER = "番号", "no.";
    COLUMN_AT = "要請", "asked";
    COLUMN_WAITS = "待ち", "waits";
    COLUMN_FORM = "記録", "record";
    COLUMN_WHO = "対象者", "person";
    COLUMN_STATE = "状態", "state";
    LOADING = "読み込んでいます。", "Loading.";
    EMPTY = "返答を待っている要請はありません。", "No request waits for an answer.";
    /// {0} hours.
    HOURS = "{0}時間", "{0} h";
    DAYS = "{0}日", "{0} days";
    /// {0} how many, {1} of them longer than a day.
    COUNT = "返答待ち {0} 件  24時間を超えたもの {1} 件", "{0} waiting, {1} for more than 24 hours";
    KEY_RESULTS = "実績", "results";
    KEY_ANSWER = "報告を入力", "enter answer";
    HOW = "返答が届いたら、行を選んで F6 で診療報告書を入力します。", "When an answer comes, choose its row and press F6.";
    RESULTS_TITLE = "実績報告(月次)", "Results of the month";
    /// {0} form, {1} month.
    MONTH = "{0}  {1}", "{0}  {1}";
    /// {0} total.
    TOTAL = "件数 {0}", "{0} records";
    /// {0} first item, {1} second item.
    CROSS = "{0} と {1}", "{0} by {1}";
    RESULTS_HOW = "氏名は集計に入りません。Home End で月を変えます。", "No names. Home and End change the month.";
    NO_FORM = "集計する様式がありません。", "No form is counted.";
}
