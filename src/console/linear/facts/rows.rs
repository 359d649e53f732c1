//! What is told of a screen: its name, its list, the row that is looked at.

use super::{Fact, Slot, told};
use crate::{
    console::{
        keymap::{Action, Context},
        model::{
            Model, Screen, activity,
            desk::Focus,
            dispatch::{Pane, Tab},
            reception::{Item, Lane},
            rounds,
            world::CallStanding,
        },
        view::{self, lanes, party_card, words},
    },
    domain::ids::{ContactId, RequestId},
    i18n::say,
};
use std::collections::BTreeSet;

/// The screen that is looked at.
pub(super) fn of_screen(model: &Model, rang: &BTreeSet<ContactId>, all: &mut Vec<Fact>) {
    let screen = match model.screen {
        Screen::Reception => Action::Screen1,
        Screen::Dispatch => Action::Screen2,
        Screen::Rounds => Action::Screen3,
        Screen::Requests => Action::Screen4,
        Screen::Activity => Action::Screen5,
        Screen::Desk => {
            desk(model, all);
            return;
        }
    };
    let is_list = model.context() == Context::List && model.layers.is_empty();
    all.push(Fact::worded(Slot::Screen, format!("{}.", screen.words(model.seat.language))));
    match model.screen {
        Screen::Reception => {
            let lane = model.reception.lane;
            let list = model.reception.current();
            let (name, empty) = match lane {
                Lane::Phone => ("linear-lane-phone", "linear-lane-phone-empty"),
                Lane::Mail => ("linear-lane-mail", "linear-lane-mail-empty"),
                Lane::Permanences => ("linear-lane-permanences", "linear-lane-permanences-empty"),
            };
            let count = list.order().len();
            let name = if count == 0 { empty } else { name };
            all.push(Fact::new(
                Slot::Lane,
                format!("{lane:?}"),
                vec![told(model, name, &[("count", count.to_string())])],
            ));
            if let Some(item) = list.selected().filter(|_| is_list) {
                let fact = row(model, item, list.index(), count, lanes::in_words(model, item));
                // A ring that is told in this moment says all that its row does.
                let is_told = rings_now(model, rang, item);
                all.push(if is_told { Fact { lines: Vec::new(), ..fact } } else { fact });
                if model.reception.unfolded && item.contact().is_some() {
                    all.push(Fact::new(Slot::Text, format!("{item:?}"), view::looked_at(model)));
                }
            }
        }
        Screen::Dispatch => dispatch(model, is_list, all),
        Screen::Rounds => board(model, is_list, all),
        Screen::Activity => activity(model, is_list, all),
        Screen::Desk => {}
        Screen::Requests => {
            let list = &model.requests.list;
            if let Some(id) = list.selected().filter(|_| is_list) {
                let item = Item::Request(id);
                all.push(row(model, item, list.index(), list.order().len(), request(model, id)));
            }
        }
    }
}

/// The desk: whose, which list, its row or what is in hand.
fn desk(model: &Model, all: &mut Vec<Fact>) {
    let desk = &model.desk;
    all.extend(view::desk::heading_in_words(model).map(|words| Fact::worded(Slot::Screen, format!("{words}."))));
    all.extend(view::desk::notice(model).map(|notice| Fact::worded(Slot::Text, notice)));
    let tab = view::desk::tab_title(model, desk.tab);
    all.push(Fact::new(Slot::Lane, format!("{:?}", desk.tab), vec![format!("{tab}.")]));
    if !model.layers.is_empty() || model.line.is_some() {
        return;
    }
    if desk.focus == Focus::List {
        let list = desk.list(desk.tab);
        if let (Some(row), Some(what)) = (desk.selected(), view::desk::in_words(model)) {
            let place = (list.index() + 1).to_string();
            let parts = [("place", place), ("count", list.order().len().to_string()), ("what", what)];
            all.push(Fact::new(Slot::Row, format!("{row:?}"), vec![told(model, "linear-row", &parts)]));
        }
        return;
    }
    let found: Vec<String> = view::desk::found(model).into_iter().map(|(text, _)| text).collect();
    all.push(Fact::new(Slot::Found(0), found.join(" "), found));
}

/// The list of what is to be given or is out, its row, and the provider that is chosen among others.
fn dispatch(model: &Model, is_list: bool, all: &mut Vec<Fact>) {
    let dispatch = &model.dispatch;
    let tab = dispatch.tab;
    let name = match tab {
        Tab::ToAssign => "dispatch-tab-to-assign",
        Tab::Offers => "dispatch-tab-offers",
        Tab::ToCall => "dispatch-tab-to-call",
        Tab::Held => "dispatch-tab-held",
    };
    let name = told(model, name, &[]);
    all.push(Fact::new(
        Slot::Lane,
        format!("{tab:?}"),
        vec![format!("{name}{}{}.", words::colon(model.seat.language), dispatch.count(tab))],
    ));
    let (Some(item), Some(what)) = (dispatch.selected().filter(|_| is_list), view::dispatch_row(model)) else { return };
    let (index, count) = match tab {
        Tab::ToAssign => (dispatch.to_assign.index(), dispatch.to_assign.order().len()),
        Tab::Offers => (dispatch.offers.index(), dispatch.offers.order().len()),
        Tab::ToCall => (dispatch.to_call.index(), dispatch.to_call.order().len()),
        Tab::Held => (dispatch.held.index(), dispatch.held.order().len()),
    };
    all.push(row(model, item, index, count, what));
    if dispatch.pane == Pane::Providers
        && let Some(provider) = dispatch.looked_at(&model.world).and_then(|id| dispatch.chosen(id))
    {
        all.push(Fact::worded(
            Slot::Field,
            format!("{}.", crate::console::update::verbs::provider_name(model, provider)),
        ));
    }
}

/// A day's rounds: which day, the row that has the keys; of the map its text; what planning found, once.
fn board(model: &Model, is_list: bool, all: &mut Vec<Fact>) {
    let looked = &model.rounds;
    let language = model.seat.language;
    let date = looked.day(model.seat.civil(model.now).date());
    let tab = match looked.tab {
        rounds::Tab::Stops => view::rounds::stops_name(model),
        rounds::Tab::Unplanned => {
            format!("{} {}", told(model, "rounds-tab-unplanned", &[]), looked.left_over())
        }
        rounds::Tab::Map => told(model, "rounds-tab-map", &[]),
    };
    let title = told(model, "rounds-title", &[("date", words::date(language, date))]);
    all.push(Fact::new(Slot::Lane, format!("{date} {tab}"), vec![format!("{title}. {tab}.")]));
    let place = match (looked.pane, looked.tab) {
        (rounds::Pane::Below, rounds::Tab::Stops) => (looked.stops.index(), looked.stops.order().len()),
        (rounds::Pane::Below, rounds::Tab::Unplanned) => (looked.unplanned.index(), looked.unplanned.order().len()),
        _ => (looked.board.index(), looked.board.order().len()),
    };
    match view::rounds::in_words(model).filter(|_| is_list) {
        Some(what) => {
            let key = match (looked.pane, looked.tab) {
                (rounds::Pane::Below, rounds::Tab::Stops) => format!("{:?}", looked.stops.selected()),
                (rounds::Pane::Below, rounds::Tab::Unplanned) => format!("{:?}", looked.unplanned.selected()),
                _ => format!("{:?}", looked.board.selected()),
            };
            // While a stop is moved each of its places is told.
            let key = if looked.moving.is_some() { format!("{key} {what}") } else { key };
            let parts = [("place", (place.0 + 1).to_string()), ("count", place.1.to_string()), ("what", what)];
            all.push(Fact::new(Slot::Row, key, vec![told(model, "linear-row", &parts)]));
        }
        None if is_list && looked.board.order().is_empty() => {
            all.push(Fact::worded(Slot::Row, told(model, "rounds-empty-day", &[])));
        }
        None => {}
    }
    if looked.tab == rounds::Tab::Map && is_list {
        let key = format!("map {:?} {}", looked.board.selected(), looked.shown().map_or(0, |shown| shown.day.question));
        all.push(Fact::new(Slot::Text, key, view::rounds::map_words(model)));
    }
    if let Some(words) = view::rounds::offered(model) {
        all.push(Fact::worded(Slot::Field, told(model, "linear-plan", &[("what", words)])));
    }
}

/// What happened: which time, the pane, its figures in sentences; of the journal the line that is selected.
fn activity(model: &Model, is_list: bool, all: &mut Vec<Fact>) {
    let activity = &model.activity;
    let period = activity.period(model.seat.civil(model.now).date());
    let name = view::pane_name(model, activity.pane);
    let time = view::activity_time(model, period);
    let site = period.site.and_then(|site| model.world.site(site)).map(|site| site.fields.name.to_string());
    let site = site.unwrap_or_else(|| told(model, "activity-all-sites", &[]));
    all.push(Fact::worded(Slot::Lane, format!("{name}, {time}, {site}.")));
    if activity.pane == activity::Pane::Journal {
        if let Some(line) = activity.selected().filter(|_| is_list) {
            let (place, count) = (activity.journal.index() + 1, activity.journal.order().len());
            let parts =
                [("place", place.to_string()), ("count", count.to_string()), ("what", view::journal_line(model, line))];
            all.push(Fact::new(Slot::Row, format!("{:?}", line.seq), vec![told(model, "linear-row", &parts)]));
        }
        return;
    }
    // Figures that are counted anew are told when one looks at them again, not each time.
    let key = format!("{:?} {period:?} {}", activity.pane, activity.figures(period.day).is_some());
    all.push(Fact::new(Slot::Text, key, view::activity_words(model)));
}

/// Whether a row is a call that begins to ring, so that the ring is told.
fn rings_now(model: &Model, rang: &BTreeSet<ContactId>, item: Item) -> bool {
    let contact = item.contact().filter(|id| !rang.contains(id)).and_then(|id| model.world.contact(id));
    contact.is_some_and(|contact| model.world.standing(contact.row) == Some(CallStanding::Ringing))
}

/// « 3 sur 7 : … »: another when it is another row, not when something of it changes.
fn row(model: &Model, item: Item, index: usize, count: usize, what: String) -> Fact {
    let place = (index + 1).to_string();
    let marked = item.request().is_some_and(|id| match model.screen {
        Screen::Dispatch => model.dispatch.marks.contains(id),
        _ => model.requests.marked.contains(id),
    });
    let key = if marked { "linear-row-marked" } else { "linear-row" };
    let parts = [("place", place), ("count", count.to_string()), ("what", what)];
    Fact::new(Slot::Row, format!("{item:?} {marked}"), vec![told(model, key, &parts)])
}

/// A request as a list reads it out.
fn request(model: &Model, id: RequestId) -> String {
    let Some(shown) = model.world.request(id) else { return told(model, "linear-gone", &[]) };
    let (language, request) = (model.seat.language, shown.row);
    let state = crate::domain::machine::State::name(request.state);
    let parts = [
        Some(party_card::shown_number(model, request)),
        Some(say(language, &format!("state-request-{state}"), &[])),
        model.world.person_behind(Item::Request(id)).map(|person| words::person_short(person)),
        Some(party_card::what(model, request)),
        request.fields.when.as_ref().map(|when| words::when(language, when)),
        request.fields.site_id.and_then(|id| model.world.site(id)).map(|site| site.fields.name.to_string()),
    ];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}
