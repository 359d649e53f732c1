//! The cells of the desk's rows, and what a row is called in words.

use super::things::{exception, place};
use crate::{
    console::{
        model::{
            Model,
            desk::{DeskRow, Group},
            reception::Item as Row,
        },
        theme::Role,
        update::desk as update,
        view::{frame, lanes::service_name, party_card, words},
    },
    domain::{
        booking::{BookingState, Purpose},
        exception::Exception,
        ids::{BeneficiaryId, LockerId},
        locker::LockerState,
        machine::State as _,
        money::Cents,
    },
    i18n::say,
    replica::Mark,
    text::neutral,
};
use std::cmp::Ordering;

/// The cells of a row: who, what, number and service, where, money or state.
pub(super) struct Cells {
    pub(super) who: String,
    pub(super) what: String,
    pub(super) job: (String, Role),
    pub(super) place: (String, Role),
    pub(super) end: (String, Role),
}

/// How a row stands towards the office.
pub(super) fn mark(model: &Model, row: DeskRow) -> Mark {
    use crate::{domain::entity::EntityKind, replica::RowRef};
    let of = |kind, id: uuid::Uuid| model.world.board.mark(RowRef { kind, id });
    match row {
        DeskRow::Back(group) => {
            let things = model.desk.things_of(group).iter();
            things.map(|id| of(EntityKind::Item, (*id).into())).max().unwrap_or_default()
        }
        DeskRow::Expected(id) | DeskRow::Answer(Row::Request(id)) => of(EntityKind::Request, id.into()),
        DeskRow::Answer(Row::Contact(id)) => of(EntityKind::Contact, id.into()),
        DeskRow::Answer(_) => Mark::Confirmed,
        DeskRow::Locker(id) => {
            let booking = model.desk.here.bookings.get(&id).map(|id| of(EntityKind::Booking, (*id).into()));
            of(EntityKind::Locker, id.into()).max(booking.unwrap_or_default())
        }
        DeskRow::Exception(id) => of(EntityKind::Exception, id.into()),
    }
}

/// What a person owes, in words, with what it means.
pub(super) fn owes(model: &Model, person: Option<BeneficiaryId>) -> (String, Role) {
    let language = model.seat.language;
    let owed = person.map_or(Cents::ZERO, |id| model.desk.here.owed(&model.world, id));
    match owed.cmp(&Cents::ZERO) {
        Ordering::Greater => (say(language, "tab-owes", &[("sum", words::euros(language, owed))]), Role::Warn),
        Ordering::Less => (say(language, "tab-credit", &[("sum", words::euros(language, -owed))]), Role::Ok),
        Ordering::Equal => (say(language, "tab-nothing", &[]), Role::Dim),
    }
}

/// The cells of a row of any list.
pub(super) fn cells(model: &Model, row: DeskRow) -> Cells {
    let language = model.seat.language;
    let none = || (String::new(), Role::Text);
    match row {
        DeskRow::Back(group) => {
            let things = model.desk.things_of(group);
            let first = things.first().and_then(|id| model.world.thing(*id));
            let owner = model.world.owner_of_group(group);
            let job = match group {
                Group::Request(id) => model.world.request(id).map(|shown| job(model, shown.row)).unwrap_or_default(),
                Group::Thing(_) => String::new(),
            };
            Cells {
                who: update::who(model, owner),
                what: say(language, "desk-things-short", &[("count", things.len().to_string())]),
                job: (job, Role::Text),
                place: (first.map(|thing| place(model, thing)).unwrap_or_default(), Role::Text),
                end: owes(model, owner),
            }
        }
        DeskRow::Expected(id) | DeskRow::Answer(Row::Request(id)) => {
            let Some(shown) = model.world.request(id) else { return gone(model) };
            let request = shown.row;
            let today = model.seat.civil(model.now).date();
            let when = request.fields.when.as_ref().map(|when| words::when_short(language, when, today));
            let person = crate::console::model::desk::person_of(request);
            let quantity = say(language, "desk-pieces", &[("count", u32::from(request.fields.quantity).to_string())]);
            let state = say(language, &format!("state-request-{}", request.state.name()), &[]);
            let asked = request.waiting.as_ref().map(|question| neutral(question.question.as_str()).into_owned());
            Cells {
                who: update::who(model, person),
                what: quantity,
                job: (job(model, request), Role::Text),
                place: (when.unwrap_or_default(), Role::Text),
                end: asked.map_or((state, Role::Text), |asked| (asked, Role::Warn)),
            }
        }
        DeskRow::Answer(item) => {
            let Some(shown) = item.contact().and_then(|id| model.world.contact(id)) else { return gone(model) };
            let (who, _, number) = frame::caller(model, shown.row);
            let age = words::age(language, model.now.since(shown.row.occurred_at));
            Cells { who, what: age, job: (number.unwrap_or_default(), Role::Text), place: none(), end: none() }
        }
        DeskRow::Locker(id) => locker_cells(model, id),
        DeskRow::Exception(id) => {
            let Some(shown) = model.world.board.get::<Exception>(id) else { return gone(model) };
            let today = model.seat.civil(model.now).date();
            let at = words::passed(language, model.seat.civil(shown.row.fields.occurred_at), today);
            let what = exception(model, shown.row);
            Cells { who: at, what: String::new(), job: (what, Role::Text), place: none(), end: none() }
        }
    }
}

fn gone(model: &Model) -> Cells {
    let none = || (String::new(), Role::Dim);
    let who = say(model.seat.language, "row-gone", &[]);
    Cells { who, what: String::new(), job: none(), place: none(), end: none() }
}

/// A request by its number and its service.
fn job(model: &Model, request: &crate::domain::request::Request) -> String {
    let service = request.fields.service_id.and_then(|id| model.world.service(id));
    let service = service.map(|service| service_name(service, model.seat.language)).unwrap_or_default();
    format!("{} {service}", party_card::shown_number(model, request))
}

fn locker_cells(model: &Model, id: LockerId) -> Cells {
    let language = model.seat.language;
    let Some(locker) = model.world.locker(id) else { return gone(model) };
    let booking = model.desk.here.bookings.get(&id).and_then(|booking| model.world.booking(*booking));
    let name = say(language, "desk-locker", &[("name", neutral(locker.fields.name.as_str()).into_owned())]);
    let (state, role) = match booking {
        _ if locker.state == LockerState::OutOfOrder => ("locker-out-of-order", Role::Danger),
        None => ("locker-free", Role::Ok),
        Some(booking) => match (booking.state, booking.fields.purpose) {
            (BookingState::Overdue, _) => ("locker-overdue", Role::Danger),
            (BookingState::Reserved, _) => ("locker-reserved", Role::Text),
            (_, Purpose::Deposit) => ("locker-to-empty", Role::Warn),
            (_, Purpose::Pickup) => ("locker-to-fetch", Role::Text),
        },
    };
    let whose = booking.and_then(|booking| booking.fields.beneficiary_id);
    let today = model.seat.civil(model.now).date();
    let until = booking.map(|booking| {
        let until = model.seat.civil(booking.fields.until);
        let time = words::time(until.time());
        if until.date() == today { time } else { format!("{} {time}", words::weekday(language, until.weekday())) }
    });
    let why = locker.reason.as_ref().map(|reason| neutral(reason.as_str()).into_owned());
    Cells {
        who: name,
        what: String::new(),
        job: (say(language, state, &[]), role),
        place: (if booking.is_some() { update::who(model, whose) } else { String::new() }, Role::Text),
        end: (why.or(until).unwrap_or_default(), role),
    }
}

/// What a row is called: whose it is, or which locker.
pub fn name_of(model: &Model, row: DeskRow) -> String {
    cells(model, row).who
}

/// A row in words: for a view without columns.
pub fn in_words(model: &Model) -> Option<String> {
    let Cells { who, what, job, place, end } = cells(model, model.desk.selected()?);
    let parts = [who, what, job.0, place.0, end.0];
    Some(parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "))
}
