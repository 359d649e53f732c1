//! The code that opens a booked locker: shown once, kept only as a hash that is keyed by a secret of this office's database.

use super::{context::Context, locker::ended};
use crate::{
    domain::{booking::Booking, ids::BookingId},
    office::{failure::Failure, storage::StorageError},
    wire::desk_bodies::{CheckCode, LockerCode},
};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use uuid::Uuid;

/// The secret's name in the table.
const SECRET: &str = "locker_code";

/// `POST /v1/bookings/{id}/code`
pub async fn issue(context: &mut Context<'_>, id: BookingId) -> Result<(), Failure> {
    let booking: Booking = context.get(id).await?;
    if !booking.is_live() {
        return Err(ended(&booking, "issue_code").into());
    }
    let code = loop {
        if let Some(code) = code_of(u32::from_ne_bytes(random()?)) {
            break code;
        }
    };
    let secret = secret(context).await?;
    let (booking, hash) = (id.to_string(), hex(&keyed(&secret, id, &code)?.finalize().into_bytes()));
    let sql = "INSERT INTO booking_code (booking_id, code_hash) VALUES ($1, $2) \
               ON CONFLICT (booking_id) DO UPDATE SET code_hash = excluded.code_hash";
    context.write().execute(sql, &[(&booking).into(), (&hash).into()]).await?;
    context.aside = Some(serde_json::json!({ "code": code }));
    Ok(())
}

/// `POST /v1/bookings/{id}/check-code`: compared in constant time; a booking that has ended opens nothing.
pub async fn check(context: &mut Context<'_>, id: BookingId, body: &CheckCode) -> Result<(), Failure> {
    let booking: Booking = context.get(id).await?;
    let text = id.to_string();
    let sql = "SELECT code_hash FROM booking_code WHERE booking_id = $1";
    let kept = context.read().row(sql, &[(&text).into()]).await?.map(|row| row.text(0)).transpose()?;
    let matches = match kept.as_deref().and_then(bytes) {
        Some(hash) if booking.is_live() => {
            let secret = secret(context).await?;
            keyed(&secret, id, &body.code)?.verify_slice(&hash).is_ok()
        }
        _ => false,
    };
    context.aside = Some(serde_json::json!({ "matches": matches }));
    Ok(())
}

/// The six digits that a random number stands for; none for the few that would make some codes likelier than others.
fn code_of(random: u32) -> Option<LockerCode> {
    const CODES: u32 = 1_000_000;
    let fair = random < u32::MAX - u32::MAX % CODES;
    fair.then(|| LockerCode::try_from(format!("{:06}", random % CODES)).ok()).flatten()
}

/// The hash of a booking's code, not yet finished; the booking is part of it, so that equal codes differ.
fn keyed(secret: &[u8], booking: BookingId, code: &LockerCode) -> Result<Hmac<Sha256>, StorageError> {
    let unusable = |_| unreadable("a key of any length is good for HMAC");
    let hmac = Hmac::<Sha256>::new_from_slice(secret).map_err(unusable)?;
    Ok(hmac.chain_update(Uuid::from(booking).as_bytes()).chain_update(code.reveal()))
}

/// The secret of this database, made when it is first asked for.
async fn secret(context: &mut Context<'_>) -> Result<Vec<u8>, Failure> {
    let sql = "SELECT secret FROM office_key WHERE name = $1";
    if let Some(row) = context.read().row(sql, &[SECRET.into()]).await? {
        return Ok(bytes(&row.text(0)?).ok_or_else(|| unreadable("it is not hexadecimal"))?);
    }
    let made = random::<32>()?.to_vec();
    let text = hex(&made);
    let sql = "INSERT INTO office_key (name, secret) VALUES ($1, $2)";
    context.write().execute(sql, &[SECRET.into(), (&text).into()]).await?;
    Ok(made)
}

fn random<const N: usize>() -> Result<[u8; N], StorageError> {
    let mut bytes = [0; N];
    let failed =
        |error: getrandom::Error| StorageError::Unreadable { what: "random source".into(), why: error.to_string() };
    getrandom::fill(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

fn unreadable(why: &str) -> StorageError {
    StorageError::Unreadable { what: "office_key".into(), why: why.into() }
}

fn hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(nibble.into(), 16);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).flatten().collect()
}

/// The bytes that [`hex`] wrote.
fn bytes(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes().chunks(2);
    digits.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn booking(number: u128) -> BookingId {
        Uuid::from_u128(number).into()
    }

    #[test]
    fn every_code_has_six_digits_and_is_as_likely_as_the_others() {
        let digits = |random| code_of(random).map(|code| code.reveal().to_owned());
        assert_eq!(digits(7).as_deref(), Some("000007"));
        assert_eq!(digits(4_293_999_999).as_deref(), Some("999999"));
        assert_eq!(digits(4_294_000_000), None, "beyond the last whole million");
    }

    #[test]
    fn a_code_opens_its_own_booking_alone() {
        let [code, other] = [41_526, 41_527].map(|number| code_of(number).unwrap());
        let hash = keyed(b"secret", booking(1), &code).unwrap().finalize().into_bytes();
        let opens = |secret: &[u8], booking, code| keyed(secret, booking, code).unwrap().verify_slice(&hash).is_ok();
        assert!(opens(b"secret", booking(1), &code));
        assert!(!opens(b"secret", booking(1), &other));
        assert!(!opens(b"secret", booking(2), &code));
        assert!(!opens(b"another", booking(1), &code));
    }

    #[test]
    fn what_is_kept_is_read_back() {
        let kept = [0, 7, 171, 255];
        assert_eq!(hex(&kept), "0007abff");
        assert_eq!(bytes(&hex(&kept)).unwrap(), kept);
        assert_eq!(bytes("0g"), None);
    }
}
