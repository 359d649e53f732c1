//! Stories of the screen of requests.

use super::*;
use crate::{
    console::{
        fixtures::{ago, crowd, day, id, known::*, now, one_of_many, press, request, type_in},
        message::Message,
        model::requests::past_rule,
        update::update,
    },
    domain::{
        access::Author,
        entity::{Entity, EntityKind},
        ids::{CommandKey, RequestId},
        request::RequestState,
    },
    replica::link::LinkEvent,
    wire::change::{Change, ChangeKind, Seq},
};
use jiff::SignedDuration;
use proptest::prelude::*;

fn requests() -> Model {
    let mut model = day();
    press(&mut model, &["4"]);
    model
}

fn order(model: &Model) -> Vec<u128> {
    model.requests.list.order().iter().map(|id| uuid::Uuid::from(*id).as_u128()).collect()
}

fn filtered(filter: &str) -> Model {
    let mut model = requests();
    press(&mut model, &["/"]);
    type_in(&mut model, filter);
    model
}

fn change(seq: i64, row: &Request) -> Message {
    Message::Link(LinkEvent::Change(Change {
        seq: Seq(seq),
        at: now(),
        author: Author::System,
        command: id::<CommandKey>(800_000),
        kind: ChangeKind::Put,
        entity: EntityKind::Request,
        id: row.id.into(),
        version: row.version(),
        state: Some(serde_json::value::to_raw_value(row).unwrap()),
    }))
}

fn searches(effects: &[Effect]) -> Vec<&str> {
    let mut searches = Vec::new();
    for effect in effects {
        if let Effect::Search(words) = effect {
            searches.push(words.as_str());
        }
    }
    searches
}

#[test]
fn the_most_pressing_stands_first_what_has_no_clock_after_it_and_what_is_delivered_last() {
    let model = requests();
    assert_eq!(order(&model), [LATE, WARNED, OFFERED, SPLIT, ASSIGNED, READY, WAITING, UNDERWAY, NEW, DONE]);
}

#[test]
fn texts_are_folded_piece_by_piece_between_the_key_that_opens_a_filter_and_the_first_letter() {
    let mut model = crowd(3_000);
    press(&mut model, &["4"]);
    let wakes_at_once = |model: &mut Model| {
        let now = model.now;
        update(model, now, Message::Woke).iter().any(|effect| *effect == Effect::WakeAt(now))
    };
    assert!(!wakes_at_once(&mut model), "nobody filters");
    press(&mut model, &["/"]);
    assert!((0..10).any(|_| !wakes_at_once(&mut model)), "it comes to an end");
    assert!(!wakes_at_once(&mut model));
    press(&mut model, &["Esc", "/"]);
    assert!(!wakes_at_once(&mut model), "once is enough");
    let mut other = crowd(3_000);
    press(&mut other, &["4", "/", "Esc"]);
    assert!(!wakes_at_once(&mut other), "it ends with the filter");
    press(&mut other, &["/", "c", "Enter"]);
    assert_eq!(order(&model).len(), 3_000);
}

#[test]
fn a_filter_narrows_at_every_key_and_escape_brings_the_former_back() {
    let mut model = filtered("site:bruges");
    assert_eq!(order(&model), [LATE, WAITING, NEW]);
    press(&mut model, &["Enter", "/"]);
    type_in(&mut model, " cord");
    assert_eq!(order(&model), [WAITING, NEW]);
    press(&mut model, &["Esc"]);
    assert_eq!((model.requests.filter.as_str(), order(&model).len()), ("site:bruges", 3));
}

#[test]
fn what_a_filter_hides_is_let_go_and_what_others_take_away_stays_grey() {
    let mut model = requests();
    press(&mut model, &["/"]);
    type_in(&mut model, "site:bassens");
    assert_eq!(model.requests.list.selected(), Some(id(UNDERWAY)));
    press(&mut model, &["Enter"]);
    let mut over = request(UNDERWAY, ROY, LAVAGE, BASSENS, "2026-11-24T17:00:00", 400);
    (over.state, over.version) = (RequestState::Cancelled, over.version.next());
    update(&mut model, now(), change(5, &over));
    assert_eq!(model.requests.list.selected(), Some(id(UNDERWAY)));
}

#[test]
fn the_past_is_searched_a_moment_after_the_last_key_and_at_once_on_enter() {
    let mut model = requests();
    press(&mut model, &["/"]);
    let effects = type_in(&mut model, "durand");
    assert!(searches(&effects).is_empty());
    let wake = effects.iter().rev().find_map(|effect| if let Effect::WakeAt(at) = effect { Some(*at) } else { None });
    assert!(wake.unwrap() <= now().plus(SignedDuration::from_millis(300)));
    let effects = update(&mut model, now().plus(SignedDuration::from_millis(300)), Message::Woke);
    assert_eq!(searches(&effects), ["durand"]);
    let effects = type_in(&mut model, "s");
    assert!(searches(&effects).is_empty());
    assert_eq!(searches(&press(&mut model, &["Enter"])), ["durands"]);
}

#[test]
fn what_the_past_holds_stands_below_a_rule_that_the_selection_steps_over() {
    let mut model = filtered("durand");
    press(&mut model, &["Enter"]);
    let mut past = request(3_000, DURAND, PAIN, MERIGNAC, "2025-11-27T12:00:00", 400_000);
    past.state = RequestState::Closed;
    // One that is open here is not past, whatever the office found.
    let found = Ok(vec![past, request(WARNED, DURAND, PRESSING, MERIGNAC, "2026-11-27T12:00:00", 100)]);
    update(&mut model, now(), Message::Searched { words: "durand".into(), found });
    assert_eq!(order(&model), [WARNED, SPLIT, ASSIGNED, READY, 0, MERGED, 3_000]);
    press(&mut model, &["Down", "Down", "Down"]);
    assert_eq!(model.requests.list.selected(), Some(id(READY)));
    press(&mut model, &["Down"]);
    assert_eq!(model.requests.list.selected(), Some(id(MERGED)));
    press(&mut model, &["Up"]);
    assert_eq!(model.requests.list.selected(), Some(id(READY)));
    press(&mut model, &["G", "Enter"]);
    let Some(Layer::Card(card)) = model.layers.last() else { panic!("a past request has its card") };
    assert_eq!(card.found.as_ref().map(|row| row.id), Some(id(3_000)));
}

#[test]
fn an_answer_to_words_that_were_typed_over_is_of_no_use() {
    let mut model = filtered("durand");
    type_in(&mut model, " pain");
    let past = request(3_000, DURAND, PAIN, MERIGNAC, "2025-11-27T12:00:00", 400_000);
    update(&mut model, now(), Message::Searched { words: "durand".into(), found: Ok(vec![past]) });
    assert!(!order(&model).contains(&3_000));
}

#[test]
fn offline_the_past_is_not_asked_and_the_screen_says_so() {
    let mut model = requests();
    model.connection = crate::console::model::connection::Connection::Reconnecting { since: ago(2), retry_at: now() };
    press(&mut model, &["/"]);
    type_in(&mut model, "durand");
    assert!(searches(&press(&mut model, &["Enter"])).is_empty());
    assert!(matches!(model.requests.past.state(), crate::console::model::requests::Searched::Away(_)));
}

#[test]
fn tab_offers_fields_values_and_saved_views_one_after_the_other() {
    let mut model = requests();
    model.seat.operator.fields.preferences.views.insert("site du jour".into(), "site:Bruges auj".into());
    model.world.board = {
        // The account's row in the replica is what follows the person: here it is the one that sits.
        let mut rows = crate::console::fixtures::Rows::default();
        rows.put(&model.seat.operator);
        let mut board = crate::replica::Board::new(Some(model.seat.me()));
        board.load(rows.replica());
        board
    };
    press(&mut model, &["/"]);
    type_in(&mut model, "si");
    press(&mut model, &["Tab"]);
    assert_eq!(model.requests.filter, "site:Bruges auj");
    press(&mut model, &["Tab"]);
    assert_eq!(model.requests.filter, "site:");
}

#[test]
fn a_mark_goes_down_a_range_goes_from_the_last_and_all_is_all_shown() {
    let mut model = requests();
    press(&mut model, &["x", "Down", "v"]);
    let marked: Vec<RequestId> = model.requests.marked.iter().collect();
    assert_eq!(marked, [id(LATE), id(WARNED), id(OFFERED)]);
    press(&mut model, &["*"]);
    assert_eq!(model.requests.marked.len(), 10);
    press(&mut model, &["*"]);
    assert!(model.requests.marked.is_empty());
}

#[test]
fn marks_outlive_a_filter_and_those_it_hides_are_counted() {
    let mut model = requests();
    press(&mut model, &["x", "/"]);
    type_in(&mut model, "site:bassens");
    assert_eq!((model.requests.marked.len(), model.requests.marked_hidden()), (1, 1));
}

/// What a random key or change does.
#[derive(Clone, Debug)]
enum Step {
    Key(&'static str),
    Change(u32, bool),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let keys = prop::sample::select(vec!["Up", "Down", "PgDn", "PgUp", "g", "G", "x", "v", "j", "k", "/"]);
    let change = (0..60_u32, any::<bool>()).prop_map(|(number, ends)| Step::Change(number, ends));
    prop::collection::vec(prop_oneof![keys.prop_map(Step::Key), change], 1..60)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, max_shrink_iters: 200, ..ProptestConfig::default() })]
    #[test]
    fn changes_never_move_the_selection_and_no_key_is_lost(steps in steps()) {
        let mut model = crowd(40);
        press(&mut model, &["4"]);
        let mut typed = String::new();
        for (step, seq) in steps.into_iter().zip(10..) {
            let selected = model.requests.list.selected();
            let line = model.requests.list.line();
            match step {
                Step::Change(number, ends) => {
                    let mut row = one_of_many(number);
                    row.version = (0..seq).fold(row.version, |version, _| version.next());
                    if ends {
                        row.state = RequestState::Cancelled;
                    }
                    update(&mut model, now(), change(seq, &row));
                    prop_assert_eq!(model.requests.list.selected(), selected);
                    prop_assert_eq!(model.requests.list.line(), line);
                }
                Step::Key(key) => {
                    let is_typing = !model.layers.is_empty();
                    press(&mut model, &[key]);
                    if is_typing && key.chars().count() == 1 {
                        typed.push_str(key);
                    }
                }
            }
            prop_assert!(model.requests.list.selected() != Some(past_rule()));
        }
        prop_assert_eq!(model.requests.filter.as_str(), typed.as_str());
    }
}

#[test]
#[ignore = "prints what keys and changes cost: run it with --ignored --nocapture"]
fn what_keys_and_changes_cost_with_many_open_requests() {
    use std::time::Instant as Clock;
    for count in [1_000_u32, 10_000] {
        let mut model = crowd(count);
        let t = Clock::now();
        press(&mut model, &["4"]);
        let open = t.elapsed();
        let t = Clock::now();
        for _ in 0..100 {
            press(&mut model, &["Down"]);
        }
        let down = t.elapsed() / 100;
        let t = Clock::now();
        press(&mut model, &["/", "d"]);
        let first = t.elapsed();
        let t = Clock::now();
        type_in(&mut model, "urand press");
        let key = t.elapsed() / 11;
        press(&mut model, &["Esc"]);
        let t = Clock::now();
        for seq in 10..60_u32 {
            let mut row = one_of_many(seq * 7);
            row.version = row.version.next();
            update(&mut model, now(), change(seq.into(), &row));
        }
        let changed = t.elapsed() / 50;
        press(&mut model, &["1"]);
        let t = Clock::now();
        for seq in 60..110_u32 {
            let mut row = one_of_many(seq * 7);
            row.version = row.version.next();
            update(&mut model, now(), change(seq.into(), &row));
        }
        let lanes = t.elapsed() / 50;
        press(&mut model, &["4"]);
        let t = Clock::now();
        for _ in 0..20 {
            crate::console::fixtures::drawn(&mut model, 120, 40);
        }
        let draw = t.elapsed() / 20;
        eprintln!(
            "{count}: open {open:?} down {down:?} first filter {first:?} key {key:?} change {changed:?} change on reception {lanes:?} draw {draw:?}"
        );
    }
}
