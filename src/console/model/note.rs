//! A text of several lines: a note on a request.

use crate::domain::ids::RequestId;
use ratatui_textarea::TextArea;

/// A note being written.
#[derive(Debug)]
pub struct Note {
    /// On which request.
    pub request: RequestId,
    /// What is typed.
    pub text: Box<TextArea<'static>>,
}
