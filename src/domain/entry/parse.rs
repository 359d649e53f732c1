//! Finds in the words of a phrase what needs no knowledge of the service: days, hours, numbers, hand-over, payer, site.

mod days;
mod hours;
mod numbers;

use super::{
    lexicon::{begun_by, is_joint, is_label, is_street, number, weekday},
    piece::{Day, Found, Hand, Mark, Piece, Unit},
    token::{Gap, Token},
    vocabulary::Vocabulary,
};
use crate::domain::operator::Language;
use jiff::civil::DateTime;
use std::ops::Range;

/// What was found, and what parts of it are called.
pub(super) struct Parsed {
    pub found: Vec<Found>,
    /// The tokens of an address.
    pub address: Option<Range<usize>>,
    /// The tokens of a locker's name.
    pub locker: Option<Range<usize>>,
    /// The tokens of the name of whom it is for.
    pub behalf: Option<Range<usize>>,
}

pub(super) struct Parser<'a> {
    pub phrase: &'a str,
    pub tokens: &'a [Token],
    pub vocabulary: &'a Vocabulary,
    pub language: Language,
    pub now: DateTime,
}

/// A piece and the token after it.
type Reach = (Piece, usize);

impl Parser<'_> {
    pub fn parse(&self) -> Parsed {
        let mut parsed = Parsed { found: Vec::new(), address: None, locker: None, behalf: None };
        let mut at = 0;
        while at < self.tokens.len() {
            at = self.step(at, &mut parsed);
        }
        parsed
    }

    /// Reads what begins at a token; gives the token after it.
    fn step(&self, at: usize, parsed: &mut Parsed) -> usize {
        let found = &mut parsed.found;
        let push = |found: &mut Vec<Found>, piece, to: usize| {
            found.push(Found { piece, from: at, to });
            to
        };
        if let Some(to) = self.address(at) {
            parsed.address = Some(at..to);
            return push(found, Piece::Hand(Hand::Address), to);
        }
        if matches!(self.word(at), "au" | "a" | "at" | "in" | "dans") && self.label(at + 1).is_some() {
            return push(found, Piece::Filler, at + 1);
        }
        if let Some(to) = self.measures(at) {
            return push(found, Piece::Detail, to);
        }
        if let Some((day, to)) = self.period(at) {
            push(found, Piece::Detail, to);
            return push(found, Piece::Day(day), to);
        }
        if let Some(to) = self.label(at) {
            push(found, Piece::Detail, to);
            if matches!(self.word(at), "bureau" | "office") {
                push(found, Piece::Hand(Hand::OnSite), to);
            }
            return to;
        }
        if let Some((name, to)) = self.behalf(at) {
            parsed.behalf = Some(name);
            return push(found, Piece::Detail, to);
        }
        if let Some((piece, to)) = self.hand_over_verb(at) {
            return push(found, piece, to);
        }
        let phrase = self.phrase_at(at);
        let after_mark = found
            .last()
            .is_some_and(|found| matches!(found.piece, Piece::Mark(mark) if mark != Mark::Or) && found.to == at)
            || found.iter().rev().take(2).any(|found| {
                matches!(found.piece, Piece::Mark(mark) if mark != Mark::Or)
                    && found.to + 1 == at
                    && is_joint(self.word(found.to))
            });
        let others = [
            self.span(at),
            self.beat(at),
            self.day(at, after_mark),
            self.hour(at).map(|(hour, to)| (Piece::Hour(hour), to)),
            self.number(at),
            self.vocabulary.site_at(self.tokens, at).map(|(sites, to)| (Piece::Sites(sites), to)),
        ];
        let best = others.into_iter().flatten().chain(phrase).fold(None, |best: Option<Reach>, next| match best {
            Some(best) if best.1 >= next.1 => Some(best),
            _ => Some(next),
        });
        let Some((piece, to)) = best else { return at + 1 };
        if piece == Piece::Hand(Hand::Locker)
            && let Some(name) = self.locker(to)
        {
            parsed.locker = Some(name.clone());
            let end = name.end;
            found.push(Found { piece, from: at, to: end });
            return end;
        }
        push(found, piece, to)
    }

    fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.text.as_str())
    }

    fn digits(&self, at: usize) -> Option<u32> {
        self.tokens.get(at).and_then(|token| token.number)
    }

    fn count(&self, at: usize) -> Option<u32> {
        self.digits(at).or_else(|| number(self.word(at)))
    }

    fn gap(&self, at: usize) -> Option<Gap> {
        self.tokens.get(at).map(|token| token.gap)
    }

    fn length(&self, at: usize) -> usize {
        self.word(at).len()
    }

    /// The set phrase that begins at a token.
    fn phrase_at(&self, at: usize) -> Option<Reach> {
        begun_by(self.word(at)).iter().find_map(|(rest, piece)| {
            let mut to = at + 1;
            for word in rest {
                let joints = (0..3).take_while(|place| is_joint(self.word(to + place))).count();
                let place = (0..=joints).find(|place| self.word(to + place) == word)?;
                to += place + 1;
            }
            Some((piece.clone(), to))
        })
    }

    /// Whether a token is the phrase's last, or says something else than what is counted before it.
    fn is_apart(&self, at: usize) -> bool {
        at >= self.tokens.len()
            || self.gap(at) == Some(Gap::Comma)
            || weekday(self.word(at)).is_some()
            || matches!(self.phrase_at(at), Some((piece, _)) if !matches!(piece, Piece::Number(_)))
            || self.vocabulary.site_at(self.tokens, at).is_some()
    }

    /// « 12 bis rue des Lilas », up to what means something else.
    fn address(&self, at: usize) -> Option<usize> {
        self.digits(at)?;
        let mut to = at + 1;
        if matches!(self.word(to), "bis" | "ter" | "b") {
            to += 1;
        }
        if let Some(end) = self.english_address(to) {
            return Some(end);
        }
        if self.gap(to) == Some(Gap::Comma) && !matches!(self.word(to), "rue" | "avenue" | "boulevard" | "place") {
            return None;
        }
        if !is_street(self.word(to))
            || self.word(to + 1).is_empty()
            || (self.word(to) == "r" && self.length(to + 1) < 4)
        {
            return None;
        }
        to += 1;
        let first = to;
        while to < self.tokens.len() && to < first + 6 {
            let ends = self.gap(to) == Some(Gap::Comma)
                || self.hour(to).is_some()
                || self.day(to, false).is_some() && self.digits(to).is_none()
                || matches!(self.phrase_at(to), Some((piece, _)) if !matches!(piece, Piece::Filler | Piece::Number(_)) )
                    && to > first
                    && !is_joint(self.word(to));
            if ends {
                break;
            }
            to += 1;
        }
        Some(to)
    }

    /// « 5 Elm Road »: the names after the number, up to what kind of street it is.
    fn english_address(&self, at: usize) -> Option<usize> {
        let is_name = |place: usize| {
            self.gap(place) == Some(Gap::Space)
                && self.digits(place).is_none()
                && !self.vocabulary.knows(self.word(place))
        };
        let kind = |place: usize| {
            matches!(self.word(place), "road" | "rd" | "street" | "avenue" | "ave" | "lane" | "ln" | "crescent")
        };
        let end = at + (at..at + 3).take_while(|place| is_name(*place) && !kind(*place)).count();
        (end > at && self.gap(end) == Some(Gap::Space) && kind(end)).then_some(end + 1)
    }

    /// « 220x240 », « de soirée »
    fn measures(&self, at: usize) -> Option<usize> {
        let glued = |at: usize| self.gap(at) == Some(Gap::Glued);
        if self.digits(at).is_some()
            && self.word(at + 1) == "x"
            && self.digits(at + 2).is_some()
            && glued(at + 1)
            && glued(at + 2)
        {
            return Some(at + 3);
        }
        let evening = matches!(self.word(at), "soiree" | "soir")
            && at.checked_sub(1).is_some_and(|before| self.word(before) == "de");
        (evening && self.vocabulary.knows(self.word(at.checked_sub(2)?))).then_some(at + 1)
    }

    /// « du 24 au 31 décembre »: its first day.
    fn period(&self, at: usize) -> Option<(Day, usize)> {
        if !matches!(self.word(at), "du" | "from") {
            return None;
        }
        let (first, middle) = self.month_day(at + 1, true)?;
        if !matches!(self.word(middle), "au" | "to" | "a" | "until") {
            return None;
        }
        let (last, to) = self.month_day(middle, true).or_else(|| self.month_day(middle + 1, true))?;
        match (first, last) {
            (Day::Date { weekday, day, month, year }, Day::Date { month: other, year: later, .. }) => {
                Some((Day::Date { weekday, day, month: month.or(other), year: year.or(later) }, to))
            }
            _ => None,
        }
    }

    /// « bureau 214 », « n° 4 »
    fn label(&self, at: usize) -> Option<usize> {
        let word = self.word(at);
        let named = is_label(word) || word == "n";
        if !named {
            return None;
        }
        let next = if matches!(self.word(at + 1), "n" | "no" | "numero") { at + 2 } else { at + 1 };
        let lettered =
            self.length(next) == 1 && self.digits(next + 1).is_some() && self.gap(next + 1) == Some(Gap::Glued);
        if lettered {
            return Some(next + 2);
        }
        self.digits(next)?;
        // The hour that follows a word is none of its numbers.
        if self.hour(next).is_some() || self.gap(next) == Some(Gap::Comma) {
            return None;
        }
        let letter =
            self.length(next + 1) == 1 && self.gap(next + 1) == Some(Gap::Glued) && self.digits(next + 1).is_none();
        Some(next + 1 + usize::from(letter && self.word(next + 1) != "x"))
    }

    /// « pour ma collègue Roy », « pour Mme Petit »: the name's tokens, and the token after them.
    fn behalf(&self, at: usize) -> Option<(Range<usize>, usize)> {
        if !matches!(self.word(at), "pour" | "for" | "pr") {
            return None;
        }
        let role = |word: &str| {
            matches!(
                word,
                "collegue"
                    | "collegues"
                    | "colleague"
                    | "chef"
                    | "boss"
                    | "assistante"
                    | "assistant"
                    | "directeur"
                    | "directrice"
                    | "responsable"
                    | "patron"
                    | "manager"
                    | "secretaire"
                    | "voisin"
                    | "voisine"
                    | "mme"
                    | "madame"
                    | "m"
                    | "mr"
                    | "mrs"
                    | "ms"
                    | "monsieur"
                    | "mlle"
            )
        };
        let mut name = at + 1;
        while is_joint(self.word(name)) || matches!(self.word(name), "my" | "his" | "her" | "notre") {
            name += 1;
        }
        if !role(self.word(name)) {
            return None;
        }
        while role(self.word(name)) {
            name += 1;
        }
        let mut to = name;
        while to < name + 2 && self.length(to) > 1 && self.digits(to).is_none() && self.is_name(to) {
            to += 1;
        }
        (to > name).then_some((name..to, to))
    }

    /// Whether a word means nothing else, or is written as a name among words that are not.
    fn is_name(&self, at: usize) -> bool {
        let Some(token) = self.tokens.get(at) else { return false };
        let original = self.phrase.get(token.range.clone()).unwrap_or_default();
        let mut letters = original.chars();
        let capital = letters.next().is_some_and(char::is_uppercase) && letters.all(char::is_lowercase);
        capital
            || (self.phrase_at(at).is_none() && weekday(&token.text).is_none() && !self.vocabulary.knows(&token.text))
    }

    /// « retour casier »: the verb says nothing more than the hand-over after it.
    fn hand_over_verb(&self, at: usize) -> Option<Reach> {
        let verb = matches!(
            self.word(at),
            "retour"
                | "relais"
                | "retrait"
                | "recup"
                | "recuperer"
                | "recupere"
                | "retirer"
                | "depot"
                | "depose"
                | "deposer"
                | "retourner"
                | "rapporter"
                | "ramener"
                | "return"
                | "back"
                | "pickup"
                | "collect"
                | "course"
                | "retire"
                | "recuperation"
                | "rendu"
                | "remis"
                | "laisser"
                | "left"
        );
        if !verb {
            return None;
        }
        let mut to = at + 1;
        while is_joint(self.word(to))
            || matches!(self.word(to), "au" | "dans" | "sur" | "chez" | "at" | "in" | "from" | "via" | "to")
        {
            to += 1;
        }
        let hand = matches!(self.phrase_at(to), Some((Piece::Hand(_), _)))
            || matches!(self.phrase_at(at + 1), Some((Piece::Hand(_), _)))
            || to > at + 1 && self.vocabulary.site_at(self.tokens, to).is_some();
        hand.then_some((Piece::Filler, at + 1))
    }

    /// The name after « casier »: `14`, `A3`, `n° 7`; not an hour, a day, or how many of what follows.
    fn locker(&self, at: usize) -> Option<Range<usize>> {
        let from = if matches!(self.word(at), "n" | "no" | "numero" | "number") { at + 1 } else { at };
        if self.gap(from) == Some(Gap::Comma) || self.word(from) == "x" {
            return None;
        }
        if self.length(from) == 1 && self.digits(from).is_none() && self.gap(from + 1) == Some(Gap::Glued) {
            return self.digits(from + 1).map(|_| from..from + 2);
        }
        self.digits(from)?;
        let named = from > at;
        let other = self.hour(from).is_some() || self.span(from).is_some() || self.day(from, false).is_some();
        let counts =
            self.vocabulary.knows(self.word(from + 1)) || matches!(self.number(from), Some((_, to)) if to > from + 1);
        (named || !other && !counts).then_some(from..from + 1)
    }
}

/// The unit that a word names.
pub(super) fn unit(word: &str) -> Option<Unit> {
    Some(match word {
        "kg" | "kgs" | "k" | "kilo" | "kilos" | "kilogrammes" => Unit::Kilo,
        "paire" | "paires" | "pair" | "pairs" => Unit::Pair,
        "piece" | "pieces" | "pce" | "pces" | "pc" | "pcs" | "unites" | "unite" => Unit::Piece,
        "heure" | "heures" | "hour" | "hours" | "hr" | "hrs" => Unit::Hour,
        _ => return None,
    })
}
