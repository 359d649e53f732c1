//! The entry line at the foot of the reception: what is typed, what was understood of it and why, what to look out for, what is asked.

use super::{
    paint::{Paint, Piece, signs},
    reading, words,
};
use crate::{
    console::{
        keymap::KeyCode,
        model::{
            Model,
            field::Field as TextField,
            layer::Layer,
            line::{AT_REST, EntryLine, LineFocus},
            world::World,
        },
        theme::Role,
    },
    domain::{
        clock::Urgency,
        entry::{Confidence, Field, Question, Reading},
        operator::Language,
        request::{Request, Requester},
    },
    i18n::say,
    text::{width, wrap},
};
use ratatui::layout::Rect;

/// Columns before what stands under the line: its headings end there.
const HEADING: u16 = 11;

/// From this width on what the values rest on stands beside them.
const SIDE_BY_SIDE: u16 = 160;

/// Draws the entry line, if one is open.
pub fn draw(model: &Model, paint: &mut Paint<'_>, area: Rect) {
    let Some(line) = &model.line else { return };
    // Who it is is asked in the same place.
    if matches!(model.layers.last(), Some(Layer::Party(_))) || area.height < 3 {
        return;
    }
    title(model, line, paint, area);
    let focused = model.layers.is_empty();
    typed(model, line, paint, Rect { y: area.y + 1, height: 1, ..area }, focused);
    let rest = Rect { y: area.y + 2, height: area.height - 2, ..area };
    match (&line.focus, &line.reading) {
        (LineFocus::Asked, Some(read)) => {
            if let Some(question) = &read.question {
                asked(model, line, read, question, paint, rest);
            }
        }
        (_, Some(read)) if rest.width < SIDE_BY_SIDE => understood(model, line, read, paint, rest),
        (_, Some(read)) => {
            let (left, right) = super::side_by_side(rest);
            understood(model, line, read, paint, left);
            paint.upright(right.x - 2, rest.top(), rest.bottom());
            grounds(model, line, read, paint, right);
        }
        (_, None) => usual(model, line, paint, rest),
    }
}

/// Whose request it is, and that what is typed is kept.
fn title(model: &Model, line: &EntryLine, paint: &mut Paint<'_>, area: Rect) {
    let language = model.seat.language;
    let who = match &line.requester {
        Some(Requester::Person { id }) => model.world.person(*id).map(|person| words::person_short(person)),
        Some(Requester::Organisation { contact_person, .. }) => Some(contact_person.to_string()),
        None => None,
    };
    let title = match who {
        Some(who) => say(language, "line-title-for", &[("who", who)]),
        None => say(language, "line-title", &[]),
    };
    let is_draft = !line.is_blank() && model.world.drafts.contains_key(&line.subject());
    let remark = if is_draft {
        let kept = model.world.on_disk(line).is_some_and(|at| model.now >= at.plus(AT_REST));
        say(language, if kept { "line-draft-kept" } else { "line-draft" }, &[])
    } else {
        match model.world.saved_with(line) {
            0 => String::new(),
            saved => say(language, "line-saved-so-far", &[("count", saved.to_string())]),
        }
    };
    let role = if line.has_focus() { Role::Strong } else { Role::Text };
    paint.rule(area, area.y, &[(&title, role)], &remark);
}

/// The line itself, scrolled so that the cursor is in sight.
fn typed(model: &Model, line: &EntryLine, paint: &mut Paint<'_>, area: Rect, focused: bool) {
    paint.text(area.x, area.y, 2, "> ", Role::Accent);
    let room = area.width.saturating_sub(3);
    if line.input.text().is_empty() {
        let hint = match line.usual_order() {
            Some(_) => say(model.seat.language, "line-brought", &[words::arrow(model, "down", KeyCode::Down)]),
            None if line.usual.is_empty() => say(model.seat.language, "line-empty", &[]),
            None => say(model.seat.language, "line-empty-usual", &[]),
        };
        paint.text(area.x + 3, area.y, room.saturating_sub(1), &hint, Role::Dim);
    }
    let at = field(&line.input, paint, area.x + 2, area.y, room);
    if focused && matches!(line.focus, LineFocus::Line | LineFocus::Asked) {
        paint.set_cursor(at, area.y);
    }
}

/// Draws a field of one line within `room` columns, scrolled so that its cursor is in sight; answers the cursor's column.
pub fn field(input: &TextField, paint: &mut Paint<'_>, x: u16, y: u16, room: u16) -> u16 {
    let room = usize::from(room.max(1));
    let before: String = input.text().chars().take(input.cursor()).collect();
    let mut hidden = width(&before).saturating_sub(room.saturating_sub(1));
    let mut shown = input.text();
    // Whole characters go out of sight at the left.
    while hidden > 0 {
        let Some(first) = shown.chars().next() else { break };
        let (gone, rest) = shown.split_at(first.len_utf8());
        hidden = hidden.saturating_sub(width(gone).max(1));
        shown = rest;
    }
    let gone = input.text().len() - shown.len();
    let columns = u16::try_from(room).unwrap_or(u16::MAX);
    paint.text(x, y, columns, shown, Role::Field);
    let visible = before.get(gone..).map_or(0, width);
    x.saturating_add(u16::try_from(visible).unwrap_or(columns)).min(x.saturating_add(columns))
}

/// One line under the entry line: its heading in a column of its own.
fn headed(paint: &mut Paint<'_>, area: Rect, y: u16, heading: &str, pieces: &[Piece<'_>]) {
    paint.text(area.x, y, HEADING - 1, heading, Role::Dim);
    paint.line(area.x + HEADING, y, area.width.saturating_sub(HEADING), pieces);
}

/// What was understood; with the focus on a field that field with its why.
fn understood(model: &Model, line: &EntryLine, read: &Reading, paint: &mut Paint<'_>, area: Rect) {
    let language = model.seat.language;
    let world = &model.world;
    let mut y = area.y;
    let fields = [Field::Service, Field::Quantity, Field::Detail, Field::When, Field::Recurrence];
    y = values(model, line, read, &fields, &say(language, "line-understood", &[]), paint, Rect { y, ..area });
    let fields = [Field::Handover, Field::Site, Field::Payer, Field::Urgency];
    y = values(model, line, read, &fields, "", paint, Rect { y, ..area });
    if let LineFocus::Fields(field) = line.focus {
        if y < area.bottom() {
            correcting(model, line, read, field, paint, Rect { y, ..area });
            y += 2;
        }
    } else if y < area.bottom() {
        y = priced(world, read, language, paint, Rect { y, ..area });
    }
    let attention = say(language, "line-attention", &[]);
    for sentence in warnings(model, line, read) {
        let room = usize::from(area.width.saturating_sub(HEADING).max(1));
        for (place, text) in (0..).zip(wrap(&sentence, room)) {
            if y < area.bottom() {
                headed(paint, area, y, if place == 0 { &attention } else { "" }, &[(&text, Role::Warn)]);
                y += 1;
            }
        }
    }
}

/// The values of some fields on as many lines as they need; answers the line below.
fn values(
    model: &Model,
    line: &EntryLine,
    read: &Reading,
    fields: &[Field],
    heading: &str,
    paint: &mut Paint<'_>,
    area: Rect,
) -> u16 {
    let language = model.seat.language;
    let mut y = area.y;
    let mut x = area.x + HEADING;
    if y >= area.bottom() {
        return y;
    }
    paint.text(area.x, y, HEADING - 1, heading, Role::Dim);
    for field in fields {
        let here = line.focus == LineFocus::Fields(*field);
        let doubtful = is_doubtful(read, *field);
        let value = reading::value(&model.world, language, read, *field);
        let (text, role) = match value {
            _ if matches!(field, Field::Urgency) && read.urgency.value == Urgency::Normal && !here => continue,
            Some(text) if doubtful => (format!("{text}{}", words::question(language)), Role::Warn),
            Some(text) => (text, Role::Text),
            None if matches!(field, Field::Detail | Field::Recurrence) => continue,
            None => (format!("{}{}", reading::name(language, *field), words::question(language)), Role::Warn),
        };
        let text = match (&line.replacing, here) {
            (Some(replacing), true) if !replacing.understood => replacing.field.text().to_owned(),
            _ => text,
        };
        let wide = u16::try_from(width(&text)).unwrap_or(area.width);
        if x > area.x + HEADING {
            if x + 3 + wide > area.right() && y + 1 < area.bottom() {
                y += 1;
                x = area.x + HEADING;
            } else {
                x = paint.text(x, y, area.right().saturating_sub(x), signs::BETWEEN, Role::Dim);
            }
        }
        let from = x;
        x = paint.text(x, y, area.right().saturating_sub(x), &text, if here { Role::Selection } else { role });
        if here && model.layers.is_empty() {
            let typed = line.replacing.as_ref().map_or(0, |replacing| replacing.field.cursor_columns());
            let typed = u16::try_from(typed).unwrap_or_default();
            paint.set_cursor(from.saturating_add(typed).min(area.right().saturating_sub(1)), y);
        }
    }
    y + 1
}

fn is_doubtful(read: &Reading, field: Field) -> bool {
    let doubted = |confidence: Option<Confidence>| confidence == Some(Confidence::Doubtful);
    match field {
        Field::Service => doubted(read.service.as_ref().map(|read| read.confidence)),
        Field::Quantity => doubted(Some(read.quantity.confidence)),
        Field::Detail => false,
        Field::When => doubted(read.when.as_ref().map(|read| read.confidence)),
        Field::Recurrence => doubted(read.recurrence.as_ref().map(|read| read.confidence)),
        Field::Site => doubted(read.site.as_ref().map(|read| read.confidence)),
        Field::Handover => doubted(read.handover.as_ref().map(|read| read.confidence)),
        Field::Payer => doubted(read.payer.as_ref().map(|read| read.confidence)),
        Field::Urgency => doubted(Some(read.urgency.confidence)),
    }
}

/// The field that is corrected: its name, why it says so, and what can be done.
fn correcting(model: &Model, line: &EntryLine, read: &Reading, field: Field, paint: &mut Paint<'_>, area: Rect) {
    let language = model.seat.language;
    let name = reading::name(language, field);
    let because = reading::why(read, field).map(|why| reading::because(language, why, line.phrase()));
    let because = because.filter(|because| !because.is_empty()).unwrap_or_else(|| say(language, "line-no-why", &[]));
    let pieces = [(name.as_str(), Role::Strong), (words::colon(language), Role::Dim), (because.as_str(), Role::Text)];
    headed(paint, area, area.y, &say(language, "line-why", &[]), &pieces);
    let ways = {
        let arrows = [("left", KeyCode::Left), ("right", KeyCode::Right), ("up", KeyCode::Up)];
        say(language, "line-other-values", &arrows.map(|(name, code)| words::arrow(model, name, code)))
    };
    if area.height > 1 {
        headed(paint, area, area.y + 1, "", &[(&ways, Role::Dim)]);
    }
}

/// What each value rests on, one under the other.
fn grounds(model: &Model, line: &EntryLine, read: &Reading, paint: &mut Paint<'_>, area: Rect) {
    let language = model.seat.language;
    let said = Field::ALL.iter().filter_map(|field| {
        let because = reading::because(language, reading::why(read, *field)?, line.phrase());
        let value = reading::value(&model.world, language, read, *field)?;
        (!because.is_empty()).then_some((value, because))
    });
    let mut heading = say(language, "line-why", &[]);
    for ((value, because), y) in said.zip(area.top()..area.bottom()) {
        let colon = words::colon(language);
        let pieces = [(value.as_str(), Role::Text), (colon, Role::Dim), (because.as_str(), Role::Dim)];
        headed(paint, area, y, &std::mem::take(&mut heading), &pieces);
    }
}

/// What it costs, and what else the phrase asks for; answers the line below.
fn priced(world: &World, read: &Reading, language: Language, paint: &mut Paint<'_>, area: Rect) -> u16 {
    let mut y = area.y;
    if let Some(price) = reading::price(world, language, read) {
        headed(paint, area, y, &say(language, "line-price", &[]), &[(&price, Role::Strong)]);
        y += 1;
    }
    for further in &read.further {
        if y < area.bottom() {
            let what = reading::summary(world, language, further);
            headed(paint, area, y, &say(language, "line-further", &[]), &[(&what, Role::Text)]);
            y += 1;
        }
    }
    y
}

/// What to look out for before it is saved.
pub fn warnings(model: &Model, line: &EntryLine, read: &Reading) -> Vec<String> {
    let language = model.seat.language;
    let mut sentences = Vec::new();
    if let Some(alike) = line.alike.and_then(|id| model.world.request(id)) {
        let key = if line.compared == line.alike { "line-alike" } else { "line-alike-compare" };
        let request = known_as(model, alike.row, alike.confirmed.is_some());
        sentences.push(say(language, key, &[("request", request), words::arrow(model, "down", KeyCode::Down)]));
    }
    if line.requester.is_none() {
        sentences.push(say(language, "line-no-requester", &[]));
    }
    if let Some(again) = &read.recurrence {
        let whole = again.confidence > Confidence::Doubtful && read.missing().is_empty() && line.requester.is_some();
        sentences.push(say(language, if whole { "line-recurs" } else { "line-recurs-incomplete" }, &[]));
    }
    if let Some(question) = read.question.as_ref().filter(|question| !question.answers.is_empty()) {
        sentences.push(question_in_words(model, line, question));
    }
    sentences
}

/// A request as one speaks of it: its number, once the office has given it one, its service and when it came in.
fn known_as(model: &Model, request: &Request, has_number: bool) -> String {
    let language = model.seat.language;
    let service = request.fields.service_id.map(|id| reading::service(&model.world, language, id)).unwrap_or_default();
    let at = words::moment(language, model.seat.civil(request.created_at), model.seat.civil(model.now).date());
    if has_number { format!("{} ({service}, {at})", request.number) } else { format!("{service}, {at}") }
}

/// The one question, in a sentence.
pub fn question_in_words(model: &Model, line: &EntryLine, question: &Question) -> String {
    let said: Vec<&str> = question.words.iter().filter_map(|range| line.phrase().get(range.clone())).collect();
    let language = model.seat.language;
    let asked = say(language, question.doubt.key(), &[]);
    if said.is_empty() {
        return asked;
    }
    say(language, "line-asked", &[("words", said.join(" ")), ("question", asked)])
}

/// The one question, its answers numbered.
fn asked(model: &Model, line: &EntryLine, read: &Reading, question: &Question, paint: &mut Paint<'_>, area: Rect) {
    let language = model.seat.language;
    let sentence = question_in_words(model, line, question);
    paint.line(area.x, area.y, area.width, &[(&sentence, Role::Strong)]);
    let (mut x, mut y) = (area.x, area.y + 1);
    for (answer, number) in question.answers.iter().take(9).zip(1..) {
        let words = reading::choice(&model.world, language, read, answer);
        let number = format!("{number} ");
        let wide = u16::try_from(width(&number) + width(&words) + 3).unwrap_or(area.width);
        if x > area.x && x + wide > area.right() {
            x = area.x;
            y += 1;
        }
        if y >= area.bottom() {
            return;
        }
        x = paint.line(x, y, area.right() - x, &[(&number, Role::Accent), (&words, Role::Text), ("   ", Role::Text)]);
    }
    if y + 1 < area.bottom() {
        let way = say(language, "line-as-it-is", &[]);
        for (text, y) in wrap(&way, usize::from(area.width.max(1))).iter().zip(y + 1..area.bottom()) {
            paint.text(area.x, y, area.width, text, Role::Dim);
        }
    }
}

/// Under an empty line: what the caller usually orders, by number.
fn usual(model: &Model, line: &EntryLine, paint: &mut Paint<'_>, area: Rect) {
    let language = model.seat.language;
    let mut x = area.x + HEADING;
    let mut y = area.y;
    if line.usual.is_empty() {
        return;
    }
    paint.text(area.x, y, HEADING - 1, &say(language, "line-usual", &[]), Role::Dim);
    for (order, number) in line.usual.iter().take(9).zip(1..) {
        let name = reading::service(&model.world, language, order.service);
        let count = u32::from(order.quantity);
        let detail = order.detail.as_ref().map(|detail| format!(", {detail}")).unwrap_or_default();
        let times = if count > 1 { format!(" {}{count}", signs::TIMES) } else { String::new() };
        let words = format!("{name}{times}{detail}   ");
        let number = format!("{number} ");
        let wide = u16::try_from(width(&number) + width(&words)).unwrap_or(area.width);
        if x > area.x + HEADING && x + wide > area.right() {
            x = area.x + HEADING;
            y += 1;
        }
        if y >= area.bottom() {
            return;
        }
        x = paint.line(x, y, area.right() - x, &[(&number, Role::Accent), (&words, Role::Text)]);
    }
}
