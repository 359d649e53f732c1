//! Several consoles on one office: what one does is on the others' screens, and one alone wins.

use crate::{
    common::{Engine, House, directory},
    desk::{Desk, fr, rings, writes},
    pty::{Size, key},
};
use loge::domain::access::Role;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_one_does_is_on_the_others_screen() {
    let house = House::open(Engine::Sqlite).await;
    directory(&house.manager).await;
    let lea = house.person("lea", &[Role::Operator]).await;
    let paul = house.person("paul", &[Role::Operator]).await;
    let (her_desk, his_desk) =
        (Desk::of(&house, &lea, house.office.url()).await, Desk::of(&house, &paul, house.office.url()).await);
    let mut hers = her_desk.connected(Size::USUAL);
    let mut his = his_desk.connected(Size::SMALL);
    rings(&house, "1").await;
    hers.sees("05 36 49 12 34");
    his.sees("05 36 49 12 34");
    hers.press(key::CLAIM);
    his.sees("lea");
    hers.sees("> ");
    hers.press("pressing\r");
    // His card of the caller follows.
    hers.sees("26-0001");
    his.sees("26-0001");
    writes(&house, "1", "claire.durand@metropole.example", "Mes chemises").await;
    // Her line keeps the focus: the lane counts it.
    hers.sees(&format!("{} 1", fr("lane-mail")));
    his.press(key::TAB);
    his.sees("Mes chemises");
    house.office.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_that_claim_a_call_one_wins_and_the_rest_say_who() {
    let house = House::open(Engine::Sqlite).await;
    directory(&house.manager).await;
    let names = ["agathe", "basile", "corentin", "delphine"];
    let (mut desks, mut consoles) = (Vec::new(), Vec::new());
    for name in names {
        let person = house.person(name, &[Role::Operator]).await;
        let desk = Desk::of(&house, &person, house.office.url()).await;
        consoles.push(desk.connected(Size::USUAL));
        desks.push(desk);
    }
    rings(&house, "1").await;
    for console in &mut consoles {
        console.sees("05 36 49 12 34");
    }
    for console in &mut consoles {
        console.press(key::CLAIM);
    }
    crate::common::until("one has it", async || house.number("SELECT count(*) FROM claim").await == 1).await;
    let mut won = Vec::new();
    for name in names {
        let held = format!(
            "SELECT count(*) FROM claim c JOIN operator o ON CAST(c.doc AS TEXT) LIKE '%' || o.id || '%'
             WHERE CAST(o.doc AS TEXT) LIKE '%\"{name}\"%'"
        );
        if house.number(&held).await == 1 {
            won.push(name);
        }
    }
    let [winner] = won[..] else { panic!("one holds it: {won:?}") };
    for (name, console) in names.iter().zip(&mut consoles) {
        if *name != winner {
            // On the claim that was refused, on the key that came a moment late, or in the lane at least: never cut.
            console.sees(winner);
        }
    }
    assert_eq!(house.number("SELECT count(*) FROM claim WHERE state = 'live'").await, 1);
    house.office.stop().await;
}
