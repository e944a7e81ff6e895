//! Words around the items of a printed record.
use super::Text;

pub const RECIPIENT_HONORIFIC: Text = Text::new("殿", "");
pub const FORM_NUMBER: Text = Text::new("別記様式", "Form");
pub const REPORT: Text = Text::new("発生届", "report");
pub const DUE_IMMEDIATELY: Text = Text::new(
    "この届出は診断後直ちに行ってください。",
    "This report is due immediately after the diagnosis.",
);
pub const DUE_BEFORE_DAYS: Text = Text::new("この届出は診断から", "This report is due within ");
pub const DUE_AFTER_DAYS: Text = Text::new("日以内に行ってください。", " days of the diagnosis.");
pub const TEST_PAGE: Text = Text::new("送信テスト(個人情報は含みません)", "Test page (nothing personal)");
pub const PAGE: Text = Text::new("頁", "page");
