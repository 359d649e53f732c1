//! Rankings as this console works them out: from its own copy of the rows and what the office last told of loads.

use crate::{
    console::model::world::World,
    domain::{
        clock::{Case, Limit},
        ess::Share,
        ids::{ProviderId, RequestId},
        offer::{Offer, deadline},
        policy::PolicyFields,
        provider::Provider,
        ranking::{Job, Load, Ranked, Ranking, Roster, Timeliness},
        request::Request,
        time::Instant,
    },
    wire::query::ProviderLoad,
};
use jiff::SignedDuration;
use std::{
    collections::{BTreeSet, HashMap, VecDeque},
    sync::{Arc, LazyLock},
};

/// What providers have on their hands; who is not named has nothing.
pub type Loads = HashMap<ProviderId, Load>;

/// Rankings that are kept: as many as one goes to and fro between.
const KEPT: usize = 64;

/// What the office told beside the rows, and when it is asked again.
#[derive(Debug, Default)]
pub struct Figures {
    /// What providers have on their hands; who is not named has nothing.
    pub loads: Loads,
    /// The share of ESS of the month; none before it was told.
    pub share: Option<Share>,
    /// From when on the office is to be asked; none as long as nothing changed.
    pub due: Option<Instant>,
    /// When it was last asked.
    pub asked_at: Option<Instant>,
    /// Whether an answer is waited for.
    pub is_asked: bool,
    /// One more at each answer.
    turn: u64,
}

impl Figures {
    /// The office told them.
    pub fn told(&mut self, loads: Vec<ProviderLoad>, share: Share) {
        self.loads = loads.into_iter().map(|told| (told.provider_id, told.load)).collect();
        self.share = Some(share);
        self.turn += 1;
    }
}

/// What a ranking rests on.
#[derive(Debug)]
struct Basis {
    figures: u64,
    directory: u64,
    providers: u64,
    minute: i64,
    request: Arc<Request>,
    offers: Vec<Arc<Offer>>,
}

impl Basis {
    fn is(&self, other: &Self) -> bool {
        let same_offers = self.offers.len() == other.offers.len()
            && self.offers.iter().zip(&other.offers).all(|(one, another)| Arc::ptr_eq(one, another));
        same_offers
            && Arc::ptr_eq(&self.request, &other.request)
            && (self.figures, self.directory, self.providers, self.minute)
                == (other.figures, other.directory, other.providers, other.minute)
    }
}

/// Rankings that were worked out, each until something that it rests on changes; the one that is oldest goes first.
#[derive(Debug, Default)]
pub struct Ranks(VecDeque<(Basis, Arc<Ranking>)>);

impl Ranks {
    /// Works the ranking of a request out, unless the one that is here still holds.
    pub fn bring(
        &mut self,
        world: &World,
        figures: &Figures,
        now: Instant,
        request: &Arc<Request>,
        offers: &[Arc<Offer>],
    ) {
        let basis = Basis {
            figures: figures.turn,
            directory: world.directory,
            providers: world.providers,
            minute: now.as_micros().div_euclid(60_000_000),
            request: Arc::clone(request),
            offers: offers.to_vec(),
        };
        if self.0.iter().any(|(known, _)| known.is(&basis)) {
            return;
        }
        self.0.retain(|(known, _)| known.request.id != request.id);
        if self.0.len() >= KEPT {
            self.0.pop_front();
        }
        let ranking = ranking_of(world, &figures.loads, now, request, offers).unwrap_or_default();
        self.0.push_back((basis, Arc::new(ranking)));
    }

    /// The ranking of a request, if it was worked out.
    pub fn get(&self, request: RequestId) -> Option<&Arc<Ranking>> {
        self.0.iter().find(|(known, _)| known.request.id == request).map(|(_, ranking)| ranking)
    }
}

/// The house's policy, or the one that a house starts with.
pub fn policy(world: &World) -> &PolicyFields {
    // Made once: it is asked for with every key, and reading its hours takes longer than drawing.
    static FIRST: LazyLock<PolicyFields> = LazyLock::new(PolicyFields::default);
    world.board.replica().policy().map_or(&FIRST, |policy| &policy.fields)
}

/// The offers for a request, looked up in all of them.
pub fn offers_of(world: &World, request: RequestId) -> Vec<Arc<Offer>> {
    let all = world.board.all::<Offer>().map(|shown| shown.row);
    all.filter(|offer| offer.fields.request_id == request).cloned().collect()
}

/// The providers of a request's service, ranked; none while service, site or time are not known.
pub fn ranking_of(
    world: &World,
    loads: &Loads,
    now: Instant,
    request: &Request,
    offers: &[Arc<Offer>],
) -> Option<Ranking> {
    let fields = &request.fields;
    let (service, site, when) = (fields.service_id?, fields.site_id?, fields.when?);
    let (of, place) = (world.service(service)?, world.site(site)?);
    let whose = |holds: fn(&Offer) -> bool| -> BTreeSet<ProviderId> {
        offers.iter().filter(|offer| holds(offer)).map(|offer| offer.fields.provider_id).collect()
    };
    let (declined, asked) = (whose(Offer::rules_out), whose(Offer::is_live));
    let job = Job {
        service,
        site,
        when,
        zone: &place.fields.zone,
        quantity: fields.quantity,
        declined: &declined,
        asked: &asked,
    };
    let policy = policy(world);
    // Who does not do the service is not looked at: the hours of each cost time.
    let does = |provider: &&Arc<Provider>| provider.fields.services.iter().any(|does| does.service_id == service);
    let providers = world.board.all::<Provider>().map(|shown| shown.row).filter(does).map(AsRef::as_ref);
    Some(Roster::new(now, policy, [(service, &of.fields)], providers, loads).rank(&job))
}

/// The recommended provider of each of several requests, as if each before had been given: none gets more than it can take.
pub fn rank_all(world: &World, loads: &Loads, now: Instant, requests: &[Arc<Request>]) -> Vec<Option<Ranked>> {
    let mut loads = loads.clone();
    let mut offers: HashMap<RequestId, Vec<Arc<Offer>>> = HashMap::new();
    for shown in world.board.all::<Offer>() {
        offers.entry(shown.row.fields.request_id).or_default().push(Arc::clone(shown.row));
    }
    let one = |request: &Arc<Request>| -> Option<Ranked> {
        let offers = offers.get(&request.id).map_or(&[][..], Vec::as_slice);
        let first = ranking_of(world, &loads, now, request, offers)?.ranked.into_iter().next()?;
        let zone = world.zone(request.fields.site_id);
        let day = request.fields.when?.end(&zone).civil(&zone).date();
        let load = loads.entry(first.provider).or_default();
        let jobs = load.days.entry(day).or_default();
        *jobs = jobs.saturating_add(1);
        load.recent = load.recent.saturating_add(1);
        Some(first)
    };
    requests.iter().map(one).collect()
}

/// Until when an answer of this provider would count, if it is asked now; none while the job's time is not known.
pub fn deadline_of(world: &World, now: Instant, request: &Request, provider: &Provider) -> Option<Instant> {
    let policy = policy(world);
    let wanted = request.fields.when?.end(&world.zone(request.fields.site_id));
    let case = Case { client: request.client_id, service: request.fields.service_id, urgency: request.fields.urgency };
    let target = policy.targets.target(Limit::OfferAnswer, &case);
    let sent_at = now.plus(SignedDuration::from_secs(policy.send_hold_s.into()));
    Some(deadline(target, sent_at, &provider.fields.calendar(policy), wanted))
}

/// Who is asked by itself when this provider says no or nothing; none if the request comes back instead.
pub fn next_by_itself<'a>(
    world: &World,
    ranking: &'a Ranking,
    asked: ProviderId,
    offers: &[Arc<Offer>],
) -> Option<&'a Ranked> {
    let tier = world.provider(asked)?.fields.tier;
    let to_lower = policy(world).next_tier_by_itself;
    let known = |provider: ProviderId| offers.iter().any(|offer| offer.fields.provider_id == provider);
    let fits = |ranked: &&Ranked| {
        let by_itself = if to_lower { ranked.tier >= tier } else { ranked.tier == tier };
        by_itself && ranked.timeliness == Timeliness::InTime && ranked.provider != asked && !known(ranked.provider)
    };
    ranking.ranked.iter().find(fits)
}
