//! Colours brought down to what a terminal has.

use crate::console::terminal::Depth;
use ratatui::style::Color;

/// The sixteen as xterm paints them, in their order.
const SIXTEEN: [(Color, (u8, u8, u8)); 16] = [
    (Color::Black, (0, 0, 0)),
    (Color::Red, (205, 0, 0)),
    (Color::Green, (0, 205, 0)),
    (Color::Yellow, (205, 205, 0)),
    (Color::Blue, (0, 0, 238)),
    (Color::Magenta, (205, 0, 205)),
    (Color::Cyan, (0, 205, 205)),
    (Color::Gray, (229, 229, 229)),
    (Color::DarkGray, (127, 127, 127)),
    (Color::LightRed, (255, 0, 0)),
    (Color::LightGreen, (0, 255, 0)),
    (Color::LightYellow, (255, 255, 0)),
    (Color::LightBlue, (92, 92, 255)),
    (Color::LightMagenta, (255, 0, 255)),
    (Color::LightCyan, (0, 255, 255)),
    (Color::White, (255, 255, 255)),
];

/// The colour of a `#rrggbb`, or of one of the sixteen by its name.
pub fn read(text: &str) -> Option<Color> {
    if let Some(digits) = text.strip_prefix('#') {
        let number = u32::from_str_radix(digits, 16).ok().filter(|_| digits.len() == 6)?;
        let [_, red, green, blue] = number.to_be_bytes();
        return Some(Color::Rgb(red, green, blue));
    }
    let name = text.to_lowercase();
    SIXTEEN.iter().map(|(colour, _)| *colour).find(|colour| colour.to_string().to_lowercase() == name)
}

/// The nearest colour that a terminal of that depth has.
pub fn nearest(colour: Color, depth: Depth) -> Color {
    let Color::Rgb(red, green, blue) = colour else { return colour };
    let wanted = (red, green, blue);
    match depth {
        Depth::True => colour,
        Depth::TwoFiftySix => {
            (16..=255).min_by_key(|index| distance(fixed(*index), wanted)).map_or(colour, Color::Indexed)
        }
        Depth::Sixteen | Depth::Mono => {
            SIXTEEN.iter().min_by_key(|(_, is)| distance(*is, wanted)).map_or(Color::Reset, |(colour, _)| *colour)
        }
    }
}

/// What is behind an index from 16 on: a cube of six steps, then greys.
fn fixed(index: u8) -> (u8, u8, u8) {
    if index >= 232 {
        let grey = 8 + (index - 232) * 10;
        return (grey, grey, grey);
    }
    let step = |part: u8| if part == 0 { 0 } else { 55 + part * 40 };
    let cube = index.saturating_sub(16);
    (step(cube / 36), step(cube / 6 % 6), step(cube % 6))
}

/// How far apart two colours look, near enough: the eye sees green best.
fn distance(one: (u8, u8, u8), other: (u8, u8, u8)) -> u32 {
    let part = |one: u8, other: u8| u32::from(one.abs_diff(other)).pow(2);
    3 * part(one.0, other.0) + 4 * part(one.1, other.1) + 2 * part(one.2, other.2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_come_down_to_the_nearest() {
        let red = Color::Rgb(250, 10, 10);
        assert_eq!(nearest(red, Depth::True), red);
        assert_eq!(nearest(red, Depth::TwoFiftySix), Color::Indexed(196));
        assert_eq!(nearest(red, Depth::Sixteen), Color::LightRed);
        assert_eq!(nearest(Color::Rgb(128, 128, 128), Depth::TwoFiftySix), Color::Indexed(244));
        assert_eq!(nearest(Color::Cyan, Depth::TwoFiftySix), Color::Cyan, "the terminal's own stays");
    }

    #[test]
    fn colours_are_read_by_number_and_by_name() {
        assert_eq!(read("#0a10ff"), Some(Color::Rgb(10, 16, 255)));
        assert_eq!(read("LightBlue"), Some(Color::LightBlue));
        assert_eq!(read("darkgray"), Some(Color::DarkGray));
        for wrong in ["#0a10f", "#0a10fg", "mauve", "", "#é0a10"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
