//! The entry line's keys: what is typed is read at every key, ↓ corrects a field, Enter always saves.

mod fields;
mod keep;
mod read;
mod save;
#[cfg(test)]
pub mod tests;

use super::{Effects, card, party, reception};
use crate::{
    console::{
        keymap::Action,
        model::{
            Model, Screen, Tone,
            field::{Editing, Field as TextField},
            line::{Brought, Completing, EntryLine, LineFocus, part},
            reception::Item,
            world::World,
        },
    },
    domain::{
        contact::{Contact, Origin, Party},
        entry::{Chosen, complete},
        ids::{ContactId, RequestId, SiteId},
        request::{Channel, Requester},
    },
    replica::DraftSubject,
};
pub use keep::{keep, keep_due, safe, told_due, took_over};
pub use read::{Caller, arrange, is_behind, setting_of};
pub use save::{commands, make, missing};

/// Opens the line of a row with the focus in it: with what was typed there before, if anything was.
pub fn open(model: &mut Model, effects: &mut Effects, item: Item) {
    let Item::Contact(contact) = item else { return };
    load(model, effects, contact);
    if let Some(line) = &mut model.line {
        line.leave_fields();
        line.focus = LineFocus::Line;
    }
}

/// Puts the line of a contact in its place, without the focus; what stood there is parked.
fn load(model: &mut Model, effects: &mut Effects, contact: ContactId) {
    if model.line.as_ref().is_some_and(|line| line.contact == Some(contact)) {
        return;
    }
    park(model, effects);
    let Some(row) = model.world.contact(contact).map(|shown| shown.row.clone()) else { return };
    let request = model.ids.fresh();
    let mut line = EntryLine::new(request, Some(contact), channel_of(&row), requester_of(&row));
    line.focus = LineFocus::Away;
    line.site = model.world.site_of(Item::Contact(contact));
    take_up(&model.world, &mut line);
    model.line = Some(line);
}

/// Takes up what was typed there before.
fn take_up(world: &World, line: &mut EntryLine) {
    if let Some(draft) = world.drafts.get(&line.subject()) {
        let order = |id: RequestId| world.recurring_order(uuid::Uuid::from(id).into());
        let made = |id: &RequestId| world.request(*id).is_some() || order(*id).is_some();
        line.take_up(draft, |saving| world.board.entry(saving.key).is_some() || saving.requests.iter().any(made));
    }
}

/// Keeps what was typed and takes the line away.
fn park(model: &mut Model, effects: &mut Effects) {
    keep(model, effects);
    model.line = None;
}

fn channel_of(contact: &Contact) -> Channel {
    match contact.origin {
        Origin::Call(_) => Channel::Phone,
        Origin::Message(_) => Channel::Email,
        Origin::WalkIn(_) => Channel::Permanence,
        Origin::LockerDrop(_) => Channel::Locker,
    }
}

/// Who asks, if the contact's party can: a person, or an organisation through who speaks for it.
fn requester_of(contact: &Contact) -> Option<Requester> {
    match &contact.party {
        Party::Person { id } => Some(Requester::Person { id: *id }),
        Party::ContactPerson { client_id, name } => {
            Some(Requester::Organisation { id: *client_id, contact_person: name.clone() })
        }
        _ => None,
    }
}

/// Opens a line for a request that comes from no contact, or from the row that is looked at.
pub fn open_new(model: &mut Model, effects: &mut Effects) {
    let row = match model.screen {
        Screen::Reception => model.reception.selected(),
        Screen::Dispatch => model.dispatch.looked_at(&model.world).map(Item::Request),
        Screen::Requests => model.requests.list.selected().map(Item::Request),
        Screen::Desk => model.desk.permanence.map(Item::Permanence),
        Screen::Rounds | Screen::Activity => None,
    };
    if !matches!(model.screen, Screen::Reception | Screen::Desk) {
        let from = reception::place(model);
        model.reception.came_from.get_or_insert(from);
        model.screen = Screen::Reception;
    }
    if let Some(item @ Item::Contact(_)) = row {
        open(model, effects, item);
        return;
    }
    park(model, effects);
    let requester = match row {
        Some(Item::Request(id)) => model.world.request(id).and_then(|shown| shown.row.fields.requester.clone()),
        _ => None,
    };
    let site: Option<SiteId> = row.and_then(|row| model.world.site_of(row));
    let channel = match row {
        Some(Item::Permanence(_)) => Channel::Permanence,
        _ => Channel::House,
    };
    // What was begun for the same person goes on.
    let begun = model.world.drafts.iter().find_map(|(subject, draft)| match subject {
        DraftSubject::New { id } => {
            (part::<Option<Requester>>(draft, "requester").flatten() == requester).then_some(*id)
        }
        _ => None,
    });
    let request = begun.unwrap_or_else(|| model.ids.fresh());
    let mut line = EntryLine::new(request, None, channel, requester);
    line.site = site;
    take_up(&model.world, &mut line);
    let unknown = line.requester.is_none();
    model.line = Some(line);
    if unknown {
        party::open_for_line(model);
    }
}

/// A character was typed.
pub fn typed(model: &mut Model, _effects: &mut Effects, character: char) {
    let Some(line) = &mut model.line else { return };
    match line.focus {
        LineFocus::Fields(field) => {
            line.replacing.get_or_insert_default().field.type_in(character);
            fields::replaced(model, field);
        }
        LineFocus::Line | LineFocus::Asked => {
            // Typing on takes the question back: it is asked again at the next Enter.
            line.focus = LineFocus::Line;
            line.input.type_in(character);
            line.changed();
        }
        LineFocus::Away => {}
    }
}

/// An editing key was pressed.
pub fn edited(model: &mut Model, _effects: &mut Effects, editing: Editing) {
    let Some(line) = &mut model.line else { return };
    match line.focus {
        LineFocus::Fields(field) => match (&mut line.replacing, editing) {
            (Some(replacing), _) => {
                replacing.field.edit(editing);
                fields::replaced(model, field);
            }
            (None, Editing::Left) => fields::other(model, field, fields::Way::Before),
            (None, Editing::Right) => fields::other(model, field, fields::Way::Next),
            (None, Editing::EraseBefore | Editing::EraseAt | Editing::EraseWord | Editing::Clear) => {
                // The choice is taken back: what the words say stands again.
                line.chosen.forget(field);
                line.changed();
            }
            (None, _) => {}
        },
        LineFocus::Line | LineFocus::Asked => {
            line.focus = LineFocus::Line;
            let before = line.input.text().to_owned();
            line.input.edit(editing);
            let erases = !matches!(
                editing,
                Editing::Left | Editing::Right | Editing::WordLeft | Editing::WordRight | Editing::Start | Editing::End
            );
            if editing == Editing::Clear {
                line.chosen = Chosen::default();
            }
            if erases && (before.is_empty() || editing == Editing::Clear) {
                line.brought = None;
            }
            if erases {
                line.changed();
            }
        }
        LineFocus::Away => {}
    }
}

/// What keys do in the line.
pub fn act(model: &mut Model, effects: &mut Effects, action: Action) {
    match action {
        Action::TextSave => match stray_label(model) {
            Some(words) => model.say(Tone::Trouble, words),
            None => save::enter(model, effects),
        },
        Action::ChoiceOk => save::as_it_is(model, effects),
        Action::TextComplete => tab(model),
        Action::TextFields => down(model, effects),
        Action::TextFieldsUp => up(model),
        _ => {}
    }
}

/// Closes the line; what was typed stays as a draft.
pub fn close(model: &mut Model, effects: &mut Effects) {
    park(model, effects);
}

/// What is said of a label that was scanned into the line instead of words; a reference to be saved has words beside it.
fn stray_label(model: &Model) -> Option<String> {
    let line = model.line.as_ref().filter(|line| line.focus == LineFocus::Line)?;
    super::desk::scan::stray(model, line.input.text())
}

/// Takes an answer to the one question; places count from 0.
pub fn answer(model: &mut Model, effects: &mut Effects, place: usize) {
    save::answered(model, effects, place);
}

/// ↓: the usual orders one after another in an empty line, what it looks like, else field by field.
fn down(model: &mut Model, effects: &mut Effects) {
    let Some(line) = &mut model.line else { return };
    match line.focus {
        LineFocus::Line if line.input.text().is_empty() && line.chosen.is_empty() => {
            let next = line.brought.map_or(0, |order| order.place() + 1);
            if !line.usual.is_empty() {
                line.brought = Some(Brought::ByArrow(next % line.usual.len()));
                line.changed();
            }
        }
        LineFocus::Line if line.alike.is_some() && line.compared != line.alike => {
            line.compared = line.alike;
            if let Some(request) = line.alike {
                card::open(model, effects, request);
            }
        }
        LineFocus::Line => {
            if let Some(first) = line.reading.as_ref().and_then(|reading| fields::shown(reading).first().copied()) {
                line.focus = LineFocus::Fields(first);
            }
        }
        LineFocus::Fields(field) => {
            line.leave_fields();
            let shown = line.reading.as_ref().map(fields::shown).unwrap_or_default();
            let place = shown.iter().position(|one| *one == field).map_or(0, |place| place + 1);
            line.focus = shown.get(place).or(shown.first()).map_or(LineFocus::Line, |field| LineFocus::Fields(*field));
        }
        LineFocus::Asked | LineFocus::Away => {}
    }
}

/// ↑: from a field back to the line; in an empty line the usual order before.
fn up(model: &mut Model) {
    let Some(line) = &mut model.line else { return };
    match (&line.focus, line.brought) {
        (LineFocus::Fields(_), _) => {
            line.leave_fields();
            line.focus = LineFocus::Line;
        }
        (LineFocus::Line, Some(Brought::ByArrow(place))) if line.input.is_blank() => {
            line.brought = place.checked_sub(1).map(Brought::ByArrow);
            line.changed();
        }
        _ => {}
    }
}

/// Tab: makes a usual order one's own, to be corrected; else completes the word, and goes round in what it may become.
fn tab(model: &mut Model) {
    let Some(vocabulary) = model.world.vocabulary.clone() else { return };
    let Some(line) = model.line.as_mut().filter(|line| line.focus == LineFocus::Line) else { return };
    if let (Some(order), true) = (line.usual_order().cloned(), line.phrase().is_empty()) {
        line.chosen = read::choices(&order);
        line.brought = None;
        line.input.clear();
        line.changed();
        return;
    }
    let Some(setting) = &line.setting else { return };
    let round = match line.completing.take() {
        Some(before) => Completing { place: before.place + 1, ..before },
        None => Completing { text: line.input.text().to_owned(), cursor: line.input.cursor_bytes(), place: 0 },
    };
    let found = complete(&round.text, round.cursor, &vocabulary, setting);
    let Some(place) = round.place.checked_rem(found.len()) else { return };
    let Some(completion) = found.get(place) else { return };
    let before = round.text.get(..completion.replaces.start).unwrap_or_default();
    let after = round.text.get(completion.replaces.end..).unwrap_or_default();
    let gap = if after.starts_with(' ') { "" } else { " " };
    let done = format!("{before}{}{gap}", completion.text);
    line.input = TextField::at(format!("{done}{after}"), done.chars().count());
    line.changed();
    line.completing = Some(round);
}

/// Esc: the focus goes to the list, what was typed stays.
pub fn left(model: &mut Model, effects: &mut Effects) {
    if let Some(line) = &mut model.line {
        line.leave_fields();
        line.focus = LineFocus::Away;
    }
    keep(model, effects);
}

/// The selection of the lane moved: the line that is drawn is that of the row looked at.
pub fn follow(model: &mut Model, effects: &mut Effects) {
    if model.line.as_ref().is_some_and(EntryLine::has_focus) {
        return;
    }
    let here = model.reception.selected().and_then(Item::contact);
    let begun = |id: &ContactId| {
        model.world.is_mine((*id).into()) || model.world.drafts.contains_key(&DraftSubject::Contact { id: *id })
    };
    match here.filter(begun) {
        Some(contact) => load(model, effects, contact),
        None => park(model, effects),
    }
}

/// Brings the line up to date with all that it depends on, puts on disk what is due, and closes what is done with.
pub fn settle(model: &mut Model, effects: &mut Effects) {
    if let Some(line) = &model.line
        && !line.has_focus()
        && line.contact.is_some()
        && line.contact != model.reception.selected().and_then(Item::contact)
    {
        follow(model, effects);
    }
    read::refresh(model);
    save::close_calls(model, effects);
    keep::settle(model, effects);
}
