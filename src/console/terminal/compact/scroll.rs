//! Lines that only moved by one are moved by the terminal: what a list scrolls by then costs one row instead of all.

use super::{
    Compact, is_blank, is_sure,
    order::{Change, price},
};
use ratatui::{
    buffer::{Cell, CellWidth},
    style::Color,
};
use std::{io::Write, ops::RangeInclusive};

/// Fewer changed rows are written.
const ROWS: usize = 4;
/// What moving costs, in bytes.
const COST: usize = 30;

/// Lines that were moved.
pub(super) struct Scrolled {
    /// The rows that need no more of what was to be changed.
    pub rows: RangeInclusive<u16>,
    /// What is new: the row that came in.
    pub fresh: Vec<(u16, u16, Cell)>,
}

/// Which way lines move.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Up,
    Down,
}

impl<W: Write> Compact<W> {
    /// Lets the terminal move lines, if that is shorter.
    pub(super) fn scroll(&mut self, changes: &[Change<'_>]) -> Option<Scrolled> {
        if changes.chunk_by(|(_, y, _), (_, next, _)| y == next).count() < ROWS {
            return None;
        }
        if !self.may_move(changes) {
            return None;
        }
        let next = self.overlaid(changes);
        let wide = usize::from(self.size.width);
        let next_row = |y: u16| next.get(usize::from(y) * wide..(usize::from(y) + 1) * wide).unwrap_or_default();
        let (way, run) = [Way::Up, Way::Down]
            .into_iter()
            .filter_map(|way| Some((way, self.longest(way, next_row)?)))
            .max_by_key(|(_, run)| run.end() - run.start())?;
        let (rows, fresh_row) = match way {
            Way::Up => (*run.start()..=run.end() + 1, run.end() + 1),
            Way::Down => (run.start() - 1..=*run.end(), run.start() - 1),
        };
        let fresh_cells = (0..).zip(next_row(fresh_row)).filter_map(|(x, cell)| Some((x, fresh_row, (*cell)?.clone())));
        let (blank, fresh): (Vec<_>, Vec<_>) =
            fresh_cells.partition(|(_, _, cell)| is_blank(cell) && cell.bg == Color::Reset);
        let saved = price(changes.iter().filter(|(_, y, _)| rows.contains(y)));
        if saved < price(&fresh) + COST {
            return None;
        }
        self.shift(way, &rows);
        for (x, y, cell) in blank {
            self.note(x, y, Some(cell));
        }
        Some(Scrolled { rows, fresh })
    }

    /// Whether enough of what changes is what a neighbour shows now: for most frames it is not, and then nothing more is looked at.
    fn may_move(&self, changes: &[Change<'_>]) -> bool {
        let gained = |way: Way| -> usize {
            let comes = |(x, y, cell): &Change<'_>| {
                let from = match way {
                    Way::Up => Some(y + 1),
                    Way::Down => y.checked_sub(1),
                };
                from.and_then(|from| self.shown_at(*x, from)) == Some(*cell)
            };
            let rows = changes.chunk_by(|(_, y, _), (_, next, _)| y == next);
            rows.filter(|row| row.iter().all(comes)).map(price).sum()
        };
        // The row that comes in changes too, and costs as much as it did.
        [Way::Up, Way::Down].into_iter().any(|way| gained(way) >= COST / 2)
    }

    /// The frame as it will be.
    fn overlaid<'a>(&'a self, changes: &[Change<'a>]) -> Vec<Option<&'a Cell>> {
        let mut next: Vec<Option<&Cell>> = self.shown.iter().map(Option::as_ref).collect();
        for (x, y, cell) in changes {
            for covered in 0..cell.cell_width().max(1) {
                if let Some(place) = next.get_mut(self.index(x + covered, *y)) {
                    *place = (covered == 0).then_some(*cell);
                }
            }
        }
        next
    }

    /// The longest run of rows that will show what a neighbour shows now.
    fn longest<'a>(&self, way: Way, next: impl Fn(u16) -> &'a [Option<&'a Cell>]) -> Option<RangeInclusive<u16>> {
        let mut best: Option<RangeInclusive<u16>> = None;
        let mut start = None;
        for y in 0..=self.size.height {
            let from = match way {
                Way::Up => Some(y + 1),
                Way::Down => y.checked_sub(1),
            };
            let from = from.filter(|from| y < self.size.height && *from < self.size.height);
            if from.is_some_and(|from| self.moves(from, next(y))) {
                let start = *start.get_or_insert(y);
                if best.as_ref().is_none_or(|best| y - start > best.end() - best.start()) {
                    best = Some(start..=y);
                }
            } else {
                start = None;
            }
        }
        best
    }

    /// Whether a row that is shown is what another will show, and nothing in it is of doubtful width.
    fn moves(&self, from: u16, next: &[Option<&Cell>]) -> bool {
        let start = self.index(0, from);
        let shown = self.shown.get(start..start + usize::from(self.size.width)).unwrap_or_default();
        let sure = |cell: &Cell| (self.ascii || is_sure(cell.symbol())) && cell.cell_width() == 1;
        let mut pairs = shown.iter().map(Option::as_ref).zip(next.iter().copied());
        !next.is_empty() && pairs.all(|(shown, next)| shown == next && shown.is_some_and(sure))
    }

    /// By an end of line at the bottom of a region, or its reverse at the top: what every terminal since the VT100 knows.
    fn shift(&mut self, way: Way, rows: &RangeInclusive<u16>) {
        // What comes in has the ground of the pen.
        self.take_pen(&Cell::EMPTY);
        let (first, last) = (rows.start() + 1, rows.end() + 1);
        let (at, moved) = match way {
            Way::Up => (last, "\n"),
            Way::Down => (first, "\x1bM"),
        };
        self.frame.extend_from_slice(format!("\x1b[{first};{last}r\x1b[{at}H{moved}\x1b[r").as_bytes());
        // To set a region takes the cursor home (VT510, DECSTBM); a few terminals leave it where it is when they take one away.
        (self.row, self.column) = (None, None);
        let (start, end) = (self.index(0, *rows.start()), self.index(0, rows.end() + 1));
        let wide = usize::from(self.size.width);
        if let Some(region) = self.shown.get_mut(start..end) {
            let came_in = match way {
                Way::Up => {
                    region.rotate_left(wide);
                    region.len() - wide..region.len()
                }
                Way::Down => {
                    region.rotate_right(wide);
                    0..wide
                }
            };
            if let Some(row) = region.get_mut(came_in) {
                row.fill(Some(Cell::EMPTY));
            }
        }
    }
}
