//! What a letter proposes: the sentence, the best choice ready on Enter, the others numbered, words of one's own behind them.

use super::{paint::Paint, words};
use crate::{
    console::{
        keymap::Action,
        model::{Model, prompt::Prompt, reception::Item},
        theme::Role,
        update::recurring,
    },
    i18n::say,
    text::{width, wrap},
};
use ratatui::layout::Rect;

/// Numbers that are shown; a prompt has no more choices.
const NUMBERED: usize = 9;

/// The choices as they are drawn: `1 rappel sans réponse`, laid out on lines of `columns`. Where digits are text, only the best can be taken.
fn laid_out(prompt: &Prompt, enter: &str, columns: usize) -> Vec<Vec<(String, usize)>> {
    let mut lines: Vec<Vec<(String, usize)>> = Vec::new();
    let mut used = 0;
    let numbered = prompt.is_numbered();
    for (number, choice) in (1..).zip(prompt.choices.iter().take(if numbered { NUMBERED } else { 1 })) {
        let text = if numbered { format!("{number} {}", choice.words) } else { format!("{enter} {}", choice.words) };
        let wide = width(&text) + 2;
        match lines.last_mut() {
            Some(line) if used + wide <= columns => {
                line.push((text, used));
                used += wide;
            }
            _ => {
                lines.push(vec![(text, 0)]);
                used = wide;
            }
        }
    }
    lines
}

/// What the verb is called on the rows at hand.
fn verb(model: &Model, prompt: &Prompt) -> String {
    let language = model.seat.language;
    if let Some(order) = recurring::chosen(model).filter(|_| prompt.items.is_empty()) {
        let resumes = recurring::rests(model, &order);
        match prompt.verb {
            Action::Cancel => return say(language, "action-cancel.order", &[]),
            Action::Suspend if resumes => return say(language, "action-suspend.resume", &[]),
            Action::Suspend => return say(language, "action-suspend.pause", &[]),
            _ => {}
        }
    }
    let is_named =
        matches!(prompt.verb, Action::Accept | Action::Assign | Action::Cancel | Action::Edit | Action::Reply);
    if is_named && matches!(prompt.items.first(), Some(Item::Offer(_))) {
        return say(language, &format!("{}.offer", prompt.verb.row().words), &[]);
    }
    let on_board = matches!(prompt.verb, Action::Accept | Action::Assign | Action::Outcome);
    if on_board && matches!(prompt.items.first(), Some(Item::Leg(_) | Item::Round(_))) {
        return say(language, &format!("{}.round", prompt.verb.row().words), &[]);
    }
    if is_named && matches!(prompt.items.first(), Some(Item::Held(_))) {
        return say(language, &format!("{}.held", prompt.verb.row().words), &[]);
    }
    prompt.verb.words(language)
}

/// Draws the prompt at the foot of the screen.
pub fn draw(model: &Model, prompt: &Prompt, paint: &mut Paint<'_>, area: Rect) {
    let language = model.seat.language;
    let columns = usize::from(area.width);
    let sentence = wrap(&prompt.sentence, columns);
    let enter = if prompt.is_numbered() { Action::ChoiceOk } else { Action::TextSave };
    let enter = model.keymap.hint(model.context(), enter, true, language).map(|hint| hint.key).unwrap_or_default();
    let choices = laid_out(prompt, &enter, columns);
    let typed = usize::from(prompt.typed.is_some());
    let wanted = u16::try_from(1 + sentence.len() + choices.len() + typed).unwrap_or(area.height);
    let height = wanted.min(area.height);
    let area = Rect { y: area.bottom() - height, height, ..area };
    paint.clear(area);
    paint.rule(area, area.y, &[(&words::title(&verb(model, prompt)), Role::Strong)], "");
    let mut y = area.y + 1;
    for line in &sentence {
        paint.text(area.x, y, area.width, line, Role::Text);
        y += 1;
    }
    // Without a field the cursor stands on what Enter does.
    paint.set_cursor(area.x, y.min(area.bottom().saturating_sub(1)));
    let own_words = prompt.typed.as_ref().is_some_and(|(_, field)| !field.is_blank());
    for (row, line) in choices.iter().enumerate() {
        if y >= area.bottom() {
            break;
        }
        for (place, (text, column)) in line.iter().enumerate() {
            let x = area.x + u16::try_from(*column).unwrap_or_default();
            let best = row == 0 && place == 0 && !own_words;
            let role = if best { Role::Strong } else { Role::Text };
            let most = area.right().saturating_sub(x);
            let (number, words) = text.split_at(text.find(' ').unwrap_or_default());
            paint.line(x, y, most, &[(number, Role::Key), (words, role)]);
        }
        y += 1;
    }
    if let Some((_, field)) = &prompt.typed
        && y < area.bottom()
    {
        let x = paint.line(area.x, y, area.width, &[("> ", Role::Accent)]);
        if field.text().is_empty() {
            let hint = if prompt.choices.is_empty() { "prompt-type" } else { "prompt-or-type" };
            let hint = say(language, hint, &[("key", enter.clone())]);
            paint.text(x, y, area.right().saturating_sub(x), &hint, Role::Dim);
            paint.set_cursor(x, y);
        } else {
            super::field(paint, field, x, y, area.right().saturating_sub(x));
        }
    }
}
