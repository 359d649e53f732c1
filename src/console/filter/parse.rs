//! Reads a filter's text into clauses, and writes clauses as text; every text is a filter.

use super::{Clause, Day, Field, Filter, Term, TextField, vocabulary};
use crate::{
    domain::operator::Language,
    i18n::say,
    text::{fold, words},
};
use std::ops::Range;

/// A part of a filter that was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where it stands in the text, in bytes.
    pub at: Range<usize>,
    /// What is wrong with it.
    pub kind: FaultKind,
}

/// What is wrong with a part of a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// There is no such field.
    UnknownField(String),
    /// The field waits for its value.
    NoValue(Field),
    /// No state begins so.
    UnknownState(String),
    /// No channel begins so.
    UnknownChannel(String),
    /// It is no day.
    UnknownDay(String),
}

impl Fault {
    /// The sentence for who types: what is left out, and what could be meant.
    pub fn said(&self, language: Language) -> String {
        let nearest = |word: Option<String>| ("nearest", word.unwrap_or_else(|| "none".into()));
        let list = |words: Vec<String>| ("known", words.join(", "));
        match &self.kind {
            FaultKind::UnknownField(word) => {
                let known = list(Field::ALL.iter().map(|field| field.word(language)).collect());
                let near = nearest(vocabulary::field_nearest(word, language));
                say(language, "filter-unknown-field", &[("word", word.clone()), near, known])
            }
            FaultKind::NoValue(field) => say(language, "filter-no-value", &[("field", field.word(language))]),
            FaultKind::UnknownState(word) => {
                let near = nearest(vocabulary::nearest_state(&fold(word), language));
                let known = list(vocabulary::state_words(language));
                say(language, "filter-unknown-state", &[("word", word.clone()), near, known])
            }
            FaultKind::UnknownChannel(word) => {
                let known = list(vocabulary::channel_words(language));
                say(language, "filter-unknown-channel", &[("word", word.clone()), known])
            }
            FaultKind::UnknownDay(word) => say(language, "filter-unknown-day", &[("word", word.clone())]),
        }
    }
}

/// A piece of the text between spaces that stand outside quotes.
#[derive(Clone, Debug)]
pub(super) struct Token {
    /// Where it stands, in bytes.
    pub at: Range<usize>,
    /// Whether a hyphen stands before it.
    pub negated: bool,
    /// What stands before its colon.
    pub field: Option<String>,
    /// The rest, without quotes.
    pub value: String,
    /// Whether any of it stood in quotes.
    pub quoted: bool,
}

const fn is_quote(c: char) -> bool {
    matches!(c, '"' | '«' | '»' | '“' | '”')
}

/// The pieces of a text; a quote that is not closed goes to the end.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut all = Vec::new();
    let mut current: Option<Token> = None;
    let mut open = false;
    for (place, c) in text.char_indices() {
        if c.is_whitespace() && !open {
            all.extend(current.take());
            continue;
        }
        let begins = current.is_none();
        let token = current.get_or_insert_with(|| Token {
            at: place..place,
            negated: false,
            field: None,
            value: String::new(),
            quoted: false,
        });
        token.at.end = place + c.len_utf8();
        if is_quote(c) {
            open = !open;
            token.quoted = true;
        } else if begins && c == '-' {
            token.negated = true;
        } else if c == ':' && !open && !token.quoted && token.field.is_none() && names_a_field(&token.value) {
            token.field = Some(std::mem::take(&mut token.value));
        } else {
            token.value.push(c);
        }
    }
    all.extend(current);
    all
}

/// Letters stand before a colon; `10:30` is no field.
fn names_a_field(text: &str) -> bool {
    !text.is_empty() && text.chars().all(char::is_alphabetic)
}

/// Reads a filter.
pub(super) fn parse(text: &str) -> Filter {
    let mut filter = Filter::default();
    let all = tokens(text);
    let mut rest = all.as_slice();
    while let Some((token, after)) = rest.split_first() {
        rest = after;
        // « à moi » and « en retard » are two pieces and one word.
        let pair = after.first().filter(|next| plain(token) && plain(next) && !next.negated);
        if let Some(next) = pair
            && let Some(flag) = vocabulary::flag(&format!("{} {}", token.value, next.value))
        {
            rest = after.get(1..).unwrap_or_default();
            add(&mut filter, Clause { negated: token.negated, term: Term::Flag(flag) });
            continue;
        }
        match term(token) {
            Ok(Some(term)) => add(&mut filter, Clause { negated: token.negated, term }),
            Ok(None) => {}
            Err(kind) => filter.faults.push(Fault { at: token.at.clone(), kind }),
        }
    }
    filter
}

/// What is said twice counts once.
fn add(filter: &mut Filter, clause: Clause) {
    if !filter.clauses.contains(&clause) {
        filter.clauses.push(clause);
    }
}

fn plain(token: &Token) -> bool {
    token.field.is_none() && !token.quoted
}

/// What a piece asks for; nothing if there is nothing in it.
fn term(token: &Token) -> Result<Option<Term>, FaultKind> {
    let value = token.value.as_str();
    let folded = fold(value);
    let Some(name) = &token.field else {
        return Ok(if token.quoted { phrase(folded) } else { word(value, folded) });
    };
    let field = vocabulary::field(name).ok_or_else(|| FaultKind::UnknownField(name.clone()))?;
    if folded.is_empty() {
        return Err(FaultKind::NoValue(field));
    }
    let day = || Day::read(value.trim()).ok_or_else(|| FaultKind::UnknownDay(value.to_owned()));
    let text = |field| Term::Words(field, words(value));
    Ok(Some(match field {
        Field::Service => text(TextField::Service),
        Field::Site => text(TextField::Site),
        Field::Who => text(TextField::Who),
        Field::Provider => text(TextField::Provider),
        Field::State => match vocabulary::states(&folded) {
            Some(states) => Term::State(states, folded),
            None => return Err(FaultKind::UnknownState(value.to_owned())),
        },
        Field::Channel => match vocabulary::channels(&folded) {
            Some(channels) => Term::Channel(channels, folded),
            None => return Err(FaultKind::UnknownChannel(value.to_owned())),
        },
        Field::Due => Term::Due(day()?),
        Field::Since => Term::Since(day()?),
        Field::Before => Term::Before(day()?),
    }))
}

fn phrase(folded: String) -> Option<Term> {
    (!folded.is_empty()).then_some(Term::Text(folded))
}

/// A piece without field or quotes: a flag, a day, a number, or words.
fn word(value: &str, folded: String) -> Option<Term> {
    if let Some(flag) = vocabulary::flag(value) {
        return Some(Term::Flag(flag));
    }
    let dashed = is_number(value);
    let text = if dashed {
        value.to_owned()
    } else if let Some(digits) = telephone(value) {
        digits
    } else {
        folded
    };
    match Day::read(value) {
        Some(day) if dashed || vocabulary::day_word(value).is_some() => Some(Term::DayOrText(day, text)),
        Some(day) => Some(Term::Due(day)),
        None => phrase(text),
    }
}

/// The beginning of a request's number: `26-1`.
fn is_number(value: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    value.split_once('-').is_some_and(|(year, serial)| year.len() == 2 && digits(year) && digits(serial))
}

/// The digits of a telephone number that is written with dots, hyphens or a plus.
fn telephone(value: &str) -> Option<String> {
    let digits: String = value.chars().filter(char::is_ascii_digit).collect();
    let signs = value.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '+'));
    (signs && digits.len() >= 5).then_some(digits)
}

/// The text of a clause in this language's words; reading it gives the clause.
pub(super) fn display(clause: &Clause, language: Language) -> String {
    let minus = if clause.negated { "-" } else { "" };
    let field = |field: Field, value: &str| format!("{minus}{}:{}", field.word(language), quoted_if_spaced(value));
    let day = |name: Field, day: Day| field(name, &vocabulary::said_day(day, language));
    match &clause.term {
        Term::Text(text) => {
            let alone = word(text, fold(text)).is_some_and(|read| read == clause.term);
            if alone && !text.contains(' ') && !vocabulary::begins_flag(text) {
                format!("{minus}{text}")
            } else {
                format!("{minus}\"{text}\"")
            }
        }
        // As it was written, for it may mean the word; « aujourd'hui » is one piece.
        Term::DayOrText(_, text) => format!("{minus}{}", text.replace(' ', "'")),
        Term::Words(TextField::Service, words) => field(Field::Service, &words.join(" ")),
        Term::Words(TextField::Site, words) => field(Field::Site, &words.join(" ")),
        Term::Words(TextField::Who, words) => field(Field::Who, &words.join(" ")),
        Term::Words(TextField::Provider, words) => field(Field::Provider, &words.join(" ")),
        Term::State(states, written) => field(Field::State, &vocabulary::said_states(*states, written, language)),
        Term::Channel(channels, written) => {
            field(Field::Channel, &vocabulary::said_channels(*channels, written, language))
        }
        Term::Due(of) => day(Field::Due, *of),
        Term::Since(of) => day(Field::Since, *of),
        Term::Before(of) => day(Field::Before, *of),
        Term::Flag(flag) => format!("{minus}{}", flag.word(language)),
    }
}

/// A value that is one piece of text again.
pub(super) fn quoted_if_spaced(value: &str) -> String {
    if value.contains(char::is_whitespace) { format!("\"{value}\"") } else { value.to_owned() }
}
