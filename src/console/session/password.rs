//! By what a password that was typed here is known again, without the office and without being kept.

use super::Secret;
use ring::pbkdf2;
use serde::{Deserialize, Serialize};
use std::{fmt, num::NonZeroU32};

static METHOD: pbkdf2::Algorithm = pbkdf2::PBKDF2_HMAC_SHA256;

/// As many as OWASP advises for PBKDF2 with SHA-256.
const ROUNDS: NonZeroU32 = NonZeroU32::MIN.saturating_add(599_999);

/// A salted hash of a password, slow to make.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verifier {
    salt: [u8; 16],
    rounds: NonZeroU32,
    hash: [u8; 32],
}

impl Verifier {
    /// Of this password; none if this machine gives no salt.
    pub fn of(password: &Secret) -> Option<Self> {
        let (mut salt, mut hash) = ([0; 16], [0; 32]);
        getrandom::fill(&mut salt).ok()?;
        pbkdf2::derive(METHOD, ROUNDS, &salt, password.reveal().as_bytes(), &mut hash);
        Some(Self { salt, rounds: ROUNDS, hash })
    }

    /// Whether it is of this password.
    pub fn matches(&self, password: &Secret) -> bool {
        pbkdf2::verify(METHOD, self.rounds, &self.salt, password.reveal().as_bytes(), &self.hash).is_ok()
    }
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Verifier(…)")
    }
}
