//! What the program answers by itself: once, to who wrote, under rules that bring two programs that answer each other to an end.

use crate::{
    common::{Database, Directory, Engine, House, directory, person_with, until},
    house::{mail, office_with},
    letters::{Door, Letter, MAILBOX, contact, message},
    server::{MailServer, header},
};
use loge::{
    config::{
        mail::Mail,
        mailbox::{Acknowledge, Mailbox},
    },
    domain::{
        access::{Role, Sites},
        contact::{Contact, ContactState},
        entity::EntityKind,
        ids::ContactId,
        reply::{Automatic, Reply, ReplyState},
    },
    office::storage::document,
};
use rstest::rstest;
use serde_json::json;

const CLAIRE: &str = "Claire Durand <claire.durand@metropole.example>";
const ROBOT: &str = "robot@ailleurs.example";

/// A house whose mailbox answers by itself.
struct Answering {
    house: House,
    door: Door,
    server: MailServer,
    directory: Directory,
}

impl Answering {
    async fn open(engine: Engine, acknowledge: Acknowledge) -> Self {
        Self::of(engine, acknowledge, "bonjour@conciergerie.example").await
    }

    async fn of(engine: Engine, acknowledge: Acknowledge, address: &str) -> Self {
        let (database, server) = (Database::new(engine).await, MailServer::start());
        let mailbox = Mailbox { name: MAILBOX.parse().unwrap(), site: None, acknowledge, imap: None };
        let (_, domain) = address.split_once('@').unwrap();
        let way_out =
            Mail { from: address.to_owned().try_into().unwrap(), domain: domain.to_owned(), ..mail(server.port) };
        let office = office_with(&database, way_out, &[mailbox]).await;
        let roles = [Role::Manager, Role::Operator, Role::Dispatcher, Role::Concierge];
        let manager = person_with(&office, "responsable", &roles, Sites::All, None).await;
        let house = House { database, office, manager };
        let (door, directory) = (Door::of(&house).await, directory(&house.manager).await);
        Self { house, door, server, directory }
    }

    /// The replies that there are, the oldest first. Whether a message is answered is decided before it counts as taken.
    async fn replies(&self) -> Vec<Reply> {
        let mut tx = self.house.office.app.store.read().await.unwrap();
        let mut all = document::select::<Reply>(&mut tx, "1 = 1", &[]).await.unwrap();
        all.sort_by_key(|reply| reply.created_at);
        all
    }

    /// What left, once everything did.
    async fn mails(&self) -> Vec<String> {
        until("everything left", || async { self.replies().await.iter().all(|reply| reply.state == ReplyState::Sent) })
            .await;
        let mails = self.server.mails();
        assert_eq!(mails.len(), self.replies().await.len(), "each left once");
        mails
    }

    async fn contact(&self, id: ContactId) -> Contact {
        contact(&self.house, id).await
    }

    /// Makes it an hour later.
    async fn an_hour_goes_by(&self) {
        for reply in self.replies().await {
            let before = reply.created_at.plus(-jiff::SignedDuration::from_hours(1));
            let doc = match self.house.database.url {
                None => format!("json_set(doc, '$.created_at', '{before}')"),
                Some(_) => format!("jsonb_set(doc, '{{created_at}}', '\"{before}\"')"),
            };
            self.house.sql(&format!("UPDATE reply SET doc = {doc} WHERE id = '{}'", reply.id)).await;
        }
    }
}

/// The text of a mail, decoded.
fn text(mail: &str) -> String {
    let parsed = mail_parser::MessageParser::default().parse(mail.as_bytes()).unwrap();
    parsed.body_text(0).unwrap().replace("\r\n", "\n")
}

fn subject(mail: &str) -> String {
    let parsed = mail_parser::MessageParser::default().parse(mail.as_bytes()).unwrap();
    parsed.subject().unwrap().to_owned()
}

fn id(mail: &str) -> String {
    header(mail, "Message-ID").trim_matches(['<', '>']).to_owned()
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn who_writes_is_told_that_it_came_and_the_contact_waits_for_a_person_all_the_same(#[case] engine: Engine) {
    let answering = Answering::open(engine, Acknowledge::Module("Bien reçu".parse().unwrap())).await;
    let letter =
        Letter::from(CLAIRE, "m1@metropole.example").answers("m0@metropole.example", &["m0@metropole.example"]);
    let id = answering.door.takes(&letter.says("Bonjour, je dépose mardi deux vestes.")).await;
    let came = answering.contact(id).await;
    let mails = answering.mails().await;
    let [mail] = mails.as_slice() else { panic!("{mails:?}") };
    assert_eq!(header(mail, "To"), "claire.durand@metropole.example");
    assert_eq!(subject(mail), "Réponse automatique : Mes chemises");
    assert_eq!(header(mail, "In-Reply-To"), "<m1@metropole.example>");
    assert_eq!(header(mail, "References"), "<m0@metropole.example> <m1@metropole.example>");
    assert_eq!(header(mail, "Auto-Submitted"), "auto-replied");
    assert!(text(mail).starts_with("Bonjour Claire Durand,\n"), "{}", text(mail));
    assert!(text(mail).contains("bien reçu votre message") && text(mail).contains("La Conciergerie"));
    let [reply] = &answering.replies().await[..] else { panic!() };
    assert_eq!((reply.automatic, reply.created_by), (Some(Automatic::Acknowledgement), None));
    assert_eq!(reply.fields.contact_id, Some(id));
    let after = answering.contact(id).await;
    assert_eq!((after.state, after.version, &after.clocks), (ContactState::Open, came.version, &came.clocks));
    assert_eq!(after.clocks.len(), 1);
    // The same message once more, by another way, is known: nothing is said twice.
    assert_eq!(answering.door.hand_in(Letter::from(CLAIRE, "m1@metropole.example").raw()).await.status, 200);
    assert_eq!(answering.replies().await.len(), 1);
    answering.house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn nothing_is_said_where_the_house_does_not_wish_it_or_nobody_would_read_it(#[case] engine: Engine) {
    let quiet = Answering::open(engine, Acknowledge::No).await;
    quiet.door.takes(&Letter::from(CLAIRE, "1@metropole.example")).await;
    assert_eq!(quiet.replies().await, []);
    quiet.house.office.stop().await;
    let answering = Answering::open(engine, Acknowledge::BuiltIn).await;
    let from_claire = |id: &str| Letter::from(CLAIRE, &format!("{id}@metropole.example"));
    for letter in [
        from_claire("null").with("Return-Path: <>\r\n"),
        from_claire("verp").with("Return-Path: <bounces+7@lettres.example>\r\n"),
        from_claire("auto").with("Auto-Submitted: auto-generated\r\n"),
        from_claire("list").with("List-Id: <voisins.metropole.example>\r\n"),
        from_claire("receipt")
            .with("Content-Type: multipart/report; report-type=disposition-notification; boundary=x\r\n"),
        // What a mailbox already held when it was set up.
        from_claire("old").with("Date: Mon, 2 Mar 2026 09:00:00 +0100\r\n"),
        Letter::from("no-reply@boutique.example", "1@boutique.example"),
        Letter::from("MAILER-DAEMON@metropole.example", "2@metropole.example"),
        Letter::from("bonjour@conciergerie.example", "3@conciergerie.example"),
        Letter::from("", "nobody@metropole.example"),
    ] {
        answering.door.takes(&letter).await;
        assert_eq!(answering.replies().await, [], "{letter:?}");
    }
    answering.door.takes(&from_claire("person").with("Return-Path: <claire.durand@metropole.example>\r\n")).await;
    assert_eq!(answering.mails().await.len(), 1);
    answering.house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn what_was_too_large_to_be_kept_is_told_in_the_writers_language(#[case] engine: Engine) {
    let too_large = |says: &str| {
        format!(
            "--x\r\n\r\n{says}\r\n--x\r\nContent-Type: application/pdf; name=\"plan.pdf\"\r\n\r\n{}\r\n\
             --x\r\nContent-Type: application/pdf; name=\"bon.pdf\"\r\n\r\npetit\r\n--x--",
            "A".repeat(10 * 1024 * 1024 + 1)
        )
    };
    let letter = |id: &str, says: &str| {
        Letter::from(CLAIRE, id).with("Content-Type: multipart/mixed; boundary=x\r\n").says(&too_large(says))
    };
    let quiet = Answering::open(engine, Acknowledge::No).await;
    let english = "Hello, could you please have this plan printed for Friday?";
    quiet.door.takes(&letter("1@metropole.example", english)).await;
    let mails = quiet.mails().await;
    let told = text(&mails[0]);
    assert!(told.contains("- plan.pdf (10.1 MB)") && told.contains("25 MB") && !told.contains("bon.pdf"), "{told}");
    assert!(!told.contains("received your message"), "{told}");
    assert_eq!(header(&mails[0], "Subject"), "Automatic reply: Mes chemises");
    assert_eq!(quiet.replies().await[0].automatic, Some(Automatic::NotKept));
    quiet.house.office.stop().await;
    let answering = Answering::open(engine, Acknowledge::BuiltIn).await;
    answering.door.takes(&letter("2@metropole.example", "Bonjour, merci d'imprimer ce plan.")).await;
    let mails = answering.mails().await;
    assert_eq!(mails.len(), 1, "both in one");
    let told = text(&mails[0]);
    assert!(told.contains("bien reçu votre message") && told.contains("- plan.pdf (10,1 Mo)"), "{told}");
    answering.house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_robot_that_answers_everything_and_hides_it_is_answered_five_times_an_hour(#[case] engine: Engine) {
    let answering = Answering::open(engine, Acknowledge::BuiltIn).await;
    let first = answering.door.takes(&Letter::from(ROBOT, "0@ailleurs.example")).await;
    let mut contacts = vec![first];
    let mut read = 0;
    // It answers what it gets, to the end.
    while let Some(mail) = answering.mails().await.get(read) {
        read += 1;
        assert!(read <= 20, "it does not end");
        let ours = id(mail);
        let letter =
            Letter::from(ROBOT, &format!("{read}@ailleurs.example")).about("Re: re: re").answers(&ours, &[&ours]);
        contacts.push(answering.door.takes(&letter).await);
    }
    assert_eq!((read, contacts.len()), (5, 6));
    for contact in &contacts[1..] {
        assert_eq!(message(&answering.contact(*contact).await).thread, Some(first), "it is one thread");
    }
    // Whatever it calls its next messages, and whomever it says it is in the thread.
    answering.door.takes(&Letter::from(ROBOT, "neuf@ailleurs.example").about("Tout autre chose")).await;
    let other = Letter::from("second-robot@ailleurs.example", "x@ailleurs.example");
    answering.door.takes(&other.answers("0@ailleurs.example", &["0@ailleurs.example"])).await;
    assert_eq!(answering.replies().await.len(), 5);
    assert_eq!(answering.mails().await.len(), 5);
    answering.an_hour_goes_by().await;
    answering.door.takes(&Letter::from(ROBOT, "plus-tard@ailleurs.example")).await;
    assert_eq!(answering.mails().await.len(), 6, "an hour later one may");
    answering.house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_robot_that_says_what_it_is_is_never_answered(#[case] engine: Engine) {
    let answering = Answering::open(engine, Acknowledge::BuiltIn).await;
    for number in 0..3 {
        let letter =
            Letter::from(ROBOT, &format!("{number}@ailleurs.example")).with("Auto-Submitted: auto-replied\r\n");
        let id = answering.door.takes(&letter).await;
        assert_eq!(answering.contact(id).await.state, ContactState::WrappedUp);
    }
    assert_eq!(answering.replies().await, []);
    answering.house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn two_houses_that_acknowledge_everything_exchange_one_mail_and_fall_silent(#[case] engine: Engine) {
    let ours = Answering::of(engine, Acknowledge::BuiltIn, "bonjour@ici.example").await;
    let theirs = Answering::of(engine, Acknowledge::BuiltIn, "bonjour@ailleurs.example").await;
    let first = ours.door.takes(&Letter::from("bonjour@ailleurs.example", "personne@ailleurs.example")).await;
    let (mut from_us, mut from_them) = (0, 0);
    loop {
        let (we, they) = (ours.mails().await, theirs.mails().await);
        if (we.len(), they.len()) == (from_us, from_them) {
            break;
        }
        for mail in &we[from_us..] {
            assert_eq!(theirs.door.hand_in(mail.clone().into_bytes()).await.status, 201);
        }
        for mail in &they[from_them..] {
            assert_eq!(ours.door.hand_in(mail.clone().into_bytes()).await.status, 201);
        }
        (from_us, from_them) = (we.len(), they.len());
        assert!(from_us + from_them < 20, "it does not end");
    }
    assert_eq!((from_us, from_them), (1, 0));
    assert_eq!(ours.contact(first).await.state, ContactState::Open);
    ours.house.office.stop().await;
    theirs.house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn an_acknowledgement_that_does_not_arrive_calls_nobody_but_marks_the_address(#[case] engine: Engine) {
    let answering = Answering::open(engine, Acknowledge::BuiltIn).await;
    let contact = answering.door.takes(&Letter::from(CLAIRE, "1@metropole.example")).await;
    let manager = &answering.house.manager;
    manager.gives("contact.wrap_up", contact, json!({ "outcome": "répondu de vive voix" })).await;
    let sent = id(&answering.mails().await[0]);
    let report = format!(
        "Return-Path: <>\r\nFrom: MAILER-DAEMON@metropole.example\r\nMessage-ID: <b@metropole.example>\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=x\r\n\r\n--x\r\n\r\nperdu\r\n\
         --x\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.metropole.example\r\n\r\n\
         Final-Recipient: rfc822; claire.durand@metropole.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n\
         --x\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{sent}>\r\n\r\n--x--\r\n"
    );
    assert_eq!(answering.door.hand_in(report.into_bytes()).await.status, 201);
    let [reply] = &answering.replies().await[..] else { panic!() };
    assert_eq!((reply.state, reply.calls()), (ReplyState::Bounced, false));
    assert_eq!(answering.contact(contact).await.state, ContactState::WrappedUp);
    let durand: loge::domain::beneficiary::Beneficiary =
        manager.row(EntityKind::Beneficiary, answering.directory.durand).await;
    assert_eq!(durand.fields.undeliverable.len(), 1);
    let open = String::from_utf8(manager.client.snapshot_text().await.unwrap()).unwrap();
    assert!(!open.contains(&reply.id.to_string()), "it is not among what is open");
    answering.house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn an_acknowledgement_waits_for_a_mail_server_that_is_busy_and_leaves_once(#[case] engine: Engine) {
    let answering = Answering::open(engine, Acknowledge::BuiltIn).await;
    answering.server.set("defer");
    answering.door.takes(&Letter::from(CLAIRE, "1@metropole.example")).await;
    until("it was tried", || async { answering.replies().await[0].retry_at.is_some() }).await;
    answering.server.set("take");
    answering.house.sql("UPDATE timer SET due_at = 0 WHERE kind = 'send_reply'").await;
    assert_eq!(answering.mails().await.len(), 1);
    answering.house.office.stop().await;
}
