//! What the players know of the house while the day goes on: the office's own snapshot and change stream.

use crate::{
    client::{Client, ClientError, StreamEvent},
    domain::{
        claim::{Claim, ClaimState},
        contact::{Contact, ContactState},
        entity::EntityKind,
        exception::{Exception, ExceptionState},
        ids::{
            ClaimId, ContactId, ExceptionId, ItemId, LegId, OfferId, OperatorId, ReplyId, RequestId, RoundId, SiteId,
        },
        item::{Holder, Item, ItemState},
        leg::{LEG, Leg, LegState, Place},
        offer::{Offer, OfferState},
        reply::{Reply, ReplyState},
        request::{Request, RequestState},
        round::{Round, RoundState, Stop, StopAct},
    },
    wire::change::{ChangeKind, Seq},
};
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::watch;
use uuid::Uuid;

/// A mail that told offers.
#[derive(Clone, Debug)]
pub(super) struct Told {
    /// Which one; also its name in the folder of what is sent.
    pub id: ReplyId,
    /// Its name for who answers it.
    pub message_id: String,
    /// Its subject.
    pub subject: String,
    /// To whom it was written.
    pub to: String,
    /// How many offers it told.
    pub offers: usize,
}

impl Told {
    fn of(reply: &Reply) -> Self {
        Self {
            id: reply.id,
            message_id: reply.message_id.clone(),
            subject: reply.fields.subject.to_string(),
            to: reply.fields.to.to_string(),
            offers: reply.offer_ids.len(),
        }
    }
}

/// The rows that players act upon.
#[derive(Debug, Default)]
pub(super) struct Rows {
    contacts: BTreeMap<ContactId, ContactState>,
    claims: BTreeMap<Uuid, (Uuid, OperatorId)>,
    requests: BTreeMap<RequestId, Request>,
    offers: BTreeMap<OfferId, Offer>,
    declined: BTreeMap<OfferId, String>,
    letters: BTreeMap<OfferId, Told>,
    exceptions: BTreeMap<ExceptionId, Exception>,
    items: BTreeMap<ItemId, Item>,
    legs: BTreeMap<LegId, Leg>,
    rounds: BTreeMap<RoundId, Round>,
}

impl Rows {
    fn put(&mut self, kind: EntityKind, row: &RawValue) {
        fn read<T: DeserializeOwned>(row: &RawValue) -> Option<T> {
            serde_json::from_str(row.get()).inspect_err(|error| tracing::warn!(%error, "a row cannot be read")).ok()
        }
        match kind {
            EntityKind::Contact => {
                if let Some(contact) = read::<Contact>(row) {
                    self.contacts.insert(contact.id, contact.state);
                }
            }
            EntityKind::Claim => {
                if let Some(claim) = read::<Claim>(row) {
                    let id: Uuid = claim.id.into();
                    if claim.state == ClaimState::Released {
                        self.claims.retain(|_, (claim, _)| *claim != id);
                    } else {
                        self.claims.insert(claim.subject_id, (id, claim.operator_id));
                    }
                }
            }
            EntityKind::Request => {
                if let Some(request) = read::<Request>(row) {
                    if request.is_open() {
                        self.requests.insert(request.id, request);
                    } else {
                        self.requests.remove(&request.id);
                    }
                }
            }
            EntityKind::Offer => {
                if let Some(offer) = read::<Offer>(row) {
                    if offer.is_live() {
                        self.offers.insert(offer.id, offer);
                    } else {
                        self.offers.remove(&offer.id);
                        self.declined.insert(offer.id, offer.reason.map(|why| why.to_string()).unwrap_or_default());
                    }
                }
            }
            EntityKind::Reply => {
                if let Some(reply) = read::<Reply>(row).filter(|reply| reply.state == ReplyState::Sent) {
                    for offer in &reply.offer_ids {
                        self.letters.insert(*offer, Told::of(&reply));
                    }
                }
            }
            EntityKind::Exception => {
                if let Some(exception) = read::<Exception>(row) {
                    self.exceptions.insert(exception.id, exception);
                }
            }
            EntityKind::Item => {
                if let Some(item) = read::<Item>(row) {
                    if item.state == ItemState::InCustody {
                        self.items.insert(item.id, item);
                    } else {
                        self.items.remove(&item.id);
                    }
                }
            }
            EntityKind::Leg => {
                if let Some(leg) = read::<Leg>(row) {
                    self.legs.insert(leg.id, leg);
                }
            }
            EntityKind::Round => {
                if let Some(round) = read::<Round>(row) {
                    self.rounds.insert(round.id, round);
                }
            }
            _ => {}
        }
    }

    /// Where the work on a contact stands.
    pub fn contact(&self, id: ContactId) -> Option<ContactState> {
        self.contacts.get(&id).copied()
    }

    /// Who has a contact or request in hand.
    pub fn holder(&self, subject: Uuid) -> Option<OperatorId> {
        self.claims.get(&subject).map(|(_, operator)| *operator)
    }

    /// The claim on a contact or request.
    pub fn claim(&self, subject: Uuid) -> Option<ClaimId> {
        self.claims.get(&subject).map(|(claim, _)| (*claim).into())
    }

    /// The open requests in a state that nobody has in hand, the oldest first.
    pub fn free(&self, state: RequestState) -> Vec<Request> {
        let mut free: Vec<Request> = self
            .requests
            .values()
            .filter(|request| request.state == state && self.holder(request.id.into()).is_none())
            .cloned()
            .collect();
        free.sort_by_key(|request| (request.created_at, request.id));
        free
    }

    /// A request that is open.
    pub fn request(&self, id: RequestId) -> Option<&Request> {
        self.requests.get(&id)
    }

    /// The offers whose answer is out.
    pub fn asked(&self) -> Vec<Offer> {
        let out = |offer: &&Offer| matches!(offer.state, OfferState::Sent | OfferState::Seen);
        self.offers.values().filter(out).cloned().collect()
    }

    /// What planning looks at: the open requests, the legs and the rounds.
    pub fn carried(&self) -> (Vec<Request>, Vec<Leg>, Vec<Round>) {
        (
            self.requests.values().cloned().collect(),
            self.legs.values().cloned().collect(),
            self.rounds.values().cloned().collect(),
        )
    }

    /// The offers that were taken, of jobs that are not over.
    pub fn taken(&self) -> impl Iterator<Item = &Offer> {
        self.offers.values().filter(|offer| offer.state == OfferState::Accepted)
    }

    /// The things of a request that are in somebody's hands.
    pub fn items_of(&self, id: RequestId) -> impl Iterator<Item = &Item> {
        self.items.values().filter(move |item| item.fields.request_id == Some(id))
    }

    /// Whether a round carries something of a request.
    pub fn is_in_a_round(&self, id: RequestId) -> bool {
        let live = |leg: &&Leg| !LEG.is_end(leg.state) && leg.round_id.is_some();
        self.legs.values().filter(live).any(|leg| leg.fields.request_id == id)
    }

    /// Whether there are rounds that are not over.
    pub fn has_rounds(&self) -> bool {
        self.rounds.values().any(|round| round.state != RoundState::Finished)
    }

    /// The rounds that couriers have.
    pub fn driven(&self) -> Vec<Round> {
        let out = |round: &&Round| matches!(round.state, RoundState::Published | RoundState::Started);
        self.rounds.values().filter(out).cloned().collect()
    }

    /// The next stop of a round that can be made, with its leg.
    pub fn next_stop(&self, round: &Round) -> Option<(Stop, Leg)> {
        round.stops.iter().find_map(|stop| {
            let leg = self.legs.get(&stop.leg_id)?;
            let makes = match stop.act {
                StopAct::Take => leg.state == LegState::Confirmed && self.is_free(leg),
                StopAct::Leave => leg.state == LegState::Underway,
            };
            makes.then(|| (*stop, leg.clone()))
        })
    }

    /// Whether the leg that a leg comes after is done.
    fn is_free(&self, leg: &Leg) -> bool {
        let before = leg.fields.after.and_then(|before| self.legs.get(&before));
        leg.fields.after.is_none() || before.is_some_and(|before| before.state == LegState::Done)
    }

    /// Legs that nobody has planned and that wait for none, those with the first windows before the others.
    pub fn drivable(&self) -> Vec<Leg> {
        let free = |leg: &&Leg| leg.state == LegState::Planned && leg.round_id.is_none() && self.is_free(leg);
        let mut legs: Vec<Leg> = self.legs.values().filter(free).cloned().collect();
        legs.sort_by_key(|leg| {
            let window = leg.fields.window.map(|window| (window.date(), window.from()));
            (window.is_none(), window, leg.id)
        });
        legs
    }

    /// Legs to the provider of requests that are under way already.
    pub fn brought_before(&self) -> Vec<LegId> {
        let under_way = |leg: &&Leg| {
            let request = self.requests.get(&leg.fields.request_id);
            let to_provider = matches!(leg.fields.to, Place::Provider { .. });
            to_provider && request.is_some_and(|request| request.state == RequestState::Underway)
        };
        self.legs.values().filter(|leg| leg.state == LegState::Planned).filter(under_way).map(|leg| leg.id).collect()
    }

    /// An offer that is out or taken.
    pub fn offer(&self, id: OfferId) -> Option<&Offer> {
        self.offers.get(&id)
    }

    /// Why an offer that ended did so.
    pub fn declined(&self, id: OfferId) -> Option<String> {
        self.declined.get(&id).cloned()
    }

    /// The mail that told an offer, once it was sent.
    pub fn letter(&self, offer: OfferId) -> Option<Told> {
        self.letters.get(&offer).cloned()
    }

    /// A job that its provider cannot do after all, with what it told.
    pub fn in_the_way(&self) -> Option<(Offer, Exception)> {
        let open = self.exceptions.values().filter(|exception| exception.state == ExceptionState::Open);
        open.filter(|exception| exception.fields.about.kind == EntityKind::Request).find_map(|exception| {
            let request = exception.fields.about.id;
            let taken = self
                .offers
                .values()
                .find(|offer| offer.state == OfferState::Accepted && Uuid::from(offer.fields.request_id) == request)?;
            Some((taken.clone(), exception.clone()))
        })
    }

    /// What lies at the desk of a site for people whose request is ready, the oldest first.
    pub fn ready_at(&self, site: SiteId) -> Vec<Item> {
        let mut ready: Vec<Item> = self
            .items
            .values()
            .filter(|item| matches!(&item.fields.holder, Holder::Concierge { site_id, .. } if *site_id == site))
            .filter(|item| self.is_ready(item))
            .cloned()
            .collect();
        ready.sort_by_key(|item| (item.fields.since, item.id));
        ready
    }

    /// What lies ready anywhere.
    pub fn ready(&self) -> Vec<Item> {
        self.items.values().filter(|item| self.is_ready(item)).cloned().collect()
    }

    fn is_ready(&self, item: &Item) -> bool {
        let request = item.fields.request_id.and_then(|id| self.requests.get(&id));
        request.is_some_and(|request| request.state == RequestState::Ready)
    }
}

/// The rows, and word of each change.
#[derive(Clone, Debug)]
pub(super) struct World {
    rows: Arc<Mutex<Rows>>,
    moved: watch::Sender<Seq>,
}

impl World {
    /// As an account sees it now.
    ///
    /// # Errors
    /// The office does not answer.
    pub async fn of(client: &Client) -> Result<Self, ClientError> {
        let world = Self { rows: Arc::default(), moved: watch::channel(Seq::default()).0 };
        world.start_over(client).await?;
        Ok(world)
    }

    async fn start_over(&self, client: &Client) -> Result<Seq, ClientError> {
        let snapshot = client.snapshot().await?;
        let mut rows = Rows::default();
        for (kind, all) in &snapshot.rows {
            for row in all {
                rows.put(*kind, row);
            }
        }
        *self.rows() = rows;
        self.moved.send_replace(snapshot.seq);
        Ok(snapshot.seq)
    }

    /// Follows the office until the stream ends for good.
    pub async fn follow(&self, client: &Client) {
        let mut stream = client.changes(*self.moved.borrow());
        while let Some(event) = stream.next().await {
            match event {
                StreamEvent::Change(change) => {
                    if let (ChangeKind::Put, Some(row)) = (change.kind, &change.state) {
                        self.rows().put(change.entity, row);
                    }
                    self.moved.send_replace(change.seq);
                }
                StreamEvent::Reset(_) => match self.start_over(client).await {
                    Ok(seq) => stream = client.changes(seq),
                    Err(error) => return tracing::warn!(%error, "the day goes on unseen"),
                },
                StreamEvent::Connected { .. } | StreamEvent::Alive { .. } | StreamEvent::Disconnected { .. } => {}
                StreamEvent::Ended(problem) => {
                    return tracing::warn!(problem = problem.detail, "the day goes on unseen");
                }
            }
        }
    }

    /// The rows as they are.
    pub fn rows(&self) -> MutexGuard<'_, Rows> {
        self.rows.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until what the office had told up to a place is known here.
    pub async fn knows(&self, place: Seq) {
        // It only fails once nobody follows any more: then nothing is to be waited for.
        let _ = self.moved.subscribe().wait_for(|known| *known >= place).await;
    }

    /// Waits until something holds of the rows.
    pub async fn until<T>(&self, holds: impl Fn(&Rows) -> Option<T>) -> T {
        let mut moved = self.moved.subscribe();
        loop {
            moved.borrow_and_update();
            if let Some(found) = holds(&self.rows()) {
                return found;
            }
            if moved.changed().await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    }
}
