//! Commands that the configuration names.

use super::NotAccepted;
use serde::Deserialize;
use std::str::FromStr;

/// A command with its arguments, run without a shell. On command line and in the environment they are parted by spaces.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Vec<String>")]
pub struct CommandLine {
    /// The program.
    pub program: String,
    /// Its arguments.
    pub arguments: Vec<String>,
}

impl CommandLine {
    /// The usual one of systems with CUPS, to the usual printer.
    pub(super) fn lp() -> Self {
        Self { program: "lp".into(), arguments: Vec::new() }
    }
}

impl TryFrom<Vec<String>> for CommandLine {
    type Error = NotAccepted;

    fn try_from(words: Vec<String>) -> Result<Self, NotAccepted> {
        let mut words = words.into_iter();
        let program = words.next().filter(|program| !program.is_empty()).ok_or(NotAccepted)?;
        Ok(Self { program, arguments: words.collect() })
    }
}

impl FromStr for CommandLine {
    type Err = NotAccepted;

    fn from_str(text: &str) -> Result<Self, NotAccepted> {
        text.split_whitespace().map(str::to_owned).collect::<Vec<_>>().try_into()
    }
}
