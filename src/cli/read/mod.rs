//! `loge read`: prints how the entry line reads a phrase, and why.

use super::{Voice, aside, error::CliError};
use crate::domain::{
    entry::{Because, Choice, Chosen, Confidence, Field, Question, Read, Reading, Setting, Why, read},
    ids::{ServiceId, SiteId},
    operator::Language,
    time::{Zone, parse_date_time},
};
use crate::i18n::job;
use clap::Args;
use folder::{Folder, Named};
use jiff::civil::DateTime;
use serde_json::{Value, json};
use std::{
    io::Write as _,
    path::{Path, PathBuf},
};

mod folder;

/// What to read, and as if when.
#[derive(Debug, Args)]
pub(super) struct ReadArgs {
    phrase: String,
    #[arg(long, value_name = "FOLDER")]
    directory: Option<PathBuf>,
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    #[arg(long, value_name = "NAME")]
    site: Option<String>,
    #[arg(long)]
    json: bool,
}

/// Reads the phrase and prints what came of it.
pub(super) fn run(args: &ReadArgs, voice: Voice) -> Result<(), CliError> {
    if args.phrase.trim().is_empty() {
        return Err(CliError::sentence("cli-read-nothing", Vec::new()));
    }
    let is_there = |folder: &Path| ["services.csv", "services.toml"].iter().any(|file| folder.join(file).is_file());
    if let Some(folder) = args.directory.as_deref().filter(|folder| !is_there(folder)) {
        let key = if folder.is_dir() { "cli-read-no-services" } else { "cli-import-no-folder" };
        return Err(CliError::sentence(key, vec![("folder", folder.display().to_string())]));
    }
    let folder = Folder::read(args.directory.as_deref()).map_err(|complaints| {
        for complaint in &complaints {
            aside(&complaint.said(voice));
        }
        CliError::Said
    })?;
    let now = match &args.at {
        Some(at) => {
            parse_date_time(at).map_err(|_| CliError::sentence("cli-read-bad-time", vec![("value", at.clone())]))?
        }
        None => jiff::Timestamp::now().to_zoned(Zone::default().tz().clone()).datetime(),
    };
    let site = match &args.site {
        None => None,
        Some(name) => Some(site_called(&folder, name).ok_or_else(|| {
            let names = folder.sites.iter().map(|site| site.name.clone()).collect::<Vec<_>>().join(", ");
            CliError::sentence("cli-read-no-site", vec![("name", name.clone()), ("sites", names)])
        })?),
    };
    let setting = Setting { site, permanences: folder.permanences.clone(), ..Setting::at(now, voice.0) };
    let reading = read(&args.phrase, &folder.vocabulary, &setting, &Chosen::default());
    let teller = Teller { voice, folder: &folder, phrase: &args.phrase };
    let text = if args.json { teller.json(&reading, now)? } else { teller.text(&reading) };
    let mut out = std::io::stdout().lock();
    // That nobody reads it is no failure.
    let _ = writeln!(out, "{text}").and_then(|()| out.flush());
    Ok(())
}

fn site_called(folder: &Folder, name: &str) -> Option<SiteId> {
    let wanted = crate::text::fold(name);
    let is = |site: &Named<SiteId>, whole: bool| {
        let own = crate::text::fold(&site.name);
        site.key == name || own == wanted || (!whole && own.contains(&wanted))
    };
    let found = |whole| folder.sites.iter().find(|site| is(site, whole)).map(|site| site.id);
    found(true).or_else(|| found(false)).filter(|_| !wanted.is_empty())
}

struct Teller<'a> {
    voice: Voice,
    folder: &'a Folder,
    phrase: &'a str,
}

impl Teller<'_> {
    fn word(&self, key: &str) -> String {
        self.voice.sentence(key, &[])
    }

    fn service(&self, id: ServiceId) -> String {
        let Some(named) = self.folder.service(id) else { return id.to_string() };
        match &named.name_en {
            Some(name) if self.voice.0 == Language::En => name.clone(),
            _ => named.name.clone(),
        }
    }

    fn choice(&self, choice: &Choice) -> String {
        match choice {
            Choice::Service(Some(service)) => self.service(*service),
            Choice::Service(None) => self.word("line-no-service"),
            Choice::Quantity(quantity) => u32::from(*quantity).to_string(),
            Choice::Detail(detail) => detail.as_ref().map(ToString::to_string).unwrap_or_default(),
            Choice::When(when) => job::when(self.voice.0, when),
            Choice::Recurrence(Some(recurrence)) => job::recurrence(self.voice.0, recurrence),
            Choice::Recurrence(None) => self.word("line-again-once"),
            Choice::Site(site) => self.site(*site),
            Choice::Handover(handover) => job::handover(self.voice.0, handover),
            Choice::Payer(payer) => job::payer(self.voice.0, *payer),
            Choice::Urgency(urgency) => job::urgency(self.voice.0, *urgency),
        }
    }

    fn site(&self, id: SiteId) -> String {
        self.folder.site(id).map_or_else(|| id.to_string(), |site| site.name.clone())
    }

    fn why(&self, why: &Why, confidence: Confidence) -> String {
        let mut parts: Vec<String> = why
            .words
            .iter()
            .filter_map(|span| self.phrase.get(span.clone()))
            .map(|words| self.voice.sentence("entry-quoted", &[("words", words.to_owned())]))
            .collect();
        parts.extend(why.because.iter().copied().map(Because::key).map(|key| self.word(key)));
        if confidence == Confidence::Doubtful {
            parts.push(self.word("entry-doubtful"));
        }
        parts.join(" · ")
    }

    fn line<T>(&self, field: Field, read: Option<&Read<T>>, value: impl Fn(&T) -> String) -> Option<String> {
        let read = read?;
        let why = self.why(&read.why, read.confidence);
        Some(format!("{:<14}{:<40}  {why}", self.word(field.key()), value(&read.value)).trim_end().to_owned())
    }

    fn text(&self, reading: &Reading) -> String {
        let lines = [
            self.line(Field::Service, reading.service.as_ref(), |id| self.service(*id)),
            self.line(Field::Quantity, Some(&reading.quantity), |quantity| u32::from(*quantity).to_string()),
            self.line(Field::Detail, reading.detail.as_ref(), ToString::to_string),
            self.line(Field::When, reading.when.as_ref(), |when| job::when(self.voice.0, when)),
            self.line(Field::Recurrence, reading.recurrence.as_ref(), |recurrence| {
                job::recurrence(self.voice.0, recurrence)
            }),
            self.line(Field::Site, reading.site.as_ref(), |site| self.site(*site)),
            self.line(Field::Handover, reading.handover.as_ref(), |handover| job::handover(self.voice.0, handover)),
            self.line(Field::Payer, reading.payer.as_ref(), |payer| job::payer(self.voice.0, *payer)),
            self.line(Field::Urgency, Some(&reading.urgency), |urgency| job::urgency(self.voice.0, *urgency)),
        ];
        let mut lines: Vec<String> = lines.into_iter().flatten().collect();
        let missing = reading.missing();
        if !missing.is_empty() {
            let fields = missing.iter().map(|field| self.word(field.key())).collect::<Vec<_>>().join(", ");
            lines.push(self.voice.sentence("entry-missing", &[("fields", fields)]));
        }
        if let Some(question) = &reading.question {
            lines.push(self.word(question.doubt.key()));
            lines.extend(
                question
                    .answers
                    .iter()
                    .enumerate()
                    .map(|(place, answer)| format!("  {} {}", place + 1, self.choice(answer))),
            );
        }
        for further in &reading.further {
            lines.push(String::new());
            lines.push(self.text(further));
        }
        lines.join("\n")
    }

    fn json(&self, reading: &Reading, now: DateTime) -> Result<String, CliError> {
        let mut value = self.value(reading)?;
        if let Some(object) = value.as_object_mut() {
            object.insert("phrase".into(), self.phrase.into());
            object.insert("at".into(), now.to_string().into());
        }
        serde_json::to_string_pretty(&value).map_err(|error| CliError::fault(&error))
    }

    /// The reading with the keys and names of its records, and every value in words.
    fn value(&self, reading: &Reading) -> Result<Value, CliError> {
        let mut value = serde_json::to_value(reading).map_err(|error| CliError::fault(&error))?;
        let service = reading.service.as_ref().and_then(|read| self.folder.service(read.value)).map(Named::json);
        let site = reading.site.as_ref().and_then(|read| self.folder.site(read.value)).map(Named::json);
        for (field, record) in [("service", service), ("site", site)] {
            if let (Some(record), Some(place)) = (record, value.get_mut(field).and_then(|field| field.get_mut("value")))
            {
                *place = record;
            }
        }
        if let Some(Value::Object(question)) = value.get_mut("question") {
            let said = reading.question.as_ref().map(|Question { doubt, .. }| self.word(doubt.key()));
            question.insert("sentence".into(), said.into());
            let answers = reading.question.iter().flat_map(|question| &question.answers);
            let keys = answers.enumerate().map(|(place, answer)| {
                let key = match answer {
                    Choice::Service(Some(id)) => self.folder.service(*id).map(|named| named.key.clone()),
                    Choice::Site(id) => self.folder.site(*id).map(|named| named.key.clone()),
                    _ => None,
                };
                json!({ "number": place + 1, "words": self.choice(answer), "choice": answer, "key": key })
            });
            question.insert("answers".into(), keys.collect());
        }
        if let Some(object) = value.as_object_mut() {
            let missing = serde_json::to_value(reading.missing()).map_err(|error| CliError::fault(&error))?;
            object.insert("missing".into(), missing);
            let further: Result<Vec<Value>, CliError> =
                reading.further.iter().map(|further| self.value(further)).collect();
            object.insert("further".into(), further?.into());
        }
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(phrase: &str, language: Language) -> (String, String) {
        let folder = Folder::read(None).ok().unwrap();
        let setting = Setting {
            site: site_called(&folder, "mérignac"),
            ..Setting::at("2026-11-24T14:32".parse().unwrap(), language)
        };
        let reading = read(phrase, &folder.vocabulary, &setting, &Chosen::default());
        let teller = Teller { voice: Voice(language), folder: &folder, phrase };
        (teller.text(&reading), teller.json(&reading, setting.now).ok().unwrap())
    }

    #[test]
    fn a_reading_is_told_in_words_and_as_json() {
        let (text, json) = told("pres 3 chemises ven midi casier", Language::Fr);
        for part in ["Chemise lavée et repassée", "ven. 27 nov. 12:00", "«\u{a0}casier\u{a0}»", "Mérignac"] {
            assert!(text.contains(part), "{part} in {text}");
        }
        let json: Value = serde_json::from_str(&json).unwrap();
        assert_eq!((&json["service"]["value"]["key"], &json["quantity"]["value"]), (&json!("chemise"), &json!(3)));
        assert_eq!(json["when"]["value"], json!({ "kind": "due", "at": "2026-11-27T12:00:00" }));
    }

    #[test]
    fn a_question_is_told_with_its_numbered_answers() {
        let (text, json) = told("childcare tomorrow 8am-10am", Language::En);
        assert!(text.contains("Which service?") && text.contains("  1 "), "{text}");
        let json: Value = serde_json::from_str(&json).unwrap();
        assert_eq!(json["question"]["answers"][0]["number"], json!(1));
    }

    #[test]
    fn a_folder_is_read_as_import_reads_it_but_for_what_a_reading_does_not_need() {
        let folder = tempfile::tempdir().unwrap();
        let write = |file: &str, text: &str| std::fs::write(folder.path().join(file), text).unwrap();
        write(
            "services.csv",
            "id;name;family;everyday;price_rule;price;vat;carriage\nchemise;Chemise;Linge;everyday;per_unit;3,20;20;there_and_back\n",
        );
        write(
            "sites.toml",
            "[[sites]]\nid = \"gare\"\nname = \"Gare\"\nclient = \"elsewhere\"\ncommune = \"Bruges\"\n",
        );
        let read = Folder::read(Some(folder.path())).ok().unwrap();
        assert!(site_called(&read, "gare").is_some());
        write("permanences.csv", "id,site,date,from,to\nlundi,garre,2026-11-30,12:00,15:00\n");
        let told: Vec<String> =
            Folder::read(Some(folder.path())).err().unwrap().iter().map(ToString::to_string).collect();
        assert_eq!(told, ["permanences.csv:2: site"]);
    }

    #[test]
    fn every_word_of_the_entry_line_is_said_in_both_languages() {
        let fields = Field::ALL.iter().map(|field| field.key());
        for key in fields.chain(["entry-quoted", "entry-doubtful", "entry-missing", "line-again-once"]) {
            for language in [Language::Fr, Language::En] {
                assert_ne!(Voice(language).sentence(key, &[]), key);
            }
        }
    }
}
