//! The way to a server of mail: connection, protection, login, folder. Every wait has its end.

use super::FetchError;
use crate::{
    config::mailbox::{Imap, Secret, Tls},
    office::trust,
};
use async_imap::{Authenticator, Client, Session, error::Error as ImapError};
use rustls::pki_types::ServerName;
use std::{fmt, future::Future, process::Stdio, sync::Arc, time::Duration};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
    process::Command,
};
use tokio_rustls::TlsConnector;

/// How long a server may take to answer.
pub const PATIENCE: Duration = Duration::from_mins(1);

/// A stream to a server, protected or not.
pub trait Stream: AsyncRead + AsyncWrite + Unpin + fmt::Debug + Send {}

impl<T: AsyncRead + AsyncWrite + Unpin + fmt::Debug + Send> Stream for T {}

/// A session over any stream.
pub type Open = Session<Box<dyn Stream>>;

/// A folder that is open.
#[derive(Debug)]
pub struct Folder {
    /// The session.
    pub session: Open,
    /// The validity of the folder's numbers.
    pub uid_validity: u32,
    /// Whether the server tells what comes.
    pub tells: bool,
}

/// Waits for a server, but not for ever.
pub async fn patiently<T, E: Into<FetchError>>(work: impl Future<Output = Result<T, E>>) -> Result<T, FetchError> {
    tokio::time::timeout(PATIENCE, work).await.map_err(|_| FetchError::Slow)?.map_err(Into::into)
}

/// Opens the folder of a mailbox.
pub async fn open(imap: &Imap) -> Result<Folder, FetchError> {
    let client = patiently(connected(imap)).await?;
    let secret = secret(&imap.secret).await?;
    let session = match &imap.secret {
        Secret::TokenCommand(_) => {
            let token = Bearer(format!("user={}\u{1}auth=Bearer {secret}\u{1}\u{1}", imap.user));
            patiently(async { client.authenticate("XOAUTH2", token).await.map_err(|(error, _)| login(&error)) }).await?
        }
        Secret::PasswordFile(_) | Secret::PasswordCommand(_) => {
            patiently(async { client.login(&imap.user, &secret).await.map_err(|(error, _)| login(&error)) }).await?
        }
    };
    let mut session = session;
    let can = patiently(session.capabilities()).await?;
    if matches!(imap.when_taken, crate::config::mailbox::WhenTaken::MovedTo(_)) && !can.has_str("MOVE") {
        return Err(FetchError::NoMove);
    }
    let tells = can.has_str("IDLE");
    let folder = patiently(session.select(&imap.folder)).await?;
    Ok(Folder { session, uid_validity: folder.uid_validity.unwrap_or_default(), tells })
}

fn login(error: &ImapError) -> FetchError {
    match error {
        ImapError::No(why) | ImapError::Bad(why) => FetchError::Login(why.clone()),
        other => FetchError::Server(other.to_string()),
    }
}

/// The answer of XOAUTH2: all at once; a second question is the server's refusal, which an empty answer ends.
struct Bearer(String);

impl Authenticator for Bearer {
    type Response = String;

    fn process(&mut self, _: &[u8]) -> String {
        std::mem::take(&mut self.0)
    }
}

async fn connected(imap: &Imap) -> Result<Client<Box<dyn Stream>>, FetchError> {
    let stream = TcpStream::connect((imap.host.as_str(), imap.port)).await.map_err(|error| unreached(imap, &error))?;
    match imap.tls {
        Tls::None => greeted(Client::new(Box::new(stream) as Box<dyn Stream>)).await,
        Tls::Implicit => greeted(Client::new(protected(imap, stream).await?)).await,
        Tls::Starttls => {
            let mut client = greeted(Client::new(stream)).await?;
            client.run_command_and_check_ok("STARTTLS", None).await.map_err(|error| match error {
                ImapError::No(_) | ImapError::Bad(_) => FetchError::NoStarttls { host: imap.host.clone() },
                error => error.into(),
            })?;
            // What came in the clear behind the answer is dropped with the client.
            Ok(Client::new(protected(imap, client.into_inner()).await?))
        }
    }
}

fn unreached(imap: &Imap, error: &std::io::Error) -> FetchError {
    FetchError::Connect { host: imap.host.clone(), port: imap.port, why: error.to_string() }
}

async fn greeted<T: Stream>(mut client: Client<T>) -> Result<Client<T>, FetchError> {
    let greeting = client.read_response().await.map_err(ImapError::from)?;
    if greeting.is_some() { Ok(client) } else { Err(FetchError::Lost) }
}

async fn protected(imap: &Imap, stream: TcpStream) -> Result<Box<dyn Stream>, FetchError> {
    let said = |why: String| FetchError::Connect { host: imap.host.clone(), port: imap.port, why };
    let file = imap.ca_file.clone();
    // The roots are files: they are read where waiting harms nobody.
    let trusted = tokio::task::spawn_blocking(move || {
        let own = file.map_or(Ok(Vec::new()), |file| trust::certificates(&file))?;
        Ok::<_, trust::CaFile>(trust::client(own))
    });
    let config = trusted.await.map_err(|error| said(error.to_string()))??;
    let config = config.map_err(|error| said(error.to_string()))?;
    let name = ServerName::try_from(imap.host.clone()).map_err(|error| said(error.to_string()))?;
    let stream =
        TlsConnector::from(Arc::new(config)).connect(name, stream).await.map_err(|error| {
            match trust::distrust(&error) {
                Some(why) => FetchError::Untrusted { host: imap.host.clone(), why },
                None => unreached(imap, &error),
            }
        })?;
    Ok(Box::new(stream))
}

/// The password or token, had anew each time: both change.
async fn secret(secret: &Secret) -> Result<String, FetchError> {
    let text = match secret {
        Secret::PasswordFile(file) => tokio::fs::read_to_string(file)
            .await
            .map_err(|error| FetchError::Secret(format!("{}: {error}", file.display())))?,
        Secret::PasswordCommand(command) | Secret::TokenCommand(command) => {
            let printed = tokio::time::timeout(PATIENCE, printed(command)).await;
            let program = command.first().map_or("", String::as_str);
            let late = || FetchError::Secret(format!("{program}: it does not end"));
            printed.map_err(|_| late())?.map_err(FetchError::Secret)?
        }
    };
    let line = text.lines().next().unwrap_or_default().trim();
    if line.is_empty() { Err(FetchError::Secret("it is empty".into())) } else { Ok(line.to_owned()) }
}

/// What a command prints; run without a shell, and without our input. It ends at the latest when nobody waits for it any more.
async fn printed(command: &[String]) -> Result<String, String> {
    let (program, arguments) = command.split_first().ok_or_else(|| "there is no command".to_owned())?;
    let run = Command::new(program).args(arguments).stdin(Stdio::null()).kill_on_drop(true).output();
    let output = run.await.map_err(|error| format!("{program}: {error}"))?;
    if !output.status.success() {
        return Err(format!("{program}: {}", output.status));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
