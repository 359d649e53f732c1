//! Things and contradictions in words: what they are, where they are, where they were.

use crate::{
    console::{
        model::{Model, Screen},
        update::desk as update,
        view::{paint::signs, words},
    },
    domain::{
        exception::Exception,
        item::{Holder, Item},
    },
    i18n::say,
    text::neutral,
};

/// A contradiction in words: what a person said of it, else its kind.
pub fn exception(model: &Model, exception: &Exception) -> String {
    let language = model.seat.language;
    let kind = serde_json::to_value(exception.fields.kind).ok();
    let kind = kind.as_ref().and_then(serde_json::Value::as_str).unwrap_or("other").replace('_', "-");
    let kind = say(language, &format!("contradiction-{kind}"), &[]);
    let label = match exception.fields.about.kind {
        crate::domain::entity::EntityKind::Item => {
            model.world.thing(exception.fields.about.id.into()).map(|thing| thing.fields.label.to_string())
        }
        _ => None,
    };
    let what = exception.fields.what.as_ref().map(|what| neutral(what.as_str()).into_owned());
    let told = what.filter(|_| exception.fields.kind == crate::domain::exception::ContradictionKind::Other);
    let more =
        exception.fields.what.as_ref().filter(|_| told.is_none()).map(|what| neutral(what.as_str()).into_owned());
    [Some(told.unwrap_or(kind)), label, more].into_iter().flatten().collect::<Vec<_>>().join(signs::BETWEEN)
}

/// Where a thing is, in words.
pub fn place(model: &Model, thing: &Item) -> String {
    let language = model.seat.language;
    let here = update::site(model);
    match &thing.fields.holder {
        Holder::Concierge { site_id, place } => {
            let shelf = place.as_ref().map(|place| format!(", {}", neutral(place.as_str()))).unwrap_or_default();
            if model.screen == Screen::Desk && Some(*site_id) == here {
                return say(language, "place-here", &[("shelf", shelf)]);
            }
            let site = model.world.site(*site_id).map(|site| neutral(site.fields.name.as_str()).into_owned());
            say(language, "lies-at-desk", &[("site", site.unwrap_or_default()), ("shelf", shelf)])
        }
        Holder::Locker { locker_id } => {
            let locker = model.world.locker(*locker_id);
            let name = locker.map(|locker| neutral(locker.fields.name.as_str()).into_owned()).unwrap_or_default();
            say(language, "desk-locker", &[("name", name)]).to_lowercase()
        }
        Holder::Courier { courier_id } => {
            let courier = model.world.board.get::<crate::domain::courier::Courier>(*courier_id);
            let name = courier.map(|courier| courier.row.fields.name.to_string()).unwrap_or_default();
            say(language, "place-courier", &[("name", neutral(&name).into_owned())])
        }
        Holder::Provider { provider_id } => {
            let provider = model.world.board.get::<crate::domain::provider::Provider>(*provider_id);
            let name = provider.map(|provider| provider.row.fields.name.to_string()).unwrap_or_default();
            say(language, "place-provider", &[("name", neutral(&name).into_owned())])
        }
        Holder::Beneficiary { id } => say(language, "place-owner", &[("who", update::who(model, *id))]),
    }
}

/// A thing in words: label, what, whose, where, since when.
pub fn thing_in_words(model: &Model, thing: &Item) -> String {
    let language = model.seat.language;
    let today = model.seat.civil(model.now).date();
    let since = thing.trail.last().map_or(thing.fields.since, |custody| custody.occurred_at);
    let parts = [
        Some(neutral(thing.fields.label.as_str()).into_owned()),
        thing.fields.description.as_ref().map(|what| neutral(what.as_str()).into_owned()),
        Some(update::who(model, model.world.owner_of(thing))),
        Some(place(model, thing)),
        Some(say(language, "place-since", &[("at", words::moment(language, model.seat.civil(since), today))])),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(signs::BETWEEN)
}

/// The trail of a thing, the newest first: when, what was done, where it was then.
pub fn trail(model: &Model, thing: &Item) -> Vec<String> {
    let language = model.seat.language;
    let today = model.seat.civil(model.now).date();
    let step = |custody: &crate::domain::item::Custody| {
        let act = serde_json::to_value(custody.act).ok();
        let act = act.as_ref().and_then(serde_json::Value::as_str).unwrap_or_default().replace('_', "-");
        let at = words::moment(language, model.seat.civil(custody.occurred_at), today);
        let then = Item {
            fields: crate::domain::item::ItemFields { holder: custody.holder.clone(), ..thing.fields.clone() },
            ..thing.clone()
        };
        let by = custody.by.and_then(|id| model.world.operator(id)).map(|row| row.fields.name.to_string());
        let by = by.map(|by| format!(" ({by})")).unwrap_or_default();
        format!("{at}  {} {}{by}", say(language, &format!("act-{act}"), &[]), place(model, &then))
    };
    thing.trail.iter().rev().map(step).collect()
}
