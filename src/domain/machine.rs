//! State machines as data: one table an entity, from which legality, the legal moves named in an error, access and the documentation come.

use super::{access::Who, entity::EntityKind, refusal::Refusal};
use std::fmt::{self, Write as _};

/// A state of an entity; made by the macro `states!`.
pub trait State: Copy + Eq + fmt::Debug + 'static {
    /// Every state, in the order of the usual course.
    const ALL: &'static [Self];

    /// The word that stands in JSON, tables, routes and logs.
    fn name(self) -> &'static str;
}

/// Declares a state enum whose name in JSON, tables and logs is one `snake_case` word each.
macro_rules! states {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
        // The words again, for the API's description: its macro does not see those that come from another macro.
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$variant_doc])* #[serde(rename = $word)] $variant),+ }

        impl $crate::domain::machine::State for $name {
            const ALL: &'static [Self] = &[$(Self::$variant),+];

            fn name(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }
    };
}
pub(crate) use states;

/// Whether a move must say why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The act explains itself.
    None,
    /// Marked `!` in the tables: refused without a reason.
    Required,
}

/// What happens when a trainee asks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trainee {
    /// Stays in the house, costs nothing, ends nothing: done at once.
    Free,
    /// Becomes a held command that another releases.
    Held,
    /// Not for trainees.
    Never,
}

/// One row of a machine's table.
#[derive(Debug)]
pub struct Move<S: 'static> {
    /// The verb, as in the command's name.
    pub name: &'static str,
    /// The states it may leave.
    pub from: &'static [S],
    /// The states it may reach.
    pub to: &'static [S],
    /// Who may make it.
    pub who: &'static [Who],
    /// Whether it must say why.
    pub reason: Reason,
    /// What becomes of it in a trainee's hand.
    pub trainee: Trainee,
    /// The condition in words, for the documentation; the entity's own code holds it.
    pub condition: &'static str,
}

/// The whole table of an entity.
#[derive(Debug)]
pub struct Machine<S: 'static> {
    /// Whose states these are.
    pub entity: EntityKind,
    /// The states in which one may be made.
    pub start: &'static [S],
    /// Every legal move.
    pub moves: &'static [Move<S>],
}

impl<S: State> Machine<S> {
    /// The verbs that are legal in a state, in the table's order.
    pub fn legal(&self, from: S) -> Vec<&'static str> {
        let mut names: Vec<_> =
            self.moves.iter().filter(|step| step.from.contains(&from)).map(|step| step.name).collect();
        names.dedup();
        names
    }

    /// The row that allows this move.
    ///
    /// # Errors
    /// [`Refusal::IllegalMove`] with the legal verbs when there is none.
    pub fn step(&self, from: S, name: &'static str, to: S) -> Result<&'static Move<S>, Refusal> {
        self.moves
            .iter()
            .find(|step| step.name == name && step.from.contains(&from) && step.to.contains(&to))
            .ok_or_else(|| Refusal::IllegalMove {
                entity: self.entity,
                from: from.name(),
                asked: name,
                legal: self.legal(from),
            })
    }

    /// The rows of one verb; access is read from them.
    pub fn verb(&self, name: &str) -> impl Iterator<Item = &'static Move<S>> {
        self.moves.iter().filter(move |step| step.name == name)
    }

    /// Whether nothing leads out of this state.
    pub fn is_end(&self, state: S) -> bool {
        !self.moves.iter().any(|step| step.from.contains(&state))
    }

    /// The table as Markdown, for `docs/states.md`.
    pub fn to_markdown(&self) -> String {
        let words = |states: &[S]| states.iter().map(|state| state.name()).collect::<Vec<_>>().join(", ");
        let mut text = format!(
            "## {}\n\nStarts as: {}.\n\n| move | from | to | who | reason | trainee | condition |\n|---|---|---|---|---|---|---|\n",
            self.entity.name(),
            words(self.start)
        );
        for step in self.moves {
            let who = step.who.iter().map(|who| who.name()).collect::<Vec<_>>().join(", ");
            let reason = if step.reason == Reason::Required { "required" } else { "" };
            let trainee = match step.trainee {
                Trainee::Free => "free",
                Trainee::Held => "held",
                Trainee::Never => "no",
            };
            let (from, to) = (words(step.from), words(step.to));
            // Writing to a string does not fail.
            let _ =
                writeln!(text, "| {} | {from} | {to} | {who} | {reason} | {trainee} | {} |", step.name, step.condition);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::{
        assignment::ASSIGNMENT, booking::BOOKING, claim::CLAIM, contact::CONTACT, exception::EXCEPTION, held::HELD,
        item::ITEM, leg::LEG, locker::LOCKER, offer::OFFER, permanence::PERMANENCE, recurring::RECURRING_ORDER,
        reply::REPLY, request::REQUEST, round::ROUND,
    };

    /// `UPDATE_DOCS=1` writes the file anew.
    #[test]
    fn the_documentation_of_states_is_what_the_tables_say() {
        let tables = [
            REQUEST.to_markdown(),
            RECURRING_ORDER.to_markdown(),
            CONTACT.to_markdown(),
            CLAIM.to_markdown(),
            HELD.to_markdown(),
            REPLY.to_markdown(),
            OFFER.to_markdown(),
            ASSIGNMENT.to_markdown(),
            PERMANENCE.to_markdown(),
            LOCKER.to_markdown(),
            BOOKING.to_markdown(),
            ITEM.to_markdown(),
            LEG.to_markdown(),
            ROUND.to_markdown(),
            EXCEPTION.to_markdown(),
        ];
        let head = "# States and moves\n\nMade from the tables in `src/domain/`; who may do what is read from them as well. A manager may do all that a dispatcher may.\n\n";
        let text = format!("{head}{}", tables.join("\n"));
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/states.md");
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::write(path, &text).unwrap();
        }
        assert!(
            std::fs::read_to_string(path).unwrap_or_default() == text,
            "docs/states.md is not what the tables say: UPDATE_DOCS=1 cargo test --lib states"
        );
    }
}
