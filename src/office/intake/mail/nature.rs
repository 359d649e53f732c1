//! Who wrote a message: a person, or a program that wants no answer; and what a delivery failure says.

use super::letter::{Parsed, clean_line, message_id};
use crate::domain::{
    contact::{Bounced, MessageNature},
    email::EmailAddress,
};
use mail_parser::{MessageParser, MimeHeaders as _, PartType};

/// Headers by which programs say that nobody wrote.
const AUTOMATIC: &[&str] = &["X-Autoreply", "X-Autorespond", "X-Auto-Respond", "X-AutoReply-From", "X-Mail-Autoreply"];

/// Headers of mailing lists (RFC 2369, RFC 2919).
const LIST: &[&str] = &["List-Id", "List-Unsubscribe", "List-Post", "List-Help", "X-Campaign-Id"];

/// Local parts under which programs of mail write.
const DAEMONS: &[&str] = &["mailer-daemon", "mail-daemon", "postmaster"];

/// What becomes of a message on its way, as far as it is told.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Action {
    /// It did not arrive, and will not.
    Failed,
    /// It is late, was passed on, or arrived.
    Other,
}

/// Whether a person wrote, and what a failure says.
pub(super) fn of(mail: &Parsed<'_>, from: Option<&EmailAddress>) -> (MessageNature, Option<Bounced>) {
    let report = mail.content_type_attribute("report-type").unwrap_or_default();
    if report == "disposition-notification" {
        return (MessageNature::ReadReceipt, None);
    }
    let status = status(mail);
    let daemon = from.is_some_and(|from| {
        let local = from.folded();
        DAEMONS.contains(&local.split('@').next().unwrap_or_default())
    });
    let null_path = mail.header("Return-Path").is_some_and(|path| path == "<>");
    match status {
        Some((Action::Failed, bounced)) => return (MessageNature::Bounce, Some(bounced)),
        Some((Action::Other, _)) => return (MessageNature::AutoReply, None),
        None if report == "delivery-status"
            || (daemon && (null_path || mail.header("X-Failed-Recipients").is_some())) =>
        {
            let address = mail.header("X-Failed-Recipients").and_then(|text| address(&text));
            let bounced = Bounced { address, why: None, message_id: original(mail) };
            return (MessageNature::Bounce, Some(bounced));
        }
        None => {}
    }
    let submitted = mail.header("Auto-Submitted").unwrap_or_default();
    let submitted = submitted.split(';').next().unwrap_or_default().trim();
    let precedence = mail.header("Precedence").unwrap_or_default();
    let automatic = (!submitted.is_empty() && submitted != "no")
        || AUTOMATIC.iter().any(|name| mail.header(name).is_some())
        || matches!(precedence.as_str(), "auto_reply" | "auto-reply")
        || null_path
        || daemon;
    if automatic {
        return (MessageNature::AutoReply, None);
    }
    let list =
        matches!(precedence.as_str(), "list" | "bulk" | "junk") || LIST.iter().any(|name| mail.header(name).is_some());
    (if list { MessageNature::List } else { MessageNature::Personal }, None)
}

/// What the part for programs says (RFC 3464): of several recipients, the first that was not reached.
fn status(mail: &Parsed<'_>) -> Option<(Action, Bounced)> {
    let part = mail.message.parts.iter().find(|part| {
        part.is_content_type("message", "delivery-status") || part.is_content_type("message", "global-delivery-status")
    })?;
    let text = String::from_utf8_lossy(part.contents());
    let mut told = None;
    for block in text.replace("\r\n", "\n").split("\n\n").take(100) {
        let Some(action) = field(block, "action") else { continue };
        let failed = action.trim().eq_ignore_ascii_case("failed");
        let recipient = field(block, "original-recipient").or_else(|| field(block, "final-recipient"));
        let address = recipient.as_deref().and_then(|recipient| address(recipient.rsplit(';').next()?));
        let why = field(block, "diagnostic-code")
            .map(|why| why.split_once(';').map_or(why.clone(), |(_, why)| why.to_owned()));
        let why = why.or_else(|| field(block, "status")).and_then(|why| clean_line(&why));
        let action = if failed { Action::Failed } else { Action::Other };
        told = Some((action, Bounced { address, why, message_id: None }));
        if failed {
            break;
        }
    }
    let (action, bounced) = told?;
    Some((action, Bounced { message_id: original(mail), ..bounced }))
}

/// A field of a block, its further lines joined.
fn field(block: &str, name: &str) -> Option<String> {
    let mut found: Option<String> = None;
    for line in block.lines() {
        match (line.strip_prefix([' ', '\t']), &mut found) {
            (Some(more), Some(value)) if value.len() < 2_000 => {
                value.push(' ');
                value.push_str(more.trim());
            }
            (Some(_), _) => {}
            (None, Some(_)) => break,
            (None, None) => {
                found = line
                    .split_once(':')
                    .filter(|(known, _)| known.trim().eq_ignore_ascii_case(name))
                    .map(|(_, value)| value.trim().to_owned());
            }
        }
    }
    found
}

/// The `Message-ID` of what is sent back with a report.
fn original(mail: &Parsed<'_>) -> Option<crate::domain::texts::ShortText> {
    mail.message.parts.iter().find_map(|part| match &part.body {
        PartType::Message(message) => message.message_id().and_then(message_id),
        _ if part.is_content_type("text", "rfc822-headers") => {
            let headers = MessageParser::default().parse_headers(part.contents())?;
            headers.message_id().and_then(message_id)
        }
        _ => None,
    })
}

fn address(text: &str) -> Option<EmailAddress> {
    let text = text.split(',').next().unwrap_or_default();
    text.trim().trim_matches(['<', '>']).to_owned().try_into().ok()
}
