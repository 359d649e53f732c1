//! Telephone systems on the command line: entered, listed, removed, and a call made up to see it ring.

use super::house::House;
use loge::office::storage::Store;
use std::net::TcpListener;

/// The lines of the calls that came in.
async fn lines(house: &House) -> Vec<String> {
    let store = Store::open_file(&house.path("data/loge/loge.sqlite")).await.unwrap();
    let sql = "SELECT doc -> 'origin' ->> 'line' FROM contact ORDER BY id";
    let rows = store.read().await.unwrap().rows(sql, &[]).await.unwrap();
    let lines = rows.iter().map(|row| row.text(0).unwrap()).collect();
    store.close().await;
    lines
}

#[test]
fn a_telephone_system_is_entered_twice_at_most_listed_and_removed() {
    let house = House::initialised();
    let telephone = |args: &[&str]| house.loge(&[&["office", "telephone"], args].concat());
    assert!(telephone(&["list"]).out.contains("No telephone system"));
    let add = ["add", "standard", "--format", "sipgate", "--url", "https://loge.example/"];
    let first = telephone(&add);
    assert_eq!(first.status, 0, "{}", first.err);
    let url = first.out.lines().last().unwrap().trim();
    let token = url.strip_prefix("https://loge.example/v1/intake/calls/").unwrap();
    assert_eq!(token.len(), 48);
    assert_eq!(telephone(&add).status, 0);
    let third = telephone(&add);
    assert!(third.status == 1 && third.err.contains("two addresses"), "{}", third.err);
    let listed = telephone(&["list"]).out;
    assert_eq!(listed.matches("standard, sipgate, since 20").count(), 2, "{listed}");
    assert!(!listed.contains(token));
    assert!(telephone(&["remove", "standard", "--oldest"]).out.contains("one address"));
    assert!(telephone(&["remove", "standard"]).out.contains("one address"));
    let unknown = telephone(&["remove", "standard"]);
    assert!(unknown.status == 1 && unknown.err.contains("not entered"), "{}", unknown.err);
    let format = telephone(&["add", "x", "--format", "fax"]);
    assert!(format.status == 1 && format.err.contains("cti, sipgate, aircall"), "{}", format.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_test_call_rings_in_the_office_that_runs() {
    let house = House::new();
    let office = house.serve();
    let test = |more: &[&str]| {
        house.loge(&[&["office", "--listen", &office.address, "call-test", "--after-s", "0"], more].concat())
    };
    let done = test(&["--from", "05 36 49 12 34"]);
    assert_eq!(done.status, 0, "{}", done.err);
    assert!(done.out.contains("from 05 36 49 12 34 rings"), "{}", done.out);
    assert_eq!(test(&["--from", "anonymous", "--answered-by", "204"]).status, 0);
    assert_eq!(lines(&house).await, ["missed", "ended"]);
    assert!(house.loge(&["office", "telephone", "list"]).out.contains("No telephone system"), "its token is gone");
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let alone = house.loge(&["office", "--listen", &free, "call-test", "--after-s", "0"]);
    assert!(alone.status == 1 && alone.err.contains("did not take the test call"), "{}", alone.err);
}

#[test]
fn the_doctor_looks_at_each_telephone_system() {
    let house = House::initialised();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let free = taken.local_addr().unwrap();
    drop(taken);
    house.write("config/loge/ami", "secret");
    let table = format!(
        "[office]\nlisten = \"127.0.0.1:0\"\n[[office.telephony]]\nname = \"pabx\"\nformat = \"asterisk\"\naddress = \"{free}\"\nuser = \"loge\"\nsecret_file = \"ami\"\n"
    );
    house.write("config/loge/config.toml", &table);
    let doctor = house.loge(&["office", "doctor"]);
    let line = doctor.out.lines().find(|line| line.contains("telephony pabx")).unwrap();
    assert!(doctor.status == 1 && line.contains("see to") && line.contains(&free.to_string()), "{line}");
}
