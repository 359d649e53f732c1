//! Subjects: what programs put before them is taken off, and a request's number found in them.

use crate::{domain::request::RequestNumber, text::fold};

/// What programs put before the subject of an answer or of what is passed on, folded: French, English, German.
const PREFIXES: &[&str] =
    &["re", "ref", "rep", "reponse", "tr", "trans", "transfert", "fw", "fwd", "aw", "antw", "antwort", "wg", "ang"];

/// Prefixes that are taken off at most.
const TIMES: usize = 20;

/// The subject as it was first written: `RE: TR : Mes chemises` is « Mes chemises ».
pub fn bare(subject: &str) -> &str {
    let mut bare = subject.trim();
    for _ in 0..TIMES {
        // `Re[2]:` and `RE :` are seen too.
        let Some((before, after)) = bare.split_once(':').filter(|(before, _)| before.len() <= 16) else { break };
        let word = before.split('[').next().unwrap_or_default();
        if !PREFIXES.contains(&fold(word).as_str()) {
            break;
        }
        bare = after.trim_start();
    }
    bare
}

/// The number of a request in a subject, if it names just one.
pub fn number(subject: &str) -> Option<RequestNumber> {
    let words = subject.split(|c: char| !c.is_ascii_digit() && c != '-');
    let mut found = words.filter_map(|word| {
        let (year, serial) = word.split_once('-')?;
        // Four digits at least, as it is written: `24-12` is a date.
        (year.len() == 2 && serial.len() >= 4).then(|| word.parse::<RequestNumber>().ok())?
    });
    let first = found.next()?;
    found.all(|other| other == first).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn prefixes_of_three_languages_are_taken_off() {
        for subject in [
            "Re: Chemises",
            "RE : TR: Chemises",
            "Réf : Chemises",
            "AW: WG: Chemises",
            "Fwd: Re[2]: Chemises",
            " Chemises ",
        ] {
            assert_eq!(bare(subject), "Chemises", "{subject}");
        }
        assert_eq!(bare("Urgent: Chemises"), "Urgent: Chemises");
        assert_eq!(bare("Re:"), "");
    }

    #[test]
    fn a_number_is_found_and_two_are_none() {
        assert_eq!(number("Re: votre demande 26-1047 : chemises").unwrap().to_string(), "26-1047");
        assert_eq!(number("[26-1047] 26-1047").unwrap().to_string(), "26-1047");
        for none in ["26-1047 et 26-1048", "le 24-12", "01-99-00-12-34", "2026-1047", "réf A26-10470000000", ""] {
            assert_eq!(number(none), None, "{none}");
        }
    }

    proptest! {
        #[test]
        fn any_subject_is_read(subject in "\\PC{0,80}") {
            number(bare(&subject));
        }
    }
}
