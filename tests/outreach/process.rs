//! An office that sends mail in a process of its own, so that it can be killed: this test binary once more, running the one test that is
//! an office.

use crate::{common::Database, house::mail};
use loge::{
    client::{Client, Options, Token},
    office::{
        outreach::post::Post,
        serve::{Beside, Office, listen},
        storage::Store,
    },
};
use std::{
    io::{BufRead, BufReader, Read},
    process::{Child, ChildStdout, Command, Stdio},
};

/// Names the database that the office in the other process works on.
const DATABASE: &str = "LOGE_TEST_OFFICE_DATABASE";

/// Names the port of its mail server.
const PORT: &str = "LOGE_TEST_MAIL_PORT";

/// What stands before the address on its standard output.
const LISTENS: &str = "office listens: ";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "this is the office that other tests start and kill"]
async fn office() {
    let (Ok(database), Ok(port)) = (std::env::var(DATABASE), std::env::var(PORT)) else { return };
    let store = if database.starts_with("postgres:") {
        Store::open_url(&database).await.unwrap()
    } else {
        Store::open_file(database.as_ref()).await.unwrap()
    };
    let way_out = Post::open(mail(port.parse().unwrap())).unwrap();
    let listener = listen(([127, 0, 0, 1], 0).into()).unwrap();
    let office =
        Office::start_with(store, listener, None, Beside { post: Some(way_out), ..Beside::default() }).await.unwrap();
    println!("{LISTENS}{}", office.url());
    // It ends with whoever started it, however that ends.
    tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new())).await.unwrap().unwrap();
    office.stop().await;
}

/// An office in a process of its own; gone with this value.
pub struct OfficeProcess {
    child: Child,
    /// Kept open: who writes to a pipe that nobody holds ends.
    _out: BufReader<ChildStdout>,
    url: String,
}

impl OfficeProcess {
    /// Starts an office and waits until it listens.
    pub fn start(database: &Database, port: u16) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["process::office", "--exact", "--ignored", "--nocapture"])
            .env(DATABASE, database.argument())
            .env(PORT, port.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut lines = out.by_ref().lines().map_while(Result::ok);
        let url = lines.find_map(|line| line.split_once(LISTENS).map(|(_, url)| url.to_owned()));
        Self { child, _out: out, url: url.expect("the office does not start") }
    }

    /// Kills it as it stands: SIGKILL.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// A client with a session.
    pub fn client(&self, token: Token) -> Client {
        Client::new(vec![self.url.parse().unwrap()], Options::default()).unwrap().with_token(token)
    }
}

impl Drop for OfficeProcess {
    fn drop(&mut self) {
        self.kill();
    }
}
