//! Traffic as the vendors' documentation describes it, or as a real system sent it, with invented people: `recorded/FORMAT/STORY.txt`.

use crate::common::House;
use loge::{
    domain::{
        call::{CallEvent, LineState},
        time::Instant,
    },
    office::intake::telephony::{
        Delivery, Format,
        ami::{self, Message},
        ovh,
    },
};
use serde_json::Value;
use std::{fs, path::Path};

/// A recording, and how each of its calls ends.
#[derive(Clone, Debug)]
pub struct Story {
    pub format: &'static str,
    pub name: &'static str,
    /// By the system's name for the call, in the order of these names.
    pub ends: &'static [(&'static str, LineState)],
}

use LineState::{Ended, Missed, Ringing};

const fn story(format: &'static str, name: &'static str, ends: &'static [(&'static str, LineState)]) -> Story {
    Story { format, name, ends }
}

/// Every recording.
pub const STORIES: &[Story] = &[
    story("cti", "answered", &[("a-1", Ended)]),
    story("cti", "missed", &[("m-1", Missed)]),
    story("cti", "forwarded", &[("f-1", Ended)]),
    story("cti", "out", &[("o-1", Ended)]),
    story(
        "cti",
        "kamailio",
        &[
            ("answered-1", Ended),
            ("busy-1", Missed),
            ("gave-up-1", Missed),
            ("out-1", Ended),
            ("unanswered-1", Missed),
            ("unknown-1", Missed),
        ],
    ),
    story(
        "cti",
        "strange",
        &[("42", Ringing), ("s-1", Ringing), ("s-2", Ringing), ("s-3", Ringing), ("s-4", Ringing), ("s-5", Missed)],
    ),
    story("sipgate", "answered", &[("12111955", Ended)]),
    story("sipgate", "transferred", &[("12111955", Ended)]),
    story("sipgate", "forwarded", &[("500", Missed)]),
    story("aircall", "answered", &[("780836700", Ended)]),
    story("aircall", "missed", &[("780836701", Missed)]),
    story("ovh", "line", &[("N2Zk.", Ended)]),
    story("ovh", "queue", &[("6f1c", Ended), ("7a2d", Missed)]),
    story("asterisk", "queue", &[("100.1", Ended)]),
    story("asterisk", "missed", &[("200.1", Missed)]),
    story("asterisk", "out", &[("300.1", Ended)]),
    story("asterisk", "transfer", &[("400.1", Ended)]),
];

/// When the recordings begin.
pub fn start() -> Instant {
    Instant::from_micros(1_795_770_000_000_000).unwrap()
}

impl Story {
    fn text(&self) -> String {
        let file = format!("tests/intake/recorded/{}/{}.txt", self.format, self.name);
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap()
    }

    /// What is sent, each with the second at which it comes.
    pub fn deliveries(&self) -> Vec<(i64, String)> {
        let text = self.text();
        let parts =
            text.split("---\n").map(|part| match part.strip_prefix("at ").and_then(|rest| rest.split_once('\n')) {
                Some((second, body)) => (second.parse().unwrap(), body.trim_end().to_owned()),
                None => (0, part.trim_end().to_owned()),
            });
        parts.collect()
    }

    /// The messages of a manager interface.
    pub fn messages(&self) -> Vec<String> {
        self.text().split("\n\n").map(|part| part.trim().to_owned()).collect()
    }

    /// The events that the adapter makes of it.
    pub fn events(&self) -> Vec<CallEvent> {
        let source = "pabx".parse().unwrap();
        let at = |second| start().plus(jiff::SignedDuration::from_secs(second));
        match self.format {
            "asterisk" => {
                let read = |text: String| {
                    let mut message = Message::default();
                    text.lines().for_each(|line| message.take(line));
                    ami::read(&source, &message, start())
                };
                self.messages().into_iter().filter_map(read).collect()
            }
            "ovh" => {
                let read = |(_, body): (i64, String)| ovh::read(&source, body.as_bytes(), start()).unwrap().events;
                self.deliveries().into_iter().flat_map(read).collect()
            }
            format => {
                let format: Format = format.parse().unwrap();
                let read = |(second, body): (i64, String)| {
                    let url = "https://loge.example/v1/intake/calls/jeton";
                    let delivery = Delivery { source: &source, body: body.as_bytes(), at: at(second), url };
                    format.read(&delivery).unwrap().events
                };
                self.deliveries().into_iter().flat_map(read).collect()
            }
        }
    }
}

/// The recording of this name.
pub fn named(format: &str, name: &str) -> &'static Story {
    STORIES.iter().find(|story| story.format == format && story.name == name).unwrap()
}

/// The contacts of a telephone system's calls, by its names for them.
pub async fn contacts(house: &House, source: &str) -> Vec<(String, Value)> {
    let mut tx = house.office.app.store.read().await.unwrap();
    let rows = tx.rows("SELECT CAST(doc AS TEXT) FROM contact", &[]).await.unwrap();
    let rows = rows.iter().map(|row| serde_json::from_str::<Value>(&row.text(0).unwrap()).unwrap());
    let mut all: Vec<_> = rows
        .filter(|row| row["origin"]["source"] == source)
        .map(|row| (row["origin"]["call_id"].as_str().unwrap().to_owned(), row))
        .collect();
    all.sort_by(|one, other| one.0.cmp(&other.0));
    all
}

/// How the calls of a telephone system stand.
pub async fn lines(house: &House, source: &str) -> Vec<(String, String)> {
    let all = contacts(house, source).await;
    all.into_iter().map(|(id, row)| (id, row["origin"]["line"].as_str().unwrap().to_owned())).collect()
}

/// How they are to stand.
pub fn ends(story: &Story) -> Vec<(String, String)> {
    use loge::domain::machine::State as _;
    story.ends.iter().map(|(id, line)| ((*id).to_owned(), line.name().to_owned())).collect()
}
