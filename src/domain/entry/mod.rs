//! The entry line's reader: what was said on the phone, in any order, French and English mixed, becomes the fields of a request.
//!
//! ```text
//! "pres 3 chemises ven midi casier"
//!     tokens ──> pieces (days, times, hand-over, payer…) ──> service ──> quantity ──> when ──> Reading
//! ```
//!
//! The same phrase, vocabulary, setting and choices give the same reading. Each value says why it stands there: the words it comes from, as
//! byte ranges of the phrase, and what had to be supposed beside them. What is doubtful asks: the first doubt is the [`Question`], with
//! answers that become [`Chosen`] values, which no word overrides. What was not understood is kept as detail.
//!
//! A [`Vocabulary`] is built once from the directory, a [`Setting`] once a caller; [`read`] runs at every key.

mod complete;
mod heard;
mod letter;
mod lexicon;
mod parse;
mod piece;
mod reader;
mod reading;
mod service;
mod setting;
mod thesaurus;
mod token;
mod usual;
mod vocabulary;
mod when;

pub use complete::{Completion, complete};
pub use letter::{Order, read_letter};
pub use reader::read;
pub use reading::{
    Because, Choice, Chosen, Confidence, Doubt, Field, HandOver, OnBehalf, Question, Read, Reading, Spans, Why,
};
pub use setting::{Setting, Usual};
pub use usual::{Habits, habits};
pub use vocabulary::Vocabulary;
