//! Text modules: what the house writes again and again, with fields that are filled in.

use super::{
    operator::Language,
    refusal::Refusal,
    texts::{LongText, ShortText},
};
use serde::{Deserialize, Serialize};

/// What a field stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// The person written to.
    Name,
    /// The request's number.
    Number,
    /// Its service.
    Service,
    /// When it is to be ready or done.
    When,
    /// Where.
    Place,
    /// Who writes.
    Operator,
}

impl Field {
    /// Every field.
    pub const ALL: [Self; 6] = [Self::Name, Self::Number, Self::Service, Self::When, Self::Place, Self::Operator];

    /// Its names, the French one first.
    pub const fn names(self) -> [&'static str; 2] {
        match self {
            Self::Name => ["nom", "name"],
            Self::Number => ["numero", "number"],
            Self::Service => ["service", "service"],
            Self::When => ["quand", "when"],
            Self::Place => ["lieu", "place"],
            Self::Operator => ["operateur", "operator"],
        }
    }

    fn named(name: &str) -> Option<Self> {
        let name = name.trim().to_lowercase().replace('é', "e");
        Self::ALL.into_iter().find(|field| field.names().contains(&name.as_str()))
    }
}

/// One text that is written again and again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TextModule {
    /// What it is chosen by.
    pub name: ShortText,
    /// The language it is written in.
    #[serde(default)]
    pub language: Language,
    /// Its text, with fields such as `{nom}` or `{name}`.
    pub text: LongText,
}

/// Modules of a language at most: they are chosen by one digit.
pub const MOST: usize = 9;

/// A piece of a module's text.
enum Piece<'a> {
    Text(&'a str),
    Field(&'a str),
}

/// The text in pieces: what stands between braces is a field's name.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, behind)) = after.split_once('}') else { break };
        pieces.extend([Piece::Text(before), Piece::Field(name)]);
        rest = behind;
    }
    pieces.push(Piece::Text(rest));
    pieces
}

impl TextModule {
    /// Its text with the fields filled in. A field of which nothing is known becomes `…`, for who writes to fill in.
    pub fn filled(&self, value: impl Fn(Field) -> Option<String>) -> String {
        let fill = |piece| match piece {
            Piece::Text(text) => text.to_owned(),
            Piece::Field(name) => Field::named(name).and_then(&value).unwrap_or_else(|| "…".to_owned()),
        };
        pieces(self.text.as_str()).into_iter().map(fill).collect()
    }

    fn unknown(&self) -> Option<String> {
        pieces(self.text.as_str()).into_iter().find_map(|piece| match piece {
            Piece::Field(name) if Field::named(name).is_none() => Some(name.to_owned()),
            _ => None,
        })
    }
}

/// Whether the modules of a house hold together.
///
/// # Errors
/// More than digits choose, or a field that there is not, with those that there are.
pub fn check(modules: &[TextModule]) -> Result<(), Refusal> {
    let invalid = |why: String| Err(Refusal::FieldInvalid { field: "text_modules".into(), why });
    for language in [Language::Fr, Language::En] {
        if modules.iter().filter(|module| module.language == language).count() > MOST {
            return invalid(format!("at most {MOST} text modules a language"));
        }
    }
    let known = || Field::ALL.map(|field| format!("{{{}}}", field.names()[0])).join(", ");
    match modules.iter().find_map(|module| Some((module, module.unknown()?))) {
        Some((module, name)) => {
            invalid(format!("{}: there is no field {{{name}}}; there are {}", module.name, known()))
        }
        None => Ok(()),
    }
}

/// The modules that a house starts with.
pub fn defaults() -> Vec<TextModule> {
    const TEXTS: [(Language, &str, &str); 10] = [
        (
            Language::Fr,
            "Bien reçu",
            "Bonjour {nom},\n\nNous avons bien reçu votre message et nous nous en occupons. Nous revenons vers vous dès que possible.\n\nBien à vous,\n{operateur}",
        ),
        (
            Language::Fr,
            "Une question",
            "Bonjour {nom},\n\nPour votre demande {numero} ({service}), pouvez-vous nous préciser :\n\n…\n\nMerci d’avance,\n{operateur}",
        ),
        (
            Language::Fr,
            "C’est prêt",
            "Bonjour {nom},\n\nVotre demande {numero} ({service}) est prête. Elle vous attend : {lieu}, {quand}.\n\nBien à vous,\n{operateur}",
        ),
        (
            Language::Fr,
            "C’est prévu",
            "Bonjour {nom},\n\nC’est noté : {service}, {quand}, {lieu}. Votre numéro de demande est le {numero}.\n\nBien à vous,\n{operateur}",
        ),
        (
            Language::Fr,
            "Pas possible",
            "Bonjour {nom},\n\nNous sommes désolés : nous ne pouvons pas nous charger de cette demande ({service}).\n\nBien à vous,\n{operateur}",
        ),
        (
            Language::En,
            "Received",
            "Hello {name},\n\nWe have received your message and are looking after it. We will get back to you as soon as we can.\n\nKind regards,\n{operator}",
        ),
        (
            Language::En,
            "A question",
            "Hello {name},\n\nAbout your request {number} ({service}), could you please tell us:\n\n…\n\nMany thanks,\n{operator}",
        ),
        (
            Language::En,
            "It is ready",
            "Hello {name},\n\nYour request {number} ({service}) is ready. It is waiting for you: {place}, {when}.\n\nKind regards,\n{operator}",
        ),
        (
            Language::En,
            "It is planned",
            "Hello {name},\n\nIt is noted: {service}, {when}, {place}. The number of your request is {number}.\n\nKind regards,\n{operator}",
        ),
        (
            Language::En,
            "Not possible",
            "Hello {name},\n\nWe are sorry: we cannot take on this request ({service}).\n\nKind regards,\n{operator}",
        ),
    ];
    let module = |(language, name, text): (Language, &str, &str)| {
        Some(TextModule { name: name.parse().ok()?, language, text: text.parse().ok()? })
    };
    TEXTS.into_iter().filter_map(module).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn module(text: &str) -> TextModule {
        TextModule { name: "Prêt".parse().unwrap(), language: Language::Fr, text: text.parse().unwrap() }
    }

    #[test]
    fn fields_are_filled_in_under_their_french_and_english_names() {
        let value = |field| (field == Field::Name).then(|| "Mme Durand".to_owned());
        assert_eq!(module("Bonjour {nom}, {name}.").filled(value), "Bonjour Mme Durand, Mme Durand.");
        assert_eq!(module("{Numéro} est prête").filled(value), "… est prête");
        assert_eq!(module("une accolade { seule").filled(value), "une accolade { seule");
    }

    #[test]
    fn a_field_that_there_is_not_is_refused_with_those_that_there_are() {
        let Err(Refusal::FieldInvalid { field, why }) = check(&[module("Bonjour {prenom}")]) else { panic!() };
        assert_eq!(field, "text_modules");
        assert!(why.contains("{prenom}") && why.contains("{nom}, {numero}, {service}"), "{why}");
    }

    #[test]
    fn modules_are_as_many_as_digits_choose() {
        assert!(check(&vec![module("Bonjour"); 9]).is_ok());
        assert!(check(&vec![module("Bonjour"); 10]).is_err());
    }

    #[test]
    fn a_house_starts_with_modules_in_both_languages() {
        let modules = defaults();
        assert_eq!(modules.len(), 10);
        assert_eq!(check(&modules), Ok(()));
    }
}
