//! The help: what every key does where the focus was, then what is done by `:` alone.

use super::{frame::Frame, paint::Paint, words};
use crate::{
    console::{
        keymap::{Action, Section},
        model::{Model, help::Help},
        steps,
        theme::Role,
    },
    i18n::say,
    text::width,
};
use ratatui::layout::Rect;

/// From this width on the help stands in two columns.
const TWO_COLUMNS: u16 = 110;

/// Columns of the keys at the most.
const KEYS: usize = 22;

/// A line of the help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// Where what stands below can be done.
    Heading(String),
    /// Keys, and what they do.
    Does {
        /// The action.
        action: Action,
        /// Its keys, or the word that is typed after `:`.
        keys: String,
        /// What it does, and that it would do nothing just now if so.
        words: String,
        /// Whether it would do anything just now.
        enabled: bool,
    },
    /// Room between two sections.
    Blank,
}

/// How many lines of the help are seen at once.
pub fn height(model: &Model) -> usize {
    let screen = Rect { x: 0, y: 0, width: model.size.columns, height: model.size.rows };
    columns(Frame::around(model, screen).body).map(|column| usize::from(column.height)).sum()
}

/// Where its lines stand, one column after the other.
fn columns(area: Rect) -> impl Iterator<Item = Rect> {
    let count = if area.width >= TWO_COLUMNS { 2 } else { 1 };
    let width = area.width / count;
    let height = area.height.saturating_sub(1);
    (0..count).map(move |place| Rect { x: area.x + place * width, y: area.y + 1, width, height })
}

/// All lines of the help, in its order.
pub fn lines(model: &Model, help: Help) -> Vec<Line> {
    let language = model.seat.language;
    let enabled = |action| steps::enabled(model, action);
    let mut lines = Vec::new();
    for Section { context, hints } in model.keymap.help(help.of, enabled, language) {
        if !lines.is_empty() {
            lines.push(Line::Blank);
        }
        lines.push(Line::Heading(context.words(language)));
        lines.extend(hints.into_iter().map(|hint| does(model, hint.action, hint.key, hint.enabled)));
    }
    lines.push(Line::Blank);
    lines.push(Line::Heading(say(language, "help-commands", &[])));
    let keyless = Action::ALL.iter().copied().filter(|action| model.keymap.keys(*action).is_empty());
    let command = |action: Action| format!(":{}", action.command(language));
    let permitted = keyless.filter(|action| steps::permitted(model, *action));
    lines.extend(permitted.map(|action| does(model, action, command(action), enabled(action))));
    lines
}

/// A line of what keys do; that it would do nothing now is said, for colour alone tells not everybody.
fn does(model: &Model, action: Action, keys: String, enabled: bool) -> Line {
    let language = model.seat.language;
    let words = action.help(language);
    let words = if enabled { words } else { say(language, "help-not-now", &[("does", words)]) };
    Line::Does { action, keys, words, enabled }
}

/// Draws the help over the screen.
pub fn draw(model: &Model, help: Help, paint: &mut Paint<'_>, area: Rect) {
    let language = model.seat.language;
    paint.clear(area);
    let all = lines(model, help);
    let places: Vec<Rect> = columns(area).flat_map(Rect::rows).collect();
    let room = places.len();
    let (first, last) = (help.scrolled + 1, (help.scrolled + room).min(all.len()));
    let span = [("first", first.to_string()), ("last", last.to_string()), ("count", all.len().to_string())];
    let title = words::title(&Action::Help.words(language));
    let keys_of = |line: &Line| if let Line::Does { keys, .. } = line { width(keys) } else { 0 };
    let keys_wide = u16::try_from(all.iter().map(keys_of).max().unwrap_or_default().min(KEYS)).unwrap_or_default();
    let words_at = keys_wide + 3;
    paint.rule(area, area.y, &[(&title, Role::Strong)], &say(language, "help-span", &span));
    for (line, place) in all.iter().skip(help.scrolled).zip(places) {
        // Air between two columns.
        let room = place.width.saturating_sub(2);
        match line {
            Line::Heading(words) => _ = paint.text(place.x, place.y, room, words, Role::Heading),
            Line::Does { keys, words, enabled, .. } => {
                let (key, text) = if *enabled { (Role::Key, Role::Text) } else { (Role::Dim, Role::Dim) };
                paint.text(place.x + 1, place.y, keys_wide, keys, key);
                paint.text(place.x + words_at, place.y, room.saturating_sub(words_at), words, text);
            }
            Line::Blank => {}
        }
    }
    paint.set_cursor(area.x, area.y + 1);
}
