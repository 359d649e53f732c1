//! Stories of update: what a key means, from the keyboard to the screen.

use crate::{
    console::{
        effect::Effect,
        fixtures::{known::*, *},
        keymap::{DigitRow, Key, Keymap},
        message::Message,
        model::{
            Model, Tone,
            layer::Layer,
            prompt::Prompt,
            reception::{Item, Lane},
        },
        update::update,
    },
    domain::{contact::Party, ids::OperatorId, request::Channel},
    replica::{Record, link::LinkEvent},
    wire::{
        catalogue::Command,
        problem::{Problem, ProblemKind},
    },
};
use rstest::rstest;

fn on_request(number: u128) -> Model {
    let mut model = day();
    press(&mut model, &["4"]);
    model.requests.list.select(id(number));
    model
}

fn prompt(model: &Model) -> &Prompt {
    match model.layers.last() {
        Some(Layer::Prompt(prompt)) => prompt,
        other => panic!("no prompt but {other:?}"),
    }
}

#[rstest]
#[case("U")]
#[case("W")]
#[case("É")]
fn an_unbound_capital_does_nothing_and_says_that_caps_lock_is_on(#[case] key: &str) {
    let mut model = on_request(WARNED);
    let effects = press(&mut model, &[key]);
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Keep(_) | Effect::Ask(_))));
    assert!(model.layers.is_empty());
    assert!(screen(&mut model, 80, 24).contains("Verrouillage majuscules"));
}

#[rstest]
#[case("6", "§")]
#[case("6", "-")]
#[case("8", "!")]
#[case("8", "_")]
#[case("2", "é")]
fn the_signs_of_french_belgian_and_mac_keyboards_choose_like_their_digits(#[case] digit: &str, #[case] sign: &str) {
    let chosen = |key: &str| {
        let mut model = on_request(WARNED);
        press(&mut model, &["e", key]);
        prompt(&model).sentence.clone()
    };
    assert_eq!(chosen(sign), chosen(digit));
    assert_ne!(chosen(digit), chosen("1"));
}

#[test]
fn where_digits_are_digits_alone_the_signs_are_text() {
    let mut model = on_request(WARNED);
    model.keymap = Keymap::of(DigitRow::None);
    press(&mut model, &["Del"]);
    type_in(&mut model, "été fini");
    let (_, field) = prompt(&model).typed.as_ref().unwrap();
    assert_eq!(field.text(), "été fini");
    assert_eq!(model.keymap.digit(Key::char('2')), Some(2));
}

fn told(model: &mut Model, event: LinkEvent) {
    let at = model.now;
    update(model, at, Message::Link(event));
}

#[test]
fn who_was_quicker_is_said_by_name_and_what_was_typed_stays() {
    let mut model = day();
    let effects = press(&mut model, &["F2"]);
    type_in(&mut model, "2 pains");
    let asked = effects.iter().find_map(|effect| match effect {
        Effect::Ask(given) => Some(given.key),
        _ => None,
    });
    let by = id::<OperatorId>(PAUL);
    let problem = Problem::new(ProblemKind::Busy).with("cause", "claimed").with("by", by);
    told(&mut model, LinkEvent::Refused { key: asked.unwrap(), problem: Box::new(problem) });
    let notice = model.notice.as_ref().unwrap();
    assert!(notice.tone == Tone::Trouble && notice.words.starts_with("Paul s'en occupe"), "{}", notice.words);
    assert!(notice.words.chars().count() <= 80, "{}", notice.words);
    assert_eq!(model.line.as_ref().unwrap().input.text(), "2 pains");
    assert!(!matches!(model.layers.last(), Some(Layer::Prompt(_))));
}

#[test]
fn a_console_that_was_taken_over_says_so_and_how_to_leave_it() {
    let mut model = day();
    told(&mut model, LinkEvent::TakenOver);
    let words = &model.notice.as_ref().unwrap().words;
    assert!(words.contains(":quitter") && words.chars().count() <= 80, "{words}");
}

#[test]
fn help_is_at_hand_in_a_field_and_gives_it_back() {
    let mut model = day();
    press(&mut model, &["Ctrl-O"]);
    type_in(&mut model, "2 pa");
    press(&mut model, &["F1"]);
    assert!(matches!(model.layers.last(), Some(Layer::Help(help)) if help.of == crate::console::keymap::Context::Text));
    press(&mut model, &["F1"]);
    assert!(model.layers.is_empty());
    type_in(&mut model, "in?");
    assert_eq!(model.line.as_ref().unwrap().input.text(), "2 pain?");
}

#[test]
fn the_words_of_the_directory_are_arranged_while_nobody_types() {
    let mut model = day();
    let wakes_at_once = |model: &mut Model, message: Message| {
        let now = model.now;
        update(model, now, message).contains(&Effect::WakeAt(now))
    };
    // A service, say, has another name.
    model.world.directory += 1;
    assert!(wakes_at_once(&mut model, Message::Resumed), "they are still to be arranged");
    assert!(!wakes_at_once(&mut model, Message::Woke), "once is enough");
    let arranged = model.world.vocabulary.clone().unwrap();
    press(&mut model, &["Enter"]);
    type_in(&mut model, "2 pain");
    assert!(std::sync::Arc::ptr_eq(&arranged, model.world.vocabulary.as_ref().unwrap()), "no key arranged them again");
}

#[test]
fn who_called_in_vain_again_is_one_row_that_stays_where_it_is_and_says_how_often() {
    let mut model = day();
    let rows = |model: &Model| model.reception.list(Lane::Phone).order().to_vec();
    let before = rows(&model);
    comes(&mut model, &call(150, Some("+33536495522"), party(BLANC), &[("ring", 200), ("hangup", 160)]));
    comes(&mut model, &call(151, None, Party::Unknown, &[("ring", 100), ("hangup", 90)]));
    comes(&mut model, &call(152, None, Party::Unknown, &[("ring", 50), ("hangup", 40)]));
    let after = rows(&model);
    assert_eq!(after.len(), before.len() + 2, "whoever hides their number may be anybody");
    let missed = model.world.contact(id(MISSED)).unwrap().row.clone();
    assert_eq!(model.world.times_missed(&missed), 2);
    assert_eq!(model.world.missed().len(), 3);
    let screen = screen(&mut model, 120, 40);
    assert!(screen.lines().any(|row| row.contains("manqué ×2") && row.contains("Blanc")), "{screen}");
}

#[test]
fn what_a_mail_asks_for_is_saved_with_two_keys_and_undone_as_one() {
    let mut model = day();
    model.reception.go_to(Lane::Mail, Item::Contact(id(MAIL)));
    let effects = press(&mut model, &["o", "Enter"]);
    let given = effects.iter().find_map(|effect| match effect {
        Effect::Keep(record) => match &**record {
            Record::Given { given, .. } => Some(&*given.command),
            _ => None,
        },
        _ => None,
    });
    let Some(Command::Bulk { body }) = given else { panic!("no bulk but {given:?}") };
    let names: Vec<&str> = body.rows.iter().map(|row| row.command.name()).collect();
    assert_eq!(names.iter().filter(|name| **name == "request.create").count(), 2, "{names:?}");
    assert_eq!(names.last(), Some(&"contact.wrap_up"));
    for row in &body.rows {
        if let Command::CreateRequest { body, .. } = &*row.command {
            assert_eq!((body.contact_id, body.channel), (Some(id(MAIL)), Channel::Email));
            assert!(body.text.as_ref().is_some_and(|text| !text.as_str().contains("Bonjour")), "{:?}", body.text);
        }
    }
    assert!(model.notice.as_ref().unwrap().undo.is_some(), "one undo takes all of it back");
}

#[test]
fn going_through_the_mails_never_waits_for_their_reading() {
    let mut model = day();
    press(&mut model, &["Tab", "g"]);
    let at = model.now;
    while model.reception.selected() != Some(Item::Contact(id(MAIL))) {
        press(&mut model, &["Down"]);
    }
    model.understood = None;
    let effects = press(&mut model, &["Up", "Down"]);
    assert!(model.understood.is_none(), "a move reads nothing");
    assert!(effects.contains(&Effect::WakeAt(at)), "it is read next");
    let effects = update(&mut model, at, Message::Woke);
    assert!(model.understood.is_some() && !effects.contains(&Effect::WakeAt(at)), "once is enough");
}
