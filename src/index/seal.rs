//! What an index says about itself, and the checksums that hold it together.
//!
//! The files of a segment end in a checksum by tantivy, which does not cover the ending itself;
//! `meta.json` has none. So pullquote puts two members in front of what tantivy writes there, which
//! tantivy reads over: `checksum`, the hash of every byte behind it, and `files`, the hash of each
//! file that belongs to the index. Both are BLAKE3, in hexadecimal. Only `doctor` looks at them.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File},
    io::{self, Write},
    path::Path,
};

use serde::Deserialize;

use super::open::is_engine_file;

/// The file that says which segments there are.
pub(super) const META: &str = "meta.json";
/// The file that says which files are tantivy's.
pub(super) const MANAGED: &str = ".managed.json";
/// What stands before the checksum.
const BEFORE: &str = "{\"checksum\":\"";
/// What stands behind it.
const BEHIND: &str = "\",";

/// What `meta.json` says, as far as files are concerned.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Meta {
    /// The hash of each file.
    #[serde(default)]
    pub files: BTreeMap<String, String>,
    /// The segments.
    #[serde(default)]
    pub segments: Vec<MetaSegment>,
}

#[derive(Debug, Deserialize)]
pub(super) struct MetaSegment {
    pub segment_id: String,
    pub max_doc: u32,
    pub deletes: Option<Deletes>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Deletes {
    pub opstamp: u64,
    pub num_deleted_docs: u32,
}

impl Meta {
    /// What the index in a folder says; `None` where there is none or it is damaged.
    pub(super) fn of(folder: &Path) -> Option<Self> {
        serde_json::from_slice(&fs::read(folder.join(META)).ok()?).ok()
    }

    /// The segment to which a file belongs, if it is one of the index as it is now.
    pub(super) fn segment_of(&self, file: &str) -> Option<&MetaSegment> {
        let stem = file.split('.').next().unwrap_or_default();
        let segment = self.segments.iter().find(|it| it.stem() == stem)?;
        let opstamp = file.strip_prefix(stem)?.strip_suffix(".del");
        let is_current = opstamp.is_none_or(|opstamp| {
            let current = segment.deletes.as_ref().map(|it| format!(".{}", it.opstamp));
            current.as_deref() == Some(opstamp)
        });
        is_current.then_some(segment)
    }
}

impl MetaSegment {
    /// What the names of its files begin with.
    pub(super) fn stem(&self) -> String {
        self.segment_id.replace('-', "")
    }
}

/// Puts the checksums in front of what tantivy wants to write to `meta.json` of a folder. Hashes of
/// files that the present one knows are taken over: no file of an index ever changes.
pub(super) fn sealed(folder: &Path, meta: &[u8]) -> io::Result<Vec<u8>> {
    let next: Meta = serde_json::from_slice(meta)?;
    let known = Meta::of(folder).unwrap_or_default().files;
    let mut files = BTreeMap::new();
    for name in engine_files(folder)? {
        if next.segment_of(&name).is_some() {
            let hash = match known.get(&name) {
                Some(hash) => hash.clone(),
                None => hash(&folder.join(&name))?,
            };
            files.insert(name, hash);
        }
    }
    with_checksum(&files, meta)
}

/// Puts hashes of files and a checksum of all in front of what tantivy writes.
pub(super) fn with_checksum(files: &BTreeMap<String, String>, meta: &[u8]) -> io::Result<Vec<u8>> {
    let rest = meta.strip_prefix(b"{").unwrap_or(meta);
    let mut body = format!("\"files\":{},", serde_json::to_string(files)?).into_bytes();
    body.extend(rest);
    let mut sealed = format!("{BEFORE}{}{BEHIND}", blake3::hash(&body).to_hex()).into_bytes();
    sealed.extend(body);
    Ok(sealed)
}

/// Whether `meta.json` is as it was written, to the byte.
pub(super) fn is_whole(meta: &[u8]) -> bool {
    let checked = || {
        let rest = meta.strip_prefix(BEFORE.as_bytes())?;
        let (checksum, rest) = rest.split_at_checked(64)?;
        let body = rest.strip_prefix(BEHIND.as_bytes())?;
        Some(blake3::hash(body).to_hex().as_bytes() == checksum)
    };
    checked().unwrap_or(false)
}

/// The hash of a file.
pub(super) fn hash(path: &Path) -> io::Result<String> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(File::open(path)?)?;
    Ok(hasher.finalize().to_hex().to_string())
}

/// The names of all files in a folder that may belong to a segment.
pub(super) fn engine_files(folder: &Path) -> io::Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if is_engine_file(&name) {
            names.insert(name);
        }
    }
    Ok(names)
}

/// The list of tantivy's files as it is written: sorted, so that it is the same on every machine.
pub(super) fn managed(names: &BTreeSet<String>) -> Vec<u8> {
    // A list of names: there is nothing in it that JSON cannot hold.
    let mut list = serde_json::to_vec(names).unwrap_or_default();
    list.push(b'\n');
    list
}

/// Writes a file so that it is there as a whole or not at all, and survives a loss of power. It has
/// the rights of any new file; tantivy's own way would make it readable for its owner alone.
pub(super) fn write_whole(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let temporary = folder.join(format!(".{}.new", name.trim_start_matches('.')));
    let mut file = File::create(&temporary)?;
    file.write_all(bytes)?;
    file.sync_data()?;
    drop(file);
    fs::rename(temporary, folder.join(name))
}

/// Makes sure that what was renamed in a folder stays so after a loss of power.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    // Other systems know no such thing, or do it by themselves.
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_byte_of_what_is_sealed_counts() {
        let files = BTreeMap::from([("a.idx".to_owned(), "12".to_owned())]);
        let sealed = with_checksum(&files, b"{\n  \"segments\": []\n}\n").unwrap();
        assert!(is_whole(&sealed));
        let meta: Meta = serde_json::from_slice(&sealed).unwrap();
        assert_eq!(meta.files, files);
        for at in 0..sealed.len() {
            let mut flipped = sealed.clone();
            flipped[at] ^= 1;
            assert!(!is_whole(&flipped), "byte {at}");
        }
        assert!(!is_whole(b""));
        assert!(!is_whole(b"{}"));
    }

    #[test]
    fn only_the_latest_removals_belong_to_a_segment() {
        let stem = "0123456789abcdef0123456789abcdef";
        let meta = Meta {
            files: BTreeMap::new(),
            segments: vec![MetaSegment {
                segment_id: "01234567-89ab-cdef-0123-456789abcdef".to_owned(),
                max_doc: 9,
                deletes: Some(Deletes { opstamp: 7, num_deleted_docs: 1 }),
            }],
        };
        let belongs = |extension: &str| meta.segment_of(&format!("{stem}.{extension}")).is_some();
        assert!(belongs("idx") && belongs("7.del"));
        assert!(!belongs("6.del") && meta.segment_of("0123.idx").is_none());
    }
}
