//! What trainees prepared: a row each, and below it all that the selected one would do.

use super::{Align, Column, headings, places, put, selected};
use crate::{
    console::{
        model::{Model, list::Line},
        theme::Role,
        update::verbs::{name, prepared_verb, provider_name, request_line, subject},
        view::{
            paint::{Paint, signs},
            words,
        },
    },
    domain::{
        held::{Held, HeldState},
        ids::HeldId,
        machine::State as _,
    },
    i18n::say,
    text::{neutral, wrap},
    wire::catalogue::Command,
};
use ratatui::layout::Rect;
use serde_json::Value;

/// Columns of the label before what it tells.
const LABEL: u16 = 11;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    Since,
    Who,
    What,
    About,
}

const SINCE: Column<Of> = (Of::Since, "dispatch-column-since", 10, Align::Left);
const WHAT: Column<Of> = (Of::What, "dispatch-column-verb", 0, Align::Left);

const fn columns(width: u16) -> &'static [Column<Of>] {
    match width {
        0..60 => &[SINCE, (Of::Who, "dispatch-column-by", 10, Align::Left), WHAT],
        60..86 => &[
            SINCE,
            (Of::Who, "dispatch-column-by", 16, Align::Left),
            WHAT,
            (Of::About, "dispatch-column-about", 18, Align::Left),
        ],
        _ => &[
            SINCE,
            (Of::Who, "dispatch-column-by", 20, Align::Left),
            WHAT,
            (Of::About, "dispatch-column-about", 30, Align::Left),
        ],
    }
}

/// Draws the list.
pub fn rows(model: &Model, paint: &mut Paint<'_>, area: Rect) {
    let columns = places(columns(area.width), area);
    headings(model, paint, &columns, area.y);
    let rows = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    let list = &model.dispatch.held;
    if list.order().is_empty() {
        super::empty(model, paint, rows);
    }
    for (line, y) in list.glass().zip(rows.top()..rows.bottom()) {
        let Some(line) = line else { continue };
        row(model, paint, &columns, y, line);
        if line.selected {
            selected(model, paint, rows, y);
        }
    }
}

fn row(model: &Model, paint: &mut Paint<'_>, columns: &[(Column<Of>, u16, u16)], y: u16, line: Line<HeldId>) {
    let language = model.seat.language;
    let Some(held) = model.world.held_one(line.key) else {
        let gone = say(language, "requests-gone", &[]);
        paint.text(columns.first().map_or(0, |(_, x, _)| *x), y, u16::MAX, &gone, Role::Gone);
        return;
    };
    // What came back to who prepared it is the one thing that is to be done here by them.
    let came_back = held.state == HeldState::Returned;
    if came_back && !line.ghost {
        paint.text(columns.first().map_or(0, |(_, x, _)| x - 1), y, 1, signs::PRESSING, Role::Warn);
    }
    for ((column, _, _, align), x, wide) in columns {
        let (text, role) = match column {
            Of::Since => (since(model, held), Role::Text),
            Of::Who => (who(model, held), Role::Text),
            // What became of a row that others took away, and of what came back.
            Of::What if line.ghost || came_back => {
                let state = say(language, &format!("state-held-{}", held.state.name()), &[]);
                (format!("{state}{}{}", words::colon(language), prepared_verb(language, held)), Role::Strong)
            }
            Of::What => (prepared_verb(language, held), Role::Strong),
            Of::About => (about(model, held), Role::Text),
        };
        put(paint, (*x, *wide), y, *align, &text, if line.ghost { Role::Gone } else { role });
    }
}

fn since(model: &Model, held: &Held) -> String {
    words::passed(model.seat.language, model.seat.civil(held.at), model.seat.civil(model.now).date())
}

fn who(model: &Model, held: &Held) -> String {
    let language = model.seat.language;
    if held.operator_id == model.seat.me() {
        return say(language, "word-me", &[]);
    }
    let who = model.world.operator(held.operator_id).map(|who| neutral(who.fields.name.as_str()).into_owned());
    who.unwrap_or_else(|| say(language, "somebody", &[]))
}

fn about(model: &Model, held: &Held) -> String {
    let command = Command::of_held(held).ok();
    command.and_then(|command| subject(&command)).map(|item| name(model, item)).unwrap_or_default()
}

/// All about the selected one, label by label.
pub fn told(model: &Model, held: &Held) -> Vec<(String, String, Role)> {
    let language = model.seat.language;
    let label = |key: &str| say(language, key, &[]);
    let by = [("who", who(model, held)), ("when", since(model, held))];
    let mut told = vec![
        (label("held-verb"), prepared_verb(language, held), Role::Strong),
        (label("held-by"), say(language, "held-by-whom", &by), Role::Text),
    ];
    let Ok(command) = Command::of_held(held) else { return told };
    if let Some(request) = subject(&command).and_then(|item| request_line(model, item)) {
        told.push((label("held-request"), request, Role::Text));
    }
    if let Command::PrepareOffer { body, .. } = &command {
        let price = body.price.map(|price| words::euros(language, price));
        let parts = [Some(provider_name(model, body.provider_id)), price];
        told.push((
            label("held-provider"),
            parts.into_iter().flatten().collect::<Vec<_>>().join(signs::BETWEEN),
            Role::Text,
        ));
    }
    if let Some((place, count, first)) = rank(model, &command) {
        let parts = [("place", place.to_string()), ("count", count.to_string()), ("first", first)];
        let key = if place == 1 { "held-rank-first" } else { "held-rank-after" };
        let role = if place == 1 { Role::Text } else { Role::Warn };
        told.push((label("held-rank"), say(language, key, &parts), role));
    }
    // What people wrote in it, whatever the command.
    let body = held.command.get("body");
    for field in ["to", "subject", "reason", "tier_reason", "question", "outcome", "text"] {
        if let Some(Value::String(text)) = body.and_then(|body| body.get(field)) {
            told.push((label(&format!("held-{field}")), text.clone(), Role::Text));
        }
    }
    if let Some(reason) = &held.reason {
        told.push((label("held-give-back"), reason.to_string(), Role::Warn));
    }
    told
}

/// Of an offer: which place its provider has among how many, and who is the first.
fn rank(model: &Model, command: &Command) -> Option<(usize, usize, String)> {
    let Command::PrepareOffer { body, .. } = command else { return None };
    let ranked = &model.dispatch.ranking(body.request_id)?.ranked;
    let place = ranked.iter().position(|one| one.provider == body.provider_id)? + 1;
    Some((place, ranked.len(), provider_name(model, ranked.first()?.provider)))
}

/// Draws the selected one; answers the line below it.
pub fn detail(model: &Model, paint: &mut Paint<'_>, area: Rect) -> u16 {
    let selected = model.dispatch.held.selected().and_then(|id| model.world.held_one(id));
    let title = selected.map(|held| about(model, held)).unwrap_or_default();
    if area.width == model.size.columns {
        let pieces = [(title.as_str(), Role::Strong)];
        paint.rule(area, area.y, if title.is_empty() { &[] } else { &pieces }, "");
    } else {
        paint.text(area.x, area.y, area.width, &title, Role::Strong);
    }
    let Some(held) = selected else { return area.y + 1 };
    let top = area.y + 1 + u16::from(area.width < model.size.columns);
    let columns = area.width.saturating_sub(LABEL);
    let lines: Vec<_> = told(model, held)
        .into_iter()
        .flat_map(|(label, text, role)| {
            let labels = std::iter::once(label).chain(std::iter::repeat(String::new()));
            labels.zip(wrap(&text, usize::from(columns))).map(move |(label, line)| (label, line, role))
        })
        .collect();
    let room = usize::from(area.bottom().saturating_sub(top));
    for (place, ((label, line, role), y)) in lines.iter().zip(top..area.bottom()).enumerate() {
        // What there is no room for is not passed over in silence.
        let line = if place + 1 == room && lines.len() > room { signs::REST } else { line };
        paint.text(area.x, y, LABEL - 1, label, Role::Heading);
        paint.text(area.x + LABEL, y, columns, line, *role);
    }
    top + u16::try_from(lines.len().min(room)).unwrap_or_default()
}

/// The selected row in words, and all that it would do.
pub fn in_words(model: &Model) -> Option<String> {
    let held = model.world.held_one(model.dispatch.held.selected()?)?;
    let told = told(model, held).into_iter().map(|(label, text, _)| {
        let text = text.replace('\n', " ");
        format!("{label}{}{text}", words::colon(model.seat.language))
    });
    Some(told.collect::<Vec<_>>().join(", "))
}
