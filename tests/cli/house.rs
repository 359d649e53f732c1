//! A home of its own for the program, and what one does there.

use loge::office::storage::Store;
use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};
use tempfile::TempDir;

/// A home with nothing in it.
pub struct House(TempDir);

/// How a command ended.
pub struct Done {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl House {
    pub fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    /// A home with a database and its first account.
    pub fn initialised() -> Self {
        let house = Self::new();
        let done = house.loge(&["office", "init"]);
        assert_eq!(done.status, 0, "{}", done.err);
        house
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// The program in this home and with no other surroundings, in English unless the test says otherwise.
    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_loge"));
        command
            .env_clear()
            .env("HOME", self.0.path())
            .env("XDG_CONFIG_HOME", self.path("config"))
            .env("XDG_DATA_HOME", self.path("data"))
            .env("LC_ALL", "en_GB.UTF-8")
            .current_dir(self.0.path())
            .stdin(Stdio::null());
        command
    }

    pub fn run(command: &mut Command) -> Done {
        let output = command.output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Done { status: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }

    pub fn loge(&self, args: &[&str]) -> Done {
        Self::run(self.command().args(args))
    }

    pub fn example() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/directory")
    }

    pub fn import(&self, folder: &Path) -> Done {
        self.loge(&["office", "import", folder.to_str().unwrap()])
    }

    pub fn import_example(&self) -> Done {
        let done = self.import(&Self::example());
        assert_eq!(done.status, 0, "{}", done.err);
        done
    }

    /// Changes the database behind the program's back.
    pub async fn sql(&self, statement: &'static str) {
        let store = Store::open_file(&self.path("data/loge/loge.sqlite")).await.unwrap();
        let mut tx = store.write().await.unwrap();
        tx.execute(statement, &[]).await.unwrap();
        tx.commit().await.unwrap();
        store.close().await;
    }

    /// An office that serves on a free port.
    pub fn serve(&self) -> Serving {
        let mut child = self
            .command()
            .args(["office", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut said = String::new();
        while !said.contains("http://") {
            if out.read_line(&mut said).unwrap() == 0 {
                let mut err = String::new();
                child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
                panic!("the office did not start: {said}{err}");
            }
        }
        let url = said.split("http://").nth(1).unwrap();
        let address = url.split(['.', ' ']).take(4).collect::<Vec<_>>().join(".");
        Serving { child, said, address }
    }
}

/// An office that serves; killed when dropped.
pub struct Serving {
    child: Child,
    /// What it said until it served.
    pub said: String,
    /// Where it serves.
    pub address: String,
}

impl Serving {
    /// Sends SIGTERM and waits; none if it has not ended in this time.
    pub fn terminate(mut self, within: Duration) -> Option<i32> {
        let sent = Command::new("sh").args(["-c", &format!("kill -TERM {}", self.child.id())]).status().unwrap();
        assert!(sent.success());
        let (ended, heard) = mpsc::channel();
        let id = self.child.id();
        // The pipe closes when the process ends.
        let mut err = self.child.stderr.take().unwrap();
        thread::spawn(move || {
            let mut rest = Vec::new();
            let _ = err.read_to_end(&mut rest);
            let _ = ended.send(id);
        });
        heard.recv_timeout(within).ok()?;
        self.child.wait().unwrap().code()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
