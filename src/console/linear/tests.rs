//! Stories of the linear view.

use super::{
    Told, lines,
    painter::{Letters, Painter},
    prompt,
};
use crate::{
    console::{fixtures, message::Message, session::Unlocked, update::house::*},
    domain::{access::Role, contact::Party, operator::Language, provider::Provider},
    replica::link::LinkEvent,
    wire::query::Balance,
};
use serde_json::json;
use std::time::Duration;

/// A house that is heard instead of seen.
struct Listener {
    house: House,
    told: Told,
    log: Vec<String>,
}

impl Listener {
    fn new(language: Language) -> Self {
        let mut house = House::new();
        house.model.seat.language = language;
        let mut listener = Self { house, told: Told::default(), log: Vec::new() };
        listener.hear();
        listener
    }

    fn hear(&mut self) {
        let (news, told) = lines(&self.told, &self.house.model);
        self.told = told;
        self.log.extend(news);
    }

    /// What was told since it was last asked.
    fn heard(&mut self) -> Vec<String> {
        self.hear();
        std::mem::take(&mut self.log)
    }

    fn press(&mut self, names: &str) {
        for name in names.split(' ') {
            self.house.press(name);
            self.hear();
        }
    }

    fn type_in(&mut self, text: &str) {
        for c in text.chars() {
            self.house.type_in(&c.to_string());
            self.hear();
        }
    }

    fn pause(&mut self) {
        let due = self.told.due().expect("something waits");
        let wait = due.since(self.house.model.now);
        self.house.wait(i64::try_from(wait.as_millis()).unwrap());
        self.hear();
    }

    fn durand_rings(&mut self) {
        self.house.past(&[("pain", 2, None), ("pain", 2, None), ("chemise", 3, None), ("chemise", 3, None)]);
        let balance = Balance { accounts: [("tab".to_owned(), 1_840)].into() };
        self.house.tell(Message::TabTold { person: person_id(0), balance: Ok(balance) });
        self.house.rings(CALL, "05 36 49 12 34", Party::Person { id: person_id(0) });
    }
}

#[test]
fn the_call_of_the_design_is_told_line_by_line() {
    let mut listener = Listener::new(Language::Fr);
    let begin = listener.heard();
    assert!(begin[0].starts_with("Loge, mode linéaire."), "{begin:#?}");
    assert!(begin.iter().any(|line| line.starts_with("Accueil\u{a0}: aucun appel ne sonne")), "{begin:#?}");
    listener.durand_rings();
    let rings = listener.heard();
    assert!(rings[0].starts_with("Sonne\u{a0}: Mme Durand, "), "{rings:#?}");
    assert!(rings[0].ends_with(" 05 36 49 12 34. Ctrl-G prendre l'appel."), "{rings:#?}");
    listener.press("F2");
    listener.house.claimed(CALL);
    let taken = listener.heard();
    assert!(taken[0].starts_with("Pris. Mme Claire Durand, "), "{taken:#?}");
    assert!(taken[0].ends_with(". Doit 18,40 euros. Aucune demande en cours."), "{taken:#?}");
    assert!(taken.iter().any(|line| line.starts_with("Habituel\u{a0}: 1 ")), "{taken:#?}");
    assert_eq!(prompt(&listener.house.model).label, "Demande> ");
    listener.type_in("3 chemi");
    assert_eq!(listener.heard(), Vec::<String>::new(), "nothing is told while one types");
    listener.house.rings(OTHER_CALL, "06 39 98 55 55", Party::Unknown);
    let second = listener.heard();
    assert_eq!(second.len(), 1, "{second:#?}");
    assert!(second[0].starts_with("Sonne\u{a0}: "), "{second:#?}");
    listener.type_in("ses jeudi casier");
    listener.pause();
    let understood = listener.heard();
    assert!(understood[0].starts_with("Compris\u{a0}: "), "{understood:#?}");
    assert!(understood[0].contains("3 chemises") && understood[0].contains("jeudi 26 novembre"), "{understood:#?}");
    assert!(understood[0].contains("9,60 euros") && !understood[0].contains('€'), "{understood:#?}");
    listener.press("Enter");
    let saved = listener.heard();
    assert_eq!(saved[0], "Demande> 3 chemises jeudi casier", "{saved:#?}");
    assert!(saved[1].starts_with("Enregistrée\u{a0}: "), "{saved:#?}");
    assert_eq!(saved.len(), 2, "{saved:#?}");
    assert_eq!(prompt(&listener.house.model).text, "");
}

#[test]
fn the_register_is_told_row_by_row_and_line_by_line() {
    let mut listener = Listener::new(Language::Fr);
    listener.house.model.seat.operator.fields.roles.insert(Role::Dispatcher);
    for (number, name, members) in [
        (1, "Lavoir Solidaire", json!([])),
        (2, "Linge Ensemble", json!([{ "provider_id": uuid::Uuid::from_u128(1), "capacity_per_day": 4 }])),
    ] {
        let fields = json!({ "name": name, "tier": "inclusion", "members": members });
        let row = Provider::create(fixtures::id(number), serde_json::from_value(fields).unwrap()).unwrap();
        fixtures::comes(&mut listener.house.model, &row);
    }
    listener.press("Esc");
    listener.heard();
    listener.press(":");
    listener.type_in("prestataires");
    listener.press("Enter");
    let opened = listener.heard();
    assert!(opened.iter().any(|line| line.contains("Prestataires")), "{opened:#?}");
    let first = opened.last().unwrap();
    assert_eq!(first, "1 sur 2\u{a0}: Lavoir Solidaire, insertion, courriel.", "{opened:#?}");
    listener.press("/");
    listener.type_in("ensemble");
    listener.pause();
    let found = listener.heard();
    assert!(found.last().unwrap().contains("Linge Ensemble (groupement), insertion"), "{found:#?}");
    listener.press("Enter");
    listener.press("Enter");
    let entry = listener.heard();
    assert!(entry.last().unwrap().contains("nom\u{a0}: Linge Ensemble"), "{entry:#?}");
    listener.press("Down");
    assert!(listener.heard().last().unwrap().contains("catégorie\u{a0}: insertion"));
    listener.press("e");
    assert_eq!(prompt(&listener.house.model).label, "catégorie> ");
    assert_eq!(prompt(&listener.house.model).text, "insertion");
    listener.press("Ctrl-U");
    listener.type_in("solidaire");
    listener.press("Enter");
    listener.pause();
    let wrong = listener.heard();
    assert!(wrong.iter().any(|line| line.contains("n'est pas compris")), "{wrong:#?}");
    listener.press("Ctrl-U");
    listener.type_in("insertion EI");
    listener.press("Enter");
    let saved = listener.heard();
    assert!(saved.iter().any(|line| line.contains("modification enregistrée")), "{saved:#?}");
    assert!(saved.iter().any(|line| line.contains("catégorie\u{a0}: insertion EI")), "{saved:#?}");
}

#[test]
fn the_same_call_is_told_in_english() {
    let mut listener = Listener::new(Language::En);
    listener.heard();
    listener.durand_rings();
    assert!(listener.heard()[0].starts_with("Ringing: Mme Durand, "));
    listener.press("F2");
    listener.house.claimed(CALL);
    let taken = listener.heard();
    assert!(taken[0].starts_with("Picked up. Mme Claire Durand, "), "{taken:#?}");
    assert!(taken[0].contains("Owes 18.40 euros."), "{taken:#?}");
    listener.type_in("3 shirts thursday locker");
    listener.pause();
    let understood = listener.heard();
    assert!(
        understood[0].starts_with("Understood: ") && understood[0].contains("Thursday 26 November"),
        "{understood:#?}"
    );
    listener.press("Enter");
    let saved = listener.heard();
    assert_eq!(saved[0], "Request> 3 shirts thursday locker", "{saved:#?}");
}

#[test]
fn what_was_understood_is_told_before_what_was_saved_in_haste() {
    let mut listener = Listener::new(Language::Fr);
    listener.durand_rings();
    listener.press("F2");
    listener.heard();
    listener.type_in("3 chemises jeudi casier");
    listener.press("Enter");
    let told = listener.heard();
    let starts: Vec<_> = ["Demande> ", "Compris", "Enregistrée"].into();
    let places: Vec<_> = starts.iter().map(|start| told.iter().position(|line| line.starts_with(start))).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{told:#?}");
}

#[test]
fn the_one_question_has_numbered_answers() {
    let mut listener = Listener::new(Language::Fr);
    listener.durand_rings();
    listener.press("F2");
    listener.type_in("2 panier");
    listener.heard();
    listener.press("Enter");
    let told = listener.heard();
    assert!(told.iter().any(|line| line.starts_with("1 ") && line.contains(", 2 ")), "{told:#?}");
    assert_eq!(prompt(&listener.house.model).label, "Choix> ");
}

#[test]
fn a_ring_is_told_once_also_when_its_claim_comes_to_nothing() {
    let mut listener = Listener::new(Language::Fr);
    listener.durand_rings();
    listener.heard();
    listener.house.wait(5_000);
    listener.house.wait(60_000);
    assert_eq!(listener.heard(), Vec::<String>::new(), "time alone tells nothing");
    let claim = claim_of_colleague(CALL, listener.house.model.now);
    listener.house.change(&claim, id(1));
    listener.heard();
    let mut over = claim;
    over.state = crate::domain::claim::ClaimState::Released;
    listener.house.change(&over, id(2));
    assert!(!listener.heard().iter().any(|line| line.starts_with("Sonne")));
}

#[test]
fn moving_tells_the_row_and_changing_lanes_its_name() {
    let mut listener = Listener::new(Language::Fr);
    listener.heard();
    listener.press("Tab Tab");
    let lanes = listener.heard();
    assert!(lanes[0].starts_with("Courriel") && lanes[1].starts_with("Permanences, "), "{lanes:#?}");
    listener.press("Down");
    let row = listener.heard();
    assert_eq!(row.len(), 1, "{row:#?}");
    assert!(row[0].starts_with("2 sur "), "{row:#?}");
    assert!(row[0].contains("12 h à 14 h"), "{row:#?}");
}

#[test]
fn the_connection_is_told_when_it_changes_and_not_by_the_second() {
    let mut listener = Listener::new(Language::Fr);
    listener.heard();
    let lost = LinkEvent::Disconnected {
        retry_in: Duration::from_secs(4),
        why: crate::client::ClientError::Protocol(String::new()),
    };
    listener.house.tell(Message::Link(lost));
    assert_eq!(listener.heard().len(), 1);
    listener.house.wait(1_000);
    listener.house.wait(1_000);
    assert_eq!(listener.heard(), Vec::<String>::new());
    listener.house.tell(Message::Link(LinkEvent::Connected { at: None }));
    assert_eq!(listener.heard().len(), 1);
}

#[test]
fn the_help_is_told_as_lines() {
    let mut listener = Listener::new(Language::Fr);
    listener.heard();
    listener.press("F1");
    let help = listener.heard();
    assert!(help.len() > 20 && help.iter().all(|line| !line.contains('─')), "{help:#?}");
    listener.press("Down");
    assert_eq!(listener.heard(), Vec::<String>::new());
}

#[test]
fn whatever_comes_in_while_one_types_the_line_at_the_foot_is_the_one_typed() {
    let mut listener = Listener::new(Language::Fr);
    listener.durand_rings();
    listener.press("F2");
    let mut painter = Painter::new(80, Letters::All);
    let mut screen = String::new();
    for (place, c) in "pres 3 chemises ven midi".chars().enumerate() {
        listener.house.type_in(&c.to_string());
        if place % 5 == 0 {
            listener.house.rings(20_000 + place as u128, "06 39 98 55 55", Party::Unknown);
        }
        let news = listener.heard();
        screen.push_str(&String::from_utf8(painter.paint(&news, &prompt(&listener.house.model))).unwrap());
        let foot = screen.rsplit("\r\n").next().unwrap().replace("\r\u{1b}[K", "");
        assert_eq!(foot, format!("Demande> {}", listener.house.text()));
    }
    assert!(screen.matches("Sonne").count() >= 5);
}

#[test]
fn a_reply_is_written_line_by_line_and_sent_from_its_foot() {
    use crate::console::{
        fixtures::{afternoon, id, known::MAIL, press, type_in},
        model::reception::Item,
    };
    let mut model = afternoon();
    press(&mut model, &["Tab", "g"]);
    while model.reception.selected() != Some(Item::Contact(id(MAIL))) {
        press(&mut model, &["Down"]);
    }
    let (_, told) = lines(&Told::default(), &model);
    press(&mut model, &["r"]);
    let (said, told) = lines(&told, &model);
    assert!(said.iter().any(|line| line.starts_with("Réponse à Mme Martin")), "{said:?}");
    assert!(said.iter().any(|line| line.contains("1 Bien reçu")), "{said:?}");
    type_in(&mut model, "Oui, vendredi");
    assert_eq!(prompt(&model).text, "Oui, vendredi");
    press(&mut model, &["Esc"]);
    let (said, told) = lines(&told, &model);
    assert!(said.iter().any(|line| line.contains("o puis Entrée")), "{said:?}");
    press(&mut model, &["o", "Enter"]);
    let (said, _) = lines(&told, &model);
    assert!(said.iter().any(|line| line.starts_with("Réponse à Mme Martin")), "{said:?}");
}

#[test]
fn what_happened_is_told_in_sentences_and_the_journal_line_by_line() {
    let mut model = crate::console::fixtures::activity::active();
    let mut told = Told::default();
    let mut heard = |model: &crate::console::model::Model| {
        let (news, next) = lines(&told, model);
        told = next;
        news.into_iter().map(|line| line.replace('\u{a0}', " ")).collect::<Vec<_>>()
    };
    let news = heard(&model);
    assert!(news.contains(&"Activité.".to_owned()), "{news:#?}");
    assert!(news.contains(&"Arrivées, mardi 24 novembre 2026, tous les sites.".to_owned()), "{news:#?}");
    let arrivals = "Contacts arrivés : 53. Par canal : téléphone 29, courriel 8, permanence 14, casier 2. \
                    Par heure : 8 h 7, 9 h 11, 10 h 7, 11 h 4, 12 h 10, 13 h 7, 14 h 7.";
    assert!(news.contains(&arrivals.to_owned()), "{news:#?}");
    crate::console::fixtures::press(&mut model, &["Tab"]);
    let news = heard(&model);
    let clock = "première réponse : 31 tenus, 4 manqués, 3 en cours, 1 en retard ; tenus sur terminés : 88 %.";
    assert!(news.contains(&clock.to_owned()), "{news:#?}");
    crate::console::fixtures::press(&mut model, &["Tab"]);
    let news = heard(&model);
    let share = "Bruges, novembre : 70 % des demandes (24 sur 34), 62 % des euros (200,00 euros sur 320,00 euros) ; objectif 80 %.";
    assert!(news.contains(&share.to_owned()), "{news:#?}");
    crate::console::fixtures::press(&mut model, &["Tab", "Tab"]);
    let news = heard(&model);
    assert!(news.contains(&"Heures : 5 h 45 tenues sur 10 h 00 prévues, 57 %.".to_owned()), "{news:#?}");
    // The same figures again are not told again.
    let today = crate::console::fixtures::activity::today();
    let figures = crate::console::fixtures::activity::figures(today, 1);
    crate::console::fixtures::activity::tells(&mut model, today, figures);
    assert_eq!(heard(&model), Vec::<String>::new());
    crate::console::fixtures::press(&mut model, &["Tab", "Down"]);
    let news = heard(&model);
    let line = "2 sur 6 : 14 h 29, Lavoir Solidaire, accepte la proposition, 26-1004, envoyée → acceptée.";
    assert!(news.contains(&line.to_owned()), "{news:#?}");
}

#[test]
fn a_locked_console_tells_nothing_but_that_it_is_locked_and_tells_all_once_it_is_open() {
    let mut listener = Listener::new(Language::Fr);
    listener.durand_rings();
    listener.press("F2");
    listener.house.claimed(CALL);
    listener.type_in("3 chemises pour ma voisine Besson");
    listener.heard();
    listener.press("Esc");
    listener.type_in(":verrou");
    listener.press("Enter");
    let locked = listener.heard().join("\n");
    assert!(locked.contains("Poste verrouillé"), "{locked}");
    let tell_tale = |told: &str| ["Durand", "Besson", "36 49", "chemises"].into_iter().find(|text| told.contains(text));
    assert_eq!(tell_tale(locked.rsplit_once("Poste verrouillé").unwrap().1), None, "{locked}");
    listener.house.rings(OTHER_CALL, "06 39 98 55 55", Party::Unknown);
    let rings = listener.heard();
    assert_eq!(rings, ["Un appel sonne."]);
    listener.type_in("secret");
    assert_eq!(listener.heard(), Vec::<String>::new());
    let typed = prompt(&listener.house.model);
    assert_eq!((typed.label.as_str(), typed.text.as_str()), ("Mot de passe de lea\u{a0}: ", "******"));
    listener.press("Ctrl-G");
    let said = listener.heard().join(" ");
    assert!(said.contains("déverrouillez") && !said.contains("39 98"), "{said}");
    listener.press("Esc");
    let ways = listener.heard().join(" ");
    assert!(ways.contains("1 Rester verrouillé, 2 Quitter, 3 Passer le poste"), "{ways}");
    assert_eq!(tell_tale(&ways), None, "{ways}");
    listener.press("1");
    listener.type_in("secret");
    listener.press("Enter");
    listener.heard();
    listener.house.tell(Message::Unlocked(Ok(Unlocked::Here)));
    let told = listener.heard().join("\n");
    assert!(told.contains("Mme Claire Durand") && told.contains("06 39 98 55 55"), "{told}");
    assert!(!told.contains("***"), "{told}");
}

#[test]
fn what_is_being_typed_is_not_left_on_the_glass_when_it_locks_by_itself() {
    let mut listener = Listener::new(Language::Fr);
    listener.house.model.seat.lock_after = Some(jiff::SignedDuration::from_mins(1));
    listener.press("n Esc");
    listener.type_in("pour ma voisine Besson");
    listener.heard();
    listener.house.wait(120_000);
    let told = listener.heard().join("\n");
    assert!(told.contains("Poste verrouillé") && !told.contains("Besson"), "{told}");
}
