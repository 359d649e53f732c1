//! What is asked for, in words: days and hours, recurrences, hand-overs, payers, urgency. Console and command line say it alike.

use super::say;
use crate::{
    domain::{
        clock::Urgency,
        entry::HandOver,
        money::Cents,
        operator::Language,
        recurrence::{Nth, OnHoliday, Recurrence, Rhythm},
        request::Payer,
        time::{When, Window},
    },
    text::neutral,
};
use jiff::civil::{Date, Time, Weekday};

/// Keeps a sum and its sign on one line.
const NO_BREAK: char = '\u{a0}';

const MONTHS_FR: [&str; 12] =
    ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."];
const MONTHS_EN: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The abbreviated day of the week: `ven.`, `Fri`.
pub fn weekday(language: Language, day: Weekday) -> &'static str {
    match (language, day) {
        (Language::Fr, Weekday::Monday) => "lun.",
        (Language::Fr, Weekday::Tuesday) => "mar.",
        (Language::Fr, Weekday::Wednesday) => "mer.",
        (Language::Fr, Weekday::Thursday) => "jeu.",
        (Language::Fr, Weekday::Friday) => "ven.",
        (Language::Fr, Weekday::Saturday) => "sam.",
        (Language::Fr, Weekday::Sunday) => "dim.",
        (Language::En, Weekday::Monday) => "Mon",
        (Language::En, Weekday::Tuesday) => "Tue",
        (Language::En, Weekday::Wednesday) => "Wed",
        (Language::En, Weekday::Thursday) => "Thu",
        (Language::En, Weekday::Friday) => "Fri",
        (Language::En, Weekday::Saturday) => "Sat",
        (Language::En, Weekday::Sunday) => "Sun",
    }
}

/// A date without its year: `ven. 27 nov.`, `Fri 27 Nov`.
pub fn date(language: Language, date: Date) -> String {
    let months = match language {
        Language::Fr => MONTHS_FR,
        Language::En => MONTHS_EN,
    };
    let place = usize::try_from(date.month()).unwrap_or(1).saturating_sub(1);
    let month = months.get(place).copied().unwrap_or_default();
    format!("{} {} {month}", weekday(language, date.weekday()), date.day())
}

/// A time of day: `09:30`.
pub fn time(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// A part of a day: `ven. 27 nov. 09:00-12:00`.
pub fn window(language: Language, window: &Window) -> String {
    format!("{} {}-{}", date(language, window.date()), time(window.from()), time(window.to()))
}

/// When a job is wanted.
pub fn when(language: Language, when: &When) -> String {
    match when {
        When::Due { at } => format!("{} {}", date(language, at.date()), time(at.time())),
        When::Window(part) => window(language, part),
    }
}

/// Where it is handed over.
pub fn handover(language: Language, handover: &HandOver) -> String {
    match handover {
        HandOver::Permanence => say(language, "line-handover-permanence", &[]),
        HandOver::Locker { name: None } => say(language, "line-handover-locker", &[]),
        HandOver::Locker { name: Some(name) } => {
            say(language, "line-handover-locker-named", &[("name", neutral(name.as_str()).into_owned())])
        }
        HandOver::Home { address: None } => say(language, "line-handover-home", &[]),
        HandOver::Home { address: Some(address) } => {
            say(language, "line-handover-home-at", &[("address", neutral(address.as_str()).into_owned())])
        }
        HandOver::OnSite => say(language, "line-handover-on-site", &[]),
    }
}

/// Who pays.
pub fn payer(language: Language, payer: Payer) -> String {
    match payer {
        Payer::Person => say(language, "line-payer-person", &[]),
        Payer::Client => say(language, "line-payer-client", &[]),
        Payer::Shared { client } => {
            say(language, "line-payer-shared", &[("percent", (client.basis_points() / 100).to_string())])
        }
    }
}

/// How urgent it is.
pub fn urgency(language: Language, urgency: Urgency) -> String {
    match urgency {
        Urgency::Normal => say(language, "line-urgency-normal", &[]),
        Urgency::Urgent => say(language, "line-urgency-urgent", &[]),
    }
}

/// A sum in euros: `18,40 €`, `€18.40`.
pub fn euros(language: Language, sum: Cents) -> String {
    let cents = sum.get();
    let sign = if cents < 0 { "-" } else { "" };
    let (whole, part) = (cents.unsigned_abs() / 100, cents.unsigned_abs() % 100);
    let mark = match language {
        Language::Fr => NO_BREAK,
        Language::En => ',',
    };
    let digits = whole.to_string();
    let mut grouped = String::with_capacity(digits.len() + 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(mark);
        }
        grouped.push(digit);
    }
    match language {
        Language::Fr => format!("{sign}{grouped},{part:02}{NO_BREAK}€"),
        Language::En => format!("{sign}€{grouped}.{part:02}"),
    }
}

/// When it comes again: « chaque mar. et ven., jusqu'au ven. 18 déc. ».
pub fn recurrence(language: Language, recurrence: &Recurrence) -> String {
    let mut parts = vec![match &recurrence.rhythm {
        Rhythm::Days { every } => say(language, "line-again-days", &[("every", every.to_string())]),
        Rhythm::Weekly { every, days } => {
            let days: Vec<_> = days.iter().map(|day| weekday(language, day.0)).collect();
            say(language, "line-again-weeks", &[("every", every.to_string()), ("days", days.join(", "))])
        }
        Rhythm::Monthly { day } => say(language, "line-again-months", &[("day", day.to_string())]),
        Rhythm::MonthlyWeekday { nth, day } => {
            let nth = match nth {
                Nth::First => "1",
                Nth::Second => "2",
                Nth::Third => "3",
                Nth::Fourth => "4",
                Nth::Last => "last",
            };
            let day = weekday(language, day.0).to_owned();
            say(language, "line-again-month-days", &[("nth", nth.to_owned()), ("day", day)])
        }
    }];
    if let Some(until) = recurrence.until {
        parts.push(say(language, "line-again-until", &[("date", date(language, until))]));
    }
    if let Some(times) = recurrence.times {
        parts.push(say(language, "line-again-times", &[("times", times.to_string())]));
    }
    if !recurrence.except.is_empty() {
        let days: Vec<_> = recurrence.except.iter().map(|day| date(language, *day)).collect();
        parts.push(say(language, "line-again-except", &[("dates", days.join(", "))]));
    }
    if recurrence.holidays == OnHoliday::Kept {
        parts.push(say(language, "line-again-kept", &[]));
    }
    parts.join(", ")
}
