//! What happened in a time: counted by hand here, by the database there.

use crate::common::{Directory, Engine, Hand, House, complete, directory, until};
use loge::{
    domain::{
        access::Role,
        entity::EntityKind,
        ids::{ContactId, OfferId, PermanenceId, ProviderId, RequestId, SiteId},
    },
    office::storage::document,
    wire::fresh,
};
use rstest::rstest;
use serde_json::{Value, json};

/// A Tuesday of a week without a public holiday, in winter: Paris is an hour ahead.
const DAY: &str = "2025-11-18";

impl House {
    /// Gives fields of a row other values behind the office's back, as if it had been written at another time.
    async fn rewrite(&self, kind: EntityKind, id: impl ToString, fields: Value) {
        let id = id.to_string();
        let mut tx = self.office.app.store.write().await.unwrap();
        let mut doc: Value =
            serde_json::from_str(&document::load_text(&mut tx, kind, &id).await.unwrap().unwrap()).unwrap();
        doc.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        document::put(&mut tx, kind, &id, &doc.to_string()).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// A call, event by event: at these times of a day, in UTC.
    async fn call(&self, id: &str, from: &str, direction: &str, events: &[(&str, &str)]) {
        for (kind, at) in events {
            let event = json!({ "source": "standard", "call_id": id, "event": kind, "direction": direction,
                "from": from, "to": from, "occurred_at": at });
            self.manager.gives("contact.call_event", "", event).await;
        }
    }
}

fn at(time: &str) -> String {
    format!("{DAY}T{time}.000000Z")
}

/// The clocks, arrivals and so on of an answer as short lines.
fn arrived(answer: &Value, of: &str) -> Vec<String> {
    let line = |row: &Value| format!("{} {} {}", row["hour"], row["channel"].as_str().unwrap(), row["count"]);
    answer[of].as_array().unwrap().iter().map(line).collect()
}

fn clocks(answer: &Value) -> Vec<(String, [i64; 4])> {
    let line = |row: &Value| {
        let counts = ["kept", "missed", "running", "overdue"].map(|name| row[name].as_i64().unwrap());
        (row["kind"].as_str().unwrap().to_owned(), counts)
    };
    answer["clocks"].as_array().unwrap().iter().map(line).filter(|(_, counts)| *counts != [0; 4]).collect()
}

/// Known and unknown callers: one of Mérignac, one of nowhere.
const OURS: &str = "0536491234";
const UNKNOWN: &str = "0639980001";

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn arrivals_are_counted_by_the_hour_that_clocks_show_also_where_the_day_has_23_or_25(#[case] engine: Engine) {
    let house = House::open(engine).await;
    directory(&house.manager).await;
    for (id, rings) in [
        // Paris, 26 October 2025: two o'clock comes twice.
        ("before", "2025-10-25T21:59:59Z"),
        ("first", "2025-10-25T22:00:00Z"),
        ("summer", "2025-10-26T00:30:00Z"),
        ("winter", "2025-10-26T01:30:00Z"),
        ("last", "2025-10-26T22:59:59Z"),
        ("after", "2025-10-26T23:00:00Z"),
        // 30 March 2025: two o'clock never comes.
        ("one", "2025-03-30T00:59:59Z"),
        ("three", "2025-03-30T01:00:00Z"),
    ] {
        house.call(id, UNKNOWN, "in", &[("ring", rings)]).await;
    }
    let hand = Hand::of(&house.office, "responsable").await;
    let of = async |from: &str, to: &str| -> Vec<String> {
        arrived(&hand.get(&format!("/v1/activity?from={from}&to={to}")).await.json(), "contacts")
    };
    assert_eq!(of("2025-10-26", "2025-10-26").await, ["0 phone 1", "2 phone 2", "23 phone 1"]);
    assert_eq!(of("2025-10-25", "2025-10-25").await, ["23 phone 1"]);
    assert_eq!(of("2025-03-30", "2025-03-30").await, ["1 phone 1", "3 phone 1"]);
    let whole = ["0 phone 2", "1 phone 1", "2 phone 2", "3 phone 1", "23 phone 2"];
    assert_eq!(of("2025-01-01", "2025-12-31").await, whole);
    assert_eq!(of("2025-10-28", "2025-10-28").await, Vec::<String>::new());
    house.office.stop().await;
}

/// A day on two sites, with its figures known.
struct Scene {
    house: House,
    directory: Directory,
    atelier: ProviderId,
    pressing: ProviderId,
}

impl Scene {
    async fn open(engine: Engine) -> Self {
        let house = House::open(engine).await;
        let directory = directory(&house.manager).await;
        let at_once = json!({ "fields": { "send_hold_s": { "seen": 15, "new": 0 } } });
        house.manager.gives("policy.edit", loge::domain::policy::policy_id(), at_once).await;
        let [atelier, pressing] = [("Atelier", "inclusion", json!(4)), ("Pressing", "local", Value::Null)]
            .map(|made| (fresh::<ProviderId>(), made));
        for (id, (name, tier, capacity)) in [&atelier, &pressing] {
            let body = json!({ "name": name, "tier": tier, "phones": ["05 36 49 00 10"], "prefers": "telephone",
                "capacity_per_day": capacity, "hours": { "weekly": "lun-ven 08:00-18:00" } });
            house.manager.gives("provider.create", *id, body).await;
        }
        Self { house, directory, atelier: atelier.0, pressing: pressing.0 }
    }

    /// A request of the day, written down at a time, for the day after.
    async fn request(&self, channel: &str, time: &str, site: SiteId, cents: i64) -> RequestId {
        let request: RequestId = fresh();
        let mut body = complete(&self.directory);
        body["channel"] = json!(channel);
        body["site_id"] = json!(site);
        body["price"] = json!(cents);
        body["when"] = json!({ "kind": "due", "at": "2025-11-19T12:00:00" });
        self.house.manager.gives("request.create", request, body).await;
        self.house.manager.gives("request.triage", request, json!({ "seen": "new" })).await;
        self.house.rewrite(EntityKind::Request, request, json!({ "created_at": at(time) })).await;
        request
    }

    /// Offers it to a provider on that day.
    async fn offer(&self, request: RequestId, provider: ProviderId, lasts_ms: i64) -> OfferId {
        let offer: OfferId = fresh();
        let deadline = jiff::Timestamp::now() + jiff::SignedDuration::from_millis(lasts_ms);
        let fields =
            json!({ "request_id": request, "provider_id": provider, "way": "telephone", "deadline": deadline });
        self.house.manager.gives("offer.prepare", offer, fields).await;
        until("it is out", || async { self.house.state(EntityKind::Offer, offer).await == "sent" }).await;
        offer
    }

    /// Gives it to a provider on that day; answers the offer.
    async fn give(&self, request: RequestId, provider: ProviderId) -> OfferId {
        let offer = self.offer(request, provider, 3_600_000).await;
        self.house.manager.gives("offer.accept", offer, json!({ "seen": "sent" })).await;
        self.back_to_the_day(offer, request).await;
        offer
    }

    /// Offer and assignment are of the day.
    async fn back_to_the_day(&self, offer: OfferId, request: RequestId) {
        self.house.rewrite(EntityKind::Offer, offer, json!({ "created_at": at("10:00:00") })).await;
        let row: Value = self.house.manager.row(EntityKind::Request, request).await;
        if let Some(assignment) = row["assignment_id"].as_str() {
            self.house.rewrite(EntityKind::Assignment, assignment, json!({ "created_at": at("10:05:00") })).await;
        }
    }

    /// It ended on the day.
    async fn ended(&self, request: RequestId, time: &str) {
        self.house.rewrite(EntityKind::Request, request, json!({ "ended_at": at(time) })).await;
    }

    async fn permanence(&self, site: SiteId, from: &str, to: &str) -> PermanenceId {
        let permanence: PermanenceId = fresh();
        let window = json!({ "date": DAY, "from": from, "to": to });
        self.house.manager.gives("permanence.plan", permanence, json!({ "site_id": site, "window": window })).await;
        until("nobody came", || async { self.house.state(EntityKind::Permanence, permanence).await == "missed" }).await;
        permanence
    }

    /// Calls, a mail, a walk-in; requests given, declined, done, refused; a desk held, one not.
    async fn fill(&self) {
        let (house, Directory { merignac, bruges, .. }) = (&self.house, &self.directory);
        let of =
            |times: &[(&'static str, &str)]| times.iter().map(|(kind, time)| (*kind, at(time))).collect::<Vec<_>>();
        for (id, from, direction, times) in [
            ("in time", OURS, "in", of(&[("ring", "08:00:00"), ("answer", "08:00:12"), ("hangup", "08:03:00")])),
            ("late", OURS, "in", of(&[("ring", "08:10:00"), ("answer", "08:10:40"), ("hangup", "08:13:00")])),
            ("nobody", UNKNOWN, "in", of(&[("ring", "09:00:00"), ("hangup", "09:00:10")])),
            ("given up", UNKNOWN, "in", of(&[("ring", "09:10:00"), ("hangup", "09:10:03")])),
            ("out", OURS, "out", of(&[("ring", "10:00:00"), ("answer", "10:00:03")])),
        ] {
            let times: Vec<_> = times.iter().map(|(kind, time)| (*kind, time.as_str())).collect();
            house.call(id, from, direction, &times).await;
        }
        for (id, nature) in [("<1@metropole.example>", "personal"), ("<2@metropole.example>", "auto_reply")] {
            let what = json!({ "mailbox": "accueil", "message_id": id, "from": "claire.durand@metropole.example",
                "subject": "Mes chemises", "text": "Bonjour", "nature": nature });
            let body = json!({ "occurred_at": at("12:20:00"), "what": what, "site_id": merignac });
            house.manager.gives("contact.message", fresh::<ContactId>(), body).await;
        }
        let body = json!({ "occurred_at": at("11:30:00"), "site_id": bruges, "what": { "text": "un ourlet ?" } });
        house.manager.gives("contact.walk_in", fresh::<ContactId>(), body).await;

        let done = self.request("phone", "08:15:00", *merignac, 1_350).await;
        let offer = self.give(done, self.atelier).await;
        house.manager.gives("request.ready", done, json!({ "seen": "assigned" })).await;
        house.manager.gives("request.done", done, json!({ "seen": "ready" })).await;
        if house.state(EntityKind::Offer, offer).await == "accepted" {
            house.manager.gives("offer.fulfil", offer, json!({ "seen": "accepted" })).await;
        }
        self.ended(done, "16:00:00").await;
        self.back_to_the_day(offer, done).await;

        let declined = self.request("phone", "08:40:00", *merignac, 900).await;
        let offer = self.offer(declined, self.atelier, 3_600_000).await;
        house.manager.gives("offer.decline", offer, json!({ "seen": "sent", "reason": "complet" })).await;
        self.back_to_the_day(offer, declined).await;
        self.give(declined, self.pressing).await;

        let refused = self.request("email", "13:05:00", *bruges, 500).await;
        house.manager.gives("request.refuse", refused, json!({ "seen": "triaged", "reason": "hors catalogue" })).await;
        self.ended(refused, "14:00:00").await;

        let elsewhere = self.request("permanence", "13:10:00", *bruges, 2_000).await;
        self.give(elsewhere, self.pressing).await;

        let held = self.permanence(*merignac, "12:00", "14:00").await;
        house.manager.gives("permanence.open", held, json!({ "occurred_at": at("11:05:00") })).await;
        house.manager.gives("permanence.close", held, json!({ "occurred_at": at("12:50:00") })).await;
        self.permanence(*bruges, "09:00", "10:30").await;
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_day_is_counted_as_by_hand_and_nothing_of_another_site_with_it(#[case] engine: Engine) {
    let scene = Scene::open(engine).await;
    scene.fill().await;
    let (house, Directory { merignac, bruges, client, .. }) = (&scene.house, &scene.directory);
    let hand = Hand::of(&house.office, "responsable").await;
    let day = format!("from={DAY}&to={DAY}");
    let all = hand.get(&format!("/v1/activity?{day}")).await.json();
    assert_eq!((&all["from"], &all["to"], &all["site"]), (&json!(DAY), &json!(DAY), &Value::Null));
    assert_eq!(arrived(&all, "contacts"), ["9 phone 2", "10 phone 2", "12 permanence 1", "13 email 1"]);
    assert_eq!(arrived(&all, "requests"), ["9 phone 2", "14 email 1", "14 permanence 1"]);
    // A call that nobody answered is missed, however soon it was over; the mail and both callbacks still run.
    let first_answers = ("first_answer".to_owned(), [1, 2, 0, 1]);
    assert_eq!(clocks(&all)[..2], [first_answers, ("callback".to_owned(), [0, 0, 0, 2])], "{all}");
    assert_eq!(all["abandoned"], 1);
    let desks = json!({ "planned": 0, "open": 0, "held": 1, "missed": 1, "cancelled": 0,
        "agreed_minutes": 210, "held_minutes": 105 });
    assert_eq!(all["permanences"], desks);
    let mut providers = [
        json!({ "provider_id": scene.atelier, "given": 1, "done": 1, "lost": 0, "jobs": 0, "capacity": 4, "offers": 2, "declined": 1, "expired": 0 }),
        json!({ "provider_id": scene.pressing, "given": 2, "done": 0, "lost": 0, "jobs": 0, "capacity": null, "offers": 2, "declined": 0, "expired": 0 }),
    ];
    providers.sort_by_key(|row| row["provider_id"].as_str().unwrap().to_owned());
    assert_eq!(all["providers"], json!(providers));
    assert_eq!(all["outcomes"], json!([{ "state": "done", "count": 1 }, { "state": "refused", "count": 1 }]));

    // The jobs are for the day after; a week has five days on which the workshop is open.
    let week = hand.get("/v1/activity?from=2025-11-17&to=2025-11-23").await.json();
    let of = |id: ProviderId| {
        let rows = week["providers"].as_array().unwrap().iter().find(|row| row["provider_id"] == json!(id)).unwrap();
        (rows["jobs"].clone(), rows["capacity"].clone())
    };
    assert_eq!((of(scene.atelier), of(scene.pressing)), ((json!(1), json!(20)), (json!(2), Value::Null)));

    // Who works on one site counts what is of it, and what is of none; asked for another, nothing.
    house.person_on("conciergerie", &[Role::Concierge], &[*bruges]).await;
    let theirs = Hand::of(&house.office, "conciergerie").await;
    let seen = theirs.get(&format!("/v1/activity?{day}")).await.json();
    assert_eq!(
        arrived(&seen, "contacts"),
        ["10 phone 2", "12 permanence 1"],
        "nobody knows where those calls came from"
    );
    assert_eq!(arrived(&seen, "requests"), ["14 email 1", "14 permanence 1"]);
    assert_eq!((&seen["permanences"]["held"], &seen["permanences"]["missed"]), (&json!(0), &json!(1)));
    assert_eq!(seen["providers"].as_array().unwrap().len(), 1);
    assert_eq!((&seen["providers"][0]["given"], &seen["providers"][0]["offers"]), (&json!(1), &json!(1)));
    assert_eq!(seen["outcomes"], json!([{ "state": "refused", "count": 1 }]));
    let not_theirs = theirs.get(&format!("/v1/activity?{day}&site={merignac}")).await.json();
    for nothing in ["contacts", "requests", "providers", "outcomes"] {
        assert_eq!(not_theirs[nothing], json!([]), "{nothing}");
    }
    assert_eq!((clocks(&not_theirs), &not_theirs["permanences"]["agreed_minutes"]), (vec![], &json!(0)));
    let one = hand.get(&format!("/v1/activity?{day}&site={bruges}")).await.json();
    assert_eq!(arrived(&one, "contacts"), ["12 permanence 1"]);

    // The share: three jobs, one of them to the workshop.
    let by = hand.get(&format!("/v1/ess/by?{day}")).await.json();
    let share = |ess: (i64, i64), all: (i64, i64)| json!({ "ess": { "jobs": ess.0, "cents": ess.1 }, "all": { "jobs": all.0, "cents": all.1 } });
    assert_eq!(by["whole"], share((1, 1_350), (3, 4_250)));
    assert_eq!(by["clients"], json!([{ "client_id": client, "share": share((1, 1_350), (3, 4_250)) }]));
    let mut sites = [
        json!({ "site_id": merignac, "share": share((1, 1_350), (2, 2_250)) }),
        json!({ "site_id": bruges, "share": share((0, 0), (1, 2_000)) }),
    ];
    sites.sort_by_key(|row| row["site_id"].as_str().unwrap().to_owned());
    assert_eq!(by["sites"], json!(sites));
    assert_eq!(hand.get(&format!("/v1/ess?{day}")).await.json(), by["whole"]);
    let theirs_by = theirs.get(&format!("/v1/ess/by?{day}")).await.json();
    assert_eq!((&theirs_by["whole"], theirs_by["sites"].as_array().unwrap().len()), (&share((0, 0), (1, 2_000)), 1));

    for query in ["from=2025-11-18", "from=2025-11-19&to=2025-11-18", "from=x&to=y", "from=2020-01-01&to=2025-01-01"] {
        assert_eq!(hand.get(&format!("/v1/activity?{query}")).await.status, 400, "{query}");
    }
    house.coordinator("referente", *client).await;
    let outside = Hand::of(&house.office, "referente").await;
    for path in ["/v1/activity", "/v1/ess/by"] {
        assert_eq!(outside.get(&format!("{path}?{day}")).await.status, 403, "{path}");
    }
    scene.house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn the_journal_tells_the_last_changes_in_sight_page_by_page_and_names_no_person(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let here: RequestId = fresh();
    house.manager.gives("request.create", here, complete(&directory)).await;
    let elsewhere: RequestId = fresh();
    let mut body = complete(&directory);
    body["site_id"] = json!(directory.bruges);
    house.manager.gives("request.create", elsewhere, body).await;
    house.manager.gives("request.triage", here, json!({ "seen": "new" })).await;
    let number = |row: &Value| row["number"].as_str().unwrap_or_default().to_owned();
    let row: Value = house.manager.row(EntityKind::Request, here).await;

    let hand = Hand::of(&house.office, "responsable").await;
    let told = |page: &Value| -> Vec<String> {
        let line = |line: &Value| format!("{} {}", line["verb"].as_str().unwrap(), number(line));
        page["lines"].as_array().unwrap().iter().map(line).collect()
    };
    let first = hand.get("/v1/journal?limit=2").await.json();
    assert_eq!(first["lines"][0]["verb"], "request.triage");
    assert_eq!((number(&first["lines"][0]), &first["lines"][0]["from"]), (number(&row), &json!("new")));
    assert_eq!(first["lines"][0]["author"], json!({ "kind": "operator", "id": house.manager.id }));
    assert_eq!(first["lines"][0]["request_id"], json!(here));
    let mut read = told(&first);
    let mut next = first["next"].clone();
    while let Some(before) = next.as_i64() {
        let page = hand.get(&format!("/v1/journal?limit=2&before={before}")).await.json();
        read.extend(told(&page));
        next = page["next"].clone();
    }
    assert_eq!(
        read,
        told(&hand.get("/v1/journal?limit=500").await.json()),
        "pages leave nothing out and repeat nothing"
    );
    assert!(read.iter().any(|line| line.starts_with("site.create")), "{read:?}");

    // Nothing of another site; and what names a person stays in that person's row.
    house.person_on("conciergerie", &[Role::Concierge], &[directory.merignac]).await;
    let theirs = Hand::of(&house.office, "conciergerie").await.get("/v1/journal?limit=500").await;
    assert!(!theirs.text.contains(&elsewhere.to_string()), "{}", theirs.text);
    assert!(theirs.text.contains(&here.to_string()));
    for text in [&theirs.text, &hand.get("/v1/journal?limit=500").await.text] {
        assert!(!text.contains("Durand") && !text.contains("chemises"), "{text}");
    }
    assert!(theirs.text.contains("Mérignac") && !theirs.text.contains("\"Bruges\""), "{}", theirs.text);
    for query in ["limit=0", "limit=501", "before=0", "after=3"] {
        assert_eq!(hand.get(&format!("/v1/journal?{query}")).await.status, 400, "{query}");
    }
    house.coordinator("referente", directory.client).await;
    assert_eq!(Hand::of(&house.office, "referente").await.get("/v1/journal").await.status, 403);
    house.office.stop().await;
}
