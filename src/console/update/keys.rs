//! Keys: what a key means at the focus at hand, and where text goes.

use super::{Effects, act, desk, letter, line, lines, lock, note, palette, party, prompt, register, requests};
use crate::{
    console::{
        keymap::{Action, Key, Reading},
        model::{Model, Tone, field::Editing, layer::Layer},
    },
    i18n::say,
};

/// The operator pressed a key.
pub fn pressed(model: &mut Model, effects: &mut Effects, key: Key) {
    model.touched_at = model.now;
    if model.lock.is_some() {
        lock::pressed(model, effects, key);
        return;
    }
    match model.keymap.read(model.context(), key) {
        Reading::Act(action) => acted(model, effects, action),
        Reading::Choose(number) => prompt::choose(model, effects, number),
        Reading::Text(character) => typed(model, effects, character),
        Reading::CapsLock => {
            let words = say(model.seat.language, "notice-caps-lock", &[]);
            model.say(Tone::Plain, words);
        }
        Reading::Nothing => {}
    }
}

/// The operator pasted text: it goes where typed text goes, and never submits.
pub fn pasted(model: &mut Model, effects: &mut Effects, text: &str) {
    model.touched_at = model.now;
    if model.lock.is_some() {
        lock::pasted(model, text);
        return;
    }
    if let Some(Layer::Note(note)) = model.layers.last_mut() {
        lines::paste(&mut note.text, text);
        note::keep(model, effects);
        return;
    }
    if matches!(model.layers.last(), Some(Layer::Letter(_))) {
        letter::pasted(model, effects, text);
        return;
    }
    if !model.context().takes_text() {
        return;
    }
    for character in text.chars() {
        typed(model, effects, if character.is_whitespace() { ' ' } else { character });
    }
}

fn typed(model: &mut Model, effects: &mut Effects, character: char) {
    if desk::takes_text(model) {
        desk::typed(model, character);
        return;
    }
    match model.layers.last_mut() {
        Some(Layer::Party(_)) => party::typed(model, effects, character),
        Some(Layer::Note(note)) => {
            lines::type_in(&mut note.text, character);
            note::keep(model, effects);
        }
        Some(Layer::Letter(_)) => letter::typed(model, effects, character),
        Some(layer) => {
            if let Some(field) = layer.field_mut() {
                field.type_in(character);
                line_changed(model, effects);
            }
        }
        None => line::typed(model, effects, character),
    }
}

/// The line of a layer changed: what it finds changes with it.
fn line_changed(model: &mut Model, effects: &mut Effects) {
    match model.layers.last_mut() {
        Some(Layer::Party(_)) => party::changed(model),
        Some(Layer::Palette(_)) => palette::changed(model),
        Some(Layer::Filter(_)) => requests::filter_changed(model, effects),
        Some(Layer::Register(_)) => register::changed(model, effects),
        _ => {}
    }
}

fn acted(model: &mut Model, effects: &mut Effects, action: Action) {
    let Some(editing) = editing(action) else {
        act::act(model, effects, action);
        return;
    };
    if desk::takes_text(model) {
        desk::edited(model, editing);
        return;
    }
    match model.layers.last_mut() {
        Some(Layer::Note(note)) => {
            lines::edit(&mut note.text, editing);
            note::keep(model, effects);
        }
        Some(Layer::Letter(_)) => letter::edit(model, effects, editing),
        Some(layer) => {
            if let Some(field) = layer.field_mut() {
                field.edit(editing);
                line_changed(model, effects);
            }
        }
        None => line::edited(model, effects, editing),
    }
}

/// What an editing key of the table does to a line.
pub(super) const fn editing(action: Action) -> Option<Editing> {
    Some(match action {
        Action::EditLeft => Editing::Left,
        Action::EditRight => Editing::Right,
        Action::EditWordLeft => Editing::WordLeft,
        Action::EditWordRight => Editing::WordRight,
        Action::EditHome => Editing::Start,
        Action::EditEnd => Editing::End,
        Action::EditErase => Editing::EraseBefore,
        Action::EditDelete => Editing::EraseAt,
        Action::TextClear => Editing::Clear,
        Action::TextKill => Editing::Kill,
        _ => return None,
    })
}
