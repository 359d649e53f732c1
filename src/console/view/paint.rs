//! Painting: the few ways in which text gets onto the screen, cut to its columns, never a control sequence in it.

use crate::{
    console::theme::{Role, Theme},
    text::{fit, is_narrow, neutral, width},
};
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
    style::{Color, Modifier, Style},
};

/// The signs that are drawn: one column wide in every font; where the locale is not UTF-8 the terminal's writer puts ASCII in their place.
pub mod signs {
    /// The thin rule.
    pub const RULE: &str = "─";
    /// The rule between two lanes.
    pub const UPRIGHT: &str = "│";
    /// The bar in the margin of the selected row.
    pub const BAR: &str = "▌";
    /// Connected.
    pub const DOT: &str = "●";
    /// Not connected.
    pub const CROSS: &str = "✕";
    /// Between facts of one line.
    pub const BETWEEN: &str = " · ";
    /// The one of several where one is.
    pub const HERE: &str = "▸";
    /// What was left out.
    pub const REST: &str = "…";
    /// What is late, and what is urgent.
    pub const PRESSING: &str = "!";
    /// A number of things.
    pub const TIMES: &str = "×";
}

/// Columns of the selected row that have its ground.
const GROUND: u16 = 10;

/// Columns of a title that no remark takes.
const TITLE: u16 = 24;

/// The screen being painted.
pub struct Paint<'a> {
    buffer: &'a mut Buffer,
    theme: &'a Theme,
    cursor: Option<Position>,
}

/// A piece of a line: its text and what it is.
pub type Piece<'a> = (&'a str, Role);

impl<'a> Paint<'a> {
    /// Onto this buffer.
    pub fn on(buffer: &'a mut Buffer, theme: &'a Theme) -> Self {
        Self { buffer, theme, cursor: None }
    }

    /// All that can be painted on.
    pub fn area(&self) -> Rect {
        self.buffer.area
    }

    /// Where the terminal's cursor is to stand.
    pub const fn cursor(&self) -> Option<Position> {
        self.cursor
    }

    /// The terminal's cursor stands here: on the selected row or in the field.
    pub fn set_cursor(&mut self, x: u16, y: u16) {
        self.cursor = Some(Position::new(x, y));
    }

    /// Takes away what was painted there, for something to lie over it.
    pub fn clear(&mut self, area: Rect) {
        ratatui::widgets::Widget::render(ratatui::widgets::Clear, area.intersection(self.buffer.area), self.buffer);
    }

    /// Writes `text`, cut to `most` columns with `…`; answers the column behind it.
    pub fn text(&mut self, x: u16, y: u16, most: u16, text: &str, role: Role) -> u16 {
        self.styled(x, y, most, text, self.theme.style(role))
    }

    fn styled(&mut self, x: u16, y: u16, most: u16, text: &str, style: Style) -> u16 {
        let area = self.buffer.area;
        if y < area.top() || y >= area.bottom() || x >= area.right() {
            return x;
        }
        let most = most.min(area.right() - x);
        let cut = fit(text, usize::from(most));
        // What was drawn there before lends nothing but its ground: a title is not as faint as the rule that it stands on.
        let style = Style {
            fg: style.fg.or(Some(Color::Reset)),
            sub_modifier: Modifier::all().difference(style.add_modifier),
            ..style
        };
        if is_narrow(&cut) {
            return self.cells(x, y, &cut, style);
        }
        self.buffer.set_stringn(x, y, &cut, usize::from(most), style).0
    }

    /// Writes text whose characters are cells, which fits: without looking for the bounds of what a reader takes for one character.
    fn cells(&mut self, x: u16, y: u16, text: &str, style: Style) -> u16 {
        let start = self.buffer.index_of(x, y);
        let mut end = x;
        for (cell, c) in self.buffer.content.iter_mut().skip(start).zip(text.chars()) {
            cell.set_char(c).set_style(style);
            end += 1;
        }
        end
    }

    /// Writes `text` so that it ends at column `end` (not part of it), within `most` columns.
    pub fn text_right(&mut self, end: u16, y: u16, most: u16, text: &str, role: Role) {
        let clean = neutral(text);
        let cut = fit(&clean, usize::from(most)).into_owned();
        let wide = u16::try_from(width(&cut)).unwrap_or(most).min(end);
        self.text(end - wide, y, wide, &cut, role);
    }

    /// Writes pieces one behind the other within `most` columns, cut with `…`; answers the column behind them.
    pub fn line(&mut self, x: u16, y: u16, most: u16, pieces: &[Piece<'_>]) -> u16 {
        let end = x.saturating_add(most);
        let mut at = x;
        for (text, role) in pieces {
            if at < end {
                at = self.text(at, y, end - at, text, *role);
            } else if most > 0 && !text.trim().is_empty() {
                self.text(end - 1, y, 1, signs::REST, *role);
                break;
            }
        }
        at
    }

    /// A thin rule over the whole line, with a title in it and a remark at its right end, which is told before the title's own end.
    pub fn rule(&mut self, area: Rect, y: u16, title: &[Piece<'_>], remark: &str) {
        // What stands in it keeps its own look: the rule is drawn around it, not under it.
        let ruled = |paint: &mut Self, from: u16, to: u16| {
            let wide = to.saturating_sub(from);
            paint.text(from, y, wide, &signs::RULE.repeat(wide.into()), Role::Rule);
        };
        self.clear(Rect { y, height: 1, ..area });
        let mut at = area.x;
        let wide = u16::try_from(width(remark)).unwrap_or_default();
        if !title.is_empty() {
            ruled(self, area.x, (area.x + 3).min(area.right()));
            let whole = area.right().saturating_sub(area.x + 6);
            let beside = whole.saturating_sub(wide + 6);
            let room = if remark.is_empty() || beside < TITLE { whole } else { beside };
            at = self.line(area.x + 4, y, room, title) + 1;
        }
        if !remark.is_empty() && area.right() > at.saturating_add(wide + 5) {
            let start = area.right() - wide - 3;
            ruled(self, at, start - 1);
            at = self.text(start, y, wide, remark, Role::Dim) + 1;
        }
        ruled(self, at, area.right());
    }

    /// Marks the selected row: the bar in its margin, and the ground of its first columns, so that moving on costs few bytes.
    pub fn select(&mut self, area: Rect, y: u16) {
        self.ground(area, y);
        // Reversed it would stand on the other side of its column.
        let bar = self.theme.style(Role::Selection).remove_modifier(Modifier::REVERSED);
        self.styled(area.x, y, 1, signs::BAR, bar);
    }

    /// A rule from above to below, between two panes.
    pub fn upright(&mut self, x: u16, from: u16, to: u16) {
        for y in from..to {
            self.text(x, y, 1, signs::UPRIGHT, Role::Rule);
        }
    }

    /// The ground of a selected row alone, while something over it has the bar.
    pub fn ground(&mut self, area: Rect, y: u16) {
        let style = self.theme.style(Role::Ground);
        self.buffer.set_style(Rect { x: area.x, y, width: area.width.min(GROUND), height: 1 }, style);
    }

    /// Gives columns of a line another role, whatever they hold.
    pub fn mark(&mut self, x: u16, y: u16, columns: u16, role: Role) {
        self.buffer.set_style(Rect { x, y, width: columns, height: 1 }, self.theme.style(role));
    }
}
