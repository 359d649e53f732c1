//! A job as an entry for the provider's own calendar (RFC 5545).

use super::card::{Card, Confided};
use crate::domain::time::{Instant, When};
use icalendar::{Calendar, Component as _, Event, EventLike as _};
use jiff::{SignedDuration, Timestamp};

/// How long an entry lasts that ends at a due time.
const BEFORE_DUE: SignedDuration = SignedDuration::from_mins(30);

/// The entry of an accepted offer; none for one that is not, or that has no time.
pub fn entry(card: &Card, house: &str, now: Instant) -> Option<String> {
    let Confided { number, person, place, handover, detail, member: _ } = card.confided.as_ref()?;
    let (start, end) = match card.terms.when? {
        When::Due { .. } => {
            let end = card.terms.when?.end(&card.terms.zone);
            (end.plus(-BEFORE_DUE), end)
        }
        When::Window(window) => (window.start(&card.terms.zone), window.end(&card.terms.zone)),
    };
    let said = [detail.as_ref(), person.as_ref(), handover.as_ref(), card.terms.note.as_ref()];
    let description: Vec<&str> = said.into_iter().flatten().map(String::as_str).collect();
    let mut event = Event::new();
    event
        .uid(&format!("{}@offers.loge", card.offer.id))
        .summary(&format!("{} ({house}, {number})", card.terms.service))
        .description(&description.join("\n"))
        .add_property("DTSTAMP", utc(now))
        .add_property("DTSTART", utc(start))
        .add_property("DTEND", utc(end));
    if let Some(place) = place {
        event.location(place);
    }
    let mut calendar = Calendar::new();
    calendar.append_property(("METHOD", "PUBLISH"));
    calendar.push(event.done());
    Some(calendar.done().to_string())
}

/// A date with UTC time (RFC 5545, 3.3.5).
fn utc(at: Instant) -> String {
    Timestamp::from(at).strftime("%Y%m%dT%H%M%SZ").to_string()
}
