//! What can be told of a model: each fact with what makes it another one, in the order in which it is told.

use crate::{
    console::{
        keymap::{Action, Context},
        model::{
            Model, Screen, activity,
            connection::Connection,
            desk::Focus,
            dispatch::{Pane, Tab},
            layer::Layer,
            letter::LetterFocus,
            line::{EntryLine, LineFocus},
            palette_line::PaletteLine,
            party::PartySearch,
            prompt::Prompt,
            reception::{Item, Lane},
            register::Register,
            rounds,
            settle_box::SettleBox,
            world::CallStanding,
        },
        update::{recurring, settle_box},
        view::{
            self, frame, help, lanes, line as line_view, party, party_card, reading, recurring as recurring_view, words,
        },
    },
    domain::{
        beneficiary::Beneficiary,
        client::Client,
        clock::Urgency,
        contact::Contact,
        entry::{Field, Reading},
        ids::{ContactId, RequestId},
    },
    i18n::say,
};
use std::collections::BTreeSet;

/// What a fact is about; one is told of each at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// That this is Loge.
    Greeting,
    /// How many wait.
    Counts,
    /// The way to the office.
    Connection,
    /// What waits to be sent, what came back.
    Outbox,
    /// The last result.
    Notice,
    /// A ring.
    Ring(ContactId),
    /// Where a call of one's own stands, or one that was missed.
    Call(ContactId),
    /// What the caller said, on a simulated line.
    Heard(ContactId),
    /// What a caller owes.
    Tab(ContactId),
    /// What a caller usually orders.
    Usual,
    /// The screen.
    Screen,
    /// The lane.
    Lane,
    /// The row.
    Row,
    /// The text of a message.
    Text,
    /// What was understood.
    Understood,
    /// What to look out for.
    Warning,
    /// The question.
    Question,
    /// The field that is corrected.
    Field,
    /// What lies over the screen, by its depth.
    Layer(usize),
    /// What was found there.
    Found(usize),
}

/// When a fact is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// As soon as it is so.
    AtOnce,
    /// Once one pauses: it follows what is typed.
    AfterAPause,
}

/// Something to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What it is about.
    pub slot: Slot,
    /// What makes it another.
    pub key: String,
    /// How it is told.
    pub lines: Vec<String>,
    /// When.
    pub pace: Pace,
}

impl Fact {
    fn new(slot: Slot, key: impl Into<String>, lines: Vec<String>) -> Self {
        Self { slot, key: key.into(), lines, pace: Pace::AtOnce }
    }

    /// Another whenever its words are.
    fn worded(slot: Slot, line: String) -> Self {
        Self::new(slot, line.clone(), vec![line])
    }

    fn after_a_pause(mut self) -> Self {
        self.pace = Pace::AfterAPause;
        self
    }
}

/// All that could be told now; `rang` are the rings of before.
pub fn facts(model: &Model, rang: &BTreeSet<ContactId>) -> Vec<Fact> {
    let mut all = vec![greeting(model)];
    all.extend(connection(model));
    all.extend(counts(model));
    all.extend(outbox(model));
    calls(model, rang, &mut all);
    line(model, &mut all);
    all.extend(model.notice.as_ref().map(|notice| Fact::worded(Slot::Notice, notice.words.clone())));
    rows(model, rang, &mut all);
    for (depth, layer) in model.layers.iter().enumerate() {
        layered(model, depth, layer, &mut all);
    }
    all
}

fn told(model: &Model, key: &str, variables: &[(&str, String)]) -> String {
    say(model.seat.language, key, variables)
}

/// The key that does something at the focus at hand, with what it does.
fn key(model: &Model, action: Action) -> String {
    let hint = model.keymap.hint(model.context(), action, true, model.seat.language);
    hint.map(|hint| format!("{} {}", hint.key, hint.words)).unwrap_or_default()
}

fn greeting(model: &Model) -> Fact {
    let help = model.keymap.way(Context::List, Action::Help, model.seat.language);
    Fact::new(Slot::Greeting, "", vec![told(model, "linear-greeting", &[("key", help)])])
}

/// How many wait in each lane, once they are known.
fn counts(model: &Model) -> Option<Fact> {
    model.world.board.replica().at()?;
    let rings = model.world.ringing().count();
    let count = |lane: Lane| model.reception.list(lane).order().len().to_string();
    let parts = [("rings", rings.to_string()), ("mail", count(Lane::Mail)), ("permanences", count(Lane::Permanences))];
    Some(Fact::new(Slot::Counts, "", vec![told(model, "linear-counts", &parts)]))
}

/// Another only when it is another kind of connection: the seconds until the next attempt are not counted aloud.
fn connection(model: &Model) -> Option<Fact> {
    let clock = |at| words::time(model.seat.civil(at).time());
    let said = model.connection.words(model.now, model.seat.language, clock);
    let (key, line) = match model.connection {
        Connection::Online => ("online", said),
        // It is over before a line about it is read.
        Connection::Recalling => return None,
        Connection::Starting { .. } => ("starting", said),
        Connection::Reconnecting { .. } if model.connection.is_offline(model.now) => ("offline", said),
        Connection::Reconnecting { .. } => ("again", told(model, "linear-reconnecting", &[])),
        Connection::SignedOut => ("signed-out", said),
        Connection::TakenOver => ("taken-over", said),
    };
    let line = line.trim_end_matches('…').to_owned();
    Some(Fact::new(Slot::Connection, key, vec![told(model, "linear-connection", &[("state", line)])]))
}

fn outbox(model: &Model) -> Option<Fact> {
    let count = model.world.board.to_settle();
    let parts = [("count", count.to_string()), ("command", Action::Settle.command(model.seat.language))];
    (count > 0).then(|| Fact::worded(Slot::Outbox, told(model, "linear-to-settle", &parts)))
}

fn calls(model: &Model, rang: &BTreeSet<ContactId>, all: &mut Vec<Fact>) {
    let mut open: Vec<_> = model.world.open_contacts(crate::replica::Lane::Phone).map(|shown| shown.row).collect();
    open.sort_by_key(|contact| (contact.occurred_at, contact.id));
    for contact in open {
        let slot = Slot::Call(contact.id);
        let who = caller(model, contact);
        match model.world.standing(contact) {
            Some(CallStanding::Ringing) => {
                let parts = [("who", who), ("key", key(model, Action::ClaimRinging))];
                all.push(Fact::new(Slot::Ring(contact.id), "", vec![told(model, "linear-rings", &parts)]));
            }
            Some(CallStanding::Mine) => {
                let parts = [("who", who_in_full(model, contact))];
                all.push(Fact::new(slot, "mine", vec![told(model, "linear-claimed", &parts)]));
                all.extend(owes(model, contact).map(|owes| Fact::worded(Slot::Tab(contact.id), owes)));
            }
            Some(CallStanding::ToFinish) => {
                all.push(Fact::new(slot, "to finish", vec![told(model, "linear-hung-up", &[("who", who)])]));
            }
            Some(CallStanding::Missed) if rang.contains(&contact.id) => {
                all.push(Fact::new(slot, "missed", vec![told(model, "linear-missed", &[("who", who)])]));
            }
            Some(CallStanding::Others) if rang.contains(&contact.id) => {
                let claim = model.world.claim_on(contact.id.into()).map(|claim| claim.operator_id);
                if let Some(by) = claim.and_then(|id| model.world.operator(id)) {
                    let parts = [("who", who), ("by", by.fields.name.to_string())];
                    all.push(Fact::new(slot, "others", vec![told(model, "linear-taken", &parts)]));
                }
            }
            _ => {}
        }
        if let Some(heard) = model.world.heard.get(&contact.id).and_then(|heard| heard.last())
            && model.world.is_mine(contact.id.into())
        {
            let parts = [("words", heard.clone())];
            all.push(Fact::worded(Slot::Heard(contact.id), told(model, "linear-heard", &parts)));
        }
    }
}

/// Name, place and number of who calls.
fn caller(model: &Model, contact: &Contact) -> String {
    let (name, commune, number) = frame::caller(model, contact);
    [Some(name), commune, number].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Who calls, with all that is known before a word is said: « Mme Claire Durand, Métropole, Mérignac. Doit 18,40 euros. 2 demandes en cours. »
fn who_in_full(model: &Model, contact: &Contact) -> String {
    let Some(person) = model.world.person_of(&contact.party) else { return format!("{}.", caller(model, contact)) };
    let mut sentences = vec![format!("{}.", in_full(model, person))];
    sentences.extend(owes(model, contact));
    let open = model.world.board.requests_of(person.id).count();
    sentences.push(told(model, "linear-open-requests", &[("count", open.to_string())]));
    sentences.join(" ")
}

fn in_full(model: &Model, person: &Beneficiary) -> String {
    let client = person.fields.client_id.and_then(|id| model.world.board.get::<Client>(id));
    let client = client.map(|client| client.row.fields.name.to_string());
    let commune = person.fields.site_id.and_then(|id| model.world.site(id)).map(|site| site.fields.commune.to_string());
    [Some(words::person(person)), client, commune].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// What the caller owes, as a sentence.
fn owes(model: &Model, contact: &Contact) -> Option<String> {
    let person = model.world.person_of(&contact.party)?;
    let balance = model.world.about.get(&person.id)?.balance.as_ref()?;
    let cents: i64 = balance.accounts.values().sum();
    let sum = crate::domain::money::Cents::new(cents.saturating_abs()).unwrap_or_default();
    let key = match cents {
        0 => "linear-owes-nothing",
        1.. => "linear-owes",
        _ => "linear-credit",
    };
    Some(told(model, key, &[("sum", words::euros(model.seat.language, sum))]))
}

fn line(model: &Model, all: &mut Vec<Fact>) {
    let Some(line) =
        model.line.as_ref().filter(|line| line.has_focus() && matches!(model.screen, Screen::Reception | Screen::Desk))
    else {
        return;
    };
    let language = model.seat.language;
    // Until the call is one's own, it is not yet certain to be.
    let rings = line.contact.and_then(|id| model.world.contact(id)).and_then(|shown| model.world.standing(shown.row));
    if !line.usual.is_empty() && rings != Some(CallStanding::Ringing) {
        let orders: Vec<String> = (line.usual.iter().take(9).zip(1..))
            .map(|(order, number)| {
                let count = u32::from(order.quantity);
                let times = if count > 1 { format!(" {count}") } else { String::new() };
                let detail = order.detail.as_ref().map(|detail| format!(", {detail}")).unwrap_or_default();
                format!("{number} {}{times}{detail}", reading::service(&model.world, language, order.service))
            })
            .collect();
        let key = format!("{:?} {orders:?}", line.subject());
        let separator = told(model, "linear-between", &[]);
        let usual = told(model, "linear-usual", &[("orders", orders.join(&separator))]);
        all.push(Fact::new(Slot::Usual, key, vec![usual]));
    }
    let Some(read) = line.reading.as_ref().filter(|_| !line.is_blank()) else { return };
    match line.focus {
        LineFocus::Fields(field) => all.push(Fact::worded(Slot::Field, field_in_words(model, line, read, field))),
        LineFocus::Line | LineFocus::Asked => {
            let understood = told(model, "linear-understood", &[("what", understood(model, line, read))]);
            all.push(Fact::worded(Slot::Understood, understood).after_a_pause());
            let asked = read.question.as_ref().map(|question| line_view::question_in_words(model, line, question));
            let is_question = |warning: &String| Some(warning) == asked.as_ref();
            let warnings = line_view::warnings(model, line, read);
            let warnings: Vec<_> = (warnings.into_iter().filter(|warning| !is_question(warning)))
                .map(|warning| told(model, "linear-warning", &[("what", warning)]))
                .collect();
            if !warnings.is_empty() {
                all.push(Fact::new(Slot::Warning, warnings.join(" "), warnings).after_a_pause());
            }
            if let (Some(question), Some(asked), true) = (&read.question, asked, line.focus == LineFocus::Asked) {
                let answers =
                    question.answers.iter().map(|answer| reading::choice(&model.world, language, read, answer));
                let way = told(model, "line-as-it-is", &[]);
                all.push(Fact::new(Slot::Question, asked.clone(), vec![asked, numbered(answers), way]));
            }
        }
        LineFocus::Away => {}
    }
}

/// « 1 enregistrer, 2 comparer, 3 renoncer »; no more than a digit can choose.
fn numbered(choices: impl Iterator<Item = String>) -> String {
    let numbered = (1..=9).zip(choices).map(|(number, words)| format!("{number} {words}"));
    numbered.collect::<Vec<_>>().join(", ")
}

/// What was understood, what it costs, what else was asked for, what is missing.
fn understood(model: &Model, line: &EntryLine, read: &Reading) -> String {
    let language = model.seat.language;
    let says = |field: &Field| match field {
        Field::Urgency => read.urgency.value == Urgency::Urgent,
        Field::Payer => line.chosen != crate::domain::entry::Chosen::default(),
        _ => true,
    };
    let values = Field::ALL.into_iter().filter(says);
    let mut parts: Vec<String> =
        values.filter_map(|field| reading::value(&model.world, language, read, field)).collect();
    parts.extend(reading::price(&model.world, language, read));
    let mut said = vec![format!("{}.", parts.join(", "))];
    for further in &read.further {
        let what = reading::summary(&model.world, language, further);
        said.push(told(model, "linear-further", &[("what", what)]));
    }
    let missing: Vec<String> = read.missing().into_iter().map(|field| reading::name(language, field)).collect();
    if !missing.is_empty() {
        said.push(told(model, "linear-missing", &[("fields", missing.join(", "))]));
    }
    said.join(" ")
}

fn field_in_words(model: &Model, line: &EntryLine, read: &Reading, field: Field) -> String {
    let language = model.seat.language;
    let value = reading::value(&model.world, language, read, field).unwrap_or_else(|| told(model, "line-no-why", &[]));
    let why = reading::why(read, field).map(|why| reading::because(language, why, line.phrase()));
    let why = why.filter(|why| !why.is_empty()).map(|why| format!(" ({why})")).unwrap_or_default();
    told(model, "linear-field", &[("field", reading::name(language, field)), ("value", format!("{value}{why}"))])
}

fn rows(model: &Model, rang: &BTreeSet<ContactId>, all: &mut Vec<Fact>) {
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

/// Lines of the message that is answered which are told at once.
const HEARD: usize = 10;

fn layered(model: &Model, depth: usize, layer: &Layer, all: &mut Vec<Fact>) {
    let slot = Slot::Layer(depth);
    match layer {
        Layer::Prompt(prompt) => all.push(proposal(slot, prompt)),
        Layer::Card(card) => {
            let version = model.world.request(card.request).map(|shown| shown.row.version);
            let key = format!("{:?} {version:?} {}", card.request, card.history.is_some());
            all.push(Fact::new(slot, key, view::card_text(model, card)));
        }
        Layer::Note(note) => {
            let what = crate::console::update::verbs::name(model, Item::Request(note.request));
            all.push(Fact::new(slot, "note", vec![told(model, "note-title", &[("what", what)])]));
        }
        Layer::Letter(letter) => {
            let mut lines = vec![view::letter::title(model, letter)];
            let trouble = view::letter::trouble(model, letter);
            lines.extend(trouble.clone());
            match letter.focus {
                LetterFocus::Text if letter.is_blank() => lines.push(view::letter::choices(model)),
                LetterFocus::Text | LetterFocus::To | LetterFocus::Subject => {}
                LetterFocus::Answered => {
                    let all = view::letter::answered_lines(letter, model.size.columns);
                    lines.extend(all.into_iter().skip(letter.scrolled).take(HEARD));
                }
                LetterFocus::Foot => lines.push(view::letter::at_foot(model)),
            }
            let (focus, blank, scrolled) = (letter.focus, letter.is_blank(), letter.scrolled);
            let key = format!("reply {focus:?} {blank} {scrolled} {trouble:?}");
            all.push(Fact::new(slot, key, lines));
        }
        Layer::Party(search) => who(model, depth, search, all),
        Layer::Palette(line) => found(model, depth, line, all),
        Layer::Filter(_) => {
            let count = match model.screen {
                Screen::Dispatch => model.dispatch.count(model.dispatch.tab),
                _ => model.requests.list.order().len(),
            };
            let count = count.to_string();
            let found = Fact::worded(Slot::Found(depth), told(model, "linear-filtered", &[("count", count)]));
            all.push(found.after_a_pause());
        }
        Layer::Help(of) => {
            let lines = help::lines(model, *of).into_iter().filter_map(|line| match line {
                help::Line::Heading(words) => Some(told(model, "linear-heading", &[("words", words)])),
                help::Line::Does { keys, words, .. } => {
                    Some(told(model, "linear-help", &[("keys", keys), ("words", words)]))
                }
                help::Line::Blank => None,
            });
            all.push(Fact::new(slot, format!("{:?}", of.of), lines.collect()));
        }
        Layer::Recurring(list) => {
            let orders = model.world.recurring_orders(model.now);
            let chosen = recurring::chosen(model);
            let lines = match chosen {
                None => vec![told(model, "recurring-none", &[])],
                Some(order) if list.is_open => recurring_view::in_words(model, &order),
                Some(order) => {
                    let place = orders.iter().position(|one| one.id == order.id).map_or(1, |place| place + 1);
                    let what = recurring_view::row_in_words(model, &order);
                    let parts = [("place", place.to_string()), ("count", orders.len().to_string()), ("what", what)];
                    vec![told(model, "linear-row", &parts)]
                }
            };
            all.push(Fact::new(slot, lines.join(" "), lines));
        }
        Layer::Register(register) => of_register(model, depth, register, all),
        Layer::Trail(thing) => all.push(Fact::new(slot, format!("{thing:?}"), view::trail_words(model, *thing))),
        Layer::Settle(list) => all.push(came_back(model, slot, *list)),
        Layer::SignIn(sign_in) => {
            let words = Action::SignIn.words(model.seat.language);
            let heading = told(model, "linear-heading", &[("words", words)]);
            let above = view::sign_in::above(model, sign_in);
            all.push(Fact::new(slot, above.clone(), vec![heading, above]));
        }
    }
}

/// What a letter proposes, its choices by number.
fn proposal(slot: Slot, prompt: &Prompt) -> Fact {
    let choices = numbered(prompt.choices.iter().map(|choice| choice.words.clone()));
    let line = [prompt.sentence.clone(), choices].join(" ");
    Fact::new(slot, format!("{:?} {line}", prompt.items), vec![line.trim().to_owned()])
}

fn who(model: &Model, depth: usize, search: &PartySearch, all: &mut Vec<Fact>) {
    let client = search.client.and_then(|id| model.world.board.get::<Client>(id));
    let title = match client {
        Some(client) => told(model, "party-title-of", &[("client", client.row.fields.name.to_string())]),
        None => told(model, "party-title", &[]),
    };
    let without = told(model, "party-without", &[]);
    all.push(Fact::new(Slot::Layer(depth), "who", vec![format!("{title} {without}.")]));
    let named = |person: &Beneficiary| {
        let place = party::place_of(model, person);
        if place.is_empty() { words::person(person) } else { format!("{} ({place})", words::person(person)) }
    };
    let persons = search.found.iter().filter_map(|id| model.world.person(*id)).map(|person| named(person));
    let mut lines = vec![numbered(persons)];
    if let Some(new) = search.new_person().filter(|_| search.is_new()) {
        let key = if search.proposed { "party-enter-new" } else { "party-new" };
        lines.push(told(model, key, &[("who", new.words())]));
    } else if let Some(person) = search.found.get(search.chosen).and_then(|id| model.world.person(*id)) {
        lines.push(told(model, "linear-enter", &[("what", named(person))]));
    }
    let fact = Fact::new(Slot::Found(depth), lines.join(" "), lines);
    all.push(if search.proposed { fact } else { fact.after_a_pause() });
}

fn found(model: &Model, depth: usize, line: &PaletteLine, all: &mut Vec<Fact>) {
    all.push(Fact::new(Slot::Layer(depth), "palette", vec![format!("{}.", told(model, "palette-title", &[]))]));
    let chosen = match line.found.get(line.chosen) {
        None => told(model, "palette-nothing", &[]),
        Some(hit) => {
            let what = [Some(hit.label.clone()), hit.key.clone()].into_iter().flatten().collect::<Vec<_>>().join(", ");
            let place = (line.chosen + 1).to_string();
            told(model, "linear-row", &[("place", place), ("count", line.found.len().to_string()), ("what", what)])
        }
    };
    all.push(Fact::worded(Slot::Found(depth), chosen).after_a_pause());
}

/// The register: the row or line that is looked at, and what is wrong with what is typed.
fn of_register(model: &Model, depth: usize, register: &Register, all: &mut Vec<Fact>) {
    let title = view::register::title(model, register);
    all.push(Fact::worded(Slot::Layer(depth), told(model, "linear-heading", &[("words", title)])));
    let row = view::register::in_words(model, register);
    let fact = Fact::worded(Slot::Found(depth), row);
    let is_typed = register.typed.is_some() || register.searching;
    all.push(if is_typed { fact.after_a_pause() } else { fact });
}

fn came_back(model: &Model, slot: Slot, list: SettleBox) -> Fact {
    let waiting: Vec<_> = settle_box::waiting(model).collect();
    let place = waiting.iter().position(|entry| entry.given.key == list.chosen).unwrap_or(0);
    let Some(entry) = waiting.get(place) else {
        return Fact::worded(slot, told(model, "notice-nothing-to-settle", &[]));
    };
    let what = format!("{}. {}", settle_box::what(model, &entry.given.command), settle_box::why(model, entry));
    let parts = [("place", (place + 1).to_string()), ("count", waiting.len().to_string()), ("what", what)];
    Fact::worded(slot, told(model, "linear-row", &parts))
}
