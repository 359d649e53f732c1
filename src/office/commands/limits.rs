//! The clocks of a request: started, paused and met by its moves, in the working calendar of house and site.

use super::context::Context;
use crate::{
    domain::{
        calendar::WorkingCalendar,
        clock::{Case, Clock, ClockState, Limit},
        ids::SiteId,
        request::Request,
    },
    office::{failure::Failure, storage::document},
};
use jiff::civil::Date;

/// What a move does to the clocks.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    /// A limit begins to run, unless it does already.
    Start(Limit),
    /// A limit of a job that is made ahead of its day runs when it is time to see to it, not before.
    StartAhead(Limit, Date),
    /// What the limit asks for was done.
    Meet(Limit),
    /// The limit no longer matters.
    Drop(Limit),
    /// A question is out: what runs is paused.
    Pause,
    /// The question is answered: what was paused runs on.
    Resume,
}

/// Working days before its own from which on a job that was made ahead is seen to.
const SEEN_TO_DAYS: u16 = 2;

/// The working calendar of the house, and of a site.
pub async fn calendar(context: &mut Context<'_>, site: Option<SiteId>) -> Result<WorkingCalendar, Failure> {
    let holidays = document::holidays(context.read()).await?;
    Ok(context.policy.fields.calendar(&holidays, site))
}

/// Turns the clocks of a request.
pub async fn turn(context: &mut Context<'_>, request: &mut Request, steps: &[Step]) -> Result<(), Failure> {
    let calendar = calendar(context, request.fields.site_id).await?;
    let case = Case { client: request.client_id, service: request.fields.service_id, urgency: request.fields.urgency };
    let now = context.now;
    for step in steps {
        match *step {
            Step::Start(limit) | Step::StartAhead(limit, _) => {
                let from = match step {
                    Step::StartAhead(_, date) => calendar.working_days_before(*date, SEEN_TO_DAYS),
                    _ => None,
                };
                let at = from.map_or(now, |from| from.max(now));
                let target = context.policy.fields.targets.target(limit, &case);
                let Some(kind) = limit.clock() else { continue };
                let runs = request.clocks.iter().any(|clock| clock.kind() == kind && !is_over(clock));
                if !runs {
                    // A target that falls outside of the calendar's reach is no promise: no clock then.
                    request.clocks.extend(Clock::start(kind, target, at, &calendar).ok());
                }
            }
            // A clock that is over or stands still already stays as it is.
            Step::Meet(limit) => {
                for clock in request.clocks.iter_mut().filter(|clock| Some(clock.kind()) == limit.clock()) {
                    let _ = clock.meet(now);
                }
            }
            Step::Drop(limit) => {
                request.clocks.retain(|clock| Some(clock.kind()) != limit.clock() || is_over(clock));
            }
            Step::Pause => {
                for clock in &mut request.clocks {
                    let _ = clock.pause(now, &calendar);
                }
            }
            Step::Resume => {
                for clock in &mut request.clocks {
                    let _ = clock.resume(now, &calendar);
                }
            }
        }
    }
    Ok(())
}

fn is_over(clock: &Clock) -> bool {
    matches!(clock.state(), ClockState::Met { .. } | ClockState::Missed { .. })
}
