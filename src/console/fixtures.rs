//! A made-up afternoon for tests: a directory, calls, mails, permanences and requests in every state, loaded from a snapshot's rows.

pub mod activity;
pub mod desk;
pub mod dispatch;
pub mod known;
pub mod recurring;
pub mod rounds;
mod rows;

pub use rows::{call, clock, mail, party, person, request};

use super::{
    effect::Effect,
    keymap::{Key, Keymap, Layout},
    message::{Message, Size},
    model::{Ids, Model, connection::Connection, seat::Seat},
    theme::Theme,
    update::{Effects, update},
    view::{frame::Frame, view},
};
use crate::{
    domain::{
        access::Author,
        booking::Booking,
        claim::{Claim, ClaimSubject},
        clock::ClockKind,
        contact::{Contact, LockerDrop, Origin, WalkIn},
        entity::{Entity, EntityKind},
        ids::CommandKey,
        operator::Language,
        register::{Entry, Fields},
        request::{Request, RequestNumber, RequestState},
        time::{Instant, Zone},
    },
    replica::{Record, Replica, link::LinkEvent},
    wire::{
        catalogue::Command,
        change::{Change, ChangeKind, Done, Seq, Snapshot},
        query::Balance,
    },
};
use jiff::SignedDuration;
use known::*;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};
use rows::{call_event, contacts, directory, operator, requests};
use serde::Serialize;
use serde_json::{Value, json, value::RawValue};
use std::collections::BTreeMap;
use uuid::Uuid;

/// An identifier that is the same in each run.
pub fn id<I: From<Uuid>>(number: u128) -> I {
    Uuid::from_u128(number).into()
}

/// It is Tuesday, 24 November 2026, 14:32 at Paris.
pub fn now() -> Instant {
    "2026-11-24T13:32:00Z".parse().unwrap()
}

/// So many minutes before now.
pub fn ago(minutes: i64) -> Instant {
    now().plus(SignedDuration::from_mins(-minutes))
}

fn entry<F: Fields>(number: u128, fields: Value) -> Entry<F> {
    Entry::create(id(number), serde_json::from_value(fields).unwrap()).unwrap()
}

/// Rows by kind, as a snapshot brings them.
#[derive(Default)]
pub struct Rows(BTreeMap<EntityKind, Vec<Box<RawValue>>>);

impl Rows {
    /// One more.
    pub fn put<E: Entity + Serialize>(&mut self, row: &E) {
        self.0.entry(E::KIND).or_default().push(serde_json::value::to_raw_value(row).unwrap());
    }

    /// The copy that a console has of them.
    pub fn replica(self) -> Replica {
        Replica::load(&Snapshot { seq: Seq(1), at: now(), rows: self.0 })
    }
}

/// An empty console of Léa's, connected, at 120×40.
pub fn empty() -> Model {
    let mut next = 900_000_u128;
    let source = move || {
        next += 1;
        Uuid::from_u128(next)
    };
    let operator = operator(LEA, "lea", "Léa", &["operator", "dispatcher"]);
    let seat = Seat {
        operator,
        language: Language::Fr,
        zone: Zone::default(),
        bell: crate::domain::operator::Bell::default(),
        seconds: super::model::seat::Seconds::default(),
        digits: super::keymap::DigitRow::default(),
        lock_after: None,
    };
    let mut model = Model::new(seat, Keymap::default(), Size { columns: 120, rows: 40 }, Ids::from(source), now());
    model.connection = Connection::Online;
    model
}

fn with(rows: Rows) -> Model {
    let mut model = empty();
    model.world.board.load(rows.replica());
    update(&mut model, now(), Message::Woke);
    model
}

/// The afternoon.
pub fn day() -> Model {
    let mut rows = Rows::default();
    directory(&mut rows);
    contacts(&mut rows);
    requests(&mut rows);
    with(rows)
}

/// The afternoon with something of every kind in each lane: a thread, somebody at a desk, a filled locker, what lacks something.
pub fn afternoon() -> Model {
    let mut rows = Rows::default();
    directory(&mut rows);
    contacts(&mut rows);
    requests(&mut rows);
    let text =
        "Mercredi, ce serait encore mieux.\n\nLe 24 nov., Sophie Martin a écrit :\n> Est-ce possible pour vendredi ?\n";
    let mut reply = mail(REPLY, party(MARTIN), "Sophie Martin", "Re: pressing + ourlet", text, 2);
    if let Origin::Message(message) = &mut reply.origin {
        message.references = vec![format!("<{MAIL}@poste.example>").parse().unwrap()];
    }
    rows.put(&reply);
    let said = "Un sac à déposer au pressing, pour vendredi si possible.".parse().unwrap();
    let walk_in = Origin::WalkIn(WalkIn { permanence_id: Some(id(DESK_OPEN)), text: Some(said) });
    rows.put(&Contact::create(id(AT_DESK), walk_in, ago(6), None, party(PETIT)));
    let drop = Origin::LockerDrop(LockerDrop { locker_id: id(82), booking_id: None, text: None });
    rows.put(&Contact::create(id(IN_LOCKER), drop, ago(50), Some(id(MERIGNAC)), party(BLANC)));
    let mut lacking = request(LACKING, PETIT, PRESSING, BRUGES, "2026-11-27T12:00:00", 18);
    (lacking.fields.when, lacking.fields.channel) = (None, crate::domain::request::Channel::Permanence);
    rows.put(&lacking);
    let booking = json!({
        "locker_id": Uuid::from_u128(81), "site_id": Uuid::from_u128(MERIGNAC), "purpose": "pickup",
        "request_id": Uuid::from_u128(READY), "beneficiary_id": Uuid::from_u128(DURAND), "until": ago(-2_000),
    });
    let booking = serde_json::from_value(booking).unwrap();
    rows.put(&Booking::create(id(140), booking, ago(280), Some(id(KARIM))).unwrap());
    with(rows)
}

/// Nobody calls, nobody writes, nothing is asked for.
pub fn nothing() -> Model {
    with(Rows::default())
}

/// A change of the office's comes: a row as it is from now on.
pub fn comes<E: Entity + Serialize>(model: &mut Model, row: &E) {
    comes_of(model, id(700_000), row);
}

/// The change that a command of this key made.
fn comes_of<E: Entity + Serialize>(model: &mut Model, command: CommandKey, row: &E) {
    let change = Change {
        seq: Seq(model.world.board.replica().seq().0 + 1),
        at: model.now,
        author: Author::System,
        command,
        kind: ChangeKind::Put,
        entity: E::KIND,
        id: row.id().into(),
        version: row.version(),
        state: Some(serde_json::value::to_raw_value(row).unwrap()),
    };
    let at = model.now;
    update(model, at, Message::Link(LinkEvent::Change(change)));
}

/// The exchange tells of a call.
pub fn line_is(model: &mut Model, number: u128, event: &str) {
    let mut contact = (**model.world.contact(id(number)).unwrap().row).clone();
    if let Origin::Call(call) = &mut contact.origin {
        call.record(&call_event(number, None, event, model.now));
    }
    contact.version = contact.version.next();
    comes(model, &contact);
}

/// The office grants the claims that were asked for, and the exchange says that the caller was answered.
pub fn granted(model: &mut Model, effects: &Effects) {
    for effect in effects {
        let Effect::Ask(given) = effect else { continue };
        let Command::TakeClaim { id: claim, body } = &*given.command else { continue };
        comes_of(model, given.key, &Claim::create(*claim, body.subject, None, model.seat.me(), model.now));
        let done = Done { key: given.key, changes: Vec::new(), outcomes: None, aside: None };
        let at = model.now;
        update(model, at, Message::Link(LinkEvent::Done(Box::new(done))));
        if let ClaimSubject::Contact { id } = body.subject {
            line_is(model, Uuid::from(id).as_u128(), "answer");
        }
    }
}

/// The office tells what a person owes, and what they asked for in the past.
pub fn told_about(model: &mut Model, person: u128) {
    let at = model.now;
    let balance = Balance { accounts: [("person".to_owned(), 1_840)].into() };
    update(model, at, Message::TabTold { person: id(person), balance: Ok(balance) });
    let past = (4_000..).zip([PAIN, PAIN, PAIN, PRESSING, PRESSING, CORDONNERIE, CORDONNERIE]);
    let past = past.zip(1..).map(|((number, service), week)| {
        let mut request = request(number, person, service, MERIGNAC, "2026-11-03T12:00:00", week * 10_080);
        request.state = RequestState::Closed;
        request.fields.quantity = if service == PAIN { 2 } else { 1 }.try_into().unwrap();
        request
    });
    update(model, at, Message::PastTold { person: id(person), past: Ok(past.collect()) });
}

/// The afternoon's directory with so many open requests, and nothing else.
pub fn crowd(count: u32) -> Model {
    let mut rows = Rows::default();
    directory(&mut rows);
    for number in 0..count {
        rows.put(&one_of_many(number));
    }
    with(rows)
}

/// The request of this number among many.
pub fn one_of_many(number: u32) -> Request {
    let people = [DURAND, ROY, BLANC, PETIT, MARTIN];
    let services = [PRESSING, CORDONNERIE, PAIN, GARDE, LAVAGE];
    let pick = |from: &[u128], by: u32| *from.get((number / by) as usize % from.len()).unwrap();
    let key = 10_000 + u128::from(number);
    let sites = [MERIGNAC, BRUGES, BASSENS];
    let minutes = i64::from(number % 997);
    let mut request =
        request(key, pick(&people, 1), pick(&services, 5), pick(&sites, 3), "2026-11-27T12:00:00", minutes);
    request.state = if number.is_multiple_of(7) { RequestState::Assigned } else { RequestState::Triaged };
    request.clocks = vec![clock(ClockKind::Assignment, minutes, 1_000 + number % 500)];
    request
}

/// So many open requests without clocks, each of another person, as an office that begins has them: one in ten is new.
pub fn clockless(count: u32) -> Model {
    let mut rows = Rows::default();
    directory(&mut rows);
    for number in 0..count {
        let who = 30_000 + u128::from(number);
        rows.put(&person(who, "Mme", "Claire", &format!("Durand{number}"), MERIGNAC, "05 36 49 55 20"));
        let minutes = i64::from(count - number);
        let mut row = request(10_000 + u128::from(number), who, PRESSING, MERIGNAC, "2026-12-27T12:00:00", minutes);
        row.number = RequestNumber::new(26, number + 1);
        row.fields.quantity = (number % 9 + 1).try_into().unwrap();
        row.state = if number % 10 == 0 { RequestState::New } else { RequestState::Triaged };
        rows.put(&row);
    }
    with(rows)
}

/// Presses keys by their names, one after the other; answers what was asked to be done.
pub fn press(model: &mut Model, keys: &[&str]) -> Effects {
    let mut effects = Effects::new();
    for key in keys {
        let key = Key::parse(key).unwrap();
        let at = model.now;
        effects.extend(update(model, at, Message::Pressed(key)));
    }
    effects
}

/// How many times keys are struck for these, on an AZERTY keyboard.
pub fn presses(keys: &[&str]) -> usize {
    keys.iter().map(|key| usize::from(Layout::Azerty.presses(Key::parse(key).unwrap()).unwrap())).sum()
}

/// The commands that were given, those of a bulk one by one.
pub fn given(effects: &[Effect]) -> Vec<Command> {
    let kept = effects.iter().filter_map(|effect| match effect {
        Effect::Keep(record) => match &**record {
            Record::Given { given, .. } => Some((*given.command).clone()),
            _ => None,
        },
        _ => None,
    });
    kept.flat_map(|command| match command {
        Command::Bulk { body } => body.rows.into_iter().map(|row| *row.command).collect(),
        command => vec![command],
    })
    .collect()
}

/// Types text, one key a character.
pub fn type_in(model: &mut Model, text: &str) -> Effects {
    let mut effects = Effects::new();
    for c in text.chars() {
        let at = model.now;
        effects.extend(update(model, at, Message::Pressed(Key::char(c))));
    }
    effects
}

/// What is drawn on a terminal of this size, with the cursor's place.
pub fn drawn(model: &mut Model, columns: u16, rows: u16) -> (Buffer, Option<Position>) {
    let at = model.now;
    update(model, at, Message::Resized(Size { columns, rows }));
    let mut buffer = Buffer::empty(Rect::new(0, 0, columns, rows));
    let cursor = view(model, &theme(), &mut buffer);
    (buffer, cursor)
}

/// The theme that tests look at: the dark one in true colour.
pub fn theme() -> Theme {
    let terminal = super::terminal::Capabilities {
        depth: super::terminal::Depth::True,
        unicode: true,
        background: None,
        synchronized: true,
        remote: false,
    };
    Theme::named(Some("sombre"), None, terminal).unwrap()
}

/// The lines of what is drawn, blanks at their ends left out.
pub fn lines(buffer: &Buffer) -> Vec<String> {
    let width = usize::from(buffer.area.width.max(1));
    let rows = buffer.content.chunks(width);
    // A character of two columns leaves the cell behind it empty.
    rows.map(|row| row.iter().map(ratatui::buffer::Cell::symbol).collect::<String>().trim_end().to_owned()).collect()
}

/// The screen between the frame's lines, as text: the frame has snapshots of its own.
pub fn body(model: &mut Model, columns: u16, rows: u16) -> String {
    let body = Frame::of(Rect::new(0, 0, columns, rows)).body;
    let lines = lines(&drawn(model, columns, rows).0);
    lines.get(usize::from(body.top())..usize::from(body.bottom())).unwrap_or_default().join("\n")
}

/// The screen as text, for snapshots.
pub fn screen(model: &mut Model, columns: u16, rows: u16) -> String {
    lines(&drawn(model, columns, rows).0).join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::console::model::reception::{Item, Lane};

    #[test]
    fn the_afternoon_loads_whole() {
        let model = day();
        assert_eq!(model.world.board.replica().unreadable(), 0);
        let rings: Vec<_> = model.world.ringing().map(|shown| shown.row.id).collect();
        assert_eq!(rings, [id(RINGS), id(RINGS_HIDDEN)]);
        assert_eq!(model.world.own_calls().len(), 2);
        assert_eq!(model.world.lane(Lane::Mail, model.seat.civil(model.now).date()).len(), 3);
        let phone = model.reception.list(Lane::Phone).order();
        assert_eq!(phone.first(), Some(&Item::Contact(id(RINGS))));
        assert_eq!(model.world.board.open_requests().count(), 9);
    }
}
