//! Saved views: a filter kept under a name with the account, replaced, recalled, dropped. Offline too: each goes by itself
//! through the outbox, and what waits there counts already.

use super::{Effects, give};
use crate::{
    console::model::{Model, Screen, Tone},
    i18n::say,
    text::{fold, neutral},
    wire::{bodies::SetView, catalogue::Command},
};

/// Characters that a view's name has at most: it is shown in lists.
const NAME_MOST: usize = 40;
/// Bytes that a view's filter has at most, and views that an account has: the office takes no more.
const FILTER_MOST: usize = 1_000;
const VIEWS_MOST: usize = 200;

/// The account's views: names with their filters, by alphabet.
pub fn saved(model: &Model) -> Vec<(String, String)> {
    model.preferences().views.into_iter().collect()
}

/// The views whose names begin with what is typed.
pub fn begun(model: &Model, typed: &str) -> Vec<(String, String)> {
    let typed = fold(typed.trim());
    saved(model).into_iter().filter(|(name, _)| fold(name).starts_with(&typed)).collect()
}

/// Keeps the present filter under a name; one of the same name is replaced.
pub fn keep(model: &mut Model, effects: &mut Effects, name: &str) {
    let language = model.seat.language;
    let name = name.trim();
    let filter = model.requests.filter.trim().to_owned();
    let preferences = model.preferences();
    let before = preferences.view_named(name);
    let most = |count: usize| [("count", count.to_string())];
    let fault = if filter.is_empty() {
        Some(say(language, "view-no-filter", &[]))
    } else if name.is_empty() {
        Some(say(language, "view-no-name", &[]))
    } else if name.contains(char::is_control) || neutral(name) != name {
        Some(say(language, "view-odd-name", &[]))
    } else if name.chars().count() > NAME_MOST {
        Some(say(language, "view-long-name", &most(NAME_MOST)))
    } else if filter.len() > FILTER_MOST {
        Some(say(language, "view-long-filter", &[]))
    } else if before.is_none() && preferences.views.len() >= VIEWS_MOST {
        Some(say(language, "view-too-many", &most(VIEWS_MOST)))
    } else {
        None
    };
    if let Some(fault) = fault {
        model.say(Tone::Plain, fault);
        return;
    }
    let parts = [("name", name.to_owned()), ("filter", neutral(&filter).into_owned())];
    let replaced = before.and_then(|before| preferences.views.get(before));
    let key = match &replaced {
        Some(same) if **same == filter => "view-kept-already",
        Some(_) => "view-replaced",
        None => "view-kept",
    };
    let said = say(language, key, &parts);
    if key == "view-kept-already" {
        model.say(Tone::Plain, said);
        return;
    }
    let body = SetView { name: name.to_owned(), filter: Some(filter) };
    give::give(model, effects, vec![Command::SetView { body }], said);
}

/// Drops a view.
pub fn forget(model: &mut Model, effects: &mut Effects, name: &str) {
    let language = model.seat.language;
    let Some(known) = model.preferences().view_named(name).map(str::to_owned) else {
        let words = say(language, "view-unknown", &[("name", neutral(name.trim()).into_owned())]);
        model.say(Tone::Plain, words);
        return;
    };
    let said = say(language, "view-forgotten", &[("name", known.clone())]);
    let body = SetView { name: known, filter: None };
    give::give(model, effects, vec![Command::SetView { body }], said);
}

/// Shows the requests of a view.
pub fn recall(model: &mut Model, name: &str) {
    let Some((_, filter)) = saved(model).into_iter().find(|(known, _)| known == name) else { return };
    model.layers.clear();
    model.screen = Screen::Requests;
    model.requests.filter = filter;
}

#[cfg(test)]
mod tests;
