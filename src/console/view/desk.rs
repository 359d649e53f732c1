//! The desk: its lists under tabs, the card of what is looked at, the field of labels with what was scanned.

use super::{
    frame::Frame,
    lanes::service_name,
    paint::{Paint, signs},
    party_card, words,
};
use crate::{
    console::{
        keymap::Context,
        model::{
            Model, Screen,
            desk::{Desk, DeskRow, Focus, Group, Tab},
            reception::Item as Row,
        },
        theme::Role,
        update::{desk as update, verbs},
    },
    domain::{
        booking::{BookingState, Purpose},
        exception::Exception,
        ids::{BeneficiaryId, LockerId},
        item::{Holder, Item, ItemState},
        locker::LockerState,
        machine::State as _,
        money::Cents,
        permanence::{Permanence, PermanenceState},
        texts::LongText,
    },
    i18n::say,
    replica::Mark,
    text::{neutral, width, wrap},
};
use ratatui::layout::Rect;
use std::{cmp::Ordering, sync::Arc};

/// Lines of the field of labels: its heading, itself, what was found.
const SCAN: u16 = 5;

/// Columns of a row's job on the smallest screen, the gap behind it included.
const JOB: u16 = 23;

/// How the desk's body is shared out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Places {
    heading: u16,
    tabs: u16,
    list: Rect,
    card: Rect,
    scan: Rect,
}

impl Places {
    fn of(body: Rect) -> Self {
        let rest = body.height.saturating_sub(2);
        let line = if body.height >= 30 { 10 } else { SCAN };
        let scan = line.min(rest);
        let above = rest - scan;
        let list = (above * 3 / 5).max(above.min(3));
        let list = Rect { y: body.y + 2, height: list, ..body };
        let card = Rect { y: list.bottom(), height: above - list.height, ..body };
        let scan = Rect { y: card.bottom(), height: scan, ..body };
        Self { heading: body.y, tabs: body.y + 1, list, card, scan }
    }
}

/// How many rows the list has on the glass.
pub fn height(model: &Model) -> usize {
    let screen = Rect { x: 0, y: 0, width: model.size.columns, height: model.size.rows };
    usize::from(Places::of(Frame::of(screen).body).list.height).max(1)
}

/// Draws the screen.
pub fn draw(model: &Model, paint: &mut Paint<'_>, area: Rect) {
    let places = Places::of(area);
    let Some(session) = update::session(model) else {
        paint.text(area.x, area.y, area.width, &say(model.seat.language, "desk-gone", &[]), Role::Dim);
        return;
    };
    let (title, remark) = heading(model, &session);
    paint.rule(area, places.heading, &[(&title, Role::Strong)], &remark);
    tabs(model, paint, Rect { y: places.tabs, height: 1, ..area });
    rows(model, paint, places.list);
    card(model, paint, places.card);
    if model.line.is_some() {
        let over = Rect { y: places.card.y, height: places.card.height + places.scan.height, ..area };
        paint.clear(over);
        super::line::draw(model, paint, over);
    } else {
        scan(model, paint, places.scan);
    }
}

/// Whose desk it is, when, whether it is open; and what was taken in notes and coins.
fn heading(model: &Model, session: &Permanence) -> (String, String) {
    let language = model.seat.language;
    let site = model.world.site(session.fields.site_id).map(|site| site.fields.name.to_string()).unwrap_or_default();
    let window = session.fields.window;
    let parts = [
        ("site", neutral(&site).into_owned()),
        ("date", words::date(language, window.date())),
        ("hours", format!("{}-{}", words::time(window.from()), words::time(window.to()))),
        ("state", say(language, &format!("state-permanence-{}", session.state.name()), &[])),
    ];
    let title = say(language, "desk-title", &parts);
    let cash = say(language, "desk-box", &[("sum", words::euros(language, model.desk.cash))]);
    (title, if session.state == PermanenceState::Open { cash } else { String::new() })
}

/// What a concierge must know of the site, for a line of the frame.
pub fn notice(model: &Model) -> Option<String> {
    if model.screen != Screen::Desk {
        return None;
    }
    let site = model.world.site(update::site(model)?)?;
    let notice = site.fields.notice.as_ref().map(LongText::as_str).map(super::lanes::first_line);
    Some(match notice {
        Some(notice) => say(model.seat.language, "desk-notice", &[("notice", notice)]),
        None => say(model.seat.language, "desk-no-notice", &[]),
    })
}

const fn tab_key(tab: Tab) -> &'static str {
    match tab {
        Tab::ToHandBack => "desk-tab-to-hand-back",
        Tab::Expected => "desk-tab-expected",
        Tab::Callbacks => "desk-tab-callbacks",
        Tab::Lockers => "desk-tab-lockers",
        Tab::Exceptions => "desk-tab-exceptions",
    }
}

/// A tab's name with how many rows it has; of lockers those that are late.
pub fn tab_title(model: &Model, tab: Tab) -> String {
    let language = model.seat.language;
    let list = model.desk.list(tab);
    let name = say(language, tab_key(tab), &[]);
    let late = list.order().iter().filter(|row| matches!(row, DeskRow::Locker(id) if is_late(model, *id))).count();
    if tab == Tab::Lockers && late > 0 {
        return say(language, "desk-lockers-late", &[("name", name), ("count", late.to_string())]);
    }
    format!("{name} {}", list.span().2)
}

fn is_late(model: &Model, locker: LockerId) -> bool {
    let booking = model.desk.bookings.get(&locker).and_then(|id| model.world.booking(*id));
    booking.is_some_and(|booking| model.world.overdue_since(booking, model.now).is_some())
}

fn tabs(model: &Model, paint: &mut Paint<'_>, area: Rect) {
    let (first, last, count) = model.desk.list(model.desk.tab).span();
    let span = [("first", first.to_string()), ("last", last.to_string()), ("count", count.to_string())];
    let remark = say(model.seat.language, "list-span", &span);
    let titles = Tab::ALL.map(|tab| (tab, tab_title(model, tab)));
    let taken: usize = titles.iter().map(|(_, title)| width(title) + 3).sum();
    let fits = taken + 6 + width(&remark) <= usize::from(area.width);
    paint.rule(area, area.y, &[], if fits { &remark } else { "" });
    let mut at = area.x + 1;
    for (tab, title) in titles {
        let is_current = tab == model.desk.tab;
        let (open, close, role) = if is_current { ("[", "]", Role::Strong) } else { (" ", " ", Role::Text) };
        at = paint.line(at, area.y, area.right().saturating_sub(at), &[(open, role), (&title, role), (close, role)]);
        at += 1;
    }
}

/// The cells of a row: who, what, number and service, where, money or state.
struct Cells {
    who: String,
    what: String,
    job: String,
    place: (String, Role),
    last: (String, Role),
}

fn rows(model: &Model, paint: &mut Paint<'_>, area: Rect) {
    let list = model.desk.list(model.desk.tab);
    if list.order().is_empty() {
        let key = format!("{}-none", tab_key(model.desk.tab));
        let lines = wrap(&say(model.seat.language, &key, &[]), usize::from(area.width.saturating_sub(2)));
        for (line, y) in lines.iter().zip(area.top()..area.bottom()) {
            paint.text(area.x + 1, y, area.width.saturating_sub(1), line, Role::Dim);
        }
        return;
    }
    for (line, y) in list.glass().zip(area.top()..area.bottom()) {
        let Some(line) = line else { continue };
        let cells = cells(model, line.key);
        let gone = |role: Role| if line.ghost { Role::Gone } else { role };
        let mark = match mark(model, line.key) {
            Mark::Confirmed => "",
            Mark::Pending => "~",
            _ => signs::PRESSING,
        };
        paint.text(area.x + 1, y, 1, mark, Role::Warn);
        let mut at = area.x + 2;
        for (text, role, wide) in [
            (&cells.who, Role::Strong, 16),
            (&cells.what, Role::Text, 11),
            (&cells.job, Role::Text, JOB),
            (&cells.place.0, cells.place.1, 16),
        ] {
            // On a wide screen each column has more room.
            let alone = cells.place.0.is_empty() && cells.last.0.is_empty() && cells.what.is_empty();
            let wide = match wide {
                // What has nothing beside it has the rest of the line.
                JOB if alone => area.width,
                _ => wide * area.width.max(80) / 80 - 1,
            };
            paint.text(at, y, wide.min(area.right().saturating_sub(at)), text, gone(role));
            at += wide + 1;
        }
        paint.text(at, y, area.right().saturating_sub(at), &cells.last.0, gone(cells.last.1));
        if line.selected {
            if model.layers.is_empty() && model.context() == Context::List {
                paint.select(area, y);
                paint.set_cursor(area.x, y);
            } else {
                paint.ground(area, y);
            }
        }
    }
}

/// How a row stands towards the office.
fn mark(model: &Model, row: DeskRow) -> Mark {
    use crate::{domain::entity::EntityKind, replica::RowRef};
    let of = |kind, id: uuid::Uuid| model.world.board.mark(RowRef { kind, id });
    match row {
        DeskRow::Back(group) => {
            let things = model.desk.things_of(group).iter();
            things.map(|id| of(EntityKind::Item, (*id).into())).max().unwrap_or_default()
        }
        DeskRow::Expected(id) | DeskRow::Answer(Row::Request(id)) => of(EntityKind::Request, id.into()),
        DeskRow::Answer(Row::Contact(id)) => of(EntityKind::Contact, id.into()),
        DeskRow::Answer(_) => Mark::Confirmed,
        DeskRow::Locker(id) => {
            let booking = model.desk.bookings.get(&id).map(|id| of(EntityKind::Booking, (*id).into()));
            of(EntityKind::Locker, id.into()).max(booking.unwrap_or_default())
        }
        DeskRow::Exception(id) => of(EntityKind::Exception, id.into()),
    }
}

/// What a person owes, in words, with what it means.
fn owes(model: &Model, person: Option<BeneficiaryId>) -> (String, Role) {
    let language = model.seat.language;
    let owed = person.and_then(|id| model.desk.owed.get(&id)).copied().unwrap_or(Cents::ZERO);
    match owed.cmp(&Cents::ZERO) {
        Ordering::Greater => (say(language, "tab-owes", &[("sum", words::euros(language, owed))]), Role::Warn),
        Ordering::Less => (say(language, "tab-credit", &[("sum", words::euros(language, -owed))]), Role::Ok),
        Ordering::Equal => (say(language, "tab-nothing", &[]), Role::Dim),
    }
}

fn cells(model: &Model, row: DeskRow) -> Cells {
    let language = model.seat.language;
    let none = || (String::new(), Role::Text);
    match row {
        DeskRow::Back(group) => {
            let things = model.desk.things_of(group);
            let first = things.first().and_then(|id| model.world.thing(*id));
            let owner = model.world.owner_of_group(group);
            let job = match group {
                Group::Request(id) => model.world.request(id).map(|shown| job(model, shown.row)).unwrap_or_default(),
                Group::Thing(_) => String::new(),
            };
            Cells {
                who: update::who(model, owner),
                what: say(language, "desk-things-short", &[("count", things.len().to_string())]),
                job,
                place: (first.map(|thing| place(model, thing)).unwrap_or_default(), Role::Text),
                last: owes(model, owner),
            }
        }
        DeskRow::Expected(id) | DeskRow::Answer(Row::Request(id)) => {
            let Some(shown) = model.world.request(id) else { return gone(model) };
            let request = shown.row;
            let today = model.seat.civil(model.now).date();
            let when = request.fields.when.as_ref().map(|when| words::when_short(language, when, today));
            let person = crate::console::model::desk::person_of(request);
            let quantity = say(language, "desk-pieces", &[("count", u32::from(request.fields.quantity).to_string())]);
            let state = say(language, &format!("state-request-{}", request.state.name()), &[]);
            let asked = request.waiting.as_ref().map(|question| neutral(question.question.as_str()).into_owned());
            Cells {
                who: update::who(model, person),
                what: quantity,
                job: job(model, request),
                place: (when.unwrap_or_default(), Role::Text),
                last: asked.map_or((state, Role::Text), |asked| (asked, Role::Warn)),
            }
        }
        DeskRow::Answer(item) => {
            let Some(shown) = item.contact().and_then(|id| model.world.contact(id)) else { return gone(model) };
            let (who, _, number) = super::frame::caller(model, shown.row);
            let age = words::age(language, model.now.since(shown.row.occurred_at));
            Cells { who, what: age, job: number.unwrap_or_default(), place: none(), last: none() }
        }
        DeskRow::Locker(id) => locker_cells(model, id),
        DeskRow::Exception(id) => {
            let Some(shown) = model.world.board.get::<Exception>(id) else { return gone(model) };
            let today = model.seat.civil(model.now).date();
            let at = words::passed(language, model.seat.civil(shown.row.fields.occurred_at), today);
            let what = exception(model, shown.row);
            Cells { who: at, what: String::new(), job: what, place: none(), last: none() }
        }
    }
}

fn gone(model: &Model) -> Cells {
    let none = || (String::new(), Role::Dim);
    let who = say(model.seat.language, "row-gone", &[]);
    Cells { who, what: String::new(), job: String::new(), place: none(), last: none() }
}

/// A request by its number and its service.
fn job(model: &Model, request: &crate::domain::request::Request) -> String {
    let service = request.fields.service_id.and_then(|id| model.world.service(id));
    let service = service.map(|service| service_name(service, model.seat.language)).unwrap_or_default();
    format!("{} {service}", party_card::shown_number(model, request))
}

fn locker_cells(model: &Model, id: LockerId) -> Cells {
    let language = model.seat.language;
    let Some(locker) = model.world.locker(id) else { return gone(model) };
    let booking = model.desk.bookings.get(&id).and_then(|booking| model.world.booking(*booking));
    let name = say(language, "desk-locker", &[("name", neutral(locker.fields.name.as_str()).into_owned())]);
    let (state, role) = match booking {
        _ if locker.state == LockerState::OutOfOrder => ("locker-out-of-order", Role::Danger),
        None => ("locker-free", Role::Ok),
        Some(booking) => match (booking.state, booking.fields.purpose) {
            (BookingState::Overdue, _) => ("locker-overdue", Role::Danger),
            (BookingState::Reserved, _) => ("locker-reserved", Role::Text),
            (_, Purpose::Deposit) => ("locker-to-empty", Role::Warn),
            (_, Purpose::Pickup) => ("locker-to-fetch", Role::Text),
        },
    };
    let whose = booking.and_then(|booking| booking.fields.beneficiary_id);
    let today = model.seat.civil(model.now).date();
    let until = booking.map(|booking| {
        let until = model.seat.civil(booking.fields.until);
        let time = words::time(until.time());
        if until.date() == today { time } else { format!("{} {time}", words::weekday(language, until.weekday())) }
    });
    let why = locker.reason.as_ref().map(|reason| neutral(reason.as_str()).into_owned());
    Cells {
        who: name,
        what: String::new(),
        job: say(language, state, &[]),
        place: (if booking.is_some() { update::who(model, whose) } else { String::new() }, Role::Text),
        last: (why.or(until).unwrap_or_default(), role),
    }
}

/// A contradiction in words: what a person said of it, else its kind.
pub fn exception(model: &Model, exception: &Exception) -> String {
    let language = model.seat.language;
    let kind = serde_json::to_value(exception.fields.kind).ok();
    let kind = kind.as_ref().and_then(serde_json::Value::as_str).unwrap_or("other").replace('_', "-");
    let kind = say(language, &format!("contradiction-{kind}"), &[]);
    let label = match exception.fields.about.kind {
        crate::domain::entity::EntityKind::Item => {
            model.world.thing(exception.fields.about.id.into()).map(|thing| thing.fields.label.to_string())
        }
        _ => None,
    };
    let what = exception.fields.what.as_ref().map(|what| neutral(what.as_str()).into_owned());
    let told = what.filter(|_| exception.fields.kind == crate::domain::exception::ContradictionKind::Other);
    let more =
        exception.fields.what.as_ref().filter(|_| told.is_none()).map(|what| neutral(what.as_str()).into_owned());
    [Some(told.unwrap_or(kind)), label, more].into_iter().flatten().collect::<Vec<_>>().join(signs::BETWEEN)
}

/// Where a thing is, in words.
pub fn place(model: &Model, thing: &Item) -> String {
    let language = model.seat.language;
    let here = update::site(model);
    match &thing.fields.holder {
        Holder::Concierge { site_id, place } => {
            let shelf = place.as_ref().map(|place| format!(", {}", neutral(place.as_str()))).unwrap_or_default();
            if model.screen == Screen::Desk && Some(*site_id) == here {
                return say(language, "place-here", &[("shelf", shelf)]);
            }
            let site = model.world.site(*site_id).map(|site| neutral(site.fields.name.as_str()).into_owned());
            say(language, "lies-at-desk", &[("site", site.unwrap_or_default()), ("shelf", shelf)])
        }
        Holder::Locker { locker_id } => {
            let locker = model.world.locker(*locker_id);
            let name = locker.map(|locker| neutral(locker.fields.name.as_str()).into_owned()).unwrap_or_default();
            say(language, "desk-locker", &[("name", name)]).to_lowercase()
        }
        Holder::Courier { courier_id } => {
            let courier = model.world.board.get::<crate::domain::courier::Courier>(*courier_id);
            let name = courier.map(|courier| courier.row.fields.name.to_string()).unwrap_or_default();
            say(language, "place-courier", &[("name", neutral(&name).into_owned())])
        }
        Holder::Provider { provider_id } => {
            let provider = model.world.board.get::<crate::domain::provider::Provider>(*provider_id);
            let name = provider.map(|provider| provider.row.fields.name.to_string()).unwrap_or_default();
            say(language, "place-provider", &[("name", neutral(&name).into_owned())])
        }
        Holder::Beneficiary { id } => say(language, "place-owner", &[("who", update::who(model, *id))]),
    }
}

/// A thing in words: label, what, whose, where, since when.
pub fn thing_in_words(model: &Model, thing: &Item) -> String {
    let language = model.seat.language;
    let today = model.seat.civil(model.now).date();
    let since = thing.trail.last().map_or(thing.fields.since, |custody| custody.occurred_at);
    let parts = [
        Some(neutral(thing.fields.label.as_str()).into_owned()),
        thing.fields.description.as_ref().map(|what| neutral(what.as_str()).into_owned()),
        Some(update::who(model, model.world.owner_of(thing))),
        Some(place(model, thing)),
        Some(say(language, "place-since", &[("at", words::moment(language, model.seat.civil(since), today))])),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(signs::BETWEEN)
}

/// The trail of a thing, the newest first: when, what was done, where it was then.
pub fn trail(model: &Model, thing: &Item) -> Vec<String> {
    let language = model.seat.language;
    let today = model.seat.civil(model.now).date();
    let step = |custody: &crate::domain::item::Custody| {
        let act = serde_json::to_value(custody.act).ok();
        let act = act.as_ref().and_then(serde_json::Value::as_str).unwrap_or_default().replace('_', "-");
        let at = words::moment(language, model.seat.civil(custody.occurred_at), today);
        let then = Item {
            fields: crate::domain::item::ItemFields { holder: custody.holder.clone(), ..thing.fields.clone() },
            ..thing.clone()
        };
        let by = custody.by.and_then(|id| model.world.operator(id)).map(|row| row.fields.name.to_string());
        let by = by.map(|by| format!(" ({by})")).unwrap_or_default();
        format!("{at}  {} {}{by}", say(language, &format!("act-{act}"), &[]), place(model, &then))
    };
    thing.trail.iter().rev().map(step).collect()
}

/// What a row is called: whose it is, or which locker.
pub fn name_of(model: &Model, row: DeskRow) -> String {
    cells(model, row).who
}

/// A row in words: for a view without columns.
pub fn in_words(model: &Model) -> Option<String> {
    let Cells { who, what, job, place, last } = cells(model, model.desk.selected()?);
    let parts = [who, what, job, place.0, last.0];
    Some(parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "))
}

/// The card of what is in hand, else of the row that is looked at.
fn card(model: &Model, paint: &mut Paint<'_>, area: Rect) {
    let (title, remark, lines) = card_lines(model);
    paint.rule(area, area.y, &[(&title, Role::Strong)], &remark);
    for ((text, role), y) in lines.iter().zip(area.y + 1..area.bottom()) {
        paint.text(area.x, y, area.width, text, *role);
    }
}

fn card_lines(model: &Model) -> (String, String, Vec<(String, Role)>) {
    let language = model.seat.language;
    let Some(row) = model.desk.selected() else { return (String::new(), String::new(), Vec::new()) };
    let person = match row {
        DeskRow::Back(group) => model.world.owner_of_group(group),
        _ => Desk::request_of(row)
            .and_then(|id| model.world.person_behind(Row::Request(id)))
            .map(|person| person.id)
            .or_else(|| match row {
                DeskRow::Answer(item) => model.world.person_behind(item).map(|person| person.id),
                DeskRow::Locker(id) => {
                    let booking = model.desk.bookings.get(&id).and_then(|id| model.world.booking(*id));
                    booking.and_then(|booking| booking.fields.beneficiary_id)
                }
                _ => None,
            }),
    };
    let title = person.and_then(|id| model.world.person(id)).map(|person| words::person(person));
    let title = title.unwrap_or_else(|| cells(model, row).who);
    let remark = if person.is_some() { owes(model, person).0 } else { String::new() };
    let mut lines: Vec<(String, Role)> = Vec::new();
    match row {
        DeskRow::Back(group) => {
            let things = model.desk.things_of(group).iter().filter_map(|id| model.world.thing(*id));
            lines.extend(things.map(|thing| (thing_line(model, thing), Role::Text)));
        }
        DeskRow::Exception(id) => {
            if let Some(shown) = model.world.board.get::<Exception>(id) {
                lines.push((exception(model, shown.row), Role::Danger));
                if let Some(thing) = model.world.thing(shown.row.fields.about.id.into()) {
                    lines.push((thing_in_words(model, thing), Role::Text));
                }
            }
        }
        DeskRow::Locker(id) => {
            let booking = model.desk.bookings.get(&id).and_then(|id| model.world.booking(*id));
            let today = model.seat.civil(model.now).date();
            let until = booking.map(|booking| words::moment(language, model.seat.civil(booking.fields.until), today));
            lines.extend(until.map(|at| (say(language, "locker-until", &[("at", at)]), Role::Text)));
            let things = update::in_locker(model, id);
            lines.extend(things.iter().map(|thing| (thing_line(model, thing), Role::Text)));
        }
        DeskRow::Expected(id) | DeskRow::Answer(Row::Request(id)) => {
            if let Some(shown) = model.world.request(id) {
                lines.push((verbs::request_line(model, Row::Request(id)).unwrap_or_default(), Role::Text));
                if let Some(text) = &shown.row.fields.text {
                    lines.push((super::lanes::first_line(text.as_str()), Role::Text));
                }
            }
        }
        DeskRow::Answer(_) => {}
    }
    if let Some(person) = person.and_then(|id| model.world.person(id)) {
        let reach = person.fields.phones.iter().map(words::phone).collect::<Vec<_>>().join(signs::BETWEEN);
        let note = person.fields.note.as_ref().map(|note| super::lanes::first_line(note.as_str()));
        let next = update::site(model)
            .and_then(|_| person.fields.site_id)
            .and_then(|site| model.world.next_permanence(site, model.now));
        let next = next.map(|session| {
            let window = session.fields.window;
            let at = format!(
                "{} {}-{}",
                words::date(language, window.date()),
                words::time(window.from()),
                words::time(window.to())
            );
            say(language, "desk-next-permanence", &[("at", at)])
        });
        let known = [Some(reach), note, next].into_iter().flatten().filter(|text| !text.is_empty());
        lines.extend(known.map(|text| (text, Role::Dim)));
    }
    (title, remark, lines)
}

fn thing_line(model: &Model, thing: &Item) -> String {
    let language = model.seat.language;
    let last = thing.trail.last();
    let today = model.seat.civil(model.now).date();
    let since = last.map_or(thing.fields.since, |custody| custody.occurred_at);
    let at = words::moment(language, model.seat.civil(since), today);
    let what = thing.fields.description.as_ref().map(|what| neutral(what.as_str()).into_owned()).unwrap_or_default();
    let parts = [("at", at), ("place", place(model, thing))];
    format!("{:<9} {what:<28} {}", neutral(thing.fields.label.as_str()), say(language, "desk-thing-since", &parts))
}

/// The field of labels, and what was found.
fn scan(model: &Model, paint: &mut Paint<'_>, area: Rect) {
    let language = model.seat.language;
    let key = if model.desk.taking.is_some() { "desk-scan-taking" } else { "desk-scan-title" };
    paint.rule(area, area.y, &[(&say(language, key, &[]), Role::Strong)], "");
    if area.height < 2 {
        return;
    }
    let has_focus = model.desk.focus == Focus::Scan;
    paint.text(area.x, area.y + 1, 2, "> ", if has_focus { Role::Accent } else { Role::Dim });
    if has_focus && model.layers.is_empty() {
        super::field(paint, &model.desk.scan, area.x + 2, area.y + 1, area.width.saturating_sub(2));
    } else {
        paint.text(area.x + 2, area.y + 1, area.width.saturating_sub(2), model.desk.scan.text(), Role::Field);
    }
    for ((text, role), y) in found(model).iter().zip(area.y + 2..area.bottom()) {
        paint.text(area.x, y, area.width, text, *role);
    }
}

/// What is in hand, what is doubtful of it, and what an Enter does; else what can be done next.
pub fn found(model: &Model) -> Vec<(String, Role)> {
    let language = model.seat.language;
    if let Some(taking) = &model.desk.taking {
        let what = verbs::name(model, Row::Request(taking.request));
        let labels = if taking.labels.is_empty() { "…".to_owned() } else { taking.labels.join(signs::BETWEEN) };
        let parts = [("what", what), ("labels", labels), ("count", taking.labels.len().to_string())];
        let next = if taking.labels.is_empty() { "desk-take-first" } else { "desk-take-next" };
        return vec![(say(language, "desk-taking", &parts), Role::Text), (say(language, next, &parts), Role::Accent)];
    }
    let things: Vec<&Arc<Item>> = model.desk.found.iter().filter_map(|id| model.world.thing(*id)).collect();
    if things.is_empty() {
        return next_step(model).into_iter().map(|text| (text, Role::Dim)).collect();
    }
    let owner = things.first().and_then(|thing| model.world.owner_of(thing));
    let parts = [
        ("what", update::things_words(model, &model.desk.found)),
        ("who", update::who(model, owner)),
        ("labels", things.iter().map(|thing| thing.fields.label.to_string()).collect::<Vec<_>>().join(signs::BETWEEN)),
    ];
    let went = things.iter().any(|thing| thing.state == ItemState::HandedBack);
    let mut lines = vec![(say(language, "desk-found", &parts), Role::Strong)];
    lines.extend(update::doubt(model).map(|doubt| (doubt, Role::Warn)));
    lines.push((say(language, if went { "desk-enter-again" } else { "desk-enter-back" }, &parts), Role::Accent));
    lines
}

/// What can be done next, in one sentence, for who sits here for the first time.
fn next_step(model: &Model) -> Option<String> {
    let language = model.seat.language;
    let session = update::session(model)?;
    let open = model.keymap.way(model.context(), crate::console::keymap::Action::Accept, language);
    let close = open.clone();
    let key = match session.state {
        PermanenceState::Planned | PermanenceState::Missed => {
            return Some(say(language, "next-open", &[("keys", open)]));
        }
        PermanenceState::Closed | PermanenceState::Cancelled => "desk-is-over",
        PermanenceState::Open if model.now > session.fields.window.end(&session.zone) => {
            return Some(say(language, "next-close", &[("keys", close)]));
        }
        PermanenceState::Open => match model.desk.tab {
            Tab::ToHandBack => "next-hand-back",
            Tab::Expected => "next-take-in",
            Tab::Callbacks => "next-call",
            Tab::Lockers => "next-locker",
            Tab::Exceptions => "next-exception",
        },
    };
    Some(say(language, key, &[]))
}

/// The desk in sentences: its heading, its tab, what is in hand.
pub fn heading_in_words(model: &Model) -> Option<String> {
    let session = update::session(model)?;
    let (title, remark) = heading(model, &session);
    Some([title, remark].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "))
}
