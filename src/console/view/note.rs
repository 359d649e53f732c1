//! A note being written, at the foot of the screen.

use super::paint::Paint;
use crate::{
    console::{
        model::{Model, note::Note, reception::Item},
        theme::Role,
        update::verbs,
    },
    i18n::say,
    text::width,
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
    let cursor = note.text.cursor();
    let (row, column) = (cursor.0, cursor.1);
    let room = usize::from(height.saturating_sub(1));
    let first = (row + 1).saturating_sub(room);
    let before: String = note.text.lines().get(row).into_iter().flat_map(|line| line.chars().take(column)).collect();
    // The line that is typed in goes to the left as it grows.
    let hidden = width(&before).saturating_sub(usize::from(area.width.saturating_sub(1)));
    let mut gone = 0;
    let skipped = before.chars().take_while(|c| {
        let goes = gone < hidden;
        gone += if goes { width(c.encode_utf8(&mut [0; 4])) } else { 0 };
        goes
    });
    let skipped: usize = skipped.map(char::len_utf8).sum();
    for ((place, line), y) in note.text.lines().iter().enumerate().skip(first).zip(area.y + 1..area.bottom()) {
        let shown = if place == row { line.get(skipped..).unwrap_or_default() } else { line.as_str() };
        paint.text(area.x, y, area.width, shown, Role::Field);
    }
    let x = u16::try_from(width(&before).saturating_sub(gone)).unwrap_or(u16::MAX).min(area.width.saturating_sub(1));
    let y = area.y + 1 + u16::try_from(row - first.min(row)).unwrap_or_default();
    paint.set_cursor(area.x + x, y.min(area.bottom().saturating_sub(1)));
}
