//! What is agreed for a time: a due time or a window of one day, in civil time, read in one form only.

use super::{Instant, TimeError, Zone, parsed};
use jiff::civil::{Date, DateTime, Time};
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

/// Reads a day as `2026-03-29` and in no other form; years 1 to 9999.
pub fn parse_date(text: &str) -> Result<Date, TimeError> {
    let date: Date = text.parse().map_err(|_| TimeError::Date)?;
    if date.year() >= 1 && date.to_string() == text { Ok(date) } else { Err(TimeError::Date) }
}

/// Reads a time of day as `09:30` or `09:30:00` and in no other form.
pub fn parse_time(text: &str) -> Result<Time, TimeError> {
    let time: Time = text.parse().map_err(|_| TimeError::Time)?;
    let written = time.to_string();
    let same = written == text || written.strip_suffix(":00") == Some(text);
    if same && time.subsec_nanosecond() == 0 { Ok(time) } else { Err(TimeError::Time) }
}

/// Reads a day with a time as `2026-03-29T09:30` or `2026-03-29T09:30:00`. An offset is refused: what is agreed counts in the place's own time.
pub fn parse_date_time(text: &str) -> Result<DateTime, TimeError> {
    let (date, time) = text.split_once('T').ok_or(TimeError::DateTime)?;
    match (parse_date(date), parse_time(time)) {
        (Ok(date), Ok(time)) => Ok(date.to_datetime(time)),
        _ => Err(TimeError::DateTime),
    }
}

/// For `deserialize_with`: a day as [`parse_date`] reads it.
pub fn deserialize_date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    parsed(deserializer, parse_date)
}

/// For `deserialize_with`: a time as [`parse_time`] reads it.
pub fn deserialize_time<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Time, D::Error> {
    parsed(deserializer, parse_time)
}

/// For `deserialize_with`: a day as [`parse_date`] reads it, or none.
pub fn deserialize_date_or_none<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?;
    text.map(|text| parse_date(&text).map_err(D::Error::custom)).transpose()
}

/// For `deserialize_with`: a day with a time as [`parse_date_time`] reads it.
pub fn deserialize_date_time<'de, D: Deserializer<'de>>(deserializer: D) -> Result<DateTime, D::Error> {
    parsed(deserializer, parse_date_time)
}

/// A part of one day, in civil time of a place: from–to, where `to` is later than `from`; whole seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(try_from = "WindowText", deny_unknown_fields)]
pub struct Window {
    #[cfg_attr(feature = "office", schema(value_type = String, format = Date, example = "2026-03-29"))]
    date: Date,
    #[cfg_attr(feature = "office", schema(value_type = String, pattern = r"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$", example = "09:30:00"))]
    from: Time,
    #[cfg_attr(feature = "office", schema(value_type = String, pattern = r"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$", example = "11:00:00"))]
    to: Time,
}

/// A window as it is written, not yet held against its rule.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WindowText {
    #[serde(deserialize_with = "deserialize_date")]
    date: Date,
    #[serde(deserialize_with = "deserialize_time")]
    from: Time,
    #[serde(deserialize_with = "deserialize_time")]
    to: Time,
}

impl TryFrom<WindowText> for Window {
    type Error = TimeError;

    fn try_from(WindowText { date, from, to }: WindowText) -> Result<Self, TimeError> {
        Self::new(date, from, to)
    }
}

impl Window {
    /// The window from `from` to `to` on `date`; parts of seconds are dropped.
    pub fn new(date: Date, from: Time, to: Time) -> Result<Self, TimeError> {
        let whole = |time: Time| time.with().subsec_nanosecond(0).build().unwrap_or(time);
        let (from, to) = (whole(from), whole(to));
        if date.year() < 1 {
            Err(TimeError::Date)
        } else if from < to {
            Ok(Self { date, from, to })
        } else {
            Err(TimeError::Order)
        }
    }

    /// The day.
    pub fn date(&self) -> Date {
        self.date
    }

    /// When it starts.
    pub fn from(&self) -> Time {
        self.from
    }

    /// When it ends; not part of it.
    pub fn to(&self) -> Time {
        self.to
    }

    /// When it starts, at a place in `zone`.
    pub fn start(&self, zone: &Zone) -> Instant {
        zone.instant(self.date.to_datetime(self.from))
    }

    /// When it ends, at a place in `zone`: never before it starts, even where clocks skip its start.
    pub fn end(&self, zone: &Zone) -> Instant {
        zone.instant(self.date.to_datetime(self.to)).max(self.start(zone))
    }
}

/// When a job is wanted, in civil time of its site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "WhenText", into = "WhenText")]
pub enum When {
    /// Done by then.
    Due {
        /// The last moment.
        at: DateTime,
    },
    /// Done on the spot, within a part of a day.
    Window(Window),
}

/// When a job is wanted, in civil time of its site: done by a due time, or on the spot within a window of one day.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
enum WhenText {
    Due {
        #[serde(deserialize_with = "deserialize_date_time")]
        #[cfg_attr(feature = "office", schema(value_type = String, pattern = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$", example = "2026-03-29T18:00:00"))]
        at: DateTime,
    },
    Window {
        #[serde(deserialize_with = "deserialize_date")]
        #[cfg_attr(feature = "office", schema(value_type = String, format = Date, example = "2026-03-29"))]
        date: Date,
        #[serde(deserialize_with = "deserialize_time")]
        #[cfg_attr(feature = "office", schema(value_type = String, pattern = r"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$", example = "09:30:00"))]
        from: Time,
        #[serde(deserialize_with = "deserialize_time")]
        #[cfg_attr(feature = "office", schema(value_type = String, pattern = r"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$", example = "11:00:00"))]
        to: Time,
    },
}

impl TryFrom<WhenText> for When {
    type Error = TimeError;

    fn try_from(text: WhenText) -> Result<Self, TimeError> {
        match text {
            WhenText::Due { at } => Ok(Self::Due { at }),
            WhenText::Window { date, from, to } => Window::new(date, from, to).map(Self::Window),
        }
    }
}

impl From<When> for WhenText {
    fn from(when: When) -> Self {
        match when {
            When::Due { at } => Self::Due { at },
            When::Window(Window { date, from, to }) => Self::Window { date, from, to },
        }
    }
}

#[cfg(feature = "office")]
impl utoipa::PartialSchema for When {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        WhenText::schema()
    }
}

#[cfg(feature = "office")]
impl utoipa::ToSchema for When {}

impl When {
    /// When it may start at the earliest; what is due has no start of its own and starts when it is due.
    pub fn start(&self, zone: &Zone) -> Instant {
        match self {
            Self::Due { at } => zone.instant(*at),
            Self::Window(window) => window.start(zone),
        }
    }

    /// When it must be over.
    pub fn end(&self, zone: &Zone) -> Instant {
        match self {
            Self::Due { at } => zone.instant(*at),
            Self::Window(window) => window.end(zone),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};
    use rstest::rstest;

    fn instant(text: &str) -> Instant {
        text.parse().unwrap()
    }

    fn window(text: &str) -> Result<Window, String> {
        serde_json::from_str(text).map_err(|refusal| refusal.to_string())
    }

    fn when(text: &str) -> Result<When, String> {
        serde_json::from_str(text).map_err(|refusal| refusal.to_string())
    }

    #[test]
    fn a_window_over_a_change_of_clocks_is_as_long_as_it_really_is() {
        let paris = Zone::default();
        let long = |day| {
            let window = Window::new(day, time(1, 0, 0, 0), time(4, 0, 0, 0)).unwrap();
            window.end(&paris).since(window.start(&paris)).as_hours()
        };
        assert_eq!((long(date(2026, 3, 29)), long(date(2026, 10, 25)), long(date(2026, 3, 30))), (2, 4, 3));
        let skipped = Window::new(date(2026, 3, 29), time(2, 30, 0, 0), time(3, 0, 0, 0)).unwrap();
        assert!(skipped.start(&paris) <= skipped.end(&paris));
    }

    #[test]
    fn a_window_must_end_after_it_starts() {
        let noon = time(12, 0, 0, 0);
        assert_eq!(Window::new(date(2026, 3, 29), noon, noon), Err(TimeError::Order));
        assert!(
            window(r#"{"date":"2026-03-29","from":"11:00","to":"09:30"}"#).unwrap_err().contains("later than `from`")
        );
    }

    #[test]
    fn a_window_is_written_as_it_is_read() {
        let read = window(r#"{"date":"2026-03-29","from":"09:30","to":"11:00:00"}"#).unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap(), r#"{"date":"2026-03-29","from":"09:30:00","to":"11:00:00"}"#);
    }

    #[rstest]
    #[case(r#"{"date":"2026-03-29","from":"09:30","to":"11:00","more":1}"#)]
    #[case(r#"{"date":"2026-03-29","from":"09:30"}"#)]
    #[case(r#"{"date":"20260329","from":"09:30","to":"11:00"}"#)]
    #[case(r#"{"date":"0000-03-29","from":"09:30","to":"11:00"}"#)]
    #[case(r#"{"date":"2026-03-29","from":"09:30:00.5","to":"11:00"}"#)]
    #[case(r#"{"date":"2026-03-29","from":"09:30","to":"24:00"}"#)]
    #[case(r#"{"date":"2026-03-29","from":"09:30+02","to":"11:00"}"#)]
    fn a_badly_written_window_is_refused(#[case] text: &str) {
        assert!(window(text).is_err());
        assert!(when(&text.replacen('{', r#"{"kind":"window","#, 1)).is_err());
    }

    #[test]
    fn when_is_due_or_a_window() {
        let paris = Zone::default();
        let due = when(r#"{"kind":"due","at":"2026-07-14T18:00"}"#).unwrap();
        assert_eq!(due.end(&paris), instant("2026-07-14T16:00:00Z"));
        assert_eq!(due.start(&paris), due.end(&paris));
        assert_eq!(serde_json::to_string(&due).unwrap(), r#"{"kind":"due","at":"2026-07-14T18:00:00"}"#);
        let text = r#"{"kind":"window","date":"2026-01-05","from":"09:30:00","to":"11:00:00"}"#;
        let spot = when(text).unwrap();
        assert_eq!(
            (spot.start(&paris), spot.end(&paris)),
            (instant("2026-01-05T08:30:00Z"), instant("2026-01-05T10:00:00Z"))
        );
        assert_eq!(serde_json::to_string(&spot).unwrap(), text);
    }

    #[rstest]
    #[case(r#"{"kind":"due","at":"2026-07-14T18:00+02:00"}"#)]
    #[case(r#"{"kind":"due","at":"2026-07-14T18:00Z"}"#)]
    #[case(r#"{"kind":"due","at":"2026-07-14"}"#)]
    #[case(r#"{"kind":"due","at":"2026-07-14T18:00","to":"11:00"}"#)]
    #[case(r#"{"kind":"soon"}"#)]
    #[case(r#"{"kind":"due"}"#)]
    #[case("7")]
    fn a_badly_written_when_is_refused(#[case] text: &str) {
        assert!(when(text).is_err());
    }

    #[test]
    fn a_day_at_the_end_of_time_has_instants() {
        let last = Window::new(Date::MAX, Time::MIN, Time::MAX).unwrap();
        assert_eq!(last.end(&Zone::default()), Instant::MAX);
        let first = When::Due { at: DateTime::MIN };
        assert_eq!(first.end(&Zone::default()), Instant::MIN);
    }
}
