//! Stories of offers that are out: another deadline, and a mail to the provider.

use super::*;
use crate::{
    domain::{ids::OfferId, provider::Provider, time::Instant},
    wire::dispatch_bodies::DeferOffer,
};

fn prompt(model: &Model) -> (String, Vec<String>) {
    match model.layers.last() {
        Some(Layer::Prompt(prompt)) => (
            prompt.sentence.replace('\u{a0}', " "),
            prompt.choices.iter().map(|choice| choice.words.replace('\u{a0}', " ")).collect(),
        ),
        other => panic!("{other:?}"),
    }
}

fn deferred(effects: &Effects) -> (OfferId, DeferOffer) {
    match given(effects).as_slice() {
        [Command::DeferOffer { id, body }] => (*id, body.clone()),
        other => panic!("{other:?}"),
    }
}

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

#[test]
fn a_provider_is_given_an_hour_more_in_two_presses_and_one_key_takes_it_back() {
    let mut model = on_offer(TO_CALL);
    let before = model.world.offer(id(TO_CALL)).unwrap().fields.deadline;
    press(&mut model, &["e"]);
    let (sentence, choices) = prompt(&model);
    assert!(sentence.contains("Auto Claire") && sentence.contains("15:17"), "{sentence}");
    assert_eq!(
        choices,
        [
            "16:17, une heure de plus",
            "19:17, 4 heures de plus",
            "ven. 27 nov. 17:00, l'échéance elle-même",
            "Un autre délai…"
        ]
    );
    let effects = press(&mut model, &["Enter"]);
    let (offer, body) = deferred(&effects);
    assert_eq!(
        (offer, body.seen, body.deadline),
        (id(TO_CALL), OfferState::Sent, before.plus(SignedDuration::from_hours(1)))
    );
    assert_eq!(presses(&["e", "Enter"]), 2);
    // It stands there at once; the row stays under the eyes.
    assert_eq!(model.world.offer(id(TO_CALL)).unwrap().fields.deadline, body.deadline);
    assert_eq!(model.dispatch.selected(), Some(Item::Offer(id(TO_CALL))));
    assert!(model.notice.as_ref().unwrap().words.ends_with("réponse avant 16:17"), "{:?}", model.notice);
    press(&mut model, &["u"]);
    assert_eq!(model.world.offer(id(TO_CALL)).unwrap().fields.deadline, before);
}

#[test]
fn a_deadline_is_typed_as_it_is_said_and_an_hour_alone_is_one_of_its_day() {
    for (typed, until) in [
        ("18h30", "2026-11-24T17:30:00Z"),
        ("demain 10h", "2026-11-25T09:00:00Z"),
        ("jeudi midi", "2026-11-26T11:00:00Z"),
    ] {
        let mut model = on_offer(TO_CALL);
        press(&mut model, &["e", "4"]);
        type_in(&mut model, typed);
        let effects = press(&mut model, &["Enter"]);
        assert_eq!(deferred(&effects).1.deadline, at(until), "{typed}");
    }
}

#[test]
fn a_deadline_that_cannot_be_stays_in_the_line_and_says_why() {
    let mut model = on_offer(TO_CALL);
    press(&mut model, &["e", "4"]);
    for (typed, why) in [("trombone", "16h, mardi 10h"), ("9h", "est passé"), ("15h", "que être allongé")] {
        press(&mut model, &["Ctrl-U"]);
        type_in(&mut model, typed);
        let effects = press(&mut model, &["Enter"]);
        assert_eq!(given(&effects), []);
        let said = model.notice.as_ref().unwrap().words.replace("qu'être", "que être");
        assert!(said.contains(why), "{typed}: {said}");
        assert!(matches!(model.layers.last(), Some(Layer::Prompt(_))));
    }
}

#[test]
fn an_offer_that_is_over_has_no_other_deadline() {
    let mut model = dispatching();
    in_the_way(&mut model);
    press(&mut model, &["Tab", "g", "e"]);
    assert!(model.layers.is_empty());
    assert!(model.notice.as_ref().unwrap().words.contains("acceptée"), "{:?}", model.notice);
}

#[test]
fn a_provider_is_written_to_under_its_own_address_without_the_persons_words() {
    let mut model = on_offer(OUT);
    press(&mut model, &["r"]);
    let Some(Layer::Letter(letter)) = model.layers.last() else { panic!("{:?}", model.layers) };
    assert_eq!(letter.to.text(), "contact@poste.example");
    let subject = letter.subject.text().to_owned();
    assert!(subject.starts_with("Pressing") && subject.ends_with("26-1004"), "{subject}");
    type_in(&mut model, "Bonjour, la veste est plus grande que dit.");
    let effects = press(&mut model, &["Esc", "o", "Enter"]);
    let commands = given(&effects);
    let [Command::PrepareReply { body, .. }] = commands.as_slice() else { panic!("{commands:?}") };
    assert_eq!((body.contact_id, body.request_id), (None, Some(id(OFFERED))));
    assert_eq!(body.to.as_str(), "contact@poste.example");
    assert!(model.layers.is_empty());
}

#[test]
fn what_is_written_to_a_provider_is_a_draft_of_its_own_and_goes_when_it_is_given() {
    let mut model = on_offer(OUT);
    press(&mut model, &["r"]);
    type_in(&mut model, "Pour vous");
    press(&mut model, &["Esc", "Esc"]);
    // Of the same request its requester is written to besides.
    let mut person = (**model.world.person(id(BLANC)).unwrap()).clone();
    person.fields.emails = vec!["l.blanc@metropole.example".to_owned().try_into().unwrap()];
    person.version = person.version.next();
    comes(&mut model, &person);
    press(&mut model, &["4", "g"]);
    while model.requests.list.selected() != Some(id(OFFERED)) {
        press(&mut model, &["Down"]);
    }
    press(&mut model, &["r"]);
    type_in(&mut model, "Pour elle");
    press(&mut model, &["Esc", "Esc"]);
    let texts = |model: &Model| {
        let mut texts: Vec<String> = model.world.drafts.values().map(|draft| draft.text.clone()).collect();
        texts.sort();
        texts
    };
    assert_eq!(texts(&model), ["Pour elle", "Pour vous"]);
    press(&mut model, &["2", "r"]);
    let Some(Layer::Letter(letter)) = model.layers.last() else { panic!("{:?}", model.layers) };
    assert_eq!(letter.written(), "Pour vous");
    let effects = press(&mut model, &["Esc", "o", "Enter"]);
    for effect in &effects {
        if let Effect::Keep(record) = effect {
            let at = model.now;
            update(&mut model, at, Message::Link(LinkEvent::Outbox((**record).clone())));
        }
    }
    assert_eq!(texts(&model), ["Pour elle"]);
}

#[test]
fn a_provider_without_an_address_is_called_under_its_number() {
    let mut model = on_offer(TO_CALL);
    let without = |model: &mut Model, phones: bool| {
        let mut row: Provider = (**model.world.provider(id(AUTO)).unwrap()).clone();
        row.fields.emails.clear();
        if !phones {
            row.fields.phones.clear();
        }
        row.version = row.version.next();
        comes(model, &row);
    };
    without(&mut model, true);
    press(&mut model, &["r"]);
    assert!(model.layers.is_empty());
    let said = model.notice.as_ref().unwrap().words.clone();
    assert!(said.contains("Auto Claire") && said.contains("05 36 49 40 40"), "{said}");
    without(&mut model, false);
    press(&mut model, &["r"]);
    assert!(model.notice.as_ref().unwrap().words.contains(":prestataires"), "{:?}", model.notice);
}
