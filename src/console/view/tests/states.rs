//! Every state that the console can be in, reached as an operator reaches it: by keys, and by what the office tells.

mod days;
mod desk;
mod dispatch;
mod layers;
mod office;
mod reception;
mod recurring;
mod requests;

use crate::{
    client::{ClientError, Outage},
    config::console::TokenSource,
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

    /// A part of the register, opened by its command.
    fn registered(self, command: &str, keys: &[&str]) -> Model {
        let mut model = self.dispatching(&[":"]);
        type_in(&mut model, command);
        press(&mut model, &["Enter"]);
        after(model, keys)
    }

    /// The screen of who does what, these keys pressed.
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

/// The same where nothing came back.
fn has_mail(mut model: Model, person: u128, address: &str) -> Model {
    let mut row: Beneficiary = (**model.world.person(id(person)).unwrap()).clone();
    row.fields.emails = vec![EmailAddress::try_from(address.to_owned()).unwrap()];
    row.version = row.version.next();
    comes(&mut model, &row);
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

const TABLES: [&[State]; 8] = [
    reception::STATES,
    dispatch::STATES,
    days::STATES,
    desk::STATES,
    layers::STATES,
    recurring::STATES,
    requests::STATES,
    office::STATES,
];

/// All of them.
pub fn states() -> impl Iterator<Item = &'static State> {
    TABLES.into_iter().flatten()
}

fn tell(model: &mut Model, message: Message) {
    let at = model.now;
    update(model, at, message);
}

fn told(model: &mut Model, event: LinkEvent) {
    tell(model, Message::Link(event));
}

fn after(mut model: Model, keys: &[&str]) -> Model {
    press(&mut model, keys);
    model
}

fn no_answer() -> ClientError {
    ClientError::Unreachable(Outage::TimedOut)
}

fn broken(mut model: Model) -> Model {
    told(&mut model, LinkEvent::Disconnected { retry_in: Duration::from_secs(4), why: no_answer() });
    model
}
