//! The bodies of commands at the desk: permanences, lockers, items, tab, exceptions.

use super::bodies::body;
use crate::domain::{
    ids::{BeneficiaryId, PostingId},
    item::Holder,
    money::Cents,
    permanence::Explanation,
    texts::{LongText, ShortText},
    time::Instant,
};
use serde::{Deserialize, Serialize};
use std::fmt;

body! {
    /// A desk closed; the office says what is left over and what the cash box should hold.
    ClosePermanence {
        /// When it closed.
        occurred_at: Instant,
        /// Why each leftover is left over; at most 500.
        #[serde(default)]
        explanations: Vec<Explanation>,
        /// What lay in the cash box; none if there is no box.
        #[serde(default)]
        cash_counted: Option<Cents>,
    }
}

/// The code that opens a booked locker: six digits.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "office", schema(value_type = String, pattern = "^[0-9]{6}$", example = "041526"))]
#[serde(try_from = "String", into = "String")]
pub struct LockerCode(String);

impl LockerCode {
    /// The digits, for the one who is to open the locker.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for LockerCode {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let digits = text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit());
        if digits { Ok(Self(text)) } else { Err("a code is six digits") }
    }
}

impl From<LockerCode> for String {
    fn from(code: LockerCode) -> Self {
        code.0
    }
}

impl fmt::Debug for LockerCode {
    /// Without the digits: what is printed may end up in a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LockerCode")
    }
}

body! {
    /// Asks whether a code opens the locker of a booking.
    CheckCode {
        /// What was typed.
        code: LockerCode,
    }
}

body! {
    /// Asks for labels to print: each bears a number that is given once.
    NumberLabels {
        /// How many; 1 to 1,000.
        count: u32,
    }
}

body! {
    /// The house took a thing in again: a fact.
    TakeIn {
        /// When.
        occurred_at: Instant,
        /// Who has it now.
        holder: Holder,
    }
}

body! {
    /// A thing went from one hand to the next: a fact.
    PassOn {
        /// When.
        occurred_at: Instant,
        /// Who had it.
        from: Holder,
        /// Who has it now.
        to: Holder,
    }
}

body! {
    /// A thing went back to its owner: a fact.
    HandBack {
        /// When.
        occurred_at: Instant,
        /// Who had it.
        from: Holder,
        /// Who took it, if known.
        #[serde(default)]
        to: Option<BeneficiaryId>,
    }
}

body! {
    /// A thing was looked for and not found.
    Lose {
        /// When it was given up.
        occurred_at: Instant,
        /// What was tried.
        reason: ShortText,
    }
}

body! {
    /// Takes a posting back by another that negates its lines.
    Reverse {
        /// The reversal's id.
        id: PostingId,
        /// What is printed on the statement.
        reason: ShortText,
    }
}

body! {
    /// A person settled an exception.
    Settle {
        /// How.
        settlement: LongText,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_six_digits_and_is_not_printed() {
        let code = |text: &str| LockerCode::try_from(text.to_owned());
        for wrong in ["", "12345", "1234567", "12345a", "12 456", "\u{663}23456"] {
            assert!(code(wrong).is_err(), "{wrong}");
        }
        let right = code("041526").unwrap();
        assert_eq!(right.reveal(), "041526");
        assert!(!format!("{:?}", CheckCode { code: right }).contains("041526"));
    }
}
