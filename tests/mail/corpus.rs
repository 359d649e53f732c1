//! Messages as real programs write them: each is read as the lines after it say.

use loge::{
    domain::{
        contact::Message,
        texts::{LongText, ShortText},
    },
    office::intake::mail::letter,
    text::quoted,
};
use std::{fs, path::Path};

/// What a message was read as, in lines that a person can check.
fn told(message: &Message) -> String {
    let or_none = |text: Option<&ShortText>| text.map_or("-", ShortText::as_str).to_owned();
    let text = message.text.as_ref().map(LongText::as_str).unwrap_or_default();
    let parts = quoted::parts(text);
    let mut lines = vec![
        format!("from: {}", message.from.as_ref().map_or("-", |from| from.as_str())),
        format!("name: {}", or_none(message.from_name.as_ref())),
        format!("subject: {}", or_none(message.subject.as_ref())),
        format!("nature: {:?}", message.nature),
        format!("references: {}", message.references.len()),
        format!("own: {}", parts.own.trim().replace('\n', " | ")),
        format!("folded: {}", parts.folded),
    ];
    for attachment in &message.attachments {
        lines.push(format!("attachment: {} {} {}", attachment.name, attachment.media_type, attachment.bytes));
    }
    if let Some(bounced) = &message.bounced {
        let address = bounced.address.as_ref().map_or("-", |address| address.as_str());
        lines.push(format!("bounced: {address}, {}", or_none(bounced.message_id.as_ref())));
    }
    lines.join("\n")
}

#[test]
fn messages_of_the_corpus_are_read_as_written_beside_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mail/corpus");
    let mailbox: ShortText = "accueil".parse().unwrap();
    let mut files: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|kind| kind == "eml"));
    files.sort();
    assert!(files.len() >= 12, "the corpus was not found");
    let mut wrong = Vec::new();
    for file in files {
        let letter = letter::read(&mailbox, fs::read(&file).unwrap());
        let told = told(&letter.message);
        let beside = file.with_extension("txt");
        if std::env::var_os("UPDATE_CORPUS").is_some() {
            fs::write(&beside, format!("{told}\n")).unwrap();
        }
        let expected = fs::read_to_string(&beside).unwrap_or_default();
        if told != expected.trim_end() {
            wrong.push(format!("{}:\n{told}\n", file.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
