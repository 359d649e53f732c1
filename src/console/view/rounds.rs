//! The screen of who carries it, when: the rounds along the hours, the stops of one, what is not planned, where it goes.

mod board;
mod map;
mod stops;
#[cfg(test)]
mod tests;
mod unplanned;
mod words;

pub use map::in_words as map_words;
pub use stops::name as stops_name;
pub use words::{
    change_words, distance_more, leg_words, of, place_words, reason_words, source_words, unplanned_words, vehicle_word,
};

use super::{
    frame::Frame,
    paint::{Paint, signs},
};
use crate::{
    console::{
        keymap::{Action, Context},
        model::{
            Model,
            layer::Layer,
            rounds::{Heights, Pane, Row, Shown, Tab},
        },
        theme::Role,
    },
    domain::round::{Round, Stop},
    i18n::say,
    planning::{problem::VehicleIndex, schedule::Schedule},
    text::{width, wrap},
};
use ratatui::layout::Rect;
use std::sync::Arc;

/// From this size on everything stands side by side.
const BESIDE: u16 = 120;
const TALL: u16 = 30;

/// The places of the screen.
#[derive(Clone, Copy, Debug)]
struct Places {
    /// The rounds: a title, the hours, a line each, and a legend where there is room.
    board: Rect,
    /// Title and rows of what is shown below.
    below: Rect,
    /// What is selected, in words: conflicts, windows; on a small screen also what presses most of what is not planned.
    foot: Rect,
    /// What planning found; empty on a small screen.
    offer: Rect,
    /// What is not planned; empty on a small screen, where it is a tab.
    unplanned: Rect,
    /// The map; empty on a small screen, where it is a tab.
    map: Rect,
}

impl Places {
    fn of(body: Rect) -> Self {
        let rows = (body.height / 6).clamp(3, 10);
        let none = Rect { height: 0, ..body };
        if body.width < BESIDE || body.height < TALL {
            let board = Rect { height: (rows + 2).min(body.height), ..body };
            let rest = Rect { y: board.bottom(), height: body.height - board.height, ..body };
            let foot = Rect { y: rest.bottom() - rest.height.min(4), height: rest.height.min(4), ..rest };
            let below = Rect { height: rest.height - foot.height, ..rest };
            return Self { board, below, foot, offer: none, unplanned: none, map: none };
        }
        let right = (body.width * 3 / 10).min(64);
        let left = Rect { width: body.width - right - 3, ..body };
        let map = Rect { x: body.right() - right, width: right, ..body };
        let board = Rect { height: rows + 3, ..left };
        let rest = left.height - board.height;
        let (offer, unplanned) = (3, (left.height / 4).max(7).min(rest / 2));
        let below = Rect { y: board.bottom(), height: rest - offer - unplanned - 2, ..left };
        let foot = Rect { y: below.bottom(), height: 2, ..left };
        let offer = Rect { y: foot.bottom(), height: offer, ..left };
        let unplanned = Rect { y: offer.bottom(), height: unplanned, ..left };
        Self { board, below, foot, offer, unplanned, map }
    }

    /// Whether everything stands side by side.
    const fn are_wide(&self) -> bool {
        self.map.height > 0
    }
}

/// How many rows the lists have on the glass.
pub fn heights(model: &Model) -> Heights {
    let screen = Rect { x: 0, y: 0, width: model.size.columns, height: model.size.rows };
    let places = Places::of(Frame::around(model, screen).body);
    let wide = places.are_wide();
    let lines = |height: u16| usize::from(height).max(1);
    Heights {
        board: lines(places.board.height.saturating_sub(if wide { 3 } else { 2 })),
        stops: lines(places.below.height.saturating_sub(2)),
        unplanned: lines(if wide {
            places.unplanned.height.saturating_sub(1) / 2
        } else {
            places.below.height.saturating_sub(1) / 2
        }),
    }
}

/// The round that is shown below: who drives it by which routes at which times.
struct Looked<'a> {
    row: Row,
    round: Option<&'a Arc<Round>>,
    shown: &'a Arc<Shown>,
    vehicle: Option<VehicleIndex>,
    schedule: &'a Schedule,
    stops: Vec<Stop>,
}

/// A row of the board with its times, as it is or as it would be while a stop is moved.
fn looked(model: &Model, row: Row) -> Option<Looked<'_>> {
    let shown = model.rounds.moving.as_ref().map(|moving| &moving.shown).or(model.rounds.shown())?;
    let schedule = model.rounds.moving.as_ref().map_or(&shown.schedule, |moving| &moving.schedule);
    let round = match row {
        Row::Round(id) => model.world.round(id),
        Row::Courier(..) => None,
    };
    let stops = model.rounds.stops_of(&model.world, row);
    Some(Looked { row, round, shown, vehicle: shown.vehicle(row), schedule, stops })
}

/// Draws the screen.
pub fn draw(model: &Model, paint: &mut Paint<'_>, area: Rect) {
    let places = Places::of(area);
    board::draw(model, paint, places.board, places.are_wide());
    if places.are_wide() {
        paint.upright(places.map.x - 2, area.top(), area.bottom());
        stops::title(model, paint, places.below);
        stops::rows(model, paint, below(places.below));
        facts(model, paint, places.foot);
        offer(model, paint, places.offer);
        unplanned::title(model, paint, places.unplanned);
        unplanned::rows(model, paint, below(places.unplanned));
        map::draw(model, paint, places.map);
        return;
    }
    tabs(model, paint, places.below);
    let rows = below(places.below);
    match model.rounds.tab {
        Tab::Stops => stops::rows(model, paint, rows),
        Tab::Unplanned => unplanned::rows(model, paint, rows),
        Tab::Map => map::plan(model, paint, rows),
    }
    foot(model, paint, places.foot);
}

const fn below(area: Rect) -> Rect {
    Rect { x: area.x, y: area.y + 1, width: area.width, height: area.height.saturating_sub(1) }
}

/// The line of the tabs: the current one in brackets, what is to be known of the round at its right end.
fn tabs(model: &Model, paint: &mut Paint<'_>, area: Rect) {
    let language = model.seat.language;
    let remark = stops::remark(model);
    let count = |key, count: usize| format!("{} {count}", say(language, key, &[]));
    let titles = [
        (Tab::Stops, stops::name(model)),
        (Tab::Unplanned, count("rounds-tab-unplanned", model.rounds.left_over())),
        (Tab::Map, say(language, "rounds-tab-map", &[])),
    ];
    let taken: usize = titles.iter().map(|(_, title)| width(title) + 3).sum();
    let room = usize::from(area.width).saturating_sub(taken + 6);
    paint.rule(area, area.y, &[], if width(&remark) <= room { &remark } else { "" });
    let mut at = area.x + 1;
    for (tab, title) in titles {
        let is_current = tab == model.rounds.tab;
        let (open, close, role) = if is_current { ("[", "]", Role::Strong) } else { (" ", " ", Role::Text) };
        at =
            paint.line(at, area.y, area.right().saturating_sub(at), &[(open, role), (&title, role), (close, role)]) + 1;
    }
}

/// The bar of the selected row, or its ground alone while the keys go elsewhere.
fn selected(model: &Model, paint: &mut Paint<'_>, area: Rect, y: u16, has_keys: bool) {
    if !has_keys || matches!(model.layers.last(), Some(Layer::Palette(_))) {
        paint.ground(area, y);
        return;
    }
    paint.select(area, y);
    if model.context() == Context::List {
        paint.set_cursor(area.x, y);
    }
}

/// Whether the keys go to the board: always where nothing below can take them.
fn board_has_keys(model: &Model) -> bool {
    model.rounds.pane == Pane::Board || model.rounds.tab == Tab::Map
}

/// Below on a small screen: what is wrong with the stop that is looked at, else what presses most of what is not planned.
fn foot(model: &Model, paint: &mut Paint<'_>, area: Rect) {
    if area.height == 0 {
        return;
    }
    let language = model.seat.language;
    let is_listed = model.rounds.tab == Tab::Unplanned;
    let conflict = stops::looked_at(model).and_then(|(looked, stop)| stops::conflict(model, &looked, stop));
    let pressing = model.rounds.unplanned.order().first().copied().filter(|_| !model.rounds.unplanned.is_ghost());
    let leg = if is_listed { model.rounds.unplanned.selected() } else { pressing };
    if let (Some(words), false) = (conflict, is_listed) {
        paint.rule(area, area.y, &[(&say(language, "rounds-conflict", &[]), Role::Strong)], "");
        lines(paint, below(area), &words, Role::Danger);
        return;
    }
    let Some(leg) = leg.and_then(|leg| model.world.leg(leg)) else {
        paint.rule(area, area.y, &[(&say(language, "rounds-all-planned-title", &[]), Role::Dim)], "");
        let words = offered(model).unwrap_or_else(|| say(language, "rounds-all-planned", &[]));
        lines(paint, below(area), &words, Role::Dim);
        return;
    };
    let key = if is_listed { "rounds-why" } else { "rounds-pressing" };
    let told = model.keymap.hint(model.context(), Action::Accept, true, language).filter(|_| is_listed);
    let hint = told.map(|hint| format!("{} {}", hint.key, say(language, "rounds-see-and-take", &[])));
    paint.rule(area, area.y, &[(&say(language, key, &[]), Role::Strong)], &hint.unwrap_or_default());
    let (why, remedy) = unplanned_words(model, leg.id);
    let what = format!("{}{}", leg_words(model, leg), super::words::colon(language));
    let end = unplanned::two(paint, below(area), &what, &why);
    lines(paint, Rect { y: end, height: area.bottom().saturating_sub(end), ..area }, &remedy, Role::Accent);
}

fn lines(paint: &mut Paint<'_>, area: Rect, text: &str, role: Role) {
    for (line, y) in wrap(text, usize::from(area.width.saturating_sub(2).max(1))).iter().zip(area.top()..area.bottom())
    {
        paint.text(area.x + 2, y, area.width.saturating_sub(2), line, role);
    }
}

/// What is to be known of the stop that is looked at: its window and the time that is left, that it is pinned, what is wrong.
fn facts(model: &Model, paint: &mut Paint<'_>, area: Rect) {
    let Some((looked, stop)) = stops::looked_at(model) else { return };
    let (words, role) = match stops::conflict(model, &looked, stop) {
        Some(conflict) => (conflict, Role::Danger),
        None => (stops::facts(model, &looked, stop), Role::Dim),
    };
    lines(paint, area, &words, role);
}

/// The best plan that was found, in a sentence.
pub fn offered(model: &Model) -> Option<String> {
    let (about, found) = model.rounds.offers().pop()?;
    Some(change_words(model, about, found))
}

/// What planning found, and how it is taken.
fn offer(model: &Model, paint: &mut Paint<'_>, area: Rect) {
    let language = model.seat.language;
    let Some(words) = offered(model) else {
        paint.rule(area, area.y, &[], "");
        let key = match (model.rounds.is_asked(), &model.rounds.search.complete) {
            (true, None) if model.rounds.shown().is_some_and(|shown| !shown.day.problem.jobs.is_empty()) => {
                "rounds-planning"
            }
            _ => "rounds-no-offer",
        };
        paint.text(area.x + 2, area.y + 1, area.width.saturating_sub(2), &say(language, key, &[]), Role::Dim);
        return;
    };
    let title = say(language, "rounds-better", &[]);
    paint.rule(area, area.y, &[(&title, Role::Accent)], "");
    let key = model.keymap.hint(Context::List, Action::Accept, true, language).map(|hint| hint.key).unwrap_or_default();
    paint.text(area.x + 2, area.y + 1, area.width.saturating_sub(2), &words, Role::Text);
    let take = say(language, "rounds-see-and-take", &[]);
    let else_stays = say(language, "rounds-else-stays", &[]);
    let pieces = [
        (key.as_str(), Role::Key),
        (" ", Role::Text),
        (take.as_str(), Role::Text),
        (signs::BETWEEN, Role::Dim),
        (else_stays.as_str(), Role::Dim),
    ];
    paint.line(area.x + 2, area.y + 2, area.width.saturating_sub(2), &pieces);
}

/// The row that is selected, in words: for a view without columns.
pub fn in_words(model: &Model) -> Option<String> {
    match (model.rounds.pane, model.rounds.tab) {
        (Pane::Below, Tab::Stops) => stops::in_words(model),
        (Pane::Below, Tab::Unplanned) => {
            let leg = model.world.leg(model.rounds.unplanned.selected()?)?;
            let (why, remedy) = unplanned_words(model, leg.id);
            let parts = [leg_words(model, leg), why, remedy];
            Some(parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "))
        }
        _ => board::in_words(model),
    }
}
