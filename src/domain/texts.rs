//! Texts that people typed, checked once where they enter: never empty, never endless, no control characters.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use thiserror::Error;
use unicode_normalization::UnicodeNormalization;

/// Why a text was not taken; each message says what to do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TextError {
    /// Nothing but white space.
    #[error("the text is empty: write at least one character")]
    Empty,
    /// More characters than the kind of text may have.
    #[error("the text has {length} characters: shorten it to {max}")]
    TooLong {
        /// Characters after trimming.
        length: usize,
        /// Characters allowed.
        max: usize,
    },
    /// A control character, such as an escape or a zero byte.
    #[error("character {position} of the text is the control character U+{code:04X}: take it out")]
    Control {
        /// Place in the trimmed text, counted from 1.
        position: usize,
        /// Code point of the character.
        code: u32,
    },
}

/// Composes and trims `text`, then holds it against `max` characters and the control characters that are `allowed`.
fn checked(text: &str, max: usize, allowed: &[char]) -> Result<Box<str>, TextError> {
    let composed: String = text.nfc().collect();
    let trimmed = composed.trim();
    let length = trimmed.chars().count();
    if length == 0 {
        return Err(TextError::Empty);
    }
    if length > max {
        return Err(TextError::TooLong { length, max });
    }
    match trimmed.chars().enumerate().find(|(_, c)| c.is_control() && !allowed.contains(c)) {
        Some((place, c)) => Err(TextError::Control { position: place + 1, code: c.into() }),
        None => Ok(trimmed.into()),
    }
}

/// A text of one line, 1 to 200 characters after trimming, without control characters, in Unicode form NFC: a name, a title, an address line.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[cfg_attr(
    feature = "office",
    schema(
        value_type = String,
        min_length = 1,
        max_length = 200,
        pattern = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$",
        example = "Pressing des Acacias"
    )
)]
#[serde(try_from = "String")]
pub struct ShortText(Box<str>);

impl ShortText {
    /// Characters it may have.
    pub const MAX: usize = 200;
}

impl FromStr for ShortText {
    type Err = TextError;

    fn from_str(text: &str) -> Result<Self, TextError> {
        checked(text, Self::MAX, &[]).map(Self)
    }
}

/// A text of several lines, 1 to 10,000 characters after trimming, in Unicode form NFC; lines end in `\n`, tabs stay, other control characters are refused.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[cfg_attr(
    feature = "office",
    schema(
        value_type = String,
        min_length = 1,
        max_length = 10_000,
        pattern = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*$",
        example = "Deux chemises et une veste.\nSans amidon."
    )
)]
#[serde(try_from = "String")]
pub struct LongText(Box<str>);

impl LongText {
    /// Characters it may have.
    pub const MAX: usize = 10_000;
}

impl FromStr for LongText {
    type Err = TextError;

    fn from_str(text: &str) -> Result<Self, TextError> {
        checked(&text.replace("\r\n", "\n"), Self::MAX, &['\n', '\t']).map(Self)
    }
}

macro_rules! texts {
    ($($name:ident)*) => {$(
        impl $name {
            /// The text itself.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = TextError;

            fn try_from(text: String) -> Result<Self, TextError> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> Self {
                text.0.into_string()
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

texts! { ShortText LongText }

impl ShortText {
    /// A text of the program's own in this one's place; this one if that is no text.
    #[must_use]
    pub fn replaced_by(&self, text: &'static str) -> Self {
        text.parse().unwrap_or_else(|_| self.clone())
    }

    /// What another program said, made to fit: on one line, cut at its end, `?` if it said nothing.
    pub fn fitted(text: &str) -> Self {
        let plain = |c: char| if c.is_control() || c.is_whitespace() { ' ' } else { c };
        let line: String = text.nfc().map(plain).collect::<String>().trim().chars().take(Self::MAX).collect();
        Self(if line.is_empty() { "?".into() } else { line.trim_end().into() })
    }
}

impl LongText {
    /// The mark that stands where a text was erased.
    #[must_use]
    pub fn erased(&self) -> Self {
        Self("(effacé)".into())
    }
}

impl From<ShortText> for LongText {
    /// What is short enough for a line is short enough for a text.
    fn from(text: ShortText) -> Self {
        Self(text.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn short(text: &str) -> Result<ShortText, TextError> {
        text.parse()
    }

    fn long(text: &str) -> Result<LongText, TextError> {
        text.parse()
    }

    #[test]
    fn white_space_around_a_text_is_dropped() {
        assert_eq!(short("  Nadia Férut \u{a0}").unwrap().as_str(), "Nadia Férut");
    }

    #[test]
    fn white_space_alone_is_no_text() {
        assert_eq!(short(" \t "), Err(TextError::Empty));
        assert_eq!(long("\r\n\r\n"), Err(TextError::Empty));
    }

    #[test]
    fn length_is_counted_in_characters_after_trimming() {
        assert!(short(&format!(" {} ", "é".repeat(200))).is_ok());
        assert_eq!(short(&"é".repeat(201)), Err(TextError::TooLong { length: 201, max: 200 }));
        assert!(long(&"œ".repeat(10_000)).is_ok());
        assert!(long(&"œ".repeat(10_001)).is_err());
    }

    #[test]
    fn a_short_text_has_one_line_and_no_escape() {
        assert_eq!(short("a\nb"), Err(TextError::Control { position: 2, code: 10 }));
        assert_eq!(
            short("ab\u{1b}[2J").unwrap_err().to_string(),
            "character 3 of the text is the control character U+001B: take it out"
        );
    }

    #[test]
    fn a_long_text_keeps_lines_and_tabs_and_refuses_the_rest() {
        assert_eq!(long("a\r\n\tb\nc").unwrap().as_str(), "a\n\tb\nc");
        assert!(long("a\rb").is_err());
        assert!(long("a\0b").is_err());
    }

    #[test]
    fn what_another_program_said_is_made_to_fit() {
        assert_eq!(ShortText::fitted(" 550 5.1.1\r\n no such user\n").as_str(), "550 5.1.1   no such user");
        assert_eq!(ShortText::fitted("").as_str(), "?");
        assert_eq!(ShortText::fitted(&"x".repeat(1000)).as_str().len(), ShortText::MAX);
    }

    #[test]
    fn one_letter_has_one_spelling() {
        assert_eq!(short("Zoe\u{301}").unwrap(), short("Zo\u{e9}").unwrap());
    }

    #[test]
    fn a_bad_text_is_refused_where_json_is_read() {
        let refusal = serde_json::from_str::<ShortText>("\"  \"").unwrap_err();
        assert!(refusal.to_string().contains("write at least one character"));
        assert_eq!(serde_json::to_string(&short("Léa").unwrap()).unwrap(), "\"Léa\"");
    }

    proptest! {
        #[test]
        fn a_text_that_was_taken_is_taken_again_unchanged(text in "\\PC{0,60}") {
            if let Ok(once) = short(&text) {
                prop_assert_eq!(short(once.as_str()), Ok(once));
            }
        }
    }
}
