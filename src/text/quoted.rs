//! What somebody wrote in a message, apart from what only came along: quoted text, its introduction, signature and advertisements.

use super::fold;

/// A message's own text, and what can be folded. Nothing is lost between them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// What was written for this message; the whole text if nothing else is in it.
    pub own: String,
    /// What came along.
    pub rest: String,
    /// Lines of the rest that say something.
    pub folded: usize,
}

/// What begins the quotation of a whole message, folded: programs write it between dashes.
const ORIGINAL: &[&str] = &[
    "message d origine",
    "message original",
    "message initial",
    "message transfere",
    "message transmis",
    "debut du message transfere",
    "debut du message reexpedie",
    "original message",
    "forwarded message",
    "begin forwarded message",
    "ursprungliche nachricht",
    "weitergeleitete nachricht",
];

/// What telephones and programs put below a message, folded.
const ADVERTISED: &[&str] = &[
    "envoye de mon ",
    "envoye depuis mon ",
    "envoye depuis l ",
    "envoye a partir de ",
    "envoye avec ",
    "telecharger outlook ",
    "obtenez outlook ",
    "sent from my ",
    "sent from outlook ",
    "sent with ",
    "get outlook for ",
    "von meinem ",
    "gesendet von ",
    "gesendet mit ",
    "outlook fur ",
];

/// The head of a quoted message as Outlook writes it: its first line…
const HEAD_FIRST: &[&str] = &["de", "from", "von", "expediteur"];

/// …and those that follow.
const HEAD_NEXT: &[&str] = &[
    "envoye",
    "envoye le",
    "date",
    "a",
    "to",
    "cc",
    "objet",
    "sujet",
    "subject",
    "sent",
    "gesendet",
    "an",
    "betreff",
    "datum",
    "repondre a",
    "reply to",
    "importance",
    "pour",
];

/// Lines over which a program may break the sentence that introduces a quotation.
const INTRODUCTION: usize = 3;

/// Lines among which the head of a quoted message is looked for.
const HEAD: usize = 8;

/// Characters of a line that are looked at: whoever wraps no lines still writes no longer introduction.
const LOOKED_AT: usize = 400;

/// Parts what was written from what came along. A quotation in the middle of an answer stays: the lines around it speak of it.
pub fn parts(text: &str) -> Parts {
    let lines: Vec<&str> = text.lines().collect();
    let came_along = came_along(&lines);
    let is_own = |(line, along): (&&str, &bool)| !along && !line.trim().is_empty();
    let first = lines.iter().zip(&came_along).position(is_own);
    let last = lines.iter().zip(&came_along).rposition(is_own);
    let (Some(first), Some(last)) = (first, last) else {
        // Nothing of one's own, as in what is only forwarded: it is all there is to read.
        return Parts { own: text.to_owned(), ..Parts::default() };
    };
    // What introduces nothing but white space before it belongs to what was written.
    let first = if came_along.iter().take(first).any(|along| *along) { first } else { 0 };
    let mut own = Vec::new();
    let mut rest = Vec::new();
    for (place, line) in lines.into_iter().enumerate() {
        if (first..=last).contains(&place) { own.push(line) } else { rest.push(line) }
    }
    let folded = rest.iter().filter(|line| !matches!(line.trim(), "" | "--")).count();
    let rest = if folded == 0 { String::new() } else { rest.join("\n") };
    Parts { own: own.join("\n"), rest, folded }
}

/// Which lines came along.
fn came_along(lines: &[&str]) -> Vec<bool> {
    let mut along = vec![false; lines.len()];
    let mut place = 0;
    while let Some(line) = lines.get(place) {
        let rest = lines.get(place..).unwrap_or_default();
        if is_signature(line)
            || is_original(line)
            || is_head(rest)
            || (is_rule(line) && is_head(rest.get(1..).unwrap_or_default()))
        {
            mark(&mut along, place, lines.len());
            break;
        }
        if let Some(length) = introduction(rest) {
            let after = lines.get(place + length..).unwrap_or_default();
            let quoted = after.iter().find(|line| !line.trim().is_empty()).is_some_and(|line| is_quote(line));
            if !quoted {
                // Programs that mark no line quote down to the end.
                mark(&mut along, place, lines.len());
                break;
            }
            mark(&mut along, place, place + length);
            place += length;
            continue;
        }
        if is_quote(line) || is_advertised(line) {
            mark(&mut along, place, place + 1);
        }
        place += 1;
    }
    along
}

fn mark(along: &mut [bool], from: usize, to: usize) {
    along.iter_mut().take(to).skip(from).for_each(|line| *line = true);
}

fn is_quote(line: &str) -> bool {
    line.trim_start().starts_with('>')
}

/// The line that begins a signature (RFC 3676, 4.3); many programs drop its space.
fn is_signature(line: &str) -> bool {
    matches!(line, "-- " | "--")
}

/// Folded as far as it is looked at.
fn folded(line: &str) -> String {
    let end = line.char_indices().nth(LOOKED_AT).map_or(line.len(), |(end, _)| end);
    fold(line.get(..end).unwrap_or_default())
}

/// `-----Message d'origine-----`
fn is_original(line: &str) -> bool {
    let line = line.trim();
    let words = line.trim_matches(['-', '_', '*', ' ', ':', '\u{a0}']);
    // Without dashes, only the sentence with its colon is one.
    let dressed = line.starts_with(['-', '_']) || line.ends_with(':');
    dressed && words.len() < 80 && ORIGINAL.contains(&folded(words).as_str())
}

/// The line that Outlook draws above the head of a quoted message.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 10 && line.bytes().all(|byte| byte == b'_')
}

/// « De : … Envoyé : … Objet : … », one field a line.
fn is_head(lines: &[&str]) -> bool {
    let starts = |line: &str, names: &[&str]| {
        let line = line.trim_start_matches(['*', ' ', '\u{a0}', '_']);
        line.split_once(':').is_some_and(|(name, _)| name.len() < 30 && names.contains(&folded(name).as_str()))
    };
    let Some((first, next)) = lines.split_first() else { return false };
    starts(first, HEAD_FIRST) && next.iter().take(HEAD).filter(|line| starts(line, HEAD_NEXT)).count() >= 2
}

/// « Le 23 nov. 2026 à 10:12, Loge a écrit : », maybe broken over lines; how many lines it takes.
fn introduction(lines: &[&str]) -> Option<usize> {
    let first = lines.first()?.trim_start_matches([' ', '\u{a0}']);
    let begins = ["Le ", "le ", "On ", "Am ", "Il "].iter().any(|word| first.starts_with(word));
    if !begins || is_quote(first) {
        return None;
    }
    let mut whole = String::new();
    for (count, line) in lines.iter().take(INTRODUCTION).enumerate() {
        if line.trim().is_empty() || is_quote(line) {
            return None;
        }
        whole.push(' ');
        whole.push_str(line.trim());
        if whole.trim_end().ends_with(':') {
            let said = folded(&whole);
            let german = said.starts_with("am ") && said.contains(" schrieb ");
            let is_one = ["a ecrit", "ecrit", "wrote", "schrieb", "ha scritto"].iter().any(|end| said.ends_with(end));
            let dated = said.bytes().any(|byte| byte.is_ascii_digit());
            return (dated && (is_one || german)).then_some(count + 1);
        }
    }
    None
}

fn is_advertised(line: &str) -> bool {
    let line = line.trim().trim_start_matches('<');
    if line.is_empty() || line.len() > 160 {
        return false;
    }
    let said = format!("{} ", folded(line));
    ADVERTISED.iter().any(|begins| said.starts_with(begins))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn own(text: &str) -> String {
        parts(text).own.trim().to_owned()
    }

    #[test]
    fn the_signature_and_quoted_lines_are_folded() {
        let parts = parts("Bonjour,\nDeux vestes.\n-- \nSophie Martin\n01 99 00 12 34\n");
        assert_eq!((parts.own.as_str(), parts.folded), ("Bonjour,\nDeux vestes.", 2));
    }

    #[test]
    fn the_line_that_introduces_a_quotation_is_folded_with_it() {
        let parts = parts("D’accord pour vendredi.\n\nLe 23 nov., Loge a écrit :\n> Est-ce que vendredi convient ?");
        assert_eq!((parts.own.trim(), parts.folded), ("D’accord pour vendredi.", 2));
    }

    #[test]
    fn a_message_without_either_is_shown_whole() {
        let parts = parts("Bonjour\n\nmerci");
        assert_eq!((parts.own.as_str(), parts.folded), ("Bonjour\n\nmerci", 0));
    }

    #[test]
    fn every_program_s_way_to_quote_is_known() {
        for rest in [
            "-----Message d'origine-----\nDe : Loge\nVendredi ?",
            "________________________________\nDe : Loge <bonjour@conciergerie.example>\nEnvoyé : lundi 23 novembre 2026 10:12\nÀ : Claire Durand\nObjet : Re: Chemises\n\nVendredi ?",
            "De: Loge\nDate: lun. 23 nov. 2026\nSubject: Chemises\nTo: Claire\n\nVendredi ?",
            "*From:* Loge\n*Sent:* Monday\n*Subject:* Shirts\n\nFriday?",
            "Le lun. 23 nov. 2026 à 10:12, Conciergerie <\nbonjour@conciergerie.example> a écrit :\n\n> Vendredi ?",
            "Le 23/11/2026 à 10:12, Loge a écrit :\nVendredi ?",
            "On Mon, Nov 23, 2026 at 10:12 AM Loge <bonjour@conciergerie.example> wrote:\n> Friday?",
            "Am 23.11.2026 um 10:12 schrieb Loge:\n> Freitag?",
            "Envoyé de mon iPhone\n\n> Le 23 nov. 2026 à 10:12, Loge a écrit :\n> Vendredi ?",
            "Télécharger Outlook pour Android",
            "---------- Forwarded message ---------\nFrom: Loge",
        ] {
            assert_eq!(
                own(&format!("Oui, vendredi me va.\nMerci\n\n{rest}\n")),
                "Oui, vendredi me va.\nMerci",
                "{rest}"
            );
        }
    }

    #[test]
    fn what_stands_below_a_quotation_is_what_was_written() {
        let text = "Le 23 nov. 2026, Loge a écrit :\n> Vendredi ?\n\nOui, à midi.\n-- \nClaire";
        assert_eq!(own(text), "Oui, à midi.");
    }

    #[test]
    fn an_answer_between_quoted_lines_keeps_them() {
        let text = "> Vendredi ?\nOui\n> Au casier ?\nNon, à l'accueil\n> Merci";
        assert_eq!(own(text), "Oui\n> Au casier ?\nNon, à l'accueil");
    }

    #[test]
    fn what_is_only_forwarded_is_read_whole() {
        let text =
            "---------- Message transféré ---------\nDe : Claire\nDate : lundi\nObjet : Chemises\n\nTrois chemises";
        assert_eq!(parts(text), Parts { own: text.to_owned(), ..Parts::default() });
    }

    #[test]
    fn plain_sentences_are_not_taken_for_machines() {
        for text in [
            "Le pressing a écrit :\nvos vestes sont prêtes",
            "De : rien, merci à vous",
            "Envoyez le coursier\nDate : vendredi",
            "Le 3 décembre, il me faut :\n- trois pains\n- une brioche",
        ] {
            assert_eq!(parts(text).folded, 0, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_line_is_lost(lines in prop::collection::vec("(> )?(Le 3, A a écrit :|De : x|Objet : y|-- |[a-z]{0,8}|Envoyé de mon X)", 0..20)) {
            let text = lines.join("\n");
            let parts = parts(&text);
            for line in lines.iter().filter(|line| !matches!(line.trim(), "" | "--")) {
                prop_assert!(parts.own.contains(line.trim()) || parts.rest.contains(line.trim()), "{line:?} in {parts:?}");
            }
        }
    }
}
