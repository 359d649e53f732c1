//! The practice of a permanence, done by somebody who knows nothing but what stands on the screen.

use crate::{
    desk::{LOGE, fr},
    pty::{Pty, Size, key},
};
use loge::{domain::operator::Language, i18n::say};

/// A newcomer at the desk, who does what is told beside the work.
struct Newcomer {
    console: Pty,
}

impl Newcomer {
    /// Waits for the step of this number with these words in what is told, and reads all of it.
    fn told(&mut self, step: usize, words: &[&str]) -> String {
        let title = say(Language::Fr, "practice-title", &[("step", step.to_string()), ("count", "8".to_owned())]);
        self.console.sees(&title);
        self.hears(words)
    }

    /// What is told beside the work now, in one line.
    fn reads(&self) -> String {
        let rows = self.console.rows();
        let title = rows.iter().position(|row| row.contains("Exercice")).unwrap();
        let lines = rows[title + 1..title + 4].iter().map(|row| row.trim());
        lines.collect::<Vec<_>>().join(" ").replace('\u{a0}', " ")
    }

    /// Waits until these words are told, and reads all that is.
    fn hears(&mut self, words: &[&str]) -> String {
        self.console.until(&format!("{words:?} are told"), |screen| {
            let told = screen.replace('\u{a0}', " ");
            let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
            words.iter().all(|word| told.contains(word))
        });
        self.reads()
    }

    /// Types into a field, and Enter once it stands there.
    fn types(&mut self, text: &str) {
        self.console.press(text);
        self.console.sees(&format!("> {text}"));
        self.console.press(key::ENTER);
        self.console.loses(&format!("> {text}"));
    }

    /// A key of the list, from the field of labels.
    fn in_list(&mut self, keys: &str) {
        self.console.press(key::ESCAPE);
        self.console.sees("encaisser");
        self.console.press(keys);
    }

    /// Types a label, and hands back what is found.
    fn hands_back(&mut self, label: &str) {
        self.types(label);
        self.console.sees(&format!("({label})"));
        self.console.press(key::ENTER);
        self.console.loses(&format!("({label})"));
    }
}

/// The word behind some words.
fn behind<'a>(told: &'a str, words: &str) -> &'a str {
    let (_, rest) = told.split_once(words).unwrap_or_else(|| panic!("« {words} » is not told: {told}"));
    rest.split([',', ' ', '.', ';']).find(|word| !word.is_empty()).unwrap()
}

#[test]
fn a_newcomer_keeps_a_permanence_by_what_is_told_and_reads_how_it_went() {
    let home = tempfile::tempdir().unwrap();
    let practice = ["demo", "--practice", "permanence", "--seed", "7"];
    let console = Pty::start(LOGE, &practice, home.path(), Size::SMALL, &[("LANG", "fr_FR.UTF-8")]);
    let mut newcomer = Newcomer { console };
    newcomer.console.sees(&fr("connection-online"));

    // 1. The desk opens.
    let told = newcomer.told(1, &["peut commencer", "Pour ouvrir", "puis Entrée."]);
    assert!(told.contains("Échap puis o, puis Entrée"), "{told}");
    newcomer.in_list("o");
    newcomer.console.sees(&fr("choice-open"));
    newcomer.console.press(key::ENTER);

    // 2. By the label.
    let told = newcomer.told(2, &["on lit", "Taper", "c'est remis."]);
    newcomer.hands_back(behind(&told, "Taper"));

    // 3. By the name; then the whole tab in cash.
    let told = newcomer.told(3, &["2 sacs", "Taper", "sa ligne"]);
    let name = behind(&told, "Taper").to_owned();
    newcomer.types(&name);
    newcomer.console.sees("Champ d'étiquette");
    newcomer.console.press(key::ENTER);
    newcomer.console.sees("1 Remettre à");
    newcomer.console.press(key::ENTER);
    let told = newcomer.hears(&["a ses sacs", "Sur la ligne", "puis 1."]);
    assert!(told.contains("19,30 €"), "{told}");
    newcomer.in_list("$");
    newcomer.console.sees("1 espèces");
    newcomer.console.press("1");

    // 4. Something is brought.
    let told = newcomer.told(4, &["Étiquette neuve :", "Taper", "3 comptées."]);
    newcomer.types(behind(&told, "Taper"));
    newcomer.console.sees("[Attendus");
    newcomer.console.press(key::ENTER);
    newcomer.console.sees(&fr("desk-scan-taking"));
    newcomer.types(behind(&told, "Étiquette neuve :"));
    newcomer.console.press(key::ENTER);
    newcomer.console.sees("Entrée 3, comme dit");
    newcomer.console.press(key::ENTER);

    // 5. Somebody passes by.
    let told = newcomer.told(5, &["s'il vous plaît", "puis n ;", "(une question"]);
    let (_, rest) = told.split_once("puis n ;").unwrap();
    let name = rest.split(',').next().unwrap().trim().to_owned();
    let day = behind(&told, "Deux pains pour").to_owned();
    newcomer.in_list("n");
    newcomer.console.sees(&fr("party-title"));
    newcomer.console.press(&name);
    newcomer.console.press(key::ENTER);
    newcomer.console.loses(&fr("party-title"));
    let order = format!("pain 2 {day}");
    newcomer.console.press(&order);
    newcomer.console.sees(&format!("> {order}"));
    newcomer.console.press(key::ENTER);
    newcomer.console.until("it is saved, or asks one thing", |screen| {
        !screen.contains(&format!("> {order}"))
            || screen.contains(&fr("line-as-it-is").chars().take(12).collect::<String>())
    });
    if newcomer.console.text().contains(&format!("> {order}")) {
        newcomer.console.press(key::ENTER);
    }

    // 6. A thing goes into a locker; its code is told.
    let told = newcomer.told(6, &["ne peut pas attendre", "Taper", "le premier libre."]);
    newcomer.console.press(key::ESCAPE);
    newcomer.console.sees(&fr("desk-scan-title"));
    let label = behind(&told, "Taper").to_owned();
    newcomer.types(&label);
    newcomer.console.sees(&format!("({label})"));
    newcomer.console.press(key::DOWN);
    newcomer.console.sees("3 Mettre dans un casier");
    newcomer.console.press("3");
    newcomer.console.sees("1 Casier");
    newcomer.console.press("1");
    let told = newcomer.hears(&["attend le code", "Dire le code", "suite."]);
    let locker = behind(&told, "dans le casier").to_owned();
    newcomer.types(&format!("casier {locker}"));
    newcomer.console.sees("[Casiers");
    newcomer.console.press(key::ENTER);
    newcomer.console.sees("3 Donner un code");
    newcomer.console.press("3");
    newcomer.console.sees("Code du casier");
    newcomer.console.press(":suite");
    newcomer.console.press(key::ENTER);

    // 7. What is not theirs comes back.
    let told = newcomer.told(7, &["Dessus, on lit", "Taper", "c'est remis."]);
    newcomer.console.press("y");
    newcomer.hands_back(behind(&told, "Taper"));
    let told = newcomer.hears(&["n'est pas à moi", "repris au comptoir."]);
    assert!(told.contains("Échap puis u"), "{told}");
    newcomer.in_list("u");

    // 8. What is left is explained, the cash is counted.
    let told = newcomer.told(8, &["vous comptez", "si la caisse est juste."]);
    assert!(told.contains("19,30 €"), "{told}");
    newcomer.console.press("o");
    newcomer.console.sees("Reste 2");
    newcomer.console.press("1");
    newcomer.console.sees("Reste 1");
    newcomer.console.press("1");
    newcomer.console.sees("Caisse");
    newcomer.console.press(key::ENTER);
    newcomer.hears(&["La permanence est close", "le bilan s'affiche."]);
    newcomer.console.press(key::ESCAPE);
    newcomer.console.leaves(Language::Fr);
    assert!(!newcomer.console.screen().alternate_screen() && newcomer.console.is_cooked());

    // How it went.
    let report = newcomer.console.text().replace('\u{a0}', " ");
    assert!(report.contains("8 étapes faites sur 8"), "{report}");
    assert!(report.contains("Rien à reprendre ; rien de défait en plus de l'exercice."), "{report}");
    assert!(report.contains("docs/comptoir.md"), "{report}");
}

#[test]
fn line_by_line_each_step_is_told_once_and_the_report_is_appended() {
    let home = tempfile::tempdir().unwrap();
    let practice = ["demo", "--practice", "permanence", "--plain"];
    let mut console = Pty::start(LOGE, &practice, home.path(), Size(100, 60), &[("LANG", "en_GB.UTF-8")]);
    console.sees("Practice, step 1 of 8.");
    console.sees("To open: Esc then o, then Enter.");
    console.sees("planned.");
    console.press(key::ESCAPE);
    console.press("o");
    console.sees(&say(Language::En, "choice-open", &[]));
    console.press(key::ENTER);
    console.sees("Practice, step 2 of 8.");
    console.press(key::ESCAPE);
    console.press(":skip");
    console.press(key::ENTER);
    console.sees("Practice, step 3 of 8.");
    assert_eq!(console.text().matches("step 1 of 8").count(), 1, "{}", console.text());
    console.leaves(Language::En);
    let report = console.text();
    assert!(report.contains("1 steps done of 8") && report.contains("2. Hand back by the label: skipped"), "{report}");
}

#[test]
fn a_practice_has_a_seat_and_a_beginning_of_its_own() {
    let home = tempfile::tempdir().unwrap();
    for other in [&["--as", "accueil"][..], &["--headless"], &["--from", "09:00"], &["--keep", "kept.sqlite"]] {
        let mut arguments = vec!["demo", "--practice", "permanence"];
        arguments.extend(other);
        let mut console = Pty::start(LOGE, &arguments, home.path(), Size::USUAL, &[]);
        let status = console.ends();
        assert_eq!(status.exit_code(), 2, "{other:?}: {}", console.text());
        assert!(console.text().contains(other[0]), "{}", console.text());
    }
    assert!(!home.path().join("kept.sqlite").exists());
}
