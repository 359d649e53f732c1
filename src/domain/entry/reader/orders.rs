//! Which words of a phrase belong to which order: « deux vestes et un pantalon » are two.

use super::Reader;
use crate::domain::entry::{
    lexicon::is_joint,
    piece::{Found, Number, Piece},
    service::{Candidate, Likeness, Verdict},
    thesaurus,
    token::{Gap, Token},
    vocabulary::plain,
};
use std::ops::Range;

/// What belongs to one order of a phrase.
pub(super) struct Order {
    pub tokens: Range<usize>,
    /// Whether another order of the phrase is for the same service: its words then say what it is of.
    pub repeated: bool,
    /// Whether one before it is asked about in its stead.
    pub further: bool,
}

impl Reader<'_> {
    /// The tokens of each order, if there are several: « deux vestes et un pantalon ».
    pub(super) fn orders(&self) -> Vec<Order> {
        let mut cuts: Vec<usize> = Vec::new();
        for (at, token) in self.tokens.iter().enumerate() {
            let and = self.parsed.found.iter().any(|found| found.from == at && found.piece == Piece::And);
            let inside = self.parsed.found.iter().any(|found| found.from < at && at < found.to);
            if at > 0 && !inside && (and || token.gap == Gap::Comma) {
                cuts.push(at);
            }
        }
        // « 2 baguettes 4 croissants », « chemise x2 pantalon x3 »: each number may begin an order, or end one.
        let counts: Vec<&Found> = (self.parsed.found.iter())
            .filter(|found| {
                matches!(found.piece, Piece::Number(Number::Count(..) | Number::Dozens(_) | Number::Times(_)))
            })
            .collect();
        if let Some((first, rest)) = counts.split_first() {
            let leads = matches!(self.judged(0..first.from), Verdict::None);
            let starts: Vec<usize> = match counts.split_last() {
                _ if leads => rest.iter().map(|found| found.from).collect(),
                Some((_, rest)) => (rest.iter())
                    .filter(|found| matches!(found.piece, Piece::Number(Number::Times(_))))
                    .map(|found| found.to)
                    .collect(),
                None => Vec::new(),
            };
            let at_word = |at: &&usize| cuts.contains(at) || cuts.contains(&at.saturating_sub(1));
            let more: Vec<usize> = starts.iter().filter(|at| !at_word(at)).copied().collect();
            cuts.extend(more);
            cuts.sort_unstable();
        }
        if cuts.is_empty() {
            return Vec::new();
        }
        let starts = std::iter::once(0).chain(cuts.iter().copied());
        let ends = cuts.iter().copied().chain([self.tokens.len()]);
        let mut orders: Vec<(Range<usize>, Option<usize>)> = Vec::new();
        for (start, end) in starts.zip(ends) {
            let service = match self.judged(start..end) {
                Verdict::Sure(candidate) if self.stands_alone(&candidate, start..end) => Some(candidate.service),
                _ => None,
            };
            match orders.last_mut() {
                Some((range, known))
                    if (service.is_none() || known.is_none())
                        && !self.are_two_things(range, *known, &(start..end), service)
                        || *known == service && !(self.counts(range) && self.counts(&(start..end))) =>
                {
                    range.end = end;
                    *known = known.or(service);
                }
                _ => orders.push((start..end, service)),
            }
        }
        if orders.len() < 2 {
            return Vec::new();
        }
        // Words that make one text of the catalogue are one order, if not each of them is.
        let differ = orders.windows(2).any(|two| matches!(two, [(_, one), (_, other)] if one != other));
        if differ
            && let Verdict::Sure(whole) = self.judged(0..self.tokens.len())
            && orders.iter().all(|(range, _)| whole.tokens.iter().any(|at| range.contains(at)))
        {
            return Vec::new();
        }
        let repeated: Vec<bool> = (orders.iter())
            .map(|(_, service)| orders.iter().filter(|(_, other)| other == service).count() > 1)
            .collect();
        (orders.into_iter().zip(repeated).enumerate())
            .map(|(place, ((tokens, _), repeated))| Order { tokens, repeated, further: place > 0 })
            .collect()
    }

    /// « deux jupes et un pantalon »: what is counted first is no detail of what is counted after it, even if no service of the catalogue
    /// is for it; nor is a thing that follows.
    fn are_two_things(
        &self,
        first: &Range<usize>,
        known: Option<usize>,
        second: &Range<usize>,
        service: Option<usize>,
    ) -> bool {
        let is_thing = |token: &Token| thesaurus::is_object(&plain(&token.text));
        let has_thing = |range: &Range<usize>| self.tokens.get(range.clone()).unwrap_or_default().iter().any(is_thing);
        let counted = |range: &Range<usize>| self.is_counted(range) && has_thing(range);
        counted(first) && counted(second)
            || known.is_none() && service.is_some() && self.counts_unknown(first) && self.is_counted(second)
    }

    /// Whether a number or an article stands before a word that means nothing else.
    fn counts_unknown(&self, range: &Range<usize>) -> bool {
        let holds = |at: usize| self.parsed.found.iter().find(|found| (found.from..found.to).contains(&at));
        range.clone().any(|at| {
            let counts = match holds(at).map(|found| &found.piece) {
                Some(Piece::Number(Number::Count(_, None) | Number::Dozens(_))) => true,
                Some(_) => false,
                None => self.tokens.get(at).is_some_and(|token| self.is_article(token)),
            };
            let next = at + 1;
            let named = |token: &Token| token.number.is_none() && !is_joint(&token.text);
            counts && range.contains(&next) && holds(next).is_none() && self.tokens.get(next).is_some_and(named)
        })
    }

    /// Whether a number or an article stands in it.
    fn is_counted(&self, range: &Range<usize>) -> bool {
        self.pieces(range).any(|found| matches!(found.piece, Piece::Number(_)))
            || self.tokens.get(range.clone()).unwrap_or_default().iter().any(|token| self.is_article(token))
    }

    fn is_article(&self, token: &Token) -> bool {
        matches!(token.text.as_str(), "un" | "une" | "a" | "an") && !self.is_grave(token)
    }

    /// Whether it is said how many.
    fn counts(&self, range: &Range<usize>) -> bool {
        self.pieces(range).any(|found| matches!(found.piece, Piece::Number(Number::Count(..) | Number::Dozens(_))))
    }

    /// Whether a day is said, or several that come again.
    pub(super) fn has_day(&self, range: &Range<usize>) -> bool {
        self.pieces(range).any(|found| matches!(found.piece, Piece::Day(_) | Piece::Beat(_)))
    }

    /// Whether words name a thing of their own, not the object of what was said before.
    fn stands_alone(&self, candidate: &Candidate, range: Range<usize>) -> bool {
        let object = |at: &usize| self.tokens.get(*at).is_some_and(|token| thesaurus::is_object(&plain(&token.text)));
        // « déposer deux costumes, les récupérer vendredi »: to fetch is nothing of its own.
        let fetched = |at: &usize| self.tokens.get(*at).is_some_and(|token| thesaurus::is_fetched(&token.text));
        let further = self.is_counted(&range) || !candidate.tokens.iter().all(object);
        candidate.likeness >= Likeness::Prefix && (range.start == 0 || further && !candidate.tokens.iter().all(fetched))
    }

    /// « à » is no article, though it is folded into one.
    fn is_grave(&self, token: &Token) -> bool {
        self.phrase.get(token.range.clone()).is_some_and(|written| written.contains(['à', 'À']))
    }
}
