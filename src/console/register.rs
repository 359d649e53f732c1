//! The register's values as they are read and typed: each in one line of words, written and read by the same rules; pure.

mod days;
pub mod provider;
pub mod service;
mod terms;
#[cfg(test)]
mod tests;

use super::model::world::World;
use crate::{
    domain::{
        entity::{Edit, FieldEdit},
        ids::{ProviderId, ServiceId},
        operator::Language,
        provider::Provider,
        register::Standing,
        service::Service,
    },
    i18n::say,
    text::{fold, neutral},
    wire::catalogue::Command,
};
use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;
use std::sync::Arc;

/// Which part of the register is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Who does jobs.
    Providers,
    /// What is done.
    Services,
}

/// An entry, by its identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EntryId {
    /// A provider.
    Provider(ProviderId),
    /// A service.
    Service(ServiceId),
}

/// An entry as it is drawn: what an edit of it names as seen.
#[derive(Clone, Debug)]
pub enum Row {
    /// A provider.
    Provider(Arc<Provider>),
    /// A service.
    Service(Arc<Service>),
}

/// A line of an entry: a field, or one of several things in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// Its name.
    Name,
    /// Tier and status of a provider.
    Tier,
    /// Its legal form.
    LegalForm,
    /// A service that it does, on its terms.
    Does(ServiceId),
    /// One more of them.
    MoreServices,
    /// Where.
    Sites,
    /// When it works.
    Hours,
    /// Jobs a day.
    Capacity,
    /// Telephone numbers.
    Phones,
    /// Addresses of mail.
    Emails,
    /// How offers are told.
    Prefers,
    /// The commune.
    Commune,
    /// The street.
    Address,
    /// Holidays, or days on which it is not asked, by their place.
    Days(usize),
    /// More of them.
    MoreDays,
    /// A member of a consortium.
    Member(ProviderId),
    /// One more.
    MoreMembers,
    /// Persons in a pathway.
    Accompanied,
    /// What helps to work with it.
    Note,
    /// The English name of a service.
    NameEn,
    /// Other words for it.
    Synonyms,
    /// Its family.
    Family,
    /// What it costs, or that it is free.
    Price,
    /// The VAT rate in it.
    Vat,
    /// What one of it is called.
    Unit,
    /// The same in English.
    UnitEn,
    /// How long it takes.
    LeadTime,
    /// Whether the yearly report counts it as everyday.
    Everyday,
    /// Whether something is carried.
    Carriage,
    /// From when until when it is offered.
    Offered,
}

impl Line {
    /// The key of its label.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Name => "register-name",
            Self::Tier => "register-tier",
            Self::LegalForm => "register-legal-form",
            Self::Does(_) | Self::MoreServices => "register-services",
            Self::Sites => "register-sites",
            Self::Hours => "register-hours",
            Self::Capacity => "register-capacity",
            Self::Phones => "register-phones",
            Self::Emails => "register-emails",
            Self::Prefers => "register-prefers",
            Self::Commune => "register-commune",
            Self::Address => "register-address",
            Self::Days(_) | Self::MoreDays => "register-days",
            Self::Member(_) | Self::MoreMembers => "register-members",
            Self::Accompanied => "register-accompanied",
            Self::Note => "register-note",
            Self::NameEn => "register-name-en",
            Self::Synonyms => "register-synonyms",
            Self::Family => "register-family",
            Self::Price => "register-price",
            Self::Vat => "register-vat",
            Self::Unit => "register-unit",
            Self::UnitEn => "register-unit-en",
            Self::LeadTime => "register-lead-time",
            Self::Everyday => "register-everyday",
            Self::Carriage => "register-carriage",
            Self::Offered => "register-offered",
        }
    }

    /// The key of the sentence that says how it is typed.
    pub fn how(self) -> String {
        format!("{}.how", self.key())
    }

    /// Whether it is one of several things and can be taken out by itself.
    pub const fn is_one_of_several(self) -> bool {
        matches!(self, Self::Does(_) | Self::Days(_) | Self::Member(_))
    }

    /// Whether it stands for what is not there yet.
    pub const fn is_more(self) -> bool {
        matches!(self, Self::MoreServices | Self::MoreDays | Self::MoreMembers)
    }
}

/// What values are read with: the language, the day, and the names in the register.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    /// The reader's language; both are understood.
    pub language: Language,
    /// What day it is.
    pub today: Date,
    /// What names stand for.
    pub world: &'a World,
}

/// The fields that a typed line changes, with their new values.
pub type Change = Vec<(&'static str, Value)>;

impl Row {
    /// An entry as it stands; none if it is gone.
    pub fn of(world: &World, id: EntryId) -> Option<Self> {
        Some(match id {
            EntryId::Provider(id) => Self::Provider(Arc::clone(world.provider(id)?)),
            EntryId::Service(id) => Self::Service(Arc::clone(world.service(id)?)),
        })
    }

    /// Which one.
    pub fn id(&self) -> EntryId {
        match self {
            Self::Provider(row) => EntryId::Provider(row.id),
            Self::Service(row) => EntryId::Service(row.id),
        }
    }

    /// Its name.
    pub fn name(&self) -> String {
        let name = match self {
            Self::Provider(row) => &row.fields.name,
            Self::Service(row) => &row.fields.name,
        };
        neutral(name.as_str()).into_owned()
    }

    /// The lines of the entry, in their order.
    pub fn lines(&self) -> Vec<Line> {
        match self {
            Self::Provider(row) => provider::lines(&row.fields),
            Self::Service(_) => service::LINES.to_vec(),
        }
    }

    /// What stands in a line, as it is read; nothing for none.
    pub fn shown(&self, reader: Reader<'_>, line: Line) -> String {
        match self {
            Self::Provider(row) => provider::shown(reader, &row.fields, line),
            Self::Service(row) => service::shown(reader.language, &row.fields, line),
        }
    }

    /// What stands in a line, as it is typed.
    pub fn written(&self, reader: Reader<'_>, line: Line) -> String {
        match self {
            Self::Provider(row) => provider::written(reader, &row.fields, line),
            Self::Service(row) => service::written(reader.language, &row.fields, line),
        }
    }

    /// What a typed line changes.
    ///
    /// # Errors
    /// A sentence that says what to type instead.
    pub fn read(&self, reader: Reader<'_>, line: Line, text: &str) -> Result<Change, String> {
        match self {
            Self::Provider(row) => provider::read(reader, row, line, text),
            Self::Service(row) => service::read(reader.language, &row.fields, line, text),
        }
    }

    /// What taking one of several things out changes; none for what is no such line.
    pub fn without(&self, line: Line) -> Option<Change> {
        match self {
            Self::Provider(row) => provider::without(&row.fields, line),
            Self::Service(_) => None,
        }
    }

    /// The command that makes a change of what was drawn; none if it changes nothing.
    pub fn edit(&self, change: Change) -> Option<Command> {
        let seen = match self {
            Self::Provider(row) => json(&row.fields),
            Self::Service(row) => json(&row.fields),
        };
        let field = |(name, new): (&'static str, Value)| {
            let seen = seen.get(name).cloned().unwrap_or_default();
            (seen != new).then(|| (name.to_owned(), FieldEdit { seen, new }))
        };
        let body = Edit { fields: change.into_iter().filter_map(field).collect() };
        if body.fields.is_empty() {
            return None;
        }
        Some(match self {
            Self::Provider(row) => Command::EditProvider { id: row.id, body },
            Self::Service(row) => Command::EditService { id: row.id, body },
        })
    }

    /// The ways in which a line could go on, whole; none where anything may stand.
    pub fn completions(&self, reader: Reader<'_>, line: Line, text: &str) -> Vec<String> {
        match self {
            Self::Provider(row) => provider::completions(reader, row, line, text),
            Self::Service(_) => service::completions(reader, line, text),
        }
    }

    /// A field's value in words, for who compares two of them.
    pub fn value_words(&self, reader: Reader<'_>, field: &str, value: &Value) -> Option<String> {
        let with = |fields: Value| {
            let Value::Object(mut fields) = fields else { return None };
            fields.insert(field.to_owned(), value.clone());
            Some(Value::Object(fields))
        };
        let words = match self {
            Self::Provider(row) => {
                let fields = serde_json::from_value(with(json(&row.fields))?).ok()?;
                let lines = provider::lines_of(&fields, field);
                lines.into_iter().map(|line| provider::shown(reader, &fields, line)).collect::<Vec<_>>()
            }
            Self::Service(row) => {
                let fields = serde_json::from_value(with(json(&row.fields))?).ok()?;
                let lines = service::lines_of(field);
                lines.into_iter().map(|line| service::written(reader.language, &fields, line)).collect()
            }
        };
        let words = words.join(" + ");
        Some(if words.is_empty() { say(reader.language, "choice-nothing", &[]) } else { words })
    }
}

/// The command that enters a new one, from its first words: a provider by name and tier, a service by name and family.
///
/// # Errors
/// A sentence that says what to type instead.
pub fn create(reader: Reader<'_>, part: Part, id: uuid::Uuid, text: &str) -> Result<Command, String> {
    match part {
        Part::Providers => provider::create(reader, id.into(), text),
        Part::Services => service::create(reader.language, id.into(), text),
    }
}

/// The ways in which the first words of a new one could go on.
pub fn beginnings(reader: Reader<'_>, part: Part, text: &str) -> Vec<String> {
    match part {
        Part::Providers => provider::beginnings(reader.language, text),
        Part::Services => service::beginnings(reader, text),
    }
}

/// The sentence that says how something is typed.
fn wrong(language: Language, line: Line) -> String {
    let field = say(language, line.key(), &[]);
    say(language, "register-not-read", &[("field", field), ("how", say(language, &line.how(), &[]))])
}

fn json(value: &impl Serialize) -> Value {
    // What the domain made has a JSON form.
    serde_json::to_value(value).unwrap_or_default()
}

/// Parts of a list that are divided by commas or semicolons.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', ';']).map(str::trim).filter(|part| !part.is_empty())
}

/// Which of some names is meant: the one that is typed whole, or the only one whose words begin as those that were typed.
fn named<I: Copy>(names: impl Iterator<Item = (I, String)> + Clone, typed: &str) -> Option<I> {
    let typed = fold(typed);
    if typed.is_empty() {
        return None;
    }
    if let Some((id, _)) = names.clone().find(|(_, name)| fold(name) == typed) {
        return Some(id);
    }
    let mut begun = names.filter(|(_, name)| begins(name, &typed)).map(|(id, _)| id);
    let first = begun.next()?;
    begun.next().is_none().then_some(first)
}

/// Whether each typed word begins a word of a name.
fn begins(name: &str, typed: &str) -> bool {
    let name = fold(name);
    fold(typed).split(' ').all(|word| name.split(' ').any(|other| other.starts_with(word)))
}

/// Those of some words that begin as what is typed last, each in its place behind what stands before it.
fn completed(text: &str, words: impl Iterator<Item = String>) -> Vec<String> {
    let start = text.rfind([',', ';']).map_or(0, |place| place + 1);
    let (before, last) = text.split_at(start);
    let gap = if before.is_empty() { "" } else { " " };
    words.filter(|word| begins(word, last)).map(|word| format!("{before}{gap}{word}")).collect()
}

/// The services in use, with their names in the reader's language.
fn services(reader: Reader<'_>) -> impl Iterator<Item = (ServiceId, String)> + Clone {
    let all = reader.world.board.all::<Service>().map(|shown| &**shown.row);
    let all: Vec<_> = all.filter(|row| row.standing == Standing::Active).collect();
    let name = move |row: &Service| crate::console::update::verbs::service_name(reader.language, row);
    let mut named: Vec<_> = all.into_iter().map(|row| (row.id, name(row))).collect();
    named.sort_by_key(|(_, name)| fold(name));
    named.into_iter()
}
