//! The line of commands: every action, request, person and site, found as it is typed.

use super::{Effects, act, activity, card, verbs, views};
use crate::{
    console::{
        effect::Effect,
        filter,
        keymap::{Action, Context, Order},
        model::{
            Model, Screen, Tone,
            field::Field,
            layer::Layer,
            palette_line::{Arranged, EntriesOf, Hit, PaletteLine, SHOWN, Target},
        },
        palette::{Entry, Kind, Palette},
        steps,
        view::{self, words},
    },
    domain::{
        beneficiary::Beneficiary, item::Item, label::Scanned, operator::Language, register::Standing, site::Site,
    },
    i18n::say,
    text::{fold, neutral},
};
use std::{fmt::Write as _, sync::Arc};

/// Opens the line.
pub fn open(model: &mut Model) {
    open_with(model, "");
}

/// Opens the line with a command that waits for a name.
pub fn open_for_name(model: &mut Model, action: Action) {
    let command = format!("{} ", action.command(model.seat.language));
    open_with(model, &command);
}

fn open_with(model: &mut Model, typed: &str) {
    let field = Field::holding(typed);
    model.layers.push(Layer::Palette(PaletteLine { field, found: Vec::new(), chosen: 0 }));
    changed(model);
}

/// Arranges what can be found, if it is not or no longer; persons and sites, who are many, once a word is typed.
fn arrange(model: &mut Model, typed: &str) {
    let register = !fold(typed).is_empty();
    let of = EntriesOf {
        directory: model.world.directory,
        given: model.world.board.entries().last().map(|entry| entry.given.key),
        language: model.seat.language,
        roles: model.seat.operator.fields.roles.clone(),
        views: model.preferences().views,
    };
    let lacks = |arranged: &Arranged| arranged.of != of || (register && !arranged.register);
    if model.palette.as_ref().is_none_or(lacks) {
        let mut entries = orders_and_views(model);
        if register {
            entries.extend(persons_and_sites(model));
        }
        model.palette = Some(Arranged { of, register, palette: Palette::new(entries) });
    }
}

/// Actions that the account may do, then its views; requests are found by their numbers.
fn orders_and_views(model: &Model) -> Vec<Entry<Target>> {
    let language = model.seat.language;
    let other = match language {
        Language::Fr => Language::En,
        Language::En => Language::Fr,
    };
    let offered = |order: &Order| match order {
        Order::Action(action) => is_offered(*action) && steps::permitted(model, *action),
        Order::Extra(_) => true,
    };
    let in_other: Vec<(Order, String)> = model.commands.all(other).collect();
    let orders = model.commands.all(language).filter(|(order, _)| offered(order)).map(|(order, word)| {
        let (label, mut keywords) = match order {
            Order::Action(action) => {
                (action.words(language), vec![word, action.words(other), action.row().name.to_owned()])
            }
            Order::Extra(_) => (word, Vec::new()),
        };
        keywords.extend(in_other.iter().filter(|(same, _)| *same == order).map(|(_, word)| word.clone()));
        Entry { kind: Kind::Action, label, keywords, target: Target::Order(order) }
    });
    let views = views::saved(model).into_iter().map(|(name, filter)| Entry {
        kind: Kind::View,
        label: view_words(model, "requests-view", &name),
        keywords: vec![filter],
        target: Target::View(name),
    });
    orders.chain(views).collect()
}

/// Those of the register that stand.
fn persons_and_sites(model: &Model) -> impl Iterator<Item = Entry<Target>> {
    let persons = model.world.board.all::<Beneficiary>().map(|shown| shown.row);
    let persons = persons.filter(|person| person.standing == Standing::Active).map(|person| Entry {
        kind: Kind::Person,
        label: words::person(person),
        keywords: person.fields.phones.iter().map(words::phone).collect(),
        target: Target::Person(person.id),
    });
    let sites = model.world.board.all::<Site>().map(|shown| shown.row);
    let sites = sites.filter(|site| site.standing == Standing::Active).map(|site| Entry {
        kind: Kind::Site,
        label: neutral(site.fields.name.as_str()).into_owned(),
        keywords: vec![site.fields.commune.to_string()],
        target: Target::Site(site.id),
    });
    persons.chain(sites)
}

fn view_words(model: &Model, key: &str, name: &str) -> String {
    say(model.seat.language, key, &[("name", neutral(name).into_owned())])
}

/// What a command with the name behind it leads to: `vue du jour`; none for what is no such command.
fn named(model: &Model, typed: &str) -> Option<Vec<Hit>> {
    let (word, name) = typed.trim_start().split_once(' ')?;
    let Some(Order::Action(action)) = model.commands.find(word, model.seat.language) else { return None };
    if !action.takes_name() {
        return None;
    }
    let name = name.trim();
    if action == Action::Where {
        return Some(things(model, name));
    }
    let keeps = action == Action::KeepView;
    let hit = |name: &str| Hit {
        label: view_words(model, if keeps { "view-keep" } else { "view-forget" }, name),
        matched: Vec::new(),
        completes: format!("{word} {name}"),
        key: None,
        target: if keeps { Target::KeepView(name.to_owned()) } else { Target::ForgetView(name.to_owned()) },
    };
    let known = views::begun(model, name);
    let typed = (keeps || known.is_empty()).then(|| hit(name)).filter(|_| !name.is_empty());
    let others = known.iter().filter(|(known, _)| !keeps || known != name).map(|(known, _)| hit(known));
    Some(typed.into_iter().chain(others).take(SHOWN).collect())
}

/// Things of a label, or of one that ends so.
fn things(model: &Model, typed: &str) -> Vec<Hit> {
    let Some(scanned) = Scanned::read(typed) else { return Vec::new() };
    let found = model.world.labelled(scanned.text()).into_iter().take(SHOWN);
    let hit = |thing: Arc<Item>| Hit {
        label: view::desk::thing_in_words(model, &thing),
        matched: Vec::new(),
        completes: format!("{} {}", Action::Where.command(model.seat.language), thing.fields.label),
        key: None,
        target: Target::Thing(thing.id),
    };
    found.map(hit).collect()
}

/// Whether an action makes sense by its name: what moves in a list or edits a line does not.
pub fn is_offered(action: Action) -> bool {
    let moves = matches!(
        action,
        Action::Up
            | Action::Down
            | Action::Left
            | Action::Right
            | Action::Top
            | Action::Bottom
            | Action::PageUp
            | Action::PageDown
            | Action::Leave
            | Action::Back
            | Action::Command
    );
    matches!(action.row().context, Context::Anywhere | Context::List) && !moves
}

/// What is typed changed: the best of what it finds is chosen.
pub fn changed(model: &mut Model) {
    let language = model.seat.language;
    let Some(Layer::Palette(line)) = model.layers.last() else { return };
    let typed = line.field.text().to_owned();
    if let Some(found) = named(model, &typed) {
        if let Some(Layer::Palette(line)) = model.layers.last_mut() {
            (line.found, line.chosen) = (found, 0);
        }
        return;
    }
    arrange(model, &typed);
    let mut found = numbered(model, &typed);
    if Scanned::read(&typed).is_some_and(|scanned| scanned.is_label()) {
        found.extend(things(model, &typed));
    }
    let whole = model.commands.find(&typed, language);
    let keymap = model.keymap.clone();
    let Some(Arranged { palette, .. }) = &mut model.palette else { return };
    let hits = palette.search(&typed, SHOWN).into_iter().map(|hit| Hit {
        label: hit.entry.label.clone(),
        matched: hit.matched,
        completes: hit.entry.label.clone(),
        key: match &hit.entry.target {
            Target::Order(Order::Action(action)) => {
                keymap.hint(Context::List, *action, true, language).map(|hint| hint.key)
            }
            _ => None,
        },
        target: hit.entry.target.clone(),
    });
    found.extend(hits);
    let Some(Layer::Palette(line)) = model.layers.last_mut() else { return };
    // A command that is typed as it is called, or the only one that begins so, comes first.
    if let Some(place) = whole.and_then(|order| found.iter().position(|hit| hit.target == Target::Order(order))) {
        let hit = found.remove(place);
        found.insert(0, hit);
    }
    found.truncate(SHOWN);
    line.found = found;
    line.chosen = 0;
}

/// Requests whose number is typed, or ends so: `26-1047`, `1047`, and the same without Shift where that types other signs.
fn numbered(model: &Model, typed: &str) -> Vec<Hit> {
    let Some(asked) = digits(model, typed) else { return Vec::new() };
    let hit = |request: &crate::domain::request::Request| Hit {
        label: format!("{} {}", request.number, verbs::request_words(model, request)),
        matched: Vec::new(),
        completes: request.number.to_string(),
        key: None,
        target: Target::Request(request.id),
    };
    // What ended is found by its whole number while it is here.
    let whole = asked.parse().ok().and_then(|number| model.world.board.replica().request_numbered(number));
    if let Some(request) = whole {
        return vec![hit(request)];
    }
    let mut number = String::new();
    let mut found: Vec<_> = model
        .world
        .board
        .open_requests()
        .filter(|shown| shown.confirmed.is_some())
        .filter_map(|shown| {
            number.clear();
            write!(number, "{}", shown.row.number).ok()?;
            let serial = number.split_once('-').map_or("", |(_, serial)| serial).trim_start_matches('0');
            let rank = if serial == asked || number == asked {
                0
            } else if number.ends_with(&asked) {
                1
            } else if number.starts_with(&asked) || serial.starts_with(&asked) {
                2
            } else {
                return None;
            };
            Some((rank, shown.row))
        })
        .collect();
    let exact = found.iter().filter(|(rank, _)| *rank == 0).count() == 1;
    found.sort_by_key(|(rank, request)| (*rank, std::cmp::Reverse(request.number)));
    found.into_iter().take(if exact { 1 } else { SHOWN }).map(|(_, request)| hit(request)).collect()
}

/// The number that is typed: digits and a hyphen, or the signs of their keys; none for other words.
fn digits(model: &Model, typed: &str) -> Option<String> {
    let typed = typed.trim();
    let plain = typed.chars().all(|c| c.is_ascii_digit() || c == '-');
    let zero =
        |c: char| (c == 'à' && model.keymap.digit(crate::console::keymap::Key::char('é')).is_some()).then_some('0');
    let digit = |c: char| {
        let of_key = || model.keymap.digit(crate::console::keymap::Key::char(c)).map(|digit| char::from(b'0' + digit));
        if c.is_ascii_digit() { Some(c) } else { zero(c).or_else(of_key) }
    };
    let asked: String = if plain { typed.to_owned() } else { typed.chars().map(digit).collect::<Option<_>>()? };
    asked.contains(|c: char| c.is_ascii_digit()).then_some(asked)
}

/// What keys do in the line.
pub fn act(model: &mut Model, effects: &mut Effects, action: Action) {
    let Some(Layer::Palette(line)) = model.layers.last_mut() else { return };
    match action {
        Action::TextFields => line.chosen = (line.chosen + 1).min(line.found.len().saturating_sub(1)),
        Action::TextFieldsUp => line.chosen = line.chosen.saturating_sub(1),
        Action::TextComplete => {
            if let Some(hit) = line.found.get(line.chosen) {
                let (completes, target) = (hit.completes.clone(), hit.target.clone());
                line.field.replace(completes);
                changed(model);
                choose(model, &target);
            }
        }
        Action::TextSave => {
            if let Some(target) = line.found.get(line.chosen).map(|hit| hit.target.clone()) {
                model.layers.pop();
                go(model, effects, target);
            } else {
                let typed = line.field.text().to_owned();
                let words = unfound(model, &typed);
                model.say(Tone::Plain, words);
            }
        }
        _ => {}
    }
}

/// Why nothing was found: of a label what is wrong with it.
fn unfound(model: &Model, typed: &str) -> String {
    let language = model.seat.language;
    let asked = typed
        .trim_start()
        .split_once(' ')
        .filter(|(word, _)| matches!(model.commands.find(word, language), Some(Order::Action(Action::Where))));
    let label = |text: &str| [("label", neutral(text).into_owned())];
    match asked.and_then(|(_, label)| Scanned::read(label)) {
        Some(Scanned::Smudged(text)) => say(language, "scan-smudged", &label(&text)),
        Some(Scanned::Foreign(text)) => say(language, "scan-foreign", &label(&text)),
        Some(scanned) => say(language, "where-unknown", &label(scanned.text())),
        None => say(language, "notice-no-command", &[("typed", neutral(typed).into_owned())]),
    }
}

fn choose(model: &mut Model, target: &Target) {
    let Some(Layer::Palette(line)) = model.layers.last_mut() else { return };
    if let Some(place) = line.found.iter().position(|hit| hit.target == *target) {
        line.chosen = place;
    }
}

fn go(model: &mut Model, effects: &mut Effects, target: Target) {
    match target {
        Target::Order(Order::Action(action)) => act::act(model, effects, action),
        Target::Order(Order::Extra(id)) => effects.push(Effect::Extra(id)),
        Target::Request(request) => {
            model.layers.clear();
            card::open(model, effects, request);
        }
        Target::Person(id) => {
            let name = model.world.person(id).map(|person| {
                let given = person.fields.given_name.as_ref().map_or("", |name| name.as_str());
                format!("{given} {}", person.fields.family_name).trim().to_owned()
            });
            list(model, filter::Field::Who, name);
        }
        Target::Thing(thing) => model.layers.push(Layer::Trail(thing)),
        Target::View(name) => views::recall(model, &name),
        Target::KeepView(name) => views::keep(model, effects, &name),
        Target::ForgetView(name) => views::forget(model, effects, &name),
        Target::Site(id) if model.screen == Screen::Activity => activity::of_site(model, Some(id)),
        Target::Site(id) => {
            let name = model.world.site(id).map(|site| site.fields.name.to_string());
            list(model, filter::Field::Site, name);
        }
    }
}

/// Shows all requests of somebody or some place.
fn list(model: &mut Model, field: filter::Field, value: Option<String>) {
    let Some(value) = value else { return };
    let field = field.word(model.seat.language);
    model.layers.clear();
    model.screen = Screen::Requests;
    model.requests.filter = format!("{field}:\"{}\"", value.replace('"', " "));
}
