//! In a real pseudo-terminal: this test program starts itself there, and the test below `in_the_terminal` does what it is told.

use super::*;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal as Number, kill_process};
use std::{
    fs,
    io::{Read, Write as _},
    path::Path,
    time::{Duration, Instant},
};

const ROLE: &str = "LOGE_TEST_IN_TERMINAL";
const PATIENCE: Duration = Duration::from_secs(30);

/// What the program in the terminal does; nothing when the tests are run.
#[test]
fn in_the_terminal() {
    let Ok(role) = std::env::var(ROLE) else { return };
    let (what, file) = role.split_once(' ').unwrap();
    match what {
        "listen" => {
            // SIGHUP does nothing to this one.
            let ignored = std::sync::Arc::default();
            signal_hook::flag::register(signal_hook::consts::SIGHUP, ignored).unwrap();
            in_a_runtime(async {
                let mut ear = Ear::open().unwrap();
                let _session = Session::enter(Mode::Full).unwrap();
                let mut all = Vec::new();
                loop {
                    let heard = ear.next().await;
                    writeln!(all, "{heard:?}").unwrap();
                    fs::write(file, &all).unwrap();
                    if heard == Heard::HungUp {
                        break;
                    }
                }
            });
        }
        "panic" => {
            restore_on_panic();
            let _session = Session::enter(Mode::Full).unwrap();
            panic!("something broke");
        }
        "signals" => {
            in_a_runtime(async {
                let mut signals = Signals::listen().unwrap();
                let session = Session::enter(Mode::Full).unwrap();
                loop {
                    match signals.next().await {
                        Signal::End => break,
                        Signal::Suspend => session.suspend().unwrap(),
                        Signal::Resumed => session.resume().unwrap(),
                        Signal::Resized => fs::write(file, format!("{:?}", size())).unwrap(),
                    }
                }
            });
        }
        other => panic!("nobody knows how to {other}"),
    }
}

fn in_a_runtime(work: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work);
}

/// A terminal with the program in it.
struct Seen {
    master: Box<dyn MasterPty + Send>,
    output: Box<dyn Read + Send>,
    child: Box<dyn Child + Send + Sync>,
    shown: Vec<u8>,
}

fn start(what: &str, file: &Path) -> Seen {
    let pair = native_pty_system().openpty(PtySize { rows: 24, cols: 80, ..PtySize::default() }).unwrap();
    let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
    command.args(["--exact", "console::terminal::tests::in_the_terminal", "--nocapture"]);
    command.env(ROLE, format!("{what} {}", file.display()));
    let child = pair.slave.spawn_command(command).unwrap();
    let output = pair.master.try_clone_reader().unwrap();
    Seen { master: pair.master, output, child, shown: Vec::new() }
}

impl Seen {
    /// Reads until the terminal was told so, `times` in all.
    fn until(&mut self, sequence: &[u8], times: usize) {
        let found = |shown: &[u8]| shown.windows(sequence.len()).filter(|window| *window == sequence).count() >= times;
        let mut bytes = [0; 1024];
        while !found(&self.shown) {
            let count = self.output.read(&mut bytes).unwrap_or(0);
            assert!(count > 0, "it ended before: {:?}", String::from_utf8_lossy(&self.shown));
            self.shown.extend_from_slice(&bytes[..count]);
        }
    }

    fn send(&self, signal: Number) {
        let id = i32::try_from(self.child.process_id().unwrap()).unwrap();
        kill_process(Pid::from_raw(id).unwrap(), signal).unwrap();
    }

    fn ends(&mut self) -> bool {
        within(|| self.child.try_wait().unwrap().is_some())
    }
}

fn within(happened: impl FnMut() -> bool) -> bool {
    let start = Instant::now();
    let mut happened = happened;
    while start.elapsed() < PATIENCE {
        if happened() {
            return true;
        }
        std::thread::yield_now();
    }
    false
}

#[test]
fn a_terminal_that_vanishes_is_noticed_though_hang_ups_are_ignored() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("heard");
    let Seen { master, mut child, .. } = {
        let mut seen = start("listen", &file);
        seen.until(b"\x1b[?2004h", 1);
        let mut keys = seen.master.take_writer().unwrap();
        keys.write_all(b"\x1b[A").unwrap();
        assert!(within(|| fs::read_to_string(&file).is_ok_and(|heard| heard == "Bytes([27, 91, 65])\n")));
        seen
    };
    drop(master);
    assert!(within(|| child.try_wait().unwrap().is_some()), "it lives on without a terminal");
    assert!(fs::read_to_string(&file).unwrap().ends_with("HungUp\n"));
}

#[test]
fn a_panic_is_told_on_the_terminal_as_it_was() {
    let mut seen = start("panic", Path::new("-"));
    seen.until(b"something broke", 1);
    let shown = String::from_utf8_lossy(&seen.shown).into_owned();
    let (left, told) = (shown.find("\u{1b}[?1049l").unwrap(), shown.find("something broke").unwrap());
    assert!(left < told, "{shown:?}");
    assert!(shown.contains("\u{1b}[?2004l") && shown.contains("\u{1b}[?25h"));
}

#[test]
fn a_signal_to_end_leaves_the_terminal_as_it_was() {
    for signal in [Number::TERM, Number::HUP, Number::INT] {
        let mut seen = start("signals", Path::new("-"));
        seen.until(b"\x1b[?2004h", 1);
        seen.send(signal);
        seen.until(b"\x1b[?1049l", 1);
        assert!(seen.ends());
    }
}

#[test]
fn a_program_that_was_stopped_goes_on_with_a_screen_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("size");
    let mut seen = start("signals", &file);
    seen.until(b"\x1b[?1049h", 1);
    seen.until(b"\x1b[?2004h", 1);
    seen.send(Number::TSTP);
    seen.until(b"\x1b[?1049l", 1);
    let state = format!("/proc/{}/stat", seen.child.process_id().unwrap());
    assert!(within(|| fs::read_to_string(&state).is_ok_and(|stat| stat.contains(") T "))), "it did not stop");
    seen.send(Number::CONT);
    seen.until(b"\x1b[?2004h", 2);
    seen.master.resize(PtySize { rows: 40, cols: 120, ..PtySize::default() }).unwrap();
    assert!(within(|| fs::read_to_string(&file).is_ok_and(|size| size.contains("120") && size.contains("40"))));
    seen.send(Number::TERM);
    assert!(seen.ends());
}
