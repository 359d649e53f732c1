//! Pages that the office shows to people without an account: on a phone, without scripts, in French and English.

pub mod calendar;
pub mod card;
pub mod offers;
mod person;
pub mod round;
pub mod sheet;

use crate::domain::operator::Language;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest as _, Sha256};
use std::sync::LazyLock;

/// How the pages look: readable at 320 px, in light and dark; every contrast is at least 4.5 to 1 (WCAG 2.2, 1.4.3).
const STYLE: &str = include_str!("page.css");

/// The page's own act: who opened it with a browser has seen it. A program that only fetches links runs no script.
const SCRIPT: &str = "fetch(location.pathname+'/seen',{method:'POST',credentials:'omit'}).catch(()=>{})";

/// What a page may do (Content Security Policy 3): be shown with its own style, run its own script, and post its forms to where it came from.
static POLICY: LazyLock<String> = LazyLock::new(|| {
    let hash = |text: &str| STANDARD.encode(Sha256::digest(text.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; connect-src 'self'; form-action 'self'; \
         frame-ancestors 'none'; base-uri 'none'",
        hash(STYLE),
        hash(SCRIPT)
    )
});

/// The headers of every page.
pub fn headers() -> [(&'static str, &'static str); 5] {
    [
        ("content-security-policy", POLICY.as_str()),
        ("referrer-policy", "no-referrer"),
        ("cache-control", "no-store"),
        ("x-robots-tag", "noindex, nofollow"),
        ("x-content-type-options", "nosniff"),
    ]
}

/// Whether a page tells the office that it was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tells {
    /// It does.
    Opened,
    /// It has nothing to tell.
    Nothing,
}

/// A whole page.
pub fn whole(language: Language, title: &str, tells: Tells, body: &Markup) -> String {
    let lang = match language {
        Language::Fr => "fr",
        Language::En => "en",
    };
    let page = html! {
        (DOCTYPE)
        html lang=(lang) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                meta name="color-scheme" content="light dark";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main { (body) }
                @if tells == Tells::Opened { script { (PreEscaped(SCRIPT)) } }
            }
        }
    };
    page.into_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_policy_allows_is_what_the_page_holds() {
        let page = whole(Language::Fr, "Titre <b>", Tells::Opened, &html! { p { "Texte" } });
        assert!(page.contains("<title>Titre &lt;b&gt;</title>") && page.contains("<html lang=\"fr\">"), "{page}");
        for (tag, source) in [("style", "style-src"), ("script", "script-src")] {
            let text = page.split(&format!("<{tag}>")).nth(1).unwrap().split(&format!("</{tag}>")).next().unwrap();
            let hash = STANDARD.encode(Sha256::digest(text.as_bytes()));
            assert!(POLICY.contains(&format!("{source} 'sha256-{hash}'")), "{tag}");
        }
    }
}
