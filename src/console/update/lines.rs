//! A text of several lines: what keys do in it, whatever it is for.

use crate::console::{keymap::Action, model::field::Editing};
use ratatui_textarea::{CursorMove, TextArea};

/// A text with the cursor at its end.
pub fn of(text: &str) -> Box<TextArea<'static>> {
    let lines = if text.is_empty() { Vec::new() } else { text.split('\n').map(str::to_owned).collect() };
    let mut text = Box::new(TextArea::new(lines));
    text.move_cursor(CursorMove::Bottom);
    text.move_cursor(CursorMove::End);
    text
}

/// Types a character.
pub fn type_in(text: &mut TextArea<'_>, character: char) {
    if !character.is_control() {
        text.insert_char(character);
    }
}

/// Takes in pasted text, its line breaks kept.
pub fn paste(text: &mut TextArea<'_>, pasted: &str) {
    let harmless: String = pasted.chars().filter(|c| *c == '\n' || !c.is_control()).collect();
    text.insert_str(harmless);
}

/// Does what an editing key asks for.
pub fn edit(text: &mut TextArea<'_>, editing: Editing) {
    match editing {
        Editing::Left => text.move_cursor(CursorMove::Back),
        Editing::Right => text.move_cursor(CursorMove::Forward),
        Editing::WordLeft => text.move_cursor(CursorMove::WordBack),
        Editing::WordRight => text.move_cursor(CursorMove::WordForward),
        Editing::Start => text.move_cursor(CursorMove::Head),
        Editing::End => text.move_cursor(CursorMove::End),
        Editing::EraseBefore => drop(text.delete_char()),
        Editing::EraseAt => drop(text.delete_next_char()),
        Editing::EraseWord => drop(text.delete_word()),
        Editing::Clear => {
            text.move_cursor(CursorMove::Head);
            text.delete_line_by_end();
        }
        Editing::Kill => drop(text.delete_line_by_end()),
    }
}

/// Breaks the line or moves to another; whether the action was one of these.
pub fn act(text: &mut TextArea<'_>, action: Action) -> bool {
    match action {
        Action::LineBreak => text.insert_newline(),
        Action::LineUp => text.move_cursor(CursorMove::Up),
        Action::LineDown => text.move_cursor(CursorMove::Down),
        _ => return false,
    }
    true
}
