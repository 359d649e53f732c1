//! An office that runs: opened, bound, served, and stopped within five seconds.

use super::{
    auth::Sessions,
    feed::Feed,
    http::{self, App, MailDoor, Scheme},
    intake::{mail::imap, telephony::connections},
    metrics::Metrics,
    outreach::{courier::Courier, post::Post},
    storage::{StorageError, Store},
    timers,
    writer::{Outside, Writer},
};
use crate::config::{OfficeUrl, mailbox::Mailbox, telephony::Connection, travel::Travel};
use axum_server::{Handle, tls_rustls::RustlsConfig};
use std::{
    io,
    net::{SocketAddr, TcpListener},
    path::PathBuf,
    sync::Arc,
    time::Duration,
};
use thiserror::Error;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// The longest that open requests hold up a stop.
const GRACE: Duration = Duration::from_secs(4);

/// The longest that mailboxes may take to be let go.
const LETTING_GO: Duration = Duration::from_secs(1);

/// The certificate by which an office serves TLS.
#[derive(Clone, Debug)]
pub struct Certificate {
    /// The chain, PEM.
    pub chain: PathBuf,
    /// The key, PEM.
    pub key: PathBuf,
}

/// Why an office cannot run.
#[derive(Debug, Error)]
pub enum ServeError {
    /// Somebody listens there already.
    #[error("{0} is taken by another program")]
    PortTaken(SocketAddr),
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {why}")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// What the system says.
        why: io::Error,
    },
    /// The certificate or key cannot be used.
    #[error("the certificate {chain} with the key {key} cannot be used: {why}")]
    Certificate {
        /// The chain.
        chain: String,
        /// The key.
        key: String,
        /// What is wrong.
        why: String,
    },
    /// The database.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// What an office speaks with besides its clients.
#[derive(Debug, Default)]
pub struct Beside<'a> {
    /// Mailboxes that mail comes from.
    pub mailboxes: &'a [Mailbox],
    /// Telephone systems that it connects to.
    pub telephony: &'a [Connection],
    /// The way out for its mail.
    pub post: Option<Post>,
    /// How long ways are.
    pub travel: Travel,
    /// Where providers and couriers reach its pages; where it listens if none is given.
    pub pages: Option<&'a OfficeUrl>,
}

/// An office that runs in this process.
#[derive(Debug)]
pub struct Office {
    /// What its handlers work with.
    pub app: App,
    /// Where it listens.
    pub address: SocketAddr,
    handle: Handle<SocketAddr>,
    serving: JoinHandle<io::Result<()>>,
    writing: JoinHandle<()>,
    helpers: Vec<JoinHandle<()>>,
    fetching: Vec<JoinHandle<()>>,
    courier: Option<Courier>,
}

/// Listens on an address; port 0 takes a free one.
///
/// # Errors
/// The address is taken or not to be had.
pub fn listen(address: SocketAddr) -> Result<TcpListener, ServeError> {
    let listener = TcpListener::bind(address).map_err(|why| match why.kind() {
        io::ErrorKind::AddrInUse => ServeError::PortTaken(address),
        _ => ServeError::Listen { address, why },
    })?;
    listener.set_nonblocking(true).map_err(|why| ServeError::Listen { address, why })?;
    Ok(listener)
}

impl Office {
    /// Starts an office over an opened store, which sends no mail.
    ///
    /// # Errors
    /// The certificate cannot be used, or the database fails.
    pub async fn start(
        store: Store,
        listener: TcpListener,
        certificate: Option<&Certificate>,
    ) -> Result<Self, ServeError> {
        Self::start_with(store, listener, certificate, Beside::default()).await
    }

    /// Starts an office over an opened store, with what it speaks with besides its clients.
    ///
    /// # Errors
    /// The certificate cannot be used, or the database fails.
    pub async fn start_with(
        store: Store,
        listener: TcpListener,
        certificate: Option<&Certificate>,
        beside: Beside<'_>,
    ) -> Result<Self, ServeError> {
        let address =
            listener.local_addr().map_err(|why| ServeError::Listen { address: ([0, 0, 0, 0], 0).into(), why })?;
        let listen_error = |why| ServeError::Listen { address, why };
        let tls = match certificate {
            Some(certificate) => Some(tls(certificate).await?),
            None => None,
        };
        let stop = CancellationToken::new();
        let Beside { mailboxes, telephony, post, travel, pages } = beside;
        let courier = post.map(Courier::new);
        let (feed, reading) = Feed::start(store.clone()).await?;
        let scheme = if tls.is_some() { Scheme::Https } else { Scheme::Http };
        let own = format!("{}://{address}", scheme.name());
        let pages = pages.map_or(own, |pages| pages.url().as_str().trim_end_matches('/').to_owned());
        let sender = courier.as_ref().map(|courier| Arc::new(courier.sender(mailboxes, pages)));
        let house = sender.as_ref().map(|sender| sender.name.as_str().into());
        let travel = Arc::new(super::travel::Travel::new(travel));
        let outside = Outside { sender, travel: Some(Arc::clone(&travel)) };
        let (writer, writing) = Writer::start(store.clone(), feed.clone(), outside);
        let sessions = Sessions::new(store.clone());
        let waking = tokio::spawn(super::storage::listen_for_wakes(store.clone(), feed.clone(), stop.clone()));
        let ticking = tokio::spawn(timers::run(store.clone(), writer.clone(), courier.clone(), stop.clone()));
        let mail = Arc::new(MailDoor::new(mailboxes.iter().map(Into::into).collect()));
        let metrics = Arc::new(Metrics::default());
        let app = App { store, writer, feed, sessions, metrics, scheme, stop, mail, travel, house };
        let fetching = imap::start(&app, mailboxes);
        let helpers = vec![reading, waking, ticking];
        let handle = Handle::new();
        let service = http::router(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
        let serving = if let Some(tls) = tls {
            let server = axum_server::from_tcp_rustls(listener, tls).map_err(listen_error)?.handle(handle.clone());
            tokio::spawn(server.serve(service))
        } else {
            let server = axum_server::from_tcp(listener).map_err(listen_error)?.handle(handle.clone());
            tokio::spawn(server.serve(service))
        };
        let mut office = Self { app, address, handle, serving, writing, helpers, fetching, courier };
        office.connect(telephony);
        Ok(office)
    }

    /// Connects to telephone systems, and stays connected until it stops.
    pub fn connect(&mut self, telephony: &[Connection]) {
        self.helpers.extend(telephony.iter().map(|connection| {
            let App { writer, metrics, stop, .. } = self.app.clone();
            tokio::spawn(connections::attend(connection.clone(), writer, metrics, stop))
        }));
    }

    /// Where clients reach it, if it serves plain HTTP.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Ends the streams, lets open requests finish, commits what waits, and closes the database.
    pub async fn stop(self) {
        self.app.stop.cancel();
        self.handle.graceful_shutdown(Some(GRACE));
        let _ = tokio::time::timeout(GRACE, self.serving).await;
        if let Some(courier) = self.courier {
            // What the mail server has half taken is heard out, if it hurries; else a person is asked.
            let _ = tokio::time::timeout(GRACE, courier.finish()).await;
        }
        let mut fetching = self.fetching;
        let let_go = async {
            for mailbox in &mut fetching {
                let _ = mailbox.await;
            }
        };
        // A mailbox that is let go is fetched by another office at once, and not only when its lease is over.
        let _ = tokio::time::timeout(LETTING_GO, let_go).await;
        for helper in self.helpers.into_iter().chain(fetching.into_iter().filter(|mailbox| !mailbox.is_finished())) {
            helper.abort();
            let _ = helper.await;
        }
        let store = self.app.store.clone();
        drop(self.app);
        let _ = tokio::time::timeout(GRACE, self.writing).await;
        store.close().await;
    }
}

async fn tls(certificate: &Certificate) -> Result<RustlsConfig, ServeError> {
    RustlsConfig::from_pem_file(&certificate.chain, &certificate.key).await.map_err(|error| ServeError::Certificate {
        chain: certificate.chain.display().to_string(),
        key: certificate.key.display().to_string(),
        why: error.to_string(),
    })
}
