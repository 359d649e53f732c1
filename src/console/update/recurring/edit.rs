//! Changing a recurring order: which of its fields, then its value; what becomes of the dates that are made and not given yet is asked.

use super::{sample, today};
use crate::{
    console::{
        keymap::Action,
        model::{
            Model,
            prompt::{Act, Drawn, Edited, Prompt, Wording},
        },
        update::verbs,
        view::recurring as words,
    },
    domain::{
        entity::{Edit, FieldEdit},
        entry::Confidence,
        ids::RecurringOrderId,
        recurrence::Recurrence,
        recurring::{RecurringOrder, TimeOfDay},
        request::Request,
        texts::ShortText,
        time::When,
    },
    i18n::{job, say},
    wire::{bodies::StepBecause, catalogue::Command},
};
use jiff::civil::Date;
use serde_json::Value;
use std::sync::Arc;

/// Asks which field is to be changed, each with its present value.
pub fn which_field(model: &Model, order: &RecurringOrder) -> Prompt {
    let language = model.seat.language;
    let sentence =
        say(language, "prompt-edit", &[("what", words::name(model, &order.fields)), ("count", "1".to_owned())]);
    Edited::ORDER.into_iter().fold(Prompt::new(Action::Edit, Vec::new(), sentence), |prompt, field| {
        let name = verbs::field_word(language, field);
        let words = present(model, order, field).map_or(name.clone(), |present| format!("{name} ({present})"));
        prompt.with(words, Act::Ask(Box::new(value_of(model, order, field))))
    })
}

/// What stands in a field, in words; none for nothing.
fn present(model: &Model, order: &RecurringOrder, field: Edited) -> Option<String> {
    match field {
        Edited::Rhythm => Some(job::recurrence(model.seat.language, &order.fields.recurrence)),
        Edited::TimeOfDay => Some(words::part_of_day(order.fields.time)),
        _ => verbs::present(model, &Drawn::Request(Arc::new(sample(model, order)?)), field),
    }
}

/// Asks for the value of a field.
fn value_of(model: &Model, order: &RecurringOrder, field: Edited) -> Prompt {
    let language = model.seat.language;
    let sentence = say(language, "prompt-value", &[("field", verbs::field_word(language, field))]);
    let prompt = Prompt::new(Action::Edit, Vec::new(), sentence);
    let request = sample(model, order);
    let values = verbs::values(model, request.as_ref(), field).into_iter().take(9);
    let mut prompt = values.fold(prompt, |prompt, (words, value)| {
        let act = changed(model, order, field, &value);
        prompt.with(words, act)
    });
    if field == Edited::Handover {
        let address = Act::Ask(Box::new(value_of(model, order, Edited::Home)));
        prompt = prompt.with(say(language, "choice-home", &[]), address);
    }
    let mut prompt = prompt.or_words(Wording::OrderValue(order.id, field));
    // What is written as it is read is changed where it stands.
    if let (Edited::Rhythm | Edited::TimeOfDay | Edited::Detail, Some((_, typed))) = (field, &mut prompt.typed) {
        typed.replace(present(model, order, field).unwrap_or_default().replace('\u{a0}', " "));
    }
    prompt
}

/// What a typed value does.
///
/// # Errors
/// A sentence that says that it was not understood, or cannot be.
pub fn worded(model: &Model, id: RecurringOrderId, field: Edited, typed: &str) -> Result<Act, String> {
    let language = model.seat.language;
    let order = model.world.recurring_order(id).ok_or_else(|| say(language, "name-gone", &[]))?.row;
    let unread = |key: &str| say(language, key, &[("field", verbs::field_word(language, field))]);
    let request = sample(model, order).ok_or_else(|| unread("value-not-read"))?;
    let value = match field {
        Edited::Rhythm => {
            let read = recurrence(model, order, &request, typed);
            let (read, is_sure) = read.ok_or_else(|| unread("recurring-rhythm-not-read"))?;
            if read.until.is_some_and(|until| until < today(model, order)) {
                return Err(say(language, "recurring-day-past", &[]));
            }
            serde_json::to_value(is_sure.then_some(read).ok_or_else(|| unread("recurring-rhythm-not-read"))?)
        }
        Edited::TimeOfDay => {
            let when = verbs::time_said(model, &request, typed).ok_or_else(|| unread("value-not-read"))?;
            serde_json::to_value(TimeOfDay::from(&when))
        }
        _ => Ok(verbs::typed(model, Some(&Drawn::Request(Arc::new(request))), field, typed)?),
    };
    Ok(changed(model, order, field, &value.map_err(|_| unread("value-not-read"))?))
}

/// On which days, as it is said on the entry line, and whether that is beyond doubt. What the rhythm itself does not change is counted from
/// its first day as before.
fn recurrence(model: &Model, order: &RecurringOrder, request: &Request, typed: &str) -> Option<(Recurrence, bool)> {
    let present = &order.fields.recurrence;
    let typed = typed.trim();
    if typed == job::recurrence(model.seat.language, present).replace('\u{a0}', " ") {
        return Some((present.clone(), true));
    }
    let said = verbs::recurrence_said(model, request, typed)?;
    let is_sure = said.confidence > Confidence::Doubtful;
    let read = said.value;
    let from = if read.rhythm == present.rhythm { present.from } else { read.from };
    Some((Recurrence { from, ..read }, is_sure))
}

/// The edit that puts a value into a field; what is made already and not given yet is asked about first.
fn changed(model: &Model, order: &RecurringOrder, field: Edited, value: &Value) -> Act {
    let stored = serde_json::to_value(order).unwrap_or_default();
    let seen = stored.get(field.name()).cloned().unwrap_or_default();
    if seen == *value {
        return Act::Give(Vec::new());
    }
    let fields = [(field.name().to_owned(), FieldEdit { seen, new: value.clone() })].into();
    let edit = Command::EditRecurringOrder { id: order.id, body: Edit { fields } };
    let waiting = model.world.waiting_of(order);
    let (besides, asked) = if field == Edited::Rhythm {
        (called_off(model, order, &waiting, value), Asked::CallOff)
    } else {
        (waiting.iter().flat_map(|request| same(request, field, value)).collect(), Asked::ChangeToo)
    };
    let concerned =
        |request: &&Arc<Request>| besides.iter().any(|command| command.subject() == Some(request.id.into()));
    let dates: Vec<Date> =
        waiting.iter().filter(concerned).filter_map(|request| request.recurring).map(|of| of.date).collect();
    if dates.is_empty() {
        return Act::Give(vec![edit]);
    }
    let language = model.seat.language;
    let parts = [
        ("what", words::name(model, &order.fields)),
        ("count", dates.len().to_string()),
        ("dates", words::dates(language, &dates)),
    ];
    let all = [edit.clone()].into_iter().chain(besides).collect();
    let (keep, all) = (Act::Give(vec![edit]), Act::Give(all));
    let prompt = Prompt::new(Action::Edit, Vec::new(), say(language, asked.sentence(), &parts));
    let kept = say(language, "choice-recurring-keep", &parts);
    Act::Ask(Box::new(match asked {
        Asked::ChangeToo => prompt.with(say(language, "choice-recurring-change-too", &parts), all).with(kept, keep),
        Asked::CallOff => prompt.with(kept, keep).with(say(language, "choice-recurring-call-off", &parts), all),
    }))
}

/// What can become of dates that are made already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    /// They are changed as the order is.
    ChangeToo,
    /// They fall on no day of the order any more, and are called off.
    CallOff,
}

impl Asked {
    const fn sentence(self) -> &'static str {
        match self {
            Self::ChangeToo => "prompt-recurring-made-too",
            Self::CallOff => "prompt-recurring-made-off",
        }
    }
}

/// The same change of a request that was made of the order.
fn same(request: &Arc<Request>, field: Edited, value: &Value) -> Vec<Command> {
    let rows = [Drawn::Request(Arc::clone(request))];
    if field != Edited::TimeOfDay {
        return verbs::edit_commands(&rows, field, value);
    }
    let time = serde_json::from_value::<TimeOfDay>(value.clone()).ok();
    let day = request.fields.when.map(|when| match when {
        When::Due { at } => at.date(),
        When::Window(window) => window.date(),
    });
    let when = time.zip(day).and_then(|(time, day)| time.on(day).ok());
    let when = when.and_then(|when| serde_json::to_value(when).ok());
    when.map(|when| verbs::edit_commands(&rows, Edited::When, &when)).unwrap_or_default()
}

/// Calls off those requests whose dates are none of the order's any more.
fn called_off(model: &Model, order: &RecurringOrder, waiting: &[Arc<Request>], value: &Value) -> Vec<Command> {
    let Ok(recurrence) = serde_json::from_value::<Recurrence>(value.clone()) else { return Vec::new() };
    let reason = say(model.seat.language, "reason-recurring-changed", &[]);
    let Ok(reason) = reason.parse::<ShortText>() else { return Vec::new() };
    let calendar = model.world.calendar(Some(order.fields.site_id));
    let falls = |date: Date| {
        recurrence.until.is_none_or(|until| date <= until) && recurrence.is_on(date, |day| calendar.is_working_day(day))
    };
    let off = waiting.iter().filter(|request| request.recurring.is_some_and(|of| !falls(of.date)));
    off.map(|request| {
        let body = StepBecause { seen: request.state, reason: reason.clone() };
        Command::CancelRequest { id: request.id, body }
    })
    .collect()
}
