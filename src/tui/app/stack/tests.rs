use super::*;
use crate::keymap::{Command, Context, Keymaps};
use crate::text::Lang;
use crate::tui::app::{Incoming, Lobby, Locked, Manner, Setup};
use crate::tui::screen::{Question, Ticket, View};
use crate::tui::script::Player;
use crate::tui::widgets::put;
use crate::tui::widgets::qr::Ambiguous;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// A reply names the effect that it makes the asking panel want.
struct Words;
impl Port for Words {
    type Request = char;
    type Reply = char;
    type News = ();
    type Value = char;
}

/// `n` opens a panel, `q` asks the person, everything else asks the office.
struct Panel {
    depth: usize,
    heard: String,
}

fn panel(depth: usize) -> Box<Panel> {
    Box::new(Panel { depth, heard: String::new() })
}

impl Screen<Words> for Panel {
    fn contexts(&self) -> &[Context] {
        &[Context::Text, Context::Form, Context::Global]
    }
    fn on_command(&mut self, _command: Command, _desk: &mut Desk<'_>) -> Flow<Words> {
        Flow::Pass
    }
    fn on_text(&mut self, text: &str, desk: &mut Desk<'_>) -> Flow<Words> {
        let letter = text.chars().next().unwrap();
        Flow::Effects(vec![match letter {
            'n' => Effect::Push(panel(self.depth + 1)),
            'q' => Effect::Ask(Question {
                lines: vec!["送りますか".to_owned()],
                answers: vec![('S', "送る".to_owned()), ('N', "送らない".to_owned())],
                refuse: 'N',
            }),
            other => Effect::Perform(desk.ticket(), other),
        }])
    }
    fn on_reply(&mut self, _ticket: Ticket, reply: char, _desk: &mut Desk<'_>) -> Flow<Words> {
        Flow::Effects(vec![match reply {
            'c' => Effect::Pop,
            'r' => Effect::Replace(panel(self.depth + 10)),
            'o' => Effect::Push(panel(self.depth + 20)),
            'z' => Effect::Reset(panel(0)),
            value => Effect::PopWith(value),
        }])
    }
    fn on_value(&mut self, value: char, _desk: &mut Desk<'_>) -> Flow<Words> {
        self.heard.push(value);
        Flow::Stay
    }
    fn on_answer(&mut self, letter: char, _desk: &mut Desk<'_>) -> Flow<Words> {
        self.heard.push(letter);
        Flow::Stay
    }
    fn draw(&self, _view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        put(buffer, area, 0, 0, &format!("画面 {} {}", self.depth, self.heard), Style::new());
        area.as_position()
    }
}

struct Curtain;
impl Screen<Words> for Curtain {
    fn contexts(&self) -> &[Context] {
        &[Context::Text, Context::Form, Context::Global]
    }
    fn on_command(&mut self, _command: Command, _desk: &mut Desk<'_>) -> Flow<Words> {
        Flow::Pass
    }
    fn on_text(&mut self, _text: &str, _desk: &mut Desk<'_>) -> Flow<Words> {
        Flow::Effects(vec![Effect::Pop])
    }
    fn draw(&self, _view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        put(buffer, area, 0, 0, "閉じています", Style::new());
        area.as_position()
    }
}

struct Door;
impl Lobby<Words> for Door {
    fn lock(&mut self, _desk: &mut Desk<'_>) -> Locked<Words> {
        Locked { screen: Box::new(Curtain), request: None }
    }
}

fn player() -> Player<Words> {
    let setup = Setup {
        keymaps: Keymaps::default(),
        lang: Lang::Ja,
        ambiguous: Ambiguous::Narrow,
        colour: false,
        manner: Manner::Panels,
        send_wait_us: 2_000_000,
        idle_us: None,
    };
    Player::new(panel(0), Box::new(Door), setup)
}

/// The panel asks under a letter; something is laid over it; then the office answers.
fn answered(ask: &str, over: impl FnOnce(&mut Player<Words>)) -> Player<Words> {
    let mut p = player();
    p.keys("n").keys(ask);
    over(&mut p);
    let (ticket, letter) = p.app.outgoing().remove(0);
    p.feed(Incoming::Reply(ticket, letter, None));
    p
}

fn lock(p: &mut Player<Words>) {
    p.app.carry_out(None, vec![Effect::Lock]);
    p.wait_us(0);
    p.keys("Ctrl+L");
}

fn help(p: &mut Player<Words>) {
    p.keys("F1");
}

fn top(p: &Player<Words>) -> String {
    p.rows()[0].trim().to_owned()
}

/// Otherwise the record would lie open with nobody signed in.
#[test]
fn no_answer_takes_the_lock_away() {
    for (ask, below) in
        [("w", "画面 0 w"), ("c", "画面 0"), ("r", "画面 11"), ("o", "画面 21"), ("z", "画面 0")]
    {
        let mut p = answered(ask, lock);
        p.keys("Ctrl+L");
        assert_eq!(top(&p), "閉じています", "{ask}");
        p.keys("x");
        assert_eq!(top(&p), below, "{ask}: what came of it lies below");
    }
}

#[test]
fn no_answer_takes_the_help_away() {
    for (ask, below) in [("w", "画面 0 w"), ("c", "画面 0"), ("r", "画面 11"), ("o", "画面 21")] {
        let mut p = answered(ask, help);
        assert!(top(&p).starts_with("ヘルプ"), "{ask}");
        p.keys("F3");
        assert_eq!(top(&p), below, "{ask}");
    }
}

#[test]
fn the_help_over_a_lock_stays_too() {
    let mut p = answered("w", |p| {
        lock(p);
        help(p);
    });
    assert!(top(&p).starts_with("ヘルプ"));
    p.keys("F3");
    assert_eq!(top(&p), "閉じています");
    p.keys("x");
    assert_eq!(top(&p), "画面 0 w");
}

/// Its letter would mean something else to the panel that lies there now.
#[test]
fn a_question_goes_with_the_panel_that_asked_it() {
    let mut p = answered("wq", |_| {});
    assert_eq!(top(&p), "画面 0 w");
    p.keys("q s");
    assert_eq!(top(&p), "画面 0 wS", "and the others still hear their answers");
}

#[test]
fn without_anything_above_all_is_as_ever() {
    for (ask, now) in
        [("w", "画面 0 w"), ("c", "画面 0"), ("r", "画面 11"), ("o", "画面 21"), ("z", "画面 0")]
    {
        assert_eq!(top(&answered(ask, |_| {})), now, "{ask}");
    }
    let mut p = player();
    p.keys("w");
    let (ticket, letter) = p.app.outgoing().remove(0);
    p.feed(Incoming::Reply(ticket, letter, None));
    p.wait_us(1_000_000);
    assert_eq!(top(&p), "画面 0 w", "the last screen stays");
}
