//! A house to tell stories in: the example directory, 423 persons, a caller with habits, calls that ring; presses are counted.

use crate::{
    console::{
        effect::Effect,
        keymap::{DigitRow, Key, Keymap, Layout},
        message::{Message, Size},
        model::{
            Ids, Model, Screen,
            connection::Connection,
            line::EntryLine,
            reception::Reception,
            requests::Requests,
            seat::{Seat, Seconds},
            world::World,
        },
        update::update,
    },
    domain::{
        access::Author,
        beneficiary::Beneficiary,
        call::{Call, CallEvent, CallEventKind},
        claim::{Claim, ClaimState, ClaimSubject},
        client::Client,
        contact::{Contact, Origin, Party},
        entity::{Entity, EntityKind, Version},
        ids::{BeneficiaryId, ClaimId, ClientId, CommandKey, ContactId, RequestId, ServiceId, SiteId},
        operator::{Bell, Language, Operator},
        permanence::Permanence,
        phone::Caller,
        request::{Request, RequestNumber, RequestState},
        service::Service,
        site::Site,
        time::{Instant, Zone},
    },
    replica::{Board, Given, Record, Replica, link::LinkEvent},
    wire::{
        catalogue::Command,
        change::{Change, ChangeKind, Done, Seq, Snapshot},
    },
};
use jiff::{SignedDuration, ToSpan, civil::date};
use serde::Serialize;
use serde_json::{Value, json, value::to_raw_value};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The row of an example's file: by column.
fn rows(file: &str) -> Vec<BTreeMap<String, String>> {
    let path = format!("{}/examples/directory/{file}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    let cells = |line: &str| {
        let (mut cells, mut quoted) = (vec![String::new()], false);
        for c in line.chars() {
            match c {
                '"' => quoted = !quoted,
                ',' if !quoted => cells.push(String::new()),
                c => cells.last_mut().unwrap().push(c),
            }
        }
        cells
    };
    let mut lines = text.lines();
    let header = cells(lines.next().unwrap());
    lines.map(|line| header.iter().cloned().zip(cells(line)).collect()).collect()
}

pub fn id<I: From<Uuid>>(number: u128) -> I {
    Uuid::from_u128(number).into()
}

pub const CALLER: u128 = 5_000;
pub const OPERATOR: u128 = 9_000;
pub const CALL: u128 = 7_000;
pub const OTHER_CALL: u128 = 7_001;
pub const SWITCHBOARD_CALL: u128 = 7_002;
pub const UNKNOWN_CALL: u128 = 7_003;

fn cents(price: &str) -> i64 {
    price.replace(',', "").parse().unwrap_or(0)
}

pub fn services() -> Vec<(String, Service)> {
    let service = |(number, row): (u128, BTreeMap<String, String>)| {
        let text = |name: &str| Some(row[name].clone()).filter(|text| !text.is_empty());
        let price = match row["price_rule"].as_str() {
            rule @ ("per_unit" | "flat") => json!({ "kind": rule, "cents": cents(&row["price"]) }),
            rule => json!({ "kind": rule }),
        };
        let synonyms: Vec<&str> = row["synonyms"].split('|').filter(|text| !text.is_empty()).collect();
        let fields = json!({
            "name": row["name"], "name_en": text("name_en"), "family": row["family"], "synonyms": synonyms,
            "everyday": row["everyday"], "price": price, "vat": 2000, "unit": text("unit"), "carriage": row["carriage"],
            "lead_time_h": row["lead_time_h"].parse::<u16>().unwrap_or(0), "from": text("from"), "to": text("to"),
        });
        let fields = serde_json::from_value(fields).unwrap();
        (row["id"].clone(), Service::create(id(1_000 + number), fields).unwrap())
    };
    (0..).zip(rows("services.csv")).map(service).collect()
}

pub fn service(name: &str) -> ServiceId {
    services().into_iter().find(|(known, _)| known == name).unwrap().1.id
}

pub fn site() -> SiteId {
    id(2_000)
}

fn sites() -> Vec<Site> {
    let site = |(number, row): (u128, BTreeMap<String, String>)| {
        let client: ClientId = id(3_000 + number);
        let fields = json!({ "name": row["name"], "commune": row["commune"], "client_id": client });
        Site::create(id(2_000 + number), serde_json::from_value(fields).unwrap()).unwrap()
    };
    (0..).zip(rows("sites.csv")).map(site).collect()
}

fn clients() -> Vec<Client> {
    let client = |(number, row): (u128, BTreeMap<String, String>)| {
        Client::create(id(3_000 + number), serde_json::from_value(json!({ "name": row["name"] })).unwrap()).unwrap()
    };
    (0..).zip(rows("clients.csv")).map(client).collect()
}

/// A desk on the first site each Tuesday and Thursday at noon.
fn permanences() -> Vec<Permanence> {
    let first = date(2026, 11, 24);
    let days = (0..28_i32).map(|day| first.saturating_add(day.days()));
    let days =
        days.filter(|day| matches!(day.weekday(), jiff::civil::Weekday::Tuesday | jiff::civil::Weekday::Thursday));
    let permanence = |(number, day): (u128, jiff::civil::Date)| {
        let window = json!({ "date": day.to_string(), "from": "12:00:00", "to": "14:00:00" });
        let fields = serde_json::from_value(json!({ "site_id": site(), "window": window })).unwrap();
        Permanence::create(id(4_000 + number), fields, Zone::default(), None)
    };
    (0..).zip(days).map(permanence).collect()
}

const FAMILY: [&str; 47] = [
    "Abadie",
    "Arnoult",
    "Baptiste",
    "Barthe",
    "Beaumont",
    "Besson",
    "Boisset",
    "Bonnard",
    "Bourdon",
    "Brunel",
    "Cazenave",
    "Chabrol",
    "Chauvin",
    "Clavel",
    "Cormier",
    "Coste",
    "Dardenne",
    "Delmas",
    "Duprat",
    "Escande",
    "Fabre",
    "Ferrand",
    "Gaillard",
    "Garnier",
    "Guérin",
    "Hébrard",
    "Imbert",
    "Joubert",
    "Lacaze",
    "Lafon",
    "Lamothe",
    "Laroche",
    "Magnier",
    "Marchand",
    "Marquet",
    "Martel",
    "Martin",
    "Maury",
    "Navarro",
    "Olivier",
    "Pujol",
    "Rivière",
    "Rouquette",
    "Sabatier",
    "Tissier",
    "Valette",
    "Vidal",
];
const GIVEN: [&str; 23] = [
    "Agathe", "Basile", "Capucine", "Denis", "Élise", "Fanny", "Gaspard", "Hélène", "Irène", "Jules", "Karine", "Léon",
    "Margot", "Noé", "Odile", "Paulin", "Quentin", "Rose", "Simon", "Tania", "Ugo", "Violette", "Zoé",
];

/// The caller, and 422 others spread over the organisations.
pub fn persons() -> Vec<Beneficiary> {
    let person = |number: u128| {
        let place = usize::try_from(number).unwrap();
        let (family, given) = if number == 0 { ("Durand", "Claire") } else { (FAMILY[place % 47], GIVEN[place % 23]) };
        let (client, at): (ClientId, SiteId) = (id(3_000 + number % 3), id(2_000 + number % 3));
        let title = (number == 0).then_some("Mme");
        let phones = if number == 0 { vec!["+33536491234"] } else { Vec::new() };
        let fields = json!({ "family_name": family, "given_name": given, "title": title, "client_id": client,
                             "site_id": at, "phones": phones });
        Beneficiary::create(id(CALLER + number), serde_json::from_value(fields).unwrap()).unwrap()
    };
    (0..423).map(person).collect()
}

pub fn call(number: u128, at: Instant, from: &str, party: Party) -> Contact {
    let mut call = Call::new(&"standard".parse().unwrap(), &format!("appel-{number}").parse().unwrap());
    call.from = Caller::read(from);
    call.record(&event(number, CallEventKind::Ring, at, from));
    Contact::create(id(number), Origin::Call(call), at, None, party)
}

fn event(number: u128, kind: CallEventKind, at: Instant, from: &str) -> CallEvent {
    serde_json::from_value(json!({ "source": "standard", "call_id": format!("appel-{number}"), "event": kind,
        "occurred_at": at, "from": from }))
    .unwrap()
}

pub struct House {
    pub model: Model,
    pub effects: Vec<Effect>,
    pub presses: usize,
    seq: i64,
}

/// A Tuesday at 14:32.
pub fn start() -> Instant {
    "2026-11-24T14:32:10+01:00".parse().unwrap()
}

fn raw(rows: &[impl Serialize]) -> Vec<Box<serde_json::value::RawValue>> {
    rows.iter().map(|row| to_raw_value(row).unwrap()).collect()
}

impl House {
    /// Léa sits at the reception; nothing rings.
    pub fn new() -> Self {
        let services: Vec<Service> = services().into_iter().map(|(_, service)| service).collect();
        let operator = json!({ "login": "lea", "name": "Léa", "roles": ["operator"], "sites": "all" });
        let operator = Operator::create(id(OPERATOR), serde_json::from_value(operator).unwrap()).unwrap();
        let rows = [
            (EntityKind::Service, raw(&services)),
            (EntityKind::Site, raw(&sites())),
            (EntityKind::Client, raw(&clients())),
            (EntityKind::Permanence, raw(&permanences())),
            (EntityKind::Beneficiary, raw(&persons())),
            (EntityKind::Operator, raw(std::slice::from_ref(&operator))),
        ];
        let replica = Replica::load(&Snapshot { seq: Seq(1), at: start(), rows: rows.into() });
        assert_eq!(replica.unreadable(), 0);
        let mut world = World { board: Board::new(Some(operator.id)), ..World::default() };
        world.board.load(replica);
        let mut fresh = 1_000_000;
        let model = Model {
            seat: Seat {
                operator,
                language: Language::Fr,
                zone: Zone::default(),
                bell: Bell::Off,
                seconds: Seconds::Stilled,
                digits: DigitRow::Azerty,
                lock_after: None,
            },
            now: start(),
            size: Size { columns: 80, rows: 24 },
            keymap: Keymap::of(DigitRow::Azerty),
            world,
            connection: Connection::Online,
            way_in: crate::config::console::TokenSource::Login,
            lock: None,
            touched_at: start(),
            rang_at: None,
            clocks: crate::console::model::Clocks::default(),
            screen: Screen::Reception,
            reception: Reception::default(),
            dispatch: crate::console::model::dispatch::Dispatch::default(),
            rounds: crate::console::model::rounds::Rounds::default(),
            activity: crate::console::model::activity::Activity::default(),
            desk: crate::console::model::desk::Desk::default(),
            requests: Requests::default(),
            line: None,
            understood: None,
            layers: Vec::new(),
            notice: None,
            last: None,
            commands: crate::console::keymap::Commands::default(),
            coach: None,
            palette: None,
            ids: Ids::from(move || {
                fresh += 1;
                Uuid::from_u128(fresh)
            }),
        };
        let mut house = Self { model, effects: Vec::new(), presses: 0, seq: 1 };
        house.tell(Message::Woke);
        house
    }

    /// Mme Durand, whose usual order is bread, rings and is answered by Léa: the line has the focus.
    pub fn on_the_phone() -> Self {
        let mut house = Self::new();
        house.past(&[("pain", 2, None), ("pain", 2, None), ("chemise", 3, None), ("chemise", 3, None)]);
        house.rings(CALL, "05 36 49 12 34", Party::Person { id: id(CALLER) });
        house.press("F2");
        house.claimed(CALL);
        house.presses = 0;
        house.effects.clear();
        house
    }

    pub fn tell(&mut self, message: Message) {
        let now = self.model.now;
        let effects = update(&mut self.model, now, message);
        self.effects.extend(effects);
    }

    /// Time passes.
    pub fn wait(&mut self, millis: i64) {
        let at = self.model.now.plus(SignedDuration::from_millis(millis));
        self.effects.extend(update(&mut self.model, at, Message::Woke));
    }

    pub fn key(&mut self, key: Key) {
        self.presses += usize::from(Layout::Azerty.presses(key).unwrap_or(9));
        self.tell(Message::Pressed(key));
    }

    /// Presses keys by their names.
    pub fn press(&mut self, names: &str) {
        for name in names.split(' ') {
            self.key(Key::parse(name).unwrap());
        }
    }

    pub fn type_in(&mut self, text: &str) {
        for c in text.chars() {
            self.key(Key::char(c));
        }
    }

    pub fn change<E: Entity>(&mut self, row: &E, command: CommandKey) {
        self.seq += 1;
        let change = Change {
            seq: Seq(self.seq),
            at: self.model.now,
            author: Author::System,
            command,
            kind: ChangeKind::Put,
            entity: E::KIND,
            id: row.id().into(),
            version: row.version(),
            state: Some(to_raw_value(row).unwrap()),
        };
        self.tell(Message::Link(LinkEvent::Change(change)));
    }

    pub fn rings(&mut self, number: u128, from: &str, party: Party) {
        let contact = call(number, self.model.now, from, party);
        self.change(&contact, id(800_000 + number));
    }

    /// The office says that the call is Léa's, and that she answered it.
    pub fn claimed(&mut self, number: u128) {
        let subject = ClaimSubject::Contact { id: id(number) };
        let claim = Claim::create(id(600_000 + number), subject, None, id(OPERATOR), self.model.now);
        self.change(&claim, id(810_000 + number));
        self.line_is(number, CallEventKind::Answer);
    }

    pub fn line_is(&mut self, number: u128, kind: CallEventKind) {
        let at = self.model.now;
        let mut contact: Contact = (**self.model.world.board.replica().get::<Contact>(id(number)).unwrap()).clone();
        if let Origin::Call(call) = &mut contact.origin {
            call.record(&event(number, kind, at, "05 36 49 12 34"));
        }
        contact.version = version(&contact);
        self.change(&contact, id(820_000 + number));
    }

    /// What the caller asked for in the past.
    pub fn past(&mut self, orders: &[(&str, u32, Option<&str>)]) {
        let past = (0_u32..).zip(orders).map(|(number, (name, quantity, handover))| {
            let handover = handover.map(|kind| json!({ "kind": kind }));
            let fields = json!({ "channel": "phone", "service_id": service(name), "quantity": quantity,
                "handover": handover, "payer": { "kind": "person" }, "site_id": site() });
            let at = self.model.now.plus(SignedDuration::from_hours(-24 * 9 * i64::from(number + 1)));
            let fields = serde_json::from_value(fields).unwrap();
            let id = id(500_000 + u128::from(number));
            let mut request = Request::create(id, RequestNumber::new(26, number), fields, at, None).unwrap();
            request.state = RequestState::Closed;
            request
        });
        let past: Vec<Request> = past.collect();
        self.tell(Message::PastTold { person: id(CALLER), past: Ok(past) });
    }

    pub fn line(&self) -> &EntryLine {
        self.model.line.as_ref().unwrap()
    }

    pub fn text(&self) -> &str {
        self.line().input.text()
    }

    /// The commands that were given since the effects were last cleared, bulks opened.
    pub fn given(&self) -> Vec<Command> {
        let mut commands = Vec::new();
        for given in self.records() {
            match *given.command {
                Command::Bulk { body } => commands.extend(body.rows.into_iter().map(|row| *row.command)),
                command => commands.push(command),
            }
        }
        commands
    }

    pub fn records(&self) -> Vec<Given> {
        let given = |effect: &Effect| match effect {
            Effect::Keep(record) => match &**record {
                Record::Given { given, .. } => Some(given.clone()),
                _ => None,
            },
            _ => None,
        };
        self.effects.iter().filter_map(given).collect()
    }

    /// What was given is on disk.
    pub fn on_disk(&mut self) {
        for given in self.records() {
            self.tell(Message::Link(LinkEvent::Outbox(Record::Given { given, instead_of: None })));
        }
    }

    pub fn notice(&self) -> &str {
        self.model.notice.as_ref().map_or("", |notice| notice.words.as_str())
    }

    pub fn done(&mut self, key: CommandKey, claim: &Claim, aside: Value) {
        self.seq += 1;
        let change = Change {
            seq: Seq(self.seq),
            at: self.model.now,
            author: Author::System,
            command: key,
            kind: ChangeKind::Put,
            entity: EntityKind::Claim,
            id: claim.id.into(),
            version: claim.version,
            state: Some(to_raw_value(claim).unwrap()),
        };
        self.tell(Message::Link(LinkEvent::Change(change.clone())));
        let done = Done { key, changes: vec![change], outcomes: None, aside: Some(aside) };
        self.tell(Message::Link(LinkEvent::Done(Box::new(done))));
    }
}

fn version(contact: &Contact) -> Version {
    let now: u64 = serde_json::from_value(serde_json::to_value(contact.version).unwrap()).unwrap();
    serde_json::from_value(json!(now + 1)).unwrap()
}

/// A colleague's claim.
pub fn claim_of_colleague(number: u128, at: Instant) -> Claim {
    let subject = ClaimSubject::Contact { id: id(number) };
    let claim = Claim::create(id::<ClaimId>(600_000 + number), subject, None, id(OPERATOR + 1), at);
    assert_eq!(claim.state, ClaimState::Live);
    claim
}

pub fn person_id(number: u128) -> BeneficiaryId {
    id(CALLER + number)
}

pub fn contact_id(number: u128) -> ContactId {
    id(number)
}

pub fn created(commands: &[Command]) -> Vec<(RequestId, bool)> {
    let triaged = |id: RequestId| {
        commands.iter().any(|command| matches!(command, Command::TriageRequest { id: of, .. } if *of == id))
    };
    let made = commands.iter().filter_map(|command| match command {
        Command::CreateRequest { id, .. } => Some(*id),
        _ => None,
    });
    made.map(|id| (id, triaged(id))).collect()
}
