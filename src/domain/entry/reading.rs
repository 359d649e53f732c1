//! What was understood of a phrase: each value with its why, what is missing, and the one question where there is a doubt.

use crate::domain::{
    clock::Urgency,
    ids::{ContactId, ServiceId, SiteId},
    recurrence::Recurrence,
    request::{Channel, Handover, Payer, Quantity, RequestFields, Requester},
    texts::{LongText, ShortText},
    time::When,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Byte ranges of the phrase, in order.
pub type Spans = Vec<Range<usize>>;

/// A field of a request that the entry line knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// What is asked for.
    Service,
    /// How many.
    Quantity,
    /// What exactly.
    Detail,
    /// When.
    When,
    /// When again.
    Recurrence,
    /// Where.
    Site,
    /// How it comes back.
    Handover,
    /// Who pays.
    Payer,
    /// How pressing it is.
    Urgency,
}

impl Field {
    /// All of them, in the order in which they are shown and chosen.
    pub const ALL: [Self; 9] = [
        Self::Service,
        Self::Quantity,
        Self::Detail,
        Self::When,
        Self::Recurrence,
        Self::Site,
        Self::Handover,
        Self::Payer,
        Self::Urgency,
    ];

    /// The key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Service => "entry-field-service",
            Self::Quantity => "entry-field-quantity",
            Self::Detail => "entry-field-detail",
            Self::When => "entry-field-when",
            Self::Recurrence => "entry-field-recurrence",
            Self::Site => "entry-field-site",
            Self::Handover => "entry-field-handover",
            Self::Payer => "entry-field-payer",
            Self::Urgency => "entry-field-urgency",
        }
    }
}

/// How it comes back, as far as it was said: a home may still lack its address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum HandOver {
    /// At the desk.
    Permanence,
    /// In a locker.
    Locker {
        /// Which one, if it was said.
        name: Option<ShortText>,
    },
    /// At an address.
    Home {
        /// Where, if it is known.
        address: Option<ShortText>,
    },
    /// The job is done on the spot.
    OnSite,
}

impl HandOver {
    /// As a request holds it; none for a home without address.
    pub fn settled(&self) -> Option<Handover> {
        match self {
            Self::Permanence => Some(Handover::Permanence),
            Self::Locker { .. } => Some(Handover::Locker),
            Self::Home { address } => address.clone().map(|address| Handover::Home { address }),
            Self::OnSite => Some(Handover::OnSite),
        }
    }
}

impl From<&Handover> for HandOver {
    fn from(handover: &Handover) -> Self {
        match handover {
            Handover::Permanence => Self::Permanence,
            Handover::Locker => Self::Locker { name: None },
            Handover::Home { address } => Self::Home { address: Some(address.clone()) },
            Handover::OnSite => Self::OnSite,
        }
    }
}

/// How far a value can be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// It is asked about.
    Doubtful,
    /// A default, or a word with something supposed beside it; it says so.
    Supposed,
    /// It was said, or chosen by hand.
    Sure,
}

/// What a value rests on beside the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Because {
    /// It was chosen by hand.
    ByHand,
    /// The beginning of a word was taken for the word.
    Prefix,
    /// A word was taken for one that is written nearly like it.
    Typo,
    /// Nothing else was said: one.
    One,
    /// The window is so many hours long.
    WindowLength,
    /// The caller's site.
    UsualSite,
    /// The caller's usual way.
    UsualHandover,
    /// The caller's home.
    UsualHome,
    /// Who usually pays.
    UsualPayer,
    /// It is done on the spot.
    DoneOnSpot,
    /// The site has permanences.
    SiteHasPermanences,
    /// No permanence is held that day.
    NoPermanence,
    /// The next permanence begins then.
    NextPermanence,
    /// The permanence of that day begins then.
    PermanenceOpens,
    /// No hour was said: the end of the day.
    EndOfDay,
    /// No hour was said: the whole day.
    WholeDay,
    /// So long does it take.
    Duration,
    /// No day was said: today.
    Today,
    /// The hour has passed today: tomorrow.
    Tomorrow,
    /// The day has passed this month: the next month.
    NextMonth,
    /// Counted from now.
    FromNow,
    /// The first day of the recurrence.
    FirstOfRecurrence,
}

impl Because {
    /// The key of its sentence.
    pub const fn key(self) -> &'static str {
        match self {
            Self::ByHand => "entry-why-by-hand",
            Self::Prefix => "entry-why-prefix",
            Self::Typo => "entry-why-typo",
            Self::One => "entry-why-one",
            Self::WindowLength => "entry-why-window-length",
            Self::UsualSite => "entry-why-usual-site",
            Self::UsualHandover => "entry-why-usual-handover",
            Self::UsualHome => "entry-why-usual-home",
            Self::UsualPayer => "entry-why-usual-payer",
            Self::DoneOnSpot => "entry-why-done-on-spot",
            Self::SiteHasPermanences => "entry-why-site-has-permanences",
            Self::NoPermanence => "entry-why-no-permanence",
            Self::NextPermanence => "entry-why-next-permanence",
            Self::PermanenceOpens => "entry-why-permanence-opens",
            Self::EndOfDay => "entry-why-end-of-day",
            Self::WholeDay => "entry-why-whole-day",
            Self::Duration => "entry-why-duration",
            Self::Today => "entry-why-today",
            Self::Tomorrow => "entry-why-tomorrow",
            Self::NextMonth => "entry-why-next-month",
            Self::FromNow => "entry-why-from-now",
            Self::FirstOfRecurrence => "entry-why-first-of-recurrence",
        }
    }
}

/// What a value rests on: words, and what had to be supposed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Why {
    /// The words, as byte ranges of the phrase.
    pub words: Spans,
    /// What else.
    pub because: Vec<Because>,
}

/// A value that was read, with its why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Read<T> {
    /// The value; of a doubtful one the likeliest.
    pub value: T,
    /// What it rests on.
    pub why: Why,
    /// How far it can be relied on.
    pub confidence: Confidence,
}

impl<T> Read<T> {
    /// What was said in so many words.
    pub(super) fn said(value: T, words: Spans) -> Self {
        Self { value, why: Why { words, because: Vec::new() }, confidence: Confidence::Sure }
    }

    /// What was not said.
    pub(super) fn supposed(value: T, because: Because) -> Self {
        let why = Why { words: Vec::new(), because: vec![because] };
        Self { value, why, confidence: Confidence::Supposed }
    }

    /// What was chosen by hand.
    pub(super) fn chosen(value: T) -> Self {
        let why = Why { words: Vec::new(), because: vec![Because::ByHand] };
        Self { value, why, confidence: Confidence::Sure }
    }

    /// The same, with something more that it rests on.
    pub(super) fn and(mut self, because: Because) -> Self {
        self.why.because.push(because);
        self.confidence = self.confidence.min(Confidence::Supposed);
        self
    }

    /// The same, to be asked about.
    pub(super) fn doubted(mut self) -> Self {
        self.confidence = Confidence::Doubtful;
        self
    }

    /// Whether it was chosen by hand.
    pub fn is_chosen(&self) -> bool {
        self.why.because.contains(&Because::ByHand)
    }
}

/// A value chosen for a field: by hand, or as an answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "field", content = "value", rename_all = "snake_case")]
pub enum Choice {
    /// What; none keeps what was said as a text without service.
    Service(Option<ServiceId>),
    /// How many.
    Quantity(Quantity),
    /// What exactly; none for nothing.
    Detail(Option<ShortText>),
    /// When.
    When(When),
    /// When again; none for once.
    Recurrence(Option<Recurrence>),
    /// Where.
    Site(SiteId),
    /// How it comes back.
    Handover(HandOver),
    /// Who pays.
    Payer(Payer),
    /// How pressing.
    Urgency(Urgency),
}

impl Choice {
    /// Its field.
    pub const fn field(&self) -> Field {
        match self {
            Self::Service(_) => Field::Service,
            Self::Quantity(_) => Field::Quantity,
            Self::Detail(_) => Field::Detail,
            Self::When(_) => Field::When,
            Self::Recurrence(_) => Field::Recurrence,
            Self::Site(_) => Field::Site,
            Self::Handover(_) => Field::Handover,
            Self::Payer(_) => Field::Payer,
            Self::Urgency(_) => Field::Urgency,
        }
    }
}

/// What was chosen by hand so far, at most one value a field; a reading never overrides it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Chosen(Vec<Choice>);

impl Chosen {
    /// Chooses; an earlier choice for the same field is forgotten.
    pub fn choose(&mut self, choice: Choice) {
        self.forget(choice.field());
        self.0.push(choice);
    }

    /// Leaves a field to the reader again.
    pub fn forget(&mut self, field: Field) {
        self.0.retain(|choice| choice.field() != field);
    }

    /// What was chosen for a field.
    pub fn get(&self, field: Field) -> Option<&Choice> {
        self.0.iter().find(|choice| choice.field() == field)
    }

    /// Whether nothing was chosen.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// What a question is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// Several services are meant equally well.
    WhichService,
    /// Words speak for a service, but weakly.
    IsItService,
    /// The service is not offered on the site.
    NotOfferedThere,
    /// It is said that something is *not* wanted.
    NotWanted,
    /// Several numbers could be the quantity.
    WhichQuantity,
    /// Several days are meant equally well.
    WhichDay,
    /// Several hours are meant equally well.
    WhichHour,
    /// The day and its name do not go together.
    DayMismatch,
    /// The time has passed.
    Past,
    /// Nobody works that day.
    ClosedDay,
    /// No permanence is held then.
    NoPermanence,
    /// It may be wanted once or again and again.
    OnceOrAgain,
    /// Several sites are meant equally well.
    WhichSite,
    /// Several ways of handing over were said.
    WhichHandover,
    /// Several payers were said.
    WhichPayer,
}

impl Doubt {
    /// The key of the question.
    pub const fn key(self) -> &'static str {
        match self {
            Self::WhichService => "entry-ask-which-service",
            Self::IsItService => "entry-ask-is-it-service",
            Self::NotOfferedThere => "entry-ask-not-offered-there",
            Self::NotWanted => "entry-ask-not-wanted",
            Self::WhichQuantity => "entry-ask-which-quantity",
            Self::WhichDay => "entry-ask-which-day",
            Self::WhichHour => "entry-ask-which-hour",
            Self::DayMismatch => "entry-ask-day-mismatch",
            Self::Past => "entry-ask-past",
            Self::ClosedDay => "entry-ask-closed-day",
            Self::NoPermanence => "entry-ask-no-permanence",
            Self::OnceOrAgain => "entry-ask-once-or-again",
            Self::WhichSite => "entry-ask-which-site",
            Self::WhichHandover => "entry-ask-which-handover",
            Self::WhichPayer => "entry-ask-which-payer",
        }
    }
}

/// The one question, with its numbered answers: at most nine, the likeliest first.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Question {
    /// What about.
    pub doubt: Doubt,
    /// The words in doubt.
    pub words: Spans,
    /// What choosing each answer chooses.
    pub answers: Vec<Choice>,
}

impl Question {
    /// The field it is about.
    pub fn field(&self) -> Option<Field> {
        self.answers.first().map(Choice::field)
    }
}

/// Whom somebody orders for, where it is not the caller: « pour ma collègue Roy ».
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OnBehalf {
    /// The name as it was said.
    pub name: ShortText,
    /// Its words.
    pub words: Spans,
}

/// What was understood of a phrase.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reading {
    /// What is asked for.
    pub service: Option<Read<ServiceId>>,
    /// How many.
    pub quantity: Read<Quantity>,
    /// What exactly: the words that were not understood, and those that say more.
    pub detail: Option<Read<ShortText>>,
    /// When: a due time or a window; of a recurrence the first.
    pub when: Option<Read<When>>,
    /// Not before this day; the words are in the detail too.
    pub not_before: Option<Read<Date>>,
    /// When again.
    pub recurrence: Option<Read<Recurrence>>,
    /// Where.
    pub site: Option<Read<SiteId>>,
    /// How it comes back.
    pub handover: Option<Read<HandOver>>,
    /// Who pays.
    pub payer: Option<Read<Payer>>,
    /// How pressing it is.
    pub urgency: Read<Urgency>,
    /// For whom, where it is not the caller; the words are in the detail too.
    pub on_behalf: Option<OnBehalf>,
    /// The words that were not understood.
    pub rest: Spans,
    /// The first doubt.
    pub question: Option<Question>,
    /// What else the phrase asks for (« deux vestes et un pantalon »); these have none of their own.
    pub further: Vec<Self>,
}

impl Reading {
    /// What a request still lacks before it can be triaged, of what the entry line knows.
    pub fn missing(&self) -> Vec<Field> {
        let address = matches!(&self.handover, Some(read) if read.value.settled().is_none());
        [
            (Field::Service, self.service.is_none()),
            (Field::When, self.when.is_none()),
            (Field::Site, self.site.is_none()),
            (Field::Handover, address),
            (Field::Payer, self.payer.is_none()),
        ]
        .into_iter()
        .filter_map(|(field, missing)| missing.then_some(field))
        .collect()
    }

    /// The request's fields as they were understood; the phrase is kept as its text, and what is doubtful stays out.
    pub fn fields(
        &self,
        phrase: &str,
        channel: Channel,
        requester: Option<Requester>,
        contact: Option<ContactId>,
    ) -> RequestFields {
        RequestFields {
            channel,
            contact_id: contact,
            requester,
            service_id: relied_on(self.service.as_ref()),
            site_id: relied_on(self.site.as_ref()),
            payer: relied_on(self.payer.as_ref()),
            when: relied_on(self.when.as_ref()),
            quantity: self.quantity.value,
            detail: self.detail.as_ref().map(|read| read.value.clone()),
            text: phrase.parse::<LongText>().ok(),
            handover: relied_on(self.handover.as_ref()).and_then(|handover| handover.settled()),
            urgency: self.urgency.value,
            price: None,
        }
    }
}

fn relied_on<T: Clone>(read: Option<&Read<T>>) -> Option<T> {
    read.filter(|read| read.confidence > Confidence::Doubtful).map(|read| read.value.clone())
}
