//! A note being written, at the foot of the screen.

use super::{lines, paint::Paint};
use crate::{
    console::{
        model::{Model, note::Note, reception::Item},
        theme::Role,
        update::verbs,
    },
    i18n::say,
};
use ratatui::layout::Rect;

/// Lines of a note that are seen at once.
const LINES: u16 = 7;

/// Draws the note; the line that is typed in is always seen.
pub fn draw(model: &Model, note: &Note, paint: &mut Paint<'_>, area: Rect) {
    let language = model.seat.language;
    let height = (LINES + 1).min(area.height);
    let area = Rect { y: area.bottom() - height, height, ..area };
    paint.clear(area);
    let title = say(language, "note-title", &[("what", verbs::name(model, Item::Request(note.request)))]);
    paint.rule(area, area.y, &[(&title, Role::Strong)], "");
    lines::draw(paint, &note.text, Rect { y: area.y + 1, height: height.saturating_sub(1), ..area });
}
