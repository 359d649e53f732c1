//! Days as they were said, on the calendar.

use super::Case;
use crate::domain::entry::{
    heard::Said,
    piece::{Day, WeekPart, Which},
    reading::{Because, Doubt},
};
use jiff::{
    SignedDuration, ToSpan,
    civil::{Date, Weekday},
};

/// A day, resolved: the likeliest first.
pub(super) struct Found {
    pub dates: Vec<Date>,
    pub because: Option<Because>,
    pub doubt: Option<Doubt>,
}

impl Found {
    fn sure(date: Date) -> Self {
        Self { dates: vec![date], because: None, doubt: None }
    }

    fn with(date: Date, because: Because) -> Self {
        Self { dates: vec![date], because: Some(because), doubt: None }
    }

    fn doubtful(dates: Vec<Date>, doubt: Doubt) -> Self {
        Self { dates, because: None, doubt: Some(doubt) }
    }
}

impl Case<'_> {
    /// Several days that were said are one if they agree.
    pub(super) fn merged(&self, days: &[&Said<Day>], either: bool) -> Found {
        let all: Vec<Found> = days.iter().map(|said| self.resolve(&said.value)).collect();
        let common: Vec<Date> = all.first().map_or_else(Vec::new, |first| {
            first.dates.iter().copied().filter(|date| all.iter().all(|found| found.dates.contains(date))).collect()
        });
        let mut all = all.into_iter();
        match (common.as_slice(), days.len()) {
            (_, 1) => all.next().unwrap_or_else(|| Found::sure(self.today())),
            ([date], _) => Found::sure(*date),
            _ => {
                let dates: Vec<Date> = all.flat_map(|found| found.dates.into_iter().take(1)).collect();
                let week_days = days.iter().all(|said| matches!(said.value, Day::Week(..)));
                Found::doubtful(dates, if week_days && !either { Doubt::OnceOrAgain } else { Doubt::WhichDay })
            }
        }
    }

    /// A day that was said, on the calendar.
    pub(super) fn resolve(&self, day: &Day) -> Found {
        let today = self.today();
        let in_days = |days: i32| today.saturating_add(days.days());
        match *day {
            Day::Offset(days) if days < 0 => Found::doubtful(vec![in_days(days)], Doubt::Past),
            Day::Offset(days) => Found::sure(in_days(days)),
            Day::Either(one, other) => Found::doubtful(vec![in_days(one), in_days(other)], Doubt::WhichDay),
            Day::Months(months) => Found::with(today.saturating_add(months.months()), Because::FromNow),
            Day::Minutes(minutes) => {
                Found::sure(self.setting.now.saturating_add(SignedDuration::from_mins(minutes)).date())
            }
            Day::Now => Found::sure(today),
            Day::Week(day, which) => self.week_day(day, which),
            Day::Date { weekday, day, month, year } => self.date(weekday, day, month, year),
            Day::PartOfWeek(part, weeks) => self.part_of_week(part, weeks),
            Day::EndOfMonth(month) => {
                let last = |year: i16, month: i8| Date::new(year, month, 1).map_or(today, Date::last_of_month);
                let month = month.unwrap_or(today.month());
                let date = last(today.year(), month);
                Found::sure(if date < today { last(today.year().saturating_add(1), month) } else { date })
            }
            Day::Permanence => match self.permanences().first() {
                Some(window) => Found::with(window.date(), Because::NextPermanence),
                None => Found::doubtful(vec![self.next_working()], Doubt::NoPermanence),
            },
        }
    }

    pub(super) fn next_working(&self) -> Date {
        let mut days = self.today().series(1.day()).skip(1).take(60);
        days.find(|date| self.calendar.is_working_day(*date)).unwrap_or_else(|| self.today())
    }

    pub(super) fn week_day(&self, day: Weekday, which: Which) -> Found {
        let today = self.today();
        let ahead = i32::from(day.to_monday_zero_offset() - today.weekday().to_monday_zero_offset()).rem_euclid(7);
        let coming = today.saturating_add(if ahead == 0 { 7 } else { ahead }.days());
        match which {
            Which::Plain | Which::Habit | Which::Each if ahead == 0 => {
                Found::doubtful(vec![coming, today], Doubt::WhichDay)
            }
            Which::Habit => Found::doubtful(vec![coming], Doubt::OnceOrAgain),
            Which::Plain | Which::Each => Found::sure(coming),
            Which::This => Found::sure(today.saturating_add(ahead.days())),
            Which::Next => {
                let next_week = self.in_week(1, day);
                if coming == next_week {
                    Found::sure(coming)
                } else {
                    Found::doubtful(vec![coming, next_week], Doubt::WhichDay)
                }
            }
            Which::InWeeks(weeks) => Found::sure(self.in_week(weeks, day)),
            Which::After(weeks) => {
                let coming = today.saturating_add(ahead.days());
                Found::sure(coming.saturating_add(weeks.saturating_mul(7).days()))
            }
            Which::Last => Found::doubtful(vec![coming.saturating_sub(7.days()), coming], Doubt::Past),
        }
    }

    pub(super) fn date(&self, weekday: Option<Weekday>, day: i8, month: Option<i8>, year: Option<i16>) -> Found {
        let today = self.today();
        let found = match (month, year) {
            (Some(month), Some(year)) => match Date::new(year, month, day) {
                Ok(date) if date < today => Found::doubtful(vec![date], Doubt::Past),
                Ok(date) => Found::sure(date),
                Err(_) => Found::doubtful(vec![self.next_working()], Doubt::WhichDay),
            },
            (Some(month), None) => {
                let this_year = Date::new(today.year(), month, day);
                match this_year {
                    Ok(date) if date >= today => Found::sure(date),
                    _ => match Date::new(today.year().saturating_add(1), month, day) {
                        Ok(date) if date <= today.saturating_add(6.months()) => Found::sure(date),
                        Ok(date) => Found::doubtful(vec![date], Doubt::Past),
                        Err(_) => Found::doubtful(vec![self.next_working()], Doubt::WhichDay),
                    },
                }
            }
            (None, _) => {
                let fits = |date: &Date| date.day() == day && weekday.is_none_or(|weekday| date.weekday() == weekday);
                let mut ahead = today.series(1.day()).take(62);
                match ahead.find(fits) {
                    Some(date) if date.month() == today.month() => Found::sure(date),
                    Some(date) => Found::with(date, Because::NextMonth),
                    None => {
                        let numbered = today.series(1.day()).take(62).find(|date| date.day() == day);
                        let named = weekday.map(|weekday| self.week_day(weekday, Which::Plain).dates);
                        let dates = numbered.into_iter().chain(named.into_iter().flatten().take(1)).collect();
                        return Found::doubtful(dates, Doubt::DayMismatch);
                    }
                }
            }
        };
        match (weekday, found.dates.first()) {
            (Some(weekday), Some(date)) if date.weekday() != weekday => {
                let monday = date.saturating_sub(i32::from(date.weekday().to_monday_zero_offset()).days());
                let named = monday.saturating_add(i32::from(weekday.to_monday_zero_offset()).days());
                Found::doubtful(vec![*date, named], Doubt::DayMismatch)
            }
            _ => found,
        }
    }

    pub(super) fn part_of_week(&self, part: WeekPart, weeks: i32) -> Found {
        let today = self.today();
        let day = match part {
            WeekPart::Start => Weekday::Monday,
            WeekPart::Middle => Weekday::Wednesday,
            WeekPart::End => Weekday::Friday,
            WeekPart::WeekEnd => Weekday::Saturday,
            WeekPart::Any => {
                let monday = self.monday(weeks);
                let days = monday.series(1.day()).take(5).filter(|date| *date > today).collect();
                return Found::doubtful(days, Doubt::WhichDay);
            }
        };
        let date = self.in_week(weeks, day);
        if date >= today {
            Found::sure(date)
        } else {
            Found::doubtful(vec![self.in_week(weeks + 1, day)], Doubt::WhichDay)
        }
    }
}
