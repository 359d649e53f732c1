//! What others wrote, on its way to a screen and into the search: harmless, never wider than its place, folded once for all.

use loge::text::{fit, fold, neutral, width, wrap};
use unicode_normalization::UnicodeNormalization as _;

/// Widths of places on a screen; one column holds no wide character, none holds nothing.
const PLACES: &[usize] = &[0, 1, 2, 3, 10, 40, 79];

/// Characters that turn the direction of writing, or hide.
const TURNS: &[char] = &[
    '\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}', '\u{2066}', '\u{2067}',
    '\u{2068}', '\u{2069}', '\u{61c}', '\u{200b}', '\u{feff}', '\u{ad}',
];

/// Shows, cuts, wraps and folds a text.
pub fn check(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let shown = neutral(&text);
    assert!(!shown.chars().any(|c| c.is_control() || TURNS.contains(&c)), "{shown:?}");
    assert_eq!(neutral(&shown), shown, "twice is not once");
    assert_eq!(width(&shown), width(&text));
    for place in PLACES {
        let cut = fit(&text, *place);
        assert!(width(&cut) <= *place, "{cut:?} in {place}");
        if width(&text) <= *place {
            assert_eq!(cut, shown);
        }
        let lines = wrap(&text, *place);
        assert!(lines.iter().all(|line| width(line) <= *place), "{lines:?} in {place}");
    }
    let letters = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).count();
    let harmless: usize = text.lines().map(|line| letters(&neutral(line))).sum();
    assert_eq!(wrap(&text, 40).iter().map(|line| letters(line)).sum::<usize>(), harmless, "letters are lost");
    let folded = fold(&text);
    assert_eq!(fold(&folded), folded, "twice is not once");
    assert_eq!(fold(&text.nfc().collect::<String>()), fold(&text.nfd().collect::<String>()));
}
