//! The screen of every request: its rows by the filter, marks, and the past that the office searches.

use super::{Effects, views};
use crate::{
    client::ClientError,
    console::{
        effect::Effect,
        filter::{Moment, Names, complete},
        keymap::Action,
        model::{
            Model, Screen,
            filter_line::{FilterLine, Proposal},
            layer::Layer,
            list::Step,
            requests::Fold,
        },
        view::requests_height,
    },
    domain::{
        beneficiary::Beneficiary, operator::Language, provider::Provider, request::Request, service::Service,
        site::Site,
    },
    i18n::say,
};

/// Brings the rows up to date, and has the past searched when it is time.
pub fn settle(model: &mut Model, effects: &mut Effects) {
    let is_filtering = matches!(model.layers.last(), Some(Layer::Filter(_)));
    let fold = if is_filtering { Fold::Some } else { Fold::Nothing };
    if model.screen != Screen::Requests {
        model.requests.fold_ahead(&model.world, fold);
        return;
    }
    let now = model.now;
    let moment = Moment { now, today: model.seat.civil(now).date(), me: model.seat.me() };
    let height = requests_height(model);
    model.requests.settle(&model.world, moment, height);
    model.requests.fold_ahead(&model.world, fold);
    if let Some(words) = model.requests.past.ask(now) {
        if model.connection.is_online() {
            effects.push(Effect::Search(words));
        } else {
            let why = say(model.seat.language, "requests-past-offline", &[]);
            model.requests.past.told(&words, Err(why));
        }
    }
}

/// Opens the line of the filter of the lists at hand.
pub fn open_filter(model: &mut Model) {
    let line = FilterLine::over(model.filter());
    model.layers.push(Layer::Filter(line));
}

/// What keys do on the screen.
pub fn act(model: &mut Model, _effects: &mut Effects, action: Action) {
    let requests = &mut model.requests;
    match action {
        Action::Filter => open_filter(model),
        Action::Mark => {
            if let Some(selected) = requests.list.selected() {
                requests.mark(selected);
                requests.step(Step::Down);
            }
        }
        Action::MarkRange => requests.mark_range(),
        Action::MarkAll => requests.mark_all(),
        _ => {}
    }
}

/// The filter is being typed: the rows follow.
pub fn filter_changed(model: &mut Model, _effects: &mut Effects) {
    if let Some(Layer::Filter(line)) = model.layers.last_mut() {
        line.proposals.clear();
        let text = line.field.text().to_owned();
        *model.filter_mut() = text;
    }
}

/// What keys do in the filter's line.
pub fn filter_act(model: &mut Model, _effects: &mut Effects, action: Action) {
    match action {
        Action::TextSave => {
            model.layers.pop();
            if model.screen == Screen::Requests {
                model.requests.past.hurry(model.now);
            }
        }
        Action::TextComplete => complete_line(model),
        _ => {}
    }
}

/// The filter's line was left without a word: the filter before stands again.
pub fn filter_left(model: &mut Model, _effects: &mut Effects, line: FilterLine) {
    *model.filter_mut() = line.before;
}

/// The office searched its past.
pub fn searched(model: &mut Model, words: &str, found: Result<Vec<Request>, ClientError>) {
    let language = model.seat.language;
    model.requests.past.told(words, found.map_err(|_| say(language, "requests-past-away", &[])));
}

/// Tab: the next of what is offered, else what could follow where the cursor stands.
fn complete_line(model: &mut Model) {
    let Some(Layer::Filter(line)) = model.layers.last() else { return };
    let proposals = if line.proposals.is_empty() { Some(proposals(model, line)) } else { None };
    if let Some(Layer::Filter(line)) = model.layers.last_mut() {
        match proposals {
            Some(proposals) => line.offer(proposals),
            None => line.next(),
        }
        let text = line.field.text().to_owned();
        *model.filter_mut() = text;
    }
}

/// Fields, flags and values of the language, and the account's saved views by their names.
fn proposals(model: &Model, line: &FilterLine) -> Vec<Proposal> {
    let language = model.seat.language;
    let text = line.field.text();
    let board = &model.world.board;
    let sites: Vec<&str> = board.all::<Site>().map(|shown| shown.row.fields.name.as_str()).collect();
    let services: Vec<&str> = board.all::<Service>().map(|shown| service_name(shown.row, language)).collect();
    let mut people: Vec<&str> = board.all::<Beneficiary>().map(|shown| shown.row.fields.family_name.as_str()).collect();
    people.sort_unstable();
    people.dedup();
    let providers: Vec<&str> = board.all::<Provider>().map(|shown| shown.row.fields.name.as_str()).collect();
    let names = Names { sites: &sites, services: &services, people: &people, providers: &providers };
    let views = saved_views(model, text);
    let words = complete(text, line.field.cursor_bytes(), &names, language).into_iter().map(|completion| {
        let before = text.get(..completion.replaces.start).unwrap_or_default();
        let after = text.get(completion.replaces.end..).unwrap_or_default();
        Proposal {
            cursor: before.chars().count() + completion.text.chars().count(),
            text: format!("{before}{}{after}", completion.text),
            label: completion.text,
        }
    });
    views.into_iter().chain(words).collect()
}

/// The saved views whose names begin with what is typed: a view takes the place of the whole line.
fn saved_views(model: &Model, typed: &str) -> Vec<Proposal> {
    let saved = views::begun(model, typed).into_iter();
    saved
        .map(|(name, filter)| Proposal {
            label: say(model.seat.language, "requests-view", &[("name", name)]),
            cursor: filter.chars().count(),
            text: filter,
        })
        .collect()
}

fn service_name(service: &Service, language: Language) -> &str {
    let english = service.fields.name_en.as_ref().filter(|_| language == Language::En);
    english.unwrap_or(&service.fields.name).as_str()
}

#[cfg(test)]
mod tests;
