//! Mail that is fetched by IMAP from a real server: at once, once, and marked only when it is on disk.

use crate::{
    common::{Database, Engine, House, until},
    dovecot::{Dovecot, USER},
    letters::Letter,
};
use loge::{
    config::mailbox::{Acknowledge, Imap, Mailbox, Secret, Tls, WhenTaken},
    office::serve::{Beside, Office, listen},
};
use rstest::rstest;
use std::time::{Duration, Instant};

pub fn mailbox(server: &Dovecot, when_taken: WhenTaken) -> Mailbox {
    let imap = Imap {
        host: "127.0.0.1".into(),
        port: server.port,
        tls: Tls::None,
        ca_file: None,
        user: USER.into(),
        secret: Secret::PasswordFile(server.password_file()),
        folder: "INBOX".into(),
        when_taken,
    };
    Mailbox { name: "accueil".parse().unwrap(), site: None, acknowledge: Acknowledge::No, imap: Some(imap) }
}

pub async fn office(database: &Database, mailboxes: &[Mailbox]) -> Office {
    let listener = listen(([127, 0, 0, 1], 0).into()).unwrap();
    Office::start_with(database.open().await, listener, None, Beside { mailboxes, ..Beside::default() }).await.unwrap()
}

pub fn letter(number: usize) -> Vec<u8> {
    Letter::from("a@lettre.example", &format!("{number}@lettre.example")).about(&format!("numéro {number}")).raw()
}

/// A number from an office's database.
pub async fn number(office: &Office, sql: &str) -> i64 {
    office.app.store.read().await.unwrap().row(sql.to_owned(), &[]).await.unwrap().unwrap().int(0).unwrap()
}

pub const CONTACTS: &str = "SELECT count(*) FROM contact";

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_lies_there_and_what_comes_is_taken_at_once_and_marked_as_read(#[case] engine: Engine) {
    let server = Dovecot::start();
    server.deliver(&letter(1));
    let database = Database::new(engine).await;
    let office = office(&database, &[mailbox(&server, WhenTaken::Seen)]).await;
    until("what lay there is taken", || async { number(&office, CONTACTS).await == 1 }).await;
    until("it is marked", || async { server.client().count("SEEN") == 1 }).await;
    let looked = "SELECT count(*) FROM mail_fetch WHERE looked_at IS NOT NULL AND trouble IS NULL";
    until("the mailbox is listened to", || async { number(&office, looked).await == 1 }).await;
    for count in 2..5_usize {
        let begun = Instant::now();
        server.deliver(&letter(count));
        until("it comes", || async { number(&office, CONTACTS).await == i64::try_from(count).unwrap() }).await;
        assert!(begun.elapsed() < Duration::from_millis(2_500), "{:?}", begun.elapsed());
    }
    let told =
        ["loge_mailbox_connected{mailbox=\"accueil\"} 1", "loge_mail_total{mailbox=\"accueil\",outcome=\"taken\"} 4"];
    until("the counters tell it", || async {
        let metrics = office.app.metrics.text(0, loge::wire::change::Seq(0));
        told.iter().all(|line| metrics.contains(line))
    })
    .await;
    office.stop().await;
}

#[rstest]
#[case::flagged(WhenTaken::Flagged, "FLAGGED", "INBOX")]
#[case::moved(WhenTaken::MovedTo("Traites".into()), "ALL", "Traites")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_taken_is_flagged_or_moved_and_never_deleted(
    #[case] when_taken: WhenTaken,
    #[case] query: &str,
    #[case] folder: &str,
) {
    let server = Dovecot::start();
    let database = Database::new(Engine::Sqlite).await;
    let office = office(&database, &[mailbox(&server, when_taken)]).await;
    for place in 0..5 {
        server.deliver(&letter(place));
    }
    until("all are taken", || async { number(&office, CONTACTS).await == 5 }).await;
    until("all are marked", || async {
        let mut imap = server.client();
        imap.ask(&format!("SELECT {folder}"));
        imap.count(query) == 5
    })
    .await;
    office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_office_that_fails_between_fetching_and_keeping_loses_nothing_and_doubles_nothing(#[case] engine: Engine) {
    let server = Dovecot::start();
    let house = House::open(engine).await;
    let House { database, office: first, .. } = house;
    first.stop().await;
    // The disk refuses messages: they are fetched, and cannot be kept.
    let store = database.open().await;
    let mut tx = store.write().await.unwrap();
    tx.execute("ALTER TABLE mail_raw RENAME TO mail_raw_away", &[]).await.unwrap();
    tx.commit().await.unwrap();
    store.close().await;
    server.deliver(&letter(1));
    let mailboxes = [mailbox(&server, WhenTaken::Seen)];
    let failing = office(&database, &mailboxes).await;
    let troubled = "SELECT count(*) FROM mail_fetch WHERE trouble IS NOT NULL";
    until("the trouble is told", || async { number(&failing, troubled).await == 1 }).await;
    assert_eq!((number(&failing, CONTACTS).await, server.client().count("SEEN")), (0, 0));
    let mut tx = failing.app.store.write().await.unwrap();
    tx.execute("ALTER TABLE mail_raw_away RENAME TO mail_raw", &[]).await.unwrap();
    tx.commit().await.unwrap();
    until("it is taken after all", || async { number(&failing, CONTACTS).await == 1 }).await;
    until("it is marked", || async { server.client().count("SEEN") == 1 }).await;
    failing.stop().await;
    // As if it had stopped between keeping and marking: the mailbox does not know.
    server.client().ask("STORE 1 -FLAGS (\\Seen)");
    let again = office(&database, &mailboxes).await;
    until("it is marked again", || async { server.client().count("SEEN") == 1 }).await;
    assert_eq!(number(&again, CONTACTS).await, 1);
    again.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_that_is_cut_is_made_again() {
    let server = Dovecot::start();
    let database = Database::new(Engine::Sqlite).await;
    let office = office(&database, &[mailbox(&server, WhenTaken::Seen)]).await;
    server.deliver(&letter(1));
    until("the first is taken", || async { number(&office, CONTACTS).await == 1 }).await;
    server.drop_connections();
    server.deliver(&letter(2));
    until("the second is taken over a new connection", || async { number(&office, CONTACTS).await == 2 }).await;
    office.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_offices_on_one_database_one_fetches_and_the_other_takes_over() {
    let server = Dovecot::start();
    let database = Database::new(Engine::Postgres).await;
    let mailboxes = [mailbox(&server, WhenTaken::Seen)];
    let one = office(&database, &mailboxes).await;
    until("the first one watches", || async { number(&one, "SELECT count(*) FROM mail_fetch").await == 1 }).await;
    let other = office(&database, &mailboxes).await;
    for place in 0..20 {
        server.deliver(&letter(place));
    }
    until("all are taken once", || async { number(&one, CONTACTS).await == 20 }).await;
    let watched = "loge_mailbox_connected{mailbox=\"accueil\"} 1";
    assert!(!other.app.metrics.text(0, loge::wire::change::Seq(0)).contains(watched));
    one.stop().await;
    server.deliver(&letter(20));
    let taken_over = tokio::time::timeout(Duration::from_secs(30), async {
        while number(&other, CONTACTS).await < 21 {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    });
    taken_over.await.expect("nobody took over");
    other.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_password_is_told_and_changes_nothing() {
    let server = Dovecot::start();
    server.deliver(&letter(1));
    let mut wrong = mailbox(&server, WhenTaken::Seen);
    if let Some(imap) = &mut wrong.imap {
        imap.secret = Secret::PasswordCommand(vec!["echo".into(), "faux".into()]);
    }
    let database = Database::new(Engine::Sqlite).await;
    let office = office(&database, &[wrong]).await;
    let told = "SELECT count(*) FROM mail_fetch WHERE trouble LIKE '%does not let the account in%'";
    until("the trouble is told", || async { number(&office, told).await == 1 }).await;
    assert_eq!(server.client().count("UNSEEN"), 1);
    office.stop().await;
}
