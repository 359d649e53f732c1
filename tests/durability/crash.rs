//! Killed with SIGKILL under load, an office loses no acknowledged command, does none twice, and leaves no gap in the feed.

use crate::{
    common::{Database, Directory, Engine, House, command, complete, directory, token},
    option,
    process::OfficeProcess,
};
use loge::{
    client::{Client, ClientError},
    domain::{
        entity::EntityKind,
        ids::{CommandKey, RequestId},
        request::Request,
    },
    office::storage::Store,
    wire::{catalogue::Command, change::Done, fresh},
};
use rstest::rstest;
use serde_json::json;
use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

/// Clients that load the office at the same time.
const CLIENTS: usize = 8;

/// Commands sent and answers received in a round before the office is killed: up to so many.
const MOMENTS: u128 = 300;

/// A command under its key, with its answer if one came.
struct Sent {
    key: CommandKey,
    command: Command,
    answer: Option<Done>,
}

/// The office of a round and the moment at which it is killed, counted in commands sent and answers received.
struct Round {
    office: OfficeProcess,
    passed: AtomicUsize,
    fatal: usize,
}

impl Round {
    fn over(database: &Database) -> Self {
        let random = fresh::<uuid::Uuid>().as_u128() % MOMENTS;
        Self {
            office: OfficeProcess::start(database),
            passed: AtomicUsize::new(0),
            fatal: usize::try_from(random).unwrap() + 2 * CLIENTS,
        }
    }

    fn pass(&self) {
        if self.passed.fetch_add(1, Ordering::Relaxed) == self.fatal {
            self.office.kill();
        }
    }
}

/// Writes requests down and edits them until the office answers no more.
async fn load(round: Arc<Round>, client: Client, fields: serde_json::Value) -> Vec<Sent> {
    let mut all = Vec::new();
    for edition in 1.. {
        let id: RequestId = fresh();
        let edit = json!({ "fields": { "detail": { "seen": "chemises", "new": format!("chemises, {edition}") } } });
        for command in [command("request.create", id, fields.clone()), command("request.edit", id, edit)] {
            let key = fresh();
            round.pass();
            let answer = client.send(key, &command).await;
            match answer {
                Ok(done) => {
                    all.push(Sent { key, command, answer: Some(done) });
                    round.pass();
                }
                Err(ClientError::Unreachable(_)) => {
                    all.push(Sent { key, command, answer: None });
                    return all;
                }
                Err(error) => panic!("{}: {error:?}", command.name()),
            }
        }
    }
    all
}

fn text(done: &Done) -> String {
    serde_json::to_string(done).unwrap()
}

/// Sends every client's commands once more.
async fn repeat_all(client: &Client, loads: Vec<Vec<Sent>>) -> Vec<Vec<Sent>> {
    let tasks: Vec<_> = loads.into_iter().map(|load| tokio::spawn(repeat(client.clone(), load))).collect();
    let mut all = Vec::new();
    for task in tasks {
        all.push(task.await.unwrap());
    }
    all
}

/// Sends commands once more: what was acknowledged is answered as it was, what was not is done now, or was.
async fn repeat(client: Client, mut all: Vec<Sent>) -> Vec<Sent> {
    for sent in &mut all {
        let again = client
            .send(sent.key, &sent.command)
            .await
            .unwrap_or_else(|error| panic!("{} {}: {error:?}", sent.command.name(), sent.key));
        match &sent.answer {
            Some(answer) => assert_eq!(text(&again), text(answer), "another answer than was acknowledged"),
            None => sent.answer = Some(again),
        }
    }
    all
}

/// What the rows must show after these commands: the last that was asked of each.
async fn assert_rows(client: &Client, loads: &[Vec<Sent>]) {
    let mut details = BTreeMap::new();
    for sent in loads.iter().flatten() {
        let (id, detail) = match &sent.command {
            Command::CreateRequest { id, body } => (*id, body.detail.as_ref().unwrap().as_str()),
            Command::EditRequest { id, body } => (*id, body.fields["detail"].new.as_str().unwrap()),
            other => panic!("{} is not sent here", other.name()),
        };
        details.insert(id, detail);
    }
    for (id, detail) in details {
        let row = client
            .row(EntityKind::Request, id.into())
            .await
            .unwrap_or_else(|error| panic!("request {id} is lost: {error:?}"));
        let request: Request = serde_json::from_str(row.get()).unwrap();
        assert_eq!(request.fields.detail.unwrap().as_str(), detail);
    }
}

async fn number(store: &Store, sql: &'static str) -> i64 {
    store.read().await.unwrap().row(sql, &[]).await.unwrap().unwrap().int(0).unwrap()
}

/// The feed holds these many entries, numbered from 1 without gap, and the requests these many.
async fn assert_whole(store: &Store, changes: i64, requests: i64) {
    assert_eq!(number(store, "SELECT count(*) FROM change").await, changes, "entries of the feed");
    assert_eq!(number(store, "SELECT coalesce(min(seq), 1) FROM change").await, 1, "the feed's first place");
    assert_eq!(number(store, "SELECT coalesce(max(seq), 0) FROM change").await, changes, "the feed's last place");
    assert_eq!(number(store, "SELECT value FROM counter WHERE name = 'feed'").await, changes, "the feed's counter");
    assert_eq!(number(store, "SELECT count(*) FROM request").await, requests, "requests");
    assert_eq!(
        number(store, "SELECT max(value) FROM counter WHERE name NOT LIKE 'feed%'").await,
        requests,
        "the last request's number"
    );
}

async fn one_round(
    database: &Database,
    round: Round,
    token: loge::client::Token,
    directory: &Directory,
) -> (Round, Vec<Vec<Sent>>) {
    let round = Arc::new(round);
    let client = round.office.client(token.clone());
    let clients: Vec<_> =
        (0..CLIENTS).map(|_| tokio::spawn(load(Arc::clone(&round), client.clone(), complete(directory)))).collect();
    let mut loads = Vec::new();
    for load in clients {
        loads.push(load.await.unwrap());
    }
    drop(round);
    let next = Round::over(database);
    let client = next.office.client(token);
    let loads = repeat_all(&client, loads).await;
    assert_rows(&client, &loads).await;
    (next, loads)
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_office_killed_under_load_loses_nothing_it_acknowledged_and_does_nothing_twice(#[case] engine: Engine) {
    let House { database, office, manager } = House::open(engine).await;
    let directory = directory(&manager).await;
    let token = token(&office, &manager.login).await;
    office.stop().await;
    let store = database.open().await;
    let (mut changes, mut requests) = (directory.seq.0, 0);
    let mut all: Vec<Vec<Sent>> = std::iter::repeat_with(Vec::new).take(CLIENTS).collect();
    let mut round = Round::over(&database);
    for _ in 0..option("LOGE_CRASH_ROUNDS", 5) {
        let (next, sent) = one_round(&database, round, token.clone(), &directory).await;
        round = next;
        for Sent { command, answer, .. } in sent.iter().flatten() {
            changes += i64::try_from(answer.as_ref().unwrap().changes.len()).unwrap();
            requests += i64::from(matches!(command, Command::CreateRequest { .. }));
        }
        assert_whole(&store, changes, requests).await;
        all.iter_mut().zip(sent).for_each(|(all, sent)| all.extend(sent));
    }
    // And what was acknowledged before the first kill still is after the last.
    let count: usize = all.iter().map(Vec::len).sum();
    repeat_all(&round.office.client(token), all).await;
    assert_whole(&store, changes, requests).await;
    println!("{engine:?}: {count} commands, none lost, none doubled; {changes} changes");
    store.close().await;
}
