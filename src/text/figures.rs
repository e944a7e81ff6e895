//! Sentences of the figures of the access log, and of who had to do with a person's records.
super::texts! {
    TITLE = "利用記録の集計", "Figures of the access log";
    LOADING = "数えています。", "Counting.";
    NOTHING = "この期間には何もありません。", "Nothing in these days.";
    /// {0} first day, {1} last day.
    PERIOD = "{0} - {1}", "{0} - {1}";
    /// {0} events.
    EVENTS = "記録 {0} 件", "{0} events";
    /// {0} damaged, {1} erased, {2} missing.
    UNREAD = "! 数に入っていない記録: 読めない {0}  消去 {1}  抜け {2}",
        "! not counted: {0} damaged, {1} erased, {2} missing";
    KEY_PAGE = "図", "figure";
    KEY_EARLIER = "前の4週", "earlier";
    KEY_LATER = "次の4週", "later";
    HOURS = "1 時間帯", "1 Hours";
    HOURS_ABOUT = "人の記録・一覧を扱った回数(時間帯 0-23 時、人ごと、多い順)",
        "Events about people's records, by hour (0-23) and person";
    /// {0} shades with their least counts.
    HOURS_SCALE = "濃さ {0} 回以上", "shade = at least: {0}";
    LATENCY = "2 確認までの時間", "2 Waiting";
    LATENCY_ABOUT = "送付の準備から2人目の確認までの時間", "From preparing a sending to the second person's yes";
    /// {0} minutes or hours.
    BELOW_MINUTES = "{0}分未満", "under {0} min";
    BELOW_HOURS = "{0}時間未満", "under {0} h";
    ABOVE_HOURS = "{0}時間以上", "{0} h or more";
    PAIRS = "3 確認の組", "3 Pairs";
    PAIRS_ABOUT = "二人の送付のうち、互いに確認した割合(高い順)",
        "Of the sendings of two people: those that they confirmed for each other";
    CHECKS = "4 照合と訓練", "4 Checks";
    CHECKS_ABOUT = "見ない照合の不一致と、抜き打ち訓練に気づいた数(人ごと)",
        "Mismatches of blind checks, and drills that were noticed";
    CHECKS_WHO = "だれ", "Who";
    CHECKS_TRIES = "照合", "checks";
    CHECKS_MISSES = "不一致", "misses";
    CHECKS_DRILLS = "訓練", "drills";
    CHECKS_NOTICED = "気づいた", "noticed";
    WEEKS = "5 点検", "5 Review";
    WEEKS_ABOUT = "週ごとの点検(判断した記録の数 / その週の記録の数)",
        "Review by week: events decided about / events of the week";
    WEEK_OPEN = "! 未点検", "! not reviewed";
    /// {0} year, {1} week.
    WEEK = "{0}年 第{1}週", "{0} week {1}";

    ACCESSES_TITLE = "記録を扱った者", "Who had to do with the records";
    COLUMN_SECTION = "所属", "Section";
    COLUMN_TERMINAL = "端末", "Terminal";
    ACCESSES_LOADING = "利用記録の全部を調べています。", "Reading the whole log.";
    KEY_PRINT = "紙にする文", "as a paper";
    /// {0} events, {1} people, {2} records, {3} events of the log.
    ACCESSES_COUNTS = "{0} 件  {1} 人  同じ人の受付 {2} 件  利用記録 {3} 件から",
        "{0} events, {1} people, {2} records of the person, out of {3} events";
    /// {0} number of the record.
    PDF_WITH = "PDF は uketsuke audit accesses {0} --pdf FILE で作ります。",
        "For a PDF: uketsuke audit accesses {0} --pdf FILE";
}
