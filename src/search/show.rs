//! Showing a place: an address, a line of a file, or a document from its beginning.

use super::{
    Context, Hit, SearchError,
    address::{Asked, Spot, borders, fault, readings},
    hit,
};
use crate::{
    index::{Index, IndexError, PassageId, contained},
    place::{Place, Time},
    text::{Text, TextSpan},
};

/// How many paths are proposed for one that is not there.
const PROPOSED: usize = 5;
/// How like a path that is not there another must be to be proposed, from 0 to 1.
const ALIKE: f64 = 0.6;

/// Why a place cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum ShowError {
    /// No document has this path, nor a part of it.
    #[error("no document of the index has the path `{path}`")]
    Missing {
        /// As it was typed.
        path: String,
        /// The paths that are most like it, the most alike first.
        nearest: Vec<String>,
    },
    /// Several documents have this in their path.
    #[error("{} documents have `{path}` in their path", .paths.len())]
    Ambiguous {
        /// As it was typed.
        path: String,
        /// Their paths, sorted.
        paths: Vec<String>,
    },
    /// What stands behind a path is no place.
    #[error("`{place}` is no place in `{path}`: {wrong}")]
    Place {
        /// Path of the document.
        path: String,
        /// As it was typed, with its `#` or `:`.
        place: String,
        /// What is wrong with it.
        wrong: String,
    },
    /// The document has no such passage.
    #[error("`{path}` has no passage {number}; it has {passages}")]
    NoPassage {
        /// Path of the document.
        path: String,
        /// The number that was asked for, from 1.
        number: u32,
        /// How many passages there are.
        passages: usize,
    },
    /// Nothing is said so early, or it is not known when.
    #[error("`{path}` has no passage that is said at {time}")]
    NoTime {
        /// Path of the document.
        path: String,
        /// The time that was asked for.
        time: Time,
    },
    /// The document has no lines to go by.
    #[error("it is not known where the passages of `{0}` stand in the file")]
    NoLines(String),
    /// The document has no words.
    #[error("`{0}` has no passages")]
    Empty(String),
    /// The index cannot be read.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// What was found cannot be shown.
    #[error(transparent)]
    Search(#[from] SearchError),
}

/// A place that was asked for.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The passage, as a hit in which nothing matched.
    pub hit: Hit,
    /// What was asked for and is in no passage; the nearest is given instead.
    pub outside: Option<Outside>,
}

/// What is in no passage of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outside {
    /// A line, from 1.
    Line(u32),
    /// A time.
    Time(Time),
}

/// Finds a place: `path#t=754.2`, `path#p=12`, `path:LINE`, `path:LINE:COLUMN` or `path`, which is
/// the beginning of a document. A part of a path is enough where only one has it.
///
/// # Errors
/// When there is no such place or more than one, or the index cannot be read.
pub fn show(index: &Index, typed: &str, context: Context) -> Result<Shown, ShowError> {
    contained(|| {
        let (path, asked) = document(index, typed)?;
        let first = index.first_passage(&path)?.ok_or_else(|| ShowError::Empty(path.clone()))?;
        let id = passage(index, &path, first, asked)?;
        let hit = hit::shown(index, id, context)?;
        let outside = outside(asked, &hit.passage.text);
        Ok(Shown { hit, outside })
    })
}

/// What of a place is not in the text that is shown for it. Of a byte of a line, only the line
/// counts.
fn outside(asked: Asked, text: &Text) -> Option<Outside> {
    let Place { source, time, .. } = text.place(TextSpan { start: 0, end: text.len() });
    match asked {
        Asked::Line(line, _) => {
            let first = source?.at.line;
            let end = text.as_str().trim_end().len();
            let last_word = text.as_str()[..end].rfind(char::is_whitespace).map_or(0, |at| at + 1);
            let last = text.place(TextSpan { start: last_word, end }).source?.at.line;
            (!(first..=last.max(first)).contains(&line)).then_some(Outside::Line(line))
        }
        Asked::Spot(Spot::Time(asked)) => {
            (!(time?.start..=time?.end).contains(&asked)).then_some(Outside::Time(asked))
        }
        Asked::Spot(Spot::Passage(_)) | Asked::Start => None,
    }
}

fn passage(
    index: &Index,
    path: &str,
    first: PassageId,
    asked: Asked,
) -> Result<PassageId, ShowError> {
    let path = || path.to_owned();
    match asked {
        Asked::Start => Ok(first),
        Asked::Spot(Spot::Passage(number)) => {
            let found = index.numbered(first, number.get() - 1)?;
            let passages = index.passages_beside(first)?;
            found.ok_or_else(|| ShowError::NoPassage {
                path: path(),
                number: number.get(),
                passages,
            })
        }
        Asked::Spot(Spot::Time(time)) => {
            index.said_at(first, time)?.ok_or_else(|| ShowError::NoTime { path: path(), time })
        }
        Asked::Line(line, column) => {
            index.at_line(first, line, column)?.ok_or_else(|| ShowError::NoLines(path()))
        }
    }
}

/// The one document that a place names, and what of it.
fn document(index: &Index, typed: &str) -> Result<(String, Asked), ShowError> {
    let typed = typed.strip_prefix("./").unwrap_or(typed);
    let paths = index.paths()?;
    let readings = readings(typed);
    for (path, asked) in &readings {
        if paths.binary_search_by(|it| it.as_str().cmp(path)).is_ok() {
            return Ok(((*path).to_owned(), *asked));
        }
    }
    for (path, asked) in &readings {
        match &with_part(&paths, path)[..] {
            [] => {}
            [only] => return Ok(((*only).clone(), *asked)),
            several => {
                let paths = several.iter().map(|path| (*path).clone()).collect();
                return Err(ShowError::Ambiguous { path: (*path).to_owned(), paths });
            }
        }
    }
    if let Some((path, place)) = known_before(&paths, typed) {
        let (path, place, wrong) = (path.to_owned(), place.to_owned(), fault(place));
        return Err(ShowError::Place { path, place, wrong });
    }
    let path = readings.first().map_or(typed, |(path, _)| path).to_owned();
    Err(ShowError::Missing { nearest: nearest(&paths, &path), path })
}

/// The one document that is named by what stands before a `#` or a `:`, and what stands behind.
fn known_before<'t>(paths: &'t [String], typed: &'t str) -> Option<(&'t str, &'t str)> {
    let is_place =
        |place: &str| !place.contains(|c: char| matches!(c, '/' | '\\') || c.is_whitespace());
    let borders = || borders(typed).filter(|(_, place)| is_place(place));
    let whole =
        borders().find(|(path, _)| paths.binary_search_by(|it| it.as_str().cmp(path)).is_ok());
    whole.or_else(|| {
        borders().find_map(|(path, place)| match &with_part(paths, path)[..] {
            [only] => Some((only.as_str(), place)),
            _ => None,
        })
    })
}

/// The paths that end with a part, at a folder's border; else those that have it anywhere.
fn with_part<'p>(paths: &'p [String], part: &str) -> Vec<&'p String> {
    if part.is_empty() {
        return Vec::new();
    }
    let ending = format!("/{part}");
    let ends: Vec<&String> = paths.iter().filter(|path| path.ends_with(&ending)).collect();
    if !ends.is_empty() {
        return ends;
    }
    let part = part.to_lowercase();
    paths.iter().filter(|path| path.to_lowercase().contains(&part)).collect()
}

/// The paths that are most like one that is not there, by the whole or by the file's name.
pub(super) fn nearest(paths: &[String], typed: &str) -> Vec<String> {
    let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_lowercase();
    let whole = typed.to_lowercase();
    let mut alike: Vec<(f64, &String)> = paths
        .iter()
        .map(|path| {
            let by_whole = strsim::normalized_damerau_levenshtein(&whole, &path.to_lowercase());
            let by_name = strsim::normalized_damerau_levenshtein(&name(typed), &name(path));
            (by_whole.max(by_name), path)
        })
        .filter(|(alike, _)| *alike >= ALIKE)
        .collect();
    alike.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    alike.into_iter().take(PROPOSED).map(|(_, path)| path.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths() -> Vec<String> {
        ["corpus/a/gulls.srt", "corpus/b/gulls.srt", "corpus/harbour.md", "corpus/seagulls.srt"]
            .map(str::to_owned)
            .to_vec()
    }

    #[test]
    fn a_part_of_a_path_ends_it_at_a_border_before_it_stands_anywhere() {
        let paths = paths();
        assert_eq!(with_part(&paths, "gulls.srt"), ["corpus/a/gulls.srt", "corpus/b/gulls.srt"]);
        assert_eq!(with_part(&paths, "b/gulls.srt"), ["corpus/b/gulls.srt"]);
        assert_eq!(with_part(&paths, "Harbour"), ["corpus/harbour.md"]);
        assert!(with_part(&paths, "").is_empty());
    }

    #[test]
    fn a_document_is_known_before_a_place_that_is_none() {
        let paths = paths();
        let known = |typed| known_before(&paths, typed);
        let harbour = "corpus/harbour.md";
        assert_eq!(known("corpus/harbour.md#p=0"), Some((harbour, "#p=0")));
        assert_eq!(known("harbour.md:14:0"), Some((harbour, ":14:0")));
        assert_eq!(known("harbour:0#t=1:x"), Some((harbour, ":0#t=1:x")));
        assert_eq!(known("gulls.srt#p=0"), None);
        assert_eq!(known("h:/talks"), None);
        assert_eq!(known("weather.txt#p=0"), None);
    }

    #[test]
    fn what_is_misspelt_is_proposed_as_it_is() {
        assert_eq!(nearest(&paths(), "habour.md"), ["corpus/harbour.md"]);
        assert!(nearest(&paths(), "weather.txt").is_empty());
    }
}
