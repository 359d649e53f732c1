//! What the program says: every sentence by its key, in French or English, compiled in.

mod guess;
pub mod job;

pub use guess::language_of;

use crate::{domain::operator::Language, wire::problem::Problem};
use fluent::{FluentArgs, FluentMessage, FluentResource, FluentValue, concurrent::FluentBundle};
use std::sync::{LazyLock, PoisonError, RwLock};

type Bundle = FluentBundle<FluentResource>;

const FRENCH_TEXT: &str = include_str!("../locales/fr.ftl");
const ENGLISH_TEXT: &str = include_str!("../locales/en.ftl");

static FRENCH: LazyLock<Texts> = LazyLock::new(|| Texts::of("fr", FRENCH_TEXT));
static ENGLISH: LazyLock<Texts> = LazyLock::new(|| Texts::of("en", ENGLISH_TEXT));

/// A language's sentences, each parsed when it is first said: all of them together take two megabytes, of which most are never asked for. So
/// none refers to another.
struct Texts {
    /// Each as it is written, in the order of their keys.
    written: Box<[&'static str]>,
    parsed: RwLock<Bundle>,
}

impl Texts {
    fn of(tag: &str, text: &'static str) -> Self {
        let begins = |place: &usize| text.as_bytes().get(*place).is_some_and(u8::is_ascii_alphabetic);
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(end, _)| end + 1));
        let starts: Vec<usize> = lines.filter(begins).collect();
        let ends = starts.iter().skip(1).copied().chain([text.len()]);
        let mut written: Vec<_> = starts.iter().zip(ends).filter_map(|(start, end)| text.get(*start..end)).collect();
        written.sort_unstable_by_key(|entry| key(entry));
        let mut bundle = Bundle::new_concurrent(vec![tag.parse().unwrap_or_default()]);
        // Isolation marks (U+2068, U+2069) are drawn as rubbish by many terminals.
        bundle.set_use_isolating(false);
        Self { written: written.into(), parsed: RwLock::new(bundle) }
    }

    /// What there is to say under a key; none if there is no such key.
    fn say<T>(&self, id: &str, words: impl FnOnce(&Bundle, FluentMessage<'_>) -> Option<T>) -> Option<T> {
        let read = || self.parsed.read().unwrap_or_else(PoisonError::into_inner);
        let mut bundle = read();
        if !bundle.has_message(id) {
            drop(bundle);
            let place = self.written.binary_search_by_key(&id, |entry| key(entry)).ok()?;
            let text = (*self.written.get(place)?).to_owned();
            // A test holds that the compiled-in texts have no fault; in a release a faulty one would be left out and its key shown.
            let parsed = FluentResource::try_new(text).unwrap_or_else(|(parsed, _)| parsed);
            self.parsed.write().unwrap_or_else(PoisonError::into_inner).add_resource_overriding(parsed);
            bundle = read();
        }
        words(&bundle, bundle.get_message(id)?)
    }
}

/// The key that an entry begins with.
fn key(entry: &str) -> &str {
    entry.split(' ').next().unwrap_or_default()
}

fn texts(language: Language) -> &'static Texts {
    match language {
        Language::Fr => &FRENCH,
        Language::En => &ENGLISH,
    }
}

/// The sentence of a key (or `key.attribute`) with its variables; the key itself if there is none.
///
/// A variable that is a whole number written plainly chooses singular and plural by the language's own rule.
pub fn say(language: Language, key: &str, variables: &[(&str, String)]) -> String {
    found(language, key, variables).unwrap_or_else(|| key.to_owned())
}

/// The same; none if there is no such key.
pub fn found(language: Language, key: &str, variables: &[(&str, String)]) -> Option<String> {
    let (id, attribute) = key.split_once('.').map_or((key, None), |(id, attribute)| (id, Some(attribute)));
    texts(language).say(id, |bundle, message| {
        let pattern = match attribute {
            None => message.value()?,
            Some(name) => message.get_attribute(name)?.value(),
        };
        let mut args = FluentArgs::with_capacity(variables.len());
        for (name, value) in variables {
            args.set(*name, variable(value));
        }
        Some(bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned())
    })
}

/// Only what is written as a plain whole number is one: `007`, `1e5` and `nan` stay the text that they are.
fn variable(text: &str) -> FluentValue<'_> {
    match text.parse::<u32>() {
        Ok(number) if number.to_string() == text => FluentValue::from(number),
        _ => FluentValue::from(text),
    }
}

/// The language of a locale's or language's tag, such as `fr_FR.UTF-8` or `en`; French unless it says English.
pub fn from_locale(locale: &str) -> Language {
    named(locale).unwrap_or_default()
}

/// The language that a tag names, if Loge speaks it.
fn named(tag: &str) -> Option<Language> {
    let primary = tag.trim().split(['-', '_', '.', '@']).next().unwrap_or_default().to_ascii_lowercase();
    match primary.as_str() {
        "fr" => Some(Language::Fr),
        "en" => Some(Language::En),
        _ => None,
    }
}

/// The terminal's language: the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is set and not empty (POSIX.1-2017, 8.2).
pub fn from_environment(lookup: impl Fn(&str) -> Option<String>) -> Language {
    let set = |name| lookup(name).filter(|value| !value.is_empty());
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(set)
        .map_or(Language::default(), |locale| from_locale(&locale))
}

/// The language that an `Accept-Language` prefers (RFC 9110, 12.5.4); French where it leaves the choice.
pub fn from_accept_language(header: &str) -> Language {
    let ranges: Vec<(&str, u16)> = header.split(',').filter_map(range).collect();
    let quality = |language| {
        let own = ranges.iter().filter(|(tag, _)| named(tag) == Some(language)).map(|(_, q)| *q).max();
        own.or_else(|| ranges.iter().filter(|(tag, _)| *tag == "*").map(|(_, q)| *q).max()).unwrap_or_default()
    };
    let place = |language| ranges.iter().position(|(tag, _)| named(tag) == Some(language)).unwrap_or(usize::MAX);
    let (french, english) = (quality(Language::Fr), quality(Language::En));
    // Of equals the one named first is taken: that is how people order them.
    if english > french || (english == french && english > 0 && place(Language::En) < place(Language::Fr)) {
        Language::En
    } else {
        Language::Fr
    }
}

/// A range and its weight in thousandths; none if the weight is none.
fn range(text: &str) -> Option<(&str, u16)> {
    let mut parts = text.split(';').map(str::trim);
    let tag = parts.next().filter(|tag| !tag.is_empty())?;
    let Some(weight) = parts.next() else { return Some((tag, 1000)) };
    let (name, value) = weight.split_once('=')?;
    let (whole, rest) = value.trim().split_once('.').unwrap_or((value.trim(), ""));
    if !name.trim().eq_ignore_ascii_case("q") || rest.len() > 3 || !rest.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let thousandths: u16 = format!("{rest:0<3}").parse().ok()?;
    match whole {
        "0" => Some((tag, thousandths)),
        "1" if thousandths == 0 => Some((tag, 1000)),
        _ => None,
    }
}

/// What a sentence tests for where a part of it is not known.
const UNKNOWN: &str = "none";

/// The parts that a problem's sentence may do without.
const OPTIONAL: &[&str] = &["command", "field", "id", "legal", "retry_after_s", "why"];

/// The problem with title and detail in the reader's language; one of a kind that this program does not know stays as the office worded it.
pub fn worded(mut problem: Problem, language: Language) -> Problem {
    let Some(kind) = problem.known() else { return problem };
    let key = format!("problem-{}", kind.word());
    let variables = variables(&problem, language);
    let (title, detail) = (say(language, &key, &variables), say(language, &format!("{key}.detail"), &variables));
    problem.title = title;
    problem.detail = detail;
    problem
}

/// The parts of a problem's sentence, with words of the code put into the reader's language.
fn variables(problem: &Problem, language: Language) -> Vec<(&str, String)> {
    let entity = problem.params.get("entity").map_or("row", String::as_str);
    let word =
        |prefix: &str, code: &str| found(language, &format!("{prefix}-{code}"), &[]).unwrap_or_else(|| code.to_owned());
    let words =
        |prefix: &str, codes: &str| codes.split(", ").map(|code| word(prefix, code)).collect::<Vec<_>>().join(", ");
    let form = |attribute: &str| {
        found(language, &format!("entity-{entity}.{attribute}"), &[]).unwrap_or_else(|| entity.to_owned())
    };
    let mut all = vec![("the_entity", form("the")), ("of_entity", form("of"))];
    for (name, value) in problem.params.iter().filter(|(name, value)| *name != "entity" && !value.is_empty()) {
        let said = match name.as_str() {
            "from" | "seen" | "present" => word(&format!("state-{entity}"), value),
            "asked" | "legal" => words("verb", value),
            "missing" | "fields" => words("field", value),
            "cause" => word("cause", value),
            "command" => word("command", &value.replace('.', "-")),
            // The sentence around it has a full stop of its own.
            "why" => word("why", value).trim_end_matches('.').to_owned(),
            _ => value.clone(),
        };
        all.push((name, said));
    }
    if let Some(field) = &problem.field {
        all.push(("field", word("field", field)));
    }
    for name in OPTIONAL {
        if !all.iter().any(|(known, _)| known == name) {
            all.push((name, UNKNOWN.to_owned()));
        }
    }
    all
}

#[cfg(test)]
mod tests;
