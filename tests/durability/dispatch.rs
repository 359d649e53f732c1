//! Dispatchers who offer, answer, take back and let go at the same time: whatever comes first, offers, assignments and requests agree.

use crate::{
    common::{Engine, House, Person, client_of, command, complete, directory, in_days, token, word},
    option,
};
use loge::{
    client::ClientError,
    domain::{
        entity::EntityKind,
        ids::{OfferId, ProviderId, RequestId},
        offer::{Offer, OfferState},
        time::Instant as Moment,
    },
    office::{
        http::App,
        storage::{Arg, Store, document},
        timers::TimerKind,
    },
    wire::fresh,
};
use rstest::rstest;
use serde_json::{Value, json};
use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

/// Requests that are fought over in a round, few enough that dispatchers meet.
const REQUESTS: usize = 4;
/// Steps at most for each of them in its round: such a sequence mostly comes to an end.
const STEPS: usize = 20;
/// Requests at least, each with its sequence of steps (`LOGE_OFFER_SEQUENCES`); after each round everybody stands still and it is looked.
const SEQUENCES: usize = 40;
/// The number of the first round (`LOGE_OFFER_ROUND`): each is another game, so that a long run can be played in parts.
const FIRST_ROUND: usize = 0;
/// Rounds at most after those, until everything that can happen to an offer has.
const MORE_ROUNDS: usize = 60;
/// Providers who can be asked.
const PROVIDERS: usize = 5;
/// Dispatchers at each office.
const DISPATCHERS: usize = 4;
/// What happens to offers in the course of it.
const HAPPENS: [&[OfferState]; 4] = [
    &[OfferState::Accepted, OfferState::Released],
    &[OfferState::Declined],
    &[OfferState::Expired],
    &[OfferState::Withdrawn],
];

/// What must be so when nobody writes: a query that counts where it is not, of a round's own requests.
const NEVER: &[(&str, &str)] = &[
    (
        "a request is assigned exactly if one offer is accepted",
        "SELECT count(*) FROM request WHERE request.id IN ({round}) AND (state = 'assigned') <> \
         ((SELECT count(*) FROM offer WHERE offer.request_id = request.id AND offer.state = 'accepted') = 1)",
    ),
    (
        "whoever accepted is the one assignment at work",
        "SELECT count(*) FROM offer WHERE offer.request_id IN ({round}) AND state = 'accepted' \
         AND (SELECT count(*) FROM assignment WHERE assignment.request_id = offer.request_id \
         AND assignment.state = 'active' AND assignment.doc -> 'by' ->> 'offer_id' = offer.id) <> 1",
    ),
    (
        "nobody is asked for what somebody does",
        "SELECT count(*) FROM offer WHERE offer.request_id IN ({round}) AND state IN ('prepared', 'sent', 'seen') \
         AND EXISTS (SELECT 1 FROM offer AS other \
         WHERE other.request_id = offer.request_id AND other.state = 'accepted')",
    ),
    (
        "a request is offered exactly if somebody is asked and nobody does it",
        "SELECT count(*) FROM request WHERE request.id IN ({round}) AND (state = 'offered') <> \
         EXISTS (SELECT 1 FROM offer WHERE offer.request_id = request.id AND offer.state IN ('prepared', 'sent', 'seen'))",
    ),
    (
        "nobody who declined is asked again",
        "SELECT count(*) FROM offer JOIN offer AS later ON later.request_id = offer.request_id \
         AND later.provider_id = offer.provider_id AND later.doc ->> 'created_at' > offer.doc ->> 'answered_at' \
         WHERE offer.request_id IN ({round}) AND offer.state = 'declined'",
    ),
    (
        "nobody is asked twice at a time",
        "SELECT count(*) FROM offer JOIN offer AS other ON other.request_id = offer.request_id AND other.id < offer.id \
         AND other.provider_id = offer.provider_id AND other.state IN ('prepared', 'sent', 'seen', 'accepted') \
         WHERE offer.request_id IN ({round}) AND offer.state IN ('prepared', 'sent', 'seen', 'accepted')",
    ),
];

/// Numbers that look like chance and are the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % u64::try_from(sides).unwrap()).unwrap()
    }

    fn pick<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        if all.is_empty() { None } else { all.get(self.roll(all.len())) }
    }
}

/// What a dispatcher has before them.
struct Walk {
    person: Person,
    office: App,
    requests: Vec<RequestId>,
    providers: Vec<ProviderId>,
    dice: Dice,
    /// Steps of the walk.
    length: usize,
    /// How long a step takes here: an offer lasts as long as some do, on whatever machine.
    pace: Duration,
    made: u32,
}

impl Walk {
    /// When an offer that is out now is over: soon, so that some are over before anybody answers.
    fn deadline(&mut self) -> jiff::Timestamp {
        let steps = u32::try_from(1 + self.dice.roll(self.length)).unwrap();
        jiff::Timestamp::now() + self.pace * steps
    }

    /// One step of a dispatcher who has not looked for a moment: much of it is refused, none of it fails.
    async fn step(&mut self) -> bool {
        let request = *self.dice.pick(&self.requests).unwrap();
        let offers = offers_of(&self.office.store, request).await;
        self.made += 1;
        let (name, id, body) = match (self.dice.roll(12), self.dice.pick(&offers)) {
            (0..=3, _) | (_, None) => {
                let id: OfferId = fresh();
                let body = json!({ "request_id": request, "provider_id": self.dice.pick(&self.providers), "way": "telephone",
                    "deadline": self.deadline() });
                ("offer.prepare", id, body)
            }
            // The office looks by itself too, but not as often as dispatchers act here.
            (7..=11, Some(offer)) if offer.state == OfferState::Prepared => {
                self.office.writer.fire(TimerKind::SendOffer, offer.id.into()).await.unwrap();
                return true;
            }
            (11, Some(offer)) => {
                self.office.writer.fire(TimerKind::ExpireOffer, offer.id.into()).await.unwrap();
                return offer.fields.deadline < moment();
            }
            (act, Some(offer)) => {
                let seen = offer.state;
                let (name, body) = match act {
                    4..=5 => ("offer.accept", json!({ "seen": seen })),
                    6..=7 => ("offer.decline", json!({ "seen": seen, "reason": "complet" })),
                    8 => ("offer.withdraw", json!({ "seen": seen, "reason": "erreur" })),
                    9 => ("offer.release", json!({ "seen": seen, "reason": "panne" })),
                    _ => ("offer.defer", json!({ "seen": seen, "deadline": self.deadline() })),
                };
                (name, offer.id, body)
            }
        };
        match self.person.tries(command(name, id, body)).await {
            Ok(_) => true,
            Err(ClientError::Problem(problem)) if problem.status < 500 => false,
            Err(error) => panic!("{name}: {error:?}"),
        }
    }
}

fn moment() -> Moment {
    jiff::Timestamp::now().try_into().unwrap()
}

async fn offers_of(store: &Store, request: RequestId) -> Vec<Offer> {
    let id = request.to_string();
    document::select(&mut store.read().await.unwrap(), "request_id = $1", &[Arg::Text(&id)]).await.unwrap()
}

/// A round's requests, to be given.
async fn requests(house: &House, of: &Value) -> Vec<RequestId> {
    let mut requests = Vec::new();
    for _ in 0..REQUESTS {
        let id: RequestId = fresh();
        house.manager.gives("request.create", id, of.clone()).await;
        house.manager.gives("request.triage", id, json!({ "seen": "new" })).await;
        requests.push(id);
    }
    requests
}

/// Nothing of [`NEVER`] is so.
async fn agree(house: &House, requests: &[RequestId]) {
    let round = requests.iter().map(|id| format!("'{id}'")).collect::<Vec<_>>().join(", ");
    for (what, sql) in NEVER {
        // What happens by itself may happen between two looks, each of which is of one moment.
        assert_eq!(house.number(&sql.replace("{round}", &round)).await, 0, "{what}");
    }
}

/// Calls a request off, whatever happens to it meanwhile.
async fn call_off(house: &House, request: RequestId) {
    loop {
        let because = json!({ "seen": house.state(EntityKind::Request, request).await, "reason": "erreur" });
        match house.manager.tries(command("request.cancel", request, because)).await {
            Ok(_) => return,
            Err(ClientError::Problem(problem)) if word(&problem) == "state-moved" => {}
            Err(error) => panic!("{error:?}"),
        }
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres_and_two_offices(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_dispatchers_do_at_the_same_time_offers_assignments_and_requests_agree(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let policy = json!({ "fields": { "send_hold_s": { "seen": 15, "new": 0 }, "next_tier_by_itself": { "seen": false, "new": true } } });
    house.manager.gives("policy.edit", loge::domain::policy::policy_id(), policy).await;
    let providers: Vec<ProviderId> = (0..PROVIDERS).map(|_| fresh()).collect();
    for (place, id) in providers.iter().enumerate() {
        let tier = ["inclusion", "inclusion", "ess", "ess", "local"][place];
        let body = json!({ "name": format!("Atelier {place}"), "tier": tier, "phones": ["05 36 49 00 10"], "prefers": "telephone",
            "services": [{ "service_id": directory.pressing, "lead_time_h": 0 }], "hours": { "weekly": "lun-dim 00:00-24:00" } });
        house.manager.gives("provider.create", *id, body).await;
    }
    let due = in_days(7);
    let mut request = complete(&directory);
    request["when"] = json!({ "kind": "due", "at": format!("{due}T12:00:00") });
    let other = match engine {
        Engine::Postgres => Some(house.second_office().await),
        Engine::Sqlite => None,
    };
    let mut people = vec![(house.manager.clone(), house.office.app.clone())];
    if let Some(other) = &other {
        let client = client_of(other).with_token(token(&house.office, &house.manager.login).await);
        people.push((Person { client, ..house.manager.clone() }, other.app.clone()));
    }
    let first = option("LOGE_OFFER_ROUND", FIRST_ROUND);
    let rounds = first + option("LOGE_OFFER_SEQUENCES", SEQUENCES).div_ceil(REQUESTS);
    let walkers = people.len() * DISPATCHERS;
    let (mut made, mut taken) = (0, 0);
    let mut missing = HAPPENS.to_vec();
    for round in first..rounds + MORE_ROUNDS {
        let began = Instant::now();
        let requests = requests(&house, &request).await;
        // Each was two commands of one; here all give theirs at once.
        let pace = began.elapsed() / 2 / u32::try_from(REQUESTS).unwrap() * u32::try_from(walkers).unwrap();
        let mut walks = Vec::new();
        let steps = 2 + Dice(u64::try_from(round).unwrap()).roll(STEPS - 1);
        for (place, (person, office)) in people.iter().flat_map(|at| std::iter::repeat_n(at, DISPATCHERS)).enumerate() {
            let mut walk = Walk {
                person: person.clone(),
                office: office.clone(),
                requests: requests.clone(),
                providers: providers.clone(),
                dice: Dice(u64::try_from(round * 100 + place).unwrap()),
                length: (REQUESTS * steps).div_ceil(walkers),
                pace,
                made: 0,
            };
            walks.push(tokio::spawn(async move {
                let mut taken = 0;
                for _ in 0..walk.length {
                    taken += usize::from(walk.step().await);
                }
                (walk.made, taken)
            }));
        }
        for walk in walks {
            let (steps, of_them) = walk.await.unwrap();
            made += steps;
            taken += of_them;
        }
        agree(&house, &requests).await;
        for request in &requests {
            let states: BTreeSet<OfferState> =
                offers_of(&house.office.app.store, *request).await.iter().map(|offer| offer.state).collect();
            missing.retain(|states_that_happen| states.is_disjoint(&states_that_happen.iter().copied().collect()));
        }
        // A house has no end of open requests: what is done with is called off, which is a step like the others.
        for request in &requests {
            call_off(&house, *request).await;
        }
        agree(&house, &requests).await;
        if round + 1 >= rounds && missing.is_empty() {
            break;
        }
    }
    println!("{made} steps, of which {taken} were taken");
    assert!(missing.is_empty(), "no offer was {missing:?}");
    if let Some(other) = other {
        other.stop().await;
    }
    house.office.stop().await;
}
