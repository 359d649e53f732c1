//! A key as the key table knows it: what it is called, how it is written in a configuration, and what it costs to press.

use crate::domain::operator::Language;
use std::fmt;
use thiserror::Error;

/// What is engraved on a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyCode {
    /// What it types, as typed: `g` and `G` are two keys.
    Char(char),
    /// Enter, Return.
    Enter,
    /// Escape.
    Esc,
    /// Tab; with Shift it goes back.
    Tab,
    /// Erases to the left.
    Backspace,
    /// Erases to the right.
    Delete,
    /// Insert.
    Insert,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow to the left.
    Left,
    /// Arrow to the right.
    Right,
    /// To the beginning.
    Home,
    /// To the end.
    End,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
    /// F1 to F12.
    Function(u8),
}

/// A key with what is held down beside it. A character never has `shift`: its capital is another character. Alt does not exist
/// here: terminals cannot tell it from Esc.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The key itself.
    pub code: KeyCode,
    /// Ctrl is held down; its character is then in lower case.
    pub ctrl: bool,
    /// Shift is held down on a key that types nothing.
    pub shift: bool,
}

/// The names of keys, French and English: first as shown, then as also read. They are not sentences, and both languages are read in
/// either interface, so they stand here and not in the locales.
const NAMES: &[(KeyCode, &[&str], &[&str])] = &[
    (KeyCode::Enter, &["Entrée", "Entree"], &["Enter", "Return"]),
    (KeyCode::Esc, &["Échap", "Echap"], &["Esc", "Escape"]),
    (KeyCode::Tab, &["Tab"], &["Tab"]),
    (KeyCode::Backspace, &["Retour", "Effacement"], &["Backspace"]),
    (KeyCode::Delete, &["Suppr"], &["Del", "Delete"]),
    (KeyCode::Insert, &["Inser"], &["Ins", "Insert"]),
    (KeyCode::Up, &["↑", "Haut"], &["↑", "Up"]),
    (KeyCode::Down, &["↓", "Bas"], &["↓", "Down"]),
    (KeyCode::Left, &["←", "Gauche"], &["←", "Left"]),
    (KeyCode::Right, &["→", "Droite"], &["→", "Right"]),
    (KeyCode::Home, &["Début", "Debut"], &["Home"]),
    (KeyCode::End, &["Fin"], &["End"]),
    (KeyCode::PageUp, &["PgPréc", "PgPrec"], &["PgUp", "PageUp"]),
    (KeyCode::PageDown, &["PgSuiv"], &["PgDn", "PageDown"]),
    (KeyCode::Char(' '), &["Espace"], &["Space"]),
];

/// How the arrow keys are called where they are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Arrows {
    /// By the signs that are engraved on them.
    #[default]
    Signs,
    /// In words: where there is ASCII alone, the signs would look like other keys.
    Words,
}

/// Why a text is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NoKey {
    /// It asks for Alt, `AltGr` or Option.
    #[error("asks for Alt")]
    Alt,
    /// No key is called so.
    #[error("unknown")]
    Unknown,
}

impl Key {
    /// A key that types nothing, nothing held beside it.
    pub const fn named(code: KeyCode) -> Self {
        Self { code, ctrl: false, shift: false }
    }

    /// What types a character.
    pub const fn char(c: char) -> Self {
        Self::named(KeyCode::Char(c))
    }

    /// Ctrl and a letter.
    pub const fn ctrl(c: char) -> Self {
        Self { code: KeyCode::Char(c.to_ascii_lowercase()), ctrl: true, shift: false }
    }

    /// What a field would take as text.
    pub const fn typed(self) -> Option<char> {
        match self.code {
            KeyCode::Char(c) if !self.ctrl => Some(c),
            _ => None,
        }
    }

    /// The key that a configuration writes, in French or English, such as `Ctrl-G`, `Maj-Tab`, `Suppr`, `é` or `F2`.
    pub fn parse(text: &str) -> Result<Self, NoKey> {
        let mut rest = text.trim();
        let (mut ctrl, mut shift) = (false, false);
        // What stands after the last `-` or `+` is the key; these two alone are themselves.
        while let Some(cut) = rest.char_indices().skip(1).find(|(_, c)| matches!(c, '-' | '+')).map(|(at, _)| at)
            && let (Some(held), Some(after)) = (rest.get(..cut), rest.get(cut + 1..))
            && !after.is_empty()
        {
            match held.to_lowercase().as_str() {
                "ctrl" | "control" | "c" => ctrl = true,
                "maj" | "shift" => shift = true,
                "alt" | "altgr" | "meta" | "option" | "m" | "a" => return Err(NoKey::Alt),
                _ => return Err(NoKey::Unknown),
            }
            rest = after;
        }
        let code = code_named(rest).ok_or(NoKey::Unknown)?;
        let key = match code {
            KeyCode::Char(c) if ctrl && !shift => Self::ctrl(c.to_lowercase().next().unwrap_or(c)),
            KeyCode::Char(_) if shift => return Err(NoKey::Unknown),
            _ => Self { code, ctrl, shift },
        };
        Ok(key)
    }

    /// What the key is called on a keyboard of that language.
    pub fn label(self, language: Language) -> String {
        self.called(language, Arrows::Signs)
    }

    /// What the key is called on a keyboard of that language, its arrows in this way.
    pub fn called(self, language: Language, arrows: Arrows) -> String {
        Labelled(self, language, arrows).to_string()
    }
}

fn code_named(text: &str) -> Option<KeyCode> {
    let mut characters = text.chars();
    if let (Some(c), None) = (characters.next(), characters.next())
        && !c.is_control()
        && !NAMES.iter().any(|(_, french, _)| french.first() == Some(&text))
    {
        return Some(KeyCode::Char(c));
    }
    if let Some(number) = text.strip_prefix(['F', 'f'])
        && let Some(number) = number.parse().ok().filter(|number| (1..=12).contains(number))
    {
        return Some(KeyCode::Function(number));
    }
    let wanted = text.to_lowercase();
    let called = |names: &[&str]| names.iter().any(|name| name.to_lowercase() == wanted);
    NAMES.iter().find(|(_, french, english)| called(french) || called(english)).map(|(code, ..)| *code)
}

/// A key written in a language.
struct Labelled(Key, Language, Arrows);

impl fmt::Display for Labelled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(key, language, arrows) = self;
        if key.ctrl {
            f.write_str("Ctrl-")?;
        }
        if key.shift {
            f.write_str(match language {
                Language::Fr => "Maj-",
                Language::En => "Shift-",
            })?;
        }
        if let Some((_, french, english)) = NAMES.iter().find(|(code, ..)| *code == key.code) {
            let names = match language {
                Language::Fr => french,
                Language::En => english,
            };
            let is_arrow = matches!(key.code, KeyCode::Up | KeyCode::Down | KeyCode::Left | KeyCode::Right);
            let name = if is_arrow && *arrows == Arrows::Words { names.last() } else { names.first() };
            return f.write_str(name.unwrap_or(&""));
        }
        match key.code {
            KeyCode::Char(c) if key.ctrl => write!(f, "{}", c.to_ascii_uppercase()),
            KeyCode::Char(c) => write!(f, "{c}"),
            KeyCode::Function(number) => write!(f, "F{number}"),
            _ => Ok(()),
        }
    }
}

/// A keyboard that keys are counted on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// French, without keypad.
    Azerty,
    /// American.
    Qwerty,
}

impl Layout {
    /// What each layout types without Shift, then with it. What stands in neither needs `AltGr` or a dead key, or is not there.
    const fn rows(self) -> (&'static str, &'static str) {
        match self {
            Self::Azerty => {
                ("abcdefghijklmnopqrstuvwxyz &é\"'(-è_çà)=$ù*,;:!<²", "ABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890°+£%µ?./§>")
            }
            Self::Qwerty => (
                "abcdefghijklmnopqrstuvwxyz `1234567890-=[]\\;',./",
                "ABCDEFGHIJKLMNOPQRSTUVWXYZ~!@#$%^&*()_+{}|:\"<>?",
            ),
        }
    }

    /// How many presses a key costs, Shift and Ctrl counted; none if the layout has it only with `AltGr` or a dead key, or not at all.
    pub fn presses(self, key: Key) -> Option<u8> {
        let (plain, shifted) = self.rows();
        let own = match key.code {
            KeyCode::Char(c) if plain.contains(c) => 1,
            KeyCode::Char(c) if shifted.contains(c) => 2,
            KeyCode::Char(_) => return None,
            _ => 1,
        };
        Some(own + u8::from(key.ctrl) + u8::from(key.shift))
    }
}

/// The row of digits, where a digit costs Shift.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DigitRow {
    /// What AZERTY types there without Shift is taken for the digit, the Belgian and Apple signs too.
    #[default]
    Azerty,
    /// Digits only.
    None,
}

impl DigitRow {
    /// The signs that stand for a digit, 1 to 9, beside itself: French, then Belgian and Apple.
    pub const fn twins(self, digit: u8) -> &'static [char] {
        match (self, digit) {
            (Self::Azerty, 1) => &['&'],
            (Self::Azerty, 2) => &['é'],
            (Self::Azerty, 3) => &['"'],
            (Self::Azerty, 4) => &['\''],
            (Self::Azerty, 5) => &['('],
            (Self::Azerty, 6) => &['-', '§'],
            (Self::Azerty, 7) => &['è'],
            (Self::Azerty, 8) => &['_', '!'],
            (Self::Azerty, 9) => &['ç'],
            _ => &[],
        }
    }

    /// The number from 1 to 9 that a key means.
    pub fn digit(self, key: Key) -> Option<u8> {
        let c = key.typed()?;
        (1..=9).find(|digit| char::from(b'0' + digit) == c || self.twins(*digit).contains(&c))
    }
}
