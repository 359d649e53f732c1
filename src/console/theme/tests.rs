use super::*;
use crate::domain::operator::Language;
use ratatui::style::Modifier;
use std::{collections::BTreeSet, fs};

const ALL_DEPTHS: [Depth; 4] = [Depth::Mono, Depth::Sixteen, Depth::TwoFiftySix, Depth::True];

fn terminal(depth: Depth) -> Capabilities {
    Capabilities { depth, unicode: true, background: None, synchronized: true, remote: false }
}

fn compiled(name: &str, depth: Depth) -> Theme {
    Theme::named(Some(name), None, terminal(depth)).unwrap()
}

#[test]
fn every_theme_says_something_of_every_role_and_none_of_another() {
    for (name, text) in COMPILED {
        let roles: BTreeSet<_> = file::read(text, Path::new(name)).unwrap().into_iter().map(|(role, _)| role).collect();
        assert_eq!(roles, Role::ALL.iter().copied().collect(), "{name}");
    }
}

#[test]
fn without_colours_what_means_something_differs_by_weight() {
    let meaning = [
        Role::Text,
        Role::Dim,
        Role::Strong,
        Role::Accent,
        Role::Selection,
        Role::Ok,
        Role::Warn,
        Role::Danger,
        Role::Ring,
        Role::Gone,
    ];
    for (name, _) in COMPILED {
        let theme = compiled(name, Depth::Mono);
        for (at, one) in meaning.iter().enumerate() {
            for other in meaning.iter().skip(at + 1) {
                assert_ne!(theme.style(*one), theme.style(*other), "{name}: {one:?} and {other:?}");
            }
        }
    }
}

#[test]
fn without_colours_there_is_no_colour() {
    for (name, _) in COMPILED {
        for role in Role::ALL {
            let style = compiled(name, Depth::Mono).style(*role);
            assert_eq!((style.fg, style.bg), (None, None), "{name} {role:?}");
        }
    }
}

#[test]
fn no_theme_asks_for_a_colour_that_the_terminal_does_not_have() {
    for (name, _) in COMPILED {
        for depth in ALL_DEPTHS {
            for role in Role::ALL {
                let style = compiled(name, depth).style(*role);
                for colour in [style.fg, style.bg].into_iter().flatten() {
                    let needs = match colour {
                        Color::Rgb(..) => Depth::True,
                        Color::Indexed(_) => Depth::TwoFiftySix,
                        _ => Depth::Sixteen,
                    };
                    assert!(needs <= depth, "{name} {role:?} asks for {colour:?} of {depth:?}");
                }
            }
        }
    }
}

#[test]
fn plain_text_has_the_ground_of_the_terminal() {
    for (name, _) in COMPILED {
        for depth in ALL_DEPTHS {
            for role in [Role::Text, Role::Dim, Role::Strong, Role::Heading, Role::Rule, Role::Ok, Role::Warn] {
                assert_eq!(compiled(name, depth).style(role).bg, None, "{name} {role:?}");
            }
        }
    }
}

#[test]
fn letters_can_be_read_on_the_ground_that_the_theme_is_for() {
    let light = |(red, green, blue): (u8, u8, u8)| {
        let part = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue)
    };
    // WCAG 2.2, contrast ratio: 4.5 for text; 7 in the theme made for contrast.
    for (name, ground, least) in
        [("sombre", (24, 24, 27), 4.5), ("clair", (255, 255, 255), 4.5), ("contraste", (0, 0, 0), 7.0)]
    {
        for role in Role::ALL.iter().filter(|role| !matches!(role, Role::Rule | Role::Ground)) {
            let style = compiled(name, Depth::True).style(*role);
            let colour = |colour: Option<Color>| match colour {
                Some(Color::Rgb(red, green, blue)) => Some((red, green, blue)),
                _ => None,
            };
            let Some(letters) = colour(style.fg) else { continue };
            let (one, other) = (light(letters), light(colour(style.bg).unwrap_or(ground)));
            let contrast = (one.max(other) + 0.05) / (one.min(other) + 0.05);
            assert!(contrast >= least, "{name} {role:?}: {contrast:.1}");
        }
    }
}

#[test]
fn the_theme_that_suits_the_terminal_is_taken_unless_one_is_named() {
    let suits = |depth, background| suiting(Capabilities { background, ..terminal(depth) });
    assert_eq!(suits(Depth::Mono, Some(Background::Light)), "mono");
    assert_eq!(suits(Depth::Sixteen, None), "seize");
    assert_eq!(suits(Depth::True, Some(Background::Light)), "clair");
    assert_eq!(suits(Depth::TwoFiftySix, None), "sombre");
    assert_eq!(Theme::named(None, None, terminal(Depth::True)).unwrap(), compiled("sombre", Depth::True));
}

#[test]
fn a_theme_of_ones_own_is_taken_before_the_compiled_one() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("sombre.toml"), "[roles]\nok = { fg = \"#00ff00\", weight = [\"bold\"] }\n").unwrap();
    let theme = Theme::named(Some("sombre"), Some(folder.path()), terminal(Depth::True)).unwrap();
    assert_eq!(theme.style(Role::Ok), Style::new().fg(Color::Rgb(0, 255, 0)).add_modifier(Modifier::BOLD));
    assert_eq!(theme.style(Role::Danger), Style::new(), "what it does not name is the terminal's");
}

#[test]
fn a_faulty_theme_is_told_with_file_line_and_nearest_name() {
    let fault = |text: &str| file::read(text, Path::new("mine.toml")).unwrap_err();
    let role = fault("[roles]\nok = {}\ndangre = { fg = \"red\" }\n");
    assert_eq!(role.fault, Fault::NoRole("dangre".to_owned(), "danger"));
    assert_eq!(role.place.as_ref().unwrap().line, 3);
    assert!(role.said(Language::Fr).starts_with("mine.toml, ligne 3\u{a0}:"), "{}", role.said(Language::Fr));
    let weight = fault("[roles]\n\nok = { weight = [\"blod\"] }\n");
    assert_eq!((weight.fault, weight.place.unwrap().line), (Fault::NoWeight("blod".to_owned(), "bold"), 3));
    let colour = fault("[roles]\nok = { fg = \"mauve\" }\n");
    assert_eq!((colour.fault, colour.place.unwrap().line), (Fault::NoColour("mauve".to_owned()), 2));
    assert!(matches!(fault("[roles\n").fault, Fault::Syntax(_)));
    assert!(matches!(fault("[roles]\nok = { color = \"red\" }\n").fault, Fault::Syntax(_)));
    let unknown = Theme::named(Some("rose"), None, terminal(Depth::True)).unwrap_err();
    for language in [Language::Fr, Language::En] {
        assert!(unknown.said(language).contains("contraste"));
    }
}
