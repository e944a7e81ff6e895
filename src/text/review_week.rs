//! Sentences of the weekly review.
super::texts! {
    TITLE = "利用記録の点検", "Access log review";
    /// {0} decided, {1} all.
    PROGRESS = "点検 {0}/{1}", "reviewed {0}/{1}";
    LOADING = "この週の点検を用意しています。", "Preparing the review of this week.";
    NO_WEEK = "終わった週がまだありません。日曜日のあとで点検します。利用記録は L", "No week is over yet. The log itself: L";
    EMPTY_GROUP = "この区分の行はありません。T で次の区分", "No row of this kind. T shows the next kind.";
    COLUMN_WHEN = "日時", "When";
    COLUMN_WHO = "だれ", "Who";
    COLUMN_ACTION = "操作", "Action";
    COLUMN_RECORD = "だれの記録", "Whose record";
    COLUMN_MARKS = "しるし", "Marks";
    COLUMN_WORK = "業務との関係", "Work";

    GROUP_ALL = "すべて", "all";
    GROUP_UNEXPLAINED = "説明なし", "unexplained";
    GROUP_RULE = "規則", "rules";
    GROUP_SAMPLE = "無作為", "random";
    GROUP_DEVICE = "機器", "machine";
    /// {0} first day, {1} last day, {2} due day.
    WEEK = "{0}-{1}  締切 {2}", "{0}-{1}  due {2}";
    LATE = "!過ぎ", "!late";

    MARK_OWN = "本人", "own";
    MARK_KIN = "親族", "kin";
    MARK_COLLEAGUE = "職員", "staff";
    MARK_RARE = "珍姓", "rare name";
    MARK_SURNAME = "同姓", "surname";
    MARK_HOURS = "時間外", "hours";
    MARK_SECTION = "他係", "section";
    MARK_VOLUME = "大量", "volume";
    MARK_SEARCH = "検索のみ", "search";
    MARK_MEDIUM = "媒体", "medium";
    MARK_NEW_ENTRY = "新台帳", "new entry";
    MARK_CHANGED = "台帳", "register";
    MARK_TWICE = "2回変更", "twice";
    MARK_AGAIN_SENT = "再送", "resent";
    MARK_AGAIN = "何度も", "again";
    MARK_CROWD = "注目", "crowd";
    MARK_MISSES = "照合違い", "misses";
    MARK_BROWSED = "数件", "browsed";
    MARK_CLOCK = "時計", "clock";
    MARK_LOG = "記録自体", "the log";
    MARK_ALTERED = "改変", "altered";
    MARK_LOCKED = "締出", "locked";
    MARK_FAILED = "失敗", "failed";
    MARK_DENIED = "拒否", "denied";
    MARK_RANDOM = "無作為", "random";

    LONG_OWN = "自分の記録", "the record of the person who looked";
    LONG_KIN = "届け出た親族か同居の人", "a declared relative or household member";
    LONG_COLLEAGUE = "職員の記録", "the record of a member of staff";
    LONG_RARE = "同じ珍しい姓", "the same rare surname";
    LONG_SURNAME = "同じ姓", "the same surname";
    LONG_HOURS = "時間外で、前後に業務なし", "after hours, no work around it";
    LONG_SECTION = "他の係の受付", "a record of another section";
    LONG_VOLUME = "係の中央値の3倍をこえる件数", "over three times the section's median";
    LONG_SEARCH = "多くの人をさがし、開いていない", "many searched for and not opened";
    LONG_MEDIUM = "記録媒体への送付", "prepared for a medium";
    LONG_NEW_ENTRY = "送り先台帳の新しい行", "a new destination";
    LONG_CHANGED = "送り先台帳の変更", "a destination was changed";
    LONG_TWICE = "2週間に2回変更", "changed twice within two weeks";
    LONG_AGAIN_SENT = "届いたものをもう一度送った", "sent again although it had arrived";
    LONG_AGAIN = "3日以上にわたり表示", "looked at on three days or more";
    LONG_CROWD = "業務のない3人以上が表示", "three or more without work looked";
    LONG_MISSES = "照合の違いが多い", "many missed blind checks";
    LONG_BROWSED = "同じ日に説明のない表示が3件以上", "three or more unexplained in a day";
    LONG_CLOCK = "時計が動かされた", "the clock was moved";
    LONG_LOG = "利用記録そのもの(異常・再開・消去・書き出し)", "the log itself (alarm, epoch, erasure, export)";
    LONG_ALTERED = "失敗の記録の改変", "the file of refused sign-ins was altered";
    LONG_LOCKED = "利用開始の締め出し", "locked out";
    LONG_FAILED = "利用開始の失敗", "failed sign-ins";
    LONG_DENIED = "許されない操作", "an act that the rules forbid";

    /// {0} reception number.
    WORK_NEAR = "{0} の前後", "near {0}";
    WORK_NONE = "業務なし", "none";
    /// {0} reception number, {1} action, {2} when.
    WORK_LONG = "業務: 受付 {0} {1} {2}", "work: {0} {1} {2}";
    WORK_NONE_LONG = "この人のこの記録での業務はありません。", "This person has no work on this record.";
    /// {0} records.
    RECORDS = "({0}件)", "({0} records)";
    /// {0} events.
    TIMES = "全 {0} 回", "{0} events";
    /// {0} mark words.
    MARKED = "しるし: {0}", "marks: {0}";
    MARKED_RANDOM = "無作為に選ばれた行です。", "Drawn at random.";
    OWN = "*自分の分", "*own";
    /// {0} verdict, {1} reviewer.
    DECIDED = "判断: {0} ({1})", "verdict: {0} ({1})";
    CHOOSE = "判断 1 業務  2 本人に聞く(理由)  3 不適切の疑い(理由)  4 あとで  U 取消",
        "1 work  2 ask (reason)  3 doubtful (reason)  4 later  U take back";
    TAKEN_BACK = "判断を取り消しました。", "The verdict was taken back.";
    NOTHING_GIVEN = "ここで付けた判断がありません。", "No verdict was given here.";
    ALL_DECIDED = "全部判断しました。S で点検を終えます。", "All is decided. S signs it off.";
    ONLY_OWN = "残りは自分の分です。別の点検者に頼んでください。", "What is left is about yourself. Ask another supervisor.";
    /// {0} rows.
    STILL_OPEN = "まだ {0} 行あります。N で次へ", "{0} rows are open. N goes to the next.";
    /// {0} name.
    SIGNED = "{0} が点検を終えました。判断は変えられません。", "Signed off by {0}. Its verdicts stand.";
    SIGNED_NOW = "点検を終えました。", "Signed off.";
    /// {0} week, {1} rows.
    SIGN_ASK = "{0} の点検を終えます。{1} 行の判断は、このあと変えられません。", "Sign off {0}. The verdicts on its {1} rows stand from then on.";
    SIGN_YES = "終える", "sign off";
    SIGN_NO = "やめる", "not yet";
    OTHERS_LATE = "!締切を過ぎた未点検の週があります。W で選びます。", "!Another week is late. W shows the weeks.";

    KEY_VERDICT = "判断", "verdict";
    KEY_NEXT = "次の未点検", "next open";
    KEY_GROUP = "区分", "kind";
    KEY_WEEKS = "週", "weeks";
    KEY_LOG = "利用記録", "log";
    KEY_SIGN = "終了", "sign off";

    WEEKS_TITLE = "点検する週", "Weeks to review";
    COLUMN_WEEK = "週", "Week";
    COLUMN_DAYS = "期間", "Days";
    COLUMN_PROGRESS = "点検", "Reviewed";
    COLUMN_DUE = "締切", "Due";
    COLUMN_STATE = "状態", "State";
    STATE_SIGNED = "済 {0}", "done {0}";
    STATE_LATE = "!未点検 締切過ぎ", "!late";
    STATE_OPEN = "未点検", "open";
    WEEKS_HOW = "Enter でその週を開きます。", "Enter opens the week.";
    DETAILS_TITLE = "点検の行", "Row of the review";
}
