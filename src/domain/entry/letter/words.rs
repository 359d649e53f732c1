//! The words of a mail that ask for nothing: greetings, courtesy, farewells, questions; and its sentences.

use crate::domain::entry::{
    lexicon::weekday,
    token::{Gap, Token},
};

/// What a mail ends with; after it come names, addresses, advertisements.
const FAREWELLS: &[&str] = &[
    "cordialement",
    "bien cordialement",
    "bien a vous",
    "bien a toi",
    "amicalement",
    "sinceres salutations",
    "salutations",
    "meilleures salutations",
    "respectueusement",
    "cdt",
    "bonne journee",
    "belle journee",
    "bonne soiree",
    "bon week end",
    "bonne fin de journee",
    "bonne reception",
    "a bientot",
    "a demain",
    "regards",
    "kind regards",
    "best regards",
    "best wishes",
    "best",
    "yours",
    "sincerely",
    "yours sincerely",
    "yours faithfully",
    "cheers",
    "have a nice day",
    "have a good day",
    "envoye de mon",
    "envoye depuis mon",
    "sent from my",
];

/// What asks for an answer, not for a job.
const ENQUIRIES: &[&str] = &[
    "ou en est",
    "ou en sont",
    "ou est",
    "ou sont",
    "quel est le prix",
    "quel est le tarif",
    "quels sont",
    "quelles sont",
    "quel prix",
    "quel tarif",
    "a quel prix",
    "combien coute",
    "combien coutent",
    "combien couterait",
    "combien ca coute",
    "combien dois",
    "c est combien",
    "a quelle heure",
    "quelle heure",
    "quand est ce que",
    "quand sera",
    "quand seront",
    "quand pourrai",
    "est ce que vous faites",
    "est ce que vous proposez",
    "proposez vous",
    "faites vous",
    "pas recu",
    "pas recue",
    "pas recus",
    "pas recues",
    "pas encore recu",
    "toujours rien",
    "il manque",
    "il manquait",
    "toujours bon",
    "bien recu",
    "bien recue",
    "how much",
    "how long",
    "what is the price",
    "what are",
    "what time",
    "when will",
    "when is",
    "where is",
    "where are",
    "do you offer",
    "do you do",
    "not received",
    "haven t received",
    "didn t receive",
    "still good",
    "is missing",
    "was missing",
];

/// Courtesy around what is asked for.
const COURTESY: &[&str] = &[
    "bonjour a toute l equipe",
    "bonjour a tous",
    "bonjour a toutes et tous",
    "bonjour l equipe",
    "bonjour madame",
    "bonjour monsieur",
    "bonjour",
    "bonsoir",
    "salut",
    "coucou",
    "chere conciergerie",
    "cher monsieur",
    "chere madame",
    "madame monsieur",
    "madame",
    "monsieur",
    "hello everybody",
    "hello all",
    "hello",
    "good morning",
    "good afternoon",
    "dear all",
    "dear sir or madam",
    "dear concierge",
    "hi there",
    "hi",
    "pourriez vous",
    "pourrais tu",
    "pouvez vous",
    "serait il possible de",
    "serait il possible d avoir",
    "est il possible de",
    "est ce que je peux",
    "est ce que je pourrais",
    "est ce que ce serait possible",
    "est ce possible",
    "est ce que c est possible",
    "si c est encore possible",
    "si c est possible",
    "si vous pouvez",
    "merci de me",
    "merci de",
    "merci d avance",
    "merci beaucoup",
    "merci par avance",
    "un grand merci",
    "je vous remercie",
    "merci",
    "j aurais besoin",
    "j ai besoin",
    "il me faudrait",
    "il nous faudrait",
    "je voudrais",
    "je souhaiterais",
    "je souhaite",
    "j aimerais",
    "nous voudrions",
    "nous aimerions",
    "nous souhaitons",
    "would it be possible to",
    "could you plan",
    "could you please",
    "could you",
    "can you please",
    "can you",
    "i would need",
    "i d need",
    "i would like",
    "i d like",
    "we would like",
    "we d like",
    "if that s still possible",
    "if possible",
    "many thanks",
    "thanks a lot",
    "thank you very much",
    "thank you",
    "thanks",
    "auriez vous une solution de",
    "auriez vous une solution pour",
    "avez vous une solution de",
    "avez vous une solution pour",
    "je passerai",
    "je passe",
    "i ll come",
    "i will come",
    "prevoir",
    "me livrer",
    "nous livrer",
    "a poster",
];

/// « je dépose mardi »: what is brought, before a day.
const BRINGS: &[&str] = &[
    "je depose",
    "je deposerai",
    "je vous depose",
    "je les depose",
    "je le depose",
    "je la depose",
    "j apporte",
    "j apporterai",
    "je laisse",
    "je laisserai",
    "je le laisse",
    "je la laisse",
    "je les laisse",
    "je passe les deposer",
    "je passe le deposer",
    "je passe deposer",
    "nous deposons",
    "i drop off",
    "i ll drop off",
    "i will drop off",
    "i ll drop them off",
    "i ll drop it off",
    "i bring",
    "i ll bring",
    "i will bring",
    "i ll bring them",
    "i leave",
    "i leave it",
    "i leave them",
    "i ll leave",
    "i ll leave it",
    "i ll leave them",
];

/// The sentences of a text. A line that was only broken for its width goes on in the next.
pub(super) fn sentences(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut open = String::new();
    let mut end = |open: &mut String| {
        let sentence = without_marker(open.trim()).to_owned();
        open.clear();
        if !sentence.is_empty() {
            all.push(sentence);
        }
    };
    for line in text.lines().map(str::trim) {
        let goes_on = line.chars().next().is_some_and(char::is_lowercase) && !open.trim().is_empty();
        if !goes_on {
            end(&mut open);
        }
        let mut letters = line.char_indices().peekable();
        let mut from = 0;
        while let Some((at, c)) = letters.next() {
            let next = letters.peek().map(|(_, next)| *next);
            let stops = match c {
                '!' | '?' | ';' => true,
                '.' | '…' => {
                    next.is_none_or(char::is_whitespace) && !is_short(line.get(from..at).unwrap_or_default())
                }
                _ => false,
            };
            if stops {
                let to = at + c.len_utf8();
                open.push(' ');
                open.push_str(line.get(from..to).unwrap_or_default());
                end(&mut open);
                from = to;
            }
        }
        open.push(' ');
        open.push_str(line.get(from..).unwrap_or_default());
    }
    end(&mut open);
    all
}

/// Whether a full stop after it ends no sentence: an initial, a list's number, a title.
fn is_short(before: &str) -> bool {
    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    (letters == 1 && word.chars().count() == 1)
        || (before.trim() == word && word.chars().all(|c| c.is_ascii_digit()) && word.len() <= 2)
        || matches!(
            word.to_lowercase().as_str(),
            "mme" | "mlle" | "mr" | "mrs" | "ms" | "dr" | "env" | "av" | "bd" | "tél" | "no"
        )
}

/// A line of a list without its number or dot.
fn without_marker(line: &str) -> &str {
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    let rest = line.get(digits..).unwrap_or_default();
    let after_number = rest.strip_prefix(['.', ')']).filter(|_| (1..=2).contains(&digits));
    let after_sign = line.strip_prefix(['-', '*', '•', '–', '·']);
    match after_number.or(after_sign) {
        Some(rest) if rest.starts_with(char::is_whitespace) => rest.trim_start(),
        _ => line,
    }
}

/// Whether a subject answers or passes on another mail.
pub(super) fn is_reply(subject: &str) -> bool {
    let folded = subject.trim().to_lowercase();
    ["re:", "re :", "ré:", "ré :", "rép:", "rép :", "tr:", "tr :", "fw:", "fwd:", "fw :", "fwd :", "aw:", "wg:"]
        .iter()
        .any(|prefix| folded.starts_with(prefix))
}

/// Whether a mail ends with this sentence.
pub(super) fn is_farewell(words: &[Token]) -> bool {
    FAREWELLS.iter().any(|farewell| {
        let length = said_at(words, 0, farewell);
        // « Best day is friday » goes on; a name after it does not matter.
        length.is_some_and(|length| farewell.contains(' ') || words.len() <= length + 3)
    })
}

/// Whether a sentence is but a person's name, as mails end with: « Jean Petit », « L. Blanc ».
pub(super) fn is_name(sentence: &str) -> bool {
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let is_capital = |word: &&str| {
        word.chars().next().is_some_and(char::is_uppercase)
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '.' | '\'' | '’'))
    };
    (2..=3).contains(&words.len()) && words.iter().all(is_capital)
}

/// Whether a sentence only wants to know something.
pub(super) fn is_enquiry(words: &[Token]) -> bool {
    (0..words.len()).any(|at| ENQUIRIES.iter().any(|enquiry| said_at(words, at, enquiry).is_some()))
}

/// What is left of a sentence without its courtesy, and what it says of bringing the things.
pub(super) fn without_courtesy(sentence: &str, words: &[Token]) -> (String, Option<String>) {
    let mut left_out = vec![false; words.len()];
    let mut brought = None;
    // What stands in the middle of a word, such as « 1je », is no word of its own: the word would be cut there.
    let is_within = |place: usize| {
        let before = words.get(place).and_then(|token| sentence.get(..token.range.start)?.chars().next_back());
        before.is_some_and(char::is_alphanumeric)
    };
    let mut at = 0;
    while at < words.len() {
        let longest = |list: &[&str]| {
            let lengths = list.iter().filter_map(|said| said_at(words, at, said));
            lengths.filter(|length| !is_within(at) && !is_within(at + length)).max()
        };
        if let Some(length) = longest(BRINGS) {
            let day = (at + length..words.len().min(at + length + 3))
                .find(|day| words.get(*day).is_some_and(|token| is_day(&token.text)) && !is_within(day + 1));
            // Without a day, the rest of the clause says where it is left.
            let comma = |place: &usize| words.get(*place).is_some_and(|token| token.gap == Gap::Comma);
            let clause = (at + length..words.len()).find(comma).unwrap_or(words.len());
            let to = day.map_or(clause, |day| day + 1);
            if brought.is_none() {
                brought = span(sentence, words, at, to);
            }
            leave_out(&mut left_out, at, to);
            at = to;
        } else if let Some(length) = longest(COURTESY) {
            leave_out(&mut left_out, at, at + length);
            at += length;
        } else {
            at += 1;
        }
    }
    let mut phrase = String::new();
    let mut run: Option<(usize, usize)> = None;
    for place in 0..=words.len() {
        let kept = left_out.get(place).is_some_and(|out| !out);
        match (kept, run) {
            (true, None) => run = Some((place, place + 1)),
            (true, Some((from, _))) => run = Some((from, place + 1)),
            (false, Some((from, to))) => {
                if !phrase.is_empty() {
                    phrase.push(' ');
                }
                phrase.push_str(&span(sentence, words, from, to).unwrap_or_default());
                run = None;
            }
            (false, None) => {}
        }
    }
    (phrase, brought)
}

fn leave_out(left_out: &mut [bool], from: usize, to: usize) {
    for out in left_out.iter_mut().take(to).skip(from) {
        *out = true;
    }
}

fn is_day(word: &str) -> bool {
    weekday(word).is_some() || matches!(word, "demain" | "aujourd" | "ce" | "tomorrow" | "today" | "tonight")
}

/// The text from one word to before another.
fn span(sentence: &str, words: &[Token], from: usize, to: usize) -> Option<String> {
    let (first, last) = (words.get(from)?, words.get(to.checked_sub(1)?)?);
    sentence.get(first.range.start..last.range.end).map(str::to_owned)
}

/// Whether these words stand there; says how many they are.
fn said_at(words: &[Token], at: usize, said: &str) -> Option<usize> {
    let mut length = 0;
    for word in said.split(' ') {
        if words.get(at + length)?.text != word {
            return None;
        }
        length += 1;
    }
    Some(length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::entry::token::tokens;

    fn plain(sentence: &str) -> (String, Option<String>) {
        without_courtesy(sentence, &tokens(sentence))
    }

    #[test]
    fn sentences_end_with_their_stop_or_line() {
        let text = "Bonjour,\n\nPourriez-vous prévoir 2 pains pour jeudi\nmidi ? Je passe à 12.30 avec M. Roy. Merci !\n1. un bouquet\n2) une clé";
        assert_eq!(
            sentences(text),
            [
                "Bonjour,",
                "Pourriez-vous prévoir 2 pains pour jeudi midi ?",
                "Je passe à 12.30 avec M. Roy.",
                "Merci !",
                "un bouquet",
                "une clé"
            ]
        );
    }

    #[test]
    fn courtesy_says_nothing_of_what_is_asked_for() {
        assert_eq!(plain("Bonjour, pourriez-vous me livrer 2 paniers jeudi ?").0, "2 paniers jeudi");
        assert_eq!(plain("hi i'd need 3 loaves if that's still possible").0, "3 loaves");
    }

    #[test]
    fn no_word_is_cut_where_courtesy_or_a_day_stands_in_it() {
        for whole in ["demain à1je dépose mardi", "2merci pains", "je dépose mardi2 vestes"] {
            let (phrase, brought) = plain(whole);
            let words: Vec<&str> = whole.split(' ').collect();
            let said = brought.into_iter().chain([phrase]).collect::<Vec<_>>().join(" ");
            assert!(said.split_whitespace().all(|word| words.contains(&word)), "{said}");
        }
    }

    #[test]
    fn the_last_word_that_is_read_is_whole() {
        let long = format!("{}rr2rr et plus", "mot ".repeat(199));
        assert_eq!(plain(&long).0, "mot ".repeat(199).trim_end());
    }

    #[test]
    fn what_is_brought_on_a_day_is_not_wanted_on_that_day() {
        let (phrase, brought) = plain("je dépose mardi deux vestes à nettoyer");
        assert_eq!((phrase.as_str(), brought.as_deref()), ("deux vestes à nettoyer", Some("je dépose mardi")));
    }

    #[test]
    fn questions_and_farewells_are_known() {
        let words = |text: &str| tokens(text);
        assert!(is_enquiry(&words("Bonjour, quel est le prix pour un ourlet ?")));
        assert!(!is_enquiry(&words("Est-ce possible pour vendredi ?")));
        assert!(is_farewell(&words("Bien à vous, Jean Petit")) && is_farewell(&words("Best, Ann")));
        assert!(!is_farewell(&words("Best would be friday noon at the desk")));
        assert!(is_name("Jean Petit") && is_name("L. Blanc") && !is_name("Panier de fruits") && !is_name("Chemises 3"));
        assert!(is_reply("RE: TR: votre commande") && !is_reply("Repassage pour vendredi"));
    }
}
