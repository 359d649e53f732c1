//! Whether mail could leave as it is set up: everything up to the mail itself, of which none is sent.

use super::post::{OPENING, Obstacle, Post, PostError, words};
use crate::{
    config::mail::{Mail, Outlet, Server},
    office::trust,
};
use std::path::Path;
use thiserror::Error as ThisError;

/// Why no mail could leave.
#[derive(Debug, ThisError)]
pub enum Blocked {
    /// What the way out needs cannot be had.
    #[error(transparent)]
    Post(#[from] PostError),
    /// Nobody answers, or in no time.
    #[error("{host}:{port} does not answer: {why}")]
    Connect {
        /// The server.
        host: String,
        /// Its port.
        port: u16,
        /// What the system says.
        why: String,
    },
    /// The server's certificate is not vouched for.
    #[error("the certificate of {host} is not trusted: {why}")]
    Untrusted {
        /// The server.
        host: String,
        /// What is wrong with it.
        why: String,
    },
    /// The server does not speak TLS, though it was asked to: no password was said.
    #[error("{host} offers no STARTTLS")]
    NoStarttls {
        /// The server.
        host: String,
    },
    /// The server does not let the account in.
    #[error("the server does not let the account in: {0}")]
    Login(String),
    /// The server says something else.
    #[error("the server says: {0}")]
    Server(String),
    /// There is no pickup folder.
    #[error("there is no folder {0}")]
    NoFolder(String),
    /// The pickup folder takes nothing.
    #[error("{folder}: {why}")]
    Folder {
        /// The folder.
        folder: String,
        /// What the system says.
        why: std::io::Error,
    },
}

/// Goes the way of a mail as far as nobody sees it: to the server's greeting and login, or to a file in the folder, which is taken away again.
///
/// # Errors
/// What stands in the way.
pub async fn look(mail: &Mail) -> Result<(), Blocked> {
    match &mail.outlet {
        Outlet::Folder(folder) => writable(folder),
        Outlet::Server(server) => {
            let post = Post::open(mail.clone())?;
            let silent = |why: &str| Blocked::Connect { host: server.host.clone(), port: server.port, why: why.into() };
            let connected = tokio::time::timeout(OPENING, post.connected(server)).await;
            let mut line = connected.map_err(|_| silent("timeout"))?.map_err(|obstacle| blocked(server, &obstacle))?;
            // How the goodbye goes changes nothing.
            let _ = tokio::time::timeout(OPENING, line.quit()).await;
            Ok(())
        }
    }
}

fn blocked(server: &Server, obstacle: &Obstacle) -> Blocked {
    let host = server.host.clone();
    match obstacle {
        Obstacle::NoStarttls => Blocked::NoStarttls { host },
        Obstacle::Line(error) | Obstacle::Login(error) => {
            let said = words(error).as_str().to_owned();
            let refuses = error.status().is_some() || error.is_client();
            match (trust::distrust(error), obstacle) {
                (Some(why), _) => Blocked::Untrusted { host, why },
                (None, Obstacle::Login(_)) if refuses => Blocked::Login(said),
                (None, _) if refuses || error.is_response() => Blocked::Server(said),
                (None, _) => Blocked::Connect { host, port: server.port, why: said },
            }
        }
    }
}

fn writable(folder: &Path) -> Result<(), Blocked> {
    let name = folder.display().to_string();
    if !folder.is_dir() {
        return Err(Blocked::NoFolder(name));
    }
    let trial = folder.join(".loge-doctor.part");
    let written = std::fs::write(&trial, "").and_then(|()| std::fs::remove_file(&trial));
    written.map_err(|why| Blocked::Folder { folder: name, why })
}
