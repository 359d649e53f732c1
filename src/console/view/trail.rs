//! Where a thing is: who has it, since when, and every hand that it went through, the newest first.

use super::{desk, paint::Paint};
use crate::{
    console::{model::Model, theme::Role},
    domain::ids::ItemId,
    i18n::say,
};
use ratatui::layout::Rect;

/// Draws it over the screen.
pub fn draw(model: &Model, thing: ItemId, paint: &mut Paint<'_>, area: Rect) {
    paint.clear(area);
    paint.set_cursor(area.x, area.y);
    let lines = lines(model, thing);
    for ((text, role), y) in lines.iter().zip(area.top()..area.bottom()) {
        match role {
            Role::Heading => paint.rule(area, y, &[(text, Role::Strong)], ""),
            role => _ = paint.text(area.x, y, area.width, text, *role),
        }
    }
}

fn lines(model: &Model, thing: ItemId) -> Vec<(String, Role)> {
    let language = model.seat.language;
    let Some(thing) = model.world.thing(thing) else {
        return vec![(say(language, "row-gone", &[]), Role::Gone)];
    };
    let title = say(language, "trail-title", &[("label", thing.fields.label.to_string())]);
    let state = crate::domain::machine::State::name(thing.state);
    let state = say(language, &format!("state-item-{state}"), &[]);
    let head = [(title, Role::Heading), (desk::thing_in_words(model, thing), Role::Strong), (state, Role::Text)];
    let trail = desk::trail(model, thing).into_iter().map(|step| (step, Role::Text));
    head.into_iter().chain([(String::new(), Role::Text)]).chain(trail).collect()
}

/// The same as lines of text.
pub fn in_words(model: &Model, thing: ItemId) -> Vec<String> {
    lines(model, thing).into_iter().map(|(text, _)| text).filter(|text| !text.is_empty()).collect()
}
