//! Conditions that nothing in the index fulfils: a speaker whose name is misspelt, a path that no
//! document has. The names and the paths of the index tell what may have been meant.

use std::{cmp::Reverse, collections::BTreeMap};

use super::show::nearest as nearest_paths;
use crate::{
    index::{Index, IndexError, contained},
    query::filter::{Facts, Filter, Name, PathPattern},
    words::Words,
};

/// How many names are suggested for one.
const SUGGESTED: usize = 3;
/// How like a name another must be to be suggested, from 0 to 1.
const ALIKE: f64 = 0.6;

/// A condition that nothing in the index fulfils.
#[derive(Clone, Debug, PartialEq)]
pub struct Unmatched {
    /// The condition: on the speaker, or on the path.
    pub filter: Filter,
    /// What may have been meant, the likeliest first.
    pub nearest: Vec<Nearest>,
}

/// A value that a condition could have, and would then let through something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nearest {
    /// The name or the path as the index has it, or a shape of paths.
    pub value: String,
    /// How much has it.
    pub count: Having,
}

/// How much of an index has a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Having {
    /// So many passages.
    Passages(u64),
    /// So many documents.
    Documents(u64),
}

/// The conditions on speakers and paths that nothing in the index fulfils.
///
/// # Errors
/// When the index cannot be read.
pub fn unmatched(index: &Index, filters: &[Filter]) -> Result<Vec<Unmatched>, IndexError> {
    contained(|| {
        let mut unmatched = Vec::new();
        for filter in filters {
            let nearest = match filter {
                Filter::Speaker(names) => {
                    let speakers = index.speakers()?;
                    let accepts = |(name, _): &(String, u64)| {
                        filter.accepts(&Facts { speaker: Some(name), ..Facts::default() })
                    };
                    if speakers.iter().any(accepts) {
                        continue;
                    }
                    nearest_speakers(&speakers, names)
                }
                Filter::Path(patterns) => {
                    let paths = index.paths()?;
                    let accepts =
                        |path: &String| filter.accepts(&Facts { path, ..Facts::default() });
                    if paths.iter().any(accepts) {
                        continue;
                    }
                    nearest_paths_to(index, &paths, patterns)?
                }
                _ => continue,
            };
            unmatched.push(Unmatched { filter: filter.clone(), nearest });
        }
        Ok(unmatched)
    })
}

/// The speakers whose names are most like one of those that were asked for: as a whole, or a word of
/// them where a word was asked for.
fn nearest_speakers(speakers: &[(String, u64)], names: &[Name]) -> Vec<Nearest> {
    let mut alike: Vec<(f64, &(String, u64))> = speakers
        .iter()
        .map(|speaker| {
            let words = Words::of(&speaker.0);
            let words: Vec<&str> = words.iter().collect();
            let likeness = |name: &Name| {
                let asked = name.words();
                let whole = similarity(&asked.join(" "), &words.join(" "));
                let parts = words.windows(asked.len().max(1));
                parts
                    .map(|part| similarity(&asked.join(" "), &part.join(" ")))
                    .fold(whole, f64::max)
            };
            (names.iter().map(likeness).fold(0.0, f64::max), speaker)
        })
        .filter(|(alike, _)| *alike >= ALIKE)
        .collect();
    alike.sort_by(|(a, one), (b, other)| b.total_cmp(a).then(other.1.cmp(&one.1)));
    let nearest = alike.into_iter().take(SUGGESTED);
    nearest
        .map(|(_, (name, passages))| Nearest {
            value: name.clone(),
            count: Having::Passages(*passages),
        })
        .collect()
}

/// For each of some patterns, the shapes or the documents that are most like it.
fn nearest_paths_to(
    index: &Index,
    paths: &[String],
    patterns: &[PathPattern],
) -> Result<Vec<Nearest>, IndexError> {
    let mut nearest: Vec<Nearest> = Vec::new();
    for PathPattern(pattern) in patterns {
        let found = match nearest_shapes(paths, pattern) {
            shapes if shapes.is_empty() => like(index, paths, pattern)?,
            shapes => shapes,
        };
        for one in found {
            if !nearest.contains(&one) {
                nearest.push(one);
            }
        }
    }
    nearest.truncate(SUGGESTED);
    Ok(nearest)
}

/// For a pattern that ends in an extension which no document has: the shapes of those that there
/// are, the most alike first.
fn nearest_shapes(paths: &[String], pattern: &str) -> Vec<Nearest> {
    let extension = |path: &str| {
        let name = path.rsplit('/').next().unwrap_or_default();
        name.rsplit_once('.').map(|(_, extension)| extension.to_lowercase())
    };
    let asked = extension(pattern).filter(|it| pattern.contains('*') && !it.contains(['*', '?']));
    let Some(asked) = asked else { return Vec::new() };
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for extension in paths.iter().filter_map(|path| extension(path)) {
        *counts.entry(extension).or_default() += 1;
    }
    if counts.contains_key(&asked) {
        return Vec::new();
    }
    let mut shapes: Vec<(String, u64)> = counts.into_iter().collect();
    let likeness = |(extension, _): &(String, u64)| similarity(&asked, extension);
    shapes
        .sort_by(|a, b| likeness(b).total_cmp(&likeness(a)).then(Reverse(a.1).cmp(&Reverse(b.1))));
    let shapes = shapes.into_iter().take(SUGGESTED);
    shapes
        .map(|(extension, count)| Nearest {
            value: format!("*.{extension}"),
            count: Having::Documents(count),
        })
        .collect()
}

/// The documents whose paths are most like a pattern.
fn like(index: &Index, paths: &[String], pattern: &str) -> Result<Vec<Nearest>, IndexError> {
    let plain: String = pattern.chars().filter(|c| !matches!(c, '*' | '?')).collect();
    let mut nearest = Vec::new();
    for path in nearest_paths(paths, &plain).into_iter().take(SUGGESTED) {
        let first = index.first_passage(&path)?;
        let passages = first.map_or(Ok(0), |first| index.passages_beside(first))?;
        nearest.push(Nearest { value: path, count: Having::Passages(passages as u64) });
    }
    Ok(nearest)
}

fn similarity(one: &str, other: &str) -> f64 {
    strsim::normalized_damerau_levenshtein(one, other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_name_is_near_to_the_whole_or_to_a_word_of_it() {
        let speakers = [("Night Porter".to_owned(), 3), ("Porter".to_owned(), 9)];
        let near = |name: Name| {
            let nearest = nearest_speakers(&speakers, &[name]);
            nearest.into_iter().map(|it| it.value).collect::<Vec<_>>()
        };
        assert_eq!(near(Name::part("portr")), ["Porter", "Night Porter"]);
        assert_eq!(near(Name::whole("night portre")), ["Night Porter"]);
        assert!(near(Name::part("singer")).is_empty());
        assert!(near(Name::part("?")).is_empty());
    }

    #[test]
    fn an_extension_that_no_document_has_is_like_those_that_there_are() {
        let paths = ["a/b.srt", "a/c.md", "a/d.md"].map(str::to_owned);
        let shapes = |pattern| {
            let shapes = nearest_shapes(&paths, pattern);
            shapes.into_iter().map(|it| it.value).collect::<Vec<_>>()
        };
        assert_eq!(shapes("*.strt"), ["*.srt", "*.md"]);
        assert_eq!(shapes("a/*.txt"), ["*.srt", "*.md"]);
        assert!(shapes("x/*.md").is_empty() && shapes("talk").is_empty());
    }
}
