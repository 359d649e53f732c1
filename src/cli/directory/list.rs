//! Lists in a cell: parts divided by a sign, where a backslash makes the sign after it an ordinary one.

/// The parts of a text between signs that no backslash stands before; backslashes stay.
pub(super) fn split(text: &str, sign: char) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut signs = text.chars();
    while let Some(c) = signs.next() {
        if c == sign {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(c);
            if c == '\\' {
                part.extend(signs.next());
            }
        }
    }
    parts
}

/// The items of a cell that holds a list: trimmed, without empty ones; backslashes stay.
pub(super) fn items(text: &str) -> Vec<String> {
    split(text, '|').into_iter().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

/// A part as it is meant, without its backslashes.
pub(super) fn plain(part: &str) -> String {
    let mut meant = String::with_capacity(part.len());
    let mut signs = part.trim().chars();
    while let Some(c) = signs.next() {
        if c == '\\' { meant.extend(signs.next()) } else { meant.push(c) }
    }
    meant
}

/// A text as a part of a list that is divided by any of these signs.
pub(super) fn guarded(text: &str, signs: &[char]) -> String {
    text.chars().flat_map(|c| [(c == '\\' || signs.contains(&c)).then_some('\\'), Some(c)]).flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_list_is_divided_and_trimmed() {
        assert_eq!(items(" chemises |costumes||"), ["chemises", "costumes"]);
        assert!(items(" ").is_empty());
    }

    proptest! {
        #[test]
        fn any_texts_survive_in_a_list(texts in prop::collection::vec("[a-c|;:\\\\]{1,6}", 1..5)) {
            let cell = texts.iter().map(|text| guarded(text, &['|', ';'])).collect::<Vec<_>>().join("|");
            prop_assert_eq!(split(&cell, '|').iter().map(|part| plain(part)).collect::<Vec<_>>(), texts);
        }
    }
}
