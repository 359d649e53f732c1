//! What a terminal writes with: colours and weights, and the shortest way from one to another.

use ratatui::{
    buffer::Cell,
    style::{Color, Modifier},
};
use std::fmt::Write as _;

/// Colours and weights of a cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pen {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

/// Each weight, what switches it on, and what switches it off; what shares the latter must be switched on again (ECMA-48, 8.3.117).
const WEIGHTS: [(Modifier, u8, u8); 9] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::SLOW_BLINK, 5, 25),
    (Modifier::RAPID_BLINK, 6, 25),
    (Modifier::REVERSED, 7, 27),
    (Modifier::HIDDEN, 8, 28),
    (Modifier::CROSSED_OUT, 9, 29),
];

impl Pen {
    /// That of a cell. Bold and dim are one scale to most terminals, and of both bold is meant.
    pub const fn of(cell: &Cell) -> Self {
        let modifier = if cell.modifier.contains(Modifier::BOLD) {
            cell.modifier.difference(Modifier::DIM)
        } else {
            cell.modifier
        };
        Self { fg: cell.fg, bg: cell.bg, modifier }
    }

    /// Whether a space looks the same with the other, which shows nothing on a space but its ground.
    pub fn draws_blank_as(self, other: Self) -> bool {
        self.bg == other.bg && self.modifier.difference(Modifier::BOLD | Modifier::DIM | Modifier::ITALIC).is_empty()
    }

    /// The sequence that makes this one of the other, or of whatever it was.
    pub fn after(self, before: Option<Self>) -> Vec<u8> {
        let anew = self.codes(Self::default(), "0");
        let codes = match before {
            None => anew,
            Some(before) => {
                let changed = self.codes(before, "");
                if changed.len() <= anew.len() { changed } else { anew }
            }
        };
        // No number is the number 0.
        let codes = if codes == "0" { "" } else { codes.as_str() };
        format!("\x1b[{codes}m").into_bytes()
    }

    /// The numbers that lead from `before` to here, after those that led there.
    fn codes(self, before: Self, start: &str) -> String {
        let mut codes = String::from(start);
        let mut push = |code: std::fmt::Arguments<'_>| {
            if !codes.is_empty() {
                codes.push(';');
            }
            let _ = codes.write_fmt(code);
        };
        let mut held = before.modifier;
        for (weight, _, off) in WEIGHTS {
            if held.contains(weight) && !self.modifier.contains(weight) {
                push(format_args!("{off}"));
                for (lost, _, _) in WEIGHTS.iter().filter(|(_, _, same)| *same == off) {
                    held.remove(*lost);
                }
            }
        }
        for (weight, on, _) in WEIGHTS {
            if self.modifier.contains(weight) && !held.contains(weight) {
                push(format_args!("{on}"));
            }
        }
        if self.fg != before.fg {
            colour(self.fg, 30, &mut push);
        }
        if self.bg != before.bg {
            colour(self.bg, 40, &mut push);
        }
        codes
    }
}

/// A colour's number; `base` is 30 for letters, 40 for their ground.
fn colour(colour: Color, base: u8, push: &mut impl FnMut(std::fmt::Arguments<'_>)) {
    let plain = match colour {
        Color::Reset => 9,
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        // The bright ones stand sixty above.
        Color::DarkGray => 60,
        Color::LightRed => 61,
        Color::LightGreen => 62,
        Color::LightYellow => 63,
        Color::LightBlue => 64,
        Color::LightMagenta => 65,
        Color::LightCyan => 66,
        Color::White => 67,
        Color::Indexed(index) => return push(format_args!("{};5;{index}", base + 8)),
        Color::Rgb(red, green, blue) => return push(format_args!("{};2;{red};{green};{blue}", base + 8)),
    };
    push(format_args!("{}", base + plain));
}
