//! Bars that read without colour: lying, with what is left of them, and standing by the hour, stacked by channel.

use crate::{
    console::{
        theme::Role,
        view::paint::{Paint, signs},
    },
    domain::request::Channel,
    wire::activity::Arrivals,
};
use ratatui::layout::Rect;

/// What a whole bar is drawn with.
pub const FULL: &str = "█";

/// What is left of a bar.
pub const REST: &str = "░";

/// Hours of a day.
const HOURS: u16 = 24;

/// What a channel's part of a bar is drawn with: each another grey, and another sign where there is ASCII alone.
pub const fn fill(channel: Channel) -> (&'static str, Role) {
    match channel {
        Channel::Phone => ("█", Role::Accent),
        Channel::Email => ("▒", Role::Text),
        Channel::Permanence => ("░", Role::Text),
        Channel::Locker => ("▓", Role::Dim),
        Channel::House => ("▞", Role::Dim),
    }
}

/// Columns of so much of a whole; what there is at all has one at least.
pub fn columns(part: u32, whole: u32, room: u16) -> u16 {
    let share = (u64::from(part) * u64::from(room)).checked_div(whole.into()).unwrap_or_default();
    let share = u16::try_from(share).unwrap_or(room).min(room);
    if part > 0 { share.max(1).min(room) } else { share }
}

/// A lying bar of `part` in `whole`, the rest of it beside it.
pub fn lying(paint: &mut Paint<'_>, (x, y): (u16, u16), room: u16, part: u32, whole: u32, role: Role) {
    let full = columns(part, whole, room);
    paint.text(x, y, full, &FULL.repeat(full.into()), role);
    let rest = room - full;
    paint.text(x + full, y, rest, &REST.repeat(rest.into()), Role::Dim);
}

/// A bar of percent with a mark where its target stands.
pub fn gauge(paint: &mut Paint<'_>, (x, y): (u16, u16), room: u16, value: u16, target: u16) {
    let of = |percent: u16| columns(percent.min(100).into(), 100, room);
    let (full, mark) = (of(value), of(target).min(room.saturating_sub(1)));
    let role = if value < target { Role::Warn } else { Role::Ok };
    paint.text(x, y, full, &FULL.repeat(full.into()), role);
    let rest = room - full;
    paint.text(x + full, y, rest, &signs::RULE.repeat(rest.into()), Role::Rule);
    paint.text(x + mark, y, 1, signs::UPRIGHT, Role::Strong);
}

/// How many came in an hour.
pub fn of_hour(arrivals: &[Arrivals], hour: u16) -> u32 {
    arrivals.iter().filter(|row| u16::from(row.hour) == hour).map(|row| row.count).sum()
}

/// Standing bars by the hour, stacked by channel, the hours below them and the figures below those where they fit.
pub fn by_hour(paint: &mut Paint<'_>, area: Rect, arrivals: &[Arrivals]) {
    let slot = (area.width / HOURS).clamp(1, 6);
    let bar = slot.saturating_sub(1).max(1);
    let rows = area.height.saturating_sub(2);
    let most = (0..HOURS).map(|hour| of_hour(arrivals, hour)).max().unwrap_or_default();
    let base = area.y + rows;
    let figures_fit = most.to_string().len() <= usize::from(bar);
    for hour in 0..HOURS {
        let x = area.x + hour * slot;
        let all = of_hour(arrivals, hour);
        let mut sum = 0;
        let mut drawn = 0;
        for channel in Channel::ALL {
            sum += arrivals
                .iter()
                .filter(|row| u16::from(row.hour) == hour && row.channel == channel)
                .map(|row| row.count)
                .sum::<u32>();
            // The last part ends where the whole does, so that heights are true.
            let top = height(sum, most, rows);
            let (sign, role) = fill(channel);
            for row in drawn..top {
                paint.text(x, base - 1 - row, bar, &sign.repeat(bar.into()), role);
            }
            drawn = drawn.max(top);
        }
        let role = if all > 0 { Role::Text } else { Role::Dim };
        paint.text_right(x + bar, base, bar, &hour.to_string(), Role::Heading);
        if figures_fit && all > 0 {
            paint.text_right(x + bar, base + 1, bar, &all.to_string(), role);
        }
    }
}

/// Rows of so many, the most filling all of them; what there is at all has one.
fn height(count: u32, most: u32, rows: u16) -> u16 {
    let scaled = (u64::from(count) * u64::from(rows) * 2 + u64::from(most)).checked_div(u64::from(most) * 2);
    let scaled = u16::try_from(scaled.unwrap_or_default()).unwrap_or(rows).min(rows);
    if count > 0 { scaled.max(1) } else { scaled }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(0, 0, 10, 0)]
    #[case(0, 5, 10, 0)]
    #[case(1, 1_000, 10, 1)]
    #[case(999, 1_000, 10, 9)]
    #[case(1_000, 1_000, 10, 10)]
    #[case(7, 5, 10, 10)]
    fn a_bar_shows_what_there_is_and_is_full_only_at_the_whole(
        #[case] part: u32,
        #[case] whole: u32,
        #[case] room: u16,
        #[case] wide: u16,
    ) {
        assert_eq!(columns(part, whole, room), wide);
    }

    #[test]
    fn the_highest_bar_fills_the_rows_and_the_least_has_one() {
        assert_eq!((height(40, 40, 5), height(1, 40, 5), height(0, 40, 5), height(0, 0, 5)), (5, 1, 0, 0));
        assert_eq!(height(20, 40, 5), 3);
    }
}
