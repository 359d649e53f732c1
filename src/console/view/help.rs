//! The help: what every key does where the focus was, then what is done by `:` alone.

use super::{frame::Frame, paint::Paint};
use crate::{
    console::{
        keymap::{Action, Section},
        model::{Model, help::Help},
        steps,
        theme::Role,
    },
    i18n::say,
};
use ratatui::layout::Rect;

/// The widest that a line of the help is drawn, in columns.
const WIDEST: u16 = 110;

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
    usize::from(Frame::of(screen).body.height.saturating_sub(1))
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
    let words = action.words(language);
    let words = if enabled { words } else { say(language, "help-not-now", &[("does", words)]) };
    Line::Does { action, keys, words, enabled }
}

/// Draws the help over the screen.
pub fn draw(model: &Model, help: Help, paint: &mut Paint<'_>, area: Rect) {
    let language = model.seat.language;
    paint.clear(area);
    let all = lines(model, help);
    let room = usize::from(area.height.saturating_sub(1));
    let shown = all.iter().skip(help.scrolled).take(room);
    let (first, last) = (help.scrolled + 1, (help.scrolled + room).min(all.len()));
    let span = [("first", first.to_string()), ("last", last.to_string()), ("count", all.len().to_string())];
    let title = Action::Help.words(language);
    paint.rule(area, area.y, &[(&title, Role::Strong)], &say(language, "help-span", &span));
    let width = area.width.min(WIDEST);
    for (line, y) in shown.zip(area.top() + 1..area.bottom()) {
        match line {
            Line::Heading(words) => _ = paint.text(area.x, y, width, words, Role::Heading),
            Line::Does { keys, words, enabled, .. } => {
                let (key, text) = if *enabled { (Role::Key, Role::Text) } else { (Role::Dim, Role::Dim) };
                paint.text(area.x + 1, y, 22, keys, key);
                paint.text(area.x + 24, y, width.saturating_sub(24), words, text);
            }
            Line::Blank => {}
        }
    }
    paint.set_cursor(area.x, area.y + 1);
}
