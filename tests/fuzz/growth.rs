//! Inputs that are built to take long: four times the size takes about four times the work, never sixteen times.

use crate::checks::{self, Check};
use std::{fs, time::Duration};

/// An input of a size that grows with a number.
struct Shape {
    name: &'static str,
    make: fn(usize) -> Vec<u8>,
}

const fn shape(name: &'static str, make: fn(usize) -> Vec<u8>) -> Shape {
    Shape { name, make }
}

/// Work that can be told from the clock's own steps.
const MEASURABLE: Duration = Duration::from_millis(24);

/// The largest number that a shape is made with first: what is quick then stays quick.
const LARGEST: usize = 1 << 15;

/// Four times as much is linear, with some room for logarithms and caches; sixteen times is a square.
const MOST: f64 = 9.0;

/// What this thread has worked so far: the time of a processor, whatever else the machine does meanwhile.
fn worked() -> Duration {
    let text = fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    Duration::from_nanos(text.split(' ').next().unwrap().parse().unwrap())
}

fn work(check: Check, input: &[u8]) -> Duration {
    let begun = worked();
    check(input);
    worked().saturating_sub(begun)
}

fn grows_too_fast(check: Check, shape: &Shape) -> Option<String> {
    let mut number = 32;
    while work(check, &(shape.make)(number)) < MEASURABLE {
        if number >= LARGEST {
            return None;
        }
        number *= 2;
    }
    let (one, four) = ((shape.make)(number), (shape.make)(number * 4));
    let mut told = None;
    // The least of some tries is the work itself.
    for _ in 0..3 {
        let (little, much) = (work(check, &one), work(check, &four));
        let ratio = much.as_secs_f64() / little.as_secs_f64().max(MEASURABLE.as_secs_f64() / 2.0);
        if ratio < MOST {
            return None;
        }
        told = Some(format!("{}: {number} takes {little:?}, {} takes {much:?}", shape.name, number * 4));
    }
    told
}

fn assert_growth(target: &str, shapes: &[Shape]) {
    let (_, check) = checks::ALL.iter().find(|(name, _)| *name == target).unwrap();
    let wrong: Vec<String> = shapes.iter().filter_map(|shape| grows_too_fast(*check, shape)).collect();
    assert!(wrong.is_empty(), "{target}:\n{}", wrong.join("\n"));
}

fn bytes(head: &str, again: &str, times: usize, end: &str) -> Vec<u8> {
    format!("{head}{}{end}", again.repeat(times)).into_bytes()
}

/// A message with a body that repeats.
fn body(again: &str, times: usize) -> Vec<u8> {
    bytes("From: a@b.example\r\nSubject: x\r\n\r\n", again, times, "\r\n")
}

fn page(again: &str, times: usize) -> Vec<u8> {
    bytes("From: a@b.example\r\nContent-Type: text/html\r\n\r\n", again, times, "")
}

fn encoded(encoding: &str, again: &str, times: usize) -> Vec<u8> {
    let head = format!(
        "From: a@b.example\r\nContent-Type: application/pdf; name=x\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    );
    bytes(&head, again, times, "")
}

fn written_in(charset: &str, again: &str, times: usize) -> Vec<u8> {
    bytes(&format!("Content-Type: text/plain; charset={charset}\r\n\r\n"), again, times, "")
}

fn each(times: usize, part: impl Fn(usize) -> String) -> Vec<u8> {
    (0..times).map(part).collect::<String>().into_bytes()
}

#[test]
fn a_letter_takes_no_more_than_its_size() {
    assert_growth(
        "letter",
        &[
            shape("headers", |n| each(n, |at| format!("X-{at}: y\r\n"))),
            shape("one header again", |n| bytes("", "Subject: x\r\n", n, "\r\n")),
            shape("a header folded", |n| bytes("Subject: x\r\n", " y\r\n", n, "\r\nz")),
            shape("references", |n| [b"References: ".to_vec(), each(n, |at| format!("<{at}@x> "))].concat()),
            shape("references without end", |n| bytes("References: ", "<", n, "\r\n\r\n")),
            shape("encoded words", |n| bytes("Subject: ", "=?utf-8?q?=C3=A9?= ", n, "\r\n\r\n")),
            shape("encoded words without end", |n| bytes("Subject: ", "=?utf-8?b?", n, "\r\n\r\n")),
            shape("addresses", |n| bytes("From: ", "a <a@b.example>, ", n, "\r\n\r\n")),
            shape("comments in comments", |n| bytes("From: ", "(", n, "\r\n\r\n")),
            shape("groups", |n| bytes("From: ", "a:b;", n, "\r\n\r\n")),
            shape("quotes", |n| bytes("From: ", "\"\\", n, "\r\n\r\n")),
            shape("a date", |n| bytes("Date: Mon, 23 Nov ", "2", n, "\r\n\r\n")),
            shape("ways that it took", |n| {
                bytes("", "Received: from a by b; Mon, 23 Nov 2026 10:00:05 +0100\r\n", n, "\r\n")
            }),
            shape("attributes", |n| bytes("Content-Type: text/plain", "; a=b", n, "\r\n\r\nx")),
            shape("a name in parts", |n| {
                let parts = each(n, |at| format!(";\r\n filename*{}*=%41", n - at));
                [b"Content-Disposition: attachment".to_vec(), parts, b"\r\n\r\nx".to_vec()].concat()
            }),
            shape("messages in messages", |n| bytes("", "Content-Type: message/rfc822\r\n\r\n", n, "")),
            shape("parts in parts", |n| {
                each(n, |at| format!("Content-Type: multipart/mixed; boundary=b{at}\r\n\r\n--b{at}\r\n"))
            }),
            shape("parts", |n| bytes("Content-Type: multipart/mixed; boundary=x\r\n\r\n", "--x\r\n\r\na\r\n", n, "")),
            shape("alternatives", |n| {
                bytes(
                    "Content-Type: multipart/alternative; boundary=x\r\n\r\n",
                    "--x\r\nContent-Type: text/html\r\n\r\n<p>a\r\n",
                    n,
                    "",
                )
            }),
            shape("a boundary nearly", |n| {
                bytes("Content-Type: multipart/mixed; boundary=xxxxxxxxy\r\n\r\n", "\r\n--xxxxxxxx", n, "")
            }),
            shape("recipients not reached", |n| {
                bytes(
                    "Content-Type: message/delivery-status\r\n\r\n",
                    "Action: failed\r\nFinal-Recipient: rfc822; a@b.example\r\n\r\n",
                    n,
                    "",
                )
            }),
            shape("a calendar folded", |n| {
                bytes("Content-Type: text/calendar\r\n\r\nBEGIN:VEVENT\r\nSUMMARY:x\r\n", " y\r\n", n, "END:VEVENT\r\n")
            }),
            shape("lone returns", |n| body("\r", n)),
            shape("zero bytes", |n| body("\0", n)),
            shape("nothing but quotations", |n| body("> x\r\n", n)),
            shape("introductions", |n| body("Le 3, A\r\n", n)),
            shape("heads of quoted messages", |n| body("De : x\r\n", n)),
            shape("one long line", |n| body("Le 3, A a écrit ", n)),
            shape("orders and days", |n| body("Deux pains.\r\nDemain.\r\n", n)),
            shape("orders and what is brought", |n| body("Deux pains.\r\nJe dépose mardi.\r\n", n)),
            shape("one sentence", |n| body("deux pains et ", n)),
            shape("one word", |n| body("pain", n)),
            shape("commas", |n| body(",", n)),
            shape("accents", |n| body("\u{301}", n)),
            shape("tags", |n| page("<div>", n)),
            shape("tags without end", |n| page("<a ", n)),
            shape("comments without end", |n| page("<!--", n)),
            shape("entities", |n| page("&eacute;", n)),
            shape("entities without end", |n| page("&", n)),
            shape("quotations in quotations", |n| page("<blockquote>x", n)),
            shape("base64", |n| encoded("base64", "QUJD", n)),
            shape("base64 that is none", |n| encoded("base64", "=", n)),
            shape("quoted-printable", |n| encoded("quoted-printable", "=\r\n", n)),
            shape("UTF-7", |n| written_in("utf-7", "+AOk-", n)),
            shape("UTF-7 without end", |n| written_in("utf-7", "+", n)),
            shape("Japanese escapes", |n| written_in("iso-2022-jp", "\u{1b}$B\u{1b}(B", n)),
        ],
    );
}

#[test]
fn what_a_telephone_system_sends_takes_no_more_than_its_size() {
    assert_growth(
        "telephone",
        &[
            shape("fields of a form", |n| bytes("event=newCall&callId=1", "&user[]=a", n, "")),
            shape("one value", |n| bytes("event=newCall&callId=", "%41", n, "")),
            shape("signs of a form", |n| bytes("", "&=", n, "")),
            shape("lists in lists", |n| bytes("", "[", n, "")),
            shape("objects in objects", |n| bytes("", "{\"a\":", n, "")),
            shape("a list", |n| bytes("{\"event\":\"newCall\",\"callId\":1,\"user\":[0", ",1", n, "]}")),
            shape("a number", |n| bytes("{\"event\":\"newCall\",\"callId\":", "1", n, "}")),
            shape("names of a call", |n| {
                bytes("{\"event\":\"call.ended\",\"data\":{\"id\":\"", "x", n, "\",\"direction\":\"inbound\"}}")
            }),
            shape("events of one call", |n| {
                let event = |at| {
                    format!(
                        "{{\"Event\":\"start_ringing\",\"Timestamp\":{at}000000000,\"Data\":{{\"CallId\":\"a\"}}}},"
                    )
                };
                [b"{\"Events\":[".to_vec(), each(n, event), b"{}]}".to_vec()].concat()
            }),
            shape("calls", |n| {
                let event = |at| format!("{{\"Event\":\"end_calling\",\"Data\":{{\"CallId\":\"{at}\"}}}},");
                [b"{\"Events\":[".to_vec(), each(n, event), b"{}]}".to_vec()].concat()
            }),
            shape("lines of a message", |n| bytes("Event: Hangup\r\n", "A: b\r\n", n, "\r\n")),
            shape("messages", |n| {
                bytes("", "Event: QueueCallerJoin\r\nUniqueid: 1\r\nLinkedid: 1\r\nExten: 1\r\n\r\n", n, "")
            }),
        ],
    );
}

#[test]
fn a_phrase_takes_no_more_than_its_size() {
    assert_growth(
        "entry",
        &[
            shape("one word", |n| bytes("", "chemise", n, "")),
            shape("words", |n| bytes("", "chemise ", n, "")),
            shape("orders", |n| bytes("", "2 pains et ", n, "")),
            shape("days", |n| bytes("pain ", "lundi ", n, "")),
            shape("hours", |n| bytes("pain ", "12h-14h ", n, "")),
            shape("exceptions", |n| bytes("pain chaque lundi sauf ", "le 27 et ", n, "")),
            shape("numbers", |n| bytes("pain ", "1 ", n, "")),
            shape("one number", |n| bytes("pain ", "1", n, "")),
            shape("signs", |n| bytes("pain", "-", n, "")),
            shape("accents", |n| bytes("pa\u{301}in", "\u{301}", n, "")),
            shape("letters and digits", |n| bytes("", "x1", n, "")),
        ],
    );
}

#[test]
fn a_text_takes_no_more_than_its_size() {
    assert_growth(
        "text",
        &[
            shape("accents", |n| bytes("e", "\u{301}", n, "")),
            shape("accents of two kinds", |n| bytes("e", "\u{327}\u{301}", n, "")),
            shape("one word of letters with accents", |n| bytes("", "é", n, "")),
            shape("one word of wide letters", |n| bytes("", "漢", n, "")),
            shape("one plain word", |n| bytes("", "a", n, "")),
            shape("words", |n| bytes("", "à ", n, "")),
            shape("lines", |n| bytes("", "à\n", n, "")),
            shape("families", |n| bytes("", "👩\u{200d}", n, "")),
            shape("flags", |n| bytes("", "🇫", n, "")),
            shape("Korean letters", |n| bytes("", "\u{1100}\u{1161}", n, "")),
            shape("turns", |n| bytes("", "\u{202e}a", n, "")),
            shape("prepended marks", |n| bytes("", "\u{600}", n, "")),
        ],
    );
}
