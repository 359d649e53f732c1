//! The sheet for the courier's own calendar (RFC 5545): an entry a stop, at its time and place, which a later sheet replaces or calls off.
//! The shift has one only while it has no stop: a day of stops is not hidden behind a bar as long as it.

use super::{Entry, Hour, Sheet, Stands, act_at, limits, standing, title, way, what};
use crate::domain::{
    operator::Language,
    round::{Stop, StopAct},
    time::Instant,
};
use icalendar::{Calendar, Component as _, Event, EventLike as _, EventStatus, Property};
use jiff::Timestamp;

/// How often a calendar that reads the sheet again and again is to do so.
const AGAIN: &str = "PT15M";

/// The entries of a sheet.
pub fn entries(sheet: &Sheet, language: Language, house: &str, now: Instant) -> String {
    let mut calendar = Calendar::new();
    calendar.append_property(("METHOD", "PUBLISH"));
    calendar.name(&format!("{} ({house})", title(sheet, language)));
    calendar.append_property(Property::new("REFRESH-INTERVAL", AGAIN).add_parameter("VALUE", "DURATION").done());
    if sheet.entries.is_empty() && sheet.gone.is_empty() {
        calendar.push(of_shift(sheet, language, now));
    }
    for entry in &sheet.entries {
        calendar.push(of_stop(sheet, entry, language, now));
    }
    for stop in &sheet.gone {
        calendar.push(called_off(sheet, *stop, now));
    }
    calendar.done().to_string()
}

/// An entry as it is known now. What is written later replaces it: seconds count, for times change where nobody touched the round.
fn entry(sheet: &Sheet, uid: &str, start: Instant, now: Instant) -> Event {
    let sequence = now.since(sheet.round.created_at).as_secs().clamp(0, i32::MAX.into());
    let mut event = Event::new();
    event
        .uid(uid)
        .add_property("DTSTAMP", utc(now))
        .add_property("SEQUENCE", sequence.to_string())
        .add_property("DTSTART", utc(start));
    event
}

fn of_shift(sheet: &Sheet, language: Language, now: Instant) -> Event {
    let shift = &sheet.round.fields.shift;
    entry(sheet, &format!("{}@rounds.loge", sheet.round.id), shift.start(&sheet.zone), now)
        .summary(&title(sheet, language))
        .description(&way(sheet, language))
        .location(&sheet.start.name)
        .add_property("DTEND", utc(shift.end(&sheet.zone)))
        .done()
}

/// Of which stop an entry is: the same as long as the stop is this round's.
fn uid(sheet: &Sheet, stop: Stop) -> String {
    let act = match stop.act {
        StopAct::Take => "take",
        StopAct::Leave => "leave",
    };
    format!("{}.{}.{act}@rounds.loge", sheet.round.id, stop.leg_id)
}

fn of_stop(sheet: &Sheet, stop: &Entry, language: Language, now: Instant) -> Event {
    // A stop without a time is made at some time of the shift.
    let start = stop.hour.map_or_else(|| sheet.round.fields.shift.start(&sheet.zone), |hour| hour.at);
    let place = stop.spot.address.as_ref().unwrap_or(&stop.spot.name);
    let told = standing(stop.stands, language).map(|word| format!(" ({word})")).unwrap_or_default();
    let said = [Some(what(stop, language)), stop.person.clone(), limits(stop, language), stop.spot.notice.clone()];
    let mut event = entry(sheet, &uid(sheet, stop.stop), start, now);
    event
        .summary(&format!("{}{told}", act_at(stop, language)))
        .description(&said.into_iter().flatten().collect::<Vec<_>>().join("\n"))
        .location(place)
        .status(if stop.stands == Stands::Off { EventStatus::Cancelled } else { EventStatus::Confirmed });
    match stop.hour {
        Some(Hour { lasts, .. }) => event.add_property("DURATION", format!("PT{}S", lasts.as_secs().max(60))),
        None => event.add_property("DTEND", utc(sheet.round.fields.shift.end(&sheet.zone))),
    };
    event.done()
}

/// Nobody need go there any more: a calendar that has the stop lets go of it.
fn called_off(sheet: &Sheet, stop: Stop, now: Instant) -> Event {
    entry(sheet, &uid(sheet, stop), sheet.round.fields.shift.start(&sheet.zone), now)
        .status(EventStatus::Cancelled)
        .done()
}

/// A date with UTC time (RFC 5545, 3.3.5).
fn utc(at: Instant) -> String {
    Timestamp::from(at).strftime("%Y%m%dT%H%M%SZ").to_string()
}
