//! The terminal: what it can, how it is entered, listened to, drawn upon, left and lost.

pub mod ascii;
mod capabilities;
mod compact;
mod halves;
mod pen;
mod session;
mod signals;
mod tty;

pub use capabilities::{Background, Capabilities, Depth};
pub use compact::Compact;
pub use halves::blank_broken;
pub use session::{Mode, Session, restore_on_panic};
pub use signals::{Signal, Signals};
pub use tty::{Ear, Heard, size};

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests;
