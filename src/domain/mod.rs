//! Entities, states and rules: pure code without clock, I/O or framework.

pub mod calendar;
pub mod clock;
pub mod hours;
pub mod ids;
pub mod money;
pub mod phone;
pub mod texts;
pub mod time;
