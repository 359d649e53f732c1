//! What is told beside the work while somebody practises: who stands in front of the desk, and what can be done next by which key.

use super::paint::Paint;
use crate::{
    console::{
        keymap::{Action, Context, Order},
        model::{
            Model, Screen,
            coach::{Begins, Coach, Sentence},
        },
        theme::Role,
    },
    i18n::say,
    text::wrap,
};
use ratatui::layout::Rect;

/// Lines that it takes: its heading, and three for what is told.
pub const HEIGHT: u16 = 4;

/// Draws it.
pub fn draw(model: &Model, paint: &mut Paint<'_>, area: Rect) {
    let Some(coach) = &model.coach else { return };
    let columns = usize::from(area.width.max(1));
    paint.rule(area, area.y, &[(&worded(model, &coach.title), Role::Strong)], &skip(model, coach));
    let scene = wrap(&worded(model, &coach.scene), columns).into_iter().map(|line| (line, Role::Text));
    let advice = wrap(&advice(model, coach), columns).into_iter().map(|line| (line, Role::Accent));
    for ((line, role), y) in scene.chain(advice).zip(area.y + 1..area.bottom()) {
        paint.text(area.x, y, area.width, &line, role);
    }
}

/// It in sentences: how far it is, what goes on, what can be done.
pub fn in_words(model: &Model, coach: &Coach) -> Vec<String> {
    vec![format!("{}.", worded(model, &coach.title)), worded(model, &coach.scene), advice(model, coach)]
}

/// What can be done, with how one gets to where it begins.
fn advice(model: &Model, coach: &Coach) -> String {
    let advice = worded(model, &coach.advice);
    let in_list = model.screen == Screen::Desk && ground(model) == Context::List;
    if coach.begins == Begins::Anywhere || !in_list {
        return advice;
    }
    let key = model.keymap.way(Context::List, Action::Scan, model.seat.language);
    format!("{advice} {}", say(model.seat.language, "practice-to-field", &[("key", key)]))
}

/// How one goes on without the step at hand.
fn skip(model: &Model, coach: &Coach) -> String {
    let language = model.seat.language;
    let word = coach.skip.and_then(|id| command(model, Order::Extra(id)));
    word.map(|way| say(language, "practice-skip", &[("way", way)])).unwrap_or_default()
}

/// The focus below what lies over the screen: what is told does not change while a question is answered.
fn ground(model: &Model) -> Context {
    model.context_below()
}

/// How a command is typed from there: « Échap puis :suite ».
fn command(model: &Model, order: Order) -> Option<String> {
    let language = model.seat.language;
    let (_, word) = model.commands.all(language).find(|(known, _)| *known == order)?;
    Some(format!("{}{word}", model.keymap.way(ground(model), Action::Command, language)))
}

/// A sentence with its keys as they are at the focus at hand.
fn worded(model: &Model, sentence: &Sentence) -> String {
    let language = model.seat.language;
    let way = |action| model.keymap.way(ground(model), action, language);
    let in_field = |action| model.keymap.way(Context::Text, action, language);
    let skip = model.coach.as_ref().and_then(|coach| command(model, Order::Extra(coach.skip?)));
    let mut variables = sentence.variables.clone();
    variables.extend([
        ("enter", in_field(Action::TextSave)),
        ("ways", in_field(Action::TextFields)),
        ("escape", in_field(Action::Leave)),
        ("accept", way(Action::Accept)),
        ("pay", way(Action::Pay)),
        ("new", way(Action::NewRequest)),
        ("undo", way(Action::Undo)),
        ("pane", way(Action::PrevPane)),
        ("skip", skip.unwrap_or_default()),
        ("quit", command(model, Order::Action(Action::Quit)).unwrap_or_default()),
    ]);
    say(language, &sentence.key, &variables)
}
