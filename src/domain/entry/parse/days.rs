//! Days, and how they come again.

use super::{Parser, Reach, unit};
use crate::domain::{
    entry::{
        lexicon::{is_joint, is_measure, is_street, month, nth, weekday},
        piece::{Beat, Day, Piece, WeekPart, Which},
        token::Gap,
    },
    operator::Language,
};
use jiff::civil::Weekday;

impl Parser<'_> {
    /// A day, said in any of its ways.
    pub(super) fn day(&self, at: usize, after_mark: bool) -> Option<Reach> {
        let reach = |(day, to)| (Piece::Day(day), to);
        self.counted(at)
            .or_else(|| self.named_day(at))
            .or_else(|| self.month_day(at, after_mark))
            .map(reach)
            .or_else(|| self.numeric(at))
    }

    /// « dans 2 jours », « sous 48 h »
    pub(super) fn counted(&self, at: usize) -> Option<(Day, usize)> {
        let word = self.word(at);
        let place = match word {
            "dans" | "sous" | "in" | "within" | "under" => at + 1,
            "d" if self.word(at + 1) == "ici" => at + 2,
            _ => return None,
        };
        let n = self.count(place)?;
        let count = i32::try_from(n).ok().filter(|n| *n <= 366)?;
        let to = place + 2;
        let day = match self.word(place + 1) {
            "j" | "jour" | "jours" | "day" | "days" => match (word, count) {
                ("dans" | "sous" | "d", 8) => Day::Either(7, 8),
                ("dans" | "sous" | "d", 15) => Day::Either(14, 15),
                _ => Day::Offset(count),
            },
            "semaine" | "semaines" | "sem" | "week" | "weeks" => Day::Offset(count.checked_mul(7)?),
            "mois" | "month" | "months" => Day::Months(count),
            "h" | "heure" | "heures" | "hour" | "hours" | "hrs" => Day::Minutes(i64::from(count) * 60),
            "min" | "mn" | "minutes" | "minute" | "mins" => Day::Minutes(i64::from(count)),
            _ => return None,
        };
        Some((day, to))
    }

    pub(super) fn weekday_at(&self, at: usize) -> Option<(Weekday, bool)> {
        if self.word(at) == "mon" {
            let before = at.checked_sub(1).map_or("", |before| self.word(before));
            let english = matches!(
                before,
                "every" | "each" | "next" | "this" | "on" | "until" | "by" | "and" | "before" | "from"
            );
            return (english || self.language == Language::En && self.is_apart(at + 1))
                .then_some((Weekday::Monday, false));
        }
        weekday(self.word(at))
    }

    /// A day of the week with what stands before and after it.
    pub(super) fn named_day(&self, at: usize) -> Option<(Day, usize)> {
        let (before, place) = match self.word(at) {
            "ce" | "cet" | "this" => (Some(Which::This), at + 1),
            "next" | "prochain" => (Some(Which::Next), at + 1),
            "last" => (Some(Which::Last), at + 1),
            "le" => (Some(Which::Habit), at + 1),
            "les" => (Some(Which::Each), at + 1),
            "on" => (None, at + 1),
            _ => (None, at),
        };
        let (day, several) = self.weekday_at(place)?;
        let counted = |to: usize| several || matches!(self.word(to + 1), "fois" | "times");
        // Between two words, « mar » and « jeu » may be no days, but « un jeu de clés » is rare enough.
        let mut to = place + 1;
        if let Some(n) =
            self.digits(to).filter(|n| (1..=31).contains(n) && self.gap(to) != Some(Gap::Comma) && !counted(to))
            && let Ok(number) = i8::try_from(n)
        {
            let first = usize::from(
                matches!(self.word(to + 1), "er" | "th" | "st" | "nd" | "rd") && self.gap(to + 1) == Some(Gap::Glued),
            );
            if let Some(month) = month(self.word(to + 1 + first)) {
                let (year, end) = self.year(to + 2 + first);
                return Some((Day::Date { weekday: Some(day), day: number, month: Some(month), year }, end));
            }
            if let Some((Piece::Day(Day::Date { day: number, month, year, .. }), end)) = self.numeric(to) {
                return Some((Day::Date { weekday: Some(day), day: number, month, year }, end));
            }
            let ordinal =
                matches!(self.word(to + 1), "er" | "th" | "st" | "nd" | "rd") && self.gap(to + 1) == Some(Gap::Glued);
            let end = to + 1 + usize::from(ordinal);
            let apart = self.hour(to).is_none()
                && self.span(to).is_none()
                && self.number(to).is_none_or(|(_, next)| next <= end);
            let counts = !ordinal && !self.is_apart(end) && self.fits(day, number).is_none();
            if apart && !counts && self.gap(to) != Some(Gap::Hyphen) {
                return Some((Day::Date { weekday: Some(day), day: number, month: None, year: None }, end));
            }
        }
        if matches!(self.word(to), "the" | "le")
            && let Some((Day::Date { day: number, month, year, .. }, end)) = self.month_day(to, true)
        {
            return Some((Day::Date { weekday: Some(day), day: number, month, year }, end));
        }
        let mut which = if several { Which::Each } else { before.unwrap_or(Which::Plain) };
        match self.word(to) {
            "prochain" | "prochaine" | "pro" | "proch" | "suivant" | "next" => (which, to) = (Which::Next, to + 1),
            "dernier" | "passe" => (which, to) = (Which::Last, to + 1),
            "en" if self.word(to + 1) == "huit" || self.word(to + 1) == "8" => (which, to) = (Which::After(1), to + 2),
            "en" if self.word(to + 1) == "quinze" || self.word(to + 1) == "15" => {
                (which, to) = (Which::After(2), to + 2);
            }
            "week" if before.is_none() => (which, to) = (Which::After(1), to + 1),
            _ => {
                let joints = (0..3).take_while(|place| is_joint(self.word(to + place))).count();
                let week = (to..=to + joints).find_map(|place| match self.phrase_at(place) {
                    Some((Piece::Day(Day::PartOfWeek(WeekPart::Any, weeks)), end)) => Some((weeks, end)),
                    _ => None,
                });
                if let Some((weeks, end)) = week {
                    (which, to) = (Which::InWeeks(weeks), end);
                }
            }
        }
        Some((Day::Week(day, which), to))
    }

    /// Whether the number is the date of one of the next days of that name.
    pub(super) fn fits(&self, weekday: Weekday, number: i8) -> Option<()> {
        let mut days = self.now.date().series(jiff::ToSpan::day(1)).take(62);
        days.find(|date| date.weekday() == weekday && date.day() == number).map(|_| ())
    }

    pub(super) fn year(&self, at: usize) -> (Option<i16>, usize) {
        match self.digits(at).and_then(|n| i16::try_from(n).ok()) {
            Some(year @ 2020..=2100) => (Some(year), at + 1),
            _ => (None, at),
        }
    }

    /// « le 27 », « 27 nov », « november 27th », « fin décembre »
    pub(super) fn month_day(&self, at: usize, after_mark: bool) -> Option<(Day, usize)> {
        if matches!(self.word(at), "fin" | "end")
            && let Some((month, to)) = [at + 1, at + 2].iter().find_map(|to| Some((month(self.word(*to))?, to + 1)))
            && (self.word(at + 1) == "of" || to == at + 2)
        {
            return Some((Day::EndOfMonth(Some(month)), to));
        }
        if after_mark && matches!(self.word(at), "noel" | "christmas") {
            return Some((Day::Date { weekday: None, day: 25, month: Some(12), year: None }, at + 1));
        }
        let article = matches!(self.word(at), "le" | "the" | "au" | "du" | "pour" | "on");
        let place = match (article, self.word(at + 1)) {
            (true, "le" | "the") => at + 2,
            (true, _) => at + 1,
            _ => at,
        };
        let date = |day, month, year| Day::Date { weekday: None, day, month, year };
        if let Some(month) = month(self.word(place))
            && let Some(day) = self.day_number(place + 1)
            && self.gap(place + 1) == Some(Gap::Space)
            && self.word(place).len() > 2
            && !matches!(self.word(place + 2), "h" | "am" | "pm")
        {
            let mut to = place + 2;
            if matches!(self.word(to), "th" | "st" | "nd" | "rd") {
                to += 1;
            }
            let (year, to) = self.year(to);
            return Some((date(day, Some(month), year), to));
        }
        let (day, ordinal, mut to) = match self.word(place) {
            "premier" | "first" => (1, true, place + 1),
            _ => {
                let day = self.day_number(place)?;
                let ordinal = matches!(self.word(place + 1), "er" | "th" | "st" | "nd" | "rd")
                    && self.gap(place + 1) == Some(Gap::Glued);
                (day, ordinal, place + 1 + usize::from(ordinal))
            }
        };
        if self.word(to) == "of" {
            to += 1;
        }
        if let Some(month) = month(self.word(to)) {
            let (year, to) = self.year(to + 1);
            return Some((date(day, Some(month), year), to));
        }
        if matches!(self.word(place), "premier" | "first") || self.word(to.saturating_sub(1)) == "of" {
            return None;
        }
        // A number alone is a day where an article or an ending says so, and where it counts nothing.
        let strong = matches!(self.word(at), "le" | "the")
            || place == at + 2
            || (after_mark && at == place)
            || (after_mark && article);
        let counts = !ordinal
            && (unit(self.word(to)).is_some()
                || is_measure(self.word(to))
                || is_street(self.word(to))
                || matches!(self.word(to), "h" | "am" | "pm" | "x" | "%"));
        let joined =
            matches!(self.gap(to), Some(Gap::Hyphen | Gap::Dot | Gap::Slash | Gap::Colon)) && self.digits(to).is_some();
        let known = self.vocabulary.knows(self.word(to)) && !self.is_apart(to) && !ordinal;
        ((strong || ordinal) && !counts && !joined && !known && self.hour(place).is_none())
            .then_some((date(day, None, None), to))
    }

    pub(super) fn day_number(&self, at: usize) -> Option<i8> {
        self.digits(at).and_then(|n| i8::try_from(n).ok()).filter(|n| (1..=31).contains(n) && self.length(at) <= 2)
    }

    /// `27-11`, `27.11`, `27/11/26`, `2026-11-27`; `9-12` may be hours.
    pub(super) fn numeric(&self, at: usize) -> Option<Reach> {
        let article = matches!(self.word(at), "le" | "the" | "pour" | "au" | "on");
        let place = if article { at + 1 } else { at };
        let sign = self.gap(place + 1).filter(|gap| matches!(gap, Gap::Hyphen | Gap::Dot | Gap::Slash))?;
        let date = |day, month, year| Piece::Day(Day::Date { weekday: None, day, month: Some(month), year });
        let small = |at| self.digits(at).and_then(|n| i8::try_from(n).ok()).filter(|n| *n >= 1);
        if let Some(year) = self.digits(place).filter(|n| (2020..=2100).contains(n)) {
            let (month, day) = (small(place + 1)?, small(place + 2).filter(|_| self.gap(place + 2) == Some(sign))?);
            return (month <= 12 && day <= 31).then_some((date(day, month, i16::try_from(year).ok()), place + 3));
        }
        let (day, month) = (small(place)?, small(place + 1)?);
        // « 2-3 » counts; a day has a month of two digits, or an article before it.
        if sign == Gap::Hyphen && !article && self.length(place) == 1 && self.length(place + 1) == 1 {
            return None;
        }
        // « 1/2 baguette » is a half.
        let counted = self.vocabulary.knows(self.word(place + 2)) && !self.is_apart(place + 2);
        if sign == Gap::Slash && !article && (day, month) == (1, 2) && counted {
            return None;
        }
        if day > 31 || self.length(place) > 2 || self.length(place + 1) > 2 || self.hour(place).is_some() {
            return None;
        }
        if self.gap(place + 2) == Some(sign)
            && let Some(year) = self.digits(place + 2)
        {
            let year = if year < 100 { year + 2000 } else { year };
            return (month <= 12).then_some((date(day, month, i16::try_from(year).ok()), place + 3));
        }
        let to = place + 2;
        if unit(self.word(to)).is_some() || matches!(self.word(to), "h" | "am" | "pm") {
            return None;
        }
        let near = month <= 12
            && (month + 12 - self.now.month()) % 12 <= 5
            && (month != self.now.month() || day >= self.now.day());
        let hours = sign == Gap::Hyphen && !article && (7..22).contains(&day) && day < month && month <= 22;
        match (month <= 12 && (near || sign != Gap::Hyphen || article), hours) {
            (true, false) => Some((date(day, month, None), to)),
            (_, true) if self.is_apart(to) => Some((Piece::Span(i32::from(day) * 60, i32::from(month) * 60, near), to)),
            _ => None,
        }
    }

    /// « chaque premier lundi », « du lundi au vendredi », « un mardi sur deux »
    pub(super) fn beat(&self, at: usize) -> Option<Reach> {
        if let Some(count) = self.count(at) {
            if matches!(self.word(at + 1), "fois" | "times") {
                return u16::try_from(count).ok().map(|n| (Piece::Repeat(n), at + 2));
            }
            if matches!(self.word(at + 1), "occurrences") {
                return u16::try_from(count).ok().map(|n| (Piece::Repeat(n), at + 2));
            }
        }
        if matches!(self.word(at), "pendant" | "for" | "durant")
            && let Some(count) = self.count(at + 1)
            && matches!(self.word(at + 2), "semaines" | "semaine" | "weeks" | "week" | "sem")
        {
            return i32::try_from(count).ok().map(|n| (Piece::ForWeeks(n), at + 3));
        }
        let each = matches!(self.word(at), "chaque" | "every" | "le" | "the" | "tous" | "chq");
        let skipped = if each { at + 1 + usize::from(self.word(at + 1) == "les") } else { at };
        let (place, ordinal) = match nth(self.word(skipped)) {
            Some(nth) => (skipped + 1, Some(nth)),
            None if self.digits(skipped) == Some(1) && self.word(skipped + 1) == "er" => (skipped + 2, Some(1)),
            None => (skipped, None),
        };
        if let Some(nth) = ordinal
            && let Some((day, _)) = self.weekday_at(place)
        {
            let joints = (0..3).take_while(|joint| is_joint(self.word(place + 1 + joint))).count();
            let month = place + 1 + joints;
            if matches!(self.word(month), "mois" | "month") {
                return Some((Piece::Beat(Beat::Nth(nth, day)), month + 1));
            }
            if matches!(self.word(month), "chaque" | "every" | "each")
                && matches!(self.word(month + 1), "mois" | "month")
            {
                return Some((Piece::Beat(Beat::Nth(nth, day)), month + 2));
            }
            if matches!(self.word(at), "chaque" | "every" | "tous") && nth == 1 {
                return Some((Piece::Beat(Beat::Nth(nth, day)), place + 1));
            }
        }
        let one = usize::from(matches!(self.word(at), "un" | "1" | "le" | "one"));
        if let Some((day, false)) = self.weekday_at(at + one)
            && matches!((self.word(at + one + 1), self.word(at + one + 2)), ("sur", "deux" | "2"))
        {
            return Some((Piece::Beat(Beat::Alternate(day)), at + one + 3));
        }
        let opened = matches!(self.word(at), "du" | "from");
        let first = if opened { at + 1 } else { at };
        let (from, several) = self.weekday_at(first)?;
        let second = match self.word(first + 1) {
            "au" | "a" | "to" | "through" | "thru" | "till" => first + 2,
            _ if self.gap(first + 1) == Some(Gap::Hyphen) => first + 1,
            _ => return None,
        };
        let (to, _) = self.weekday_at(second)?;
        (!several).then_some((Piece::Beat(Beat::Range(from, to)), second + 1))
    }
}
