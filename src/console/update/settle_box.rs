//! What came back: each command is explained and settled by its author, field by field where two wrote the same.

use super::{Effects, register, verbs};
use crate::{
    console::{
        effect::Effect,
        keymap::Action,
        model::{
            Model, Tone,
            layer::Layer,
            prompt::{Act, Prompt},
            settle_box::{SettleBox, Settling},
        },
    },
    domain::{ids::CommandKey, refusal::FieldConflict},
    i18n::{say, worded},
    replica::{Choice, Entry, Given, Record, Status},
    wire::catalogue::Command,
};
use std::collections::BTreeMap;

/// Commands that wait for their author, in the order in which they were given.
pub fn waiting(model: &Model) -> impl DoubleEndedIterator<Item = &Entry> {
    model.world.board.entries().filter(|entry| entry.status.needs_author())
}

/// Shows what came back, if anything did.
pub fn open(model: &mut Model) {
    let first = waiting(model).next().map(|entry| entry.given.key);
    if let Some(chosen) = first {
        model.layers.push(Layer::Settle(SettleBox { chosen }));
    } else {
        let words = say(model.seat.language, "notice-nothing-to-settle", &[]);
        model.say(Tone::Plain, words);
    }
}

/// What keys do in the list.
pub fn act(model: &mut Model, _effects: &mut Effects, action: Action) {
    let keys: Vec<CommandKey> = waiting(model).map(|entry| entry.given.key).collect();
    let Some(Layer::Settle(list)) = model.layers.last_mut() else { return };
    let here = keys.iter().position(|key| *key == list.chosen);
    let end = keys.len().saturating_sub(1);
    let to = match action {
        Action::Up | Action::PageUp => here.unwrap_or(0).saturating_sub(1),
        Action::Down | Action::PageDown => here.map_or(0, |here| (here + 1).min(end)),
        Action::Top => 0,
        Action::Bottom => end,
        Action::Back => {
            model.layers.pop();
            return;
        }
        Action::Open => {
            let chosen = list.chosen;
            match model.world.board.entry(chosen).and_then(|entry| proposed(model, entry)) {
                Some(prompt) => model.layers.push(Layer::Prompt(prompt)),
                // It was settled meanwhile.
                None => go_on(model),
            }
            return;
        }
        _ => return,
    };
    if let Some(key) = keys.get(to) {
        list.chosen = *key;
    }
}

/// What can be done about a command that came back.
fn proposed(model: &Model, entry: &Entry) -> Option<Prompt> {
    let language = model.seat.language;
    let key = entry.given.key;
    let choice = |word: &str| say(language, word, &[]);
    let items = verbs::subject(&entry.given.command).into_iter().collect();
    let sentence = format!("{} {}", what(model, &entry.given.command), why(model, entry));
    let prompt = Prompt::new(Action::Settle, items, sentence);
    let prompt = match &entry.status {
        Status::Conflicting(problem) => match problem.conflicts.first() {
            Some(first) => return Some(between(model, entry, first, &BTreeMap::new())),
            None if entry.from_present_state().is_some() => {
                prompt.with(choice("choice-from-present"), Act::Settle(Settling::FromPresent(key)))
            }
            None => prompt,
        },
        Status::Refused(_) | Status::Unkept => prompt.with(choice("choice-again"), Act::Settle(Settling::Again(key))),
        Status::Queued | Status::InFlight => return None,
    };
    Some(prompt.with(choice("choice-throw-away"), Act::Settle(Settling::ThrowAway(key))))
}

/// Asks which of both values of a field goes on.
fn between(model: &Model, entry: &Entry, conflict: &FieldConflict, chosen: &BTreeMap<String, Choice>) -> Prompt {
    let language = model.seat.language;
    let key = entry.given.key;
    let field = say(language, &format!("field-{}", conflict.field), &[]);
    let command = &entry.given.command;
    let value = |value| {
        let of_register = register::value_words(model, command, &conflict.field, value);
        of_register.unwrap_or_else(|| verbs::value_words(model, &conflict.field, value))
    };
    let parts =
        [("what", subject_name(model, &entry.given.command)), ("field", field), ("seen", value(&conflict.seen))];
    let with = |choice: Choice| {
        let mut chosen = chosen.clone();
        chosen.insert(conflict.field.clone(), choice);
        Act::Settle(Settling::Fields(key, chosen))
    };
    let items = verbs::subject(&entry.given.command).into_iter().collect();
    Prompt::new(Action::Settle, items, say(language, "prompt-conflict", &parts))
        .with(say(language, "choice-theirs", &[("value", value(&conflict.present))]), with(Choice::Theirs))
        .with(say(language, "choice-mine", &[("value", value(&conflict.new))]), with(Choice::Mine))
        .with(say(language, "choice-throw-away", &[]), Act::Settle(Settling::ThrowAway(key)))
}

/// Takes a step towards settling.
pub fn step(model: &mut Model, effects: &mut Effects, step: Settling) {
    match step {
        Settling::ThrowAway(key) => {
            keep(model, effects, Record::Dropped { key }, "notice-thrown-away");
            go_on(model);
        }
        Settling::Again(key) => {
            let unkept = model.world.board.entry(key).filter(|entry| entry.status == Status::Unkept);
            match unkept.map(|entry| (*entry.given.command).clone()) {
                // What is on no disk is given anew.
                Some(command) => give_instead(model, effects, key, command),
                None => keep(model, effects, Record::Again { key }, "notice-sent-again"),
            }
            go_on(model);
        }
        Settling::FromPresent(key) => {
            if let Some(command) = model.world.board.entry(key).and_then(Entry::from_present_state) {
                give_instead(model, effects, key, command);
            }
            go_on(model);
        }
        Settling::Fields(key, chosen) => {
            let Some(entry) = model.world.board.entry(key) else { return go_on(model) };
            let open = entry.status.problem().into_iter().flat_map(|problem| &problem.conflicts);
            let next = open.into_iter().find(|conflict| !chosen.contains_key(&conflict.field));
            if let Some(next) = next {
                let prompt = between(model, entry, next, &chosen);
                model.layers.push(Layer::Prompt(prompt));
                return;
            }
            match entry.resolved(&chosen) {
                Some(command) => give_instead(model, effects, key, command),
                None => keep(model, effects, Record::Dropped { key }, "notice-kept-theirs"),
            }
            go_on(model);
        }
    }
}

fn keep(model: &mut Model, effects: &mut Effects, record: Record, said: &str) {
    model.world.board.record(&record);
    effects.push(Effect::Keep(Box::new(record)));
    let words = say(model.seat.language, said, &[]);
    model.say(Tone::Done, words);
}

fn give_instead(model: &mut Model, effects: &mut Effects, key: CommandKey, command: Command) {
    let said = verbs::said(model, std::slice::from_ref(&command));
    let given = Given { key: model.ids.fresh(), at: model.now, command: Box::new(command) };
    let record = Record::Given { given, instead_of: Some(key) };
    model.world.board.record(&record);
    effects.push(Effect::Keep(Box::new(record)));
    model.say(Tone::Done, said);
}

/// The next that waits is chosen where the chosen one is settled; the list goes when none does.
fn go_on(model: &mut Model) {
    let keys: Vec<CommandKey> = waiting(model).map(|entry| entry.given.key).collect();
    let Some(Layer::Settle(list)) = model.layers.last_mut() else { return };
    match keys.first() {
        None => drop(model.layers.pop()),
        Some(first) if !keys.contains(&list.chosen) => list.chosen = *first,
        Some(_) => {}
    }
}

fn subject_name(model: &Model, command: &Command) -> String {
    if let Some(name) = register::subject_name(model, command) {
        return name;
    }
    let item = verbs::subject(command);
    let order = || verbs::recurring_order(model, command);
    let known = item.map(|item| verbs::name(model, item)).or_else(order);
    known.unwrap_or_else(|| say(model.seat.language, "name-several", &[]))
}

/// What was asked for, in words: the row and the act.
pub fn what(model: &Model, command: &Command) -> String {
    let language = model.seat.language;
    let verb = say(language, &format!("command-{}", command.name().replace('.', "-")), &[]);
    say(language, "settle-what", &[("what", subject_name(model, command)), ("verb", verb)])
}

/// Why it came back, in a sentence.
pub fn why(model: &Model, entry: &Entry) -> String {
    let language = model.seat.language;
    match entry.status.problem() {
        Some(problem) => worded(problem.clone(), language).detail,
        None => say(language, "settle-unkept", &[]),
    }
}
