//! What can be done at the focus at hand: which rows a verb acts on, what stands in its way, what most likely comes next. Read by
//! update, which does it, and by view, which hints at it; pure.

mod likely;
pub mod rules;

use super::{
    keymap::Action,
    model::{
        Model, Screen,
        dispatch::Tab,
        layer::Layer,
        prompt::Drawn,
        reception::Item,
        rounds::{Pane, Tab as Tab3},
    },
};
pub use likely::{Step, enabled, next_steps};
pub use rules::{Obstacle, permitted};

/// The rows that a verb acts on: those marked, else the one selected; on a card its request.
pub fn items(model: &Model) -> Vec<Item> {
    let card =
        model.layers.iter().rev().find_map(|layer| if let Layer::Card(card) = layer { Some(card) } else { None });
    if let Some(card) = card {
        return vec![Item::Request(card.request)];
    }
    match model.screen {
        Screen::Reception => model.reception.selected().into_iter().collect(),
        Screen::Dispatch if model.dispatch.tab == Tab::ToAssign && !model.dispatch.marks.is_empty() => {
            model.dispatch.marks.iter().map(Item::Request).collect()
        }
        Screen::Dispatch => model.dispatch.selected().into_iter().collect(),
        Screen::Requests if model.requests.marked.is_empty() => {
            model.requests.list.selected().map(Item::Request).into_iter().collect()
        }
        Screen::Requests => model.requests.marked.iter().map(Item::Request).collect(),
        Screen::Rounds => model.rounds.leg().map(Item::Leg).into_iter().collect(),
        // Figures are no rows, and lines of the journal tell of what was.
        Screen::Activity => Vec::new(),
        Screen::Desk => crate::console::update::desk::item(model).into_iter().collect(),
    }
}

/// The same for one verb: on the board OK is said to the round, everything else to its stop; at a desk some verbs are about the session
/// itself, whatever row is looked at.
pub fn items_of(model: &Model, action: Action) -> Vec<Item> {
    let is_board =
        model.screen == Screen::Rounds && (model.rounds.pane, model.rounds.tab) != (Pane::Below, Tab3::Unplanned);
    if is_board && action == Action::Accept && !model.layers.iter().any(|layer| matches!(layer, Layer::Card(_))) {
        return model.rounds.round().map(Item::Round).into_iter().collect();
    }
    let of_session = matches!(action, Action::Accept | Action::Claim | Action::Edit);
    if model.screen == Screen::Desk && model.layers.is_empty() && of_session {
        return model.desk.permanence.map(Item::Permanence).into_iter().collect();
    }
    items(model)
}

/// The rows at hand that a verb can act on, how many it cannot, and what stands in the way of the first of those.
pub fn able(model: &Model, action: Action) -> (Vec<Drawn>, usize, Obstacle) {
    let rows: Vec<Drawn> =
        items_of(model, action).into_iter().filter_map(|item| rules::drawn(&model.world, item)).collect();
    let all = rows.len();
    let mut obstacle = Obstacle::NotHere;
    let mut able = Vec::with_capacity(all);
    for row in rows {
        match rules::command(model, action, &row) {
            Ok(_) => able.push(row),
            Err(found) if obstacle == Obstacle::NotHere => obstacle = found,
            Err(_) => {}
        }
    }
    let left_out = all - able.len();
    (able, left_out, obstacle)
}

#[cfg(test)]
mod tests;
