//! The screen of who does what: what is to be given and what is out, and beside or below it the providers of the row looked at.

mod asked;
mod held;
mod loads;
mod out;
mod ranking;
mod share;

pub use out::state;

use super::{
    frame::Frame,
    paint::{Paint, signs},
    requests::what,
};
use crate::{
    console::{
        keymap::Context,
        model::{
            Model,
            dispatch::{Dispatch, Pane, Tab},
            layer::Layer,
        },
        theme::Role,
        update::verbs::provider_name,
    },
    i18n::say,
    text::width,
};
use asked::{left, site, when};
use out::{before, phone};
use ratatui::layout::Rect;

/// From this width on the providers stand beside the list.
const BESIDE: u16 = 120;

/// From this height on the body has room for air and for bars.
const ROOMY: u16 = 30;

/// Lines without which the ranking says nothing.
const LEAST: u16 = 8;

/// The places of the screen.
#[derive(Clone, Copy, Debug)]
struct Places {
    /// The line of the tabs.
    tabs: Rect,
    /// The filter, above the list; empty where there is none.
    filter: Rect,
    /// The list with its headings.
    list: Rect,
    /// The providers.
    ranking: Rect,
    /// The share of ESS.
    share: Rect,
    /// What is out, below what is to be given; empty where there is no room.
    waiting: Rect,
    /// What providers have on their hands; empty where there is no room.
    loads: Rect,
}

impl Places {
    /// Of a body, with so many lines for the filter.
    fn of(body: Rect, filter: u16) -> Self {
        let tabs = Rect { height: 1, ..body };
        let rest = Rect { y: body.y + 1, height: body.height.saturating_sub(1), ..body };
        let share = if body.height >= ROOMY { 6 } else { 2 };
        if body.width >= BESIDE {
            let right = (body.width * 29 / 50).min(96);
            let left = Rect { width: body.width - right - 3, ..rest };
            let beside = Rect { x: body.right() - right, width: right, ..rest };
            // Below stand what is out, and the figures.
            let below = if body.height >= ROOMY { rest.height * 2 / 5 } else { share };
            let above = beside.height.saturating_sub(below);
            let ranking = Rect { height: above, ..beside };
            let share = Rect { y: beside.y + above, height: share.min(beside.height), ..beside };
            let loads = Rect { y: share.bottom(), height: beside.bottom().saturating_sub(share.bottom()), ..beside };
            let waiting = if loads.height > 0 { below } else { 0 };
            let list = Rect { height: left.height - waiting, ..left };
            let waiting = Rect { y: list.bottom(), height: waiting, ..left };
            let (filter, list) = cut(list, filter);
            return Self { tabs, filter, list, ranking, share, waiting, loads };
        }
        let list = Rect { height: (rest.height * 2 / 5).clamp(3.min(rest.height), 20), ..rest };
        let below = Rect { y: list.bottom(), height: rest.height - list.height, ..rest };
        let above = below.height.saturating_sub(share);
        let ranking = Rect { height: above, ..below };
        let share = Rect { y: below.y + above, height: share.min(below.height), ..below };
        let none = Rect { height: 0, ..share };
        let (filter, list) = cut(list, filter);
        Self { tabs, filter, list, ranking, share, waiting: none, loads: none }
    }
}

/// The first lines of a place, and the rest of it; what is listed has two lines at least.
fn cut(area: Rect, lines: u16) -> (Rect, Rect) {
    let lines = lines.min(area.height.saturating_sub(2));
    (Rect { height: lines, ..area }, Rect { y: area.y + lines, height: area.height - lines, ..area })
}

/// Lines of the filter: one to see it, one more for what Tab offers or what was not understood.
fn filter_lines(model: &Model) -> u16 {
    let is_typed = model.layers.iter().any(|layer| matches!(layer, Layer::Filter(_)));
    let sieve = &model.dispatch.sieve;
    match (is_typed || !sieve.understood().faults().is_empty(), sieve.text.trim().is_empty()) {
        (true, _) => 2,
        (false, false) => 1,
        (false, true) => 0,
    }
}

impl Places {
    /// The place of a tab's rows: what is out is listed below them where that is not what they are.
    const fn rows(&self, tab: Tab) -> Rect {
        match tab {
            Tab::ToAssign => self.list,
            Tab::Offers | Tab::ToCall | Tab::Held => {
                Rect { height: self.list.height + self.waiting.height, ..self.list }
            }
        }
    }
}

/// How many rows the list has on the glass.
pub fn height(model: &Model) -> usize {
    let screen = Rect { x: 0, y: 0, width: model.size.columns, height: model.size.rows };
    let places = Places::of(Frame::around(model, screen).body, filter_lines(model));
    usize::from(places.rows(model.dispatch.tab).height.saturating_sub(1)).max(1)
}

/// Draws the screen.
pub fn draw(model: &Model, paint: &mut Paint<'_>, area: Rect) {
    let places = Places::of(area, filter_lines(model));
    tabs(model, paint, places.tabs);
    filter(model, paint, places.filter);
    let rows = places.rows(model.dispatch.tab);
    match model.dispatch.tab {
        Tab::ToAssign => {
            asked::draw(model, paint, rows);
            out::waiting(model, paint, places.waiting);
        }
        Tab::Offers | Tab::ToCall => out::draw(model, paint, rows),
        Tab::Held => held::rows(model, paint, rows),
    }
    if area.width >= BESIDE {
        paint.upright(places.ranking.x - 2, places.filter.top(), places.share.bottom() + places.loads.height);
    }
    if model.dispatch.tab == Tab::Held {
        let y = held::detail(model, paint, places.ranking);
        // Of an offer the ranking is what it is judged by.
        let below = Rect { y, height: places.ranking.bottom().saturating_sub(y), ..places.ranking };
        if model.dispatch.looked_at(&model.world).is_some() && below.height >= LEAST {
            ranking::draw(model, paint, below);
        }
    } else {
        ranking::draw(model, paint, places.ranking);
    }
    share::draw(model, paint, places.share);
    loads::draw(model, paint, places.loads);
}

/// What the lists are filtered by, how many rows it lets pass, and what it could be.
fn filter(model: &Model, paint: &mut Paint<'_>, area: Rect) {
    if area.height == 0 {
        return;
    }
    let language = model.seat.language;
    let (dispatch, tab) = (&model.dispatch, model.dispatch.tab);
    let parts = [("shown", dispatch.count(tab).to_string()), ("all", dispatch.all(tab).to_string())];
    let count = say(language, "dispatch-filtered", &parts);
    let wide = u16::try_from(width(&count)).unwrap_or_default() + 1;
    let line = Rect { width: area.width.saturating_sub(wide), ..area };
    let typed = super::requests::filter(model, paint, line);
    paint.text_right(area.right(), area.y, wide, &count, Role::Dim);
    if area.height > 1 {
        let below = Rect { y: area.y + 1, height: 1, ..area };
        match (typed.filter(|line| !line.proposals.is_empty()), dispatch.sieve.understood().faults().first()) {
            (Some(typed), _) => super::requests::offers(paint, typed, below),
            (None, Some(fault)) => _ = paint.text(below.x, below.y, below.width, &fault.said(language), Role::Warn),
            (None, None) => {}
        }
    }
}

fn tabs(model: &Model, paint: &mut Paint<'_>, area: Rect) {
    let language = model.seat.language;
    let dispatch = &model.dispatch;
    let (span, above) = match dispatch.tab {
        Tab::ToAssign => (dispatch.to_assign.span(), dispatch.to_assign.new_above()),
        Tab::Offers => (dispatch.offers.span(), dispatch.offers.new_above()),
        Tab::ToCall => (dispatch.to_call.span(), dispatch.to_call.new_above()),
        Tab::Held => (dispatch.held.span(), dispatch.held.new_above()),
    };
    let (first, last, count) = span;
    let span = [("first", first.to_string()), ("last", last.to_string()), ("count", count.to_string())];
    let mut remark = vec![say(language, "list-span", &span)];
    if above > 0 {
        remark.insert(0, say(language, "list-above", &[("count", above.to_string())]));
    }
    if !dispatch.marks.is_empty() {
        remark.insert(0, say(language, "dispatch-marked", &[("count", dispatch.marks.len().to_string())]));
    }
    let titles = Tab::ALL.map(|tab| (tab, format!("{} {}", say(language, tab_key(tab), &[]), dispatch.count(tab))));
    let taken: usize = titles.iter().map(|(_, title)| width(title) + 3).sum();
    while remark.len() > 1 && taken + 6 + width(&remark.join(signs::BETWEEN)) > usize::from(area.width) {
        remark.pop();
    }
    paint.rule(area, area.y, &[], &remark.join(signs::BETWEEN));
    let mut at = area.x + 1;
    for (tab, title) in titles {
        let is_current = tab == dispatch.tab;
        let (open, close, role) = if is_current { ("[", "]", Role::Strong) } else { (" ", " ", Role::Text) };
        at = paint.line(at, area.y, area.right().saturating_sub(at), &[(open, role), (&title, role), (close, role)]);
        at += 1;
    }
}

const fn tab_key(tab: Tab) -> &'static str {
    match tab {
        Tab::ToAssign => "dispatch-tab-to-assign",
        Tab::Offers => "dispatch-tab-offers",
        Tab::ToCall => "dispatch-tab-to-call",
        Tab::Held => "dispatch-tab-held",
    }
}

/// A column: the key of its heading, its width (0 takes what the others leave), whether it ends at its right.
type Column<C> = (C, &'static str, u16, Align);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Align {
    Left,
    Right,
}

/// Where each column stands: its left and its width. The margin holds the bar, the mark and the sign of what presses.
fn places<C: Copy>(columns: &[Column<C>], area: Rect) -> Vec<(Column<C>, u16, u16)> {
    let gaps = u16::try_from(columns.len()).unwrap_or_default() + 2;
    let fixed: u16 = columns.iter().map(|(.., wide, _)| wide).sum();
    let rest = area.width.saturating_sub(fixed + gaps);
    let mut at = area.x + 3;
    let place = |column: &Column<C>| {
        let wide = if column.2 > 0 { column.2 } else { rest };
        let x = at;
        at += wide + 1;
        (*column, x, wide)
    };
    columns.iter().map(place).collect()
}

fn put(paint: &mut Paint<'_>, (x, wide): (u16, u16), y: u16, align: Align, text: &str, role: Role) {
    match align {
        Align::Left => _ = paint.text(x, y, wide, text, role),
        Align::Right => paint.text_right(x + wide, y, wide, text, role),
    }
}

fn headings<C: Copy>(model: &Model, paint: &mut Paint<'_>, columns: &[(Column<C>, u16, u16)], y: u16) {
    for ((_, key, _, align), x, wide) in columns {
        put(paint, (*x, *wide), y, *align, &say(model.seat.language, key, &[]), Role::Heading);
    }
}

/// The bar of the selected row, or its ground alone while the keys go elsewhere.
fn selected(model: &Model, paint: &mut Paint<'_>, area: Rect, y: u16) {
    if model.dispatch.pane == Pane::Providers || matches!(model.layers.last(), Some(Layer::Palette(_))) {
        paint.ground(area, y);
        return;
    }
    paint.select(area, y);
    if model.context() == Context::List {
        paint.set_cursor(area.x, y);
    }
}

fn empty(model: &Model, paint: &mut Paint<'_>, area: Rect) {
    let key = match model.dispatch.tab {
        _ if model.world.board.replica().at().is_none() => "requests-empty-loading",
        tab if model.dispatch.all(tab) > 0 => "dispatch-empty-filter",
        Tab::ToAssign => "dispatch-empty-to-assign",
        Tab::Offers => "dispatch-empty-offers",
        Tab::ToCall => "dispatch-empty-to-call",
        Tab::Held => "dispatch-empty-held",
    };
    let filter = model.dispatch.sieve.text.trim().to_owned();
    let sentence = say(model.seat.language, key, &[("filter", filter)]);
    let lines = crate::text::wrap(&sentence, usize::from(area.width.saturating_sub(4)));
    for (line, y) in lines.iter().zip(area.top()..area.bottom()) {
        paint.text(area.x + 2, y, area.width.saturating_sub(2), line, Role::Dim);
    }
}

/// The selected row in words: for a view without columns.
pub fn in_words(model: &Model) -> Option<String> {
    let dispatch: &Dispatch = &model.dispatch;
    if dispatch.tab == Tab::Held {
        return held::in_words(model);
    }
    let request = model.world.request(dispatch.looked_at(&model.world)?)?.row;
    let language = model.seat.language;
    let about = [request.number.to_string(), what(model, request), site(model, request), when(model, request, 40)];
    let told = match dispatch.offer().and_then(|id| model.world.offer(id)) {
        Some(offer) => vec![
            provider_name(model, offer.fields.provider_id),
            state(model, offer, 40).0,
            say(language, "dispatch-before", &[("deadline", before(model, offer).0)]),
            if dispatch.tab == Tab::ToCall { phone(model, offer) } else { String::new() },
        ],
        None => vec![left(model, request).0, ranking::recommended(model, request.id)],
    };
    let parts = about.into_iter().chain(told).filter(|part| !part.is_empty());
    Some(parts.collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests;
