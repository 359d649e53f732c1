//! The small language that narrows Demandes: words and fields in any order, in both languages, without regard to accents or case.
//!
//! `site:bruges statut:attribuée ven -urgent` reads as: at Bruges, assigned, due on Friday (or with a word that begins so), not urgent.
//! A field said twice means either value; everything else must hold together. What cannot be read is left out and explained, so that
//! typing is never held up.

mod complete;
mod day;
mod parse;
mod vocabulary;

pub use complete::{Completion, Names, complete};
pub use day::Day;
pub use parse::{Fault, FaultKind};
pub use vocabulary::{Field, Flag};

use crate::{
    domain::{
        clock::Urgency,
        ids::OperatorId,
        operator::Language,
        request::{Channel, RequestNumber, RequestState},
        time::Instant,
    },
    text::fold,
};
use jiff::civil::Date;
use std::ops::Range;

/// What is known of a request's row, for [`Row::new`].
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// Its number.
    pub number: RequestNumber,
    /// Where it stands.
    pub state: RequestState,
    /// How it came in.
    pub channel: Channel,
    /// How pressing it is.
    pub urgency: Urgency,
    /// The service's names, in every language, and its synonyms.
    pub service: &'a [&'a str],
    /// The site's name.
    pub site: &'a str,
    /// The requester's name, and that of a person who speaks for an organisation.
    pub requester: &'a [&'a str],
    /// The requester's telephone numbers, as `+33…`.
    pub phones: &'a [&'a str],
    /// The provider's name, once there is one.
    pub provider: &'a str,
    /// Detail, text and whatever else words are looked for in.
    pub words: &'a [&'a str],
    /// The day it came in, at its site.
    pub came_in: Date,
    /// The day it is due or done on, at its site.
    pub due: Option<Date>,
    /// When it begins to be late; none if it cannot be.
    pub late_from: Option<Instant>,
    /// Whose it is.
    pub operator: Option<OperatorId>,
}

/// A request as filters look at it: texts folded once, when the row changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    state: RequestState,
    channel: Channel,
    urgency: Urgency,
    came_in: Date,
    due: Option<Date>,
    late_from: Option<Instant>,
    operator: Option<OperatorId>,
    /// Everything, each word after a space: first the four fields of text, then the rest.
    text: Box<str>,
    /// Where service, site, requester and provider end in it.
    ends: [usize; 4],
}

impl Row {
    /// The row of these facts.
    pub fn new(facts: &Facts<'_>) -> Self {
        let mut text = String::with_capacity(200);
        let mut ends = [0; 4];
        for (part, end) in [facts.service, &[facts.site], facts.requester, &[facts.provider]].into_iter().zip(&mut ends)
        {
            for name in part {
                push(&mut text, &fold(name));
            }
            *end = text.len();
        }
        let number = facts.number.to_string();
        push(&mut text, &number);
        if let Some((_, serial)) = number.split_once('-') {
            push(&mut text, serial);
        }
        for phone in facts.phones {
            let digits = phone.trim_start_matches('+');
            push(&mut text, digits);
            if let Some(national) = digits.strip_prefix("33") {
                push(&mut text, &format!("0{national}"));
            }
        }
        for words in facts.words {
            push(&mut text, &fold(words));
        }
        Self {
            state: facts.state,
            channel: facts.channel,
            urgency: facts.urgency,
            came_in: facts.came_in,
            due: facts.due,
            late_from: facts.late_from,
            operator: facts.operator,
            text: text.into(),
            ends,
        }
    }

    fn part(&self, part: TextField) -> &str {
        let [service, site, who, provider] = self.ends;
        let range: Range<usize> = match part {
            TextField::Service => 0..service,
            TextField::Site => service..site,
            TextField::Who => site..who,
            TextField::Provider => who..provider,
        };
        self.text.get(range).unwrap_or_default()
    }
}

/// A space before every word: a needle that begins with one finds beginnings of words alone.
fn push(text: &mut String, folded: &str) {
    if !folded.is_empty() {
        text.push(' ');
        text.push_str(folded);
    }
}

/// The fields whose values are words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TextField {
    Service,
    Site,
    Who,
    Provider,
}

/// Sets of states and channels, one bit each in the order of their declaration.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Bits(u16);

impl Bits {
    fn of(positions: impl IntoIterator<Item = usize>) -> Self {
        Self(positions.into_iter().fold(0, |bits, position| bits | 1 << position))
    }

    const fn has(self, position: usize) -> bool {
        self.0 & (1 << position) != 0
    }
}

/// One thing that a row must have, or must not.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Term {
    /// A word, or several in a row, of which the last may go on.
    Text(String),
    /// A day it is due on, or a word that begins like it.
    DayOrText(Day, String),
    /// All these words begin words of the field.
    Words(TextField, Vec<String>),
    /// One of these states; the word as it was written, folded.
    State(Bits, String),
    /// One of these channels; the word as it was written, folded.
    Channel(Bits, String),
    /// Due on the day.
    Due(Day),
    /// Came in on the day or after it.
    Since(Day),
    /// Due before the day.
    Before(Day),
    /// One of the words with a meaning of their own.
    Flag(Flag),
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Clause {
    negated: bool,
    term: Term,
}

/// A filter as it was understood.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    clauses: Vec<Clause>,
    faults: Vec<Fault>,
}

/// Two filters are the same if they ask for the same.
impl PartialEq for Filter {
    fn eq(&self, other: &Self) -> bool {
        self.clauses == other.clauses
    }
}

/// When and for whom a filter is asked.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// Now.
    pub now: Instant,
    /// The day, where the operator sits.
    pub today: Date,
    /// Who asks.
    pub me: OperatorId,
}

impl Filter {
    /// Reads a filter. Every text is one; what is not understood stands in [`Filter::faults`].
    pub fn parse(text: &str) -> Self {
        parse::parse(text)
    }

    /// What was left out, and why; in the order of the text.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// The words that stand without a field: what the past is searched for, as folded words.
    pub fn words(&self) -> String {
        let word = |clause: &Clause| match (&clause.term, clause.negated) {
            (Term::Text(text) | Term::DayOrText(_, text), false) => Some(text.clone()),
            (Term::Words(TextField::Who, words), false) => Some(words.join(" ")),
            _ => None,
        };
        self.clauses.iter().filter_map(word).collect::<Vec<_>>().join(" ")
    }

    /// Whether it lets every row pass.
    pub fn is_empty(&self) -> bool {
        self.clauses.is_empty()
    }

    /// The filter in this language's words: what a saved view is kept as. Reading it gives the same filter.
    pub fn display(&self, language: Language) -> String {
        let clauses: Vec<String> = self.clauses.iter().map(|clause| parse::display(clause, language)).collect();
        clauses.join(" ")
    }

    /// The filter with its days counted from this moment, ready for rows by the ten thousand.
    pub fn at(&self, moment: &Moment) -> Test {
        let mut groups: Vec<(Option<Field>, Vec<Check>)> = Vec::new();
        let mut never = Vec::new();
        for Clause { negated, term } in &self.clauses {
            let check = Check::new(term, moment);
            let field = term.field();
            let same = groups.iter_mut().find(|(known, _)| field.is_some() && *known == field);
            match (negated, same) {
                (true, _) => never.push(check),
                (false, Some((_, checks))) => checks.push(check),
                (false, None) => groups.push((field, vec![check])),
            }
        }
        Test { groups: groups.into_iter().map(|(_, checks)| checks).collect(), never, now: moment.now, me: moment.me }
    }
}

impl Term {
    /// The field whose values stand beside each other as alternatives; two bounds of time hold together.
    const fn field(&self) -> Option<Field> {
        match self {
            Self::Words(TextField::Service, _) => Some(Field::Service),
            Self::Words(TextField::Site, _) => Some(Field::Site),
            Self::Words(TextField::Who, _) => Some(Field::Who),
            Self::Words(TextField::Provider, _) => Some(Field::Provider),
            Self::State(..) => Some(Field::State),
            Self::Channel(..) => Some(Field::Channel),
            Self::Due(_) => Some(Field::Due),
            Self::Text(_) | Self::DayOrText(..) | Self::Since(_) | Self::Before(_) | Self::Flag(_) => None,
        }
    }
}

/// A filter at a moment.
#[derive(Clone, Debug)]
pub struct Test {
    /// Of each group one must hold.
    groups: Vec<Vec<Check>>,
    /// None of these may hold.
    never: Vec<Check>,
    now: Instant,
    me: OperatorId,
}

impl Test {
    /// Whether the row passes.
    pub fn accepts(&self, row: &Row) -> bool {
        let holds = |check: &Check| check.holds(row, self);
        self.groups.iter().all(|group| group.iter().any(holds)) && !self.never.iter().any(holds)
    }
}

/// A term with its days counted and its words ready to be found.
#[derive(Clone, Debug)]
enum Check {
    Text(String),
    DueOrText(Date, String),
    Words(TextField, Vec<String>),
    State(Bits),
    Channel(Bits),
    Due(Date),
    Since(Date),
    Before(Date),
    Flag(Flag),
}

impl Check {
    fn new(term: &Term, moment: &Moment) -> Self {
        let needle = |word: &String| format!(" {word}");
        match term {
            Term::Text(text) => Self::Text(needle(text)),
            Term::DayOrText(day, text) => Self::DueOrText(day.from_now_on(moment.today), needle(text)),
            Term::Words(field, words) => Self::Words(*field, words.iter().map(needle).collect()),
            Term::State(states, _) => Self::State(*states),
            Term::Channel(channels, _) => Self::Channel(*channels),
            Term::Due(day) => Self::Due(day.from_now_on(moment.today)),
            Term::Since(day) => Self::Since(day.until_now(moment.today)),
            Term::Before(day) => Self::Before(day.from_now_on(moment.today)),
            Term::Flag(flag) => Self::Flag(*flag),
        }
    }

    fn holds(&self, row: &Row, test: &Test) -> bool {
        match self {
            Self::Text(needle) => row.text.contains(needle.as_str()),
            Self::DueOrText(day, needle) => row.due == Some(*day) || row.text.contains(needle.as_str()),
            Self::Words(field, needles) => {
                let part = row.part(*field);
                needles.iter().all(|needle| part.contains(needle.as_str()))
            }
            Self::State(states) => states.has(row.state as usize),
            Self::Channel(channels) => channels.has(row.channel as usize),
            Self::Due(day) => row.due == Some(*day),
            Self::Since(day) => row.came_in >= *day,
            Self::Before(day) => row.due.is_some_and(|due| due < *day),
            Self::Flag(Flag::Urgent) => row.urgency == Urgency::Urgent,
            Self::Flag(Flag::Mine) => row.operator == Some(test.me),
            Self::Flag(Flag::Late) => !ended(row.state) && row.late_from.is_some_and(|from| from <= test.now),
            Self::Flag(Flag::Open) => !ended(row.state),
            Self::Flag(Flag::Ended) => ended(row.state),
        }
    }
}

/// Whether nothing is left to do.
const fn ended(state: RequestState) -> bool {
    use RequestState::{Answered, Cancelled, Closed, Merged, Refused};
    matches!(state, Closed | Answered | Refused | Cancelled | Merged)
}

#[cfg(test)]
mod tests;
