use super::*;
use crate::{
    console::{
        fixtures::{afternoon, comes, id as known, known::MAIL, press, type_in},
        model::reception::Lane,
        update::{
            Effects,
            house::{House, id, person_id},
        },
    },
    domain::{
        entity::{Entity as _, Scope},
        reply::Thread,
    },
    replica::Record,
};
use serde_json::{Value, json};

/// A house where a known person wrote.
fn house() -> House {
    let mut house = House::new();
    let what = json!({
        "kind": "message", "mailbox": "accueil", "message_id": "<1@metropole.example>", "from": "s.martin@metropole.example",
        "subject": "Deux vestes", "text": "Est-ce possible pour vendredi ?"
    });
    let party = crate::domain::contact::Party::Person { id: person_id(0) };
    let at = house.model.now;
    let message = Contact::create(id(7_500), serde_json::from_value(what).unwrap(), at, None, party);
    house.change(&message, id(1));
    house.press("Tab");
    assert_eq!(house.model.reception.lane, Lane::Mail);
    house.presses = 0;
    house.effects.clear();
    house
}

fn letter(house: &House) -> &Letter {
    match house.model.layers.last() {
        Some(Layer::Letter(letter)) => letter,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_reply_with_a_text_module_is_six_presses_at_most_and_closes_the_message() {
    let mut house = house();
    house.press("r & Esc o Enter");
    assert!(house.presses <= 6, "{} presses", house.presses);
    let given = house.given();
    let [Command::PrepareReply { body, .. }] = given.as_slice() else { panic!("{given:?}") };
    assert_eq!((body.contact_id, body.then), (Some(id(7_500)), Then::WrapUp));
    assert_eq!((body.to.as_str(), body.subject.as_str()), ("s.martin@metropole.example", "Re: Deux vestes"));
    assert!(body.text.as_str().starts_with("Bonjour ") && !body.text.as_str().contains('{'), "{}", body.text);
    assert!(house.model.layers.is_empty());
    assert!(house.notice().starts_with("Réponse à "), "{}", house.notice());
}

#[test]
fn a_digit_is_text_once_something_is_written() {
    let mut house = house();
    house.press("r");
    house.type_in("a&1");
    assert_eq!(letter(&house).written(), "a&1");
    house.press("Enter");
    house.type_in("b");
    assert_eq!(letter(&house).written(), "a&1\nb");
}

#[test]
fn what_is_typed_is_a_draft_at_once_and_comes_back() {
    let mut house = house();
    house.press("r");
    house.type_in("Oui, vendredi");
    let kept =
        house.effects.iter().any(|effect| matches!(effect, Effect::KeepDraft(draft) if draft.text == "Oui, vendredi"));
    assert!(kept);
    house.press("Esc");
    assert_eq!(letter(&house).focus, LetterFocus::Foot);
    house.press("Esc");
    assert!(house.model.layers.is_empty());
    house.press("r");
    assert_eq!(letter(&house).written(), "Oui, vendredi");
    assert_eq!(letter(&house).focus, LetterFocus::Text);
}

#[test]
fn the_draft_goes_once_the_reply_is_on_disk_or_thrown_away() {
    let mut house = house();
    house.press("r");
    house.type_in("Oui");
    house.press("Esc o Enter");
    assert_eq!(house.model.world.drafts.len(), 1);
    house.on_disk();
    assert!(house.model.world.drafts.is_empty());
    house.press("r");
    house.type_in("Non");
    house.press("Esc Del");
    assert!(house.model.layers.is_empty() && house.model.world.drafts.is_empty());
}

#[test]
fn recipient_and_subject_are_changed_in_their_fields_and_kept_with_the_draft() {
    let mut house = house();
    house.press("r");
    house.type_in("Oui");
    house.press("Tab Ctrl-U");
    house.type_in("claire@metropole.example");
    house.press("Enter Ctrl-U");
    house.type_in("Vos vestes");
    let kept = house.effects.iter().rev().find_map(|effect| match effect {
        Effect::KeepDraft(draft) => Some(draft.clone()),
        _ => None,
    });
    let fields = kept.unwrap().fields;
    assert_eq!((&fields["to"], &fields["subject"]), (&json!("claire@metropole.example"), &json!("Vos vestes")));
    house.press("Esc Esc r");
    let typed = letter(&house);
    assert_eq!((typed.to.text(), typed.subject.text()), ("claire@metropole.example", "Vos vestes"));
    assert_eq!((typed.written().as_str(), typed.focus), ("Oui", LetterFocus::Text));
    house.press("Esc o Enter");
    let given = house.given();
    let [Command::PrepareReply { body, .. }] = given.as_slice() else { panic!("{given:?}") };
    assert_eq!((body.to.as_str(), body.subject.as_str()), ("claire@metropole.example", "Vos vestes"));
    assert!(house.model.layers.is_empty());
}

#[test]
fn a_recipient_that_is_no_address_is_told_and_nothing_is_proposed() {
    let mut house = house();
    house.press("r & Tab Ctrl-U");
    house.type_in("claire");
    house.press("Esc o");
    assert_eq!(letter(&house).focus, LetterFocus::To, "it is where it can be put right");
    assert!(house.notice().contains("«\u{a0}claire\u{a0}» n'est pas une adresse"), "{}", house.notice());
    house.type_in("@metropole.example");
    house.press("Esc o Enter");
    let given = house.given();
    let [Command::PrepareReply { body, .. }] = given.as_slice() else { panic!("{given:?}") };
    assert_eq!(body.to.as_str(), "claire@metropole.example");
}

#[test]
fn an_empty_subject_or_text_is_told_where_it_is_missing() {
    let mut house = house();
    house.press("r & Tab Tab Ctrl-U Esc o");
    assert_eq!(letter(&house).focus, LetterFocus::Subject);
    house.type_in("Vos vestes");
    house.press("Tab Tab");
    assert_eq!(letter(&house).focus, LetterFocus::Text);
    let lines = letter(&house).text.lines().len();
    for _ in 0..lines {
        house.press("Ctrl-U Backspace");
    }
    assert!(letter(&house).is_blank());
    house.press("Esc o");
    assert_eq!(letter(&house).focus, LetterFocus::Text);
    assert!(house.notice().contains("vide"), "{}", house.notice());
    assert!(house.given().is_empty());
}

#[test]
fn the_fields_go_round_and_the_message_that_is_answered_is_one_of_them() {
    let mut house = house();
    house.press("r");
    let mut round = Vec::new();
    for _ in 0..4 {
        house.press("Tab");
        round.push(letter(&house).focus);
    }
    assert_eq!(round, [LetterFocus::To, LetterFocus::Subject, LetterFocus::Answered, LetterFocus::Text]);
    for focus in round.iter().rev().skip(1) {
        house.press("Shift-Tab");
        assert_eq!(letter(&house).focus, *focus);
    }
    house.press("Shift-Tab Shift-Tab Down Down Down");
    assert_eq!((letter(&house).focus, letter(&house).scrolled), (LetterFocus::Answered, 0), "it has one line");
    house.press("Enter");
    assert_eq!(letter(&house).focus, LetterFocus::Text);
    house.press("Esc");
    assert!(house.model.layers.is_empty(), "nothing was written");
}

#[test]
fn an_empty_reply_leaves_nothing() {
    let mut house = house();
    house.press("r Esc");
    assert!(house.model.layers.is_empty() && house.model.world.drafts.is_empty());
}

#[test]
fn undo_takes_the_reply_back_with_what_it_closed() {
    let mut house = house();
    house.press("r & Esc o Enter");
    let key = house.records()[0].key;
    assert_ne!(house.model.world.contact(id(7_500)).unwrap().row.state, crate::domain::contact::ContactState::Open);
    house.press("u");
    assert!(
        house
            .effects
            .iter()
            .any(|effect| matches!(effect, Effect::Keep(record) if **record == Record::Dropped { key }))
    );
    assert_eq!(house.model.world.contact(id(7_500)).unwrap().row.state, crate::domain::contact::ContactState::Open);
}

#[test]
fn pasted_lines_stay_lines_and_send_nothing() {
    let mut model = afternoon();
    press(&mut model, &["Tab", "g"]);
    while model.reception.selected() != Some(Item::Contact(known(MAIL))) {
        press(&mut model, &["Down"]);
    }
    press(&mut model, &["r"]);
    pasted(&mut model, &mut Effects::new(), "Bonjour,\n\u{1b}[2Joui\n");
    let Some(Layer::Letter(letter)) = model.layers.last() else { panic!() };
    assert_eq!(letter.written(), "Bonjour,\n[2Joui\n");
}

/// The reply to Mme Martin, as the office tells of it.
pub(in crate::console) fn replied(model: &mut Model, turn: impl FnOnce(&mut Reply)) {
    replied_about(model, &json!({ "contact_id": known::<ContactId>(MAIL) }), turn);
}

/// A reply to her about something, as the office tells of it.
pub(in crate::console) fn replied_about(model: &mut Model, about: &Value, turn: impl FnOnce(&mut Reply)) {
    let mut fields = json!({
        "to": "s.martin@poste.example", "subject": "Re: pressing + ourlet",
        "text": "C’est noté pour vendredi.\nÀ bientôt."
    });
    fields.as_object_mut().unwrap().extend(about.as_object().unwrap().clone());
    let fields: ReplyFields = serde_json::from_value(fields).unwrap();
    let (at, me) = (model.now, Some(model.seat.me()));
    let mut reply = Reply::create(known(900), fields, Thread::default(), Scope::default(), 15, at, me).unwrap();
    turn(&mut reply);
    assert_eq!(reply.check(), Ok(()));
    comes(model, &reply);
}

#[test]
fn a_reply_that_did_not_go_is_decided_upon_by_the_key_that_wrote_it() {
    let mut model = afternoon();
    press(&mut model, &["Tab", "g"]);
    while model.reception.selected() != Some(Item::Contact(known(MAIL))) {
        press(&mut model, &["Down"]);
    }
    let later = model.now.plus(jiff::SignedDuration::from_secs(60));
    replied(&mut model, |reply| {
        reply.attempt(later).unwrap();
        reply.fail("550 5.1.1 inconnu".parse().unwrap()).unwrap();
    });
    press(&mut model, &["r"]);
    let Some(Layer::Prompt(prompt)) = model.layers.last() else { panic!("{:?}", model.layers) };
    assert!(
        prompt.sentence.contains("non partie") && prompt.sentence.contains("550 5.1.1 inconnu"),
        "{}",
        prompt.sentence
    );
    let effects = press(&mut model, &["1"]);
    let given = effects.iter().find_map(|effect| match effect {
        Effect::Keep(record) => match &**record {
            Record::Given { given, .. } => Some(given.command.name()),
            _ => None,
        },
        _ => None,
    });
    assert_eq!(given, Some("reply.send_again"));
}

#[test]
fn on_a_call_the_number_to_call_back_is_shown() {
    let mut model = afternoon();
    press(&mut model, &["g"]);
    press(&mut model, &["r"]);
    assert!(model.layers.is_empty());
    let notice = model.notice.as_ref().unwrap();
    assert!(notice.words.contains("05 36 49") || notice.words.contains("06 39 98"), "{}", notice.words);
    type_in(&mut model, "");
}
