//! Sentences of the log review.
super::texts! {
    TITLE = "利用記録の点検", "Access log review";
    /// {0} reviewed, {1} all.
    PROGRESS = "点検 {0}/{1}", "reviewed {0}/{1}";
    COLUMN_WHEN = "日時", "When";
    COLUMN_WHO = "だれ", "Who";
    COLUMN_ACTION = "操作", "Action";
    COLUMN_RECORD = "だれの記録", "Whose record";
    COLUMN_OUTCOME = "結果", "Result";
    COLUMN_VERDICT = "判断", "Verdict";
    EMPTY = "記録がありません。", "There is no event.";
    OUTCOME_DONE = "済", "done";
    OUTCOME_DENIED = "!拒否", "!denied";
    OUTCOME_FAILED = "!失敗", "!failed";
    VERDICT_WORK = "業務", "work";
    VERDICT_ASK = "本人に聞く", "ask";
    VERDICT_DOUBTFUL = "不適切?", "doubtful";
    VERDICT_LATER = "あとで", "later";
    OWN = "*自分", "*own";
    OWN_ROW = "自分の記録は自分では点検できません。別の点検者に頼んでください。",
        "Nobody reviews their own entries. Ask another supervisor.";
    CHOOSE = "判断 1 業務  2 本人に聞く(理由)  3 不適切の疑い(理由)  4 あとで",
        "Verdict 1 work  2 ask (reason)  3 doubtful (reason)  4 later";
    REASON = "理由", "Reason";
    REASON_HINT = "理由を書いて Enter。やめるときは Esc", "Write a reason, then Enter. Esc leaves.";
    REASON_NEEDED = "この判断には理由が要ります。", "This verdict needs a reason.";
    /// {0} rows so far, {1} all.
    CHECKING = "確かめています。{0} / {1} 件  (Esc で取りやめ)", "Checking: {0} of {1} events  (Esc stops)";
    CHECK_STOPPING = "取りやめます。", "Stopping.";
    RECORDED = "記録しました。", "Recorded.";
    ALL_DONE = "この先に未点検の記録はありません。", "No unreviewed event follows.";
    LOADING_OLDER = "古い記録を読み込んでいます。", "Loading older events.";
    /// {0} terminal.
    AT_TERMINAL = "端末 {0}", "at {0}";
    KEY_VERDICT = "判断", "verdict";
    KEY_NEXT = "次の未点検", "next unreviewed";
    KEY_VERIFY = "封印を確かめる", "verify";
    KEY_SEARCH = "さがす", "search";
    KEY_ACCESSES = "この人を見た人", "who looked";
    KEY_FIGURES = "集計", "figures";
    /// {0} first, {1} last sequence number.
    ROW_DAMAGED = "記録 {0} は読めません(封印と合いません)", "event {0} is not what was sealed";
    ROW_ERASED = "記録 {0}-{1} は期限が過ぎて消去されています", "events {0}-{1} were erased";
    ROW_MISSING = "記録 {0}-{1} がありません", "events {0}-{1} are missing";
    ABOUT_UNREADABLE = "! どの条件でも出ます。読めないので、だれの何の記録か分かりません。",
        "! Shown in every view: nobody can tell what it was about.";
    ABOUT_MISPLACED = "! 別の番号の記録が入れられています。V で確かめ、管理者に知らせてください。",
        "! The event of another row. Verify with V and tell an administrator.";
    ABOUT_ALTERED = "! 内容が書き換えられています。V で確かめ、管理者に知らせてください。",
        "! It was altered. Verify with V and tell an administrator.";
    ABOUT_ERASED = "消去の記録と合うかは V で確かめます。", "V verifies that it was erased by a purge.";
    ABOUT_MISSING = "! 番号が抜けています。V で確かめ、管理者に知らせてください。",
        "! Numbers are missing. Verify with V and tell an administrator.";
    NOTHING_TO_DECIDE = "この行には判断を付けられません。", "There is nothing to decide here.";
    DETAIL_ERASED = "(詳細は消去済)", "(detail erased)";
    DETAIL_ALTERED = "! 詳細が書き換えられています", "! the detail was altered";
    /// {0} how many more records.
    MORE_RECORDS = "ほか {0}", "+{0} more";
    NO_RECORD_HERE = "受付の記録がある行で使えます。", "Only for a row about a record.";

    SEARCH_TITLE = "利用記録をさがす", "Search the access log";
    SEARCH_WHOM = "受付番号か氏名", "Number or name";
    SEARCH_WHOM_HINT = "同じ人の記録も", "linked records too";
    SEARCH_STAFF = "職員番号", "Staff number";
    SEARCH_STAFF_HINT = "操作した人", "who acted";
    SEARCH_ACTION = "操作", "Action";
    SEARCH_ACTION_HINT = "名の一部(例 表示)", "part of its name (show)";
    SEARCH_FROM = "いつから", "From";
    SEARCH_TO = "いつまで", "To";
    SEARCH_DAY_HINT = "例 R8.7.1", "e.g. 2026-07-01";
    SEARCH_TERMINAL = "端末", "Terminal";
    SEARCH_TERMINAL_HINT = "例 pts/1", "e.g. pts/1";
    SEARCH_ACT = "さがす", "search";
    SEARCH_NOTE = "空の項目は条件にしません。読めない行と抜けは、どの条件でも出ます。",
        "Empty items do not count. Damaged and missing rows are always shown.";
    SEARCH_ACTIONS = "当たる操作:", "Actions:";
    SEARCH_NO_ACTION = "その名の操作はありません。", "No action has such a name.";
    SEARCH_NO_STAFF = "職員番号は1から8桁の数字です。", "A staff number is 1 to 8 digits.";
    SEARCH_NO_DAY = "日付が読めません。", "This is not a date.";
    SEARCH_DAYS_TURNED = "終わりの日が始めより前です。", "It ends before it begins.";
    /// {0} what is looked for.
    FILTER = "さがす条件: {0}", "Looking for: {0}";
    /// {0} day.
    FILTER_FROM = "{0}から", "from {0}";
    FILTER_TO = "{0}まで", "to {0}";
    /// {0} how many actions.
    FILTER_ACTIONS = "操作 {0} 種", "{0} actions";
    FILTER_RECORDS = "{0} 件の受付", "{0} records";
    EMPTY_FILTERED = "当てはまる記録がありません。Esc で条件を外します。", "No event fits. Esc clears the search.";
    NOBODY = "(だれでもない)", "(nobody)";
    SYSTEM = "-", "-";
    EXPECT_JAPANESE = "日本語で入力", "Text input";

    KEY_CLOCK = "時計のずれ", "clock";
    /// {0} how many: on every panel, in the rule below the title.
    CLOCK_WARNING = "時計のずれ {0}件 点検者2名の確認待ち", "CLOCK moved: {0}, two supervisors needed";
    CLOCK_NONE = "確認を待つ時計のずれはありません。", "No clock step waits for anybody.";
    CLOCK_MINE = "あなたは確認済みです。もう1名の点検者(別の人)の確認を待っています。",
        "You have acknowledged it. A second supervisor, another person, has to.";
    /// {0} event, {1} size.
    CLOCK_ASK = "記録 {0}: 時計が {1} 動きました。", "Event {0}: the clock was moved by {1}.";
    /// {0} moment, {1} moment.
    CLOCK_FROM_TO = "動く前 {0}  動いた後 {1}", "before {0}  after {1}";
    CLOCK_ASK_MORE = "時刻同期とその間の記録を確かめましたか。2名がそろうと手続きを再開します。",
        "Have you checked the time service and the events? Two people lift it.";
    CLOCK_YES = "確かめた", "looked into it";
    CLOCK_NO = "まだ", "not yet";
    CLOCK_FIRST = "確認を記録しました。もう1名の点検者が要ります。",
        "Recorded. One more supervisor is needed.";
    DAYS = "{0}日", "{0} d";
    HOURS = "{0}時間", "{0} h";
    MINUTES = "{0}分", "{0} min";
    SECONDS = "{0}秒", "{0} s";
    CLOCK_LIFTED = "確認を記録しました。2名がそろい、手続きを再開できます。",
        "Recorded. Two people have looked into it: work can go on.";

    REPORT_TITLE = "利用記録の検証", "Verification of the log";
    /// {0} events.
    REPORT_EVENTS = "記録の数  {0}", "Events  {0}";
    /// {0} hexadecimal hash.
    REPORT_HEAD = "最後の記録のハッシュ", "Hash of the last event";
    REPORT_SOUND = "抜け・書き換えは見つかりませんでした。", "No gap and no alteration was found.";
    /// {0} findings.
    REPORT_FOUND = "! {0} 件の異常があります。使用を止め、点検者2名で確かめてください。",
        "! {0} findings. Stop; two supervisors must look into it.";
    REPORT_SEAL = "封印も確かめました。", "The seal was checked too.";
    REPORT_NO_SEAL = "封印は監査鍵なしのため未確認", "The seal was not checked: no auditor's key";
    /// {0} sequence number, {1} what.
    FINDING_AT = "記録 {0}: {1}", "event {0}: {1}";
    FINDING_GAP = "番号が抜けています", "missing";
    FINDING_UNREADABLE = "読めません", "unreadable";
    FINDING_HASH = "ハッシュが合いません", "hash does not fit";
    FINDING_PREVIOUS = "前の記録とつながりません", "does not follow the one before";
    FINDING_MISPLACED = "別の番号の記録です", "belongs to another number";
    FINDING_COLUMN = "検索用の列が記録と違います", "a column differs from the sealed record";
    FINDING_DETAIL = "詳細が合いません", "the detail does not fit";
    FINDING_ORPHAN = "持ち主のない詳細があります", "a detail without an event";
    FINDING_MISSING_DETAIL = "詳細がありません", "the detail is missing";
    FINDING_CLOCK = "時計が動かされ、その記録がありません", "the clock was moved without a record";
    FINDING_SEAL = "封印と記録が合いません", "seal and log disagree";
    FINDING_SEAL_KEY = "封印の鍵が最初の記録と違います", "the seal key is not the one of the first event";
    /// {0} hours.
    FINDING_SILENCE = "{0} 時間、記録がありません", "no event for {0} hours";
    FINDING_DATABASE = "データベースの検査に通りません", "the database fails its own check";

    ACT_GENESIS = "記録の開始", "start of the log";
    ACT_CHECKPOINT = "確認点", "checkpoint";
    ACT_HEARTBEAT = "一日の始まり", "first of the day";
    ACT_EPOCH_START = "記録の再開", "new epoch";
    ACT_TAIL_BROKEN = "起動時の検査の異常", "broken tail";
    ACT_NOTE_VERIFICATION = "検証の結果", "verification result";
    ACT_PROPOSE_PURGE = "記録の消去の申出", "propose erasure";
    ACT_APPROVE_PURGE = "記録の消去", "erasure";
    ACT_TAKE_CHECKPOINT = "控えの印刷", "take checkpoint";
    ACT_EXPORT_LOG = "記録の書き出し", "export the log";
    ACT_SIGN_IN = "利用開始", "sign in";
    ACT_SIGN_OUT = "利用終了", "sign out";
    ACT_STEP_UP = "本人確認", "step up";
    ACT_REFUSED_EARLIER = "利用開始の失敗", "refused sign-in";
    ACT_PRE_LOGIN_ALTERED = "失敗記録の改変", "pre-login file altered";
    ACT_ENROL = "初回登録", "enrol";
    ACT_CHANGE_PASSWORD = "パスワード変更", "change password";
    ACT_LIST_RECORDS = "受付一覧", "list records";
    ACT_SEARCH_RECORDS = "検索", "search records";
    ACT_SHOW_RECORD = "表示", "show record";
    ACT_OPEN_DRAFT = "新規の下書き", "open draft";
    ACT_RESUME_DRAFT = "下書きの再開", "resume draft";
    ACT_DISCARD_DRAFT = "下書きの破棄", "discard draft";
    ACT_REGISTER_DRAFT = "登録", "register";
    ACT_REVISE_RECORD = "訂正の開始", "revise record";
    ACT_FIND_SIMILAR = "似た人をさがす", "find similar people";
    ACT_DECLARE_DIFFERENT = "別の人と記録", "declare different";
    ACT_DECLARE_SAME = "同じ人と記録", "declare same";
    ACT_UNDO_REGISTRATION = "登録の取消", "undo registration";
    ACT_SHOW_TIMELINE = "経過の閲覧", "show timeline";
    ACT_LIST_UNANSWERED = "返答待ちの閲覧", "list unanswered";
    ACT_COUNT_RESULTS = "実績の集計", "count results";
    ACT_LIST_INSTITUTIONS = "医療機関台帳の閲覧", "list institutions";
    ACT_KEEP_INSTITUTION = "医療機関台帳の記入", "keep institution";
    ACT_NOTE_TRANSCRIPTION = "転記済の印", "note transcription";
    ACT_LIST_DESTINATIONS = "送り先一覧", "list destinations";
    ACT_PROPOSE_DESTINATION = "送り先の入力", "enter destination";
    ACT_CONFIRM_DESTINATION = "送り先の2人目", "second keying";
    ACT_FREEZE_DESTINATION = "送り先の停止", "freeze destination";
    ACT_LIST_TRANSMISSIONS = "送付箱", "list outbox";
    ACT_PREPARE = "送付の準備", "prepare sending";
    ACT_BEGIN = "確認の開始", "begin confirming";
    ACT_MATCH = "照合", "blind check";
    ACT_CONFIRM = "送付の確認", "confirm sending";
    ACT_RETURN = "送る人へ返す", "return to sender";
    ACT_WITHDRAW = "送付の取下げ", "withdraw sending";
    ACT_RECEIPT = "配送結果の受取", "take receipts";
    ACT_ACKNOWLEDGE = "受領の記録", "record arrival";
    ACT_RECONCILE = "不明の解消", "settle doubt";
    ACT_SHOW_DESTINATION = "宛先の表示", "show address";
    ACT_TEST_PAGE = "試し送りの準備", "test page";
    ACT_CALL_BACK = "試し送りの電話", "call back";
    ACT_IMPORT_DESTINATIONS = "送り先の取込", "import destinations";
    ACT_ALLOW = "最後の照合を認める", "allow attempt";
    ACT_MANUAL_FAX = "手送りの結果", "fax by hand";
    ACT_APPROVE_MEDIUM = "媒体の承認", "approve medium";
    ACT_RETURN_MEDIUM = "媒体の返却", "medium returned";
    ACT_PLANT_DRILL = "抜き打ち訓練", "plant drill";
    ACT_REPORT_MISDELIVERY = "誤送付の報告", "misdelivery";
    ACT_INCIDENT_STEP = "誤送付の対応", "incident step";
    ACT_CLOSE_INCIDENT = "誤送付の終了", "close incident";
    ACT_LIST_DRILLS = "訓練の一覧", "drills";
    ACT_LIST_MEDIA = "媒体管理簿", "media register";
    ACT_LIST_INCIDENTS = "誤送付の一覧", "incidents";
    ACT_SHOW_INCIDENT = "誤送付の経過", "incident course";
    ACT_LIST_LOG = "利用記録の閲覧", "read the log";
    ACT_REVIEW = "点検の判断", "review event";
    ACT_VERIFY = "利用記録の検証", "verify the log";
    ACT_SHOW_ACCESSES = "見た人の一覧", "show accesses";
    ACT_PRINT_ACCESSES = "見た人の印刷", "print accesses";
    ACT_SUMMARISE_LOG = "利用記録の集計", "summarise the log";
    ACT_OPEN_REVIEW = "週の点検の閲覧", "open review";
    ACT_SIGN_OFF = "週の点検の終了", "sign off review";
    ACT_TAKE_BACK = "判断の取消", "take back verdict";
    ACT_LIST_REVIEWS = "点検の週の一覧", "list reviews";
    ACT_DECLARE_KIN = "親族の届", "declare kin";
    ACT_LIST_STAFF = "利用者一覧", "list staff";
    ACT_PROPOSE_STAFF = "利用者の提案", "propose staff";
    ACT_APPROVE_STAFF = "利用者の承認", "approve staff";
    ACT_SUSPEND_STAFF = "利用者の停止", "suspend staff";
    ACT_CLOCK_STEP = "時計のずれ", "clock step";
    ACT_ACKNOWLEDGE_CLOCK = "時計のずれの確認", "acknowledge clock";
    ACT_LIST_CLOCK = "時計のずれの一覧", "list clock steps";
    KIND_NOTHING = "-", "-";
    KIND_ACCOUNT = "利用者", "account";
    KIND_RECORD = "受付", "record";
    KIND_DRAFT = "下書き", "draft";
    KIND_DESTINATION = "送り先", "destination";
    KIND_INSTITUTION = "医療機関", "institution";
    KIND_INCIDENT = "誤送付", "incident";
    KIND_DRILL = "訓練", "drill";
    KIND_TRANSMISSION = "送付", "sending";
}
