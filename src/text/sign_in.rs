//! Sentences of this area.

super::texts! {
    TITLE = "利用者の確認", "Sign in";
}
