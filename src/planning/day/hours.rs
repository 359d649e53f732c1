//! When a place of a leg can be gone to on a day, and when couriers drive.

use super::{House, making::Making};
use crate::{
    domain::{
        courier::Courier,
        hours::OpeningHours,
        ids::SiteId,
        leg::Place,
        permanence::PermanenceState,
        time::{Window, Zone},
    },
    planning::problem,
};
use jiff::civil::{Date, Time};
use std::collections::{BTreeMap, BTreeSet};

/// The desk sessions of a day by their site, and the sites that have a timetable at all.
pub(super) struct Desks {
    kept: BTreeSet<SiteId>,
    of_day: BTreeMap<SiteId, Vec<Window>>,
}

impl Desks {
    pub(super) fn of(house: &impl House, date: Date) -> Self {
        let (mut kept, mut of_day) = (BTreeSet::new(), BTreeMap::<SiteId, Vec<Window>>::new());
        for row in house.permanences() {
            kept.insert(row.fields.site_id);
            let is_on = matches!(row.state, PermanenceState::Planned | PermanenceState::Open);
            if is_on && row.fields.window.date() == date {
                of_day.entry(row.fields.site_id).or_default().push(row.fields.window);
            }
        }
        for windows in of_day.values_mut() {
            windows.sort_by_key(Window::from);
        }
        Self { kept, of_day }
    }
}

/// A courier's shifts of a day: the spans of their hours; none if these are not known.
pub(super) fn shifts(courier: &Courier, date: Date) -> Vec<Window> {
    let spans = courier.fields.hours.as_ref().map(|hours| hours.span_on(date)).unwrap_or_default();
    spans.iter().filter_map(|span| Window::new(date, time(span.from()), time(span.to())).ok()).collect()
}

/// A time of day by its minutes; midnight at the end of a day is its last second.
fn time(minutes: u16) -> Time {
    let part = |value: u16| i8::try_from(value).unwrap_or_default();
    Time::new(part(minutes / 60), part(minutes % 60), 0, 0)
        .unwrap_or_else(|_| Time::new(23, 59, 59, 0).unwrap_or(Time::MAX))
}

/// When a stop can be made at a place: the hours of the place on that day, within what was agreed, no later than `by` where that leaves
/// any time at all. None if the place is not open then.
pub(super) fn windows<H: House>(
    making: &Making<'_, H>,
    place: &Place,
    site: Option<SiteId>,
    agreed: Option<Window>,
    by: Option<f64>,
) -> Vec<problem::Window> {
    let mut open = at_place(making, place, site);
    if let Some(agreed) = agreed {
        let agreed = of_window(making, agreed, &making.zone(site));
        open = open.into_iter().filter_map(|window| common(window, agreed)).collect();
    }
    // Better late than not at all: what cannot be there in time is planned, and said to be late.
    if let Some(by) = by {
        let in_time: Vec<_> = open
            .iter()
            .filter(|window| window.open <= by)
            .map(|window| problem::Window::new(window.open, window.close.min(by)))
            .collect();
        if !in_time.is_empty() {
            return in_time;
        }
    }
    open
}

fn at_place<H: House>(making: &Making<'_, H>, place: &Place, site: Option<SiteId>) -> Vec<problem::Window> {
    match place {
        Place::Site { site_id } => {
            let zone = making.zone(Some(*site_id));
            if making.desks.kept.contains(site_id) {
                let desks = making.desks.of_day.get(site_id).map(Vec::as_slice).unwrap_or_default();
                return desks.iter().map(|window| of_window(making, *window, &zone)).collect();
            }
            let own = making.house.site(*site_id).and_then(|site| site.fields.hours.as_ref());
            of_hours(making, own.unwrap_or(&making.policy.hours), &zone)
        }
        // A locker opens by its code, at any hour.
        Place::Locker { .. } => vec![whole_day(making)],
        Place::Provider { provider_id } => {
            let Some(provider) = making.house.provider(*provider_id) else { return Vec::new() };
            of_hours(making, &provider.fields.hours(making.policy), &making.clock.zone)
        }
        // At somebody's door one rings in the house's hours, unless another time was agreed.
        Place::Address { .. } => {
            let hours = of_hours(making, &making.policy.hours, &making.zone(site));
            if hours.is_empty() { vec![whole_day(making)] } else { hours }
        }
    }
}

fn whole_day<H: House>(making: &Making<'_, H>) -> problem::Window {
    let next = making.clock.date.tomorrow().unwrap_or(making.clock.date);
    let end = making.clock.zone.first_instant(next.at(0, 0, 0, 0));
    problem::Window::new(0.0, making.clock.seconds(end))
}

fn of_window<H: House>(making: &Making<'_, H>, window: Window, zone: &Zone) -> problem::Window {
    problem::Window::new(making.clock.seconds(window.start(zone)), making.clock.seconds(window.end(zone)))
}

fn of_hours<H: House>(making: &Making<'_, H>, hours: &OpeningHours, zone: &Zone) -> Vec<problem::Window> {
    let date = making.clock.date;
    let at = |minutes: u16| match (i8::try_from(minutes / 60), i8::try_from(minutes % 60)) {
        (Ok(hour @ 0..=23), Ok(minute)) => zone.first_instant(date.at(hour, minute, 0, 0)),
        _ => zone.first_instant(date.tomorrow().unwrap_or(date).at(0, 0, 0, 0)),
    };
    let seconds = |minutes: u16| making.clock.seconds(at(minutes));
    hours.span_on(date).iter().map(|span| problem::Window::new(seconds(span.from()), seconds(span.to()))).collect()
}

fn common(one: problem::Window, other: problem::Window) -> Option<problem::Window> {
    let both = problem::Window::new(one.open.max(other.open), one.close.min(other.close));
    both.is_open().then_some(both)
}
