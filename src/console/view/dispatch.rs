//! The screen of who does what: what is to be given and what is out, and beside or below it the providers of the row looked at.

mod held;
mod loads;
mod ranking;
mod share;

use super::{
    frame::Frame,
    lanes::urgency_of,
    paint::{Paint, signs},
    requests::{claimed_by, time_left, what, who},
    words,
};
use crate::{
    console::{
        keymap::Context,
        model::{
            Model,
            dispatch::{Dispatch, Pane, Tab},
            layer::Layer,
            list::Line,
        },
        theme::Role,
        update::verbs::provider_name,
    },
    domain::{
        clock::{Clock, ClockKind, ClockState, Urgency},
        ids::{OfferId, RequestId},
        machine::State as _,
        offer::{Offer, OfferState},
        request::Request,
        time::When,
    },
    i18n::say,
    text::width,
};
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
    let places = Places::of(Frame::of(screen).body, filter_lines(model));
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
            requests(model, paint, rows);
            waiting(model, paint, places.waiting);
        }
        Tab::Offers | Tab::ToCall => offers(model, paint, rows),
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

fn requests(model: &Model, paint: &mut Paint<'_>, area: Rect) {
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
fn left(model: &Model, request: &Request) -> (String, Role) {
    let runs =
        |clock: &&Clock| clock.kind() == ClockKind::Assignment && matches!(clock.state(), ClockState::Running { .. });
    let Some(clock) = request.clocks.iter().find(runs) else { return ("—".to_owned(), Role::Dim) };
    let role = urgency_of(&[*clock], model.now);
    let due = clock.due_at();
    if due < model.now {
        return (format!("{}{}", signs::PRESSING, super::requests::late_by(model.seat.language, due, model.now)), role);
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

fn site(model: &Model, request: &Request) -> String {
    let site = request.fields.site_id.and_then(|id| model.world.site(id));
    site.map(|site| site.fields.name.to_string()).unwrap_or_default()
}

fn when(model: &Model, request: &Request, wide: usize) -> String {
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

#[derive(Clone, Copy, PartialEq, Eq)]
enum Out {
    State,
    Before,
    Phone,
    Provider,
    Number,
    What,
    When,
}

const STATE: Column<Out> = (Out::State, "requests-column-state", 14, Align::Left);
const BEFORE: Column<Out> = (Out::Before, "dispatch-column-before", 10, Align::Left);
const PHONE: Column<Out> = (Out::Phone, "dispatch-column-phone", 14, Align::Left);
const PROVIDER: Column<Out> = (Out::Provider, "dispatch-column-provider", 0, Align::Left);
const OF: Column<Out> = (Out::Number, "requests-column-number", 7, Align::Left);

/// Columns of what is out, by the width of the list.
const fn out_columns(tab: Tab, width: u16) -> &'static [Column<Out>] {
    match (tab, width) {
        (Tab::ToCall, 0..60) => &[BEFORE, PHONE, PROVIDER],
        (Tab::ToCall, _) => &[BEFORE, PHONE, PROVIDER, OF, (Out::What, "requests-column-what", 22, Align::Left)],
        (_, 0..60) => &[(Out::State, "requests-column-state", 9, Align::Left), BEFORE, PROVIDER, OF],
        (_, 60..86) => &[STATE, BEFORE, PROVIDER, OF, (Out::What, "requests-column-what", 18, Align::Left)],
        _ => &[
            STATE,
            BEFORE,
            PROVIDER,
            OF,
            (Out::What, "requests-column-what", 22, Align::Left),
            (Out::When, "requests-column-when", 12, Align::Left),
        ],
    }
}

fn offers(model: &Model, paint: &mut Paint<'_>, area: Rect) {
    let columns = places(out_columns(model.dispatch.tab, area.width), area);
    headings(model, paint, &columns, area.y);
    let rows = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    let list = if model.dispatch.tab == Tab::ToCall { &model.dispatch.to_call } else { &model.dispatch.offers };
    if list.order().is_empty() {
        empty(model, paint, rows);
    }
    for (line, y) in list.glass().zip(rows.top()..rows.bottom()) {
        let Some(line) = line else { continue };
        offer_row(model, paint, &columns, y, line);
        if line.selected {
            selected(model, paint, rows, y);
        }
    }
}

/// What is out, below what is to be given: to be seen, not to be gone to.
fn waiting(model: &Model, paint: &mut Paint<'_>, area: Rect) {
    if area.height < 3 {
        return;
    }
    let title =
        format!("{} {}", say(model.seat.language, "dispatch-tab-offers", &[]), model.dispatch.count(Tab::Offers));
    paint.rule(area, area.y, &[(&title, Role::Strong)], "");
    let columns = places(out_columns(Tab::Offers, area.width), area);
    let list = &model.dispatch.offers;
    if list.order().is_empty() {
        let none = say(model.seat.language, "dispatch-none-out", &[]);
        paint.text(area.x + 2, area.y + 1, area.width.saturating_sub(2), &none, Role::Dim);
    }
    for (key, y) in list.order().iter().zip(area.y + 1..area.bottom()) {
        offer_row(model, paint, &columns, y, Line { key: *key, selected: false, ghost: false });
    }
}

fn offer_row(model: &Model, paint: &mut Paint<'_>, columns: &[(Column<Out>, u16, u16)], y: u16, line: Line<OfferId>) {
    let language = model.seat.language;
    let Some(offer) = model.world.offer(line.key) else {
        let gone = say(language, "requests-gone", &[]);
        paint.text(columns.first().map_or(0, |(_, x, _)| *x), y, u16::MAX, &gone, Role::Gone);
        return;
    };
    let request = model.world.request(offer.fields.request_id);
    let of = |told: fn(&Model, &Request) -> String| request.map(|shown| told(model, shown.row)).unwrap_or_default();
    for ((column, _, _, align), x, wide) in columns {
        let (text, role) = match column {
            Out::State => state(model, offer, usize::from(*wide)),
            Out::Before => before(model, offer),
            Out::Phone => (phone(model, offer), Role::Strong),
            Out::Provider => (provider_name(model, offer.fields.provider_id), Role::Strong),
            Out::Number => (of(|_, request| request.number.to_string()), Role::Text),
            Out::What => (of(what), Role::Text),
            Out::When => (of(|model, request| when(model, request, 12)), Role::Text),
        };
        put(paint, (*x, *wide), y, *align, &text, if line.ghost { Role::Gone } else { role });
    }
}

/// Where an offer stands; in its moments of grace how many seconds are left.
pub fn state(model: &Model, offer: &Offer, wide: usize) -> (String, Role) {
    let language = model.seat.language;
    if offer.state == OfferState::Prepared {
        let left = offer.hold_until.since(model.now).as_secs().max(0);
        let whole = say(language, "reply-leaves-in", &[("seconds", left.to_string())]);
        let short = format!("{left} s");
        return (if width(&whole) <= wide { whole } else { short }, Role::Accent);
    }
    if is_in_the_way(model, offer) {
        let problem = say(language, "dispatch-problem-state", &[]);
        return (format!("{}{problem}", signs::PRESSING), Role::Danger);
    }
    (say(language, &format!("state-offer-{}", offer.state.name()), &[]), Role::Text)
}

/// Whether something is in the way of what the provider took.
fn is_in_the_way(model: &Model, offer: &Offer) -> bool {
    offer.state == OfferState::Accepted && model.dispatch.problem(offer.fields.request_id).is_some()
}

/// Until when an answer counts; what is over has a sign before it.
fn before(model: &Model, offer: &Offer) -> (String, Role) {
    if is_in_the_way(model, offer) {
        return ("—".to_owned(), Role::Dim);
    }
    let zone = model.world.zone(offer.site_id);
    let (at, today) = (offer.fields.deadline.civil(&zone), model.now.civil(&zone).date());
    if offer.fields.deadline <= model.now {
        let since = words::passed(model.seat.language, at, today);
        return (format!("{}{since}", signs::PRESSING), Role::Danger);
    }
    (words::when_short(model.seat.language, &When::Due { at }, today), Role::Text)
}

/// The number under which the provider is called.
fn phone(model: &Model, offer: &Offer) -> String {
    let provider = model.world.provider(offer.fields.provider_id);
    let number = provider.and_then(|provider| provider.fields.phones.first()).map(words::phone);
    number.unwrap_or_else(|| say(model.seat.language, "dispatch-no-phone", &[]))
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
