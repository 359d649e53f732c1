//! The `Message-ID` of what the house sends: it names what was sent and is signed, so that an answer that refers to it is known for
//! sure, and nobody can make one up.
//!
//! `<loge.reply.0199c1e2….3f9a0c…@domain>` (RFC 5322, 3.6.4): what kind of thing, its id, and the first 80 bits of an HMAC over both.

use crate::{
    domain::ids::{OfferId, ReplyId},
    office::{
        secret::{bytes, hex, hmac},
        storage::StorageError,
    },
};
use hmac::Mac as _;
use uuid::Uuid;

/// The secret's name in the table.
pub const SECRET: &str = "message_id";

/// Bytes of the signature that are kept: 80 bits cannot be guessed over mail, and the line stays short.
const SIGNATURE: usize = 10;

/// What was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    /// A reply to a person.
    Reply(ReplyId),
    /// An offer to a provider.
    Offer(OfferId),
}

impl Sent {
    fn parts(self) -> (&'static str, Uuid) {
        match self {
            Self::Reply(id) => ("reply", id.into()),
            Self::Offer(id) => ("offer", id.into()),
        }
    }

    fn of(kind: &str, id: Uuid) -> Option<Self> {
        match kind {
            "reply" => Some(Self::Reply(id.into())),
            "offer" => Some(Self::Offer(id.into())),
            _ => None,
        }
    }
}

/// The `Message-ID` of what is sent, without its angle brackets.
///
/// # Errors
/// None that is known: a key of any length is good.
pub fn write(secret: &[u8], sent: Sent, domain: &str) -> Result<String, StorageError> {
    let (kind, id) = sent.parts();
    let signature = signature(secret, kind, id)?;
    Ok(format!("loge.{kind}.{}.{}@{domain}", id.simple(), hex(&signature)))
}

/// What a `Message-ID` names, if it is one of ours and its signature is right; with or without angle brackets, whatever its domain and
/// capitals: programs on the way change both.
pub fn read(secret: &[u8], text: &str) -> Option<Sent> {
    let text = text.trim().trim_start_matches('<').trim_end_matches('>').to_lowercase();
    let (local, _) = text.split_once('@')?;
    let mut parts = local.split('.');
    let (Some("loge"), Some(kind), Some(id), Some(given), None) =
        (parts.next(), parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return None;
    };
    let id = Uuid::try_parse(id).ok()?;
    let sent = Sent::of(kind, id)?;
    let given = bytes(given).filter(|given| given.len() == SIGNATURE)?;
    let hmac = hmac(secret).ok()?.chain_update(kind).chain_update(id.as_bytes());
    hmac.verify_truncated_left(&given).is_ok().then_some(sent)
}

fn signature(secret: &[u8], kind: &str, id: Uuid) -> Result<Vec<u8>, StorageError> {
    let whole = hmac(secret)?.chain_update(kind).chain_update(id.as_bytes()).finalize().into_bytes();
    Ok(whole.into_iter().take(SIGNATURE).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &[u8] = b"a secret of the house";

    fn reply(number: u128) -> Sent {
        Sent::Reply(Uuid::from_u128(number).into())
    }

    #[test]
    fn what_was_sent_is_known_by_its_id_again() {
        for sent in [reply(7), Sent::Offer(Uuid::from_u128(7).into())] {
            let id = write(KEY, sent, "conciergerie.example").unwrap();
            assert_eq!(read(KEY, &id), Some(sent));
            assert_eq!(
                read(KEY, &format!(" <{}>", id.to_uppercase())),
                Some(sent),
                "programs on the way change the form"
            );
        }
    }

    #[test]
    fn an_id_that_was_made_up_names_nothing() {
        let id = write(KEY, reply(7), "conciergerie.example").unwrap();
        assert_eq!(read(b"another secret", &id), None);
        assert_eq!(read(KEY, &id.replace("reply", "offer")), None);
        assert_eq!(read(KEY, &id.replace("0000000007", "0000000008")), None);
        for wrong in ["", "@", "loge.reply@x", "loge.reply.7.00@x", "<abc@mail.example>", "loge.reply..@x"] {
            assert_eq!(read(KEY, wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_shortened_signature_is_none() {
        let id = write(KEY, reply(7), "conciergerie.example").unwrap();
        let (local, domain) = id.split_once('@').unwrap();
        assert_eq!(read(KEY, &format!("{}@{domain}", &local[..local.len() - 2])), None);
    }
}
