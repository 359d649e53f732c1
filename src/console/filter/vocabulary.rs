//! The words of the filter language: those of both locales, and other forms that people write.

use super::{Bits, Day};
use crate::{
    domain::{
        machine::State as _,
        operator::Language,
        request::{Channel, RequestState},
    },
    i18n::say,
    text::fold,
};
use jiff::civil::Weekday;
use std::sync::LazyLock;

const BOTH: [Language; 2] = [Language::Fr, Language::En];

/// What stands before a colon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Where it stands.
    State,
    /// Where.
    Site,
    /// What.
    Service,
    /// For whom.
    Who,
    /// By whom.
    Provider,
    /// How it came in.
    Channel,
    /// Due on a day.
    Due,
    /// Came in on a day or after it.
    Since,
    /// Due before a day.
    Before,
}

impl Field {
    /// Every field, in the order in which they are proposed.
    pub const ALL: &'static [Self] = &[
        Self::State,
        Self::Site,
        Self::Service,
        Self::Who,
        Self::Provider,
        Self::Channel,
        Self::Due,
        Self::Since,
        Self::Before,
    ];

    const fn key(self) -> &'static str {
        match self {
            Self::State => "filter-field-state",
            Self::Site => "filter-field-site",
            Self::Service => "filter-field-service",
            Self::Who => "filter-field-who",
            Self::Provider => "filter-field-provider",
            Self::Channel => "filter-field-channel",
            Self::Due => "filter-field-due",
            Self::Since => "filter-field-since",
            Self::Before => "filter-field-before",
        }
    }

    const fn others(self) -> &'static [&'static str] {
        match self {
            Self::State => &["etat", "state"],
            Self::Site => &["lieu"],
            Self::Who => &["pour", "for"],
            Self::Due => &["le", "jour", "day"],
            _ => &[],
        }
    }

    /// The field's word.
    pub fn word(self, language: Language) -> String {
        say(language, self.key(), &[])
    }
}

/// A word with a meaning of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flag {
    /// It is urgent.
    Urgent,
    /// It is mine.
    Mine,
    /// It is late.
    Late,
    /// Something is left to do.
    Open,
    /// Nothing is left to do.
    Ended,
}

impl Flag {
    /// Every one, in the order in which they are proposed.
    pub const ALL: &'static [Self] = &[Self::Mine, Self::Urgent, Self::Late, Self::Open, Self::Ended];

    const fn key(self) -> &'static str {
        match self {
            Self::Urgent => "filter-flag-urgent",
            Self::Mine => "filter-flag-mine",
            Self::Late => "filter-flag-late",
            Self::Open => "filter-flag-open",
            Self::Ended => "filter-flag-ended",
        }
    }

    const fn others(self) -> &'static [&'static str] {
        match self {
            Self::Urgent => &["urgente", "urgents", "urgentes"],
            Self::Mine => &["a moi"],
            Self::Late => &["retard", "overdue"],
            Self::Open => &["ouverte", "ouverts", "ouvertes"],
            Self::Ended => &["close", "closes"],
        }
    }

    /// The flag's word or words.
    pub fn word(self, language: Language) -> String {
        say(language, self.key(), &[])
    }
}

/// Folded words and what they mean.
type Words<T> = Vec<(String, T)>;

fn worded<T: Copy>(all: impl IntoIterator<Item = (T, String, &'static [&'static str])>) -> Words<T> {
    all.into_iter()
        .flat_map(|(meaning, key, others)| {
            let own = BOTH.map(|language| fold(&say(language, &key, &[])));
            own.into_iter().chain(others.iter().map(|&other| other.to_owned())).map(move |word| (word, meaning))
        })
        .collect()
}

static FIELDS: LazyLock<Words<Field>> =
    LazyLock::new(|| worded(Field::ALL.iter().map(|&field| (field, field.key().to_owned(), field.others()))));
static FLAGS: LazyLock<Words<Flag>> =
    LazyLock::new(|| worded(Flag::ALL.iter().map(|&flag| (flag, flag.key().to_owned(), flag.others()))));
static STATES: LazyLock<Words<usize>> =
    LazyLock::new(|| worded(RequestState::ALL.iter().map(|&state| (state as usize, state_key(state), &[][..]))));
static CHANNELS: LazyLock<Words<usize>> =
    LazyLock::new(|| worded(CHANNEL.iter().map(|&(channel, key, others)| (channel as usize, key.to_owned(), others))));
static DAYS: LazyLock<Words<DayWord>> =
    LazyLock::new(|| worded(DAY.iter().map(|&(day, key, others)| (day, key.to_owned(), others))));

fn state_key(state: RequestState) -> String {
    format!("state-request-{}", state.name())
}

const CHANNEL: &[(Channel, &str, &[&str])] = &[
    (Channel::Phone, "filter-channel-phone", &["appel", "call", "phone"]),
    (Channel::Email, "filter-channel-email", &["mail"]),
    (Channel::Permanence, "filter-channel-permanence", &["comptoir", "desk"]),
    (Channel::Locker, "filter-channel-locker", &[]),
    (Channel::House, "filter-channel-house", &["interne"]),
];

/// A word for a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DayWord {
    Near(i8),
    Weekday(Weekday),
}

const DAY: &[(DayWord, &str, &[&str])] = &[
    (DayWord::Near(0), "filter-day-today", &["aujourd hui", "ajd"]),
    (DayWord::Near(1), "filter-day-tomorrow", &[]),
    (DayWord::Near(-1), "filter-day-yesterday", &[]),
    (DayWord::Weekday(Weekday::Monday), "filter-day-monday", &["lundi", "monday"]),
    (DayWord::Weekday(Weekday::Tuesday), "filter-day-tuesday", &["mardi", "tuesday"]),
    (DayWord::Weekday(Weekday::Wednesday), "filter-day-wednesday", &["mercredi", "wednesday"]),
    (DayWord::Weekday(Weekday::Thursday), "filter-day-thursday", &["jeudi", "thursday"]),
    (DayWord::Weekday(Weekday::Friday), "filter-day-friday", &["vendredi", "friday"]),
    (DayWord::Weekday(Weekday::Saturday), "filter-day-saturday", &["samedi", "saturday"]),
    (DayWord::Weekday(Weekday::Sunday), "filter-day-sunday", &["dimanche", "sunday"]),
];

/// The field of a word, or of its beginning if that is no other's.
pub(super) fn field(word: &str) -> Option<Field> {
    let folded = fold(word);
    if let Some((_, field)) = FIELDS.iter().find(|(known, _)| *known == folded) {
        return Some(*field);
    }
    let mut begun = FIELDS.iter().filter(|(known, _)| folded.len() >= 2 && known.starts_with(&folded));
    let (_, first) = begun.next()?;
    begun.all(|(_, other)| other == first).then_some(*first)
}

/// The word of a field that this one is a slip away from.
pub(super) fn field_nearest(word: &str, language: Language) -> Option<String> {
    let names: Vec<String> = FIELDS.iter().map(|(known, _)| known.clone()).collect();
    let near = crate::config::nearest(&fold(word), &names)?;
    field(&near).map(|field| field.word(language))
}

/// The flag of a word or two.
pub(super) fn flag(words: &str) -> Option<Flag> {
    let folded = fold(words);
    FLAGS.iter().find(|(known, _)| *known == folded).map(|(_, flag)| *flag)
}

/// Whether a word is the first of a flag's two.
pub(super) fn begins_flag(word: &str) -> bool {
    FLAGS.iter().any(|(known, _)| known.strip_prefix(word).is_some_and(|rest| rest.starts_with(' ')))
}

/// The day of a word.
pub(super) fn day_word(text: &str) -> Option<DayWord> {
    let folded = fold(text);
    DAYS.iter().find(|(known, _)| *known == folded).map(|(_, day)| *day)
}

/// A day in this language's words.
pub(super) fn said_day(day: Day, language: Language) -> String {
    let word = match day {
        Day::Near(days) => DayWord::Near(days),
        Day::Weekday(weekday) => DayWord::Weekday(weekday),
        other => return other.to_string(),
    };
    DAY.iter().find(|(known, ..)| *known == word).map_or_else(|| day.to_string(), |(_, key, _)| say(language, key, &[]))
}

/// What the folded beginning of a word, or of a word within it, can mean; a whole word means itself alone.
fn begun(words: &Words<usize>, folded: &str) -> Option<Bits> {
    if folded.is_empty() {
        return None;
    }
    let whole = Bits::of(words.iter().filter(|(known, _)| known == folded).map(|(_, meaning)| *meaning));
    if whole != Bits::default() {
        return Some(whole);
    }
    let begins = |known: &str| known.starts_with(folded) || known.contains(&format!(" {folded}"));
    let some = Bits::of(words.iter().filter(|(known, _)| begins(known)).map(|(_, meaning)| *meaning));
    (some != Bits::default()).then_some(some)
}

/// The states that a word means.
pub(super) fn states(folded: &str) -> Option<Bits> {
    begun(&STATES, folded)
}

/// The channels that a word means.
pub(super) fn channels(folded: &str) -> Option<Bits> {
    begun(&CHANNELS, folded)
}

/// The word of a set: its own name if it is of one, else as it was written.
pub(super) fn said_states(states: Bits, written: &str, language: Language) -> String {
    only(states, &state_words(language)).unwrap_or_else(|| written.to_owned())
}

/// The same for channels.
pub(super) fn said_channels(channels: Bits, written: &str, language: Language) -> String {
    only(channels, &channel_words(language)).unwrap_or_else(|| written.to_owned())
}

fn only(bits: Bits, words: &[String]) -> Option<String> {
    let mut own = words.iter().enumerate().filter(|(position, _)| bits.has(*position));
    let (_, first) = own.next()?;
    own.next().is_none().then(|| first.clone())
}

/// The words of all states, in their order.
pub(super) fn state_words(language: Language) -> Vec<String> {
    RequestState::ALL.iter().map(|&state| say(language, &state_key(state), &[])).collect()
}

/// The words of all channels, in their order.
pub(super) fn channel_words(language: Language) -> Vec<String> {
    CHANNEL.iter().map(|(_, key, _)| say(language, key, &[])).collect()
}

/// The words of the near days.
pub(super) fn day_words(language: Language) -> Vec<String> {
    DAY.iter().map(|(_, key, _)| say(language, key, &[])).collect()
}

/// The word that this one is a slip away from.
pub(super) fn nearest_state(written: &str, language: Language) -> Option<String> {
    let words: Vec<String> = STATES.iter().map(|(word, _)| word.clone()).collect();
    crate::config::nearest(written, &words).and_then(|word| only(states(&word)?, &state_words(language)))
}
