//! `loge office import`: all of a folder or nothing, and nothing twice.

use super::{
    super::{
        super::{Voice, aside, error::CliError},
        accounts,
        place::{self, Missing},
    },
    present,
};
use crate::{
    cli::directory::{
        Advice, Complaint, KINDS, Origin, POLICY, Plan, Present, Sheet, broken, difference, laid_over, name_of, of_csv,
        of_folder, stem, text_of,
    },
    config::{Config, office::Database},
    domain::{entity::EntityKind, policy::policy_id, refusal::Refusal},
    i18n,
    office::{
        auth,
        failure::Failure,
        storage::{StorageError, Store},
        writer,
    },
    wire::{catalogue::Command, problem::Problem},
};
use std::{fs, path::Path};

/// Whether the folder is imported or only looked through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli::office) enum Mode {
    /// It is imported.
    Import,
    /// Nothing is written.
    DryRun,
}

/// Imports a folder, or says what would change.
pub(in crate::cli::office) async fn import(
    folder: &Path,
    mode: Mode,
    config: &Config,
    voice: Voice,
) -> Result<(), CliError> {
    let (sheets, mut complaints) = sheets(folder, voice)?;
    let database = &config.office.database;
    let named = |error| CliError::Storage { database: database.to_string(), error };
    // A database that is not there yet is made only once the whole folder is good.
    let there = !matches!(database, Database::Sqlite(file) if !place::is_there(file));
    let mut store = if there { Some(place::open(database, Missing::Fail).await?) } else { None };
    let present = match &store {
        Some(store) => present::load(store).await.map_err(named)?,
        None => Present::nothing(),
    };
    let mut plan = Plan::make(&sheets, &present, Some(voice));
    if let Some(path) = Some(folder.join(POLICY)).filter(|path| path.is_file()) {
        plan_policy(&path, &present, &mut plan);
    }
    complaints.append(&mut plan.complaints);
    if !complaints.is_empty() {
        return Err(refuse(complaints, voice));
    }
    if mode == Mode::Import {
        let store = match store.take() {
            Some(store) => store,
            None => place::open(database, Missing::Make).await?,
        };
        let done = carry_out(&store, &mut plan, voice).await;
        store.close().await;
        done?;
    } else if let Some(store) = store {
        store.close().await;
    }
    let counts = [("created", plan.created), ("changed", plan.changed), ("unchanged", plan.unchanged)];
    let key = if mode == Mode::Import { "cli-import-done" } else { "cli-import-would" };
    voice.tell(key, &counts.map(|(name, count)| (name, count.to_string())));
    Ok(())
}

/// The commands that make the records of a directory whose files are part of the program: file names with their texts.
pub(in crate::cli) fn built_in(files: &[(&str, &str)]) -> Result<Vec<Command>, String> {
    let mut sheets = Vec::new();
    for kind in KINDS {
        let name = format!("{}.csv", stem(*kind));
        let Some((_, text)) = files.iter().find(|(file, _)| *file == name) else { continue };
        let sheet = of_csv(&name, text, *kind).map_err(|faults| told(&faults))?;
        sheets.push(sheet);
    }
    let plan = Plan::make(&sheets, &Present::nothing(), None);
    if plan.complaints.is_empty() {
        Ok(plan.steps.into_iter().map(|step| step.command).collect())
    } else {
        Err(told(&plan.complaints))
    }
}

/// Complaints about files that nobody but their authors can correct.
fn told(complaints: &[Complaint]) -> String {
    let line = |complaint: &Complaint| format!("{}:{} {}", complaint.file, complaint.line, complaint.field);
    complaints.iter().map(line).collect::<Vec<_>>().join(", ")
}

/// The files of a folder, with what is wrong with them as a whole.
fn sheets(folder: &Path, voice: Voice) -> Result<(Vec<Sheet>, Vec<Complaint>), CliError> {
    let place = ("folder", folder.display().to_string());
    let listed = fs::read_dir(folder).map_err(|_| CliError::sentence("cli-import-no-folder", vec![place.clone()]))?;
    let mut names: Vec<String> =
        listed.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    let (mut sheets, mut complaints, mut found) = (Vec::new(), Vec::new(), names.iter().any(|name| name == POLICY));
    for kind in KINDS {
        match of_folder(folder, *kind) {
            Ok(None) => continue,
            Ok(Some(sheet)) => sheets.push(sheet),
            Err(faults) => complaints.extend(faults),
        }
        found = true;
    }
    if !found {
        return Err(CliError::sentence("cli-import-no-files", vec![place]));
    }
    let is_table = |name: &str| Path::new(name).extension().is_some_and(|ending| ending == "csv" || ending == "toml");
    let is_ours = |name: &str| {
        let csv = KINDS.iter().any(|kind| name == format!("{}.csv", stem(*kind)));
        // Of two files of a kind the CSV is taken: the other is told, not silently left.
        let toml = KINDS.iter().any(|kind| {
            name == format!("{}.toml", stem(*kind)) && !folder.join(format!("{}.csv", stem(*kind))).is_file()
        });
        csv || toml || name == POLICY
    };
    for name in names.into_iter().filter(|name| is_table(name) && !is_ours(name)) {
        voice.remark("cli-import-unknown-file", &[("file", name)]);
    }
    Ok((sheets, complaints))
}

/// Adds what the file changes of the policy.
fn plan_policy(path: &Path, present: &Present, plan: &mut Plan) {
    let read = text_of(path).map_err(|error| vec![broken(POLICY, 1, error.to_string())]);
    match read.and_then(|text| laid_over(&text, present, plan)) {
        Err(faults) => plan.complaints.extend(faults),
        Ok((stood, new)) => {
            let edit = difference(&stood, &new);
            if edit.fields.is_empty() {
                plan.unchanged += 1;
                return;
            }
            plan.changed += 1;
            let origin = Origin { file: POLICY.to_owned(), line: 1, kind: EntityKind::Policy };
            plan.push(&origin, "edit", policy_id().into(), &serde_json::to_value(edit).unwrap_or_default());
        }
    }
}

/// Tells every line to correct.
fn refuse(mut complaints: Vec<Complaint>, voice: Voice) -> CliError {
    let order =
        |complaint: &Complaint| KINDS.iter().position(|kind| complaint.file.split('.').next() == Some(stem(*kind)));
    complaints.sort_by_key(|complaint| (order(complaint), complaint.line));
    for complaint in &complaints {
        aside(&complaint.said(voice));
    }
    let mut lines: Vec<(&str, u64)> =
        complaints.iter().map(|complaint| (complaint.file.as_str(), complaint.line)).collect();
    lines.dedup();
    voice.remark("cli-import-nothing", &[("errors", lines.len().to_string())]);
    CliError::Said
}

async fn carry_out(store: &Store, plan: &mut Plan, voice: Voice) -> Result<(), CliError> {
    // What takes longest comes before the database is held.
    let mut hashes = Vec::with_capacity(plan.passwords.len());
    for (operator, password) in plan.passwords.drain(..) {
        hashes.push((operator, accounts::hashed(password).await?));
    }
    let (commands, origins): (Vec<_>, Vec<_>) = plan.steps.drain(..).map(|step| (step.command, step.origin)).unzip();
    if !commands.is_empty() {
        writer::all_or_nothing(store, commands).await.map_err(|(place, failure)| {
            match origins.get(place).filter(|_| !is_of_the_office(&failure)) {
                Some(origin) => refuse(vec![complaint(origin, &failure, voice)], voice),
                None => CliError::Refused(failure),
            }
        })?;
    }
    let stored = async {
        let mut tx = store.write().await?;
        for (operator, hash) in &hashes {
            auth::store_password(&mut tx, *operator, hash).await?;
        }
        tx.commit().await
    };
    if hashes.is_empty() { Ok(()) } else { stored.await.map_err(|error| CliError::Refused(error.into())) }
}

/// Whether a failure says nothing about the line at which it came.
fn is_of_the_office(failure: &Failure) -> bool {
    use StorageError::{DiskFull, Engine, Locked};
    matches!(failure, Failure::Storage(Locked | DiskFull | Engine(_)) | Failure::Stopping)
}

/// What the office refuses of a line.
fn complaint(origin: &Origin, failure: &Failure, voice: Voice) -> Complaint {
    let field = match failure {
        Failure::UnknownReference { field, .. } => name_of(origin.kind, field),
        Failure::Refused(Refusal::FieldInvalid { field, .. } | Refusal::FieldUnknown { field, .. }) => {
            name_of(origin.kind, field)
        }
        _ => "id".to_owned(),
    };
    Complaint { file: origin.file.clone(), line: origin.line, field, advice: advice(failure, voice) }
}

/// What the office says of a line.
fn advice(failure: &Failure, voice: Voice) -> Advice {
    match failure {
        Failure::Refused(refusal @ Refusal::FieldInvalid { .. }) => Advice::of_rule(refusal),
        other => Advice::Refused(i18n::worded(Problem::from(other), voice.0).detail),
    }
}
