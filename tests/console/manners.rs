//! Manners in a terminal: it is given back as it was, hostile text stays in its row, and a small window is told so.

use crate::{
    common::{Engine, House, directory},
    desk::{Desk, fr, writes},
    pty::{Size, key},
};
use loge::domain::access::Role;
use rstest::rstest;
use rustix::process::Signal;

async fn house() -> (House, Desk) {
    let house = House::open(Engine::Sqlite).await;
    directory(&house.manager).await;
    let lea = house.person("lea", &[Role::Operator]).await;
    let desk = Desk::of(&house, &lea, house.office.url()).await;
    (house, desk)
}

#[rstest]
#[case::asked_to_end(Signal::TERM)]
#[case::hung_up(Signal::HUP)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_signal_gives_the_terminal_back(#[case] signal: Signal) {
    let (house, desk) = house().await;
    let mut console = desk.connected(Size::SMALL);
    assert!(console.screen().alternate_screen() && console.screen().bracketed_paste() && !console.is_cooked());
    console.signal(signal);
    console.ends();
    assert!(!console.screen().alternate_screen(), "the alternate screen stays");
    assert!(!console.screen().bracketed_paste() && !console.screen().hide_cursor());
    assert!(console.is_cooked(), "the terminal stays raw");
    house.office.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hostile_subject_changes_nothing_but_its_row() {
    let (house, desk) = house().await;
    writes(&house, "1", "claire.durand@metropole.example", "Mes chemises").await;
    let mut console = desk.connected(Size::SMALL);
    console.press(key::TAB);
    console.sees("Mes chemises");
    console.settle(std::time::Duration::from_millis(200));
    let before = console.rows();
    // The worst that an office takes into a subject: it refuses control characters, and more than 200.
    let marks = "\u{301}".repeat(150);
    let hostile = format!("Piege\u{202e}\u{200b}\u{2066}\u{feff}e{marks}");
    writes(&house, "2", "pirate@ailleurs.example", &hostile).await;
    console.sees("Piege");
    console.settle(std::time::Duration::from_millis(200));
    let after = console.rows();
    // Its own row, and the head of the lanes and of the list that count it.
    let changed: Vec<_> = before.iter().zip(&after).filter(|(before, after)| before != after).collect();
    assert!(changed.len() <= 3, "{changed:#?}");
    assert_eq!(console.text().matches("Piege").count(), 1);
    let printed = String::from_utf8_lossy(&console.printed);
    assert!(!printed.contains('\u{202e}') && !printed.contains('\u{200b}'));
    assert!(printed.matches('\u{301}').count() < 20);
    house.office.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_small_window_is_told_so_and_a_larger_one_shows_everything_again() {
    let (house, desk) = house().await;
    let mut console = desk.connected(Size::SMALL);
    let online = fr("connection-online");
    console.resize(Size(70, 20));
    let told = fr("view-cramped");
    let first_word = told.split(' ').next().unwrap_or_default();
    console.until("the small window says so", |screen| screen.contains(first_word) && !screen.contains(&online));
    console.resize(Size::USUAL);
    console.sees(&online);
    console.resize(Size::SMALL);
    console.sees(&online);
    house.office.stop().await;
}
