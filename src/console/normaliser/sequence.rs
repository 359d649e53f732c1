//! The bytes that terminals send for keys: ECMA-48 with what xterm, rxvt, the Linux console and their like made of it.

use crate::console::keymap::{Key, KeyCode};

/// What stands before pasted text, and after it.
pub const PASTE_BEGINS: &[u8] = b"\x1b[200~";
const PASTE_ENDS: &[u8] = b"\x1b[201~";

/// The longest sequence that is waited for; what is longer is none.
const LONGEST: usize = 64;

const ESC: u8 = 0x1b;

/// What bytes were.
#[derive(Debug, PartialEq, Eq)]
pub enum Found {
    /// A key.
    Key(Key),
    /// Alt and a key, as a terminal says that has a way of its own for it.
    EscAnd(Key),
    /// Pasted text, made harmless.
    Paste(String),
    /// What the terminal says by itself, or noise.
    Nothing,
}

/// What bytes begin with, and how many of them it is; none if more must come to know.
pub fn first_in(bytes: &[u8]) -> Option<(usize, Found)> {
    match bytes {
        [] | [ESC] | [ESC, b']'] => None,
        [ESC, b'[', rest @ ..] => control_sequence(bytes, rest),
        [ESC, b'O', rest @ ..] => {
            let letter = *rest.first()?;
            Some(shifted(letter).map_or((1, plain(KeyCode::Esc)), |code| (3, plain(code))))
        }
        [ESC, b']', b'0'..=b'9', rest @ ..] => told(rest),
        [ESC, ..] => Some((1, plain(KeyCode::Esc))),
        [byte, ..] if byte.is_ascii_control() => Some((1, control(*byte))),
        _ => character(bytes),
    }
}

/// What bytes begin with if nothing more comes: what looked like the beginning of something was typed.
pub fn as_it_is(bytes: &[u8]) -> (usize, Found) {
    match bytes {
        [] => (0, Found::Nothing),
        [ESC, ..] if bytes.starts_with(PASTE_BEGINS) => {
            (bytes.len(), Found::Paste(pasted(bytes.get(PASTE_BEGINS.len()..).unwrap_or_default())))
        }
        [ESC, ..] => (1, plain(KeyCode::Esc)),
        [byte, ..] => (1, latin(*byte)),
    }
}

const fn plain(code: KeyCode) -> Found {
    Found::Key(Key::named(code))
}

fn control(byte: u8) -> Found {
    match byte {
        0 => Found::Key(Key::ctrl(' ')),
        // Ctrl-C is Esc: neither ever ends the program.
        3 => plain(KeyCode::Esc),
        8 | 0x7f => plain(KeyCode::Backspace),
        9 => plain(KeyCode::Tab),
        13 => plain(KeyCode::Enter),
        letter @ 1..=26 => Found::Key(Key::ctrl(char::from(letter - 1 + b'a'))),
        sign => Found::Key(Key::ctrl(char::from(sign | 0x40))),
    }
}

/// One character of UTF-8. Of bytes that are none, each is taken as Latin-1, which terminals of old send.
fn character(bytes: &[u8]) -> Option<(usize, Found)> {
    let [first, ..] = bytes else { return None };
    let length = match first {
        0..0x80 => 1,
        0xc2..0xe0 => 2,
        0xe0..0xf0 => 3,
        0xf0..0xf5 => 4,
        _ => return Some((1, latin(*first))),
    };
    let have = bytes.get(..length.min(bytes.len()))?;
    match std::str::from_utf8(have) {
        Ok(text) => Some((length, text.chars().next().map_or(Found::Nothing, typed))),
        Err(error) if error.error_len().is_none() => None,
        Err(_) => Some((1, latin(*first))),
    }
}

fn latin(byte: u8) -> Found {
    typed(char::from(byte))
}

fn typed(c: char) -> Found {
    if c.is_control() { Found::Nothing } else { Found::Key(Key::char(c)) }
}

/// The keys of `Esc O` and a letter.
const fn shifted(letter: u8) -> Option<KeyCode> {
    Some(match letter {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'F' => KeyCode::End,
        b'H' => KeyCode::Home,
        b'M' => KeyCode::Enter,
        b'P'..=b'S' => KeyCode::Function(letter - b'P' + 1),
        _ => return None,
    })
}

/// The keys of `Esc [`, parameters, and `~`.
const fn numbered(number: u32) -> Option<KeyCode> {
    Some(match number {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        // The numbers leave out 16 and 22.
        11..=15 => function(number - 10),
        17..=21 => function(number - 11),
        23..=24 => function(number - 12),
        _ => return None,
    })
}

#[expect(clippy::cast_possible_truncation, reason = "it is at most 12")]
const fn function(number: u32) -> KeyCode {
    KeyCode::Function(number as u8)
}

/// `Esc [`: `rest` is what follows in `bytes`.
fn control_sequence(bytes: &[u8], rest: &[u8]) -> Option<(usize, Found)> {
    if let [b'[', letter, ..] = rest {
        // The Linux console's F1 to F5.
        return Some(match letter {
            b'A'..=b'E' => (4, plain(KeyCode::Function(letter - b'A' + 1))),
            _ => (1, plain(KeyCode::Esc)),
        });
    }
    if rest == b"[" {
        return None;
    }
    let Some(end) = rest.iter().position(|byte| !(0x20..0x40).contains(byte)) else {
        // Too long to be one: it was typed.
        return (rest.len() > LONGEST).then_some((1, plain(KeyCode::Esc)));
    };
    let last = *rest.get(end)?;
    if !(0x40..0x7f).contains(&last) {
        return Some((1, plain(KeyCode::Esc)));
    }
    if bytes.starts_with(PASTE_BEGINS) {
        return paste(bytes);
    }
    let numbers: Vec<u32> = rest
        .get(..end)
        .unwrap_or_default()
        .split(|byte| *byte == b';')
        // Behind a colon stands what only some terminals tell, such as whether a key was pressed or let go.
        .map(|part| part.split(|byte| *byte == b':').next().unwrap_or_default())
        .map(|part| std::str::from_utf8(part).ok().and_then(|part| part.parse().ok()).unwrap_or_default())
        .collect();
    Some((2 + end + 1, meant(&numbers, last)))
}

/// What a whole sequence means.
fn meant(numbers: &[u32], last: u8) -> Found {
    let number = |at: usize| numbers.get(at).copied().unwrap_or_default();
    match (last, number(0)) {
        (b'Z', _) => Found::Key(Key { code: KeyCode::Tab, ctrl: false, shift: true }),
        // xterm's and kitty's ways to say a character with what is held beside it.
        (b'u', code) => with_modifiers(code, number(1)),
        (b'~', 27) if numbers.len() == 3 => with_modifiers(number(2), number(1)),
        (b'~', code) => numbered(code).map_or(Found::Nothing, |code| held_beside(code, number(1))),
        // Here `M` is the mouse, and `R` with numbers where the cursor is.
        (b'M', _) | (b'R', 2..) => Found::Nothing,
        (letter, _) => shifted(letter).map_or(Found::Nothing, |code| held_beside(code, number(1))),
    }
}

const fn held_beside(code: KeyCode, modifiers: u32) -> Found {
    let (shift, _, ctrl) = held(modifiers);
    Found::Key(Key { code, ctrl, shift })
}

/// Shift, Alt and Ctrl of a parameter: one more than their bits.
const fn held(parameter: u32) -> (bool, bool, bool) {
    let bits = parameter.saturating_sub(1);
    (bits & 1 != 0, bits & 2 != 0, bits & 4 != 0)
}

fn with_modifiers(code: u32, modifiers: u32) -> Found {
    let (shift, alt, ctrl) = held(modifiers);
    let Some(c) = char::from_u32(code) else { return Found::Nothing };
    let key = match c {
        '\r' => Key { code: KeyCode::Enter, ctrl: false, shift: false },
        '\t' => Key { code: KeyCode::Tab, ctrl: false, shift },
        '\x1b' => Key::named(KeyCode::Esc),
        '\x7f' | '\x08' => Key::named(KeyCode::Backspace),
        _ if c.is_control() => return Found::Nothing,
        // To some terminals AltGr is Ctrl and Alt.
        _ if ctrl && alt => return Found::Key(Key::char(c)),
        'c' | 'C' if ctrl => Key::named(KeyCode::Esc),
        _ if ctrl => Key::ctrl(c),
        _ if shift && c.is_lowercase() => Key::char(c.to_uppercase().next().unwrap_or(c)),
        _ => Key::char(c),
    };
    if alt { Found::EscAnd(key) } else { Found::Key(key) }
}

/// What a terminal answers (an operating system command), dropped to its end.
fn told(rest: &[u8]) -> Option<(usize, Found)> {
    for (at, byte) in rest.iter().enumerate() {
        match (byte, rest.get(at + 1)) {
            (7, _) => return Some((3 + at + 1, Found::Nothing)),
            (&ESC, Some(b'\\')) => return Some((3 + at + 2, Found::Nothing)),
            (&ESC, None) => return None,
            (0x20..0x7f, _) => {}
            _ => return Some((1, plain(KeyCode::Esc))),
        }
    }
    (rest.len() > LONGEST).then_some((1, plain(KeyCode::Esc)))
}

fn paste(bytes: &[u8]) -> Option<(usize, Found)> {
    let text = bytes.get(PASTE_BEGINS.len()..)?;
    let end = text.windows(PASTE_ENDS.len()).position(|window| window == PASTE_ENDS)?;
    let taken = PASTE_BEGINS.len() + end + PASTE_ENDS.len();
    Some((taken, Found::Paste(pasted(text.get(..end).unwrap_or_default()))))
}

/// Text as pasted: every kind of line break is `\n`, a tab a space, other control characters nothing.
fn pasted(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let mut clean = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\r' => {
                characters.next_if_eq(&'\n');
                clean.push('\n');
            }
            '\n' => clean.push('\n'),
            '\t' => clean.push(' '),
            _ if c.is_control() => {}
            _ => clean.push(c),
        }
    }
    clean
}
