//! The door: routes from the catalogue, one handler for every command, and the queries beside it.

mod activity;
mod changes;
mod command;
mod documents;
mod intake;
mod linked;
mod mail;
mod offers;
pub mod openapi;
mod period;
mod problem;
mod query;
mod ranking;
mod rounds;
mod service_level;
mod session;
mod travel;

use super::{
    auth::Sessions, feed::Feed, intake::mail::Mailbox, metrics::Metrics, storage::Store, travel::Travel, writer::Writer,
};
use crate::{
    domain::entity::EntityKind,
    wire::{
        catalogue::{CATALOGUE, Method},
        problem::{Problem, ProblemKind},
    },
};
use axum::{
    Router,
    extract::Request,
    http::{HeaderMap, HeaderValue},
    middleware::{self, Next},
    response::Response,
    routing::{MethodRouter, delete, get, patch, post, put},
};
use std::{collections::BTreeMap, sync::Arc};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tower_http::compression::{
    CompressionLayer, CompressionLevel,
    predicate::{NotForContentType, Predicate, SizeAbove},
};

/// The largest body that is read.
pub const BODY_LIMIT: usize = 1024 * 1024;

/// What every handler works with.
#[derive(Clone, Debug)]
pub struct App {
    /// The database.
    pub store: Store,
    /// The way to the writer.
    pub writer: Writer,
    /// The feed.
    pub feed: Feed,
    /// Who is logged in.
    pub sessions: Sessions,
    /// Counters.
    pub metrics: Arc<Metrics>,
    /// How it is spoken to, unless a proxy says otherwise.
    pub scheme: Scheme,
    /// Ends the streams when the office stops.
    pub stop: CancellationToken,
    /// What mail that is handed in is taken with.
    pub mail: Arc<MailDoor>,
    /// Who knows how long ways are.
    pub travel: Arc<Travel>,
    /// The house's name, as its mails bear it.
    pub house: Option<Arc<str>>,
}

/// What mail that is handed in is taken with.
#[derive(Debug)]
pub struct MailDoor {
    /// The mailboxes that are set up.
    pub mailboxes: Vec<Mailbox>,
    /// One for each message that may be read at a time.
    turns: Semaphore,
}

impl MailDoor {
    /// For the mailboxes that are set up.
    pub fn new(mailboxes: Vec<Mailbox>) -> Self {
        Self { mailboxes, turns: Semaphore::new(mail::AT_ONCE) }
    }
}

/// How an address of the office begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// Plain.
    Http,
    /// Over TLS.
    Https,
}

impl Scheme {
    /// The word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
        }
    }
}

/// The routes by their paths, each with the methods it takes.
#[derive(Default)]
struct Routes(BTreeMap<String, (MethodRouter<App>, Vec<&'static str>)>);

impl Routes {
    fn add(&mut self, path: String, name: &'static str, method: MethodRouter<App>) {
        let (known, mut names) = self.0.remove(&path).unwrap_or_default();
        names.push(name);
        self.0.insert(path, (known.merge(method), names));
    }
}

/// The pages that signed links open: a provider's offers, a courier's round.
fn links(routes: &mut Routes) {
    let mut add = |path: &str, name, method| routes.add(path.to_owned(), name, method);
    add("/o/{link}", "GET, HEAD", get(offers::page));
    add("/o/{link}", "POST", post(offers::answer));
    add("/o/{link}/seen", "GET, HEAD", get(offers::calendar));
    add("/o/{link}/seen", "POST", post(offers::seen));
    add("/o/{link}/{file}", "GET, HEAD", get(offers::calendar));
    add("/r/{link}", "GET, HEAD", get(rounds::page));
    add("/r/{link}", "POST", post(rounds::report));
    add("/r/{link}/{file}", "GET, HEAD", get(rounds::file));
    // A link that lost its end on the way is told as any other that is not good.
    for cut in ["/o", "/o/"] {
        add(cut, "GET, HEAD", get(offers::page));
    }
    for cut in ["/r", "/r/"] {
        add(cut, "GET, HEAD", get(rounds::page));
    }
}

/// Every route of the office.
pub fn router(app: App) -> Router {
    let mut routes = Routes::default();
    links(&mut routes);
    let mut add = |path: String, name, method| routes.add(path, name, method);
    for entry in CATALOGUE {
        let handler = move |app, params, request| command::handle(entry, app, params, request);
        let method = match entry.method {
            Method::Put => put(handler),
            Method::Patch => patch(handler),
            Method::Post => post(handler),
        };
        add(entry.path.to_owned(), entry.method.name(), method);
    }
    for kind in EntityKind::ALL.iter().copied() {
        let base = format!("/v1/{}", kind.collection());
        add(base.clone(), "GET, HEAD", get(move |app, request| query::page(kind, app, request)));
        add(
            format!("{base}/{{id}}"),
            "GET, HEAD",
            get(move |app, params, request| query::row(kind, app, params, request)),
        );
        add(
            format!("{base}/{{id}}/history"),
            "GET, HEAD",
            get(move |app, params, request| query::history(kind, app, params, request)),
        );
    }
    add(
        "/v1/beneficiaries/{id}/tab".into(),
        "GET, HEAD",
        get(|app, params, request| query::tab("person", app, params, request)),
    );
    add(
        "/v1/clients/{id}/tab".into(),
        "GET, HEAD",
        get(|app, params, request| query::tab("client", app, params, request)),
    );
    add("/v1/beneficiaries/{id}/requests".into(), "GET, HEAD", get(query::requests_of));
    add(
        "/v1/permanences/{id}/sheet".into(),
        "GET, HEAD",
        get(|app, params, request| documents::sheet(EntityKind::Permanence, app, params, request)),
    );
    add(
        "/v1/postings/{id}/receipt".into(),
        "GET, HEAD",
        get(|app, params, request| documents::sheet(EntityKind::Posting, app, params, request)),
    );
    add("/v1/items/labels".into(), "GET, HEAD", get(documents::labels));
    add("/v1/callers/{number}".into(), "GET, HEAD", get(query::caller));
    add("/v1/contacts/{id}/raw".into(), "GET, HEAD", get(mail::raw));
    add("/v1/contacts/{id}/attachments/{place}".into(), "GET, HEAD", get(mail::attachment));
    add("/v1/intake/mail/{mailbox}".into(), "POST", post(mail::take_in));
    add("/v1/search".into(), "GET, HEAD", get(query::search));
    add("/v1/snapshot".into(), "GET, HEAD", get(query::snapshot));
    add("/v1/changes".into(), "GET, HEAD", get(changes::stream));
    add("/v1/requests/{id}/ranking".into(), "GET, HEAD", get(ranking::ranking));
    add("/v1/provider-loads".into(), "GET, HEAD", get(ranking::loads));
    add("/v1/ess".into(), "GET, HEAD", get(activity::ess));
    add("/v1/ess/by".into(), "GET, HEAD", get(activity::ess_by));
    add("/v1/activity".into(), "GET, HEAD", get(activity::activity));
    add("/v1/journal".into(), "GET, HEAD", get(activity::journal));
    add("/v1/service-level".into(), "GET, HEAD", get(service_level::service_level));
    add("/v1/travel-times".into(), "POST", post(travel::times));
    add("/v1/rounds/{id}/sheet".into(), "GET, HEAD", get(rounds::sheet));
    add("/v1/intake/calls/{token}".into(), "POST", post(intake::calls));
    add("/v1/login".into(), "POST", post(session::log_in));
    add("/v1/session".into(), "DELETE", delete(session::log_out));
    add("/v1/me".into(), "GET, HEAD", get(session::me));
    add("/v1/operators/{id}/password".into(), "POST", post(session::set_password));
    add("/v1/openapi.json".into(), "GET, HEAD", get(query::openapi));
    add("/healthz".into(), "GET, HEAD", get(query::health));
    add("/readyz".into(), "GET, HEAD", get(query::ready));
    add("/metrics".into(), "GET, HEAD", get(query::metrics));
    let mut all = Router::new();
    for (path, (methods, names)) in routes.0 {
        let allow = HeaderValue::from_str(&names.join(", ")).unwrap_or(HeaderValue::from_static(""));
        let otherwise = move |headers: HeaderMap| async move { problem::no_such_method(&headers, &allow) };
        all = all.route(&path, methods.fallback(otherwise));
    }
    // A stream is never compressed: its events would wait for a full block.
    let compressed = SizeAbove::new(1024).and(NotForContentType::const_new("text/event-stream"));
    all.fallback(problem::no_such_route)
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(compressed))
        .layer(middleware::from_fn_with_state(app.clone(), count))
        .with_state(app)
}

/// Counts every answer by its status, and makes a problem of what the framework refuses; the route's template is kept out of it, and the path out of the log.
async fn count(axum::extract::State(app): axum::extract::State<App>, request: Request, next: Next) -> Response {
    let headers = request.headers().clone();
    let response = problem::rejected(&headers, next.run(request).await);
    app.metrics.answered(response.status().as_u16());
    response
}

/// The problem of a path parameter that is no id.
fn bad_id(name: &str) -> Problem {
    Problem::new(ProblemKind::BadParameter).with("why", "an id is a UUID").at(name)
}
