//! Sentences about drills (抜き打ち訓練): the list, planting one, how it ends.
use super::Text;

super::texts! {
    TITLE = "抜き打ち訓練", "Drills";
    LOADING = "読み込んでいます。", "Loading.";
    EMPTY = "訓練はまだありません。", "No drill yet.";
    HOW = "N で仕掛けます。誰にも知らせません。その日のうちに誰も見なければ終わります。",
        "N plants one. Nobody is told. It ends with the day if nobody looks at it.";
    /// {0} all, {1} noticed, {2} not noticed, {3} neither, {4} waiting.
    COUNTS = "[すべて {0}]  気付いた {1}  気付かない {2}  どちらでもない {3}  待ち {4}",
        "[all {0}]  noticed {1}  missed {2}  neither {3}  waiting {4}";
    COLUMN_NUMBER = "番号", "No.";
    COLUMN_PLANTED = "仕掛けた日時", "Planted";
    COLUMN_BY = "仕掛けた人", "By";
    COLUMN_FLAW = "誤り", "Wrong";
    COLUMN_RESULT = "結果", "Result";
    COLUMN_SECOND = "確認した人", "Second person";
    FLAW_ADDRESS = "番号の1桁", "one digit";
    FLAW_PERSON = "別の人の書類", "another person";
    RESULT_WAITING = "待ち", "waiting";
    RESULT_CAUGHT = "気付いた", "noticed";
    RESULT_MISSED = "!気付かない", "!missed";
    /// What was keyed was neither right nor what had been made wrong.
    RESULT_NEITHER = "!違う入力", "!neither";
    RESULT_ENDED = "見られず", "not seen";
    KEY_PLANT = "仕掛ける", "plant";

    FORM_TITLE = "抜き打ち訓練を仕掛ける", "Plant a drill";
    FORM_NOTE = "正しい書類を確認者に渡します。誤りは画面の側だけで、配送されません。",
        "Hand over the right papers; only the program is wrong. Nothing leaves.";
    FIELD_RECORD = "書類の受付番号", "Reception number";
    HINT_RECORD = "今年の番号", "of this year";
    FIELD_CODE = "台帳番号", "Register code";
    HINT_CODE = "例 D014", "e.g. D014";
    FIELD_PAGES = "書類の枚数", "Sheets";
    HINT_PAGES = "表紙を含む", "with the cover";
    FIELD_OTHER = "別の人の受付番号", "Another's number";
    HINT_OTHER = "空欄なら番号の1桁を誤りに", "empty: one digit is wrong";
    BAD_NUMBER = "番号は数字だけです。", "Numbers are digits only.";

    WAS_DRILL = "抜き打ち訓練でした", "This was a drill";
    CAUGHT_NOTE = "誤りに気付きました。その調子でお願いします。", "You noticed what was wrong. Well done.";
    MISSED_NOTE = "誤った内容と一致しました。紙の台帳と書類を見て入れてください。",
        "You keyed what was wrong. Key from the paper register and the papers.";
    NEITHER_NOTE = "書類とも、誤った内容とも違う入力でした。紙を見て、もう一度確かめてください。",
        "What you keyed was neither on the papers nor what was wrong. Look again.";
    NOTHING_SENT = "何も送られていません。ほかの送付には影響ありません。", "Nothing was sent, and no sending is affected.";
}

pub const CAUGHT: &[Text] = &[CAUGHT_NOTE, NOTHING_SENT];
pub const MISSED: &[Text] = &[MISSED_NOTE, NOTHING_SENT];
pub const NEITHER: &[Text] = &[NEITHER_NOTE, NOTHING_SENT];
