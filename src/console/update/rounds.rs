//! The screen of who carries it, when: days, panes, a stop under the operator's hand, and when a day is planned.

#[cfg(test)]
mod tests;

use super::{Effects, card, give, verbs};
use crate::{
    client::ClientError,
    console::{
        effect::Effect,
        keymap::Action,
        model::{
            Model, Screen, Tone,
            connection::Connection,
            list::Step,
            reception::Item,
            rounds::{Moving, Pane, Question, Row, Tab, moving::Way},
        },
        steps::rules,
        view::rounds_heights,
    },
    domain::ids::LegId,
    i18n::say,
    planning::problem::{VehicleIndex, Visit},
    wire::{access::Verdict, travel::TravelTimes},
};
use jiff::{ToSpan as _, civil::Date};

/// The day of the house.
fn today(model: &Model) -> Date {
    model.seat.civil(model.now).date()
}

/// The screen is opened.
pub fn open(model: &mut Model) {
    model.screen = Screen::Rounds;
}

/// Brings the day up to date while it is looked at, and has it planned when anything of it has changed.
pub fn settle(model: &mut Model, effects: &mut Effects) {
    if model.screen != Screen::Rounds {
        // Nobody looks: what is still being planned is planned anew when somebody does.
        if model.rounds.search.asked.is_some() && model.rounds.search.complete.is_none() {
            model.rounds.search.asked = None;
            effects.push(Effect::StopPlanning);
        }
        return;
    }
    let (today, heights) = (today(model), rounds_heights(model));
    model.rounds.settle(&model.world, today, model.now, heights);
    if model.connection == Connection::Online
        && let Some(question) = model.rounds.ask_ways()
    {
        effects.push(Effect::AskWays(Box::new(question)));
    }
    if may_plan(model) && model.rounds.moving.is_none() && model.rounds.day(today) >= today && !model.rounds.is_asked()
    {
        let is_empty = model.rounds.shown().is_none_or(|shown| shown.day.problem.jobs.is_empty());
        if let Some(day) = model.rounds.ask().filter(|_| !is_empty) {
            effects.push(Effect::Plan(day));
        }
    }
}

/// The office told how long ways are. If it could not, they stay as they are reckoned here, and it is asked again when the line is back.
pub fn ways_told(model: &mut Model, question: Question, told: Result<Vec<TravelTimes>, ClientError>) {
    if let Ok(told) = told {
        model.rounds.ways_told(question, &told);
    }
}

fn may_plan(model: &Model) -> bool {
    rules::verdict(model, "round.arrange") != Verdict::Denied
}

/// Whether a courier without a round is selected, for whom one can be made.
pub fn is_free(model: &Model) -> bool {
    let selected = model.rounds.board.selected();
    model.screen == Screen::Rounds && model.rounds.pane == Pane::Board && matches!(selected, Some(Row::Courier(..)))
}

/// Moves in the list that has the keys.
pub fn step(model: &mut Model, step: Step) {
    let rounds = &mut model.rounds;
    match (rounds.pane, rounds.tab) {
        (Pane::Below, Tab::Stops) => rounds.stops.step(step),
        (Pane::Below, Tab::Unplanned) => rounds.unplanned.step(step),
        _ => rounds.board.step(step),
    }
}

/// What keys do on this screen alone; whether it was one of them.
pub fn act(model: &mut Model, effects: &mut Effects, action: Action) -> bool {
    if model.rounds.moving.is_some() {
        return moves(model, effects, action);
    }
    match action {
        Action::DayBefore => go(model, -1),
        Action::DayAfter => go(model, 1),
        Action::NextPane => to_tab(model, model.rounds.tab.next()),
        Action::PrevPane => to_tab(model, model.rounds.tab.before()),
        Action::Left => model.rounds.pane = Pane::Board,
        Action::Right => into_stops(model),
        Action::Open => opened(model, effects),
        Action::Accept if is_free(model) => verbs::rounds::ask_for_round(model),
        Action::NewRound => verbs::rounds::ask_whose_round(model),
        Action::Replan => {
            model.rounds.search.asked = None;
            model.rounds.ask_ways_again();
            let words = say(model.seat.language, "rounds-replanned", &[]);
            model.say(Tone::Plain, words);
        }
        Action::Mark | Action::MarkRange | Action::MarkAll => {}
        _ => return false,
    }
    true
}

/// To another day; every day has its own rows, the view goes back to the first of them.
fn go(model: &mut Model, days: i32) {
    let today = today(model);
    let day = model.rounds.day(today).checked_add(days.days()).unwrap_or(today);
    model.rounds.date = (day != today).then_some(day);
    model.rounds.pane = Pane::Board;
}

fn to_tab(model: &mut Model, tab: Tab) {
    model.rounds.tab = tab;
    let is_list = tab == Tab::Unplanned && !model.rounds.unplanned.order().is_empty();
    model.rounds.pane = if is_list { Pane::Below } else { Pane::Board };
}

fn into_stops(model: &mut Model) {
    if !model.rounds.stops.order().is_empty() {
        (model.rounds.tab, model.rounds.pane) = (Tab::Stops, Pane::Below);
    }
}

/// Enter: a round's stops, then the card of what is carried.
fn opened(model: &mut Model, effects: &mut Effects) {
    if model.rounds.pane == Pane::Board && !is_free(model) {
        into_stops(model);
    } else if model.rounds.pane == Pane::Board {
        verbs::rounds::ask_for_round(model);
    } else if let Some(leg) = model.rounds.leg().and_then(|leg| model.world.leg(leg)) {
        let request = leg.fields.request_id;
        card::open(model, effects, request);
    }
}

/// Leaves a stop where it was, or goes from what is below back to the rounds; whether there was anything to leave.
pub fn left(model: &mut Model) -> bool {
    if model.screen != Screen::Rounds {
        return false;
    }
    if let Some(moving) = model.rounds.moving.take() {
        show(model, moving.shown.day.routes.holder(moving.visit).and_then(|vehicle| moving.shown.row(vehicle)));
        return true;
    }
    let was_below = model.rounds.pane == Pane::Below;
    if was_below {
        model.rounds.pane = Pane::Board;
    }
    was_below
}

/// Selects a row of the board and lists its stops anew.
fn show(model: &mut Model, row: Option<Row>) {
    if let Some(row) = row {
        model.rounds.board.select(row);
    }
    let height = rounds_heights(model).stops;
    let selected = model.rounds.stops.selected();
    model.rounds.listed_stops(&model.world, height);
    if let Some(selected) = selected {
        model.rounds.stops.select(selected);
    }
}

/// Takes a leg's stop up, to be moved by the arrows.
pub fn take_up(model: &mut Model, leg: LegId) {
    let language = model.seat.language;
    let Some(shown) = model.rounds.shown().cloned() else { return };
    let act = model.rounds.stops.selected().filter(|stop| stop.leg_id == leg).map(|stop| stop.act);
    let visit = shown.day.job(leg).map(|job| {
        let stop = act.map(|act| crate::domain::round::Stop { leg_id: leg, act });
        stop.and_then(|stop| shown.day.visit(stop)).unwrap_or(Visit::pickup(job))
    });
    let passed =
        act.is_some() && model.rounds.stops.selected().is_some_and(|stop| model.rounds.passed().contains(&stop));
    let moving = visit.filter(|_| !passed).and_then(|visit| Moving::of(&shown, visit));
    let Some(moving) = moving else {
        let key = if passed { "rounds-passed" } else { "rounds-nowhere" };
        model.say(Tone::Plain, say(language, key, &[]));
        return;
    };
    let row = moving.vehicle().and_then(|vehicle| moving.shown.row(vehicle));
    let stop = moving.shown.day.stop(moving.visit);
    model.rounds.moving = Some(moving);
    (model.rounds.tab, model.rounds.pane) = (Tab::Stops, Pane::Below);
    show(model, row);
    if let Some(stop) = stop {
        model.rounds.stops.select(stop);
    }
    model.notice = None;
}

/// What keys do while a stop is moved: nothing but moving it, taking it, leaving it.
fn moves(model: &mut Model, effects: &mut Effects, action: Action) -> bool {
    let order = vehicles(model);
    let language = model.seat.language;
    let Some(moving) = model.rounds.moving.as_mut() else { return false };
    match action {
        Action::Up => moving.step(Way::Back),
        Action::Down => moving.step(Way::Forth),
        Action::Left | Action::Right => {
            let way = if action == Action::Left { Way::Back } else { Way::Forth };
            if !moving.aside(way, &order) {
                model.say(Tone::Plain, say(language, "rounds-no-further", &[]));
            }
        }
        Action::Open => {
            put_down(model, effects);
            return true;
        }
        // What leads elsewhere leads there; the stop stays under the hand.
        Action::Screen1 | Action::Screen2 | Action::Screen3 | Action::Screen4 | Action::Screen5 | Action::Command => {
            return false;
        }
        Action::Back => {
            left(model);
            return true;
        }
        _ => {
            model.say(Tone::Plain, say(language, "rounds-is-moving", &[]));
            return true;
        }
    }
    let Some(moving) = &model.rounds.moving else { return true };
    let row = moving.vehicle().and_then(|vehicle| moving.shown.row(vehicle));
    let stop = moving.shown.day.stop(moving.visit);
    show(model, row);
    if let Some(stop) = stop {
        model.rounds.stops.select(stop);
    }
    true
}

/// The vehicles in the order of the board.
fn vehicles(model: &Model) -> Vec<VehicleIndex> {
    let Some(moving) = &model.rounds.moving else { return Vec::new() };
    model.rounds.board.order().iter().filter_map(|row| moving.shown.vehicle(*row)).collect()
}

/// Gives the house the new order, unless somebody else has changed one of the rounds meanwhile.
fn put_down(model: &mut Model, effects: &mut Effects) {
    let language = model.seat.language;
    let Some(moving) = model.rounds.moving.take() else { return };
    if !moving.is_changed() {
        model.say(Tone::Plain, say(language, "notice-nothing-to-change", &[]));
        return;
    }
    let is_same = |round: &crate::domain::round::Round| {
        model.world.round(round.id).is_some_and(|now| now.stops == round.stops && now.state == round.state)
    };
    let day = &moving.shown.day;
    let touched = day.changed(&moving.routes);
    let drives = touched.iter().filter_map(|(vehicle, _)| day.drive(*vehicle)?.round.as_ref());
    if !drives.clone().all(is_same) {
        let row = day.routes.holder(moving.visit).and_then(|vehicle| moving.shown.row(vehicle));
        show(model, row);
        model.say(Tone::Trouble, say(language, "rounds-changed-meanwhile", &[]));
        return;
    }
    let commands = verbs::rounds::commands(model, day, &moving.routes);
    let words = verbs::said(model, &commands);
    give::give(model, effects, commands, words);
}

/// After one's own verb: on to the next stop, or the next leg that has no round.
pub fn advance(model: &mut Model, verb: Action, items: &[Item]) {
    let rounds = &mut model.rounds;
    let was = rounds.leg().is_some_and(|leg| items.contains(&Item::Leg(leg)));
    match (rounds.pane, rounds.tab) {
        // A plan may have taken more than the row that was looked at.
        _ if verb == Action::Accept => rounds.dealt_with(),
        (Pane::Below, Tab::Unplanned) if was => rounds.dealt_with(),
        _ if was && verb == Action::Outcome => rounds.stops.advance(),
        _ => {}
    }
}
