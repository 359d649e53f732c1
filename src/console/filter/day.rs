//! Days as filters say them: near ones by name, others by date, the year only where it matters.

use super::vocabulary::{DayWord, day_word};
use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};
use std::fmt;

/// A day of a filter. It is counted from the day on which the filter is asked, so that a saved view stays true tomorrow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day {
    /// So many days from today: yesterday is -1.
    Near(i8),
    /// The nearest such day of the week.
    Weekday(Weekday),
    /// A day and month of the year in which it is nearest.
    InYear {
        /// The day, 1 to 31.
        day: i8,
        /// The month, 1 to 12.
        month: i8,
    },
    /// One day of all.
    Date(Date),
}

impl Day {
    /// Reads a day: `auj`, `demain`, `ven`, `27/11`, `27-11`, `27.11.2026`, `2026-11-27`, in either language.
    pub fn read(text: &str) -> Option<Self> {
        if let Some(word) = day_word(text) {
            return Some(match word {
                DayWord::Near(days) => Self::Near(days),
                DayWord::Weekday(weekday) => Self::Weekday(weekday),
            });
        }
        let mut numbers = [None; 3];
        let mut parts = text.split(['/', '-', '.']);
        for (slot, part) in numbers.iter_mut().zip(&mut parts) {
            if part.is_empty() || part.len() > 4 || !part.bytes().all(|b| b.is_ascii_digit()) {
                return None;
            }
            *slot = Some((part.len(), part.parse::<i16>().ok()?));
        }
        let small = |number: i16| i8::try_from(number).ok();
        match (numbers, parts.next()) {
            ([Some((1..=2, day)), Some((1..=2, month)), None], None) => {
                // 2028 is a leap year: 29/2 is a day.
                Date::new(2028, small(month)?, small(day)?).ok()?;
                Some(Self::InYear { day: small(day)?, month: small(month)? })
            }
            (
                [Some((4, year)), Some((1..=2, month)), Some((1..=2, day))]
                | [Some((1..=2, day)), Some((1..=2, month)), Some((4, year))],
                None,
            ) => Date::new(year, small(month)?, small(day)?).ok().filter(|date| date.year() >= 1).map(Self::Date),
            ([Some((1..=2, day)), Some((1..=2, month)), Some((2, year))], None) => {
                Date::new(2000 + year, small(month)?, small(day)?).ok().map(Self::Date)
            }
            _ => None,
        }
    }

    /// The day as something due: a day of the week is today or in the next six days.
    pub fn from_now_on(self, today: Date) -> Date {
        match self {
            Self::Weekday(weekday) => after(today, i64::from(today.weekday().until(weekday))),
            other => other.near(today),
        }
    }

    /// The day as something past: a day of the week is today or in the last six days.
    pub fn until_now(self, today: Date) -> Date {
        match self {
            Self::Weekday(weekday) => after(today, -i64::from(weekday.until(today.weekday()))),
            other => other.near(today),
        }
    }

    fn near(self, today: Date) -> Date {
        match self {
            Self::Near(days) => after(today, i64::from(days)),
            Self::Date(date) => date,
            Self::Weekday(_) => today,
            // 29 February is eight years away at most.
            Self::InYear { day, month } => (-8..=8)
                .filter_map(|years| Date::new(today.year().checked_add(years)?, month, day).ok())
                .min_by_key(|date| (*date - today).get_days().abs())
                .unwrap_or(today),
        }
    }
}

fn after(today: Date, days: i64) -> Date {
    today.saturating_add(days.days())
}

/// The written form of a date; words of days are the vocabulary's.
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InYear { day, month } => write!(f, "{day}/{month}"),
            Self::Date(date) => write!(f, "{date}"),
            Self::Near(days) => write!(f, "{days:+}"),
            Self::Weekday(weekday) => write!(f, "{weekday:?}"),
        }
    }
}
