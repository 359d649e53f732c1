//! A made-up afternoon for tests: a directory, calls, mails, permanences and requests in every state, loaded from a snapshot's rows.

pub mod activity;
pub mod desk;
pub mod dispatch;
pub mod recurring;
pub mod rounds;

use super::{
    effect::Effect,
    keymap::{Key, Keymap},
    message::{Message, Size},
    model::{Ids, Model, connection::Connection, seat::Seat},
    theme::Theme,
    update::{Effects, update},
    view::{frame::Frame, view},
};
use crate::{
    domain::{
        access::Author,
        assignment::{Assignment, AssignmentFields, Doer},
        beneficiary::Beneficiary,
        booking::Booking,
        calendar::WorkingCalendar,
        call::{Call, CallEvent},
        claim::{Claim, ClaimSubject},
        clock::{Clock, ClockKind, Target},
        contact::{Contact, LockerDrop, Origin, Party, WalkIn},
        entity::{Entity, EntityKind, Scope},
        ids::{CommandKey, ContactId, RequestId},
        locker::{Locker, LockerFields},
        offer::{Offer, OfferState},
        operator::{Language, Operator},
        permanence::Permanence,
        policy::{Policy, PolicyFields},
        register::{Entry, Fields},
        request::{MergedInto, Question, Request, RequestFields, RequestNumber, RequestState},
        time::{Instant, Zone},
    },
    replica::{Replica, link::LinkEvent},
    wire::{
        catalogue::Command,
        change::{Change, ChangeKind, Done, Seq, Snapshot},
        query::Balance,
    },
};
use jiff::SignedDuration;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};
use serde::Serialize;
use serde_json::{Value, json, value::RawValue};
use std::collections::BTreeMap;
use uuid::Uuid;

/// An identifier that is the same in each run.
pub fn id<I: From<Uuid>>(number: u128) -> I {
    Uuid::from_u128(number).into()
}

/// Who and what there is, by the number of its identifier.
pub mod known {
    /// The account that sits here: answers calls, dispatches.
    pub const LEA: u128 = 1;
    /// A colleague who answers calls.
    pub const PAUL: u128 = 2;
    /// The concierge of Mérignac.
    pub const KARIM: u128 = 3;
    /// The only client.
    pub const METROPOLE: u128 = 10;
    /// A site.
    pub const MERIGNAC: u128 = 20;
    /// A site; its permanence is open.
    pub const BRUGES: u128 = 21;
    /// A site.
    pub const BASSENS: u128 = 22;
    /// A service, by the piece.
    pub const PRESSING: u128 = 30;
    /// A service, on quote.
    pub const CORDONNERIE: u128 = 31;
    /// A service, by the piece.
    pub const PAIN: u128 = 32;
    /// A service, on quote.
    pub const GARDE: u128 = 33;
    /// A service, at a flat price.
    pub const LAVAGE: u128 = 34;
    /// Couture.
    pub const COUTURE: u128 = 35;
    /// A provider of the inclusion tier.
    pub const LAVOIR: u128 = 40;
    /// A local provider.
    pub const PORT: u128 = 41;
    /// An ESS provider.
    pub const LILAS: u128 = 42;
    /// A person at Mérignac; `ON_LINE` is her call.
    pub const DURAND: u128 = 50;
    /// A person at Bassens.
    pub const ROY: u128 = 51;
    /// A person at Mérignac.
    pub const BLANC: u128 = 52;
    /// A person at Bruges.
    pub const PETIT: u128 = 53;
    /// A person at Bruges; she wrote `MAIL`.
    pub const MARTIN: u128 = 54;
    /// Contacts: Mme Petit rings.
    pub const RINGS: u128 = 100;
    /// Somebody without a number rings.
    pub const RINGS_HIDDEN: u128 = 101;
    /// Mme Durand, claimed by Léa.
    pub const ON_LINE: u128 = 102;
    /// M. Roy, claimed by Léa.
    pub const ON_HOLD: u128 = 103;
    /// A stranger, claimed by Paul.
    pub const PAULS: u128 = 104;
    /// M. Blanc was missed.
    pub const MISSED: u128 = 105;
    /// Mme Martin wrote: two jobs in one message.
    pub const MAIL: u128 = 110;
    /// A stranger wrote; the subject is hostile.
    pub const MAIL_HOSTILE: u128 = 111;
    /// Of the afternoon alone: Mme Martin's second message of the same thread.
    pub const REPLY: u128 = 112;
    /// Mme Petit stands at the desk of Bruges.
    pub const AT_DESK: u128 = 130;
    /// M. Blanc left something in a locker.
    pub const IN_LOCKER: u128 = 131;
    /// The permanence that is open, at Bruges.
    pub const DESK_OPEN: u128 = 90;
    /// The next permanence of Mérignac, whose notice is to be known.
    pub const DESK_PLANNED: u128 = 91;
    /// Requests, one for each state; the first is urgent and late.
    pub const LATE: u128 = 1_000;
    /// Triaged, its clock has warned.
    pub const WARNED: u128 = 1_001;
    /// New: it lacks who and when.
    pub const NEW: u128 = 1_002;
    /// A question is out.
    pub const WAITING: u128 = 1_003;
    /// Offered to the Lavoir.
    pub const OFFERED: u128 = 1_004;
    /// Assigned to the Lavoir.
    pub const ASSIGNED: u128 = 1_005;
    /// Done by own staff.
    pub const UNDERWAY: u128 = 1_006;
    /// Ready to be handed back.
    pub const READY: u128 = 1_007;
    /// Delivered.
    pub const DONE: u128 = 1_008;
    /// Merged into `ASSIGNED`.
    pub const MERGED: u128 = 1_009;
    /// Split from `ASSIGNED`.
    pub const SPLIT: u128 = 1_010;
    /// Called off.
    pub const CANCELLED: u128 = 1_011;
    /// Of the afternoon alone: written down at a desk, it lacks when.
    pub const LACKING: u128 = 1_020;
}
use known::*;

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

fn operator(number: u128, login: &str, name: &str, roles: &[&str]) -> Operator {
    entry(number, json!({ "login": login, "name": name, "roles": roles, "sites": "all" }))
}

fn person(number: u128, title: &str, given: &str, family: &str, site: u128, phone: &str) -> Beneficiary {
    entry(
        number,
        json!({
            "family_name": family, "given_name": given, "title": title, "phones": [phone],
            "client_id": Uuid::from_u128(METROPOLE), "site_id": Uuid::from_u128(site),
        }),
    )
}

fn directory(rows: &mut Rows) {
    use crate::domain::{client::ClientFields, provider::ProviderFields, service::ServiceFields, site::SiteFields};
    rows.put(&Policy::create(id(9), PolicyFields::default()).unwrap());
    rows.put(&operator(LEA, "lea", "Léa", &["operator", "dispatcher"]));
    rows.put(&operator(PAUL, "paul", "Paul", &["operator"]));
    rows.put(&operator(KARIM, "karim", "Karim", &["concierge"]));
    let switchboard = json!({ "name": "Métropole", "switchboards": ["05 36 49 00 00"] });
    rows.put(&entry::<ClientFields>(METROPOLE, switchboard));
    for (number, name) in [(MERIGNAC, "Mérignac"), (BRUGES, "Bruges"), (BASSENS, "Bassens")] {
        let site = json!({
            "name": name, "commune": name, "client_id": Uuid::from_u128(METROPOLE),
            "notice": (number == MERIGNAC).then_some("Demander le badge à l’accueil, local 014."),
        });
        rows.put(&entry::<SiteFields>(number, site));
    }
    for (number, name, english, family, price) in [
        (PRESSING, "Pressing", "Dry cleaning", "Linge", json!({ "kind": "per_unit", "cents": 450 })),
        (CORDONNERIE, "Cordonnerie", "Shoe repair", "Réparation", json!({ "kind": "on_quote" })),
        (PAIN, "Pain tradition", "Traditional loaf", "Alimentation", json!({ "kind": "per_unit", "cents": 130 })),
        (GARDE, "Garde d’enfant", "Child care", "Famille", json!({ "kind": "on_quote" })),
        (LAVAGE, "Lavage de voiture", "Car wash", "Voiture", json!({ "kind": "flat", "cents": 3_900 })),
        (COUTURE, "Couture", "Sewing", "Linge", json!({ "kind": "per_unit", "cents": 900 })),
    ] {
        let synonyms: &[&str] = match number {
            PRESSING => &["veste"],
            COUTURE => &["ourlet", "raccourcir"],
            _ => &[],
        };
        let service = json!({
            "name": name, "name_en": english, "family": family, "everyday": "everyday", "price": price,
            "vat": 2_000, "carriage": "there_and_back", "lead_time_h": 24, "synonyms": synonyms,
        });
        rows.put(&entry::<ServiceFields>(number, service));
    }
    for (number, name, tier, status) in [
        (LAVOIR, "Lavoir Solidaire", "inclusion", Some("ei")),
        (PORT, "Cordonnerie du Port", "local", None),
        (LILAS, "Crèche des Lilas", "ess", None),
    ] {
        rows.put(&entry::<ProviderFields>(number, json!({ "name": name, "tier": tier, "status": status })));
    }
    rows.put(&person(DURAND, "Mme", "Claire", "Durand", MERIGNAC, "05 36 49 55 20"));
    rows.put(&person(ROY, "M.", "André", "Roy", BASSENS, "05 36 49 55 21"));
    rows.put(&person(BLANC, "M.", "Louis", "Blanc", MERIGNAC, "05 36 49 55 22"));
    rows.put(&person(PETIT, "Mme", "Jeanne", "Petit", BRUGES, "05 36 49 12 34"));
    rows.put(&person(MARTIN, "Mme", "Sophie", "Martin", BRUGES, "05 36 49 55 24"));
    for number in 1..=4_u128 {
        let name = format!("{number}").parse().unwrap();
        let size = serde_json::from_value(json!("medium")).unwrap();
        rows.put(&Locker::create(id(80 + number), LockerFields { site_id: id(MERIGNAC), name, size }));
    }
    for (number, site, date, from, to) in [
        (90, BRUGES, "2026-11-24", "14:00:00", "16:00:00"),
        (91, MERIGNAC, "2026-11-27", "12:00:00", "14:00:00"),
        (92, BASSENS, "2026-11-30", "12:00:00", "14:00:00"),
    ] {
        let fields = json!({
            "site_id": Uuid::from_u128(site), "concierge_id": Uuid::from_u128(KARIM),
            "window": { "date": date, "from": from, "to": to },
        });
        let mut permanence =
            Permanence::create(id(number), serde_json::from_value(fields).unwrap(), Zone::default(), None);
        if number == 90 {
            permanence.open(ago(30)).unwrap();
        }
        rows.put(&permanence);
    }
}

fn call_event(number: u128, from: Option<&str>, event: &str, at: Instant) -> CallEvent {
    let told = json!({
        "source": "standard", "call_id": format!("appel-{number}"), "event": event, "occurred_at": at,
        "direction": "in", "from": from,
    });
    serde_json::from_value(told).unwrap()
}

/// A call of which these events are known, each so many seconds ago.
pub fn call(number: u128, from: Option<&str>, party: Party, events: &[(&str, i64)]) -> Contact {
    let mut call = Call::new(&"standard".parse().unwrap(), &format!("appel-{number}").parse().unwrap());
    for (event, seconds) in events {
        call.record(&call_event(number, from, event, now().plus(SignedDuration::from_secs(-seconds))));
    }
    let came_in = now().plus(SignedDuration::from_secs(-events.first().map_or(0, |(_, seconds)| *seconds)));
    Contact::create(id(number), Origin::Call(call), came_in, None, party)
}

/// A message that came in so many minutes ago.
pub fn mail(number: u128, party: Party, from_name: &str, subject: &str, text: &str, minutes: i64) -> Contact {
    let message = json!({
        "kind": "message", "mailbox": "accueil", "message_id": format!("<{number}@poste.example>"), "from": "s.martin@poste.example",
        "from_name": from_name, "subject": subject, "text": text, "nature": "personal",
    });
    Contact::create(id(number), serde_json::from_value(message).unwrap(), ago(minutes), None, party)
}

/// Somebody of the directory.
pub fn party(number: u128) -> Party {
    Party::Person { id: id(number) }
}

fn contacts(rows: &mut Rows) {
    rows.put(&call(RINGS, Some("+33536491234"), party(PETIT), &[("ring", 12)]));
    rows.put(&call(RINGS_HIDDEN, None, Party::Unknown, &[("ring", 4)]));
    rows.put(&call(ON_LINE, Some("+33536495520"), party(DURAND), &[("ring", 80), ("answer", 72)]));
    rows.put(&call(ON_HOLD, Some("+33536495521"), party(ROY), &[("ring", 230), ("answer", 220)]));
    rows.put(&call(PAULS, Some("+33639981234"), Party::Unknown, &[("ring", 55), ("answer", 48)]));
    rows.put(&call(MISSED, Some("+33536495522"), party(BLANC), &[("ring", 600), ("hangup", 560)]));
    let text = "Bonjour, je dépose mardi deux vestes à nettoyer et un pantalon à raccourcir.\nEst-ce possible pour vendredi ?\n-- \nSophie Martin\n";
    rows.put(&mail(MAIL, party(MARTIN), "Sophie Martin", "pressing + ourlet", text, 4));
    let hostile = "devis \u{1b}[31m\u{202e}eganém\u{1b}]0;x\u{7}";
    // The office neutralises nothing: what a stranger writes is kept as it came where a text allows it.
    let harmless: String = hostile.chars().filter(|c| !c.is_control()).collect();
    rows.put(&mail(MAIL_HOSTILE, Party::Unknown, "inconnu", &harmless, "Combien pour un ménage ?", 35));
    for (number, contact, operator, minutes) in [(120, ON_LINE, LEA, 1), (121, ON_HOLD, LEA, 3), (122, PAULS, PAUL, 1)]
    {
        let subject = ClaimSubject::Contact { id: id::<ContactId>(contact) };
        rows.put(&Claim::create(id(number), subject, None, id(operator), ago(minutes)));
    }
}

/// A clock that was started so many minutes ago and runs for so many.
pub fn clock(kind: ClockKind, minutes_ago: i64, runs_min: u32) -> Clock {
    let target = Target::Elapsed { seconds: runs_min * 60 };
    Clock::start(kind, target, ago(minutes_ago), &WorkingCalendar::default()).unwrap()
}

/// A request of a person that has everything it needs.
pub fn request(number: u128, person: u128, service: u128, site: u128, due: &str, minutes_ago: i64) -> Request {
    let fields = json!({
        "channel": "phone", "requester": { "kind": "person", "id": Uuid::from_u128(person) },
        "service_id": Uuid::from_u128(service), "site_id": Uuid::from_u128(site), "payer": { "kind": "person" },
        "when": { "kind": "due", "at": due }, "handover": { "kind": "permanence" }, "price": 1_350,
    });
    let fields: RequestFields = serde_json::from_value(fields).unwrap();
    let serial = u32::try_from(number).unwrap();
    let mut request =
        Request::create(id(number), RequestNumber::new(26, serial), fields, ago(minutes_ago), Some(id(LEA))).unwrap();
    request.client_id = Some(id(METROPOLE));
    request
}

fn requests(rows: &mut Rows) {
    let mut late = request(LATE, ROY, GARDE, BRUGES, "2026-11-24T15:00:00", 70);
    late.state = RequestState::Triaged;
    late.fields.urgency = crate::domain::clock::Urgency::Urgent;
    late.fields.detail = Some("Deux enfants, de 15 h à 18 h".parse().unwrap());
    late.clocks = vec![clock(ClockKind::Assignment, 70, 60)];
    let mut warned = request(WARNED, DURAND, PRESSING, MERIGNAC, "2026-11-27T12:00:00", 100);
    warned.state = RequestState::Triaged;
    warned.fields.quantity = 3.try_into().unwrap();
    warned.fields.detail = Some("chemises".parse().unwrap());
    warned.clocks = vec![clock(ClockKind::Assignment, 100, 120)];
    let mut new = request(NEW, MARTIN, CORDONNERIE, BRUGES, "2026-11-27T12:00:00", 25);
    (new.fields.when, new.fields.handover) = (None, None);
    new.fields.channel = crate::domain::request::Channel::Email;
    new.fields.text = Some("Une paire à ressemeler, quand vous pourrez.".parse().unwrap());
    let mut waiting = request(WAITING, PETIT, CORDONNERIE, BRUGES, "2026-11-30T12:00:00", 1_500);
    waiting.state = RequestState::Waiting;
    waiting.waiting = Some(Question {
        since: ago(200),
        until: None,
        question: "Talons seuls, ou semelles aussi ?".parse().unwrap(),
        back_to: RequestState::Triaged,
    });
    let mut offered = request(OFFERED, BLANC, PRESSING, MERIGNAC, "2026-11-26T18:00:00", 180);
    offered.state = RequestState::Offered;
    offered.clocks = vec![clock(ClockKind::Assignment, 180, 600)];
    let mut assigned = request(ASSIGNED, DURAND, PAIN, MERIGNAC, "2026-11-27T12:00:00", 300);
    assigned.state = RequestState::Assigned;
    assigned.fields.quantity = 2.try_into().unwrap();
    assigned.fields.price = Some(crate::domain::money::Cents::new(260).unwrap());
    assigned.assignment_id = Some(id(2_000));
    assigned.clocks = vec![clock(ClockKind::Pickup, 200, 1_440)];
    let mut underway = request(UNDERWAY, ROY, LAVAGE, BASSENS, "2026-11-24T17:00:00", 400);
    underway.state = RequestState::Underway;
    underway.assignment_id = Some(id(2_001));
    let mut ready = request(READY, DURAND, CORDONNERIE, MERIGNAC, "2026-11-24T12:00:00", 4_320);
    ready.state = RequestState::Ready;
    ready.clocks = vec![clock(ClockKind::HandBack, 300, 2_880)];
    let mut done = request(DONE, BLANC, PAIN, MERIGNAC, "2026-11-23T12:00:00", 2_900);
    (done.state, done.ended_at) = (RequestState::Done, Some(ago(1_500)));
    let mut merged = request(MERGED, DURAND, PAIN, MERIGNAC, "2026-11-27T12:00:00", 290);
    (merged.state, merged.ended_at) = (RequestState::Merged, Some(ago(280)));
    merged.merged = Some(MergedInto { id: id(ASSIGNED), back_to: RequestState::Triaged });
    let mut split = request(SPLIT, DURAND, PAIN, MERIGNAC, "2026-11-30T12:00:00", 270);
    (split.state, split.origin_id) = (RequestState::Triaged, Some(id(ASSIGNED)));
    split.clocks = vec![clock(ClockKind::Assignment, 270, 1_000)];
    let mut cancelled = request(CANCELLED, ROY, PRESSING, BASSENS, "2026-11-20T12:00:00", 7_000);
    (cancelled.state, cancelled.ended_at) = (RequestState::Cancelled, Some(ago(6_900)));
    cancelled.ending = Some("plus besoin".parse().unwrap());
    for row in
        [&late, &warned, &new, &waiting, &offered, &assigned, &underway, &ready, &done, &merged, &split, &cancelled]
    {
        rows.put(row);
    }
    let scope = Scope { site: Some(id(MERIGNAC)), client: Some(id(METROPOLE)) };
    for (number, of, state) in [(2_100, OFFERED, OfferState::Sent), (2_101, ASSIGNED, OfferState::Accepted)] {
        let fields = json!({
            "request_id": Uuid::from_u128(of), "provider_id": Uuid::from_u128(LAVOIR), "way": "mail",
            "deadline": now().plus(SignedDuration::from_mins(90)), "price": 1_200,
        });
        let fields = serde_json::from_value(fields).unwrap();
        let mut offer = Offer::create(id(number), fields, scope, 15, ago(60), Some(id(LEA))).unwrap();
        offer.go("send", OfferState::Sent, None, ago(59)).unwrap();
        if state == OfferState::Accepted {
            offer.go("accept", state, None, ago(40)).unwrap();
        }
        rows.put(&offer);
    }
    let by = [
        (2_000, ASSIGNED, Doer::Provider { provider_id: id(LAVOIR), offer_id: id(2_101), member_id: None }),
        (2_001, UNDERWAY, Doer::OwnStaff { operator_id: id(KARIM) }),
    ];
    for (number, of, by) in by {
        let fields = AssignmentFields { request_id: id(of), by };
        rows.put(&Assignment::create(id(number), fields, scope, ago(40), Some(id(LEA))));
    }
    let claimed = ClaimSubject::Request { id: id::<RequestId>(WARNED) };
    rows.put(&Claim::create(id(123), claimed, None, id(PAUL), ago(5)));
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
