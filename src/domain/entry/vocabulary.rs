//! The directory's words, arranged once for the reader: services with names and synonyms, sites, and their calendars.

use super::{
    piece::Unit,
    thesaurus::is_weak,
    token::{Token, fold_words},
};
use crate::domain::{
    calendar::WorkingCalendar,
    holiday::Holiday,
    ids::{ServiceId, SiteId},
    policy::PolicyFields,
    register::Standing,
    service::{Carriage, PriceRule, Service},
    site::Site,
};
use jiff::civil::Date;
use std::collections::{BTreeSet, HashMap};

/// What a word is in a service's texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// It names the family.
    Family,
    /// It is one word of several.
    Part,
    /// It alone names the service.
    Title,
}

/// A use of a word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Use {
    pub service: usize,
    /// Which of the service's texts.
    pub text: usize,
    pub role: Role,
}

/// A text of the catalogue.
#[derive(Debug)]
pub(super) struct Text {
    pub service: usize,
    /// Whether it is a name, not a synonym.
    pub is_name: bool,
    pub words: Vec<usize>,
}

/// A word of the catalogue.
#[derive(Debug)]
pub(super) struct Word {
    /// In its plainest form.
    pub text: String,
    /// Which letters it has, a bit each.
    pub letters: u32,
    pub uses: Vec<Use>,
}

/// A service as the reader needs it.
#[derive(Debug)]
pub(super) struct Known {
    pub id: ServiceId,
    pub name: String,
    pub name_en: Option<String>,
    pub unit: Option<Unit>,
    pub per_unit: bool,
    pub carriage: Carriage,
    pub lead_time_h: u16,
    pub from: Option<Date>,
    pub to: Option<Date>,
    /// Two words that stand together in its name and could be a number of pieces: « deux pièces ».
    pub numbered: bool,
}

/// A site as the reader needs it.
#[derive(Debug)]
pub(super) struct Place {
    pub id: SiteId,
    pub name: String,
    pub words: Vec<String>,
    pub calendar: WorkingCalendar,
    pub catalogue: Option<BTreeSet<ServiceId>>,
}

/// The directory's words; built once, read at every key.
#[derive(Debug)]
pub struct Vocabulary {
    pub(super) services: Vec<Known>,
    pub(super) places: Vec<Place>,
    pub(super) words: Vec<Word>,
    /// The texts of the catalogue: names and synonyms.
    pub(super) texts: Vec<Text>,
    by_word: HashMap<String, usize>,
    by_stem: HashMap<String, Vec<usize>>,
    house: WorkingCalendar,
}

impl Vocabulary {
    /// Arranges what is in use of a directory.
    pub fn new(services: &[Service], sites: &[Site], holidays: &[Holiday], policy: &PolicyFields) -> Self {
        // The words of the trade are arranged along with it: the first word that is read need not wait for them.
        super::lexicon::arrange();
        super::thesaurus::arrange();
        let mut vocabulary = Self {
            services: Vec::new(),
            places: Vec::new(),
            words: Vec::new(),
            texts: Vec::new(),
            by_word: HashMap::new(),
            by_stem: HashMap::new(),
            house: policy.calendar(holidays, None),
        };
        for service in services.iter().filter(|service| service.standing == Standing::Active) {
            vocabulary.add_service(service);
        }
        for site in sites.iter().filter(|site| site.standing == Standing::Active) {
            let mut calendar = policy.calendar(holidays, Some(site.id));
            calendar.zone = site.fields.zone.clone();
            calendar.region = site.fields.region;
            if let Some(hours) = &site.fields.hours {
                calendar.hours = hours.clone();
            }
            let texts = [site.fields.name.as_str(), site.fields.commune.as_str()];
            let words = texts.into_iter().flat_map(fold_words).filter(|word| word.len() > 2 && !is_empty_word(word));
            vocabulary.places.push(Place {
                id: site.id,
                name: site.fields.name.to_string(),
                words: words.collect(),
                calendar,
                catalogue: site.fields.catalogue.clone(),
            });
        }
        vocabulary.name_titles();
        for (place, word) in vocabulary.words.iter().enumerate() {
            vocabulary.by_stem.entry(stem(&word.text).to_owned()).or_default().push(place);
        }
        vocabulary
    }

    fn add_service(&mut self, service: &Service) {
        let index = self.services.len();
        let fields = &service.fields;
        let unit = fields.unit.as_ref().and_then(|unit| super::parse::unit(&fold_words(unit.as_str()).concat()));
        let name = fold_words(fields.name.as_str());
        self.services.push(Known {
            id: service.id,
            name: fields.name.to_string(),
            name_en: fields.name_en.as_ref().map(ToString::to_string),
            unit,
            per_unit: matches!(fields.price, PriceRule::PerUnit { .. }),
            carriage: fields.carriage,
            lead_time_h: fields.lead_time_h,
            from: fields.from,
            to: fields.to,
            numbered: name.iter().any(|word| word == "deux") && name.iter().any(|word| word == "pieces"),
        });
        let names = [Some(&fields.name), fields.name_en.as_ref()];
        for text in names.into_iter().flatten() {
            self.add_text(index, text.as_str(), true);
        }
        for text in &fields.synonyms {
            self.add_text(index, text.as_str(), false);
        }
        for word in content(fields.family.as_str()) {
            self.add_word(index, usize::MAX, word, Role::Family);
        }
    }

    fn add_text(&mut self, service: usize, text: &str, is_name: bool) {
        let number = self.texts.len();
        let contents = content(text);
        let alone = contents.len() == 1;
        let mut words = Vec::new();
        for (place, word) in contents.into_iter().enumerate() {
            // The first word of a name is mostly what it is called by.
            let title = alone || (is_name && place == 0 && !is_weak(&word));
            words.push(self.add_word(service, number, word, if title { Role::Title } else { Role::Part }));
        }
        self.texts.push(Text { service, is_name, words });
    }

    fn add_word(&mut self, service: usize, text: usize, word: String, role: Role) -> usize {
        let place = *self.by_word.entry(word.clone()).or_insert_with(|| {
            self.words.push(Word { letters: letters(&word), text: word, uses: Vec::new() });
            self.words.len() - 1
        });
        if let Some(word) = self.words.get_mut(place) {
            word.uses.push(Use { service, text, role });
        }
        place
    }

    /// A word of one service's name alone names that service.
    fn name_titles(&mut self) {
        let names: Vec<bool> = self.texts.iter().map(|text| text.is_name).collect();
        for word in &mut self.words {
            let services: BTreeSet<_> =
                word.uses.iter().filter(|used| used.role > Role::Family).map(|used| used.service).collect();
            if services.len() == 1 && !is_weak(&word.text) {
                for used in &mut word.uses {
                    if used.role == Role::Part && names.get(used.text).copied().unwrap_or(false) {
                        used.role = Role::Title;
                    }
                }
            }
        }
    }

    /// The words that are this one but for plural and gender's spelling.
    pub(super) fn same(&self, plain: &str) -> Option<usize> {
        self.by_word.get(plain).copied()
    }

    /// The words of the same stem.
    pub(super) fn kin(&self, plain: &str) -> &[usize] {
        self.by_stem.get(stem(plain)).map_or(&[], Vec::as_slice)
    }

    /// Whether a word stands in the catalogue, in any form.
    pub(super) fn knows(&self, word: &str) -> bool {
        let plain = plain(word);
        self.same(&plain).is_some()
            || (plain.len() > 3 && !self.kin(&plain).is_empty())
            || !super::thesaurus::meant_by(word).is_empty()
            || plain.len() > 3 && self.words.iter().any(|word| word.text.starts_with(&plain))
    }

    /// The sites that words name, and the token after them.
    pub(super) fn site_at(&self, tokens: &[Token], at: usize) -> Option<(Vec<SiteId>, usize)> {
        let names = |token: &Token| -> Vec<usize> {
            if token.text.len() < 4 || token.number.is_some() || is_empty_word(&token.text) {
                return Vec::new();
            }
            let exact = self.places.iter().enumerate().filter(|(_, place)| place.words.contains(&token.text));
            let exact: Vec<usize> = exact.map(|(number, _)| number).collect();
            if !exact.is_empty()
                || self.same(&plain(&token.text)).is_some()
                || !super::lexicon::begun_by(&token.text).is_empty()
            {
                return exact;
            }
            let near = |word: &String| {
                word.starts_with(&token.text)
                    || (token.text.len() > 4
                        && word.len().abs_diff(token.text.len()) <= 1
                        && word.as_bytes().first() == token.text.as_bytes().first()
                        && strsim::osa_distance(word, &token.text) == 1)
            };
            let numbered = self.places.iter().enumerate();
            numbered.filter(|(_, place)| place.words.iter().any(near)).map(|(number, _)| number).collect()
        };
        let mut sites = names(tokens.get(at)?);
        if sites.is_empty() {
            return None;
        }
        let mut to = at + 1;
        loop {
            let joints = tokens
                .get(to..)
                .unwrap_or_default()
                .iter()
                .take_while(|token| super::lexicon::is_joint(&token.text))
                .count();
            let Some(next) = tokens.get(to + joints) else { break };
            let more: Vec<usize> = names(next).into_iter().filter(|site| sites.contains(site)).collect();
            if more.is_empty() {
                break;
            }
            sites = more;
            to += joints + 1;
        }
        Some((sites.into_iter().filter_map(|site| self.places.get(site)).map(|place| place.id).collect(), to))
    }

    pub(super) fn place(&self, id: SiteId) -> Option<&Place> {
        self.places.iter().find(|place| place.id == id)
    }

    pub(super) fn service(&self, id: ServiceId) -> Option<&Known> {
        self.services.iter().find(|known| known.id == id)
    }

    /// The calendar of a site, or of the house.
    pub(super) fn calendar(&self, site: Option<SiteId>) -> &WorkingCalendar {
        site.and_then(|site| self.place(site)).map_or(&self.house, |place| &place.calendar)
    }
}

/// The words of a text that mean something, each in its plainest form.
fn content(text: &str) -> Vec<String> {
    fold_words(text).into_iter().filter(|word| !is_empty_word(word)).map(|word| plain(&word)).collect()
}

fn is_empty_word(word: &str) -> bool {
    matches!(
        word,
        "de" | "d"
            | "du"
            | "des"
            | "le"
            | "la"
            | "les"
            | "l"
            | "un"
            | "une"
            | "a"
            | "au"
            | "aux"
            | "en"
            | "par"
            | "pour"
            | "et"
            | "ou"
            | "the"
            | "of"
            | "by"
            | "on"
            | "at"
            | "in"
            | "to"
            | "for"
            | "and"
            | "or"
            | "sur"
            | "with"
            | "saint"
    )
}

/// A word without the mark of its plural.
pub(super) fn plain(word: &str) -> String {
    if word.len() > 4
        && let Some(root) = word.strip_suffix("aux")
        && !word.ends_with("eaux")
    {
        return format!("{root}al");
    }
    let short =
        word.len() <= 3 || word == "colis" || word == "repas" || word == "cours" || word == "relais" || word == "frais";
    if short {
        return word.to_owned();
    }
    word.strip_suffix(['s', 'x']).unwrap_or(word).to_owned()
}

/// What the forms of a word have in common: of *nettoyage*, *nettoyer* and *nettoyée* it is *nettoy*.
fn stem(plain: &str) -> &str {
    const ENDINGS: [&str; 13] =
        ["issement", "ement", "ation", "ages", "age", "euse", "eur", "ing", "ee", "er", "ez", "ed", "e"];
    ENDINGS.iter().find_map(|ending| plain.strip_suffix(ending).filter(|root| root.len() >= 3)).unwrap_or(plain)
}

/// The letters of a word, a bit each.
pub(super) fn letters(word: &str) -> u32 {
    word.bytes().filter(u8::is_ascii_lowercase).fold(0, |letters, byte| letters | 1 << (byte - b'a'))
}
