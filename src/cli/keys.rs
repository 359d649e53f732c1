//! `loge keys`: the console's key table as a page of Markdown.

use crate::{
    console::keymap::{Keymap, markdown},
    domain::operator::Language,
};
use std::io::Write as _;

/// Prints the default keys in that language. That nobody reads them is no failure.
pub fn run(language: Language) {
    let _ = write!(std::io::stdout().lock(), "{}", markdown(&Keymap::default(), language));
}
