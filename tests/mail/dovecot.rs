//! A real IMAP server: Dovecot, as Debian packages it, in a process of its own with a temporary folder and a free port.

use crate::authority::Certified;
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

/// How a server protects its lines, and whom it lets in.
#[derive(Clone, Debug, Default)]
pub struct Ways {
    /// It offers STARTTLS and TLS from the first byte, takes no password without, and shows this certificate.
    pub certificate: Option<Certified>,
    /// It asks this address whether a token is good (RFC 7662), and takes XOAUTH2.
    pub introspection: Option<String>,
}

/// A server; gone with this value.
pub struct Dovecot {
    child: Child,
    folder: TempDir,
    /// Where it listens: in the clear, with STARTTLS where it has a certificate.
    pub port: u16,
    /// Where it listens with TLS from the first byte, if it has a certificate.
    pub tls_port: u16,
}

/// Whether this process may change its user, as the server does then.
fn is_root() -> bool {
    fs::read_to_string("/proc/self/status").unwrap().lines().any(|line| line.starts_with("Uid:\t0\t"))
}

fn settings(folder: &Path, port: u16, tls_port: u16, ways: &Ways) -> String {
    let tls = ways.certificate.as_ref().map_or("ssl = no\ndisable_plaintext_auth = no\n".to_owned(), |shown| {
        fs::write(folder.join("certificate"), &shown.certificate).unwrap();
        fs::write(folder.join("key"), &shown.key).unwrap();
        let at = folder.display();
        format!("ssl = required\nssl_cert = <{at}/certificate\nssl_key = <{at}/key\n")
    });
    let oauth = ways.introspection.as_ref().map_or(String::new(), |url| {
        let rules = format!(
            "introspection_url = {url}\nintrospection_mode = auth\nusername_attribute = sub\nactive_attribute = active\nactive_value = true\n"
        );
        fs::write(folder.join("oauth2"), rules).unwrap();
        format!(
            "auth_mechanisms = plain login xoauth2\npassdb {{\n  driver = oauth2\n  mechanisms = xoauth2\n  args = {}/oauth2\n}}\n",
            folder.display()
        )
    });
    let tls_port = if ways.certificate.is_some() { tls_port } else { 0 };
    let at = folder.display();
    let own = std::env::var("USER").unwrap_or_default();
    // Not root: everything runs as who runs the tests.
    let (users, owner) = if is_root() {
        (String::new(), "uid=65534 gid=65534")
    } else {
        (format!("default_login_user = {own}\ndefault_internal_user = {own}\n"), "")
    };
    format!(
        "base_dir = {at}/run\nstate_dir = {at}/state\nlog_path = {at}/log\nprotocols = imap\nlisten = 127.0.0.1\n{tls}{oauth}\
         first_valid_uid = 1\nmail_location = maildir:{at}/mail/%u\nmailbox_idle_check_interval = 1 s\n{users}\
         passdb {{\n  driver = static\n  mechanisms = plain login\n  args = password={PASSWORD_FIELD}\n}}\nuserdb {{\n  driver = static\n  args = {owner} home={at}/mail/%u\n}}\n\
         service imap-login {{\n  chroot =\n  inet_listener imap {{\n    port = {port}\n  }}\n  inet_listener imaps {{\n    port = {tls_port}\n    ssl = yes\n  }}\n}}\n\
         service anvil {{\n  chroot =\n}}\nservice stats {{\n  chroot =\n}}\nnamespace inbox {{\n  inbox = yes\n  mailbox Traites {{\n    auto = create\n  }}\n}}\n"
    )
}

/// In the settings a password is one word.
const PASSWORD_FIELD: &str = "un-secret-de-test";

impl Dovecot {
    /// Starts a server with one empty mailbox.
    pub fn start() -> Self {
        Self::with(&Ways::default())
    }

    /// The same, protected.
    pub fn with(ways: &Ways) -> Self {
        for _ in 0..5 {
            if let Some(server) = Self::try_start(ways) {
                return server;
            }
        }
        panic!("Dovecot does not start: is dovecot-imapd installed? `scripts/dovecot` installs it");
    }

    fn try_start(ways: &Ways) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        // Both are held until both are known, or they could be one.
        let free = [(), ()].map(|()| TcpListener::bind("127.0.0.1:0").unwrap());
        let [port, tls_port] = free.each_ref().map(|listener| listener.local_addr().unwrap().port());
        drop(free);
        let config = folder.path().join("dovecot.conf");
        fs::write(&config, settings(folder.path(), port, tls_port, ways)).unwrap();
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
        let server = Self { child, folder, port, tls_port };
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
