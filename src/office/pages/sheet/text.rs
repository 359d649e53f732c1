//! The sheet as plain text: for a mail, a printer, any screen.

use super::{Entry, Sheet, act, limits, standing, time, title, way, what};
use crate::{domain::operator::Language, i18n::say};

/// The whole sheet.
pub fn whole(sheet: &Sheet, language: Language) -> String {
    let mut parts = vec![format!("{}\n{}", title(sheet, language), way(sheet, language))];
    parts.extend(sheet.entries.iter().map(|entry| self::entry(entry, language)));
    if sheet.entries.is_empty() {
        parts.push(say(language, "round-sheet-empty", &[]));
    }
    parts.join("\n\n") + "\n"
}

/// A stop with all that is to be known there.
pub fn entry(entry: &Entry, language: Language) -> String {
    let first = short(entry, language);
    let notice: Vec<&str> = entry.spot.notice.iter().flat_map(|notice| notice.lines()).collect();
    let limits = limits(entry, language);
    let known = entry.spot.address.as_deref().into_iter().chain(entry.person.as_deref()).chain(limits.as_deref());
    let rest = known.chain(notice);
    let lines = std::iter::once(first).chain(rest.map(indented)).chain([indented(&what(entry, language))]);
    lines.collect::<Vec<_>>().join("\n")
}

/// A stop in a line: « 3. 10:40 DÉPOSER Bruges, casier 7 ».
pub fn short(entry: &Entry, language: Language) -> String {
    let time = time(entry, language).map(|time| format!(" {time}")).unwrap_or_default();
    let stands = standing(entry.stands, language).map(|word| format!(" ({word})")).unwrap_or_default();
    format!("{}.{time} {} {}{stands}", entry.number, act(entry.stop.act, language), entry.spot.name)
}

fn indented(line: &str) -> String {
    format!("   {line}")
}
