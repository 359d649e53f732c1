//! How fast the world comes in: a call from the telephone system's webhook to twenty screens, and mail by each of its ways.
//!
//! `cargo bench --bench intake` measures all; a word after it (`calls`, `posted`, `fetched`, `piped`) picks one. Office, consoles, mail server and load
//! share the cores.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    missing_docs,
    reason = "a benchmark may stop where it stands"
)]

#[path = "../tests/common/authority.rs"]
#[allow(dead_code, reason = "the mail server can do more than is measured")]
mod authority;
mod common;
#[path = "../tests/mail/dovecot.rs"]
#[allow(dead_code, reason = "a part of it is used here")]
mod dovecot;
#[path = "../tests/console/pty.rs"]
mod pty;

use common::{Budget, Office, folder, furnish, line, mail, name, open, phone, program, ranked};
use dovecot::{Dovecot, USER};
use futures_util::{StreamExt as _, stream};
use loge::{
    domain::operator::Language,
    i18n::say,
    office::intake::{
        mail::token,
        telephony::{Format, tokens},
    },
};
use pty::{Pty, Size};
use std::{
    fs,
    io::Write as _,
    path::Path,
    process::Stdio,
    thread,
    time::{Duration, Instant},
};

const MAILBOX: &str = "accueil";
/// Screens that a call is painted on.
const CONSOLES: usize = 20;
/// Calls that a 95th percentile is taken of, each on every screen.
const RINGS: usize = 40;
/// Those who write and call.
const PEOPLE: usize = 400;
/// Messages handed in over HTTP.
const POSTED: usize = 4_000;
/// Messages that lie in a mailbox.
const FETCHED: usize = 2_000;
/// Messages handed in by a process each.
const PIPED: usize = 400;

fn main() {
    loge::client::tls::install();
    let only = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let wanted = |name: &str| only.as_ref().is_none_or(|only| name.contains(only.as_str()));
    println!("{} cores, SQLite", thread::available_parallelism().unwrap());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    if wanted("calls") {
        calls(&runtime);
    }
    if wanted("posted") {
        runtime.block_on(posted());
    }
    if wanted("fetched") {
        runtime.block_on(fetched());
    }
    if wanted("piped") {
        runtime.block_on(piped());
    }
}

/// From the webhook's request to the caller's name on twenty screens.
fn calls(runtime: &tokio::runtime::Runtime) {
    let folder = folder();
    let database = folder.path().join("calls.sqlite").display().to_string();
    let logins: Vec<String> = (0..CONSOLES).map(|place| format!("accueil{place}")).collect();
    let logins: Vec<&str> = logins.iter().map(String::as_str).collect();
    let token = runtime.block_on(async {
        let store = open(&database).await;
        furnish(&store, PEOPLE, &logins).await;
        let token = tokens::add(&store, &"standard".parse().unwrap(), Format::Cti).await.unwrap();
        store.close().await;
        token
    });
    let office = Office::start(&database);
    let online = say(Language::Fr, "connection-online", &[]);
    let homes: Vec<_> = logins.iter().map(|login| runtime.block_on(office.desk(login))).collect();
    let mut consoles: Vec<Pty> = homes.iter().map(|home| console(&office.url, home.path())).collect();
    for console in &mut consoles {
        console.sees(&online);
    }
    let http = reqwest::Client::new();
    let address = format!("{}/v1/intake/calls/{token}", office.url);
    let tell = |event: &str, place: usize| {
        let body = format!("event={event}&callId=c{place}&from={}&direction=in", phone(place).replace(' ', ""));
        let form = "application/x-www-form-urlencoded";
        let sent = runtime.block_on(http.post(&address).header("content-type", form).body(body).send()).unwrap();
        assert!(sent.status().is_success(), "{}", sent.status());
    };
    let mut painted = Vec::new();
    for place in 0..RINGS {
        let posted = Instant::now();
        tell("newCall", place);
        let who = name(place);
        let seen: Vec<Duration> = thread::scope(|scope| {
            let waits: Vec<_> = consoles
                .iter_mut()
                .map(|console| scope.spawn(|| (console.started + console.sees(&who)).duration_since(posted)))
                .collect();
            waits.into_iter().map(|wait| wait.join().unwrap()).collect()
        });
        painted.extend(seen.iter().map(|took| took.as_secs_f64() * 1000.0));
        tell("hangup", place);
        for console in &mut consoles {
            console.settle(Duration::from_millis(30));
        }
    }
    let figures = ranked(painted);
    let what = format!("Webhook to painted on {CONSOLES} consoles");
    line(&format!("{what}, median of {RINGS} calls"), figures.median, "ms", Budget::None);
    line(&format!("{what}, p95"), figures.p95, "ms", Budget::AtMost(300.0));
}

fn console(url: &str, home: &Path) -> Pty {
    Pty::start(env!("CARGO_BIN_EXE_loge"), &["--office", url, "--token-file", "token"], home, Size::USUAL, &[])
}

/// A message as offices write them: some lines, what was written before, a signature.
fn letter(place: usize) -> Vec<u8> {
    let quoted = "> une ligne de ce qui a été écrit avant, à propos du pressing\r\n".repeat(20);
    format!(
        "From: Claire {name} <{from}>\r\nTo: accueil@conciergerie.example\r\nSubject: =?utf-8?q?Pressing_n=C2=B0_{place}?=\r\n\
         Date: Fri, 27 Nov 2026 09:12:00 +0100\r\nMessage-ID: <{place}@metropole.example>\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n\
         Bonjour,\r\n\r\nJ'ai trois chemises à déposer au pressing mardi, et une veste.\r\nPourriez-vous aussi prendre mon colis ?\r\n\r\n\
         Merci,\r\nClaire {name}\r\n-- \r\nMétropole\r\n\r\nLe 26 novembre 2026, la conciergerie a écrit :\r\n{quoted}",
        name = name(place % PEOPLE),
        from = mail(place % PEOPLE),
    )
    .into_bytes()
}

/// A database with people who write, and the mailbox's token.
async fn mailbox(database: &str) -> String {
    let store = open(database).await;
    furnish(&store, PEOPLE, &["mesure"]).await;
    let mut tx = store.write().await.unwrap();
    let token = token::add(&mut tx, &MAILBOX.parse().unwrap()).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    store.close().await;
    token
}

/// Messages in the database.
async fn taken(database: &str) -> usize {
    let store = open(database).await;
    let count =
        store.read().await.unwrap().row("SELECT count(*) FROM contact", &[]).await.unwrap().unwrap().int(0).unwrap();
    store.close().await;
    usize::try_from(count).unwrap()
}

fn rate(what: &str, messages: usize, took: Duration, least: f64) {
    line(what, messages as f64 / took.as_secs_f64(), "/s", Budget::AtLeast(least));
}

/// Over HTTP, from sixteen clients.
async fn posted() {
    let folder = folder();
    let database = folder.path().join("posted.sqlite").display().to_string();
    let token = mailbox(&database).await;
    let office = Office::start(&database);
    let http = reqwest::Client::new();
    let address = format!("{}/v1/intake/mail/{MAILBOX}", office.url);
    let letters: Vec<_> = (0..POSTED).map(letter).collect();
    let begun = Instant::now();
    stream::iter(letters)
        .for_each_concurrent(16, |letter| async {
            let request = http.post(&address).bearer_auth(&token).header("content-type", "message/rfc822");
            let answer = request.body(letter).send().await.unwrap();
            assert_eq!(answer.status().as_u16(), 201);
        })
        .await;
    let took = begun.elapsed();
    assert_eq!(taken(&database).await, POSTED);
    rate("Mail posted by 16 clients, committed a second", POSTED, took, 300.0);
}

/// By IMAP, out of a mailbox in which they lie, each marked afterwards.
async fn fetched() {
    let server = Dovecot::start();
    let mut there = server.client();
    for place in 0..FETCHED {
        there.append(&letter(place));
    }
    let folder = folder();
    let database = folder.path().join("fetched.sqlite").display().to_string();
    mailbox(&database).await;
    let settings = format!(
        "[[office.mailbox]]\nname = \"{MAILBOX}\"\nhost = \"127.0.0.1\"\nport = {}\ntls = \"none\"\nuser = \"{USER}\"\npassword_file = \"{}\"\n",
        server.port,
        server.password_file().display()
    );
    let begun = Instant::now();
    let _office = Office::with(&database, &settings);
    while there.count("SEEN") < FETCHED {
        assert!(begun.elapsed() < Duration::from_mins(5), "the mailbox is not emptied");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let took = begun.elapsed();
    assert_eq!(taken(&database).await, FETCHED);
    rate("Mail by IMAP, committed and marked a second", FETCHED, took, 100.0);
}

/// By the program that mail servers call: a process a message, four at a time.
async fn piped() {
    let folder = folder();
    let database = folder.path().join("piped.sqlite").display().to_string();
    let token = mailbox(&database).await;
    let office = Office::start(&database);
    let home = folder.path().join("home");
    fs::create_dir(&home).unwrap();
    let hand_in = |place: usize| {
        let mut child = program(&home)
            .args(["office", "mail", "--mailbox", MAILBOX, "--to", &office.url])
            .env("LOGE_MAIL_TOKEN", &token)
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(&letter(place)).unwrap();
        assert!(child.wait().unwrap().success());
    };
    let begun = Instant::now();
    thread::scope(|scope| {
        for worker in 0..4 {
            let hand_in = &hand_in;
            scope.spawn(move || (worker..PIPED).step_by(4).for_each(hand_in));
        }
    });
    let took = begun.elapsed();
    assert_eq!(taken(&database).await, PIPED);
    rate("Mail by one process a message, committed a second", PIPED, took, 50.0);
}
