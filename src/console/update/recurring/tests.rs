//! The list of recurring orders, and what its letters give.

use super::*;
use crate::console::{
    fixtures::{
        given, id,
        known::*,
        press,
        recurring::{BREAD, DATES, HEM, SHIRTS, SHOES, listed, week},
        type_in,
    },
    model::Screen,
};
use jiff::civil::date;

fn prompt(model: &Model) -> (String, Vec<String>) {
    match model.layers.last() {
        Some(Layer::Prompt(prompt)) => {
            (prompt.sentence.clone(), prompt.choices.iter().map(|choice| choice.words.clone()).collect())
        }
        other => panic!("{other:?}"),
    }
}

fn on(number: u128, keys: &[&str]) -> Model {
    let mut model = listed(&["g"]);
    while chosen(&model).map(|order| order.id) != Some(id(number)) {
        press(&mut model, &["Down"]);
    }
    press(&mut model, keys);
    model
}

#[test]
fn orders_stand_by_their_next_date_and_those_that_make_nothing_come_last() {
    let model = listed(&[]);
    let order: Vec<RecurringOrderId> = model.world.recurring_orders(model.now).iter().map(|order| order.id).collect();
    assert_eq!(order, [BREAD, SHOES, SHIRTS, HEM].map(id));
    let next = |number: u128| model.world.next_date(model.now, model.world.recurring_order(id(number)).unwrap().row);
    assert_eq!(next(BREAD), Some(date(2026, 11, 27)));
    assert_eq!(next(SHOES), Some(date(2026, 12, 7)));
    assert_eq!(next(SHIRTS), Some(date(2026, 12, 8)), "the pause is over by then");
    assert_eq!(next(HEM), None, "its service is archived");
    // What lies within the office's reach is made, or was called off: only what comes after it is still to come.
    let bread = model.world.recurring_order(id(BREAD)).unwrap();
    assert_eq!(model.world.coming(model.now, bread.row, 2), [date(2026, 12, 8), date(2026, 12, 11)]);
}

#[test]
fn a_pause_until_a_day_asks_what_becomes_of_the_dates_that_wait() {
    let mut model = on(BREAD, &["s"]);
    assert!(prompt(&model).0.contains("jusqu'à quel jour"), "{:?}", prompt(&model));
    type_in(&mut model, "le 2 decembre");
    let effects = press(&mut model, &["Enter"]);
    assert_eq!(given(&effects), []);
    let (sentence, choices) = prompt(&model);
    assert!(
        sentence.contains("2 dates") && sentence.replace('\u{a0}', " ").contains("ven. 27 nov., mar. 1 déc."),
        "{sentence}"
    );
    assert_eq!(choices, ["les garder", "les annuler"]);
    let effects = press(&mut model, &["2"]);
    let commands = given(&effects);
    let [Command::PauseRecurringOrder { id: order, body }] = commands.as_slice() else { panic!("{commands:?}") };
    assert_eq!((*order, body.from, body.to), (id(BREAD), date(2026, 11, 24), Some(date(2026, 12, 2))));
    assert_eq!((body.made, body.reason.is_some()), (AlreadyMade::CallOff, true));
    // It stands there at once, and one key takes it back.
    assert!(model.world.recurring_order(id(BREAD)).unwrap().row.is_paused_on(date(2026, 11, 27)));
    assert!(matches!(model.layers.last(), Some(Layer::Recurring(_))), "the list stays");
    press(&mut model, &["u"]);
    assert!(model.world.recurring_order(id(BREAD)).unwrap().row.pauses.is_empty());
}

#[test]
fn enter_alone_pauses_until_it_is_resumed_and_the_same_letter_resumes() {
    let mut model = on(SHOES, &["s"]);
    let effects = press(&mut model, &["Enter"]);
    let commands = given(&effects);
    let [Command::PauseRecurringOrder { body, .. }] = commands.as_slice() else { panic!("{commands:?}") };
    assert_eq!((body.to, body.made), (None, AlreadyMade::Keep));
    press(&mut model, &["s"]);
    assert!(prompt(&model).0.contains("La reprendre"), "{:?}", prompt(&model));
    let effects = press(&mut model, &["Enter"]);
    assert!(matches!(given(&effects).as_slice(), [Command::ResumeRecurringOrder { .. }]));
    assert!(!rests(&model, model.world.recurring_order(id(SHOES)).unwrap().row));
}

#[test]
fn a_day_that_is_none_or_past_leaves_the_prompt_and_says_why() {
    let mut model = on(BREAD, &["s"]);
    type_in(&mut model, "trombone");
    press(&mut model, &["Enter"]);
    assert!(model.notice.as_ref().unwrap().words.contains("trombone"), "{:?}", model.notice);
    press(&mut model, &["Ctrl-U"]);
    type_in(&mut model, "2026-11-20");
    press(&mut model, &["Enter"]);
    assert!(matches!(model.layers.last(), Some(Layer::Prompt(_))), "{:?}", model.notice);
}

#[test]
fn ending_takes_a_reason_and_asks_what_becomes_of_the_dates_that_wait() {
    let mut model = on(BREAD, &["Del", "1"]);
    assert!(prompt(&model).0.contains("3 dates"), "{:?}", prompt(&model));
    let effects = press(&mut model, &["Enter"]);
    let commands = given(&effects);
    let [Command::EndRecurringOrder { body, .. }] = commands.as_slice() else { panic!("{commands:?}") };
    assert_eq!((body.reason.as_str(), body.made), ("La personne n'en a plus besoin", AlreadyMade::Keep));
    assert!(!model.world.recurring_orders(model.now).iter().any(|order| order.id == id(BREAD)));
    let mut model = on(HEM, &["Del"]);
    type_in(&mut model, "déménagement");
    let effects = press(&mut model, &["Enter"]);
    assert!(
        matches!(given(&effects).as_slice(), [Command::EndRecurringOrder { .. }]),
        "nothing waits: nothing is asked"
    );
}

#[test]
fn enter_shows_all_about_one_and_esc_goes_back_step_by_step() {
    let mut model = on(BREAD, &["Enter"]);
    assert!(matches!(model.layers.last(), Some(Layer::Recurring(RecurringList { is_open: true, .. }))));
    press(&mut model, &["Esc"]);
    assert!(matches!(model.layers.last(), Some(Layer::Recurring(RecurringList { is_open: false, .. }))));
    press(&mut model, &["Esc"]);
    assert!(model.layers.is_empty());
    assert_eq!(model.screen, Screen::Requests);
}

#[test]
fn the_list_opens_on_the_order_of_the_request_or_person_at_hand() {
    let mut model = week();
    press(&mut model, &["4", "g"]);
    while model.requests.list.selected() != Some(id(DATES[1])) {
        press(&mut model, &["Down"]);
    }
    open(&mut model);
    assert_eq!(chosen(&model).map(|order| order.id), Some(id(BREAD)));
    // In either language, from the line of commands.
    press(&mut model, &["Esc", ":"]);
    type_in(&mut model, "recurring");
    press(&mut model, &["Enter"]);
    assert!(matches!(model.layers.last(), Some(Layer::Recurring(_))));
    assert_ne!(DURAND, ROY);
}

#[test]
fn all_dates_that_wait_go_to_one_provider_by_one_number() {
    let mut model = week();
    press(&mut model, &["2", "g"]);
    while model.dispatch.selected() != Some(Item::Request(id(DATES[0]))) {
        press(&mut model, &["Down"]);
    }
    press(&mut model, &["a"]);
    let (_, choices) = prompt(&model);
    assert_eq!(
        choices[1].replace('\u{a0}', " "),
        "Les 3 dates à Fournil du Lac (ven. 27 nov., mar. 1 déc., ven. 4 déc.)"
    );
    let effects = press(&mut model, &["2"]);
    let offers: Vec<_> = given(&effects)
        .into_iter()
        .map(|command| match command {
            Command::PrepareOffer { body, .. } => (body.request_id, body.provider_id),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(offers, DATES.map(|date| (id(date), id(crate::console::fixtures::recurring::BAKER))));
    assert!(!model.dispatch.selected().is_some_and(|item| DATES.map(|date| Item::Request(id(date))).contains(&item)));
    // A date alone, and a request of no order, have no such choice.
    let mut model = week();
    press(&mut model, &["2", "g", "a"]);
    assert!(prompt(&model).1.iter().all(|choice| !choice.contains("dates")), "{:?}", prompt(&model));
}

#[test]
fn an_order_is_read_out_in_one_line_and_all_about_it_line_by_line() {
    let model = listed(&["g"]);
    let order = chosen(&model).unwrap();
    let row = words::row_in_words(&model, &order);
    assert_eq!(row, "Mme Durand, Pain tradition ×2, bien cuit, chaque mar., ven., ven. 27 nov., en cours");
    let all = words::in_words(&model, &order).join("\n").replace('\u{a0}', " ");
    for told in
        ["Rythme : chaque mar., ven., pour 12:00", "Demandes : ven. 27 nov. : 26-3100 qualifiée", "Puis : mar. 8 déc."]
    {
        assert!(all.contains(told), "{told} is not in:\n{all}");
    }
}

#[test]
fn a_field_is_changed_by_number_and_the_dates_that_wait_with_it_if_one_wishes() {
    let mut model = on(BREAD, &["e"]);
    let (sentence, choices) = prompt(&model);
    assert!(sentence.contains("quel champ"), "{sentence}");
    assert_eq!(choices[0].replace('\u{a0}', " "), "rythme (chaque mar., ven.)");
    assert_eq!(choices[1..3], ["heure (12:00)", "quantité (2)"]);
    press(&mut model, &["3"]);
    type_in(&mut model, "3");
    assert_eq!(given(&press(&mut model, &["Enter"])), []);
    let (sentence, choices) = prompt(&model);
    assert!(sentence.contains("3 dates"), "{sentence}");
    assert_eq!(choices, ["les changer aussi", "les garder"]);
    let mut commands = given(&press(&mut model, &["Enter"]));
    let Command::EditRecurringOrder { id: order, body } = commands.remove(0) else { panic!("{commands:?}") };
    assert_eq!((order, body.fields["quantity"].new.clone()), (id(BREAD), serde_json::json!(3)));
    let dates: Vec<_> = commands
        .iter()
        .map(|command| match command {
            Command::EditRequest { id, body } => (*id, body.fields["quantity"].new.clone()),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(dates, DATES.map(|date| (id(date), serde_json::json!(3))));
    // One key takes all of it back.
    press(&mut model, &["u"]);
    assert_eq!(u32::from(model.world.recurring_order(id(BREAD)).unwrap().row.fields.quantity), 2);
}

#[test]
fn a_rhythm_is_changed_where_it_stands_and_dates_that_are_none_any_more_are_asked_about() {
    let mut model = on(BREAD, &["e", "1"]);
    let typed = |model: &Model| match model.layers.last() {
        Some(Layer::Prompt(prompt)) => prompt.typed.as_ref().unwrap().1.text().to_owned(),
        other => panic!("{other:?}"),
    };
    assert_eq!(typed(&model), "chaque mar., ven.");
    type_in(&mut model, " jusqu'au 18 décembre");
    let commands = given(&press(&mut model, &["Enter"]));
    let [Command::EditRecurringOrder { body, .. }] = commands.as_slice() else { panic!("{commands:?}") };
    let new = &body.fields["recurrence"].new;
    assert_eq!(new["until"], serde_json::json!("2026-12-18"));
    assert_eq!(
        (&new["rhythm"], &new["from"]),
        (&body.fields["recurrence"].seen["rhythm"], &body.fields["recurrence"].seen["from"])
    );

    let mut model = on(BREAD, &["e", "1", "Ctrl-U"]);
    type_in(&mut model, "chaque vendredi");
    press(&mut model, &["Enter"]);
    let (sentence, choices) = prompt(&model);
    assert!(sentence.replace('\u{a0}', " ").contains("mar. 1 déc."), "{sentence}");
    assert_eq!(choices, ["la garder", "l'annuler"]);
    let commands = given(&press(&mut model, &["2"]));
    let [Command::EditRecurringOrder { .. }, Command::CancelRequest { id: off, .. }] = commands.as_slice() else {
        panic!("{commands:?}")
    };
    assert_eq!(*off, id(DATES[1]));
}

#[test]
fn a_rhythm_that_is_none_or_over_stays_in_the_line_and_says_why() {
    let mut model = on(BREAD, &["e", "1"]);
    for (typed, why) in [("trombone", "chaque mardi et vendredi"), ("chaque mardi jusqu'au 2026-11-20", "passé")] {
        press(&mut model, &["Ctrl-U"]);
        type_in(&mut model, typed);
        assert_eq!(given(&press(&mut model, &["Enter"])), []);
        assert!(model.notice.as_ref().unwrap().words.contains(why), "{typed}: {:?}", model.notice);
        assert!(matches!(model.layers.last(), Some(Layer::Prompt(_))));
    }
}

#[test]
fn the_time_of_its_days_is_changed_and_that_of_the_dates_that_wait() {
    let mut model = on(BREAD, &["e", "2", "Ctrl-U"]);
    type_in(&mut model, "17h30");
    press(&mut model, &["Enter"]);
    let commands = given(&press(&mut model, &["Enter"]));
    let [Command::EditRecurringOrder { body, .. }, rest @ ..] = commands.as_slice() else { panic!("{commands:?}") };
    assert_eq!(body.fields["time"].new, serde_json::json!({ "kind": "due", "at": "17:30:00" }));
    let Command::EditRequest { body, .. } = &rest[0] else { panic!("{rest:?}") };
    assert_eq!((rest.len(), &body.fields["when"].new["at"]), (3, &serde_json::json!("2026-11-27T17:30:00")));
}
