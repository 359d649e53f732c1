//! The village: as large as it is said to be, taken by the office as it went, and played.

use super::*;
use crate::{
    demo::village::Size,
    domain::{
        item::{Holder, Item, ItemState},
        label::Scanned,
        leg::Leg,
        round::{Round, RoundState},
    },
    wire::change::Snapshot,
};
use serde::de::DeserializeOwned;

const SMALL: Scene = Scene::Village(Size { buildings: 6, bags: 48 });

fn small() -> Plan {
    Plan { scene: SMALL, ..plan() }
}

fn rows<T: DeserializeOwned>(snapshot: &Snapshot, kind: EntityKind) -> Vec<T> {
    let rows = snapshot.rows.get(&kind).map(Vec::as_slice).unwrap_or_default();
    rows.iter().map(|row| serde_json::from_str(row.get()).unwrap()).collect()
}

#[test]
fn the_village_has_forty_buildings_twelve_laundries_of_eight_houses_and_its_bags() {
    let village = Scene::Village(Size::WHOLE);
    let directory = directory(village, 7, start()).unwrap();
    assert_eq!((directory.sites.len(), directory.partners.len(), directory.clients.len()), (40, 12, 1));
    assert!(directory.sites.iter().all(|(_, site)| site.position.is_some()));
    let houses: BTreeSet<String> = directory
        .partners
        .iter()
        .flat_map(|partner| &partner.fields.emails)
        .map(|email| email.as_str().split_once('@').unwrap().1.to_owned())
        .collect();
    assert_eq!(houses.len(), 8, "{houses:?}");
    let tiers: BTreeSet<String> =
        directory.partners.iter().map(|partner| format!("{:?}", partner.fields.tier)).collect();
    assert_eq!(tiers.len(), 3, "{tiers:?}");
    let numbers = directory.people.iter().flat_map(|person| &person.fields.phones);
    assert!(numbers.chain(directory.partners.iter().flat_map(|partner| &partner.fields.phones)).all(is_fiction));
    let past = village.past(&directory, 7, Language::Fr).unwrap();
    let bags = past.iter().filter(
        |dated| matches!(&dated.deed, past::Deed::Command(command) if matches!(**command, Command::CreateItem { .. })),
    );
    // What the day hands over, and what lies ready at two desks.
    assert_eq!(bags.count(), 1_600 + 24);
    assert!(past.iter().all(|dated| dated.at < directory.start));
    assert_eq!(past, village.past(&directory, 7, Language::Fr).unwrap());
    let day = |seed| village.day(&directory, seed, Language::Fr).unwrap();
    assert_eq!(day(7), day(7));
    assert_ne!(day(7), day(8));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_bag_of_the_village_has_a_label_and_a_trail_that_contradicts_nothing() {
    for begins in [START, "2026-11-27T17:40:00Z", "2026-06-10T04:00:00Z"] {
        let plan = Plan { start: begins.parse().unwrap(), ..small() };
        let house = House::open(&plan).await.unwrap_or_else(|error| panic!("{begins}: {error:?}"));
        let (client, _) = house.client(&house.office.url(), Seat::Dispatch, Language::Fr).await.unwrap();
        let snapshot = client.snapshot().await.unwrap();
        let bags: Vec<Item> = rows(&snapshot, EntityKind::Item);
        assert_eq!(bags.len(), 48 + 24, "{begins}");
        assert!(bags.iter().all(|bag| bag.state == ItemState::InCustody));
        let labels: BTreeSet<&str> = bags.iter().map(|bag| bag.fields.label.as_str()).collect();
        assert_eq!(labels.len(), bags.len());
        assert!(labels.iter().all(|label| Scanned::read(label).unwrap().is_label()));
        let washing: Vec<&Item> =
            bags.iter().filter(|bag| matches!(bag.fields.holder, Holder::Provider { .. })).collect();
        assert_eq!(washing.len(), 24);
        assert!(washing.iter().all(|bag| bag.trail.len() == 3), "from the building to the courier to the laundry");
        assert_eq!(snapshot.rows.get(&EntityKind::Exception).map_or(0, Vec::len), 0, "{begins}");
        let legs: Vec<Leg> = rows(&snapshot, EntityKind::Leg);
        assert_eq!(legs.len(), 6 + 2 * 6, "back from the laundry; to it and back: {begins}");
        house.close(plan.start).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rounds_are_planned_and_driven_laundries_wash_and_buildings_hand_over_more() {
    let house = House::open(&small()).await.unwrap();
    let (client, _) = house.client(&house.office.url(), Seat::Manager, Language::Fr).await.unwrap();
    let awaited = BTreeSet::from([
        "demo-planned",
        "demo-leg-taken",
        "demo-leg-left",
        "demo-washed",
        "demo-bags",
        "demo-handed-back",
    ]);
    let tally = play(&house, 120.0, None, async |_, mut lines| {
        let mut awaited = awaited.clone();
        while !awaited.is_empty() {
            awaited.remove(lines.recv().await.unwrap().key);
        }
    })
    .await;
    assert!(tally.refused.is_empty(), "{tally:?}");
    let snapshot = client.snapshot().await.unwrap();
    let rounds: Vec<Round> = rows(&snapshot, EntityKind::Round);
    assert!(rounds.iter().any(|round| round.state == RoundState::Started), "{rounds:?}");
    assert_eq!(snapshot.rows.get(&EntityKind::Exception).map_or(0, Vec::len), 0);
    let from = house.from;
    house.close(from).await;
}
