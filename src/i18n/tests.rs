//! Both locales against each other and against the code.

use super::*;
use crate::{
    domain::{
        assignment::ASSIGNMENT,
        booking::BOOKING,
        claim::CLAIM,
        contact::CONTACT,
        entity::EntityKind,
        exception::EXCEPTION,
        held::HELD,
        item::ITEM,
        leg::LEG,
        locker::LOCKER,
        machine::{Machine, State},
        offer::OFFER,
        permanence::PERMANENCE,
        recurring::RECURRING_ORDER,
        refusal::Cause,
        reply::REPLY,
        request::REQUEST,
        round::ROUND,
    },
    wire::{catalogue::CATALOGUE, problem::ProblemKind},
};
use rstest::rstest;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

const BOTH: [Language; 2] = [Language::Fr, Language::En];

/// Every key and `key.attribute` with its variables, read from the text itself.
fn entries(text: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let (mut key, mut current) = (String::new(), String::new());
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        if !line.starts_with(' ') {
            key = line.split(" =").next().unwrap().to_owned();
            current.clone_from(&key);
        } else if let Some(attribute) = line.trim_start().strip_prefix('.').and_then(|rest| rest.split(" =").next()) {
            current = format!("{key}.{attribute}");
        }
        let variables = all.entry(current.clone()).or_default();
        let named = line
            .split('$')
            .skip(1)
            .map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>());
        variables.extend(named);
    }
    all
}

fn assert_said(key: &str) {
    for language in BOTH {
        assert!(found(language, key, &[]).is_some(), "{key} is not said in {language:?}");
    }
}

fn all_causes() -> Vec<Cause> {
    use Cause::{
        AlreadyTaken, BuiltUpon, Claimed, ExceptionOpen, Exists, InUse, LegBefore, LockerBooked, NoAddress,
        NoMailServer, NotThisKind, TooLate, Unbalanced,
    };
    // A cause that is added stops this from compiling until it is listed.
    match Claimed {
        Claimed | AlreadyTaken | LockerBooked | LegBefore | BuiltUpon | TooLate | ExceptionOpen | Exists | InUse
        | Unbalanced | NoAddress | NoMailServer | NotThisKind => {}
    }
    vec![
        Claimed,
        AlreadyTaken,
        LockerBooked,
        LegBefore,
        BuiltUpon,
        TooLate,
        ExceptionOpen,
        Exists,
        InUse,
        Unbalanced,
        NoAddress,
        NoMailServer,
        NotThisKind,
    ]
}

#[test]
fn the_compiled_in_texts_have_no_fault() {
    for text in [FRENCH_TEXT, ENGLISH_TEXT] {
        let resource = FluentResource::try_new(text.to_owned()).map_err(|(_, errors)| errors).unwrap();
        let mut bundle = Bundle::new_concurrent(vec!["fr".parse().unwrap()]);
        bundle.add_resource(resource).unwrap();
    }
}

#[test]
fn both_locales_say_the_same_keys_with_the_same_attributes_and_variables() {
    let (french, english) = (entries(FRENCH_TEXT), entries(ENGLISH_TEXT));
    assert!(french.len() > 300, "the texts were not read");
    for (key, variables) in &french {
        assert_eq!(Some(variables), english.get(key), "{key}");
    }
    assert_eq!(french.keys().collect::<Vec<_>>(), english.keys().collect::<Vec<_>>());
}

#[test]
fn every_sentence_is_whole_once_its_variables_are_given() {
    for (language, text) in [(Language::Fr, FRENCH_TEXT), (Language::En, ENGLISH_TEXT)] {
        for (key, names) in entries(text) {
            for value in ["none", "0", "1", "3", "mot"] {
                let variables: Vec<_> = names.iter().map(|name| (name.as_str(), value.to_owned())).collect();
                let said = say(language, &key, &variables);
                assert!(said != key && !said.contains(['{', '}', '\u{2068}']), "{key}: {said}");
                assert!(!said.contains("  ") || key.starts_with("cli-doctor-"), "{key}: {said}");
            }
        }
    }
}

#[test]
fn french_keeps_its_signs_and_words_together() {
    for line in FRENCH_TEXT.lines().filter(|line| !line.starts_with('#')) {
        for loose in [" :", " ;", " ?", " !", " »", "« "] {
            assert!(!line.contains(loose), "an ordinary space in: {line}");
        }
    }
}

#[test]
fn every_problem_has_a_title_and_a_detail() {
    for kind in ProblemKind::ALL {
        assert_said(&format!("problem-{}", kind.word()));
        assert_said(&format!("problem-{}.detail", kind.word()));
    }
}

#[test]
fn every_kind_of_entity_and_every_cause_has_its_words() {
    for kind in EntityKind::ALL {
        for form in ["", ".the", ".of"] {
            assert_said(&format!("entity-{}{form}", kind.name()));
        }
    }
    for cause in all_causes() {
        assert_said(&format!("cause-{}", serde_json::to_value(cause).unwrap().as_str().unwrap()));
    }
}

#[test]
fn every_state_verb_and_command_has_its_words() {
    fn check<S: State>(machine: &Machine<S>) {
        for state in S::ALL {
            assert_said(&format!("state-{}-{}", machine.entity.name(), state.name()));
        }
        for step in machine.moves {
            assert_said(&format!("verb-{}", step.name));
        }
    }
    check(&REQUEST);
    check(&RECURRING_ORDER);
    check(&CONTACT);
    check(&CLAIM);
    check(&HELD);
    check(&REPLY);
    check(&OFFER);
    check(&ASSIGNMENT);
    check(&PERMANENCE);
    check(&LOCKER);
    check(&BOOKING);
    check(&ITEM);
    check(&LEG);
    check(&ROUND);
    check(&EXCEPTION);
    for entry in CATALOGUE {
        assert_said(&format!("command-{}", entry.name.replace('.', "-")));
    }
}

/// The literal keys handed to `say(language, "key"`.
fn literal_keys(source: &str) -> Vec<String> {
    let after = |call: &str| {
        let (_, rest) = call.split_once(',')?;
        let literal = rest.trim_start().strip_prefix('"')?;
        literal.split('"').next().map(str::to_owned)
    };
    // A dynamic key, and a call whose first argument has a comma of its own, are not literal.
    source.split("say(").skip(1).filter_map(after).collect()
}

#[test]
fn every_key_that_the_code_says_exists() {
    fn walk(folder: &Path, keys: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, keys);
            } else if path.extension().is_some_and(|e| e == "rs") && !path.ends_with("i18n/tests.rs") {
                keys.extend(literal_keys(&std::fs::read_to_string(path).unwrap()));
            }
        }
    }
    let mut keys = BTreeSet::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut keys);
    assert!(!keys.is_empty(), "the source was not read");
    let written = entries(FRENCH_TEXT);
    for key in keys {
        assert!(written.contains_key(&key), "{key} is said but not written");
    }
}

#[test]
fn literal_keys_are_found_in_source() {
    assert_eq!(literal_keys(r#"i18n::say( language, "cli-a", &[]); say(l, key, &[]); say(l,\n "cli-b", &[])"#.replace("\\n", "\n").as_str()), ["cli-a", "cli-b"]);
}

#[test]
fn a_key_that_does_not_exist_is_shown_itself() {
    assert_eq!(say(Language::Fr, "no-such-key", &[]), "no-such-key");
    assert_eq!(say(Language::Fr, "entity-request.no-such", &[]), "entity-request.no-such");
}

#[test]
fn french_counts_nothing_as_singular_and_english_as_plural() {
    let none = [("rows", "0".to_owned()), ("folder", "d".to_owned())];
    assert!(say(Language::Fr, "cli-export-written", &none).contains("0 fiche dans"));
    assert!(say(Language::En, "cli-export-written", &none).contains("0 records in"));
}

#[rstest]
#[case("007")]
#[case("1e5")]
#[case("26-1047")]
#[case("nan")]
fn what_looks_like_a_number_is_said_as_it_was_written(#[case] password: &str) {
    let said = say(Language::En, "cli-first-operator", &[("login", "lea".into()), ("password", password.into())]);
    assert!(said.contains(&format!("“{password}”")), "{said}");
}

/// Problems as the office makes them, and the French sentence of each.
#[rstest]
#[case(
    Problem::new(ProblemKind::IllegalMove).with("entity", "request").with("from", "merged").with("asked", "triage").with("legal", "unmerge, cancel"),
    "«\u{a0}qualifier\u{a0}» n'est pas possible ici\u{a0}: la demande est à l'état «\u{a0}regroupée\u{a0}». Gestes possibles maintenant\u{a0}: dégrouper, annuler."
)]
#[case(
    Problem::new(ProblemKind::IllegalMove).with("entity", "request").with("from", "closed").with("asked", "cancel").with("legal", ""),
    "«\u{a0}annuler\u{a0}» n'est pas possible ici\u{a0}: la demande est à l'état «\u{a0}close\u{a0}». Cet état est définitif."
)]
#[case(
    Problem::new(ProblemKind::StateMoved).with("entity", "contact").with("seen", "open").with("present", "called_back").at("seen"),
    "Entre-temps, le contact a changé d'état\u{a0}: «\u{a0}rappelé\u{a0}» au lieu de «\u{a0}à traiter\u{a0}». Regardez ce qui a changé, puis recommencez si c'est encore utile."
)]
#[case(
    Problem::new(ProblemKind::Incomplete).with("missing", "service_id, when").at("service_id"),
    "Il faut encore indiquer\u{a0}: service, échéance. Complétez, puis recommencez."
)]
#[case(
    Problem::new(ProblemKind::Invalid).with("why", "at most 20.").at("phones"),
    "La valeur du champ «\u{a0}téléphones\u{a0}» n'est pas acceptée. Corrigez-la, puis recommencez. Détail technique\u{a0}: at most 20."
)]
#[case(
    Problem::new(ProblemKind::NotAllowed).with("command", "beneficiary.erase"),
    "Votre compte ne permet pas ce geste\u{a0}: effacer les données d'un bénéficiaire. Demandez à un collègue qui en a le droit, ou à un responsable."
)]
#[case(
    Problem::new(ProblemKind::NotFound).with("entity", "item").with("id", "26-1047"),
    "Il n'y a pas d'article sous le numéro 26-1047, ou votre compte n'y a pas accès. Vérifiez le numéro, ou demandez à un responsable."
)]
#[case(
    Problem::new(ProblemKind::UnknownReference).with("entity", "site").at("site_id"),
    "Le champ «\u{a0}site\u{a0}» cite une fiche qui n'existe pas\u{a0}: il n'y a pas de site sous ce numéro. Choisissez-en une autre, ou créez-la d'abord."
)]
#[case(
    Problem::new(ProblemKind::UnknownReference).with("entity", "row").with("why", "FOREIGN KEY"),
    "Une des fiches citées n'existe pas ou n'existe plus. Choisissez-en une autre, ou créez-la d'abord."
)]
#[case(
    Problem::new(ProblemKind::Busy).with("cause", "claimed").with("what", "claimed by somebody"),
    "Quelqu'un d'autre s'en occupe déjà. Voyez avec cette personne, ou reprenez la main en indiquant un motif."
)]
#[case(
    Problem::new(ProblemKind::TooMany).with("retry_after_s", 12),
    "Il y a eu trop d'essais à la suite. Attendez 12 secondes, puis réessayez."
)]
#[case(
    Problem::new(ProblemKind::Unavailable).with("why", "disk_full"),
    "Le serveur ne peut pas répondre pour l'instant\u{a0}: son disque est plein. Votre travail est gardé\u{a0}; réessayez dans un moment."
)]
#[case(
    Problem::new(ProblemKind::ReasonMissing).with("asked", "cancel").at("reason"),
    "Pour ce geste, «\u{a0}annuler\u{a0}», un motif est nécessaire. Choisissez-en un ou écrivez-le."
)]
fn a_problem_says_what_is_wrong_and_what_to_do(#[case] problem: Problem, #[case] sentence: &str) {
    assert_eq!(worded(problem, Language::Fr).detail, sentence);
}

#[test]
fn wording_changes_only_title_and_detail() {
    let problem = Problem::new(ProblemKind::StateMoved)
        .with("entity", "request")
        .with("seen", "new")
        .with("present", "ready")
        .at("seen");
    let said = worded(problem.clone(), Language::En);
    assert_eq!(
        said.detail,
        "Meanwhile the request changed its state: it is “ready” now, not “new”. Look at what changed, and try again if it is still of use."
    );
    assert_eq!(Problem { title: String::new(), detail: String::new(), ..said }, problem);
}

#[test]
fn a_problem_of_an_unknown_kind_keeps_the_office_s_words() {
    let problem = Problem {
        kind: "urn:loge:problem:later".into(),
        title: "T".into(),
        detail: "D".into(),
        ..Problem::new(ProblemKind::Fault)
    };
    assert_eq!(worded(problem.clone(), Language::Fr), problem);
}

#[rstest]
#[case("fr_FR.UTF-8", Language::Fr)]
#[case("en_GB.UTF-8", Language::En)]
#[case("EN", Language::En)]
#[case("C", Language::Fr)]
#[case("de_DE@euro", Language::Fr)]
#[case("enm", Language::Fr)]
#[case("", Language::Fr)]
fn a_locale_gives_a_language(#[case] locale: &str, #[case] language: Language) {
    assert_eq!(from_locale(locale), language);
}

#[rstest]
#[case(&[("LANG", "en_GB.UTF-8")], Language::En)]
#[case(&[("LANG", "en_GB.UTF-8"), ("LC_ALL", "fr_FR.UTF-8")], Language::Fr)]
#[case(&[("LANG", "fr_FR.UTF-8"), ("LC_MESSAGES", "en_IE"), ("LC_ALL", "")], Language::En)]
#[case(&[], Language::Fr)]
fn the_environment_gives_the_first_locale_that_is_set(#[case] variables: &[(&str, &str)], #[case] language: Language) {
    let lookup = |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
    assert_eq!(from_environment(lookup), language);
}

#[rstest]
#[case("", Language::Fr)]
#[case("en", Language::En)]
#[case("en-GB,en;q=0.9,fr;q=0.8", Language::En)]
#[case("fr-FR,fr;q=0.9,en;q=0.8", Language::Fr)]
#[case("en;q=0.3, fr;q=0.7", Language::Fr)]
#[case("de, en;q=0.5", Language::En)]
#[case("de", Language::Fr)]
#[case("*", Language::Fr)]
#[case("fr;q=0, *", Language::En)]
#[case("fr;q=0", Language::Fr)]
#[case("en, fr", Language::En)]
#[case("fr, en", Language::Fr)]
#[case("en;q=0.8, *;q=0.8", Language::En)]
#[case("en;q=2, fr;q=0.1", Language::Fr)]
#[case("en ; Q=0.9 , fr;q=0.899", Language::En)]
#[case(";;,,q=", Language::Fr)]
fn the_preferred_language_of_a_browser_is_taken(#[case] header: &str, #[case] language: Language) {
    assert_eq!(from_accept_language(header), language);
}

#[test]
fn nothing_is_counted_as_nothing_also_where_a_language_says_so_in_the_singular() {
    let count = |count: &str| [("count", count.to_owned())];
    assert_eq!(say(Language::Fr, "desk-things-short", &count("0")), "0 article");
    assert_eq!(say(Language::Fr, "desk-things-short", &count("1")), "1 article");
    // French counts 0 in the singular: a one that is written out there would be said of nothing.
    let counted = FRENCH_TEXT.lines().filter_map(|line| line.trim().strip_prefix("[one]"));
    let written_out: Vec<&str> = counted
        .filter(|words| words.split_whitespace().any(|word| word.trim_matches(|c: char| !c.is_ascii_digit()) == "1"))
        .collect();
    assert_eq!(written_out, Vec::<&str>::new());
}
