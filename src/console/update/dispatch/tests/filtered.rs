//! Stories of the filter of dispatch: the language of all requests, over each of its lists.

use super::*;

fn filtered(words: &str) -> Model {
    let mut model = dispatching();
    press(&mut model, &["/"]);
    type_in(&mut model, words);
    press(&mut model, &["Enter"]);
    model
}

#[test]
fn the_lists_follow_while_the_filter_is_typed_and_esc_brings_back_the_one_before() {
    let mut model = dispatching();
    press(&mut model, &["/"]);
    assert_eq!(model.screen, Screen::Dispatch);
    type_in(&mut model, "vestes");
    assert_eq!(order(&model), [id(JACKETS)]);
    assert_eq!(model.dispatch.selected(), Some(Item::Request(id(JACKETS))), "what it hides is let go");
    assert_eq!((model.dispatch.count(Tab::ToAssign), model.dispatch.all(Tab::ToAssign)), (1, 5));
    press(&mut model, &["Esc"]);
    assert_eq!(order(&model).len(), 5);
    assert!(model.requests.filter.is_empty(), "all requests have a filter of their own");
}

#[test]
fn the_filter_knows_the_fields_of_all_requests() {
    assert_eq!(order(&filtered("site:bassens")), [id(WASH)]);
    assert_eq!(order(&filtered("urgent")), [id(LATE)]);
    let mut rest = order(&filtered("-service:pressing"));
    rest.retain(|row| [WARNED, JACKETS].map(id).contains(row));
    assert_eq!(rest, []);
}

#[test]
fn offers_are_found_by_their_provider_and_what_was_prepared_by_what_it_is_about() {
    let mut model = filtered("prestataire:lavoir");
    assert_eq!(model.dispatch.offers.order(), [id(OUT)]);
    assert_eq!(model.dispatch.count(Tab::ToCall), 0);
    assert_eq!(model.dispatch.all(Tab::ToCall), 1);
    press(&mut model, &["/", "Ctrl-U"]);
    type_in(&mut model, "lavage");
    press(&mut model, &["Enter"]);
    assert_eq!(model.dispatch.to_call.order(), [id(TO_CALL)]);
    assert_eq!(model.dispatch.held.order(), [id(HELD_CANCEL)]);
    press(&mut model, &["/", "Ctrl-U", "Enter"]);
    assert_eq!(Tab::ALL.map(|tab| model.dispatch.count(tab)), [5, 2, 1, 2]);
}

#[test]
fn what_comes_in_is_filtered_and_what_others_take_stays_under_the_eyes() {
    let mut model = filtered("site:bassens");
    let mut row = fixtures::request(3_000, ROY, LAVAGE, BASSENS, "2026-11-27T12:00:00", 1);
    row.state = RequestState::Triaged;
    comes(&mut model, &row);
    let mut elsewhere = fixtures::request(3_001, ROY, LAVAGE, BRUGES, "2026-11-27T12:00:00", 1);
    elsewhere.state = RequestState::Triaged;
    comes(&mut model, &elsewhere);
    assert_eq!((model.dispatch.count(Tab::ToAssign), model.dispatch.all(Tab::ToAssign)), (2, 7));
    let mut taken = (**model.world.request(id(WASH)).unwrap().row).clone();
    (taken.state, taken.version) = (RequestState::Offered, taken.version.next());
    comes(&mut model, &taken);
    assert_eq!(model.dispatch.selected(), Some(Item::Request(id(WASH))));
    assert!(model.dispatch.to_assign.is_ghost());
}

#[test]
fn all_that_the_filter_shows_is_marked_and_offered_together() {
    let mut model = filtered("service:pressing");
    let effects = press(&mut model, &["*", "a", "Enter"]);
    let mut asked: Vec<RequestId> = offered(&effects).into_iter().map(|fields| fields.request_id).collect();
    asked.sort();
    let mut shown = [WARNED, JACKETS].map(id);
    shown.sort();
    assert_eq!(asked, shown);
}
