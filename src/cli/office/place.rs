//! The database of the settings: opened for the commands, made first where a command may make it.

use super::super::error::CliError;
use crate::{
    config::office::Database,
    office::storage::{StorageError, Store},
};
use std::{
    fs::{self, DirBuilder, OpenOptions},
    io,
    path::Path,
};

/// Whether a command makes the database where there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Missing {
    /// It is made, with its folder.
    Make,
    /// There is nothing to work on: the command fails.
    Fail,
}

/// Opens the database.
///
/// # Errors
/// It cannot be opened; a file made for it is gone again then.
pub(super) async fn open(database: &Database, missing: Missing) -> Result<Store, CliError> {
    let failed = |error| CliError::Storage { database: database.to_string(), error };
    match database {
        Database::Postgres(url) => Store::open_url(url.secret()).await.map_err(failed),
        Database::Sqlite(file) => {
            let made = match (is_there(file), missing) {
                (true, _) => false,
                (false, Missing::Fail) => return Err(nothing_there(database)),
                (false, Missing::Make) => {
                    make(file).map_err(|why| failed(of_file(file, &why)))?;
                    true
                }
            };
            let opened = Store::open_file(file).await;
            if opened.is_err() && made {
                for suffix in ["", "-wal", "-shm"] {
                    let mut name = file.as_os_str().to_owned();
                    name.push(suffix);
                    // It was empty; that it stays does no harm.
                    let _ = fs::remove_file(name);
                }
            }
            opened.map_err(failed)
        }
    }
}

/// Whether something stands in the database's place. An empty file is what a stopped first start may have left.
pub(super) fn is_there(file: &Path) -> bool {
    fs::metadata(file).is_ok_and(|metadata| !metadata.is_file() || metadata.len() > 0)
}

/// The sentence that there is no database yet.
pub(super) fn nothing_there(database: &Database) -> CliError {
    CliError::sentence("cli-database-missing", vec![("database", database.to_string())])
}

/// What an error of the file system is to a database.
pub(super) fn of_file(file: &Path, why: &io::Error) -> StorageError {
    match why.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => StorageError::DiskFull,
        _ => StorageError::Open { place: file.display().to_string(), why: why.to_string() },
    }
}

/// An empty file that nobody else reads: it will hold people's data.
fn make(file: &Path) -> io::Result<()> {
    if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder)?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file).map(drop)
}
