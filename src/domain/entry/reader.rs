//! Puts the pieces together: from a phrase to a reading.

mod orders;
mod quantity;

use super::{
    heard::Heard,
    parse::{Parsed, Parser},
    piece::{Found, Hand, Number, Piece},
    reading::{
        Because, Choice, Chosen, Confidence, Doubt, Field, HandOver, OnBehalf, Question, Read, Reading, Spans, Why,
    },
    service::{Candidate, Likeness, Verdict, judge},
    setting::Setting,
    thesaurus,
    token::{Gap, Token, tokens},
    vocabulary::{Known, Vocabulary, plain},
    when::{Case, Timing},
};
use crate::domain::{
    clock::Urgency,
    ids::{ServiceId, SiteId},
    request::Payer,
    service::Carriage,
    texts::ShortText,
};
use orders::Order;
use quantity::counts_else;
use std::{collections::BTreeSet, ops::Range};

/// Reads a phrase. What was chosen by hand stands, whatever the words say; of several orders in one phrase it belongs to the first.
pub fn read(phrase: &str, vocabulary: &Vocabulary, setting: &Setting, chosen: &Chosen) -> Reading {
    let tokens = tokens(phrase);
    let parser = Parser { phrase, tokens: &tokens, vocabulary, language: setting.language, now: setting.now };
    let parsed = parser.parse();
    let reader = Reader { phrase, tokens: &tokens, parsed: &parsed, vocabulary, setting };
    let orders = if chosen.get(Field::Service).is_some() { Vec::new() } else { reader.orders() };
    // « deux chemises demain et un costume vendredi »: where every order has its own day, none has another's.
    let own_days = orders.len() > 1 && orders.iter().all(|order| reader.has_day(&order.tokens));
    let days = |order: &Order| if own_days { order.tokens.clone() } else { 0..tokens.len() };
    let mut orders = orders.into_iter();
    let first = orders.next().unwrap_or(Order { tokens: 0..tokens.len(), repeated: false, further: false });
    let mut reading = reader.order(&first, days(&first), chosen);
    for order in orders {
        let mut next = reader.order(&order, days(&order), &Chosen::default());
        let asks_when = |next: &Reading| next.question.as_ref().and_then(Question::field) == Some(Field::When);
        if !own_days && asks_when(&next) {
            // The answer is for whom it was asked: the days are those of all orders.
            let mut answered = Chosen::default();
            let times = [Field::When, Field::Recurrence].into_iter().filter_map(|field| chosen.get(field));
            times.for_each(|time| answered.choose(time.clone()));
            if !answered.is_empty() {
                next = reader.order(&order, days(&order), &answered);
            }
        }
        if reading.question.is_none() && !own_days {
            // Only one thing is asked at a time; what the first order leaves in doubt is in doubt for all.
            reading.question = next.question.take().filter(|question| question.field() == Some(Field::When));
        }
        next.question = None;
        reading.further.push(next);
    }
    reading
}

/// The highest number that may count something where it stands behind a word that is not known: « costume bleu 2 », « peugeot 208 ».
const MOST_AFTER_NAME: u32 = 20;

struct Reader<'a> {
    phrase: &'a str,
    tokens: &'a [Token],
    parsed: &'a Parsed,
    vocabulary: &'a Vocabulary,
    setting: &'a Setting,
}

impl Reader<'_> {
    fn judged(&self, range: Range<usize>) -> Verdict {
        judge(self.vocabulary, self.tokens, &self.parsed.found, range, self.setting.now.date())
    }

    fn pieces<'a>(&'a self, range: &Range<usize>) -> impl Iterator<Item = &'a Found> + use<'a> {
        let range = range.clone();
        self.parsed.found.iter().filter(move |found| range.start <= found.from && found.to <= range.end)
    }

    /// The words at these places, in the order of the phrase.
    fn spans(&self, places: impl IntoIterator<Item = usize>) -> Spans {
        let mut spans: Spans = Vec::new();
        for at in places.into_iter().collect::<BTreeSet<_>>() {
            let Some(token) = self.tokens.get(at) else { continue };
            match spans.last_mut() {
                Some(last) if self.phrase.get(last.end..token.range.start).is_some_and(is_gap) => {
                    last.end = token.range.end;
                }
                _ => spans.push(token.range.clone()),
            }
        }
        spans
    }

    /// One order, with the tokens in which its days and hours stand.
    fn order(&self, order: &Order, days: Range<usize>, chosen: &Chosen) -> Reading {
        let range = order.tokens.clone();
        let mut questions: Vec<Question> = Vec::new();
        let found: Vec<&Found> = self.pieces(&range).collect();
        let (service, candidates) = self.service(&range, chosen, &mut questions);
        let known = service.as_ref().and_then(|read| self.vocabulary.service(read.value));
        let site = self.site(chosen, &mut questions);
        let (handover, handover_said) =
            self.handover(known, site.as_ref().map(|read| read.value), chosen, &mut questions);
        let payer = self.payer(chosen, &mut questions);
        let urgency = self.urgency(chosen);
        let timed: Vec<Found> = self.pieces(&days).cloned().collect();
        let mut heard = Heard::of(&timed, self.tokens, self.phrase);
        let (quantity, length) = self.quantity(&range, known, &candidates, chosen, &mut heard, &mut questions);
        let site_id = site.as_ref().map(|read| read.value);
        let case = Case {
            setting: self.setting,
            calendar: self.vocabulary.calendar(site_id),
            site: site_id,
            carriage: known.map(|known| known.carriage),
            hours: length,
            lead_time_h: known.map_or(0, |known| known.lead_time_h),
            handover: handover.as_ref().map(|read| &read.value),
            handover_said,
            tokens: self.tokens,
        };
        let timing = Self::timing(&case, &heard, chosen, &mut questions);
        let handover = self.without_desk(handover, handover_said, &timing, site_id);
        let (detail, rest) = self.detail(order, known, &candidates, &found, chosen);
        let mut reading = Reading {
            service,
            quantity,
            detail,
            when: timing.when,
            not_before: timing.not_before,
            recurrence: timing.recurrence,
            site,
            handover,
            payer,
            urgency,
            on_behalf: self.on_behalf(),
            rest,
            question: None,
            further: Vec::new(),
        };
        self.not_offered(&mut reading, &mut questions);
        reading.question = questions.into_iter().next();
        reading
    }

    fn service(
        &self,
        range: &Range<usize>,
        chosen: &Chosen,
        questions: &mut Vec<Question>,
    ) -> (Option<Read<ServiceId>>, Vec<Candidate>) {
        let verdict = self.judged(range.clone());
        let id = |candidate: &Candidate| self.vocabulary.services.get(candidate.service).map(|known| known.id);
        if let Some(Choice::Service(choice)) = chosen.get(Field::Service) {
            let own = match verdict {
                Verdict::None => Vec::new(),
                Verdict::Sure(candidate) => vec![candidate],
                Verdict::Doubtful(candidates) => candidates,
            };
            let own = own.into_iter().filter(|candidate| id(candidate) == *choice && choice.is_some()).collect();
            return (choice.map(Read::chosen), own);
        }
        let negated = self.pieces(range).find(|found| found.piece == Piece::Not);
        let read = |candidate: &Candidate| {
            let mut read = Read::said(id(candidate)?, self.spans(candidate.tokens.iter().copied()));
            match candidate.likeness {
                Likeness::Prefix => read = read.and(Because::Prefix),
                Likeness::Typo | Likeness::Vague => read = read.and(Because::Typo),
                _ => {}
            }
            Some(read)
        };
        match verdict {
            Verdict::None => (None, Vec::new()),
            Verdict::Sure(candidate) => {
                let mut read = read(&candidate);
                if let Some(not) = negated {
                    questions.push(Question {
                        doubt: Doubt::NotWanted,
                        words: self.spans((not.from..not.to).chain(candidate.tokens.iter().copied())),
                        answers: vec![Choice::Service(None), Choice::Service(id(&candidate))],
                    });
                    read = read.map(Read::doubted);
                }
                (read, vec![candidate])
            }
            Verdict::Doubtful(candidates) => {
                let first = candidates.first().and_then(read).map(Read::doubted);
                let mut answers: Vec<Choice> =
                    candidates.iter().map(|candidate| Choice::Service(id(candidate))).collect();
                let doubt = if answers.len() > 1 { Doubt::WhichService } else { Doubt::IsItService };
                answers.push(Choice::Service(None));
                let words: BTreeSet<usize> =
                    candidates.iter().flat_map(|candidate| candidate.tokens.iter().copied()).collect();
                questions.push(Question { doubt, words: self.spans(words), answers });
                (first, candidates)
            }
        }
    }

    fn site(&self, chosen: &Chosen, questions: &mut Vec<Question>) -> Option<Read<SiteId>> {
        if let Some(Choice::Site(site)) = chosen.get(Field::Site) {
            return Some(Read::chosen(*site));
        }
        let mut named: Vec<SiteId> = Vec::new();
        let mut places: Vec<usize> = Vec::new();
        for found in &self.parsed.found {
            if let Piece::Sites(sites) = &found.piece {
                // A second name narrows down the first, or contradicts it.
                let both: Vec<SiteId> = named.iter().copied().filter(|site| sites.contains(site)).collect();
                named = if both.is_empty() { named.iter().chain(sites).copied().collect() } else { both };
                places.extend(found.from..found.to);
            }
        }
        named.dedup();
        match named.as_slice() {
            [] => self.setting.site.map(|site| Read::supposed(site, Because::UsualSite)),
            [site] => Some(Read::said(*site, self.spans(places))),
            [site, ..] => {
                let words = self.spans(places);
                let answers = named.iter().copied().take(9).map(Choice::Site).collect();
                questions.push(Question { doubt: Doubt::WhichSite, words: words.clone(), answers });
                Some(Read::said(*site, words).doubted())
            }
        }
    }

    /// How it comes back, and whether that was said.
    fn handover(
        &self,
        known: Option<&Known>,
        site: Option<SiteId>,
        chosen: &Chosen,
        questions: &mut Vec<Question>,
    ) -> (Option<Read<HandOver>>, bool) {
        if let Some(Choice::Handover(handover)) = chosen.get(Field::Handover) {
            return (Some(Read::chosen(handover.clone())), true);
        }
        let text = |range: &Option<Range<usize>>| {
            let range = range.as_ref()?;
            let (first, last) = (self.tokens.get(range.start)?, self.tokens.get(range.end.checked_sub(1)?)?);
            self.phrase.get(first.range.start..last.range.end)?.parse::<ShortText>().ok()
        };
        let address = text(&self.parsed.address);
        let mut said: Vec<(HandOver, usize, usize)> = Vec::new();
        for found in &self.parsed.found {
            let Piece::Hand(hand) = found.piece else { continue };
            let handover = match hand {
                Hand::Permanence => HandOver::Permanence,
                Hand::Locker => {
                    let name = text(&self.parsed.locker).and_then(|name| name.as_str().to_uppercase().parse().ok());
                    HandOver::Locker { name }
                }
                Hand::Home | Hand::Address => HandOver::Home { address: address.clone() },
                Hand::OnSite => HandOver::OnSite,
            };
            said.push((handover, found.from, found.to));
        }
        if self.parsed.found.iter().any(|found| found.piece == Piece::Day(super::piece::Day::Permanence))
            && said.is_empty()
        {
            let found = self.parsed.found.iter().find(|found| found.piece == Piece::Day(super::piece::Day::Permanence));
            said.extend(found.map(|found| (HandOver::Permanence, found.from, found.to)));
        }
        let words = self.spans(said.iter().flat_map(|(_, from, to)| *from..*to));
        let mut kinds: Vec<HandOver> = Vec::new();
        for (handover, ..) in &said {
            if !kinds.contains(handover) {
                kinds.push(handover.clone());
            }
        }
        match kinds.as_slice() {
            [] => (self.usual_handover(known, site), false),
            [HandOver::Home { address: None }] => match &self.setting.home {
                Some(home) => {
                    let read = Read::said(HandOver::Home { address: Some(home.clone()) }, words);
                    (Some(read.and(Because::UsualHome)), true)
                }
                None => (Some(Read::said(HandOver::Home { address: None }, words)), true),
            },
            [one] => (Some(Read::said(one.clone(), words)), true),
            [one, ..] => {
                let answers = kinds.iter().take(9).cloned().map(Choice::Handover).collect();
                questions.push(Question { doubt: Doubt::WhichHandover, words: words.clone(), answers });
                (Some(Read::said(one.clone(), words).doubted()), true)
            }
        }
    }

    fn usual_handover(&self, known: Option<&Known>, site: Option<SiteId>) -> Option<Read<HandOver>> {
        if known.is_some_and(|known| known.carriage == Carriage::OnSite) {
            return Some(Read::supposed(HandOver::OnSite, Because::DoneOnSpot));
        }
        if let Some(usual) = &self.setting.handover {
            return Some(Read::supposed(usual.clone(), Because::UsualHandover));
        }
        let desks = self.setting.permanences.iter().any(|(place, _)| Some(*place) == site);
        desks.then(|| Read::supposed(HandOver::Permanence, Because::SiteHasPermanences))
    }

    /// Where the desk was only supposed and is not open that day, nothing is supposed.
    fn without_desk(
        &self,
        handover: Option<Read<HandOver>>,
        said: bool,
        timing: &Timing,
        site: Option<SiteId>,
    ) -> Option<Read<HandOver>> {
        let read = handover?;
        if said || read.value != HandOver::Permanence {
            return Some(read);
        }
        let date = timing.when.as_ref().map(|read| match read.value {
            crate::domain::time::When::Due { at } => at.date(),
            crate::domain::time::When::Window(window) => window.date(),
        });
        let here = self.setting.permanences.iter().filter(|(place, _)| Some(*place) == site);
        let dates: BTreeSet<_> = here.map(|(_, window)| window.date()).collect();
        let known = date.is_some_and(|date| dates.last().is_some_and(|last| *last >= date));
        if known && date.is_some_and(|date| !dates.contains(&date)) {
            return Some(Read::supposed(HandOver::Locker { name: None }, Because::NoPermanence));
        }
        Some(read)
    }

    fn payer(&self, chosen: &Chosen, questions: &mut Vec<Question>) -> Option<Read<Payer>> {
        if let Some(Choice::Payer(payer)) = chosen.get(Field::Payer) {
            return Some(Read::chosen(*payer));
        }
        let mut payers: Vec<Payer> = Vec::new();
        let mut places: Vec<usize> = Vec::new();
        for found in &self.parsed.found {
            if let Piece::Payer(payer) = found.piece {
                if !payers.contains(&payer) {
                    payers.push(payer);
                }
                places.extend(found.from..found.to);
            }
        }
        let words = self.spans(places);
        match payers.as_slice() {
            [] => self.setting.payer.map(|payer| Read::supposed(payer, Because::UsualPayer)),
            [payer] => Some(Read::said(*payer, words)),
            [payer, ..] => {
                let answers = payers.iter().take(9).copied().map(Choice::Payer).collect();
                questions.push(Question { doubt: Doubt::WhichPayer, words: words.clone(), answers });
                Some(Read::said(*payer, words).doubted())
            }
        }
    }

    /// Whether a thing stands there whose kind is said after it: « sac à main ».
    fn has_kind(&self, at: usize, spoken: &BTreeSet<usize>) -> bool {
        let named = self.parsed.found.iter().any(|found| (found.from..found.to).contains(&(at + 2)));
        spoken.contains(&at) && at + 2 < self.tokens.len() && !named && super::service::is_kind(self.tokens, at + 2)
    }

    /// « peugeot 208 »: a number that is high for a quantity is part of the name before it.
    fn is_model(&self, at: usize, spoken: &BTreeSet<usize>) -> bool {
        self.tokens.get(at).and_then(|token| token.number).is_some_and(|number| number > MOST_AFTER_NAME)
            && self.follows_name(at, spoken)
    }

    /// Whether a number stands behind a word that is none of the catalogue's nor means anything else, and not before what it counts.
    fn follows_name(&self, at: usize, spoken: &BTreeSet<usize>) -> bool {
        let free = |at: usize| !self.parsed.found.iter().any(|found| (found.from..found.to).contains(&at));
        let bare = self.parsed.found.iter().any(|found| {
            found.from == at && found.to == at + 1 && matches!(found.piece, Piece::Number(Number::Count(_, None)))
        });
        let before = at.checked_sub(1).and_then(|before| Some((before, self.tokens.get(before)?)));
        let behind = self.tokens.get(at).is_some_and(|token| token.gap != Gap::Comma)
            && before.is_some_and(|(place, token)| {
                free(place) && !spoken.contains(&place) && token.number.is_none() && !self.vocabulary.knows(&token.text)
            });
        bare && behind && !spoken.contains(&(at + 1))
    }

    fn urgency(&self, chosen: &Chosen) -> Read<Urgency> {
        if let Some(Choice::Urgency(urgency)) = chosen.get(Field::Urgency) {
            return Read::chosen(*urgency);
        }
        let said = self.parsed.found.iter().filter_map(|found| match found.piece {
            Piece::Urgent(urgent) => Some((if urgent { Urgency::Urgent } else { Urgency::Normal }, found)),
            Piece::Day(super::piece::Day::Now) => Some((Urgency::Urgent, found)),
            _ => None,
        });
        let mut said: Vec<_> = said.collect();
        // « pas urgent » says more than « urgent » elsewhere.
        said.sort_by_key(|(urgency, _)| *urgency);
        said.first().map_or_else(
            || Read { value: Urgency::Normal, why: Why::default(), confidence: Confidence::Supposed },
            |(urgency, found)| Read::said(*urgency, self.spans(found.from..found.to)),
        )
    }

    fn timing(case: &Case<'_>, heard: &Heard, chosen: &Chosen, questions: &mut Vec<Question>) -> Timing {
        let mut timing = case.timing(heard);
        if let Some(Choice::Recurrence(recurrence)) = chosen.get(Field::Recurrence) {
            timing.recurrence = recurrence.clone().map(Read::chosen);
            if let Some(recurrence) = recurrence
                && timing.question.take().is_some()
                && let Some(first) = recurrence.dates(|date| case.calendar.is_working_day(date)).next()
            {
                timing.when = timing.when.map(|read| read.on(first));
            }
            timing.question = timing
                .question
                .filter(|question| question.field() != Some(Field::Recurrence) && question.doubt != Doubt::OnceOrAgain);
        }
        if let Some(Choice::When(when)) = chosen.get(Field::When) {
            timing.when = Some(Read::chosen(*when));
            timing.question = timing.question.filter(|question| {
                question.field() == Some(Field::Recurrence) && chosen.get(Field::Recurrence).is_none()
            });
        }
        if timing.question.is_none() {
            timing.when = timing.when.map(|read| {
                if read.confidence == Confidence::Doubtful {
                    Read { confidence: Confidence::Supposed, ..read }
                } else {
                    read
                }
            });
        }
        questions.extend(timing.question.take());
        timing
    }

    /// The words that were not understood, and those that say more, in their order.
    fn detail(
        &self,
        order: &Order,
        known: Option<&Known>,
        candidates: &[Candidate],
        found: &[&Found],
        chosen: &Chosen,
    ) -> (Option<Read<ShortText>>, Spans) {
        let unit = known.and_then(|known| known.unit);
        let known = known.is_some();
        let spoken: BTreeSet<usize> =
            candidates.iter().take(usize::from(known)).flat_map(|candidate| candidate.tokens.iter().copied()).collect();
        // What another service might be meant by is asked about, or said.
        let asked = if order.further { 1 } else { candidates.len() };
        let family: BTreeSet<usize> =
            candidates.iter().take(asked).flat_map(|candidate| candidate.tokens.iter().copied()).collect();
        let piece =
            |at: usize| found.iter().find(|found| (found.from..found.to).contains(&at)).map(|found| &found.piece);
        let word = |at: usize| self.tokens.get(at).map_or("", |token| token.text.as_str());
        let is_thing = !spoken.is_empty() && spoken.iter().all(|at| thesaurus::is_object(&plain(word(*at))));
        let is_implied = |at: usize| is_thing && thesaurus::is_cleaning(word(at));
        let of_locker = |at: usize| self.parsed.locker.as_ref().is_some_and(|name| name.contains(&at));
        let locker = |at: usize| self.parsed.locker.is_some() && matches!(piece(at), Some(Piece::Hand(Hand::Locker)));
        let mut said: Vec<usize> = Vec::new();
        let mut rest: Vec<usize> = Vec::new();
        for at in order.tokens.clone() {
            let is_rest = piece(at).is_none()
                && !spoken.contains(&at)
                && !family.contains(&at)
                && !self.is_of_family(at, candidates)
                && !is_implied(at);
            let more = matches!(piece(at), Some(Piece::Detail))
                || of_locker(at)
                || locker(at)
                || counts_else(piece(at), unit)
                || self.is_limit(at)
                || self.is_lone_exception(at)
                || (order.repeated && spoken.contains(&at))
                || self.has_kind(at, &spoken)
                || self.is_model(at, &spoken);
            if is_rest {
                rest.push(at);
            }
            if is_rest || more || (!known && family.contains(&at)) {
                said.push(at);
            }
        }
        let rest = self.spans(rest);
        if let Some(Choice::Detail(detail)) = chosen.get(Field::Detail) {
            return (detail.clone().map(Read::chosen), rest);
        }
        // « avec » and « sans » belong to the word after them.
        let led = |at: usize| !matches!(word(at), "avec" | "with" | "sans" | "without");
        let said: Vec<usize> = said.iter().copied().filter(|at| led(*at) || said.contains(&(at + 1))).collect();
        // Small words between two others belong to them.
        let mut text = String::new();
        let mut words: Spans = Vec::new();
        let mut last: Option<usize> = None;
        for at in said {
            let Some(token) = self.tokens.get(at) else { continue };
            let joined = last.is_some_and(|last| {
                ((last + 1)..at).all(|between| matches!(piece(between), Some(Piece::Filler)) && at - last <= 4)
            });
            match words.last_mut().filter(|_| joined) {
                Some(span) => span.end = token.range.end,
                None => words.push(token.range.clone()),
            }
            last = Some(at);
        }
        for span in &words {
            let part = self.phrase.get(span.clone()).unwrap_or_default().trim();
            if !text.is_empty() {
                text.push_str(", ");
            }
            text.push_str(part);
        }
        let clean: String = text.chars().filter(|c| !c.is_control()).take(ShortText::MAX).collect();
        (clean.parse().ok().map(|text| Read::said(text, words)), rest)
    }

    /// Whether a word only names the family of the service that others name.
    fn is_of_family(&self, at: usize, candidates: &[Candidate]) -> bool {
        let (Some(token), Some(candidate)) = (self.tokens.get(at), candidates.first()) else { return false };
        if token.text.len() < 4 {
            return false;
        }
        let words =
            self.vocabulary.words.iter().filter(|word| word.text.starts_with(&super::vocabulary::plain(&token.text)));
        words.flat_map(|word| &word.uses).any(|used| used.service == candidate.service)
    }

    /// « pas avant jeudi » has no place of its own in a request.
    fn is_limit(&self, at: usize) -> bool {
        let limit = |found: &Found| found.piece == Piece::Mark(super::piece::Mark::NotBefore);
        let place = self.parsed.found.iter().position(limit);
        place.is_some_and(|place| {
            let pieces = self.parsed.found.get(place..(place + 2).min(self.parsed.found.len())).unwrap_or_default();
            pieces.iter().any(|found| (found.from..found.to).contains(&at))
        })
    }

    /// « sauf en août »: an exception that is no day belongs to the words after it.
    fn is_lone_exception(&self, at: usize) -> bool {
        let place = self.parsed.found.iter().position(|found| (found.from..found.to).contains(&at));
        let is_exception = |found: &Found| found.piece == Piece::Mark(super::piece::Mark::Except);
        let (Some(place), true) = (place, at + 1 < self.tokens.len()) else { return false };
        let mut rest = self.parsed.found.get(place..).unwrap_or_default().iter();
        if !rest.next().is_some_and(is_exception) {
            return false;
        }
        !matches!(rest.find(|found| found.piece != Piece::Filler), Some(found) if matches!(found.piece, Piece::Day(_) | Piece::Part { .. } | Piece::Hour(_)))
    }

    fn on_behalf(&self) -> Option<OnBehalf> {
        let range = self.parsed.behalf.clone()?;
        let words = self.spans(range.clone());
        let (first, last) = (words.first()?, words.last()?);
        let name = self.phrase.get(first.start..last.end)?.parse().ok()?;
        Some(OnBehalf { name, words })
    }

    /// A service that the site does not offer is asked about.
    fn not_offered(&self, reading: &mut Reading, questions: &mut Vec<Question>) {
        let (Some(service), Some(site)) = (&reading.service, &reading.site) else { return };
        let catalogue = self.vocabulary.place(site.value).and_then(|place| place.catalogue.as_ref());
        let offered = catalogue.is_none_or(|catalogue| catalogue.contains(&service.value));
        let in_season = self
            .vocabulary
            .service(service.value)
            .is_none_or(|known| known.from.is_none_or(|from| from <= self.setting.now.date()));
        if (offered && in_season) || service.is_chosen() || service.confidence == Confidence::Doubtful {
            return;
        }
        questions.push(Question {
            doubt: Doubt::NotOfferedThere,
            words: service.why.words.clone(),
            answers: vec![Choice::Service(Some(service.value)), Choice::Service(None)],
        });
        reading.service = reading.service.take().map(Read::doubted);
    }
}

/// Whether a piece of text parts no two things.
fn is_gap(text: &str) -> bool {
    !text.contains([',', ';']) && !text.contains(char::is_alphanumeric)
}

impl Read<crate::domain::time::When> {
    /// The same hours on another day.
    fn on(self, date: jiff::civil::Date) -> Self {
        use crate::domain::time::{When, Window};
        let value = match self.value {
            When::Due { at } => When::Due { at: date.to_datetime(at.time()) },
            When::Window(window) => Window::new(date, window.from(), window.to()).map_or(self.value, When::Window),
        };
        Self { value, ..self }
    }
}
