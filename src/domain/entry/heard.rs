//! What was heard of days and hours, sorted by what was said before each: « avant », « chaque », « sauf ».

use super::{
    piece::{Beat, Day, Found, Hour, Mark, Piece, Which},
    token::Token,
};
use crate::domain::recurrence::WeekDay;
use jiff::civil::Weekday;
use std::collections::BTreeSet;

/// Something with the pieces it was said in.
#[derive(Clone, Debug)]
pub(super) struct Said<T> {
    pub value: T,
    pub from: usize,
    pub to: usize,
}

/// What was heard of days and hours.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each says whether one kind of word was heard")]
pub(super) struct Heard {
    pub days: Vec<Said<Day>>,
    pub hours: Vec<Said<Hour>>,
    /// Minutes from and to, and whether they are doubtful.
    pub spans: Vec<Said<(i32, i32, bool)>>,
    /// Minutes from and to, and whether today's are meant.
    pub parts: Vec<Said<(i32, i32, bool)>>,
    /// « avant » without saying whether the day itself still counts.
    pub before: bool,
    /// « d'ici », « au plus tard »
    pub by: bool,
    /// « après 18h »
    pub after: bool,
    pub not_before: Option<Said<Day>>,
    pub not_before_day_after: bool,
    pub from: Option<Said<Day>>,
    pub until: Option<Said<Day>>,
    pub except: Vec<Said<Day>>,
    pub holidays_kept: Option<bool>,
    pub week_days: BTreeSet<WeekDay>,
    pub every_weeks: Option<u8>,
    pub every_days: Option<u8>,
    pub monthly: bool,
    pub nth: Option<(i8, Weekday)>,
    pub each: bool,
    pub repeat: Option<u16>,
    pub for_weeks: Option<i32>,
    /// « mardi ou mercredi »
    pub either: bool,
    /// The tokens that speak of a recurrence.
    pub again: Vec<(usize, usize)>,
}

impl Heard {
    /// Sorts the pieces.
    pub fn of(found: &[Found], tokens: &[Token], phrase: &str) -> Self {
        let mut heard = Self::default();
        let mut mark: Option<Mark> = None;
        let mut listing = false;
        for (place, Found { piece, from, to }) in found.iter().enumerate() {
            let said = (*from, *to);
            match piece {
                Piece::Mark(Mark::Or) => heard.either = true,
                Piece::Mark(new) => {
                    (mark, listing) = (Some(*new), false);
                    if *new == Mark::Except {
                        heard.again.push(said);
                    }
                }
                Piece::Filler | Piece::And => {
                    let next = found.get(place + 1);
                    let adjacent = next
                        .is_some_and(|next| next.from == *to && matches!(next.piece, Piece::Day(_) | Piece::Hour(_)));
                    if adjacent && is_from(tokens, phrase, *from, next) {
                        mark = Some(Mark::From);
                    }
                }
                Piece::Day(day) => {
                    heard.day(*day, said, mark, &mut listing);
                    if mark != Some(Mark::Except) {
                        mark = None;
                    }
                }
                Piece::Hour(hour) => {
                    heard.limit(mark.take());
                    heard.hours.push(Said { value: *hour, from: *from, to: *to });
                    listing = false;
                }
                Piece::Span(start, end, doubt) => {
                    mark = None;
                    listing = false;
                    heard.spans.push(Said { value: (*start, *end, *doubt), from: *from, to: *to });
                }
                Piece::Part { from: start, to: end, today } => {
                    heard.limit(mark.take());
                    heard.parts.push(Said { value: (*start, *end, *today), from: *from, to: *to });
                }
                Piece::Beat(beat) => {
                    listing = heard.beat(*beat, said);
                    mark = None;
                }
                Piece::Holidays(kept) => {
                    heard.holidays_kept = Some(*kept);
                    heard.again.push(said);
                }
                Piece::Repeat(times) => heard.repeat = Some(*times),
                Piece::ForWeeks(weeks) => {
                    heard.for_weeks = Some(*weeks);
                    heard.again.push(said);
                }
                _ => {
                    mark = None;
                    listing = false;
                }
            }
        }
        heard
    }

    fn limit(&mut self, mark: Option<Mark>) {
        match mark {
            Some(Mark::Before | Mark::Until) => self.before = true,
            Some(Mark::By) => self.by = true,
            Some(Mark::After | Mark::From | Mark::NotBefore) => self.after = true,
            _ => {}
        }
    }

    fn beat(&mut self, beat: Beat, said: (usize, usize)) -> bool {
        self.again.push(said);
        match beat {
            Beat::Each => self.each = true,
            Beat::Days(days) => self.every_days = Some(days),
            Beat::Weeks(weeks) => self.every_weeks = Some(weeks),
            Beat::Months => self.monthly = true,
            Beat::Alternate(day) => {
                self.every_weeks = Some(2);
                self.week_days.insert(WeekDay(day));
            }
            Beat::Nth(nth, day) => self.nth = Some((nth, day)),
            Beat::WorkDays => self.range(Weekday::Monday, Weekday::Friday),
            Beat::Range(from, to) => self.range(from, to),
        }
        matches!(beat, Beat::Each | Beat::Weeks(_))
    }

    fn range(&mut self, from: Weekday, to: Weekday) {
        let mut day = from;
        for _ in 0..7 {
            self.week_days.insert(WeekDay(day));
            if day == to {
                break;
            }
            day = day.next();
        }
    }

    fn day(&mut self, day: Day, said: (usize, usize), mark: Option<Mark>, listing: &mut bool) {
        let value = Said { value: day, from: said.0, to: said.1 };
        match mark {
            Some(Mark::Until) => {
                self.again.push(said);
                self.until = Some(value);
            }
            Some(Mark::Except) => {
                self.again.push(said);
                self.except.push(value);
            }
            Some(Mark::From) => self.from = Some(value),
            Some(Mark::NotBefore) => self.not_before = Some(value),
            Some(Mark::After) => {
                self.not_before = Some(value);
                self.not_before_day_after = true;
            }
            mark => match day {
                Day::Week(week_day, which)
                    if which == Which::Each || (*listing && matches!(which, Which::Plain | Which::Habit)) =>
                {
                    self.week_days.insert(WeekDay(week_day));
                    self.again.push(said);
                    *listing = true;
                }
                _ => {
                    *listing = false;
                    match mark {
                        Some(Mark::Before) => self.before = true,
                        Some(Mark::By) => self.by = true,
                        _ => {}
                    }
                    self.days.push(value);
                }
            },
        }
    }

    /// Whether something is to come again.
    pub fn recurs(&self) -> bool {
        self.each
            || !self.week_days.is_empty()
            || self.every_weeks.is_some()
            || self.every_days.is_some()
            || self.monthly
            || self.nth.is_some()
    }
}

/// Whether « dès » stands there: the accent says so, or, where it was not typed, the singular day after it.
fn is_from(tokens: &[Token], phrase: &str, at: usize, next: Option<&Found>) -> bool {
    let Some(token) = tokens.get(at).filter(|token| token.text == "des") else { return false };
    let written = phrase.get(token.range.clone()).unwrap_or_default();
    written.contains(['è', 'È'])
        || next.is_some_and(|next| !matches!(next.piece, Piece::Day(Day::Week(_, Which::Each))))
}
