//! Sentences of the register of institutions.

super::texts! {
    TITLE = "医療機関台帳", "Register of institutions";
    COLUMN_CODE = "番号", "no.";
    COLUMN_NAME = "名称", "name";
    COLUMN_READING = "よみ", "reading";
    COLUMN_PHONE = "電話", "phone";
    COLUMN_CONTRACT = "契約(!は期間外)", "contract (! outside)";
    LOADING = "読み込んでいます。", "Loading.";
    EMPTY = "医療機関がありません。F6 で登録します。", "No institution yet. F6 enters one.";
    NOT_FOUND = "見つかりません。字を減らすか、よみ・名称・番号でさがします。", "Not found. Type less, or a reading, name or number.";
    /// {0} how many.
    COUNT = "{0} 件  最後に使ったものが先", "{0}, last used first";
    /// {0} doctors.
    DOCTORS = "医師: {0}", "Doctors: {0}";
    /// {0} from, {1} until, {2} hours.
    CONTRACT = "委託契約 {0} から {1} まで  {2}", "contract from {0} to {1}, {2}";
    CONTRACT_OVER = "!切れ", "!over";
    CONTRACT_YET = "まだ", "not yet";
    CONTRACT_HOLDS = "有効", "holds";
    KEPT = "台帳に書きました。", "Kept.";
    KEY_NEW = "新規", "new";
    KEY_CHANGE = "直す", "change";
    KEY_KEEP = "登録", "keep";
    SEARCH_HINT = "よみ(ローマ字も可)・名称・番号の先頭。Enter で決めます。", "Beginning of reading (romaji too), name or number; Enter.";
    SEARCH = "さがす", "Search";
    FORM_NEW = "医療機関の登録", "New institution";
    /// {0} number.
    FORM_CHANGE = "医療機関の変更 {0}", "Change of institution {0}";
    FORM_NOTE = "契約は在宅療養の委託先だけ。期限の切れた委託先は選べなくなります。", "Contracts are for home-care partners; one that is over cannot be chosen.";
    FIELD_CODE = "番号", "Number";
    FIELD_NAME = "名称", "Name";
    FIELD_READING = "よみ", "Reading";
    FIELD_POSTAL = "郵便番号", "Postal code";
    FIELD_ADDRESS = "所在地", "Address";
    FIELD_PHONE = "電話", "Phone";
    FIELD_FAX = "FAX", "Fax";
    FIELD_DOCTORS = "医師", "Doctors";
    FIELD_FROM = "契約の初日", "Contract from";
    FIELD_UNTIL = "契約の末日", "Contract until";
    FIELD_BANDS = "時間帯", "Hours";
    HINT_CODE = "10桁なら検証番号を確かめます", "ten digits are checked";
    HINT_DOCTORS = "「、」で区切る", "divide by commas";
    HINT_DATE = "R8.4.1 など、なければ空", "R8.4.1; empty for none";
    HINT_BANDS = "1平日 2夜間 3休日", "1 weekday 2 night 3 holiday";
    BAND_WEEKDAY = "平日日中", "weekday";
    BAND_NIGHT = "夜間", "night";
    BAND_HOLIDAY = "休日", "holiday";
    BAD_DATE = "契約の日付が読めません。R8.4.1 の形で入れてください。", "A contract date cannot be read. Write it as R8.4.1.";
    BAD_READING = "よみが読めません。かなかローマ字で入れてください。", "The reading is neither kana nor romaji.";
    BAD_PHONE = "電話か FAX の番号が正しくありません。", "Phone or fax number is not sound.";
    BAD_POSTAL = "郵便番号は 7 桁です。", "A postal code has seven digits.";
}
