//! The code that opens a booked locker: shown once, kept only as a hash that is keyed by a secret of this office's database.

use super::{context::Context, locker::ended};
use crate::{
    domain::{
        booking::Booking,
        ids::{BookingId, ReplyId},
    },
    office::{
        failure::Failure,
        secret::{self, bytes, hex, random},
        storage::StorageError,
    },
    wire::desk_bodies::{CheckCode, LockerCode},
};
use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use uuid::Uuid;

/// The secret's name in the table.
const SECRET: &str = "locker_code";

/// `POST /v1/bookings/{id}/code`
pub async fn issue(context: &mut Context<'_>, id: BookingId) -> Result<(), Failure> {
    must_be_live(&context.get(id).await?, "issue_code")?;
    let code = loop {
        if let Some(code) = code_of(u32::from_ne_bytes(random()?)) {
            break code;
        }
    };
    keep(context, id, &code).await?;
    context.aside = Some(serde_json::json!({ "code": code }));
    Ok(())
}

/// Stands in a mail where the code goes once it leaves.
pub const PLACE: &str = "••••••";

/// Refuses a booking that has ended: there is nothing to open.
pub(super) fn must_be_live(booking: &Booking, asked: &'static str) -> Result<(), Failure> {
    if booking.is_live() { Ok(()) } else { Err(ended(booking, asked).into()) }
}

/// The code that a mail will tell opens the locker from now on.
pub(super) async fn keep_mailed(context: &mut Context<'_>, id: BookingId, mail: ReplyId) -> Result<(), Failure> {
    let secret = secret::named(context, SECRET).await?;
    let code = mailed(&secret, id, mail)?;
    keep(context, id, &code).await
}

/// The code that a mail tells, now that it leaves; none if another one was given since, or the booking has ended.
pub(super) async fn of_mail(
    context: &mut Context<'_>,
    id: BookingId,
    mail: ReplyId,
) -> Result<Option<LockerCode>, Failure> {
    let secret = secret::named(context, SECRET).await?;
    let code = mailed(&secret, id, mail)?;
    let booking: Option<Booking> = context.find(id).await?;
    let live = booking.is_some_and(|booking| booking.is_live());
    let opens = match kept(context, id).await? {
        Some(hash) => keyed(&secret, id, &code)?.verify_slice(&hash).is_ok(),
        None => false,
    };
    Ok((live && opens).then_some(code))
}

/// A code that booking and mail give together with the secret: it can be told again when the mail is tried again, without being kept.
fn mailed(secret: &[u8], booking: BookingId, mail: ReplyId) -> Result<LockerCode, StorageError> {
    let mac =
        secret::hmac(secret)?.chain_update(Uuid::from(booking).as_bytes()).chain_update(Uuid::from(mail).as_bytes());
    let digest = mac.finalize().into_bytes();
    let mut random = digest.chunks_exact(4).filter_map(|four| four.try_into().ok().map(u32::from_be_bytes));
    let none = || StorageError::Unreadable { what: "code".into(), why: "no number of the digest is fair".into() };
    random.find_map(code_of).ok_or_else(none)
}

async fn kept(context: &mut Context<'_>, id: BookingId) -> Result<Option<Vec<u8>>, Failure> {
    let text = id.to_string();
    let sql = "SELECT code_hash FROM booking_code WHERE booking_id = $1";
    let kept = context.read().row(sql, &[(&text).into()]).await?.map(|row| row.text(0)).transpose()?;
    Ok(kept.as_deref().and_then(bytes))
}

async fn keep(context: &mut Context<'_>, id: BookingId, code: &LockerCode) -> Result<(), Failure> {
    let secret = secret::named(context, SECRET).await?;
    let (booking, hash) = (id.to_string(), hex(&keyed(&secret, id, code)?.finalize().into_bytes()));
    let sql = "INSERT INTO booking_code (booking_id, code_hash) VALUES ($1, $2) \
               ON CONFLICT (booking_id) DO UPDATE SET code_hash = excluded.code_hash";
    context.write().execute(sql, &[(&booking).into(), (&hash).into()]).await?;
    Ok(())
}

/// `POST /v1/bookings/{id}/check-code`: compared in constant time; a booking that has ended opens nothing.
pub async fn check(context: &mut Context<'_>, id: BookingId, body: &CheckCode) -> Result<(), Failure> {
    let booking: Booking = context.get(id).await?;
    let matches = match kept(context, id).await? {
        Some(hash) if booking.is_live() => {
            let secret = secret::named(context, SECRET).await?;
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
    Ok(secret::hmac(secret)?.chain_update(Uuid::from(booking).as_bytes()).chain_update(code.reveal()))
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
    fn a_mail_tells_the_same_code_however_often_it_is_tried_and_another_mail_another() {
        let mail = |number| ReplyId::from(Uuid::from_u128(number));
        let code = |number| mailed(b"secret", booking(1), mail(number)).unwrap().reveal().to_owned();
        assert_eq!(code(1), code(1));
        let different: std::collections::BTreeSet<String> = (1..=200).map(code).collect();
        assert!(different.len() > 190, "{}", different.len());
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
}
