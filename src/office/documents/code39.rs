//! Bars of a label's digits in Code 39 (ISO/IEC 16388), which every scanner reads as it comes: three of nine elements are wide.

use maud::{Markup, html};

/// What begins and ends a row of bars.
const EDGE: &str = "nwnnwnwnn";

/// The nine elements of each digit, bars and gaps in turn, narrow or wide.
const DIGITS: [&str; 10] = [
    "nnnwwnwnn",
    "wnnwnnnnw",
    "nnwwnnnnw",
    "wnwwnnnnn",
    "nnnwwnnnw",
    "wnnwwnnnn",
    "nnwwwnnnn",
    "nnnwnnwnw",
    "wnnwnnwnn",
    "nnwwnnwnn",
];

/// How many narrow elements a wide one is.
const WIDE: u32 = 3;

/// The bars of digits: where each begins, and how wide it is; and how wide all of it is.
fn bars(digits: &str) -> (Vec<(u32, u32)>, u32) {
    let places =
        digits.chars().filter_map(|c| c.to_digit(10)).filter_map(|digit| DIGITS.get(usize::try_from(digit).ok()?));
    let mut bars = Vec::new();
    let mut at = 0;
    for elements in [&EDGE].into_iter().chain(places).chain([&EDGE]) {
        for (place, element) in elements.chars().enumerate() {
            let wide = if element == 'w' { WIDE } else { 1 };
            if place % 2 == 0 {
                bars.push((at, wide));
            }
            at += wide;
        }
        // One narrow gap between two characters.
        at += 1;
    }
    (bars, at.saturating_sub(1))
}

/// The bars as a drawing.
pub fn drawn(digits: &str) -> Markup {
    let (bars, wide) = bars(digits);
    // Ten narrow elements of quiet on either side, as the standard asks.
    let frame = format!("-10 0 {} 40", wide + 20);
    html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox=(frame) preserveAspectRatio="none" role="img" aria-label=(digits) width="220" height="48" {
            @for (x, width) in bars { rect x=(x) y="0" width=(width) height="40" {} }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn three_of_nine_are_wide_and_no_two_are_alike() {
        let all: Vec<&str> = DIGITS.into_iter().chain([EDGE]).collect();
        assert!(all.iter().all(|elements| elements.len() == 9 && elements.matches('w').count() == 3), "{all:?}");
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), 11);
    }

    #[test]
    fn a_label_has_five_bars_a_character_and_its_edges() {
        let (bars, wide) = bars("4012345");
        assert_eq!(bars.len(), 9 * 5);
        assert_eq!(wide, 9 * (6 + 3 * WIDE) + 8);
        assert!(bars.windows(2).all(|pair| pair[0].0 + pair[0].1 < pair[1].0));
    }
}
