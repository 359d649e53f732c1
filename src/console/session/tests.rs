//! What of a session is kept, for whom, and what opens a locked console.

use super::*;
use serde_json::json;
use tempfile::TempDir;

/// An account as an office tells it.
pub(crate) fn operator(login: &str) -> Operator {
    serde_json::from_value(json!({
        "id": "01934f2c-0000-7000-8000-000000000001", "version": 1, "standing": "active",
        "login": login, "name": "Léa", "roles": ["operator"], "sites": "all",
    }))
    .unwrap()
}

fn session(office: &Url, login: &str) -> KeptSession {
    KeptSession {
        office: office.to_string(),
        token: Some("jeton".to_owned().into()),
        expires_at: Some("2026-11-24T20:00:00Z".parse().unwrap()),
        operator: operator(login),
        password: None,
        latch: Latch::Open,
    }
}

fn login(text: &str) -> Login {
    text.to_owned().try_into().unwrap()
}

fn office() -> Url {
    "https://loge.example".parse().unwrap()
}

#[test]
fn a_session_is_found_again_by_its_office_and_account_alone() {
    let data = TempDir::new().unwrap();
    let sessions = Sessions::of(data.path(), &office());
    let kept = session(&office(), "lea");
    sessions.keep(Whose::Login(&login("lea")), &kept).unwrap();
    assert_eq!(sessions.find(Whose::Login(&login("lea"))).unwrap(), Some(kept.clone()));
    assert_eq!(sessions.only().unwrap(), Some(kept));
    assert_eq!(sessions.find(Whose::Login(&login("paul"))).unwrap(), None);
    assert_eq!(Sessions::of(data.path(), &"https://other.example".parse().unwrap()).only().unwrap(), None);
    sessions.forget(Whose::Login(&login("lea"))).unwrap();
    assert_eq!(sessions.only().unwrap(), None);
}

#[test]
fn where_several_logged_in_nobody_is_guessed() {
    let data = TempDir::new().unwrap();
    let sessions = Sessions::of(data.path(), &office());
    for name in ["lea", "paul"] {
        sessions.keep(Whose::Login(&login(name)), &session(&office(), name)).unwrap();
    }
    sessions.keep(Whose::Token("from a file"), &session(&office(), "machine")).unwrap();
    assert_eq!(sessions.only().unwrap(), None);
    assert_eq!(sessions.logins(), [login("lea"), login("paul")]);
}

#[cfg(unix)]
#[test]
fn nobody_else_reads_a_session_and_one_that_others_could_read_is_refused() {
    use std::os::unix::fs::PermissionsExt as _;
    let data = TempDir::new().unwrap();
    let sessions = Sessions::of(data.path(), &office());
    sessions.keep(Whose::Login(&login("lea")), &session(&office(), "lea")).unwrap();
    let file = sessions.folder.join("lea.json");
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&sessions.folder), mode(&file)), (0o700, 0o600));
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    assert!(matches!(sessions.only(), Err(SessionError::OpenToOthers(_))));
}

#[test]
fn what_makes_no_sense_counts_as_not_there() {
    let data = TempDir::new().unwrap();
    let sessions = Sessions::of(data.path(), &office());
    sessions.keep(Whose::Login(&login("lea")), &session(&"https://evil.example".parse().unwrap(), "lea")).unwrap();
    assert_eq!(sessions.only().unwrap(), None, "kept for another office");
    fs::write(sessions.folder.join("lea.json"), "{").unwrap();
    assert_eq!(sessions.only().unwrap(), None);
}

#[test]
fn no_message_shows_the_token() {
    assert!(!format!("{:?}", session(&office(), "lea")).contains("jeton"));
}

#[test]
fn a_password_is_known_again_and_neither_kept_nor_shown() {
    let data = TempDir::new().unwrap();
    let sessions = Sessions::of(data.path(), &office());
    let password = |text: &str| Secret::from(text.to_owned());
    let kept = KeptSession { password: Verifier::of(&password("quatre chevaux")), ..session(&office(), "lea") };
    assert!(!format!("{kept:?}").contains("hash"));
    sessions.keep(Whose::Login(&login("lea")), &kept).unwrap();
    assert_eq!(sessions.knows(&login("lea"), &password("quatre chevaux")), Some(true));
    assert_eq!(sessions.knows(&login("lea"), &password("quatre cheveux")), Some(false));
    assert_eq!(sessions.knows(&login("paul"), &password("quatre chevaux")), None);
    assert!(!fs::read_to_string(sessions.folder.join("lea.json")).unwrap().contains("chevaux"));
    assert_ne!(Verifier::of(&password("quatre chevaux")), kept.password, "no two are alike");
}

#[test]
fn that_a_console_is_locked_is_noted_beside_its_session() {
    let data = TempDir::new().unwrap();
    let sessions = Sessions::of(data.path(), &office());
    sessions.latch(&login("lea"), Latch::Locked).unwrap();
    assert_eq!(sessions.only().unwrap(), None, "without a session there is nothing to note");
    sessions.keep(Whose::Login(&login("lea")), &session(&office(), "lea")).unwrap();
    for latch in [Latch::Locked, Latch::Open] {
        sessions.latch(&login("lea"), latch).unwrap();
        assert_eq!(sessions.only().unwrap(), Some(KeptSession { latch, ..session(&office(), "lea") }));
    }
}

#[test]
fn a_session_that_an_older_console_kept_is_still_one() {
    let data = TempDir::new().unwrap();
    let sessions = Sessions::of(data.path(), &office());
    sessions.keep(Whose::Login(&login("lea")), &session(&office(), "lea")).unwrap();
    let file = sessions.folder.join("lea.json");
    let mut old: serde_json::Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    for field in ["password", "latch"] {
        old.as_object_mut().unwrap().remove(field).unwrap();
    }
    fs::write(&file, old.to_string()).unwrap();
    assert_eq!(sessions.only().unwrap(), Some(session(&office(), "lea")));
}

mod unlocking {
    use super::*;
    use crate::client::Options;
    use wiremock::{
        Mock, MockServer, ResponseTemplate,
        matchers::{body_partial_json, method, path},
    };

    struct Desk {
        data: TempDir,
        server: MockServer,
    }

    impl Desk {
        /// Léa has logged in with « right »; the office has let « newer » in since.
        async fn new() -> Self {
            let server = MockServer::start().await;
            let desk = Self { data: TempDir::new().unwrap(), server };
            for password in ["right", "newer"] {
                let session =
                    json!({ "token": "jeton", "expires_at": "2099-01-01T00:00:00Z", "operator": operator("lea") });
                Mock::given(method("POST"))
                    .and(path("/v1/login"))
                    .and(body_partial_json(json!({ "password": password })))
                    .respond_with(ResponseTemplate::new(200).set_body_json(session))
                    .mount(&desk.server)
                    .await;
            }
            let no = json!({ "type": "urn:loge:problem:wrong-password", "status": 401, "title": "", "detail": "" });
            let no = ResponseTemplate::new(401).set_body_raw(no.to_string().into_bytes(), "application/problem+json");
            Mock::given(method("POST"))
                .and(path("/v1/login"))
                .respond_with(no)
                .with_priority(9)
                .mount(&desk.server)
                .await;
            desk.door().sessions.log_in(&desk.client(), &login("lea"), &"right".to_owned().into()).await.unwrap();
            desk
        }

        fn url(&self) -> Url {
            self.server.uri().parse().unwrap()
        }

        fn client(&self) -> Client {
            Client::new(vec![self.url()], Options::default()).unwrap()
        }

        fn door(&self) -> Door {
            Door { sessions: Sessions::of(self.data.path(), &self.url()), source: TokenSource::Login }
        }

        async fn tries(&self, password: &str, behind: Behind) -> Result<Unlocked, NotLetIn> {
            let proof = Proof::Password(password.to_owned().into());
            self.door().unlock(&self.client(), &login("lea"), proof, behind).await
        }

        async fn goes_away(&self) {
            self.server.reset().await;
            Mock::given(wiremock::matchers::any()).respond_with(ResponseTemplate::new(502)).mount(&self.server).await;
        }

        async fn asked(&self) -> usize {
            self.server.received_requests().await.unwrap().len()
        }
    }

    #[tokio::test]
    async fn the_password_of_the_session_opens_without_the_office() {
        let desk = Desk::new().await;
        let asked = desk.asked().await;
        assert!(matches!(desk.tries("right", Behind::Live).await, Ok(Unlocked::Here)));
        assert_eq!(desk.asked().await, asked);
        desk.goes_away().await;
        assert!(matches!(desk.tries("right", Behind::Live).await, Ok(Unlocked::Here)));
        assert!(matches!(desk.tries("right", Behind::Ended).await, Ok(Unlocked::Here)), "offline for hours");
        assert!(matches!(desk.tries("wrong", Behind::Live).await, Err(NotLetIn::NotKnownHere)));
    }

    #[tokio::test]
    async fn another_one_is_the_offices_to_judge() {
        let desk = Desk::new().await;
        assert!(matches!(desk.tries("wrong", Behind::Live).await, Err(NotLetIn::Office(ClientError::Problem(_)))));
        assert!(matches!(desk.tries("newer", Behind::Live).await, Ok(Unlocked::ByOffice(_))));
        assert!(matches!(desk.tries("newer", Behind::Live).await, Ok(Unlocked::Here)), "it is known from then on");
        assert!(matches!(desk.tries("newer", Behind::Ended).await, Ok(Unlocked::ByOffice(_))));
    }

    #[tokio::test]
    async fn a_token_opens_where_it_is_known_as_this_accounts() {
        let desk = Desk::new().await;
        let file = desk.data.path().join("token");
        let door = Door { source: TokenSource::File(file.clone()), ..desk.door() };
        desk.goes_away().await;
        let tries = async || door.unlock(&desk.client(), &login("lea"), Proof::Token, Behind::Live).await;
        assert!(matches!(tries().await, Err(NotLetIn::Token(_))), "there is none");
        door.sessions.hand_out(&file, &"jeton-de-poste".to_owned().into(), &operator("lea")).unwrap();
        assert!(matches!(tries().await, Ok(Unlocked::Here)));
        door.sessions.hand_out(&file, &"un-autre".to_owned().into(), &operator("paul")).unwrap();
        assert!(matches!(tries().await, Err(NotLetIn::Office(_))), "Paul's token does not open Léa's console");
    }
}
