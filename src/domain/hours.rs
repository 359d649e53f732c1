//! Opening hours: weekly spans in civil time, with dates on which a place stays closed.

mod weekly;

pub use weekly::{DayNames, HoursError, Span, Weekly};

use super::time::{Instant, Zone, deserialize_date};
use jiff::{
    SignedDuration, ToSpan,
    civil::{Date, Time},
};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Days on end on which a place stays closed, such as a provider's holidays; both ends belong to them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(try_from = "ClosedText", deny_unknown_fields)]
pub struct Closed {
    #[cfg_attr(feature = "office", schema(value_type = String, format = Date, example = "2026-08-03"))]
    from: Date,
    #[cfg_attr(feature = "office", schema(value_type = String, format = Date, example = "2026-08-23"))]
    to: Date,
}

/// Closed days as they are written, not yet held against their rule.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClosedText {
    #[serde(deserialize_with = "deserialize_date")]
    from: Date,
    #[serde(deserialize_with = "deserialize_date")]
    to: Date,
}

/// Closed days whose last comes before their first, and what to write instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the closed days end before they begin: write a `to` that is `from` or later")]
pub struct ClosedError;

impl TryFrom<ClosedText> for Closed {
    type Error = ClosedError;

    fn try_from(ClosedText { from, to }: ClosedText) -> Result<Self, ClosedError> {
        Self::new(from, to)
    }
}

impl Closed {
    /// The days from `from` through `to`.
    pub fn new(from: Date, to: Date) -> Result<Self, ClosedError> {
        if from <= to { Ok(Self { from, to }) } else { Err(ClosedError) }
    }

    /// The first closed day.
    pub fn from(&self) -> Date {
        self.from
    }

    /// The last closed day.
    pub fn to(&self) -> Date {
        self.to
    }

    /// Whether `date` is one of them.
    pub fn contains(&self, date: Date) -> bool {
        (self.from..=self.to).contains(&date)
    }
}

/// When a place is open: its week, less the days on which it stays closed. Civil time; each question names the place's zone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OpeningHours {
    /// The usual week.
    pub weekly: Weekly,
    /// When it does not apply.
    #[serde(default)]
    pub closed: Vec<Closed>,
}

impl From<Weekly> for OpeningHours {
    fn from(weekly: Weekly) -> Self {
        Self { weekly, closed: Vec::new() }
    }
}

impl OpeningHours {
    /// The spans of `date`, in order; none if it is closed.
    pub fn span_on(&self, date: Date) -> &[Span] {
        if self.is_closed_on(date) { &[] } else { self.weekly.spans(date.weekday()) }
    }

    /// Whether `date` is one of the days on which it stays closed, whatever its week.
    pub fn is_closed_on(&self, date: Date) -> bool {
        self.closed.iter().any(|closed| closed.contains(date))
    }

    /// Whether the place is open at `at`.
    pub fn is_open(&self, at: Instant, zone: &Zone) -> bool {
        openings(|date| self.span_on(date), zone, at, at).any(|opening| opening.contains(at))
    }

    /// The first instant from `at` on at which the place is open, which is `at` itself if it is; `None` if it stays closed for two years.
    pub fn next_open(&self, at: Instant, zone: &Zone) -> Option<Instant> {
        openings(|date| self.span_on(date), zone, at, horizon(at))
            .find(|opening| opening.end > at)
            .map(|opening| opening.start.max(at))
    }

    /// When the place, open at `at`, closes next; `None` if it is closed, or stays open for two years.
    pub fn closes_at(&self, at: Instant, zone: &Zone) -> Option<Instant> {
        let mut ahead =
            openings(|date| self.span_on(date), zone, at, horizon(at)).skip_while(|opening| !opening.contains(at));
        let mut end = ahead.next()?.end;
        for next in ahead {
            if next.start > end {
                return Some(end);
            }
            end = next.end;
        }
        (end < horizon(at)).then_some(end)
    }
}

/// A stretch of time during which a place is open, its end not included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Opening {
    pub(super) start: Instant,
    pub(super) end: Instant,
}

impl Opening {
    pub(super) fn contains(self, at: Instant) -> bool {
        (self.start..self.end).contains(&at)
    }
}

/// When `span` opens and closes on `date`.
pub(super) fn opening(span: Span, date: Date, zone: &Zone) -> Opening {
    let at = |minutes: u16| match (i8::try_from(minutes / 60), i8::try_from(minutes % 60)) {
        (Ok(hour @ 0..=23), Ok(minute)) => zone.first_instant(date.at(hour, minute, 0, 0)),
        _ => date.tomorrow().map_or(Instant::MAX, |next| zone.first_instant(next.to_datetime(Time::midnight()))),
    };
    Opening { start: at(span.from), end: at(span.to) }
}

/// How far ahead questions look: two years.
pub(super) fn horizon(at: Instant) -> Instant {
    at.plus(SignedDuration::from_hours(731 * 24))
}

/// The instant at which so much time of some openings, in their order, has passed since `start`; none if they do not last so long.
pub(super) fn passed(openings: impl Iterator<Item = Opening>, start: Instant, time: SignedDuration) -> Option<Instant> {
    let mut left = time;
    for opening in openings {
        let from = opening.start.max(start);
        let here = opening.end.since(from);
        if here >= left {
            return Some(from.plus(left));
        }
        if here.is_positive() {
            left = left.checked_sub(here)?;
        }
    }
    None
}

/// The openings of the days from `from` to `until` and of those beside them, in order, disjoint and none of them empty. Clocks that are
/// turned back over midnight show a day's times on the day beside it.
pub(super) fn openings<'a>(
    spans_on: impl Fn(Date) -> &'a [Span],
    zone: &Zone,
    from: Instant,
    until: Instant,
) -> impl Iterator<Item = Opening> {
    let day = |at: Instant| at.civil(zone).date();
    let first = day(from).yesterday().unwrap_or(Date::MIN);
    let last = day(until).tomorrow().unwrap_or(Date::MAX);
    first
        .series(1.day())
        .take_while(move |date| *date <= last)
        .flat_map(move |date| spans_on(date).iter().map(move |span| opening(*span, date, zone)))
        .filter(|opening| opening.start < opening.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;
    use rstest::rstest;

    fn hours(text: &str) -> OpeningHours {
        OpeningHours::from(text.parse::<Weekly>().unwrap())
    }

    fn instant(text: &str) -> Instant {
        text.parse().unwrap()
    }

    #[rstest]
    // 2026-01-05 is a Monday; Paris is one hour ahead of UTC.
    #[case::before_opening("2026-01-05T06:59:59Z", false, Some("2026-01-05T07:00:00Z"), None)]
    #[case::at_opening("2026-01-05T07:00:00Z", true, Some("2026-01-05T07:00:00Z"), Some("2026-01-05T11:00:00Z"))]
    #[case::at_closing("2026-01-05T11:00:00Z", false, Some("2026-01-05T13:00:00Z"), None)]
    #[case::over_a_week_end("2026-01-09T17:00:00Z", false, Some("2026-01-12T07:00:00Z"), None)]
    fn a_place_is_open_from_opening_until_closing(
        #[case] at: &str,
        #[case] open: bool,
        #[case] next: Option<&str>,
        #[case] closes: Option<&str>,
    ) {
        let (hours, paris) = (hours("lun-ven 08:00-12:00,14:00-18:00"), Zone::default());
        assert_eq!(hours.is_open(instant(at), &paris), open);
        assert_eq!(hours.next_open(instant(at), &paris), next.map(instant));
        assert_eq!(hours.closes_at(instant(at), &paris), closes.map(instant));
    }

    #[test]
    fn closed_days_go_before_the_week() {
        let mut hours = hours("24/7");
        hours.closed.push(Closed::new(date(2026, 8, 3), date(2026, 8, 4)).unwrap());
        let paris = Zone::default();
        assert!(hours.span_on(date(2026, 8, 4)).is_empty());
        assert_eq!(hours.closes_at(instant("2026-08-01T10:00:00Z"), &paris), Some(instant("2026-08-02T22:00:00Z")));
        assert_eq!(hours.next_open(instant("2026-08-03T10:00:00Z"), &paris), Some(instant("2026-08-04T22:00:00Z")));
    }

    #[test]
    fn what_never_changes_has_no_next_change() {
        let (paris, at) = (Zone::default(), instant("2026-01-05T07:00:00Z"));
        assert_eq!(hours("24/7").closes_at(at, &paris), None);
        assert_eq!(hours("fermé").next_open(at, &paris), None);
        assert_eq!(hours("24/7").closes_at(Instant::MAX, &paris), None);
        assert!(!hours("fermé").is_open(Instant::MIN, &paris));
    }

    #[test]
    fn a_place_open_over_midnight_closes_once() {
        let bar = hours("ven 22:00-24:00; sam 00:00-02:00");
        let closes = bar.closes_at(instant("2026-01-09T22:00:00Z"), &Zone::default());
        assert_eq!(closes, Some(instant("2026-01-10T01:00:00Z")));
    }

    #[rstest]
    #[case::skipped_hour("dim 02:00-03:00", "2026-03-29", 0)]
    #[case::half_skipped("dim 02:30-04:00", "2026-03-29", 60)]
    #[case::whole_short_day("24/7", "2026-03-29", 23 * 60)]
    #[case::doubled_hour("dim 02:00-03:00", "2026-10-25", 120)]
    #[case::whole_long_day("24/7", "2026-10-25", 25 * 60)]
    fn a_day_on_which_clocks_change_is_as_long_as_it_really_is(
        #[case] text: &str,
        #[case] date: Date,
        #[case] minutes: i64,
    ) {
        let (hours, paris) = (hours(text), Zone::default());
        let spans = hours.span_on(date).iter().map(|span| opening(*span, date, &paris));
        assert_eq!(spans.map(|span| span.end.since(span.start).as_mins()).sum::<i64>(), minutes);
    }

    #[test]
    fn opening_hours_are_written_as_they_are_read() {
        let text = r#"{"weekly":"lun-ven 08:00-18:00","closed":[{"from":"2026-08-03","to":"2026-08-23"}]}"#;
        let read: OpeningHours = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap(), text);
        for bad in [
            r#"{"weekly":"fermé","closed":[{"from":"2026-08-23","to":"2026-08-03"}]}"#,
            r#"{"weekly":"fermé","more":1}"#,
            r#"{"weekly":"fermé","closed":[{"from":"2026-08-03","to":"2026-08-23","more":1}]}"#,
            r#"{"closed":[]}"#,
        ] {
            assert!(serde_json::from_str::<OpeningHours>(bad).is_err(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn the_three_questions_agree(minute in 0..1_051_200_i64, text in prop::sample::select(vec![
            "lun-ven 08:00-12:00,14:00-18:00", "sam-dim 00:00-24:00", "mer 23:00-24:00; jeu 00:00-03:30", "24/7", "fermé", "dim 02:15-02:45",
        ])) {
            let (hours, paris) = (hours(text), Zone::default());
            let at = instant("2026-01-01T00:00:00Z").plus(SignedDuration::from_mins(minute));
            match hours.next_open(at, &paris) {
                Some(next) => {
                    prop_assert!(hours.is_open(next, &paris));
                    prop_assert_eq!(next == at, hours.is_open(at, &paris));
                }
                None => prop_assert!(!hours.is_open(at, &paris)),
            }
            if let Some(end) = hours.closes_at(at, &paris) {
                prop_assert!(end > at && hours.is_open(at, &paris) && !hours.is_open(end, &paris));
            }
        }
    }
}
