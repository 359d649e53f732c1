//! The screen of who does what: moving in its lists and among providers, marks, and when the office is asked for its figures.

use super::Effects;
use crate::{
    client::ClientError,
    console::{
        effect::Effect,
        filter::Moment,
        keymap::Action,
        model::{
            Model, Screen,
            dispatch::{Pane, Reader, Tab},
            list::{List, Step},
            reception::Item,
        },
        view::dispatch_height,
    },
    domain::{access::Role, ess::Share, ids::ProviderId, time::Instant},
    wire::query::ProviderLoad,
};
use jiff::SignedDuration;
use std::hash::Hash;

/// The office is asked for its figures at most this often.
const AT_MOST_EVERY: SignedDuration = SignedDuration::from_secs(3);
/// Asked again after it did not answer.
const AGAIN_AFTER: SignedDuration = SignedDuration::from_secs(30);
/// What was told so long ago is asked for again when the screen is opened.
const FRESH: SignedDuration = SignedDuration::from_mins(1);

/// Brings lists and ranking up to date while they are looked at, and asks for the figures when it is time.
pub fn settle(model: &mut Model, effects: &mut Effects) {
    if model.screen == Screen::Dispatch {
        let height = dispatch_height(model);
        let reader = Reader { me: model.seat.me(), learns: model.seat.actor().has(Role::Trainee) };
        let at = Moment { now: model.now, today: model.seat.civil(model.now).date(), me: model.seat.me() };
        model.dispatch.settle(&model.world, &mut model.requests, reader, at, height);
    }
    if due(model).is_some_and(|due| due <= model.now) {
        let today = model.seat.civil(model.now).date();
        let figures = &mut model.dispatch.figures;
        (figures.is_asked, figures.due, figures.asked_at) = (true, None, Some(model.now));
        effects.push(Effect::ReadFigures { from: today.first_of_month(), to: today.last_of_month() });
    }
}

/// Works out what a move from here would show.
pub fn ahead(model: &mut Model) {
    if model.screen == Screen::Dispatch {
        model.dispatch.rank_ahead(&model.world, model.now);
    }
}

/// When the office is to be asked for its figures; none as long as nobody looks or nothing changed.
pub fn due(model: &Model) -> Option<Instant> {
    let figures = &model.dispatch.figures;
    let is_looked_at = model.screen == Screen::Dispatch && model.connection.is_online();
    let may = is_looked_at && !figures.is_asked && model.seat.actor().is_staff();
    figures.due.filter(|_| may).map(|due| match figures.asked_at {
        Some(asked_at) => due.max(asked_at.plus(AT_MOST_EVERY)),
        None => due,
    })
}

/// The screen is opened: figures that are not fresh are asked for.
pub fn open(model: &mut Model) {
    model.screen = Screen::Dispatch;
    let figures = &mut model.dispatch.figures;
    if figures.asked_at.is_none_or(|asked_at| model.now.since(asked_at) > FRESH) {
        figures.due.get_or_insert(model.now);
    }
}

/// An offer or an assignment is another: what follows from them is asked for once it is looked at.
pub fn outdated(model: &mut Model) {
    model.dispatch.figures.due.get_or_insert(model.now);
}

/// The line is back: what was asked before it broke is not answered any more.
pub fn connected(model: &mut Model) {
    model.dispatch.figures.is_asked = false;
    outdated(model);
}

/// The office told its figures; those of before stay where it did not.
pub fn figures_told(model: &mut Model, told: Result<(Vec<ProviderLoad>, Share), ClientError>) {
    let figures = &mut model.dispatch.figures;
    figures.is_asked = false;
    match told {
        Ok((loads, share)) => figures.told(loads, share),
        Err(_) => _ = figures.due.get_or_insert(model.now.plus(AGAIN_AFTER)),
    }
}

/// Moves in the list, or among the providers.
pub fn step(model: &mut Model, step: Step) {
    if model.dispatch.pane == Pane::Providers {
        step_provider(model, step);
        return;
    }
    let dispatch = &mut model.dispatch;
    match dispatch.tab {
        Tab::ToAssign => dispatch.to_assign.step(step),
        Tab::Offers => dispatch.offers.step(step),
        Tab::ToCall => dispatch.to_call.step(step),
        Tab::Held => dispatch.held.step(step),
    }
    dispatch.leave_providers();
}

fn step_provider(model: &mut Model, step: Step) {
    let Some((request, providers)) = ranked(model) else { return };
    let chosen = model.dispatch.chosen(request);
    let place = chosen.and_then(|chosen| providers.iter().position(|one| *one == chosen)).unwrap_or_default();
    let last = providers.len().saturating_sub(1);
    let place = match step {
        Step::Up => place.saturating_sub(1),
        Step::Down => (place + 1).min(last),
        Step::PageUp | Step::Top => 0,
        Step::PageDown | Step::Bottom => last,
    };
    if let Some(provider) = providers.get(place) {
        model.dispatch.choose(request, *provider);
    }
}

/// The request that is looked at, and its providers in their order.
fn ranked(model: &Model) -> Option<(crate::domain::ids::RequestId, Vec<ProviderId>)> {
    let request = model.dispatch.looked_at(&model.world)?;
    let ranking = model.dispatch.ranking(request)?;
    Some((request, ranking.ranked.iter().map(|ranked| ranked.provider).collect()))
}

/// To the next tab, or into the providers and back.
pub fn sideways(model: &mut Model, action: Action) {
    let tab = model.dispatch.tab;
    match action {
        Action::NextPane | Action::PrevPane => {
            model.dispatch.tab = if action == Action::NextPane { tab.next() } else { tab.before() };
            model.dispatch.leave_providers();
            let dispatch = &mut model.dispatch;
            match dispatch.tab {
                Tab::ToAssign => come_to(&mut dispatch.to_assign),
                Tab::Offers => come_to(&mut dispatch.offers),
                Tab::ToCall => come_to(&mut dispatch.to_call),
                Tab::Held => come_to(&mut dispatch.held),
            }
        }
        Action::Right if model.dispatch.pane == Pane::Rows && tab != Tab::Held => {
            let Some((request, providers)) = ranked(model) else { return };
            // The first is recommended: who goes there wants another.
            if let Some(provider) = providers.get(1).or(providers.first()) {
                model.dispatch.pane = Pane::Providers;
                model.dispatch.choose(request, *provider);
            }
        }
        Action::Left => model.dispatch.leave_providers(),
        _ => {}
    }
}

/// What came in above while nobody looked is shown, as far as there is room.
fn come_to<K: Copy + Eq + Hash>(list: &mut List<K>) {
    if let Some(selected) = list.selected() {
        list.select(selected);
    }
}

/// Leaves the providers for the list; whether one was among them.
pub fn left_providers(model: &mut Model) -> bool {
    let was = model.screen == Screen::Dispatch && model.dispatch.pane == Pane::Providers;
    if was {
        model.dispatch.leave_providers();
    }
    was
}

/// Marks rows for a bulk.
pub fn mark(model: &mut Model, action: Action) {
    let dispatch = &mut model.dispatch;
    if dispatch.tab != Tab::ToAssign {
        return;
    }
    let Some(selected) = dispatch.to_assign.selected() else { return };
    match action {
        Action::Mark => {
            dispatch.marks.turn(selected);
            dispatch.to_assign.step(Step::Down);
            dispatch.leave_providers();
        }
        Action::MarkRange => dispatch.marks.range(dispatch.to_assign.order(), selected),
        Action::MarkAll => {
            let ghost = dispatch.to_assign.is_ghost().then_some(selected);
            let shown = dispatch.to_assign.order().iter().copied().filter(|id| Some(*id) != ghost);
            dispatch.marks.all(shown);
        }
        _ => {}
    }
}

/// After one's own verb: on to the next row that it did not deal with, and what was marked is dealt with.
pub fn advance(model: &mut Model, dealt_with: &[Item]) {
    let dispatch = &mut model.dispatch;
    dispatch.marks.clear();
    if !dispatch.selected().is_some_and(|item| dealt_with.contains(&item)) {
        return;
    }
    match dispatch.tab {
        Tab::ToAssign => go_on(&mut dispatch.to_assign, |id| dealt_with.contains(&Item::Request(id))),
        Tab::Offers => go_on(&mut dispatch.offers, |id| dealt_with.contains(&Item::Offer(id))),
        Tab::ToCall => go_on(&mut dispatch.to_call, |id| dealt_with.contains(&Item::Offer(id))),
        Tab::Held => go_on(&mut dispatch.held, |id| dealt_with.contains(&Item::Held(id))),
    }
    dispatch.leave_providers();
}

/// Selects the next row below that is not dealt with, else the nearest above; the next one at least.
fn go_on<K: Copy + Eq + Hash>(list: &mut List<K>, is_dealt_with: impl Fn(K) -> bool) {
    let (above, below) = list.order().split_at(list.index());
    let left = |key: &&K| !is_dealt_with(**key);
    match below.iter().find(left).or_else(|| above.iter().rev().find(left)).copied() {
        Some(next) => list.select(next),
        None => list.advance(),
    }
}

#[cfg(test)]
mod tests;
