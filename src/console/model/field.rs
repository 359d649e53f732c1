//! A line being typed: its text and cursor, changed by the editing keys of the table alone.

use tui_input::{Input, InputRequest};

/// The longest line that is taken in, in characters; longer texts have a field of several lines.
const MAX_CHARACTERS: usize = 2_000;

/// What an editing key does to a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Editing {
    /// One character to the left.
    Left,
    /// One character to the right.
    Right,
    /// To the start of the word.
    WordLeft,
    /// Behind the end of the word.
    WordRight,
    /// To the start of the line.
    Start,
    /// To the end of the line.
    End,
    /// Erases the character before the cursor.
    EraseBefore,
    /// Erases the character at the cursor.
    EraseAt,
    /// Erases the word before the cursor.
    EraseWord,
    /// Erases the whole line.
    Clear,
    /// Erases from the cursor to the end.
    Kill,
}

/// A line being typed.
#[derive(Clone, Debug, Default)]
pub struct Field {
    input: Input,
}

impl Field {
    /// A line that holds `text` already, the cursor behind it.
    pub fn holding(text: impl Into<String>) -> Self {
        Self { input: Input::new(text.into()) }
    }

    /// A line that holds `text` already, the cursor behind as many characters.
    pub fn at(text: impl Into<String>, cursor: usize) -> Self {
        Self { input: Input::new(text.into()).with_cursor(cursor) }
    }

    /// What stands in it.
    pub fn text(&self) -> &str {
        self.input.value()
    }

    /// Whether nothing was typed but blanks.
    pub fn is_blank(&self) -> bool {
        self.text().trim().is_empty()
    }

    /// How many characters stand before the cursor.
    pub fn cursor(&self) -> usize {
        self.input.cursor()
    }

    /// How many bytes stand before the cursor.
    pub fn cursor_bytes(&self) -> usize {
        let mut places = self.text().char_indices().map(|(place, _)| place);
        places.nth(self.cursor()).unwrap_or(self.text().len())
    }

    /// How many columns stand before the cursor.
    pub fn cursor_columns(&self) -> usize {
        self.input.visual_cursor()
    }

    /// Types a character; controls are no text, and what would make the line too long is not taken in.
    pub fn type_in(&mut self, character: char) {
        if !character.is_control() && self.text().chars().count() < MAX_CHARACTERS {
            self.input.handle(InputRequest::InsertChar(character));
        }
    }

    /// Takes in pasted text: line breaks and tabs become blanks, so that a paste never submits.
    pub fn paste(&mut self, text: &str) {
        for character in text.chars() {
            self.type_in(if character.is_whitespace() { ' ' } else { character });
        }
    }

    /// Does what an editing key asks for.
    pub fn edit(&mut self, editing: Editing) {
        let request = match editing {
            Editing::Left => InputRequest::GoToPrevChar,
            Editing::Right => InputRequest::GoToNextChar,
            Editing::WordLeft => InputRequest::GoToPrevWord,
            Editing::WordRight => InputRequest::GoToNextWord,
            Editing::Start => InputRequest::GoToStart,
            Editing::End => InputRequest::GoToEnd,
            Editing::EraseBefore => InputRequest::DeletePrevChar,
            Editing::EraseAt => InputRequest::DeleteNextChar,
            Editing::EraseWord => InputRequest::DeletePrevWord,
            Editing::Clear => InputRequest::DeleteLine,
            Editing::Kill => InputRequest::DeleteTillEnd,
        };
        self.input.handle(request);
    }

    /// Puts another text in place of what stands there.
    pub fn replace(&mut self, text: impl Into<String>) {
        *self = Self::holding(text);
    }

    /// Empties it.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pasted_line_break_is_a_blank() {
        let mut field = Field::default();
        field.paste("pain\r\ntradition\t×2\u{1b}");
        assert_eq!(field.text(), "pain  tradition ×2");
    }

    #[test]
    fn the_cursor_counts_characters_bytes_and_columns_apart() {
        let mut field = Field::holding("é漢x");
        field.edit(Editing::Left);
        assert_eq!((field.cursor(), field.cursor_bytes(), field.cursor_columns()), (2, 5, 3));
    }

    #[test]
    fn a_line_takes_in_no_more_than_it_may_hold() {
        let mut field = Field::default();
        field.paste(&"a".repeat(MAX_CHARACTERS + 10));
        assert_eq!(field.text().len(), MAX_CHARACTERS);
    }

    #[test]
    fn editing_keys_erase_what_they_name() {
        let mut field = Field::holding("pain bio deux");
        field.edit(Editing::EraseWord);
        assert_eq!(field.text(), "pain bio ");
        field.edit(Editing::Start);
        field.edit(Editing::EraseAt);
        assert_eq!(field.text(), "ain bio ");
        field.edit(Editing::Kill);
        assert!(field.is_blank());
    }
}
