//! Sentences of the worklist.

super::texts! {
    KEY_NUMBER = "4 けたの番号で開く", "four digits open a number";
    TITLE = "受付一覧", "Worklist";
    /// {0} name and number, {1} day and time.
    WHO = "{0}  {1}", "{0}  {1}";
    HEAD_NUMBER = "番号", "no.";
    HEAD_RECEIVED = "受付", "recv";
    HEAD_CHANNEL = "元", "by";
    MARK_PANDEMIC = "新", "p";
    MARK_DESIGNATED = "指", "d";
    MARK_NEW = "疑", "n";
    HEAD_CLASS = "類", "cl";
    HEAD_FORM = "疾患名", "form";
    HEAD_PERSON = "患者", "person";
    HEAD_INSTITUTION = "届出医療機関", "institution";
    HEAD_STATE = "状態", "state";
    HEAD_DUE = "期限", "due";
    ALL_COUNT = "すべて {0}", "all {0}";
    /// {0} lines, {1} records.
    NEWEST_COUNT = "新しい {0}/{1}", "newest {0}/{1}";
    DRAFT_COUNT = "入力中 {0}", "drafts {0}";
    REGISTERED_COUNT = "登録済 {0}", "registered {0}";
    CONFIRM_COUNT = "確認待 {0}", "to confirm {0}";
    RETURNED_COUNT = "差戻し {0}", "returned {0}";
    OVERDUE_COUNT = "期限切れ {0}", "overdue {0}";
    FOUND_COUNT = "さがした結果 {0} 件 (Esc で一覧に戻る)", "{0} found (Esc shows all)";
    FOUND_MORE = "新しい {0} 件。ほかにもあります: 字か生年月日を足してください (Esc で一覧)", "The newest {0}; there are more: add letters or a birth date (Esc shows all)";
    YESTERDAY = "昨日", "yest.";
    UNTYPED = "(未入力)", "(empty)";
    /// The form does not ask who it is about.
    NAMELESS = "(氏名なし)", "(nameless)";
    STATE_DRAFT = "入力中", "draft";
    STATE_OTHER = "他入力", "other";
    STATE_REGISTERED = "登録済", "reg.";
    STATE_AWAITING = "確認待", "check";
    STATE_CONFIRMED = "確認済", "ok";
    STATE_QUEUED = "配送待", "queue";
    STATE_DISPATCHING = "配送中", "going";
    STATE_SENT = "送付済", "sent";
    STATE_ACKNOWLEDGED = "到着", "there";
    STATE_FAILED = "失敗", "failed";
    STATE_UNCERTAIN = "不明", "unsure";
    STATE_RETURNED = "差戻し", "back";
    STATE_WITHDRAWN = "取下げ", "taken";
    STATE_VOID = "無効", "void";
    SEX_MALE = "男", "m";
    SEX_FEMALE = "女", "f";
    EMPTY = "受付はまだありません。F6 で新規に受け付けます。", "Nothing received yet. F6 starts one.";
    NOTHING_FOUND = "見つかりません。よみ(ローマ字・かな)、氏名、生年月日、電話、番号でさがします。", "Not found. Search by reading, name, birth date, phone or number.";
    LOADING = "読み込んでいます。", "Loading.";
    /// {0} number.
    NO_SUCH_NUMBER = "番号 {0} は一覧にありません。", "Number {0} is not in the list.";
    /// {0} name.
    HELD_BY = "{0} さんが入力中です。終わるまで開けません。", "{0} is entering it. It cannot be opened until that is done.";
    /// {0} drafts.
    DRAFTS = "途中の下書きが {0} 件あります。選んで Enter で続きを入力します。", "You have {0} unfinished drafts. Select one and press Enter.";
    /// {0} number.
    REGISTERED_UNDO = "{0} を登録しました。^Z で 30 秒以内は取り消せます。", "{0} registered. ^Z undoes it within 30 seconds.";
    UNDONE = "登録を取り消し、下書きに戻しました。", "The registration was undone; this is the draft again.";
    NOTHING_TO_UNDO = "取り消せる登録はありません。", "There is no registration to undo.";
    NOBODY = "利用開始していません。", "Nobody is signed in.";
    SEARCH = "さがす", "Search";
    SEARCH_HINT = "よみ・氏名(先頭)、生年月日(S50.3.4)、電話、番号。Enter でさがす", "Reading, name, birth date (S50.3.4), phone or number. Enter finds.";
    /// {0} digits so far.
    NUMBER_SO_FAR = "番号 {0}", "number {0}";
    NUMBER_HINT = "数字4桁 番号で開く", "4 digits open by number";
    /// {0} position, {1} rows.
    COUNT = "{0}/{1} 件", "{0}/{1}";
    /// {0} institution, {1} person, {2} deadline.
    DETAIL = "届出: {0}   患者: {1}   期限: {2}", "from: {0}   person: {1}   due: {2}";
    /// {0} colleagues' name.
    DETAIL_HELD = "入力中: {0}", "being entered by {0}";
    /// {0} version.
    DETAIL_VERSION = "第 {0} 版", "version {0}";
}
