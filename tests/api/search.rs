//! Search over open and past requests, and what erasing a person leaves of it.

use crate::common::{Directory, Engine, Hand, House, Watch, complete, directory};
use loge::{
    client::StreamEvent,
    domain::{access::Role, entity::EntityKind, ids::RequestId},
    wire::{change::ChangeKind, fresh},
};
use rstest::rstest;
use serde_json::{Value, json};

async fn created(house: &House, directory: &Directory, more: Value) -> RequestId {
    let id = fresh();
    let mut fields = complete(directory);
    fields.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    house.manager.gives("request.create", id, fields).await;
    id
}

async fn found(hand: &Hand, typed: &str) -> Vec<String> {
    let typed: String = form_urlencoded::byte_serialize(typed.as_bytes()).collect();
    let answer = hand.get(&format!("/v1/search?q={typed}")).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json()["rows"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_request_is_found_by_words_prefixes_number_and_telephone(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let first = created(&house, &directory, json!({ "detail": "robe de soirée, à l'œillet" })).await.to_string();
    let second = created(&house, &directory, json!({ "detail": "trois cravates" })).await.to_string();
    let hand = Hand::of(&house.office, "responsable").await;
    let both = vec![second.clone(), first.clone()];
    let number: Value = house.manager.row(EntityKind::Request, &first).await;
    let number = number["number"].as_str().unwrap().to_owned();
    for (typed, expected) in [
        ("soiree", vec![first.clone()]),
        ("SOIRÉE", vec![first.clone()]),
        ("so", vec![first.clone()]),
        ("s", vec![]),
        ("oeil", vec![first.clone()]),
        ("cra tr", vec![second.clone()]),
        ("soirée cravates", vec![]),
        ("durand", both.clone()),
        ("cl durand pressing", both.clone()),
        (number.as_str(), vec![first.clone()]),
        ("0536491234", both.clone()),
        ("05 36 49 12 34", both.clone()),
        ("05.36.49.12.34", both.clone()),
        ("05-36-49-12-34", both.clone()),
        ("+33 5 36 49 12 34", both.clone()),
        ("05 36 49", both.clone()),
        ("rien", vec![]),
        ("", vec![]),
    ] {
        assert_eq!(found(&hand, typed).await, expected, "{typed}");
    }
    // What ended is found as well, and an edit is found at once.
    house.manager.gives("request.cancel", &first, json!({ "seen": "new", "reason": "annulé" })).await;
    assert_eq!(found(&hand, "soiree").await, vec![first.clone()]);
    house
        .manager
        .gives(
            "request.edit",
            &second,
            json!({ "fields": { "detail": { "seen": "trois cravates", "new": "deux nappes" } } }),
        )
        .await;
    assert_eq!((found(&hand, "cravates").await, found(&hand, "nappes").await), (vec![], vec![second.clone()]));
    // A person who is called otherwise from now on.
    house
        .manager
        .gives(
            "beneficiary.edit",
            directory.durand,
            json!({ "fields": { "family_name": { "seen": "Durand", "new": "Férut" } } }),
        )
        .await;
    assert_eq!((found(&hand, "durand").await, found(&hand, "ferut").await), (vec![], both));
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn search_comes_in_pages_newest_first_and_from_own_sites_only(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    house.person_on("bruges", &[Role::Operator], &[directory.bruges]).await;
    let mut newest_first = Vec::new();
    for number in 0..5 {
        let site = if number % 2 == 0 { directory.merignac } else { directory.bruges };
        newest_first.insert(0, created(&house, &directory, json!({ "site_id": site })).await.to_string());
    }
    let hand = Hand::of(&house.office, "responsable").await;
    let (mut read, mut path) = (Vec::new(), "/v1/search?q=chemises&limit=2".to_owned());
    loop {
        let page = hand.get(&path).await.json();
        read.extend(page["rows"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()));
        let Some(next) = page["next"].as_str() else { break };
        path = format!("/v1/search?q=chemises&limit=2&after={next}");
    }
    assert_eq!(read, newest_first);
    let bruges = Hand::of(&house.office, "bruges").await;
    assert_eq!(found(&bruges, "chemises").await, [newest_first[1].clone(), newest_first[3].clone()]);
    house.office.stop().await;
}

/// Every place in the database where a word stands in a text.
async fn places(house: &House, word: &str) -> Vec<String> {
    let mut tx = house.office.app.store.read().await.unwrap();
    let columns = match house.office.app.store.engine() {
        loge::office::storage::Engine::Sqlite => {
            "SELECT m.name, p.name FROM sqlite_master m, pragma_table_info(m.name) p \
             WHERE m.type = 'table' AND m.name NOT LIKE 'request_search%' AND m.name NOT LIKE 'sqlite%'"
        }
        loge::office::storage::Engine::Postgres => {
            "SELECT table_name::text, column_name::text FROM information_schema.columns WHERE table_schema = 'public'"
        }
    };
    let mut places = Vec::new();
    for column in tx.rows(columns, &[]).await.unwrap() {
        let (table, column) = (column.text(0).unwrap(), column.text(1).unwrap());
        let sql = format!("SELECT count(*) FROM {table} WHERE lower(CAST({column} AS TEXT)) LIKE '%{word}%'");
        if tx.row(sql, &[]).await.unwrap().unwrap().int(0).unwrap() > 0 {
            places.push(format!("{table}.{column}"));
        }
    }
    places
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn an_erased_person_is_nowhere_and_the_totals_stay(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let (person, contact): (uuid::Uuid, uuid::Uuid) = (fresh(), fresh());
    let body = json!({ "family_name": "Zubrowska", "given_name": "Hermine", "site_id": directory.merignac, "client_id": directory.client,
        "phones": ["06 39 98 55 55"], "emails": ["h.zubrowska@metropole.example"], "note": "Mme Zubrowska préfère le matin" });
    house.manager.gives("beneficiary.create", person, body).await;
    let party = json!({ "kind": "person", "id": person });
    let message = json!({ "occurred_at": "2026-11-20T09:00:00Z", "party": party, "site_id": directory.merignac, "what": { "mailbox": "accueil",
        "message_id": "<9@metropole.example>", "from": "h.zubrowska@metropole.example", "from_name": "Hermine Zubrowska",
        "subject": "Zubrowska", "text": "Ici Hermine Zubrowska" } });
    house.manager.gives("contact.message", contact, message).await;
    let requester = json!({ "requester": { "kind": "person", "id": person }, "contact_id": contact });
    let open = created(&house, &directory, requester.clone()).await;
    let ended = created(
        &house,
        &directory,
        json!({ "requester": { "kind": "person", "id": person }, "text": "pour Mme Zubrowska",
        "handover": { "kind": "home", "address": "3 rue des Zubrowska" }, "detail": null }),
    )
    .await;
    created(&house, &directory, json!({ "requester": { "kind": "person", "id": person }, "detail": null })).await;
    house
        .manager
        .gives("request.note", open, json!({ "id": fresh::<uuid::Uuid>(), "text": "Zubrowska rappelle" }))
        .await;
    house.manager.gives("request.wait", open, json!({ "seen": "new", "question": "Zubrowska, laquelle ?" })).await;
    let claim: uuid::Uuid = fresh();
    house.manager.gives("claim.take", claim, json!({ "subject": { "kind": "request", "id": open } })).await;
    house.manager.gives("claim.renew", "", json!({ "claims": [{ "id": claim, "draft": "Zubrowska veut" }] })).await;
    house.manager.gives("request.cancel", ended, json!({ "seen": "new", "reason": "Zubrowska est partie" })).await;
    let trainee = house.person("apprenti", &[Role::Trainee]).await;
    let reason = json!({ "seen": "waiting", "reason": "Zubrowska renonce" });
    let held = trainee.gives("request.cancel", open, reason).await.changes[0].id;
    let hand = Hand::of(&house.office, "responsable").await;
    assert_eq!(found(&hand, "zubrowska").await.len(), 3);
    assert!(places(&house, "zubrowska").await.len() > 4);
    let place = house.manager.client.snapshot().await.unwrap().seq;
    let mut watch = Watch::from(&house.manager, place).connected().await;
    let done = house.manager.gives("beneficiary.erase", person, json!({ "reason": "à sa demande" })).await;
    assert_eq!(done.aside.unwrap(), json!({ "requests": 3, "contacts": 1 }));
    let (mut erased, mut left) = (std::collections::BTreeSet::new(), std::collections::BTreeMap::new());
    while left.len() < 5 {
        let StreamEvent::Change(change) = watch.event().await else { panic!("the stream broke") };
        assert!(change.state.as_ref().is_none_or(|state| !state.get().contains("ubrowska")));
        if change.kind == ChangeKind::Erased {
            erased.insert(change.id.to_string());
        } else {
            // First the word to purge it, then what is left.
            assert!(erased.contains(&change.id.to_string()));
            left.insert(change.id, change);
        }
    }
    // The third request held nothing of the person.
    let mut all: std::collections::BTreeSet<String> = [open, ended].iter().map(ToString::to_string).collect();
    all.extend([person.to_string(), contact.to_string(), held.to_string()]);
    assert_eq!(erased, all);
    assert_eq!(places(&house, "zubrowska").await, Vec::<String>::new());
    assert_eq!(places(&house, "639985555").await, Vec::<String>::new());
    assert_eq!(found(&hand, "zubrowska").await, Vec::<String>::new());
    assert_eq!(found(&hand, "0639985555").await, Vec::<String>::new());
    assert_eq!(hand.get("/v1/callers/0639985555").await.json(), json!({ "kind": "unknown" }));
    assert!(!hand.get("/v1/snapshot").await.text.contains("ubrowska"));
    // What a trainee prepared goes back: without its words it cannot be released.
    assert_eq!(house.state(EntityKind::Held, held).await, "returned");
    // What is still to be done stays on the table of whoever was connected, without the words.
    assert_eq!(house.state(EntityKind::Request, open).await, "waiting");
    let put = &left[&uuid::Uuid::from(open)];
    let row: Value = serde_json::from_str(put.state.as_ref().unwrap().get()).unwrap();
    assert_eq!((&row["service_id"], &row["quantity"]), (&json!(directory.pressing), &json!(3)), "totals are kept");
    let stored: Value = house.manager.row(EntityKind::Request, open).await;
    assert_eq!(row, stored);
    assert_eq!(house.number("SELECT count(*) FROM request").await, 3);
    // From the start of the feed, nothing of the person is told either.
    let mut from_start = Watch::from(&house.manager, directory.seq).connected().await;
    loop {
        let change = from_start.next().await;
        assert!(change.state.as_ref().is_none_or(|state| !state.get().contains("ubrowska")));
        if change.seq >= put.seq {
            break;
        }
    }
    house.office.stop().await;
}
