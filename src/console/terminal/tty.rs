//! Listens to the terminal's bytes, and notices at once when the terminal is gone.

use ratatui::layout::Size;
use rustix::{
    event::{PollFd, PollFlags, poll},
    io::Errno,
    termios::tcgetwinsize,
};
use std::{
    fs::File,
    io::{self, IsTerminal as _},
    ops::ControlFlow,
    os::fd::{AsFd, BorrowedFd, OwnedFd},
    thread,
};

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

/// Hands what the terminal says to `heard`, on a thread of its own, until it is gone or `heard` breaks off.
///
/// A terminal that vanishes is readable for ever and says nothing: who only reads would spin. Here the first such read, or the system's word
/// for it (`POLLHUP`), is the end, also where SIGHUP is ignored.
pub fn listen(mut heard: impl FnMut(Heard) -> ControlFlow<()> + Send + 'static) -> io::Result<()> {
    let terminal = terminal()?;
    thread::Builder::new().name("terminal".to_owned()).spawn(move || {
        loop {
            let next = hear(terminal.as_fd());
            let over = next == Heard::HungUp;
            if heard(next).is_break() || over {
                return;
            }
        }
    })?;
    Ok(())
}

fn hear(terminal: BorrowedFd<'_>) -> Heard {
    let mut bytes = [0; 4096];
    loop {
        let mut waiting = [PollFd::from_borrowed_fd(terminal, PollFlags::IN)];
        match poll(&mut waiting, None) {
            Ok(_) => {}
            Err(Errno::INTR | Errno::AGAIN) => continue,
            Err(_) => return Heard::HungUp,
        }
        let told = waiting.first().map_or(PollFlags::empty(), PollFd::revents);
        if !told.contains(PollFlags::IN) && told.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
            return Heard::HungUp;
        }
        match rustix::io::read(terminal, &mut bytes) {
            Ok(count) if count > 0 => return Heard::Bytes(bytes.get(..count).unwrap_or_default().to_vec()),
            Err(Errno::INTR | Errno::AGAIN) => {}
            Ok(_) | Err(_) => return Heard::HungUp,
        }
    }
}
