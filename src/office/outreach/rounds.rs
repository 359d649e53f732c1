//! The mail by which a courier is told a round: the whole of it at first, then what changed.

use super::offers::Written;
use crate::{
    domain::operator::Language,
    i18n::{job, say},
    office::pages::sheet::{self, Entry, Sheet, Stands},
};

/// What a mail tells.
#[derive(Clone, Debug)]
pub enum News {
    /// The whole round.
    Whole,
    /// What became other since the courier was told.
    Changed {
        /// Stops that are new, by their numbers.
        new: Vec<usize>,
        /// Stops nobody need go to any more, as they were told.
        gone: Vec<Entry>,
        /// Whether the others come in another order.
        order: Order,
        /// Whether the hours, the vehicle, the start or the end are others.
        shift: Shift,
        /// Stops that are made at another time now, by their numbers.
        moved: Vec<usize>,
    },
    /// Somebody else drives it.
    GivenAway,
}

/// Whether the stops that stay come in another order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// As before.
    Kept,
    /// In another.
    Other,
}

/// Whether the round's hours are others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shift {
    /// As before.
    Kept,
    /// Others.
    Other,
}

/// The mail of a house about a round, and the page on which it is driven.
pub fn written(language: Language, house: &str, sheet: &Sheet, news: &News, page: &str) -> Written {
    let day = job::date(language, sheet.round.fields.shift.date());
    let told = |key: &str| say(language, key, &[("day", day.clone()), ("house", house.to_owned())]);
    let mut parts = vec![told("mail-out-hello")];
    let subject = match news {
        News::Whole => {
            parts.push(told("round-mail-opening"));
            parts.push(sheet::text(sheet, language).trim_end().to_owned());
            told("round-mail-subject")
        }
        News::Changed { new, gone, order, shift, moved } => {
            parts.push(told("round-mail-changed"));
            if *shift == Shift::Other {
                parts.push(format!("{}\n{}", sheet::title(sheet, language), sheet::way(sheet, language)));
            }
            if !gone.is_empty() {
                let lines = gone
                    .iter()
                    .map(|entry| format!("- {}, {}", sheet::act_at(entry, language), sheet::what(entry, language)));
                parts.push(list(told("round-mail-gone"), lines));
            }
            let fresh: Vec<&Entry> = sheet.entries.iter().filter(|entry| new.contains(&entry.number)).collect();
            if !fresh.is_empty() {
                parts.push(told("round-mail-new"));
                parts.extend(fresh.iter().map(|entry| sheet::entry_text(entry, language)));
            }
            if *order == Order::Other {
                let ahead = sheet.entries.iter().filter(|entry| matches!(entry.stands, Stands::Ahead | Stands::Waits));
                parts.push(list(told("round-mail-order"), ahead.map(|entry| sheet::short_text(entry, language))));
            } else if !moved.is_empty() {
                let moved = sheet.entries.iter().filter(|entry| moved.contains(&entry.number));
                parts.push(list(told("round-mail-moved"), moved.map(|entry| sheet::short_text(entry, language))));
            }
            told("round-mail-subject-changed")
        }
        News::GivenAway => {
            parts.push(told("round-mail-given-away"));
            return Written { subject: told("round-mail-subject-given-away"), text: parts.join("\n\n") };
        }
    };
    parts.push(format!("{}\n{page}", told("round-mail-page")));
    parts.push(format!("{}\n{page}/sheet.ics", told("round-mail-calendar")));
    Written { subject, text: parts.join("\n\n") }
}

fn list(heading: String, lines: impl Iterator<Item = String>) -> String {
    std::iter::once(heading).chain(lines).collect::<Vec<_>>().join("\n")
}
