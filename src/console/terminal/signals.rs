//! What the system tells the program about its terminal and its end.

use rustix::process::Signal as Number;
use std::io;
use tokio::signal::unix::{Signal as Stream, SignalKind, signal};

/// What was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// The terminal has another size: [`super::size`].
    Resized,
    /// The program shall end: what is typed is kept, the terminal left as it was.
    End,
    /// The program shall stop for a while: [`super::Session::suspend`].
    Suspend,
    /// The program goes on after it was stopped: [`super::Session::resume`].
    Resumed,
}

/// The signals of this process, which from now on do nothing else.
#[derive(Debug)]
pub struct Signals {
    resized: Stream,
    terminate: Stream,
    hang_up: Stream,
    interrupt: Stream,
    suspend: Stream,
    resumed: Stream,
}

impl Signals {
    /// Listens from now on; within a runtime.
    pub fn listen() -> io::Result<Self> {
        let of = |number: Number| signal(SignalKind::from_raw(number.as_raw()));
        Ok(Self {
            resized: signal(SignalKind::window_change())?,
            terminate: signal(SignalKind::terminate())?,
            hang_up: signal(SignalKind::hangup())?,
            interrupt: signal(SignalKind::interrupt())?,
            suspend: of(Number::TSTP)?,
            resumed: of(Number::CONT)?,
        })
    }

    /// The next one. Dropping the wait loses none.
    pub async fn next(&mut self) -> Signal {
        tokio::select! {
            _ = self.terminate.recv() => Signal::End,
            _ = self.hang_up.recv() => Signal::End,
            _ = self.interrupt.recv() => Signal::End,
            _ = self.suspend.recv() => Signal::Suspend,
            _ = self.resumed.recv() => Signal::Resumed,
            _ = self.resized.recv() => Signal::Resized,
        }
    }
}
