//! The screen of rounds by keys: moving, pinning, slots, couriers, what came of a stop, plans.

use crate::{
    client::{ClientError, Outage},
    console::{
        effect::Effect,
        fixtures::{body, comes, given, id, known::*, press, presses, rounds::*},
        message::Message,
        model::{
            Model, Screen,
            layer::Layer,
            rounds::{Pane, Question, Row, Tab},
        },
        update::{Effects, update},
        view::rounds::source_words,
    },
    domain::{
        leg::{FailureReason, LegState},
        round::{RoundState, Stop, StopAct},
    },
    planning::{problem::PlaceIndex, travel::Source},
    replica::link::LinkEvent,
    wire::{
        catalogue::Command,
        travel::{TravelSource, TravelTimes, TravelTrouble},
    },
};

fn arranged(effects: &Effects) -> Vec<(crate::domain::ids::RoundId, Vec<Stop>)> {
    let one = |command| match command {
        Command::ArrangeRound { id, body } => Some((id, body.stops)),
        _ => None,
    };
    given(effects).into_iter().filter_map(one).collect()
}

fn stops_of(model: &Model, round: u128) -> Vec<Stop> {
    model.world.round(id(round)).unwrap().stops.clone()
}

fn choices(model: &Model) -> Vec<String> {
    let Some(Layer::Prompt(prompt)) = model.layers.last() else { panic!("no prompt: {:?}", model.notice) };
    prompt.choices.iter().map(|choice| choice.words.replace('\u{a0}', " ")).collect()
}

fn notice(model: &Model) -> String {
    model.notice.as_ref().unwrap().words.replace('\u{a0}', " ")
}

fn on_unplanned(number: u128) -> Model {
    let mut model = planned();
    press(&mut model, &["Tab", "g"]);
    let mut steps = 0;
    while model.rounds.unplanned.selected() != Some(id(number)) {
        press(&mut model, &["Down"]);
        steps += 1;
        assert!(steps < 20, "{number} is not listed");
    }
    model
}

#[test]
fn rounds_stand_by_name_and_who_has_none_below_them() {
    let model = board();
    let rows = model.rounds.board.order();
    assert_eq!(rows[..2], [Row::Round(id(INESES)), Row::Round(id(KARIMS))]);
    assert!(matches!(rows[2], Row::Courier(courier, _) if courier == id(ON_FOOT)));
    assert_eq!(rows.len(), 3);
}

#[test]
fn the_day_is_planned_once_until_something_of_it_changes() {
    let mut model = board();
    let plans = |effects: &Effects| effects.iter().filter(|effect| matches!(effect, Effect::Plan(_))).count();
    assert!(model.rounds.is_asked());
    let effects = press(&mut model, &["Down", "Up", "Tab", "Tab", "Tab"]);
    assert_eq!(plans(&effects), 0, "moving about plans nothing");
    plan(&mut model);
    assert!(model.rounds.is_asked());
    let effects = press(&mut model, &["b"]);
    assert_eq!(plans(&effects), 1, "what is pinned is another question");
    let effects = press(&mut model, &["1"]);
    assert!(effects.contains(&Effect::StopPlanning), "nobody looks any more");
}

/// The question about ways among effects.
fn ways_asked(effects: &Effects) -> Option<Question> {
    effects.iter().find_map(|effect| match effect {
        Effect::AskWays(question) => Some((**question).clone()),
        _ => None,
    })
}

/// A day whose ways the office was just asked about.
fn asked_about_ways() -> (Model, Question) {
    let mut model = board();
    model.rounds.ask_ways_again();
    let question = ways_asked(&press(&mut model, &["Down"])).unwrap();
    (model, question)
}

/// Everything is a minute and half a kilometre away, says a source.
fn all_near(question: &Question, source: TravelSource) -> TravelTimes {
    let places = question.positions.len();
    let table = |figure: u32| vec![vec![Some(figure); places]; places];
    TravelTimes { source, seconds: table(60), metres: table(500) }
}

fn ways_told(model: &mut Model, question: &Question, told: Vec<TravelTimes>) -> Effects {
    let message = Message::WaysTold { question: Box::new(question.clone()), told: Ok(told) };
    let at = model.now;
    update(model, at, message)
}

#[test]
fn the_office_is_asked_once_how_long_ways_are_and_the_day_is_planned_with_what_it_told() {
    let (mut model, question) = asked_about_ways();
    assert!(question.positions.len() > 2 && question.pacings.len() == 3, "{question:?}");
    assert_eq!(ways_asked(&press(&mut model, &["Up", "Down"])), None, "it is on the way");
    let service = TravelSource::Service { host: "trajets.example".to_owned() };
    let told = question.pacings.iter().map(|_| all_near(&question, service.clone())).collect();
    let effects = ways_told(&mut model, &question, told);
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Plan(_))), "other ways are another question");
    assert!(source_words(&model).contains("trajets.example"), "{}", source_words(&model));
    let matrices = &model.rounds.shown().unwrap().day.problem.matrices;
    assert!(matrices.iter().all(|matrix| matches!(matrix.source(), Source::Service { .. })));
    assert_eq!(ways_asked(&press(&mut model, &["Up"])), None, "they are known");
}

#[test]
fn ways_of_two_sources_are_not_mixed_and_it_is_told_why_the_service_is_silent() {
    let (mut model, question) = asked_about_ways();
    let service = TravelSource::Service { host: "trajets.example".to_owned() };
    let silent = TravelSource::FallBack { host: "trajets.example".to_owned(), why: TravelTrouble::Slow };
    let mut told: Vec<_> = question.pacings.iter().map(|_| all_near(&question, service.clone())).collect();
    told[0].source = silent.clone();
    ways_told(&mut model, &question, told);
    let estimated = |model: &Model| {
        let matrices = &model.rounds.shown().unwrap().day.problem.matrices;
        matrices.iter().all(|matrix| *matrix.source() == Source::Estimate)
    };
    assert!(estimated(&model) && source_words(&model).contains("plus de 2 s"), "{}", source_words(&model));
    // All of them estimated by the office, over its bridges: taken as they are, with the reason.
    let told = question.pacings.iter().map(|_| all_near(&question, silent.clone())).collect();
    ways_told(&mut model, &question, told);
    assert!(estimated(&model) && source_words(&model).contains("plus de 2 s"));
    let near = model.rounds.shown().unwrap().day.problem.matrices[0].between(PlaceIndex(0), PlaceIndex(1));
    assert_eq!(near.distance.to_bits(), 500_f64.to_bits());
    assert_eq!(ways_asked(&press(&mut model, &["Up"])), None, "it was just asked");
    // Without a service there is nothing to be said of one.
    let told = question.pacings.iter().map(|_| all_near(&question, TravelSource::Estimate)).collect();
    ways_told(&mut model, &question, told);
    assert!(estimated(&model) && source_words(&model).contains("par le bureau"), "{}", source_words(&model));
    // A table of other places is none.
    let mut short = all_near(&question, service);
    short.seconds.pop();
    ways_told(&mut model, &question, question.pacings.iter().map(|_| short.clone()).collect());
    assert!(source_words(&model).contains("tableau"), "{}", source_words(&model));
}

#[test]
fn ways_are_asked_for_again_when_the_line_is_back_and_with_a_new_plan_after_silence() {
    let (mut model, _) = asked_about_ways();
    let at = model.now;
    let lost = LinkEvent::Disconnected {
        retry_in: std::time::Duration::from_secs(4),
        why: ClientError::Unreachable(Outage::TimedOut),
    };
    update(&mut model, at, Message::Link(lost));
    assert_eq!(ways_asked(&press(&mut model, &["Up"])), None, "nobody is there to answer");
    let effects = update(&mut model, at, Message::Link(LinkEvent::Connected { at: None }));
    let question = ways_asked(&effects).unwrap();
    let silent = TravelSource::FallBack { host: "trajets.example".to_owned(), why: TravelTrouble::Gone };
    let told = question.pacings.iter().map(|_| all_near(&question, silent.clone())).collect();
    ways_told(&mut model, &question, told);
    model.rounds.ask_ways_again();
    assert!(ways_asked(&press(&mut model, &["Up"])).is_some(), "the service may answer by now");
}

#[test]
fn an_answer_to_another_question_is_too_late() {
    let mut model = planned();
    let mut late = model.rounds.search.complete.clone().unwrap();
    late.question = late.question.wrapping_add(1);
    late.unplanned.clear();
    let before = model.rounds.search.complete.clone();
    let at = model.now;
    update(&mut model, at, crate::console::message::Message::Planned(Box::new(late)));
    assert_eq!(model.rounds.search.complete, before);
}

#[test]
fn a_stop_is_moved_later_by_an_arrow_and_given_by_enter() {
    let mut model = board();
    while model.rounds.round() != Some(id(KARIMS)) {
        press(&mut model, &["Down"]);
    }
    let before = stops_of(&model, KARIMS);
    press(&mut model, &["Enter", "Down", "e"]);
    assert_eq!(model.rounds.stops.selected(), Some(before[1]));
    let moved = press(&mut model, &["Down"]);
    assert!(given(&moved).is_empty(), "nothing is given before Enter");
    assert!(body(&mut model, 80, 24).contains("déplacement en cours"));
    let effects = press(&mut model, &["Enter"]);
    let mut wanted = before.clone();
    wanted.swap(1, 2);
    assert_eq!(arranged(&effects), [(id(KARIMS), wanted.clone())]);
    assert_eq!(stops_of(&model, KARIMS), wanted, "it is shown at once");
    press(&mut model, &["u"]);
    assert_eq!(stops_of(&model, KARIMS), before);
}

#[test]
fn escape_leaves_a_stop_where_it_was() {
    let mut model = board();
    press(&mut model, &["Down", "Enter", "e", "Down"]);
    let effects = press(&mut model, &["Esc"]);
    assert!(given(&effects).is_empty() && model.rounds.moving.is_none());
    assert_eq!(model.rounds.pane, Pane::Below);
}

#[test]
fn a_leg_is_never_left_before_it_is_taken() {
    let mut model = board();
    press(&mut model, &["Down", "Enter", "e", "Down", "Down", "Down"]);
    let effects = press(&mut model, &["Enter"]);
    assert!(given(&effects).is_empty(), "its own leaving stands in the way");
}

#[test]
fn a_stop_goes_to_another_round_with_its_other_end() {
    let mut model = board();
    press(&mut model, &["Down", "Enter", "e", "Left"]);
    let effects = press(&mut model, &["Enter"]);
    let all = arranged(&effects);
    assert_eq!(all.len(), 2);
    let ines = &all.iter().find(|(round, _)| *round == id(INESES)).unwrap().1;
    assert!(ines.contains(&Stop::take(id(TO_LAVOIR))) && ines.contains(&Stop::leave(id(TO_LAVOIR))));
    assert!(!stops_of(&model, KARIMS).iter().any(|stop| stop.leg_id == id(TO_LAVOIR)));
}

#[test]
fn what_somebody_else_changed_meanwhile_is_not_overwritten() {
    let mut model = board();
    press(&mut model, &["Down", "Enter", "Down", "e", "Down"]);
    let mut other = (**model.world.round(id(KARIMS)).unwrap()).clone();
    other.stops.truncate(4);
    other.version = other.version.next();
    comes(&mut model, &other);
    let effects = press(&mut model, &["Enter"]);
    assert!(given(&effects).is_empty());
    assert!(notice(&model).contains("quelqu'un a changé"), "{}", notice(&model));
}

#[test]
fn a_leg_is_pinned_and_let_go_at_once() {
    let mut model = board();
    press(&mut model, &["Down", "Enter"]);
    let effects = press(&mut model, &["b"]);
    assert!(matches!(&given(&effects)[..], [Command::EditLeg { .. }]));
    assert!(model.world.leg(id(TO_LAVOIR)).unwrap().fields.pinned);
    press(&mut model, &["b"]);
    assert!(!model.world.leg(id(TO_LAVOIR)).unwrap().fields.pinned);
}

#[test]
fn a_slot_is_two_presses() {
    let mut model = on_unplanned(FREE);
    let keys = ["c", "Enter"];
    press(&mut model, &keys[..1]);
    let proposed = choices(&model);
    assert!(proposed.len() > 1, "{proposed:?}");
    let effects = press(&mut model, &keys[1..]);
    assert_eq!(presses(&keys), 2);
    let all = given(&effects);
    assert!(matches!(&all[0], Command::MoveLeg { body, .. } if body.window.is_some()), "{all:?}");
    assert!(matches!(all.last(), Some(Command::ArrangeRound { .. })), "{all:?}");
    assert!(!model.rounds.unplanned.order().contains(&id(FREE)) || model.rounds.unplanned.is_ghost());
}

#[test]
fn a_slot_is_proposed_from_the_list_of_requests_too() {
    let mut model = planned();
    press(&mut model, &["4", "g"]);
    while model.requests.list.selected() != Some(id(1_052)) {
        press(&mut model, &["Down"]);
    }
    press(&mut model, &["c"]);
    assert!(!choices(&model).is_empty());
    press(&mut model, &["Esc"]);
    while model.requests.list.selected() != Some(id(LATE)) {
        press(&mut model, &["Up"]);
    }
    press(&mut model, &["c"]);
    assert!(notice(&model).contains("Rien à prendre ni à apporter"), "{}", notice(&model));
}

#[test]
fn a_courier_is_chosen_who_is_nearest_first() {
    let mut model = on_unplanned(FREE);
    press(&mut model, &["a"]);
    let all = choices(&model);
    assert!(
        all.iter().any(|words| words.starts_with("Karim")) && all.iter().any(|words| words.starts_with("Inès")),
        "{all:?}"
    );
    let effects = press(&mut model, &["Enter"]);
    assert_eq!(arranged(&effects).len(), 1);
}

#[test]
fn what_has_a_place_is_taken_by_ok_and_moves_nobody() {
    let mut model = on_unplanned(FREE);
    let before = (stops_of(&model, KARIMS), stops_of(&model, INESES));
    let effects = press(&mut model, &["o", "Enter"]);
    let all = arranged(&effects);
    assert_eq!(all.len(), 1, "one round alone");
    let (round, stops) = &all[0];
    let was = if *round == id(KARIMS) { &before.0 } else { &before.1 };
    let rest: Vec<Stop> = stops.iter().copied().filter(|stop| stop.leg_id != id(FREE)).collect();
    assert_eq!(&rest, was, "the others keep their order");
}

#[test]
fn what_has_no_place_says_why_and_whom_to_ask() {
    let model = on_unplanned(SHUT);
    let (why, _) = crate::console::view::rounds::unplanned_words(&model, id(SHUT));
    assert_eq!(why, "Couture des Lilas est fermé ce jour-là, ou pas dans la fenêtre convenue");
    let (why, _) = crate::console::view::rounds::unplanned_words(&model, id(NOWHERE));
    assert_eq!(
        why.replace('\u{a0}', " "),
        "position inconnue : ajouter la position au prestataire (Atelier Sans Plan)"
    );
    let (why, _) = crate::console::view::rounds::unplanned_words(&model, id(WAITS));
    assert_eq!(why, "attend 26-1052, Mérignac, casier 3 vers Lavoir Solidaire");
}

#[test]
fn a_draft_is_published_and_a_plan_is_offered_beside_it() {
    let mut model = planned();
    assert_eq!(model.rounds.round(), Some(id(INESES)));
    press(&mut model, &["o"]);
    let all = choices(&model);
    assert_eq!(all[0], "publier, Inès la reçoit");
    assert!(all[1].starts_with("prendre ce plan (1 trajet placé ; "), "{all:?}");
    let effects = press(&mut model, &["Enter"]);
    assert!(matches!(&given(&effects)[..], [Command::PublishRound { .. }]));
    assert_eq!(model.world.round(id(INESES)).unwrap().state, RoundState::Published);
    assert_eq!(notice(&model), "tournée d'Inès publiée");
}

#[test]
fn what_came_of_a_stop_is_one_key_and_a_number() {
    let mut model = board();
    press(&mut model, &["Down"]);
    press(&mut model, &["i"]);
    assert_eq!(choices(&model)[..3], ["pris", "absent", "fermé"]);
    let effects = press(&mut model, &["Enter"]);
    assert!(matches!(&given(&effects)[..], [Command::StartLeg { .. }]));
    assert_eq!(model.world.leg(id(TO_LAVOIR)).unwrap().state, LegState::Underway);
    assert_eq!(model.rounds.stops.selected().unwrap().act, StopAct::Leave, "on to the next stop");
    press(&mut model, &["i"]);
    assert_eq!(choices(&model)[0], "déposé");
    let effects = press(&mut model, &["2"]);
    let Some(Command::FailLeg { body, .. }) = given(&effects).into_iter().next() else { panic!("{effects:?}") };
    assert_eq!(body.failure.reason, FailureReason::Absent);
    let again = body.retry.unwrap().id;
    assert!(model.rounds.unplanned.order().contains(&again), "a new leg takes its place");
}

#[test]
fn a_leg_is_called_off_with_a_reason() {
    let mut model = on_unplanned(SHUT);
    let effects = press(&mut model, &["Del", "Enter"]);
    assert!(matches!(&given(&effects)[..], [Command::CancelLeg { .. }]));
    assert_eq!(model.world.leg(id(SHUT)).unwrap().state, LegState::Cancelled);
}

#[test]
fn who_has_no_round_gets_one_by_ok() {
    let mut model = board();
    press(&mut model, &["G", "o"]);
    let effects = press(&mut model, &["Enter"]);
    assert!(matches!(&given(&effects)[..], [Command::CreateRound { body, .. }] if body.courier_id == id(ON_FOOT)));
    let round = model.rounds.round().unwrap();
    assert_eq!(model.world.round(round).unwrap().fields.courier_id, id(ON_FOOT));
    assert_eq!(notice(&model), "tournée de Paul préparée");
}

#[test]
fn another_day_has_its_own_rounds_and_one_without_anybody_says_so() {
    let mut model = board();
    press(&mut model, &["<", "<", "<"]);
    let text = body(&mut model, 80, 24);
    assert!(text.contains("sam. 21 nov.") && text.contains("Personne ne roule ce jour-là"), "{text}");
    press(&mut model, &[">", ">", ">"]);
    assert_eq!((model.rounds.date, model.rounds.board.order().len()), (None, 3));
}

#[test]
fn a_started_stop_stays_where_it_is() {
    let mut model = board();
    press(&mut model, &["Down", "Enter"]);
    taken(&mut model, TO_LAVOIR);
    press(&mut model, &["g", "e"]);
    assert!(model.rounds.moving.is_none());
    assert!(notice(&model).contains("ne se déplace plus"), "{}", notice(&model));
}

#[test]
fn enter_goes_from_the_round_to_its_stops_to_the_card_and_back() {
    let mut model = board();
    press(&mut model, &["Down", "Enter"]);
    assert_eq!((model.rounds.pane, model.rounds.tab), (Pane::Below, Tab::Stops));
    press(&mut model, &["Enter"]);
    assert!(matches!(model.layers.last(), Some(Layer::Card(card)) if card.request == id(1_031)));
    press(&mut model, &["Esc", "Esc"]);
    assert_eq!((model.rounds.pane, model.screen), (Pane::Board, Screen::Rounds));
    press(&mut model, &["Esc"]);
    assert_eq!(model.screen, Screen::Reception);
}

#[test]
fn a_move_of_the_selection_asks_for_nothing_with_two_hundred_legs() {
    let mut model = planned();
    for number in 0..200_u128 {
        let from = serde_json::json!({ "kind": "locker", "locker_id": uuid::Uuid::from_u128(81) });
        let to = serde_json::json!({ "kind": "provider", "provider_id": uuid::Uuid::from_u128(PORT) });
        comes(&mut model, &leg(5_000 + number, 1_031, "to_provider", &from, &to, 1));
    }
    let day = std::sync::Arc::clone(&model.rounds.shown().unwrap().day);
    press(&mut model, &["Tab", "Down", "Down", "Up"]);
    assert!(std::sync::Arc::ptr_eq(&day, &model.rounds.shown().unwrap().day), "the day is not worked out anew");
    assert_eq!(model.rounds.left_over(), 204);
}
