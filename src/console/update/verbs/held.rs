//! What trainees prepared: released, returned with what to do better, taken up again.

use super::{proposal, said};
use crate::{
    console::{
        keymap::Action,
        model::{
            Model,
            prompt::{Act, Drawn, Prompt, Wording},
        },
        steps::rules,
    },
    domain::{held::Held, operator::Language, policy::ReasonKind, texts::ShortText},
    i18n::say,
    text::neutral,
    wire::{
        bodies::{Because, Nothing},
        catalogue::Command,
    },
};

/// What was prepared, as a verb.
pub fn verb(language: Language, held: &Held) -> String {
    match Command::of_held(held) {
        Ok(command) => say(language, &format!("command-{}", command.name().replace('.', "-")), &[]),
        Err(_) => say(language, "held-unreadable", &[]),
    }
}

/// Who prepared it.
fn who(model: &Model, held: &Held) -> String {
    let who = model.world.operator(held.operator_id).map(|who| neutral(who.fields.name.as_str()).into_owned());
    who.unwrap_or_else(|| say(model.seat.language, "somebody", &[]))
}

/// Proposes what becomes of it: by another released or returned, by who prepared it taken up again.
pub fn review(model: &Model, action: Action, held: &Held, rows: Vec<Drawn>) -> Option<Prompt> {
    let language = model.seat.language;
    let about = Command::of_held(held).ok().and_then(|command| said::subject(&command));
    let what = about.map(|item| said::name(model, item)).unwrap_or_default();
    let parts = [("who", who(model, held)), ("verb", verb(language, held)), ("what", what)];
    match rules::command(model, action, rows.first()?).ok()? {
        "held.take_up" => {
            let command = Command::TakeUpHeld { id: held.id, body: Nothing {} };
            Some(
                Prompt::about(action, rows, say(language, "prompt-take-up", &parts))
                    .with(say(language, "choice-take-up", &[]), Act::Give(vec![command])),
            )
        }
        "held.return" => Some(give_back(model, action, &parts, rows)),
        _ => {
            let release = Command::ReleaseHeld { id: held.id, body: Nothing {} };
            let back = give_back(model, action, &parts, rows.clone());
            Some(
                Prompt::about(action, rows, say(language, "prompt-release-held", &parts))
                    .with(say(language, "choice-release-held", &parts), Act::Give(vec![release]))
                    .with(say(language, "choice-give-back", &[]), Act::Ask(Box::new(back))),
            )
        }
    }
}

/// Asks what is to be done better.
fn give_back(model: &Model, action: Action, parts: &[(&'static str, String)], rows: Vec<Drawn>) -> Prompt {
    let prompt =
        Prompt::about(action, rows, say(model.seat.language, "prompt-give-back", parts)).or_words(Wording::GiveBack);
    let reasons = proposal::reasons(model, ReasonKind::GiveBack).into_iter();
    reasons.fold(prompt, |prompt, reason| prompt.with(reason, Act::Say))
}

/// What words make of it.
pub fn worded(held: &Held, wording: Wording, reason: ShortText) -> Option<Command> {
    (wording == Wording::GiveBack).then(|| Command::ReturnHeld { id: held.id, body: Because { reason } })
}
