//! Hours and windows of hours.

use super::{Parser, Reach};
use crate::domain::entry::{
    lexicon::{is_measure, is_street},
    parse::unit,
    piece::{Hour, Piece},
    token::Gap,
};

impl Parser<'_> {
    /// Digits or a word before « heures »; hours with their minutes; am and pm.
    pub(super) fn hour(&self, at: usize) -> Option<(Hour, usize)> {
        if let Some(reach) = self.past(at) {
            return Some(reach);
        }
        let pre = matches!(self.word(at), "a" | "at" | "vers" | "around" | "about" | "pour" | "des");
        let place = if pre { at + 1 } else { at };
        let n = self.count(place)?;
        let spelled = self.digits(place).is_none();
        let hour = i32::try_from(n).ok().filter(|hour| *hour <= 24)?;
        let next = place + 1;
        let marked = match self.word(next) {
            "h" | "hr" | "hrs" | "heure" | "heures" | "hour" | "hours" | "oclock" => Some(next + 1),
            "o" if self.word(next + 1) == "clock" => Some(next + 2),
            _ => None,
        };
        if let Some(mut to) = marked {
            let mut minute = 0;
            let spaced = self.length(to) == 2
                && self.gap(next) != Some(Gap::Glued)
                && self.gap(to) == Some(Gap::Space)
                && !self.vocabulary.knows(self.word(to + 1));
            if let Some(n) = self.digits(to).filter(|n| *n < 60)
                && (self.gap(to) == Some(Gap::Glued) || spaced)
                && self.length(to) == 2
            {
                minute = i32::try_from(n).ok()?;
                to += 1;
            } else if self.word(to) == "et" && matches!(self.word(to + 1), "demi" | "demie" | "quart") {
                minute = if self.word(to + 1) == "quart" { 15 } else { 30 };
                to += 2;
            } else if self.word(to) == "moins" {
                let quart = if self.word(to + 1) == "le" { to + 2 } else { to + 1 };
                let less = if self.word(quart) == "quart" { Some(15) } else { self.count(quart).filter(|n| *n < 30) };
                if let Some(less) = less.and_then(|less| i32::try_from(less).ok()) {
                    minute = -less;
                    to = quart + 1;
                }
            }
            let english = matches!(self.word(next), "hour" | "hours" | "hr" | "hrs");
            let (hour, late, to, said) = self.half_of_day(hour, to);
            let length = (1..=8).contains(&hour)
                && (!pre || self.word(at) == "pour")
                && !said
                && self.word(next) != "oclock"
                && self.word(next) != "o";
            if hour > 23 || (english && !length) {
                return None;
            }
            return Some((Hour { length, late: late && hour < 7, ..Hour::at(hour, minute) }, to));
        }
        if spelled && !matches!(self.word(at), "at" | "vers" | "around") {
            return None;
        }
        let minute =
            self.digits(next).filter(|n| *n < 60 && self.length(next) == 2).and_then(|n| i32::try_from(n).ok());
        match (self.gap(next), minute) {
            (Some(Gap::Colon), Some(minute)) if hour < 24 => {
                let (hour, late, to, _) = self.half_of_day(hour, next + 1);
                return Some((Hour { late, ..Hour::at(hour, minute) }, to));
            }
            (Some(Gap::Dot), Some(minute)) if hour < 24 && (pre || minute > 12) => {
                let (hour, late, to, _) = self.half_of_day(hour, next + 1);
                return Some((Hour { late, ..Hour::at(hour, minute) }, to));
            }
            _ => {}
        }
        let (twelve, late, to, said) = self.half_of_day(hour, next);
        if said {
            return Some((Hour { late, ..Hour::at(twelve, 0) }, to));
        }
        // A bare number is an hour only after a word that says so, and where it counts nothing.
        let sure = matches!(self.word(at), "at" | "vers" | "around");
        let bare = pre
            && !matches!(self.word(at), "pour" | "des" | "about")
            && (sure || self.is_apart(next))
            && hour < 24
            && hour > 0;
        let bare = bare
            && !matches!(self.gap(next), Some(Gap::Hyphen | Gap::Slash | Gap::Dot))
            && !is_measure(self.word(next))
            && !is_street(self.word(next))
            && unit(self.word(next)).is_none();
        bare.then_some((Hour { late: hour < 7, ..Hour::at(hour, 0) }, next))
    }

    /// « quarter to nine », « half past eight », « ten past two »
    fn past(&self, at: usize) -> Option<(Hour, usize)> {
        let from = if matches!(self.word(at), "at" | "around" | "about") { at + 1 } else { at };
        let minutes = match self.word(from) {
            "half" => 30,
            "quarter" => 15,
            _ => i32::try_from(self.count(from).filter(|n| (1..=29).contains(n))?).ok()?,
        };
        let minute = match self.word(from + 1) {
            "past" => minutes,
            "to" if self.word(from) == "quarter" => -minutes,
            _ => return None,
        };
        let hour = i32::try_from(self.count(from + 2).filter(|hour| (1..=12).contains(hour))?).ok()?;
        let (hour, late, to, _) = self.half_of_day(hour, from + 3);
        Some((Hour { late: late && hour < 7, ..Hour::at(hour, minute) }, to))
    }

    /// « du soir », `pm`: the hour of 24, whether the afternoon may be meant, the token after, and whether something was said.
    pub(super) fn half_of_day(&self, hour: i32, at: usize) -> (i32, bool, usize, bool) {
        let (said, to) = match self.word(at) {
            "am" => (Some(false), at + 1),
            "pm" => (Some(true), at + 1),
            "a" | "p" if self.word(at + 1) == "m" && self.gap(at + 1) == Some(Gap::Dot) => {
                (Some(self.word(at) == "p"), at + 2)
            }
            "du" if matches!(self.word(at + 1), "matin" | "mat") => (Some(false), at + 2),
            "du" if self.word(at + 1) == "soir" => (Some(true), at + 2),
            "de" if self.word(at + 1) == "l" && self.word(at + 2) == "apres" && self.word(at + 3) == "midi" => {
                (Some(true), at + 4)
            }
            "in" if self.word(at + 1) == "the" && self.word(at + 2) == "morning" => (Some(false), at + 3),
            "in" if self.word(at + 1) == "the" && matches!(self.word(at + 2), "afternoon" | "evening") => {
                (Some(true), at + 3)
            }
            _ => (None, at),
        };
        match said {
            Some(true) if hour < 12 => (hour + 12, false, to, true),
            Some(false) if hour == 12 => (0, false, to, true),
            Some(_) => (hour, false, to, true),
            None => (hour, (1..7).contains(&hour), to, false),
        }
    }

    /// One end of a window: minutes, whether it is marked as an hour, `pm` or not, and the token after.
    pub(super) fn bound(&self, at: usize) -> Option<(i32, bool, bool, usize)> {
        if let Some((Piece::Hour(hour), to)) = self.phrase_at(at) {
            return Some((hour.minutes, true, false, to));
        }
        if !matches!(self.word(at), "a" | "at" | "vers" | "des" | "pour")
            && let Some((hour, to)) = self.hour(at)
        {
            let pm = hour.minutes >= 720 && to > at + 1 && self.word(to - 1) == "pm";
            return Some((hour.minutes, true, pm, to));
        }
        let n = self.count(at).and_then(|n| i32::try_from(n).ok()).filter(|n| *n < 24)?;
        Some((n * 60, false, false, at + 1))
    }

    /// « entre 12 et 14 », « de 9 à 11h », `9h-11h`, `2-4pm`
    pub(super) fn span(&self, at: usize) -> Option<Reach> {
        let opened = match self.word(at) {
            "entre" | "between" => 2,
            "de" | "from" | "des" => 1,
            _ => 0,
        };
        let start = if opened > 0 { at + 1 } else { at };
        let (mut from, marked, pm, middle) = self.bound(start)?;
        let hyphen = matches!(self.gap(middle), Some(Gap::Hyphen | Gap::Slash));
        let joined = matches!(self.word(middle), "a" | "et" | "and" | "to" | "till" | "until");
        let second = match (opened, hyphen, joined) {
            (_, true, _) => middle,
            (2, false, true) => middle + 1,
            (_, false, true) if !matches!(self.word(middle), "et" | "and") => middle + 1,
            // « 8h 18h »
            (0, false, false)
                if marked && from >= 420 && self.hour(middle).is_some_and(|(hour, _)| hour.minutes > from) =>
            {
                middle
            }
            _ => return None,
        };
        let (mut to, also_marked, also_pm, end) = self.bound(second)?;
        let explicit = marked || also_marked;
        let open = match opened {
            2 => true,
            1 => explicit || (from >= 420 && to > from && self.is_apart(end)),
            _ => explicit,
        };
        if !open || (opened == 0 && !hyphen && !marked) {
            return None;
        }
        // « entre 12 et 14 rue… » is none.
        if is_street(self.word(end)) && self.word(end) != "st" {
            return None;
        }
        let mut doubt = false;
        if also_pm && !pm && from < 720 && from + 720 < to {
            from += 720;
        }
        if to <= from && to + 720 > from && to < 720 {
            to += 720;
        } else if to <= from {
            return None;
        }
        if from > 0 && from < 420 && to < 720 && to <= 480 {
            (from, to, doubt) = (from + 720, to + 720, true);
        }
        Some((Piece::Span(from, to, doubt), end))
    }
}
