//! A real mail server as a child process, told what to do by a file.

use std::{
    fs,
    io::{BufRead as _, BufReader, ErrorKind},
    path::Path,
    process::{Child, Command, Stdio},
};
use tempfile::TempDir;

/// The server, on a free port of this machine; gone with this value.
pub struct MailServer {
    child: Child,
    folder: TempDir,
    /// Where it listens.
    pub port: u16,
}

impl MailServer {
    /// Starts one and waits until it listens.
    pub fn start() -> Self {
        Self::by(&[], &[])
    }

    /// The same, protected in these ways, with these files in its folder.
    pub fn by(ways: &[&str], files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            fs::write(folder.path().join(name), text).unwrap();
        }
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/mail-server");
        let mut child = Command::new(script)
            .arg(folder.path())
            .args(ways)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("scripts/mail-server cannot be started");
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let port = lines.find_map(|line| line.strip_prefix("listens: ")?.parse().ok());
        Self { child, folder, port: port.expect("scripts/mail-server --install sets up what the server needs") }
    }

    /// Tells it what to do from now on.
    pub fn set(&self, mood: &str) {
        let part = self.folder.path().join(".mood");
        fs::write(&part, mood).unwrap();
        fs::rename(part, self.folder.path().join("mood")).unwrap();
    }

    /// The mails that it took, in their order.
    pub fn mails(&self) -> Vec<String> {
        (1..)
            .map_while(|number| match fs::read(self.folder.path().join(format!("{number}.eml"))) {
                Ok(bytes) => Some(String::from_utf8(bytes).unwrap()),
                Err(error) if error.kind() == ErrorKind::NotFound => None,
                Err(error) => panic!("{error}"),
            })
            .collect()
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// A header of a mail, unfolded; empty if it is missing.
pub fn header(mail: &str, name: &str) -> String {
    let head = mail.split("\r\n\r\n").next().unwrap().replace("\r\n ", " ");
    let line = head.lines().find(|line| line.to_lowercase().starts_with(&format!("{}:", name.to_lowercase())));
    line.map(|line| line[name.len() + 1..].trim().to_owned()).unwrap_or_default()
}
