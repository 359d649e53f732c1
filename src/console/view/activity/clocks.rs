//! Clocks kept and missed by what they run for, and how requests ended.

use super::{bars, number, of_time, percent};
use crate::{
    console::{
        model::{Model, activity::Figures},
        theme::Role,
        view::paint::{Paint, signs},
    },
    domain::{clock::ClockKind, machine::State as _},
    i18n::say,
    wire::activity::ClockCount,
};
use ratatui::layout::Rect;

/// Columns of the names.
const NAME: u16 = 18;

/// Columns of a figure.
const FIGURE: u16 = 9;

fn name(model: &Model, kind: ClockKind) -> String {
    let key = match kind {
        ClockKind::FirstAnswer => "activity-clock-first-answer",
        ClockKind::Callback => "activity-clock-callback",
        ClockKind::Assignment => "activity-clock-assignment",
        ClockKind::Pickup => "activity-clock-pickup",
        ClockKind::HandBack => "activity-clock-hand-back",
    };
    say(model.seat.language, key, &[])
}

fn over(count: &ClockCount) -> u32 {
    count.kept.saturating_add(count.missed)
}

/// A line of each kind with its figures and its bar, what they are about below, and the outcomes.
pub fn draw(model: &Model, paint: &mut Paint<'_>, area: Rect, figures: &Figures) {
    let language = model.seat.language;
    let counted = &figures.counted;
    let x = area.x + 1;
    let columns = ["activity-kept", "activity-missed", "activity-running", "activity-overdue"];
    let ends = [1, 2, 3, 4].map(|place| x + NAME + place * FIGURE);
    for (key, end) in columns.iter().zip(ends) {
        paint.text_right(end, area.y, FIGURE, &say(language, key, &[]), Role::Heading);
    }
    let bar = x + NAME + 4 * FIGURE + 2;
    let room = area.right().saturating_sub(bar + 7).min(40);
    paint.text(
        bar,
        area.y,
        area.right().saturating_sub(bar),
        &say(language, "activity-kept-of-over", &[]),
        Role::Heading,
    );
    let mut y = area.y + 1;
    for count in &counted.clocks {
        paint.text(x, y, NAME, &name(model, count.kind), Role::Text);
        let values = [count.kept, count.missed, count.running, count.overdue];
        for (place, (value, end)) in values.into_iter().zip(ends).enumerate() {
            let (sign, role) = match (place, value) {
                (_, 0) => ("", Role::Dim),
                (1, _) => ("", Role::Warn),
                (3, _) => (signs::PRESSING, Role::Danger),
                _ => ("", Role::Text),
            };
            paint.text_right(end, y, FIGURE, &format!("{sign}{}", number(model, value)), role);
        }
        share(model, paint, (bar, y), room, count);
        y += 1;
    }
    let mut notes = vec![say(language, "activity-clocks-of", &[])];
    if counted.abandoned > 0 {
        notes.push(say(language, "activity-abandoned", &[("count", counted.abandoned.to_string())]));
    }
    for line in crate::text::wrap(&notes.join(" "), usize::from(area.width.saturating_sub(2)).max(10)) {
        paint.text(x, y, area.width, &line, Role::Dim);
        y += 1;
    }
    let left = Rect { y: y + 1, height: area.bottom().saturating_sub(y + 1), ..area };
    outcomes(model, paint, left, figures);
}

/// How many of those that are over were kept: a bar and its percentage.
fn share(model: &Model, paint: &mut Paint<'_>, (x, y): (u16, u16), room: u16, count: &ClockCount) {
    let told = format!("{:>6}", percent(model, count.kept_percent()));
    if over(count) > 0 {
        bars::lying(paint, (x, y), room, count.kept, over(count), Role::Text);
        paint.text(x + room, y, 7, &told, Role::Strong);
    } else {
        paint.text(x + room, y, 7, &told, Role::Dim);
    }
}

fn outcomes(model: &Model, paint: &mut Paint<'_>, area: Rect, figures: &Figures) {
    let language = model.seat.language;
    let outcomes = &figures.counted.outcomes;
    let all: u32 = outcomes.iter().map(|outcome| outcome.count).sum();
    if area.height == 0 {
        return;
    }
    let x = area.x + 1;
    let (title, count) = (say(language, "activity-outcomes", &[]), number(model, all));
    paint.line(x, area.y, area.width, &[(&title, Role::Heading), ("  ", Role::Dim), (&count, Role::Strong)]);
    if outcomes.is_empty() {
        let none = say(language, "activity-outcomes-none", &of_time(model));
        paint.text(x + 1, area.y + 1, area.width, &none, Role::Dim);
        return;
    }
    let room = area.width.saturating_sub(NAME + FIGURE + 4).min(40);
    for (outcome, y) in outcomes.iter().zip(area.y + 1..area.bottom()) {
        let state = say(language, &format!("state-request-{}", outcome.state.name()), &[]);
        paint.text(x, y, NAME, &state, Role::Text);
        paint.text_right(x + NAME + FIGURE, y, FIGURE, &number(model, outcome.count), Role::Text);
        let wide = bars::columns(outcome.count, all, room);
        paint.text(x + NAME + FIGURE + 2, y, wide, &bars::FULL.repeat(wide.into()), Role::Text);
    }
}

/// A line of each kind, for the column beside the panes.
pub fn brief(model: &Model, paint: &mut Paint<'_>, area: Rect, figures: &Figures) {
    let room = area.width.saturating_sub(NAME + 18).min(24);
    for (count, y) in figures.counted.clocks.iter().zip(area.top()..area.bottom()) {
        paint.text(area.x, y, NAME, &name(model, count.kind), Role::Text);
        let told = format!("{} / {}", number(model, count.kept), number(model, over(count)));
        paint.text_right(area.x + NAME + 10, y, 10, &told, if over(count) > 0 { Role::Text } else { Role::Dim });
        share(model, paint, (area.x + NAME + 11, y), room, count);
    }
}

/// The same in sentences.
pub fn in_words(model: &Model, figures: &Figures) -> Vec<String> {
    let language = model.seat.language;
    let counted = &figures.counted;
    let mut lines: Vec<String> = counted
        .clocks
        .iter()
        .map(|count| {
            let parts = [
                ("what", name(model, count.kind)),
                ("kept", number(model, count.kept)),
                ("missed", number(model, count.missed)),
                ("running", number(model, count.running)),
                ("overdue", number(model, count.overdue)),
                ("percent", percent(model, count.kept_percent())),
            ];
            say(language, "activity-clock-words", &parts)
        })
        .collect();
    lines.push(say(language, "activity-clocks-of", &[]));
    if counted.abandoned > 0 {
        lines.push(say(language, "activity-abandoned", &[("count", counted.abandoned.to_string())]));
    }
    let outcomes: Vec<String> = counted
        .outcomes
        .iter()
        .map(|outcome| {
            let state = say(language, &format!("state-request-{}", outcome.state.name()), &[]);
            format!("{state} {}", number(model, outcome.count))
        })
        .collect();
    lines.push(if outcomes.is_empty() {
        say(language, "activity-outcomes-none", &of_time(model))
    } else {
        say(language, "activity-outcomes-words", &[("outcomes", outcomes.join(", "))])
    });
    lines
}
