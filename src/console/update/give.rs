//! Giving commands: laid over what is shown at once, kept on disk, sent when the office can be reached.

use super::Effects;
use crate::{
    console::{
        effect::Effect,
        model::{Model, Notice, Tone},
    },
    domain::ids::CommandKey,
    replica::{Given, Path, Record},
    wire::{
        bodies::{Bulk, BulkRow},
        catalogue::Command,
    },
};

/// Gives commands, several as one that is undone as one, and says what was done. None if there is nothing to give.
pub fn give(
    model: &mut Model,
    effects: &mut Effects,
    commands: Vec<Command>,
    said: impl Into<String>,
) -> Option<CommandKey> {
    let command = one(model, commands)?;
    let given = Given { key: model.ids.fresh(), at: model.now, command: Box::new(command) };
    let key = given.key;
    let record = Record::Given { given, instead_of: None };
    model.world.board.record(&record);
    effects.push(Effect::Keep(Box::new(record)));
    model.notice = Some(Notice { tone: Tone::Done, words: said.into(), undo: Some(key) });
    Some(key)
}

fn one(model: &mut Model, mut commands: Vec<Command>) -> Option<Command> {
    if commands.len() <= 1 {
        return commands.pop();
    }
    let rows = commands.into_iter().map(|command| BulkRow { key: model.ids.fresh(), command: Box::new(command) });
    Some(Command::Bulk { body: Bulk { rows: rows.collect() } })
}

/// Asks for something that is had at once or not at all: a claim.
pub fn ask(model: &mut Model, effects: &mut Effects, command: Command) -> CommandKey {
    let given = Given { key: model.ids.fresh(), at: model.now, command: Box::new(command) };
    let key = given.key;
    model.world.board.give(given.clone(), Path::Direct);
    effects.push(Effect::Ask(Box::new(given)));
    key
}
