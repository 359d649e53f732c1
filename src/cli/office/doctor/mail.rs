//! Whether mail can come and leave as it is set up, and what to do where it cannot.

use super::Findings;
use crate::{
    config::office::Office,
    office::{
        intake::mail::imap::{FetchError, wire},
        outreach::{
            look::{self, Blocked},
            post::PostError,
        },
        trust::CaFile,
    },
};
use std::fmt::Display;

/// A sentence with its variables.
type Advice = (&'static str, Vec<(&'static str, String)>);

/// A mailbox is well if its folder opens with the settings.
pub(super) async fn mailboxes(office: &Office, findings: &mut Findings) {
    for mailbox in &office.mailboxes {
        let Some(imap) = &mailbox.imap else { continue };
        let what = findings.voice.sentence("cli-doctor-mailbox", &[("mailbox", mailbox.name.to_string())]);
        let advice = match wire::open(imap).await {
            Ok(mut folder) => {
                // That it is not said good-bye to does no harm.
                let _ = wire::patiently(folder.session.logout()).await;
                None
            }
            Err(error) => Some(fetching(&error)),
        };
        tell(findings, what, advice);
    }
}

/// Mail can leave if the server lets the office in, or if the folder takes a file.
pub(super) async fn way_out(office: &Office, findings: &mut Findings) {
    let Some(mail) = &office.mail else { return };
    let what = findings.voice.sentence("cli-doctor-smtp", &[]);
    let advice = look::look(mail).await.err().map(|error| leaving(&error));
    tell(findings, what, advice);
}

fn tell(findings: &mut Findings, what: String, advice: Option<Advice>) {
    let advice = advice.map(|(key, variables)| findings.voice.sentence(key, &variables));
    findings.tell(what, advice);
}

fn fetching(error: &FetchError) -> Advice {
    match error {
        FetchError::Connect { host, port, why } => silent(host, *port, why),
        FetchError::Untrusted { host, why } => untrusted(host, why),
        FetchError::NoStarttls { host } => no_starttls(host),
        FetchError::CaFile(file) => ca_file(file),
        FetchError::Secret(why) => detailed("cli-doctor-mail-secret", why),
        FetchError::Login(why) => detailed("cli-doctor-mail-login", why),
        FetchError::NoMove => ("cli-doctor-mail-no-move", Vec::new()),
        FetchError::Slow
        | FetchError::Lost
        | FetchError::Server(_)
        | FetchError::NotTaken(_)
        | FetchError::Storage(_) => detailed("cli-doctor-mail-server", error),
    }
}

fn leaving(error: &Blocked) -> Advice {
    match error {
        Blocked::Connect { host, port, why } => silent(host, *port, why),
        Blocked::Untrusted { host, why } => untrusted(host, why),
        Blocked::NoStarttls { host } => no_starttls(host),
        Blocked::Post(PostError::Certificate(file)) => ca_file(file),
        Blocked::Post(error) => detailed("cli-doctor-mail-secret", error),
        Blocked::Login(why) => detailed("cli-doctor-mail-login", why),
        Blocked::Server(why) => detailed("cli-doctor-mail-server", why),
        Blocked::NoFolder(folder) => ("cli-doctor-mail-no-folder", vec![("folder", folder.clone())]),
        Blocked::Folder { folder, why } => {
            ("cli-doctor-mail-folder", vec![("folder", folder.clone()), ("why", why.to_string())])
        }
    }
}

fn silent(host: &str, port: u16, why: &str) -> Advice {
    ("cli-doctor-mail-silent", vec![("server", format!("{host}:{port}")), ("why", ended(why))])
}

fn untrusted(host: &str, why: &str) -> Advice {
    ("cli-doctor-mail-untrusted", vec![("server", host.to_owned()), ("why", ended(why))])
}

fn no_starttls(host: &str) -> Advice {
    ("cli-doctor-mail-no-starttls", vec![("server", host.to_owned())])
}

fn ca_file(file: &CaFile) -> Advice {
    ("cli-doctor-mail-ca-file", vec![("file", file.file.display().to_string()), ("why", ended(&file.why))])
}

fn detailed(key: &'static str, why: &impl Display) -> Advice {
    (key, vec![("why", ended(&why.to_string()))])
}

/// Without the full stop that the sentence has itself.
fn ended(why: &str) -> String {
    why.trim_end().trim_end_matches('.').to_owned()
}
