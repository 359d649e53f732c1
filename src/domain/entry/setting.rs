//! What is known before a word is said: the moment, the caller's habits, the permanences to come.

use super::reading::HandOver;
use crate::domain::{
    ids::{ServiceId, SiteId},
    operator::Language,
    request::{Payer, Quantity},
    texts::ShortText,
    time::Window,
};
use jiff::civil::DateTime;

/// An order that a person places again and again.
#[derive(Clone, Debug, PartialEq)]
pub struct Usual {
    /// What.
    pub service: ServiceId,
    /// How many.
    pub quantity: Quantity,
    /// What exactly.
    pub detail: Option<ShortText>,
    /// How it mostly came back.
    pub handover: Option<HandOver>,
    /// How often it was ordered.
    pub times: u32,
}

/// What is known before a word is said.
#[derive(Clone, Debug)]
pub struct Setting {
    /// The time on the clocks of the caller's site.
    pub now: DateTime,
    /// The language that decides where a word has a meaning in both.
    pub language: Language,
    /// The caller's site.
    pub site: Option<SiteId>,
    /// How things mostly come back to the caller.
    pub handover: Option<HandOver>,
    /// Who mostly pays.
    pub payer: Option<Payer>,
    /// The caller's home.
    pub home: Option<ShortText>,
    /// The permanences to come, of all sites, in any order; those that ended are passed over.
    pub permanences: Vec<(SiteId, Window)>,
    /// The caller's usual orders, the most usual first.
    pub usual: Vec<Usual>,
}

impl Setting {
    /// Nothing is known but the moment.
    pub fn at(now: DateTime, language: Language) -> Self {
        Self {
            now,
            language,
            site: None,
            handover: None,
            payer: None,
            home: None,
            permanences: Vec::new(),
            usual: Vec::new(),
        }
    }
}
