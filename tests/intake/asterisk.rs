//! Asterisk's manager interface, played by a server that speaks the recorded sessions.

use crate::{
    common::{Engine, Hand, House, until},
    recorded::{Story, contacts, ends, lines, named},
};
use loge::{
    config::{
        command_line::CommandLine,
        telephony::{Connection, ConnectionFormat, SecretSource},
    },
    domain::ids::OperatorId,
    office::intake::telephony::connections,
    wire::fresh,
};
use rstest::rstest;
use serde_json::json;
use std::net::SocketAddr;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// A manager interface that tells each who logs in one recording, and hangs up after all but the last.
async fn manager(stories: Vec<&'static Story>) -> (SocketAddr, JoinHandle<()>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let serving = tokio::spawn(async move {
        for (place, story) in stories.iter().enumerate() {
            let (stream, _) = listener.accept().await.unwrap();
            let Some(mut stream) = let_in(stream).await else { continue };
            for message in story.messages() {
                let text = message.replace('\n', "\r\n");
                stream.write_all(format!("{text}\r\n\r\n").as_bytes()).await.unwrap();
            }
            if place + 1 == stories.len() {
                // Held open until the test is over.
                let mut rest = String::new();
                while stream.read_line(&mut rest).await.is_ok_and(|read| read > 0) {
                    rest.clear();
                }
            }
        }
    });
    (address, serving)
}

/// Greets and reads the login.
async fn let_in(stream: TcpStream) -> Option<BufReader<TcpStream>> {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"Asterisk Call Manager/7.0.3\r\n").await.unwrap();
    let mut login = Vec::new();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.unwrap() == 0 || line.trim().is_empty() {
            break;
        }
        login.push(line.trim().to_owned());
    }
    let good = ["Action: Login", "Username: loge", "Secret: un secret"]
        .iter()
        .all(|line| login.iter().any(|said| said == line));
    let answer = if good {
        "Event: FullyBooted\r\nPrivilege: system,all\r\n\r\nResponse: Success\r\nMessage: Authentication accepted\r\n\r\n"
    } else {
        "Response: Error\r\nMessage: Authentication failed\r\n\r\n"
    };
    stream.write_all(answer.as_bytes()).await.unwrap();
    good.then_some(stream)
}

fn connection(address: SocketAddr, secret: &str) -> Connection {
    let command: CommandLine = vec!["printf".to_owned(), "%s".to_owned(), secret.to_owned()].try_into().unwrap();
    Connection {
        name: "pabx".parse().unwrap(),
        format: ConnectionFormat::Asterisk,
        address: address.to_string().parse().unwrap(),
        user: Some("loge".parse().unwrap()),
        secret: SecretSource::Command(command),
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn calls_come_in_and_a_lost_connection_comes_back(#[case] engine: Engine) {
    let mut house = House::open(engine).await;
    let operator: OperatorId = fresh();
    let body =
        json!({ "login": "karim", "name": "Karim", "roles": ["operator"], "sites": "all", "extensions": ["205"] });
    house.manager.gives("operator.create", operator, body).await;
    let stories = ["queue", "missed", "out", "transfer"].map(|name| named("asterisk", name));
    let (address, serving) = manager(stories.to_vec()).await;
    house.office.connect(&[connection(address, "un secret")]);
    let mut expected: Vec<_> = stories.iter().flat_map(|story| ends(story)).collect();
    expected.sort();
    until("every call is over", async || lines(&house, "pabx").await == expected).await;
    let rows = contacts(&house, "pabx").await;
    let of = |id: &str| rows.iter().find(|(known, _)| known == id).unwrap().1["origin"].clone();
    let queue = of("100.1");
    assert_eq!(queue["answered_by"], json!(operator));
    assert_eq!(queue["answer"]["extension"], "205");
    assert_eq!(queue["from"], json!({ "kind": "number", "value": "+33536491234" }));
    assert_eq!(of("200.1")["from"], json!({ "kind": "hidden" }));
    let out = of("300.1");
    assert_eq!((&out["direction"], &out["from"]["value"]), (&json!("out"), &json!("+33536491234")));
    let metrics = Hand::new(&house.office).get("/metrics").await.text;
    assert!(metrics.contains("loge_telephony_connected{source=\"pabx\"} 1"), "{metrics}");
    house.office.stop().await;
    serving.abort();
}

#[tokio::test]
async fn a_wrong_secret_and_a_wrong_server_are_told() {
    let (address, serving) = manager(vec![named("asterisk", "queue"), named("asterisk", "queue")]).await;
    let told = connections::look(&connection(address, "faux")).await.unwrap_err().to_string();
    assert_eq!(told, "refused: Authentication failed");
    connections::look(&connection(address, "un secret")).await.unwrap();
    serving.abort();
    let other = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = other.local_addr().unwrap();
    let greeting = tokio::spawn(async move {
        let (mut stream, _) = other.accept().await.unwrap();
        stream.write_all(b"220 mail.example ESMTP\r\n").await.unwrap();
        stream
    });
    let told = connections::look(&connection(address, "un secret")).await.unwrap_err().to_string();
    assert!(told.contains("no Asterisk manager"), "{told}");
    drop(greeting.await);
}

#[tokio::test]
async fn a_name_in_other_letters_than_utf_8_ends_no_connection() {
    let mut house = House::open(Engine::Sqlite).await;
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let serving = tokio::spawn(async move {
        // Once: who hangs up is not let in again.
        let mut stream = let_in(listener.accept().await.unwrap().0).await.unwrap();
        let call = b"Event: QueueCallerJoin\r\nUniqueid: 1.1\r\nLinkedid: 1.1\r\nCallerIDNum: 0536491234\r\nCallerIDName: Ren\xe9e\r\n\r\n";
        stream.write_all(call).await.unwrap();
        let mut rest = String::new();
        while stream.read_line(&mut rest).await.is_ok_and(|read| read > 0) {
            rest.clear();
        }
    });
    house.office.connect(&[connection(address, "un secret")]);
    until("the call rings", async || lines(&house, "pabx").await == [("1.1".to_owned(), "ringing".to_owned())]).await;
    house.office.stop().await;
    serving.abort();
}
