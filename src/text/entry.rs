//! Sentences of this area.

super::texts! {
    REGISTERED = "登録しました", "Registered";
}
