//! The share of ESS: of the month as it is, and with the choice that is looked at.

use crate::{
    console::{
        model::{Model, dispatch::policy},
        theme::Role,
        view::paint::{Paint, signs},
    },
    domain::{
        ess::{Share, Strain},
        provider::Tier,
    },
    i18n::say,
};
use ratatui::layout::Rect;

/// Columns of the names before the bars.
const LABEL: u16 = 11;

/// Draws the gauge, in two lines; with bars where there is room.
pub fn draw(model: &Model, paint: &mut Paint<'_>, area: Rect) {
    let language = model.seat.language;
    let policy = policy(&model.world);
    let target = policy.ess_target_percent;
    let month = say(language, &format!("dispatch-month-{}", model.seat.civil(model.now).month()), &[]);
    let Some(share) = model.dispatch.figures.share else {
        let waiting = say(language, "dispatch-ess-untold", &[]);
        paint.rule(area, area.y, &[(&waiting, Role::Dim)], "");
        return;
    };
    let percent = |value: Option<u16>| {
        value.map_or_else(|| "—".to_owned(), |value| say(language, "percent", &[("value", value.to_string())]))
    };
    let parts = |share: &Share| {
        vec![
            ("month", month.clone()),
            ("jobs", percent(share.jobs_percent())),
            ("euros", percent(share.euros_percent())),
            ("target", percent(Some(target))),
        ]
    };
    let has_bars = area.height >= 5;
    let title = say(language, if has_bars { "dispatch-ess-short" } else { "dispatch-ess" }, &parts(&share));
    let is_under = share.is_under(target);
    let role = if is_under { Role::Warn } else { Role::Text };
    let sign = if is_under { format!("{} ", signs::PRESSING) } else { String::new() };
    paint.rule(area, area.y, &[(&sign, Role::Warn), (&title, if has_bars { Role::Strong } else { role })], "");
    let mut y = area.y + 1;
    if has_bars {
        for (key, value) in [("dispatch-ess-jobs", share.jobs_percent()), ("dispatch-ess-euros", share.euros_percent())]
        {
            bar(model, paint, Rect { y, height: 1, ..area }, key, value, target);
            y += 1;
        }
    }
    if y < area.bottom()
        && let Some(with) = with_choice(model, share, &policy.ess_tiers)
    {
        let mut told = say(language, "dispatch-ess-with", &parts(&with));
        let mut role = Role::Text;
        if let Some(strain) = share.strain(&with, target) {
            let key = match strain {
                Strain::TakesUnder => "dispatch-ess-takes-under",
                Strain::StaysUnder => "dispatch-ess-stays-under",
            };
            told = format!("{told}  {} {}", signs::PRESSING, say(language, key, &parts(&with)));
            role = Role::Warn;
        }
        paint.text(area.x, y, area.width, &told, role);
    }
}

/// The share if the choice that is looked at is taken.
fn with_choice(model: &Model, share: Share, tiers: &std::collections::BTreeSet<Tier>) -> Option<Share> {
    let request = model.world.request(model.dispatch.looked_at(&model.world)?)?.row;
    let ranking = model.dispatch.ranking(request.id)?;
    let chosen = model.dispatch.chosen(request.id).and_then(|id| ranking.of(id)).or(ranking.ranked.first())?;
    // The office counts what the request costs.
    Some(share.with(chosen.tier, request.fields.price.or(chosen.price), tiers))
}

/// A bar with its figure, and where the target stands.
fn bar(model: &Model, paint: &mut Paint<'_>, area: Rect, key: &str, value: Option<u16>, target: u16) {
    let language = model.seat.language;
    paint.text(area.x, area.y, LABEL - 1, &say(language, key, &[]), Role::Dim);
    let Some(value) = value else {
        paint.text(area.x + LABEL, area.y, area.width, "—", Role::Dim);
        return;
    };
    let room = area.width.saturating_sub(LABEL + 22).min(50);
    let columns = |percent: u16| u16::try_from(u32::from(percent.min(100)) * u32::from(room) / 100).unwrap_or(room);
    let (full, mark) = (columns(value), columns(target).min(room.saturating_sub(1)));
    let role = if value < target { Role::Warn } else { Role::Ok };
    paint.text(area.x + LABEL, area.y, room, &"█".repeat(full.into()), role);
    let rest = room.saturating_sub(full);
    paint.text(area.x + LABEL + full, area.y, rest, &signs::RULE.repeat(rest.into()), Role::Rule);
    paint.text(area.x + LABEL + mark, area.y, 1, signs::UPRIGHT, Role::Strong);
    let figure = say(language, "percent", &[("value", value.to_string())]);
    let at = paint.text(area.x + LABEL + room + 1, area.y, 8, &format!("{figure:>5}"), Role::Strong);
    let goal =
        say(language, "dispatch-ess-target", &[("target", say(language, "percent", &[("value", target.to_string())]))]);
    paint.text(at + 1, area.y, area.right().saturating_sub(at + 1), &goal, Role::Dim);
}
