//! The actions that are likely on a card and on the rows of each screen, the likeliest first.

use crate::console::{
    keymap::Action,
    model::{Model, Screen, dispatch::Pane, reception::Item, rounds, world::CallStanding},
    steps::items,
};

/// The likely actions on the row that is looked at, the likeliest first.
pub(super) fn on_row(model: &Model) -> &'static [Action] {
    if model.screen == Screen::Dispatch {
        return in_dispatch(model);
    }
    if model.screen == Screen::Activity {
        return ACTIVITY;
    }
    if model.screen == Screen::Rounds {
        return in_rounds(model);
    }
    if model.screen == Screen::Desk {
        return DESK;
    }
    let Some(item) = items(model).first().copied() else {
        return &[Action::NextPane, Action::NewRequest, Action::Filter, Action::Command, Action::Back];
    };
    match item {
        Item::Contact(id) => {
            let standing = model.world.contact(id).and_then(|shown| model.world.standing(shown.row));
            match standing {
                // Who is on the line, or has just hung up, is written down.
                Some(CallStanding::Mine | CallStanding::ToFinish) => CALL,
                Some(CallStanding::Missed) => MISSED,
                _ => CONTACT,
            }
        }
        // One goes through that list row by row: hints that came and went would cost more than the move. The card has them all.
        Item::Request(_) if model.screen == Screen::Requests => REQUESTS,
        Item::Request(_) => REQUEST,
        Item::Offer(_) => &[
            Action::Accept,
            Action::Assign,
            Action::Edit,
            Action::Reply,
            Action::Cancel,
            Action::Command,
            Action::Help,
        ],
        Item::Held(_) => HELD,
        Item::Leg(_) | Item::Round(_) => ROUNDS,
        Item::Exception(_) => &[Action::Outcome, Action::NextPane, Action::Filter, Action::Command, Action::Help],
        Item::Permanence(_) => &[
            Action::Open,
            Action::Accept,
            Action::Claim,
            Action::Edit,
            Action::NewRequest,
            Action::NextPane,
            Action::Filter,
            Action::Command,
            Action::Help,
        ],
    }
}

/// What can be done with a round, its stops, what is not planned; while a stop is moved, only where it goes.
fn in_rounds(model: &Model) -> &'static [Action] {
    if model.rounds.moving.is_some() {
        return &[Action::Up, Action::Down, Action::Left, Action::Right, Action::Open, Action::Leave, Action::Help];
    }
    match (model.rounds.pane, model.rounds.board.selected()) {
        (rounds::Pane::Below, _) if model.rounds.tab == rounds::Tab::Unplanned => UNPLANNED,
        (_, None) => &[Action::NextPane, Action::DayBefore, Action::DayAfter, Action::Command, Action::Help],
        (rounds::Pane::Board, Some(rounds::Row::Courier(..))) => {
            &[Action::Accept, Action::NextPane, Action::DayBefore, Action::DayAfter, Action::Command, Action::Help]
        }
        _ => ROUNDS,
    }
}

const ROUNDS: &[Action] = &[
    Action::Open,
    Action::Edit,
    Action::Pin,
    Action::Slot,
    Action::Assign,
    Action::Outcome,
    Action::Accept,
    Action::NextPane,
    Action::Cancel,
    Action::DayBefore,
    Action::DayAfter,
    Action::Undo,
    Action::Filter,
    Action::Command,
    Action::Help,
];

const UNPLANNED: &[Action] = &[
    Action::Accept,
    Action::Assign,
    Action::Slot,
    Action::Edit,
    Action::Open,
    Action::NextPane,
    Action::Cancel,
    Action::Undo,
    Action::Command,
    Action::Back,
    Action::Help,
];

const DESK: &[Action] = &[
    Action::Open,
    Action::Scan,
    Action::Pay,
    Action::Accept,
    Action::NextPane,
    Action::NewRequest,
    Action::Note,
    Action::Undo,
    Action::Back,
    Action::Command,
    Action::Help,
];

const ACTIVITY: &[Action] = &[
    Action::Open,
    Action::NextPane,
    Action::DayBefore,
    Action::DayAfter,
    Action::Left,
    Action::Right,
    Action::Filter,
    Action::Back,
    Action::Command,
    Action::Help,
];

fn in_dispatch(model: &Model) -> &'static [Action] {
    match (model.dispatch.selected(), model.dispatch.pane) {
        (None, _) => &[Action::NextPane, Action::NewRequest, Action::Filter, Action::Command, Action::Back],
        (Some(_), Pane::Providers) => {
            &[Action::Assign, Action::Down, Action::Up, Action::Left, Action::Open, Action::Command, Action::Help]
        }
        (Some(Item::Offer(_)), Pane::Rows) => &[
            Action::Accept,
            Action::Assign,
            Action::Edit,
            Action::Reply,
            Action::Cancel,
            Action::Right,
            Action::Open,
            Action::Repeat,
            Action::NextPane,
            Action::Filter,
            Action::Command,
            Action::Help,
        ],
        (Some(Item::Held(_)), Pane::Rows) => HELD,
        (Some(_), Pane::Rows) => &[
            Action::Assign,
            Action::Right,
            Action::Open,
            Action::Mark,
            Action::MarkAll,
            Action::Edit,
            Action::Suspend,
            Action::Repeat,
            Action::NextPane,
            Action::Filter,
            Action::Command,
            Action::Help,
        ],
    }
}

const HELD: &[Action] =
    &[Action::Accept, Action::Cancel, Action::Open, Action::NextPane, Action::Filter, Action::Command, Action::Help];

const CALL: &[Action] = &[
    Action::Open,
    Action::Outcome,
    Action::SamePerson,
    Action::Edit,
    Action::Merge,
    Action::NewRequest,
    Action::NextPane,
    Action::Filter,
    Action::Command,
    Action::Help,
];

const MISSED: &[Action] = &[
    Action::Outcome,
    Action::Claim,
    Action::Open,
    Action::Edit,
    Action::NewRequest,
    Action::NextPane,
    Action::Filter,
    Action::Command,
    Action::Help,
];

const CONTACT: &[Action] = &[
    Action::Accept,
    Action::Claim,
    Action::Open,
    Action::Reply,
    Action::Outcome,
    Action::Merge,
    Action::Divide,
    Action::SamePerson,
    Action::Edit,
    Action::NewRequest,
    Action::NextPane,
    Action::Filter,
    Action::Command,
    Action::Help,
];

const REQUESTS: &[Action] = &[
    Action::Accept,
    Action::Open,
    Action::Edit,
    Action::Mark,
    Action::Repeat,
    Action::NewRequest,
    Action::Filter,
    Action::Command,
    Action::Help,
];

const REQUEST: &[Action] = &[
    Action::Accept,
    Action::Open,
    Action::Edit,
    Action::Outcome,
    Action::Reply,
    Action::Suspend,
    Action::Slot,
    Action::Merge,
    Action::Divide,
    Action::Mark,
    Action::Repeat,
    Action::NewRequest,
    Action::Filter,
    Action::NextPane,
    Action::Command,
    Action::Help,
];

/// The likely actions on a card, the likeliest first.
pub(super) const CARD: &[Action] = &[
    Action::Accept,
    Action::Edit,
    Action::Outcome,
    Action::Reply,
    Action::Suspend,
    Action::Slot,
    Action::Note,
    Action::Merge,
    Action::Divide,
    Action::Cancel,
    Action::Claim,
    Action::Undo,
    Action::Back,
    Action::Help,
];
