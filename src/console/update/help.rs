//! The help's keys: it opens for the focus at hand, scrolls, and any leaving key takes it off.

use crate::console::{
    keymap::Action,
    model::{Model, help::Help, layer::Layer},
    view,
};

/// Opens the help of the focus at hand.
pub fn open(model: &mut Model) {
    let of = model.context();
    model.layers.push(Layer::Help(Help { of, scrolled: 0 }));
}

/// What keys do in the help.
pub fn act(model: &mut Model, action: Action) {
    let Some(Layer::Help(help)) = model.layers.last() else { return };
    let page = view::help::height(model).max(1);
    let last = view::help::lines(model, *help).len().saturating_sub(page);
    let to = match action {
        Action::Down => help.scrolled + 1,
        Action::Up => help.scrolled.saturating_sub(1),
        Action::PageDown => help.scrolled + page,
        Action::PageUp => help.scrolled.saturating_sub(page),
        Action::Top => 0,
        Action::Bottom => last,
        Action::Open | Action::Back | Action::Help => {
            model.layers.pop();
            return;
        }
        _ => return,
    };
    if let Some(Layer::Help(help)) = model.layers.last_mut() {
        help.scrolled = to.min(last);
    }
}
