//! A reply being written: to whom, about what, its text.

use super::reception::Item;
use crate::domain::{contact::Contact, email::EmailAddress, request::Request, texts::ShortText};
use ratatui_textarea::TextArea;
use std::sync::Arc;

/// What a reply answers, as it was when one began to write.
#[derive(Clone, Debug)]
pub enum Answered {
    /// A message.
    Contact(Arc<Contact>),
    /// A request, whose requester is written to.
    Request(Arc<Request>),
}

impl Answered {
    /// Which row it is.
    pub fn item(&self) -> Item {
        match self {
            Self::Contact(contact) => Item::Contact(contact.id),
            Self::Request(request) => Item::Request(request.id),
        }
    }
}

/// Where the focus is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LetterFocus {
    /// In the text.
    Text,
    /// At its foot: it can be sent, or left as a draft.
    Foot,
}

/// A reply being written.
#[derive(Debug)]
pub struct Letter {
    /// What it answers.
    pub answered: Answered,
    /// To whom.
    pub to: EmailAddress,
    /// Its subject.
    pub subject: ShortText,
    /// What is typed.
    pub text: Box<TextArea<'static>>,
    /// Where the focus is.
    pub focus: LetterFocus,
}

impl Letter {
    /// Whether nothing is typed: a digit is a text module then.
    pub fn is_blank(&self) -> bool {
        self.text.lines().iter().all(|line| line.trim().is_empty())
    }

    /// What is typed.
    pub fn written(&self) -> String {
        self.text.lines().join("\n")
    }
}
