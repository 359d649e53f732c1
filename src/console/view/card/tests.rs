//! What the card tells.

use super::*;
use crate::{
    console::{
        fixtures::{self, ago, day, drawn, id, known::*, press},
        message::Message,
        model::connection::Connection,
        update::update,
    },
    domain::operator::Language,
};
use rstest::rstest;

fn history() -> Vec<HistoryEntry> {
    let entry = |minutes: i64, author: Author, verb: &str, from: Option<&str>, to: &str, reason: Option<&str>| {
        let text = |text: &str| text.to_owned();
        let (from, to, reason) = (from.map(text), Some(text(to)), reason.map(text));
        HistoryEntry { version: 1, at: ago(minutes), author, command: id(7), verb: verb.to_owned(), from, to, reason }
    };
    let lea = Author::Operator { id: id(LEA) };
    vec![
        entry(300, lea, "request.create", None, "new", None),
        entry(299, lea, "request.triage", Some("new"), "triaged", None),
        entry(40, Author::Provider { id: id(LAVOIR) }, "offer.accept", Some("offered"), "assigned", None),
        entry(30, Author::System, "request.edit", Some("assigned"), "assigned", Some("heure confirmée")),
    ]
}

fn card(number: u128, language: Language) -> Model {
    let mut model = day();
    model.seat.language = language;
    press(&mut model, &["4"]);
    model.requests.list.select(id(number));
    press(&mut model, &["Enter"]);
    model
}

fn told(model: &mut Model, number: u128) {
    let at = model.now;
    update(model, at, Message::HistoryTold { request: id(number), history: Ok(history()) });
}

fn text(model: &mut Model) -> String {
    fixtures::screen(model, 120, 40)
}

#[rstest]
#[case(80, 24)]
#[case(120, 40)]
#[case(200, 60)]
fn the_card_tells_all_about_a_request(
    #[case] columns: u16,
    #[case] rows: u16,
    #[values(Language::Fr, Language::En)] language: Language,
) {
    let mut model = card(ASSIGNED, language);
    told(&mut model, ASSIGNED);
    insta::assert_snapshot!(format!("card-{columns}x{rows}-{language:?}"), fixtures::body(&mut model, columns, rows));
}

#[test]
fn offline_the_card_says_that_its_history_is_not_read_yet() {
    let mut model = day();
    model.connection = Connection::Reconnecting { since: ago(1), retry_at: fixtures::now() };
    press(&mut model, &["4"]);
    model.requests.list.select(id(ASSIGNED));
    press(&mut model, &["Enter"]);
    let drawn = text(&mut model);
    assert!(drawn.contains("Lavoir Solidaire"), "what is here is shown");
    assert!(drawn.contains("n'est pas encore lue"));
}

#[test]
fn what_lacks_is_named_and_a_question_that_is_out_is_quoted() {
    assert!(text(&mut card(NEW, Language::Fr)).contains("Il manque"));
    assert!(text(&mut card(WAITING, Language::Fr)).contains("Talons seuls, ou semelles aussi"));
}

#[test]
fn where_a_request_came_from_and_went_stands_on_its_card() {
    let drawn = text(&mut card(ASSIGNED, Language::En));
    assert!(drawn.contains("merged here: 26-1009"), "{drawn}");
    assert!(drawn.contains("went on as 26-1010"));
    assert!(text(&mut card(SPLIT, Language::En)).contains("out of 26-1005"));
}

#[test]
fn a_late_clock_is_red_and_says_so() {
    let mut model = card(LATE, Language::Fr);
    let (buffer, _) = drawn(&mut model, 120, 40);
    let lines = fixtures::lines(&buffer);
    let y = lines.iter().position(|line| line.contains("en retard de")).unwrap();
    let cell = &buffer[(LABEL, u16::try_from(y).unwrap())];
    assert_eq!(Some(cell.fg), fixtures::theme().style(Role::Danger).fg);
}

#[test]
fn every_command_on_a_request_has_its_word_in_both_languages() {
    for name in crate::wire::catalogue::CATALOGUE.iter().map(|entry| entry.name) {
        if name.starts_with("request.") || name.starts_with("offer.") {
            let key = format!("verb-{}", name.replace(['.', '_'], "-"));
            for language in [Language::Fr, Language::En] {
                assert_ne!(say(language, &key, &[]), key);
            }
        }
    }
}

#[test]
fn a_card_scrolls_no_further_than_its_last_line() {
    let mut model = card(ASSIGNED, Language::Fr);
    let long = (0..5).flat_map(|_| history()).collect();
    let at = model.now;
    update(&mut model, at, Message::HistoryTold { request: id(ASSIGNED), history: Ok(long) });
    drawn(&mut model, 80, 24);
    press(&mut model, &["G"]);
    let Some(Layer::Card(open)) = model.layers.last() else { panic!("the card is open") };
    let (length, height) = length(&model, open);
    assert_eq!(open.scrolled, length.saturating_sub(height));
    assert!(open.scrolled > 0, "{length} {height}");
}

#[test]
fn a_long_text_is_folded_until_it_is_asked_for() {
    let mut model = day();
    let mut long = fixtures::request(3_000, DURAND, PAIN, MERIGNAC, "2026-11-27T12:00:00", 5);
    long.fields.text =
        Some((1..=9).map(|line| format!("ligne {line}")).collect::<Vec<_>>().join("\n").parse().unwrap());
    let mut rows = fixtures::Rows::default();
    rows.put(&long);
    model.world.board.load(rows.replica());
    press(&mut model, &["4", "Enter"]);
    assert!(text(&mut model).contains("[5 lignes de plus"));
    press(&mut model, &["Right"]);
    let unfolded = text(&mut model);
    assert!(unfolded.contains("ligne 9") && !unfolded.contains("lignes de plus"));
}
