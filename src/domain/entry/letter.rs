//! What a mail asks for: its sentences are read as what is said on the phone is, and what is no order is left out.
//!
//! A greeting, thanks and a signature say nothing; a sentence with a service is an order; one that only says when, where or how it comes
//! back belongs to the orders around it; a question about a price or about what was ordered is none. What the sender brings on a day
//! (« je dépose mardi ») is no due date, and is kept as detail.

mod words;

use super::{
    reader::read,
    reading::{Because, Chosen, Confidence, Read, Reading, Why},
    setting::Setting,
    token::tokens,
    vocabulary::Vocabulary,
};
use crate::domain::texts::ShortText;
use words::{is_enquiry, is_farewell, is_name, is_reply, sentences, without_courtesy};

/// The most orders that are read of one mail.
const MOST: usize = 9;

/// Sentences that are looked at: whoever orders something has said so by then.
const SENTENCES: usize = 200;

/// Sentences with an order that are looked at: of those that say the same, only some are kept.
const PLACED: usize = 3 * MOST;

/// An order that a mail places.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    /// The words that it was read from; the reading's spans are of it.
    pub phrase: String,
    /// What was understood; it has no further orders of its own.
    pub reading: Reading,
    /// What the sender says of bringing it, in their words.
    pub brought: Option<String>,
}

/// The orders of a mail, in their order: of its own text, without what it quotes; where that has none, of its subject.
pub fn read_letter(subject: Option<&str>, text: &str, vocabulary: &Vocabulary, setting: &Setting) -> Vec<Order> {
    let reader = Letter { vocabulary, setting };
    let mut parts = reader.parts(text);
    if !parts.iter().any(|part| matches!(part, Part::Order { .. })) {
        let first = subject.filter(|subject| !is_reply(subject)).and_then(|subject| reader.part(subject));
        parts.splice(0..0, first.filter(|part| matches!(part, Part::Order { .. })));
    }
    reader.orders(&parts)
}

/// What a sentence is good for.
#[derive(Clone, Debug)]
enum Part {
    /// It asks for something.
    Order { phrase: String, brought: Option<String> },
    /// It only says when, where or how.
    Besides(String, Says),
    /// It only says when or where the things are brought.
    Brought(String),
}

struct Letter<'a> {
    vocabulary: &'a Vocabulary,
    setting: &'a Setting,
}

impl Letter<'_> {
    fn parts(&self, text: &str) -> Vec<Part> {
        let mut parts = Vec::new();
        for sentence in sentences(text).into_iter().take(SENTENCES) {
            if is_farewell(&tokens(&sentence)) {
                break;
            }
            if is_name(&sentence) {
                continue;
            }
            parts.extend(self.part(&sentence));
        }
        parts
    }

    fn part(&self, sentence: &str) -> Option<Part> {
        let words = tokens(sentence);
        if words.is_empty() || is_enquiry(&words) {
            return None;
        }
        let (phrase, brought) = without_courtesy(sentence, &words);
        let reading = self.read(&phrase);
        if asks(&reading) {
            return Some(Part::Order { phrase, brought });
        }
        let says = Says::of(&reading);
        let besides = says != Says::default() && reading.service.is_none();
        if besides { Some(Part::Besides(phrase, says)) } else { brought.map(Part::Brought) }
    }

    fn read(&self, phrase: &str) -> Reading {
        read(phrase, self.vocabulary, self.setting, &Chosen::default())
    }

    /// Each order with what the sentences around it say of it.
    fn orders(&self, parts: &[Part]) -> Vec<Order> {
        let mut orders = Vec::new();
        let placed = parts.iter().enumerate().filter_map(|(place, part)| match part {
            Part::Order { phrase, brought } => Some((place, phrase, brought)),
            _ => None,
        });
        for (place, phrase, brought) in placed.take(PLACED) {
            let (mut whole, mut brought) = (phrase.clone(), brought.clone());
            let mut says = Says::of(&self.read(&whole));
            // What follows a further order is said of both.
            for part in parts.iter().skip(place + 1) {
                match part {
                    Part::Besides(words, more) if more.adds_to(says) => {
                        whole = format!("{whole}, {words}");
                        says = says.and(*more);
                    }
                    Part::Brought(words) => brought = brought.or_else(|| Some(words.clone())),
                    _ => {}
                }
            }
            let mut reading = self.read(&whole);
            let further = std::mem::take(&mut reading.further);
            for mut reading in std::iter::once(reading).chain(further) {
                if let Some(words) = &brought {
                    also(&mut reading, words);
                }
                orders.push(Order { phrase: whole.clone(), reading, brought: brought.clone() });
            }
        }
        once_each(&mut orders);
        orders.truncate(MOST);
        orders
    }
}

/// What is said in so many words, beside what is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each says whether one kind of word was read")]
struct Says {
    when: bool,
    how: bool,
    site: bool,
    payer: bool,
    urgent: bool,
}

impl Says {
    fn of(reading: &Reading) -> Self {
        Self {
            when: says_when(reading),
            how: reading.handover.as_ref().is_some_and(|read| is_said(&read.why)),
            site: reading.site.as_ref().is_some_and(|read| is_said(&read.why)),
            payer: reading.payer.as_ref().is_some_and(|read| is_said(&read.why)),
            urgent: is_said(&reading.urgency.why),
        }
    }

    /// Whether words say something of an order that it does not say itself; a second day would put the first in doubt.
    fn adds_to(self, own: Self) -> bool {
        let new = (self.when && !own.when)
            || (self.how && !own.how)
            || (self.site && !own.site)
            || (self.payer && !own.payer)
            || (self.urgent && !own.urgent);
        new && !(self.when && own.when)
    }

    /// What both say.
    fn and(self, more: Self) -> Self {
        Self {
            when: self.when || more.when,
            how: self.how || more.how,
            site: self.site || more.site,
            payer: self.payer || more.payer,
            urgent: self.urgent || more.urgent,
        }
    }
}

fn is_said(why: &Why) -> bool {
    !why.words.is_empty()
}

fn says_when(reading: &Reading) -> bool {
    reading.when.as_ref().is_some_and(|read| is_said(&read.why))
}

/// Whether a sentence asks for a job: in a mail, names and half-sentences resemble services that nobody wants, so a service that is not
/// written outright counts only with a number or a day beside it.
fn asks(reading: &Reading) -> bool {
    let Some(service) = &reading.service else { return false };
    let guessed = service.why.because.iter().any(|because| matches!(because, Because::Prefix | Because::Typo));
    let outright = service.confidence == Confidence::Sure && !guessed;
    outright || says_when(reading) || is_said(&reading.quantity.why)
}

/// « Ma nounou est malade. Une garde demain ? »: a service that is only mentioned is the one that is asked for with its number or day.
fn once_each(orders: &mut Vec<Order>) {
    let service = |order: &Order| order.reading.service.as_ref().map(|read| read.value);
    let is_bare = |order: &Order| !says_when(&order.reading) && !is_said(&order.reading.quantity.why);
    let asked: Vec<_> = orders.iter().filter(|order| !is_bare(order)).filter_map(service).collect();
    let mut seen = Vec::new();
    orders.retain(|order| {
        let Some(id) = service(order).filter(|_| is_bare(order)) else { return true };
        let again = asked.contains(&id) || seen.contains(&id);
        seen.push(id);
        !again
    });
}

/// Adds words to the detail.
fn also(reading: &mut Reading, words: &str) {
    let text = match &reading.detail {
        Some(read) => format!("{}, {words}", read.value),
        None => words.to_owned(),
    };
    let Ok(value) = text.chars().take(ShortText::MAX).collect::<String>().parse::<ShortText>() else { return };
    let why = reading.detail.take().map(|read| read.why).unwrap_or_default();
    reading.detail = Some(Read { value, confidence: Confidence::Sure, why });
}
