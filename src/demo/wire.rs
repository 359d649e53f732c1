//! A line between a console and an office on this machine that can be cut and restored, to try what a lost network does.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
};
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::watch,
    task::{JoinHandle, JoinSet},
};

/// Whether anything goes through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// Everything does.
    Whole,
    /// Nothing does: what was open broke, what is new is hung up at once.
    Cut,
}

/// A relay on loopback. Dropping it ends it and everything that goes through.
#[derive(Debug)]
pub struct Wire {
    address: SocketAddr,
    line: watch::Sender<Line>,
    relaying: JoinHandle<()>,
}

impl Wire {
    /// Opens a relay on a free port of this machine to what listens at `office`.
    ///
    /// # Errors
    /// No port is to be had.
    pub async fn to(office: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let (line, state) = watch::channel(Line::Whole);
        let relaying = tokio::spawn(relay(listener, office, state));
        Ok(Self { address, line, relaying })
    }

    /// Where to call in the office's place.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where to call in the office's place, as a URL.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Cuts the line: what is open breaks.
    pub fn cut(&self) {
        self.line.send_replace(Line::Cut);
    }

    /// Restores the line.
    pub fn restore(&self) {
        self.line.send_replace(Line::Whole);
    }

    /// How the line is.
    pub fn line(&self) -> Line {
        *self.line.borrow()
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.relaying.abort();
    }
}

async fn relay(listener: TcpListener, office: SocketAddr, state: watch::Receiver<Line>) {
    // Ends with the task, and with it every connection.
    let mut open = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((console, _)) => drop(open.spawn(carry(console, office, state.clone()))),
                Err(error) => {
                    tracing::debug!(%error, "a connection was lost before it came about");
                    tokio::task::yield_now().await;
                }
            },
            Some(_) = open.join_next() => {}
        }
    }
}

/// Carries one connection until an end hangs up or the line is cut.
async fn carry(mut console: TcpStream, office: SocketAddr, mut state: watch::Receiver<Line>) {
    if *state.borrow_and_update() == Line::Cut {
        return;
    }
    let carried = async {
        let mut office = TcpStream::connect(office).await?;
        console.set_nodelay(true)?;
        office.set_nodelay(true)?;
        copy_bidirectional(&mut console, &mut office).await.map(drop)
    };
    tokio::select! {
        ended = carried => {
            if let Err(error) = ended {
                tracing::debug!(%error, "a connection broke");
            }
        }
        _ = state.wait_for(|line| *line == Line::Cut) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    /// Something that says everything back.
    async fn echo() -> SocketAddr {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                tokio::spawn(async move {
                    let (mut from, mut to) = stream.split();
                    let _ = tokio::io::copy(&mut from, &mut to).await;
                });
            }
        });
        address
    }

    async fn says_back(stream: &mut TcpStream) -> io::Result<()> {
        stream.write_all(b"bonjour").await?;
        let mut said = [0; 7];
        stream.read_exact(&mut said).await?;
        assert_eq!(&said, b"bonjour");
        Ok(())
    }

    #[tokio::test]
    async fn a_cut_breaks_what_is_open_and_refuses_what_is_new_until_it_is_restored() {
        let wire = Wire::to(echo().await).await.unwrap();
        let mut open = TcpStream::connect(wire.address()).await.unwrap();
        says_back(&mut open).await.unwrap();
        wire.cut();
        assert_eq!(wire.line(), Line::Cut);
        assert!(says_back(&mut open).await.is_err());
        let mut new = TcpStream::connect(wire.address()).await.unwrap();
        assert!(says_back(&mut new).await.is_err());
        wire.restore();
        let mut again = TcpStream::connect(wire.address()).await.unwrap();
        says_back(&mut again).await.unwrap();
    }

    #[tokio::test]
    async fn a_line_that_is_let_go_breaks_what_is_open() {
        let wire = Wire::to(echo().await).await.unwrap();
        let mut open = TcpStream::connect(wire.address()).await.unwrap();
        says_back(&mut open).await.unwrap();
        drop(wire);
        assert!(says_back(&mut open).await.is_err());
    }
}
