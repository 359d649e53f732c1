//! The line of commands at the foot of the screen, what it finds above it.

use super::paint::{Paint, Piece};
use crate::{
    console::{
        model::{
            Model,
            palette_line::{Hit, PaletteLine, SHOWN, Target},
        },
        theme::Role,
    },
    i18n::say,
};
use ratatui::layout::Rect;

/// Draws the line and what it finds; the line keeps its place however much that is.
pub fn draw(model: &Model, line: &PaletteLine, paint: &mut Paint<'_>, area: Rect) {
    let language = model.seat.language;
    let height = u16::try_from(SHOWN + 2).unwrap_or(area.height).min(area.height);
    let area = Rect { y: area.bottom() - height, height, ..area };
    paint.clear(area);
    paint.rule(area, area.y, &[(&say(language, "palette-title", &[]), Role::Strong)], "");
    let foot = area.bottom().saturating_sub(1);
    if line.found.is_empty() {
        paint.text(area.x + 1, area.y + 1, area.width, &say(language, "palette-nothing", &[]), Role::Dim);
    }
    for ((place, hit), y) in line.found.iter().enumerate().zip(area.y + 1..foot) {
        if place == line.chosen {
            paint.select(area, y);
        }
        found(model, hit, paint, Rect { x: area.x + 1, y, width: area.width.saturating_sub(1), height: 1 });
    }
    let x = paint.line(area.x, foot, area.width, &[(":", Role::Accent)]);
    super::field(paint, &line.field, x, foot, area.right().saturating_sub(x));
}

fn found(model: &Model, hit: &Hit, paint: &mut Paint<'_>, area: Rect) {
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    let mut end = 0;
    for part in &hit.matched {
        pieces.extend(hit.label.get(end..part.start).map(|text| (text, Role::Text)));
        pieces.extend(hit.label.get(part.clone()).map(|text| (text, Role::Found)));
        end = part.end;
    }
    pieces.extend(hit.label.get(end..).map(|text| (text, Role::Text)));
    let room = area.width.saturating_sub(16);
    paint.line(area.x, area.y, room, &pieces);
    let kind = match &hit.target {
        Target::Order(_) | Target::KeepView(_) | Target::ForgetView(_) => "palette-action",
        Target::Request(_) => "palette-request",
        Target::Person(_) => "palette-person",
        Target::Site(_) => "palette-site",
        Target::View(_) => "palette-view",
        Target::Thing(_) => "palette-thing",
    };
    let kind = say(model.seat.language, kind, &[]);
    paint.text_right(area.right(), area.y, 15, hit.key.as_deref().unwrap_or(&kind), Role::Dim);
}
