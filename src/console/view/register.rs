//! The register: its list, and an entry with a line for each thing that is known; beside each other where there is room.

use super::{
    paint::{Paint, signs},
    words,
};
use crate::{
    console::{
        model::{
            Model,
            layer::Layer,
            register::{About, Register, Typed},
        },
        register::{Line, Part, Row, provider, service},
        theme::Role,
        update::{
            register::{completions, drafts, looked_at, open_offers, place, reader, rows},
            verbs::service_name,
        },
    },
    domain::{
        provider::{Away, Provider},
        service::{Everyday, Service},
    },
    i18n::say,
    text::{neutral, width, wrap},
};
use ratatui::layout::Rect;

/// From this width on the entry stands beside the list.
const BESIDE: u16 = 120;

/// Columns of the labels of an entry.
const LABELS: u16 = 20;

/// Lines below what is typed: how, in two lines at most, and what Tab would bring.
const ADVICE: u16 = 3;

/// Draws the register over the screen.
pub fn draw(model: &Model, register: &Register, paint: &mut Paint<'_>, area: Rect) {
    paint.clear(area);
    let rows = rows(model, register);
    let mut count = say(model.seat.language, "register-count", &[("count", rows.len().to_string())]);
    if register.typed.is_none() && drafts::is_of(model, register.part, None) {
        count = format!("{}{}{count}", say(model.seat.language, "register-new-draft", &[]), signs::BETWEEN);
    }
    paint.rule(area, area.y, &[(&title(model, register), Role::Strong)], &count);
    let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    let entry = looked_at(model, register);
    let is_new = matches!(register.typed, Some(Typed { about: About::New, .. }));
    if body.width < BESIDE {
        match entry.filter(|_| register.opened.is_some() && !is_new) {
            Some(row) => of_entry(model, register, &row, paint, body),
            None => list(model, register, &rows, paint, body),
        }
        return;
    }
    let left = Rect { width: body.width * 9 / 20, ..body };
    let right = Rect { x: left.right() + 3, width: body.width.saturating_sub(left.width + 3), ..body };
    paint.upright(right.x.saturating_sub(2), body.top(), body.bottom());
    // What is drawn last has the cursor.
    if register.opened.is_some() && !is_new {
        list(model, register, &rows, paint, left);
        if let Some(row) = entry {
            of_entry(model, register, &row, paint, right);
        }
    } else {
        if let Some(row) = entry {
            of_entry(model, register, &row, paint, right);
        }
        list(model, register, &rows, paint, left);
    }
}

/// What is looked at: the part, or the entry that is open in it.
pub fn title(model: &Model, register: &Register) -> String {
    let key = match register.part {
        Part::Providers => "register-providers",
        Part::Services => "register-of-services",
    };
    let part = say(model.seat.language, key, &[]);
    let name = looked_at(model, register).filter(|_| register.opened.is_some()).map(|row| row.name());
    name.map_or(part.clone(), |name| format!("{part} {} {name}", signs::HERE))
}

/// What is being typed, in a few words.
pub fn typing(model: &Model, register: &Register) -> String {
    let language = model.seat.language;
    match (&register.typed, register.part) {
        (Some(Typed { about: About::Line(_, line), .. }), _) => say(language, line.key(), &[]),
        (_, Part::Providers) => say(language, "register-new-provider", &[]),
        (_, Part::Services) => say(language, "register-new-service", &[]),
    }
}

/// How it is typed, or why it was not taken.
fn advice(model: &Model, register: &Register, typed: &Typed) -> (String, Role) {
    let language = model.seat.language;
    if let Some(trouble) = &typed.trouble {
        return (format!("{} {trouble}", signs::CROSS), Role::Danger);
    }
    let key = match (&typed.about, register.part) {
        (About::Line(_, line), _) => line.how(),
        (About::New, Part::Providers) => "register-new-provider-how".to_owned(),
        (About::New, Part::Services) => "register-new-service-how".to_owned(),
    };
    let how = say(language, &key, &[]);
    // Who comes back to what was typed before sees what stands there.
    if typed.is_changed() && matches!(typed.about, About::Line(..)) {
        let stood = if typed.stood.is_empty() { say(language, "register-empty", &[]) } else { typed.stood.clone() };
        return (format!("{} {how}", say(language, "register-stands", &[("value", stood)])), Role::Dim);
    }
    (how, Role::Dim)
}

/// What Tab would bring, on one line.
fn offered(model: &Model, register: &Register, typed: &Typed, columns: usize) -> String {
    let all = if typed.offered.is_empty() { completions(model, register) } else { typed.offered.clone() };
    if all.is_empty() {
        return String::new();
    }
    let key =
        model.keymap.hint(model.context(), crate::console::keymap::Action::TextComplete, true, model.seat.language);
    let mut line = key.map(|hint| format!("{} : ", hint.key)).unwrap_or_default();
    for (place, whole) in all.iter().enumerate() {
        let between = if place == 0 { "" } else { "  " };
        let short = whole.rsplit([',', ';']).next().unwrap_or(whole).trim();
        if width(&line) + width(between) + width(short) > columns.saturating_sub(2) {
            line.push_str(signs::REST);
            break;
        }
        line.push_str(between);
        line.push_str(short);
    }
    line
}

/// A column of the list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Name,
    Tier,
    Services,
    Capacity,
    Prefers,
    Away,
    Family,
    Price,
    LeadTime,
    Carriage,
    Everyday,
}

/// The columns with their headings and widths (0 takes what the others leave), the more the wider the list.
fn columns(part: Part, wide: u16) -> Vec<(Column, &'static str, u16)> {
    let all = match part {
        Part::Providers => vec![
            (Column::Name, "register-name", 0, 0),
            (Column::Tier, "register-tier", 15, 0),
            (Column::Services, "register-services", 30, 110),
            (Column::Capacity, "register-short-capacity", 8, 70),
            (Column::Prefers, "register-short-prefers", 10, 80),
            (Column::Away, "register-short-away", 12, 0),
        ],
        Part::Services => vec![
            (Column::Name, "register-name", 0, 0),
            (Column::Family, "register-family", 16, 70),
            (Column::Price, "register-price", 19, 0),
            (Column::LeadTime, "register-short-lead-time", 6, 60),
            (Column::Carriage, "register-carriage", 14, 100),
            (Column::Everyday, "register-everyday", 12, 110),
        ],
    };
    all.into_iter().filter(|(.., least)| wide >= *least).map(|(column, key, wide, _)| (column, key, wide)).collect()
}

/// Where each column stands: its left and its width.
fn placed(columns: &[(Column, &'static str, u16)], area: Rect) -> Vec<(u16, u16)> {
    let gaps = u16::try_from(columns.len()).unwrap_or_default();
    let fixed: u16 = columns.iter().map(|(.., wide)| wide).sum();
    let rest = area.width.saturating_sub(fixed + gaps + 1);
    let mut at = area.x + 2;
    let place = |(.., wide): &(Column, &'static str, u16)| {
        let wide = if *wide > 0 { *wide } else { rest };
        let x = at;
        at += wide + 1;
        (x, wide)
    };
    columns.iter().map(place).collect()
}

/// Numbers end at the right of their column.
fn put(paint: &mut Paint<'_>, column: Column, (x, wide): (u16, u16), y: u16, text: &str, role: Role) {
    match column {
        Column::Capacity | Column::LeadTime => paint.text_right(x + wide, y, wide, text, role),
        _ => _ = paint.text(x, y, wide, text, role),
    }
}

fn list(model: &Model, register: &Register, rows: &[Row], paint: &mut Paint<'_>, area: Rect) {
    let language = model.seat.language;
    let new = register.typed.as_ref().filter(|typed| matches!(typed.about, About::New));
    let mut area = area;
    if register.searching || !register.search.is_blank() {
        let x = paint.line(area.x, area.y, area.width, &[("/ ", Role::Accent)]);
        let (room, y) = (area.right().saturating_sub(x), area.y);
        area = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
        if !register.searching {
            paint.text(x, y, room, &neutral(register.search.text()), Role::Text);
        }
    }
    let foot = if new.is_some() { ADVICE + 2 } else { 0 };
    let list = Rect { height: area.height.saturating_sub(foot), ..area };
    let columns = columns(register.part, list.width);
    let places = placed(&columns, list);
    for ((column, key, _), (x, wide)) in columns.iter().zip(&places) {
        put(paint, *column, (*x, *wide), list.y, &words::title(&say(language, key, &[])), Role::Heading);
    }
    let selected = place(register, rows);
    let room = usize::from(list.height.saturating_sub(1));
    let first = (selected + 1).saturating_sub(room.max(1));
    if rows.is_empty() {
        paint.text(list.x + 2, list.y + 1, list.width, &say(language, "register-nothing", &[]), Role::Dim);
        paint.set_cursor(list.x, list.y + 1);
    }
    for ((place, row), y) in rows.iter().enumerate().skip(first).zip(list.y + 1..list.bottom()) {
        let role = if place == selected { Role::Strong } else { Role::Text };
        for ((column, ..), (x, wide)) in columns.iter().zip(&places) {
            let (mut text, own) = cell(model, row, *column);
            if *column == Column::Name && drafts::is_of(model, register.part, Some(row)) {
                text = say(language, "register-has-draft", &[("name", text)]);
            }
            let role = if *column == Column::Name { role } else { own };
            put(paint, *column, (*x, *wide), y, &text, role);
        }
        // What lies over it, or is open beside it, has the bar.
        let is_behind = matches!(model.layers.last(), Some(Layer::Palette(_))) || register.opened.is_some();
        if place == selected && is_behind {
            paint.ground(list, y);
        } else if place == selected {
            paint.select(list, y);
            paint.set_cursor(list.x, y);
        }
    }
    if let Some(typed) = new {
        let below = Rect { y: list.bottom(), height: foot, ..area };
        paint.rule(below, below.y, &[(&typing(model, register), Role::Strong)], "");
        below_typed(model, register, typed, paint, Rect { y: below.y + 2, height: ADVICE, ..below });
        super::field(paint, &typed.field, below.x + 1, below.y + 1, below.width.saturating_sub(1));
    } else if register.searching {
        let x = area.x + 2;
        super::field(paint, &register.search, x, area.y.saturating_sub(1), area.right().saturating_sub(x));
    }
}

/// How it is typed, and what Tab would bring.
fn below_typed(model: &Model, register: &Register, typed: &Typed, paint: &mut Paint<'_>, area: Rect) {
    let (advice, role) = advice(model, register, typed);
    let columns = usize::from(area.width.saturating_sub(1)).max(1);
    let lines = wrap(&advice, columns);
    let offered = offered(model, register, typed, columns);
    let most = if offered.is_empty() { 3 } else { 2 };
    let mut y = area.y;
    for line in lines.iter().take(most) {
        paint.text(area.x + 1, y, area.width.saturating_sub(1), line, role);
        y += 1;
    }
    if !offered.is_empty() {
        paint.text(area.x + 1, y, area.width.saturating_sub(1), &offered, Role::Text);
    }
}

fn cell(model: &Model, row: &Row, column: Column) -> (String, Role) {
    match row {
        Row::Provider(row) => provider_cell(model, row, column),
        Row::Service(row) => (service_cell(model, row, column), Role::Text),
    }
}

fn provider_cell(model: &Model, row: &Provider, column: Column) -> (String, Role) {
    let language = model.seat.language;
    let fields = &row.fields;
    let reader = reader(model);
    let text = match column {
        Column::Name if fields.is_consortium() => {
            say(language, "register-consortium", &[("name", neutral(fields.name.as_str()).into_owned())])
        }
        Column::Name => neutral(fields.name.as_str()).into_owned(),
        Column::Tier => provider::tier(language, fields.tier, fields.status),
        Column::Services => {
            let names = fields.services.iter().filter_map(|offered| model.world.service(offered.service_id));
            let names: Vec<String> = names.map(|service| service_name(language, service)).collect();
            names.join(", ")
        }
        Column::Capacity if fields.is_consortium() && fields.capacity_per_day.is_none() => {
            let sum: u32 = fields.members.iter().map(|member| u32::from(member.capacity_per_day.get())).sum();
            sum.to_string()
        }
        Column::Capacity => fields.capacity_per_day.map(|count| count.to_string()).unwrap_or_default(),
        Column::Prefers => provider::written(reader, fields, Line::Prefers),
        Column::Away => {
            let away = fields.away(reader.today).map(|away| match away {
                Away::ForGood => say(language, "register-away-for-good", &[]),
                Away::Through(date) => {
                    let day = [("day", format!("{:02}/{:02}", date.day(), date.month()))];
                    say(language, "register-away-through", &day)
                }
            });
            return (away.unwrap_or_default(), Role::Warn);
        }
        _ => String::new(),
    };
    (text, Role::Text)
}

fn service_cell(model: &Model, row: &Service, column: Column) -> String {
    let language = model.seat.language;
    let fields = &row.fields;
    match column {
        Column::Name => service_name(language, row),
        Column::Family => neutral(fields.family.as_str()).into_owned(),
        Column::Price => service::price(language, fields.price),
        Column::LeadTime if fields.lead_time_h == 0 => String::new(),
        Column::LeadTime => service::written(language, fields, Line::LeadTime),
        Column::Carriage => service::written(language, fields, Line::Carriage),
        Column::Everyday if fields.everyday == Everyday::Occasional => String::new(),
        Column::Everyday => service::written(language, fields, Line::Everyday),
        _ => String::new(),
    }
}

/// An entry: a line for each thing, those that belong together under one label.
fn of_entry(model: &Model, register: &Register, row: &Row, paint: &mut Paint<'_>, area: Rect) {
    let language = model.seat.language;
    let reader = reader(model);
    let lines = row.lines();
    let chosen = register.opened.map(|opened| opened.line.min(lines.len().saturating_sub(1)));
    let typed = register.typed.as_ref().filter(|typed| matches!(typed.about, About::Line(..)));
    let offers = open_offers(model, row.id());
    let columns = usize::from(area.width.saturating_sub(2)).max(1);
    let wide = area.width.saturating_sub(LABELS + 2);
    // What does not fit into its line is told whole at the foot while it is looked at.
    let whole = chosen.and_then(|chosen| lines.get(chosen)).map(|line| row.shown(reader, *line));
    let whole = whole.filter(|whole| width(whole) > usize::from(wide)).map(|whole| (wrap(&whole, columns), Role::Text));
    let offers = offers.map(|offers| say(language, "register-open-offers", &[("list", offers)]));
    let offers = offers.map(|offers| (wrap(&offers, columns), Role::Warn));
    let told = whole
        .into_iter()
        .chain(offers)
        .flat_map(|(lines, role)| lines.into_iter().take(3).map(move |line| (line, role)));
    let told: Vec<(String, Role)> = told.collect();
    let foot = if typed.is_some() { ADVICE + 1 } else { u16::try_from(told.len()).unwrap_or_default() };
    let room = area.height.saturating_sub(foot);
    let first = chosen.map_or(0, |chosen| (chosen + 2).saturating_sub(usize::from(room).max(1)));
    let first = first.min(lines.len().saturating_sub(usize::from(room)));
    let x = area.x + 2 + LABELS;
    let mut field = None;
    for ((place, line), y) in lines.iter().enumerate().skip(first).zip(area.y..area.y + room) {
        // A label stands once for all lines that it is the label of.
        let before = place.checked_sub(1).and_then(|before| lines.get(before)).map(|before| before.key());
        if before != Some(line.key()) || place == first {
            let label = say(language, line.key(), &[]);
            paint.text(area.x + 2, y, LABELS.saturating_sub(1), &label, Role::Dim);
        }
        let is_chosen = chosen == Some(place);
        if is_chosen {
            paint.select(area, y);
            paint.set_cursor(area.x, y);
        }
        if is_chosen && typed.is_some() {
            field = Some(y);
            continue;
        }
        let about = About::Line(row.clone(), *line);
        if let Some(draft) = drafts::text_of(model, register.part, &about) {
            let draft = [("text", neutral(&draft).into_owned())];
            paint.text(x, y, wide, &say(language, "register-draft", &draft), Role::Accent);
            continue;
        }
        let shown = row.shown(reader, *line);
        let (text, role) = match (shown.is_empty(), line.is_more()) {
            (true, _) => (say(language, "register-empty", &[]), Role::Dim),
            (false, true) => (shown, Role::Dim),
            (false, false) => (shown, if is_chosen { Role::Strong } else { Role::Text }),
        };
        paint.text(x, y, wide, &text, role);
    }
    let below = Rect { y: area.bottom().saturating_sub(foot), height: foot, ..area };
    if let Some(typed) = typed {
        paint.rule(below, below.y, &[(&typing(model, register), Role::Strong)], "");
        below_typed(model, register, typed, paint, Rect { y: below.y + 1, height: ADVICE, ..below });
        if let Some(y) = field {
            super::field(paint, &typed.field, x, y, wide);
        }
    } else {
        for ((line, role), y) in told.iter().zip(below.top()..below.bottom()) {
            paint.text(area.x + 2, y, area.width.saturating_sub(2), line, *role);
        }
    }
}

/// The row or line that is looked at, in words: for a view without columns.
pub fn in_words(model: &Model, register: &Register) -> String {
    let language = model.seat.language;
    let place_of = |place: usize, count: usize, what: String| {
        let parts = [("place", (place + 1).to_string()), ("count", count.to_string()), ("what", what)];
        say(language, "linear-row", &parts)
    };
    if let Some(typed) = &register.typed {
        let (advice, _) = advice(model, register, typed);
        let offered = offered(model, register, typed, 200);
        return [advice, offered].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    }
    if let (Some(opened), Some(row)) = (register.opened, looked_at(model, register)) {
        let lines = row.lines();
        let at = opened.line.min(lines.len().saturating_sub(1));
        let Some(line) = lines.get(at) else { return String::new() };
        let shown = row.shown(reader(model), *line);
        let draft = drafts::text_of(model, register.part, &About::Line(row.clone(), *line));
        let value = match draft {
            Some(draft) => say(language, "register-draft", &[("text", neutral(&draft).into_owned())]),
            None if shown.is_empty() => say(language, "register-empty", &[]),
            None => shown,
        };
        let what = say(language, "register-line", &[("field", say(language, line.key(), &[])), ("value", value)]);
        return place_of(at, lines.len(), what);
    }
    let rows = rows(model, register);
    let at = place(register, &rows);
    let Some(row) = rows.get(at) else { return say(language, "register-nothing", &[]) };
    let cells = columns(register.part, u16::MAX).into_iter().map(|(column, ..)| cell(model, row, column).0);
    let what = cells.filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(", ");
    place_of(at, rows.len(), what)
}
