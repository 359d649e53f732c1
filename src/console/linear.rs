//! The linear view: what is told, line after line, of what differs in the model; for screen readers, braille and the plainest terminals.

mod facts;
pub mod painter;
mod speech;
#[cfg(test)]
mod tests;

use super::{
    model::{Model, layer::Layer, letter::LetterFocus, line::LineFocus},
    view::reading,
};
use crate::{
    config::console::TokenSource,
    domain::{ids::ContactId, time::Instant},
    i18n::say,
};
use facts::{Fact, Pace, Slot};
use jiff::SignedDuration;
use painter::PromptLine;
use speech::spoken;
use std::collections::BTreeSet;

/// What follows from typing is told once one has paused for so long, not at every key.
const PAUSE: SignedDuration = SignedDuration::from_millis(700);

/// The place of what is typed to unlock.
const LOCKED: &str = "locked";

/// What was told last: what is still the same is not told again.
#[derive(Clone, Debug, Default)]
pub struct Told {
    facts: Vec<Fact>,
    /// Rings are told once, whatever becomes of them.
    rings: BTreeSet<ContactId>,
    prompt: PromptLine,
    /// When the text at the prompt last became another.
    typed_at: Option<Instant>,
    /// What waits until one pauses.
    waiting: Vec<String>,
}

impl Told {
    /// When something is to be told if nothing happens before.
    pub fn due(&self) -> Option<Instant> {
        self.typed_at.filter(|_| !self.waiting.is_empty()).map(|at| at.plus(PAUSE))
    }

    /// Forgets what was told, so that it is told once more; rings excepted.
    pub fn forget(&mut self) {
        self.facts.clear();
    }

    fn of(&self, slot: Slot) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.slot == slot)
    }
}

/// The lines to append, now that the model is as it is, and what has then been told.
pub fn lines(before: &Told, model: &Model) -> (Vec<String>, Told) {
    let prompt = prompt(model);
    let same_place = prompt.place == before.prompt.place;
    let typed_at = if same_place && prompt.text == before.prompt.text { before.typed_at } else { Some(model.now) };
    let mut told = Told { rings: before.rings.clone(), typed_at, ..Told::default() };
    let mut news = Vec::new();
    let all = facts::facts(model, &before.rings);
    // What was typed is nobody else's to read, and the password nobody's.
    let is_locked = model.lock.is_some() || before.prompt.place == LOCKED;
    if !same_place && !is_locked && !before.prompt.text.trim().is_empty() {
        // What was typed stays above what comes of it.
        news.push(format!("{}{}", before.prompt.label, before.prompt.text));
        let repeated = |line: &String| all.iter().any(|fact| fact.lines.contains(line));
        news.extend(before.waiting.iter().filter(|line| !repeated(line)).cloned());
    }
    let paused = typed_at.is_none_or(|at| model.now.since(at) >= PAUSE) || says_so(model);
    for fact in all {
        let known = before.of(fact.slot);
        if let Slot::Ring(contact) = fact.slot
            && !told.rings.insert(contact)
        {
            continue;
        }
        if known.is_some_and(|known| known.key == fact.key) {
            told.facts.push(fact);
            continue;
        }
        let is_new = |line: &&String| known.is_none_or(|known| !known.lines.contains(line));
        let fresh = fact.lines.iter().filter(is_new).cloned();
        if fact.pace == Pace::AfterAPause && !paused {
            told.waiting.extend(fresh);
            told.facts.extend(known.cloned());
            continue;
        }
        for line in fresh {
            // What another line has just said is not said twice.
            if !line.is_empty() && !news.iter().any(|said: &String| said.contains(&line)) {
                news.push(line);
            }
        }
        told.facts.push(fact);
    }
    told.prompt = prompt;
    let language = model.seat.language;
    (news.into_iter().map(|line| spoken(language, &line)).collect(), told)
}

/// Whether the last key asked for what follows: Tab completes, Enter asks.
fn says_so(model: &Model) -> bool {
    model.layers.is_empty()
        && model.line.as_ref().is_some_and(|line| line.completing.is_some() || line.focus != LineFocus::Line)
}

/// The line at which something is typed now.
pub fn prompt(model: &Model) -> PromptLine {
    let language = model.seat.language;
    let label = |key: &str| format!("{}> ", say(language, key, &[]));
    let depth = model.layers.len();
    let at = |kind: &str| format!("{kind} {depth}");
    let empty = |kind: &str, key: &str| PromptLine { place: at(kind), label: label(key), ..PromptLine::default() };
    let typed = |kind: &str, key: &str, field: &super::model::field::Field| PromptLine {
        text: field.text().to_owned(),
        cursor: field.cursor(),
        ..empty(kind, key)
    };
    if let Some(lock) = &model.lock {
        let place = LOCKED.to_owned();
        return match (&lock.ways, &model.way_in) {
            (Some(_), _) => PromptLine { place, ..empty("", "linear-choice") },
            (None, TokenSource::Login) => {
                let label = format!("{} ", super::view::sign_in::label(model));
                PromptLine { place, label, ..typed("", "linear-choice", &lock.sign_in.masked()) }
            }
            (None, _) => PromptLine { place, ..empty("", "linear-locked") },
        };
    }
    match model.layers.last() {
        Some(Layer::Prompt(prompt)) => match &prompt.typed {
            Some((_, field)) => typed("prompt", "linear-choice", field),
            None => empty("prompt", "linear-choice"),
        },
        Some(Layer::Party(search)) => typed("party", "linear-who", &search.field),
        Some(Layer::Palette(line)) => typed("palette", "linear-command", &line.field),
        Some(Layer::Register(register)) => match (&register.typed, register.searching) {
            (Some(line), _) => {
                let label = format!("{}> ", super::view::register::typing(model, register));
                PromptLine { label, ..typed("register line", "linear-request", &line.field) }
            }
            (None, true) => typed("register search", "linear-filter", &register.search),
            (None, false) => empty("register", "linear-ready"),
        },
        Some(Layer::Filter(line)) => typed("filter", "linear-filter", &line.field),
        Some(Layer::SignIn(sign_in)) => {
            let label = format!("{} ", super::view::sign_in::label(model));
            PromptLine { label, ..typed("sign in", "linear-command", &sign_in.masked()) }
        }
        Some(Layer::Note(note)) => {
            let cursor = note.text.cursor();
            let text = note.text.lines().get(cursor.0).cloned().unwrap_or_default();
            // Each of its lines is one that is typed.
            let place = format!("note {depth} {}", cursor.0);
            PromptLine { place, label: label("linear-note"), text, cursor: cursor.1 }
        }
        Some(Layer::Letter(letter)) => match letter.focus {
            LetterFocus::To => typed("letter to", "reply-to", &letter.to),
            LetterFocus::Subject => typed("letter subject", "reply-subject", &letter.subject),
            LetterFocus::Text => {
                let cursor = letter.text.cursor();
                let text = letter.text.lines().get(cursor.0).cloned().unwrap_or_default();
                let place = format!("letter {depth} {}", cursor.0);
                PromptLine { place, label: label("linear-reply"), text, cursor: cursor.1 }
            }
            LetterFocus::Answered | LetterFocus::Foot => empty("letter", "linear-ready"),
        },
        Some(Layer::Card(_) | Layer::Recurring(_) | Layer::Help(_) | Layer::Trail(_) | Layer::Settle(_)) => {
            empty("list", "linear-ready")
        }
        None => match &model.line {
            Some(line) if model.context().takes_text() && line.has_focus() => {
                let (kind, shown) = match line.focus {
                    LineFocus::Fields(field) => {
                        let over = line.replacing.as_ref().map(|replacing| replacing.field.clone()).unwrap_or_default();
                        let name = format!("{}> ", reading::name(language, field));
                        (format!("{field:?}"), PromptLine { label: name, ..typed("line", "linear-request", &over) })
                    }
                    LineFocus::Asked => ("asked".to_owned(), empty("line", "linear-choice")),
                    LineFocus::Line | LineFocus::Away => (String::new(), typed("line", "linear-request", &line.input)),
                };
                PromptLine { place: format!("line {:?} {kind} {}", line.subject(), line.saved.len()), ..shown }
            }
            _ if super::update::desk::takes_text(model) => typed("scan", "linear-label", &model.desk.scan),
            _ => empty("list", "linear-ready"),
        },
    }
}
