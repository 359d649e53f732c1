//! What a few words together can mean, before it is known for which service.

use crate::domain::{ids::SiteId, request::Payer};
use jiff::civil::Weekday;

/// A day as it was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Day {
    /// So many days from today.
    Offset(i32),
    /// One of two numbers of days: « dans 8 jours » is a week, or eight days.
    Either(i32, i32),
    /// So many months from today.
    Months(i32),
    /// So many minutes from now.
    Minutes(i64),
    /// At once.
    Now,
    /// A day of the week.
    Week(Weekday, Which),
    /// A day of a month.
    Date { weekday: Option<Weekday>, day: i8, month: Option<i8>, year: Option<i16> },
    /// A part of a week.
    PartOfWeek(WeekPart, i32),
    /// The last day of a month; of this one if none is named.
    EndOfMonth(Option<i8>),
    /// The next permanence.
    Permanence,
}

/// Which of the days of that name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    /// The one that comes.
    Plain,
    /// « ce vendredi »
    This,
    /// « vendredi prochain »
    Next,
    /// Of the week in so many weeks.
    InWeeks(i32),
    /// So many weeks after the one that comes: « en huit ».
    After(i32),
    /// « vendredi dernier »
    Last,
    /// « les vendredis »
    Each,
    /// « le vendredi »: once, or each.
    Habit,
}

/// A part of a week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WeekPart {
    Start,
    Middle,
    End,
    WeekEnd,
    Any,
}

/// A time of day; `late` if an hour of the afternoon may be meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hour {
    pub minutes: i32,
    pub late: bool,
    /// Written so that it may be a length of time: « 3h ».
    pub length: bool,
}

impl Hour {
    pub fn at(hour: i32, minute: i32) -> Self {
        Self { minutes: hour * 60 + minute, late: false, length: false }
    }
}

/// What stands before a day or an hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// « avant »
    Before,
    /// « d'ici »
    By,
    /// « pas avant »
    NotBefore,
    /// « à partir de »
    From,
    /// « jusqu'à »
    Until,
    /// « sauf »
    Except,
    /// « après »
    After,
    /// « ou »
    Or,
}

/// How something comes again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Beat {
    /// « chaque », before its days.
    Each,
    Days(u8),
    Weeks(u8),
    WorkDays,
    Months,
    /// « un mardi sur deux »
    Alternate(Weekday),
    /// « du lundi au vendredi »
    Range(Weekday, Weekday),
    /// The nth, -1 for the last.
    Nth(i8, Weekday),
}

/// A number that may be a quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Number {
    /// « x3 »
    Times(u32),
    /// « deux » and what it counts, if that is a unit.
    Count(u32, Option<Unit>),
    /// « une douzaine »
    Dozens(u32),
    /// « 2-3 »
    Range(u32, u32),
    /// « pour 3 », « pour 3 personnes »
    For(u32),
    /// Units and a part of one, rounded up.
    Parts(u32, Unit),
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Hour,
    Kilo,
    Pair,
    Piece,
}

/// How it comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hand {
    Permanence,
    Locker,
    Home,
    /// An address that was said.
    Address,
    OnSite,
}

/// What words mean.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Piece {
    Day(Day),
    Hour(Hour),
    /// Minutes of the day, from and to; doubtful if the last says so.
    Span(i32, i32, bool),
    /// A part of the day, and whether today's is meant.
    Part {
        from: i32,
        to: i32,
        today: bool,
    },
    Mark(Mark),
    Beat(Beat),
    /// Whether holidays are kept.
    Holidays(bool),
    /// « 3 fois »
    Repeat(u16),
    /// « pendant 3 semaines »
    ForWeeks(i32),
    Number(Number),
    Hand(Hand),
    Payer(Payer),
    Urgent(bool),
    Not,
    Sites(Vec<SiteId>),
    /// Kept as detail, whatever the service.
    Detail,
    /// Nothing.
    Filler,
    /// « et », a comma: what parts two orders.
    And,
}

/// A piece with the tokens it was made of.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    pub piece: Piece,
    pub from: usize,
    pub to: usize,
}
