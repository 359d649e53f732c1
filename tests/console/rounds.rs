//! A day of rounds: planned, published, changed by a late call, a leg that fails, planned anew; on a real terminal.

use crate::{
    common::{Engine, Hand, House, complete, directory, in_days, until},
    desk::{Desk, fr},
    pty::{Size, key},
};
use loge::{
    domain::{
        access::Role,
        entity::EntityKind,
        ids::{CourierId, LegId, ProviderId, RequestId, SiteId},
    },
    i18n::say,
    wire::fresh,
};
use serde_json::{Value, json};

const BACK_TAB: &str = "\x1b[Z";

/// A house with a courier who drives at all hours, a provider that is always open, and a request.
async fn carries(house: &House) -> (RequestId, impl Fn(f64) -> Value + use<>) {
    let all = directory(&house.manager).await;
    let base: SiteId = fresh();
    let depot = json!({ "name": "Dépôt", "commune": "Bordeaux", "position": { "lat": 44.8378, "lon": -0.5792 } });
    house.manager.gives("site.create", base, depot).await;
    let lavoir: ProviderId = fresh();
    let body = json!({ "name": "Lavoir Solidaire", "tier": "inclusion", "hours": { "weekly": "lun-dim 00:00-24:00" },
        "position": { "lat": 44.8480, "lon": -0.5790 } });
    house.manager.gives("provider.create", lavoir, body).await;
    let malo: CourierId = fresh();
    let body = json!({ "name": "Malo", "hours": { "weekly": "lun-dim 06:00-22:00" }, "base": { "kind": "site", "site_id": base },
        "vehicle": { "kind": "cargo_bike", "speed_kmh": 13, "capacity_items": 12 } });
    house.manager.gives("courier.create", malo, body).await;
    let request: RequestId = fresh();
    let mut body = complete(&all);
    let due = in_days(7);
    body["when"] = json!({ "kind": "due", "at": format!("{due}T12:00:00") });
    house.manager.gives("request.create", request, body).await;
    let tomorrow = in_days(1);
    let leg = move |north: f64| {
        json!({ "kind": "collect", "request_id": request, "pieces": 2,
            "from": { "kind": "address", "address": "3 quai des Essais", "position": { "lat": north, "lon": -0.5650 } },
            "to": { "kind": "provider", "provider_id": lavoir },
            "window": { "date": tomorrow, "from": "09:00:00", "to": "18:00:00" } })
    };
    (request, leg)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_day_is_planned_published_changed_by_a_late_call_partly_failed_and_planned_anew() {
    let house = House::open(Engine::Sqlite).await;
    let (_, leg) = carries(&house).await;
    for north in [44.8420, 44.8600] {
        house.manager.gives("leg.plan", fresh::<LegId>(), leg(north)).await;
    }
    let ines = house.person("ines", &[Role::Dispatcher]).await;
    let desk = Desk::of(&house, &ines, house.office.url()).await;
    let mut console = desk.connected(Size::USUAL);
    let planned = say(loge::domain::operator::Language::Fr, "change-added", &[("count", "2".to_owned())]);
    // Planned: nobody has a round yet, the plan makes one.
    console.press("3");
    console.press(">");
    console.sees("Malo");
    console.sees(&format!("{} 2", fr("rounds-tab-unplanned")));
    console.sees(&planned);
    console.press(key::TAB);
    console.press("o");
    console.sees("1 Malo");
    console.press("2");
    console.sees(&fr("rounds-all-planned"));
    until("the round has its stops", || async {
        house.number("SELECT count(*) FROM leg WHERE round_id IS NOT NULL").await == 2
    })
    .await;
    // Published.
    console.press(BACK_TAB);
    console.press("o");
    console.sees("1 publier");
    console.press(key::ENTER);
    until("it is published", || async {
        house.number("SELECT count(*) FROM round WHERE state = 'published'").await == 1
    })
    .await;
    // The sheet of who drives tells the times that stand here.
    let hand = Hand::of(&house.office, &house.manager.login).await;
    let rounds = hand.get("/v1/rounds").await.json();
    let sheet = hand.get(&format!("/v1/rounds/{}/sheet", rounds["rows"][0]["id"].as_str().unwrap())).await.text;
    let stops: Vec<&str> = sheet.lines().filter(|line| line.contains("PRENDRE") || line.contains("DÉPOSER")).collect();
    assert_eq!(stops.len(), 4, "{sheet}");
    for stop in stops {
        let mut words = stop.splitn(4, ' ');
        let (number, time) = (words.next().unwrap().trim_end_matches('.').to_owned(), words.next().unwrap());
        console.sees(&format!("{number}   {time}   {}", words.nth(1).unwrap()));
    }
    // A late call: its leg is put in, and nobody else is moved.
    let late: LegId = fresh();
    house.manager.gives("leg.plan", late, leg(44.8500)).await;
    console.sees(&format!("{} 1", fr("rounds-tab-unplanned")));
    let one = say(loge::domain::operator::Language::Fr, "change-added", &[("count", "1".to_owned())]);
    console.sees(&one);
    console.press(key::TAB);
    console.sees("possible");
    console.press("o");
    console.sees("1 Malo");
    console.press(key::ENTER);
    console.sees(&fr("rounds-all-planned"));
    until("the late one has a place", || async {
        house.number("SELECT count(*) FROM leg WHERE round_id IS NOT NULL").await == 3
    })
    .await;
    // The first of them fails; what is tried again is planned anew.
    console.press(BACK_TAB);
    console.press(key::ENTER);
    console.press("g");
    console.press("i");
    console.sees(&format!("2 {}", fr("leg-failure-absent")));
    console.press("2");
    until("it failed, and is to be tried again", || async {
        house.number("SELECT count(*) FROM leg WHERE state = 'failed'").await == 1
            && house.number("SELECT count(*) FROM leg WHERE round_id IS NULL AND state = 'planned'").await == 1
    })
    .await;
    console.sees(&format!("{} 1", fr("rounds-tab-unplanned")));
    console.press(key::TAB);
    console.sees("possible");
    console.press("o");
    console.sees("1 Malo");
    console.press(key::ENTER);
    until("the day is whole again", || async {
        house.number("SELECT count(*) FROM leg WHERE round_id IS NULL AND state = 'planned'").await == 0
    })
    .await;
    assert_ne!(house.state(EntityKind::Leg, late).await, "failed");
    house.office.stop().await;
}
