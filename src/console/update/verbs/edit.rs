//! Changing a field: which one, by number; then its value, by number or typed. What was drawn is what the edit says it saw.

use super::{proposal, said};
use crate::{
    console::{
        keymap::Action,
        model::{
            Model,
            prompt::{Act, Drawn, Edited, Prompt, Wording},
        },
        view::{recurring, words},
    },
    domain::{
        clock::Urgency,
        door::Door,
        entity::{Edit, Entity, FieldEdit},
        entry::{Choice, Chosen, Confidence, HandOver, Read, Reading, Setting, Vocabulary, read},
        holiday::Holiday,
        operator::Language,
        permanence::{Permanence, PermanenceState},
        recurrence::Recurrence,
        register::Standing,
        request::{Handover, Payer, Quantity, Request, RequestFields, Requester},
        service::Service,
        site::Site,
        texts::ShortText,
        time::{When, Window},
    },
    i18n::say,
    replica::Kept,
    text::{fold, neutral},
    wire::catalogue::Command,
};
use jiff::civil::{Date, Time, time};
use serde::Serialize;
use serde_json::Value;
use std::sync::Arc;

/// Values that a prompt numbers.
const NUMBERED: usize = 9;

/// Asks which field is to be changed, each with its present value.
pub fn which_field(model: &Model, rows: &[Drawn]) -> Option<Prompt> {
    let language = model.seat.language;
    let fields: &[Edited] = match rows.first()? {
        Drawn::Request(_) => &Edited::REQUEST,
        Drawn::Permanence(_) => &Edited::PERMANENCE,
        _ => return None,
    };
    let sentence = say(language, "prompt-edit", &proposal::what(model, rows));
    let mut prompt = Prompt::about(Action::Edit, rows.to_vec(), sentence);
    for field in fields {
        let present = match rows {
            [row] => present(model, row, *field),
            _ => None,
        };
        let name = field_word(language, *field);
        let words = present.map_or(name.clone(), |present| format!("{name} ({present})"));
        prompt = prompt.with(words, Act::Ask(Box::new(value_of(model, rows, *field))));
    }
    Some(prompt)
}

/// What a field is called.
pub fn field_word(language: Language, field: Edited) -> String {
    say(language, &format!("field-{}", field.name()), &[])
}

/// Asks for the value of a field.
pub fn value_of(model: &Model, rows: &[Drawn], field: Edited) -> Prompt {
    let language = model.seat.language;
    let sentence = say(language, "prompt-value", &[("field", field_word(language, field))]);
    let prompt = Prompt::about(Action::Edit, rows.to_vec(), sentence);
    let first = rows.first();
    if field == Edited::Who {
        let search = first.map_or(Act::Nothing, |row| Act::Who(row.item()));
        return prompt.with(say(language, "choice-search-person", &[]), search);
    }
    let request = first.and_then(Drawn::request).map(|(_, request)| request);
    let give = |(words, value): (String, Value)| (words, Act::Give(commands(rows, field, &value)));
    let choices = values(model, request, field).into_iter().take(NUMBERED).map(give);
    let mut prompt = choices.fold(prompt, |prompt, (words, act)| prompt.with(words, act));
    if field == Edited::Handover {
        let address = Act::Ask(Box::new(value_of(model, rows, Edited::Home)));
        prompt = prompt.with(say(language, "choice-home", &[]), address);
    }
    let mut prompt = prompt.or_words(Wording::Value(field));
    // A text is changed where it stands.
    if let (Edited::Detail | Edited::DeskNote | Edited::Home, [row], Some((_, typed))) =
        (field, rows, &mut prompt.typed)
    {
        typed.replace(present(model, row, field).unwrap_or_default());
    }
    prompt
}

/// The values that can be chosen by number, the likeliest first.
pub fn values(model: &Model, request: Option<&Request>, field: Edited) -> Vec<(String, Value)> {
    let language = model.seat.language;
    match field {
        Edited::When => {
            next_desk(model, request).into_iter().map(|when| (words::when(language, &when), json(&when))).collect()
        }
        Edited::Site => {
            sites(model).map(|site| (neutral(site.fields.name.as_str()).into_owned(), json(&site.id))).collect()
        }
        Edited::Handover => [Handover::Permanence, Handover::Locker, Handover::OnSite]
            .iter()
            .map(|handover| (said::handover(language, handover), json(handover)))
            .collect(),
        Edited::Payer => {
            [Payer::Person, Payer::Client].iter().map(|payer| (said::payer(language, *payer), json(payer))).collect()
        }
        Edited::Urgency => [(Urgency::Urgent, "urgency-urgent"), (Urgency::Normal, "urgency-normal")]
            .iter()
            .map(|(urgency, key)| (say(language, key, &[]), json(urgency)))
            .collect(),
        Edited::Detail | Edited::DeskNote => vec![(say(language, "choice-nothing", &[]), Value::Null)],
        Edited::Who
        | Edited::Service
        | Edited::Quantity
        | Edited::Home
        | Edited::Rhythm
        | Edited::TimeOfDay
        | Edited::Hours => Vec::new(),
    }
}

fn json(value: &impl Serialize) -> Value {
    // What the domain made has a JSON form.
    serde_json::to_value(value).unwrap_or_default()
}

fn sites(model: &Model) -> impl Iterator<Item = &Site> {
    model.world.board.all::<Site>().map(|shown| &**shown.row).filter(|site| site.standing == Standing::Active)
}

/// The next desk of the request's site: that is when most things are wanted.
fn next_desk(model: &Model, request: Option<&Request>) -> Option<When> {
    let site = request.and_then(|request| request.fields.site_id);
    let now = model.now.civil(&model.world.zone(site));
    let comes = |row: &&Permanence| {
        row.state == PermanenceState::Planned
            && Some(row.fields.site_id) == site
            && row.fields.window.date().to_datetime(row.fields.window.from()) > now
    };
    let rows = model.world.board.all::<Permanence>().map(|shown| &**shown.row);
    let starts = rows.filter(comes).map(|row| row.fields.window.date().to_datetime(row.fields.window.from()));
    starts.min().map(|at| When::Due { at })
}

/// What stands in a field, in words; none for nothing.
pub fn present(model: &Model, row: &Drawn, field: Edited) -> Option<String> {
    let language = model.seat.language;
    if let Some((_, desk)) = row.permanence() {
        return match field {
            Edited::Hours => Some(words::window(language, &desk.fields.window)),
            Edited::DeskNote => desk.fields.note.as_ref().map(|note| neutral(note.as_str()).into_owned()),
            _ => None,
        };
    }
    let fields = &row.request()?.1.fields;
    match field {
        Edited::Who => match fields.requester.as_ref()? {
            Requester::Person { id } => model.world.person(*id).map(|person| words::person_short(person)),
            Requester::Organisation { contact_person, .. } => Some(neutral(contact_person.as_str()).into_owned()),
        },
        Edited::Service => model.world.service(fields.service_id?).map(|service| said::service_name(language, service)),
        Edited::Quantity => Some(u32::from(fields.quantity).to_string()),
        Edited::When => fields.when.as_ref().map(|when| words::when(language, when)),
        Edited::Site => model.world.site(fields.site_id?).map(|site| neutral(site.fields.name.as_str()).into_owned()),
        Edited::Handover => fields.handover.as_ref().map(|handover| said::handover(language, handover)),
        Edited::Payer => fields.payer.map(|payer| said::payer(language, payer)),
        Edited::Detail => fields.detail.as_ref().map(|detail| neutral(detail.as_str()).into_owned()),
        Edited::Urgency => (fields.urgency == Urgency::Urgent).then(|| say(language, "urgency-urgent", &[])),
        Edited::Home => home(model, fields).map(|door| neutral(&door.to_string()).into_owned()),
        Edited::Rhythm | Edited::TimeOfDay | Edited::Hours | Edited::DeskNote => None,
    }
}

/// The door to which a request is brought, with where it lies; that of who asks, if it goes elsewhere yet.
fn home(model: &Model, fields: &RequestFields) -> Option<Door> {
    let person = match fields.requester.as_ref() {
        Some(Requester::Person { id }) => model.world.person(*id),
        _ => None,
    };
    match &fields.handover {
        Some(Handover::Home { address }) => {
            let position = person.and_then(|person| person.fields.position_of(address));
            Some(Door { address: address.clone(), position })
        }
        _ => person.and_then(|person| person.fields.addresses.first().cloned()),
    }
}

/// A value of a field as words, for who compares two of them.
pub fn value_words(model: &Model, field: &str, value: &Value) -> String {
    let language = model.seat.language;
    let read = |value: &Value| -> Option<String> {
        let value = value.clone();
        Some(match Edited::named(field)? {
            Edited::When => words::when(language, &serde_json::from_value(value).ok()?),
            Edited::Hours => words::window(language, &serde_json::from_value(value).ok()?),
            Edited::Rhythm => crate::i18n::job::recurrence(language, &serde_json::from_value(value).ok()?),
            Edited::TimeOfDay => recurring::part_of_day(serde_json::from_value(value).ok()?),
            Edited::Service => said::service_name(language, model.world.service(serde_json::from_value(value).ok()?)?),
            Edited::Site => {
                let site = model.world.site(serde_json::from_value(value).ok()?)?;
                neutral(site.fields.name.as_str()).into_owned()
            }
            Edited::Handover => said::handover(language, &serde_json::from_value(value).ok()?),
            Edited::Payer => said::payer(language, serde_json::from_value(value).ok()?),
            Edited::Urgency => match serde_json::from_value(value).ok()? {
                Urgency::Urgent => say(language, "urgency-urgent", &[]),
                Urgency::Normal => say(language, "urgency-normal", &[]),
            },
            Edited::Who => match serde_json::from_value(value).ok()? {
                Requester::Person { id } => words::person_short(model.world.person(id)?),
                Requester::Organisation { contact_person, .. } => contact_person.to_string(),
            },
            Edited::Home | Edited::Quantity | Edited::Detail | Edited::DeskNote => return None,
        })
    };
    let plain = match value {
        Value::Null => say(language, "choice-nothing", &[]),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    neutral(&read(value).unwrap_or(plain)).into_owned()
}

/// The edits that put a value into a field of these rows, each with what was drawn there; none where it stands already.
pub fn commands(rows: &[Drawn], field: Edited, value: &Value) -> Vec<Command> {
    let edit = |row: Value| {
        let seen = row.get(field.name()).cloned().unwrap_or_default();
        let new = value.clone();
        (seen != new).then(|| Edit { fields: [(field.name().to_owned(), FieldEdit { seen, new })].into() })
    };
    let command = |row: &Drawn| match row {
        Drawn::Request(row) => Some(Command::EditRequest { id: row.id(), body: edit(json(&**row))? }),
        Drawn::Permanence(row) => Some(Command::EditPermanence { id: row.id(), body: edit(json(&**row))? }),
        _ => None,
    };
    rows.iter().filter_map(command).collect()
}

/// The value that was typed for a field: read as the entry line reads it.
///
/// # Errors
/// A sentence that says that it was not understood.
pub fn typed(model: &Model, row: Option<&Drawn>, field: Edited, text: &str) -> Result<Value, String> {
    let short = || text.parse::<ShortText>().ok();
    let value = match (field, row) {
        (Edited::Detail | Edited::DeskNote, _) => short().map(|text| json(&text)),
        (Edited::Home, _) => short().map(|address| json(&Handover::Home { address })),
        (Edited::Hours, Some(Drawn::Permanence(desk))) => {
            hours(text, desk.fields.window.date()).map(|hours| json(&hours))
        }
        (_, Some(Drawn::Request(request))) => read_value(model, request, field, text),
        _ => None,
    };
    let language = model.seat.language;
    value.ok_or_else(|| say(language, "value-not-read", &[("field", field_word(language, field))]))
}

/// The door to which it is brought, which is noted with its position in the record of who asks: `12 rue des Acacias @44.809, -0.548`. What
/// is asked for next time, and what is planned, find it there.
///
/// # Errors
/// A sentence that says that it was not understood, or that nobody's record takes the position.
pub fn home_typed(model: &Model, rows: &[Drawn], text: &str) -> Result<Vec<Command>, String> {
    let language = model.seat.language;
    let not_read = |_| say(language, "value-not-read", &[("field", field_word(language, Edited::Home))]);
    let door: Door = text.parse().map_err(not_read)?;
    let mut given = commands(rows, Edited::Home, &json(&Handover::Home { address: door.address.clone() }));
    if door.position.is_none() {
        return Ok(given);
    }
    let asks = rows.iter().filter_map(|row| row.request()?.1.fields.requester.as_ref());
    let persons = asks.filter_map(|requester| match requester {
        Requester::Person { id } => model.world.person(*id),
        Requester::Organisation { .. } => None,
    });
    let mut noted = 0;
    for person in persons {
        noted += 1;
        let (seen, new) = (json(&person.fields.addresses), json(&person.fields.with_address(door.clone())));
        let body =
            Edit { fields: [("addresses".to_owned(), FieldEdit { seen: seen.clone(), new: new.clone() })].into() };
        let command = Command::EditBeneficiary { id: person.id, body };
        if seen != new && !given.contains(&command) {
            given.push(command);
        }
    }
    if noted < rows.len() { Err(say(language, "value-position-nobody", &[])) } else { Ok(given) }
}

fn read_value(model: &Model, request: &Request, field: Edited, text: &str) -> Option<Value> {
    if let (Edited::Quantity, Ok(number)) = (field, text.trim().parse::<u32>()) {
        return Quantity::try_from(number).ok().map(|quantity| json(&quantity));
    }
    if let (Edited::When, Some(when)) = (field, request.fields.when.as_ref().and_then(|when| at_that_hour(text, when)))
    {
        return Some(json(&when));
    }
    let mut chosen = Chosen::default();
    if let (Some(service), true) = (request.fields.service_id, field != Edited::Service) {
        // What is asked for decides how the other words are meant.
        chosen.choose(Choice::Service(Some(service)));
    }
    let reading = read(text, &vocabulary(model), &setting(model, request), &chosen);
    match field {
        Edited::Service => told(reading.service).map(|read| json(&read.value)),
        Edited::Quantity => told(Some(reading.quantity)).map(|read| json(&read.value)),
        Edited::When => told(reading.when).map(|read| json(&read.value)),
        Edited::Site => told(reading.site).map(|read| json(&read.value)),
        Edited::Handover => {
            let settled = told(reading.handover).and_then(|read| read.value.settled());
            let home = || text.parse().ok().map(|address| Handover::Home { address });
            settled.or_else(home).map(|handover| json(&handover))
        }
        Edited::Payer => told(reading.payer).map(|read| json(&read.value)),
        Edited::Urgency => told(Some(reading.urgency)).map(|read| json(&read.value)),
        Edited::Who
        | Edited::Home
        | Edited::Detail
        | Edited::Rhythm
        | Edited::TimeOfDay
        | Edited::Hours
        | Edited::DeskNote => None,
    }
}

/// The time that somebody else says for a job: it may be one on which the house itself is closed.
pub fn time_said(model: &Model, request: &Request, text: &str) -> Option<When> {
    let at_that_hour = request.fields.when.as_ref().and_then(|when| at_that_hour(text, when));
    at_that_hour.or_else(|| time_read(model, request, text))
}

/// A time that has to do with a job; an hour without its day is one of the day of `near`.
pub fn time_said_near(model: &Model, request: &Request, near: &When, text: &str) -> Option<When> {
    at_that_hour(text, near).or_else(|| time_read(model, request, text))
}

/// A time as the entry line reads it.
fn time_read(model: &Model, request: &Request, text: &str) -> Option<When> {
    let setting = Setting { handover: None, ..setting(model, request) };
    let reading = read(text, &vocabulary(model), &setting, &Chosen::default());
    reading.when.filter(|read| !read.why.words.is_empty()).map(|read| read.value)
}

/// How something comes again, as the entry line reads it; it may be in doubt.
pub fn recurrence_said(model: &Model, request: &Request, text: &str) -> Option<Read<Recurrence>> {
    let mut chosen = Chosen::default();
    chosen.choose(Choice::Service(request.fields.service_id));
    let reading = read(text, &vocabulary(model), &setting(model, request), &chosen);
    reading.recurrence.filter(|read| !read.why.words.is_empty())
}

/// What was said in words and is not in doubt; what is supposed beside words that say something else is no answer.
fn told<T>(read: Option<Read<T>>) -> Option<Read<T>> {
    read.filter(|read| !read.why.words.is_empty() && read.confidence > Confidence::Doubtful)
}

/// An hour said without its day is one of the day that it was agreed for.
fn at_that_hour(text: &str, before: &When) -> Option<When> {
    let day = match before {
        When::Due { at } => at.date(),
        When::Window(window) => window.date(),
    };
    Some(When::Due { at: day.to_datetime(clock(text.trim())?) })
}

/// The directory's words: those that the entry line reads by, or arranged for this once where they are not or no longer right.
fn vocabulary(model: &Model) -> Arc<Vocabulary> {
    fn all<E: Kept + Clone>(model: &Model) -> Vec<E> {
        model.world.board.all::<E>().map(|shown| (**shown.row).clone()).collect()
    }
    let world = &model.world;
    if let Some(arranged) = world.vocabulary.as_ref().filter(|_| world.arranged == world.directory) {
        return Arc::clone(arranged);
    }
    let policy = world.board.replica().policy().map(|policy| policy.fields.clone()).unwrap_or_default();
    Arc::new(Vocabulary::new(&all::<Service>(model), &all::<Site>(model), &all::<Holiday>(model), &policy))
}

fn setting(model: &Model, request: &Request) -> Setting {
    let site = request.fields.site_id;
    let desks = model.world.board.all::<Permanence>().map(|shown| shown.row);
    let desks = desks.filter(|desk| matches!(desk.state, PermanenceState::Planned | PermanenceState::Open));
    Setting {
        site,
        handover: request.fields.handover.as_ref().map(HandOver::from),
        payer: request.fields.payer,
        permanences: desks.map(|desk| (desk.fields.site_id, desk.fields.window)).collect(),
        ..Setting::at(model.now.civil(&model.world.zone(site)), model.seat.language)
    }
}

/// What becomes a request of its own, as it is read; what it does not say it has from the first.
pub fn split_off(model: &Model, request: &Request, text: &str) -> RequestFields {
    let setting = Setting { site: None, payer: None, handover: None, ..setting(model, request) };
    let reading = read(text, &vocabulary(model), &setting, &Chosen::default());
    let requester = request.fields.requester.clone();
    let fields = reading.fields(text, request.fields.channel, requester, request.fields.contact_id);
    let site_id = fields.site_id.or(request.fields.site_id);
    let when = fields.when.or(request.fields.when);
    RequestFields { site_id, when, payer: fields.payer.or(request.fields.payer), ..fields }
}

/// The parts of a request's text: the orders that are read in it, else its lines; none where it is but one.
pub fn pieces(model: &Model, request: &Request) -> Vec<String> {
    let Some(text) = &request.fields.text else { return Vec::new() };
    let text = text.as_str();
    let lines: Vec<String> = text.split(['\n', ';', '+']).filter_map(trimmed).collect();
    if lines.len() > 1 {
        return lines;
    }
    let reading = read(text, &vocabulary(model), &setting(model, request), &Chosen::default());
    let orders = std::iter::once(&reading).chain(&reading.further);
    let orders: Vec<String> = orders.filter_map(|order| trimmed(text.get(extent(order)?)?)).collect();
    if orders.len() > 1 { orders } else { Vec::new() }
}

/// From the first word of an order to its last.
fn extent(order: &Reading) -> Option<std::ops::Range<usize>> {
    let words = [
        Some(&order.quantity.why.words),
        order.service.as_ref().map(|read| &read.why.words),
        order.detail.as_ref().map(|read| &read.why.words),
    ];
    let words = || words.iter().flatten().flat_map(|words| words.iter());
    Some(words().map(|range| range.start).min()?..words().map(|range| range.end).max()?)
}

fn trimmed(part: &str) -> Option<String> {
    let part = part.trim().trim_matches([' ', '-', '•', '*', ',', '.']);
    (!part.is_empty()).then(|| neutral(part).into_owned())
}

/// `12-14`, `12:00-14:30`, `9h30-11h`.
fn hours(text: &str, date: Date) -> Option<Window> {
    let (from, to) = text.split_once(['-', '–'])?;
    let hour = |text: &str| clock(text).or_else(|| Time::new(text.trim().parse().ok()?, 0, 0, 0).ok());
    Window::new(date, hour(from)?, hour(to)?).ok()
}

/// `12h`, `12h30`, `12:30`, `midi`; a bare number is no time, for it may be a day.
fn clock(text: &str) -> Option<Time> {
    let text = fold(&text.replace(':', "h"));
    if matches!(text.as_str(), "midi" | "noon") {
        return Some(time(12, 0, 0, 0));
    }
    let (hour, minute) = text.split_once('h')?;
    let minute = if minute.is_empty() { 0 } else { minute.parse().ok()? };
    Time::new(hour.parse().ok()?, minute, 0, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use rstest::rstest;

    #[rstest]
    #[case("12-14", 12, 0, 14, 0)]
    #[case("9h30-11:15", 9, 30, 11, 15)]
    fn hours_are_read_as_they_are_said(
        #[case] text: &str,
        #[case] h: i8,
        #[case] m: i8,
        #[case] to: i8,
        #[case] to_m: i8,
    ) {
        let window = hours(text, date(2026, 11, 24)).unwrap();
        assert_eq!((window.from(), window.to()), (time(h, m, 0, 0), time(to, to_m, 0, 0)));
    }
}
