//! The rounds along the hours: one character for some minutes, a digit for a stop, `-` on the way or at work, `.` free.

use super::{Looked, board_has_keys, looked, selected, stops, vehicle_word};
use crate::{
    console::{
        keymap::Action,
        model::{
            Model,
            rounds::{Row, Shown},
        },
        theme::Role,
        update::verbs::rounds::courier_name,
        view::{
            paint::{Paint, signs},
            words,
        },
    },
    domain::{
        machine::State as _,
        round::{Round, RoundState, StopAct, Vehicle},
        time::Window,
    },
    i18n::say,
    planning::schedule::Conflict,
    text::{width, wrap},
};
use jiff::civil::Date;
use ratatui::layout::Rect;

/// Minutes that a character may stand for, the finest first.
const SCALES: [u16; 5] = [10, 15, 20, 30, 60];

/// Columns of the courier's name and of the vehicle, behind the margin.
const NAME: u16 = 7;
const VEHICLE: u16 = 11;

/// The hours that are shown, and what a character stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Scale {
    /// The first hour.
    from: u16,
    /// The hour at which it ends.
    to: u16,
    /// Minutes a character.
    minutes: u16,
}

impl Scale {
    /// From the first shift's beginning to the last one's end, as finely as there is room.
    fn of(shifts: impl Iterator<Item = Window>, columns: u16) -> Self {
        let hour = |hour: i8| u16::try_from(hour).unwrap_or_default();
        let (mut from, mut to) = (8, 18);
        for shift in shifts {
            let end = hour(shift.to().hour()) + u16::from(shift.to().minute() > 0);
            (from, to) = (from.min(hour(shift.from().hour())), to.max(end));
        }
        let fits = |minutes: &&u16| (to - from) * 60 / **minutes <= columns;
        Self { from, to, minutes: SCALES.iter().find(fits).copied().unwrap_or(60) }
    }

    const fn columns(self) -> u16 {
        (self.to - self.from) * 60 / self.minutes
    }

    /// The column of a time in minutes since midnight; none if it is not shown.
    fn column(self, minutes: i64) -> Option<u16> {
        let since = u16::try_from(minutes - i64::from(self.from) * 60).ok()?;
        Some(since / self.minutes).filter(|column| *column < self.columns())
    }
}

fn shift(shown: &Shown, model: &Model, row: Row) -> Option<Window> {
    match row {
        Row::Round(id) => Some(model.world.round(id)?.fields.shift),
        Row::Courier(..) => Some(shown.day.drive(shown.vehicle(row)?)?.shift),
    }
}

/// Draws the board.
pub fn draw(model: &Model, paint: &mut Paint<'_>, area: Rect, is_wide: bool) {
    let language = model.seat.language;
    let today = model.seat.civil(model.now).date();
    let date = model.rounds.day(today);
    title(model, paint, area, date, today);
    let Some(shown) = model.rounds.shown() else { return };
    let rows = Rect { y: area.y + 2, height: area.height.saturating_sub(if is_wide { 3 } else { 2 }), ..area };
    let left = area.x + 1 + NAME + VEHICLE + if is_wide { 2 } else { 0 };
    let room = area.right().saturating_sub(left);
    let order = model.rounds.board.order();
    let scale = Scale::of(order.iter().filter_map(|row| shift(shown, model, *row)), room);
    hours(model, paint, area, left, scale, date == today);
    if order.is_empty() {
        let key = if model.world.board.all::<crate::domain::courier::Courier>().next().is_none() {
            "rounds-no-couriers"
        } else {
            "rounds-empty-day"
        };
        let sentence = say(language, key, &[]);
        for (line, y) in
            wrap(&sentence, usize::from(area.width.saturating_sub(4))).iter().zip(rows.top()..rows.bottom())
        {
            paint.text(area.x + 2, y, area.width.saturating_sub(2), line, Role::Dim);
        }
    }
    for (line, y) in model.rounds.board.glass().zip(rows.top()..rows.bottom()) {
        let Some(line) = line else { continue };
        let Some(looked) = looked(model, line.key) else { continue };
        row(model, paint, Rect { y, height: 1, ..rows }, left, scale, &looked, line.ghost);
        if line.selected {
            selected(model, paint, rows, y, board_has_keys(model));
        }
    }
    if is_wide {
        legend(model, paint, area, scale);
    }
}

fn title(model: &Model, paint: &mut Paint<'_>, area: Rect, date: Date, today: Date) {
    let language = model.seat.language;
    let day = words::date(language, date);
    let key = if date == today { "rounds-title-today" } else { "rounds-title" };
    let title = say(language, key, &[("date", day)]);
    let key = |action: Action| model.keymap.hint(crate::console::keymap::Context::List, action, true, language);
    let remark = match (key(Action::DayBefore), key(Action::DayAfter)) {
        (Some(before), Some(after)) => say(language, "rounds-days", &[("before", before.key), ("after", after.key)]),
        _ => String::new(),
    };
    paint.rule(area, area.y, &[(&title, Role::Strong)], &remark);
}

/// The hours above the rounds, and where it is now.
fn hours(model: &Model, paint: &mut Paint<'_>, area: Rect, left: u16, scale: Scale, is_today: bool) {
    let y = area.y + 1;
    let every = if scale.minutes > 15 { 2 } else { 1 };
    for hour in (scale.from..scale.to).step_by(every) {
        let x = left + (hour - scale.from) * 60 / scale.minutes;
        paint.text(x, y, 2, &format!("{hour:02}"), Role::Heading);
    }
    let now = model.seat.civil(model.now).time();
    let minutes = i64::from(now.hour()) * 60 + i64::from(now.minute());
    if let Some(column) = scale.column(minutes).filter(|_| is_today) {
        paint.text(left + column, y, 1, NOW, Role::Accent);
    }
}

/// Where it is now; `v` in ASCII.
const NOW: &str = "▼";

fn legend(model: &Model, paint: &mut Paint<'_>, area: Rect, scale: Scale) {
    let minutes = [("minutes", scale.minutes.to_string())];
    let words = say(model.seat.language, "rounds-legend", &minutes);
    paint.text(area.x + 1, area.bottom().saturating_sub(1), area.width.saturating_sub(1), &words, Role::Dim);
}

/// One round: who, with what, and its line of hours.
fn row(model: &Model, paint: &mut Paint<'_>, area: Rect, left: u16, scale: Scale, looked: &Looked<'_>, ghost: bool) {
    let language = model.seat.language;
    let (who, vehicle) = who(model, looked);
    let role = match (ghost, looked.row) {
        (true, _) => Role::Gone,
        (_, Row::Round(_)) => Role::Strong,
        // Who has no round yet is only there to be asked.
        (_, Row::Courier(..)) => Role::Dim,
    };
    let y = area.y;
    let kind = vehicle.map(|vehicle| vehicle_word(language, vehicle.kind)).unwrap_or_default();
    let columns = |text: &str| u16::try_from(width(text)).unwrap_or(u16::MAX);
    // The given name tells them apart; a long one takes what its vehicle leaves.
    let room = (NAME + VEHICLE).saturating_sub(columns(&kind) + 2).max(NAME - 1);
    let given_name = who.split(' ').next().unwrap_or_default();
    let who = if columns(&who) > room { given_name } else { &who };
    let name = columns(who).min(room);
    paint.text(area.x + 1, y, name, who, role);
    let gone = if ghost { Role::Gone } else { Role::Dim };
    let behind = NAME.max(name + 1);
    paint.text(area.x + 1 + behind, y, NAME + VEHICLE - behind, &kind, gone);
    if is_in_conflict(looked) {
        paint.text(left.saturating_sub(1), y, 1, signs::PRESSING, Role::Danger);
    }
    for (column, (sign, role)) in line(model, looked, scale).into_iter().enumerate() {
        let column = u16::try_from(column).unwrap_or_default();
        if sign != ' ' {
            paint.text(left + column, y, 1, sign.encode_utf8(&mut [0; 4]), if ghost { Role::Gone } else { role });
        }
    }
}

fn who(model: &Model, looked: &Looked<'_>) -> (String, Option<Vehicle>) {
    if let Some(round) = looked.round {
        return (courier_name(model, round.fields.courier_id), Some(round.fields.vehicle));
    }
    let drive = looked.vehicle.and_then(|vehicle| looked.shown.day.drive(vehicle));
    match (looked.row, drive) {
        (Row::Courier(id, _), drive) => (courier_name(model, id), drive.map(|drive| drive.vehicle)),
        (Row::Round(_), Some(drive)) => (courier_name(model, drive.courier), Some(drive.vehicle)),
        (Row::Round(_), None) => (say(model.seat.language, "name-gone", &[]), None),
    }
}

/// Whether anything is wrong with the round.
fn is_in_conflict(looked: &Looked<'_>) -> bool {
    let Some(vehicle) = looked.vehicle else { return false };
    let of_it = |conflict: &Conflict| stops::vehicle_of(looked, conflict) == Some(vehicle);
    looked.schedule.conflicts.iter().any(of_it)
}

/// The characters of a round's hours, each with what it means.
fn line(model: &Model, looked: &Looked<'_>, scale: Scale) -> Vec<(char, Role)> {
    let mut line = vec![(' ', Role::Dim); usize::from(scale.columns())];
    let mut fill = |from: f64, to: f64, sign: char, role: Role| {
        let step = f64::from(scale.minutes) * 60.0;
        let start = f64::from(scale.from) * 3_600.0;
        for (at, cell) in line.iter_mut().enumerate() {
            let begin = start + step * f64::from(u32::try_from(at).unwrap_or_default());
            if begin + step > from && begin < to {
                *cell = (sign, role);
            }
        }
    };
    let minutes = |time: jiff::civil::Time| f64::from(i32::from(time.hour()) * 60 + i32::from(time.minute())) * 60.0;
    if let Some(shift) = shift(looked.shown, model, looked.row) {
        fill(minutes(shift.from()), minutes(shift.to()), '.', Role::Dim);
    }
    let timetable = looked.vehicle.and_then(|vehicle| looked.schedule.timetables.get(vehicle.at()));
    if let Some(timetable) = timetable.filter(|timetable| !timetable.stops.is_empty()) {
        let mut left = timetable.leaves;
        for stop in &timetable.stops {
            fill(left, stop.arrival, '-', Role::Text);
            fill(stop.begin, stop.depart, '-', Role::Text);
            left = stop.depart;
        }
        fill(left, timetable.home, '-', Role::Text);
    }
    // A stop's digit stands where work begins; of two in one character the first.
    for (at, stop) in looked.stops.iter().enumerate().rev() {
        let number = u32::try_from(at + 1).unwrap_or_default();
        let Some((at, role)) = stops::when(model, looked, *stop) else { continue };
        let column = scale.column(whole_minutes(at));
        if let Some(cell) = column.and_then(|column| line.get_mut(usize::from(column))) {
            *cell = (char::from_digit(number % 10, 10).unwrap_or('+'), role);
        }
    }
    line
}

#[expect(clippy::cast_possible_truncation, reason = "minutes of a day")]
fn whole_minutes(seconds: f64) -> i64 {
    (seconds / 60.0).floor() as i64
}

/// The round that is selected, read out: who, with what, where it stands, its stops, when it ends, that something is wrong.
pub fn in_words(model: &Model) -> Option<String> {
    let language = model.seat.language;
    let looked = looked(model, model.rounds.board.selected()?)?;
    let (who, vehicle) = who(model, &looked);
    let state = looked.round.map_or_else(
        || say(language, "rounds-none-yet", &[]),
        |round: &std::sync::Arc<Round>| say(language, &format!("state-round-{}", round.state.name()), &[]),
    );
    let remark = looked.round.filter(|round| round.state != RoundState::Finished).map(|_| stops::remark(model));
    let wrong = is_in_conflict(&looked).then(|| say(language, "rounds-conflict", &[]));
    let taken = looked.stops.iter().filter(|stop| stop.act == StopAct::Take).count();
    let legs = (taken > 0).then(|| say(language, "rounds-stops", &[("count", looked.stops.len().to_string())]));
    let parts =
        [Some(who), vehicle.map(|vehicle| vehicle_word(language, vehicle.kind)), Some(state), legs, remark, wrong];
    Some(parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "))
}
