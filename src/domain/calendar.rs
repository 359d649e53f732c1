//! Working calendars: opening hours less public holidays, and how time is counted in them.

use super::{
    hours::{OpeningHours, Span, horizon, openings, passed},
    time::{Instant, Zone, deserialize_date},
};
use jiff::{SignedDuration, ToSpan, civil::Date};
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeSet;

/// Where a calendar's public holidays are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Region {
    /// France but for the two below; days of overseas departments are named one by one.
    #[default]
    France,
    /// Bas-Rhin, Haut-Rhin and Moselle, with two days more.
    AlsaceMoselle,
}

/// A public holiday of France: Code du travail, article L3133-1, and for Alsace-Moselle article L3134-13.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PublicHoliday {
    /// 1 January.
    NewYear,
    /// The Friday before Easter, in Alsace-Moselle.
    GoodFriday,
    /// The day after Easter.
    EasterMonday,
    /// 1 May.
    LabourDay,
    /// 8 May.
    Victory1945,
    /// The 39th day after Easter.
    Ascension,
    /// The 50th day after Easter.
    WhitMonday,
    /// 14 July.
    NationalDay,
    /// 15 August.
    Assumption,
    /// 1 November.
    AllSaints,
    /// 11 November.
    Armistice1918,
    /// 25 December.
    Christmas,
    /// 26 December, in Alsace-Moselle.
    SaintStephen,
}

impl PublicHoliday {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::NewYear,
        Self::GoodFriday,
        Self::EasterMonday,
        Self::LabourDay,
        Self::Victory1945,
        Self::Ascension,
        Self::WhitMonday,
        Self::NationalDay,
        Self::Assumption,
        Self::AllSaints,
        Self::Armistice1918,
        Self::Christmas,
        Self::SaintStephen,
    ];

    /// Its French name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NewYear => "Jour de l’an",
            Self::GoodFriday => "Vendredi saint",
            Self::EasterMonday => "Lundi de Pâques",
            Self::LabourDay => "Fête du travail",
            Self::Victory1945 => "Victoire 1945",
            Self::Ascension => "Ascension",
            Self::WhitMonday => "Lundi de Pentecôte",
            Self::NationalDay => "Fête nationale",
            Self::Assumption => "Assomption",
            Self::AllSaints => "Toussaint",
            Self::Armistice1918 => "Armistice 1918",
            Self::Christmas => "Noël",
            Self::SaintStephen => "Saint-Étienne",
        }
    }

    /// Whether it is kept in `region`.
    pub const fn is_kept_in(self, region: Region) -> bool {
        match self {
            Self::GoodFriday | Self::SaintStephen => matches!(region, Region::AlsaceMoselle),
            _ => true,
        }
    }

    /// Its day in `year`; `None` for years that the calendar does not have.
    pub fn date_in(self, year: i16) -> Option<Date> {
        let fixed = |month, day| Date::new(year, month, day).ok();
        let after_easter = |days: i32| easter(year)?.checked_add(days.days()).ok();
        match self {
            Self::NewYear => fixed(1, 1),
            Self::GoodFriday => after_easter(-2),
            Self::EasterMonday => after_easter(1),
            Self::LabourDay => fixed(5, 1),
            Self::Victory1945 => fixed(5, 8),
            Self::Ascension => after_easter(39),
            Self::WhitMonday => after_easter(50),
            Self::NationalDay => fixed(7, 14),
            Self::Assumption => fixed(8, 15),
            Self::AllSaints => fixed(11, 1),
            Self::Armistice1918 => fixed(11, 11),
            Self::Christmas => fixed(12, 25),
            Self::SaintStephen => fixed(12, 26),
        }
    }
}

/// Easter Sunday by the anonymous Gregorian computus (Nature, 20 April 1876; J. Meeus, Astronomical Algorithms, chapter 8), with its letters.
#[expect(clippy::many_single_char_names, reason = "the letters are those of the source")]
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let a = y.rem_euclid(19);
    let (b, c) = (y.div_euclid(100), y.rem_euclid(100));
    let (d, e) = (b.div_euclid(4), b.rem_euclid(4));
    let f = (b + 8).div_euclid(25);
    let g = (b - f + 1).div_euclid(3);
    let h = (19 * a + b - d - g + 15).rem_euclid(30);
    let (i, k) = (c.div_euclid(4), c.rem_euclid(4));
    let l = (32 + 2 * e + 2 * i - h - k).rem_euclid(7);
    let m = (a + 11 * h + 22 * l).div_euclid(451);
    let sum = h + l - 7 * m + 114;
    Date::new(year, i8::try_from(sum.div_euclid(31)).ok()?, i8::try_from(sum.rem_euclid(31) + 1).ok()?).ok()
}

/// The public holidays of `year` in `region`, in the order of their days. Two may fall on one day, as Ascension and 1 May did in 2008.
pub fn french_public_holidays(year: i16, region: Region) -> Vec<(Date, PublicHoliday)> {
    let mut days: Vec<_> = PublicHoliday::ALL
        .into_iter()
        .filter(|holiday| holiday.is_kept_in(region))
        .filter_map(|holiday| Some((holiday.date_in(year)?, holiday)))
        .collect();
    days.sort_unstable();
    days
}

/// When the house, or a site, works: its opening hours, without public holidays and the days it closes. Time limits are counted in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WorkingCalendar {
    /// Its week, and the dates on which it does not apply.
    pub hours: OpeningHours,
    /// Where its clocks stand.
    #[serde(default)]
    pub zone: Zone,
    /// Whose public holidays it keeps.
    #[serde(default)]
    pub region: Region,
    /// Days on which it is closed besides.
    #[serde(default, deserialize_with = "deserialize_dates")]
    #[cfg_attr(feature = "office", schema(value_type = Vec<Day>, inline))]
    pub closed: BTreeSet<Date>,
    /// Days on which its week applies in spite of a public holiday or of being closed.
    #[serde(default, deserialize_with = "deserialize_dates")]
    #[cfg_attr(feature = "office", schema(value_type = Vec<Day>, inline))]
    pub opened: BTreeSet<Date>,
}

/// A day in its one form.
#[derive(Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "office", schema(value_type = String, format = Date, example = "2026-12-24"))]
struct Day(#[serde(deserialize_with = "deserialize_date")] Date);

/// For `deserialize_with`: a set of days, each in its one form.
pub(super) fn deserialize_dates<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeSet<Date>, D::Error> {
    Ok(Vec::<Day>::deserialize(deserializer)?.into_iter().map(|day| day.0).collect())
}

impl WorkingCalendar {
    /// The spans of `date`, in order; none if nobody works.
    pub fn span_on(&self, date: Date) -> &[Span] {
        if self.opened.contains(&date) {
            self.hours.weekly.spans(date.weekday())
        } else if self.closed.contains(&date) || self.is_public_holiday(date) {
            &[]
        } else {
            self.hours.span_on(date)
        }
    }

    /// Whether somebody works on `date`.
    pub fn is_working_day(&self, date: Date) -> bool {
        !self.span_on(date).is_empty()
    }

    /// Whether it is open at `at`.
    pub fn is_open(&self, at: Instant) -> bool {
        openings(|date| self.span_on(date), &self.zone, at, at).any(|opening| opening.contains(at))
    }

    /// The instant at which `open_time` of opening time has passed since `start`: at most two years on, else `None`. Nothing, or less, takes no time.
    pub fn add_open(&self, start: Instant, open_time: SignedDuration) -> Option<Instant> {
        if !open_time.is_positive() {
            return Some(start);
        }
        passed(openings(|date| self.span_on(date), &self.zone, start, horizon(start)), start, open_time)
    }

    /// The opening time that passes from `from` until `to`; none if `to` is not later.
    pub fn open_between(&self, from: Instant, to: Instant) -> SignedDuration {
        openings(|date| self.span_on(date), &self.zone, from, to)
            .map(|opening| opening.end.min(to).since(opening.start.max(from)))
            .filter(SignedDuration::is_positive)
            .fold(SignedDuration::ZERO, SignedDuration::saturating_add)
    }

    /// The same time of day as `start` on the `days`th working day after its own: at most two years on, else `None`.
    pub fn add_working_days(&self, start: Instant, days: u16) -> Option<Instant> {
        let Some(after) = days.checked_sub(1) else {
            return Some(start);
        };
        let at = start.civil(&self.zone);
        let mut working = at.date().series(1.day()).skip(1).take(731).filter(|date| self.is_working_day(*date));
        working.nth(after.into()).map(|date| self.zone.instant(date.to_datetime(at.time())))
    }

    /// The first moment of the `days`th working day before `date`: at most two years back, else `None`.
    pub fn working_days_before(&self, date: Date, days: u16) -> Option<Instant> {
        let before = days.checked_sub(1)?;
        let mut working = date.series(-1.day()).skip(1).take(731).filter(|date| self.is_working_day(*date));
        working.nth(before.into()).map(|date| self.zone.first_instant(date.at(0, 0, 0, 0)))
    }

    fn is_public_holiday(&self, date: Date) -> bool {
        PublicHoliday::ALL
            .into_iter()
            .any(|holiday| holiday.is_kept_in(self.region) && holiday.date_in(date.year()) == Some(date))
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::domain::hours::Weekly;
    use jiff::civil::date;
    use proptest::prelude::*;
    use rstest::rstest;

    pub(in crate::domain) fn calendar(hours: &str) -> WorkingCalendar {
        WorkingCalendar { hours: hours.parse::<Weekly>().unwrap().into(), ..WorkingCalendar::default() }
    }

    pub(in crate::domain) fn instant(text: &str) -> Instant {
        text.parse().unwrap()
    }

    #[test]
    fn working_days_are_counted_back_over_week_ends_and_holidays() {
        let house = calendar("lun-ven 08:00-18:00");
        // A Monday: the Friday and the Thursday before it.
        assert_eq!(house.working_days_before(date(2026, 11, 30), 2), Some(instant("2026-11-25T23:00:00Z")));
        // The first of May is a Friday.
        assert_eq!(house.working_days_before(date(2026, 5, 4), 1), Some(instant("2026-04-29T22:00:00Z")));
        assert_eq!(house.working_days_before(date(2026, 5, 4), 0), None);
    }

    /// Calendars of all shapes, but none that never opens.
    pub(in crate::domain) fn calendars() -> impl Strategy<Value = WorkingCalendar> {
        let hours = [
            "lun-ven 08:00-12:00,14:00-18:00",
            "24/7",
            "dim 01:30-04:00",
            "lun-sam 00:00-02:15,02:45-24:00",
            "mar 09:00-09:01",
        ];
        let zones = ["Europe/Paris", "UTC", "America/Havana", "Australia/Lord_Howe"];
        (prop::sample::select(hours.to_vec()), prop::sample::select(zones.to_vec()), any::<bool>()).prop_map(
            |(hours, zone, east)| {
                let region = if east { Region::AlsaceMoselle } else { Region::France };
                WorkingCalendar { zone: zone.parse().unwrap(), region, ..calendar(hours) }
            },
        )
    }

    /// Instants of 2026, to the microsecond.
    pub(in crate::domain) fn instants() -> impl Strategy<Value = Instant> {
        let year = instant("2026-01-01T00:00:00Z").as_micros()..instant("2027-01-01T00:00:00Z").as_micros();
        year.prop_map(|micros| Instant::from_micros(micros).unwrap())
    }

    fn durations(hours: i64) -> impl Strategy<Value = SignedDuration> {
        (1..hours * 3_600_000_000).prop_map(SignedDuration::from_micros)
    }

    #[test]
    fn the_year_2026_has_its_eleven_holidays() {
        let days = french_public_holidays(2026, Region::France);
        let expected =
            [(1, 1), (4, 6), (5, 1), (5, 8), (5, 14), (5, 25), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)];
        assert_eq!(
            days.iter().map(|(date, _)| *date).collect::<Vec<_>>(),
            expected.map(|(month, day)| date(2026, month, day))
        );
        assert_eq!(days[1].1.name(), "Lundi de Pâques");
    }

    #[test]
    fn alsace_and_moselle_keep_two_days_more() {
        let days = french_public_holidays(2026, Region::AlsaceMoselle);
        assert_eq!(days.len(), 13);
        assert!(days.contains(&(date(2026, 4, 3), PublicHoliday::GoodFriday)));
        assert!(days.contains(&(date(2026, 12, 26), PublicHoliday::SaintStephen)));
    }

    #[rstest]
    // The earliest and latest days possible, and known years.
    #[case(date(1818, 3, 22))]
    #[case(date(1943, 4, 25))]
    #[case(date(2000, 4, 23))]
    #[case(date(2008, 3, 23))]
    #[case(date(2024, 3, 31))]
    #[case(date(2025, 4, 20))]
    #[case(date(2026, 4, 5))]
    #[case(date(2038, 4, 25))]
    fn easter_falls_where_it_is_known_to(#[case] day: Date) {
        assert_eq!(easter(day.year()), Some(day));
    }

    #[rstest]
    #[case::working_time("2026-05-07T08:00:00Z", true)]
    #[case::holiday("2026-05-08T08:00:00Z", false)]
    #[case::opened_holiday("2026-05-25T08:00:00Z", true)]
    #[case::closed_day("2026-12-24T09:00:00Z", false)]
    #[case::sunday("2026-05-10T08:00:00Z", false)]
    fn nobody_works_on_holidays_and_closed_days_unless_they_are_opened(#[case] at: &str, #[case] open: bool) {
        let mut calendar = calendar("lun-ven 08:00-18:00");
        calendar.closed.insert(date(2026, 12, 24));
        calendar.opened.insert(date(2026, 5, 25));
        calendar.opened.insert(date(2026, 5, 10));
        assert_eq!(calendar.is_open(instant(at)), open);
    }

    #[rstest]
    #[case::within_a_span("2026-01-05T08:00:00Z", 30, "2026-01-05T08:30:00Z")]
    #[case::over_noon("2026-01-05T10:45:00Z", 30, "2026-01-05T13:15:00Z")]
    #[case::until_closing("2026-01-05T10:30:00Z", 30, "2026-01-05T11:00:00Z")]
    #[case::over_the_week_end("2026-01-09T16:50:00Z", 30, "2026-01-12T07:20:00Z")]
    #[case::from_the_night("2026-01-05T01:00:00Z", 30, "2026-01-05T07:30:00Z")]
    #[case::over_a_holiday("2026-04-30T15:50:00Z", 30, "2026-05-04T06:20:00Z")]
    fn time_limits_run_in_opening_hours(#[case] start: &str, #[case] minutes: i64, #[case] end: &str) {
        let calendar = calendar("lun-ven 08:00-12:00,14:00-18:00");
        assert_eq!(calendar.add_open(instant(start), SignedDuration::from_mins(minutes)), Some(instant(end)));
    }

    #[rstest]
    #[case::next_day("2026-01-05T08:00:00Z", 1, "2026-01-06T08:00:00Z")]
    #[case::over_the_week_end("2026-01-09T08:00:00Z", 1, "2026-01-12T08:00:00Z")]
    #[case::over_a_holiday("2026-05-07T08:00:00Z", 2, "2026-05-12T08:00:00Z")]
    #[case::same_time_by_the_clock("2026-03-27T08:00:00Z", 1, "2026-03-30T07:00:00Z")]
    #[case::none("2026-01-10T08:00:00Z", 0, "2026-01-10T08:00:00Z")]
    fn working_days_keep_the_time_of_day(#[case] start: &str, #[case] days: u16, #[case] end: &str) {
        assert_eq!(calendar("lun-ven 08:00-18:00").add_working_days(instant(start), days), Some(instant(end)));
    }

    #[test]
    fn a_calendar_that_never_opens_gives_no_answer() {
        let never = calendar("fermé");
        let at = instant("2026-01-05T08:00:00Z");
        assert_eq!(never.add_open(at, SignedDuration::from_secs(1)), None);
        assert_eq!(never.add_working_days(at, 1), None);
        assert_eq!(calendar("24/7").add_open(Instant::MAX, SignedDuration::from_secs(1)), None);
        assert_eq!(calendar("24/7").add_working_days(at, u16::MAX), None);
    }

    #[test]
    fn a_calendar_is_written_as_it_is_read() {
        let text = r#"{"hours":{"weekly":"24/7","closed":[]},"zone":"Europe/Paris","region":"alsace_moselle","closed":["2026-12-24"],"opened":[]}"#;
        let read: WorkingCalendar = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap(), text);
        assert!(serde_json::from_str::<WorkingCalendar>(&text.replace("2026-12-24", "20261224")).is_err());
    }

    proptest! {
        #[test]
        fn what_is_added_is_what_lies_between(calendar in calendars(), start in instants(), open_time in durations(40)) {
            if let Some(end) = calendar.add_open(start, open_time) {
                prop_assert_eq!(calendar.open_between(start, end), open_time);
                prop_assert!(end > start);
            }
        }

        #[test]
        fn a_longer_limit_ends_later(calendar in calendars(), start in instants(), a in durations(20), b in durations(20)) {
            if let (Some(first), Some(second)) = (calendar.add_open(start, a), calendar.add_open(start, b)) {
                prop_assert_eq!(first.cmp(&second), a.cmp(&b));
            }
        }

        #[test]
        fn a_later_start_ends_no_earlier(calendar in calendars(), a in instants(), b in instants(), open_time in durations(20)) {
            let (early, late) = (a.min(b), a.max(b));
            if let (Some(first), Some(second)) = (calendar.add_open(early, open_time), calendar.add_open(late, open_time)) {
                prop_assert!(first <= second);
            }
        }

        #[test]
        fn opening_time_adds_up(calendar in calendars(), a in instants(), b in instants(), c in instants()) {
            let mut at = [a, b, c];
            at.sort_unstable();
            let [a, b, c] = at;
            prop_assert_eq!(calendar.open_between(a, b) + calendar.open_between(b, c), calendar.open_between(a, c));
            prop_assert_eq!(calendar.open_between(c, a), SignedDuration::ZERO);
        }
    }
}
