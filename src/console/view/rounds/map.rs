//! Where a round goes: its stops by their numbers on a plane of braille dots, and the same in words.

use super::{Looked, looked, place_words, source_words};
use crate::{
    console::{
        model::{Model, rounds::Tab},
        theme::Role,
        update::verbs::rounds::courier_name,
        view::{paint::Paint, rounds::words as told},
    },
    domain::{leg::Place, position::Position, round::StopAct},
    i18n::say,
    planning::travel::Point,
    text::{width, wrap},
};
use ratatui::layout::Rect;

/// Dots of a character, across and down.
const ACROSS: i32 = 2;
const DOWN: i32 = 4;

/// Bits of a braille character's dots, by column and row.
const DOTS: [[u8; 4]; 2] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]];

/// Where the courier sets out.
const BASE: &str = "■";

/// The map where it has a pane of its own: a title, the plane, where the times come from.
pub fn draw(model: &Model, paint: &mut Paint<'_>, area: Rect) {
    let language = model.seat.language;
    let round = model.rounds.round().and_then(|id| model.world.round(id));
    let who = round.map(|round| courier_name(model, round.fields.courier_id));
    let title = say(language, "rounds-tab-map", &[]);
    let title = if model.rounds.tab == Tab::Map { format!("[{title}]") } else { title };
    let remark = who.map(|who| say(language, "rounds-map-of", &[("of", told::of(language, &who))])).unwrap_or_default();
    paint.line(area.x, area.y, area.width, &[(&title, Role::Strong), ("  ", Role::Dim), (&remark, Role::Dim)]);
    let source = wrap(&source_words(model), usize::from(area.width.max(1)));
    let foot = u16::try_from(source.len()).unwrap_or_default();
    plan(model, paint, Rect { y: area.y + 1, height: area.height.saturating_sub(1 + foot), ..area });
    for (line, y) in source.iter().zip(area.bottom().saturating_sub(foot)..area.bottom()) {
        paint.text(area.x, y, area.width, line, Role::Dim);
    }
}

/// A place of the way: the numbers of its stops, none where the courier sets out or ends.
struct At {
    numbers: Vec<usize>,
    position: Position,
}

/// The places of a round in the order of driving.
fn way(model: &Model, looked: &Looked<'_>) -> Vec<At> {
    let mut way: Vec<At> = Vec::new();
    let base = |place: Option<&Place>| {
        let position = place.and_then(|place| crate::planning::day::position(&model.world, place))?;
        Some(At { numbers: Vec::new(), position })
    };
    way.extend(base(looked.round.map(|round| &round.fields.start)));
    for (number, stop) in (1..).zip(&looked.stops) {
        let Some(leg) = model.world.leg(stop.leg_id) else { continue };
        let place = match stop.act {
            StopAct::Take => &leg.fields.from,
            StopAct::Leave => &leg.fields.to,
        };
        let Some(position) = crate::planning::day::position(&model.world, place) else { continue };
        match way.last_mut().filter(|last| last.position == position && !last.numbers.is_empty()) {
            Some(last) => last.numbers.push(number),
            None => way.push(At { numbers: vec![number], position }),
        }
    }
    way.extend(base(looked.round.map(|round| &round.fields.end)));
    way
}

/// The plane alone.
pub fn plan(model: &Model, paint: &mut Paint<'_>, area: Rect) {
    let looked = model.rounds.board.selected().and_then(|row| looked(model, row));
    let way = looked.as_ref().map(|looked| way(model, looked)).unwrap_or_default();
    if way.iter().all(|at| at.numbers.is_empty()) || area.height < 3 || area.width < 8 {
        let sentence = say(model.seat.language, "rounds-map-empty", &[]);
        for (line, y) in wrap(&sentence, usize::from(area.width.max(1))).iter().zip(area.top()..area.bottom()) {
            paint.text(area.x, y, area.width, line, Role::Dim);
        }
        return;
    }
    let plane = Plane::of(&way, area);
    let points: Vec<(i32, i32)> = way.iter().map(|at| plane.dot(at.position)).collect();
    let mut dots = vec![0_u8; usize::from(area.width) * usize::from(area.height)];
    for pair in points.array_windows() {
        let [from, to] = *pair;
        dotted(from, to, |x, y| plane.set(&mut dots, x, y));
    }
    for (at, bits) in dots.iter().enumerate().filter(|(_, bits)| **bits > 0) {
        let at = u16::try_from(at).unwrap_or_default();
        let sign = char::from_u32(0x2800 + u32::from(*bits)).unwrap_or(' ');
        let (x, y) = (area.x + at % area.width, area.y + at / area.width);
        paint.text(x, y, 1, sign.encode_utf8(&mut [0; 4]), Role::Accent);
    }
    // What comes first is drawn last: the next stops are seen, whatever lies under them.
    let mut places: Vec<(u16, u16, String)> = Vec::new();
    for (at, (x, y)) in way.iter().zip(&points) {
        let cell = |dot: i32, size: i32, from: u16| from + u16::try_from(dot / size).unwrap_or_default();
        let (x, y) = (cell(*x, ACROSS, area.x), cell(*y, DOWN, area.y));
        let label = match at.numbers.as_slice() {
            [] => BASE.to_owned(),
            numbers => numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(","),
        };
        match places.iter_mut().find(|(left, line, _)| (*left, *line) == (x, y)) {
            Some((.., known)) if known == BASE => *known = label,
            Some((.., known)) if label != BASE => *known = format!("{known},{label}"),
            Some(_) => {}
            None => places.push((x, y, label)),
        }
    }
    for (x, y, label) in places.into_iter().rev() {
        let wide = u16::try_from(width(&label)).unwrap_or(area.width).min(area.width);
        let x = x.min(area.right() - wide);
        let role = if label == BASE { Role::Text } else { Role::Strong };
        paint.text(x, y, wide, &label, role);
    }
}

/// How positions come onto the dots: true to shape, north up.
struct Plane {
    left: f64,
    top: f64,
    /// Dots a degree of longitude, and of latitude.
    scale: (f64, f64),
    columns: u16,
    size: (i32, i32),
}

impl Plane {
    fn of(way: &[At], area: Rect) -> Self {
        let (mut south, mut north, mut west, mut east) = (90.0_f64, -90.0_f64, 180.0_f64, -180.0_f64);
        for At { position, .. } in way {
            (south, north) = (south.min(position.lat()), north.max(position.lat()));
            (west, east) = (west.min(position.lon()), east.max(position.lon()));
        }
        // Two columns at the right are kept for a number, and a margin all around.
        let across = f64::from(i32::from(area.width.saturating_sub(3)) * ACROSS - 1).max(1.0);
        let down = f64::from(i32::from(area.height) * DOWN - 2).max(1.0);
        let shrink = f64::midpoint(south, north).to_radians().cos().max(0.01);
        let (wide, high) = (((east - west) * shrink).max(1e-5), (north - south).max(1e-5));
        // A dot is about as wide as it is high.
        let scale = (across / wide).min(down / high);
        let spare = |room: f64, used: f64| (room - used).max(0.0) / 2.0;
        Self {
            left: west - spare(across, wide * scale) / (scale * shrink),
            top: north + spare(down, high * scale) / scale,
            scale: (scale * shrink, scale),
            columns: area.width,
            size: (i32::from(area.width) * ACROSS, i32::from(area.height) * DOWN),
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "dots of a terminal")]
    fn dot(&self, at: Position) -> (i32, i32) {
        let x = ((at.lon() - self.left) * self.scale.0).round() as i32;
        let y = ((self.top - at.lat()) * self.scale.1).round() as i32;
        (x.clamp(0, self.size.0 - 1), y.clamp(0, self.size.1 - 1))
    }

    fn set(&self, dots: &mut [u8], x: i32, y: i32) {
        let cell = (y / DOWN) * i32::from(self.columns) + x / ACROSS;
        let bit = usize::try_from(x % ACROSS).ok().zip(usize::try_from(y % DOWN).ok());
        let bit = bit.and_then(|(x, y)| DOTS.get(x)?.get(y));
        if let (Some(cell), Some(bit)) = (usize::try_from(cell).ok().and_then(|cell| dots.get_mut(cell)), bit) {
            *cell |= bit;
        }
    }
}

/// Every third dot of the straight line between two dots.
fn dotted((x0, y0): (i32, i32), (x1, y1): (i32, i32), mut set: impl FnMut(i32, i32)) {
    let steps = (x1 - x0).abs().max((y1 - y0).abs());
    for step in (0..=steps).step_by(3) {
        let part = |from: i32, to: i32| from + (to - from) * step / steps.max(1);
        set(part(x0, x1), part(y0, y1));
    }
}

/// The way in words, stop by stop: how far and in which direction from the one before.
pub fn in_words(model: &Model) -> Vec<String> {
    let language = model.seat.language;
    let Some(looked) = model.rounds.board.selected().and_then(|row| looked(model, row)) else { return Vec::new() };
    let mut before: Option<Position> = None;
    let mut lines = Vec::new();
    for at in way(model, &looked) {
        let names = at.numbers.iter().filter_map(|number| {
            let stop = looked.stops.get(number.checked_sub(1)?)?;
            let leg = model.world.leg(stop.leg_id)?;
            let place = match stop.act {
                StopAct::Take => &leg.fields.from,
                StopAct::Leave => &leg.fields.to,
            };
            Some(format!("{number} {}", place_words(model, place)))
        });
        let name = names.collect::<Vec<_>>().join(", ");
        let name = if at.numbers.is_empty() { say(language, "rounds-map-base", &[]) } else { name };
        let line = match before {
            Some(from) if from != at.position => {
                let (one, other) =
                    (Point::new(from.lat(), from.lon()), Point::new(at.position.lat(), at.position.lon()));
                let far = told::distance(language, one.metres_to(other));
                let parts = [("place", name), ("far", far), ("way", direction(model, from, at.position))];
                say(language, "rounds-map-leg", &parts)
            }
            _ => name,
        };
        before = Some(at.position);
        lines.push(line);
    }
    if lines.is_empty() {
        lines.push(say(language, "rounds-map-empty", &[]));
    }
    lines.push(source_words(model));
    lines
}

/// The wind's eight directions.
fn direction(model: &Model, from: Position, to: Position) -> String {
    let (north, east) = (to.lat() - from.lat(), (to.lon() - from.lon()) * from.lat().to_radians().cos());
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an eighth of a turn, 0 to 8")]
    let eighth = ((east.atan2(north).to_degrees().rem_euclid(360.0)) / 45.0).round() as usize % 8;
    let key = match eighth {
        0 => "rounds-wind-n",
        1 => "rounds-wind-ne",
        2 => "rounds-wind-e",
        3 => "rounds-wind-se",
        4 => "rounds-wind-s",
        5 => "rounds-wind-sw",
        6 => "rounds-wind-w",
        _ => "rounds-wind-nw",
    };
    say(model.seat.language, key, &[])
}
