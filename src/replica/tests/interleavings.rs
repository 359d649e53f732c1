//! A console and an office that agree in the end, whatever the order of sending, answering, streaming, cutting and crashing.

use super::*;
use crate::{
    domain::{
        beneficiary::Beneficiary,
        refusal::Refusal,
        request::{Note, RequestState},
    },
    replica::{
        board::{Board, Mark, Path},
        outbox::{Outbox, Record, Status},
        store::journal_bytes,
    },
    wire::{
        change::Done,
        problem::{Problem, ProblemKind},
    },
};
use proptest::{prelude::*, sample::Index};
use std::collections::{BTreeMap, HashMap};

/// What an operator does.
#[derive(Clone, Debug)]
enum Act {
    Create,
    CreateForNewPerson,
    Edit(Index, u8),
    Triage(Index),
    Cancel(Index),
    Note(Index),
    Split(Index),
    Rename(u8),
}

#[derive(Clone, Debug)]
enum Step {
    /// The operator gives a command.
    Give(Act),
    /// The sender sends what is ready.
    Send,
    /// The office carries out one of those on their way.
    CarryOut(Index),
    /// One that is carried out is answered, or the answer is lost.
    Answer(Index, bool),
    /// The stream brings some changes.
    Stream(usize),
    /// The stream is lost, and taken up from a snapshot.
    Snapshot,
    /// A copy is kept on disk.
    Keep,
    /// Somebody else changes a request.
    Other(Index, u8),
    /// The console is killed while it writes a record, so many bytes into it, and starts again from its last copy.
    Crash(Act, Index),
}

fn acts() -> impl Strategy<Value = Act> {
    let row = any::<Index>;
    prop_oneof![
        3 => Just(Act::Create),
        1 => Just(Act::CreateForNewPerson),
        4 => (row(), any::<u8>()).prop_map(|(row, value)| Act::Edit(row, value % 3)),
        2 => row().prop_map(Act::Triage),
        1 => row().prop_map(Act::Cancel),
        3 => row().prop_map(Act::Note),
        1 => row().prop_map(Act::Split),
        1 => any::<u8>().prop_map(Act::Rename),
    ]
}

fn steps() -> impl Strategy<Value = Step> {
    let pick = any::<Index>;
    prop_oneof![
        6 => acts().prop_map(Step::Give),
        4 => Just(Step::Send),
        4 => pick().prop_map(Step::CarryOut),
        4 => (pick(), prop::bool::weighted(0.3)).prop_map(|(pick, lost)| Step::Answer(pick, lost)),
        4 => (1..6_usize).prop_map(Step::Stream),
        1 => Just(Step::Snapshot),
        1 => Just(Step::Keep),
        2 => (pick(), any::<u8>()).prop_map(|(row, value)| Step::Other(row, value % 3)),
        1 => (acts(), pick()).prop_map(|(act, cut)| Step::Crash(act, cut)),
    ]
}

/// An office in a few lines: it knows keys, versions and the feed, and asks the domain.
#[derive(Default)]
struct Office {
    requests: BTreeMap<RequestId, Request>,
    persons: BTreeMap<BeneficiaryId, Beneficiary>,
    feed: Vec<Change>,
    keys: HashMap<CommandKey, Done>,
    carried_out: Vec<CommandKey>,
    serial: u32,
}

impl Office {
    fn carry_out(&mut self, Given { key, command, .. }: &Given) -> Result<Done, Problem> {
        if let Some(done) = self.keys.get(key) {
            return Ok(done.clone());
        }
        let rows = self.rows(command).map_err(|refusal| match refusal {
            Some(Refusal::FieldsMoved { fields }) => {
                Problem { conflicts: fields, ..Problem::new(ProblemKind::FieldsMoved) }
            }
            Some(_) => Problem::new(ProblemKind::IllegalMove),
            None => Problem::new(ProblemKind::NotFound),
        })?;
        let changes: Vec<Change> = rows.into_iter().map(|row| self.put(*key, row)).collect();
        let done = Done { key: *key, changes, outcomes: None, aside: None };
        self.keys.insert(*key, done.clone());
        self.carried_out.push(*key);
        Ok(done)
    }

    fn put(&mut self, key: CommandKey, row: Row) -> Change {
        let seq = i64::try_from(self.feed.len()).unwrap() + 1;
        let change = match row {
            Row::Request(mut row) => {
                row.version = self.requests.get(&row.id).map_or(row.version, |before| before.version.next());
                self.requests.insert(row.id, (*row).clone());
                change(seq, key, &*row)
            }
            Row::Person(mut row) => {
                row.version = self.persons.get(&row.id).map_or(row.version, |before| before.version.next());
                self.persons.insert(row.id, (*row).clone());
                change(seq, key, &*row)
            }
        };
        self.feed.push(change.clone());
        change
    }

    fn rows(&mut self, command: &Command) -> Result<Vec<Row>, Option<Refusal>> {
        let find = |id: &RequestId| self.requests.get(id).cloned().ok_or(None);
        Ok(match command {
            Command::CreateRequest { id, body } => {
                vec![Row::Request(Box::new(self.new_request(*id, body.clone(), None)?))]
            }
            Command::SplitRequest { id, body } => {
                let first = find(id)?;
                if !matches!(first.state, RequestState::New | RequestState::Triaged) {
                    return Err(None);
                }
                let mut parts = Vec::new();
                for part in &body.parts {
                    let mut fields = part.fields.clone();
                    fields.requester = fields.requester.or_else(|| first.fields.requester.clone());
                    fields.site_id = fields.site_id.or(first.fields.site_id);
                    fields.payer = fields.payer.or(first.fields.payer);
                    parts.push(Row::Request(Box::new(self.new_request(part.id, fields, Some(*id))?)));
                }
                parts
            }
            Command::EditRequest { id, body } => {
                let row = find(id)?;
                if row.state == RequestState::Cancelled {
                    return Err(None);
                }
                let after = crate::domain::entity::edited(&row, body).map_err(Some)?;
                if after == row { Vec::new() } else { vec![Row::Request(Box::new(after))] }
            }
            Command::TriageRequest { id, body } => {
                let mut row = find(id)?;
                if row.state != body.seen {
                    return Err(None);
                }
                row.go("triage", RequestState::Triaged, None, at(0)).map_err(Some)?;
                vec![Row::Request(Box::new(row))]
            }
            Command::CancelRequest { id, body } => {
                let mut row = find(id)?;
                if row.state != body.seen {
                    return Err(None);
                }
                row.go("cancel", RequestState::Cancelled, Some(&body.reason), at(0)).map_err(Some)?;
                vec![Row::Request(Box::new(row))]
            }
            Command::NoteRequest { id, body } => {
                let mut row = find(id)?;
                row.notes.push(Note { id: body.id, at: at(0), by: None, text: body.text.clone() });
                vec![Row::Request(Box::new(row))]
            }
            Command::CreateBeneficiary { id, body } => {
                vec![Row::Person(Box::new(Beneficiary::create(*id, body.clone()).map_err(Some)?))]
            }
            Command::EditBeneficiary { id, body } => {
                let row = self.persons.get(id).ok_or(None)?;
                let after = crate::domain::entity::edited(row, body).map_err(Some)?;
                if after == *row { Vec::new() } else { vec![Row::Person(Box::new(after))] }
            }
            other => panic!("{}", other.name()),
        })
    }

    fn new_request(
        &mut self,
        id: RequestId,
        fields: RequestFields,
        origin: Option<RequestId>,
    ) -> Result<Request, Option<Refusal>> {
        if let Some(crate::domain::request::Requester::Person { id }) = &fields.requester
            && !self.persons.contains_key(id)
        {
            return Err(None);
        }
        self.serial += 1;
        let mut row = Request::create(id, RequestNumber::new(26, self.serial), fields, at(0), None).map_err(Some)?;
        row.origin_id = origin;
        Ok(row)
    }

    fn replica(&self) -> Replica {
        let requests: Vec<Request> = self.requests.values().cloned().collect();
        let persons: Vec<Beneficiary> = self.persons.values().cloned().collect();
        Replica::load(&snapshot(i64::try_from(self.feed.len()).unwrap(), &requests, &persons))
    }
}

enum Row {
    Request(Box<Request>),
    Person(Box<Beneficiary>),
}

/// The office, and a console in its parts.
struct World {
    office: Office,
    board: Board,
    outbox: Outbox,
    /// What is on the console's disk.
    journal: Vec<u8>,
    copy: Replica,
    /// Sent, not carried out; carried out, not answered.
    sent: Vec<Given>,
    carried_out: Vec<(CommandKey, Result<Done, Problem>)>,
    /// Every command that was acknowledged as kept, in order.
    kept: Vec<Given>,
    /// Requests whose making was answered since the console started.
    answered: Vec<RequestId>,
    next: u128,
}

impl World {
    fn new() -> Self {
        let mut office = Office::default();
        let person = command("beneficiary.create", 50, json!({ "family_name": "Durand" }));
        office.carry_out(&given(1, person)).unwrap();
        for number in [2, 3] {
            office.carry_out(&given(number, command("request.create", 100 + number, complete("Pressing")))).unwrap();
        }
        office.carried_out.clear();
        let mut board = Board::new(None);
        board.load(office.replica());
        let copy = office.replica();
        Self {
            office,
            board,
            outbox: Outbox::default(),
            journal: Vec::new(),
            copy,
            sent: Vec::new(),
            carried_out: Vec::new(),
            kept: Vec::new(),
            answered: Vec::new(),
            next: 1_000,
        }
    }

    fn fresh(&mut self) -> u128 {
        self.next += 1;
        self.next
    }

    fn commands(&mut self, act: &Act) -> Vec<Command> {
        let shown: Vec<Arc<Request>> = self.board.all::<Request>().map(|shown| Arc::clone(shown.row)).collect();
        let pick = |index: &Index| shown[index.index(shown.len())].clone();
        let number = |row: &Request| Uuid::from(row.id).as_u128();
        match act {
            Act::Create => vec![command("request.create", self.fresh(), complete("Pain"))],
            Act::CreateForNewPerson => {
                let person = self.fresh();
                let mut fields = complete("Pain");
                fields["requester"]["id"] = json!(Uuid::from_u128(person));
                let new = command("beneficiary.create", person, json!({ "family_name": "Férut" }));
                vec![new, command("request.create", self.fresh(), fields)]
            }
            Act::Edit(row, value) => {
                let row = pick(row);
                let edit = json!({ "fields": { "detail": { "seen": row.fields.detail, "new": format!("v{value}") } } });
                vec![command("request.edit", number(&row), edit)]
            }
            Act::Triage(row) => {
                let row = pick(row);
                vec![command("request.triage", number(&row), json!({ "seen": row.state }))]
            }
            Act::Cancel(row) => {
                let row = pick(row);
                vec![command("request.cancel", number(&row), json!({ "seen": row.state, "reason": "Doublon" }))]
            }
            Act::Note(row) => {
                let note = json!({ "id": Uuid::from_u128(self.fresh()), "text": "Rappeler" });
                vec![command("request.note", number(&pick(row)), note)]
            }
            Act::Split(row) => {
                let part = json!({ "id": Uuid::from_u128(self.fresh()), "fields": { "channel": "phone", "text": "Et du pain" } });
                vec![command("request.split", number(&pick(row)), json!({ "parts": [part] }))]
            }
            Act::Rename(value) => {
                let person = self.board.get::<Beneficiary>(id(50)).unwrap().row.clone();
                let edit = json!({ "seen": person.fields.family_name, "new": format!("Durand {value}") });
                vec![command("beneficiary.edit", 50, json!({ "fields": { "family_name": edit } }))]
            }
        }
    }

    fn record(&mut self, record: Record) {
        self.journal.extend(serde_json::to_vec(&record).unwrap());
        self.journal.push(b'\n');
        self.outbox.apply(&record);
        self.board.record(&record);
        if let Record::Given { given, .. } = record {
            self.kept.push(given);
        }
    }

    fn give(&mut self, act: &Act) {
        for command in self.commands(act) {
            let given = given(self.fresh(), command);
            // The screen shows it before it is on disk.
            self.board.give(given.clone(), Path::Outbox);
            self.record(Record::Given { given, instead_of: None });
        }
    }

    fn send(&mut self) {
        let ready: Vec<Given> = self.outbox.ready(4).into_iter().cloned().collect();
        for given in ready {
            self.outbox.sent(given.key);
            self.board.sent(given.key);
            self.sent.push(given);
        }
    }

    fn carry_out(&mut self, pick: impl FnOnce(usize) -> usize) {
        if !self.sent.is_empty() {
            let given = self.sent.remove(pick(self.sent.len()));
            let answer = self.office.carry_out(&given);
            self.carried_out.push((given.key, answer));
        }
    }

    fn answer(&mut self, pick: impl FnOnce(usize) -> usize, lost: bool) {
        if self.carried_out.is_empty() {
            return;
        }
        let (key, answer) = self.carried_out.remove(pick(self.carried_out.len()));
        match answer {
            _ if lost => {
                self.outbox.unanswered(key);
                self.board.unanswered(key);
            }
            Ok(done) => {
                let made = self.outbox.entry(key).map(|entry| &*entry.given.command);
                if let Some(Command::CreateRequest { id, .. }) = made {
                    self.answered.push(*id);
                }
                self.record(Record::Done { key });
                self.board.done(&done);
            }
            Err(problem) => self.record(Record::Refused { key, problem: Box::new(problem) }),
        }
    }

    fn stream(&mut self, count: usize) {
        let from = usize::try_from(self.board.replica().seq().0).unwrap();
        for change in self.office.feed.iter().skip(from).take(count) {
            self.board.apply(change);
            assert_eq!(self.board.apply(change), Applied::Known, "twice is once");
        }
    }

    /// What was on its way when the console died may still reach the office; its answer reaches nobody.
    fn crash(&mut self, act: &Act, cut: Index) {
        let unacknowledged = self.commands(act).into_iter().next().unwrap();
        let line = serde_json::to_vec(&Record::Given { given: given(self.next + 1, unacknowledged), instead_of: None })
            .unwrap();
        self.next += 1;
        let torn = &line[..cut.index(line.len())];
        let mut disk = std::mem::take(&mut self.journal);
        disk.extend_from_slice(torn);
        let (records, damaged) = journal_bytes(&disk);
        assert_eq!(damaged, 0);
        self.outbox = Outbox::default();
        for record in &records {
            self.outbox.apply(record);
        }
        for record in self.outbox.records() {
            self.journal.extend(serde_json::to_vec(&record).unwrap());
            self.journal.push(b'\n');
        }
        self.board = Board::new(None);
        self.board.load(self.copy.clone());
        self.board.restore(&self.outbox);
        for given in std::mem::take(&mut self.sent) {
            let _ = self.office.carry_out(&given);
        }
        self.carried_out.clear();
        self.answered.clear();
    }

    fn other(&mut self, row: Index, value: u8) {
        let ids: Vec<RequestId> = self.office.requests.keys().copied().collect();
        let mut row = self.office.requests[&ids[row.index(ids.len())]].clone();
        row.fields.detail = Some(format!("autre {value}").parse().unwrap());
        let key = id(self.fresh());
        self.office.put(key, Row::Request(Box::new(row)));
    }

    fn step(&mut self, step: &Step) {
        match step {
            Step::Give(act) => self.give(act),
            Step::Send => self.send(),
            Step::CarryOut(pick) => self.carry_out(|len| pick.index(len)),
            Step::Answer(pick, lost) => self.answer(|len| pick.index(len), *lost),
            Step::Stream(count) => self.stream(*count),
            Step::Snapshot => self.board.load(self.office.replica()),
            Step::Keep => self.copy = self.board.replica().clone(),
            Step::Other(row, value) => self.other(*row, *value),
            Step::Crash(act, cut) => self.crash(act, *cut),
        }
        self.nothing_is_hidden();
    }

    /// What the operator made and nobody refused is on the screen, whatever is on its way.
    fn nothing_is_hidden(&self) {
        for entry in self.outbox.entries().filter(|entry| !entry.status.needs_author()) {
            if let Command::CreateRequest { id, .. } = &*entry.given.command {
                assert!(self.board.request(*id).is_some(), "{id} is hidden");
            }
        }
        for id in &self.answered {
            assert_ne!(
                self.board.request(*id).unwrap().row.number,
                RequestNumber::new(0, 0),
                "{id} has lost its number"
            );
        }
        let twice: Vec<RequestId> = self.board.all::<Request>().map(|shown| shown.row.id).collect();
        assert!(twice.windows(2).all(|pair| pair[0] != pair[1]));
    }

    fn drain(&mut self) {
        while !self.sent.is_empty() || !self.carried_out.is_empty() || !self.outbox.ready(4).is_empty() {
            self.send();
            self.carry_out(|_| 0);
            self.answer(|_| 0, false);
        }
        self.stream(usize::MAX);
    }

    fn agrees(&self) {
        let shown: Vec<&Request> = self.board.all::<Request>().map(|shown| &**shown.row).collect();
        let shown: BTreeMap<RequestId, &Request> = shown.into_iter().map(|row| (row.id, row)).collect();
        assert_eq!(shown.len(), self.office.requests.len());
        for (id, row) in &self.office.requests {
            assert_eq!(shown[id], row);
        }
        for (id, row) in &self.office.persons {
            assert_eq!(&**self.board.get::<Beneficiary>(*id).unwrap().row, row);
        }
        let to_settle: Vec<CommandKey> = self.outbox.entries().map(|entry| entry.given.key).collect();
        assert_eq!(self.board.entries().map(|entry| entry.given.key).collect::<Vec<_>>(), to_settle);
        for given in &self.kept {
            let times = self.office.carried_out.iter().filter(|key| **key == given.key).count();
            let waits = self.outbox.entry(given.key);
            assert_eq!(times + usize::from(waits.is_some()), 1, "{:?} is lost or doubled", given.command);
            // What still waits came back, or speaks of a row whose making came back.
            assert!(waits.is_none_or(|entry| entry.status != Status::InFlight));
        }
        if self.outbox.is_empty() {
            let marks = self.board.all::<Request>().map(|shown| shown.mark);
            assert!(marks.into_iter().all(|mark| mark == Mark::Confirmed));
        }
        self.order_is_kept();
    }

    /// What was carried out on one row was carried out in the order in which it was given.
    fn order_is_kept(&self) {
        let place: HashMap<CommandKey, usize> =
            self.office.carried_out.iter().enumerate().map(|(place, key)| (*key, place)).collect();
        let mut last: HashMap<Uuid, usize> = HashMap::new();
        for given in &self.kept {
            if let (Some(place), Some(row)) = (place.get(&given.key), given.command.subject()) {
                let before = last.insert(row, *place);
                assert!(before.is_none_or(|before| before < *place), "out of order on {row}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_time: 5_000, ..ProptestConfig::default() })]

    #[test]
    fn console_and_office_agree_in_the_end_and_no_command_is_lost_or_doubled(steps in prop::collection::vec(steps(), 1..70)) {
        let mut world = World::new();
        for step in &steps {
            world.step(step);
        }
        world.drain();
        world.agrees();
    }
}
