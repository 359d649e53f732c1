//! Accounts: who may come in, for how long, and what is written down of what they look at.

use crate::common::{Engine, Hand, House, PASSWORD, client_of, directory, until, word};
use loge::{
    client::ClientError,
    domain::access::Role,
    wire::{problem::Problem, query::SetPassword},
};
use rstest::rstest;
use serde_json::{Value, json};

async fn try_in(house: &House, login: &str, password: &str) -> Result<(), Problem> {
    match client_of(&house.office).log_in(login.parse().unwrap(), password.to_owned()).await {
        Ok(_) => Ok(()),
        Err(ClientError::Problem(problem)) => Err(*problem),
        Err(other) => panic!("{other:?}"),
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_wrong_password_and_an_unknown_login_get_the_same_answer(#[case] engine: Engine) {
    let house = House::open(engine).await;
    house.person("standard", &[Role::Operator]).await;
    let wrong = try_in(&house, "standard", "un mot de passe faux").await.unwrap_err();
    let unknown = try_in(&house, "personne", "un mot de passe faux").await.unwrap_err();
    assert_eq!((word(&wrong), wrong.status), ("wrong-password", 401));
    assert_eq!(wrong, unknown);
    assert!(try_in(&house, " Standard ", PASSWORD).await.is_ok(), "a login is read without case and spaces");
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn who_guesses_too_often_waits(#[case] engine: Engine) {
    let house = House::open(engine).await;
    for _ in 0..8 {
        assert_eq!(word(&try_in(&house, "responsable", "un mot de passe faux").await.unwrap_err()), "wrong-password");
    }
    // Also with the right one; a colleague at the same address comes in, until far too many were tried from it.
    let problem = try_in(&house, "responsable", PASSWORD).await.unwrap_err();
    assert_eq!((word(&problem), problem.status), ("too-many", 429));
    house.person("standard", &[Role::Operator]).await;
    for number in 0..32 {
        let problem = try_in(&house, &format!("personne{}", number / 8), PASSWORD).await.unwrap_err();
        assert_eq!(word(&problem), "wrong-password");
    }
    assert_eq!(word(&try_in(&house, "standard", PASSWORD).await.unwrap_err()), "too-many");
    let headers = [("content-type", "application/json")];
    let body = json!({ "login": "responsable", "password": PASSWORD }).to_string().into_bytes();
    let answer = Hand::new(&house.office).ask("POST", "/v1/login", &headers, Some(body)).await;
    assert_eq!((answer.status, answer.header("retry-after")), (429, "300"));
    house.sql("UPDATE login_attempt SET at = at - 301000000").await;
    assert!(try_in(&house, "responsable", PASSWORD).await.is_ok());
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_session_ends_by_logging_out_and_by_its_time(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let one = Hand::of(&house.office, "responsable").await;
    let other = Hand::of(&house.office, "responsable").await;
    assert_eq!(one.ask("DELETE", "/v1/session", &[], None).await.status, 204);
    let over = one.get("/v1/me").await;
    assert_eq!((over.status, over.word().as_str(), over.header("www-authenticate")), (401, "not-logged-in", "Bearer"));
    assert_eq!(other.get("/v1/me").await.status, 200);
    house.sql("UPDATE session SET expires_at = 1").await;
    until("the session is over", async || other.get("/v1/me").await.status == 401).await;
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_new_password_ends_the_other_sessions(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let person = house.person("standard", &[Role::Operator]).await;
    let elsewhere = Hand::of(&house.office, "standard").await;
    assert_eq!(elsewhere.get("/v1/me").await.status, 200);
    let set =
        |present: Option<&str>, new: &str| SetPassword { present: present.map(str::to_owned), new: new.to_owned() };
    let problem = |outcome: Result<(), ClientError>| match outcome {
        Err(ClientError::Problem(problem)) => (word(&problem).to_owned(), problem.field),
        other => panic!("{other:?}"),
    };
    let invalid = |field: &str| ("invalid".to_owned(), Some(field.to_owned()));
    let new = "un tout autre mot";
    assert_eq!(problem(person.client.set_password(person.id, &set(Some("faux"), new)).await), invalid("present"));
    assert_eq!(problem(person.client.set_password(person.id, &set(None, new)).await), invalid("present"));
    assert_eq!(problem(person.client.set_password(person.id, &set(Some(PASSWORD), "court")).await), invalid("new"));
    assert_eq!(problem(person.client.set_password(house.manager.id, &set(Some(PASSWORD), new)).await).0, "not-allowed");
    person.client.set_password(person.id, &set(Some(PASSWORD), new)).await.unwrap();
    assert_eq!(elsewhere.get("/v1/me").await.status, 401);
    assert!(person.client.me().await.is_ok(), "the session that set it stays");
    assert!(try_in(&house, "standard", PASSWORD).await.is_err());
    assert!(try_in(&house, "standard", new).await.is_ok());
    // A manager sets another's without knowing it; all of that person's sessions end.
    house.manager.client.set_password(person.id, &set(None, "encore un autre mot")).await.unwrap();
    assert!(person.client.me().await.is_err());
    assert!(try_in(&house, "standard", "encore un autre mot").await.is_ok());
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn who_looks_at_a_person_leaves_a_trace(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let person = house.person_on("standard", &[Role::Operator], &[directory.merignac]).await;
    let hand = Hand::of(&house.office, "standard").await;
    assert_eq!(hand.get(&format!("/v1/beneficiaries/{}", directory.durand)).await.status, 200);
    let seen = format!(
        "SELECT count(*) FROM sight WHERE operator_id = '{}' AND entity = 'beneficiary' AND entity_id = '{}'",
        person.id, directory.durand
    );
    until("the look is written down", async || house.number(&seen).await == 1).await;
    assert_eq!(hand.get(&format!("/v1/beneficiaries/{}", uuid::Uuid::now_v7())).await.status, 404);
    assert_eq!(house.number("SELECT count(*) FROM sight").await, 1);
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn no_answer_holds_a_secret(#[case] engine: Engine) {
    let house = House::open(engine).await;
    directory(&house.manager).await;
    let token = crate::common::session(&house.office, "responsable").await;
    let hand = Hand::of(&house.office, "responsable").await;
    let me: Value = hand.get("/v1/me").await.json();
    let id = me["id"].as_str().unwrap();
    for path in [
        "/v1/me",
        "/v1/operators",
        &format!("/v1/operators/{id}"),
        &format!("/v1/operators/{id}/history"),
        "/v1/snapshot",
        "/metrics",
    ] {
        let answer = hand.get(path).await;
        assert_eq!(answer.status, 200, "{path}");
        for secret in ["argon2", "password_hash", "token_hash", PASSWORD, &token] {
            assert!(!answer.text.contains(secret), "{path} holds {secret}");
        }
    }
    let stored = "SELECT count(*) FROM session WHERE token_hash = ";
    assert_eq!(house.number(&format!("{stored}'{token}'")).await, 0, "a token is stored as a hash");
    let answer = Hand::new(&house.office)
        .ask(
            "POST",
            "/v1/login",
            &[("content-type", "application/json")],
            Some(json!({ "login": "responsable", "password": PASSWORD }).to_string().into_bytes()),
        )
        .await;
    assert_eq!(answer.header("cache-control"), "no-store");
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn two_consoles_of_one_account_keep_their_views_beside_each_other(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let lea = house.person("lea", &[Role::Operator]).await;
    let kept = |name: &str, filter: Option<&str>| json!({ "name": name, "filter": filter });
    lea.gives("operator.set_view", "", kept("Bruges", Some("site:bruges"))).await;
    let other = Hand::of(&house.office, "lea").await;
    assert_eq!(other.put_in("POST", "/v1/me/views", &kept("à moi", Some("moi"))).await.status, 200);
    lea.gives("operator.set_view", "", kept("BRUGES", Some("site:bruges auj"))).await;
    let views = || async { lea.client.me().await.unwrap().fields.preferences.views.into_iter().collect::<Vec<_>>() };
    let pair = |name: &str, filter: &str| (name.to_owned(), filter.to_owned());
    assert_eq!(views().await, [pair("BRUGES", "site:bruges auj"), pair("à moi", "moi")]);
    assert_eq!(other.put_in("POST", "/v1/me/views", &kept("bruges", None)).await.status, 200);
    assert_eq!(views().await, [pair("à moi", "moi")]);
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn what_an_account_likes_follows_it_to_any_desk_and_what_it_leaves_open_is_the_machines(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let lea = house.person("lea", &[Role::Operator]).await;
    let fresh = serde_json::to_value(lea.client.me().await.unwrap()).unwrap()["preferences"].clone();
    for name in ["language", "theme", "layout", "bell"] {
        assert_eq!(fresh[name], Value::Null, "{name} is the machine's");
    }
    let likes = json!({
        "language": "en", "theme": "contraste", "layout": "linear", "bell": "repeat", "first_screen": "requests",
        "keys": { "undo": "u" }, "views": { "Bruges, à moi": "site:bruges à moi" },
    });
    lea.gives("operator.prefer", "", likes.clone()).await;
    let elsewhere = client_of(&house.office);
    let session = elsewhere.log_in("lea".parse().unwrap(), PASSWORD.to_owned()).await.unwrap();
    assert_eq!(serde_json::to_value(&session.operator).unwrap()["preferences"], likes);
    house.office.stop().await;
}
