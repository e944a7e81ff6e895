//! What is wrong with a value of a form, and what to do. None of them ever contains the value.

super::texts! {
    REQUIRED = "必須です。入力してください。", "Required: please fill this in.";
    TOO_LONG = "長すぎます。短くしてください。", "Too long: please shorten it.";
    CONTROL_CHARACTER = "表示できない文字が含まれています。入れ直してください。", "Contains a character that cannot be shown; type it again.";
    NOT_KANA = "よみは全角カタカナで入力してください。例 カリノ ハナエ", "Type the reading in full-width katakana.";
    /// A reading stands where the register's number belongs.
    NOT_A_NUMBER = "よみのままです。候補から選ぶか、消してください。", "A reading, not a number: choose a candidate or delete it.";
    NOT_ASCII = "英数字で入力してください。", "Use letters and digits only.";
    NOT_PHONE = "0 で始まる数字 10 桁か 11 桁で入力してください。", "Use 10 or 11 digits beginning with 0.";
    NOT_POSTAL_CODE = "郵便番号は数字 7 桁です。例 1000014", "A postal code has seven digits, e.g. 1000014.";
    NOT_TIME = "時刻は 00:00 から 23:59 までです。例 930、14:30", "A time from 00:00 to 23:59, e.g. 930 or 14:30.";
    /// {0} the least, {1} the most with its unit.
    OUT_OF_RANGE = "範囲外です。{0} から {1} までです。", "Out of range: {0} to {1}.";
    /// {0} the least, {1} the most with its unit.
    NUMBER_WANTED = "数字で入力してください。{0} から {1} までです。", "Type a number from {0} to {1}.";
    /// {0} places.
    TOO_MANY_PLACES = "小数は {0} 桁までです。", "At most {0} decimal places.";
    UNKNOWN_CHOICE = "選択肢にありません。選び直してください。", "Not among the answers: choose again.";
    /// {0} the keys of the answers.
    CHOICE_WANTED = "選択肢から選んでください。キーは {0} です。", "Choose an answer; the keys are {0}.";
    EXCLUSIVE_CHOICE = "「なし」などは他の選択肢と同時に選べません。", "This answer excludes all others: choose one or the others.";
    DATE_WANTED = "日付で入力してください。例 {0}", "Type a date, e.g. {0}.";
    DATE_EXAMPLE = "R8.7.14、080714", "R8.7.14 or 080714";
    BIRTH_EXAMPLE = "S50.3.4、3500304", "S50.3.4 or 3500304";
    FUTURE_DATE = "先の日付です。今日までの日付を入力してください。", "In the future: type a date until today.";
    ABSURD_DATE = "1868年より前の日付です。年を確かめてください。", "Before 1868: check the year.";
    TEXT_WANTED = "文字で入力してください。", "Type a text.";
    COMPUTED = "ほかの項目から計算します。もとの項目を直してください。", "Computed from other items: correct those.";
    DIFFERS_FROM_COMPUTED = "計算した値と違います。原本を確かめてください。", "Differs from the computed value; check the original.";
    UNKNOWN_ITEM = "この様式にない項目です。名前を確かめてください。", "The form has no such item: check its name.";
    REPEATED = "同じ項目が二つあります。正しいほうだけを残してください。", "Stands twice: keep only the right one.";
    WRONG_KIND = "この項目に入らない種類の値です。入れ直してください。", "This kind of value does not fit the item: type it again.";
    ROWS_WANTED = "くり返しの行の一覧 [{\"項目\": 値}] で書いてください。", "Write a list of rows, [{\"item\": value}].";
    NOT_AN_OBJECT = "JSON のオブジェクト {\"項目\": 値} ではありません。", "Not a JSON object {\"item\": value}.";
    NO_PARTNER = "契約のある委託先ではありません。F2 で選んでください。", "No partner under contract. Choose with F2, or see the register.";
    CONTRACT_OVER = "契約の期間外の日です。ほかを選ぶか台帳を直してください。", "No contract on that day. Choose another, or correct the register.";
    CONTRACT_HOURS = "契約にない時間帯です。ほかの時間帯か委託先を選んでください。", "Outside the contract's hours. Choose other hours or another partner.";
    HIDDEN_ITEM = "他の項目の答えにより使わない項目です。出力しません。", "Not used because of another answer; it is kept but not exported.";
}
