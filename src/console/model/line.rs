//! The entry line: what is typed as it is said, what was understood of it, and what was chosen by hand.

use super::field::Field as TextField;
use crate::{
    console::keymap::Context,
    domain::{
        entry::{Chosen, Field, Question, Reading, Setting, Usual},
        ids::{BeneficiaryId, CommandKey, ContactId, RequestId, SiteId},
        recurring::RecurringOrderFields,
        request::{Channel, RequestFields, Requester},
        time::Instant,
    },
    replica::{Draft, DraftSubject},
};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::sync::Arc;

/// A draft goes to disk at most this often while one types.
pub const KEEP_EVERY: SignedDuration = SignedDuration::from_millis(500);

/// A draft is said to be on disk once nothing was typed for so long: the words stand still while one types.
pub const AT_REST: SignedDuration = SignedDuration::from_millis(400);

/// Where the focus is within the entry line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum LineFocus {
    /// In the line itself.
    #[default]
    Line,
    /// On a field that was understood.
    Fields(Field),
    /// On the numbered answers to the one question.
    Asked,
    /// Elsewhere: the line is drawn, the list has the keys.
    Away,
}

/// The value of a field being replaced by typing.
#[derive(Clone, Debug, Default)]
pub struct Replacing {
    /// What was typed for it.
    pub field: TextField,
    /// Whether it was understood, and stands in the field already.
    pub understood: bool,
}

/// A usual order that stands for the line; counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Brought {
    /// By its number, the only thing typed.
    ByNumber(usize),
    /// By ↓ in the empty line.
    ByArrow(usize),
}

impl Brought {
    /// Which one, from 0.
    pub const fn place(self) -> usize {
        match self {
            Self::ByNumber(place) | Self::ByArrow(place) => place,
        }
    }
}

/// A request about to be made of what was understood.
#[derive(Clone, Debug)]
pub struct Made {
    /// Its id.
    pub id: RequestId,
    /// What is known of it.
    pub fields: RequestFields,
    /// What is missing before it can go on, in words.
    pub missing: Vec<String>,
    /// The recurring order that it is instead, where it comes again and nothing is missing.
    pub again: Option<RecurringOrderFields>,
}

/// What was saved, until the command is on disk: should it never get there, this comes back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Saving {
    /// The command.
    pub key: CommandKey,
    /// The requests that it makes.
    pub requests: Vec<RequestId>,
    /// What was typed.
    pub text: String,
    /// What was chosen by hand.
    pub chosen: Chosen,
}

/// What Tab goes round in: the phrase as it was typed, and which completion stands in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completing {
    /// The phrase before the first Tab.
    pub text: String,
    /// Bytes before its cursor.
    pub cursor: usize,
    /// Which completion, from 0.
    pub place: usize,
}

/// What a reading was made with; it is made anew when any of it is different.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadWith {
    /// The directory's turn.
    pub directory: u64,
    /// Who asks.
    pub requester: Option<Requester>,
    /// Their requests of the past, as many as were told.
    pub past: Option<usize>,
    /// Where the contact is.
    pub site: Option<SiteId>,
}

/// The entry line.
#[derive(Debug)]
pub struct EntryLine {
    /// The contact it belongs to; none for a request that comes from none.
    pub contact: Option<ContactId>,
    /// The request that the next save makes.
    pub request: RequestId,
    /// How what is saved came in.
    pub channel: Channel,
    /// Who asks, as far as it is known.
    pub requester: Option<Requester>,
    /// Where, if the row it was opened from says so.
    pub site: Option<SiteId>,
    /// What is typed.
    pub input: TextField,
    /// What was chosen by hand.
    pub chosen: Chosen,
    /// What was understood of it.
    pub reading: Option<Reading>,
    /// What is known before a word is said.
    pub setting: Option<Setting>,
    /// What the reading was made with.
    pub read_with: Option<ReadWith>,
    /// Whether something was typed or chosen since.
    pub unread: bool,
    /// Where the focus is.
    pub focus: LineFocus,
    /// A value being typed over a field.
    pub replacing: Option<Replacing>,
    /// The caller's usual orders, the most usual first.
    pub usual: Arc<[Usual]>,
    /// The usual order that stands in the line.
    pub brought: Option<Brought>,
    /// Where Tab stands.
    pub completing: Option<Completing>,
    /// The open request that this looks like.
    pub alike: Option<RequestId>,
    /// The one that it was compared with already.
    pub compared: Option<RequestId>,
    /// What was saved and is not on disk yet.
    pub saving: Vec<Saving>,
    /// What was saved from it since it was opened.
    pub saved: Vec<RequestId>,
    /// Whether what was typed is on disk.
    pub kept: bool,
    /// When it was last put there.
    pub kept_at: Option<Instant>,
}

impl EntryLine {
    /// An empty line.
    pub fn new(request: RequestId, contact: Option<ContactId>, channel: Channel, requester: Option<Requester>) -> Self {
        Self {
            contact,
            request,
            channel,
            requester,
            site: None,
            input: TextField::default(),
            chosen: Chosen::default(),
            reading: None,
            setting: None,
            read_with: None,
            unread: true,
            focus: LineFocus::Line,
            replacing: None,
            usual: Arc::default(),
            brought: None,
            completing: None,
            alike: None,
            compared: None,
            saving: Vec::new(),
            saved: Vec::new(),
            kept: true,
            kept_at: None,
        }
    }

    /// What its draft is kept under.
    pub fn subject(&self) -> DraftSubject {
        match self.contact {
            Some(id) => DraftSubject::Contact { id },
            None => DraftSubject::New { id: self.request },
        }
    }

    /// Whether keys go to it.
    pub fn has_focus(&self) -> bool {
        self.focus != LineFocus::Away
    }

    /// What keys mean there.
    pub fn context(&self) -> Context {
        match self.focus {
            LineFocus::Asked => Context::Choice,
            LineFocus::Line | LineFocus::Fields(_) => Context::Text,
            LineFocus::Away => Context::List,
        }
    }

    /// Whether nothing was typed, chosen or brought since the last save.
    pub fn is_blank(&self) -> bool {
        self.input.is_blank() && self.chosen.is_empty() && self.brought.is_none() && self.replacing.is_none()
    }

    /// The person who asks, if it is one and known.
    pub fn person(&self) -> Option<BeneficiaryId> {
        match self.requester {
            Some(Requester::Person { id }) => Some(id),
            _ => None,
        }
    }

    /// The question that waits for an answer.
    pub fn question(&self) -> Option<&Question> {
        self.reading.as_ref()?.question.as_ref()
    }

    /// The usual order that stands in the line.
    pub fn usual_order(&self) -> Option<&Usual> {
        self.usual.get(self.brought?.place())
    }

    /// The words to be read: the number of a usual order is none.
    pub fn phrase(&self) -> &str {
        match self.brought {
            Some(Brought::ByNumber(_)) => "",
            _ => self.input.text(),
        }
    }

    /// Something was typed or chosen: it is to be read anew and put on disk.
    pub fn changed(&mut self) {
        self.unread = true;
        self.completing = None;
        self.kept = false;
    }

    /// All that was typed, also for a field that did not understand it.
    fn typed(&self) -> String {
        let apart = self.replacing.as_ref().filter(|replacing| !replacing.understood && !replacing.field.is_blank());
        match apart {
            Some(replacing) if self.input.is_blank() => replacing.field.text().to_owned(),
            Some(replacing) => format!("{} {}", self.input.text(), replacing.field.text()),
            None => self.input.text().to_owned(),
        }
    }

    /// Goes from a field back to the line; what was typed for the field and not understood goes along.
    pub fn leave_fields(&mut self) {
        let typed = self.typed();
        if self.replacing.take().is_some_and(|replacing| !replacing.understood && !replacing.field.is_blank()) {
            self.input.replace(typed);
            self.changed();
        }
    }

    /// What is to be kept of it.
    pub fn draft(&self, at: Instant) -> Draft {
        let mut draft = Draft { text: self.typed(), ..Draft::new(self.subject(), at) };
        draft.cursor = self.input.cursor();
        if !self.chosen.is_empty() {
            note(&mut draft, "chosen", &self.chosen);
        }
        if let Some(order) = self.brought.filter(|_| self.input.is_blank()) {
            note(&mut draft, "brought", &order.place());
        }
        if !self.saving.is_empty() {
            note(&mut draft, "saving", &self.saving);
        }
        if self.contact.is_none() && !draft.is_empty() {
            note(&mut draft, "channel", &self.channel);
            note(&mut draft, "requester", &self.requester);
            note(&mut draft, "site", &self.site);
        }
        draft
    }

    /// Takes up what was kept; what was saved meanwhile, as `is_safe` tells, is left out.
    pub fn take_up(&mut self, draft: &Draft, is_safe: impl Fn(&Saving) -> bool) {
        let saving: Vec<Saving> = part(draft, "saving").unwrap_or_default();
        let mut text = String::new();
        let mut chosen: Option<Chosen> = part(draft, "chosen");
        for lost in saving.into_iter().filter(|saving| !is_safe(saving)) {
            text.push_str(&lost.text);
            text.push(' ');
            chosen = chosen.or(Some(lost.chosen));
        }
        let before = text.chars().count();
        text.push_str(&draft.text);
        self.input = TextField::at(text.trim_end().to_owned(), before + draft.cursor);
        self.chosen = chosen.unwrap_or_default();
        self.brought = part(draft, "brought").map(Brought::ByArrow);
        if self.contact.is_none() {
            self.channel = part(draft, "channel").unwrap_or(self.channel);
            self.requester = part::<Option<Requester>>(draft, "requester").flatten().or(self.requester.take());
            self.site = part::<Option<SiteId>>(draft, "site").flatten().or(self.site);
        }
        self.unread = true;
    }
}

/// Writes something into a draft under a name.
fn note(draft: &mut Draft, name: &str, value: &impl Serialize) {
    // What is written here has a form in JSON.
    draft.fields.extend(serde_json::to_value(value).ok().map(|value| (name.to_owned(), value)));
}

/// What a draft says under a name.
pub fn part<T: DeserializeOwned>(draft: &Draft, name: &str) -> Option<T> {
    serde_json::from_value(draft.fields.get(name)?.clone()).ok()
}
