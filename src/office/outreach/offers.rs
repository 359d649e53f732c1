//! The mail by which offers are told: what the provider needs to decide, and where it answers. It names no person and no street.

use crate::{
    domain::operator::Language,
    i18n::{job, say},
    office::pages::card::{self, Card},
};

/// What a mail tells of offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// That they are made.
    Offers,
    /// That there is more time to answer one.
    Deadline,
}

/// A mail in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub text: String,
}

/// Characters of a service and of a note in a mail; the page has the whole of them.
const LONGEST: usize = 200;

/// The mail of a house about these offers, and its page.
pub fn written(language: Language, what: What, house: &str, cards: &[Card], page: &str) -> Written {
    let count = cards.len().to_string();
    let told = |key: &str| say(language, key, &[("count", count.clone())]);
    let subject = match cards {
        [only] => {
            let when = only.terms.when.as_ref().map(|when| job::when(language, when)).unwrap_or_default();
            let told = [("service", only.terms.service.clone()), ("when", when)];
            let key = match what {
                What::Offers => "offer-mail-subject",
                What::Deadline => "offer-mail-subject-deadline",
            };
            say(language, key, &told)
        }
        _ => told("offer-mail-subject-many"),
    };
    let opening = match what {
        What::Offers => "offer-mail-opening",
        What::Deadline => "offer-mail-opening-deadline",
    };
    let opening = say(language, opening, &[("house", house.to_owned()), ("count", count.clone())]);
    let mut parts = vec![told("mail-out-hello"), opening];
    parts.extend(cards.iter().zip(1..).map(|(card, number)| {
        let lines = card::lines(&card.terms, language);
        let lines = lines.into_iter().map(|(name, said)| {
            let colon = if language == Language::Fr { "\u{a0}: " } else { ": " };
            format!("{name}{colon}{}", shortened(&said))
        });
        let mark = if cards.len() > 1 { format!("{number}.") } else { "*".to_owned() };
        std::iter::once(format!("{mark} {}", shortened(&card.terms.service)))
            .chain(lines)
            .collect::<Vec<_>>()
            .join("\n")
    }));
    parts.push(format!("{}\n{page}", told("offer-mail-answer")));
    if cards.len() == 1 {
        parts.push(told("offer-mail-by-mail"));
    }
    parts.push(told("offer-mail-afterwards"));
    Written { subject, text: parts.join("\n\n") }
}

fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST { line } else { line.chars().take(LONGEST).chain(['…']).collect() }
}
