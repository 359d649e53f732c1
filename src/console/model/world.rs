//! What is known of the service: the office's rows with one's own commands on them, what was asked besides, what is being typed.

use super::{
    line::EntryLine,
    reception::{Item, Lane},
};
use crate::{
    domain::{
        beneficiary::Beneficiary,
        booking::Booking,
        calendar::WorkingCalendar,
        call::{Direction, LineState},
        claim::{Claim, ClaimState},
        clock::{Clock, ClockState},
        contact::{Contact, ContactState, Origin, Party},
        courier::Courier,
        entity::{Entity, EntityKind},
        entry::{Usual, Vocabulary},
        exception::{ContradictionKind, Exception, ExceptionState},
        held::Held,
        holiday::Holiday,
        ids::{
            BeneficiaryId, ContactId, CourierId, ExceptionId, HeldId, LegId, LockerId, OfferId, OperatorId,
            PermanenceId, ProviderId, RequestId, RoundId, SiteId,
        },
        leg::Leg,
        locker::Locker,
        offer::{Offer, OfferState},
        operator::Operator,
        permanence::{Permanence, PermanenceState},
        provider::Provider,
        reply::{Reply, ReplyState},
        request::{Channel, Request, RequestState, Requester},
        round::Round,
        service::Service,
        site::Site,
        time::{Instant, Zone},
    },
    replica::{self, Board, Draft, DraftSubject, RowRef, Shown, is_current},
    wire::{bodies::Renewal, query::Balance},
};
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};
use uuid::Uuid;

/// What was asked about a person besides the open work.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// What they owe, in cents by account.
    pub balance: Option<Balance>,
    /// What they asked for in the past, the newest first.
    pub past: Option<Arc<[Request]>>,
    /// What they ask for again and again.
    pub usual: Arc<[Usual]>,
    /// Whether the office was asked since anything of it changed.
    pub asked: bool,
    /// When they were last looked at, or rang.
    pub looked_at: Option<Instant>,
}

impl About {
    /// Persons about whom it is kept, 12 KB each with 25 requests of the past: more than ring in a day.
    pub const MOST: usize = 200;
}

/// What is known of the service.
#[derive(Debug, Default)]
pub struct World {
    /// The rows.
    pub board: Board,
    /// What was asked about persons.
    pub about: HashMap<BeneficiaryId, About>,
    /// What was heard on simulated lines and at simulated desks.
    pub heard: HashMap<ContactId, Vec<String>>,
    /// What is being typed, also where nobody looks just now.
    pub drafts: BTreeMap<DraftSubject, Draft>,
    /// Of each draft, the time of the one that is on disk.
    pub drafts_on_disk: HashMap<DraftSubject, Instant>,
    /// The directory's words as the entry line reads by them; none before they are first needed.
    pub vocabulary: Option<Arc<Vocabulary>>,
    /// One more at each change of what the entry line reads by: services, sites, holidays, permanences, the house's policy.
    pub directory: u64,
    /// One more at each change of what providers are ranked by, but for the directory's words and what they have on their hands.
    pub providers: u64,
    /// The directory's turn that the vocabulary was arranged from.
    pub arranged: u64,
    /// One more at each change of the drafts.
    pub drafts_turn: u64,
    /// The turn of rows and drafts at which what is held was last gathered.
    pub held_with: Option<(u64, u64)>,
    /// What is held and typed, as it was last handed on to be renewed.
    pub held: Vec<Renewal>,
    /// Calls that were closed by themselves: each once.
    pub closed: HashSet<ContactId>,
}

/// Where a call stands for the one who looks at the lane; the order is that of the lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CallStanding {
    /// Nobody has taken it.
    Ringing,
    /// I am on the line, or hold it.
    Mine,
    /// It is over, and I have not closed it.
    ToFinish,
    /// A colleague has it.
    Others,
    /// Nobody answered: call back.
    Missed,
    /// It is over, and nobody has it.
    Left,
}

impl World {
    /// A contact as it is shown.
    pub fn contact(&self, id: ContactId) -> Option<Shown<'_, Contact>> {
        self.board.contact(id)
    }

    /// A request as it is shown.
    pub fn request(&self, id: RequestId) -> Option<Shown<'_, Request>> {
        self.board.request(id)
    }

    /// A person.
    pub fn person(&self, id: BeneficiaryId) -> Option<&Arc<Beneficiary>> {
        self.board.get::<Beneficiary>(id).map(|shown| shown.row)
    }

    /// A site.
    pub fn site(&self, id: SiteId) -> Option<&Arc<Site>> {
        self.board.get::<Site>(id).map(|shown| shown.row)
    }

    /// A service.
    pub fn service(&self, id: crate::domain::ids::ServiceId) -> Option<&Arc<Service>> {
        self.board.get::<Service>(id).map(|shown| shown.row)
    }

    /// A colleague, or oneself.
    pub fn operator(&self, id: OperatorId) -> Option<&Arc<Operator>> {
        self.board.get::<Operator>(id).map(|shown| shown.row)
    }

    /// An offer.
    pub fn offer(&self, id: OfferId) -> Option<&Arc<Offer>> {
        self.board.get::<Offer>(id).map(|shown| shown.row)
    }

    /// What a trainee prepared.
    pub fn held_one(&self, id: HeldId) -> Option<&Arc<Held>> {
        self.board.get::<Held>(id).map(|shown| shown.row)
    }

    /// A provider.
    pub fn provider(&self, id: ProviderId) -> Option<&Arc<Provider>> {
        self.board.get::<Provider>(id).map(|shown| shown.row)
    }

    /// A move of things.
    pub fn leg(&self, id: LegId) -> Option<&Arc<Leg>> {
        self.board.get::<Leg>(id).map(|shown| shown.row)
    }

    /// A courier's day.
    pub fn round(&self, id: RoundId) -> Option<&Arc<Round>> {
        self.board.get::<Round>(id).map(|shown| shown.row)
    }

    /// A courier.
    pub fn courier(&self, id: CourierId) -> Option<&Arc<Courier>> {
        self.board.get::<Courier>(id).map(|shown| shown.row)
    }

    /// A locker.
    pub fn locker(&self, id: LockerId) -> Option<&Arc<Locker>> {
        self.board.get::<Locker>(id).map(|shown| shown.row)
    }

    /// What record and world do not agree on.
    pub fn exception(&self, id: ExceptionId) -> Option<&Arc<Exception>> {
        self.board.get::<Exception>(id).map(|shown| shown.row)
    }

    /// A desk session.
    pub fn permanence(&self, id: PermanenceId) -> Option<&Arc<Permanence>> {
        self.board.get::<Permanence>(id).map(|shown| shown.row)
    }

    /// The zone of a site, or the house's.
    pub fn zone(&self, site: Option<SiteId>) -> Zone {
        let own = site.and_then(|site| self.site(site)).map(|site| site.fields.zone.clone());
        own.or_else(|| self.board.replica().policy().map(|policy| policy.fields.zone.clone())).unwrap_or_default()
    }

    /// The calendar in which days are counted on a site, or in the house itself.
    pub fn calendar(&self, site: Option<SiteId>) -> WorkingCalendar {
        let holidays: Vec<Holiday> = self.board.all::<Holiday>().map(|shown| (**shown.row).clone()).collect();
        let policy = self.board.replica().policy().map(|policy| policy.fields.clone());
        policy.unwrap_or_default().calendar(&holidays, site)
    }

    /// Who works on a contact or request, as the office has told it.
    pub fn claim_on(&self, subject: Uuid) -> Option<&Arc<Claim>> {
        let known = self.board.replica().claim_on(subject)?;
        self.board.get::<Claim>(known.id).map(|shown| shown.row).filter(|claim| claim.state != ClaimState::Released)
    }

    /// Whether this operator holds it.
    pub fn is_mine(&self, subject: Uuid) -> bool {
        let me = self.board.me();
        me.is_some() && self.claim_on(subject).map(|claim| claim.operator_id) == me
    }

    /// Where a call stands, seen by this operator.
    pub fn standing(&self, contact: &Contact) -> Option<CallStanding> {
        let Origin::Call(call) = &contact.origin else { return None };
        // The way back to a missed call is work on that one, which has a row.
        if call.callback_of.is_some() {
            return None;
        }
        let claim = self.claim_on(contact.id.into());
        let mine = claim.is_some_and(|claim| Some(claim.operator_id) == self.board.me());
        // Whom the house calls, somebody of it is speaking with: nobody is to take it, or to call back.
        let line = match (call.direction, call.line) {
            (Direction::Out, LineState::Ringing) => LineState::Answered,
            (Direction::Out, LineState::Missed) => LineState::Ended,
            (Direction::In | Direction::Out, line) => line,
        };
        Some(match (line, claim) {
            (LineState::Ringing, None) => CallStanding::Ringing,
            (LineState::Missed, None) => CallStanding::Missed,
            (LineState::Ringing | LineState::Answered, Some(_)) if mine => CallStanding::Mine,
            (_, Some(_)) if mine => CallStanding::ToFinish,
            (_, Some(_)) | (LineState::Answered, None) => CallStanding::Others,
            (LineState::Ended, None) => CallStanding::Left,
        })
    }

    /// Whether it is a call whose line is open: its seconds run, whoever holds it.
    pub fn is_running(&self, contact: &Contact) -> bool {
        let Origin::Call(call) = &contact.origin else { return false };
        matches!(call.line, LineState::Ringing | LineState::Answered)
    }

    /// Whether this operator speaks on it just now.
    pub fn is_spoken_on(&self, contact: &Contact) -> bool {
        let Origin::Call(call) = &contact.origin else { return false };
        let back_to_mine = || call.callback_of.is_some_and(|missed| self.is_mine(missed.into()));
        call.line == LineState::Answered && (self.is_mine(contact.id.into()) || back_to_mine())
    }

    /// Open contacts of a lane of the replica.
    pub fn open_contacts(&self, lane: replica::Lane) -> impl Iterator<Item = Shown<'_, Contact>> {
        let here = self.board.replica().contacts_in(lane, ContactState::Open);
        here.filter_map(|contact| self.contact(contact.id)).filter(|shown| shown.row.state == ContactState::Open)
    }

    /// Calls that ring and that nobody has taken, the oldest first.
    pub fn ringing(&self) -> impl Iterator<Item = Shown<'_, Contact>> {
        self.open_contacts(replica::Lane::Phone).filter(|shown| self.standing(shown.row) == Some(CallStanding::Ringing))
    }

    /// Calls that this operator holds or has asked for, in the order in which they were claimed: a bad line keeps nobody from their caller.
    pub fn own_calls(&self) -> Vec<Shown<'_, Contact>> {
        let since = |contact: &Contact| match self.claim_on(contact.id.into()) {
            Some(claim) => Some(claim.since).filter(|_| Some(claim.operator_id) == self.board.me()),
            None => self.board.claiming_since(RowRef::of::<Contact>(contact.id)),
        };
        let mut own: Vec<_> =
            (self.open_contacts(replica::Lane::Phone)).filter_map(|shown| Some((since(shown.row)?, shown))).collect();
        own.sort_by_key(|(since, shown)| (*since, shown.row.id));
        own.into_iter().map(|(_, shown)| shown).collect()
    }

    /// When the draft of the line was put on disk as it is typed; none as long as it is not.
    pub fn on_disk(&self, line: &EntryLine) -> Option<Instant> {
        let subject = line.subject();
        let draft = self.drafts.get(&subject).filter(|_| line.kept)?;
        self.drafts_on_disk.get(&subject).copied().filter(|at| *at == draft.at)
    }

    /// The replies to a contact or about a request, the oldest first.
    pub fn replies_to(&self, item: Item) -> Vec<Arc<Reply>> {
        let about = |reply: &Reply| match item {
            Item::Contact(id) => reply.fields.contact_id == Some(id),
            Item::Request(id) => reply.fields.request_id == Some(id),
            _ => false,
        };
        let all = self.board.all::<Reply>().filter(|shown| about(shown.row));
        let mut replies: Vec<_> = all.map(|shown| Arc::clone(shown.row)).collect();
        replies.sort_by_key(|reply| (reply.created_at, reply.id));
        replies
    }

    /// The reply that this operator wrote last.
    pub fn last_reply(&self) -> Option<Arc<Reply>> {
        let me = self.board.me();
        let own = self.board.all::<Reply>().filter(|shown| shown.row.created_by == me);
        own.max_by_key(|shown| (shown.row.created_at, shown.row.id)).map(|shown| Arc::clone(shown.row))
    }

    /// Whether a reply of this operator's can still be taken back: its seconds run.
    pub fn is_leaving(&self, now: Instant) -> bool {
        self.last_reply().is_some_and(|reply| reply.state == ReplyState::Prepared && reply.hold_until > now)
    }

    /// The offer that this operator made last.
    pub fn last_offer(&self) -> Option<Arc<Offer>> {
        let me = self.board.me();
        let own = self.board.all::<Offer>().filter(|shown| shown.row.created_by == me);
        own.max_by_key(|shown| (shown.row.created_at, shown.row.id)).map(|shown| Arc::clone(shown.row))
    }

    /// Whether an offer can still be taken back unseen: its seconds run.
    pub fn is_offer_leaving(&self, now: Instant) -> bool {
        self.board.all::<Offer>().any(|shown| shown.row.state == OfferState::Prepared && shown.row.hold_until > now)
    }

    /// Requests whose requester was written to by a mail that did not go, or of which nobody knows.
    fn calling(&self) -> Vec<Item> {
        let calls =
            self.board.all::<Reply>().filter(|shown| shown.row.calls() && shown.row.fields.contact_id.is_none());
        let about = calls.filter_map(|shown| shown.row.fields.request_id);
        let mut rows: Vec<Item> = about.filter(|id| self.request(*id).is_some()).map(Item::Request).collect();
        rows.sort();
        rows.dedup();
        rows
    }

    /// The rows of a lane in the order of work.
    pub fn lane(&self, lane: Lane, today: jiff::civil::Date) -> Vec<Item> {
        match lane {
            Lane::Phone => self.phone_lane(),
            Lane::Mail => self.mail_lane(),
            Lane::Permanences => self.permanence_lane(today),
        }
    }

    fn phone_lane(&self) -> Vec<Item> {
        let calls = self.open_contacts(replica::Lane::Phone);
        let mut rows: Vec<_> = calls
            .filter_map(|shown| {
                let standing = self.standing(shown.row)?;
                Some(((standing, left(&shown.row.clocks, shown.row.occurred_at), shown.row.id), shown.row))
            })
            .collect();
        rows.sort_by_key(|(order, _)| *order);
        // Who called in vain again is one row, at the place of the first call.
        let mut called: Vec<&Contact> = Vec::new();
        rows.retain(|((standing, ..), call)| {
            let again = *standing == CallStanding::Missed && called.iter().any(|known| known.same_caller(call));
            called.extend(Some(&***call).filter(|_| *standing == CallStanding::Missed));
            !again
        });
        rows.into_iter().map(|(_, call)| Item::Contact(call.id)).chain(self.untriaged(Channel::Phone)).collect()
    }

    /// The missed calls that wait to be called back, one a caller and the most pressing first, each with how often that one called.
    pub fn missed(&self) -> Vec<(Shown<'_, Contact>, usize)> {
        let is_missed = |shown: &Shown<'_, Contact>| self.standing(shown.row) == Some(CallStanding::Missed);
        let mut calls: Vec<_> = self.open_contacts(replica::Lane::Phone).filter(is_missed).collect();
        calls.sort_by_key(|shown| (left(&shown.row.clocks, shown.row.occurred_at), shown.row.id));
        let mut callers: Vec<(Shown<'_, Contact>, usize)> = Vec::new();
        for call in calls {
            match callers.iter_mut().find(|(known, _)| known.row.same_caller(call.row)) {
                Some((_, count)) => *count += 1,
                None => callers.push((call, 1)),
            }
        }
        callers
    }

    /// How often the caller of a missed call called in vain.
    pub fn times_missed(&self, contact: &Contact) -> usize {
        let is_missed = |contact: &Contact| self.standing(contact) == Some(CallStanding::Missed);
        if !is_missed(contact) {
            return 1;
        }
        let same = |call: &Contact| call.same_caller(contact) && is_missed(call);
        self.open_contacts(replica::Lane::Phone).filter(|shown| same(shown.row)).count().max(1)
    }

    fn mail_lane(&self) -> Vec<Item> {
        let messages = self.open_contacts(replica::Lane::Email);
        let mut rows: Vec<_> = messages
            .map(|shown| (left(&shown.row.clocks, shown.row.occurred_at), Item::Contact(shown.row.id)))
            .collect();
        rows.sort();
        let calling = self.calling();
        let untriaged = self.untriaged(Channel::Email).filter(|item| !calling.contains(item));
        let messages = rows.into_iter().map(|(_, item)| item);
        calling.iter().copied().chain(messages).chain(untriaged).collect()
    }

    /// Desk sessions by their hours, each with what came in there below it; then what came in at none of them.
    fn permanence_lane(&self, today: jiff::civil::Date) -> Vec<Item> {
        let live = |shown: &Shown<'_, Permanence>| {
            let row = shown.row;
            row.state == PermanenceState::Open
                || (row.state == PermanenceState::Planned && row.fields.window.date() >= today)
        };
        let mut sessions: Vec<_> = self.board.all::<Permanence>().filter(live).collect();
        sessions.sort_by_key(|shown| {
            let window = shown.row.fields.window;
            (shown.row.state != PermanenceState::Open, window.date(), window.from(), shown.row.id)
        });
        // The days to come are in the directory for months; what is near is what is worked on.
        sessions.truncate(12);
        let mut waiting: Vec<Item> = (self.open_contacts(replica::Lane::WalkIn))
            .chain(self.open_contacts(replica::Lane::LockerDrop))
            .map(|shown| Item::Contact(shown.row.id))
            .chain(self.untriaged(Channel::Permanence))
            .chain(self.untriaged(Channel::Locker))
            .collect();
        // People stood before a closed door: somebody finds out why, and tells them.
        let mut rows = self.not_held();
        let mut sites_seen = Vec::new();
        for session in sessions {
            rows.push(Item::Permanence(session.row.id));
            let site = session.row.fields.site_id;
            // What came in on a site stands below its nearest session.
            if !sites_seen.contains(&site) {
                sites_seen.push(site);
                let here = |item: &Item| self.site_of(*item) == Some(site);
                rows.extend(waiting.iter().copied().filter(here));
                waiting.retain(|item| !here(item));
            }
        }
        rows.extend(waiting);
        rows
    }

    /// The desks that nobody opened and of which nobody said why, the oldest first.
    fn not_held(&self) -> Vec<Item> {
        let mut missed: Vec<_> = (self.board.all::<Exception>())
            .filter(|shown| shown.row.state == ExceptionState::Open)
            .filter(|shown| shown.row.fields.kind == ContradictionKind::NotHeld)
            .map(|shown| (shown.row.fields.occurred_at, Item::Exception(shown.row.id)))
            .collect();
        missed.sort();
        missed.into_iter().map(|(_, item)| item).collect()
    }

    /// Requests that were written down and still lack something, by the channel they came in on, the most pressing first.
    fn untriaged(&self, channel: Channel) -> impl Iterator<Item = Item> + '_ {
        let news = self.board.requests_in(RequestState::New);
        let mut rows: Vec<_> = news
            .filter(|shown| shown.row.fields.channel == channel)
            // What a contact brought is dealt with under that contact while it is open.
            .filter(|shown| {
                let contact = shown.row.fields.contact_id.and_then(|id| self.contact(id));
                contact.is_none_or(|contact| contact.row.state != ContactState::Open)
            })
            .map(|shown| (left(&shown.row.clocks, shown.row.created_at), Item::Request(shown.row.id)))
            .collect();
        rows.sort();
        rows.into_iter().map(|(_, item)| item)
    }

    /// Where an item belongs.
    pub fn site_of(&self, item: Item) -> Option<SiteId> {
        match item {
            Item::Contact(id) => {
                let contact = self.contact(id)?.row;
                let session = match &contact.origin {
                    Origin::WalkIn(walk_in) => walk_in.permanence_id.and_then(|id| self.permanence(id)),
                    _ => None,
                };
                let person = self.person_of(&contact.party).and_then(|person| person.fields.site_id);
                contact.site_id.or(session.map(|session| session.fields.site_id)).or(person)
            }
            Item::Request(id) => self.request(id)?.row.fields.site_id,
            Item::Permanence(id) => Some(self.permanence(id)?.fields.site_id),
            Item::Offer(id) => self.offer(id)?.site_id,
            Item::Held(id) => self.held_one(id)?.site_id,
            Item::Leg(id) => self.leg(id)?.site_id,
            Item::Exception(id) => self.exception(id)?.fields.site_id,
            Item::Round(_) => None,
        }
    }

    /// Open requests of a person, those within reach first, then the newest.
    pub fn requests_of_newest(&self, person: BeneficiaryId) -> Vec<Arc<Request>> {
        let mut theirs: Vec<_> = self.board.requests_of(person).map(|shown| Arc::clone(shown.row)).collect();
        theirs.sort_by_key(|request| (request.state != RequestState::Ready, std::cmp::Reverse(request.id)));
        theirs
    }

    /// The permanence of a site that is open, or the next one.
    pub fn next_permanence(&self, site: SiteId, now: Instant) -> Option<&Arc<Permanence>> {
        let zone = self.zone(Some(site));
        let live = |shown: &Shown<'_, Permanence>| {
            shown.row.fields.site_id == site
                && matches!(shown.row.state, PermanenceState::Planned | PermanenceState::Open)
                && shown.row.fields.window.end(&zone) > now
        };
        let next = self.board.all::<Permanence>().filter(live);
        next.min_by_key(|shown| shown.row.fields.window.start(&zone)).map(|shown| shown.row)
    }

    /// How many lockers of a site are booked.
    pub fn live_bookings(&self, site: SiteId) -> usize {
        let at = |shown: &Shown<'_, Booking>| {
            let locker = self.board.get::<Locker>(shown.row.fields.locker_id);
            locker.is_some_and(|locker| locker.row.fields.site_id == site)
        };
        self.board
            .all::<Booking>()
            .filter(at)
            .filter(|shown| is_current(EntityKind::Booking, shown.row.state_name()))
            .count()
    }

    /// The person that a party is, if it is one.
    pub fn person_of(&self, party: &Party) -> Option<&Arc<Beneficiary>> {
        match party {
            Party::Person { id } => self.person(*id),
            _ => None,
        }
    }

    /// The person that an item is about, if one is known.
    pub fn person_behind(&self, item: Item) -> Option<&Arc<Beneficiary>> {
        match item {
            Item::Contact(id) => self.person_of(&self.contact(id)?.row.party),
            Item::Request(id) => match self.request(id)?.row.fields.requester {
                Some(Requester::Person { id }) => self.person(id),
                _ => None,
            },
            Item::Offer(id) => self.person_behind(Item::Request(self.offer(id)?.fields.request_id)),
            Item::Leg(id) => self.person_behind(Item::Request(self.leg(id)?.fields.request_id)),
            Item::Permanence(_) | Item::Held(_) | Item::Round(_) | Item::Exception(_) => None,
        }
    }
}

/// When a row is due: its most pressing running clock, else when it came in.
fn left(clocks: &[Clock], came_in: Instant) -> Instant {
    let running = clocks.iter().filter(|clock| matches!(clock.state(), ClockState::Running { .. }));
    running.map(Clock::due_at).min().unwrap_or(came_in)
}
