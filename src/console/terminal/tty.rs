//! Listens to the terminal's bytes, and notices at once when the terminal is gone.

use ratatui::layout::Size;
use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    io::Errno,
    termios::tcgetwinsize,
};
use std::{
    fs::File,
    io::{self, IsTerminal as _},
    os::fd::{AsFd, BorrowedFd, OwnedFd},
};
use tokio::io::{Interest, unix::AsyncFd};

/// What was heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Bytes, as they came together.
    Bytes(Vec<u8>),
    /// The terminal is gone for good; nothing follows.
    HungUp,
}

/// The terminal that types: standard input, or the controlling terminal where that is something else.
pub(super) fn terminal() -> io::Result<OwnedFd> {
    let input = io::stdin();
    if input.is_terminal() { input.as_fd().try_clone_to_owned() } else { File::open("/dev/tty").map(OwnedFd::from) }
}

/// How large the terminal is. One that does not know counts as 80 by 24.
pub fn size() -> Size {
    match terminal().and_then(|terminal| Ok(tcgetwinsize(terminal)?)) {
        Ok(size) if size.ws_col > 0 && size.ws_row > 0 => Size::new(size.ws_col, size.ws_row),
        _ => Size::new(80, 24),
    }
}

/// Listens to the terminal: what is typed and not asked for here is read by whoever comes next.
#[derive(Debug)]
pub struct Ear(AsyncFd<OwnedFd>);

impl Ear {
    /// Listens from now on; within a runtime.
    #[expect(
        deprecated,
        reason = "sound for what names one descriptor as long as it lives, as `OwnedFd` does; what replaces it leaves that to `unsafe`"
    )]
    pub fn open() -> io::Result<Self> {
        AsyncFd::with_interest(terminal()?, Interest::READABLE).map(Self)
    }

    /// What the terminal says next. Dropping the wait loses nothing.
    ///
    /// A terminal that vanishes is readable for ever and says nothing: who only reads would spin. Here the first such read, or the system's
    /// word for it (`POLLHUP`), is the end, also where SIGHUP is ignored.
    pub async fn next(&mut self) -> Heard {
        loop {
            let Ok(mut ready) = self.0.readable().await else { return Heard::HungUp };
            match hear(self.0.as_fd()) {
                Some(heard) => return heard,
                None => ready.clear_ready(),
            }
        }
    }
}

/// What the terminal has said by now. It is not made non-blocking, which would hold for the shell too: nothing is read that is not there.
fn hear(terminal: BorrowedFd<'_>) -> Option<Heard> {
    let mut waiting = PollFd::from_borrowed_fd(terminal, PollFlags::IN);
    match poll(std::slice::from_mut(&mut waiting), Some(&Timespec::default())) {
        Ok(0) | Err(Errno::INTR | Errno::AGAIN) => return None,
        Ok(_) if waiting.revents().contains(PollFlags::IN) => {}
        Ok(_) | Err(_) => return Some(Heard::HungUp),
    }
    let mut bytes = [0; 4096];
    match rustix::io::read(terminal, &mut bytes) {
        Ok(count) if count > 0 => Some(Heard::Bytes(bytes.get(..count).unwrap_or_default().to_vec())),
        Err(Errno::INTR | Errno::AGAIN) => None,
        Ok(_) | Err(_) => Some(Heard::HungUp),
    }
}
