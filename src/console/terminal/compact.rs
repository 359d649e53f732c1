//! Draws on a terminal with few bytes: a frame is one write, with the shortest moves and changes of style, and nothing when nothing changed.

mod order;
mod scroll;
mod slide;

use super::{ascii, pen::Pen};
use order::{Change, Pens};
use ratatui::{
    backend::{Backend, ClearType, WindowSize},
    buffer::{Cell, CellWidth},
    layout::{Position, Size},
    style::{Color, Modifier},
};
use scroll::Scrolled;
use std::io::{self, Write};

/// Unchanged cells that are written again rather than stepped over: a step costs more.
const GAP: u16 = 3;

/// From that many on, spaces cost more than the sequence that erases and steps over them.
const BLANKS: u16 = 9;

/// Cells that most frames change at most.
const CHANGES: usize = 512;

/// What is visible on a space.
const SEEN_ON_BLANK: Modifier =
    Modifier::REVERSED.union(Modifier::UNDERLINED).union(Modifier::CROSSED_OUT).union(Modifier::SLOW_BLINK);

/// A backend for ratatui that knows what the terminal shows, where its cursor is and what it writes with.
///
/// The size is told to it ([`Self::resize`]): what is drawn fits the size that the model knows. Colours of underlines are left out, for
/// terminals that do not know them take them for something else.
#[derive(Debug)]
pub struct Compact<W: Write> {
    out: W,
    frame: Vec<u8>,
    size: Size,
    /// What each cell shows; none where that is not sure.
    shown: Vec<Option<Cell>>,
    pen: Option<Pen>,
    pens: Pens,
    row: Option<u16>,
    column: Option<u16>,
    visible: Option<bool>,
    wants_visible: bool,
    wants_at: Position,
    synchronized: bool,
    ascii: bool,
    written: u64,
}

impl<W: Write> Compact<W> {
    /// One that knows nothing yet of what the terminal shows.
    pub fn new(out: W, size: Size) -> Self {
        let mut new = Self {
            out,
            frame: Vec::new(),
            size,
            shown: Vec::new(),
            pen: None,
            pens: Pens::default(),
            row: None,
            column: None,
            visible: None,
            wants_visible: false,
            wants_at: Position::ORIGIN,
            synchronized: false,
            ascii: false,
            written: 0,
        };
        new.forget();
        new
    }

    /// Asks the terminal to show each frame as a whole (synchronized update, mode 2026).
    #[must_use]
    pub const fn synchronized(mut self, synchronized: bool) -> Self {
        self.synchronized = synchronized;
        self
    }

    /// Writes nothing but ASCII, for a terminal whose locale is not UTF-8.
    #[must_use]
    pub const fn ascii(mut self, ascii: bool) -> Self {
        self.ascii = ascii;
        self
    }

    /// The terminal has another size.
    pub fn resize(&mut self, size: Size) {
        self.size = size;
        self.forget();
    }

    /// Somebody else wrote on the terminal: nothing about it is sure any more. `Terminal::clear` then draws it whole.
    pub fn forget(&mut self) {
        (self.pen, self.row, self.column, self.visible) = (None, None, None, None);
        self.shown.clear();
        self.shown.resize(usize::from(self.size.width) * usize::from(self.size.height), None);
    }

    /// Rings with the next frame.
    pub fn ring(&mut self) {
        self.frame.push(0x07);
    }

    /// How many bytes were written so far.
    pub const fn written(&self) -> u64 {
        self.written
    }

    /// What it writes to.
    pub const fn writer(&self) -> &W {
        &self.out
    }

    fn index(&self, x: u16, y: u16) -> usize {
        usize::from(y) * usize::from(self.size.width) + usize::from(x)
    }

    fn shown_at(&self, x: u16, y: u16) -> Option<&Cell> {
        self.shown.get(self.index(x, y)).and_then(Option::as_ref)
    }

    fn note(&mut self, x: u16, y: u16, cell: Option<Cell>) {
        let index = self.index(x, y);
        if let Some(place) = self.shown.get_mut(index) {
            *place = cell;
        }
    }

    /// Moves the cursor by the shortest way.
    fn go(&mut self, x: u16, y: u16) {
        if (self.row, self.column) == (Some(y), Some(x)) {
            return;
        }
        let mut best = match (x, y) {
            (0, 0) => b"\x1b[H".to_vec(),
            (0, _) => format!("\x1b[{}H", y + 1).into_bytes(),
            _ => format!("\x1b[{};{}H", y + 1, x + 1).into_bytes(),
        };
        if let Some(row) = self.row {
            let mut way = match y.cmp(&row) {
                std::cmp::Ordering::Equal => Vec::new(),
                std::cmp::Ordering::Less => steps(row - y, b'A'),
                std::cmp::Ordering::Greater if y - row <= 3 => vec![b'\n'; usize::from(y - row)],
                std::cmp::Ordering::Greater => steps(y - row, b'B'),
            };
            way.extend(self.sideways(x));
            if way.len() < best.len() {
                best = way;
            }
        }
        self.frame.extend(best);
        (self.row, self.column) = (Some(y), Some(x));
    }

    fn sideways(&self, x: u16) -> Vec<u8> {
        let absolute = if x == 0 { b"\r".to_vec() } else { format!("\x1b[{}G", x + 1).into_bytes() };
        let relative = match self.column {
            Some(column) if column == x => return Vec::new(),
            Some(column) if column < x => steps(x - column, b'C'),
            Some(column) if column - x <= 3 => vec![0x08; usize::from(column - x)],
            Some(column) => steps(column - x, b'D'),
            None => return absolute,
        };
        if relative.len() < absolute.len() { relative } else { absolute }
    }

    fn take_pen(&mut self, cell: &Cell) {
        let pen = Pen::of(cell);
        let suits = self.pen.is_some_and(|held| if is_blank(cell) { held.draws_blank_as(pen) } else { held == pen });
        if !suits {
            self.frame.extend(pen.after(self.pen));
            self.pen = Some(pen);
        }
    }

    fn write(&mut self, x: u16, y: u16, cell: &Cell) {
        self.go(x, y);
        let width = cell.cell_width().max(1);
        if self.shown_at(x + width - 1, y).is_some_and(|broken| broken.cell_width() > 1) {
            // Some terminals give the other half of a wide character that is written over the style of what is written.
            self.take_pen(&Cell::EMPTY);
            self.frame.extend(steps(width + 1, b'X'));
        }
        self.take_pen(cell);
        let symbol = cell.symbol();
        let sure = self.ascii || is_sure(symbol);
        if self.ascii {
            ascii::write(symbol, width, &mut self.frame);
        } else {
            if !sure && width > 1 {
                // Should the terminal draw it in one column, the other must not keep what it showed.
                self.frame.extend(steps(width, b'X'));
            }
            self.frame.extend_from_slice(symbol.as_bytes());
        }
        self.note(x, y, Some(cell.clone()));
        for covered in 1..width {
            self.note(x + covered, y, None);
        }
        let end = x.saturating_add(width);
        // At the edge some terminals stand in the last column and some beyond it.
        (self.row, self.column) = if end >= self.size.width { (None, None) } else { (Some(y), sure.then_some(end)) };
    }

    /// Writes the unchanged cells up to `x` again if that is shorter than a step and changes no style.
    fn bridge(&mut self, x: u16, y: u16) {
        let (Some(row), Some(from)) = (self.row, self.column) else { return };
        if row != y || from >= x || x - from > GAP {
            return;
        }
        let fits = |cell: &Cell| {
            let held =
                self.pen.is_some_and(|pen| pen == Pen::of(cell) || is_blank(cell) && pen.draws_blank_as(Pen::of(cell)));
            held && cell.symbol().len() == 1
        };
        let between: Vec<Cell> =
            (from..x).filter_map(|at| self.shown_at(at, y)).filter(|cell| fits(cell)).cloned().collect();
        if between.len() == usize::from(x - from) {
            for cell in &between {
                self.frame.extend_from_slice(cell.symbol().as_bytes());
            }
            self.column = Some(x);
        }
    }

    /// Writes changes in this order.
    fn write_all(&mut self, mut rest: &[Change<'_>]) {
        while let [(x, y, cell), after @ ..] = rest {
            if let Some(erased) = self.erase(*x, *y, cell, after) {
                rest = after.get(erased..).unwrap_or_default();
                continue;
            }
            self.bridge(*x, *y);
            self.write(*x, *y, cell);
            rest = after;
        }
    }

    /// Erases from a blank at `x` on, over what is to be blank or is so already, if that is shorter than to write it; says how many of the
    /// changes after it that was.
    fn erase(&mut self, x: u16, y: u16, cell: &Cell, after: &[Change<'_>]) -> Option<usize> {
        let is_empty = |cell: &Cell| is_blank(cell) && cell.bg == Color::Reset;
        if !is_empty(cell) {
            return None;
        }
        let (mut changed, mut end, mut to_last) = (0, x + 1, x + 1);
        while end < self.size.width {
            match after.get(changed) {
                Some((next_x, next_y, next)) if (*next_x, *next_y) == (end, y) => {
                    if !is_empty(next) {
                        break;
                    }
                    changed += 1;
                    to_last = end + 1;
                }
                _ if self.shown_at(end, y).is_some_and(is_empty) => {}
                _ => break,
            }
            end += 1;
        }
        let to_edge = end == self.size.width;
        let count = if to_edge { end } else { to_last } - x;
        if to_last - x < if to_edge { 4 } else { BLANKS } {
            return None;
        }
        self.go(x, y);
        self.take_pen(cell);
        if to_edge {
            self.frame.extend_from_slice(b"\x1b[K");
        } else {
            self.frame.extend(steps(count, b'X'));
        }
        for at in x..x + count {
            self.note(at, y, Some(cell.clone()));
        }
        Some(changed)
    }
}

/// `Esc [`, how often, and what; once needs no number.
fn steps(count: u16, what: u8) -> Vec<u8> {
    let mut sequence = if count == 1 { b"\x1b[".to_vec() } else { format!("\x1b[{count}").into_bytes() };
    sequence.push(what);
    sequence
}

fn is_blank(cell: &Cell) -> bool {
    cell.symbol() == " " && !cell.modifier.intersects(SEEN_ON_BLANK)
}

/// Whether all terminals move on by the same number of columns after it.
fn is_sure(symbol: &str) -> bool {
    let mut characters = symbol.chars();
    let (Some(c), None) = (characters.next(), characters.next()) else { return false };
    matches!(c,
        ' '..='~' | '\u{a0}'..='\u{24f}' | '\u{370}'..='\u{52f}' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}'
        | '\u{20a0}'..='\u{20bf}' | '\u{2190}'..='\u{2193}' | '\u{2200}'..='\u{22ff}' | '\u{2500}'..='\u{25cf}'
        | '\u{2800}'..='\u{28ff}' | '\u{3041}'..='\u{33ff}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

impl<W: Write> Backend for Compact<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut changes: Vec<Change<'_>> = Vec::with_capacity(CHANGES);
        changes.extend(content);
        let scrolled = self.scroll(&changes);
        let cells: Vec<Change<'_>> = match &scrolled {
            None => changes,
            Some(Scrolled { rows, fresh }) => {
                let rest = changes.into_iter().filter(|(_, y, _)| !rows.contains(y));
                rest.chain(fresh.iter().map(|(x, y, cell)| (*x, *y, cell))).collect()
            }
        };
        let slid = self.slide_all(&cells);
        let still = cells.into_iter().filter(|(_, y, _)| !slid.iter().any(|row| row.y == *y));
        let still: Vec<Change<'_>> =
            still.chain(slid.iter().flat_map(|row| &row.rest).map(|(x, y, cell)| (*x, *y, cell))).collect();
        for piece in self.pieces(&still) {
            self.write_all(piece);
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.wants_visible = false;
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.wants_visible = true;
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.wants_at)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.wants_at = position.into();
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.frame.extend_from_slice(b"\x1b[m\x1b[H\x1b[2J");
        self.forget();
        (self.pen, self.row, self.column) = (Some(Pen::default()), Some(0), Some(0));
        self.shown.fill(Some(Cell::EMPTY));
        Ok(())
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        let sequence: &[u8] = match clear_type {
            ClearType::All => return self.clear(),
            ClearType::AfterCursor => b"\x1b[J",
            ClearType::BeforeCursor => b"\x1b[1J",
            ClearType::CurrentLine => b"\x1b[2K",
            ClearType::UntilNewLine => b"\x1b[K",
        };
        self.go(self.wants_at.x, self.wants_at.y);
        self.frame.extend_from_slice(b"\x1b[m");
        self.pen = Some(Pen::default());
        self.frame.extend_from_slice(sequence);
        self.shown.fill(None);
        Ok(())
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.size)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size, pixels: Size::ZERO })
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.visible != Some(self.wants_visible) {
            self.frame.extend_from_slice(if self.wants_visible { b"\x1b[?25h" } else { b"\x1b[?25l" });
            self.visible = Some(self.wants_visible);
        }
        if self.wants_visible {
            self.go(self.wants_at.x, self.wants_at.y);
        }
        if self.frame.is_empty() {
            return Ok(());
        }
        if self.synchronized {
            self.frame.splice(0..0, *b"\x1b[?2026h");
            self.frame.extend_from_slice(b"\x1b[?2026l");
        }
        self.written += self.frame.len() as u64;
        let frame = std::mem::take(&mut self.frame);
        self.out.write_all(&frame)?;
        self.out.flush()
    }
}

#[cfg(test)]
mod tests;
