//! Rounds that go to their courier by mail: told once, told again where they changed, and driven on a page without an account.

use crate::{
    clients,
    common::{Answer, Engine, in_days, until},
    offers::{Scene, posts, text_of},
    server::header,
};
use loge::{
    domain::{
        entity::EntityKind,
        ids::{CourierId, LegId, RoundId},
        leg::{Leg, LegState},
        reply::{Automatic, Reply},
        round::Round,
    },
    wire::fresh,
};
use rstest::rstest;
use serde_json::{Value, json};

struct Rounds {
    scene: Scene,
    courier: CourierId,
    legs: Vec<LegId>,
}

fn stops(legs: &[LegId]) -> Value {
    let both = |leg: &LegId| [json!({ "leg_id": leg, "act": "take" }), json!({ "leg_id": leg, "act": "leave" })];
    legs.iter().flat_map(both).collect()
}

impl Rounds {
    /// A house with a courier and two legs that are to be driven.
    async fn open(engine: Engine, hold_s: u16) -> Self {
        let scene = Scene::held(engine, hold_s).await;
        let manager = &scene.sending.house.manager;
        let courier: CourierId = fresh();
        let vehicle = json!({ "kind": "bike", "speed_kmh": 15, "capacity_items": 4 });
        let body = json!({ "name": "Malo Trébuchet", "email": "malo@loge.example", "vehicle": vehicle });
        manager.gives("courier.create", courier, body).await;
        let mut legs = Vec::new();
        for _ in 0..2 {
            let (id, request): (LegId, _) = (fresh(), scene.request().await);
            let body = json!({ "kind": "collect", "request_id": request,
                "from": { "kind": "address", "address": "4 rue des Tisserands" },
                "to": { "kind": "site", "site_id": scene.sending.directory.merignac } });
            manager.gives("leg.plan", id, body).await;
            legs.push(id);
        }
        Self { scene, courier, legs }
    }

    async fn gives(&self, name: &str, id: impl ToString, body: Value) {
        self.scene.sending.house.manager.gives(name, id, body).await;
    }

    /// A round of these legs that is published.
    async fn published(&self, legs: &[LegId]) -> RoundId {
        let id: RoundId = fresh();
        let desk = json!({ "kind": "site", "site_id": self.scene.sending.directory.merignac });
        let body = json!({ "courier_id": self.courier, "vehicle": { "kind": "bike", "speed_kmh": 15, "capacity_items": 4 },
            "shift": { "date": in_days(1), "from": "09:00", "to": "17:00" }, "start": desk, "end": desk });
        self.gives("round.create", id, body).await;
        self.gives("round.arrange", id, json!({ "seen": "draft", "stops": stops(legs) })).await;
        self.gives("round.publish", id, json!({ "seen": "draft" })).await;
        id
    }

    /// A mail by its number, from 0, as a person reads it.
    async fn mail(&self, number: usize) -> String {
        let mails = || self.scene.sending.server.mails();
        until("the mail arrives", || async { mails().len() > number }).await;
        mails()[number].clone()
    }

    async fn leg(&self, id: LegId) -> Leg {
        self.scene.sending.house.manager.row(EntityKind::Leg, id).await
    }

    async fn reports(&self, path: &str, leg: LegId, told: &str) -> Answer {
        posts(&self.scene.hand, path, &[("leg", &leg.to_string()), ("told", told)]).await
    }
}

fn path_in(mail: &str) -> String {
    let text = text_of(mail);
    let place = text.find("/r/").unwrap_or_else(|| panic!("no page in {text}"));
    text[place..].split_whitespace().next().unwrap().to_owned()
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_courier_is_told_the_round_and_drives_it_on_a_page_a_press_a_stop(#[case] engine: Engine) {
    let rounds = Rounds::open(engine, 0).await;
    let [one, two] = rounds.legs[..] else { panic!("two legs") };
    let round = rounds.published(&[one, two]).await;
    let mail = rounds.mail(0).await;
    assert_eq!(header(&mail, "To"), "malo@loge.example");
    let text = text_of(&mail);
    assert!(text.contains("PRENDRE 4 rue des Tisserands") && text.contains("Claire Durand"), "{text}");
    let path = path_in(&mail);
    let page = rounds.scene.page(&path).await;
    assert!(page.contains("C'est pris") && !page.contains(">round-"), "{page}");
    assert_eq!(rounds.leg(one).await.state, LegState::Confirmed, "to look at the page changes nothing");
    let answer = rounds.reports(&path, one, "taken").await;
    // The browser goes back to the page.
    assert_eq!((answer.status, rounds.leg(one).await.state), (200, LegState::Underway));
    // The same press twice, as telephones do.
    assert_eq!(rounds.reports(&path, one, "taken").await.status, 200);
    let row: Round = rounds.scene.sending.house.manager.row(EntityKind::Round, round).await;
    assert_eq!(row.state, loge::domain::round::RoundState::Started);
    let page = rounds.scene.page(&path).await;
    assert!(page.contains("C'est déposé"), "the next stop is to leave it: {page}");
    rounds.reports(&path, one, "left").await;
    assert_eq!(rounds.leg(one).await.state, LegState::Done);
    let history = rounds.scene.sending.house.number("SELECT count(*) FROM history WHERE author LIKE '%courier%'").await;
    assert!(history > 0, "it is credited to the courier");
    rounds.reports(&path, two, "absent").await;
    let failed = rounds.leg(two).await;
    assert_eq!(failed.state, LegState::Failed);
    let again = rounds.scene.sending.house.number("SELECT count(*) FROM leg WHERE replaces_id IS NOT NULL").await;
    assert_eq!(again, 1, "another leg takes its place");
    assert_eq!(rounds.scene.sending.house.number("SELECT count(*) FROM exception").await, 0);
    let page = rounds.scene.page(&path).await;
    assert!(page.contains("Je suis rentré"), "{page}");
    posts(&rounds.scene.hand, &path, &[("told", "finish")]).await;
    let page = rounds.scene.page(&path).await;
    assert!(page.contains("Cette tournée est terminée") && !page.contains("<button"), "{page}");
    for (file, kind) in [("sheet.ics", "text/calendar"), ("sheet.html", "text/html"), ("sheet.txt", "text/plain")] {
        let sheet = rounds.scene.hand.get(&format!("{path}/{file}?lang=en")).await;
        assert!(sheet.status == 200 && sheet.header("content-type").starts_with(kind), "{file}: {}", sheet.text);
    }
    rounds.scene.sending.house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn what_changes_is_told_again_and_only_that(#[case] engine: Engine) {
    let rounds = Rounds::open(engine, 0).await;
    let [one, two] = rounds.legs[..] else { panic!("two legs") };
    let round = rounds.published(&[one]).await;
    let first = path_in(&rounds.mail(0).await);
    rounds.gives("round.arrange", round, json!({ "seen": "published", "stops": stops(&[one, two]) })).await;
    let mail = rounds.mail(1).await;
    let text = text_of(&mail);
    assert!(header(&mail, "Subject").contains("changements"), "{}", header(&mail, "Subject"));
    assert!(text.contains("En plus\u{a0}:") && text.contains("3. ") && !text.contains("1. "), "{text}");
    assert_eq!(path_in(&mail), first, "the link stays");
    rounds.gives("leg.cancel", one, json!({ "seen": "confirmed", "reason": "plus besoin" })).await;
    let text = text_of(&rounds.mail(2).await);
    assert!(text.contains("N'y allez plus\u{a0}:") && !text.contains("En plus"), "{text}");
    let other: CourierId = fresh();
    let vehicle = json!({ "kind": "van", "speed_kmh": 20, "capacity_items": 100 });
    let body = json!({ "name": "Rosalie Entraigue", "email": "rosalie@loge.example", "vehicle": vehicle });
    rounds.gives("courier.create", other, body).await;
    let edit = json!({ "fields": { "courier_id": { "seen": rounds.courier, "new": other } } });
    rounds.gives("round.edit", round, edit).await;
    let mails = [rounds.mail(3).await, rounds.mail(4).await];
    let to = |who: &str| mails.iter().find(|mail| header(mail, "To") == who).unwrap();
    assert!(text_of(to("malo@loge.example")).contains("quelqu'un d'autre"), "{mails:?}");
    assert!(text_of(to("rosalie@loge.example")).contains("PRENDRE"), "{mails:?}");
    let gone = rounds.scene.hand.get(&first).await;
    assert!(gone.status == 410 && gone.text.contains("quelqu'un d'autre"), "{}", gone.text);
    rounds.scene.sending.house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn each_stop_has_its_time_in_the_mail_and_an_entry_of_its_own_in_the_couriers_calendar(#[case] engine: Engine) {
    let rounds = Rounds::open(engine, 0).await;
    let site = rounds.scene.sending.directory.merignac;
    let position = json!({ "lat": 44.8400, "lon": -0.6457 });
    let lies = json!({ "fields": { "position": { "seen": null, "new": position } } });
    rounds.gives("site.edit", site, lies).await;
    let mut legs: Vec<LegId> = Vec::new();
    // Doors north of the desk, fourteen and eighteen minutes from it by bicycle.
    for north in [44.8650, 44.8720] {
        let (id, request): (LegId, _) = (fresh(), rounds.scene.request().await);
        let from = json!({ "kind": "address", "address": "4 rue des Tisserands", "position": { "lat": north, "lon": -0.6457 } });
        let body = json!({ "kind": "collect", "request_id": request, "from": from, "to": { "kind": "site", "site_id": site } });
        rounds.gives("leg.plan", id, body).await;
        legs.push(id);
    }
    let [one, two] = legs[..] else { panic!("two legs") };
    let round = rounds.published(&[one]).await;
    let mail = rounds.mail(0).await;
    let (text, path) = (text_of(&mail), path_in(&mail));
    assert!(text.contains("1. 09:14 PRENDRE 4 rue des Tisserands"), "{text}");
    assert!(text.contains(&format!("{path}/sheet.ics")), "{text}");
    let page = rounds.scene.page(&path).await;
    assert!(page.contains("09:14") && page.contains("09:32"), "{page}");
    let calendar = || async { clients::events(&rounds.scene.hand.get(&format!("{path}/sheet.ics")).await.text) };
    let before = calendar().await;
    let summaries: Vec<_> = before.iter().map(|event| event["summary"].as_str().unwrap()).collect();
    assert_eq!(summaries, ["PRENDRE 4 rue des Tisserands", "DÉPOSER Mérignac, permanence"]);
    let there: jiff::civil::DateTime = format!("{}T09:14:00", in_days(1)).parse().unwrap();
    let start: jiff::Timestamp = before[0]["start"].as_str().unwrap().parse().unwrap();
    assert_eq!(start.as_second() / 60, there.in_tz("Europe/Paris").unwrap().timestamp().as_second() / 60);
    assert_eq!((&before[0]["minutes"], &before[0]["status"]), (&json!(4.0), &json!("CONFIRMED")));
    // One comes before it: what was told has another time, under the same name.
    let other = json!({ "seen": "published", "stops": stops(&[two, one]) });
    rounds.gives("round.arrange", round, other).await;
    let text = text_of(&rounds.mail(1).await);
    assert!(text.contains("À une autre heure\u{a0}:") && text.contains("3. 09:57 PRENDRE"), "{text}");
    let moved = calendar().await;
    let of = |events: &[Value], uid: &Value| events.iter().find(|event| event["uid"] == *uid).unwrap().clone();
    let (then, now) = (of(&before, &before[0]["uid"]), of(&moved, &before[0]["uid"]));
    assert!(now["start"].as_str() > then["start"].as_str(), "{now}");
    // It is called off: whoever has its entries is told so.
    rounds.gives("leg.cancel", one, json!({ "seen": "confirmed", "reason": "plus besoin" })).await;
    let after = calendar().await;
    let gone = of(&after, &before[0]["uid"]);
    assert_eq!((after.len(), &gone["status"]), (4, &json!("CANCELLED")));
    assert!(gone["sequence"].as_u64() >= then["sequence"].as_u64(), "{gone}");
    // What is done keeps its time, and is said to be done.
    rounds.reports(&path, two, "taken").await;
    let text = rounds.scene.hand.get(&format!("{path}/sheet.txt")).await.text;
    assert!(text.contains("(fait)"), "{text}");
    rounds.scene.sending.house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn the_way_to_a_door_is_reckoned_once_its_persons_record_says_where_it_is(#[case] engine: Engine) {
    let rounds = Rounds::open(engine, 0).await;
    let directory = &rounds.scene.sending.directory;
    let position = |north: f64| json!({ "lat": north, "lon": -0.6457 });
    let lies = json!({ "fields": { "position": { "seen": null, "new": position(44.84) } } });
    rounds.gives("site.edit", directory.merignac, lies).await;
    rounds.published(&rounds.legs[..1]).await;
    let mail = rounds.mail(0).await;
    assert!(text_of(&mail).contains("1. vers 09:00 PRENDRE 4 rue des Tisserands"), "{}", text_of(&mail));
    let doors = json!([{ "address": "4, rue des Tisserands", "position": position(44.865) }]);
    let known = json!({ "fields": { "addresses": { "seen": [], "new": doors } } });
    rounds.gives("beneficiary.edit", directory.durand, known).await;
    let sheet = rounds.scene.hand.get(&format!("{}/sheet.txt", path_in(&mail))).await.text;
    assert!(sheet.contains("1. 09:14 PRENDRE 4 rue des Tisserands"), "{sheet}");
    rounds.scene.sending.house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn within_the_moments_of_grace_what_was_published_is_taken_back_and_what_changed_is_told_at_once(
    #[case] engine: Engine,
) {
    let rounds = Rounds::open(engine, 60).await;
    let [one, two] = rounds.legs[..] else { panic!("two legs") };
    let round = rounds.published(&[one]).await;
    rounds.gives("round.arrange", round, json!({ "seen": "published", "stops": stops(&[one, two]) })).await;
    let manager = &rounds.scene.sending.house.manager;
    let page: Value = crate::common::Hand::of(&rounds.scene.sending.house.office, &manager.login)
        .await
        .get("/v1/replies?limit=500")
        .await
        .json();
    let replies: Vec<Reply> = serde_json::from_value(page["rows"].clone()).unwrap();
    let told: Vec<_> = replies.iter().filter(|reply| reply.automatic == Some(Automatic::Round)).collect();
    let states: Vec<_> = told.iter().map(|reply| format!("{:?}", reply.state)).collect();
    assert_eq!(states, ["Withdrawn", "Prepared"], "one mail tells both");
    assert!(told[1].fields.text.as_str().contains("4. "), "the whole of it: {}", told[1].fields.text);
    let fresh_round: RoundId = rounds_undone(&rounds, &[]).await;
    assert_eq!(rounds.scene.sending.house.state(EntityKind::Round, fresh_round).await, "draft");
    assert!(rounds.scene.sending.server.mails().is_empty(), "nothing has left the house");
    rounds.scene.sending.house.office.stop().await;
}

/// Publishes a round and takes that back.
async fn rounds_undone(rounds: &Rounds, legs: &[LegId]) -> RoundId {
    let id: RoundId = fresh();
    let desk = json!({ "kind": "site", "site_id": rounds.scene.sending.directory.merignac });
    let body = json!({ "courier_id": rounds.courier, "vehicle": { "kind": "bike", "speed_kmh": 15, "capacity_items": 4 },
        "shift": { "date": in_days(1), "from": "09:00", "to": "17:00" }, "start": desk, "end": desk });
    rounds.gives("round.create", id, body).await;
    rounds.gives("round.arrange", id, json!({ "seen": "draft", "stops": stops(legs) })).await;
    let key: loge::domain::ids::CommandKey = fresh();
    let publish = crate::common::command("round.publish", id, json!({ "seen": "draft" }));
    rounds.scene.sending.house.manager.client.send(key, &publish).await.unwrap();
    rounds.gives("undo", "", json!({ "command": key })).await;
    id
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_link_that_is_not_good_and_a_form_that_is_none_change_nothing_and_say_what_to_do(#[case] engine: Engine) {
    let rounds = Rounds::open(engine, 0).await;
    let [one, two] = rounds.legs[..] else { panic!("two legs") };
    let round = rounds.published(&[one]).await;
    let path = path_in(&rounds.mail(0).await);
    for wrong in ["/r", "/r/", "/r/0123", &path[..path.len() - 2], &format!("{path}00")] {
        let page = rounds.scene.hand.get(wrong).await;
        assert!(page.status == 404 && page.text.contains("Ce lien n'est pas valable"), "{wrong}: {}", page.text);
    }
    assert_eq!(rounds.scene.hand.get(&format!("{path}/other.txt")).await.status, 404);
    for fields in
        [&[("told", "taken")][..], &[("leg", "x"), ("told", "taken")], &[("leg", &one.to_string()), ("told", "eaten")]]
    {
        assert_eq!(posts(&rounds.scene.hand, &path, fields).await.status, 422, "{fields:?}");
    }
    // A leg of another round is none of this courier's.
    rounds.reports(&path, two, "taken").await;
    assert_eq!(rounds.leg(two).await.state, LegState::Planned);
    assert_eq!(rounds.leg(one).await.state, LegState::Confirmed);
    rounds.scene.sending.house.sql(&long_over(engine, round)).await;
    let gone = rounds.scene.hand.get(&path).await;
    assert!(gone.status == 410 && gone.text.contains("n'est plus"), "{}", gone.text);
    rounds.scene.sending.house.office.stop().await;
}

/// Puts the day of a round into the past, behind the office's back.
fn long_over(engine: Engine, round: RoundId) -> String {
    match engine {
        Engine::Sqlite => {
            format!("UPDATE round SET doc = json_set(doc, '$.shift.date', '2020-01-06') WHERE id = '{round}'")
        }
        Engine::Postgres => {
            format!("UPDATE round SET doc = jsonb_set(doc, '{{shift,date}}', '\"2020-01-06\"') WHERE id = '{round}'")
        }
    }
}
