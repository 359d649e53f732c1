//! How things look: a style for each role, read from a theme, and brought down to what the terminal can.

mod colour;
mod file;

pub use file::{Fault, ThemeFault};

use super::terminal::{Background, Capabilities, Depth};
use file::Entry;
use ratatui::style::{Color, Style};
use std::path::Path;

macro_rules! roles {
    ($($(#[$doc:meta])* $role:ident = $name:literal;)*) => {
        /// What is drawn: the meaning, not the colour.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Role {
            $($(#[$doc])* $role,)*
        }

        impl Role {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$role,)*];

            /// Its name in a theme.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$role => $name,)*
                }
            }
        }
    };
}

roles! {
    /// What is read.
    Text = "text";
    /// What can be skipped.
    Dim = "dim";
    /// The fact that decides.
    Strong = "strong";
    /// What can be acted upon.
    Accent = "accent";
    /// Headings of columns and panes.
    Heading = "heading";
    /// The bar at the selected row.
    Selection = "selection";
    /// The ground of the selected row's first columns.
    Ground = "ground";
    /// A marked row.
    Marked = "marked";
    /// What is as it should be; a word or sign says so too.
    Ok = "ok";
    /// What will soon not be; likewise.
    Warn = "warn";
    /// What is not; likewise.
    Danger = "danger";
    /// A ringing call.
    Ring = "ring";
    /// What others took away.
    Gone = "gone";
    /// Lines between panes.
    Rule = "rule";
    /// What is being typed.
    Field = "field";
    /// A key that a hint names.
    Key = "key";
    /// What a filter found.
    Found = "found";
}

/// The themes that are compiled in, by name.
pub const COMPILED: &[(&str, &str)] = &[
    ("sombre", include_str!("../../themes/sombre.toml")),
    ("clair", include_str!("../../themes/clair.toml")),
    ("contraste", include_str!("../../themes/contraste.toml")),
    ("seize", include_str!("../../themes/seize.toml")),
    ("mono", include_str!("../../themes/mono.toml")),
];

/// A style for each role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    styles: Vec<Style>,
}

impl Theme {
    /// No style at all.
    pub const fn plain() -> Self {
        Self { styles: Vec::new() }
    }

    /// The style of a role; what the terminal has by itself where the theme says nothing.
    pub fn style(&self, role: Role) -> Style {
        Role::ALL.iter().zip(&self.styles).find(|(known, _)| **known == role).map_or(Style::new(), |(_, style)| *style)
    }

    /// The theme of a name for a terminal: a user's own file in `folder` before those compiled in. Without a name the one that suits.
    pub fn named(name: Option<&str>, folder: Option<&Path>, terminal: Capabilities) -> Result<Self, ThemeFault> {
        let name = name.unwrap_or_else(|| suiting(terminal));
        let own = folder.map(|folder| folder.join(format!("{name}.toml"))).filter(|file| file.is_file());
        if let Some(file) = own {
            let text = std::fs::read_to_string(&file).map_err(|error| ThemeFault::unreadable(&file, &error))?;
            return Ok(Self::of(&file::read(&text, &file)?, terminal.depth));
        }
        match COMPILED.iter().find(|(known, _)| *known == name) {
            Some((_, text)) => Ok(Self::of(&file::read(text, Path::new(name))?, terminal.depth)),
            None => Err(ThemeFault::unknown(name)),
        }
    }

    fn of(entries: &[(Role, Entry)], depth: Depth) -> Self {
        let entry = |role: &Role| entries.iter().find(|(known, _)| known == role).map(|(_, entry)| entry);
        Self {
            styles: Role::ALL
                .iter()
                .map(|role| entry(role).map_or(Style::new(), |entry| styled(entry, depth)))
                .collect(),
        }
    }
}

fn suiting(terminal: Capabilities) -> &'static str {
    match (terminal.depth, terminal.background) {
        (Depth::Mono, _) => "mono",
        (Depth::Sixteen, _) => "seize",
        (_, Some(Background::Light)) => "clair",
        (_, Some(Background::Dark) | None) => "sombre",
    }
}

/// Colours as near as the terminal has them; without any, the weights that say the same.
fn styled(entry: &Entry, depth: Depth) -> Style {
    let near = |colour: Option<Color>, sixteen: Option<Color>| match depth {
        Depth::Sixteen => sixteen.or_else(|| colour.map(|colour| colour::nearest(colour, depth))),
        _ => colour.or(sixteen).map(|colour| colour::nearest(colour, depth)),
    };
    if depth == Depth::Mono {
        return Style::new().add_modifier(entry.mono);
    }
    let mut style = Style::new().add_modifier(entry.weight);
    style.fg = near(entry.fg, entry.fg16);
    style.bg = near(entry.bg, entry.bg16);
    style
}

#[cfg(test)]
mod tests;
