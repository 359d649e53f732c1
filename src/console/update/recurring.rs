//! The list of recurring orders: moving in it, and what its letters propose.

mod edit;

use super::{Effects, act, verbs};
use crate::{
    console::{
        keymap::Action,
        model::{
            Model, Tone,
            layer::Layer,
            prompt::{Act, Prompt, Wording},
            reception::Item,
            recurring::RecurringList,
        },
        steps,
        view::recurring as words,
    },
    domain::{
        ids::{RecurringOrderId, RequestId},
        policy::ReasonKind,
        recurring::{Pause, RecurringOrder},
        request::{Request, RequestNumber},
        texts::ShortText,
        time::When,
    },
    i18n::say,
    wire::{
        access::Verdict,
        catalogue::Command,
        recurring_bodies::{AlreadyMade, EndRecurring, PauseRecurring, ResumeRecurring},
    },
};
use jiff::civil::Date;
use std::sync::Arc;
use uuid::Uuid;

/// Shows the recurring orders, on the first of the person at hand.
pub fn open(model: &mut Model) {
    let item = steps::items(model).first().copied();
    let request = item.and_then(Item::request).and_then(|id| model.world.request(id));
    let of_request = request.and_then(|shown| shown.row.recurring).map(|of| of.order_id);
    let person = item.and_then(|item| model.world.person_behind(item)).map(|person| person.id);
    let orders = model.world.recurring_orders(model.now);
    let theirs = orders.iter().find(|order| person.is_some() && order.person() == person).map(|order| order.id);
    let known = of_request.filter(|id| orders.iter().any(|order| order.id == *id));
    let chosen = known.or(theirs).or(orders.first().map(|order| order.id));
    model.layers.push(Layer::Recurring(RecurringList { chosen, is_open: false }));
}

/// The order that is chosen, as long as it is there.
pub fn chosen(model: &Model) -> Option<Arc<RecurringOrder>> {
    let list = model.layers.iter().rev().find_map(|layer| match layer {
        Layer::Recurring(list) => Some(list),
        _ => None,
    })?;
    list.chosen.and_then(|id| model.world.recurring_order(id)).map(|shown| Arc::clone(shown.row))
}

/// Leaves what is shown of one order for the list; whether one was shown.
pub fn left(model: &mut Model, list: RecurringList) {
    if list.is_open {
        model.layers.push(Layer::Recurring(RecurringList { is_open: false, ..list }));
    }
}

/// What keys do in the list.
pub fn act(model: &mut Model, effects: &mut Effects, action: Action) {
    let orders: Vec<RecurringOrderId> = model.world.recurring_orders(model.now).iter().map(|order| order.id).collect();
    let Some(Layer::Recurring(list)) = model.layers.last_mut() else { return };
    let here = orders.iter().position(|id| Some(*id) == list.chosen);
    let end = orders.len().saturating_sub(1);
    let to = match action {
        Action::Up | Action::PageUp => here.unwrap_or(0).saturating_sub(1),
        Action::Down | Action::PageDown => here.map_or(0, |here| (here + 1).min(end)),
        Action::Top => 0,
        Action::Bottom => end,
        Action::Open if list.chosen.is_some() => {
            list.is_open = !list.is_open;
            return;
        }
        Action::Back => {
            let list = *list;
            model.layers.pop();
            left(model, list);
            return;
        }
        Action::Suspend | Action::Cancel | Action::Edit => {
            propose(model, action);
            return;
        }
        Action::Command | Action::Undo => {
            act::on_list(model, effects, action);
            return;
        }
        _ => return,
    };
    if let Some(id) = orders.get(to) {
        list.chosen = Some(*id);
    }
}

/// Proposes a pause or its end, or the end of the order.
fn propose(model: &mut Model, action: Action) {
    let language = model.seat.language;
    let Some(order) = chosen(model) else {
        model.say(Tone::Plain, say(language, "notice-nothing-selected", &[]));
        return;
    };
    let command = match action {
        Action::Cancel => "recurring_order.end",
        Action::Edit => "recurring_order.edit",
        _ => "recurring_order.pause",
    };
    if steps::rules::verdict(model, command) == Verdict::Denied {
        let verb = [("verb", action.words(language))];
        model.say(Tone::Plain, say(language, "cannot-denied", &verb));
        return;
    }
    let what = ("what", words::name(model, &order.fields));
    let prompt = match action {
        Action::Edit => edit::which_field(model, &order),
        Action::Cancel => {
            let sentence = say(language, "prompt-recurring-end", &[what]);
            let prompt = Prompt::new(action, Vec::new(), sentence).or_words(Wording::EndOrder(order.id));
            let reasons = verbs::reasons(model, ReasonKind::Cancel).into_iter();
            reasons.fold(prompt, |prompt, reason| prompt.with(reason, Act::Say))
        }
        _ => match order.pause_from(today(model, &order)) {
            Some(pause) => {
                let sentence = [what, ("pause", words::pause(model, pause))];
                let body = ResumeRecurring { seen: order.state, from: None };
                let commands = vec![Command::ResumeRecurringOrder { id: order.id, body }];
                Prompt::new(action, Vec::new(), say(language, "prompt-recurring-resume", &sentence))
                    .with(say(language, "choice-recurring-resume", &[]), Act::Give(commands))
            }
            None => Prompt::new(action, Vec::new(), say(language, "prompt-recurring-pause", &[what]))
                .or_words(Wording::PauseOrder(order.id))
                .with(say(language, "choice-recurring-until-resumed", &[]), paused(model, &order, None)),
        },
    };
    model.layers.push(Layer::Prompt(prompt));
}

/// Whether a pause is on, or to come.
pub fn rests(model: &Model, order: &RecurringOrder) -> bool {
    order.pause_from(today(model, order)).is_some()
}

fn today(model: &Model, order: &RecurringOrder) -> Date {
    model.now.civil(&model.world.zone(Some(order.fields.site_id))).date()
}

/// What a pause does: what is made of its days already is asked about first.
fn paused(model: &Model, order: &RecurringOrder, to: Option<Date>) -> Act {
    let pause = Pause { from: today(model, order), to };
    let reason = say(model.seat.language, "reason-recurring-pause", &[]).parse::<ShortText>().ok();
    let id = order.id;
    let seen = order.state;
    asked_first(
        model,
        Action::Suspend,
        order,
        |date| pause.holds(date),
        |made| {
            let reason = reason.clone();
            Command::PauseRecurringOrder { id, body: PauseRecurring { seen, from: pause.from, to, made, reason } }
        },
    )
}

/// A command that may call off what is made of some dates and not given yet: the choice is asked for where there is such a thing.
fn asked_first(
    model: &Model,
    verb: Action,
    order: &RecurringOrder,
    concerns: impl Fn(Date) -> bool,
    command: impl Fn(AlreadyMade) -> Command,
) -> Act {
    let language = model.seat.language;
    let waiting = model.world.waiting_of(order);
    let dates: Vec<Date> = waiting
        .iter()
        .filter_map(|request| request.recurring)
        .map(|of| of.date)
        .filter(|date| concerns(*date))
        .collect();
    if dates.is_empty() {
        return Act::Give(vec![command(AlreadyMade::Keep)]);
    }
    let parts = [
        ("what", words::name(model, &order.fields)),
        ("count", dates.len().to_string()),
        ("dates", words::dates(language, &dates)),
    ];
    let prompt = Prompt::new(verb, Vec::new(), say(language, "prompt-recurring-made", &parts))
        .with(say(language, "choice-recurring-keep", &parts), Act::Give(vec![command(AlreadyMade::Keep)]))
        .with(say(language, "choice-recurring-call-off", &parts), Act::Give(vec![command(AlreadyMade::CallOff)]));
    Act::Ask(Box::new(prompt))
}

/// Words were chosen or typed: the day until which it rests, why it ends, or the value of a field.
///
/// # Errors
/// A sentence that says why they cannot be taken.
pub fn worded(model: &Model, wording: Wording, typed: &str) -> Result<Act, String> {
    let language = model.seat.language;
    let gone = || say(language, "name-gone", &[]);
    match wording {
        Wording::PauseOrder(id) => {
            let order = model.world.recurring_order(id).ok_or_else(gone)?;
            let unread = || say(language, "recurring-day-not-read", &[("words", typed.to_owned())]);
            let until = day_said(model, order.row, typed).ok_or_else(unread)?;
            if until < today(model, order.row) {
                return Err(say(language, "recurring-day-past", &[]));
            }
            Ok(paused(model, order.row, Some(until)))
        }
        Wording::EndOrder(id) => {
            let order = Arc::clone(model.world.recurring_order(id).ok_or_else(gone)?.row);
            let too_long = |_| say(language, "value-too-long", &[("count", ShortText::MAX.to_string())]);
            let reason: ShortText = typed.parse().map_err(too_long)?;
            let today = today(model, &order);
            let seen = order.state;
            Ok(asked_first(
                model,
                Action::Cancel,
                &order,
                |date| date >= today,
                |made| {
                    let reason = reason.clone();
                    Command::EndRecurringOrder { id, body: EndRecurring { seen, reason, made } }
                },
            ))
        }
        Wording::OrderValue(id, field) => edit::worded(model, id, field, typed),
        _ => Err(gone()),
    }
}

/// What a request of an order would be: to read by what is said of it.
fn sample(model: &Model, order: &RecurringOrder) -> Option<Request> {
    let fields = order.request(today(model, order), None).ok()?;
    Request::create(RequestId::from(Uuid::nil()), RequestNumber::new(0, 0), fields, model.now, None).ok()
}

/// A day as it is said on the entry line; a number alone is a day of the month.
fn day_said(model: &Model, order: &RecurringOrder, typed: &str) -> Option<Date> {
    let typed = typed.trim();
    let number = !typed.is_empty() && typed.bytes().all(|byte| byte.is_ascii_digit());
    let text = if number { format!("le {typed}") } else { typed.to_owned() };
    match verbs::time_said(model, &sample(model, order)?, &text)? {
        When::Due { at } => Some(at.date()),
        When::Window(window) => Some(window.date()),
    }
}

#[cfg(test)]
mod tests;
