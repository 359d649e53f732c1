//! The typed HTTP client of an office, as console, demo, load generator and tests use it.

pub mod backoff;
pub mod changes;
mod commands;
mod error;
mod failover;
mod queries;
#[cfg(test)]
mod tests;
pub mod tls;

pub use backoff::Pace;
pub use changes::{ChangeStream, StreamEvent};
pub use error::{ClientError, Outage, RefusedUrl, SetupError};
pub use failover::{Offices, PlainHttp};
pub use queries::{Filter, Form, Greeting};
pub use reqwest::Url;

use crate::{domain::operator::Language, wire::problem::Problem};
use bytes::Bytes;
use reqwest::{
    Method, Response, StatusCode,
    header::{ACCEPT, ACCEPT_LANGUAGE, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue},
};
use serde::de::DeserializeOwned;
use std::{
    fmt,
    path::PathBuf,
    sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError, RwLock},
    time::Duration,
};

/// For a connection to come about.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);
/// For the whole of a command or a small query, and for the head of a stream.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(10);
/// Between two pieces of anything: three of the office's keep-alives.
const READ_TIMEOUT: Duration = Duration::from_secs(45);
/// An answer but a snapshot; a bulk of 500 rows stays far below.
const ANSWER_MAX_BYTES: usize = 64 << 20;
const PROBLEM_MAX_BYTES: usize = 1 << 20;

/// How offices are called.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The language in which problems are told.
    pub language: Language,
    /// PEM certificates to trust besides those of the system.
    pub ca_file: Option<PathBuf>,
    /// Whether plain http may leave this machine.
    pub plain_http: PlainHttp,
    /// How long to wait between attempts.
    pub pace: Pace,
}

/// What proves who asks. Its text is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(HeaderValue);

/// A text that cannot be a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a token is made of visible ASCII characters")]
pub struct BadToken;

impl TryFrom<&str> for Token {
    type Error = BadToken;

    fn try_from(text: &str) -> Result<Self, BadToken> {
        if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(BadToken);
        }
        let mut value = HeaderValue::try_from(format!("Bearer {text}")).map_err(|_| BadToken)?;
        value.set_sensitive(true);
        Ok(Self(value))
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// An office's client. Clones share connections, fail-over and session.
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
    session: Arc<RwLock<Option<Token>>>,
}

/// Made with the first call: to read the system's certificates takes longer than a console may take for its first frame.
type Http = LazyLock<Result<reqwest::Client, String>, Box<dyn FnOnce() -> Result<reqwest::Client, String> + Send>>;

struct Shared {
    http: Http,
    offices: Mutex<Offices>,
    language: Language,
    pace: Pace,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("offices", &*self.offices())
            .field("session", &self.token())
            .finish_non_exhaustive()
    }
}

/// One request, to be sent to whichever office answers.
struct Call {
    method: Method,
    path: String,
    query: Vec<(&'static str, String)>,
    headers: HeaderMap,
    body: Option<Bytes>,
    /// For the whole exchange; none for what may take its time and is watched piece by piece.
    timeout: Option<Duration>,
}

impl Call {
    fn new(method: Method, path: impl Into<String>) -> Self {
        let headers = HeaderMap::from_iter([(ACCEPT, HeaderValue::from_static("application/json"))]);
        Self { method, path: path.into(), query: Vec::new(), headers, body: None, timeout: Some(REQUEST_TIMEOUT) }
    }

    fn get(path: impl Into<String>) -> Self {
        Self::new(Method::GET, path)
    }

    fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.query.push((name, value.into()));
        self
    }

    fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }

    fn json(mut self, body: Vec<u8>) -> Self {
        self.body = Some(body.into());
        self.header(CONTENT_TYPE, HeaderValue::from_static("application/json"))
    }

    fn unhurried(mut self) -> Self {
        self.timeout = None;
        self
    }
}

impl Client {
    /// A client of these offices, which serve one database; the first is asked first. Reads the file of certificates.
    ///
    /// # Errors
    /// What the configuration must have right first: an address, a file of certificates.
    pub fn new(urls: Vec<Url>, options: Options) -> Result<Self, SetupError> {
        let Options { language, ca_file, plain_http, pace } = options;
        let offices = Offices::new(urls, plain_http)?;
        let own_machine = offices.any_on_loopback();
        let builder = move || {
            let builder = reqwest::Client::builder()
                .user_agent(concat!("loge/", env!("CARGO_PKG_VERSION")))
                .redirect(reqwest::redirect::Policy::none())
                .connect_timeout(CONNECT_TIMEOUT)
                .read_timeout(READ_TIMEOUT)
                // Else a network that went away unseen would hold every request of a shared connection until TCP gives up.
                .http2_keep_alive_interval(Duration::from_secs(15))
                .http2_keep_alive_timeout(Duration::from_secs(10))
                .http2_keep_alive_while_idle(true);
            // What is for this machine must not pass by a proxy elsewhere.
            if own_machine { builder.no_proxy() } else { builder }
        };
        let own = ca_file.as_deref().map(tls::certificates).transpose()?.unwrap_or_default();
        let http = Http::new(Box::new(move || tls::build(builder, own)));
        Ok(Self {
            shared: Arc::new(Shared { http, offices: Mutex::new(offices), language, pace }),
            session: Arc::default(),
        })
    }

    /// The same offices and connections under a session of its own.
    #[must_use]
    pub fn with_token(&self, token: Token) -> Self {
        Self { shared: Arc::clone(&self.shared), session: Arc::new(RwLock::new(Some(token))) }
    }

    /// Lets this client and its clones ask under another session from now on.
    pub fn go_on_with(&self, token: Token) {
        self.set_token(Some(token));
    }

    fn token(&self) -> Option<Token> {
        self.session.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set_token(&self, token: Option<Token>) {
        *self.session.write().unwrap_or_else(PoisonError::into_inner) = token;
    }

    fn offices(&self) -> MutexGuard<'_, Offices> {
        self.shared.offices.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks one office after the other until one takes the call: each once.
    async fn ask(&self, call: &Call) -> Result<Response, ClientError> {
        let mut offices = self.offices().round().into_iter().peekable();
        while let Some(office) = offices.next() {
            match self.attempt(&office, call).await {
                Err(error) if error.passes_on() && offices.peek().is_some() => {}
                answer => return answer,
            }
        }
        // A round has at least one office, whose answer was returned.
        Err(ClientError::Unreachable(Outage::NoConnection(SetupError::NoOffice.to_string())))
    }

    /// Asks this office, and remembers whether it is one to ask again.
    async fn attempt(&self, office: &Url, call: &Call) -> Result<Response, ClientError> {
        let answer = self.exchange(office, call).await;
        match &answer {
            Err(error) if !error.is_answer() => {
                self.offices().next_after_failure(office);
            }
            _ => self.offices().worked(office),
        }
        answer
    }

    /// One exchange. A session that ended while the call was on its way says nothing of the one that has taken its place: under that one the
    /// call is made again.
    async fn exchange(&self, office: &Url, call: &Call) -> Result<Response, ClientError> {
        loop {
            let token = self.token();
            match self.exchange_under(token.as_ref(), office, call).await {
                Err(ClientError::Problem(problem)) if problem.status == 401 && token != self.token() => {}
                answer => return answer,
            }
        }
    }

    async fn exchange_under(&self, token: Option<&Token>, office: &Url, call: &Call) -> Result<Response, ClientError> {
        let mut url = office.clone();
        url.set_path(&format!("{}{}", office.path().trim_end_matches('/'), call.path));
        let language = match self.shared.language {
            Language::Fr => "fr",
            Language::En => "en",
        };
        let unusable = |why: &String| ClientError::Unreachable(Outage::NoConnection(why.clone()));
        let mut request = (self.shared.http.as_ref())
            .map_err(unusable)?
            .request(call.method.clone(), url)
            .header(ACCEPT_LANGUAGE, language)
            .headers(call.headers.clone());
        if !call.query.is_empty() {
            request = request.query(&call.query);
        }
        if let Some(Token(value)) = token {
            request = request.header(AUTHORIZATION, value);
        }
        if let Some(body) = &call.body {
            request = request.body(body.clone());
        }
        if let Some(timeout) = call.timeout {
            request = request.timeout(timeout);
        }
        let response = request.send().await?;
        if response.status().is_success() { Ok(response) } else { Err(refusal(response).await) }
    }

    /// The whole of a small answer.
    async fn read<T: DeserializeOwned>(&self, call: &Call) -> Result<T, ClientError> {
        let body = body(self.ask(call).await?, ANSWER_MAX_BYTES).await?;
        serde_json::from_slice(&body).map_err(|error| ClientError::Protocol(error.to_string()))
    }
}

/// What an answer that is no success means.
async fn refusal(response: Response) -> ClientError {
    let status = response.status();
    let is_problem = has_type(&response, "application/problem+json");
    if is_problem && (status.is_client_error() || status.is_server_error()) {
        match body(response, PROBLEM_MAX_BYTES).await {
            Ok(body) => {
                if let Ok(problem) = serde_json::from_slice::<Problem>(&body) {
                    // The status line is what everything on the way has acted upon.
                    return ClientError::Problem(Box::new(Problem { status: status.as_u16(), ..problem }));
                }
            }
            Err(error) => return error,
        }
    }
    if status.is_server_error() {
        return ClientError::Unreachable(Outage::Gateway(status.as_u16()));
    }
    ClientError::Protocol(format!("status {}", StatusCode::as_str(&status)))
}

fn has_type(response: &Response, expected: &str) -> bool {
    let value = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(expected)
}

/// A body, refused when it is larger than anything an office says.
async fn body(mut response: Response, max_bytes: usize) -> Result<Vec<u8>, ClientError> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if body.len() + chunk.len() > max_bytes {
            return Err(ClientError::Protocol(format!("it is larger than {max_bytes} bytes")));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}
