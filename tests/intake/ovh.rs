//! OVH's long poll, played by a server that speaks the recorded sessions.

use crate::{
    common::{Engine, Hand, House, until},
    recorded::{ends, lines, named},
};
use loge::{
    config::telephony::{Connection, ConnectionFormat, SecretSource},
    office::intake::telephony::connections,
};
use rstest::rstest;
use std::{
    fs,
    path::Path,
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};
use wiremock::{
    Mock, MockServer, Request, Respond, ResponseTemplate,
    matchers::{method, query_param},
};

/// Answers one poll after the other, then lets the next one wait.
struct Polls {
    answers: Vec<String>,
    asked: AtomicUsize,
}

impl Respond for Polls {
    fn respond(&self, _: &Request) -> ResponseTemplate {
        match self.answers.get(self.asked.fetch_add(1, Ordering::SeqCst)) {
            // A server that is about to be restarted: the poll fails, and is made again.
            Some(answer) if answer.is_empty() => ResponseTemplate::new(503),
            Some(answer) => ResponseTemplate::new(200).set_body_raw(answer.clone(), "application/json"),
            None => ResponseTemplate::new(200).set_delay(Duration::from_mins(1)),
        }
    }
}

fn connection(folder: &Path, address: &str) -> Connection {
    let secret = folder.join("ovh.token");
    fs::write(&secret, "JETON-OVH\n").unwrap();
    Connection {
        name: "lignes".parse().unwrap(),
        format: ConnectionFormat::Ovh,
        address: address.parse().unwrap(),
        user: None,
        secret: SecretSource::File(secret),
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn lines_and_queues_come_in_by_the_poll(#[case] engine: Engine) {
    let mut house = House::open(engine).await;
    let server = MockServer::start().await;
    let (line, queue) = (named("ovh", "line"), named("ovh", "queue"));
    let bodies =
        |story: &crate::recorded::Story| story.deliveries().into_iter().map(|(_, body)| body).collect::<Vec<_>>();
    let answers = [bodies(line), vec![String::new()], bodies(queue)].concat();
    let polls = Polls { answers, asked: AtomicUsize::new(0) };
    Mock::given(method("GET")).and(query_param("token", "JETON-OVH")).respond_with(polls).mount(&server).await;
    let connection = connection(house.database.folder(), &server.uri());
    house.office.connect(&[connection]);
    let mut expected = [ends(line), ends(queue)].concat();
    expected.sort();
    until("every call is over", async || lines(&house, "lignes").await == expected).await;
    let asked = server.received_requests().await.unwrap();
    let sessions: Vec<_> = asked.iter().map(|request| request.url.query().unwrap().contains("session=s-")).collect();
    assert_eq!(&sessions[..3], [false, true, true], "the next poll goes on with the session");
    let metrics = Hand::new(&house.office).get("/metrics").await.text;
    assert!(metrics.contains("loge_telephony_connected{source=\"lignes\"} 1"), "{metrics}");
    house.office.stop().await;
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_a_refusal_is_told_without_the_token() {
    let folder = tempfile::tempdir().unwrap();
    let elsewhere = MockServer::start().await;
    Mock::given(method("GET")).respond_with(ResponseTemplate::new(200)).expect(0).mount(&elsewhere).await;
    let server = MockServer::start().await;
    let moved = ResponseTemplate::new(302).insert_header("location", elsewhere.uri().as_str());
    Mock::given(method("GET")).respond_with(moved).mount(&server).await;
    let told = connections::look(&connection(folder.path(), &server.uri())).await.unwrap_err().to_string();
    assert!(told.contains("302") && !told.contains("JETON"), "{told}");
    let nobody = connection(folder.path(), "http://127.0.0.1:9");
    let told = connections::look(&nobody).await.unwrap_err().to_string();
    assert!(told.contains("no connection") && !told.contains("JETON"), "{told}");
}
