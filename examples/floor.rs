//! The floor under the measurements: a screen as sparse as the sign-in, drawn by ratatui and crossterm alone.
//!
//! Typed characters appear in one field; Esc ends it. Nothing of this project is used: what the product costs more than
//! this is the product's own.
use crossterm::event::{self, Event, KeyCode};
use crossterm::execute;
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Position;
use ratatui::{Frame, Terminal};
use std::io;

const FIELD_X: u16 = 15;
const FIELD_Y: u16 = 7;

fn main() -> io::Result<()> {
    enable_raw_mode()?;
    execute!(io::stdout(), EnterAlternateScreen)?;
    let ended = work();
    execute!(io::stdout(), LeaveAlternateScreen)?;
    disable_raw_mode()?;
    ended
}

fn work() -> io::Result<()> {
    let mut terminal = Terminal::new(CrosstermBackend::new(io::stdout()))?;
    let mut typed = String::new();
    loop {
        terminal.draw(|frame| draw(frame, &typed))?;
        if let Event::Key(key) = event::read()? {
            match key.code {
                KeyCode::Esc => return Ok(()),
                KeyCode::Char(letter) => typed.push(letter),
                KeyCode::Backspace => drop(typed.pop()),
                _ => {}
            }
        }
    }
}

fn draw(frame: &mut Frame<'_>, typed: &str) {
    let area = frame.area();
    let rule = "-".repeat(usize::from(area.width));
    let last = area.height.saturating_sub(1);
    let rows = [
        (0, " 保健所 届出・連携システム"),
        (1, rule.as_str()),
        (4, "        利用者の確認"),
        (9, "        パスワード  [                              ]"),
        (11, "        確認コード  [       ]  6桁の数字"),
        (last.saturating_sub(5), rule.as_str()),
        (last.saturating_sub(3), rule.as_str()),
        (last.saturating_sub(2), " Enter 次へ  F12 利用開始  F3 終了  F1 ヘルプ"),
    ];
    for (y, text) in rows.into_iter().filter(|(y, _)| *y < area.height) {
        frame.buffer_mut().set_stringn(0, y, text, usize::from(area.width), ratatui::style::Style::new());
    }
    if FIELD_Y < area.height {
        frame.buffer_mut().set_stringn(
            0,
            FIELD_Y,
            format!("    職員番号  [{typed:<10}]"),
            usize::from(area.width),
            ratatui::style::Style::new(),
        );
    }
    let typed_cells = u16::try_from(typed.chars().count()).unwrap_or(u16::MAX);
    frame.set_cursor_position(Position::new(FIELD_X.saturating_add(typed_cells), FIELD_Y));
}
