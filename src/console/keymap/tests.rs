use super::*;
use crate::domain::operator::Language;
use proptest::prelude::*;
use rstest::rstest;
use std::{collections::BTreeSet, fs, path::Path};

const FOCUSES: [Context; 4] = [Context::Text, Context::Lines, Context::Choice, Context::List];

fn rebind(action: &str, keys: &[&str]) -> Rebind {
    Rebind { action: action.to_owned(), keys: keys.iter().map(|key| (*key).to_owned()).collect(), place: None }
}

fn fault(action: &str, keys: &[&str]) -> KeyFaultKind {
    let mut faults = Keymap::rebound(DigitRow::Azerty, &[rebind(action, keys)]).unwrap_err();
    assert_eq!(faults.len(), 1, "{faults:?}");
    faults.remove(0).kind
}

#[test]
fn every_default_key_can_be_read_and_pressed() {
    let map = Keymap::default();
    for action in Action::ALL {
        let row = action.row();
        assert_eq!(map.keys(*action).len(), row.keys.len(), "a key of {} is not read", row.name);
        for key in map.keys(*action) {
            let is_leave = *action == Action::Leave && *key == Key::ctrl('c');
            assert!(is_leave || forbidden(*key).is_none(), "{} has {key:?}", row.name);
            if row.keys.len() == 1 {
                assert!(Layout::Qwerty.presses(*key).is_some(), "{} cannot be pressed on QWERTY", row.name);
            }
        }
    }
}

#[test]
fn no_default_key_does_two_things_in_one_place() {
    for (at, one) in Action::ALL.iter().enumerate() {
        for other in Action::ALL.iter().skip(at + 1).filter(|other| one.row().context.meets(other.row().context)) {
            for key in one.row().keys {
                assert!(!other.row().keys.contains(key), "{key} does {one:?} and {other:?}");
            }
        }
    }
}

#[test]
fn names_are_unique() {
    let names: BTreeSet<_> = Action::ALL.iter().map(|action| action.row().name).collect();
    assert_eq!(names.len(), Action::ALL.len());
}

#[test]
fn every_action_has_words_in_both_languages() {
    for action in Action::ALL {
        for language in [Language::Fr, Language::En] {
            assert!(!action.words(language).starts_with("action-"), "{action:?} in {language:?}");
            assert!(!action.command(language).contains("action-"), "{action:?} in {language:?}");
        }
    }
    for context in Context::ALL {
        assert!(!context.words(Language::Fr).starts_with("context-"));
    }
}

#[test]
fn what_ends_something_is_on_no_key_that_types() {
    for action in Action::ALL.iter().filter(|action| action.row().danger == Danger::Ends) {
        assert!(Keymap::default().keys(*action).iter().all(|key| key.typed().is_none()), "{action:?}");
    }
}

#[test]
fn an_f_key_is_only_a_second_binding() {
    for action in Action::ALL {
        let first = Keymap::default().keys(*action).first().copied();
        assert!(!matches!(first, Some(Key { code: KeyCode::Function(_), .. })), "{action:?}");
    }
}

#[test]
fn no_hint_names_a_key_that_the_focus_would_take_as_text() {
    let map = Keymap::default();
    for focus in FOCUSES {
        for action in Action::ALL {
            let Some(hint) = map.hint(focus, *action, true, Language::En) else { continue };
            let does = map.read(focus, Key::parse(&hint.key).unwrap());
            let chosen = *action == Action::Choose && does == Reading::Choose(1);
            assert!(chosen || does == Reading::Act(*action), "{focus:?} hints at {} for {action:?}", hint.key);
        }
        for hint in map.help(focus, |_| true, Language::En).iter().flat_map(|section| &section.hints) {
            for key in hint.key.split(' ').flat_map(|keys| keys.split('…')) {
                let does = map.read(focus, Key::parse(key).unwrap());
                let chosen = hint.action == Action::Choose && matches!(does, Reading::Choose(1 | 9));
                assert!(chosen || does == Reading::Act(hint.action), "{focus:?} {key}");
            }
        }
    }
}

#[test]
fn every_action_with_a_key_is_in_the_help_of_a_focus() {
    let map = Keymap::default();
    let mut helped = BTreeSet::new();
    for focus in FOCUSES {
        helped.extend(map.help(focus, |_| true, Language::Fr).into_iter().flat_map(|s| s.hints).map(|h| h.action));
    }
    for action in Action::ALL.iter().filter(|action| !map.keys(**action).is_empty()) {
        assert!(helped.contains(action), "{action:?}");
    }
}

#[test]
fn calls_are_claimed_by_the_same_keys_from_everywhere() {
    let map = Keymap::default();
    for focus in FOCUSES {
        assert_eq!(map.read(focus, Key::ctrl('g')), Reading::Act(Action::ClaimRinging));
        assert_eq!(map.read(focus, Key::named(KeyCode::Function(3))), Reading::Act(Action::NextOwnCall));
        assert_eq!(map.read(focus, Key::named(KeyCode::Esc)), Reading::Act(Action::Leave));
    }
}

#[test]
fn a_letter_is_text_in_a_field_and_an_act_in_a_list() {
    let map = Keymap::default();
    assert_eq!(map.read(Context::Text, Key::char('u')), Reading::Text('u'));
    assert_eq!(map.read(Context::Lines, Key::char('1')), Reading::Text('1'));
    assert_eq!(map.read(Context::List, Key::char('u')), Reading::Act(Action::Undo));
    assert_eq!(map.read(Context::List, Key::named(KeyCode::Delete)), Reading::Act(Action::Cancel));
    assert_eq!(map.read(Context::Text, Key::named(KeyCode::Delete)), Reading::Act(Action::EditDelete));
}

#[rstest]
#[case('1', 1)]
#[case('&', 1)]
#[case('é', 2)]
#[case('(', 5)]
#[case('§', 6)]
#[case('-', 6)]
#[case('!', 8)]
#[case('ç', 9)]
fn a_choice_is_taken_by_its_digit_or_what_azerty_types_there(#[case] typed: char, #[case] digit: u8) {
    assert_eq!(Keymap::default().read(Context::Choice, Key::char(typed)), Reading::Choose(digit));
    assert_eq!(Keymap::default().digit(Key::char(typed)), Some(digit));
}

#[test]
fn without_azerty_its_signs_are_text_in_a_choice_and_nothing_in_a_list() {
    let map = Keymap::of(DigitRow::None);
    assert_eq!(map.read(Context::Choice, Key::char('é')), Reading::Text('é'));
    assert_eq!(map.read(Context::List, Key::char('&')), Reading::Nothing);
    assert_eq!(map.read(Context::List, Key::char('4')), Reading::Act(Action::Screen4));
    assert_eq!(Keymap::default().read(Context::List, Key::char('\'')), Reading::Act(Action::Screen4));
}

#[test]
fn a_capital_that_means_nothing_tells_of_caps_lock() {
    let map = Keymap::default();
    assert_eq!(map.read(Context::List, Key::char('U')), Reading::CapsLock);
    assert_eq!(map.read(Context::List, Key::char('G')), Reading::Act(Action::Bottom));
    assert_eq!(map.read(Context::List, Key::char('W')), Reading::CapsLock, "its small letter means nothing either");
    assert_eq!(map.read(Context::List, Key::char('É')), Reading::CapsLock);
    assert_eq!(map.read(Context::List, Key::char('w')), Reading::Nothing);
    assert_eq!(map.read(Context::Text, Key::char('U')), Reading::Text('U'));
}

#[rstest]
#[case(Action::ClaimRinging, 1, 1)]
#[case(Action::Redraw, 2, 2)]
#[case(Action::PrevPane, 2, 2)]
#[case(Action::Command, 1, 2)]
#[case(Action::MarkAll, 1, 2)]
#[case(Action::Choose, 1, 1)]
#[case(Action::Screen4, 1, 1)]
#[case(Action::Filter, 1, 1)]
#[case(Action::Help, 1, 1)]
#[case(Action::Repeat, 1, 1)]
#[case(Action::Bottom, 1, 1)]
fn presses_are_those_of_the_design(#[case] action: Action, #[case] azerty: u8, #[case] qwerty: u8) {
    let map = Keymap::default();
    assert_eq!(map.presses(action, Layout::Azerty), Some(azerty));
    assert_eq!(map.presses(action, Layout::Qwerty), Some(qwerty));
}

#[test]
fn no_default_costs_more_than_two_presses_on_either_layout() {
    let map = Keymap::default();
    for action in Action::ALL.iter().filter(|action| !map.keys(**action).is_empty()) {
        for layout in [Layout::Azerty, Layout::Qwerty] {
            assert!(map.presses(*action, layout).is_some_and(|presses| presses <= 2), "{action:?} on {layout:?}");
        }
    }
}

#[rstest]
#[case("Ctrl-G", Key::ctrl('g'))]
#[case("ctrl+g", Key::ctrl('g'))]
#[case("F12", Key::named(KeyCode::Function(12)))]
#[case("échap", Key::named(KeyCode::Esc))]
#[case("Suppr", Key::named(KeyCode::Delete))]
#[case("Maj-Tab", Key { code: KeyCode::Tab, ctrl: false, shift: true })]
#[case("Ctrl-Shift-Left", Key { code: KeyCode::Left, ctrl: true, shift: true })]
#[case("-", Key::char('-'))]
#[case("é", Key::char('é'))]
#[case("f", Key::char('f'))]
#[case("Espace", Key::char(' '))]
fn keys_are_read_as_people_write_them(#[case] text: &str, #[case] key: Key) {
    assert_eq!(Key::parse(text), Ok(key));
}

#[rstest]
#[case("Alt-x", NoKey::Alt)]
#[case("AltGr-e", NoKey::Alt)]
#[case("Hyper-x", NoKey::Unknown)]
#[case("F13", NoKey::Unknown)]
#[case("Ctrl-", NoKey::Unknown)]
#[case("Maj-g", NoKey::Unknown)]
#[case("", NoKey::Unknown)]
#[case("gg", NoKey::Unknown)]
fn what_is_no_key_is_refused(#[case] text: &str, #[case] why: NoKey) {
    assert_eq!(Key::parse(text), Err(why));
}

#[test]
fn a_key_reads_back_as_it_is_labelled() {
    let map = Keymap::default();
    for key in Action::ALL.iter().flat_map(|action| map.keys(*action)) {
        for language in [Language::Fr, Language::En] {
            assert_eq!(Key::parse(&key.label(language)), Ok(*key), "{}", key.label(language));
        }
    }
    assert_eq!(Key::named(KeyCode::PageUp).label(Language::Fr), "PgPréc");
    assert_eq!(map.keys(Action::PrevPane)[0].label(Language::Fr), "Maj-Tab");
}

#[test]
fn bound_keys_do_what_they_are_bound_to_and_the_old_ones_no_longer() {
    let map = Keymap::rebound(
        DigitRow::Azerty,
        &[rebind("claim_ringing", &["F5"]), rebind("undo", &["w"]), rebind("note", &["u"])],
    )
    .unwrap();
    assert_eq!(map.read(Context::Text, Key::named(KeyCode::Function(5))), Reading::Act(Action::ClaimRinging));
    assert_eq!(map.read(Context::Text, Key::ctrl('g')), Reading::Nothing);
    assert_eq!(map.read(Context::List, Key::char('w')), Reading::Act(Action::Undo));
    assert_eq!(map.read(Context::List, Key::char('u')), Reading::Act(Action::Note));
    assert_eq!(map.hint(Context::List, Action::Undo, true, Language::Fr).unwrap().key, "w");
}

#[test]
fn a_sign_that_is_bound_itself_no_longer_stands_for_its_digit() {
    let map = Keymap::rebound(DigitRow::Azerty, &[rebind("undo", &["'"])]).unwrap();
    assert_eq!(map.read(Context::List, Key::char('\'')), Reading::Act(Action::Undo));
    assert_eq!(map.read(Context::Choice, Key::char('\'')), Reading::Choose(4));
}

#[rstest]
#[case(&["Ctrl-A", "Ctrl-B"], Forbidden::Multiplexer)]
#[case(&["Ctrl-S", "Ctrl-Q"], Forbidden::FlowControl)]
#[case(&["Ctrl-Z", "Ctrl-\\"], Forbidden::Shell)]
#[case(&["Ctrl-W", "Ctrl-T", "Ctrl-N"], Forbidden::Browser)]
#[case(&["Ctrl-H", "Ctrl-I", "Ctrl-J", "Ctrl-M", "Ctrl-[", "Ctrl-C"], Forbidden::SameAsOther)]
#[case(&["Ctrl-Espace"], Forbidden::InputMethod)]
#[case(&["~", "#", "@", "^", "¨", "Alt-x", "AltGr-e"], Forbidden::Alt)]
#[case(&["Ctrl-1", "Maj-Entrée", "Ctrl-Tab"], Forbidden::NotSent)]
fn a_forbidden_key_is_refused_with_its_reason(#[case] keys: &[&str], #[case] why: Forbidden) {
    for key in keys {
        let found = fault("undo", &[key]);
        assert!(matches!(found, KeyFaultKind::Forbidden(_, because) if because == why), "{key}: {found:?}");
    }
}

#[test]
fn a_key_is_not_bound_where_a_field_would_take_it_as_text() {
    assert_eq!(fault("claim_ringing", &["g"]), KeyFaultKind::IsText(Key::char('g')));
    assert_eq!(fault("text_save", &["Espace"]), KeyFaultKind::IsText(Key::char(' ')));
}

#[test]
fn a_key_is_not_bound_twice_where_it_could_mean_two_things() {
    assert_eq!(fault("undo", &["n"]), KeyFaultKind::Taken(Key::char('n'), Action::NewRequest));
    assert_eq!(fault("undo", &["Ctrl-G"]), KeyFaultKind::Taken(Key::ctrl('g'), Action::ClaimRinging));
    assert_eq!(
        fault("redraw", &["Suppr"]),
        KeyFaultKind::Taken(Key::named(KeyCode::Delete), Action::EditDelete),
        "what works everywhere takes from fields too",
    );
    let both = Keymap::rebound(DigitRow::Azerty, &[rebind("undo", &["w"]), rebind("note", &["w"])]).unwrap_err();
    assert_eq!(both.len(), 1, "said once");
}

#[test]
fn the_way_back_the_choices_and_the_command_line_cannot_be_lost() {
    assert_eq!(fault("leave", &["F12"]), KeyFaultKind::Fixed);
    assert_eq!(fault("choose", &["a"]), KeyFaultKind::Fixed);
    assert_eq!(fault("command", &[]), KeyFaultKind::NeedsKey);
    assert!(Keymap::rebound(DigitRow::Azerty, &[rebind("repeat", &[])]).is_ok());
}

#[test]
fn a_fault_names_its_place_what_is_wrong_and_the_nearest_name() {
    let place = Some(Place { file: "/etc/loge/config.toml".into(), line: 12 });
    let rebind = Rebind { action: "claim_ring".to_owned(), keys: vec!["F5".to_owned()], place };
    let fault = Keymap::rebound(DigitRow::Azerty, &[rebind]).unwrap_err().remove(0);
    assert_eq!(
        fault.said(Language::Fr),
        "/etc/loge/config.toml, ligne 12\u{a0}: Aucune action ne s'appelle «\u{a0}claim_ring\u{a0}». La plus proche est \
         «\u{a0}claim_ringing\u{a0}»\u{a0}; loge keys les montre toutes."
    );
    assert!(fault.said(Language::En).contains("“claim_ringing”"));
}

#[test]
fn every_fault_is_said_in_both_languages() {
    let key = Key::ctrl('a');
    let forbidden = [
        Forbidden::Multiplexer,
        Forbidden::FlowControl,
        Forbidden::Shell,
        Forbidden::Browser,
        Forbidden::SameAsOther,
        Forbidden::InputMethod,
        Forbidden::Alt,
        Forbidden::NotSent,
    ];
    let kinds = [
        KeyFaultKind::NoAction("undo"),
        KeyFaultKind::Fixed,
        KeyFaultKind::NeedsKey,
        KeyFaultKind::NoKey("gg".to_owned()),
        KeyFaultKind::IsText(key),
        KeyFaultKind::Taken(key, Action::Undo),
    ];
    let forbidden = forbidden.into_iter().map(|why| KeyFaultKind::Forbidden(key, why));
    for kind in kinds.into_iter().chain(forbidden) {
        let fault = KeyFault { action: "undo".to_owned(), kind, place: None };
        for language in [Language::Fr, Language::En] {
            let said = fault.said(language);
            assert!(said.ends_with('.') && !said.contains("keys-fault") && !said.contains('{'), "{said}");
        }
    }
}

#[test]
fn an_act_out_of_reach_is_told_with_the_way_to_it() {
    let map = Keymap::default();
    assert_eq!(map.way(Context::Text, Action::Undo, Language::Fr), "Échap puis u");
    assert_eq!(map.way(Context::List, Action::Undo, Language::Fr), "u");
    assert_eq!(map.way(Context::Text, Action::ClaimRinging, Language::En), "Ctrl-G");
    assert_eq!(map.way(Context::List, Action::Quit, Language::Fr), ":quitter");
}

#[test]
fn commands_are_understood_in_both_languages_without_accents() {
    let commands = Commands::with(vec![Extra { id: "cut", french: "couper", english: "cut" }]);
    for typed in ["quitter", "QUITTER", "quit", "quitt"] {
        assert_eq!(commands.find(typed, Language::Fr), Some(Order::Action(Action::Quit)), "{typed}");
    }
    assert_eq!(commands.find("liberer", Language::Fr), Some(Order::Action(Action::Release)));
    assert_eq!(commands.find("couper", Language::En), Some(Order::Extra("cut")));
    assert_eq!(commands.find("re", Language::Fr), None, "several begin so");
    assert_eq!(commands.find("", Language::Fr), None);
}

/// `UPDATE_DOCS=1` writes the file anew.
#[test]
fn the_documentation_shows_the_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/keys.md");
    let page = markdown(&Keymap::default(), Language::Fr);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, &page).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(written == page, "docs/keys.md is not what the table says: UPDATE_DOCS=1 cargo test --lib keymap");
}

proptest! {
    #[test]
    fn no_binding_whatever_makes_a_field_lose_a_letter(action in 0..Action::ALL.len(), c in "[a-z0-9é&]") {
        let name = Action::ALL[action].row().name;
        if let Ok(map) = Keymap::rebound(DigitRow::Azerty, &[rebind(name, &[&c])]) {
            let key = Key::parse(&c).unwrap();
            prop_assert_eq!(map.read(Context::Text, key), Reading::Text(c.chars().next().unwrap()));
        }
    }
}

#[test]
fn where_there_is_ascii_alone_arrows_are_words_and_every_label_is_read_back() {
    let words = Keymap::default().with_arrows(Arrows::Words);
    for (code, french, english) in [
        (KeyCode::Up, "Haut", "Up"),
        (KeyCode::Down, "Bas", "Down"),
        (KeyCode::Left, "Gauche", "Left"),
        (KeyCode::Right, "Droite", "Right"),
    ] {
        let key = Key::named(code);
        assert_eq!((words.label(key, Language::Fr), words.label(key, Language::En)), (french.into(), english.into()));
        assert_eq!((Key::parse(french), Key::parse(english)), (Ok(key), Ok(key)));
        assert!(!Keymap::default().label(key, Language::Fr).is_ascii());
    }
}
