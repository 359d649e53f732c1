//! What the console starts with: who works, at which office, set up how.

use super::{keymap::Extra, message::Message, session::Sessions};
use crate::{
    client::{Client, Url},
    config::console::{Console, Manner},
    domain::{
        ids::PermanenceId,
        operator::{Language, Operator},
    },
};
use jiff::SignedDuration;
use std::path::PathBuf;
use tokio::{
    runtime::Handle,
    sync::mpsc::{UnboundedReceiver, UnboundedSender},
};

/// Everything that is settled before the screen is taken.
#[derive(Debug)]
pub struct Start {
    /// The office's client; it holds the session.
    pub client: Client,
    /// The first of the offices' addresses: which office this is.
    pub office: Url,
    /// The account that works, as last known.
    pub operator: Operator,
    /// Whether the office has confirmed the session just now.
    pub session: SessionFrom,
    /// The configuration file that was read, to name it where a key in it makes no sense.
    pub file: Option<PathBuf>,
    /// The settings of the machine.
    pub config: Console,
    /// The language of the terminal.
    pub terminal_language: Language,
    /// The folder of all stores: outbox, drafts and copies of offices and operators.
    pub stores: PathBuf,
    /// Where sessions are kept.
    pub sessions: Sessions,
    /// Where network and files are waited for.
    pub runtime: Handle,
    /// What goes on beside the office.
    pub beside: Option<Beside>,
}

/// Where the session comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionFrom {
    /// The office has answered.
    Office,
    /// It was kept, and was not shown to the office yet: it may have ended there.
    Kept,
}

impl Start {
    /// What holds for this account at this machine.
    pub fn manner(&self) -> Manner {
        self.config.manner(&self.operator.fields.preferences, self.terminal_language)
    }
}

/// What goes on beside the office while the console runs: only a simulated service has it.
#[derive(Debug)]
pub struct Beside {
    /// What can be ordered there, after `:`.
    pub commands: Vec<Extra>,
    /// Where orders go, by their id.
    pub orders: UnboundedSender<&'static str>,
    /// What is heard from there.
    pub heard: UnboundedReceiver<Message>,
    /// How far that service's clock is ahead of this machine's.
    pub ahead: SignedDuration,
    /// The desk at which one sits at once; none for the screen that the account opens with.
    pub desk: Option<PermanenceId>,
}

/// How the console ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// It was left.
    Left,
    /// Somebody else is to sign in.
    HandedOver,
}

/// How the console ended badly, as a sentence in the reader's language.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
#[error("{0}")]
pub struct Stopped(pub String);

/// Opens the screen and returns when it is closed.
pub const OPEN: Option<fn(Start) -> Result<End, Stopped>> = Some(super::run::open);
