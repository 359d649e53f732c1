//! Signs and letters for terminals that know only ASCII.

use unicode_normalization::UnicodeNormalization as _;

/// Writes a symbol in as many columns as it takes; what has no likeness is `?`.
pub fn write(symbol: &str, columns: u16, out: &mut Vec<u8>) {
    let likeness = likeness(symbol);
    out.push(likeness);
    out.extend(std::iter::repeat_n(b' ', usize::from(columns.saturating_sub(1))));
}

/// The ASCII letter that looks most like a symbol.
pub fn likeness(symbol: &str) -> u8 {
    let Some(c) = symbol.chars().next() else { return b' ' };
    if let Ok(byte @ 0x20..0x7f) = u8::try_from(c) {
        return byte;
    }
    match c {
        '\u{a0}' | '\u{2800}' => b' ',
        '─' | '━' | '–' | '—' | '‐' | '‑' | '−' | '╌' => b'-',
        '│' | '┃' | '·' | '•' => b'|',
        '┌' | '┐' | '└' | '┘' | '├' | '┤' | '┬' | '┴' | '┼' => b'+',
        '●' | '○' | '◆' | '★' | '█' | '■' => b'*',
        '✕' | '✗' | '×' => b'x',
        '▌' | '▸' | '▶' | '›' | '»' | '→' => b'>',
        '‹' | '«' | '◂' | '←' => b'<',
        '↑' | '▲' => b'^',
        '↓' | '▼' | '✓' | '✔' => b'v',
        '’' | '‘' | 'ʼ' => b'\'',
        '“' | '”' | '„' => b'"',
        // What bars are filled with stays told apart.
        '▒' => b':',
        '▓' => b'%',
        // A line of braille dots stays a line of dots.
        '…' | '░' | '\u{2801}'..='\u{28ff}' => b'.',
        '°' | 'œ' | 'Œ' | 'ø' | 'Ø' => b'o',
        'æ' | 'Æ' => b'a',
        '€' => b'E',
        'ß' => b's',
        '\u{2580}'..='\u{259f}' => b'#',
        _ => std::iter::once(c)
            .nfkd()
            .find_map(|part| u8::try_from(part).ok().filter(u8::is_ascii_graphic))
            .unwrap_or(b'?'),
    }
}
