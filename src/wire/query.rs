//! What can be read: routes and parameters of everything that is no command.

use crate::domain::{
    access::Role,
    call::ServiceLevel,
    ids::{ProviderId, SiteId},
    operator::Operator,
    ranking::Load,
    texts::ShortText,
    time::Instant,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The login of a person.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LogIn {
    /// The account's login.
    pub login: ShortText,
    /// The password; at most 1,000 characters.
    #[cfg_attr(feature = "office", schema(max_length = 1000, format = Password))]
    pub password: String,
}

/// A session: the token goes into `Authorization: Bearer`.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct Session {
    /// Shown once; the office keeps a hash.
    pub token: String,
    /// When it ends by itself.
    pub expires_at: Instant,
    /// Whose it is.
    pub operator: Operator,
}

/// A password to set.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetPassword {
    /// The present password, for one's own account.
    #[serde(default)]
    #[cfg_attr(feature = "office", schema(max_length = 1000, format = Password))]
    pub present: Option<String>,
    /// The new one: 10 to 1,000 characters.
    #[cfg_attr(feature = "office", schema(min_length = 10, max_length = 1000, format = Password))]
    pub new: String,
}

/// One entry of a row's history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct HistoryEntry {
    /// The row's version after it.
    pub version: i64,
    /// When.
    pub at: Instant,
    /// Who.
    pub author: crate::domain::access::Author,
    /// By which command.
    pub command: crate::domain::ids::CommandKey,
    /// What: the command's name.
    pub verb: String,
    /// The state it left.
    pub from: Option<String>,
    /// The state it reached.
    pub to: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

/// A page of rows.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct Page {
    /// The rows, oldest first.
    #[cfg_attr(feature = "office", schema(value_type = Vec<Object>))]
    pub rows: Vec<Box<serde_json::value::RawValue>>,
    /// Where the next page starts; none if this is the last.
    pub next: Option<String>,
}

/// What is owed, in cents: positive is owed to the house.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct Balance {
    /// By account.
    pub accounts: BTreeMap<String, i64>,
}

/// How calls were answered from a day to a day, both included, in the house's zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct ServiceLevelOf {
    /// The first day.
    #[cfg_attr(feature = "office", schema(value_type = String, format = Date))]
    pub from: Date,
    /// The last day.
    #[cfg_attr(feature = "office", schema(value_type = String, format = Date))]
    pub to: Date,
    /// Of this site alone.
    pub site: Option<SiteId>,
    /// The calls that came in.
    pub calls: ServiceLevel,
}

/// What a provider has on its hands; who is not named has nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct ProviderLoad {
    /// Who.
    pub provider_id: ProviderId,
    /// How much.
    #[serde(flatten)]
    pub load: Load,
}

/// Which route may be read by whom: the queries' counterpart of the catalogue.
#[derive(Debug)]
pub struct QueryEntry {
    /// Its method.
    pub method: &'static str,
    /// Its path.
    pub path: &'static str,
    /// What it answers, in a sentence.
    pub summary: &'static str,
    /// Who may ask; nobody named means without a login.
    pub roles: &'static [Role],
}

const STAFF: &[Role] = &[Role::Operator, Role::Dispatcher, Role::Concierge, Role::Trainee, Role::Manager];
const ALL: &[Role] = Role::ALL;

/// Every route that is no command.
pub const QUERIES: &[QueryEntry] = &[
    QueryEntry { method: "POST", path: "/v1/login", summary: "Opens a session.", roles: &[] },
    QueryEntry { method: "DELETE", path: "/v1/session", summary: "Ends one's session.", roles: ALL },
    QueryEntry { method: "GET", path: "/v1/me", summary: "One's own account.", roles: ALL },
    QueryEntry {
        method: "POST",
        path: "/v1/operators/{id}/password",
        summary: "Sets a password: one's own, or by a manager anyone's; ends the account's other sessions.",
        roles: ALL,
    },
    QueryEntry {
        method: "GET",
        path: "/v1/snapshot",
        summary: "Everything open in sight, and the directory, as of one place in the feed.",
        roles: ALL,
    },
    QueryEntry {
        method: "GET",
        path: "/v1/changes",
        summary: "The change feed from a place on, as server-sent events.",
        roles: ALL,
    },
    QueryEntry {
        method: "GET",
        path: "/v1/search",
        summary: "Requests by words, prefixes, number or telephone number; the newest first.",
        roles: STAFF,
    },
    QueryEntry {
        method: "GET",
        path: "/v1/{collection}",
        summary: "A page of rows in sight, in the order of their making.",
        roles: ALL,
    },
    QueryEntry {
        method: "GET",
        path: "/v1/{collection}/{id}",
        summary: "One row, with its version as ETag.",
        roles: ALL,
    },
    QueryEntry {
        method: "GET",
        path: "/v1/{collection}/{id}/history",
        summary: "Who did what to a row, when.",
        roles: STAFF,
    },
    QueryEntry { method: "GET", path: "/v1/beneficiaries/{id}/tab", summary: "What a person owes.", roles: STAFF },
    QueryEntry {
        method: "GET",
        path: "/v1/beneficiaries/{id}/requests",
        summary: "What a person asked for, open and past; the newest first, at most 200.",
        roles: STAFF,
    },
    QueryEntry { method: "GET", path: "/v1/clients/{id}/tab", summary: "What an organisation owes.", roles: STAFF },
    QueryEntry {
        method: "GET",
        path: "/v1/permanences/{id}/sheet",
        summary: "What a desk closed with, on one page: hours, leftovers, money; as text, or with `form=page` for a browser.",
        roles: STAFF,
    },
    QueryEntry {
        method: "GET",
        path: "/v1/postings/{id}/receipt",
        summary: "The receipt of a payment; as text, or with `form=page` for a browser.",
        roles: STAFF,
    },
    QueryEntry {
        method: "GET",
        path: "/v1/items/labels",
        summary: "Labels from a label on, so many, to be printed: digits as text, with bars with `form=page`.",
        roles: STAFF,
    },
    QueryEntry {
        method: "GET",
        path: "/v1/callers/{number}",
        summary: "Who is behind a telephone number.",
        roles: STAFF,
    },
    QueryEntry {
        method: "GET",
        path: "/v1/contacts/{id}/raw",
        summary: "A message as it came (RFC 5322), without the attachments that were too large.",
        roles: STAFF,
    },
    QueryEntry {
        method: "GET",
        path: "/v1/contacts/{id}/attachments/{place}",
        summary: "An attachment of a message, by its place in the contact's list, from 0.",
        roles: STAFF,
    },
    QueryEntry {
        method: "POST",
        path: "/v1/intake/mail/{mailbox}",
        summary: "Takes a message (RFC 5322) that came to a mailbox, once; with the mailbox's own token instead of a session's.",
        roles: &[],
    },
    QueryEntry {
        method: "GET",
        path: "/v1/requests/{id}/ranking",
        summary: "Every provider of a request's service, ranked or left out, with the reasons; empty while service, site or time are not known.",
        roles: STAFF,
    },
    QueryEntry {
        method: "GET",
        path: "/v1/provider-loads",
        summary: "What providers have on their hands: jobs by day from today on, and those of the last 30 days.",
        roles: STAFF,
    },
    QueryEntry {
        method: "GET",
        path: "/v1/ess",
        summary: "The share of ESS of the jobs given from a day to a day, by count and by euros; of the house, a site or a client.",
        roles: STAFF,
    },
    QueryEntry {
        method: "GET",
        path: "/v1/ess/by",
        summary: "The same of the sites in sight, as a whole, by client and by site.",
        roles: STAFF,
    },
    QueryEntry {
        method: "GET",
        path: "/v1/activity",
        summary: "What happened from a day to a day: arrivals by hour and channel, clocks, permanences, providers, outcomes; of the sites in sight, or of one.",
        roles: STAFF,
    },
    QueryEntry {
        method: "GET",
        path: "/v1/journal",
        summary: "The last changes in sight, the newest first.",
        roles: STAFF,
    },
    QueryEntry {
        method: "GET",
        path: "/v1/rounds/{id}/sheet",
        summary: "A courier's sheet as plain text, as a page to print or as entries of a calendar, in French or English.",
        roles: STAFF,
    },
    QueryEntry {
        method: "POST",
        path: "/v1/travel-times",
        summary: "How long all ways between some places are, in seconds and metres, and who says so.",
        roles: STAFF,
    },
    QueryEntry {
        method: "GET",
        path: "/v1/service-level",
        summary: "How fast calls were answered from a day to a day, of the house or a site.",
        roles: &[Role::Manager],
    },
    QueryEntry {
        method: "POST",
        path: "/v1/intake/calls/{token}",
        summary: "What a telephone system tells of a call, in the format that the token stands for.",
        roles: &[],
    },
    QueryEntry { method: "GET", path: "/v1/openapi.json", summary: "This API's description.", roles: &[] },
    QueryEntry { method: "GET", path: "/healthz", summary: "Whether the office runs.", roles: &[] },
    QueryEntry {
        method: "GET",
        path: "/readyz",
        summary: "Whether the office can answer: its database answers.",
        roles: &[],
    },
    QueryEntry {
        method: "GET",
        path: "/metrics",
        summary: "Counters in the Prometheus text format, from loopback only.",
        roles: &[],
    },
];
