//! A desk that is left: locked and unlocked by who holds it, or handed over to somebody else.

use crate::{
    common::{Engine, House, PASSWORD, directory},
    desk::{Desk, fr, happens, rings},
    pty::{Pty, Size, key},
};
use loge::domain::access::Role;
use rustix::process::Signal;
use std::time::Duration;

const CALLER: [&str; 2] = ["Durand", "36 49 12 34"];

fn logs_in(console: &mut Pty, login: &str) {
    asks(console, &format!("Mot de passe de {login}"), 1);
    types_password(console);
}

/// Waits until something is asked, for the so many-th time on this terminal.
fn asks(console: &mut Pty, question: &str, times: usize) {
    console.until(&format!("« {question} » is asked"), |text| text.matches(question).count() == times);
}

fn types_password(console: &mut Pty) {
    console.hides_what_is_typed();
    console.press(&format!("{PASSWORD}\r"));
    console.sees(&fr("connection-online"));
}

fn commands(console: &mut Pty, command: &str) {
    console.press(key::ESCAPE);
    console.press(&format!(":{command}"));
    console.sees(&format!(":{command}"));
    console.press(key::ENTER);
}

/// A call of Mrs Durand is taken and a request begun.
async fn takes_a_call(house: &House, console: &mut Pty, said: &str) {
    rings(house, "1").await;
    console.sees(CALLER[1]);
    console.press(key::CLAIM);
    console.sees("> ");
    crate::common::until("the call is hers", async || house.number("SELECT count(*) FROM claim").await == 1).await;
    console.press(said);
    console.sees(&format!("> {said}"));
    console.sees(&fr("line-draft-kept"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_locked_console_shows_nothing_until_the_password_is_typed_with_the_office_and_without() {
    let house = House::open(Engine::Sqlite).await;
    directory(&house.manager).await;
    house.person("lea", &[Role::Operator]).await;
    let desk = Desk::empty(house.office.url());
    let mut console = desk.with(Size::USUAL, &["--login", "lea"], &[]);
    logs_in(&mut console, "lea");
    takes_a_call(&house, &mut console, "pressing 3 chemi").await;
    commands(&mut console, "verrou");
    console.sees(&fr("lock-title"));
    let from = console.printed.len();
    happens(&house, "2", "ring", "06 39 98 55 55").await;
    console.sees("Un appel sonne.");
    console.press(key::CLAIM);
    console.sees(&fr("lock-first"));
    console.press("ce n'est pas lui");
    console.sees(&"*".repeat(16));
    console.press(key::ENTER);
    console.sees("ne vont pas ensemble");
    let hidden = String::from_utf8_lossy(&console.printed[from..]).into_owned() + &console.text();
    for text in [CALLER[0], CALLER[1], "39 98", "chemi"] {
        assert!(!hidden.contains(text), "« {text} » was printed while it was locked:\n{hidden}");
    }
    console.press(PASSWORD);
    console.sees(&"*".repeat(PASSWORD.len()));
    console.press(key::ENTER);
    console.sees("> pressing 3 chemi");
    assert!(console.text().contains(CALLER[0]) && console.text().contains("39 98"), "{}", console.text());
    // Hours without a network: what was typed at the start is known here.
    house.office.stop().await;
    console.until("it is offline", |text| !text.contains(&fr("connection-online")));
    commands(&mut console, "verrou");
    console.sees(&fr("lock-title"));
    console.press("ce n'est pas lui\r");
    console.sees("le serveur ne répond pas");
    console.press(&format!("{PASSWORD}\r"));
    console.sees("> pressing 3 chemi");
    // Whoever ends a locked console and starts it again is asked all the same.
    commands(&mut console, "verrou");
    console.sees(&fr("lock-title"));
    console.signal(Signal::TERM);
    assert!(console.ends().success());
    assert!(!String::from_utf8_lossy(&console.printed).contains(PASSWORD));
    let mut again = desk.with(Size::USUAL, &[], &[]);
    again.sees(&fr("cli-login-locked"));
    again.sees("Mot de passe de lea");
    again.hides_what_is_typed();
    again.press(&format!("{PASSWORD}\r"));
    again.sees(CALLER[0]);
    again.press(key::OWN_CALL);
    again.sees("> pressing 3 chemi");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_desk_is_handed_over_and_each_finds_their_own_work() {
    let house = House::open(Engine::Sqlite).await;
    directory(&house.manager).await;
    let lea = house.person("lea", &[Role::Operator]).await;
    house.person("karim", &[Role::Operator]).await;
    let sessions = format!("SELECT count(*) FROM session WHERE operator_id = '{}'", lea.id);
    let desk = Desk::empty(house.office.url());
    let mut console = desk.with(Size::USUAL, &["--login", "lea"], &[]);
    logs_in(&mut console, "lea");
    takes_a_call(&house, &mut console, "pressing 3 chemi").await;
    let before = house.number(&sessions).await;
    commands(&mut console, "relève");
    console.sees("Un appel en cours reste à lea");
    console.sees("1 brouillon");
    console.press("1");
    console.sees(&fr("cli-login-ask"));
    console.press("karim\r");
    logs_in(&mut console, "karim");
    console.sees("karim");
    assert!(!console.text().contains("chemi"), "{}", console.text());
    assert_eq!(house.number(&sessions).await, before - 1, "her session has ended");
    commands(&mut console, "releve");
    asks(&mut console, &fr("cli-login-ask"), 2);
    console.press("lea\r");
    asks(&mut console, "Mot de passe de lea", 2);
    types_password(&mut console);
    console.press(key::OWN_CALL);
    console.sees("> pressing 3 chemi");
    house.office.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn line_by_line_what_was_told_goes_from_the_glass_when_it_locks_and_when_the_desk_is_handed_over() {
    let house = House::open(Engine::Sqlite).await;
    directory(&house.manager).await;
    house.person("lea", &[Role::Operator]).await;
    let desk = Desk::empty(house.office.url());
    let mut console = desk.with(Size(100, 60), &["--login", "lea", "--plain"], &[]);
    logs_in(&mut console, "lea");
    rings(&house, "1").await;
    console.sees(CALLER[1]);
    console.press(":verrou\r");
    console.sees(&fr("lock-title"));
    assert!(!console.text().contains(CALLER[0]) && !console.text().contains(CALLER[1]), "{}", console.text());
    console.press(&format!("{PASSWORD}\r"));
    console.sees(&fr("linear-ready"));
    console.press(":relève\r");
    console.sees(&fr("cli-login-ask"));
    console.take_in(Duration::ZERO);
    assert!(!console.text().contains(CALLER[0]), "{}", console.text());
    house.office.stop().await;
}
