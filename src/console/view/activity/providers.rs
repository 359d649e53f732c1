//! What providers had: jobs against what they can take, given and done, offers declined or not answered.

use super::{bars, number, of_time, sentence};
use crate::{
    console::{
        keymap::KeyCode,
        model::{Model, activity::Figures},
        theme::Role,
        update::verbs::provider_name,
        view::{
            paint::{Paint, signs},
            words,
        },
    },
    i18n::say,
    text::width,
    wire::activity::ProviderCount,
};
use ratatui::layout::Rect;

/// Columns of the jobs beside the bar, and of a figure.
const JOBS: u16 = 12;
const FIGURE: u16 = 8;
/// Columns of a bar that is short already, of one at least, and of a name at most.
const SHORT_BAR: u16 = 8;
const LEAST_BAR: u16 = 3;
const NAME: u16 = 40;

/// How many rows are on the glass.
pub fn height(area: Rect) -> usize {
    usize::from(area.height.saturating_sub(2)).max(1)
}

/// The busiest first: by the part of what they can take, then by jobs, then by name.
fn sorted<'a>(model: &Model, figures: &'a Figures) -> Vec<(&'a ProviderCount, String)> {
    let name = |count: &ProviderCount| provider_name(model, count.provider_id);
    let mut rows: Vec<_> = figures.counted.providers.iter().map(|count| (count, name(count))).collect();
    let busy = |count: &ProviderCount| {
        let share = count.capacity.and_then(|capacity| (u64::from(count.jobs) * 1_000).checked_div(capacity.into()));
        (share.unwrap_or_default(), count.jobs, count.given)
    };
    rows.sort_by(|(one, one_name), (other, other_name)| busy(other).cmp(&busy(one)).then(one_name.cmp(other_name)));
    rows
}

fn is_full(count: &ProviderCount) -> bool {
    count.capacity.is_some_and(|capacity| capacity > 0 && count.jobs >= capacity)
}

fn jobs(model: &Model, count: &ProviderCount) -> String {
    match count.capacity {
        // Closed on these days, which says more than that it takes nothing.
        Some(0) => say(model.seat.language, "activity-closed", &[("count", number(model, count.jobs))]),
        Some(capacity) => format!("{}/{}", number(model, count.jobs), number(model, capacity)),
        None => number(model, count.jobs),
    }
}

/// How wide the columns are that share what the figures leave.
struct Widths {
    name: u16,
    bar: u16,
    jobs: u16,
}

impl Widths {
    /// Names come first: where they would be cut the bar is shorter, and the jobs beside it have no more than they need.
    fn of(model: &Model, rows: &[(&ProviderCount, String)], columns: u16, heading: &str) -> Self {
        let wide = |text: &str| u16::try_from(width(text)).unwrap_or(u16::MAX);
        let room = columns.saturating_sub(3 + 4 * FIGURE);
        let longest = rows.iter().map(|(_, name)| wide(name)).max().unwrap_or_default().clamp(10, NAME);
        let most = if columns >= 90 { 16 } else { 8 };
        let mut jobs = JOBS;
        if room < longest + SHORT_BAR + jobs {
            let sign = wide(signs::PRESSING) + 1;
            jobs = rows.iter().map(|(count, _)| wide(&self::jobs(model, count)) + sign).max().unwrap_or(jobs).min(jobs);
        }
        let bar = room.saturating_sub(longest + jobs).clamp(LEAST_BAR, most);
        let jobs = jobs.max((wide(heading) + 1).saturating_sub(bar));
        Self { name: room.saturating_sub(bar + jobs).clamp(10, NAME), bar, jobs }
    }
}

/// Draws a row of each.
pub fn draw(model: &Model, paint: &mut Paint<'_>, area: Rect, figures: &Figures) {
    let language = model.seat.language;
    let rows = sorted(model, figures);
    if rows.is_empty() {
        let none = say(language, "activity-providers-none", &of_time(model));
        sentence(paint, area, &none);
        return;
    }
    let x = area.x + 1;
    let heading = say(language, "activity-jobs", &[]);
    let Widths { name: name_wide, bar: bar_wide, jobs: jobs_wide } = Widths::of(model, &rows, area.width, &heading);
    let bar = x + name_wide + 1;
    let ends = [1, 2, 3, 4].map(|place| bar + bar_wide + jobs_wide + place * FIGURE);
    let keys = ["activity-given", "activity-done", "activity-declined", "activity-expired"];
    paint.text(x, area.y, name_wide, &say(language, "dispatch-column-provider", &[]), Role::Heading);
    paint.text_right(bar + bar_wide + jobs_wide, area.y, bar_wide + jobs_wide, &heading, Role::Heading);
    for (key, end) in keys.iter().zip(ends) {
        paint.text_right(end, area.y, FIGURE - 1, &say(language, key, &[]), Role::Heading);
    }
    let shown = height(area);
    let scrolled = model.activity.scrolled;
    let glass = area.y + 1..area.bottom().saturating_sub(1);
    for ((count, name), y) in rows.iter().skip(scrolled).take(shown).zip(glass) {
        paint.text(x, y, name_wide, name, Role::Text);
        let role = if is_full(count) { Role::Warn } else { Role::Text };
        if let Some(capacity) = count.capacity.filter(|capacity| *capacity > 0) {
            bars::lying(paint, (bar, y), bar_wide, count.jobs, capacity.max(count.jobs), role);
        }
        let sign = if is_full(count) { signs::PRESSING } else { "" };
        paint.text_right(bar + bar_wide + jobs_wide, y, jobs_wide, &format!("{sign}{}", jobs(model, count)), role);
        for (value, end) in [count.given, count.done, count.declined, count.expired].into_iter().zip(ends) {
            paint.text_right(end, y, FIGURE - 1, &number(model, value), if value > 0 { Role::Text } else { Role::Dim });
        }
    }
    let left = rows.len().saturating_sub(scrolled + shown);
    let foot = if left > 0 {
        say(language, "activity-more", &[("count", left.to_string()), words::arrow(model, "key", KeyCode::Down)])
    } else {
        say(language, "activity-providers-of", &[])
    };
    paint.text(x, area.bottom().saturating_sub(1), area.width.saturating_sub(1), &foot, Role::Dim);
}

/// A sentence of each.
pub fn in_words(model: &Model, figures: &Figures) -> Vec<String> {
    let language = model.seat.language;
    let rows = sorted(model, figures);
    if rows.is_empty() {
        return vec![say(language, "activity-providers-none", &of_time(model))];
    }
    rows.into_iter()
        .map(|(count, name)| {
            let parts = [
                ("name", name),
                ("jobs", jobs(model, count)),
                ("given", number(model, count.given)),
                ("done", number(model, count.done)),
                ("declined", number(model, count.declined)),
                ("expired", number(model, count.expired)),
            ];
            say(language, "activity-provider-words", &parts)
        })
        .collect()
}
