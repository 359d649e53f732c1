//! Mail that comes in: read, put to its thread, kept; by HTTP, by a program of mail, or fetched by IMAP.

mod calendar;
mod html;
pub mod imap;
pub mod keep;
pub mod letter;
mod nature;
pub mod subject;
pub mod thread;
pub mod token;

use super::super::{failure::Failure, storage::StorageError, writer::Writer};
use crate::{
    config::mailbox::{self as config, Acknowledge},
    domain::{contact::Message, email::EmailAddress, ids::ContactId, texts::ShortText, time::Instant},
    wire::fresh,
};
use letter::Letter;
use serde::Deserialize;

/// The largest message that is read whole.
pub const MESSAGE_BYTES: usize = 40 * 1024 * 1024;

/// A mailbox of the house.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailbox {
    /// What the house calls it.
    pub name: ShortText,
    /// The site that it stands for, by name or id.
    pub site: Option<String>,
    /// Whether who writes is told by itself that the message came.
    pub acknowledge: Acknowledge,
}

impl From<&config::Mailbox> for Mailbox {
    fn from(set_up: &config::Mailbox) -> Self {
        Self { name: set_up.name.clone(), site: set_up.site.clone(), acknowledge: set_up.acknowledge.clone() }
    }
}

/// Where a message lies in a mailbox that is fetched from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// The mailbox's validity of numbers.
    pub uid_validity: u32,
    /// The message's number.
    pub uid: u32,
}

/// A message on its way to the writer.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// The contact that it becomes.
    pub id: ContactId,
    /// What was read.
    pub message: Message,
    /// When it came, as it says itself.
    pub dated: Option<Instant>,
    /// The message as it came.
    pub packed: keep::Packed,
    /// Where it would come back to, if it says so.
    pub return_path: Option<EmailAddress>,
    /// The mailbox it came to.
    pub mailbox: Mailbox,
    /// Where it was fetched.
    pub fetched: Option<Fetched>,
}

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Taken {
    /// The contact that it is.
    pub contact_id: ContactId,
    /// Whether it was known before.
    pub known: bool,
}

/// Takes a message in: when this answers, it is on disk.
pub async fn take(
    writer: &Writer,
    mailbox: &Mailbox,
    read: impl FnOnce(&ShortText) -> Letter + Send + 'static,
    fetched: Option<Fetched>,
) -> Result<Taken, Failure> {
    let mailbox = mailbox.clone();
    // Reading and packing take their time: elsewhere.
    let prepared = tokio::task::spawn_blocking(move || {
        let Letter { message, dated, return_path, raw } = read(&mailbox.name);
        let packed = keep::pack(&raw)?;
        Ok::<_, std::io::Error>(Arrival { id: fresh(), message, dated, packed, return_path, mailbox, fetched })
    });
    let unreadable = |why: String| StorageError::Unreadable { what: "mail".into(), why };
    let arrival = prepared.await.map_err(|error| unreadable(error.to_string()))?;
    let arrival = arrival.map_err(|error| unreadable(error.to_string()))?;
    let done = writer.take_mail(Box::new(arrival)).await?;
    let taken = done.aside.and_then(|aside| serde_json::from_value(aside).ok());
    taken.ok_or_else(|| unreadable("the writer did not say what became of it".into()).into())
}
