//! What a courier tells of a round on its page: that they set out, what came of each stop, that they are back. Facts, told once or twice.

use super::{context::Context, leg, round};
use crate::{
    domain::{
        access::Author,
        ids::{LegId, RoundId},
        leg::{Failure as LegFailure, FailureReason, Leg, LegState},
        round::{Round, RoundState},
    },
    office::failure::Failure,
    wire::{
        bodies::{Fact, Step},
        dispatch_bodies::{FailLeg, Retry},
        fresh,
    },
};

/// What a courier tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// The things of a leg were taken.
    Taken(LegId),
    /// They were left where they were to be.
    Left(LegId),
    /// They were not.
    Failed(LegId, FailureReason),
    /// The courier is back.
    Back,
}

/// Records what a courier tells of their own round. The same told twice, as phones do, changes nothing; what contradicts what was told is
/// recorded, and for a person to settle.
pub async fn told(context: &mut Context<'_>, id: RoundId, told: &Told) -> Result<(), Failure> {
    let Author::Courier { id: courier } = context.actor.author else { return Err(Failure::NotAllowed("round")) };
    let mine = |round: &Round| round.fields.courier_id == courier && round.state != RoundState::Draft;
    let Some(round) = context.find::<Round>(id).await?.filter(mine) else { return Ok(()) };
    match *told {
        Told::Back if round.state == RoundState::Started => {
            context.verb = "round.finish";
            round::finish(context, id, &Step { seen: round.state }).await
        }
        Told::Back => Ok(()),
        Told::Taken(of) | Told::Left(of) | Told::Failed(of, _) => {
            let here = |leg: &Leg| leg.round_id == Some(id);
            match context.find::<Leg>(of).await?.filter(here) {
                Some(leg) => of_leg(context, &leg, told).await,
                None => Ok(()),
            }
        }
    }
}

async fn of_leg(context: &mut Context<'_>, leg: &Leg, told: &Told) -> Result<(), Failure> {
    let occurred_at = context.now;
    match (told, leg.state) {
        (Told::Taken(_), LegState::Underway | LegState::Done)
        | (Told::Left(_), LegState::Done)
        | (Told::Failed(..), LegState::Failed | LegState::Cancelled)
        | (Told::Back, _) => Ok(()),
        (Told::Taken(_), _) => {
            context.verb = "leg.start";
            leg::taken(context, leg.id, &Fact { occurred_at }).await
        }
        (Told::Left(_), _) => {
            context.verb = "leg.done";
            leg::done(context, leg.id, &Fact { occurred_at }).await
        }
        (Told::Failed(_, reason), _) => {
            context.verb = "leg.fail";
            let failure = LegFailure { reason: *reason, note: None };
            // What did not get there is to be planned again.
            let retry = Some(Retry { id: fresh(), window: None });
            leg::fail(context, leg.id, &FailLeg { occurred_at, failure, retry }).await
        }
    }
}
