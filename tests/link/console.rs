//! A console without a screen: a board, a link, and what the screen would have done with what is told.

use crate::{
    common::{PASSWORD, Person},
    line::pace,
};
use loge::{
    client::{Client, Options},
    domain::{
        ids::{CommandKey, RequestId},
        time::Instant,
    },
    replica::{
        Board, Given, Path, Place, Shown, Store,
        link::{Link, LinkEvent, LinkOptions},
    },
    wire::{catalogue::Command, change::Done, fresh, problem::Problem},
};
use std::time::Duration;
use tempfile::TempDir;
use tokio::sync::mpsc;

/// A console of one operator.
pub struct Console {
    /// What its screen shows.
    pub board: Board,
    /// Its link.
    pub link: Link,
    /// Its way to the office, which the link shares.
    pub client: Client,
    /// Snapshots that were loaded.
    pub loaded: usize,
    /// Answers, in the order in which they came.
    pub done: Vec<Done>,
    /// Direct commands that were refused.
    pub refused: Vec<Problem>,
    /// Every other event, in words.
    pub told: Vec<String>,
    events: mpsc::Receiver<LinkEvent>,
}

/// The time on the console's own clock; the tests need no more of it.
pub fn now() -> Instant {
    Instant::from_micros(1_795_000_000_000_000).unwrap()
}

impl Console {
    /// A client at this address with a session of its own.
    pub async fn client(person: &Person, url: &str) -> Client {
        let client = Client::new(vec![url.parse().unwrap()], Options { pace: pace(), ..Options::default() }).unwrap();
        client.log_in(person.login.parse().unwrap(), PASSWORD.to_owned()).await.unwrap();
        client
    }

    /// Opens a console over a folder.
    pub async fn open(person: &Person, url: &str, folder: &TempDir) -> Self {
        let client = Self::client(person, url).await;
        Self::over(person, client, folder, LinkOptions { pace: pace(), ..LinkOptions::default() })
    }

    /// Opens one with what the test has.
    pub fn over(person: &Person, client: Client, folder: &TempDir, options: LinkOptions) -> Self {
        let place = Place { base: folder.path(), office: "https://loge.example", operator: &person.login };
        // Who opens it next takes it over from here on.
        let found = Store::open(place, now()).unwrap();
        let mut board = Board::new(Some(person.id));
        board.restore(&found.outbox);
        let options = LinkOptions { recall_at: Some(now()), ..options };
        let (link, events) = Link::start(client.clone(), move || Ok(found), options);
        Self { board, link, client, loaded: 0, done: Vec::new(), refused: Vec::new(), told: Vec::new(), events }
    }

    /// The operator gives a command.
    pub fn gives(&mut self, command: Command) -> CommandKey {
        let given = Given { key: fresh(), at: now(), command: Box::new(command) };
        let key = given.key;
        self.board.give(given.clone(), Path::Outbox);
        self.link.give(given, None);
        key
    }

    /// The operator gives a command that goes directly.
    pub fn gives_directly(&mut self, command: Command) -> CommandKey {
        let given = Given { key: fresh(), at: now(), command: Box::new(command) };
        let key = given.key;
        self.board.give(given.clone(), Path::Direct);
        self.link.send_directly(given);
        key
    }

    /// A request as it is shown.
    pub fn request(&self, id: RequestId) -> Option<Shown<'_, loge::domain::request::Request>> {
        self.board.request(id)
    }

    /// Takes in what is told until something is so; fails after ten seconds.
    pub async fn until(&mut self, what: &str, holds: impl Fn(&Self) -> bool) {
        let deadline = tokio::time::Instant::now() + Duration::from_secs(10);
        while !holds(self) {
            match tokio::time::timeout_at(deadline, self.events.recv()).await {
                Ok(Some(event)) => self.take(event),
                _ => panic!("waited in vain until {what}; {:?}", self.told),
            }
        }
    }

    /// Nothing waits any more.
    pub async fn settled(&mut self) {
        self.until("all is sent", |console| console.board.to_send() == 0).await;
    }

    fn take(&mut self, event: LinkEvent) {
        match event {
            LinkEvent::Loaded(replica) => {
                self.loaded += 1;
                self.board.load(*replica);
            }
            LinkEvent::Recalled(Some(copy)) => self.board.load(copy.replica),
            LinkEvent::Change(change) => _ = self.board.apply(&change),
            LinkEvent::Alive(seq) => self.board.reach(seq),
            LinkEvent::Outbox(record) => self.board.record(&record),
            LinkEvent::Sent(key) => self.board.sent(key),
            LinkEvent::Unanswered(key) => self.board.unanswered(key),
            LinkEvent::Unkept { key, .. } => self.board.unkept(key),
            LinkEvent::Done(done) => {
                self.board.done(&done);
                self.done.push(*done);
            }
            LinkEvent::Refused { key, problem } => {
                self.board.lift(key);
                self.refused.push(*problem);
            }
            other => self.told.push(format!("{other:?}")),
        }
    }

    /// Whether an event of this name was told.
    pub fn was_told(&self, name: &str) -> bool {
        self.told.iter().any(|told| told.starts_with(name))
    }
}
