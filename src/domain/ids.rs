//! Typed identifiers: UUIDs of version 7 made by whoever creates the thing, so that work goes on offline.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

/// What every typed identifier can do; lets storage and feed treat them alike.
pub trait Id:
    Copy + Ord + fmt::Display + fmt::Debug + FromStr<Err = uuid::Error> + From<Uuid> + Into<Uuid> + Send + Sync + 'static
{
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl Id for $name {}

        impl From<Uuid> for $name {
            fn from(uuid: Uuid) -> Self {
                Self(uuid)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::from_str(text).map(Self)
            }
        }
    )*};
}

ids! {
    /// A person served.
    BeneficiaryId;
    /// A subscribing organisation.
    ClientId;
    /// A period of a client's subscription.
    ContractId;
    /// A place served.
    SiteId;
    /// An entry of the catalogue.
    ServiceId;
    /// A partner who does jobs.
    ProviderId;
    /// A person who carries items.
    CourierId;
    /// A person with an account.
    OperatorId;
    /// A day on which the house or a site is closed.
    HolidayId;
    /// One interaction that came in.
    ContactId;
    /// What somebody wants again and again.
    RecurringOrderId;
    /// One job asked for.
    RequestId;
    /// Who works on a contact or a request.
    ClaimId;
    /// A trainee's command that waits for release.
    HeldId;
    /// A mail that the house sends to a person.
    ReplyId;
    /// A request put to one provider.
    OfferId;
    /// An accepted offer, or own staff at work.
    AssignmentId;
    /// A desk session on a site.
    PermanenceId;
    /// A compartment on a site.
    LockerId;
    /// A reservation or filling of a locker.
    BookingId;
    /// A thing in custody.
    ItemId;
    /// One move of items.
    LegId;
    /// A courier's ordered legs of one day.
    RoundId;
    /// One balanced entry of the ledger.
    PostingId;
    /// A contradiction between record and world, for a person to settle.
    ExceptionId;
    /// A note on an entity.
    NoteId;
    /// The house's policy; there is one.
    PolicyId;
    /// A command's idempotency key.
    CommandKey;
}
