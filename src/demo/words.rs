//! What people say and write in the demonstration, in French or English.

use super::{
    chance::Chance,
    directory::{BaseError, Directory, Offered, wrong},
};
use crate::domain::{operator::Language, service::ServiceFields, texts::ShortText};
use jiff::civil::Date;
use serde::Deserialize;

/// Sentences of one language, with places for names.
#[derive(Clone, Debug, Deserialize)]
pub struct Words {
    days: Vec<String>,
    /// What one orders by telephone.
    pub(super) orders: Vec<String>,
    /// What one says after it.
    pub(super) after: Vec<String>,
    /// What one asks.
    pub(super) questions: Vec<String>,
    /// What somebody unknown says.
    pub(super) strangers: Vec<String>,
    /// What a switchboard says.
    pub(super) switchboard: String,
    /// What providers say.
    pub(super) providers: Vec<String>,
    /// What one orders at a desk.
    pub(super) desk: Vec<String>,
    /// How an enquiry ends.
    pub(super) given: Vec<String>,
    /// How an order ends.
    pub(super) saved: String,
    /// How a call-back ends.
    pub(super) called_back: String,
    /// How a wrong number ends.
    pub(super) wrong_number: String,
    /// Why providers say no.
    pub(super) declines: Vec<String>,
    /// A provider's yes by mail.
    pub mailed_yes: String,
    /// A provider's no by mail.
    pub mailed_no: String,
    /// What is in the way of a job that a provider took.
    pub problems: Vec<String>,
    /// How that is settled.
    pub given_anew: String,
    /// Why something is left over at a desk.
    pub(super) leftover: String,
    /// What the house's own people write down.
    pub(super) noted: Noted,
    /// The subject of a mail that a machine answered, with a place for what it answers.
    pub(super) auto_reply: String,
    /// What a mailbox makes of the end of a letter that had no text but HTML.
    pub(super) newsletter: String,
    /// What needs no answer.
    pub(super) chat: Vec<String>,
    /// Mails that begin something.
    pub(super) mails: Vec<Mail>,
    /// Mails that go on with something.
    pub(super) replies: Vec<Mail>,
}

/// What the house's own people write down, in a house of one language.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Noted {
    /// In a hurry: what was asked for, and no more.
    pub in_a_hurry: String,
    /// How an enquiry was answered at once.
    pub answered: String,
    /// How one of the year before was.
    pub told: String,
    /// Why a request was cancelled today.
    pub elsewhere: String,
    /// Why one of the year before was.
    pub gave_up: String,
    /// Why one was refused.
    pub beyond: String,
    /// What a request waits for.
    pub question: String,
    /// Why a provider said no.
    pub full: String,
    /// Why a provider of a higher tier is passed over.
    pub passed_over: String,
    /// What is in a bag.
    pub bag: String,
    /// What came by post.
    pub parcel: String,
    /// Why a locker is out of use.
    pub broken: String,
    /// What somebody wants who stands at the desk.
    pub at_the_desk: String,
    /// Where something lies.
    pub shelf: String,
}

/// A mail with places for names.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Mail {
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub text: String,
}

#[derive(Deserialize)]
struct Both {
    fr: Words,
    en: Words,
}

/// What stands in the places of a sentence.
#[derive(Clone, Debug)]
pub(super) struct Places<'a> {
    /// Who.
    pub name: &'a str,
    /// Where.
    pub site: &'a str,
    /// How many.
    pub quantity: u32,
    /// What.
    pub service: &'a str,
    /// For when.
    pub day: &'a str,
}

impl Words {
    /// The sentences of a language.
    ///
    /// # Errors
    /// None that this program's data have.
    pub fn of(language: Language) -> Result<Self, BaseError> {
        let both: Both =
            toml::from_str(include_str!("data/words.toml")).map_err(|error| wrong("words.toml", &error))?;
        Ok(match language {
            Language::Fr => both.fr,
            Language::En => both.en,
        })
    }

    /// The name of a day.
    pub(super) fn day(&self, date: Date) -> &str {
        let place = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or_default();
        self.days.get(place).map_or("", String::as_str)
    }
}

/// A service as people call it: the house's name, or one of its synonyms.
pub(super) fn called(service: &Offered, language: Language, chance: &mut Chance) -> String {
    let synonym = chance.pick(&service.fields.synonyms).filter(|_| language == Language::Fr && chance.happens(40));
    let name = synonym.unwrap_or_else(|| named(&service.fields, language)).as_str();
    // « CT » stays what it is.
    if name.chars().any(char::is_lowercase) { name.to_lowercase() } else { name.to_owned() }
}

/// The house's name of a service in a language.
pub(super) fn named(service: &ServiceFields, language: Language) -> &ShortText {
    match language {
        Language::En => service.name_en.as_ref().unwrap_or(&service.name),
        Language::Fr => &service.name,
    }
}

/// A sentence with its places filled.
pub(super) fn fill(sentence: &str, places: &Places<'_>) -> String {
    sentence
        .replace("{name}", places.name)
        .replace("{site}", places.site)
        .replace("{n}", &places.quantity.to_string())
        .replace("{service}", places.service)
        .replace("{day}", places.day)
}

/// One of several sentences.
pub(super) fn one_of(all: &[String], chance: &mut Chance) -> String {
    chance.pick(all).cloned().unwrap_or_default()
}

/// A line of this program's data.
pub(super) fn short(words: &str) -> Result<ShortText, BaseError> {
    super::directory::short(words)
}

/// The directory's name of a site as people say it.
pub(super) fn site(directory: &Directory, id: crate::domain::ids::SiteId) -> &str {
    directory.site_name(id)
}
