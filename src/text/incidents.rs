//! Sentences about misdeliveries: the list, the course of one, its forms, the warning, the draft of the report.

super::texts! {
    /// {0} how many are open.
    WARNING = "誤送付 対応中 {0}件", "MISDELIVERY open: {0}";
    /// {0} the warning, {1} codes of the register.
    WARNING_FROZEN = "{0} ({1} 停止中)", "{0} ({1} frozen)";

    TITLE = "誤送付", "Misdeliveries";
    LOADING = "読み込んでいます。", "Loading.";
    EMPTY = "誤送付の報告はありません。", "No misdelivery was reported.";
    HOW = "報告は送付箱か送り先台帳の行で X。Enter で経過を開き、対応を記録します。",
        "Report with X in the outbox or the register. Enter opens the course.";
    COLUMN_NUMBER = "番号", "No.";
    COLUMN_FOUND = "判明日時", "Found";
    COLUMN_TO = "送り先", "To";
    COLUMN_SENDING = "送付", "Sending";
    COLUMN_PEOPLE = "人数", "People";
    COLUMN_PRELIMINARY = "速報(3-5日)", "Prelim. 3-5 d";
    COLUMN_FINAL = "確報", "Final";
    COLUMN_STATE = "状態", "State";
    OPEN = "対応中", "open";
    CLOSED = "終了", "closed";
    /// {0} people.
    PEOPLE = "{0}人", "{0}";
    DUE_DONE = "済", "done";
    /// {0} days left.
    DUE_LEFT = "あと{0}日", "{0} d left";
    DUE_TODAY = "今日まで", "today";
    /// {0} days.
    DUE_LATE = "!{0}日超過", "!{0} d late";
    DUE_NOT_NEEDED = "不要", "not needed";
    /// {0} open, {1} all.
    COUNTS = "対応中 {0} 件  すべて {1} 件", "{0} open, {1} in all";

    COURSE_TITLE = "誤送付の経過", "Course of a misdelivery";
    /// {0} found when, {1} people, {2} sending, {3} who reported.
    COURSE_FACTS = "{0} に判明  {1}人  送付 {2}  報告 {3}", "Found {0}, {1} people, sending {2}, reported by {3}";
    UNKNOWN_SENDING = "不明", "unknown";
    COLUMN_WHEN = "日時", "When";
    COLUMN_KIND = "対応", "Step";
    COLUMN_WHOM = "相手", "With";
    COLUMN_WORDS = "内容", "What";
    COLUMN_BY = "記録", "By";
    NO_STEPS = "まだ対応の記録がありません。F6 で記録します。", "No step is recorded yet. F6 records one.";
    /// {0} third, {1} fifth day, {2} how it stands, {3} last day of the final report, {4} how it stands.
    COURSE_DUE = "速報 {0} から {1} ({2})  確報 {3} まで ({4})", "Prelim. {0} to {1} ({2}), final by {3} ({4})";
    /// {0} taken back, {1} already with the courier.
    COURSE_STOPPED = "{0}。止めた送付 {1} 件、すでに配送に渡っていた送付 {2} 件。",
        "{0}. {1} taken back, {2} already with the courier.";
    COURSE_FROZEN = "送り先は停止中", "Destination frozen";
    COURSE_NOT_FROZEN = "送り先は停止していません", "Destination not frozen";
    /// {0} words.
    COURSE_WORDS = "何が起きたか: {0}", "What happened: {0}";
    /// {0} conclusion, {1} staff number, {2} day.
    COURSE_CLOSED = "終了: {0} ({1}, {2})", "Closed: {0} ({1}, {2})";
    STEP_TITLE = "対応の記録", "Step";
    WORDS_TITLE = "何が起きたか", "What happened";
    KEY_WORDS = "いきさつ", "account";
    KEY_STEP = "対応を記録", "record a step";
    KEY_WHOLE = "全文", "whole text";
    KEY_DRAFT = "速報の案", "draft report";
    KEY_CLOSE = "終了", "close";
    DRAFT_TITLE = "速報の案", "Draft of the preliminary report";

    KIND_CONTACT = "連絡した", "contact";
    KIND_RECOVERED = "回収した", "recovered";
    KIND_DESTROYED = "廃棄を確認", "destroyed";
    KIND_NOT_RECOVERABLE = "回収できない", "not recoverable";
    KIND_PERSON_TOLD = "本人へ連絡", "person told";
    KIND_PRELIMINARY = "速報を出した", "prelim. report";
    KIND_FINAL = "確報を出した", "final report";
    KIND_MALICE = "不正の疑い", "malice suspected";
    KIND_NOTE = "その他", "note";
    /// {0} what had been noted by mistake.
    MISTAKEN = "取消 {0}", "not so: {0}";

    /// {0} number.
    CLOSE_ASK = "誤送付 {0} を終了しますか。結論を選んでください。", "Close misdelivery {0}? Choose what it was.";
    CLOSE_ASK_MORE = "全員の画面の表示が消えます。送り先は停止のままです。",
        "The warning goes from every panel. The destination stays frozen.";
    CONCLUSION_LEAK = "漏えい(速報を出した)", "a leak (reported)";
    CONCLUSION_UNREADABLE = "漏えいではない(暗号化され読めない)", "no leak: encrypted, nobody could read it";
    CONCLUSION_RECOVERED = "漏えいではない(読まれる前に回収・廃棄)", "no leak: recovered or destroyed unread";
    CLOSE_NO = "終了しない", "leave it open";
    CLOSED_NOW = "終了しました。", "Closed.";
    NOTED = "記録しました。", "Recorded.";

    /// {0} what it is about: a sending or a register code.
    REPORT_TITLE = "誤送付の報告 {0}", "Report a misdelivery: {0}";
    /// Stands where a code would, while codes are hidden.
    THAT_DESTINATION = "この送り先", "that destination";
    /// {0} code.
    REPORT_EFFECT = "F12 で {0} への送付を全員について止め、係長(点検者)の一覧に載せます。",
        "F12 stops everything to {0} for everybody and tells the supervisors.";
    REPORT_AFTER = "報告のあと、相手への連絡と回収を記録します。", "Then record the calls and the recovery.";
    REPORT_NO_NAMES = "患者の氏名は書かないでください。", "Do not write names of patients.";
    FIELD_DAY = "分かった日", "Found on";
    FIELD_TIME = "分かった時刻", "Found at";
    FIELD_PEOPLE = "何人分ですか", "How many people";
    FIELD_WORDS = "何が起きましたか", "What happened";
    HINT_PEOPLE = "試し送りなら 0", "0 for a test page";
    HINT_DAY = "例 14 0714 t", "e.g. 14 0714 t";
    HINT_TIME = "例 930", "e.g. 930";
    KEY_REPORT = "報告して停止", "report and freeze";
    BAD_DAY = "日付を読めません。数字で入れてください(例 0714)。", "Not a date: e.g. 0714.";
    BAD_TIME = "時刻を読めません(例 930)。", "Not a time: e.g. 930.";
    BAD_PEOPLE = "人数を数字で入れてください。", "Enter the number of people in digits.";
    BAD_KIND = "対応を 1 から 9 の数字で選んでください。取り消しは 06 のように。",
        "Choose a step with a digit from 1 to 9; 06 takes back 6.";

    /// {0} number of the incident.
    FORM_TITLE = "対応の記録 誤送付 {0}", "Record a step: misdelivery {0}";
    FIELD_KIND = "対応", "Step";
    FIELD_STEP_DAY = "した日", "Done on";
    FIELD_STEP_TIME = "した時刻", "Done at";
    FIELD_WHOM = "だれと", "With whom";
    FIELD_STEP_WORDS = "内容", "What";
    FIELD_STEP_PEOPLE = "人数(変われば)", "People (if changed)";
    HINT_KIND = "上の番号  取り消しは 0 を付けて(例 06)", "a digit above; 06 takes back 6";
    FORM_NOTE = "記録は消せません。誤りは 06 のように取り消し、内容に理由を書きます。",
        "What is recorded stays. A mistake is taken back (06), with the reason.";
    KEY_RECORD = "記録する", "record";

    DRAFT_HEAD = "個人情報の漏えい等報告(速報)の案", "Draft: preliminary report of a leak of personal information";
    /// {0} office, {1} number of the incident, {2} day of the draft.
    DRAFT_FROM = "{0}  誤送付 {1}  {2} 現在", "{0}, misdelivery {1}, as of {2}";
    DRAFT_FILL = "(記入)", "(fill in)";
    DRAFT_1 = "1 概要", "1 Outline";
    /// {0} found when.
    DRAFT_FOUND = "{0}、送付物の誤送付または紛失(恐れを含む)が分かった。", "{0}: something sent has, or may have, gone astray.";
    /// {0} number, {1} sent when, {2} way, {3} sheets.
    DRAFT_SENT = "送付 T-{0}: {1}、{2}で送付({3} 枚)。", "Sending T-{0}: {1} by {2}, {3} sheets.";
    /// {0} number, {1} prepared when, {2} way, {3} sheets.
    DRAFT_HELD = "送付 T-{0}: {1}に準備。配送の前に取りやめ、送っていない({2}、{3} 枚)。",
        "Sending T-{0}: prepared {1}, taken back before it left ({2}, {3} sheets).";
    /// {0} number, {1} prepared when, {2} way, {3} sheets.
    DRAFT_FAILED = "送付 T-{0}: {1}に準備。{2}で送ったが、届かなかったと記録({3} 枚)。",
        "Sending T-{0}: prepared {1}, sent by {2}, recorded as not delivered ({3} sheets).";
    /// {0} number, {1} prepared when, {2} way, {3} sheets.
    DRAFT_UNCLEAR = "送付 T-{0}: {1}に準備。{2}の配送に渡し、届いたかは分かっていない({3} 枚)。",
        "Sending T-{0}: prepared {1}, given to {2}, whether it arrived is not known ({3} sheets).";
    DRAFT_NOTHING_LEFT = "送付物は出ていない(配送の前に取りやめた)。", "Nothing left: it was taken back before.";
    DRAFT_SENT_UNKNOWN = "どの送付かは特定できていない。", "Which sending it was is not known.";
    /// {0} code, {1} organisation.
    DRAFT_MEANT = "意図した送り先: 台帳 {0} {1}", "Meant for: register {0} {1}";
    DRAFT_REACHED = "実際に届いた先: (記入)", "Reached: (fill in)";
    /// {0} code, {1} stopped, {2} gone.
    DRAFT_STOPPED = "{0} への送付を止めた。取りやめ {1} 件、すでに配送に渡っていたもの {2} 件。",
        "Everything to {0} was stopped: {1} taken back, {2} already gone.";
    /// {0} number of the incident.
    DRAFT_WORDS_ARE = "詳しい経過は、誤送付 {0} の「何が起きたか」と対応の記録を見て記入する。", "For details see what was written down under misdelivery {0}.";
    DRAFT_2 = "2 漏えい等をした個人情報の項目", "2 Items of personal information";
    /// {0} title of the form.
    DRAFT_FORM = "様式: {0}", "Form: {0}";
    /// {0} group, {1} labels.
    DRAFT_GROUP = "{0}({1})", "{0} ({1})";
    DRAFT_SENSITIVE = "要配慮個人情報(病歴、診療の情報など)を含む。", "Sensitive information (medical history) is among them.";
    DRAFT_TEST_PAGE = "試し送りの紙で、個人情報はない。", "A test page without personal information.";
    DRAFT_3 = "3 本人の数", "3 Number of people";
    DRAFT_4 = "4 発生原因", "4 Cause";
    DRAFT_5 = "5 二次被害またはその恐れの有無と内容", "5 Secondary damage, or the danger of it";
    DRAFT_ENCRYPTED = "送付物は暗号化されていた(鍵かパスワードがなければ読めない)。", "What was sent was encrypted.";
    DRAFT_READABLE = "送付物は相手が読める形だった。", "What was sent could be read at the other end.";
    /// {0} when, {1} what.
    DRAFT_WHEREABOUTS = "送付物の所在: {0} {1}", "Where it is: {0} {1}";
    DRAFT_WHEREABOUTS_OPEN = "送付物の所在: 回収・廃棄の記録はまだない。", "Where it is: nothing recorded yet.";
    DRAFT_MALICE = "不正な目的による恐れがある。", "It may have been done with intent.";
    DRAFT_6 = "6 本人への対応の状況", "6 What was done for the people concerned";
    /// {0} when.
    DRAFT_TOLD = "{0} 本人へ連絡した。", "{0}: told.";
    DRAFT_NOT_TOLD = "本人への連絡の記録はまだない。", "Nothing recorded yet.";
    DRAFT_7 = "7 公表の状況", "7 Publication";
    DRAFT_8 = "8 再発防止のための措置", "8 Measures against repetition";
    /// {0} code.
    DRAFT_KEPT_FROZEN = "台帳 {0} は全員に対して停止した。", "Register {0} is frozen for everybody.";
    DRAFT_9 = "9 その他参考となる事項", "9 Other";
    DRAFT_STEPS = "これまでの対応:", "Done so far:";
    /// {0} third, {1} fifth day.
    DRAFT_DUE = "速報の目安(概ね 3 から 5 日): {0} から {1}", "Preliminary report: {0} to {1}";
    /// {0} last day.
    DRAFT_DUE_FINAL = "確報の期限: {0}", "Final report by {0}";
    DRAFT_NOTES = "注 根拠の照合(V 照合ずみ、P 一部、O 未照合。提出の前に条文を確かめること)",
        "Notes: V compared, P partly, O not compared";
    DRAFT_NOTE_LAW = "O 個人情報保護法68条、規則43条から44条(行政機関等)。条の番号は照合していない。", "O: articles of the law for public bodies were not compared.";
    DRAFT_NOTE_DAYS = "V 3 から 5 日、30 日、60 日、9 項目は民間事業者の解説。行政機関等では O。",
        "V for businesses, O for public bodies: 3 to 5, 30, 60 days; nine items.";
    DRAFT_NOTE_COUNT = "O 期限は、分かった日を 1 日目とし、休日も数えた(早い方の数え方)。", "O: the day of learning is the first, holidays count.";
    DRAFT_NOTE_ONE = "O 要配慮個人情報は 1 人から報告の対象とした。", "O: sensitive information is reportable from one person.";
    DRAFT_NOTE_EXEMPT = "V 高度な暗号化、または見られる前の全回収は対象外(民間事業者の解説)。",
        "V for businesses: encrypted, or recovered unread, is exempt.";
}
