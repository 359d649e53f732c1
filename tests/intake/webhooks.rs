//! Telephone systems that call the office: by a token in the address, each in its own format.

use crate::{
    common::{Answer, Engine, Hand, House, directory},
    recorded::{STORIES, contacts, ends, lines, named},
};
use loge::{
    domain::ids::OperatorId,
    office::intake::telephony::{
        Format,
        tokens::{self, AddError, Which},
    },
    wire::fresh,
};
use rstest::rstest;
use serde_json::{Value, json};

async fn token(house: &House, name: &str, format: Format) -> String {
    tokens::add(&house.office.app.store, &name.parse().unwrap(), format).await.unwrap()
}

async fn post(house: &House, token: &str, body: &str) -> Answer {
    let kind = if body.starts_with('{') { "application/json" } else { "application/x-www-form-urlencoded" };
    let path = format!("/v1/intake/calls/{token}");
    Hand::new(&house.office).ask("POST", &path, &[("content-type", kind)], Some(body.as_bytes().to_vec())).await
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn every_recorded_call_comes_in_once_and_in_any_order(#[case] engine: Engine) {
    let house = House::open(engine).await;
    directory(&house.manager).await;
    for story in STORIES.iter().filter(|story| story.format.parse::<Format>().is_ok()) {
        let source = format!("{} {}", story.format, story.name);
        let token = token(&house, &source, story.format.parse().unwrap()).await;
        let deliveries = story.deliveries();
        for (_, body) in &deliveries {
            let answer = post(&house, &token, body).await;
            assert_eq!(answer.status, 200, "{source}: {}", answer.text);
        }
        assert_eq!(lines(&house, &source).await, ends(story), "{source}");
        let before = contacts(&house, &source).await;
        for (_, body) in deliveries.iter().rev() {
            assert_eq!(post(&house, &token, body).await.status, 200);
        }
        assert_eq!(contacts(&house, &source).await, before, "{source}: what comes again changes nothing");
        // Another name, and backwards: the same calls.
        let backwards = format!("{source} backwards");
        let token = self::token(&house, &backwards, story.format.parse().unwrap()).await;
        for (_, body) in deliveries.iter().rev() {
            assert_eq!(post(&house, &token, body).await.status, 200);
        }
        // Where nothing tells parts or times apart, what came last passes for the last: a call that was passed on is given up then.
        if (story.format, story.name) != ("cti", "forwarded") {
            assert_eq!(lines(&house, &backwards).await, ends(story), "{backwards}");
        }
    }
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn who_answers_has_the_call_and_who_calls_is_known(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let operator: OperatorId = fresh();
    let body = json!({ "login": "karim", "name": "Karim", "roles": ["operator"], "sites": "all",
        "extensions": ["lea", "w0", "lea.moreau@conciergerie.example"] });
    house.manager.gives("operator.create", operator, body).await;
    for format in ["cti", "sipgate", "aircall"] {
        let token = token(&house, format, format.parse().unwrap()).await;
        for (_, body) in named(format, "answered").deliveries() {
            post(&house, &token, &body).await;
        }
        let (_, row) = contacts(&house, format).await.remove(0);
        assert_eq!(row["origin"]["answered_by"], json!(operator), "{format}");
        assert_eq!(row["party"], json!({ "kind": "person", "id": directory.durand }), "{format}");
        let claims = format!("SELECT count(*) FROM claim WHERE subject_id = '{}'", row["id"].as_str().unwrap());
        assert_eq!(house.number(&claims).await, 1, "{format}: who answers has it");
    }
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn sipgate_is_asked_to_tell_of_the_rest_at_the_address_it_knows(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let token = token(&house, "standard", Format::Sipgate).await;
    let (_, body) = named("sipgate", "answered").deliveries().remove(0);
    let path = format!("/v1/intake/calls/{token}");
    let headers = [("x-forwarded-proto", "https"), ("x-forwarded-host", "loge.example")];
    let answer = Hand::new(&house.office).ask("POST", &path, &headers, Some(body.clone().into_bytes())).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/xml"));
    let url = format!("https://loge.example{path}");
    assert!(answer.text.contains(&format!("onAnswer=\"{url}\" onHangup=\"{url}\"")), "{}", answer.text);
    // Without a proxy, it is the address that was asked.
    let answer = post(&house, &token, &body).await;
    assert!(answer.text.contains(&format!("onAnswer=\"{}{path}\"", house.office.url())), "{}", answer.text);
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn what_cannot_be_read_is_told_and_counted(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let cti = token(&house, "standard", Format::Cti).await;
    let aircall = token(&house, "air", Format::Aircall).await;
    let too_long = format!("event=newCall&callId=1&from={}", "0".repeat(300_000));
    for (token, body, status, word, field) in [
        (&cti, "{\"event\":", 400, "malformed-json", Value::Null),
        (&cti, "[1, 2]", 400, "malformed-json", Value::Null),
        (&cti, "", 422, "invalid", json!("event")),
        (&cti, "event=newCall&from=0536491234", 422, "invalid", json!("callId")),
        (&cti, "event=explosion&callId=1", 422, "invalid", json!("event")),
        (&cti, "event=newCall&callId=1&direction=up", 422, "invalid", json!("direction")),
        (&cti, too_long.as_str(), 413, "too-large", Value::Null),
        (&aircall, "event=newCall&callId=1", 400, "malformed-json", Value::Null),
        (&aircall, "{\"event\":\"call.created\",\"token\":\"t\",\"data\":{}}", 422, "invalid", json!("data")),
    ] {
        let answer = post(&house, token, body).await;
        let told = answer.json();
        assert_eq!((answer.status, answer.word().as_str(), &told["field"]), (status, word, &field), "{}", answer.text);
        assert!(!told["detail"].as_str().unwrap().is_empty());
    }
    assert_eq!(house.number("SELECT count(*) FROM contact").await, 0);
    let metrics = Hand::new(&house.office).get("/metrics").await.text;
    assert!(metrics.contains("loge_telephony_unreadable_total{source=\"standard\"} 7"), "{metrics}");
    assert!(metrics.contains("loge_telephony_unreadable_total{source=\"air\"} 2"), "{metrics}");
    // What is about something else is taken, and moves nothing.
    let tagged = "{\"event\":\"call.tagged\",\"token\":\"t\",\"data\":{\"id\":1}}";
    assert_eq!(
        (post(&house, &aircall, tagged).await.status, house.number("SELECT count(*) FROM contact").await),
        (200, 0)
    );
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn two_tokens_are_good_at_once_and_none_is_kept(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let store = &house.office.app.store;
    let name = "standard".parse().unwrap();
    let ring = |id: &str| format!("event=newCall&callId={id}&from=0536491234");
    let old = token(&house, "standard", Format::Cti).await;
    let new = token(&house, "standard", Format::Cti).await;
    for token in [&old, &new] {
        assert_eq!(post(&house, token, &ring("1")).await.status, 200);
    }
    assert_eq!(lines(&house, "standard").await.len(), 1, "both are the same system");
    assert!(matches!(tokens::add(store, &name, Format::Cti).await, Err(AddError::Two)));
    let kept = format!("SELECT count(*) FROM telephone_token WHERE token_hash = '{old}'");
    assert_eq!(house.number(&kept).await, 0, "only a hash is kept");
    assert_eq!(tokens::remove(store, "standard", Which::Oldest).await.unwrap(), 1);
    let answer = post(&house, &old, &ring("2")).await;
    assert_eq!((answer.status, answer.word().as_str()), (404, "no-such-route"));
    assert!(!answer.text.contains(&old), "the answer does not repeat it");
    assert_eq!(post(&house, &new, &ring("2")).await.status, 200);
    assert!(matches!(tokens::add(store, &name, Format::Aircall).await, Err(AddError::OtherFormat(_))));
    assert_eq!(tokens::remove(store, "standard", Which::All).await.unwrap(), 1);
    assert_eq!(post(&house, &new, &ring("3")).await.status, 404);
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn aircall_must_keep_the_token_of_its_first_body(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let token = token(&house, "air", Format::Aircall).await;
    let (_, body) = named("aircall", "answered").deliveries().remove(0);
    assert_eq!(post(&house, &token, &body).await.status, 200);
    for wrong in [body.replace("jeton-du-systeme", "un-autre"), body.replace("\"token\":\"jeton-du-systeme\",", "")] {
        let answer = post(&house, &token, &wrong.replace("780836700", "780836799")).await;
        assert_eq!((answer.status, answer.json()["field"].as_str()), (422, Some("token")), "{}", answer.text);
    }
    assert_eq!(post(&house, &token, &body).await.status, 200);
    assert_eq!(lines(&house, "air").await.len(), 1);
    house.office.stop().await;
}
