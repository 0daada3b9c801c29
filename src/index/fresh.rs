//! A new index is built beside what is there and moved into place when it is whole.
//!
//! Readers see the old index, or none, until the very last step: the file that says which segments
//! there are is renamed over the old one. An interrupted build leaves a folder that the next one
//! clears away.

use std::{
    collections::HashSet,
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
};

use tantivy::directory::{Directory, DirectoryLock, INDEX_WRITER_LOCK, MmapDirectory};

use super::{
    error::IndexError,
    open::{check_folder, is_engine_file},
};

/// Folder inside that of the index in which a new one is built.
const BUILDING: &str = ".building";
/// The file that says which segments there are.
const META: &str = "meta.json";
/// The file that says which files are tantivy's.
const MANAGED: &str = ".managed.json";

/// An index that is being built.
pub(super) struct Fresh {
    path: PathBuf,
    /// Keeps other writers off the index that is to be replaced.
    _lock: DirectoryLock,
}

impl Fresh {
    /// Makes room for a new index in a folder that has an index or nothing at all.
    pub(super) fn begin(path: &Path) -> Result<Self, IndexError> {
        let refused = |source| IndexError::Io { path: path.to_owned(), source };
        fs::create_dir_all(path).map_err(refused)?;
        match check_folder(path) {
            Ok(()) | Err(IndexError::Missing(_)) => {}
            Err(error) => return Err(error),
        }
        let lock = MmapDirectory::open(path)
            .map_err(|error| IndexError::Engine(error.into()))?
            .acquire_lock(&INDEX_WRITER_LOCK)
            .map_err(|error| lock_error(path, error))?;
        let fresh = Self { path: path.to_owned(), _lock: lock };
        match fs::remove_dir_all(fresh.folder()) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(refused(error)),
            _ => fs::create_dir(fresh.folder()).map_err(refused)?,
        }
        Ok(fresh)
    }

    /// Where the new index is built.
    pub(super) fn folder(&self) -> PathBuf {
        self.path.join(BUILDING)
    }

    /// Puts the new index in the place of the old one, which is removed.
    pub(super) fn publish(self) -> Result<(), IndexError> {
        self.move_files().map_err(|source| IndexError::Io { path: self.path.clone(), source })
    }

    fn move_files(&self) -> io::Result<()> {
        let folder = self.folder();
        let mut moved: HashSet<OsString> = HashSet::new();
        for entry in fs::read_dir(&folder)? {
            let name = entry?.file_name();
            if is_engine_file(&name.to_string_lossy()) {
                fs::rename(folder.join(&name), self.path.join(&name))?;
                moved.insert(name);
            }
        }
        // From here on the new index is the one that counts.
        fs::rename(folder.join(MANAGED), self.path.join(MANAGED))?;
        fs::rename(folder.join(META), self.path.join(META))?;
        fs::File::open(&self.path)?.sync_all()?;
        for entry in fs::read_dir(&self.path)? {
            let name = entry?.file_name();
            if is_engine_file(&name.to_string_lossy()) && !moved.contains(&name) {
                fs::remove_file(self.path.join(name))?;
            }
        }
        fs::remove_dir_all(folder)
    }
}

/// Gives the files that say what there is the rights that any new file has here: tantivy makes them
/// readable for their owner alone, and an index is there to be read by others.
#[cfg(unix)]
pub(super) fn share(path: &Path) -> Result<(), IndexError> {
    let share = || {
        let usual = fs::metadata(path.join(&INDEX_WRITER_LOCK.filepath))?.permissions();
        for name in [META, MANAGED] {
            fs::set_permissions(path.join(name), usual.clone())?;
        }
        Ok(())
    };
    share().map_err(|source| IndexError::Io { path: path.to_owned(), source })
}

#[cfg(not(unix))]
pub(super) fn share(_path: &Path) -> Result<(), IndexError> {
    Ok(())
}

impl Drop for Fresh {
    fn drop(&mut self) {
        // What cannot be removed now is removed by the next build.
        let _ = fs::remove_dir_all(self.folder());
    }
}

fn lock_error(path: &Path, error: tantivy::directory::error::LockError) -> IndexError {
    use tantivy::directory::error::LockError;
    match error {
        LockError::LockBusy => IndexError::Locked(path.to_owned()),
        LockError::IoError(source) => {
            let source = io::Error::new(source.kind(), source.to_string());
            IndexError::Io { path: path.to_owned(), source }
        }
    }
}
