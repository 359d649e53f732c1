//! Which request a message is about, whose it is, and what follows from it by itself.

use crate::{
    common::{Engine, House, complete, directory},
    letters::{Door, Letter, contact, message},
};
use loge::{
    domain::{
        beneficiary::Beneficiary,
        contact::{ContactState, MessageNature, Party},
        entity::EntityKind,
        ids::{BeneficiaryId, ContactId, OfferId, ProviderId, RequestId},
        request::Request,
    },
    office::outreach::message_id::{self, SECRET, Sent},
    wire::fresh,
};
use rstest::rstest;
use serde_json::json;

const CLAIRE: &str = "Claire Durand <Claire.Durand@metropole.example>";

/// The signed id of something that the house sent.
async fn signed(house: &House, sent: Sent) -> String {
    house
        .sql(&format!("INSERT INTO office_key (name, secret) VALUES ('{SECRET}', '00ff') ON CONFLICT DO NOTHING"))
        .await;
    let row = format!("SELECT secret FROM office_key WHERE name = '{SECRET}'");
    let secret = house.office.app.store.read().await.unwrap().row(row, &[]).await.unwrap().unwrap().text(0).unwrap();
    let secret: Vec<u8> = secret
        .as_bytes()
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect();
    message_id::write(&secret, sent, "conciergerie.example").unwrap()
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_conversation_of_ten_messages_is_one_thread_about_one_request(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let door = Door::of(&house).await;
    let first = door.takes(&Letter::from(CLAIRE, "m0@metropole.example")).await;
    assert_eq!(contact(&house, first).await.party, Party::Person { id: directory.durand });
    assert_eq!(contact(&house, first).await.site_id, Some(directory.merignac));
    let request: RequestId = fresh();
    let mut body = complete(&directory);
    body["contact_id"] = json!(first);
    house.manager.gives("request.create", request, body).await;
    let mut ids = vec!["m0@metropole.example".to_owned()];
    for place in 1..10_usize {
        // Some answer the last one, some an older one; some keep the whole list, some only its ends; subjects change.
        let parent = if place % 3 == 0 { &ids[0] } else { &ids[place - 1] };
        let listed: Vec<&str> = match place % 4 {
            0 => vec![],
            1 => vec![ids[0].as_str(), parent.as_str()],
            _ => ids.iter().map(String::as_str).collect(),
        };
        let id = format!("m{place}@metropole.example");
        let letter = Letter::from(CLAIRE, &id).about(&format!("RE: TR: sujet {place}")).answers(parent, &listed);
        let taken = contact(&house, door.takes(&letter).await).await;
        assert_eq!(
            (message(&taken).thread, message(&taken).request_id),
            (Some(first), Some(request)),
            "message {place}"
        );
        assert_eq!(taken.state, ContactState::Open);
        ids.push(id);
    }
    let stranger =
        Letter::from("Paul <paul@ailleurs.example>", "p@ailleurs.example").answers(&ids[3], &[&ids[0], &ids[3]]);
    let stranger = contact(&house, door.takes(&stranger).await).await;
    assert_eq!(message(&stranger).request_id, None, "who is no party to a request is not put to it");
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_number_in_the_subject_leads_to_the_request_of_its_own_party_alone(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let door = Door::of(&house).await;
    let request: RequestId = fresh();
    house.manager.gives("request.create", request, complete(&directory)).await;
    let number = house.manager.row::<Request>(EntityKind::Request, request).await.number;
    let subject = format!("Re: votre demande {number}");
    let own = contact(&house, door.takes(&Letter::from(CLAIRE, "1@metropole.example").about(&subject)).await).await;
    assert_eq!(message(&own).request_id, Some(request));
    let other = Letter::from("paul@ailleurs.example", "1@ailleurs.example").about(&subject);
    assert_eq!(message(&contact(&house, door.takes(&other).await).await).request_id, None);
    let alike = Letter::from(CLAIRE, "2@metropole.example").about("Re: Mes chemises");
    assert_eq!(message(&contact(&house, door.takes(&alike).await).await).request_id, None, "never the subject alone");
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn an_answer_brings_a_waiting_request_back(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let door = Door::of(&house).await;
    let request: RequestId = fresh();
    house.manager.gives("request.create", request, complete(&directory)).await;
    house.manager.gives("request.wait", request, json!({ "seen": "new", "question": "Combien ?" })).await;
    let number = house.manager.row::<Request>(EntityKind::Request, request).await.number.to_string();
    let absent = Letter::from(CLAIRE, "1@metropole.example").about(&number).with("Auto-Submitted: auto-replied\r\n");
    door.takes(&absent).await;
    assert_eq!(house.state(EntityKind::Request, request).await, "waiting", "a program's answer is none");
    door.takes(&Letter::from(CLAIRE, "2@metropole.example").about(&number)).await;
    assert_eq!(house.state(EntityKind::Request, request).await, "new");
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_provider_s_answer_to_our_signed_id_is_put_to_its_request(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let door = Door::of(&house).await;
    let at_once = json!({ "fields": { "send_hold_s": { "seen": 15, "new": 0 } } });
    house.manager.gives("policy.edit", loge::domain::policy::policy_id(), at_once).await;
    let (provider, request, offer): (ProviderId, RequestId, OfferId) = (fresh(), fresh(), fresh());
    let fields = json!({ "name": "Pressing des Acacias", "tier": "local", "emails": ["contact@acacias.example"],
                         "services": [{ "service_id": directory.pressing }] });
    house.manager.gives("provider.create", provider, fields).await;
    house.manager.gives("request.create", request, complete(&directory)).await;
    house.manager.gives("request.triage", request, json!({ "seen": "new" })).await;
    let body =
        json!({ "request_id": request, "provider_id": provider, "way": "mail", "deadline": "2099-01-01T08:00:00Z" });
    house.manager.gives("offer.prepare", offer, body).await;
    crate::common::until("the offer is sent", || async { house.state(EntityKind::Offer, offer).await == "sent" }).await;
    let ours = signed(&house, Sent::Offer(offer)).await;
    let answer = Letter::from("contact@acacias.example", "1@acacias.example").about("oui").answers(&ours, &[]);
    let listed = answer.clone().with("List-Id: <contact.acacias.example>\r\n");
    let taken = contact(&house, door.takes(&listed).await).await;
    assert_eq!(message(&taken).request_id, Some(request));
    assert_eq!(
        (taken.party.clone(), taken.state),
        (Party::Provider { id: provider }, ContactState::Open),
        "an answer is no list's"
    );
    let forged = ours.replace("offer.", "offer.0");
    let forged = Letter::from("contact@acacias.example", "2@acacias.example").about("oui").answers(&forged, &[]);
    assert_eq!(message(&contact(&house, door.takes(&forged).await).await).request_id, None);
    house.office.stop().await;
}

/// A report that something did not arrive.
fn report(id: &str, original: &str, address: &str) -> Letter {
    Letter::from("MAILER-DAEMON@mx.example", id)
        .about("Undelivered Mail Returned to Sender")
        .with("Return-Path: <>\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=x\r\n")
        .says(&format!(
            "--x\r\n\r\nSorry.\r\n--x\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n\
             Final-Recipient: rfc822; {address}\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 unknown user\r\n\r\n\
             --x\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <{original}>\r\nSubject: Vos chemises\r\n\r\nBonjour\r\n--x--"
        ))
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_bounce_of_what_we_sent_marks_the_address_and_makes_no_work(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let door = Door::of(&house).await;
    let address = "claire.durand@metropole.example";
    let marked =
        async || house.manager.row::<Beneficiary>(EntityKind::Beneficiary, directory.durand).await.fields.undeliverable;
    let made_up = door.takes(&report("b1@mx.example", "loge.reply.x@conciergerie.example", address)).await;
    assert_eq!(marked().await, [], "anybody can write that an address is dead");
    assert_eq!(contact(&house, made_up).await.state, ContactState::WrappedUp);
    let ours = signed(&house, Sent::Reply(fresh())).await;
    let bounced = contact(&house, door.takes(&report("b2@mx.example", &ours, address)).await).await;
    assert_eq!(message(&bounced).nature, MessageNature::Bounce);
    assert_eq!(
        (bounced.state, bounced.party.clone()),
        (ContactState::WrappedUp, Party::Person { id: directory.durand })
    );
    assert_eq!(bounced.outcome.unwrap().as_str(), format!("non distribué à {address}\u{a0}: 550 unknown user"));
    let marks = marked().await;
    assert_eq!(marks.len(), 1);
    assert_eq!((marks[0].address.as_str(), marks[0].why.as_ref().unwrap().as_str()), (address, "550 unknown user"));
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn what_programs_write_is_recorded_and_makes_no_work(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let door = Door::of(&house).await;
    for (place, headers, outcome) in [
        (1, "Auto-Submitted: auto-replied\r\n", "réponse automatique"),
        (2, "List-Unsubscribe: <mailto:non@lettre.example>\r\n", "liste de diffusion"),
        (
            3,
            "Content-Type: multipart/report; report-type=disposition-notification; boundary=x\r\n",
            "accusé de lecture",
        ),
    ] {
        let letter = Letter::from("a@lettre.example", &format!("{place}@lettre.example")).with(headers);
        let taken = contact(&house, door.takes(&letter).await).await;
        assert_eq!((taken.state, taken.outcome.unwrap().as_str()), (ContactState::WrappedUp, outcome));
        assert_eq!(taken.clocks, []);
    }
    assert_eq!(house.number("SELECT count(*) FROM request").await, 0);
    house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn who_writes_is_known_by_the_address(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let directory = directory(&house.manager).await;
    let door = Door::of(&house).await;
    let (one, other): (BeneficiaryId, BeneficiaryId) = (fresh(), fresh());
    for (id, name) in [(one, "Petit"), (other, "Grand")] {
        let fields = json!({ "family_name": name, "emails": ["Famille@maison.example"] });
        house.manager.gives("beneficiary.create", id, fields).await;
    }
    let persons = json!({ "fields": { "contact_persons": { "seen": [], "new": [{ "name": "Odile", "email": "odile@metropole.example" }] } } });
    house.manager.gives("client.edit", directory.client, persons).await;
    let party = async |from: &str, id: &str| contact(&house, door.takes(&Letter::from(from, id)).await).await.party;
    let mut family = vec![one, other];
    family.sort();
    assert_eq!(party("famille@Maison.example", "1@x.example").await, Party::Maybe { ids: family });
    let odile = Party::ContactPerson { client_id: directory.client, name: "Odile".parse().unwrap() };
    assert_eq!(party("Odile <odile@metropole.example>", "2@x.example").await, odile);
    let unknown: ContactId = door.takes(&Letter::from("autre@maison.example", "3@x.example")).await;
    assert_eq!(contact(&house, unknown).await.party, Party::Unknown);
    let attach = json!({ "party": { "kind": "person", "id": one } });
    house.manager.gives("contact.attach", unknown, attach).await;
    assert_eq!(party("autre@maison.example", "4@x.example").await, Party::Maybe { ids: vec![one] }, "seen before");
    house.office.stop().await;
}
