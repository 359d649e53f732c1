//! Mailboxes as providers have them: over TLS, by password or by token; and what is never said to a server that cannot be trusted.

use crate::{
    authority::Authority,
    common::{Database, Engine, until},
    dovecot::{Dovecot, USER, Ways},
    fetched::{CONTACTS, letter, mailbox, number, office},
    relay::Relay,
};
use loge::{
    config::mailbox::{Acknowledge, Imap, Mailbox, Secret, Tls, WhenTaken},
    office::intake::mail::imap::{FetchError, wire},
};
use rstest::rstest;
use serde_json::json;
use std::{fs, path::PathBuf, process::Command};
use tempfile::TempDir;
use wiremock::{Mock, MockServer, ResponseTemplate, matchers};

/// A token that is good.
const TOKEN: &str = "un-jeton-de-test";

/// A server that is protected, and the authority that vouches for it.
struct Protected {
    server: Dovecot,
    folder: TempDir,
    /// Where it is asked whether a token is good.
    _introspection: MockServer,
}

impl Protected {
    /// One whose certificate is for this name.
    async fn known_as(name: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let authority = Authority::new();
        authority.write(&folder.path().join("house.pem"));
        let introspection = MockServer::start().await;
        let good = json!({ "active": true, "sub": USER });
        Mock::given(matchers::header("Authorization", format!("Bearer {TOKEN}")))
            .respond_with(ResponseTemplate::new(200).set_body_json(good))
            .mount(&introspection)
            .await;
        let refused = ResponseTemplate::new(401).set_body_json(json!({ "active": false }));
        Mock::given(matchers::any()).respond_with(refused).with_priority(9).mount(&introspection).await;
        let ways = Ways {
            certificate: Some(authority.certify(name)),
            introspection: Some(format!("{}/introspect", introspection.uri())),
        };
        Self { server: Dovecot::with(&ways), folder, _introspection: introspection }
    }

    async fn start() -> Self {
        Self::known_as("127.0.0.1").await
    }

    fn ca_file(&self) -> PathBuf {
        self.folder.path().join("house.pem")
    }

    /// The way to its mailbox, with the password.
    fn imap(&self, tls: Tls) -> Imap {
        let open = mailbox(&self.server, WhenTaken::Seen).imap.unwrap();
        let port = if tls == Tls::Implicit { self.server.tls_port } else { self.server.port };
        Imap { tls, port, ca_file: Some(self.ca_file()), ..open }
    }

    /// The same with what a command prints as token.
    fn by_token(&self, command: &[&str]) -> Imap {
        let command = command.iter().map(|word| (*word).to_owned()).collect();
        Imap { secret: Secret::TokenCommand(command), ..self.imap(Tls::Implicit) }
    }
}

async fn refusal(imap: &Imap) -> FetchError {
    wire::open(imap).await.expect_err("it was let in")
}

#[rstest]
#[case::implicit(Engine::Sqlite, Tls::Implicit, false)]
#[case::starttls(Engine::Postgres, Tls::Starttls, false)]
#[case::implicit_by_token(Engine::Postgres, Tls::Implicit, true)]
#[case::starttls_by_token(Engine::Sqlite, Tls::Starttls, true)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mailbox_is_fetched_over_tls_by_password_or_token(
    #[case] engine: Engine,
    #[case] tls: Tls,
    #[case] by_token: bool,
) {
    let house = Protected::start().await;
    let wire = Relay::to(house.imap(tls).port);
    let mut imap = Imap { port: wire.port, ..house.imap(tls) };
    if by_token {
        imap.secret = house.by_token(&["echo", TOKEN]).secret;
    }
    house.server.deliver(&letter(1));
    let database = Database::new(engine).await;
    let (name, acknowledge) = ("accueil".parse().unwrap(), Acknowledge::No);
    let mailbox = Mailbox { name, site: None, acknowledge, imap: Some(imap) };
    let office = office(&database, &[mailbox]).await;
    until("what lay there is taken", || async { number(&office, CONTACTS).await == 1 }).await;
    house.server.deliver(&letter(2));
    until("what comes is taken", || async { number(&office, CONTACTS).await == 2 }).await;
    until("both are marked", || async { house.server.client().count("SEEN") == 2 }).await;
    let said = wire.said();
    let in_the_clear = ["LOGIN", "AUTHENTICATE", "SELECT", USER].iter().any(|word| said.contains(word));
    assert!(!said.is_empty() && !in_the_clear, "{said}");
    assert_eq!(said.contains("STARTTLS"), tls == Tls::Starttls);
    office.stop().await;
}

#[rstest]
#[case::implicit(Tls::Implicit)]
#[case::starttls(Tls::Starttls)]
#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_is_refused(#[case] tls: Tls) {
    let house = Protected::start().await;
    let unknown = Imap { ca_file: None, ..house.imap(tls) };
    assert!(matches!(refusal(&unknown).await, FetchError::Untrusted { .. }));
    Authority::new().write(&house.ca_file());
    assert!(matches!(refusal(&house.imap(tls)).await, FetchError::Untrusted { .. }), "another authority");
}

#[tokio::test]
async fn a_certificate_for_another_server_is_refused() {
    let house = Protected::known_as("imap.ailleurs.example").await;
    assert!(matches!(refusal(&house.imap(Tls::Implicit)).await, FetchError::Untrusted { .. }));
}

#[tokio::test]
async fn certificates_to_trust_that_are_none_are_told() {
    let house = Protected::start().await;
    fs::write(house.ca_file(), "rien\n").unwrap();
    assert!(matches!(refusal(&house.imap(Tls::Implicit)).await, FetchError::CaFile(_)));
    fs::remove_file(house.ca_file()).unwrap();
    assert!(matches!(refusal(&house.imap(Tls::Implicit)).await, FetchError::CaFile(_)));
}

#[tokio::test]
async fn a_server_without_starttls_does_not_hear_the_password() {
    let server = Dovecot::start();
    let wire = Relay::to(server.port);
    let open = mailbox(&server, WhenTaken::Seen).imap.unwrap();
    let refused = refusal(&Imap { tls: Tls::Starttls, port: wire.port, ..open }).await;
    assert!(matches!(refused, FetchError::NoStarttls { .. }), "{refused}");
    let said = wire.said();
    assert!(said.contains("STARTTLS") && !said.contains("LOGIN"), "{said}");
}

#[tokio::test]
async fn who_is_not_let_in_is_told_so() {
    let house = Protected::start().await;
    let wrong = Secret::PasswordCommand(vec!["echo".into(), "faux".into()]);
    let refused = refusal(&Imap { secret: wrong, ..house.imap(Tls::Implicit) }).await;
    assert!(matches!(refused, FetchError::Login(_)), "{refused}");
    let refused = refusal(&house.by_token(&["echo", "un-jeton-passe"])).await;
    assert!(matches!(refused, FetchError::Login(_)), "{refused}");
    for command in [&["false"][..], &["true"], &["/nulle/part"]] {
        let refused = refusal(&house.by_token(command)).await;
        assert!(matches!(refused, FetchError::Secret(_)), "{command:?}: {refused}");
    }
}

/// What the doctor says of the mailbox, with these settings.
fn doctor(house: &Protected, language: &str, settings: &str) -> String {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir_all(home.path().join(".config/loge")).unwrap();
    let password = house.server.password_file();
    let config = format!(
        "[office]\nlisten = \"127.0.0.1:0\"\n[[office.mailbox]]\nname = \"accueil\"\nhost = \"127.0.0.1\"\nuser = \"{USER}\"\npassword_file = \"{}\"\n{settings}\n",
        password.display()
    );
    fs::write(home.path().join(".config/loge/config.toml"), config).unwrap();
    let done = Command::new(env!("CARGO_BIN_EXE_loge"))
        .env_clear()
        .env("HOME", home.path())
        .args(["--lang", language, "office", "doctor"])
        .output()
        .unwrap();
    let said = String::from_utf8(done.stdout).unwrap();
    let line = said.lines().find(|line| line.contains("accueil"));
    line.unwrap_or_else(|| panic!("{said}{}", String::from_utf8_lossy(&done.stderr))).to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_doctor_opens_each_mailbox_and_says_in_both_languages_what_to_do() {
    let house = Protected::start().await;
    let (tls_port, port, ca_file) = (house.server.tls_port, house.server.port, house.ca_file());
    let trusting = format!("port = {tls_port}\nca_file = \"{}\"", ca_file.display());
    assert!(doctor(&house, "en", &trusting).starts_with("well"));
    assert!(
        doctor(&house, "fr", &format!("port = {port}\ntls = \"starttls\"\nca_file = \"{}\"", ca_file.display()))
            .starts_with("bon")
    );
    let unknown = format!("port = {tls_port}");
    let said = doctor(&house, "fr", &unknown);
    assert!(
        said.starts_with("à revoir") && said.contains("n'est pas reconnu") && said.contains("«\u{a0}ca_file\u{a0}»"),
        "{said}"
    );
    let said = doctor(&house, "en", &unknown);
    assert!(said.starts_with("see to") && said.contains("is not trusted") && said.contains("“ca_file”"), "{said}");
    let plain = Dovecot::start();
    let bare = format!("port = {}\ntls = \"starttls\"", plain.port);
    assert!(doctor(&house, "fr", &bare).contains("ne propose pas STARTTLS"));
    assert!(doctor(&house, "en", &bare).contains("offers no STARTTLS"));
}
