//! A name with terms behind it, as they are typed: « Pressing · 4,50 € · 24 h · 6 par jour ».

use crate::{
    domain::{money::Cents, operator::Language},
    i18n::{job, say},
    text::fold,
};

/// What stands behind a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// The name.
    pub name: String,
    /// A price.
    pub price: Option<Cents>,
    /// Hours of opening.
    pub lead_time_h: Option<u16>,
    /// Jobs a day.
    pub per_day: Option<u16>,
}

impl Terms {
    /// In words.
    pub fn written(&self, language: Language) -> String {
        let all = [
            Some(self.name.clone()).filter(|name| !name.is_empty()),
            self.price.map(|price| job::euros(language, price)),
            self.lead_time_h.map(|hours| format!("{hours} h")),
            self.per_day.map(|count| say(language, "register-per-day", &[("count", count.to_string())])),
        ];
        all.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }

    /// Reads them: what is no term belongs to the name.
    pub fn read(text: &str) -> Self {
        let mut terms = Self::default();
        // Spaces that do not break stand within a sum alone.
        let spaced = text.replace('·', " ").replace(['\u{a0}', '\u{202f}'], "");
        let words: Vec<&str> = spaced.split_whitespace().collect();
        let mut name = Vec::new();
        let mut at = 0;
        while let Some(word) = words.get(at) {
            let next = words.get(at + 1).copied().unwrap_or_default();
            let then = words.get(at + 2).copied().unwrap_or_default();
            at += match terms.term(word, next, then) {
                0 => {
                    name.push(*word);
                    1
                }
                taken => taken,
            };
        }
        terms.name = name.join(" ");
        terms
    }

    /// Takes a term that begins with a word; how many words it has, none if it is no term.
    fn term(&mut self, word: &str, next: &str, then: &str) -> usize {
        let unit = fold(next);
        let number = |text: &str| text.parse::<u16>().ok();
        if let Some(price) = euros(word).filter(|_| word.contains('€')) {
            self.price = Some(price);
            return 1;
        }
        if let Some(price) = euros(word).filter(|_| next == "€" || matches!(unit.as_str(), "euro" | "euros" | "eur"))
        {
            self.price = Some(price);
            return 2;
        }
        if let Some(hours) = word.strip_suffix(['h', 'H']).and_then(number) {
            self.lead_time_h = Some(hours);
            return 1;
        }
        if let Some((count, per)) = word.split_once('/')
            && matches!(fold(per).as_str(), "j" | "jour" | "d" | "day")
            && let Some(count) = number(count)
        {
            self.per_day = Some(count);
            return 1;
        }
        let Some(count) = number(word) else { return 0 };
        match (unit.as_str(), fold(then).as_str()) {
            ("h" | "heure" | "heures" | "hour" | "hours", _) => {
                self.lead_time_h = Some(count);
                2
            }
            ("par", "jour") | ("a" | "per", "day") => {
                self.per_day = Some(count);
                3
            }
            _ => 0,
        }
    }
}

/// A sum: `4,50 €`, `€4.50`, `4.5`, `1 200`.
pub fn euros(text: &str) -> Option<Cents> {
    let mut plain: String = text.chars().filter(|c| !c.is_whitespace() && *c != '€').collect();
    if plain.contains('.') {
        plain = plain.replace(',', "");
    }
    let (whole, part) = plain.split_once([',', '.']).unwrap_or((&plain, "0"));
    let digits = |text: &str| !text.is_empty() && text.len() <= 9 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(part) || part.len() > 2 {
        return None;
    }
    let part: i64 = format!("{part:0<2}").parse().ok()?;
    Cents::new(whole.parse::<i64>().ok()?.checked_mul(100)?.checked_add(part)?).ok()
}
