//! For whom a request is, in full: told only to who is at their door, or does the job.

use crate::{
    domain::{
        beneficiary::Beneficiary,
        client::Client,
        request::{Request, Requester},
    },
    office::storage::{StorageError, Tx, document},
};

/// Title and names of a person; of an organisation who is asked for there.
pub(super) async fn of(tx: &mut Tx, request: &Request) -> Result<Option<String>, StorageError> {
    Ok(match &request.fields.requester {
        Some(Requester::Person { id }) => document::load::<Beneficiary>(tx, *id).await?.map(|person| {
            let fields = person.fields;
            let parts = [fields.title, fields.given_name, Some(fields.family_name)];
            parts.into_iter().flatten().map(String::from).collect::<Vec<_>>().join(" ")
        }),
        Some(Requester::Organisation { id, contact_person }) => {
            let client = document::load::<Client>(tx, *id).await?;
            client.map(|client| format!("{contact_person}, {}", client.fields.name))
        }
        None => None,
    })
}
