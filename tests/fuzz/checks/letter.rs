//! A message as it came over the wire: read, its own text parted from what came along, its orders found.

use super::{entry::assert_reading, example::EXAMPLE};
use loge::{
    domain::{
        contact::{Keeping, Message},
        entry::{Order, read_letter},
        texts::{LongText, ShortText},
    },
    office::intake::mail::{
        letter::{self, ATTACHMENTS_BYTES, Letter},
        subject,
    },
    text::{neutral, quoted, words},
};
use std::collections::BTreeSet;

/// Messages referred to at most, as [`Message::references`] says.
const REFERENCES: usize = 50;

/// Attachments told of at most, as [`Message::attachments`] says.
const ATTACHMENTS: usize = 100;

/// Orders read of one mail at most.
const ORDERS: usize = 9;

/// Reads a message and asks everything of it that the house relies on.
pub fn check(raw: &[u8]) {
    let mailbox: ShortText = "accueil".parse().unwrap();
    let letter = letter::read(&mailbox, raw.to_vec());
    assert!(letter.raw.len() <= raw.len());
    assert_message(&letter.message);
    assert_attachments(&letter);
    // What is kept is read anew for each attachment: it is still the same message. A line of a file's is taken off once.
    if !letter.raw.starts_with(b"From ") {
        assert_eq!(letter::read(&mailbox, letter.raw.clone()), letter);
    }
    let head = letter::read_head(&mailbox, raw.to_vec(), u64::MAX);
    assert_message(&head.message);
    assert_eq!(head.message.attachments.len(), 1);
    if let Some(told) = &letter.message.subject {
        let bare = subject::bare(told.as_str());
        assert!(told.as_str().ends_with(bare) && subject::bare(bare).len() <= bare.len());
        let _ = subject::number(bare);
    }
    let text = letter.message.text.as_ref().map_or("", LongText::as_str);
    let own = assert_parted(text);
    let told = letter.message.subject.as_ref().map(ShortText::as_str);
    let orders = read_letter(told, &own, &EXAMPLE.vocabulary, &EXAMPLE.setting);
    assert_orders(&orders, told, &own);
}

/// A message obeys its own bounds, and outlives the way to the database and back.
fn assert_message(message: &Message) {
    assert!(message.references.len() <= REFERENCES, "{} references", message.references.len());
    let different: BTreeSet<_> = message.references.iter().collect();
    assert_eq!(different.len(), message.references.len(), "a reference stands twice");
    assert!(message.attachments.len() <= ATTACHMENTS, "{} attachments", message.attachments.len());
    let ids = message.references.iter().chain([&message.message_id]);
    assert!(ids.into_iter().all(|id| !id.as_str().contains(char::is_whitespace)), "white space in an id");
    for line in [&message.subject, &message.from_name].into_iter().flatten() {
        assert_eq!(neutral(line.as_str()), line.as_str(), "not harmless");
    }
    let json = serde_json::to_string(message).unwrap();
    assert_eq!(&serde_json::from_str::<Message>(&json).unwrap(), message);
}

/// Attachments are told by names that lead nowhere, and read by their places.
fn assert_attachments(letter: &Letter) {
    let mut total = 0;
    for (place, told) in letter.message.attachments.iter().enumerate() {
        let name = told.name.as_str();
        assert!(!name.starts_with('.') && !name.contains(['/', '\\']), "a name with a way: {name:?}");
        assert_eq!(neutral(name), name, "not harmless");
        assert_eq!(told.media_type.as_str().matches('/').count(), 1, "{}", told.media_type);
        if told.keeping == Keeping::Kept {
            let bytes = letter::attachment(&letter.raw, place).unwrap();
            assert_eq!(bytes.len(), usize::try_from(told.bytes).unwrap(), "attachment {place}");
            total += bytes.len();
        }
    }
    assert!(total <= ATTACHMENTS_BYTES);
    assert_eq!(letter::attachment(&letter.raw, ATTACHMENTS), None);
}

/// Parting a text loses none of its lines; its own text.
fn assert_parted(text: &str) -> String {
    let parts = quoted::parts(text);
    let lines = |text: &str| {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).filter(|line| !line.trim().is_empty()).collect();
        lines.sort();
        lines
    };
    let mut kept = lines(&parts.own);
    kept.extend(lines(&parts.rest));
    kept.sort();
    // A rest without a word, such as the line of an empty signature, is let go.
    let mut whole = lines(text);
    if parts.folded == 0 {
        let empty = |line: &String| line.trim() != "--";
        whole.retain(empty);
        kept.retain(empty);
    }
    assert_eq!(kept, whole, "lines were lost or made");
    assert!(parts.folded <= parts.rest.lines().count());
    parts.own
}

/// Each order is read from words of the mail, and points at them.
fn assert_orders(orders: &[Order], subject: Option<&str>, text: &str) {
    assert!(orders.len() <= ORDERS, "{} orders", orders.len());
    let known: BTreeSet<String> = words(text).into_iter().chain(words(subject.unwrap_or_default())).collect();
    for order in orders {
        let said = words(&order.phrase);
        assert!(said.iter().all(|word| known.contains(word)), "words that nobody wrote: {:?}", order.phrase);
        assert!(order.reading.further.is_empty(), "an order has orders");
        assert_reading(&order.reading, &order.phrase);
    }
}
