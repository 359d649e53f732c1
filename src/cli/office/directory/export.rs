//! `loge office export`: the directory as the files that import reads.

use super::{
    super::{
        super::{Voice, error::CliError},
        place::{self, Missing},
    },
    present,
};
use crate::{
    cli::directory::{Column, KINDS, POLICY, columns, has_archive, is_archived, stem},
    config::Config,
    domain::entity::EntityKind,
};
use serde_json::Value;
use std::{
    fs::{self, OpenOptions},
    io::{self, Write as _},
    path::Path,
};
use uuid::Uuid;

/// Writes the directory to a folder that is new or empty.
pub(in crate::cli::office) async fn export(folder: &Path, config: &Config, voice: Voice) -> Result<(), CliError> {
    let place = folder.display().to_string();
    let is_empty = fs::read_dir(folder).map_or(true, |mut listed| listed.next().is_none());
    if !is_empty {
        return Err(CliError::sentence("cli-export-not-empty", vec![("folder", place)]));
    }
    let database = &config.office.database;
    let store = place::open(database, Missing::Fail).await?;
    let present = present::load(&store).await;
    store.close().await;
    let present = present.map_err(|error| CliError::Storage { database: database.to_string(), error })?;
    let mut files = Vec::new();
    let mut count = 0_usize;
    for kind in KINDS {
        let mut rows: Vec<(Uuid, &Value)> = present
            .rows
            .iter()
            .filter(|((of, _), doc)| of == kind && is_kept(*kind, doc))
            .map(|((_, id), doc)| (*id, doc))
            .collect();
        rows.sort_by_key(|(id, _)| *id);
        if !rows.is_empty() {
            count += rows.len();
            files.push((format!("{}.csv", stem(*kind)), table(*kind, &rows).map_err(|error| CliError::fault(&error))?));
        }
    }
    files.push((POLICY.to_owned(), policy(&present.policy)?));
    let written = write(folder, &files);
    written.map_err(|error| CliError::Storage { database: place.clone(), error: place::of_file(folder, &error) })?;
    voice.tell("cli-export-written", &[("rows", count.to_string()), ("folder", place)]);
    Ok(())
}

/// Whether a record belongs to the directory: a permanence that is over is history, and a record that import could not make again as it is stays away.
fn is_kept(kind: EntityKind, doc: &Value) -> bool {
    match kind {
        EntityKind::Permanence => doc.get("state").and_then(Value::as_str) == Some("planned"),
        _ => has_archive(kind) || !is_archived(doc),
    }
}

fn table(kind: EntityKind, rows: &[(Uuid, &Value)]) -> Result<Vec<u8>, csv::Error> {
    let archives = has_archive(kind);
    let mut lines = csv::Writer::from_writer(Vec::new());
    let names = columns(kind).iter().map(|column| column.name);
    lines.write_record(["id"].into_iter().chain(names).chain(archives.then_some("archived")))?;
    for (id, doc) in rows {
        let cells = columns(kind).iter().map(|column| column.shape.write(at(doc, column)));
        let mark = archives.then(|| if is_archived(doc) { "yes".to_owned() } else { String::new() });
        lines.write_record([id.to_string()].into_iter().chain(cells).chain(mark))?;
    }
    lines.into_inner().map_err(|error| error.into_error().into())
}

fn at<'a>(doc: &'a Value, column: &Column) -> &'a Value {
    column.path.split('.').try_fold(doc, |value, name| value.get(name)).unwrap_or(&Value::Null)
}

fn policy(fields: &Value) -> Result<Vec<u8>, CliError> {
    let mut fields = fields.clone();
    if let Value::Object(fields) = &mut fields {
        fields.retain(|name, _| !matches!(name.as_str(), "id" | "version"));
    }
    without_nulls(&mut fields);
    let text = toml::to_string_pretty(&fields).map_err(|error| CliError::fault(&error))?;
    Ok(text.into_bytes())
}

/// TOML has no word for nothing.
fn without_nulls(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|_, value| !value.is_null());
            fields.values_mut().for_each(without_nulls);
        }
        Value::Array(items) => items.iter_mut().for_each(without_nulls),
        _ => {}
    }
}

/// Writes all files; a folder that cannot take all of them gets none.
fn write(folder: &Path, files: &[(String, Vec<u8>)]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    // People's names and numbers are nobody else's.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let one =
        |(name, bytes): &(String, Vec<u8>)| options.open(folder.join(name)).and_then(|mut file| file.write_all(bytes));
    let written = files.iter().try_for_each(one);
    if written.is_err() {
        for (name, _) in files {
            let _ = fs::remove_file(folder.join(name));
        }
    }
    written
}
