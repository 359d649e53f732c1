use crate::{
    common::{Engine, House, command, complete, directory},
    console::Console,
    line::Line,
};
use loge::{
    domain::{ids::RequestId, request::Request},
    replica::Mark,
    wire::fresh,
};
use serde_json::{Value, json};
use tempfile::TempDir;

fn note(text: &str) -> Value {
    json!({ "id": fresh::<loge::domain::ids::NoteId>(), "text": text })
}

fn notes(request: &Request) -> Vec<String> {
    request.notes.iter().map(|note| note.text.to_string()).collect()
}

#[tokio::test]
async fn what_is_given_offline_is_carried_out_once_and_in_order_when_the_line_is_back() {
    let house = House::open(Engine::Sqlite).await;
    let all = directory(&house.manager).await;
    let line = Line::to(house.office.address).await;
    let folder = TempDir::new().unwrap();
    let mut console = Console::open(&house.manager, &line.url, &folder).await;
    console.until("it is connected", |console| console.was_told("Connected")).await;
    line.cut();
    console.until("it knows", |console| console.was_told("Disconnected")).await;
    let ids: Vec<RequestId> = (0..3).map(|_| fresh()).collect();
    for id in &ids {
        console.gives(command("request.create", id, complete(&all)));
        for number in 0..4 {
            console.gives(command("request.note", id, note(&number.to_string())));
        }
    }
    assert_eq!(console.board.to_send(), 15);
    console
        .until("a try failed", |console| {
            !console.board.entries().any(|entry| entry.status != loge::replica::Status::Queued)
        })
        .await;
    line.mend();
    console.settled().await;
    for id in &ids {
        let row: Request = house.manager.row(loge::domain::entity::EntityKind::Request, id).await;
        assert_eq!(notes(&row), ["0", "1", "2", "3"]);
        console
            .until("the stream brought it", |console| {
                console.board.replica().request(*id).is_some_and(|row| row.notes.len() == 4)
            })
            .await;
        assert_eq!(console.request(*id).unwrap().mark, Mark::Confirmed);
    }
}

#[tokio::test]
async fn a_line_that_breaks_again_and_again_loses_and_doubles_nothing() {
    let house = House::open(Engine::Sqlite).await;
    let all = directory(&house.manager).await;
    let line = Line::to(house.office.address).await;
    let folder = TempDir::new().unwrap();
    let mut console = Console::open(&house.manager, &line.url, &folder).await;
    let id: RequestId = fresh();
    console.gives(command("request.create", id, complete(&all)));
    console.settled().await;
    for number in 0..40 {
        console.gives(command("request.note", id, note(&number.to_string())));
        // Somewhere between the sending of one and the answer of another.
        if number % 4 == 1 {
            console
                .until("something is on its way", |console| {
                    console.board.to_send() == 0
                        || console.board.entries().any(|entry| entry.status == loge::replica::Status::InFlight)
                })
                .await;
            line.cut();
        }
        if number % 4 == 3 {
            line.mend();
        }
    }
    console.settled().await;
    console
        .until("the stream is there", |console| {
            console.board.replica().request(id).is_some_and(|row| row.notes.len() >= 40)
        })
        .await;
    let row: Request = house.manager.row(loge::domain::entity::EntityKind::Request, id).await;
    assert_eq!(notes(&row), (0..40).map(|number| number.to_string()).collect::<Vec<_>>());
    assert_eq!(&**console.request(id).unwrap().row, &row);
}

#[tokio::test]
async fn what_another_changed_meanwhile_comes_back_with_both_values() {
    let house = House::open(Engine::Sqlite).await;
    let all = directory(&house.manager).await;
    let line = Line::to(house.office.address).await;
    let folder = TempDir::new().unwrap();
    let id: RequestId = fresh();
    house.manager.gives("request.create", id, complete(&all)).await;
    let mut console = Console::open(&house.manager, &line.url, &folder).await;
    console.until("it is here", |console| console.request(id).is_some()).await;
    line.cut();
    let edit = |new: &str| json!({ "fields": { "detail": { "seen": "chemises", "new": new } } });
    console.gives(command("request.edit", id, edit("chemises blanches")));
    console.gives(command("request.note", id, note("Rappeler")));
    house.manager.gives("request.edit", id, edit("vestes")).await;
    line.mend();
    console.until("it came back", |console| console.board.to_settle() == 1 && console.board.to_send() == 0).await;
    let shown = console.request(id).unwrap();
    assert_eq!(shown.mark, Mark::Conflicting);
    let entry = console.board.entries().next().unwrap().clone();
    let conflict = &entry.status.problem().unwrap().conflicts[0];
    assert_eq!((&conflict.present, &conflict.new), (&json!("vestes"), &json!("chemises blanches")));
    let mine = [("detail".to_owned(), loge::replica::Choice::Mine)].into();
    let given = loge::replica::Given {
        key: fresh(),
        at: crate::console::now(),
        command: Box::new(entry.resolved(&mine).unwrap()),
    };
    console.link.give(given, Some(entry.given.key));
    console.until("it is settled", |console| console.board.entries().count() == 0).await;
    let row: Request = house.manager.row(loge::domain::entity::EntityKind::Request, id).await;
    assert_eq!((row.fields.detail.unwrap().as_str(), row.notes.len()), ("chemises blanches", 1));
}

#[tokio::test]
async fn a_session_that_ended_keeps_everything_until_one_logs_in_again() {
    let house = House::open(Engine::Sqlite).await;
    let all = directory(&house.manager).await;
    let folder = TempDir::new().unwrap();
    let mut console = Console::open(&house.manager, &house.office.url(), &folder).await;
    console.until("it is connected", |console| console.was_told("Connected")).await;
    let client = console.client.clone();
    client.log_out().await.unwrap();
    let id: RequestId = fresh();
    console.gives(command("request.create", id, complete(&all)));
    console.until("it is told", |console| console.was_told("SignedOut")).await;
    assert_eq!(console.board.to_send(), 1);
    client.log_in("responsable".parse().unwrap(), crate::common::PASSWORD.to_owned()).await.unwrap();
    console.link.signed_in();
    console.settled().await;
    console.until("it goes on", |console| console.board.replica().request(id).is_some()).await;
}
