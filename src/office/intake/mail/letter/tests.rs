use super::*;
use proptest::prelude::*;

fn letter(raw: &str) -> Letter {
    read(&"accueil".parse().unwrap(), raw.replace('\n', "\r\n").into_bytes())
}

/// A message that carries a part of so many bytes.
fn with_attachments(sizes: &[usize]) -> Letter {
    let head =
        "From: a@b.example\nMessage-ID: <1@b.example>\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nBonjour\n";
    let part = |(place, size): (usize, &usize)| {
        format!("--x\nContent-Type: application/pdf; name=\"{place}.pdf\"\n\n{}\n", "A".repeat(*size))
    };
    let parts: Vec<_> = sizes.iter().enumerate().map(part).collect();
    letter(&format!("{head}{}--x--\n", parts.concat()))
}

#[test]
fn what_a_person_wrote_is_read_with_all_that_leads_to_its_thread() {
    let letter = letter(
        "Received: from a by b; Mon, 23 Nov 2026 10:00:05 +0100\nFrom: =?utf-8?q?Claire_Durand?= <Claire.Durand@Metropole.example>\nTo: bonjour@conciergerie.example\n\
         Subject: =?iso-8859-1?q?Mes_chemises_=E0_repasser?=\nDate: Mon, 23 Nov 2026 09:00:00 +0100\nMessage-ID: <3@metropole.example>\n\
         In-Reply-To: <2@conciergerie.example>\nReferences: <1@metropole.example>\n <2@conciergerie.example>\nContent-Type: text/plain; charset=windows-1252\n\nBonjour,\nvendredi convient.\n-- \nClaire\n",
    );
    let message = &letter.message;
    assert_eq!(message.from.as_ref().unwrap().as_str(), "Claire.Durand@metropole.example");
    assert_eq!(message.from_name.as_ref().unwrap().as_str(), "Claire Durand");
    assert_eq!(message.subject.as_ref().unwrap().as_str(), "Mes chemises à repasser");
    assert_eq!(message.text.as_ref().unwrap().as_str(), "Bonjour,\nvendredi convient.\n-- \nClaire");
    let references: Vec<_> = message.references.iter().map(ShortText::as_str).collect();
    assert_eq!(references, ["<2@conciergerie.example>", "<1@metropole.example>"]);
    assert_eq!(message.message_id.as_str(), "<3@metropole.example>");
    assert_eq!(message.nature, MessageNature::Personal);
    assert_eq!(letter.dated.unwrap().to_string(), "2026-11-23T09:00:05.000000Z");
}

#[test]
fn html_is_shown_as_text_where_there_is_nothing_else() {
    let alone = letter("From: a@b.example\nContent-Type: text/html; charset=utf-8\n\n<p>Deux <b>vestes</b></p>");
    assert_eq!(alone.message.text.unwrap().as_str(), "Deux vestes");
    let beside = letter(
        "From: a@b.example\nContent-Type: multipart/alternative; boundary=x\n\n--x\nContent-Type: text/plain\n\nplain\n--x\nContent-Type: text/html\n\n<p>page</p>\n--x--\n",
    );
    assert_eq!(beside.message.text.unwrap().as_str(), "plain");
    assert_eq!(beside.message.attachments, []);
}

#[test]
fn a_message_without_an_id_has_the_same_one_whatever_way_it_took() {
    let message = "From: a@b.example\nDate: Mon, 23 Nov 2026 09:00:00 +0100\nSubject: Pain\n\nDeux pains\n";
    let once = letter(&format!("Received: from a by b; Mon, 23 Nov 2026 10:00:05 +0100\n{message}"));
    let twice = letter(&format!("Received: from c by d; Mon, 23 Nov 2026 10:00:09 +0100\n{message}"));
    assert!(once.message.message_id.as_str().starts_with("sha256:"));
    assert_eq!(once.message.message_id, twice.message.message_id);
    assert_ne!(once.message.message_id, letter(&message.replace("Deux", "Trois")).message.message_id);
}

#[test]
fn attachments_are_told_by_harmless_names_and_read_by_their_place() {
    let letter = letter(
        "From: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nBonjour\n--x\nContent-Type: application/pdf; name=\"../../etc/d\u{e9}vis.pdf\"\nContent-Transfer-Encoding: base64\n\nJVBERg==\n\
         --x\nContent-Type: message/rfc822\n\nSubject: dedans\n\nautre\n--x\nContent-Type: application/ms-tnef\n\nTNEF\n--x\nContent-Type: text/calendar\n\nBEGIN:VEVENT\nSUMMARY:Visite\nEND:VEVENT\n--x--\n",
    );
    let names: Vec<_> = letter.message.attachments.iter().map(|attachment| attachment.name.as_str()).collect();
    assert_eq!(names, ["dévis.pdf", "message.eml", "winmail.dat", "invitation.ics"]);
    assert!(letter.message.text.unwrap().as_str().contains("Visite"));
    assert_eq!(attachment(&letter.raw, 0).unwrap(), b"%PDF");
    assert_eq!(attachment(&letter.raw, 1).unwrap(), b"Subject: dedans\r\n\r\nautre");
    assert_eq!(attachment(&letter.raw, 4), None);
}

#[test]
fn what_is_too_large_is_left_out_and_told() {
    let mebi = 1024 * 1024;
    let one = with_attachments(&[100, 10 * mebi + 1, 200]);
    let keeping: Vec<_> = one.message.attachments.iter().map(|attachment| attachment.keeping).collect();
    assert_eq!(keeping, [Keeping::Kept, Keeping::TooLarge, Keeping::Kept]);
    assert!(one.raw.len() < 2_000, "{}", one.raw.len());
    assert_eq!(attachment(&one.raw, 2).unwrap().len(), 200);
    let many = with_attachments(&[9 * mebi, 9 * mebi, 9 * mebi, 10]);
    let keeping: Vec<_> = many.message.attachments.iter().map(|attachment| attachment.keeping).collect();
    assert_eq!(keeping, [Keeping::Kept, Keeping::Kept, Keeping::TooLarge, Keeping::Kept]);
}

#[test]
fn a_program_s_message_is_told_from_a_person_s() {
    let nature = |headers: &str| letter(&format!("From: a@b.example\n{headers}\n\nBonjour\n")).message.nature;
    assert_eq!(nature("Subject: Bonjour"), MessageNature::Personal);
    assert_eq!(nature("Auto-Submitted: no"), MessageNature::Personal);
    for headers in
        ["Auto-Submitted: auto-replied (vacation)", "X-Autoreply: yes", "Precedence: auto_reply", "Return-Path: <>"]
    {
        assert_eq!(nature(headers), MessageNature::AutoReply, "{headers}");
    }
    for headers in ["List-Id: <x.b.example>", "Precedence: bulk", "List-Unsubscribe: <mailto:x@b.example>"] {
        assert_eq!(nature(headers), MessageNature::List, "{headers}");
    }
    let receipt =
        "Content-Type: multipart/report; report-type=disposition-notification; boundary=x\n\n--x\n\nLu\n--x--";
    assert_eq!(nature(receipt), MessageNature::ReadReceipt);
}

fn report(action: &str) -> Letter {
    letter(&format!(
        "Return-Path: <>\nFrom: Mail Delivery System <MAILER-DAEMON@mx.example>\nSubject: Undelivered\nMessage-ID: <b1@mx.example>\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=x\n\n--x\n\nI'm sorry.\n--x\nContent-Type: message/delivery-status\n\n\
         Reporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; claire@metropole.example\nAction: {action}\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 User\n unknown\n\n\
         --x\nContent-Type: message/rfc822\n\nMessage-ID: <ours@conciergerie.example>\nSubject: Vos chemises\n\nBonjour\n--x--\n"
    ))
}

#[test]
fn a_bounce_says_whom_it_did_not_reach_why_and_what() {
    let bounced = report("failed").message.bounced.unwrap();
    assert_eq!(bounced.address.unwrap().as_str(), "claire@metropole.example");
    assert_eq!(bounced.why.unwrap().as_str(), "550 5.1.1 User unknown");
    assert_eq!(bounced.message_id.unwrap().as_str(), "<ours@conciergerie.example>");
    assert_eq!(report("failed").message.nature, MessageNature::Bounce);
}

#[test]
fn what_is_only_late_has_not_bounced() {
    let late = report("delayed").message;
    assert_eq!((late.nature, late.bounced), (MessageNature::AutoReply, None));
}

#[test]
fn a_long_text_is_cut_and_says_so() {
    let text = letter(&format!("From: a@b.example\n\n{}", "mot ".repeat(20_000))).message.text.unwrap();
    assert_eq!(text.as_str().chars().count(), LongText::MAX);
    assert!(text.as_str().ends_with("[…]"));
}

#[test]
fn parts_without_end_cost_no_time_and_no_stack() {
    let nested = "Content-Type: message/rfc822\n\n".repeat(200_000);
    let opened: Vec<_> =
        (0..3_000).map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n")).collect();
    let parts = format!("Content-Type: multipart/mixed; boundary=x\n\n{}", "--x\n\n".repeat(400_000));
    let begun = std::time::Instant::now();
    for raw in [nested, opened.concat(), parts] {
        assert!(letter(&format!("Subject: trop\n{raw}")).message.subject.is_some());
    }
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
}

const SEEDS: &[&str] = &[
    "From: a@b.example\nSubject: =?utf-8?q?x=C3=A9?=\nContent-Type: multipart/mixed; boundary=\"x\"\n\n--x\nContent-Transfer-Encoding: base64\n\nQUJD\n--x\nContent-Type: message/rfc822\n\nSubject: y\n\nz\n--x--\n",
    "From: x <mailer-daemon@b.example>\nContent-Type: multipart/report; report-type=delivery-status; boundary=x\n\n--x\nContent-Type: message/delivery-status\n\nFinal-Recipient: rfc822; c@d.example\nAction: failed\n\n--x--\n",
    "From: a@b.example\nReferences: <a@b> <c@d>\nContent-Type: text/html; charset=utf-7\n\n<div>+AOk-&eacute;<blockquote>x</blockquote></div>\n",
    "From: a@b.example\nContent-Type: multipart/alternative; boundary=y\n\n--y\nContent-Type: text/calendar; method=REQUEST\nContent-Transfer-Encoding: quoted-printable\n\nBEGIN:VEVENT=0D=0ASUMMARY:=C3=A9\n--y--\n",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_bytes_are_a_message(raw in prop::collection::vec(any::<u8>(), 0..2_000)) {
        let letter = read(&"accueil".parse().unwrap(), raw);
        attachment(&letter.raw, 0);
    }

    #[test]
    fn a_message_that_was_damaged_is_read(seed in 0..SEEDS.len(), edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3_u8), 0..30)) {
        let mut raw = SEEDS[seed].replace('\n', "\r\n").into_bytes();
        for (place, byte, act) in edits {
            let place = place.index(raw.len().max(1));
            match act {
                0 if place < raw.len() => raw[place] = byte,
                1 => raw.insert(place, byte),
                _ if place < raw.len() => drop(raw.drain(place..(place + 9).min(raw.len()))),
                _ => {}
            }
        }
        let letter = read(&"accueil".parse().unwrap(), raw);
        for place in 0..letter.message.attachments.len() {
            attachment(&letter.raw, place);
        }
    }
}
