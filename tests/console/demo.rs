//! The demonstration opens on an empty machine, in both languages, and a newcomer gets along with what README and hints say.

use crate::{
    desk::LOGE,
    pty::{Pty, Size, key},
};
use loge::{console::keymap::Action, domain::operator::Language, i18n::say};
use rstest::rstest;

#[rstest]
#[case::french(Language::Fr, "fr_FR.UTF-8", "Accueil")]
#[case::english(Language::En, "en_GB.UTF-8", "Reception")]
#[test]
fn the_demonstration_opens_on_an_empty_machine(#[case] language: Language, #[case] locale: &str, #[case] screen: &str) {
    let home = tempfile::tempdir().unwrap();
    let demo = ["demo", "--from", "09:00"];
    let mut console = Pty::start(LOGE, &demo, home.path(), Size::USUAL, &[("LANG", locale)]);
    console.sees(screen);
    console.sees(&say(language, "connection-online", &[]));
    console.sees("Mme ");
    let top = console.rows().remove(0);
    assert!(top.contains(" 09:"), "it is another time than the service's: {top}");
    console.leaves(language);
    assert!(!console.screen().alternate_screen() && console.is_cooked());
}

/// A newcomer, who presses nothing but what stands on the screen or in the README.
struct Newcomer {
    console: Pty,
    language: Language,
}

impl Newcomer {
    fn says(&self, key: &str) -> String {
        say(self.language, key, &[])
    }

    /// Presses a key once the hint for it is on the screen.
    fn hinted(&mut self, label: &str, action: Action, keys: &str) {
        self.told(label, &action.words(self.language), keys);
    }

    /// Leaves the entry line for the list, once the hint says how.
    fn leaves_line(&mut self, escape: &str) {
        self.told(escape, &self.says("action-leave.line"), key::ESCAPE);
    }

    fn told(&mut self, label: &str, words: &str, keys: &str) {
        let hint = format!("{label} {words}");
        self.console.sees(&hint);
        self.console.press(keys);
    }

    /// Types an order; where that raises a question, its digit answers.
    fn orders(&mut self, order: &str) {
        self.console.press(order);
        self.console.sees(&format!("> {order}"));
        self.console.press(key::ENTER);
        let as_it_is = self.says("line-as-it-is");
        let start: String = as_it_is.chars().take(12).collect();
        let line = format!("> {order}");
        self.console
            .until("it is saved, or asks one thing", |screen| !screen.contains(&line) || screen.contains(&start));
        if self.console.text().contains(&start) {
            self.console.press("1");
        }
        self.console.until("it is saved", |screen| !screen.contains(&line));
    }

    /// Undoes the last act from the field.
    fn undoes(&mut self, escape: &str) {
        self.leaves_line(escape);
        self.console.press("u");
        let undone = self.says("notice-undone");
        self.console.sees(&undone);
    }
}

#[rstest]
#[case::french(Language::Fr, "fr_FR.UTF-8", "Échap", "Entrée", "comptoir", "terminé")]
#[case::english(Language::En, "en_GB.UTF-8", "Esc", "Enter", "at desk", "wrapped up")]
#[test]
fn a_newcomer_takes_a_call_a_mail_and_a_permanences_request_and_undoes_it(
    #[case] language: Language,
    #[case] locale: &str,
    #[case] escape: &str,
    #[case] enter: &str,
    #[case] at_the_desk: &str,
    #[case] wrapped_up: &str,
) {
    let home = tempfile::tempdir().unwrap();
    let demo = ["demo", "--from", "10:00"];
    let console = Pty::start(LOGE, &demo, home.path(), Size::USUAL, &[("LANG", locale)]);
    let mut newcomer = Newcomer { console, language };
    // The call, as in the README.
    let rings = newcomer.says("strip-rings");
    newcomer.console.sees(&rings);
    newcomer.hinted("Ctrl-G", Action::ClaimRinging, key::CLAIM);
    newcomer.console.loses(&rings);
    newcomer.console.sees("> ");
    newcomer.orders("pres 3 chemises ven midi casier");
    newcomer.console.sees("×3");
    // The mail.
    newcomer.leaves_line(escape);
    newcomer.hinted("Tab", Action::NextPane, key::TAB);
    let mail = newcomer.says("lane-mail");
    newcomer.console.sees(&format!("[{mail}"));
    newcomer.hinted("i", Action::Outcome, "i");
    newcomer.hinted(enter, Action::ChoiceOk, key::ENTER);
    newcomer.console.sees(wrapped_up);
    // Somebody at a permanence's desk, whose row an arrow finds.
    newcomer.hinted("Tab", Action::NextPane, key::TAB);
    let permanences = newcomer.says("lane-permanences");
    newcomer.console.sees(&format!("[{permanences}"));
    newcomer.console.press(key::DOWN);
    newcomer.console.until("the arrow is at the desk's row", |screen| {
        screen.lines().any(|row| row.contains(&format!("▌{at_the_desk}")))
    });
    newcomer.hinted(enter, Action::Open, key::ENTER);
    newcomer.console.sees("> ");
    newcomer.orders("pain 2");
    newcomer.undoes(escape);
    newcomer.console.leaves(language);
}

/// docs/repartition.md, step by step: whoever follows it sees what it says.
#[test]
fn a_newcomer_dispatches_a_day_as_the_guide_tells() {
    let home = tempfile::tempdir().unwrap();
    let demo = ["demo", "--as", "repartition", "--from", "10:00", "--speed", "60"];
    let locale = [("LANG", "fr_FR.UTF-8")];
    let mut console = Pty::start(LOGE, &demo, home.path(), Size::USUAL, &locale);
    console.sees(&say(Language::Fr, "connection-online", &[]));
    let mut newcomer = Newcomer { console, language: Language::Fr };
    // 1. Who does it, and why.
    newcomer.console.press("2");
    newcomer.console.sees("[À attribuer");
    newcomer.console.sees("Pourquoi 1");
    newcomer.console.sees("Part de l'ESS");
    // 2. One is offered, then all others.
    newcomer.hinted("a", Action::Assign, "a");
    newcomer.console.sees("1 Proposer à ");
    newcomer.console.press(key::ENTER);
    newcomer.console.sees("part dans");
    newcomer.hinted("*", Action::MarkAll, "*");
    newcomer.console.press("a");
    newcomer.console.sees("1 Les proposer");
    newcomer.console.press(key::ENTER);
    newcomer.console.sees("demandes proposées");
    // 3. What is out is answered by itself: on the page of its mail, or by mail.
    newcomer.console.press(key::TAB);
    newcomer.console.sees("[Propositions");
    newcomer.console.sees("envoyée");
    // 4. Who is called.
    newcomer.console.press(key::TAB);
    newcomer.console.sees("[À téléphoner");
    newcomer.told("o", &newcomer.says("action-accept.offer"), "o");
    newcomer.console.sees("1 Oui");
    newcomer.console.press("1");
    newcomer.console.sees("Oui pour");
    // 5. What a trainee prepared.
    newcomer.console.press(key::TAB);
    newcomer.console.sees("[À relire");
    newcomer.told("o", &newcomer.says("action-accept.held"), "o");
    newcomer.console.sees("1 valider");
    newcomer.console.press(key::ENTER);
    newcomer.console.sees(": validé");
    // 6. A provider cannot do it after all: its job is given back, and to another.
    newcomer.console.press(key::TAB);
    newcomer.console.press(key::TAB);
    newcomer.console.sees("[Propositions");
    newcomer.console.sees("!problème");
    newcomer.console.press("g");
    newcomer.console.until("the problem is selected", |screen| {
        screen.lines().any(|row| row.starts_with('▌') && row.contains("!problème"))
    });
    newcomer.told("o", &newcomer.says("action-accept.offer"), "o");
    newcomer.console.sees("1 rendue, à attribuer de nouveau");
    newcomer.console.press(key::ENTER);
    newcomer.console.sees("est rendue, à attribuer de nouveau");
    let said = newcomer.console.row("est rendue, à attribuer de nouveau").unwrap();
    let number = said.split_whitespace().next().unwrap().to_owned();
    newcomer.console.press("\x1b[Z");
    newcomer.console.sees("[À attribuer");
    newcomer.console.press("g");
    let mut steps = 0;
    while !newcomer.console.row("▌").is_some_and(|row| row.contains(&number)) {
        newcomer.console.press(key::DOWN);
        newcomer.console.settle(std::time::Duration::from_millis(50));
        steps += 1;
        assert!(steps < 200, "{number} is not to be given: {}", newcomer.console.text());
    }
    newcomer.console.sees("a dit non ou rendu");
    newcomer.console.press("a");
    newcomer.console.sees("1 Proposer à ");
    newcomer.console.press(key::ENTER);
    newcomer.console.sees(&format!("{number} proposée"));
    newcomer.console.leaves(Language::Fr);
}
