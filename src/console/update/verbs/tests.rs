//! Stories of the verbs: what is pressed, what is proposed, what is given, and how many presses it takes.

use super::*;
use crate::{
    console::{
        effect::Effect,
        keymap::{Context, DigitRow, Key, Keymap, Layout},
        message::{Message, Size},
        model::{
            Ids, Model, Screen,
            connection::Connection,
            layer::Layer,
            reception::{Item, Lane},
            seat::{Seat, Seconds},
        },
        steps::{enabled, next_steps},
        terminal::{Capabilities, Depth},
        theme::Theme,
        update::update,
        view,
    },
    domain::{
        beneficiary::Beneficiary,
        call::{Call, CallEvent},
        claim::{Claim, ClaimSubject},
        contact::{Contact, ContactState, Message as Mail, Origin, Party},
        entity::{Entity, EntityKind},
        ids::{ContactId, OperatorId, PermanenceId, RequestId},
        operator::{Language, Operator},
        permanence::{Permanence, PermanenceFields},
        policy::Policy,
        request::{Request, RequestNumber, RequestState},
        service::Service,
        site::Site,
        time::{Instant, Window, Zone},
    },
    replica::{Board, Record, Replica, link::LinkEvent},
    wire::{
        change::{Change, ChangeKind, RowOutcome, Seq, Snapshot},
        problem::{Problem, ProblemKind},
    },
};
use jiff::SignedDuration;
use proptest::prelude::*;
use ratatui::{buffer::Buffer, layout::Rect};
use serde::Serialize;
use serde_json::{json, value::RawValue};
use std::collections::BTreeMap;
use uuid::Uuid;

mod beyond;
mod rows;

const LEA: u128 = 1;
const KARIM: u128 = 2;
const CALL: u128 = 10;
const MISSED: u128 = 11;
const MAIL: u128 = 12;
const DURAND: u128 = 50;
const DESK: u128 = 80;
/// Complete, new.
const READY: u128 = 1031;
/// The same person, service and day as [`READY`].
const TWIN: u128 = 1044;
/// Lacks a time and a payer.
const LACKING: u128 = 1047;

fn id<I: From<Uuid>>(number: u128) -> I {
    Uuid::from_u128(number).into()
}

fn now() -> Instant {
    "2026-11-24T08:00:00Z".parse().unwrap()
}

fn raw(row: &impl Serialize) -> Box<RawValue> {
    serde_json::value::to_raw_value(row).unwrap()
}

fn operator(number: u128, name: &str, roles: &[&str]) -> Operator {
    let fields = json!({ "login": format!("compte{number}"), "name": name, "roles": roles, "sites": "all" });
    Operator::create(id(number), serde_json::from_value(fields).unwrap()).unwrap()
}

fn request(number: u128, body: serde_json::Value, age_h: i64) -> Request {
    let at = now().plus(SignedDuration::from_hours(-age_h));
    let number_said = RequestNumber::new(26, u32::try_from(number).unwrap());
    Request::create(id(number), number_said, serde_json::from_value(body).unwrap(), at, None).unwrap()
}

fn complete(text: &str) -> serde_json::Value {
    json!({ "channel": "phone", "text": text, "requester": { "kind": "person", "id": Uuid::from_u128(DURAND) },
            "service_id": Uuid::from_u128(60), "site_id": Uuid::from_u128(70), "payer": { "kind": "person" },
            "when": { "kind": "due", "at": "2026-11-27T12:00:00" } })
}

fn call(number: u128, events: &[&str], party: Party) -> Contact {
    let event = |kind: &&str| -> CallEvent {
        serde_json::from_value(json!({ "source": "pabx", "call_id": number.to_string(), "event": kind,
            "occurred_at": now(), "from": "0699000012" }))
        .unwrap()
    };
    let first = event(&"ring");
    let mut call = Call::new(&first.source, &first.call_id);
    events.iter().map(event).for_each(|event| call.record(&event));
    Contact::create(id(number), Origin::Call(call), now(), None, party)
}

fn mail(number: u128) -> Contact {
    let mail: Mail = serde_json::from_value(json!({ "mailbox": "accueil", "message_id": "<1@maison.example>",
        "from": "claire@durand.example", "subject": "devis", "text": "Bonjour" }))
    .unwrap();
    Contact::create(id(number), Origin::Message(mail), now(), None, Party::Person { id: id(DURAND) })
}

fn desk() -> Permanence {
    let hour = |hour| jiff::civil::time(hour, 0, 0, 0);
    let window = Window::new(jiff::civil::date(2026, 11, 24), hour(12), hour(14)).unwrap();
    let fields = PermanenceFields { site_id: id(70), concierge_id: None, window, note: None };
    Permanence::create(id(DESK), fields, Zone::default(), None)
}

fn snapshot(me: &Operator) -> Snapshot {
    let site: Site =
        Site::create(id(70), serde_json::from_value(json!({ "name": "Mérignac", "commune": "Mérignac" })).unwrap())
            .unwrap();
    let service = |number: u128, name: &str| {
        let fields = json!({ "name": name, "family": "Textile", "everyday": "everyday", "price": { "kind": "free" },
            "vat": 2000, "carriage": "there_and_back" });
        Service::create(id(number), serde_json::from_value(fields).unwrap()).unwrap()
    };
    let person: Beneficiary = Beneficiary::create(
        id(DURAND),
        serde_json::from_value(json!({ "family_name": "Durand", "given_name": "Claire", "title": "Mme",
            "phones": ["+33536491234"], "site_id": Uuid::from_u128(70) }))
        .unwrap(),
    )
    .unwrap();
    let durand = Party::Person { id: id(DURAND) };
    let contacts = [
        call(CALL, &["ring", "answer"], durand.clone()),
        call(MISSED, &["ring", "hangup"], Party::Unknown),
        mail(MAIL),
    ];
    let claim = Claim::create(id(90), ClaimSubject::Contact { id: id(CALL) }, None, me.id, now());
    let lacking = json!({ "channel": "phone", "text": "pressing, 3 chemises", "site_id": Uuid::from_u128(70),
        "service_id": Uuid::from_u128(60), "requester": { "kind": "person", "id": Uuid::from_u128(DURAND) } });
    let requests = [
        request(READY, complete("trois chemises"), 2),
        request(TWIN, complete("3 chemises"), 1),
        request(LACKING, lacking, 30),
    ];
    let rows: BTreeMap<EntityKind, Vec<Box<RawValue>>> = [
        (EntityKind::Operator, vec![raw(me), raw(&operator(KARIM, "Karim", &["concierge"]))]),
        (EntityKind::Site, vec![raw(&site)]),
        (EntityKind::Service, vec![raw(&service(60, "Pressing")), raw(&service(61, "Cordonnerie"))]),
        (EntityKind::Beneficiary, vec![raw(&person)]),
        (EntityKind::Contact, contacts.iter().map(raw).collect()),
        (EntityKind::Claim, vec![raw(&claim)]),
        (EntityKind::Request, requests.iter().map(raw).collect()),
        (EntityKind::Permanence, vec![raw(&desk())]),
    ]
    .into();
    Snapshot { seq: Seq(1), at: now(), rows }
}

/// A console on that day.
struct Stage {
    model: Model,
    effects: Effects,
    presses: u8,
    seq: i64,
}

impl Stage {
    fn of(roles: &[&str]) -> Self {
        let me = operator(LEA, "Léa", roles);
        let mut board = Board::new(Some(me.id));
        board.load(Replica::load(&snapshot(&me)));
        let mut next = 10_000_u128;
        let seat = Seat {
            operator: me,
            language: Language::Fr,
            zone: Zone::default(),
            bell: crate::domain::operator::Bell::Off,
            seconds: Seconds::Stilled,
            digits: DigitRow::default(),
            lock_after: None,
        };
        let ids = Ids::from(move || {
            next += 1;
            Uuid::from_u128(next)
        });
        let mut model = Model::new(seat, Keymap::default(), Size { columns: 80, rows: 24 }, ids, now());
        model.world.board = board;
        model.connection = Connection::Online;
        let mut stage = Self { model, effects: Vec::new(), presses: 0, seq: 1 };
        stage.tell(Message::Woke);
        stage
    }

    fn tell(&mut self, message: Message) {
        let told = update(&mut self.model, now(), message);
        self.effects.extend(told);
    }

    /// In the lane of an item, on it.
    fn on(mut self, item: Item) -> Self {
        for lane in Lane::ALL {
            if self.model.reception.list(lane).order().contains(&item) {
                self.model.reception.go_to(lane, item);
                return self;
            }
        }
        panic!("{item:?} is in no lane");
    }

    fn on_contact(number: u128) -> Self {
        Self::of(&["operator"]).on(Item::Contact(id(number)))
    }

    fn on_request(number: u128) -> Self {
        Self::of(&["operator"]).on_list(number)
    }

    fn on_list(mut self, number: u128) -> Self {
        self.model.screen = Screen::Requests;
        self.tell(Message::Woke);
        self.model.requests.list.select(id(number));
        self
    }

    /// Presses keys by their names, counted as on a French keyboard.
    fn press(&mut self, keys: &str) -> &mut Self {
        for name in keys.split(' ') {
            let key = Key::parse(name).unwrap();
            self.presses += Layout::Azerty.presses(key).unwrap();
            self.tell(Message::Pressed(key));
        }
        self
    }

    fn type_in(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            let key = Key::char(c);
            self.presses += Layout::Azerty.presses(key).unwrap_or(9);
            self.tell(Message::Pressed(key));
        }
        self
    }

    fn given(&self) -> Vec<Command> {
        let given = self.effects.iter().filter_map(|effect| match effect {
            Effect::Keep(record) => match &**record {
                Record::Given { given, .. } => Some((*given.command).clone()),
                _ => None,
            },
            _ => None,
        });
        given.collect()
    }

    fn only(&self) -> Command {
        let given = self.given();
        assert_eq!(given.len(), 1, "{given:?}");
        given.into_iter().next().unwrap()
    }

    fn prompt(&self) -> &Prompt {
        match self.model.layers.last() {
            Some(Layer::Prompt(prompt)) => prompt,
            other => panic!("no prompt but {other:?}; {:?}", self.model.notice),
        }
    }

    fn notice(&self) -> &str {
        self.model.notice.as_ref().map_or("", |notice| &notice.words)
    }

    fn request(&self, number: u128) -> Request {
        (**self.model.world.request(id(number)).unwrap().row).clone()
    }

    /// Somebody else changes a row.
    fn comes<E: Entity>(&mut self, row: &E) {
        self.seq += 1;
        let change = Change {
            seq: Seq(self.seq),
            at: now(),
            author: crate::domain::access::Author::System,
            command: id(500_000 + u128::from(self.seq.unsigned_abs())),
            kind: ChangeKind::Put,
            entity: E::KIND,
            id: row.id().into(),
            version: row.version(),
            state: Some(raw(row)),
        };
        self.tell(Message::Link(LinkEvent::Change(change)));
    }

    fn drawn(&self) -> String {
        let size = Rect { x: 0, y: 0, width: self.model.size.columns, height: self.model.size.rows };
        let mut buffer = Buffer::empty(size);
        let terminal =
            Capabilities { depth: Depth::Sixteen, unicode: true, background: None, synchronized: true, remote: false };
        let theme = Theme::named(None, None, terminal).unwrap();
        view::view(&self.model, &theme, &mut buffer);
        let line = |y| (0..size.width).map(move |x| (x, y));
        (0..size.height)
            .map(|y| {
                line(y).filter_map(|at| buffer.cell(at)).map(ratatui::buffer::Cell::symbol).collect::<String>() + "\n"
            })
            .collect()
    }
}
