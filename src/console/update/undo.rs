//! Undo: takes the last act back, a bulk as one.

use super::{Effects, give, verbs};
use crate::{
    console::{
        effect::Effect,
        model::{Model, Tone},
    },
    domain::ids::CommandKey,
    i18n::say,
    replica::{Record, Undoing},
    wire::{bodies, catalogue::Command},
};

/// Takes the last act back: what was not sent yet is thrown away, what was is undone by the office.
pub fn undo(model: &mut Model, effects: &mut Effects) {
    let language = model.seat.language;
    match model.world.board.undoing(model.now) {
        None => model.say(Tone::Plain, say(language, "notice-nothing-to-undo", &[])),
        Some(Undoing::ThrowAway(key)) => {
            let words = undone(model, key);
            let record = Record::Dropped { key };
            // If it is on its way meanwhile, the link says so, and it is undone instead.
            model.world.board.record(&record);
            effects.push(Effect::Keep(Box::new(record)));
            model.say(Tone::Done, words);
        }
        Some(Undoing::Undo(key)) => undo_sent(model, effects, key),
    }
}

/// Has the office undo a command that it has got already.
pub fn undo_sent(model: &mut Model, effects: &mut Effects, key: CommandKey) {
    let words = undone(model, key);
    let command = Command::Undo { body: bodies::Undo { command: key } };
    give::give(model, effects, vec![command], words);
    // Undo is not itself undone by one more key.
    if let Some(notice) = &mut model.notice {
        notice.undo = None;
    }
}

/// What is taken back, in a sentence.
fn undone(model: &Model, key: CommandKey) -> String {
    let language = model.seat.language;
    let given = model.world.board.entry(key).map(|entry| &*entry.given.command);
    let remembered = model.world.board.undo_list().act(key).map(|act| act.name);
    let command = match given {
        Some(Command::Bulk { body }) => body.rows.first().map(|row| row.command.name()),
        Some(command) => Some(command.name()),
        None => remembered,
    };
    // Of several at once that are gone no verb is remembered.
    let Some(command) = command.filter(|name| *name != "bulk") else { return say(language, "notice-undone", &[]) };
    let verb = say(language, &format!("command-{}", command.replace('.', "-")), &[]);
    let row = given.and_then(verbs::subject).map(|item| verbs::name(model, item));
    match row.or_else(|| verbs::recurring_order(model, given?)) {
        Some(what) => {
            let parts = [("verb", verb), ("what", what)];
            say(language, "notice-undone-what", &parts)
        }
        None => say(language, "notice-undone-verb", &[("verb", verb)]),
    }
}
