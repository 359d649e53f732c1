//! How far a practice is: which steps are as they should be, how long each took, what went wrong and was put right.

use super::{
    Errand, Step, Story,
    rows::{Rows, Went},
};
use crate::{
    domain::{
        exception::{ContradictionKind, ExceptionState},
        ids::{CommandKey, ExceptionId, ItemId, PostingId, RequestId},
        item::{Holder, Item, ItemState},
        money::Cents,
        permanence::{Permanence, PermanenceState},
        posting::{Account, Posting},
        request::{Request, Requester},
        time::Instant,
    },
    wire::change::{Change, Snapshot},
};
use jiff::SignedDuration;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Something that is not as the person in front of the desk wants it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// A thing was handed to somebody whose it is not.
    WrongHands(ItemId),
    /// A thing was handed back that its owner does not take along.
    NotTaken(ItemId),
    /// A thing is in a locker, and its owner stands at the desk.
    WrongLocker(ItemId),
    /// A payment is of somebody else, by other means, or of too much.
    Payment(PostingId),
    /// A request is of somebody else, or for something else.
    Order(RequestId),
    /// Another number was counted than was brought.
    Count(ExceptionId),
    /// The cash box was counted otherwise than what was taken.
    Cash,
}

/// How a step ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Done,
    Skipped,
}

/// How far it is.
#[derive(Clone, Debug)]
pub struct Progress {
    pub(super) story: Story,
    pub(super) rows: Rows,
    /// The requests that were there before.
    known: BTreeSet<RequestId>,
    began: Instant,
    /// Since when the step at hand is worked at.
    since: Instant,
    pub(super) marks: BTreeMap<Step, Mark>,
    pub(super) spent: BTreeMap<Step, SignedDuration>,
    /// What is not as it should be just now.
    pub(super) faults: BTreeSet<Fault>,
    pub(super) mistakes: usize,
    pub(super) put_right: usize,
    /// Commands that took something back, and those of them that the story asks for.
    taken_back: BTreeSet<CommandKey>,
    asked_for: BTreeSet<CommandKey>,
    /// Whether what is not theirs was in somebody's hands.
    went_out: bool,
    /// Whether it was brought back.
    came_back: bool,
    /// Whether somebody waits for the code of their locker. No row tells that it was said.
    pub(super) waits_for_code: bool,
}

impl Progress {
    /// Of a story whose house is as the snapshot tells.
    pub fn of(story: Story, snapshot: &Snapshot, at: Instant) -> Self {
        let rows = Rows::of(snapshot);
        Self {
            story,
            known: rows.requests.keys().copied().collect(),
            rows,
            began: at,
            since: at,
            marks: BTreeMap::new(),
            spent: BTreeMap::new(),
            faults: BTreeSet::new(),
            mistakes: 0,
            put_right: 0,
            taken_back: BTreeSet::new(),
            asked_for: BTreeSet::new(),
            went_out: false,
            came_back: false,
            waits_for_code: false,
        }
    }

    /// Takes in what the office committed.
    pub fn take(&mut self, change: &Change) {
        if self.rows.take(change) == Went::Back {
            self.taken_back.insert(change.command);
        }
        if let Some((mistaken, _)) = self.story.mistaken.things.first()
            && change.id == Uuid::from(*mistaken)
        {
            match self.item(*mistaken).map(|item| item.state) {
                Some(ItemState::HandedBack) => {
                    self.went_out = true;
                    self.waits_for_code = false;
                }
                _ if self.went_out => drop(self.asked_for.insert(change.command)),
                _ => {}
            }
        }
        self.look(change.at);
    }

    /// The step at hand is left out, or the code was said.
    pub fn skip(&mut self, at: Instant) {
        if std::mem::take(&mut self.waits_for_code) {
            self.spend(Step::Locker, at);
        } else if let Some(step) = self.step() {
            self.spend(step, at);
            self.marks.insert(step, Mark::Skipped);
        }
    }

    /// The step that is proposed; none once it is over.
    pub fn step(&self) -> Option<Step> {
        if self.is_over() {
            return None;
        }
        Step::ALL.into_iter().find(|step| !self.marks.contains_key(step))
    }

    /// Whether the desk was closed, or its closing left out.
    pub fn is_over(&self) -> bool {
        self.marks.contains_key(&Step::Close)
    }

    /// Whether a step is as it should be.
    pub fn is_done(&self, step: Step) -> bool {
        self.marks.get(&step) == Some(&Mark::Done)
    }

    /// What is not as it should be just now.
    pub fn faults(&self) -> impl Iterator<Item = Fault> {
        self.faults.iter().copied()
    }

    /// How often something was taken back that the story did not ask for.
    pub(super) fn taken_back(&self) -> usize {
        self.taken_back.difference(&self.asked_for).count()
    }

    /// How long it took so far.
    pub(super) fn lasted(&self) -> SignedDuration {
        self.since.since(self.began)
    }

    fn spend(&mut self, step: Step, at: Instant) {
        let spent = self.spent.entry(step).or_default();
        *spent += at.since(self.since).max(SignedDuration::ZERO);
        self.since = self.since.max(at);
    }

    /// What follows from the rows as they are.
    fn look(&mut self, at: Instant) {
        let faults = self.found();
        self.mistakes += faults.difference(&self.faults).count();
        self.put_right += self.faults.difference(&faults).count();
        self.faults = faults;
        for step in Step::ALL {
            match (self.holds(step), self.is_done(step)) {
                (true, false) => {
                    self.spend(step, at);
                    self.marks.insert(step, Mark::Done);
                    self.waits_for_code = step == Step::Locker;
                    self.came_back |= step == Step::TakeBack;
                }
                (false, true) => {
                    // Taken back: it is to be done again.
                    self.spend(step, at);
                    self.marks.remove(&step);
                    self.waits_for_code = false;
                }
                _ => {}
            }
        }
    }

    pub(super) fn item(&self, id: ItemId) -> Option<&Item> {
        self.rows.items.get(&id)
    }

    fn permanence(&self) -> Option<&Permanence> {
        self.rows.permanences.get(&self.story.permanence)
    }

    /// The things of an errand that are not with their owner.
    pub(super) fn left_of(&self, errand: &Errand) -> Vec<String> {
        let theirs = Holder::Beneficiary { id: Some(errand.person) };
        let is_back = |id: &ItemId| self.item(*id).is_some_and(|item| item.fields.holder == theirs);
        errand.things.iter().filter(|(id, _)| !is_back(id)).map(|(_, label)| label.clone()).collect()
    }

    /// What was paid in the permanence for somebody's tab.
    fn payments_of(&self, errand: &Errand) -> impl Iterator<Item = &Posting> {
        self.rows.payments(self.story.permanence).filter(|posting| is_of(posting, errand))
    }

    /// What stands on the tab of who pays, once the price of what was handed back stands on it too.
    fn owed_in_all(&self) -> Option<Cents> {
        let owing = &self.story.owing;
        self.rows.is_charged(owing.request).then(|| self.rows.owed_by(owing.person))
    }

    /// Whether the rows are as a step wants them.
    fn holds(&self, step: Step) -> bool {
        let story = &self.story;
        let state = self.permanence().map(|permanence| permanence.state);
        match step {
            Step::Open => matches!(state, Some(PermanenceState::Open | PermanenceState::Closed)),
            Step::Label => self.left_of(&story.labelled).is_empty(),
            Step::Tab => {
                let mut paid = self.payments_of(&story.owing).peekable();
                self.left_of(&story.owing).is_empty()
                    && self.owed_in_all() == Some(Cents::ZERO)
                    && paid.peek().is_some()
                    && paid.all(is_cash)
            }
            Step::Deposit => {
                let brought = |item: &&Item| item.fields.request_id == Some(story.bringing.request);
                let mut things = self.rows.items.values().filter(brought);
                let miscounted = self.faults.iter().any(|fault| matches!(fault, Fault::Count(_)));
                !miscounted && things.any(|item| item.state == ItemState::InCustody)
            }
            Step::Order => self.asked_now().any(|request| self.is_asked_for(request)),
            Step::Locker => {
                let in_locker = |item: &Item| matches!(item.fields.holder, Holder::Locker { .. });
                story.hurried.things.iter().all(|(id, _)| self.item(*id).is_some_and(in_locker))
            }
            Step::TakeBack => {
                let is_here = |item: &Item| item.state == ItemState::InCustody;
                self.went_out && story.mistaken.things.iter().all(|(id, _)| self.item(*id).is_some_and(is_here))
            }
            Step::Close => state == Some(PermanenceState::Closed),
        }
    }

    /// The requests that were made in the practice, and stand.
    fn asked_now(&self) -> impl Iterator<Item = &Request> {
        let is_new = |request: &&Request| !self.known.contains(&request.id) && request.is_open();
        self.rows.requests.values().filter(is_new)
    }

    fn is_asked_for(&self, request: &Request) -> bool {
        let fields = &request.fields;
        fields.requester == Some(Requester::Person { id: self.story.asking.person })
            && fields.service_id == Some(self.story.service)
            && u32::from(fields.quantity) == self.story.quantity
    }

    /// What is not as it should be, as the rows are.
    fn found(&self) -> BTreeSet<Fault> {
        let story = &self.story;
        let mut found = BTreeSet::new();
        for errand in [&story.labelled, &story.owing, &story.hurried, &story.mistaken] {
            let things = errand.things.iter().filter_map(|(id, _)| self.item(*id));
            for item in things {
                match item.fields.holder {
                    Holder::Beneficiary { id } if id != Some(errand.person) => {
                        found.insert(Fault::WrongHands(item.id));
                    }
                    Holder::Beneficiary { .. } if self.stays(errand) => {
                        found.insert(Fault::NotTaken(item.id));
                    }
                    Holder::Locker { .. } if errand.person != story.hurried.person => {
                        found.insert(Fault::WrongLocker(item.id));
                    }
                    _ => {}
                }
            }
        }
        let too_much = self.owed_in_all().is_some_and(|owed| owed < Cents::ZERO);
        let is_right = |posting: &Posting| is_of(posting, &story.owing) && is_cash(posting) && !too_much;
        let payments = self.rows.payments(story.permanence).filter(|posting| !is_right(posting));
        found.extend(payments.map(|posting| Fault::Payment(posting.id)));
        found.extend(
            self.asked_now().filter(|request| !self.is_asked_for(request)).map(|request| Fault::Order(request.id)),
        );
        let miscounted = self.rows.exceptions.values().filter(|exception| {
            exception.state == ExceptionState::Open
                && exception.fields.kind == ContradictionKind::TallyWrong
                && exception.fields.about.id == Uuid::from(story.bringing.request)
        });
        found.extend(miscounted.map(|exception| Fault::Count(exception.id)));
        let cash = self.permanence().and_then(|permanence| permanence.cash);
        if cash.is_some_and(|cash| cash.counted != cash.expected) {
            found.insert(Fault::Cash);
        }
        found
    }

    /// Whether the things of an errand stay here: they are to go into a locker, or were brought back already.
    fn stays(&self, errand: &Errand) -> bool {
        errand.person == self.story.hurried.person || (errand.person == self.story.mistaken.person && self.came_back)
    }
}

fn is_of(posting: &Posting, errand: &Errand) -> bool {
    let account = Account::Person { beneficiary_id: errand.person };
    posting.fields.lines.iter().any(|line| line.account == account)
}

fn is_cash(posting: &Posting) -> bool {
    posting.fields.lines.iter().all(|line| !line.account.is_means() || line.account == Account::Cash)
}
