//! The access matrix: every route by every role, against a table of its own.

use crate::common::{Answer, Directory, Engine, Hand, House, complete, directory};
use loge::{
    domain::{access::Role, entity::EntityKind},
    wire::{
        catalogue::{CATALOGUE, Method},
        fresh,
        query::QUERIES,
    },
};
use rstest::rstest;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Everybody in the house; a trainee at once.
const STAFF: &str = "operator dispatcher concierge manager trainee";
/// Everybody in the house; a trainee's is held.
const STAFF_HELD: &str = "operator dispatcher concierge manager trainee:held";
/// Everybody in the house but a trainee.
const GROWN: &str = "operator dispatcher concierge manager";
/// Who works on sites; a trainee at once.
const DESK: &str = "dispatcher concierge manager trainee";
/// Who works on sites; a trainee's is held.
const DESK_HELD: &str = "dispatcher concierge manager trainee:held";
/// Who routes jobs.
const DISPATCH: &str = "dispatcher manager";
/// Who keeps the house.
const HOUSE: &str = "manager";
/// Every account.
const ALL: &str = "operator dispatcher concierge manager trainee coordinator";
/// Also without an account.
const PUBLIC: &str = "operator dispatcher concierge manager trainee coordinator nobody";

/// Who may give each command.
const COMMANDS: &[(&str, &str)] = &[
    (
        STAFF,
        "request.create request.edit request.triage request.wait request.resume request.split request.note \
         request.start request.ready request.done request.complain contact.walk_in contact.locker_drop \
         contact.edit contact.attach contact.wrap_up contact.call_back contact.reopen claim.take \
         claim.renew claim.take_over claim.release leg.plan leg.edit leg.confirm leg.start leg.done \
         leg.fail round.start round.finish booking.reserve booking.edit booking.fill booking.empty \
         booking.issue_code booking.check_code item.create item.edit item.take_in item.pass_on \
         item.hand_back item.number_labels exception.open exception.edit beneficiary.create beneficiary.edit bulk undo \
         reply.withdraw held.take_up recurring_order.create recurring_order.edit recurring_order.resume",
    ),
    (
        STAFF_HELD,
        "request.answer request.cancel request.merge request.unmerge contact.drop leg.move leg.cancel \
         booking.cancel posting.post posting.reverse posting.mail_receipt booking.mail_code beneficiary.archive \
         reply.prepare reply.send_again reply.let_be recurring_order.pause recurring_order.end",
    ),
    (GROWN, "held.release held.return"),
    ("operator dispatcher manager", "contact.call_event contact.message"),
    (
        DESK,
        "offer.fulfil round.create permanence.plan permanence.edit permanence.open locker.break \
         locker.repair",
    ),
    (
        DESK_HELD,
        "request.assign offer.prepare offer.accept offer.decline offer.take_counter offer.defer offer.withdraw \
         offer.fail round.edit round.arrange round.publish permanence.close permanence.cancel item.lose \
         exception.close",
    ),
    (
        DISPATCH,
        "request.refuse request.release request.reopen offer.release provider.create provider.edit \
         provider.archive courier.create courier.edit courier.archive",
    ),
    (
        HOUSE,
        "request.close beneficiary.erase client.create client.edit client.archive site.create site.edit \
         site.archive service.create service.edit service.archive operator.create operator.edit \
         operator.archive locker.create locker.edit locker.archive policy.edit contract.create \
         contract.edit contract.archive holiday.create holiday.edit holiday.archive",
    ),
    (ALL, "operator.prefer operator.set_view"),
];

/// Who may ask each query.
const ASKED: &[(&str, &str)] = &[
    ("POST /v1/login", PUBLIC),
    ("DELETE /v1/session", ALL),
    ("GET /v1/me", ALL),
    ("POST /v1/operators/{id}/password", HOUSE),
    ("GET /v1/snapshot", ALL),
    ("GET /v1/changes", ALL),
    ("GET /v1/search", STAFF),
    ("GET /v1/beneficiaries/{id}/tab", STAFF),
    ("GET /v1/beneficiaries/{id}/requests", STAFF),
    ("GET /v1/clients/{id}/tab", STAFF),
    ("GET /v1/permanences/{id}/sheet", STAFF),
    ("GET /v1/postings/{id}/receipt", STAFF),
    ("GET /v1/items/labels", STAFF),
    ("GET /v1/callers/{number}", STAFF),
    ("GET /v1/contacts/{id}/raw", STAFF),
    ("GET /v1/contacts/{id}/attachments/{place}", STAFF),
    // A mailbox's own token opens it, and no account's.
    ("POST /v1/intake/mail/{mailbox}", ""),
    ("GET /v1/requests/{id}/ranking", STAFF),
    ("GET /v1/provider-loads", STAFF),
    ("GET /v1/ess", STAFF),
    ("GET /v1/ess/by", STAFF),
    ("GET /v1/activity", STAFF),
    ("GET /v1/journal", STAFF),
    ("GET /v1/rounds/{id}/sheet", STAFF),
    ("POST /v1/travel-times", STAFF),
    ("GET /v1/service-level", "manager"),
    ("POST /v1/intake/calls/{token}", PUBLIC),
    ("GET /v1/openapi.json", PUBLIC),
    ("GET /healthz", PUBLIC),
    ("GET /readyz", PUBLIC),
    ("GET /metrics", PUBLIC),
];

/// The collections that a client's coordinator reads, as far as they are of the own organisation.
const SHARED: &[&str] =
    &["policy", "clients", "contracts", "sites", "holidays", "services", "permanences", "recurring-orders", "requests"];

/// What an answer must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expected {
    Done,
    Held,
    Forbidden,
    NotLoggedIn,
}

fn expected(who: &str, role: &str) -> Expected {
    let mut words = who.split(' ');
    if words.clone().any(|word| word == role) {
        Expected::Done
    } else if words.any(|word| word.strip_suffix(":held") == Some(role)) {
        Expected::Held
    } else if role == "nobody" {
        Expected::NotLoggedIn
    } else {
        Expected::Forbidden
    }
}

fn holds(expected: Expected, answer: &Answer) -> bool {
    match expected {
        Expected::Done => !matches!(answer.status, 202 | 401 | 403 | 405 | 500..),
        Expected::Held => matches!(answer.status, 202 | 404),
        Expected::Forbidden => answer.status == 403 && answer.word() == "not-allowed",
        Expected::NotLoggedIn => answer.status == 401 && answer.word() == "not-logged-in",
    }
}

/// A body that the command can be read from.
fn body(name: &str, directory: &Directory) -> Value {
    let (any, at) = (Uuid::now_v7(), "2026-11-20T08:00:00Z");
    let (entity, verb) = name.split_once('.').unwrap_or((name, ""));
    let window = json!({ "date": "2026-11-27", "from": "09:00", "to": "11:00" });
    let place = json!({ "kind": "site", "site_id": directory.merignac });
    let vehicle = json!({ "kind": "van", "speed_kmh": 30, "capacity_items": 40 });
    let holder = json!({ "kind": "concierge", "site_id": directory.merignac });
    let came_in = |what: Value| json!({ "occurred_at": at, "what": what });
    let seen = match entity {
        "request" => "new",
        "contact" => "open",
        "offer" => "sent",
        "round" => "draft",
        "booking" => "reserved",
        "recurring_order" => "active",
        _ => "planned",
    };
    match (entity, verb) {
        (_, "edit") => json!({ "fields": {} }),
        (
            "offer" | "permanence" | "request" | "booking" | "leg",
            "withdraw" | "decline" | "fail" | "release" | "cancel" | "refuse" | "reopen",
        ) if name != "leg.fail" => json!({ "seen": seen, "reason": "essai" }),
        (_, "archive" | "repair" | "issue_code" | "mail_code" | "mail_receipt" | "take_over" | "prefer")
        | ("claim" | "held", "release")
        | ("held", "take_up")
        | ("reply", "withdraw" | "send_again" | "let_be") => json!({}),
        ("beneficiary", "erase") | ("held", "return") | ("contact", "drop") | ("locker", "break") => {
            json!({ "reason": "essai" })
        }
        ("request", "create") => complete(directory),
        ("recurring_order", "create") => {
            json!({ "requester": { "kind": "person", "id": directory.durand }, "service_id": directory.bread,
                "site_id": directory.merignac, "payer": { "kind": "person" }, "time": { "kind": "due", "at": "23:59" },
                "recurrence": { "rhythm": { "kind": "days", "every": 1 }, "from": "2026-12-01", "holidays": "kept" } })
        }
        ("recurring_order", "pause") => json!({ "seen": seen, "from": "2026-12-21" }),
        ("recurring_order", "end") => json!({ "seen": seen, "reason": "essai" }),
        ("request", "wait") => json!({ "seen": seen, "question": "laquelle ?" }),
        ("request", "answer") => json!({ "seen": seen, "text": "oui" }),
        ("request", "merge") => json!({ "seen": seen, "into": any, "reason": "essai" }),
        ("request", "split") => json!({ "parts": [] }),
        ("request", "note" | "complain") => json!({ "id": any, "text": "essai" }),
        ("request", "assign") => json!({ "seen": seen, "assignment_id": any, "operator_id": any }),
        ("contact", "call_event") => json!({ "source": "essai", "call_id": any, "event": "ring", "occurred_at": at }),
        ("contact", "message") => came_in(json!({ "mailbox": "accueil", "message_id": any })),
        ("contact", "walk_in") => came_in(json!({})),
        ("contact", "locker_drop") => came_in(json!({ "locker_id": any })),
        ("contact", "attach") => json!({ "party": { "kind": "unknown" } }),
        ("contact", "wrap_up" | "call_back") => json!({ "outcome": "essai" }),
        ("claim", "take") => json!({ "subject": { "kind": "request", "id": any } }),
        ("claim", "renew") => json!({ "claims": [] }),
        ("reply", "prepare") => json!({ "contact_id": any, "to": "a@b.example", "subject": "essai", "text": "essai" }),
        ("offer", "prepare") => json!({ "request_id": any, "provider_id": any, "way": "mail", "deadline": at }),
        ("offer", "defer") => json!({ "seen": seen, "deadline": at }),
        ("offer", "take_counter") => json!({ "offer_id": any }),
        ("leg", "plan") => json!({ "kind": "collect", "request_id": any, "from": place, "to": place }),
        ("leg", "done") | ("booking", "fill" | "empty") | ("permanence", "open" | "close") => {
            json!({ "occurred_at": at })
        }
        ("leg", "fail") => json!({ "occurred_at": at, "failure": { "reason": "absent" } }),
        ("round", "create") => {
            json!({ "courier_id": any, "vehicle": vehicle, "shift": window, "start": place, "end": place })
        }
        ("round", "arrange") => json!({ "seen": seen, "stops": [] }),
        ("permanence", "plan") => json!({ "site_id": directory.merignac, "window": window }),
        ("locker", "create") => json!({ "site_id": directory.merignac, "name": any, "size": "small" }),
        ("booking", "reserve") => {
            json!({ "locker_id": any, "site_id": directory.merignac, "purpose": "pickup", "until": at })
        }
        ("booking", "check_code") => json!({ "code": "041526" }),
        ("item", "number_labels") => json!({ "count": 2 }),
        ("item", "create") => json!({ "label": any, "site_id": directory.merignac, "holder": holder, "since": at }),
        ("item", "take_in") => json!({ "occurred_at": at, "holder": holder }),
        ("item", "pass_on") => json!({ "occurred_at": at, "from": holder, "to": holder }),
        ("item", "hand_back") => json!({ "occurred_at": at, "from": holder }),
        ("item", "lose") => json!({ "occurred_at": at, "reason": "essai" }),
        ("posting", "post") => json!({ "kind": "charge", "lines": [], "occurred_at": at }),
        ("posting", "reverse") => json!({ "id": any, "reason": "essai" }),
        ("exception", "open") => {
            json!({ "about": { "kind": "request", "id": any }, "kind": "other", "what": "essai", "occurred_at": at })
        }
        ("exception", "close") => json!({ "settlement": "réglé" }),
        ("beneficiary", "create") => json!({ "family_name": "Petit" }),
        ("client", "create") => json!({ "name": "Essai" }),
        ("site", "create") => json!({ "name": "Essai", "commune": "Essai" }),
        ("service", "create") => json!({ "name": "Essai", "family": "essai", "everyday": "everyday", "vat": 2000,
            "carriage": "delivered", "price": { "kind": "free" } }),
        ("provider", "create") => json!({ "name": "Essai", "tier": "local" }),
        ("courier", "create") => json!({ "name": "Essai", "vehicle": vehicle }),
        ("contract", "create") => json!({ "client_id": directory.client, "from": "2026-01-01" }),
        ("holiday", "create") => json!({ "date": "2026-12-24", "kind": "closed", "name": "Essai" }),
        ("operator", "create") => json!({ "login": any, "name": "Essai", "roles": ["operator"], "sites": "all" }),
        ("bulk", _) => json!({ "rows": [{ "key": any, "command": { "command": "operator.prefer", "body": {} } }] }),
        ("operator", "set_view") => json!({ "name": "Essai", "filter": "urgent" }),
        ("undo", _) => json!({ "command": any }),
        ("leg", "move") | (_, _) => json!({ "seen": seen }),
    }
}

/// Everybody who may knock.
async fn people(house: &House, directory: &Directory) -> Vec<(&'static str, Hand)> {
    let mut all = vec![("nobody", Hand::new(&house.office))];
    for role in Role::ALL {
        let login = role.name();
        if *role == Role::Coordinator {
            house.coordinator(login, directory.client).await;
        } else {
            house.person(login, &[*role]).await;
        }
        all.push((login, Hand::of(&house.office, login).await));
    }
    all
}

/// The queries with every collection named.
fn queries() -> Vec<(String, String, &'static str)> {
    let mut all = Vec::new();
    for query in QUERIES {
        if !query.path.contains("{collection}") {
            let name = format!("{} {}", query.method, query.path);
            let who = ASKED.iter().find(|(asked, _)| *asked == name);
            let (_, who) = who.unwrap_or_else(|| panic!("{name} is missing in the table"));
            all.push((query.method.to_owned(), query.path.to_owned(), *who));
            continue;
        }
        for kind in EntityKind::ALL {
            let shared = SHARED.contains(&kind.collection()) && !query.path.ends_with("/history");
            let path = query.path.replace("{collection}", kind.collection());
            all.push((query.method.to_owned(), path, if shared { ALL } else { STAFF }));
        }
    }
    all
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn every_route_answers_every_role_as_the_table_says(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let people = people(&house, &directory).await;
    let named: BTreeSet<_> = COMMANDS.iter().flat_map(|(_, names)| names.split(' ')).collect();
    let known: BTreeSet<_> = CATALOGUE.iter().map(|entry| entry.name).collect();
    assert_eq!(named, known, "the table and the catalogue name the same commands");
    let mut wrong = Vec::new();
    for entry in CATALOGUE {
        let (who, _) = COMMANDS.iter().find(|(_, names)| names.split(' ').any(|name| name == entry.name)).unwrap();
        for (role, hand) in &people {
            let path = entry.path.replace("{id}", &fresh::<Uuid>().to_string());
            let method = match entry.method {
                Method::Put => "PUT",
                Method::Patch => "PATCH",
                Method::Post => "POST",
            };
            let answer = hand.put_in(method, &path, &body(entry.name, &directory)).await;
            if !holds(expected(who, role), &answer) || answer.text.contains("unknown field") {
                wrong.push(format!(
                    "{} by {role}: {:?} expected, {} {}",
                    entry.name,
                    expected(who, role),
                    answer.status,
                    answer.text
                ));
            }
        }
    }
    for (method, path, who) in queries() {
        for (role, hand) in &people {
            let filled = path.replace("{id}", &fresh::<Uuid>().to_string()).replace("{number}", "0536491234");
            let filled = filled.replace("{place}", "0").replace("{mailbox}", "accueil");
            let password = json!({ "new": "un autre mot de passe" });
            let answer = match (method.as_str(), path.as_str()) {
                // A place beyond the end is answered at once.
                (_, "/v1/changes") => hand.get("/v1/changes?after=999999").await,
                (_, "/v1/login") => hand.put_in("POST", &path, &json!({})).await,
                ("DELETE", _) if *role != "nobody" => {
                    Hand::of(&house.office, role).await.ask("DELETE", &path, &[], None).await
                }
                ("POST", _) => hand.put_in("POST", &filled, &password).await,
                _ => hand.ask(&method, &filled, &[], None).await,
            };
            if !holds(expected(who, role), &answer) {
                wrong.push(format!(
                    "{method} {path} by {role}: {:?} expected, {} {}",
                    expected(who, role),
                    answer.status,
                    answer.text
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    house.office.stop().await;
}
