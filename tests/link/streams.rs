use crate::{
    common::{Engine, House, command, complete, directory},
    console::{Console, now},
    line::Line,
};
use loge::{
    domain::{
        entity::EntityKind,
        ids::RequestId,
        request::{Request, RequestState},
    },
    replica::{KeepCopy, Mark, ReplicaParts, Undoing, is_current},
    wire::{bodies::Undo, catalogue::Command, fresh},
};
use serde_json::json;
use std::time::Duration;
use tempfile::TempDir;

#[tokio::test]
async fn what_one_does_is_on_the_others_screen() {
    let house = House::open(Engine::Sqlite).await;
    let all = directory(&house.manager).await;
    let lea = house.person("lea", &[loge::domain::access::Role::Operator]).await;
    let (here, there) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let mut one = Console::open(&house.manager, &house.office.url(), &here).await;
    let mut other = Console::open(&lea, &house.office.url(), &there).await;
    other.until("the directory is here", |console| console.board.replica().beneficiary(all.durand).is_some()).await;
    let id: RequestId = fresh();
    one.gives(command("request.create", id, complete(&all)));
    assert_eq!(one.request(id).unwrap().mark, Mark::Pending);
    let step = json!({ "seen": "new" });
    one.gives(command("request.triage", id, step));
    assert_eq!(one.request(id).unwrap().row.state, RequestState::Triaged, "shown before it is sent");
    let triaged = |console: &Console| {
        console
            .request(id)
            .is_some_and(|shown| shown.row.state == RequestState::Triaged && shown.mark == Mark::Confirmed)
    };
    one.until("it is confirmed", triaged).await;
    other.until("it is on the other's screen", triaged).await;
    let number = other.request(id).unwrap().row.number;
    one.until("both are the same", |console| {
        console.board.replica().request(id).is_some_and(|row| row.clocks.len() == 1)
    })
    .await;
    assert_eq!(one.request(id).unwrap().row, other.request(id).unwrap().row);
    assert!(other.board.replica().request_numbered(number).is_some());
}

#[tokio::test]
async fn an_undo_ends_as_it_was_shown_at_once() {
    let house = House::open(Engine::Sqlite).await;
    let all = directory(&house.manager).await;
    let folder = TempDir::new().unwrap();
    let mut console = Console::open(&house.manager, &house.office.url(), &folder).await;
    // What comes with the first snapshot is no act of this console's: there is nothing to take back by it.
    console.until("the directory is here", |console| console.board.replica().beneficiary(all.durand).is_some()).await;
    let id: RequestId = fresh();
    console.gives(command("request.create", id, complete(&all)));
    console.gives(command("request.triage", id, json!({ "seen": "new" })));
    console
        .until("it is confirmed", |console| {
            console.board.replica().request(id).is_some_and(|row| row.state == RequestState::Triaged)
        })
        .await;
    console.settled().await;
    // The office's clock is the one that counts.
    let Some(Undoing::Undo(key)) = console.board.undoing(console.board.replica().at().unwrap()) else {
        panic!("nothing to undo")
    };
    console.gives(Command::Undo { body: Undo { command: key } });
    let mut predicted: Request = (**console.request(id).unwrap().row).clone();
    assert_eq!(predicted.state, RequestState::New);
    console
        .until("it is confirmed", |console| {
            console.board.entries().count() == 0
                && console.board.replica().request(id).unwrap().state == RequestState::New
        })
        .await;
    let confirmed = &**console.request(id).unwrap().row;
    predicted.version = confirmed.version;
    assert_eq!(&predicted, confirmed);
    let next = console.board.undoing(console.board.replica().at().unwrap());
    assert!(matches!(next, Some(Undoing::Undo(other)) if other != key), "then the creation");
}

#[tokio::test]
async fn a_refused_row_of_a_bulk_stays_until_its_author_has_seen_to_it() {
    let house = House::open(Engine::Sqlite).await;
    let all = directory(&house.manager).await;
    let folder = TempDir::new().unwrap();
    let mut console = Console::open(&house.manager, &house.office.url(), &folder).await;
    let ids: [RequestId; 2] = [fresh(), fresh()];
    console.gives(command("request.create", ids[0], complete(&all)));
    console.gives(command("request.create", ids[1], json!({ "channel": "phone", "text": "Une question" })));
    console.settled().await;
    let row = |id: RequestId| json!({ "key": fresh::<loge::domain::ids::CommandKey>(), "command": command("request.triage", id, json!({ "seen": "new" })) });
    console.gives(command("bulk", "", json!({ "rows": [row(ids[0]), row(ids[1])] })));
    console
        .until("the refused row came back", |console| console.board.to_settle() == 1 && console.board.to_send() == 0)
        .await;
    console
        .until("the other is triaged", |console| console.request(ids[0]).unwrap().row.state == RequestState::Triaged)
        .await;
    assert_eq!(console.request(ids[1]).unwrap().mark, Mark::Refused);
    assert_eq!(console.request(ids[1]).unwrap().row.state, RequestState::New);
    let key = console.board.entries().next().unwrap().given.key;
    console.link.throw_away(key);
    console.until("it is thrown away", |console| console.board.to_settle() == 0).await;
    assert_eq!(console.request(ids[1]).unwrap().mark, Mark::Confirmed);
}

#[tokio::test]
async fn what_the_office_has_is_not_thrown_away_but_to_be_undone() {
    let house = House::open(Engine::Sqlite).await;
    let all = directory(&house.manager).await;
    let folder = TempDir::new().unwrap();
    let line = Line::to(house.office.address).await;
    let mut console = Console::open(&house.manager, &line.url, &folder).await;
    let too_late = |key| format!("TooLate({key:?})");
    // Answered, which the operator did not see yet when they pressed the key.
    let key = console.gives(command("request.create", fresh::<RequestId>(), complete(&all)));
    console.settled().await;
    console.link.throw_away(key);
    console.until("it is too late", |console| console.was_told(&too_late(key))).await;
    // Sent, and nobody knows whether it came there.
    line.cut();
    let key = console.gives(command("request.create", fresh::<RequestId>(), complete(&all)));
    let waits = |console: &Console| console.board.undoing(now()) == Some(Undoing::Undo(key));
    console.until("it was sent", waits).await;
    console.link.throw_away(key);
    console.until("it is too late", |console| console.was_told(&too_late(key))).await;
    line.mend();
    console.settled().await;
    assert_eq!(house.number("SELECT count(*) FROM request").await, 2);
}

#[tokio::test]
async fn the_stream_and_a_fresh_snapshot_hold_the_same_open_work() {
    let house = House::open(Engine::Sqlite).await;
    let folder = TempDir::new().unwrap();
    let mut console = Console::open(&house.manager, &house.office.url(), &folder).await;
    console.until("it is connected", |console| console.was_told("Connected")).await;
    let all = directory(&house.manager).await;
    for end in ["cancel", "refuse", "answer", "keep"] {
        let id: RequestId = fresh();
        house.manager.gives("request.create", id, complete(&all)).await;
        match end {
            "answer" => drop(house.manager.gives("request.answer", id, json!({ "seen": "new", "text": "Oui" })).await),
            "keep" => {}
            _ => drop(
                house.manager.gives(&format!("request.{end}"), id, json!({ "seen": "new", "reason": "Doublon" })).await,
            ),
        }
    }
    let walk_in: loge::domain::ids::ContactId = fresh();
    let came = json!({ "occurred_at": "2026-11-22T09:00:00Z", "what": { "text": "Bonjour" } });
    house.manager.gives("contact.walk_in", walk_in, came).await;
    let done = house.manager.gives("contact.wrap_up", walk_in, json!({ "outcome": "Renseigné" })).await;
    let last = done.changes.last().unwrap().seq;
    console.until("all of it is here", |console| console.board.replica().seq() >= last).await;
    let snapshot = house.manager.client.snapshot().await.unwrap();
    for kind in EntityKind::ALL {
        let rows = snapshot.rows.get(kind).map_or(0, Vec::len);
        let here = current(&console, *kind);
        assert_eq!(here, rows, "{}", kind.name());
    }
}

fn current(console: &Console, kind: EntityKind) -> usize {
    use loge::domain::contact::Contact;
    fn count<E: loge::replica::Kept>(console: &Console) -> usize {
        console.board.replica().table::<E>().iter().filter(|row| is_current(E::KIND, row.state_name())).count()
    }
    match kind {
        EntityKind::Request => count::<Request>(console),
        EntityKind::Contact => count::<Contact>(console),
        EntityKind::Policy => count::<loge::domain::policy::Policy>(console),
        EntityKind::Client => count::<loge::domain::client::Client>(console),
        EntityKind::Site => count::<loge::domain::site::Site>(console),
        EntityKind::Service => count::<loge::domain::service::Service>(console),
        EntityKind::Beneficiary => count::<loge::domain::beneficiary::Beneficiary>(console),
        EntityKind::Operator => count::<loge::domain::operator::Operator>(console),
        _ => 0,
    }
}

#[tokio::test]
async fn a_kept_copy_goes_on_from_its_place_without_a_snapshot() {
    let house = House::open(Engine::Sqlite).await;
    let all = directory(&house.manager).await;
    let folder = TempDir::new().unwrap();
    let mut console = Console::open(&house.manager, &house.office.url(), &folder).await;
    console.until("the directory is here", |console| console.loaded == 1).await;
    let parts = ReplicaParts::of(console.board.replica()).unwrap();
    console.link.keep_copy(parts, now(), KeepCopy::Until(now().plus(jiff::SignedDuration::from_hours(12))));
    console.link.stop().await;
    let id: RequestId = fresh();
    house.manager.gives("request.create", id, complete(&all)).await;
    let mut console = Console::open(&house.manager, &house.office.url(), &folder).await;
    console.until("the copy is here", |console| console.board.replica().beneficiary(all.durand).is_some()).await;
    assert!(console.request(id).is_none(), "before the network answers");
    console.until("what happened meanwhile is here", |console| console.request(id).is_some()).await;
    assert_eq!(console.loaded, 0);
}

#[tokio::test]
async fn a_person_who_is_erased_leaves_screen_and_disk() {
    let house = House::open(Engine::Sqlite).await;
    let all = directory(&house.manager).await;
    let folder = TempDir::new().unwrap();
    let mut console = Console::open(&house.manager, &house.office.url(), &folder).await;
    console.until("the directory is here", |console| console.board.replica().beneficiary(all.durand).is_some()).await;
    let parts = ReplicaParts::of(console.board.replica()).unwrap();
    console.link.keep_copy(parts, now(), KeepCopy::Until(now().plus(jiff::SignedDuration::from_hours(12))));
    crate::common::until("the copy is on disk", || async { holds(folder.path(), "Durand") }).await;
    house.manager.gives("beneficiary.erase", all.durand, json!({ "reason": "Demande" })).await;
    console.until("the name is gone", |console| console.board.replica().persons_named("durand", 1).is_empty()).await;
    assert!(!holds(folder.path(), "Durand"), "the disk is first");
    tokio::time::timeout(Duration::from_secs(5), console.link.stop()).await.unwrap();
}

/// Whether a word stands in a file of the folder.
fn holds(folder: &std::path::Path, word: &str) -> bool {
    std::fs::read_dir(folder).unwrap().map(Result::unwrap).any(|entry| match entry.path() {
        path if path.is_dir() => holds(&path, word),
        path => std::fs::read_to_string(path).is_ok_and(|text| text.contains(word)),
    })
}
