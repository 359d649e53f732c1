//! A day of the house as a problem to plan: rows of the house in, a [`Problem`] with its routes out, and back to the stops of rounds.

mod back;
mod hours;
mod making;
mod search;
mod slots;
#[cfg(test)]
mod tests;
mod ways;

pub use making::{Asked, of};
pub use search::{Found, Stage, search};
pub use slots::{Placing, placings, without};
pub use ways::{Pacing, Table, Ways};

use super::problem::{Problem, Routes};
use crate::domain::{
    beneficiary::Beneficiary,
    courier::Courier,
    ids::{BeneficiaryId, CourierId, LegId, LockerId, ProviderId, RequestId, ServiceId, SiteId},
    leg::{Leg, LegKind, Place},
    locker::Locker,
    permanence::Permanence,
    policy::PolicyFields,
    position::Position,
    provider::Provider,
    request::{Request, Requester},
    round::{Round, Stop, Vehicle},
    service::Service,
    site::Site,
    time::{Instant, Window, Zone},
};
use jiff::civil::Date;

/// Where the rows of the house are looked up.
pub trait House {
    /// The house's policy; none before it is known.
    fn policy(&self) -> Option<&PolicyFields>;
    /// A site.
    fn site(&self, id: SiteId) -> Option<&Site>;
    /// A locker.
    fn locker(&self, id: LockerId) -> Option<&Locker>;
    /// A provider.
    fn provider(&self, id: ProviderId) -> Option<&Provider>;
    /// A request.
    fn request(&self, id: RequestId) -> Option<&Request>;
    /// A person served.
    fn beneficiary(&self, id: BeneficiaryId) -> Option<&Beneficiary>;
    /// A service.
    fn service(&self, id: ServiceId) -> Option<&Service>;
    /// Every leg that is known.
    fn legs(&self) -> Vec<&Leg>;
    /// Every round that is known.
    fn rounds(&self) -> Vec<&Round>;
    /// A courier.
    fn courier(&self, id: CourierId) -> Option<&Courier>;
    /// Every courier.
    fn couriers(&self) -> Vec<&Courier>;
    /// Every desk session of the timetable.
    fn permanences(&self) -> Vec<&Permanence>;
}

/// A leg that is a job of the day.
#[derive(Clone, Debug, PartialEq)]
pub struct Carried {
    /// Which one.
    pub leg: LegId,
    /// For which request.
    pub request: RequestId,
    /// What it is for.
    pub kind: LegKind,
    /// From where.
    pub from: Place,
    /// To where.
    pub to: Place,
    /// Whether it stays in its round.
    pub is_fixed: bool,
    /// When what it is for is promised, in seconds of the day.
    pub due: Option<f64>,
    /// Whether it should have been driven before this day, or is promised for a time that is over.
    pub is_overdue: bool,
}

/// A leg of the day that nobody can plan yet: it waits for another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeldBack {
    /// Which one.
    pub leg: LegId,
    /// What must be done before.
    pub before: LegId,
}

/// A courier on the road: a round of the day, or a shift without one.
#[derive(Clone, Debug, PartialEq)]
pub struct Drive {
    /// The round; none as long as there is none.
    pub round: Option<Round>,
    /// Who.
    pub courier: CourierId,
    /// What they drive.
    pub vehicle: Vehicle,
    /// From when to when, in the house's civil time.
    pub shift: Window,
    /// Where they set out.
    pub start: Option<Place>,
    /// Where they end.
    pub end: Option<Place>,
    /// The stops that they have been to, in their order.
    pub passed: Vec<Stop>,
}

/// A day, ready to be planned.
#[derive(Clone, Debug, PartialEq)]
pub struct Day {
    /// Which one.
    pub date: Date,
    /// The house's zone.
    pub zone: Zone,
    /// What is to be planned; times are seconds since the day began, distances metres.
    pub problem: Problem,
    /// The rounds as they are.
    pub routes: Routes,
    /// Who drives, by the number of the vehicle.
    pub drives: Vec<Drive>,
    /// What is carried, by the number of the job.
    pub carried: Vec<Carried>,
    /// Legs of the day that wait for others.
    pub held_back: Vec<HeldBack>,
    /// The places, by their numbers; those of which it is not known where they are have none.
    pub places: Vec<(Place, Position)>,
    /// What of all this does not change by the mere passing of time: who planned that need not plan again.
    pub question: u64,
    origin: Instant,
    profiles: Vec<Pacing>,
    turn: u64,
}

/// Where a place lies, if that is known.
pub fn position(house: &impl House, place: &Place) -> Option<Position> {
    match place {
        Place::Site { site_id } => house.site(*site_id)?.fields.position,
        Place::Locker { locker_id } => house.site(house.locker(*locker_id)?.fields.site_id)?.fields.position,
        Place::Provider { provider_id } => house.provider(*provider_id)?.fields.position,
        Place::Address { position, .. } => *position,
    }
}

/// An end of a leg for a request, with where it lies: of a door that the leg does not say it of, as its person's record does.
pub fn located(house: &impl House, place: &Place, request: Option<&Request>) -> Place {
    let Place::Address { address, position: None } = place else { return place.clone() };
    let person = match request.and_then(|request| request.fields.requester.as_ref()) {
        Some(Requester::Person { id }) => house.beneficiary(*id),
        Some(Requester::Organisation { .. }) | None => None,
    };
    Place::Address { address: address.clone(), position: person.and_then(|person| person.fields.position_of(address)) }
}
