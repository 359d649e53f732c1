//! A text of several lines: what keys do in it, whatever it is for.

use crate::console::{
    keymap::Action,
    model::field::Editing,
    view::lines::{above, below},
};
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

/// Breaks the line or moves to another, as lines are seen on a screen of so many columns; whether the action was one of these.
pub fn act(text: &mut TextArea<'_>, action: Action, columns: u16) -> bool {
    match action {
        Action::LineBreak => text.insert_newline(),
        Action::LineUp => go(text, above(text, columns)),
        Action::LineDown => go(text, below(text, columns)),
        _ => return false,
    }
    true
}

fn go(text: &mut TextArea<'_>, to: Option<(usize, usize)>) {
    let fits = |place: usize| u16::try_from(place).ok();
    if let Some((row, column)) = to
        && let (Some(row), Some(column)) = (fits(row), fits(column))
    {
        text.move_cursor(CursorMove::Jump(row, column));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn up_and_down_go_by_the_lines_that_are_seen() {
        // On 13 columns: « Nous  », « revenons  », « vers vous  », « bientôt », then « Léa ».
        let mut text = of("Nous revenons vers vous bientôt\nLéa");
        let mut places = Vec::new();
        for _ in 0..5 {
            act(&mut text, Action::LineUp, 13);
            places.push(text.cursor());
        }
        assert_eq!(places, [(0, 27), (0, 17), (0, 8), (0, 3), (0, 3)]);
        act(&mut text, Action::LineDown, 13);
        assert_eq!(text.cursor(), (0, 8));
        for _ in 0..5 {
            act(&mut text, Action::LineDown, 13);
        }
        assert_eq!(text.cursor(), (1, 3));
    }

    #[test]
    fn at_the_end_of_a_short_line_the_cursor_stays_on_it() {
        let mut text = of("oui\nvers vous bientôt");
        act(&mut text, Action::LineUp, 80);
        assert_eq!(text.cursor(), (0, 3));
        let mut wide = of("日本語日本語 abc\nabcd");
        act(&mut wide, Action::LineUp, 80);
        assert_eq!(wide.cursor(), (0, 2), "columns are counted, not characters");
    }
}
