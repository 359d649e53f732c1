//! An office that is started, stopped, and kept from starting.

use super::house::House;
use loge::office::storage::{Arg, Store};
use serde_json::json;
use std::{
    fs,
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    time::Duration,
};

/// The whole answer over plain HTTP.
fn ask(address: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

/// The password that the first start showed.
fn password(said: &str) -> &str {
    said.split('“').nth(2).unwrap().split('”').next().unwrap()
}

fn log_in(address: &str, password: &str) -> String {
    let body = json!({ "login": "responsable", "password": password }).to_string();
    let head = format!(
        "POST /v1/login HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {}",
        body.len()
    );
    ask(address, &format!("{head}\r\n\r\n{body}"))
}

#[test]
fn the_first_start_makes_an_office_ready_to_use_and_shows_the_password_once() {
    let house = House::new();
    let office = house.serve();
    assert!(office.said.contains("login “responsable”"), "{}", office.said);
    let answer = log_in(&office.address, password(&office.said));
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert_eq!(office.terminate(Duration::from_secs(5)), Some(0));

    let again = house.serve();
    assert!(!again.said.contains("password"), "{}", again.said);
    let doctor = house.loge(&["office", "--listen", &again.address, "doctor"]);
    assert_eq!(doctor.status, 0, "the doctor finds the office that answers: {}", doctor.out);
}

#[test]
fn an_office_stops_within_five_seconds_although_a_stream_is_open() {
    let house = House::new();
    let office = house.serve();
    let answer = log_in(&office.address, password(&office.said));
    let token = answer.split("\"token\":\"").nth(1).unwrap().split('"').next().unwrap();
    let mut stream = TcpStream::connect(&office.address).unwrap();
    write!(stream, "GET /v1/changes HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n\r\n").unwrap();
    let mut status = [0; 12];
    stream.read_exact(&mut status).unwrap();
    assert_eq!(&status, b"HTTP/1.1 200");
    assert_eq!(office.terminate(Duration::from_secs(5)), Some(0));
}

#[test]
fn a_directory_is_imported_while_the_office_runs() {
    let house = House::new();
    let office = house.serve();
    house.import_example();
    assert_eq!(office.terminate(Duration::from_secs(5)), Some(0));
}

#[test]
fn a_port_that_is_taken_is_told_and_leaves_nothing() {
    let house = House::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let done = house.loge(&["office", "--listen", &address]);
    assert_eq!(done.status, 1);
    assert!(done.err.contains("is in use by another program"), "{}", done.err);
    assert_eq!(done.err.lines().count(), 1);
    assert!(!house.path("data").exists());
}

#[test]
fn plain_http_beyond_the_machine_is_refused() {
    let house = House::new();
    let done = house.loge(&["office", "--listen", "0.0.0.0:0"]);
    assert_eq!(done.status, 1);
    assert!(done.err.contains("Without a certificate"), "{}", done.err);
}

#[test]
fn a_certificate_or_key_that_cannot_be_read_is_told_and_leaves_nothing() {
    let house = House::new();
    house.write("loge.crt", "no certificate");
    house.write("loge.key", "no key");
    let serve = |certificate: &str, key: &str| {
        house.loge(&["office", "--listen", "127.0.0.1:0", "--certificate", certificate, "--key", key])
    };
    for (certificate, key, said) in [
        ("missing.crt", "loge.key", "The certificate missing.crt cannot be read"),
        ("loge.crt", "missing.key", "The private key missing.key cannot be read"),
        ("loge.crt", "loge.key", "The certificate loge.crt cannot be read"),
    ] {
        let done = serve(certificate, key);
        assert_eq!(done.status, 1);
        assert!(done.err.contains(said), "{}", done.err);
        assert!(!house.path("data").exists());
    }
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_left_alone() {
    let house = House::initialised();
    house.sql("UPDATE schema_version SET version = 9000").await;
    let before = fs::read(house.path("data/loge/loge.sqlite")).unwrap();
    let done = house.loge(&["office", "--listen", "127.0.0.1:0"]);
    assert_eq!(done.status, 1);
    assert!(done.err.contains("schema 9000"), "{}", done.err);
    assert_eq!(fs::read(house.path("data/loge/loge.sqlite")).unwrap(), before);
    let doctor = house.loge(&["office", "--listen", "127.0.0.1:0", "doctor"]);
    assert!(doctor.status == 1 && doctor.out.contains("schema 9000"), "{}", doctor.out);
}

#[tokio::test]
async fn a_database_that_another_program_holds_is_told() {
    let house = House::initialised();
    let store = Store::open_file(&house.path("data/loge/loge.sqlite")).await.unwrap();
    let mut tx = store.write().await.unwrap();
    tx.execute("UPDATE counter SET value = $1 WHERE name = 'none'", &[Arg::Int(1)]).await.unwrap();
    let held = tokio::task::spawn_blocking(move || house.import_example_fails());
    let err = held.await.unwrap();
    assert!(err.contains("in use by another program"), "{err}");
    tx.rollback().await.unwrap();
    store.close().await;
}

#[test]
fn a_file_that_is_no_database_is_told() {
    let house = House::new();
    house.write("data/loge/loge.sqlite", "this is a letter to the mayor, and a long one at that\n");
    let done = house.loge(&["office", "--listen", "127.0.0.1:0"]);
    assert_eq!(done.status, 1);
    assert!(done.err.lines().last().unwrap().contains("cannot be opened"), "{}", done.err);
}

impl House {
    fn import_example_fails(&self) -> String {
        let done = self.import(&Self::example());
        assert_eq!(done.status, 1);
        done.err
    }
}
