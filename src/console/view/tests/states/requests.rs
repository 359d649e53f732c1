//! What came back, what was undone, requests and what was found of the past.

use super::*;

/// What is open and past of somebody, the office being asked for more.
fn searched(look: Look) -> Model {
    let mut model = after(look.afternoon(), &["4", "/"]);
    type_in(&mut model, "durand");
    after(model, &["Enter"])
}

fn last_bulk(model: &Model) -> (CommandKey, Vec<CommandKey>) {
    let entry = model.world.board.entries().last().unwrap();
    let Command::Bulk { body } = &*entry.given.command else { panic!("{:?}", entry.given.command) };
    (entry.given.key, body.rows.iter().map(|row| row.key).collect())
}

/// One command crossed another's, one was refused: both wait for their author.
fn came_back(look: Look) -> Model {
    let mut model = after(look.on_request(OFFERED), &["e", "2", "4", "Enter"]);
    let mut crossed = Problem::new(ProblemKind::FieldsMoved).with("fields", "quantity");
    let conflict = json!({ "field": "quantity", "seen": 1, "present": 3, "new": 4 });
    crossed.conflicts.push(serde_json::from_value(conflict).unwrap());
    come_back(&mut model, crossed);
    press(&mut model, &["g", "Del", "Enter"]);
    come_back(&mut model, Problem::new(ProblemKind::NotAllowed));
    press(&mut model, &[":"]);
    type_in(&mut model, "regler");
    after(model, &["Enter"])
}

fn come_back(model: &mut Model, problem: Problem) {
    let key = model.world.board.entries().last().unwrap().given.key;
    told(model, LinkEvent::Outbox(Record::Refused { key, problem: Box::new(problem) }));
}

pub const STATES: &[State] = &[
    state("settle", OnRow, came_back),
    state("settle-field", InPrompt, |look| after(came_back(look), &["Enter"])),
    state("undone", OnRow, |look| after(look.on_request(SPLIT), &["Del", "Enter", "u"])),
    state("bulk-partly-refused", OnRow, |look| {
        let mut model = after(look.on_request(OFFERED), &["x", "x", "x", "Del", "Enter"]);
        let (key, rows) = last_bulk(&model);
        let refused = rows.len() - 1;
        let outcomes = (0..).zip(rows).map(|(place, key)| {
            let problem = (place == refused).then(|| Problem::new(ProblemKind::NotAllowed));
            RowOutcome { key, problem }
        });
        let outcomes = Some(outcomes.collect());
        told(&mut model, LinkEvent::Done(Box::new(Done { key, changes: Vec::new(), outcomes, aside: None })));
        model
    }),
    // Requests.
    state("filter-completed", InField, |look| {
        let mut model = after(look.afternoon(), &["4", "/"]);
        type_in(&mut model, "si");
        after(model, &["Tab"])
    }),
    state("filter-saved-view", InField, |look| {
        let mut model = look.afternoon();
        let mut account = model.seat.operator.clone();
        account.fields.preferences.views.insert("mes urgences".into(), "site:Bruges retard".into());
        account.version = account.version.next();
        comes(&mut model, &account);
        press(&mut model, &["4", "/"]);
        type_in(&mut model, "mes");
        after(model, &["Tab"])
    }),
    state("past-found", OnRow, |look| {
        let mut model = searched(look);
        let mut past = request(3_000, DURAND, PAIN, MERIGNAC, "2025-11-27T12:00:00", 525_000);
        past.state = RequestState::Closed;
        tell(&mut model, Message::Searched { words: "durand".into(), found: Ok(vec![past]) });
        model
    }),
    state("past-away", OnRow, |look| {
        let mut model = searched(look);
        tell(&mut model, Message::Searched { words: "durand".into(), found: Err(no_answer()) });
        model
    }),
];
