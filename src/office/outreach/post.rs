//! The way out of the house: a mail server or a pickup folder, and how an attempt went there.

use super::{Attempt, letter::Letter};
use crate::{
    config::mail::{Mail, Outlet, PasswordSource, Protection, Server},
    domain::texts::ShortText,
    office::trust::{self, CaFile},
};
use lettre::{
    Address,
    transport::smtp::{
        Error,
        authentication::{Credentials, Mechanism},
        client::{AsyncSmtpConnection, Certificate, CertificateStore, TlsParameters},
        commands::{Data, Mail as From, Rcpt},
        extension::{ClientId, Extension, MailParameter},
    },
};
use std::{io::Write as _, path::Path, time::Duration};
use thiserror::Error as ThisError;

/// The longest that everything up to the text may take.
pub(super) const OPENING: Duration = Duration::from_mins(1);

/// The longest that a server may take to accept the text.
const TAKING: Duration = Duration::from_secs(90);

/// Why mail cannot leave as it is set up.
#[derive(Debug, ThisError)]
pub enum PostError {
    /// The password cannot be had.
    #[error("the password of the mail server: {0}")]
    Password(String),
    /// The certificates to trust cannot be used.
    #[error(transparent)]
    Certificate(#[from] CaFile),
    /// The pickup folder cannot be made.
    #[error("{folder}: {why}")]
    Folder {
        /// The folder.
        folder: String,
        /// What the system says.
        why: std::io::Error,
    },
}

/// The way out, with what it needs.
#[derive(Clone)]
pub struct Post {
    /// As it is set up.
    pub mail: Mail,
    credentials: Option<Credentials>,
    trusted: Vec<Certificate>,
}

impl std::fmt::Debug for Post {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Post({:?})", self.mail.outlet)
    }
}

impl Post {
    /// Reads what it needs: the password, a certificate, the folder.
    ///
    /// # Errors
    /// What cannot be had. Nothing is asked of the server yet.
    pub fn open(mail: Mail) -> Result<Self, PostError> {
        let mut post = Self { mail, credentials: None, trusted: Vec::new() };
        match &post.mail.outlet {
            Outlet::Folder(folder) => {
                let named = |why| PostError::Folder { folder: folder.display().to_string(), why };
                std::fs::create_dir_all(folder).map_err(named)?;
            }
            Outlet::Server(server) => {
                if let Some((user, source)) = &server.login {
                    post.credentials = Some(Credentials::new(user.clone(), password(source)?));
                }
                if let Some(file) = &server.ca_file {
                    let unusable = |error: Error| CaFile { file: file.clone(), why: error.to_string() };
                    for certificate in trust::certificates(file)? {
                        post.trusted.push(Certificate::from_der(certificate.to_vec()).map_err(unusable)?);
                    }
                }
            }
        }
        Ok(post)
    }

    /// Hands a mail over. Only what happens between the text and the server's answer leaves a doubt.
    pub async fn hand_over(&self, letter: &Letter) -> Attempt {
        match &self.mail.outlet {
            Outlet::Folder(folder) => drop_into(folder, letter),
            Outlet::Server(server) => self.to_server(server, letter).await,
        }
    }

    async fn to_server(&self, server: &Server, letter: &Letter) -> Attempt {
        let opening = async {
            // Whatever is wrong before the mail is named is not the mail's fault: a password, a certificate, the line.
            let mut line = self.connected(server).await.map_err(|obstacle| Attempt::NotNow(obstacle.words()))?;
            let refused = |error: Error| {
                if error.is_permanent() { Attempt::Never(words(&error)) } else { Attempt::NotNow(words(&error)) }
            };
            addressed(&mut line, letter).await.map_err(refused)?;
            Ok(line)
        };
        let mut line = match tokio::time::timeout(OPENING, opening).await {
            Ok(Ok(line)) => line,
            Ok(Err(attempt)) => return attempt,
            Err(_) => return Attempt::NotNow(ShortText::fitted("the mail server does not answer")),
        };
        let outcome = tokio::time::timeout(TAKING, line.message(&letter.bytes)).await;
        match outcome {
            Ok(Ok(_)) => {
                // It is taken: how the goodbye goes changes nothing.
                let _ = tokio::time::timeout(Duration::from_secs(2), line.quit()).await;
                Attempt::Taken
            }
            Ok(Err(error)) if error.is_permanent() => Attempt::Never(words(&error)),
            Ok(Err(error)) if error.is_transient() => Attempt::NotNow(words(&error)),
            Ok(Err(error)) => Attempt::Unknown(words(&error)),
            Err(_) => Attempt::Unknown(ShortText::fitted("the mail server did not say whether it took it")),
        }
    }

    /// A line to the server, logged in. Without the protection that was asked for, no password is said.
    pub(super) async fn connected(&self, server: &Server) -> Result<AsyncSmtpConnection, Obstacle> {
        let hello = ClientId::default();
        let tls = || {
            let mut tls = TlsParameters::builder(server.host.clone()).certificate_store(CertificateStore::Default);
            for certificate in &self.trusted {
                tls = tls.add_root_certificate(certificate.clone());
            }
            tls.build_rustls()
        };
        let at_once = if server.protection == Protection::Implicit { Some(tls()?) } else { None };
        let place = (server.host.as_str(), server.port);
        let mut line = AsyncSmtpConnection::connect_tokio1(place, Some(OPENING), &hello, at_once, None).await?;
        if server.protection == Protection::Starttls {
            if !line.server_info().supports_feature(Extension::StartTls) {
                return Err(Obstacle::NoStarttls);
            }
            line.starttls(tls()?, &hello).await?;
        }
        if let Some(credentials) = &self.credentials {
            line.auth(&[Mechanism::Plain, Mechanism::Login], credentials).await.map_err(Obstacle::Login)?;
        }
        Ok(line)
    }
}

/// What stands between the office and a server that would take mail.
#[derive(Debug)]
pub(super) enum Obstacle {
    /// The line, or what protects it.
    Line(Error),
    /// The server offers no STARTTLS, though it was asked to.
    NoStarttls,
    /// The login.
    Login(Error),
}

impl std::convert::From<Error> for Obstacle {
    fn from(error: Error) -> Self {
        Self::Line(error)
    }
}

impl Obstacle {
    fn words(&self) -> ShortText {
        match self {
            Self::Line(error) | Self::Login(error) => words(error),
            Self::NoStarttls => ShortText::fitted("the mail server offers no STARTTLS"),
        }
    }
}

/// Says from whom to whom, until the server waits for the text.
async fn addressed(line: &mut AsyncSmtpConnection, letter: &Letter) -> Result<(), Error> {
    let mut options = Vec::new();
    let is_ascii = |address: &Address| AsRef::<str>::as_ref(address).is_ascii();
    if !letter.envelope.to().iter().all(is_ascii) && line.server_info().supports_feature(Extension::SmtpUtfEight) {
        options.push(MailParameter::SmtpUtfEight);
    }
    line.command(From::new(letter.envelope.from().cloned(), options)).await?;
    for to in letter.envelope.to() {
        line.command(Rcpt::new(to.clone(), Vec::new())).await?;
    }
    line.command(Data).await?;
    Ok(())
}

/// The server's own words where it said something, with its code.
pub(super) fn words(error: &Error) -> ShortText {
    let said = std::error::Error::source(error).map(ToString::to_string);
    match (error.status(), said) {
        (Some(code), Some(said)) => ShortText::fitted(&format!("{code} {said}")),
        _ => ShortText::fitted(&error.to_string()),
    }
}

/// Puts a mail into the folder, whole or not at all; the same mail twice is one file.
fn drop_into(folder: &Path, letter: &Letter) -> Attempt {
    let put = || {
        let mut file = tempfile_in(folder, &letter.name)?;
        file.1.write_all(&letter.bytes)?;
        file.1.sync_all()?;
        std::fs::rename(&file.0, folder.join(format!("{}.eml", letter.name)))
    };
    match put() {
        Ok(()) => Attempt::Taken,
        Err(error) => Attempt::NotNow(ShortText::fitted(&format!("{}: {error}", folder.display()))),
    }
}

/// A file that nobody picks up yet.
fn tempfile_in(folder: &Path, name: &str) -> std::io::Result<(std::path::PathBuf, std::fs::File)> {
    let path = folder.join(format!(".{name}.part"));
    std::fs::File::create(&path).map(|file| (path, file))
}

/// The first line of what holds the password.
fn password(source: &PasswordSource) -> Result<String, PostError> {
    let wrong = |why: String| PostError::Password(why);
    let text = match source {
        PasswordSource::File(file) => {
            std::fs::read_to_string(file).map_err(|error| wrong(format!("{}: {error}", file.display())))?
        }
        PasswordSource::Command(words) => {
            let (program, arguments) = words.split_first().ok_or_else(|| wrong("no command".into()))?;
            let done = std::process::Command::new(program)
                .args(arguments)
                .stdin(std::process::Stdio::null())
                .output()
                .map_err(|error| wrong(format!("{program}: {error}")))?;
            if !done.status.success() {
                return Err(wrong(format!("{program}: {}", done.status)));
            }
            String::from_utf8(done.stdout).map_err(|error| wrong(error.to_string()))?
        }
    };
    let line = text.lines().next().unwrap_or_default().to_owned();
    if line.is_empty() { Err(wrong("it is empty".into())) } else { Ok(line) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_the_first_line_of_a_file_or_of_what_a_command_prints() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("secret");
        std::fs::write(&file, "sésame\nrest\n").unwrap();
        assert_eq!(password(&PasswordSource::File(file.clone())).unwrap(), "sésame");
        let command = vec!["cat".to_owned(), file.display().to_string()];
        assert_eq!(password(&PasswordSource::Command(command)).unwrap(), "sésame");
        assert!(password(&PasswordSource::Command(vec!["false".into()])).is_err());
        std::fs::write(&file, "\n").unwrap();
        assert!(password(&PasswordSource::File(file)).is_err());
    }
}
