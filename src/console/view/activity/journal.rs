//! The journal: the last changes as lines, who did what to which row.

use super::sentence;
use crate::{
    console::{
        keymap::Context,
        model::{Model, layer::Layer},
        theme::Role,
        view::{
            card::{author_words, verb_words},
            paint::Paint,
            words,
        },
    },
    domain::entity::EntityKind,
    i18n::say,
    text::width,
    wire::activity::JournalLine,
};
use ratatui::layout::Rect;

/// Columns of the time, of the name, and of a request's number.
const AT: u16 = 10;
const WHO: u16 = 15;
const NUMBER: u16 = 8;

fn at(model: &Model, line: &JournalLine) -> String {
    let today = super::today(model);
    words::passed(model.seat.language, model.seat.civil(line.at), today)
}

/// What was done: the verb, from which state to which, and the row's name if the house gave it one.
fn what(model: &Model, line: &JournalLine) -> (String, String) {
    let language = model.seat.language;
    let verb = verb_words(language, &line.verb);
    let state = |name: &String| {
        let key = format!("state-{}-{name}", line.entity.name());
        Some(say(language, &key, &[])).filter(|said| *said != key)
    };
    let moved = match (&line.from, &line.to) {
        (Some(from), Some(to)) if from != to => state(from).zip(state(to)).map(|(from, to)| format!("{from} → {to}")),
        _ => None,
    };
    (verb, moved.or_else(|| line.name.clone()).unwrap_or_default())
}

/// Draws the list.
pub fn draw(model: &Model, paint: &mut Paint<'_>, area: Rect) {
    let language = model.seat.language;
    let activity = &model.activity;
    let headings = [
        (area.x + 2, "activity-column-at"),
        (area.x + 2 + AT + 1, "requests-column-number"),
        (area.x + 2 + AT + NUMBER + 2, "activity-column-who"),
        (area.x + 2 + AT + NUMBER + WHO + 3, "activity-column-what"),
    ];
    for (x, key) in headings {
        paint.text(x, area.y, area.right().saturating_sub(x), &say(language, key, &[]), Role::Heading);
    }
    let rows = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    if activity.journal.order().is_empty() {
        sentence(paint, rows, &why_empty(model));
        return;
    }
    for (line, y) in activity.journal.glass().zip(rows.top()..rows.bottom()) {
        let Some(line) = line else { continue };
        let Some(row) = activity.lines.get(&line.key) else { continue };
        paint.text(area.x + 2, y, AT, &at(model, row), Role::Dim);
        let number = row.number.as_deref().unwrap_or_default();
        paint.text(area.x + 2 + AT + 1, y, NUMBER, number, Role::Text);
        paint.text(area.x + 2 + AT + NUMBER + 2, y, WHO, &author_words(model, &row.author), Role::Strong);
        let (verb, more) = what(model, row);
        let x = area.x + 2 + AT + NUMBER + WHO + 3;
        let room = area.right().saturating_sub(x);
        let more = fitting(&verb, more, room);
        paint.line(x, y, room, &[(&verb, Role::Text), ("  ", Role::Dim), (&more, Role::Dim)]);
        if line.selected {
            if matches!(model.layers.last(), Some(Layer::Palette(_))) {
                paint.ground(rows, y);
            } else {
                paint.select(rows, y);
                if model.context() == Context::List {
                    paint.set_cursor(rows.x, y);
                }
            }
        }
    }
}

/// What is told behind a verb: of a move its end alone where there is no room for both states.
fn fitting(verb: &str, more: String, room: u16) -> String {
    let left = usize::from(room).saturating_sub(width(verb) + 2);
    match more.split_once("→") {
        Some((_, to)) if width(&more) > left => format!("→{to}"),
        _ => more,
    }
}

fn why_empty(model: &Model) -> String {
    let key = if !model.seat.actor().is_staff() {
        "activity-none-not-yours"
    } else if !model.activity.is_read && !model.connection.is_online() {
        "activity-journal-offline"
    } else if !model.activity.is_read {
        "activity-journal-reading"
    } else {
        "activity-journal-none"
    };
    say(model.seat.language, key, &[("time", String::new())])
}

/// The newest lines, for the column beside the panes.
pub fn last(model: &Model, paint: &mut Paint<'_>, area: Rect) {
    if model.activity.lines.is_empty() {
        paint.text(area.x, area.y, area.width, &why_empty(model), Role::Dim);
        return;
    }
    for (row, y) in model.activity.lines.values().rev().zip(area.top()..area.bottom()) {
        let (at, who, (verb, _)) = (at(model, row), author_words(model, &row.author), what(model, row));
        let end = paint.text(area.x, y, AT, &at, Role::Dim).max(area.x + 6);
        let number = row.number.as_deref().map(|number| format!("{number} ")).unwrap_or_default();
        let pieces =
            [(number.as_str(), Role::Text), (who.as_str(), Role::Text), (" ", Role::Dim), (verb.as_str(), Role::Dim)];
        paint.line(end + 1, y, area.right().saturating_sub(end + 1), &pieces);
    }
}

/// A line in words, as a list reads it out.
pub fn line(model: &Model, row: &JournalLine) -> String {
    let (verb, more) = what(model, row);
    let known = [
        Some(at(model, row)),
        Some(author_words(model, &row.author)),
        Some(verb),
        row.number.clone(),
        Some(more).filter(|_| row.entity != EntityKind::Claim),
    ];
    known.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}
