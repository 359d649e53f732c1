//! What is wrong in a file of the directory, where, and what to do about it.

use super::sort;
use crate::{
    cli::Voice,
    domain::{entity::EntityKind, refusal::Refusal},
};
use std::fmt;

/// A line to correct.
#[derive(Clone, Debug)]
pub(in crate::cli) struct Complaint {
    /// The file's name.
    pub file: String,
    /// The line, from 1.
    pub line: u64,
    /// The column, or what else is at fault.
    pub field: String,
    /// What to do.
    pub advice: Advice,
}

/// What to do about a line.
#[derive(Clone, Debug)]
pub(in crate::cli) enum Advice {
    /// The file is no CSV or TOML, or not in UTF-8.
    File(String),
    /// The first line lacks a column.
    MissingColumn,
    /// There is no such column.
    UnknownColumn,
    /// The cell must be filled.
    Empty,
    /// The id or key is not one.
    Key(String),
    /// The record named is neither in the folder nor in the database.
    UnknownName {
        /// As it is written.
        name: String,
        /// Of which kind.
        kind: EntityKind,
    },
    /// The same record stands on another line.
    Twice {
        /// Which.
        name: String,
        /// The first line of it.
        first: u64,
    },
    /// The cell does not have the form.
    Value {
        /// What it holds.
        value: String,
        /// The key of what it should hold.
        expected: &'static str,
    },
    /// The cell holds none of the words.
    Choice {
        /// What it holds.
        value: String,
        /// What it may hold.
        words: &'static [&'static str],
    },
    /// The cell holds no whole number in the range.
    Range {
        /// What it holds.
        value: String,
        /// The most it may hold.
        most: u32,
    },
    /// The record is archived and stays so.
    Archived,
    /// The cells do not go together, in the words of the rule.
    Rule(String),
    /// The office refuses it.
    #[cfg(feature = "office")]
    Refused(String),
}

impl Advice {
    /// What a rule of the domain says.
    pub fn of_rule(refusal: &Refusal) -> Self {
        match refusal {
            Refusal::FieldInvalid { why, .. } => Self::Rule(why.clone()),
            other => Self::Rule(other.to_string()),
        }
    }

    fn said(&self, voice: Voice) -> String {
        let quoted = |value: &str| ("value", value.chars().take(80).collect::<String>());
        let bare = |why: &str| ("why", why.trim_end_matches('.').to_owned());
        match self {
            Self::File(why) => voice.sentence("cli-import-advice-file", &[bare(why)]),
            Self::MissingColumn => voice.sentence("cli-import-advice-missing-column", &[]),
            Self::UnknownColumn => voice.sentence("cli-import-advice-unknown-column", &[]),
            Self::Empty => voice.sentence("cli-import-advice-empty", &[]),
            Self::Key(key) => {
                let expected = voice.sentence("cli-expects-cell-key", &[]);
                voice.sentence("cli-import-advice-value", &[quoted(key), ("expected", expected)])
            }
            Self::UnknownName { name, kind } => {
                let place = format!("{}.csv", sort::stem(*kind));
                voice.sentence("cli-import-advice-unknown-name", &[("name", name.clone()), ("where", place)])
            }
            Self::Twice { name, first } => {
                voice.sentence("cli-import-advice-twice", &[("name", name.clone()), ("first", first.to_string())])
            }
            Self::Value { value, expected } => {
                let expected = voice.sentence(expected, &[]);
                voice.sentence("cli-import-advice-value", &[quoted(value), ("expected", expected)])
            }
            Self::Choice { value, words } => {
                let expected = voice.sentence("cli-expects-cell-choice", &[("words", words.join(", "))]);
                voice.sentence("cli-import-advice-value", &[quoted(value), ("expected", expected)])
            }
            Self::Range { value, most } => {
                let expected = voice.sentence("cli-expects-cell-number", &[("most", most.to_string())]);
                voice.sentence("cli-import-advice-value", &[quoted(value), ("expected", expected)])
            }
            Self::Archived => voice.sentence("cli-import-advice-archived", &[]),
            Self::Rule(why) => voice.sentence("cli-import-advice-rule", &[bare(why)]),
            #[cfg(feature = "office")]
            Self::Refused(sentence) => sentence.clone(),
        }
    }
}

impl Complaint {
    /// `file:line: field: what to do`
    pub fn said(&self, voice: Voice) -> String {
        let variables = [
            ("file", self.file.clone()),
            ("line", self.line.to_string()),
            ("field", self.field.clone()),
            ("advice", self.advice.said(voice)),
        ];
        voice.sentence("cli-import-bad-line", &variables)
    }
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.field)
    }
}
