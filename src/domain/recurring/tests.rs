//! Which dates are made, and that each is made once whatever happens to its order.

use super::*;
use crate::domain::{
    calendar::WorkingCalendar,
    hours::Weekly,
    moves::walk::{at, faults, id, text},
    recurrence::{OnHoliday, Rhythm, WeekDay},
};
use jiff::civil::{Weekday, date, time};
use proptest::prelude::*;
use std::num::NonZeroU8;

const NOON: TimeOfDay = TimeOfDay::Due { at: time(12, 0, 0, 0) };

fn weekly(days: &[Weekday], from: Date) -> Recurrence {
    let rhythm = Rhythm::Weekly { every: NonZeroU8::MIN, days: days.iter().copied().map(WeekDay).collect() };
    Recurrence { rhythm, from, until: None, times: None, except: BTreeSet::new(), holidays: OnHoliday::LeftOut }
}

fn order(recurrence: Recurrence, time: TimeOfDay) -> RecurringOrder {
    let fields = RecurringOrderFields {
        requester: Requester::Person { id: id(1) },
        service_id: id(2),
        site_id: id(3),
        payer: Payer::Person,
        time,
        quantity: Quantity::default(),
        detail: None,
        handover: None,
        urgency: Urgency::Normal,
        recurrence,
        contact_id: None,
    };
    RecurringOrder::create(id(9), fields, at(0), None).unwrap()
}

/// Bread on Tuesdays and Fridays at noon.
fn bread(from: Date) -> RecurringOrder {
    order(weekly(&[Weekday::Tuesday, Weekday::Friday], from), NOON)
}

fn house() -> WorkingCalendar {
    WorkingCalendar { hours: "lun-ven 08:00-18:00".parse::<Weekly>().unwrap().into(), ..WorkingCalendar::default() }
}

fn moment(text: &str) -> Instant {
    text.parse().unwrap()
}

/// What is due in the house of these tests.
fn due(order: &RecurringOrder, now: &str, ahead_days: u16, made: &[Date]) -> Vec<Date> {
    let (house, made) = (house(), made.iter().copied().collect());
    order.due(moment(now), &Zone::default(), ahead_days, &made, |date| house.is_working_day(date))
}

#[test]
fn the_table_has_no_faults() {
    assert_eq!(faults(&RECURRING_ORDER), Vec::<String>::new());
}

#[test]
fn dates_are_made_a_week_ahead_and_none_twice() {
    let bread = bread(date(2026, 12, 1));
    let monday = "2026-11-30T09:00:00+01:00";
    assert_eq!(due(&bread, monday, 7, &[]), [date(2026, 12, 1), date(2026, 12, 4)]);
    assert_eq!(due(&bread, monday, 7, &[date(2026, 12, 1), date(2026, 12, 4)]), []);
    let tuesday = "2026-12-01T09:00:00+01:00";
    assert_eq!(due(&bread, tuesday, 7, &[date(2026, 12, 1), date(2026, 12, 4)]), [date(2026, 12, 8)]);
}

#[test]
fn today_is_made_until_its_hour_has_passed() {
    let bread = bread(date(2026, 12, 1));
    assert_eq!(due(&bread, "2026-12-01T11:59:59+01:00", 0, &[]), [date(2026, 12, 1)]);
    assert_eq!(due(&bread, "2026-12-01T12:00:00+01:00", 0, &[]), []);
}

#[test]
fn french_public_holidays_are_left_out_unless_they_are_kept() {
    let mut bread = bread(date(2026, 12, 22));
    let wednesday = "2026-12-16T09:00:00+01:00";
    let left_out = [date(2026, 12, 22), date(2026, 12, 29)];
    assert_eq!(due(&bread, wednesday, 14, &[]), left_out, "Christmas is a Friday");
    bread.fields.recurrence.holidays = OnHoliday::Kept;
    assert_eq!(due(&bread, wednesday, 14, &[]), [date(2026, 12, 22), date(2026, 12, 25), date(2026, 12, 29)]);
}

#[test]
fn a_number_of_times_counts_what_is_made_and_not_what_is_left_out() {
    let mut bread = bread(date(2026, 12, 22));
    bread.fields.recurrence.times = Some(3);
    let wednesday = "2026-12-16T09:00:00+01:00";
    // Christmas is left out, so the third one comes on New Year's Eve's week; New Year is a Friday.
    assert_eq!(due(&bread, wednesday, 30, &[]), [date(2026, 12, 22), date(2026, 12, 29), date(2027, 1, 5)]);
    bread.made = 2;
    assert_eq!(due(&bread, wednesday, 30, &[date(2026, 12, 22), date(2026, 12, 29)]), [date(2027, 1, 5)]);
    bread.made = 3;
    assert_eq!(due(&bread, wednesday, 30, &[]), []);
    assert!(!bread.is_over(date(2027, 1, 5), Some(date(2027, 1, 5))));
    assert!(bread.is_over(date(2027, 1, 6), Some(date(2027, 1, 5))));
}

#[test]
fn the_last_day_is_one_of_them_and_it_is_over_the_day_after() {
    let mut bread = bread(date(2026, 12, 1));
    bread.fields.recurrence.until = Some(date(2026, 12, 4));
    assert_eq!(due(&bread, "2026-11-30T09:00:00+01:00", 30, &[]), [date(2026, 12, 1), date(2026, 12, 4)]);
    assert!(!bread.is_over(date(2026, 12, 4), None) && bread.is_over(date(2026, 12, 5), None));
}

#[test]
fn a_change_of_clocks_does_not_shift_the_hour() {
    let zone = Zone::default();
    let sundays = |time| {
        let mut weekly = weekly(&[Weekday::Sunday], date(2026, 3, 22));
        weekly.holidays = OnHoliday::Kept;
        order(weekly, time)
    };
    let noon = sundays(NOON);
    let days = due(&noon, "2026-03-20T09:00:00+01:00", 14, &[]);
    assert_eq!(days, [date(2026, 3, 22), date(2026, 3, 29)]);
    let ends: Vec<Instant> = days.iter().map(|day| NOON.on(*day).unwrap().end(&zone)).collect();
    // Noon is noon: an hour less lies between them than a week has.
    assert_eq!(ends[1].since(ends[0]), jiff::SignedDuration::from_hours(7 * 24 - 1));
    assert_eq!(ends[1].civil(&zone).time(), time(12, 0, 0, 0));
    // An hour that clocks skip that night is neither missed nor made twice.
    let night = sundays(TimeOfDay::Due { at: time(2, 30, 0, 0) });
    assert_eq!(due(&night, "2026-03-29T01:59:59+01:00", 0, &[]), [date(2026, 3, 29)]);
    assert_eq!(due(&night, "2026-03-29T03:30:00+02:00", 0, &[]), []);
    // In October it is shown twice: the first is meant.
    assert_eq!(due(&night, "2026-10-25T02:29:59+02:00", 0, &[]), [date(2026, 10, 25)]);
    assert_eq!(due(&night, "2026-10-25T02:30:00+02:00", 0, &[]), []);
}

#[test]
fn a_pause_leaves_its_days_out_and_resuming_makes_those_to_come() {
    let mut bread = bread(date(2026, 12, 1));
    let today = date(2026, 11, 30);
    let monday = "2026-11-30T09:00:00+01:00";
    bread.pause(Pause { from: date(2026, 12, 4), to: Some(date(2026, 12, 8)) }, today).unwrap();
    assert_eq!(due(&bread, monday, 14, &[]), [date(2026, 12, 1), date(2026, 12, 11)]);
    bread.pause(Pause { from: date(2026, 12, 10), to: None }, today).unwrap();
    assert_eq!(due(&bread, monday, 300, &[]), [date(2026, 12, 1)]);
    bread.resume(date(2026, 12, 7)).unwrap();
    assert_eq!(bread.pauses, [Pause { from: date(2026, 12, 4), to: Some(date(2026, 12, 6)) }]);
    assert_eq!(due(&bread, monday, 11, &[]), [date(2026, 12, 1), date(2026, 12, 8), date(2026, 12, 11)]);
    assert!(matches!(bread.resume(date(2026, 12, 7)), Err(Refusal::Busy { cause: Cause::NotThisKind, .. })));
}

#[test]
fn what_makes_no_sense_is_refused_in_words() {
    let today = date(2026, 11, 30);
    let mut bread = bread(date(2026, 12, 1));
    let why = |refusal: Refusal| match refusal {
        Refusal::FieldInvalid { field, why } => (field, why),
        other => panic!("{other}"),
    };
    let backwards = Pause { from: date(2026, 12, 9), to: Some(date(2026, 12, 8)) };
    assert!(why(bread.pause(backwards, today).unwrap_err()).1.contains("comes before the first"));
    let over = Pause { from: date(2026, 11, 1), to: Some(date(2026, 11, 29)) };
    assert!(why(bread.pause(over, today).unwrap_err()).1.contains("over already"));
    assert!(bread.pauses.is_empty());
    assert!(matches!(bread.go("end", None, at(0)), Err(Refusal::ReasonMissing { .. })));
    bread.go("end", Some(&text("plus besoin")), at(0)).unwrap();
    assert!(matches!(bread.resume(today), Err(Refusal::IllegalMove { .. })));
    assert_eq!(due(&bread, "2026-11-30T09:00:00+01:00", 60, &[]), []);
    let refused = |change: fn(&mut RecurringOrderFields)| {
        let mut fields = self::bread(date(2026, 12, 1)).fields;
        change(&mut fields);
        why(RecurringOrder::create(id(9), fields, at(0), None).unwrap_err()).0
    };
    assert_eq!(refused(|fields| fields.recurrence.until = Some(date(2026, 11, 30))), "recurrence.until");
    assert_eq!(refused(|fields| fields.recurrence.times = Some(0)), "recurrence.times");
    assert_eq!(refused(|fields| fields.recurrence = weekly(&[], date(2026, 12, 1))), "recurrence.rhythm.days");
    assert_eq!(refused(|fields| fields.recurrence.rhythm = Rhythm::Monthly { day: 32 }), "recurrence.rhythm.day");
    let (from, to) = (time(12, 0, 0, 0), time(9, 0, 0, 0));
    let mut fields = self::bread(date(2026, 12, 1)).fields;
    fields.time = TimeOfDay::Window { from, to };
    assert_eq!(why(RecurringOrder::create(id(9), fields, at(0), None).unwrap_err()).0, "time");
}

#[test]
fn an_order_that_lacks_what_it_needs_says_what() {
    let (active, archived) = (Some(Standing::Active), Some(Standing::Archived));
    assert_eq!(Stopped::of(active, active, active), None);
    assert_eq!(Stopped::of(archived, archived, active), Some(Stopped::Requester));
    assert_eq!(Stopped::of(active, archived, None), Some(Stopped::Service));
    assert_eq!(Stopped::of(active, active, None), Some(Stopped::Site));
}

/// What may happen to an order.
#[derive(Clone, Copy, Debug)]
enum Happens {
    /// An office looks, so many days ahead.
    Look(u16),
    /// Hours go by.
    Passes(i64),
    /// It rests from so many days from now, for so many or without end.
    Pauses(i32, Option<i32>),
    /// It goes on.
    Resumes,
    /// It comes on other days.
    Other(u8),
    /// It comes a number of times, or without end.
    Times(Option<u16>),
}

fn happens() -> impl Strategy<Value = Happens> {
    prop_oneof![
        4 => (0..15_u16).prop_map(Happens::Look),
        4 => (1..100_i64).prop_map(Happens::Passes),
        1 => (-3..10_i32, prop::option::of(0..10_i32)).prop_map(|(from, days)| Happens::Pauses(from, days)),
        1 => Just(Happens::Resumes),
        1 => (1..128_u8).prop_map(Happens::Other),
        1 => prop::option::of(1..12_u16).prop_map(Happens::Times),
    ]
}

/// Days of the week by the bits of a number.
fn days_of(bits: u8) -> Vec<Weekday> {
    (0..7)
        .filter(|place| bits >> place & 1 == 1)
        .filter_map(|place| Weekday::from_monday_zero_offset(place).ok())
        .collect()
}

proptest! {
    /// Two offices with the same rows: each makes what its look found, the one that comes second finds the first one's dates, as the
    /// writer's order has it.
    #[test]
    fn no_date_is_made_twice_and_none_within_bounds_is_missed(
        first_days in 1..128_u8,
        story in prop::collection::vec((happens(), any::<bool>()), 1..60),
    ) {
        let (zone, house) = (Zone::default(), house());
        let mut now = moment("2026-03-20T10:00:00Z");
        let mut order = order(weekly(&days_of(first_days), date(2026, 3, 20)), NOON);
        let mut made: BTreeSet<Date> = BTreeSet::new();
        for (event, both) in story {
            let today = now.civil(&zone).date();
            match event {
                Happens::Passes(hours) => now = now.plus(jiff::SignedDuration::from_hours(hours)),
                Happens::Pauses(from, days) => {
                    let from = today.saturating_add(from.days());
                    let to = days.map(|days| from.saturating_add(days.days()));
                    let _ = order.pause(Pause { from, to }, today);
                }
                Happens::Resumes => _ = order.resume(today),
                Happens::Other(bits) => {
                    order.fields.recurrence.rhythm = weekly(&days_of(bits), order.fields.recurrence.from).rhythm;
                }
                Happens::Times(times) => order.fields.recurrence.times = times,
                Happens::Look(ahead) => {
                    let left = order.fields.recurrence.times.map(|times| usize::from(times).saturating_sub(made.len()));
                    let wanted: Vec<Date> = (0..=i32::from(ahead))
                        .map(|days| today.saturating_add(days.days()))
                        .filter(|day| order.fields.recurrence.is_on(*day, |day| house.is_working_day(day)))
                        .filter(|day| !order.is_paused_on(*day) && NOON.on(*day).unwrap().end(&zone) > now)
                        .filter(|day| !made.contains(day))
                        .take(left.unwrap_or(usize::MAX))
                        .collect();
                    let looks = if both { 2 } else { 1 };
                    let mut found = Vec::new();
                    for _ in 0..looks {
                        order.made = u16::try_from(made.len()).unwrap();
                        for day in order.due(now, &zone, ahead, &made, |day| house.is_working_day(day)) {
                            prop_assert!(made.insert(day), "{day} was made twice");
                            found.push(day);
                        }
                    }
                    prop_assert_eq!(found, wanted);
                    let most = order.fields.recurrence.times.map_or(usize::MAX, usize::from);
                    prop_assert!(made.len() <= most.max(usize::from(order.made)));
                }
            }
        }
    }

    #[test]
    fn what_is_stored_is_read_back(days in 1..128_u8, until in prop::option::of(0..300_i32), pauses in prop::collection::btree_set((0..60_i32, prop::option::of(0..9_i32)), 0..5)) {
        let from = date(2026, 3, 20);
        let mut order = order(weekly(&days_of(days), from), TimeOfDay::Window { from: time(9, 0, 0, 0), to: time(12, 30, 0, 0) });
        order.fields.recurrence.until = until.map(|days| from.saturating_add(days.days()));
        for (start, days) in pauses {
            let start = from.saturating_add(start.days());
            order.pause(Pause { from: start, to: days.map(|days| start.saturating_add(days.days())) }, from).unwrap();
        }
        let text = serde_json::to_string(&order).unwrap();
        prop_assert_eq!(serde_json::from_str::<RecurringOrder>(&text).unwrap(), order);
    }
}
