//! Nothing typed is lost, and nothing that comes in takes the focus or a character.

use super::house::*;
use crate::{
    console::{
        effect::Effect,
        keymap::Key,
        message::Message,
        model::{layer::Layer, line::part},
        update::update,
    },
    domain::{claim::Claim, contact::Party, ids::CommandKey},
    replica::{Draft, DraftSubject, Record, link::LinkEvent},
    wire::catalogue::Command,
};
use proptest::prelude::*;
use serde_json::json;

fn kept(effects: &[Effect]) -> Vec<&Draft> {
    let mut kept = Vec::new();
    for effect in effects {
        if let Effect::KeepDraft(draft) = effect {
            kept.push(&**draft);
        }
    }
    kept
}

#[test]
fn what_is_typed_is_on_disk_at_once_and_then_at_most_every_half_second() {
    let mut house = House::on_the_phone();
    house.wait(10_000);
    house.effects.clear();
    house.type_in("2");
    assert_eq!(kept(&house.effects).len(), 1);
    house.type_in(" pain jeudi");
    assert_eq!(kept(&house.effects).len(), 1);
    let wake = house.effects.iter().rev().find_map(|effect| match effect {
        Effect::WakeAt(at) => Some(*at),
        _ => None,
    });
    assert_eq!(wake.unwrap().since(house.model.now).as_millis(), 500);
    house.wait(500);
    assert_eq!(kept(&house.effects).last().unwrap().text, "2 pain jeudi");
    house.wait(5_000);
    assert_eq!(kept(&house.effects).len(), 2, "nothing is written while nothing is typed");
}

#[test]
fn a_draft_is_said_to_be_kept_only_once_it_is_on_disk_as_it_stands() {
    let mut house = House::on_the_phone();
    let says_kept = |house: &mut House| {
        let screen = crate::console::fixtures::screen(&mut house.model, 120, 40);
        assert!(screen.contains("brouillon"), "{screen}");
        screen.contains("brouillon gardé")
    };
    let on_disk = |house: &mut House| {
        let (subject, at) =
            house.model.world.drafts.values().next().map(|draft| (draft.subject.clone(), draft.at)).unwrap();
        house.tell(Message::Link(LinkEvent::DraftKept { subject, at }));
    };
    house.type_in("2 pain");
    house.wait(5_000);
    assert!(!says_kept(&mut house), "the disk has not answered");
    on_disk(&mut house);
    house.wait(400);
    assert!(says_kept(&mut house));
    house.type_in(" j");
    house.wait(399);
    assert!(!says_kept(&mut house), "the last letter is not there yet");
    house.wait(101);
    on_disk(&mut house);
    assert!(!says_kept(&mut house), "the words stand still while one types");
    let wake = house.effects.iter().rev().find_map(|effect| match effect {
        Effect::WakeAt(at) => Some(*at),
        _ => None,
    });
    assert!(wake.unwrap().since(house.model.now).as_millis() <= 400);
    house.wait(400);
    assert!(says_kept(&mut house));
}

#[test]
fn drafts_are_written_again_when_the_folder_was_deleted() {
    let mut house = House::on_the_phone();
    house.type_in("2 pain");
    house.wait(1_000);
    house.effects.clear();
    house.tell(Message::Link(LinkEvent::MadeAnew));
    assert_eq!(kept(&house.effects).len(), 1);
    let notice = house.model.notice.as_ref().unwrap();
    assert!(notice.words.contains("supprimé"), "{}", notice.words);
    assert!(house.model.connection.is_online(), "that is no take-over");
}

#[test]
fn what_was_typed_before_the_folder_is_open_stands_beside_what_was_in_it() {
    let mut house = House::on_the_phone();
    house.type_in("2 pain");
    let typed = house.model.world.drafts.values().next().unwrap().clone();
    let older = Draft { text: "1 pai".into(), at: id_time(0), ..typed.clone() };
    let other = Draft { subject: DraftSubject::Form { name: "note".into() }, text: "rappeler".into(), ..older.clone() };
    let (outbox, recovered) = (crate::replica::Outbox::default(), crate::replica::Recovered::default());
    let opened = LinkEvent::Opened { outbox, drafts: vec![older, other.clone()], recovered };
    house.tell(Message::Link(opened));
    assert_eq!(house.model.world.drafts.get(&typed.subject), Some(&typed));
    assert_eq!(house.model.world.drafts.get(&other.subject), Some(&other));
}

#[test]
fn what_a_damaged_disk_left_unreadable_is_told_at_the_start() {
    let mut house = House::new();
    let recovered = crate::replica::Recovered { damaged_commands: 2, damaged_drafts: 1 };
    let opened = LinkEvent::Opened { outbox: crate::replica::Outbox::default(), drafts: Vec::new(), recovered };
    house.tell(Message::Link(opened));
    let notice = house.notice();
    assert!(notice.contains("2 commandes") && notice.contains("1 brouillon "), "{notice}");
}

fn id_time(micros: i64) -> crate::domain::time::Instant {
    crate::domain::time::Instant::from_micros(micros).unwrap()
}

#[test]
fn several_parked_calls_keep_each_its_own_words() {
    let mut house = House::on_the_phone();
    house.type_in("2 pain");
    house.rings(OTHER_CALL, "06 39 98 00 01", Party::Person { id: person_id(5) });
    house.press("F2");
    house.claimed(OTHER_CALL);
    house.type_in("3 chemises");
    house.press("F3");
    assert_eq!(house.text(), "2 pain");
    house.press("F3");
    assert_eq!(house.text(), "3 chemises");
}

#[test]
fn a_call_that_was_asked_for_is_gone_back_to_before_the_office_has_answered() {
    let mut house = House::new();
    house.rings(CALL, "05 36 49 12 34", Party::Person { id: id(CALLER) });
    house.press("F2");
    house.type_in("2 pain");
    house.press("Esc F3");
    house.type_in(" jeudi");
    assert_eq!(house.text(), "2 pain jeudi");
    let screen = crate::console::fixtures::screen(&mut house.model, 120, 40);
    assert!(screen.lines().any(|row| row.starts_with("Mes appels") && row.contains("à envoyer")), "{screen}");
}

#[test]
fn a_draft_comes_back_with_its_choices_after_a_crash() {
    let mut house = House::on_the_phone();
    house.type_in("3 chemises");
    house.press("Down Down Right Esc");
    let drafts = house.model.world.drafts.clone();
    let mut after = House::new();
    after.model.world.drafts = drafts;
    after.rings(CALL, "05 36 49 12 34", Party::Person { id: person_id(0) });
    after.press("F2");
    assert_eq!(after.text(), "3 chemises");
    assert_eq!(u32::from(after.line().reading.as_ref().unwrap().quantity.value), 4);
}

#[test]
fn a_saved_line_stays_a_draft_until_its_command_is_on_disk() {
    let mut house = House::on_the_phone();
    house.type_in("2 pain jeudi");
    house.effects.clear();
    house.press("Enter");
    let subject = DraftSubject::Contact { id: contact_id(CALL) };
    assert!(house.model.world.drafts.contains_key(&subject));
    assert!(!house.effects.contains(&Effect::DropDraft(subject.clone())));
    house.on_disk();
    assert!(house.effects.contains(&Effect::DropDraft(subject.clone())));
    assert!(!house.model.world.drafts.contains_key(&subject));
}

#[test]
fn what_was_saved_and_never_reached_the_disk_comes_back() {
    let mut house = House::on_the_phone();
    house.type_in("2 pain jeudi");
    house.press("Enter");
    house.type_in("et");
    house.press("Esc");
    let mut after = House::new();
    after.model.world.drafts = house.model.world.drafts.clone();
    after.rings(CALL, "05 36 49 12 34", Party::Person { id: person_id(0) });
    after.press("F2");
    assert_eq!(after.text(), "2 pain jeudi et");
    // Where the command did reach the disk, only what was typed since is left.
    let mut after = House::new();
    after.model.world.drafts = house.model.world.drafts.clone();
    for given in house.records() {
        after.model.world.board.record(&Record::Given { given, instead_of: None });
    }
    after.rings(CALL, "05 36 49 12 34", Party::Person { id: person_id(0) });
    after.press("F2");
    assert_eq!(after.text(), "et");
}

#[test]
fn a_parked_line_forgets_what_is_safe_too() {
    let mut house = House::on_the_phone();
    house.press("& Enter");
    house.rings(OTHER_CALL, "06 39 98 00 01", Party::Person { id: person_id(5) });
    house.press("F2");
    house.on_disk();
    assert!(house.model.world.drafts.is_empty(), "{:?}", house.model.world.drafts);
}

#[test]
fn a_request_without_contact_keeps_for_whom_it_is() {
    let mut house = House::new();
    house.press("n");
    assert!(matches!(house.model.layers.last(), Some(Layer::Party(_))), "for whom is asked first");
    house.type_in("durand");
    house.press("Enter");
    house.type_in("2 pain");
    house.press("Esc");
    assert_eq!(house.model.world.drafts.len(), 1);
    let draft = house.model.world.drafts.values().next().unwrap();
    assert_eq!(part(draft, "requester"), Some(house.line().requester.clone()));
}

#[test]
fn renewals_carry_what_was_typed_and_who_takes_over_gets_it() {
    let mut house = House::on_the_phone();
    house.type_in("2 pain jeudi");
    house.press("Esc");
    let held = house.effects.iter().rev().find_map(|effect| match effect {
        Effect::Hold(held) => Some(held.clone()),
        _ => None,
    });
    let carried = held.unwrap().into_iter().next().unwrap().draft.unwrap();
    let mut colleague = House::new();
    colleague.rings(CALL, "05 36 49 12 34", Party::Person { id: person_id(0) });
    let mut claim = claim_of_colleague(CALL, colleague.model.now);
    colleague.change(&claim, id(1));
    claim.take_over(id(OPERATOR), Some("relève".parse().unwrap()), colleague.model.now).unwrap();
    claim.version = serde_json::from_value(json!(2)).unwrap();
    colleague.done(id::<CommandKey>(2), &claim, json!({ "draft": carried.as_str() }));
    assert_eq!(colleague.text(), "2 pain jeudi");
    assert!(!colleague.line().has_focus(), "nothing moves by itself");
}

#[test]
fn what_a_colleague_had_typed_never_takes_the_place_of_ones_own_words() {
    let mut house = House::on_the_phone();
    house.type_in("2 pain");
    let mut claim = Claim { operator_id: id(OPERATOR), ..claim_of_colleague(CALL, house.model.now) };
    claim.version = serde_json::from_value(json!(2)).unwrap();
    house.done(id::<CommandKey>(2), &claim, json!({ "draft": "3 chemises" }));
    assert_eq!(house.text(), "2 pain 3 chemises");
}

#[test]
fn a_lost_claim_keeps_what_was_typed() {
    let mut house = House::new();
    house.rings(CALL, "05 36 49 12 34", Party::Person { id: person_id(0) });
    house.press("F2");
    house.type_in("2 pain");
    let key = house.effects.iter().find_map(|effect| match effect {
        Effect::Ask(given) if matches!(*given.command, Command::TakeClaim { .. }) => Some(given.key),
        _ => None,
    });
    house.tell(Message::Link(LinkEvent::Unanswered(key.unwrap())));
    house.change(&claim_of_colleague(CALL, house.model.now), id(1));
    house.press("Esc");
    assert_eq!(house.model.world.drafts[&DraftSubject::Contact { id: contact_id(CALL) }].text, "2 pain");
}

fn keys() -> impl Strategy<Value = Vec<String>> {
    let names = ["Enter", "Down", "Up", "Left", "Right", "Tab", "Backspace", "Home", "End", "Space", "1", "&"];
    let letters = ["p", "a", "i", "n", "2", "é", "v", "e", "c", "h"];
    prop::collection::vec(
        prop_oneof![1 => prop::sample::select(names.to_vec()), 3 => prop::sample::select(letters.to_vec())],
        0..40,
    )
    .prop_map(|keys| keys.into_iter().map(str::to_owned).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_is_pressed_the_end_leaves_the_line_on_disk(keys in keys()) {
        let mut house = House::on_the_phone();
        for key in &keys {
            house.press(key);
        }
        let typed = house.line().draft(house.model.now);
        house.tell(Message::Terminated);
        let last = kept(&house.effects).last().map(|draft| draft.text.clone());
        let dropped = matches!(house.effects.iter().rev().find(|effect| {
            matches!(effect, Effect::KeepDraft(_) | Effect::DropDraft(_))
        }), Some(Effect::DropDraft(_)) | None);
        if typed.is_empty() {
            prop_assert!(dropped);
        } else {
            prop_assert_eq!(last, Some(typed.text.clone()));
            prop_assert!(house.text().chars().all(|c| typed.text.contains(c)));
        }
    }

    #[test]
    fn a_ring_never_takes_the_focus_or_a_typed_character(keys in keys(), at in 0_usize..40) {
        let (mut alone, mut rung) = (House::on_the_phone(), House::on_the_phone());
        for (place, key) in keys.iter().enumerate() {
            if place == at {
                rung.rings(OTHER_CALL, "06 39 98 00 01", Party::Person { id: person_id(5) });
                rung.rings(UNKNOWN_CALL, "06 39 98 00 02", Party::Unknown);
            }
            alone.press(key);
            rung.press(key);
        }
        prop_assert_eq!(alone.text(), rung.text());
        prop_assert_eq!(&alone.line().focus, &rung.line().focus);
        prop_assert_eq!(&alone.line().chosen, &rung.line().chosen);
        prop_assert_eq!(alone.line().contact, rung.line().contact);
        prop_assert_eq!(alone.model.layers.len(), rung.model.layers.len());
    }
}

#[test]
fn glued_keys_are_taken_one_by_one() {
    let mut house = House::on_the_phone();
    let at = house.model.now;
    for c in "2 pain jeudi".chars() {
        update(&mut house.model, at, Message::Pressed(Key::char(c)));
    }
    assert_eq!(house.text(), "2 pain jeudi");
    assert!(house.line().reading.as_ref().unwrap().missing().is_empty());
}
