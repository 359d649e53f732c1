//! Sessions: kept on this machine, so that the next start asks for no password and waits for no network; and the way back in when one ends.

mod password;
#[cfg(test)]
pub(crate) mod tests;

pub use password::Verifier;

use crate::{
    client::{Client, ClientError, Token, Url},
    config::{command_line::CommandLine, console::TokenSource},
    domain::{
        operator::{Login, Operator},
        time::Instant,
    },
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{
    fmt::{self, Write as _},
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, Write as _},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};
use thiserror::Error;

/// A secret that no message shows.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// The secret itself: to be sent, never to be shown.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// A session as it is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptSession {
    /// The office it is for; its token is shown to no other.
    pub office: String,
    /// What proves who asks; none where a file or command gives it anew at each start.
    pub token: Option<Secret>,
    /// When it ends by itself, if that is known.
    pub expires_at: Option<Instant>,
    /// Whose it is, as last known.
    pub operator: Operator,
    /// By what the password that began it is known again; none if none was typed.
    #[serde(default)]
    pub password: Option<Verifier>,
    /// Whether its console is locked.
    #[serde(default)]
    pub latch: Latch,
}

/// Whether a console is locked: one that was left so asks who it is when it is started again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Latch {
    /// Whoever starts it is let in.
    #[default]
    Open,
    /// The password is asked for.
    Locked,
}

impl KeptSession {
    /// Whether its time has not run out.
    pub fn is_live(&self, now: Instant) -> bool {
        self.expires_at.is_none_or(|end| now < end)
    }
}

/// Why a kept session is of no use.
#[derive(Debug, Error)]
pub enum SessionError {
    /// Others on this machine can read it.
    #[error("others can read {}", .0.display())]
    OpenToOthers(PathBuf),
    /// The file cannot be read or written.
    #[error("{}: {why}", file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// What the system says.
        why: io::Error,
    },
}

/// By what a kept session is found again.
#[derive(Clone, Copy, Debug)]
pub enum Whose<'a> {
    /// By the account.
    Login(&'a Login),
    /// By a token that a file or command gave.
    Token(&'a str),
}

impl SessionError {
    /// The key of its sentence, with its variables.
    pub fn words(&self) -> (&'static str, Vec<(&'static str, String)>) {
        match self {
            Self::OpenToOthers(file) => ("cli-session-open", vec![("file", file.display().to_string())]),
            Self::File { file, why } => {
                ("cli-session-file", vec![("file", file.display().to_string()), ("why", why.to_string())])
            }
        }
    }
}

impl Whose<'_> {
    fn name(self) -> String {
        match self {
            Self::Login(login) => format!("{}.json", login.as_str()),
            // An account's name has no `@`.
            Self::Token(token) => format!("@{}.json", hashed(token)),
        }
    }
}

/// The folder of an office's kept sessions.
#[derive(Clone, Debug)]
pub struct Sessions {
    folder: PathBuf,
    office: String,
}

impl Sessions {
    /// Those for `office` below the folder for data.
    pub fn of(data: &Path, office: &Url) -> Self {
        Self { folder: data.join("sessions").join(hashed(office.as_str())), office: office.to_string() }
    }

    /// The session of this account, or under this token.
    ///
    /// # Errors
    /// It cannot be read, or others can read it too. What makes no sense counts as not there.
    pub fn find(&self, whose: Whose<'_>) -> Result<Option<KeptSession>, SessionError> {
        self.read(&self.folder.join(whose.name()))
    }

    /// The session of the only account that logged in at this machine; none if several did.
    ///
    /// # Errors
    /// As [`Sessions::find`].
    pub fn only(&self) -> Result<Option<KeptSession>, SessionError> {
        match self.logins().as_slice() {
            [login] => self.find(Whose::Login(login)),
            _ => Ok(None),
        }
    }

    /// The accounts whose sessions are kept.
    pub fn logins(&self) -> Vec<Login> {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
        let mut logins: Vec<Login> =
            names.filter_map(|name| name.strip_suffix(".json")?.to_owned().try_into().ok()).collect();
        logins.sort();
        logins
    }

    /// Keeps a session in place of the former, readable by its owner alone.
    ///
    /// # Errors
    /// It is not kept; the former stays.
    pub fn keep(&self, whose: Whose<'_>, session: &KeptSession) -> Result<(), SessionError> {
        let file = self.folder.join(whose.name());
        let write = || {
            let mut folder = DirBuilder::new();
            folder.recursive(true);
            #[cfg(unix)]
            std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
            folder.create(&self.folder)?;
            let new = file.with_extension(format!("new-{}", std::process::id()));
            let mut out = for_owner(&new)?;
            out.write_all(&serde_json::to_vec(session)?)?;
            out.sync_all()?;
            fs::rename(&new, &file)
        };
        write().map_err(|why| SessionError::File { file, why })
    }

    /// Notes whether an account's console is locked. Without a session there is nothing to note.
    ///
    /// # Errors
    /// It is not noted.
    pub fn latch(&self, login: &Login, latch: Latch) -> Result<(), SessionError> {
        match self.find(Whose::Login(login))? {
            Some(kept) if kept.latch != latch => self.keep(Whose::Login(login), &KeptSession { latch, ..kept }),
            _ => Ok(()),
        }
    }

    /// Whether a password is the one that this account's session was begun with; none if that is not known here. It takes its time.
    pub fn knows(&self, login: &Login, password: &Secret) -> Option<bool> {
        // What cannot be read says nothing: the office is asked.
        let kept = self.find(Whose::Login(login)).ok().flatten()?;
        Some(kept.password?.matches(password))
    }

    /// Forgets a session.
    ///
    /// # Errors
    /// It is still there.
    pub fn forget(&self, whose: Whose<'_>) -> Result<(), SessionError> {
        let file = self.folder.join(whose.name());
        match fs::remove_file(&file) {
            Err(why) if why.kind() != io::ErrorKind::NotFound => Err(SessionError::File { file, why }),
            _ => Ok(()),
        }
    }

    fn read(&self, file: &Path) -> Result<Option<KeptSession>, SessionError> {
        let failed = |why| SessionError::File { file: file.into(), why };
        let bytes = match fs::read(file) {
            Err(why) if why.kind() == io::ErrorKind::NotFound => return Ok(None),
            read => read.map_err(failed)?,
        };
        if open_to_others(file) {
            return Err(SessionError::OpenToOthers(file.into()));
        }
        let kept = serde_json::from_slice::<KeptSession>(&bytes).ok();
        Ok(kept.filter(|kept| kept.office == self.office))
    }
}

/// Why a file or a command gave no token.
#[derive(Debug, Error)]
pub enum TokenError {
    /// The file cannot be read.
    #[error("{}: {why}", file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// What the system says.
        why: io::Error,
    },
    /// Others on this machine can read it.
    #[error("others can read {}", .0.display())]
    OpenToOthers(PathBuf),
    /// The command failed.
    #[error("{program}: {why}")]
    Command {
        /// The program.
        program: String,
        /// What the system says.
        why: String,
    },
    /// What was given is no token.
    #[error("it is no token")]
    NoToken,
}

impl TokenError {
    /// The key of its sentence, with its variables.
    pub fn words(&self) -> (&'static str, Vec<(&'static str, String)>) {
        match self {
            Self::File { file, why } => {
                ("cli-token-file", vec![("file", file.display().to_string()), ("why", why.to_string())])
            }
            Self::OpenToOthers(file) => ("cli-token-open", vec![("file", file.display().to_string())]),
            Self::Command { program, why } => {
                ("cli-token-command", vec![("program", program.clone()), ("why", why.clone())])
            }
            Self::NoToken => ("cli-token-wrong", Vec::new()),
        }
    }
}

/// Whether a command that prints a token may ask the person at the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MayAsk {
    /// The terminal is the shell's.
    Yes,
    /// The screen has it.
    No,
}

/// The token in a file that its owner alone may read.
///
/// # Errors
/// It cannot be read, or others could.
pub fn token_in(file: &Path) -> Result<Secret, TokenError> {
    let text = fs::read_to_string(file).map_err(|why| TokenError::File { file: file.into(), why })?;
    if open_to_others(file) {
        return Err(TokenError::OpenToOthers(file.into()));
    }
    Ok(first_line(&text))
}

/// The token that a command prints; what it says besides is seen as it says it, where it may ask.
///
/// # Errors
/// It failed.
pub fn token_of(command: &CommandLine, may_ask: MayAsk) -> Result<Secret, TokenError> {
    let failed = |why: String| TokenError::Command { program: command.program.clone(), why };
    let beside = || if may_ask == MayAsk::Yes { Stdio::inherit() } else { Stdio::null() };
    let output = Command::new(&command.program)
        .args(&command.arguments)
        .stdin(beside())
        .stderr(beside())
        .output()
        .map_err(|error| failed(error.to_string()))?;
    if !output.status.success() {
        return Err(failed(output.status.to_string()));
    }
    Ok(first_line(&String::from_utf8_lossy(&output.stdout)))
}

fn first_line(text: &str) -> Secret {
    text.lines().next().unwrap_or_default().trim().to_owned().into()
}

/// What proves who comes back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// The account's password.
    Password(Secret),
    /// The token that file or command give by now.
    Token,
}

/// Somebody who is let in.
#[derive(Debug)]
pub struct LetIn {
    /// The account, as the office tells it.
    pub operator: Operator,
    /// Why the session is not kept for the next start, if it is not.
    pub unkept: Option<SessionError>,
}

/// Why nobody is let in.
#[derive(Debug, Error)]
pub enum NotLetIn {
    /// The office says no, or nothing.
    #[error(transparent)]
    Office(#[from] ClientError),
    /// There is no token.
    #[error(transparent)]
    Token(#[from] TokenError),
    /// The token is another account's, whose work this is not.
    #[error("the token is another account's: {}", .0.as_str())]
    Another(Login),
    /// It is not what is known here, and the office cannot be asked.
    #[error("the office does not answer, and this is not the password that was typed here")]
    NotKnownHere,
}

/// Whether the session behind a locked console goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behind {
    /// As far as is known.
    Live,
    /// The office has ended it.
    Ended,
}

/// By what a locked console was opened.
#[derive(Debug)]
pub enum Unlocked {
    /// By what this machine knows; the session goes on.
    Here,
    /// By the office, with a new session.
    ByOffice(Box<LetIn>),
}

/// The way in, at the start and again when a session ends.
#[derive(Clone, Debug)]
pub struct Door {
    /// Where sessions are kept.
    pub sessions: Sessions,
    /// Where the proof comes from.
    pub source: TokenSource,
}

impl Door {
    /// Lets the account in again; the client and its clones use the new session from then on.
    ///
    /// # Errors
    /// The former session stays as it is.
    pub async fn again(&self, client: &Client, login: &Login, proof: Proof) -> Result<LetIn, NotLetIn> {
        match proof {
            Proof::Password(password) => Ok(self.sessions.log_in(client, login, &password).await?),
            Proof::Token => self.by_token(client, login, &self.token().await?).await,
        }
    }

    /// Opens a locked console. What this machine knows is enough while the session goes on, and where the office does not answer; an office
    /// that has ended the session is asked first.
    ///
    /// # Errors
    /// It stays locked.
    pub async fn unlock(
        &self,
        client: &Client,
        login: &Login,
        proof: Proof,
        behind: Behind,
    ) -> Result<Unlocked, NotLetIn> {
        if behind == Behind::Live && self.knows(login, &proof).await? == Some(true) {
            return Ok(Unlocked::Here);
        }
        match self.again(client, login, proof.clone()).await {
            Ok(let_in) => Ok(Unlocked::ByOffice(Box::new(let_in))),
            Err(silent @ NotLetIn::Office(ClientError::Unreachable(_))) => match self.knows(login, &proof).await? {
                Some(true) => Ok(Unlocked::Here),
                Some(false) => Err(NotLetIn::NotKnownHere),
                None => Err(silent),
            },
            Err(why) => Err(why),
        }
    }

    /// Whether this machine knows a proof as this account's; none if it knows of nothing to hold it against.
    async fn knows(&self, login: &Login, proof: &Proof) -> Result<Option<bool>, NotLetIn> {
        match proof {
            Proof::Password(password) => {
                let (sessions, login, password) = (self.sessions.clone(), login.clone(), password.clone());
                let known = tokio::task::spawn_blocking(move || sessions.knows(&login, &password));
                Ok(known.await.unwrap_or_default())
            }
            Proof::Token => {
                let secret = self.token().await?;
                let kept = self.sessions.find(Whose::Token(secret.reveal())).ok().flatten();
                Ok(kept.filter(|kept| kept.operator.fields.login == *login).map(|_| true))
            }
        }
    }

    /// The token that file or command give by now.
    async fn token(&self) -> Result<Secret, TokenError> {
        let source = self.source.clone();
        // A command may take its time.
        let read = tokio::task::spawn_blocking(move || match source {
            TokenSource::File(file) => token_in(&file),
            TokenSource::Command(command) => token_of(&command, MayAsk::No),
            TokenSource::Login => Err(TokenError::NoToken),
        });
        read.await.unwrap_or(Err(TokenError::NoToken))
    }

    async fn by_token(&self, client: &Client, login: &Login, secret: &Secret) -> Result<LetIn, NotLetIn> {
        let token = Token::try_from(secret.reveal()).map_err(|_| TokenError::NoToken)?;
        let operator = client.with_token(token.clone()).me().await?;
        if operator.fields.login != *login {
            return Err(NotLetIn::Another(operator.fields.login));
        }
        client.go_on_with(token);
        let unkept = self.sessions.keep_for_token(secret, &operator).err();
        Ok(LetIn { operator, unkept })
    }
}

impl Sessions {
    /// Keeps whose a token is, not the token: its file or command has it.
    ///
    /// # Errors
    /// As [`Sessions::keep`].
    pub fn keep_for_token(&self, token: &Secret, operator: &Operator) -> Result<(), SessionError> {
        let kept = KeptSession {
            office: self.office.clone(),
            token: None,
            expires_at: None,
            operator: operator.clone(),
            password: None,
            latch: Latch::Open,
        };
        self.keep(Whose::Token(token.reveal()), &kept)
    }

    /// Writes a token into a file that its owner alone may read, and keeps whose it is.
    ///
    /// # Errors
    /// One of both is not written.
    pub fn hand_out(&self, file: &Path, token: &Secret, operator: &Operator) -> Result<(), SessionError> {
        let written = for_owner(file).and_then(|mut out| out.write_all(token.reveal().as_bytes()));
        written.map_err(|why| SessionError::File { file: file.into(), why })?;
        self.keep_for_token(token, operator)
    }

    /// Logs in by a password and keeps the session; this client and its clones use it from then on.
    ///
    /// # Errors
    /// The office lets nobody in. That the session is not kept is no error.
    pub async fn log_in(&self, client: &Client, login: &Login, password: &Secret) -> Result<LetIn, ClientError> {
        let text = login.as_str().parse().map_err(|_| ClientError::Protocol(login.as_str().to_owned()))?;
        let session = client.log_in(text, password.reveal().to_owned()).await?;
        let operator = session.operator;
        let typed = password.clone();
        let verifier = tokio::task::spawn_blocking(move || Verifier::of(&typed)).await.unwrap_or_default();
        let kept = KeptSession {
            office: self.office.clone(),
            token: Some(session.token.into()),
            expires_at: Some(session.expires_at),
            operator: operator.clone(),
            password: verifier,
            latch: Latch::Open,
        };
        let unkept = self.keep(Whose::Login(&operator.fields.login), &kept).err();
        Ok(LetIn { operator, unkept })
    }
}

/// A new file for its owner alone; one that a cut start left behind is replaced.
fn for_owner(file: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file)
}

/// Whether others than its owner may read or write a file.
#[cfg(unix)]
pub fn open_to_others(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(file).is_ok_and(|metadata| metadata.permissions().mode() & 0o077 != 0)
}

/// Whether others than its owner may read or write a file; unknown here.
#[cfg(not(unix))]
pub fn open_to_others(_: &Path) -> bool {
    false
}

/// Half of a SHA-256 in hexadecimal: enough to tell names apart, and nothing of them is read from it.
fn hashed(name: &str) -> String {
    Sha256::digest(name.as_bytes()).iter().take(16).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
