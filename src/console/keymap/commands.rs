//! What can be typed after `:`: every action by its word in either language, and what else a session can do.

use super::Action;
use crate::{domain::operator::Language, text::fold};

/// A command that is no action of the key table, such as what only a simulated service can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extra {
    /// What it is known by in the code.
    pub id: &'static str,
    /// What is typed in French.
    pub french: &'static str,
    /// What is typed in English.
    pub english: &'static str,
}

/// What was ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// An action of the key table.
    Action(Action),
    /// A command that was added, by its id.
    Extra(&'static str),
}

/// All commands of a session.
#[derive(Clone, Debug, Default)]
pub struct Commands {
    extras: Vec<Extra>,
}

impl Commands {
    /// The actions of the key table and these.
    pub fn with(extras: Vec<Extra>) -> Self {
        Self { extras }
    }

    /// Every command with the word that is typed for it, for a palette to complete.
    pub fn all(&self, language: Language) -> impl Iterator<Item = (Order, String)> {
        let actions = Action::ALL.iter().map(move |action| (Order::Action(*action), action.command(language)));
        let word = move |extra: &Extra| match language {
            Language::Fr => extra.french.to_owned(),
            Language::En => extra.english.to_owned(),
        };
        actions.chain(self.extras.iter().map(move |extra| (Order::Extra(extra.id), word(extra))))
    }

    /// The command of a word, in the language of the interface before the other: the whole word, else the only one that begins so.
    pub fn find(&self, typed: &str, language: Language) -> Option<Order> {
        let typed = fold(typed);
        if typed.is_empty() {
            return None;
        }
        let other = match language {
            Language::Fr => Language::En,
            Language::En => Language::Fr,
        };
        let known: Vec<_> = [language, other]
            .into_iter()
            .flat_map(|tongue| self.all(tongue))
            .map(|(order, word)| (order, fold(&word)))
            .collect();
        let whole = known.iter().find(|(_, word)| *word == typed).map(|(order, _)| *order);
        whole.or_else(|| {
            let mut begun = known.iter().filter(|(_, word)| word.starts_with(&typed)).map(|(order, _)| *order);
            let first = begun.next()?;
            begun.all(|order| order == first).then_some(first)
        })
    }
}
