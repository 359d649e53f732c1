//! What is typed into the entry line: a phrase in French or English, at any moment, with the caret anywhere.
//!
//! A first line that is a moment (`2026-03-29T02:30`) sets the clock; all that follows is the phrase.

use super::example::EXAMPLE;
use loge::domain::{
    entry::{Chosen, Reading, Setting, Spans, complete, read},
    operator::Language,
    request::{Channel, RequestFields},
    time::parse_date_time,
};
use std::fmt::Debug;

/// Answers and completions that are offered at most: they are numbered by one digit.
const OFFERED: usize = 9;

/// The first year that a computer's clock can show.
const FIRST_YEAR: i16 = 1970;

/// Reads a phrase in both languages, completes it, and answers what it asks.
pub fn check(input: &[u8]) {
    let input = String::from_utf8_lossy(input);
    let clock = input.split_once('\n').and_then(|(first, rest)| Some((parse_date_time(first).ok()?, rest)));
    let clock = clock.filter(|(now, _)| now.year() >= FIRST_YEAR);
    let (now, phrase) = clock.unwrap_or((EXAMPLE.setting.now, &*input));
    for language in [Language::Fr, Language::En] {
        let setting = Setting { now, language, ..EXAMPLE.setting.clone() };
        let reading = read(phrase, &EXAMPLE.vocabulary, &setting, &Chosen::default());
        assert_reading(&reading, phrase);
        answer(&reading, phrase, &setting);
        for cursor in [0, 1, phrase.len() / 3, phrase.len() / 2, phrase.len(), phrase.len() + 1] {
            assert_completions(phrase, cursor, &setting);
        }
    }
}

/// Every value points at words of the phrase, and the fields go to the office and come back.
pub fn assert_reading(reading: &Reading, phrase: &str) {
    let whys = [
        reading.service.as_ref().map(|read| &read.why.words),
        Some(&reading.quantity.why.words),
        reading.detail.as_ref().map(|read| &read.why.words),
        reading.when.as_ref().map(|read| &read.why.words),
        reading.not_before.as_ref().map(|read| &read.why.words),
        reading.recurrence.as_ref().map(|read| &read.why.words),
        reading.site.as_ref().map(|read| &read.why.words),
        reading.handover.as_ref().map(|read| &read.why.words),
        reading.payer.as_ref().map(|read| &read.why.words),
        Some(&reading.urgency.why.words),
        reading.on_behalf.as_ref().map(|who| &who.words),
        Some(&reading.rest),
        reading.question.as_ref().map(|question| &question.words),
    ];
    whys.into_iter().flatten().for_each(|spans| assert_spans(spans, phrase));
    if let Some(question) = &reading.question {
        assert!(!question.answers.is_empty() && question.answers.len() <= OFFERED, "{question:?}");
    }
    let fields = reading.fields(phrase, Channel::Phone, None, None);
    let json = serde_json::to_string(&fields).unwrap();
    assert_same(&serde_json::from_str::<RequestFields>(&json).unwrap(), &fields);
    for further in &reading.further {
        assert!(further.further.is_empty() && further.question.is_none(), "{further:?}");
        assert_reading(further, phrase);
    }
}

/// Ranges of the phrase, at the bounds of its characters, in order and apart.
fn assert_spans(spans: &Spans, phrase: &str) {
    let mut end = 0;
    for span in spans {
        assert!(phrase.get(span.clone()).is_some_and(|words| !words.is_empty()), "{span:?} of {phrase:?}");
        assert!(span.start >= end, "{spans:?} of {phrase:?}");
        end = span.end;
    }
}

/// Whoever answers a question is not asked it again.
fn answer(reading: &Reading, phrase: &str, setting: &Setting) {
    let Some(question) = &reading.question else { return };
    for answer in &question.answers {
        let mut chosen = Chosen::default();
        chosen.choose(answer.clone());
        let settled = read(phrase, &EXAMPLE.vocabulary, setting, &chosen);
        assert_reading(&settled, phrase);
        let next = settled.question.as_ref().map(|next| (next.doubt, next.field()));
        assert_ne!(next, Some((question.doubt, question.field())), "{answer:?} settles nothing: {phrase:?}");
    }
}

fn assert_completions(phrase: &str, cursor: usize, setting: &Setting) {
    let offered = complete(phrase, cursor, &EXAMPLE.vocabulary, setting);
    assert!(offered.len() <= OFFERED, "{} completions", offered.len());
    for completion in &offered {
        assert!(phrase.get(completion.replaces.clone()).is_some(), "{completion:?} of {phrase:?}");
        assert!(completion.replaces.start <= cursor && !completion.text.is_empty(), "{completion:?} at {cursor}");
    }
}

fn assert_same<T: PartialEq + Debug>(one: &T, other: &T) {
    assert_eq!(one, other);
}
