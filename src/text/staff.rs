//! Sentences of this area.

super::texts! {
    TITLE = "利用者", "Staff";
}
