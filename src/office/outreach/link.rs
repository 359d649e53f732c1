//! The link of a mail of offers: it names the mail and is signed, so that it opens the page of whoever was written to, and nobody can
//! make one up.
//!
//! 64 hexadecimal digits: the mail's id, and the first 128 bits of an HMAC over it under a secret of its own.

use crate::{
    domain::ids::{CourierId, ReplyId, RoundId},
    office::{
        secret::{bytes, hex, hmac},
        storage::StorageError,
    },
};
use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use uuid::Uuid;

/// The secret's name in the table; not the one of `Message-ID`s, which travel in the open.
pub const SECRET: &str = "offer_link";

/// What is hashed before the id: the same secret signs nothing else by accident.
const PURPOSE: &[u8] = b"loge offer link 1";

/// Bytes of the id.
const ID: usize = 16;

/// Bytes of the signature that are kept.
const SIGNATURE: usize = 16;

/// The link of a mail.
///
/// # Errors
/// None that is known: a key of any length is good.
pub fn write(secret: &[u8], letter: ReplyId) -> Result<String, StorageError> {
    let id = Uuid::from(letter);
    let signature = keyed(secret, id)?.finalize().into_bytes();
    let kept: Vec<u8> = signature.into_iter().take(SIGNATURE).collect();
    Ok(format!("{}{}", id.simple(), hex(&kept)))
}

/// The mail that a link names, if its signature is right; compared in constant time.
pub fn read(secret: &[u8], link: &str) -> Option<ReplyId> {
    let whole = bytes(link).filter(|whole| whole.len() == ID + SIGNATURE && link.len() == 2 * whole.len())?;
    let (id, given) = whole.split_at_checked(ID)?;
    let id = Uuid::from_slice(id).ok()?;
    keyed(secret, id).ok()?.verify_truncated_left(given).is_ok().then(|| id.into())
}

fn keyed(secret: &[u8], id: Uuid) -> Result<Hmac<Sha256>, StorageError> {
    Ok(hmac(secret)?.chain_update(PURPOSE).chain_update(id.as_bytes()))
}

/// What is hashed before the ids of a round's link.
const ROUND: &[u8] = b"loge round link 1";

/// The link of a round for one courier: the same in every mail about it, and no longer good once somebody else drives it.
///
/// # Errors
/// None that is known: a key of any length is good.
pub fn write_round(secret: &[u8], round: RoundId, courier: CourierId) -> Result<String, StorageError> {
    let (round, courier) = (Uuid::from(round), Uuid::from(courier));
    let signature = of_round(secret, round, courier)?.finalize().into_bytes();
    let kept: Vec<u8> = signature.into_iter().take(SIGNATURE).collect();
    Ok(format!("{}{}{}", round.simple(), courier.simple(), hex(&kept)))
}

/// The round and the courier that a link names, if its signature is right; compared in constant time.
pub fn read_round(secret: &[u8], link: &str) -> Option<(RoundId, CourierId)> {
    let whole = bytes(link).filter(|whole| whole.len() == 2 * ID + SIGNATURE && link.len() == 2 * whole.len())?;
    let (round, rest) = whole.split_at_checked(ID)?;
    let (courier, given) = rest.split_at_checked(ID)?;
    let (round, courier) = (Uuid::from_slice(round).ok()?, Uuid::from_slice(courier).ok()?);
    let good = of_round(secret, round, courier).ok()?.verify_truncated_left(given).is_ok();
    good.then(|| (round.into(), courier.into()))
}

fn of_round(secret: &[u8], round: Uuid, courier: Uuid) -> Result<Hmac<Sha256>, StorageError> {
    Ok(hmac(secret)?.chain_update(ROUND).chain_update(round.as_bytes()).chain_update(courier.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &[u8] = b"a secret of the house";

    fn letter(number: u128) -> ReplyId {
        Uuid::from_u128(number).into()
    }

    #[test]
    fn a_link_names_its_mail() {
        let link = write(KEY, letter(7)).unwrap();
        assert_eq!(link.len(), 64);
        assert_eq!(read(KEY, &link), Some(letter(7)));
        assert_eq!(read(KEY, &link.to_uppercase()), Some(letter(7)), "programs on the way change capitals");
    }

    #[test]
    fn the_link_of_a_round_names_it_and_its_courier_and_nothing_else_opens_it() {
        let (round, courier) = (Uuid::from_u128(7).into(), Uuid::from_u128(8).into());
        let link = write_round(KEY, round, courier).unwrap();
        assert_eq!(read_round(KEY, &link), Some((round, courier)));
        assert_eq!(read_round(b"another secret", &link), None);
        assert_eq!(read_round(KEY, &write(KEY, letter(7)).unwrap()), None, "the link of a mail is none of a round");
        for place in 0..link.len() {
            let mut changed = link.clone().into_bytes();
            changed[place] = if changed[place] == b'0' { b'1' } else { b'0' };
            assert_eq!(read_round(KEY, std::str::from_utf8(&changed).unwrap()), None, "digit {place}");
            assert_eq!(read_round(KEY, &link[..place]), None, "{place} digits");
        }
    }

    #[test]
    fn a_link_that_was_made_up_changed_or_shortened_names_nothing() {
        let link = write(KEY, letter(7)).unwrap();
        assert_eq!(read(b"another secret", &link), None);
        for place in 0..link.len() {
            let mut changed = link.clone().into_bytes();
            changed[place] = if changed[place] == b'0' { b'1' } else { b'0' };
            assert_eq!(read(KEY, std::str::from_utf8(&changed).unwrap()), None, "digit {place}");
            assert_eq!(read(KEY, &link[..place]), None, "{place} digits");
        }
        for wrong in ["", "é", "+f", &format!("{link}00"), &format!("{link}0"), "../../etc/passwd"] {
            assert_eq!(read(KEY, wrong), None, "{wrong}");
        }
    }
}
