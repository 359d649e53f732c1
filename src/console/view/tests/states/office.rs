//! The way to the office.

use super::*;

pub const STATES: &[State] = &[
    state("as-of", OnRow, |look| {
        let mut model = look.day();
        model.connection = Connection::Starting { as_of: Some(ago(50)) };
        model
    }),
    state("reconnecting", OnRow, |look| broken(look.day())),
    both("offline", OnRow, |look| {
        let mut model = broken(look.on_request(SPLIT));
        press(&mut model, &["Del", "Enter"]);
        let later = model.now.plus(SignedDuration::from_secs(90));
        update(&mut model, later, Message::Woke);
        model
    }),
    state("signed-out", OnRow, |look| {
        let mut model = look.day();
        told(&mut model, LinkEvent::SignedOut(Box::new(Problem::new(ProblemKind::NotLoggedIn))));
        model
    }),
    state("taken-over", OnRow, |look| {
        let mut model = look.day();
        told(&mut model, LinkEvent::TakenOver);
        model
    }),
];
