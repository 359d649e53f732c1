//! Who does it: the register, what is to be given, what is out, what is held.

use super::*;

pub const STATES: &[State] = &[
    // Who does it.
    both("register", OnRow, |look| look.registered("prestataires", &[])),
    both("register-entry", OnRow, |look| look.registered("prestataires", &["Down", "Down", "Down", "Down", "Enter"])),
    state("register-typed", OnText, |look| {
        look.registered("prestataires", &["Down", "Down", "Down", "Down", "Enter", "Down", "Down", "Down", "Down", "e"])
    }),
    state("register-draft", OnRow, |look| {
        let mut model = look.registered("prestataires", &["n"]);
        type_in(&mut model, "Lavoir du Parc");
        press(&mut model, &["Esc", "Down", "Down", "Down", "Down", "Enter", "Down", "Down", "Down", "Down", "e"]);
        type_in(&mut model, ", dim 9-12");
        after(model, &["Esc"])
    }),
    state("register-draft-again", OnText, |look| {
        let mut model = look.registered("prestataires", &["Down", "Down", "Down", "Down", "Enter", "Down", "e"]);
        type_in(&mut model, " 2026");
        after(model, &["Esc", "e"])
    }),
    state("register-new", OnText, |look| look.registered("prestataires", &["n"])),
    state("register-search", OnText, |look| {
        let mut model = look.registered("prestataires", &["/"]);
        type_in(&mut model, "pres");
        model
    }),
    both("register-services", OnRow, |look| look.registered("services", &["Down"])),
    both("dispatch", OnRow, |look| look.dispatching(&[])),
    state("dispatch-out", OnRow, |look| look.dispatching(&["Down", "Down", "Down", "Down"])),
    state("dispatch-other", OnRow, |look| look.dispatching(&["Down", "Right", "Down"])),
    both("dispatch-proposed", InPrompt, |look| look.dispatching(&["Down", "a"])),
    state("dispatch-reason", InPrompt, |look| look.dispatching(&["Down", "Right", "Down", "a"])),
    state("dispatch-own-staff", InPrompt, |look| look.dispatching(&["Down", "a", "4"])),
    both("dispatch-given", OnRow, |look| look.dispatching(&["Down", "a", "Enter"])),
    state("dispatch-marked", OnRow, |look| look.dispatching(&["x", "x", "x"])),
    both("dispatch-all", InPrompt, |look| look.dispatching(&["*", "a"])),
    both("dispatch-offers", OnRow, |look| look.dispatching(&["a", "Enter", "Tab"])),
    both("dispatch-to-call", OnRow, |look| look.dispatching(&["Tab", "Tab"])),
    state("dispatch-answer", InPrompt, |look| look.dispatching(&["Tab", "Tab", "o"])),
    state("dispatch-no", InPrompt, |look| look.dispatching(&["Tab", "Tab", "o", "2"])),
    state("dispatch-other-time", InPrompt, |look| {
        let mut model = look.dispatching(&["Tab", "Tab", "o", "3"]);
        type_in(&mut model, "samedi 14h");
        after(model, &["Enter"])
    }),
    both("dispatch-problem", OnRow, |look| {
        let mut model = look.dispatching(&[]);
        fixtures::dispatch::in_the_way(&mut model);
        after(model, &["Tab", "g"])
    }),
    state("dispatch-problem-prompt", InPrompt, |look| {
        let mut model = look.dispatching(&[]);
        fixtures::dispatch::in_the_way(&mut model);
        after(model, &["Tab", "g", "o"])
    }),
    both("dispatch-held", OnRow, |look| look.dispatching(&["Tab", "Tab", "Tab"])),
    state("dispatch-held-cancel", OnRow, |look| look.dispatching(&["Tab", "Tab", "Tab", "Down"])),
    state("dispatch-held-review", InPrompt, |look| look.dispatching(&["Tab", "Tab", "Tab", "o"])),
    state("dispatch-held-give-back", InPrompt, |look| look.dispatching(&["Tab", "Tab", "Tab", "o", "2"])),
    both("dispatch-held-came-back", OnRow, |look| {
        let mut model = look.dispatching(&[]);
        fixtures::dispatch::gives_back(&mut model);
        after(model, &["Tab", "Tab", "Tab", "Down"])
    }),
    state("dispatch-held-none", OnRow, |look| {
        look.dispatching(&["Tab", "Tab", "Tab", "o", "Enter", "o", "Enter", "Tab", "Shift-Tab"])
    }),
    state("dispatch-deadline", InPrompt, |look| look.dispatching(&["Tab", "Tab", "e"])),
    both("dispatch-deadline-typed", InField, |look| {
        let mut model = look.dispatching(&["Tab", "Tab", "e", "4"]);
        type_in(&mut model, "demain 10h");
        model
    }),
    state("dispatch-deadline-less", InField, |look| {
        let mut model = look.dispatching(&["Tab", "Tab", "e", "4"]);
        type_in(&mut model, "15h");
        after(model, &["Enter"])
    }),
    state("dispatch-deadline-given", OnRow, |look| look.dispatching(&["Tab", "Tab", "e", "Enter"])),
    both("dispatch-written-to", OnText, |look| look.dispatching(&["Tab", "g", "r"])),
    both("dispatch-filter", InField, |look| {
        let mut model = look.dispatching(&["/"]);
        type_in(&mut model, "site:");
        after(model, &["Tab"])
    }),
    state("dispatch-filtered", OnRow, |look| {
        let mut model = look.dispatching(&["/"]);
        type_in(&mut model, "service:pressing");
        after(model, &["Enter"])
    }),
    state("dispatch-filtered-none", Nowhere, |look| {
        let mut model = look.dispatching(&["/"]);
        type_in(&mut model, "zzz statut:perdu");
        after(model, &["Enter"])
    }),
    state("dispatch-withdraw", InPrompt, |look| look.dispatching(&["Tab", "Del"])),
    state("dispatch-taken", OnRow, |look| {
        let mut model = look.dispatching(&["Down"]);
        let mut taken = (**model.world.request(id(WARNED)).unwrap().row).clone();
        (taken.state, taken.version) = (RequestState::Offered, taken.version.next());
        comes(&mut model, &taken);
        model
    }),
    state("dispatch-under", OnRow, |look| {
        let mut model = look.dispatching(&["Down", "Right", "Down"]);
        fixtures::dispatch::tells_figures(&mut model, 80, 81);
        model
    }),
    state("dispatch-nothing", Nowhere, |look| after(look.seat(fixtures::nothing()), &["2"])),
];
