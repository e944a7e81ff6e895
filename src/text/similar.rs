//! Sentences about people who may be one.

super::texts! {
    /// {0} key, {1} how many, {2} the first.
    FOUND = "似た人 {1} ({0}): {2}", "similar {1} ({0}): {2}";
    NONE = "似た人: なし(よみ・生年月日・住所で照合)", "Similar people: none (reading, birth date and address compared)";
    NONE_YET = "よみと生年月日(または氏名と電話)が入ると照合します。", "Compared once reading and birth date (or name and phone) are known.";
    WAITING = "似た人をさがしています。", "Looking for similar people.";
    NOT_ASKED = "似た人を照合できませんでした。", "Similar people could not be looked for.";
    TITLE = "似た人", "Similar people";
    /// {0} how many.
    COUNT = "{0} 人", "{0}";
    HEAD_NUMBER = "番号", "no.";
    HEAD_NAME = "氏名", "name";
    HEAD_READING = "よみ", "reading";
    HEAD_AGE = "年齢", "age";
    HEAD_BORN = "生年月日", "born";
    HEAD_ARRIVED = "受付", "recv";
    HEAD_LIKENESS = "判定", "how";
    SAME = "ほぼ確実", "certain";
    LIKELY = "有力", "likely";
    POSSIBLE = "可能性", "possible";
    DECIDED_SAME = "[同じ人]", "[same]";
    DECIDED_DIFFERENT = "[別の人]", "[other]";
    /// {0} how many.
    RECORDS = "同じ内容の記録 {0} 件", "{0} records say this";
    KEY_LOOK = "届出を見る", "look";
    KEY_SAME = "同じ人", "same person";
    KEY_DIFFERENT = "別の人", "not the same";
    HOW = "決めたことは記録され、次からも示します。S と N で変えられます。", "What you decide is remembered; S and N change it.";
    SAVED_SAME = "{0} は同じ人と記録しました。", "{0}: remembered as the same person.";
    SAVED_DIFFERENT = "{0} は別の人と記録しました。", "{0}: remembered as another person.";

    /// {0} nouns.
    GROUND_SAME = "{0}が同じ", "same {0}";
    GROUND_DIFFERS = "{0}が違う", "other {0}";
    GROUND_KANA = "よみが1字違い", "reading one kana apart";
    GROUND_DIGIT = "生年月日が1字違い", "birth date one digit apart";
    GROUND_TRANSPOSED = "生年月日の隣の数字が逆", "birth date: digits exchanged";
    GROUND_SWAPPED = "生年月日の月と日が逆", "birth date: day and month exchanged";
    GROUND_ERA = "生年月日の元号違い", "birth date in another era";
    READING = "よみ", "reading";
    NAME = "氏名", "name";
    FAMILY_NAME = "姓", "family name";
    GIVEN_NAME = "名", "given name";
    BIRTH_DATE = "生年月日", "birth date";
    SEX = "性別", "sex";
    PHONE = "電話", "phone";
    ADDRESS = "住所", "address";
    AND = "・", ", ";
}
