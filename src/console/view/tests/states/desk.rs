//! The desk of a permanence.

use super::*;
use crate::console::{
    keymap::{Commands, Extra},
    model::coach::{Begins, Coach, Sentence},
};

/// The open desk, where the labels of these running numbers were scanned and these keys pressed.
fn desk(look: Look, scanned: &[&str], keys: &[&str]) -> Model {
    let mut model = look.seat(fixtures::desk::open());
    for serial in scanned {
        let label = fixtures::desk::label(serial.parse().unwrap());
        fixtures::desk::scan(&mut model, &label);
    }
    after(model, keys)
}

/// Yesterday nobody opened the desk of Bruges: it is looked at where the permanences are.
fn not_held(look: Look) -> Model {
    let mut model = look.seat(fixtures::afternoon());
    comes(&mut model, &fixtures::desk::not_held());
    after(model, &["Tab", "Tab", "g"])
}

/// The desk of somebody who practises, after these keys.
fn practised(look: Look, keys: &[&str]) -> Model {
    let mut model = look.seat(fixtures::desk::open());
    model.commands = Commands::with(vec![Extra { id: "skip", french: "suite", english: "skip" }]);
    let said = |key: &str, variables: &[(&'static str, &str)]| Sentence {
        key: format!("practice-{key}"),
        variables: variables.iter().map(|(name, value)| (*name, (*value).to_owned())).collect(),
    };
    let coach = Coach {
        title: said("title", &[("step", "4"), ("count", "8")]),
        skip: Some("skip"),
        scene: said("deposit", &[("who", "Mme Montagnier"), ("count", "3"), ("label", "4050004")]),
        advice: said("deposit-do", &[("name", "Montagnier"), ("count", "3"), ("label", "4050004")]),
        begins: Begins::InField,
    };
    let at = model.now;
    update(&mut model, at, Message::Coached(Box::new(coach)));
    after(model, keys)
}

pub const STATES: &[State] = &[
    both("desk-practice", InField, |look| practised(look, &[])),
    both("desk-practice-list", OnRow, |look| practised(look, &["Esc"])),
    state("desk-practice-closing", InPrompt, |look| practised(look, &["Esc", "o"])),
    state("practice-elsewhere", OnRow, |look| practised(look, &["Esc", "4"])),
    both("desk", InField, |look| look.seat(fixtures::desk::open())),
    state("desk-planned", InField, |look| look.seat(fixtures::desk::planned())),
    both("desk-scanned", InField, |look| desk(look, &["401234"], &[])),
    state("desk-scanned-elsewhere", InField, |look| desk(look, &["401238"], &[])),
    state("desk-scanned-gone", InField, |look| desk(look, &["401239"], &[])),
    state("desk-handed-back", InField, |look| desk(look, &["401234"], &["Enter"])),
    both("desk-ways", InPrompt, |look| desk(look, &["401234"], &["Down"])),
    state("desk-smudged", InField, |look| {
        let mut model = look.seat(fixtures::desk::open());
        fixtures::desk::scan(&mut model, "4012340");
        model
    }),
    state("desk-list", OnRow, |look| desk(look, &[], &["Esc"])),
    both("desk-expected", InField, |look| desk(look, &[], &["Tab"])),
    state("desk-taking", InField, |look| desk(look, &[], &["Tab", "Esc", "Enter"])),
    state("desk-counted", InPrompt, |look| {
        let mut model = desk(look, &[], &["Tab", "Esc", "Enter"]);
        fixtures::desk::scan(&mut model, &fixtures::desk::label(405_000));
        after(model, &["Enter"])
    }),
    state("desk-callbacks", InField, |look| desk(look, &[], &["Tab", "Tab"])),
    both("desk-lockers", OnRow, |look| desk(look, &[], &["Tab", "Tab", "Tab", "Esc"])),
    state("desk-locker", InPrompt, |look| desk(look, &[], &["Tab", "Tab", "Tab", "Esc", "Enter"])),
    state("desk-locker-reserved", InPrompt, |look| {
        let model = desk(look, &[], &["Tab", "Tab", "Tab", "Esc", "Down"]);
        after(has_mail(model, DURAND, "claire.durand@metropole.example"), &["Enter"])
    }),
    state("desk-exceptions", OnRow, |look| desk(look, &[], &["Esc", "Shift-Tab"])),
    both("desk-pay", InPrompt, |look| desk(look, &["401234"], &["Esc", "Esc", "$"])),
    both("desk-leftover", InPrompt, |look| desk(look, &[], &["Esc", "o"])),
    state("desk-cash", InPrompt, |look| desk(look, &[], &["Esc", "o", "1"])),
    state("desk-cash-differs", InPrompt, |look| {
        let mut model = desk(look, &[], &["Esc", "o", "1"]);
        type_in(&mut model, "40");
        after(model, &["Enter"])
    }),
    both("desk-where", OnText, |look| {
        let mut model = desk(look, &[], &["Esc", ":"]);
        type_in(&mut model, &format!("où {}", fixtures::desk::label(401_236)));
        after(model, &["Enter"])
    }),
    both("desk-print", InPrompt, |look| {
        let mut model = desk(look, &[], &["Esc", ":"]);
        let command = if look.language == Language::Fr { "imprimer" } else { "print" };
        type_in(&mut model, command);
        after(has_mail(model, BLANC, "louis.blanc@metropole.example"), &["Enter"])
    }),
    both("not-held", OnRow, not_held),
    state("not-held-why", InPrompt, |look| after(not_held(look), &["i"])),
    state("desk-new-request", InField, |look| desk(look, &[], &["Esc", "n"])),
];
