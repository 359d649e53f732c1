//! What was scanned or typed: a label, a locker, a name; what it is, and what can be done with it.

use super::{hand, pay, site};
use crate::{
    console::{
        keymap::Action,
        model::{
            Model, Tone,
            desk::{DeskRow, Focus, Tab, Taking},
            layer::Layer,
            prompt::{Act, Prompt},
        },
        view,
    },
    domain::{
        ids::{BeneficiaryId, ItemId},
        item::{Item, ItemState},
        label::Scanned,
        money::Cents,
    },
    i18n::say,
    text::fold,
};
use std::sync::Arc;

/// Persons of one name that are looked at.
const OFFERED: usize = 9;

/// The Enter behind a label, typed or the scanner's own.
pub fn read(model: &mut Model) {
    let typed = model.desk.scan.text().to_owned();
    model.desk.scan.clear();
    let Some(scanned) = Scanned::read(&typed) else { return };
    let known = model.world.labelled(scanned.text());
    if model.desk.taking.is_some() {
        taking(model, &scanned, &known);
        return;
    }
    match known.as_slice() {
        [] => unknown(model, &scanned),
        [thing] => hold(model, thing.id),
        several => doubled(model, &scanned, several),
    }
}

/// Takes a thing in hand. One more of the same person comes beside what is in hand; that of another takes its place.
pub fn hold(model: &mut Model, id: ItemId) {
    let Some(thing) = model.world.thing(id).cloned() else { return };
    model.notice = None;
    let owner = model.world.owner_of(&thing);
    let same = model
        .desk
        .found
        .iter()
        .filter_map(|id| model.world.thing(*id))
        .all(|other| owner.is_some() && model.world.owner_of(other) == owner && other.state == thing.state);
    if !same {
        model.desk.found.clear();
    }
    if !model.desk.found.contains(&id) {
        model.desk.found.push(id);
    }
    // The list shows the row that it belongs to.
    if let Some(group) = model.desk.here.things.group_of(id) {
        model.desk.tab = Tab::ToHandBack;
        model.desk.list_mut(Tab::ToHandBack).select(DeskRow::Back(group));
    }
    model.desk.focus = Focus::Scan;
}

/// A label, while things are taken in.
fn taking(model: &mut Model, scanned: &Scanned, known: &[Arc<Item>]) {
    let language = model.seat.language;
    let label = scanned.text().to_owned();
    let is_out = known.iter().find(|item| item.state == ItemState::InCustody);
    let already = model.desk.taking.as_ref().is_some_and(|taking| taking.labels.contains(&label));
    let words = match (scanned, is_out) {
        _ if already => Some(say(language, "scan-twice", &[("label", label.clone())])),
        (Scanned::Smudged(_), _) => Some(say(language, "scan-smudged", &[("label", label.clone())])),
        (_, Some(other)) => {
            let whose = hand::who(model, model.world.owner_of(other));
            Some(say(language, "scan-label-out", &[("label", label.clone()), ("who", whose)]))
        }
        _ => None,
    };
    if let Some(words) = words {
        model.say(Tone::Trouble, words);
        return;
    }
    model.notice = None;
    if let Some(taking) = &mut model.desk.taking {
        taking.labels.push(label);
    }
}

/// A label that nothing bears: a fresh one takes in what the chosen request expects; else a locker, a name; else what is wrong with it.
fn unknown(model: &mut Model, scanned: &Scanned) {
    let language = model.seat.language;
    let label = [("label", scanned.text().to_owned())];
    let words = match scanned {
        Scanned::Ours(fresh) => {
            if let (Tab::Expected, Some(DeskRow::Expected(request))) = (model.desk.tab, model.desk.selected()) {
                model.notice = None;
                model.desk.taking = Some(Taking { request, labels: vec![fresh.to_string()] });
                return;
            }
            say(language, "scan-unknown", &label)
        }
        Scanned::Smudged(_) => say(language, "scan-smudged", &label),
        Scanned::Foreign(_) => say(language, "scan-foreign", &label),
        Scanned::Words(typed) => {
            if let Some(person) = owing(model, typed).filter(|_| named(model, typed).is_none()) {
                model.notice = None;
                pay::propose(model, person);
                return;
            }
            if let Some((tab, row)) = named(model, typed) {
                model.notice = None;
                model.desk.tab = tab;
                model.desk.list_mut(tab).select(row);
                model.desk.focus = Focus::List;
                return;
            }
            say(language, "scan-nothing", &[("words", crate::text::neutral(typed).into_owned())])
        }
    };
    model.say(Tone::Trouble, words);
}

/// The row that words name: a locker by its name, a person whose things lie here or who is expected.
fn named(model: &Model, typed: &str) -> Option<(Tab, DeskRow)> {
    let asked = fold(typed);
    let locker = asked.strip_prefix("casier ").or_else(|| asked.strip_prefix("locker ")).unwrap_or(&asked).trim();
    let is_locker = |row: &&DeskRow| match row {
        DeskRow::Locker(id) => model.world.locker(*id).is_some_and(|row| fold(row.fields.name.as_str()) == locker),
        _ => false,
    };
    if let Some(row) = model.desk.list(Tab::Lockers).order().iter().find(is_locker) {
        return Some((Tab::Lockers, *row));
    }
    [Tab::ToHandBack, Tab::Expected].into_iter().find_map(|tab| {
        let begins =
            |row: &&DeskRow| fold(&view::desk::name_of(model, **row)).split(' ').any(|word| word.starts_with(&asked));
        model.desk.list(tab).order().iter().find(begins).map(|row| (tab, *row))
    })
}

/// The one person of this name who owes something, whose things went back already.
fn owing(model: &Model, typed: &str) -> Option<BeneficiaryId> {
    let persons = model.world.board.replica().persons_named(typed, OFFERED);
    let owes = |id: &BeneficiaryId| model.desk.here.owed(&model.world, *id) > Cents::ZERO;
    let mut owing = persons.into_iter().map(|person| person.id).filter(owes);
    let one = owing.next()?;
    owing.next().is_none().then_some(one)
}

/// Tab completes the name of somebody whose things lie here.
pub fn complete(model: &mut Model) {
    let typed = model.desk.scan.text().to_owned();
    if let Some((_, row)) = named(model, &typed) {
        let name = view::desk::name_of(model, row);
        model.desk.scan.replace(name);
    }
}

/// Several things bear one label: whose is it?
fn doubled(model: &mut Model, scanned: &Scanned, several: &[Arc<Item>]) {
    let language = model.seat.language;
    let sentence = say(language, "scan-doubled", &[("label", scanned.text().to_owned())]);
    let here = site(model);
    let mut things: Vec<&Arc<Item>> = several.iter().collect();
    things.sort_by_key(|thing| model.world.lies_at(thing) != here);
    let prompt = things.into_iter().take(9).fold(Prompt::new(Action::Scan, Vec::new(), sentence), |prompt, thing| {
        prompt.with(view::desk::thing_in_words(model, thing), Act::Hold(thing.id))
    });
    model.layers.push(Layer::Prompt(prompt));
}

/// What is said of a label that was scanned where words are expected; none if it is none.
pub fn stray(model: &Model, typed: &str) -> Option<String> {
    let scanned = Scanned::read(typed).filter(Scanned::is_label)?;
    let key = model.keymap.way(crate::console::keymap::Context::Text, Action::Scan, model.seat.language);
    Some(say(model.seat.language, "scan-stray", &[("label", scanned.text().to_owned()), ("keys", key)]))
}
