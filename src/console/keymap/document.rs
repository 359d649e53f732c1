//! The key table as a page of the documentation.

use super::{Action, Context, Danger, Keymap, Layout};
use crate::{domain::operator::Language, i18n::say};
use std::fmt::Write as _;

/// The key table as Markdown: a section a context, a line an action, then what only has a command.
pub fn markdown(map: &Keymap, language: Language) -> String {
    let line = |key: &str| say(language, key, &[]);
    let mut page = format!("# {}\n\n{}\n", line("keys-title"), line("keys-intro"));
    for context in Context::ALL {
        let _ = write!(page, "\n## {}\n\n{}\n|---|---|---|---|---|\n", context.words(language), line("keys-head"));
        for action in Action::ALL.iter().filter(|action| action.row().context == context && has_keys(map, **action)) {
            let row = action.row();

            let shown = map.labels(map.keys(*action).iter().copied(), language);
            let cost = |layout| map.presses(*action, layout).map_or("–".to_owned(), |presses| presses.to_string());
            let _ = writeln!(
                page,
                "| {} | {} | `{}` | {} | {}/{} |",
                cells(&shown),
                action.words(language),
                row.name,
                row.kind.words(language),
                cost(Layout::Azerty),
                cost(Layout::Qwerty),
            );
        }
    }
    let _ = write!(page, "\n## {}\n\n{}\n|---|---|---|\n", line("keys-commands"), line("keys-commands-head"));
    for action in Action::ALL.iter().filter(|action| !has_keys(map, **action)) {
        let mark = match action.row().danger {
            Danger::None => String::new(),
            Danger::Ends => format!(" ({})", line("keys-ends")),
        };
        let (command, words) = (action.command(language), action.words(language));
        let _ = writeln!(page, "| `:{command}` | {words}{mark} | `{}` |", action.row().name);
    }
    page
}

fn has_keys(map: &Keymap, action: Action) -> bool {
    !map.keys(action).is_empty()
}

/// Keys as code, each by itself; a bar would end the cell.
fn cells(keys: &str) -> String {
    keys.split(' ').map(|key| format!("`{}`", key.replace('|', "\\|"))).collect::<Vec<_>>().join(" ")
}
