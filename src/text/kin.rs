//! Sentences of the declarations of kin.
super::texts! {
    TITLE = "親族・同居の届", "Relatives and household";
    LOADING = "読み込んでいます。", "Loading.";
    EMPTY = "届はありません。N で届け出ます。", "Nothing is declared. N declares.";
    HOW = "点検だけに使い、ほかの人には見えません。N 届け出る  C 消す",
        "Used by the review alone; nobody else sees it. N declares, C removes.";
    /// {0} all.
    COUNTS = "[すべて {0}]", "[all {0}]";
    COLUMN_RELATION = "続柄", "Relation";
    COLUMN_NAME = "氏名", "Name";
    COLUMN_READING = "よみ", "Reading";
    COLUMN_BORN = "生年月日", "Born";
    KEY_DECLARE = "届け出る", "declare";
    KEY_REMOVE = "消す", "remove";
    /// {0} relation, {1} name.
    REMOVE_ASK = "{0} {1} の届を消しますか。", "Remove {0} {1}?";
    REMOVE_YES = "消す", "remove";
    REMOVE_NO = "残す", "leave it";

    FORM_TITLE = "親族・同居の届", "Declare a relative";
    FORM_NOTE = "本人(7)は、同じ名の別人と区別するための生年月日だけです。",
        "Yourself (7): only the birth date, to tell namesakes apart.";
    FIELD_RELATION = "続柄", "Relation";
    HINT_RELATION = "1 配偶者 2 親 3 子 4 きょうだい 5 同居 6 他 7 本人", "1spouse 2parent 3child 4sibling 5home 6other 7me";
    FIELD_NAME = "氏名", "Name";
    HINT_NAME = "姓と名の間を空ける", "surname, space, given name";
    FIELD_READING = "よみ", "Reading";
    FIELD_BORN = "生年月日", "Born";
    HINT_BORN = "例 S50.3.4", "as S50.3.4";
    BAD_RELATION = "続柄は 1 から 7 の数字です。", "The relation is a digit from 1 to 7.";
    BAD_BORN = "生年月日が読めません。例 S50.3.4", "Not a birth date. Write S50.3.4, for example.";

    OWN = "本人", "self";
    SPOUSE = "配偶者", "spouse";
    PARENT = "親", "parent";
    CHILD = "子", "child";
    SIBLING = "きょうだい", "sibling";
    HOUSEHOLD = "同居", "household";
    OTHER = "その他", "other";
}
