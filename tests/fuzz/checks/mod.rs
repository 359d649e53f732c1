//! What holds of every input, whatever its bytes: one check a fuzz target, shared with the tests. A check that does not hold panics.

pub mod entry;
pub mod letter;
pub mod telephone;
pub mod text;

#[path = "../../entry/example.rs"]
#[allow(dead_code, reason = "the tests beside it name services and sites")]
mod example;

/// Checks one input.
pub type Check = fn(&[u8]);

/// Each fuzz target with its check; the folder of its inputs has the same name.
#[allow(dead_code, reason = "a fuzz target takes one of them")]
pub const ALL: &[(&str, Check)] =
    &[("letter", letter::check), ("telephone", telephone::check), ("entry", entry::check), ("text", text::check)];
