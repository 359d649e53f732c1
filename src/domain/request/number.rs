//! The number by which people speak of a request.

use crate::domain::refusal::Refusal;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The short number that people say: two digits of the year and a running number, such as `26-1047`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RequestNumber {
    year: u8,
    serial: u32,
}

impl RequestNumber {
    /// The number of this year's `serial`-th request; the year counts from 2000.
    pub const fn new(year: u8, serial: u32) -> Self {
        Self { year, serial }
    }

    /// One number in the order of giving, for the search index: year then serial.
    pub const fn order(self) -> i64 {
        (self.year as i64) * 100_000_000 + self.serial as i64
    }
}

impl fmt::Display for RequestNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:04}", self.year, self.serial)
    }
}

impl std::str::FromStr for RequestNumber {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        let invalid =
            || Refusal::FieldInvalid { field: "number".into(), why: "a request's number looks like 26-1047".into() };
        let (year, serial) = text.trim().split_once('-').ok_or_else(invalid)?;
        if year.len() != 2
            || serial.is_empty()
            || serial.len() > 8
            || !text.trim().bytes().all(|b| b.is_ascii_digit() || b == b'-')
        {
            return Err(invalid());
        }
        Ok(Self { year: year.parse().map_err(|_| invalid())?, serial: serial.parse().map_err(|_| invalid())? })
    }
}

impl Serialize for RequestNumber {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for RequestNumber {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_two_digits_of_the_year_and_at_least_four_more() {
        assert_eq!(RequestNumber::new(26, 47).to_string(), "26-0047");
        assert_eq!("26-1047".parse::<RequestNumber>(), Ok(RequestNumber::new(26, 1047)));
        for wrong in ["", "26", "26-", "2026-1", "26-x", "-1", "26--1", "26-123456789"] {
            assert!(wrong.parse::<RequestNumber>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn numbers_are_ordered_by_year_then_by_running_number() {
        assert!(RequestNumber::new(25, 99_999).order() < RequestNumber::new(26, 1).order());
    }
}
