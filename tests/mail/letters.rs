//! Letters to write, and the door to hand them in at.

use crate::common::{Answer, Hand, House};
use loge::{
    domain::{
        contact::{Contact, Message, Origin},
        entity::EntityKind,
        ids::ContactId,
    },
    office::intake::mail::token,
};

/// The mailbox of these tests.
pub const MAILBOX: &str = "accueil";

/// A letter.
#[derive(Clone, Debug)]
pub struct Letter {
    from: String,
    subject: String,
    id: String,
    headers: String,
    text: String,
}

impl Letter {
    /// From somebody, under an id.
    pub fn from(from: &str, id: &str) -> Self {
        let owned = str::to_owned;
        Self {
            from: owned(from),
            subject: owned("Mes chemises"),
            id: owned(id),
            headers: String::new(),
            text: owned("Bonjour"),
        }
    }

    /// About something.
    pub fn about(self, subject: &str) -> Self {
        Self { subject: subject.to_owned(), ..self }
    }

    /// In answer to another, within a thread.
    pub fn answers(self, parent: &str, thread: &[&str]) -> Self {
        let all: Vec<_> = thread.iter().map(|id| format!("<{id}>")).collect();
        self.with(&format!("In-Reply-To: <{parent}>\r\nReferences: {}\r\n", all.join("\r\n ")))
    }

    /// With further headers.
    pub fn with(mut self, headers: &str) -> Self {
        self.headers.push_str(headers);
        self
    }

    /// Saying something.
    pub fn says(self, text: &str) -> Self {
        Self { text: text.to_owned(), ..self }
    }

    /// As it goes over the wire.
    pub fn raw(&self) -> Vec<u8> {
        let Self { from, subject, id, headers, text } = self;
        format!(
            "From: {from}\r\nTo: bonjour@conciergerie.example\r\nSubject: {subject}\r\nMessage-ID: <{id}>\r\n{headers}\r\n{text}\r\n"
        )
        .into_bytes()
    }
}

/// A token of the mailbox.
pub async fn mail_token(house: &House) -> String {
    let mut tx = house.office.app.store.write().await.unwrap();
    let token = token::add(&mut tx, &MAILBOX.parse().unwrap()).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    token
}

/// The door for mail.
pub struct Door {
    hand: Hand,
    authorization: String,
}

impl Door {
    /// To a house, with a token of the mailbox.
    pub async fn of(house: &House) -> Self {
        Self { hand: Hand::new(&house.office), authorization: format!("Bearer {}", mail_token(house).await) }
    }

    /// Hands in bytes.
    pub async fn hand_in(&self, raw: Vec<u8>) -> Answer {
        let headers = [("authorization", self.authorization.as_str()), ("content-type", "message/rfc822")];
        self.hand.ask("POST", &format!("/v1/intake/mail/{MAILBOX}"), &headers, Some(raw)).await
    }

    /// Hands in a letter, which must be new; the contact that it is.
    pub async fn takes(&self, letter: &Letter) -> ContactId {
        let answer = self.hand_in(letter.raw()).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        answer.json()["contact_id"].as_str().unwrap().parse().unwrap()
    }
}

/// A contact.
pub async fn contact(house: &House, id: ContactId) -> Contact {
    house.manager.row(EntityKind::Contact, id).await
}

/// The message of a contact.
pub fn message(contact: &Contact) -> &Message {
    match &contact.origin {
        Origin::Message(message) => message,
        other => panic!("no message: {other:?}"),
    }
}
