//! Days from–to with a reason, as they are typed: « 24/12/2026 au 02/01/2027 · congés ».

use crate::{
    domain::{operator::Language, provider::Suspension, texts::ShortText, time::parse_date},
    i18n::say,
    text::fold,
};
use jiff::civil::Date;

/// A day as it is written: 24/12/2026.
pub fn day(date: Date) -> String {
    format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year())
}

/// Days and their reason in words.
pub fn written(language: Language, suspension: &Suspension) -> String {
    let parts = [("from", day(suspension.from)), ("to", suspension.to.map(day).unwrap_or_default())];
    let days = match suspension.to {
        None => say(language, "register-days-on", &parts),
        Some(to) if to == suspension.from => day(to),
        Some(_) => say(language, "register-days-through", &parts),
    };
    format!("{days} · {}", suspension.reason)
}

/// Reads days and their reason: `24/12-02/01 congés`, `24/12 inventaire`, `dès le 24/12 qualité`. A day without a year is the next of its name,
/// or one of the last three months.
pub fn read(text: &str, today: Date) -> Option<Suspension> {
    let text = text.trim();
    let opens = |word: &str| matches!(fold(word).as_str(), "des" | "depuis" | "from" | "since" | "a partir");
    let mut rest = text;
    let mut is_open = false;
    while let Some((word, after)) =
        rest.split_once(' ').filter(|(word, _)| !word.starts_with(|c: char| c.is_ascii_digit()))
    {
        is_open |= opens(word);
        if !opens(word) && !matches!(fold(word).as_str(), "le" | "du" | "the" | "on") {
            return None;
        }
        rest = after.trim_start();
    }
    let near = today.checked_sub(jiff::ToSpan::days(92)).unwrap_or(today);
    let (from, rest) = date(rest, near)?;
    let between = rest.trim_start();
    let gone_on = ["-", "–", "→", "au ", "to ", "jusqu'au ", "until ", "through "].iter().find_map(|word| {
        between.get(..word.len()).filter(|begin| begin.eq_ignore_ascii_case(word)).and(between.get(word.len()..))
    });
    let (to, rest) = match gone_on {
        Some(after) => match date(after.trim_start(), from) {
            Some((to, rest)) => (Some(to), rest),
            // `24/12- qualité`: until further notice.
            None => (None, after),
        },
        None if is_open => (None, rest),
        None => (Some(from), rest),
    };
    let reason: ShortText = rest.trim_start_matches([' ', '·', ':', ',', '(']).trim_end_matches(')').parse().ok()?;
    if to.is_some_and(|to| to < from) {
        return None;
    }
    Some(Suspension { from, to, reason })
}

/// A day alone, with nothing behind it.
pub fn alone(text: &str, today: Date) -> Option<Date> {
    date(text.trim(), today).filter(|(_, rest)| rest.is_empty()).map(|(date, _)| date)
}

/// Reads a day at the start of a text; what follows it.
fn date(text: &str, not_before: Date) -> Option<(Date, &str)> {
    if let Some(iso) = text.get(..10).and_then(|iso| parse_date(iso).ok()) {
        return Some((iso, text.get(10..)?));
    }
    let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, '/' | '.')).unwrap_or(text.len());
    let (written, rest) = text.split_at_checked(end)?;
    let written = written.trim_end_matches('.');
    let mut parts = written.split(['/', '.']).map(str::parse::<i16>);
    let (day, month) = (i8::try_from(parts.next()?.ok()?).ok()?, i8::try_from(parts.next()?.ok()?).ok()?);
    let date = if let Some(year) = parts.next() {
        let year = year.ok()?;
        Date::new(if year < 100 { 2000 + year } else { year }, month, day).ok()?
    } else {
        let this = Date::new(not_before.year(), month, day).ok().filter(|date| *date >= not_before);
        this.or_else(|| Date::new(not_before.year().checked_add(1)?, month, day).ok())?
    };
    parts.next().is_none().then_some((date, rest))
}
