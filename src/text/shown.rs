//! Text for a screen of cells: what others wrote made harmless, measured in columns, cut and wrapped.

use std::borrow::Cow;
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};
use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// How many combining marks a letter keeps; Vietnamese needs two.
const MARKS: usize = 2;

/// What stands for the rest of a text that was cut.
const REST: char = '…';

/// `text` as one line that cannot do anything to a screen: no control character, nothing that turns the direction of writing, nothing
/// without width but a few accents, every space one column wide, composed (NFC). Doing it twice changes nothing.
pub fn neutral(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let mut marks = MARKS;
    // Composed first: what is one character here may be a letter with several marks there.
    let kept = text.nfc().filter_map(|c| {
        let c = harmless(c)?;
        if !takes_no_column(c) {
            marks = 0;
        } else if marks >= MARKS || !is_combining_mark(c) {
            return None;
        } else {
            marks += 1;
        }
        Some(c)
    });
    // Composing may make a letter of what is none by itself, or leave a mark alone: once more settles it.
    let composed: String = kept.nfc().filter_map(harmless).collect();
    if composed == text { Cow::Borrowed(text) } else { Cow::Owned(composed) }
}

/// Whether a character is harmless and composed in any company of its like, as nearly all are: letters of the Latin languages, and the signs
/// beside them.
fn is_plain(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{17f}' | '\u{2010}'..='\u{2027}' | '€' | '←'..='↓' | '─'..='◿')
}

/// What stands for a character on the screen; none if it is left out.
fn harmless(c: char) -> Option<char> {
    match c {
        // Breaks of lines, and spaces of other widths; the narrow one that does not break is French.
        '\t'..='\r'
        | '\u{85}'
        | '\u{1680}'
        | '\u{2000}'..='\u{200a}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{205f}'
        | '\u{3000}' => Some(' '),
        '\u{202f}' => Some('\u{a0}'),
        // Two of these are a flag where the terminal knows flags, and two letters where it does not.
        '\u{1f1e6}'..='\u{1f1ff}' => char::from_u32(u32::from(c) - 0x1_f1e6 + u32::from('A')),
        // What fonts, not Unicode, give a shape and a width.
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' => Some('\u{fffd}'),
        _ if c.is_control() || is_unseen(c) => None,
        _ => Some(c),
    }
}

/// What is not drawn, but changes how something else is: direction, joining, shape, skin.
fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0000}'..='\u{e0fff}')
}

fn takes_no_column(c: char) -> bool {
    c.width().unwrap_or_default() == 0 || is_combining_mark(c)
}

/// How many columns `text` takes once it is harmless.
pub fn width(text: &str) -> usize {
    columns(&neutral(text))
}

/// Whether every character of harmless text is a reader's one character and takes one column, as nearly always: then characters are cells.
pub fn is_narrow(text: &str) -> bool {
    // Two of the signs that are plain are wide.
    text.chars().all(|c| is_plain(c) && !matches!(c, '\u{25fd}' | '\u{25fe}'))
}

/// Of harmless text; by what a reader takes for one character, as the cells of the screen are filled.
fn columns(text: &str) -> usize {
    if is_narrow(text) { text.chars().count() } else { text.graphemes(true).map(str::width).sum() }
}

/// `text` made harmless, and cut with `…` where it takes more than so many columns.
pub fn fit(text: &str, most: usize) -> Cow<'_, str> {
    let text = neutral(text);
    if columns(&text) <= most {
        return text;
    }
    let Some(room) = most.checked_sub(1) else { return Cow::Borrowed("") };
    let mut cut = head(&text, room).trim_end().to_owned();
    cut.push(REST);
    Cow::Owned(cut)
}

/// The longest beginning of harmless text that takes no more than so many columns.
fn head(text: &str, most: usize) -> &str {
    if is_narrow(text) {
        let end = text.char_indices().nth(most).map(|(at, _)| at);
        return end.and_then(|end| text.get(..end)).unwrap_or(text);
    }
    let mut taken = 0;
    let end = text.grapheme_indices(true).find_map(|(at, grapheme)| {
        taken += grapheme.width();
        (taken > most).then_some(at)
    });
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

/// The lines of `text`, harmless and broken between words, none wider than so many columns; a longer word is broken anywhere. An empty line
/// stays one. Of a character that alone is wider than a line, nothing is shown.
pub fn wrap(text: &str, most: usize) -> Vec<String> {
    text.lines().flat_map(|line| wrapped(&neutral(line), most)).collect()
}

fn wrapped(line: &str, most: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut current = String::new();
    let mut taken = 0;
    for word in line.split(' ').filter(|word| !word.is_empty()) {
        let wide = columns(word);
        if taken > 0 && taken + 1 + wide <= most {
            current.push(' ');
            current.push_str(word);
            taken += 1 + wide;
            continue;
        }
        if taken > 0 {
            lines.push(std::mem::take(&mut current));
        }
        if wide <= most {
            current.push_str(word);
            taken = wide;
            continue;
        }
        // Each letter is looked at once, however long the word.
        taken = 0;
        for grapheme in word.graphemes(true) {
            let wide = grapheme.width();
            if taken + wide > most && taken > 0 {
                lines.push(std::mem::take(&mut current));
                taken = 0;
            }
            if wide <= most {
                current.push_str(grapheme);
                taken += wide;
            }
        }
    }
    if taken > 0 || lines.is_empty() {
        lines.push(current);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;
    use std::time::{Duration, Instant};

    /// Text that others might send to do harm, mixed with what is fine.
    fn hostile() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            any::<String>(),
            "[a-zéèç ]{0,12}",
            Just("\x1b[2J\x1b]0;x\x07".to_owned()),
            Just("\u{202e}\u{2066}abc\u{2069}".to_owned()),
            Just("e\u{301}\u{302}\u{303}\u{304}".to_owned()),
            Just("👨\u{200d}👩\u{200d}👧 ❤\u{fe0f} 🇫🇷 👍🏽".to_owned()),
            Just("漢字 ｱ 한\u{1100}\u{1161}\u{11a8}".to_owned()),
            Just("क्षि ไทย لا".to_owned()),
            Just("\r\n\t\u{85}\u{2028}".to_owned()),
        ];
        proptest::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
    }

    #[rstest]
    #[case::plain("M. Roy, 3 chemises", "M. Roy, 3 chemises")]
    #[case::accents("Élodie a reçu « l’œuvre »", "Élodie a reçu « l’œuvre »")]
    #[case::composed("E\u{301}lodie", "Élodie")]
    #[case::escapes("devis\x1b[31m rouge\x07", "devis[31m rouge")]
    #[case::one_line("un\r\n\tdeux", "un   deux")]
    #[case::eight_bit("a\u{9b}31mb", "a31mb")]
    #[case::bidi("a\u{202e}fdp.exe\u{2069}", "afdp.exe")]
    #[case::invisible("pres\u{ad}sing\u{200b}\u{feff}", "pressing")]
    #[case::family("👨\u{200d}👩", "👨👩")]
    #[case::flag("🇫🇷", "FR")]
    #[case::private("\u{e0b0}", "\u{fffd}")]
    #[case::mark_alone("\u{301}a", "a")]
    #[case::narrow_space("12\u{202f}€", "12\u{a0}€")]
    fn what_others_wrote_is_harmless(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(neutral(text), expected);
    }

    proptest! {
        #[test]
        fn characters_of_narrow_text_are_cells(text in prop_oneof![any::<String>(), "[ -~\u{a0}-\u{17f}\u{2010}-\u{2027}€←-↓─-◿]{0,40}"]) {
            let text = neutral(&text);
            let cells: Vec<&str> = text.graphemes(true).collect();
            if is_narrow(&text) {
                prop_assert!(cells.iter().all(|cell| cell.chars().count() == 1 && cell.width() == 1), "{cells:?}");
            } else {
                prop_assert!(text.chars().any(|c| !is_plain(c) || c.width() != Some(1)));
            }
        }
    }

    #[test]
    fn ten_thousand_accents_are_two_and_take_no_time() {
        let text = format!("e{}", "\u{489}\u{327}\u{301}\u{34f}".repeat(10_000));
        let start = Instant::now();
        assert!(neutral(&text).chars().count() <= 1 + MARKS);
        assert!(fit(&text, 10).chars().count() <= 1 + MARKS);
        assert!(start.elapsed() < Duration::from_millis(500));
    }

    #[rstest]
    #[case("pressing", 8, "pressing")]
    #[case("pressing", 7, "pressi…")]
    #[case("pain tradition", 6, "pain…")]
    #[case("漢字漢", 5, "漢字…")]
    #[case("漢字漢", 4, "漢…")]
    #[case("pressing", 1, "…")]
    #[case("pressing", 0, "")]
    #[case("", 0, "")]
    fn a_text_that_does_not_fit_is_cut_with_a_sign(#[case] text: &str, #[case] most: usize, #[case] expected: &str) {
        assert_eq!(fit(text, most), expected);
    }

    #[test]
    fn what_is_plain_has_a_width_is_composed_and_nothing_stands_for_it() {
        for c in (0..0x3000).filter_map(char::from_u32).filter(|c| is_plain(*c)) {
            assert_eq!(harmless(c), Some(c), "{c:?}");
            assert_eq!(c.nfc().collect::<String>(), c.to_string());
            assert!(!takes_no_column(c) && !is_combining_mark(c), "{c:?}");
        }
    }

    #[test]
    fn lines_break_between_words_and_empty_ones_stay() {
        assert_eq!(wrap("Bonjour, je dépose\n\ndeux vestes", 10), ["Bonjour,", "je dépose", "", "deux", "vestes"]);
        assert_eq!(wrap("anticonstitutionnel", 8), ["anticons", "titution", "nel"]);
        assert_eq!(wrap("漢 a", 1), ["a"]);
        assert!(wrap("", 10).is_empty());
    }

    proptest! {
        #[test]
        fn harmless_text_holds_nothing_that_does_something(text in hostile()) {
            let shown = neutral(&text).into_owned();
            prop_assert!(!shown.chars().any(|c| c.is_control() || is_unseen(c)), "{shown:?}");
            prop_assert_eq!(neutral(&shown).into_owned(), shown.clone());
            for grapheme in shown.graphemes(true) {
                prop_assert!(grapheme.width() > 0, "{grapheme:?} of {shown:?} takes no column");
            }
        }

        #[test]
        fn what_fits_is_never_wider(text in hostile(), most in 0_usize..30) {
            let shown = fit(&text, most);
            prop_assert!(width(&shown) <= most, "{shown:?} in {most}");
            if width(&text) <= most {
                prop_assert_eq!(shown, neutral(&text));
            }
        }

        #[test]
        fn no_wrapped_line_is_wider_and_no_letter_is_lost(text in hostile(), most in 2_usize..30) {
            let lines = wrap(&text, most);
            for line in &lines {
                prop_assert!(width(line) <= most, "{line:?} in {most}");
            }
            let letters = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
            let harmless: Vec<_> = text.lines().map(|line| neutral(line).into_owned()).collect();
            prop_assert_eq!(letters(&lines.concat()), letters(&harmless.concat()));
        }

        #[cfg(feature = "console")]
        #[test]
        fn a_screen_fills_as_many_cells_as_this_measures(text in hostile()) {
            let shown = neutral(&text);
            let mut screen = ratatui::buffer::Buffer::empty(ratatui::layout::Rect::new(0, 0, 2000, 1));
            let (end, _) = screen.set_stringn(0, 0, &shown, 2000, ratatui::style::Style::new());
            prop_assert_eq!(usize::from(end), width(&shown).min(2000));
        }
    }
}
