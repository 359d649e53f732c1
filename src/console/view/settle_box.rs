//! What came back: each command with what was asked and why it did not go.

use super::{paint::Paint, words};
use crate::{
    console::{
        keymap::Action,
        model::{Model, settle_box::SettleBox},
        theme::Role,
        update::settle_box,
    },
    i18n::say,
    text::wrap,
};
use ratatui::layout::Rect;

/// Draws the list over the screen: the act on one line, the reason below it.
pub fn draw(model: &Model, list: SettleBox, paint: &mut Paint<'_>, area: Rect) {
    let language = model.seat.language;
    paint.clear(area);
    let waiting: Vec<_> = settle_box::waiting(model).collect();
    let count = say(language, "top-to-settle", &[("count", waiting.len().to_string())]);
    paint.rule(area, area.y, &[(&words::title(&Action::Settle.words(language)), Role::Strong)], &count);
    let mut y = area.y + 1;
    if waiting.is_empty() {
        paint.text(area.x + 1, y, area.width, &say(language, "notice-nothing-to-settle", &[]), Role::Dim);
        paint.set_cursor(area.x, y);
    }
    let chosen = waiting.iter().position(|entry| entry.given.key == list.chosen).unwrap_or(0);
    let room = usize::from(area.height.saturating_sub(1)) / 3;
    let first = (chosen + 1).saturating_sub(room.max(1));
    for (place, entry) in waiting.iter().enumerate().skip(first) {
        if y + 1 >= area.bottom() {
            break;
        }
        if place == chosen {
            paint.select(area, y);
            paint.set_cursor(area.x, y);
        }
        let what = settle_box::what(model, &entry.given.command);
        paint.text(area.x + 1, y, area.width.saturating_sub(1), &what, Role::Text);
        let why = settle_box::why(model, entry);
        for line in wrap(&why, usize::from(area.width.saturating_sub(3))).iter().take(2) {
            y += 1;
            if y < area.bottom() {
                paint.text(area.x + 3, y, area.width.saturating_sub(3), line, Role::Dim);
            }
        }
        y += 1;
    }
}
