//! What comes in, who it is, and the entry line.

use super::*;

/// Somebody whose number says this much rings before anybody else, and is answered.
fn answered(mut model: Model, from: &str, party: Party) -> Model {
    comes(&mut model, &call(140, Some(from), party, &[("ring", 18)]));
    let effects = press(&mut model, &["F2"]);
    granted(&mut model, &effects);
    model
}

/// Once what is looked at was read.
fn read(mut model: Model) -> Model {
    let at = model.now;
    update(&mut model, at, Message::Woke);
    model
}

fn claimed_by(operator: u128, contact: u128) -> Claim {
    let subject = ClaimSubject::Contact { id: id::<ContactId>(contact) };
    Claim::create(id(180), subject, None, id(operator), now())
}

/// Paul was quicker: the office refuses the claim that was asked for.
fn refused(model: &mut Model, effects: &Effects) {
    comes(model, &claimed_by(PAUL, RINGS));
    for effect in effects {
        let crate::console::effect::Effect::Ask(given) = effect else { continue };
        let problem = Problem::new(ProblemKind::Busy).with("cause", "claimed").with("by", id::<OperatorId>(PAUL));
        told(model, LinkEvent::Refused { key: given.key, problem: Box::new(problem) });
    }
}

pub const STATES: &[State] = &[
    // What comes in.
    state("starting", Nowhere, |look| {
        let mut model = look.seat(fixtures::empty());
        model.connection = Connection::Starting { as_of: None };
        model
    }),
    state("nothing", Nowhere, |look| look.seat(fixtures::nothing())),
    state("nothing-mail", Nowhere, |look| after(look.seat(fixtures::nothing()), &["Tab"])),
    state("nothing-permanences", Nowhere, |look| after(look.seat(fixtures::nothing()), &["Tab", "Tab"])),
    state("ring", OnRow, |look| {
        let mut model = look.quiet();
        comes(&mut model, &call(RINGS, Some("+33536491234"), party(PETIT), &[("ring", 12)]));
        model
    }),
    both("phone", OnRow, Look::afternoon),
    both("on-the-phone", InField, Look::on_the_phone),
    both("address-bounces", InField, |look| bounces(look.on_the_phone(), DURAND, "claire.durand@metropole.example")),
    state("to-finish", InField, |look| {
        let mut model = look.on_the_phone();
        line_is(&mut model, ON_LINE, "hangup");
        model
    }),
    state("taken-by-another", OnRow, |look| {
        let mut model = look.on(Lane::Phone, Item::Contact(id(RINGS)));
        comes(&mut model, &claimed_by(PAUL, RINGS));
        model
    }),
    state("claim-lost", InField, |look| {
        let mut model = look.afternoon();
        let effects = press(&mut model, &["F2"]);
        type_in(&mut model, "2 pains vendredi");
        refused(&mut model, &effects);
        model
    }),
    state("missed", OnRow, |look| {
        let mut model = look.quiet();
        for (number, seconds) in [(150, 600), (151, 200)] {
            let seconds = [("ring", seconds), ("hangup", seconds - 40)];
            comes(&mut model, &call(number, Some("+33536495522"), party(BLANC), &seconds));
        }
        model
    }),
    state("new-above", OnRow, |look| {
        let mut model = look.quiet();
        for number in 160..176 {
            let seconds = i64::try_from(number).unwrap() * 5;
            let events = [("ring", seconds), ("hangup", seconds - 30)];
            // Each from another number: of one they would be one row.
            let from = format!("+335364955{}", number - 150);
            comes(&mut model, &call(number, Some(&from), party(BLANC), &events));
        }
        press(&mut model, &["G"]);
        comes(&mut model, &call(RINGS, Some("+33536491234"), party(PETIT), &[("ring", 3)]));
        comes(&mut model, &call(RINGS_HIDDEN, None, Party::Unknown, &[("ring", 1)]));
        model
    }),
    both("mail", OnRow, |look| read(look.on(Lane::Mail, Item::Contact(id(MAIL))))),
    state("mail-to-be-saved", InPrompt, |look| after(look.on(Lane::Mail, Item::Contact(id(MAIL))), &["o"])),
    state("mail-saved", OnRow, |look| after(look.on(Lane::Mail, Item::Contact(id(MAIL))), &["o", "Enter"])),
    state("mail-reply-unfolded", OnRow, |look| after(look.on(Lane::Mail, Item::Contact(id(REPLY))), &["Enter"])),
    state("mail-hostile", OnRow, |look| read(look.on(Lane::Mail, Item::Contact(id(MAIL_HOSTILE))))),
    state("mail-closed-by-another", OnRow, |look| {
        let mut model = look.on(Lane::Mail, Item::Contact(id(MAIL)));
        let mut closed: Contact = (**model.world.contact(id(MAIL)).unwrap().row).clone();
        (closed.state, closed.version) = (ContactState::WrappedUp, closed.version.next());
        comes(&mut model, &closed);
        model
    }),
    both("permanence-open", OnRow, |look| look.on(Lane::Permanences, Item::Permanence(id(DESK_OPEN)))),
    state("permanence-planned", OnRow, |look| look.on(Lane::Permanences, Item::Permanence(id(DESK_PLANNED)))),
    state("walk-in", OnRow, |look| look.on(Lane::Permanences, Item::Contact(id(AT_DESK)))),
    state("locker-drop", OnRow, |look| look.on(Lane::Permanences, Item::Contact(id(IN_LOCKER)))),
    state("incomplete", OnRow, |look| look.on(Lane::Permanences, Item::Request(id(LACKING)))),
    // Who it is.
    state("provider-calls", InField, |look| {
        answered(look.afternoon(), "+33353010203", Party::Provider { id: id(LAVOIR) })
    }),
    both("switchboard", InField, |look| {
        answered(look.quiet(), "+33536490000", Party::Switchboard { client_id: id(METROPOLE) })
    }),
    state("switchboard-narrowed", InField, |look| {
        let mut model = answered(look.quiet(), "+33536490000", Party::Switchboard { client_id: id(METROPOLE) });
        type_in(&mut model, "ma");
        model
    }),
    state("new-person", InField, |look| {
        let mut model = answered(look.quiet(), "+33536490000", Party::Switchboard { client_id: id(METROPOLE) });
        type_in(&mut model, "mme jeanne test");
        after(model, &["Enter"])
    }),
    state("unknown-caller", InField, |look| after(answered(look.quiet(), "+33639981234", Party::Unknown), &["Esc"])),
    state("several-behind-a-number", InField, |look| {
        answered(look.quiet(), "+33536495520", Party::Maybe { ids: vec![id(DURAND), id(BLANC)] })
    }),
    // The entry line.
    both("line-usual", InField, |look| look.said("", &[])),
    state("line-half-read", InField, |look| look.said("3 chem", &[])),
    both("line-complete", InField, |look| look.said("3 chemises jeudi casier", &[])),
    state("line-incomplete", InField, |look| look.said("quelque chose de bizarre", &[])),
    state("line-doubtful", InField, |look| look.said("2 panier", &["Enter"])),
    state("line-alike", InField, |look| {
        let mut model = look.said("2 pain jeudi", &["Enter"]);
        type_in(&mut model, "1 pain jeudi");
        model
    }),
    state("line-field-chosen", OnValue, |look| look.said("3 chemises jeudi", &["Down", "Down", "Right", "Down"])),
    state("line-several", InField, |look| look.said("2 pantalons et 3 chemises jeudi", &[])),
    state("line-recurs", InField, |look| look.said("2 pain chaque mardi jusqu'au 18 decembre", &[])),
    state("line-saved", InField, |look| look.said("3 chemises jeudi casier", &["Enter"])),
];
