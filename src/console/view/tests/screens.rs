//! The drawings: every state in the smallest size and in the usual one, in French; one of each pane in English, one in ASCII.

use super::states::{Look, Stands, State, states};
use crate::{
    console::{
        fixtures::{drawn, lines},
        keymap::Arrows,
        message::Size,
        terminal::ascii,
        view::paint::signs,
    },
    domain::operator::Language,
};
use ratatui::layout::Position;
use rstest::rstest;
use std::collections::BTreeSet;

const SMALL: Size = Size { columns: 80, rows: 24 };
const USUAL: Size = Size { columns: 120, rows: 40 };
const LARGE: Size = Size { columns: 200, rows: 60 };

fn looked(state: &State, language: Language, size: Size) -> (Vec<String>, Option<Position>) {
    let mut model = (state.reached)(Look { language, size });
    let (buffer, cursor) = drawn(&mut model, size.columns, size.rows);
    (lines(&buffer), cursor)
}

/// The screen, and below it where the cursor stands.
fn picture(state: &State, language: Language, size: Size) -> String {
    let (lines, cursor) = looked(state, language, size);
    let cursor = cursor.map_or("none".to_owned(), |at| format!("{},{}", at.x, at.y));
    format!("{}\n[cursor {cursor}]", lines.join("\n"))
}

fn named(name: &str) -> &'static State {
    states().find(|state| state.name == name).unwrap()
}

#[rstest]
#[case(SMALL)]
#[case(USUAL)]
fn every_state_looks_as_it_is_drawn(#[case] size: Size) {
    for state in states() {
        let name = format!("{}-{}x{}", state.name, size.columns, size.rows);
        insta::assert_snapshot!(name, picture(state, Language::Fr, size));
    }
}

#[rstest]
#[case("on-the-phone")]
#[case("line-complete")]
#[case("dispatch")]
#[case("dispatch-offers")]
#[case("dispatch-held")]
#[case("rounds")]
#[case("rounds-moving")]
#[case("activity")]
#[case("activity-clocks")]
#[case("activity-ess")]
#[case("activity-providers")]
#[case("activity-permanences")]
#[case("activity-journal")]
#[case("register")]
#[case("register-typed")]
fn a_large_screen_has_what_was_read_and_why_side_by_side(#[case] name: &str) {
    insta::assert_snapshot!(format!("{name}-200x60"), picture(named(name), Language::Fr, LARGE));
}

#[test]
fn there_is_one_selection_bar_at_most() {
    for (state, size) in states().flat_map(|state| [SMALL, USUAL].map(|size| (state, size))) {
        let (lines, _) = looked(state, Language::Fr, size);
        let bars = lines.iter().flat_map(|line| line.chars()).filter(|c| signs::BAR.starts_with(*c)).count();
        assert!(bars <= 1, "{} has {bars}:\n{}", state.name, lines.join("\n"));
    }
}

#[rstest]
#[case("line-saved", "Enregistrée : Chemise lavée et repassée ×3, jeu. 26 nov. 18:00", "défaire : Échap puis u")]
#[case("bulk-partly-refused", "Votre compte ne permet pas ce geste.", "défaire : u")]
fn a_result_and_how_to_undo_it_are_whole_on_the_smallest_screen(
    #[case] name: &str,
    #[case] said: &str,
    #[case] undo: &str,
) {
    let (lines, _) = looked(named(name), Language::Fr, SMALL);
    let foot = lines[21..23].join(" ").replace('\u{a0}', " ");
    let foot = foot.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(foot.contains(said) && foot.contains(undo) && !foot.contains('…'), "{foot}");
    assert!(lines[23].contains("aide"), "the way to the help stays: {}", lines[23]);
}

#[test]
fn every_pane_is_drawn_in_english_too() {
    for state in states().filter(|state| state.in_english) {
        insta::assert_snapshot!(format!("{}-80x24-en", state.name), picture(state, Language::En, SMALL));
    }
}

#[test]
fn the_locked_screen_is_drawn_in_english_at_the_usual_size_too() {
    insta::assert_snapshot!("locked-120x40-en", picture(named("locked"), Language::En, USUAL));
}

#[rstest]
#[case("on-the-phone")]
#[case("rounds")]
#[case("rounds-map")]
#[case("activity")]
#[case("activity-clocks")]
#[case("activity-ess")]
#[case("activity-providers")]
#[case("activity-permanences")]
#[case("activity-journal")]
#[case("dispatch-offers")]
fn a_terminal_of_ascii_alone_shows_the_same(#[case] name: &str) {
    let mut model = (named(name).reached)(Look { language: Language::Fr, size: SMALL });
    model.keymap = model.keymap.with_arrows(Arrows::Words);
    let lines = lines(&drawn(&mut model, SMALL.columns, SMALL.rows).0);
    let plain = lines.iter().map(|line| {
        let signs = line.chars().map(|c| char::from(ascii::likeness(c.encode_utf8(&mut [0; 4]))));
        signs.collect::<String>()
    });
    insta::assert_snapshot!(format!("{name}-80x24-ascii"), plain.collect::<Vec<_>>().join("\n"));
}

#[test]
fn a_window_that_is_too_small_is_told_so() {
    let size = Size { columns: 60, rows: 20 };
    insta::assert_snapshot!("cramped-60x20", picture(named("phone"), Language::Fr, size));
}

#[test]
fn states_have_names_of_their_own() {
    let names: BTreeSet<_> = states().map(|state| state.name).collect();
    assert_eq!(names.len(), states().count());
}

fn behind_of(line: &str, at: Position) -> String {
    line.chars().skip(usize::from(at.x)).collect()
}

/// Whether the cursor stands where it belongs.
fn stands(lines: &[String], cursor: Option<Position>, wanted: Stands) -> bool {
    let Some(at) = cursor else { return wanted == Stands::Nowhere };
    let line = &lines[usize::from(at.y)];
    let begins = |sign: &str| behind_of(line, at).starts_with(sign);
    let behind = behind_of(line, at);
    // A line is read without the spaces at its end.
    let before: String = line.chars().chain(std::iter::repeat(' ')).take(usize::from(at.x)).collect();
    match wanted {
        Stands::OnRow => begins(signs::BAR),
        // What is behind the cursor in a field that is empty is its hint.
        Stands::InField => {
            at.x > 0 && ["> ", ":", "Filtre ", "Mot de passe "].iter().any(|sign| before.starts_with(sign))
        }
        Stands::InPrompt => before == "> " || (at.x == 0 && begins("1 ")),
        Stands::OnValue => before.trim().starts_with("Compris") && !behind.trim().is_empty(),
        Stands::OnText => at.y > 2,
        Stands::Nowhere => false,
    }
}

#[rstest]
#[case(SMALL)]
#[case(USUAL)]
fn the_cursor_stands_on_the_selected_row_or_in_the_field(#[case] size: Size) {
    let mut elsewhere = Vec::new();
    for state in states() {
        let (lines, cursor) = looked(state, Language::Fr, size);
        if !stands(&lines, cursor, state.stands) {
            elsewhere.push((state.name, cursor, lines.get(usize::from(cursor.unwrap_or_default().y)).cloned()));
        }
    }
    assert!(elsewhere.is_empty(), "{elsewhere:#?}");
}

#[test]
fn every_state_is_drawn_beside_what_is_told_in_a_practice() {
    use crate::console::model::coach::{Begins, Coach, Sentence};
    let told = |key: &str| Sentence { key: format!("practice-{key}"), variables: Vec::new() };
    for state in states() {
        let mut model = (state.reached)(Look { language: Language::Fr, size: SMALL });
        if model.lock.is_some() {
            // Nothing is told there but how it opens.
            continue;
        }
        let coach = Coach {
            title: told("title-over"),
            skip: None,
            scene: told("over"),
            advice: told("over-do"),
            begins: Begins::Anywhere,
        };
        model.coach = Some(coach);
        let (buffer, cursor) = drawn(&mut model, SMALL.columns, SMALL.rows);
        let lines = lines(&buffer);
        assert!(lines[3].contains("Exercice") && lines[4].contains("close"), "{}:\n{}", state.name, lines.join("\n"));
        let above = cursor.is_some_and(|at| (3..7).contains(&at.y));
        assert!(!above, "{}: the cursor stands in what is told", state.name);
    }
}
