//! Keys and what they do: one table, from which lookup, hints, help and documentation follow.

mod action;
mod commands;
mod document;
mod hint;
mod key;
mod rebind;

pub use action::{Action, Context, Danger, Kind, Row};
pub use commands::{Commands, Extra, Order};
pub use document::markdown;
pub use hint::{Hint, Section};
pub use key::{Arrows, DigitRow, Key, KeyCode, Layout, NoKey};
pub use rebind::{Forbidden, KeyFault, KeyFaultKind, Place, Rebind, forbidden};

use crate::domain::operator::Language;
use std::collections::BTreeMap;

/// What a key means to a focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// Do this.
    Act(Action),
    /// Take the choice of that number, 1 to 9.
    Choose(u8),
    /// It is text.
    Text(char),
    /// A capital that means nothing: Caps Lock is on, it seems.
    CapsLock,
    /// Nothing.
    Nothing,
}

/// Which keys do what: the table with what the operator bound otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keymap {
    digits: DigitRow,
    arrows: Arrows,
    keys: BTreeMap<Action, Vec<Key>>,
    meaning: BTreeMap<(Context, Key), Action>,
}

impl Default for Keymap {
    fn default() -> Self {
        Self::of(DigitRow::default())
    }
}

impl Keymap {
    /// The table as it is.
    pub fn of(digits: DigitRow) -> Self {
        let parsed = |action: &Action| action.row().keys.iter().filter_map(|key| Key::parse(key).ok()).collect();
        Self::bound(digits, Action::ALL.iter().map(|action| (*action, parsed(action))).collect())
    }

    /// `keys` without any check; who binds twice is decided by the order of the table.
    fn bound(digits: DigitRow, keys: BTreeMap<Action, Vec<Key>>) -> Self {
        let mut meaning = BTreeMap::new();
        for context in Context::ALL {
            // Nearest first, so that what stands closer wins.
            for ancestor in context.chain() {
                for (action, bound) in keys.iter().filter(|(action, _)| action.row().context == ancestor) {
                    // What types a character does so in a field, but for what the field itself binds.
                    let taken = |key: &&Key| ancestor == context || !context.takes_text() || key.typed().is_none();
                    for key in bound.iter().filter(taken) {
                        meaning.entry((context, *key)).or_insert(*action);
                    }
                }
            }
        }
        let mut map = Self { digits, arrows: Arrows::default(), keys, meaning };
        map.add_twins();
        map.add_help_to_fields();
        map
    }

    /// The same keys, the arrows called so.
    #[must_use]
    pub fn with_arrows(self, arrows: Arrows) -> Self {
        Self { arrows, ..self }
    }

    /// What a key is called here.
    pub fn label(&self, key: Key, language: Language) -> String {
        key.called(language, self.arrows)
    }

    /// Help is at hand in fields too, by those of its keys that are no text there.
    fn add_help_to_fields(&mut self) {
        let keys: Vec<_> = self.keys(Action::Help).iter().copied().filter(|key| key.typed().is_none()).collect();
        for context in Context::ALL.into_iter().filter(|context| context.takes_text()) {
            for key in &keys {
                self.meaning.entry((context, *key)).or_insert(Action::Help);
            }
        }
    }

    /// Where a digit is bound, what its row types without Shift does the same, unless it is bound itself.
    fn add_twins(&mut self) {
        let digits: Vec<_> = (self.meaning.iter())
            .filter_map(|((context, key), action)| Some((*context, DigitRow::None.digit(*key)?, *action)))
            .collect();
        for (context, digit, action) in digits {
            for twin in self.digits.twins(digit) {
                self.meaning.entry((context, Key::char(*twin))).or_insert(action);
            }
        }
    }

    /// What a key does there.
    pub fn lookup(&self, context: Context, key: Key) -> Option<Action> {
        self.meaning.get(&(context, key)).copied()
    }

    /// What a key means there, text and choices included.
    pub fn read(&self, context: Context, key: Key) -> Reading {
        match (self.lookup(context, key), key.typed()) {
            (Some(Action::Choose), _) => self.digits.digit(key).map_or(Reading::Nothing, Reading::Choose),
            (Some(action), _) => Reading::Act(action),
            (None, Some(c)) if context.takes_text() => Reading::Text(c),
            (None, Some(c)) if c.is_uppercase() => Reading::CapsLock,
            _ => Reading::Nothing,
        }
    }

    /// Whether any focus does something on that key; text does not count.
    pub fn knows(&self, key: Key) -> bool {
        Context::ALL.iter().any(|context| self.lookup(*context, key).is_some())
    }

    /// The keys of an action that work, the one to show first.
    pub fn keys(&self, action: Action) -> &[Key] {
        self.keys.get(&action).map_or(&[], Vec::as_slice)
    }

    /// The number from 1 to 9 that a key means, where digits are numbers (choices, an empty entry line).
    pub fn digit(&self, key: Key) -> Option<u8> {
        self.digits.digit(key)
    }

    /// The fewest presses that an action costs on a layout, twins of digits included; none if it has no key there.
    pub fn presses(&self, action: Action, layout: Layout) -> Option<u8> {
        let context = action.row().context;
        let reach = |(at, key): (&(Context, Key), &Action)| (at.0 == context && *key == action).then_some(at.1);
        self.meaning.iter().filter_map(reach).filter_map(|key| layout.presses(key)).min()
    }
}

#[cfg(test)]
mod tests;
