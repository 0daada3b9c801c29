//! Containers: a `.zip` whose files are read in place. Nothing is ever unpacked to disk.
//!
//! A file in a container is named like one in a folder: `talks.zip/ep1.srt`. The names in it are only
//! names: nothing is opened by them.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    fs::File,
    io::BufReader,
    path::{Path, PathBuf},
    sync::Arc,
};

use zip::{ZipArchive, read::ZipFileEntry, result::ZipError};

use super::{
    load::{LARGEST, LoadError},
    name::{is_container, is_document},
    open::{Links, open},
    scan::{Member, Origin, Skipped, SourceFile},
    unpack::{RATIO, SMALL, read_bounded},
};
use crate::read::{self, beside};

/// The most entries of a container.
const ENTRIES: usize = 200_000;
/// The most bytes of what a container holds.
const HELD: u64 = 64 << 30;

/// A container in the state in which it was found.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Container {
    /// The hash of its bytes, in hexadecimal.
    pub hash: String,
    /// The name of its last document, by name.
    pub last: String,
}

/// What a container holds.
#[derive(Debug, Default)]
pub(super) struct Contents {
    pub documents: Vec<SourceFile>,
    pub companions: Vec<SourceFile>,
    pub skipped: Vec<Skipped>,
    pub other_formats: BTreeMap<String, usize>,
}

/// A container that is open.
pub(super) struct Archive {
    path: PathBuf,
    zip: ZipArchive<BufReader<File>>,
}

impl Archive {
    pub(super) fn open(path: &Path, links: Links) -> Result<Self, LoadError> {
        let (file, _) = open(path, links)?;
        let zip = ZipArchive::new(BufReader::new(file))
            .map_err(|error| LoadError::Container(format!("is no whole zip file: {error}")))?;
        Ok(Self { path: path.to_owned(), zip })
    }

    pub(super) fn is_at(&self, path: &Path) -> bool {
        self.path == path
    }

    /// The bytes of one file of it. Its entry says how many they are, and no more are taken.
    pub(super) fn member(&mut self, member: &Member) -> Result<Vec<u8>, LoadError> {
        let entry = self.zip.by_index(member.number).map_err(|error| refused(&error))?;
        let (packed, size) = (entry.compressed_size(), entry.size().min(LARGEST));
        let damaged = |source| LoadError::Container(format!("{DAMAGED}: {source}"));
        match read_bounded(entry, packed, size, damaged) {
            Ok(bytes) if bytes.len() as u64 == size => Ok(bytes),
            Ok(_) | Err(LoadError::Unpacked(_)) => {
                let message = format!("{DAMAGED}: it is not as long as its entry says");
                Err(LoadError::Container(message))
            }
            Err(error) => Err(error),
        }
    }
}

fn refused(error: &ZipError) -> LoadError {
    LoadError::Container(match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => ENCRYPTED.to_owned(),
        ZipError::CompressionMethodNotSupported(_) | ZipError::UnsupportedArchive(_) => {
            "is compressed in a way that is not read: pack it with deflate".to_owned()
        }
        error => format!("cannot be read in its container: {error}"),
    })
}

const ENCRYPTED: &str = "is encrypted in its container, and was not read";
const DAMAGED: &str = "is damaged in its container";

/// Lists what a container holds. Reads all of its bytes for their hash, and unpacks none.
///
/// # Errors
/// When it cannot be read, has too many entries or holds too much.
pub(super) fn contents(file: &SourceFile) -> Result<Contents, LoadError> {
    let links = match file.origin {
        Origin::Named => Links::Followed,
        Origin::Found => Links::Refused,
    };
    let (bytes, _) = open(&file.path, links)?;
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(bytes)?;
    let archive = Archive::open(&file.path, links)?;
    let count = archive.zip.len();
    if count > ENTRIES {
        let message = format!("has {count} entries, more than the {ENTRIES} that are read");
        return Err(LoadError::Container(message));
    }
    let mut listing = Listing::new(file);
    let mut held = 0_u64;
    for number in 0..count {
        match archive.zip.by_index_data(number) {
            Ok(entry) => {
                held = held.saturating_add(entry.size());
                listing.add(number, &entry);
            }
            Err(error) => listing.skip(&file.name, &error.to_string()),
        }
    }
    if held > HELD {
        let message = format!("unpacks to {held} bytes, more than the {HELD} that are read");
        return Err(LoadError::Container(message));
    }
    if archive.zip.has_duplicate_names() {
        listing.skip(&file.name, "holds several files of one name; the last of them is read");
    }
    Ok(listing.finish(hasher.finalize().to_hex().to_string()))
}

/// The entries of a container, as they are looked through.
struct Listing<'a> {
    file: &'a SourceFile,
    names: BTreeSet<String>,
    contents: Contents,
}

impl<'a> Listing<'a> {
    fn new(file: &'a SourceFile) -> Self {
        Self { file, names: BTreeSet::new(), contents: Contents::default() }
    }

    fn skip(&mut self, path: &str, reason: &str) {
        let (path, reason) = (path.to_owned(), reason.to_owned());
        self.contents.skipped.push(Skipped { path, reason });
    }

    fn add(&mut self, number: usize, entry: &ZipFileEntry<'_>) {
        let raw = String::from_utf8_lossy(entry.name_raw()).into_owned();
        // Some tools for Windows write their own separators.
        let written = entry.name().map_or(raw, Cow::into_owned).replace('\\', "/");
        if written.ends_with('/') || is_hidden(&written) {
            return;
        }
        let name = format!("{}/{written}", self.file.name);
        if !is_plain(&written) {
            return self.skip(&name, "its name leads out of the container; it was not read");
        }
        if is_container(&written) {
            return self.skip(&name, "a container in a container is not read; unpack it");
        }
        if !is_document(&written) && !beside::is_companion(&written) {
            let extension = read::extension(&written);
            *self.contents.other_formats.entry(extension).or_default() += 1;
            return;
        }
        if let Some(reason) = refusal(entry) {
            return self.skip(&name, &reason);
        }
        if !self.names.insert(name.clone()) {
            return self
                .skip(&name, "another file of the container has this name; it was not read");
        }
        let member = Member { number, container: Arc::new(Container::nameless()) };
        let is_companion = beside::is_companion(&written);
        let source = SourceFile {
            name,
            path: self.file.path.clone(),
            bytes: entry.size(),
            origin: self.file.origin,
            member: Some(member),
            companions: Vec::new(),
        };
        if is_companion {
            self.contents.companions.push(source);
        } else {
            self.contents.documents.push(source);
        }
    }

    fn finish(mut self, hash: String) -> Contents {
        let documents = &mut self.contents.documents;
        let last = documents.iter().map(|file| &file.name).max().cloned().unwrap_or_default();
        let container = Arc::new(Container { hash, last });
        for file in documents.iter_mut().chain(&mut self.contents.companions) {
            if let Some(member) = &mut file.member {
                member.container = Arc::clone(&container);
            }
        }
        self.contents
    }
}

impl Container {
    fn nameless() -> Self {
        Self { hash: String::new(), last: String::new() }
    }
}

/// What systems put into a container for themselves, and hidden files, as in a folder.
fn is_hidden(name: &str) -> bool {
    name.split('/')
        .any(|part| part == "__MACOSX" || (part.starts_with('.') && part != "." && part != ".."))
}

/// Whether a name is one below the container and nothing else.
fn is_plain(name: &str) -> bool {
    let is_part = |part: &str| !part.is_empty() && part != "." && part != "..";
    !name.contains(['\0', ':']) && name.split('/').all(is_part)
}

/// Why an entry is not read, by what the container says about it.
fn refusal(entry: &ZipFileEntry<'_>) -> Option<String> {
    let size = entry.size();
    if entry.encrypted() {
        Some(ENCRYPTED.to_owned())
    } else if entry.is_symlink() {
        Some("a link in a container is not followed".to_owned())
    } else if size > LARGEST {
        Some(LoadError::TooLarge(size).to_string())
    } else if size > SMALL.max(entry.compressed_size().saturating_mul(RATIO)) {
        Some(LoadError::Inflated.to_string())
    } else {
        None
    }
}
