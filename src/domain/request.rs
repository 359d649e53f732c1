//! A request: one job asked for, by a person or an organisation, from first word to closing.

use super::{
    clock::{Clock, Urgency},
    entity::{Entity, EntityKind, Scope, Version},
    ids::{AssignmentId, BeneficiaryId, ClientId, ContactId, NoteId, OperatorId, RequestId, ServiceId, SiteId},
    machine::{Reason, State},
    money::{Cents, Share},
    recurring::DateOf,
    refusal::Refusal,
    texts::{LongText, ShortText},
    time::{Instant, When},
};
use serde::{Deserialize, Serialize};

mod moves;
mod number;
pub use moves::{REQUEST, RequestState};
pub use number::RequestNumber;

use RequestState::{Answered, Cancelled, Closed, Done, Merged, New, Refused, Triaged, Waiting};

/// How it came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// By telephone.
    Phone,
    /// By mail.
    Email,
    /// At a permanence.
    Permanence,
    /// By a filled locker.
    Locker,
    /// By the house itself: a recurring order, a complaint.
    House,
}

impl Channel {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Phone, Self::Email, Self::Permanence, Self::Locker, Self::House];
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Requester {
    /// A person served.
    Person {
        /// Who.
        id: BeneficiaryId,
    },
    /// An organisation, through a contact person.
    Organisation {
        /// Which one.
        id: ClientId,
        /// The person who speaks for it.
        contact_person: ShortText,
    },
}

/// Who pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Payer {
    /// The person served.
    Person,
    /// The organisation.
    Client,
    /// Both.
    Shared {
        /// The organisation's share.
        client: Share,
    },
}

/// How the thing comes back to the requester.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Handover {
    /// At the desk.
    Permanence,
    /// In a locker.
    Locker,
    /// At an address.
    Home {
        /// Where.
        address: ShortText,
    },
    /// The job is done on the spot.
    OnSite,
}

/// How many of the service's unit; 1 to 10,000.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct Quantity(u32);

impl TryFrom<u32> for Quantity {
    type Error = &'static str;

    fn try_from(number: u32) -> Result<Self, Self::Error> {
        if (1..=10_000).contains(&number) { Ok(Self(number)) } else { Err("a quantity is 1 to 10000") }
    }
}

impl From<Quantity> for u32 {
    fn from(quantity: Quantity) -> Self {
        quantity.0
    }
}

impl Default for Quantity {
    fn default() -> Self {
        Self(1)
    }
}

/// What people write of a request; the body that creates one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RequestFields {
    /// How it came in.
    pub channel: Channel,
    /// The contact it came from.
    #[serde(default)]
    pub contact_id: Option<ContactId>,
    /// Who asks.
    #[serde(default)]
    pub requester: Option<Requester>,
    /// What is asked for.
    #[serde(default)]
    pub service_id: Option<ServiceId>,
    /// Where.
    #[serde(default)]
    pub site_id: Option<SiteId>,
    /// Who pays.
    #[serde(default)]
    pub payer: Option<Payer>,
    /// A due time, or a window for what is done on the spot; civil time in the site's zone.
    #[serde(default)]
    pub when: Option<When>,
    /// How many.
    #[serde(default)]
    #[cfg_attr(feature = "office", schema(value_type = u32, minimum = 1, maximum = 10000))]
    pub quantity: Quantity,
    /// What exactly, in a few words.
    #[serde(default)]
    pub detail: Option<ShortText>,
    /// What was said or written.
    #[serde(default)]
    pub text: Option<LongText>,
    /// How it comes back.
    #[serde(default)]
    pub handover: Option<Handover>,
    /// How pressing it is.
    #[serde(default)]
    pub urgency: Urgency,
    /// The price told, VAT included.
    #[serde(default)]
    pub price: Option<Cents>,
}

/// A question that is out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct Question {
    /// Since when.
    pub since: Instant,
    /// When to look again by itself.
    pub until: Option<Instant>,
    /// What was asked.
    pub question: ShortText,
    /// Where the request goes back to.
    pub back_to: RequestState,
}

/// Where a merged request went on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct MergedInto {
    /// The request that goes on.
    pub id: RequestId,
    /// Where an unmerge takes it back to.
    pub back_to: RequestState,
}

/// A line that somebody noted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct Note {
    /// Made by who writes.
    pub id: NoteId,
    /// When.
    pub at: Instant,
    /// By whom; none for the system.
    pub by: Option<OperatorId>,
    /// What.
    pub text: LongText,
}

/// One job asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct Request {
    /// Made by who creates it.
    pub id: RequestId,
    /// One more at each change.
    pub version: Version,
    /// The number that people say.
    #[cfg_attr(feature = "office", schema(value_type = String, pattern = r"^\d{2}-\d{4,8}$"))]
    pub number: RequestNumber,
    /// Where it stands.
    pub state: RequestState,
    /// When it came in.
    pub created_at: Instant,
    /// Who wrote it down; none for the system.
    pub created_by: Option<OperatorId>,
    /// What people write.
    #[serde(flatten)]
    pub fields: RequestFields,
    /// The client whose coordinator may see it, from requester and site.
    pub client_id: Option<ClientId>,
    /// The question that is out; apart, as what follows, for it is rarely there and a console holds ten thousand requests.
    pub waiting: Option<Box<Question>>,
    /// Where it went on.
    pub merged: Option<Box<MergedInto>>,
    /// The request it was split from, or that it is a complaint about.
    pub origin_id: Option<RequestId>,
    /// The recurring order that it was made of.
    pub recurring: Option<DateOf>,
    /// Who does it.
    pub assignment_id: Option<AssignmentId>,
    /// Its clocks.
    pub clocks: Vec<Clock>,
    /// What was noted; at most 200.
    pub notes: Vec<Note>,
    /// Why it ended, or the answer that ended it.
    pub ending: Option<LongText>,
    /// When it ended, or was delivered.
    pub ended_at: Option<Instant>,
    /// When its free text was let go, as the house's retention says.
    pub forgotten: Option<Instant>,
}

impl Request {
    /// A new request as it came in.
    ///
    /// # Errors
    /// Neither a text nor a service is given.
    pub fn create(
        id: RequestId,
        number: RequestNumber,
        fields: RequestFields,
        at: Instant,
        by: Option<OperatorId>,
    ) -> Result<Self, Refusal> {
        let request = Self {
            id,
            version: Version::FIRST,
            number,
            state: New,
            created_at: at,
            created_by: by,
            fields,
            client_id: None,
            waiting: None,
            merged: None,
            origin_id: None,
            recurring: None,
            assignment_id: None,
            clocks: Vec::new(),
            notes: Vec::new(),
            ending: None,
            ended_at: None,
            forgotten: None,
        };
        request.check()?;
        Ok(request)
    }

    /// What is still missing before it can be triaged.
    pub fn missing(&self) -> Vec<&'static str> {
        let fields = &self.fields;
        [
            ("requester", fields.requester.is_none()),
            ("service_id", fields.service_id.is_none()),
            ("site_id", fields.site_id.is_none()),
            ("payer", fields.payer.is_none()),
            ("when", fields.when.is_none()),
        ]
        .into_iter()
        .filter_map(|(name, missing)| missing.then_some(name))
        .collect()
    }

    /// Moves it, if the table and the fields allow it.
    ///
    /// # Errors
    /// An illegal move with the legal ones, a missing reason, or the fields that are missing.
    pub fn go(
        &mut self,
        name: &'static str,
        to: RequestState,
        reason: Option<&ShortText>,
        at: Instant,
    ) -> Result<(), Refusal> {
        let step = REQUEST.step(self.state, name, to)?;
        if step.reason == Reason::Required && reason.is_none() {
            return Err(Refusal::ReasonMissing { asked: name });
        }
        if to == Triaged && name == "triage" {
            let missing = self.missing();
            if !missing.is_empty() {
                return Err(Refusal::FieldsMissing { fields: missing });
            }
        }
        self.state = to;
        if matches!(to, Done | Closed | Answered | Refused | Cancelled | Merged) {
            self.ended_at = self.ended_at.or(Some(at));
        } else {
            self.ended_at = None;
        }
        if let Some(reason) = reason {
            self.ending = Some(reason.clone().into());
        }
        Ok(())
    }

    /// Whether work on it goes on.
    pub fn is_open(&self) -> bool {
        !REQUEST.is_end(self.state) && self.state != Merged && self.state != Done
    }
}

impl Entity for Request {
    type Id = RequestId;
    const KIND: EntityKind = EntityKind::Request;
    const EDITABLE: &'static [&'static str] = &[
        "requester",
        "service_id",
        "site_id",
        "payer",
        "when",
        "quantity",
        "detail",
        "text",
        "handover",
        "urgency",
        "price",
        "contact_id",
    ];

    super::entity::stored!();

    fn scope(&self) -> Scope {
        Scope { site: self.fields.site_id, client: self.client_id }
    }

    fn state_name(&self) -> Option<&'static str> {
        Some(self.state.name())
    }

    fn check(&self) -> Result<(), Refusal> {
        if self.fields.text.is_none() && self.fields.service_id.is_none() {
            return Err(Refusal::FieldsMissing { fields: vec!["text", "service_id"] });
        }
        // What was triaged stays complete: an edit cannot take away what the job needs.
        let goes_back_triaged = self.waiting.as_ref().is_some_and(|question| question.back_to == Triaged);
        if goes_back_triaged || !matches!(self.state, New | Waiting | Answered | Refused | Cancelled | Merged) {
            let missing = self.missing();
            if !missing.is_empty() {
                return Err(Refusal::FieldsMissing { fields: missing });
            }
        }
        Ok(())
    }

    fn unmade(&self) -> Option<Self> {
        (self.state == New || self.state == Triaged).then(|| Self {
            state: Cancelled,
            ended_at: Some(self.created_at),
            // As if it had never been made: the date may be made again.
            recurring: None,
            ..self.clone()
        })
    }

    fn search_words(&self) -> Vec<&str> {
        [self.fields.detail.as_ref().map(ShortText::as_str), self.fields.text.as_ref().map(LongText::as_str)]
            .into_iter()
            .flatten()
            .collect()
    }
}
