//! Days and hours as they were said, turned into a due time or a window of the calendar, and into a recurrence.

mod again;
mod days;

use super::{
    heard::{Heard, Said},
    piece::{Day, Which},
    reading::{Because, Choice, Confidence, Doubt, HandOver, Question, Read, Spans, Why},
    setting::Setting,
    token::Token,
};
use crate::domain::{
    calendar::WorkingCalendar,
    ids::SiteId,
    recurrence::{Recurrence, WeekDay},
    service::Carriage,
    time::{When, Window},
};
use again::weekly;
use jiff::{
    SignedDuration, ToSpan, Unit,
    civil::{Date, Time, Weekday},
};
use std::collections::BTreeSet;

/// When the day ends where no hour is said, in minutes.
const EVENING: i32 = 18 * 60;
/// When it begins.
const MORNING: i32 = 8 * 60;

/// What the days and hours are for.
pub(super) struct Case<'a> {
    pub setting: &'a Setting,
    pub calendar: &'a WorkingCalendar,
    pub site: Option<SiteId>,
    pub carriage: Option<Carriage>,
    /// How many hours it takes on the spot.
    pub hours: u32,
    pub lead_time_h: u16,
    pub handover: Option<&'a HandOver>,
    /// Whether the hand-over was said, not supposed.
    pub handover_said: bool,
    pub tokens: &'a [Token],
}

/// What came of them.
#[derive(Default)]
pub(super) struct Timing {
    pub when: Option<Read<When>>,
    pub recurrence: Option<Read<Recurrence>>,
    pub not_before: Option<Read<Date>>,
    pub question: Option<Question>,
}

/// A time of day as it was said.
#[derive(Clone, Copy)]
enum Clock {
    None,
    At(i32),
    Span(i32, i32),
    By(i32),
    After(i32),
}

impl Case<'_> {
    fn today(&self) -> Date {
        self.setting.now.date()
    }

    fn spans(&self, places: impl IntoIterator<Item = (usize, usize)>) -> Spans {
        let range = |(from, to): (usize, usize)| {
            let first = self.tokens.get(from)?;
            let last = self.tokens.get(to.checked_sub(1)?)?;
            Some(first.range.start..last.range.end)
        };
        let mut spans: Spans = places.into_iter().filter_map(range).collect();
        spans.sort_by_key(|span| span.start);
        spans.dedup();
        spans
    }

    /// What was said of it all.
    pub fn timing(&self, heard: &Heard) -> Timing {
        if heard.recurs() {
            return self.again(heard);
        }
        let mut timing = self.once(heard);
        if let Some(until) = heard.until.as_ref().or(heard.from.as_ref())
            && timing.question.is_none()
            && heard.days.is_empty()
        {
            // « jusqu'au 18 » without saying how often: the day that was said, to be confirmed.
            let found = self.resolve(&until.value);
            if let Some(date) = found.dates.first() {
                let spans = self.spans([(until.from, until.to)]);
                timing.when = self.at_day(*date, Clock::None, spans.clone(), None).map(Read::doubted);
                timing.question = self.ask_days(Doubt::WhichDay, spans, &found.dates, Clock::None);
            }
        }
        if let Some(except) = heard.except.first()
            && timing.question.is_none()
        {
            timing.question = Some(Question {
                doubt: Doubt::NotWanted,
                words: self.spans([(except.from, except.to)]),
                answers: timing.when.iter().map(|read| Choice::When(read.value)).collect(),
            });
            timing.when = timing.when.map(Read::doubted);
        }
        timing
    }

    fn once(&self, heard: &Heard) -> Timing {
        let (clock, clock_spans, late) = clock(heard);
        let mut timing = Timing::default();
        if let Some(day) = &heard.not_before {
            let found = self.resolve(&day.value);
            let date = found
                .dates
                .first()
                .map(|date| if heard.not_before_day_after { date.saturating_add(1.day()) } else { *date });
            timing.not_before = date.map(|date| Read::said(date, self.spans([(day.from, day.to)])));
        }
        if let Some(Said { value: Day::Minutes(minutes), from, to }) = heard.days.first() {
            return self.soon(*minutes, Because::FromNow, self.spans([(*from, *to)]));
        }
        if let Some(said) = heard.days.iter().find(|said| said.value == Day::Now)
            && matches!(clock, Clock::None)
            && heard.days.len() == 1
        {
            return self.soon(60, Because::FromNow, self.spans([(said.from, said.to)]));
        }
        let days: Vec<&Said<Day>> = heard.days.iter().filter(|said| said.value != Day::Now).collect();
        let spans = self.spans(days.iter().map(|said| (said.from, said.to)).chain(clock_spans));
        if days.is_empty() {
            return self.without_day(heard, clock, late, &spans, timing);
        }
        let mut found = self.merged(&days, heard.either);
        let Some(date) = found.dates.first().copied() else { return timing };
        let mut alternatives = found.dates.clone();
        // « avant vendredi »: on Thursday, or still on Friday?
        if heard.before && matches!(clock, Clock::None) && found.doubt.is_none() {
            let day_before = self.working_before(date);
            alternatives = day_before.into_iter().chain([date]).collect();
            found.doubt = Some(Doubt::WhichDay);
        }
        let (clock, no_hour) = match clock {
            Clock::None if heard.before || heard.by => (Clock::By(EVENING), Some(Because::EndOfDay)),
            other => (other, None),
        };
        let first = alternatives.first().copied().unwrap_or(date);
        timing.when = self.at_day(first, clock, spans.clone(), found.because.or(no_hour));
        if let Some(doubt) = found.doubt {
            timing.question = self.ask_days(doubt, spans.clone(), &alternatives, clock);
            if days.iter().any(|said| matches!(said.value, Day::Week(_, Which::Habit))) && days.len() == 1 {
                timing.question = self.ask_again(&timing, &days, first);
            } else if days.len() > 1 && doubt == Doubt::OnceOrAgain {
                timing.question = Self::ask_list(timing.question.take(), &days, first);
            }
        } else {
            self.check(&mut timing, first, clock, &spans, late);
        }
        self.ask_either(&mut timing, heard, first, &spans);
        if timing.question.is_some() {
            timing.when = timing.when.map(Read::doubted);
        }
        timing
    }

    /// « à 11h ou 14h », « matin ou après-midi »: one of both.
    fn ask_either(&self, timing: &mut Timing, heard: &Heard, date: Date, spans: &Spans) {
        if !heard.either || timing.question.is_some() {
            return;
        }
        let hours = heard.hours.iter().map(|said| Clock::At(said.value.minutes));
        let parts = heard.parts.iter().map(|said| Clock::Span(said.value.0, said.value.1));
        let clocks: Vec<Clock> = if heard.hours.len() > 1 { hours.collect() } else { parts.collect() };
        if clocks.len() < 2 {
            return;
        }
        let answers = clocks.into_iter().filter_map(|clock| self.at_day(date, clock, spans.clone(), None));
        let answers = answers.map(|read| Choice::When(read.value)).take(9).collect();
        timing.question = Some(Question { doubt: Doubt::WhichHour, words: spans.clone(), answers });
    }

    fn without_day(&self, heard: &Heard, clock: Clock, late: bool, spans: &Spans, mut timing: Timing) -> Timing {
        let today = self.today();
        let now = minutes_of(self.setting.now.time());
        let this_day = heard.parts.iter().any(|part| part.value.2);
        if matches!(clock, Clock::None) {
            return self.by_default(timing);
        }
        let end = match clock {
            Clock::At(at) | Clock::By(at) => at,
            Clock::Span(_, to) => to,
            Clock::After(_) => 24 * 60 - 1,
            Clock::None => 0,
        };
        let (date, because) = if this_day || end > now {
            (today, Because::Today)
        } else {
            (today.saturating_add(1.day()), Because::Tomorrow)
        };
        let because = (!this_day).then_some(because);
        timing.when = self.at_day(date, clock, spans.clone(), because);
        if timing.not_before.is_some() {
            timing.when = timing.when.map(Read::doubted);
        }
        self.check(&mut timing, date, clock, spans, late);
        self.ask_either(&mut timing, heard, date, spans);
        if timing.question.is_some() {
            timing.when = timing.when.map(Read::doubted);
        }
        timing
    }

    /// So many minutes from now.
    fn soon(&self, minutes: i64, because: Because, spans: Spans) -> Timing {
        let now = self.setting.now;
        let at = now.saturating_add(SignedDuration::from_mins(minutes));
        // Whole five minutes, not before they have passed.
        let past = i64::from(at.minute()) % 5 * 60 + i64::from(at.second());
        let at = if past > 0 { at.saturating_add(SignedDuration::from_secs(300 - past)) } else { at };
        let at = at.round(Unit::Minute).unwrap_or(at);
        let mut timing = Timing::default();
        let when = if self.carriage == Some(Carriage::OnSite) && minutes < 24 * 60 {
            let start = if minutes == 60 { now } else { at };
            let start = start.round(Unit::Minute).unwrap_or(start);
            let end = start.saturating_add(SignedDuration::from_hours(i64::from(self.hours.max(1))));
            let end = if end.date() == start.date() { end.time() } else { Time::constant(23, 59, 0, 0) };
            Window::new(start.date(), start.time(), end).map_or(When::Due { at }, When::Window)
        } else {
            When::Due { at }
        };
        timing.when = Some(Read::said(when, spans.clone()).and(because));
        if !self.calendar.is_working_day(at.date()) {
            timing.question = self.ask_closed(at.date(), Clock::By(minutes_of(at.time())), spans);
            timing.when = timing.when.map(Read::doubted);
        }
        timing
    }

    /// Nothing was said: the next permanence, or the first day on which it can be done.
    fn by_default(&self, mut timing: Timing) -> Timing {
        let zone = &self.calendar.zone;
        let now = zone.instant(self.setting.now);
        let lead = SignedDuration::from_hours(i64::from(self.lead_time_h));
        let earliest = self.calendar.add_open(now, lead).map_or(self.setting.now, |at| at.civil(zone));
        let earliest =
            timing.not_before.as_ref().map_or(earliest, |day| earliest.max(day.value.to_datetime(Time::MIN)));
        let on_spot = self.carriage == Some(Carriage::OnSite);
        let next = self.permanences().into_iter().find(|window| window.date().to_datetime(window.from()) >= earliest);
        match next {
            Some(window) if !on_spot && !matches!(self.handover, Some(HandOver::Home { .. })) => {
                let at = window.date().to_datetime(window.from());
                timing.when = Some(Read::supposed(When::Due { at }, Because::NextPermanence));
            }
            _ => {
                let first = earliest.date().series(1.day()).take(366).find(|date| {
                    self.calendar.is_working_day(*date)
                        && (*date > earliest.date() || minutes_of(earliest.time()) < EVENING - 60)
                        && (!on_spot || *date > self.today() || self.lead_time_h <= 2)
                });
                let because = if on_spot { Because::WholeDay } else { Because::EndOfDay };
                timing.when = first.and_then(|date| self.at_day(date, Clock::None, Vec::new(), Some(because)));
            }
        }
        if let Some(not_before) = &timing.not_before {
            let words = not_before.why.words.clone();
            let date = timing.when.as_ref().map_or(not_before.value, |read| date_of(&read.value));
            timing.when = timing.when.map(Read::doubted);
            let days: Vec<Date> =
                date.series(1.day()).take(10).filter(|date| self.calendar.is_working_day(*date)).take(4).collect();
            timing.question = self.ask_days(Doubt::WhichDay, words, &days, Clock::None);
        }
        timing
    }

    /// The permanences of the site that have not ended, in order.
    fn permanences(&self) -> Vec<Window> {
        let here = self.setting.permanences.iter().filter(|(site, _)| Some(*site) == self.site);
        let mut windows: Vec<Window> = here
            .map(|(_, window)| *window)
            .filter(|window| window.date().to_datetime(window.to()) > self.setting.now)
            .collect();
        windows.sort_by_key(|window| (window.date(), window.from()));
        windows
    }

    /// A day with its hour as a request holds it.
    fn at_day(&self, date: Date, clock: Clock, words: Spans, because: Option<Because>) -> Option<Read<When>> {
        let on_spot = self.carriage == Some(Carriage::OnSite);
        let mut why = Why { words, because: because.into_iter().collect() };
        let supposed = |because: Because, why: &mut Why| {
            if !why.because.contains(&because) {
                why.because.push(because);
            }
        };
        let when = match clock {
            Clock::None if on_spot => {
                supposed(Because::WholeDay, &mut why);
                let open = self.calendar.span_on(date);
                let from = open.first().map_or(MORNING, |span| i32::from(span.from()));
                let to = open.last().map_or(EVENING, |span| i32::from(span.to()));
                let now = minutes_of(self.setting.now.time());
                let from = if date == self.today() && now > from && now < to { now } else { from };
                window(date, from, to)?
            }
            Clock::None => {
                let desk = matches!(self.handover, Some(HandOver::Permanence))
                    .then(|| self.permanences().into_iter().find(|window| window.date() == date))
                    .flatten();
                let (minutes, because) = match desk {
                    Some(window) if date != self.today() || window.from() > self.setting.now.time() => {
                        (minutes_of(window.from()), Because::PermanenceOpens)
                    }
                    Some(window) => (minutes_of(window.to()), Because::PermanenceOpens),
                    None => (EVENING, Because::EndOfDay),
                };
                supposed(because, &mut why);
                When::Due { at: date.to_datetime(time_of(minutes)) }
            }
            Clock::At(minutes) if on_spot => {
                let length = i32::try_from(self.hours.max(1)).unwrap_or(1).saturating_mul(60);
                supposed(Because::Duration, &mut why);
                window(date, minutes, minutes.saturating_add(length))?
            }
            Clock::At(minutes) | Clock::By(minutes) => When::Due { at: date.to_datetime(time_of(minutes)) },
            Clock::Span(from, to) => window(date, from, to)?,
            Clock::After(from) => {
                supposed(Because::EndOfDay, &mut why);
                window(date, from, EVENING.max(from.saturating_add(120)))?
            }
        };
        let confidence = if why.because.is_empty() { Confidence::Sure } else { Confidence::Supposed };
        Some(Read { value: when, why, confidence })
    }

    /// Asks about what has passed, closed days, hours that may be of the afternoon, and days without permanence.
    fn check(&self, timing: &mut Timing, date: Date, clock: Clock, spans: &Spans, late: bool) {
        let Some(read) = &timing.when else { return };
        let now = self.setting.now;
        let end = match read.value {
            When::Due { at } => at,
            When::Window(window) => window.date().to_datetime(window.to()),
        };
        let starts_past = matches!(clock, Clock::At(_))
            && matches!(read.value, When::Window(window) if window.date().to_datetime(window.from()) < now);
        if end <= now || starts_past {
            let later: Vec<Date> = self
                .today()
                .series(1.day())
                .skip(1)
                .take(14)
                .filter(|day| self.calendar.is_working_day(*day))
                .take(2)
                .chain((end.date() == self.today()).then_some(self.today()))
                .collect();
            timing.question = self.ask_days(Doubt::Past, spans.clone(), &later, clock);
        } else if late {
            let answers = [clock, earlier(clock)];
            let answers = answers.into_iter().filter_map(|clock| self.at_day(date, clock, spans.clone(), None));
            let answers = answers.map(|read| Choice::When(read.value)).collect();
            timing.question = Some(Question { doubt: Doubt::WhichHour, words: spans.clone(), answers });
        } else if !self.calendar.is_working_day(date) {
            timing.question = self.ask_closed(date, clock, spans.clone());
        } else if self.handover_said && matches!(self.handover, Some(HandOver::Permanence)) {
            let desks = self.permanences();
            let known = desks.last().is_some_and(|last| last.date() >= date);
            if known && !desks.iter().any(|window| window.date() == date) {
                let before = desks.iter().rev().find(|window| window.date() < date);
                let after = desks.iter().find(|window| window.date() > date);
                let days: Vec<Date> = before.into_iter().chain(after).map(Window::date).collect();
                let mut question = self.ask_days(Doubt::NoPermanence, spans.clone(), &days, Clock::None);
                if let Some(question) = &mut question {
                    question.answers.push(Choice::When(read.value));
                }
                timing.question = question;
            }
        }
    }

    fn ask_closed(&self, date: Date, clock: Clock, spans: Spans) -> Option<Question> {
        let after = date.series(1.day()).skip(1).take(31).find(|day| self.calendar.is_working_day(*day));
        let days: Vec<Date> = after.into_iter().chain(self.working_before(date)).chain([date]).collect();
        self.ask_days(Doubt::ClosedDay, spans, &days, clock)
    }

    fn working_before(&self, date: Date) -> Option<Date> {
        let days = (1..31).map(|back: i32| date.saturating_sub(back.days()));
        days.take_while(|day| *day >= self.today()).find(|day| self.calendar.is_working_day(*day))
    }

    fn ask_days(&self, doubt: Doubt, words: Spans, dates: &[Date], clock: Clock) -> Option<Question> {
        let mut answers: Vec<Choice> = Vec::new();
        for date in dates.iter().take(9) {
            if let Some(read) = self.at_day(*date, clock, Vec::new(), None)
                && !answers.contains(&Choice::When(read.value))
            {
                answers.push(Choice::When(read.value));
            }
        }
        (!answers.is_empty()).then_some(Question { doubt, words, answers })
    }

    /// « le vendredi »: this one, or each?
    fn ask_again(&self, timing: &Timing, days: &[&Said<Day>], first: Date) -> Option<Question> {
        let read = timing.when.as_ref()?;
        let weekly = weekly(BTreeSet::from([WeekDay(first.weekday())]), first);
        Some(Question {
            doubt: Doubt::OnceOrAgain,
            words: self.spans(days.iter().map(|said| (said.from, said.to))),
            answers: vec![Choice::When(read.value), Choice::Recurrence(Some(weekly))],
        })
    }

    /// « mardi et vendredi »: one of them, or each week?
    fn ask_list(question: Option<Question>, days: &[&Said<Day>], first: Date) -> Option<Question> {
        let mut question = question?;
        let names = days.iter().filter_map(|said| match said.value {
            Day::Week(day, _) => Some(WeekDay(day)),
            _ => None,
        });
        question.answers.push(Choice::Recurrence(Some(weekly(names.collect(), first))));
        Some(question)
    }

    fn monday(&self, weeks: i32) -> Date {
        let today = self.today();
        let monday = today.saturating_sub(i32::from(today.weekday().to_monday_zero_offset()).days());
        monday.saturating_add(weeks.saturating_mul(7).days())
    }

    fn in_week(&self, weeks: i32, day: Weekday) -> Date {
        self.monday(weeks).saturating_add(i32::from(day.to_monday_zero_offset()).days())
    }
}

/// The hour that was said, where, and whether the afternoon had to be supposed.
fn clock(heard: &Heard) -> (Clock, Vec<(usize, usize)>, bool) {
    if let Some(span) = heard.spans.first() {
        let (from, to, doubt) = span.value;
        return (Clock::Span(from, to), vec![(span.from, span.to)], doubt);
    }
    let part = heard.parts.first();
    let hour = heard.hours.first();
    let mut places: Vec<(usize, usize)> = heard.parts.iter().map(|part| (part.from, part.to)).collect();
    let Some(hour) = hour else {
        return match part {
            Some(part) => {
                let (from, to, _) = part.value;
                let clock = if from == to {
                    Clock::At(from)
                } else if heard.before {
                    Clock::By(from)
                } else if heard.by {
                    Clock::By(to)
                } else {
                    Clock::Span(from, to)
                };
                (clock, places, false)
            }
            None => (Clock::None, places, false),
        };
    };
    places.push((hour.from, hour.to));
    let mut minutes = hour.value.minutes;
    let mut late = hour.value.late;
    match part.map(|part| part.value) {
        Some((from, _, _)) if from >= 14 * 60 && minutes < 720 => (minutes, late) = (minutes + 720, false),
        Some((from, _, _)) if from < 12 * 60 => late = false,
        _ => {}
    }
    if late {
        minutes += 720;
    }
    let clock = if heard.after {
        Clock::After(minutes)
    } else if heard.before || heard.by {
        Clock::By(minutes)
    } else {
        Clock::At(minutes)
    };
    (clock, places, late)
}

fn date_of(when: &When) -> Date {
    match when {
        When::Due { at } => at.date(),
        When::Window(window) => window.date(),
    }
}

fn earlier(clock: Clock) -> Clock {
    match clock {
        Clock::At(at) => Clock::At(at - 720),
        Clock::By(at) => Clock::By(at - 720),
        Clock::After(at) => Clock::After(at - 720),
        Clock::Span(from, to) => Clock::Span(from - 720, to - 720),
        Clock::None => Clock::None,
    }
}

fn minutes_of(time: Time) -> i32 {
    i32::from(time.hour()) * 60 + i32::from(time.minute())
}

/// A time of day from its minutes; the end of the day at most.
fn time_of(minutes: i32) -> Time {
    let minutes = minutes.clamp(0, 24 * 60 - 1);
    let part = |number: i32| i8::try_from(number).unwrap_or(0);
    Time::new(part(minutes / 60), part(minutes % 60), 0, 0).unwrap_or(Time::MIN)
}

fn window(date: Date, from: i32, to: i32) -> Option<When> {
    Window::new(date, time_of(from), time_of(to)).ok().map(When::Window)
}

/// How many whole hours a window is long, at least one.
pub(super) fn hours_of(from: i32, to: i32) -> u32 {
    u32::try_from((to - from + 59) / 60).unwrap_or(1).max(1)
}
