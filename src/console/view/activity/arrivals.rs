//! What came in: contacts and requests by the hour, stacked by channel.

use super::{bars, number, of_time, sentence};
use crate::{
    console::{
        model::{Model, activity::Figures},
        theme::Role,
        view::paint::Paint,
    },
    domain::request::Channel,
    i18n::say,
    text::width,
    wire::activity::Arrivals,
};
use ratatui::layout::Rect;

/// Bars no higher than this: a higher one tells no more.
const HIGHEST: u16 = 14;

/// A block at least: title, legend, three rows of bars, hours, figures.
const LEAST: u16 = 7;

fn both(figures: &Figures) -> [(&'static str, &[Arrivals]); 2] {
    [("activity-contacts", &figures.counted.contacts), ("activity-requests", &figures.counted.requests)]
}

fn total(arrivals: &[Arrivals]) -> u32 {
    arrivals.iter().map(|row| row.count).sum()
}

/// How many came through each channel, for those through which any did.
fn by_channel(arrivals: &[Arrivals]) -> impl Iterator<Item = (Channel, u32)> + '_ {
    let of = |channel: Channel| arrivals.iter().filter(|row| row.channel == channel).map(|row| row.count).sum();
    Channel::ALL.into_iter().map(move |channel| (channel, of(channel))).filter(|(_, count)| *count > 0)
}

fn channel_name(model: &Model, channel: Channel) -> String {
    let key = match channel {
        Channel::Phone => "activity-channel-phone",
        Channel::Email => "activity-channel-email",
        Channel::Permanence => "activity-channel-permanence",
        Channel::Locker => "activity-channel-locker",
        Channel::House => "activity-channel-house",
    };
    say(model.seat.language, key, &[])
}

/// The hour with the most, the first of several.
fn peak(arrivals: &[Arrivals]) -> Option<(u16, u32)> {
    let hours = (0..24).map(|hour| (hour, bars::of_hour(arrivals, hour))).filter(|(_, count)| *count > 0);
    hours.max_by_key(|(hour, count)| (*count, std::cmp::Reverse(*hour)))
}

/// Draws both, one above the other.
pub fn draw(model: &Model, paint: &mut Paint<'_>, area: Rect, figures: &Figures) {
    let height = (area.height / 2).clamp(LEAST.min(area.height), HIGHEST + 4);
    let mut y = area.y;
    for (key, arrivals) in both(figures) {
        let place = Rect { y, height: height.min(area.bottom().saturating_sub(y)), ..area };
        block(model, paint, place, key, arrivals);
        y = place.bottom();
    }
}

fn block(model: &Model, paint: &mut Paint<'_>, area: Rect, key: &str, arrivals: &[Arrivals]) {
    let language = model.seat.language;
    let x = area.x + 1;
    let title = say(language, key, &[]);
    let count = number(model, total(arrivals));
    paint.line(x, area.y, area.width, &[(&title, Role::Heading), ("  ", Role::Dim), (&count, Role::Strong)]);
    let Some((hour, most)) = peak(arrivals) else {
        let none = say(language, &format!("{key}-none"), &of_time(model));
        let below = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
        sentence(paint, below, &none);
        return;
    };
    let at_most = say(language, "activity-peak", &[("hour", hour.to_string()), ("count", number(model, most))]);
    paint.text_right(area.right(), area.y, area.width / 2, &at_most, Role::Dim);
    legend(model, paint, Rect { x, y: area.y + 1, height: 1, width: area.width.saturating_sub(1) }, arrivals);
    // A line of air where there is one to spare.
    let air = u16::from(area.height >= LEAST + 4);
    let plot = Rect {
        x,
        y: area.y + 2 + air,
        width: area.width.saturating_sub(1),
        height: area.height.saturating_sub(2 + 2 * air),
    };
    bars::by_hour(paint, plot, arrivals);
}

/// What each channel is drawn with, and how many came through it.
fn legend(model: &Model, paint: &mut Paint<'_>, area: Rect, arrivals: &[Arrivals]) {
    let mut at = area.x;
    for (channel, count) in by_channel(arrivals) {
        let (sign, role) = bars::fill(channel);
        let (name, count) = (format!(" {} ", channel_name(model, channel)), number(model, count));
        let wide = u16::try_from(1 + width(&name) + width(&count)).unwrap_or_default();
        // A figure is told whole or not at all.
        if at + wide > area.right() {
            break;
        }
        at = paint.line(at, area.y, wide, &[(sign, role), (&name, Role::Dim), (&count, Role::Text)]) + 2;
    }
}

/// Both in sentences: the whole, the channels, the hours.
pub fn in_words(model: &Model, figures: &Figures) -> Vec<String> {
    let language = model.seat.language;
    let mut lines = Vec::new();
    for (key, arrivals) in both(figures) {
        if arrivals.is_empty() {
            lines.push(say(language, &format!("{key}-none"), &of_time(model)));
            continue;
        }
        let channels: Vec<String> = by_channel(arrivals)
            .map(|(channel, count)| format!("{} {}", channel_name(model, channel), number(model, count)))
            .collect();
        let hours: Vec<String> = (0..24)
            .map(|hour| (hour, bars::of_hour(arrivals, hour)))
            .filter(|(_, count)| *count > 0)
            .map(|(hour, count)| {
                let parts = [("hour", hour.to_string()), ("count", number(model, count))];
                say(language, "activity-hour", &parts)
            })
            .collect();
        let parts = [
            ("what", say(language, key, &[])),
            ("count", number(model, total(arrivals))),
            ("channels", channels.join(", ")),
            ("hours", hours.join(", ")),
        ];
        lines.push(say(language, "activity-arrivals-words", &parts));
    }
    lines
}
