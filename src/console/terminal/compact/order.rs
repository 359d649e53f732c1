//! The order in which a frame's changes are written: what is drawn with one pen or stands close together goes together.
//!
//! A frame is one write, so nobody sees the order; but a column of changed signs, row by row with the pens between them, costs four times as much.

use super::{Compact, is_blank, is_sure};
use crate::console::terminal::pen::Pen;
use ratatui::buffer::{Cell, CellWidth};
use std::{io::Write, ops::Range};

/// A change of the frame: where, and what stands there now.
pub(super) type Change<'a> = (u16, u16, &'a Cell);

/// From that many pieces on, to find the shortest way takes longer than the bytes that it saves.
const MOST: usize = 160;

/// What a change of pen costs, more or less.
const PEN: u16 = 12;
/// What a move costs that names its place.
const AWAY: u16 = 7;

/// Changes that are written in one go.
struct Piece {
    cells: Range<usize>,
    at: (u16, u16),
    /// Where the cursor stands then; none at the edge, or after what terminals disagree about.
    end: Option<u16>,
    first: Pen,
    last: Pen,
}

impl<W: Write> Compact<W> {
    /// The changes in pieces, each piece in its order.
    pub(super) fn pieces<'a, 'b>(&self, cells: &'b [Change<'a>]) -> Vec<&'b [Change<'a>]> {
        let mut pieces = self.cut(cells);
        let mut ordered = Vec::with_capacity(pieces.len());
        let (mut place, mut pen) = (self.row.map(|row| (self.column, row)), self.pen);
        while !pieces.is_empty() && pieces.len() + ordered.len() <= MOST {
            let cost = |piece: &Piece| way(place, piece.at) + if pen == Some(piece.first) { 0 } else { PEN };
            // Of equals the first in the order of reading.
            let Some((next, _)) = pieces.iter().enumerate().min_by_key(|(_, piece)| cost(piece)) else { break };
            let piece = pieces.remove(next);
            (place, pen) = (Some((piece.end, piece.at.1)), Some(piece.last));
            ordered.push(piece);
        }
        ordered.extend(pieces);
        ordered.into_iter().filter_map(|piece| cells.get(piece.cells)).collect()
    }

    fn cut(&self, cells: &[Change<'_>]) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::new();
        for row in cells.chunk_by(|(_, y, _), (_, next, _)| y == next) {
            let is_plain = row.iter().all(|(x, y, cell)| self.is_plain(*x, *y, cell));
            let start = pieces.last().map_or(0, |piece| piece.cells.end);
            for (place, (x, y, cell)) in (start..).zip(row) {
                let pen = Pen::of(cell);
                let end = (is_plain && x + 1 < self.size.width).then_some(x + 1);
                match pieces.last_mut() {
                    Some(piece)
                        if place > start
                            && (!is_plain
                                || piece.end == Some(*x)
                                    && (piece.last == pen || is_blank(cell) && piece.last.draws_blank_as(pen))) =>
                    {
                        piece.cells.end = place + 1;
                        piece.end = end;
                        if !is_blank(cell) {
                            piece.last = pen;
                        }
                    }
                    _ => {
                        let cells = place..place + 1;
                        pieces.push(Piece { cells, at: (*x, *y), end, first: pen, last: pen });
                    }
                }
            }
        }
        pieces
    }

    /// Whether a change touches nothing but its own column: all else is written in the order of reading, for what is wide takes from its neighbours.
    fn is_plain(&self, x: u16, y: u16, cell: &Cell) -> bool {
        let narrow = |cell: &Cell| cell.cell_width() == 1 && (self.ascii || is_sure(cell.symbol()));
        let shown = |x: u16| self.shown_at(x, y).is_some_and(narrow);
        narrow(cell) && shown(x) && (x == 0 || shown(x - 1)) && (x + 1 == self.size.width || shown(x + 1))
    }
}

/// About how many bytes lead there.
fn way(from: Option<(Option<u16>, u16)>, (x, y): (u16, u16)) -> u16 {
    let Some((column, row)) = from else { return AWAY };
    let vertical = match y.checked_sub(row) {
        Some(down @ 0..=3) => down,
        Some(_) | None => 4,
    };
    let sideways = match column {
        Some(column) if column.abs_diff(x) <= 4 => column.abs_diff(x),
        _ if x == 0 => 1,
        _ => 5,
    };
    (vertical + sideways).min(AWAY)
}
