//! `:imprimer`: what lies at hand goes to the machine's printer; of several things one is chosen. A receipt can go by mail instead.

use super::{Effects, desk};
use crate::{
    client::ClientError,
    console::{
        effect::Effect,
        keymap::Action,
        model::{
            Model, Screen, Tone,
            layer::Layer,
            prompt::{Act, Prompt},
        },
        printer::{NotPrinted, Paper},
        steps::rules,
        view::words,
    },
    domain::{
        beneficiary::Beneficiary,
        email::EmailAddress,
        ids::{BeneficiaryId, PermanenceId},
        permanence::PermanenceState,
        posting::{Posting, PostingKind},
    },
    i18n::{say, worded},
    text::neutral,
    wire::{access::Verdict, bodies::Nothing, catalogue::Command},
};
use std::sync::Arc;

/// Prints what can be printed here, or asks which.
pub fn open(model: &mut Model, effects: &mut Effects) {
    let language = model.seat.language;
    let mut choices = at_hand(model);
    match choices.len() {
        0 => model.say(Tone::Plain, say(language, "print-nothing", &[])),
        1 => {
            if let Some((_, Act::Print(paper))) = choices.pop() {
                print(model, effects, paper);
            }
        }
        _ => {
            let prompt = Prompt::new(Action::Print, Vec::new(), say(language, "prompt-print", &[]));
            let prompt = choices.into_iter().fold(prompt, |prompt, (words, act)| prompt.with(words, act));
            model.layers.push(Layer::Prompt(prompt));
        }
    }
}

/// Hands a sheet to the printer.
pub fn print(model: &mut Model, effects: &mut Effects, paper: Paper) {
    let language = model.seat.language;
    if !model.connection.is_online() {
        model.say(Tone::Trouble, say(language, "print-offline", &[]));
        return;
    }
    model.say(Tone::Plain, say(language, "print-under-way", &[]));
    effects.push(Effect::Print(paper));
}

/// What came of it.
pub fn printed(model: &mut Model, how: Result<(), NotPrinted>) {
    let language = model.seat.language;
    let (tone, words) = match how {
        Ok(()) => (Tone::Done, say(language, "print-done", &[])),
        Err(NotPrinted::Office(ClientError::Problem(problem))) => (Tone::Trouble, worded(*problem, language).detail),
        Err(NotPrinted::Office(_)) => (Tone::Trouble, say(language, "print-offline", &[])),
        Err(NotPrinted::Command { program, why }) => {
            let parts = [("program", neutral(&program).into_owned()), ("why", neutral(&why).into_owned())];
            (Tone::Trouble, say(language, "print-failed", &parts))
        }
    };
    model.say(tone, words);
}

/// The sheets at hand, the likeliest first.
fn at_hand(model: &Model) -> Vec<(String, Act)> {
    let language = model.seat.language;
    match model.screen {
        Screen::Desk => {
            let Some(session) = desk::session(model) else { return Vec::new() };
            let mut choices = receipt(model, session.id);
            if matches!(session.state, PermanenceState::Open | PermanenceState::Closed) {
                choices.push((say(language, "print-closing", &[]), Act::Print(Paper::Closing(session.id))));
            }
            choices
        }
        Screen::Rounds => {
            let round = model.rounds.round().and_then(|id| model.world.round(id)).map(|round| round.id);
            round.map(|id| (say(language, "print-round", &[]), Act::Print(Paper::Round(id)))).into_iter().collect()
        }
        Screen::Reception | Screen::Dispatch | Screen::Requests | Screen::Activity => Vec::new(),
    }
}

/// The receipt of the last payment of this desk: of who is looked at, else of whoever paid last.
fn receipt(model: &Model, session: PermanenceId) -> Vec<(String, Act)> {
    let language = model.seat.language;
    let Some(payment) =
        last_payment(model, session, desk::person(model)).or_else(|| last_payment(model, session, None))
    else {
        return Vec::new();
    };
    let person = payment.fields.person().and_then(|id| model.world.person(id)).cloned();
    let who = person.as_ref().map(|person| words::person_short(person)).unwrap_or_default();
    let sum = payment.fields.lines.iter().find(|line| line.account.is_means()).map(|line| line.amount);
    let sum = sum.map(|sum| words::euros(language, sum)).unwrap_or_default();
    let parts = [("who", who), ("sum", sum)];
    let mut choices = vec![(say(language, "print-receipt", &parts), Act::Print(Paper::Receipt(payment.id)))];
    let to = person
        .as_deref()
        .and_then(reached)
        .filter(|_| rules::verdict(model, "posting.mail_receipt") != Verdict::Denied);
    if let Some(to) = to {
        let to = [("to", neutral(to.as_str()).into_owned())];
        let commands = vec![Command::MailReceipt { id: payment.id, body: Nothing {} }];
        let said = say(language, "said-posting-mail_receipt", &to);
        choices.push((say(language, "print-receipt-by-mail", &to), Act::Hand { commands, said }));
    }
    choices
}

/// The address at which mail reaches a person.
pub fn reached(person: &Beneficiary) -> Option<&EmailAddress> {
    person.fields.emails.iter().find(|address| !person.fields.is_undeliverable(address))
}

fn last_payment(model: &Model, session: PermanenceId, of: Option<BeneficiaryId>) -> Option<Arc<Posting>> {
    let all = || model.world.board.all::<Posting>().map(|shown| shown.row);
    let reversed: Vec<_> = all().filter_map(|posting| posting.fields.reverses).collect();
    all()
        .filter(|posting| posting.fields.kind == PostingKind::Payment)
        .filter(|posting| posting.fields.permanence_id == Some(session) && !reversed.contains(&posting.id))
        .filter(|posting| of.is_none() || posting.fields.person() == of)
        .max_by_key(|posting| (posting.fields.occurred_at, posting.id))
        .cloned()
}
