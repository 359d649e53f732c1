//! Dispatchers who offer, answer, take back and let go at the same time: whatever comes first, offers, assignments and requests agree.

use crate::{
    common::{Engine, House, Person, client_of, complete, directory, in_days, token},
    option,
};
use loge::{
    client::ClientError,
    domain::ids::{OfferId, ProviderId, RequestId},
    wire::{catalogue::Command, fresh},
};
use rstest::rstest;
use serde_json::{Value, json};

/// Requests that are fought over, few enough that they meet.
const REQUESTS: usize = 4;
/// Providers who can be asked.
const PROVIDERS: usize = 5;
/// Dispatchers at each office.
const DISPATCHERS: usize = 4;
/// Rounds at least, after each of which everybody stands still and it is looked.
const ROUNDS: usize = 5;
/// Rounds at most, until everything that can happen to an offer has.
const MOST_ROUNDS: usize = 60;
/// What happens to offers in the course of it.
const HAPPENS: [&str; 4] = ["'accepted', 'released'", "'declined'", "'expired'", "'withdrawn'"];

/// What must be so when nobody writes: a query that counts where it is not.
const NEVER: &[(&str, &str)] = &[
    (
        "a request is assigned exactly if one offer is accepted",
        "SELECT count(*) FROM request WHERE (state = 'assigned') <> \
         ((SELECT count(*) FROM offer WHERE offer.request_id = request.id AND offer.state = 'accepted') = 1)",
    ),
    (
        "whoever accepted is the one assignment at work",
        "SELECT count(*) FROM offer WHERE state = 'accepted' AND (SELECT count(*) FROM assignment \
         WHERE assignment.request_id = offer.request_id AND assignment.state = 'active' \
         AND assignment.doc -> 'by' ->> 'offer_id' = offer.id) <> 1",
    ),
    (
        "nobody is asked for what somebody does",
        "SELECT count(*) FROM offer WHERE state IN ('prepared', 'sent', 'seen') AND EXISTS (SELECT 1 FROM offer AS other \
         WHERE other.request_id = offer.request_id AND other.state = 'accepted')",
    ),
    (
        "a request is offered exactly if somebody is asked and nobody does it",
        "SELECT count(*) FROM request WHERE (state = 'offered') <> \
         EXISTS (SELECT 1 FROM offer WHERE offer.request_id = request.id AND offer.state IN ('prepared', 'sent', 'seen'))",
    ),
    (
        "nobody who declined is asked again",
        "SELECT count(*) FROM offer JOIN offer AS later ON later.request_id = offer.request_id \
         AND later.provider_id = offer.provider_id AND later.doc ->> 'created_at' > offer.doc ->> 'answered_at' \
         WHERE offer.state = 'declined'",
    ),
    (
        "nobody is asked twice at a time",
        "SELECT count(*) FROM offer JOIN offer AS other ON other.request_id = offer.request_id AND other.id < offer.id \
         AND other.provider_id = offer.provider_id AND other.state IN ('prepared', 'sent', 'seen', 'accepted') \
         WHERE offer.state IN ('prepared', 'sent', 'seen', 'accepted')",
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

/// One step of a dispatcher who has not looked for a moment: much of it is refused, none of it fails.
async fn step(
    person: &Person,
    house: &[Value],
    requests: &[RequestId],
    providers: &[ProviderId],
    dice: &mut Dice,
) -> bool {
    let request = *dice.pick(requests).unwrap();
    let of: Vec<&Value> = house.iter().filter(|offer| offer["request_id"] == json!(request)).collect();
    let (name, id, body) = match (dice.roll(11), dice.pick(&of)) {
        (0..=3, _) | (_, None) => {
            let id: OfferId = fresh();
            let deadline = jiff::Timestamp::now()
                + jiff::SignedDuration::from_millis(i64::try_from(400 + dice.roll(4_000)).unwrap());
            let body = json!({ "request_id": request, "provider_id": dice.pick(providers), "way": "telephone", "deadline": deadline });
            ("offer.prepare", id.to_string(), body)
        }
        (act, Some(offer)) => {
            let seen = &offer["state"];
            let (name, body) = match act {
                4..=5 => ("offer.accept", json!({ "seen": seen })),
                6..=7 => ("offer.decline", json!({ "seen": seen, "reason": "complet" })),
                8 => ("offer.withdraw", json!({ "seen": seen, "reason": "erreur" })),
                9 => ("offer.release", json!({ "seen": seen, "reason": "panne" })),
                _ => {
                    let more = jiff::SignedDuration::from_millis(i64::try_from(400 + dice.roll(4_000)).unwrap());
                    ("offer.defer", json!({ "seen": seen, "deadline": jiff::Timestamp::now() + more }))
                }
            };
            (name, offer["id"].as_str().unwrap().to_owned(), body)
        }
    };
    let command = Command::parse(name, Some(id.parse().unwrap()), body.to_string().as_bytes()).unwrap();
    match person.tries(command).await {
        Ok(_) => true,
        Err(ClientError::Problem(problem)) if problem.status < 500 => false,
        Err(error) => panic!("{name}: {error:?}"),
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
    let mut people = vec![house.manager.clone()];
    if let Some(other) = &other {
        let client = client_of(other).with_token(token(&house.office, &house.manager.login).await);
        people.push(Person { client, ..house.manager.clone() });
    }
    let steps = option("LOGE_OFFER_STEPS", 400).div_ceil(ROUNDS * people.len() * DISPATCHERS);
    let (mut made, mut taken, mut missing) = (0, 0, Vec::new());
    for round in 0..MOST_ROUNDS {
        let mut requests = Vec::new();
        for _ in 0..REQUESTS {
            let id: RequestId = fresh();
            house.manager.gives("request.create", id, request.clone()).await;
            house.manager.gives("request.triage", id, json!({ "seen": "new" })).await;
            requests.push(id);
        }
        let mut walks = Vec::new();
        for (place, person) in people.iter().flat_map(|person| std::iter::repeat_n(person, DISPATCHERS)).enumerate() {
            let (person, requests, providers) = (person.clone(), requests.clone(), providers.clone());
            walks.push(tokio::spawn(async move {
                let mut dice = Dice(u64::try_from(round * 100 + place).unwrap());
                let mut done = 0;
                for _ in 0..steps {
                    let snapshot = person.client.snapshot().await.unwrap();
                    let offers = snapshot.rows.iter().find(|(kind, _)| kind.name() == "offer").map(|(_, rows)| rows);
                    let offers: Vec<Value> =
                        offers.into_iter().flatten().map(|row| serde_json::from_str(row.get()).unwrap()).collect();
                    done += usize::from(step(&person, &offers, &requests, &providers, &mut dice).await);
                }
                done
            }));
        }
        for walk in walks {
            taken += walk.await.unwrap();
            made += steps;
        }
        for (what, sql) in NEVER {
            // What happens by itself may happen between two looks, each of which is of one moment.
            assert_eq!(house.number(sql).await, 0, "{what}");
        }
        missing.clear();
        for states in HAPPENS {
            if house.number(&format!("SELECT count(*) FROM offer WHERE state IN ({states})")).await == 0 {
                missing.push(states);
            }
        }
        if round + 1 >= ROUNDS && missing.is_empty() {
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
