//! Paper: what can be printed, and the machine's own command that prints it.

use crate::{
    client::{Client, ClientError, Form},
    config::{command_line::CommandLine, console::PrintAs},
    domain::ids::{PermanenceId, PostingId, RoundId},
};
use std::{process::Stdio, time::Duration};
use thiserror::Error;
use tokio::{io::AsyncWriteExt as _, process::Command, time::timeout};

/// A sheet of the office's that can be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    /// What a desk closed with.
    Closing(PermanenceId),
    /// The receipt of a payment.
    Receipt(PostingId),
    /// A courier's round.
    Round(RoundId),
}

/// Why nothing was printed.
#[derive(Debug, Error)]
pub enum NotPrinted {
    /// The office did not give the sheet.
    #[error(transparent)]
    Office(#[from] ClientError),
    /// The command that prints could not be run, or failed.
    #[error("{program}: {why}")]
    Command {
        /// The program.
        program: String,
        /// Why, in its own words where it has some.
        why: String,
    },
}

/// How long the command that prints may take: it hands over to a queue.
const LONGEST: Duration = Duration::from_secs(30);

/// The machine's printer.
#[derive(Clone, Debug)]
pub struct Printer {
    /// What prints its standard input.
    pub command: CommandLine,
    /// As what a sheet is handed to it.
    pub print_as: PrintAs,
}

impl Printer {
    /// Fetches a sheet and hands it to the command. Nothing of it stays on this machine by Loge's doing.
    ///
    /// # Errors
    /// What is in the way.
    pub async fn print(&self, client: &Client, paper: Paper) -> Result<(), NotPrinted> {
        let form = match self.print_as {
            PrintAs::Text => Form::Text,
            PrintAs::Html => Form::Html,
        };
        let path = match paper {
            Paper::Closing(id) => format!("/v1/permanences/{id}/sheet"),
            Paper::Receipt(id) => format!("/v1/postings/{id}/receipt"),
            Paper::Round(id) => format!("/v1/rounds/{id}/sheet"),
        };
        let sheet = client.sheet(path, form).await?;
        let failed = |why: String| NotPrinted::Command { program: self.command.program.clone(), why };
        timeout(LONGEST, self.hand_over(&sheet)).await.unwrap_or_else(|_| Err("30 s".to_owned())).map_err(failed)
    }

    async fn hand_over(&self, sheet: &[u8]) -> Result<(), String> {
        let mut printing = Command::new(&self.command.program)
            .args(&self.command.arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| error.to_string())?;
        if let Some(mut into) = printing.stdin.take() {
            // Who does not read to the end says why on its way out.
            let _ = into.write_all(sheet).await;
        }
        let output = printing.wait_with_output().await.map_err(|error| error.to_string())?;
        if output.status.success() {
            return Ok(());
        }
        let said = String::from_utf8_lossy(&output.stderr);
        let said = said.lines().map(str::trim).find(|line| !line.is_empty());
        Err(said.map_or_else(|| output.status.to_string(), str::to_owned))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printer(command: &[&str]) -> Printer {
        let words: Vec<String> = command.iter().map(|&word| word.to_owned()).collect();
        Printer { command: words.try_into().unwrap(), print_as: PrintAs::Text }
    }

    #[tokio::test]
    async fn what_is_printed_reaches_the_command_whole() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("paper");
        let sheet = "Reçu\n".repeat(40_000);
        printer(&["tee", file.to_str().unwrap()]).hand_over(sheet.as_bytes()).await.unwrap();
        assert_eq!(std::fs::read_to_string(file).unwrap(), sheet);
    }

    #[tokio::test]
    async fn a_command_that_fails_is_told_in_its_own_words() {
        let failing = printer(&["sh", "-c", "echo 'no default destination' >&2; exit 1"]);
        assert_eq!(failing.hand_over(b"x").await, Err("no default destination".to_owned()));
        let missing = printer(&["loge-has-no-such-printer"]).hand_over(b"x").await;
        assert!(missing.is_err_and(|why| why.contains("os error 2")));
    }
}
