//! What no round carries: two lines each, the leg, and why with what would help.

use super::{Pane, Tab, leg_words, selected, unplanned_words};
use crate::{
    console::{
        model::Model,
        theme::Role,
        view::paint::{Paint, signs},
    },
    i18n::say,
    text::wrap,
};
use ratatui::layout::Rect;

/// The rule above where it has a pane of its own.
pub fn title(model: &Model, paint: &mut Paint<'_>, area: Rect) {
    if area.height == 0 {
        return;
    }
    let name = format!("{} {}", say(model.seat.language, "rounds-tab-unplanned", &[]), model.rounds.left_over());
    let title = if model.rounds.tab == Tab::Unplanned { format!("[{name}]") } else { name };
    paint.rule(area, area.y, &[(&title, Role::Strong)], "");
}

/// The rows.
pub fn rows(model: &Model, paint: &mut Paint<'_>, area: Rect) {
    let language = model.seat.language;
    let list = &model.rounds.unplanned;
    if list.order().is_empty() {
        let sentence = say(language, "rounds-all-planned", &[]);
        for (line, y) in
            wrap(&sentence, usize::from(area.width.saturating_sub(4))).iter().zip(area.top()..area.bottom())
        {
            paint.text(area.x + 2, y, area.width.saturating_sub(2), line, Role::Dim);
        }
    }
    let has_keys = model.rounds.pane == Pane::Below && model.rounds.tab == Tab::Unplanned;
    for (line, y) in list.glass().zip((area.top()..area.bottom().saturating_sub(1)).step_by(2)) {
        let Some(line) = line else { continue };
        let gone = |role: Role| if line.ghost { Role::Gone } else { role };
        let room = area.width.saturating_sub(2);
        match model.world.leg(line.key) {
            None => _ = paint.text(area.x + 2, y, room, &say(language, "requests-gone", &[]), Role::Gone),
            Some(leg) => {
                let (why, remedy) = unplanned_words(model, leg.id);
                paint.text(area.x + 2, y, room, &leg_words(model, leg), gone(Role::Strong));
                let between = if why.is_empty() || remedy.is_empty() { "" } else { signs::BETWEEN };
                let pieces = [
                    (why.as_str(), gone(Role::Danger)),
                    (between, gone(Role::Dim)),
                    (remedy.as_str(), gone(Role::Accent)),
                ];
                paint.line(area.x + 4, y + 1, room.saturating_sub(2), &pieces);
            }
        }
        if line.selected {
            selected(model, paint, area, y, has_keys);
        }
    }
}

/// A title and what follows it, over two lines at most; answers the line below them.
pub fn two(paint: &mut Paint<'_>, area: Rect, title: &str, rest: &str) -> u16 {
    let whole = format!("{title}{rest}");
    let lines = wrap(&whole, usize::from(area.width.max(1)));
    let mut y = area.y;
    for line in lines.iter().take(2) {
        if y < area.bottom() {
            paint.text(area.x, y, area.width, line, Role::Text);
            y += 1;
        }
    }
    y
}
