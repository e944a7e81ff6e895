//! Sentences of this area.

super::texts! {
    TITLE = "送り先台帳", "Destination register";
}
