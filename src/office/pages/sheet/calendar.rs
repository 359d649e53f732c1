//! The sheet for the courier's own calendar (RFC 5545): an entry a stop where its time is known, else one for the shift.

use super::{Entry, Sheet, act, text, title, what};
use crate::domain::{operator::Language, time::Instant};
use icalendar::{Calendar, Component as _, Event, EventLike as _};
use jiff::{SignedDuration, Timestamp};

/// How long an entry of a stop lasts.
const AT_A_STOP: SignedDuration = SignedDuration::from_mins(10);

/// The entries of a sheet.
pub fn entries(sheet: &Sheet, language: Language, house: &str, now: Instant) -> String {
    let mut calendar = Calendar::new();
    calendar.append_property(("METHOD", "PUBLISH"));
    if sheet.entries.is_empty() || sheet.entries.iter().any(|entry| entry.at.is_none()) {
        calendar.push(of_shift(sheet, language, house, now));
    } else {
        for entry in &sheet.entries {
            calendar.push(of_stop(sheet, entry, language, house, now));
        }
    }
    calendar.done().to_string()
}

fn of_shift(sheet: &Sheet, language: Language, house: &str, now: Instant) -> Event {
    let shift = &sheet.round.fields.shift;
    let stops: Vec<String> = sheet.entries.iter().map(|entry| text::short(entry, language)).collect();
    Event::new()
        .uid(&format!("{}@rounds.loge", sheet.round.id))
        .summary(&format!("{} ({house})", title(sheet, language)))
        .description(&stops.join("\n"))
        .location(&sheet.start.name)
        .add_property("DTSTAMP", utc(now))
        .add_property("DTSTART", utc(shift.start(&sheet.zone)))
        .add_property("DTEND", utc(shift.end(&sheet.zone)))
        .done()
}

fn of_stop(sheet: &Sheet, entry: &Entry, language: Language, house: &str, now: Instant) -> Event {
    let day = sheet.round.fields.shift.date();
    let start = entry.at.map_or(now, |at| sheet.zone.instant(day.to_datetime(at)));
    let place = entry.spot.address.as_ref().unwrap_or(&entry.spot.name);
    let said = [Some(what(entry, language)), entry.person.clone(), entry.spot.notice.clone()];
    let word = match entry.stop.act {
        crate::domain::round::StopAct::Take => "take",
        crate::domain::round::StopAct::Leave => "leave",
    };
    Event::new()
        .uid(&format!("{}.{word}@rounds.loge", entry.stop.leg_id))
        .summary(&format!("{}. {} {} ({house})", entry.number, act(entry.stop.act, language), entry.spot.name))
        .description(&said.into_iter().flatten().collect::<Vec<_>>().join("\n"))
        .location(place)
        .add_property("DTSTAMP", utc(now))
        .add_property("DTSTART", utc(start))
        .add_property("DTEND", utc(start.plus(AT_A_STOP)))
        .done()
}

/// A date with UTC time (RFC 5545, 3.3.5).
fn utc(at: Instant) -> String {
    Timestamp::from(at).strftime("%Y%m%dT%H%M%SZ").to_string()
}
