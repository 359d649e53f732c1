//! A console that is locked: what is hidden, what goes on below, what opens it, and who may leave it.

use super::super::house::*;
use crate::{
    client::{ClientError, Outage},
    config::console::TokenSource,
    console::{
        effect::Effect,
        fixtures::{afternoon, known, lines as drawn_lines, now, press, told_about, type_in},
        keymap::Key,
        linear,
        message::{Message, Size},
        model::{Model, connection::Connection, layer::Layer},
        session::{Behind, Latch, LetIn, NotLetIn, Proof, Unlocked},
        theme::Theme,
        update::update,
        view::{frame, view, words},
    },
    domain::{
        beneficiary::Beneficiary,
        call::CallEventKind,
        client::Client,
        contact::{Origin, Party},
        operator::Bell,
        provider::Provider,
        request::Request,
        service::Service,
        site::Site,
    },
    replica::{Lane, link::LinkEvent},
    wire::problem::{Problem, ProblemKind},
};
use jiff::SignedDuration;
use ratatui::{buffer::Buffer, layout::Rect};

const PASSWORD: &str = "quatre chevaux roses";

/// What is on the glass.
fn glass(model: &Model) -> String {
    let mut buffer = Buffer::empty(Rect::new(0, 0, model.size.columns, model.size.rows));
    view(model, &Theme::plain(), &mut buffer);
    drawn_lines(&buffer).join("\n")
}

/// What is told of it where it is heard instead of seen.
fn heard(model: &Model) -> String {
    let (lines, _) = linear::lines(&linear::Told::default(), model);
    let prompt = linear::prompt(model);
    format!("{}\n{}{}", lines.join("\n"), prompt.label, prompt.text)
}

fn locked(mut house: House) -> House {
    house.press("Esc");
    house.type_in(":verrou");
    house.press("Enter");
    assert!(house.model.lock.is_some(), "{:?}", house.model.layers);
    house
}

fn unlocks(house: &House) -> Vec<(Proof, Behind)> {
    let unlock = |effect: &Effect| match effect {
        Effect::Unlock { proof, behind } => Some((proof.clone(), *behind)),
        _ => None,
    };
    house.effects.iter().filter_map(unlock).collect()
}

fn why(house: &House) -> &str {
    house.model.lock.as_ref().unwrap().sign_in.why.as_deref().unwrap_or_default()
}

fn no(kind: ProblemKind) -> NotLetIn {
    NotLetIn::Office(ClientError::Problem(Box::new(Problem::new(kind).with("retry_after_s", "60"))))
}

fn after_a_while(minutes: i64) -> House {
    let mut house = House::new();
    house.model.seat.lock_after = Some(SignedDuration::from_mins(minutes));
    house
}

const MINUTE: i64 = 60_000;

#[test]
fn what_was_typed_stays_as_it_was_and_is_there_again() {
    let mut house = House::on_the_phone();
    house.type_in("pressing 3 chemi");
    let before = glass(&house.model);
    // From a field the line of commands is an Esc away; by itself it locks wherever one is.
    house.model.seat.lock_after = Some(SignedDuration::from_mins(1));
    house.line_is(CALL, CallEventKind::Hangup);
    house.wait(2 * MINUTE);
    assert!(house.model.lock.is_some());
    assert!(!glass(&house.model).contains("chemi"));
    house.type_in(PASSWORD);
    house.press("Enter");
    house.tell(Message::Unlocked(Ok(Unlocked::Here)));
    assert_eq!(house.text(), "pressing 3 chemi");
    assert!(house.line().has_focus());
    let entry = |screen: &str| screen.lines().find(|line| line.starts_with("> ")).map(str::to_owned);
    assert_eq!(entry(&glass(&house.model)), entry(&before));
    house.type_in("ses");
    assert_eq!(house.text(), "pressing 3 chemises");
}

#[test]
fn layers_lists_and_selection_stay_below_the_lock() {
    let mut house = House::new();
    house.model = afternoon();
    house.press("4 g j Enter");
    assert!(matches!(house.model.layers.as_slice(), [Layer::Card(_)]));
    let before = glass(&house.model);
    house.type_in(":verrou");
    house.press("Enter");
    // Keys that would do something there do nothing to what is below.
    house.press("Esc 1 Down Esc Esc");
    house.tell(Message::Unlocked(Ok(Unlocked::Here)));
    assert_eq!(glass(&house.model), before);
}

#[test]
fn the_draft_is_kept_as_it_locks_and_held_claims_are_renewed_below_it() {
    let mut house = House::on_the_phone();
    house.type_in("pain 2");
    house.model.seat.lock_after = Some(SignedDuration::from_mins(1));
    house.line_is(CALL, CallEventKind::Hangup);
    house.effects.clear();
    house.wait(2 * MINUTE);
    assert!(house.effects.iter().any(|effect| matches!(effect, Effect::KeepDraft(_))), "{:?}", house.effects);
    assert!(!house.model.world.held.is_empty(), "what is renewed is still held");
    assert!(house.effects.contains(&Effect::Latch(Latch::Locked)));
}

#[test]
fn the_locked_screen_names_nobody_and_shows_nothing_of_the_house() {
    let mut model = afternoon();
    told_about(&mut model, known::DURAND);
    for size in [Size { columns: 80, rows: 24 }, Size { columns: 120, rows: 40 }, Size { columns: 200, rows: 60 }] {
        update(&mut model, now(), Message::Resized(size));
        press(&mut model, &["Esc", ":"]);
        type_in(&mut model, "verrou");
        press(&mut model, &["Enter", "Ctrl-G"]);
        for shown in [glass(&model), heard(&model)] {
            shows_nothing_of(&model, &shown);
        }
        press(&mut model, &["Esc"]);
        for shown in [glass(&model), heard(&model)] {
            shows_nothing_of(&model, &shown);
        }
        model.lock = None;
    }
}

/// No name, number or text of any row is there; the operator's own name is.
fn shows_nothing_of(model: &Model, shown: &str) {
    let board = &model.world.board;
    let own = model.seat.operator.fields.name.to_string();
    let mut texts: Vec<String> = Vec::new();
    for person in board.all::<Beneficiary>() {
        let fields = &person.row.fields;
        texts.push(fields.family_name.to_string());
        texts.extend(fields.given_name.iter().map(ToString::to_string));
        texts.extend(fields.phones.iter().map(words::phone));
        texts.extend(fields.emails.iter().map(|email| email.as_str().to_owned()));
    }
    texts.extend(board.all::<Client>().map(|row| row.row.fields.name.to_string()));
    texts.extend(board.all::<Provider>().map(|row| row.row.fields.name.to_string()));
    texts.extend(board.all::<Service>().map(|row| row.row.fields.name.to_string()));
    texts.extend(board.all::<Site>().map(|row| row.row.fields.commune.to_string()));
    texts.extend(board.all::<Request>().map(|row| row.row.number.to_string()));
    for lane in [Lane::Phone, Lane::Email, Lane::WalkIn] {
        for contact in model.world.open_contacts(lane) {
            let (name, commune, number) = frame::caller(model, contact.row);
            texts.extend([Some(name), commune, number].into_iter().flatten());
            if let Origin::Message(message) = &contact.row.origin {
                texts.extend(message.subject.iter().map(ToString::to_string));
                texts.extend(message.text.iter().flat_map(|text| text.as_str().lines().map(str::to_owned)));
            }
        }
    }
    assert!(texts.len() > 50, "the fixtures were not read: {texts:?}");
    for text in texts.iter().filter(|text| text.chars().count() > 2 && **text != own) {
        assert!(!shown.contains(text.as_str()), "« {text} » is on the locked screen:\n{shown}");
    }
    assert!(shown.contains(&own), "{shown}");
}

#[test]
fn a_ring_is_heard_and_counted_and_its_key_says_that_it_is_locked() {
    let mut house = House::new();
    house.model.seat.bell = Bell::Once;
    let mut house = locked(house);
    house.effects.clear();
    house.rings(CALL, "05 36 49 12 34", Party::Person { id: id(CALLER) });
    assert!(house.effects.contains(&Effect::Ring));
    let screen = glass(&house.model);
    assert!(screen.contains("Un appel sonne.") && !screen.contains("Durand") && !screen.contains("36 49"), "{screen}");
    house.press("Ctrl-G");
    assert!(why(&house).contains("verrouillé"), "{}", why(&house));
    assert!(house.given().is_empty() && house.model.line.is_none());
    house.type_in(PASSWORD);
    house.press("Enter");
    house.tell(Message::Unlocked(Ok(Unlocked::Here)));
    house.press("Ctrl-G");
    assert!(house.model.line.is_some(), "the call waited");
}

#[test]
fn what_comes_in_meanwhile_is_there_afterwards() {
    let mut house = locked(House::new());
    house.rings(OTHER_CALL, "06 39 98 55 55", Party::Unknown);
    house.line_is(OTHER_CALL, CallEventKind::Hangup);
    house.tell(Message::Unlocked(Ok(Unlocked::Here)));
    assert_eq!(house.model.world.missed().len(), 1);
}

#[test]
fn the_password_is_seen_nowhere_and_is_tried_once_at_a_time() {
    let mut house = locked(House::new());
    house.press("Enter");
    assert!(unlocks(&house).is_empty(), "nothing is tried without a password");
    house.type_in(PASSWORD);
    assert!(!glass(&house.model).contains("chevaux") && !format!("{:?}", house.model).contains("chevaux"));
    assert!(glass(&house.model).contains(&"*".repeat(PASSWORD.len())));
    house.press("Enter Enter");
    assert_eq!(unlocks(&house), [(Proof::Password(PASSWORD.to_owned().into()), Behind::Live)]);
    house.tell(Message::Unlocked(Err(no(ProblemKind::WrongPassword))));
    assert!(house.model.lock.is_some() && why(&house).contains("mot de passe"), "{}", why(&house));
    house.tell(Message::Pasted(PASSWORD.to_owned() + "\n"));
    assert_eq!(unlocks(&house).len(), 1, "a pasted line break tries nothing");
    house.press("Enter");
    assert_eq!(unlocks(&house).len(), 2);
    house.effects.clear();
    house.tell(Message::Unlocked(Ok(Unlocked::Here)));
    assert!(house.model.lock.is_none() && house.effects.contains(&Effect::Latch(Latch::Open)));
}

#[test]
fn offline_it_says_what_cannot_be_checked_and_stays_locked() {
    let mut house = locked(House::new());
    house.type_in(PASSWORD);
    house.press("Enter");
    house.tell(Message::Unlocked(Err(NotLetIn::NotKnownHere)));
    assert!(why(&house).contains("ne répond pas"), "{}", why(&house));
    house.tell(Message::Unlocked(Err(NotLetIn::Office(ClientError::Unreachable(Outage::TimedOut)))));
    assert!(house.model.lock.is_some());
}

#[test]
fn where_the_session_has_ended_the_office_is_asked_and_everything_goes_on() {
    let mut house = locked(House::new());
    house.tell(Message::Link(LinkEvent::SignedOut(Box::new(Problem::new(ProblemKind::NotLoggedIn)))));
    house.type_in(PASSWORD);
    house.press("Enter");
    assert_eq!(unlocks(&house)[0].1, Behind::Ended);
    let let_in = LetIn { operator: house.model.seat.operator.clone(), unkept: None };
    house.tell(Message::Unlocked(Ok(Unlocked::ByOffice(Box::new(let_in)))));
    assert!(house.effects.contains(&Effect::GoOn) && house.model.connection != Connection::SignedOut);
}

#[test]
fn where_a_token_says_who_works_enter_opens_and_nothing_is_typed() {
    let mut house = House::new();
    house.model.way_in = TokenSource::File("/home/lea/jeton".into());
    let mut house = locked(house);
    assert!(!house.effects.iter().any(|effect| matches!(effect, Effect::Latch(_))));
    assert!(glass(&house.model).contains("jeton"));
    house.type_in("x");
    house.press("Enter");
    assert_eq!(unlocks(&house), [(Proof::Token, Behind::Live)]);
    house.tell(Message::Unlocked(Err(no(ProblemKind::NotLoggedIn))));
    assert!(why(&house).contains("/home/lea/jeton") && why(&house).contains("Entrée"), "{}", why(&house));
    house.press("Esc");
    assert!(!glass(&house.model).contains("Passer le poste"));
}

#[test]
fn whoever_cannot_open_it_may_leave_or_hand_over_and_nothing_is_lost() {
    let mut house = House::on_the_phone();
    house.type_in("pain 2");
    let mut house = locked(house);
    house.type_in("oubli");
    house.press("Esc");
    let screen = glass(&house.model);
    for part in ["Rien n'est perdu", "Un appel en cours reste à Léa", "1 brouillon"] {
        assert!(screen.contains(part), "{part} is missing:\n{screen}");
    }
    house.press("Enter");
    assert!(house.model.lock.as_ref().is_some_and(|lock| lock.ways.is_none() && lock.sign_in.field.text().is_empty()));
    house.press("Esc 2");
    assert!(house.effects.contains(&Effect::Quit));
    house.effects.clear();
    house.press("3");
    assert!(house.effects.contains(&Effect::HandOver));
    assert!(house.model.lock.is_some(), "it stays locked until it has ended");
}

#[test]
fn it_locks_by_itself_after_a_time_without_a_key_and_a_key_puts_it_off() {
    let mut house = after_a_while(15);
    assert!(house.effects.is_empty() || !house.effects.contains(&Effect::Redraw));
    house.wait(14 * MINUTE);
    house.press("j");
    house.wait(14 * MINUTE);
    assert!(house.model.lock.is_none());
    house.effects.clear();
    house.wait(MINUTE / 2);
    let due = house.model.touched_at.plus(SignedDuration::from_mins(15));
    let wake = |effect: &Effect| if let Effect::WakeAt(at) = effect { Some(*at) } else { None };
    let woken = house.effects.iter().filter_map(wake).next_back().unwrap();
    assert!(woken <= due, "it is woken in time");
    house.wait(MINUTE / 2);
    assert!(house.model.lock.is_some());
}

#[test]
fn it_never_locks_by_itself_where_that_is_not_wanted() {
    let mut house = House::new();
    house.wait(24 * 60 * MINUTE);
    assert!(house.model.lock.is_none());
}

#[test]
fn a_key_that_wakes_a_sleeping_machine_finds_it_locked() {
    let mut house = after_a_while(15);
    let later = house.model.now.plus(SignedDuration::from_hours(3));
    let key = Key::char('n');
    house.effects.extend(update(&mut house.model, later, Message::Pressed(key)));
    assert!(house.model.lock.is_some() && house.model.layers.is_empty());
}

#[test]
fn while_one_speaks_it_does_not_lock_and_the_time_begins_at_the_end_of_the_call() {
    let mut house = House::on_the_phone();
    house.model.seat.lock_after = Some(SignedDuration::from_mins(15));
    house.wait(40 * MINUTE);
    assert!(house.model.lock.is_none());
    house.line_is(CALL, CallEventKind::Hangup);
    house.wait(14 * MINUTE);
    assert!(house.model.lock.is_none(), "what was said is still to be written down");
    house.wait(2 * MINUTE);
    assert!(house.model.lock.is_some());
}

#[test]
fn a_ring_or_a_colleagues_call_keeps_nothing_open() {
    let mut house = after_a_while(15);
    house.rings(CALL, "05 36 49 12 34", Party::Unknown);
    house.wait(16 * MINUTE);
    assert!(house.model.lock.is_some());
}

#[test]
fn a_clock_that_is_set_right_is_no_time_without_a_key() {
    let mut house = after_a_while(15);
    let later = house.model.now.plus(SignedDuration::from_hours(2));
    let set = Message::ClockSet { ahead: SignedDuration::from_hours(2) };
    house.effects.extend(update(&mut house.model, later, set));
    assert!(house.model.lock.is_none());
    house.wait(16 * MINUTE);
    assert!(house.model.lock.is_some());
}

#[test]
fn a_console_that_was_taken_over_does_not_say_that_the_other_is_locked() {
    let mut house = House::new();
    house.tell(Message::Link(LinkEvent::TakenOver));
    let house = locked(house);
    assert!(!house.effects.iter().any(|effect| matches!(effect, Effect::Latch(_))));
}

mod handover {
    use super::*;

    fn asked(mut house: House, command: &str) -> House {
        house.press("Esc");
        house.type_in(command);
        house.press("Enter");
        house
    }

    fn sentence(house: &House) -> &str {
        let Some(Layer::Prompt(prompt)) = house.model.layers.last() else { panic!("{:?}", house.model.layers) };
        &prompt.sentence
    }

    #[test]
    fn with_nothing_left_the_desk_is_handed_over_at_once_in_either_language_and_without_accents() {
        for command in [":relève", ":releve", ":handover"] {
            let house = asked(House::new(), command);
            assert!(house.effects.contains(&Effect::HandOver), "{command}");
            assert!(!house.effects.contains(&Effect::Quit));
        }
    }

    #[test]
    fn calls_in_hand_drafts_and_what_is_to_be_sent_are_named_before() {
        let mut house = House::on_the_phone();
        house.press("& Enter");
        house.type_in("pain 2");
        let mut house = asked(house, ":relève");
        for part in ["Un appel en cours reste à Léa", "Gardé sur ce poste pour Léa", "envoi", "1 brouillon"] {
            assert!(sentence(&house).contains(part), "{part}: {}", sentence(&house));
        }
        assert!(!house.effects.contains(&Effect::HandOver));
        house.press("Esc");
        assert!(house.model.layers.is_empty() && !house.effects.contains(&Effect::HandOver));
        let mut house = asked(house, ":relève");
        house.press("2");
        assert!(!house.effects.contains(&Effect::HandOver));
        let mut house = asked(house, ":relève");
        house.press("1");
        assert!(house.effects.contains(&Effect::HandOver));
        let kept = |effect: &Effect| matches!(effect, Effect::KeepDraft(_));
        assert!(house.effects.iter().any(kept), "what is typed is on disk");
    }

    #[test]
    fn where_a_token_says_who_works_it_says_what_can_be_done_instead() {
        let mut house = House::new();
        house.model.way_in = TokenSource::File("/home/lea/jeton".into());
        let house = asked(house, ":relève");
        assert!(house.notice().contains(":verrou") && house.notice().contains(":quitter"), "{}", house.notice());
        assert!(!house.effects.contains(&Effect::HandOver));
    }
}
