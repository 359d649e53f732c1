//! A recurrence: on which days something that was ordered once comes again.

use super::{
    calendar::deserialize_dates,
    refusal::Refusal,
    time::{deserialize_date, deserialize_date_or_none},
};
use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeSet, num::NonZeroU8};

/// A day of the week; its text is `mon` to `sun`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "office", schema(value_type = String, pattern = "^(mon|tue|wed|thu|fri|sat|sun)$", example = "tue"))]
#[serde(try_from = "String", into = "String")]
pub struct WeekDay(pub Weekday);

const NAMES: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

impl WeekDay {
    /// From 0 for Monday to 6.
    pub fn place(self) -> i8 {
        self.0.to_monday_zero_offset()
    }

    /// `mon` to `sun`.
    pub fn name(self) -> &'static str {
        usize::try_from(self.place()).ok().and_then(|place| NAMES.get(place)).copied().unwrap_or("mon")
    }
}

impl PartialOrd for WeekDay {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for WeekDay {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.place().cmp(&other.place())
    }
}

impl From<WeekDay> for String {
    fn from(day: WeekDay) -> Self {
        day.name().to_owned()
    }
}

impl TryFrom<String> for WeekDay {
    type Error = &'static str;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        let place = NAMES.iter().position(|known| *known == name).and_then(|place| i8::try_from(place).ok());
        let day = place.and_then(|place| Weekday::from_monday_zero_offset(place).ok());
        day.map(Self).ok_or("a day of the week is mon, tue, wed, thu, fri, sat or sun")
    }
}

/// Which one of a month's Mondays, Tuesdays and so on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Nth {
    /// The first.
    First,
    /// The second.
    Second,
    /// The third.
    Third,
    /// The fourth.
    Fourth,
    /// The last.
    Last,
}

/// How it comes again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Rhythm {
    /// Every so many days, from the first on.
    Days {
        /// 1 is each day, 2 every other.
        #[cfg_attr(feature = "office", schema(value_type = u8, minimum = 1))]
        every: NonZeroU8,
    },
    /// On days of the week, every so many weeks; weeks begin on Monday and are counted from the first day's.
    Weekly {
        /// 1 is each week, 2 every other.
        #[cfg_attr(feature = "office", schema(value_type = u8, minimum = 1))]
        every: NonZeroU8,
        /// On which days.
        days: BTreeSet<WeekDay>,
    },
    /// On a day of the month; a month that does not have it is left out.
    Monthly {
        /// 1 to 31.
        #[cfg_attr(feature = "office", schema(minimum = 1, maximum = 31))]
        day: i8,
    },
    /// On one of the month's days of that name: its first Monday.
    MonthlyWeekday {
        /// Which one.
        nth: Nth,
        /// Of which.
        day: WeekDay,
    },
}

/// What becomes of a day on which nobody works.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum OnHoliday {
    /// It is left out.
    #[default]
    LeftOut,
    /// It is kept.
    Kept,
}

/// On which days something comes again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Recurrence {
    /// How it comes again.
    pub rhythm: Rhythm,
    /// Not before this day.
    #[serde(deserialize_with = "deserialize_date")]
    #[cfg_attr(feature = "office", schema(value_type = String, format = Date, example = "2026-12-01"))]
    pub from: Date,
    /// Through this day; without end if none.
    #[serde(default, deserialize_with = "deserialize_date_or_none")]
    #[cfg_attr(feature = "office", schema(value_type = Option<String>, format = Date, example = "2027-03-31"))]
    pub until: Option<Date>,
    /// At most so many times, 1 to 1,000.
    #[serde(default)]
    #[cfg_attr(feature = "office", schema(minimum = 1, maximum = 1000))]
    pub times: Option<u16>,
    /// Not on these days; at most 366.
    #[serde(default, deserialize_with = "deserialize_dates")]
    #[cfg_attr(feature = "office", schema(value_type = Vec<String>))]
    pub except: BTreeSet<Date>,
    /// What becomes of holidays.
    #[serde(default)]
    pub holidays: OnHoliday,
}

/// Days that can be left out one by one.
const EXCEPT: usize = 366;

/// Times that it can be bound to.
const TIMES: u16 = 1000;

impl Recurrence {
    /// Whether its fields hold together.
    ///
    /// # Errors
    /// The field at fault and what would be right.
    pub fn check(&self) -> Result<(), Refusal> {
        let invalid =
            |field: &str, why: String| Err(Refusal::FieldInvalid { field: format!("recurrence.{field}"), why });
        match &self.rhythm {
            Rhythm::Weekly { days, .. } if days.is_empty() => {
                return invalid("rhythm.days", "name a day of the week at least".into());
            }
            Rhythm::Monthly { day } if !(1..=31).contains(day) => {
                return invalid("rhythm.day", "a day of the month is 1 to 31".into());
            }
            _ => {}
        }
        if self.until.is_some_and(|until| until < self.from) {
            return invalid("until", "the last day comes before the first".into());
        }
        if self.times.is_some_and(|times| !(1..=TIMES).contains(&times)) {
            return invalid("times", format!("write 1 to {TIMES}"));
        }
        if self.except.len() > EXCEPT {
            return invalid("except", format!("at most {EXCEPT} days"));
        }
        Ok(())
    }

    /// Whether a day is one of its own, whatever its bounds and however often it may come.
    pub fn is_on(&self, date: Date, is_working_day: impl Fn(Date) -> bool) -> bool {
        let is_left_out = || self.holidays == OnHoliday::LeftOut && !is_working_day(date);
        self.falls_on(date) && !self.except.contains(&date) && !is_left_out()
    }

    /// Its days in order, at most those of ten years; `is_working_day` says which are none to leave out.
    pub fn dates<'a>(&'a self, is_working_day: impl Fn(Date) -> bool + 'a) -> impl Iterator<Item = Date> + 'a {
        let last = self.from.saturating_add(10.years());
        let last = self.until.map_or(last, |until| until.min(last));
        self.from
            .series(1.day())
            .take_while(move |date| *date <= last)
            .filter(move |date| self.is_on(*date, &is_working_day))
            .take(self.times.map_or(usize::MAX, usize::from))
    }

    /// Whether the rhythm falls on `date`, whatever else is said of it.
    fn falls_on(&self, date: Date) -> bool {
        let since = |start: Date| start.until(date).map_or(0, |span| span.get_days());
        match &self.rhythm {
            Rhythm::Days { every } => since(self.from) % i32::from(every.get()) == 0,
            Rhythm::Weekly { every, days } => {
                let monday = self.from.saturating_sub(i64::from(WeekDay(self.from.weekday()).place()).days());
                days.contains(&WeekDay(date.weekday())) && since(monday) / 7 % i32::from(every.get()) == 0
            }
            Rhythm::Monthly { day } => date.day() == *day,
            Rhythm::MonthlyWeekday { nth, day } => {
                let place = match nth {
                    Nth::First => 1,
                    Nth::Second => 2,
                    Nth::Third => 3,
                    Nth::Fourth => 4,
                    Nth::Last => -1,
                };
                date.nth_weekday_of_month(place, day.0).is_ok_and(|named| named == date)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn weekly(every: u8, days: &[Weekday], from: Date) -> Recurrence {
        let rhythm =
            Rhythm::Weekly { every: NonZeroU8::new(every).unwrap(), days: days.iter().copied().map(WeekDay).collect() };
        Recurrence { rhythm, from, until: None, times: None, except: BTreeSet::new(), holidays: OnHoliday::LeftOut }
    }

    #[test]
    fn a_holiday_is_left_out_unless_it_is_kept() {
        let mut fridays = weekly(1, &[Weekday::Friday], date(2026, 12, 18));
        let christmas = |day: Date| day != date(2026, 12, 25);
        assert_eq!(fridays.dates(christmas).take(2).collect::<Vec<_>>(), [date(2026, 12, 18), date(2027, 1, 1)]);
        fridays.holidays = OnHoliday::Kept;
        assert_eq!(fridays.dates(christmas).nth(1), Some(date(2026, 12, 25)));
    }

    #[test]
    fn every_other_week_is_counted_from_the_first_ones_monday() {
        let every_other = weekly(2, &[Weekday::Tuesday, Weekday::Friday], date(2026, 11, 27));
        let days: Vec<_> = every_other.dates(|_| true).take(3).collect();
        assert_eq!(days, [date(2026, 11, 27), date(2026, 12, 8), date(2026, 12, 11)]);
    }

    #[test]
    fn a_month_without_the_day_is_left_out() {
        let mut monthly = weekly(1, &[], date(2026, 11, 24));
        monthly.rhythm = Rhythm::Monthly { day: 31 };
        let days: Vec<_> = monthly.dates(|_| true).take(3).collect();
        assert_eq!(days, [date(2026, 12, 31), date(2027, 1, 31), date(2027, 3, 31)]);
        monthly.rhythm = Rhythm::MonthlyWeekday { nth: Nth::Last, day: WeekDay(Weekday::Monday) };
        assert_eq!(monthly.dates(|_| true).next(), Some(date(2026, 11, 30)));
    }

    #[test]
    fn a_recurrence_is_written_as_it_is_read() {
        let text = r#"{"rhythm":{"kind":"weekly","every":1,"days":["tue","fri"]},"from":"2026-11-27","until":"2026-12-18","times":null,"except":["2026-12-11"],"holidays":"left_out"}"#;
        let read: Recurrence = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap(), text);
        assert!(serde_json::from_str::<Recurrence>(&text.replace("tue", "mar")).is_err());
    }

    fn any_day() -> impl Strategy<Value = Date> {
        (0..3000_i32).prop_map(|days| date(2024, 1, 1).saturating_add(days.days()))
    }

    fn any_rhythm() -> impl Strategy<Value = Rhythm> {
        let day = (0..7_i8).prop_map(|place| WeekDay(Weekday::from_monday_zero_offset(place).unwrap()));
        prop_oneof![
            (1..30_u8).prop_map(|every| Rhythm::Days { every: NonZeroU8::new(every).unwrap() }),
            (1..5_u8, prop::collection::btree_set(day.clone(), 0..4))
                .prop_map(|(every, days)| Rhythm::Weekly { every: NonZeroU8::new(every).unwrap(), days }),
            (1..=31_i8).prop_map(|day| Rhythm::Monthly { day }),
            day.prop_map(|day| Rhythm::MonthlyWeekday { nth: Nth::Third, day }),
        ]
    }

    proptest! {
        #[test]
        fn days_come_in_order_within_their_bounds_and_never_on_what_is_left_out(
            rhythm in any_rhythm(),
            from in any_day(),
            length in 0..400_i32,
            times in prop::option::of(0..20_u16),
            left_out in prop::collection::btree_set(any_day(), 0..40),
            closed in 0..7_i8,
        ) {
            let until = from.saturating_add(length.days());
            let recurrence = Recurrence { rhythm, from, until: Some(until), times, except: left_out, holidays: OnHoliday::LeftOut };
            let open = |day: Date| day.weekday().to_monday_zero_offset() != closed;
            let days: Vec<_> = recurrence.dates(open).collect();
            prop_assert!(days.is_sorted_by(|a, b| a < b));
            prop_assert!(days.iter().all(|day| (from..=until).contains(day) && open(*day) && !recurrence.except.contains(day)));
            prop_assert!(times.is_none_or(|times| days.len() <= usize::from(times)));
        }
    }
}
