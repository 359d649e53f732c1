//! Several offices on one PostgreSQL: their feed is one, and what happens by itself happens once.

use crate::{
    common::{
        Directory, Engine, House, Person, Watch, client_of, command, complete, directory, in_days, person_with, today,
        token, word,
    },
    option,
};
use loge::{
    client::ClientError,
    domain::{
        access::{Role, Sites},
        claim::{Claim, ClaimState},
        entity::EntityKind,
        ids::{ClaimId, ContactId, RecurringOrderId, RequestId},
    },
    office::{serve::Office, timers::TimerKind},
    wire::{change::Change, change::Seq, fresh},
};
use serde_json::json;
use std::time::{Duration, Instant};
use uuid::Uuid;

/// Clients that write to each office.
const CLIENTS: usize = 8;

/// Two offices, and the manager as a client of each.
struct Two {
    house: House,
    other: Office,
    there: Person,
    directory: Directory,
}

impl Two {
    async fn open() -> Self {
        let house = House::open(Engine::Postgres).await;
        let other = house.second_office().await;
        let directory = directory(&house.manager).await;
        let client = client_of(&other).with_token(token(&house.office, &house.manager.login).await);
        let there = Person { client, ..house.manager.clone() };
        Self { house, other, there, directory }
    }

    fn managers(&self) -> [Person; 2] {
        [self.house.manager.clone(), self.there.clone()]
    }

    async fn close(self) {
        self.other.stop().await;
        self.house.office.stop().await;
    }

    async fn walk_in(&self) -> ContactId {
        let id = fresh();
        let body = json!({ "occurred_at": "2026-11-22T10:00:00Z", "what": { "permanence_id": null, "text": null } });
        self.house.manager.gives("contact.walk_in", id, body).await;
        id
    }
}

/// Follows a feed until it has told so many changes.
async fn follow(mut watch: Watch, changes: usize) -> Vec<Change> {
    while watch.seen.len() < changes {
        watch.next().await;
    }
    watch.seen
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_offices_that_both_write_have_one_feed_without_gap_doubling_or_disorder() {
    let two = Two::open().await;
    let each = option("LOGE_CHANGES", 2000).div_ceil(2 * CLIENTS);
    let total = each * 2 * CLIENTS;
    let started = Instant::now();
    let mut consumers = Vec::new();
    for manager in two.managers() {
        consumers.push(tokio::spawn(follow(Watch::from(&manager, two.directory.seq).connected().await, total)));
    }
    let mut writers = Vec::new();
    for person in std::iter::repeat_n(two.managers(), CLIENTS).flatten() {
        let fields = complete(&two.directory);
        writers.push(tokio::spawn(async move {
            let mut written: Vec<(Seq, Uuid)> = Vec::new();
            for _ in 0..each {
                let id: RequestId = fresh();
                let done = person.gives("request.create", id, fields.clone()).await;
                written.push((done.changes[0].seq, id.into()));
            }
            written
        }));
    }
    let mut answered = Vec::new();
    for writer in writers {
        let written = writer.await.unwrap();
        assert!(written.is_sorted(), "a client's own requests are not in the order in which it wrote them");
        answered.extend(written);
    }
    let committed_in = started.elapsed();
    answered.sort();
    let places: Vec<i64> = answered.iter().map(|(seq, _)| seq.0).collect();
    let first = two.directory.seq.0 + 1;
    assert_eq!(places, (first..first + i64::try_from(total).unwrap()).collect::<Vec<_>>());
    for consumer in consumers {
        let told: Vec<_> = consumer.await.unwrap().iter().map(|change| (change.seq, change.id)).collect();
        assert!(told == answered, "a stream told something else than was answered");
    }
    let told_in = started.elapsed();
    println!("{total} changes through two offices: committed in {committed_in:.1?}, told by both in {told_in:.1?}");
    two.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_simultaneous_claims_over_two_offices_exactly_one_wins() {
    let two = Two::open().await;
    let mut people = Vec::new();
    for place in 0..CLIENTS {
        for office in [&two.house.office, &two.other] {
            let login = format!("operateur-{place}-{}", office.address.port());
            people.push(person_with(office, &login, &[Role::Operator], Sites::All, None).await);
        }
    }
    for _ in 0..5 {
        let subject = json!({ "subject": { "kind": "contact", "id": two.walk_in().await } });
        let claims: Vec<_> = people
            .iter()
            .cloned()
            .map(|person| {
                let command = command("claim.take", fresh::<ClaimId>(), subject.clone());
                tokio::spawn(async move { person.tries(command).await })
            })
            .collect();
        let mut won = 0;
        for claim in claims {
            match claim.await.unwrap() {
                Ok(_) => won += 1,
                Err(ClientError::Problem(problem)) => assert_eq!(word(&problem), "busy"),
                Err(error) => panic!("{error:?}"),
            }
        }
        assert_eq!(won, 1);
    }
    two.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_timer_that_is_due_is_done_once_although_both_offices_look() {
    let two = Two::open().await;
    let mut claims = Vec::new();
    for _ in 0..20 {
        let claim: ClaimId = fresh();
        let body = json!({ "subject": { "kind": "contact", "id": two.walk_in().await } });
        two.house.manager.gives("claim.take", claim, body).await;
        claims.push(claim);
    }
    let mut tx = two.house.office.app.store.write().await.unwrap();
    tx.execute("UPDATE claim_work SET renewed_at = 0", &[]).await.unwrap();
    tx.execute("UPDATE timer SET due_at = 0", &[]).await.unwrap();
    tx.commit().await.unwrap();
    // Beside the offices' own looking, both are told of each at the same moment.
    for claim in &claims {
        let fire = |office: &Office| {
            let writer = office.app.writer.clone();
            let id = (*claim).into();
            async move { writer.fire(TimerKind::ClaimStale, id).await.unwrap().changes.len() }
        };
        let (here, there) = tokio::join!(fire(&two.house.office), fire(&two.other));
        assert!(here + there <= 1, "the claim went stale twice");
        let row: Claim = two.there.row(EntityKind::Claim, claim).await;
        assert_eq!((row.state, row.version.get()), (ClaimState::Stale, 2));
    }
    two.close().await;
}

/// Commits changes at one office, each once the one before has come through the other's stream; answers how long all took.
async fn relay(two: &Two, watch: &mut Watch, changes: usize) -> Duration {
    let started = Instant::now();
    for _ in 0..changes {
        let id: RequestId = fresh();
        two.house.manager.gives("request.create", id, complete(&two.directory)).await;
        assert_eq!(RequestId::from(watch.next().await.id), id);
    }
    started.elapsed()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_reaches_the_other_offices_streams_at_once_and_by_the_poll_when_the_wake_is_lost() {
    let two = Two::open().await;
    let mut watch = Watch::from(&two.there, two.directory.seq).connected().await;
    // The poll alone would take about a second for each of them.
    let woken = relay(&two, &mut watch, 10).await;
    assert!(woken < Duration::from_secs(3), "ten changes, one after the other, took {woken:?}");
    let server = sqlx::PgPool::connect(two.house.database.url.as_deref().unwrap()).await.unwrap();
    let kill = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity \
                WHERE datname = current_database() AND query LIKE 'LISTEN%'";
    let killed: i64 = sqlx::query_scalar(kill).fetch_one(&server).await.unwrap();
    assert_eq!(killed, 2, "each office listens on one connection");
    let polled = relay(&two, &mut watch, 1).await;
    assert!(polled < Duration::from_secs(2), "without the wake it took {polled:?}");
    two.close().await;
}

#[tokio::test]
async fn two_offices_that_look_at_a_recurring_order_at_once_make_each_date_once() {
    let two = Two::open().await;
    let (house, directory) = (&two.house, &two.directory);
    let order: RecurringOrderId = fresh();
    let body = json!({
        "requester": { "kind": "person", "id": directory.durand }, "service_id": directory.bread,
        "site_id": directory.merignac, "payer": { "kind": "person" }, "time": { "kind": "due", "at": "23:59:59" },
        "recurrence": { "rhythm": { "kind": "days", "every": 1 }, "from": today(), "holidays": "kept" },
    });
    house.manager.gives("recurring_order.create", order, body).await;
    let id = order.to_string();
    let made = async || -> Vec<String> {
        let mut tx = house.office.app.store.read().await.unwrap();
        let sql = "SELECT recurring_date FROM request WHERE recurring_order_id = $1 ORDER BY recurring_date";
        let rows = tx.rows(sql, &[(&id).into()]).await.unwrap();
        rows.iter().map(|row| row.text(0).unwrap()).collect()
    };
    for ahead in 8..16_i32 {
        let body = json!({ "fields": { "recurring_ahead_days": { "seen": ahead - 1, "new": ahead } } });
        house.manager.gives("policy.edit", loge::domain::policy::policy_id(), body).await;
        let mut tx = house.office.app.store.write().await.unwrap();
        let sql = "UPDATE timer SET due_at = 1 WHERE kind = 'make_recurring' AND subject_id = $1";
        tx.execute(sql, &[(&id).into()]).await.unwrap();
        tx.commit().await.unwrap();
        // Both by hand, besides their own looks.
        let fires = [&house.office, &two.other, &house.office, &two.other]
            .map(|office| office.app.writer.fire(TimerKind::MakeRecurring, order.into()));
        for done in futures_util::future::join_all(fires).await {
            done.unwrap();
        }
        let wanted: Vec<String> = (0..=ahead).map(|days| in_days(days).to_string()).collect();
        assert_eq!(made().await, wanted);
    }
    two.close().await;
}
