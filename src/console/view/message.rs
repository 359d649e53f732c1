//! A message with its thread: text, quoted lines and signature folded.

use super::{
    paint::{Paint, signs},
    words,
};
use crate::{
    console::{
        keymap::KeyCode,
        model::{Model, reception::Item},
        theme::Role,
    },
    domain::{
        contact::{Contact, Keeping, Message, Origin},
        reply::{Automatic, Reply, ReplyState},
    },
    i18n::say,
    text::{neutral, quoted},
};
use ratatui::layout::Rect;

/// The widest that a text is laid out, in columns: the eye finds the next line.
const WIDEST: u16 = 100;

/// Draws the message that is looked at.
pub fn draw(model: &Model, contact: &Contact, paint: &mut Paint<'_>, area: Rect) {
    let Origin::Message(message) = &contact.origin else { return };
    let language = model.seat.language;
    let (name, commune, _) = super::frame::caller(model, contact);
    let subject = message.subject.as_ref().map(ToString::to_string).unwrap_or_default();
    let dot = signs::BETWEEN;
    let commune = commune.unwrap_or_default();
    let (place, count) = place_in_thread(model, contact, message);
    let remark = say(language, "mail-place", &[("place", place.to_string()), ("count", count.to_string())]);
    let mut title = vec![(name.as_str(), Role::Strong)];
    for part in [&commune, &subject].into_iter().filter(|part| !part.is_empty()) {
        title.extend([(dot, Role::Dim), (part.as_str(), Role::Text)]);
    }
    paint.rule(area, area.y, &title, &remark);
    let text = message.text.as_ref().map(|text| text.as_str().to_owned()).unwrap_or_default();
    let parts = quoted::parts(&text);
    let mut lines: Vec<(String, Role)> = Vec::new();
    let wide = usize::from(area.width.min(WIDEST));
    let mut put = |text: &str, role: Role| {
        for line in text.lines() {
            lines.extend(crate::text::wrap(line, wide).into_iter().map(|line| (line, role)));
        }
    };
    put(parts.own.trim(), Role::Text);
    if parts.folded > 0 {
        if model.reception.unfolded {
            put(&parts.rest, Role::Dim);
        } else {
            put(
                &say(
                    language,
                    "mail-folded",
                    &[("count", parts.folded.to_string()), words::arrow(model, "key", KeyCode::Right)],
                ),
                Role::Dim,
            );
        }
    }
    for attachment in &message.attachments {
        let kilobytes = attachment.bytes.div_ceil(1024).to_string();
        let told = [("name", attachment.name.to_string()), ("size", kilobytes)];
        let is_gone = attachment.keeping == Keeping::TooLarge;
        let line = say(language, if is_gone { "mail-in-too-large" } else { "mail-attachment" }, &told);
        put(&line, Role::Dim);
    }
    for reply in model.world.replies_to(Item::Contact(contact.id)) {
        if let Some(what) = reply.automatic {
            // What the program wrote is not what somebody answered: it steps back, and its text is there for who looks.
            put(&by_itself(model, &reply, what), Role::Dim);
            if !model.reception.unfolded {
                continue;
            }
        } else {
            put(&heading(model, &reply), if reply.calls() { Role::Danger } else { Role::Strong });
        }
        put(reply.fields.text.as_str(), Role::Dim);
    }
    let skipped = usize::from(model.reception.scrolled).min(lines.len().saturating_sub(1));
    let rows = usize::from(area.height.saturating_sub(1));
    let rest = lines.get(skipped..).unwrap_or_default();
    let shown = if rest.len() > rows { rows.saturating_sub(1) } else { rest.len() };
    for ((line, role), y) in rest.iter().take(shown).zip(area.y + 1..area.bottom()) {
        paint.text(area.x, y, area.width, line, *role);
    }
    if rest.len() > shown && rows > 0 {
        let more = say(language, "mail-more", &[("count", (rest.len() - shown).to_string())]);
        paint.text(area.x, area.bottom() - 1, area.width, &more, Role::Dim);
    }
}

/// Who answered, when, where the answer stands, and the mail server's words if it did not go.
pub fn heading(model: &Model, reply: &Reply) -> String {
    let language = model.seat.language;
    let who = reply.created_by.and_then(|id| model.world.operator(id)).map(|row| row.fields.name.to_string());
    let today = model.seat.civil(model.now).date();
    let parts = [
        ("who", who.unwrap_or_else(|| say(language, "reply-by-program", &[]))),
        ("at", words::passed(language, model.seat.civil(reply.created_at), today)),
        ("state", words::reply_state(language, reply, model.now)),
    ];
    let head = say(language, "reply-in-thread", &parts);
    match reply.trouble.as_ref().filter(|_| reply.calls() || reply.retry_at.is_some()) {
        Some(why) => format!("{head}{}{why}", signs::BETWEEN),
        None => head,
    }
}

/// What the program said by itself and to whom, when, and where that stands if it has not left or did not arrive.
fn by_itself(model: &Model, reply: &Reply, what: Automatic) -> String {
    let language = model.seat.language;
    let today = model.seat.civil(model.now).date();
    let parts = [
        ("to", neutral(reply.fields.to.as_str()).into_owned()),
        ("at", words::passed(language, model.seat.civil(reply.created_at), today)),
        ("state", words::reply_state(language, reply, model.now)),
    ];
    let key = match (reply.state, what) {
        (ReplyState::Sent, Automatic::Acknowledgement) => "reply-acknowledged",
        (ReplyState::Sent, Automatic::NotKept) => "reply-not-kept-told",
        (ReplyState::Sent, Automatic::Offers) => "reply-offers",
        _ => "reply-automatic",
    };
    let head = say(language, key, &parts);
    match &reply.trouble {
        Some(why) => format!("{head}{}{}", signs::BETWEEN, neutral(why.as_str())),
        None => head,
    }
}

/// The message's place among those of its thread that are in sight, and how many these are.
fn place_in_thread(model: &Model, contact: &Contact, message: &Message) -> (usize, usize) {
    let mut thread: Vec<_> = (model.world.open_contacts(crate::replica::Lane::Email))
        .filter(|shown| match &shown.row.origin {
            Origin::Message(other) => {
                // What the office found, or what the messages say of each other.
                let first = |message: &Message, own| message.thread.unwrap_or(own);
                first(message, contact.id) == first(other, shown.row.id) || is_same_thread(message, other)
            }
            _ => false,
        })
        .map(|shown| (shown.row.occurred_at, shown.row.id))
        .collect();
    thread.sort();
    let place = thread.iter().position(|(_, id)| *id == contact.id).map_or(1, |place| place + 1);
    (place, thread.len().max(1))
}

/// Of one thread are messages that refer to each other, or to the same third (RFC 5322, 3.6.4).
fn is_same_thread(one: &Message, other: &Message) -> bool {
    one.message_id == other.message_id
        || one.references.contains(&other.message_id)
        || other.references.contains(&one.message_id)
        || one.references.iter().any(|reference| other.references.contains(reference))
}
