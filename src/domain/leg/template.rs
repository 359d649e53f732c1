//! The legs that a job needs: from the service, the hand-over, the timetables and the promise. Pure; the office makes them when a provider
//! takes the job, and draws them again when the promise or the hand-over changes.

use super::{LegFields, LegKind, Place};
use crate::domain::{
    calendar::WorkingCalendar,
    hours::opening,
    ids::{ItemId, LockerId, ProviderId, RequestId},
    policy::PolicyFields,
    provider::ProviderFields,
    request::{Handover, RequestFields},
    service::{Carriage, ServiceFields},
    time::{Instant, When, Window, Zone},
};
use jiff::{
    SignedDuration, ToSpan as _,
    civil::{Date, Time, time},
};

/// How far ahead a window is looked for.
const DAYS: usize = 62;

/// A job, with what its legs are drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Job<'a> {
    /// The request, in what people write of it.
    pub request: &'a RequestFields,
    /// Its id, which each leg names.
    pub request_id: RequestId,
    /// What is asked for.
    pub service: &'a ServiceFields,
    /// Who does the work: of a consortium, the member.
    pub provider_id: ProviderId,
    /// What is known of them.
    pub provider: &'a ProviderFields,
    /// The zone of the request's site.
    pub zone: &'a Zone,
    /// The house's policy.
    pub policy: &'a PolicyFields,
    /// The permanences to come on the site, in order.
    pub desks: &'a [Window],
    /// The locker through which its things come in.
    pub deposit: Option<LockerId>,
    /// The locker that is kept for bringing them back.
    pub pickup: Option<LockerId>,
    /// Where its things lie, if they are in custody already.
    pub lies_at: Option<&'a Place>,
    /// Since when the provider has them, if it does; from now on if that is not known.
    pub since: Option<Instant>,
    /// When the provider said that its part was done, if it did.
    pub ready_at: Option<Instant>,
    /// Its things, as far as known.
    pub items: &'a [ItemId],
    /// Now.
    pub now: Instant,
}

/// What lies between the ends of one leg: when things may be taken at the one and left at the other, on one day.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    from: Instant,
    to: Instant,
}

/// Where the requester's end of a leg is, with the times at which somebody can be met there.
enum End<'a> {
    /// A desk, in its permanences.
    Desk(&'a [Window]),
    /// A locker, or a door: at any time.
    Anytime,
}

impl<'a> Job<'a> {
    /// The legs of the job, each to be driven after the one before it. A job on the spot has none, and neither has one that the house's own
    /// people do, who have no place that things would be brought to: what those need is planned by hand.
    ///
    /// A window never promises what cannot be: where timetables, hours and the promise leave no time together, the leg is left open, and
    /// planning says why.
    pub fn legs(&self) -> Vec<LegFields> {
        let (Some(site_id), Carriage::ThereAndBack | Carriage::Delivered) =
            (self.request.site_id, self.service.carriage)
        else {
            return Vec::new();
        };
        if matches!(self.request.handover, Some(Handover::OnSite)) {
            return Vec::new();
        }
        let provider = Place::Provider { provider_id: self.provider_id };
        let desk = (Place::Site { site_id }, End::Desk(self.desks));
        let home = match &self.request.handover {
            Some(Handover::Home { address }) => Some(Place::Address { address: address.clone(), position: None }),
            _ => None,
        };
        let locker = |id: Option<LockerId>| id.map(|locker_id| (Place::Locker { locker_id }, End::Anytime));
        let mut legs = Vec::new();
        let ready;
        if self.service.carriage == Carriage::ThereAndBack && self.lies_at != Some(&provider) {
            let lies = self.lies_at.map(|place| (place.clone(), self.end_at(place)));
            let door = || home.clone().map(|place| (place, End::Anytime));
            let (from, end) = lies.or_else(|| locker(self.deposit)).or_else(door).unwrap_or((desk.0.clone(), desk.1));
            let kind = if matches!(from, Place::Address { .. }) { LegKind::Collect } else { LegKind::ToProvider };
            let window = self.brought(&end);
            ready = window.and_then(|window| self.ready(&window));
            legs.push(self.leg(kind, from, provider.clone(), window));
        } else {
            ready = self.worked(self.since.unwrap_or(self.now));
        }
        let back_to_desk = (Place::Site { site_id }, End::Desk(self.desks));
        let (to, end) = match (home, self.request.handover.as_ref()) {
            (Some(home), _) => (home, End::Anytime),
            (None, Some(Handover::Locker)) => locker(self.pickup).unwrap_or(back_to_desk),
            (None, _) => back_to_desk,
        };
        let kind = if matches!(to, Place::Address { .. }) { LegKind::HandBack } else { LegKind::FromProvider };
        let window = self.ready_at.or(ready).and_then(|ready| self.fetched(&end, ready));
        legs.push(self.leg(kind, provider, to, window));
        legs
    }

    fn leg(&self, kind: LegKind, from: Place, to: Place, window: Option<Window>) -> LegFields {
        let quantity = u32::from(self.request.quantity).min(1000);
        LegFields {
            kind,
            request_id: self.request_id,
            item_ids: self.items.iter().copied().take(200).collect(),
            pieces: u16::try_from(quantity).ok(),
            from,
            to,
            window,
            after: None,
            pinned: false,
        }
    }

    fn end_at(&self, place: &Place) -> End<'a> {
        match place {
            Place::Site { .. } => End::Desk(self.desks),
            Place::Locker { .. } | Place::Provider { .. } | Place::Address { .. } => End::Anytime,
        }
    }

    fn calendar(&self) -> WorkingCalendar {
        self.provider.calendar(self.policy)
    }

    /// When the provider can be met on a day: from its first opening to its last closing.
    fn open_on(&self, date: Date) -> Option<Stretch> {
        let calendar = self.calendar();
        let spans = calendar.span_on(date);
        let from = opening(*spans.first()?, date, &calendar.zone).start;
        let to = opening(*spans.last()?, date, &calendar.zone).end;
        Some(Stretch { from, to })
    }

    /// When somebody can be met at the requester's end on a day.
    fn met_on(&self, end: &End<'_>, date: Date) -> Vec<Stretch> {
        let whole = || {
            let from = self.zone.first_instant(date.to_datetime(Time::midnight()));
            Stretch { from, to: self.zone.instant(date.to_datetime(time(23, 59, 0, 0))) }
        };
        match end {
            End::Anytime => vec![whole()],
            End::Desk(desks) => {
                let here = desks.iter().filter(|desk| desk.date() == date);
                here.map(|desk| Stretch { from: desk.start(self.zone), to: desk.end(self.zone) }).collect()
            }
        }
    }

    /// The days from one instant's to another's.
    fn days(&self, from: Instant, to: Instant) -> impl DoubleEndedIterator<Item = Date> + use<> {
        let (first, last) = (from.civil(self.zone).date(), to.civil(self.zone).date());
        let days: Vec<Date> = first.series(1.day()).take(DAYS).take_while(|day| *day <= last).collect();
        days.into_iter()
    }

    fn due(&self) -> Instant {
        self.request.when.map_or(Instant::MAX, |when| when.end(self.zone))
    }

    /// The window of the way to the provider: the next time at which things can be taken and still be left there that day.
    fn brought(&self, end: &End<'_>) -> Option<Window> {
        self.days(self.now, self.due()).find_map(|date| {
            let open = self.open_on(date)?;
            let fits = |met: Stretch| {
                let from = met.from.max(self.now);
                (from < met.to && from < open.to && from < self.due()).then_some(Stretch { from, to: open.to })
            };
            self.met_on(end, date).into_iter().find_map(fits).and_then(|stretch| self.window(date, stretch))
        })
    }

    /// The window of the way back, from when it is ready at the provider to the promise. What comes back does so as soon as it can; what is
    /// only brought, such as bread, as late as it may.
    fn fetched(&self, end: &End<'_>, ready: Instant) -> Option<Window> {
        let ready = ready.max(self.now);
        let due = self.due();
        let on_the_spot = match self.request.when {
            Some(When::Window(window)) => Some(window.start(self.zone)),
            _ => None,
        };
        let fits = |date: Date| {
            let open = self.open_on(date)?;
            let from = open.from.max(ready);
            let fit = |met: Stretch| {
                // A desk that opens when the thing is due is the one at which it is handed over.
                let to = if met.from < due { met.to.min(due) } else { met.to };
                let promised = on_the_spot.is_none_or(|start| start < to);
                (met.from <= due && from <= due && from < to && from < open.to && promised)
                    .then_some(Stretch { from, to })
            };
            self.met_on(end, date).into_iter().find_map(fit).and_then(|stretch| self.window(date, stretch))
        };
        let mut days = self.days(ready, due);
        match self.service.carriage {
            Carriage::Delivered => days.rev().find_map(fits),
            Carriage::ThereAndBack | Carriage::OnSite => days.find_map(fits),
        }
    }

    /// When what was brought within a window is ready: as late as it may come, if that is in time; else as early.
    fn ready(&self, window: &Window) -> Option<Instant> {
        let late = self.worked(window.end(self.zone));
        late.filter(|ready| *ready < self.due()).or_else(|| self.worked(window.start(self.zone)))
    }

    /// When the provider's part is done that it starts at an instant.
    fn worked(&self, from: Instant) -> Option<Instant> {
        let service = self.request.service_id;
        let offered = self.provider.services.iter().find(|offered| Some(offered.service_id) == service);
        let hours = offered.and_then(|offered| offered.lead_time_h).unwrap_or(self.service.lead_time_h);
        self.calendar().add_open(from, SignedDuration::from_hours(hours.into()))
    }

    /// A stretch of a day in the site's civil time, in whole minutes; none where clocks leave nothing of it.
    fn window(&self, date: Date, stretch: Stretch) -> Option<Window> {
        let (from, to) = (stretch.from.civil(self.zone), stretch.to.civil(self.zone));
        let whole = |time: Time| time.with().second(0).subsec_nanosecond(0).build().unwrap_or(time);
        let from = if from.date() < date { Time::midnight() } else { whole(from.time()) };
        let to = if to.date() > date { time(23, 59, 0, 0) } else { whole(to.time()) };
        Window::new(date, from, to).ok()
    }
}

#[cfg(test)]
mod tests;
