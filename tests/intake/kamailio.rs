//! A real softswitch: Kamailio with the configuration that the documentation gives away, and telephones and callers played by `SIPp`.

use crate::common::until;
use std::{
    fs,
    net::{Ipv4Addr, UdpSocket},
    os::unix::process::CommandExt as _,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// Where the telephones of the house are.
const PHONES: Ipv4Addr = Ipv4Addr::LOCALHOST;

/// Where the provider is, who brings calls from outside and takes those that go there.
const PROVIDER: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 2);

/// A softswitch; gone with this value.
pub struct Kamailio {
    child: Child,
    folder: TempDir,
    port: u16,
    provider_port: u16,
}

/// Whoever calls.
#[derive(Clone, Copy, Debug)]
pub enum Caller {
    /// Speaks, and hangs up.
    HangsUp,
    /// Speaks until the other end hangs up.
    Listens,
    /// Gives up while it rings.
    GivesUp,
    /// Calls in vain.
    IsRefused,
}

/// A telephone that rings.
#[derive(Clone, Copy, Debug)]
pub enum Callee {
    /// Is answered.
    Answers,
    /// Is answered, and hangs up.
    HangsUp,
    /// Rings until it is told to stop.
    Rings,
    /// Rings, and is told by its owner, or by the network, how not to go on.
    Refuses(&'static str),
}

impl Caller {
    const fn scenario(self) -> &'static str {
        match self {
            Self::HangsUp => "calls",
            Self::Listens => "calls-and-listens",
            Self::GivesUp => "gives-up",
            Self::IsRefused => "is-refused",
        }
    }
}

impl Callee {
    const fn scenario(self) -> &'static str {
        match self {
            Self::Answers => "answers",
            Self::HangsUp => "answers-and-hangs-up",
            Self::Rings => "rings",
            Self::Refuses(_) => "refuses",
        }
    }
}

/// What there is to say of a call that comes in or goes out.
#[derive(Clone, Copy, Debug)]
pub struct Dialled<'a> {
    /// Who calls: the address in `From`.
    pub from: &'a str,
    /// The number.
    pub to: &'a str,
    /// What the caller asks for as to its privacy (RFC 3323).
    pub privacy: &'a str,
    /// The `Call-ID`s begin with it, and go on with the number of the call.
    pub name: &'a str,
    /// How many such calls there are at once.
    pub calls: u32,
}

impl<'a> Dialled<'a> {
    /// One call.
    pub const fn one(name: &'a str, from: &'a str, to: &'a str) -> Self {
        Self { from, to, privacy: "none", name, calls: 1 }
    }
}

/// Where a telephone can be reached.
#[derive(Clone, Debug)]
pub struct Line {
    at: Ipv4Addr,
    port: u16,
    contact: String,
}

impl Kamailio {
    /// Starts one that tells a certain address, and lets telephones ring for so many milliseconds.
    pub fn start(url: &str, ring_ms: u32) -> Self {
        for _ in 0..5 {
            if let Some(running) = Self::try_start(url, ring_ms) {
                return running;
            }
        }
        panic!("Kamailio does not start: is it installed? `scripts/softswitch` installs it");
    }

    fn try_start(url: &str, ring_ms: u32) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let (port, provider_port) = (free_port(PHONES), free_port(PROVIDER));
        let log = fs::File::create(folder.path().join("kamailio.log")).unwrap();
        let settings = [
            format!("LOGE_URL=\"{url}\""),
            format!("LISTEN=udp:{PHONES}:{port}"),
            format!("PHONES=\"{PHONES}/32\""),
            format!("TRUNK_IP=\"{PROVIDER}\""),
            format!("TRUNK_URI=\"sip:{PROVIDER}:{provider_port}\""),
            "RECEPTION=\"204,205\"".to_owned(),
            format!("RING_MS={ring_ms}"),
        ];
        let mut command = dying_with_us("TERM", "kamailio");
        command.env("PATH", format!("{}:/usr/sbin", std::env::var("PATH").unwrap_or_default()));
        command.args(["-DD", "-E", "-m", "32", "-M", "4"]).arg("-Y").arg(folder.path());
        command.arg("-f").arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/kamailio/kamailio.cfg"));
        for setting in &settings {
            command.args(["-A", setting]);
        }
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log).spawn().ok()?;
        let mut running = Self { child, folder, port, provider_port };
        running.is_ready().then_some(running)
    }

    /// Whether it answers; not if it has stopped.
    fn is_ready(&mut self) -> bool {
        let socket = UdpSocket::bind((PHONES, 0)).unwrap();
        socket.set_read_timeout(Some(Duration::from_millis(50))).unwrap();
        let from = socket.local_addr().unwrap();
        let begun = Instant::now();
        let mut said = [0; 1500];
        while begun.elapsed() < Duration::from_secs(10) && matches!(self.child.try_wait(), Ok(None)) {
            let options = format!(
                "OPTIONS sip:{PHONES}:{} SIP/2.0\r\nVia: SIP/2.0/UDP {from};branch=z9hG4bK-ready;rport\r\nFrom: <sip:{from}>;tag=1\r\n\
                 To: <sip:{PHONES}>\r\nCall-ID: ready@{from}\r\nCSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n",
                self.port
            );
            let _ = socket.send_to(options.as_bytes(), (PHONES, self.port));
            if socket.recv(&mut said).is_ok_and(|length| said[..length].starts_with(b"SIP/2.0 200")) {
                return true;
            }
        }
        false
    }

    /// Registers a telephone under an extension; what it calls itself is its own affair.
    pub async fn register(&self, extension: &str, contact: &str) -> Line {
        let line = Line { at: PHONES, port: free_port(PHONES), contact: contact.to_owned() };
        self.sipp("registers", &line, 1, &["-s", extension]).done().await;
        line
    }

    /// The provider, as calls that go out reach it.
    pub fn provider(&self) -> Line {
        Line { at: PROVIDER, port: self.provider_port, contact: "provider".to_owned() }
    }

    /// Lets a telephone take so many calls.
    pub async fn takes(&self, line: &Line, callee: Callee, calls: u32) -> Sipp {
        let sipp = match callee {
            Callee::Refuses(status) => {
                let text = fs::read_to_string(scenario(callee.scenario())).unwrap();
                let file = self.folder.path().join(format!("{}.xml", line.port));
                fs::write(&file, text.replace("486 Busy Here", status)).unwrap();
                self.run(&file, line, calls, &[])
            }
            _ => self.sipp(callee.scenario(), line, calls, &[]),
        };
        let [a, b, c, d] = line.at.octets();
        let bound = format!(" {d:02X}{c:02X}{b:02X}{a:02X}:{:04X} ", line.port);
        until("the telephone is plugged in", async || fs::read_to_string("/proc/net/udp").unwrap().contains(&bound))
            .await;
        sipp
    }

    /// Calls come from outside.
    pub fn call_in(&self, caller: Caller, dialled: Dialled<'_>) -> Sipp {
        self.call(PROVIDER, caller, dialled)
    }

    /// A telephone of the house calls.
    pub fn call_out(&self, caller: Caller, dialled: Dialled<'_>) -> Sipp {
        self.call(PHONES, caller, dialled)
    }

    fn call(&self, at: Ipv4Addr, caller: Caller, dialled: Dialled<'_>) -> Sipp {
        let line = Line { at, port: free_port(at), contact: "caller".to_owned() };
        let id = format!("{}-%u", dialled.name);
        let more =
            ["-s", dialled.to, "-key", "caller", dialled.from, "-key", "privacy", dialled.privacy, "-cid_str", &id];
        self.sipp(caller.scenario(), &line, dialled.calls, &[&more[..], &["-r", "200"]].concat())
    }

    fn sipp(&self, name: &str, line: &Line, calls: u32, more: &[&str]) -> Sipp {
        self.run(&scenario(name), line, calls, more)
    }

    fn run(&self, file: &Path, line: &Line, calls: u32, more: &[&str]) -> Sipp {
        let log = self.folder.path().join(format!("{}-{}.log", line.at, line.port));
        let mut command = dying_with_us("KILL", "sipp");
        // What it writes by itself goes where it runs.
        command.current_dir(self.folder.path()).arg("-sf").arg(file).args(["-nostdin", "-trace_err", "-error_file"]);
        command.arg(log.with_extension("errors")).args(["-i", &line.at.to_string(), "-p", &line.port.to_string()]);
        command.args(["-m", &calls.to_string(), "-key", "user", &line.contact]).args(more);
        command.arg(format!("{PHONES}:{}", self.port));
        command.stdin(Stdio::null()).stdout(fs::File::create(&log).unwrap()).stderr(Stdio::null());
        Sipp { child: command.spawn().expect("SIPp is installed: `scripts/softswitch` does it"), log }
    }

    /// What it logged.
    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("kamailio.log")).unwrap()
    }
}

impl Drop for Kamailio {
    fn drop(&mut self) {
        // Asked to stop, it takes its helpers along.
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
    }
}

/// Somebody who calls or is called; gone with this value.
pub struct Sipp {
    child: Child,
    log: PathBuf,
}

impl Sipp {
    /// Waits until every one of the calls went as its scenario says.
    pub async fn done(mut self) {
        let begun = Instant::now();
        let mut status = None;
        while status.is_none() && begun.elapsed() < Duration::from_secs(10) {
            tokio::time::sleep(Duration::from_millis(10)).await;
            status = self.child.try_wait().unwrap();
        }
        if !status.is_some_and(|status| status.success()) {
            let errors = fs::read_to_string(self.log.with_extension("errors")).unwrap_or_default();
            panic!("{status:?}: {errors}\n{}", fs::read_to_string(&self.log).unwrap_or_default());
        }
    }
}

impl Drop for Sipp {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn scenario(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/intake/softswitch/{name}.xml"))
}

/// A program in a group of its own, which gets a signal when the thread of the test is gone, however that went.
fn dying_with_us(signal: &str, program: &str) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", signal, program]).process_group(0);
    command
}

/// A port for UDP that was free a moment ago.
fn free_port(at: Ipv4Addr) -> u16 {
    UdpSocket::bind((at, 0)).unwrap().local_addr().unwrap().port()
}
