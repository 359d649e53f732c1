//! Telephone numbers in E.164, and what a telephone system says about who calls.

use super::texts::ShortText;
use phonenumber::{
    country,
    metadata::{DATABASE, Descriptor, Descriptors},
};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use thiserror::Error;

/// A number that nobody can be reached at, and what to write instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("this is no telephone number: write it as 01 99 00 12 34, or with its country as +32 470 12 34 56")]
pub struct PhoneError;

/// A number in E.164 form, such as `+33199001234`: possible in the numbering plan of its country, without extension.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[cfg_attr(
    feature = "office",
    schema(
        value_type = String,
        min_length = 8,
        max_length = 16,
        pattern = r"^\+[1-9][0-9]{6,14}$",
        example = "+33199001234"
    )
)]
#[serde(try_from = "String")]
pub struct PhoneNumber(String);

impl PhoneNumber {
    /// Reads a number as people write it; without a country it is French.
    pub fn parse(text: &str) -> Result<Self, PhoneError> {
        // Nearly every number that is read back is French and in its one form; the library's way there is a hundred times as long.
        if let Some([b'1'..=b'9', rest @ ..]) = text.strip_prefix("+33").map(str::as_bytes)
            && rest.len() == 8
            && rest.iter().all(u8::is_ascii_digit)
        {
            return Ok(Self(text.to_owned()));
        }
        Self::dialled(&digits(text).ok_or(PhoneError)?).ok_or(PhoneError)
    }

    /// The number in E.164 form.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Reads what `digits` gave: national, or international after `+` or `00`. The library sees nothing else, so that neither its reading of
    /// letters as keys nor its skipping of words applies.
    ///
    /// The plan's general pattern decides, not its types of numbers: those leave out ranges opened lately or kept for examples (06 39 98).
    fn dialled(digits: &str) -> Option<Self> {
        let abroad = digits.strip_prefix('+').or_else(|| digits.strip_prefix("00"));
        // With a default country the library takes that country's trunk zero off foreign numbers, too.
        let number = match abroad {
            Some(full) => phonenumber::parse(None, format!("+{full}")),
            None => phonenumber::parse(Some(country::FR), digits),
        }
        .ok()?;
        let (code, national) = (number.country().code(), number.national().to_string());
        let text = format!("+{code}{national}");
        let planned = DATABASE.by_code(&code)?.iter().any(|plan| is_planned(plan.descriptors(), &national));
        (planned && (8..=16).contains(&text.len())).then_some(Self(text))
    }
}

/// Whether `national` begins and ends as some number of the plan may. The general pattern gives no lengths and matches beginnings; the types give them.
fn is_planned(plan: &Descriptors, national: &str) -> bool {
    let kinds = [
        plan.fixed_line(),
        plan.mobile(),
        plan.toll_free(),
        plan.shared_cost(),
        plan.premium_rate(),
        plan.personal_number(),
        plan.voip(),
        plan.uan(),
    ];
    plan.general().is_match(national)
        && kinds
            .into_iter()
            .flatten()
            .flat_map(Descriptor::possible_length)
            .any(|length| usize::from(*length) == national.len())
}

/// The digits of `text`, with a plus before them if it has one; nothing if it holds anything but digits and the signs people part them with.
fn digits(text: &str) -> Option<String> {
    let text = text.trim();
    // « +33 (0)1 … » names the trunk zero that is not dialled from abroad.
    let text = if text.starts_with('+') { text.replacen("(0)", "", 1) } else { text.to_owned() };
    let mut digits = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '0'..='9' => digits.push(c),
            '+' if digits.is_empty() => digits.push(c),
            _ if parts_digits(c) => {}
            _ => return None,
        }
    }
    // Fifteen digits of E.164, two of the prefix for abroad and the plus; the shortest numbers have three.
    (3..=18).contains(&digits.len()).then_some(digits)
}

/// White space, dots, dashes, slashes, brackets, and the marks of direction that come along when a number is copied from an address book.
fn parts_digits(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '.' | '-' | '/' | '(' | ')' | '\u{2010}'..='\u{2014}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        )
}

impl FromStr for PhoneNumber {
    type Err = PhoneError;

    fn from_str(text: &str) -> Result<Self, PhoneError> {
        Self::parse(text)
    }
}

impl TryFrom<String> for PhoneNumber {
    type Error = PhoneError;

    fn try_from(text: String) -> Result<Self, PhoneError> {
        Self::parse(&text)
    }
}

impl fmt::Display for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A text that is no internal number, and what to write instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("this is no internal number: write 2 to 6 digits")]
pub struct ExtensionError;

/// An internal or special number of 2 to 6 digits, such as `204` or `3949`, that only the telephone system can place.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[cfg_attr(
    feature = "office",
    schema(value_type = String, min_length = 2, max_length = 6, pattern = "^[0-9]{2,6}$", example = "204")
)]
#[serde(try_from = "String")]
pub struct Extension(String);

impl Extension {
    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Extension {
    type Err = ExtensionError;

    fn from_str(text: &str) -> Result<Self, ExtensionError> {
        if (2..=6).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()) {
            Ok(Self(text.to_owned()))
        } else {
            Err(ExtensionError)
        }
    }
}

impl TryFrom<String> for Extension {
    type Error = ExtensionError;

    fn try_from(text: String) -> Result<Self, ExtensionError> {
        text.parse()
    }
}

impl fmt::Display for Extension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Who calls, as far as the telephone system tells.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(tag = "kind", content = "value", rename_all = "snake_case", deny_unknown_fields)]
pub enum Caller {
    /// A number that can be called back.
    Number(PhoneNumber),
    /// The caller withholds the number, or the system gave none.
    Hidden,
    /// A colleague's telephone, or a special number.
    Internal(Extension),
    /// What was given instead of a number, without control characters and at most 64 characters of it.
    Unreadable(ShortText),
}

/// Words by which telephone systems say that there is no number; compared in lower case.
const HIDDEN: [&str; 11] = [
    "anonymous",
    "anonyme",
    "unknown",
    "inconnu",
    "hidden",
    "private",
    "restricted",
    "withheld",
    "unavailable",
    "masqué",
    "none",
];

impl Caller {
    /// Characters kept of what cannot be read.
    const KEPT: usize = 64;

    /// Reads what a telephone system gives as a caller: a number in any usual form, with `+`, `00` or its bare country before it, a SIP or
    /// `tel:` address, an internal number, or one of the words for none. Never fails.
    pub fn read(text: &str) -> Self {
        let clean: String = text.chars().filter(|c| !c.is_control()).collect();
        let user = user_part(&clean);
        if !user.chars().any(char::is_alphanumeric) || HIDDEN.contains(&user.to_lowercase().as_str()) {
            return Self::Hidden;
        }
        if let Ok(extension) = user.parse() {
            return Self::Internal(extension);
        }
        if let Some(number) = digits(user).and_then(|digits| full_number(&digits)) {
            return Self::Number(number);
        }
        let kept: String = clean.trim().chars().take(Self::KEPT).collect();
        kept.parse().map_or(Self::Hidden, Self::Unreadable)
    }
}

/// A national number, or one with its country but without the plus, as many trunks give it.
fn full_number(digits: &str) -> Option<PhoneNumber> {
    PhoneNumber::dialled(digits).or_else(|| {
        let international = !digits.starts_with(['+', '0']);
        international.then(|| PhoneNumber::dialled(&format!("+{digits}"))).flatten()
    })
}

/// What stands for the caller in a SIP or `tel:` address (`"Name" <sip:204@pbx.example;user=phone>`), or the text itself.
fn user_part(text: &str) -> &str {
    let address = match text.split_once('<') {
        Some((_, rest)) => rest.split('>').next().unwrap_or(rest),
        None => text,
    };
    let address = address.trim();
    let user = match address.split_once(':') {
        Some((scheme, rest)) if ["sip", "sips", "tel"].contains(&scheme.to_lowercase().as_str()) => rest,
        _ => address,
    };
    user.split(['@', ';']).next().unwrap_or(user).trim()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("01 99 00 12 34", "+33199001234")]
    #[case("0199001234", "+33199001234")]
    #[case("06.39.98.00-01", "+33639980001")]
    #[case("+33 (0)2 61 91 00 01", "+33261910001")]
    #[case("0033 3 53 01 00 01", "+33353010001")]
    #[case("+33\u{a0}4\u{202f}65 71 00 01", "+33465710001")]
    #[case("\u{202a}+33536490001\u{202c}", "+33536490001")]
    #[case("+32 470 12 34 56", "+32470123456")]
    #[case("00 44 20 7946 0018", "+442079460018")]
    #[case("+39 06 698 12345", "+390669812345")]
    fn a_number_is_read_as_people_write_it(#[case] text: &str, #[case] number: &str) {
        assert_eq!(PhoneNumber::parse(text).unwrap().as_str(), number);
    }

    #[rstest]
    #[case("")]
    #[case("12")]
    #[case("3949")]
    #[case("01 99 00 12")]
    #[case("01 99 00 12 34 56")]
    #[case("+33 99")]
    #[case("0800 PIZZA")]
    #[case("01 99 00 12 34 poste 12")]
    #[case("1+33199001234")]
    #[case("+999123456789")]
    #[case("＋３３１９９００１２３４")]
    fn what_nobody_can_be_reached_at_is_refused(#[case] text: &str) {
        assert_eq!(PhoneNumber::parse(text), Err(PhoneError));
    }

    #[test]
    fn a_number_read_from_json_takes_its_one_form() {
        let number: PhoneNumber = serde_json::from_str("\"06 39 98 00 01\"").unwrap();
        assert_eq!(serde_json::to_string(&number).unwrap(), "\"+33639980001\"");
        let refusal = serde_json::from_str::<PhoneNumber>("\"bonjour\"").unwrap_err();
        assert!(refusal.to_string().contains("write it as"));
    }

    #[rstest]
    #[case::national("0199001234", "+33199001234")]
    #[case::abroad("0033199001234", "+33199001234")]
    #[case::plus("+33199001234", "+33199001234")]
    #[case::bare_country("33199001234", "+33199001234")]
    #[case::bare_foreign_country("32470123456", "+32470123456")]
    #[case::without_trunk_zero("199001234", "+33199001234")]
    #[case::sip("sip:+33199001234@trunk.example;user=phone", "+33199001234")]
    #[case::sip_with_name("\"Férut, N.\" <sips:0033199001234@trunk.example>;tag=1", "+33199001234")]
    #[case::tel("TEL:+33-1-99-00-12-34;ext=4", "+33199001234")]
    fn a_caller_with_a_number_can_be_called_back(#[case] text: &str, #[case] number: &str) {
        assert_eq!(Caller::read(text), Caller::Number(PhoneNumber(number.into())));
    }

    #[rstest]
    #[case("")]
    #[case(" \0 ")]
    #[case("-")]
    #[case("anonymous")]
    #[case("Anonymous")]
    #[case("unknown")]
    #[case("MASQUÉ")]
    #[case("\"Anonymous\" <sip:anonymous@anonymous.invalid>")]
    fn a_caller_without_a_number_is_hidden(#[case] text: &str) {
        assert_eq!(Caller::read(text), Caller::Hidden);
    }

    #[rstest]
    #[case("204", "204")]
    #[case("sip:1204@pbx.example", "1204")]
    #[case("15", "15")]
    fn a_short_number_is_internal(#[case] text: &str, #[case] extension: &str) {
        assert_eq!(Caller::read(text), Caller::Internal(Extension(extension.into())));
    }

    #[test]
    fn what_cannot_be_read_is_kept_without_its_dangers() {
        let Caller::Unreadable(kept) = Caller::read("poste\u{1b}[2J de Zoé") else { panic!("not unreadable") };
        assert_eq!(kept.as_str(), "poste[2J de Zoé");
        let Caller::Unreadable(kept) = Caller::read(&"7".repeat(500)) else { panic!("not unreadable") };
        assert_eq!(kept.as_str().len(), 64);
    }

    #[test]
    fn a_caller_is_checked_where_json_is_read() {
        let json = serde_json::to_string(&Caller::read("204")).unwrap();
        assert_eq!(json, r#"{"kind":"internal","value":"204"}"#);
        assert_eq!(serde_json::to_string(&Caller::Hidden).unwrap(), r#"{"kind":"hidden"}"#);
        for bad in
            [r#"{"kind":"internal","value":"x"}"#, r#"{"kind":"number","value":"12"}"#, r#"{"kind":"hidden","more":1}"#]
        {
            assert!(serde_json::from_str::<Caller>(bad).is_err(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn the_short_way_for_french_numbers_is_that_of_the_library(digits in "[0-9]{7,10}") {
            let text = format!("+33{digits}");
            prop_assert_eq!(PhoneNumber::parse(&text).ok().filter(|number| number.as_str() == text), PhoneNumber::dialled(&text).filter(|number| number.as_str() == text));
        }

        #[test]
        fn any_text_gives_a_caller_that_survives_json(text in any::<String>()) {
            let caller = Caller::read(&text);
            let json = serde_json::to_string(&caller).unwrap();
            prop_assert_eq!(serde_json::from_str::<Caller>(&json).unwrap(), caller);
        }

        #[test]
        fn any_dialled_digits_give_a_number_in_its_one_form_or_none(text in r"\+?[0-9 .()\-]{0,24}") {
            if let Ok(number) = PhoneNumber::parse(&text) {
                prop_assert_eq!(PhoneNumber::parse(number.as_str()), Ok(number.clone()));
                prop_assert_eq!(Caller::read(number.as_str()), Caller::Number(number));
            }
            Caller::read(&text);
        }
    }
}
