//! Untrusted text made harmless, folded for search, and measured in columns.

pub mod quoted;
mod shown;

pub use shown::{fit, is_narrow, neutral, width, wrap};

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// `text` as search compares it: lower case, without accents, ligatures spelled out, everything that is neither letter nor
/// digit turned into single spaces. « L’Œuvre à  Zoé » becomes `l oeuvre a zoe`. Folding twice changes nothing.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut gap = false;
    let mut take = |c: char| {
        if !c.is_alphanumeric() {
            gap = true;
            return;
        }
        if gap && !folded.is_empty() {
            folded.push(' ');
        }
        gap = false;
        match c {
            'œ' => folded.push_str("oe"),
            'æ' => folded.push_str("ae"),
            'ß' => folded.push_str("ss"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            _ => folded.push(c),
        }
    };
    let mut rest = text;
    while !rest.is_empty() {
        // Most letters are ASCII, which decomposes into itself whatever stands around it: the tables are for the others.
        let (plain, others) = rest.split_at(rest.bytes().take_while(u8::is_ascii).count());
        plain.chars().for_each(|c| take(c.to_ascii_lowercase()));
        let (others, after) = others.split_at(others.find(|c: char| c.is_ascii()).unwrap_or(others.len()));
        let decomposed = others.nfkd().filter(|c| !is_combining_mark(*c) && !is_invisible(*c));
        decomposed.flat_map(char::to_lowercase).for_each(&mut take);
        rest = after;
    }
    folded
}

/// The folded words of `text`, in its order.
pub fn words(text: &str) -> Vec<String> {
    fold(text).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Soft hyphens and zero-width characters stand inside words and part nothing.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case::accents("Élodie ÇA Noël", "elodie ca noel")]
    #[case::decomposed("E\u{301}lodie", "elodie")]
    #[case::ligatures("Cœur, ÆQUO, Straße, ẞ", "coeur aequo strasse ss")]
    #[case::apostrophes("l’été d'Aïcha", "l ete d aicha")]
    #[case::punctuation("  26-1047 :  « pain »… ", "26 1047 pain")]
    #[case::compatible("ﬁne № ½", "fine no 1 2")]
    #[case::invisible("pres\u{ad}sing\u{200b}", "pressing")]
    #[case::northern("Søren Łucja", "soren lucja")]
    #[case::nothing("…!", "")]
    fn folding_keeps_what_search_compares(#[case] text: &str, #[case] folded: &str) {
        assert_eq!(fold(text), folded);
    }

    #[test]
    fn words_are_folded_and_in_order() {
        assert_eq!(words("Garde d’Enfant, URGENTE"), ["garde", "d", "enfant", "urgente"]);
        assert!(words(" … ").is_empty());
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in any::<String>()) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn composed_and_decomposed_text_fold_alike(text in any::<String>()) {
            let composed: String = text.nfc().collect();
            let decomposed: String = text.nfd().collect();
            prop_assert_eq!(fold(&composed), fold(&decomposed));
        }
    }
}
