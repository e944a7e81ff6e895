//! Sentences of the destination register and of preparing a sending.

super::texts! {
    TITLE = "送り先台帳", "Destination register";
    PICK_TITLE = "送り先台帳 - 送り先を選ぶ", "Destination register - choose one";
    EMPTY = "送り先がありません。F6 で登録します。", "There is no destination yet. F6 enters one.";
    COLUMN_CODE = "番号", "Code";
    COLUMN_ORGANISATION = "名称", "Organisation";
    COLUMN_CHANNEL = "方法", "Channel";
    COLUMN_ADDRESS = "宛先", "Address";
    COLUMN_STATUS = "状態", "Status";
    COLUMN_UNTIL = "有効期限", "Valid until";
    CHANNEL_FOLDER = "庁内送信", "folder";
    STATUS_UNCONFIRMED = "!2人目待ち", "!2nd keying";
    STATUS_USABLE = "使用中", "usable";
    STATUS_EXPIRED = "!期限切れ", "!expired";
    STATUS_FROZEN = "!停止中", "!frozen";
    /// {0} name of who entered it.
    ENTERED_BY = "1人目 {0}", "First keying: {0}";
    /// {0} first, {1} second person.
    ENTERED_AND_CONFIRMED_BY = "1人目 {0}  2人目 {1}", "First keying: {0}, second: {1}";
    /// {0} the document number.
    SOURCE_IS = "出どころ {0}", "Source: {0}";
    ADDRESS_HIDDEN = "2人目の入力が済むまで、宛先はだれにも表示しません。",
        "The address is shown to nobody before the second keying.";
    KEY_NEW = "新規", "new";
    KEY_CHANGE = "変更", "change";
    KEY_SECOND = "2人目の入力", "second keying";
    KEY_FREEZE = "停止", "freeze";
    KEY_CHOOSE = "選ぶ", "choose";
    NOTHING_SELECTED = "送り先を選んでください。", "Select a destination first.";
    ALREADY_CONFIRMED = "この送り先は2人目の入力が済んでいます。変更は C です。",
        "This destination is confirmed already. C changes it.";
    OWN_ENTRY = "自分が入力した送り先の2人目にはなれません。別の職員に頼んでください。",
        "You entered it yourself. Ask a colleague for the second keying.";
    NOT_USABLE = "この送り先は今は使えません。", "This destination cannot be used now.";
    /// {0} code, {1} organisation.
    FREEZE_ASK = "{0} {1} をすぐに停止しますか。", "Freeze {0} {1} at once?";
    FREEZE_ASK_MORE = "まだ送られていない指示も止まります。この画面からは元に戻せません。",
        "Orders that have not left are stopped too. It cannot be undone here.";
    FREEZE_YES = "停止する", "freeze";
    FREEZE_NO = "停止しない", "do not freeze";
    FROZEN_NOW = "停止しました。", "Frozen.";

    FORM_NEW = "送り先の登録 - 1人目の入力", "New destination - first keying";
    /// {0} code.
    FORM_CHANGE = "送り先の変更 {0} - 1人目の入力", "Change of {0} - first keying";
    FIELD_CODE = "台帳番号", "Code";
    FIELD_ORGANISATION = "名称", "Organisation";
    FIELD_READING = "よみ", "Reading";
    FIELD_ADDRESS = "宛先", "Address";
    FIELD_RECIPIENT = "受信者の公開鍵", "Recipient key";
    FIELD_SOURCE = "出どころの文書番号", "Source document";
    FIELD_TAIL = "公開鍵の末尾 6 字", "Last 6 of the key";
    HINT_CODE = "例 D014", "e.g. D014";
    HINT_ADDRESS = "例 130001-0123", "e.g. 130001-0123";
    HINT_RECIPIENT = "age1 で始まる 62 字", "62 characters, age1...";
    HINT_SOURCE = "例 健感第12号", "e.g. K-12";
    HINT_TAIL = "紙の台帳の公開鍵", "from the paper";
    FORM_NOTE = "公文書を見て入れてください。別の職員が別の紙から入れるまで使えません。",
        "Key from an official paper. A colleague keys it again from another one.";
    FORM_CHANGE_NOTE = "宛先と公開鍵は、もとの値を引き継ぎません。紙から入れ直してください。",
        "Address and key are not taken over. Key them again from the paper.";
    KEY_TO_SECOND = "2人目へ渡す", "hand to the second person";
    PROPOSED = "登録しました。別の職員が 2 で2人目の入力をします。",
        "Entered. A colleague now keys it with 2.";

    /// {0} code.
    REKEY_TITLE = "送り先の2人目の入力 {0}", "Second keying of {0}";
    REKEY_NOTE = "1人目とは別の紙を見て入れてください。1人目の値は表示しません。",
        "Key from another paper than the first person. Their values are not shown.";
    /// {0} attempts left.
    REKEY_MISMATCH = "一致しません(どちらかは表示しません)。紙を見直してください。残り {0} 回",
        "No match (which one is not said). Check the paper. {0} left.";
    REKEY_EXHAUSTED = "3回一致しませんでした。1人目が紙を見直して入れ直します。",
        "Three mismatches. The first person has to check the paper and key it again.";
    REKEY_CONFIRMED = "一致しました。この送り先は1年間使えます。", "Matched. It can be used for one year.";
    NO_PASTE = "貼り付けは使えません。日本語入力を切り、紙を見て1字ずつ入れてください。",
        "No pasting here. Key it from the paper, letter by letter.";
    EXPECT_BLIND = "英数で入力(貼り付け不可)", "Alphanumeric, no pasting";
    KEY_COMPARE = "照合する", "compare";

    /// {0} reception number.
    PREPARE_TITLE = "送付の準備 {0}", "Prepare sending {0}";
    /// {0} number and name.
    SENDER_IS = "送る人 {0}", "Sender {0}";
    PREPARE_WHAT = "送るもの", "What";
    PREPARE_WHOSE = "だれの", "Whose";
    PREPARE_RECEPTION = "受付番号", "Reception";
    /// {0} version of the record.
    PREPARE_VERSION = "第{0}版", "version {0}";
    PREPARE_TO = "送り先", "To";
    PREPARE_TO_HINT = "台帳番号 例 D014", "code, e.g. D014";
    NO_NAME = "氏名のない届出", "report without name";
    /// {0} date.
    CONFIRMED_UNTIL = "2名で確認済み  期限 {0}", "confirmed by two, until {0}";
    NO_SUCH_CODE = "この番号の送り先はありません。F2 で一覧を見てください。",
        "No destination has this code. F2 shows the list.";
    /// {0} code, {1} organisation, {2} address.
    SIMILAR = "! よく似た送り先: {0} {1} {2}", "! Similar: {0} {1} {2}";
    NEEDS_SECOND = "この送付には、もう1名の確認が要ります。", "This sending needs a second person.";
    SECOND_BRINGS = "確認者は原本(届出用紙)と宛先台帳(紙)を持って次の画面へ進みます。",
        "The second person brings the original and the paper register.";
    SECOND_SEES_NOTHING = "この画面の送り先・番号は、確認者の画面では伏せられます。",
        "What you chose is hidden from the second person.";
    KEY_HAND_OVER = "確認者へ渡す", "hand over";
    KEY_LIST = "送り先の一覧", "destinations";
    KEY_PREVIEW = "送付物を見る", "preview";
    PREVIEW_LATER = "送付物は F12 で確定したあとに見られます。", "The document can be seen after F12.";
    PREVIEW_TITLE = "送付物(送られる文面)", "The document as it will arrive";
    NOT_LOADED = "読み込んでいます。", "Loading.";
    STATUS_PREPARING = "状態: 準備中  未送信", "preparing, not sent";

    /// {0} transmission number.
    HANDED_TITLE = "確認者へ渡しました T-{0}", "Handed over T-{0}";
    HANDED_NUMBER = "送付番号", "Number";
    /// {0} sheets.
    HANDED_SHEETS = "送付物は {0} 枚です。原本とそろえて確認する人に渡してください。", "{0} sheets: hand them to the second person with the original.";
    HANDED_NOT_SENT = "まだ送っていません。もう1名の確認が要ります。", "Nothing was sent yet. A second person has to confirm.";
    HANDED_NOW = "いまここで、別の職員が確認する", "A colleague confirms here and now";
    HANDED_LATER = "あとで、別の職員が自分の画面(送付箱)で確認する", "A colleague confirms later, from their own outbox";
    KEY_NOW = "ここで確認", "here";
    KEY_LATER = "あとで", "later";
    /// Where panels are told in lines, what was said about the destination cannot be taken off the terminal.
    HANDED_ONLY_LATER = "2 を押してください。送り先の文が残るこの端末では、確認はできません。",
        "Press 2: this terminal keeps the destination, so no check is made here.";
    HANDED_CHOOSE = "1 か 2 を押してください。", "Press 1 or 2.";
    STATUS_HANDED = "状態: 確認待ち  未送信", "awaiting confirmation, not sent";
}
