//! A session with Asterisk's manager interface: logged in, listening, and noticing when the other end is gone.

use super::{
    ami::{self, Message},
    connections::{LinkError, Sink, now},
};
use futures_util::StreamExt as _;
use std::time::Duration;
use tokio::{
    io::{AsyncWriteExt as _, BufReader},
    net::{
        TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    time::timeout,
};
use tokio_util::codec::{AnyDelimiterCodec, FramedRead};

/// For the connection, and for the answer to the login.
const PATIENCE: Duration = Duration::from_secs(10);

/// A line that is longer is none of Asterisk's.
const LINE_MAX: usize = 16 * 1024;

/// How often the other end is asked whether it is there.
const PING: Duration = Duration::from_secs(20);

/// The longest silence: two questions without an answer.
const SILENCE: Duration = Duration::from_secs(50);

type Lines = FramedRead<BufReader<OwnedReadHalf>, AnyDelimiterCodec>;

/// A manager that has logged in.
pub struct Manager {
    lines: Lines,
    write: OwnedWriteHalf,
}

impl Manager {
    /// Connects and logs in.
    ///
    /// # Errors
    /// Nobody answers there, something else answers, or the login is refused.
    pub async fn log_in(address: &str, user: &str, secret: &str) -> Result<Self, LinkError> {
        // A line end in them would be another command.
        if [user, secret].iter().any(|text| text.contains(['\r', '\n'])) {
            return Err(LinkError::Secret("it has several lines".into()));
        }
        let connected = timeout(PATIENCE, TcpStream::connect(address)).await.map_err(|_| LinkError::late())?;
        let (read, write) = connected.map_err(|error| LinkError::Connect(error.to_string()))?.into_split();
        let codec = AnyDelimiterCodec::new_with_max_length(b"\n".to_vec(), Vec::new(), LINE_MAX);
        let lines = FramedRead::new(BufReader::new(read), codec);
        let mut manager = Self { lines, write };
        let login = format!("Action: Login\r\nUsername: {user}\r\nSecret: {secret}\r\nEvents: call,agent\r\n\r\n");
        timeout(PATIENCE, manager.greet(&login)).await.map_err(|_| LinkError::late())??;
        Ok(manager)
    }

    async fn greet(&mut self, login: &str) -> Result<(), LinkError> {
        let greeting = self.line().await?;
        if !greeting.starts_with("Asterisk Call Manager") {
            return Err(LinkError::Refused("it is no Asterisk manager interface".into()));
        }
        self.say(login).await?;
        loop {
            let message = self.message().await?;
            match message.get("Response") {
                Some("Success") => return Ok(()),
                Some(_) => {
                    return Err(LinkError::Refused(message.get("Message").unwrap_or("login refused").to_owned()));
                }
                // Events may come before the answer.
                None => {}
            }
        }
    }

    /// Hands on what happens until the connection is lost.
    ///
    /// # Errors
    /// Always: how it was lost.
    pub async fn listen(mut self, sink: &Sink) -> Result<(), LinkError> {
        sink.connected();
        let mut heard = tokio::time::Instant::now();
        loop {
            let message = match timeout(PING, self.message()).await {
                Ok(message) => message?,
                Err(_) if heard.elapsed() > SILENCE => return Err(LinkError::late()),
                Err(_) => {
                    self.say("Action: Ping\r\n\r\n").await?;
                    continue;
                }
            };
            heard = tokio::time::Instant::now();
            if let Some(event) = ami::read(&sink.name, &message, now()) {
                sink.take(vec![event]).await?;
            }
        }
    }

    /// Says goodbye.
    pub async fn log_off(mut self) {
        // It is gone at the latest when the connection is.
        let _ = self.say("Action: Logoff\r\n\r\n").await;
    }

    async fn say(&mut self, text: &str) -> Result<(), LinkError> {
        self.write.write_all(text.as_bytes()).await.map_err(|error| LinkError::Lost(error.to_string()))
    }

    async fn line(&mut self) -> Result<String, LinkError> {
        match self.lines.next().await {
            // Names of callers come in whatever letters their network has: no reason to hang up.
            Some(Ok(line)) => Ok(String::from_utf8_lossy(&line).trim_end().to_owned()),
            Some(Err(error)) => Err(LinkError::Lost(error.to_string())),
            None => Err(LinkError::Lost("it was closed".into())),
        }
    }

    async fn message(&mut self) -> Result<Message, LinkError> {
        let mut message = Message::default();
        loop {
            let line = self.line().await?;
            if !line.trim().is_empty() {
                message.take(&line);
            } else if !message.is_empty() {
                return Ok(message);
            }
        }
    }
}
