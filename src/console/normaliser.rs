//! What stands between a terminal's bytes and the key table: puts right what terminals and slow lines do to keys. Pure; time comes in.
//!
//! It reads the bytes itself. A library that hands over events has already forgotten which bytes came together: it makes one Esc of two, and
//! of an Esc before an arrow it makes the three characters `Esc [ A`, so that no one can tell them from an arrow that was cut.

mod sequence;

use super::keymap::{Key, KeyCode};
use sequence::{Found, first_in};
use std::time::{Duration, Instant};

/// What an operator did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted: its lines are parted by `\n`, nothing else in it is a control character.
    Paste(String),
}

/// How long a lone Esc may be the beginning of a key that was cut on the way.
pub const ESC_WAIT: Duration = Duration::from_millis(50);

/// The same over SSH, where what belongs together comes less close together.
pub const ESC_WAIT_REMOTE: Duration = Duration::from_millis(100);

/// How long a paste may pause; one whose end was lost must not swallow what is typed for ever.
const PASTE_WAIT: Duration = Duration::from_secs(2);

/// Makes keys of bytes, however they were cut or glued.
///
/// - Alt and a key is Esc and then the key, for terminals send the same for both; nothing is bound to Alt.
/// - A lone Esc is one after a wait, unless the rest of a key comes before.
/// - A line feed right after Enter is dropped; Ctrl-C is Esc; a character that Ctrl and Alt made is text (`AltGr`, to some terminals).
/// - What a terminal tells by itself (its focus, its colours) is dropped.
#[derive(Clone, Debug)]
pub struct Normaliser {
    wait: Duration,
    held: Vec<u8>,
    until: Option<Instant>,
    after_enter: bool,
}

impl Normaliser {
    /// One that waits that long for the rest of a key.
    pub const fn new(wait: Duration) -> Self {
        Self { wait, held: Vec::new(), until: None, after_enter: false }
    }

    /// When [`Self::expire`] must be called if no byte comes before.
    pub const fn deadline(&self) -> Option<Instant> {
        self.until
    }

    /// What is certain at that time without another byte.
    pub fn expire(&mut self, now: Instant) -> Vec<Input> {
        let mut inputs = Vec::new();
        if self.until.is_some_and(|until| now >= until) {
            self.read(&mut inputs, true);
            self.until = None;
        }
        inputs
    }

    /// What bytes that came at that time make certain.
    pub fn feed(&mut self, bytes: &[u8], now: Instant) -> Vec<Input> {
        let mut inputs = self.expire(now);
        self.held.extend_from_slice(bytes);
        self.read(&mut inputs, false);
        let wait = if self.held.starts_with(sequence::PASTE_BEGINS) { PASTE_WAIT } else { self.wait };
        self.until = (!self.held.is_empty()).then(|| now + wait);
        inputs
    }

    /// Reads what is held; with `all`, also what may have been the beginning of something.
    fn read(&mut self, inputs: &mut Vec<Input>, all: bool) {
        let mut read = 0;
        while let Some(rest) = self.held.get(read..).filter(|rest| !rest.is_empty()) {
            let (taken, found) = match first_in(rest) {
                Some(first) => first,
                None if all => sequence::as_it_is(rest),
                None => break,
            };
            read += taken;
            let line_feed = Found::Key(Key::ctrl('j'));
            if std::mem::take(&mut self.after_enter) && found == line_feed {
                continue;
            }
            self.after_enter = found == Found::Key(Key::named(KeyCode::Enter));
            match found {
                Found::Key(key) => inputs.push(Input::Key(key)),
                Found::EscAnd(key) => inputs.extend([Key::named(KeyCode::Esc), key].map(Input::Key)),
                Found::Paste(text) if text.is_empty() => {}
                Found::Paste(text) => inputs.push(Input::Paste(text)),
                Found::Nothing => {}
            }
        }
        self.held.drain(..read);
    }
}

#[cfg(test)]
mod tests;
