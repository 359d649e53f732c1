//! What a terminal can, as its environment tells: nothing is asked of it, so nothing waits for an answer.

/// How many colours there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// None: weights only.
    Mono,
    /// The sixteen that the terminal's own palette paints.
    Sixteen,
    /// Those and 240 fixed ones.
    TwoFiftySix,
    /// All.
    True,
}

/// What is behind the letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Background {
    /// A dark ground.
    Dark,
    /// A light ground.
    Light,
}

/// What a terminal can.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capabilities {
    /// Its colours.
    pub depth: Depth,
    /// Whether its locale is UTF-8; if not, only ASCII is written.
    pub unicode: bool,
    /// What it says of its ground; none if it says nothing.
    pub background: Option<Background>,
    /// Whether it may be asked to show a frame as a whole.
    pub synchronized: bool,
    /// Whether a line lies between: keys may come in pieces.
    pub remote: bool,
}

impl Capabilities {
    /// What the environment tells: `NO_COLOR` (no-color.org), `COLORTERM`, `TERM`, `COLORFGBG`, the locale, SSH.
    pub fn of(lookup: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name: &str| lookup(name).filter(|value| !value.is_empty());
        let term = set("TERM").unwrap_or_default();
        // Terminals of old write what they do not know on the screen.
        let plain = term.is_empty() || term == "dumb" || term.starts_with("vt1") || term.starts_with("vt2");
        let depth = if set("NO_COLOR").is_some() || plain { Depth::Mono } else { depth(&term, &set) };
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(set).unwrap_or_default().to_ascii_lowercase();
        Self {
            depth,
            unicode: locale.contains("utf-8") || locale.contains("utf8"),
            background: set("COLORFGBG").and_then(|colours| background(&colours)),
            synchronized: !plain && term != "linux",
            remote: set("SSH_CONNECTION").is_some() || set("SSH_TTY").is_some(),
        }
    }
}

fn depth(term: &str, set: &impl Fn(&str) -> Option<String>) -> Depth {
    const TRUE: [&str; 6] = ["direct", "kitty", "alacritty", "wezterm", "foot", "ghostty"];
    // Apple's answers to true colours with wrong ones, whatever it inherited.
    if set("TERM_PROGRAM").is_some_and(|program| program == "Apple_Terminal") {
        return Depth::TwoFiftySix;
    }
    if set("COLORTERM").is_some_and(|colours| matches!(colours.as_str(), "truecolor" | "24bit"))
        || set("WT_SESSION").is_some()
        || TRUE.iter().any(|name| term.contains(name))
    {
        Depth::True
    } else if term.contains("256") {
        Depth::TwoFiftySix
    } else {
        Depth::Sixteen
    }
}

/// rxvt's variable: the numbers of letters and ground among the sixteen.
fn background(colours: &str) -> Option<Background> {
    match colours.rsplit(';').next()?.parse().ok()? {
        7 | 9..=15_u8 => Some(Background::Light),
        0..=6 | 8 => Some(Background::Dark),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn of(variables: &[(&str, &str)]) -> Capabilities {
        Capabilities::of(|name| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[rstest]
    #[case(&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")], Depth::True)]
    #[case(&[("TERM", "xterm-kitty")], Depth::True)]
    #[case(&[("TERM", "xterm-256color")], Depth::TwoFiftySix)]
    #[case(&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor"), ("TERM_PROGRAM", "Apple_Terminal")], Depth::TwoFiftySix)]
    #[case(&[("TERM", "xterm")], Depth::Sixteen)]
    #[case(&[("TERM", "linux")], Depth::Sixteen)]
    #[case(&[("TERM", "dumb")], Depth::Mono)]
    #[case(&[("TERM", "vt220")], Depth::Mono)]
    #[case(&[], Depth::Mono)]
    #[case(&[("TERM", "xterm-kitty"), ("NO_COLOR", "1")], Depth::Mono)]
    #[case(&[("TERM", "xterm"), ("NO_COLOR", "")], Depth::Sixteen)]
    fn colours_are_those_that_the_terminal_tells_of(#[case] variables: &[(&str, &str)], #[case] depth: Depth) {
        assert_eq!(of(variables).depth, depth);
    }

    #[test]
    fn only_a_utf8_locale_gets_more_than_ascii() {
        assert!(of(&[("LANG", "fr_FR.UTF-8")]).unicode);
        assert!(of(&[("LC_CTYPE", "C.utf8")]).unicode);
        assert!(!of(&[("LANG", "fr_FR.UTF-8"), ("LC_ALL", "C")]).unicode);
        assert!(!of(&[("LANG", "fr_FR@euro")]).unicode);
        assert!(!of(&[]).unicode);
    }

    #[test]
    fn the_ground_and_the_line_are_told_too() {
        assert_eq!(of(&[("COLORFGBG", "15;0")]).background, Some(Background::Dark));
        assert_eq!(of(&[("COLORFGBG", "0;default;15")]).background, Some(Background::Light));
        assert_eq!(of(&[("COLORFGBG", "x")]).background, None);
        assert!(of(&[("SSH_TTY", "/dev/pts/3")]).remote);
        assert!(!of(&[("TERM", "linux")]).synchronized);
        assert!(of(&[("TERM", "xterm")]).synchronized);
    }
}
