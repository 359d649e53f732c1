//! Wide characters over whose other half something else was drawn: a terminal shows no half of them.

use crate::text::is_narrow;
use ratatui::buffer::{Buffer, CellWidth};

/// Puts a space where a wide character lost its other half to what was drawn there later, as a terminal would.
///
/// Left as they are, such a character would hide what was drawn over it, and what it hid would be missing once it goes: ratatui compares
/// frames cell by cell and sends nothing for one that was there all along.
pub fn blank_broken(buffer: &mut Buffer) {
    let width = usize::from(buffer.area.width);
    for row in buffer.content.chunks_mut(width.max(1)) {
        for at in 0..row.len() {
            let covered = row.get(at).map_or(0, |cell| {
                if cell.symbol().len() == 1 || is_narrow(cell.symbol()) {
                    0
                } else {
                    cell.cell_width().saturating_sub(1)
                }
            });
            let is_broken = row.iter().skip(at + 1).take(covered.into()).any(|cell| cell.symbol() != " ");
            if let (true, Some(cell)) = (is_broken, row.get_mut(at)) {
                cell.set_symbol(" ");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::{buffer::Cell, layout::Rect, style::Style};

    #[test]
    fn what_lies_over_half_a_wide_character_is_seen_and_the_rest_of_it_is_a_space() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 6, 1));
        buffer.set_string(0, 0, "漢漢漢", Style::new());
        buffer.set_string(3, 0, "│", Style::new());
        blank_broken(&mut buffer);
        assert_eq!(buffer.content.iter().map(Cell::symbol).collect::<String>(), "漢  │漢 ");
    }
}
