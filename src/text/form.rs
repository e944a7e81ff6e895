//! Messages about values typed into a form. None of them ever contains the value.
use super::Text;

pub const REQUIRED: Text = Text::new("必須です。入力してください。", "Required: please fill this in.");
pub const WRONG_KIND: Text =
    Text::new("この項目に入らない種類の値です。", "This kind of value does not fit the item.");
pub const TOO_LONG: Text = Text::new("長すぎます。短くしてください。", "Too long: please shorten it.");
pub const CONTROL_CHARACTER: Text = Text::new(
    "表示できない文字が含まれています。入れ直してください。",
    "Contains a character that cannot be shown; type it again.",
);
pub const NOT_KANA: Text =
    Text::new("よみは全角カタカナで入力してください。", "Type the reading in full-width katakana.");
/// A reading stands where the register's number belongs.
pub const NOT_A_NUMBER: Text = Text::new(
    "数字のない番号はありません。よみを打って候補から選ぶか、空にしてください。",
    "A number has digits. Type a reading and choose a candidate, or leave it empty.",
);
pub const NOT_ASCII: Text = Text::new("英数字で入力してください。", "Use letters and digits only.");
pub const NOT_PHONE: Text =
    Text::new("0 で始まる数字 10 桁か 11 桁で入力してください。", "Use 10 or 11 digits beginning with 0.");
pub const NOT_POSTAL_CODE: Text = Text::new("郵便番号は数字 7 桁です。", "A postal code has 7 digits.");
pub const OUT_OF_RANGE: Text = Text::new("範囲を外れています。", "Out of range.");
pub const TOO_MANY_PLACES: Text = Text::new("小数の桁が多すぎます。", "Too many decimal places.");
pub const UNKNOWN_CHOICE: Text = Text::new("選択肢にありません。", "Not among the answers.");
pub const EXCLUSIVE_CHOICE: Text =
    Text::new("「なし」などは他の選択肢と同時に選べません。", "This answer excludes all others.");
pub const FUTURE_DATE: Text =
    Text::new("先の日付は入力できません。", "A date in the future is not accepted.");
pub const ABSURD_DATE: Text =
    Text::new("1868年より前の日付は入力できません。", "Dates before 1868 are not accepted.");
pub const DIFFERS_FROM_COMPUTED: Text = Text::new(
    "計算した値と違います。原本を確かめてください。",
    "Differs from the computed value; check the original.",
);
pub const UNKNOWN_ITEM: Text = Text::new("この様式にない項目です。", "The form has no such item.");
pub const NOT_READABLE: Text = Text::new("値として読めません。", "Cannot be read as a value.");
pub const NOT_AN_OBJECT: Text =
    Text::new("JSON のオブジェクト {\"項目\": 値} ではありません。", "Not a JSON object {\"item\": value}.");
pub const NO_PARTNER: Text = Text::new(
    "契約のある委託先ではありません。F2 で選んでください。",
    "Not the number of a partner under contract. Choose with F2, or see the register.",
);
pub const CONTRACT_OVER: Text = Text::new(
    "契約の期間外の日です。ほかを選ぶか台帳を直してください。",
    "No contract with this partner on that day. Choose another, or correct the register.",
);
pub const CONTRACT_HOURS: Text = Text::new(
    "契約にない時間帯です。ほかの時間帯か委託先を選んでください。",
    "This partner takes no requests at these hours. Choose other hours or another partner.",
);
pub const HIDDEN_ITEM: Text = Text::new(
    "他の項目の答えにより使わない項目です。出力しません。",
    "Not used because of another answer; it is kept but not exported.",
);

/// Words around the items of a printed record.
pub const RECIPIENT_HONORIFIC: Text = Text::new("殿", "");
pub const FORM_NUMBER: Text = Text::new("別記様式", "Form");
pub const REPORT: Text = Text::new("発生届", "report");
pub const DUE_IMMEDIATELY: Text = Text::new(
    "この届出は診断後直ちに行ってください。",
    "This report is due immediately after the diagnosis.",
);
pub const DUE_BEFORE_DAYS: Text = Text::new("この届出は診断から", "This report is due within ");
pub const DUE_AFTER_DAYS: Text = Text::new("日以内に行ってください。", " days of the diagnosis.");
pub const PAGE: Text = Text::new("頁", "page");
