//! Looks on at a practice: follows what the office commits, as an account that sees all of it.

use super::{Progress, Story};
use crate::{
    client::{ChangeStream, Client, ClientError, StreamEvent},
    domain::{operator::Language, time::Instant},
    wire::change::Seq,
};
use std::time::Duration;
use tokio::time::timeout;

/// How long is waited at most for what was committed before the end.
const LAST_WORDS: Duration = Duration::from_secs(5);

/// Looks on.
pub struct Watch {
    client: Client,
    stream: ChangeStream,
    /// How far it is.
    pub progress: Progress,
}

impl Watch {
    /// Begins to look on.
    ///
    /// # Errors
    /// The office does not answer.
    pub async fn begin(client: Client, story: Story, at: Instant) -> Result<Self, ClientError> {
        let snapshot = client.snapshot().await?;
        let stream = client.changes(snapshot.seq);
        Ok(Self { progress: Progress::of(story, &snapshot, at), client, stream })
    }

    /// Waits until something was committed; false once nothing more can be told. Nothing is lost when waiting for it is given up.
    pub async fn next(&mut self) -> bool {
        loop {
            match self.stream.next().await {
                Some(StreamEvent::Change(change)) => {
                    self.progress.take(&change);
                    return true;
                }
                Some(StreamEvent::Reset(problem) | StreamEvent::Ended(problem)) => {
                    tracing::warn!(problem = problem.detail, "the practice goes on unseen");
                    return false;
                }
                Some(_) => {}
                None => return false,
            }
        }
    }

    /// Takes in all that is committed by now.
    pub async fn catch_up(&mut self) {
        let Ok(snapshot) = self.client.snapshot().await else { return };
        let until: Seq = snapshot.seq;
        let caught_up = async { while self.stream.at() < until && self.next().await {} };
        if timeout(LAST_WORDS, caught_up).await.is_err() {
            tracing::warn!("the last of the practice was not seen");
        }
    }

    /// The report, line by line.
    pub fn report(&self, language: Language) -> Vec<String> {
        self.progress.report(language)
    }
}
