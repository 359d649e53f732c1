//! A place to work at: an operator's machine with its folder and its token, and the office it calls.

use crate::{
    common::{House, Person, session},
    pty::{Pty, Size},
};
use loge::{domain::operator::Language, i18n::say};
use serde_json::json;
use std::{fs, os::unix::fs::PermissionsExt as _};
use tempfile::TempDir;

/// The program under test.
pub const LOGE: &str = env!("CARGO_BIN_EXE_loge");

/// A sentence as the console says it in French.
pub fn fr(key: &str) -> String {
    say(Language::Fr, key, &[])
}

/// An operator's machine.
pub struct Desk {
    /// Its home folder.
    pub home: TempDir,
    url: String,
}

impl Desk {
    /// A machine with a token of this person's, for an office at this address.
    pub async fn of(house: &House, person: &Person, url: String) -> Self {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("token");
        fs::write(&file, session(&house.office, &person.login).await).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
        Self { home, url }
    }

    /// A machine on which nobody has logged in yet.
    pub fn empty(url: String) -> Self {
        Self { home: tempfile::tempdir().unwrap(), url }
    }

    /// Starts the console.
    pub fn console(&self, size: Size, more: &[&str]) -> Pty {
        self.with(size, more, &[])
    }

    /// Starts it with more of the surroundings.
    pub fn with(&self, size: Size, more: &[&str], environment: &[(&str, &str)]) -> Pty {
        let mut arguments = vec!["--office", &self.url];
        if self.home.path().join("token").exists() {
            arguments.extend(["--token-file", "token"]);
        }
        arguments.extend(more);
        Pty::start(LOGE, &arguments, self.home.path(), size, environment)
    }

    /// Starts it and waits until it is connected.
    pub fn connected(&self, size: Size) -> Pty {
        let mut console = self.console(size, &[]);
        console.sees(&fr("connection-online"));
        console
    }
}

/// A call of Mrs Durand begins to ring.
pub async fn rings(house: &House, call: &str) {
    happens(house, call, "ring", "05 36 49 12 34").await;
}

/// Something happens to a call from a number.
pub async fn happens(house: &House, call: &str, event: &str, from: &str) {
    let at = jiff::Timestamp::now();
    let event = json!({ "source": "standard", "call_id": call, "event": event, "occurred_at": at, "from": from,
        "to": "05 36 49 00 99" });
    house.manager.gives("contact.call_event", "", event).await;
}

/// A mail comes in.
pub async fn writes(house: &House, id: &str, from: &str, subject: &str) {
    let what = json!({ "mailbox": "accueil", "message_id": format!("<{id}@metropole.example>"), "from": from,
        "subject": subject, "text": "Bonjour", "nature": "personal" });
    let body = json!({ "occurred_at": jiff::Timestamp::now(), "what": what });
    house.manager.gives("contact.message", uuid::Uuid::now_v7(), body).await;
}
