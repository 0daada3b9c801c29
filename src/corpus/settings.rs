//! Finding the settings of a corpus, and the [`feeds`] in it.
//!
//! A `pullquote.toml` counts for what lies in its folder and below. For a path that was given, the
//! folders above it count too, as far as the path names them: `corpus/2017` finds `corpus/` and the
//! current folder. So a document has the same settings by whichever path it is read.

use std::{
    fs,
    path::{Component, Path, PathBuf},
};

use super::{
    feeds::{self, Feeds},
    load::load_from,
    name::name,
    open::Links,
    scan::{Scan, Skipped},
};
use crate::{
    read::{
        beside::{
            Told,
            settings::{NAME, Settings},
        },
        encoding,
    },
    transcript::Warning,
};

/// The most bytes of settings, or of a file beside a document.
pub(super) const LARGEST_BESIDE: u64 = 16 << 20;

/// Settings that are wrong.
#[derive(Debug, thiserror::Error)]
#[error("`{path}`{}: {message}", .line.map_or_else(String::new, |line| format!(", line {line}")))]
pub struct SettingsError {
    /// Path of the file.
    pub path: String,
    /// Line, from 1.
    pub line: Option<u32>,
    /// What is wrong there first.
    pub message: String,
}

/// All settings that count for a corpus, and what feeds in it tell about the files beside them.
#[derive(Clone, Debug, Default)]
pub struct Roots {
    /// The nearest last.
    folders: Vec<Root>,
    feeds: Feeds,
    /// Settings that are not read.
    pub left_out: Vec<Skipped>,
}

#[derive(Clone, Debug)]
struct Root {
    /// Name of its folder with a slash behind it; empty for the current folder.
    folder: String,
    path: String,
    settings: Settings,
}

/// Reads the settings and feeds that count for some paths and what was found below them.
///
/// # Errors
/// When one of them cannot be read or is wrong in any line.
pub fn settings(paths: &[PathBuf], scan: &Scan) -> Result<Roots, SettingsError> {
    let above = paths.iter().flat_map(|path| folders(path)).map(|folder| folder.join(NAME));
    let mut files: Vec<PathBuf> = above.chain(scan.settings.iter().cloned()).collect();
    files.sort_unstable();
    files.dedup_by(|a, b| name(a) == name(b));
    let mut roots = Roots::default();
    for path in files {
        let Ok(metadata) = fs::symlink_metadata(&path) else { continue };
        if metadata.is_file() {
            roots.folders.push(root(&path, metadata.len())?);
        } else {
            // The walk has told about what it met.
            let reason = "is no regular file: settings are not read through a link".to_owned();
            roots.left_out.push(Skipped { path: name(&path), reason });
        }
    }
    roots.folders.sort_by_key(|root| root.folder.len());
    let mut feeds = scan.feeds.clone();
    feeds.extend(paths.iter().flat_map(|path| feeds::near(path)));
    feeds.sort_unstable();
    feeds.dedup();
    roots.feeds = Feeds::read(feeds);
    Ok(roots)
}

impl Roots {
    /// What is told about a document by its name; of several settings the nearest is heard first. A
    /// feed beside it goes before what is said about many documents.
    #[must_use]
    pub fn told(&self, document: &str) -> Told {
        let mut all = Told::default();
        for root in &self.folders {
            if let Some(path) = root.below(document) {
                let Told { surely, otherwise } = root.settings.told(path);
                all =
                    Told { surely: surely.or(all.surely), otherwise: otherwise.or(all.otherwise) };
            }
        }
        Told { otherwise: self.feeds.told(document).or(all.otherwise), ..all }
    }

    /// What in the settings is about no document, for those whose folder was read as a whole.
    #[must_use]
    pub fn idle(&self, paths: &[PathBuf], documents: &[&str]) -> Vec<(String, Warning)> {
        let mut idle = Vec::new();
        for root in &self.folders {
            let whole =
                |path: &PathBuf| path.is_dir() && root.folder.starts_with(&folder_name(path));
            if !paths.iter().any(whole) {
                continue;
            }
            let below: Vec<&str> = documents.iter().filter_map(|it| root.below(it)).collect();
            for (pattern, line) in root.settings.idle(&below) {
                let message = format!("no document is at `{pattern}`");
                idle.push((root.path.clone(), Warning::at(line, message)));
            }
        }
        idle
    }
}

impl Root {
    fn below<'a>(&self, document: &'a str) -> Option<&'a str> {
        if self.folder.is_empty() && (document.starts_with('/') || document.starts_with("../")) {
            return None;
        }
        document.strip_prefix(&self.folder)
    }
}

fn root(path: &Path, bytes: u64) -> Result<Root, SettingsError> {
    let file = name(path);
    let wrong = |line, message| SettingsError { path: file.clone(), line, message };
    if bytes > LARGEST_BESIDE {
        let message = format!("has {bytes} bytes, more than the {LARGEST_BESIDE} that are read");
        return Err(wrong(None, message));
    }
    let bytes = load_from(path, Links::Refused).map_err(|error| wrong(None, error.to_string()))?;
    let decoded = encoding::decode(&bytes, None).map_err(|error| wrong(None, error.to_string()))?;
    let settings = Settings::parse(&decoded.text).map_err(|warnings| {
        let more = warnings.len().saturating_sub(1);
        let first = warnings.into_iter().next();
        let Warning { line, mut message } = first.unwrap_or_else(|| Warning::whole("is wrong"));
        if more > 0 {
            message = format!("{message} (and {more} more)");
        }
        wrong(line, message)
    })?;
    let folder = path.parent().map(folder_name).unwrap_or_default();
    Ok(Root { folder, path: file.clone(), settings })
}

/// The name of a folder as names of documents start with it.
pub(super) fn folder_name(path: &Path) -> String {
    match name(path).as_str() {
        "." => String::new(),
        "/" => "/".to_owned(),
        name => format!("{name}/"),
    }
}

/// The folder of a path and those above it that the path names. A path that does not start here names
/// only its own.
fn folders(path: &Path) -> Vec<PathBuf> {
    let own = if path.is_dir() { path } else { path.parent().unwrap_or(path) };
    let starts_here =
        own.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    if starts_here {
        own.ancestors().map(Path::to_owned).chain([PathBuf::new()]).collect()
    } else {
        vec![own.to_owned()]
    }
}
