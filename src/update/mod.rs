//! Building and updating an index from a corpus.
//!
//! Files are read, split and analysed on all cores; one thread takes what is ready in the order of
//! the files' names and writes it. One commit publishes a run.

mod budget;
mod document;
mod evidence;
mod key;
mod run;
mod summary;

use std::{
    collections::{BTreeMap, BTreeSet},
    num::NonZeroUsize,
    path::{Path, PathBuf},
    time::Instant,
};

pub use budget::MEMORY;
pub use evidence::Evidence;
pub use summary::{FileWarning, Renamed, Stages, Summary};

use document::{Job, Reading, Sign};
use run::Run;

use crate::{
    corpus::{self, SettingsError, SourceFile},
    index::{self, Index, IndexError, Patience, Record, Segments},
    ordered::{Limits, ordered_within},
};

/// How an index is built.
#[derive(Clone, Debug)]
pub struct Options {
    /// Files and folders to read.
    pub paths: Vec<PathBuf>,
    /// Folder of the index.
    pub index: PathBuf,
    /// Read files that `.gitignore` and its like leave out.
    pub no_ignore: bool,
    /// Encoding of all files, by its label, instead of detecting each.
    pub encoding: Option<String>,
    /// What to do with an index that is there already.
    pub mode: Mode,
    /// Memory that the run may take, in bytes. A file that takes more than its part of it is left out
    /// with a warning.
    pub memory: usize,
    /// Number of threads that read; `None` for one a core.
    pub threads: Option<NonZeroUsize>,
    /// What shows that a file has not changed.
    pub evidence: Evidence,
    /// How the segments of the index are left.
    pub segments: Segments,
    /// How long to wait for another writer, and what stops the run.
    pub patience: Patience,
}

impl Default for Options {
    /// Updates `index` from `corpus`.
    fn default() -> Self {
        Self {
            paths: vec!["corpus".into()],
            index: "index".into(),
            no_ignore: false,
            encoding: None,
            mode: Mode::Update,
            memory: MEMORY,
            threads: None,
            evidence: Evidence::Contents,
            segments: Segments::Few,
            patience: Patience::default(),
        }
    }
}

/// What to do with an index that is there already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Take over what has not changed.
    #[default]
    Update,
    /// Read everything and put a new index in its place.
    Rebuild,
    /// Leave what [`Mode::Rebuild`] would leave, to the byte: read everything anew unless the index
    /// is that already.
    Reproduce,
    /// Write nothing; tell what would be done.
    Check,
}

/// How often a run begins anew when others write the index meanwhile.
const ATTEMPTS: usize = 5;

/// How far a run has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress<'a> {
    /// The file that was just done.
    pub file: &'a str,
    /// Files done, and files in all.
    pub files: (usize, usize),
    /// Bytes done, and bytes in all.
    pub bytes: (u64, u64),
}

/// Why an index could not be built.
#[derive(Debug, thiserror::Error)]
pub enum UpdateError {
    /// A path that was given cannot be read.
    #[error("cannot read `{}`: {source}", .path.display())]
    Corpus {
        /// The path.
        path: PathBuf,
        /// What the file system said.
        source: std::io::Error,
    },
    /// There is nothing to read.
    #[error("no file in {paths} can be read{reasons}")]
    Empty {
        /// The paths, each between backticks.
        paths: String,
        /// Why the first few files cannot be read.
        reasons: String,
    },
    /// The settings of the corpus are wrong.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The index cannot be read or written, or the run was asked to stop.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// Others wrote the index while the corpus was compared with it, again and again.
    #[error("the index was changed by others while the corpus was read")]
    Overtaken,
}

/// Builds or updates an index, or tells whether it is up to date.
///
/// A document that is in the index but can no longer be read stays as it was, with a warning.
///
/// # Errors
/// When a path does not exist, settings of the corpus are wrong, no file can be read at all, the
/// index cannot be written, or the run was asked to stop. What was published before stays as it was.
pub fn update(
    options: &Options,
    mut progress: impl FnMut(Progress<'_>),
) -> Result<Summary, UpdateError> {
    let mut attempts = 1;
    loop {
        let outcome = match options.mode {
            Mode::Reproduce => reproduce(options, &mut progress),
            _ => run(options, &mut progress),
        };
        match outcome {
            Err(UpdateError::Overtaken) if attempts < ATTEMPTS => attempts += 1,
            outcome => return outcome,
        }
    }
}

/// Leaves what a full build leaves; tells what is different from before.
fn reproduce(
    options: &Options,
    progress: &mut impl FnMut(Progress<'_>),
) -> Result<Summary, UpdateError> {
    let with = |mode| Options { mode, ..options.clone() };
    if !index::is_index(&options.index) {
        return run(&with(Mode::Rebuild), progress);
    }
    let difference = match run(&with(Mode::Check), progress) {
        // What cannot be read is replaced.
        Err(UpdateError::Index(IndexError::Version { .. } | IndexError::Damaged(_))) => {
            return run(&with(Mode::Rebuild), progress);
        }
        outcome => outcome?,
    };
    let index = Index::open(&options.index)?;
    let is_all = difference.documents == index.records()?.len();
    let is_same = difference.is_up_to_date() && difference.restated == 0;
    if is_all && is_same && index.is_as_built(options.segments) {
        // There may still be something to clear away.
        return run(&with(Mode::Update), progress);
    }
    let built = run(&with(Mode::Rebuild), progress)?;
    let Summary { added, changed, outdated, recoded, renamed, mut removed, unchanged, .. } =
        difference;
    // What lies elsewhere is no difference, and gone with the old index.
    let moved: BTreeSet<&String> = renamed.iter().map(|it| &it.from).collect();
    let gone = built.removed.iter().chain(built.renamed.iter().map(|it| &it.from));
    removed.extend(gone.filter(|path| !moved.contains(path)).cloned());
    removed.sort_unstable();
    removed.dedup();
    Ok(Summary { added, changed, outdated, recoded, renamed, removed, unchanged, ..built })
}

fn run(options: &Options, progress: &mut impl FnMut(Progress<'_>)) -> Result<Summary, UpdateError> {
    let started = Instant::now();
    let state = index::state(&options.index);
    let mut known = known(options)?;
    // A folder that is gone is one of which all documents are gone.
    let is_gone = |path: &&PathBuf| {
        !path.exists() && known.keys().any(|name| is_below(name, std::slice::from_ref(path)))
    };
    let paths: Vec<PathBuf> = options.paths.iter().filter(|it| !is_gone(it)).cloned().collect();
    let scan = scan(&paths, options)?;
    let roots = corpus::settings(&paths, &scan)?;
    let mut summary = Summary::new(&scan, &roots, &paths);
    summary.stages.scan = started.elapsed().as_secs_f64();
    let mut run = Run::new(options, state);
    // What is replaced as a whole has nothing to be taken over or removed.
    let rebuilt = options.mode == Mode::Rebuild;
    let old = |file: &SourceFile| known.get(&file.name).filter(|_| !rebuilt);
    let container_is_same = |file: &SourceFile| {
        file.member.as_ref().is_some_and(|member| {
            let last = known.get(&member.container.last).filter(|_| !rebuilt);
            last.is_some_and(|last| last.container.as_ref() == Some(&member.container.hash))
        })
    };
    let mut stamped = evidence::Stamped::of(options, &scan.files);
    let total_bytes = scan.files.iter().map(|file| file.bytes).sum();
    let (mut done, mut done_bytes) = (0, 0);
    // The documents there are now, by path and key.
    let mut made = Vec::new();
    let readings = ordered_within(
        &scan.files,
        &Limits { threads: threads(options), cost: budget::of_files(options.memory) },
        corpus::usual_cost,
        |reading: &mut Reading, file, share| {
            let old = old(file);
            let sign = if container_is_same(file) {
                Sign::SameContainer
            } else if old.is_some_and(|old| stamped.trusts(file, &old.key)) {
                Sign::SameStamps
            } else {
                Sign::None
            };
            document::prepare_file(&Job { file, old, sign }, &roots, options, reading, share)
        },
        |file, outcome, share| {
            if options.patience.interrupt.is_raised() {
                return Err(IndexError::Interrupted.into());
            }
            if let Some(key) = run.take(file, outcome.holding(share), old(file), &mut summary)? {
                made.push((file.name.clone(), key));
            }
            done += 1;
            done_bytes += file.bytes;
            progress(Progress {
                file: &file.name,
                files: (done, scan.files.len()),
                bytes: (done_bytes, total_bytes),
            });
            Ok::<(), UpdateError>(())
        },
    )?;
    let has_old = known.keys().any(|path| is_below(path, &options.paths));
    if summary.documents == 0 && !has_old {
        return Err(empty(options, &summary));
    }
    for file in &scan.files {
        known.remove(&file.name);
    }
    // What lies below a folder that cannot be opened may still be there.
    let hidden: Vec<PathBuf> = scan.skipped.iter().map(|it| PathBuf::from(&it.path)).collect();
    for record in known.into_values() {
        if rebuilt {
            summary.gone(&record);
        } else if is_below(&record.path, &hidden) {
            summary.kept(&record);
        } else if is_below(&record.path, &options.paths) {
            run.remove(&record, &mut summary)?;
        }
    }
    summary.stages.read = started.elapsed().as_secs_f64() - summary.stages.scan;
    run.finish(readings.into_iter().map(|reading| reading.vocabulary))?;
    if options.mode != Mode::Check {
        stamped.keep(&options.index, made);
    }
    summary.seconds = started.elapsed().as_secs_f64();
    summary.stages.publish = summary.seconds - summary.stages.scan - summary.stages.read;
    Ok(summary)
}

/// Those of some documents that a run with these options would not find. Writes nothing.
///
/// # Errors
/// When one of the paths to read does not exist or cannot be opened, or settings of the corpus are
/// wrong, as such a run would have it.
pub fn not_found(
    options: &Options,
    mut documents: BTreeSet<String>,
) -> Result<BTreeSet<String>, UpdateError> {
    let scan = scan(&options.paths, options)?;
    corpus::settings(&options.paths, &scan)?;
    for file in &scan.files {
        documents.remove(&file.name);
    }
    Ok(documents)
}

fn scan(paths: &[PathBuf], options: &Options) -> Result<corpus::Scan, UpdateError> {
    let scan_options = corpus::Options {
        no_ignore: options.no_ignore,
        exclude: Some(options.index.clone()),
        threads: options.threads,
    };
    corpus::scan(paths, &scan_options)
        .map_err(|(path, source)| UpdateError::Corpus { path, source })
}

/// The error of a run that can read nothing, with the first few reasons.
fn empty(options: &Options, summary: &Summary) -> UpdateError {
    let paths: Vec<_> = options.paths.iter().map(|path| format!("`{}`", path.display())).collect();
    let reasons = summary.warnings.iter().take(3);
    let reasons = reasons.map(|FileWarning { path, message, .. }| format!("; `{path}`: {message}"));
    UpdateError::Empty { paths: paths.join(", "), reasons: reasons.collect() }
}

/// The documents of the index that is there, by path. One that is to be replaced need not be
/// readable.
fn known(options: &Options) -> Result<BTreeMap<String, Record>, UpdateError> {
    let records = match Index::open(&options.index) {
        Ok(index) => index.records(),
        Err(IndexError::Missing(_)) => Ok(Vec::new()),
        Err(error) => Err(error),
    };
    match records {
        Ok(records) => {
            Ok(records.into_iter().map(|record| (record.path.clone(), record)).collect())
        }
        Err(error @ IndexError::Foreign(_)) => Err(error.into()),
        Err(_) if options.mode == Mode::Rebuild => Ok(BTreeMap::new()),
        Err(error) => Err(error.into()),
    }
}

fn threads(options: &Options) -> NonZeroUsize {
    let cores = || std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    options.threads.unwrap_or_else(cores)
}

/// Whether a document of the index belongs to what was read now.
fn is_below(name: &str, paths: &[PathBuf]) -> bool {
    paths.iter().any(|path| {
        let path: PathBuf = path.components().filter(|it| it.as_os_str() != ".").collect();
        if path.as_os_str().is_empty() {
            // The current folder.
            return !Path::new(name).is_absolute() && !Path::new(name).starts_with("..");
        }
        Path::new(name).starts_with(path)
    })
}
