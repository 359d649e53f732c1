//! What is hinted at, state by state.

use super::*;
use crate::console::{
    fixtures::{known::*, *},
    keymap::{Context, Key, Reading},
    model::{
        Model,
        layer::Layer,
        reception::{Item, Lane},
    },
    update::letter::tests::replied_about,
};
use crate::domain::ids::RequestId;
use rstest::rstest;

fn on(lane: Lane, item: Item) -> Model {
    let mut model = day();
    model.reception.go_to(lane, item);
    model
}

fn on_call(number: u128) -> Model {
    on(Lane::Phone, Item::Contact(id(number)))
}

fn on_request(number: u128) -> Model {
    let mut model = day();
    press(&mut model, &["4"]);
    model.requests.list.select(id(number));
    model
}

/// In the entry line of Mme Durand's call, with this typed.
fn in_line(typed: &str) -> Model {
    let mut model = on_call(ON_LINE);
    press(&mut model, &["Enter"]);
    type_in(&mut model, typed);
    model
}

fn pressed(mut model: Model, keys: &[&str], typed: &str) -> Model {
    press(&mut model, keys);
    type_in(&mut model, typed);
    model
}

/// The hints as they are written, in their order.
fn hints(model: &Model) -> Vec<String> {
    let hints = next_steps(model).into_iter().filter_map(|step| step.hint(model));
    hints.map(|hint| format!("{} {}", hint.key, hint.words)).collect()
}

#[test]
fn on_the_card_of_a_request_whose_reply_did_not_go_that_comes_first() {
    let mut model = on_request(WARNED);
    let later = model.now.plus(jiff::SignedDuration::from_secs(20));
    replied_about(&mut model, &serde_json::json!({ "request_id": id::<RequestId>(WARNED) }), |reply| {
        reply.attempt(later).unwrap();
        reply.fail("550 inconnu".parse().unwrap()).unwrap();
    });
    press(&mut model, &["Enter"]);
    assert_eq!(hints(&model).first().unwrap(), "r décider de la réponse");
    press(&mut model, &["r"]);
    let Some(Layer::Prompt(prompt)) = model.layers.last() else { panic!("{:?}", model.layers) };
    assert!(prompt.sentence.contains("550 inconnu"), "{}", prompt.sentence);
}

#[rstest]
#[case::a_ring(on_call(RINGS), "p prendre", &["Tab volet suivant", "Ctrl-G prendre l'appel", "? aide"], &["i info donnée, issue"])]
#[case::ones_own_call(on_call(ON_LINE), "Entrée ouvrir", &["i info donnée, issue", "n nouvelle demande"], &["p prendre"])]
#[case::a_missed_call(on_call(MISSED), "i info donnée, issue", &["p prendre", "Entrée ouvrir"], &[])]
#[case::a_mail(on(Lane::Mail, Item::Contact(id(MAIL))), "p prendre", &["Entrée ouvrir", "e modifier"], &["d découper"])]
#[case::a_desk_of_another_day(on(Lane::Permanences, Item::Permanence(id(91))), "Entrée comptoir", &["p prendre", "e modifier"], &["o oui, OK"])]
#[case::a_new_request(on_request(NEW), "o oui, OK", &["x marquer", "e modifier", "/ filtrer"], &["Tab volet suivant", ". répéter", "s suspendre"])]
#[case::a_request_underway(on_request(ASSIGNED), "Entrée ouvrir", &["e modifier"], &["o oui, OK", "d découper"])]
#[case::a_card(pressed(on_request(NEW), &["Enter"], ""), "o oui, OK", &["e modifier", "s suspendre", "t noter", "q retour"], &["x marquer", "n nouvelle demande"])]
#[case::a_phrase(in_line("2 pain vendredi midi"), "Entrée enregistrer", &["Tab compléter", "Échap aller à la liste", "F1 aide"], &["? aide"])]
#[case::an_empty_line(in_line(""), "Échap aller à la liste", &["F1 aide", "Ctrl-G prendre l'appel"], &["Entrée enregistrer", "Tab compléter"])]
#[case::a_field(pressed(in_line("2 pain vendredi midi"), &["Down", "Esc", "Down"], ""), "Entrée enregistrer", &["→ autre valeur", "↓ champ suivant", "↑ revenir à la ligne"], &["Tab compléter"])]
#[case::a_prompt(pressed(on_request(WARNED), &["Del"], ""), "Entrée valider", &["1…5 choisir", "Échap retour", "F1 aide"], &[])]
#[case::words_for_a_prompt(pressed(on_request(WARNED), &["Del"], "elle part"), "Entrée valider", &["Échap retour"], &["1…5 choisir"])]
#[case::a_note(pressed(on_request(WARNED), &["t"], "vu"), "Échap finir la note", &["Entrée à la ligne", "F1 aide"], &[])]
#[case::who_it_is(pressed(on_call(PAULS), &["e"], "dur"), "Entrée prendre", &["Échap retour", "F1 aide"], &["Tab compléter"])]
#[case::who_it_is_before_a_word(pressed(on_call(PAULS), &["e"], ""), "Échap retour", &["F1 aide"], &["Entrée prendre"])]
#[case::somebody_new(pressed(on_call(PAULS), &["e"], "zzyzx"), "Entrée nouvelle personne", &["Échap retour"], &["↓ suivant"])]
#[case::the_palette(pressed(on_request(NEW), &[":"], ""), "Entrée prendre", &["Tab compléter", "↓ suivant"], &[])]
#[case::nothing_found(pressed(on_request(NEW), &[":"], "zzyzx"), "Échap retour", &["F1 aide"], &["Entrée prendre", "Tab compléter"])]
#[case::a_filter(pressed(on_request(NEW), &["/"], "pres"), "Entrée filtrer", &["Tab compléter", "Échap reprendre le filtre d'avant"], &[])]
#[case::the_help(pressed(on_request(NEW), &["?"], ""), "↓ descendre", &["q retour"], &["o oui, OK"])]
fn the_likely_next_step_comes_first_in_whole_words(
    #[case] model: Model,
    #[case] first: &str,
    #[case] also: &[&str],
    #[case] never: &[&str],
) {
    let hints = hints(&model);
    assert_eq!(hints.first().map(String::as_str), Some(first), "{hints:?}");
    for hint in also {
        assert!(hints.iter().any(|one| one == hint), "{hint} is not in {hints:?}");
    }
    for hint in never {
        assert!(hints.iter().all(|one| one != hint), "{hint} is in {hints:?}");
    }
}

fn states() -> Vec<Model> {
    let phone = [RINGS, RINGS_HIDDEN, ON_LINE, ON_HOLD, PAULS, MISSED].into_iter().map(on_call);
    let requests = [LATE, WARNED, NEW, WAITING, OFFERED, ASSIGNED, UNDERWAY, READY, DONE].into_iter().map(on_request);
    let over = [":", "/", "?", "Del", "t", "e", "i", "s", "Enter"];
    let layers = over
        .into_iter()
        .flat_map(|key| [WARNED, NEW].into_iter().map(move |number| pressed(on_request(number), &[key], "")));
    let lines = ["", "2 pain vendredi midi", "gard", "1"].into_iter().map(in_line);
    phone.chain(requests).chain(layers).chain(lines).chain(std::iter::once_with(empty)).collect()
}

#[test]
fn no_hint_names_a_key_that_would_do_something_else_or_nothing() {
    for model in states() {
        let context = model.context();
        for step in next_steps(&model) {
            assert!(enabled(&model, step.action), "{:?} in {context:?}", step.action);
            let Some(hint) = step.hint(&model) else { continue };
            assert!(!hint.words.contains("action-"), "{}", hint.words);
            let key = if hint.key.starts_with("1…") { "1" } else { &hint.key };
            let read = model.keymap.read(context, Key::parse(key).unwrap());
            let does = matches!(read, Reading::Choose(_)) && step.action == Action::Choose;
            assert!(does || read == Reading::Act(step.action), "{} in {context:?} is {read:?}", hint.key);
        }
    }
}

#[test]
fn a_verb_that_is_hinted_at_on_a_row_is_not_refused_there() {
    for model in states().into_iter().filter(|model| model.layers.is_empty() && model.context() == Context::List) {
        for step in next_steps(&model) {
            if !rules::commands(step.action).is_empty()
                && !matches!(step.action, Action::NewRequest | Action::ClaimRinging)
            {
                assert!(!able(&model, step.action).0.is_empty(), "{:?}", step.action);
            }
        }
    }
}

#[test]
fn the_help_is_named_on_the_two_lines_whatever_else_has_to_go() {
    for mut model in states() {
        for columns in [80, 120] {
            let screen = screen(&mut model, columns, 24);
            let lines: Vec<&str> = screen.lines().collect();
            let foot = lines[lines.len() - 2..].join("\n");
            let is_help = matches!(model.layers.last(), Some(Layer::Help(_)));
            assert!(is_help || foot.contains("aide"), "{foot}\n{screen}");
        }
    }
}

#[test]
fn f1_opens_the_help_from_a_field_and_leaves_what_is_typed() {
    let mut model = in_line("2 pain");
    press(&mut model, &["F1"]);
    assert!(matches!(model.layers.last(), Some(Layer::Help(_))));
    press(&mut model, &["Esc"]);
    assert_eq!(model.line.as_ref().unwrap().input.text(), "2 pain");
    type_in(&mut model, "?");
    assert_eq!(model.line.as_ref().unwrap().input.text(), "2 pain?", "its letter is text there");
}
