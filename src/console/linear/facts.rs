//! What can be told of a model: each fact with what makes it another one, in the order in which it is told.

mod layers;
mod rows;

use crate::{
    console::{
        keymap::{Action, Context},
        model::{
            Model, Screen,
            connection::Connection,
            line::{EntryLine, LineFocus},
            lock::Lock,
            reception::Lane,
            world::CallStanding,
        },
        view::{coach_words, frame, line as line_view, lock as lock_view, reading, words},
    },
    domain::{
        beneficiary::Beneficiary,
        client::Client,
        clock::Urgency,
        contact::Contact,
        entry::{Field, Reading},
        ids::ContactId,
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
    /// What is told beside the work.
    Coach,
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
    /// That it is locked.
    Lock,
    /// How it is unlocked.
    Unlock,
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
    if let Some(lock) = &model.lock {
        return locked(model, lock);
    }
    let mut all = vec![greeting(model)];
    all.extend(connection(model));
    all.extend(counts(model));
    all.extend(outbox(model));
    calls(model, rang, &mut all);
    line(model, &mut all);
    all.extend(model.notice.as_ref().map(|notice| Fact::worded(Slot::Notice, notice.words.clone())));
    all.extend(coach(model));
    rows::of_screen(model, rang, &mut all);
    for (depth, layer) in model.layers.iter().enumerate() {
        layers::of_layer(model, depth, layer, &mut all);
    }
    all
}

/// All that is told while the console is locked.
fn locked(model: &Model, lock: &Lock) -> Vec<Fact> {
    let heading = told(model, "linear-heading", &[("words", told(model, "lock-title", &[]))]);
    let waits = model.world.board.to_send();
    let waits = (waits > 0).then(|| told(model, "top-to-send", &[("count", waits.to_string())]));
    let keys = lock_view::hints(model).into_iter().map(|hint| format!("{} {}", hint.key, hint.words));
    let lines = [heading, lock_view::held_by(model)].into_iter().chain(waits);
    let mut all = vec![Fact::new(Slot::Lock, "", lines.collect())];
    all.extend(connection(model));
    all.extend(lock_view::rings(model).map(|rings| Fact::worded(Slot::Counts, rings)));
    all.push(if let Some(ways) = &lock.ways {
        layers::proposal(Slot::Unlock, ways)
    } else {
        let way = [lock_view::way_back(model, lock)].into_iter().chain(keys).collect::<Vec<_>>().join(" ");
        Fact::worded(Slot::Unlock, way)
    });
    all
}

/// Another when it is about something else, not when another key leads there.
fn coach(model: &Model) -> Option<Fact> {
    let coach = model.coach.as_ref()?;
    Some(Fact::new(Slot::Coach, format!("{:?} {:?}", coach.scene, coach.advice), coach_words(model, coach)))
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
