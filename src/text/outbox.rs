//! Sentences of the outbox and of the second person's confirmation.
use super::Text;

super::texts! {
    TITLE = "送付箱", "Outbox";
    LOADING = "読み込んでいます。", "Loading.";
    EMPTY = "送付はまだありません。", "Nothing has been sent yet.";
    COLUMN_NUMBER = "番号", "No.";
    COLUMN_TIME = "時刻", "Time";
    COLUMN_TO = "送り先", "To";
    COLUMN_WHAT = "送ったもの", "What";
    COLUMN_STATE = "状態", "State";
    COLUMN_WHO = "送/確", "By";
    STATE_AWAITING = "確認待", "waiting";
    STATE_CONFIRMED = "確認済", "agreed";
    STATE_QUEUED = "配送待", "queued";
    STATE_DISPATCHING = "送信中", "sending";
    STATE_SENT = "受領未", "sent";
    STATE_ACKNOWLEDGED = "受領済", "arrived";
    STATE_FAILED = "!失敗", "!failed";
    STATE_UNCERTAIN = "!不明", "!unsure";
    STATE_RETURNED = "返却", "back";
    STATE_WITHDRAWN = "取下げ", "dropped";
    STATE_VOID = "!無効", "!void";
    /// {0} pages.
    PAGES = "{0}枚", "{0} p.";
    /// {0} all, {1} waiting, {2} queued or sending, {3} failed or doubtful, {4} arrival not confirmed.
    COUNTS = "[すべて {0}]  確認待ち {1}  配送中 {2}  失敗・不明 {3}  受領未確認 {4}",
        "[all {0}]  waiting {1}  on the way {2}  failed/unsure {3}  unconfirmed {4}";
    HIDDEN = "(確認まで非表示)", "(hidden)";
    HIDDEN_WHY = "確認待ち: 内容は確認が済むまで表示しません。Enter で確認を始めます。",
        "Waiting: nothing is shown before the check. Enter starts it.";
    WAITING_OWN = "確認待ち: 別の職員の確認が要ります。C で取り下げます。",
        "Waiting for a colleague. C withdraws it.";
    WAITING_QUEUED = "確認済み: 配送の順番を待っています。まだなら C で取り下げられます。",
        "Confirmed and queued. C withdraws it while it has not left.";
    WAITING_DISPATCHING = "配送中です。F5 で最新の状態を見ます。", "It is being delivered. F5 shows the latest state.";
    SENT_HINT = "送りました。相手の受領を確かめたら A で記録します。",
        "Sent. When the recipient confirms the arrival, record it with A.";
    ARRIVED = "相手の受領を確かめました。", "The arrival was confirmed.";
    FAILED_HINT = "届いていません。もう一度送るには、受付一覧から準備し直します。",
        "It did not arrive. Prepare it again to send it.";
    UNCERTAIN_HINT = "送られたか分かりません。配送側の記録を見て Enter で記録します。",
        "It may have left. Look at the carrier's log, then press Enter.";
    RETURNED_HINT = "確認者が返しました。内容と送り先を見直して準備し直します。",
        "The second person returned it. Check it and prepare it again.";
    WITHDRAWN_HINT = "取り下げました。", "It was withdrawn.";
    VOID_HINT = "3回一致しなかったため無効です。準備からやり直します。",
        "Void after three mismatches. Prepare it again.";
    /// {0} misses.
    MISSES = "照合の不一致 {0} 回", "{0} mismatches";
    /// {0} as in `7c31-a00b`.
    MAIL_NUMBER = "メールの送信番号 {0}", "number in the mail {0}";
    STATE_SUPERVISOR = "!係長待", "!superv.";
    STATE_IN_HAND = "!手送り", "!by hand";
    STATE_UNANSWERED = "!未受領", "!no word";
    TEST_PAGE_SHORT = "試し送り", "test page";
    SUPERVISOR_HINT = "2回続けて合いませんでした。係長(点検者)が Enter で認めるまで進めません。",
        "Two misses in a row. A supervisor allows the last attempt with Enter.";
    IN_HAND_HINT = "送信票を印刷しました。手で送り、機械の通信結果を T で入れてください。",
        "Printed. Send it by hand, then key in the machine's report with T.";
    /// {0} number.
    ALLOW_ASK = "送付 T-{0} の最後の照合を認めますか。", "Allow a last attempt for T-{0}?";
    KEY_CONFIRM = "確認・記録", "confirm";
    KEY_WITHDRAW = "取り下げ", "withdraw";
    KEY_MISDELIVERY = "誤送付の報告", "misdelivery";
    KEY_MACHINE = "手送りの結果", "sent by hand";
    /// {0} number.
    MACHINE_ASK = "T-{0} を手でファクスした結果を選んでください。", "How did faxing T-{0} by hand end?";
    MACHINE_SENT = "送れた(通信結果を入れる)", "sent (key the report)";
    MACHINE_NOT_SENT = "送れなかった", "not sent";
    NOT_IN_HAND = "手で送る送付ではありません。", "This is not sent by hand.";
    STATE_APPROVAL = "!承認待", "!approval";
    APPROVAL_HINT = "記録媒体です。係長(点検者)が Enter で承認するまで確認できません。",
        "A medium: nobody can confirm it before a supervisor approves it with Enter.";
    KEY_ARRIVED = "受領を記録", "arrived";
    NOT_WITHDRAWABLE = "この送付は取り下げられません。", "This one cannot be withdrawn.";
    NOT_SENT_YET = "送った送付だけ受領を記録できます。", "Only what was sent can be acknowledged.";
    /// {0} number.
    WITHDRAW_ASK = "送付 T-{0} を取り下げますか。", "Withdraw sending T-{0}?";
    WITHDRAW_YES = "取り下げる", "withdraw";
    NO_CHANGE = "何もしない", "leave it";
    /// {0} number.
    RECONCILE_ASK = "送付 T-{0} は送られたか分かりません。", "Whether T-{0} has left is unknown.";
    RECONCILE_ASK_MORE = "配送側の記録を見た結果を選んでください。自動では送り直しません。",
        "Say what the carrier's log shows. Nothing is sent again by this.";
    RECONCILE_SENT = "送られていた", "it was sent";
    RECONCILE_NOT_SENT = "送られていなかった", "it was not sent";
    DONE = "記録しました。", "Recorded.";
    WITHDRAWN_NOW = "取り下げました。", "Withdrawn.";

    /// {0} transmission number.
    CONFIRM_TITLE = "送付の確認 T-{0}", "Confirm sending T-{0}";
    /// {0} number and name.
    CONFIRMER_IS = "確認する人 {0}", "Confirmer {0}";
    IDENTIFY_SPOT = "確認する人が、自分の番号・パスワード・確認コードを入れてください。",
        "The second person enters their own number, password and code.";
    IDENTIFY_OWN = "本人確認: パスワードと新しい確認コードを入れてください。",
        "Prove that it is you: password and a fresh code.";
    IDENTIFY_BRING = "原本(届出用紙)と宛先台帳(紙)を手元に用意してください。",
        "Have the original and the paper register at hand.";
    IDENTIFY_OTHER = "送る人と確認する人は別の職員です。", "Sender and confirmer are different people.";
    FIELD_NUMBER = "職員番号", "Staff number";
    FIELD_PASSWORD = "パスワード", "Password";
    FIELD_CODE = "確認コード", "Code";
    HINT_FRESH = "6 桁 使用済みのコードは使えません", "six digits, not used before";
    KEY_BEGIN = "確認を始める", "begin";
    STILL_INITIAL = "仮パスワードでは確認できません。先に自分の画面で利用開始してください。",
        "Not with an initial password. Sign in at your own screen first.";

    BLIND_NOTE = "原本と宛先台帳(紙)だけを見て入れてください。画面には答えを出しません。",
        "Key from the original and the paper register. No answer is shown here.";
    BLIND_WHOSE = "だれの書類ですか(原本を見て)", "Whose paper is it (original)";
    BLIND_WHERE = "どこへ送りますか(原本を見て、台帳で調べる)", "Where does it go (paper register)";
    BLIND_HOW_MANY = "何枚送りますか(送る人に聞いて)", "How many sheets (ask the sender)";
    BLIND_BIRTH = "生年月日", "Birth date";
    BLIND_RECEPTION = "受付番号", "Reception number";
    BLIND_ADDRESS = "番号・宛先(全部)", "Number or address";
    BLIND_PAGES = "枚数", "Sheets";
    HINT_BIRTH = "例 昭和50年3月4日 = 3500304", "e.g. 19750304";
    HINT_RECEPTION = "原本に押した番号", "stamped on the paper";
    HINT_ADDRESS = "台帳(紙)の FAX 番号・アドレス・宛先を省かずに", "in full, from the paper register";
    HINT_PAGES = "送る人が言った枚数", "as the sender said";
    KEY_MATCH = "照合する", "compare";
    KEY_STOP = "やめる(確認待ちのまま)", "stop, keep waiting";
    /// {0} attempts left.
    ATTEMPTS_LEFT = "残り {0} 回", "{0} attempts left";
    BLIND_INCOMPLETE = "すべての項目を入れてください。", "Fill in everything.";

    /// {0} transmission number.
    MISSED_TITLE = "送付の確認 T-{0}   照合の結果: 一致しません", "Sending T-{0}: no match";
    NOT_SENT = "送信していません。", "Nothing was sent.";
    MISSED_WHICH = "どの項目が合わないか、相手の値は表示しません。",
        "Which item differs, and the other values, are not shown.";
    MISSED_1 = "確認する人: 原本と台帳をもう一度見て、最初から入れ直す(R)",
        "Second person: look at the papers again and key everything again (R)";
    MISSED_2 = "送る人: 送付の準備に戻って見直す(B)", "Sender: go back and check the preparation (B)";
    MISSED_TWICE = "2回続けて合いません。係長(点検者)を呼んでください(H)",
        "Two misses in a row: call a supervisor (H)";
    MISSED_3 = "2名とも原本を見て話し合う。相手の画面に合わせない。",
        "Both look at the original and talk. Do not copy from the other screen.";
    /// {0} attempts left.
    MISSED_LEFT = "残り {0} 回。合わなければ、この送付は無効になります。",
        "{0} attempts left; then this sending is void.";
    KEY_AGAIN = "入れ直す", "key again";
    KEY_SUPERVISOR = "係長を呼ぶ", "call a supervisor";
    SUPERVISOR_CAME = "係長が認めました。R で最後の照合をします。", "Allowed. R makes the last attempt.";
    /// {0} transmission number.
    SUPERVISE_TITLE = "係長の確認 T-{0}", "Supervisor for T-{0}";
    SUPERVISE_NOTE = "係長(点検者): 自分の番号・パスワード・確認コードを入れてください。",
        "Supervisor: enter your own number, password and code.";
    SUPERVISE_LOOK = "2名と一緒に原本と宛先台帳(紙)を見てから認めてください。",
        "Look at the original and the paper register with both first.";
    KEY_ALLOW = "もう1回を認める", "allow one more";
    KEY_RETURN = "送る人へ返す", "return to sender";
    MISSED_STATUS = "不一致は記録されました", "The mismatch was recorded";
    VOID_TITLE = "この送付は無効になりました", "This sending is void";
    VOID_NOTE = "送信していません。3回一致しませんでした。", "Nothing was sent. Three mismatches.";
    VOID_NEXT = "送る人が準備からやり直します。2名で原本と台帳を見てください。",
        "The sender prepares it again. Both should look at the papers.";

    /// {0} transmission number.
    REVEAL_TITLE = "送付の確認 T-{0}   照合の結果: すべて一致", "Sending T-{0}: everything matches";
    REVEAL_TO = "送り先", "To";
    REVEAL_ADDRESS = "宛先", "Address";
    REVEAL_WHOSE = "だれの", "Whose";
    TEST_PAGE = "試し送り(個人情報なし)", "test page (nothing personal)";
    REVEAL_MENTION = "別の人の名", "Others named";
    REVEAL_WHAT = "なにを", "What";
    REVEAL_SENDER = "送る人", "Sender";
    REVEAL_ALOUD = "指さして声に出す:", "Point and read aloud:";
    /// {0} organisation, {1} last four.
    ALOUD_TO = "「送り先 {0}、末尾 {1}、", "\"To {0}, ending in {1},";
    /// {0} name, {1} pages.
    ALOUD_WHOSE = "  {0}さん {1}枚、よし」", " {0}, {1} sheets, right.\"";
    /// {0} pages.
    ALOUD_NAMELESS = "  {0}枚、よし」", " {0} sheets, right.\"";
    KEY_SEND = "送る", "send";
    KEY_NOT_SEND = "送らない(送る人へ返す)", "do not send (return it)";
    NOT_YET = "あと少しで S が有効になります", "S will work in a moment";
    TOO_EARLY = "早すぎます。読み上げてから S を押してください", "Too early. Read it aloud, then press S";
    S_WORKS = "S が有効です", "S works now";
    SENDING = "記録しています", "Recording";
    ENTER_INERT = "Enter では送られません", "Enter does not send";
    /// {0} transmission number.
    SENT_TITLE = "確認しました T-{0}", "Confirmed T-{0}";
    SENT_NOTE = "配送へ渡しました。結果は送付箱で見られます。", "Handed to the courier. The outbox shows what becomes of it.";
    PENDING_NOTE = "確認は記録しました。配送へ渡すファイルは、まだ書き出せていません。",
        "It is confirmed. The file for the courier could not be written yet.";
    PENDING_NEXT = "送付箱を開くか F5 で更新したとき、または次の利用開始のときに書き直します。",
        "It is written when the outbox is opened or refreshed, or at a sign-in.";
    PENDING_NOT_AGAIN = "もう一度準備しないでください。", "Do not prepare it again.";
    RETURNED_TITLE = "送る人へ返しました", "Returned to the sender";
    RETURNED_NOTE = "送信していません。", "Nothing was sent.";
    FAILED_TITLE = "確認できませんでした", "It could not be confirmed";
    SEE_OUTBOX = "今の状態は送付箱で確かめてください。", "See the outbox for its present state.";
    CLOSE_WITH_ENTER = "Enter で閉じる", "Enter closes";
    EVIDENCE_OLD = "本人確認から5分たちました。最初からやり直してください。",
        "Five minutes have passed. Start again.";
    SEAT_LEFT = "確認する人の利用が終わっています。最初からやり直してください。",
        "The second person is no longer signed in. Start again.";
}

pub const PENDING: &[Text] = &[PENDING_NOTE, PENDING_NEXT, PENDING_NOT_AGAIN];
