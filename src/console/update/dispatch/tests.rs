//! Stories of dispatching: what is pressed, who is asked, what is given, and how many presses it takes.

use super::*;
use crate::{
    console::{
        effect::Effect,
        fixtures::{self, ago, comes, dispatch::*, given, id, known::*, now, press, presses, type_in},
        message::Message,
        model::{connection::Connection, layer::Layer},
        update::update,
    },
    domain::{
        assignment::{Assignment, AssignmentFields, Doer},
        beneficiary::Way,
        entity::Scope,
        ids::RequestId,
        money::Cents,
        offer::{Offer, OfferFields, OfferState},
        request::RequestState,
        time::When,
    },
    replica::{Record, link::LinkEvent},
    wire::{
        bodies::Nothing,
        catalogue::Command,
        change::{Done, RowOutcome},
        problem::{Problem, ProblemKind},
    },
};

mod filtered;
mod offered;

fn offered(effects: &Effects) -> Vec<OfferFields> {
    let fields = |command| match command {
        Command::PrepareOffer { body, .. } => Some(body),
        _ => None,
    };
    given(effects).into_iter().filter_map(fields).collect()
}

fn on(number: u128) -> Model {
    let mut model = dispatching();
    press(&mut model, &["g"]);
    while model.dispatch.selected() != Some(Item::Request(id(number))) {
        press(&mut model, &["Down"]);
    }
    model
}

fn on_offer(number: u128) -> Model {
    let mut model = dispatching();
    press(&mut model, &["Tab", "g"]);
    while model.dispatch.selected() != Some(Item::Offer(id(number))) {
        press(&mut model, &["Down"]);
    }
    model
}

fn order(model: &Model) -> Vec<RequestId> {
    model.dispatch.to_assign.order().to_vec()
}

#[test]
fn what_is_to_be_given_stands_by_the_time_that_is_left_to_find_somebody() {
    let model = dispatching();
    assert_eq!(order(&model), [LATE, WARNED, JACKETS, WASH, SPLIT].map(id));
    assert_eq!(Tab::ALL.map(|tab| model.dispatch.count(tab)), [5, 2, 1, 2]);
}

#[test]
fn the_rows_beside_the_selected_one_are_ranked_before_anybody_moves_there() {
    let mut model = on(WARNED);
    assert!(model.dispatch.ranking(id(JACKETS)).is_none(), "nobody was there");
    crate::console::update::ahead(&mut model);
    let ahead = [LATE, WARNED, JACKETS, WASH].map(|request| model.dispatch.ranking(id(request)).cloned());
    assert!(ahead[..3].iter().all(Option::is_some) && ahead[3].is_none());
    press(&mut model, &["Down"]);
    let moved = model.dispatch.ranking(id(JACKETS)).unwrap();
    assert!(std::sync::Arc::ptr_eq(moved, ahead[2].as_ref().unwrap()), "it was worked out again");
}

#[test]
fn an_offer_to_the_recommended_provider_is_two_presses_and_the_next_row_is_selected() {
    let mut model = on(LATE);
    let keys = ["a", "Enter"];
    let effects = press(&mut model, &keys);
    assert_eq!(presses(&keys), 2);
    let fields = &offered(&effects)[0];
    assert_eq!((fields.request_id, fields.provider_id, fields.way), (id(LATE), id(LILAS), Way::Mail));
    // Urgent: a quarter of an hour of the provider's opening time after the moments of grace.
    assert_eq!(fields.deadline, now().plus(SignedDuration::from_secs(15 * 60 + 15)));
    assert_eq!((fields.price, &fields.tier_reason), (Some(Cents::from(2_400)), &None));
    assert_eq!(model.dispatch.selected(), Some(Item::Request(id(WARNED))));
    assert!(!order(&model).contains(&id(LATE)));
    assert_eq!(model.dispatch.count(Tab::Offers), 3);
    assert_eq!(model.notice.as_ref().unwrap().words, "26-1000 proposée à Crèche des Lilas");
}

#[test]
fn another_provider_is_chosen_in_the_ranking_and_named_by_the_prompt() {
    let mut model = on(WARNED);
    press(&mut model, &["Right"]);
    assert_eq!(model.dispatch.chosen(id(WARNED)), Some(id(RIVE)), "the first is recommended already");
    let effects = press(&mut model, &["a", "Enter"]);
    let fields = &offered(&effects)[0];
    assert_eq!((fields.provider_id, fields.price), (id(RIVE), Some(Cents::from(3 * 470))));
    assert_eq!((model.dispatch.pane, model.dispatch.selected()), (Pane::Rows, Some(Item::Request(id(JACKETS)))));
}

#[test]
fn passing_over_a_higher_tier_takes_a_reason() {
    let mut model = on(WARNED);
    let effects = press(&mut model, &["Right", "Down", "a", "2"]);
    let fields = &offered(&effects)[0];
    assert_eq!(fields.provider_id, id(HALLES));
    assert_eq!(fields.tier_reason.as_ref().unwrap().as_str(), "Le délai ne convient pas");
    let mut model = on(WARNED);
    press(&mut model, &["Right", "Down", "a"]);
    type_in(&mut model, "c'est la nièce de Mme Durand");
    let effects = press(&mut model, &["Enter"]);
    assert_eq!(offered(&effects)[0].tier_reason.as_ref().unwrap().as_str(), "c'est la nièce de Mme Durand");
    // From the list by its number: it asks then.
    let mut model = on(LATE);
    let effects = press(&mut model, &["a", "2"]);
    assert_eq!(given(&effects), []);
    assert_eq!(offered(&press(&mut model, &["1"]))[0].provider_id, id(NOUNOU));
}

#[test]
fn before_a_choice_takes_the_share_under_the_target_the_prompt_says_so() {
    let sentence = |model: &Model| match model.layers.last() {
        Some(Layer::Prompt(prompt)) => prompt.sentence.replace('\u{a0}', " "),
        other => panic!("{other:?}"),
    };
    let mut model = on(WARNED);
    tells_figures(&mut model, 80, 81);
    press(&mut model, &["Right", "Down", "a"]);
    let warned = "! La part de l'ESS du mois passerait sous l'objectif de 80 % : 79 % des demandes, 79 % des euros.";
    assert!(sentence(&model).ends_with(warned), "{}", sentence(&model));
    // Of several together what they do together is said; and a share that is under already is not taken further down unsaid.
    let mut model = on(WARNED);
    tells_figures(&mut model, 60, 60);
    press(&mut model, &["Right", "Down", "a"]);
    assert!(sentence(&model).contains("s'éloignerait de l'objectif de 80 %"), "{}", sentence(&model));
    // A choice that does the share good, or leaves it above, is not warned of.
    for (jobs, euros, keys) in [(80, 81, vec!["a"]), (60, 60, vec!["a"]), (95, 95, vec!["Right", "Down", "a"])] {
        let mut model = on(WARNED);
        tells_figures(&mut model, jobs, euros);
        press(&mut model, &keys);
        assert!(!sentence(&model).contains("ESS"), "{}", sentence(&model));
    }
}

#[test]
fn the_choice_goes_when_one_looks_elsewhere_and_stays_while_others_work() {
    let mut model = on(WARNED);
    press(&mut model, &["Right"]);
    tells_figures(&mut model, 70, 70);
    comes(&mut model, &fixtures::request(3_000, ROY, PAIN, BASSENS, "2026-11-27T12:00:00", 1));
    assert_eq!((model.dispatch.chosen(id(WARNED)), model.dispatch.pane), (Some(id(RIVE)), Pane::Providers));
    press(&mut model, &["Esc"]);
    assert_eq!(
        (model.screen, model.dispatch.pane, model.dispatch.chosen(id(WARNED))),
        (Screen::Dispatch, Pane::Rows, None)
    );
    press(&mut model, &["Right", "Left", "Down", "Up"]);
    assert_eq!(model.dispatch.chosen(id(WARNED)), None);
}

#[test]
fn a_row_that_a_colleague_gives_away_stays_under_the_eyes() {
    let mut model = on(WARNED);
    let mut taken = (**model.world.request(id(WARNED)).unwrap().row).clone();
    (taken.state, taken.version) = (RequestState::Offered, taken.version.next());
    comes(&mut model, &taken);
    assert_eq!(model.dispatch.selected(), Some(Item::Request(id(WARNED))));
    assert!(model.dispatch.to_assign.is_ghost());
    assert_eq!(model.dispatch.count(Tab::ToAssign), 4);
}

#[test]
fn everything_shown_is_offered_to_the_recommended_providers_in_four_presses() {
    let mut model = dispatching();
    let keys = ["*", "a", "Enter"];
    let effects = press(&mut model, &keys);
    assert!(presses(&keys) <= 4);
    let mut asked: Vec<_> =
        offered(&effects).into_iter().map(|fields| (fields.request_id, fields.provider_id)).collect();
    asked.sort();
    // Bread has no provider here: it is left out, and the one that took a job already gives way to the next of its tier.
    assert_eq!(
        asked,
        [(id(LATE), id(LILAS)), (id(WARNED), id(LAVOIR)), (id(WASH), id(AUTO)), (id(JACKETS), id(LAVOIR))]
    );
    assert!(model.dispatch.marks.is_empty());
    assert_eq!(order(&model), [id(SPLIT)]);
}

#[test]
fn many_at_once_give_no_provider_more_than_it_can_take() {
    let mut model = dispatching();
    for number in 3_100..3_140_u32 {
        let mut row = fixtures::request(number.into(), DURAND, GARDE, BRUGES, "2026-11-24T19:00:00", 5);
        row.state = RequestState::Triaged;
        comes(&mut model, &row);
    }
    let effects = press(&mut model, &["*", "a", "Enter"]);
    let asked = offered(&effects);
    let of = |provider: u128| asked.iter().filter(|fields| fields.provider_id == id(provider)).count();
    // Three of four places and one of six were taken.
    assert_eq!((of(LILAS), of(NOUNOU), of(FAMILLES)), (1, 5, 0));
}

#[test]
fn what_the_office_refuses_of_many_stays_marked() {
    let mut model = dispatching();
    let effects = press(&mut model, &["*", "a", "Enter"]);
    let (key, rows) = effects
        .iter()
        .find_map(|effect| match effect {
            Effect::Keep(record) => match &**record {
                Record::Given { given, .. } => match &*given.command {
                    Command::Bulk { body } => Some((given.key, body.rows.clone())),
                    _ => None,
                },
                _ => None,
            },
            _ => None,
        })
        .unwrap();
    let refused = rows
        .iter()
        .position(|row| matches!(&*row.command, Command::PrepareOffer { body, .. } if body.request_id == id(WASH)))
        .unwrap();
    let outcome = |(place, row): (usize, &crate::wire::bodies::BulkRow)| {
        let problem = (place == refused).then(|| Problem::new(ProblemKind::NotAllowed));
        RowOutcome { key: row.key, problem }
    };
    let outcomes = rows.iter().enumerate().map(outcome).collect();
    let done = Done { key, changes: Vec::new(), outcomes: Some(outcomes), aside: None };
    let at = model.now;
    update(&mut model, at, Message::Link(LinkEvent::Done(Box::new(done))));
    assert_eq!(model.dispatch.marks.iter().collect::<Vec<_>>(), [id(WASH)]);
}

#[test]
fn a_yes_by_telephone_is_noted_in_four_presses_at_most() {
    let mut model = on_offer(TO_CALL);
    press(&mut model, &["Tab"]);
    assert_eq!(model.dispatch.selected(), Some(Item::Offer(id(TO_CALL))));
    let keys = ["o", "&"];
    let effects = press(&mut model, &keys);
    assert!(presses(&keys) <= 4);
    assert!(matches!(given(&effects)[0], Command::AcceptOffer { id: offer, .. } if offer == id(TO_CALL)));
    assert_eq!(model.dispatch.count(Tab::ToCall), 0);
}

#[test]
fn a_no_takes_a_reason_and_another_time_is_read_as_it_is_said() {
    let mut model = on_offer(TO_CALL);
    let effects = press(&mut model, &["o", "2", "1"]);
    let Command::DeclineOffer { body, .. } = &given(&effects)[0] else { panic!("{effects:?}") };
    assert_eq!((body.reason.as_str(), body.counter), ("Complet", None));

    let mut model = on_offer(TO_CALL);
    press(&mut model, &["o", "3"]);
    type_in(&mut model, "n'importe quand");
    press(&mut model, &["Enter"]);
    assert!(!model.layers.is_empty(), "what is not read is asked again");
    press(&mut model, &["Ctrl-U"]);
    type_in(&mut model, "samedi 14h");
    press(&mut model, &["Enter"]);
    assert!(model.notice.is_none());
    let commands = given(&press(&mut model, &["1"]));
    let [Command::DeclineOffer { body, .. }, Command::TakeCounter { id: of, .. }] = &commands[..] else {
        panic!("{commands:?}")
    };
    assert_eq!(*of, id(TO_CALL));
    assert_eq!(body.counter, Some(When::Due { at: jiff::civil::date(2026, 11, 28).at(14, 0, 0, 0) }));
}

#[test]
fn an_offer_is_taken_back_with_a_reason_and_asks_nothing_while_it_leaves() {
    let mut model = on_offer(OUT);
    let effects = press(&mut model, &["Del", "2"]);
    let Command::WithdrawOffer { id: offer, body } = &given(&effects)[0] else { panic!("{effects:?}") };
    assert_eq!((*offer, body.reason.as_str()), (id(OUT), "Proposée par erreur"));
    let mut model = on(LATE);
    press(&mut model, &["a", "Enter", "Tab"]);
    let leaving = model
        .dispatch
        .offers
        .order()
        .iter()
        .copied()
        .find(|offer| model.world.offer(*offer).unwrap().state == OfferState::Prepared);
    model.dispatch.offers.select(leaving.unwrap());
    assert_eq!(given(&press(&mut model, &["o"])), [], "nobody was asked yet");
    assert!(model.layers.is_empty());
}

#[test]
fn an_offer_that_is_out_has_the_next_in_rank_asked_beside_it() {
    let mut model = on_offer(OUT);
    let effects = press(&mut model, &["a", "Enter"]);
    let fields = &offered(&effects)[0];
    assert_eq!((fields.request_id, fields.provider_id), (id(OFFERED), id(RIVE)), "the Lavoir is asked already");
}

#[test]
fn own_staff_can_do_it() {
    let mut model = on(WARNED);
    press(&mut model, &["a"]);
    let Some(crate::console::model::layer::Layer::Prompt(prompt)) = model.layers.last() else { panic!() };
    let place = prompt.choices.iter().position(|choice| choice.words == "Équipe interne…").unwrap() + 1;
    let effects = press(&mut model, &[&place.to_string(), "1"]);
    let Command::AssignRequest { id: request, body } = &given(&effects)[0] else { panic!("{effects:?}") };
    assert_eq!((*request, body.operator_id), (id(WARNED), id(KARIM)));
    assert_eq!(model.world.request(id(WARNED)).unwrap().row.state, RequestState::Assigned);
}

#[test]
fn an_offer_is_undone_by_one_key_while_it_is_held() {
    let mut model = on(LATE);
    press(&mut model, &["a", "Enter"]);
    press(&mut model, &["u"]);
    assert_eq!(model.dispatch.count(Tab::Offers), 2);
    assert!(order(&model).contains(&id(LATE)));
}

#[test]
fn the_last_offer_is_made_again_to_what_is_recommended_for_the_next() {
    let mut model = on(WARNED);
    press(&mut model, &["a", "Enter"]);
    let effects = press(&mut model, &["."]);
    assert_eq!(offered(&effects)[0].request_id, id(JACKETS));
}

#[test]
fn on_the_other_screens_a_request_is_offered_too() {
    let mut model = dispatching();
    press(&mut model, &["4"]);
    model.requests.list.select(id(LATE));
    assert_eq!(offered(&press(&mut model, &["a", "Enter"]))[0].provider_id, id(LILAS));
    model.requests.list.select(id(NEW));
    press(&mut model, &["a"]);
    assert!(model.layers.is_empty(), "what is not triaged is not offered");
}

fn asks(effects: &Effects) -> usize {
    effects.iter().filter(|effect| matches!(effect, Effect::ReadFigures { .. })).count()
}

fn tick(model: &mut Model, seconds: i64) -> Effects {
    let at = model.now.plus(SignedDuration::from_secs(seconds));
    update(model, at, Message::Woke)
}

fn assignment() -> Assignment {
    let by = Doer::OwnStaff { operator_id: id(KARIM) };
    Assignment::create(
        id(2_222),
        AssignmentFields { request_id: id(WASH), by },
        Scope::default(),
        ago(0),
        Some(id(PAUL)),
    )
}

#[test]
fn the_figures_are_asked_for_when_they_are_looked_at_and_may_differ_never_more_than_every_three_seconds() {
    let mut model = fixtures::afternoon();
    comes(&mut model, &assignment());
    assert_eq!(asks(&tick(&mut model, 5)), 0, "nobody looks");
    let effects = press(&mut model, &["2"]);
    let month = (jiff::civil::date(2026, 11, 1), jiff::civil::date(2026, 11, 30));
    assert!(effects.contains(&Effect::ReadFigures { from: month.0, to: month.1 }));
    assert_eq!(asks(&press(&mut model, &["Down", "Up", "1", "2"])), 0, "an answer is waited for");
    tells_figures(&mut model, 84, 81);
    comes(&mut model, &assignment());
    assert_eq!(asks(&tick(&mut model, 1)), 0);
    assert_eq!(asks(&tick(&mut model, 2)), 1);
    // The office is away: what it last told stays, and it is asked again once the line is back.
    let at = model.now;
    let away = || crate::client::ClientError::Protocol("away".into());
    update(&mut model, at, Message::FiguresTold(Err(away())));
    model.connection = Connection::Starting { as_of: None };
    assert!(model.dispatch.figures.share.is_some());
    assert_eq!(asks(&tick(&mut model, 60)), 0);
    model.connection = Connection::Online;
    assert_eq!(asks(&tick(&mut model, 1)), 1);
}

#[test]
fn a_provider_that_said_no_is_left_out_from_then_on() {
    let mut model = on(LATE);
    let fields = serde_json::from_value(serde_json::json!({
        "request_id": uuid::Uuid::from_u128(LATE), "provider_id": uuid::Uuid::from_u128(LILAS), "way": "telephone",
        "deadline": now().plus(SignedDuration::from_mins(45)),
    }));
    let mut offer = Offer::create(id(2_300), fields.unwrap(), Scope::default(), 15, ago(20), Some(id(LEA))).unwrap();
    offer.go("send", OfferState::Sent, None, ago(19)).unwrap();
    offer.decline(&"complet".parse().unwrap(), None, ago(1)).unwrap();
    comes(&mut model, &offer);
    let ranking = model.dispatch.ranking(id(LATE)).unwrap();
    assert_eq!(ranking.ranked.iter().map(|ranked| ranked.provider).collect::<Vec<_>>(), [id(NOUNOU)]);
}

fn reviewing() -> Model {
    let mut model = dispatching();
    press(&mut model, &["Shift-Tab", "g"]);
    model
}

#[test]
fn what_a_trainee_prepared_is_released_in_two_presses_and_the_next_is_selected() {
    let mut model = reviewing();
    assert_eq!(model.dispatch.selected(), Some(Item::Held(id(HELD_OFFER))), "the oldest stands first");
    assert_eq!(model.dispatch.chosen(id(JACKETS)), Some(id(RIVE)), "the ranking shows whom the trainee chose");
    let keys = ["o", "Enter"];
    let effects = press(&mut model, &keys);
    assert_eq!(presses(&keys), 2);
    assert_eq!(given(&effects), [Command::ReleaseHeld { id: id(HELD_OFFER), body: Nothing {} }]);
    assert_eq!(model.dispatch.selected(), Some(Item::Held(id(HELD_CANCEL))));
}

#[test]
fn what_a_trainee_prepared_goes_back_with_what_to_do_better() {
    for keys in [["o", "2", "1"].as_slice(), &["Del", "1"]] {
        let mut model = reviewing();
        let effects = press(&mut model, keys);
        let Command::ReturnHeld { id: held, body } = &given(&effects)[0] else { panic!("{effects:?}") };
        assert_eq!((*held, body.reason.as_str()), (id(HELD_OFFER), "Rappeler d'abord la personne"));
    }
}

#[test]
fn who_learns_sees_their_own_work_alone_and_takes_up_what_came_back() {
    let mut model = dispatching();
    fixtures::dispatch::gives_back(&mut model);
    let other = fixtures::dispatch::held(2_202, LEA, 1, serde_json::json!({}));
    comes(&mut model, &other);
    press(&mut model, &["Shift-Tab", "G"]);
    assert_eq!(model.dispatch.held.order(), [id(HELD_OFFER), id(HELD_CANCEL)], "a colleague's is not there");
    let effects = press(&mut model, &["o", "Enter"]);
    assert_eq!(given(&effects), [Command::TakeUpHeld { id: id(HELD_CANCEL), body: Nothing {} }]);
    press(&mut model, &["g", "o"]);
    assert!(model.layers.is_empty(), "one's own work is looked at by a colleague");
    let effects = press(&mut model, &["Del", "Enter"]);
    assert_eq!(given(&effects), [Command::TakeUpHeld { id: id(HELD_OFFER), body: Nothing {} }]);
}

#[test]
fn that_work_came_back_is_said_wherever_one_is() {
    let mut model = dispatching();
    press(&mut model, &["1"]);
    fixtures::dispatch::gives_back(&mut model);
    let words = &model.notice.as_ref().unwrap().words;
    assert!(words.contains("Léa vous rend") && words.contains("Rappeler d'abord"), "{words}");
}

#[test]
fn what_one_may_not_do_oneself_is_not_released() {
    let mut model = dispatching();
    let close = serde_json::json!({ "command": "request.close", "id": uuid::Uuid::from_u128(WASH), "body": { "seen": "done" } });
    comes(&mut model, &fixtures::dispatch::held(2_203, NOE, 60, close));
    press(&mut model, &["Shift-Tab", "g"]);
    assert_eq!(model.dispatch.selected(), Some(Item::Held(id(2_203))));
    press(&mut model, &["o"]);
    assert!(model.layers.is_empty());
    assert!(model.notice.is_some());
}

#[test]
fn enter_on_what_was_prepared_opens_the_card_of_its_request() {
    let mut model = reviewing();
    press(&mut model, &["Enter"]);
    assert!(
        matches!(model.layers.last(), Some(crate::console::model::layer::Layer::Card(card)) if card.request == id(JACKETS))
    );
}

#[test]
fn what_a_provider_cannot_do_after_all_stands_first_and_is_given_anew_in_two_presses() {
    let mut model = dispatching();
    fixtures::dispatch::in_the_way(&mut model);
    press(&mut model, &["Tab", "g"]);
    assert_eq!(model.dispatch.selected(), Some(Item::Offer(id(OUT))));
    let effects = press(&mut model, &["o", "Enter"]);
    let [Command::ReleaseOffer { id: offer, body }, Command::CloseException { id: closed, .. }] = &given(&effects)[..]
    else {
        panic!("{effects:?}")
    };
    assert_eq!((*offer, *closed), (id(OUT), id(PROBLEM)));
    assert!(body.reason.as_str().contains("machine en panne"));
    assert!(!model.dispatch.offers.order().contains(&id(OUT)) || model.dispatch.offers.is_ghost());
}

#[test]
fn a_problem_that_is_settled_with_the_provider_is_closed_and_the_job_stays_given() {
    let mut model = dispatching();
    fixtures::dispatch::in_the_way(&mut model);
    press(&mut model, &["Tab", "g"]);
    let effects = press(&mut model, &["o", "3"]);
    let [Command::CloseException { body, .. }] = &given(&effects)[..] else { panic!("{effects:?}") };
    assert_eq!(body.settlement.as_str(), "Lavoir Solidaire la fait quand même");
}
