//! The folder of an index, as tantivy sees it: one to read from and one to write to.
//!
//! [`ReadOnly`] locks nothing and writes nothing. tantivy locks the metadata of an index even to read it, which fails in a folder that one may not
//! write to (its issues 557 and 1561). The lock guards against files that are removed between
//! reading the metadata and opening them; [`super::open`] tries again when that happens.
//!
//! [`Writable`] maps no file into memory (`windowed`), seals the metadata ([`super::seal`]) and keeps the list of files sorted. It locks
//! nothing either: who gets hold of one has the lock of the index ([`super::lock`]).

use std::{
    collections::BTreeSet,
    fmt, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, MmapDirectory, WatchCallback, WatchHandle,
    WritePtr,
    error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError},
};

use super::seal::{self, MANAGED, META};
#[cfg(unix)]
use super::windowed::Windowed;

/// A folder with an index that is not to be changed.
#[derive(Clone)]
pub(super) struct ReadOnly {
    files: MmapDirectory,
}

impl ReadOnly {
    pub(super) fn open(path: &Path) -> Result<Self, OpenDirectoryError> {
        MmapDirectory::open(path).map(|files| Self { files })
    }
}

impl fmt::Debug for ReadOnly {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.files.fmt(formatter)
    }
}

impl Directory for ReadOnly {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.files.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        Err(DeleteError::IoError { io_error: refused().into(), filepath: path.to_owned() })
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.files.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        Err(OpenWriteError::wrap_io_error(refused(), path.to_owned()))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        // Only who removes files needs their list: to read, it need not be there, nor whole.
        if path == Path::new(MANAGED) {
            return Err(OpenReadError::FileDoesNotExist(path.to_owned()));
        }
        self.files.atomic_read(path)
    }

    fn atomic_write(&self, _path: &Path, _data: &[u8]) -> io::Result<()> {
        Err(refused())
    }

    fn sync_directory(&self) -> io::Result<()> {
        Ok(())
    }

    fn acquire_lock(&self, _lock: &Lock) -> Result<DirectoryLock, LockError> {
        Ok(DirectoryLock::from(Box::new(())))
    }

    fn watch(&self, _callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }
}

fn refused() -> io::Error {
    io::Error::new(io::ErrorKind::PermissionDenied, "the index was opened for reading only")
}

/// A folder with an index that is being written.
#[derive(Clone)]
pub(super) struct Writable {
    files: MmapDirectory,
    folder: PathBuf,
}

impl Writable {
    pub(super) fn open(path: &Path) -> Result<Self, OpenDirectoryError> {
        let files = MmapDirectory::open(path)?;
        Ok(Self { files, folder: path.to_owned() })
    }

    #[cfg(unix)]
    fn handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        match Windowed::open(&self.folder.join(path)) {
            Ok(file) => Ok(Arc::new(file)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Err(OpenReadError::FileDoesNotExist(path.to_owned()))
            }
            Err(error) => Err(OpenReadError::wrap_io_error(error, path.to_owned())),
        }
    }

    #[cfg(not(unix))]
    fn handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.files.get_file_handle(path)
    }
}

impl fmt::Debug for Writable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.files.fmt(formatter)
    }
}

impl Directory for Writable {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.files.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.files.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.files.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.files.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        let name = path.to_string_lossy();
        if name == META {
            seal::write_whole(&self.folder, META, &seal::sealed(&self.folder, data)?)?;
            return seal::sync_folder(&self.folder);
        }
        if name == MANAGED {
            let names: BTreeSet<String> = serde_json::from_slice(data)?;
            return seal::write_whole(&self.folder, MANAGED, &seal::managed(&names));
        }
        seal::write_whole(&self.folder, &name, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.files.sync_directory()
    }

    fn acquire_lock(&self, _lock: &Lock) -> Result<DirectoryLock, LockError> {
        Ok(DirectoryLock::from(Box::new(())))
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.files.watch(callback)
    }
}
