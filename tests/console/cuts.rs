//! Cut lines, killed consoles and offices that are not there: nothing is lost, nothing is doubled.

use crate::{
    common::{Engine, House, directory},
    desk::{Desk, fr, rings},
    pty::{Pty, Size, key},
};
use loge::{
    demo::wire::Wire,
    domain::{access::Role, ids::ProviderId},
    wire::fresh,
};
use rustix::process::Signal;
use serde_json::json;
use std::{fs, path::Path};

/// Whether a file below this folder holds a text; one that is still being written does not count.
fn is_kept(folder: &Path, text: &str) -> bool {
    fs::read_dir(folder).into_iter().flatten().flatten().any(|entry| {
        let path = entry.path();
        if path.is_dir() {
            return is_kept(&path, text);
        }
        path.extension().is_none_or(|extension| extension != "new")
            && fs::read_to_string(path).is_ok_and(|held| held.contains(text))
    })
}

/// A console through a line that can be cut, on a call of Mrs Durand's that was just claimed.
async fn on_the_phone() -> (House, Wire, Desk, Pty) {
    let house = House::open(Engine::Sqlite).await;
    directory(&house.manager).await;
    let lea = house.person("lea", &[Role::Operator]).await;
    let wire = Wire::to(house.office.address).await.unwrap();
    let desk = Desk::of(&house, &lea, wire.url()).await;
    let mut console = desk.connected(Size::USUAL);
    rings(&house, "1").await;
    console.sees("05 36 49 12 34");
    console.press(key::CLAIM);
    console.sees("> ");
    (house, wire, desk, console)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_saved_while_the_line_is_cut_arrives_exactly_once() {
    let (house, wire, _desk, mut console) = on_the_phone().await;
    let online = fr("connection-online");
    wire.cut();
    console.loses(&online);
    console.press("pressing 3 chemises");
    console.sees("pressing 3 chemises");
    console.press(key::ENTER);
    console.loses("pressing 3 chemises");
    assert_eq!(house.number("SELECT count(*) FROM request").await, 0);
    for _ in 0..3 {
        wire.restore();
        console.sees(&online);
        wire.cut();
        console.loses(&online);
    }
    wire.restore();
    console.sees(&online);
    console.sees("26-0001");
    assert_eq!(house.number("SELECT count(*) FROM request").await, 1);
    house.office.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_draft_is_back_after_the_console_was_killed_in_the_middle_of_a_word() {
    let (house, _wire, desk, mut console) = on_the_phone().await;
    console.press("pressing 3 chemi");
    console.sees("pressing 3 chemi");
    crate::common::until("it is on disk", async || is_kept(desk.home.path(), "pressing 3 chemi")).await;
    console.signal(Signal::KILL);
    console.ends();
    let mut again = desk.connected(Size::USUAL);
    // It opened on its copy, which is older than the call.
    again.sees("Claire Durand");
    again.press(key::OWN_CALL);
    again.sees("pressing 3 chemi");
    house.office.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reply_that_is_being_written_is_back_whole_after_the_console_was_killed() {
    let house = House::open(Engine::Sqlite).await;
    directory(&house.manager).await;
    let lea = house.person("lea", &[Role::Operator]).await;
    let desk = Desk::of(&house, &lea, house.office.url()).await;
    let mut console = desk.connected(Size::USUAL);
    crate::desk::writes(&house, "1", "claire.durand@metropole.example", "Deux vestes").await;
    console.press(key::TAB);
    console.sees("Deux vestes");
    console.press("r");
    console.sees("Re: Deux vestes");
    console.press("Bonjour, c'est possible ven");
    console.press(key::TAB);
    console.press("\u{15}claire@ailleurs.example");
    console.press(key::ENTER);
    console.press(" et un pantalon");
    console.sees("Re: Deux vestes et un pantalon");
    for typed in ["c'est possible ven", "claire@ailleurs.example", "Re: Deux vestes et un pantalon"] {
        crate::common::until("it is on disk", async || is_kept(desk.home.path(), typed)).await;
    }
    console.signal(Signal::KILL);
    console.ends();
    let mut again = desk.connected(Size::USUAL);
    again.press(key::TAB);
    again.sees("Deux vestes");
    again.press("r");
    for typed in ["c'est possible ven", "claire@ailleurs.example", "Re: Deux vestes et un pantalon"] {
        again.sees(typed);
    }
    house.office.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_line_of_the_register_is_back_after_the_console_was_killed() {
    let house = House::open(Engine::Sqlite).await;
    directory(&house.manager).await;
    let body = json!({ "name": "Lavoir du Lac", "tier": "inclusion", "phones": ["05 36 49 00 10"] });
    house.manager.gives("provider.create", fresh::<ProviderId>(), body).await;
    let desk = Desk::of(&house, &house.manager, house.office.url()).await;
    let mut console = desk.connected(Size::USUAL);
    let opens = |console: &mut Pty| {
        console.press(":prestataires\r");
        console.sees("Lavoir du Lac");
        console.press("\r");
        // The second line: tier and status.
        console.press(key::DOWN);
    };
    opens(&mut console);
    console.press("e");
    console.press(" EI de Bègl");
    crate::common::until("it is on disk", async || is_kept(desk.home.path(), "insertion EI de Bègl")).await;
    console.signal(Signal::KILL);
    console.ends();
    let mut again = desk.connected(Size::USUAL);
    opens(&mut again);
    again.sees("insertion EI de Bègl");
    house.office.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_an_office_it_opens_on_what_was_last_known_and_connects_by_itself() {
    let (house, wire, desk, mut console) = on_the_phone().await;
    console.signal(Signal::TERM);
    assert!(console.ends().success());
    wire.cut();
    let mut again = desk.console(Size::USUAL, &[]);
    // The call is there though nobody answers, and the time says how old that is.
    again.sees("Durand");
    assert!(!again.text().contains(&fr("connection-online")), "{}", again.text());
    wire.restore();
    again.sees(&fr("connection-online"));
    house.office.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_an_office_and_without_a_copy_the_empty_screen_says_why() {
    let (house, wire, desk, mut console) = on_the_phone().await;
    console.signal(Signal::TERM);
    console.ends();
    std::fs::remove_dir_all(desk.home.path().join("data/loge/console")).unwrap();
    wire.cut();
    let mut again = desk.console(Size::USUAL, &["--keep-snapshot", "false"]);
    again.sees("Accueil");
    again.until("an empty screen says that nobody answers", |screen| {
        // The sentence is broken into the lane's lines.
        let why: Vec<String> = fr("lane-untold").split(' ').take(4).map(str::to_owned).collect();
        let offline = fr("connection-offline");
        let offline = offline.split(['{', '\u{a0}']).next().unwrap_or_default().trim();
        !screen.contains("Durand")
            && screen.contains(&why.join(" "))
            && (screen.contains("reconnexion") || screen.contains(offline.split(" depuis").next().unwrap_or(offline)))
    });
    wire.restore();
    again.sees(&fr("connection-online"));
    again.sees("Durand");
    house.office.stop().await;
}
