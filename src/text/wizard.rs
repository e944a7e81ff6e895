//! Sentences of this area.

super::texts! {
    TITLE = "初期設定", "Set-up";
}
