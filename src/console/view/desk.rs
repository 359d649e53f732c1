//! The desk: its lists under tabs, the card of what is looked at, the field of labels with what was scanned.

mod card;
mod cells;
mod things;

pub use cells::{in_words, name_of};
pub use things::{exception, place, thing_in_words, trail};

use super::{
    frame::Frame,
    paint::{Paint, signs},
    words,
};
use crate::{
    console::{
        keymap::Context,
        model::{
            Model, Screen,
            desk::{DeskRow, Focus, Tab},
            reception::Item as Row,
        },
        theme::Role,
        update::{desk as update, verbs},
    },
    domain::{
        ids::LockerId,
        item::{Item, ItemState},
        machine::State as _,
        permanence::{Permanence, PermanenceState},
        texts::LongText,
    },
    i18n::say,
    replica::Mark,
    text::{neutral, width, wrap},
};
use cells::{cells, mark};
use ratatui::layout::Rect;
use std::sync::Arc;

/// Lines of the field of labels: its heading, itself, what was found.
const SCAN: u16 = 5;

/// Columns of a row's job on the smallest screen, the gap behind it included.
const JOB: u16 = 22;

/// How the desk's body is shared out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Places {
    heading: u16,
    tabs: u16,
    list: Rect,
    card: Rect,
    scan: Rect,
}

impl Places {
    fn of(body: Rect) -> Self {
        let rest = body.height.saturating_sub(2);
        let line = if body.height >= 30 { 10 } else { SCAN };
        let scan = line.min(rest);
        let above = rest - scan;
        let list = (above * 3 / 5).max(above.min(3));
        let list = Rect { y: body.y + 2, height: list, ..body };
        let card = Rect { y: list.bottom(), height: above - list.height, ..body };
        let scan = Rect { y: card.bottom(), height: scan, ..body };
        Self { heading: body.y, tabs: body.y + 1, list, card, scan }
    }
}

/// How many rows the list has on the glass.
pub fn height(model: &Model) -> usize {
    let screen = Rect { x: 0, y: 0, width: model.size.columns, height: model.size.rows };
    usize::from(Places::of(Frame::around(model, screen).body).list.height).max(1)
}

/// Draws the screen.
pub fn draw(model: &Model, paint: &mut Paint<'_>, area: Rect) {
    let places = Places::of(area);
    let Some(session) = update::session(model) else {
        let key = if model.world.board.replica().at().is_none() { "lane-untold" } else { "desk-gone" };
        paint.text(area.x, area.y, area.width, &say(model.seat.language, key, &[]), Role::Dim);
        return;
    };
    let (title, remark) = heading(model, &session);
    paint.rule(area, places.heading, &[(&title, Role::Strong)], &remark);
    tabs(model, paint, Rect { y: places.tabs, height: 1, ..area });
    rows(model, paint, places.list);
    card::draw(model, paint, places.card);
    if model.line.is_some() {
        let over = Rect { y: places.card.y, height: places.card.height + places.scan.height, ..area };
        paint.clear(over);
        super::line::draw(model, paint, over);
    } else {
        scan(model, paint, places.scan);
    }
}

/// Whose desk it is, when, whether it is open; and what was taken in notes and coins.
fn heading(model: &Model, session: &Permanence) -> (String, String) {
    let language = model.seat.language;
    let site = model.world.site(session.fields.site_id).map(|site| site.fields.name.to_string()).unwrap_or_default();
    let window = session.fields.window;
    let parts = [
        ("site", neutral(&site).into_owned()),
        ("date", words::date(language, window.date())),
        ("hours", format!("{}-{}", words::time(window.from()), words::time(window.to()))),
        ("state", say(language, &format!("state-permanence-{}", session.state.name()), &[])),
    ];
    let title = say(language, "desk-title", &parts);
    let cash = say(language, "desk-box", &[("sum", words::euros(language, model.desk.here.cash))]);
    (title, if session.state == PermanenceState::Open { cash } else { String::new() })
}

/// What a concierge must know of the site, for a line of the frame.
pub fn notice(model: &Model) -> Option<String> {
    if model.screen != Screen::Desk {
        return None;
    }
    let site = model.world.site(update::site(model)?)?;
    let notice = site.fields.notice.as_ref().map(LongText::as_str).map(super::lanes::first_line);
    Some(match notice {
        Some(notice) => say(model.seat.language, "desk-notice", &[("notice", notice)]),
        None => say(model.seat.language, "desk-no-notice", &[]),
    })
}

const fn tab_key(tab: Tab) -> &'static str {
    match tab {
        Tab::ToHandBack => "desk-tab-to-hand-back",
        Tab::Expected => "desk-tab-expected",
        Tab::Callbacks => "desk-tab-callbacks",
        Tab::Lockers => "desk-tab-lockers",
        Tab::Exceptions => "desk-tab-exceptions",
    }
}

/// A tab's name with how many rows it has; of lockers those that are late.
pub fn tab_title(model: &Model, tab: Tab) -> String {
    let language = model.seat.language;
    let list = model.desk.list(tab);
    let name = say(language, tab_key(tab), &[]);
    let late = list.order().iter().filter(|row| matches!(row, DeskRow::Locker(id) if is_late(model, *id))).count();
    if tab == Tab::Lockers && late > 0 {
        return say(language, "desk-lockers-late", &[("name", name), ("count", late.to_string())]);
    }
    format!("{name} {}", list.span().2)
}

fn is_late(model: &Model, locker: LockerId) -> bool {
    let booking = model.desk.here.bookings.get(&locker).and_then(|id| model.world.booking(*id));
    booking.is_some_and(|booking| model.world.overdue_since(booking, model.now).is_some())
}

fn tabs(model: &Model, paint: &mut Paint<'_>, area: Rect) {
    let (first, last, count) = model.desk.list(model.desk.tab).span();
    let span = [("first", first.to_string()), ("last", last.to_string()), ("count", count.to_string())];
    let remark = say(model.seat.language, "list-span", &span);
    let titles = Tab::ALL.map(|tab| (tab, tab_title(model, tab)));
    let taken: usize = titles.iter().map(|(_, title)| width(title) + 3).sum();
    let fits = taken + 6 + width(&remark) <= usize::from(area.width);
    paint.rule(area, area.y, &[], if fits { &remark } else { "" });
    let mut at = area.x + 1;
    for (tab, title) in titles {
        let is_current = tab == model.desk.tab;
        let (open, close, role) = if is_current { ("[", "]", Role::Strong) } else { (" ", " ", Role::Text) };
        at = paint.line(at, area.y, area.right().saturating_sub(at), &[(open, role), (&title, role), (close, role)]);
        at += 1;
    }
}

fn rows(model: &Model, paint: &mut Paint<'_>, area: Rect) {
    let list = model.desk.list(model.desk.tab);
    if list.order().is_empty() {
        let key = format!("{}-none", tab_key(model.desk.tab));
        let lines = wrap(&say(model.seat.language, &key, &[]), usize::from(area.width.saturating_sub(2)));
        for (line, y) in lines.iter().zip(area.top()..area.bottom()) {
            paint.text(area.x + 1, y, area.width.saturating_sub(1), line, Role::Dim);
        }
        return;
    }
    for (line, y) in list.glass().zip(area.top()..area.bottom()) {
        let Some(line) = line else { continue };
        let cells = cells(model, line.key);
        let gone = |role: Role| if line.ghost { Role::Gone } else { role };
        let mark = match mark(model, line.key) {
            Mark::Confirmed => "",
            Mark::Pending => "~",
            _ => signs::PRESSING,
        };
        paint.text(area.x + 1, y, 1, mark, Role::Warn);
        let mut at = area.x + 2;
        for (text, role, wide) in [
            (&cells.who, Role::Strong, 15),
            (&cells.what, Role::Text, 11),
            (&cells.job.0, cells.job.1, JOB),
            (&cells.place.0, cells.place.1, 16),
        ] {
            // On a wide screen each column has more room.
            let alone = cells.place.0.is_empty() && cells.end.0.is_empty() && cells.what.is_empty();
            let wide = match wide {
                // What has nothing beside it has the rest of the line.
                JOB if alone => area.width,
                _ => wide * area.width.max(80) / 80 - 1,
            };
            paint.text(at, y, wide.min(area.right().saturating_sub(at)), text, gone(role));
            at += wide + 1;
        }
        let (room, (end, role)) = (area.right().saturating_sub(at), &cells.end);
        match line.key {
            // Sums stand under each other.
            DeskRow::Back(_) => paint.text_right(area.right(), y, room, end, gone(*role)),
            _ => _ = paint.text(at, y, room, end, gone(*role)),
        }
        if line.selected {
            if model.layers.is_empty() && model.context() == Context::List {
                paint.select(area, y);
                paint.set_cursor(area.x, y);
            } else {
                paint.ground(area, y);
            }
        }
    }
}

/// The field of labels, and what was found.
fn scan(model: &Model, paint: &mut Paint<'_>, area: Rect) {
    let language = model.seat.language;
    let key = if model.desk.taking.is_some() { "desk-scan-taking" } else { "desk-scan-title" };
    paint.rule(area, area.y, &[(&say(language, key, &[]), Role::Strong)], "");
    if area.height < 2 {
        return;
    }
    let has_focus = model.desk.focus == Focus::Scan;
    paint.text(area.x, area.y + 1, 2, "> ", if has_focus { Role::Accent } else { Role::Dim });
    if has_focus && model.layers.is_empty() {
        super::field(paint, &model.desk.scan, area.x + 2, area.y + 1, area.width.saturating_sub(2));
    } else {
        paint.text(area.x + 2, area.y + 1, area.width.saturating_sub(2), model.desk.scan.text(), Role::Field);
    }
    for ((text, role), y) in found(model).iter().zip(area.y + 2..area.bottom()) {
        paint.text(area.x, y, area.width, text, *role);
    }
}

/// What is in hand, what is doubtful of it, and what an Enter does; else what can be done next.
pub fn found(model: &Model) -> Vec<(String, Role)> {
    let language = model.seat.language;
    if let Some(taking) = &model.desk.taking {
        let what = verbs::name(model, Row::Request(taking.request));
        let labels = if taking.labels.is_empty() { "…".to_owned() } else { taking.labels.join(signs::BETWEEN) };
        let parts = [("what", what), ("labels", labels), ("count", taking.labels.len().to_string())];
        let next = if taking.labels.is_empty() { "desk-take-first" } else { "desk-take-next" };
        return vec![(say(language, "desk-taking", &parts), Role::Text), (say(language, next, &parts), Role::Accent)];
    }
    let things: Vec<&Arc<Item>> = model.desk.found.iter().filter_map(|id| model.world.thing(*id)).collect();
    if things.is_empty() {
        return next_step(model).into_iter().map(|text| (text, Role::Dim)).collect();
    }
    let owner = things.first().and_then(|thing| model.world.owner_of(thing));
    let parts = [
        ("what", update::things_words(model, &model.desk.found)),
        ("who", update::who(model, owner)),
        ("labels", things.iter().map(|thing| thing.fields.label.to_string()).collect::<Vec<_>>().join(signs::BETWEEN)),
    ];
    let went = things.iter().any(|thing| thing.state == ItemState::HandedBack);
    let mut lines = vec![(say(language, "desk-found", &parts), Role::Strong)];
    lines.extend(update::doubt(model).map(|doubt| (doubt, Role::Warn)));
    lines.push((say(language, if went { "desk-enter-again" } else { "desk-enter-back" }, &parts), Role::Accent));
    lines
}

/// What can be done next, in one sentence, for who sits here for the first time.
fn next_step(model: &Model) -> Option<String> {
    let language = model.seat.language;
    let session = update::session(model)?;
    let open = model.keymap.way(model.context(), crate::console::keymap::Action::Accept, language);
    let close = open.clone();
    let key = match session.state {
        PermanenceState::Planned | PermanenceState::Missed => {
            return Some(say(language, "next-open", &[("keys", open)]));
        }
        PermanenceState::Closed | PermanenceState::Cancelled => "desk-is-over",
        PermanenceState::Open if model.now > session.fields.window.end(&session.zone) => {
            return Some(say(language, "next-close", &[("keys", close)]));
        }
        PermanenceState::Open => match model.desk.tab {
            Tab::ToHandBack => "next-hand-back",
            Tab::Expected => "next-take-in",
            Tab::Callbacks => "next-call",
            Tab::Lockers => "next-locker",
            Tab::Exceptions => "next-exception",
        },
    };
    Some(say(language, key, &[]))
}

/// The desk in sentences: its heading, its tab, what is in hand.
pub fn heading_in_words(model: &Model) -> Option<String> {
    let session = update::session(model)?;
    let (title, remark) = heading(model, &session);
    Some([title, remark].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "))
}
