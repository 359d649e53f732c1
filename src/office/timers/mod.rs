//! What happens by itself: leases that run out, questions looked at again, calls that nobody hung up, and housekeeping.
//!
//! A due timer is taken by deleting its row in the transaction that does what it asks for: with several offices, exactly one does it.

mod housekeeping;

use super::{
    commands::{self, context::Context},
    failure::Failure,
    outreach::courier::Courier,
    storage::{Arg, StorageError, Store},
    writer::Writer,
};
use crate::domain::{
    entity::EntityKind,
    reply::Reply,
    request::{Request, RequestState},
};
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// How often due timers are looked for.
const POLL: Duration = Duration::from_millis(500);

/// How often old entries are let go.
const HOUSEKEEPING: Duration = Duration::from_mins(10);

/// Timers taken at once.
const PAGE: i64 = 200;

macro_rules! timers {
    ($($(#[$doc:meta])* $kind:ident = $word:literal;)*) => {
        /// What a timer is about.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum TimerKind { $($(#[$doc])* $kind),* }

        impl TimerKind {
            /// The word in the table.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$kind => $word),* }
            }

            fn read(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$kind),)* _ => None }
            }
        }
    };
}

timers! {
    /// A claim's lease runs out.
    ClaimStale = "claim_stale";
    /// A question is looked at again.
    Resume = "resume";
    /// A call that nobody hung up is given up.
    SweepCall = "sweep_call";
    /// The moments of grace of an offer are over.
    SendOffer = "send_offer";
    /// The moments of grace of a reply are over, or it is tried again.
    SendReply = "send_reply";
    /// Nobody told how an attempt to send a reply went.
    LoseReply = "lose_reply";
    /// An offer's deadline has passed.
    ExpireOffer = "expire_offer";
    /// Dates of a recurring order come near.
    MakeRecurring = "make_recurring";
    /// A permanence's time has passed.
    MissPermanence = "miss_permanence";
    /// A locker should be empty by now.
    OverdueBooking = "overdue_booking";
}

/// Looks for due timers until it is told to stop.
pub async fn run(store: Store, writer: Writer, courier: Option<Courier>, stop: CancellationToken) {
    let mut next_housekeeping = tokio::time::Instant::now();
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(POLL) => {}
        }
        match due(&store).await {
            Ok(timers) => {
                for (kind, subject) in timers {
                    if kind == TimerKind::SendReply {
                        send(&writer, courier.as_ref(), subject).await;
                    } else if let Err(error) = writer.fire(kind, subject).await {
                        tracing::warn!(timer = kind.name(), %subject, %error, "a timer failed; it is tried again");
                    }
                }
            }
            Err(error) => tracing::warn!(%error, "timers cannot be read; trying again"),
        }
        if tokio::time::Instant::now() >= next_housekeeping {
            next_housekeeping = tokio::time::Instant::now() + HOUSEKEEPING;
            if let Err(error) = writer.tidy().await {
                tracing::warn!(%error, "housekeeping failed; it is tried again");
            }
        }
    }
}

/// Puts the code of a locker into the mail that leaves with it: it stands in no row.
fn put_in(reply: &mut Reply, aside: Option<&serde_json::Value>) {
    let code = aside.and_then(|aside| aside.get("code")).and_then(serde_json::Value::as_str);
    if let Some(code) = code
        && let Ok(text) = reply.fields.text.as_str().replace(commands::locker_code::PLACE, code).parse()
    {
        reply.fields.text = text;
    }
}

/// Begins to send a reply, if this office sends mail and has a hand free; else another one does, or this one a little later.
async fn send(writer: &Writer, courier: Option<&Courier>, subject: Uuid) {
    let Some((courier, hand)) = courier.and_then(|courier| Some((courier, courier.hand()?))) else { return };
    match writer.fire(TimerKind::SendReply, subject).await {
        Ok(done) => {
            // On disk it is under way, and by this office's doing: whoever came second changed nothing.
            let rows = done.changes.iter().filter(|change| change.entity == EntityKind::Reply);
            let reply =
                rows.filter_map(|change| serde_json::from_str::<Reply>(change.state.as_ref()?.get()).ok()).next_back();
            if let Some(mut reply) = reply.filter(Reply::is_under_way) {
                put_in(&mut reply, done.aside.as_ref());
                courier.carry(hand, reply, writer.clone());
            }
        }
        Err(error) => tracing::warn!(timer = "send_reply", %subject, %error, "a timer failed; it is tried again"),
    }
}

async fn due(store: &Store) -> Result<Vec<(TimerKind, Uuid)>, StorageError> {
    let mut tx = store.read().await?;
    let now = tx.now_us().await?;
    let sql = "SELECT kind, subject_id FROM timer WHERE due_at <= $1 ORDER BY due_at LIMIT $2";
    let rows = tx.rows(sql, &[Arg::Int(now), Arg::Int(PAGE)]).await?;
    rows.iter()
        .map(|row| Ok(TimerKind::read(&row.text(0)?).zip(row.text(1)?.parse().ok())))
        .filter_map(Result::transpose)
        .collect()
}

/// Does what a due timer asks for, unless another office has.
pub async fn fire(context: &mut Context<'_>, kind: TimerKind, subject: Uuid) -> Result<(), Failure> {
    let id = subject.to_string();
    let now = Arg::Int(context.now.as_micros());
    let sql = "DELETE FROM timer WHERE kind = $1 AND subject_id = $2 AND due_at <= $3";
    if context.write().execute(sql, &[kind.name().into(), (&id).into(), now]).await? == 0 {
        return Ok(());
    }
    context.verb = kind.name();
    match kind {
        TimerKind::ClaimStale => commands::kept(|| commands::claim::expire(context, subject.into())).await,
        TimerKind::Resume => {
            let request: Option<Request> = context.find(subject.into()).await?;
            match request.filter(|request| request.state == RequestState::Waiting) {
                Some(request) => {
                    let body = crate::wire::bodies::Step { seen: RequestState::Waiting };
                    commands::request::resume(context, request.id, &body).await
                }
                None => Ok(()),
            }
        }
        TimerKind::SweepCall => commands::kept(|| commands::call::sweep(context, subject.into())).await,
        TimerKind::SendOffer => commands::kept(|| commands::offer::send_held(context, subject.into())).await,
        TimerKind::SendReply => commands::kept(|| commands::reply::send_due(context, subject.into())).await,
        TimerKind::LoseReply => commands::kept(|| commands::reply::lose_track(context, subject.into())).await,
        TimerKind::ExpireOffer => commands::kept(|| commands::offer::expire(context, subject.into())).await,
        TimerKind::MakeRecurring => commands::kept(|| commands::recurring::look(context, subject.into())).await,
        TimerKind::MissPermanence => commands::kept(|| commands::permanence::miss(context, subject.into())).await,
        TimerKind::OverdueBooking => commands::kept(|| commands::locker::overdue(context, subject.into())).await,
    }
}

/// Lets go what is kept no longer.
pub async fn tidy(context: &mut Context<'_>) -> Result<(), Failure> {
    housekeeping::run(context).await
}
