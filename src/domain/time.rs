//! When things happened (instants) and when they are agreed (civil time in a zone).

mod window;

pub use window::{
    When, Window, deserialize_date, deserialize_date_or_none, deserialize_date_time, deserialize_time, parse_date,
    parse_date_time, parse_time,
};

use jiff::{
    SignedDuration, Timestamp, Unit,
    civil::DateTime,
    fmt::temporal::DateTimePrinter,
    tz::{AmbiguousOffset, TimeZone, TimeZoneDatabase},
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::{fmt, str::FromStr, sync::LazyLock};
use thiserror::Error;

/// Why a time was not taken; each message says what to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TimeError {
    /// Not a point in time.
    #[error(
        "this is no point in time: write it as 2026-03-29T09:30:00Z or with an offset as 2026-03-29T11:30:00+02:00"
    )]
    Instant,
    /// A point in time that cannot be kept.
    #[error("this point in time is out of range: it must lie between the years 1 and 9999")]
    Range,
    /// A name that the time zone database does not know.
    #[error("this time zone is unknown: write a name such as Europe/Paris")]
    Zone,
    /// Not a day of the calendar.
    #[error("this is no day: write it as 2026-03-29, in the years 1 to 9999")]
    Date,
    /// Not a time of day.
    #[error("this is no time of day: write it as 09:30 or 09:30:00")]
    Time,
    /// Not a day with a time.
    #[error("this is no day with a time: write it as 2026-03-29T09:30, without zone or offset")]
    DateTime,
    /// A window that ends before it starts, or at once.
    #[error("the window must end after it starts: write a `to` that is later than `from`")]
    Order,
}

/// What happened, happened at an instant: UTC in whole microseconds, years 1 to 9999.
///
/// Its text always has six fractional digits and a `Z`, so that the order of texts is the order of times.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "office", schema(value_type = String, format = DateTime, example = "2026-03-29T07:30:00.000000Z"))]
pub struct Instant(Timestamp);

impl Instant {
    /// The first instant of the year 1.
    pub const MIN: Self = Self(Timestamp::constant(-62_135_596_800, 0));
    /// The last instant: the end of 9999, less the day that offsets may need.
    pub const MAX: Self = Self(Timestamp::constant(253_402_207_200, 999_999_000));

    /// The instant of `micros` microseconds since 1970 began.
    pub fn from_micros(micros: i64) -> Result<Self, TimeError> {
        Timestamp::from_microsecond(micros).map_err(|_| TimeError::Range)?.try_into()
    }

    /// Microseconds since 1970 began.
    pub fn as_micros(self) -> i64 {
        self.0.as_microsecond()
    }

    /// This instant moved by `duration`, forth or back, to the nearest microsecond and no further than the range goes.
    #[must_use]
    pub fn plus(self, duration: SignedDuration) -> Self {
        let edge = if duration.is_negative() { Self::MIN } else { Self::MAX };
        self.0.checked_add(duration).ok().and_then(|moved| moved.try_into().ok()).unwrap_or(edge)
    }

    /// The time that passed since `earlier`; negative if that is the later one.
    pub fn since(self, earlier: Self) -> SignedDuration {
        self.0.duration_since(earlier.0)
    }

    /// What clocks in `zone` show at this instant.
    pub fn civil(self, zone: &Zone) -> DateTime {
        zone.0.to_datetime(self.0)
    }
}

impl TryFrom<Timestamp> for Instant {
    type Error = TimeError;

    fn try_from(timestamp: Timestamp) -> Result<Self, TimeError> {
        let rounded = timestamp.round(Unit::Microsecond).map_err(|_| TimeError::Range)?;
        if (Self::MIN.0..=Self::MAX.0).contains(&rounded) { Ok(Self(rounded)) } else { Err(TimeError::Range) }
    }
}

impl From<Instant> for Timestamp {
    fn from(instant: Instant) -> Self {
        instant.0
    }
}

impl FromStr for Instant {
    type Err = TimeError;

    fn from_str(text: &str) -> Result<Self, TimeError> {
        text.parse::<Timestamp>().map_err(|_| TimeError::Instant)?.try_into()
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const PRINTER: DateTimePrinter = DateTimePrinter::new().precision(Some(6));
        f.write_str(&PRINTER.timestamp_to_string(&self.0))
    }
}

impl fmt::Debug for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        parsed(deserializer, str::parse)
    }
}

/// Reads a text and turns it into a value, whatever form the format hands texts over in.
fn parsed<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    parse: impl FnOnce(&str) -> Result<T, TimeError>,
) -> Result<T, D::Error> {
    parse(&String::deserialize(deserializer)?).map_err(D::Error::custom)
}

/// The zones come from the program itself: what was agreed means the same on every machine, whatever its own database says.
static ZONES: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// A time zone known by its IANA name, such as `Europe/Paris`, which is the default.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "office", schema(value_type = String, pattern = "^[A-Za-z][A-Za-z0-9_+/-]*$", example = "Europe/Paris"))]
pub struct Zone(TimeZone);

impl Zone {
    /// The zone's name.
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// The zone with its rules.
    pub fn tz(&self) -> &TimeZone {
        &self.0
    }

    /// The instant at which clocks show `at`. A time that they skip counts as much later as they jump, one that they show twice is the first.
    pub fn instant(&self, at: DateTime) -> Instant {
        self.0
            .to_ambiguous_timestamp(at)
            .compatible()
            .ok()
            .and_then(|timestamp| timestamp.try_into().ok())
            .unwrap_or(if at.year() > 1 { Instant::MAX } else { Instant::MIN })
    }

    /// The first instant at which clocks show `at` or later. Unlike [`Zone::instant`] it keeps the order of times that clocks skip, as
    /// bounds of opening hours must.
    pub fn first_instant(&self, at: DateTime) -> Instant {
        let ambiguous = self.0.to_ambiguous_timestamp(at);
        if let AmbiguousOffset::Gap { .. } = ambiguous.offset()
            && let Ok(before) = ambiguous.earlier()
            && let Some(jump) = self.0.following(before).next()
        {
            return jump.timestamp().try_into().unwrap_or(Instant::MAX);
        }
        self.instant(at)
    }

    /// The parts of a time, its end not included, in which clocks are as far ahead of UTC throughout: each with its end and the minutes.
    pub fn steady(&self, from: Instant, to: Instant) -> Vec<(Instant, Instant, i16)> {
        let changes = self.0.following(from.0).map_while(|change| change.timestamp().try_into().ok());
        let mut ends: Vec<Instant> = changes.take_while(|change: &Instant| *change < to).collect();
        ends.push(to);
        let starts = std::iter::once(from).chain(ends.clone());
        let ahead = |at: Instant| i16::try_from(self.0.to_offset(at.0).seconds() / 60).unwrap_or_default();
        starts.zip(ends).map(|(start, end)| (start, end, ahead(start))).collect()
    }
}

impl Default for Zone {
    fn default() -> Self {
        Self(ZONES.get("Europe/Paris").unwrap_or(TimeZone::UTC))
    }
}

impl FromStr for Zone {
    type Err = TimeError;

    fn from_str(name: &str) -> Result<Self, TimeError> {
        match ZONES.get(name) {
            Ok(zone) if zone.iana_name().is_some() => Ok(Self(zone)),
            _ => Err(TimeError::Zone),
        }
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Serialize for Zone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        parsed(deserializer, str::parse)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{Date, Time, date, time};
    use proptest::prelude::*;
    use rstest::rstest;

    fn instant(text: &str) -> Instant {
        text.parse().unwrap()
    }

    fn instants() -> impl Strategy<Value = Instant> {
        (Instant::MIN.as_micros()..=Instant::MAX.as_micros()).prop_map(|micros| Instant::from_micros(micros).unwrap())
    }

    #[rstest]
    #[case("2026-03-29T07:30:00Z", "2026-03-29T07:30:00.000000Z")]
    #[case("2026-03-29T09:30:00+02:00", "2026-03-29T07:30:00.000000Z")]
    #[case("2026-03-29t07:30:00.1234567z", "2026-03-29T07:30:00.123457Z")]
    #[case("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000000Z")]
    fn an_instant_has_one_text(#[case] text: &str, #[case] written: &str) {
        assert_eq!(instant(text).to_string(), written);
        assert_eq!(serde_json::to_string(&instant(text)).unwrap(), format!("\"{written}\""));
    }

    #[rstest]
    #[case("")]
    #[case("2026-03-29")]
    #[case("2026-03-29T07:30:00")]
    #[case("2026-02-29T07:30:00Z")]
    #[case("0000-12-31T23:59:59Z")]
    #[case("-000001-01-01T00:00:00Z")]
    #[case("10000-01-01T00:00:00Z")]
    fn what_is_no_instant_of_our_years_is_refused(#[case] text: &str) {
        assert!(text.parse::<Instant>().is_err());
    }

    #[test]
    fn an_instant_stays_in_range() {
        assert_eq!(Instant::MAX.plus(SignedDuration::MAX), Instant::MAX);
        assert_eq!(Instant::MIN.plus(SignedDuration::MIN), Instant::MIN);
        assert_eq!(Instant::MIN.plus(SignedDuration::MAX), Instant::MAX);
        assert_eq!(Instant::from_micros(i64::MAX), Err(TimeError::Range));
        assert_eq!(Instant::from_micros(Instant::MIN.as_micros() - 1), Err(TimeError::Range));
    }

    #[test]
    fn a_zone_is_known_by_its_name() {
        assert_eq!(Zone::default().name(), "Europe/Paris");
        assert_eq!("europe/paris".parse::<Zone>().unwrap(), Zone::default());
        assert_eq!(serde_json::to_string(&Zone::default()).unwrap(), "\"Europe/Paris\"");
        for bad in ["", "Paris", "../../etc/passwd", "Etc/Unknown", "CET-1CEST"] {
            assert_eq!(bad.parse::<Zone>(), Err(TimeError::Zone), "{bad}");
        }
    }

    #[rstest]
    // Clocks jump from 02:00 to 03:00.
    #[case(date(2026, 3, 29), time(1, 59, 0, 0), "2026-03-29T00:59:00Z", "2026-03-29T00:59:00Z")]
    #[case(date(2026, 3, 29), time(2, 30, 0, 0), "2026-03-29T01:30:00Z", "2026-03-29T01:00:00Z")]
    #[case(date(2026, 3, 29), time(3, 0, 0, 0), "2026-03-29T01:00:00Z", "2026-03-29T01:00:00Z")]
    // Clocks show 02:00 to 03:00 twice.
    #[case(date(2026, 10, 25), time(2, 30, 0, 0), "2026-10-25T00:30:00Z", "2026-10-25T00:30:00Z")]
    #[case(date(2026, 10, 25), time(3, 0, 0, 0), "2026-10-25T02:00:00Z", "2026-10-25T02:00:00Z")]
    fn civil_time_has_an_instant_when_clocks_change(
        #[case] date: Date,
        #[case] time: Time,
        #[case] compatible: &str,
        #[case] first: &str,
    ) {
        let paris = Zone::default();
        assert_eq!(paris.instant(date.to_datetime(time)), instant(compatible));
        assert_eq!(paris.first_instant(date.to_datetime(time)), instant(first));
    }

    proptest! {
        #[test]
        fn the_order_of_texts_is_the_order_of_times(a in instants(), b in instants()) {
            prop_assert_eq!(a.cmp(&b), a.to_string().cmp(&b.to_string()));
            prop_assert_eq!(instant(&a.to_string()), a);
            prop_assert_eq!(Instant::from_micros(a.as_micros()), Ok(a));
            prop_assert_eq!(b.plus(a.since(b)), a);
        }

        #[test]
        fn no_text_makes_reading_fall_over(text in any::<String>(), shaped in r"[0-9]{0,5}-?[0-9]{0,3}-?[0-9T:.+Z-]{0,20}") {
            for text in [text, shaped] {
                let _ = (text.parse::<Instant>(), text.parse::<Zone>(), parse_date(&text), parse_time(&text), parse_date_time(&text));
            }
        }
    }
}
