//! What things are called and what was done, in sentences.

use super::{held, offers, proposal, rounds};
use crate::{
    console::{
        model::{Model, reception::Item},
        steps::rules,
        view::{desk, frame, recurring, words},
    },
    domain::{
        operator::Language,
        request::{Handover, Payer, Request, RequestNumber},
        service::Service,
    },
    i18n::say,
    text::neutral,
    wire::{access::Verdict, catalogue::Command},
};
use std::sync::Arc;
use uuid::Uuid;

/// What a row is called: a request by its number, a contact by who it is, a desk by its site.
pub fn name(model: &Model, item: Item) -> String {
    let language = model.seat.language;
    let name = match item {
        Item::Request(id) => model.world.request(id).map(|shown| request_name(model, shown.row)),
        Item::Contact(id) => model.world.contact(id).map(|shown| frame::caller(model, shown.row).0),
        Item::Permanence(id) => {
            let site = model.world.permanence(id).and_then(|row| model.world.site(row.fields.site_id));
            site.map(|site| neutral(site.fields.name.as_str()).into_owned())
        }
        Item::Held(id) => model.world.held_one(id).map(|prepared| {
            let about = Command::of_held(prepared).ok().and_then(|command| subject(&command));
            let about = about.map(|item| name(model, item)).filter(|about| !about.is_empty());
            let verb = held::verb(language, prepared);
            match about {
                Some(what) => say(language, "name-held", &[("what", what), ("verb", verb)]),
                None => verb,
            }
        }),
        Item::Leg(id) => model.world.leg(id).map(|leg| name(model, Item::Request(leg.fields.request_id))),
        Item::Round(id) => model.world.round(id).map(|round| rounds::round_name(model, round)),
        Item::Exception(id) => model.world.exception(id).map(|row| desk::exception(model, row)),
        Item::Offer(id) => model.world.offer(id).map(|offer| {
            let request = name(model, Item::Request(offer.fields.request_id));
            let provider = offers::provider_name(model, offer.fields.provider_id);
            say(language, "name-offer", &[("what", request), ("provider", provider)])
        }),
    };
    name.unwrap_or_else(|| say(language, "name-gone", &[]))
}

/// A request by its number; one that the office has not numbered yet by what it is about.
pub fn request_name(model: &Model, request: &Request) -> String {
    if request.number == RequestNumber::new(0, 0) { request_words(model, request) } else { request.number.to_string() }
}

/// What a request is called and about, for whom and when, on one line.
pub fn request_line(model: &Model, item: Item) -> Option<String> {
    let Item::Request(id) = item else { return None };
    let request = Arc::clone(model.world.request(id)?.row);
    let person = model.world.person_behind(item).map(|person| words::person_short(person));
    let parts = [Some(proposal::described(model, &request)), person];
    Some(parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
}

/// What a request is about, in a few words: service and detail.
pub fn request_words(model: &Model, request: &Request) -> String {
    let language = model.seat.language;
    let service = request.fields.service_id.and_then(|id| model.world.service(id));
    let service = service.map(|service| service_name(language, service));
    let detail = request.fields.detail.as_ref().map(|detail| neutral(detail.as_str()).into_owned());
    let text = || request.fields.text.as_ref().map(|text| neutral(text.as_str()).chars().take(40).collect());
    let parts: Vec<String> = service.into_iter().chain(detail).collect();
    if parts.is_empty() { text().unwrap_or_else(|| say(language, "name-request", &[])) } else { parts.join(", ") }
}

/// A service in the reader's language.
pub fn service_name(language: Language, service: &Service) -> String {
    let fields = &service.fields;
    let name = match language {
        Language::Fr => &fields.name,
        Language::En => fields.name_en.as_ref().unwrap_or(&fields.name),
    };
    neutral(name.as_str()).into_owned()
}

/// How a thing comes back, in words.
pub fn handover(language: Language, handover: &Handover) -> String {
    match handover {
        Handover::Permanence => say(language, "handover-permanence", &[]),
        Handover::Locker => say(language, "handover-locker", &[]),
        Handover::Home { address } => {
            say(language, "handover-home", &[("address", neutral(address.as_str()).into_owned())])
        }
        Handover::OnSite => say(language, "handover-on-site", &[]),
    }
}

/// Who pays, in words.
pub fn payer(language: Language, payer: Payer) -> String {
    match payer {
        Payer::Person => say(language, "payer-person", &[]),
        Payer::Client => say(language, "payer-client", &[]),
        Payer::Shared { .. } => say(language, "payer-shared", &[]),
    }
}

/// The row that a command is about.
pub fn subject(command: &Command) -> Option<Item> {
    if let Command::TakeOverClaim { .. } = command {
        return None;
    }
    if let Command::PrepareReply { body, .. } = command {
        return body.contact_id.map(Item::Contact).or(body.request_id.map(Item::Request));
    }
    if let Command::PrepareOffer { body, .. } = command {
        return Some(Item::Request(body.request_id));
    }
    let id: Uuid = command.subject()?;
    match command.name().split_once('.')?.0 {
        "request" => Some(Item::Request(id.into())),
        "contact" => Some(Item::Contact(id.into())),
        "offer" => Some(Item::Offer(id.into())),
        "permanence" => Some(Item::Permanence(id.into())),
        "held" => Some(Item::Held(id.into())),
        "leg" => Some(Item::Leg(id.into())),
        "round" => Some(Item::Round(id.into())),
        "exception" => Some(Item::Exception(id.into())),
        _ => None,
    }
}

/// What the recurring order that a command is about is called.
pub fn recurring_order(model: &Model, command: &Command) -> Option<String> {
    if let Command::CreateRecurringOrder { body, .. } = command {
        return Some(recurring::name(model, body));
    }
    let id: Uuid = command.subject().filter(|_| command.name().starts_with("recurring_order."))?;
    let shown = model.world.recurring_order(id.into());
    Some(
        shown.map_or_else(
            || say(model.seat.language, "name-gone", &[]),
            |shown| recurring::name(model, &shown.row.fields),
        ),
    )
}

/// What giving these commands does, in a sentence with the state that is reached; what a colleague must look at first says so.
pub fn said(model: &Model, commands: &[Command]) -> String {
    let language = model.seat.language;
    let Some(first) = commands.first() else { return String::new() };
    let order = || recurring_order(model, first);
    let what = match commands.iter().find_map(rounds::made_for) {
        Some(courier) => say(
            language,
            "rounds-name",
            &[("of", crate::console::view::rounds::of(language, &rounds::courier_name(model, courier)))],
        ),
        None => subject(first).map(|item| name(model, item)).or_else(order).unwrap_or_default(),
    };
    // What makes requests closes what they came from, too.
    let makes =
        |command: &&Command| matches!(command, Command::CreateRequest { .. } | Command::CreateRecurringOrder { .. });
    let made = commands.iter().filter(makes).count();
    let count = if made > 0 { made } else { commands.len() };
    if let [Command::DeclineOffer { .. }, taken @ Command::TakeCounter { .. }] = commands {
        return said(model, std::slice::from_ref(taken));
    }
    let provider = match first {
        Command::PrepareOffer { body, .. } => offers::provider_name(model, body.provider_id),
        _ => String::new(),
    };
    let deadline = match first {
        Command::DeferOffer { body, .. } => {
            let at = model.seat.civil(body.deadline);
            words::moment(language, at, model.seat.civil(model.now).date())
        }
        _ => String::new(),
    };
    let parts = [("what", what), ("count", count.to_string()), ("provider", provider), ("deadline", deadline)];
    let command = first.name().replace('.', "-");
    if rules::verdict(model, first.name()) == Verdict::Held {
        let verb = say(language, &format!("command-{command}"), &[]);
        let [what, count, ..] = parts;
        return say(language, "said-held", &[what, count, ("verb", verb)]);
    }
    say(language, &format!("said-{command}"), &parts)
}
