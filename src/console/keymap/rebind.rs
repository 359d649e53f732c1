//! Keys that the operator binds otherwise, each checked before anything starts.

use super::{Action, DigitRow, Key, KeyCode, Keymap, Layout, NoKey};
use crate::{domain::operator::Language, i18n::say};
use std::{collections::BTreeMap, path::PathBuf};
use thiserror::Error;

/// Where in a configuration something stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub file: PathBuf,
    /// The line, from 1.
    pub line: usize,
}

/// The keys that an action shall have instead of its own, as a configuration gives them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rebind {
    /// The action's name.
    pub action: String,
    /// Its keys, the one to show first; none takes its keys away.
    pub keys: Vec<String>,
    /// Where that is written, if it is.
    pub place: Option<Place>,
}

/// Why no action may have a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forbidden {
    /// Programs that share a terminal among several wait for it: Ctrl-A, Ctrl-B.
    Multiplexer,
    /// It stops or resumes the terminal's output: Ctrl-S, Ctrl-Q.
    FlowControl,
    /// The shell stops or kills the program by it: Ctrl-Z, Ctrl-\.
    Shell,
    /// A browser that shows a terminal closes or opens its tab by it: Ctrl-W, Ctrl-T, Ctrl-N.
    Browser,
    /// Terminals send the same for another key: Ctrl-H, -I, -J, -M, -[, and Ctrl-C, which is Esc here.
    SameAsOther,
    /// Input methods change the keyboard by it: Ctrl-Space.
    InputMethod,
    /// It needs Alt, `AltGr` or a dead key.
    Alt,
    /// Terminals do not send it: Ctrl with a figure or sign, Ctrl or Shift with keys other than arrows and their like.
    NotSent,
}

/// Why no action may have that key; none if one may.
pub fn forbidden(key: Key) -> Option<Forbidden> {
    match key.code {
        KeyCode::Char(c) if key.ctrl => match c {
            'a' | 'b' => Some(Forbidden::Multiplexer),
            's' | 'q' => Some(Forbidden::FlowControl),
            'z' | '\\' => Some(Forbidden::Shell),
            'w' | 't' | 'n' => Some(Forbidden::Browser),
            'h' | 'i' | 'j' | 'm' | '[' | 'c' => Some(Forbidden::SameAsOther),
            ' ' => Some(Forbidden::InputMethod),
            'a'..='z' => None,
            _ => Some(Forbidden::NotSent),
        },
        // What AZERTY has only with AltGr or as a dead key, it has nowhere else.
        KeyCode::Char(_) if Layout::Azerty.presses(key).is_none() => Some(Forbidden::Alt),
        KeyCode::Enter | KeyCode::Esc | KeyCode::Backspace if key.ctrl || key.shift => Some(Forbidden::NotSent),
        KeyCode::Tab if key.ctrl => Some(Forbidden::NotSent),
        _ => None,
    }
}

/// What is wrong with a binding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyFaultKind {
    /// No action is called so; the nearest that is.
    NoAction(&'static str),
    /// The action keeps its keys: there must be a way back, and choices are their numbers.
    Fixed,
    /// The action must keep a key: nothing could be reached without it.
    NeedsKey,
    /// No key is called so.
    NoKey(String),
    /// No action may have the key.
    Forbidden(Key, Forbidden),
    /// A field would take the key as text.
    IsText(Key),
    /// Another action has the key where this one works.
    Taken(Key, Action),
}

/// A binding that cannot be, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{}", self.said(Language::En))]
pub struct KeyFault {
    /// The name of the action it was meant for.
    pub action: String,
    /// What is wrong.
    pub kind: KeyFaultKind,
    /// Where it stands.
    pub place: Option<Place>,
}

impl KeyFault {
    /// The fault and its remedy in one sentence, after file and line.
    pub fn said(&self, language: Language) -> String {
        let (key, mut variables) = match &self.kind {
            KeyFaultKind::NoAction(nearest) => ("keys-fault-no-action", vec![("nearest", (*nearest).to_owned())]),
            KeyFaultKind::Fixed => ("keys-fault-fixed", Vec::new()),
            KeyFaultKind::NeedsKey => ("keys-fault-needs-key", Vec::new()),
            KeyFaultKind::NoKey(text) => ("keys-fault-no-key", vec![("key", text.clone())]),
            KeyFaultKind::Forbidden(key, why) => {
                let sentence = match why {
                    Forbidden::Multiplexer => "keys-fault-multiplexer",
                    Forbidden::FlowControl => "keys-fault-flow-control",
                    Forbidden::Shell => "keys-fault-shell",
                    Forbidden::Browser => "keys-fault-browser",
                    Forbidden::SameAsOther => "keys-fault-same",
                    Forbidden::InputMethod => "keys-fault-input-method",
                    Forbidden::Alt => "keys-fault-alt",
                    Forbidden::NotSent => "keys-fault-not-sent",
                };
                (sentence, vec![("key", key.label(language))])
            }
            KeyFaultKind::IsText(key) => ("keys-fault-text", vec![("key", key.label(language))]),
            KeyFaultKind::Taken(key, other) => (
                "keys-fault-taken",
                vec![
                    ("key", key.label(language)),
                    ("other", other.row().name.to_owned()),
                    ("words", other.words(language)),
                ],
            ),
        };
        variables.push(("action", self.action.clone()));
        let sentence = say(language, key, &variables);
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

impl Keymap {
    /// The table with these bindings; every fault of theirs if there is one, for a console does not start half configured.
    pub fn rebound(digits: DigitRow, rebinds: &[Rebind]) -> Result<Self, Vec<KeyFault>> {
        let mut keys = Self::of(digits).keys;
        let mut faults = Vec::new();
        let mut given: BTreeMap<Action, &Rebind> = BTreeMap::new();
        for rebind in rebinds {
            let fault = |kind| KeyFault { action: rebind.action.clone(), kind, place: rebind.place.clone() };
            let Some(action) = Action::named(&rebind.action) else {
                faults.push(fault(KeyFaultKind::NoAction(nearest(&rebind.action))));
                continue;
            };
            if matches!(action, Action::Leave | Action::Choose) {
                faults.push(fault(KeyFaultKind::Fixed));
                continue;
            }
            if rebind.keys.is_empty() && action == Action::Command {
                faults.push(fault(KeyFaultKind::NeedsKey));
                continue;
            }
            let mut bound = Vec::new();
            for text in &rebind.keys {
                match readable(action, text) {
                    Ok(key) => bound.push(key),
                    Err(kind) => faults.push(fault(kind)),
                }
            }
            keys.insert(action, bound);
            given.insert(action, rebind);
        }
        for (action, rebind) in &given {
            for key in keys.get(action).into_iter().flatten() {
                let taken = keys.iter().find(|(other, bound)| {
                    // Of two that were both given, the fault is said once.
                    let first = !given.contains_key(other) || *other < action;
                    *other != action && first && bound.contains(key) && action.row().context.meets(other.row().context)
                });
                if let Some((other, _)) = taken {
                    let kind = KeyFaultKind::Taken(*key, *other);
                    faults.push(KeyFault { action: rebind.action.clone(), kind, place: rebind.place.clone() });
                }
            }
        }
        if faults.is_empty() { Ok(Self::bound(digits, keys)) } else { Err(faults) }
    }
}

fn readable(action: Action, text: &str) -> Result<Key, KeyFaultKind> {
    let key = match Key::parse(text) {
        Ok(key) => key,
        Err(NoKey::Alt) => {
            let last = text.chars().last().unwrap_or(' ');
            return Err(KeyFaultKind::Forbidden(Key::char(last), Forbidden::Alt));
        }
        Err(NoKey::Unknown) => return Err(KeyFaultKind::NoKey(text.to_owned())),
    };
    if let Some(why) = forbidden(key) {
        return Err(KeyFaultKind::Forbidden(key, why));
    }
    if key.typed().is_some() && action.row().context != super::Context::List && action != Action::Help {
        return Err(KeyFaultKind::IsText(key));
    }
    Ok(key)
}

/// The name of an action that a mistyped one was most likely meant for.
fn nearest(name: &str) -> &'static str {
    let distance = |action: &&Action| strsim::damerau_levenshtein(action.row().name, &name.to_lowercase());
    Action::ALL.iter().min_by_key(distance).map_or("", |action| action.row().name)
}
