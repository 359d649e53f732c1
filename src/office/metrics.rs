//! Counters for an administrator, in the OpenMetrics text format.

use crate::wire::change::Seq;
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::{Registry, Unit},
};
use std::{fmt, time::Duration};

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Status {
    status: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Named {
    command: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfMailbox {
    mailbox: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Mailed {
    mailbox: String,
    outcome: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct From {
    source: String,
}

/// The counters of one office.
pub struct Metrics {
    registry: Registry,
    answers: Family<Status, Counter>,
    commands: Family<Named, Counter>,
    seconds: Histogram,
    streams: Gauge,
    seq: Gauge,
    mail: Family<Mailed, Counter>,
    mailboxes: Family<OfMailbox, Gauge>,
    telephony: Telephony,
}

/// What is counted of telephone systems.
#[derive(Default)]
struct Telephony {
    events: Family<From, Counter>,
    unreadable: Family<From, Counter>,
    connected: Family<From, Gauge>,
}

impl Telephony {
    fn register(&self, registry: &mut Registry) {
        registry.register("telephony_events", "Events of calls taken, by telephone system", self.events.clone());
        let help = "Deliveries that could not be read, by telephone system";
        registry.register("telephony_unreadable", help, self.unreadable.clone());
        let help = "Whether the connection to a telephone system stands";
        registry.register("telephony_connected", help, self.connected.clone());
    }
}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Metrics")
    }
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("loge");
        let metrics = |registry: &mut Registry| {
            let answers = Family::<Status, Counter>::default();
            registry.register("http_answers", "Answers by HTTP status", answers.clone());
            let commands = Family::<Named, Counter>::default();
            registry.register("commands", "Commands asked for, by name", commands.clone());
            let seconds = Histogram::new([0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 5.0]);
            registry.register_with_unit(
                "command",
                "Time from a command's arrival to its answer",
                Unit::Seconds,
                seconds.clone(),
            );
            let streams = Gauge::default();
            registry.register("change_streams", "Open change streams", streams.clone());
            let seq = Gauge::default();
            registry.register("feed_seq", "The last place of the change feed", seq.clone());
            (answers, commands, seconds, streams, seq)
        };
        let (answers, commands, seconds, streams, seq) = metrics(&mut registry);
        let mail = Family::<Mailed, Counter>::default();
        registry.register("mail", "Messages by mailbox: taken, known before, or troubled", mail.clone());
        let mailboxes = Family::<OfMailbox, Gauge>::default();
        registry.register("mailbox_connected", "Whether a mailbox is watched by this office", mailboxes.clone());
        let telephony = Telephony::default();
        telephony.register(&mut registry);
        Self { registry, answers, commands, seconds, streams, seq, mail, mailboxes, telephony }
    }
}

impl Metrics {
    /// An answer went out.
    pub fn answered(&self, status: u16) {
        self.answers.get_or_create(&Status { status: status.into() }).inc();
    }

    /// A command was answered.
    pub fn commanded(&self, command: &'static str, elapsed: Duration) {
        self.commands.get_or_create(&Named { command }).inc();
        self.seconds.observe(elapsed.as_secs_f64());
    }

    /// A message came: `taken`, `known` or `trouble`.
    pub fn mail(&self, mailbox: &str, outcome: &'static str) {
        self.mail.get_or_create(&Mailed { mailbox: mailbox.to_owned(), outcome }).inc();
    }

    /// A mailbox is watched, or no longer.
    pub fn mailbox_connected(&self, mailbox: &str, connected: bool) {
        self.mailboxes.get_or_create(&OfMailbox { mailbox: mailbox.to_owned() }).set(connected.into());
    }

    /// An event of a telephone system was taken.
    pub fn telephony_event(&self, source: &str) {
        self.telephony.events.get_or_create(&From { source: source.to_owned() }).inc();
    }

    /// Something of a telephone system could not be read.
    pub fn telephony_unreadable(&self, source: &str) {
        self.telephony.unreadable.get_or_create(&From { source: source.to_owned() }).inc();
    }

    /// Whether the connection to a telephone system stands.
    pub fn telephony_connected(&self, source: &str, connected: bool) {
        self.telephony.connected.get_or_create(&From { source: source.to_owned() }).set(connected.into());
    }

    /// Everything as text.
    pub fn text(&self, streams: usize, seq: Seq) -> String {
        self.streams.set(i64::try_from(streams).unwrap_or(i64::MAX));
        self.seq.set(seq.0);
        let mut text = String::new();
        // Writing to a string does not fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}
