//! In which of its languages a text is written, by the small words that every text has.

use crate::{
    domain::operator::Language,
    text::{quoted, words},
};

/// Small words of French, folded; none of them is one of English.
const FRENCH: &[&str] = &[
    "je",
    "vous",
    "nous",
    "il",
    "elle",
    "le",
    "la",
    "les",
    "un",
    "une",
    "des",
    "du",
    "de",
    "et",
    "est",
    "sont",
    "pour",
    "avec",
    "mon",
    "ma",
    "mes",
    "votre",
    "vos",
    "que",
    "qui",
    "dans",
    "sur",
    "pas",
    "ce",
    "cette",
    "bonjour",
    "bonsoir",
    "merci",
    "cordialement",
    "avez",
    "serait",
    "possible",
    "suis",
    "ai",
    "svp",
];

/// Small words of English; none of them is one of French.
const ENGLISH: &[&str] = &[
    "i", "you", "we", "he", "she", "it", "the", "an", "and", "is", "are", "for", "with", "my", "your", "that", "this",
    "which", "in", "of", "to", "not", "hello", "hi", "dear", "thanks", "thank", "please", "regards", "have", "would",
    "could", "can", "will", "be", "at", "when", "from",
];

/// The language that a letter is written in, without what it quotes; French unless it says more in English.
pub fn language_of(text: &str) -> Language {
    let parts = quoted::parts(text);
    let (mut french, mut english) = (0, 0);
    for word in words(&parts.own) {
        french += usize::from(FRENCH.contains(&word.as_str()));
        english += usize::from(ENGLISH.contains(&word.as_str()));
    }
    if english > french { Language::En } else { Language::Fr }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_in_the_language_of_its_small_words() {
        for (text, language) in [
            ("Bonjour, je dépose mardi deux vestes. Merci d’avance", Language::Fr),
            ("Hello, could you please have my two jackets cleaned for Friday?", Language::En),
            ("Is it possible?", Language::En),
            ("Possible vendredi ?", Language::Fr),
            ("", Language::Fr),
            ("26-1047", Language::Fr),
        ] {
            assert_eq!(language_of(text), language, "{text}");
        }
    }

    #[test]
    fn what_is_quoted_says_nothing_of_the_writer() {
        let text = "Yes, that is fine, thank you.\n\nLe 12 mars 2026 à 10:00, La Conciergerie a écrit :\n> Bonjour, votre demande est prête. \
                    Elle vous attend à la permanence de Mérignac, et nous vous remercions de votre visite.\n";
        assert_eq!(language_of(text), Language::En);
    }
}
