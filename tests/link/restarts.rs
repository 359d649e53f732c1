use crate::{
    common::{Engine, House, command, complete, directory},
    console::Console,
    line::Line,
};
use loge::{
    domain::{ids::RequestId, request::Request},
    wire::fresh,
};
use serde_json::json;
use tempfile::TempDir;

fn note(number: usize) -> serde_json::Value {
    json!({ "id": fresh::<loge::domain::ids::NoteId>(), "text": number.to_string() })
}

#[tokio::test]
async fn a_console_that_dies_sends_the_rest_when_it_is_back_each_once() {
    let house = House::open(Engine::Sqlite).await;
    let all = directory(&house.manager).await;
    let folder = TempDir::new().unwrap();
    let id: RequestId = fresh();
    house.manager.gives("request.create", id, complete(&all)).await;
    let mut given = 0;
    for _ in 0..6 {
        let mut console = Console::open(&house.manager, &house.office.url(), &folder).await;
        let last = given + 5;
        let mut key = fresh();
        while given < last {
            key = console.gives(command("request.note", id, note(given)));
            given += 1;
        }
        // All of them are on disk, and some are on their way or answered: then it dies, without a word.
        console.until("all are kept", |console| console.board.entry(key).is_none() || kept(&folder, key)).await;
        drop(console);
    }
    let mut console = Console::open(&house.manager, &house.office.url(), &folder).await;
    console.settled().await;
    let row: Request = house.manager.row(loge::domain::entity::EntityKind::Request, id).await;
    let notes: Vec<String> = row.notes.iter().map(|note| note.text.to_string()).collect();
    assert_eq!(notes, (0..given).map(|number| number.to_string()).collect::<Vec<_>>());
}

/// Whether a command stands in a journal of the folder.
fn kept(folder: &TempDir, key: loge::domain::ids::CommandKey) -> bool {
    fn holds(folder: &std::path::Path, word: &str) -> bool {
        std::fs::read_dir(folder).unwrap().map(Result::unwrap).any(|entry| match entry.path() {
            path if path.is_dir() => holds(&path, word),
            path => std::fs::read_to_string(path).is_ok_and(|text| text.contains(word)),
        })
    }
    holds(folder.path(), &key.to_string())
}

#[tokio::test]
async fn a_ghost_notices_its_successor_and_sends_no_more() {
    let house = House::open(Engine::Sqlite).await;
    let all = directory(&house.manager).await;
    let line = Line::to(house.office.address).await;
    let folder = TempDir::new().unwrap();
    let mut ghost = Console::open(&house.manager, &line.url, &folder).await;
    ghost.until("it is connected", |console| console.was_told("Connected")).await;
    line.cut();
    let id: RequestId = fresh();
    let key = ghost.gives(command("request.create", id, complete(&all)));
    ghost.until("it is on disk", |_| kept(&folder, key)).await;
    let mut newer = Console::open(&house.manager, &house.office.url(), &folder).await;
    newer.settled().await;
    newer.until("it is confirmed", |console| console.board.replica().request(id).is_some()).await;
    let lost: RequestId = fresh();
    ghost.gives(command("request.create", lost, complete(&all)));
    line.mend();
    ghost.until("it knows", |console| console.was_told("TakenOver")).await;
    let snapshot = house.manager.client.snapshot().await.unwrap();
    assert_eq!(snapshot.rows[&loge::domain::entity::EntityKind::Request].len(), 1);
}
