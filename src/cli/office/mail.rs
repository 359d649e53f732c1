//! `loge office mail` and `mailbox`: hands a message in at a running office, as a program of mail calls it; and the tokens it needs.

use super::{
    super::{Voice, error::CliError},
    place::{self, Missing},
};
use crate::{
    config::{
        Config, OfficeUrl,
        office::{Office, Transport},
    },
    domain::texts::ShortText,
    office::{
        failure::Failure,
        intake::mail::{MESSAGE_BYTES, token},
        storage::{StorageError, Store},
    },
};
use clap::{Args, Subcommand};
use std::{
    fs,
    io::{self, Read as _},
    net::{Ipv4Addr, Ipv6Addr},
    path::PathBuf,
    time::Duration,
};

/// What programs of mail take for « try again later » (`EX_TEMPFAIL` of sysexits).
const LATER: u8 = 75;

/// What they take for « this message never » (`EX_DATAERR`).
const NEVER: u8 = 65;

/// How long the office may take.
const PATIENCE: Duration = Duration::from_mins(1);

/// A message to be handed in.
#[derive(Debug, Args)]
pub(super) struct Mail {
    #[arg(long, value_name = "NAME")]
    pub mailbox: String,
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    #[arg(long, value_name = "URL")]
    to: Option<String>,
}

/// What can be asked of mailboxes.
#[derive(Debug, Subcommand)]
pub(super) enum MailboxCommand {
    Add {
        #[arg(value_name = "NAME")]
        mailbox: String,
    },
    List,
    Remove {
        #[arg(value_name = "NAME")]
        mailbox: String,
    },
}

/// It may go better later: the message stays where it is until then.
pub(super) fn later(why: impl Into<String>) -> CliError {
    CliError::Ended { status: LATER, key: "cli-mail-later", variables: vec![("why", why.into())] }
}

fn never(why: impl Into<String>) -> CliError {
    CliError::Ended { status: NEVER, key: "cli-mail-never", variables: vec![("why", why.into())] }
}

/// Hands in the message on standard input.
pub(super) async fn hand_in(mail: Mail, config: &Config) -> Result<(), CliError> {
    let token = token(&mail)?;
    let url = address(&mail, &config.office)?;
    let mut message = Vec::new();
    let limit = u64::try_from(MESSAGE_BYTES).unwrap_or(u64::MAX);
    io::stdin().lock().take(limit.saturating_add(1)).read_to_end(&mut message).map_err(|why| later(why.to_string()))?;
    if message.len() > MESSAGE_BYTES {
        return Err(never("> 40 Mio"));
    }
    if message.is_empty() {
        return Err(never("0"));
    }
    let client = client(&url, &config.office).map_err(|why| later(why.to_string()))?;
    let request = client.post(url).bearer_auth(token).header("content-type", "message/rfc822").body(message);
    let answer = request.send().await.map_err(|why| later(why.without_url().to_string()))?;
    let status = answer.status();
    match status.as_u16() {
        200..300 => Ok(()),
        413 | 422 => Err(never(status.to_string())),
        // A token that is wrong is put right by people, and the message has time until then.
        _ => Err(later(status.to_string())),
    }
}

fn token(mail: &Mail) -> Result<String, CliError> {
    let missing = || {
        let variables = vec![("mailbox", mail.mailbox.clone())];
        CliError::Ended { status: LATER, key: "cli-mail-no-token", variables }
    };
    let text = match &mail.token_file {
        Some(file) => fs::read_to_string(file).map_err(|why| later(format!("{}: {why}", file.display())))?,
        None => std::env::var("LOGE_MAIL_TOKEN").map_err(|_| missing())?,
    };
    let token = text.trim().to_owned();
    if token.is_empty() { Err(missing()) } else { Ok(token) }
}

/// Where the message goes: what was said, else the office of these settings.
fn address(mail: &Mail, office: &Office) -> Result<reqwest::Url, CliError> {
    let named =
        mail.to.as_deref().map(str::parse::<OfficeUrl>).transpose().map_err(|error| later(error.to_string()))?;
    let mut url = if let Some(named) = named {
        named.url().clone()
    } else {
        let mut listens = office.listen;
        if listens.ip().is_unspecified() {
            listens.set_ip(if listens.is_ipv4() { Ipv4Addr::LOCALHOST.into() } else { Ipv6Addr::LOCALHOST.into() });
        }
        let scheme = if office.transport == Transport::Plain { "http" } else { "https" };
        format!("{scheme}://{listens}").parse().map_err(|_| later(listens.to_string()))?
    };
    // A name is one piece of the path, whatever is in it.
    if let Ok(mut path) = url.path_segments_mut() {
        path.pop_if_empty().extend(["v1", "intake", "mail", &mail.mailbox]);
    }
    Ok(url)
}

/// A client that starts at once: the system's certificates are read only where they matter.
fn client(url: &reqwest::Url, office: &Office) -> reqwest::Result<reqwest::Client> {
    let redirects = reqwest::redirect::Policy::none();
    let builder = reqwest::Client::builder().no_proxy().redirect(redirects).timeout(PATIENCE);
    if url.scheme() == "http" {
        return builder.tls_certs_only([]).build();
    }
    let own = match &office.transport {
        Transport::Tls { certificate, .. } => fs::read(certificate).ok(),
        Transport::Plain => None,
    };
    let own = own.and_then(|pem| reqwest::Certificate::from_pem_bundle(&pem).ok()).unwrap_or_default();
    builder.tls_certs_merge(own).build()
}

/// `loge office mailbox`
pub(super) async fn mailbox(command: MailboxCommand, config: &Config, voice: Voice) -> Result<(), CliError> {
    let store = place::open(&config.office.database, Missing::Fail).await?;
    let done = carry_out(command, &store, voice).await;
    store.close().await;
    done
}

async fn carry_out(command: MailboxCommand, store: &Store, voice: Voice) -> Result<(), CliError> {
    let failed = |error: StorageError| CliError::Refused(Failure::from(error));
    match command {
        MailboxCommand::Add { mailbox } => {
            let named = || ("mailbox", mailbox.clone());
            let plain = mailbox.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_.@".contains(&b));
            let name = mailbox.parse::<ShortText>().ok().filter(|name| plain && name.as_str().len() <= 64);
            let name = name.ok_or_else(|| CliError::sentence("cli-mail-mailbox-wrong", vec![named()]))?;
            let mut tx = store.write().await.map_err(failed)?;
            let token = token::add(&mut tx, &name).await.map_err(failed)?;
            tx.commit().await.map_err(failed)?;
            let token = token.ok_or_else(|| CliError::sentence("cli-mail-token-full", vec![named()]))?;
            voice.tell("cli-mail-token", &[named(), ("token", token)]);
        }
        MailboxCommand::List => {
            let known = token::all(&mut store.read().await.map_err(failed)?).await.map_err(failed)?;
            if known.is_empty() {
                voice.tell("cli-mail-none", &[]);
            }
            for token::Known { mailbox, tokens } in known {
                voice.tell("cli-mail-known", &[("mailbox", mailbox), ("count", tokens.to_string())]);
            }
        }
        MailboxCommand::Remove { mailbox } => {
            let mut tx = store.write().await.map_err(failed)?;
            let removed = token::remove(&mut tx, &mailbox).await.map_err(failed)?;
            tx.commit().await.map_err(failed)?;
            voice.tell("cli-mail-removed", &[("mailbox", mailbox), ("count", removed.to_string())]);
        }
    }
    Ok(())
}
