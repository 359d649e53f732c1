//! Files that only their owner reads, replaced as a whole or not at all.

use super::StoreError;
use std::{
    fs::{self, DirBuilder, File, OpenOptions, Permissions},
    io::{self, BufWriter, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

/// Makes a folder and those above it up to `base`, for its owner alone.
pub fn make_folder(folder: &Path, base: &Path) -> Result<(), StoreError> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(StoreError::at(folder))?;
    // What was there before may be open to others.
    for made in folder.ancestors().take_while(|above| above.starts_with(base)) {
        fs::set_permissions(made, Permissions::from_mode(0o700)).map_err(StoreError::at(made))?;
    }
    Ok(())
}

/// Opens a file for its owner alone.
pub fn open(file: &Path, options: &mut OpenOptions) -> Result<File, StoreError> {
    options.mode(0o600).open(file).map_err(StoreError::at(file))
}

/// Puts bytes in the place of a file's; whatever happens, the file is whole: the former or this.
pub fn replace(file: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    replace_with(file, |writer| writer.write_all(bytes))
}

/// The same for what only matters to programs that run: after a power cut the file may be neither.
pub fn replace_unsynced(file: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let fresh = file.with_extension("new");
    let mut writer = open(&fresh, OpenOptions::new().write(true).create(true).truncate(true))?;
    writer.write_all(bytes).map_err(StoreError::at(&fresh))?;
    fs::rename(&fresh, file).map_err(StoreError::at(file))
}

/// The same as [`replace`], written bit by bit.
pub fn replace_with(file: &Path, write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>) -> Result<(), StoreError> {
    let fresh = file.with_extension("new");
    let outcome = (|| {
        let mut writer = BufWriter::new(open(&fresh, OpenOptions::new().write(true).create(true).truncate(true))?);
        write(&mut writer).map_err(StoreError::at(&fresh))?;
        let written = writer.into_inner().map_err(|error| StoreError::at(&fresh)(error.into_error()))?;
        written.sync_all().map_err(StoreError::at(&fresh))?;
        fs::rename(&fresh, file).map_err(StoreError::at(file))?;
        sync_folder(file)
    })();
    if outcome.is_err() {
        // What is half written must not take the room that is missing.
        let _ = fs::remove_file(&fresh);
    }
    outcome
}

/// Removes a file, if it is there.
pub fn remove(file: &Path) -> Result<(), StoreError> {
    match fs::remove_file(file) {
        Ok(()) => sync_folder(file),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(StoreError::at(file)(error)),
    }
}

/// A file's bytes; none if there is no such file.
pub fn read(file: &Path) -> Result<Option<Vec<u8>>, StoreError> {
    match fs::read(file) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(StoreError::at(file)(error)),
    }
}

/// What is in a folder.
pub fn list(folder: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let entries = fs::read_dir(folder).map_err(StoreError::at(folder))?;
    entries.map(|entry| entry.map(|entry| entry.path()).map_err(StoreError::at(folder))).collect()
}

/// That a file came, went or was renamed is on disk once its folder is.
fn sync_folder(file: &Path) -> Result<(), StoreError> {
    let Some(folder) = file.parent() else { return Ok(()) };
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(StoreError::at(folder))
}
