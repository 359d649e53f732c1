//! What is looked at day by day: the rounds, and what happened.

use super::*;

pub const STATES: &[State] = &[
    // Who carries it, when.
    both("rounds", OnRow, |look| look.rounds(&["Down"])),
    both("rounds-stops", OnRow, |look| look.rounds(&["Down", "Enter"])),
    both("rounds-unplanned", OnRow, |look| look.rounds(&["Down", "Tab"])),
    state("rounds-why", OnRow, |look| look.rounds(&["Tab", "G"])),
    both("rounds-map", OnRow, |look| look.rounds(&["Down", "Tab", "Tab"])),
    both("rounds-moving", OnRow, |look| look.rounds(&["Down", "Enter", "e", "Down", "Left"])),
    both("rounds-late", OnRow, |look| {
        let mut model = look.rounds(&["Down"]);
        fixtures::rounds::agreed(&mut model, fixtures::rounds::BACK, "09:00:00", "09:05:00");
        after(model, &["Enter", "Down", "Down", "Down"])
    }),
    both("rounds-publish", InPrompt, |look| look.rounds(&["o"])),
    state("rounds-slot", InPrompt, |look| look.rounds(&["Tab", "c"])),
    state("rounds-courier", InPrompt, |look| look.rounds(&["Tab", "a"])),
    state("rounds-outcome", InPrompt, |look| look.rounds(&["Down", "i"])),
    state("rounds-underway", OnRow, |look| {
        let mut model = look.rounds(&["Down", "Enter"]);
        fixtures::rounds::taken(&mut model, fixtures::rounds::TO_LAVOIR);
        model
    }),
    state("rounds-free", OnRow, |look| look.rounds(&["G"])),
    state("rounds-empty", Nowhere, |look| look.rounds(&["<", "<", "<"])),
    // What happened.
    both("activity", Nowhere, |look| look.active(&[])),
    both("activity-clocks", Nowhere, |look| look.active(&["Tab"])),
    both("activity-ess", Nowhere, |look| look.active(&["Tab", "Tab"])),
    both("activity-providers", Nowhere, |look| look.active(&["Tab", "Tab", "Tab"])),
    both("activity-permanences", Nowhere, |look| look.active(&["Shift-Tab", "Shift-Tab"])),
    both("activity-journal", OnRow, |look| look.active(&["Shift-Tab", "Down"])),
    state("activity-year", Nowhere, |look| {
        let mut model = look.active(&["Right", "Right"]);
        let year = activity::Period { span: activity::Span::Year, ..fixtures::activity::today() };
        fixtures::activity::tells(&mut model, year, fixtures::activity::figures(year, 230));
        model
    }),
    state("activity-empty", Nowhere, |look| {
        let mut model = look.active(&["<", "<", "<"]);
        let sunday = activity::Period { day: jiff::civil::date(2026, 11, 21), ..fixtures::activity::today() };
        let mut none = fixtures::activity::figures(sunday, 1);
        (none.counted.contacts, none.counted.requests) = (Vec::new(), Vec::new());
        fixtures::activity::tells(&mut model, sunday, none);
        model
    }),
    state("activity-offline", Nowhere, |look| {
        let mut model = look.active(&[]);
        model.connection = Connection::Reconnecting { since: ago(6), retry_at: ago(-1) };
        model
    }),
    state("activity-untold", Nowhere, |look| after(look.seat(fixtures::nothing()), &["5"])),
];
