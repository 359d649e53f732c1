//! A door: an address at which somebody is found, and where that lies.

use super::{position::Position, texts::ShortText};
use crate::text::fold;
use serde::{Deserialize, Serialize};
use std::fmt;

/// An address of a person; written as `12 rue des Acacias, Bègles @44.809000, -0.548000`, as far as its position is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Door {
    /// Street and town.
    pub address: ShortText,
    /// Where it lies, for rounds.
    #[serde(default)]
    pub position: Option<Position>,
}

impl Door {
    /// Whether an address is this one, however it is written: capitals, accents and signs between words make no difference.
    pub fn is_at(&self, address: &ShortText) -> bool {
        fold(self.address.as_str()) == fold(address.as_str())
    }
}

impl std::str::FromStr for Door {
    type Err = <ShortText as std::str::FromStr>::Err;

    /// Reads an address; what follows its last `@` is its position, if it is any.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let split = text.rsplit_once('@').and_then(|(street, at)| Some((street, at.trim().parse().ok()?)));
        let (street, position) = split.map_or((text, None), |(street, at)| (street, Some(at)));
        Ok(Self { address: street.trim().parse()?, position })
    }
}

impl fmt::Display for Door {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.position {
            Some(position) => write!(f, "{} @{position}", self.address),
            None => write!(f, "{}", self.address),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn door(text: &str) -> Door {
        text.parse().unwrap()
    }

    #[test]
    fn what_follows_the_last_sign_is_the_position_if_it_is_one() {
        let known = door("12 rue des Acacias, Bègles @44.809, -0.548");
        assert_eq!(known.address.as_str(), "12 rue des Acacias, Bègles");
        assert_eq!(known.position, Some("44.809, -0.548".parse().unwrap()));
        assert_eq!(known.to_string().parse(), Ok(known));
        for plain in ["12 rue des Acacias", "chez lys@home", "3 quai @91, 0"] {
            assert_eq!((door(plain).address.as_str(), door(plain).position), (plain, None));
        }
        assert!("@44.8, -0.5".parse::<Door>().is_err(), "a position is no address");
    }

    #[test]
    fn an_address_is_the_same_however_it_is_written() {
        let known = door("12, rue des Érables - Bègles");
        assert!(known.is_at(&"12 RUE DES ERABLES, BEGLES".parse().unwrap()));
        assert!(!known.is_at(&"2 rue des Érables, Bègles".parse().unwrap()));
    }
}
