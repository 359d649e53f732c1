//! Reads a message as it came over the wire: any bytes give something that can be shown, and nothing here panics or waits.

use super::{calendar, html, nature};
use crate::{
    domain::{
        contact::{Attachment, Keeping, Message, MessageNature},
        email::EmailAddress,
        texts::{LongText, ShortText},
        time::Instant,
    },
    office::secret::hex,
    text::neutral,
};
use mail_parser::{Address, HeaderValue, MessageParser, MessagePart, MimeHeaders as _, PartType};
use sha2::{Digest as _, Sha256};
use std::{collections::BTreeSet, panic::catch_unwind};

/// The largest attachment that is kept.
pub const ATTACHMENT_BYTES: usize = 10 * 1024 * 1024;

/// What is kept of a message's attachments together.
pub const ATTACHMENTS_BYTES: usize = 25 * 1024 * 1024;

/// Attachments that are told of at most.
const ATTACHMENTS: usize = 100;

/// Messages referred to at most.
const REFERENCES: usize = 50;

/// Parts that a message may declare: more is no letter, and only its head and text are read.
const DECLARED: usize = 256;

/// Lines that may separate parts.
const SEPARATED: usize = 20_000;

/// Bytes of text that are looked at; what is kept of them is shorter.
const TEXT_BYTES: usize = 512 * 1024;

/// What stands where a text was cut.
const CUT: &str = "\n[…]";

/// A message that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Letter {
    /// What the house works with.
    pub message: Message,
    /// When it reached the house's side, or was written.
    pub dated: Option<Instant>,
    /// Where it would come back to, if it says so and that is an address.
    pub return_path: Option<EmailAddress>,
    /// The message as it came, without the attachments that are too large.
    pub raw: Vec<u8>,
}

/// A message with its headers at hand.
pub(super) struct Parsed<'a> {
    pub(super) message: mail_parser::Message<'a>,
}

impl Parsed<'_> {
    /// A header in lower case, without white space around it.
    pub(super) fn header(&self, name: &str) -> Option<String> {
        let mut all = self.message.headers_raw();
        all.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim().to_lowercase())
    }

    /// An attribute of the whole message's media type, in lower case.
    pub(super) fn content_type_attribute(&self, name: &str) -> Option<String> {
        self.message.content_type().and_then(|media| media.attribute(name)).map(str::to_lowercase)
    }
}

/// Reads a message that came to a mailbox.
pub fn read(mailbox: &ShortText, mut raw: Vec<u8>) -> Letter {
    // The line that programs of mail put before a message in a file is none of its headers.
    if raw.starts_with(b"From ") {
        let line = raw.iter().position(|byte| *byte == b'\n').map_or(raw.len(), |end| end + 1);
        raw.drain(..line);
    }
    // A fault of a library on some bytes costs their understanding, never the message.
    let understood = catch_unwind(|| understood(mailbox, &raw)).ok().flatten();
    let Understood { message, dated, return_path, too_large } = understood.unwrap_or_else(|| Understood {
        message: unread(mailbox, &raw),
        dated: None,
        return_path: None,
        too_large: Vec::new(),
    });
    let raw = if too_large.is_empty() { raw } else { without(&raw, &too_large) };
    Letter { message, dated, return_path, raw }
}

/// A message too large to be taken whole, of which only the head came.
pub fn read_head(mailbox: &ShortText, head: Vec<u8>, bytes: u64) -> Letter {
    let mut letter = read(mailbox, head);
    let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
    let (name, media_type) = ("message.eml".parse(), "message/rfc822".parse());
    if let (Ok(name), Ok(media_type)) = (name, media_type) {
        letter.message.attachments = vec![Attachment { name, media_type, bytes, keeping: Keeping::TooLarge }];
    }
    letter
}

/// An attachment of a kept message, by its place.
pub fn attachment(raw: &[u8], place: usize) -> Option<Vec<u8>> {
    let read = || {
        let mail = parse(raw)?;
        let part = attached(&mail.message).nth(place)?;
        Some(contents(part, raw).to_vec())
    };
    catch_unwind(read).ok().flatten()
}

type Ranges = Vec<(usize, usize)>;

/// What was read of a message, and where the bodies stand that are too large.
struct Understood {
    message: Message,
    dated: Option<Instant>,
    return_path: Option<EmailAddress>,
    too_large: Ranges,
}

fn understood(mailbox: &ShortText, raw: &[u8]) -> Option<Understood> {
    let mail = parse(raw)?;
    let message = &mail.message;
    let sender = message.from().or_else(|| message.sender()).and_then(Address::first);
    let from = sender.and_then(|from| EmailAddress::try_from(from.address.as_deref()?.trim().to_owned()).ok());
    let (nature, bounced) = nature::of(&mail, from.as_ref());
    let (attachments, too_large) = attachments(message, raw);
    let message = Message {
        mailbox: mailbox.clone(),
        message_id: message.message_id().and_then(message_id).or_else(|| hashed(message, raw))?,
        from,
        from_name: sender.and_then(|from| from.name.as_deref()).and_then(clean_line),
        subject: message.subject().and_then(clean_line),
        text: text(message),
        references: references(message),
        nature,
        attachments,
        bounced,
        request_id: None,
        thread: None,
    };
    let dated = mail.message.received().and_then(mail_parser::Received::date).or_else(|| mail.message.date().copied());
    let dated = dated.and_then(|date| Instant::from_micros(date.to_timestamp().checked_mul(1_000_000)?).ok());
    let path = mail.header("Return-Path").map(|path| path.trim_matches(['<', '>']).to_owned());
    let return_path = path.and_then(|path| EmailAddress::try_from(path).ok());
    Some(Understood { message, dated, return_path, too_large })
}

fn parse(raw: &[u8]) -> Option<Parsed<'_>> {
    let parser = MessageParser::default();
    let message = if is_tangled(raw) { parser.parse_headers(raw) } else { parser.parse(raw) }?;
    // Everything that is asked of it stands in its first part.
    (!message.parts.is_empty()).then_some(Parsed { message })
}

/// Whether a message declares more parts than people attach: taking them apart would cost more than it is worth.
fn is_tangled(raw: &[u8]) -> bool {
    let declared = raw.windows(12).filter(|window| window.eq_ignore_ascii_case(b"content-type")).take(DECLARED + 1);
    if declared.count() > DECLARED {
        return true;
    }
    let separated = raw.windows(3).filter(|window| *window == b"\n--").take(SEPARATED + 1);
    separated.count() > SEPARATED
}

/// What can be said of bytes that are no message.
fn unread(mailbox: &ShortText, raw: &[u8]) -> Message {
    Message {
        mailbox: mailbox.clone(),
        message_id: hash(&[raw]).unwrap_or_else(|| mailbox.clone()),
        from: None,
        from_name: None,
        subject: None,
        text: clean_text(&String::from_utf8_lossy(start(raw))),
        references: Vec::new(),
        nature: MessageNature::Personal,
        attachments: Vec::new(),
        bounced: None,
        request_id: None,
        thread: None,
    }
}

fn start(bytes: &[u8]) -> &[u8] {
    bytes.get(..TEXT_BYTES).unwrap_or(bytes)
}

/// A `Message-ID` as it is kept: in its brackets; one that is longer than a line by its hash, wherever it stands.
pub(super) fn message_id(id: &str) -> Option<ShortText> {
    let id: String = neutral(id.trim().trim_matches(['<', '>'])).split_whitespace().collect();
    if id.is_empty() {
        return None;
    }
    format!("<{id}>").parse().ok().or_else(|| hash(&[id.as_bytes()]))
}

/// The id of a message without one: who, when, what; not the way that it took.
fn hashed(message: &mail_parser::Message<'_>, raw: &[u8]) -> Option<ShortText> {
    let headers = ["From", "Date", "Subject"].map(|name| {
        let mut all = message.headers_raw();
        all.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim()).unwrap_or_default()
    });
    let body = message.root_part().raw_body_offset().try_into().ok().and_then(|from: usize| raw.get(from..));
    let [from, date, subject] = headers.map(str::as_bytes);
    hash(&[from, date, subject, body.unwrap_or(raw)])
}

fn hash(parts: &[&[u8]]) -> Option<ShortText> {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.len().to_le_bytes());
        hash.update(part);
    }
    format!("sha256:{}", hex(&hash.finalize())).parse().ok()
}

/// `In-Reply-To`, then `References` from the last to the first.
fn references(message: &mail_parser::Message<'_>) -> Vec<ShortText> {
    let listed = |value: &HeaderValue<'_>| -> Vec<String> {
        match value {
            HeaderValue::Text(id) => vec![id.to_string()],
            HeaderValue::TextList(ids) => ids.iter().map(ToString::to_string).collect(),
            _ => Vec::new(),
        }
    };
    let answered = listed(message.in_reply_to());
    let mut earlier = listed(message.references());
    earlier.reverse();
    let mut seen = BTreeSet::new();
    let ids = answered.iter().chain(&earlier).filter_map(|id| message_id(id));
    ids.filter(|id| seen.insert(id.clone())).take(REFERENCES).collect()
}

/// What is to be read: plain parts, or HTML as text where there are none, and the gist of invitations.
fn text(message: &mail_parser::Message<'_>) -> Option<LongText> {
    let mut whole = String::new();
    let mut add = |text: &str| {
        if !whole.is_empty() && !text.trim().is_empty() {
            whole.push_str("\n\n");
        }
        whole.push_str(text.trim_end());
    };
    for part in message.text_bodies() {
        match &part.body {
            PartType::Text(text) => add(cut(text)),
            PartType::Html(page) => add(&html::text(cut(page))),
            _ => {}
        }
    }
    for part in message.parts.iter().filter(|part| part.is_content_type("text", "calendar")) {
        if let Some(gist) = part.text_contents().and_then(calendar::gist) {
            add(&gist);
            break;
        }
    }
    clean_text(&whole)
}

/// The beginning of a long text.
fn cut(text: &str) -> &str {
    text.get(..text.floor_char_boundary(TEXT_BYTES)).unwrap_or(text)
}

/// A text with nothing in it but letters and lines, of a length that is kept.
fn clean_text(text: &str) -> Option<LongText> {
    let mut clean = String::new();
    let mut blank = 0;
    for line in text.replace("\r\n", "\n").replace('\r', "\n").lines() {
        let line = line.trim_end();
        blank = if line.is_empty() { blank + 1 } else { 0 };
        if blank > 2 {
            continue;
        }
        // The space of a signature's line tells it from one that somebody drew.
        clean.extend(if line == "--" { "-- " } else { line }.chars().filter(|c| *c == '\t' || !c.is_control()));
        clean.push('\n');
    }
    if clean.chars().count() > LongText::MAX {
        let end = LongText::MAX.saturating_sub(CUT.chars().count());
        clean = clean.chars().take(end).chain(CUT.chars()).collect();
    }
    // Composing never makes a text longer, but what was cut off may leave nothing.
    clean
        .trim_matches('\n')
        .parse()
        .ok()
        .or_else(|| clean.chars().take(LongText::MAX / 4).collect::<String>().parse().ok())
}

/// A line of text as it is kept.
pub(super) fn clean_line(line: &str) -> Option<ShortText> {
    let line = neutral(line);
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = line.chars().take(ShortText::MAX).collect();
    short.parse().ok()
}

/// The parts that are attached, in their order.
fn attached<'a>(message: &'a mail_parser::Message<'a>) -> impl Iterator<Item = &'a MessagePart<'a>> {
    message.attachments().filter(|part| !matches!(part.body, PartType::Multipart(_))).take(ATTACHMENTS)
}

/// An attachment's bytes; a message within the message as it stands there.
fn contents<'a>(part: &'a MessagePart<'_>, raw: &'a [u8]) -> &'a [u8] {
    match &part.body {
        PartType::Message(_) if part.encoding == mail_parser::Encoding::None => {
            let (from, to) = body(part);
            raw.get(from..to).unwrap_or_default()
        }
        _ => part.contents(),
    }
}

fn body(part: &MessagePart<'_>) -> (usize, usize) {
    let place = |offset: u32| usize::try_from(offset).unwrap_or(usize::MAX);
    (place(part.raw_body_offset()), place(part.raw_end_offset()))
}

/// What is attached, and where the bodies stand that are too large to be kept.
fn attachments(message: &mail_parser::Message<'_>, raw: &[u8]) -> (Vec<Attachment>, Ranges) {
    let mut total = 0;
    let mut told = Vec::new();
    let mut too_large = Vec::new();
    for part in attached(message) {
        let bytes = contents(part, raw).len();
        let keeping = if bytes > ATTACHMENT_BYTES || total + bytes > ATTACHMENTS_BYTES {
            too_large.push(body(part));
            Keeping::TooLarge
        } else {
            total += bytes;
            Keeping::Kept
        };
        let media_type = media_type(part);
        let (Some(name), Some(media_type)) = (file_name(part, &media_type), clean_line(&media_type)) else { continue };
        told.push(Attachment { name, media_type, bytes: u32::try_from(bytes).unwrap_or(u32::MAX), keeping });
    }
    (told, too_large)
}

/// A part's media type; what carries none is plain bytes.
fn media_type(part: &MessagePart<'_>) -> String {
    let token =
        |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&b));
    let known = part.content_type().and_then(|media| {
        let (kind, sub) = (media.ctype().to_ascii_lowercase(), media.subtype()?.to_ascii_lowercase());
        (token(&kind) && token(&sub) && kind.len() + sub.len() < 100).then(|| format!("{kind}/{sub}"))
    });
    known.unwrap_or_else(|| "application/octet-stream".to_owned())
}

/// A name without folders: what a program saves under it stays where it is put.
fn file_name(part: &MessagePart<'_>, media_type: &str) -> Option<ShortText> {
    let given = part.attachment_name().and_then(|name| name.rsplit(['/', '\\']).next());
    let given = given.map(|name| name.trim_start_matches('.')).and_then(clean_line);
    given.or_else(|| {
        let name = match media_type {
            "message/rfc822" | "message/global" => "message.eml",
            "text/calendar" => "invitation.ics",
            "application/ms-tnef" | "application/vnd.ms-tnef" => "winmail.dat",
            "text/html" => "message.html",
            _ if media_type.starts_with("text/") => "message.txt",
            _ => "document.bin",
        };
        name.parse().ok()
    })
}

/// The message without some of its bodies; it stays a message.
fn without(raw: &[u8], ranges: &Ranges) -> Vec<u8> {
    let mut ranges = ranges.clone();
    ranges.sort_unstable();
    let mut kept = Vec::new();
    let mut from = 0;
    for (start, end) in ranges {
        kept.extend_from_slice(raw.get(from..start.max(from)).unwrap_or_default());
        from = end.max(from);
    }
    kept.extend_from_slice(raw.get(from..).unwrap_or_default());
    kept
}

#[cfg(test)]
mod tests;
