//! Desk sessions: planned, held, missed, and their hours.

use super::{bars, number, of_time, percent, sentence};
use crate::{
    console::{
        model::{Model, activity::Figures},
        theme::Role,
        view::paint::{Paint, signs},
    },
    i18n::say,
    wire::activity::PermanenceCount,
};
use ratatui::layout::Rect;

/// Columns of the names.
const NAME: u16 = 16;

fn states(count: &PermanenceCount) -> [(&'static str, u32); 5] {
    [
        ("activity-held", count.held),
        ("activity-open", count.open),
        ("activity-planned", count.planned),
        ("activity-not-held", count.missed),
        ("activity-called-off", count.cancelled),
    ]
}

fn all(count: &PermanenceCount) -> u32 {
    states(count).iter().map(|(_, count)| count).sum()
}

fn hours(model: &Model, minutes: u32) -> String {
    let parts = [("hours", number(model, minutes / 60)), ("minutes", format!("{:02}", minutes % 60))];
    say(model.seat.language, "activity-hours", &parts)
}

/// Whole percent of the hours that were agreed, rounded down.
fn kept(count: &PermanenceCount) -> Option<u16> {
    let percent = (u64::from(count.held_minutes) * 100).checked_div(count.agreed_minutes.into())?;
    Some(u16::try_from(percent).unwrap_or(u16::MAX))
}

/// A line of each state, and the hours.
pub fn draw(model: &Model, paint: &mut Paint<'_>, area: Rect, figures: &Figures) {
    let language = model.seat.language;
    let count = &figures.counted.permanences;
    let whole = all(count);
    if whole == 0 {
        let none = say(language, "activity-permanences-none", &of_time(model));
        sentence(paint, area, &none);
        return;
    }
    let x = area.x + 1;
    let room = area.width.saturating_sub(NAME + 10).min(50);
    let mut y = area.y;
    for (key, value) in states(count) {
        let is_missed = key == "activity-not-held" && value > 0;
        let role = match value {
            0 => Role::Dim,
            _ if is_missed => Role::Warn,
            _ => Role::Text,
        };
        paint.text(x, y, NAME, &say(language, key, &[]), if value > 0 { Role::Text } else { Role::Dim });
        let sign = if is_missed { signs::PRESSING } else { "" };
        paint.text_right(x + NAME + 6, y, 6, &format!("{sign}{}", number(model, value)), role);
        let wide = bars::columns(value, whole, room);
        paint.text(x + NAME + 8, y, wide, &bars::FULL.repeat(wide.into()), role);
        y += 1;
    }
    y += 1;
    paint.text(x, y, area.width, &hours_told(model, count), Role::Text);
    bars::lying(
        paint,
        (x, y + 1),
        (NAME + 8 + room).min(area.width.saturating_sub(10)),
        count.held_minutes,
        count.agreed_minutes,
        Role::Text,
    );
    let at = x + (NAME + 8 + room).min(area.width.saturating_sub(10));
    paint.text(at, y + 1, 8, &format!("{:>6}", percent(model, kept(count))), Role::Strong);
    let below = Rect { y: y + 3, height: area.bottom().saturating_sub(y + 3), ..area };
    let about = say(language, "activity-permanences-of", &[]);
    for (line, y) in crate::text::wrap(&about, usize::from(area.width.saturating_sub(2)).max(10))
        .iter()
        .zip(below.top()..below.bottom())
    {
        paint.text(x, y, area.width, line, Role::Dim);
    }
}

fn hours_told(model: &Model, count: &PermanenceCount) -> String {
    let parts = [("held", hours(model, count.held_minutes)), ("agreed", hours(model, count.agreed_minutes))];
    say(model.seat.language, "activity-hours-held", &parts)
}

fn told(model: &Model, count: &PermanenceCount) -> Vec<String> {
    let told = states(count).into_iter().filter(|(_, count)| *count > 0);
    told.map(|(key, count)| format!("{} {}", say(model.seat.language, key, &[]), number(model, count))).collect()
}

/// A few lines, for the column beside the panes.
pub fn brief(model: &Model, paint: &mut Paint<'_>, area: Rect, figures: &Figures) {
    let count = &figures.counted.permanences;
    if all(count) == 0 {
        let none = say(model.seat.language, "activity-permanences-none", &of_time(model));
        paint.text(area.x, area.y, area.width, &none, Role::Dim);
        return;
    }
    let mut lines = crate::text::wrap(&told(model, count).join(", "), usize::from(area.width.max(10)));
    lines.extend(crate::text::wrap(&hours_told(model, count), usize::from(area.width.max(10))));
    for (line, y) in lines.iter().zip(area.top()..area.bottom()) {
        paint.text(area.x, y, area.width, line, Role::Text);
    }
}

/// The same in sentences.
pub fn in_words(model: &Model, figures: &Figures) -> Vec<String> {
    let count = &figures.counted.permanences;
    if all(count) == 0 {
        return vec![say(model.seat.language, "activity-permanences-none", &of_time(model))];
    }
    let hours = format!("{}, {}.", hours_told(model, count), percent(model, kept(count)));
    vec![format!("{}.", told(model, count).join(", ")), hours]
}
