//! The screen of every request: one row each, in columns that adapt; below them the filter and what is to be known.

use super::{
    frame::Frame,
    lanes::{first_line, service_name, urgency_of},
    paint::{Paint, Piece, signs},
    words,
};
use crate::{
    console::{
        keymap::{Action, Context},
        model::{
            Model,
            filter_line::FilterLine,
            layer::Layer,
            list::Line,
            requests::{Listed, Searched, Standing, past_rule},
        },
        theme::Role,
    },
    domain::{
        assignment::{Assignment, Doer},
        client::Client,
        clock::{ClockState, Urgency},
        ids::ProviderId,
        machine::State as _,
        operator::Language,
        provider::Provider,
        request::{Channel, Request, RequestState, Requester},
        time::Instant,
    },
    i18n::say,
    replica::Mark,
    text::width,
};
use jiff::SignedDuration;
use ratatui::layout::Rect;
use std::fmt::Write as _;

/// Lines of the screen that are no rows: the rule, the headings, the filter, what is to be known.
const NO_ROWS: u16 = 4;

/// How many rows the screen has on the glass.
pub fn height(model: &Model) -> usize {
    let screen = Rect { x: 0, y: 0, width: model.size.columns, height: model.size.rows };
    usize::from(Frame::around(model, screen).body.height.saturating_sub(NO_ROWS)).max(1)
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    State,
    Left,
    Who,
    Number,
    What,
    Site,
    When,
    Doer,
    Channel,
    Claim,
}

impl Column {
    const fn key(self) -> &'static str {
        match self {
            Self::State => "requests-column-state",
            Self::Left => "requests-column-left",
            Self::Who => "requests-column-who",
            Self::Number => "requests-column-number",
            Self::What => "requests-column-what",
            Self::Site => "requests-column-site",
            Self::When => "requests-column-when",
            Self::Doer => "requests-column-doer",
            Self::Channel => "requests-column-channel",
            Self::Claim => "requests-column-claim",
        }
    }
}

/// The longest state and the longest lateness in whole words: « waiting for a reply », « retard 64 h ».
const STATE: u16 = 19;
const LEFT: u16 = 11;
/// The same in short, where names and services need the room: « info donnée »; `!64 h`, `11/2025`.
const STATE_SHORT: u16 = 11;
const LEFT_SHORT: u16 = 7;

/// The columns with their widths; 0 takes what the others leave.
const NARROW: &[(Column, u16)] = &[
    (Column::State, STATE_SHORT),
    (Column::Left, LEFT_SHORT),
    (Column::Who, 14),
    (Column::Number, 8),
    (Column::What, 0),
    (Column::When, 12),
];
const MIDDLE: &[(Column, u16)] = &[
    (Column::State, STATE_SHORT),
    (Column::Left, LEFT_SHORT),
    (Column::Who, 18),
    (Column::Number, 8),
    (Column::What, 0),
    (Column::Site, 11),
    (Column::When, 13),
    (Column::Doer, 18),
];
const WIDE: &[(Column, u16)] = &[
    (Column::State, STATE),
    (Column::Left, LEFT),
    (Column::Who, 24),
    (Column::Number, 8),
    (Column::What, 0),
    (Column::Site, 18),
    (Column::When, 17),
    (Column::Doer, 30),
    (Column::Channel, 10),
    (Column::Claim, 14),
];

/// The columns of a screen this wide, each with its place and width. The margin holds the bar and the mark.
fn columns(area: Rect) -> impl Iterator<Item = (Column, u16, u16)> {
    let columns = match area.width {
        200.. => WIDE,
        120.. => MIDDLE,
        _ => NARROW,
    };
    let gaps = u16::try_from(columns.len()).unwrap_or_default() + 2;
    let fixed: u16 = columns.iter().map(|(_, wide)| wide).sum();
    let rest = area.width.saturating_sub(fixed + gaps);
    let mut at = area.x + 3;
    columns.iter().map(move |(column, wide)| {
        let wide = if *wide > 0 { *wide } else { rest };
        let place = at;
        at += wide + 1;
        (*column, place, wide)
    })
}

/// Draws the screen.
pub fn draw(model: &Model, paint: &mut Paint<'_>, area: Rect) {
    title(model, paint, area);
    let head = Rect { y: area.y + 1, height: 1, ..area };
    for (column, at, wide) in columns(head) {
        let name = say(model.seat.language, column.key(), &[]);
        if column == Column::Left {
            paint.text_right(at + wide, head.y, wide, &name, Role::Heading);
        } else {
            paint.text(at, head.y, wide, &name, Role::Heading);
        }
    }
    let rows = Rect { y: area.y + 2, height: area.height.saturating_sub(NO_ROWS), ..area };
    if model.requests.list.order().is_empty() {
        empty(model, paint, rows);
    }
    for (line, y) in model.requests.list.glass().zip(rows.top()..rows.bottom()) {
        match line {
            Some(line) if line.key == past_rule() => past(model, paint, rows, y),
            Some(line) => row(model, paint, rows, y, line),
            None => {}
        }
    }
    foot(model, paint, Rect { y: rows.bottom(), height: 2, ..area });
}

fn title(model: &Model, paint: &mut Paint<'_>, area: Rect) {
    let language = model.seat.language;
    let requests = &model.requests;
    let counts = requests.counts();
    let is_filtered = !requests.understood().is_empty();
    let count = if is_filtered {
        let variables =
            [("shown", counts.shown.to_string()), ("open", counts.open.to_string()), ("past", counts.past.to_string())];
        say(language, "requests-count-filtered", &variables)
    } else {
        say(language, "requests-count", &[("open", counts.open.to_string())])
    };
    let name = Action::Screen4.words(language);
    let (first, last, all) = requests.list.span();
    let span = [("first", first.to_string()), ("last", last.to_string()), ("count", all.to_string())];
    let mut remark = say(language, "requests-span", &span);
    let above = requests.list.new_above();
    if above > 0 {
        let new = say(language, "requests-new-above", &[("count", above.to_string())]);
        remark = format!("{new}{}{remark}", signs::BETWEEN);
    }
    paint.rule(area, area.y, &[(&name, Role::Strong), (signs::BETWEEN, Role::Dim), (&count, Role::Text)], &remark);
}

/// An empty list says why, and what to do.
fn empty(model: &Model, paint: &mut Paint<'_>, area: Rect) {
    let key = if model.world.board.replica().at().is_none() {
        "requests-empty-loading"
    } else if !model.requests.filter.trim().is_empty() {
        match model.requests.past.state() {
            Searched::At(_) | Searched::Asked => "requests-empty-searching",
            _ => "requests-empty-filter",
        }
    } else {
        "requests-empty"
    };
    let sentence = say(model.seat.language, key, &[("filter", model.requests.filter.trim().to_owned())]);
    let lines = crate::text::wrap(&sentence, usize::from(area.width.saturating_sub(4)));
    for (line, y) in lines.iter().zip(area.top()..area.bottom()) {
        paint.text(area.x + 2, y, area.width.saturating_sub(2), line, Role::Dim);
    }
    if model.context() == Context::List {
        paint.set_cursor(area.x, area.y);
    }
}

/// The line between open work and the past.
fn past(model: &Model, paint: &mut Paint<'_>, area: Rect, y: u16) {
    let title = say(model.seat.language, "requests-past", &[]);
    paint.rule(area, y, &[(&title, Role::Heading)], "");
}

fn row(model: &Model, paint: &mut Paint<'_>, area: Rect, y: u16, line: Line<crate::domain::ids::RequestId>) {
    let language = model.seat.language;
    let is_marked = model.requests.marked.contains(line.key);
    match model.requests.listed(&model.world, line.key) {
        None => _ = paint.text(area.x + 3, y, area.width, &say(language, "requests-gone", &[]), Role::Gone),
        Some(listed) => {
            let is_over = Standing::of(&listed.row).0 == Standing::Ended;
            if is_urgent(&listed) {
                paint.text(area.x + 2, y, 1, signs::PRESSING, if line.ghost { Role::Gone } else { Role::Danger });
            }
            for (column, at, wide) in columns(area) {
                let (text, role) = cell(model, &listed, column, wide);
                let role = match role {
                    _ if line.ghost => Role::Gone,
                    Role::Text | Role::Strong if is_over => Role::Dim,
                    role => role,
                };
                if column == Column::Left {
                    paint.text_right(at + wide, y, wide, &text, role);
                } else {
                    paint.text(at, y, wide, &text, role);
                }
            }
        }
    }
    if is_marked {
        paint.text(area.x + 1, y, 1, signs::TIMES, Role::Marked);
    }
    if line.selected && matches!(model.layers.last(), Some(Layer::Palette(_))) {
        paint.ground(area, y);
    } else if line.selected {
        paint.select(area, y);
        if model.context() == Context::List {
            paint.set_cursor(area.x, y);
        }
    }
}

fn cell(model: &Model, listed: &Listed, column: Column, wide: u16) -> (String, Role) {
    let language = model.seat.language;
    let request = &listed.row;
    match column {
        Column::State => state(model, listed, wide),
        Column::Left => left(model, request, wide),
        Column::Who => (who(model, request), Role::Strong),
        Column::Number => (number(model, listed), Role::Text),
        Column::What => (what_and_whose(model, request, wide), Role::Text),
        Column::Site => {
            let site = request.fields.site_id.and_then(|id| model.world.site(id));
            (site.map(|site| site.fields.name.to_string()).unwrap_or_default(), Role::Text)
        }
        Column::When => {
            let zone = model.world.zone(request.fields.site_id);
            let today = model.now.civil(&zone).date();
            let when = request.fields.when.as_ref();
            let when = when.map(|when| words::when_within(language, when, today, usize::from(wide)));
            (when.unwrap_or_else(|| say(language, "requests-no-time", &[])), Role::Text)
        }
        Column::Doer => doer(model, request, usize::from(wide)),
        Column::Channel => (channel(language, request.fields.channel), Role::Dim),
        Column::Claim => (claimed_by(model, request).unwrap_or_default(), Role::Text),
    }
}

/// Where it stands, in a word; what is pending on it stands in its place.
fn state(model: &Model, listed: &Listed, wide: u16) -> (String, Role) {
    let language = model.seat.language;
    let (key, role) = match listed.mark {
        Mark::Confirmed => {
            let state = listed.row.state;
            let whole = say(language, &format!("state-request-{}", state.name()), &[]);
            let is_long = width(&whole) > usize::from(wide);
            let said =
                if is_long && state == RequestState::Waiting { say(language, "requests-waiting", &[]) } else { whole };
            return (said, if is_urgent(listed) { Role::Danger } else { Role::Text });
        }
        Mark::Pending => ("requests-mark-pending", Role::Accent),
        Mark::Unkept => ("requests-mark-unkept", Role::Danger),
        Mark::Refused => ("requests-mark-refused", Role::Danger),
        Mark::Conflicting => ("requests-mark-conflicting", Role::Danger),
    };
    (say(language, key, &[]), role)
}

/// Whether it is urgent, and that still matters.
fn is_urgent(listed: &Listed) -> bool {
    Standing::of(&listed.row).0 < Standing::Done && listed.row.fields.urgency == Urgency::Urgent
}

/// What is left of its most pressing clock, or how late it is; without a clock for how long it stands; past, its day.
/// Where words have no room, a sign says late and brackets say since when.
fn left(model: &Model, request: &Request, wide: u16) -> (String, Role) {
    let language = model.seat.language;
    let has_words = wide >= LEFT;
    match Standing::of(request) {
        (Standing::Running, due) => {
            // Of the clocks that run: one that was missed long ago says nothing of what is left.
            let running = request.clocks.iter().filter(|clock| matches!(clock.state(), ClockState::Running { .. }));
            let role = urgency_of(&running.copied().collect::<Vec<_>>(), model.now);
            let text = if due < model.now && !has_words {
                format!("{}{}", signs::PRESSING, late_by(language, due, model.now))
            } else {
                time_left(language, due, model.now)
            };
            (text, role)
        }
        (Standing::Quiet | Standing::Done, since) => {
            let span = span(language, model.now.since(since));
            let text = if has_words { say(language, "requests-since", &[("span", span)]) } else { format!("({span})") };
            (text, Role::Dim)
        }
        (Standing::Ended, at) => {
            let day = at.civil(&model.world.zone(request.fields.site_id)).date();
            let this_year = day.year() == model.seat.civil(model.now).date().year();
            let text = if this_year {
                format!("{:02}/{:02}", day.day(), day.month())
            } else {
                format!("{:02}/{}", day.month(), day.year())
            };
            (text, Role::Dim)
        }
    }
}

/// Hours and minutes until `due`, from 100 hours on days; once it is over how late it is, in words.
pub fn time_left(language: Language, due: Instant, now: Instant) -> String {
    let left = due.since(now);
    if left.is_negative() {
        return say(language, "requests-late", &[("span", late_by(language, due, now))]);
    }
    let minutes = left.as_mins();
    if minutes < 6_000 { format!("{}:{:02}", minutes / 60, minutes % 60) } else { span(language, left) }
}

/// For how long it is late; by less than a minute is late.
pub fn late_by(language: Language, due: Instant, now: Instant) -> String {
    span(language, now.since(due).max(SignedDuration::from_mins(1)))
}

/// How long, in five columns: `1:30`, `64 h`, `12 j`.
fn span(language: Language, lasted: SignedDuration) -> String {
    let minutes = lasted.as_mins().max(0);
    match (minutes, language) {
        (0..600, _) => format!("{}:{:02}", minutes / 60, minutes % 60),
        (600..6_000, _) => format!("{} h", minutes / 60),
        (_, Language::Fr) => format!("{} j", minutes / 1_440),
        (_, Language::En) => format!("{} d", minutes / 1_440),
    }
}

/// Who asks, as a list names them.
pub fn who(model: &Model, request: &Request) -> String {
    let unknown = || say(model.seat.language, "requests-unknown", &[]);
    match &request.fields.requester {
        Some(Requester::Person { id }) => {
            model.world.person(*id).map_or_else(unknown, |person| words::person_short(person))
        }
        Some(Requester::Organisation { id, contact_person }) => {
            let client = model.world.board.get::<Client>(*id);
            client.map_or_else(|| contact_person.to_string(), |client| client.row.fields.name.to_string())
        }
        None => unknown(),
    }
}

/// Its number; one that the office has not numbered yet has none.
fn number(model: &Model, listed: &Listed) -> String {
    let is_numbered =
        listed.is_past || model.world.request(listed.row.id).is_some_and(|shown| shown.confirmed.is_some());
    if is_numbered { listed.row.number.to_string() } else { say(model.seat.language, "requests-no-number", &[]) }
}

/// What is asked for, in a line: service, quantity, detail; else the first line of what was said.
pub fn what(model: &Model, request: &Request) -> String {
    let fields = &request.fields;
    let service = fields.service_id.and_then(|id| model.world.service(id));
    let mut what = service
        .map(|service| service_name(service, model.seat.language))
        .or_else(|| fields.text.as_ref().map(|text| first_line(text.as_str())))
        .unwrap_or_default();
    let quantity = u32::from(fields.quantity);
    if quantity > 1 {
        // Writing to a string cannot fail.
        let _ = write!(what, " {}{quantity}", signs::TIMES);
    }
    if let Some(detail) = &fields.detail {
        let _ = write!(what, ", {detail}");
    }
    what
}

/// What is asked for; who works on it stands behind it where there is no column for that.
fn what_and_whose(model: &Model, request: &Request, wide: u16) -> String {
    let what = what(model, request);
    let claimed = if model.size.columns >= 200 { None } else { claimed_by(model, request) };
    let Some(claimed) = claimed else { return what };
    let room = usize::from(wide).saturating_sub(width(&claimed) + 2);
    let what = crate::text::fit(&what, room).into_owned();
    let gap = " ".repeat(room.saturating_sub(width(&what)) + 2);
    format!("{what}{gap}{claimed}")
}

pub fn claimed_by(model: &Model, request: &Request) -> Option<String> {
    let language = model.seat.language;
    let claim = model.world.claim_on(request.id.into())?;
    if claim.operator_id == model.seat.me() {
        return Some(say(language, "requests-mine", &[]));
    }
    let name = model.world.operator(claim.operator_id).map(|row| row.fields.name.to_string());
    Some(name.unwrap_or_else(|| say(language, "requests-somebody", &[])))
}

/// Who does it; who is asked to, with a question mark that stays however long the name.
fn doer(model: &Model, request: &Request, wide: usize) -> (String, Role) {
    let language = model.seat.language;
    if let Some(doing) = doing(model, request) {
        return (doing, Role::Text);
    }
    let asked = model.requests.offered_to(request.id).and_then(|id| provider_name(model, id));
    let mark = width(&say(language, "requests-asked", &[("name", String::new())]));
    let asked = asked.map(|name| {
        let name = crate::text::fit(&name, wide.saturating_sub(mark)).into_owned();
        say(language, "requests-asked", &[("name", name)])
    });
    (asked.unwrap_or_default(), Role::Dim)
}

/// Who does it, once somebody is to.
pub fn doing(model: &Model, request: &Request) -> Option<String> {
    let assignment = model.world.board.get::<Assignment>(request.assignment_id?)?;
    match assignment.row.fields.by {
        Doer::Provider { provider_id, member_id, .. } => {
            let asked = provider_name(model, provider_id)?;
            let member = member_id.and_then(|id| provider_name(model, id));
            Some(match member {
                Some(member) => say(model.seat.language, "requests-member", &[("name", asked), ("member", member)]),
                None => asked,
            })
        }
        Doer::OwnStaff { operator_id } => {
            let name = model.world.operator(operator_id).map(|row| row.fields.name.to_string());
            Some(say(model.seat.language, "requests-own-staff", &[("name", name.unwrap_or_default())]))
        }
    }
}

/// A provider by name.
pub fn provider_name(model: &Model, id: ProviderId) -> Option<String> {
    model.world.board.get::<Provider>(id).map(|shown| shown.row.fields.name.to_string())
}

/// How it came in.
pub fn channel(language: Language, channel: Channel) -> String {
    let key = match channel {
        Channel::Phone => "filter-channel-phone",
        Channel::Email => "filter-channel-email",
        Channel::Permanence => "filter-channel-permanence",
        Channel::Locker => "filter-channel-locker",
        Channel::House => "filter-channel-house",
    };
    say(language, key, &[])
}

/// The filter, and below it what is to be known: what of it was not understood, what Tab offers, what is marked, how the past stands.
fn foot(model: &Model, paint: &mut Paint<'_>, area: Rect) {
    let language = model.seat.language;
    let typed = filter(model, paint, area);
    let y = area.y + 1;
    let marks = marks(model);
    let room = area.width.saturating_sub(u16::try_from(width(&marks)).unwrap_or_default() + 2);
    paint.text_right(area.right(), y, area.width, &marks, Role::Marked);
    if let Some(line) = typed.filter(|line| !line.proposals.is_empty()) {
        offers(paint, line, Rect { y, width: room, ..area });
    } else if let Some(fault) = model.requests.understood().faults().first() {
        paint.text(area.x, y, room, &fault.said(language), Role::Warn);
    } else {
        let (told, role) = past_told(model);
        paint.text(area.x, y, room, &told, role);
    }
}

/// The filter of the lists at hand, and the line in which it is typed, if it is.
pub fn filter<'a>(model: &'a Model, paint: &mut Paint<'_>, area: Rect) -> Option<&'a FilterLine> {
    let language = model.seat.language;
    let typed = model.layers.iter().find_map(|layer| match layer {
        Layer::Filter(line) => Some(line),
        _ => None,
    });
    let label = say(language, "requests-filter", &[]);
    let at = paint.line(area.x, area.y, area.width, &[(&label, Role::Dim), (" ", Role::Dim)]);
    match typed {
        Some(line) => field(model, paint, line, Rect { x: at, width: area.right().saturating_sub(at), ..area }),
        None if model.filter().trim().is_empty() => {
            paint.text(at, area.y, area.width, &say(language, "requests-filter-none", &[]), Role::Dim);
        }
        None => _ = paint.text(at, area.y, area.right().saturating_sub(at), model.filter(), Role::Text),
    }
    typed
}

/// The line being typed, scrolled so that its cursor is in sight.
fn field(model: &Model, paint: &mut Paint<'_>, line: &FilterLine, area: Rect) {
    let room = usize::from(area.width.saturating_sub(1)).max(1);
    let before = line.field.cursor_columns();
    let mut hidden = 0;
    let text = line.field.text();
    let mut start = 0;
    for (place, c) in text.char_indices() {
        if before - hidden <= room {
            break;
        }
        hidden += width(c.encode_utf8(&mut [0; 4]));
        start = place + c.len_utf8();
    }
    paint.text(area.x, area.y, area.width, text.get(start..).unwrap_or_default(), Role::Field);
    if matches!(model.layers.last(), Some(Layer::Filter(_))) {
        let column = u16::try_from(before.saturating_sub(hidden)).unwrap_or_default();
        paint.set_cursor(area.x + column.min(area.width.saturating_sub(1)), area.y);
    }
}

/// What Tab offers, from what stands in the line on.
pub fn offers(paint: &mut Paint<'_>, line: &FilterLine, area: Rect) {
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    for (place, proposal) in line.proposals.iter().enumerate().skip(line.chosen) {
        let role = if place == line.chosen { Role::Accent } else { Role::Dim };
        pieces.extend([(proposal.label.trim_end(), role), ("  ", Role::Dim)]);
    }
    paint.line(area.x, area.y, area.width, &pieces);
}

fn marks(model: &Model) -> String {
    let requests = &model.requests;
    if requests.marked.is_empty() {
        return String::new();
    }
    let variables = [("count", requests.marked.len().to_string()), ("hidden", requests.marked_hidden().to_string())];
    say(model.seat.language, "requests-marked", &variables)
}

/// How the search of the past stands.
fn past_told(model: &Model) -> (String, Role) {
    let language = model.seat.language;
    match model.requests.past.state() {
        Searched::Nothing | Searched::Told => (String::new(), Role::Dim),
        Searched::At(_) | Searched::Asked => (say(language, "requests-past-asked", &[]), Role::Dim),
        Searched::Away(why) => (why.clone(), Role::Warn),
    }
}

#[cfg(test)]
mod tests;
