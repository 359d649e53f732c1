//! Addresses of mail, as far as a house needs them: one person's, without display name.

use serde::{Deserialize, Serialize};
use std::fmt;

/// An address of mail: `local@domain`, at most 254 characters (RFC 5321, 4.5.3.1), the domain in lower case.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(String);

impl EmailAddress {
    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form under which addresses are compared: no house tells two people apart by capitals alone.
    pub fn folded(&self) -> String {
        self.0.to_lowercase()
    }

    /// Whether it is the same address, whatever the capitals.
    pub fn is_same(&self, other: &Self) -> bool {
        self.folded() == other.folded()
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        const WRONG: &str = "an address of mail looks like claire.durand@metropole.example";
        let text = text.trim();
        let (local, domain) = text.rsplit_once('@').ok_or(WRONG)?;
        let plain = |part: &str| {
            !part.is_empty()
                && !part
                    .chars()
                    .any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | ',' | ';' | '@'))
        };
        if text.len() > 254
            || !plain(local)
            || !plain(domain)
            || domain.starts_with('.')
            || domain.ends_with('.')
            || domain.contains("..")
        {
            return Err(WRONG);
        }
        Ok(Self(format!("{local}@{}", domain.to_lowercase())))
    }
}

impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> Self {
        address.0
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_one_local_part_and_a_domain() {
        for good in ["a@b.example", "Claire.Durand+x@Metropole.Example"] {
            assert!(EmailAddress::try_from(good.to_owned()).is_ok(), "{good}");
        }
        for bad in ["", "a", "@b", "a@", "a b@c.example", "a@b..example", "a@b, c@d", "Claire <a@b.example>"] {
            assert!(EmailAddress::try_from(bad.to_owned()).is_err(), "{bad}");
        }
    }
}
