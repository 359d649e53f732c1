//! The session ends while somebody works: nothing is lost, and one gets in again without leaving the console.

use crate::{
    common::{Engine, House, PASSWORD, directory},
    desk::{Desk, fr, rings},
    pty::{Size, key},
};
use loge::{domain::access::Role, wire::query::SetPassword};
use rustix::process::Signal;
use std::{fs, path::Path};

const NEW: &str = "un autre mot de passe";

/// Whether any file below this folder holds a text.
fn holds(folder: &Path, text: &str) -> bool {
    fs::read_dir(folder).into_iter().flatten().flatten().any(|entry| {
        let path = entry.path();
        if path.is_dir() { holds(&path, text) } else { fs::read(path).is_ok_and(|bytes| contains(&bytes, text)) }
    })
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_typed_after_the_session_ended_arrives_once_somebody_is_in_again() {
    let house = House::open(Engine::Sqlite).await;
    directory(&house.manager).await;
    let lea = house.person("lea", &[Role::Operator]).await;
    let desk = Desk::empty(house.office.url());
    let mut console = desk.with(Size::USUAL, &["--login", "lea"], &[]);
    console.sees("Mot de passe de lea");
    console.hides_what_is_typed();
    console.press(&format!("{PASSWORD}\r"));
    console.sees(&fr("connection-online"));
    rings(&house, "1").await;
    console.sees("05 36 49 12 34");
    console.press(key::CLAIM);
    console.sees("> ");
    crate::common::until("the call is hers", async || house.number("SELECT count(*) FROM claim").await == 1).await;
    // A new password ends every session of the account.
    let new = SetPassword { present: None, new: NEW.to_owned() };
    house.manager.client.set_password(lea.id, &new).await.unwrap();
    console.press("pressing 3 chemises");
    console.sees("pressing 3 chemises");
    console.press(key::ENTER);
    console.sees(&fr("connection-signed-out"));
    console.sees(":connexion");
    // Work goes on.
    console.press("pain 2");
    console.sees("pain 2");
    console.press(key::ENTER);
    console.loses("pain 2");
    assert_eq!(house.number("SELECT count(*) FROM request").await, 0);
    console.press(key::ESCAPE);
    console.press(":connexion");
    console.sees(":connexion");
    console.press(key::ENTER);
    console.sees("Mot de passe de lea");
    console.press(&format!("{PASSWORD}\r"));
    console.sees("ne vont pas ensemble");
    console.press(NEW);
    console.sees(&"*".repeat(NEW.len()));
    console.press(key::ENTER);
    console.sees(&fr("connection-online"));
    crate::common::until("both arrive", async || house.number("SELECT count(*) FROM request").await == 2).await;
    console.loses("à envoyer");
    assert!(!contains(&console.printed, NEW) && !contains(&console.printed, PASSWORD), "a password is on the screen");
    assert!(!holds(desk.home.path(), NEW), "a password is on disk");
    // The new session is kept: the next start asks for nothing.
    console.signal(Signal::TERM);
    assert!(console.ends().success());
    desk.with(Size::USUAL, &[], &[]).sees(&fr("connection-online"));
    assert_eq!(house.number("SELECT count(*) FROM request").await, 2);
    house.office.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_token_in_the_file_is_read_on_demand() {
    let house = House::open(Engine::Sqlite).await;
    directory(&house.manager).await;
    let lea = house.person("lea", &[Role::Operator]).await;
    let desk = Desk::of(&house, &lea, house.office.url()).await;
    let mut console = desk.connected(Size::USUAL);
    let new = SetPassword { present: None, new: PASSWORD.to_owned() };
    house.manager.client.set_password(lea.id, &new).await.unwrap();
    console.press("n");
    console.sees(&fr("party-title"));
    console.press(key::ESCAPE);
    console.loses(&fr("party-title"));
    console.press("pressing 3 chemises");
    console.sees("> pressing 3 chemises");
    console.press(key::ENTER);
    console.loses("> pressing 3 chemises");
    console.sees(&fr("connection-signed-out"));
    console.press(key::ESCAPE);
    console.loses("Échap puis :connexion");
    console.press(":connexion\r");
    // The old one is still there.
    console.sees("Mettez-en un nouveau dans");
    fs::write(desk.home.path().join("token"), crate::common::session(&house.office, "lea").await).unwrap();
    console.press(":connexion\r");
    console.sees(&fr("connection-online"));
    crate::common::until("it arrives", async || house.number("SELECT count(*) FROM request").await == 1).await;
    house.office.stop().await;
}
