//! The lists of what is out: where each offer stands, until when, with whom; who is to be called.

use super::{Align, Column, asked::when, empty, headings, places, put, selected};
use crate::{
    console::{
        model::{Model, dispatch::Tab, list::Line},
        theme::Role,
        update::verbs::provider_name,
        view::{
            paint::{Paint, signs},
            requests::what,
            words,
        },
    },
    domain::{
        ids::OfferId,
        machine::State as _,
        offer::{Offer, OfferState},
        request::Request,
        time::When,
    },
    i18n::say,
    text::width,
};
use ratatui::layout::Rect;

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

/// Draws the list of what is out.
pub(super) fn draw(model: &Model, paint: &mut Paint<'_>, area: Rect) {
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
pub(super) fn waiting(model: &Model, paint: &mut Paint<'_>, area: Rect) {
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
pub(super) fn before(model: &Model, offer: &Offer) -> (String, Role) {
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
pub(super) fn phone(model: &Model, offer: &Offer) -> String {
    let provider = model.world.provider(offer.fields.provider_id);
    let number = provider.and_then(|provider| provider.fields.phones.first()).map(words::phone);
    number.unwrap_or_else(|| say(model.seat.language, "dispatch-no-phone", &[]))
}
