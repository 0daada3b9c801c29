//! Is an index whole? What is on the disk is compared with what was written, and what was written
//! with itself.
//!
//! First come the files, byte by byte ([`super::seal`]). Only where these are whole is the index
//! opened and its passages compared with its postings ([`super::agreement`]): damaged files are
//! nothing to run a search engine on.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use serde::Serialize;

use super::{
    agreement,
    contain::contained,
    error::IndexError,
    leftovers::{leftovers, living},
    open::{Index, check_folder},
    seal::{self, MANAGED, META, Meta},
    stamps,
    writer::state,
};

/// How often an index is looked at again when it is written meanwhile.
const ATTEMPTS: usize = 5;

/// How many passages are compared with their postings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Extent {
    /// All of them.
    #[default]
    All,
    /// About so many, spread over the index.
    Sample(usize),
}

/// What is wrong with an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// The file that says what the index has is damaged.
    Metadata,
    /// The list of files does not have what it should.
    List,
    /// A file of the index is not there.
    Missing,
    /// A file is not as it was written.
    Damaged,
    /// Another version of pullquote wrote it.
    Version,
    /// Its parts do not agree with each other.
    Contents,
}

/// Something that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Problem {
    /// What kind of thing.
    pub kind: Kind,
    /// The file, where there is one.
    pub file: Option<String>,
    /// The segment that is concerned; `None` when it is more than one.
    pub segment: Option<String>,
    /// What is wrong, lower case.
    pub message: String,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Diagnosis {
    /// Version of pullquote that wrote it, where that is known.
    pub written_by: Option<String>,
    /// How many files it has.
    pub files: usize,
    /// How large they are together, in bytes.
    pub bytes: u64,
    /// Its segments.
    pub segments: Vec<SegmentFacts>,
    /// How many documents it has, where it could be opened.
    pub documents: Option<usize>,
    /// How many passages agree with their postings.
    pub passages: u64,
    /// What is wrong.
    pub problems: Vec<Problem>,
    /// What interrupted runs left. It does no harm, and the next run removes it.
    pub leftovers: Vec<PathBuf>,
}

/// A segment of an index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SegmentFacts {
    /// What the names of its files begin with.
    pub name: String,
    /// How many entries it has: passages, and a record for each document.
    pub entries: u32,
    /// How many of them are removed.
    pub removed: u32,
}

impl Diagnosis {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.problems.is_empty()
    }

    /// Whether it is known which files belong to the index: what says so is whole.
    #[must_use]
    pub fn knows_its_files(&self) -> bool {
        self.problems.iter().all(|problem| problem.kind != Kind::Metadata)
    }

    fn add(&mut self, kind: Kind, file: &str, segment: Option<String>, message: &str) {
        let file = Some(file.to_owned());
        self.problems.push(Problem { kind, file, segment, message: message.to_owned() });
    }
}

/// Looks at an index from all sides. Changes nothing, and locks nothing.
///
/// # Errors
/// When there is no index, something else in its place, or the folder cannot be read.
pub fn examine(path: &Path, extent: Extent) -> Result<Diagnosis, IndexError> {
    let mut attempts = 1;
    loop {
        let before = state(path);
        let outcome = look(path, extent);
        // What was written meanwhile looks like damage.
        let is_fine = outcome.as_ref().is_ok_and(Diagnosis::is_whole);
        if is_fine || attempts == ATTEMPTS || state(path) == before {
            return outcome;
        }
        attempts += 1;
    }
}

fn look(path: &Path, extent: Extent) -> Result<Diagnosis, IndexError> {
    check_folder(path)?;
    let refused = |source| IndexError::Io { path: path.to_owned(), source };
    let mut diagnosis = Diagnosis::default();
    check_files(path, &mut diagnosis).map_err(refused)?;
    // Only whole metadata tell which files are left over.
    if diagnosis.knows_its_files() {
        diagnosis.leftovers = leftovers(path).map_err(refused)?;
    }
    if diagnosis.problems.iter().all(|problem| problem.kind == Kind::List) {
        check_contents(path, extent, &mut diagnosis);
    }
    diagnosis.problems.sort();
    Ok(diagnosis)
}

fn check_files(path: &Path, diagnosis: &mut Diagnosis) -> std::io::Result<()> {
    let bytes = fs::read(path.join(META))?;
    let parsed: Result<Meta, _> = serde_json::from_slice(&bytes);
    let Ok(meta) = parsed.map_err(drop) else {
        diagnosis.add(Kind::Metadata, META, None, "is no JSON");
        return count_files(path, diagnosis);
    };
    diagnosis.files = 1;
    diagnosis.bytes = bytes.len() as u64;
    diagnosis.segments = meta.segments.iter().map(facts).collect();
    if !seal::is_whole(&bytes) {
        diagnosis.add(Kind::Metadata, META, None, "is not as it was written");
        return count_files(path, diagnosis);
    }
    let present = living(path)?;
    for (name, hash) in &meta.files {
        let segment = meta.segment_of(name).map(seal::MetaSegment::stem);
        if !present.contains(name) {
            diagnosis.add(Kind::Missing, name, segment, "is missing");
            continue;
        }
        diagnosis.files += 1;
        diagnosis.bytes += fs::metadata(path.join(name))?.len();
        // A file that cannot be read is as bad as one that is not what it was.
        if seal::hash(&path.join(name)).ok().as_ref() != Some(hash) {
            diagnosis.add(Kind::Damaged, name, segment, "is not as it was written");
        }
    }
    for name in present.iter().filter(|name| *name != META && !meta.files.contains_key(*name)) {
        let segment = meta.segment_of(name).map(seal::MetaSegment::stem);
        diagnosis.add(Kind::Damaged, name, segment, "is no file that was written");
    }
    check_list(path, &present, diagnosis);
    if !stamps::are_whole(path) {
        diagnosis.add(Kind::List, stamps::FILE, None, "is not as it was written, and not trusted");
    }
    Ok(())
}

/// Counts what lies there, where nothing tells what should.
fn count_files(path: &Path, diagnosis: &mut Diagnosis) -> std::io::Result<()> {
    let mut names = seal::engine_files(path)?;
    names.insert(META.to_owned());
    diagnosis.files = names.len();
    diagnosis.bytes = 0;
    for name in names {
        diagnosis.bytes += fs::metadata(path.join(name))?.len();
    }
    Ok(())
}

fn facts(segment: &seal::MetaSegment) -> SegmentFacts {
    SegmentFacts {
        name: segment.stem(),
        entries: segment.max_doc,
        removed: segment.deletes.as_ref().map_or(0, |deletes| deletes.num_deleted_docs),
    }
}

/// The list has all files of the index. It may have more: files are listed before they are written
/// and after they are removed, and either may have been interrupted.
fn check_list(path: &Path, present: &BTreeSet<String>, diagnosis: &mut Diagnosis) {
    let bytes = fs::read(path.join(MANAGED)).unwrap_or_default();
    let names: BTreeSet<String> = serde_json::from_slice(&bytes).unwrap_or_default();
    let is_odd = |name: &String| name != META && !super::open::is_engine_file(name);
    if !present.is_subset(&names) || names.iter().any(is_odd) || seal::managed(&names) != bytes {
        diagnosis.add(Kind::List, MANAGED, None, "does not list the files of the index");
    }
}

fn check_contents(path: &Path, extent: Extent, diagnosis: &mut Diagnosis) {
    let checked = contained(|| {
        let index = Index::open(path)?;
        let documents = index.records()?.len();
        let agreement = agreement::check(&index, extent)?;
        Ok::<_, IndexError>((index.written_by().to_owned(), documents, agreement))
    });
    match checked {
        Ok((version, documents, agreement)) => {
            diagnosis.written_by = Some(version);
            diagnosis.documents = Some(documents);
            diagnosis.passages = agreement.passages;
            let names: BTreeMap<usize, String> = (0..).zip(agreement.segments).collect();
            for (segment, message) in agreement.problems {
                let segment = segment.and_then(|at| names.get(&at).cloned());
                diagnosis.problems.push(Problem {
                    kind: Kind::Contents,
                    file: None,
                    segment,
                    message,
                });
            }
        }
        Err(error) => {
            let kind = match error {
                IndexError::Version { .. } => Kind::Version,
                _ => Kind::Contents,
            };
            let message = error.to_string();
            diagnosis.problems.push(Problem { kind, file: None, segment: None, message });
        }
    }
}
