//! What people's own programs make of what the house sends: a library of calendars, and one that mail programs find threads with.

use serde_json::Value;
use std::{
    collections::BTreeMap,
    fs,
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
};

/// The one event of a calendar, as Python's icalendar reads it.
pub fn event(calendar: &str) -> Value {
    let mut events = events(calendar);
    assert_eq!(events.len(), 1, "{events:?}");
    events.remove(0)
}

/// The events of a calendar, as Python's icalendar reads them.
pub fn events(calendar: &str) -> Vec<Value> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/outreach/invitation.py");
    let mut child = Command::new("/usr/bin/python3")
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("there is no Python");
    child.stdin.take().unwrap().write_all(calendar.as_bytes()).unwrap();
    let read = child.wait_with_output().unwrap();
    assert!(read.status.success(), "scripts/mail-server --install sets up what reads calendars");
    serde_json::from_slice(&read.stdout).unwrap()
}

/// The threads that notmuch finds in some mails: of each its subjects, sorted.
pub fn threads(mails: &[String]) -> Vec<Vec<String>> {
    let folder = tempfile::tempdir().unwrap();
    let new = folder.path().join("mail/new");
    fs::create_dir_all(&new).unwrap();
    for (place, mail) in mails.iter().enumerate() {
        fs::write(new.join(format!("{place}.eml")), mail).unwrap();
    }
    let config = folder.path().join("config");
    let text = format!(
        "[database]\npath={}\n[user]\nname=Essai\nprimary_email=essai@ailleurs.example\n",
        folder.path().display()
    );
    fs::write(&config, text).unwrap();
    let ask = |arguments: &[&str]| {
        let told = Command::new("notmuch")
            .args(arguments)
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .env("HOME", folder.path())
            .env("NOTMUCH_CONFIG", &config)
            .output()
            .expect("scripts/mail-server --install sets up what finds threads");
        assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
        told.stdout
    };
    ask(&["new", "--quiet"]);
    let found: Value = serde_json::from_slice(&ask(&["show", "--format=json", "--entire-thread=true", "*"])).unwrap();
    let mut threads: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (place, thread) in found.as_array().unwrap().iter().enumerate() {
        let mut subjects = Vec::new();
        gather(thread, &mut subjects);
        subjects.sort();
        threads.insert(format!("{subjects:?} {place}"), subjects);
    }
    threads.into_values().collect()
}

/// The subjects of a thread: a list of messages, each with the list of its answers.
fn gather(thread: &Value, subjects: &mut Vec<String>) {
    for part in thread.as_array().into_iter().flatten() {
        match part {
            Value::Array(_) => gather(part, subjects),
            message => subjects.extend(message["headers"]["Subject"].as_str().map(str::to_owned)),
        }
    }
}
