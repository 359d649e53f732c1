//! What a command works with: the transaction, the time, the actor, and the list of what it changed.

use super::letter::Act;
use crate::{
    domain::{
        access::{Actor, Author},
        entity::{Edit, Entity, EntityKind, Scope, Version, edited},
        ids::{CommandKey, OperatorId, ProviderId, ReplyId},
        machine::State,
        policy::Policy,
        refusal::Refusal,
        texts::ShortText,
        time::Instant,
    },
    office::{
        failure::Failure,
        outreach::Sender,
        storage::{Arg, Tx, counter, document},
        timers::TimerKind,
        travel::Travel,
    },
    wire::catalogue::Command,
};
use std::sync::Arc;
use uuid::Uuid;

/// One row that a command changed.
#[derive(Clone, Debug)]
pub struct Written {
    /// Its kind.
    pub entity: EntityKind,
    /// Its id.
    pub id: Uuid,
    /// Its version now.
    pub version: Version,
    /// What it was; none if it is new.
    pub before: Option<Before>,
    /// What it is.
    pub doc: String,
    /// Who sees it now.
    pub scope: Scope,
    /// Its state now.
    pub state: Option<&'static str>,
    /// The command's name, or that of the consequence.
    pub verb: &'static str,
    /// Why.
    pub reason: Option<ShortText>,
    /// Who is credited, if it is not the command's actor alone.
    pub author: Option<Author>,
    /// Whether the row's data were erased: the feed says so instead of carrying the row.
    pub erased: bool,
}

/// What a row was before a command.
#[derive(Clone, Debug)]
pub struct Before {
    /// The whole row.
    pub doc: String,
    /// Who saw it.
    pub scope: Scope,
    /// Its state.
    pub state: Option<&'static str>,
}

/// What a command works with.
pub struct Context<'a> {
    tx: &'a mut Tx,
    /// Now, on the database's clock.
    pub now: Instant,
    /// Who gave the command.
    pub actor: &'a Actor,
    /// The command's key.
    pub key: CommandKey,
    /// The house's policy.
    pub policy: Arc<Policy>,
    /// The way out for mail; none if this office sends none.
    pub sender: Option<Arc<Sender>>,
    /// Who knows how long ways are; none where nobody has said how it is to be reckoned.
    pub travel: Option<Arc<Travel>>,
    /// The name of the command that runs, for the history.
    pub verb: &'static str,
    /// What it changed, in order.
    pub written: Vec<Written>,
    /// What is told once and not stored in the feed.
    pub aside: Option<serde_json::Value>,
    /// One outcome a row of a bulk.
    pub outcomes: Option<Vec<crate::wire::change::RowOutcome>>,
    /// Whether anything was written: a refusal after that must roll back.
    pub dirty: Dirty,
}

/// Whether a command has written anything yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dirty {
    /// A refusal leaves no trace.
    Clean,
    /// A refusal must roll back.
    Wrote,
}

/// What was done in a context, once it is over.
struct Deeds {
    written: Vec<Written>,
    aside: Option<serde_json::Value>,
    dirty: Dirty,
}

impl Deeds {
    fn of(context: Context<'_>) -> Self {
        let Context { written, aside, dirty, .. } = context;
        Self { written, aside, dirty }
    }
}

impl<'a> Context<'a> {
    /// A context for one command.
    pub fn new(
        tx: &'a mut Tx,
        now: Instant,
        actor: &'a Actor,
        key: CommandKey,
        policy: Arc<Policy>,
        verb: &'static str,
    ) -> Self {
        Self {
            tx,
            now,
            actor,
            key,
            policy,
            sender: None,
            travel: None,
            verb,
            written: Vec::new(),
            aside: None,
            outcomes: None,
            dirty: Dirty::Clean,
        }
    }

    /// Whether the system itself acts.
    pub fn is_system(&self) -> bool {
        self.actor.author == Author::System
    }

    /// The account that acts.
    ///
    /// # Errors
    /// The system acts, for a command that only a person gives.
    pub fn operator(&self) -> Result<OperatorId, Failure> {
        self.actor.operator().ok_or(Failure::NotAllowed(self.verb))
    }

    /// Carries out a command in another's name, in this transaction.
    pub async fn act_as(&mut self, actor: Actor, command: &Command) -> Result<(), Failure> {
        let mut inner = self.of(&actor, command.name());
        let outcome = Box::pin(super::dispatch(&mut inner, command)).await;
        let done = Deeds::of(inner);
        self.take_over(&actor, done);
        outcome
    }

    /// Does what a provider did with a mail of offers, in its name, in this transaction.
    pub async fn act_for_provider(&mut self, id: ProviderId, letter: ReplyId, act: &Act) -> Result<(), Failure> {
        let actor = Actor::provider(id);
        let mut inner = self.of(&actor, "offer.answer");
        let outcome = Box::pin(super::letter::act(&mut inner, letter, act)).await;
        let done = Deeds::of(inner);
        self.take_over(&actor, done);
        outcome
    }

    /// A context for another in this transaction.
    fn of<'b>(&'b mut self, actor: &'b Actor, verb: &'static str) -> Context<'b> {
        let mut inner = Context::new(self.tx, self.now, actor, self.key, Arc::clone(&self.policy), verb);
        inner.sender.clone_from(&self.sender);
        inner.travel.clone_from(&self.travel);
        inner
    }

    /// Counts what another did as done here, to its own credit.
    fn take_over(&mut self, actor: &Actor, Deeds { written, aside, dirty }: Deeds) {
        self.written
            .extend(written.into_iter().map(|row| Written { author: row.author.or(Some(actor.author)), ..row }));
        self.aside = self.aside.take().or(aside);
        if dirty == Dirty::Wrote {
            self.dirty = Dirty::Wrote;
        }
    }

    /// To read with.
    pub fn read(&mut self) -> &mut Tx {
        self.tx
    }

    /// To write tables of the office's own with.
    pub fn write(&mut self) -> &mut Tx {
        self.dirty = Dirty::Wrote;
        self.tx
    }

    /// The row, if it exists, whoever may see it.
    pub async fn find<E: Entity>(&mut self, id: E::Id) -> Result<Option<E>, Failure> {
        Ok(document::load(self.tx, id).await?)
    }

    /// The row, if it exists and the actor sees it.
    ///
    /// # Errors
    /// [`Failure::NotFound`] in both cases: what is out of sight does not exist for the actor.
    pub async fn get<E: Entity>(&mut self, id: E::Id) -> Result<E, Failure> {
        let missing = Failure::NotFound { kind: E::KIND, id: id.into() };
        let entity: E = self.find(id).await?.ok_or_else(|| Failure::NotFound { kind: E::KIND, id: id.into() })?;
        if self.actor.sees(E::KIND, &entity.scope()) { Ok(entity) } else { Err(missing) }
    }

    /// The row that a field names.
    ///
    /// # Errors
    /// [`Failure::UnknownReference`] with the field.
    pub async fn named<E: Entity>(&mut self, id: E::Id, field: &'static str) -> Result<E, Failure> {
        let entity: E = self.find(id).await?.ok_or(Failure::UnknownReference { field, kind: E::KIND })?;
        if self.actor.sees(E::KIND, &entity.scope()) {
            Ok(entity)
        } else {
            Err(Failure::UnknownReference { field, kind: E::KIND })
        }
    }

    /// Stores a new row.
    ///
    /// # Errors
    /// The id is taken by another row, or the actor may not put a row there.
    pub async fn insert<E: Entity>(&mut self, entity: &E, reason: Option<ShortText>) -> Result<(), Failure> {
        entity.check()?;
        if !self.actor.sees(E::KIND, &entity.scope()) {
            return Err(Failure::UnknownReference { field: "site_id", kind: EntityKind::Site });
        }
        let id: Uuid = entity.id().into();
        let doc = document::write(entity)?;
        self.dirty = Dirty::Wrote;
        document::insert(self.tx, E::KIND, &id.to_string(), &doc).await?;
        self.written.push(Written {
            entity: E::KIND,
            id,
            version: entity.version(),
            before: None,
            doc,
            scope: entity.scope(),
            state: entity.state_name(),
            verb: self.verb,
            reason,
            author: None,
            erased: false,
        });
        Box::pin(super::follow::put(self, E::KIND, entity, None)).await
    }

    /// Stores a changed row under its next version; one that is the same as before is left alone.
    pub async fn save<E: Entity>(&mut self, before: &E, after: E, reason: Option<ShortText>) -> Result<E, Failure> {
        if document::write(&after)? == document::write(before)? {
            return Ok(after);
        }
        self.replace(before, after, reason).await
    }

    /// Stores a row from which data were erased: who has it is told to purge it, then handed what is left.
    pub async fn save_erased<E: Entity>(&mut self, before: &E, after: E, reason: &ShortText) -> Result<(), Failure> {
        let place = self.written.len();
        let purged = self.save(before, after, Some(reason.clone())).await?;
        if let Some(row) = self.written.get_mut(place) {
            row.erased = true;
            self.replace(&purged, purged.clone(), Some(reason.clone())).await?;
        }
        Ok(())
    }

    /// Stores a row under its next version.
    async fn replace<E: Entity>(&mut self, before: &E, mut after: E, reason: Option<ShortText>) -> Result<E, Failure> {
        let old = document::write(before)?;
        after.set_version(before.version().next());
        let doc = document::write(&after)?;
        let id: Uuid = after.id().into();
        self.dirty = Dirty::Wrote;
        document::put(self.tx, E::KIND, &id.to_string(), &doc).await?;
        self.written.push(Written {
            entity: E::KIND,
            id,
            version: after.version(),
            before: Some(Before { doc: old, scope: before.scope(), state: before.state_name() }),
            doc,
            scope: after.scope(),
            state: after.state_name(),
            verb: self.verb,
            reason,
            author: None,
            erased: false,
        });
        // What follows may store rows in turn.
        Box::pin(super::follow::put(self, E::KIND, &after, Some(before))).await?;
        Ok(after)
    }

    /// Whether a row of this id exists already; creating it again under another key is a conflict.
    pub async fn must_be_new<E: Entity>(&mut self, id: E::Id) -> Result<(), Failure> {
        match document::load_text(self.tx, E::KIND, &id.to_string()).await? {
            None => Ok(()),
            Some(_) => Err(Refusal::Busy {
                cause: crate::domain::refusal::Cause::Exists,
                what: format!("there is a {} {id} already", E::KIND.name()),
            }
            .into()),
        }
    }

    /// Edits a row field by field.
    pub async fn edit<E: Entity>(&mut self, id: E::Id, edit: &Edit) -> Result<(E, E), Failure> {
        let before: E = self.get(id).await?;
        let after = edited(&before, edit)?;
        if !self.actor.sees(E::KIND, &after.scope()) {
            return Err(Failure::UnknownReference { field: "site_id", kind: EntityKind::Site });
        }
        Ok((before, after))
    }

    /// Sets when something is to happen by itself, or that it no longer is.
    pub async fn set_timer(&mut self, kind: TimerKind, subject: Uuid, due_at: Option<Instant>) -> Result<(), Failure> {
        let subject = subject.to_string();
        match due_at {
            Some(due_at) => {
                self.write()
                    .execute(
                        "INSERT INTO timer (kind, subject_id, due_at) VALUES ($1, $2, $3) ON CONFLICT (kind, subject_id) DO UPDATE SET due_at = excluded.due_at",
                        &[kind.name().into(), (&subject).into(), Arg::Int(due_at.as_micros())],
                    )
                    .await?;
            }
            None => {
                self.write()
                    .execute(
                        "DELETE FROM timer WHERE kind = $1 AND subject_id = $2",
                        &[kind.name().into(), (&subject).into()],
                    )
                    .await?;
            }
        }
        Ok(())
    }

    /// The next value of a running number.
    pub async fn next_number(&mut self, name: &str) -> Result<i64, Failure> {
        Ok(counter::next(self.write(), name).await?)
    }
}

/// Checks that the actor saw the present state.
///
/// # Errors
/// [`Refusal::StateMoved`] with both.
pub fn seen<S: State>(entity: EntityKind, seen: S, present: S) -> Result<(), Refusal> {
    if seen == present {
        Ok(())
    } else {
        Err(Refusal::StateMoved { entity, seen: seen.name(), present: present.name() })
    }
}
