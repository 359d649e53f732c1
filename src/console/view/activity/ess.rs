//! The share of ESS by count and by euros, of the month and of the year: as a whole, by client and by site.

use super::{bars, month, number, percent, sentence};
use crate::{
    console::{
        keymap::KeyCode,
        model::{Model, activity::Figures, dispatch::policy},
        theme::Role,
        view::{
            paint::{Paint, signs},
            words,
        },
    },
    domain::{
        client::Client,
        ess::Share,
        ids::{ClientId, SiteId},
        money::Cents,
    },
    i18n::say,
    wire::activity::EssBy,
};
use ratatui::layout::Rect;
use std::collections::BTreeSet;

/// Lines of the gauges with what is said of the target, and of air behind them.
const GAUGES: u16 = 6;

/// Lines of the table's headings.
const HEADINGS: u16 = 2;

/// Columns of a percentage, and of how many of how many.
const PERCENT: u16 = 9;
const JOBS: u16 = 11;

/// Columns of a percentage behind its gauge.
const FIGURE: u16 = 7;

/// From this width on there is room for names and for how many of how many.
const ROOMY: u16 = 90;

/// Columns of the names before the gauges.
const LABEL: u16 = 20;

/// A line of the table.
#[derive(Clone, Debug)]
pub enum Row {
    /// What the following lines are of.
    Heading(&'static str),
    /// Of a client or a site.
    Of {
        /// Its name.
        name: String,
        /// Its share of the month, if anything was given.
        month: Option<Share>,
        /// Its share of the year.
        year: Option<Share>,
    },
}

/// How many lines of the table are on the glass.
pub fn height(area: Rect) -> usize {
    usize::from(area.height.saturating_sub(GAUGES + HEADINGS)).max(1)
}

/// The lines of the table: clients, then sites, each by name.
pub fn rows(model: &Model, figures: &Figures) -> Vec<Row> {
    let (month, year) = (&figures.month, &figures.year);
    let clients: BTreeSet<ClientId> =
        [month, year].into_iter().flat_map(|by| &by.clients).map(|row| row.client_id).collect();
    let sites: BTreeSet<SiteId> = [month, year].into_iter().flat_map(|by| &by.sites).map(|row| row.site_id).collect();
    let unknown = || say(model.seat.language, "requests-somebody", &[]);
    let client = |id: ClientId| {
        let name = model.world.board.get::<Client>(id).map(|shown| shown.row.fields.name.to_string());
        let of = |by: &EssBy| by.clients.iter().find(|row| row.client_id == id).map(|row| row.share);
        (name.unwrap_or_else(unknown), of(month), of(year))
    };
    let site = |id: SiteId| {
        let name = model.world.site(id).map(|site| site.fields.name.to_string());
        let of = |by: &EssBy| by.sites.iter().find(|row| row.site_id == id).map(|row| row.share);
        (name.unwrap_or_else(unknown), of(month), of(year))
    };
    let mut rows = Vec::new();
    for (heading, mut of) in [
        ("activity-by-client", clients.into_iter().map(client).collect::<Vec<_>>()),
        ("activity-by-site", sites.into_iter().map(site).collect()),
    ] {
        if of.is_empty() {
            continue;
        }
        of.sort_by(|(one, ..), (other, ..)| one.cmp(other));
        rows.push(Row::Heading(heading));
        rows.extend(of.into_iter().map(|(name, month, year)| Row::Of { name, month, year }));
    }
    rows
}

fn times(model: &Model, figures: &Figures) -> [(String, Share); 2] {
    let day = model.activity.period(super::today(model)).day;
    [(month(model, day), figures.month.whole), (day.year().to_string(), figures.year.whole)]
}

fn euros(model: &Model, cents: i64) -> String {
    Cents::new(cents).map(|cents| words::euros(model.seat.language, cents)).unwrap_or_default()
}

fn jobs_of(model: &Model, share: &Share) -> String {
    let parts = [("part", number(model, share.ess.jobs)), ("whole", number(model, share.all.jobs))];
    say(model.seat.language, "activity-part-of", &parts)
}

fn euros_of(model: &Model, share: &Share) -> String {
    let parts = [("part", euros(model, share.ess.cents)), ("whole", euros(model, share.all.cents))];
    say(model.seat.language, "activity-part-of", &parts)
}

/// The gauges of month and year with what they are of, and in words whether they are under the target.
pub fn gauges(model: &Model, paint: &mut Paint<'_>, area: Rect, figures: &Figures) {
    let language = model.seat.language;
    let target = policy(&model.world).ess_target_percent;
    let label = LABEL;
    let beside = if area.width >= 60 { 28 } else { 0 };
    let room = area.width.saturating_sub(label + FIGURE + beside + 1).min(44);
    let mut y = area.y;
    let mut under = Vec::new();
    for (time, share) in times(model, figures) {
        for (key, value, of) in [
            ("dispatch-ess-jobs", share.jobs_percent(), jobs_of(model, &share)),
            ("dispatch-ess-euros", share.euros_percent(), euros_of(model, &share)),
        ] {
            if y >= area.bottom() {
                return;
            }
            let name = say(language, key, &[]);
            let time = if key == "dispatch-ess-jobs" { time.as_str() } else { "" };
            paint.text(area.x, y, label, time, Role::Text);
            paint.text_right(area.x + label - 1, y, label, &name, Role::Dim);
            match value {
                Some(value) => bars::gauge(paint, (area.x + label, y), room, value, target),
                None => _ = paint.text(area.x + label, y, room, &signs::RULE.repeat(room.into()), Role::Rule),
            }
            let at = area.x + label + room;
            paint.text(at, y, FIGURE, &format!("{:>6}", percent(model, value)), Role::Strong);
            if beside > 0 {
                paint.text(at + FIGURE + 1, y, beside, &of, Role::Dim);
            }
            y += 1;
        }
        if share.is_under(target) {
            under.push(time);
        }
    }
    if y >= area.bottom() {
        return;
    }
    let goal = [("target", percent(model, Some(target))), ("times", under.join(", "))];
    if under.is_empty() {
        paint.text(area.x, y, area.width, &say(language, "activity-ess-reached", &goal), Role::Dim);
    } else {
        let told = format!("{} {}", signs::PRESSING, say(language, "activity-ess-under", &goal));
        paint.text(area.x, y, area.width, &told, Role::Warn);
    }
}

/// The gauges, and the table below them.
pub fn draw(model: &Model, paint: &mut Paint<'_>, area: Rect, figures: &Figures) {
    let language = model.seat.language;
    if figures.year.whole.all.jobs == 0 {
        let day = model.activity.period(super::today(model)).day;
        sentence(paint, area, &say(language, "activity-ess-none", &[("year", day.year().to_string())]));
        return;
    }
    let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(1), ..area };
    gauges(model, paint, Rect { height: GAUGES - 1, ..inner }, figures);
    let table = Rect { y: inner.y + GAUGES, height: inner.height.saturating_sub(GAUGES), ..inner };
    let rows = rows(model, figures);
    let shown = height(area);
    // Names come first: how many of how many is told where there is room for both.
    let has_jobs = inner.width >= ROOMY;
    let wide = 2 * PERCENT + if has_jobs { JOBS } else { 0 };
    let group = wide + 2;
    let name = inner.width.saturating_sub(2 * group);
    let starts = [inner.x + name + 2, inner.x + name + group + 2];
    for ((time, _), x) in times(model, figures).iter().zip(starts) {
        paint.text_right(x + 2 * PERCENT, table.y, 2 * PERCENT, time, Role::Heading);
        let columns = [("dispatch-ess-jobs", PERCENT), ("dispatch-ess-euros", 2 * PERCENT), ("activity-ess-of", wide)];
        for (key, end) in columns.into_iter().take(if has_jobs { 3 } else { 2 }) {
            paint.text_right(x + end, table.y + 1, end.min(JOBS), &say(language, key, &[]), Role::Heading);
        }
    }
    let scrolled = model.activity.scrolled;
    for (row, y) in rows.iter().skip(scrolled).take(shown).zip(table.y + HEADINGS..table.bottom()) {
        match row {
            Row::Heading(key) => _ = paint.text(inner.x, y, inner.width, &say(language, key, &[]), Role::Heading),
            Row::Of { name: of, month, year } => {
                paint.text(inner.x + 1, y, name, of, Role::Text);
                for (share, x) in [month, year].into_iter().zip(starts) {
                    cells(model, paint, (x, y), share.as_ref(), has_jobs);
                }
            }
        }
    }
    let left = rows.len().saturating_sub(scrolled + shown);
    if left > 0 {
        let more =
            say(language, "activity-more", &[("count", left.to_string()), words::arrow(model, "key", KeyCode::Down)]);
        paint.text(inner.x, table.y, name, &more, Role::Dim);
    }
}

/// Of a client or site: by count, by euros, and how many of how many.
fn cells(model: &Model, paint: &mut Paint<'_>, (x, y): (u16, u16), share: Option<&Share>, has_jobs: bool) {
    let Some(share) = share else {
        paint.text_right(x + PERCENT, y, PERCENT, "—", Role::Dim);
        return;
    };
    let target = policy(&model.world).ess_target_percent;
    let values = [(share.jobs_percent(), PERCENT), (share.euros_percent(), 2 * PERCENT)];
    for (value, end) in values {
        let is_under = value.is_some_and(|value| value < target);
        let (sign, role) = if is_under { (signs::PRESSING, Role::Warn) } else { ("", Role::Text) };
        paint.text_right(x + end, y, PERCENT, &format!("{sign}{}", percent(model, value)), role);
    }
    if !has_jobs {
        return;
    }
    let jobs = format!("{}/{}", number(model, share.ess.jobs), number(model, share.all.jobs));
    paint.text_right(x + 2 * PERCENT + JOBS, y, JOBS, &jobs, Role::Dim);
}

/// The same in sentences.
pub fn in_words(model: &Model, figures: &Figures) -> Vec<String> {
    let language = model.seat.language;
    let target = percent(model, Some(policy(&model.world).ess_target_percent));
    if figures.year.whole.all.jobs == 0 {
        let day = model.activity.period(super::today(model)).day;
        return vec![say(language, "activity-ess-none", &[("year", day.year().to_string())])];
    }
    let sentence = |name: String, time: &str, share: &Share| {
        let parts = [
            ("name", name),
            ("time", time.to_owned()),
            ("jobs", percent(model, share.jobs_percent())),
            ("euros", percent(model, share.euros_percent())),
            ("of_jobs", jobs_of(model, share)),
            ("of_euros", euros_of(model, share)),
            ("target", target.clone()),
        ];
        say(language, "activity-ess-words", &parts)
    };
    let times = times(model, figures);
    let whole = say(language, "activity-whole", &[]);
    let mut lines: Vec<String> = times.iter().map(|(time, share)| sentence(whole.clone(), time, share)).collect();
    for row in rows(model, figures) {
        if let Row::Of { name, month, year } = row {
            let shares = [month, year];
            let told = times.iter().zip(shares).filter_map(|((time, _), share)| Some((time, share?)));
            lines.extend(told.map(|(time, share)| sentence(name.clone(), time, &share)));
        }
    }
    lines
}
