//! An operator: a person with an account, a set of roles, sites, telephone extensions and preferences.

use super::{
    access::{Actor, Author, Role, Sites},
    entity::{EntityKind, Scope},
    ids::{ClientId, OperatorId},
    refusal::Refusal,
    register::{Entry, Fields},
    texts::ShortText,
};
use crate::text::fold;
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::RangeInclusive,
};

/// The person with an account.
pub type Operator = Entry<OperatorFields>;

/// Characters of a password.
pub const PASSWORD: RangeInclusive<usize> = 10..=1000;

/// What one logs in as: 2 to 64 of `a-z 0-9 . _ -`, in lower case.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Login(String);

impl Login {
    /// The login as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Login {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let text = text.trim().to_lowercase();
        let plain =
            text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'_' | b'-'));
        if plain && (2..=64).contains(&text.len()) {
            Ok(Self(text))
        } else {
            Err("a login is 2 to 64 of a-z, 0-9, '.', '_' and '-'")
        }
    }
}

impl From<Login> for String {
    fn from(login: Login) -> Self {
        login.0
    }
}

/// The interface's language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// French, the first language.
    #[default]
    Fr,
    /// English.
    En,
}

/// How a ring is heard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Bell {
    /// Not at all.
    Off,
    /// Once a ring.
    #[default]
    Once,
    /// Until somebody answers.
    Repeat,
}

/// How the screen is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// Panes on the whole screen.
    #[default]
    Panes,
    /// Line after line, for a screen reader.
    Linear,
}

/// The screen that opens first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Screen {
    /// What comes in.
    #[default]
    Reception,
    /// Who does it.
    Dispatch,
    /// Who carries it.
    Rounds,
    /// Everything.
    Requests,
    /// Figures and journal.
    Activity,
}

/// What an account likes; it follows the person to any desk.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Preferences {
    /// The interface's language; the terminal's if none.
    pub language: Option<Language>,
    /// The theme's name; the console's default if none.
    pub theme: Option<ShortText>,
    /// How the screen is drawn; as the machine is set if none.
    pub layout: Option<Layout>,
    /// How a ring is heard; as the machine is set if none.
    pub bell: Option<Bell>,
    /// Keys of one's own, by action.
    pub keys: BTreeMap<String, String>,
    /// Saved views: a filter by name.
    pub views: BTreeMap<String, String>,
    /// The screen that opens first.
    pub first_screen: Screen,
}

impl Preferences {
    /// The name that a view has already, whatever its capitals and accents.
    pub fn view_named(&self, name: &str) -> Option<&str> {
        let name = fold(name);
        self.views.keys().find(|known| fold(known) == name).map(String::as_str)
    }

    /// Keeps a view under a name in the place of one of the same name, or drops that; every other view stays as it is.
    pub fn set_view(&mut self, name: &str, filter: Option<&str>) {
        if let Some(same) = self.view_named(name).map(str::to_owned) {
            self.views.remove(&same);
        }
        if let Some(filter) = filter {
            self.views.insert(name.to_owned(), filter.to_owned());
        }
    }
}

/// What is written of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OperatorFields {
    /// What one logs in as.
    #[cfg_attr(feature = "office", schema(value_type = String, min_length = 2, max_length = 64, pattern = "^[a-z0-9._-]{2,64}$"))]
    pub login: Login,
    /// The name on screens.
    pub name: ShortText,
    /// The roles; at least one.
    pub roles: BTreeSet<Role>,
    /// The sites.
    pub sites: Sites,
    /// A coordinator's organisation.
    #[serde(default)]
    pub client_id: Option<ClientId>,
    /// Extensions or user names of the telephone system: an answer from one is this operator's.
    #[serde(default)]
    pub extensions: BTreeSet<ShortText>,
    /// What the person likes.
    #[serde(default)]
    pub preferences: Preferences,
}

impl Fields for OperatorFields {
    type Id = OperatorId;
    const KIND: EntityKind = EntityKind::Operator;
    const EDITABLE: &'static [&'static str] =
        &["login", "name", "roles", "sites", "client_id", "extensions", "preferences"];

    fn scope(&self, _id: OperatorId) -> Scope {
        Scope::default()
    }

    fn check(&self) -> Result<(), Refusal> {
        let invalid = |field: &str, why: &str| Err(Refusal::FieldInvalid { field: field.into(), why: why.into() });
        if self.roles.is_empty() {
            return invalid("roles", "an account has at least one role");
        }
        if self.roles.contains(&Role::Coordinator) != self.client_id.is_some() {
            return invalid("client_id", "a coordinator, and nobody else, belongs to a client");
        }
        if self.roles.contains(&Role::Coordinator) && self.roles.len() > 1 {
            return invalid("roles", "a client's coordinator has no role in the house");
        }
        let preferences = &self.preferences;
        let long = |map: &BTreeMap<String, String>| {
            map.len() > 200 || map.iter().any(|(name, value)| name.len() > 200 || value.len() > 1000)
        };
        let maps = [("preferences.keys", &preferences.keys), ("preferences.views", &preferences.views)];
        let unclean = |map: &BTreeMap<String, String>| {
            map.iter().any(|(name, value)| name.contains(char::is_control) || value.contains(char::is_control))
        };
        if let Some((field, _)) = maps.into_iter().find(|(_, map)| unclean(map)) {
            return invalid(field, "no control characters");
        }
        if long(&preferences.keys) || long(&preferences.views) || self.extensions.len() > 20 {
            return invalid("preferences", "at most 200 keys, 200 views of 1000 characters, and 20 extensions");
        }
        Ok(())
    }

    fn search_words(&self) -> Vec<&str> {
        vec![self.name.as_str()]
    }
}

impl Entry<OperatorFields> {
    /// The account as the one who asks.
    pub fn actor(&self) -> Actor {
        Actor {
            author: Author::Operator { id: self.id },
            roles: self.fields.roles.clone(),
            sites: self.fields.sites.clone(),
            client: self.fields.client_id,
        }
    }
}
