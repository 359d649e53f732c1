//! Mail that leaves through servers as providers have them: over TLS, with a login; and what is never said to one that cannot be trusted.

use crate::{
    authority::Authority,
    common::{Database, Engine, until},
    house::{Sending, mail},
    relay::Relay,
    server::MailServer,
};
use loge::{
    config::mail::{Mail, Outlet, PasswordSource, Protection, Server},
    domain::reply::ReplyState,
    office::outreach::{
        look::{Blocked, look},
        post::PostError,
    },
};
use rstest::rstest;
use std::{fs, path::Path, process::Command};
use tempfile::TempDir;

const USER: &str = "bonjour";

/// The password of the account, which no line in the clear may hold.
const PASSWORD: &str = "un-secret-de-test";

/// A server that is protected and asks for a login, and the authority that vouches for it.
struct Protected {
    server: Option<MailServer>,
    port: u16,
    folder: TempDir,
}

impl Protected {
    /// One whose certificate is for this name.
    fn known_as(way: &str, name: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let authority = Authority::new();
        authority.write(&folder.path().join("house.pem"));
        fs::write(folder.path().join("password"), PASSWORD).unwrap();
        let shown = authority.certify(name);
        let login = format!("{USER}\n{PASSWORD}\n");
        let files = [("certificate", &*shown.certificate), ("key", &shown.key), ("login", &login)];
        let server = MailServer::by(&[way, "login"], &files);
        Self { port: server.port, server: Some(server), folder }
    }

    fn start(way: &str) -> Self {
        Self::known_as(way, "127.0.0.1")
    }

    fn server(&self, protection: Protection, port: u16) -> Server {
        Server {
            host: "127.0.0.1".into(),
            port,
            protection,
            ca_file: Some(self.folder.path().join("house.pem")),
            login: Some((USER.into(), PasswordSource::File(self.folder.path().join("password")))),
        }
    }
}

/// The way out through a server.
fn through(server: Server) -> Mail {
    Mail { outlet: Outlet::Server(server), ..mail(0) }
}

async fn refusal(server: Server) -> Blocked {
    look(&through(server)).await.expect_err("it was let in")
}

#[rstest]
#[case::implicit(Engine::Sqlite, "implicit", Protection::Implicit)]
#[case::starttls(Engine::Postgres, "starttls", Protection::Starttls)]
#[tokio::test]
async fn a_reply_leaves_over_tls_with_a_login(
    #[case] engine: Engine,
    #[case] way: &str,
    #[case] protection: Protection,
) {
    let mut house = Protected::start(way);
    let wire = Relay::to(house.port);
    let way_out = through(house.server(protection, wire.port));
    look(&way_out).await.expect("the server lets the office in");
    let server = house.server.take().unwrap();
    let sending = Sending::by(Database::new(engine).await, server, way_out, 0).await;
    let id = sending.answer("wrap_up").await;
    sending.reaches(id, ReplyState::Sent).await;
    assert_eq!(sending.server.mails().len(), 1, "looking sends nothing");
    let said = wire.said();
    let in_the_clear = ["AUTH", "MAIL FROM", "bonjour@"].iter().any(|word| said.contains(word));
    assert!(!said.is_empty() && !in_the_clear, "{said}");
    sending.house.office.stop().await;
}

#[rstest]
#[case::implicit("implicit", Protection::Implicit)]
#[case::starttls("starttls", Protection::Starttls)]
#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_is_refused(#[case] way: &str, #[case] protection: Protection) {
    let house = Protected::start(way);
    let unknown = Server { ca_file: None, ..house.server(protection, house.port) };
    assert!(matches!(refusal(unknown).await, Blocked::Untrusted { .. }));
    Authority::new().write(&house.folder.path().join("house.pem"));
    let refused = refusal(house.server(protection, house.port)).await;
    assert!(matches!(refused, Blocked::Untrusted { .. }), "{refused}");
    let elsewhere = Protected::known_as(way, "smtp.ailleurs.example");
    let refused = refusal(elsewhere.server(protection, elsewhere.port)).await;
    assert!(matches!(refused, Blocked::Untrusted { .. }), "{refused}");
}

#[tokio::test]
async fn a_mail_waits_for_a_server_that_can_be_trusted() {
    let mut house = Protected::start("implicit");
    let unknown = Server { ca_file: None, ..house.server(Protection::Implicit, house.port) };
    let server = house.server.take().unwrap();
    let sending = Sending::by(Database::new(Engine::Sqlite).await, server, through(unknown), 0).await;
    let id = sending.answer("wrap_up").await;
    until("the attempt is told", || async { sending.reply(id).await.trouble.is_some() }).await;
    assert_ne!(sending.reply(id).await.state, ReplyState::Sent);
    assert!(sending.server.mails().is_empty());
    sending.house.office.stop().await;
}

#[tokio::test]
async fn a_server_without_starttls_does_not_hear_the_password() {
    let house = Protected::start("starttls");
    let plain = MailServer::by(&["login"], &[("login", &format!("{USER}\n{PASSWORD}\n"))]);
    let wire = Relay::to(plain.port);
    let refused = refusal(house.server(Protection::Starttls, wire.port)).await;
    assert!(matches!(refused, Blocked::NoStarttls { .. }), "{refused}");
    let said = wire.said();
    assert!(said.contains("EHLO") && !said.contains("AUTH"), "{said}");
}

#[tokio::test]
async fn who_is_not_let_in_is_told_so() {
    let house = Protected::start("starttls");
    let password = house.folder.path().join("password");
    fs::write(&password, "faux").unwrap();
    let refused = refusal(house.server(Protection::Starttls, house.port)).await;
    assert!(matches!(refused, Blocked::Login(_)), "{refused}");
    fs::write(&password, "").unwrap();
    let refused = refusal(house.server(Protection::Starttls, house.port)).await;
    assert!(matches!(refused, Blocked::Post(PostError::Password(_))), "{refused}");
    fs::write(house.folder.path().join("house.pem"), "rien").unwrap();
    fs::write(&password, PASSWORD).unwrap();
    let refused = refusal(house.server(Protection::Starttls, house.port)).await;
    assert!(matches!(refused, Blocked::Post(PostError::Certificate(_))), "{refused}");
}

#[tokio::test]
async fn a_server_that_is_not_there_is_told() {
    let house = Protected::start("implicit");
    let (server, port) = (house.server(Protection::Implicit, house.port), house.port);
    drop(house.server);
    let refused = refusal(server).await;
    assert!(matches!(&refused, Blocked::Connect { port: told, .. } if *told == port), "{refused}");
}

/// What the doctor says of the mail that leaves, with these settings.
fn doctor(home: &Path, language: &str, settings: &str) -> String {
    fs::create_dir_all(home.join(".config/loge")).unwrap();
    let config = format!(
        "[office]\nlisten = \"127.0.0.1:0\"\n[office.smtp]\nfrom = \"bonjour@conciergerie.example\"\n{settings}\n"
    );
    fs::write(home.join(".config/loge/config.toml"), config).unwrap();
    let done = Command::new(env!("CARGO_BIN_EXE_loge"))
        .env_clear()
        .env("HOME", home)
        .args(["--lang", language, "office", "doctor"])
        .output()
        .unwrap();
    let said = String::from_utf8(done.stdout).unwrap();
    let line = said.lines().find(|line| line.contains("envoi du courriel") || line.contains("mail that leaves"));
    line.unwrap_or_else(|| panic!("{said}{}", String::from_utf8_lossy(&done.stderr))).to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_doctor_tries_the_server_and_says_in_both_languages_what_to_do() {
    let house = Protected::start("implicit");
    let (home, port) = (tempfile::tempdir().unwrap(), house.port);
    let at = house.folder.path().display();
    let login = format!("host = \"127.0.0.1\"\nport = {port}\nuser = \"{USER}\"\npassword_file = \"{at}/password\"");
    let trusting = format!("{login}\nca_file = \"{at}/house.pem\"");
    assert!(doctor(home.path(), "fr", &trusting).starts_with("bon"));
    assert!(doctor(home.path(), "en", &trusting).starts_with("well"));
    assert!(doctor(home.path(), "fr", &login).contains("n'est pas reconnu"));
    assert!(doctor(home.path(), "en", &login).contains("is not trusted"));
    fs::write(house.folder.path().join("password"), "faux").unwrap();
    let said = doctor(home.path(), "fr", &trusting);
    assert!(said.starts_with("à revoir") && said.contains("ne laisse pas entrer ce compte"), "{said}");
    assert!(doctor(home.path(), "en", &trusting).contains("does not let this account in"));
    assert!(house.server.unwrap().mails().is_empty());
}

#[test]
fn the_doctor_looks_whether_the_pickup_folder_takes_a_file() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("depart");
    let settings = format!("folder = \"{}\"", folder.display());
    assert!(doctor(home.path(), "fr", &settings).contains("il n'y a pas de dossier"));
    assert!(doctor(home.path(), "en", &settings).contains("there is no folder"));
    fs::create_dir(&folder).unwrap();
    assert!(doctor(home.path(), "fr", &settings).starts_with("bon"));
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0, "it leaves nothing behind");
}
