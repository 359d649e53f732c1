//! A program in a pseudo-terminal: keys go in, a screen comes out, and nothing is waited for longer than a deadline.

#![allow(dead_code, reason = "stories and benchmark use their own part each")]

use loge::{domain::operator::Language, i18n::say};
use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, SlavePty, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use std::{
    io::{Read as _, Write},
    path::Path,
    sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    thread,
    time::{Duration, Instant},
};
use vt100::{Parser, Screen};

/// Pieces of one frame follow each other within so long.
const ONE_FRAME: Duration = Duration::from_millis(2);

/// How long anything may take before a story counts as failed.
const PATIENCE: Duration = Duration::from_secs(40);

/// Columns and rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size(pub u16, pub u16);

impl Size {
    /// The smallest that everything fits on.
    pub const SMALL: Self = Self(80, 24);
    /// The usual one.
    pub const USUAL: Self = Self(120, 40);

    fn pty(self) -> PtySize {
        PtySize { cols: self.0, rows: self.1, pixel_width: 0, pixel_height: 0 }
    }
}

/// The keys that stories press, as a terminal sends them.
pub mod key {
    /// Enter.
    pub const ENTER: &str = "\r";
    /// Escape.
    pub const ESCAPE: &str = "\x1b";
    /// The next pane.
    pub const TAB: &str = "\t";
    /// Down.
    pub const DOWN: &str = "\x1b[B";
    /// Up.
    pub const UP: &str = "\x1b[A";
    /// Claims the oldest ringing call.
    pub const CLAIM: &str = "\x07";
    /// Goes to the next of one's own calls.
    pub const OWN_CALL: &str = "\x0f";
}

/// What was printed in answer to a key.
#[derive(Clone, Copy, Debug)]
pub struct Burst {
    /// How much.
    pub bytes: usize,
    /// From the key to the end of the frame that it was answered with.
    pub took: Duration,
}

/// What was read at once, and when.
type Chunk = (Instant, Vec<u8>);

/// A program in a terminal of its own. Dropping it kills the program.
pub struct Pty {
    master: Box<dyn MasterPty + Send>,
    /// Held open, so that the terminal's modes can be looked at when the program has ended.
    _slave: Box<dyn SlavePty + Send>,
    writer: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    chunks: Receiver<Chunk>,
    parser: Parser,
    /// Everything that was printed, as it was.
    pub printed: Vec<u8>,
    /// When it was started.
    pub started: Instant,
}

impl Pty {
    /// Starts a program with a home folder of its own and nothing else of this machine's surroundings but what `more` says.
    pub fn start(program: &str, arguments: &[&str], home: &Path, size: Size, more: &[(&str, &str)]) -> Self {
        let pair = native_pty_system().openpty(size.pty()).unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.env_clear();
        command.cwd(home);
        for (name, folder) in [
            ("HOME", "."),
            ("XDG_CONFIG_HOME", "config"),
            ("XDG_DATA_HOME", "data"),
            ("XDG_STATE_HOME", "state"),
            ("XDG_CACHE_HOME", "cache"),
            ("XDG_RUNTIME_DIR", "run"),
            ("TMPDIR", "."),
        ] {
            command.env(name, home.join(folder));
        }
        for (name, value) in [("TERM", "xterm-256color"), ("LANG", "fr_FR.UTF-8")].iter().chain(more) {
            command.env(name, value);
        }
        let mut reader = pair.master.try_clone_reader().unwrap();
        let writer = pair.master.take_writer().unwrap();
        let (send, chunks): (Sender<Chunk>, _) = channel();
        let started = Instant::now();
        let child = pair.slave.spawn_command(command).unwrap();
        thread::spawn(move || {
            let mut bytes = vec![0; 65_536];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                if send.send((Instant::now(), bytes[..count].to_vec())).is_err() {
                    return;
                }
            }
        });
        let parser = Parser::new(size.1, size.0, 0);
        Self { master: pair.master, _slave: pair.slave, writer, child, chunks, parser, printed: Vec::new(), started }
    }

    /// The terminal as it stands.
    pub fn screen(&self) -> &Screen {
        self.parser.screen()
    }

    /// The screen as text.
    pub fn text(&self) -> String {
        self.screen().contents()
    }

    /// Its rows.
    pub fn rows(&self) -> Vec<String> {
        let (_, columns) = self.screen().size();
        self.screen().rows(0, columns).collect()
    }

    /// The one row with this text.
    pub fn row(&self, text: &str) -> Option<String> {
        self.rows().into_iter().find(|row| row.contains(text))
    }

    fn take(&mut self, chunk: &Chunk) {
        self.parser.process(&chunk.1);
        self.printed.extend_from_slice(&chunk.1);
    }

    /// Sends keys.
    pub fn press(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
    }

    /// Waits until something is so of what the screen says; says how long after the start it was.
    pub fn until(&mut self, what: &str, holds: impl Fn(&str) -> bool) -> Duration {
        self.until_screen(what, |screen| holds(&screen.contents()))
    }

    /// Waits until something is so of the screen; says how long after the start it was.
    pub fn until_screen(&mut self, what: &str, holds: impl Fn(&Screen) -> bool) -> Duration {
        let deadline = Instant::now() + PATIENCE;
        let mut at = Instant::now();
        while !holds(self.screen()) {
            match self.chunks.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(chunk) => {
                    at = chunk.0;
                    self.take(&chunk);
                }
                Err(error) => panic!("waited in vain until {what} ({error}):\n{}", self.text()),
            }
        }
        at.duration_since(self.started)
    }

    /// Waits until a text is on the screen.
    pub fn sees(&mut self, text: &str) -> Duration {
        self.until(&format!("« {text} » is on the screen"), |screen| screen.contains(text))
    }

    /// Waits until a text is gone.
    pub fn loses(&mut self, text: &str) {
        self.until(&format!("« {text} » is off the screen"), |screen| !screen.contains(text));
    }

    /// Sends keys byte by byte, each once the program has read the one before.
    pub fn press_split(&mut self, keys: &str) {
        let tty = self.master.tty_name().unwrap();
        let flags = i32::try_from(rustix::fs::OFlags::NOCTTY.bits()).unwrap();
        let tty = std::os::unix::fs::OpenOptionsExt::custom_flags(std::fs::OpenOptions::new().read(true), flags)
            .open(tty)
            .unwrap();
        for byte in keys.bytes() {
            self.writer.write_all(&[byte]).unwrap();
            self.writer.flush().unwrap();
            let deadline = Instant::now() + PATIENCE;
            while rustix::io::ioctl_fionread(&tty).unwrap() > 0 {
                assert!(Instant::now() < deadline, "nobody reads the keys");
                thread::yield_now();
            }
        }
    }

    /// Takes in what has come so far, and waits at most so long for a first piece of it.
    pub fn take_in(&mut self, at_most: Duration) {
        let mut wait = at_most;
        while let Ok(chunk) = self.chunks.recv_timeout(wait) {
            self.take(&chunk);
            wait = Duration::ZERO;
        }
    }

    /// The row on which the cursor stands.
    pub fn cursor_row(&self) -> String {
        let (row, _) = self.screen().cursor_position();
        self.rows().into_iter().nth(row.into()).unwrap_or_default()
    }

    /// Waits until the program stands still, as a shell sees it after Ctrl-Z.
    pub fn stops(&mut self) {
        use rustix::process::{WaitId, WaitIdOptions, waitid};
        let pid = Pid::from_raw(i32::try_from(self.id()).unwrap()).unwrap();
        let deadline = Instant::now() + PATIENCE;
        let options = WaitIdOptions::STOPPED | WaitIdOptions::NOWAIT | WaitIdOptions::NOHANG;
        while waitid(WaitId::Pid(pid), options).unwrap().is_none() {
            assert!(Instant::now() < deadline, "the program does not stop:\n{}", self.text());
            self.take_in(Duration::from_millis(5));
        }
    }

    /// Another program writes on the terminal.
    pub fn scribbles(&mut self, bytes: &str) {
        self.parser.process(bytes.as_bytes());
    }

    /// Takes in what is printed until nothing was for so long.
    pub fn settle(&mut self, quiet: Duration) {
        while let Ok(chunk) = self.chunks.recv_timeout(quiet) {
            self.take(&chunk);
        }
    }

    /// Presses and takes in what that prints, until nothing was for so long.
    pub fn measure(&mut self, keys: &str, quiet: Duration) -> Burst {
        let pressed = Instant::now();
        self.press(keys);
        let mut burst = Burst { bytes: 0, took: Duration::ZERO };
        // A frame is one write, which may be read in pieces; what comes later, such as an answer of the office, is another frame.
        let mut frame = None;
        while let Ok(chunk) = self.chunks.recv_timeout(quiet) {
            burst.bytes += chunk.1.len();
            if frame.is_none_or(|last| chunk.0.duration_since(last) < ONE_FRAME) {
                burst.took = chunk.0.duration_since(pressed);
                frame = Some(chunk.0);
            }
            self.take(&chunk);
        }
        burst
    }

    /// What is printed in so long.
    pub fn prints_in(&mut self, time: Duration) -> usize {
        let until = Instant::now() + time;
        let mut bytes = 0;
        while let Ok(chunk) = self.chunks.recv_timeout(until.saturating_duration_since(Instant::now())) {
            bytes += chunk.1.len();
            self.take(&chunk);
        }
        bytes
    }

    /// Makes the terminal larger or smaller.
    pub fn resize(&mut self, size: Size) {
        self.parser.screen_mut().set_size(size.1, size.0);
        self.master.resize(size.pty()).unwrap();
    }

    /// The process's number.
    pub fn id(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Sends the program a signal.
    pub fn signal(&self, signal: Signal) {
        let id = i32::try_from(self.id()).unwrap();
        kill_process(Pid::from_raw(id).unwrap(), signal).unwrap();
    }

    /// Leaves by the palette, also where something is still on its way to the office and the program asks first.
    pub fn leaves(&mut self, language: Language) {
        self.press(if language == Language::Fr { ":quitter" } else { ":quit" });
        self.press(key::ENTER);
        let asked = say(language, "prompt-quit", &[]);
        let asked = asked.split('?').next().unwrap_or_default().trim_end().to_owned();
        let deadline = Instant::now() + PATIENCE;
        while self.child.try_wait().unwrap().is_none() && !self.text().contains(&asked) {
            assert!(Instant::now() < deadline, "it does not leave:\n{}", self.text());
            self.take_in(Duration::from_millis(10));
        }
        // The first answer leaves; a program that has ended hears nothing.
        let _ = self.writer.write_all(key::ENTER.as_bytes());
        assert!(self.ends().success(), "{}", self.text());
    }

    /// Waits until the program has ended, and takes in its last words.
    pub fn ends(&mut self) -> ExitStatus {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                self.settle(Duration::from_millis(50));
                return status;
            }
            match self.chunks.recv_timeout(Duration::from_millis(10)) {
                Ok(chunk) => self.take(&chunk),
                Err(RecvTimeoutError::Timeout) if Instant::now() < deadline => {}
                Err(error) => panic!("the program does not end ({error}):\n{}", self.text()),
            }
        }
    }

    /// Whether the terminal reads whole lines and shows what is typed, as a shell expects it.
    pub fn is_cooked(&self) -> bool {
        self.has_flag("ICANON") && self.has_flag("ECHO")
    }

    fn has_flag(&self, flag: &str) -> bool {
        let flags = format!("{:?}", self.master.get_termios().unwrap().local_flags);
        flags.split(['|', '(', ')', ' ']).any(|set| set == flag)
    }

    /// Waits until what is typed is not shown, as a password wants it: that follows the question.
    pub fn hides_what_is_typed(&mut self) {
        let deadline = Instant::now() + PATIENCE;
        while self.has_flag("ECHO") {
            assert!(Instant::now() < deadline, "what is typed is still shown:\n{}", self.text());
            self.take_in(Duration::from_millis(5));
        }
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
