//! Recurring orders: their list, one of them, their dates.

use super::*;

pub const STATES: &[State] = &[
    both("recurring", OnRow, |look| look.recurring(&["g"])),
    state("recurring-stopped", OnRow, |look| look.recurring(&["G"])),
    both("recurring-one", OnText, |look| look.recurring(&["g", "Enter"])),
    state("recurring-pause", InPrompt, |look| look.recurring(&["g", "s"])),
    state("recurring-resume", InPrompt, |look| look.recurring(&["g", "Down", "Down", "s"])),
    state("recurring-end", InPrompt, |look| look.recurring(&["g", "Del", "1"])),
    both("recurring-edit", InPrompt, |look| look.recurring(&["g", "e"])),
    state("recurring-rhythm", InField, |look| look.recurring(&["g", "e", "1"])),
    state("recurring-changed", InPrompt, |look| {
        let mut model = look.recurring(&["g", "e", "3"]);
        type_in(&mut model, "3");
        after(model, &["Enter"])
    }),
    state("recurring-none", OnText, |look| {
        let mut model = look.day();
        fixtures::recurring::list(&mut model);
        model
    }),
    both("recurring-dates", InPrompt, |look| {
        let mut model = after(look.seat(fixtures::recurring::week()), &["2", "g"]);
        while model.dispatch.selected() != Some(Item::Request(id(fixtures::recurring::DATES[0]))) {
            press(&mut model, &["Down"]);
        }
        after(model, &["a"])
    }),
    state("recurring-card", OnText, |look| {
        let mut model = after(look.seat(fixtures::recurring::week()), &["4", "g"]);
        while model.requests.list.selected() != Some(id(fixtures::recurring::DATES[0])) {
            press(&mut model, &["Down"]);
        }
        after(model, &["Enter"])
    }),
    state("recurring-person", InField, |look| {
        let mut model = look.seat(fixtures::recurring::week());
        press(&mut model, &["Ctrl-O", "Ctrl-O"]);
        told_about(&mut model, DURAND);
        model
    }),
    state("recurring-saved", InField, |look| look.said("2 pain chaque mardi et vendredi midi", &["Enter"])),
];
