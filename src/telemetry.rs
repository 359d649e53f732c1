//! The office's log, on standard error.
//!
//! The rule: no personal data in logs. No name, number, address, mail address, label or free text of a person is logged, at any level, nor what a
//! request's body or a token holds; a log line names rows by kind and id, operators by id, routes by their template. Who may look at the log
//! is not who may look at the person.

use crate::config::NotAccepted;
use serde::Deserialize;
use std::{
    io::{self, IsTerminal},
    str::FromStr,
};
use thiserror::Error;
use tracing::Subscriber;
use tracing_subscriber::{EnvFilter, fmt::MakeWriter, util::SubscriberInitExt};

/// What is logged, in the words of `tracing-subscriber`: `info`, or `loge=debug,info`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct LogFilter(String);

impl Default for LogFilter {
    fn default() -> Self {
        Self("info".into())
    }
}

impl FromStr for LogFilter {
    type Err = NotAccepted;

    fn from_str(text: &str) -> Result<Self, NotAccepted> {
        // An empty filter would silence errors too.
        if text.trim().is_empty() {
            return Err(NotAccepted);
        }
        EnvFilter::builder().parse(text).map(|_| Self(text.to_owned())).map_err(|_| NotAccepted)
    }
}

impl TryFrom<String> for LogFilter {
    type Error = NotAccepted;

    fn try_from(text: String) -> Result<Self, NotAccepted> {
        text.parse()
    }
}

/// How a log line looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LogFormat {
    /// One line, for people.
    #[default]
    Compact,
    /// One JSON object a line, for programs.
    Json,
}

impl FromStr for LogFormat {
    type Err = NotAccepted;

    fn from_str(text: &str) -> Result<Self, NotAccepted> {
        match text {
            "compact" => Ok(Self::Compact),
            "json" => Ok(Self::Json),
            _ => Err(NotAccepted),
        }
    }
}

/// Why there is no log.
#[derive(Debug, Error)]
pub enum TelemetryError {
    /// Another log was started before.
    #[error("the log was started already")]
    Started,
}

/// Starts the log on standard error, for the whole process; coloured on a terminal unless `NO_COLOR` is set.
///
/// # Errors
/// It was started before.
pub fn start(filter: &LogFilter, format: LogFormat) -> Result<(), TelemetryError> {
    let colour = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    subscriber(filter, format, colour, io::stderr).try_init().map_err(|_| TelemetryError::Started)
}

fn subscriber<W>(filter: &LogFilter, format: LogFormat, colour: bool, writer: W) -> Box<dyn Subscriber + Send + Sync>
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let builder =
        tracing_subscriber::fmt().with_env_filter(EnvFilter::new(&filter.0)).with_ansi(colour).with_writer(writer);
    match format {
        LogFormat::Compact => Box::new(builder.compact().finish()),
        LogFormat::Json => Box::new(builder.json().finish()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Arc, Mutex};

    #[derive(Clone, Default)]
    struct Paper(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Paper {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn logged(filter: &str, format: LogFormat) -> String {
        let paper = Paper::default();
        let ink = paper.clone();
        let subscriber = subscriber(&filter.parse().unwrap(), format, false, move || ink.clone());
        tracing::subscriber::with_default(subscriber, || {
            tracing::info!(request = "26-1047", "triaged");
            tracing::debug!("a detail");
        });
        String::from_utf8(paper.0.lock().unwrap().clone()).unwrap()
    }

    #[test]
    fn the_log_for_people_is_one_line_an_event_without_escapes() {
        let text = logged("info", LogFormat::Compact);
        assert_eq!(text.lines().count(), 1, "{text}");
        assert!(text.contains("triaged") && text.contains("26-1047") && !text.contains('\u{1b}'), "{text}");
    }

    #[test]
    fn the_log_for_programs_is_json() {
        let value: serde_json::Value = serde_json::from_str(&logged("info", LogFormat::Json)).unwrap();
        assert_eq!(value["fields"]["request"], "26-1047");
    }

    #[test]
    fn the_filter_decides_what_is_logged() {
        assert_eq!(logged("loge=debug,warn", LogFormat::Compact).lines().count(), 2);
        assert_eq!(logged("warn", LogFormat::Compact), "");
    }

    #[test]
    fn a_filter_that_means_nothing_is_refused() {
        for text in ["", "  ", "loge=loud", "[["] {
            assert_eq!(text.parse::<LogFilter>(), Err(NotAccepted), "{text}");
        }
    }
}
