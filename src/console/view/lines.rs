//! A text of several lines as it is typed: long lines are wrapped, and the one with the cursor is always seen.

use super::paint::Paint;
use crate::{console::theme::Role, text::width};
use ratatui::layout::Rect;
use ratatui_textarea::TextArea;

/// Part of a line on a row of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Part<'a> {
    /// The place of its first character in the line.
    start: usize,
    text: &'a str,
}

/// Draws the text and puts the terminal's cursor into it.
pub fn draw(paint: &mut Paint<'_>, text: &TextArea<'_>, area: Rect) {
    let cursor = text.cursor();
    // The cursor needs a column of its own at the end of a row.
    let columns = usize::from(area.width.saturating_sub(1)).max(1);
    let mut rows: Vec<Part<'_>> = Vec::new();
    let mut at = (0, 0);
    for (place, line) in text.lines().iter().enumerate() {
        let parts = wrapped(line, columns);
        if place == cursor.0 {
            let within = parts.iter().rposition(|part| part.start <= cursor.1).unwrap_or(0);
            let part = parts.get(within).copied().unwrap_or(Part { start: 0, text: "" });
            let before: String = part.text.chars().take(cursor.1 - part.start.min(cursor.1)).collect();
            at = (rows.len() + within, width(&before));
        }
        rows.extend(parts);
    }
    let first = (at.0 + 1).saturating_sub(usize::from(area.height));
    for (row, y) in rows.iter().skip(first).zip(area.y..area.bottom()) {
        paint.text(area.x, y, area.width, row.text.trim_end(), Role::Field);
    }
    let column = |count: usize| u16::try_from(count).unwrap_or(u16::MAX);
    let x = area.x + column(at.1).min(area.width.saturating_sub(1));
    let y = area.y.saturating_add(column(at.0 - first)).min(area.bottom().saturating_sub(1));
    paint.set_cursor(x, y);
}

/// A line on rows of so many columns, broken behind a blank where there is one; nothing of it is left out.
fn wrapped(line: &str, columns: usize) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let (mut begins, mut start) = (0, 0);
    let (mut used, mut blank) = (0, None);
    for (count, (at, c)) in line.char_indices().enumerate() {
        let wide = width(c.encode_utf8(&mut [0; 4]));
        while used + wide > columns && c != ' ' && at > begins {
            let (cut, next) = blank.take().unwrap_or((at, count));
            parts.push(Part { start, text: line.get(begins..cut).unwrap_or_default() });
            used = width(line.get(cut..at).unwrap_or_default());
            (begins, start) = (cut, next);
        }
        used += wide;
        if c == ' ' {
            blank = Some((at + 1, count + 1));
        }
    }
    parts.push(Part { start, text: line.get(begins..).unwrap_or_default() });
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_long_line_is_broken_behind_a_blank() {
        let parts = wrapped("Nous revenons vers vous bientôt", 12);
        let texts: Vec<_> = parts.iter().map(|part| (part.start, part.text)).collect();
        assert_eq!(texts, [(0, "Nous "), (5, "revenons "), (14, "vers vous "), (24, "bientôt")]);
        assert_eq!(wrapped("", 12), [Part { start: 0, text: "" }]);
        assert_eq!(wrapped("anticonstitutionnellement", 12).len(), 3);
    }

    proptest! {
        #[test]
        fn nothing_of_a_line_is_left_out_and_no_row_is_too_long(line in "[a-zé日 ]{0,60}", columns in 2_usize..20) {
            let parts = wrapped(&line, columns);
            prop_assert_eq!(parts.iter().map(|part| part.text).collect::<String>(), line.as_str());
            prop_assert!(parts.iter().all(|part| width(part.text.trim_end()) <= columns));
        }
    }
}
