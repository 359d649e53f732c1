//! Whether a short answer in French or English says yes or no, without any doubt; whatever leaves one is read by a person.

use crate::text::fold;

/// What an answer says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum YesOrNo {
    /// Yes, and nothing that limits it.
    Yes,
    /// No, perhaps with a common reason.
    No,
}

/// What a phrase adds to an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Says {
    Yes,
    No,
    Nothing,
    /// What follows is a name, and what belongs to it.
    Farewell,
}

/// Words of an answer at most: who writes more means more.
const LONGEST: usize = 40;

/// Words of a name below a farewell at most.
const NAME: usize = 8;

/// The phrases that are understood, folded. A word that is in none of them leaves a doubt.
const PHRASES: &[(Says, &[&str])] = &[
    (
        Says::Yes,
        &[
            "oui",
            "ok",
            "okay",
            "d accord",
            "accord",
            "entendu",
            "volontiers",
            "parfait",
            "bien sur",
            "avec plaisir",
            "pas de probleme",
            "pas de soucis",
            "pas de souci",
            "aucun probleme",
            "aucun souci",
            "sans probleme",
            "sans souci",
            "ca marche",
            "ca nous va",
            "ca me va",
            "cela nous convient",
            "ca nous convient",
            "c est bon",
            "c est d accord",
            "c est possible",
            "c est ok",
            "c est accepte",
            "nous acceptons",
            "j accepte",
            "on accepte",
            "nous prenons",
            "je prends",
            "on prend",
            "nous confirmons",
            "je confirme",
            "on s en charge",
            "nous nous en chargeons",
            "je m en charge",
            "on s en occupe",
            "nous nous en occupons",
            "je m en occupe",
            "yes",
            "sure",
            "agreed",
            "no problem",
            "of course",
            "with pleasure",
            "we accept",
            "i accept",
            "we can do it",
            "i can do it",
            "we will do it",
            "i will do it",
            "we ll do it",
            "i ll do it",
            "that works",
            "that s fine",
            "fine",
        ],
    ),
    (
        Says::No,
        &[
            "non",
            "no",
            "impossible",
            "pas possible",
            "ce n est pas possible",
            "c est impossible",
            "nous ne pouvons pas",
            "je ne peux pas",
            "on ne peut pas",
            "nous ne pourrons pas",
            "je ne pourrai pas",
            "nous refusons",
            "je refuse",
            "nous declinons",
            "je decline",
            "complet",
            "complets",
            "nous sommes complets",
            "on est complet",
            "je suis complet",
            "c est complet",
            "indisponible",
            "indisponibles",
            "nous ne sommes pas disponibles",
            "je ne suis pas disponible",
            "pas disponible",
            "pas disponibles",
            "pas le temps",
            "nous n avons pas le temps",
            "nous sommes fermes",
            "fermes",
            "ferme",
            "en conges",
            "we cannot",
            "i cannot",
            "we can t",
            "i can t",
            "we decline",
            "i decline",
            "not possible",
            "not available",
            "unavailable",
            "we are full",
            "fully booked",
            "we are fully booked",
            "we are closed",
        ],
    ),
    (
        Says::Nothing,
        &[
            "bonjour",
            "bonsoir",
            "madame",
            "monsieur",
            "a tous",
            "merci",
            "merci beaucoup",
            "merci a vous",
            "pour nous",
            "pour moi",
            "de notre cote",
            "c est",
            "tres bien",
            "bien recu",
            "bien note",
            "desole",
            "desoles",
            "desolee",
            "malheureusement",
            "nous sommes",
            "cette semaine",
            "cette fois",
            "a bientot",
            "a vous",
            "hello",
            "hi",
            "dear all",
            "thanks",
            "thank you",
            "many thanks",
            "sorry",
            "unfortunately",
            "for us",
            "for me",
            "this week",
            "this time",
            "please",
            "le faire",
            "do it",
        ],
    ),
    (
        Says::Farewell,
        &[
            "cordialement",
            "bien cordialement",
            "bien a vous",
            "bonne journee",
            "bonne soiree",
            "salutations",
            "sinceres salutations",
            "regards",
            "best regards",
            "kind regards",
            "best wishes",
            "sincerely",
            "have a nice day",
        ],
    ),
];

/// Words that no name below a farewell holds, and that limit or question what was said.
const DOUBT: &[&str] = &[
    "mais",
    "sauf",
    "si",
    "ps",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "demain",
    "plutot",
    "but",
    "except",
    "if",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "tomorrow",
    "rather",
    "oui",
    "non",
    "yes",
    "no",
];

/// What an answer says, its quotation and signature left out before; none if it leaves a doubt.
pub fn read(text: &str) -> Option<YesOrNo> {
    if text.contains('?') {
        return None;
    }
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    if words.len() > LONGEST {
        return None;
    }
    let (mut rest, mut said) = (words.as_slice(), None);
    while !rest.is_empty() {
        let (says, length) = longest(rest)?;
        rest = rest.get(length..).unwrap_or_default();
        let now = match says {
            Says::Yes => YesOrNo::Yes,
            Says::No => YesOrNo::No,
            Says::Nothing => continue,
            Says::Farewell => {
                let is_name = rest.len() <= NAME && !rest.iter().any(|word| DOUBT.contains(word));
                return said.filter(|_| is_name);
            }
        };
        if said.is_some_and(|before| before != now) {
            return None;
        }
        said = Some(now);
    }
    said
}

/// The longest phrase that words begin with, and how many of them it takes.
fn longest(words: &[&str]) -> Option<(Says, usize)> {
    let begins = |phrase: &str| {
        let length = phrase.split(' ').count();
        phrase.split(' ').eq(words.iter().take(length).copied()).then_some(length)
    };
    let all = PHRASES.iter().flat_map(|(says, phrases)| phrases.iter().map(move |phrase| (*says, *phrase)));
    all.filter_map(|(says, phrase)| Some((says, begins(phrase)?))).max_by_key(|(_, length)| *length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("oui")]
    #[case("Oui !")]
    #[case("OK pour nous")]
    #[case("ok")]
    #[case("Bonjour,\n\nPas de problème.\n\nBonne journée")]
    #[case("Bonjour, c’est d’accord, merci.")]
    #[case("D'accord, nous nous en chargeons. Merci.\nCordialement,\nPaul Lenoir\nL’Atelier")]
    #[case("Oui, volontiers")]
    #[case("Yes, no problem")]
    #[case("Sure, we'll do it. Best regards, Ann")]
    fn a_plain_yes_is_one(#[case] text: &str) {
        assert_eq!(read(text), Some(YesOrNo::Yes), "{text}");
    }

    #[rstest]
    #[case("non")]
    #[case("Non, complet")]
    #[case("Non merci")]
    #[case("Bonjour, désolés, nous sommes complets cette semaine.")]
    #[case("Malheureusement ce n'est pas possible")]
    #[case("Nous ne pouvons pas le faire")]
    #[case("No, sorry, we are fully booked this week.")]
    fn a_plain_no_is_one(#[case] text: &str) {
        assert_eq!(read(text), Some(YesOrNo::No), "{text}");
    }

    #[rstest]
    #[case("")]
    #[case("oui mais lundi")]
    #[case("Oui, sauf les chemises")]
    #[case("oui si vous livrez")]
    #[case("oui pour 14 h")]
    #[case("oui ?")]
    #[case("non, pas de problème")]
    #[case("oui et non")]
    #[case("Pas avant jeudi")]
    #[case("Je vous rappelle")]
    #[case("OK, bien reçu, je regarde")]
    #[case("Bonjour, merci")]
    #[case("Combien de chemises ?")]
    #[case("Oui.\nCordialement,\nPaul\nPS : mais pas lundi")]
    #[case("Je ne dis pas non")]
    #[case("Ce n'est pas impossible")]
    #[case("pas ok")]
    #[case("not ok")]
    #[case("no problem but Friday")]
    fn what_leaves_a_doubt_is_for_a_person(#[case] text: &str) {
        assert_eq!(read(text), None, "{text}");
    }
}
