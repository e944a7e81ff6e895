//! Sentences of this area.

super::texts! {
    TITLE = "利用記録の点検", "Access log review";
}
