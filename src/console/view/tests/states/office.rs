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
    both("locked", InField, |look| {
        let mut model = broken(look.on_request(SPLIT));
        press(&mut model, &["Del", "Enter", ":"]);
        type_in(&mut model, "verrou");
        press(&mut model, &["Enter"]);
        type_in(&mut model, "secret");
        model
    }),
    state("locked-by-token", OnText, |look| {
        let mut model = look.day();
        model.way_in = TokenSource::File("jeton".into());
        press(&mut model, &[":"]);
        type_in(&mut model, "verrou");
        press(&mut model, &["Enter", "Ctrl-G"]);
        model
    }),
    state("locked-ways", InPrompt, |look| {
        let mut model = look.on_the_phone();
        type_in(&mut model, "pain");
        press(&mut model, &["Esc", ":"]);
        type_in(&mut model, "verrou");
        press(&mut model, &["Enter", "Esc"]);
        model
    }),
    state("handover", InPrompt, |look| {
        let mut model = look.on_the_phone();
        type_in(&mut model, "pain");
        press(&mut model, &["Esc", ":"]);
        type_in(&mut model, "relève");
        press(&mut model, &["Enter"]);
        model
    }),
    state("taken-over", OnRow, |look| {
        let mut model = look.day();
        told(&mut model, LinkEvent::TakenOver);
        model
    }),
];
