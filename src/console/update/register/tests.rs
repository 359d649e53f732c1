//! Stories of the register: what is pressed, what is typed, what is given, and how many presses it takes.

use super::*;
use crate::{
    console::{
        effect::Effect,
        fixtures::{comes, dispatch::*, given, id, known::*, press, presses, type_in},
        message::Message,
        update::update,
    },
    domain::{access::Role, ids::ProviderId},
    replica::{Record, link::LinkEvent},
    wire::problem::{Problem, ProblemKind},
};
use serde_json::{Value, json};

/// The fields that the only command given edits: what was seen, and what is wanted.
fn edited(effects: &Effects) -> Vec<(String, Value, Value)> {
    let commands = given(effects);
    let [Command::EditProvider { body, .. } | Command::EditService { body, .. }] = commands.as_slice() else {
        panic!("{commands:?}")
    };
    body.fields.iter().map(|(name, edit)| (name.clone(), edit.seen.clone(), edit.new.clone())).collect()
}

fn opened(command: &str) -> Model {
    let mut model = dispatching();
    press(&mut model, &[":"]);
    type_in(&mut model, command);
    press(&mut model, &["Enter"]);
    model
}

fn register(model: &Model) -> &Register {
    model
        .layers
        .iter()
        .find_map(|layer| if let Layer::Register(register) = layer { Some(register) } else { None })
        .unwrap()
}

/// The entry of a provider, on a line of it.
fn on(number: u128, line: Line) -> Model {
    let mut model = opened("prestataires");
    while looked_at(&model, register(&model)).unwrap().id() != EntryId::Provider(id(number)) {
        press(&mut model, &["Down"]);
    }
    press(&mut model, &["Enter"]);
    to(&mut model, line);
    model
}

fn to(model: &mut Model, line: Line) {
    press(model, &["g"]);
    let row = looked_at(model, register(model)).unwrap();
    let place = row.lines().iter().position(|other| *other == line).unwrap();
    for _ in 0..place {
        press(model, &["Down"]);
    }
}

/// Types over what stands in a line, and confirms.
fn types(model: &mut Model, text: &str) -> Effects {
    press(model, &["e", "Ctrl-U"]);
    type_in(model, text);
    press(model, &["Enter"])
}

fn provider(model: &Model, number: u128) -> Provider {
    (**model.world.provider(id::<ProviderId>(number)).unwrap()).clone()
}

#[test]
fn the_register_opens_by_its_command_in_either_language() {
    for command in ["prestataires", "providers"] {
        let model = opened(command);
        let names: Vec<String> = rows(&model, register(&model)).iter().map(Row::name).collect();
        assert!(names.is_sorted_by_key(|name| fold(name)) && names.len() == 9, "{names:?}");
    }
    assert_eq!(register(&opened("services")).part, Part::Services);
}

#[test]
fn words_find_an_entry_by_its_name_tier_town_or_service() {
    let found = |words: &str| {
        let mut model = opened("prestataires");
        press(&mut model, &["/"]);
        type_in(&mut model, words);
        press(&mut model, &["Enter"]);
        rows(&model, register(&model)).iter().map(Row::name).collect::<Vec<_>>()
    };
    assert_eq!(found("crech"), ["Crèche des Lilas"]);
    assert_eq!(found("esat"), ["Blanchisserie Rive Droite"]);
    assert_eq!(found("garde locale"), ["Nounou Service"]);
    assert_eq!(found("zzz"), Vec::<String>::new());
}

#[test]
fn one_field_is_edited_in_one_line_as_one_command_with_what_was_seen() {
    let mut model = on(LAVOIR, Line::Capacity);
    let effects = types(&mut model, "15");
    assert_eq!(edited(&effects), [("capacity_per_day".to_owned(), json!(12), json!(15))]);
    assert_eq!(provider(&model, LAVOIR).fields.capacity_per_day, Some(15), "it is shown at once");
    assert_eq!(model.notice.as_ref().unwrap().words, "Lavoir Solidaire\u{a0}: capacité, modification enregistrée.");
    // It was not sent yet: undo takes it back.
    press(&mut model, &["u"]);
    assert_eq!(provider(&model, LAVOIR).fields.capacity_per_day, Some(12));
    let keys = ["e", "Ctrl-U", "1", "5", "Enter"];
    assert!(presses(&["e", "Ctrl-U", "Enter"]) <= 4, "{keys:?}: what is typed, and four");
}

#[test]
fn hours_are_typed_as_they_are_said_and_closed_days_stay() {
    let mut model = on(LAVOIR, Line::Hours);
    let effects = types(&mut model, "lun-ven 8:30-12:00 14:00-18:00, sam 9-12");
    let (name, _, new) = &edited(&effects)[0];
    let written = json!({ "weekly": "lun-ven 08:30-12:00,14:00-18:00; sam 09:00-12:00", "closed": [] });
    assert_eq!((name.as_str(), new), ("hours", &written));
}

#[test]
fn what_is_wrong_stays_in_the_line_with_what_to_type_until_it_is_typed_on() {
    let mut model = on(LAVOIR, Line::Phones);
    assert_eq!(given(&types(&mut model, "05 36")), []);
    let typed = register(&model).typed.as_ref().unwrap();
    assert_eq!(typed.field.text(), "05 36");
    assert!(typed.trouble.as_ref().unwrap().contains("téléphones"));
    type_in(&mut model, " 49 10 00");
    assert_eq!(register(&model).typed.as_ref().unwrap().trouble, None);
    let effects = press(&mut model, &["Enter"]);
    assert_eq!(edited(&effects)[0].2, json!(["+33536491000"]));
}

#[test]
fn esc_leaves_the_line_then_the_entry_then_the_register_and_nothing_is_given() {
    let mut model = on(LAVOIR, Line::Commune);
    let mut effects = press(&mut model, &["e"]);
    type_in(&mut model, "Bègles");
    effects.extend(press(&mut model, &["Esc"]));
    assert!(register(&model).typed.is_none() && register(&model).opened.is_some());
    effects.extend(press(&mut model, &["Esc"]));
    assert!(register(&model).opened.is_none());
    assert_eq!(looked_at(&model, register(&model)).unwrap().name(), "Lavoir Solidaire", "the list is where it was");
    effects.extend(press(&mut model, &["Esc"]));
    assert!(model.layers.is_empty());
    assert_eq!(given(&effects), []);
}

#[test]
fn a_service_is_added_by_its_first_letters_and_taken_out_by_its_line() {
    let mut model = on(LAVOIR, Line::MoreServices);
    press(&mut model, &["Enter"]);
    type_in(&mut model, "lav");
    press(&mut model, &["Tab"]);
    let whole = register(&model).typed.as_ref().unwrap().field.text().to_owned();
    type_in(&mut model, " 39 € 6/jour");
    let effects = press(&mut model, &["Enter"]);
    let (name, seen, new) = edited(&effects).remove(0);
    assert_eq!((name.as_str(), seen.as_array().unwrap().len(), new.as_array().unwrap().len()), ("services", 1, 2));
    assert_eq!((&new[1]["price"], &new[1]["capacity_per_day"]), (&json!(3_900), &json!(6)), "{whole}");
    to(&mut model, Line::Does(id(PRESSING)));
    let effects = press(&mut model, &["Del"]);
    assert_eq!(edited(&effects)[0].2.as_array().unwrap().len(), 1);
    assert!(!provider(&model, LAVOIR).fields.does(id(PRESSING)));
    // A field that is one is emptied by editing it.
    to(&mut model, Line::Commune);
    assert_eq!(given(&press(&mut model, &["Del"])), []);
}

#[test]
fn who_is_suspended_keeps_the_offers_that_are_out_and_the_house_is_told_which() {
    let mut model = on(AUTO, Line::MoreDays);
    let effects = types(&mut model, "24/11-28/11 congés");
    let days = json!([{ "from": "2026-11-24", "to": "2026-11-28", "reason": "congés" }]);
    assert_eq!(edited(&effects), [("suspensions".to_owned(), json!([]), days)]);
    let said = &model.notice.as_ref().unwrap().words;
    assert!(said.ends_with("Propositions en cours, à garder ou à retirer\u{a0}: 26-1032."), "{said}");
    assert!(model.world.offer(id(TO_CALL)).unwrap().is_live());
    // A line that is emptied is taken out.
    to(&mut model, Line::Days(0));
    press(&mut model, &["e", "Ctrl-U"]);
    assert_eq!(edited(&press(&mut model, &["Enter"]))[0].2, json!([]));
}

#[test]
fn a_new_provider_has_a_name_and_a_tier_and_is_opened_to_be_completed() {
    let mut model = opened("prestataires");
    press(&mut model, &["n"]);
    type_in(&mut model, "Lavoir du Parc");
    assert_eq!(given(&press(&mut model, &["Enter"])), []);
    assert!(register(&model).typed.as_ref().unwrap().trouble.as_ref().unwrap().contains("catégorie"));
    type_in(&mut model, ", ins");
    press(&mut model, &["Tab"]);
    assert_eq!(register(&model).typed.as_ref().unwrap().field.text(), "Lavoir du Parc, insertion");
    type_in(&mut model, " ei");
    let commands = given(&press(&mut model, &["Enter"]));
    let [Command::CreateProvider { id: new, body }] = commands.as_slice() else { panic!("{commands:?}") };
    assert_eq!((body.name.as_str(), body.services.len()), ("Lavoir du Parc", 0));
    let row = looked_at(&model, register(&model)).unwrap();
    assert_eq!(row.id(), EntryId::Provider(*new));
    assert_eq!(row.written(reader(&model), Line::Tier), "insertion EI");
    // What is completed at once goes after it, in its order.
    to(&mut model, Line::Commune);
    assert_eq!(edited(&types(&mut model, "Bègles"))[0].2, json!("Bègles"));
}

#[test]
fn who_may_not_change_services_reads_them() {
    let mut model = opened("services");
    press(&mut model, &["Enter"]);
    assert_eq!(given(&types(&mut model, "Autre")), []);
    assert!(register(&model).typed.is_none());
    assert!(model.notice.as_ref().unwrap().words.contains("modifier"));
    assert!(!may(&model, Part::Services) && may(&model, Part::Providers));
}

#[test]
fn a_manager_changes_a_service_and_enters_one() {
    let mut model = dispatching();
    model.seat.operator.fields.roles.insert(Role::Manager);
    press(&mut model, &[":"]);
    type_in(&mut model, "services");
    press(&mut model, &["Enter", "Enter"]);
    to(&mut model, Line::Price);
    assert_eq!(edited(&types(&mut model, "gratuit"))[0].2, json!({ "kind": "free" }));
    press(&mut model, &["n"]);
    type_in(&mut model, "Ourlet de rideau, textile, 12 € au forfait");
    let commands = given(&press(&mut model, &["Enter"]));
    let [Command::CreateService { body, .. }] = commands.as_slice() else { panic!("{commands:?}") };
    assert_eq!((body.family.as_str(), json!(body.price)), ("textile", json!({ "kind": "flat", "cents": 1_200 })));
}

#[test]
fn an_edit_that_crossed_a_colleagues_is_settled_in_words() {
    let mut model = on(LAVOIR, Line::MoreDays);
    types(&mut model, "24/12-02/01 congés");
    let key = model.world.board.entries().last().unwrap().given.key;
    let theirs = json!([{ "from": "2026-12-01", "to": null, "reason": "qualité" }]);
    let mut crossed = Problem::new(ProblemKind::FieldsMoved).with("fields", "suspensions");
    let ours = json!([{ "from": "2026-12-24", "to": "2027-01-02", "reason": "congés" }]);
    let conflict = json!({ "field": "suspensions", "seen": [], "present": theirs, "new": ours });
    crossed.conflicts.push(serde_json::from_value(conflict).unwrap());
    let at = model.now;
    let back = LinkEvent::Outbox(Record::Refused { key, problem: Box::new(crossed) });
    update(&mut model, at, Message::Link(back));
    press(&mut model, &["Esc", "Esc", ":"]);
    type_in(&mut model, "regler");
    press(&mut model, &["Enter", "Enter"]);
    let Some(Layer::Prompt(prompt)) = model.layers.last() else { panic!("{:?}", model.layers) };
    assert!(prompt.sentence.contains("Lavoir Solidaire"), "{}", prompt.sentence);
    assert!(prompt.choices[0].words.contains("dès le 01/12/2026 · qualité"), "{}", prompt.choices[0].words);
    assert!(prompt.choices[1].words.contains("24/12/2026 au 02/01/2027 · congés"));
}

#[test]
fn what_a_colleague_changes_is_shown_and_the_selection_stays() {
    let mut model = on(LAVOIR, Line::Capacity);
    press(&mut model, &["Esc"]);
    let mut row = provider(&model, LAVOIR);
    row.fields.capacity_per_day = Some(40);
    row.version = row.version.next();
    comes(&mut model, &row);
    let looked = looked_at(&model, register(&model)).unwrap();
    assert_eq!(looked.written(reader(&model), Line::Capacity), "40");
    // Nothing of the table of keys is left to do by mistake.
    for key in ["a", "o", "s", "m", "x", "p", "1"] {
        assert_eq!(given(&press(&mut model, &[key])), []);
        assert_eq!(model.layers.len(), 1);
    }
}

#[test]
fn what_is_typed_is_a_draft_at_once_comes_back_and_goes_when_it_is_saved() {
    let mut model = on(LAVOIR, Line::Commune);
    press(&mut model, &["e"]);
    let effects = type_in(&mut model, "Bègles");
    let kept = |effects: &Effects| {
        effects.iter().any(|effect| matches!(effect, Effect::KeepDraft(draft) if draft.text == "Bègles"))
    };
    assert!(kept(&effects));
    // The console dies here, and is back: its drafts are what the disk has.
    let drafts = model.world.drafts.clone();
    let mut model = on(LAVOIR, Line::Commune);
    model.world.drafts = drafts;
    press(&mut model, &["Enter"]);
    assert_eq!(register(&model).typed.as_ref().unwrap().field.text(), "Bègles");
    let effects = press(&mut model, &["Enter"]);
    assert_eq!(edited(&effects)[0].2, json!("Bègles"));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::DropDraft(_))) && model.world.drafts.is_empty());
}

#[test]
fn esc_keeps_the_draft_of_a_line_and_del_throws_it_away() {
    let mut model = on(LAVOIR, Line::Commune);
    press(&mut model, &["e"]);
    type_in(&mut model, "Bègles");
    press(&mut model, &["Esc"]);
    assert_eq!(model.world.drafts.len(), 1);
    assert!(model.notice.as_ref().unwrap().words.contains("brouillon"), "{:?}", model.notice);
    let effects = press(&mut model, &["Del"]);
    assert_eq!(given(&effects), []);
    assert!(model.world.drafts.is_empty());
    // What stands there anyway is no draft.
    press(&mut model, &["e"]);
    type_in(&mut model, "x");
    press(&mut model, &["Backspace", "Esc"]);
    assert!(model.world.drafts.is_empty());
}

#[test]
fn the_first_words_of_a_new_entry_are_a_draft_too_and_each_line_has_its_own() {
    let mut model = opened("prestataires");
    press(&mut model, &["n"]);
    type_in(&mut model, "Lavoir du Parc");
    press(&mut model, &["Esc"]);
    let mut other = on(LAVOIR, Line::MoreDays);
    other.world.drafts.clone_from(&model.world.drafts);
    press(&mut other, &["e"]);
    type_in(&mut other, "24/12");
    press(&mut other, &["Esc"]);
    to(&mut other, Line::Phones);
    press(&mut other, &["e"]);
    type_in(&mut other, ", 05");
    press(&mut other, &["Esc", "Esc", "n"]);
    assert_eq!(other.world.drafts.len(), 3);
    assert_eq!(register(&other).typed.as_ref().unwrap().field.text(), "Lavoir du Parc");
    type_in(&mut other, ", insertion");
    let commands = given(&press(&mut other, &["Enter"]));
    assert!(matches!(commands.as_slice(), [Command::CreateProvider { .. }]), "{commands:?}");
    assert_eq!(other.world.drafts.len(), 2);
}
