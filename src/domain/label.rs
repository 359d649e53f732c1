//! Labels of things: numbers that check themselves, and what was typed or scanned read as one.
//!
//! A label of the house is a running number followed by a check digit after Damm (H. M. Damm, *Total anti-symmetrische Quasigruppen*,
//! Marburg 2004): one wrong digit and two neighbours that changed places are always noticed. It is all digits, so that a scanner that
//! types says it on any keyboard: on a French one that types its digit row without Shift, `à&é"'(-è_ç` stands for 0 to 9.

use super::texts::ShortText;
use std::fmt;

/// Digits of a label, its check digit included: at least, and at most.
const DIGITS: std::ops::RangeInclusive<usize> = 7..=9;

/// The largest running number that a label can bear.
const LAST: u32 = 99_999_999;

/// Damm's quasigroup of ten: each row and column has each digit once, and its diagonal is zero.
const QUASIGROUP: [[u8; 10]; 10] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
    [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
    [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
    [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

/// What a French keyboard types for 0 to 9 without Shift.
const UNSHIFTED: [char; 10] = ['à', '&', 'é', '"', '\'', '(', '-', 'è', '_', 'ç'];

/// The check digit of digits; none of what is no row of digits. A row with its own check digit behind it has zero.
fn check_digit(digits: &str) -> Option<u8> {
    digits.bytes().try_fold(0, |check, byte| {
        let digit = byte.checked_sub(b'0')?;
        QUASIGROUP.get(usize::from(check))?.get(usize::from(digit)).copied()
    })
}

/// A label of the house.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Label(String);

impl Label {
    /// The label of a running number; none beyond the last that fits.
    pub fn numbered(serial: u32) -> Option<Self> {
        let digits = format!("{:06}", (serial <= LAST).then_some(serial)?);
        let check = check_digit(&digits)?;
        Some(Self(format!("{digits}{check}")))
    }

    /// The running number.
    pub fn serial(&self) -> u32 {
        let digits = self.0.len().saturating_sub(1);
        self.0.get(..digits).and_then(|serial| serial.parse().ok()).unwrap_or_default()
    }

    /// The digits that are printed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What was typed or scanned, as far as it can be told without knowing what is out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scanned {
    /// A label of the house.
    Ours(Label),
    /// As long as a label of the house, but a digit is wrong.
    Smudged(String),
    /// Digits of something else: a parcel's, a product's.
    Foreign(String),
    /// Other characters: a name, a locker, a label of before.
    Words(String),
}

impl Scanned {
    /// Reads what was typed, from either row of digits; none of nothing.
    pub fn read(typed: &str) -> Option<Self> {
        let typed = typed.trim();
        if typed.is_empty() {
            return None;
        }
        let Some(digits) = digits(typed) else { return Some(Self::Words(typed.to_owned())) };
        Some(match (DIGITS.contains(&digits.len()), check_digit(&digits)) {
            (true, Some(0)) => Self::Ours(Label(digits)),
            (true, _) => Self::Smudged(digits),
            // Three or four are said of a label's end, or of a locker.
            (false, _) if digits.len() < *DIGITS.start() => Self::Words(digits),
            (false, _) => Self::Foreign(digits),
        })
    }

    /// What a label that looks so is called in the records.
    pub fn text(&self) -> &str {
        match self {
            Self::Ours(label) => label.as_str(),
            Self::Smudged(text) | Self::Foreign(text) | Self::Words(text) => text,
        }
    }

    /// Whether nobody types this as words: only a scanner does, or who reads a label.
    pub fn is_label(&self) -> bool {
        matches!(self, Self::Ours(_))
    }
}

/// The digits that were typed, on either row; none if anything else stands among them.
fn digits(typed: &str) -> Option<String> {
    let plain = typed.chars().all(|c| c.is_ascii_digit());
    if plain {
        return Some(typed.to_owned());
    }
    let digit =
        |c: char| UNSHIFTED.iter().position(|other| *other == c).and_then(|place| "0123456789".chars().nth(place));
    typed.chars().map(digit).collect()
}

/// Whether a thing's label is what was read: whole, or its end where only that was said.
pub fn is_called(label: &ShortText, read: &str) -> bool {
    let folded =
        |text: &str| text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect::<String>();
    folded(label.as_str()) == folded(read)
}

/// Whether a thing's label ends so; three characters at least, so that it means something.
pub fn ends_so(label: &ShortText, read: &str) -> bool {
    let read = read.trim();
    read.chars().count() >= 3 && label.as_str().to_lowercase().ends_with(&read.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn label(serial: u32) -> String {
        Label::numbered(serial).unwrap().to_string()
    }

    #[test]
    fn the_check_digit_is_that_of_the_published_scheme() {
        // The example of the article.
        assert_eq!(check_digit("572"), Some(4));
        assert_eq!(check_digit("5724"), Some(0));
        assert_eq!(check_digit("57é"), None);
    }

    #[test]
    fn the_quasigroup_notices_each_wrong_digit_and_each_pair_that_changed_places() {
        for (place, row) in QUASIGROUP.iter().enumerate() {
            let mut sorted = *row;
            sorted.sort_unstable();
            assert_eq!(sorted, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
            assert_eq!(row[place], 0);
        }
        for check in 0..10 {
            for one in 0..10 {
                for other in (0..10).filter(|other| *other != one) {
                    let after = |first: usize, second| QUASIGROUP[usize::from(QUASIGROUP[check][first])][second];
                    assert_ne!(after(one, other), after(other, one));
                }
            }
        }
    }

    #[test]
    fn what_was_scanned_says_what_it_is() {
        let ours = label(401_234);
        assert_eq!(ours.len(), 7);
        assert_eq!(Scanned::read(&format!(" {ours}\n")), Some(Scanned::Ours(Label(ours.clone()))));
        let wrong = format!("{}{}", &ours[..6], (ours.as_bytes()[6] - b'0' + 1) % 10);
        assert_eq!(Scanned::read(&wrong), Some(Scanned::Smudged(wrong)));
        assert_eq!(Scanned::read("3017620422003"), Some(Scanned::Foreign("3017620422003".into())));
        assert_eq!(Scanned::read("B-0101"), Some(Scanned::Words("B-0101".into())));
        assert_eq!(Scanned::read("4821"), Some(Scanned::Words("4821".into())));
        assert_eq!(Scanned::read("  "), None);
    }

    #[test]
    fn a_label_of_before_is_known_whatever_its_case_and_by_its_end() {
        let known: ShortText = "B-0101".parse().unwrap();
        assert!(is_called(&known, "b-0101") && !is_called(&known, "0101"));
        assert!(ends_so(&known, "101") && !ends_so(&known, "01"));
    }

    proptest! {
        #[test]
        fn a_scanner_may_type_on_either_row(serial in 0..=LAST) {
            let ours = label(serial);
            let unshifted: String = ours.bytes().map(|byte| UNSHIFTED[usize::from(byte - b'0')]).collect();
            prop_assert_eq!(Scanned::read(&unshifted), Scanned::read(&ours));
            prop_assert!(Scanned::read(&ours).unwrap().is_label());
        }

        #[test]
        fn one_wrong_digit_and_two_that_changed_places_are_smudged(serial in 0..=LAST, place in 0_usize..9, add in 1_u8..10) {
            let ours = label(serial);
            let place = place % ours.len();
            let mut wrong = ours.clone().into_bytes();
            wrong[place] = (wrong[place] - b'0' + add) % 10 + b'0';
            let is_smudged = |bytes: Vec<u8>| matches!(Scanned::read(&String::from_utf8(bytes).unwrap()), Some(Scanned::Smudged(_)));
            prop_assert!(is_smudged(wrong));
            let mut swapped = ours.clone().into_bytes();
            swapped.swap(place, (place + 1) % ours.len());
            if (place + 1) < ours.len() && swapped != ours.as_bytes() {
                prop_assert!(is_smudged(swapped));
            }
        }

        #[test]
        fn labels_of_different_numbers_differ(one in 0..=LAST, other in 0..=LAST) {
            prop_assert_eq!(one == other, label(one) == label(other));
        }
    }
}
