//! 423 people with invented names, the numbers that fiction may use, and habits.

use super::{
    chance::Chance,
    directory::{BaseError, Directory, id, short, text, wrong},
};
use crate::{
    domain::{
        beneficiary::{BeneficiaryFields, Enrolment, Gender, Way},
        ids::{BeneficiaryId, ClientId, ServiceId, SiteId},
        phone::PhoneNumber,
        request::Handover,
        texts::ShortText,
    },
    text::fold,
};
use jiff::{ToSpan as _, civil::Weekday};
use serde::Deserialize;
use std::collections::BTreeSet;

/// How many people are served.
pub const COUNT: usize = 423;

/// People with habits: those who order again and again.
const REGULARS: usize = 64;

/// A usual order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Habit {
    /// What.
    pub service: ServiceId,
    /// How many.
    pub quantity: u32,
    /// For which days.
    pub days: Vec<Weekday>,
}

/// A person served.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// Their id.
    pub id: BeneficiaryId,
    /// What is known of them.
    pub fields: BeneficiaryFields,
    /// Where they work.
    pub site: SiteId,
    /// Who pays for the house.
    pub client: ClientId,
    /// The number they call from; none for a hidden one.
    pub calls_from: Option<PhoneNumber>,
    /// What they usually order, the most usual first.
    pub habits: Vec<Habit>,
    /// How things come back to them.
    pub handover: Handover,
}

impl Person {
    /// Title and names as one says them.
    pub fn name(&self) -> String {
        let fields = &self.fields;
        [fields.title.as_ref(), fields.given_name.as_ref(), Some(&fields.family_name)]
            .into_iter()
            .flatten()
            .map(ShortText::as_str)
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// As one says on the telephone: title and family name.
    pub fn short_name(&self) -> String {
        let fields = &self.fields;
        let called = fields.title.as_ref().or(fields.given_name.as_ref()).map(ShortText::as_str);
        called.into_iter().chain([fields.family_name.as_str()]).collect::<Vec<_>>().join(" ")
    }
}

#[derive(Debug, Deserialize)]
struct Names {
    families: Vec<String>,
    particles: Vec<String>,
    women: Vec<String>,
    men: Vec<String>,
    notes: Vec<String>,
}

/// What people order again and again: service by its name, how many at most, how many of a hundred do.
const USUAL: &[(&str, i64, usize)] = &[
    ("Pain frais", 3, 30),
    ("Chemise", 5, 14),
    ("Panier de légumes", 1, 10),
    ("Viennoiseries", 6, 7),
    ("Réception de colis", 1, 7),
    ("Plat du jour", 2, 6),
    ("Repassage au kilo", 4, 6),
    ("Lavage et pliage", 5, 4),
    ("Pantalon", 2, 4),
    ("Œufs et fromages", 1, 4),
    ("Lavage de voiture", 1, 3),
    ("Blouse", 4, 3),
    ("Ourlet", 2, 2),
];

/// The people of a directory whose sites are known.
///
/// # Errors
/// The example has no site of a client.
pub(super) fn people(directory: &Directory, chance: &mut Chance) -> Result<Vec<Person>, BaseError> {
    let names: Names =
        toml::from_str(include_str!("data/people.toml")).map_err(|error| wrong("people.toml", &error))?;
    let places: Vec<(SiteId, ClientId)> =
        directory.sites.iter().filter_map(|(site, fields)| Some((*site, fields.client_id?))).collect();
    let shares: Vec<((SiteId, ClientId), usize)> = places.iter().copied().zip([180, 110, 70, 63]).collect();
    let usual: Vec<(ServiceId, i64, usize)> =
        USUAL.iter().filter_map(|(name, most, share)| Some((directory.service(name)?.id, *most, *share))).collect();
    let mut taken = BTreeSet::new();
    let mut people: Vec<Person> = Vec::with_capacity(COUNT);
    for number in 0..COUNT {
        let ((site, client), _) =
            *chance.weighted(&shares, |(_, share)| *share).ok_or_else(|| BaseError::Missing("site".to_owned()))?;
        let woman = chance.happens(75);
        let (given, family) = if number == 0 {
            ("Claire".to_owned(), "Durand".to_owned())
        } else {
            loop {
                let pair = name(&names, woman, chance);
                if taken.insert(pair.clone()) {
                    break pair;
                }
            }
        };
        let (site, client, woman) = match (number, places.first()) {
            (0, Some((site, client))) => (*site, *client, true),
            _ => (site, client, woman),
        };
        let mut person = Person {
            id: id(&format!("person {number}")),
            fields: fields(&names, number, (woman, &given, &family), (site, client), directory, chance)?,
            site,
            client,
            calls_from: None,
            habits: Vec::new(),
            handover: if directory.desk_sites().any(|desk| desk == site) {
                Handover::Permanence
            } else {
                Handover::Locker
            },
        };
        // Two people at home on one number: who calls is asked.
        if number % 47 == 46
            && let Some(other) = people.last()
        {
            person.fields.phones.clone_from(&other.fields.phones);
        }
        let switchboard =
            directory.clients.iter().find(|(id, _)| *id == client).and_then(|(_, client)| client.switchboards.first());
        person.calls_from = person.fields.phones.first().or(switchboard).cloned();
        if number < REGULARS {
            person.habits = habits(number, &person, &usual, directory, chance);
        }
        people.push(person);
    }
    Ok(people)
}

/// A name, sometimes with a particle or doubled.
fn name(names: &Names, woman: bool, chance: &mut Chance) -> (String, String) {
    let word = |all: &[String], chance: &mut Chance| chance.pick(all).cloned().unwrap_or_default();
    let given = word(if woman { &names.women } else { &names.men }, chance);
    let family = word(&names.families, chance);
    let plain = family.chars().all(char::is_alphabetic);
    let family = if plain && chance.happens(8) {
        format!("{}{family}", word(&names.particles, chance))
    } else if plain && chance.happens(6) {
        format!("{family}-{}", word(&names.families, chance))
    } else {
        family
    };
    (given, family)
}

fn fields(
    names: &Names,
    number: usize,
    (woman, given, family): (bool, &str, &str),
    (site, client): (SiteId, ClientId),
    directory: &Directory,
    chance: &mut Chance,
) -> Result<BeneficiaryFields, BaseError> {
    let mut phones = Vec::new();
    if number == 0 {
        phones.push(text("phone", "05 36 49 12 34")?);
    } else {
        // One in eight gave no number and calls through the switchboard.
        if !chance.happens(12) {
            phones.push(text("phone", &format!("06 39 98 {:02} {:02}", 20 + number / 100, number % 100))?);
        }
        if chance.happens(25) {
            phones.push(text("phone", &format!("05 36 49 {:02} {:02}", 20 + number / 100, number % 100))?);
        }
    }
    let domain = directory
        .clients
        .iter()
        .find(|(id, _)| *id == client)
        .and_then(|(_, fields)| fields.contact_persons.iter().find_map(|person| person.email.as_ref()))
        .and_then(|email| email.as_str().split_once('@').map(|(_, domain)| domain.to_owned()))
        .unwrap_or_else(|| "maison.example".to_owned());
    let mailbox = |words: &str| fold(words).replace(' ', "-");
    let mut emails = Vec::new();
    if number == 0 || !chance.happens(10) {
        let distinct = if number == 0 { String::new() } else { number.to_string() };
        let address = format!("{}.{}{distinct}@{domain}", mailbox(given), mailbox(family));
        emails.push(address.try_into().map_err(|error| wrong("email", &error))?);
    }
    let since = directory.today().saturating_sub(chance.between(400, 1100).days());
    let title = if woman { "Mme" } else { "M." };
    let gender = match (chance.below(40), woman) {
        // Not everybody tells.
        (0, _) => None,
        (1, _) => Some(Gender::Other),
        (_, true) => Some(Gender::Woman),
        (_, false) => Some(Gender::Man),
    };
    let prefers = if phones.is_empty() || (number == 0) || (!emails.is_empty() && chance.happens(65)) {
        Way::Mail
    } else {
        Way::Telephone
    };
    let note =
        if chance.happens(5) { chance.pick(&names.notes).map(|note| text("note", note)).transpose()? } else { None };
    Ok(BeneficiaryFields {
        family_name: short(family)?,
        given_name: Some(short(given)?),
        title: (gender != Some(Gender::Other)).then(|| short(title)).transpose()?,
        client_id: Some(client),
        site_id: Some(site),
        phones,
        emails,
        addresses: Vec::new(),
        undeliverable: Vec::new(),
        prefers,
        gender,
        enrolments: vec![Enrolment { client_id: client, from: since, to: None }],
        note,
    })
}

fn habits(
    number: usize,
    person: &Person,
    usual: &[(ServiceId, i64, usize)],
    directory: &Directory,
    chance: &mut Chance,
) -> Vec<Habit> {
    const WEEK: [Weekday; 5] =
        [Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday];
    let bread = directory.service("Pain frais").map(|service| service.id);
    if number == 0 {
        let of = |name: &str, quantity, days: &[Weekday]| {
            Some(Habit { service: directory.service(name)?.id, quantity, days: days.to_vec() })
        };
        return [
            of("Pain frais", 2, &[Weekday::Tuesday, Weekday::Friday]),
            of("Chemise", 3, &[Weekday::Monday]),
            of("Panier de légumes", 1, &[Weekday::Thursday]),
        ]
        .into_iter()
        .flatten()
        .collect();
    }
    let mut habits: Vec<Habit> = Vec::new();
    for _ in 0..chance.between(1, 3) {
        let Some((service, most, _)) = chance.weighted(usual, |(_, _, share)| *share) else { continue };
        if habits.iter().any(|habit| habit.service == *service) || !directory.serves(person.site, *service) {
            continue;
        }
        let days = if Some(*service) == bread {
            vec![Weekday::Tuesday, Weekday::Friday]
        } else {
            chance.pick(&WEEK).copied().into_iter().collect()
        };
        let quantity = u32::try_from(chance.between(1, *most)).unwrap_or(1);
        habits.push(Habit { service: *service, quantity, days });
    }
    habits
}
