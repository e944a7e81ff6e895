//! Sentences of this area.

super::texts! {
    TITLE = "送付箱", "Outbox";
}
