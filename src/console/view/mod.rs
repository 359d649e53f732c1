//! View: draws the model. Pure; nothing is computed here that another frame would not compute again.

mod activity;
mod card;
mod coach;
pub mod desk;
mod dispatch;
pub mod frame;
pub mod help;
pub mod lanes;
pub mod letter;
pub mod line;
pub mod lines;
pub mod lock;
mod message;
mod note;
pub mod paint;
mod palette;
pub mod party;
pub mod party_card;
mod prompt;
pub mod reading;
pub mod recurring;
pub mod register;
mod requests;
pub mod rounds;
mod settle_box;
pub mod sign_in;
#[cfg(test)]
mod tests;
mod trail;
mod understood;
pub mod words;

pub use activity::{
    in_words as activity_words, journal_height, journal_line, length as activity_length, pane_name, shows_journal,
    time as activity_time,
};
pub use card::length as card_length;
pub use coach::in_words as coach_words;
pub use desk::height as desk_height;
pub use dispatch::{height as dispatch_height, in_words as dispatch_row};
pub use requests::height as requests_height;
pub use rounds::heights as rounds_heights;
pub use trail::in_words as trail_words;

use super::{
    model::{Model, SMALLEST, Screen, layer::Layer},
    theme::{Role, Theme},
};
use crate::i18n::say;
use frame::Frame;
use paint::Paint;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

/// Draws the model; answers where the terminal's cursor is to stand.
pub fn view(model: &Model, theme: &Theme, buffer: &mut Buffer) -> Option<Position> {
    let mut paint = Paint::on(buffer, theme);
    if model.is_cramped() {
        cramped(model, &mut paint);
        return paint.cursor();
    }
    if let Some(lock) = &model.lock {
        lock::draw(model, lock, &mut paint);
        return paint.cursor();
    }
    let frame = Frame::around(model, paint.area());
    frame::draw(model, &mut paint, &frame);
    coach::draw(model, &mut paint, frame.coach);
    match model.screen {
        Screen::Reception => reception(model, &mut paint, frame.body),
        Screen::Dispatch => dispatch::draw(model, &mut paint, frame.body),
        Screen::Rounds => rounds::draw(model, &mut paint, frame.body),
        Screen::Requests => requests::draw(model, &mut paint, frame.body),
        Screen::Activity => activity::draw(model, &mut paint, frame.body),
        Screen::Desk => desk::draw(model, &mut paint, frame.body),
    }
    for layer in &model.layers {
        match layer {
            Layer::Card(card) => card::draw(model, card, &mut paint, frame.body),
            Layer::Party(search) => party::draw(model, search, &mut paint, Reception::of(frame.body).line),
            Layer::Prompt(prompt) => prompt::draw(model, prompt, &mut paint, frame.body),
            Layer::Palette(line) => palette::draw(model, line, &mut paint, frame.body),
            Layer::Note(note) => note::draw(model, note, &mut paint, frame.body),
            Layer::Letter(letter) => letter::draw(model, letter, &mut paint, frame.body),
            Layer::Recurring(list) => recurring::draw(model, *list, &mut paint, frame.body),
            Layer::Help(help) => help::draw(model, *help, &mut paint, frame.body),
            Layer::Register(register) => register::draw(model, register, &mut paint, frame.body),
            Layer::Trail(thing) => trail::draw(model, *thing, &mut paint, frame.body),
            Layer::Settle(list) => settle_box::draw(model, *list, &mut paint, frame.body),
            Layer::SignIn(sign_in) => sign_in::draw(model, sign_in, &mut paint, frame.body),
            // It has a line of its own on the screen of requests.
            Layer::Filter(_) => {}
        }
    }
    paint.cursor()
}

/// A terminal that is too small is told so, plainly.
fn cramped(model: &Model, paint: &mut Paint<'_>) {
    let variables = [
        ("columns", model.size.columns.to_string()),
        ("rows", model.size.rows.to_string()),
        ("least_columns", SMALLEST.columns.to_string()),
        ("least_rows", SMALLEST.rows.to_string()),
    ];
    let sentence = say(model.seat.language, "view-cramped", &variables);
    let area = paint.area();
    for (line, y) in crate::text::wrap(&sentence, usize::from(area.width.max(1))).iter().zip(area.top()..area.bottom())
    {
        paint.text(area.x, y, area.width, line, Role::Text);
    }
    paint.set_cursor(area.x, area.y);
}

/// How the reception's body is shared out: lanes above, what is looked at below them, the entry line at the foot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Reception {
    lanes: Rect,
    detail: Rect,
    line: Rect,
}

impl Reception {
    fn of(body: Rect) -> Self {
        // The heading of the lanes and the rule below them are lines of their own. The line's place is kept even where none is open:
        // opening it moves nothing.
        let line = if body.height >= 30 { 10 } else { 7 };
        let rest = body.height.saturating_sub(line);
        let lanes = if body.height >= 30 { rest * 3 / 5 } else { rest / 2 }.clamp(6, 20).min(rest);
        Self {
            lanes: Rect { height: lanes, ..body },
            detail: Rect { y: body.y + lanes, height: rest - lanes, ..body },
            line: Rect { y: body.y + rest, height: line.min(body.height), ..body },
        }
    }
}

fn reception(model: &Model, paint: &mut Paint<'_>, body: Rect) {
    let places = Reception::of(body);
    lanes::draw(model, paint, places.lanes);
    let mut detail = places.detail;
    if model.line.is_some() {
        line::draw(model, paint, places.line);
    } else if !understood::draw(model, paint, places.line) {
        // Without a line there is room to read.
        detail.height += places.line.height;
    }
    party_card::draw(model, paint, detail);
}

/// What the reception's selected row is about, as lines of text: for a view without panes.
pub fn looked_at(model: &Model) -> Vec<String> {
    let mut text = as_text(|paint, area| party_card::draw(model, paint, area));
    text.extend(as_text(|paint, area| _ = understood::draw(model, paint, area)));
    text
}

/// A request's card as lines of text.
pub fn card_text(model: &Model, card: &super::model::card::Card) -> Vec<String> {
    as_text(|paint, area| card::draw(model, card, paint, area))
}

/// What would be drawn on a tall screen that is too narrow for panes side by side, line by line.
fn as_text(draw: impl FnOnce(&mut Paint<'_>, Rect)) -> Vec<String> {
    let area = Rect { x: 0, y: 0, width: 100, height: 200 };
    let mut buffer = Buffer::empty(area);
    let theme = Theme::plain();
    draw(&mut Paint::on(&mut buffer, &theme), area);
    let rows = buffer.content.chunks(usize::from(area.width));
    let text = rows.map(|row| row.iter().map(ratatui::buffer::Cell::symbol).collect::<String>().trim().to_owned());
    text.filter(|row| !row.is_empty()).collect()
}

/// How many rows a lane of the reception has on the glass.
pub fn lane_height(model: &Model) -> usize {
    let screen = Rect { x: 0, y: 0, width: model.size.columns, height: model.size.rows };
    let lanes = Reception::of(Frame::around(model, screen).body).lanes;
    usize::from(lanes.height.saturating_sub(lanes::heading_height(lanes))).max(1)
}

/// Two panes side by side, the right one a little narrower, with room for a rule between them: two columns before the right one.
fn side_by_side(area: Rect) -> (Rect, Rect) {
    let right = area.width * 9 / 20;
    (
        Rect { width: area.width.saturating_sub(right + 3), ..area },
        Rect { x: area.right() - right, width: right, ..area },
    )
}

/// Draws a line being typed, scrolled so that the cursor is seen, and puts the terminal's cursor there.
fn field(paint: &mut Paint<'_>, field: &super::model::field::Field, x: u16, y: u16, room: u16) {
    let before = crate::text::width(&field.text().chars().take(field.cursor()).collect::<String>());
    let shown = usize::from(room.saturating_sub(1));
    let hidden = before.saturating_sub(shown);
    let (mut gone, mut skipped) = (0, 0);
    for c in field.text().chars() {
        if gone >= hidden {
            break;
        }
        gone += crate::text::width(c.encode_utf8(&mut [0; 4]));
        skipped += c.len_utf8();
    }
    let text = field.text().get(skipped..).unwrap_or_default();
    paint.text(x, y, room, text, Role::Field);
    let column = u16::try_from(before.saturating_sub(gone)).unwrap_or_default();
    paint.set_cursor(x + column.min(room.saturating_sub(1)), y);
}
