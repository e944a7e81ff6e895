//! Sentences of the telephone call about a paper that has arrived.

super::texts! {
    /// {0} register code.
    TEST_TITLE = "試し送りの確認 {0}", "Call about the test page {0}";
    /// {0} number of the sending.
    PAPERS_TITLE = "受領の確認 T-{0}", "Arrival of T-{0}";
    TEST_NOTE = "相手に電話し、届いた紙の管理番号を読み上げてもらってください。",
        "Call there and have them read out the control number on the page.";
    PAPERS_NOTE = "相手に電話し、届いた書類の管理番号を読み上げてもらってください。",
        "Call there and have them read out the control number on the papers.";
    /// {0} telephone number.
    CALL = "電話 {0}", "Phone {0}";
    FIELD_CONTROL = "管理番号", "Control number";
    FIELD_WHOM = "電話に出た人", "Who answered";
    HINT_CONTROL = "6 桁", "six digits";
    /// {0} number of the sending.
    MACHINE_TITLE = "機械の通信結果 T-{0}", "Transmission report T-{0}";
    MACHINE_NOTE = "ファクス機が印刷した通信結果を見て、そのとおりに入れてください。",
        "Key what the fax machine's printed report says.";
    FIELD_DIALLED = "送った番号", "Number dialled";
    FIELD_ARRIVED = "送れた枚数", "Pages sent";
    KEY_RECORD = "記録する", "record";
    IF_ANOTHER = "番号が違う、届いていない: F3 で戻り、X で誤送付を報告してください。",
        "Another number, or nothing there: F3, then X reports a misdelivery.";
}
