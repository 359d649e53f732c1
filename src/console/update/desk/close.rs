//! Closing the desk: each leftover is explained by a number, the cash box is counted, and then it is closed.

use super::{hand, pay, session};
use crate::{
    console::{
        keymap::Action,
        model::{
            Model,
            desk::{Closing, DeskRow, Group, Tab},
            layer::Layer,
            prompt::{Act, Prompt, Wording},
        },
        update::verbs,
        view::words,
    },
    domain::{
        ids::PermanenceId,
        money::Cents,
        permanence::{Explanation, Leftover},
        policy::ReasonKind,
        request::RequestState,
        texts::ShortText,
    },
    i18n::say,
    wire::{catalogue::Command, desk_bodies::ClosePermanence},
};

/// `o` on an open desk: what is left over is gone through, from where one left it.
pub fn start(model: &mut Model) {
    let left: Vec<Group> = leftovers(model);
    let explained = model.desk.closing.take().map(|closing| closing.explained).unwrap_or_default();
    let is_explained = |group: &Group| {
        model.desk.things_of(*group).iter().all(|id| {
            explained.iter().any(|explanation: &Explanation| explanation.leftover == Leftover::Item { id: *id })
        })
    };
    let left = left.into_iter().filter(|group| !is_explained(group)).collect();
    model.desk.closing = Some(Closing { explained, left });
    let prompt = next(model);
    model.layers.extend(prompt.map(Layer::Prompt));
}

/// What the office calls left over: things whose job is finished and whose owner has not come.
fn leftovers(model: &Model) -> Vec<Group> {
    let rows = model.desk.list(Tab::ToHandBack).order().iter().filter_map(|row| match row {
        DeskRow::Back(group) => Some(*group),
        _ => None,
    });
    let is_ready = |group: &Group| match group {
        Group::Request(id) => {
            model.world.request(*id).is_some_and(|shown| shown.row.state == RequestState::Ready)
                && !model.desk.things_of(*group).is_empty()
        }
        Group::Thing(_) => false,
    };
    rows.filter(is_ready).collect()
}

/// The next question.
fn next(model: &Model) -> Option<Prompt> {
    let language = model.seat.language;
    let closing = model.desk.closing.as_ref()?;
    let Some(group) = closing.left.first() else { return cash(model) };
    let things = model.desk.things_of(*group);
    let parts = [
        ("who", hand::who(model, model.world.owner_of_group(*group))),
        ("what", hand::things_words(model, things)),
        ("left", closing.left.len().to_string()),
    ];
    let prompt =
        Prompt::new(Action::Accept, Vec::new(), say(language, "prompt-leftover", &parts)).or_words(Wording::Leftover);
    let reasons = verbs::reasons(model, ReasonKind::Leftover);
    Some(reasons.into_iter().fold(prompt, |prompt, reason| prompt.with(reason, Act::Say)))
}

/// Why the first of what is left is left.
pub fn explained(model: &mut Model, words: &str) -> Result<Act, String> {
    let language = model.seat.language;
    let too_long = |_| say(language, "value-too-long", &[("count", ShortText::MAX.to_string())]);
    let why: ShortText = words.parse().map_err(too_long)?;
    let Some(group) = model.desk.closing.as_ref().and_then(|closing| closing.left.first()).copied() else {
        return Ok(Act::Nothing);
    };
    let things = model.desk.things_of(group).to_vec();
    if let Some(closing) = &mut model.desk.closing {
        let because = |id| Explanation { leftover: Leftover::Item { id }, why: why.clone() };
        closing.explained.extend(things.into_iter().map(because));
        closing.left.remove(0);
    }
    Ok(next(model).map_or(Act::Nothing, |prompt| Act::Ask(Box::new(prompt))))
}

/// What lies in the cash box?
fn cash(model: &Model) -> Option<Prompt> {
    let language = model.seat.language;
    let id = session(model)?.id;
    let expected = model.desk.here.cash;
    let sum = [("sum", words::euros(language, expected))];
    let prompt =
        Prompt::new(Action::Accept, Vec::new(), say(language, "prompt-cash", &sum)).or_words(Wording::CashCounted);
    Some(prompt.with(say(language, "choice-cash", &sum), closed(model, id, expected)))
}

/// Something else was counted than was taken: the difference is said before it is closed.
pub fn counted(model: &mut Model, words: &str) -> Result<Act, String> {
    let language = model.seat.language;
    let unread = || say(language, "desk-sum-not-read", &[("words", words.to_owned())]);
    let counted = pay::read(words).ok_or_else(unread)?;
    let Some(id) = session(model).map(|session| session.id) else { return Ok(Act::Nothing) };
    let expected = model.desk.here.cash;
    if counted == expected {
        return Ok(closed(model, id, counted));
    }
    let difference = counted.checked_sub(expected).unwrap_or(Cents::ZERO);
    let (key, amount) =
        if difference > Cents::ZERO { ("prompt-cash-more", difference) } else { ("prompt-cash-less", -difference) };
    let again = cash(model).map_or(Act::Nothing, |prompt| Act::Ask(Box::new(prompt)));
    let sentence = say(language, key, &[("sum", words::euros(language, amount))]);
    let prompt = Prompt::new(Action::Accept, Vec::new(), sentence)
        .with(say(language, "choice-recount", &[]), again)
        .with(say(language, "choice-close-all-the-same", &[]), closed(model, id, counted));
    Ok(Act::Ask(Box::new(prompt)))
}

fn closed(model: &Model, id: PermanenceId, counted: Cents) -> Act {
    let language = model.seat.language;
    let explanations = model.desk.closing.as_ref().map(|closing| closing.explained.clone()).unwrap_or_default();
    let parts = [
        ("left", explanations.len().to_string()),
        ("sum", words::euros(language, counted)),
        ("time", words::time(model.seat.civil(model.now).time())),
    ];
    let body = ClosePermanence { occurred_at: model.now, explanations, cash_counted: Some(counted) };
    Act::Hand { commands: vec![Command::ClosePermanence { id, body }], said: say(language, "desk-closed", &parts) }
}
