//! A house to try the program on: an invented directory, a year behind it, and a day that goes on around the one who plays.
//!
//! Nothing here serves: the year is a list of commands with their times, the day is played through an office's own HTTP interface.

pub mod chance;
pub mod day;
pub mod directory;
pub mod past;
pub mod people;
pub mod play;
pub mod practice;
pub mod scene;
pub mod stock;
pub mod village;
pub mod wire;
pub mod words;
mod world;
