//! From an error to what a person reads: a message, a hint, an exit code.

use std::{
    io::{self, Write},
    path::Path,
};

use pullquote::{
    index::IndexError,
    print::{clean, style},
    query::QueryError,
    search::{SearchError, ShowError},
    update::UpdateError,
};

use super::{STANDARD_INPUT, is_standard_input};

/// An error.
pub(super) const ERROR: u8 = 2;
/// The index is being written by another process (`EX_TEMPFAIL`).
const TEMPORARY: u8 = 75;

/// A signal stopped the command: its number is added, as shells do.
const SIGNAL: u8 = 128;

/// What `show` takes.
const PLACES: &str =
    "a place is PATH, PATH:LINE, PATH:LINE:COLUMN, PATH#p=12 or PATH#t=12:34, counted from 1";

/// Why a command failed.
#[derive(Debug)]
pub(super) struct Failure {
    message: String,
    /// A query and where it is wrong.
    pointer: Option<Box<(String, QueryError)>>,
    hint: Option<String>,
    code: u8,
    is_closed_pipe: bool,
}

impl Failure {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            pointer: None,
            hint: None,
            code: ERROR,
            is_closed_pipe: false,
        }
    }

    pub(super) fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// A file that cannot be used, or standard input.
    pub(super) fn file(path: &Path, error: &impl std::fmt::Display) -> Self {
        if is_standard_input(path) {
            return Self::new(format!("{STANDARD_INPUT}: {error}"));
        }
        Self::new(format!("`{}`: {error}", path.display())).too_many_open_files()
    }

    /// The way out where the system has no room for another open file (`EMFILE`). What tantivy says
    /// about it is a text only.
    fn too_many_open_files(self) -> Self {
        if self.message.contains("Too many open files") {
            return self.hint("allow more with `ulimit -n 1024`");
        }
        self
    }

    pub(super) fn search(query: &str, error: SearchError) -> Self {
        match error {
            SearchError::Query(error) => Self {
                hint: error.hint.clone(),
                pointer: Some(Box::new((query.to_owned(), error.clone()))),
                ..Self::new(error.message)
            },
            SearchError::TooLong { .. } => {
                Self::new(error.to_string()).hint("a sentence of it is enough")
            }
            SearchError::Empty(typed) => {
                Self::nothing_in(&typed).hint("type a word, a \"phrase\" or speaker:name")
            }
            SearchError::Index(error) => error.into(),
        }
    }

    /// A quotation that cannot be looked up.
    pub(super) fn recall(quotation: &str, error: SearchError) -> Self {
        match error {
            SearchError::Empty(typed) => Self::nothing_in(&typed)
                .hint("type some words of the quotation, as you remember them"),
            error => Self::search(quotation, error),
        }
    }

    fn nothing_in(typed: &str) -> Self {
        if typed.trim().is_empty() {
            return Self::new("nothing was typed to look for");
        }
        Self::new(format!("there is nothing to look for in `{typed}`"))
    }

    /// A run that was stopped by a signal, by its number.
    pub(super) fn stopped_by(self, signal: usize) -> Self {
        Self { code: SIGNAL.saturating_add(u8::try_from(signal).unwrap_or_default()), ..self }
    }

    pub(super) fn code(&self) -> u8 {
        self.code
    }

    pub(super) fn is_closed_pipe(&self) -> bool {
        self.is_closed_pipe
    }

    pub(super) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let error = style::MATCH;
        writeln!(out, "{error}error{error:#}: {}", clean(&self.message))?;
        if let Some((query, error)) = self.pointer.as_deref() {
            let columns = |text: &str| unicode_width::UnicodeWidthStr::width(text);
            let query_line = query.replace(['\n', '\t', '\r'], " ");
            let before = columns(&query_line[..error.span.start]);
            let marked = columns(&query_line[error.span.start..error.span.end]).max(1);
            writeln!(out, "  {}", clean(&query_line))?;
            writeln!(out, "  {:before$}{:^<marked$}", "", "")?;
        }
        if let Some(hint) = &self.hint {
            writeln!(out, "{}hint{:#}: {}", style::TIME, style::TIME, clean(hint))?;
        }
        Ok(())
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        let is_closed_pipe = error.kind() == io::ErrorKind::BrokenPipe;
        Self { is_closed_pipe, ..Self::new(format!("cannot write: {error}")) }
    }
}

impl From<IndexError> for Failure {
    fn from(error: IndexError) -> Self {
        let failure = Self::new(error.to_string());
        let failure = match error {
            IndexError::Missing(_) => failure
                .hint("build one with `pullquote index FOLDER`, or name another with --index"),
            IndexError::Foreign(_) => failure.hint("name another folder with --index"),
            IndexError::Locked { .. } => Self {
                code: TEMPORARY,
                ..failure.hint("try again when that is done, or wait for it with --wait 30s")
            },
            IndexError::Damaged(_) | IndexError::Engine(_) => failure.hint(
                "`pullquote doctor` tells what is damaged, and `pullquote doctor --fix --corpus PATHS` \
                 reads it again",
            ),
            IndexError::Version { .. } => failure.hint(
                "build it anew with `pullquote index --rebuild` and the folders it was built from",
            ),
            IndexError::Write { .. } => failure.hint(
                "what was published before is as it was; make room, or name another folder with \
                 --index",
            ),
            IndexError::Io { .. } | IndexError::Interrupted => failure,
        };
        failure.too_many_open_files()
    }
}

impl From<ShowError> for Failure {
    fn from(error: ShowError) -> Self {
        let failure = Self::new(error.to_string());
        match error {
            ShowError::Missing { nearest, .. } if nearest.is_empty() => {
                failure.hint(format!("{PLACES}; `pullquote sources` lists the paths"))
            }
            ShowError::Place { .. } => failure.hint(PLACES),
            ShowError::Missing { nearest, .. } => {
                failure.hint(format!("did you mean {}?", listed(&nearest, " or ")))
            }
            ShowError::Ambiguous { paths, .. } => {
                failure.hint(format!("name more of it: {}", listed(&paths, ", ")))
            }
            ShowError::NoTime { .. } | ShowError::NoLines(_) => {
                failure.hint("`path#p=1` is its first passage")
            }
            ShowError::NoPassage { .. } | ShowError::Empty(_) => failure,
            ShowError::Index(error) => error.into(),
            ShowError::Search(error) => Self::search("", error),
        }
    }
}

/// Paths or words in backquotes, up to ten of them.
pub(super) fn listed(things: &[String], between: &str) -> String {
    const MOST: usize = 10;
    let mut listed: Vec<String> = things.iter().take(MOST).map(|it| format!("`{it}`")).collect();
    if things.len() > MOST {
        listed.push(format!("and {} more", things.len() - MOST));
    }
    listed.join(between)
}

impl From<UpdateError> for Failure {
    fn from(error: UpdateError) -> Self {
        match error {
            UpdateError::Index(error) => error.into(),
            UpdateError::Settings(_) => Self::new(error.to_string())
                .hint("docs/metadata.md has the keys; nothing was written"),
            UpdateError::Overtaken => Self {
                code: TEMPORARY,
                ..Self::new(error.to_string()).hint("try again when they are done")
            },
            UpdateError::Corpus { .. } => {
                Self::new(error.to_string()).hint("name files or folders that exist")
            }
            UpdateError::Empty { .. } => Self::new(error.to_string())
                .hint("`pullquote read FILE` shows what is made of a file"),
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn too_many_open_files_have_a_way_out_whoever_opens_them() {
        let refused = io::Error::from_raw_os_error(24);
        let index = IndexError::Write { path: "index".into(), message: format!("{refused:?}") };
        for failure in [Failure::file(Path::new("a.md"), &refused), index.into()] {
            assert_eq!(failure.hint.as_deref(), Some("allow more with `ulimit -n 1024`"));
        }
    }
}
