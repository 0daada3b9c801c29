//! Reading the files of an index without mapping them into memory.
//!
//! Merging goes through all files of all segments. Mapped, they would count to the memory of the
//! process, as large as they are; read, only what is looked at does, and it is looked at in order: each
//! term's postings stand behind those of the term before. So a window of the file is kept.

use std::{
    fmt,
    fs::File,
    io,
    ops::Range,
    os::unix::fs::FileExt,
    path::Path,
    sync::{Mutex, PoisonError},
};

use tantivy::directory::{FileHandle, OwnedBytes};
use tantivy_common::HasLen;

/// How many bytes are read at once, where fewer are asked for.
const WINDOW: usize = 128 << 10;

/// A file that is read piece by piece.
pub(super) struct Windowed {
    file: File,
    length: usize,
    /// What was read last, and where it starts.
    window: Mutex<(usize, OwnedBytes)>,
}

impl Windowed {
    /// Opens a file, which must not change as long as it is read.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let length = usize::try_from(file.metadata()?.len()).map_err(io::Error::other)?;
        Ok(Self { file, length, window: Mutex::new((0, OwnedBytes::empty())) })
    }

    fn read(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        let mut bytes = vec![0; range.len()];
        self.file.read_exact_at(&mut bytes, range.start as u64)?;
        Ok(OwnedBytes::new(bytes))
    }
}

impl fmt::Debug for Windowed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Windowed({} bytes)", self.length)
    }
}

impl HasLen for Windowed {
    fn len(&self) -> usize {
        self.length
    }
}

impl FileHandle for Windowed {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        if range.start > range.end || range.end > self.length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if range.len() > WINDOW / 2 {
            return self.read(range);
        }
        let mut window = self.window.lock().unwrap_or_else(PoisonError::into_inner);
        let (start, bytes) = &*window;
        if range.start < *start || range.end > start + bytes.len() {
            let end = self.length.min(range.start + WINDOW);
            *window = (range.start, self.read(range.start..end)?);
        }
        let (start, bytes) = &*window;
        Ok(bytes.slice(range.start - start..range.end - start))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_piece_is_what_the_file_has_there(
            pieces in prop::collection::vec((any::<prop::sample::Index>(), 0..WINDOW), 1..20),
        ) {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("file");
            let bytes: Vec<u8> = (0..300_000_u32).flat_map(u32::to_le_bytes).collect();
            std::fs::write(&path, &bytes).unwrap();
            let file = Windowed::open(&path).unwrap();
            for (start, length) in pieces {
                let start = start.index(bytes.len());
                let end = (start + length).min(bytes.len());
                prop_assert!(*file.read_bytes(start..end).unwrap() == bytes[start..end]);
            }
            let error = file.read_bytes(7..bytes.len() + 1).unwrap_err();
            prop_assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);
        }
    }
}
