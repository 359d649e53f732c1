//! The palette's search: fuzzy, in both languages, over every action, request number, person and site; pure.

use crate::text::fold;
use nucleo_matcher::{Config, Matcher, Utf32Str};
use std::{cmp::Reverse, ops::Range};
use unicode_normalization::char::is_combining_mark;

/// What an entry is of. Of two that match alike the earlier kind comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Something that the console does.
    Action,
    /// A saved view.
    View,
    /// A request.
    Request,
    /// A person or an organisation.
    Person,
    /// A site.
    Site,
}

/// Something that the palette leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<T> {
    /// What it is of.
    pub kind: Kind,
    /// What stands on the screen.
    pub label: String,
    /// What else it is found by: the other language's word, synonyms, a telephone number.
    pub keywords: Vec<String>,
    /// Where it leads.
    pub target: T,
}

/// An entry that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found<'a, T> {
    /// The entry.
    pub entry: &'a Entry<T>,
    /// The parts of its label that matched, in bytes, in order; none where a keyword did.
    pub matched: Vec<Range<usize>>,
}

/// Entries with their texts folded once, and the matcher's working memory.
#[derive(Clone)]
pub struct Palette<T> {
    entries: Vec<Entry<T>>,
    folded: Vec<Folded>,
    matcher: Matcher,
}

/// An entry's text as it is searched, and what lets most entries be passed over at a glance.
#[derive(Clone)]
struct Folded {
    /// The label's words, then the keywords', each after a space.
    text: Box<str>,
    /// Where the label ends in it.
    label_end: usize,
    /// Which letters and digits occur anywhere.
    letters: u64,
    /// Which of them begin words.
    initials: u64,
}

/// How a word that was typed was found; the better way first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    /// The label begins with it.
    Beginning,
    /// A word of the label does.
    Label,
    /// A keyword does.
    Keyword,
    /// Its letters stand in the label one after the other.
    Scattered,
}

/// Letters that a word has at least before they are looked for one by one: two mean nothing.
const SCATTERED_LEAST: usize = 3;

impl<T> Palette<T> {
    /// A palette of these entries.
    pub fn new(entries: Vec<Entry<T>>) -> Self {
        let mut config = Config::DEFAULT;
        // What is compared is folded on both sides.
        (config.ignore_case, config.normalize, config.prefer_prefix) = (false, false, true);
        let folded = entries.iter().map(Folded::of).collect();
        Self { entries, folded, matcher: Matcher::new(config) }
    }

    /// The best entries for what was typed, the best first, at most `most` of them; without a word typed, the first ones as they came.
    ///
    /// Every word must begin a word of the entry. Only where fewer than `most` do, entries follow in whose label its letters stand one
    /// after the other; a word of digits is taken as it stands.
    pub fn search(&mut self, typed: &str, most: usize) -> Vec<Found<'_, T>> {
        let needles: Vec<Needle> = crate::text::words(typed).iter().map(|word| Needle::of(word)).collect();
        if needles.is_empty() {
            return self.entries.iter().take(most).map(|entry| Found { entry, matched: Vec::new() }).collect();
        }
        let Self { entries, folded, matcher } = self;
        let all = || entries.iter().zip(folded.iter()).enumerate();
        let mut ranked: Vec<_> = all()
            .filter_map(|(place, (entry, folded))| {
                let way = worst(needles.iter().map(|needle| needle.begins(folded)))?;
                Some((way, Reverse(0), entry.kind, entry.label.len(), place))
            })
            .collect();
        if ranked.len() < most {
            let scattered = all().filter_map(|(place, (entry, folded))| {
                if worst(needles.iter().map(|needle| needle.begins(folded))).is_some() {
                    return None;
                }
                let score = needles.iter().try_fold(0, |sum, needle| Some(sum + needle.scattered(folded, matcher)?))?;
                Some((Way::Scattered, Reverse(score), entry.kind, entry.label.len(), place))
            });
            ranked.extend(scattered);
        }
        if ranked.len() > most {
            ranked.select_nth_unstable(most);
            ranked.truncate(most);
        }
        ranked.sort_unstable();
        let found = ranked.into_iter().filter_map(|(.., place)| Some((entries.get(place)?, folded.get(place)?)));
        found.map(|(entry, folded)| Found { entry, matched: matched(&needles, entry, folded, matcher) }).collect()
    }
}

/// The worst of the ways in which all words were found.
fn worst(mut ways: impl Iterator<Item = Option<Way>>) -> Option<Way> {
    ways.try_fold(Way::Beginning, |worst, way| Some(worst.max(way?)))
}

impl Folded {
    fn of<T>(entry: &Entry<T>) -> Self {
        let mut text = String::from(" ");
        // Letter for letter what `letters_of` gives, in a fraction of the time.
        text.push_str(&fold(&entry.label));
        let label_end = text.len();
        let keywords = fold(&entry.keywords.join(" "));
        if !keywords.is_empty() {
            text.push(' ');
            text.push_str(&keywords);
        }
        let letters = mask(text.chars());
        let initials = mask(text.split(' ').filter_map(|word| word.chars().next()));
        Self { text: text.into(), label_end, letters, initials }
    }

    fn label(&self) -> &str {
        self.text.get(1..self.label_end).unwrap_or_default()
    }
}

/// The letters of a label as [`fold`] gives them, each with the bytes it comes from; gaps are single spaces.
fn letters_of(label: &str) -> impl Iterator<Item = (char, Range<usize>)> {
    let mut gap = true;
    label.char_indices().flat_map(move |(start, c)| {
        let at = start..start + c.len_utf8();
        let folded = fold(c.encode_utf8(&mut [0; 4]));
        let letters = if folded.is_empty() && !is_combining_mark(c) && !gap { " ".to_owned() } else { folded };
        if !letters.is_empty() {
            gap = letters == " ";
        }
        letters.chars().map(|letter| (letter, at.clone())).collect::<Vec<_>>()
    })
}

/// One bit for each of a–z and 0–9, one shared by all other characters; spaces have none.
fn mask(letters: impl Iterator<Item = char>) -> u64 {
    letters.filter(|c| *c != ' ').fold(0, |mask, c| {
        mask | match c {
            'a'..='z' => 1 << (u32::from(c) - u32::from('a')),
            '0'..='9' => 1 << (26 + u32::from(c) - u32::from('0')),
            _ => 1 << 63,
        }
    })
}

/// A word that was typed.
struct Needle {
    /// The word after a space: where it is found, a word begins with it.
    spaced: String,
    letters: u64,
    initial: u64,
    /// Whether its letters may stand apart.
    may_scatter: bool,
}

impl Needle {
    fn of(word: &str) -> Self {
        Self {
            spaced: format!(" {word}"),
            letters: mask(word.chars()),
            initial: mask(word.chars().take(1)),
            may_scatter: word.chars().count() >= SCATTERED_LEAST && !word.bytes().all(|b| b.is_ascii_digit()),
        }
    }

    fn word(&self) -> &str {
        self.spaced.get(1..).unwrap_or_default()
    }

    /// How words of the entry begin with it.
    fn begins(&self, folded: &Folded) -> Option<Way> {
        if folded.initials & self.initial == 0 || folded.letters & self.letters != self.letters {
            return None;
        }
        let place = folded.text.find(&self.spaced)?;
        Some(match place {
            0 => Way::Beginning,
            place if place < folded.label_end => Way::Label,
            _ => Way::Keyword,
        })
    }

    /// How well it is found letter by letter in the label, or as the beginning of any word.
    fn scattered(&self, folded: &Folded, matcher: &mut Matcher) -> Option<u32> {
        if let Some(way) = self.begins(folded) {
            return Some(if way == Way::Keyword { 0 } else { u32::from(u16::MAX) });
        }
        if !self.may_scatter || folded.letters & self.letters != self.letters {
            return None;
        }
        let (mut text, mut word) = (Vec::new(), Vec::new());
        let score =
            matcher.fuzzy_match_greedy(Utf32Str::new(folded.label(), &mut text), Utf32Str::new(self.word(), &mut word));
        score.map(u32::from)
    }

    /// The places of its letters in the label.
    fn places(&self, folded: &Folded, matcher: &mut Matcher, places: &mut Vec<u32>) {
        match self.begins(folded) {
            Some(Way::Keyword) => {}
            Some(_) => {
                let before = folded.text.find(&self.spaced).and_then(|place| folded.text.get(..place));
                let first = before.map_or(0, |before| before.chars().count());
                places
                    .extend((first..first + self.word().chars().count()).filter_map(|place| u32::try_from(place).ok()));
            }
            None => {
                let (mut text, mut word) = (Vec::new(), Vec::new());
                let text = Utf32Str::new(folded.label(), &mut text);
                matcher.fuzzy_indices(text, Utf32Str::new(self.word(), &mut word), places);
            }
        }
    }
}

/// The matched parts of the label, side by side ones as one.
fn matched<T>(needles: &[Needle], entry: &Entry<T>, folded: &Folded, matcher: &mut Matcher) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    for needle in needles {
        needle.places(folded, matcher, &mut places);
    }
    places.sort_unstable();
    places.dedup();
    let mut places = places.into_iter().peekable();
    let mut parts: Vec<Range<usize>> = Vec::new();
    for (place, (_, at)) in (0_u32..).zip(letters_of(&entry.label)) {
        if places.next_if_eq(&place).is_none() {
            continue;
        }
        match parts.last_mut() {
            Some(last) if last.end >= at.start => last.end = last.end.max(at.end),
            _ => parts.push(at),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn entry(kind: Kind, label: &str, keywords: &[&str]) -> Entry<usize> {
        let keywords = keywords.iter().map(|&word| word.to_owned()).collect();
        Entry { kind, label: label.to_owned(), keywords, target: 0 }
    }

    fn house() -> Palette<usize> {
        Palette::new(vec![
            entry(Kind::Action, "Défaire", &["undo", "u"]),
            entry(Kind::Action, "Prendre l'appel", &["pick up the call", "claim_ringing"]),
            entry(Kind::Action, "Quitter", &["quit"]),
            entry(Kind::Request, "26-1047 pressing, 3 chemises", &["Claire Durand"]),
            entry(Kind::Request, "26-1074 cordonnerie", &["M. Roy"]),
            entry(Kind::Person, "Mme Claire Durand", &["0536491234"]),
            entry(Kind::Person, "Mme Cœur", &[]),
            entry(Kind::Site, "Mérignac", &[]),
        ])
    }

    fn labels(typed: &str) -> Vec<String> {
        house().search(typed, 5).iter().map(|found| found.entry.label.clone()).collect()
    }

    fn marked(typed: &str) -> String {
        let mut house = house();
        let found = house.search(typed, 1);
        let (label, mut marked) = (&found[0].entry.label, String::new());
        let mut end = 0;
        for part in &found[0].matched {
            marked += &[&label[end..part.start], "[", &label[part.clone()], "]"].concat();
            end = part.end;
        }
        marked + &label[end..]
    }

    #[test]
    fn both_languages_find_an_action() {
        assert_eq!(labels("undo")[0], "Défaire");
        assert_eq!(labels("DEFAIRE")[0], "Défaire");
        assert_eq!(labels("pick")[0], "Prendre l'appel");
        assert_eq!(labels("quit")[0], "Quitter");
    }

    #[test]
    fn a_number_is_found_as_it_stands() {
        assert_eq!(labels("1047"), ["26-1047 pressing, 3 chemises"]);
        assert_eq!(labels("26-1074"), ["26-1074 cordonnerie"]);
        assert_eq!(labels("053649"), ["Mme Claire Durand"]);
        assert!(labels("1407").is_empty());
    }

    #[test]
    fn a_label_comes_before_a_keyword_and_every_word_must_match() {
        assert_eq!(labels("durand")[..2], ["Mme Claire Durand", "26-1047 pressing, 3 chemises"]);
        assert_eq!(labels("durand press"), ["26-1047 pressing, 3 chemises"]);
        assert_eq!(labels("roy crdnr"), ["26-1074 cordonnerie"], "the second word letter by letter");
        assert!(labels("durand xyz").is_empty());
    }

    #[test]
    fn what_matched_is_marked_in_the_label_as_it_is_written() {
        assert_eq!(marked("merig"), "[Mérig]nac");
        assert_eq!(marked("coeur"), "Mme [Cœur]");
        assert_eq!(marked("dfr"), "[D]é[f]ai[r]e");
        assert_eq!(marked("cl dur"), "Mme [Cl]aire [Dur]and");
        assert_eq!(marked("undo"), "Défaire");
    }

    #[test]
    fn nothing_typed_shows_the_first_entries() {
        assert_eq!(labels("  ").len(), 5);
        assert_eq!(labels("")[0], "Défaire");
    }

    #[test]
    fn of_equals_the_earlier_kind_and_the_shorter_label_come_first() {
        let mut palette = Palette::new(vec![
            entry(Kind::Site, "Bruges", &[]),
            entry(Kind::Person, "Bruges Nord", &[]),
            entry(Kind::Person, "Bruges", &[]),
        ]);
        let found: Vec<_> = palette.search("bruges", 9).iter().map(|f| (f.entry.kind, f.entry.label.clone())).collect();
        let expected = [(Kind::Person, "Bruges"), (Kind::Person, "Bruges Nord"), (Kind::Site, "Bruges")];
        assert_eq!(found, expected.map(|(kind, label)| (kind, label.to_owned())));
    }

    proptest! {
        #[test]
        fn no_text_makes_the_search_stumble(label in any::<String>(), keyword in any::<String>(), typed in any::<String>()) {
            let mut palette = Palette::new(vec![entry(Kind::Action, &label, &[&keyword])]);
            for found in palette.search(&typed, 3) {
                let mut end = 0;
                for part in found.matched {
                    prop_assert!(part.start >= end && label.get(part.clone()).is_some());
                    end = part.end;
                }
            }
        }

        #[test]
        fn a_word_of_a_label_finds_it(label in "[a-zàéèœ]{1,8}( [a-zàéèœ]{1,8}){0,3}", pick in any::<prop::sample::Index>()) {
            let words: Vec<&str> = label.split(' ').collect();
            let word = words[pick.index(words.len())].to_uppercase();
            let mut palette = Palette::new(vec![entry(Kind::Person, &label, &[])]);
            prop_assert_eq!(palette.search(&word, 3).len(), 1);
        }
    }
}
