//! What is wanted again and again.

use super::{Case, Timing, clock};
use crate::domain::{
    entry::{
        heard::Heard,
        piece::{Day, WeekPart, Which},
        reading::{Because, Choice, Doubt, Question, Read, Spans},
    },
    recurrence::{Nth, OnHoliday, Recurrence, Rhythm, WeekDay},
};
use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};
use std::{collections::BTreeSet, num::NonZeroU8};

impl Case<'_> {
    /// Again and again.
    pub(super) fn again(&self, heard: &Heard) -> Timing {
        let mut doubt = None;
        let mut days = heard.week_days.clone();
        let mut from = self.today().saturating_add(1.day());
        let mut monthly = None;
        for said in &heard.days {
            match said.value {
                Day::Week(day, _) if heard.every_weeks.is_some() || heard.each => {
                    days.insert(WeekDay(day));
                }
                Day::Date { day, month: None, .. } if heard.monthly || heard.each => monthly = Some(day),
                ref other => from = self.resolve(other).dates.first().copied().unwrap_or(from),
            }
        }
        if let Some(said) = &heard.from {
            from = self.resolve(&said.value).dates.first().copied().unwrap_or(from);
        }
        // « tous les matins »: every day.
        let daily = heard.each && days.is_empty() && heard.every_weeks.is_none() && !heard.parts.is_empty();
        let every_days = heard.every_days.or(daily.then_some(1));
        let mut except = BTreeSet::new();
        let mut but: BTreeSet<WeekDay> = BTreeSet::new();
        for said in &heard.except {
            match said.value {
                // Of several days a week one is left out for good, else only once.
                Day::Week(day, Which::Plain | Which::Habit | Which::Each)
                    if every_days == Some(1) || days.len() > 1 =>
                {
                    but.insert(WeekDay(day));
                }
                Day::PartOfWeek(WeekPart::WeekEnd, _) => {
                    but.extend([WeekDay(Weekday::Saturday), WeekDay(Weekday::Sunday)]);
                }
                Day::PartOfWeek(_, weeks) => {
                    let monday = self.monday(weeks);
                    except.extend(monday.series(1.day()).take(7));
                }
                Day::Week(day, _) if days.len() <= 1 && days.contains(&WeekDay(day)) => {
                    doubt = Some(Doubt::OnceOrAgain);
                    except.extend(self.resolve(&said.value).dates.first());
                }
                ref other => except.extend(self.resolve(other).dates.first()),
            }
        }
        let rhythm = rhythm(heard, every_days, days, &but, monthly, from, &mut doubt);
        let mut until = heard.until.as_ref().and_then(|said| self.resolve(&said.value).dates.first().copied());
        if let Some(weeks) = heard.for_weeks {
            until = Some(from.saturating_add(weeks.saturating_mul(7).days()).saturating_sub(1.day()));
        }
        let holidays = if heard.holidays_kept == Some(true) { OnHoliday::Kept } else { OnHoliday::LeftOut };
        let mut recurrence = Recurrence { rhythm, from, until, times: heard.repeat, except, holidays };
        let (clock, clock_spans, late) = clock(heard);
        let named = heard.days.iter().chain(&heard.from).map(|said| (said.from, said.to));
        let words = self.spans(heard.again.iter().copied().chain(named));
        let mut timing = Timing::default();
        let first = recurrence.dates(|date| self.calendar.is_working_day(date)).next();
        if let Some(first) = first {
            recurrence.from = first;
            let both = self.spans(heard.again.iter().copied().chain(clock_spans));
            timing.when = self.at_day(first, clock, both, Some(Because::FirstOfRecurrence));
        } else {
            doubt = doubt.or(Some(Doubt::ClosedDay));
            // The first of them all the same, should that be meant.
            let kept = Recurrence { holidays: OnHoliday::Kept, ..recurrence.clone() };
            if let Some(first) = kept.dates(|_| true).next() {
                let both = self.spans(heard.again.iter().copied().chain(clock_spans));
                timing.when = self.at_day(first, clock, both, Some(Because::FirstOfRecurrence));
            }
        }
        let read = Read::said(recurrence, words.clone());
        if let Some(doubt) = doubt {
            timing.question = Some(ask_rhythm(&read.value, doubt, words));
            timing.when = timing.when.map(Read::doubted);
            timing.recurrence = Some(read.doubted());
        } else {
            timing.recurrence = Some(read);
            if let (true, Some(first)) = (late, first) {
                self.check(&mut timing, first, clock, &words, late);
                timing.when = timing.when.map(Read::doubted);
            }
        }
        timing
    }
}

/// How it comes again, as far as it was said.
fn rhythm(
    heard: &Heard,
    every_days: Option<u8>,
    mut days: BTreeSet<WeekDay>,
    but: &BTreeSet<WeekDay>,
    monthly: Option<i8>,
    from: Date,
    doubt: &mut Option<Doubt>,
) -> Rhythm {
    let every = |count: u8| NonZeroU8::new(count).unwrap_or(NonZeroU8::MIN);
    if let Some((nth, day)) = heard.nth {
        let nth = match nth {
            1 => Nth::First,
            2 => Nth::Second,
            3 => Nth::Third,
            4 => Nth::Fourth,
            _ => Nth::Last,
        };
        Rhythm::MonthlyWeekday { nth, day: WeekDay(day) }
    } else if let Some(day) = monthly {
        Rhythm::Monthly { day }
    } else if heard.monthly {
        *doubt = Some(Doubt::WhichDay);
        Rhythm::Monthly { day: from.day() }
    } else if let (Some(count), true) = (every_days, days.is_empty()) {
        if but.is_empty() || count > 1 {
            Rhythm::Days { every: every(count) }
        } else {
            let all = (0..7).filter_map(|day| Weekday::from_monday_zero_offset(day).ok()).map(WeekDay);
            Rhythm::Weekly { every: NonZeroU8::MIN, days: all.filter(|day| !but.contains(day)).collect() }
        }
    } else {
        days.retain(|day| !but.contains(day));
        if days.is_empty() {
            // How often was said, but not on which day.
            *doubt = Some(Doubt::WhichDay);
            days.insert(WeekDay(from.weekday()));
        }
        Rhythm::Weekly { every: every(heard.every_weeks.unwrap_or(1)), days }
    }
}

fn ask_rhythm(recurrence: &Recurrence, doubt: Doubt, words: Spans) -> Question {
    let again = |recurrence: Recurrence| Choice::Recurrence(Some(recurrence));
    let mut answers = Vec::new();
    match &recurrence.rhythm {
        Rhythm::Weekly { every, .. } if doubt == Doubt::WhichDay => {
            for day in (0..5).filter_map(|day| Weekday::from_monday_zero_offset(day).ok()) {
                let rhythm = Rhythm::Weekly { every: *every, days: BTreeSet::from([WeekDay(day)]) };
                answers.push(again(Recurrence { rhythm, ..recurrence.clone() }));
            }
        }
        Rhythm::Monthly { .. } if doubt == Doubt::WhichDay => {
            answers.push(again(recurrence.clone()));
            for day in [1, 15] {
                answers.push(again(Recurrence { rhythm: Rhythm::Monthly { day }, ..recurrence.clone() }));
            }
        }
        // Nobody works then: who wants it all the same has it made.
        _ if doubt == Doubt::ClosedDay => {
            answers.push(again(Recurrence { holidays: OnHoliday::Kept, ..recurrence.clone() }));
        }
        _ => answers.push(again(recurrence.clone())),
    }
    answers.push(Choice::Recurrence(None));
    Question { doubt, words, answers }
}

/// Each week on these days.
pub(super) fn weekly(days: BTreeSet<WeekDay>, from: Date) -> Recurrence {
    let rhythm = Rhythm::Weekly { every: NonZeroU8::MIN, days };
    Recurrence { rhythm, from, until: None, times: None, except: BTreeSet::new(), holidays: OnHoliday::LeftOut }
}
