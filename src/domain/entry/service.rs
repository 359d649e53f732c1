//! Which service words speak for, and how clearly.

use super::{
    lexicon::{is_joint, is_measure},
    piece::{Found, Number, Piece, Unit},
    thesaurus::{is_act, is_feast, is_fetched, is_object, is_sent, is_weak, meant_by, meant_together},
    token::Token,
    vocabulary::{Role, Vocabulary, letters, plain},
};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// How a word of the phrase is one of the catalogue's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    /// Nearly written like it, and short.
    Vague,
    /// Nearly written like it.
    Typo,
    /// Its beginning.
    Prefix,
    /// What people say for it.
    Meant,
    /// Of the same stem.
    Stem,
    /// The same word.
    Same,
}

impl Likeness {
    fn weight(self) -> i32 {
        match self {
            Self::Vague => 50,
            Self::Typo => 70,
            Self::Prefix => 80,
            Self::Meant => 85,
            Self::Stem => 90,
            Self::Same => 100,
        }
    }
}

/// A token with the catalogue's words that it may be.
type Alike = (usize, Vec<(usize, Likeness)>);

/// What speaks for a service.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// Its place in the vocabulary.
    pub service: usize,
    /// In hundredths of a word that names it outright.
    pub score: i32,
    /// The tokens that speak for it.
    pub tokens: BTreeSet<usize>,
    /// Whether it was named, by a title or by all words of a text.
    pub named: bool,
    /// The weakest likeness that it rests on.
    pub likeness: Likeness,
}

/// What the words say of the service.
#[derive(Clone, Debug)]
pub(super) enum Verdict {
    /// Nothing speaks for any.
    None,
    /// One, clearly.
    Sure(Candidate),
    /// Several, or one weakly; the likeliest first.
    Doubtful(Vec<Candidate>),
}

/// A lead that leaves no doubt.
const LEAD: i32 = 25;

/// How many candidates a question has at most.
const MOST: usize = 8;

/// Decides on what the tokens in `range` say.
pub(super) fn judge(
    vocabulary: &Vocabulary,
    tokens: &[Token],
    found: &[Found],
    range: std::ops::Range<usize>,
    today: Date,
) -> Verdict {
    let end = range.end;
    match weigh(vocabulary, tokens, found, range, today) {
        Verdict::Sure(candidate) if !says_what(&candidate, tokens, found, end) => Verdict::Doubtful(vec![candidate]),
        verdict => verdict,
    }
}

/// Whether the words say what the service is for: « nettoyage de canapé » rests on what is done alone, and what it is done to is none
/// of the catalogue's; « sapin de noël » on a feast alone; « chaussures » may be soled, heeled or polished.
fn says_what(candidate: &Candidate, tokens: &[Token], found: &[Found], end: usize) -> bool {
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    let rests_on = |of: fn(&str) -> bool| candidate.tokens.iter().all(|at| of(text(*at)));
    let shoes_alone = rests_on(|word| matches!(&*plain(word), "chaussure" | "shoe"));
    if rests_on(is_feast) || shoes_alone {
        return false;
    }
    if !rests_on(is_act) {
        return true;
    }
    let after = candidate.tokens.last().map_or(end, |at| at + 1);
    let next = (after..end).find(|at| !is_joint(text(*at)));
    next.is_none_or(|next| {
        tokens.get(next).is_none_or(|token| token.number.is_some())
            || found.iter().any(|found| (found.from..found.to).contains(&next))
    })
}

/// Weighs what speaks for each service.
fn weigh(
    vocabulary: &Vocabulary,
    tokens: &[Token],
    found: &[Found],
    range: std::ops::Range<usize>,
    today: Date,
) -> Verdict {
    let mut free: Vec<usize> = Vec::new();
    let mut soft: Vec<usize> = Vec::new();
    for at in range {
        let Some(token) = tokens.get(at) else { continue };
        let piece = found.iter().find(|found| (found.from..found.to).contains(&at)).map(|found| &found.piece);
        match piece {
            // « robe à fleurs »: what kind of thing it is says nothing of another service.
            None if is_kind(tokens, at) => {}
            None if token.number.is_none() => free.push(at),
            Some(Piece::Filler | Piece::Urgent(_) | Piece::Part { .. } | Piece::Hour(_)) if token.number.is_none() => {
                soft.push(at);
            }
            Some(Piece::Number(Number::Count(_, Some(Unit::Piece)))) if token.number.is_none() => soft.push(at),
            // « 12 roses »: what is counted may be what is asked for.
            Some(Piece::Detail) if is_measure(&token.text) => free.push(at),
            _ => {}
        }
    }
    // « récupérer mon costume »: what is fetched says what it is about, unless it is a parcel.
    let is_fetch = |at: &usize| tokens.get(*at).is_some_and(|token| is_fetched(&token.text));
    let is_thing = |at: &usize| {
        tokens.get(*at).is_some_and(|token| {
            let plain = plain(&token.text);
            is_object(&plain) && !is_sent(&plain) && vocabulary.knows(&token.text)
        })
    };
    if free.iter().any(is_thing) {
        free.retain(|at| !is_fetch(at));
    }
    let by_weight = found.iter().any(|found| matches!(found.piece, Piece::Number(Number::Count(_, Some(Unit::Kilo)))));
    let alike = |likeness: &dyn Fn(usize) -> Vec<(usize, Likeness)>, places: &[usize]| -> Vec<Alike> {
        places.iter().map(|at| (*at, likeness(*at))).filter(|(_, alike)| !alike.is_empty()).collect()
    };
    let known = alike(&|at| known_words(vocabulary, tokens, at), &free);
    let leaning = alike(&|at| known_words(vocabulary, tokens, at), &soft);
    let verdict = rank(vocabulary, tokens, &known, &leaning, today, by_weight);
    // An object alone may be the object of a word that is still being typed.
    let settled = match &verdict {
        Verdict::Sure(candidate) => {
            !candidate.tokens.iter().all(|at| tokens.get(*at).is_some_and(|token| is_object(&plain(&token.text))))
        }
        _ => false,
    };
    if settled {
        return verdict;
    }
    let explained: BTreeSet<usize> = known.iter().map(|(at, _)| *at).collect();
    let least = if matches!(verdict, Verdict::Sure(_)) { 4 } else { 3 };
    let unknown: Vec<usize> = free.iter().copied().filter(|at| !explained.contains(at)).collect();
    let begun = alike(&|at| begun_words(vocabulary, tokens, at, least), &unknown);
    let mut all = known;
    if !begun.is_empty() {
        all.extend(begun);
        let with = rank(vocabulary, tokens, &all, &leaning, today, by_weight);
        if matches!(with, Verdict::Sure(_)) {
            return with;
        }
        if !matches!(verdict, Verdict::Sure(_))
            && !matches!(with, Verdict::None)
            && unknown.iter().all(|at| all.iter().any(|(one, _)| one == at))
        {
            return with;
        }
        if matches!(verdict, Verdict::Sure(_)) {
            return with;
        }
    }
    let explained: BTreeSet<usize> = all.iter().map(|(at, _)| *at).collect();
    let unknown: Vec<usize> = unknown.into_iter().filter(|at| !explained.contains(at)).collect();
    let slips = alike(&|at| misspelt_words(vocabulary, tokens, at), &unknown);
    if matches!(verdict, Verdict::Sure(_))
        && slips.iter().all(|(_, alike)| alike.iter().all(|(_, likeness)| *likeness < Likeness::Typo))
    {
        return verdict;
    }
    all.extend(slips);
    if all.is_empty() {
        // Nothing but words that mean something else too: « livraison demain ».
        let filler =
            |at: &usize| found.iter().any(|found| (found.from..found.to).contains(at) && found.piece == Piece::Filler);
        let leaning: Vec<Alike> = leaning.into_iter().filter(|(at, _)| filler(at)).collect();
        return match rank(vocabulary, tokens, &leaning, &[], today, by_weight) {
            Verdict::Sure(candidate) => Verdict::Doubtful(vec![candidate]),
            other => other,
        };
    }
    rank(vocabulary, tokens, &all, &leaning, today, by_weight)
}

/// Whether a word says, after « à », what kind of thing the word before is, and not what is done to it.
pub(super) fn is_kind(tokens: &[Token], at: usize) -> bool {
    let word = |at: Option<usize>| at.and_then(|at| tokens.get(at)).map_or("", |token| token.text.as_str());
    let (thing, to, kind) = (word(at.checked_sub(2)), word(at.checked_sub(1)), word(Some(at)));
    to == "a" && is_object(&plain(thing)) && !["er", "ir", "re", "oir"].iter().any(|ending| kind.ends_with(ending))
}

/// The catalogue's words that a token is, in another form perhaps, or stands for.
fn known_words(vocabulary: &Vocabulary, tokens: &[Token], at: usize) -> Vec<(usize, Likeness)> {
    let Some(token) = tokens.get(at) else { return Vec::new() };
    let plain = plain(&token.text);
    let next =
        tokens.get(at + 1..).unwrap_or_default().iter().find(|token| !is_joint(&token.text) && !is_to(&token.text));
    if let Some(meant) = next.and_then(|next| meant_together(&plain, &next.text)) {
        return vocabulary
            .same(&super::vocabulary::plain(meant))
            .map(|word| (word, Likeness::Meant))
            .into_iter()
            .collect();
    }
    let mut words: Vec<(usize, Likeness)> = Vec::new();
    if let Some(word) = vocabulary.same(&plain) {
        words.push((word, Likeness::Same));
    }
    // The name of a thing has no kin: « tailleur » is not « taille ».
    if plain.len() > 3 && (words.is_empty() || !is_object(&plain)) {
        // Three letters are an abbreviation, which has no other forms: « cafés » are not the CAF.
        let is_word = |word: &usize| vocabulary.words.get(*word).is_some_and(|word| word.text.len() > 3);
        let kin =
            (vocabulary.kin(&plain).iter()).filter(|word| vocabulary.same(&plain) != Some(**word) && is_word(word));
        words.extend(kin.map(|word| (*word, Likeness::Stem)));
    }
    for meant in meant_by(&token.text).iter().chain(meant_by(&plain)) {
        if let Some(word) = vocabulary.same(&super::vocabulary::plain(meant))
            && !words.iter().any(|(one, _)| *one == word)
        {
            words.push((word, Likeness::Meant));
        }
    }
    words
}

/// What joins the two words of a thing: « pain aux raisins ».
fn is_to(word: &str) -> bool {
    matches!(word, "au" | "aux")
}

/// The catalogue's words that begin like a token.
fn begun_words(vocabulary: &Vocabulary, tokens: &[Token], at: usize, least: usize) -> Vec<(usize, Likeness)> {
    let Some(token) = tokens.get(at).filter(|token| token.text.len() >= least) else { return Vec::new() };
    let words = vocabulary.words.iter().enumerate();
    words.filter(|(_, word)| word.text.starts_with(&token.text)).map(|(place, _)| (place, Likeness::Prefix)).collect()
}

/// The catalogue's words that are written nearly like a token.
fn misspelt_words(vocabulary: &Vocabulary, tokens: &[Token], at: usize) -> Vec<(usize, Likeness)> {
    let Some(token) = tokens.get(at) else { return Vec::new() };
    let plain = plain(&token.text);
    if plain.len() < 4 {
        return Vec::new();
    }
    let slips = if plain.len() >= 8 { 2 } else { 1 };
    let own = letters(&plain);
    let mut near: Vec<(usize, Likeness)> = Vec::new();
    for (place, word) in vocabulary.words.iter().enumerate() {
        let apart = (word.letters ^ own).count_ones();
        if word.text.len() < 4
            || word.text.len().abs_diff(plain.len()) > slips
            || apart > 2 * u32::try_from(slips).unwrap_or(2)
        {
            continue;
        }
        let distance = strsim::osa_distance(&word.text, &plain);
        if distance > slips {
            continue;
        }
        let swapped = apart == 0 && word.text.len() == plain.len();
        let short = plain.len().min(word.text.len()) < 6 && !swapped && !(apart == 0 && plain.len() >= 5);
        near.push((place, if short { Likeness::Vague } else { Likeness::Typo }));
    }
    near
}

/// Adds up what speaks for each service.
fn rank(
    vocabulary: &Vocabulary,
    tokens: &[Token],
    words: &[Alike],
    leaning: &[Alike],
    today: Date,
    by_weight: bool,
) -> Verdict {
    let mut candidates: BTreeMap<usize, Candidate> = BTreeMap::new();
    let mut matched: BTreeSet<usize> = BTreeSet::new();
    let mut same: BTreeSet<usize> = BTreeSet::new();
    for (at, alike) in words {
        add(vocabulary, tokens, *at, alike, &mut candidates, false);
        matched.extend(alike.iter().filter(|(_, likeness)| *likeness >= Likeness::Prefix).map(|(word, _)| *word));
        same.extend(alike.iter().filter(|(_, likeness)| *likeness == Likeness::Same).map(|(word, _)| *word));
    }
    for (at, alike) in leaning {
        add(vocabulary, tokens, *at, alike, &mut candidates, true);
        matched.extend(alike.iter().map(|(word, _)| *word));
    }
    let has_thing = words.iter().any(|(at, _)| tokens.get(*at).is_some_and(|token| is_object(&plain(&token.text))));
    for text in &vocabulary.texts {
        if text.words.len() > 1
            && text.words.iter().all(|word| matched.contains(word))
            && let Some(candidate) = candidates.get_mut(&text.service)
        {
            candidate.score += 50;
            candidate.named = true;
        }
        // A synonym of one word says it all.
        if let [word] = text.words.as_slice()
            && same.contains(word)
            && let Some(candidate) = candidates.get_mut(&text.service)
        {
            let text = vocabulary.words.get(*word).map_or("", |word| word.text.as_str());
            candidate.score += match (is_act(text), is_object(text)) {
                // « nettoyage d'une couette »: what it is done to decides.
                (true, _) if has_thing => 0,
                (_, true) => 12,
                _ => 25,
            };
        }
    }
    for candidate in candidates.values_mut().filter(|_| by_weight) {
        if vocabulary.services.get(candidate.service).is_some_and(|known| known.unit == Some(Unit::Kilo)) {
            candidate.score += 30;
        }
    }
    let mut ranked: Vec<Candidate> = candidates
        .into_values()
        .filter(|candidate| {
            vocabulary.services.get(candidate.service).is_some_and(|known| known.to.is_none_or(|to| to >= today))
        })
        .collect();
    ranked.sort_by_key(|candidate| std::cmp::Reverse(candidate.score));
    let Some(first) = ranked.first().cloned() else { return Verdict::None };
    let second = ranked.get(1).map_or(0, |candidate| candidate.score);
    // Who explains more words needs less of a lead.
    let more = first.tokens.len() > ranked.get(1).map_or(0, |candidate| candidate.tokens.len());
    let things_only = |candidate: &Candidate| {
        candidate.tokens.iter().all(|at| tokens.get(*at).is_some_and(|token| is_object(&plain(&token.text))))
    };
    let acts_only = |candidate: &Candidate| {
        candidate.tokens.iter().all(|at| tokens.get(*at).is_some_and(|token| is_act(&token.text)))
    };
    // What is done to a thing decides before the thing, and the thing before what is done to anything: « deux vestes à nettoyer ».
    let yields = !things_only(&first) && ranked.get(1).is_some_and(things_only)
        || things_only(&first) && ranked.get(1).is_some_and(acts_only);
    let lead = if more || yields { LEAD / 2 } else { LEAD };
    // A word that names another service is no mere detail.
    let other = words.iter().any(|(at, alike)| {
        !first.tokens.contains(at)
            && tokens.get(*at).is_some_and(|token| !is_object(&plain(&token.text)) && !is_act(&token.text))
            && alike.iter().any(|(place, likeness)| {
                let word = vocabulary.words.get(*place);
                *likeness >= Likeness::Stem
                    && word.is_some_and(|word| {
                        !is_weak(&word.text)
                            && !is_object(&word.text)
                            && word.uses.iter().any(|used| used.role == Role::Title)
                    })
            })
    });
    // What is weighed and not sold by weight is something else.
    let by_kilo = |candidate: &Candidate| {
        vocabulary.services.get(candidate.service).is_some_and(|known| known.unit == Some(Unit::Kilo))
    };
    let other = other || (by_weight && !by_kilo(&first) && ranked.iter().any(by_kilo));
    let clear =
        !other && first.named && first.likeness > Likeness::Vague && first.score - second >= lead.min(first.score / 2);
    if clear {
        return Verdict::Sure(first);
    }
    let near = ranked
        .into_iter()
        .filter(|candidate| candidate.score * 2 >= first.score && first.score - candidate.score <= 60);
    Verdict::Doubtful(near.take(MOST).collect())
}

fn add(
    vocabulary: &Vocabulary,
    tokens: &[Token],
    at: usize,
    alike: &[(usize, Likeness)],
    candidates: &mut BTreeMap<usize, Candidate>,
    leaning: bool,
) {
    let mut best: BTreeMap<usize, (i32, bool, Likeness)> = BTreeMap::new();
    let is_thing = |place: usize| vocabulary.words.get(place).is_some_and(|word| is_object(&word.text));
    let object = alike.iter().any(|(place, _)| is_thing(*place))
        || tokens.get(at).is_some_and(|token| is_object(&plain(&token.text)) || is_act(&token.text));
    let is_name = |text: usize| vocabulary.texts.get(text).is_some_and(|text| text.is_name);
    for (place, likeness) in alike {
        let Some(word) = vocabulary.words.get(*place) else { continue };
        let names_one = word.uses.iter().any(|used| used.role == Role::Title);
        for used in word.uses.iter().filter(|used| used.role > Role::Family || !names_one) {
            let weak = is_weak(&word.text);
            let role = match (used.role, weak) {
                (Role::Family, _) | (_, true) => 30,
                // A word that is the whole name of another service says less of one that is called so together with other words.
                (Role::Part, false) if names_one && !is_name(used.text) => 60,
                (Role::Part, false) if *likeness >= Likeness::Meant => 90,
                (Role::Part, false) => 60,
                (Role::Title, false) => 100,
            };
            let score = likeness.weight() * role / 100 / if object { 2 } else { 1 };
            let named = used.role == Role::Title && !weak;
            let entry = best.entry(used.service).or_insert((0, false, *likeness));
            if score > entry.0 {
                *entry = (score, named || entry.1, *likeness);
            } else {
                entry.1 |= named;
            }
        }
    }
    for (service, (score, named, likeness)) in best {
        match candidates.get_mut(&service) {
            Some(candidate) => {
                candidate.score += score;
                candidate.tokens.insert(at);
                candidate.named |= named && !leaning;
                if !leaning {
                    // What is named outright stays so, whatever vaguer word stands beside it.
                    candidate.likeness = if candidate.named { candidate.likeness.max(likeness) } else { likeness };
                }
            }
            None if leaning => {}
            None => {
                let tokens = BTreeSet::from([at]);
                candidates.insert(service, Candidate { service, score, tokens, named, likeness });
            }
        }
    }
}
