//! Who it is: a person found by a few letters, or entered anew.

use super::{Effects, give::give, settle};
use crate::{
    console::{
        keymap::{Action, Key},
        model::{
            Model, Tone,
            field::Field,
            layer::Layer,
            party::{FOUND, NewPerson, PartySearch},
            reception::Item,
            world::World,
        },
        view::words,
    },
    domain::{
        beneficiary::{Beneficiary, BeneficiaryFields, Way},
        contact::{Contact, Message, Origin, Party},
        email::EmailAddress,
        entity::{Edit, FieldEdit},
        ids::{BeneficiaryId, ClientId, RequestId, SiteId},
        phone::{Caller, PhoneNumber},
        register::Standing,
        request::Requester,
        site::Site,
    },
    i18n::say,
    text,
    wire::{
        bodies::{AttachParty, Keep},
        catalogue::Command,
    },
};
use std::{collections::BTreeMap, sync::Arc};

/// Asks who it is.
pub fn open(model: &mut Model, item: Item) {
    let party = item.contact().and_then(|id| model.world.contact(id)).map(|shown| shown.row.party.clone());
    let (client, maybe) = match party {
        Some(Party::Switchboard { client_id } | Party::ContactPerson { client_id, .. }) => {
            (Some(client_id), Vec::new())
        }
        Some(Party::Maybe { ids }) => (None, ids),
        _ => (None, Vec::new()),
    };
    let site = model.world.site_of(item).or_else(|| only_site(&model.world, client?));
    search(model, Some(item), client, site, maybe);
}

/// Asks for whom the request of the entry line is.
pub fn open_for_line(model: &mut Model) {
    let site = model.line.as_ref().and_then(|line| line.site);
    search(model, None, None, site, Vec::new());
}

fn search(
    model: &mut Model,
    item: Option<Item>,
    client: Option<ClientId>,
    site: Option<SiteId>,
    maybe: Vec<BeneficiaryId>,
) {
    let field = Field::default();
    let search = PartySearch { item, field, client, site, found: maybe.clone(), maybe, chosen: 0, proposed: false };
    model.layers.push(Layer::Party(search));
}

/// The site of an organisation that has but one.
fn only_site(world: &World, client: ClientId) -> Option<SiteId> {
    let mut sites = world.board.all::<Site>().filter(|site| site.row.fields.client_id == Some(client));
    let first = sites.next()?.row.id;
    sites.next().is_none().then_some(first)
}

/// A character was typed: a digit chooses among those found, as no name has one; its twin only while nothing is typed.
pub fn typed(model: &mut Model, effects: &mut Effects, character: char) {
    let Some(Layer::Party(search)) = model.layers.last_mut() else { return };
    let digit = if search.field.text().is_empty() {
        model.keymap.digit(Key::char(character))
    } else {
        character.to_digit(10).and_then(|digit| u8::try_from(digit).ok())
    };
    let place = digit.and_then(|digit| usize::from(digit).checked_sub(1));
    if let Some(person) = place.and_then(|place| search.found.get(place)).copied() {
        take(model, effects, person);
        return;
    }
    search.field.type_in(character);
    changed(model);
}

/// What is typed changed: the best of those found is chosen.
pub fn changed(model: &mut Model) {
    let Some(Layer::Party(search)) = model.layers.last_mut() else { return };
    search.chosen = 0;
    search.proposed = false;
    search.found = found(&model.world, search);
}

/// Persons whose name fits, those of the organisation that calls first, each by alphabet; before anything is typed those it may be.
fn found(world: &World, search: &PartySearch) -> Vec<BeneficiaryId> {
    if search.field.is_blank() {
        return search.maybe.clone();
    }
    let typed = search.field.text();
    let known = world.board.replica().persons_named(typed, usize::MAX);
    let asked = text::words(typed);
    // Those whom one entered oneself are found before the office has confirmed them.
    let own = world.board.all::<Beneficiary>().filter(|shown| shown.confirmed.is_none()).map(|shown| shown.row);
    let own = own.filter(|person| {
        let names = text::words(&words::person(person));
        asked.iter().all(|word| names.iter().any(|name| name.starts_with(word.as_str())))
    });
    let mut persons: Vec<&Arc<Beneficiary>> =
        known.into_iter().chain(own).filter(|person| person.standing == Standing::Active).collect();
    let first = |person: &Beneficiary| {
        search.maybe.contains(&person.id) || (search.client.is_some() && person.fields.client_id == search.client)
    };
    persons.sort_by_key(|person| !first(person));
    persons.into_iter().take(FOUND).map(|person| person.id).collect()
}

/// What keys do in the search.
pub fn act(model: &mut Model, effects: &mut Effects, action: Action) {
    let Some(Layer::Party(search)) = model.layers.last_mut() else { return };
    let choices = search.found.len() + usize::from(search.new_person().is_some());
    match action {
        Action::TextFields if choices > 0 => search.chosen = (search.chosen + 1) % choices,
        Action::TextFieldsUp if choices > 0 => search.chosen = (search.chosen + choices - 1) % choices,
        Action::TextSave => match (search.found.get(search.chosen).copied(), search.new_person()) {
            (Some(person), _) => take(model, effects, person),
            // Where nobody fits, the name may be mistyped: it is proposed before anybody is entered.
            (None, Some(_)) if search.found.is_empty() && !search.proposed => search.proposed = true,
            (None, Some(person)) => enter(model, effects, person),
            (None, None) => {
                let words = say(model.seat.language, "party-type-name", &[]);
                model.say(Tone::Plain, words);
            }
        },
        _ => {}
    }
}

/// It is this person.
fn take(model: &mut Model, effects: &mut Effects, person: BeneficiaryId) {
    let Some(Layer::Party(search)) = model.layers.pop() else { return };
    let language = model.seat.language;
    let name = model.world.person(person).map(|row| words::person(row)).unwrap_or_default();
    match search.item {
        Some(Item::Contact(id)) => {
            let Some(contact) = model.world.contact(id).map(|shown| Arc::clone(shown.row)) else { return };
            let keep = keep_way(&model.world, &contact, person);
            let key = if keep == Keep::FromNowOn { "party-attached-kept" } else { "party-attached" };
            let said = say(language, key, &[("name", name)]);
            let body = AttachParty { party: Party::Person { id: person }, keep };
            give(model, effects, vec![Command::AttachContact { id, body }], said);
        }
        Some(Item::Request(id)) => {
            let command = requested_by(model, id, person);
            let said = say(language, "party-attached", &[("name", name)]);
            give(model, effects, command.into_iter().collect(), said);
        }
        Some(_) | None => for_line(model, person),
    }
    settle::ask_about(model, effects, person);
}

/// The request of the line is for this person.
fn for_line(model: &mut Model, person: BeneficiaryId) {
    if let Some(line) = &mut model.line {
        line.requester = Some(Requester::Person { id: person });
        line.changed();
    }
}

fn requested_by(model: &Model, request: RequestId, person: BeneficiaryId) -> Option<Command> {
    let seen = model.world.request(request)?.row.fields.requester.clone();
    let edit = FieldEdit {
        seen: serde_json::to_value(seen).ok()?,
        new: serde_json::to_value(Some(Requester::Person { id: person })).ok()?,
    };
    let fields = BTreeMap::from([("requester".to_owned(), edit)]);
    Some(Command::EditRequest { id: request, body: Edit { fields } })
}

/// The number or address that is a person's own: never a switchboard's, and none that somebody else has.
fn own_number(world: &World, contact: &Contact, person: Option<BeneficiaryId>) -> Option<PhoneNumber> {
    let Origin::Call(call) = &contact.origin else { return None };
    let Caller::Number(number) = &call.from else { return None };
    let mut others = world.board.replica().persons_at(number).filter(|other| Some(other.id) != person);
    (is_of_a_person(&contact.party) && others.next().is_none()).then(|| number.clone())
}

fn own_address(world: &World, contact: &Contact, person: Option<BeneficiaryId>) -> Option<EmailAddress> {
    let Origin::Message(Message { from: Some(from), .. }) = &contact.origin else { return None };
    let mut others = world.board.all::<Beneficiary>().filter(|other| Some(other.row.id) != person);
    let taken = others.any(|other| other.row.fields.emails.contains(from));
    (is_of_a_person(&contact.party) && !taken).then(|| from.clone())
}

const fn is_of_a_person(party: &Party) -> bool {
    matches!(party, Party::Unknown | Party::Maybe { .. } | Party::Person { .. })
}

fn keep_way(world: &World, contact: &Contact, person: BeneficiaryId) -> Keep {
    let known = world.person(person);
    let number = own_number(world, contact, Some(person))
        .is_some_and(|number| known.is_some_and(|person| !person.fields.phones.contains(&number)));
    let address = own_address(world, contact, Some(person))
        .is_some_and(|address| known.is_some_and(|person| !person.fields.emails.contains(&address)));
    if number || address { Keep::FromNowOn } else { Keep::ThisOnce }
}

/// Enters a new person, and says that it is they.
fn enter(model: &mut Model, effects: &mut Effects, new: NewPerson) {
    let Some(Layer::Party(search)) = model.layers.pop() else { return };
    let id: BeneficiaryId = model.ids.fresh();
    let contact = search.item.and_then(Item::contact).and_then(|id| model.world.contact(id));
    let contact = contact.map(|shown| Arc::clone(shown.row));
    let of_site = search.site.and_then(|site| model.world.site(site)).and_then(|site| site.fields.client_id);
    let name = new.words();
    let own = |of: &Contact| (own_number(&model.world, of, None), own_address(&model.world, of, None));
    let (number, address) = contact.as_deref().map(own).unwrap_or_default();
    let body = BeneficiaryFields {
        family_name: new.family_name,
        given_name: new.given_name,
        title: new.title,
        client_id: search.client.or(of_site),
        site_id: search.site,
        phones: number.into_iter().collect(),
        emails: address.into_iter().collect(),
        addresses: Vec::new(),
        undeliverable: Vec::new(),
        prefers: Way::default(),
        gender: None,
        enrolments: Vec::new(),
        note: None,
    };
    let mut commands = vec![Command::CreateBeneficiary { id, body }];
    match search.item {
        Some(Item::Contact(contact)) => {
            let body = AttachParty { party: Party::Person { id }, keep: Keep::ThisOnce };
            commands.push(Command::AttachContact { id: contact, body });
        }
        Some(Item::Request(request)) => commands.extend(requested_by(model, request, id)),
        Some(_) | None => for_line(model, id),
    }
    let said = say(model.seat.language, "party-entered", &[("name", name)]);
    give(model, effects, commands, said);
}
