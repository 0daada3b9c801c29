//! Walking folders, and looking into containers.

use std::{
    collections::{BTreeMap, HashMap},
    fs::{self, Metadata},
    io,
    num::NonZeroUsize,
    path::{Path, PathBuf},
    sync::Arc,
    thread,
};

use ignore::{DirEntry, WalkBuilder};

use super::{
    companions::{self, Beside},
    container::{self, Container},
    feeds,
    identity::{Identity, identity},
    link::metadata,
    load::LoadError,
    name::{extension, is_container, is_document, name},
};
use crate::{
    ordered::{Limits, ordered},
    read::beside::{self, settings},
};

/// How folders are walked.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Read files that `.gitignore` and its like leave out. Hidden files are left out all the same.
    pub no_ignore: bool,
    /// A folder to leave out, such as the index itself.
    pub exclude: Option<PathBuf>,
    /// Number of threads that read containers; `None` for one a core.
    pub threads: Option<NonZeroUsize>,
}

/// How a file came to be in a corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// It was named itself.
    Named,
    /// It lies in a folder that was named.
    Found,
}

/// A file of the corpus.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Path as it is kept in the index: as given, with `/` between its parts. A file in a container
    /// is named as if that were a folder.
    pub name: String,
    /// Path by which it is opened, or its container.
    pub path: PathBuf,
    /// Size in bytes when it was seen.
    pub bytes: u64,
    /// How it came to be in the corpus.
    pub origin: Origin,
    /// Which file of a container it is.
    pub member: Option<Member>,
    /// The files beside it that add to it, in the order in which they are heard.
    pub companions: Vec<Beside>,
}

/// A file of a container.
#[derive(Clone, Debug)]
pub struct Member {
    /// Its number in the container, from 0.
    pub number: usize,
    /// The container as it was found.
    pub container: Arc<Container>,
}

/// Something that was not read, and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Skipped {
    /// Path as given.
    pub path: String,
    /// Why, lower case.
    pub reason: String,
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Scan {
    /// Files to read, by name, none twice.
    pub files: Vec<SourceFile>,
    /// What could not be read or followed. What lies below may still be there.
    pub skipped: Vec<Skipped>,
    /// What is left out for good, such as a second way to the same file.
    pub left_out: Vec<Skipped>,
    /// How many files of other formats there are, by extension.
    pub other_formats: BTreeMap<String, usize>,
    /// Files with settings that lie in the folders.
    pub(super) settings: Vec<PathBuf>,
    /// Files that may be feeds with transcripts beside them.
    pub(super) feeds: Vec<PathBuf>,
}

/// Files that were found, before it is known what goes with what.
#[derive(Default)]
struct Found {
    documents: Vec<(SourceFile, Identity)>,
    containers: Vec<(SourceFile, Identity)>,
    companions: Vec<SourceFile>,
    scan: Scan,
}

/// Finds the files below some paths. A file that is named itself is read whatever its extension. A
/// file that is reached by two names is read by the first of them.
///
/// # Errors
/// When one of the paths does not exist or cannot be opened; gives that path.
pub fn scan(paths: &[PathBuf], options: &Options) -> Result<Scan, (PathBuf, io::Error)> {
    let mut found = Found::default();
    let exclude = options.exclude.as_ref().and_then(|path| fs::canonicalize(path).ok());
    for path in paths {
        let metadata = metadata(path).map_err(|error| (path.clone(), error))?;
        if metadata.is_dir() {
            walk(path, options, exclude.as_deref(), &mut found);
        } else {
            found.named(path, &metadata);
        }
    }
    let Found { documents, containers, mut companions, mut scan } = found;
    scan.files = once(documents, &mut scan.left_out);
    let containers = once(containers, &mut scan.left_out);
    unpack(&containers, options, &mut scan, &mut companions);
    scan.files.sort_unstable_by(|a, b| a.name.cmp(&b.name));
    companions::attach(&mut scan.files, companions, &mut scan.left_out);
    scan.feeds = feeds::among(&scan.files);
    scan.skipped.sort_unstable();
    scan.left_out.sort_unstable();
    Ok(scan)
}

/// A file at a path, before anything is known of containers and companions.
pub(super) fn source_file(path: &Path, bytes: u64, origin: Origin) -> SourceFile {
    SourceFile {
        name: name(path),
        path: path.to_owned(),
        bytes,
        origin,
        member: None,
        companions: Vec::new(),
    }
}

impl Found {
    /// Takes in a file that was named, with what stands beside it.
    fn named(&mut self, path: &Path, metadata: &Metadata) {
        let file = source_file(path, metadata.len(), Origin::Named);
        let identity = identity(path, metadata);
        if is_container(&file.name) {
            self.containers.push((file, identity));
        } else {
            self.companions.extend(companions::near(&file));
            self.documents.push((file, identity));
        }
    }

    fn visit(&mut self, entry: &DirEntry, root: Option<&Path>) {
        let path = entry.path();
        let Some(kind) = entry.file_type() else { return };
        let skip = |reason: &str| Skipped { path: name(path), reason: reason.to_owned() };
        let file_name = entry.file_name().to_string_lossy();
        let adds = file_name == settings::NAME || beside::is_companion(&file_name);
        if kind.is_symlink() {
            // What lies inside the tree is found by its own name.
            let target = fs::canonicalize(path);
            let leads_nowhere =
                target.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::NotFound);
            let leads_out = match (target, root) {
                (Ok(target), Some(root)) => !target.starts_with(root),
                _ => true,
            };
            if leads_nowhere {
                self.scan.skipped.push(skip("a link that leads nowhere is not followed"));
            } else if leads_out {
                let reason = "a link that leads out of the corpus is not followed";
                self.scan.skipped.push(skip(reason));
            } else if adds {
                let reason = "a link is not read as metadata: put the file in its place";
                self.scan.left_out.push(skip(reason));
            }
        } else if kind.is_file() {
            let of_other_format = !adds && !is_document(&file_name) && !is_container(&file_name);
            if of_other_format {
                *self.scan.other_formats.entry(extension(path)).or_default() += 1;
                return;
            }
            match entry.metadata() {
                Ok(metadata) => self.found(path, &metadata),
                Err(error) => self.scan.skipped.push(skip(&format!("cannot be opened: {error}"))),
            }
        } else if !kind.is_dir() {
            self.scan.skipped.push(skip("neither a file nor a folder"));
        }
    }

    fn found(&mut self, path: &Path, metadata: &Metadata) {
        let file = source_file(path, metadata.len(), Origin::Found);
        if path.file_name().is_some_and(|it| it == settings::NAME) {
            self.scan.settings.push(path.to_owned());
        } else if beside::is_companion(&file.name) {
            self.companions.push(file);
        } else {
            let identity = identity(path, metadata);
            let is_container = is_container(&file.name);
            let files = if is_container { &mut self.containers } else { &mut self.documents };
            files.push((file, identity));
        }
    }
}

/// Files by name, each once: the same file by another name, and another file whose name reads the
/// same, are left out.
fn once(mut files: Vec<(SourceFile, Identity)>, left_out: &mut Vec<Skipped>) -> Vec<SourceFile> {
    files.sort_unstable_by(|(a, _), (b, _)| (&a.name, a.origin).cmp(&(&b.name, b.origin)));
    let mut kept: Vec<SourceFile> = Vec::with_capacity(files.len());
    let mut seen: HashMap<Identity, usize> = HashMap::with_capacity(files.len());
    for (file, identity) in files {
        let known = seen.get(&identity).copied();
        let path = file.name.clone();
        match known {
            Some(at) if kept[at].name == path => {}
            Some(at) => {
                let reason = format!("is the same file as `{}`, and was read once", kept[at].name);
                left_out.push(Skipped { path, reason });
            }
            None if kept.last().is_some_and(|last| last.name == path) => {
                let reason = "its name is no UTF-8 and reads like that of another file: rename it";
                left_out.push(Skipped { path, reason: reason.to_owned() });
            }
            None => {
                seen.insert(identity, kept.len());
                kept.push(file);
            }
        }
    }
    kept
}

/// Looks into containers, on all cores.
fn unpack(
    containers: &[SourceFile],
    options: &Options,
    scan: &mut Scan,
    companions: &mut Vec<SourceFile>,
) {
    let cores = || thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let limits = Limits { threads: options.threads.unwrap_or_else(cores), cost: 64 };
    let work = |(): &mut (), file: &SourceFile| container::contents(file);
    let take = |file: &SourceFile, contents: Result<container::Contents, LoadError>| {
        match contents {
            Ok(contents) => {
                scan.files.extend(contents.documents);
                companions.extend(contents.companions);
                scan.skipped.extend(contents.skipped);
                for (extension, count) in contents.other_formats {
                    *scan.other_formats.entry(extension).or_default() += count;
                }
            }
            Err(error) => {
                scan.skipped.push(Skipped { path: file.name.clone(), reason: error.to_string() });
            }
        }
        Ok::<(), std::convert::Infallible>(())
    };
    let Ok(_) = ordered(containers, &limits, |_| 1, work, take);
}

fn walk(root: &Path, options: &Options, exclude: Option<&Path>, found: &mut Found) {
    let mut builder = WalkBuilder::new(root);
    builder.standard_filters(!options.no_ignore).hidden(true).require_git(false);
    let excluded = exclude.map(Path::to_owned);
    builder.filter_entry(move |entry| {
        let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
        let canonical = || fs::canonicalize(entry.path()).ok();
        !is_folder || excluded.is_none() || canonical() != excluded
    });
    let canonical_root = fs::canonicalize(root).ok();
    for entry in builder.build() {
        match entry {
            Ok(entry) => found.visit(&entry, canonical_root.as_deref()),
            Err(error) => {
                let path = error_path(&error).map_or_else(|| name(root), name);
                let reason = error
                    .io_error()
                    .map_or_else(|| error.to_string(), |io| format!("cannot be opened: {io}"));
                found.scan.skipped.push(Skipped { path, reason });
            }
        }
    }
}

fn error_path(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            error_path(err)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;
