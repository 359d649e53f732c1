//! Bulks, the palette, notes, leaving, settling, the help; and any keys at all.

use super::*;

fn problem(key: CommandKey) -> RowOutcome {
    let problem = Problem::new(ProblemKind::NotAllowed);
    RowOutcome { key, problem: Some(problem) }
}

#[test]
fn marked_rows_are_one_bulk_and_those_refused_stay_marked() {
    let mut stage = Stage::of(&["operator"]).on_list(READY);
    stage.model.requests.marked.set([READY, TWIN, LACKING].map(id));
    stage.press("Del");
    assert!(stage.prompt().sentence.starts_with("Annuler 3 demandes"));
    stage.press("Enter");
    let Command::Bulk { body } = stage.only() else { panic!() };
    assert_eq!(body.rows.len(), 3);
    assert_eq!(stage.notice(), "3 demandes annulées");
    assert!(stage.model.requests.marked.is_empty());
    let key = stage.model.world.board.entries().next().unwrap().given.key;
    let outcomes = vec![
        RowOutcome { key: body.rows[0].key, problem: None },
        RowOutcome { key: body.rows[1].key, problem: None },
        problem(body.rows[2].key),
    ];
    let done = Done { key, changes: Vec::new(), outcomes: Some(outcomes), aside: None };
    stage.tell(Message::Link(LinkEvent::Done(Box::new(done))));
    let refused: RequestId = subject(&body.rows[2].command).unwrap().request().unwrap();
    assert_eq!(stage.model.requests.marked.iter().collect::<Vec<_>>(), [refused]);
    assert!(stage.notice().starts_with("2 faites, 1 refusée (26-"), "{}", stage.notice());
}

#[test]
fn a_bulk_is_undone_as_one() {
    let mut stage = Stage::of(&["operator"]).on_list(READY);
    stage.model.requests.marked.set([READY, TWIN].map(id));
    stage.press("Del Enter u");
    assert_eq!([READY, TWIN].map(|number| stage.request(number).state), [RequestState::New; 2]);
}

#[test]
fn a_request_is_found_by_its_number_in_at_most_seven_presses() {
    for typed in ["1047", "&à'è"] {
        let mut stage = Stage::of(&["operator"]);
        stage.press(":").type_in(typed);
        // Shift is held for the digits of one number.
        let shifted = u8::from(typed == "1047") * 3;
        stage.press("Enter");
        assert!(stage.presses - shifted <= 7, "{typed}: {}", stage.presses);
        assert!(matches!(stage.model.layers.last(), Some(Layer::Card(card)) if card.request == id(LACKING)));
    }
    let mut stage = Stage::of(&["operator"]);
    stage.press(":").type_in("26-1047").press("Enter");
    assert!(matches!(stage.model.layers.last(), Some(Layer::Card(card)) if card.request == id(LACKING)));
}

#[test]
fn the_palette_understands_both_languages_and_offers_only_what_is_allowed() {
    let mut stage = Stage::of(&["dispatcher"]).on_list(READY);
    stage.press(":").type_in("refuse").press("Enter");
    assert_eq!(stage.prompt().verb, Action::Refuse);
    let mut stage = Stage::of(&["operator"]).on_list(READY);
    stage.press(":").type_in("refuser");
    let Some(Layer::Palette(line)) = stage.model.layers.last() else { panic!() };
    assert!(line.found.iter().all(|hit| !hit.label.contains("refuser")));
}

#[test]
fn a_person_of_the_palette_leads_to_their_requests() {
    let mut stage = Stage::of(&["operator"]);
    stage.press(":").type_in("duran").press("Enter");
    assert_eq!((stage.model.screen, stage.model.requests.filter.as_str()), (Screen::Requests, "qui:\"Claire Durand\""));
}

#[test]
fn a_note_is_kept_as_typed_and_saved_by_esc_and_enter() {
    let mut stage = Stage::on_request(READY);
    stage.press("t").type_in("fragile").press("Enter").type_in("et cher");
    let kept = stage.effects.iter().rev().find_map(|effect| match effect {
        Effect::KeepDraft(draft) => Some(draft.text.clone()),
        _ => None,
    });
    assert_eq!(kept.as_deref(), Some("fragile\net cher"));
    stage.press("Esc Esc");
    assert!(stage.model.layers.is_empty() && stage.given().is_empty());
    // It is a draft still.
    stage.press("t Esc o Enter");
    assert!(matches!(stage.only(), Command::NoteRequest { body, .. } if body.text.as_str() == "fragile\net cher"));
    let given = stage.model.world.board.entries().next().unwrap().given.clone();
    stage.tell(Message::Link(LinkEvent::Outbox(Record::Given { given, instead_of: None })));
    assert!(stage.model.world.drafts.is_empty());
}

#[test]
fn leaving_says_what_is_still_to_be_sent_and_leaves_at_once_if_there_is_nothing() {
    let mut stage = Stage::of(&["operator"]);
    stage.press(":").type_in("quitter").press("Enter");
    assert!(stage.effects.contains(&Effect::Quit));
    let mut stage = Stage::on_request(READY);
    stage.press("Del Enter :").type_in("quit").press("Enter");
    assert!(!stage.effects.contains(&Effect::Quit));
    assert!(stage.prompt().sentence.contains("1 envoi en attente"), "{}", stage.prompt().sentence);
    stage.press("Enter");
    assert!(stage.effects.contains(&Effect::Quit));
}

fn come_back(stage: &mut Stage, problem: Problem) -> CommandKey {
    let key = stage.model.world.board.entries().last().unwrap().given.key;
    let record = Record::Refused { key, problem: Box::new(problem) };
    stage.tell(Message::Link(LinkEvent::Outbox(record)));
    key
}

#[test]
fn a_field_that_two_wrote_is_settled_by_choosing_a_value() {
    for (choice, value) in [("1", None), ("2", Some(json!(4)))] {
        let mut stage = Stage::on_request(READY);
        stage.press("e 2 4 Enter");
        let mut problem = Problem::new(ProblemKind::FieldsMoved);
        problem
            .conflicts
            .push(serde_json::from_value(json!({ "field": "quantity", "seen": 1, "present": 3, "new": 4 })).unwrap());
        let key = come_back(&mut stage, problem);
        stage.effects.clear();
        stage.press(":").type_in("regler").press("Enter Enter");
        assert_eq!(stage.prompt().choices[0].words, "Garder le leur\u{a0}: 3");
        stage.press(choice);
        assert_eq!(stage.model.world.board.to_settle(), 0);
        assert!(stage.model.layers.is_empty(), "nothing is left to settle");
        let kept = stage.effects.iter().find_map(|effect| match effect {
            Effect::Keep(record) => Some((**record).clone()),
            _ => None,
        });
        match value {
            None => assert_eq!(kept, Some(Record::Dropped { key })),
            Some(value) => {
                let Command::EditRequest { body, .. } = stage.only() else { panic!() };
                assert_eq!((&body.fields["quantity"].seen, &body.fields["quantity"].new), (&json!(3), &value));
                assert!(matches!(kept, Some(Record::Given { instead_of, .. }) if instead_of == Some(key)));
            }
        }
    }
}

#[test]
fn a_move_that_crossed_another_is_done_from_the_present_state_or_thrown_away() {
    let mut stage = Stage::on_request(READY);
    stage.press("Del Enter");
    let problem = Problem::new(ProblemKind::StateMoved).with("seen", "new").with("present", "triaged");
    come_back(&mut stage, problem);
    assert!(enabled(&stage.model, Action::Settle));
    stage.effects.clear();
    stage.press(":").type_in("settle").press("Enter Enter Enter");
    assert!(matches!(stage.only(), Command::CancelRequest { body, .. } if body.seen == RequestState::Triaged));
}

#[test]
fn every_action_is_in_the_help_or_the_palette() {
    let stage = Stage::of(&["manager"]);
    let contexts = [Context::List, Context::Text, Context::Lines, Context::Choice];
    let lines: Vec<_> = contexts
        .into_iter()
        .flat_map(|of| view::help::lines(&stage.model, crate::console::model::help::Help { of, scrolled: 0 }))
        .collect();
    for action in Action::ALL {
        let shown =
            lines.iter().any(|line| matches!(line, view::help::Line::Does { action: shown, .. } if shown == action));
        assert!(shown, "{action:?} is in no help");
    }
}

#[test]
fn the_help_scrolls_to_its_end_and_no_further() {
    let mut stage = Stage::of(&["operator"]);
    stage.press("? G");
    let Some(Layer::Help(help)) = stage.model.layers.last().map(|layer| match layer {
        Layer::Help(help) => Layer::Help(*help),
        _ => panic!(),
    }) else {
        panic!()
    };
    let before = help.scrolled;
    assert!(before > 0);
    stage.press("Down PgDn");
    assert!(matches!(stage.model.layers.last(), Some(Layer::Help(help)) if help.scrolled == before));
    assert!(stage.drawn().contains("Par «\u{a0}:\u{a0}» seulement"));
}

#[test]
fn the_likely_next_steps_begin_with_the_likeliest() {
    let stage = Stage::on_contact(MISSED);
    let likely = |stage: &Stage| next_steps(&stage.model).into_iter().map(|step| step.action).collect::<Vec<_>>();
    assert_eq!(likely(&stage)[0], Action::Outcome);
    let stage = Stage::on_request(READY);
    assert_eq!(likely(&stage)[0], Action::Accept);
    assert!(!likely(&stage).contains(&Action::Repeat), "there is nothing to repeat yet");
}

#[test]
fn a_prompt_is_drawn_with_its_choices_numbered_and_the_palette_with_its_line() {
    let mut stage = Stage::on_request(READY);
    stage.press("Del");
    let drawn = stage.drawn();
    assert!(drawn.contains("Annuler 26-1031\u{a0}: pour quel motif\u{a0}?"), "{drawn}");
    assert!(
        drawn.contains("1 La personne n'en a plus besoin") && drawn.contains("> Entrée prend le premier"),
        "{drawn}"
    );
    stage.press("Esc :").type_in("1047");
    let drawn = stage.drawn();
    assert!(drawn.contains(":1047") && drawn.contains("▌26-1047 Pressing"), "{drawn}");
}

#[test]
fn in_english_everything_is_said_in_english() {
    let mut stage = Stage::on_request(READY);
    stage.model.seat.language = Language::En;
    stage.press("Del Enter");
    assert_eq!(stage.notice(), "26-1031 cancelled");
}

/// The state that a command names as seen.
fn seen(command: &Command) -> Option<String> {
    let json = serde_json::to_value(command).unwrap();
    json["body"]["seen"].as_str().map(str::to_owned)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_keys_panic_and_every_command_carries_a_state_that_was_drawn(
        keys in prop::collection::vec(
            prop_oneof![
                4 => prop::sample::select(vec!["i", "s", "m", "d", "e", "o", "t", "p", "=", "u", ".", "x", "n", "Del", ":", "?", "/"]),
                4 => prop::sample::select(vec!["Enter", "Esc", "Tab", "Down", "Up", "1", "2", "3", "9", "a", "é", "4", "Backspace"]),
            ],
            1..60,
        ),
        roles in prop::sample::select(vec![vec!["operator"], vec!["dispatcher"], vec!["trainee"], vec!["concierge"], vec!["coordinator"]]),
    ) {
        let mut stage = Stage::of(&["operator"]);
        stage.model.seat.operator.fields.roles = roles.iter().map(|role| serde_json::from_value(json!(role)).unwrap()).collect();
        let mut drawn: BTreeMap<Uuid, Vec<String>> = BTreeMap::new();
        let mut given = 0;
        for key in keys {
            for shown in stage.model.world.board.all::<Request>() {
                drawn.entry(shown.row.id.into()).or_default().push(shown.row.state_name().unwrap().to_owned());
            }
            stage.press(key);
            for command in stage.given().into_iter().skip(given) {
                let rows: Vec<Command> = match command {
                    Command::Bulk { body } => body.rows.into_iter().map(|row| *row.command).collect(),
                    command => vec![command],
                };
                let makes = |id| rows.iter().any(|row| matches!(row, Command::CreateRequest { id: made, .. } if Uuid::from(*made) == id));
                for row in &rows {
                    if let (Some(seen), Some(subject)) = (seen(row), row.subject()) {
                        let was_drawn = drawn.get(&subject).is_some_and(|states| states.contains(&seen));
                        // What the entry line makes and sorts out at once was never drawn before.
                        prop_assert!(was_drawn || makes(subject), "{row:?}");
                    }
                }
            }
            given = stage.given().len();
            let lines = stage.drawn();
            prop_assert_eq!(lines.lines().count(), 24);
        }
    }
}
