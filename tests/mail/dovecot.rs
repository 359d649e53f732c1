//! A real IMAP server: Dovecot, as Debian packages it, in a process of its own with a temporary folder and a free port.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// The account's name.
pub const USER: &str = "accueil";

/// A server; gone with this value.
pub struct Dovecot {
    child: Child,
    folder: TempDir,
    /// Where it listens.
    pub port: u16,
}

/// Whether this process may change its user, as the server does then.
fn is_root() -> bool {
    fs::read_to_string("/proc/self/status").unwrap().lines().any(|line| line.starts_with("Uid:\t0\t"))
}

fn settings(folder: &Path, port: u16) -> String {
    let at = folder.display();
    let own = std::env::var("USER").unwrap_or_default();
    // Not root: everything runs as who runs the tests.
    let (users, owner) = if is_root() {
        (String::new(), "uid=65534 gid=65534")
    } else {
        (format!("default_login_user = {own}\ndefault_internal_user = {own}\n"), "")
    };
    format!(
        "base_dir = {at}/run\nstate_dir = {at}/state\nlog_path = {at}/log\nprotocols = imap\nlisten = 127.0.0.1\nssl = no\n\
         disable_plaintext_auth = no\nfirst_valid_uid = 1\nmail_location = maildir:{at}/mail/%u\nmailbox_idle_check_interval = 1 s\n{users}\
         passdb {{\n  driver = static\n  args = password={PASSWORD_FIELD}\n}}\nuserdb {{\n  driver = static\n  args = {owner} home={at}/mail/%u\n}}\n\
         service imap-login {{\n  chroot =\n  inet_listener imap {{\n    port = {port}\n  }}\n  inet_listener imaps {{\n    port = 0\n  }}\n}}\n\
         service anvil {{\n  chroot =\n}}\nservice stats {{\n  chroot =\n}}\nnamespace inbox {{\n  inbox = yes\n  mailbox Traites {{\n    auto = create\n  }}\n}}\n"
    )
}

/// In the settings a password is one word.
const PASSWORD_FIELD: &str = "un-secret-de-test";

impl Dovecot {
    /// Starts a server with one empty mailbox.
    pub fn start() -> Self {
        for _ in 0..5 {
            if let Some(server) = Self::try_start() {
                return server;
            }
        }
        panic!("Dovecot does not start: is dovecot-imapd installed? `scripts/dovecot` installs it");
    }

    fn try_start() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let config = folder.path().join("dovecot.conf");
        fs::write(&config, settings(folder.path(), port)).unwrap();
        for name in ["mail", "run", "state"] {
            fs::create_dir(folder.path().join(name)).unwrap();
        }
        open_to_all(folder.path(), 0o755);
        open_to_all(&folder.path().join("mail"), 0o777);
        fs::write(folder.path().join("password"), PASSWORD_FIELD).unwrap();
        let program = ["/usr/sbin/dovecot", "/usr/bin/dovecot"].into_iter().find(|path| Path::new(path).exists());
        let child = Command::new(program.unwrap_or("dovecot"))
            .args(["-F", "-c"])
            .arg(&config)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let server = Self { child, folder, port };
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(10) {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return Some(server);
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        None
    }

    /// The file that holds the account's password.
    pub fn password_file(&self) -> std::path::PathBuf {
        self.folder.path().join("password")
    }

    /// Somebody at the mailbox.
    pub fn client(&self) -> Imap {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        let mut imap = Imap { stream: BufReader::new(stream), tag: 0 };
        imap.line();
        imap.ask(&format!("LOGIN {USER} {PASSWORD_FIELD}"));
        imap.ask("SELECT INBOX");
        imap
    }

    /// Puts a message into the mailbox.
    pub fn deliver(&self, raw: &[u8]) {
        self.client().append(raw);
    }

    /// Closes every connection, as a restart does.
    pub fn drop_connections(&self) {
        let config = self.folder.path().join("dovecot.conf");
        let done = Command::new("doveadm").args(["-c"]).arg(config).args(["kick", USER]).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }
}

fn open_to_all(path: &Path, mode: u32) {
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(mode)).unwrap();
}

impl Drop for Dovecot {
    fn drop(&mut self) {
        // Asked to stop, it takes its helpers along.
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
    }
}

/// A plain conversation with the server.
pub struct Imap {
    stream: BufReader<TcpStream>,
    tag: u32,
}

impl Imap {
    fn line(&mut self) -> String {
        let mut line = String::new();
        self.stream.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }

    fn say(&mut self, text: &[u8]) {
        self.stream.get_mut().write_all(text).unwrap();
        self.stream.get_mut().write_all(b"\r\n").unwrap();
    }

    /// Gives a command, which must succeed; what was answered before.
    pub fn ask(&mut self, command: &str) -> Vec<String> {
        self.tag += 1;
        let tag = format!("t{}", self.tag);
        self.say(format!("{tag} {command}").as_bytes());
        self.answers(&tag, command)
    }

    fn answers(&mut self, tag: &str, command: &str) -> Vec<String> {
        let mut lines = Vec::new();
        loop {
            let line = self.line();
            if let Some(end) = line.strip_prefix(&format!("{tag} ")) {
                assert!(end.starts_with("OK"), "{command}: {end}");
                return lines;
            }
            assert!(!line.is_empty() || lines.len() < 1000, "{command}: the server went away");
            lines.push(line);
        }
    }

    /// Puts a message into the folder.
    pub fn append(&mut self, raw: &[u8]) {
        self.tag += 1;
        let tag = format!("t{}", self.tag);
        self.say(format!("{tag} APPEND INBOX {{{}}}", raw.len()).as_bytes());
        assert!(self.line().starts_with('+'));
        self.say(raw);
        self.answers(&tag, "APPEND");
    }

    /// How many messages of the folder match.
    pub fn count(&mut self, query: &str) -> usize {
        let lines = self.ask(&format!("SEARCH {query}"));
        let found = lines.iter().find_map(|line| line.strip_prefix("* SEARCH")).unwrap_or_default();
        found.split_whitespace().count()
    }
}
