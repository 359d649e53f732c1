//! What only moved sideways within its line is moved by the terminal: a hint that comes or goes before others then costs its own letters alone.

use super::{
    Compact, is_blank, is_sure,
    order::{Change, price},
    steps,
};
use ratatui::buffer::{Cell, CellWidth};
use std::io::Write;

/// Where more rows change it is another picture, and nothing is looked for.
const ROWS: usize = 20;
/// The farthest that is looked for, in columns.
const FARTHEST: usize = 24;
/// As many cells tell whether a way may lead anywhere.
const BEGIN: usize = 4;
/// What moving costs, in bytes: what saves no more is written.
const COST: usize = 6;

/// A row that was moved.
pub(super) struct Slid {
    /// Which.
    pub y: u16,
    /// What is still to be written of it, instead of what was to be changed.
    pub rest: Vec<(u16, u16, Cell)>,
}

/// Which way the rest of a line moves.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Left,
    Right,
}

impl<W: Write> Compact<W> {
    /// Lets the terminal move the rest of lines, where that is shorter.
    pub(super) fn slide_all(&mut self, changes: &[Change<'_>]) -> Vec<Slid> {
        let rows = || changes.chunk_by(|(_, y, _), (_, next, _)| y == next);
        if rows().count() > ROWS { Vec::new() } else { rows().filter_map(|row| self.slide(row)).collect() }
    }

    fn slide(&mut self, row: &[Change<'_>]) -> Option<Slid> {
        let (first, y, _) = *row.first()?;
        if price(row) <= COST {
            return None;
        }
        let (start, end) = (self.index(first, y), self.index(0, y + 1));
        let shown: Vec<&Cell> = self.shown.get(start..end)?.iter().map(Option::as_ref).collect::<Option<_>>()?;
        let mut next = shown.clone();
        for (x, _, cell) in row {
            *next.get_mut(usize::from(x - first))? = cell;
        }
        let left_over = |way: Way, far: usize| -> Vec<(u16, u16, &Cell)> {
            let pairs = (first..).zip(moved(&shown, way, far).zip(next.iter().copied()));
            pairs.filter(|(_, (shown, next))| !alike(shown, next)).map(|(x, (_, next))| (x, y, next)).collect()
        };
        let ways = (1..=FARTHEST.min(shown.len() - 1)).flat_map(|far| [(Way::Left, far), (Way::Right, far)]);
        // Most ways lead nowhere, as a few cells show.
        let leads = |(way, far): &(Way, usize)| match way {
            Way::Left => begins_alike(shown.get(*far..), Some(&next)),
            // Some terminals keep what is pushed over the edge and show it again once the line moves back.
            Way::Right => {
                let pushed_out = shown.get(shown.len() - far..).unwrap_or_default();
                pushed_out.iter().all(|cell| is_blank(cell)) && begins_alike(Some(&shown), next.get(*far..))
            }
        };
        let ways: Vec<_> = ways.filter(leads).collect();
        let is_plain = |cell: &&&Cell| cell.cell_width() == 1 && (self.ascii || is_sure(cell.symbol()));
        if ways.is_empty() || !shown.iter().chain(&next).all(|cell| is_plain(&cell)) {
            return None;
        }
        let priced = ways.into_iter().map(|(way, far)| (way, far, price(&left_over(way, far))));
        let (way, far, rest) = priced.min_by_key(|(.., rest)| *rest)?;
        if rest + COST >= price(row) {
            return None;
        }
        let moved: Vec<Cell> = moved(&shown, way, far).cloned().collect();
        let next: Vec<Cell> = next.into_iter().cloned().collect();
        // What comes in has the ground of the pen.
        self.take_pen(&Cell::EMPTY);
        self.go(first, y);
        let far = u16::try_from(far).unwrap_or_default();
        self.frame.extend(steps(far, if way == Way::Left { b'P' } else { b'@' }));
        let mut rest = Vec::new();
        for (x, (moved, next)) in (first..).zip(moved.into_iter().zip(next)) {
            if alike(&moved, &next) {
                self.note(x, y, Some(next));
            } else {
                self.note(x, y, Some(moved));
                rest.push((x, y, next));
            }
        }
        Some(Slid { y, rest })
    }
}

/// Whether what is shown and what comes begin alike, with something else than blanks.
fn begins_alike(shown: Option<&[&Cell]>, next: Option<&[&Cell]>) -> bool {
    let (Some(shown), Some(next)) = (shown, next) else { return false };
    let begin = || shown.iter().zip(next).take(BEGIN);
    begin().all(|(shown, next)| alike(shown, next)) && begin().any(|(_, next)| !is_blank(next))
}

/// What a line shows once it has moved; blanks come in.
fn moved<'a>(shown: &'a [&'a Cell], way: Way, far: usize) -> impl Iterator<Item = &'a Cell> {
    (0..shown.len()).map(move |x| {
        let from = if way == Way::Left { Some(x + far) } else { x.checked_sub(far) };
        from.and_then(|from| shown.get(from).copied()).unwrap_or(&Cell::EMPTY)
    })
}

/// Whether two cells look the same.
fn alike(one: &Cell, other: &Cell) -> bool {
    one == other || is_blank(one) && is_blank(other) && one.bg == other.bg
}
