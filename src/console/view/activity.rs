//! The screen of what happened: its panes as tabs, on a wide screen the main figures beside them; each plot with its figures in words.

mod arrivals;
mod bars;
mod clocks;
mod ess;
mod journal;
mod permanences;
mod providers;

pub use journal::line as journal_line;

use super::{
    frame::Frame,
    paint::{Paint, signs},
    words,
};
use crate::{
    console::{
        keymap::KeyCode,
        model::{
            Model,
            activity::{Pane, Period, Span},
        },
        theme::Role,
    },
    i18n::say,
};
use jiff::civil::Date;
use ratatui::layout::Rect;

/// From this width on the main figures stand beside the pane.
const BESIDE: u16 = 120;

/// From this height on the body has room for air.
const ROOMY: u16 = 30;

/// The places of the screen.
#[derive(Clone, Copy, Debug)]
struct Places {
    /// The line of the tabs.
    tabs: Rect,
    /// The time that is looked at.
    time: Rect,
    /// The pane.
    pane: Rect,
    /// The main figures, where there is room beside it.
    beside: Option<Rect>,
}

impl Places {
    fn of(body: Rect) -> Self {
        let line = |y: u16| Rect { y: body.y + y, height: 1, ..body };
        let above = if body.height >= ROOMY { 3 } else { 2 };
        let rest = Rect { y: body.y + above, height: body.height.saturating_sub(above), ..body };
        let mut places = Self { tabs: line(0), time: line(1), pane: rest, beside: None };
        if body.width >= BESIDE {
            let wide = (body.width * 7 / 20).clamp(42, 66);
            places.pane.width = rest.width.saturating_sub(wide + 3);
            places.beside = Some(Rect { x: rest.right() - wide, width: wide, ..rest });
        }
        places
    }

    fn on(model: &Model) -> Self {
        let screen = Rect { x: 0, y: 0, width: model.size.columns, height: model.size.rows };
        Self::of(Frame::around(model, screen).body)
    }
}

/// How many lines of the journal are on the glass.
pub fn journal_height(model: &Model) -> usize {
    usize::from(Places::on(model).pane.height.saturating_sub(1)).max(1)
}

/// Whether any line of the journal is in sight.
pub fn shows_journal(model: &Model) -> bool {
    model.activity.pane == Pane::Journal || Places::on(model).beside.is_some()
}

/// How many lines of the pane can be scrolled, and how many of them are on the glass.
pub fn length(model: &Model) -> (usize, usize) {
    let Some(figures) = model.activity.figures(today(model)) else { return (0, 1) };
    let pane = Places::on(model).pane;
    match model.activity.pane {
        Pane::Ess => (ess::rows(model, figures).len(), ess::height(pane)),
        Pane::Providers => (figures.counted.providers.len(), providers::height(pane)),
        _ => (0, 1),
    }
}

fn today(model: &Model) -> Date {
    model.seat.civil(model.now).date()
}

/// Draws the screen.
pub fn draw(model: &Model, paint: &mut Paint<'_>, area: Rect) {
    let places = Places::of(area);
    tabs(model, paint, places.tabs);
    heading(model, paint, places.time);
    pane(model, paint, places.pane);
    if let Some(beside) = places.beside {
        paint.upright(beside.x - 2, beside.top(), beside.bottom());
        aside(model, paint, beside);
    }
}

const fn tab_key(pane: Pane) -> &'static str {
    match pane {
        Pane::Arrivals => "activity-arrivals",
        Pane::Clocks => "activity-clocks",
        Pane::Ess => "activity-ess",
        Pane::Providers => "activity-providers",
        Pane::Permanences => "activity-permanences",
        Pane::Journal => "activity-journal",
    }
}

/// What a pane is called.
pub fn pane_name(model: &Model, pane: Pane) -> String {
    say(model.seat.language, tab_key(pane), &[])
}

fn tabs(model: &Model, paint: &mut Paint<'_>, area: Rect) {
    let titles = Pane::ALL.map(|pane| (pane, pane_name(model, pane)));
    paint.rule(area, area.y, &[], "");
    let mut at = area.x + 1;
    for (pane, title) in titles {
        let is_current = pane == model.activity.pane;
        let (open, close, role) = if is_current { ("[", "]", Role::Strong) } else { (" ", " ", Role::Text) };
        at = paint.line(at, area.y, area.right().saturating_sub(at), &[(open, role), (&title, role), (close, role)]);
        at += 1;
    }
}

/// A time in words: `mar. 24 nov. 2026`, `novembre 2026`, `2026`.
pub fn time(model: &Model, period: Period) -> String {
    let language = model.seat.language;
    let year = period.day.year();
    match period.span {
        Span::Day => format!("{} {year}", words::date(language, period.day)),
        Span::Month => format!("{} {year}", month(model, period.day)),
        Span::Year => year.to_string(),
    }
}

fn month(model: &Model, day: Date) -> String {
    say(model.seat.language, &format!("dispatch-month-{}", day.month()), &[])
}

/// Which time and which sites, and when they were counted; out of reach of the office, that these are the last figures.
fn heading(model: &Model, paint: &mut Paint<'_>, area: Rect) {
    let language = model.seat.language;
    let period = model.activity.period(today(model));
    let site = match period.site {
        Some(site) => model.world.site(site).map(|site| site.fields.name.to_string()).unwrap_or_default(),
        None => say(language, "activity-all-sites", &[]),
    };
    let above = model.activity.journal.new_above();
    let told = match model.activity.figures(today(model)) {
        // The journal is of no time; what came in above the selection is announced instead.
        _ if model.activity.pane == Pane::Journal && above > 0 => {
            say(language, "list-above", &[("count", above.to_string())])
        }
        None => String::new(),
        Some(figures) => {
            let at = words::moment(language, model.seat.civil(figures.counted.at), today(model));
            let key = if model.connection.is_online() { "activity-counted" } else { "activity-counted-offline" };
            say(language, key, &[("at", at)])
        }
    };
    let role = if model.connection.is_online() { Role::Dim } else { Role::Warn };
    let time = words::title(&time(model, period));
    paint.line(
        area.x + 1,
        area.y,
        area.width,
        &[(&time, Role::Strong), (signs::BETWEEN, Role::Dim), (&site, Role::Text)],
    );
    paint.text_right(area.right(), area.y, area.width / 2 + 8, &told, role);
}

fn pane(model: &Model, paint: &mut Paint<'_>, area: Rect) {
    if model.activity.pane == Pane::Journal {
        journal::draw(model, paint, area);
        return;
    }
    let Some(figures) = model.activity.figures(today(model)) else {
        sentence(paint, area, &why_none(model));
        return;
    };
    match model.activity.pane {
        Pane::Arrivals => arrivals::draw(model, paint, area, figures),
        Pane::Clocks => clocks::draw(model, paint, area, figures),
        Pane::Ess => ess::draw(model, paint, area, figures),
        Pane::Providers => providers::draw(model, paint, area, figures),
        Pane::Permanences => permanences::draw(model, paint, area, figures),
        Pane::Journal => {}
    }
}

/// The main figures beside the pane, but for what it shows itself: clocks, the share of ESS, desks, the last changes.
fn aside(model: &Model, paint: &mut Paint<'_>, area: Rect) {
    let mut y = area.y;
    let mut part = |height: u16| {
        let height = height.min(area.bottom().saturating_sub(y));
        let place = Rect { y, height, ..area };
        y += height;
        place
    };
    let titled = |paint: &mut Paint<'_>, place: Rect, pane: Pane| -> Rect {
        paint.text(place.x, place.y, place.width, &pane_name(model, pane), Role::Heading);
        Rect { y: place.y + 1, height: place.height.saturating_sub(1), ..place }
    };
    let figures = model.activity.figures(today(model));
    let parts = [(Pane::Clocks, 7), (Pane::Ess, 7), (Pane::Permanences, 5)];
    for (pane, height) in parts.into_iter().filter(|(pane, _)| *pane != model.activity.pane) {
        let place = titled(paint, part(height), pane);
        match (figures, pane) {
            (None, _) => _ = paint.text(place.x, place.y, place.width, "—", Role::Dim),
            (Some(figures), Pane::Clocks) => clocks::brief(model, paint, place, figures),
            (Some(figures), Pane::Ess) => ess::gauges(model, paint, place, figures),
            (Some(figures), _) => permanences::brief(model, paint, place, figures),
        }
    }
    let rest = part(u16::MAX);
    if rest.height > 1 && model.activity.pane != Pane::Journal {
        let place = titled(paint, rest, Pane::Journal);
        journal::last(model, paint, place);
    }
}

/// Why there are no figures, and what to do.
fn why_none(model: &Model) -> String {
    let language = model.seat.language;
    let key = if !model.seat.actor().is_staff() {
        "activity-none-not-yours"
    } else if !model.connection.is_online() {
        "activity-none-offline"
    } else if model.activity.refused {
        "activity-none-refused"
    } else {
        "activity-none-asked"
    };
    let time = time(model, model.activity.period(today(model)));
    say(language, key, &[("time", time)])
}

/// A sentence where there is nothing to draw.
fn sentence(paint: &mut Paint<'_>, area: Rect, text: &str) {
    let lines = crate::text::wrap(text, usize::from(area.width.saturating_sub(4)).max(10));
    for (line, y) in lines.iter().zip(area.top()..area.bottom()) {
        paint.text(area.x + 2, y, area.width.saturating_sub(2), line, Role::Dim);
    }
}

/// A number as the language groups it: `1 240`, `1,240`.
fn number(model: &Model, count: u32) -> String {
    let digits = count.to_string();
    let gap = match model.seat.language {
        crate::domain::operator::Language::Fr => '\u{a0}',
        crate::domain::operator::Language::En => ',',
    };
    let mut written = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            written.push(gap);
        }
        written.push(digit);
    }
    written
}

/// A percentage, or a dash where there is nothing to divide.
fn percent(model: &Model, value: Option<u16>) -> String {
    value.map_or_else(|| "—".to_owned(), |value| say(model.seat.language, "percent", &[("value", value.to_string())]))
}

/// What the pane shows, in sentences: for a view without plots.
pub fn in_words(model: &Model) -> Vec<String> {
    if model.activity.pane == Pane::Journal {
        return Vec::new();
    }
    let Some(figures) = model.activity.figures(today(model)) else { return vec![why_none(model)] };
    match model.activity.pane {
        Pane::Arrivals => arrivals::in_words(model, figures),
        Pane::Clocks => clocks::in_words(model, figures),
        Pane::Ess => ess::in_words(model, figures),
        Pane::Providers => providers::in_words(model, figures),
        Pane::Permanences => permanences::in_words(model, figures),
        Pane::Journal => Vec::new(),
    }
}

/// The words of a time for a sentence on it, « mar. 24 nov. 2026 », and the key that goes on to a longer one.
fn of_time(model: &Model) -> [(&'static str, String); 2] {
    [("time", time(model, model.activity.period(today(model)))), words::arrow(model, "key", KeyCode::Right)]
}
