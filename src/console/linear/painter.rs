//! What is written to a terminal that is read line by line: lines above, the line being typed below them, never one within the other. Pure.

use crate::{
    console::terminal::ascii,
    text::{neutral, width, wrap},
};

/// The line at which something is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PromptLine {
    /// What it is for, to tell one from another of the same name.
    pub place: String,
    /// What stands before the text: « Demande> ».
    pub label: String,
    /// What is typed.
    pub text: String,
    /// How many of its characters stand before the cursor.
    pub cursor: usize,
}

/// What stands on the terminal's last row: never wider than the row, so that it can be taken away again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Shown {
    symbols: Vec<char>,
    cursor: usize,
}

/// Writes lines and the line being typed.
#[derive(Clone, Debug)]
pub struct Painter {
    columns: usize,
    letters: Letters,
    shown: Option<Shown>,
    rings: bool,
    wipes: bool,
}

/// Empties the glass and what was scrolled off it: the one time that this view addresses the whole terminal.
pub const WIPE: &str = "\u{1b}[H\u{1b}[2J\u{1b}[3J";

/// What a terminal can write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Letters {
    /// Everything.
    All,
    /// ASCII alone.
    Ascii,
}

impl Painter {
    /// For a terminal that is so wide.
    pub const fn new(columns: u16, letters: Letters) -> Self {
        Self { columns: columns as usize, letters, shown: None, rings: false, wipes: false }
    }

    /// The terminal is now so wide, or somebody else wrote on it: the typed line is written anew.
    pub fn resize(&mut self, columns: u16) {
        self.columns = columns.into();
        self.shown = None;
    }

    /// Rings with what is written next.
    pub const fn ring(&mut self) {
        self.rings = true;
    }

    /// Takes away all that was told, also what was scrolled off the glass, before anything else is written.
    pub const fn wipe(&mut self) {
        self.wipes = true;
    }

    /// The bytes that append `lines` and leave the typed line below them. Nothing new is no byte.
    pub fn paint(&mut self, lines: &[String], prompt: &PromptLine) -> Vec<u8> {
        let mut out = String::new();
        if std::mem::take(&mut self.rings) {
            out.push('\u{7}');
        }
        if std::mem::take(&mut self.wipes) {
            out.push_str(WIPE);
            self.shown = None;
        }
        let next = self.fitted(prompt);
        if !lines.is_empty() || self.shown.is_none() {
            // The typed line goes away before anything else is written, and comes back whole below it.
            out.push_str("\r\u{1b}[K");
            for line in lines.iter().flat_map(|line| wrap(&neutral(line), self.columns.max(2) - 1)) {
                out.extend(line.chars().map(|c| self.letter(c)));
                out.push_str("\r\n");
            }
            self.shown = Some(Shown::default());
        }
        let shown = self.shown.get_or_insert_default();
        edit(shown, &next, &mut out);
        *shown = next;
        out.into_bytes()
    }

    fn letter(&self, c: char) -> char {
        if self.letters == Letters::All || c.is_ascii() {
            return c;
        }
        char::from(ascii::likeness(c.encode_utf8(&mut [0; 4])))
    }

    /// The label and as much of the text as one row takes, with the cursor in it.
    fn fitted(&self, prompt: &PromptLine) -> Shown {
        let room = self.columns.saturating_sub(1).max(1);
        let mut symbols: Vec<char> = prompt.label.chars().collect();
        let before: String = prompt.text.chars().take(prompt.cursor).collect();
        let behind: String = prompt.text.chars().skip(prompt.cursor).collect();
        symbols.extend(neutral(&before).chars());
        let mut cursor = symbols.len();
        symbols.extend(neutral(&behind).chars());
        let wide = |symbols: &[char]| width(&symbols.iter().collect::<String>());
        // Where the row is too short its beginning goes out of sight, then its end.
        while wide(symbols.get(..cursor).unwrap_or_default()) > room && cursor > 0 {
            symbols.remove(0);
            cursor -= 1;
        }
        while wide(&symbols) > room && symbols.len() > cursor {
            symbols.pop();
        }
        Shown { symbols: symbols.into_iter().map(|c| self.letter(c)).collect(), cursor }
    }
}

/// The shortest way from one row to another that any terminal understands: back, write, erase the rest.
fn edit(old: &Shown, new: &Shown, out: &mut String) {
    if old == new {
        return;
    }
    let common = old.symbols.iter().zip(&new.symbols).take_while(|(one, other)| one == other).count();
    let text = |symbols: Option<&[char]>| symbols.unwrap_or_default().iter().collect::<String>();
    let back = |symbols: Option<&[char]>, out: &mut String| {
        out.extend(std::iter::repeat_n('\u{8}', width(&text(symbols))));
    };
    let same = old.symbols == new.symbols;
    let start = if same { new.cursor } else { common };
    if old.cursor >= start {
        back(old.symbols.get(start..old.cursor), out);
    } else {
        out.push_str(&text(old.symbols.get(old.cursor..start)));
    }
    if same {
        return;
    }
    out.push_str(&text(new.symbols.get(common..)));
    let left = width(&text(old.symbols.get(common..)));
    if left > width(&text(new.symbols.get(common..))) {
        out.push_str("\u{1b}[K");
    }
    back(new.symbols.get(new.cursor..), out);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A terminal that knows what the painter uses: letters, back, start of row, next row, erase to the end.
    struct Glass {
        rows: Vec<Vec<char>>,
        column: usize,
        columns: usize,
    }

    impl Glass {
        fn take(&mut self, bytes: Vec<u8>) {
            let text = String::from_utf8(bytes).unwrap();
            let mut letters = text.chars();
            while let Some(c) = letters.next() {
                let row = self.rows.last_mut().unwrap();
                match c {
                    '\u{7}' => {}
                    '\r' => self.column = 0,
                    '\n' => self.rows.push(Vec::new()),
                    '\u{8}' => self.column -= 1,
                    '\u{1b}' => {
                        assert_eq!((letters.next(), letters.next()), (Some('['), Some('K')));
                        row.truncate(self.column);
                    }
                    c => {
                        assert!(!c.is_control());
                        if row.len() <= self.column {
                            row.resize(self.column + 1, ' ');
                        }
                        row[self.column] = c;
                        self.column += 1;
                        assert!(self.column < self.columns, "the typed line never reaches the edge");
                    }
                }
            }
        }

        fn last(&self) -> String {
            self.rows.last().unwrap().iter().collect()
        }
    }

    fn typed(text: &str, cursor: usize) -> PromptLine {
        PromptLine { place: String::new(), label: "Demande> ".to_owned(), text: text.to_owned(), cursor }
    }

    #[test]
    fn a_letter_at_the_end_is_one_byte_and_nothing_new_is_none() {
        let mut painter = Painter::new(80, Letters::All);
        painter.paint(&[], &typed("pai", 3));
        assert_eq!(painter.paint(&[], &typed("pain", 4)), b"n");
        assert_eq!(painter.paint(&[], &typed("pain", 4)), b"");
        assert_eq!(painter.paint(&[], &typed("pai", 3)), b"\x08\x1b[K");
    }

    #[test]
    fn what_comes_in_stands_above_the_line_being_typed() {
        let mut painter = Painter::new(80, Letters::All);
        let mut glass = Glass { rows: vec![Vec::new()], column: 0, columns: 80 };
        glass.take(painter.paint(&[], &typed("pres 3 chemi", 12)));
        glass.take(painter.paint(&["Sonne : Mme Petit.".to_owned()], &typed("pres 3 chemi", 4)));
        assert_eq!(glass.rows[0].iter().collect::<String>(), "Sonne : Mme Petit.");
        assert_eq!((glass.last().as_str(), glass.column), ("Demande> pres 3 chemi", 13));
    }

    #[test]
    fn a_terminal_of_ascii_gets_nothing_else() {
        let mut painter = Painter::new(80, Letters::Ascii);
        let bytes = painter.paint(&["Enregistrée : 3 €".to_owned()], &typed("été", 3));
        assert!(bytes.is_ascii());
        assert!(String::from_utf8(bytes).unwrap().contains("Enregistree"));
    }

    #[test]
    fn what_is_taken_away_goes_before_anything_else_is_written() {
        let mut painter = Painter::new(80, Letters::All);
        painter.paint(&["Mme Petit".to_owned()], &typed("pres", 4));
        painter.wipe();
        let bytes = String::from_utf8(painter.paint(&["Verrouillé".to_owned()], &typed("", 0))).unwrap();
        assert!(bytes.starts_with(WIPE) && bytes.contains("Verrouillé") && bytes.ends_with("Demande> "), "{bytes:?}");
        assert!(!String::from_utf8(painter.paint(&[], &typed("a", 1))).unwrap().contains(WIPE), "once");
    }

    proptest! {
        #[test]
        fn the_typed_line_is_never_split(
            steps in prop::collection::vec(
                (prop::collection::vec("[a-z\u{e9}€ \\x1b\\r\\n]{0,90}", 0..3), "[a-z\u{e9} \\x1b]{0,60}", 0_usize..70),
                1..30,
            ),
            columns in 20_u16..90,
        ) {
            let mut painter = Painter::new(columns, Letters::All);
            let mut glass = Glass { rows: vec![Vec::new()], column: 0, columns: usize::from(columns) };
            for (lines, text, cursor) in steps {
                let cursor = cursor.min(text.chars().count());
                let prompt = typed(&text, cursor);
                let rows = glass.rows.len();
                let above: Vec<Vec<char>> = glass.rows[..rows - 1].to_vec();
                glass.take(painter.paint(&lines, &prompt));
                let wanted = painter.fitted(&prompt);
                let (last, text) = (glass.last(), wanted.symbols.iter().collect::<String>());
                prop_assert_eq!(last.trim_end(), text.trim_end());
                prop_assert_eq!(glass.column, wanted.cursor);
                prop_assert_eq!(&glass.rows[..rows - 1], &above[..], "what was told stays as it was told");
                let appended: String = glass.rows[rows - 1..glass.rows.len() - 1].iter().flatten().collect();
                let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
                prop_assert_eq!(letters(&appended), letters(&lines.iter().map(|line| neutral(line).into_owned()).collect::<String>()));
            }
        }
    }
}
