//! The days ahead in one zone, worked out once for all providers: when somebody with given hours is open.

use crate::domain::{
    calendar::{Region, french_public_holidays},
    hours::{Opening, OpeningHours, opening, passed},
    time::{Instant, Zone},
};
use jiff::{SignedDuration, ToSpan, civil::Date};
use std::collections::BTreeSet;

/// How many days are looked ahead.
const DAYS: usize = 120;

/// A day whose midnight is known.
#[derive(Clone, Copy, Debug)]
struct Day {
    date: Date,
    midnight: Instant,
    kind: Kind,
}

/// What kind of day it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// It has its 24 hours.
    Even,
    /// Clocks change.
    Uneven,
    /// Nobody works.
    Holiday,
}

/// The days from yesterday on.
#[derive(Clone, Debug)]
pub(super) struct Horizon {
    zone: Zone,
    today: Date,
    days: Vec<Day>,
}

impl Horizon {
    /// The days around and after `now`.
    pub(super) fn new(now: Instant, zone: &Zone, region: Region) -> Self {
        let today = now.civil(zone).date();
        let years = [today.year(), today.year().saturating_add(1)];
        let holidays: BTreeSet<Date> =
            years.into_iter().flat_map(|year| french_public_holidays(year, region)).map(|(date, _)| date).collect();
        let midnight = |date: Date| zone.first_instant(date.to_datetime(jiff::civil::Time::midnight()));
        let first = today.yesterday().unwrap_or(today);
        let dates: Vec<Date> = first.series(1.day()).take(DAYS + 2).collect();
        let days = dates.windows(2).filter_map(|pair| match pair {
            [date, next] => {
                let (start, end) = (midnight(*date), midnight(*next));
                let kind = if holidays.contains(date) {
                    Kind::Holiday
                } else if end.since(start) == SignedDuration::from_hours(24) {
                    Kind::Even
                } else {
                    Kind::Uneven
                };
                Some(Day { date: *date, midnight: start, kind })
            }
            _ => None,
        });
        Self { zone: zone.clone(), today, days: days.collect() }
    }

    /// The day it is.
    pub(super) fn today(&self) -> Date {
        self.today
    }

    /// The openings from the day before `from` on.
    fn openings<'a>(&'a self, hours: &'a OpeningHours, from: Instant) -> impl Iterator<Item = Opening> + 'a {
        let first = self.days.partition_point(|day| day.midnight <= from).saturating_sub(2);
        self.days.iter().skip(first).flat_map(move |day| {
            let spans = if day.kind == Kind::Holiday { &[] } else { hours.span_on(day.date) };
            spans.iter().map(move |span| match day.kind {
                Kind::Uneven => opening(*span, day.date, &self.zone),
                Kind::Even | Kind::Holiday => {
                    let at = |minutes: u16| day.midnight.plus(SignedDuration::from_mins(minutes.into()));
                    Opening { start: at(span.from()), end: at(span.to()) }
                }
            })
        })
    }

    /// The first instant from `at` on at which it is open.
    pub(super) fn next_open(&self, hours: &OpeningHours, at: Instant) -> Option<Instant> {
        if self.days.last().is_none_or(|last| last.midnight <= at) {
            return hours.next_open(at, &self.zone);
        }
        self.openings(hours, at).find(|opening| opening.end > at).map(|opening| opening.start.max(at))
    }

    /// When so much opening time has passed since `start`; nothing takes until it is open.
    pub(super) fn add_open(&self, hours: &OpeningHours, start: Instant, time: SignedDuration) -> Option<Instant> {
        if !time.is_positive() {
            return self.next_open(hours, start);
        }
        passed(self.openings(hours, start), start, time)
    }

    /// The first day after `date` on which it is open and something holds.
    pub(super) fn next_day(&self, hours: &OpeningHours, date: Date, holds: impl Fn(Date) -> bool) -> Option<Date> {
        let later = self.days.iter().filter(|day| day.date > date && day.kind != Kind::Holiday);
        later.map(|day| day.date).find(|date| !hours.span_on(*date).is_empty() && holds(*date))
    }
}
