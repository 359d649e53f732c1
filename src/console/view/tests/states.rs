//! Every state that the console can be in, reached as an operator reaches it: by keys, and by what the office tells.

use crate::{
    client::{ClientError, Outage},
    console::{
        fixtures::{
            self, afternoon, ago, call, comes, crowd, day, granted, id, known::*, line_is, now, party, press, request,
            told_about, type_in,
        },
        message::{Message, Size},
        model::{
            Model, activity,
            connection::Connection,
            reception::{Item, Lane},
        },
        update::{
            Effects,
            house::{self, House},
            letter::tests::{replied, replied_about},
            update,
        },
    },
    domain::{
        beneficiary::Beneficiary,
        claim::{Claim, ClaimSubject},
        contact::{Contact, ContactState, Party},
        email::EmailAddress,
        ids::{CommandKey, ContactId, OperatorId, RequestId},
        operator::Language,
        reply::Automatic,
        request::RequestState,
    },
    replica::{Record, link::LinkEvent},
    wire::{
        catalogue::Command,
        change::{Done, RowOutcome},
        problem::{Problem, ProblemKind},
    },
};
use jiff::SignedDuration;
use serde_json::json;
use std::time::Duration;

/// How a state is looked at.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    pub language: Language,
    pub size: Size,
}

/// The open desk, where the labels of these running numbers were scanned and these keys pressed.
fn desk(look: Look, scanned: &[&str], keys: &[&str]) -> Model {
    let mut model = look.seat(fixtures::desk::open());
    for serial in scanned {
        let label = fixtures::desk::label(serial.parse().unwrap());
        fixtures::desk::scan(&mut model, &label);
    }
    after(model, keys)
}

impl Look {
    /// A model as it is from the start in this language, on a screen of this size.
    fn seat(self, mut model: Model) -> Model {
        model.seat.language = self.language;
        tell(&mut model, Message::Resized(self.size));
        model
    }

    fn quiet(self) -> Model {
        self.seat(crowd(0))
    }

    fn day(self) -> Model {
        self.seat(day())
    }

    fn afternoon(self) -> Model {
        self.seat(afternoon())
    }

    /// The list of recurring orders, these keys pressed.
    fn recurring(self, keys: &[&str]) -> Model {
        let mut model = self.seat(fixtures::recurring::week());
        fixtures::recurring::list(&mut model);
        after(model, keys)
    }

    /// The screen of who does what, these keys pressed.
    /// A part of the register, opened by its command.
    fn registered(self, command: &str, keys: &[&str]) -> Model {
        let mut model = self.dispatching(&[":"]);
        type_in(&mut model, command);
        press(&mut model, &["Enter"]);
        after(model, keys)
    }

    fn dispatching(self, keys: &[&str]) -> Model {
        after(self.seat(fixtures::dispatch::dispatching()), keys)
    }

    /// The screen of who carries it, these keys pressed.
    fn rounds(self, keys: &[&str]) -> Model {
        after(self.seat(fixtures::rounds::planned()), keys)
    }

    /// The screen of what happened, these keys pressed.
    fn active(self, keys: &[&str]) -> Model {
        after(self.seat(fixtures::activity::active()), keys)
    }

    /// The screen of requests, on one of them.
    fn on_request(self, number: u128) -> Model {
        let mut model = self.afternoon();
        press(&mut model, &["4", "g"]);
        while model.requests.list.selected() != Some(id(number)) {
            press(&mut model, &["Down"]);
        }
        model
    }

    /// The reception, on a row of it.
    fn on(self, lane: Lane, item: Item) -> Model {
        let mut model = self.afternoon();
        while model.reception.lane != lane {
            press(&mut model, &["Tab"]);
        }
        press(&mut model, &["g"]);
        while model.reception.selected() != Some(item) {
            press(&mut model, &["Down"]);
        }
        model
    }

    /// Mme Durand is on the line, of whom there are usual orders.
    fn on_the_phone(self) -> Model {
        let mut model = self.afternoon();
        press(&mut model, &["Ctrl-O", "Ctrl-O"]);
        told_about(&mut model, DURAND);
        model
    }

    /// The house of the example directory, a known caller on the line; these words typed, then these keys pressed.
    fn said(self, words: &str, keys: &[&str]) -> Model {
        let mut house = House::new();
        house.model = self.seat(house.model);
        house.past(&[("pain", 2, None), ("pain", 2, None), ("chemise", 3, None), ("chemise", 3, None)]);
        house.rings(house::CALL, "05 36 49 12 34", party(house::CALLER));
        house.press("F2");
        granted(&mut house.model, &house.effects);
        type_in(&mut house.model, words);
        press(&mut house.model, keys);
        house.model
    }
}

/// It is known since Monday that mail does not reach a person's address.
fn bounces(mut model: Model, person: u128, address: &str) -> Model {
    let mut row: Beneficiary = (**model.world.person(id(person)).unwrap()).clone();
    let address = EmailAddress::try_from(address.to_owned()).unwrap();
    row.fields.emails = vec![address.clone()];
    row.fields.mark_undeliverable(&address, model.now.plus(SignedDuration::from_hours(-26)), None);
    row.version = row.version.next();
    comes(&mut model, &row);
    model
}

/// Mme Martin's message is answered.
fn replying(look: Look, keys: &[&str]) -> Model {
    after(look.on(Lane::Mail, Item::Contact(id(MAIL))), keys)
}

/// Somebody whose number says this much rings before anybody else, and is answered.
fn answered(mut model: Model, from: &str, party: Party) -> Model {
    comes(&mut model, &call(140, Some(from), party, &[("ring", 18)]));
    let effects = press(&mut model, &["F2"]);
    granted(&mut model, &effects);
    model
}

/// Where the cursor stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    /// On the bar of the selected row.
    OnRow,
    /// In a field, behind its sign.
    InField,
    /// On a value of the line that is corrected.
    OnValue,
    /// At what Enter takes, or in its field.
    InPrompt,
    /// At the first line of what lies over the screen.
    OnText,
    /// Nowhere: there is no row.
    Nowhere,
}

/// A state: its name, where the cursor stands in it, whether English is looked at too, and how it is reached.
pub struct State {
    pub name: &'static str,
    pub stands: Stands,
    pub in_english: bool,
    pub reached: fn(Look) -> Model,
}

const fn state(name: &'static str, stands: Stands, reached: fn(Look) -> Model) -> State {
    State { name, stands, in_english: false, reached }
}

const fn both(name: &'static str, stands: Stands, reached: fn(Look) -> Model) -> State {
    State { in_english: true, ..state(name, stands, reached) }
}

use Stands::{InField, InPrompt, Nowhere, OnRow, OnText, OnValue};

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
    // What happened.
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
    // The desk of a permanence.
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
    state("desk-new-request", InField, |look| desk(look, &[], &["Esc", "n"])),
    // What a letter proposes.
    both("prompt-outcome", InPrompt, |look| after(look.on(Lane::Phone, Item::Contact(id(MISSED))), &["i"])),
    state("prompt-suspend", InPrompt, |look| after(look.on_request(NEW), &["s"])),
    state("prompt-merge", InPrompt, |look| after(look.on_request(SPLIT), &["m"])),
    state("prompt-split", InPrompt, |look| after(look.on_request(NEW), &["d"])),
    state("prompt-cancel-marked", InPrompt, |look| after(look.on_request(WARNED), &["x", "x", "x", "Del"])),
    state("prompt-take-over", InPrompt, |look| after(look.on_request(WARNED), &["p"])),
    state("prompt-edit", InPrompt, |look| after(look.on_request(WARNED), &["e"])),
    both("reply-blank", OnText, |look| replying(look, &["r"])),
    both("reply-recipient", OnText, |look| {
        let mut model = replying(look, &["r", "&", "Tab", "Ctrl-U"]);
        type_in(&mut model, "sophie.martin");
        model
    }),
    state("reply-recipient-wrong", OnText, |look| {
        let mut model = replying(look, &["r", "&", "Tab"]);
        type_in(&mut model, "@");
        after(model, &["Tab"])
    }),
    both("reply-beside-the-message", OnText, |look| {
        after(look.on(Lane::Mail, Item::Contact(id(REPLY))), &["r", "&", "Shift-Tab", "Down"])
    }),
    both("reply-bounces", OnText, |look| bounces(replying(look, &["r"]), MARTIN, "s.martin@poste.example")),
    state("reply-module", OnText, |look| replying(look, &["r", "&"])),
    both("reply-at-foot", OnText, |look| replying(look, &["r", "&", "Esc"])),
    state("reply-proposed", InPrompt, |look| replying(look, &["r", "&", "Esc", "o"])),
    both("reply-leaving", OnRow, |look| replying(look, &["r", "&", "Esc", "o", "2"])),
    state("reply-sent", OnRow, |look| {
        let mut model = replying(look, &[]);
        let later = model.now.plus(SignedDuration::from_secs(20));
        replied(&mut model, |reply| {
            reply.attempt(later).unwrap();
            reply.deliver(later).unwrap();
        });
        model
    }),
    both("reply-acknowledged", OnRow, |look| {
        let mut model = replying(look, &[]);
        let later = model.now.plus(SignedDuration::from_secs(20));
        replied(&mut model, |reply| {
            (reply.automatic, reply.created_by) = (Some(Automatic::Acknowledgement), None);
            reply.attempt(later).unwrap();
            reply.deliver(later).unwrap();
        });
        model
    }),
    both("reply-failed", OnRow, |look| {
        let mut model = replying(look, &[]);
        let later = model.now.plus(SignedDuration::from_secs(20));
        replied(&mut model, |reply| {
            reply.attempt(later).unwrap();
            reply.fail("550 5.1.1 no such person".parse().unwrap()).unwrap();
        });
        model
    }),
    both("reply-failed-on-card", OnText, |look| {
        let mut model = look.on_request(WARNED);
        let later = model.now.plus(SignedDuration::from_secs(20));
        replied_about(&mut model, &json!({ "request_id": id::<RequestId>(WARNED) }), |reply| {
            reply.attempt(later).unwrap();
            reply.fail("550 5.1.1 no such person".parse().unwrap()).unwrap();
        });
        after(model, &["Enter"])
    }),
    state("reply-doubtful-decided", InPrompt, |look| {
        let mut model = replying(look, &[]);
        let later = model.now.plus(SignedDuration::from_secs(20));
        replied(&mut model, |reply| {
            reply.attempt(later).unwrap();
            reply.doubt(None).unwrap();
        });
        after(model, &["r"])
    }),
    state("note", OnText, |look| {
        let mut model = after(look.on_request(ASSIGNED), &["t"]);
        type_in(&mut model, "La boulangerie ferme jeudi.");
        press(&mut model, &["Enter"]);
        type_in(&mut model, "Prévenir Mme Durand, qui préfère le courriel.");
        model
    }),
    both("palette", InField, |look| {
        let mut model = after(look.afternoon(), &[":"]);
        type_in(&mut model, "drnd");
        model
    }),
    both("help", OnText, |look| after(look.afternoon(), &["?"])),
    state("help-in-a-field", OnText, |look| after(look.on_the_phone(), &["F1"])),
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
    state("settle", OnRow, came_back),
    state("settle-field", InPrompt, |look| after(came_back(look), &["Enter"])),
    state("undone", OnRow, |look| after(look.on_request(SPLIT), &["Del", "Enter", "u"])),
    state("bulk-partly-refused", OnRow, |look| {
        let mut model = after(look.on_request(OFFERED), &["x", "x", "x", "Del", "Enter"]);
        let (key, rows) = last_bulk(&model);
        let refused = rows.len() - 1;
        let outcomes = (0..).zip(rows).map(|(place, key)| {
            let problem = (place == refused).then(|| Problem::new(ProblemKind::NotAllowed));
            RowOutcome { key, problem }
        });
        let outcomes = Some(outcomes.collect());
        told(&mut model, LinkEvent::Done(Box::new(Done { key, changes: Vec::new(), outcomes, aside: None })));
        model
    }),
    // Requests.
    state("filter-completed", InField, |look| {
        let mut model = after(look.afternoon(), &["4", "/"]);
        type_in(&mut model, "si");
        after(model, &["Tab"])
    }),
    state("filter-saved-view", InField, |look| {
        let mut model = look.afternoon();
        let mut account = model.seat.operator.clone();
        account.fields.preferences.views.insert("mes urgences".into(), "site:Bruges retard".into());
        account.version = account.version.next();
        comes(&mut model, &account);
        press(&mut model, &["4", "/"]);
        type_in(&mut model, "mes");
        after(model, &["Tab"])
    }),
    state("past-found", OnRow, |look| {
        let mut model = searched(look);
        let mut past = request(3_000, DURAND, PAIN, MERIGNAC, "2025-11-27T12:00:00", 525_000);
        past.state = RequestState::Closed;
        tell(&mut model, Message::Searched { words: "durand".into(), found: Ok(vec![past]) });
        model
    }),
    state("past-away", OnRow, |look| {
        let mut model = searched(look);
        tell(&mut model, Message::Searched { words: "durand".into(), found: Err(no_answer()) });
        model
    }),
    // The way to the office.
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

fn tell(model: &mut Model, message: Message) {
    let at = model.now;
    update(model, at, message);
}

fn told(model: &mut Model, event: LinkEvent) {
    tell(model, Message::Link(event));
}

/// Once what is looked at was read.
fn read(mut model: Model) -> Model {
    let at = model.now;
    update(&mut model, at, Message::Woke);
    model
}

fn after(mut model: Model, keys: &[&str]) -> Model {
    press(&mut model, keys);
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

fn no_answer() -> ClientError {
    ClientError::Unreachable(Outage::TimedOut)
}

fn broken(mut model: Model) -> Model {
    told(&mut model, LinkEvent::Disconnected { retry_in: Duration::from_secs(4), why: no_answer() });
    model
}

/// What is open and past of somebody, the office being asked for more.
fn searched(look: Look) -> Model {
    let mut model = after(look.afternoon(), &["4", "/"]);
    type_in(&mut model, "durand");
    after(model, &["Enter"])
}

fn last_bulk(model: &Model) -> (CommandKey, Vec<CommandKey>) {
    let entry = model.world.board.entries().last().unwrap();
    let Command::Bulk { body } = &*entry.given.command else { panic!("{:?}", entry.given.command) };
    (entry.given.key, body.rows.iter().map(|row| row.key).collect())
}

/// One command crossed another's, one was refused: both wait for their author.
fn came_back(look: Look) -> Model {
    let mut model = after(look.on_request(OFFERED), &["e", "2", "4", "Enter"]);
    let mut crossed = Problem::new(ProblemKind::FieldsMoved).with("fields", "quantity");
    let conflict = json!({ "field": "quantity", "seen": 1, "present": 3, "new": 4 });
    crossed.conflicts.push(serde_json::from_value(conflict).unwrap());
    come_back(&mut model, crossed);
    press(&mut model, &["g", "Del", "Enter"]);
    come_back(&mut model, Problem::new(ProblemKind::NotAllowed));
    press(&mut model, &[":"]);
    type_in(&mut model, "regler");
    after(model, &["Enter"])
}

fn come_back(model: &mut Model, problem: Problem) {
    let key = model.world.board.entries().last().unwrap().given.key;
    told(model, LinkEvent::Outbox(Record::Refused { key, problem: Box::new(problem) }));
}
