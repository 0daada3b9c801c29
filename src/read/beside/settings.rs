//! The settings of a corpus: `pullquote.toml`.
//!
//! ```toml
//! [speakers]
//! LENNY = "Host"
//!
//! [[documents]]
//! path = "2017/**"
//! date = "2017"
//! ```
//!
//! An entry for a single path is about that document, and goes before what the document says of
//! itself; one for a folder or a pattern is about many, and counts where they say nothing. Of several
//! such entries the last one that says something counts.
//!
//! There is no key that runs a command or names a file to read, and there will be none: a corpus may
//! come from anywhere.

use std::collections::BTreeMap;

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{
    description::{Description, Told},
    table::{Reading, listed},
};
use crate::{query::filter::PathPattern, transcript::Warning};

/// The name of the file.
pub const NAME: &str = "pullquote.toml";

/// What a corpus says about its documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    speakers: BTreeMap<String, String>,
    rules: Vec<Rule>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Rule {
    /// As written, with the line of each.
    paths: Vec<(String, u32)>,
    description: Description,
}

/// How a path of a rule fits a document.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fit {
    /// It names this document.
    Document,
    /// It names a folder, or is a pattern.
    Many,
}

impl Settings {
    /// Reads settings.
    ///
    /// # Errors
    /// Everything that is wrong, with its line. Nothing is taken over then: a corpus of which half
    /// the settings count would be indexed under wrong names.
    pub fn parse(source: &str) -> Result<Self, Vec<Warning>> {
        let (mut reading, table) = Reading::new(source);
        if !reading.warnings.is_empty() {
            return Err(reading.warnings);
        }
        let mut settings = Self::default();
        for (key, value) in table.get_ref() {
            match key.get_ref().as_ref() {
                "speakers" => settings.speakers = reading.speakers(value),
                "documents" => settings.rules = rules(&mut reading, value),
                unknown => {
                    let keys = listed(&["documents", "speakers"]);
                    let message = format!("`{unknown}` is no key here: use {keys}");
                    reading.warn(key.span().start, message);
                }
            }
        }
        let mut warnings = reading.warnings;
        warnings.sort();
        if warnings.is_empty() { Ok(settings) } else { Err(warnings) }
    }

    /// What is told about a document, by its path below the folder of the settings, with `/` between
    /// its parts.
    #[must_use]
    pub fn told(&self, path: &str) -> Told {
        let mut told = Told {
            otherwise: Description { speakers: self.speakers.clone(), ..Description::default() },
            ..Told::default()
        };
        for rule in &self.rules {
            let fits = || rule.paths.iter().filter_map(|(pattern, _)| fit(pattern, path));
            if fits().any(|fit| fit == Fit::Document) {
                told.surely = rule.description.clone().or(told.surely);
            } else if fits().next().is_some() {
                told.otherwise = rule.description.clone().or(told.otherwise);
            }
        }
        told
    }

    /// The paths that fit none of these documents, with their lines.
    #[must_use]
    pub fn idle<'a>(&'a self, documents: &[&str]) -> Vec<(&'a str, u32)> {
        let paths = self.rules.iter().flat_map(|rule| &rule.paths);
        paths
            .filter(|(pattern, _)| !documents.iter().any(|path| fit(pattern, path).is_some()))
            .map(|(pattern, line)| (pattern.as_str(), *line))
            .collect()
    }
}

fn fit(pattern: &str, path: &str) -> Option<Fit> {
    if pattern.contains(['*', '?']) {
        return PathPattern(pattern.to_owned()).accepts(path).then_some(Fit::Many);
    }
    let rest = path.strip_prefix(pattern)?;
    match rest {
        "" => Some(Fit::Document),
        _ if rest.starts_with('/') => Some(Fit::Many),
        _ => None,
    }
}

fn rules(reading: &mut Reading<'_>, value: &Spanned<DeValue<'_>>) -> Vec<Rule> {
    let tables = value.get_ref().as_array().map(|entries| entries.iter());
    let Some(entries) = tables else {
        let message = "`documents` must be a list: write [[documents]] above each entry".to_owned();
        reading.warn(value.span().start, message);
        return Vec::new();
    };
    let mut rules = Vec::new();
    for entry in entries {
        let Some(table) = entry.get_ref().as_table() else {
            let message = "an entry of `documents` must be a table".to_owned();
            reading.warn(entry.span().start, message);
            continue;
        };
        let description = reading.description(table, &["path"]);
        let paths = paths(reading, table, entry.span().start);
        rules.push(Rule { paths, description });
    }
    rules
}

fn paths(reading: &mut Reading<'_>, table: &DeTable<'_>, start: usize) -> Vec<(String, u32)> {
    let path = table.iter().find(|(key, _)| key.get_ref() == "path").map(|(_, value)| value);
    let Some(path) = path else {
        let message = "an entry of `documents` has no `path`: add path = \"2017/**\"".to_owned();
        reading.warn(start, message);
        return Vec::new();
    };
    let written = match path.get_ref() {
        DeValue::Array(paths) => paths.iter().collect(),
        _ => vec![path],
    };
    let mut paths = Vec::new();
    for value in written {
        let Some(pattern) = reading.string("path", value) else { continue };
        let start = value.span().start;
        let pattern = pattern.trim_start_matches("./").trim_end_matches('/').to_owned();
        let leads_out = pattern.starts_with('/') || pattern.split('/').any(|part| part == "..");
        if leads_out {
            reading
                .warn(start, format!("`{pattern}` leads out of the corpus: write it from here on"));
        } else if pattern.is_empty() {
            reading.warn(start, "`path` is empty: write `**` for all documents".to_owned());
        } else {
            paths.push((pattern, reading.line_of(start)));
        }
    }
    paths
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SETTINGS: &str = "\
[speakers]
LENNY = \"Host of the show\"

[[documents]]
path = \"2017/**\"
date = 2017
kind = \"review\"

[[documents]]
path = [\"2017/late\", \"*.vtt\"]
date = \"2017-12\"

[[documents]]
path = \"2017/late/last.srt\"
title = \"The last one\"
speakers = { SPEAKER_00 = \"Archivist\", Lenny = \"Guest\" }
";

    #[test]
    fn a_single_path_is_sure_and_a_pattern_is_not_and_the_last_one_counts() {
        let settings = Settings::parse(SETTINGS).unwrap();
        let date = |told: &Told| told.otherwise.metadata.date.map(|date| date.to_string());
        let told = settings.told("2017/late/last.srt");
        assert_eq!(told.surely.metadata.title.as_deref(), Some("The last one"));
        assert_eq!(told.surely.speakers.get("lenny").map(String::as_str), Some("Guest"));
        assert_eq!(told.otherwise.speakers["lenny"], "Host of the show");
        assert_eq!(date(&told).as_deref(), Some("2017-12"));
        let told = settings.told("2017/a.srt");
        assert_eq!((date(&told).as_deref(), told.surely), (Some("2017"), Description::default()));
        assert_eq!(date(&settings.told("x/y.vtt")).as_deref(), Some("2017-12"));
        assert_eq!(date(&settings.told("20171/a.srt")), None);
    }

    #[test]
    fn a_path_that_fits_nothing_is_told() {
        let settings = Settings::parse(SETTINGS).unwrap();
        let idle = settings.idle(&["2017/a.srt", "2017/late/x.srt"]);
        assert_eq!(idle, [("*.vtt", 10), ("2017/late/last.srt", 14)]);
    }

    #[test]
    fn everything_that_is_wrong_is_told_with_its_line() {
        let wrong = |source: &str| {
            let warnings = Settings::parse(source).unwrap_err().into_iter();
            let tell = |it: Warning| format!("{}: {}", it.line.unwrap_or_default(), it.message);
            warnings.map(tell).collect::<Vec<_>>()
        };
        assert_eq!(
            wrong(
                "editor = \"rm\"\n[[documents]]\ntitle = \"x\"\n[[documents]]\npath = \"../x\"\ncommand = 1\n"
            ),
            [
                "1: `editor` is no key here: use `documents` or `speakers`",
                "2: an entry of `documents` has no `path`: add path = \"2017/**\"",
                "5: `../x` leads out of the corpus: write it from here on",
                "6: `command` is no key here: use `path`, `title`, `authors`, `date`, `url`, `kind`, `language` or `speakers`",
            ]
        );
        assert_eq!(
            wrong("documents = 1\nspeakers = [1]\n"),
            [
                "1: `documents` must be a list: write [[documents]] above each entry",
                "2: `speakers` must be a table, such as speakers = { SPEAKER_00 = \"Ada\" }",
            ]
        );
        assert_eq!(
            wrong("documents = [1, { path = [2, \"\"] }]"),
            [
                "1: `path` is empty: write `**` for all documents",
                "1: `path` must be a string, such as \"…\"",
                "1: an entry of `documents` must be a table",
            ]
        );
        assert!(wrong("[documents\n")[0].starts_with("1: is no valid TOML: "));
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(source in "[a-z=\\[\\]{}\"'\\n#.,0-9é/*-]{0,80}", path in "[a-z/.]{0,9}") {
            if let Ok(settings) = Settings::parse(&source) {
                let _ = settings.told(&path);
            }
        }
    }
}
