//! A line that can be cut: a forwarder between a client and an office.

use std::{net::SocketAddr, time::Duration};
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::watch,
};

/// The line to an office.
pub struct Line {
    /// Where clients reach the office through it.
    pub url: String,
    good: watch::Sender<bool>,
}

impl Line {
    /// A good line.
    pub async fn to(office: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (good, watched) = watch::channel(true);
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                if *watched.borrow() {
                    tokio::spawn(forward(near, office, watched.clone()));
                }
            }
        });
        Self { url, good }
    }

    /// Every connection breaks, and none comes about.
    pub fn cut(&self) {
        self.good.send_replace(false);
    }

    /// Connections come about again.
    pub fn mend(&self) {
        self.good.send_replace(true);
    }
}

async fn forward(mut near: TcpStream, office: SocketAddr, mut good: watch::Receiver<bool>) {
    let Ok(mut far) = TcpStream::connect(office).await else { return };
    tokio::select! {
        _ = copy_bidirectional(&mut near, &mut far) => {}
        _ = good.wait_for(|good| !good) => {}
    }
}

/// Waits short enough for a test.
pub fn pace() -> loge::client::Pace {
    let (first, longest) = (Duration::from_millis(5), Duration::from_millis(20));
    loge::client::Pace { first, longest, ..loge::client::Pace::default() }
}
