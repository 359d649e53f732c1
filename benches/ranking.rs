//! How long ranking takes, beside its budgets: providers for one request, and ten thousand requests in one go.
//!
//! `cargo bench --bench ranking --no-default-features`

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a benchmark may stop where it stands"
)]

use loge::domain::{
    ids::{ProviderId, ServiceId, SiteId},
    policy::PolicyFields,
    provider::Provider,
    ranking::{Job, Load, Roster},
    register::Entry,
    request::Quantity,
    service::ServiceFields,
    time::{Instant as Moment, When, Zone},
};
use serde_json::json;
use std::{
    collections::{BTreeSet, HashMap},
    time::Instant,
};
use uuid::Uuid;

const PROVIDERS: u128 = 500;
const REQUESTS: usize = 10_000;
const ROUNDS: usize = 200;

fn service() -> ServiceFields {
    serde_json::from_value(json!({ "name": "Pressing", "family": "textile", "everyday": "everyday", "vat": 2000,
        "carriage": "there_and_back", "lead_time_h": 8, "price": { "kind": "per_unit", "cents": 450 } }))
    .unwrap()
}

fn provider(number: u128, service: ServiceId) -> Provider {
    let tier = ["inclusion", "ess", "local", "other"][usize::try_from(number % 4).unwrap()];
    let fields = json!({ "name": format!("Lavoir {number}"), "tier": tier, "capacity_per_day": number % 7 + 1,
        "services": [{ "service_id": service, "lead_time_h": number % 30 }],
        "hours": { "weekly": "lun-ven 08:00-12:00,14:00-18:00", "closed": [{ "from": "2026-12-24", "to": "2027-01-02" }] } });
    Entry::create(Uuid::from_u128(number).into(), serde_json::from_value(fields).unwrap()).unwrap()
}

fn main() {
    let (id, site): (ServiceId, SiteId) = (Uuid::from_u128(1).into(), Uuid::from_u128(2).into());
    let service = service();
    let providers: Vec<Provider> = (1..=PROVIDERS).map(|number| provider(number, id)).collect();
    let loads: HashMap<ProviderId, Load> = providers
        .iter()
        .zip(0_u32..)
        .map(|(provider, number)| (provider.id, Load { recent: number % 40, ..Load::default() }))
        .collect();
    let (policy, zone) = (PolicyFields::default(), Zone::default());
    let now = Moment::from_micros(1_795_770_000_000_000).unwrap();
    let roster = || Roster::new(now, &policy, [(id, &service)], &providers, &loads);
    let none = BTreeSet::new();
    let job = |day: usize| Job {
        service: id,
        site,
        when: serde_json::from_value::<When>(
            json!({ "kind": "due", "at": format!("2026-12-{:02}T12:00:00", day % 28 + 1) }),
        )
        .unwrap(),
        zone: &zone,
        quantity: Quantity::default(),
        declined: &none,
        asked: &none,
    };
    let jobs: Vec<Job<'_>> = (0..REQUESTS).map(job).collect();
    let begun = Instant::now();
    let mut seen = 0;
    for job in jobs.iter().take(ROUNDS) {
        seen += roster().rank(job).ranked.len();
    }
    let one = begun.elapsed().as_secs_f64() * 1000.0 / f64::from(u32::try_from(ROUNDS).unwrap());
    line(&format!("{PROVIDERS} providers for one request, from nothing"), one, "ms", 1.0);
    let begun = Instant::now();
    let roster = roster();
    for job in &jobs {
        seen += roster.rank(job).ranked.len();
    }
    line(&format!("{REQUESTS} requests in one go, {PROVIDERS} providers"), begun.elapsed().as_secs_f64(), "s", 5.0);
    assert!(seen > 0);
}

fn line(what: &str, figure: f64, unit: &str, most: f64) {
    let verdict = if figure <= most { "kept" } else { "MISSED" };
    println!("  {what:<62} {figure:>10.3} {unit:<3} budget <= {most:<6} {verdict}");
}
