//! What providers have on their hands today: places taken of those that they have.

use crate::{
    console::{
        model::Model,
        theme::Role,
        update::verbs::provider_name,
        view::paint::{Paint, signs},
    },
    domain::ids::ProviderId,
    i18n::say,
};
use ratatui::layout::Rect;

/// Columns of a bar at most.
const BAR: u16 = 24;

/// Columns of a provider's name at most.
const NAME: u16 = 26;

/// Providers with a bound that have something on their hands today, the fullest first: how many places are taken of how many.
fn taken(model: &Model) -> Vec<(ProviderId, u16, u16)> {
    let today = model.seat.civil(model.now).date();
    let of = |(provider, load): (&ProviderId, &crate::domain::ranking::Load)| {
        let taken = load.days.get(&today).copied().filter(|taken| *taken > 0)?;
        let places = model.world.provider(*provider)?.fields.capacity_per_day?;
        Some((*provider, taken, places))
    };
    let mut taken: Vec<_> = model.dispatch.figures.loads.iter().filter_map(of).collect();
    let share = |taken: u16, places: u16| u32::from(taken) * 1_000 / u32::from(places.max(1));
    taken.sort_by(|one, other| {
        share(other.1, other.2).cmp(&share(one.1, one.2)).then(other.1.cmp(&one.1)).then(one.0.cmp(&other.0))
    });
    taken
}

/// Draws as many as there is room for, under a title.
pub fn draw(model: &Model, paint: &mut Paint<'_>, area: Rect) {
    if area.height < 3 {
        return;
    }
    let language = model.seat.language;
    paint.rule(area, area.y, &[(&say(language, "dispatch-loads", &[]), Role::Strong)], "");
    let taken = taken(model);
    if taken.is_empty() {
        paint.text(area.x, area.y + 1, area.width, &say(language, "dispatch-loads-none", &[]), Role::Dim);
        return;
    }
    let name = NAME.min(area.width / 3);
    let bar = BAR.min(area.width.saturating_sub(name + 18));
    for ((provider, taken, places), y) in taken.into_iter().zip(area.y + 1..area.bottom()) {
        paint.text(area.x, y, name, &provider_name(model, provider), Role::Text);
        let full =
            u16::try_from(u32::from(taken.min(places)) * u32::from(bar) / u32::from(places.max(1))).unwrap_or(bar);
        let at = area.x + name + 1;
        let is_full = taken >= places;
        paint.text(at, y, bar, &"█".repeat(full.into()), if is_full { Role::Warn } else { Role::Ok });
        paint.text(at + full, y, bar - full, &signs::RULE.repeat((bar - full).into()), Role::Rule);
        let figure = format!("{taken} / {places}");
        let end = paint.text(at + bar + 1, y, 9, &format!("{figure:>7}"), Role::Text);
        if is_full {
            paint.text(
                end + 1,
                y,
                area.right().saturating_sub(end + 1),
                &say(language, "dispatch-full", &[]),
                Role::Warn,
            );
        }
    }
}
