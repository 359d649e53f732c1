//! A text of several lines as it is typed: long lines are wrapped, and the one with the cursor is always seen.

use super::paint::Paint;
use crate::{console::theme::Role, text::width};
use ratatui::layout::Rect;
use ratatui_textarea::{DataCursor, TextArea};

/// Part of a line on a row of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Part<'a> {
    /// The place of its first character in the line.
    start: usize,
    text: &'a str,
}

/// The columns that a line may take on a screen that has so many: the cursor needs one of its own at the end of a row.
fn room(columns: u16) -> usize {
    usize::from(columns.saturating_sub(1)).max(1)
}

/// The rows of a text: the line of each, and the part of it.
fn rows<'a>(text: &'a TextArea<'_>, columns: u16) -> Vec<(usize, Part<'a>)> {
    let lines = text.lines().iter().enumerate();
    lines.flat_map(|(place, line)| wrapped(line, room(columns)).into_iter().map(move |part| (place, part))).collect()
}

/// The row with the cursor, and the columns before it there.
fn place(rows: &[(usize, Part<'_>)], DataCursor(line, character): DataCursor) -> (usize, usize) {
    let here = |(of, part): &(usize, Part<'_>)| *of == line && part.start <= character;
    let row = rows.iter().rposition(here).unwrap_or(0);
    let part = rows.get(row).map_or(Part { start: 0, text: "" }, |(_, part)| *part);
    let before: String = part.text.chars().take(character - part.start.min(character)).collect();
    (row, width(&before))
}

/// Where the cursor comes to stand one row higher: in which line, behind how many characters; none in the first row.
pub fn above(text: &TextArea<'_>, columns: u16) -> Option<(usize, usize)> {
    let rows = rows(text, columns);
    let (row, column) = place(&rows, text.cursor());
    at_column(&rows, row.checked_sub(1)?, column)
}

/// The same one row lower; none in the last row.
pub fn below(text: &TextArea<'_>, columns: u16) -> Option<(usize, usize)> {
    let rows = rows(text, columns);
    let (row, column) = place(&rows, text.cursor());
    at_column(&rows, row + 1, column)
}

/// The place in a row that is as many columns from its start, or at its end.
fn at_column(rows: &[(usize, Part<'_>)], row: usize, column: usize) -> Option<(usize, usize)> {
    let (line, part) = rows.get(row)?;
    let is_last = rows.get(row + 1).is_none_or(|(next, _)| next != line);
    // Behind the last character of a row that goes on one stands at the start of the next.
    let most = part.text.chars().count().saturating_sub(usize::from(!is_last));
    let mut used = 0;
    let fitting = part.text.chars().take(most).take_while(|c| {
        used += width(c.encode_utf8(&mut [0; 4]));
        used <= column
    });
    Some((*line, part.start + fitting.count()))
}

/// Draws the text and puts the terminal's cursor into it.
pub fn draw(paint: &mut Paint<'_>, text: &TextArea<'_>, area: Rect) {
    let rows = rows(text, area.width);
    let at = place(&rows, text.cursor());
    let first = (at.0 + 1).saturating_sub(usize::from(area.height));
    for ((_, row), y) in rows.iter().skip(first).zip(area.y..area.bottom()) {
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
