//! What was understood on the entry line, in words: its values, what each rests on, what is missing, what is asked.

use super::words;
pub use crate::i18n::job::recurrence;
use crate::{
    console::model::world::World,
    domain::{
        entry::{Choice, Field, Reading, Why},
        ids::{ServiceId, SiteId},
        operator::Language,
        request::Quantity,
        service::{PriceRule, ServiceFields},
        texts::ShortText,
    },
    i18n::{
        job::{handover, payer, urgency},
        say,
    },
    text::neutral,
};

/// A service by its name in the reader's language.
pub fn service(world: &World, language: Language, id: ServiceId) -> String {
    world.service(id).map_or_else(String::new, |service| service_name(language, &service.fields))
}

fn service_name(language: Language, fields: &ServiceFields) -> String {
    let name = match language {
        Language::En => fields.name_en.as_ref().unwrap_or(&fields.name),
        Language::Fr => &fields.name,
    };
    neutral(name.as_str()).into_owned()
}

fn site(world: &World, id: SiteId) -> String {
    world.site(id).map_or_else(String::new, |site| neutral(site.fields.name.as_str()).into_owned())
}

/// A unit of the catalogue in its plural.
fn plural(language: Language, unit: &str) -> String {
    let mark = match (language, unit) {
        (Language::Fr, unit) if unit.ends_with(['s', 'x', 'z']) => "",
        (Language::Fr, unit) if unit.ends_with("au") || unit.ends_with("eu") => "x",
        (Language::En, unit) if unit.ends_with(['s', 'x', 'z']) || unit.ends_with("ch") || unit.ends_with("sh") => "es",
        _ => "s",
    };
    format!("{unit}{mark}")
}

/// What one of a service is called, with the language that it is written in: French where the house wrote nothing else.
fn unit(service: &ServiceFields, language: Language) -> Option<(Language, &ShortText)> {
    let english = service.unit_en.as_ref().filter(|_| language == Language::En).map(|unit| (Language::En, unit));
    english.or_else(|| service.unit.as_ref().map(|unit| (Language::Fr, unit)))
}

/// How many, with the service's unit where it has one: « 3 chemises », « ×2 ».
fn quantity(world: &World, language: Language, reading: &Reading, quantity: Quantity) -> String {
    let number = u32::from(quantity);
    let service = reading.service.as_ref().and_then(|read| world.service(read.value));
    match service.and_then(|service| unit(&service.fields, language)) {
        Some((written, unit)) if number > 1 => format!("{number} {}", plural(written, &neutral(unit.as_str()))),
        Some((_, unit)) => format!("{number} {}", neutral(unit.as_str())),
        None => format!("×{number}"),
    }
}

/// A field's name as it stands within a line: « quand ».
pub fn name(language: Language, field: Field) -> String {
    let heading = say(language, field.key(), &[]);
    let mut letters = heading.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// The value of a field in words; none if there is none.
pub fn value(world: &World, language: Language, reading: &Reading, field: Field) -> Option<String> {
    Some(match field {
        Field::Service => service(world, language, reading.service.as_ref()?.value),
        Field::Quantity => quantity(world, language, reading, reading.quantity.value),
        Field::Detail => neutral(reading.detail.as_ref()?.value.as_str()).into_owned(),
        Field::When => words::when(language, &reading.when.as_ref()?.value),
        Field::Recurrence => recurrence(language, &reading.recurrence.as_ref()?.value),
        Field::Site => site(world, reading.site.as_ref()?.value),
        Field::Handover => handover(language, &reading.handover.as_ref()?.value),
        Field::Payer => payer(language, reading.payer.as_ref()?.value),
        Field::Urgency => urgency(language, reading.urgency.value),
    })
}

/// An answer to the question, or any other choice, in words.
pub fn choice(world: &World, language: Language, reading: &Reading, choice: &Choice) -> String {
    match choice {
        Choice::Service(Some(id)) => service(world, language, *id),
        Choice::Service(None) => say(language, "line-no-service", &[]),
        Choice::Quantity(number) => quantity(world, language, reading, *number),
        Choice::Detail(detail) => {
            detail.as_ref().map_or_else(String::new, |detail| neutral(detail.as_str()).into_owned())
        }
        Choice::When(when) => words::when(language, when),
        Choice::Recurrence(Some(again)) => recurrence(language, again),
        Choice::Recurrence(None) => say(language, "line-again-once", &[]),
        Choice::Site(id) => site(world, *id),
        Choice::Handover(way) => handover(language, way),
        Choice::Payer(who) => payer(language, *who),
        Choice::Urgency(how) => urgency(language, *how),
    }
}

/// What a field's value rests on.
pub fn why(reading: &Reading, field: Field) -> Option<&Why> {
    Some(match field {
        Field::Service => &reading.service.as_ref()?.why,
        Field::Quantity => &reading.quantity.why,
        Field::Detail => &reading.detail.as_ref()?.why,
        Field::When => &reading.when.as_ref()?.why,
        Field::Recurrence => &reading.recurrence.as_ref()?.why,
        Field::Site => &reading.site.as_ref()?.why,
        Field::Handover => &reading.handover.as_ref()?.why,
        Field::Payer => &reading.payer.as_ref()?.why,
        Field::Urgency => &reading.urgency.why,
    })
}

/// The words and suppositions that a value rests on: « ven midi », ouverture de la permanence.
pub fn because(language: Language, why: &Why, phrase: &str) -> String {
    let said: Vec<&str> = why.words.iter().filter_map(|range| phrase.get(range.clone())).collect();
    let mut parts = Vec::new();
    if !said.is_empty() {
        parts.push(say(language, "line-words", &[("words", neutral(&said.join(" … ")).into_owned())]));
    }
    parts.extend(why.because.iter().map(|because| say(language, because.key(), &[])));
    parts.join(", ")
}

/// What is asked for and when, as a result says it: « Pressing ×3, ven. 27 nov. 12:00 ».
pub fn summary(world: &World, language: Language, reading: &Reading) -> String {
    let number = u32::from(reading.quantity.value);
    let mut parts = Vec::new();
    if let Some(read) = &reading.service {
        let name = service(world, language, read.value);
        parts.push(if number > 1 { format!("{name} ×{number}") } else { name });
    } else {
        parts.extend(value(world, language, reading, Field::Detail));
    }
    parts.extend(value(world, language, reading, Field::When));
    parts.join(", ")
}

/// The price that the catalogue tells for it, in words.
pub fn price(world: &World, language: Language, reading: &Reading) -> Option<String> {
    let fields = &world.service(reading.service.as_ref()?.value)?.fields;
    let number = u32::from(reading.quantity.value);
    match fields.price {
        PriceRule::Free => Some(say(language, "line-price-free", &[])),
        PriceRule::OnQuote => Some(say(language, "line-price-quote", &[])),
        PriceRule::PerUnit { cents } => cents.checked_mul(number).map(|sum| words::euros(language, sum)),
        PriceRule::Flat { cents } => Some(words::euros(language, cents)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_have_their_plural() {
        for (one, several) in [("chemise", "chemises"), ("gâteau", "gâteaux"), ("colis", "colis"), ("clé", "clés")]
        {
            assert_eq!(plural(Language::Fr, one), several);
        }
        for (one, several) in [("shirt", "shirts"), ("box", "boxes"), ("dish", "dishes")] {
            assert_eq!(plural(Language::En, one), several);
        }
    }
}
