//! The bodies of commands that are more than an entity's fields.

use crate::domain::{
    claim::ClaimSubject,
    contact::Party,
    ids::{ClaimId, CommandKey, NoteId, OperatorId, RequestId},
    request::{RequestFields, RequestState},
    texts::{LongText, ShortText},
    time::Instant,
};
use serde::{Deserialize, Serialize};

macro_rules! body {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
        #[serde(deny_unknown_fields)]
        pub struct $name { $($(#[$field_doc])* pub $field: $type),* }
    };
}
pub(super) use body;

/// A move: names the state that was seen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Step<S> {
    /// The state that the actor had before them.
    pub seen: S,
}

/// A move that says why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StepBecause<S> {
    /// The state that the actor had before them.
    pub seen: S,
    /// Why; picked from the house's list or typed.
    pub reason: ShortText,
}

body! {
    /// A reason for something that is no move between states.
    Because {
        /// Why.
        reason: ShortText,
    }
}

body! {
    /// One of one's own views.
    SetView {
        /// Its name; one of the same name, whatever its capitals and accents, makes place.
        name: String,
        /// Its filter; the view is dropped without one.
        #[serde(default)]
        filter: Option<String>,
    }
}

body! {
    /// Nothing to add.
    Nothing {}
}

body! {
    /// A fact: it happened in the world, whether or not the record agrees.
    Fact {
        /// When it happened.
        occurred_at: Instant,
    }
}

body! {
    /// A question is out.
    Wait {
        /// The state that was seen.
        seen: RequestState,
        /// What was asked.
        question: ShortText,
        /// When to look again by itself.
        #[serde(default)]
        until: Option<Instant>,
    }
}

body! {
    /// It was an enquiry: this was the answer.
    Answer {
        /// The state that was seen.
        seen: RequestState,
        /// What was answered.
        text: LongText,
    }
}

body! {
    /// It goes on as another request.
    Merge {
        /// The state that was seen.
        seen: RequestState,
        /// The request that goes on.
        into: RequestId,
        /// Why they are the same.
        reason: ShortText,
    }
}

body! {
    /// One part of a split.
    Part {
        /// The new request's id.
        id: RequestId,
        /// What is asked for in it.
        fields: RequestFields,
    }
}

body! {
    /// Several jobs in one: each part becomes a request of its own beside the first, which keeps what is left.
    Split {
        /// The parts; 1 to 20.
        parts: Vec<Part>,
    }
}

body! {
    /// A line to note.
    AddNote {
        /// Made by who writes.
        id: NoteId,
        /// What.
        text: LongText,
    }
}

body! {
    /// Own staff does it.
    AssignOwnStaff {
        /// The state that was seen.
        seen: RequestState,
        /// The assignment's id.
        assignment_id: crate::domain::ids::AssignmentId,
        /// Who.
        operator_id: OperatorId,
    }
}

body! {
    /// Takes a contact or request in hand.
    TakeClaim {
        /// What.
        subject: ClaimSubject,
    }
}

body! {
    /// One claim kept alive, with what was typed so far.
    Renewal {
        /// Which claim.
        id: ClaimId,
        /// What was typed; kept as it is when absent.
        #[serde(default)]
        draft: Option<LongText>,
    }
}

body! {
    /// Keeps everything alive that an operator holds; makes no change entry.
    Renew {
        /// The claims; at most 100.
        claims: Vec<Renewal>,
    }
}

body! {
    /// Takes over a claim: a stale one freely, a live one with a reason.
    TakeOver {
        /// Why, if it is live.
        #[serde(default)]
        reason: Option<ShortText>,
    }
}

body! {
    /// How a contact was dealt with.
    WrapUp {
        /// The outcome in words.
        outcome: ShortText,
    }
}

body! {
    /// Whose contact it is.
    AttachParty {
        /// Who.
        party: Party,
        /// Whether the number or address is kept with them.
        #[serde(default)]
        keep: Keep,
    }
}

/// Whether a number or address is remembered for its party.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Keep {
    /// For this contact alone.
    #[default]
    ThisOnce,
    /// From now on.
    FromNowOn,
}

body! {
    /// A row of a bulk.
    BulkRow {
        /// The row's own key.
        key: CommandKey,
        /// What to do.
        #[cfg_attr(feature = "office", schema(no_recursion))]
        command: Box<super::catalogue::Command>,
    }
}

body! {
    /// Many commands with one outcome a row, undone as one.
    Bulk {
        /// The rows; 1 to 500.
        rows: Vec<BulkRow>,
    }
}

body! {
    /// Takes back what a command did, as far as nothing was built upon it.
    Undo {
        /// The key of the command to take back.
        command: CommandKey,
    }
}

body! {
    /// A trainee's command goes back with what to do better.
    ReturnHeld {
        /// What to do better.
        reason: ShortText,
    }
}

body! {
    /// A complaint about a closed request: a new one that is linked to it.
    Complain {
        /// The new request's id.
        id: RequestId,
        /// What is wrong.
        text: LongText,
    }
}
