//! Sentences of the destination register and of preparing a sending.

super::texts! {
    TITLE = "送り先台帳", "Destination register";
    PICK_TITLE = "送り先台帳 - 送り先を選ぶ", "Destination register - choose one";
    EMPTY = "送り先がありません。F6 で登録します。", "There is no destination yet. F6 enters one.";
    COLUMN_CODE = "番号", "Code";
    COLUMN_ORGANISATION = "名称", "Organisation";
    COLUMN_CHANNEL = "方法", "Channel";
    COLUMN_STATUS = "状態", "Status";
    COLUMN_UNTIL = "有効期限", "Valid until";
    COLUMN_SIMILAR = "類似", "Alike";
    HAS_SIMILAR = "!あり", "!yes";
    CHANNEL_FOLDER = "庁内送信", "folder";
    CHANNEL_FAX = "FAX", "fax";
    CHANNEL_MAIL = "メール", "mail";
    CHANNEL_MANUAL_FAX = "FAX(手送り)", "fax by hand";
    CHANNEL_MEDIA = "記録媒体", "medium";
    STATUS_IMPORTED = "!未入力", "!imported";
    STATUS_DISPUTED = "!入れ直し", "!key again";
    STATUS_UNTESTED = "!試し送り待", "!untested";
    STATUS_EXPIRING = "!期限近い", "!expiring";
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
    /// {0} first, {1} second document number.
    SOURCES_ARE = "出どころ {0} / {1}", "Sources: {0} / {1}";
    /// {0} day, {1} who answered.
    CALLED = "電話 {0} {1}", "Called {0} {1}";
    ADDRESS_HIDDEN = "(宛先は V で表示)", "(V shows the address)";
    HIDDEN_NAME = "(確認待ちの間は非表示)", "(hidden)";
    NAMES_HIDDEN = "あなたが確認できる送付が待っている間、名称と宛先は表示しません。",
        "Something waits that you could confirm: names are hidden until then.";
    SHOWN_NOTE = "表示したため、今待っている送付と、このあと1時間の送付は確認できません。",
        "Shown: you cannot confirm what waits for it, nor what comes within the hour.";
    TO_DO_TEST = "次は T 試し送り、届いたら A 電話で管理番号を読み上げてもらいます。",
        "Next: T sends a test page; A records the call about it.";
    TO_DO_TEST_OVER = "試し送りと電話の30日が過ぎました。C で紙から入れ直してください。",
        "The 30 days for test page and call are over. C enters it anew.";
    TO_DO_EXPIRED = "期限が切れています。C で紙から入れ直してください。", "It has expired. C enters it again.";
    TO_DO_RENEW = "30日以内に期限が切れます。C で紙から入れ直してください。", "It expires within 30 days. C enters it again.";
    TO_DO_IMPORTED = "一覧から取り込んだままです。C で紙から入れ直すまで使えません。",
        "Imported only: C enters it from the paper.";
    /// {0} day, {1} how often this month.
    USED = "前回 {0}  今月 {1} 回", "Last {0}, {1} this month";
    NEVER_USED = "! まだ一度も送っていません", "! Never used before";
    NEXT_TEST_PAGE = "2人目の入力は済んでいます。T で試し送りをしてください。",
        "Keyed twice already. T sends the test page.";
    NO_TEST_NEEDED = "試し送りと電話は、2人目の入力が済んだ新しい送り先だけです。",
        "Only a new destination that was keyed twice is tested.";
    /// {0} number of the sending.
    TEST_PREPARED = "試し送り T-{0} を用意しました。別の職員が送付箱で確認します。",
        "Test page T-{0} is prepared. A colleague confirms it in the outbox.";
    NEAR_SAME = "宛先が同じ", "same address";
    NEAR_TRANSPOSED = "番号が 2 字入れかわり", "two digits exchanged";
    NEAR_ONE_OFF = "番号が 1 字違い", "one digit off";
    NEAR_ORGANISATION = "名称が同じ", "same name";
    NEAR_CODE = "台帳番号が 1 字違い", "code one digit off";
    KEY_TEST_PAGE = "試し送り", "test page";
    KEY_CALL = "電話確認", "call";
    KEY_SHOW = "宛先表示", "show";
    KEY_NEW = "新規", "new";
    KEY_CHANGE = "変更", "change";
    KEY_SECOND = "2人目の入力", "second keying";
    KEY_FREEZE = "停止だけ", "freeze only";
    KEY_MISDELIVERY = "誤送付", "misdelivery";
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
    FIELD_CHANNEL = "方法", "Way";
    FIELD_ADDRESS = "番号・宛先", "Number or address";
    FIELD_ARCHIVE_PASSWORD = "書庫のパスワード", "Archive password";
    FIELD_PHONE = "確認の電話", "Phone for the call";
    FIELD_SHORT_DIAL = "短縮番号", "Short dial";
    FIELD_INSTITUTION = "医療機関番号", "Institution no.";
    FIELD_PURPOSES = "提供の目的", "Purposes";
    FIELD_CONTRACT = "契約の終わり", "Contract until";
    FIELD_BANDS = "時間帯", "Hours";
    FIELD_SECOND_SOURCE = "見た文書の番号", "Source document";
    FIELD_RECIPIENT = "受信者の公開鍵", "Recipient key";
    FIELD_SOURCE = "出どころの文書番号", "Source document";
    FIELD_TAIL = "公開鍵の末尾 6 字", "Last 6 of the key";
    HINT_CODE = "例 D014", "e.g. D014";
    HINT_CHANNEL = "1 FAX 2 メール 3 庁内送信 4 FAX(手送り) 5 媒体", "1 fax 2 mail 3 folder 4 by hand 5 medium";
    HINT_ADDRESSES = "FAX は市外局番から。メールは 名前@ドメイン。媒体は USB-0012 のような番号。",
        "A fax number with its area code, name@domain, or USB-0012.";
    HINT_ARCHIVE_PASSWORD = "12 字以上 メール・媒体", "12 or more";
    HINT_PHONE = "届いたかを聞く番号", "who says it is there";
    HINT_SHORT_DIAL = "手送りの FAX だけ", "fax by hand only";
    HINT_INSTITUTION = "書類の宛先と照合", "compared with papers";
    HINT_PURPOSES = "番号で 例 1 3", "digits, e.g. 1 3";
    HINT_CONTRACT = "例 20270331 なければ空", "e.g. 20270331, or empty";
    HINT_BANDS = "1 平日 2 夜間 3 休日 空は常時", "1 day 2 night 3 holiday";
    ONE_LOCK = "公開鍵とパスワードは、どちらか一方だけにしてください。", "Give a key or a password, not both.";
    HINT_RECIPIENT = "age1 で始まる 62 字", "62 characters, age1...";
    HINT_SOURCE = "例 健感第12号", "e.g. K-12";
    HINT_TAIL = "紙の台帳の公開鍵", "from the paper";
    FORM_NOTE = "公文書を見て入れてください。別の職員が別の紙から入れるまで使えません。",
        "Key from an official paper. A colleague keys it again from another one.";
    /// {0} taken back, {1} already with the courier.
    CHANGED_STOPPED = "前の宛先への送付を {0} 件取りやめました。{1} 件はもう配送中です(送付箱)。",
        "{0} sendings to the old address taken back; {1} already with the courier.";
    FORM_CHANGE_NOTE = "宛先・鍵・電話は、もとの値を引き継ぎません。紙から入れ直してください。",
        "Address, key and phone are not taken over. Key them from the paper.";
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
    PREPARE_TO_HINT = "下の番号か台帳番号(例 D014)", "a digit below, or a code (D014)";
    NO_NAME = "氏名のない届出", "report without name";
    /// {0} date.
    CONFIRMED_UNTIL = "2名で確認済み  期限 {0}", "confirmed by two, until {0}";
    NO_SUCH_CODE = "この番号の送り先はありません。F2 で一覧を見てください。",
        "No destination has this code. F2 shows the list.";
    /// {0} code, {1} organisation, {2} address.
    SIMILAR = "! よく似た送り先: {0} {1} ({2})", "! Similar: {0} {1} ({2})";
    /// {0} labels of items.
    MENTIONS = "別の人の氏名か電話番号があります: {0}。書類を直すか、理由を入れて F12。",
        "Others are named in: {0}. Correct it, or say why and press F12.";
    MENTION_WHY = "別の人の名を書く理由を入れてください。確認者にも表示します。",
        "Say why somebody else is named. The second person sees it.";
    MENTION_FIELD = "書く理由", "Why";
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
    HANDED_SHEETS = "送付物は {0} 枚です。枚数は、確認する人に口で伝えてください。", "{0} sheets: tell the second person how many.";
    /// {0} items.
    HANDED_LEFT_OUT = "この送り先の目的にない {0} 項目を除きました。F9 で見られます。", "{0} items without a purpose there were left out. F9 shows it.";
    /// {0} characters.
    HANDED_MISSING = "! 字体にない文字が {0} 種類あり、ゲタ記号になります。F9 で確かめてください。", "! {0} characters have no glyph and become a mark. Look with F9.";
    PREVIEW_OVER = "確認する人を呼んだあとは、ここでは見られません。", "Not here any more: the second person was called.";
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
