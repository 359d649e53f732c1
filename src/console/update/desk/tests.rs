//! The desk by its keys: what is scanned, handed back, taken in, paid, put into lockers, explained and closed.

use crate::{
    console::{
        effect::Effect,
        fixtures::{
            comes,
            desk::{AWAY, BAGS, GONE, PARCEL, SESSION, UMBRELLA, label, open, planned, posted, scan, shelf},
            given, id,
            known::*,
            press, type_in,
        },
        model::{
            Model, Screen,
            desk::{Desk, DeskRow, Focus, Group, Tab},
            layer::Layer,
            line::EntryLine,
        },
    },
    domain::{
        item::{Holder, ItemState},
        permanence::PermanenceState,
        posting::{Account, PostingKind},
    },
    replica::Mark,
    wire::catalogue::Command,
};
use rstest::rstest;

const BAG: u32 = 401_234;

fn notice(model: &Model) -> String {
    model.notice.as_ref().map(|notice| notice.words.clone()).unwrap_or_default()
}

fn names(commands: &[Command]) -> Vec<&'static str> {
    commands.iter().map(Command::name).collect()
}

fn state(model: &Model, thing: u128) -> ItemState {
    model.world.thing(id(thing)).unwrap().state
}

#[test]
fn enter_on_a_permanence_opens_its_desk_with_the_field_of_labels_ready() {
    let model = open();
    assert_eq!((model.screen, model.desk.focus), (Screen::Desk, Focus::Scan));
    let rows = model.desk.list(Tab::ToHandBack).order().to_vec();
    assert_eq!(
        rows,
        [
            DeskRow::Back(Group::Thing(id(PARCEL))),
            DeskRow::Back(Group::Request(id(READY))),
            DeskRow::Back(Group::Thing(id(UMBRELLA))),
        ]
    );
    assert_eq!(model.desk.here.cash, 4_200.into());
    assert_eq!(
        model.desk.here.owed(&model.world, id(DURAND)),
        1_840.into(),
        "what stands there, and what is charged with the bags"
    );
}

#[test]
fn a_scanned_thing_is_handed_back_by_one_more_key() {
    let mut model = open();
    assert_eq!(given(&scan(&mut model, &label(BAG))), []);
    let commands = given(&press(&mut model, &["Enter"]));
    let [Command::HandBackItem { id: thing, body }] = commands.as_slice() else { panic!("{commands:?}") };
    assert_eq!((*thing, body.to, &body.from), (id(BAGS[0]), Some(id(DURAND)), &shelf("étagère 2")));
    assert_eq!(body.occurred_at, model.now);
    assert_eq!(state(&model, BAGS[0]), ItemState::HandedBack, "it is shown at once");
    assert_eq!((model.desk.focus, model.desk.scan.text()), (Focus::Scan, ""), "the next label may come");
    assert!(model.world.board.to_send() == 1 && model.notice.as_ref().is_some_and(|notice| notice.undo.is_some()));
}

#[test]
fn the_scanners_own_enter_never_hands_anything_back() {
    let mut model = open();
    for _ in 0..3 {
        assert_eq!(given(&scan(&mut model, &label(BAG))), []);
    }
    assert_eq!(model.desk.found, [id(BAGS[0])]);
}

#[test]
fn a_scanner_on_a_french_keyboard_types_the_row_without_shift() {
    let mut model = open();
    let row = ['à', '&', 'é', '"', '\'', '(', '-', 'è', '_', 'ç'];
    let typed: String = label(BAG).bytes().map(|digit| row[usize::from(digit - b'0')]).collect();
    scan(&mut model, &typed);
    assert_eq!(model.desk.found, [id(BAGS[0])]);
}

#[test]
fn two_bags_of_one_person_go_back_together_and_another_persons_thing_takes_their_place() {
    let mut model = open();
    scan(&mut model, &label(BAG));
    scan(&mut model, &label(BAG + 1));
    assert_eq!(model.desk.found, BAGS.map(id));
    scan(&mut model, &label(401_236));
    assert_eq!(model.desk.found, [id(PARCEL)]);
    let commands = given(&press(&mut model, &["Enter"]));
    assert_eq!(names(&commands), ["item.hand_back", "booking.empty"], "its locker is empty with it");
}

#[test]
fn undo_takes_a_hand_back_back() {
    let mut model = open();
    scan(&mut model, &label(BAG));
    press(&mut model, &["Enter", "Esc", "u"]);
    assert_eq!(state(&model, BAGS[0]), ItemState::InCustody);
    assert_eq!(model.world.board.to_send(), 0);
}

#[test]
fn what_went_to_the_wrong_person_is_taken_again_by_its_label() {
    let mut model = open();
    scan(&mut model, &label(401_239));
    let commands = given(&press(&mut model, &["Enter"]));
    assert_eq!(names(&commands), ["item.take_in"]);
    assert_eq!(state(&model, GONE), ItemState::InCustody);
}

#[test]
fn what_lies_elsewhere_by_the_record_is_handed_back_from_ones_own_hands() {
    let mut model = open();
    scan(&mut model, &label(401_238));
    let commands = given(&press(&mut model, &["Enter"]));
    let [Command::HandBackItem { id: thing, body }] = commands.as_slice() else { panic!("{commands:?}") };
    let here = Holder::Concierge { site_id: id(MERIGNAC), place: None };
    assert_eq!((*thing, &body.from), (id(AWAY), &here), "the office sees that the record says otherwise");
}

#[rstest]
#[case::fresh("4050004", "bien lue")]
#[case::smudged("4012340", "mal lu")]
#[case::foreign("3017620422003", "n'est pas une étiquette de la maison")]
#[case::words("zzz", "ni étiquette, ni casier, ni nom")]
fn a_label_that_says_nothing_gets_its_own_sentence(#[case] typed: &str, #[case] said: &str) {
    let mut model = open();
    // The check digit of the first is made, not guessed.
    let typed = if typed == "4050004" { label(405_000) } else { typed.to_owned() };
    assert_eq!(given(&scan(&mut model, &typed)), []);
    assert!(notice(&model).contains(said), "{}", notice(&model));
}

#[test]
fn a_label_that_two_things_bear_asks_which_one() {
    let mut model = open();
    let mut double = (**model.world.thing(id(UMBRELLA)).unwrap()).clone();
    double.fields.label = label(BAG).parse().unwrap();
    double.version = double.version.next();
    crate::console::fixtures::comes(&mut model, &double);
    scan(&mut model, &label(BAG));
    assert!(matches!(model.layers.last(), Some(Layer::Prompt(prompt)) if prompt.choices.len() == 2));
    press(&mut model, &["1"]);
    assert_eq!(model.desk.found.len(), 1);
}

#[test]
fn names_and_lockers_are_found_in_the_same_field() {
    let mut model = open();
    scan(&mut model, "dur");
    assert_eq!(
        (model.desk.tab, model.desk.selected()),
        (Tab::ToHandBack, Some(DeskRow::Back(Group::Request(id(READY)))))
    );
    press(&mut model, &["y"]);
    scan(&mut model, "casier 3");
    assert_eq!((model.desk.tab, model.desk.selected()), (Tab::Lockers, Some(DeskRow::Locker(id(83)))));
}

#[test]
fn somebody_else_may_fetch_it_known_or_not() {
    let mut model = open();
    scan(&mut model, &label(BAG));
    press(&mut model, &["Down", "2"]);
    type_in(&mut model, "blanc");
    let commands = given(&press(&mut model, &["Enter"]));
    assert!(
        matches!(commands.as_slice(), [Command::HandBackItem { body, .. }] if body.to == Some(id(BLANC))),
        "{commands:?}"
    );
    scan(&mut model, &label(BAG + 1));
    press(&mut model, &["Down", "2"]);
    type_in(&mut model, "son voisin");
    let commands = given(&press(&mut model, &["Enter"]));
    assert_eq!(names(&commands), ["item.hand_back", "request.note"]);
}

#[test]
fn a_thing_goes_into_a_free_locker_and_out_of_it() {
    let mut model = open();
    scan(&mut model, &label(401_237));
    let commands = given(&press(&mut model, &["Down", "3", "1"]));
    assert_eq!(names(&commands), ["booking.reserve", "booking.fill", "item.pass_on"]);
    let holder = model.world.thing(id(UMBRELLA)).unwrap().fields.holder.clone();
    let Holder::Locker { locker_id } = holder else { panic!("{holder:?}") };
    assert!(model.desk.here.bookings.contains_key(&locker_id));
    scan(&mut model, &label(401_237));
    let commands = given(&press(&mut model, &["Down", "3"]));
    assert_eq!(names(&commands), ["item.pass_on", "booking.empty"]);
}

#[test]
fn what_is_brought_is_labelled_and_counted() {
    let mut model = open();
    press(&mut model, &["Tab"]);
    while model.desk.selected() != Some(DeskRow::Expected(id(WARNED))) {
        press(&mut model, &["Esc", "Down", "y"]);
    }
    scan(&mut model, &label(405_000));
    scan(&mut model, &label(405_001));
    scan(&mut model, &label(405_001));
    assert!(notice(&model).contains("déjà scannée"));
    press(&mut model, &["Enter"]);
    let as_said = given(&press(&mut model, &["Enter"]));
    assert_eq!(names(&as_said), ["item.create", "item.create"]);
    assert_eq!(model.world.labelled(&label(405_000)).len(), 1);
    assert!(
        !model
            .desk
            .list(Tab::Expected)
            .order()
            .iter()
            .any(|row| *row == DeskRow::Expected(id(WARNED)) && !model.desk.list(Tab::Expected).is_ghost())
    );
}

#[test]
fn another_count_than_was_said_opens_an_exception() {
    let mut model = open();
    press(&mut model, &["Tab"]);
    while model.desk.selected() != Some(DeskRow::Expected(id(WARNED))) {
        press(&mut model, &["Esc", "Down", "y"]);
    }
    scan(&mut model, &label(405_000));
    press(&mut model, &["Enter"]);
    type_in(&mut model, "2");
    let commands = given(&press(&mut model, &["Enter"]));
    assert_eq!(names(&commands), ["item.create", "exception.open"]);
    assert_eq!(model.desk.list(Tab::Exceptions).order().len(), 2);
}

#[test]
fn a_whole_tab_is_paid_in_three_presses_from_the_list() {
    let mut model = open();
    scan(&mut model, "dur");
    let commands = given(&press(&mut model, &["$", "2"]));
    let [Command::PostPosting { body, .. }] = commands.as_slice() else { panic!("{commands:?}") };
    assert_eq!(
        (body.kind, body.taken_by, body.permanence_id),
        (PostingKind::Payment, Some(id(LEA)), Some(id(SESSION)))
    );
    let card = body.lines.iter().find(|line| line.account == Account::Card).unwrap();
    assert_eq!(card.amount, 1_840.into());
    assert_eq!(model.desk.here.owed(&model.world, id(DURAND)), 0.into(), "nothing is owed any more");
}

#[test]
fn another_sum_is_typed() {
    let mut model = open();
    scan(&mut model, "dur");
    press(&mut model, &["$", "5"]);
    type_in(&mut model, "dix");
    press(&mut model, &["Enter"]);
    assert!(notice(&model).contains("n'est pas une somme"), "{}", notice(&model));
    press(&mut model, &["Ctrl-U"]);
    type_in(&mut model, "10,40");
    press(&mut model, &["Enter", "1"]);
    assert_eq!(model.desk.here.owed(&model.world, id(DURAND)), 800.into());
    assert_eq!(model.desk.here.cash, 5_240.into());
}

#[test]
fn closing_asks_why_for_each_leftover_then_for_the_cash() {
    let mut model = open();
    press(&mut model, &["Esc", "o", "1"]);
    type_in(&mut model, "40");
    press(&mut model, &["Enter"]);
    let Some(Layer::Prompt(prompt)) = model.layers.last() else { panic!("{:?}", model.layers) };
    assert!(prompt.sentence.contains("2,00"), "{}", prompt.sentence);
    let commands = given(&press(&mut model, &["2"]));
    let [Command::ClosePermanence { body, .. }] = commands.as_slice() else { panic!("{commands:?}") };
    assert_eq!((body.explanations.len(), body.cash_counted), (2, Some(4_000.into())));
    assert_eq!(model.world.permanence(id(SESSION)).unwrap().state, PermanenceState::Closed);
}

#[test]
fn a_closing_that_was_left_goes_on_where_it_was() {
    let mut model = open();
    press(&mut model, &["Esc", "o", "1", "Esc", "o"]);
    let Some(Layer::Prompt(prompt)) = model.layers.last() else { panic!("{:?}", model.layers) };
    assert!(prompt.sentence.contains("42,00"), "{}", prompt.sentence);
    let commands = given(&press(&mut model, &["Enter"]));
    assert!(matches!(commands.as_slice(), [Command::ClosePermanence { body, .. }] if body.explanations.len() == 2));
}

#[test]
fn a_desk_is_opened_by_its_key() {
    let mut model = planned();
    let commands = given(&press(&mut model, &["Esc", "o", "Enter"]));
    assert_eq!(names(&commands), ["permanence.open"]);
    assert_eq!(model.world.permanence(id(SESSION)).unwrap().state, PermanenceState::Open);
    assert_eq!(model.desk.focus, Focus::Scan);
}

#[rstest]
#[case(&["1"], &["item.pass_on", "booking.empty"])]
#[case(&["2"], &["item.hand_back", "booking.empty"])]
#[case(&["4"], &["booking.empty", "exception.open"])]
#[case(&["5", "1"], &["locker.break"])]
fn a_full_locker_is_emptied_fetched_found_empty_or_broken(#[case] keys: &[&str], #[case] expected: &[&str]) {
    let mut model = open();
    scan(&mut model, "casier 3");
    press(&mut model, &["Enter"]);
    let commands = given(&press(&mut model, keys));
    assert_eq!(names(&commands), expected);
}

#[test]
fn a_contradiction_is_settled_by_a_number() {
    let mut model = open();
    press(&mut model, &["Esc", "Shift-Tab"]);
    assert_eq!(model.desk.tab, Tab::Exceptions);
    let commands = given(&press(&mut model, &["Enter", "1"]));
    assert_eq!(names(&commands), ["exception.close"]);
}

#[test]
fn where_a_thing_is_is_answered_from_everywhere() {
    let mut model = open();
    press(&mut model, &["Esc", "1", ":"]);
    type_in(&mut model, &format!("où {}", &label(BAG)[3..]));
    press(&mut model, &["Enter"]);
    assert!(matches!(model.layers.last(), Some(Layer::Trail(thing)) if *thing == id(BAGS[0])), "{:?}", model.layers);
    press(&mut model, &["Esc", "y"]);
    type_in(&mut model, "4012340");
    press(&mut model, &["Enter"]);
    assert!(notice(&model).contains("mal lu"), "{}", notice(&model));
}

#[test]
fn a_label_scanned_into_the_entry_line_is_not_saved_as_a_request() {
    let mut model = open();
    press(&mut model, &["Esc", "n"]);
    // Who asks is not known yet: the label goes into the line.
    press(&mut model, &["Esc"]);
    if model.line.as_ref().is_some_and(EntryLine::has_focus) {
        let effects = scan(&mut model, &label(BAG));
        assert_eq!(given(&effects), []);
        assert!(notice(&model).contains("est une étiquette"), "{}", notice(&model));
    }
}

#[test]
fn a_row_with_a_command_on_its_way_says_so() {
    let mut model = open();
    scan(&mut model, &label(BAG));
    press(&mut model, &["Enter"]);
    let mark = model.world.board.mark(crate::replica::RowRef::of::<crate::domain::item::Item>(id(BAGS[0])));
    assert_eq!(mark, Mark::Pending);
}

#[test]
fn labels_that_were_read_are_there_again_after_a_crash() {
    let mut model = open();
    press(&mut model, &["Tab", "Esc"]);
    model.desk.list_mut(Tab::Expected).select(DeskRow::Expected(id(ASSIGNED)));
    press(&mut model, &["Enter"]);
    let mut effects = scan(&mut model, &label(500_001));
    effects.extend(scan(&mut model, &label(500_002)));
    let kept = effects.iter().rev().find_map(|effect| match effect {
        Effect::KeepDraft(draft) => Some(draft.clone()),
        _ => None,
    });
    let draft = kept.expect("what is read is kept");
    // Another start: the draft is on disk, the desk is opened anew.
    let mut again = open();
    assert!(again.desk.taking.is_none());
    press(&mut again, &["Esc", "q"]);
    again.desk = Desk::default();
    again.world.drafts.insert(draft.subject.clone(), *draft);
    super::open(&mut again, id(SESSION));
    assert_eq!(again.desk.taking, model.desk.taking);
    let commands = given(&press(&mut again, &["Enter", "Enter"]));
    assert_eq!(names(&commands)[..2], ["item.create", "item.create"]);
}

#[test]
fn what_is_done_leaves_no_draft() {
    let mut model = open();
    let effects = scan(&mut model, &label(BAG));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::KeepDraft(_))), "what is typed is kept");
    assert!(effects.iter().any(|effect| matches!(effect, Effect::DropDraft(_))), "what was read is in hand, not typed");
    assert!(model.world.drafts.is_empty());
}

#[test]
fn explanations_of_a_closing_that_was_begun_are_asked_for_once() {
    let mut model = open();
    let mut effects = press(&mut model, &["Esc", "o"]);
    effects.extend(press(&mut model, &["1"]));
    let kept = effects.iter().rev().find_map(|effect| match effect {
        Effect::KeepDraft(draft) => Some(draft.clone()),
        _ => None,
    });
    let draft = kept.expect("what is explained is kept");
    let mut again = open();
    again.world.drafts.insert(draft.subject.clone(), *draft);
    again.desk = Desk::default();
    super::open(&mut again, id(SESSION));
    press(&mut again, &["Esc", "o"]);
    let Some(Layer::Prompt(prompt)) = again.layers.last() else { panic!("a prompt") };
    assert!(!prompt.sentence.contains("Durand"), "the bags are explained already: {}", prompt.sentence);
}

mod paper {
    use super::*;
    use crate::{
        client::ClientError,
        console::{
            message::Message,
            printer::{NotPrinted, Paper},
        },
        domain::ids::PostingId,
    };

    fn print(model: &mut Model) -> Vec<Effect> {
        model.desk.focus = Focus::List;
        let mut effects = press(model, &[":"]);
        effects.extend(type_in(model, "imprimer"));
        effects.extend(press(model, &["Enter"]));
        effects
    }

    fn printed(effects: &[Effect]) -> Vec<Paper> {
        let paper = |effect: &Effect| if let Effect::Print(paper) = effect { Some(*paper) } else { None };
        effects.iter().filter_map(paper).collect()
    }

    #[test]
    fn at_a_desk_the_last_receipt_and_its_sheet_can_be_printed() {
        let mut model = open();
        assert_eq!(printed(&print(&mut model)), []);
        let payment: PostingId = id(6_101);
        assert_eq!(printed(&press(&mut model, &["1"])), [Paper::Receipt(payment)]);
        print(&mut model);
        let choices = match model.layers.last() {
            Some(Layer::Prompt(prompt)) => prompt.choices.len(),
            _ => 0,
        };
        assert_eq!(printed(&press(&mut model, &[["1", "2", "3"][choices - 1]])), [Paper::Closing(id(SESSION))]);
    }

    #[test]
    fn before_a_desk_opens_nothing_is_printed_and_it_says_what_could_be() {
        let mut model = planned();
        model.world.board = crate::replica::Board::new(Some(model.seat.me()));
        assert_eq!(printed(&print(&mut model)), []);
        assert!(notice(&model).starts_with("Rien ne s'imprime ici"), "{}", notice(&model));
    }

    #[test]
    fn without_network_it_says_when_to_try_again() {
        let mut model = open();
        model.connection =
            crate::console::model::connection::Connection::Reconnecting { since: model.now, retry_at: model.now };
        print(&mut model);
        assert_eq!(printed(&press(&mut model, &["1"])), []);
        assert!(notice(&model).contains(":imprimer"), "{}", notice(&model));
    }

    #[test]
    fn what_the_printer_says_is_told() {
        let mut model = open();
        let why = NotPrinted::Command { program: "lp".into(), why: "no default destination".into() };
        let now = model.now;
        crate::console::update::update(&mut model, now, Message::Printed(Err(why)));
        assert!(notice(&model).contains("lp\u{a0}: no default destination"), "{}", notice(&model));
        let why = NotPrinted::Office(ClientError::Protocol("?".into()));
        let now = model.now;
        crate::console::update::update(&mut model, now, Message::Printed(Err(why)));
        assert!(notice(&model).contains(":imprimer"));
    }
}

#[test]
fn who_has_just_got_their_things_back_is_who_pays_whatever_row_is_looked_at() {
    let mut model = open();
    scan(&mut model, &label(BAG));
    scan(&mut model, &label(BAG + 1));
    press(&mut model, &["Enter", "Esc"]);
    model.desk.list_mut(Tab::ToHandBack).select(DeskRow::Back(Group::Thing(id(PARCEL))));
    press(&mut model, &["$"]);
    let Some(Layer::Prompt(prompt)) = model.layers.last() else { panic!("a prompt") };
    assert!(prompt.sentence.contains("Durand"), "{}", prompt.sentence);
    press(&mut model, &["Esc", "Down", "Up"]);
    model.desk.list_mut(Tab::ToHandBack).select(DeskRow::Back(Group::Thing(id(PARCEL))));
    press(&mut model, &["$"]);
    let Some(Layer::Prompt(prompt)) = model.layers.last() else { panic!("a prompt") };
    assert!(prompt.sentence.contains("Blanc"), "one who looks elsewhere means whom they look at: {}", prompt.sentence);
}

#[test]
fn who_owes_something_and_has_nothing_here_pays_by_name() {
    let mut model = open();
    comes(&mut model, &posted(6_400, PostingKind::Charge, MARTIN, 900));
    assert_eq!(given(&scan(&mut model, "martin")), []);
    let Some(Layer::Prompt(prompt)) = model.layers.last() else { panic!("{}", notice(&model)) };
    assert!(prompt.sentence.contains("Martin") && prompt.sentence.contains("9,00"), "{}", prompt.sentence);
    let commands = given(&press(&mut model, &["1"]));
    assert_eq!(names(&commands), ["posting.post"]);
}
