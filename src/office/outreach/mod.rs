//! What leaves the house by mail, and how its answers are known again.

pub mod automatic;
pub mod bounced;
pub mod courier;
pub mod letter;
pub mod link;
pub mod look;
pub mod message_id;
pub mod offers;
pub mod post;
pub mod rounds;

use crate::{
    config::{mail::Mail, mailbox::Mailbox},
    domain::{email::EmailAddress, texts::ShortText},
};
use std::collections::BTreeSet;

/// What commands know of the way out: under which name mail leaves, and which addresses are the house's own.
#[derive(Clone, Debug)]
pub struct Sender {
    /// The domain of the `Message-ID`s.
    pub domain: String,
    /// The house's name, or its address.
    pub name: String,
    /// Where the pages for providers and couriers begin, without a slash at its end.
    pub pages: String,
    own: BTreeSet<String>,
}

impl Sender {
    /// That of an office with these settings, whose pages begin there.
    pub fn new(mail: &Mail, mailboxes: &[Mailbox], pages: String) -> Self {
        let named = mailboxes.iter().flat_map(|mailbox| {
            let user = mailbox.imap.as_ref().map(|imap| imap.user.clone());
            [Some(mailbox.name.to_string()), user].into_iter().flatten()
        });
        let named = named.filter_map(|name| EmailAddress::try_from(name).ok());
        let own = named.chain(std::iter::once(mail.from.clone())).chain(mail.reply_to.clone());
        Self {
            domain: mail.domain.clone(),
            name: mail.name.clone().unwrap_or_else(|| mail.from.to_string()),
            pages,
            own: own.map(|address| address.folded()).collect(),
        }
    }

    /// Whether an address is the house's own: nothing is answered there.
    pub fn is_own(&self, address: &EmailAddress) -> bool {
        self.own.contains(&address.folded())
    }
}

/// How an attempt to hand over a mail went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// The server took it.
    Taken,
    /// It surely did not go; another time it may.
    NotNow(ShortText),
    /// The server will not have it.
    Never(ShortText),
    /// The text was handed over, and no answer came.
    Unknown(ShortText),
}
