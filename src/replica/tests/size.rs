//! How large and how fast the copy is at ten thousand open requests: a measure in release, a loose bound in every build.

use super::*;
use std::time::Instant as Clock;

fn many_requests() -> Vec<Request> {
    (1..10_001_u128)
        .map(|number| {
            let mut asked = request(number);
            asked.fields =
                serde_json::from_value(complete("Deux chemises et une veste, sans amidon, à rendre au casier"))
                    .unwrap();
            asked.fields.detail = Some("chemises blanches".parse().unwrap());
            asked
        })
        .collect()
}

fn many_persons() -> Vec<Beneficiary> {
    let families = ["Durand", "Férut", "Roy", "Martin", "Le Goff", "Ben Amar", "Dupont", "Nguyen", "Castéra", "Lopez"];
    let given = ["Claire", "Élodie", "Marc", "Zoé", "Nadia", "Hugo", "Aïcha", "Jean-Luc", "Léa", "Tom"];
    (0..10_000_u32)
        .map(|number| {
            let place = |of: u32| (number / of % 10) as usize;
            let phone = format!("01 99 00 {:02} {:02}", number / 100, number % 100);
            person(u128::from(number) + 20_000, families[place(1)], given[place(10)], &phone)
        })
        .collect()
}

#[test]
fn ten_thousand_requests_load_and_ten_thousand_persons_are_searched_within_their_budgets() {
    // In a build for tests everything takes many times as long: only what is far out fails there.
    let slack = if cfg!(debug_assertions) { 60 } else { 1 };
    let snapshot = snapshot(1, &many_requests(), &many_persons());
    let started = Clock::now();
    let replica = Replica::load(&snapshot);
    let loaded = started.elapsed();
    let started = Clock::now();
    for text in ["d", "du", "dur", "dura", "zoe fer", "xyz"] {
        replica.persons_named(text, 10);
    }
    let searched = started.elapsed() / 6;
    println!("loaded in {loaded:?}, {searched:?} a key");
    assert!(loaded.as_millis() < 150 * slack, "{loaded:?}");
    assert!(searched.as_micros() < 1_000 * slack, "{searched:?}");
}
