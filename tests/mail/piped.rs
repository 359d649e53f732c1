//! The program itself as mail servers call it, and killed while it fetches: what its exit status says, and that nothing is lost.

use crate::{
    common::{Engine, House, until},
    dovecot::{Dovecot, USER},
    letters::{Letter, MAILBOX, mail_token},
};
use loge::office::storage::Store;
use std::{
    fs,
    io::{BufRead as _, BufReader, Write as _},
    path::Path,
    process::{Child, Command, Stdio},
    time::Instant,
};

/// The program in a home of its own.
fn loge(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_loge"));
    command.env_clear().env("HOME", home).env("LOGE_DATA", home.join("data")).args(["--lang", "en", "office"]);
    command
}

/// Hands in bytes; the exit status.
fn hand_in(home: &Path, url: &str, token: &str, raw: &[u8]) -> i32 {
    let mut child = loge(home)
        .args(["mail", "--mailbox", MAILBOX, "--to", url])
        .env("LOGE_MAIL_TOKEN", token)
        .stdin(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // It may refuse before it has read all.
    let _ = child.stdin.take().unwrap().write_all(raw);
    child.wait().unwrap().code().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_exit_status_tells_a_mail_server_what_to_do() {
    let house = House::open(Engine::Sqlite).await;
    let (token, url) = (mail_token(&house).await, house.office.url());
    let home = tempfile::tempdir().unwrap();
    let letter = |number: usize| Letter::from("a@b.example", &format!("{number}@b.example")).raw();
    assert_eq!(hand_in(home.path(), &url, &token, &letter(1)), 0);
    assert_eq!(hand_in(home.path(), &url, &token, &letter(1)), 0, "known is as good as taken");
    assert_eq!(house.number("SELECT count(*) FROM contact").await, 1);
    assert_eq!(hand_in(home.path(), &url, "faux", &letter(2)), 75, "a wrong token is put right by people");
    assert_eq!(hand_in(home.path(), &url, "", &letter(2)), 75);
    assert_eq!(hand_in(home.path(), &url, &token, b""), 65);
    assert_eq!(hand_in(home.path(), &url, &token, &vec![b'a'; 41 * 1024 * 1024]), 65);
    let begun = Instant::now();
    for number in 10..40 {
        assert_eq!(hand_in(home.path(), &url, &token, &letter(number)), 0);
    }
    println!("30 messages, one after the other: {:?}", begun.elapsed());
    assert_eq!(house.number("SELECT count(*) FROM contact").await, 31);
    house.office.stop().await;
    assert_eq!(hand_in(home.path(), &url, &token, &letter(3)), 75, "an office that is down is tried again");
    fs::create_dir_all(home.path().join(".config/loge")).unwrap();
    fs::write(home.path().join(".config/loge/config.toml"), "[office]\nlisten = 7\n").unwrap();
    assert_eq!(hand_in(home.path(), &url, &token, &letter(3)), 75, "so is a wrong setting");
}

/// An office of the program that fetches; killed with this value.
struct Running(Child);

impl Running {
    fn start(home: &Path) -> Self {
        let mut child = loge(home).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let listens = out.lines().map_while(Result::ok).any(|line| line.contains("http://"));
        assert!(listens, "the office does not start");
        Self(child)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_again_and_again_while_it_fetches_it_takes_each_message_once() {
    const MESSAGES: i64 = 120;
    let server = Dovecot::start();
    for number in 0..MESSAGES {
        server.deliver(&Letter::from("a@b.example", &format!("{number}@b.example")).raw());
    }
    let home = tempfile::tempdir().unwrap();
    fs::create_dir_all(home.path().join(".config/loge")).unwrap();
    let config = format!(
        "[office]\nlisten = \"127.0.0.1:0\"\n[[office.mailbox]]\nname = \"accueil\"\nhost = \"127.0.0.1\"\nport = {}\ntls = \"none\"\nuser = \"{USER}\"\npassword_file = \"{}\"\n",
        server.port,
        server.password_file().display()
    );
    fs::write(home.path().join(".config/loge/config.toml"), config).unwrap();
    let file = home.path().join("data/loge.sqlite");
    let mut store: Option<Store> = None;
    for kill_after in [1_i64, 10, 35, 70, MESSAGES] {
        let running = Running::start(home.path());
        if store.is_none() {
            store = Some(Store::open_file(&file).await.unwrap());
        }
        let store = store.as_ref().unwrap();
        let taken = async || {
            let mut tx = store.read().await.unwrap();
            tx.row("SELECT count(*) FROM contact", &[]).await.unwrap().unwrap().int(0).unwrap()
        };
        until("so many are taken", || async { taken().await >= kill_after }).await;
        drop(running);
    }
    let store = store.unwrap();
    let _last = Running::start(home.path());
    until("the mailbox knows all", || async { server.client().count("SEEN") == usize::try_from(MESSAGES).unwrap() })
        .await;
    let mut tx = store.read().await.unwrap();
    for sql in ["SELECT count(*) FROM contact", "SELECT count(*) FROM mail_raw", "SELECT count(*) FROM mail_taken"] {
        let count = tx.row(sql, &[]).await.unwrap().unwrap().int(0).unwrap();
        assert_eq!(count, MESSAGES, "{sql}");
    }
}
