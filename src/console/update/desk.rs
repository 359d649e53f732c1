//! The desk: opening it, its lists and its keys. What is scanned, handed back, paid and closed has a file of its own.

mod close;
pub mod draft;
mod hand;
mod lockers;
mod pay;
pub mod scan;
#[cfg(test)]
mod tests;

pub use hand::{doubt, in_locker, things_words, who};
pub use lockers::code_told;

use super::{Effects, card, give, line, verbs};
use crate::{
    console::{
        keymap::Action,
        model::{
            Model, Screen, Tone,
            desk::{Desk, DeskRow, Focus, Here, Tab},
            field::Editing,
            layer::Layer,
            list::Step,
            prompt::{Act, Drawn, Prompt, Wording},
            reception::Item,
        },
        steps::rules,
        view,
    },
    domain::{
        contact::{Contact, ContactState},
        ids::{BeneficiaryId, PermanenceId, SiteId},
        permanence::{Permanence, PermanenceState},
    },
    i18n::say,
    wire::{access::Verdict, bodies::Fact, catalogue::Command},
};
use std::sync::Arc;

/// Opens the desk of a permanence, its field of labels ready.
pub fn open(model: &mut Model, permanence: PermanenceId) {
    if model.desk.permanence != Some(permanence) {
        model.desk = Desk::of(permanence);
    }
    model.screen = Screen::Desk;
    model.desk.focus = Focus::Scan;
    draft::take_up(model);
    settle(model);
}

/// The session whose desk is open, as it is shown.
pub fn session(model: &Model) -> Option<Arc<Permanence>> {
    model.desk.permanence.and_then(|id| model.world.permanence(id)).cloned()
}

/// The site at which one sits.
pub fn site(model: &Model) -> Option<SiteId> {
    session(model).map(|session| session.fields.site_id)
}

/// The lists, when any of what is shown has changed or the glass has.
pub fn settle(model: &mut Model) {
    let (Screen::Desk, Some(session)) = (model.screen, session(model)) else { return };
    let height = view::desk_height(model);
    let settled = (model.world.board.generation(), session.id, height);
    if model.desk.settled == Some(settled) {
        return;
    }
    let known = model.desk.settled.filter(|(_, id, _)| *id == session.id);
    match known.and_then(|(generation, ..)| model.world.board.touched_since(generation)) {
        Some(touched) => model.desk.here.follow(&model.world, &session, touched),
        None => model.desk.here = Here::of(&model.world, &session),
    }
    for tab in Tab::ALL {
        let rows = model.desk.here.rows(tab);
        model.desk.list_mut(tab).settle(rows, height);
    }
    model.desk.settled = Some(settled);
}

/// Whether keys are text for the field of labels.
pub fn takes_text(model: &Model) -> bool {
    let has_line = model.line.as_ref().is_some_and(crate::console::model::line::EntryLine::has_focus);
    model.screen == Screen::Desk && model.layers.is_empty() && !has_line && model.desk.focus == Focus::Scan
}

/// A character was typed or scanned.
pub fn typed(model: &mut Model, character: char) {
    model.desk.scan.type_in(character);
}

/// An editing key was pressed.
pub fn edited(model: &mut Model, editing: Editing) {
    model.desk.scan.edit(editing);
}

/// What keys do in the field of labels.
pub fn in_field(model: &mut Model, effects: &mut Effects, action: Action) {
    match action {
        Action::TextSave if model.desk.scan.is_blank() => confirmed(model, effects),
        Action::TextSave => scan::read(model),
        Action::TextComplete if model.desk.scan.is_blank() => to_tab(model, model.desk.tab.next()),
        Action::TextComplete => scan::complete(model),
        Action::TextFields if !model.desk.found.is_empty() => hand::other_ways(model),
        Action::TextFields | Action::TextFieldsUp => model.desk.focus = Focus::List,
        _ => {}
    }
}

/// An Enter in the empty field: what is in hand is handed back or taken in. The scanner's own Enter never comes here: it ends a label.
fn confirmed(model: &mut Model, effects: &mut Effects) {
    if model.desk.taking.is_some() {
        hand::counted(model);
    } else if !model.desk.found.is_empty() {
        let act = hand::of_found(model);
        take(model, effects, act);
    } else {
        let words = say(model.seat.language, "desk-nothing-scanned", &[]);
        model.say(Tone::Plain, words);
    }
}

/// Esc: what is in hand is laid down again; else the focus goes to the list. Whether there was anything to leave.
pub fn left(model: &mut Model) -> bool {
    let desk = &mut model.desk;
    if desk.taking.take().is_some() || !desk.found.is_empty() || !desk.scan.text().is_empty() {
        desk.at_rest();
        return true;
    }
    let in_field = desk.focus == Focus::Scan;
    desk.focus = Focus::List;
    in_field
}

/// Shows another list.
fn to_tab(model: &mut Model, tab: Tab) {
    model.desk.tab = tab;
    model.desk.found.clear();
    model.desk.served = None;
}

/// What keys do in the lists; whether it was a key of the desk.
pub fn act(model: &mut Model, effects: &mut Effects, action: Action) -> bool {
    match action {
        Action::NextPane | Action::Right => to_tab(model, model.desk.tab.next()),
        Action::PrevPane | Action::Left => to_tab(model, model.desk.tab.before()),
        Action::Scan => model.desk.focus = Focus::Scan,
        Action::Open => open_row(model, effects),
        Action::Accept => open_or_close(model),
        Action::Pay => pay(model),
        _ => return false,
    }
    true
}

/// Moves in the list.
pub fn step(model: &mut Model, step: Step) {
    let tab = model.desk.tab;
    model.desk.served = None;
    model.desk.list_mut(tab).step(step);
}

/// The row that verbs act on: the request or contact that is looked at.
pub fn item(model: &Model) -> Option<Item> {
    match model.desk.selected()? {
        DeskRow::Answer(item) => Some(item),
        row => Desk::request_of(row).map(Item::Request),
    }
}

/// Enter on a row.
fn open_row(model: &mut Model, effects: &mut Effects) {
    let Some(row) = model.desk.selected() else { return };
    match row {
        DeskRow::Back(group) => {
            model.desk.found = model.desk.things_of(group).to_vec();
            hand::other_ways(model);
        }
        DeskRow::Expected(request) => hand::start_taking(model, request),
        DeskRow::Answer(Item::Request(request)) => card::open(model, effects, request),
        DeskRow::Answer(item) => {
            if let Some(prompt) = answer(model, item) {
                model.layers.push(Layer::Prompt(prompt));
            }
        }
        DeskRow::Locker(locker) => {
            if let Some(prompt) = lockers::of(model, locker) {
                model.layers.push(Layer::Prompt(prompt));
            }
        }
        DeskRow::Exception(exception) => {
            if let Some(exception) = model.world.exception(exception).cloned() {
                let prompt = verbs::settle(model, &exception, vec![Drawn::Exception(Arc::clone(&exception))]);
                model.layers.push(Layer::Prompt(prompt));
            }
        }
    }
}

/// How a visit or call that waits ended.
fn answer(model: &Model, item: Item) -> Option<Prompt> {
    let id = item.contact()?;
    let contact: Arc<Contact> = Arc::clone(model.world.contact(id)?.row);
    (contact.state == ContactState::Open).then_some(())?;
    verbs::outcome(model, vec![Drawn::Contact(contact)])
}

/// `o`: the desk opens, or closes.
fn open_or_close(model: &mut Model) {
    let language = model.seat.language;
    let Some(session) = session(model) else { return };
    match session.state {
        PermanenceState::Planned | PermanenceState::Missed => {
            let what = [("what", verbs::name(model, Item::Permanence(session.id)))];
            let body = Fact { occurred_at: model.now };
            let commands = vec![Command::OpenPermanence { id: session.id, body }];
            let said = say(
                language,
                "said-permanence-open",
                &[what[0].clone(), ("count", "1".into()), ("provider", String::new())],
            );
            let prompt = Prompt::new(
                Action::Accept,
                Vec::new(),
                say(language, "prompt-open", &[what[0].clone(), ("count", "1".into())]),
            )
            .with(say(language, "choice-open", &[]), Act::Hand { commands, said });
            model.layers.push(Layer::Prompt(prompt));
        }
        PermanenceState::Open => close::start(model),
        PermanenceState::Closed | PermanenceState::Cancelled => {
            let words = say(language, "desk-is-over", &[]);
            model.say(Tone::Plain, words);
        }
    }
}

/// Who stands here: whose things are in hand or went back last, else the person of the row that is looked at.
pub fn person(model: &Model) -> Option<BeneficiaryId> {
    let in_hand = model.desk.found.first().and_then(|id| model.world.thing(*id));
    if let Some(owner) = in_hand.and_then(|thing| model.world.owner_of(thing)).or(model.desk.served) {
        return Some(owner);
    }
    match model.desk.selected()? {
        DeskRow::Back(group) => model.world.owner_of_group(group),
        row => {
            Desk::request_of(row).and_then(|id| model.world.person_behind(Item::Request(id))).map(|person| person.id)
        }
    }
}

/// `$`: what the person of the row owes, else the cash box.
fn pay(model: &mut Model) {
    let person = person(model);
    if let Some(person) = person {
        pay::propose(model, person);
        return;
    }
    let sum = view::words::euros(model.seat.language, model.desk.here.cash);
    let words = say(model.seat.language, "desk-cash", &[("sum", sum)]);
    model.say(Tone::Plain, words);
}

/// Words were chosen or typed for something at the desk.
///
/// # Errors
/// A sentence that says why they cannot be taken.
pub fn worded(model: &mut Model, wording: Wording, words: &str) -> Result<Act, String> {
    match wording {
        Wording::Fetched => hand::fetched(model, words),
        Wording::Sum(person) => pay::sum(model, person, words),
        Wording::Counted(request) => hand::taken_in(model, request, words),
        Wording::Leftover => close::explained(model, words),
        Wording::CashCounted => close::counted(model, words),
        Wording::Broken(locker) => lockers::broken(model, locker, words),
        _ => Ok(Act::Nothing),
    }
}

/// Does what was chosen at the desk.
pub fn take(model: &mut Model, effects: &mut Effects, act: Act) {
    match act {
        Act::Hand { commands, said } => {
            // What a trainee's leaves to a colleague is said to.
            let is_held = commands.iter().any(|command| rules::verdict(model, command.name()) == Verdict::Held);
            let said = if is_held { verbs::said(model, &commands) } else { said };
            let back = commands.iter().find_map(|command| match command {
                Command::HandBackItem { id, .. } => model.world.thing(*id).cloned(),
                _ => None,
            });
            let served = back.and_then(|thing| model.world.owner_of(&thing)).or(model.desk.served);
            let was_closing = commands.iter().any(|command| matches!(command, Command::ClosePermanence { .. }));
            give::give(model, effects, commands, said);
            if was_closing {
                model.desk.closing = None;
            }
            model.desk.taking = None;
            model.desk.at_rest();
            model.desk.served = served;
        }
        Act::Code(booking) => lockers::ask_code(model, effects, booking),
        Act::Hold(thing) => scan::hold(model, thing),
        Act::Ask(next) => model.layers.push(Layer::Prompt(*next)),
        _ => {}
    }
}

/// A new request of somebody who stands here: on the entry line, with what the desk knows.
pub fn new_request(model: &mut Model, effects: &mut Effects) {
    model.desk.focus = Focus::List;
    line::open_new(model, effects);
}
