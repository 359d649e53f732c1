//! The register's keys: through the list, into an entry, one line of it at a time; what is saved is one edit of what was drawn.

pub mod drafts;

use super::{Effects, give, palette, undo};
use crate::{
    console::{
        keymap::Action,
        model::{
            Model, Tone,
            layer::Layer,
            register::{About, Opened, Register, Typed},
        },
        register::{self, Change, EntryId, Line, Part, Reader, Row},
        steps::rules,
    },
    domain::{
        offer::{Offer, OfferState},
        provider::Provider,
        register::Standing,
        service::Service,
        texts::ShortText,
    },
    i18n::say,
    text::fold,
    wire::{access::Verdict, catalogue::Command},
};
use uuid::Uuid;

/// Lines that a page goes on by.
const PAGE: usize = 10;

/// Opens a part of the register.
pub fn open(model: &mut Model, part: Part) {
    model.layers.push(Layer::Register(Register::of(part)));
}

/// What values are read with.
pub fn reader(model: &Model) -> Reader<'_> {
    let zone = model.world.zone(None);
    Reader { language: model.seat.language, today: model.now.civil(&zone).date(), world: &model.world }
}

/// The entries of a list in their order: those in use whose words begin as those that are looked for.
pub fn rows(model: &Model, register: &Register) -> Vec<Row> {
    let board = &model.world.board;
    let sought = fold(register.search.text());
    let language = model.seat.language;
    let fits = |words: &[&str]| {
        let words = fold(&words.join(" "));
        sought.split(' ').all(|word| words.split(' ').any(|other| other.starts_with(word)))
    };
    let mut rows: Vec<(String, Row)> = match register.part {
        Part::Providers => {
            let all = board.all::<Provider>().map(|shown| shown.row).filter(|row| row.standing == Standing::Active);
            let found = all.filter(|row| {
                let fields = &row.fields;
                let tier = Row::Provider((*row).clone()).written(reader(model), Line::Tier);
                let services = fields.services.iter().filter_map(|offered| model.world.service(offered.service_id));
                let services: Vec<&str> = services.map(|service| service.fields.name.as_str()).collect();
                let commune = fields.commune.as_ref().map_or("", |commune| commune.as_str());
                fits(&[fields.name.as_str(), &tier, &services.join(" "), commune])
            });
            found.map(|row| (fold(row.fields.name.as_str()), Row::Provider(row.clone()))).collect()
        }
        Part::Services => {
            let all = board.all::<Service>().map(|shown| shown.row).filter(|row| row.standing == Standing::Active);
            let found = all.filter(|row| {
                let fields = &row.fields;
                let synonyms: Vec<&str> = fields.synonyms.iter().map(ShortText::as_str).collect();
                let name = super::verbs::service_name(language, row);
                fits(&[&name, fields.name.as_str(), fields.family.as_str(), &synonyms.join(" ")])
            });
            let name = |row: &Service| fold(&super::verbs::service_name(language, row));
            found.map(|row| (name(row), Row::Service(row.clone()))).collect()
        }
    };
    rows.sort_by(|one, other| (&one.0, one.1.id()).cmp(&(&other.0, other.1.id())));
    rows.into_iter().map(|(_, row)| row).collect()
}

/// Which of the rows is selected, from 0.
pub fn place(register: &Register, rows: &[Row]) -> usize {
    register.selected.and_then(|id| rows.iter().position(|row| row.id() == id)).unwrap_or(0)
}

/// The entry that is looked at: the one that is open, else the one that is selected.
pub fn looked_at(model: &Model, register: &Register) -> Option<Row> {
    if let Some(opened) = register.opened {
        return Row::of(&model.world, opened.id);
    }
    let rows = rows(model, register);
    rows.get(place(register, &rows)).cloned()
}

/// Whether the account may change this part of the register.
pub fn may(model: &Model, part: Part) -> bool {
    let command = match part {
        Part::Providers => "provider.edit",
        Part::Services => "service.edit",
    };
    rules::verdict(model, command) != Verdict::Denied
}

/// What keys do.
pub fn act(model: &mut Model, effects: &mut Effects, action: Action) {
    let Some(Layer::Register(register)) = model.layers.last() else { return };
    if register.typed.is_some() {
        return in_line(model, effects, action);
    }
    if register.searching {
        return in_search(model, action);
    }
    match action {
        Action::Undo => undo::undo(model, effects),
        Action::Command => palette::open(model),
        Action::NewRequest => begin_new(model),
        _ if register.opened.is_some() => in_entry(model, effects, action),
        _ => in_list(model, action),
    }
}

fn register_mut(model: &mut Model) -> Option<&mut Register> {
    match model.layers.last_mut() {
        Some(Layer::Register(register)) => Some(register),
        _ => None,
    }
}

/// Where a movement leads among so many lines.
fn moved(action: Action, at: usize, count: usize) -> Option<usize> {
    let last = count.saturating_sub(1);
    Some(match action {
        Action::Up => at.saturating_sub(1),
        Action::Down => (at + 1).min(last),
        Action::PageUp => at.saturating_sub(PAGE),
        Action::PageDown => (at + PAGE).min(last),
        Action::Top => 0,
        Action::Bottom => last,
        _ => return None,
    })
}

fn in_list(model: &mut Model, action: Action) {
    let Some(Layer::Register(register)) = model.layers.last() else { return };
    let rows = rows(model, register);
    let at = place(register, &rows);
    let chosen = rows.get(at).map(Row::id);
    if let Some(to) = moved(action, at, rows.len()) {
        let to = rows.get(to).map(Row::id);
        if let Some(register) = register_mut(model) {
            register.selected = to;
        }
        return;
    }
    let Some(register) = register_mut(model) else { return };
    match action {
        Action::Open | Action::Edit | Action::Right => {
            register.selected = chosen;
            register.opened = chosen.map(|id| Opened { id, line: 0 });
        }
        Action::Filter => register.searching = true,
        Action::Back => drop(model.layers.pop()),
        _ => {}
    }
}

fn in_search(model: &mut Model, action: Action) {
    let Some(register) = register_mut(model) else { return };
    match action {
        Action::TextSave | Action::TextFields => register.searching = false,
        _ => {}
    }
}

fn in_entry(model: &mut Model, effects: &mut Effects, action: Action) {
    let Some(Layer::Register(register)) = model.layers.last() else { return };
    let Some(opened) = register.opened else { return };
    let Some(row) = Row::of(&model.world, opened.id) else {
        return close_entry(model);
    };
    let lines = row.lines();
    let at = opened.line.min(lines.len().saturating_sub(1));
    if let Some(to) = moved(action, at, lines.len()) {
        if let Some(opened) = register_mut(model).and_then(|register| register.opened.as_mut()) {
            opened.line = to;
        }
        return;
    }
    let Some(line) = lines.get(at).copied() else { return };
    match action {
        Action::Open | Action::Edit | Action::Right => begin(model, row, line),
        // What was typed and not saved goes before what is saved.
        Action::Cancel if drafts::text_of(model, register.part, &About::Line(row.clone(), line)).is_some() => {
            let part = register.part;
            drafts::throw_away(model, effects, part, &About::Line(row, line));
            model.say(Tone::Plain, say(model.seat.language, "register-draft-thrown", &[]));
        }
        Action::Cancel if line.is_one_of_several() => {
            let part = register.part;
            if let Some(change) = row.without(line).filter(|_| allowed(model, part)) {
                save(model, effects, &row, line, change);
            }
        }
        Action::Cancel => {
            let words = say(model.seat.language, "register-empty-by-editing", &[]);
            model.say(Tone::Plain, words);
        }
        Action::Back | Action::Left => close_entry(model),
        _ => {}
    }
}

fn close_entry(model: &mut Model) {
    if let Some(register) = register_mut(model) {
        register.opened = None;
    }
}

/// Whether the account may change it; says so if not.
fn allowed(model: &mut Model, part: Part) -> bool {
    let may = may(model, part);
    if !may {
        let verb = [("verb", Action::Edit.words(model.seat.language))];
        let words = say(model.seat.language, "cannot-denied", &verb);
        model.say(Tone::Plain, words);
    }
    may
}

/// Begins to type a line of an entry over what stands there.
fn begin(model: &mut Model, row: Row, line: Line) {
    let part = match row.id() {
        EntryId::Provider(_) => Part::Providers,
        EntryId::Service(_) => Part::Services,
    };
    if !allowed(model, part) {
        return;
    }
    let text = row.written(reader(model), line);
    let about = About::Line(row, line);
    let draft = drafts::text_of(model, part, &about);
    if let Some(register) = register_mut(model) {
        register.typed = Some(Typed::holding(text, draft, about));
    }
}

/// Begins to type the first words of a new entry.
fn begin_new(model: &mut Model) {
    let Some(part) = register_mut(model).map(|register| register.part) else { return };
    if !allowed(model, part) {
        return;
    }
    let draft = drafts::text_of(model, part, &About::New);
    if let Some(register) = register_mut(model) {
        register.opened = None;
        register.typed = Some(Typed::holding("", draft, About::New));
    }
}

/// What could stand in the line instead of what does.
pub fn completions(model: &Model, register: &Register) -> Vec<String> {
    let Some(typed) = &register.typed else { return Vec::new() };
    let text = typed.field.text();
    let mut found = match &typed.about {
        About::Line(row, line) => row.completions(reader(model), *line, text),
        About::New => register::beginnings(reader(model), register.part, text),
    };
    found.retain(|whole| whole != text);
    found
}

fn in_line(model: &mut Model, effects: &mut Effects, action: Action) {
    match action {
        Action::TextComplete => complete(model, effects),
        Action::TextSave => commit(model, effects),
        _ => {}
    }
}

/// Takes the next of what is offered into the line.
fn complete(model: &mut Model, effects: &mut Effects) {
    let Some(Layer::Register(register)) = model.layers.last() else { return };
    let offered = register.typed.as_ref().map(|typed| typed.offered.clone()).unwrap_or_default();
    let fresh = offered.is_empty();
    let offered = if fresh { completions(model, register) } else { offered };
    let Some(typed) = register_mut(model).and_then(|register| register.typed.as_mut()) else { return };
    typed.chosen = if fresh { 0 } else { (typed.chosen + 1) % offered.len().max(1) };
    if let Some(whole) = offered.get(typed.chosen) {
        typed.field.replace(whole.clone());
        typed.trouble = None;
    }
    typed.offered = offered;
    drafts::keep(model, effects);
}

/// What is typed changed: it is kept, and nothing is offered or wrong any more.
pub fn changed(model: &mut Model, effects: &mut Effects) {
    let Some(register) = register_mut(model) else { return };
    match &mut register.typed {
        Some(typed) => {
            typed.offered.clear();
            typed.trouble = None;
            drafts::keep(model, effects);
        }
        None => register.selected = None,
    }
}

/// Saves what was typed, or says why it cannot be.
fn commit(model: &mut Model, effects: &mut Effects) {
    let Some(Layer::Register(register)) = model.layers.last() else { return };
    let Some(typed) = &register.typed else { return };
    let (part, text, about) = (register.part, typed.field.text().to_owned(), typed.about.clone());
    match about {
        About::Line(row, line) => {
            // What is begun and left empty is nothing.
            let done = About::Line(row.clone(), line);
            if line.is_more() && text.trim().is_empty() {
                drafts::throw_away(model, effects, part, &done);
                return leave_line(model);
            }
            // An emptied one of several is taken out.
            let without = row.without(line).filter(|_| text.trim().is_empty());
            let read = without.map_or_else(|| row.read(reader(model), line, &text), Ok);
            match read {
                Ok(change) => {
                    leave_line(model);
                    save(model, effects, &row, line, change);
                    // The command is on its way to the disk before what it was made of goes.
                    drafts::throw_away(model, effects, part, &done);
                }
                Err(trouble) => say_trouble(model, trouble),
            }
        }
        About::New if text.trim().is_empty() => {
            drafts::throw_away(model, effects, part, &About::New);
            leave_line(model);
        }
        About::New => {
            let id: Uuid = model.ids.fresh();
            match register::create(reader(model), part, id, &text) {
                Ok(command) => enter(model, effects, part, id, command),
                Err(trouble) => say_trouble(model, trouble),
            }
        }
    }
}

fn say_trouble(model: &mut Model, trouble: String) {
    if let Some(typed) = register_mut(model).and_then(|register| register.typed.as_mut()) {
        typed.trouble = Some(trouble);
    }
}

fn leave_line(model: &mut Model) {
    if let Some(register) = register_mut(model) {
        register.typed = None;
    }
}

/// Gives one edit of what was drawn, and says what came of it.
fn save(model: &mut Model, effects: &mut Effects, row: &Row, line: Line, change: Change) {
    let language = model.seat.language;
    let field = say(language, line.key(), &[]);
    let name = row.name();
    let Some(command) = row.edit(change) else {
        let words = say(language, "register-same", &[("name", name), ("field", field)]);
        model.say(Tone::Plain, words);
        return;
    };
    let mut said = say(language, "register-saved", &[("name", name), ("field", field)]);
    if matches!(line, Line::Days(_) | Line::MoreDays)
        && let Some(open) = open_offers(model, row.id())
    {
        said = format!("{said} {}", say(language, "register-open-offers", &[("list", open)]));
    }
    give::give(model, effects, vec![command], said);
}

/// The requests that a provider is asked for just now, by their numbers: nobody takes those offers back by themselves.
pub fn open_offers(model: &Model, id: EntryId) -> Option<String> {
    let EntryId::Provider(id) = id else { return None };
    let waits = |offer: &Offer| {
        offer.fields.provider_id == id
            && matches!(offer.state, OfferState::Prepared | OfferState::Sent | OfferState::Seen)
    };
    let all = model.world.board.all::<Offer>().map(|shown| shown.row).filter(|offer| waits(offer));
    let mut numbers: Vec<String> = all
        .filter_map(|offer| model.world.request(offer.fields.request_id))
        .map(|shown| super::verbs::request_name(model, shown.row))
        .collect();
    numbers.sort();
    (!numbers.is_empty()).then(|| numbers.join(", "))
}

/// Enters a new one and opens it: what else there is to know comes next.
fn enter(model: &mut Model, effects: &mut Effects, part: Part, id: Uuid, command: Command) {
    let id = match part {
        Part::Providers => EntryId::Provider(id.into()),
        Part::Services => EntryId::Service(id.into()),
    };
    let name = match &command {
        Command::CreateProvider { body, .. } => body.name.to_string(),
        Command::CreateService { body, .. } => body.name.to_string(),
        _ => String::new(),
    };
    let said = say(model.seat.language, "register-entered", &[("name", name)]);
    give::give(model, effects, vec![command], said);
    drafts::throw_away(model, effects, part, &About::New);
    if let Some(register) = register_mut(model) {
        register.typed = None;
        register.search.clear();
        register.selected = Some(id);
        register.opened = Some(Opened { id, line: 2 });
    }
}

/// Esc: out of the line, of the search, of the entry, and then of the register.
pub fn left(model: &mut Model, mut register: Register) {
    let typed = register.typed.take();
    let was_typing = typed.is_some();
    if typed.is_some_and(|typed| typed.is_changed()) {
        model.say(Tone::Plain, say(model.seat.language, "register-draft-kept", &[]));
    }
    if !was_typing && (register.searching || register.opened.take().is_none()) {
        if !register.searching && register.search.is_blank() {
            return;
        }
        register.searching = false;
        register.search.clear();
    }
    model.layers.push(Layer::Register(register));
}

/// The entry that a command is about, by its name; none if it is about something else.
pub fn subject_name(model: &Model, command: &Command) -> Option<String> {
    match command {
        Command::CreateProvider { body, .. } => Some(body.name.to_string()),
        Command::CreateService { body, .. } => Some(body.name.to_string()),
        _ => Some(row_of(model, command)?.name()),
    }
}

/// The entry that an edit is about.
fn row_of(model: &Model, command: &Command) -> Option<Row> {
    match command {
        Command::EditProvider { id, .. } => Row::of(&model.world, EntryId::Provider(*id)),
        Command::EditService { id, .. } => Row::of(&model.world, EntryId::Service(*id)),
        _ => None,
    }
}

/// A value of a field of an entry in words; none if the command is about something else.
pub fn value_words(model: &Model, command: &Command, field: &str, value: &serde_json::Value) -> Option<String> {
    row_of(model, command)?.value_words(reader(model), field, value)
}

#[cfg(test)]
mod tests;
