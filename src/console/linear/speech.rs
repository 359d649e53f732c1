//! What a screen abbreviates, in whole words: « ven. 27 nov. 12:00 » is said « vendredi 27 novembre 12 h ».

use crate::domain::operator::Language;

const DAYS: [(&str, &str); 14] = [
    ("lun.", "lundi"),
    ("mar.", "mardi"),
    ("mer.", "mercredi"),
    ("jeu.", "jeudi"),
    ("ven.", "vendredi"),
    ("sam.", "samedi"),
    ("dim.", "dimanche"),
    ("Mon", "Monday"),
    ("Tue", "Tuesday"),
    ("Wed", "Wednesday"),
    ("Thu", "Thursday"),
    ("Fri", "Friday"),
    ("Sat", "Saturday"),
    ("Sun", "Sunday"),
];

const MONTHS: [(&str, &str); 19] = [
    ("janv.", "janvier"),
    ("févr.", "février"),
    ("avr.", "avril"),
    ("juil.", "juillet"),
    ("sept.", "septembre"),
    ("oct.", "octobre"),
    ("nov.", "novembre"),
    ("déc.", "décembre"),
    ("Jan", "January"),
    ("Feb", "February"),
    ("Mar", "March"),
    ("Apr", "April"),
    ("Jun", "June"),
    ("Jul", "July"),
    ("Aug", "August"),
    ("Sep", "September"),
    ("Oct", "October"),
    ("Nov", "November"),
    ("Dec", "December"),
];

/// The text in words that a voice reads out: days, months, times and sums in full, signs and rules left out.
pub fn spoken(language: Language, text: &str) -> String {
    let text = text.replace(" · ", ", ").replace("\u{a0}€", " euros");
    let drawn = |c: char| matches!(c, '\u{2500}'..='\u{25ff}' | '✕');
    let words: Vec<&str> = text.split([' ', '\t']).map(|word| word.trim_matches(drawn)).collect();
    let mut said = String::with_capacity(text.len());
    let mut gap = 0;
    for (place, word) in words.iter().enumerate() {
        if word.is_empty() {
            gap += 1;
            continue;
        }
        // Columns stand apart; a voice pauses between them.
        if !said.is_empty() {
            let pauses = gap > 0 && !said.ends_with([',', ':', '.', ';', '?', '!', '\u{bb}']);
            said.push_str(if pauses { ", " } else { " " });
        }
        gap = 0;
        let before = place.checked_sub(1).and_then(|place| words.get(place)).copied().unwrap_or_default();
        let after = words.get(place + 1).copied().unwrap_or_default();
        said.push_str(&word_spoken(language, before, word, after));
    }
    said
}

fn word_spoken(language: Language, before: &str, word: &str, after: &str) -> String {
    let (bare, end) = word.split_at(word.trim_end_matches([',', ';', ')']).len());
    let is_number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let known =
        |table: &[(&str, &'static str)]| table.iter().find(|(short, _)| *short == bare).map(|(_, whole)| *whole);
    // « la mer. » ends a sentence: a day stands before a number or in a list.
    if let Some(day) = known(&DAYS).filter(|_| is_number(after) || (bare.ends_with('.') && !end.is_empty())) {
        return format!("{day}{end}");
    }
    if let Some(month) = known(&MONTHS).filter(|_| is_number(before)) {
        return format!("{month}{end}");
    }
    let (bare, end) = word.split_at(word.trim_end_matches([',', ';', ')', '.']).len());
    if let Some(sum) = bare.strip_prefix('€') {
        return format!("{sum} euros{end}");
    }
    if let Some(sum) = bare.strip_prefix("-€") {
        return format!("-{sum} euros{end}");
    }
    if let Some(count) = bare.strip_prefix('×') {
        return format!("{count}{end}");
    }
    if let Some(at) = time_spoken(language, bare) {
        return format!("{at}{end}");
    }
    if let Some((from, to)) = bare.split_once('-')
        && let (Some(from), Some(to)) = (time_spoken(language, from), time_spoken(language, to))
    {
        let between = match language {
            Language::Fr => "à",
            Language::En => "to",
        };
        return format!("{from} {between} {to}{end}");
    }
    word.to_owned()
}

/// A time of day: `12:30` is « 12 h 30 » in French and as it stands in English.
fn time_spoken(language: Language, word: &str) -> Option<String> {
    let (hour, minute) = word.split_once(':').filter(|(hour, minute)| hour.len() == 2 && minute.len() == 2)?;
    let (hour_number, minute_number) = (hour.parse::<u8>().ok()?, minute.parse::<u8>().ok()?);
    Some(match (language, minute_number) {
        (Language::En, _) => word.to_owned(),
        (Language::Fr, 0) => format!("{hour_number} h"),
        (Language::Fr, _) => format!("{hour_number} h {minute}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("Enregistrée : Pressing ×3, ven. 27 nov. 12:00.", "Enregistrée : Pressing 3, vendredi 27 novembre 12 h.")]
    #[case("doit 18,40\u{a0}€", "doit 18,40 euros")]
    #[case("mar. 24 nov. 09:00-12:30, casier", "mardi 24 novembre 9 h à 12 h 30, casier")]
    #[case("chaque mar., ven., jusqu'au 18", "chaque mardi, vendredi, jusqu'au 18")]
    #[case("fruits de mer. Dans le nov.", "fruits de mer. Dans le nov.")]
    #[case("───  Claire Durand · Mérignac ──── doit 2", "Claire Durand, Mérignac, doit 2")]
    #[case("26-1047 et 05 36 49 12 34", "26-1047 et 05 36 49 12 34")]
    fn a_voice_says_whole_words_in_french(#[case] drawn: &str, #[case] said: &str) {
        assert_eq!(spoken(Language::Fr, drawn), said);
    }

    #[rstest]
    #[case("Fri 27 Nov 12:00", "Friday 27 November 12:00")]
    #[case("owes €18.40", "owes 18.40 euros")]
    #[case("Owes €18.40. Bread ×2.", "Owes 18.40 euros. Bread 2.")]
    #[case("Tue 24 Nov 09:00-12:00", "Tuesday 24 November 09:00 to 12:00")]
    fn and_in_english(#[case] drawn: &str, #[case] said: &str) {
        assert_eq!(spoken(Language::En, drawn), said);
    }
}
