//! A reply being written, at the foot of the screen: to whom, about what, what is answered, its text.

use super::{
    lines,
    paint::{Paint, signs},
    words,
};
use crate::{
    console::{
        keymap::{Action, Context},
        model::{
            Model,
            field::Field,
            letter::{Answered, Letter, LetterFocus},
        },
        theme::Role,
        update::{
            letter::{bounces_since, modules, wrong_address},
            verbs,
        },
    },
    i18n::say,
    text::{neutral, width, wrap},
};
use ratatui::layout::Rect;

/// Lines of it that are seen at once, its head included.
const LINES: u16 = 15;

/// Lines of the text that are seen while the message that is answered is unfolded.
const BESIDE: u16 = 2;

/// Draws it.
pub fn draw(model: &Model, letter: &Letter, paint: &mut Paint<'_>, area: Rect) {
    let language = model.seat.language;
    let height = LINES.min(area.height);
    let area = Rect { y: area.bottom() - height, height, ..area };
    paint.clear(area);
    let heading = say(language, "reply-heading", &[("who", who(model, letter))]);
    paint.rule(area, area.y, &[(&heading, Role::Strong)], "");
    let mut rest = Rect { y: area.y + 1, height: height - 1, ..area };
    let take = |rest: &mut Rect, rows: u16| {
        let rows = rows.min(rest.height);
        let taken = Rect { height: rows, ..*rest };
        *rest = Rect { y: rest.y + rows, height: rest.height - rows, ..*rest };
        taken
    };
    let fields = take(&mut rest, 2);
    if let Some(trouble) = trouble(model, letter) {
        let lines = wrap(&trouble, usize::from(area.width));
        let place = take(&mut rest, u16::try_from(lines.len().min(2)).unwrap_or_default());
        for (line, y) in lines.iter().zip(place.top()..place.bottom()) {
            paint.text(place.x, y, place.width, line, Role::Danger);
        }
    }
    let is_unfolded = letter.focus == LetterFocus::Answered;
    let answered = match &letter.answered.text() {
        None => None,
        Some(_) if is_unfolded => {
            let rows = rest.height.saturating_sub(BESIDE);
            Some(take(&mut rest, rows))
        }
        Some(text) => {
            let line = take(&mut rest, 1);
            paint.text(line.x, line.y, line.width, &folded(model, letter, text), Role::Dim);
            None
        }
    };
    let foot = u16::from(letter.focus == LetterFocus::Foot);
    let mut text = Rect { height: rest.height.saturating_sub(foot), ..rest };
    if letter.is_blank() && letter.focus == LetterFocus::Text {
        for line in wrap(&choices(model), usize::from(area.width)) {
            if text.height > 1 {
                paint.text(text.x, text.y, text.width, &line, Role::Dim);
                text = Rect { y: text.y + 1, height: text.height - 1, ..text };
            }
        }
    }
    lines::draw(paint, &letter.text, text);
    // What is drawn after the text has the cursor.
    head(model, letter, paint, fields);
    if let Some(answered) = answered {
        unfolded(model, letter, paint, answered);
    }
    if letter.focus == LetterFocus::Foot {
        let at = area.bottom().saturating_sub(1);
        paint.text(area.x, at, area.width, &at_foot(model), Role::Accent);
        paint.set_cursor(area.x, at);
    }
}

/// To whom it goes, and its subject.
fn head(model: &Model, letter: &Letter, paint: &mut Paint<'_>, area: Rect) {
    let labels = ["reply-to", "reply-subject"].map(|key| say(model.seat.language, key, &[]));
    let wide = labels.iter().map(|label| width(label)).max().unwrap_or_default() + 1;
    let wide = u16::try_from(wide).unwrap_or(area.width).min(area.width);
    let lines: [(&Field, LetterFocus); 2] = [(&letter.to, LetterFocus::To), (&letter.subject, LetterFocus::Subject)];
    for (((field, focus), label), y) in lines.iter().zip(&labels).zip(area.top()..area.bottom()) {
        paint.text(area.x, y, wide, label, Role::Dim);
        let (x, room) = (area.x + wide, area.width - wide);
        if *focus == letter.focus {
            super::field(paint, field, x, y, room);
        } else {
            paint.text(x, y, room, &neutral(field.text()), Role::Text);
        }
    }
}

/// Why it would not arrive, as far as it is known.
pub fn trouble(model: &Model, letter: &Letter) -> Option<String> {
    let language = model.seat.language;
    if letter.recipient().is_none() {
        // Who is typing it knows that it is not done.
        let sentence = || format!("{} {}", signs::CROSS, wrong_address(language, letter));
        return (letter.focus != LetterFocus::To).then(sentence);
    }
    let since = bounces_since(model, letter)?;
    let today = model.seat.civil(model.now).date();
    Some(words::bounces(language, letter.to.text().trim(), model.seat.civil(since), today))
}

fn who(model: &Model, letter: &Letter) -> String {
    match &letter.answered {
        Answered::Contact(contact) => super::frame::caller(model, contact).0,
        Answered::Offer(offer) => verbs::provider_name(model, offer.fields.provider_id),
        Answered::Request(_) => verbs::name(model, letter.answered.item()),
    }
}

/// Whose reply it is, and to whom it goes.
pub fn title(model: &Model, letter: &Letter) -> String {
    let to = neutral(letter.to.text()).into_owned();
    say(model.seat.language, "reply-title", &[("who", who(model, letter)), ("to", to)])
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

/// What is answered, on one line, and how it is unfolded.
fn folded(model: &Model, letter: &Letter, text: &str) -> String {
    let language = model.seat.language;
    let begins = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let begins: String = neutral(begins).chars().take(40).collect();
    let line = say(language, "reply-answers", &[("begins", begins)]);
    let key = model.keymap.hint(Context::Lines, Action::PrevField, true, language).map(|hint| hint.key);
    match key.filter(|_| letter.focus == LetterFocus::Text) {
        Some(key) => format!("{line}{}", say(language, "reply-unfold", &[("key", key)])),
        None => line,
    }
}

/// The lines of the message that is answered, quotations and all.
pub fn answered_lines(letter: &Letter, columns: u16) -> Vec<String> {
    let text = letter.answered.text().unwrap_or_default();
    text.trim_end().lines().flat_map(|line| wrap(line, usize::from(columns.max(1)))).collect()
}

/// The message that is answered, from where it is scrolled to.
fn unfolded(model: &Model, letter: &Letter, paint: &mut Paint<'_>, area: Rect) {
    let lines = answered_lines(letter, area.width);
    let rest = lines.get(letter.scrolled..).unwrap_or_default();
    let rows = usize::from(area.height);
    let shown = if rest.len() > rows { rows.saturating_sub(1) } else { rest.len() };
    for (line, y) in rest.iter().take(shown).zip(area.top()..area.bottom()) {
        paint.text(area.x, y, area.width, line, Role::Dim);
    }
    if rest.len() > shown && area.height > 0 {
        let more = say(model.seat.language, "mail-more", &[("count", (rest.len() - shown).to_string())]);
        paint.text(area.x, area.bottom() - 1, area.width, &more, Role::Dim);
    }
    paint.set_cursor(area.x, area.y);
}
