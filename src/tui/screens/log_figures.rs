//! The access log as figures (集計): who works when, how confirmations go, what is reviewed.
use super::parts::{LISTING, ask_only};
use crate::keymap::{Command, Context};
use crate::office::ops::{self, Figures, LATENCIES, SummariseLog};
use crate::text::{Lang, Text, common, figures as say, fill};
use crate::tui::counter::{Counter, Reply, Seat};
use crate::tui::lines::Spoken;
use crate::tui::screen::{Desk, Effect, Flow, Screen, Ticket, View, lettered};
use crate::tui::widgets::bars::{SHADES, bar, shade};
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::list::List;
use crate::tui::widgets::table::{Column, row};
use chrono::{Days, NaiveDate};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

const MESSAGE_ROWS: u16 = 2;
/// Four weeks, the last day included.
const SPAN_DAYS: u64 = 27;
const COMMANDS: &[Command] =
    &[Command::Refresh, Command::PreviousPage, Command::NextPage, Command::Back, Command::Help];
const NAME: Column = Column::left(16);
const BAR: usize = 36;

/// One kind of figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigurePage {
    Hours,
    Latency,
    Pairs,
    Checks,
    Weeks,
}

impl FigurePage {
    pub const ALL: [Self; 5] = [Self::Hours, Self::Latency, Self::Pairs, Self::Checks, Self::Weeks];

    pub const fn title(self) -> Text {
        match self {
            Self::Hours => say::HOURS,
            Self::Latency => say::LATENCY,
            Self::Pairs => say::PAIRS,
            Self::Checks => say::CHECKS,
            Self::Weeks => say::WEEKS,
        }
    }
    /// What is counted.
    const fn about(self) -> Text {
        match self {
            Self::Hours => say::HOURS_ABOUT,
            Self::Latency => say::LATENCY_ABOUT,
            Self::Pairs => say::PAIRS_ABOUT,
            Self::Checks => say::CHECKS_ABOUT,
            Self::Weeks => say::WEEKS_ABOUT,
        }
    }
    const fn letter(self) -> &'static str {
        match self {
            Self::Hours => "1",
            Self::Latency => "2",
            Self::Pairs => "3",
            Self::Checks => "4",
            Self::Weeks => "5",
        }
    }
}

/// A figure in rows of at most 78 columns: what it is, and what was counted.
pub fn lines(page: FigurePage, figures: &Figures, lang: Lang) -> Vec<String> {
    let rows = match page {
        FigurePage::Hours => hours(figures, lang),
        FigurePage::Latency => latency(figures, lang),
        FigurePage::Pairs => pairs(figures),
        FigurePage::Checks => checks(figures, lang),
        FigurePage::Weeks => weeks(figures, lang),
    };
    let mut all = vec![page.about().in_lang(lang).to_owned(), String::new()];
    if rows.is_empty() {
        all.push(say::NOTHING.in_lang(lang).to_owned());
    }
    all.extend(rows.iter().map(|row| row.trim_end().to_owned()));
    all
}

fn hours(figures: &Figures, lang: Lang) -> Vec<String> {
    const COLUMNS: &[Column] = &[NAME, Column::left(48), Column::right(6)];
    if figures.busy.is_empty() {
        return Vec::new();
    }
    let heads: String = (0..24).step_by(3).map(|hour| format!("{hour:<6}")).collect();
    let mut rows = vec![row(COLUMNS, &["", &heads, ""])];
    rows.extend(figures.busy.iter().map(|busy| {
        // Twice, so that an hour is as wide as it is high.
        let cells: String = busy.hours.iter().flat_map(|count| [shade(*count); 2]).collect();
        row(COLUMNS, &[&format!("{} {}", busy.number, busy.name), &cells, &busy.total().to_string()])
    }));
    let scale: Vec<String> = SHADES.iter().map(|(least, shade)| format!("{shade} {least}")).collect();
    rows.extend([String::new(), fill(say::HOURS_SCALE.in_lang(lang), &[&scale.join("  ")])]);
    rows
}

fn latency(figures: &Figures, lang: Lang) -> Vec<String> {
    const COLUMNS: &[Column] = &[NAME, Column::right(6), Column::left(BAR)];
    let most = figures.latencies.iter().copied().max().unwrap_or_default();
    if most == 0 {
        return Vec::new();
    }
    let below = LATENCIES.map(|seconds| match seconds {
        3_600.. => fill(say::BELOW_HOURS.in_lang(lang), &[&(seconds / 3_600)]),
        _ => fill(say::BELOW_MINUTES.in_lang(lang), &[&(seconds / 60)]),
    });
    let longest = LATENCIES.last().map(|seconds| fill(say::ABOVE_HOURS.in_lang(lang), &[&(seconds / 3_600)]));
    let classes = below.into_iter().chain(longest);
    let drawn = |(name, count): (String, &u32)| {
        row(COLUMNS, &[&name, &count.to_string(), &bar((*count).into(), most.into(), BAR)])
    };
    classes.zip(&figures.latencies).map(drawn).collect()
}

fn pairs(figures: &Figures) -> Vec<String> {
    const COLUMNS: &[Column] =
        &[NAME, NAME, Column::right(4), Column::left(6), Column::right(4), Column::left(24)];
    let drawn = figures.pairs.iter().map(|pair| {
        let [one, other] = &pair.people;
        let (together, all) = (u64::from(pair.together), u64::from(pair.all));
        let cells =
            [pair.together.to_string(), format!("/ {all}"), percent(together, all), bar(together, all, 24)];
        let [count, of, share, length] = cells.each_ref().map(String::as_str);
        row(COLUMNS, &[one, other, count, of, share, length])
    });
    drawn.collect()
}

fn checks(figures: &Figures, lang: Lang) -> Vec<String> {
    const COLUMNS: &[Column] = &[
        NAME,
        Column::right(8),
        Column::right(8),
        Column::right(5),
        Column::right(8),
        Column::right(8),
        Column::right(5),
    ];
    if figures.checks.is_empty() {
        return Vec::new();
    }
    let [who, tries, misses, drills, noticed] =
        [say::CHECKS_WHO, say::CHECKS_TRIES, say::CHECKS_MISSES, say::CHECKS_DRILLS, say::CHECKS_NOTICED]
            .map(|text| text.in_lang(lang));
    let mut rows = vec![row(COLUMNS, &[who, tries, misses, "", drills, noticed, ""])];
    rows.extend(figures.checks.iter().map(|one| {
        let cells = [
            format!("{} {}", one.number, one.name),
            one.tries.to_string(),
            one.misses.to_string(),
            percent(one.misses.into(), one.tries.into()),
            one.drills.to_string(),
            one.noticed.to_string(),
            percent(one.noticed.into(), one.drills.into()),
        ];
        row(COLUMNS, &cells.each_ref().map(String::as_str))
    }));
    rows
}

fn weeks(figures: &Figures, lang: Lang) -> Vec<String> {
    const COLUMNS: &[Column] = &[NAME, Column::right(7), Column::left(9), Column::left(28), Column::left(14)];
    let drawn = figures.weeks.iter().rev().map(|week| {
        let cells = [
            fill(say::WEEK.in_lang(lang), &[&week.year, &format!("{:02}", week.week)]),
            week.reviewed.to_string(),
            format!("/ {}", week.events),
            format!("[{:<26}]", bar(week.reviewed, week.events, 26)),
            if week.reviewed == 0 { say::WEEK_OPEN.in_lang(lang).to_owned() } else { String::new() },
        ];
        row(COLUMNS, &cells.each_ref().map(String::as_str))
    });
    drawn.collect()
}

/// Of nothing there is no part.
fn percent(part: u64, whole: u64) -> String {
    (part * 100).checked_div(whole).map_or_else(|| "-".to_owned(), |share| format!("{share}%"))
}

/// See the module.
pub struct LogFigures {
    page: FigurePage,
    /// The last day shown.
    to: NaiveDate,
    today: NaiveDate,
    asked: bool,
    figures: Option<Box<Figures>>,
    list: List,
    message: String,
}

impl LogFigures {
    pub fn new(today: NaiveDate) -> Self {
        Self {
            page: FigurePage::Hours,
            to: today,
            today,
            asked: false,
            figures: None,
            list: List::default(),
            message: String::new(),
        }
    }

    fn from(&self) -> NaiveDate {
        self.to.checked_sub_days(Days::new(SPAN_DAYS)).unwrap_or(self.to)
    }

    fn turn(&mut self, to: Option<NaiveDate>) -> Flow<Counter> {
        self.to = to.unwrap_or(self.to).min(self.today);
        self.asked = false;
        self.message = String::new();
        Flow::Stay
    }

    fn lines(&self, lang: Lang) -> Vec<String> {
        self.figures.as_ref().map(|figures| lines(self.page, figures, lang)).unwrap_or_default()
    }

    fn messages(&self, lang: Lang) -> Vec<String> {
        let Some(figures) = &self.figures else {
            let said = if self.message.is_empty() { say::LOADING.in_lang(lang) } else { &self.message };
            return vec![said.to_owned()];
        };
        let unread = figures.unread;
        let counted = fill(say::EVENTS.in_lang(lang), &[&figures.events]);
        let left = match unread.damaged + unread.erased + unread.missing {
            0 => String::new(),
            _ => fill(say::UNREAD.in_lang(lang), &[&unread.damaged, &unread.erased, &unread.missing]),
        };
        vec![counted, if self.message.is_empty() { left } else { self.message.clone() }]
    }
}

impl Screen<Counter> for LogFigures {
    fn contexts(&self) -> &[Context] {
        LISTING
    }

    fn list_acts(&self) -> &[Command] {
        &[Command::Refresh]
    }

    fn letters(&self, lang: Lang) -> Vec<(String, String)> {
        lettered(lang, &[("1-5", say::KEY_PAGE)])
    }

    fn on_text(&mut self, text: &str, _desk: &mut Desk<'_>) -> Flow<Counter> {
        match FigurePage::ALL.into_iter().find(|page| page.letter() == text) {
            Some(page) => {
                self.page = page;
                self.list.select(0);
                Flow::Stay
            }
            None => Flow::Pass,
        }
    }

    fn on_command(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        let (len, rows) = (self.lines(desk.lang).len(), desk.body_rows(MESSAGE_ROWS));
        let days = Days::new(SPAN_DAYS + 1);
        match command {
            Command::First => self.turn(self.to.checked_sub_days(days)),
            Command::Last => self.turn(self.to.checked_add_days(days)),
            Command::Refresh => self.turn(None),
            Command::Back | Command::Cancel => Flow::Effects(vec![Effect::Pop]),
            _ if self.list.apply(command, len, rows) => Flow::Stay,
            _ => Flow::Pass,
        }
    }

    fn on_reply(&mut self, _ticket: Ticket, reply: Reply, desk: &mut Desk<'_>) -> Flow<Counter> {
        let Reply::Performed(reply) = reply else { return Flow::Pass };
        match *reply {
            ops::Reply::SummariseLog(Ok(figures)) => self.figures = Some(figures),
            ops::Reply::SummariseLog(Err(reason)) => {
                reason.text().in_lang(desk.lang).clone_into(&mut self.message);
            }
            _ => return Flow::Pass,
        }
        Flow::Stay
    }

    fn deadline_us(&self) -> Option<u64> {
        (!self.asked).then_some(0)
    }

    fn on_time(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.asked = true;
        ask_only(desk, Seat::Main, SummariseLog { from: self.from(), to: self.to })
    }

    fn describe(&self, view: &View<'_>, spoken: &mut Spoken) {
        spoken.in_list(self.list, self.lines(view.lang).len());
    }

    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let lang = view.lang;
        let lines = self.lines(lang);
        let days = fill(say::PERIOD.in_lang(lang), &[&self.from(), &self.to]);
        let title = format!("{}  {}", say::TITLE.in_lang(lang), self.page.title().in_lang(lang));
        let mut keys = self.letters(lang);
        let turns = [(Command::First, say::KEY_EARLIER), (Command::Last, say::KEY_LATER)];
        keys.extend(view.keys(LISTING, &turns));
        let frame = Frame {
            title: &title,
            title_right: &days,
            messages: &self.messages(lang),
            message_rows: MESSAGE_ROWS,
            status: common::EXPECT_ASCII.in_lang(lang),
            fixed: &keys,
            commands: COMMANDS,
            ..Frame::default()
        };
        let body = frame.draw(view, LISTING, buffer, area);
        self.list.draw(buffer, body, lines.len(), |at| lines.get(at).cloned().unwrap_or_default())
    }
}
