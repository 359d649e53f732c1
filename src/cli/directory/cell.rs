//! What a cell of the directory's files holds, read into the value that the API takes.

use super::{
    complaint::Advice,
    list::{items, plain, split},
    present::Known,
};
use crate::domain::{
    door::Door,
    email::EmailAddress,
    entity::EntityKind,
    hours::Weekly,
    operator::Login,
    phone::PhoneNumber,
    position::Position,
    texts::{LongText, ShortText},
    time::{Zone, parse_date, parse_time},
};
use serde_json::{Map, Value, json};
use std::num::NonZeroU16;

#[cfg(feature = "office")]
mod written;

/// The form of a column's cells.
#[derive(Clone, Copy, Debug)]
pub(in crate::cli) enum Shape {
    /// One line.
    Text,
    /// Several lines.
    LongText,
    /// Lines divided by `|`.
    Texts,
    /// A number of telephone.
    Phone,
    /// Several.
    Phones,
    /// An address of mail.
    Email,
    /// Several.
    Emails,
    /// What one logs in as.
    Login,
    /// A whole number up to this one.
    Number(u32),
    /// Euros, in cents.
    Euros,
    /// A rate in percent, in basis points.
    Percent,
    /// A day.
    Date,
    /// A time of day.
    Time,
    /// A time zone.
    Zone,
    /// A week's opening hours.
    Hours,
    /// Closed days, `from/to` or one day.
    ClosedDays,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// Some of these words.
    Some(&'static [&'static str]),
    /// Another record.
    Id(EntityKind),
    /// Other records; `-` for none at all, where nothing means all.
    Ids(EntityKind),
    /// An account's sites: `all`, or some.
    Sites,
    /// A provider's services: `service:price:lead time:capacity`.
    Services,
    /// A provider's holidays and suspensions: `from/to:reason`.
    Suspensions,
    /// The members of a consortium: `provider:jobs a day`.
    Members,
    /// A person's enrolments: `client:from/to`.
    Enrolments,
    /// A person's doors: `street and town@latitude,longitude`.
    Doors,
    /// An organisation's people: `name;phone;mail`.
    People,
    /// A place: `site:…`, `locker:…`, `provider:…` or `address:…`, an address with `@latitude,longitude` if that is known.
    Place,
    /// A position: `latitude, longitude`.
    Position,
    /// Whose courier it is: `own_staff`, `volunteer` or `provider:…`.
    CourierOf,
    /// JSON as the API shows it.
    Json,
}

impl Shape {
    /// Reads a cell that is not empty.
    ///
    /// # Errors
    /// What to do about it.
    pub fn read(self, cell: &str, known: &Known) -> Result<Value, Advice> {
        let wrong = |expected| Advice::Value { value: cell.to_owned(), expected };
        let list = |shape: Self| {
            items(cell)
                .iter()
                .map(|item| shape.read(&plain(item), known))
                .collect::<Result<Vec<_>, _>>()
                .map(Value::from)
        };
        let ids = |kind| items(cell).iter().map(|key| id(kind, key, known)).collect::<Result<Vec<_>, _>>();
        Ok(match self {
            Self::Text => cell.parse::<ShortText>().map_err(|_| wrong("cli-expects-cell-text"))?.as_str().into(),
            Self::LongText => {
                cell.parse::<LongText>().map_err(|_| wrong("cli-expects-cell-long-text"))?.as_str().into()
            }
            Self::Texts => list(Self::Text)?,
            Self::Phone => PhoneNumber::parse(cell).map_err(|_| wrong("cli-expects-cell-phone"))?.as_str().into(),
            Self::Phones => list(Self::Phone)?,
            Self::Email => {
                EmailAddress::try_from(cell.to_owned()).map_err(|_| wrong("cli-expects-cell-email"))?.as_str().into()
            }
            Self::Emails => list(Self::Email)?,
            Self::Login => {
                Login::try_from(cell.to_owned()).map_err(|_| wrong("cli-expects-cell-login"))?.as_str().into()
            }
            Self::Number(most) => {
                let advice = || Advice::Range { value: cell.to_owned(), most };
                cell.parse::<u32>().ok().filter(|number| *number <= most).ok_or_else(advice)?.into()
            }
            Self::Euros => hundredths(cell, '€').ok_or_else(|| wrong("cli-expects-cell-euros"))?.into(),
            Self::Percent => hundredths(cell, '%')
                .filter(|points| *points <= 10_000)
                .ok_or_else(|| wrong("cli-expects-cell-percent"))?
                .into(),
            Self::Date => day(cell)?,
            Self::Time => {
                parse_time(cell).map(|time| time.to_string().into()).map_err(|_| wrong("cli-expects-cell-time"))?
            }
            Self::Zone => cell.parse::<Zone>().map_err(|_| wrong("cli-expects-cell-zone"))?.name().into(),
            Self::Hours => cell.parse::<Weekly>().map_err(|_| wrong("cli-expects-cell-hours"))?.to_string().into(),
            Self::ClosedDays => items(cell).iter().map(|item| closed(item)).collect::<Result<Vec<_>, _>>()?.into(),
            Self::OneOf(words) => word(cell, words)?,
            Self::Some(words) => {
                items(cell).iter().map(|item| word(item, words)).collect::<Result<Vec<_>, _>>()?.into()
            }
            Self::Id(kind) => id(kind, cell, known)?,
            Self::Ids(_) if cell == "-" => Value::Array(Vec::new()),
            Self::Ids(kind) => ids(kind)?.into(),
            Self::Sites if cell == "all" => "all".into(),
            Self::Sites if cell == "-" => json!({ "only": [] }),
            Self::Sites => json!({ "only": ids(EntityKind::Site)? }),
            Self::Services => {
                items(cell).iter().map(|item| service(item, known)).collect::<Result<Vec<_>, _>>()?.into()
            }
            Self::Suspensions => {
                items(cell).iter().map(|item| suspension(item, known)).collect::<Result<Vec<_>, _>>()?.into()
            }
            Self::Members => items(cell).iter().map(|item| member(item, known)).collect::<Result<Vec<_>, _>>()?.into(),
            Self::Enrolments => {
                items(cell).iter().map(|item| enrolment(item, known)).collect::<Result<Vec<_>, _>>()?.into()
            }
            Self::Doors => items(cell).iter().map(|item| door(item, known)).collect::<Result<Vec<_>, _>>()?.into(),
            Self::People => items(cell).iter().map(|item| person(item, known)).collect::<Result<Vec<_>, _>>()?.into(),
            Self::Place => place(cell, known)?,
            Self::Position => position(cell)?,
            Self::CourierOf => courier_of(cell, known)?,
            Self::Json => serde_json::from_str(cell).map_err(|_| wrong("cli-expects-cell-json"))?,
        })
    }
}

/// Hundredths from `4`, `4,5`, `4.50` or `4,50 €`.
fn hundredths(cell: &str, sign: char) -> Option<u32> {
    let number = cell.trim_end_matches(sign).trim_end();
    let (whole, part) = number.split_once([',', '.']).unwrap_or((number, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(part) || part.len() > 2 {
        return None;
    }
    let part: u32 = format!("{part:0<2}").parse().ok()?;
    whole.parse::<u32>().ok()?.checked_mul(100)?.checked_add(part)
}

fn day(text: &str) -> Result<Value, Advice> {
    let wrong = |_| Advice::Value { value: text.to_owned(), expected: "cli-expects-cell-date" };
    parse_date(text).map(|date| date.to_string().into()).map_err(wrong)
}

fn word(text: &str, words: &'static [&'static str]) -> Result<Value, Advice> {
    let known = words.contains(&text).then(|| text.into());
    known.ok_or_else(|| Advice::Choice { value: text.to_owned(), words })
}

fn id(kind: EntityKind, key: &str, known: &Known) -> Result<Value, Advice> {
    let found = known.find(kind, key).map(|id| id.to_string().into());
    found.ok_or_else(|| Advice::UnknownName { name: key.to_owned(), kind })
}

/// `2026-08-03/2026-08-23`, or one day.
fn closed(item: &str) -> Result<Value, Advice> {
    let (from, to) = item.split_once('/').unwrap_or((item, item));
    Ok(json!({ "from": day(from.trim())?, "to": day(to.trim())? }))
}

fn service(item: &str, known: &Known) -> Result<Value, Advice> {
    let mut parts = item.splitn(4, ':').map(str::trim);
    let mut offered = Map::new();
    offered.insert("service_id".into(), id(EntityKind::Service, parts.next().unwrap_or_default(), known)?);
    for (name, shape) in
        [("price", Shape::Euros), ("lead_time_h", Shape::Number(65_535)), ("capacity_per_day", Shape::Number(65_535))]
    {
        if let Some(part) = parts.next().filter(|part| !part.is_empty()) {
            offered.insert(name.into(), shape.read(part, known)?);
        }
    }
    Ok(offered.into())
}

/// `2026-08-03/2026-08-23:congés d'été`; the last day may be left out, or with its stroke: that day alone.
fn suspension(item: &str, known: &Known) -> Result<Value, Advice> {
    let wrong = || Advice::Value { value: item.to_owned(), expected: "cli-expects-cell-suspension" };
    let (days, reason) = item.split_once(':').ok_or_else(wrong)?;
    let (from, to) = days.split_once('/').unwrap_or((days, days));
    let to = match to.trim() {
        "" => Value::Null,
        to => day(to)?,
    };
    Ok(json!({ "from": day(from.trim())?, "to": to, "reason": Shape::Text.read(&plain(reason), known)? }))
}

/// `provider:4`
fn member(item: &str, known: &Known) -> Result<Value, Advice> {
    let wrong = || Advice::Value { value: item.to_owned(), expected: "cli-expects-cell-member" };
    let (provider, share) = item.split_once(':').ok_or_else(wrong)?;
    let share: NonZeroU16 = share.trim().parse().map_err(|_| wrong())?;
    Ok(json!({ "provider_id": id(EntityKind::Provider, provider.trim(), known)?, "capacity_per_day": share }))
}

/// `client:2026-01-01/2026-12-31`; the last day may be left out.
fn enrolment(item: &str, known: &Known) -> Result<Value, Advice> {
    let wrong = || Advice::Value { value: item.to_owned(), expected: "cli-expects-cell-enrolment" };
    let (client, days) = item.split_once(':').ok_or_else(wrong)?;
    let (from, to) = days.split_once('/').unwrap_or((days, ""));
    let to = match to.trim() {
        "" => Value::Null,
        to => day(to)?,
    };
    Ok(json!({ "client_id": id(EntityKind::Client, client.trim(), known)?, "from": day(from.trim())?, "to": to }))
}

/// `12 rue des Acacias, Bègles@44.809,-0.548`; the position may be left out.
fn door(item: &str, known: &Known) -> Result<Value, Advice> {
    let text = plain(item);
    let door = text.parse::<Door>().map_err(|_| Advice::Value { value: text, expected: "cli-expects-cell-text" })?;
    let address = Shape::Text.read(door.address.as_str(), known)?;
    Ok(match door.position {
        Some(at) => json!({ "address": address, "position": { "lat": at.lat(), "lon": at.lon() } }),
        None => json!({ "address": address }),
    })
}

fn person(item: &str, known: &Known) -> Result<Value, Advice> {
    let parts: Vec<String> = split(item, ';').iter().map(|part| plain(part)).collect();
    let [name, rest @ ..] = parts.as_slice() else { return Ok(Value::Null) };
    let mut person = Map::from_iter([("name".to_owned(), Shape::Text.read(name, known)?)]);
    if let Some(phone) = rest.first().filter(|phone| !phone.is_empty()) {
        person.insert("phone".into(), Shape::Phone.read(phone, known)?);
    }
    if let Some(email) = rest.get(1).filter(|email| !email.is_empty()) {
        let wrong = |_| Advice::Value { value: email.clone(), expected: "cli-expects-cell-email" };
        person.insert("email".into(), EmailAddress::try_from(email.clone()).map_err(wrong)?.as_str().into());
    }
    Ok(person.into())
}

fn place(cell: &str, known: &Known) -> Result<Value, Advice> {
    let wrong = || Advice::Value { value: cell.to_owned(), expected: "cli-expects-cell-place" };
    let (kind, named) = cell.split_once(':').map(|(kind, named)| (kind, named.trim())).ok_or_else(wrong)?;
    Ok(match kind {
        "address" => match named.rsplit_once('@').map(|(street, at)| (street.trim_end(), position(at))) {
            Some((street, Ok(at))) => {
                json!({ "kind": kind, "address": Shape::Text.read(street, known)?, "position": at })
            }
            _ => json!({ "kind": kind, "address": Shape::Text.read(named, known)? }),
        },
        "site" => json!({ "kind": kind, "site_id": id(EntityKind::Site, named, known)? }),
        "locker" => json!({ "kind": kind, "locker_id": id(EntityKind::Locker, named, known)? }),
        "provider" => json!({ "kind": kind, "provider_id": id(EntityKind::Provider, named, known)? }),
        _ => return Err(wrong()),
    })
}

fn position(cell: &str) -> Result<Value, Advice> {
    let wrong = |_| Advice::Value { value: cell.to_owned(), expected: "cli-expects-cell-position" };
    cell.parse::<Position>().map_err(wrong).map(|position| json!({ "lat": position.lat(), "lon": position.lon() }))
}

/// `own_staff`, `volunteer` or `provider:velo-express`.
fn courier_of(cell: &str, known: &Known) -> Result<Value, Advice> {
    match cell.split_once(':') {
        Some(("provider", named)) => {
            Ok(json!({ "kind": "provider", "provider_id": id(EntityKind::Provider, named.trim(), known)? }))
        }
        None if matches!(cell, "own_staff" | "volunteer") => Ok(json!({ "kind": cell })),
        _ => Err(Advice::Value { value: cell.to_owned(), expected: "cli-expects-cell-courier-of" }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("4,50", Some(450))]
    #[case("4.5", Some(450))]
    #[case("4", Some(400))]
    #[case("0,05 €", Some(5))]
    #[case("4,505", None)]
    #[case("-4", None)]
    #[case(",5", None)]
    #[case("4,", None)]
    #[case("42949673", None)]
    fn prices_are_written_in_euros(#[case] cell: &str, #[case] cents: Option<u32>) {
        assert_eq!(hundredths(cell, '€'), cents);
    }

    #[test]
    fn a_record_that_does_not_exist_is_not_taken() {
        assert!(matches!(
            Shape::Id(EntityKind::Site).read("talence", &Known::default()),
            Err(Advice::UnknownName { .. })
        ));
    }
}
