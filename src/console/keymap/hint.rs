//! What can be done now, for the lines of hints and the help: read from the key table for the focus at hand.

use super::{Action, Context, Keymap, Reading};
use crate::{domain::operator::Language, i18n::say};

/// A key and what it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// What it does.
    pub action: Action,
    /// The key as written on a keyboard of the operator's language.
    pub key: String,
    /// What it does, in words.
    pub words: String,
    /// Whether it would do anything just now.
    pub enabled: bool,
}

/// All that a focus inherits from one context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The context.
    pub context: Context,
    /// Its actions in the order of the table, each with all of its keys.
    pub hints: Vec<Hint>,
}

impl Keymap {
    /// The hint of an action for a focus; none if no key does it there.
    pub fn hint(&self, focus: Context, action: Action, enabled: bool, language: Language) -> Option<Hint> {
        let key = self.label(self.keys_there(focus, action).next()?, language);
        Some(Hint { action, key, words: action.words(language), enabled })
    }

    /// How to get to an action from a focus, in words: its key, or Esc and then its key; else the command that does it.
    pub fn way(&self, focus: Context, action: Action, language: Language) -> String {
        if let Some(key) = self.keys_there(focus, action).next() {
            return self.label(key, language);
        }
        let from_list = self.keys_there(Context::List, action).next();
        let leave = self.keys_there(focus, Action::Leave).next();
        match (leave, from_list) {
            (Some(leave), Some(key)) => say(
                language,
                "keys-then",
                &[("first", self.label(leave, language)), ("second", self.label(key, language))],
            ),
            _ => format!(":{}", action.command(language)),
        }
    }

    /// All that keys do for a focus, nearest context first.
    pub fn help(&self, focus: Context, enabled: impl Fn(Action) -> bool, language: Language) -> Vec<Section> {
        let section = |context: Context| {
            let own = Action::ALL.iter().copied().filter(|action| action.row().context == context);
            let hint = |action: Action| {
                let mut key = self.labels(self.keys_there(focus, action), language);
                if let Some(twins) = self.twins_there(focus, action).filter(|_| !key.is_empty()) {
                    key = format!("{key} {twins}");
                }
                let shown = Hint { action, key, words: action.words(language), enabled: enabled(action) };
                (!shown.key.is_empty()).then_some(shown)
            };
            Section { context, hints: own.filter_map(hint).collect() }
        };
        focus.chain().map(section).filter(|section| !section.hints.is_empty()).collect()
    }

    /// The keys of an action that do it from that focus, and not what it would take as text or bound nearer.
    fn keys_there(&self, focus: Context, action: Action) -> impl Iterator<Item = super::Key> {
        let does = move |key: &super::Key| match self.read(focus, *key) {
            Reading::Act(done) => done == action,
            Reading::Choose(_) => action == Action::Choose,
            _ => false,
        };
        self.keys(action).iter().copied().filter(does)
    }

    /// What the row of digits types without Shift and does the same there: « & », and `&…ç` for all nine.
    fn twins_there(&self, focus: Context, action: Action) -> Option<String> {
        let does = |twin: &char| match self.read(focus, super::Key::char(*twin)) {
            Reading::Act(done) => done == action,
            Reading::Choose(_) => action == Action::Choose,
            _ => false,
        };
        let digits: Vec<u8> =
            self.keys_there(focus, action).filter_map(|key| super::DigitRow::None.digit(key)).collect();
        let twins = |digit: u8| self.digits.twins(digit).iter().copied().filter(does);
        if (1..=9).all(|digit| digits.contains(&digit)) {
            return twins(1).next().zip(twins(9).next()).map(|(first, last)| format!("{first}…{last}"));
        }
        let all: Vec<String> = digits.into_iter().flat_map(twins).map(String::from).collect();
        (!all.is_empty()).then(|| all.join(" "))
    }

    /// Keys one beside the other; nine digits in a row are one span.
    pub(super) fn labels(&self, keys: impl Iterator<Item = super::Key>, language: Language) -> String {
        let keys: Vec<_> = keys.collect();
        if (1..=9).all(|digit| keys.iter().any(|key| super::DigitRow::None.digit(*key) == Some(digit))) {
            return "1…9".to_owned();
        }
        keys.iter().map(|key| self.label(*key, language)).collect::<Vec<_>>().join(" ")
    }
}
