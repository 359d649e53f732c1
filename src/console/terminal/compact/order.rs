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

/// What a change of pen costs, more or less, where it is not known what the terminal writes with.
const PEN: u16 = 12;
/// More pens are not remembered from one frame to the next.
const PENS: usize = 64;
/// What a step to the next change costs at least, in bytes.
const STEP: usize = 2;
/// What a move costs that names its place.
const AWAY: u16 = 7;

/// Changes that are written in one go.
struct Piece {
    cells: Range<usize>,
    at: (u16, u16),
    /// Where the cursor stands then; none at the edge, or after what terminals disagree about.
    end: Option<u16>,
    /// The places of its first and its last pen among those of all pieces.
    first: usize,
    last: usize,
}

/// The pens that were needed, each once, and what it costs to change from one to another: worked out once, for a theme has few.
#[derive(Debug, Default)]
pub(super) struct Pens {
    all: Vec<Pen>,
    /// Bytes, by the place of the one before and then by that of the one after.
    costs: Vec<Vec<u16>>,
}

impl Pens {
    fn place(&mut self, pen: Pen) -> usize {
        if let Some(known) = self.all.iter().position(|known| *known == pen) {
            return known;
        }
        let cost = |before: Pen, after: Pen| u16::try_from(after.after(Some(before)).len()).unwrap_or(PEN);
        for (before, costs) in self.all.iter().zip(&mut self.costs) {
            costs.push(cost(*before, pen));
        }
        self.all.push(pen);
        self.costs.push(self.all.iter().map(|after| cost(pen, *after)).collect());
        self.all.len() - 1
    }

    fn draw_blank_alike(&self, one: usize, other: Pen) -> bool {
        self.all.get(one).is_some_and(|pen| pen.draws_blank_as(other))
    }

    fn cost(&self, before: Option<usize>, after: usize) -> u16 {
        if before == Some(after) {
            return 0;
        }
        before.and_then(|before| self.costs.get(before)?.get(after)).copied().unwrap_or(PEN)
    }
}

impl<W: Write> Compact<W> {
    /// The changes in pieces, each piece in its order.
    pub(super) fn pieces<'a, 'b>(&mut self, cells: &'b [Change<'a>]) -> Vec<&'b [Change<'a>]> {
        let mut pens = std::mem::take(&mut self.pens);
        if pens.all.len() > PENS {
            pens = Pens::default();
        }
        let mut pieces = self.cut(cells, &mut pens);
        let mut ordered = Vec::with_capacity(pieces.len());
        let mut place = self.row.map(|row| (self.column, row));
        let mut pen = self.pen.map(|pen| pens.place(pen));
        while !pieces.is_empty() && pieces.len() + ordered.len() <= MOST {
            let cost = |piece: &Piece| way(place, piece.at) + pens.cost(pen, piece.first);
            // Of equals the first in the order of reading.
            let Some((next, _)) = pieces.iter().enumerate().min_by_key(|(_, piece)| cost(piece)) else { break };
            let piece = pieces.remove(next);
            (place, pen) = (Some((piece.end, piece.at.1)), Some(piece.last));
            ordered.push(piece);
        }
        ordered.extend(pieces);
        self.pens = pens;
        ordered.into_iter().filter_map(|piece| cells.get(piece.cells)).collect()
    }

    fn cut(&self, cells: &[Change<'_>], pens: &mut Pens) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::new();
        for row in cells.chunk_by(|(_, y, _), (_, next, _)| y == next) {
            let is_plain = row.iter().all(|(x, y, cell)| self.is_plain(*x, *y, cell));
            let start = pieces.last().map_or(0, |piece| piece.cells.end);
            for (place, (x, y, cell)) in (start..).zip(row) {
                let own = Pen::of(cell);
                let pen = pens.place(own);
                let end = (is_plain && x + 1 < self.size.width).then_some(x + 1);
                match pieces.last_mut() {
                    Some(piece)
                        if place > start
                            && (!is_plain
                                || piece.end.is_some_and(|end| self.leads_on(cells, place, end, (*x, *y)))
                                    && (piece.last == pen
                                        || is_blank(cell) && pens.draw_blank_alike(piece.last, own))) =>
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

    /// Whether a change follows what was written up to there: at once, or as a blank after blanks, which are erased together.
    fn leads_on(&self, cells: &[Change<'_>], place: usize, end: u16, (x, y): (u16, u16)) -> bool {
        let blank_before = |place: usize| cells.get(place).is_some_and(|(_, _, cell)| is_blank(cell));
        end == x
            || blank_before(place)
                && place.checked_sub(1).is_some_and(blank_before)
                && (end..x).all(|between| self.shown_at(between, y).is_some_and(is_blank))
    }

    /// Whether a change touches nothing but its own column: all else is written in the order of reading, for what is wide takes from its neighbours.
    fn is_plain(&self, x: u16, y: u16, cell: &Cell) -> bool {
        let narrow = |cell: &Cell| cell.cell_width() == 1 && (self.ascii || is_sure(cell.symbol()));
        let shown = |x: u16| self.shown_at(x, y).is_some_and(narrow);
        narrow(cell) && shown(x) && (x == 0 || shown(x - 1)) && (x + 1 == self.size.width || shown(x + 1))
    }
}

/// What cells cost, more or less: a byte each, and a step between those that stand apart.
pub(super) fn price<'a, C: 'a>(cells: impl IntoIterator<Item = &'a (u16, u16, C)>) -> usize {
    let mut end = None;
    let prices = cells.into_iter().map(|(x, y, _)| {
        let is_apart = end.replace((*x + 1, *y)) != Some((*x, *y));
        if is_apart { 1 + STEP } else { 1 }
    });
    prices.sum()
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
