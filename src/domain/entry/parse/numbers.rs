//! Numbers that may be quantities, and those that are none.

use super::{Parser, Reach, unit};
use crate::domain::{
    entry::{
        lexicon::{is_joint, is_measure, month},
        piece::{Number, Piece, Unit},
        token::Gap,
    },
    money::Share,
    request::Payer,
};

impl Parser<'_> {
    /// Numbers that count.
    pub(super) fn number(&self, at: usize) -> Option<Reach> {
        if self.word(at) == "x"
            && let Some(n) = self.digits(at + 1)
        {
            return Some((Piece::Number(Number::Times(n)), at + 2));
        }
        if matches!(self.word(at), "pour" | "for")
            && let Some(n) = self.count(at + 1)
        {
            let end = at + 2;
            if is_person(self.word(end)) {
                return Some((Piece::Number(Number::For(n)), end + 1));
            }
            if self.is_apart(end)
                && self.hour(at + 1).is_none()
                && !is_measure(self.word(end))
                && unit(self.word(end)).is_none()
                && !matches!(self.gap(end), Some(Gap::Hyphen | Gap::Dot | Gap::Slash))
                && month(self.word(end)).is_none()
            {
                return Some((Piece::Number(Number::For(n)), end));
            }
        }
        if matches!(self.word(at), "pendant" | "durant" | "pdt" | "for" | "duree")
            && let Some((hour, to)) = self.hour(at + 1)
            && hour.length
        {
            let n = u32::try_from((hour.minutes + 59) / 60).ok()?;
            let whole = hour.minutes % 60 == 0;
            let number = if whole { Number::Count(n, Some(Unit::Hour)) } else { Number::Parts(n, Unit::Hour) };
            return Some((Piece::Number(number), to));
        }
        let one = matches!(self.word(at), "un" | "une" | "a" | "an" | "one" | "1");
        if one && let Some(unit) = unit(self.word(at + 1)) {
            return Some((Piece::Number(Number::Count(1, Some(unit))), at + 2));
        }
        if self.word(at) == "one" {
            return Some((Piece::Number(Number::Count(1, None)), at + 1));
        }
        let token = self.tokens.get(at)?;
        if token.text.bytes().all(|byte| byte.is_ascii_digit())
            && (token.text.len() > 4 || token.gap == Gap::Glued && self.length(at - usize::from(at > 0)) > 2)
        {
            return Some((Piece::Detail, at + 1));
        }
        // « AB-123-CD »
        let tied = token.gap == Gap::Hyphen
            && at.checked_sub(1).is_some_and(|before| self.digits(before).is_none() && !self.is_apart(before));
        if tied && token.number.is_some() {
            return Some((Piece::Detail, at + 1));
        }
        let n = self.count(at)?;
        let next = at + 1;
        if let Some(reach) = self.parts(at, n) {
            return Some(reach);
        }
        if matches!(self.word(next), "cent" | "cents" | "hundred") && n < 10 && self.digits(at).is_none() {
            return Some((Piece::Number(Number::Count(n * 100, None)), next + 1));
        }
        if self.word(next) == "%" {
            let share = Share::new(n.checked_mul(100)?).ok()?;
            return Some((Piece::Payer(Payer::Shared { client: share }), self.share_of(next + 1)));
        }
        if self.word(next) == "x" {
            return Some((Piece::Number(Number::Times(n)), next + 1));
        }
        if is_person(self.word(next)) {
            return Some((Piece::Number(Number::For(n)), next + 1));
        }
        if is_measure(self.word(next)) {
            return Some((Piece::Detail, next + 1));
        }
        if let Some(unit) = unit(self.word(next)) {
            return Some((Piece::Number(Number::Count(n, Some(unit))), next + 1));
        }
        let other = match (self.gap(next), self.word(next)) {
            (Some(Gap::Hyphen), _) => next,
            (_, "ou" | "a" | "or") => next + 1,
            _ => return Some((Piece::Number(Number::Count(n, None)), next)),
        };
        match self.count(other) {
            Some(more) if more > n && more <= n + 10 && self.hour(other).is_none() => {
                Some((Piece::Number(Number::Range(n, more)), other + 1))
            }
            _ => Some((Piece::Number(Number::Count(n, None)), next)),
        }
    }

    /// « 2,5 kg », « 2kg5 », « deux kilos et demi »: whole units and a part of one.
    fn parts(&self, at: usize, n: u32) -> Option<Reach> {
        let up = |unit, to| Some((Piece::Number(Number::Parts(n.saturating_add(1), unit)), to));
        let half = |to: usize| match (self.word(to), self.word(to + 1), self.word(to + 2)) {
            ("et", "demi" | "demie", _) => Some(to + 2),
            ("and", "a", "half") => Some(to + 3),
            _ => None,
        };
        let next = at + 1;
        // A comma that has a space beside it parts two things.
        let point = self.tokens.get(at).zip(self.tokens.get(next)).is_some_and(|(whole, part)| {
            part.number.is_some() && matches!(self.phrase.get(whole.range.end..part.range.start), Some("," | "."))
        });
        if point && let Some(unit @ (Unit::Kilo | Unit::Hour)) = unit(self.word(next + 1)) {
            return up(unit, next + 2);
        }
        if let Some(to) = half(next)
            && let Some(unit) = unit(self.word(to))
        {
            return up(unit, to + 1);
        }
        let unit = unit(self.word(next)).filter(|unit| *unit == Unit::Kilo)?;
        if self.gap(next + 1) == Some(Gap::Glued) && self.digits(next + 1).is_some() {
            return up(unit, next + 2);
        }
        up(unit, half(next + 1)?)
    }

    /// After a share of the price, the word that says whose it is.
    pub(super) fn share_of(&self, at: usize) -> usize {
        let mut to = at;
        while is_joint(self.word(to)) || matches!(self.word(to), "pour" | "by" | "par") {
            to += 1;
        }
        if matches!(self.word(to), "client" | "entreprise" | "employeur" | "societe" | "company" | "employer" | "boite")
        {
            to + 1
        } else {
            at
        }
    }
}

fn is_person(word: &str) -> bool {
    matches!(word, "personnes" | "personne" | "pers" | "people" | "persons" | "person" | "p" | "couverts" | "pax")
}
