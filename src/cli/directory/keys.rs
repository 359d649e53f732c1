//! Short keys of a directory's rows, such as `merignac`, and the ids that they stand for.

use crate::domain::entity::EntityKind;
use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

/// The id that a text stands for: itself if it is a UUID, else one made of kind and key (UUID version 8, RFC 9562), the same on every
/// machine. A key is 1 to 64 of `a-z 0-9 . _ -`.
pub(in crate::cli) fn id_of(kind: EntityKind, text: &str) -> Option<Uuid> {
    if let Ok(id) = Uuid::try_parse(text) {
        return Some(id);
    }
    let plain = text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'_' | b'-'));
    if !plain || !(1..=64).contains(&text.len()) {
        return None;
    }
    let hash = Sha256::new().chain_update(kind.name()).chain_update(":").chain_update(text).finalize();
    let bytes: [u8; 16] = hash.first_chunk().copied().unwrap_or_default();
    Some(Builder::from_custom_bytes(bytes).into_uuid())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_stands_for_the_same_id_for_ever() {
        let id = id_of(EntityKind::Site, "merignac").unwrap();
        assert_eq!(id.get_version_num(), 8);
        assert_eq!(id.to_string(), "b1c3b7e4-4391-8fc0-8abe-a55f11604fc7");
        assert_ne!(Some(id), id_of(EntityKind::Client, "merignac"));
    }

    #[test]
    fn a_uuid_stands_for_itself() {
        let id = Uuid::from_u128(7);
        assert_eq!(id_of(EntityKind::Site, &id.to_string()), Some(id));
    }

    #[test]
    fn what_is_no_key_stands_for_nothing() {
        for text in ["", "Mérignac", "a b", &"a".repeat(65)] {
            assert_eq!(id_of(EntityKind::Site, text), None, "{text}");
        }
    }
}
