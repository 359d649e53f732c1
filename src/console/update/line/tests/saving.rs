//! Saving, correcting, asking: what Enter makes of what was typed, and what is never overridden.

use super::house::*;
use crate::{
    console::{
        effect::Effect,
        message::{Message, Size},
        model::{
            layer::Layer,
            line::{Brought, LineFocus},
            world::About,
        },
        terminal::Capabilities,
        theme::Theme,
        update::settle,
        view::view,
    },
    domain::{
        call::CallEventKind,
        contact::Party,
        entry::{Confidence, Field, HandOver},
        posting::Posting,
        request::{Handover, Request, RequestNumber, Requester},
        time::When,
    },
    replica::link::LinkEvent,
    wire::{catalogue::Command, change::Done},
};
use ratatui::{buffer::Buffer, layout::Rect};
use serde_json::json;

#[test]
fn what_is_complete_is_saved_as_triaged_and_undone_as_one() {
    let mut house = House::on_the_phone();
    house.type_in("3 chemises jeudi casier");
    house.press("Enter");
    assert_eq!(house.records().len(), 1, "one command, one undo");
    let given = house.given();
    let Command::CreateRequest { body, .. } = &given[0] else { panic!("{given:?}") };
    assert_eq!(body.requester, Some(Requester::Person { id: person_id(0) }));
    assert_eq!(body.handover, Some(Handover::Locker));
    assert_eq!(body.price.map(crate::domain::money::Cents::get), Some(960), "three at 3,20");
    assert_eq!(created(&given).iter().map(|made| made.1).collect::<Vec<_>>(), [true]);
    assert!(house.line().is_blank() && house.line().has_focus(), "ready for the next request of the same call");
}

#[test]
fn what_was_undone_no_longer_counts_as_saved_of_the_call() {
    let mut house = House::on_the_phone();
    house.type_in("3 chemises jeudi casier");
    house.press("Enter");
    house.type_in("2 vestes jeudi casier");
    house.press("Enter");
    assert_eq!(house.model.world.saved_with(house.line()), 2);
    house.press("Esc u");
    assert_eq!(house.model.world.saved_with(house.line()), 1);
}

#[test]
fn what_was_undone_no_longer_counts_as_saved_with_a_line_without_a_call() {
    let mut house = House::new();
    house.press("n");
    house.type_in("durand");
    house.press("Enter");
    house.type_in("3 chemises jeudi casier");
    house.press("Enter");
    assert_eq!(house.line().contact, None);
    assert_eq!(house.model.world.saved_with(house.line()), 1);
    house.press("Esc u");
    assert_eq!(house.model.world.saved_with(house.line()), 0);
}

#[test]
fn the_number_that_the_office_gives_is_told_as_soon_as_it_is_known() {
    let mut house = House::on_the_phone();
    house.type_in("3 chemises jeudi casier");
    house.press("Enter");
    assert!(house.notice().starts_with("Enregistrée"), "{}", house.notice());
    let (key, (request, _)) = (house.records()[0].key, created(&house.given())[0]);
    let fields = serde_json::from_value(json!({ "channel": "phone", "service_id": service("chemise") })).unwrap();
    let row = Request::create(request, RequestNumber::new(26, 941), fields, house.model.now, None).unwrap();
    house.change(&row, key);
    let done = Done { key, changes: Vec::new(), outcomes: None, aside: None };
    house.tell(Message::Link(LinkEvent::Done(Box::new(done))));
    assert!(house.notice().starts_with("26-0941 · Enregistrée"), "{}", house.notice());
    assert!(house.model.notice.as_ref().is_some_and(|notice| notice.undo == Some(key)));
}

#[test]
fn what_was_told_about_a_person_is_kept_until_many_others_were_looked_at() {
    let mut house = House::on_the_phone();
    let others: Vec<_> = (0..About::MOST as u128).map(|number| id(90_000 + number)).collect();
    let look_at = |house: &mut House, person| {
        house.wait(1_000);
        settle::ask_about(&mut house.model, &mut Vec::new(), person);
    };
    for other in &others {
        look_at(&mut house, *other);
    }
    let known = |house: &House, person| house.model.world.about.contains_key(&person);
    assert!(known(&house, person_id(0)), "who is on the line is looked at all the time");
    assert!(!known(&house, others[0]), "looked at longest ago");
    look_at(&mut house, others[1]);
    look_at(&mut house, others[0]);
    assert!(known(&house, others[0]) && known(&house, others[1]) && !known(&house, others[2]));
}

#[test]
fn what_a_person_owes_is_asked_once_and_again_when_it_may_differ() {
    let mut house = House::on_the_phone();
    let asked = |house: &House| house.effects.iter().filter(|effect| matches!(effect, Effect::ReadTab(_))).count();
    house.press("Esc Down Up");
    assert_eq!(asked(&house), 0, "it was asked when the call rang");
    let tab = json!({ "kind": "person", "beneficiary_id": person_id(0) });
    let lines = json!([{ "account": tab, "amount": 500 }, { "account": { "kind": "commission" }, "amount": -500 }]);
    let fields = json!({ "kind": "charge", "lines": lines, "occurred_at": house.model.now });
    let posting = Posting::create(id(42), serde_json::from_value(fields).unwrap(), house.model.now, None).unwrap();
    house.change(&posting, id(43));
    assert_eq!(asked(&house), 1, "a charge was posted");
}

#[test]
fn what_is_incomplete_is_saved_as_new_and_says_what_is_missing() {
    let mut house = House::on_the_phone();
    house.type_in("quelque chose de bizarre");
    house.press("Enter");
    if house.line().focus == LineFocus::Asked {
        house.press("Enter");
    }
    let made = created(&house.given());
    assert_eq!(made.len(), 1);
    assert!(!made[0].1, "not triaged");
    assert!(house.notice().contains("À compléter") && house.notice().contains("service"), "{}", house.notice());
}

#[test]
fn without_a_person_it_is_saved_as_new_all_the_same() {
    let mut house = House::new();
    house.rings(UNKNOWN_CALL, "06 39 98 55 55", Party::Unknown);
    house.press("F2 Esc");
    house.type_in("2 pain jeudi");
    house.press("Enter");
    assert!(!created(&house.given())[0].1);
    assert!(house.notice().contains("qui demande"), "{}", house.notice());
}

fn doubtful() -> House {
    let mut house = House::on_the_phone();
    house.type_in("2 panier");
    assert!(house.line().question().is_some(), "three baskets are meant equally well");
    house
}

#[test]
fn a_doubt_asks_one_question_and_a_digit_answers_and_saves() {
    let mut house = doubtful();
    house.press("Enter");
    assert_eq!(house.line().focus, LineFocus::Asked);
    assert!(house.given().is_empty());
    let second = house.line().question().unwrap().answers[1].clone();
    house.press("é");
    let given = house.given();
    let Command::CreateRequest { body, .. } = &given[0] else { panic!("{given:?}") };
    let crate::domain::entry::Choice::Service(chosen) = second else { panic!("{second:?}") };
    assert_eq!(body.service_id, chosen);
    assert!(created(&given)[0].1);
}

#[test]
fn a_second_enter_saves_a_doubtful_phrase_as_it_is() {
    let mut house = doubtful();
    house.press("Enter Enter");
    let given = house.given();
    let Command::CreateRequest { body, .. } = &given[0] else { panic!("{given:?}") };
    assert_eq!(body.service_id, None, "what is doubtful stays out");
    assert_eq!(body.text.as_ref().unwrap().as_str(), "2 panier");
    assert!(!created(&given)[0].1);
}

#[test]
fn typing_on_takes_the_question_back() {
    let mut house = doubtful();
    house.press("Enter");
    house.type_in(" bio");
    assert_eq!((&house.line().focus, house.text()), (&LineFocus::Line, "2 panier bio"));
}

#[test]
fn several_requests_in_one_phrase_are_saved_as_several() {
    let mut house = House::on_the_phone();
    house.type_in("2 pantalons et 3 chemises jeudi");
    house.press("Enter");
    assert_eq!(created(&house.given()).len(), 2);
    assert_eq!(house.records().len(), 1);
}

#[test]
fn what_comes_again_is_saved_as_a_recurring_order_and_its_first_dates_are_told() {
    let mut house = House::on_the_phone();
    house.type_in("2 pain bien cuit chaque mardi et vendredi midi jusqu'au 18 decembre sauf le 4");
    house.press("Enter");
    let given = house.given();
    let [Command::CreateRecurringOrder { id, body }] = given.as_slice() else { panic!("{given:?}") };
    assert_eq!(body.requester, Requester::Person { id: person_id(0) });
    assert_eq!((body.contact_id, u32::from(body.quantity)), (Some(contact_id(CALL)), 2));
    assert_eq!(body.recurrence.until, Some(jiff::civil::date(2026, 12, 18)));
    assert!(body.recurrence.except.contains(&jiff::civil::date(2026, 12, 4)));
    assert!(body.detail.as_ref().is_some_and(|detail| !detail.as_str().contains("chaque")), "{:?}", body.detail);
    let notice = house.notice().replace('\u{a0}', " ");
    assert!(notice.contains("Commande régulière") && notice.contains("chaque mar., ven."), "{notice}");
    assert!(notice.contains("D'abord ven. 27 nov., mar. 1 déc., mar. 8 déc."), "{notice}");
    assert!(house.model.world.recurring_order(*id).is_some(), "it stands there before the office has it");
    house.press("Esc u");
    assert!(house.model.world.recurring_order(*id).is_none(), "it was not sent yet: it is thrown away");
}

#[test]
fn what_comes_on_days_on_which_nobody_works_is_asked_about_and_made_all_the_same_if_that_is_meant() {
    let mut house = House::on_the_phone();
    house.type_in("2 pain chaque samedi midi");
    house.press("Enter");
    assert_eq!(house.line().focus, LineFocus::Asked);
    house.press("1");
    let given = house.given();
    let [Command::CreateRecurringOrder { body, .. }] = given.as_slice() else { panic!("{given:?}") };
    assert_eq!(body.recurrence.holidays, crate::domain::recurrence::OnHoliday::Kept);
    assert!(house.notice().contains("sam.\u{a0}28\u{a0}nov."), "{}", house.notice());
}

#[test]
fn a_recurrence_that_lacks_something_saves_its_first_and_says_so() {
    let mut house = House::on_the_phone();
    house.type_in("2 pain chaque mardi domicile");
    house.press("Enter");
    if house.line().focus == LineFocus::Asked {
        house.press("Enter");
    }
    let given = house.given();
    let Command::CreateRequest { body, .. } = &given[0] else { panic!("{given:?}") };
    assert!(body.detail.as_ref().unwrap().as_str().contains("chaque mar"), "{:?}", body.detail);
    assert!(house.notice().contains("première"), "{}", house.notice());
}

#[test]
fn a_call_of_which_only_a_recurring_order_was_saved_closes_by_itself() {
    let mut house = House::on_the_phone();
    house.type_in("2 pain chaque mardi midi");
    house.press("Enter");
    house.on_disk();
    house.effects.clear();
    house.line_is(CALL, CallEventKind::Hangup);
    house.wait(2_000);
    assert!(
        house.given().iter().any(|command| matches!(command, Command::WrapUpContact { .. })),
        "{:?}",
        house.given()
    );
}

#[test]
fn what_was_chosen_by_hand_is_never_overridden() {
    let mut house = House::on_the_phone();
    house.type_in("3 chemises");
    house.press("Down Down Right");
    assert_eq!(house.line().focus, LineFocus::Fields(Field::Quantity));
    house.press("Up");
    house.type_in(" 7 chemises jeudi");
    let reading = house.line().reading.as_ref().unwrap();
    assert_eq!(u32::from(reading.quantity.value), 4);
    assert!(reading.quantity.is_chosen());
}

#[test]
fn typing_over_a_field_replaces_it_and_backspace_gives_it_back_to_the_words() {
    let mut house = House::on_the_phone();
    house.type_in("3 chemises jeudi");
    let said = house.line().reading.as_ref().unwrap().when.as_ref().unwrap().value;
    house.press("Down Down Down");
    assert_eq!(house.line().focus, LineFocus::Fields(Field::When));
    house.type_in("mardi prochain");
    let chosen = house.line().reading.as_ref().unwrap().when.clone().unwrap();
    assert!(chosen.is_chosen() && chosen.value != said);
    house.press("Up Down Down Down Backspace");
    assert_eq!(house.line().reading.as_ref().unwrap().when.as_ref().unwrap().value, said);
}

#[test]
fn what_a_field_does_not_understand_is_not_lost() {
    let mut house = House::on_the_phone();
    house.type_in("3 chemises");
    house.press("Down Down Down");
    house.type_in("zzz");
    house.press("Enter");
    assert!(house.given().is_empty() && house.notice().contains("zzz"));
    house.press("Up");
    assert_eq!(house.text(), "3 chemises zzz");
}

#[test]
fn other_days_are_those_of_the_next_permanences() {
    let mut house = House::on_the_phone();
    house.type_in("3 chemises jeudi permanence");
    let day = |house: &House| match house.line().reading.as_ref().unwrap().when.as_ref().unwrap().value {
        When::Due { at } => at.date().day(),
        When::Window(window) => window.date().day(),
    };
    assert_eq!(day(&house), 26);
    house.press("Down Down Down Right");
    assert_eq!(day(&house), 1, "the next desk is on Tuesday 1 December");
    house.press("Left");
    assert_eq!(day(&house), 26);
}

#[test]
fn down_in_an_empty_line_brings_the_usual_orders_one_after_another() {
    let mut house = House::on_the_phone();
    house.press("Down");
    assert_eq!(house.line().brought, Some(Brought::ByArrow(0)));
    house.press("Down");
    let reading = house.line().reading.as_ref().unwrap();
    assert_eq!(reading.service.as_ref().unwrap().value, service("chemise"));
    assert_eq!(u32::from(reading.quantity.value), 3);
    house.press("Up Up");
    assert!(house.line().is_blank());
}

#[test]
fn what_is_said_beside_a_usual_order_is_understood_too() {
    let mut house = House::on_the_phone();
    house.press("Down");
    house.type_in("jeudi casier");
    let reading = house.line().reading.as_ref().unwrap();
    assert_eq!(reading.service.as_ref().unwrap().value, service("pain"));
    assert_eq!(reading.handover.as_ref().unwrap().value, HandOver::Locker { name: None });
    assert!(matches!(reading.when.as_ref().unwrap().value, When::Due { at } if at.date().day() == 26));
}

#[test]
fn tab_completes_and_goes_round_and_never_leaves_the_line() {
    let mut house = House::on_the_phone();
    house.type_in("2 panier");
    house.press("Tab");
    let first = house.text().to_owned();
    house.press("Tab");
    assert_ne!(house.text(), first);
    assert!(house.text().starts_with("2 ") && house.text().ends_with(' '), "{}", house.text());
    assert_eq!(house.line().focus, LineFocus::Line);
}

#[test]
fn a_request_that_looks_like_another_is_pointed_out_and_compared() {
    let mut house = House::on_the_phone();
    house.type_in("2 pain jeudi");
    house.press("Enter");
    let first = created(&house.given())[0].0;
    house.type_in("1 pain jeudi");
    assert_eq!(house.line().alike, Some(first));
    house.press("Down");
    assert!(matches!(house.model.layers.last(), Some(Layer::Card(card)) if card.request == first));
    house.press("Esc");
    assert!(house.line().has_focus());
    house.press("Down");
    assert!(matches!(house.line().focus, LineFocus::Fields(_)), "compared once, ↓ corrects again");
}

#[test]
fn a_call_closes_by_itself_once_it_is_over_and_nothing_is_left() {
    let mut house = House::on_the_phone();
    house.press("& Enter");
    house.effects.clear();
    house.line_is(CALL, CallEventKind::Hangup);
    assert!(matches!(house.given().as_slice(), [Command::WrapUpContact { .. }]), "{:?}", house.given());
    house.effects.clear();
    house.wait(60_000);
    assert!(house.given().is_empty(), "once");
}

#[test]
fn a_call_with_something_left_in_the_line_stays_to_be_finished() {
    let mut house = House::on_the_phone();
    house.press("& Enter");
    house.type_in("et aussi");
    house.effects.clear();
    house.line_is(CALL, CallEventKind::Hangup);
    assert!(house.given().is_empty());
    house.press("Ctrl-U");
    assert!(matches!(house.given().as_slice(), [Command::WrapUpContact { .. }]));
}

#[test]
fn a_call_from_which_nothing_was_saved_stays_to_be_finished() {
    let mut house = House::on_the_phone();
    house.line_is(CALL, CallEventKind::Hangup);
    assert!(house.given().is_empty());
}

#[test]
fn a_word_once_read_stands_whatever_the_clock_says() {
    let mut house = House::on_the_phone();
    house.type_in("2 pain à 15h");
    let before = house.line().reading.clone();
    house.wait(3_600_000);
    assert_eq!(house.line().reading, before);
}

#[test]
fn an_organisation_asks_through_who_speaks_for_it() {
    let mut house = House::new();
    let party = Party::ContactPerson { client_id: id(3_000), name: "Hortense Vaubrun".parse().unwrap() };
    house.rings(OTHER_CALL, "05 36 49 01 11", party);
    house.press("F2");
    house.type_in("2 pain jeudi");
    house.press("Enter");
    let given = house.given();
    let Command::CreateRequest { body, .. } = &given[0] else { panic!("{given:?}") };
    assert!(matches!(&body.requester, Some(Requester::Organisation { id: client, .. }) if *client == id(3_000)));
    assert!(created(&given)[0].1);
}

fn screen(house: &mut House, columns: u16, rows: u16) -> (Vec<String>, Option<ratatui::layout::Position>) {
    house.tell(Message::Resized(Size { columns, rows }));
    let mut buffer = Buffer::empty(Rect::new(0, 0, columns, rows));
    let theme = Theme::named(Some("mono"), None, Capabilities::of(|_| None)).unwrap();
    let cursor = view(&house.model, &theme, &mut buffer);
    let line = |y: u16| (0..columns).map(|x| buffer[(x, y)].symbol()).collect::<String>().trim_end().to_owned();
    ((0..rows).map(line).collect(), cursor)
}

fn shows(lines: &[String], text: &str) -> bool {
    lines.iter().any(|line| line.contains(text))
}

#[test]
fn the_line_shows_what_is_typed_what_was_understood_and_what_it_costs() {
    let mut house = House::on_the_phone();
    house.type_in("3 chemises jeudi casier");
    for (columns, rows) in [(80, 24), (120, 40), (200, 60)] {
        let (lines, cursor) = screen(&mut house, columns, rows);
        for text in [
            "Nouvelle demande, pour Mme Durand",
            "> 3 chemises jeudi casier",
            "Compris",
            "· 3 chemises ·",
            "casier",
            "9,60",
        ] {
            assert!(shows(&lines, text), "{columns}×{rows} lacks {text}:\n{}", lines.join("\n"));
        }
        let cursor = cursor.unwrap();
        assert!(lines[usize::from(cursor.y)].starts_with("> 3 chemises"));
        assert_eq!(cursor.x, 2 + 23);
    }
}

#[test]
fn a_long_line_scrolls_with_its_cursor() {
    let mut house = House::on_the_phone();
    house.type_in(&"très ".repeat(40));
    house.type_in("fin");
    let (lines, cursor) = screen(&mut house, 80, 24);
    let cursor = cursor.unwrap();
    assert!(cursor.x < 80 && lines[usize::from(cursor.y)].ends_with("fin"), "{}", lines.join("\n"));
    house.press("Home");
    let (lines, cursor) = screen(&mut house, 80, 24);
    assert_eq!(cursor.unwrap().x, 2);
    assert!(lines[usize::from(cursor.unwrap().y)].starts_with("> très"));
}

#[test]
fn the_question_stands_with_its_numbered_answers() {
    let mut house = doubtful();
    house.press("Enter");
    let (lines, _) = screen(&mut house, 80, 24);
    assert!(shows(&lines, "Quel service") && shows(&lines, "1 ") && shows(&lines, "Panier"), "{}", lines.join("\n"));
}

#[test]
fn a_field_that_is_corrected_says_why_it_stands_there() {
    let mut house = House::on_the_phone();
    house.type_in("3 chemises jeudi");
    house.press("Down Down Down");
    let (lines, _) = screen(&mut house, 80, 24);
    assert!(
        shows(&lines, "Pourquoi") && shows(&lines, "« jeudi »".replace(' ', "\u{a0}").as_str()),
        "{}",
        lines.join("\n")
    );
}

#[test]
fn who_it_is_is_asked_where_the_line_stands() {
    let mut house = House::new();
    house.rings(SWITCHBOARD_CALL, "05 36 49 01 00", Party::Switchboard { client_id: id(3_000) });
    house.press("F2");
    house.type_in("mart");
    let (lines, cursor) = screen(&mut house, 80, 24);
    assert!(
        shows(&lines, "Qui, chez") && shows(&lines, "> mart") && shows(&lines, "nouvelle personne"),
        "{}",
        lines.join("\n")
    );
    assert!(lines[usize::from(cursor.unwrap().y)].starts_with("> mart"));
    let reading = house.line().reading.as_ref();
    assert!(reading.is_none_or(|reading| reading.quantity.confidence > Confidence::Doubtful));
}
