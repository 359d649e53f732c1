//! What each workflow costs on a French keyboard: a test fails when one grows longer.

use super::house::*;
use crate::{
    console::{
        effect::Effect,
        keymap::{Key, Layout},
        model::layer::Layer,
    },
    domain::{
        contact::Party,
        entry::{Choice, Chosen, Reading, Setting, Vocabulary, read},
        ids::ServiceId,
        request::Requester,
        service::Service,
    },
    replica::Record,
    text::words,
    wire::catalogue::Command,
};
use std::collections::BTreeSet;

fn presses(text: &str) -> usize {
    text.chars().map(|c| usize::from(Layout::Azerty.presses(Key::char(c)).unwrap())).sum()
}

#[test]
fn the_usual_order_of_a_known_caller_is_two_presses_after_the_claim() {
    let mut house = House::on_the_phone();
    house.press("& Enter");
    assert_eq!(house.presses, 2);
    let given = house.given();
    let Command::CreateRequest { body, .. } = &given[0] else { panic!("{given:?}") };
    assert_eq!(body.service_id, Some(service("pain")));
    assert_eq!(u32::from(body.quantity), 2);
    assert_eq!(body.text, None, "the number of an order is nothing that was said");
    assert!(matches!(given[1], Command::TriageRequest { .. }));
}

#[test]
fn an_unshifted_key_of_the_digit_row_means_its_digit_only_while_it_stands_alone() {
    let mut house = House::on_the_phone();
    house.type_in("é");
    assert_eq!(house.line().reading.as_ref().unwrap().service.as_ref().unwrap().value, service("chemise"));
    house.type_in("paule");
    assert!(house.line().brought.is_none());
    assert_eq!(house.text(), "épaule");
}

/// What people could type for a service: beginnings of its words, of its synonyms, of two of them.
fn said_for(service: &Service) -> Vec<String> {
    let fields = &service.fields;
    let texts = [Some(&fields.name), fields.name_en.as_ref()].into_iter().flatten().chain(&fields.synonyms);
    let mut said = BTreeSet::new();
    for text in texts {
        let words: Vec<String> = words(text.as_str());
        for word in words.iter().filter(|word| word.len() > 2) {
            for length in 3..=word.len().min(9) {
                said.insert(word[..length].to_owned());
            }
        }
    }
    let mut said: Vec<String> = said.into_iter().collect();
    said.sort_by_key(|text| presses(text));
    said
}

fn is_right(reading: &Reading, service: ServiceId) -> bool {
    reading.service.as_ref().map(|read| read.value) == Some(service)
        && u32::from(reading.quantity.value) == 2
        && reading.question.is_none()
        && reading.missing().is_empty()
        && reading.further.is_empty()
}

struct Desk {
    vocabulary: std::sync::Arc<Vocabulary>,
    setting: Setting,
}

fn desk() -> Desk {
    let mut house = House::on_the_phone();
    house.type_in("x");
    Desk { vocabulary: house.model.world.vocabulary.clone().unwrap(), setting: house.line().setting.clone().unwrap() }
}

/// What is typed for a service, and which answer is given where it asks.
struct Said {
    phrase: String,
    answer: Option<usize>,
}

/// The cheapest phrase with a quantity of two that is read wholly right, at best without a question, else after one answer.
fn cheapest(desk: &Desk, service: &Service, ends: &[&str], most: usize) -> Option<Said> {
    let mut phrases: Vec<String> = Vec::new();
    for said in said_for(service) {
        for end in ends {
            for begin in ["2", "2 ", "2h ", "2kg "] {
                phrases.push(format!("{begin}{said}{end}"));
            }
            phrases.push(format!("{said} 2{end}"));
        }
    }
    phrases.retain(|phrase| presses(phrase) < most);
    phrases.sort_by_key(|phrase| presses(phrase));
    let reads = |phrase: &str, chosen: &Chosen| read(phrase, &desk.vocabulary, &desk.setting, chosen);
    let plain = phrases.iter().find(|phrase| is_right(&reads(phrase, &Chosen::default()), service.id));
    if let Some(phrase) = plain {
        return Some(Said { phrase: phrase.clone(), answer: None });
    }
    phrases.iter().filter(|phrase| presses(phrase) + 2 <= most).find_map(|phrase| {
        let question = reads(phrase, &Chosen::default()).question?;
        let fits = |answer: &Choice| {
            let mut chosen = Chosen::default();
            chosen.choose(answer.clone());
            is_right(&reads(phrase, &chosen), service.id)
        };
        let answer = question.answers.iter().take(9).position(fits)?;
        Some(Said { phrase: phrase.clone(), answer: Some(answer) })
    })
}

/// Types the phrase and saves; counts what that costs and checks what was saved.
fn take(house: &mut House, said: &Said, service: ServiceId) -> usize {
    let phrase = &said.phrase;
    house.presses = 0;
    house.effects.clear();
    house.type_in(phrase);
    house.press("Enter");
    if let Some(answer) = said.answer {
        let unshifted = ["&", "é", "\"", "'", "(", "-", "è", "_", "ç"];
        house.press(unshifted[answer]);
    }
    let given = house.given();
    let Some(Command::CreateRequest { body, .. }) = given.first() else { panic!("{phrase}: {given:?}") };
    assert_eq!((body.service_id, u32::from(body.quantity)), (Some(service), 2), "{phrase}");
    assert!(
        given.iter().any(|command| matches!(command, Command::TriageRequest { .. })),
        "{phrase}: {}",
        house.notice()
    );
    house.presses
}

/// The services that cannot be had with so many presses.
fn too_long(ends: &[&str], most: usize) -> Vec<String> {
    let (desk, mut house) = (desk(), House::on_the_phone());
    let cost = |(name, service): (String, Service)| match cheapest(&desk, &service, ends, most) {
        Some(said) => {
            let cost = take(&mut house, &said, service.id);
            (cost > most).then(|| format!("{name}: {} {cost}", said.phrase))
        }
        None => Some(format!("{name}: no phrase")),
    };
    services().into_iter().filter_map(cost).collect()
}

#[test]
fn each_service_of_the_catalogue_twice_by_the_defaults_is_at_most_nine_presses() {
    let too_long = too_long(&[""], 9);
    assert!(too_long.is_empty(), "{too_long:#?}");
}

#[test]
fn each_service_with_day_and_hand_over_said_is_at_most_twenty_two_presses() {
    // What is done on the spot is handed over there: nothing else can be said of it.
    let ends = [" jeu casier", " jeu permanence", " jeu sur place", " mar casier", " ven sur place"];
    let too_long = too_long(&ends, 22);
    assert!(too_long.is_empty(), "{too_long:#?}");
}

fn from_a_switchboard() -> House {
    let mut house = House::new();
    house.rings(SWITCHBOARD_CALL, "05 36 49 01 00", Party::Switchboard { client_id: id(3_000) });
    house.press("F2");
    house.presses = 0;
    house.effects.clear();
    house
}

#[test]
fn behind_a_switchboard_each_person_among_423_is_found_with_at_most_five_presses() {
    let theirs: Vec<_> = persons().into_iter().filter(|person| person.fields.client_id == Some(id(3_000))).collect();
    assert!(theirs.len() > 100);
    let mut house = from_a_switchboard();
    let mut best = std::collections::BTreeMap::new();
    let beginnings: BTreeSet<String> = (theirs.iter())
        .flat_map(|person| {
            words(&format!("{} {}", person.fields.family_name, person.fields.given_name.as_ref().unwrap()))
        })
        .flat_map(|word| (1..=word.len().min(4)).map(move |length| word[..length].to_owned()).collect::<Vec<_>>())
        .collect();
    for typed in beginnings {
        house.press("Ctrl-U");
        house.type_in(&typed);
        let Some(Layer::Party(search)) = house.model.layers.last() else { panic!() };
        for (place, person) in search.found.iter().enumerate() {
            // ↓ and Enter, or its number, which costs Shift.
            let (cost, by_number) = if place < 2 { (place + 1, false) } else { (2, true) };
            let way = (presses(&typed) + cost, typed.clone(), place, by_number);
            let known = best.entry(*person).or_insert_with(|| way.clone());
            *known = known.clone().min(way);
        }
    }
    for person in &theirs {
        let (cost, typed, place, by_number) = best.get(&person.id).unwrap_or_else(|| panic!("{:?}", person.fields));
        assert!(*cost <= 5, "{}: {cost}", person.fields.family_name);
        let mut house = from_a_switchboard();
        house.type_in(typed);
        if *by_number {
            house.key(Key::char(char::from(b'1' + u8::try_from(*place).unwrap())));
        } else {
            (0..*place).for_each(|_| house.press("Down"));
            house.press("Enter");
        }
        assert_eq!(house.presses, *cost);
        let given = house.given();
        let [Command::AttachContact { body, .. }] = given.as_slice() else { panic!("{given:?}") };
        assert_eq!(body.party, Party::Person { id: person.id });
        assert_eq!(body.keep, crate::wire::bodies::Keep::ThisOnce, "a shared number is nobody's own");
        assert_eq!(house.line().requester, Some(Requester::Person { id: person.id }));
        assert!(house.model.layers.is_empty() && house.line().has_focus());
    }
}

#[test]
fn a_new_person_is_the_name_and_two_presses() {
    let mut house = House::new();
    house.rings(UNKNOWN_CALL, "06 39 98 55 55", Party::Unknown);
    house.press("F2");
    house.presses = 0;
    house.effects.clear();
    house.type_in("jean test");
    let name = house.presses;
    house.press("Enter");
    assert!(house.given().is_empty(), "a mistyped name makes nobody");
    house.press("Enter");
    assert_eq!(house.presses, name + 2);
    let given = house.given();
    let [Command::CreateBeneficiary { id: made, body }, Command::AttachContact { body: attached, .. }] =
        given.as_slice()
    else {
        panic!("{given:?}")
    };
    assert_eq!((body.given_name.as_ref().unwrap().as_str(), body.family_name.as_str()), ("Jean", "Test"));
    assert_eq!(body.phones.first().map(ToString::to_string).as_deref(), Some("+33639985555"));
    assert_eq!(attached.party, Party::Person { id: *made });
    assert_eq!(house.line().requester, Some(Requester::Person { id: *made }));
}

#[test]
fn the_number_of_a_switchboard_is_never_a_new_persons_own() {
    let mut house = from_a_switchboard();
    house.type_in("jeanne wxyz");
    house.press("Enter Enter");
    let given = house.given();
    let Command::CreateBeneficiary { body, .. } = &given[0] else { panic!("{given:?}") };
    assert!(body.phones.is_empty());
    assert_eq!(body.client_id, Some(id(3_000)));
    assert_eq!(body.site_id, Some(site()));
}

#[test]
fn the_last_save_is_undone_from_the_field_with_two_presses() {
    let mut house = House::on_the_phone();
    house.press("& Enter");
    let key = house.records()[0].key;
    house.presses = 0;
    house.press("Esc u");
    assert_eq!(house.presses, 2);
    assert!(
        house
            .effects
            .iter()
            .any(|effect| { matches!(effect, Effect::Keep(record) if **record == Record::Dropped { key }) })
    );
}
