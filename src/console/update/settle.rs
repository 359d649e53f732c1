//! What follows from whatever happened: lists in their order, the reading of the line, and when to wake.

use super::{Effects, activity, card, desk, dispatch, line, link, lock, requests, rounds, understood};
use crate::{
    client::ClientError,
    console::{
        effect::Effect,
        model::{
            Model, Screen,
            line::EntryLine,
            reception::{Item, Lane},
            seat::Seconds,
            world::About,
        },
    },
    domain::{
        entity::EntityKind,
        entry::{Habits, habits},
        ids::BeneficiaryId,
        posting::{Account, Posting},
        request::Request,
        time::Instant,
    },
    replica,
    wire::{change::Change, query::Balance},
};
use jiff::SignedDuration;

/// Brings everything that is derived up to date, and asks to be woken when something will be different.
pub fn settle(model: &mut Model, effects: &mut Effects) {
    lanes(model);
    requests::settle(model, effects);
    dispatch::settle(model, effects);
    rounds::settle(model, effects);
    activity::settle(model, effects);
    desk::settle(model);
    desk::draft::keep(model, effects);
    card::settle(model, effects);
    line::settle(model, effects);
    ask_about_looked_at(model, effects);
    link::ring_again(model, effects);
    effects.push(Effect::WakeAt(next_wake(model)));
}

/// The lanes' rows, when any of what is shown has changed or the glass has.
fn lanes(model: &mut Model) {
    let today = model.seat.civil(model.now).date();
    let height = crate::console::view::lane_height(model);
    let settled = (model.world.board.generation(), today, height);
    if model.reception.settled == Some(settled) {
        return;
    }
    for lane in Lane::ALL {
        let rows = model.world.lane(lane, today);
        model.reception.list_mut(lane).settle(rows, height);
    }
    model.reception.settled = Some(settled);
}

/// The next second while one runs on screen, else the next minute: ages and the clock.
fn next_wake(model: &Model) -> Instant {
    let running = model.seat.seconds == Seconds::Running
        && (model.connection.counts_down(model.now)
            || model.world.is_leaving(model.now)
            || model.world.is_offer_leaving(model.now)
            || model.world.open_contacts(replica::Lane::Phone).any(|shown| model.world.is_running(shown.row)));
    let step: i64 = if running { 1_000_000 } else { 60_000_000 };
    let micros = model.now.as_micros();
    let tick = model.now.plus(SignedDuration::from_micros(step - micros.rem_euclid(step)));
    let typed = line::keep_due(model).map(|due| due.max(model.now));
    let folds = model.requests.folds().then_some(model.now);
    let words = (line::is_behind(&model.world) || understood::is_behind(model)).then_some(model.now);
    let figures = dispatch::due(model).map(|due| due.max(model.now));
    let counted = activity::due(model).map(|due| due.max(model.now));
    let past = model.requests.past.due();
    let due =
        [typed, line::told_due(model), past, folds, words, figures, counted, link::ring_due(model), lock::due(model)];
    due.into_iter().flatten().fold(tick, Instant::min)
}

/// The person whose card is in sight is read about, once.
fn ask_about_looked_at(model: &mut Model, effects: &mut Effects) {
    if model.screen != Screen::Reception {
        return;
    }
    let person = model.reception.selected().and_then(|item| model.world.person_behind(item)).map(|person| person.id);
    let person = model.line.as_ref().and_then(EntryLine::person).or(person);
    if let Some(person) = person {
        ask_about(model, effects, person);
    }
}

/// Asks the office what a person owes and what they asked for in the past, unless it was asked already.
pub fn ask_about(model: &mut Model, effects: &mut Effects, person: BeneficiaryId) {
    let about = model.world.about.entry(person).or_default();
    about.looked_at = Some(model.now);
    if model.connection.is_online() && !about.asked {
        about.asked = true;
        effects.push(Effect::ReadTab(person));
        effects.push(Effect::ReadPast(person));
        forget_oldest(model);
    }
}

/// What was told about whom nobody has looked at for longest goes, where it is too much: the office tells it again.
fn forget_oldest(model: &mut Model) {
    let about = &mut model.world.about;
    if about.len() > About::MOST {
        let oldest = about.iter().min_by_key(|(person, about)| (about.looked_at, **person)).map(|(person, _)| *person);
        about.retain(|person, _| Some(*person) != oldest);
    }
}

/// What a person owes is asked anew when it may differ; until the answer the old sum stands.
pub fn ask_again(model: &mut Model, change: &Change) {
    let mut persons: Vec<BeneficiaryId> = Vec::new();
    match change.entity {
        EntityKind::Request => {
            let person = model.world.person_behind(Item::Request(change.id.into()));
            persons.extend(person.map(|person| person.id));
        }
        EntityKind::Posting => {
            let state = change.state.as_deref();
            let posting = state.and_then(|state| serde_json::from_str::<Posting>(state.get()).ok());
            persons.extend(posting.iter().flat_map(|posting| &posting.fields.lines).filter_map(
                |line| match line.account {
                    Account::Person { beneficiary_id } => Some(beneficiary_id),
                    _ => None,
                },
            ));
        }
        _ => {}
    }
    for person in persons {
        if let Some(about) = model.world.about.get_mut(&person) {
            about.asked = false;
        }
    }
}

/// What was not answered while the line was away is asked anew.
pub fn ask_all_again(model: &mut Model) {
    model.world.about.values_mut().for_each(|about| about.asked = false);
}

/// The office told what a person owes.
pub fn tab_told(model: &mut Model, person: BeneficiaryId, balance: Result<Balance, ClientError>) {
    if let Ok(balance) = balance {
        model.world.about.entry(person).or_default().balance = Some(balance);
    }
}

/// The office told what a person asked for in the past: their usual orders follow from it.
pub fn past_told(model: &mut Model, person: BeneficiaryId, past: Result<Vec<Request>, ClientError>) {
    let Ok(past) = past else { return };
    model.world.about.entry(person).or_default().past = Some(past.into());
    let usual = habits_of(model, person).usual.into();
    model.world.about.entry(person).or_default().usual = usual;
}

/// A person's habits: from what the office told of their past, and from what is open.
pub fn habits_of(model: &Model, person: BeneficiaryId) -> Habits {
    let past = model.world.about.get(&person).and_then(|about| about.past.clone()).unwrap_or_default();
    let open = model.world.board.requests_of(person).map(|shown| &**shown.row);
    let news = open.filter(|request| !past.iter().any(|known| known.id == request.id));
    habits(past.iter().chain(news), model.now)
}
