//! A reply as it goes over the wire: headers, text laid out for any reader of mail, the house's signature.

use crate::{
    config::mail::Mail,
    domain::reply::{Automatic, Reply},
};
use lettre::{
    Address, Message,
    address::Envelope,
    message::{
        Body, Mailbox, SinglePart,
        header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue},
    },
};
use std::time::SystemTime;
use thiserror::Error;

/// A mail that is ready to go.
#[derive(Clone, Debug)]
pub struct Letter {
    /// Its name in a pickup folder: the same however often it is tried.
    pub name: String,
    /// From whom to whom, as the servers see it.
    pub envelope: Envelope,
    /// The whole of it.
    pub bytes: Vec<u8>,
}

/// Why a reply cannot be put into a mail.
#[derive(Debug, Error)]
pub enum LetterError {
    /// An address that mail servers do not know the form of.
    #[error("{address}: {why}")]
    Address {
        /// The address.
        address: String,
        /// What is wrong with it.
        why: lettre::address::AddressError,
    },
    /// The mail as a whole.
    #[error(transparent)]
    Whole(#[from] lettre::error::Error),
    /// The encoding of its text.
    #[error("the text cannot be encoded")]
    Text,
    /// The type of its text.
    #[error(transparent)]
    Type(#[from] lettre::message::header::ContentTypeErr),
}

/// Who wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writer {
    /// A person of the house.
    Person,
    /// The program itself: said so, that no other program answers (RFC 3834).
    Program,
}

/// Columns of a line, so that quoting it twice keeps it under 78 (RFC 5322, 2.1.1).
const WIDTH: usize = 72;

/// Puts a reply into a mail.
///
/// # Errors
/// An address of a form that mail servers do not take.
pub fn write(reply: &Reply, writer: Writer, mail: &Mail, at: SystemTime) -> Result<Letter, LetterError> {
    let address =
        |text: &str| text.parse::<Address>().map_err(|why| LetterError::Address { address: text.to_owned(), why });
    let from = address(mail.from.as_str())?;
    let to = address(reply.fields.to.as_str())?;
    let in_angles = |id: &String| format!("<{id}>");
    let mut head = Message::builder()
        .from(Mailbox::new(mail.name.clone(), from.clone()))
        .to(Mailbox::new(None, to.clone()))
        .subject(reply.fields.subject.as_str())
        .date(at)
        .message_id(Some(in_angles(&reply.message_id)));
    if let Some(reply_to) = &mail.reply_to {
        head = head.reply_to(Mailbox::new(mail.name.clone(), address(reply_to.as_str())?));
    }
    if let Some(id) = &reply.in_reply_to {
        head = head.in_reply_to(in_angles(id));
    }
    if !reply.references.is_empty() {
        head = head.references(reply.references.iter().map(in_angles).collect::<Vec<_>>().join(" "));
    }
    if writer == Writer::Program {
        // RFC 3834, 5; the second is what Exchange goes by before it lets an absence be told.
        let answers = matches!(reply.automatic, Some(Automatic::Acknowledgement | Automatic::NotKept));
        let word = if answers { "auto-replied" } else { "auto-generated" };
        let said = [("Auto-Submitted", word), ("X-Auto-Response-Suppress", "OOF, AutoReply")];
        for (name, word) in said {
            head = head.raw_header(HeaderValue::new(HeaderName::new_from_ascii_str(name), word.to_owned()));
        }
    }
    let mut text = flowed(reply.fields.text.as_str());
    if let Some(signature) = mail.signature.as_deref().or(mail.name.as_deref()) {
        text.push_str("\n-- \n");
        text.push_str(signature.trim());
        text.push('\n');
    }
    let body =
        Body::new_with_encoding(text, ContentTransferEncoding::QuotedPrintable).map_err(|_| LetterError::Text)?;
    let part = SinglePart::builder().header(ContentType::parse("text/plain; charset=utf-8; format=flowed")?).body(body);
    let bytes = head.singlepart(part)?.formatted();
    let envelope = Envelope::new(Some(from), vec![to])?;
    Ok(Letter { name: reply.id.to_string(), envelope, bytes })
}

/// The text with a soft break, a blank before it, wherever a line is too long (RFC 3676, 4.2); what begins with a blank, `>` or
/// `From ` gets one more blank in front.
fn flowed(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / WIDTH);
    for line in text.lines() {
        let line = line.trim_end();
        let mut column = 0;
        for (place, word) in line.split(' ').enumerate() {
            let width = crate::text::width(word);
            if place > 0 {
                out.push(' ');
                column += 1;
                if column + width > WIDTH {
                    out.push('\n');
                    column = 0;
                }
            }
            let stuffed =
                column == 0 && (word.starts_with('>') || word == "From" || (word.is_empty() && !line.is_empty()));
            if stuffed {
                out.push(' ');
                column += 1;
            }
            out.push_str(word);
            column += width;
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        config::mail::Outlet,
        domain::{
            entity::Scope,
            reply::{ReplyFields, Thread},
        },
    };
    use serde_json::json;
    use uuid::Uuid;

    fn mail() -> Mail {
        Mail {
            outlet: Outlet::Folder("out".into()),
            from: "bonjour@conciergerie.example".to_owned().try_into().unwrap(),
            name: Some("La Conciergerie".into()),
            reply_to: None,
            domain: "conciergerie.example".into(),
            signature: None,
        }
    }

    fn reply(text: &str) -> Reply {
        let fields: ReplyFields = serde_json::from_value(json!({
            "contact_id": Uuid::from_u128(1), "to": "claire.durand@metropole.example",
            "subject": "Re: vêtements à nettoyer", "text": text
        }))
        .unwrap();
        let thread = Thread {
            message_id: "loge.reply.1@conciergerie.example".into(),
            in_reply_to: Some("b@metropole.example".into()),
            references: vec!["a@metropole.example".into(), "b@metropole.example".into()],
        };
        let at = "2026-03-09T08:00:00Z".parse().unwrap();
        Reply::create(Uuid::from_u128(2).into(), fields, thread, Scope::default(), 15, at, None).unwrap()
    }

    fn written(text: &str, writer: Writer, mail: &Mail) -> String {
        let letter = write(&reply(text), writer, mail, SystemTime::UNIX_EPOCH).unwrap();
        String::from_utf8(letter.bytes).unwrap()
    }

    #[test]
    fn a_reply_is_threaded_and_signed() {
        let text = written("C’est prêt.", Writer::Person, &mail());
        for line in [
            "From: \"La Conciergerie\" <bonjour@conciergerie.example>",
            "To: claire.durand@metropole.example",
            "Message-ID: <loge.reply.1@conciergerie.example>",
            "In-Reply-To: <b@metropole.example>",
            "References: <a@metropole.example> <b@metropole.example>",
            "Content-Transfer-Encoding: quoted-printable",
        ] {
            assert!(text.contains(&format!("{line}\r\n")), "{line}\n{text}");
        }
        assert!(text.contains("format=flowed") && text.contains("C=E2=80=99est pr=C3=AAt.\r\n"), "{text}");
        assert!(text.contains("\r\n--=20\r\nLa Conciergerie\r\n"), "{text}");
        assert!(!text.contains("Auto-Submitted") && !text.contains("\nReply-To"));
    }

    #[test]
    fn what_the_program_writes_says_so() {
        let reply_to = Some("reponses@conciergerie.example".to_owned().try_into().unwrap());
        let text = written("Bien reçu.", Writer::Program, &Mail { reply_to, ..mail() });
        assert!(text.contains("Auto-Submitted: auto-generated\r\n"));
        assert!(text.contains("Reply-To: \"La Conciergerie\" <reponses@conciergerie.example>\r\n"), "{text}");
    }

    #[test]
    fn what_the_program_answers_says_that_it_is_an_answer() {
        let reply = Reply { automatic: Some(Automatic::Acknowledgement), ..reply("Bien reçu.") };
        let letter = write(&reply, Writer::Program, &mail(), SystemTime::UNIX_EPOCH).unwrap();
        let text = String::from_utf8(letter.bytes).unwrap();
        assert!(text.contains("Auto-Submitted: auto-replied\r\n"), "{text}");
        assert!(text.contains("X-Auto-Response-Suppress: OOF, AutoReply\r\n"), "{text}");
    }

    #[test]
    fn no_line_is_longer_than_mail_allows() {
        let long = "éàù mots ".repeat(60);
        let text = written(&long, Writer::Person, &mail());
        assert!(text.lines().all(|line| line.len() <= 76), "{text}");
        assert!(flowed(&long).lines().all(|line| crate::text::width(line) <= WIDTH + 1));
    }

    #[test]
    fn a_soft_break_can_be_told_from_a_hard_one() {
        let long = "mot ".repeat(30);
        let text = flowed(&format!("{long}\nfin  \n> cité\nFrom ici\n  en retrait"));
        let lines: Vec<_> = text.lines().collect();
        assert!(lines[0].ends_with(' ') && !lines[1].ends_with(' '));
        assert_eq!(lines[2..], ["fin", " > cité", " From ici", "   en retrait"]);
    }
}
