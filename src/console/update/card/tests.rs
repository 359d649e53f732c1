//! Stories of the card.

use crate::{
    console::{
        effect::Effect,
        fixtures::{day, id, known::*, press},
        message::Message,
        model::{Model, layer::Layer},
        update::update,
    },
    domain::ids::RequestId,
};

fn opened(number: u128) -> (Model, Vec<Effect>) {
    let mut model = day();
    press(&mut model, &["4"]);
    model.requests.list.select(id::<RequestId>(number));
    let effects = press(&mut model, &["Enter"]);
    (model, effects)
}

#[test]
fn a_card_opens_at_once_and_its_history_is_read_once() {
    let (mut model, effects) = opened(WARNED);
    assert!(matches!(model.layers.last(), Some(Layer::Card(card)) if card.history.is_none()));
    let reads = |effects: &[Effect]| effects.iter().filter(|effect| matches!(effect, Effect::ReadHistory(_))).count();
    assert_eq!(reads(&effects), 1);
    assert_eq!(reads(&press(&mut model, &["Down", "Up"])), 0);
}

#[test]
fn a_history_for_another_request_is_not_taken_for_this_one() {
    let (mut model, _) = opened(WARNED);
    let at = model.now;
    update(&mut model, at, Message::HistoryTold { request: id(LATE), history: Ok(Vec::new()) });
    assert!(matches!(model.layers.last(), Some(Layer::Card(card)) if card.history.is_none()));
}

#[test]
fn leaving_a_card_returns_to_the_row() {
    let (mut model, _) = opened(WARNED);
    press(&mut model, &["Esc"]);
    assert!(model.layers.is_empty());
    assert_eq!(model.requests.list.selected(), Some(id(WARNED)));
}
