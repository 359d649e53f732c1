//! Listens to the terminal's bytes, and notices at once when the terminal is gone.

use ratatui::layout::Size;
use rustix::{
    event::{PollFd, PollFlags, poll},
    io::Errno,
    termios::tcgetwinsize,
};
use std::{
    fs::File,
    io::{self, IsTerminal as _, PipeReader, PipeWriter},
    ops::ControlFlow,
    os::fd::{AsFd, BorrowedFd, OwnedFd},
    thread::{self, JoinHandle},
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

/// Somebody listens to the terminal as long as this is held: what is typed after that is read by whoever comes next.
#[derive(Debug)]
pub struct Listening {
    end: Option<PipeWriter>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Listening {
    fn drop(&mut self) {
        drop(self.end.take());
        if let Some(thread) = self.thread.take() {
            // It has nothing to say.
            let _ = thread.join();
        }
    }
}

/// Hands what the terminal says to `heard`, on a thread of its own, until it is gone, `heard` breaks off or nobody wants it any more.
///
/// A terminal that vanishes is readable for ever and says nothing: who only reads would spin. Here the first such read, or the system's word
/// for it (`POLLHUP`), is the end, also where SIGHUP is ignored.
pub fn listen(mut heard: impl FnMut(Heard) -> ControlFlow<()> + Send + 'static) -> io::Result<Listening> {
    let terminal = terminal()?;
    let (wanted, end) = io::pipe()?;
    let thread = thread::Builder::new().name("terminal".to_owned()).spawn(move || {
        while let Some(next) = hear(terminal.as_fd(), &wanted) {
            let over = next == Heard::HungUp;
            if heard(next).is_break() || over {
                return;
            }
        }
    })?;
    Ok(Listening { end: Some(end), thread: Some(thread) })
}

/// What the terminal says next; none once nobody wants to know. What is typed then stays to be read.
fn hear(terminal: BorrowedFd<'_>, wanted: &PipeReader) -> Option<Heard> {
    let mut bytes = [0; 4096];
    loop {
        let mut waiting = [
            PollFd::from_borrowed_fd(terminal, PollFlags::IN),
            PollFd::from_borrowed_fd(wanted.as_fd(), PollFlags::IN),
        ];
        match poll(&mut waiting, None) {
            Ok(_) => {}
            Err(Errno::INTR | Errno::AGAIN) => continue,
            Err(_) => return Some(Heard::HungUp),
        }
        let [told, unwanted] = waiting.map(|polled| polled.revents());
        if !unwanted.is_empty() {
            return None;
        }
        if !told.contains(PollFlags::IN) && told.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
            return Some(Heard::HungUp);
        }
        match rustix::io::read(terminal, &mut bytes) {
            Ok(count) if count > 0 => return Some(Heard::Bytes(bytes.get(..count).unwrap_or_default().to_vec())),
            Err(Errno::INTR | Errno::AGAIN) => {}
            Ok(_) | Err(_) => return Some(Heard::HungUp),
        }
    }
}
