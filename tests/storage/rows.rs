//! One row of each kind, referring to each other: a small house.

use loge::{
    domain::{
        assignment::Assignment,
        beneficiary::Beneficiary,
        booking::Booking,
        claim::Claim,
        client::Client,
        contact::Contact,
        contract::Contract,
        courier::Courier,
        entity::{Entity, EntityKind},
        exception::Exception,
        held::Held,
        holiday::Holiday,
        item::Item,
        leg::Leg,
        locker::Locker,
        offer::Offer,
        operator::Operator,
        permanence::Permanence,
        policy::Policy,
        posting::Posting,
        provider::Provider,
        recurring::RecurringOrder,
        reply::Reply,
        request::Request,
        round::Round,
        service::Service,
        site::Site,
    },
    office::{
        commands::scope_of,
        storage::{StorageError, Store, document},
    },
};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The id of the row of a kind.
pub fn id(kind: EntityKind) -> String {
    another(kind, 0)
}

/// The id of another row of a kind.
pub fn another(kind: EntityKind, number: u128) -> String {
    let place = EntityKind::ALL.iter().position(|known| *known == kind).unwrap();
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 | (number << 16) | u128::try_from(place + 1).unwrap())
        .to_string()
}

/// The row of a kind as it is stored.
pub fn row(kind: EntityKind) -> Value {
    use EntityKind as K;
    let at = "2026-11-22T10:00:00.000000Z";
    let window = json!({ "date": "2026-11-23", "from": "09:00:00", "to": "11:00:00" });
    let vehicle = json!({ "kind": "bike", "speed_kmh": 15, "capacity_items": 4 });
    let desk = json!({ "kind": "site", "site_id": id(K::Site) });
    let fields = match kind {
        K::Policy => json!({}),
        K::Client => json!({ "name": "Métropole" }),
        K::Contract => json!({ "client_id": id(K::Client), "from": "2026-01-01" }),
        K::Site => json!({ "name": "Mérignac", "commune": "Mérignac", "client_id": id(K::Client) }),
        K::Holiday => {
            json!({ "date": "2026-12-24", "site_id": id(K::Site), "kind": "closed", "name": "Inventaire" })
        }
        K::Service => {
            json!({ "name": "Pressing", "family": "textile", "everyday": "everyday", "vat": 2000, "carriage": "there_and_back",
                              "price": { "kind": "per_unit", "cents": 450 } })
        }
        K::Provider => json!({ "name": "Pressing du Lac", "tier": "ess" }),
        K::Courier => json!({ "name": "Malo Trébuchet", "vehicle": vehicle }),
        K::Operator => {
            json!({ "login": "coordination", "name": "Lise Ormeau", "roles": ["coordinator"], "sites": "all", "client_id": id(K::Client) })
        }
        K::Beneficiary => json!({ "family_name": "Durand", "client_id": id(K::Client), "site_id": id(K::Site) }),
        K::Permanence => {
            json!({ "state": "planned", "site_id": id(K::Site), "client_id": id(K::Client), "window": window, "zone": "Europe/Paris",
                                 "explanations": [] })
        }
        K::Locker => {
            json!({ "state": "free", "site_id": id(K::Site), "name": "A1", "size": "medium", "archived": false })
        }
        K::Contact => json!({ "state": "open", "foreign_key": "accueil/1", "occurred_at": at, "site_id": id(K::Site),
                              "party": { "kind": "person", "id": id(K::Beneficiary) }, "origin": { "kind": "walk_in", "permanence_id": null, "text": null },
                              "clocks": [] }),
        K::RecurringOrder => {
            json!({ "state": "active", "created_at": at, "requester": { "kind": "person", "id": id(K::Beneficiary) },
                    "service_id": id(K::Service), "site_id": id(K::Site), "client_id": id(K::Client), "contact_id": id(K::Contact),
                    "payer": { "kind": "person" }, "time": { "kind": "due", "at": "12:00:00" }, "pauses": [], "made": 0,
                    "recurrence": { "rhythm": { "kind": "weekly", "every": 1, "days": ["tue", "fri"] }, "from": "2026-11-24" } })
        }
        K::Request => {
            json!({ "state": "new", "number": "26-0001", "created_at": at, "channel": "phone", "contact_id": id(K::Contact),
                              "requester": { "kind": "person", "id": id(K::Beneficiary) }, "service_id": id(K::Service),
                              "site_id": id(K::Site), "client_id": id(K::Client), "clocks": [], "notes": [] })
        }
        K::Claim => {
            json!({ "state": "live", "subject": { "kind": "contact", "id": id(K::Contact) }, "subject_id": id(K::Contact),
                            "site_id": id(K::Site), "operator_id": id(K::Operator), "since": at })
        }
        K::Held => {
            json!({ "state": "held", "operator_id": id(K::Operator), "at": at, "command": {}, "site_id": id(K::Site) })
        }
        K::Reply => json!({
            "state": "prepared", "created_at": at, "contact_id": id(K::Contact), "request_id": null,
            "to": "claire.durand@metropole.example", "subject": "Re: essai", "text": "Oui.", "language": "fr", "then": "keep",
            "message_id": "loge.reply.1@conciergerie.example", "references": [], "hold_until": at, "attempts": 0
        }),
        K::Offer => {
            json!({ "state": "accepted", "created_at": at, "request_id": id(K::Request), "provider_id": id(K::Provider), "way": "telephone",
                            "deadline": "2026-11-22T12:00:00.000000Z", "site_id": id(K::Site), "client_id": id(K::Client), "hold_until": at })
        }
        K::Assignment => {
            json!({ "state": "active", "created_at": at, "request_id": id(K::Request), "site_id": id(K::Site), "client_id": id(K::Client),
                                 "by": { "kind": "own_staff", "operator_id": id(K::Operator) } })
        }
        K::Booking => {
            json!({ "state": "reserved", "created_at": at, "locker_id": id(K::Locker), "site_id": id(K::Site), "purpose": "deposit", "until": "2026-11-23T10:00:00.000000Z" })
        }
        K::Item => {
            json!({ "state": "in_custody", "label": "A-17", "request_id": id(K::Request), "site_id": id(K::Site),
                           "holder": { "kind": "concierge", "site_id": id(K::Site) }, "since": at, "trail": [] })
        }
        K::Round => {
            json!({ "state": "draft", "created_at": at, "courier_id": id(K::Courier), "vehicle": vehicle, "shift": window,
                            "start": desk, "end": desk, "stops": [] })
        }
        K::Leg => {
            json!({ "state": "planned", "created_at": at, "kind": "collect", "request_id": id(K::Request), "from": desk,
                          "to": { "kind": "provider", "provider_id": id(K::Provider) }, "site_id": id(K::Site), "former_windows": [] })
        }
        K::Posting => {
            json!({ "created_at": at, "kind": "payment", "occurred_at": at, "site_id": id(K::Site), "request_id": id(K::Request),
                              "taken_by": id(K::Operator), "lines": [{ "account": { "kind": "cash" }, "amount": 450 },
                                        { "account": { "kind": "person", "beneficiary_id": id(K::Beneficiary) }, "amount": -450 }] })
        }
        K::Exception => {
            json!({ "state": "open", "created_at": at, "about": { "kind": "item", "id": id(K::Item) }, "site_id": id(K::Site),
                                "kind": "taken_in_twice", "occurred_at": at })
        }
    };
    with(json!({ "id": id(kind), "version": 1, "standing": "active" }), fields)
}

/// A row with other fields.
pub fn with(mut row: Value, fields: Value) -> Value {
    let Value::Object(fields) = fields else { panic!("fields are an object") };
    row.as_object_mut().unwrap().extend(fields);
    row
}

/// Stores a row as it stands, past all commands.
pub async fn put(store: &Store, kind: EntityKind, row: &Value) -> Result<(), StorageError> {
    let mut tx = store.write().await?;
    document::insert(&mut tx, kind, row["id"].as_str().unwrap(), &row.to_string()).await?;
    tx.commit().await
}

/// Stores the small house.
pub async fn put_all(store: &Store) {
    for kind in EntityKind::ALL {
        put(store, *kind, &row(*kind)).await.unwrap_or_else(|error| panic!("{}: {error}", kind.name()));
    }
}

/// What a row's entity says of its scope, and what is read of it from the stored document.
fn scopes<E: Entity>(all: &mut BTreeMap<EntityKind, (String, String)>) {
    let entity: E = serde_json::from_value(row(E::KIND)).unwrap_or_else(|error| panic!("{}: {error}", E::KIND.name()));
    entity.check().unwrap_or_else(|refusal| panic!("{}: {refusal}", E::KIND.name()));
    let doc = document::write(&entity).unwrap();
    let read = scope_of(E::KIND, &entity.id().to_string(), &doc);
    all.insert(E::KIND, (format!("{:?}", entity.scope()), format!("{read:?}")));
}

#[test]
fn the_scope_read_from_a_stored_row_is_that_of_its_entity() {
    let mut all = BTreeMap::new();
    scopes::<Policy>(&mut all);
    scopes::<Client>(&mut all);
    scopes::<Contract>(&mut all);
    scopes::<Site>(&mut all);
    scopes::<Holiday>(&mut all);
    scopes::<Service>(&mut all);
    scopes::<Provider>(&mut all);
    scopes::<Courier>(&mut all);
    scopes::<Operator>(&mut all);
    scopes::<Beneficiary>(&mut all);
    scopes::<Permanence>(&mut all);
    scopes::<Locker>(&mut all);
    scopes::<Contact>(&mut all);
    scopes::<RecurringOrder>(&mut all);
    scopes::<Request>(&mut all);
    scopes::<Claim>(&mut all);
    scopes::<Held>(&mut all);
    scopes::<Reply>(&mut all);
    scopes::<Offer>(&mut all);
    scopes::<Assignment>(&mut all);
    scopes::<Booking>(&mut all);
    scopes::<Item>(&mut all);
    scopes::<Round>(&mut all);
    scopes::<Leg>(&mut all);
    scopes::<Posting>(&mut all);
    scopes::<Exception>(&mut all);
    assert_eq!(all.keys().copied().collect::<Vec<_>>(), EntityKind::ALL);
    let differing: Vec<_> = all.iter().filter(|(_, (entity, read))| entity != read).collect();
    assert!(differing.is_empty(), "{differing:#?}");
}
