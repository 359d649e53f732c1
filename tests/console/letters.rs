//! What a terminal can is all that is sent to it: colours, and letters.

use crate::{
    common::{Engine, House, directory},
    desk::{Desk, rings, writes},
    pty::{Pty, Size, key},
};
use loge::domain::access::Role;
use rstest::rstest;
use std::collections::BTreeSet;

/// Kinds of colour, and weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Ink {
    Sixteen,
    Palette,
    True,
}

/// The colours that were asked for: of each `CSI … m` its parameters.
fn inks(printed: &str) -> BTreeSet<Ink> {
    let mut inks = BTreeSet::new();
    for sequence in printed.split("\x1b[").skip(1) {
        let Some(end) = sequence.find(|c: char| !c.is_ascii_digit() && c != ';' && c != ':') else { continue };
        if !sequence[end..].starts_with('m') {
            continue;
        }
        let numbers: Vec<u16> = sequence[..end].split([';', ':']).map(|number| number.parse().unwrap_or(0)).collect();
        let mut at = 0;
        while let Some(number) = numbers.get(at) {
            match (number, numbers.get(at + 1)) {
                (38 | 48 | 58, Some(5)) => {
                    inks.insert(if numbers.get(at + 2).is_some_and(|colour| *colour < 16) {
                        Ink::Sixteen
                    } else {
                        Ink::Palette
                    });
                    at += 2;
                }
                (38 | 48 | 58, Some(2)) => {
                    inks.insert(Ink::True);
                    at += 4;
                }
                (30..=37 | 40..=47 | 90..=97 | 100..=107, _) => {
                    inks.insert(Ink::Sixteen);
                }
                _ => {}
            }
            at += 1;
        }
    }
    inks
}

/// A walk through everything that is drawn.
async fn walked(environment: &[(&str, &str)]) -> Pty {
    let house = House::open(Engine::Sqlite).await;
    directory(&house.manager).await;
    let lea = house.person("lea", &[Role::Operator]).await;
    let desk = Desk::of(&house, &lea, house.office.url()).await;
    let mut console = desk.with(Size::USUAL, &[], environment);
    console.sees("connect");
    rings(&house, "1").await;
    console.sees("05 36 49 12 34");
    writes(&house, "1", "claire.durand@metropole.example", "Réservé à l'été : 東京 €").await;
    console.press(key::CLAIM);
    console.sees("> ");
    console.press("pressing 3 chemises vendredi");
    console.sees("pressing 3 chemises vendredi");
    console.press(key::ENTER);
    console.sees("Enregistr");
    console.press(key::ESCAPE);
    console.press(key::TAB);
    console.sees("serv");
    if environment.iter().any(|(name, _)| *name == "LOGE_LAYOUT") {
        house.office.stop().await;
        return console;
    }
    console.press("4");
    console.sees("Pressing");
    console.press("x?");
    console.until("the help is open", |screen| screen.contains(" j ") && screen.contains("PgSuiv"));
    console.press(key::ESCAPE);
    console.settle(std::time::Duration::from_millis(300));
    house.office.stop().await;
    console
}

#[rstest]
#[case::sixteen(&[("TERM", "xterm")], Some(Ink::Sixteen))]
#[case::palette(&[("TERM", "xterm-256color")], Some(Ink::Palette))]
#[case::all(&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")], Some(Ink::True))]
#[case::asked_for_none(&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor"), ("NO_COLOR", "1")], None)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_colour_is_sent_that_the_terminal_has_not(#[case] environment: &[(&str, &str)], #[case] most: Option<Ink>) {
    let console = walked(environment).await;
    let printed = String::from_utf8_lossy(&console.printed).into_owned();
    let inks = inks(&printed);
    assert!(inks.iter().all(|ink| Some(*ink) <= most), "{inks:?}");
    assert_eq!(inks.is_empty(), most.is_none(), "{inks:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_the_locale_is_not_utf_8_every_byte_is_ascii() {
    for arguments in [[("LANG", "C")].as_slice(), &[("LANG", "C"), ("LOGE_LAYOUT", "linear")]] {
        let mut environment = vec![("LOGE_LANGUAGE", "fr")];
        environment.extend(arguments);
        let console = walked(&environment).await;
        let strange: Vec<u8> = console.printed.iter().copied().filter(|byte| !byte.is_ascii()).collect();
        assert!(strange.is_empty(), "{:?}", String::from_utf8_lossy(&strange));
        assert!(console.printed.len() > 500);
    }
}
