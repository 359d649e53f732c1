//! Places, distances, conflicts, reasons and changes in words.

use crate::{
    console::{
        model::{Model, reception::Item, rounds::Shown},
        update::verbs::{self, rounds::courier_name},
        view::words,
    },
    domain::{
        ids::LegId,
        leg::{Leg, Place},
        operator::Language,
        request::Requester,
        round::VehicleKind,
    },
    i18n::say,
    planning::{
        day::Found,
        problem::{Act, JobIndex, Load, VehicleIndex, Visit},
        reasons::{Change, Explanation, Reason},
        schedule::Conflict,
        travel::{Matrix, Source},
    },
    text::neutral,
    wire::travel::TravelTrouble,
};
use std::{collections::BTreeSet, sync::Arc};

/// How much room words have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// A part of a row.
    Short,
    /// A sentence.
    Whole,
}

/// Whose it is: « de Karim », « d'Inès »; « Karim's ».
pub fn of(language: Language, who: &str) -> String {
    let first = crate::text::fold(who).chars().next();
    match language {
        Language::En => format!("{who}'s"),
        Language::Fr if first.is_some_and(|letter| "aeiouyh".contains(letter)) => format!("d'{who}"),
        Language::Fr => format!("de {who}"),
    }
}

/// « vélo-cargo ».
pub fn vehicle_word(language: Language, kind: VehicleKind) -> String {
    let key = match kind {
        VehicleKind::Foot => "vehicle-foot",
        VehicleKind::Bike => "vehicle-bike",
        VehicleKind::CargoBike => "vehicle-cargo_bike",
        VehicleKind::Van => "vehicle-van",
    };
    say(language, key, &[])
}

/// Kilometres with one decimal, as the language writes them.
pub fn distance(language: Language, metres: f64) -> String {
    let km = format!("{:.1} km", metres / 1_000.0);
    if language == Language::Fr { km.replace('.', ",") } else { km }
}

/// How much farther: « +1,2 km »; nothing where it is no way at all.
pub fn distance_more(language: Language, metres: f64) -> String {
    if metres.abs() < 50.0 {
        return String::new();
    }
    let sign = if metres < 0.0 { "−" } else { "+" };
    format!("{sign}{}", distance(language, metres.abs()))
}

/// Minutes of so many seconds, begun ones counted: « 14 min », from two hours on in hours.
pub fn minutes(language: Language, seconds: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "minutes of a day")]
    let minutes = (seconds / 60.0).ceil().max(0.0) as i64;
    words::age(language, jiff::SignedDuration::from_mins(minutes))
}

/// Where a place is: « Mérignac, permanence », « Bruges, casier 7 », « Lavoir Solidaire », a street.
pub fn place_words(model: &Model, place: &Place) -> String {
    let language = model.seat.language;
    let clean = |text: &str| neutral(text).into_owned();
    let gone = || say(language, "name-gone", &[]);
    let site = |id| model.world.site(id).map(|site| clean(site.fields.name.as_str()));
    match place {
        Place::Site { site_id } => match site(*site_id) {
            Some(site) => say(language, "place-desk", &[("site", site)]),
            None => gone(),
        },
        Place::Locker { locker_id } => match model.world.locker(*locker_id) {
            Some(locker) => {
                let parts = [
                    ("site", site(locker.fields.site_id).unwrap_or_else(gone)),
                    ("locker", clean(locker.fields.name.as_str())),
                ];
                say(language, "place-locker", &parts)
            }
            None => gone(),
        },
        Place::Provider { provider_id } => {
            let provider = model.world.provider(*provider_id);
            provider.map_or_else(gone, |provider| clean(provider.fields.name.as_str()))
        }
        Place::Address { address, .. } => clean(address.as_str()),
    }
}

/// What must be given a position, and where that is written: of somebody's door, in their record.
fn lacks_position(model: &Model, shown: &Shown, visit: Visit) -> String {
    let Some(place) = shown.day.place(visit) else {
        return say(model.seat.language, "conflict-no-coordinates-short", &[]);
    };
    if let (Place::Address { .. }, Some(who)) = (place, person_of(model, shown, visit.job)) {
        let parts = [("who", who), ("place", place_words(model, place))];
        return say(model.seat.language, "reason-no-coordinates-person", &parts);
    }
    let key = match place {
        Place::Site { .. } | Place::Locker { .. } => "reason-no-coordinates-site",
        Place::Provider { .. } => "reason-no-coordinates-provider",
        Place::Address { .. } => "reason-no-coordinates-address",
    };
    say(model.seat.language, key, &[("place", place_words(model, place))])
}

/// The person for whom something is carried.
fn person_of(model: &Model, shown: &Shown, job: JobIndex) -> Option<String> {
    let request = model.world.request(shown.day.carried(job)?.request)?;
    match request.row.fields.requester.as_ref()? {
        Requester::Person { id } => model.world.person(*id).map(|person| words::person_short(person)),
        Requester::Organisation { .. } => None,
    }
}

/// « 26-1052, Bruges, casier 7 vers Lavoir Solidaire ».
pub fn leg_words(model: &Model, leg: &Leg) -> String {
    let number = verbs::name(model, Item::Request(leg.fields.request_id));
    let parts =
        [("what", number), ("from", place_words(model, &leg.fields.from)), ("to", place_words(model, &leg.fields.to))];
    say(model.seat.language, "leg-words", &parts)
}

fn leg_of(model: &Model, shown: &Shown, job: JobIndex) -> String {
    let request = shown.day.carried(job).map(|carried| Item::Request(carried.request));
    request.map_or_else(|| say(model.seat.language, "name-gone", &[]), |request| verbs::name(model, request))
}

fn place_of(model: &Model, shown: &Shown, visit: Visit) -> String {
    shown.day.place(visit).map_or_else(|| say(model.seat.language, "name-gone", &[]), |place| place_words(model, place))
}

fn who(model: &Model, shown: &Shown, vehicle: VehicleIndex) -> String {
    let drive = shown.day.drive(vehicle);
    drive.map_or_else(|| say(model.seat.language, "name-gone", &[]), |drive| courier_name(model, drive.courier))
}

/// The time of day of so many seconds.
fn clock(shown: &Shown, seconds: f64) -> String {
    shown.day.clock(seconds).map_or_else(|| "—".to_owned(), |at| words::time(at.time()))
}

const fn pieces(load: Load) -> u32 {
    let [pieces, ..] = load.0;
    pieces
}

/// What is wrong with rounds.
pub fn conflict(model: &Model, shown: &Shown, conflict: &Conflict, length: Length) -> String {
    let language = model.seat.language;
    let key = |short: &'static str, whole: &'static str| if length == Length::Short { short } else { whole };
    let place = |visit: Visit| ("place", place_of(model, shown, visit));
    match conflict {
        Conflict::Late { visit, closes, arrival } => {
            let due = shown.day.carried(visit.job).and_then(|carried| carried.due);
            if visit.act == Act::Delivery && due.is_some_and(|due| (due - closes).abs() < 1.0) {
                return late_for_promise(model, shown, *closes, *arrival, length);
            }
            let parts = [
                place(*visit),
                ("late", minutes(language, arrival - closes)),
                ("closes", clock(shown, *closes)),
                ("arrival", clock(shown, *arrival)),
            ];
            say(language, key("conflict-late-short", "conflict-late"), &parts)
        }
        Conflict::Closed { visit } => say(language, key("conflict-closed-short", "conflict-closed"), &[place(*visit)]),
        Conflict::NoCoordinates { visit } => match length {
            Length::Whole => lacks_position(model, shown, *visit),
            Length::Short => say(language, "conflict-no-coordinates-short", &[]),
        },
        Conflict::Unreachable { visit } => {
            say(language, key("conflict-unreachable-short", "conflict-unreachable"), &[place(*visit)])
        }
        Conflict::OverCapacity { load, capacity, .. } => {
            let parts = [("load", pieces(*load).to_string()), ("capacity", pieces(*capacity).to_string())];
            say(language, key("conflict-capacity-short", "conflict-capacity"), &parts)
        }
        Conflict::DeliveredFirst { job } | Conflict::NotDelivered { job } => {
            say(language, "conflict-order", &[("what", leg_of(model, shown, *job))])
        }
        Conflict::Twice { visit } => say(language, "conflict-twice", &[("what", leg_of(model, shown, visit.job))]),
        Conflict::Skills { job, .. } => {
            let parts = [("what", leg_of(model, shown, *job))];
            say(language, key("conflict-skills-short", "conflict-skills"), &parts)
        }
        Conflict::WrongVehicle { vehicle, .. } => {
            say(language, "conflict-wrong-courier", &[("who", who(model, shown, *vehicle))])
        }
        Conflict::ShiftOverrun { vehicle, ends, home } => {
            let parts =
                [("who", who(model, shown, *vehicle)), ("ends", clock(shown, *ends)), ("home", clock(shown, *home))];
            say(language, "conflict-shift", &parts)
        }
        Conflict::TooSoon { after, over, .. } => {
            let parts = [("what", leg_of(model, shown, *after)), ("over", clock(shown, *over))];
            say(language, key("conflict-too-soon-short", "conflict-too-soon"), &parts)
        }
    }
}

/// What is promised for a time is brought later.
pub fn late_for_promise(model: &Model, shown: &Shown, due: f64, arrival: f64, length: Length) -> String {
    let language = model.seat.language;
    let key = if length == Length::Short { "conflict-promise-short" } else { "conflict-promise" };
    let parts =
        [("due", clock(shown, due)), ("arrival", clock(shown, arrival)), ("late", minutes(language, arrival - due))];
    say(language, key, &parts)
}

/// Why a leg has no place, and what would help, if anything alone does.
pub fn reason_words(model: &Model, shown: &Shown, why: &Explanation) -> (String, Option<String>) {
    let remedy = why.remedy.as_ref().map(|remedy| change(model, shown, remedy.change));
    (reason(model, shown, why), remedy)
}

fn reason(model: &Model, shown: &Shown, why: &Explanation) -> String {
    let language = model.seat.language;
    let at = |visit: Visit| ("place", place_of(model, shown, visit));
    let here = |act: Act| at(Visit { job: why.job, act });
    match why.reason {
        Reason::NoVehicle => say(language, "reason-no-vehicle", &[]),
        Reason::NoCoordinates { act } => lacks_position(model, shown, Visit { job: why.job, act }),
        Reason::PlaceClosed { act } => say(language, "reason-closed", &[here(act)]),
        Reason::TooBig { load, most } => {
            let parts = [("load", pieces(load).to_string()), ("most", pieces(most).to_string())];
            say(language, "reason-too-big", &parts)
        }
        Reason::Skills { .. } => say(language, "reason-skills", &[]),
        Reason::Unreachable { act } => say(language, "conflict-unreachable", &[here(act)]),
        Reason::WindowsDoNotMeet { arrival, closes } => {
            let parts = [here(Act::Delivery), ("closes", clock(shown, closes)), ("arrival", clock(shown, arrival))];
            say(language, closing(shown, Visit::delivery(why.job), closes), &parts)
        }
        Reason::ClosesBeforeArrival { visit, closes, arrival, .. } => {
            let parts = [at(visit), ("closes", clock(shown, closes)), ("arrival", clock(shown, arrival))];
            say(language, closing(shown, visit, closes), &parts)
        }
        Reason::ShiftTooShort { vehicle, ends, home } => {
            let parts =
                [("who", who(model, shown, vehicle)), ("ends", clock(shown, ends)), ("home", clock(shown, home))];
            say(language, "reason-shift", &parts)
        }
        Reason::VehicleFull { vehicle, load, capacity, .. } => {
            let parts = [
                ("who", who(model, shown, vehicle)),
                ("load", pieces(load).to_string()),
                ("capacity", pieces(capacity).to_string()),
            ];
            say(language, "reason-full", &parts)
        }
        Reason::NoRoom { vehicle, visit, closes, arrival } => {
            let parts = [
                ("who", who(model, shown, vehicle)),
                at(visit),
                ("closes", clock(shown, closes)),
                ("arrival", clock(shown, arrival)),
            ];
            say(language, "reason-no-room", &parts)
        }
        Reason::PinnedElsewhere { vehicle } => say(language, "reason-pinned", &[("who", who(model, shown, vehicle))]),
        Reason::WaitsForAnother { before, over } => {
            let what = leg_of(model, shown, before);
            match over {
                Some(over) => say(language, "reason-waits-until", &[("what", what), ("over", clock(shown, over))]),
                None => say(language, "reason-waits", &[("what", what)]),
            }
        }
        Reason::Fits { vehicle } => say(language, "reason-fits", &[("who", who(model, shown, vehicle))]),
    }
}

/// Whether it is the place that closes, or the time that was promised.
fn closing(shown: &Shown, visit: Visit, closes: f64) -> &'static str {
    let due = shown.day.carried(visit.job).and_then(|carried| carried.due).filter(|_| visit.act == Act::Delivery);
    if due.is_some_and(|due| (due - closes).abs() < 1.0) { "reason-promise" } else { "reason-closes" }
}

fn change(model: &Model, shown: &Shown, change: Change) -> String {
    let language = model.seat.language;
    match change {
        Change::Nothing => say(language, "remedy-nothing", &[]),
        Change::Reorder { stops } => say(language, "remedy-reorder", &[("stops", stops.to_string())]),
        Change::Unpin { vehicle } => say(language, "remedy-unpin", &[("who", who(model, shown, vehicle))]),
        Change::WidenWindow { visit, closes, by } => {
            let place = place_of(model, shown, visit);
            let parts = [("place", place), ("until", clock(shown, ceil_minute(closes + by)))];
            say(language, "remedy-widen", &parts)
        }
        Change::ExtendShift { vehicle, by } => {
            let parts = [("who", who(model, shown, vehicle)), ("by", minutes(language, by))];
            say(language, "remedy-extend", &parts)
        }
    }
}

fn ceil_minute(seconds: f64) -> f64 {
    (seconds / 60.0).ceil() * 60.0
}

/// Why a leg is in no round and what would help, as far as it is known; that it is being looked for, or what it waits for.
pub fn unplanned_words(model: &Model, leg: LegId) -> (String, String) {
    let language = model.seat.language;
    let rounds = &model.rounds;
    let held = rounds.shown().and_then(|shown| shown.day.held_back.iter().find(|held| held.leg == leg));
    if let Some(held) = held {
        let before = model.world.leg(held.before).map(|before| leg_words(model, before));
        let before = before.unwrap_or_else(|| say(language, "name-gone", &[]));
        return (say(language, "reason-waits", &[("what", before)]), String::new());
    }
    let carrier = rounds.shown().and_then(|shown| {
        let vehicle = shown.day.routes.holder(Visit::delivery(shown.day.job(leg)?))?;
        Some(who(model, shown, vehicle))
    });
    if let Some(carrier) = carrier {
        return (String::new(), say(language, "rounds-in-round", &[("of", of(language, &carrier))]));
    }
    if let Some((about, job)) = rounds.has_place(leg) {
        let complete = rounds.search.complete.as_ref();
        let side = complete.and_then(|found| {
            let delivery = Visit::delivery(job);
            found.changes.stops.iter().find(|changed| changed.visit == delivery)?.after
        });
        if let Some(side) = side {
            let parts = [("who", who(model, about, side.vehicle)), ("time", clock(about, side.begin))];
            return (String::new(), say(language, "rounds-has-place", &parts));
        }
    }
    match rounds.why(leg) {
        Some((about, why)) => {
            let (reason, remedy) = reason_words(model, about, why);
            (reason, remedy.unwrap_or_default())
        }
        None if rounds.is_asked() && rounds.search.complete.is_none() => {
            (say(language, "rounds-planning", &[]), String::new())
        }
        None => (say(language, "rounds-why-unknown", &[]), String::new()),
    }
}

/// What a plan changes: what it puts in, who changes, how much shorter the ways are.
pub fn change_words(model: &Model, about: &Arc<Shown>, found: &Found) -> String {
    let language = model.seat.language;
    let count = |key: &str, count: usize| (count > 0).then(|| say(language, key, &[("count", count.to_string())]));
    // Less than a minute is none.
    let is_other = |changed: &&crate::planning::changes::Changed| match (changed.before, changed.after) {
        (Some(before), Some(after)) => before.vehicle != after.vehicle || (before.begin - after.begin).abs() >= 60.0,
        _ => true,
    };
    let moved: Vec<_> = found.changes.moved().filter(is_other).collect();
    let added: BTreeSet<JobIndex> = found
        .changes
        .stops
        .iter()
        .filter(|changed| changed.before.is_none() && changed.after.is_some())
        .map(|changed| changed.visit.job)
        .collect();
    let mut parts = vec![count("change-added", added.len())];
    let mut passed = BTreeSet::new();
    for changed in &moved {
        let (Some(before), Some(after)) = (changed.before, changed.after) else { continue };
        if before.vehicle != after.vehicle && passed.insert(changed.visit.job) && passed.len() <= 2 {
            let told = [("what", leg_of(model, about, changed.visit.job)), ("who", who(model, about, after.vehicle))];
            parts.push(Some(say(language, "change-passes", &told)));
        }
    }
    parts.push(count("change-more-pass", passed.len().saturating_sub(2)));
    let timed = moved.iter().filter(|changed| !passed.contains(&changed.visit.job)).count();
    parts.push(count("change-times", timed));
    if moved.is_empty() {
        parts.push(Some(say(language, "change-nobody", &[])));
    }
    let more = distance_more(language, found.changes.distance);
    parts.push(Some(more).filter(|more| !more.is_empty()));
    parts.into_iter().flatten().collect::<Vec<_>>().join(if language == Language::Fr { "\u{a0}; " } else { "; " })
}

/// Where the times of the ways come from.
pub fn source_words(model: &Model) -> String {
    let language = model.seat.language;
    let Some(shown) = model.rounds.shown() else { return String::new() };
    let source = shown.day.problem.matrices.first().map(Matrix::source);
    match source {
        Some(Source::Service { url }) => say(language, "rounds-source-service", &[("host", neutral(url).into_owned())]),
        _ => match model.rounds.ways.trouble() {
            None if model.rounds.has_table() => say(language, "rounds-source-office", &[]),
            None => say(language, "rounds-source-estimate", &[]),
            Some(TravelTrouble::Slow) => say(language, "rounds-source-slow", &[]),
            Some(TravelTrouble::Gone) => say(language, "rounds-source-gone", &[]),
            Some(TravelTrouble::Wrong) => say(language, "rounds-source-wrong", &[]),
        },
    }
}
