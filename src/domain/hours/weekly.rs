//! A week's opening hours and the text they are written in.

use crate::text::fold;
use jiff::civil::Weekday;
use serde::{Deserialize, Serialize, Serializer};
use std::{fmt, str::FromStr};
use thiserror::Error;

/// Why opening hours were not taken: the part that is wrong, and what to write.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum HoursError {
    /// A word that is no day.
    #[error(
        "“{0}” is no day: write lun, mar, mer, jeu, ven, sam, dim or mon, tue, wed, thu, fri, sat, sun, or a range such as lun-ven"
    )]
    Day(String),
    /// Days without hours.
    #[error("“{0}” has no hours: write the days, then the hours, as in lun-ven 08:00-18:00")]
    NoSpan(String),
    /// Something that is no from–to.
    #[error("“{0}” is no span of hours: write it as 08:00-18:00, between 00:00 and 24:00")]
    Span(String),
    /// A span that ends before it starts, or at once.
    #[error("“{0}” ends before it starts: past midnight write two spans, as in ven 22:00-24:00; sam 00:00-02:00")]
    Order(String),
    /// Two spans of one day that cover the same time.
    #[error("{0} overlap on one day: write spans that follow each other, as in 08:00-12:00,14:00-18:00")]
    Overlap(String),
    /// Nothing at all.
    #[error("the hours are empty: write them as in lun-ven 08:00-18:00; sam 09:00-12:00, or fermé, or 24/7")]
    Empty,
}

/// What is repeated of a wrong text: enough to find it, no control characters.
fn quoted(text: &str) -> String {
    text.trim().chars().filter(|c| !c.is_control()).take(40).collect()
}

/// A part of a day during which a place is open, in minutes since midnight by the clock: from–to, up to 24:00.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    pub(super) from: u16,
    pub(super) to: u16,
}

impl Span {
    /// Minutes a day has by the clock.
    pub(super) const DAY: u16 = 24 * 60;

    /// Minutes since midnight at which it opens.
    pub fn from(self) -> u16 {
        self.from
    }

    /// Minutes since midnight at which it closes, up to 1,440.
    pub fn to(self) -> u16 {
        self.to
    }
}

impl FromStr for Span {
    type Err = HoursError;

    fn from_str(text: &str) -> Result<Self, HoursError> {
        let wrong = || HoursError::Span(quoted(text));
        let (from, to) = text.split_once(['-', '–']).ok_or_else(wrong)?;
        let (from, to) = (minutes(from).ok_or_else(wrong)?, minutes(to).ok_or_else(wrong)?);
        if from < to { Ok(Self { from, to }) } else { Err(HoursError::Order(quoted(text))) }
    }
}

/// Minutes since midnight from `08:30`, `8:30`, `8h30`, `8h` or `8`, up to 24:00.
fn minutes(text: &str) -> Option<u16> {
    let text = text.trim();
    let (hours, minutes) = match text.split_once(['h', 'H', ':']) {
        Some((hours, "")) if !text.ends_with(':') => (hours, "00"),
        Some(parts) => parts,
        None => (text, "00"),
    };
    let number = |digits: &str, longest: usize| -> Option<u16> {
        let fits = (1..=longest).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        fits.then(|| digits.parse().ok()).flatten()
    };
    let (hours, minutes) = (number(hours, 2)?, number(minutes, 2).filter(|_| minutes.len() == 2)?);
    let sum = hours * 60 + minutes;
    (minutes < 60 && sum <= Span::DAY).then_some(sum)
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}-{:02}:{:02}", self.from / 60, self.from % 60, self.to / 60, self.to % 60)
    }
}

/// The days of a week, Monday first, by their French and English names.
const DAYS: [(Weekday, &str, &str); 7] = [
    (Weekday::Monday, "lundi", "monday"),
    (Weekday::Tuesday, "mardi", "tuesday"),
    (Weekday::Wednesday, "mercredi", "wednesday"),
    (Weekday::Thursday, "jeudi", "thursday"),
    (Weekday::Friday, "vendredi", "friday"),
    (Weekday::Saturday, "samedi", "saturday"),
    (Weekday::Sunday, "dimanche", "sunday"),
];

/// The day that `text` names in French or English, by three letters or more.
fn weekday(text: &str) -> Result<Weekday, HoursError> {
    let name = fold(text);
    DAYS.into_iter()
        .find(|(_, french, english)| name.len() >= 3 && (french.starts_with(&name) || english.starts_with(&name)))
        .map(|(day, ..)| day)
        .ok_or_else(|| HoursError::Day(quoted(text)))
}

/// The days from `first` through `last`, over the end of the week if need be.
fn weekdays(first: Weekday, last: Weekday) -> impl Iterator<Item = Weekday> {
    let days = usize::try_from(first.until(last)).unwrap_or_default() + 1;
    first.cycle_forward().take(days)
}

/// Days with their hours: a word that follows hours begins the next of them, as in `lun-ven 8-12, sam 9-12`.
fn groups(text: &str) -> Vec<&str> {
    let mut groups = Vec::new();
    let (mut start, mut in_hours, mut before) = (0, false, ' ');
    for (place, c) in text.char_indices() {
        if c.is_ascii_digit() {
            in_hours = true;
        } else if in_hours && c.is_alphabetic() && !before.is_alphanumeric() {
            groups.extend(text.get(start..place).map(|group| group.trim_end_matches([' ', ','])));
            (start, in_hours) = (place, false);
        }
        before = c;
    }
    groups.extend(text.get(start..));
    groups
}

/// Spans of hours one after the other, divided by commas or spaces; a span may have spaces around its stroke.
fn spans(hours: &str) -> Vec<String> {
    let joined = hours.split(['-', '–']).map(str::trim).collect::<Vec<_>>().join("-");
    joined.split([',', ' ']).filter(|span| !span.is_empty()).map(str::to_owned).collect()
}

/// A week's opening hours.
///
/// Written as `lun-ven 08:00-12:00,14:00-18:00; sam 09:00-12:00`, with `fermé` for never and `24/7` for always; read in French and English
/// (`mon-fri 08:00-18:00`, `closed`), and as people type it (`lun-ven 8:30-12 14-18, sam 9-12`). The spans of a day follow each other without overlapping; spans that touch are one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "office", schema(value_type = String, min_length = 1, example = "lun-ven 08:00-12:00,14:00-18:00; sam 09:00-12:00"))]
#[serde(try_from = "String")]
pub struct Weekly([Vec<Span>; 7]);

impl Weekly {
    /// Whether it is never open.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(Vec::is_empty)
    }

    /// The spans of one day of the week, in order.
    pub fn spans(&self, day: Weekday) -> &[Span] {
        usize::try_from(day.to_monday_zero_offset()).ok().and_then(|place| self.0.get(place)).map_or(&[], Vec::as_slice)
    }

    fn add(&mut self, day: Weekday, spans: &[Span]) {
        if let Some(held) = usize::try_from(day.to_monday_zero_offset()).ok().and_then(|place| self.0.get_mut(place)) {
            held.extend(spans);
        }
    }

    /// Reads `lun-ven 08:00-12:00,14:00-18:00`.
    fn add_part(&mut self, part: &str) -> Result<(), HoursError> {
        let split = part.find(|c: char| c.is_ascii_digit()).ok_or_else(|| HoursError::NoSpan(quoted(part)))?;
        let (days, hours) = part.split_at(split);
        let spans: Vec<Span> = spans(hours).iter().map(|span| span.parse()).collect::<Result<_, _>>()?;
        for days in days.trim().trim_end_matches([',', ':']).split(',') {
            let (first, last) = days.split_once(['-', '–']).unwrap_or((days, days));
            for day in weekdays(weekday(first)?, weekday(last)?) {
                self.add(day, &spans);
            }
        }
        Ok(())
    }

    /// Puts each day in order and joins spans that touch.
    fn settle(&mut self) -> Result<(), HoursError> {
        for day in &mut self.0 {
            day.sort_unstable();
            let mut settled: Vec<Span> = Vec::with_capacity(day.len());
            for span in day.drain(..) {
                match settled.last_mut() {
                    Some(last) if span.from < last.to => {
                        return Err(HoursError::Overlap(format!("{last} and {span}")));
                    }
                    Some(last) if span.from == last.to => last.to = span.to,
                    _ => settled.push(span),
                }
            }
            *day = settled;
        }
        Ok(())
    }
}

impl FromStr for Weekly {
    type Err = HoursError;

    fn from_str(text: &str) -> Result<Self, HoursError> {
        let mut weekly = Self::default();
        match fold(text).as_str() {
            "" => return Err(HoursError::Empty),
            "ferme" | "closed" => return Ok(weekly),
            _ => {}
        }
        if text.trim() == "24/7" {
            let day = Span { from: 0, to: Span::DAY };
            return Ok(Self([(); 7].map(|()| vec![day])));
        }
        for part in text.split(';').flat_map(groups).filter(|part| !part.trim().is_empty()) {
            weekly.add_part(part)?;
        }
        weekly.settle()?;
        Ok(weekly)
    }
}

impl TryFrom<String> for Weekly {
    type Error = HoursError;

    fn try_from(text: String) -> Result<Self, HoursError> {
        text.parse()
    }
}

/// The language of the days' names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayNames {
    /// As it is stored: lun, mar…
    French,
    /// mon, tue…
    English,
}

impl Weekly {
    /// The week as people read it, days in this language; what is written is read back.
    pub fn written(&self, names: DayNames) -> String {
        if self.0.iter().all(|day| *day == [Span { from: 0, to: Span::DAY }]) {
            return "24/7".to_owned();
        }
        let name = |(_, french, english): &(Weekday, &'static str, &'static str)| {
            let whole = if names == DayNames::French { *french } else { *english };
            whole.get(..3).unwrap_or(whole)
        };
        let week: Vec<(&str, &[Span])> = DAYS.iter().map(|day| (name(day), self.spans(day.0))).collect();
        let mut parts = Vec::new();
        for run in week.chunk_by(|a, b| a.1 == b.1) {
            let (Some((first, spans)), Some((last, _))) = (run.first(), run.last()) else { continue };
            if spans.is_empty() {
                continue;
            }
            let days = if first == last { (*first).to_owned() } else { format!("{first}-{last}") };
            let spans: Vec<String> = spans.iter().map(Span::to_string).collect();
            parts.push(format!("{days} {}", spans.join(",")));
        }
        match (parts.is_empty(), names) {
            (false, _) => parts.join("; "),
            (true, DayNames::French) => "fermé".to_owned(),
            (true, DayNames::English) => "closed".to_owned(),
        }
    }
}

impl fmt::Display for Weekly {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written(DayNames::French))
    }
}

impl Serialize for Weekly {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    fn weekly(text: &str) -> Result<Weekly, HoursError> {
        text.parse()
    }

    #[rstest]
    #[case("lun-ven 08:00-18:00; sam 09:00-12:00", "lun-ven 08:00-18:00; sam 09:00-12:00")]
    #[case("mon-fri 08:00-18:00", "lun-ven 08:00-18:00")]
    #[case("Lundi, Mercredi 8h-12h30 ; JEUDI 14:00–18:00;", "lun 08:00-12:30; mer 08:00-12:30; jeu 14:00-18:00")]
    #[case("lun-mar 14:00-18:00, 08:00-12:00", "lun-mar 08:00-12:00,14:00-18:00")]
    #[case("lun 08:00-12:00; lun 14:00-18:00", "lun 08:00-12:00,14:00-18:00")]
    #[case("lun 08:00-12:00,12:00-14:00", "lun 08:00-14:00")]
    #[case("ven-lun 22:00-24:00", "lun 22:00-24:00; ven-dim 22:00-24:00")]
    #[case("sunday 10:00-12:00", "dim 10:00-12:00")]
    #[case("lun-ven 8:30-12:00 14:00-18:00, sam 9-12", "lun-ven 08:30-12:00,14:00-18:00; sam 09:00-12:00")]
    #[case("lun-ven: 8 - 12, 14h - 18H30 sam, dim 9-12", "lun-ven 08:00-12:00,14:00-18:30; sam-dim 09:00-12:00")]
    #[case("lun 8-12", "lun 08:00-12:00")]
    #[case("24/7", "24/7")]
    #[case("lun-dim 00:00-24:00", "24/7")]
    #[case("fermé", "fermé")]
    #[case("FERME", "fermé")]
    #[case("closed", "fermé")]
    fn a_week_is_read_in_two_languages_and_written_in_one(#[case] text: &str, #[case] written: &str) {
        let read = weekly(text).unwrap();
        assert_eq!(read.to_string(), written);
        assert_eq!(weekly(written), Ok(read));
    }

    #[rstest]
    #[case("", HoursError::Empty)]
    #[case(" ; ", HoursError::Empty)]
    #[case("lun-ven 08:00-18:00; mardy 09:00-12:00", HoursError::Day("mardy".into()))]
    #[case("lu 08:00-18:00", HoursError::Day("lu".into()))]
    #[case("08:00-18:00", HoursError::Day(String::new()))]
    #[case("lun-ven", HoursError::NoSpan("lun-ven".into()))]
    #[case("lun 08:00", HoursError::Span("08:00".into()))]
    #[case("lun 8-12 et 14-18", HoursError::Day("et".into()))]
    #[case("lun 8:-12", HoursError::Span("8:-12".into()))]
    #[case("lun 08:00-24:01", HoursError::Span("08:00-24:01".into()))]
    #[case("lun 08:60-12:00", HoursError::Span("08:60-12:00".into()))]
    #[case("lun 22:00-02:00", HoursError::Order("22:00-02:00".into()))]
    #[case("lun 08:00-08:00", HoursError::Order("08:00-08:00".into()))]
    #[case("lun 08:00-12:00,11:00-13:00", HoursError::Overlap("08:00-12:00 and 11:00-13:00".into()))]
    fn a_refusal_names_the_part_that_is_wrong(#[case] text: &str, #[case] refusal: HoursError) {
        assert_eq!(weekly(text), Err(refusal));
    }

    #[test]
    fn a_refusal_says_what_to_write() {
        let refusal = serde_json::from_str::<Weekly>("\"lun 22:00-02:00\"").unwrap_err();
        assert!(refusal.to_string().contains("“22:00-02:00” ends before it starts: past midnight write two spans"));
    }

    proptest! {
        #[test]
        fn any_week_is_read_as_it_is_written(edges in prop::collection::vec(prop::collection::btree_set(0..=1440_u16, 0..6), 7)) {
            let mut week = Weekly::default();
            for (day, edges) in week.0.iter_mut().zip(edges) {
                let edges: Vec<u16> = edges.into_iter().collect();
                *day = edges.chunks_exact(2).map(|pair| Span { from: pair[0], to: pair[1] }).collect();
            }
            prop_assert_eq!(weekly(&week.written(DayNames::English)), Ok(week.clone()));
            prop_assert_eq!(weekly(&week.to_string()), Ok(week));
        }

        #[test]
        fn no_text_makes_reading_fall_over(text in any::<String>(), shaped in "[a-z]{0,4}[-,]?[a-zé]{0,4} [0-9:h,;–-]{0,20}") {
            let _ = (weekly(&text), weekly(&shaped));
        }
    }
}
