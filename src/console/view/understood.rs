//! What was understood of the mail that is looked at: each order with the words that it was read from.

use super::{
    paint::{Paint, signs},
    reading, words,
};
use crate::{
    console::{model::Model, theme::Role, update::understood::looked_at},
    domain::{
        entry::{Field, Order, Question, Reading, Spans},
        operator::Language,
    },
    i18n::say,
    text::neutral,
};
use ratatui::layout::Rect;

/// Columns before an order: its number stands there.
const NUMBER: u16 = 2;

/// Draws what was understood, where the entry line would stand; whether there is a mail that it is understood of.
pub fn draw(model: &Model, paint: &mut Paint<'_>, area: Rect) -> bool {
    // Who unfolds a message reads it whole.
    let Some(contact) = looked_at(model).filter(|_| !model.reception.unfolded) else { return false };
    if area.height < 3 {
        return true;
    }
    let language = model.seat.language;
    let read = model.understood.as_ref().filter(|read| read.contact == contact.id);
    let orders: &[Order] = read.map_or(&[], |read| read.orders.as_slice());
    let title = match read {
        Some(_) => say(language, "understood-title", &[("count", orders.len().to_string())]),
        None => say(language, "line-understood", &[]),
    };
    paint.rule(area, area.y, &[(&title, Role::Strong)], "");
    let below = Rect { y: area.y + 1, height: area.height - 1, ..area };
    if orders.is_empty() {
        if read.is_some() {
            paint.text(below.x, below.y, below.width, &say(language, "understood-nothing", &[]), Role::Dim);
        }
        return true;
    }
    // Two lines an order; where they do not all fit, the words that they rest on are left out first.
    let whole = orders.len() * 2 <= usize::from(below.height);
    let lines = if whole { 2 } else { 1 };
    let room = usize::from(below.height / lines);
    let shown = if orders.len() > room { room.saturating_sub(1) } else { orders.len() };
    for ((place, order), y) in (1..).zip(orders.iter().take(shown)).zip((below.y..).step_by(lines.into())) {
        one(model, place, order, paint, Rect { y, height: lines, ..below });
    }
    if orders.len() > shown {
        let more = say(language, "understood-more", &[("count", (orders.len() - shown).to_string())]);
        let y = below.y + u16::try_from(shown).unwrap_or_default() * lines;
        paint.text(below.x + NUMBER, y, below.width.saturating_sub(NUMBER), &more, Role::Dim);
    }
    true
}

fn one(model: &Model, place: usize, order: &Order, paint: &mut Paint<'_>, area: Rect) {
    let language = model.seat.language;
    let reading = &order.reading;
    paint.text(area.x, area.y, NUMBER, &place.to_string(), Role::Accent);
    let facts = facts(model, language, reading);
    let between = (signs::BETWEEN, Role::Dim);
    let pieces = facts
        .iter()
        .enumerate()
        .flat_map(|(place, (text, role))| (place > 0).then_some(between).into_iter().chain([(text.as_str(), *role)]));
    paint.line(area.x + NUMBER, area.y, area.width.saturating_sub(NUMBER), &pieces.collect::<Vec<_>>());
    if area.height > 1 {
        let mut said = say(language, "understood-words", &[("words", quoted(language, order).join(", "))]);
        if let Some(question) = &reading.question
            && let Some(field) = question.field()
        {
            let doubt = say(language, "understood-doubt", &[("field", reading::name(language, field))]);
            said = format!("{said}{}{doubt}", signs::BETWEEN);
        }
        paint.text(area.x + NUMBER, area.y + 1, area.width.saturating_sub(NUMBER), &said, Role::Dim);
    }
}

/// What an order asks for; what is missing or in doubt with its sign.
fn facts(model: &Model, language: Language, reading: &Reading) -> Vec<(String, Role)> {
    let doubted = reading.question.as_ref().and_then(Question::field);
    let value = |field: Field| {
        if field == Field::Quantity && u32::from(reading.quantity.value) == 1 && doubted != Some(field) {
            return None;
        }
        let question = words::question(language);
        match reading::value(&model.world, language, reading, field) {
            Some(text) if doubted == Some(field) => Some((format!("{text}{question}"), Role::Warn)),
            Some(text) => Some((text, Role::Text)),
            None if matches!(field, Field::Service | Field::When) => {
                Some((format!("{}{question}", reading::name(language, field)), Role::Warn))
            }
            None => None,
        }
    };
    let fields = [Field::Service, Field::Quantity, Field::When, Field::Recurrence, Field::Handover, Field::Site];
    let price = reading::price(&model.world, language, reading).map(|price| (price, Role::Text));
    // What may be long stands last: it is cut where there is no room.
    fields.into_iter().filter_map(value).chain(price).chain(value(Field::Detail)).collect()
}

/// The words that an order rests on, as they stand in the mail and in their order.
fn quoted(language: Language, order: &Order) -> Vec<String> {
    let mut spans: Spans = (Field::ALL.into_iter())
        .filter_map(|field| reading::why(&order.reading, field))
        .flat_map(|why| why.words.iter().cloned())
        .collect();
    spans.sort_by_key(|span| (span.start, span.end));
    let mut runs: Spans = Vec::new();
    for span in spans {
        match runs.last_mut() {
            Some(last) if order.phrase.get(last.end..span.start).is_none_or(|gap| gap.trim().is_empty()) => {
                last.end = last.end.max(span.end);
            }
            _ => runs.push(span),
        }
    }
    let said = runs.into_iter().filter_map(|span| order.phrase.get(span)).map(|said| neutral(said).into_owned());
    let said = said.chain(order.brought.as_deref().map(|brought| neutral(brought).into_owned()));
    said.map(|words| say(language, "line-words", &[("words", words)])).collect()
}
