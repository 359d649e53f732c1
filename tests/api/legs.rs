//! Legs: made of a job that was taken, driven in rounds, called off with the job; and who has its things all the while.

use crate::{
    common::{Engine, Hand, command, in_days},
    offers::{HOUR, Scene},
};
use jiff::civil::Date;
use loge::{
    domain::{
        calendar::{Region, french_public_holidays},
        entity::EntityKind,
        exception::Exception,
        ids::{CommandKey, CourierId, ItemId, LegId, OfferId, RequestId, RoundId},
        item::Item,
        leg::{Leg, LegKind, LegState},
        round::Round,
    },
    wire::fresh,
};
use rstest::rstest;
use serde_json::{Value, json};

/// A house with a desk on every day of the week to come, and a courier.
struct Rounds {
    scene: Scene,
    courier: CourierId,
}

/// A job that a provider took, with its two legs.
struct Given {
    request: RequestId,
    offer: OfferId,
    accepted: CommandKey,
    there: Leg,
    back: Leg,
}

/// The first day from tomorrow on that is no public holiday, on which providers do not work.
fn next_working_day() -> Date {
    let is_kept = |day: &Date| french_public_holidays(day.year(), Region::France).iter().any(|(date, _)| date == day);
    (1..8).map(in_days).find(|day| !is_kept(day)).unwrap()
}

fn stops(legs: &[LegId]) -> Value {
    let both = |leg: &LegId| [json!({ "leg_id": leg, "act": "take" }), json!({ "leg_id": leg, "act": "leave" })];
    legs.iter().flat_map(both).collect()
}

impl Rounds {
    async fn open(engine: Engine) -> Self {
        let scene = Scene::open(engine, json!({})).await;
        let (manager, site) = (&scene.house.manager, scene.directory.merignac);
        for ahead in 1..8 {
            let window = json!({ "date": in_days(ahead).to_string(), "from": "12:00", "to": "14:00" });
            let body = json!({ "site_id": site, "window": window });
            manager.gives("permanence.plan", fresh::<loge::domain::ids::PermanenceId>(), body).await;
        }
        let notice = json!({ "fields": { "notice": { "seen": null, "new": "Demander le badge à l’accueil." },
            "address": { "seen": null, "new": "1 esplanade des Deux Rives" } } });
        manager.gives("site.edit", site, notice).await;
        let courier: CourierId = fresh();
        let vehicle = json!({ "kind": "cargo_bike", "speed_kmh": 13, "capacity_items": 20 });
        let body = json!({ "name": "Malo Trébuchet", "email": "malo@loge.example", "vehicle": vehicle });
        manager.gives("courier.create", courier, body).await;
        Self { scene, courier }
    }

    /// A job that the first provider takes.
    async fn given(&self) -> Given {
        let request = self.scene.request().await;
        let offer = self.scene.offers(request, self.scene.providers[0], HOUR).await;
        let accepted: CommandKey = fresh();
        let accept = command("offer.accept", offer, json!({ "seen": "sent" }));
        self.manager().client.send(accepted, &accept).await.unwrap();
        let mut legs = self.legs(request).await;
        assert_eq!(legs.len(), 2, "{legs:?}");
        let (back, there) = (legs.remove(1), legs.remove(0));
        Given { request, offer, accepted, there, back }
    }

    fn manager(&self) -> &crate::common::Person {
        &self.scene.house.manager
    }

    /// The legs of a request in the order in which they are driven.
    async fn legs(&self, request: RequestId) -> Vec<Leg> {
        let mut legs: Vec<Leg> = self.rows("legs").await;
        legs.retain(|leg| leg.fields.request_id == request);
        legs.sort_by_key(|leg| (leg.fields.after.is_some(), leg.id));
        legs
    }

    async fn rows<T: serde::de::DeserializeOwned>(&self, collection: &str) -> Vec<T> {
        let hand = Hand::of(&self.scene.house.office, &self.manager().login).await;
        let page = hand.get(&format!("/v1/{collection}?limit=500")).await.json();
        serde_json::from_value(page["rows"].clone()).unwrap()
    }

    async fn leg(&self, id: LegId) -> Leg {
        self.manager().row(EntityKind::Leg, id).await
    }

    async fn item(&self, id: ItemId) -> Item {
        self.manager().row(EntityKind::Item, id).await
    }

    /// A thing of a request that lies at the desk.
    async fn thing(&self, request: RequestId) -> ItemId {
        let id: ItemId = fresh();
        let site = self.scene.directory.merignac;
        let body = json!({ "label": format!("{}", 4_012_340 + u32::from(id.to_string().as_bytes()[35])), "request_id": request,
            "site_id": site, "holder": { "kind": "concierge", "site_id": site }, "since": jiff::Timestamp::now() });
        self.manager().gives("item.create", id, body).await;
        id
    }

    /// A round of these legs, not yet published.
    async fn round(&self, legs: &[LegId]) -> RoundId {
        let id: RoundId = fresh();
        let desk = json!({ "kind": "site", "site_id": self.scene.directory.merignac });
        let body = json!({ "courier_id": self.courier, "vehicle": { "kind": "cargo_bike", "speed_kmh": 13, "capacity_items": 20 },
            "shift": { "date": in_days(1).to_string(), "from": "09:00", "to": "17:00" }, "start": desk, "end": desk });
        self.manager().gives("round.create", id, body).await;
        self.manager().gives("round.arrange", id, json!({ "seen": "draft", "stops": stops(legs) })).await;
        id
    }

    async fn publish(&self, round: RoundId) {
        self.manager().gives("round.publish", round, json!({ "seen": "draft" })).await;
    }

    async fn happens(&self, name: &str, leg: LegId) {
        self.manager().gives(name, leg, json!({ "occurred_at": jiff::Timestamp::now() })).await;
    }

    async fn exceptions(&self) -> usize {
        self.rows::<Exception>("exceptions").await.len()
    }

    async fn close(self) {
        self.scene.house.office.stop().await;
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_job_that_is_taken_has_its_legs_and_an_undo_takes_them_along(#[case] engine: Engine) {
    let rounds = Rounds::open(engine).await;
    let given = rounds.given().await;
    assert_eq!((given.there.fields.kind, given.back.fields.kind), (LegKind::ToProvider, LegKind::FromProvider));
    assert_eq!(given.back.fields.after, Some(given.there.id));
    assert_eq!((given.there.fields.pieces, given.there.created_by), (Some(3), None));
    let window = given.there.fields.window.unwrap();
    assert_eq!((window.date(), window.from().hour()), (next_working_day(), 12), "from the next desk on");
    rounds.manager().gives("undo", "", json!({ "command": given.accepted })).await;
    let states: Vec<_> = rounds.legs(given.request).await.iter().map(|leg| leg.state).collect();
    assert_eq!(states, [LegState::Cancelled; 2]);
    assert_eq!(rounds.scene.house.state(EntityKind::Request, given.request).await, "offered");
    rounds.close().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn windows_follow_the_promise_unless_somebody_moved_them_and_what_is_ready_may_be_fetched(
    #[case] engine: Engine,
) {
    let rounds = Rounds::open(engine).await;
    let given = rounds.given().await;
    let moved = rounds.given().await;
    let window = json!({ "date": in_days(3).to_string(), "from": "09:00", "to": "10:00" });
    rounds.manager().gives("leg.move", moved.there.id, json!({ "seen": "planned", "window": window })).await;
    for request in [given.request, moved.request] {
        let seen = json!({ "kind": "due", "at": format!("{}T12:00:00", in_days(7)) });
        let new = json!({ "kind": "due", "at": format!("{}T12:00:00", in_days(2)) });
        let edit = json!({ "fields": { "when": { "seen": seen, "new": new },
            "handover": { "seen": null, "new": { "kind": "home", "address": "12 rue des Acacias" } } } });
        rounds.manager().gives("request.edit", request, edit).await;
    }
    let (there, back) = (rounds.leg(given.there.id).await, rounds.leg(given.back.id).await);
    assert_eq!((there.fields.kind, back.fields.kind), (LegKind::Collect, LegKind::HandBack));
    assert!(back.fields.window.unwrap().date() <= in_days(2));
    let by_hand = rounds.leg(moved.there.id).await.fields.window.unwrap();
    assert_eq!((by_hand.date(), by_hand.from().hour()), (in_days(3), 9));
    rounds.manager().gives("offer.fulfil", given.offer, json!({ "seen": "accepted" })).await;
    let freed = rounds.leg(given.back.id).await.fields.window.unwrap();
    assert!(freed.date() <= back.fields.window.unwrap().date());
    rounds.close().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn things_go_with_their_legs_from_the_desk_to_the_provider_and_back(#[case] engine: Engine) {
    let rounds = Rounds::open(engine).await;
    let given = rounds.given().await;
    let thing = rounds.thing(given.request).await;
    let round = rounds.round(&[given.there.id, given.back.id]).await;
    rounds.publish(round).await;
    assert_eq!(rounds.leg(given.there.id).await.state, LegState::Confirmed);
    let courier = json!({ "kind": "courier", "courier_id": rounds.courier });
    let provider = json!({ "kind": "provider", "provider_id": rounds.scene.providers[0] });
    let holder = |item: Item| serde_json::to_value(item.fields.holder).unwrap();
    rounds.manager().gives("leg.start", given.there.id, json!({ "seen": "confirmed" })).await;
    assert_eq!(holder(rounds.item(thing).await), courier);
    assert_eq!(rounds.scene.house.state(EntityKind::Round, round).await, "started", "by its first stop");
    assert_eq!(rounds.scene.house.state(EntityKind::Request, given.request).await, "underway");
    rounds.happens("leg.done", given.there.id).await;
    assert_eq!(holder(rounds.item(thing).await), provider);
    // Told without having been told that it set out.
    rounds.happens("leg.done", given.back.id).await;
    let back = rounds.item(thing).await;
    assert_eq!(holder(back.clone())["kind"], "concierge");
    assert_eq!(back.trail.len(), 4);
    assert_eq!(rounds.scene.house.state(EntityKind::Request, given.request).await, "ready");
    assert_eq!(rounds.exceptions().await, 0);
    rounds.happens("leg.done", given.back.id).await;
    assert_eq!(rounds.exceptions().await, 1, "the same end twice is for a person");
    rounds.manager().gives("round.finish", round, json!({ "seen": "started" })).await;
    rounds.close().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn what_a_provider_gives_back_is_not_driven_and_what_is_under_way_is_turned_back(#[case] engine: Engine) {
    let rounds = Rounds::open(engine).await;
    let (given, other) = (rounds.given().await, rounds.given().await);
    let thing = rounds.thing(given.request).await;
    let round = rounds.round(&[given.there.id, other.there.id, given.back.id]).await;
    rounds.publish(round).await;
    rounds.manager().gives("leg.start", given.there.id, json!({ "seen": "confirmed" })).await;
    let because = json!({ "seen": "underway", "reason": "le prestataire ferme" });
    rounds.manager().gives("request.release", given.request, because).await;
    let legs = rounds.legs(given.request).await;
    let (off, turned): (Vec<_>, Vec<_>) = legs.iter().partition(|leg| leg.state == LegState::Cancelled);
    assert_eq!((off.len(), turned.len()), (2, 1));
    assert!(off.iter().all(|leg| leg.reason.as_ref().unwrap().as_str() == "le prestataire ferme"));
    let turned = turned[0];
    assert_eq!((turned.state, turned.replaces), (LegState::Underway, Some(given.there.id)));
    assert_eq!(turned.fields.to, given.there.fields.from);
    let row: Round = rounds.manager().row(EntityKind::Round, round).await;
    assert_eq!(row.legs().collect::<Vec<_>>(), [turned.id, other.there.id]);
    assert_eq!(rounds.leg(other.there.id).await.position, Some(2));
    rounds.happens("leg.done", turned.id).await;
    assert_eq!(serde_json::to_value(rounds.item(thing).await.fields.holder).unwrap()["kind"], "concierge");
    assert_eq!(rounds.scene.house.state(EntityKind::Request, given.request).await, "triaged", "it is open for others");
    // The other goes on, and is cancelled before it set out.
    let because = json!({ "seen": "assigned", "reason": "plus besoin" });
    rounds.manager().gives("request.cancel", other.request, because).await;
    let row: Round = rounds.manager().row(EntityKind::Round, round).await;
    assert_eq!(row.legs().collect::<Vec<_>>(), [turned.id]);
    rounds.close().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_leg_that_fails_is_followed_by_another_and_a_round_that_is_back_leaves_the_rest_to_plan(
    #[case] engine: Engine,
) {
    let rounds = Rounds::open(engine).await;
    let given = rounds.given().await;
    let round = rounds.round(&[given.there.id, given.back.id]).await;
    rounds.publish(round).await;
    let retry: LegId = fresh();
    let closed =
        json!({ "occurred_at": jiff::Timestamp::now(), "failure": { "reason": "closed" }, "retry": { "id": retry } });
    rounds.manager().gives("leg.fail", given.there.id, closed).await;
    let next = rounds.leg(retry).await;
    assert_eq!((next.replaces, next.state, next.round_id), (Some(given.there.id), LegState::Planned, None));
    assert_eq!(rounds.leg(given.back.id).await.fields.after, Some(retry));
    rounds.manager().gives("round.start", round, json!({ "seen": "published" })).await;
    rounds.manager().gives("round.finish", round, json!({ "seen": "started" })).await;
    let back = rounds.leg(given.back.id).await;
    assert_eq!((back.state, back.round_id), (LegState::Planned, None));
    let history: Value = Hand::of(&rounds.scene.house.office, &rounds.manager().login)
        .await
        .get(&format!("/v1/legs/{}/history", back.id))
        .await
        .json();
    assert!(history.to_string().contains("la tournée est rentrée"), "{history}");
    rounds.close().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_sheet_tells_where_what_and_how_in_three_forms_and_two_languages(#[case] engine: Engine) {
    let rounds = Rounds::open(engine).await;
    let given = rounds.given().await;
    rounds.thing(given.request).await;
    let round = rounds.round(&[given.there.id, given.back.id]).await;
    let hand = Hand::of(&rounds.scene.house.office, &rounds.manager().login).await;
    let path = format!("/v1/rounds/{round}/sheet");
    let text = hand.get(&path).await;
    assert_eq!((text.status, text.header("content-type")), (200, "text/plain; charset=utf-8"));
    for said in [
        "Tournée de Malo Trébuchet",
        "PRENDRE Mérignac, permanence",
        "1 esplanade des Deux Rives, Mérignac",
        "Demander le badge à l’accueil.",
        "étiquettes 4012",
        "DÉPOSER Atelier",
    ] {
        assert!(text.text.contains(said), "{said}\n{}", text.text);
    }
    assert!(!text.text.contains("Durand"), "a name is told at a home alone: {}", text.text);
    let page = hand.get(&format!("{path}?format=html&lang=en")).await;
    assert!(page.text.contains("<html lang=\"en\">") && page.text.contains("TAKE Mérignac, desk"), "{}", page.text);
    let calendar = hand.get(&format!("{path}?format=ics")).await;
    assert_eq!(calendar.header("content-type"), "text/calendar; charset=utf-8");
    assert!(calendar.text.contains("BEGIN:VEVENT") && calendar.text.contains("METHOD:PUBLISH"), "{}", calendar.text);
    for wrong in ["?format=pdf", "?lang=de", "?other=1"] {
        assert_eq!(hand.get(&format!("{path}{wrong}")).await.status, 400, "{wrong}");
    }
    assert_eq!(hand.get(&format!("/v1/rounds/{}/sheet", fresh::<RoundId>())).await.status, 404);
    assert_eq!(Hand::new(&rounds.scene.house.office).get(&path).await.status, 401);
    rounds.close().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn ways_between_places_are_told_with_who_says_so(#[case] engine: Engine) {
    let rounds = Rounds::open(engine).await;
    let hand = Hand::of(&rounds.scene.house.office, &rounds.manager().login).await;
    let place = |lat: f64, lon: f64| json!({ "lat": lat, "lon": lon });
    let ask = |body: Value| {
        let hand = hand.clone();
        async move { hand.put_in("POST", "/v1/travel-times", &body).await }
    };
    let told =
        ask(json!({ "vehicle": "bike", "positions": [place(44.84125, -0.6457), place(44.8784, -0.6079)] })).await;
    assert_eq!((told.status, &told.json()["source"]), (200, &json!({ "kind": "estimate" })));
    let there = told.json()["seconds"][0][1].as_u64().unwrap();
    assert!((1200..2400).contains(&there), "{there}");
    for wrong in [
        json!({ "vehicle": "bike", "positions": [place(91.0, 0.0)] }),
        json!({ "vehicle": "train", "positions": [] }),
        json!({ "vehicle": "bike", "speed_kmh": 0, "positions": [] }),
        json!({ "vehicle": "bike", "positions": vec![place(44.8, -0.6); 251] }),
    ] {
        assert_eq!(ask(wrong.clone()).await.status, 422, "{wrong}");
    }
    rounds.close().await;
}
