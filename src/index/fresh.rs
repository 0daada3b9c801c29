//! A new index is built beside what is there and moved into place when it is whole.
//!
//! Readers see the old index, or none, until the very last step: the file that says which segments
//! there are is renamed over the old one. An interrupted build leaves a folder that the next one
//! clears away.
//!
//! A new index depends on its documents alone. Segments are named by the hash of their contents,
//! operations are not counted, lists are sorted, and no clock is asked: the same corpus gives the
//! same folder, byte for byte, on any machine.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
};

use tantivy::{
    index::{IndexMeta, SegmentId, SegmentMeta},
    indexer::merge_filtered_segments,
};

use super::{
    directory::Writable,
    error::IndexError,
    seal::{self, MANAGED, META, engine_files, managed, sync_folder, write_whole},
    stamps,
};

/// Folder inside that of the index in which a new one is built.
pub(super) const BUILDING: &str = ".building";
/// What folders inside that one are called in which segments become one, before their number.
const MERGING: &str = "merging-";

/// An index that is being built.
#[derive(Debug)]
pub(super) struct Fresh {
    path: PathBuf,
}

impl Fresh {
    /// Makes room for a new index in the folder of an index, which the caller has locked.
    pub(super) fn begin(path: &Path) -> Result<Self, IndexError> {
        let fresh = Self { path: path.to_owned() };
        match fs::remove_dir_all(fresh.folder()) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(fresh.refused(error)),
            _ => {
                fs::create_dir(fresh.folder()).map_err(|error| fresh.refused(error))?;
                Ok(fresh)
            }
        }
    }

    /// Where the new index is built.
    pub(super) fn folder(&self) -> PathBuf {
        self.path.join(BUILDING)
    }

    /// Makes one segment of several. What is made at the same time has another number.
    pub(super) fn merge(
        &self,
        index: &tantivy::Index,
        segments: &[SegmentMeta],
        number: usize,
    ) -> Result<SegmentMeta, IndexError> {
        let folder = self.folder().join(format!("{MERGING}{number}"));
        fs::create_dir(&folder).map_err(|error| self.refused(error))?;
        let directory =
            Writable::open(&folder).map_err(|error| IndexError::Engine(error.into()))?;
        let several: Vec<_> = segments.iter().map(|it| index.segment(it.clone())).collect();
        let none_removed = several.iter().map(|_| None).collect();
        let settings = index.settings().clone();
        let merged = merge_filtered_segments(&several, settings, none_removed, directory)?;
        let one = merged.searchable_segment_metas()?;
        let one = one.first().ok_or_else(|| IndexError::Damaged("a merge gave nothing".into()))?;
        let move_up = || {
            for name in engine_files(&folder)? {
                fs::rename(folder.join(&name), self.folder().join(&name))?;
            }
            Ok(())
        };
        move_up().map_err(|error| self.refused(error))?;
        // What is left is not of the segment; the next merge begins with an empty folder.
        fs::remove_dir_all(&folder).map_err(|error| self.refused(error))?;
        Ok(index.new_segment_meta(one.id(), one.max_doc()))
    }

    /// Puts the new index, which has these segments and this note, in the place of the old one,
    /// which is removed.
    pub(super) fn publish(
        self,
        index: &tantivy::Index,
        segments: &[SegmentMeta],
        note: String,
    ) -> Result<(), IndexError> {
        let mut files = BTreeMap::new();
        let mut named = Vec::new();
        for segment in segments {
            let id = self.name(segment, &mut files).map_err(|error| self.refused(error))?;
            named.push(index.new_segment_meta(id, segment.max_doc()));
        }
        let meta = IndexMeta {
            index_settings: index.settings().clone(),
            persisted_custom_extensions: Vec::new(),
            segments: named,
            schema: index.schema(),
            opstamp: 0,
            payload: Some(note),
        };
        let publish = || {
            let mut json = serde_json::to_vec_pretty(&meta)?;
            json.push(b'\n');
            self.move_files(&files, &seal::with_checksum(&files, &json)?)
        };
        publish().map_err(|error| self.refused(error))
    }

    /// Names the files of a segment by what they hold. Notes the hash of each.
    fn name(
        &self,
        segment: &SegmentMeta,
        files: &mut BTreeMap<String, String>,
    ) -> io::Result<SegmentId> {
        let folder = self.folder();
        let stem = segment.id().uuid_string();
        let mut contents = blake3::Hasher::new();
        let mut hashes = Vec::new();
        for name in engine_files(&folder)? {
            if let Some(extension) = name.strip_prefix(&stem) {
                let hash = seal::hash(&folder.join(&name))?;
                contents.update(extension.as_bytes()).update(&[0]).update(hash.as_bytes());
                hashes.push((extension.to_owned(), hash));
            }
        }
        let stem_by_contents = contents.finalize().to_hex()[..32].to_owned();
        for (extension, hash) in hashes {
            let name = format!("{stem_by_contents}{extension}");
            fs::rename(folder.join(format!("{stem}{extension}")), folder.join(&name))?;
            files.insert(name, hash);
        }
        SegmentId::from_uuid_string(&stem_by_contents).map_err(io::Error::other)
    }

    fn move_files(&self, files: &BTreeMap<String, String>, meta: &[u8]) -> io::Result<()> {
        let folder = self.folder();
        // Whenever this stops, the list has every file there is, so that all that is too many is
        // known to be.
        let mut names: BTreeSet<String> = engine_files(&self.path)?;
        names.extend(files.keys().cloned());
        names.insert(META.to_owned());
        write_whole(&self.path, MANAGED, &managed(&names))?;
        for name in files.keys() {
            fs::rename(folder.join(name), self.path.join(name))?;
        }
        sync_folder(&self.path)?;
        // From here on the new index is the one that counts.
        write_whole(&self.path, META, meta)?;
        sync_folder(&self.path)?;
        // Who trusts stamps writes new ones.
        match fs::remove_file(self.path.join(stamps::FILE)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    fn refused(&self, source: io::Error) -> IndexError {
        IndexError::Io { path: self.path.clone(), source }
    }
}
