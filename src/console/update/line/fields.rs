//! Correcting a field: other values of it with ← and →, or one typed over it. What is chosen so is never overridden.

use super::read;
use crate::{
    console::model::{Model, line::EntryLine, world::World},
    domain::{
        clock::Urgency,
        entry::{Choice, Chosen, Confidence, Field, HandOver, Reading, Spans, Vocabulary, read as read_phrase},
        ids::{ServiceId, SiteId},
        money::Share,
        register::Standing,
        request::{Payer, Quantity},
        service::Service,
        site::Site,
        time::{When, Window},
    },
    text::{fold, words},
};
use jiff::{
    ToSpan,
    civil::{Date, DateTime, Time},
};

/// Days ahead that → goes through.
const DAYS: usize = 30;

/// Which other value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The one before.
    Before,
    /// The next.
    Next,
}

/// The fields that ↓ goes through: those that were understood, and those that are missing.
pub fn shown(reading: &Reading) -> Vec<Field> {
    let is_shown = |field: &Field| match field {
        Field::Detail => reading.detail.is_some(),
        Field::Recurrence => reading.recurrence.is_some(),
        _ => true,
    };
    Field::ALL.into_iter().filter(is_shown).collect()
}

/// Chooses the next or the former value of a field by hand.
pub fn other(model: &mut Model, field: Field, way: Way) {
    let Some(line) = &model.line else { return };
    let Some(reading) = &line.reading else { return };
    let Some(choice) = another(&model.world, line, reading, field, way) else { return };
    if let Some(line) = &mut model.line {
        line.chosen.choose(choice);
        line.changed();
    }
}

fn another(world: &World, line: &EntryLine, reading: &Reading, field: Field, way: Way) -> Option<Choice> {
    match field {
        Field::Service => {
            let now = reading.service.as_ref().map(|read| read.value);
            beside(&services(world, line, reading), now, way).map(|id| Choice::Service(Some(id)))
        }
        Field::Quantity => {
            let now = u32::from(reading.quantity.value);
            let other = if way == Way::Next { now.saturating_add(1) } else { now.saturating_sub(1) };
            Quantity::try_from(other).ok().map(Choice::Quantity)
        }
        Field::When => when(world, line, reading, way).map(Choice::When),
        Field::Recurrence => Some(Choice::Recurrence(None)),
        Field::Site => {
            let sites = world.board.all::<Site>().filter(|site| site.row.standing == Standing::Active);
            let now = reading.site.as_ref().map(|read| read.value);
            let sites: Vec<SiteId> = sites.map(|site| site.row.id).collect();
            beside(&sites, now, way).map(Choice::Site)
        }
        Field::Handover => {
            let home = line.setting.as_ref().and_then(|setting| setting.home.clone());
            let home = HandOver::Home { address: home };
            let mut ways = vec![HandOver::Permanence, HandOver::Locker { name: None }, home, HandOver::OnSite];
            let now = reading.handover.as_ref().map(|read| read.value.clone());
            if let Some(now) = &now
                && !ways.contains(now)
            {
                ways.push(now.clone());
            }
            beside(&ways, now, way).map(Choice::Handover)
        }
        Field::Payer => {
            let half = Share::new(5_000).ok().map(|client| Payer::Shared { client });
            let payers: Vec<Payer> = [Some(Payer::Person), Some(Payer::Client), half].into_iter().flatten().collect();
            beside(&payers, reading.payer.as_ref().map(|read| read.value), way).map(Choice::Payer)
        }
        Field::Urgency => {
            beside(&[Urgency::Normal, Urgency::Urgent], Some(reading.urgency.value), way).map(Choice::Urgency)
        }
        Field::Detail => None,
    }
}

/// The value beside the present one, round at the ends; without one the first.
fn beside<T: Clone + PartialEq>(values: &[T], now: Option<T>, way: Way) -> Option<T> {
    let place = now.and_then(|now| values.iter().position(|value| *value == now));
    let last = values.len().checked_sub(1)?;
    let other = match (place, way) {
        (None, _) => 0,
        (Some(0), Way::Before) => last,
        (Some(place), Way::Before) => place - 1,
        (Some(place), Way::Next) if place == last => 0,
        (Some(place), Way::Next) => place + 1,
    };
    values.get(other).cloned()
}

/// Services as they may be meant: those that are asked about, those that the words fit, those of the same family, the rest.
fn services(world: &World, line: &EntryLine, reading: &Reading) -> Vec<ServiceId> {
    let asked: Vec<ServiceId> = (reading.question.iter().flat_map(|question| &question.answers))
        .filter_map(|answer| if let Choice::Service(id) = answer { *id } else { None })
        .collect();
    let site = reading.site.as_ref().and_then(|read| world.site(read.value));
    let offered = |service: &Service| {
        service.standing == Standing::Active
            && site.and_then(|site| site.fields.catalogue.as_ref()).is_none_or(|known| known.contains(&service.id))
    };
    let family = reading.service.as_ref().and_then(|read| world.service(read.value)).map(|row| &row.fields.family);
    let said = words(line.phrase());
    let fits = |service: &Service| {
        let fields = &service.fields;
        let texts = [Some(&fields.name), fields.name_en.as_ref()].into_iter().flatten().chain(&fields.synonyms);
        let known = texts.map(|text| fold(text.as_str())).collect::<Vec<_>>().join(" ");
        said.iter().any(|word| word.len() > 2 && known.split(' ').any(|part| part.starts_with(word.as_str())))
    };
    let mut ranked: Vec<_> = (world.board.all::<Service>())
        .map(|shown| shown.row)
        .filter(|service| offered(service))
        .map(|service| {
            let place = asked.iter().position(|id| *id == service.id);
            let near = place.is_none() && !fits(service);
            let far = near && family != Some(&service.fields.family);
            ((far, near, place.unwrap_or(usize::MAX)), service.id)
        })
        .collect();
    // The catalogue's own order within each.
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, id)| id).collect()
}

/// The next or former day: of a permanence where it is handed over at one, else on which somebody works.
fn when(world: &World, line: &EntryLine, reading: &Reading, way: Way) -> Option<When> {
    let setting = line.setting.as_ref()?;
    let today = setting.now.date();
    let site = reading.site.as_ref().map(|read| read.value);
    let now = reading.when.as_ref().map(|read| read.value);
    let day = now.as_ref().map_or(today, day_of);
    let at_desk = matches!(&reading.handover, Some(read) if read.value == HandOver::Permanence);
    if at_desk && !matches!(now, Some(When::Window(_))) {
        let mut starts: Vec<DateTime> = (setting.permanences.iter())
            .filter(|(place, window)| Some(*place) == site && window.date().to_datetime(window.to()) > setting.now)
            .map(|(_, window)| window.date().to_datetime(window.from()))
            .collect();
        starts.sort();
        let present = now.map(|when| start_of(&when));
        let other = match way {
            Way::Next => starts.iter().find(|at| present.is_none_or(|now| **at > now)),
            Way::Before => starts.iter().rev().find(|at| present.is_some_and(|now| **at < now)),
        };
        if let Some(at) = other {
            return Some(When::Due { at: *at });
        }
    }
    let calendar = world.calendar(site);
    let step = if way == Way::Next { 1.day() } else { (-1).day() };
    let mut days = day.checked_add(step).ok()?.series(step).take(DAYS).take_while(|day| *day >= today);
    let other = days.find(|day| calendar.is_working_day(*day))?;
    match now {
        Some(When::Window(window)) => Window::new(other, window.from(), window.to()).ok().map(When::Window),
        Some(When::Due { at }) => Some(When::Due { at: other.to_datetime(at.time()) }),
        None => {
            let minutes = calendar.span_on(other).last()?.to();
            let (hour, minute) = (i8::try_from(minutes / 60).ok()?, i8::try_from(minutes % 60).ok()?);
            Some(When::Due { at: other.to_datetime(Time::new(hour, minute, 0, 0).unwrap_or(Time::MAX)) })
        }
    }
}

fn day_of(when: &When) -> Date {
    start_of(when).date()
}

fn start_of(when: &When) -> DateTime {
    match when {
        When::Due { at } => *at,
        When::Window(window) => window.date().to_datetime(window.from()),
    }
}

/// What is typed over a field is read at every key; what is understood stands in it at once.
pub fn replaced(model: &mut Model, field: Field) {
    let Some(vocabulary) = model.world.vocabulary.clone() else { return };
    let Some(line) = &mut model.line else { return };
    let Some(replacing) = &line.replacing else { return };
    let choice = typed_over(line, &vocabulary, field, replacing.field.text().trim());
    if let Some(replacing) = &mut line.replacing {
        replacing.understood = choice.is_some();
    }
    match choice {
        Some(choice) => line.chosen.choose(choice),
        None => line.chosen.forget(field),
    }
    line.changed();
}

fn typed_over(line: &EntryLine, vocabulary: &Vocabulary, field: Field, text: &str) -> Option<Choice> {
    if field == Field::Detail {
        return Some(Choice::Detail(text.parse().ok()));
    }
    if field == Field::Quantity {
        let number = text.parse::<u32>().ok().and_then(|number| Quantity::try_from(number).ok());
        if let Some(number) = number {
            return Some(Choice::Quantity(number));
        }
    }
    // What stands in the other fields decides how these words are meant.
    let mut chosen = Chosen::default();
    if let Some(service) = line.reading.as_ref().and_then(|reading| reading.service.as_ref())
        && field != Field::Service
    {
        chosen.choose(Choice::Service(Some(service.value)));
    }
    let reading = read_phrase(text, vocabulary, line.setting.as_ref()?, &chosen);
    let said = |words: &Spans, confidence: Confidence| !words.is_empty() && confidence > Confidence::Doubtful;
    macro_rules! told {
        ($read:expr, $choice:expr) => {
            $read.filter(|read| said(&read.why.words, read.confidence)).map(|read| $choice(read.value))
        };
    }
    match field {
        Field::Service => told!(reading.service, |id| Choice::Service(Some(id))),
        Field::Quantity => told!(Some(reading.quantity), Choice::Quantity),
        Field::When => told!(reading.when, Choice::When),
        Field::Recurrence => told!(reading.recurrence, |again| Choice::Recurrence(Some(again))),
        Field::Site => told!(reading.site, Choice::Site),
        Field::Handover => {
            let home = line.reading.as_ref().is_some_and(read::is_home_without_address);
            let told = told!(reading.handover, Choice::Handover);
            match (told, text.parse()) {
                (None, Ok(address)) if home => Some(Choice::Handover(HandOver::Home { address: Some(address) })),
                (told, _) => told,
            }
        }
        Field::Payer => told!(reading.payer, Choice::Payer),
        Field::Urgency => told!(Some(reading.urgency), Choice::Urgency),
        Field::Detail => None,
    }
}
