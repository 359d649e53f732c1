//! A reply being written: to whom, about what, its text.

use super::{field::Field, reception::Item};
use crate::domain::{
    contact::{Contact, Origin},
    email::EmailAddress,
    offer::Offer,
    request::Request,
    texts::LongText,
};
use ratatui_textarea::TextArea;
use std::sync::Arc;

/// What a reply answers, as it was when one began to write.
#[derive(Clone, Debug)]
pub enum Answered {
    /// A message.
    Contact(Arc<Contact>),
    /// A request, whose requester is written to.
    Request(Arc<Request>),
    /// An offer, whose provider is written to.
    Offer(Arc<Offer>),
}

impl Answered {
    /// Which row it is.
    pub fn item(&self) -> Item {
        match self {
            Self::Contact(contact) => Item::Contact(contact.id),
            Self::Request(request) => Item::Request(request.id),
            Self::Offer(offer) => Item::Offer(offer.id),
        }
    }

    /// What the message that is answered says.
    pub fn text(&self) -> Option<&str> {
        let Self::Contact(contact) = self else { return None };
        let Origin::Message(message) = &contact.origin else { return None };
        message.text.as_ref().map(LongText::as_str).filter(|text| !text.trim().is_empty())
    }
}

/// Where the focus is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LetterFocus {
    /// On to whom it goes.
    To,
    /// On its subject.
    Subject,
    /// On the message that is answered, which is unfolded as long.
    Answered,
    /// In the text.
    Text,
    /// At its foot: it can be sent, or left as a draft.
    Foot,
}

/// The fields in their order on the screen.
const FIELDS: [LetterFocus; 4] = [LetterFocus::To, LetterFocus::Subject, LetterFocus::Answered, LetterFocus::Text];

/// To whom it would go and under which subject, if nobody says otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposed {
    /// To whom.
    pub to: String,
    /// Its subject.
    pub subject: String,
}

/// A reply being written.
#[derive(Debug)]
pub struct Letter {
    /// What it answers.
    pub answered: Answered,
    /// What stood in its fields at first.
    pub proposed: Proposed,
    /// To whom, as it is typed.
    pub to: Field,
    /// Its subject, as it is typed.
    pub subject: Field,
    /// What is typed.
    pub text: Box<TextArea<'static>>,
    /// Where the focus is.
    pub focus: LetterFocus,
    /// Lines of the message that is answered which are scrolled away.
    pub scrolled: usize,
}

impl Letter {
    /// Whether nothing is typed: a digit is a text module then.
    pub fn is_blank(&self) -> bool {
        self.text.lines().iter().all(|line| line.trim().is_empty())
    }

    /// Whether nothing at all was written or changed.
    pub fn is_untouched(&self) -> bool {
        self.is_blank() && self.to.text() == self.proposed.to && self.subject.text() == self.proposed.subject
    }

    /// What is typed.
    pub fn written(&self) -> String {
        self.text.lines().join("\n")
    }

    /// To whom it goes, if that is an address.
    pub fn recipient(&self) -> Option<EmailAddress> {
        self.to.text().to_owned().try_into().ok()
    }

    /// The line that is typed in, if it is not the text.
    pub fn line_mut(&mut self) -> Option<&mut Field> {
        match self.focus {
            LetterFocus::To => Some(&mut self.to),
            LetterFocus::Subject => Some(&mut self.subject),
            LetterFocus::Answered | LetterFocus::Text | LetterFocus::Foot => None,
        }
    }

    /// Goes on by so many fields, round and round; from the foot it is as from the text.
    pub fn go_on(&mut self, by: usize) {
        let fields: Vec<LetterFocus> = FIELDS
            .into_iter()
            .filter(|field| *field != LetterFocus::Answered || self.answered.text().is_some())
            .collect();
        let here = fields.iter().position(|field| *field == self.focus).unwrap_or(fields.len() - 1);
        if let Some(next) = fields.get((here + by) % fields.len()) {
            self.focus = *next;
        }
    }

    /// Goes to the field before.
    pub fn go_back(&mut self) {
        let fields = if self.answered.text().is_some() { FIELDS.len() } else { FIELDS.len() - 1 };
        self.go_on(fields - 1);
    }
}
