//! The office's own secrets: made at random when first asked for, kept with its database, never shown.

use super::{
    commands::context::Context,
    failure::Failure,
    storage::{StorageError, Tx},
};
use hmac::{Hmac, KeyInit as _};
use sha2::Sha256;
use std::fmt::Write as _;

/// The secret of this database under a name, made when it is first asked for; 256 bits.
pub async fn named(context: &mut Context<'_>, name: &'static str) -> Result<Vec<u8>, Failure> {
    if let Some(known) = known(context.read(), name).await? {
        return Ok(known);
    }
    let made = random::<32>()?.to_vec();
    let text = hex(&made);
    let sql = "INSERT INTO office_key (name, secret) VALUES ($1, $2)";
    context.write().execute(sql, &[name.into(), (&text).into()]).await?;
    Ok(made)
}

/// The secret of this database under a name, if it was ever asked for.
pub async fn known(tx: &mut Tx, name: &'static str) -> Result<Option<Vec<u8>>, StorageError> {
    let sql = "SELECT secret FROM office_key WHERE name = $1";
    let Some(row) = tx.row(sql, &[name.into()]).await? else { return Ok(None) };
    bytes(&row.text(0)?).ok_or_else(|| unreadable("it is not hexadecimal")).map(Some)
}

/// A hash keyed by a secret, not yet fed (RFC 2104).
pub fn hmac(secret: &[u8]) -> Result<Hmac<Sha256>, StorageError> {
    Hmac::<Sha256>::new_from_slice(secret).map_err(|_| unreadable("a key of any length is good for HMAC"))
}

/// Bytes of the system's random source.
pub fn random<const N: usize>() -> Result<[u8; N], StorageError> {
    let mut bytes = [0; N];
    let failed =
        |error: getrandom::Error| StorageError::Unreadable { what: "random source".into(), why: error.to_string() };
    getrandom::fill(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

/// Bytes as hexadecimal digits, two each.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The bytes that [`hex`] wrote.
pub fn bytes(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes().chunks(2);
    digits.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}

fn unreadable(why: &str) -> StorageError {
    StorageError::Unreadable { what: "office_key".into(), why: why.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_back() {
        let kept = [0, 7, 171, 255];
        assert_eq!(hex(&kept), "0007abff");
        assert_eq!(bytes(&hex(&kept)).unwrap(), kept);
        assert_eq!(bytes("0g"), None);
    }
}
