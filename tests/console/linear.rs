//! The linear mode in a terminal: lines are appended, the typed one stays whole, and nothing addresses the screen.

use crate::{
    common::{Engine, House, directory},
    desk::{Desk, happens, rings, writes},
    pty::{Size, key},
};
use loge::{
    domain::{access::Role, operator::Language},
    i18n::say,
};
use rstest::rstest;
use std::collections::BTreeSet;

/// The beginning of a sentence, up to its first variable.
fn begins(language: Language, key: &str) -> String {
    let mark = "\u{1}";
    let all: Vec<(&str, String)> = ["who", "what", "key", "count", "state", "number", "verb", "place"]
        .iter()
        .map(|name| (*name, mark.to_owned()))
        .collect();
    let said = say(language, key, &all);
    said.split(mark).next().unwrap().replace(['\u{2068}', '\u{2069}'], "").trim_end().to_owned()
}

/// The control sequences that were sent.
fn controls(printed: &[u8]) -> BTreeSet<String> {
    let printed = String::from_utf8_lossy(printed).into_owned();
    let mut found = BTreeSet::new();
    for rest in printed.split('\x1b').skip(1) {
        let end =
            rest.char_indices().skip(1).find(|(_, c)| ('@'..='~').contains(c)).map_or(rest.len(), |(at, _)| at + 1);
        found.insert(rest[..end].to_owned());
    }
    found
}

#[rstest]
#[case::french(Language::Fr, "fr_FR.UTF-8", &["--plain"], &[])]
#[case::english(Language::En, "en_GB.UTF-8", &[], &[("ACCESSIBLE", "1")])]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_and_a_mail_are_dealt_with_line_by_line(
    #[case] language: Language,
    #[case] locale: &str,
    #[case] arguments: &[&str],
    #[case] environment: &[(&str, &str)],
) {
    let house = House::open(Engine::Sqlite).await;
    directory(&house.manager).await;
    let lea = house.person("lea", &[Role::Operator]).await;
    let desk = Desk::of(&house, &lea, house.office.url()).await;
    let mut environment = environment.to_vec();
    environment.push(("LANG", locale));
    let mut console = desk.with(Size(100, 60), arguments, &environment);
    console.sees(&say(language, "connection-online", &[]));
    rings(&house, "1").await;
    console.sees("Durand, Mérignac, 05 36 49 12 34.");
    console.press(key::CLAIM);
    console.sees(&begins(language, "linear-claimed"));
    assert_eq!(console.text().matches("05 36 49 12 34").count(), 1, "the ring is one line:\n{}", console.text());
    let prompt = format!("{}> ", say(language, "linear-request", &[]));
    console.sees(&prompt);
    // Another call does not split what is being typed.
    console.press("pressing 3 chemi");
    console.sees(&format!("{prompt}pressing 3 chemi"));
    happens(&house, "2", "ring", "06 39 98 55 55").await;
    console.sees("06 39 98 55 55");
    console.until("what is typed stands at the foot", |text| {
        text.trim_end().ends_with(&format!("{prompt}pressing 3 chemi"))
    });
    assert_eq!(console.text().matches("06 39 98 55 55").count(), 1, "{}", console.text());
    console.press("ses");
    console.until("it goes on", |text| text.trim_end().ends_with(&format!("{prompt}pressing 3 chemises")));
    console.press(key::ENTER);
    console.sees(if language == Language::Fr { "Enregistrée" } else { "Saved: " });
    crate::common::until("it is saved", async || house.number("SELECT count(*) FROM request").await == 1).await;
    console.until("the next request is asked for", |text| text.trim_end().ends_with(prompt.trim_end()));
    console.press(key::ESCAPE);
    console.until("the list is ready", |text| {
        text.trim_end().ends_with(say(language, "linear-ready", &[]).as_str()) || text.trim_end().ends_with('>')
    });
    console.press("u");
    console.sees(&say(language, "notice-undone", &[]));
    let open = "SELECT count(*) FROM request WHERE state NOT IN ('cancelled', 'refused', 'merged', 'withdrawn')";
    crate::common::until("it is undone", async || house.number(open).await == 0).await;
    // The mail.
    writes(&house, "1", "claire.durand@metropole.example", "Mes chemises").await;
    console.press(key::TAB);
    // The lane is named at once, and the mail told as soon as the stream has brought it.
    console.sees(if language == Language::Fr { "Courriel, " } else { "Email, " });
    console.sees("Mes chemises");
    console.press("i");
    console.sees(&format!("{}> ", say(language, "linear-choice", &[])));
    console.press(key::ENTER);
    let wrapped = "SELECT count(*) FROM contact WHERE state = 'wrapped_up'";
    crate::common::until("it is dealt with", async || house.number(wrapped).await == 1).await;
    // Back to the start of the row, erase to its end, paste in brackets: nothing else.
    let known = BTreeSet::from(["[K", "[m", "[?2004h", "[?2004l", "[?25h"].map(str::to_owned));
    let sent = controls(&console.printed);
    assert!(sent.is_subset(&known), "{sent:?}");
    console.leaves(language);
    assert!(console.is_cooked());
    house.office.stop().await;
}
