//! What Tab puts in place of the word at the cursor.

use super::{
    setting::Setting,
    token::{fold_words, tokens},
    vocabulary::{Known, Vocabulary},
};
use crate::domain::operator::Language;
use std::ops::Range;

/// A word that can stand in place of what was begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The bytes of the phrase that it replaces.
    pub replaces: Range<usize>,
    /// What stands there then.
    pub text: String,
}

const DAYS: [[&str; 2]; 9] = [
    ["aujourd'hui", "today"],
    ["demain", "tomorrow"],
    ["lundi", "monday"],
    ["mardi", "tuesday"],
    ["mercredi", "wednesday"],
    ["jeudi", "thursday"],
    ["vendredi", "friday"],
    ["samedi", "saturday"],
    ["dimanche", "sunday"],
];

const HAND_OVERS: [[&str; 2]; 4] =
    [["casier", "locker"], ["permanence", "desk"], ["à domicile", "at home"], ["sur place", "on site"]];

const OTHERS: [[&str; 2]; 4] =
    [["urgent", "urgent"], ["chaque", "every"], ["jusqu'au", "until"], ["moitié-moitié", "half and half"]];

/// What the word before the cursor may become, the likeliest first, at most nine; `cursor` is a byte of the phrase. Services come first,
/// the caller's usual ones before all, then sites, days, and ways of handing over.
pub fn complete(phrase: &str, cursor: usize, vocabulary: &Vocabulary, setting: &Setting) -> Vec<Completion> {
    // A cursor within a character stands before it.
    let before = phrase.get(..phrase.floor_char_boundary(cursor)).unwrap_or_default();
    let Some(word) = tokens(before).pop().filter(|token| token.range.end == before.len() && token.number.is_none())
    else {
        return Vec::new();
    };
    let begins = |text: &str| fold_words(text).concat().starts_with(&word.text);
    let word_begins = |text: &str| fold_words(text).iter().any(|part| part.starts_with(&word.text));
    let english = setting.language == Language::En;
    let name = |known: &Known| match &known.name_en {
        Some(name) if english => name.clone(),
        _ => known.name.clone(),
    };
    let usual = setting.usual.iter().filter_map(|usual| vocabulary.service(usual.service));
    let services = || usual.clone().chain(&vocabulary.services);
    let mut texts: Vec<String> = services().map(name).filter(|name| begins(name)).collect();
    texts.extend(vocabulary.places.iter().map(|place| place.name.clone()).filter(|name| begins(name)));
    let sets = DAYS.iter().chain(&HAND_OVERS).chain(&OTHERS);
    let said =
        sets.filter_map(|[french, other]| Some(if english { *other } else { *french }).filter(|text| begins(text)));
    texts.extend(said.map(str::to_owned));
    texts.extend(services().map(name).filter(|name| word_begins(name)));
    texts.extend(vocabulary.places.iter().map(|place| place.name.clone()).filter(|name| word_begins(name)));
    let mut completions: Vec<Completion> = Vec::new();
    for text in texts {
        if !completions.iter().any(|known| known.text == text) {
            completions.push(Completion { replaces: word.range.clone(), text });
        }
    }
    completions.truncate(9);
    completions
}
