//! The lines of a service.

use super::{Change, Line, Reader, completed, days, json, parts, terms::euros, wrong};
use crate::{
    domain::{
        ids::ServiceId,
        money::VatRate,
        operator::Language,
        service::{Carriage, Everyday, LoadKind, PriceRule, Service, ServiceFields},
        texts::ShortText,
    },
    i18n::{job, say},
    text::{fold, neutral},
    wire::catalogue::Command,
};
use serde_json::Value;
use std::collections::BTreeSet;

/// The lines in their order.
pub const LINES: [Line; 12] = [
    Line::Name,
    Line::NameEn,
    Line::Family,
    Line::Synonyms,
    Line::Price,
    Line::Vat,
    Line::Unit,
    Line::UnitEn,
    Line::LeadTime,
    Line::Carriage,
    Line::Everyday,
    Line::Offered,
];

/// The lines that a field is shown in.
pub fn lines_of(field: &str) -> Option<Line> {
    Some(match field {
        "name" => Line::Name,
        "name_en" => Line::NameEn,
        "family" => Line::Family,
        "synonyms" => Line::Synonyms,
        "price" => Line::Price,
        "vat" => Line::Vat,
        "unit" => Line::Unit,
        "unit_en" => Line::UnitEn,
        "lead_time_h" => Line::LeadTime,
        "carriage" => Line::Carriage,
        "everyday" => Line::Everyday,
        "from" | "to" => Line::Offered,
        _ => return None,
    })
}

const CARRIAGES: [(Carriage, &str); 3] = [
    (Carriage::ThereAndBack, "register-there-and-back"),
    (Carriage::Delivered, "register-delivered"),
    (Carriage::OnSite, "register-on-site"),
];

const EVERYDAY: [(Everyday, &str); 2] =
    [(Everyday::Everyday, "register-is-everyday"), (Everyday::Occasional, "register-is-occasional")];

fn word_of<T: PartialEq + Copy>(language: Language, words: &[(T, &str)], value: T) -> String {
    words.iter().find(|(known, _)| *known == value).map(|(_, key)| say(language, key, &[])).unwrap_or_default()
}

/// What a word means, in either language, as far as it is typed.
fn meant<T: Copy>(words: &[(T, &str)], typed: &str) -> Option<T> {
    let typed = fold(typed);
    let fits = |key: &str| [Language::Fr, Language::En].iter().any(|it| fold(&say(*it, key, &[])).starts_with(&typed));
    words.iter().find(|(_, key)| typed.len() >= 2 && fits(key)).map(|(value, _)| *value)
}

fn text(text: Option<&ShortText>) -> String {
    text.map(|text| neutral(text.as_str()).into_owned()).unwrap_or_default()
}

/// A price in words: « 4,50 € l'unité », « gratuit », « sur devis ».
pub fn price(language: Language, rule: PriceRule) -> String {
    let sum = |cents| [("price", job::euros(language, cents))];
    match rule {
        PriceRule::Free => say(language, "register-free", &[]),
        PriceRule::PerUnit { cents } => say(language, "register-per-unit", &sum(cents)),
        PriceRule::Flat { cents } => say(language, "register-flat", &sum(cents)),
        PriceRule::OnQuote => say(language, "register-on-quote", &[]),
    }
}

fn read_price(typed: &str) -> Option<PriceRule> {
    let words = fold(typed);
    let has = |all: &[&str]| words.split(' ').any(|word| all.iter().any(|begin| word.starts_with(begin)));
    if has(&["gratuit", "free", "offert"]) {
        return Some(PriceRule::Free);
    }
    if has(&["devis", "quote", "quot"]) {
        return Some(PriceRule::OnQuote);
    }
    let start = typed.find(|c: char| c.is_ascii_digit())?;
    let sum = typed.get(start..)?;
    let end = sum.find(|c: char| !c.is_ascii_digit() && !matches!(c, ',' | '.' | '\u{a0}')).unwrap_or(sum.len());
    let cents = euros(sum.get(..end)?)?;
    Some(if has(&["forfait", "flat", "tout", "all"]) {
        PriceRule::Flat { cents }
    } else {
        PriceRule::PerUnit { cents }
    })
}

/// What stands in a line, as it is read.
pub fn shown(language: Language, fields: &ServiceFields, line: Line) -> String {
    match line {
        Line::Offered if fields.from.is_none() && fields.to.is_none() => say(language, "register-always", &[]),
        _ => written(language, fields, line),
    }
}

/// What stands in a line, as it is typed.
pub fn written(language: Language, fields: &ServiceFields, line: Line) -> String {
    match line {
        Line::Name => text(Some(&fields.name)),
        Line::NameEn => text(fields.name_en.as_ref()),
        Line::Family => text(Some(&fields.family)),
        Line::Synonyms => fields.synonyms.iter().map(|word| text(Some(word))).collect::<Vec<_>>().join(", "),
        Line::Price => price(language, fields.price),
        Line::Vat => {
            let (whole, part) = (fields.vat.basis_points() / 100, fields.vat.basis_points() % 100);
            let comma = if language == Language::Fr { "," } else { "." };
            let part = if part == 0 { String::new() } else { format!("{comma}{part:02}") };
            say(language, "register-percent", &[("rate", format!("{whole}{}", part.trim_end_matches('0')))])
        }
        Line::Unit => text(fields.unit.as_ref()),
        Line::UnitEn => text(fields.unit_en.as_ref()),
        Line::LeadTime => format!("{} h", fields.lead_time_h),
        Line::Everyday => word_of(language, &EVERYDAY, fields.everyday),
        Line::Carriage => word_of(language, &CARRIAGES, fields.carriage),
        Line::Offered => {
            let parts = [
                ("from", fields.from.map(days::day).unwrap_or_default()),
                ("to", fields.to.map(days::day).unwrap_or_default()),
            ];
            match (fields.from, fields.to) {
                (None, None) => String::new(),
                (Some(_), None) => say(language, "register-days-on", &parts),
                (None, Some(_)) => say(language, "register-days-until", &parts),
                (Some(_), Some(_)) => say(language, "register-days-through", &parts),
            }
        }
        _ => String::new(),
    }
}

/// What a typed line changes.
///
/// # Errors
/// A sentence that says what to type instead.
pub fn read(language: Language, fields: &ServiceFields, line: Line, typed: &str) -> Result<Change, String> {
    let typed = typed.trim();
    let no = || wrong(language, line);
    let short = || typed.parse::<ShortText>().map_err(|_| no());
    let optional = |name: &'static str| -> Result<(&'static str, Value), String> {
        if typed.is_empty() { Ok((name, Value::Null)) } else { Ok((name, json(&short()?))) }
    };
    Ok(match line {
        Line::Name => vec![("name", json(&short()?))],
        Line::Family => vec![("family", json(&short()?))],
        Line::NameEn => vec![optional("name_en")?],
        Line::Unit => vec![optional("unit")?],
        Line::UnitEn => vec![optional("unit_en")?],
        Line::Synonyms => {
            let words = parts(typed).map(str::parse::<ShortText>).collect::<Result<Vec<_>, _>>();
            vec![("synonyms", json(&words.map_err(|_| no())?))]
        }
        Line::Price => vec![("price", json(&read_price(typed).ok_or_else(no)?))],
        Line::Vat => {
            let rate = euros(typed.trim_end_matches('%').trim()).and_then(|rate| u32::try_from(rate.get()).ok());
            vec![("vat", json(&rate.and_then(|rate| VatRate::new(rate).ok()).ok_or_else(no)?))]
        }
        Line::LeadTime => {
            let hours = typed.trim_end_matches(|c: char| c.is_alphabetic() || c == ' ');
            let hours = hours.parse::<u16>().ok().filter(|hours| *hours <= 2000);
            vec![("lead_time_h", json(&hours.ok_or_else(no)?))]
        }
        Line::Everyday => vec![("everyday", json(&meant(&EVERYDAY, typed).ok_or_else(no)?))],
        Line::Carriage => vec![("carriage", json(&meant(&CARRIAGES, typed).ok_or_else(no)?))],
        Line::Offered => read_offered(fields, typed).ok_or_else(no)?,
        _ => return Err(no()),
    })
}

/// `dès le 01/09/2026`, `jusqu'au 30/06/2027`, both, or nothing for always.
fn read_offered(fields: &ServiceFields, typed: &str) -> Option<Change> {
    if typed.is_empty() {
        return Some(vec![("from", Value::Null), ("to", Value::Null)]);
    }
    let near = fields.from.unwrap_or(jiff::civil::date(2000, 1, 1));
    let words: Vec<&str> =
        typed.split([' ', '\u{a0}']).filter(|word| word.starts_with(|c: char| c.is_ascii_digit())).collect();
    let days = words.iter().map(|word| days::alone(word, near)).collect::<Option<Vec<_>>>()?;
    let until = ["jusqu", "until", "to ", "au "].iter().any(|word| fold(typed).starts_with(word.trim_end()));
    match days.as_slice() {
        [to] if until => Some(vec![("from", Value::Null), ("to", json(to))]),
        [from] => Some(vec![("from", json(from)), ("to", Value::Null)]),
        [from, to] if from <= to => Some(vec![("from", json(from)), ("to", json(to))]),
        _ => None,
    }
}

/// The ways in which a line could go on.
pub fn completions(reader: Reader<'_>, line: Line, typed: &str) -> Vec<String> {
    let language = reader.language;
    let of = |keys: &[&str]| keys.iter().map(|key| say(language, key, &[])).collect::<Vec<_>>();
    match line {
        Line::Family => completed(typed, families(reader).into_iter()),
        Line::Price if !typed.contains(|c: char| c.is_ascii_digit()) => {
            completed(typed, of(&["register-free", "register-on-quote"]).into_iter())
        }
        Line::Price => {
            let sums = match read_price(typed) {
                Some(PriceRule::PerUnit { cents } | PriceRule::Flat { cents }) => {
                    vec![PriceRule::PerUnit { cents }, PriceRule::Flat { cents }]
                }
                _ => Vec::new(),
            };
            sums.into_iter().map(|rule| price(language, rule)).collect()
        }
        Line::Carriage => completed(typed, of(&CARRIAGES.map(|(_, key)| key)).into_iter()),
        Line::Everyday => completed(typed, of(&EVERYDAY.map(|(_, key)| key)).into_iter()),
        _ => Vec::new(),
    }
}

/// The families that there are.
fn families(reader: Reader<'_>) -> BTreeSet<String> {
    reader.world.board.all::<Service>().map(|shown| text(Some(&shown.row.fields.family))).collect()
}

/// The ways in which the first words of a new service could go on: behind a comma its family.
pub fn beginnings(reader: Reader<'_>, typed: &str) -> Vec<String> {
    if typed.contains([',', ';']) { completed(typed, families(reader).into_iter()) } else { Vec::new() }
}

/// A new service, from `name, family` and perhaps its price; what else there is to know is entered later.
pub fn create(language: Language, id: ServiceId, typed: &str) -> Result<Command, String> {
    let wrong = || say(language, "register-new-service-how", &[]);
    let mut parts = typed.splitn(3, [',', ';']).map(str::trim);
    let name: ShortText = parts.next().unwrap_or_default().parse().map_err(|_| wrong())?;
    let family: ShortText = parts.next().unwrap_or_default().parse().map_err(|_| wrong())?;
    let price = match parts.next() {
        None => PriceRule::OnQuote,
        Some(price) => read_price(price).ok_or_else(|| super::wrong(language, Line::Price))?,
    };
    let body = ServiceFields {
        name,
        name_en: None,
        family,
        synonyms: Vec::new(),
        everyday: Everyday::Occasional,
        price,
        vat: VatRate::new(2_000).map_err(|_| wrong())?,
        unit: None,
        unit_en: None,
        carriage: Carriage::ThereAndBack,
        load: LoadKind::default(),
        lead_time_h: 0,
        from: None,
        to: None,
    };
    Ok(Command::CreateService { id, body })
}
