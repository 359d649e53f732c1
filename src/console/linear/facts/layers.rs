//! What is told of what lies over a screen: letters, cards, searches, the register, what came back.

use super::{Fact, Slot, numbered, told};
use crate::{
    console::{
        keymap::Action,
        model::{
            Model, Screen, layer::Layer, letter::LetterFocus, palette_line::PaletteLine, party::PartySearch,
            prompt::Prompt, reception::Item, register::Register, settle_box::SettleBox,
        },
        update::{recurring, settle_box},
        view::{self, help, party, recurring as recurring_view, words},
    },
    domain::{beneficiary::Beneficiary, client::Client},
};

/// Lines of the message that is answered which are told at once.
const HEARD: usize = 10;

/// A layer, by its depth.
pub(super) fn of_layer(model: &Model, depth: usize, layer: &Layer, all: &mut Vec<Fact>) {
    let slot = Slot::Layer(depth);
    match layer {
        Layer::Prompt(prompt) => all.push(proposal(slot, prompt)),
        Layer::Card(card) => {
            let version = model.world.request(card.request).map(|shown| shown.row.version);
            let key = format!("{:?} {version:?} {}", card.request, card.history.is_some());
            all.push(Fact::new(slot, key, view::card_text(model, card)));
        }
        Layer::Note(note) => {
            let what = crate::console::update::verbs::name(model, Item::Request(note.request));
            all.push(Fact::new(slot, "note", vec![told(model, "note-title", &[("what", what)])]));
        }
        Layer::Letter(letter) => {
            let mut lines = vec![view::letter::title(model, letter)];
            let trouble = view::letter::trouble(model, letter);
            lines.extend(trouble.clone());
            match letter.focus {
                LetterFocus::Text if letter.is_blank() => lines.push(view::letter::choices(model)),
                LetterFocus::Text | LetterFocus::To | LetterFocus::Subject => {}
                LetterFocus::Answered => {
                    let all = view::letter::answered_lines(letter, model.size.columns);
                    lines.extend(all.into_iter().skip(letter.scrolled).take(HEARD));
                }
                LetterFocus::Foot => lines.push(view::letter::at_foot(model)),
            }
            let (focus, blank, scrolled) = (letter.focus, letter.is_blank(), letter.scrolled);
            let key = format!("reply {focus:?} {blank} {scrolled} {trouble:?}");
            all.push(Fact::new(slot, key, lines));
        }
        Layer::Party(search) => who(model, depth, search, all),
        Layer::Palette(line) => found(model, depth, line, all),
        Layer::Filter(_) => {
            let count = match model.screen {
                Screen::Dispatch => model.dispatch.count(model.dispatch.tab),
                _ => model.requests.list.order().len(),
            };
            let count = count.to_string();
            let found = Fact::worded(Slot::Found(depth), told(model, "linear-filtered", &[("count", count)]));
            all.push(found.after_a_pause());
        }
        Layer::Help(of) => {
            let lines = help::lines(model, *of).into_iter().filter_map(|line| match line {
                help::Line::Heading(words) => Some(told(model, "linear-heading", &[("words", words)])),
                help::Line::Does { keys, words, .. } => {
                    Some(told(model, "linear-help", &[("keys", keys), ("words", words)]))
                }
                help::Line::Blank => None,
            });
            all.push(Fact::new(slot, format!("{:?}", of.of), lines.collect()));
        }
        Layer::Recurring(list) => {
            let orders = model.world.recurring_orders(model.now);
            let chosen = recurring::chosen(model);
            let lines = match chosen {
                None => vec![told(model, "recurring-none", &[])],
                Some(order) if list.is_open => recurring_view::in_words(model, &order),
                Some(order) => {
                    let place = orders.iter().position(|one| one.id == order.id).map_or(1, |place| place + 1);
                    let what = recurring_view::row_in_words(model, &order);
                    let parts = [("place", place.to_string()), ("count", orders.len().to_string()), ("what", what)];
                    vec![told(model, "linear-row", &parts)]
                }
            };
            all.push(Fact::new(slot, lines.join(" "), lines));
        }
        Layer::Register(register) => of_register(model, depth, register, all),
        Layer::Trail(thing) => all.push(Fact::new(slot, format!("{thing:?}"), view::trail_words(model, *thing))),
        Layer::Settle(list) => all.push(came_back(model, slot, *list)),
        Layer::SignIn(sign_in) => {
            let words = Action::SignIn.words(model.seat.language);
            let heading = told(model, "linear-heading", &[("words", words)]);
            let above = view::sign_in::above(model, sign_in);
            all.push(Fact::new(slot, above.clone(), vec![heading, above]));
        }
    }
}

/// What a letter proposes, its choices by number.
pub(super) fn proposal(slot: Slot, prompt: &Prompt) -> Fact {
    let choices = numbered(prompt.choices.iter().map(|choice| choice.words.clone()));
    let line = [prompt.sentence.clone(), choices].join(" ");
    Fact::new(slot, format!("{:?} {line}", prompt.items), vec![line.trim().to_owned()])
}

fn who(model: &Model, depth: usize, search: &PartySearch, all: &mut Vec<Fact>) {
    let client = search.client.and_then(|id| model.world.board.get::<Client>(id));
    let title = match client {
        Some(client) => told(model, "party-title-of", &[("client", client.row.fields.name.to_string())]),
        None => told(model, "party-title", &[]),
    };
    let without = told(model, "party-without", &[]);
    all.push(Fact::new(Slot::Layer(depth), "who", vec![format!("{title} {without}.")]));
    let named = |person: &Beneficiary| {
        let place = party::place_of(model, person);
        if place.is_empty() { words::person(person) } else { format!("{} ({place})", words::person(person)) }
    };
    let persons = search.found.iter().filter_map(|id| model.world.person(*id)).map(|person| named(person));
    let mut lines = vec![numbered(persons)];
    if let Some(new) = search.new_person().filter(|_| search.is_new()) {
        let key = if search.proposed { "party-enter-new" } else { "party-new" };
        lines.push(told(model, key, &[("who", new.words())]));
    } else if let Some(person) = search.found.get(search.chosen).and_then(|id| model.world.person(*id)) {
        lines.push(told(model, "linear-enter", &[("what", named(person))]));
    }
    let fact = Fact::new(Slot::Found(depth), lines.join(" "), lines);
    all.push(if search.proposed { fact } else { fact.after_a_pause() });
}

fn found(model: &Model, depth: usize, line: &PaletteLine, all: &mut Vec<Fact>) {
    all.push(Fact::new(Slot::Layer(depth), "palette", vec![format!("{}.", told(model, "palette-title", &[]))]));
    let chosen = match line.found.get(line.chosen) {
        None => told(model, "palette-nothing", &[]),
        Some(hit) => {
            let what = [Some(hit.label.clone()), hit.key.clone()].into_iter().flatten().collect::<Vec<_>>().join(", ");
            let place = (line.chosen + 1).to_string();
            told(model, "linear-row", &[("place", place), ("count", line.found.len().to_string()), ("what", what)])
        }
    };
    all.push(Fact::worded(Slot::Found(depth), chosen).after_a_pause());
}

/// The register: the row or line that is looked at, and what is wrong with what is typed.
fn of_register(model: &Model, depth: usize, register: &Register, all: &mut Vec<Fact>) {
    let title = view::register::title(model, register);
    all.push(Fact::worded(Slot::Layer(depth), told(model, "linear-heading", &[("words", title)])));
    let row = view::register::in_words(model, register);
    let fact = Fact::worded(Slot::Found(depth), row);
    let is_typed = register.typed.is_some() || register.searching;
    all.push(if is_typed { fact.after_a_pause() } else { fact });
}

fn came_back(model: &Model, slot: Slot, list: SettleBox) -> Fact {
    let waiting: Vec<_> = settle_box::waiting(model).collect();
    let place = waiting.iter().position(|entry| entry.given.key == list.chosen).unwrap_or(0);
    let Some(entry) = waiting.get(place) else {
        return Fact::worded(slot, told(model, "notice-nothing-to-settle", &[]));
    };
    let what = format!("{}. {}", settle_box::what(model, &entry.given.command), settle_box::why(model, entry));
    let parts = [("place", (place + 1).to_string()), ("count", waiting.len().to_string()), ("what", what)];
    Fact::worded(slot, told(model, "linear-row", &parts))
}
