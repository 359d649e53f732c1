//! `loge office backup`: a copy of the database in a new file, also while the office runs.

use super::{
    super::{Voice, error::CliError},
    place::{self, Missing},
};
use crate::config::{Config, office::Database};
use std::{fs, path::Path};

/// Copies the database.
pub(super) async fn run(file: &Path, config: &Config, voice: Voice) -> Result<(), CliError> {
    let place = file.display().to_string();
    if matches!(config.office.database, Database::Postgres(_)) {
        return Err(CliError::sentence("cli-backup-postgres", Vec::new()));
    }
    if file.exists() {
        return Err(CliError::sentence("cli-backup-exists", vec![("file", place)]));
    }
    let store = place::open(&config.office.database, Missing::Fail).await?;
    let copied = store.backup_to(file).await;
    store.close().await;
    if let Err(error) = copied {
        // Half a copy is worse than none.
        let _ = fs::remove_file(file);
        return Err(CliError::Storage { database: place, error });
    }
    let unwritable =
        |error| CliError::Storage { database: file.display().to_string(), error: place::of_file(file, &error) };
    #[cfg(unix)]
    fs::set_permissions(file, std::os::unix::fs::PermissionsExt::from_mode(0o600)).map_err(unwritable)?;
    let bytes = fs::metadata(file).map_err(unwritable)?.len();
    voice.tell("cli-backup-written", &[("file", place), ("size", size(bytes, voice))]);
    Ok(())
}

/// A size as people read it.
fn size(bytes: u64, voice: Voice) -> String {
    let megabytes = bytes / 1_000_000;
    let (key, number) = if megabytes > 0 { ("cli-size-mb", megabytes) } else { ("cli-size-kb", bytes.div_ceil(1000)) };
    voice.sentence(key, &[("number", number.to_string())])
}
