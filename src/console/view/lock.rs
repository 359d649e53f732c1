//! The locked screen: that it is locked, who holds the desk, what waits, that somebody calls, and how to come back. Nothing else.

use super::{frame, frame::Frame, paint::Paint, prompt, sign_in};
use crate::{
    config::console::TokenSource,
    console::{
        keymap::{Action, Context, Hint},
        model::{Model, lock::Lock, sign_in::Asked},
        theme::Role,
    },
    i18n::say,
    text::wrap,
};
use ratatui::layout::Rect;

/// Columns of the longest line of its sentences.
const COLUMNS: u16 = 76;

/// That it is locked, and that nothing is lost by it.
pub fn held_by(model: &Model) -> String {
    say(model.seat.language, "lock-held", &[("who", model.seat.operator.fields.name.to_string())])
}

/// Whether somebody calls; not who.
pub fn rings(model: &Model) -> Option<String> {
    let count = model.world.ringing().count();
    (count > 0).then(|| say(model.seat.language, "lock-rings", &[("count", count.to_string())]))
}

/// How to come back: what came of the last attempt, else what to do.
pub fn way_back(model: &Model, lock: &Lock) -> String {
    let language = model.seat.language;
    let key = || [("key", model.keymap.way(Context::Text, Action::TextSave, language))];
    match (lock.sign_in.asked, &lock.sign_in.why) {
        (Asked::Waiting, _) => say(language, "lock-asked", &[]),
        (Asked::NotYet, Some(why)) => why.clone(),
        (Asked::NotYet, None) if model.way_in == TokenSource::Login => say(language, "lock-password", &key()),
        (Asked::NotYet, None) => say(language, "lock-token", &key()),
    }
}

/// What leads back and out, by the keys of this keyboard.
pub fn hints(model: &Model) -> Vec<Hint> {
    let language = model.seat.language;
    let hint = |action: Action, words: &str| {
        let hint = model.keymap.hint(model.context(), action, true, language)?;
        Some(Hint { words: say(language, words, &[]), ..hint })
    };
    let leave = if model.way_in == TokenSource::Login { "lock-leave" } else { "lock-leave-only" };
    [hint(Action::TextSave, "lock-unlock"), hint(Action::Leave, leave)].into_iter().flatten().collect()
}

/// Draws it over the whole screen.
pub fn draw(model: &Model, lock: &Lock, paint: &mut Paint<'_>) {
    let language = model.seat.language;
    let area = paint.area();
    let frame = Frame::of(area);
    paint.line(area.x, area.y, area.width, &[("Loge", Role::Accent)]);
    frame::paint_standing(paint, frame.top, area.x + 6, &frame::standing(model));
    let mut y = area.y + area.height / 4;
    paint.rule(area, y, &[(&say(language, "lock-title", &[]), Role::Strong)], "");
    let rings = match rings(model) {
        Some(rings) => (rings, Role::Warn),
        None => (format!("{}.", say(language, "strip-quiet", &[])), Role::Dim),
    };
    let role = if lock.sign_in.why.is_some() { Role::Danger } else { Role::Text };
    let paragraphs = [[Some((held_by(model), Role::Text)), Some(rings)], [Some((way_back(model, lock), role)), None]];
    for paragraph in paragraphs {
        y += 1;
        for (text, role) in paragraph.into_iter().flatten() {
            for line in wrap(&text, area.width.min(COLUMNS).into()) {
                y += 1;
                paint.text(area.x, y, area.width, &line, role);
            }
        }
    }
    if let Some(ways) = &lock.ways {
        prompt::draw(model, ways, paint, Rect { height: frame.hints.bottom(), ..area });
    } else {
        field(model, lock, paint, Rect { y: y + 1, height: 1, ..area });
        frame::hint_line(paint, frame.hints, &hints(model));
    }
}

/// The password's line; where a token opens, the cursor waits where it would be.
fn field(model: &Model, lock: &Lock, paint: &mut Paint<'_>, area: Rect) {
    if model.way_in != TokenSource::Login {
        paint.set_cursor(area.x, area.y);
        return;
    }
    let label = format!("{} ", sign_in::label(model));
    let x = paint.line(area.x, area.y, area.width, &[(&label, Role::Accent)]);
    super::field(paint, &lock.sign_in.masked(), x, area.y, area.right().saturating_sub(x));
}
