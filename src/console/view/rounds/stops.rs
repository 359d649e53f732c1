//! The stops of the selected round: when, where, what is done, for which request, what is aboard; and what is wrong, in words.

use super::{Looked, Pane, Tab, board_has_keys, looked, place_words, selected};
use crate::{
    console::{
        model::{Model, list::Line, rounds::Row},
        theme::Role,
        update::verbs::{self, rounds::courier_name},
        view::{
            paint::{Paint, signs},
            rounds::words as told,
            words,
        },
    },
    domain::{
        leg::{LEG, Leg, LegState},
        round::{Stop, StopAct},
    },
    i18n::say,
    planning::{
        problem::{Act, JobIndex, VehicleIndex, Visit},
        schedule::{Conflict, Timed},
    },
    text::{width, wrap},
};
use ratatui::layout::Rect;

/// The stop that is looked at, with its round.
pub fn looked_at(model: &Model) -> Option<(Looked<'_>, Stop)> {
    let looked = looked(model, model.rounds.board.selected()?)?;
    let stop = model.rounds.stops.selected().filter(|stop| looked.stops.contains(stop))?;
    Some((looked, stop))
}

/// « Arrêts de Karim 7 ».
pub fn name(model: &Model) -> String {
    let language = model.seat.language;
    let who = match model.rounds.board.selected() {
        Some(Row::Round(id)) => model.world.round(id).map(|round| courier_name(model, round.fields.courier_id)),
        Some(Row::Courier(id, _)) => Some(courier_name(model, id)),
        None => None,
    };
    let Some(who) = who else { return say(language, "rounds-tab-stops-none", &[]) };
    let count = model.rounds.stops.order().len().to_string();
    say(language, "rounds-tab-stops", &[("of", told::of(language, &who)), ("count", count)])
}

/// How far the round goes, the most that is aboard, when it ends; that it is being changed.
pub fn remark(model: &Model) -> String {
    let language = model.seat.language;
    if model.rounds.moving.is_some() {
        return say(language, "rounds-moving", &[]);
    }
    let Some(looked) = model.rounds.board.selected().and_then(|row| looked(model, row)) else { return String::new() };
    let Some(vehicle) = looked.vehicle else { return String::new() };
    let (Some(times), Some(drive)) = (looked.schedule.timetables.get(vehicle.at()), looked.shown.day.drive(vehicle))
    else {
        return String::new();
    };
    if times.stops.is_empty() {
        return String::new();
    }
    let [most, ..] = times.fullest().0;
    let load = format!("{most}/{}", drive.vehicle.capacity_items);
    let end = looked.shown.day.clock(times.home).map(|at| words::time(at.time())).unwrap_or_default();
    let parts = [
        told::distance(language, times.distance),
        say(language, "rounds-most-load", &[("load", load)]),
        say(language, "rounds-ends", &[("time", end)]),
    ];
    parts.join(signs::BETWEEN)
}

/// The rule above the stops where these have a pane of their own.
pub fn title(model: &Model, paint: &mut Paint<'_>, area: Rect) {
    let name = name(model);
    let title = if model.rounds.tab == Tab::Stops { format!("[{name}]") } else { name };
    let remark = remark(model);
    let room = usize::from(area.width).saturating_sub(width(&title) + 12);
    paint.rule(area, area.y, &[(&title, Role::Strong)], if width(&remark) <= room { &remark } else { "" });
}

/// The columns: their lefts and widths.
struct Columns {
    number: u16,
    time: u16,
    place: (u16, u16),
    act: (u16, u16),
    what: (u16, u16),
    load: (u16, u16),
}

impl Columns {
    fn of(area: Rect) -> Self {
        let free = area.width.saturating_sub(12 + 10 + 8);
        let place = (free * 11 / 20).min(40);
        let (at, act) = (area.x + 13, 9);
        let what = at + place + 1 + act + 1;
        let load = area.right().saturating_sub(8);
        Self {
            number: area.x + 1,
            time: area.x + 5,
            place: (at, place),
            act: (at + place + 1, act),
            what: (what, load.saturating_sub(what + 1)),
            load: (load, 7),
        }
    }
}

/// The rows with their headings.
pub fn rows(model: &Model, paint: &mut Paint<'_>, area: Rect) {
    let language = model.seat.language;
    if area.height == 0 {
        return;
    }
    let columns = Columns::of(area);
    let y = area.y;
    let heading = |paint: &mut Paint<'_>, (x, wide): (u16, u16), key: &str| {
        paint.text(x, y, wide, &say(language, key, &[]), Role::Heading);
    };
    heading(paint, (columns.number, 3), "rounds-column-number");
    heading(paint, (columns.time, 7), "rounds-column-time");
    heading(paint, columns.place, "rounds-column-place");
    heading(paint, columns.act, "rounds-column-act");
    heading(paint, columns.what, "rounds-column-what");
    paint.text_right(
        columns.load.0 + columns.load.1,
        y,
        columns.load.1,
        &say(language, "rounds-column-load", &[]),
        Role::Heading,
    );
    let rows = Rect { y: area.y + 1, height: area.height - 1, ..area };
    let Some(looked) = model.rounds.board.selected().and_then(|row| looked(model, row)) else { return };
    if looked.stops.is_empty() {
        let key = match looked.row {
            Row::Round(_) => "rounds-empty-round",
            Row::Courier(..) => "rounds-empty-courier",
        };
        for (line, y) in wrap(&say(language, key, &[]), usize::from(area.width.saturating_sub(4)))
            .iter()
            .zip(rows.top()..rows.bottom())
        {
            paint.text(area.x + 2, y, area.width.saturating_sub(2), line, Role::Dim);
        }
    }
    let has_keys = model.rounds.pane == Pane::Below && model.rounds.tab == Tab::Stops;
    for (line, y) in model.rounds.stops.glass().zip(rows.top()..rows.bottom()) {
        let Some(line) = line else { continue };
        row(model, paint, &columns, y, &looked, line);
        if line.selected {
            selected(model, paint, rows, y, has_keys);
            if board_has_keys(model) {
                // What verbs act upon while one looks at the rounds.
                paint.text(rows.x, y, 1, signs::HERE, Role::Accent);
            }
        }
    }
}

fn row(model: &Model, paint: &mut Paint<'_>, columns: &Columns, y: u16, looked: &Looked<'_>, line: Line<Stop>) {
    let language = model.seat.language;
    let stop = line.key;
    let number = looked.stops.iter().position(|one| *one == stop).map_or(0, |at| at + 1);
    let gone = |role: Role| if line.ghost { Role::Gone } else { role };
    let leg = model.world.leg(stop.leg_id);
    let (time, role) = time(model, looked, stop);
    let mark = mark(leg.map(|leg| &**leg), is_passed(looked, leg.map(|leg| &**leg), stop));
    paint.line(columns.number, y, 4, &[(&format!("{number:<2}"), gone(Role::Text)), (mark.0, gone(mark.1))]);
    paint.text(columns.time, y, 7, &time, gone(role));
    let Some(leg) = leg else {
        let words = say(language, "rounds-done-before", &[]);
        paint.text(columns.place.0, y, columns.place.1, &words, gone(Role::Dim));
        return;
    };
    let place = match stop.act {
        StopAct::Take => &leg.fields.from,
        StopAct::Leave => &leg.fields.to,
    };
    paint.text(columns.place.0, y, columns.place.1, &place_words(model, place), gone(Role::Text));
    paint.text(columns.act.0, y, columns.act.1, &act_word(model, leg, stop.act), gone(Role::Dim));
    if let Some(conflict) = short_conflict(model, looked, stop) {
        let room = (columns.load.0 + columns.load.1).saturating_sub(columns.what.0);
        paint.line(columns.what.0, y, room, &[(signs::PRESSING, gone(Role::Danger)), (&conflict, gone(Role::Danger))]);
        return;
    }
    paint.text(columns.what.0, y, columns.what.1, &what(model, leg), gone(Role::Text));
    if let Some((timed, capacity)) = timed(looked, stop).zip(capacity(looked)) {
        let [load, ..] = timed.load.0;
        paint.text_right(
            columns.load.0 + columns.load.1,
            y,
            columns.load.1,
            &format!("{load}/{capacity}"),
            gone(Role::Text),
        );
    }
}

/// Whether the courier has been there.
fn is_passed(looked: &Looked<'_>, leg: Option<&Leg>, stop: Stop) -> bool {
    let drive = looked.vehicle.and_then(|vehicle| looked.shown.day.drive(vehicle));
    drive.map_or_else(|| leg.is_none_or(|leg| LEG.is_end(leg.state)), |drive| drive.passed.contains(&stop))
}

/// What is behind a stop's number: done, on its way, pinned, failed.
fn mark(leg: Option<&Leg>, is_passed: bool) -> (&'static str, Role) {
    match leg {
        Some(leg) if matches!(leg.state, LegState::Failed | LegState::Cancelled) => (signs::CROSS, Role::Danger),
        _ if is_passed => ("✓", Role::Ok),
        Some(leg) if leg.state == LegState::Underway => (signs::HERE, Role::Warn),
        Some(leg) if leg.fields.pinned => ("◆", Role::Accent),
        _ => (" ", Role::Text),
    }
}

/// « prendre », « déposer », « remettre ».
fn act_word(model: &Model, leg: &Leg, act: StopAct) -> String {
    use crate::domain::leg::LegKind;
    let key = match (act, leg.fields.kind) {
        (StopAct::Take, _) => "rounds-act-take",
        (StopAct::Leave, LegKind::HandBack) => "rounds-act-hand-back",
        (StopAct::Leave, _) => "rounds-act-leave",
    };
    say(model.seat.language, key, &[])
}

/// For which request, and how many pieces.
fn what(model: &Model, leg: &Leg) -> String {
    let number = verbs::name(model, crate::console::model::reception::Item::Request(leg.fields.request_id));
    let pieces = say(model.seat.language, "rounds-pieces", &[("count", leg.load().to_string())]);
    format!("{number}, {pieces}")
}

fn timed<'a>(looked: &Looked<'a>, stop: Stop) -> Option<&'a Timed> {
    looked.schedule.visit(looked.shown.day.visit(stop)?)
}

fn capacity(looked: &Looked<'_>) -> Option<u16> {
    Some(looked.shown.day.drive(looked.vehicle?)?.vehicle.capacity_items)
}

/// When a stop is made in seconds of the day, or was; and whether it was.
pub fn when(model: &Model, looked: &Looked<'_>, stop: Stop) -> Option<(f64, Role)> {
    let leg = model.world.leg(stop.leg_id).map(|leg| &**leg);
    if is_passed(looked, leg, stop) {
        let leg = leg?;
        let at = match stop.act {
            StopAct::Take => leg.started_at.or(leg.ended_at)?,
            StopAct::Leave => leg.ended_at?,
        };
        return Some((looked.shown.day.seconds(at), Role::Ok));
    }
    let timed = timed(looked, stop)?;
    let role = if short_conflict(model, looked, stop).is_some() { Role::Danger } else { Role::Strong };
    Some((timed.begin, role))
}

fn time(model: &Model, looked: &Looked<'_>, stop: Stop) -> (String, Role) {
    match when(model, looked, stop) {
        Some((at, role)) => {
            let clock = looked.shown.day.clock(at).map(|at| words::time(at.time())).unwrap_or_default();
            (clock, role)
        }
        None => ("—".to_owned(), Role::Dim),
    }
}

/// The vehicle that a conflict is about.
pub fn vehicle_of(looked: &Looked<'_>, conflict: &Conflict) -> Option<VehicleIndex> {
    let of = |visit: Visit| looked.schedule.visit(visit).map(|timed| timed.vehicle);
    let of_job = |job: JobIndex| of(Visit::pickup(job)).or_else(|| of(Visit::delivery(job)));
    match conflict {
        Conflict::Late { visit, .. }
        | Conflict::Closed { visit }
        | Conflict::NoCoordinates { visit }
        | Conflict::Unreachable { visit }
        | Conflict::OverCapacity { visit, .. }
        | Conflict::Twice { visit } => of(*visit),
        Conflict::DeliveredFirst { job }
        | Conflict::NotDelivered { job }
        | Conflict::Skills { job, .. }
        | Conflict::TooSoon { job, .. } => of_job(*job),
        Conflict::WrongVehicle { vehicle, .. } | Conflict::ShiftOverrun { vehicle, .. } => Some(*vehicle),
    }
}

/// Whether a conflict is about a stop.
fn is_about(conflict: &Conflict, visit: Visit) -> bool {
    match conflict {
        Conflict::Late { visit: one, .. }
        | Conflict::Closed { visit: one }
        | Conflict::NoCoordinates { visit: one }
        | Conflict::Unreachable { visit: one }
        | Conflict::OverCapacity { visit: one, .. }
        | Conflict::Twice { visit: one } => *one == visit,
        Conflict::DeliveredFirst { job } => *job == visit.job && visit.act == Act::Delivery,
        Conflict::NotDelivered { job }
        | Conflict::Skills { job, .. }
        | Conflict::TooSoon { job, .. }
        | Conflict::WrongVehicle { job, .. } => *job == visit.job && visit.act == Act::Pickup,
        Conflict::ShiftOverrun { .. } => false,
    }
}

/// What is wrong with a stop, as short as a row takes it.
fn short_conflict(model: &Model, looked: &Looked<'_>, stop: Stop) -> Option<String> {
    let visit = looked.shown.day.visit(stop)?;
    let conflict = looked.schedule.conflicts.iter().find(|conflict| is_about(conflict, visit));
    match conflict {
        Some(conflict) => Some(told::conflict(model, looked.shown, conflict, told::Length::Short)),
        None => promise(model, looked, visit, told::Length::Short),
    }
}

/// What was promised for a time before the stop is made.
fn promise(model: &Model, looked: &Looked<'_>, visit: Visit, length: told::Length) -> Option<String> {
    let carried = looked.shown.day.carried(visit.job)?;
    let begin = looked.schedule.visit(visit)?.begin;
    let is_brought = visit.act == Act::Delivery && verbs::rounds::is_brought(carried.kind);
    let due = carried.due.filter(|due| is_brought && !carried.is_overdue && begin > *due)?;
    Some(told::late_for_promise(model, looked.shown, due, begin, length))
}

/// What is wrong with a stop, or else with its whole round, in a sentence.
pub fn conflict(model: &Model, looked: &Looked<'_>, stop: Stop) -> Option<String> {
    let visit = looked.shown.day.visit(stop)?;
    let of_stop = looked.schedule.conflicts.iter().find(|conflict| is_about(conflict, visit));
    let of_round = || {
        let mut conflicts = looked.schedule.conflicts.iter();
        conflicts.find(|conflict| {
            matches!(conflict, Conflict::ShiftOverrun { .. }) && vehicle_of(looked, conflict) == looked.vehicle
        })
    };
    if let Some(conflict) = of_stop {
        return Some(told::conflict(model, looked.shown, conflict, told::Length::Whole));
    }
    promise(model, looked, visit, told::Length::Whole)
        .or_else(|| of_round().map(|conflict| told::conflict(model, looked.shown, conflict, told::Length::Whole)))
}

/// A window that lasts as long is none: the day on which clocks go forth is the shortest.
const WHOLE_DAY: f64 = 23.0 * 3_600.0;

/// The window of a stop, how much time is left in it, that it is pinned.
pub fn facts(model: &Model, looked: &Looked<'_>, stop: Stop) -> String {
    let language = model.seat.language;
    let day = &looked.shown.day;
    let Some(visit) = day.visit(stop) else { return String::new() };
    let pinned = model.world.leg(stop.leg_id).is_some_and(|leg| leg.fields.pinned);
    let pinned = pinned.then(|| say(language, "rounds-fact-pinned", &[]));
    let window = looked.schedule.visit(visit).zip(day.problem.stop(visit)).and_then(|(timed, stop)| {
        let open = stop.windows.iter().find(|window| window.open <= timed.begin && timed.begin <= window.close)?;
        if open.close - open.open >= WHOLE_DAY {
            return Some(say(language, "rounds-fact-any-time", &[]));
        }
        let clock = |at: f64| Some(words::time(day.clock(at)?.time()));
        let margin = told::minutes(language, open.close - timed.begin);
        let parts = [("from", clock(open.open)?), ("to", clock(open.close)?), ("margin", margin)];
        Some(say(language, "rounds-fact-window", &parts))
    });
    [pinned, window].into_iter().flatten().collect::<Vec<_>>().join(signs::BETWEEN)
}

/// The stop that is selected, read out.
pub fn in_words(model: &Model) -> Option<String> {
    let (looked, stop) = looked_at(model)?;
    let leg = model.world.leg(stop.leg_id)?;
    let place = match stop.act {
        StopAct::Take => &leg.fields.from,
        StopAct::Leave => &leg.fields.to,
    };
    let load = timed(&looked, stop).zip(capacity(&looked)).map(|(timed, capacity)| {
        let [load, ..] = timed.load.0;
        let parts = [("load", load.to_string()), ("capacity", capacity.to_string())];
        say(model.seat.language, "rounds-aboard", &parts)
    });
    let state = crate::domain::machine::State::name(leg.state);
    let state = say(model.seat.language, &format!("state-leg-{state}"), &[]);
    let parts = [
        Some(time(model, &looked, stop).0),
        Some(place_words(model, place)),
        Some(act_word(model, leg, stop.act)),
        Some(what(model, leg)),
        Some(state),
        load,
        conflict(model, &looked, stop).or_else(|| Some(facts(model, &looked, stop))),
    ];
    Some(parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "))
}
