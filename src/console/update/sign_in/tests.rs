//! Getting in again: what is asked, what is shown of it, what follows.

use super::super::house::*;
use crate::{
    client::{ClientError, Outage},
    config::console::TokenSource,
    console::{
        effect::Effect,
        message::Message,
        model::{connection::Connection, layer::Layer},
        session::{LetIn, NotLetIn, Proof},
        view,
    },
    domain::time::Instant,
    replica::link::LinkEvent,
    wire::{
        catalogue::Command,
        change::Seq,
        problem::{Problem, ProblemKind},
    },
};

const PASSWORD: &str = "quatre chevaux roses";

fn over() -> LinkEvent {
    LinkEvent::SignedOut(Box::new(Problem::new(ProblemKind::NotLoggedIn)))
}

/// A house whose session has just ended.
fn signed_out() -> House {
    let mut house = House::new();
    house.tell(Message::Link(over()));
    house.effects.clear();
    house
}

/// The same, with the field open.
fn asked() -> House {
    let mut house = signed_out();
    house.type_in(":connexion");
    house.press("Enter");
    assert!(matches!(house.model.layers.last(), Some(Layer::SignIn(_))));
    house
}

fn no(kind: ProblemKind) -> NotLetIn {
    NotLetIn::Office(ClientError::Problem(Box::new(Problem::new(kind).with("retry_after_s", "60"))))
}

fn let_in(house: &House) -> LetIn {
    LetIn { operator: house.model.seat.operator.clone(), unkept: None }
}

fn proofs(house: &House) -> Vec<Proof> {
    let proof = |effect: &Effect| if let Effect::LogIn(proof) = effect { Some(proof.clone()) } else { None };
    house.effects.iter().filter_map(proof).collect()
}

fn why(house: &House) -> &str {
    let Some(Layer::SignIn(sign_in)) = house.model.layers.last() else { panic!() };
    sign_in.why.as_deref().unwrap_or_default()
}

#[test]
fn the_end_of_the_session_is_said_with_the_way_back_and_work_goes_on() {
    let mut house = House::on_the_phone();
    house.tell(Message::Link(over()));
    let words = house.model.connection.words(house.model.now, house.model.seat.language, |_: Instant| String::new());
    assert_eq!(words, "session terminée");
    assert!(house.notice().contains(":connexion"), "{}", house.notice());
    house.press("& Enter");
    assert!(matches!(house.given()[0], Command::CreateRequest { .. }));
    assert!(house.model.world.board.to_send() > 0);
    let saved = house.notice().to_owned();
    house.tell(Message::Link(over()));
    assert_eq!(house.notice(), saved, "it is said once");
}

#[test]
fn from_a_new_request_esc_and_the_command_lead_to_the_field() {
    let mut house = signed_out();
    house.press("n");
    // Nobody in particular.
    house.press("Esc");
    house.type_in("pressing 3 chemises");
    house.press("Enter Esc");
    house.type_in(":connexion");
    house.press("Enter");
    assert!(
        matches!(house.model.layers.last(), Some(Layer::SignIn(_))),
        "{:?} {:?} {:?}",
        house.model.layers,
        house.model.line,
        house.given()
    );
}

#[test]
fn a_stream_that_is_still_open_does_not_hide_that_the_session_is_over() {
    let mut house = signed_out();
    house.tell(Message::Link(LinkEvent::Alive(Seq(2))));
    assert_eq!(house.model.connection, Connection::SignedOut);
}

#[test]
fn the_command_asks_for_the_password_which_no_frame_and_no_debug_output_shows() {
    let mut house = asked();
    house.type_in(PASSWORD);
    let seen = format!("{:?}", house.model);
    assert!(!seen.contains(PASSWORD) && !seen.contains("roses"));
    let Some(Layer::SignIn(sign_in)) = house.model.layers.last() else { panic!() };
    assert_eq!(sign_in.masked().text(), "*".repeat(PASSWORD.len()));
    assert!(!crate::console::linear::prompt(&house.model).text.contains("roses"));
    let area = ratatui::layout::Rect::new(0, 0, 80, 24);
    let mut buffer = ratatui::buffer::Buffer::empty(area);
    view::view(&house.model, &crate::console::theme::Theme::plain(), &mut buffer);
    let drawn: String = buffer.content.iter().map(ratatui::buffer::Cell::symbol).collect();
    assert!(drawn.contains("*****") && drawn.contains("lea") && !drawn.contains("roses"), "{drawn}");
    house.press("Enter");
    assert_eq!(proofs(&house), [Proof::Password(PASSWORD.to_owned().into())]);
    assert!(!format!("{:?} {:?}", house.effects, house.model).contains("roses"));
    assert!(house.model.world.drafts.is_empty());
    assert!(!house.effects.iter().any(|effect| matches!(effect, Effect::KeepDraft(_))));
}

#[test]
fn a_second_enter_while_the_office_is_asked_asks_no_more_and_an_empty_line_asks_nothing() {
    let mut house = asked();
    house.press("Enter");
    assert!(proofs(&house).is_empty());
    house.type_in(PASSWORD);
    house.press("Enter");
    house.type_in("x");
    house.press("Enter");
    assert_eq!(proofs(&house).len(), 1);
}

#[test]
fn a_wrong_password_and_too_many_are_said_in_the_field_and_esc_leaves() {
    let mut house = asked();
    house.type_in(PASSWORD);
    house.press("Enter");
    house.tell(Message::SignedIn(Err(no(ProblemKind::WrongPassword))));
    assert!(why(&house).contains("mot de passe"), "{}", why(&house));
    house.type_in(PASSWORD);
    house.press("Enter");
    house.tell(Message::SignedIn(Err(no(ProblemKind::TooMany))));
    assert!(why(&house).contains("60 secondes"), "{}", why(&house));
    house.tell(Message::SignedIn(Err(NotLetIn::Office(ClientError::Unreachable(Outage::TimedOut)))));
    assert!(why(&house).contains("ne répond pas"), "{}", why(&house));
    house.press("Esc");
    assert!(house.model.layers.is_empty());
    assert_eq!(house.model.connection, Connection::SignedOut);
}

#[test]
fn once_let_in_everything_that_waited_goes_on() {
    let mut house = asked();
    house.type_in(PASSWORD);
    house.press("Enter");
    let let_in = let_in(&house);
    house.tell(Message::SignedIn(Ok(let_in)));
    assert!(house.effects.contains(&Effect::GoOn));
    assert!(house.model.layers.is_empty());
    assert_ne!(house.model.connection, Connection::SignedOut);
    assert!(house.notice().starts_with("Reconnecté"), "{}", house.notice());
    house.type_in(":connexion");
    house.press("Enter");
    assert!(house.model.layers.is_empty(), "nothing is asked while the session goes on");
}

#[test]
fn a_token_is_read_anew_and_a_refusal_says_where_the_new_one_goes() {
    let mut house = signed_out();
    house.model.way_in = TokenSource::File("/home/lea/jeton".into());
    house.type_in(":login");
    house.press("Enter");
    assert!(house.model.layers.is_empty());
    assert_eq!(proofs(&house), [Proof::Token]);
    house.tell(Message::SignedIn(Err(no(ProblemKind::NotLoggedIn))));
    assert!(house.notice().contains("/home/lea/jeton") && house.notice().contains(":connexion"), "{}", house.notice());
    assert!(!house.effects.contains(&Effect::GoOn));
}
