//! The line of commands: what is typed after `:` and what it finds.

use super::field::Field;
use crate::{
    console::{keymap::Order, palette::Palette},
    domain::{
        access::Role,
        ids::{BeneficiaryId, CommandKey, ItemId, RequestId, SiteId},
        operator::Language,
    },
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    ops::Range,
};

/// Lines that are shown of what was found.
pub const SHOWN: usize = 8;

/// Where an entry leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Something is done.
    Order(Order),
    /// A request's card.
    Request(RequestId),
    /// All requests of a person.
    Person(BeneficiaryId),
    /// All requests of a site.
    Site(SiteId),
    /// The requests of a saved view.
    View(String),
    /// Where a thing is, and where it was.
    Thing(ItemId),
    /// The filter is kept under this name.
    KeepView(String),
    /// The view of this name is dropped.
    ForgetView(String),
}

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// What stands on the screen.
    pub label: String,
    /// The parts of the label that matched, in bytes.
    pub matched: Vec<Range<usize>>,
    /// What Tab puts into the line.
    pub completes: String,
    /// The key that does the same, if there is one.
    pub key: Option<String>,
    /// Where it leads.
    pub target: Target,
}

/// The line of commands.
#[derive(Clone, Debug)]
pub struct PaletteLine {
    /// What is typed.
    pub field: Field,
    /// What it finds, the best first; at most [`SHOWN`].
    pub found: Vec<Hit>,
    /// Which of them is chosen, from 0.
    pub chosen: usize,
}

/// What the entries of the palette depend on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntriesOf {
    /// The directory's turn.
    pub directory: u64,
    /// The last command that is on its way: what it makes is found too.
    pub given: Option<CommandKey>,
    /// The interface's language.
    pub language: Language,
    /// What the account may do.
    pub roles: BTreeSet<Role>,
    /// The account's views.
    pub views: BTreeMap<String, String>,
}

/// All that can be found but requests, which are found by their numbers; arranged once, for it takes longer than a key may.
pub struct Arranged {
    /// What it was arranged from.
    pub of: EntriesOf,
    /// Whether persons and sites are among the entries: as long as nothing is typed, none of them is shown.
    pub register: bool,
    /// The entries.
    pub palette: Palette<Target>,
}

impl fmt::Debug for Arranged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Arranged").field("of", &self.of).finish_non_exhaustive()
    }
}
