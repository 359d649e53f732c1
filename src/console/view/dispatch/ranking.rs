//! The providers of a request: ranked with what they are ranked by, left out with why, and what follows from the choice in words.

use super::{Align, Column, ROOMY, asked::when, put};
use crate::{
    console::{
        keymap::Context,
        model::{
            Model,
            dispatch::{Pane, deadline_of, next_by_itself},
            layer::Layer,
        },
        theme::Role,
        update::verbs::provider_name,
        view::{
            paint::{Paint, signs},
            requests::{what, who},
            words,
        },
    },
    domain::{
        beneficiary::Way,
        ids::{ProviderId, RequestId},
        offer::OfferState,
        operator::Language,
        provider::{InclusionStatus, Provider, Tier},
        ranking::{Criterion, Excluded, Exclusion, Ranked, Ranking, Timeliness},
        request::Request,
    },
    i18n::say,
    text::{fit, width, wrap},
};
use jiff::civil::Date;
use ratatui::layout::Rect;

/// Columns of the label before what follows in words.
const LABEL: u16 = 11;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    Name,
    Tier,
    Ready,
    Load,
    Price,
    Recent,
}

/// Draws the request that is looked at, its providers and what follows.
pub fn draw(model: &Model, paint: &mut Paint<'_>, area: Rect) {
    let shown = model.dispatch.looked_at(&model.world).and_then(|id| model.world.request(id));
    let Some(shown) = shown else {
        if area.width == model.size.columns {
            paint.rule(area, area.y, &[], "");
        }
        return;
    };
    let request = shown.row;
    title(model, request, paint, area);
    let Some(ranking) = model.dispatch.ranking(request.id) else { return };
    let air = u16::from(model.size.rows >= ROOMY + 6);
    let top = area.y + 1 + air;
    let room = area.bottom().saturating_sub(top + air);
    // Providers go before many words about them.
    let listed = u16::try_from(ranking.ranked.len() + ranking.excluded.len()).unwrap_or(u16::MAX).saturating_add(1);
    let most = usize::from(room.saturating_sub(listed));
    let told = told(model, request, ranking, Room { columns: area.width.saturating_sub(LABEL), most });
    let below = u16::try_from(told.len()).unwrap_or(u16::MAX).min(area.height / 2);
    let providers = Rect { y: top, height: room.saturating_sub(below), ..area };
    let first = rows(model, request.id, ranking, paint, providers) + air;
    for (y, (label, line, role)) in (first..area.bottom()).zip(&told) {
        paint.text(area.x, y, LABEL - 1, label, Role::Heading);
        paint.text(area.x + LABEL, y, area.width.saturating_sub(LABEL), line, *role);
    }
}

fn title(model: &Model, request: &Request, paint: &mut Paint<'_>, area: Rect) {
    let number = request.number.to_string();
    let site = request.fields.site_id.and_then(|id| model.world.site(id)).map(|site| site.fields.name.to_string());
    let parts = [Some(what(model, request)), site, Some(when(model, request, 24)), Some(who(model, request))];
    let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    let about = parts.join(signs::BETWEEN);
    if area.width == model.size.columns {
        paint.rule(area, area.y, &[(&number, Role::Strong), (" ", Role::Text), (&about, Role::Text)], "");
    } else {
        paint.line(area.x, area.y, area.width, &[(&number, Role::Strong), (" ", Role::Text), (&about, Role::Text)]);
    }
}

fn columns(width: u16, tier: u16) -> Vec<(Column<Of>, u16, u16)> {
    let wide = width >= 90;
    let columns: [Column<Of>; 6] = [
        (Of::Name, "dispatch-column-provider", 0, Align::Left),
        (Of::Tier, "dispatch-column-tier", tier, Align::Left),
        (Of::Ready, "dispatch-column-ready", if wide { 14 } else { 11 }, Align::Left),
        (Of::Load, "dispatch-column-load", if wide { 9 } else { 7 }, Align::Right),
        (Of::Price, "dispatch-column-price", if wide { 11 } else { 8 }, Align::Right),
        if width < 80 {
            (Of::Recent, "dispatch-column-recent-short", 4, Align::Right)
        } else {
            (Of::Recent, "dispatch-column-recent", 8, Align::Right)
        },
    ];
    // The bar, and a number of two digits, stand before the name.
    super::places(&columns, Rect { x: 1, y: 0, width: width.saturating_sub(1), height: 1 })
}

/// The table of providers; answers the line below it.
fn rows(model: &Model, request: RequestId, ranking: &Ranking, paint: &mut Paint<'_>, area: Rect) -> u16 {
    let language = model.seat.language;
    if ranking.ranked.is_empty() && ranking.excluded.is_empty() {
        for (line, y) in wrap(&nobody(model, request), usize::from(area.width)).iter().zip(area.top()..area.bottom()) {
            paint.text(area.x, y, area.width, line, Role::Warn);
        }
        return area.y + 2;
    }
    let tiers = ranking.ranked.iter().map(|one| one.provider).chain(ranking.excluded.iter().map(|one| one.provider));
    let tier = tiers.map(|id| width(&tier_of(model, id))).max().unwrap_or_default();
    let tier = u16::try_from(tier).unwrap_or_default().max(9);
    let columns = columns(area.width, tier);
    for ((_, key, _, align), x, wide) in &columns {
        put(paint, (area.x + x, *wide), area.y, *align, &say(language, key, &[]), Role::Heading);
    }
    let room = usize::from(area.height.saturating_sub(1));
    let (all, ranked) = (ranking.ranked.len() + ranking.excluded.len(), ranking.ranked.len());
    let chosen = model.dispatch.chosen(request);
    let place = chosen.and_then(|id| ranking.ranked.iter().position(|one| one.provider == id)).unwrap_or_default();
    // The one that is chosen stays in sight; what does not fit is counted.
    let lines = if all > room { room.saturating_sub(1) } else { all };
    let first = (place + 1).saturating_sub(lines.max(1)).min(ranked.saturating_sub(1));
    let mut y = area.y + 1;
    for (place, one) in ranking.ranked.iter().enumerate().skip(first).take(lines) {
        let is_chosen = chosen.map_or(place == 0, |id| id == one.provider);
        one_row(model, paint, &columns, (area, y), (place, one), is_chosen);
        y += 1;
    }
    let left = lines.saturating_sub(ranked.saturating_sub(first));
    for one in ranking.excluded.iter().take(left) {
        excluded_row(model, paint, &columns, (area, y), one);
        y += 1;
    }
    if all > lines {
        let more = say(language, "dispatch-more", &[("count", (all - lines).to_string())]);
        paint.text(area.x + 4, y, area.width.saturating_sub(4), &more, Role::Dim);
        y += 1;
    }
    y
}

fn one_row(
    model: &Model,
    paint: &mut Paint<'_>,
    columns: &[(Column<Of>, u16, u16)],
    (area, y): (Rect, u16),
    (place, one): (usize, &Ranked),
    is_chosen: bool,
) {
    let language = model.seat.language;
    let strong = if is_chosen { Role::Strong } else { Role::Text };
    paint.text_right(area.x + 3, y, 2, &(place + 1).to_string(), if is_chosen { Role::Accent } else { Role::Dim });
    let is_full = |one: &Ranked| one.capacity_per_day.is_some_and(|capacity| one.on_the_day + 1 >= capacity);
    for ((column, _, _, align), x, wide) in columns {
        let (text, role) = match column {
            Of::Name => (provider_name(model, one.provider), strong),
            Of::Tier => (tier_of(model, one.provider), strong),
            Of::Ready => ready(model, one),
            Of::Load => (load(one), if is_full(one) { Role::Strong } else { Role::Text }),
            Of::Price => {
                let asked = || say(language, "dispatch-on-quote", &[]);
                (one.price.map_or_else(asked, |price| words::euros(language, price)), Role::Text)
            }
            Of::Recent => (one.recent.to_string(), Role::Text),
        };
        put(paint, (area.x + x, *wide), y, *align, &text, role);
    }
    if is_chosen && model.dispatch.pane == Pane::Providers {
        if matches!(model.layers.last(), Some(Layer::Palette(_))) {
            paint.ground(area, y);
            return;
        }
        paint.select(area, y);
        if model.context() == Context::List {
            paint.set_cursor(area.x, y);
        }
    }
}

/// When it is ready; what is late has a sign before it.
fn ready(model: &Model, one: &Ranked) -> (String, Role) {
    let language = model.seat.language;
    let Some(at) = one.ready_at else { return (say(language, "dispatch-ready-unknown", &[]), Role::Warn) };
    let (at, today) = (model.seat.civil(at), model.seat.civil(model.now).date());
    let text = words::when_short(language, &crate::domain::time::When::Due { at }, today);
    match one.timeliness {
        Timeliness::InTime => (text, Role::Text),
        Timeliness::Late => (format!("{}{text}", signs::PRESSING), Role::Warn),
    }
}

fn load(one: &Ranked) -> String {
    match one.capacity_per_day {
        Some(capacity) => format!("{} / {capacity}", one.on_the_day),
        None => one.on_the_day.to_string(),
    }
}

fn excluded_row(
    model: &Model,
    paint: &mut Paint<'_>,
    columns: &[(Column<Of>, u16, u16)],
    (area, y): (Rect, u16),
    one: &Excluded,
) {
    paint.text_right(area.x + 3, y, 2, "-", Role::Dim);
    for ((column, ..), x, wide) in columns {
        match column {
            Of::Name => _ = paint.text(area.x + x, y, *wide, &provider_name(model, one.provider), Role::Dim),
            Of::Tier => _ = paint.text(area.x + x, y, *wide, &tier_of(model, one.provider), Role::Dim),
            Of::Ready => {
                let room = area.width.saturating_sub(*x);
                paint.text(area.x + x, y, room, &excluded(model, one), Role::Dim);
            }
            _ => {}
        }
    }
}

/// Why a provider is left out, and from when on it would not be.
fn excluded(model: &Model, one: &Excluded) -> String {
    let language = model.seat.language;
    let why: Vec<String> = one.reasons.iter().map(|reason| reason_words(model, *reason)).collect();
    let today = model.seat.civil(model.now).date();
    let free = one.reasons.iter().map(|reason| reason.free_from()).collect::<Option<Vec<_>>>();
    let free = free.and_then(|days| days.into_iter().max()).filter(|day| *day > today);
    let why = why.join(", ");
    match free {
        Some(day) => say(language, "dispatch-free-from", &[("why", why), ("day", day_words(language, day, today))]),
        None => why,
    }
}

fn reason_words(model: &Model, reason: Exclusion) -> String {
    let key = match reason {
        Exclusion::Suspended { .. } => "dispatch-out-suspended",
        Exclusion::Elsewhere => "dispatch-out-elsewhere",
        Exclusion::Declined => "dispatch-out-declined",
        Exclusion::Asked => "dispatch-out-asked",
        Exclusion::Closed { .. } => "dispatch-out-closed",
        Exclusion::LeadTime { .. } => "dispatch-out-lead-time",
        Exclusion::Full { .. } => "dispatch-out-full",
    };
    say(model.seat.language, key, &[])
}

/// A day within the week by its name, else by its date.
fn day_words(language: Language, day: Date, today: Date) -> String {
    if (day - today).get_days() <= 6 {
        words::weekday(language, day.weekday()).to_owned()
    } else {
        format!("{:02}/{:02}", day.day(), day.month())
    }
}

/// The tier in a plain word, with the status in brackets: « insertion (EI) », « adapté (ESAT) », « ESS (SCIC) », « locale ».
fn tier_of(model: &Model, provider: ProviderId) -> String {
    model.world.provider(provider).map(|provider| tier_words(model.seat.language, provider)).unwrap_or_default()
}

fn tier_words(language: Language, provider: &Provider) -> String {
    let fields = &provider.fields;
    let adapted = matches!(fields.status, Some(InclusionStatus::Ea | InclusionStatus::Esat));
    let key = if adapted { "dispatch-tier-adapted" } else { tier_key(fields.tier) };
    let status = match fields.status {
        Some(InclusionStatus::Ei) => Some("EI".to_owned()),
        Some(InclusionStatus::Aci) => Some("ACI".to_owned()),
        Some(InclusionStatus::Ai) => Some("AI".to_owned()),
        Some(InclusionStatus::Etti) => Some("ETTI".to_owned()),
        Some(InclusionStatus::Eiti) => Some("EITI".to_owned()),
        Some(InclusionStatus::Ea) => Some("EA".to_owned()),
        Some(InclusionStatus::Esat) => Some("ESAT".to_owned()),
        None if fields.tier == Tier::Ess => fields.legal_form.as_ref().map(|form| short_form(form.as_str())),
        None => None,
    };
    let tier = say(language, key, &[]);
    status.map_or(tier.clone(), |status| format!("{tier} ({status})"))
}

/// A legal form as short as a column takes it.
fn short_form(form: &str) -> String {
    if width(form) <= 5 {
        form.to_owned()
    } else {
        format!("{}.", form.chars().take(5).collect::<String>().to_lowercase())
    }
}

const fn tier_key(tier: Tier) -> &'static str {
    match tier {
        Tier::Inclusion => "dispatch-tier-inclusion",
        Tier::Ess => "dispatch-tier-ess",
        Tier::Local => "dispatch-tier-local",
        Tier::Other => "dispatch-tier-other",
    }
}

/// Why nobody can be named at all: what is missing of the request, or that nobody does the service.
fn nobody(model: &Model, request: RequestId) -> String {
    let language = model.seat.language;
    let missing = model.world.request(request).map(|shown| {
        let fields = &shown.row.fields;
        fields.service_id.is_none() || fields.site_id.is_none() || fields.when.is_none()
    });
    say(language, if missing == Some(true) { "dispatch-lacks" } else { "dispatch-nobody" }, &[])
}

/// Who is recommended, in a few words.
pub fn recommended(model: &Model, request: RequestId) -> String {
    let first = model.dispatch.ranking(request).and_then(|ranking| ranking.ranked.first());
    let provider = first.map(|first| provider_name(model, first.provider));
    provider
        .map(|provider| say(model.seat.language, "dispatch-recommended", &[("provider", provider)]))
        .unwrap_or_default()
}

/// What follows from the ranking and from the choice: why the first is first, until when an answer counts and what happens then.
fn told(model: &Model, request: &Request, ranking: &Ranking, room: Room) -> Vec<(String, String, Role)> {
    let language = model.seat.language;
    let mut told: Vec<(&str, String, Role)> = Vec::new();
    if !ranking.ranked.is_empty() {
        told.push(("dispatch-why", why(model, ranking), Role::Text));
    } else if !ranking.excluded.is_empty() {
        let is_asked = ranking.excluded.iter().any(|one| one.reasons.contains(&Exclusion::Asked));
        let (key, role) =
            if is_asked { ("dispatch-nobody-else", Role::Text) } else { ("dispatch-all-out", Role::Warn) };
        told.push(("dispatch-why-none", say(language, key, &[]), role));
    }
    let chosen = model.dispatch.chosen(request.id).and_then(|id| ranking.of(id)).or(ranking.ranked.first());
    if chosen.is_some_and(|chosen| ranking.passes_over(chosen.tier)) {
        let first = ranking.ranked.first().map(|first| tier_of(model, first.provider)).unwrap_or_default();
        told.push(("dispatch-reason", say(language, "dispatch-takes-reason", &[("tier", first)]), Role::Warn));
    }
    let offers = model.dispatch.offers_of(request.id);
    let asked = match model.dispatch.offer().and_then(|id| model.world.offer(id)) {
        Some(offer) => Some((offer.fields.provider_id, offer.fields.deadline)),
        None => chosen.and_then(|chosen| {
            let provider = model.world.provider(chosen.provider)?;
            Some((chosen.provider, deadline_of(&model.world, model.now, request, provider)?))
        }),
    };
    // What is in the way of the offer that is looked at is told before anything else.
    if let Some(offer) = model.dispatch.offer().and_then(|id| model.world.offer(id)) {
        let problem = model.dispatch.problem(request.id).filter(|_| offer.state == OfferState::Accepted);
        if let Some(what) = problem.and_then(|problem| problem.fields.what.as_ref()) {
            told.insert(0, ("dispatch-problem", what.to_string(), Role::Danger));
            return room.lay_out(language, told);
        }
        if let Some(trouble) = offer.trouble.as_ref().filter(|_| offer.fields.way == Way::Telephone) {
            told.insert(0, ("dispatch-trouble", trouble.to_string(), Role::Warn));
        }
    }
    if let Some((provider, deadline)) = asked {
        let next = next_by_itself(&model.world, ranking, provider, offers);
        told.push(("dispatch-deadline", then(model, request, deadline, ranking, next), Role::Text));
    }
    room.lay_out(language, told)
}

/// How many lines there are for words about the ranking, and how wide they are.
#[derive(Clone, Copy)]
struct Room {
    columns: u16,
    most: usize,
}

impl Room {
    /// Each in one line at least; in more as long as there are any. What does not fit ends in `…`.
    fn lay_out(self, language: Language, told: Vec<(&str, String, Role)>) -> Vec<(String, String, Role)> {
        let columns = usize::from(self.columns).max(1);
        let mut more = self.most.saturating_sub(told.len());
        let mut lines = Vec::new();
        for (key, text, role) in told {
            let wrapped = wrap(&text, columns);
            let takes = wrapped.len().min(1 + more);
            more -= takes.saturating_sub(1);
            let mut label = say(language, key, &[]);
            for (place, line) in wrapped.iter().enumerate().take(takes) {
                let line = if place + 1 == takes && takes < wrapped.len() {
                    fit(&format!("{line} {}", signs::REST), columns).into_owned()
                } else {
                    line.clone()
                };
                lines.push((std::mem::take(&mut label), line, role));
            }
        }
        lines
    }
}

/// Until when an answer counts, and what happens by itself then.
fn then(
    model: &Model,
    request: &Request,
    at: crate::domain::time::Instant,
    ranking: &Ranking,
    next: Option<&Ranked>,
) -> String {
    let language = model.seat.language;
    let zone = model.world.zone(request.fields.site_id);
    let deadline = words::moment(language, at.civil(&zone), model.now.civil(&zone).date());
    let place = next.and_then(|next| ranking.ranked.iter().position(|one| one.provider == next.provider));
    match place {
        Some(place) => {
            say(language, "dispatch-then-next", &[("deadline", deadline), ("place", (place + 1).to_string())])
        }
        None => say(language, "dispatch-then-back", &[("deadline", deadline)]),
    }
}

/// Why the first is first: what puts it before the second, whether it is in time, why those of a better tier are not asked.
fn why(model: &Model, ranking: &Ranking) -> String {
    let language = model.seat.language;
    let Some(first) = ranking.ranked.first() else { return String::new() };
    let tier = |tier: Tier| say(language, tier_key(tier), &[]);
    let mut parts = Vec::new();
    parts.push(match (first.before_next, ranking.ranked.get(1)) {
        (Some(criterion), Some(second)) => {
            let key = match criterion {
                Criterion::Tier => "dispatch-before-tier",
                Criterion::InTime => "dispatch-before-in-time",
                Criterion::Rotation => "dispatch-before-rotation",
                Criterion::Completion => "dispatch-before-completion",
                Criterion::Price => "dispatch-before-price",
                Criterion::Register => "dispatch-before-register",
            };
            let known = [
                ("first", tier(first.tier)),
                ("second", tier(second.tier)),
                ("recent", first.recent.to_string()),
                ("others", second.recent.to_string()),
            ];
            say(language, key, &known)
        }
        _ => say(language, "dispatch-before-nobody", &[]),
    });
    let timely = match first.timeliness {
        Timeliness::InTime => "dispatch-in-time",
        Timeliness::Late => "dispatch-late",
    };
    parts.push(say(language, timely, &[]));
    let better: Vec<&Excluded> = ranking.excluded.iter().filter(|one| one.tier < first.tier).collect();
    if let [only] = better.as_slice() {
        let name = provider_name(model, only.provider);
        let why = only.reasons.first().map(|reason| reason_words(model, *reason)).unwrap_or_default();
        parts.push(say(
            language,
            "dispatch-better-one",
            &[("provider", name), ("tier", tier(only.tier)), ("why", why)],
        ));
    } else if let Some(best) = better.first() {
        let count = better.len().to_string();
        parts.push(say(language, "dispatch-better-many", &[("tier", tier(best.tier)), ("count", count)]));
    }
    parts.join(&say(language, "linear-between", &[]))
}
