//! The writer: one task takes commands as they come and commits those that wait together, so that many share one sync to disk.

use super::{
    commands::{
        self,
        context::{Context, Dirty, Written},
        letter::Act,
        stop::Told,
    },
    failure::Failure,
    feed::Feed,
    intake::mail::Arrival,
    outreach::{Attempt, Sender},
    search,
    storage::{
        Arg, StorageError, Store, Tx, document,
        feed::{append, next_seq},
        idempotency::{self, Known},
    },
    timers::{self, TimerKind},
    travel::Travel,
};
use crate::{
    domain::{
        access::Actor,
        entity::{EntityKind, Version},
        ids::{CommandKey, CourierId, OfferId, OperatorId, ProviderId, ReplyId, RoundId},
        policy::Policy,
        time::Instant,
    },
    wire::{
        access::Verdict,
        catalogue::Command,
        change::{Done, Seq},
        fresh,
        problem::{Problem, ProblemKind},
    },
};
use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    sync::Arc,
};
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

mod past;
pub use past::{Deed, Given, as_it_went};

/// Commands that share one commit at most.
const BATCH: usize = 128;

/// Commands that may wait; beyond it, callers wait to hand theirs in.
const QUEUE: usize = 1024;

/// What the writer is asked for.
#[expect(clippy::large_enum_variant, reason = "nearly all of them are commands")]
enum Task {
    /// A command of somebody, of a version of its subject if they insist.
    Command { command: Command, if_match: Option<Version> },
    /// A timer that is due.
    Timer { kind: TimerKind, subject: Uuid },
    /// A look for the audit trail.
    Sight { operator: OperatorId, kind: EntityKind, id: Uuid },
    /// A message that a mailbox handed over.
    Mail(Box<Arrival>),
    /// How an attempt to send a reply went.
    Attempted { reply: ReplyId, number: u16, how: Attempt },
    /// What a provider does with a mail of offers.
    Letter { letter: ReplyId, act: Act },
    /// What a courier tells of a round.
    Round { round: RoundId, told: Told },
    /// An offer that was told at its time, in a past that is written down.
    Told(OfferId),
    /// Housekeeping.
    Tidy,
}

/// A task handed to the writer.
struct Submission {
    actor: Arc<Actor>,
    key: CommandKey,
    task: Task,
    answer: oneshot::Sender<Result<Done, Failure>>,
}

/// What commands know of the world outside of the house.
#[derive(Clone, Debug, Default)]
pub struct Outside {
    /// The way out for mail; none if this office sends none.
    pub sender: Option<Arc<Sender>>,
    /// Who knows how long ways are.
    pub travel: Option<Arc<Travel>>,
}

/// The way to the writer.
#[derive(Clone)]
pub struct Writer {
    queue: mpsc::Sender<Submission>,
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Writer")
    }
}

impl Writer {
    /// Starts the task, for an office that sends mail or sends none; it ends when every handle is gone and what waits is done.
    pub fn start(store: Store, feed: Feed, outside: Outside) -> (Self, tokio::task::JoinHandle<()>) {
        let (queue, waiting) = mpsc::channel(QUEUE);
        (Self { queue }, tokio::spawn(run(store, feed, outside, waiting)))
    }

    /// Carries out a command. When this answers `Ok`, it is on disk; a caller that goes away does not stop it.
    pub async fn submit(
        &self,
        actor: Arc<Actor>,
        key: CommandKey,
        command: Command,
        if_match: Option<Version>,
    ) -> Result<Done, Failure> {
        self.hand_in(actor, key, Task::Command { command, if_match }).await
    }

    /// Does what a due timer asks for.
    pub async fn fire(&self, kind: TimerKind, subject: Uuid) -> Result<Done, Failure> {
        self.hand_in(Arc::new(Actor::system()), fresh(), Task::Timer { kind, subject }).await
    }

    /// Stores how an attempt to send a reply went.
    pub async fn attempted(&self, reply: ReplyId, number: u16, how: Attempt) -> Result<Done, Failure> {
        self.hand_in(Arc::new(Actor::system()), fresh(), Task::Attempted { reply, number, how }).await
    }

    /// Does what a provider did with a mail of offers, in its name. When this answers `Ok`, it is on disk.
    pub async fn act_on_letter(&self, provider: ProviderId, letter: ReplyId, act: Act) -> Result<Done, Failure> {
        self.hand_in(Arc::new(Actor::provider(provider)), fresh(), Task::Letter { letter, act }).await
    }

    /// Does what a courier told of a round, in their name. When this answers `Ok`, it is on disk.
    pub async fn tell_of_round(&self, courier: CourierId, round: RoundId, told: Told) -> Result<Done, Failure> {
        self.hand_in(Arc::new(Actor::courier(courier)), fresh(), Task::Round { round, told }).await
    }

    /// Notes for the audit trail that an operator looked at a row; nobody waits for it.
    pub fn note_sight(&self, operator: OperatorId, kind: EntityKind, id: Uuid) {
        let (answer, _) = oneshot::channel();
        let task = Task::Sight { operator, kind, id };
        let submission = Submission { actor: Arc::new(Actor::system()), key: fresh(), task, answer };
        if self.queue.try_send(submission).is_err() {
            tracing::warn!(%operator, entity = kind.name(), "the audit trail is behind; one look is missing");
        }
    }

    /// Takes a message in. When this answers `Ok`, it is on disk.
    pub async fn take_mail(&self, arrival: Box<Arrival>) -> Result<Done, Failure> {
        self.hand_in(Arc::new(Actor::system()), fresh(), Task::Mail(arrival)).await
    }

    /// Lets go what is kept no longer.
    pub async fn tidy(&self) -> Result<Done, Failure> {
        self.hand_in(Arc::new(Actor::system()), fresh(), Task::Tidy).await
    }

    async fn hand_in(&self, actor: Arc<Actor>, key: CommandKey, task: Task) -> Result<Done, Failure> {
        let (answer, answered) = oneshot::channel();
        self.queue.send(Submission { actor, key, task, answer }).await.map_err(|_| Failure::Stopping)?;
        answered.await.map_err(|_| Failure::Stopping)?
    }
}

async fn run(store: Store, feed: Feed, outside: Outside, mut waiting: mpsc::Receiver<Submission>) {
    let mut batch = Vec::with_capacity(BATCH);
    while waiting.recv_many(&mut batch, BATCH).await > 0 {
        while !batch.is_empty() {
            // The same key twice: the second waits until the first is on disk, and is answered as a repetition.
            let mut keys = HashSet::new();
            let (now, later): (Vec<_>, Vec<_>) = batch.drain(..).partition(|submission| keys.insert(submission.key));
            batch = later;
            match carry_out(&store, &outside, &now).await {
                Ok(answers) => answer(now, answers),
                // One of them cannot be taken back alone: each has a transaction of its own.
                Err(_) if now.len() > 1 => {
                    for submission in now {
                        let answers = carry_out(&store, &outside, std::slice::from_ref(&submission))
                            .await
                            .unwrap_or_else(|failure| vec![Err(failure)]);
                        answer(vec![submission], answers);
                    }
                }
                Err(failure) => answer(now, vec![Err(failure)]),
            }
            feed.wake();
        }
    }
}

fn answer(submissions: Vec<Submission>, answers: Vec<Result<Done, Failure>>) {
    for (submission, answer) in submissions.into_iter().zip(answers) {
        if let Err(Failure::Storage(error)) = &answer {
            tracing::warn!(task = submission.task.name(), key = %submission.key, %error, "command failed");
        }
        // Who no longer waits finds the outcome under the command's key.
        let _ = submission.answer.send(answer);
    }
}

impl Task {
    fn name(&self) -> &'static str {
        match self {
            Self::Command { command, .. } => command.name(),
            Self::Timer { kind, .. } => kind.name(),
            Self::Sight { .. } => "sight",
            Self::Mail(_) => "contact.message",
            Self::Attempted { .. } => "reply.attempted",
            Self::Letter { .. } => "offer.answer",
            Self::Round { .. } => "round.report",
            Self::Told(_) => "send_offer",
            Self::Tidy => "tidy",
        }
    }
}

/// What one command of a batch came to, before the feed has numbered it.
enum Outcome {
    Refused(Failure),
    Repeated(Done),
    Written {
        written: Vec<Written>,
        aside: Option<serde_json::Value>,
        outcomes: Option<Vec<crate::wire::change::RowOutcome>>,
    },
}

/// Carries out commands in one transaction.
///
/// # Errors
/// One of several must be taken back: nothing was done, each is to be tried alone.
async fn carry_out(
    store: &Store,
    outside: &Outside,
    batch: &[Submission],
) -> Result<Vec<Result<Done, Failure>>, Failure> {
    let mut tx = store.write().await?;
    let now = Instant::from_micros(tx.now_us().await?)
        .map_err(|error| StorageError::Unreadable { what: "clock".into(), why: error.to_string() })?;
    let policy = Arc::new(commands::register::policy(&mut tx).await?);
    let is_command = |submission: &&Submission| matches!(submission.task, Task::Command { .. });
    let keys: Vec<_> = batch.iter().filter(is_command).map(|submission| submission.key).collect();
    let used = idempotency::used(&mut tx, &keys).await?;
    read_subjects(&mut tx, batch).await?;
    let mut outcomes = Vec::with_capacity(batch.len());
    for submission in batch {
        let (outcome, dirty) = one(&mut tx, now, &policy, outside, &used, submission).await;
        if let Outcome::Refused(failure) = outcome {
            if dirty == Dirty::Wrote || matches!(failure, Failure::Storage(_)) {
                if let Err(error) = tx.rollback().await {
                    tracing::warn!(%error, "nothing left to take back: the database did it by itself");
                }
                return Err(failure);
            }
            outcomes.push(Outcome::Refused(failure));
        } else {
            outcomes.push(outcome);
        }
    }
    let answers = announce(&mut tx, now, batch, outcomes).await?;
    tx.wake_others().await?;
    tx.commit().await?;
    Ok(answers)
}

/// The row that a command is about.
fn subject(command: &Command) -> Option<(EntityKind, String)> {
    let (name, _) = command.name().split_once('.')?;
    let kind = EntityKind::ALL.iter().find(|kind| kind.name() == name)?;
    Some((*kind, command.subject()?.to_string()))
}

/// Reads the rows that the commands of a batch are about: one question a kind instead of one a command.
async fn read_subjects(tx: &mut Tx, batch: &[Submission]) -> Result<(), StorageError> {
    let mut subjects: BTreeMap<EntityKind, BTreeSet<String>> = BTreeMap::new();
    for submission in batch {
        if let Task::Command { command, .. } = &submission.task
            && let Some((kind, id)) = subject(command)
        {
            subjects.entry(kind).or_default().insert(id);
        }
    }
    for (kind, ids) in subjects {
        document::load_ahead(tx, kind, &ids).await?;
    }
    Ok(())
}

async fn one(
    tx: &mut Tx,
    now: Instant,
    policy: &Arc<Policy>,
    outside: &Outside,
    used: &HashSet<CommandKey>,
    submission: &Submission,
) -> (Outcome, Dirty) {
    let Submission { actor, key, task, .. } = submission;
    if let Task::Command { command, if_match } = task {
        let known = if used.contains(key) {
            idempotency::look_up(tx, actor, *key, command, now, policy).await
        } else if idempotency::too_old(*key, now, policy) {
            Err(Failure::KeyTooOld)
        } else {
            Ok(Known::New)
        };
        match known {
            Ok(Known::New) => {}
            Ok(Known::Repeated(mut done)) => {
                return match commands::claim::told_again(tx, actor, command, &done).await {
                    Ok(aside) => {
                        done.aside = aside;
                        (Outcome::Repeated(done), Dirty::Clean)
                    }
                    Err(error) => (Outcome::Refused(error.into()), Dirty::Clean),
                };
            }
            Err(failure) => return (Outcome::Refused(failure), Dirty::Clean),
        }
        if let Err(failure) = insist(tx, actor, command, *if_match).await {
            return (Outcome::Refused(failure), Dirty::Clean);
        }
    }
    let mut context = Context::new(tx, now, actor, *key, Arc::clone(policy), task.name());
    context.sender.clone_from(&outside.sender);
    context.travel.clone_from(&outside.travel);
    let done = match task {
        Task::Command { command, .. } => commands::kept(|| commands::execute(&mut context, command)).await,
        Task::Timer { kind, subject } => commands::kept(|| timers::fire(&mut context, *kind, *subject)).await,
        Task::Sight { operator, kind, id } => commands::kept(|| sighted(&mut context, *operator, *kind, *id)).await,
        Task::Mail(arrival) => commands::kept(|| commands::message::arrive(&mut context, arrival)).await,
        Task::Attempted { reply, number, how } => {
            commands::kept(|| commands::reply::attempted(&mut context, *reply, *number, how)).await
        }
        Task::Letter { letter, act } => commands::kept(|| commands::letter::act(&mut context, *letter, act)).await,
        Task::Round { round, told } => commands::kept(|| commands::stop::told(&mut context, *round, told)).await,
        Task::Told(offer) => commands::kept(|| commands::offer::told(&mut context, *offer)).await,
        Task::Tidy => commands::kept(|| timers::tidy(&mut context)).await,
    };
    match done {
        Ok(()) => {
            let dirty = context.dirty;
            (Outcome::Written { written: context.written, aside: context.aside, outcomes: context.outcomes }, dirty)
        }
        Err(failure) => (Outcome::Refused(failure), context.dirty),
    }
}

/// Writes a look into the audit trail.
async fn sighted(context: &mut Context<'_>, operator: OperatorId, kind: EntityKind, id: Uuid) -> Result<(), Failure> {
    let (now, operator, id) = (context.now.as_micros(), operator.to_string(), id.to_string());
    let args = [Arg::Int(now), (&operator).into(), kind.name().into(), (&id).into()];
    let sql = "INSERT INTO sight (at, operator_id, entity, entity_id) VALUES ($1, $2, $3, $4)";
    context.write().execute(sql, &args).await?;
    Ok(())
}

/// The part of a row that counts its changes.
#[derive(serde::Deserialize)]
struct Versioned {
    version: Version,
}

/// Holds a command to the version of its subject that its giver insists on (`If-Match`), as far as they may know it.
async fn insist(tx: &mut Tx, actor: &Actor, command: &Command, version: Option<Version>) -> Result<(), Failure> {
    let (Some(version), Some((kind, id))) = (version, subject(command)) else { return Ok(()) };
    let Some(doc) = document::load_text(tx, kind, &id).await? else { return Ok(()) };
    let may_know = actor.sees(kind, &commands::scope_of(kind, &id, &doc));
    if !may_know || (command.entry().access)().verdict(actor) == Verdict::Denied {
        return Ok(());
    }
    let unreadable =
        |error: serde_json::Error| StorageError::Unreadable { what: kind.name().into(), why: error.to_string() };
    let present = serde_json::from_str::<Versioned>(&doc).map_err(unreadable)?.version;
    if present == version {
        return Ok(());
    }
    let problem = Problem::new(ProblemKind::VersionMoved).with("seen", version.get()).with("present", present.get());
    Err(problem.into())
}

/// Numbers what was written, appends it to the feed and the histories, and records the commands under their keys.
async fn announce(
    tx: &mut Tx,
    now: Instant,
    batch: &[Submission],
    outcomes: Vec<Outcome>,
) -> Result<Vec<Result<Done, Failure>>, Failure> {
    let count: usize = outcomes
        .iter()
        .map(|outcome| if let Outcome::Written { written, .. } = outcome { written.len() } else { 0 })
        .sum();
    search::write_index(tx).await?;
    let mut seq = next_seq(tx, count).await?;
    let mut entries = Vec::with_capacity(count);
    let mut records = Vec::with_capacity(batch.len());
    let mut answers = Vec::with_capacity(batch.len());
    for (submission, outcome) in batch.iter().zip(outcomes) {
        answers.push(match outcome {
            Outcome::Refused(failure) => Err(failure),
            Outcome::Repeated(done) => Ok(done),
            Outcome::Written { written, aside, outcomes } => {
                let first = seq;
                let mut changes = Vec::with_capacity(written.len());
                for row in written {
                    let entry = append::Entry {
                        seq: Seq(seq),
                        at: now,
                        author: row.author.unwrap_or(submission.actor.author),
                        command: submission.key,
                        row,
                    };
                    changes.extend(entry.seen_by(&submission.actor)?);
                    entries.push(entry);
                    seq += 1;
                }
                if let Task::Command { command, .. } = &submission.task {
                    let actor = Arc::clone(&submission.actor);
                    let outcomes = outcomes.clone();
                    records.push(idempotency::Record {
                        key: submission.key,
                        actor,
                        command,
                        first,
                        last: seq - 1,
                        outcomes,
                    });
                }
                Ok(Done { key: submission.key, changes, outcomes, aside })
            }
        });
    }
    append::all(tx, &entries).await?;
    idempotency::store(tx, now, &records).await?;
    Ok(answers)
}

/// Carries out commands of the system all together or not at all: how a directory is imported.
///
/// # Errors
/// The place of the first command that fails, and why; nothing was done then.
pub async fn all_or_nothing(store: &Store, commands: Vec<Command>) -> Result<Vec<Done>, (usize, Failure)> {
    let mut tx = store.write().await.map_err(|error| (0, error.into()))?;
    let clock = async {
        let now = tx.now_us().await?;
        Ok::<_, Failure>((now, Arc::new(commands::register::policy(&mut tx).await?)))
    };
    let (now, policy) = clock.await.map_err(|failure| (0, failure))?;
    let now = Instant::from_micros(now)
        .map_err(|error| (0, StorageError::Unreadable { what: "clock".into(), why: error.to_string() }.into()))?;
    let mut batch = Vec::with_capacity(commands.len());
    let mut outcomes = Vec::with_capacity(commands.len());
    for (place, command) in commands.into_iter().enumerate() {
        let (answer, _) = oneshot::channel();
        let task = Task::Command { command, if_match: None };
        let submission = Submission { actor: Arc::new(Actor::system()), key: fresh(), task, answer };
        match one(&mut tx, now, &policy, &Outside::default(), &HashSet::new(), &submission).await.0 {
            Outcome::Refused(failure) => return Err((place, failure)),
            outcome => outcomes.push(outcome),
        }
        tx.settle().await.map_err(|error| (place, error.into()))?;
        batch.push(submission);
    }
    let announced = async {
        let answers = announce(&mut tx, now, &batch, outcomes).await?;
        tx.wake_others().await?;
        tx.commit().await?;
        answers.into_iter().collect::<Result<Vec<_>, _>>()
    };
    announced.await.map_err(|failure| (batch.len(), failure))
}
