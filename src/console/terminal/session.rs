//! Entering a terminal and leaving it as it was, whatever ends the program.

use super::tty;
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use rustix::{
    process::{Signal, getpid, kill_process},
    termios::{OptionalActions, tcgetattr, tcsetattr},
};
use std::{
    io,
    sync::atomic::{AtomicU8, Ordering},
};

/// How a terminal is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The whole screen, and what was on it comes back.
    Full,
    /// Line after line, as a screen reader follows.
    Linear,
}

impl Mode {
    /// Alternate screen and bracketed paste.
    const fn begin(self) -> &'static [u8] {
        match self {
            Self::Full => b"\x1b[?1049h\x1b[?2004h",
            Self::Linear => b"\x1b[?2004h",
        }
    }

    /// The end of an update that was cut short, plain letters, paste as ever, a cursor, the screen of before.
    const fn end(self) -> &'static [u8] {
        match self {
            Self::Full => b"\x1b[?2026l\x1b[m\x1b[?2004l\x1b[?25h\x1b[?1049l",
            Self::Linear => b"\x1b[m\x1b[?2004l\x1b[?25h\r\n",
        }
    }
}

/// How the terminal is entered now, for who leaves it without a [`Session`] at hand: 0 not at all.
static ENTERED: AtomicU8 = AtomicU8::new(0);

/// A terminal that was entered, and is left when this is dropped.
#[derive(Debug)]
pub struct Session {
    mode: Mode,
}

impl Session {
    /// Takes every key as it comes, and the screen.
    pub fn enter(mode: Mode) -> io::Result<Self> {
        let session = Self { mode };
        session.take()?;
        Ok(session)
    }

    fn take(&self) -> io::Result<()> {
        enable_raw_mode()?;
        ENTERED.store(if self.mode == Mode::Full { 1 } else { 2 }, Ordering::SeqCst);
        write(self.mode.begin())
    }

    /// Stops as the shell's Ctrl-Z would, until it is told to go on; the screen must then be drawn whole. The session is the shell's meanwhile.
    pub fn suspend(&self) -> io::Result<()> {
        restore();
        kill_process(getpid(), Signal::STOP)?;
        self.take()
    }

    /// Takes the terminal again, after the program was told to go on: if it was somebody else who stopped it, the shell has had the terminal
    /// meanwhile. What is taken already stays as it is: a terminal that reads lines, if only for a moment, turns the Enter typed in it into another key.
    pub fn resume(&self) -> io::Result<()> {
        self.take()?;
        // Raw mode is believed to be on where it was not left by this program, and is not switched on by that.
        let terminal = tty::terminal()?;
        let mut modes = tcgetattr(&terminal)?;
        modes.make_raw();
        Ok(tcsetattr(&terminal, OptionalActions::Now, &modes)?)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        restore();
    }
}

/// Leaves the terminal as it was, once. A terminal that is gone is no failure.
fn restore() {
    let mode = match ENTERED.swap(0, Ordering::SeqCst) {
        0 => return,
        1 => Mode::Full,
        _ => Mode::Linear,
    };
    let _ = write(mode.end());
    let _ = disable_raw_mode();
}

/// A panic leaves the terminal before it is told of, so that it can be read.
pub fn restore_on_panic() {
    let told = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        restore();
        told(panic);
    }));
}

/// Past the lock of standard output, which who panics may hold.
fn write(mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match rustix::io::write(io::stdout(), bytes) {
            Ok(count) => bytes = bytes.get(count..).unwrap_or_default(),
            Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}
