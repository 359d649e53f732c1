//! The screen of what happened: the time that is looked at, what the office counted of it, and the journal of changes.

use super::list::List;
use crate::{
    domain::{ids::SiteId, time::Instant},
    wire::{
        activity::{Activity as Counted, EssBy, Journal, JournalLine},
        change::Seq,
    },
};
use jiff::{SignedDuration, ToSpan as _, civil::Date};
use std::collections::BTreeMap;

/// What is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Pane {
    /// What came in, by hour and channel.
    #[default]
    Arrivals,
    /// Clocks kept and missed, and how requests ended.
    Clocks,
    /// The share of ESS.
    Ess,
    /// What providers had.
    Providers,
    /// Desk sessions and their hours.
    Permanences,
    /// The last changes.
    Journal,
}

impl Pane {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Arrivals, Self::Clocks, Self::Ess, Self::Providers, Self::Permanences, Self::Journal];

    fn moved(self, by: usize) -> Self {
        let place = Self::ALL.iter().position(|pane| *pane == self).unwrap_or_default();
        Self::ALL.get((place + by) % Self::ALL.len()).copied().unwrap_or_default()
    }

    /// The one to the right; behind the last the first.
    #[must_use]
    pub fn next(self) -> Self {
        self.moved(1)
    }

    /// The one to the left; before the first the last.
    #[must_use]
    pub fn before(self) -> Self {
        self.moved(Self::ALL.len() - 1)
    }
}

/// How long a time is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Span {
    /// A day.
    #[default]
    Day,
    /// A month.
    Month,
    /// A year.
    Year,
}

/// The time and the place that figures are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    /// How long.
    pub span: Span,
    /// A day of it.
    pub day: Date,
    /// Of this site alone.
    pub site: Option<SiteId>,
}

impl Period {
    /// Its first day and its last one.
    pub fn days(self) -> (Date, Date) {
        let Self { span, day, .. } = self;
        match span {
            Span::Day => (day, day),
            Span::Month => (day.first_of_month(), day.last_of_month()),
            Span::Year => (day.first_of_year(), day.last_of_year()),
        }
    }

    /// The time after it, or the one before.
    #[must_use]
    pub fn moved(self, by: i32) -> Self {
        let step = match self.span {
            Span::Day => by.days(),
            Span::Month => by.months(),
            Span::Year => by.years(),
        };
        Self { day: self.day.checked_add(step).unwrap_or(self.day), ..self }
    }
}

/// What the office counted of a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    /// Arrivals, clocks, desks, providers, outcomes.
    pub counted: Counted,
    /// The share of ESS of the month that the time's day lies in.
    pub month: EssBy,
    /// The same of the year.
    pub year: EssBy,
}

/// A question to the office: when it is due, when it was asked, whether an answer is waited for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asking {
    /// From when on it is to be asked; none as long as nothing changed.
    pub due: Option<Instant>,
    /// When it was last asked.
    pub asked_at: Option<Instant>,
    /// Whether an answer is waited for.
    pub is_asked: bool,
}

impl Asking {
    /// When it can be asked, if it is to be, no more often than so.
    pub fn at(&self, at_most_every: SignedDuration) -> Option<Instant> {
        let due = self.due.filter(|_| !self.is_asked)?;
        Some(self.asked_at.map_or(due, |asked_at| due.max(asked_at.plus(at_most_every))))
    }

    /// It is asked.
    pub fn ask(&mut self, now: Instant) {
        *self = Self { due: None, asked_at: Some(now), is_asked: true };
    }

    /// It is to be asked now, whenever it was last.
    pub fn hurry(&mut self, now: Instant) {
        *self = Self { due: Some(now), asked_at: None, is_asked: false };
    }
}

/// What happened.
#[derive(Debug, Default)]
pub struct Activity {
    /// What is looked at.
    pub pane: Pane,
    /// How long a time.
    pub span: Span,
    /// A day of it; none for today, also once it is another.
    pub day: Option<Date>,
    /// Of this site alone.
    pub site: Option<SiteId>,
    /// The figures that were told last, and of which time they are.
    pub told: Option<(Period, Box<Figures>)>,
    /// Whether the office did not give the figures that were asked for last.
    pub refused: bool,
    /// When the figures are asked for.
    pub asking: Asking,
    /// Lines that are scrolled away, of a pane without rows to choose.
    pub scrolled: usize,
    /// The journal's lines that were read.
    pub lines: BTreeMap<Seq, JournalLine>,
    /// The journal's list.
    pub journal: List<Seq>,
    /// Where the journal reads on; none before it was read, or where it ends.
    pub older: Option<Seq>,
    /// Whether the journal was read at all.
    pub is_read: bool,
    /// When the newest lines are asked for.
    pub asking_newest: Asking,
    /// When older ones are.
    pub asking_older: Asking,
}

/// Lines of the journal that are kept at most.
const KEPT: usize = 2_000;

impl Activity {
    /// The time that is looked at.
    pub fn period(&self, today: Date) -> Period {
        Period { span: self.span, day: self.day.unwrap_or(today), site: self.site }
    }

    /// The figures of the time that is looked at, if they are here.
    pub fn figures(&self, today: Date) -> Option<&Figures> {
        self.told.as_ref().filter(|(of, _)| *of == self.period(today)).map(|(_, figures)| &**figures)
    }

    /// The line of the journal that is selected.
    pub fn selected(&self) -> Option<&JournalLine> {
        self.journal.selected().and_then(|seq| self.lines.get(&seq))
    }

    /// Takes in a page of the journal: the newest, or one read on. Where the newest do not reach what was read before, that is read anew.
    pub fn read(&mut self, before: Option<Seq>, page: Journal) {
        let oldest = page.lines.last().map(|line| line.seq);
        let newest_known = self.lines.last_key_value().map(|(seq, _)| *seq);
        let reaches = page.next.is_none() || newest_known.zip(oldest).is_some_and(|(known, oldest)| oldest <= known);
        if before.is_none() && !reaches {
            self.lines.clear();
        }
        if before.is_some() || !self.is_read || !reaches {
            self.older = page.next;
        }
        self.is_read = true;
        self.lines.extend(page.lines.into_iter().map(|line| (line.seq, line)));
        while self.lines.len() > KEPT {
            // What is read last is let go first, and can be read again.
            if let Some((seq, _)) = self.lines.pop_first() {
                self.older = Some(Seq(seq.0 + 1));
            }
        }
    }

    /// Brings the journal's list up to date, the newest first.
    pub fn settle(&mut self, height: usize) {
        self.journal.settle(self.lines.keys().rev().copied(), height);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{access::Author, entity::EntityKind};
    use jiff::civil::date;

    fn line(seq: i64) -> JournalLine {
        JournalLine {
            seq: Seq(seq),
            at: Instant::from_micros(seq).unwrap(),
            author: Author::System,
            entity: EntityKind::Request,
            id: uuid::Uuid::nil(),
            verb: "request.edit".into(),
            from: None,
            to: None,
            request_id: None,
            number: None,
            name: None,
        }
    }

    fn page(seqs: &[i64], next: Option<i64>) -> Journal {
        Journal { lines: seqs.iter().map(|seq| line(*seq)).collect(), next: next.map(Seq) }
    }

    fn known(activity: &Activity) -> Vec<i64> {
        activity.lines.keys().rev().map(|seq| seq.0).collect()
    }

    #[test]
    fn a_time_is_moved_by_its_own_length() {
        let of = |span| Period { span, day: date(2026, 1, 31), site: None };
        assert_eq!(of(Span::Day).moved(1).day, date(2026, 2, 1));
        assert_eq!(of(Span::Month).moved(1).days(), (date(2026, 2, 1), date(2026, 2, 28)));
        assert_eq!(of(Span::Year).moved(-1).days(), (date(2025, 1, 1), date(2025, 12, 31)));
    }

    #[test]
    fn newer_lines_join_those_that_were_read_and_older_ones_are_read_on_from_the_last() {
        let mut activity = Activity::default();
        activity.read(None, page(&[9, 8, 7], Some(7)));
        activity.read(Some(Seq(7)), page(&[6, 4], Some(4)));
        assert_eq!((known(&activity), activity.older), (vec![9, 8, 7, 6, 4], Some(Seq(4))));
        activity.read(None, page(&[11, 10, 9], Some(9)));
        assert_eq!((known(&activity), activity.older), (vec![11, 10, 9, 8, 7, 6, 4], Some(Seq(4))));
        // So much came in that there is a gap: what lies behind it is read again.
        activity.read(None, page(&[40, 39], Some(39)));
        assert_eq!((known(&activity), activity.older), (vec![40, 39], Some(Seq(39))));
        activity.read(Some(Seq(39)), page(&[1], None));
        assert_eq!(activity.older, None);
    }

    #[test]
    fn the_selection_stays_on_its_line_while_newer_ones_come_in() {
        let mut activity = Activity::default();
        activity.read(None, page(&[9, 8, 7], Some(7)));
        activity.settle(3);
        activity.journal.step(crate::console::model::list::Step::Down);
        activity.read(None, page(&[11, 10, 9], Some(9)));
        activity.settle(3);
        assert_eq!((activity.journal.selected(), activity.journal.line()), (Some(Seq(8)), Some(1)));
    }
}
