//! Update: what a message changes in the model and what it asks to be done. Pure, and never waits.

mod act;
mod activity;
mod card;
pub mod desk;
mod dispatch;
mod give;
mod help;
mod keys;
pub mod letter;
mod line;
mod lines;
mod link;
mod lock;
mod note;
mod palette;
mod paper;
mod party;
mod prompt;
mod quit;
mod reception;
pub mod recurring;
pub mod register;
mod requests;
pub mod rounds;
mod settle;
pub mod settle_box;
mod sign_in;
#[cfg(test)]
mod tests;
pub mod understood;
mod undo;
#[cfg(test)]
pub(in crate::console) use line::tests::house;
pub mod verbs;
pub mod views;

use super::{effect::Effect, message::Message, model::Model};
use crate::domain::time::Instant;

/// What a message asks to be done.
pub type Effects = Vec<Effect>;

/// Takes in a message of this time.
pub fn update(model: &mut Model, at: Instant, message: Message) -> Effects {
    let mut effects = Effects::new();
    // A clock that goes back moves nothing back, unless the office has just said what time it is.
    if matches!(message, Message::ClockSet { .. }) {
        model.touched_at = model.touched_at.plus(at.since(model.now));
        model.now = at;
    } else {
        model.now = model.now.max(at);
    }
    // A key that wakes a machine out of its sleep finds it locked.
    lock::if_due(model, &mut effects);
    match message {
        Message::Pressed(key) => keys::pressed(model, &mut effects, key),
        Message::Pasted(text) => keys::pasted(model, &mut effects, &text),
        Message::Resized(size) => model.size = size,
        Message::Resumed => effects.push(Effect::Redraw),
        // Whoever opens a line then finds its words arranged.
        Message::Woke => {
            line::arrange(&mut model.world);
            understood::read_looked_at(model);
        }
        Message::Link(event) => link::told(model, &mut effects, event),
        Message::Searched { words, found } => requests::searched(model, &words, found),
        Message::HistoryTold { request, history } => card::history_told(model, request, history),
        Message::TabTold { person, balance } => settle::tab_told(model, person, balance),
        Message::PastTold { person, past } => settle::past_told(model, person, past),
        Message::FiguresTold(told) => dispatch::figures_told(model, told),
        Message::ActivityTold { period, told } => activity::told(model, period, told),
        Message::JournalTold { before, told } => activity::journal_told(model, before, told),
        Message::WaysTold { question, told } => rounds::ways_told(model, *question, told),
        Message::Printed(how) => paper::printed(model, how),
        Message::Planned(found) => model.rounds.found(*found),
        Message::Heard { contact, words } => model.world.heard.entry(contact).or_default().push(words),
        Message::Coached(coach) => model.coach = Some(*coach),
        Message::NotKept(sentence) => model.say(super::model::Tone::Trouble, sentence),
        Message::NotLatched(why) => sign_in::not_kept(model, &why),
        Message::Unlocked(answer) => lock::answered(model, &mut effects, answer),
        Message::SignedIn(answer) => sign_in::answered(model, &mut effects, answer),
        Message::ClockSet { ahead } => link::clock_set(model, ahead),
        Message::Terminated => line::keep(model, &mut effects),
    }
    settle::settle(model, &mut effects);
    effects
}

/// Works out what the next key most likely asks for, once everything is drawn. It changes nothing that is seen.
pub fn ahead(model: &mut Model) {
    dispatch::ahead(model);
}
