//! Logging in before the screen: what is asked, what is kept, and what is said where it does not go.

use super::*;
use crate::{config::Given, console::session::tests::operator};
use serde_json::json;
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};
use tempfile::TempDir;
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{body_partial_json, header, method, path},
};

const VOICE: Voice = Voice(Language::En);

/// Who types what was prepared, in order.
#[derive(Default)]
struct Typist {
    logins: Vec<&'static str>,
    passwords: Vec<&'static str>,
    asked: usize,
    heard: Vec<String>,
}

impl Person for Typist {
    fn is_there(&self) -> bool {
        !self.passwords.is_empty()
    }

    fn login(&mut self) -> Option<String> {
        (!self.logins.is_empty()).then(|| self.logins.remove(0).to_owned())
    }

    fn password(&mut self, _: &Login) -> Option<String> {
        self.asked += 1;
        (!self.passwords.is_empty()).then(|| self.passwords.remove(0).to_owned())
    }

    fn hear(&mut self, sentence: &str) {
        self.heard.push(sentence.to_owned());
    }
}

fn typist(logins: &[&'static str], passwords: &[&'static str]) -> Typist {
    Typist { logins: logins.to_vec(), passwords: passwords.to_vec(), ..Typist::default() }
}

struct Desk {
    home: TempDir,
    office: MockServer,
    variables: BTreeMap<String, String>,
}

impl Desk {
    async fn new() -> Self {
        let office = MockServer::start().await;
        let log_in = |password| {
            Mock::given(method("POST")).and(path("/v1/login")).and(body_partial_json(json!({ "password": password })))
        };
        let session = |end: &str| json!({ "token": "jeton", "expires_at": end, "operator": operator("lea") });
        let good = ResponseTemplate::new(200).set_body_json(session("2099-01-01T00:00:00Z"));
        log_in("right").respond_with(good).mount(&office).await;
        let short = ResponseTemplate::new(200).set_body_json(session("2001-01-01T00:00:00Z"));
        log_in("short").respond_with(short).mount(&office).await;
        for (password, kind, status) in [("wrong", "wrong-password", 401), ("again", "too-many", 429)] {
            let problem = json!({
                "type": format!("urn:loge:problem:{kind}"), "status": status, "title": "", "detail": "",
                "params": { "retry_after_s": "60" },
            });
            let answer = ResponseTemplate::new(status)
                .set_body_raw(problem.to_string().into_bytes(), "application/problem+json");
            log_in(password).respond_with(answer).mount(&office).await;
        }
        Self { home: TempDir::new().unwrap(), office, variables: BTreeMap::new() }
    }

    fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.variables.insert(name.into(), value.into());
        self
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    fn config(&self) -> Config {
        let mut variables = self.variables.clone();
        variables.entry("LOGE_OFFICES".into()).or_insert_with(|| self.office.uri());
        let around = Surroundings { variables, config_folder: None, data_folder: Some(self.path("data")) };
        Config::load(&Given::default(), &around).unwrap()
    }

    async fn begin(&self, person: &mut Typist) -> Result<Start, String> {
        begin(&self.config(), VOICE, person, Entry::AsKept)
            .await
            .map_err(|error| error.said(Language::En).unwrap_or_default())
    }

    async fn goes_away(&self) {
        self.office.reset().await;
        Mock::given(wiremock::matchers::any()).respond_with(ResponseTemplate::new(502)).mount(&self.office).await;
    }

    async fn calls(&self) -> usize {
        self.office.received_requests().await.unwrap().len()
    }
}

#[tokio::test]
async fn a_password_is_asked_once_and_the_next_start_waits_for_no_network() {
    let desk = Desk::new().await;
    let mut lea = typist(&["Lea\n"], &["right"]);
    let start = desk.begin(&mut lea).await.unwrap();
    assert_eq!((start.session, start.operator.fields.login.as_str()), (SessionFrom::Office, "lea"));
    let calls = desk.calls().await;
    let mut nobody = typist(&[], &[]);
    let again = desk.begin(&mut nobody).await.unwrap();
    assert_eq!((again.session, again.operator), (SessionFrom::Kept, start.operator));
    assert_eq!((desk.calls().await, nobody.asked), (calls, 0));
}

#[tokio::test]
async fn a_wrong_password_is_told_and_asked_again_three_times_at_most() {
    let desk = Desk::new().await.with("LOGE_LOGIN", "lea");
    let mut lea = typist(&["lea"], &["wrong", "right"]);
    desk.begin(&mut lea).await.unwrap();
    assert!(lea.heard.iter().any(|heard| heard.contains("do not match")), "{:?}", lea.heard);

    let desk = Desk::new().await.with("LOGE_LOGIN", "lea");
    let mut lea = typist(&["lea", "lea", "lea"], &["wrong", "wrong", "wrong", "right"]);
    let said = desk.begin(&mut lea).await.unwrap_err();
    assert!(said.contains("after several attempts"), "{said}");
    assert_eq!(lea.asked, 3);
}

#[tokio::test]
async fn too_many_tries_end_at_once_with_the_time_to_wait() {
    let desk = Desk::new().await;
    let said = desk.begin(&mut typist(&["lea"], &["again", "right"])).await.unwrap_err();
    assert!(said.contains("too many attempts") && said.contains("60 seconds"), "{said}");
}

#[tokio::test]
async fn an_office_that_does_not_answer_is_told_with_the_way_out() {
    let desk = Desk::new().await.with("LOGE_OFFICES", "http://127.0.0.1:1");
    let said = desk.begin(&mut typist(&["lea"], &["right"])).await.unwrap_err();
    assert!(said.contains("http://127.0.0.1:1/ does not answer") && said.contains("loge doctor"), "{said}");
}

#[tokio::test]
async fn a_session_that_is_over_asks_again_but_works_on_where_the_office_is_away() {
    let desk = Desk::new().await;
    desk.begin(&mut typist(&["lea"], &["short"])).await.unwrap();
    let mut lea = typist(&[], &["short"]);
    desk.goes_away().await;
    let start = desk.begin(&mut lea).await.unwrap();
    assert_eq!(start.session, SessionFrom::Kept);
    let heard = lea.heard.join(" ");
    assert!(heard.contains("is over") && heard.contains("goes on with what is kept"), "{heard}");
    assert_eq!(lea.asked, 1, "the login is known");
}

#[tokio::test]
async fn where_the_office_is_away_another_password_than_that_of_the_session_lets_nobody_in() {
    let desk = Desk::new().await;
    desk.begin(&mut typist(&["lea"], &["short"])).await.unwrap();
    desk.goes_away().await;
    let said = desk.begin(&mut typist(&[], &["right"])).await.unwrap_err();
    assert!(said.contains("does not answer"), "{said}");
}

#[tokio::test]
async fn a_console_that_was_left_locked_asks_who_it_is_with_the_office_and_without() {
    let desk = Desk::new().await;
    let start = desk.begin(&mut typist(&["lea"], &["right"])).await.unwrap();
    let lea = start.operator.fields.login.clone();
    start.sessions.latch(&lea, Latch::Locked).unwrap();
    let mut again = typist(&["lea"], &["wrong", "right"]);
    assert_eq!(desk.begin(&mut again).await.unwrap().session, SessionFrom::Office);
    assert!(again.heard.join(" ").contains("left locked"), "{:?}", again.heard);
    assert_eq!(desk.begin(&mut typist(&[], &[])).await.unwrap().session, SessionFrom::Kept, "it is open again");
    start.sessions.latch(&lea, Latch::Locked).unwrap();
    desk.goes_away().await;
    desk.begin(&mut typist(&[], &["wrong"])).await.unwrap_err();
    assert_eq!(desk.begin(&mut typist(&[], &["right"])).await.unwrap().session, SessionFrom::Kept);
    assert_eq!(desk.begin(&mut typist(&[], &[])).await.unwrap().session, SessionFrom::Kept, "it is open again");
}

#[tokio::test]
async fn who_hands_over_is_logged_out_and_the_next_one_is_asked_for_login_and_password() {
    let desk = Desk::new().await.with("LOGE_LOGIN", "lea");
    let start = desk.begin(&mut typist(&[], &["right"])).await.unwrap();
    let over = Mock::given(method("DELETE")).and(path("/v1/session")).and(header("authorization", "Bearer jeton"));
    over.respond_with(ResponseTemplate::new(204)).expect(1).mount(&desk.office).await;
    let leaves = Leaves { client: start.client.clone(), login: start.operator.fields.login.clone() };
    let mut next = typist(&["lea"], &["right"]);
    hand_over(&desk.config(), VOICE, &mut next, leaves).await.unwrap();
    assert!(next.logins.is_empty(), "who it is is asked, whatever the settings say");
    assert!(next.heard.join(" ").contains("lea has left the desk"), "{:?}", next.heard);
    desk.office.verify().await;
}

#[tokio::test]
async fn a_kept_session_lets_nobody_in_at_a_hand_over() {
    let desk = Desk::new().await;
    let start = desk.begin(&mut typist(&["lea"], &["right"])).await.unwrap();
    let paul = "paul".to_owned().try_into().unwrap();
    let kept = start.sessions.only().unwrap().unwrap();
    start.sessions.keep(Whose::Login(&paul), &KeptSession { operator: operator("paul"), ..kept }).unwrap();
    let leaves = Leaves { client: start.client.clone(), login: start.operator.fields.login.clone() };
    let said = hand_over(&desk.config(), VOICE, &mut Typist::default(), leaves).await.map(|_| ()).unwrap_err();
    assert!(said.said(Language::En).unwrap().contains("terminal"));
    assert_eq!(start.sessions.logins(), [paul], "Léa's session is forgotten");
}

#[tokio::test]
async fn without_a_terminal_nobody_is_asked() {
    let said = Desk::new().await.begin(&mut typist(&["lea"], &[])).await.unwrap_err();
    assert!(said.contains("token_file"), "{said}");
}

async fn knows(desk: &Desk, token: &str) {
    let me = ResponseTemplate::new(200).set_body_json(operator("machine"));
    Mock::given(method("GET"))
        .and(path("/v1/me"))
        .and(header("authorization", format!("Bearer {token}")))
        .respond_with(me)
        .mount(&desk.office)
        .await;
}

#[cfg(unix)]
#[tokio::test]
async fn a_token_file_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = Desk::new().await;
    knows(&desk, "jeton-de-poste").await;
    let file = desk.path("token");
    fs::write(&file, "jeton-de-poste\n").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    let desk = desk.with("LOGE_TOKEN_FILE", file.display().to_string());
    let said = desk.begin(&mut Typist::default()).await.unwrap_err();
    assert!(said.contains("chmod 600") && !said.contains("jeton-de-poste"), "{said}");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    assert_eq!(desk.begin(&mut Typist::default()).await.unwrap().session, SessionFrom::Office);
    assert_eq!(desk.begin(&mut Typist::default()).await.unwrap().session, SessionFrom::Kept);
    let kept = walk(&desk.path("data"));
    assert!(!kept.contains("jeton-de-poste"), "the token stays in its own file");
}

/// All that stands in a folder's files.
fn walk(folder: &Path) -> String {
    let mut all = String::new();
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        all += &if entry.is_dir() { walk(&entry) } else { fs::read_to_string(entry).unwrap() };
    }
    all
}

#[cfg(unix)]
#[tokio::test]
async fn a_command_gives_the_token_or_says_why_not() {
    let desk = Desk::new().await.with("LOGE_TOKEN_COMMAND", "echo jeton-de-commande");
    knows(&desk, "jeton-de-commande").await;
    assert_eq!(desk.begin(&mut Typist::default()).await.unwrap().operator.fields.login.as_str(), "machine");
    let failing = Desk::new().await.with("LOGE_TOKEN_COMMAND", "false");
    let said = failing.begin(&mut Typist::default()).await.unwrap_err();
    assert!(said.contains("The command false gave no token"), "{said}");
    let nothing = Desk::new().await.with("LOGE_TOKEN_COMMAND", "true");
    let said = nothing.begin(&mut Typist::default()).await.unwrap_err();
    assert!(said.contains("a token is one line"), "{said}");
}

#[tokio::test]
async fn plain_http_to_another_machine_is_refused_before_anything_is_asked() {
    let desk = Desk::new().await.with("LOGE_OFFICES", "http://office.example");
    let mut lea = typist(&["lea"], &["right"]);
    let said = desk.begin(&mut lea).await.unwrap_err();
    assert!(said.contains("plain_http"), "{said}");
    assert_eq!(lea.asked, 0);
}

#[tokio::test]
async fn to_log_out_forgets_the_copy_and_keeps_what_waits_to_be_sent() {
    use crate::{
        replica::{Given, KeepCopy, Record, Replica, ReplicaParts},
        wire::{catalogue::Command, change::Snapshot, fresh},
    };
    let desk = Desk::new().await;
    let (config, login) = (desk.config(), operator("lea").fields.login);
    let office: Url = desk.office.uri().parse().unwrap();
    let stores = stores(&config);
    let place = Place { base: &stores, office: office.as_str(), operator: login.as_str() };
    assert_eq!(forget_copy(&config, &office, &login), Ok(0), "there is nothing to forget");
    let mut store = Store::open(place, now()).unwrap().store;
    let replica = Replica::load(&Snapshot { seq: crate::wire::change::Seq(1), at: now(), rows: [].into() });
    let until = KeepCopy::Until(now().plus(jiff::SignedDuration::from_hours(1)));
    store.keep_copy(&ReplicaParts::of(&replica).unwrap(), now(), until).unwrap();
    let note = json!({ "id": fresh::<uuid::Uuid>(), "text": "Rappeler" }).to_string();
    let command = Command::parse("request.note", Some(fresh()), note.as_bytes()).unwrap();
    let given = Given { key: fresh(), at: now(), command: Box::new(command) };
    store.record(&Record::Given { given, instead_of: None }).unwrap();

    assert_eq!(forget_copy(&config, &office, &login), Ok(1));
    assert!(store.copy(now()).unwrap().is_none(), "the copy is still there");
    assert_eq!(store.check(), Ok(()), "the console that runs keeps its folder");
    assert_eq!(Store::open(place, now()).unwrap().outbox.len(), 1);
}
