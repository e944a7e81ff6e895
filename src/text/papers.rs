//! Words of the papers that leave: reports, cover sheets, test pages. The papers are Japanese; English says what is meant.
super::texts! {
    CONTINUED = "続き", "continued";
    REFERENCE = "受付番号", "Reference";
    CONTROL = "管理番号", "Control number";
    COVER_TITLE = "送付状", "Cover letter";
    FAX_TITLE = "FAX送信票", "Fax cover sheet";
    TO = "送付先", "To";
    ORGANISATION_HONORIFIC = "御中", "(to an organisation)";
    REGISTER_CODE = "台帳番号", "Register number";
    ADDRESS = "宛先", "Address";
    DIAL = "ダイヤルする番号", "Number to dial";
    SHORT_DIAL = "短縮番号", "Short dial";
    SHORT_DIAL_NOTE = "短縮で送るときは、機械に出た番号が上と同じことを確かめてください。",
        "With the short dial: see that the machine shows the number above.";
    FROM = "送付元", "From";
    PHONE = "電話", "Telephone";
    FAX = "FAX", "Fax";
    OFFICER = "担当", "Officer";
    DATE = "送付日", "Date";
    SUBJECT = "件名", "Subject";
    SHEETS = "枚数", "Sheets";
    SHEETS_COUNT = "{0}枚 (この用紙を含む)", "{0}, this one included";
    MISDIRECTED = "誤って届いた場合は、お読みにならず、上記の電話へご連絡ください。",
        "Not for you? Please do not read it, and call the number above.";
    TEST_TITLE = "送信テスト", "Test transmission";
    TEST_NOTE = "個人情報は含みません", "No personal data";
    READ_ALOUD = "この番号を電話で読み上げてください。", "Please read this number out on the telephone.";
    /// The place is the mark that stands for such a character.
    NOT_IN_TYPEFACE = "{0}は、この書体にない文字です。", "{0} is a character that the typeface lacks.";
    ACCESSES_TITLE = "記録を扱った者の一覧", "Who had to do with the records";
    ACCESSES_MADE = "作成日", "Made on";
    ACCESSES_RECORDS = "対象の受付", "Records";
    ACCESSES_PERIOD = "調べた期間", "Period";
    /// {0} first, {1} last day.
    ACCESSES_DAYS = "{0}から{1}まで", "{0} to {1}";
    ACCESSES_LOG = "調べた記録", "Log";
    /// {0} events.
    ACCESSES_EVENTS = "利用記録の全 {0} 件", "all {0} events of the access log";
    ACCESSES_COUNT = "該当", "Found";
    /// {0} events, {1} people.
    ACCESSES_FOUND = "{0} 件、{1} 人", "{0} events of {1} people";
    ACCESSES_TABLE = "扱った日時と者", "When and who";
    ACCESSES_NONE = "この人の記録を扱ったという利用記録はありません。", "The log has no event about these records.";
    /// {0} name of the terminal.
    ACCESSES_TERMINAL = "端末 {0}", "terminal {0}";
    ACCESSES_NOBODY = "(特定できない)", "(nobody known)";
    WHY_ITSELF = "業務の操作", "an act of work";
    /// {0} action.
    WHY_SAME_DAY = "同じ者が同じ日に「{0}」", "the same person, the same day: {0}";
    WHY_NOT_SAID = "業務との関係は記録からは分からない", "the log does not say what for";
    ACCESSES_NOTE_WHY = "業務の欄には、同じ者が同じ日にこの人の記録に行ったと利用記録にある操作だけを書いています。理由そのものは記録されません。",
        "Of the purpose it says only what the same person did with these records on the same day. Reasons are not recorded.";
    ACCESSES_NOTE_LISTS = "受付の一覧や検索、送付箱の画面に氏名が並んだことは、だれの分かまでは記録されないため、この一覧にはありません。",
        "That a name stood in a list, a search or the outbox is not here: the log does not say whose names those were.";
    ACCESSES_NOTE_NAMED = "職員の氏名と所属は、この一覧を作った日のものです。", "Names and sections of staff are those of the day on which this was made.";
    /// {0} damaged, {1} erased, {2} missing.
    ACCESSES_NOTE_UNREAD = "読めない記録 {0} 件、消去された記録 {1} 件、抜けている番号 {2} 件。その中に該当するものがあったかは分かりません。",
        "{0} events cannot be read, {1} were erased, {2} are missing. Nobody knows whether some of them were about these records.";

    // The slip of the access log
    SLIP_TITLE = "利用記録の控え", "Slip of the access log";
    SLIP_OFFICE = "保健所", "Health centre";
    SLIP_PRINTED = "印刷日時", "Printed";
    SLIP_ORIGIN = "記録の名", "Log";
    SLIP_SIZE = "件数", "Size";
    SLIP_ROOT = "照合の値 14組 (最後の組は書き写しの検査用)", "Root in 14 groups (the last one catches slips of the pen)";
    SLIP_USE_1 = "確かめ方: 「件数 14組」を1行に書いたファイルを作ります(QRコードの文でも可)。",
        "To check: write a file with a line of size and 14 groups, or the code's text.";
    SLIP_USE_2 = "uketsuke audit verify --checkpoint ファイル名 を実行します。",
        "Then run uketsuke audit verify --checkpoint FILE.";
    SLIP_USE_3 = "合わないときは、利用記録が書き換えられたか、古い状態に戻されています。",
        "If it does not fit, the log was rewritten or put back to an older state.";
    SLIP_FIRST = "初期設定の控えです。3つの封筒といっしょに、ずっと保管してください。",
        "The slip of set-up. Keep it with the three envelopes for good.";
    SLIP_TAKEN_BY = "取り出した人", "Taken by";
    SLIP_FILED_BY = "綴じた人", "Filed by";
}
