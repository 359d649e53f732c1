//! A terminal's screen as an SVG: every run of text at its exact column, rules as lines, no picture of a glyph in it.

use std::{collections::BTreeMap, fmt::Write as _};
use vt100::{Cell, Color, Screen};

/// A cell's width and height; the font's size makes a column of `DejaVu Sans Mono` as wide as a cell.
const WIDE: u32 = 10;
const HIGH: u32 = 20;
const FONT_SIZE: &str = "16.61px";
/// From the top of a cell to the line that letters stand on.
const BASE: u32 = 15;
/// Room around the screen.
const MARGIN: u32 = 12;

/// What a terminal has by itself: its ground and its ink, as `#rrggbb`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terminal {
    pub ground: &'static str,
    pub ink: &'static str,
}

/// How letters look, apart from what is behind them: their colour, and further rules of CSS.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Face {
    ink: String,
    rules: String,
}

const BOLD: &str = ";font-weight:bold";
const DIM: &str = ";opacity:.6";
const ITALIC: &str = ";font-style:italic";
const UNDERLINE: &str = ";text-decoration:underline";

impl Face {
    fn is(&self, rule: &str) -> bool {
        self.rules.contains(rule)
    }
}

/// A stroke's colour, and whether it is faint.
type Ink = (String, bool);

/// Cells beside each other that look alike.
struct Run {
    column: u32,
    columns: u32,
    face: Face,
    text: String,
}

/// A rule, a line between panes or the bar of the selected row: drawn, so that it has no gaps whatever the font.
struct Stroke {
    x: u32,
    y: u32,
    across: u32,
    down: u32,
}

impl Stroke {
    /// What a cell at this place holds, if it is a stroke.
    fn of(text: &str, x: u32, y: u32) -> Option<Self> {
        match text {
            "─" => Some(Self { x, y: y + HIGH / 2, across: WIDE, down: 1 }),
            "│" => Some(Self { x: x + WIDE / 2, y, across: 1, down: HIGH }),
            "▌" => Some(Self { x, y, across: WIDE / 2, down: HIGH }),
            _ => None,
        }
    }

    /// Lengthens the stroke that ends where this one begins; else it is one more.
    fn join(self, strokes: &mut Vec<Self>) {
        let before = strokes.iter_mut().find(|before| {
            let along = (before.y, before.down) == (self.y, self.down) && before.x + before.across == self.x;
            let below = (before.x, before.across) == (self.x, self.across) && before.y + before.down == self.y;
            along || below
        });
        match before {
            Some(before) if before.y == self.y => before.across += self.across,
            Some(before) => before.down += self.down,
            None => strokes.push(self),
        }
    }
}

/// The screen as an SVG that says `title` to who cannot see it.
pub fn draw(screen: &Screen, terminal: Terminal, title: &str) -> String {
    let (rows, columns) = screen.size();
    let mut grounds = String::new();
    let mut lines: BTreeMap<Ink, Vec<Stroke>> = BTreeMap::new();
    let mut texts = String::new();
    let mut faces: Vec<Face> = Vec::new();
    for row in 0..rows {
        let cells: Vec<(u32, &Cell)> = (0..columns)
            .filter_map(|column| Some((u32::from(column), screen.cell(row, column)?)))
            .filter(|(_, cell)| !cell.is_wide_continuation())
            .collect();
        let y = u32::from(row) * HIGH;
        ground(&cells, y, terminal, &mut grounds);
        for run in runs(&cells, y, terminal, &mut lines) {
            let class = faces.iter().position(|face| *face == run.face).unwrap_or_else(|| {
                faces.push(run.face.clone());
                faces.len() - 1
            });
            let _ = writeln!(
                texts,
                r#"<text class="f{class}" x="{}" y="{}" textLength="{}">{}</text>"#,
                run.column * WIDE,
                y + BASE,
                run.columns * WIDE,
                escaped(&run.text)
            );
        }
    }
    let (width, height) = (u32::from(columns) * WIDE + 2 * MARGIN, u32::from(rows) * HIGH + 2 * MARGIN);
    let mut svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">
<title>{}</title>
<style>
text{{white-space:pre;font:{FONT_SIZE} "DejaVu Sans Mono",Menlo,Consolas,"Liberation Mono",monospace}}
"#,
        escaped(title)
    );
    for (number, face) in faces.iter().enumerate() {
        let _ = writeln!(svg, ".f{number}{{fill:{}{}}}", face.ink, face.rules);
    }
    let _ = writeln!(
        svg,
        "</style>\n<rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"{}\"/>\n<g transform=\"translate({MARGIN} {MARGIN})\" xml:space=\"preserve\">",
        terminal.ground
    );
    svg.push_str(&grounds);
    for ((ink, is_dim), strokes) in &lines {
        let mut path = String::new();
        for Stroke { x, y, across, down } in strokes {
            let _ = write!(path, "M{x} {y}h{across}v{down}h-{across}z");
        }
        let opacity = if *is_dim { r#" opacity=".4""# } else { "" };
        let _ = writeln!(svg, r#"<path d="{path}" fill="{ink}"{opacity}/>"#);
    }
    svg.push_str(&texts);
    if !screen.hide_cursor() {
        let (row, column) = screen.cursor_position();
        let _ = writeln!(
            svg,
            r#"<rect x="{}" y="{}" width="{WIDE}" height="{HIGH}" fill="{}" opacity=".4"/>"#,
            u32::from(column) * WIDE,
            u32::from(row) * HIGH,
            terminal.ink
        );
    }
    svg.push_str("</g>\n</svg>\n");
    svg
}

/// The grounds of a row that are not the terminal's own, neighbours as one.
fn ground(cells: &[(u32, &Cell)], y: u32, terminal: Terminal, svg: &mut String) {
    let mut wide: Vec<(u32, u32, String)> = Vec::new();
    for (column, cell) in cells {
        let Some(ground) = looks(cell, terminal).1 else { continue };
        let columns = if cell.is_wide() { 2 } else { 1 };
        match wide.last_mut() {
            Some((from, many, last)) if *from + *many == *column && *last == ground => *many += columns,
            _ => wide.push((*column, columns, ground)),
        }
    }
    for (column, columns, ground) in wide {
        let (x, width) = (column * WIDE, columns * WIDE);
        let _ = writeln!(svg, r#"<rect x="{x}" y="{y}" width="{width}" height="{HIGH}" fill="{ground}"/>"#);
    }
}

/// The runs of a row. A single space stays within its run; rules and bars go to `lines`, by their ink.
fn runs(cells: &[(u32, &Cell)], y: u32, terminal: Terminal, lines: &mut BTreeMap<Ink, Vec<Stroke>>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (column, cell) in cells {
        let face = looks(cell, terminal).0;
        let text = if cell.has_contents() { cell.contents() } else { " " };
        if let Some(stroke) = Stroke::of(text, column * WIDE, y) {
            stroke.join(lines.entry((face.ink.clone(), face.is(DIM))).or_default());
            continue;
        }
        let is_space = text.trim().is_empty() && !face.is(UNDERLINE);
        let columns = if cell.is_wide() { 2 } else { 1 };
        match runs.last_mut() {
            Some(run) if !is_space && run.face == face && run.column + run.columns == *column => {
                run.text.push_str(text);
                run.columns += columns;
            }
            Some(run) if !is_space && run.face == face && run.column + run.columns + 1 == *column => {
                run.text.push(' ');
                run.text.push_str(text);
                run.columns += columns + 1;
            }
            _ if is_space => {}
            _ => runs.push(Run { column: *column, columns, face, text: text.to_owned() }),
        }
    }
    runs
}

/// A cell's face, and its ground unless that is the terminal's.
fn looks(cell: &Cell, terminal: Terminal) -> (Face, Option<String>) {
    let (mut ink, mut ground) = (colour(cell.fgcolor()), colour(cell.bgcolor()));
    if cell.inverse() {
        let (fore, behind) = (ink, ground);
        ink = Some(behind.unwrap_or_else(|| terminal.ground.to_owned()));
        ground = Some(fore.unwrap_or_else(|| terminal.ink.to_owned()));
    }
    let weights = [(cell.bold(), BOLD), (cell.dim(), DIM), (cell.italic(), ITALIC), (cell.underline(), UNDERLINE)];
    let rules = weights.into_iter().filter_map(|(has, rule)| has.then_some(rule)).collect();
    let face = Face { ink: ink.unwrap_or_else(|| terminal.ink.to_owned()), rules };
    (face, ground)
}

/// A colour as `#rrggbb`; none for the terminal's own.
fn colour(colour: Color) -> Option<String> {
    const SIXTEEN: [&str; 16] = [
        "#16181d", "#cc5555", "#5faf5f", "#c9a04a", "#5f87d7", "#af5faf", "#5fafaf", "#c0c4cc", "#6c717c", "#ff8080",
        "#7fd08a", "#f0b95b", "#7cb7ff", "#d3a6ff", "#7fd7d7", "#ffffff",
    ];
    match colour {
        Color::Default => None,
        Color::Rgb(red, green, blue) => Some(format!("#{red:02x}{green:02x}{blue:02x}")),
        Color::Idx(number @ 0..16) => SIXTEEN.get(usize::from(number)).map(|&colour| colour.to_owned()),
        Color::Idx(number @ 16..232) => {
            let step = |part: u8| if part == 0 { 0 } else { 55 + 40 * part };
            let (red, green, blue) = ((number - 16) / 36, (number - 16) / 6 % 6, (number - 16) % 6);
            Some(format!("#{:02x}{:02x}{:02x}", step(red), step(green), step(blue)))
        }
        Color::Idx(number) => {
            let gray = 8 + 10 * (number - 232);
            Some(format!("#{gray:02x}{gray:02x}{gray:02x}"))
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
