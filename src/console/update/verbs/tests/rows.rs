//! What each letter does on each kind of row, by which presses.

use super::*;

fn contact_state(stage: &Stage, number: u128) -> ContactState {
    stage.model.world.contact(id::<ContactId>(number)).unwrap().row.state
}

#[test]
fn information_given_closes_a_contact_in_two_presses() {
    let mut stage = Stage::on_contact(CALL);
    stage.press("i Enter");
    assert!(stage.presses <= 3);
    assert!(matches!(stage.only(), Command::WrapUpContact { body, .. } if body.outcome.as_str() == "Info donnée"));
    assert_eq!(contact_state(&stage, CALL), ContactState::WrappedUp);
    assert_eq!(stage.notice(), "Mme Durand\u{a0}: terminé");
}

#[test]
fn another_outcome_is_taken_by_its_number_or_typed() {
    let mut stage = Stage::on_contact(CALL);
    stage.press("i 3");
    assert!(matches!(stage.only(), Command::WrapUpContact { body, .. } if body.outcome.as_str() == "Rappellera"));
    let mut stage = Stage::on_contact(CALL);
    stage.press("i").type_in("voit 2 jours plus tard").press("Enter");
    assert!(
        matches!(stage.only(), Command::WrapUpContact { body, .. } if body.outcome.as_str() == "voit 2 jours plus tard")
    );
}

#[test]
fn a_missed_call_is_called_back_with_its_outcome_in_three_presses() {
    let mut stage = Stage::on_contact(MISSED);
    stage.press("i 4");
    assert!(stage.presses <= 3);
    assert!(
        matches!(stage.only(), Command::CallBackContact { body, .. } if body.outcome.as_str() == "Rappelé sans réponse")
    );
}

#[test]
fn a_contact_of_which_nothing_comes_is_dropped_with_a_reason() {
    let mut stage = Stage::on_contact(MISSED);
    stage.press("i 5 1");
    assert!(matches!(stage.only(), Command::DropContact { body, .. } if body.reason.as_str() == "Démarchage"));
}

#[test]
fn esc_leaves_a_proposal_and_nothing_is_given() {
    let mut stage = Stage::on_request(READY);
    stage.press("Del Esc");
    assert!(stage.given().is_empty() && stage.model.layers.is_empty());
}

#[test]
fn after_ones_own_verb_the_next_row_is_selected() {
    let mut stage = Stage::on_request(READY);
    let order = stage.model.requests.list.order().to_vec();
    let here = order.iter().position(|other| *other == id(READY)).unwrap();
    stage.press("Del Enter");
    let next = order.get(here + 1).or(order.get(here.wrapping_sub(1))).copied();
    assert_eq!(stage.model.requests.list.selected(), next);
    assert_eq!(stage.request(READY).state, RequestState::Cancelled);
    assert_eq!(stage.notice(), "26-1031 annulée");
}

#[test]
fn undo_takes_one_press() {
    let mut stage = Stage::on_request(READY);
    stage.press("Del Enter");
    stage.presses = 0;
    stage.press("u");
    assert_eq!(stage.presses, 1);
    assert_eq!(stage.request(READY).state, RequestState::New);
    assert_eq!(stage.notice(), "Défait\u{a0}: annuler une demande (26-1031)");
}

#[test]
fn a_command_carries_the_state_that_was_drawn_when_the_key_was_pressed() {
    let mut stage = Stage::on_request(READY);
    stage.press("Del");
    let mut meanwhile = stage.request(READY);
    meanwhile.state = RequestState::Triaged;
    meanwhile.version = serde_json::from_value(json!(2)).unwrap();
    stage.comes(&meanwhile);
    stage.press("Enter");
    assert!(matches!(stage.only(), Command::CancelRequest { body, .. } if body.seen == RequestState::New));
}

#[test]
fn a_complete_request_is_triaged_and_an_incomplete_one_says_what_it_lacks() {
    let mut stage = Stage::on_request(READY);
    stage.press("o Enter");
    assert!(matches!(stage.only(), Command::TriageRequest { .. }));
    let mut stage = Stage::on_request(LACKING);
    stage.press("o");
    assert!(
        stage.prompt().sentence.starts_with("26-1047\u{a0}: il manque payeur, échéance."),
        "{}",
        stage.prompt().sentence
    );
    stage.press("Enter");
    assert!(
        matches!(stage.only(), Command::EditRequest { body, .. } if body.fields["payer"].new == json!({"kind": "person"}))
    );
    assert_eq!(stage.model.requests.list.selected(), Some(id(LACKING)), "what is edited stays selected");
}

#[test]
fn a_field_is_edited_by_its_number_and_the_words_of_the_entry_line() {
    let mut stage = Stage::on_request(READY);
    stage.press("e 3").type_in("jeu 14h").press("Enter");
    let Command::EditRequest { body, .. } = stage.only() else { panic!() };
    assert_eq!(body.fields["when"].new, json!({ "kind": "due", "at": "2026-11-26T14:00:00" }));
    assert_eq!(body.fields["when"].seen["at"], json!("2026-11-27T12:00:00"));
    let mut stage = Stage::on_request(READY);
    stage.press("e 1").type_in("cordo").press("Enter");
    let Command::EditRequest { body, .. } = stage.only() else { panic!() };
    assert_eq!(body.fields["service_id"].new, json!(Uuid::from_u128(61)));
}

#[test]
fn where_digits_are_text_they_choose_nothing() {
    let mut stage = Stage::on_request(READY);
    stage.press("e 2").type_in("12").press("Enter");
    assert!(matches!(stage.only(), Command::EditRequest { body, .. } if body.fields["quantity"].new == json!(12)));
    let mut stage = Stage::on_request(READY);
    stage.press("e 5 4").type_in("12 rue des Lilas").press("Enter");
    let Command::EditRequest { body, .. } = stage.only() else { panic!() };
    assert_eq!(body.fields["handover"].new, json!({ "kind": "home", "address": "12 rue des Lilas" }));
}

#[test]
fn a_position_behind_a_door_goes_into_the_record_of_its_person() {
    let mut stage = Stage::on_request(READY);
    stage.press("e 5 4").type_in("12 rue des Lilas @44.809, -0.548").press("Enter");
    let Command::Bulk { body } = stage.only() else { panic!() };
    let commands: Vec<_> = body.rows.iter().map(|row| &*row.command).collect();
    let [Command::EditRequest { body: request, .. }, Command::EditBeneficiary { body: person, .. }] = commands[..]
    else {
        panic!("{commands:?}")
    };
    assert_eq!(request.fields["handover"].new, json!({ "kind": "home", "address": "12 rue des Lilas" }));
    let door = json!([{ "address": "12 rue des Lilas", "position": { "lat": 44.809, "lon": -0.548 } }]);
    assert_eq!((&person.fields["addresses"].seen, &person.fields["addresses"].new), (&json!([]), &door));
    // The door stands there the next time, with its position.
    stage = stage.on_list(READY);
    stage.press("e 5 4");
    assert_eq!(stage.prompt().typed.as_ref().unwrap().1.text(), "12 rue des Lilas @44.809000, -0.548000");
}

#[test]
fn an_hour_without_its_day_keeps_the_day() {
    let mut stage = Stage::on_request(READY);
    stage.press("e 3").type_in("14h").press("Enter");
    let Command::EditRequest { body, .. } = stage.only() else { panic!() };
    assert_eq!(body.fields["when"].new["at"], json!("2026-11-27T14:00:00"));
}

#[test]
fn a_value_that_is_not_understood_keeps_what_was_typed() {
    let mut stage = Stage::on_request(READY);
    stage.press("e 3").type_in("xyzzy").press("Enter");
    assert!(stage.given().is_empty());
    assert_eq!(stage.prompt().typed.as_ref().unwrap().1.text(), "xyzzy");
    assert!(stage.notice().contains("pas compris"));
}

#[test]
fn a_request_waits_for_what_is_missing_and_is_resumed_by_the_same_key() {
    let mut stage = Stage::on_request(LACKING);
    stage.press("s");
    assert_eq!(stage.prompt().choices[0].words, "Qui paie\u{a0}?");
    stage.press("2");
    assert!(matches!(stage.only(), Command::WaitRequest { body, .. } if body.question.as_str() == "Pour quand\u{a0}?"));
    stage = stage.on_list(LACKING);
    stage.press("s Enter");
    assert!(
        matches!(stage.given().last(), Some(Command::ResumeRequest { body, .. }) if body.seen == RequestState::Waiting)
    );
    assert_eq!(stage.request(LACKING).state, RequestState::New);
}

#[test]
fn the_probable_duplicate_is_proposed_first() {
    let mut stage = Stage::on_request(READY);
    stage.press("m");
    assert!(stage.prompt().choices[0].words.starts_with("26-1044"));
    assert!(stage.prompt().choices[1].words.starts_with("26-1047"), "the person's other open request comes after");
    stage.press("Enter");
    assert!(matches!(stage.only(), Command::MergeRequest { body, .. } if body.into == id::<RequestId>(TWIN)));
}

#[test]
fn a_call_about_a_known_request_is_closed_as_such() {
    let mut stage = Stage::on_contact(CALL);
    stage.press("m Enter");
    assert!(
        matches!(stage.only(), Command::WrapUpContact { body, .. } if body.outcome.as_str() == "Même demande que 26-1044")
    );
}

#[test]
fn what_goes_into_a_request_of_its_own_is_typed_and_read() {
    let mut stage = Stage::on_request(READY);
    stage.press("d").type_in("cordonnerie").press("Enter");
    let Command::SplitRequest { body, .. } = stage.only() else { panic!() };
    assert_eq!(body.parts[0].fields.service_id, Some(id(61)));
    assert_eq!(body.parts[0].fields.requester, stage.request(READY).fields.requester);
}

#[test]
fn a_desk_opens_on_its_day_and_is_held_at_once() {
    let mut stage = Stage::of(&["concierge"]).on(Item::Permanence(id::<PermanenceId>(DESK)));
    stage.press("p");
    let Command::EditPermanence { body, .. } = stage.only() else { panic!() };
    assert_eq!(body.fields["concierge_id"].new, json!(id::<OperatorId>(LEA)));
    stage.press("o Enter");
    assert!(matches!(stage.given()[1], Command::OpenPermanence { .. }));
    assert_eq!(stage.notice(), "Permanence Mérignac ouverte");
}

#[test]
fn the_number_of_a_known_caller_is_kept_with_them_at_once() {
    let mut stage = Stage::on_contact(CALL);
    stage.press("=");
    assert!(matches!(stage.only(), Command::AttachContact { body, .. } if body.keep == Keep::FromNowOn));
    assert_eq!(stage.presses, 1);
}

#[test]
fn the_last_verb_is_repeated_with_its_choice_on_the_next_row() {
    let mut stage = Stage::on_request(READY);
    stage.press("Del 3");
    let next = stage.model.requests.list.selected().unwrap();
    stage.press(".");
    let given = stage.given();
    assert!(
        matches!(&given[1], Command::CancelRequest { id, body } if *id == next && body.reason.as_str() == "Le prix ne convient pas")
    );
}

#[test]
fn what_the_roles_do_not_allow_is_not_offered() {
    let mut stage = Stage::of(&["operator"]).on_list(READY);
    assert!(!enabled(&stage.model, Action::Refuse) && enabled(&stage.model, Action::Cancel));
    propose(&mut stage.model, &mut stage.effects, Action::Refuse);
    assert!(stage.model.layers.is_empty() && stage.notice().contains("ne permet pas"));
    let stage = Stage::of(&["dispatcher"]).on_list(READY);
    assert!(enabled(&stage.model, Action::Refuse));
}

#[test]
fn what_a_trainee_gives_is_said_to_wait_for_a_colleague() {
    let mut stage = Stage::of(&["trainee"]).on_list(READY);
    stage.press("Del Enter");
    assert_eq!(stage.notice(), "26-1031\u{a0}: «\u{a0}annuler une demande\u{a0}» attend d'être relu par un collègue");
}

#[test]
fn the_houses_own_reasons_are_picked_by_number_where_it_lists_some() {
    let mut stage = Stage::on_request(READY);
    let fields = json!({ "reasons": { "cancel": ["Départ du salarié", "Fin de mission"] } });
    stage.comes(&Policy::create(id(9), serde_json::from_value(fields).unwrap()).unwrap());
    stage.press("Del 2");
    let Command::CancelRequest { body, .. } = stage.only() else { panic!() };
    assert_eq!(body.reason.as_str(), "Fin de mission");
    let mut stage = Stage::on_request(READY);
    stage.press("Del");
    assert_eq!(stage.prompt().choices[0].words, "La personne n'en a plus besoin");
}

#[test]
fn a_claim_is_taken_over_for_one_of_the_houses_reasons_or_the_consoles_own() {
    let held = || {
        let mut stage = Stage::on_request(READY);
        stage.comes(&Claim::create(id(91), ClaimSubject::Request { id: id(READY) }, None, id(KARIM), now()));
        stage
    };
    let mut stage = held();
    stage.press("p");
    assert_eq!(stage.prompt().choices[0].words, "D'accord entre nous");
    let mut stage = held();
    let fields = json!({ "reasons": { "take_over": ["Relève de midi"] } });
    stage.comes(&Policy::create(id(9), serde_json::from_value(fields).unwrap()).unwrap());
    stage.press("p");
    let words: Vec<_> = stage.prompt().choices.iter().map(|choice| choice.words.as_str()).collect();
    assert_eq!(words, ["Relève de midi"]);
}
