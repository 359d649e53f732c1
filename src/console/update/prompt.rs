//! Prompts: a number or Enter chooses, words typed instead go where the verb puts them.

use super::{Effects, card, desk, letter, line, note, party, settle_box, verbs};
use crate::console::{
    effect::Effect,
    keymap::Action,
    model::{
        Model,
        layer::Layer,
        prompt::{Act, Prompt},
    },
};

/// Takes the choice of this number, from 1; a number that nothing bears does nothing.
pub fn choose(model: &mut Model, effects: &mut Effects, number: u8) {
    let place = usize::from(number).saturating_sub(1);
    match model.layers.last() {
        Some(Layer::Prompt(prompt)) if place < prompt.choices.len() => {
            if let Some(Layer::Prompt(prompt)) = model.layers.pop() {
                take(model, effects, prompt, place);
            }
        }
        Some(_) => {}
        None => line::answer(model, effects, place),
    }
}

/// What keys do in a prompt.
pub fn act(model: &mut Model, effects: &mut Effects, action: Action) {
    if !matches!(action, Action::ChoiceOk | Action::TextSave) {
        return;
    }
    let Some(Layer::Prompt(prompt)) = model.layers.pop() else { return };
    let typed = prompt.typed.as_ref().filter(|(_, field)| !field.is_blank());
    match typed {
        Some((wording, field)) => {
            let (wording, words) = (*wording, field.text().to_owned());
            verbs::worded(model, effects, &prompt, wording, &words);
        }
        None => take(model, effects, prompt, 0),
    }
}

fn take(model: &mut Model, effects: &mut Effects, prompt: Prompt, place: usize) {
    let Some(choice) = prompt.choices.get(place).cloned() else {
        // Only words will do, and none were typed: the prompt stays.
        model.layers.push(Layer::Prompt(prompt));
        return;
    };
    match choice.act {
        Act::Give(commands) => {
            letter::given(model, &commands);
            let how = verbs::how_again(&prompt, &commands);
            verbs::give(model, effects, &prompt, commands, how);
        }
        Act::Say => {
            if let Some((wording, _)) = prompt.typed {
                verbs::worded(model, effects, &prompt, wording, &choice.words);
            }
        }
        Act::Ask(next) => model.layers.push(Layer::Prompt(*next)),
        Act::OpenCard(request) => card::open(model, effects, request),
        Act::Who(item) => party::open(model, item),
        Act::Note(request) => note::open(model, request),
        Act::Write(item) => letter::open(model, item),
        Act::ThrowAway(subject) => note::throw_away(model, effects, subject),
        act @ (Act::Hand { .. } | Act::Code(_) | Act::Hold(_)) => desk::take(model, effects, act),
        Act::Settle(step) => settle_box::step(model, effects, step),
        Act::Print(sheet) => super::paper::print(model, effects, sheet),
        Act::Quit => effects.push(Effect::Quit),
        Act::HandOver => effects.push(Effect::HandOver),
        Act::Nothing => {}
    }
}
