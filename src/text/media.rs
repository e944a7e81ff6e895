//! Sentences about removable media: the register, the approval.

super::texts! {
    TITLE = "媒体管理簿", "Media register";
    LOADING = "読み込んでいます。", "Loading.";
    EMPTY = "持ち出した媒体はありません。", "No medium has left.";
    HOW = "戻った媒体の行で T を押すと返却を記録します。", "T on a line records that the medium is back.";
    /// {0} all, {1} out.
    COUNTS = "[すべて {0}]  持ち出し中 {1}", "[all {0}]  out {1}";
    COLUMN_NUMBER = "送付", "Sending";
    COLUMN_MEDIUM = "媒体", "Medium";
    COLUMN_WHY = "理由", "Why";
    COLUMN_BY = "承認", "Approved by";
    COLUMN_SINCE = "日時", "Since";
    COLUMN_BACK = "返却", "Back";
    OUT = "!持出中", "!out";
    HIDDEN = "(確認まで非表示)", "(hidden)";
    KEY_BACK = "返却を記録", "came back";
    /// {0} number of the medium, {1} number of the sending.
    BACK_ASK = "媒体 {0} (送付 {1}) が戻ったと記録しますか。", "Record that medium {0} (sending {1}) is back?";
    /// {0} number of the sending.
    BACK_ASK_HIDDEN = "送付 {0} の媒体が戻ったと記録しますか。", "Record that the medium of {0} is back?";
    BACK_YES = "戻った", "it is back";
    BACK_NO = "記録しない", "leave it";
    BACK_NOW = "返却を記録しました。", "Recorded as back.";

    /// {0} number of the sending.
    APPROVE_TITLE = "媒体の持ち出し承認 T-{0}", "Approve a medium T-{0}";
    /// {0} code and organisation.
    APPROVE_TO = "送り先  {0}", "To  {0}";
    /// {0} whose, {1} sheets, {2} staff number of the sender.
    APPROVE_WHAT = "送付物  {0} {1} 枚  送る人 {2}", "Papers  {0}, {1} sheets, sent by {2}";
    APPROVE_HIDDEN = "(確認者になれる人には、送付物と送り先を表示しません)", "(hidden from whoever could confirm it)";
    APPROVE_NOTE = "ほかの送り方ができない理由を入れてください。F12 で署名します。",
        "Say why no other way will do. F12 signs.";
    FIELD_WHY = "理由", "Why";
    KEY_APPROVE = "承認する", "approve";
}
