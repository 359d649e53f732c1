//! How fast calls were answered: of a time, of the house or a site, for managers.

use crate::common::{Engine, Hand, House, directory};
use loge::domain::access::Role;
use rstest::rstest;
use serde_json::json;

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn calls_are_counted_by_day_and_site(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let ours = "0536491234";
    for (call, from, direction, day, events) in [
        ("1", ours, "in", "20", vec![("ring", "08:00:00"), ("answer", "08:00:12"), ("hangup", "08:03:00")]),
        ("2", ours, "in", "20", vec![("ring", "08:10:00"), ("answer", "08:10:40"), ("hangup", "08:13:00")]),
        ("3", "0639980001", "in", "20", vec![("ring", "09:00:00"), ("hangup", "09:00:30")]),
        ("4", "0639980001", "in", "20", vec![("ring", "09:10:00"), ("hangup", "09:10:03")]),
        ("5", ours, "out", "20", vec![("ring", "10:00:00"), ("answer", "10:00:03")]),
        ("6", ours, "in", "20", vec![("ring", "10:10:00")]),
        ("7", ours, "in", "20", vec![("answer", "10:20:00"), ("hangup", "10:21:00")]),
        // In Paris it is the next day already.
        ("8", ours, "in", "20", vec![("ring", "23:30:00"), ("answer", "23:30:05")]),
    ] {
        for (kind, time) in events {
            let event = json!({ "source": "standard", "call_id": call, "event": kind, "direction": direction,
                "from": from, "to": from, "occurred_at": format!("2026-11-{day}T{time}Z") });
            house.manager.gives("contact.call_event", "", event).await;
        }
    }
    let hand = Hand::of(&house.office, "responsable").await;
    let level = async |query: &str| hand.get(&format!("/v1/service-level?{query}")).await;
    let answer = level("from=2026-11-20&to=2026-11-20").await;
    assert_eq!(
        answer.json(),
        json!({ "from": "2026-11-20", "to": "2026-11-20", "site": null, "calls": { "in_time": 1, "late": 1,
            "unmeasured": 1, "missed": 1, "abandoned": 1, "in_time_per_mille": 333 } })
    );
    assert_eq!(level("from=2026-11-21&to=2026-11-21").await.json()["calls"]["in_time"], 1);
    let site = level(&format!("from=2026-11-20&to=2026-11-21&site={}", directory.merignac)).await.json();
    assert_eq!((&site["calls"]["in_time"], &site["calls"]["missed"]), (&json!(2), &json!(0)));
    // A target that is changed afterwards changes nothing of what was.
    for (query, field) in [
        ("to=2026-11-20", "from"),
        ("from=hier&to=2026-11-20", "from"),
        ("from=2026-11-21&to=2026-11-20", "to"),
        ("from=2020-01-01&to=2026-11-20", "to"),
        ("from=2026-11-20&to=2026-11-20&site=x", "site"),
    ] {
        let answer = level(query).await;
        assert_eq!((answer.status, answer.json()["field"].as_str()), (400, Some(field)), "{query}: {}", answer.text);
    }
    house.person("accueil", &[Role::Operator]).await;
    let other = Hand::of(&house.office, "accueil").await;
    assert_eq!(other.get("/v1/service-level?from=2026-11-20&to=2026-11-20").await.status, 403);
    house.office.stop().await;
}
