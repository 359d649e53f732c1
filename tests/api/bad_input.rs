//! Bad input: a problem with a stable type, the field at fault, in the reader's language, and never a fault of the office.

use crate::common::{Answer, Engine, Hand, House, complete, directory};
use loge::wire::fresh;
use rstest::rstest;
use serde_json::{Value, json};
use uuid::Uuid;

/// Checks what every problem has, and hands out its status, word and field.
fn problem(answer: &Answer) -> (u16, String, Option<String>) {
    assert!(answer.status < 500, "{answer:?}");
    assert_eq!(answer.header("content-type"), "application/problem+json", "{answer:?}");
    let told = answer.json();
    assert!(told["type"].as_str().unwrap().starts_with("urn:loge:problem:"));
    assert_eq!(told["status"], json!(answer.status));
    assert!(!told["title"].as_str().unwrap().is_empty() && !told["detail"].as_str().unwrap().is_empty(), "{told}");
    (answer.status, answer.word(), told["field"].as_str().map(str::to_owned))
}

fn is(status: u16, word: &str, field: Option<&str>) -> (u16, String, Option<String>) {
    (status, word.to_owned(), field.map(str::to_owned))
}

const JSON: (&str, &str) = ("content-type", "application/json");

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn what_cannot_be_read_is_named(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let hand = Hand::of(&house.office, "responsable").await;
    let (id, key) = (fresh::<Uuid>(), fresh::<Uuid>().to_string());
    let path = format!("/v1/requests/{id}");
    let good = complete(&directory).to_string().into_bytes();
    let keyed = [JSON, ("idempotency-key", key.as_str())];
    for body in [&b"{"[..], b"", b"\xff\xfe", b"[1,", b"nul", b"{\"channel\": \"\xc3\"}", &b"[".repeat(5000)] {
        let answer = hand.ask("PUT", &path, &keyed, Some(body.to_vec())).await;
        assert_eq!(problem(&answer), is(400, "malformed-json", None), "{body:?}");
    }
    for body in ["[]", "7", "null", "\"a\""] {
        let (status, word, _) = problem(&hand.ask("PUT", &path, &keyed, Some(body.into())).await);
        assert_eq!((status, word.as_str()), (422, "invalid"), "{body}");
    }
    for kind in ["text/plain", "application/x-www-form-urlencoded", ""] {
        let answer = hand.ask("PUT", &path, &[("content-type", kind), keyed[1]], Some(good.clone())).await;
        assert_eq!(problem(&answer), is(415, "not-json", None), "{kind}");
    }
    let answer = hand.ask("PUT", &path, &[keyed[1]], Some(good.clone())).await;
    assert_eq!(problem(&answer).0, 415);
    for bad in ["", "7", "soon", "\u{7f}"] {
        let headers = [JSON, ("idempotency-key", bad)];
        if bad != "\u{7f}" {
            let answer = hand.ask("PUT", &path, &headers, Some(good.clone())).await;
            assert_eq!(problem(&answer), is(400, "bad-header", Some("Idempotency-Key")));
        }
    }
    let answer = hand.ask("PUT", &path, &[JSON], Some(good.clone())).await;
    assert_eq!(problem(&answer), is(400, "bad-header", Some("Idempotency-Key")));
    let charset = [("content-type", "Application/JSON; charset=utf-8"), keyed[1]];
    assert_eq!(hand.ask("PUT", &path, &charset, Some(good)).await.status, 200);
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_body_over_one_mebibyte_is_too_large(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let hand = Hand::of(&house.office, "responsable").await;
    let path = format!("/v1/requests/{}", fresh::<Uuid>());
    let mut body = json!({ "channel": "phone", "text": "x" }).to_string().into_bytes();
    body.resize(1024 * 1024, b' ');
    let key = fresh::<Uuid>().to_string();
    let headers = [JSON, ("idempotency-key", key.as_str())];
    assert_eq!(hand.ask("PUT", &path, &headers, Some(body.clone())).await.status, 200);
    body.push(b' ');
    let answer = hand.ask("PUT", &path, &headers, Some(body)).await;
    assert_eq!(problem(&answer), is(413, "too-large", None));
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn unknown_routes_methods_ids_and_parameters_are_told_apart(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let hand = Hand::of(&house.office, "responsable").await;
    let id = fresh::<Uuid>();
    for (method, path, told) in [
        ("GET", "/".to_owned(), is(404, "no-such-route", None)),
        ("GET", "/v1/unicorns".to_owned(), is(404, "no-such-route", None)),
        ("GET", "/v1/requests/".to_owned(), is(404, "no-such-route", None)),
        ("GET", "/v1/%ff%fe".to_owned(), is(404, "no-such-route", None)),
        ("DELETE", format!("/v1/requests/{id}"), is(405, "no-such-method", None)),
        ("POST", "/v1/requests".to_owned(), is(405, "no-such-method", None)),
        ("BREW", "/v1/me".to_owned(), is(405, "no-such-method", None)),
        ("GET", "/v1/requests/7".to_owned(), is(400, "bad-parameter", Some("id"))),
        ("GET", "/v1/requests/%00".to_owned(), is(400, "bad-parameter", Some("id"))),
        ("GET", format!("/v1/requests/{id}"), is(404, "not-found", None)),
        ("GET", "/v1/requests?colour=blue".to_owned(), is(400, "bad-parameter", Some("colour"))),
        ("GET", "/v1/requests?limit=0".to_owned(), is(400, "bad-parameter", Some("limit"))),
        ("GET", "/v1/requests?limit=501".to_owned(), is(400, "bad-parameter", Some("limit"))),
        ("GET", "/v1/requests?limit=1&limit=2".to_owned(), is(400, "bad-parameter", Some("limit"))),
        ("GET", "/v1/requests?after=7".to_owned(), is(400, "bad-parameter", Some("after"))),
        ("GET", "/v1/requests?site_id=7".to_owned(), is(400, "bad-parameter", Some("site_id"))),
        ("GET", "/v1/requests?state=%00".to_owned(), is(400, "bad-parameter", Some("state"))),
        ("GET", "/v1/clients?state=open".to_owned(), is(400, "bad-parameter", Some("state"))),
        ("GET", "/v1/changes?after=-1".to_owned(), is(400, "bad-parameter", Some("after"))),
        ("GET", "/v1/search?q=a&after=soon".to_owned(), is(400, "bad-parameter", Some("after"))),
        ("GET", format!("/v1/search?q={}", "a".repeat(1001)), is(400, "bad-parameter", Some("q"))),
        ("GET", "/v1/callers/%00".to_owned(), is(400, "bad-parameter", Some("number"))),
    ] {
        let answer = hand.ask(method, &path, &[], None).await;
        assert_eq!(problem(&answer), told, "{method} {path}");
    }
    for path in ["/v1/requests/%ff", "/v1/callers/%ff", "/v1/requests/%ff/history"] {
        let (status, word, _) = problem(&hand.get(path).await);
        assert_eq!((status, word.as_str()), (400, "bad-parameter"), "{path}");
    }
    assert_eq!(hand.get("/v1/search?q=%00%ff'%22%29OR*").await.status, 200);
    assert_eq!(hand.get("/v1/search").await.status, 200);
    let answer = hand.ask("DELETE", &format!("/v1/requests/{id}"), &[], None).await;
    assert!(answer.header("allow").contains("PATCH"), "RFC 9110, 15.5.6: {:?}", answer.headers);
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_problem_speaks_the_readers_language(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let nobody = Hand::new(&house.office);
    let hand = Hand::of(&house.office, "responsable").await;
    for (asks, path) in
        [(&nobody, "/v1/me"), (&hand, "/v1/requests/7"), (&hand, "/v1/unicorns"), (&hand, "/v1/requests?limit=0")]
    {
        let french = asks.ask("GET", path, &[("accept-language", "fr")], None).await;
        let english = asks.ask("GET", path, &[("accept-language", "en-GB, fr;q=0.5")], None).await;
        let default = asks.get(path).await;
        assert_eq!(problem(&french), problem(&english));
        assert_ne!(french.json()["title"], english.json()["title"], "{path}");
        assert_eq!(default.json()["title"], french.json()["title"], "{path}");
        for answer in [&french, &english] {
            let text = format!("{} {}", answer.json()["title"], answer.json()["detail"]);
            assert!(!text.contains('{') && !text.contains("problem-"), "{text}");
        }
    }
    house.manager.gives("operator.prefer", "", json!({ "language": "en" })).await;
    crate::common::until("what one prefers wins", async || {
        let answer = hand.ask("GET", "/v1/requests/7", &[("accept-language", "fr")], None).await;
        let english = hand.ask("GET", "/v1/unicorns", &[("accept-language", "en")], None).await;
        !english.text.is_empty()
            && answer.json()["detail"].as_str().unwrap().contains("UUID")
            && !answer.text.contains("chemin")
    })
    .await;
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn control_characters_get_into_no_text(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let hand = Hand::of(&house.office, "responsable").await;
    let new = || fresh::<Uuid>();
    for evil in ["a\u{0}b", "\u{1b}[2Jb", "a\u{9b}b", "a\u{7f}b"] {
        let mut request = complete(&directory);
        request["text"] = json!(evil);
        let at = "2026-11-20T08:00:00Z";
        let tries: Vec<(&str, String, Value)> = vec![
            ("PUT", format!("/v1/requests/{}", new()), request),
            ("PUT", format!("/v1/beneficiaries/{}", new()), json!({ "family_name": evil })),
            (
                "PUT",
                format!("/v1/beneficiaries/{}", new()),
                json!({ "family_name": "Petit", "emails": [format!("{evil}@metropole.example")] }),
            ),
            ("PUT", format!("/v1/sites/{}", new()), json!({ "name": "Essai", "commune": evil })),
            (
                "PATCH",
                format!("/v1/beneficiaries/{}", directory.durand),
                json!({ "fields": { "note": { "seen": null, "new": evil } } }),
            ),
            (
                "PATCH",
                format!("/v1/beneficiaries/{}", directory.durand),
                json!({ "fields": { evil: { "seen": null, "new": null } } }),
            ),
            ("POST", "/v1/me/preferences".to_owned(), json!({ "views": { "a": evil } })),
            ("POST", "/v1/me/preferences".to_owned(), json!({ "keys": { evil: "a" } })),
            (
                "POST",
                "/v1/contacts/call-events".to_owned(),
                json!({ "source": "s", "call_id": evil, "event": "ring", "occurred_at": at }),
            ),
            ("POST", "/v1/login".to_owned(), json!({ "login": evil, "password": "x" })),
        ];
        for (method, path, body) in tries {
            let answer = hand.put_in(method, &path, &body).await;
            let (status, word, _) = problem(&answer);
            assert_eq!((status, word.as_str()), (422, "invalid"), "{path} {body}: {}", answer.text);
        }
    }
    house.office.stop().await;
}
