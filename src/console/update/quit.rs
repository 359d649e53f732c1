//! Leaving the desk: to nobody, or to somebody else. What was typed and what waits to be sent stays with the one who leaves.

use super::{Effects, line};
use crate::{
    config::console::TokenSource,
    console::{
        effect::Effect,
        keymap::Action,
        model::{
            Model, Tone,
            layer::Layer,
            prompt::{Act, Prompt},
        },
    },
    i18n::say,
};

/// Proposes to leave, saying what is still to be sent or typed; leaves at once if there is nothing.
pub fn quit(model: &mut Model, effects: &mut Effects) {
    line::keep(model, effects);
    let Some(left) = left(model) else {
        effects.push(Effect::Quit);
        return;
    };
    let language = model.seat.language;
    let sentence = say(language, "prompt-quit", &[("left", left)]);
    let prompt = Prompt::new(Action::Quit, Vec::new(), sentence)
        .with(say(language, "choice-quit", &[]), Act::Quit)
        .with(say(language, "choice-stay", &[]), Act::Nothing);
    model.layers.push(Layer::Prompt(prompt));
}

/// Proposes to hand the desk over, saying what stays with the one who leaves; does it at once if that is nothing. Where a token says who works,
/// nobody else can.
pub fn hand_over(model: &mut Model, effects: &mut Effects) {
    let language = model.seat.language;
    if model.way_in != TokenSource::Login {
        let word = |action: Action| format!(":{}", action.command(language));
        let words = [("lock", word(Action::Lock)), ("quit", word(Action::Quit))];
        model.say(Tone::Plain, say(language, "notice-no-handover", &words));
        return;
    }
    line::keep(model, effects);
    let Some(kept) = kept(model) else {
        effects.push(Effect::HandOver);
        return;
    };
    let prompt = Prompt::new(Action::Handover, Vec::new(), kept)
        .with(say(language, "choice-handover", &[]), Act::HandOver)
        .with(say(language, "choice-stay", &[]), Act::Nothing);
    model.layers.push(Layer::Prompt(prompt));
}

/// The ways out of a locked console for whoever cannot open it: nothing is lost by any of them.
pub fn ways(model: &Model) -> Prompt {
    let language = model.seat.language;
    let sentence = say(language, "lock-ways", &[("kept", kept(model).unwrap_or_default())]);
    let ways = Prompt::new(Action::Quit, Vec::new(), sentence.trim().to_owned())
        .with(say(language, "choice-stay-locked", &[]), Act::Nothing)
        .with(say(language, "choice-quit", &[]), Act::Quit);
    match model.way_in {
        TokenSource::Login => ways.with(say(language, "choice-handover", &[]), Act::HandOver),
        TokenSource::File(_) | TokenSource::Command(_) => ways,
    }
}

/// What stays with the one who leaves, in sentences: the calls in hand, and what this machine keeps for them.
fn kept(model: &Model) -> Option<String> {
    let language = model.seat.language;
    let who = ("who", model.seat.operator.fields.name.to_string());
    let calls = model.world.own_calls().len();
    let calls = (calls > 0).then(|| say(language, "handover-calls", &[("count", calls.to_string()), who.clone()]));
    let here = left(model).map(|left| say(language, "handover-left", &[("left", left), who]));
    let sentences: Vec<String> = calls.into_iter().chain(here).collect();
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

/// What is still to be sent, settled or typed, counted.
fn left(model: &Model) -> Option<String> {
    let board = &model.world.board;
    let drafts = model.world.drafts.values().filter(|draft| !draft.is_empty()).count();
    let counts = [("quit-to-send", board.to_send()), ("quit-to-settle", board.to_settle()), ("quit-drafts", drafts)];
    let said = |(key, count): (&str, usize)| say(model.seat.language, key, &[("count", count.to_string())]);
    let left: Vec<String> = counts.into_iter().filter(|(_, count)| *count > 0).map(said).collect();
    (!left.is_empty()).then(|| left.join(", "))
}
