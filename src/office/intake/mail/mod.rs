//! Mail that comes in: read, put to its thread, kept; by HTTP, by a program of mail, or fetched by IMAP.

mod calendar;
mod html;
pub mod letter;
mod nature;
pub mod subject;
