//! A reply being written, at the foot of the screen: to whom, about what, what is answered, its text.

use super::{lines, paint::Paint};
use crate::{
    console::{
        model::{
            Model,
            letter::{Answered, Letter, LetterFocus},
        },
        theme::Role,
        update::{letter::modules, verbs},
    },
    domain::contact::Origin,
    i18n::say,
    text::{neutral, wrap},
};
use ratatui::layout::Rect;

/// Lines of it that are seen at once, its head included.
const LINES: u16 = 14;

/// Draws it.
pub fn draw(model: &Model, letter: &Letter, paint: &mut Paint<'_>, area: Rect) {
    let language = model.seat.language;
    let height = LINES.min(area.height);
    let area = Rect { y: area.bottom() - height, height, ..area };
    paint.clear(area);
    paint.rule(area, area.y, &[(&title(model, letter), Role::Strong)], "");
    let label = say(language, "reply-subject", &[]);
    let subject = neutral(letter.subject.as_str());
    paint.line(area.x, area.y + 1, area.width, &[(&label, Role::Dim), (" ", Role::Dim), (&subject, Role::Text)]);
    let mut y = area.y + 2;
    if let Some(line) = folded(model, letter) {
        paint.text(area.x, y, area.width, &line, Role::Dim);
        y += 1;
    }
    let foot = u16::from(letter.focus == LetterFocus::Foot);
    let mut text = Rect { y, height: area.bottom().saturating_sub(y + foot), ..area };
    if letter.is_blank() && letter.focus == LetterFocus::Text {
        for line in wrap(&choices(model), usize::from(area.width)) {
            if text.height > 1 {
                paint.text(text.x, text.y, text.width, &line, Role::Dim);
                text = Rect { y: text.y + 1, height: text.height - 1, ..text };
            }
        }
    }
    lines::draw(paint, &letter.text, text);
    if letter.focus == LetterFocus::Foot {
        let at = area.bottom().saturating_sub(1);
        paint.text(area.x, at, area.width, &at_foot(model), Role::Accent);
        paint.set_cursor(area.x, at);
    }
}

/// To whom it goes.
pub fn title(model: &Model, letter: &Letter) -> String {
    let who = match &letter.answered {
        Answered::Contact(contact) => super::frame::caller(model, contact).0,
        Answered::Request(_) => verbs::name(model, letter.answered.item()),
    };
    say(model.seat.language, "reply-title", &[("who", who), ("to", neutral(letter.to.as_str()).into_owned())])
}

/// What can be done once the text is left.
pub fn at_foot(model: &Model) -> String {
    say(model.seat.language, "reply-at-foot", &[])
}

/// The text modules by number; what else an empty text says.
pub fn choices(model: &Model) -> String {
    let named: Vec<String> = (1..)
        .zip(modules(model))
        .map(|(number, module)| format!("{number} {}", neutral(module.name.as_str())))
        .collect();
    if named.is_empty() {
        String::new()
    } else {
        say(model.seat.language, "reply-modules", &[("list", named.join("  "))])
    }
}

/// What is answered, on one line.
fn folded(model: &Model, letter: &Letter) -> Option<String> {
    let Answered::Contact(contact) = &letter.answered else { return None };
    let Origin::Message(message) = &contact.origin else { return None };
    let text = message.text.as_ref()?.as_str();
    let begins = text.lines().map(str::trim).find(|line| !line.is_empty())?;
    let begins: String = neutral(begins).chars().take(50).collect();
    Some(say(model.seat.language, "reply-answers", &[("begins", begins)]))
}
