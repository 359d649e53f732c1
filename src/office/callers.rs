//! Who is behind a telephone number, an extension or an address of mail.

use super::storage::{Arg, StorageError, Tx, document};
use crate::domain::{
    access::Actor,
    beneficiary::Beneficiary,
    client::Client,
    contact::Party,
    email::EmailAddress,
    entity::{Entity, EntityKind},
    ids::{BeneficiaryId, OperatorId, SiteId},
    operator::Operator,
    phone::PhoneNumber,
    texts::ShortText,
};
use uuid::Uuid;

/// The party behind a number, and the site where it is usually met.
pub async fn look_up(tx: &mut Tx, number: &PhoneNumber) -> Result<(Party, Option<SiteId>), StorageError> {
    let sql = "SELECT entity, entity_id FROM phone_book WHERE number = $1 ORDER BY entity, entity_id LIMIT 11";
    let rows = tx.rows(sql, &[number.as_str().into()]).await?;
    let known: Vec<(String, Uuid)> = rows
        .iter()
        .map(|row| Ok((row.text(0)?, row.text(1)?.parse().unwrap_or_default())))
        .collect::<Result<_, StorageError>>()?;
    let of = |kind: EntityKind| known.iter().filter(move |(entity, _)| entity == kind.name()).map(|(_, id)| *id);
    // An organisation's shared number says nothing about the person, even if somebody gave it as theirs.
    if let Some(id) = of(EntityKind::Client).next()
        && let Some(client) = document::load::<Client>(tx, id.into()).await?
    {
        let person = client.fields.contact_persons.iter().find(|person| person.phone.as_ref() == Some(number));
        let party = match person {
            Some(person) => Party::ContactPerson { client_id: client.id, name: person.name.clone() },
            None => Party::Switchboard { client_id: client.id },
        };
        return Ok((party, None));
    }
    if let Some(id) = of(EntityKind::Provider).next() {
        return Ok((Party::Provider { id: id.into() }, None));
    }
    if let Some(id) = of(EntityKind::Courier).next() {
        return Ok((Party::Courier { id: id.into() }, None));
    }
    let people: Vec<BeneficiaryId> = of(EntityKind::Beneficiary).map(Into::into).take(10).collect();
    match people.as_slice() {
        [] => Ok((Party::Unknown, None)),
        [one] => {
            let site = document::load::<Beneficiary>(tx, *one).await?.and_then(|person| person.fields.site_id);
            Ok((Party::Person { id: *one }, site))
        }
        _ => Ok((Party::Maybe { ids: people }, None)),
    }
}

/// The party behind a number as far as an actor sees it: of people of other sites, nothing is told.
pub async fn look_up_for(tx: &mut Tx, actor: &Actor, number: &PhoneNumber) -> Result<Party, StorageError> {
    let (party, _) = look_up(tx, number).await?;
    let people = match party {
        Party::Person { id } => vec![id],
        Party::Maybe { ids } => ids,
        other => return Ok(other),
    };
    let mut seen = Vec::with_capacity(people.len());
    for id in people {
        let person = document::load::<Beneficiary>(tx, id).await?;
        seen.extend(
            person.filter(|person| actor.sees(EntityKind::Beneficiary, &person.scope())).map(|person| person.id),
        );
    }
    Ok(match seen.as_slice() {
        [] => Party::Unknown,
        [one] => Party::Person { id: *one },
        _ => Party::Maybe { ids: seen },
    })
}

/// Messages of one sender that are looked at for who it was before.
const EARLIER: i64 = 20;

/// The party behind an address of mail, and the site where it is usually met. Who was only seen in an earlier message is a maybe.
pub async fn writer(tx: &mut Tx, address: &EmailAddress) -> Result<(Party, Option<SiteId>), StorageError> {
    let folded = address.folded();
    let sql = "SELECT entity, entity_id FROM mail_book WHERE address = $1 ORDER BY entity, entity_id LIMIT 50";
    let rows = tx.rows(sql, &[(&folded).into()]).await?;
    let known: Vec<(String, Uuid)> = rows
        .iter()
        .map(|row| Ok((row.text(0)?, row.text(1)?.parse().unwrap_or_default())))
        .collect::<Result<_, StorageError>>()?;
    let of = |kind: EntityKind| known.iter().filter(move |(entity, _)| entity == kind.name()).map(|(_, id)| *id);
    let people: Vec<BeneficiaryId> = of(EntityKind::Beneficiary).map(Into::into).take(10).collect();
    match people.as_slice() {
        [] => {}
        [one] => {
            let site = document::load::<Beneficiary>(tx, *one).await?.and_then(|person| person.fields.site_id);
            return Ok((Party::Person { id: *one }, site));
        }
        _ => return Ok((Party::Maybe { ids: people }, None)),
    }
    if let Some(id) = of(EntityKind::Client).next()
        && let Some(client) = document::load::<Client>(tx, id.into()).await?
    {
        let is_theirs = |known: &EmailAddress| known.is_same(address);
        let person = client.fields.contact_persons.iter().find(|person| person.email.as_ref().is_some_and(is_theirs));
        if let Some(person) = person {
            return Ok((Party::ContactPerson { client_id: client.id, name: person.name.clone() }, None));
        }
    }
    if let Some(id) = of(EntityKind::Provider).next() {
        return Ok((Party::Provider { id: id.into() }, None));
    }
    let before = "SELECT DISTINCT party_id FROM (SELECT doc -> 'party' ->> 'kind' AS kind, party_id FROM contact \
                  WHERE doc -> 'origin' ->> 'from' = $1 ORDER BY occurred_at DESC LIMIT $2) AS earlier \
                  WHERE kind = 'person' ORDER BY party_id LIMIT 10";
    let rows = tx.rows(before, &[address.as_str().into(), Arg::Int(EARLIER)]).await?;
    let ids: Vec<BeneficiaryId> = rows
        .iter()
        .map(|row| Ok(row.text(0)?.parse().ok()))
        .filter_map(Result::transpose)
        .collect::<Result<_, StorageError>>()?;
    Ok((if ids.is_empty() { Party::Unknown } else { Party::Maybe { ids } }, None))
}

/// The operator who has an extension or user name of the telephone system.
pub async fn operator_at(tx: &mut Tx, extension: &str) -> Result<Option<OperatorId>, StorageError> {
    let Ok(extension) = extension.parse::<ShortText>() else { return Ok(None) };
    let all = document::select::<Operator>(tx, "1 = 1", &[] as &[Arg<'_>]).await?;
    Ok(all.into_iter().find(|operator| operator.fields.extensions.contains(&extension)).map(|operator| operator.id))
}
