//! A load generator: clients that give commands and streams that listen, against any office, with what it took in figures.

use crate::{
    client::{Client, ClientError, StreamEvent},
    domain::{
        entity::{Edit, EntityKind, FieldEdit},
        ids::{BeneficiaryId, RequestId, ServiceId, SiteId},
        request::{RequestState, Requester},
    },
    wire::{
        bodies::{AddNote, Step},
        catalogue::Command,
        change::Seq,
        fresh,
    },
};
use jiff::Timestamp;
use serde_json::json;
use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::{sync::Mutex, task::JoinSet, time::sleep_until};
use tokio_util::sync::CancellationToken;

/// What to put on an office.
#[derive(Clone, Copy, Debug)]
pub struct Load {
    /// Clients that give commands, each one after the other.
    pub clients: u32,
    /// Change streams that stay open.
    pub streams: u32,
    /// Commands a second over all clients; as many as go if none.
    pub rate: Option<u32>,
    /// For how long.
    pub duration: Duration,
}

/// Latencies, sorted.
#[derive(Clone, Debug, Default)]
pub struct Latencies(Vec<u64>);

impl Latencies {
    fn new(mut micros: Vec<u64>) -> Self {
        micros.sort_unstable();
        Self(micros)
    }

    /// How many were measured.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The latency that so many of a hundred do not exceed, in milliseconds.
    pub fn percentile_ms(&self, percent: f64) -> f64 {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "a place in a list of measurements"
        )]
        let place = ((self.0.len().saturating_sub(1)) as f64 * percent / 100.0).round() as usize;
        #[expect(clippy::cast_precision_loss, reason = "microseconds of a measurement")]
        self.0.get(place).map_or(0.0, |micros| *micros as f64 / 1000.0)
    }
}

/// What it took.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// How long it ran.
    pub elapsed: Duration,
    /// From giving a command to its answer.
    pub commands: Latencies,
    /// From the commit of a change to its arrival at a stream, over all streams.
    pub changes: Latencies,
    /// Commands that were not carried out, by cause.
    pub failed: BTreeMap<String, u64>,
}

impl Report {
    /// Commands carried out in a second.
    pub fn per_second(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a count of measurements")]
        let count = self.commands.count() as f64;
        count / self.elapsed.as_secs_f64()
    }
}

/// What there is in the office to make requests of.
struct Directory {
    site: Option<SiteId>,
    service: Option<ServiceId>,
    person: Option<BeneficiaryId>,
}

async fn directory(client: &Client) -> Result<Directory, ClientError> {
    let snapshot = client.snapshot().await?;
    let first = |kind: EntityKind| {
        let row = snapshot.rows.get(&kind)?.first()?;
        let row: serde_json::Value = serde_json::from_str(row.get()).ok()?;
        row.get("id")?.as_str()?.parse::<uuid::Uuid>().ok()
    };
    Ok(Directory {
        site: first(EntityKind::Site).map(Into::into),
        service: first(EntityKind::Service).map(Into::into),
        person: first(EntityKind::Beneficiary).map(Into::into),
    })
}

impl Directory {
    /// A request as it comes in by telephone; complete, if the office has a directory.
    fn request(&self, text: &str) -> Option<crate::domain::request::RequestFields> {
        let requester = self.person.map(|id| Requester::Person { id });
        let body = json!({
            "channel": "phone", "text": text, "requester": requester, "service_id": self.service, "site_id": self.site,
            "payer": { "kind": "person" }, "when": { "kind": "due", "at": "2030-01-04T12:00:00" }, "quantity": 2
        });
        serde_json::from_value(body).ok()
    }
}

/// Puts a load on an office by a logged-in client.
///
/// # Errors
/// The office does not answer at the start; what fails later is counted.
pub async fn run(client: &Client, load: Load) -> Result<Report, ClientError> {
    let directory = Arc::new(directory(client).await?);
    let stop = CancellationToken::new();
    let received = Arc::new(Mutex::new(Vec::new()));
    let mut streams = JoinSet::new();
    let open = Arc::new(AtomicU64::new(0));
    let seq = client.snapshot().await?.seq;
    for _ in 0..load.streams {
        streams.spawn(listen(client.clone(), seq, stop.clone(), Arc::clone(&received), Arc::clone(&open)));
    }
    while open.load(Ordering::Acquire) < u64::from(load.streams) {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let started = Instant::now();
    let until = started + load.duration;
    let mut clients = JoinSet::new();
    for place in 0..load.clients {
        let pace = load.rate.map(|rate| Duration::from_secs(1) * load.clients / rate.max(1));
        let offset = pace.map_or(Duration::ZERO, |pace| pace * place / load.clients);
        clients.spawn(give(client.clone(), Arc::clone(&directory), started + offset, pace, until));
    }
    let mut commands = Vec::new();
    let mut failed = BTreeMap::new();
    while let Some(given) = clients.join_next().await {
        let (latencies, failures) = given.unwrap_or_default();
        commands.extend(latencies);
        for (cause, count) in failures {
            *failed.entry(cause).or_insert(0) += count;
        }
    }
    let elapsed = started.elapsed();
    // What was committed last is still on its way.
    tokio::time::sleep(Duration::from_millis(500)).await;
    stop.cancel();
    while streams.join_next().await.is_some() {}
    let changes = std::mem::take(&mut *received.lock().await);
    Ok(Report { elapsed, commands: Latencies::new(commands), changes: Latencies::new(changes), failed })
}

/// One stream: notes how long after its commit each change arrives.
async fn listen(
    client: Client,
    after: Seq,
    stop: CancellationToken,
    received: Arc<Mutex<Vec<u64>>>,
    open: Arc<AtomicU64>,
) {
    let mut stream = client.changes(after);
    let mut latencies = Vec::new();
    let mut counted = false;
    loop {
        let event = tokio::select! {
            () = stop.cancelled() => break,
            event = stream.next() => event,
        };
        match event {
            Some(StreamEvent::Change(change)) => {
                let late = Timestamp::now().as_microsecond() - change.at.as_micros();
                latencies.push(u64::try_from(late).unwrap_or_default());
            }
            Some(StreamEvent::Connected { .. }) if !counted => {
                counted = true;
                open.fetch_add(1, Ordering::Release);
            }
            Some(_) => {}
            None => break,
        }
    }
    received.lock().await.extend(latencies);
}

/// One client: a request is written down, edited, triaged and noted upon, then the next.
async fn give(
    client: Client,
    directory: Arc<Directory>,
    start: Instant,
    pace: Option<Duration>,
    until: Instant,
) -> (Vec<u64>, BTreeMap<String, u64>) {
    let mut latencies = Vec::new();
    let mut failed = BTreeMap::new();
    let mut next = start;
    let mut round = 0_u32;
    while Instant::now() < until {
        let id: RequestId = fresh();
        round += 1;
        let Some(fields) = directory.request(&format!("essai de charge {round}")) else { break };
        for command in course(id, fields, directory.service.is_some()) {
            if let Some(pace) = pace {
                sleep_until(next.into()).await;
                next += pace;
            }
            if Instant::now() >= until {
                break;
            }
            let given = Instant::now();
            match client.send(fresh(), &command).await {
                Ok(_) => latencies.push(u64::try_from(given.elapsed().as_micros()).unwrap_or(u64::MAX)),
                Err(error) => *failed.entry(format!("{}: {error}", command.name())).or_insert(0) += 1,
            }
        }
    }
    (latencies, failed)
}

/// The commands on one request.
fn course(id: RequestId, fields: crate::domain::request::RequestFields, complete: bool) -> Vec<Command> {
    let edit = FieldEdit { seen: json!(null), new: json!("chemises") };
    let mut commands = vec![
        Command::CreateRequest { id, body: fields },
        Command::EditRequest { id, body: Edit { fields: BTreeMap::from([("detail".to_owned(), edit)]) } },
    ];
    if complete {
        commands.push(Command::TriageRequest { id, body: Step { seen: RequestState::New } });
    }
    if let Ok(text) = "rappelée, convenu de vendredi".parse() {
        commands.push(Command::NoteRequest { id, body: AddNote { id: fresh(), text } });
    }
    commands
}
