//! A theme as its file says it, each fault with its place and the nearest name.

use super::{Role, colour};
use crate::{console::keymap::Place, domain::operator::Language, i18n::say};
use ratatui::style::{Color, Modifier};
use serde::Deserialize;
use std::{collections::BTreeMap, io, path::Path};
use thiserror::Error;
use toml::Spanned;

/// What a theme says of a role.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// The letters' colour.
    pub fg: Option<Color>,
    /// The ground's; only a theme that names it has one.
    pub bg: Option<Color>,
    /// The letters' among sixteen, if the nearest is not the best.
    pub fg16: Option<Color>,
    /// The ground's among sixteen.
    pub bg16: Option<Color>,
    /// The weight beside a colour.
    pub weight: Modifier,
    /// The weight instead of a colour.
    pub mono: Modifier,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    roles: BTreeMap<Spanned<String>, WrittenEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenEntry {
    fg: Option<Spanned<String>>,
    bg: Option<Spanned<String>>,
    fg16: Option<Spanned<String>>,
    bg16: Option<Spanned<String>>,
    #[serde(default)]
    weight: Vec<Spanned<String>>,
    #[serde(default)]
    mono: Vec<Spanned<String>>,
}

const WEIGHTS: [(&str, Modifier); 6] = [
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underline", Modifier::UNDERLINED),
    ("reverse", Modifier::REVERSED),
    ("strike", Modifier::CROSSED_OUT),
];

/// What is wrong with a theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// No theme is called so.
    NoTheme(String),
    /// The file cannot be read; what the system says.
    Unreadable(String),
    /// It is not the TOML of a theme; what the reader says.
    Syntax(String),
    /// No role is called so; the nearest that is.
    NoRole(String, &'static str),
    /// No weight is called so; the nearest that is.
    NoWeight(String, &'static str),
    /// It is no colour.
    NoColour(String),
}

/// A theme that cannot be used, and where it says what is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{}", self.said(Language::En))]
pub struct ThemeFault {
    /// What is wrong.
    pub fault: Fault,
    /// Where that is written, if it is.
    pub place: Option<Place>,
}

impl ThemeFault {
    /// No theme is called so.
    pub(super) fn unknown(name: &str) -> Self {
        Self { fault: Fault::NoTheme(name.to_owned()), place: None }
    }

    /// The file cannot be read.
    pub(super) fn unreadable(file: &Path, error: &io::Error) -> Self {
        Self { fault: Fault::Unreadable(error.to_string()), place: Some(Place { file: file.to_owned(), line: 1 }) }
    }

    /// The fault and its remedy in one sentence, after file and line.
    pub fn said(&self, language: Language) -> String {
        let sentence = match &self.fault {
            Fault::NoTheme(name) => {
                let names: Vec<_> = super::COMPILED.iter().map(|(name, _)| *name).collect();
                say(language, "theme-fault-no-theme", &[("name", name.clone()), ("names", names.join(", "))])
            }
            Fault::Unreadable(why) => say(language, "theme-fault-unreadable", &[("why", why.clone())]),
            Fault::Syntax(why) => say(language, "theme-fault-syntax", &[("why", why.clone())]),
            Fault::NoRole(name, near) => {
                say(language, "theme-fault-no-role", &[("name", name.clone()), ("nearest", (*near).to_owned())])
            }
            Fault::NoWeight(name, near) => {
                say(language, "theme-fault-no-weight", &[("name", name.clone()), ("nearest", (*near).to_owned())])
            }
            Fault::NoColour(text) => say(language, "theme-fault-no-colour", &[("text", text.clone())]),
        };
        match &self.place {
            Some(Place { file, line }) => say(
                language,
                "keys-fault-at",
                &[("file", file.display().to_string()), ("line", line.to_string()), ("fault", sentence)],
            ),
            None => sentence,
        }
    }
}

/// What a theme's text says of its roles; `file` is for faults.
pub fn read(text: &str, file: &Path) -> Result<Vec<(Role, Entry)>, ThemeFault> {
    let at = |offset: usize| {
        let line = 1 + text.bytes().take(offset).filter(|byte| *byte == b'\n').count();
        Some(Place { file: file.to_owned(), line })
    };
    let fault = |fault, offset| ThemeFault { fault, place: at(offset) };
    let written: Written = toml::from_str(text)
        .map_err(|error| fault(Fault::Syntax(error.message().to_owned()), error.span().map_or(0, |span| span.start)))?;
    let colour = |text: &Option<Spanned<String>>| match text {
        None => Ok(None),
        Some(text) => match colour::read(text.get_ref()) {
            Some(colour) => Ok(Some(colour)),
            None => Err(fault(Fault::NoColour(text.get_ref().clone()), text.span().start)),
        },
    };
    let weight = |names: &[Spanned<String>]| {
        names.iter().try_fold(Modifier::empty(), |all, name| {
            if let Some((_, weight)) = WEIGHTS.iter().find(|(known, _)| known == name.get_ref()) {
                return Ok(all | *weight);
            }
            let near = nearest(name.get_ref(), WEIGHTS.iter().map(|(name, _)| *name));
            Err(fault(Fault::NoWeight(name.get_ref().clone(), near), name.span().start))
        })
    };
    let mut entries = Vec::new();
    for (name, entry) in &written.roles {
        let Some(role) = Role::ALL.iter().copied().find(|role| role.name() == name.get_ref()) else {
            let near = nearest(name.get_ref(), Role::ALL.iter().map(|role| role.name()));
            return Err(fault(Fault::NoRole(name.get_ref().clone(), near), name.span().start));
        };
        let entry = Entry {
            fg: colour(&entry.fg)?,
            bg: colour(&entry.bg)?,
            fg16: colour(&entry.fg16)?,
            bg16: colour(&entry.bg16)?,
            weight: weight(&entry.weight)?,
            mono: weight(&entry.mono)?,
        };
        entries.push((role, entry));
    }
    Ok(entries)
}

fn nearest(name: &str, known: impl Iterator<Item = &'static str>) -> &'static str {
    known.min_by_key(|known| strsim::damerau_levenshtein(known, name)).unwrap_or_default()
}
