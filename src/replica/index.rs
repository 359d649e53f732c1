//! What is looked up by other things than an identifier: kept up to date with every row that comes or goes.

use crate::{
    domain::{
        beneficiary::Beneficiary,
        claim::{Claim, ClaimState},
        contact::{Contact, ContactState, Origin},
        ids::{BeneficiaryId, ClaimId, ContactId, RequestId, SiteId},
        phone::PhoneNumber,
        request::{Request, RequestState, Requester},
        texts::ShortText,
    },
    text::fold,
};
use std::{collections::HashMap, hash::Hash};
use uuid::Uuid;

/// The lane that a contact stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Lane {
    /// Calls.
    Phone,
    /// Messages.
    Email,
    /// Persons at a desk.
    WalkIn,
    /// Things left in a locker.
    LockerDrop,
}

impl Lane {
    /// Where a contact stands.
    pub fn of(origin: &Origin) -> Self {
        match origin {
            Origin::Call(_) => Self::Phone,
            Origin::Message(_) => Self::Email,
            Origin::WalkIn(_) => Self::WalkIn,
            Origin::LockerDrop(_) => Self::LockerDrop,
        }
    }
}

/// Several values under one key, in order.
#[derive(Clone, Debug)]
pub(super) struct Multi<K, V>(HashMap<K, Vec<V>>);

impl<K, V> Default for Multi<K, V> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<K: Hash + Eq, V: Ord + Copy> Multi<K, V> {
    pub(super) fn get<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> &[V]
    where
        K: std::borrow::Borrow<Q>,
    {
        self.0.get(key).map_or(&[], Vec::as_slice)
    }

    fn shrink(&mut self) {
        self.0.values_mut().for_each(Vec::shrink_to_fit);
    }

    fn turn(&mut self, key: K, value: V, way: Way) {
        match way {
            Way::In | Way::Load => {
                let values = self.0.entry(key).or_default();
                if let Err(place) = values.binary_search(&value) {
                    values.insert(place, value);
                }
            }
            Way::Out => {
                if let Some(values) = self.0.get_mut(&key)
                    && let Ok(place) = values.binary_search(&value)
                {
                    values.remove(place);
                    if values.is_empty() {
                        self.0.remove(&key);
                    }
                }
            }
        }
    }
}

/// Whether a row comes or goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// It comes with a snapshot: many at once, settled at the end.
    Load,
    /// It comes.
    In,
    /// It goes.
    Out,
}

/// All of them.
#[derive(Clone, Debug, Default)]
pub struct Indexes {
    pub(super) requests_of: Multi<BeneficiaryId, RequestId>,
    pub(super) requests_from: Multi<ContactId, RequestId>,
    pub(super) requests_at: Multi<SiteId, RequestId>,
    pub(super) requests_in: Multi<RequestState, RequestId>,
    pub(super) merged_into: Multi<RequestId, RequestId>,
    pub(super) split_from: Multi<RequestId, RequestId>,
    pub(super) claims_on: HashMap<Uuid, ClaimId>,
    pub(super) contacts: Multi<(Lane, ContactState), ContactId>,
    pub(super) by_phone: Multi<PhoneNumber, BeneficiaryId>,
    pub(super) names: Names,
}

impl Indexes {
    /// A request comes or goes.
    pub fn request(&mut self, request: &Request, way: Way) {
        let id = request.id;
        if request.is_open() {
            self.requests_in.turn(request.state, id, way);
        }
        if let Some(Requester::Person { id: person }) = request.fields.requester {
            self.requests_of.turn(person, id, way);
        }
        if let Some(contact) = request.fields.contact_id {
            self.requests_from.turn(contact, id, way);
        }
        if let Some(site) = request.fields.site_id {
            self.requests_at.turn(site, id, way);
        }
        if let Some(merged) = &request.merged {
            self.merged_into.turn(merged.id, id, way);
        }
        if let Some(origin) = request.origin_id {
            self.split_from.turn(origin, id, way);
        }
    }

    /// A contact comes or goes.
    pub fn contact(&mut self, contact: &Contact, way: Way) {
        self.contacts.turn((Lane::of(&contact.origin), contact.state), contact.id, way);
    }

    /// A claim comes or goes; one that is over claims nothing.
    pub fn claim(&mut self, claim: &Claim, way: Way) {
        match way {
            Way::In | Way::Load if claim.state != ClaimState::Released => {
                _ = self.claims_on.insert(claim.subject_id, claim.id);
            }
            Way::Out if self.claims_on.get(&claim.subject_id) == Some(&claim.id) => {
                _ = self.claims_on.remove(&claim.subject_id);
            }
            _ => {}
        }
    }

    /// A person comes or goes.
    pub fn person(&mut self, person: &Beneficiary, way: Way) {
        for phone in &person.fields.phones {
            self.by_phone.turn(phone.clone(), person.id, way);
        }
        self.names.turn(person, way);
    }

    /// Once all rows are in: persons in their order, and no room kept for more, which is what a list has grown by.
    pub(super) fn settle(&mut self) {
        self.names.0.sort_unstable();
        self.names.0.shrink_to_fit();
        self.requests_of.shrink();
        self.requests_from.shrink();
        self.requests_at.shrink();
        self.requests_in.shrink();
        self.merged_into.shrink();
        self.split_from.shrink();
        self.contacts.shrink();
        self.by_phone.shrink();
    }
}

/// The folded names of persons, family name first, in alphabetical order.
#[derive(Clone, Debug, Default)]
pub(super) struct Names(Vec<(Box<str>, BeneficiaryId)>);

impl Names {
    /// The folded name as it is searched.
    pub(super) fn folded(person: &Beneficiary) -> Box<str> {
        let given = person.fields.given_name.as_ref().map_or("", ShortText::as_str);
        fold(&format!("{} {given}", person.fields.family_name)).into_boxed_str()
    }

    fn turn(&mut self, person: &Beneficiary, way: Way) {
        let entry = (Self::folded(person), person.id);
        if way == Way::Load {
            self.0.push(entry);
            return;
        }
        match (self.0.binary_search(&entry), way) {
            (Err(place), Way::In) => self.0.insert(place, entry),
            (Ok(place), Way::Out) => drop(self.0.remove(place)),
            _ => {}
        }
    }

    /// Persons of whose name each word of `text` begins a word: first those whose family name begins with it, then the others, each by alphabet.
    pub(super) fn find(&self, text: &str, limit: usize) -> Vec<BeneficiaryId> {
        let folded = fold(text);
        let asked: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
        let Some(first) = asked.first() else { return Vec::new() };
        let (mut found, mut others) = (Vec::new(), Vec::new());
        for (name, id) in &self.0 {
            if !asked.iter().all(|word| begins_a_word(name, word)) {
                continue;
            }
            if name.starts_with(first) { &mut found } else { &mut others }.push(*id);
            if found.len() >= limit {
                break;
            }
        }
        found.extend(others);
        found.truncate(limit);
        found
    }
}

/// Whether a word of the folded `name` begins with `word`; the search for `word` in the whole is what is fast.
pub(super) fn begins_a_word(name: &str, word: &str) -> bool {
    name.match_indices(word).any(|(place, _)| place == 0 || name.as_bytes().get(place - 1) == Some(&b' '))
}
