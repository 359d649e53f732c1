//! Who is it: the line that finds a person by name, or enters a new one.

use super::{field::Field, reception::Item};
use crate::domain::{
    ids::{BeneficiaryId, ClientId, SiteId},
    texts::ShortText,
};

/// Persons that are shown at most: as many as a digit can choose.
pub const FOUND: usize = 9;

/// The search for a person.
#[derive(Clone, Debug)]
pub struct PartySearch {
    /// Whose person is asked for; none for the entry line's own request.
    pub item: Option<Item>,
    /// What is typed.
    pub field: Field,
    /// Persons of this organisation come first: its switchboard calls.
    pub client: Option<ClientId>,
    /// Where a new person would be met.
    pub site: Option<SiteId>,
    /// Persons it may be, before anything is typed.
    pub maybe: Vec<BeneficiaryId>,
    /// Persons found, the best first.
    pub found: Vec<BeneficiaryId>,
    /// Which of those found is chosen, from 0; behind the last stands the new person.
    pub chosen: usize,
    /// Whether a new person was proposed, and the next Enter enters them.
    pub proposed: bool,
}

impl PartySearch {
    /// The person who would be entered anew, if what is typed is a name.
    pub fn new_person(&self) -> Option<NewPerson> {
        NewPerson::read(self.field.text())
    }

    /// Whether the new person is what Enter takes.
    pub fn is_new(&self) -> bool {
        self.chosen >= self.found.len()
    }
}

/// A person as somebody gives their name on the telephone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPerson {
    /// `Mme`, `M.`, if it was said.
    pub title: Option<ShortText>,
    /// The given name, if it was said.
    pub given_name: Option<ShortText>,
    /// The family name.
    pub family_name: ShortText,
}

/// What is typed for a title, and what is kept of it.
const TITLES: [(&str, &str); 9] = [
    ("mme", "Mme"),
    ("madame", "Mme"),
    ("mlle", "Mme"),
    ("m", "M."),
    ("mr", "M."),
    ("monsieur", "M."),
    ("mrs", "Mme"),
    ("ms", "Mme"),
    ("mister", "M."),
];

/// Words with which a family name of several begins.
const PARTICLES: [&str; 11] = ["de", "du", "des", "la", "le", "d", "van", "von", "el", "ben", "da"];

impl NewPerson {
    /// Reads a name: a title, given names, then the family name, which is the last word, begins with a particle, or stands in capitals.
    pub fn read(text: &str) -> Option<Self> {
        let mut words: Vec<&str> = text.split_whitespace().collect();
        let is_title = |word: &&str| {
            let plain = word.trim_end_matches('.').to_lowercase();
            TITLES.iter().find(|(said, _)| *said == plain).map(|(_, title)| *title)
        };
        let title = words.first().and_then(is_title);
        if title.is_some() {
            words.remove(0);
        }
        if !text.chars().any(char::is_alphabetic) || words.is_empty() {
            return None;
        }
        let capitals = |word: &&str| word.chars().count() > 1 && !word.chars().any(char::is_lowercase);
        let typed_so = words.iter().any(capitals) && !words.iter().all(capitals);
        let (given, family): (Vec<&str>, Vec<&str>) = if typed_so {
            words.iter().partition(|word| !capitals(word))
        } else {
            let particle = |word: &&str| PARTICLES.contains(&word.to_lowercase().trim_end_matches(['\'', '’']));
            let place = words.iter().skip(1).position(particle).map(|place| place + 1);
            let place = place.filter(|place| place + 1 < words.len()).unwrap_or(words.len() - 1);
            let (given, family) = words.split_at(place);
            (given.to_vec(), family.to_vec())
        };
        let text = |words: &[&str]| words.iter().map(|word| name(word)).collect::<Vec<_>>().join(" ").parse().ok();
        Some(Self {
            title: title.and_then(|title| title.parse().ok()),
            given_name: text(&given),
            family_name: text(&family)?,
        })
    }

    /// As it is shown: `Mme Jeanne Test`.
    pub fn words(&self) -> String {
        let parts = [self.title.as_ref(), self.given_name.as_ref(), Some(&self.family_name)];
        parts.into_iter().flatten().map(ShortText::as_str).collect::<Vec<_>>().join(" ")
    }
}

/// A name typed in small letters, or in capitals, as it is written; one that was typed with care stays.
fn name(word: &str) -> String {
    let careful = word.chars().any(char::is_uppercase) && word.chars().any(char::is_lowercase);
    if careful || PARTICLES.contains(&word) {
        return word.to_owned();
    }
    let mut begins = true;
    let mut written = String::with_capacity(word.len());
    for c in word.chars() {
        if begins {
            written.extend(c.to_uppercase());
        } else {
            written.extend(c.to_lowercase());
        }
        begins = !c.is_alphabetic();
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("jean test", "Jean Test", "Test")]
    #[case("Mme durand", "Mme Durand", "Durand")]
    #[case("m. paul DUPONT", "M. Paul Dupont", "Dupont")]
    #[case("DUPONT Paul", "Paul Dupont", "Dupont")]
    #[case("anne-marie de la tour", "Anne-Marie de la Tour", "de la Tour")]
    #[case("marie claire l'hostis", "Marie Claire L'Hostis", "L'Hostis")]
    #[case("MacAuley", "MacAuley", "MacAuley")]
    fn a_name_is_read_as_it_is_said(#[case] typed: &str, #[case] whole: &str, #[case] family: &str) {
        let person = NewPerson::read(typed).unwrap();
        assert_eq!((person.words().as_str(), person.family_name.as_str()), (whole, family));
    }

    #[test]
    fn what_is_no_name_makes_no_person() {
        assert_eq!(NewPerson::read(""), None);
        assert_eq!(NewPerson::read("  mme "), None);
        assert_eq!(NewPerson::read("12"), None);
    }
}
