//! Who may do and see what: roles, actors, and the sight that filters snapshot and feed.

use super::{
    entity::{Audience, EntityKind, Scope},
    ids::{ClientId, CourierId, OperatorId, ProviderId, SiteId},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A role of an account; an account holds a set of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Takes calls and mail.
    Operator,
    /// Routes jobs to providers.
    Dispatcher,
    /// Keeps desks on sites.
    Concierge,
    /// Learns; what leaves the house is held.
    Trainee,
    /// Does all that a dispatcher does, and keeps the house.
    Manager,
    /// A client's: reads the own organisation.
    Coordinator,
}

impl Role {
    /// Every role.
    pub const ALL: &'static [Self] =
        &[Self::Operator, Self::Dispatcher, Self::Concierge, Self::Trainee, Self::Manager, Self::Coordinator];

    /// The word in JSON and on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Operator => "operator",
            Self::Dispatcher => "dispatcher",
            Self::Concierge => "concierge",
            Self::Trainee => "trainee",
            Self::Manager => "manager",
            Self::Coordinator => "coordinator",
        }
    }
}

/// Who a machine's table allows a move to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// An account with this role.
    Role(Role),
    /// The system's timers and consequences.
    System,
    /// A provider, by link or mail.
    Provider,
    /// A beneficiary, by link or mail.
    Beneficiary,
}

impl Who {
    /// The word in the documentation.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Role(role) => role.name(),
            Self::System => "system",
            Self::Provider => "provider",
            Self::Beneficiary => "beneficiary",
        }
    }
}

/// Short hands for the tables of the entities.
pub mod who {
    use super::{Role, Who};
    /// Phone operator.
    pub const P: Who = Who::Role(Role::Operator);
    /// Dispatcher; a manager may do all that a dispatcher may.
    pub const D: Who = Who::Role(Role::Dispatcher);
    /// Concierge.
    pub const C: Who = Who::Role(Role::Concierge);
    /// Manager.
    pub const M: Who = Who::Role(Role::Manager);
    /// The system.
    pub const S: Who = Who::System;
    /// A provider.
    pub const V: Who = Who::Provider;
    /// A beneficiary.
    pub const B: Who = Who::Beneficiary;
}

/// Who made a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Author {
    /// A person with an account.
    Operator {
        /// Whose account.
        id: OperatorId,
    },
    /// A trainee whose held command another released: both are credited.
    Released {
        /// The trainee.
        id: OperatorId,
        /// Who released it.
        by: OperatorId,
    },
    /// Timers and consequences.
    System,
    /// A provider, by link or mail.
    Provider {
        /// Which one.
        id: ProviderId,
    },
    /// A courier, by the link of a round.
    Courier {
        /// Who.
        id: CourierId,
    },
}

/// The sites an account works on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Sites {
    /// Every site of the house, also those to come.
    All,
    /// These.
    Only(BTreeSet<SiteId>),
}

/// The one who asks: an account with what it may do and see, or the system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Who is credited.
    pub author: Author,
    /// The account's roles; empty for the system.
    pub roles: BTreeSet<Role>,
    /// The account's sites.
    pub sites: Sites,
    /// A coordinator's organisation.
    pub client: Option<ClientId>,
}

impl Actor {
    /// The system's timers and consequences: may make the system's moves, sees all.
    pub fn system() -> Self {
        Self { author: Author::System, roles: BTreeSet::new(), sites: Sites::All, client: None }
    }

    /// A provider that answers by link or mail. It holds no role, so that no command is open to it: the office makes its moves, on the offers
    /// that it was told, and sees for it what they touch.
    pub fn provider(id: ProviderId) -> Self {
        Self { author: Author::Provider { id }, ..Self::system() }
    }

    /// A courier that reports by the link of a round: as a provider, it holds no role.
    pub fn courier(id: CourierId) -> Self {
        Self { author: Author::Courier { id }, ..Self::system() }
    }

    /// The account, if it is one.
    pub fn operator(&self) -> Option<OperatorId> {
        match self.author {
            Author::Operator { id } | Author::Released { id, .. } => Some(id),
            Author::System | Author::Provider { .. } | Author::Courier { .. } => None,
        }
    }

    /// Whether the account has this role; a manager counts as a dispatcher.
    pub fn has(&self, role: Role) -> bool {
        self.roles.contains(&role) || (role == Role::Dispatcher && self.roles.contains(&Role::Manager))
    }

    /// Whether the account works in the house, other than a client's coordinator.
    pub fn is_staff(&self) -> bool {
        self.author == Author::System || self.roles.iter().any(|role| *role != Role::Coordinator)
    }

    /// Whether a row of this kind and scope is in sight: the one rule behind snapshot, feed, lists and single rows.
    pub fn sees(&self, kind: EntityKind, scope: &Scope) -> bool {
        if matches!(self.author, Author::System | Author::Provider { .. } | Author::Courier { .. }) {
            return true;
        }
        let site_in_sight = match (&self.sites, scope.site) {
            (Sites::All, _) | (_, None) => true,
            (Sites::Only(sites), Some(site)) => sites.contains(&site),
        };
        let own_client = self.has(Role::Coordinator) && scope.client.is_some() && scope.client == self.client;
        let role_in_sight = match kind.audience() {
            // What is of no client is of the house, and shown to all of them.
            Audience::Everyone => self.is_staff() || scope.client.is_none() || own_client,
            Audience::Client => self.is_staff() || own_client,
            Audience::Staff => self.is_staff(),
            Audience::Management => self.has(Role::Manager),
        };
        site_in_sight && role_in_sight
    }
}
