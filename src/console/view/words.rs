//! Times, dates, sums, numbers and names as the reader's language writes them.

pub use crate::i18n::job::{date, euros, time, weekday, when, window};

use crate::console::{
    keymap::{Key, KeyCode},
    model::Model,
};
use crate::domain::{
    beneficiary::Beneficiary,
    machine::State,
    operator::Language,
    phone::{Caller, PhoneNumber},
    reply::{Reply, ReplyState},
    time::{Instant, When},
};
use crate::i18n::say;
use jiff::{
    SignedDuration,
    civil::{Date, DateTime, Time},
};
use std::fmt::Write as _;

/// Words as a heading has them, with a capital.
pub fn title(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A day and a time, the day left out if it is today: `ven. 27 nov. 12:00`, `12:00`.
pub fn moment(language: Language, at: DateTime, today: Date) -> String {
    if at.date() == today { time(at.time()) } else { format!("{} {}", date(language, at.date()), time(at.time())) }
}

/// When something came in, in ten columns: its time today, its day and time within the week, else its date: `14:28`, `ven. 16:40`, `14/11`.
pub fn passed(language: Language, at: DateTime, today: Date) -> String {
    match (today - at.date()).get_days() {
        0 => time(at.time()),
        1..=6 => format!("{} {}", weekday(language, at.weekday()), time(at.time())),
        _ => format!("{:02}/{:02}", at.day(), at.month()),
    }
}

/// What an arrow key is called, for a sentence that names it.
pub fn arrow(model: &Model, name: &'static str, code: KeyCode) -> (&'static str, String) {
    (name, model.keymap.label(Key::named(code), model.seat.language))
}

/// What stands between a name and what is told of it; French has a space before the colon.
pub const fn colon(language: Language) -> &'static str {
    match language {
        Language::Fr => "\u{a0}: ",
        Language::En => ": ",
    }
}

/// The mark behind what is doubtful; French has a space before it.
pub const fn question(language: Language) -> &'static str {
    match language {
        Language::Fr => "\u{a0}?",
        Language::En => "?",
    }
}

/// When a job is wanted, as short as a column takes it: `ven. 12:00`, and with the date beyond six days.
pub fn when_short(language: Language, when: &When, today: Date) -> String {
    let (day, hours) = match when {
        When::Due { at } => (at.date(), time(at.time())),
        When::Window(part) => (part.date(), format!("{}-{}", time(part.from()), time(part.to()))),
    };
    let days = (day - today).get_days();
    match days {
        0 => hours,
        1..=6 => format!("{} {hours}", weekday(language, day.weekday())),
        _ => format!("{:02}/{:02} {hours}", day.day(), day.month()),
    }
}

/// When a job is wanted within so many columns: the hours of a window are shortened before anything of them is cut, `ven. 8-18:30`.
pub fn when_within(language: Language, when: &When, today: Date, columns: usize) -> String {
    let short = when_short(language, when, today);
    let When::Window(part) = when else { return short };
    if crate::text::width(&short) <= columns {
        return short;
    }
    let hour =
        |at: Time| if at.minute() == 0 { at.hour().to_string() } else { format!("{}:{:02}", at.hour(), at.minute()) };
    let day = short.rsplit_once(' ').map(|(day, _)| format!("{day} ")).unwrap_or_default();
    format!("{day}{}-{}", hour(part.from()), hour(part.to()))
}

/// A running time in minutes and seconds, as for a call: `1:12`; hours from 100 minutes on: `2 h`.
pub fn running(lasted: SignedDuration) -> String {
    let seconds = lasted.as_secs().max(0);
    if seconds < 6_000 { format!("{}:{:02}", seconds / 60, seconds % 60) } else { format!("{} h", seconds / 3600) }
}

/// That mail to an address does not arrive any more, with the sign that says so without colour.
pub fn bounces(language: Language, address: &str, since: DateTime, today: Date) -> String {
    let told = [("address", crate::text::neutral(address).into_owned()), ("since", passed(language, since, today))];
    format!("{} {}", super::paint::signs::CROSS, say(language, "address-bounces", &told))
}

/// Where a reply stands: in its moments of grace, how many seconds are left.
pub fn reply_state(language: Language, reply: &Reply, now: Instant) -> String {
    if reply.state == ReplyState::Prepared {
        let left = reply.hold_until.since(now).as_secs().max(0);
        return say(language, "reply-leaves-in", &[("seconds", left.to_string())]);
    }
    say(language, &format!("state-reply-{}", State::name(reply.state)), &[])
}

/// An age as a list shows it: `4 min`, `3 h`, `2 j`.
pub fn age(language: Language, lasted: SignedDuration) -> String {
    let minutes = lasted.as_mins().max(0);
    match (minutes, language) {
        (0..100, _) => format!("{minutes} min"),
        (100..2_880, _) => format!("{} h", minutes / 60),
        (_, Language::Fr) => format!("{} j", minutes / 1440),
        (_, Language::En) => format!("{} d", minutes / 1440),
    }
}

/// A telephone number as it is dialled here: `05 36 49 12 34`; a foreign one with its country.
pub fn phone(number: &PhoneNumber) -> String {
    let text = number.as_str();
    let Some(national) = text.strip_prefix("+33") else { return text.to_owned() };
    let mut written = String::from("0");
    for (place, digit) in national.chars().enumerate() {
        if place % 2 == 1 {
            written.push(' ');
        }
        // Writing to a string cannot fail.
        let _ = written.write_char(digit);
    }
    written
}

/// The number that calls, if the telephone system tells one.
pub fn caller_number(caller: &Caller) -> Option<String> {
    match caller {
        Caller::Number(number) => Some(phone(number)),
        Caller::Internal(extension) => Some(extension.as_str().to_owned()),
        Caller::Unreadable(text) => Some(crate::text::neutral(text.as_str()).into_owned()),
        Caller::Hidden => None,
    }
}

/// A person with title and both names: `Mme Claire Durand`.
pub fn person(beneficiary: &Beneficiary) -> String {
    let fields = &beneficiary.fields;
    let parts = [fields.title.as_ref(), fields.given_name.as_ref(), Some(&fields.family_name)];
    let named: Vec<_> =
        parts.into_iter().flatten().map(|part| crate::text::neutral(part.as_str()).into_owned()).collect();
    named.join(" ")
}

/// A person as a list names them: `Mme Durand`; `Claire Durand` where no title is known.
pub fn person_short(beneficiary: &Beneficiary) -> String {
    let fields = &beneficiary.fields;
    let first = fields.title.as_ref().or(fields.given_name.as_ref());
    let parts = [first, Some(&fields.family_name)];
    let named: Vec<_> =
        parts.into_iter().flatten().map(|part| crate::text::neutral(part.as_str()).into_owned()).collect();
    named.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Cents;
    use jiff::civil::{date as day, time as clock};
    use rstest::rstest;

    #[rstest]
    #[case(0, "0,00\u{a0}€", "€0.00")]
    #[case(1_840, "18,40\u{a0}€", "€18.40")]
    #[case(-500, "-5,00\u{a0}€", "-€5.00")]
    #[case(123_456_789, "1\u{a0}234\u{a0}567,89\u{a0}€", "€1,234,567.89")]
    fn sums_are_written_as_the_language_writes_them(#[case] cents: i64, #[case] french: &str, #[case] english: &str) {
        let sum = Cents::new(cents).unwrap();
        assert_eq!((euros(Language::Fr, sum).as_str(), euros(Language::En, sum).as_str()), (french, english));
    }

    #[rstest]
    #[case(0, "0 min", "0:00")]
    #[case(72, "1 min", "1:12")]
    #[case(4_200, "70 min", "70:00")]
    #[case(7_200, "2 h", "2 h")]
    #[case(259_200, "3 j", "72 h")]
    fn ages_grow_coarser_as_they_grow(#[case] seconds: i64, #[case] as_age: &str, #[case] as_running: &str) {
        let lasted = SignedDuration::from_secs(seconds);
        assert_eq!((age(Language::Fr, lasted).as_str(), running(lasted).as_str()), (as_age, as_running));
    }

    #[test]
    fn a_french_number_is_written_in_pairs_and_a_foreign_one_with_its_country() {
        assert_eq!(phone(&PhoneNumber::parse("0536491234").unwrap()), "05 36 49 12 34");
        assert_eq!(phone(&PhoneNumber::parse("+3225550123").unwrap()), "+3225550123");
    }

    #[test]
    fn a_due_time_is_short_within_the_week_and_has_its_date_beyond() {
        let today = day(2026, 11, 24);
        let due = |date: Date| When::Due { at: date.to_datetime(clock(12, 0, 0, 0)) };
        assert_eq!(when(Language::Fr, &due(day(2026, 11, 27))), "ven. 27 nov. 12:00");
        assert_eq!(when(Language::En, &due(day(2026, 11, 27))), "Fri 27 Nov 12:00");
        assert_eq!(when_short(Language::Fr, &due(today), today), "12:00");
        assert_eq!(when_short(Language::Fr, &due(day(2026, 11, 27)), today), "ven. 12:00");
        assert_eq!(when_short(Language::Fr, &due(day(2026, 12, 4)), today), "04/12 12:00");
    }
}
