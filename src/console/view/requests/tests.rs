//! What the screen of requests looks like, and what its colours mean.

use super::*;
use crate::console::fixtures::{self, body, day, drawn, known::*, press, theme, type_in};
use crate::console::{
    message::{Message, Size},
    terminal::Compact,
    update::update,
    view::frame::Frame,
};
use ratatui::{Terminal, buffer::Buffer, layout::Size as Columns};
use rstest::rstest;

fn requests(language: Language) -> Model {
    let mut model = day();
    model.seat.language = language;
    press(&mut model, &["4"]);
    model
}

#[rstest]
#[case(80, 24)]
#[case(120, 40)]
#[case(200, 60)]
fn every_request_has_a_row_in_columns_that_adapt(
    #[case] columns: u16,
    #[case] rows: u16,
    #[values(Language::Fr, Language::En)] language: Language,
) {
    let mut model = requests(language);
    press(&mut model, &["Down", "x"]);
    insta::assert_snapshot!(format!("requests-{columns}x{rows}-{language:?}"), body(&mut model, columns, rows));
}

#[rstest]
#[case(80, 24)]
#[case(120, 40)]
fn a_filter_shows_the_past_below_a_rule_and_explains_what_it_left_out(#[case] columns: u16, #[case] rows: u16) {
    let mut model = requests(Language::Fr);
    press(&mut model, &["/"]);
    type_in(&mut model, "roy ville:x");
    insta::assert_snapshot!(format!("requests-filter-{columns}x{rows}"), body(&mut model, columns, rows));
}

#[test]
fn the_member_of_a_consortium_that_does_the_work_is_named_before_it() {
    let mut model = day();
    let mut by = (**model.world.board.get::<Assignment>(fixtures::id(2_000)).unwrap().row).clone();
    by.fields.by = Doer::Provider {
        provider_id: fixtures::id(LAVOIR),
        offer_id: fixtures::id(2_101),
        member_id: Some(fixtures::id(PORT)),
    };
    by.version = by.version.next();
    fixtures::comes(&mut model, &by);
    let request = model.world.request(fixtures::id(ASSIGNED)).unwrap().row.clone();
    assert_eq!(doing(&model, &request).unwrap(), "Cordonnerie du Port (Lavoir Solidaire)");
}

#[rstest]
#[case("", "requests-empty")]
#[case("zzz", "requests-empty-searching")]
fn an_empty_list_says_why_and_what_to_do(#[case] filter: &str, #[case] key: &str) {
    let mut model = if filter.is_empty() { fixtures::crowd(0) } else { day() };
    press(&mut model, &["4", "/"]);
    type_in(&mut model, filter);
    let said = say(Language::Fr, key, &[("filter", filter.to_owned())]);
    let start: String = said.chars().take(30).collect();
    assert!(body(&mut model, 80, 24).contains(start.trim()), "{start}");
}

/// The first row of the list on a screen of this size: below the frame's head, a rule and the headings.
fn first_line(columns: u16, rows: u16) -> u16 {
    Frame::of(Rect::new(0, 0, columns, rows)).body.top() + 2
}

/// The row of a request on the glass, from the screen's top.
fn line_of(model: &Model, request: u128) -> u16 {
    let place = model.requests.list.glass().position(|line| line.is_some_and(|line| line.key == fixtures::id(request)));
    u16::try_from(place.unwrap()).unwrap() + first_line(120, 40)
}

/// The colour of the first letter of a column.
fn colour(model: &Model, buffer: &Buffer, request: u128, wanted: Column) -> ratatui::style::Color {
    let y = line_of(model, request);
    let (_, at, wide) = columns(buffer.area).find(|(column, ..)| *column == wanted).unwrap();
    let x = (at..at + wide).find(|x| buffer[(*x, y)].symbol() != " ").unwrap();
    buffer[(x, y)].fg
}

#[test]
fn what_is_late_is_red_and_says_so_and_what_will_soon_be_is_amber() {
    let mut model = requests(Language::Fr);
    let (buffer, _) = drawn(&mut model, 120, 40);
    let role = |role| theme().style(role).fg.unwrap();
    assert_eq!(colour(&model, &buffer, LATE, Column::Left), role(Role::Danger));
    assert_eq!(colour(&model, &buffer, WARNED, Column::Left), role(Role::Warn));
    assert_ne!(colour(&model, &buffer, OFFERED, Column::Left), role(Role::Warn));
    let text = fixtures::lines(&buffer);
    assert!(text[usize::from(line_of(&model, LATE))].contains("!0:10"));
    assert!(text[usize::from(line_of(&model, LATE))].contains("!qualifiée"), "urgency is a sign too");
    let (buffer, _) = drawn(&mut model, 200, 60);
    assert!(fixtures::lines(&buffer).iter().any(|line| line.contains("retard 0:10")), "where there is room, in words");
}

#[test]
fn names_and_services_are_whole_on_the_smallest_screen() {
    let mut model = requests(Language::Fr);
    let shown = body(&mut model, 80, 24);
    for whole in ["en attente", "Garde d’enfant, Deu", "Pain tradition ×2", "Lavage de voiture", "(25 h)"] {
        assert!(shown.contains(whole), "{whole}:\n{shown}");
    }
}

#[test]
fn moving_the_selection_changes_the_first_columns_of_two_rows_alone() {
    let mut model = requests(Language::Fr);
    let (before, _) = drawn(&mut model, 120, 40);
    press(&mut model, &["Down"]);
    let (after, cursor) = drawn(&mut model, 120, 40);
    let first = first_line(120, 40);
    let list = first..Frame::of(Rect::new(0, 0, 120, 40)).body.bottom();
    let changed: Vec<(u16, u16)> =
        before.diff(&after).into_iter().map(|(x, y, _)| (x, y)).filter(|(_, y)| list.contains(y)).collect();
    assert!(changed.iter().all(|(x, y)| *x < 12 && (first..=first + 1).contains(y)), "{changed:?}");
    assert_eq!(cursor, Some(ratatui::layout::Position::new(0, first + 1)));
}

#[test]
fn hostile_words_stay_in_their_row() {
    let mut rows = fixtures::Rows::default();
    let mut hostile = fixtures::request(1, DURAND, PAIN, BRUGES, "2026-11-27T12:00:00", 5);
    hostile.fields.service_id = None;
    hostile.fields.text = Some(format!("a\u{202e}b{}", "\u{301}".repeat(5_000)).parse().unwrap());
    rows.put(&hostile);
    let mut model = fixtures::empty();
    model.world.board.load(rows.replica());
    press(&mut model, &["4"]);
    let (buffer, _) = drawn(&mut model, 80, 24);
    assert!(
        buffer.content.iter().all(|cell| cell.symbol().chars().count() < 10 && !cell.symbol().contains('\u{202e}'))
    );
}

#[rstest]
#[case(125, "2:05")]
#[case(0, "0:00")]
#[case(-1, "retard 0:01")]
#[case(-90, "retard 1:30")]
#[case(-3_858, "retard 64 h")]
#[case(7_200, "5 j")]
fn what_is_left_is_in_hours_and_minutes_and_what_is_late_says_so(#[case] minutes: i64, #[case] shown: &str) {
    assert_eq!(time_left(Language::Fr, fixtures::ago(-minutes), fixtures::now()), shown);
}

#[rstest]
#[case(80, 24)]
#[case(120, 40)]
fn going_through_the_list_takes_few_bytes_a_key(#[case] columns: u16, #[case] rows: u16) {
    let mut model = fixtures::clockless(400);
    update(&mut model, fixtures::now(), Message::Resized(Size { columns, rows }));
    press(&mut model, &["4"]);
    let mut terminal = Terminal::new(Compact::new(Vec::new(), Columns::new(columns, rows)).synchronized(true)).unwrap();
    terminal.clear().unwrap();
    let mut draw = |model: &Model| {
        let before = terminal.backend().written();
        let drawn = terminal.draw(|frame| {
            let cursor = crate::console::view::view(model, &theme(), frame.buffer_mut());
            frame.set_cursor_position(cursor.unwrap());
        });
        drawn.unwrap();
        terminal.backend().written() - before
    };
    draw(&model);
    // Down, and every fourth time up again: some of the keys scroll.
    let mut taken: Vec<u64> = Vec::new();
    for place in 0..200 {
        press(&mut model, &[if place % 4 == 3 { "Up" } else { "Down" }]);
        taken.push(draw(&model));
    }
    taken.sort_unstable();
    let (median, most) = (taken[100], taken[199]);
    assert!(median <= 150 && most <= 400, "median {median}, most {most} bytes");
}
