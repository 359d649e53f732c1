//! `loge office erase`: a person's data go, totals stay.

use super::{
    super::{Voice, error::CliError},
    place::{self, Missing},
};
use crate::{
    cli::directory::id_of,
    config::Config,
    domain::{
        beneficiary::Beneficiary,
        entity::EntityKind,
        ids::BeneficiaryId,
        register::Standing,
        texts::{ShortText, TextError},
    },
    office::{
        storage::{Store, document},
        writer,
    },
    wire::{bodies::Because, catalogue::Command},
};
use serde_json::Value;

/// Erases a person's data.
pub(super) async fn run(named: &str, reason: &str, config: &Config, voice: Voice) -> Result<(), CliError> {
    let reason: ShortText =
        reason.parse().map_err(|_: TextError| CliError::sentence("cli-erase-reason", Vec::new()))?;
    let database = &config.office.database;
    let store = place::open(database, Missing::Fail).await?;
    let erased = erase(&store, named, reason, voice).await;
    store.close().await;
    erased
}

async fn erase(store: &Store, named: &str, reason: ShortText, voice: Voice) -> Result<(), CliError> {
    let variables = || vec![("id", named.to_owned())];
    let unknown = || CliError::sentence("cli-erase-unknown", variables());
    let id: BeneficiaryId = id_of(EntityKind::Beneficiary, named).ok_or_else(unknown)?.into();
    let mut tx = store.read().await.map_err(|error| CliError::Refused(error.into()))?;
    let person: Option<Beneficiary> =
        document::load(&mut tx, id).await.map_err(|error| CliError::Refused(error.into()))?;
    drop(tx);
    let person = person.ok_or_else(unknown)?;
    // What erasing leaves behind of a person: no given name, no number, no address.
    let fields = &person.fields;
    let bare =
        fields.given_name.is_none() && fields.phones.is_empty() && fields.emails.is_empty() && fields.note.is_none();
    if person.standing == Standing::Archived && bare && fields.family_name.as_str() == "(effacé)" {
        return Err(CliError::sentence("cli-erase-already", variables()));
    }
    let command = Command::EraseBeneficiary { id, body: Because { reason } };
    let done = writer::all_or_nothing(store, vec![command]).await.map_err(|(_, failure)| failure)?;
    let aside = done.into_iter().next().and_then(|done| done.aside).unwrap_or(Value::Null);
    let count = |name: &str| aside.get(name).and_then(Value::as_u64).unwrap_or_default().to_string();
    voice.tell("cli-erased", &[("requests", count("requests")), ("messages", count("contacts"))]);
    Ok(())
}
