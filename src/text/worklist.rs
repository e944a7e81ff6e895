//! Sentences of this area.

super::texts! {
    TITLE = "受付一覧", "Worklist";
}
