//! The words of a phrase: folded, with their place in it and what parts them from the word before.

use std::ops::Range;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// What stands before a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// Nothing: it is the letters after digits, or the digits after letters.
    Glued,
    /// White space, or a sign that means nothing here.
    Space,
    /// `-`
    Hyphen,
    /// `'`
    Apostrophe,
    /// `.`
    Dot,
    /// `:`
    Colon,
    /// `/`
    Slash,
    /// `,` or `;`
    Comma,
}

/// A word, a number, or a sign that stands for a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// Its bytes in the phrase.
    pub range: Range<usize>,
    /// Folded: lower case, no accents.
    pub text: String,
    /// Its value, if it is a number of up to six digits.
    pub number: Option<u32>,
    /// What stands before it.
    pub gap: Gap,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    /// A combining or invisible character: part of whatever it follows.
    Nothing,
    Sign,
}

fn folded(c: char, into: &mut String) -> Class {
    if c.is_ascii_alphanumeric() {
        into.push(c.to_ascii_lowercase());
        return if c.is_ascii_digit() { Class::Digit } else { Class::Letter };
    }
    match c {
        '×' | '*' => into.push('x'),
        'œ' | 'Œ' => into.push_str("oe"),
        'æ' | 'Æ' => into.push_str("ae"),
        'ß' | 'ẞ' => into.push_str("ss"),
        _ if is_combining_mark(c) || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}') => {
            return Class::Nothing;
        }
        _ => {
            let plain = c.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
            let before = into.len();
            into.extend(plain.filter(|c| c.is_alphanumeric()));
            return match into.get(before..).and_then(|new| new.chars().next()) {
                None => Class::Sign,
                Some(first) if first.is_ascii_digit() => Class::Digit,
                Some(_) => Class::Letter,
            };
        }
    }
    Class::Letter
}

/// Words that are read of a phrase at most.
const MOST: usize = 200;

/// The words of a phrase, at most the first [`MOST`].
pub(super) fn tokens(phrase: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let (mut last, mut gap) = (Class::Sign, Gap::Space);
    let mut new = String::new();
    for (start, c) in phrase.char_indices() {
        let end = start + c.len_utf8();
        new.clear();
        let class = folded(c, &mut new);
        let joined = if matches!(c, '+' | '&' | '%' | '€') { Class::Sign } else { class };
        match joined {
            Class::Nothing => {
                if let Some(token) = tokens.last_mut().filter(|_| last != Class::Sign) {
                    token.range.end = end;
                }
            }
            Class::Sign => {
                let word = match c {
                    '+' | '&' => "et",
                    '%' => "%",
                    '€' => "euros",
                    _ => "",
                };
                if word.is_empty() {
                    gap = gap_of(c, if last == Class::Sign { gap } else { Gap::Glued });
                } else {
                    tokens.push(Token { range: start..end, text: word.to_owned(), number: None, gap });
                    gap = Gap::Space;
                }
                last = Class::Sign;
            }
            class => {
                if let Some(token) = tokens.last_mut().filter(|_| last == class) {
                    token.text.push_str(&new);
                    token.range.end = end;
                } else {
                    let gap = if last == Class::Sign { gap } else { Gap::Glued };
                    tokens.push(Token { range: start..end, text: new.clone(), number: None, gap });
                }
                last = class;
            }
        }
        if tokens.len() > MOST {
            // A word is taken whole or not at all: digits and letters that stand together are one.
            while tokens.pop().is_some_and(|last| last.gap == Gap::Glued) {}
            break;
        }
    }
    for token in &mut tokens {
        token.number = if token.text.len() <= 6 { token.text.parse().ok() } else { None };
    }
    tokens
}

/// What a sign makes of the gap that it stands in: the strongest of its signs.
fn gap_of(c: char, before: Gap) -> Gap {
    let sign = match c {
        '-' | '\u{2010}'..='\u{2014}' => Gap::Hyphen,
        '\'' | '’' | '`' | '´' => Gap::Apostrophe,
        '.' => Gap::Dot,
        ':' => Gap::Colon,
        '/' => Gap::Slash,
        ',' | ';' => Gap::Comma,
        _ => Gap::Space,
    };
    match (before, sign) {
        (Gap::Comma, _) | (_, Gap::Comma) => Gap::Comma,
        (Gap::Glued, sign) => sign,
        // A hyphen between spaces still joins two hours.
        (Gap::Hyphen, Gap::Space) | (Gap::Space, Gap::Hyphen) => Gap::Hyphen,
        (Gap::Slash, Gap::Space) | (Gap::Space, Gap::Slash) => Gap::Slash,
        _ => Gap::Space,
    }
}

/// A single word folded as the words of a phrase are.
pub(super) fn fold_words(text: &str) -> Vec<String> {
    tokens(text).into_iter().map(|token| token.text).collect()
}
