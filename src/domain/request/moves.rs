//! Where a request can stand, and the table of its moves.

use crate::domain::{
    access::who::{B, C, D, M, P, S, V},
    entity::EntityKind,
    machine::{Machine, Move, Reason, Trainee, states},
};

states! {
    /// Where a request stands.
    RequestState {
        /// Came in; what is asked may be incomplete.
        New = "new",
        /// Everything is known that the job needs.
        Triaged = "triaged",
        /// A question is out; clocks pause.
        Waiting = "waiting",
        /// An offer is with a provider.
        Offered = "offered",
        /// A provider or own staff does it.
        Assigned = "assigned",
        /// On its way or at work.
        Underway = "underway",
        /// Within the requester's reach.
        Ready = "ready",
        /// Delivered.
        Done = "done",
        /// Settled.
        Closed = "closed",
        /// It was an enquiry.
        Answered = "answered",
        /// The house does not do it.
        Refused = "refused",
        /// Called off.
        Cancelled = "cancelled",
        /// Goes on as another request.
        Merged = "merged",
    }
}

use RequestState::{
    Answered, Assigned, Cancelled, Closed, Done, Merged, New, Offered, Ready, Refused, Triaged, Underway, Waiting,
};

/// The table of a request's moves.
pub const REQUEST: Machine<RequestState> = Machine {
    entity: EntityKind::Request,
    start: &[New],
    moves: &[
        Move {
            name: "triage",
            from: &[New],
            to: &[Triaged],
            who: &[P, C, D, S],
            reason: Reason::None,
            trainee: Trainee::Free,
            condition: "requester, service, site, payer and time are known; by the system for a date of a recurring order",
        },
        Move {
            name: "answer",
            from: &[New, Triaged],
            to: &[Answered],
            who: &[P, C, D],
            reason: Reason::None,
            trainee: Trainee::Held,
            condition: "it was an enquiry",
        },
        Move {
            name: "wait",
            from: &[New, Triaged],
            to: &[Waiting],
            who: &[P, C, D],
            reason: Reason::None,
            trainee: Trainee::Free,
            condition: "a question is out; clocks pause",
        },
        Move {
            name: "resume",
            from: &[Waiting],
            to: &[New, Triaged],
            who: &[P, C, D, S],
            reason: Reason::None,
            trainee: Trainee::Free,
            condition: "at the date, or on a reply; back to where it was",
        },
        Move {
            name: "merge",
            from: &[New, Triaged],
            to: &[Merged],
            who: &[P, C, D],
            reason: Reason::Required,
            trainee: Trainee::Held,
            condition: "the target is open",
        },
        Move {
            name: "unmerge",
            from: &[Merged],
            to: &[New, Triaged],
            who: &[P, C, D],
            reason: Reason::None,
            trainee: Trainee::Held,
            condition: "back to where it was",
        },
        Move {
            name: "offer",
            from: &[Triaged],
            to: &[Offered],
            who: &[D, C],
            reason: Reason::None,
            trainee: Trainee::Held,
            condition: "an offer was sent",
        },
        Move {
            name: "assign",
            from: &[Triaged],
            to: &[Assigned],
            who: &[D, C],
            reason: Reason::None,
            trainee: Trainee::Held,
            condition: "own staff does it",
        },
        Move {
            name: "take",
            from: &[Offered],
            to: &[Assigned],
            who: &[S],
            reason: Reason::None,
            trainee: Trainee::Never,
            condition: "an offer was accepted",
        },
        Move {
            name: "exhaust",
            from: &[Offered],
            to: &[Triaged],
            who: &[S],
            reason: Reason::None,
            trainee: Trainee::Never,
            condition: "all offers ended without a yes",
        },
        Move {
            name: "start",
            from: &[Assigned],
            to: &[Underway],
            who: &[S, V, C, P, D],
            reason: Reason::None,
            trainee: Trainee::Free,
            condition: "a leg started, or by report",
        },
        Move {
            name: "ready",
            from: &[Assigned, Underway],
            to: &[Ready],
            who: &[S, V, C, P, D],
            reason: Reason::None,
            trainee: Trainee::Free,
            condition: "within the requester's reach",
        },
        Move {
            name: "done",
            from: &[Underway, Ready],
            to: &[Done],
            who: &[S, V, C, P, D],
            reason: Reason::None,
            trainee: Trainee::Free,
            condition: "delivered, or by report",
        },
        Move {
            name: "release",
            from: &[Assigned, Underway],
            to: &[Triaged],
            who: &[D],
            reason: Reason::Required,
            trainee: Trainee::Never,
            condition: "the provider is released",
        },
        Move {
            name: "cancel",
            from: &[New, Triaged, Waiting, Offered, Assigned, Underway, Ready],
            to: &[Cancelled],
            who: &[P, C, D],
            reason: Reason::Required,
            trainee: Trainee::Held,
            condition: "legs are cancelled or turned back",
        },
        Move {
            name: "cancel",
            from: &[New, Triaged, Waiting, Offered, Assigned],
            to: &[Cancelled],
            who: &[B],
            reason: Reason::Required,
            trainee: Trainee::Never,
            condition: "by the requester, until underway",
        },
        Move {
            name: "refuse",
            from: &[New, Triaged],
            to: &[Refused],
            who: &[D],
            reason: Reason::Required,
            trainee: Trainee::Never,
            condition: "outside the catalogue, or nobody found",
        },
        Move {
            name: "close",
            from: &[Done],
            to: &[Closed],
            who: &[S, M],
            reason: Reason::None,
            trainee: Trainee::Never,
            condition: "no open exception",
        },
        Move {
            name: "reopen",
            from: &[Done],
            to: &[Underway],
            who: &[D],
            reason: Reason::Required,
            trainee: Trainee::Never,
            condition: "a complaint; after closing, a linked request instead",
        },
    ],
};
