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
}
