//! Reading the line: what is known before a word is said is gathered once, the words are read at every key.

use super::requester_of;
use crate::{
    console::{
        keymap::{Key, Keymap},
        model::{
            Model,
            line::{Brought, EntryLine, ReadWith},
            reception::Item,
            world::World,
        },
        update::settle::habits_of,
    },
    domain::{
        contact::Contact,
        entry::{Choice, Chosen, Confidence, Field, HandOver, Reading, Setting, Usual, Vocabulary, read},
        holiday::Holiday,
        ids::{BeneficiaryId, ContactId, RequestId, SiteId},
        permanence::{Permanence, PermanenceState},
        request::{Handover, Payer, Requester},
        service::Service,
        site::Site,
        time::Instant,
    },
    replica::Kept,
};
use jiff::SignedDuration;
use std::sync::Arc;

/// Requests of one person for one service within so long may be the same.
const ALIKE_WITHIN: SignedDuration = SignedDuration::from_hours(24);

/// Reads anew what is typed, if anything that it depends on is different.
pub fn refresh(model: &mut Model) {
    if model.line.is_none() {
        return;
    }
    arrange(&mut model.world);
    let Some(mut line) = model.line.take() else { return };
    let contact = line.contact.and_then(|id| model.world.contact(id)).map(|shown| Arc::clone(shown.row));
    if let Some(contact) = &contact {
        line.requester = requester_of(contact);
        line.site = model.world.site_of(Item::Contact(contact.id));
    }
    let about = line.person().and_then(|person| model.world.about.get(&person));
    let with = ReadWith {
        directory: model.world.directory,
        requester: line.requester.clone(),
        past: about.and_then(|about| about.past.as_ref()).map(|past| past.len()),
        site: line.site,
    };
    let elsewhere = line.read_with.as_ref() != Some(&with);
    if elsewhere || line.unread {
        gather(model, &mut line, elsewhere);
        line.brought = brought(&model.keymap, &line);
        line.reading = understood(&model.world, &line);
        line.alike = alike(&model.world, &line, model.now);
        line.read_with = Some(with);
        line.unread = false;
    }
    model.line = Some(line);
}

/// Whether the directory's words are still to be arranged, which is done while nobody types.
pub fn is_behind(world: &World) -> bool {
    world.board.replica().at().is_some() && !is_arranged(world)
}

fn is_arranged(world: &World) -> bool {
    world.vocabulary.is_some() && world.arranged == world.directory
}

/// Arranges the directory's words, if they are not or no longer.
pub fn arrange(world: &mut World) {
    if is_arranged(world) {
        return;
    }
    let (services, sites, holidays): (Vec<Service>, Vec<Site>, Vec<Holiday>) = (all(world), all(world), all(world));
    let policy = world.board.replica().policy().map(|policy| policy.fields.clone()).unwrap_or_default();
    world.vocabulary = Some(Arc::new(Vocabulary::new(&services, &sites, &holidays, &policy)));
    world.arranged = world.directory;
}

fn all<E: Kept + Clone>(world: &World) -> Vec<E> {
    world.board.all::<E>().map(|shown| (**shown.row).clone()).collect()
}

/// Who asks, as far as it is known before a word is said.
#[derive(Clone, Debug, Default)]
pub struct Caller {
    /// The contact that it comes from.
    pub contact: Option<ContactId>,
    /// Who asks.
    pub requester: Option<Requester>,
    /// Where, if the contact says so.
    pub site: Option<SiteId>,
}

impl Caller {
    /// Who is behind a contact.
    pub fn of(model: &Model, contact: &Contact) -> Self {
        let site = model.world.site_of(Item::Contact(contact.id));
        Self { contact: Some(contact.id), requester: requester_of(contact), site }
    }

    fn person(&self) -> Option<BeneficiaryId> {
        match self.requester {
            Some(Requester::Person { id }) => Some(id),
            _ => None,
        }
    }
}

/// Where a caller's requests are usually met.
fn usual_site(world: &World, caller: &Caller) -> Option<SiteId> {
    let person = caller.person().and_then(|id| world.person(id));
    person.and_then(|person| person.fields.site_id).or(caller.site).or_else(|| only_site(world, caller))
}

/// What is known of a caller before a word is said.
pub fn setting_of(model: &Model, caller: &Caller) -> Setting {
    let world = &model.world;
    let site = usual_site(world, caller);
    let now = model.now.civil(&world.zone(site));
    let habits = caller.person().map(|person| habits_of(model, person)).unwrap_or_default();
    let desks = world.board.all::<Permanence>().filter(|shown| {
        matches!(shown.row.state, PermanenceState::Planned | PermanenceState::Open)
            && shown.row.fields.window.date() >= now.date()
    });
    Setting {
        site,
        handover: habits.handover,
        payer: habits.payer.or_else(|| caller.requester.as_ref().map(payer_of)),
        home: home(world, caller),
        permanences: desks.map(|shown| (shown.row.fields.site_id, shown.row.fields.window)).collect(),
        usual: habits.usual,
        ..Setting::at(now, model.seat.language)
    }
}

/// Gathers what is known before a word is said, if it is another minute or, `elsewhere`, another caller or directory. A word that was
/// read stands as long as nothing is typed, whatever the clock says.
fn gather(model: &Model, line: &mut EntryLine, elsewhere: bool) {
    let caller = Caller { contact: line.contact, requester: line.requester.clone(), site: line.site };
    let now = model.now.civil(&model.world.zone(usual_site(&model.world, &caller)));
    let minute = |at: jiff::civil::DateTime| (at.date(), at.hour(), at.minute());
    if !elsewhere && line.setting.as_ref().is_some_and(|known| minute(known.now) == minute(now)) {
        return;
    }
    let setting = setting_of(model, &caller);
    line.usual = setting.usual.clone().into();
    line.setting = Some(setting);
}

/// Who pays where nobody has said so yet: who asks.
fn payer_of(requester: &Requester) -> Payer {
    match requester {
        Requester::Person { .. } => Payer::Person,
        Requester::Organisation { .. } => Payer::Client,
    }
}

/// The site of an organisation that has but one.
fn only_site(world: &World, caller: &Caller) -> Option<SiteId> {
    let contact = caller.contact.and_then(|id| world.contact(id))?;
    let client = match &contact.row.party {
        crate::domain::contact::Party::Switchboard { client_id }
        | crate::domain::contact::Party::ContactPerson { client_id, .. } => *client_id,
        _ => return None,
    };
    let mut sites = world.board.all::<Site>().filter(|site| site.row.fields.client_id == Some(client));
    let first = sites.next()?;
    sites.next().is_none().then_some(first.row.id)
}

/// The caller's home: their usual door, or where something was last brought.
fn home(world: &World, caller: &Caller) -> Option<crate::domain::texts::ShortText> {
    let person = caller.person()?;
    if let Some(door) = world.person(person).and_then(|person| person.fields.addresses.first()) {
        return Some(door.address.clone());
    }
    let past = world.about.get(&person).and_then(|about| about.past.as_ref())?;
    past.iter().find_map(|request| match &request.fields.handover {
        Some(Handover::Home { address }) => Some(address.clone()),
        _ => None,
    })
}

/// A lone digit, or its twin on the row of digits, means the usual order of that number.
fn brought(keymap: &Keymap, line: &EntryLine) -> Option<Brought> {
    let mut typed = line.input.text().chars();
    let place = match (typed.next(), typed.next()) {
        (Some(only), None) => keymap.digit(Key::char(only)).map(|digit| usize::from(digit) - 1),
        _ => None,
    };
    match (place.filter(|place| *place < line.usual.len()), line.brought) {
        (Some(place), None | Some(Brought::ByNumber(_))) => Some(Brought::ByNumber(place)),
        (_, Some(Brought::ByArrow(place))) if place < line.usual.len() => line.brought,
        _ => None,
    }
}

/// A usual order as choices.
pub fn choices(order: &Usual) -> Chosen {
    let mut chosen = Chosen::default();
    chosen.choose(Choice::Service(Some(order.service)));
    chosen.choose(Choice::Quantity(order.quantity));
    if order.detail.is_some() {
        chosen.choose(Choice::Detail(order.detail.clone()));
    }
    if let Some(handover) = &order.handover {
        chosen.choose(Choice::Handover(handover.clone()));
    }
    chosen
}

fn understood(world: &World, line: &EntryLine) -> Option<Reading> {
    if line.is_blank() {
        return None;
    }
    let mut chosen = line.usual_order().map(choices).unwrap_or_default();
    if line.brought.is_some() && !line.phrase().trim().is_empty() {
        // What is said beside a usual order goes before how it usually comes back.
        chosen.forget(Field::Handover);
    }
    for choice in Field::ALL.into_iter().filter_map(|field| line.chosen.get(field)) {
        chosen.choose(choice.clone());
    }
    Some(read(line.phrase(), world.vocabulary.as_deref()?, line.setting.as_ref()?, &chosen))
}

/// An open request of the same person for the same service, whatever channel it came by: the latest.
fn alike(world: &World, line: &EntryLine, now: Instant) -> Option<RequestId> {
    let service = line.reading.as_ref()?.service.as_ref().filter(|read| read.confidence > Confidence::Doubtful)?.value;
    let theirs = world.board.requests_of(line.person()?);
    let same = theirs
        .map(|shown| shown.row)
        .filter(|request| request.fields.service_id == Some(service) && now.since(request.created_at) <= ALIKE_WITHIN);
    same.max_by_key(|request| (request.created_at, request.id)).map(|request| request.id)
}

/// A home that still lacks its address is said by its address alone.
pub fn is_home_without_address(reading: &Reading) -> bool {
    matches!(&reading.handover, Some(read) if matches!(read.value, HandOver::Home { address: None }))
}
