//! The card's keys: it opens with its history still to come, scrolls, and the verbs of its request work on it.

use super::{Effects, act, verbs};
use crate::{
    client::ClientError,
    console::{
        effect::Effect,
        keymap::Action,
        model::{Model, card::Card, layer::Layer},
        view::card_length,
    },
    domain::ids::RequestId,
    i18n::say,
    wire::query::HistoryEntry,
};
use std::sync::Arc;

/// Opens the card of a request.
pub fn open(model: &mut Model, effects: &mut Effects, request: RequestId) {
    let found = model.requests.past.get(request).cloned();
    let asked = model.world.request(request).and_then(|shown| shown.confirmed);
    // One that the office has not got yet has no history there; it is read once it is confirmed.
    if asked.is_some() || found.is_some() {
        effects.push(Effect::ReadHistory(request));
    }
    model.layers.push(Layer::Card(Card { found, asked, ..Card::of(request) }));
}

/// Keeps what is scrolled away within the card, and reads its history anew when the request has moved on.
pub fn settle(model: &mut Model, effects: &mut Effects) {
    let Some(place) = model.layers.iter().rposition(|layer| matches!(layer, Layer::Card(_))) else { return };
    let (length, height) = match model.layers.get(place) {
        Some(Layer::Card(card)) => card_length(model, card),
        _ => return,
    };
    let is_online = model.connection.is_online();
    let Some(Layer::Card(card)) = model.layers.get_mut(place) else { return };
    card.scrolled = card.scrolled.min(length.saturating_sub(height));
    let shown = model.world.request(card.request);
    let version = shown.and_then(|shown| shown.confirmed);
    if let Some(shown) = shown
        && card.found.as_ref().is_none_or(|kept| !Arc::ptr_eq(kept, shown.row))
    {
        // It stays to be looked at when the replica lets it go.
        card.found = Some(Arc::clone(shown.row));
    }
    if is_online && version.is_some() && card.asked != version {
        card.asked = version;
        effects.push(Effect::ReadHistory(card.request));
    }
}

/// The office told the history.
pub fn history_told(model: &mut Model, request: RequestId, history: Result<Vec<HistoryEntry>, ClientError>) {
    let language = model.seat.language;
    let is_online = model.connection.is_online();
    for layer in &mut model.layers {
        if let Layer::Card(card) = layer
            && card.request == request
        {
            if !is_online && history.is_err() {
                // It is asked for again once the line is back.
                card.asked = None;
            }
            // What was read before is better than nothing.
            if history.is_ok() || !matches!(card.history, Some(Ok(_))) {
                let key = if is_online { "sheet-history-refused" } else { "sheet-history-away" };
                card.history = Some(history.map_err(|_| say(language, key, &[])));
            }
            return;
        }
    }
}

/// What keys do on a card.
pub fn act(model: &mut Model, effects: &mut Effects, action: Action) {
    let page = usize::from(model.size.rows.saturating_sub(8)).max(1);
    let Some(Layer::Card(card)) = model.layers.last_mut() else { return };
    match action {
        Action::Down => card.scrolled += 1,
        Action::Up => card.scrolled = card.scrolled.saturating_sub(1),
        Action::PageDown => card.scrolled += page,
        Action::PageUp => card.scrolled = card.scrolled.saturating_sub(page),
        Action::Top => card.scrolled = 0,
        // Settling brings it back to the last line.
        Action::Bottom => card.scrolled = usize::MAX / 2,
        Action::Right => card.unfolded = true,
        Action::Left => card.unfolded = false,
        Action::Open | Action::Back => {
            model.layers.pop();
        }
        Action::Screen1 | Action::Screen3 | Action::Screen4 | Action::Screen5 => {
            model.layers.clear();
            act::on_list(model, effects, action);
        }
        Action::Command | Action::Undo => act::on_list(model, effects, action),
        _ => verbs::propose(model, effects, action),
    }
}

#[cfg(test)]
mod tests;
