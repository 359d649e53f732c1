//! The list of what is to be given: how long is left, what it is, for whom, when, who works on it.

use super::{Align, Column, empty, headings, places, put, selected};
use crate::{
    console::{
        model::{Model, list::Line},
        theme::Role,
        view::{
            lanes::urgency_of,
            paint::{Paint, signs},
            requests::{claimed_by, late_by, time_left, what, who},
            words,
        },
    },
    domain::{
        clock::{Clock, ClockKind, ClockState, Urgency},
        ids::RequestId,
        machine::State as _,
        request::Request,
    },
    i18n::say,
};
use ratatui::layout::Rect;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Ask {
    Left,
    Number,
    What,
    Who,
    Site,
    When,
    With,
}

const LEFT: Column<Ask> = (Ask::Left, "dispatch-column-left", 6, Align::Right);
const NUMBER: Column<Ask> = (Ask::Number, "requests-column-number", 7, Align::Left);
const WHAT: Column<Ask> = (Ask::What, "requests-column-what", 0, Align::Left);
const WHEN: Column<Ask> = (Ask::When, "requests-column-when", 11, Align::Left);

/// Columns of what is to be given, by the width of the list.
const fn ask_columns(width: u16) -> &'static [Column<Ask>] {
    match width {
        0..60 => &[LEFT, NUMBER, WHAT, WHEN],
        60..86 => &[
            LEFT,
            NUMBER,
            WHAT,
            (Ask::Site, "requests-column-site", 11, Align::Left),
            WHEN,
            (Ask::With, "dispatch-column-with", 9, Align::Left),
        ],
        _ => &[
            LEFT,
            NUMBER,
            WHAT,
            (Ask::Who, "requests-column-who", 16, Align::Left),
            (Ask::Site, "requests-column-site", 13, Align::Left),
            WHEN,
            (Ask::With, "dispatch-column-with", 10, Align::Left),
        ],
    }
}

/// Draws the list of what is to be given.
pub(super) fn draw(model: &Model, paint: &mut Paint<'_>, area: Rect) {
    let columns = places(ask_columns(area.width), area);
    headings(model, paint, &columns, area.y);
    let rows = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    let list = &model.dispatch.to_assign;
    if list.order().is_empty() {
        empty(model, paint, rows);
    }
    for (line, y) in list.glass().zip(rows.top()..rows.bottom()) {
        let Some(line) = line else { continue };
        request_row(model, paint, &columns, y, line);
        if model.dispatch.marks.contains(line.key) {
            paint.text(area.x + 1, y, 1, signs::TIMES, Role::Marked);
        }
        if line.selected {
            selected(model, paint, rows, y);
        }
    }
}

fn request_row(
    model: &Model,
    paint: &mut Paint<'_>,
    columns: &[(Column<Ask>, u16, u16)],
    y: u16,
    line: Line<RequestId>,
) {
    let language = model.seat.language;
    let Some(shown) = model.world.request(line.key) else {
        let gone = say(language, "requests-gone", &[]);
        paint.text(columns.first().map_or(0, |(_, x, _)| *x), y, u16::MAX, &gone, Role::Gone);
        return;
    };
    let request = shown.row;
    let gone = |role: Role| if line.ghost { Role::Gone } else { role };
    if request.fields.urgency == Urgency::Urgent {
        paint.text(columns.first().map_or(0, |(_, x, _)| x - 1), y, 1, signs::PRESSING, gone(Role::Danger));
    }
    for ((column, _, _, align), x, wide) in columns {
        let (text, role) = match column {
            Ask::Left if line.ghost => (String::new(), Role::Gone),
            Ask::Left => left(model, request),
            Ask::Number => (number(model, request), Role::Text),
            Ask::What => (what(model, request), Role::Strong),
            Ask::Who => (who(model, request), Role::Text),
            Ask::Site => (site(model, request), Role::Text),
            Ask::When => (when(model, request, usize::from(*wide)), Role::Text),
            Ask::With => with(model, request),
        };
        let text = match column {
            // Who gave it away, or where it stands now.
            Ask::What if line.ghost => {
                let state = say(language, &format!("state-request-{}", request.state.name()), &[]);
                format!("{state}{}{text}", words::colon(language))
            }
            _ => text,
        };
        put(paint, (*x, *wide), y, *align, &text, gone(role));
    }
}

/// What is left to find somebody, or how late it is.
pub(super) fn left(model: &Model, request: &Request) -> (String, Role) {
    let runs =
        |clock: &&Clock| clock.kind() == ClockKind::Assignment && matches!(clock.state(), ClockState::Running { .. });
    let Some(clock) = request.clocks.iter().find(runs) else { return ("—".to_owned(), Role::Dim) };
    let role = urgency_of(&[*clock], model.now);
    let due = clock.due_at();
    if due < model.now {
        return (format!("{}{}", signs::PRESSING, late_by(model.seat.language, due, model.now)), role);
    }
    (time_left(model.seat.language, due, model.now), role)
}

/// Its number; one that the office has not numbered yet has none.
fn number(model: &Model, request: &Request) -> String {
    match model.world.board.replica().request(request.id) {
        Some(_) => request.number.to_string(),
        None => say(model.seat.language, "requests-no-number", &[]),
    }
}

pub(super) fn site(model: &Model, request: &Request) -> String {
    let site = request.fields.site_id.and_then(|id| model.world.site(id));
    site.map(|site| site.fields.name.to_string()).unwrap_or_default()
}

pub(super) fn when(model: &Model, request: &Request, wide: usize) -> String {
    let zone = model.world.zone(request.fields.site_id);
    let today = model.now.civil(&zone).date();
    let when = request.fields.when.as_ref();
    let when = when.map(|when| words::when_within(model.seat.language, when, today, wide));
    when.unwrap_or_else(|| say(model.seat.language, "requests-no-time", &[]))
}

/// Who works on it; else that it is urgent.
fn with(model: &Model, request: &Request) -> (String, Role) {
    match claimed_by(model, request) {
        Some(claimed) => (claimed, Role::Text),
        None if request.fields.urgency == Urgency::Urgent => {
            (say(model.seat.language, "dispatch-urgent", &[]), Role::Danger)
        }
        None => (String::new(), Role::Text),
    }
}
