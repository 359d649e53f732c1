//! What could follow where the cursor stands in a filter: fields, flags, and values of the house's own names.

use super::{Field, Flag, parse, vocabulary};
use crate::{domain::operator::Language, text::fold};
use std::ops::Range;

/// The house's own names, to complete values from.
#[derive(Clone, Copy, Debug, Default)]
pub struct Names<'a> {
    /// Of sites.
    pub sites: &'a [&'a str],
    /// Of services, in the reader's language.
    pub services: &'a [&'a str],
    /// Of people and organisations.
    pub people: &'a [&'a str],
    /// Of providers.
    pub providers: &'a [&'a str],
}

/// One way to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What it replaces in the text, in bytes.
    pub replaces: Range<usize>,
    /// What it puts there: a field with its colon, or a value with a space after it.
    pub text: String,
}

/// At most so many are proposed: more than a prompt can show are no help.
const MOST: usize = 20;

/// The ways to go on at `cursor`, a place in bytes, in this language's words; what begins like the text first.
pub fn complete(text: &str, cursor: usize, names: &Names<'_>, language: Language) -> Vec<Completion> {
    let before = text.get(..cursor).unwrap_or(text);
    let token = parse::tokens(before).pop().filter(|token| token.at.end == before.len());
    let Some(token) = token else {
        return proposals("", before.len()..before.len(), "", fields_and_flags(language));
    };
    let minus = if token.negated { "-" } else { "" };
    match &token.field {
        None if token.quoted => Vec::new(),
        None => proposals(&fold(&token.value), token.at, minus, fields_and_flags(language)),
        Some(name) => {
            let Some(field) = vocabulary::field(name) else { return Vec::new() };
            let own = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
            let values: Vec<String> = match field {
                Field::State => vocabulary::state_words(language),
                Field::Channel => vocabulary::channel_words(language),
                Field::Due | Field::Since | Field::Before => vocabulary::day_words(language),
                Field::Site => own(names.sites),
                Field::Service => own(names.services),
                Field::Who => own(names.people),
                Field::Provider => own(names.providers),
            };
            let prefix = format!("{minus}{}:", field.word(language));
            let values = values.into_iter().map(|value| format!("{} ", parse::quoted_if_spaced(&value))).collect();
            proposals(&fold(&token.value), token.at, &prefix, values)
        }
    }
}

fn fields_and_flags(language: Language) -> Vec<String> {
    let fields = Field::ALL.iter().map(|field| format!("{}:", field.word(language)));
    fields.chain(Flag::ALL.iter().map(|flag| format!("{} ", flag.word(language)))).collect()
}

/// Those that begin with the folded text, then those of which a word does, each as it came.
fn proposals(folded: &str, replaces: Range<usize>, prefix: &str, all: Vec<String>) -> Vec<Completion> {
    let within = format!(" {folded}");
    let (first, others): (Vec<_>, Vec<_>) = all
        .into_iter()
        .map(|text| (fold(&text), text))
        .filter(|(known, _)| known.starts_with(folded) || known.contains(&within))
        .partition(|(known, _)| known.starts_with(folded));
    let ranked = first.into_iter().chain(others).take(MOST);
    ranked.map(|(_, text)| Completion { replaces: replaces.clone(), text: format!("{prefix}{text}") }).collect()
}
