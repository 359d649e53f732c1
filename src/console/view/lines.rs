//! A text of several lines as it is typed; the line with the cursor is always seen.

use super::paint::Paint;
use crate::{console::theme::Role, text::width};
use ratatui::layout::Rect;
use ratatui_textarea::TextArea;

/// Draws the text and puts the terminal's cursor into it.
pub fn draw(paint: &mut Paint<'_>, text: &TextArea<'_>, area: Rect) {
    let cursor = text.cursor();
    let (row, column) = (cursor.0, cursor.1);
    let first = (row + 1).saturating_sub(usize::from(area.height));
    let before: String = text.lines().get(row).into_iter().flat_map(|line| line.chars().take(column)).collect();
    // The line that is typed in goes to the left as it grows.
    let hidden = width(&before).saturating_sub(usize::from(area.width.saturating_sub(1)));
    let mut gone = 0;
    let skipped = before.chars().take_while(|c| {
        let goes = gone < hidden;
        gone += if goes { width(c.encode_utf8(&mut [0; 4])) } else { 0 };
        goes
    });
    let skipped: usize = skipped.map(char::len_utf8).sum();
    for ((place, line), y) in text.lines().iter().enumerate().skip(first).zip(area.y..area.bottom()) {
        let shown = if place == row { line.get(skipped..).unwrap_or_default() } else { line.as_str() };
        paint.text(area.x, y, area.width, shown, Role::Field);
    }
    let x = u16::try_from(width(&before).saturating_sub(gone)).unwrap_or(u16::MAX).min(area.width.saturating_sub(1));
    let y = area.y + u16::try_from(row - first.min(row)).unwrap_or_default();
    paint.set_cursor(area.x + x, y.min(area.bottom().saturating_sub(1)));
}
