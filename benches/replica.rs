//! The replica's figures, beside their budgets: what a console's first frame and each key wait for.
//!
//! `cargo bench --bench replica --no-default-features --features client`

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a benchmark may stop where it stands"
)]

use loge::{
    domain::{access::Author, entity::EntityKind, time::Instant as Moment},
    replica::{Board, KeepCopy, Place, Replica, ReplicaParts, Store},
    wire::change::{Change, ChangeKind, Seq, Snapshot},
};
use serde_json::{Value, json, value::to_raw_value};
use std::{path::Path, process::Command, time::Instant};
use uuid::Uuid;

const FOLDER: &str = "LOGE_BENCH_FOLDER";
const REQUESTS: u128 = 10_000;

fn main() {
    if let Ok(folder) = std::env::var(FOLDER) {
        return measure(Path::new(&folder));
    }
    for persons in [423, 10_000] {
        println!("{REQUESTS} open requests, {persons} persons");
        let folder = tempfile::tempdir().unwrap();
        keep(folder.path(), persons);
        // In a process of its own, so that memory is that of a console, not of what was made up for it.
        let status = Command::new(std::env::current_exe().unwrap()).env(FOLDER, folder.path()).status().unwrap();
        assert!(status.success());
    }
}

fn at(seconds: i64) -> Moment {
    Moment::from_micros(1_795_000_000_000_000 + seconds * 1_000_000).unwrap()
}

fn place(base: &Path) -> Place<'_> {
    Place { base, office: "https://loge.example", operator: "lea" }
}

fn id(number: u128) -> Uuid {
    Uuid::from_u128((0x0199_0000_0000_7000_8000_u128 << 48) + number)
}

/// A triaged request with its clock and a note: as heavy as those of a real day.
fn request(number: u128) -> Value {
    json!({ "id": id(number), "version": 3, "number": format!("26-{number:05}"), "state": "triaged", "created_at": at(0),
        "created_by": id(1), "channel": "phone", "contact_id": id(900_000 + number),
        "requester": { "kind": "person", "id": id(100_000 + number % 423) }, "service_id": id(2), "site_id": id(3 + number % 4),
        "payer": { "kind": "person" }, "when": { "kind": "due", "at": "2026-11-27T12:00:00" }, "quantity": 3,
        "detail": "chemises blanches", "text": "Trois chemises blanches et une veste, sans amidon, pour vendredi midi",
        "handover": { "kind": "locker" }, "urgency": "normal", "price": 1350, "client_id": id(7), "waiting": null, "merged": null,
        "origin_id": null, "assignment_id": null, "clocks": [], "ending": null, "ended_at": null, "forgotten": null,
        "notes": [{ "id": id(500_000 + number), "at": at(60), "by": id(1), "text": "Rappeler avant de passer" }] })
}

fn person(number: u128) -> Value {
    let families = ["Durand", "Férut", "Roy", "Martin", "Le Goff", "Ben Amar", "Dupont", "Nguyen", "Castéra", "Lopez"];
    let given = ["Claire", "Élodie", "Marc", "Zoé", "Nadia", "Hugo", "Aïcha", "Jean-Luc", "Léa", "Tom"];
    let place = usize::try_from(number % 100).unwrap();
    json!({ "id": id(100_000 + number), "version": 1, "standing": "active", "family_name": families[place % 10],
        "given_name": given[place / 10], "title": "Mme", "client_id": id(7), "site_id": id(3), "phones": [format!("+33199{number:06}")],
        "emails": [format!("p{number}@metropole.example")], "prefers": "mail", "gender": null,
        "enrolments": [{ "client_id": id(7), "from": "2026-01-05", "to": null }], "note": null })
}

fn keep(folder: &Path, persons: u128) {
    let rows =
        |make: fn(u128) -> Value, count| (1..=count).map(|number| to_raw_value(&make(number)).unwrap()).collect();
    let rows = [(EntityKind::Request, rows(request, REQUESTS)), (EntityKind::Beneficiary, rows(person, persons))];
    let replica = Replica::load(&Snapshot { seq: Seq(1), at: at(0), rows: rows.into() });
    assert_eq!(replica.unreadable(), 0);
    let store = Store::open(place(folder), at(0)).unwrap().store;
    store.keep_copy(&ReplicaParts::of(&replica).unwrap(), at(0), KeepCopy::Until(at(3_600))).unwrap();
}

fn measure(folder: &Path) {
    let before_kb = resident_kb();
    let found = timed("open the folder", "first frame ≤ 30 ms", || Store::open(place(folder), at(1)).unwrap());
    let copy = timed("read the kept copy", "first rows ≤ 150 ms", || found.store.copy(at(1)).unwrap().unwrap());
    println!("{:<46} {:>9.1} MB   all of the console ≤ 25 MB", "memory of it", mb(resident_kb() - before_kb));
    let mut board = Board::new(None);
    board.load(copy.replica);
    for text in ["d", "dur", "zoe fer", "xyz"] {
        timed(&format!("find persons by « {text} »"), "≤ 1 ms", || board.replica().persons_named(text, 10).len());
    }
    timed("walk all open requests as shown", "within a frame", || board.open_requests().count());
    let changes: Vec<Change> = (1..=1_000_u128)
        .map(|number| {
            let mut row = request(number);
            row["version"] = json!(4);
            Change {
                seq: Seq(1 + i64::try_from(number).unwrap()),
                at: at(2),
                author: Author::System,
                command: id(700_000 + number).into(),
                kind: ChangeKind::Put,
                entity: EntityKind::Request,
                id: id(number),
                version: serde_json::from_value(json!(4)).unwrap(),
                state: Some(to_raw_value(&row).unwrap()),
            }
        })
        .collect();
    timed("apply 1,000 changes", "50 a second", || {
        for change in &changes {
            board.apply(change);
        }
    });
    let parts = ReplicaParts::of(board.replica()).unwrap();
    timed("keep a copy on disk", "beside the work", || {
        found.store.keep_copy(&parts, at(2), KeepCopy::Until(at(3_600))).unwrap();
    });
}

fn timed<T>(what: &str, budget: &str, act: impl FnOnce() -> T) -> T {
    let started = Instant::now();
    let outcome = act();
    println!("{what:<46} {:>9.2} ms   {budget}", started.elapsed().as_secs_f64() * 1_000.0);
    outcome
}

fn resident_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[expect(clippy::cast_precision_loss, reason = "megabytes for a person to read")]
fn mb(kb: u64) -> f64 {
    kb as f64 / 1_024.0
}
