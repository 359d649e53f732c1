//! What is looked at: the party's card, a message with its thread, what a permanence expects.

use super::{
    lanes::{first_line, service_name},
    message,
    paint::{Paint, Piece, signs},
    words,
};
use crate::{
    console::{
        model::{Model, reception::Item},
        theme::Role,
    },
    domain::{
        beneficiary::{Beneficiary, Undeliverable},
        client::Client,
        contact::{Contact, Origin, Party},
        door::Door,
        exception::Exception,
        ids::SiteId,
        locker::Locker,
        machine::State,
        money::Cents,
        permanence::{Permanence, PermanenceState},
        request::{Request, RequestState, Requester},
        site::Site,
        texts::LongText,
    },
    i18n::say,
    text::{neutral, width},
};
use ratatui::layout::Rect;
use std::sync::Arc;

/// Draws what is looked at.
pub fn draw(model: &Model, paint: &mut Paint<'_>, area: Rect) {
    match model.reception.selected() {
        Some(Item::Contact(id)) => {
            let Some(contact) = model.world.contact(id).map(|shown| Arc::clone(shown.row)) else { return };
            match &contact.origin {
                Origin::Message(_) => message::draw(model, &contact, paint, area),
                Origin::Call(_) | Origin::WalkIn(_) | Origin::LockerDrop(_) => of_contact(model, &contact, paint, area),
            }
        }
        Some(Item::Request(id)) => {
            let person = model.world.person_behind(Item::Request(id)).cloned();
            if let Some(person) = person {
                of_person(model, &person, "", paint, area);
            } else if let Some(shown) = model.world.request(id) {
                paint.rule(area, area.y, &[(&shown.row.number.to_string(), Role::Strong)], "");
                let text = shown.row.fields.text.as_ref().map(|text| first_line(text.as_str())).unwrap_or_default();
                paint.text(area.x, area.y + 1, area.width, &text, Role::Text);
            }
        }
        Some(Item::Permanence(id)) => {
            if let Some(permanence) = model.world.permanence(id).cloned() {
                of_permanence(model, &permanence, paint, area);
            }
        }
        Some(Item::Exception(id)) => {
            if let Some(exception) = model.world.exception(id).cloned() {
                of_not_held(model, &exception, paint, area);
            }
        }
        Some(_) | None => paint.rule(area, area.y, &[], ""),
    }
}

fn of_contact(model: &Model, contact: &Contact, paint: &mut Paint<'_>, area: Rect) {
    let language = model.seat.language;
    let said = match &contact.origin {
        Origin::WalkIn(walk_in) => walk_in.text.as_ref().map(LongText::as_str).unwrap_or_default(),
        _ => "",
    };
    let mut rest = area;
    if let Some(words) = model.world.heard.get(&contact.id).and_then(|heard| heard.last()) {
        let heard = say(language, "card-heard", &[("words", words.clone())]);
        // At the foot of the pane: it comes and goes, and moves nothing.
        let lines = crate::text::wrap(&heard, usize::from(rest.width));
        let shown = u16::try_from(lines.len().min(2)).unwrap_or_default().min(rest.height.saturating_sub(2));
        rest.height -= shown;
        for (line, y) in lines.iter().zip(rest.bottom()..rest.bottom() + shown) {
            paint.text(rest.x, y, rest.width, line, Role::Accent);
        }
    }
    match &contact.party {
        Party::Person { id } => {
            if let Some(person) = model.world.person(*id).cloned() {
                of_person(model, &person, said, paint, rest);
            }
        }
        Party::Switchboard { client_id } | Party::ContactPerson { client_id, .. } => {
            of_client(model, *client_id, contact, said, paint, rest);
        }
        Party::Provider { id } => of_provider(model, *id, said, paint, rest),
        Party::Maybe { ids } => {
            let title = say(language, "card-maybe", &[]);
            let rest = headed(model, paint, rest, &[(&title, Role::Strong)], "", said);
            for ((id, y), number) in ids.iter().zip(rest.top()..rest.bottom()).zip(1..) {
                if let Some(person) = model.world.person(*id) {
                    let name = format!("{number} {}", words::person(person));
                    paint.text(rest.x, y, rest.width, &name, Role::Text);
                }
            }
        }
        Party::Unknown | Party::Courier { .. } | Party::Colleague { .. } => {
            let (name, _, number) = super::frame::caller(model, contact);
            let number = number.map(|number| format!("  {number}")).unwrap_or_default();
            let rest = headed(model, paint, rest, &[(&name, Role::Strong), (&number, Role::Text)], "", said);
            if contact.party == Party::Unknown {
                let way = say(language, "card-unknown", &[]);
                let lines = crate::text::wrap(&way, usize::from(rest.width.max(1)));
                for (line, y) in lines.iter().zip(rest.top()..rest.bottom()) {
                    paint.text(rest.x, y, rest.width, line, Role::Dim);
                }
            }
        }
    }
}

/// Lines of what was said at a desk.
const SAID: usize = 3;

/// The heading of whoever it is, and under it what was said at a desk; answers what is left below.
fn headed(model: &Model, paint: &mut Paint<'_>, area: Rect, title: &[Piece<'_>], remark: &str, said: &str) -> Rect {
    paint.rule(area, area.y, title, remark);
    let room = area.width.saturating_sub(LABEL).max(1);
    let mut lines = crate::text::wrap(said, room.into());
    if let Some(rest) = lines.get(SAID - 1..).filter(|rest| rest.len() > 1).map(|rest| rest.join(" ")) {
        // What has no room is told to be left out.
        lines.truncate(SAID - 1);
        lines.push(rest);
    }
    let mut y = area.y + 1;
    for (place, line) in lines.iter().enumerate() {
        if y >= area.bottom() {
            break;
        }
        if place == 0 {
            paint.text(area.x, y, LABEL - 1, &say(model.seat.language, "card-said", &[]), Role::Dim);
        }
        paint.text(area.x + LABEL, y, room, line, Role::Text);
        y += 1;
    }
    Rect { y, height: area.bottom().saturating_sub(y), ..area }
}

/// The person's card: open requests and where each lies, tab, next permanence, lockers, usual orders.
fn of_person(model: &Model, person: &Beneficiary, said: &str, paint: &mut Paint<'_>, area: Rect) {
    let world = &model.world;
    let dot = signs::BETWEEN;
    let site = person.fields.site_id.and_then(|id| world.site(id));
    let client = person.fields.client_id.and_then(|id| world.board.get::<Client>(id)).map(|shown| shown.row);
    let name = words::person(person);
    let client_name = client.map(|client| client.fields.name.to_string()).unwrap_or_default();
    let commune = site.map(|site| site.fields.commune.to_string()).unwrap_or_default();
    let mut title: Vec<Piece<'_>> = vec![(&name, Role::Strong)];
    for part in [&client_name, &commune] {
        if !part.is_empty() {
            title.push((dot, Role::Dim));
            title.push((part, Role::Text));
        }
    }
    let about = world.about.get(&person.id);
    let owes = about.and_then(|about| about.balance.as_ref()).map(|balance| tab(model, balance)).unwrap_or_default();
    let below = headed(model, paint, area, &title, &owes, said);
    let requests = world.requests_of_newest(person.id);
    if area.width < SIDE_BY_SIDE {
        let more = u16::try_from(bouncing(person).count()).unwrap_or_default().min(1);
        let rest = open_in_a_column(model, &requests, 2 + more, paint, below);
        facts(model, person, site, paint, rest);
        return;
    }
    let (left, right) = super::side_by_side(below);
    paint.upright(right.x - 2, below.top(), below.bottom());
    facts(model, person, site, paint, left);
    open_in_a_pane(model, &requests, paint, right);
}

/// Columns of what the facts of a card are called.
const LABEL: u16 = 11;

/// From this width on the open requests stand beside what is known of the person.
const SIDE_BY_SIDE: u16 = 110;

/// What is known of a person: how things are handed back, what is usual, how to reach them.
fn facts(model: &Model, person: &Beneficiary, site: Option<&Arc<Site>>, paint: &mut Paint<'_>, area: Rect) {
    let language = model.seat.language;
    let phone = person.fields.phones.iter().map(words::phone);
    let arrives = person.fields.emails.iter().filter(|email| !person.fields.is_undeliverable(email));
    let reach: Vec<String> = phone.chain(arrives.map(|email| neutral(email.as_str()).into_owned())).collect();
    let today = model.seat.civil(model.now).date();
    let bounces = bouncing(person)
        .map(|known| words::bounces(language, known.address.as_str(), model.seat.civil(known.since), today));
    let note = person.fields.note.as_ref().map(|note| first_line(note.as_str())).unwrap_or_default();
    let told = bounces.map(|what| ("card-mail", what, Role::Danger)).chain([
        ("card-hand-back", hand_back(model, site), Role::Text),
        ("card-recurring", super::recurring::on_card(model, person.id), Role::Text),
        ("card-usual", usual_orders(model, person), Role::Text),
        ("card-reach", reach.join(signs::BETWEEN), Role::Text),
        ("card-addresses", addresses(model, person), Role::Text),
        ("card-note", note, Role::Text),
    ]);
    let mut y = area.y;
    for (key, what, role) in told.filter(|(_, what, _)| !what.is_empty()) {
        let lines = crate::text::wrap(&what, usize::from(area.width.saturating_sub(LABEL).max(1)));
        for (line, place) in lines.iter().take(2).zip(0..) {
            if y >= area.bottom() {
                return;
            }
            if place == 0 {
                paint.text(area.x, y, LABEL - 1, &say(language, key, &[]), Role::Dim);
            }
            paint.text(area.x + LABEL, y, area.width.saturating_sub(LABEL), line, role);
            y += 1;
        }
    }
}

/// Where a person is found, the usual door first; one that no round finds says so.
fn addresses(model: &Model, person: &Beneficiary) -> String {
    let said = |door: &Door| {
        let address = neutral(door.address.as_str()).into_owned();
        match door.position {
            Some(_) => address,
            None => say(model.seat.language, "card-address-nowhere", &[("address", address)]),
        }
    };
    person.fields.addresses.iter().map(said).collect::<Vec<_>>().join(signs::BETWEEN)
}

/// The addresses of a person that mail does not reach, as long as they are theirs.
fn bouncing(person: &Beneficiary) -> impl Iterator<Item = &Undeliverable> {
    let theirs = |known: &&Undeliverable| person.fields.emails.iter().any(|email| email.is_same(&known.address));
    person.fields.undeliverable.iter().filter(theirs)
}

/// A person's open requests under each other, with where each lies; answers what is left below them.
///
/// `kept` lines are left in any case: how things are handed back, what is usual, that an address does not work.
fn open_in_a_column(model: &Model, requests: &[Arc<Request>], kept: u16, paint: &mut Paint<'_>, area: Rect) -> Rect {
    let language = model.seat.language;
    let most = area.height.saturating_sub(kept).max(1);
    let shown = u16::try_from(requests.len()).unwrap_or(u16::MAX).clamp(1, most);
    let room = area.width.saturating_sub(LABEL);
    let mut heading = say(language, "card-open", &[]);
    if requests.len() > usize::from(shown) {
        heading = format!("{heading} {}", requests.len());
    }
    paint.text(area.x, area.y, LABEL - 1, &heading, Role::Dim);
    if requests.is_empty() {
        paint.text(area.x + LABEL, area.y, room, &say(language, "card-open-none", &[]), Role::Dim);
    }
    let today = model.seat.civil(model.now).date();
    for (request, y) in requests.iter().zip(area.y..(area.y + shown).min(area.bottom())) {
        let number = shown_number(model, request);
        let what = what(model, request);
        let (state, role) = state(model, request);
        let when = request.fields.when.as_ref();
        let when = when.map(|when| format!("{}{}", words::colon(language), words::when_short(language, when, today)));
        let at = paint.line(area.x + LABEL, y, room, &[(&number, Role::Accent), (" ", Role::Text)]);
        // The states stand under each other where what is asked for leaves them room.
        let column = at + 26.min(area.right().saturating_sub(at));
        let at = paint.text(at, y, area.right().saturating_sub(at), &what, Role::Text) + 1;
        let at = at.max(column);
        let pieces = [(state.as_str(), role), (when.as_deref().unwrap_or_default(), Role::Dim)];
        paint.line(at, y, area.right().saturating_sub(at), &pieces);
    }
    Rect { y: area.y + shown, height: area.height.saturating_sub(shown), ..area }
}

/// A person's open requests in a pane of their own, in columns as wide as what stands in them: number, what, state, when.
fn open_in_a_pane(model: &Model, requests: &[Arc<Request>], paint: &mut Paint<'_>, area: Rect) {
    let language = model.seat.language;
    let count = format!("  {}", requests.len());
    paint.line(area.x, area.y, area.width, &[(&say(language, "card-open", &[]), Role::Strong), (&count, Role::Dim)]);
    if requests.is_empty() {
        paint.text(area.x, area.y + 1, area.width, &say(language, "card-open-none", &[]), Role::Dim);
    }
    let today = model.seat.civil(model.now).date();
    let rows: Vec<_> = requests
        .iter()
        .take(usize::from(area.height.saturating_sub(1)))
        .map(|request| {
            let when = request.fields.when.as_ref().map(|when| words::when_short(language, when, today));
            (shown_number(model, request), what(model, request), state(model, request), when.unwrap_or_default())
        })
        .collect();
    let number_wide = widest(rows.iter().map(|(number, ..)| number));
    let state_wide = widest(rows.iter().map(|(.., (state, _), _)| state));
    let when_wide = widest(rows.iter().map(|(.., when)| when));
    // What is asked for gives way: where it lies and when it is wanted are told whole.
    let room = area.width.saturating_sub(number_wide + state_wide + when_wide + 5);
    let what_wide = widest(rows.iter().map(|(_, what, ..)| what)).min(room);
    for ((number, what, (state, role), when), y) in rows.iter().zip(area.y + 1..) {
        let mut at = area.x;
        let columns = [
            (number, number_wide, 1, Role::Accent),
            (what, what_wide, 2, Role::Text),
            (state, state_wide, 2, *role),
            (when, when_wide, 0, Role::Dim),
        ];
        for (text, wide, gap, role) in columns {
            paint.text(at, y, wide.min(area.right().saturating_sub(at)), text, role);
            at += wide + gap;
        }
    }
}

/// Columns of the widest of some texts.
fn widest<'a>(texts: impl Iterator<Item = &'a String>) -> u16 {
    u16::try_from(texts.map(|text| width(text)).max().unwrap_or_default()).unwrap_or(u16::MAX)
}

/// Where a request stands, in a word.
fn state(model: &Model, request: &Request) -> (String, Role) {
    let role = if request.state == RequestState::Ready { Role::Ok } else { Role::Text };
    (say(model.seat.language, &format!("state-request-{}", request.state.name()), &[]), role)
}

/// What is owed, in words: « doit 18,40 € », « avoir 5,00 € ».
pub fn tab(model: &Model, balance: &crate::wire::query::Balance) -> String {
    let language = model.seat.language;
    let cents = balance.accounts.values().sum::<i64>();
    let sum = |cents: i64| words::euros(language, Cents::new(cents).unwrap_or(Cents::ZERO));
    match cents {
        0 => say(language, "tab-nothing", &[]),
        1.. => say(language, "tab-owes", &[("sum", sum(cents))]),
        _ => say(language, "tab-credit", &[("sum", sum(-cents))]),
    }
}

/// The number that people say; until the office has given one, that it is new.
pub fn shown_number(model: &Model, request: &Request) -> String {
    match model.world.request(request.id) {
        Some(shown) if shown.confirmed.is_none() => say(model.seat.language, "request-unnumbered", &[]),
        _ => request.number.to_string(),
    }
}

/// What is asked for, in a few words: service, quantity, detail.
pub fn what(model: &Model, request: &Request) -> String {
    let language = model.seat.language;
    let fields = &request.fields;
    let Some(service) = fields.service_id.and_then(|id| model.world.service(id)) else {
        return fields.text.as_ref().map(|text| first_line(text.as_str())).unwrap_or_default();
    };
    let mut what = service_name(service, language);
    let quantity = u32::from(fields.quantity);
    if quantity > 1 {
        what.push_str(" ×");
        what.push_str(&quantity.to_string());
    }
    if let Some(detail) = &fields.detail {
        what.push_str(", ");
        what.push_str(detail.as_str());
    }
    what
}

/// Where and when things can be handed back: the next permanence, the lockers that are free.
fn hand_back(model: &Model, site: Option<&Arc<Site>>) -> String {
    let language = model.seat.language;
    let Some(site) = site else { return say(language, "card-no-site", &[]) };
    let next = model.world.next_permanence(site.id, model.now);
    let mut parts = Vec::new();
    match next {
        Some(permanence) if permanence.state == PermanenceState::Open => {
            let until = words::time(permanence.fields.window.to());
            parts.push(say(language, "card-permanence-until", &[("until", until)]));
        }
        Some(permanence) => {
            parts.push(say(
                language,
                "card-next-permanence",
                &[("when", words::window(language, &permanence.fields.window))],
            ));
        }
        None => parts.push(say(language, "card-no-permanence", &[])),
    }
    let lockers = model.world.board.all::<Locker>().filter(|shown| shown.row.fields.site_id == site.id).count();
    if lockers > 0 {
        let free = lockers.saturating_sub(model.world.live_bookings(site.id));
        parts.push(say(language, "card-lockers-free", &[("count", free.to_string())]));
    }
    parts.join(" · ")
}

fn usual_orders(model: &Model, person: &Beneficiary) -> String {
    let Some(about) = model.world.about.get(&person.id) else { return String::new() };
    let numbered = about.usual.iter().take(9).zip(1..).filter_map(|(usual, number)| {
        let service = model.world.service(usual.service)?;
        let quantity = u32::from(usual.quantity);
        let times = if quantity > 1 { format!(" ×{quantity}") } else { String::new() };
        Some(format!("{number} {}{times}", service_name(service, model.seat.language)))
    });
    numbered.collect::<Vec<_>>().join(signs::BETWEEN)
}

fn of_client(
    model: &Model,
    client: crate::domain::ids::ClientId,
    contact: &Contact,
    said: &str,
    paint: &mut Paint<'_>,
    area: Rect,
) {
    let language = model.seat.language;
    let Some(row) = model.world.board.get::<Client>(client).map(|shown| shown.row) else { return };
    let name = row.fields.name.to_string();
    let below = headed(model, paint, area, &[(&name, Role::Strong)], "", said);
    let told = match &contact.party {
        Party::ContactPerson { name, .. } => say(language, "card-contact-person", &[("name", name.to_string())]),
        _ => say(language, "card-switchboard", &[]),
    };
    paint.text(below.x, below.y, below.width, &told, Role::Accent);
    let theirs = model.world.board.open_requests().filter(
        |shown| matches!(&shown.row.fields.requester, Some(Requester::Organisation { id, .. }) if *id == client),
    );
    for (shown, y) in theirs.zip(below.y + 1..below.bottom()) {
        let line = format!("{} {}", shown_number(model, shown.row), what(model, shown.row));
        paint.text(area.x, y, area.width, &line, Role::Text);
    }
}

/// A provider's card: what it was asked and what it does.
fn of_provider(model: &Model, provider: crate::domain::ids::ProviderId, said: &str, paint: &mut Paint<'_>, area: Rect) {
    use crate::domain::{offer::Offer, provider::Provider};
    let language = model.seat.language;
    let Some(row) = model.world.board.get::<Provider>(provider).map(|shown| shown.row) else { return };
    let name = row.fields.name.to_string();
    let below = headed(model, paint, area, &[(&name, Role::Strong)], "", said);
    let offers: Vec<_> =
        model.world.board.all::<Offer>().filter(|shown| shown.row.fields.provider_id == provider).collect();
    if offers.is_empty() {
        paint.text(below.x, below.y, below.width, &say(language, "card-no-offers", &[]), Role::Dim);
    }
    for (shown, y) in offers.iter().zip(below.top()..below.bottom()) {
        let request = model.world.request(shown.row.fields.request_id);
        let of =
            request.map(|request| format!("{} {}", request.row.number, what(model, request.row))).unwrap_or_default();
        let state = say(language, &format!("state-offer-{}", shown.row.state.name()), &[]);
        paint.line(area.x, y, area.width, &[(&of, Role::Text), ("  ", Role::Text), (&state, Role::Dim)]);
    }
}

/// Columns of who is awaited at a permanence, the margin and the gap behind included.
const NAME: u16 = 22;

/// A permanence: what lies ready to be handed back there, and what is on its way.
fn of_permanence(model: &Model, permanence: &Permanence, paint: &mut Paint<'_>, area: Rect) {
    let language = model.seat.language;
    let window = words::window(language, &permanence.fields.window);
    let state = match permanence.state {
        PermanenceState::Open => say(language, "permanence-open", &[]),
        _ => say(language, "permanence-planned", &[]),
    };
    of_site(model, permanence.fields.site_id, &window, &state, "", paint, area);
}

/// A desk that nobody opened: what to do about it, and who stood before a closed door.
fn of_not_held(model: &Model, exception: &Exception, paint: &mut Paint<'_>, area: Rect) {
    let language = model.seat.language;
    let Some(site) = exception.fields.site_id else { return };
    let ended = model.seat.civil(exception.fields.occurred_at);
    let ended = words::moment(language, ended, model.seat.civil(model.now).date());
    let what = say(language, "permanence-until", &[("at", ended)]);
    let state = say(language, "permanence-not-held", &[]);
    let task = say(language, "permanence-not-held-task", &[]);
    of_site(model, site, &what, &state, &task, paint, area);
}

/// What is to be known at the desk of a site: its notice, what it hands back, what it expects.
fn of_site(model: &Model, site_id: SiteId, when: &str, state: &str, task: &str, paint: &mut Paint<'_>, area: Rect) {
    let language = model.seat.language;
    let site = model.world.site(site_id).cloned();
    let name = site.as_ref().map(|site| site.fields.name.to_string()).unwrap_or_default();
    let title: [Piece<'_>; 3] = [(&name, Role::Strong), (", ", Role::Dim), (when, Role::Text)];
    paint.rule(area, area.y, &title, state);
    let mut y = area.y + 1;
    for line in crate::text::wrap(task, usize::from(area.width.max(1))).iter().take(2) {
        paint.text(area.x, y, area.width, line, Role::Accent);
        y += 1;
    }
    if let Some(notice) = site.as_ref().and_then(|site| site.fields.notice.as_ref()) {
        let notice = say(language, "permanence-notice", &[("notice", first_line(notice.as_str()))]);
        for line in crate::text::wrap(&notice, usize::from(area.width.max(1))).iter().take(2) {
            paint.text(area.x, y, area.width, line, Role::Warn);
            y += 1;
        }
    }
    let expected: Vec<_> = model.world.board.requests_at(site_id).collect();
    let by_state = |wanted: &[RequestState]| {
        expected
            .iter()
            .filter(|shown| wanted.contains(&shown.row.state))
            .map(|shown| Arc::clone(shown.row))
            .collect::<Vec<_>>()
    };
    let ready = by_state(&[RequestState::Ready]);
    let coming = by_state(&[RequestState::Assigned, RequestState::Underway]);
    if ready.is_empty() && coming.is_empty() {
        let nothing = say(language, "permanence-nothing", &[]);
        paint.text(area.x, y, area.width, &nothing, Role::Dim);
        return;
    }
    for (key, rows) in [("permanence-to-hand-back", ready), ("permanence-expected", coming)] {
        if rows.is_empty() {
            continue;
        }
        if y >= area.bottom() {
            return;
        }
        let heading = say(language, key, &[("count", rows.len().to_string())]);
        paint.text(area.x, y, area.width, &heading, Role::Strong);
        y += 1;
        for request in rows {
            if y >= area.bottom() {
                return;
            }
            let who = model.world.person_behind(Item::Request(request.id)).map(|person| words::person_short(person));
            paint.text(area.x + 1, y, NAME - 2, &who.unwrap_or_default(), Role::Text);
            let (number, what) = (shown_number(model, &request), what(model, &request));
            let pieces = [(number.as_str(), Role::Accent), (" ", Role::Text), (what.as_str(), Role::Text)];
            paint.line(area.x + NAME, y, area.width.saturating_sub(NAME), &pieces);
            y += 1;
        }
    }
}
