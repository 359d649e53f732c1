//! How many, among the numbers and the hours that were said.

use super::Reader;
use crate::domain::{
    entry::{
        heard::Heard,
        piece::{Number, Piece, Unit},
        reading::{Because, Choice, Chosen, Doubt, Field, Question, Read},
        service::Candidate,
        vocabulary::Known,
        when::hours_of,
    },
    request::Quantity,
    service::Carriage,
};
use std::{collections::BTreeSet, ops::Range};

impl Reader<'_> {
    /// How many, and how many hours it takes on the spot. An hour that is a length of time is taken out of what was heard.
    pub(super) fn quantity(
        &self,
        range: &Range<usize>,
        known: Option<&Known>,
        candidates: &[Candidate],
        chosen: &Chosen,
        heard: &mut Heard,
        questions: &mut Vec<Question>,
    ) -> (Read<Quantity>, u32) {
        let by_hour = known.is_some_and(|known| known.unit == Some(Unit::Hour));
        let mut told: Option<(Vec<u32>, Vec<usize>, bool)> = None;
        if by_hour || known.is_some_and(|known| known.carriage == Carriage::OnSite) {
            told = length_said(heard, by_hour);
        }
        let numbers = self.pieces(range).filter_map(|found| match found.piece {
            Piece::Number(number) => Some((number, found.from, found.to)),
            _ => None,
        });
        let spoken: BTreeSet<usize> =
            candidates.iter().take(1).flat_map(|candidate| candidate.tokens.iter().copied()).collect();
        let numbers: Vec<(Number, usize, usize)> = numbers.filter(|(_, at, _)| !self.is_model(*at, &spoken)).collect();
        let mut length = told.as_ref().and_then(|(values, ..)| values.first().copied());
        if !by_hour {
            told = None;
            length = length.or_else(|| {
                numbers.iter().find_map(|(number, ..)| match number {
                    Number::Count(n, Some(Unit::Hour)) => Some(*n),
                    _ => None,
                })
            });
        }
        let told = told.or_else(|| {
            let (mut values, places, sure) = count_said(&numbers, known, &spoken)?;
            // « costume bleu 2 »: two of them, or a size?
            let doubted = places.first().is_some_and(|at| places.len() == 1 && self.follows_name(*at, &spoken));
            if doubted && !values.contains(&1) {
                values.push(1);
            }
            Some((values, places, sure && !doubted))
        });
        let one = Quantity::default();
        let read = match told {
            Some((values, places, sure)) => {
                let values: Vec<Quantity> = values.into_iter().filter_map(|n| Quantity::try_from(n).ok()).collect();
                let words = self.spans(places);
                match values.first() {
                    Some(first) if sure && values.len() == 1 => Read::said(*first, words),
                    Some(first) => {
                        let answers = values.iter().take(9).copied().map(Choice::Quantity).collect();
                        questions.push(Question { doubt: Doubt::WhichQuantity, words: words.clone(), answers });
                        Read::said(*first, words).doubted()
                    }
                    None => Read::said(one, words).doubted(),
                }
            }
            None => match heard.spans.first().filter(|_| by_hour) {
                Some(span) => {
                    let (from, to, _) = span.value;
                    let hours = Quantity::try_from(hours_of(from, to)).unwrap_or(one);
                    let words = self.spans(span.from..span.to);
                    Read::said(hours, words).and(Because::WindowLength)
                }
                None => Read::supposed(one, Because::One),
            },
        };
        let read = match chosen.get(Field::Quantity) {
            Some(Choice::Quantity(quantity)) => {
                questions.retain(|question| question.doubt != Doubt::WhichQuantity);
                Read::chosen(*quantity)
            }
            _ => read,
        };
        let hours = if by_hour { u32::from(read.value) } else { length.unwrap_or(1) };
        (read, hours.min(16))
    }
}

/// Whether a number says more, or something else, than how many of the service's units: guests, the kilos of a parcel, half a kilo.
pub(super) fn counts_else(piece: Option<&Piece>, unit: Option<Unit>) -> bool {
    match piece {
        // The scales say it more exactly than the price does.
        Some(Piece::Number(Number::For(_) | Number::Parts(_, Unit::Kilo))) => true,
        Some(Piece::Number(Number::Count(_, Some(said @ (Unit::Kilo | Unit::Hour))))) => Some(*said) != unit,
        _ => false,
    }
}

/// « ménage 3h jeudi »: three hours long, where the service is counted in hours and another hour, or none, says when.
fn length_said(heard: &mut Heard, by_hour: bool) -> Option<(Vec<u32>, Vec<usize>, bool)> {
    let several = heard.hours.len() > 1 || !heard.spans.is_empty() || !heard.parts.is_empty();
    let long = |minutes: i32| (60..=480).contains(&minutes);
    let place = heard.hours.iter().position(|hour| {
        let minutes = hour.value.minutes;
        (hour.value.length && long(minutes) && (minutes < 420 || several))
            || (several && hour.value.late && minutes % 60 != 0 && by_hour)
    })?;
    if !by_hour && heard.hours.len() < 2 {
        return None;
    }
    // Of an hour that counts and one that does not, the earlier in the day is the length.
    let hour = heard.hours.remove(place);
    let whole = hour.value.minutes / 60;
    let places: Vec<usize> = (hour.from..hour.to).collect();
    let whole = u32::try_from(whole).ok()?;
    if hour.value.minutes % 60 == 0 {
        return Some((vec![whole], places, true));
    }
    Some((vec![whole + 1, whole], places, false))
}

/// The quantity among the numbers that were said.
fn count_said(
    numbers: &[(Number, usize, usize)],
    known: Option<&Known>,
    spoken: &BTreeSet<usize>,
) -> Option<(Vec<u32>, Vec<usize>, bool)> {
    let unit = known.and_then(|known| known.unit);
    let places = |from: usize, to: usize| (from..to).collect::<Vec<_>>();
    if let Some((Number::Times(n), from, to)) = numbers.iter().find(|(number, ..)| matches!(number, Number::Times(_))) {
        return Some((vec![*n], places(*from, *to), true));
    }
    // « 2 pièces » in a name that has them: one of it, or two?
    let named = known.is_some_and(|known| known.numbered);
    let mut counts: Vec<(Vec<u32>, Vec<usize>, bool, u8)> = Vec::new();
    for (number, from, to) in numbers {
        let place = places(*from, *to);
        let beside = spoken.contains(to) || from.checked_sub(1).is_some_and(|before| spoken.contains(&before));
        let told = match *number {
            Number::Count(n, Some(Unit::Piece)) if named && n > 1 => (vec![1, n], place, false, 1),
            Number::Count(n, Some(said)) if Some(said) == unit => (vec![n], place, true, 4),
            Number::Count(n, Some(Unit::Piece)) if !matches!(unit, Some(Unit::Hour | Unit::Kilo)) => {
                (vec![n], place, true, 3)
            }
            Number::Count(n, Some(Unit::Pair)) => (vec![n, n.saturating_mul(2)], place, false, 2),
            Number::Count(n, None) if matches!(unit, Some(Unit::Hour | Unit::Kilo)) => (vec![n, 1], place, n == 1, 2),
            Number::Count(n, None) => (vec![n], place, true, if beside { 3 } else { 2 }),
            Number::Dozens(n) => (vec![n], place, true, 3),
            Number::Range(from, to) => (vec![to, from], place, false, 2),
            Number::For(n) if known.is_some_and(|known| known.per_unit) && unit.is_none() => {
                (if n == 1 { vec![1] } else { vec![n, 1] }, place, n == 1, 1)
            }
            Number::Parts(n, said) if Some(said) == unit => {
                (if n == 1 { vec![1] } else { vec![n, n - 1] }, place, n == 1, 4)
            }
            Number::Times(n) => (vec![n], place, true, 5),
            Number::Count(_, Some(_)) | Number::For(_) | Number::Parts(..) => continue,
        };
        counts.push(told);
    }
    let best = counts.iter().map(|(.., rank)| *rank).max()?;
    // A second count is of something: « 3 pantalons et 1 jupe ».
    let left_over = numbers.iter().filter(|(number, ..)| matches!(number, Number::Count(_, None))).count() > 1;
    if left_over && counts.iter().all(|(.., rank)| (2..=3).contains(rank)) {
        counts.sort_by_key(|(.., rank)| std::cmp::Reverse(*rank));
        for (.., rank) in &mut counts {
            *rank = best;
        }
    }
    let mut best: Vec<_> = counts.into_iter().filter(|(.., rank)| *rank == best).collect();
    if best.len() == 1 {
        return best.pop().map(|(values, places, sure, _)| (values, places, sure));
    }
    let mut values: Vec<u32> = Vec::new();
    let mut all = Vec::new();
    for (more, places, ..) in best {
        all.extend(places);
        for value in more {
            if !values.contains(&value) {
                values.push(value);
            }
        }
    }
    let sure = values.len() == 1;
    Some((values, all, sure))
}
