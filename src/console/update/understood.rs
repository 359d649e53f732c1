//! Reading the mail that is looked at: after it is drawn, so that going through the lane never waits for it.

use super::line::{Caller, arrange, make, setting_of};
use crate::{
    console::model::{
        Model, Screen,
        line::Made,
        reception::{Item, Lane},
        understood::Understood,
    },
    domain::{
        contact::{Contact, ContactState, MessageNature, Origin},
        entry::read_letter,
        ids::{ContactId, RequestId},
        request::Channel,
        texts::ShortText,
    },
    text::quoted,
};
use std::sync::Arc;

/// The mail whose orders are shown: a person's, still to be dealt with, of which nothing was saved and that nobody has answered yet.
pub fn looked_at(model: &Model) -> Option<Arc<Contact>> {
    if model.screen != Screen::Reception || model.reception.lane != Lane::Mail || model.line.is_some() {
        return None;
    }
    let Some(Item::Contact(id)) = model.reception.selected() else { return None };
    readable(model, id)
}

/// The mail, if orders can be read of it.
pub fn readable(model: &Model, id: ContactId) -> Option<Arc<Contact>> {
    let contact = model.world.contact(id)?.row;
    let personal = matches!(&contact.origin, Origin::Message(message) if message.nature == MessageNature::Personal);
    let fresh = contact.state == ContactState::Open
        && model.world.board.requests_from(id).next().is_none()
        && model.world.replies_to(Item::Contact(id)).is_empty();
    (personal && fresh).then(|| Arc::clone(contact))
}

/// What the reading of a mail depends on besides its text.
fn depends_on(model: &Model, contact: &Contact) -> (u64, Option<usize>) {
    let person = model.world.person_of(&contact.party).map(|person| person.id);
    let past = person.and_then(|person| model.world.about.get(&person)).and_then(|about| about.past.as_ref());
    (model.world.directory, past.map(|past| past.len()))
}

/// Whether the mail that is looked at is still to be read.
pub fn is_behind(model: &Model) -> bool {
    looked_at(model).is_some_and(|contact| !is_read(model, &contact))
}

fn is_read(model: &Model, contact: &Contact) -> bool {
    let read_with = depends_on(model, contact);
    model
        .understood
        .as_ref()
        .is_some_and(|understood| understood.contact == contact.id && understood.read_with == read_with)
}

/// Reads a mail, unless it is read already.
pub fn read(model: &mut Model, id: ContactId) {
    let Some(contact) = readable(model, id).filter(|contact| !is_read(model, contact)) else { return };
    arrange(&mut model.world);
    let Origin::Message(message) = &contact.origin else { return };
    let setting = setting_of(model, &Caller::of(model, &contact));
    let Some(vocabulary) = model.world.vocabulary.as_deref() else { return };
    let text = message.text.as_ref().map_or_else(String::new, |text| quoted::parts(text.as_str()).own);
    let subject = message.subject.as_ref().map(ShortText::as_str);
    let orders = read_letter(subject, &text, vocabulary, &setting);
    model.understood = Some(Understood { contact: id, read_with: depends_on(model, &contact), orders });
}

/// Reads the one that is looked at.
pub fn read_looked_at(model: &mut Model) {
    if let Some(contact) = looked_at(model) {
        read(model, contact.id);
    }
}

/// The requests that the orders of a mail make.
pub fn made(model: &mut Model, contact: &Contact) -> Vec<Made> {
    let Some(understood) = model.understood.take() else { return Vec::new() };
    let ids: Vec<RequestId> = understood.orders.iter().map(|_| model.ids.fresh()).collect();
    let caller = Caller::of(model, contact);
    let made = (understood.orders.iter().zip(ids))
        .map(|(order, id)| make(model, &caller, Channel::Email, &order.phrase, &order.reading, id))
        .collect();
    model.understood = Some(understood);
    made
}
