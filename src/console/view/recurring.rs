//! Recurring orders: the list with what is known of the chosen one below it, or all about that one; and their words elsewhere.

use super::{
    lanes,
    paint::{Paint, signs},
    words,
};
use crate::{
    console::{
        model::{Model, layer::Layer, recurring::RecurringList},
        theme::Role,
        update::recurring,
    },
    domain::{
        client::Client,
        entry::HandOver,
        ids::BeneficiaryId,
        machine::State as _,
        operator::Language,
        recurrence::{OnHoliday, Recurrence},
        recurring::{Pause, RecurringOrder, RecurringOrderFields, RecurringState, Stopped, TimeOfDay},
        request::Requester,
        time::When,
    },
    i18n::{job, say},
    replica::Mark,
    text::{neutral, wrap},
};
use jiff::civil::Date;
use ratatui::layout::Rect;
use std::collections::BTreeSet;

/// Dates to come that are named.
const COMING: usize = 4;

/// Dates that a sentence names.
const NAMED: usize = 3;

/// Columns of the names of facts.
const LABEL: u16 = 14;

/// Who asks: `Mme Durand`.
pub fn who(model: &Model, requester: &Requester) -> String {
    let name = match requester {
        Requester::Person { id } => model.world.person(*id).map(|person| words::person_short(person)),
        Requester::Organisation { id, .. } => {
            let client = model.world.board.get::<Client>(*id);
            client.map(|shown| neutral(shown.row.fields.name.as_str()).into_owned())
        }
    };
    name.unwrap_or_else(|| say(model.seat.language, "name-gone", &[]))
}

/// What is asked for: `Pain tradition ×2, bien cuit`.
pub fn what(model: &Model, fields: &RecurringOrderFields) -> String {
    let language = model.seat.language;
    let service = model.world.service(fields.service_id).map(|service| lanes::service_name(service, language));
    let number = u32::from(fields.quantity);
    let times = if number > 1 { format!(" ×{number}") } else { String::new() };
    let detail = fields.detail.as_ref().map(|detail| format!(", {}", neutral(detail.as_str()))).unwrap_or_default();
    format!("{}{times}{detail}", service.unwrap_or_default())
}

/// What an order is called in a sentence.
pub fn name(model: &Model, fields: &RecurringOrderFields) -> String {
    let parts = [("who", who(model, &fields.requester)), ("what", what(model, fields))];
    say(model.seat.language, "recurring-name", &parts)
}

/// On which days, without its bounds: `chaque mar., ven.`
fn rhythm(language: Language, recurrence: &Recurrence) -> String {
    let bare = Recurrence {
        until: None,
        times: None,
        except: BTreeSet::new(),
        holidays: OnHoliday::LeftOut,
        ..recurrence.clone()
    };
    job::recurrence(language, &bare)
}

/// At what time of the day.
fn time(language: Language, time: TimeOfDay) -> String {
    match time {
        TimeOfDay::Due { .. } => say(language, "recurring-due", &[("time", part_of_day(time))]),
        TimeOfDay::Window { .. } => part_of_day(time),
    }
}

/// A time of the day alone: `12:00`, `09:00-12:00`.
pub fn part_of_day(time: TimeOfDay) -> String {
    match time {
        TimeOfDay::Due { at } => words::time(at),
        TimeOfDay::Window { from, to } => format!("{}-{}", words::time(from), words::time(to)),
    }
}

/// A date whose words stay on one line.
fn together(language: Language, date: Date) -> String {
    words::date(language, date).replace(' ', "\u{a0}")
}

/// The first of some dates, one beside the other.
pub fn dates(language: Language, dates: &[Date]) -> String {
    let named: Vec<String> = dates.iter().take(NAMED).map(|date| together(language, *date)).collect();
    let more = if dates.len() > NAMED { ", …" } else { "" };
    format!("{}{more}", named.join(", "))
}

/// A pause in words.
pub fn pause(model: &Model, pause: Pause) -> String {
    let language = model.seat.language;
    let from = ("from", words::date(language, pause.from));
    match pause.to {
        Some(to) => say(language, "recurring-pause", &[from, ("to", words::date(language, to))]),
        None => say(language, "recurring-pause-open", &[from]),
    }
}

/// Why an order makes nothing.
fn stopped(language: Language, why: Stopped) -> String {
    match why {
        Stopped::Requester => say(language, "recurring-stopped-requester", &[]),
        Stopped::Service => say(language, "recurring-stopped-service", &[]),
        Stopped::Site => say(language, "recurring-stopped-site", &[]),
    }
}

/// Where an order stands, in a word or two.
fn standing(model: &Model, order: &RecurringOrder) -> (String, Role) {
    let language = model.seat.language;
    let shown = model.world.recurring_order(order.id);
    let today = model.now.civil(&model.world.zone(Some(order.fields.site_id))).date();
    if shown.is_some_and(|shown| shown.mark == Mark::Pending) {
        (say(language, "recurring-to-send", &[]), Role::Accent)
    } else if order.state == RecurringState::Ended {
        (say(language, &format!("state-recurring_order-{}", order.state.name()), &[]), Role::Dim)
    } else if model.world.stopped(order).is_some() {
        (say(language, "recurring-stopped", &[]), Role::Danger)
    } else if order.is_paused_on(today) {
        (say(language, "recurring-paused", &[]), Role::Warn)
    } else {
        (say(language, "state-recurring_order-active", &[]), Role::Text)
    }
}

/// The rhythm of an order with what hinders it, for a card: `Pain tradition ×2 chaque mar., ven., en pause`.
pub fn on_card(model: &Model, person: BeneficiaryId) -> String {
    let language = model.seat.language;
    let told = model.world.recurring_orders_of(person).map(|order| {
        let head = format!("{} {}", what(model, &order.fields), rhythm(language, &order.fields.recurrence));
        match standing(model, order) {
            (_, Role::Text) => head,
            (state, _) => format!("{head} ({state})"),
        }
    });
    told.collect::<Vec<_>>().join(signs::BETWEEN)
}

/// What is said of an order once it is written down: what, how often, which dates come first.
pub fn written(model: &Model, order: &RecurringOrder) -> String {
    let language = model.seat.language;
    let coming = model.world.coming(model.now, order, NAMED);
    let parts = [
        ("what", what(model, &order.fields)),
        ("rhythm", job::recurrence(language, &order.fields.recurrence)),
        ("time", time(language, order.fields.time)),
        ("dates", if coming.is_empty() { "none".to_owned() } else { dates(language, &coming) }),
    ];
    say(language, "line-saved-recurring", &parts)
}

/// A fact of an order with its name.
type Fact = (&'static str, String, Role);

/// All that is known of an order, in the order of what decides.
fn facts(model: &Model, order: &RecurringOrder) -> Vec<Fact> {
    let language = model.seat.language;
    let fields = &order.fields;
    let colon = words::colon(language);
    let mut facts: Vec<Fact> = Vec::new();
    if let Some(why) = model.world.stopped(order).filter(|_| order.state == RecurringState::Active) {
        facts.push(("recurring-fact-stopped", stopped(language, why), Role::Danger));
    }
    let rhythm = format!("{}, {}", job::recurrence(language, &fields.recurrence), time(language, fields.time));
    facts.push(("recurring-fact-rhythm", rhythm, Role::Text));
    for known in &order.pauses {
        facts.push(("recurring-fact-pause", pause(model, *known), Role::Warn));
    }
    let requests = model.world.made_of(order);
    let made = requests.iter().map(|request| {
        let state = say(language, &format!("state-request-{}", request.state.name()), &[]);
        let day = request.recurring.map(|of| together(language, of.date)).unwrap_or_default();
        format!("{day}{colon}{} {state}", request.number)
    });
    let made: Vec<String> = made.collect();
    let none = || say(language, "recurring-none-made", &[]);
    facts.push(("recurring-fact-made", if made.is_empty() { none() } else { made.join(", ") }, Role::Text));
    let coming: Vec<String> =
        model.world.coming(model.now, order, COMING).iter().map(|date| together(language, *date)).collect();
    if !coming.is_empty() {
        facts.push(("recurring-fact-coming", coming.join(", "), Role::Text));
    }
    let site = model.world.site(fields.site_id).map(|site| neutral(site.fields.name.as_str()).into_owned());
    let handover = fields.handover.as_ref().map(|way| job::handover(language, &HandOver::from(way)));
    let place = [site, handover, Some(job::payer(language, fields.payer))];
    facts.push(("recurring-fact-place", place.into_iter().flatten().collect::<Vec<_>>().join(", "), Role::Text));
    if let Some(ending) = &order.ending {
        facts.push(("recurring-fact-ending", neutral(ending.as_str()).into_owned(), Role::Text));
    }
    let zone = model.world.zone(Some(fields.site_id));
    let (at, today) = (order.created_at.civil(&zone), model.now.civil(&zone).date());
    let by = order.created_by.and_then(|id| model.world.operator(id)).map(|row| row.fields.name.to_string());
    let parts = [
        ("at", words::moment(language, at, today)),
        ("by", by.unwrap_or_else(|| say(language, "sheet-system", &[]))),
        ("made", order.made.to_string()),
    ];
    facts.push(("recurring-fact-since", say(language, "recurring-since", &parts), Role::Dim));
    facts
}

/// All about an order as lines of text.
pub fn in_words(model: &Model, order: &RecurringOrder) -> Vec<String> {
    let language = model.seat.language;
    let head = format!("{}, {}", name(model, &order.fields), standing(model, order).0);
    let told = facts(model, order).into_iter();
    let colon = words::colon(language);
    let told = told.map(|(key, what, _)| format!("{}{colon}{what}", say(language, key, &[])));
    std::iter::once(head).chain(told).collect()
}

/// An order as a list reads it out.
pub fn row_in_words(model: &Model, order: &RecurringOrder) -> String {
    let language = model.seat.language;
    let next = model.world.next_date(model.now, order).map(|date| words::date(language, date));
    let parts = [
        Some(name(model, &order.fields)),
        Some(rhythm(language, &order.fields.recurrence)),
        next,
        Some(standing(model, order).0),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Draws the list over the screen, or all about the chosen order.
pub fn draw(model: &Model, list: RecurringList, paint: &mut Paint<'_>, area: Rect) {
    let language = model.seat.language;
    paint.clear(area);
    let chosen = recurring::chosen(model);
    if let Some(order) = chosen.as_ref().filter(|_| list.is_open) {
        one(model, order, paint, area);
        if matches!(model.layers.last(), Some(Layer::Recurring(_))) {
            paint.set_cursor(area.x, area.y);
        }
        return;
    }
    let orders = model.world.recurring_orders(model.now);
    let title = say(language, "recurring-title", &[]);
    paint.rule(area, area.y, &[(&title, Role::Strong)], &orders.len().to_string());
    if orders.is_empty() {
        for (line, y) in wrap(&say(language, "recurring-none", &[]), usize::from(area.width)).iter().zip(area.y + 1..) {
            paint.text(area.x, y, area.width, line, Role::Dim);
        }
        paint.set_cursor(area.x, area.y + 1);
        return;
    }
    let columns = Columns::of(area.width);
    let headings = ["who", "what", "rhythm", "next", "state"];
    let headings = headings.map(|key| say(language, &format!("recurring-{key}"), &[]));
    columns.draw(paint, area, area.y + 1, &headings.each_ref().map(|text| (text.as_str(), Role::Heading)));
    // Half of the room at most: the rest tells of the chosen one.
    let most = usize::from(area.height.saturating_sub(3) / 2).max(1);
    let shown = orders.len().min(most);
    let place = orders.iter().position(|order| Some(order.id) == list.chosen).unwrap_or(0);
    let first = (place + 1).saturating_sub(shown);
    let mut y = area.y + 2;
    for (at, order) in orders.iter().enumerate().skip(first).take(shown) {
        if at == place {
            paint.select(area, y);
            paint.set_cursor(area.x, y);
        }
        let next = model.world.next_date(model.now, order).map(|date| words::date(language, date));
        let (state, role) = standing(model, order);
        let cells = [
            (who(model, &order.fields.requester), Role::Text),
            (what(model, &order.fields), Role::Text),
            (rhythm(language, &order.fields.recurrence), Role::Text),
            (next.unwrap_or_else(|| say(language, "recurring-no-next", &[])), Role::Strong),
            (state, role),
        ];
        columns.draw(paint, area, y, &cells.each_ref().map(|(text, role)| (text.as_str(), *role)));
        y += 1;
    }
    if let Some(order) = chosen {
        one(model, &order, paint, Rect { y, height: area.bottom().saturating_sub(y), ..area });
    }
}

/// All about an order.
fn one(model: &Model, order: &RecurringOrder, paint: &mut Paint<'_>, area: Rect) {
    let language = model.seat.language;
    let (state, _) = standing(model, order);
    paint.rule(area, area.y, &[(&name(model, &order.fields), Role::Strong)], &state);
    let room = area.width.saturating_sub(LABEL);
    let mut y = area.y + 1;
    for (key, what, role) in facts(model, order) {
        for (line, place) in wrap(&what, usize::from(room).max(1)).iter().zip(0..) {
            if y >= area.bottom() {
                return;
            }
            if place == 0 {
                paint.text(area.x, y, LABEL - 1, &say(language, key, &[]), Role::Dim);
            }
            paint.text(area.x + LABEL, y, room, line, role);
            y += 1;
        }
    }
}

/// Where the columns of the list stand, and how wide they are.
struct Columns([(u16, u16); 5]);

impl Columns {
    /// Of a screen: what is asked for and the rhythm share what the others leave.
    fn of(width: u16) -> Self {
        let (who, next, state) = if width < 110 { (14, 12, 9) } else { (24, 13, 14) };
        let left = width.saturating_sub(1 + who + next + state + 4);
        let what = left * 11 / 20;
        let mut at = 1;
        Self([who, what, left - what, next, state].map(|wide| {
            let place = (at, wide);
            at += wide + 1;
            place
        }))
    }

    fn draw(&self, paint: &mut Paint<'_>, area: Rect, y: u16, cells: &[(&str, Role); 5]) {
        for ((x, wide), (text, role)) in self.0.iter().zip(cells) {
            paint.text(area.x + x, y, *wide, text, *role);
        }
    }
}

/// The recurring order that a request belongs to, for its card.
pub fn of_request(model: &Model, request: &crate::domain::request::Request) -> Option<String> {
    let language = model.seat.language;
    let of = request.recurring?;
    let date = words::date(language, of.date);
    let moved = request.fields.when.is_some_and(|when| {
        let day = match when {
            When::Due { at } => at.date(),
            When::Window(window) => window.date(),
        };
        day != of.date
    });
    let text = match model.world.recurring_order(of.order_id).filter(|shown| shown.row.state == RecurringState::Active)
    {
        Some(shown) => {
            let rhythm = job::recurrence(language, &shown.row.fields.recurrence);
            say(language, "sheet-recurring-of", &[("rhythm", rhythm)])
        }
        None => say(language, "sheet-recurring-ended", &[]),
    };
    Some(if moved { format!("{text}, {}", say(language, "sheet-recurring-date", &[("date", date)])) } else { text })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_fill_the_screen_and_do_not_meet() {
        for width in [80, 100, 120, 200] {
            let Columns(places) = Columns::of(width);
            assert!(places.windows(2).all(|pair| pair[0].0 + pair[0].1 < pair[1].0), "{places:?}");
            let (x, wide) = places[4];
            assert!(x + wide <= width && places.iter().all(|(_, wide)| *wide >= 9), "{places:?}");
        }
        assert!(crate::text::width("chaque mar., ven.") <= usize::from(Columns::of(80).0[2].1));
    }
}
