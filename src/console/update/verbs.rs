//! The verbs: what each letter proposes on each kind of row, and the commands that its choices give.

mod edit;
mod held;
mod offers;
mod proposal;
pub mod rounds;
mod said;

pub use edit::{
    commands as edit_commands, field_word, present, recurrence_said, time_said, typed, value_words, values,
};
pub use held::verb as prepared_verb;
pub use offers::provider_name;
pub use proposal::{outcome, reasons, settle};
pub use said::{name, recurring_order, request_line, request_name, request_words, said, service_name, subject};

use super::{Effects, desk, dispatch, give, letter, line, note, party, reception, recurring, understood};
use crate::{
    console::{
        keymap::Action,
        model::{
            Model, Notice, Screen, Tone,
            layer::Layer,
            prompt::{Act, Drawn, Edited, How, Last, Prompt, Wording},
            reception::Item,
        },
        steps::{able, items, rules},
        view::reading,
    },
    domain::{
        contact::{Contact, Party},
        ids::CommandKey,
        request::Request,
        texts::{LongText, ShortText, TextError},
    },
    i18n::{say, worded as put},
    wire::{
        bodies::{Answer, AttachParty, Because, Keep, Merge, Part, Split, StepBecause, TakeOver, Wait, WrapUp},
        catalogue::Command,
        change::Done,
        desk_bodies::Settle,
    },
};
use serde_json::Value;

/// Rows that one bulk takes.
const AT_ONCE: usize = 500;

/// Proposes what a letter means on the rows at hand; claiming, holding and attaching are done at once.
pub fn propose(model: &mut Model, effects: &mut Effects, action: Action) {
    if action == Action::Repeat {
        repeat(model, effects);
        return;
    }
    if action == Action::Accept {
        // The key may be quicker than the reading.
        understood::read_looked_at(model);
    }
    let (rows, left_out, obstacle) = able(model, action);
    let Some(first) = rows.first().cloned() else {
        let words = if items(model).is_empty() {
            say(model.seat.language, "notice-nothing-selected", &[])
        } else {
            obstacle.sentence(model, action)
        };
        model.say(Tone::Plain, words);
        return;
    };
    if rows.len() > AT_ONCE {
        let words = say(model.seat.language, "notice-too-many", &[("count", AT_ONCE.to_string())]);
        model.say(Tone::Plain, words);
        return;
    }
    match (action, &first) {
        (Action::Claim, _) => rows.iter().for_each(|row| claim(model, effects, row)),
        (Action::SamePerson, Drawn::Contact(_)) => attach(model, effects, &first),
        (Action::Edit, Drawn::Contact(_)) => party::open(model, first.item()),
        (Action::Reply, _) => letter::reply(model, &first),
        (Action::Note, Drawn::Request(request)) => note::open(model, request.id),
        (Action::Note, Drawn::Contact(contact)) => {
            if let Some(request) = rules::only_request(&model.world, contact.id) {
                note::open(model, request.id);
            }
        }
        (Action::Accept, Drawn::Contact(contact)) => {
            let prompt = save_understood(model, contact);
            model.layers.push(Layer::Prompt(prompt));
        }
        (Action::Pin, Drawn::Leg(leg)) => rounds::pin(model, effects, leg),
        (Action::Edit, Drawn::Leg(leg)) => super::rounds::take_up(model, leg.id),
        (_, Drawn::Leg(_) | Drawn::Round(_)) | (Action::Slot, _) => match rounds::propose(model, action, &first) {
            Ok(prompt) => model.layers.push(Layer::Prompt(prompt)),
            Err(why) => model.say(Tone::Plain, why),
        },
        (Action::Assign, _) => assign(model, &rows, left_out),
        _ => {
            if let Some(prompt) = proposal::of(model, action, rows, left_out) {
                model.layers.push(Layer::Prompt(prompt));
            }
        }
    }
}

/// Proposes who is to do these rows, or says why nobody can.
fn assign(model: &mut Model, rows: &[Drawn], left_out: usize) {
    match offers::assign(model, rows) {
        Ok(mut prompt) => {
            if left_out > 0 {
                let count = [("count", left_out.to_string())];
                prompt.sentence =
                    format!("{} {}", prompt.sentence, say(model.seat.language, "prompt-left-out", &count));
            }
            model.layers.push(Layer::Prompt(prompt));
        }
        Err(why) => model.say(Tone::Plain, why),
    }
}

/// Saves what was understood of a mail: all of it, which closes the mail, or one order of several.
fn save_understood(model: &mut Model, contact: &Contact) -> Prompt {
    let language = model.seat.language;
    let made = understood::made(model, contact);
    let missing = line::missing(&made);
    let count = ("count", made.len().to_string());
    let rows = vec![Drawn::Contact(std::sync::Arc::new(contact.clone()))];
    let about = [count.clone(), ("what", name(model, Item::Contact(contact.id)))];
    let mut sentence = say(language, "prompt-understood", &about);
    if !missing.is_empty() {
        let lacks = say(language, "prompt-understood-lacks", &[("missing", missing.join(", "))]);
        sentence = format!("{sentence} {lacks}");
    }
    let outcome = say(language, "line-outcome-saved", std::slice::from_ref(&count)).parse::<ShortText>().ok();
    let close = outcome.map(|outcome| Command::WrapUpContact { id: contact.id, body: WrapUp { outcome } });
    let each: Vec<(String, Vec<Command>)> = (rules::understood(model, contact.id).iter().zip(made))
        .map(|(order, made)| (reading::summary(&model.world, language, &order.reading), line::commands(made)))
        .collect();
    let all = each.iter().flat_map(|(_, commands)| commands.clone()).chain(close).collect();
    let prompt = Prompt::about(Action::Accept, rows, sentence)
        .with(say(language, "choice-understood", &[count]), Act::Give(all));
    let several = each.len() > 1;
    each.into_iter().filter(|_| several).fold(prompt, |prompt, (what, commands)| {
        prompt.with(say(language, "choice-understood-one", &[("what", what)]), Act::Give(commands))
    })
}

/// Takes a row in hand; a desk that somebody else is to hold is asked about first.
fn claim(model: &mut Model, effects: &mut Effects, row: &Drawn) {
    let Some((_, desk)) = row.permanence() else {
        reception::claim(model, effects, row.item());
        return;
    };
    let language = model.seat.language;
    let Ok(me) = serde_json::to_value(model.seat.me()) else { return };
    let commands = edit_concierge(row, me);
    let holder = desk.fields.concierge_id.and_then(|id| model.world.operator(id));
    match holder.map(|holder| holder.fields.name.to_string()) {
        None => {
            let words = said(model, &commands);
            give::give(model, effects, commands, words);
        }
        Some(who) => {
            let sentence = say(language, "prompt-hold", &[("what", name(model, row.item())), ("who", who)]);
            let prompt = Prompt::about(Action::Claim, vec![row.clone()], sentence)
                .with(say(language, "choice-hold", &[]), Act::Give(commands));
            model.layers.push(Layer::Prompt(prompt));
        }
    }
}

fn edit_concierge(row: &Drawn, new: Value) -> Vec<Command> {
    use crate::domain::entity::{Edit, FieldEdit};
    let Some((id, desk)) = row.permanence() else { return Vec::new() };
    let seen = serde_json::to_value(desk.fields.concierge_id).unwrap_or_default();
    let fields = [("concierge_id".to_owned(), FieldEdit { seen, new })].into();
    vec![Command::EditPermanence { id, body: Edit { fields } }]
}

/// Keeps the number or address with the person from now on; who it is is asked where that is not sure.
fn attach(model: &mut Model, effects: &mut Effects, row: &Drawn) {
    let Some((id, contact)) = row.contact() else { return };
    if !matches!(contact.party, Party::Person { .. }) {
        party::open(model, row.item());
        return;
    }
    let body = AttachParty { party: contact.party.clone(), keep: Keep::FromNowOn };
    let commands = vec![Command::AttachContact { id, body }];
    let words = said(model, &commands);
    give::give(model, effects, commands, words);
}

/// Words were chosen or typed for a verb. Words that cannot be taken leave the prompt as it was, and say why.
pub fn worded(model: &mut Model, effects: &mut Effects, prompt: &Prompt, wording: Wording, words: &str) {
    let made = match wording {
        Wording::Value(Edited::Home) => edit::home_typed(model, &prompt.drawn, words),
        Wording::Value(field) => edit::typed(model, prompt.drawn.first(), field, words)
            .map(|value| edit::commands(&prompt.drawn, field, &value)),
        Wording::Deadline => offers::deadline_said(model, prompt, words).map(|command| vec![command]),
        Wording::TakeOver => {
            take_over(model, effects, prompt, words);
            return;
        }
        Wording::PauseOrder(_) | Wording::EndOrder(_) | Wording::OrderValue(..) => {
            match recurring::worded(model, wording, words) {
                Ok(Act::Give(commands)) => give(model, effects, prompt, commands, None),
                Ok(Act::Ask(next)) => {
                    model.notice = None;
                    model.layers.push(Layer::Prompt(*next));
                }
                Ok(_) => {}
                Err(sentence) => {
                    model.layers.push(Layer::Prompt(prompt.clone()));
                    model.say(Tone::Trouble, sentence);
                }
            }
            return;
        }
        Wording::Fetched
        | Wording::Sum(_)
        | Wording::Counted(_)
        | Wording::Leftover
        | Wording::CashCounted
        | Wording::Broken(_) => {
            match desk::worded(model, wording, words) {
                Ok(act) => {
                    model.notice = None;
                    desk::take(model, effects, act);
                }
                Err(sentence) => {
                    model.layers.push(Layer::Prompt(prompt.clone()));
                    model.say(Tone::Trouble, sentence);
                }
            }
            return;
        }
        Wording::Counter => {
            match offers::countered(model, prompt, words) {
                Ok(next) => {
                    model.notice = None;
                    model.layers.push(Layer::Prompt(next));
                }
                Err(sentence) => {
                    model.layers.push(Layer::Prompt(prompt.clone()));
                    model.say(Tone::Trouble, sentence);
                }
            }
            return;
        }
        _ => made_of(model, &prompt.drawn, wording, words),
    };
    match made {
        Ok(commands) => {
            let how = match wording {
                Wording::Value(field) => value_given(&commands, field),
                // What is cut off one request is in no other; one provider is not the next one's.
                Wording::SplitOff | Wording::PassOver(_) | Wording::Deadline => None,
                _ => Some(How::Words(wording, words.to_owned())),
            };
            give(model, effects, prompt, commands, how);
        }
        Err(sentence) => {
            model.layers.push(Layer::Prompt(prompt.clone()));
            model.say(Tone::Trouble, sentence);
        }
    }
}

fn take_over(model: &mut Model, effects: &mut Effects, prompt: &Prompt, words: &str) {
    let Ok(reason) = words.parse::<ShortText>() else {
        model.layers.push(Layer::Prompt(prompt.clone()));
        let words = too_long(model);
        model.say(Tone::Trouble, words);
        return;
    };
    for item in &prompt.items {
        let id = match item {
            Item::Contact(id) => (*id).into(),
            Item::Request(id) => (*id).into(),
            _ => continue,
        };
        if let Some(claim) = model.world.claim_on(id).map(|claim| claim.id) {
            give::ask(
                model,
                effects,
                Command::TakeOverClaim { id: claim, body: TakeOver { reason: Some(reason.clone()) } },
            );
        }
    }
}

fn too_long(model: &Model) -> String {
    say(model.seat.language, "value-too-long", &[("count", ShortText::MAX.to_string())])
}

/// The value that edits put in, to be put in elsewhere.
fn value_given(commands: &[Command], field: Edited) -> Option<How> {
    let (Command::EditRequest { body: edit, .. } | Command::EditPermanence { body: edit, .. }) = commands.first()?
    else {
        return None;
    };
    Some(How::Value(field, edit.fields.get(field.name())?.new.clone()))
}

/// The commands that words make on rows as they were drawn.
fn made_of(model: &mut Model, rows: &[Drawn], wording: Wording, words: &str) -> Result<Vec<Command>, String> {
    let mut commands = Vec::with_capacity(rows.len());
    for row in rows {
        let made = match row {
            Drawn::Contact(contact) => on_contact(contact.id, rules::is_missed(contact), wording, words),
            Drawn::Request(request) => on_request(model, request, wording, words),
            Drawn::Permanence(_) | Drawn::Round(_) => Ok(None),
            Drawn::Offer(offer) => words.parse().map(|reason| offers::worded(offer, wording, reason)),
            Drawn::Held(held) => words.parse().map(|reason| held::worded(held, wording, reason)),
            Drawn::Leg(leg) => words.parse().map(|reason| rounds::worded(leg, wording, reason)),
            Drawn::Exception(exception) => words
                .parse()
                .map(|settlement| Some(Command::CloseException { id: exception.id, body: Settle { settlement } })),
        };
        commands.extend(made.map_err(|_| too_long(model))?);
    }
    Ok(commands)
}

fn on_contact(
    id: crate::domain::ids::ContactId,
    missed: bool,
    wording: Wording,
    words: &str,
) -> Result<Option<Command>, TextError> {
    let text: ShortText = words.parse()?;
    Ok(match wording {
        // Of a call that was missed the outcome is that of calling back, also when it is repeated from another.
        Wording::WrapUp | Wording::CallBack if missed => {
            Some(Command::CallBackContact { id, body: WrapUp { outcome: text } })
        }
        Wording::WrapUp | Wording::CallBack => Some(Command::WrapUpContact { id, body: WrapUp { outcome: text } }),
        Wording::Drop => Some(Command::DropContact { id, body: Because { reason: text } }),
        _ => None,
    })
}

fn on_request(
    model: &mut Model,
    request: &Request,
    wording: Wording,
    words: &str,
) -> Result<Option<Command>, TextError> {
    let (id, seen) = (request.id, request.state);
    if wording == Wording::Answer {
        return Ok(Some(Command::AnswerRequest { id, body: Answer { seen, text: words.parse::<LongText>()? } }));
    }
    if wording == Wording::SplitOff {
        words.parse::<LongText>()?;
        let fields = edit::split_off(model, request, words);
        let parts = vec![Part { id: model.ids.fresh(), fields }];
        return Ok(Some(Command::SplitRequest { id, body: Split { parts } }));
    }
    let reason: ShortText = words.parse()?;
    Ok(match wording {
        Wording::Question => Some(Command::WaitRequest { id, body: Wait { seen, question: reason, until: None } }),
        Wording::Cancel => Some(Command::CancelRequest { id, body: StepBecause { seen, reason } }),
        Wording::Refuse => Some(Command::RefuseRequest { id, body: StepBecause { seen, reason } }),
        Wording::Release => Some(Command::ReleaseRequest { id, body: StepBecause { seen, reason } }),
        Wording::PassOver(provider) => offers::passing_over(model, request, provider, reason),
        Wording::Merge(into) if into != id => Some(Command::MergeRequest { id, body: Merge { seen, into, reason } }),
        _ => None,
    })
}

/// Gives what a prompt proposed and goes on to the next row.
pub fn give(model: &mut Model, effects: &mut Effects, prompt: &Prompt, commands: Vec<Command>, how: Option<How>) {
    if commands.is_empty() {
        let words = say(model.seat.language, "notice-nothing-to-change", &[]);
        model.say(Tone::Plain, words);
        return;
    }
    let words = said(model, &commands);
    // Of several dates given at once each is dealt with, also those that were not at hand.
    let others = commands.iter().filter_map(subject).filter(|item| !prompt.items.contains(item));
    let items: Vec<Item> = prompt.items.iter().copied().chain(others).collect();
    give::give(model, effects, commands, words);
    if let Some(how) = how {
        model.last = Some(Last { verb: prompt.verb, how });
    }
    done(model, effects, prompt.verb, &items);
}

/// What a choice that gives commands would be called again by; none where it fits no other row.
pub fn how_again(prompt: &Prompt, commands: &[Command]) -> Option<How> {
    match (prompt.verb, commands.first()?) {
        (Action::Edit, Command::EditRequest { body, .. } | Command::EditPermanence { body, .. }) => {
            let field = Edited::named(body.fields.keys().next()?)?;
            value_given(commands, field)
        }
        (Action::Merge, Command::MergeRequest { body, .. }) => {
            Some(How::Words(Wording::Merge(body.into), body.reason.to_string()))
        }
        (Action::Merge, Command::WrapUpContact { body, .. }) => {
            Some(How::Words(Wording::WrapUp, body.outcome.to_string()))
        }
        (Action::Assign, Command::AssignRequest { .. }) => None,
        (Action::Accept | Action::Suspend | Action::Assign, _) => Some(How::Best),
        _ => None,
    }
}

/// Does the last verb again with the same choice, on the rows at hand.
fn repeat(model: &mut Model, effects: &mut Effects) {
    let Some(Last { verb, how }) = model.last.clone() else {
        let words = say(model.seat.language, "notice-nothing-to-repeat", &[]);
        model.say(Tone::Plain, words);
        return;
    };
    let (rows, _, obstacle) = able(model, verb);
    if rows.is_empty() {
        let words = obstacle.sentence(model, verb);
        model.say(Tone::Plain, words);
        return;
    }
    let prompt = Prompt::about(verb, rows, String::new());
    let made = match &how {
        How::Words(wording, words) => made_of(model, &prompt.drawn, *wording, words),
        How::Value(field, value) => Ok(edit::commands(&prompt.drawn, *field, value)),
        How::Best => match again(model, verb, &prompt.drawn) {
            Some(proposed) => match proposed.choices.into_iter().next().map(|choice| choice.act) {
                Some(Act::Give(commands)) if proposed.verb == verb => Ok(commands),
                _ => {
                    propose(model, effects, verb);
                    return;
                }
            },
            None => return,
        },
    };
    match made {
        Ok(commands) => give(model, effects, &prompt, commands, Some(how)),
        Err(sentence) => model.say(Tone::Trouble, sentence),
    }
}

/// What a verb proposes on these rows, to be done without asking.
fn again(model: &mut Model, verb: Action, rows: &[Drawn]) -> Option<Prompt> {
    if verb == Action::Assign {
        return offers::assign(model, rows).ok();
    }
    proposal::of(model, verb, rows.to_vec(), 0)
}

/// After one's own verb the selection goes to the next row; a field that was changed or a line that was noted keeps it.
pub fn done(model: &mut Model, effects: &mut Effects, verb: Action, items: &[Item]) {
    if matches!(verb, Action::Edit | Action::Note | Action::Claim) || !model.layers.is_empty() {
        return;
    }
    match model.screen {
        Screen::Reception if model.reception.selected().is_some_and(|item| items.contains(&item)) => {
            let lane = model.reception.lane;
            model.reception.list_mut(lane).advance();
            model.reception.looked_elsewhere();
            line::follow(model, effects);
        }
        Screen::Requests => {
            let had_marks = !model.requests.marked.is_empty();
            model.requests.marked.clear();
            let selected = model.requests.list.selected().map(Item::Request);
            if !had_marks && selected.is_some_and(|item| items.contains(&item)) {
                model.requests.list.advance();
            }
        }
        Screen::Dispatch => dispatch::advance(model, items),
        Screen::Rounds => crate::console::update::rounds::advance(model, verb, items),
        Screen::Reception | Screen::Activity | Screen::Desk => {}
    }
}

/// The office carried a bulk out row by row: what it refused is said, and stays marked if nothing was marked since.
pub fn answered(model: &mut Model, done: &Done) {
    let Some(outcomes) = &done.outcomes else { return };
    let language = model.seat.language;
    let refused: Vec<_> = outcomes.iter().filter_map(|outcome| Some((outcome.key, outcome.problem.clone()?))).collect();
    let Some((_, first)) = refused.first() else { return };
    let why = put(first.clone(), language).detail;
    let rows: Vec<Item> = refused.iter().filter_map(|(key, _)| refused_row(model, done.key, *key)).collect();
    if model.screen == Screen::Dispatch && model.dispatch.marks.is_empty() {
        model.dispatch.marks.set(rows.iter().filter_map(|item| item.request()));
    } else if model.requests.marked.is_empty() {
        model.requests.marked.set(rows.iter().filter_map(|item| item.request()));
    }
    let names: Vec<String> = rows.iter().take(3).map(|item| name(model, *item)).collect();
    let went = outcomes.len() - refused.len();
    let parts =
        [("done", went.to_string()), ("refused", refused.len().to_string()), ("which", names.join(", ")), ("why", why)];
    let words = say(language, "notice-bulk-refused", &parts);
    let undo = (went > 0).then_some(done.key);
    model.notice = Some(Notice { tone: Tone::Trouble, words, undo });
}

fn refused_row(model: &Model, bulk: CommandKey, key: CommandKey) -> Option<Item> {
    // The sender keeps a refused row as an entry of its own; else it is still in the bulk.
    if let Some(entry) = model.world.board.entry(key) {
        return said::subject(&entry.given.command);
    }
    let Command::Bulk { body } = &*model.world.board.entry(bulk)?.given.command else { return None };
    said::subject(&body.rows.iter().find(|row| row.key == key)?.command)
}

#[cfg(test)]
mod tests;
