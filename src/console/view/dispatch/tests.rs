//! What is told of a ranking in words.

use crate::console::{
    fixtures::{body, comes, dispatch::*, id, known::*, press},
    model::Model,
};
use rstest::rstest;

fn on(number: u128) -> Model {
    let mut model = dispatching();
    press(&mut model, &["g"]);
    while model.dispatch.looked_at(&model.world) != Some(id(number)) {
        press(&mut model, &["Down"]);
    }
    model
}

fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

#[rstest]
#[case::tier(LATE, "ESS avant locale ; à l'heure ; Relais Familles (insertion)")]
#[case::rotation(WARNED, "chacun son tour, selon sa taille : 3 en 30 jours")]
#[case::alone(WASH, "le seul possible ; à l'heure")]
#[case::nobody(SPLIT, "Aucun prestataire du répertoire ne fait ce service.")]
fn why_the_first_is_first_is_told_in_words(#[case] request: u128, #[case] words: &str) {
    let body = plain(&body(&mut on(request), 120, 40));
    assert!(body.contains(words), "{body}");
}

#[test]
fn who_is_asked_by_itself_next_is_told_before_one_chooses() {
    let told = plain(&body(&mut on(WARNED), 120, 40));
    assert!(told.contains("réponse avant 16:32, puis le n° 2 est sollicité tout seul"), "{told}");
    let told = plain(&body(&mut on(LATE), 120, 40));
    assert!(told.contains("réponse avant 14:47, puis la demande revient ici"), "{told}");
}

#[test]
fn what_does_not_fit_is_counted_and_who_is_chosen_stays_in_sight() {
    let mut model = on(WARNED);
    for number in 60..80_u128 {
        let mut other = (**model.world.provider(id(HALLES)).unwrap()).clone();
        other.id = id(number);
        other.fields.name = format!("Pressing n° {number}").parse().unwrap();
        comes(&mut model, &other);
    }
    let told = plain(&body(&mut model, 80, 24));
    assert!(told.contains("autres"), "{told}");
    press(&mut model, &["Right", "G"]);
    let told = plain(&body(&mut model, 80, 24));
    assert!(
        told.contains("▌23 Pressing des Halles") || told.contains("▌ 23") || told.contains("23 Pressing n° 79"),
        "{told}"
    );
}
