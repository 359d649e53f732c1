//! A house that sends mail: its office, the mail server, and a message that waits for its answer.

use crate::{
    common::{Database, Directory, Engine, House, Person, directory, person_with, until},
    server::MailServer,
};
use loge::{
    config::{
        mail::{Mail, Outlet, Protection, Server},
        mailbox::Mailbox,
    },
    domain::{
        access::{Role, Sites},
        entity::EntityKind,
        ids::{ContactId, ReplyId},
        reply::{Reply, ReplyState},
    },
    office::{
        outreach::post::Post,
        serve::{Beside, Office, listen},
    },
    wire::fresh,
};
use serde_json::{Value, json};

/// A way out through a server.
pub fn mail(port: u16) -> Mail {
    let server = Server { host: "127.0.0.1".into(), port, protection: Protection::None, ca_file: None, login: None };
    Mail {
        outlet: Outlet::Server(server),
        from: "bonjour@conciergerie.example".to_owned().try_into().unwrap(),
        name: Some("La Conciergerie".into()),
        reply_to: None,
        domain: "conciergerie.example".into(),
        signature: None,
    }
}

/// An office over a database, which sends mail.
pub async fn office(database: &Database, mail: Mail) -> Office {
    office_with(database, mail, &[]).await
}

/// The same, with mailboxes.
pub async fn office_with(database: &Database, mail: Mail, mailboxes: &[Mailbox]) -> Office {
    let (store, listener) = (database.open().await, listen(([127, 0, 0, 1], 0).into()).unwrap());
    let beside = Beside { post: Some(Post::open(mail).unwrap()), mailboxes, ..Beside::default() };
    Office::start_with(store, listener, None, beside).await.unwrap()
}

/// A house that sends mail through a server of its own.
pub struct Sending {
    pub house: House,
    pub server: MailServer,
    pub directory: Directory,
    /// The message that waits for its answer.
    pub message: ContactId,
}

/// The `Message-ID` of the message that waits.
pub const THEIRS: &str = "deux-vestes@metropole.example";

impl Sending {
    /// One whose mails are held for so many seconds.
    pub async fn open(engine: Engine, hold_s: u16) -> Self {
        Self::over(Database::new(engine).await, MailServer::start(), hold_s).await
    }

    async fn over(database: Database, server: MailServer, hold_s: u16) -> Self {
        let way_out = mail(server.port);
        Self::by(database, server, way_out, hold_s).await
    }

    /// One whose mail takes this way out.
    pub async fn by(database: Database, server: MailServer, way_out: Mail, hold_s: u16) -> Self {
        let office = office(&database, way_out).await;
        let roles = [Role::Manager, Role::Operator, Role::Dispatcher, Role::Concierge];
        let manager = person_with(&office, "responsable", &roles, Sites::All, None).await;
        let house = House { database, office, manager };
        let (directory, message) = prepare(&house.manager, hold_s).await;
        Self { house, server, directory, message }
    }

    /// Answers the message.
    pub async fn answer(&self, then: &str) -> ReplyId {
        let id = fresh();
        self.house.manager.gives("reply.prepare", id, answer_to(self.message, then)).await;
        id
    }

    /// The reply as it stands.
    pub async fn reply(&self, id: ReplyId) -> Reply {
        self.house.manager.row(EntityKind::Reply, id).await
    }

    /// Waits until the reply stands so.
    pub async fn reaches(&self, id: ReplyId, state: ReplyState) -> Reply {
        until(&format!("the reply is {state:?}"), || async { self.reply(id).await.state == state }).await;
        self.reply(id).await
    }

    /// Makes what waits for its time due now.
    pub async fn let_time_pass(&self, timer: &str) {
        self.house.sql(&format!("UPDATE timer SET due_at = 0 WHERE kind = '{timer}'")).await;
    }
}

/// Enters a directory, the time for which mails are held, and the message.
pub async fn prepare(manager: &Person, hold_s: u16) -> (Directory, ContactId) {
    let directory = directory(manager).await;
    if hold_s != 15 {
        let hold = json!({ "fields": { "send_hold_s": { "seen": 15, "new": hold_s } } });
        manager.gives("policy.edit", loge::domain::policy::policy_id(), hold).await;
    }
    let message = fresh();
    let what = json!({
        "mailbox": "bonjour", "message_id": format!("<{THEIRS}>"), "from": "claire.durand@metropole.example",
        "subject": "Deux vestes", "text": "Est-ce possible pour vendredi ?", "references": ["avant@metropole.example"]
    });
    let came_in = json!({ "occurred_at": "2026-11-20T08:00:00Z", "site_id": directory.merignac, "what": what });
    manager.gives("contact.message", message, came_in).await;
    (directory, message)
}

/// The answer to a message.
pub fn answer_to(message: ContactId, then: &str) -> Value {
    json!({
        "contact_id": message, "to": "claire.durand@metropole.example", "subject": "Re: Deux vestes",
        "text": "Oui, c’est possible.\nÀ vendredi !", "then": then
    })
}
