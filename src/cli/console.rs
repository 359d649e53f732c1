//! `loge` and `loge logout`: who works, proven by a token, a kept session or a password, before the screen is taken.

use super::{Voice, error::CliError};
use crate::{
    client::{Client, ClientError, Options, Outage, Token, Url},
    config::{
        Config, Given, Places, Surroundings,
        console::{ConsoleGiven, TokenSource},
    },
    console::{
        session::{
            KeptSession, Latch, LetIn, MayAsk, Secret, SessionError, Sessions, TokenError, Whose, token_in, token_of,
        },
        start::{End, SessionFrom, Start, Stopped},
    },
    domain::{
        operator::{Language, Login},
        time::Instant,
    },
    i18n,
    replica::{Place, Store, StoreError},
    wire::problem::{Problem, ProblemKind},
};
use clap::Args;
use std::{
    io::{self, IsTerminal as _, Write as _},
    path::PathBuf,
    time::Duration,
};
use tokio::runtime::Handle;

/// How often a password may be mistyped before the program ends.
const TRIES: usize = 3;

/// The settings with which a command about the console is given.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct ConsoleArgs {
    #[command(flatten)]
    pub places: Places,
    #[command(flatten)]
    pub settings: ConsoleGiven,
}

impl ConsoleArgs {
    /// All settings.
    pub(super) fn load(self, asked: Option<Language>) -> Result<Config, crate::config::ConfigError> {
        let console = ConsoleGiven { language: asked, ..self.settings };
        let given = Given { places: self.places, console, ..Given::default() };
        Config::load(&given, &Surroundings::of_process())
    }
}

/// `loge`: settles who works, then hands over to the screen. The runtime lives as long as it.
pub(super) fn run(
    open: fn(Start) -> Result<End, Stopped>,
    args: ConsoleArgs,
    asked: Option<Language>,
    voice: Voice,
) -> Result<(), CliError> {
    let config = args.load(asked)?;
    // The screen has a thread of its own; what goes on beside it is little, however many cores there are.
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.map_err(|error| CliError::fault(&error))?;
    let done = work(open, &config, voice, &runtime);
    // What still runs, such as a connection that does not come about, holds up nobody.
    runtime.shutdown_background();
    done
}

/// One operator after the other works, until one leaves without handing over.
fn work(
    open: fn(Start) -> Result<End, Stopped>,
    config: &Config,
    voice: Voice,
    runtime: &tokio::runtime::Runtime,
) -> Result<(), CliError> {
    let mut person = AtTerminal(voice);
    let mut start = runtime.block_on(begin(config, voice, &mut person, Entry::AsKept))?;
    loop {
        let leaves = Leaves { client: start.client.clone(), login: start.operator.fields.login.clone() };
        match open(start).map_err(|Stopped(why)| CliError::sentence("cli-console-stopped", vec![("why", why)]))? {
            End::Left => return Ok(()),
            End::HandedOver => start = runtime.block_on(hand_over(config, voice, &mut person, leaves))?,
        }
    }
}

/// Now, by the machine's clock.
pub(super) fn now() -> Instant {
    jiff::Timestamp::now().try_into().unwrap_or(Instant::MIN)
}

/// Who is asked for login and password: a person at a terminal, or a test.
pub(super) trait Person {
    /// Whether anybody is there to answer.
    fn is_there(&self) -> bool;
    /// The login, as it was typed; none if the person gave up.
    fn login(&mut self) -> Option<String>;
    /// The password; none if the person gave up.
    fn password(&mut self, login: &Login) -> Option<String>;
    /// Hears a sentence.
    fn hear(&mut self, sentence: &str);
}

/// The person at this terminal, in plain lines that any screen reader reads.
pub(super) struct AtTerminal(pub Voice);

impl Person for AtTerminal {
    fn is_there(&self) -> bool {
        io::stdin().is_terminal() && io::stderr().is_terminal()
    }

    fn login(&mut self) -> Option<String> {
        let mut err = io::stderr().lock();
        write!(err, "{} ", self.0.sentence("cli-login-ask", &[])).and_then(|()| err.flush()).ok()?;
        let mut line = String::new();
        let read = io::stdin().read_line(&mut line).ok()?;
        (read > 0).then_some(line)
    }

    fn password(&mut self, login: &Login) -> Option<String> {
        let prompt = self.0.sentence("cli-login-password", &[("login", login.as_str().to_owned())]);
        rpassword::prompt_password(format!("{prompt} ")).ok()
    }

    fn hear(&mut self, sentence: &str) {
        super::aside(sentence);
    }
}

/// How somebody comes to a desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    /// By the session that is kept, if there is one.
    AsKept,
    /// By their password, whoever worked here before.
    Anew,
}

/// Who leaves a desk to somebody else.
pub(super) struct Leaves {
    /// The client; it has the session.
    client: Client,
    /// The account.
    login: Login,
}

/// How long the office is given to hear that a session is over; here it is over in any case.
const FAREWELL: Duration = Duration::from_secs(3);

/// Ends a session, with what this machine keeps of the office's data for it, and asks who works from now on.
async fn hand_over(config: &Config, voice: Voice, person: &mut impl Person, leaves: Leaves) -> Result<Start, CliError> {
    let Leaves { client, login } = leaves;
    // Offline the office hears nothing, and its session runs out by itself: nobody has its token any more.
    let _ = tokio::time::timeout(FAREWELL, client.log_out()).await;
    if let Some(office) = config.console.offices.first() {
        let sessions = Sessions::of(&config.data, office.url());
        sessions.forget(Whose::Login(&login)).map_err(|error| CliError::fault(&error))?;
        let waiting = forget_copy(config, office.url(), &login)
            .map_err(|error| CliError::sentence("cli-logout-copy", vec![("why", error.sentence(voice.0))]))?;
        let named = ("login", login.as_str().to_owned());
        person.hear(&voice.sentence("cli-handover", std::slice::from_ref(&named)));
        if waiting > 0 {
            person.hear(&voice.sentence("cli-logout-waiting", &[named, ("count", waiting.to_string())]));
        }
    }
    begin(config, voice, person, Entry::Anew).await
}

/// Settles who works at which office. A kept session is taken as it is, without waiting for the network: the console shows it to the office.
///
/// # Errors
/// The sentence that says why nobody can work, and the way out.
pub(super) async fn begin(
    config: &Config,
    voice: Voice,
    person: &mut impl Person,
    entry: Entry,
) -> Result<Start, CliError> {
    let console = &config.console;
    let urls: Vec<Url> = console.offices.iter().map(|office| office.url().clone()).collect();
    let office = urls.first().cloned().ok_or_else(|| CliError::sentence("cli-console-no-office", Vec::new()))?;
    let client = client(config, voice.0)?;
    let sessions = Sessions::of(&config.data, &office);
    let login = Logging { voice, office: &office, sessions: &sessions, client };
    let (client, operator, session) = match &console.token {
        TokenSource::File(file) => login.by_token(&token_in(file).map_err(|error| no_token(&error))?).await?,
        TokenSource::Command(command) => {
            login.by_token(&token_of(command, MayAsk::Yes).map_err(|error| no_token(&error))?).await?
        }
        TokenSource::Login if entry == Entry::Anew => login.anew(person).await?,
        TokenSource::Login => login.by_session(console.login.as_ref(), person).await?,
    };
    Ok(Start {
        file: config.file.clone(),
        client,
        office,
        operator,
        session,
        config: console.clone(),
        terminal_language: voice.0,
        stores: stores(config),
        sessions,
        runtime: Handle::current(),
        beside: None,
    })
}

/// The client of the offices that the settings name.
pub(super) fn client(config: &Config, language: Language) -> Result<Client, CliError> {
    let console = &config.console;
    let options =
        Options { language, ca_file: console.ca_file.clone(), plain_http: console.plain_http, ..Options::default() };
    let urls = console.offices.iter().map(|office| office.url().clone()).collect();
    Client::new(urls, options).map_err(|error| super::error::setup(&error))
}

type LoggedIn = (Client, crate::domain::operator::Operator, SessionFrom);

struct Logging<'a> {
    voice: Voice,
    office: &'a Url,
    sessions: &'a Sessions,
    client: Client,
}

impl Logging<'_> {
    /// By a token that file or command gave: the account is asked for once, then known.
    async fn by_token(self, secret: &Secret) -> Result<LoggedIn, CliError> {
        let token = Token::try_from(secret.reveal()).map_err(|_| CliError::sentence("cli-token-wrong", Vec::new()))?;
        let client = self.client.with_token(token);
        let whose = Whose::Token(secret.reveal());
        // That it cannot be read is no reason to stop: the office is asked.
        if let Ok(Some(kept)) = self.sessions.find(whose) {
            return Ok((client, kept.operator, SessionFrom::Kept));
        }
        let operator = client.me().await.map_err(|error| match &error {
            ClientError::Problem(problem) if problem.known() == Some(ProblemKind::NotLoggedIn) => {
                CliError::sentence("cli-token-refused", vec![("office", self.office.to_string())])
            }
            _ => unanswered(&error, self.office, self.voice.0),
        })?;
        self.tell_if_not_kept(self.sessions.keep_for_token(secret, &operator));
        Ok((client, operator, SessionFrom::Office))
    }

    /// By the kept session, else by a password.
    async fn by_session(self, login: Option<&Login>, person: &mut impl Person) -> Result<LoggedIn, CliError> {
        let kept = match login {
            Some(login) => self.sessions.find(Whose::Login(login)),
            None => self.sessions.only(),
        };
        let kept = kept.unwrap_or_else(|error| {
            person.hear(&told(&error, self.voice));
            None
        });
        if let Some(kept) = kept.as_ref().filter(|kept| kept.is_live(now()) && kept.latch == Latch::Open)
            && let Some(logged_in) = self.of_kept(kept)
        {
            return Ok(logged_in);
        }
        if let Some(kept) = &kept {
            let key = if kept.latch == Latch::Locked { "cli-login-locked" } else { "cli-login-over" };
            person.hear(&self.voice.sentence(key, &[]));
        }
        let known = login.or(kept.as_ref().map(|kept| &kept.operator.fields.login)).cloned();
        match self.by_password(known, person).await {
            // With the data that were kept one can go on working; what is done waits here until somebody has logged in.
            Err(Refused::Unreachable(error)) => {
                let open = kept.as_ref().filter(|kept| kept.latch == Latch::Open && kept.password.is_none());
                let logged_in = open.and_then(|kept| self.of_kept(kept));
                if logged_in.is_some() {
                    self.tell_offline(person);
                }
                logged_in.ok_or_else(|| unanswered(&error, self.office, self.voice.0))
            }
            Err(Refused::Told(error)) => Err(error),
            Ok(logged_in) => Ok(logged_in),
        }
    }

    /// By a password, whatever is kept here.
    async fn anew(self, person: &mut impl Person) -> Result<LoggedIn, CliError> {
        self.by_password(None, person).await.map_err(|refused| match refused {
            Refused::Unreachable(error) => unanswered(&error, self.office, self.voice.0),
            Refused::Told(error) => error,
        })
    }

    /// With what is kept of a session.
    fn of_kept(&self, kept: &KeptSession) -> Option<LoggedIn> {
        let token = Token::try_from(kept.token.as_ref()?.reveal()).ok()?;
        Some((self.client.with_token(token), kept.operator.clone(), SessionFrom::Kept))
    }

    /// By the password of a kept session, where the office is not there to be asked.
    fn by_known(&self, login: &Login, password: &Secret) -> Option<LoggedIn> {
        if self.sessions.knows(login, password) != Some(true) {
            return None;
        }
        let kept = self.sessions.find(Whose::Login(login)).ok().flatten()?;
        self.tell_if_not_kept(self.sessions.latch(login, Latch::Open));
        self.of_kept(&kept)
    }

    fn tell_offline(&self, person: &mut impl Person) {
        person.hear(&self.voice.sentence("cli-login-offline", &[("office", self.office.to_string())]));
    }

    async fn by_password(&self, known: Option<Login>, person: &mut impl Person) -> Result<LoggedIn, Refused> {
        let sentence = |key| Refused::Told(CliError::sentence(key, Vec::new()));
        if !person.is_there() {
            return Err(sentence("cli-login-no-terminal"));
        }
        person.hear(&self.voice.sentence("cli-login-where", &[("office", self.office.to_string())]));
        let mut login = known;
        for _ in 0..TRIES {
            let typed = match login.take() {
                Some(login) => Ok(login),
                None => Login::try_from(person.login().ok_or_else(|| sentence("cli-login-given-up"))?),
            };
            let Ok(asked) = typed else {
                person.hear(&self.voice.sentence("cli-login-bad", &[]));
                continue;
            };
            let password = person.password(&asked).ok_or_else(|| sentence("cli-login-given-up"))?.into();
            match self.sessions.log_in(&self.client, &asked, &password).await {
                Ok(LetIn { operator, unkept }) => {
                    self.tell_if_not_kept(unkept.map_or(Ok(()), Err));
                    return Ok((self.client.clone(), operator, SessionFrom::Office));
                }
                Err(ClientError::Problem(problem)) if problem.known() == Some(ProblemKind::WrongPassword) => {
                    person.hear(&i18n::worded(*problem, self.voice.0).detail);
                }
                Err(error @ ClientError::Unreachable(_)) => {
                    let known = self.by_known(&asked, &password);
                    if known.is_some() {
                        self.tell_offline(person);
                    }
                    return known.ok_or(Refused::Unreachable(error));
                }
                Err(error) => return Err(Refused::Told(unanswered(&error, self.office, self.voice.0))),
            }
        }
        Err(sentence("cli-login-too-often"))
    }

    /// That a session is not kept costs a password at the next start, nothing now.
    fn tell_if_not_kept(&self, kept: Result<(), SessionError>) {
        if let Err(error) = kept {
            super::aside(&told(&error, self.voice));
        }
    }
}

/// Why a password led nowhere.
enum Refused {
    /// There was no answer.
    Unreachable(ClientError),
    /// Anything else.
    Told(CliError),
}

/// What an office's silence or no means at the start.
pub(super) fn unanswered(error: &ClientError, office: &Url, language: Language) -> CliError {
    let named = ("office", office.to_string());
    match error {
        ClientError::Problem(problem) => {
            let Problem { detail, .. } = i18n::worded((**problem).clone(), language);
            CliError::sentence("cli-console-refused", vec![named, ("why", detail)])
        }
        ClientError::Unreachable(Outage::NoConnection(why)) => {
            CliError::sentence("cli-console-unreachable", vec![named, ("why", super::error::plain(why))])
        }
        ClientError::Unreachable(why) => {
            CliError::sentence("cli-console-unreachable", vec![named, ("why", super::error::plain(why))])
        }
        ClientError::Protocol(why) => {
            CliError::sentence("cli-console-no-sense", vec![named, ("why", super::error::plain(why))])
        }
    }
}

fn told(error: &SessionError, voice: Voice) -> String {
    let (key, variables) = error.words();
    voice.sentence(key, &variables)
}

fn no_token(error: &TokenError) -> CliError {
    let (key, variables) = error.words();
    CliError::sentence(key, variables)
}

/// Where consoles keep outboxes, drafts and copies.
fn stores(config: &Config) -> PathBuf {
    config.data.join("console")
}

/// Forgets what this machine keeps of the office's data for an account. What waits to be sent stays, and is counted.
fn forget_copy(config: &Config, office: &Url, login: &Login) -> Result<usize, StoreError> {
    let stores = stores(config);
    let place = Place { base: &stores, office: office.as_str(), operator: login.as_str() };
    Store::forget_copy(place)?;
    Ok(Store::waiting(place)?.len())
}

/// `loge logout`: ends the kept session at the office and forgets it here, with the copy of the office's data.
pub(super) async fn log_out(args: ConsoleArgs, asked: Option<Language>, voice: Voice) -> Result<(), CliError> {
    let config = args.load(asked)?;
    let client = client(&config, voice.0)?;
    let Some(office) = config.console.offices.first() else { return Ok(()) };
    let sessions = Sessions::of(&config.data, office.url());
    let logins = match &config.console.login {
        Some(login) => vec![login.clone()],
        None => sessions.logins(),
    };
    let login = match logins.as_slice() {
        [] => return Err(CliError::sentence("cli-logout-nobody", vec![("office", office.url().to_string())])),
        [login] => login,
        several => {
            let names: Vec<&str> = several.iter().map(Login::as_str).collect();
            return Err(CliError::sentence("cli-logout-which", vec![("logins", names.join(", "))]));
        }
    };
    let whose = Whose::Login(login);
    let named = ("login", login.as_str().to_owned());
    let waiting = forget_copy(&config, office.url(), login)
        .map_err(|error| CliError::sentence("cli-logout-copy", vec![("why", error.sentence(voice.0))]))?;
    // What cannot be read can still be forgotten.
    let Some(kept) = sessions.find(whose).unwrap_or_default() else {
        sessions.forget(whose).map_err(|error| CliError::fault(&error))?;
        return Err(CliError::sentence("cli-logout-nobody", vec![("office", office.url().to_string())]));
    };
    let token = kept.token.and_then(|token| Token::try_from(token.reveal()).ok());
    let heard = match token {
        Some(token) => client.with_token(token).log_out().await.is_ok(),
        None => true,
    };
    sessions.forget(whose).map_err(|error| CliError::fault(&error))?;
    voice.tell(if heard { "cli-logout-done" } else { "cli-logout-here" }, std::slice::from_ref(&named));
    if waiting > 0 {
        voice.tell("cli-logout-waiting", &[named, ("count", waiting.to_string())]);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
