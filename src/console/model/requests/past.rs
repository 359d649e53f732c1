//! What the office finds in its past: asked a moment after the last key, and only what was asked last counts.

use crate::domain::{ids::RequestId, request::Request, time::Instant};
use jiff::SignedDuration;
use std::{collections::HashMap, sync::Arc};

/// How long nothing is typed before the office is asked.
const PAUSE: SignedDuration = SignedDuration::from_millis(300);

/// Fewer letters would find everything.
const LEAST: usize = 2;

/// Where the search of the past stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Searched {
    /// The filter has no words to search for.
    #[default]
    Nothing,
    /// It will be asked at this time, if nothing else is typed.
    At(Instant),
    /// It was asked and has not answered.
    Asked,
    /// It has answered.
    Told,
    /// It could not be asked: a sentence.
    Away(String),
}

/// What the office found.
#[derive(Debug, Default)]
pub struct Past {
    words: String,
    state: Searched,
    found: HashMap<RequestId, Arc<Request>>,
    generation: u64,
}

impl Past {
    /// The filter has these words now: they are searched for in a moment. What was found for others goes.
    pub fn want(&mut self, words: &str, now: Instant) {
        if self.words == words {
            return;
        }
        words.clone_into(&mut self.words);
        let is_enough = words.chars().filter(|c| c.is_alphanumeric()).count() >= LEAST;
        self.state = if is_enough { Searched::At(now.plus(PAUSE)) } else { Searched::Nothing };
        self.put(Vec::new());
    }

    /// Nothing more will be typed: what is wanted is asked at once, and what could not be asked once more.
    pub fn hurry(&mut self, now: Instant) {
        if matches!(self.state, Searched::At(_) | Searched::Away(_)) {
            self.state = Searched::At(now);
        }
    }

    /// When the office is to be asked.
    pub fn due(&self) -> Option<Instant> {
        match self.state {
            Searched::At(at) => Some(at),
            _ => None,
        }
    }

    /// What the office is to be asked now.
    pub fn ask(&mut self, now: Instant) -> Option<String> {
        let is_due = self.due().is_some_and(|at| at <= now);
        is_due.then(|| {
            self.state = Searched::Asked;
            self.words.clone()
        })
    }

    /// The office answered; an answer to other words than those asked last is of no use.
    pub fn told(&mut self, words: &str, found: Result<Vec<Request>, String>) {
        if words != self.words {
            return;
        }
        match found {
            Ok(found) => {
                self.state = Searched::Told;
                self.put(found);
            }
            Err(why) => self.state = Searched::Away(why),
        }
    }

    fn put(&mut self, found: Vec<Request>) {
        self.found = found.into_iter().map(|request| (request.id, Arc::new(request))).collect();
        self.generation += 1;
    }

    /// Where the search stands.
    pub fn state(&self) -> &Searched {
        &self.state
    }

    /// Everything that was found, in no order.
    pub fn found(&self) -> impl Iterator<Item = &Arc<Request>> {
        self.found.values()
    }

    /// One of those found.
    pub fn get(&self, id: RequestId) -> Option<&Arc<Request>> {
        self.found.get(&id)
    }

    /// One more whenever what was found is another.
    pub fn generation(&self) -> u64 {
        self.generation
    }
}
