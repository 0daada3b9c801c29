//! What a query may ask of a passage or its document apart from its words.

use std::{cmp::Ordering, fmt, str::FromStr};

pub use super::name::Name;
use crate::{
    place::{Time, TimeSpan},
    transcript::{Date, Kind},
};

/// A condition on a passage or its document.
#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    /// `speaker:` the speaker's name holds one of these.
    Speaker(Vec<Name>),
    /// `title:` the document's title holds one of these.
    Title(Vec<Name>),
    /// `path:` the document's path is of one of these shapes.
    Path(Vec<PathPattern>),
    /// `kind:` the document is a review or a transcript.
    Kind(Kind),
    /// `lang:` the document is in this language (ISO 639-1).
    Language(String),
    /// `date:` the document was published in this range.
    Date(DateRange),
    /// `time:` the passage is said within this span of the recording.
    Time(TimeSpan),
    /// `has:time` it is known when the passage was said.
    HasTime,
    /// `has:speaker` it is known who says the passage.
    HasSpeaker,
}

/// What is known about a passage, for filters to decide on.
#[derive(Clone, Copy, Debug, Default)]
pub struct Facts<'a> {
    /// Who says it.
    pub speaker: Option<&'a str>,
    /// Title of the document.
    pub title: Option<&'a str>,
    /// Path of the document, with `/` between its parts.
    pub path: &'a str,
    /// Kind of the document.
    pub kind: Option<Kind>,
    /// Language of the document.
    pub language: Option<&'a str>,
    /// Date of the document.
    pub date: Option<Date>,
    /// When the passage is said.
    pub time: Option<TimeSpan>,
}

impl Filter {
    /// Whether a passage fulfils the condition.
    #[must_use]
    pub fn accepts(&self, facts: &Facts<'_>) -> bool {
        let any = |names: &[Name], text: Option<&str>| {
            text.is_some_and(|text| names.iter().any(|name| name.accepts(text)))
        };
        match self {
            Self::Speaker(names) => any(names, facts.speaker),
            Self::Title(names) => any(names, facts.title),
            Self::Path(patterns) => patterns.iter().any(|it| it.accepts(facts.path)),
            Self::Kind(kind) => facts.kind == Some(*kind),
            Self::Language(language) => facts.language == Some(language.as_str()),
            Self::Date(range) => facts.date.is_some_and(|date| range.accepts(date)),
            Self::Time(span) => facts.time.is_some_and(|time| {
                time.start <= span.end && time.end.max(time.start) >= span.start
            }),
            Self::HasTime => facts.time.is_some(),
            Self::HasSpeaker => facts.speaker.is_some(),
        }
    }
}

impl fmt::Display for Filter {
    /// Writes the filter as one would type it.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Speaker(names) => write!(formatter, "speaker:{}", Name::list(names)),
            Self::Title(names) => write!(formatter, "title:{}", Name::list(names)),
            Self::Path(patterns) => write!(formatter, "path:{}", PathPattern::list(patterns)),
            Self::Kind(Kind::Review) => formatter.write_str("kind:review"),
            Self::Kind(Kind::Transcript) => formatter.write_str("kind:transcript"),
            Self::Language(language) => write!(formatter, "lang:{language}"),
            Self::Date(DateRange { from, to }) => {
                let end = |date: &Option<Date>| date.map(|it| it.to_string()).unwrap_or_default();
                write!(formatter, "date:{}..{}", end(from), end(to))
            }
            Self::Time(TimeSpan { start, end: Time(u64::MAX) }) => {
                write!(formatter, "time:{start}..")
            }
            Self::Time(TimeSpan { start, end }) => write!(formatter, "time:{start}..{end}"),
            Self::HasTime => formatter.write_str("has:time"),
            Self::HasSpeaker => formatter.write_str("has:speaker"),
        }
    }
}

/// A shape of paths. Without a wildcard it is any part of a path; with one it is a glob for the
/// whole path, or for its file name when it has no slash. `*` and `?` stop at slashes, `**` does
/// not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathPattern(pub String);

impl PathPattern {
    /// Shapes that are parted by `|`: `*.md|*.srt`.
    ///
    /// # Errors
    /// When there is none; the message says so.
    pub fn alternatives(text: &str) -> Result<Vec<Self>, String> {
        let parts = text.split('|').filter(|part| !part.is_empty());
        let patterns: Vec<Self> = parts.map(|part| Self(part.to_owned())).collect();
        if patterns.is_empty() { Err(format!("`{text}` is no path")) } else { Ok(patterns) }
    }

    /// Several shapes, as one would type them.
    fn list(patterns: &[Self]) -> String {
        let pattern = |Self(pattern): &Self| {
            let is_plain = !pattern.contains(|c: char| c == '|' || c.is_whitespace());
            if is_plain { pattern.clone() } else { format!("\"{pattern}\"") }
        };
        patterns.iter().map(pattern).collect::<Vec<_>>().join("|")
    }

    /// Whether a path, with `/` between its parts, is of this shape. Case does not count.
    #[must_use]
    pub fn accepts(&self, path: &str) -> bool {
        let (pattern, path) = (self.0.to_lowercase(), path.to_lowercase());
        if !pattern.contains(['*', '?']) {
            return path.contains(&pattern);
        }
        let name = path.rsplit('/').next().unwrap_or_default();
        let compared = if pattern.contains('/') { &path } else { name };
        let pattern: Vec<char> = pattern.chars().collect();
        let compared: Vec<char> = compared.chars().collect();
        glob_accepts(&pattern, &compared)
    }
}

/// Whether a glob fits a path; looks at each pair of places once.
fn glob_accepts(pattern: &[char], path: &[char]) -> bool {
    // `fits[at]`: whether the rest of the pattern fits the path from there. Built from the end.
    let mut fits = vec![false; path.len() + 1];
    fits[path.len()] = true;
    let mut rest = pattern;
    while let Some((last, before)) = rest.split_last() {
        let mut next = vec![false; path.len() + 1];
        if rest.ends_with(&['*', '*', '/']) {
            // Any folders, or none.
            rest = &rest[..rest.len() - 3];
            let mut fits_in_a_folder = false;
            for at in (0..=path.len()).rev() {
                next[at] = fits[at] || fits_in_a_folder;
                fits_in_a_folder |= at > 0 && path[at - 1] == '/' && fits[at];
            }
        } else if rest.ends_with(&['*', '*']) {
            rest = &rest[..rest.len() - 2];
            for at in (0..=path.len()).rev() {
                next[at] = fits[at] || next.get(at + 1).copied().unwrap_or(false);
            }
        } else {
            rest = before;
            for at in (0..=path.len()).rev() {
                let here = path.get(at);
                next[at] = match last {
                    '*' => fits[at] || (here.is_some_and(|c| *c != '/') && next[at + 1]),
                    '?' => here.is_some_and(|c| *c != '/') && fits[at + 1],
                    c => here == Some(c) && fits[at + 1],
                };
            }
        }
        fits = next;
    }
    fits[0]
}

/// Dates from one day, month or year to another, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateRange {
    /// First date, or open.
    pub from: Option<Date>,
    /// Last date, or open.
    pub to: Option<Date>,
}

impl DateRange {
    /// Whether a date lies in the range. A date that is known less exactly than the range's ends
    /// lies in it when it may.
    #[must_use]
    pub fn accepts(&self, date: Date) -> bool {
        let after = |from: Date| compare(date, from) != Ordering::Less;
        let before = |to: Date| compare(date, to) != Ordering::Greater;
        self.from.is_none_or(after) && self.to.is_none_or(before)
    }
}

/// Compares two dates as far as both are known.
fn compare(a: Date, b: Date) -> Ordering {
    let part = |a: Option<u8>, b: Option<u8>| match (a, b) {
        (Some(a), Some(b)) => a.cmp(&b),
        _ => Ordering::Equal,
    };
    a.year.cmp(&b.year).then_with(|| part(a.month, b.month)).then_with(|| part(a.day, b.day))
}

impl FromStr for DateRange {
    type Err = String;

    /// Reads `2017`, `2017-07..2018`, `2017..` and `..2018`.
    fn from_str(written: &str) -> Result<Self, Self::Err> {
        let date = |part: &str| if part.is_empty() { Ok(None) } else { part.parse().map(Some) };
        match written.split_once("..") {
            Some(("", "")) => Err("`..` is no range of dates: write 2017..2018".to_owned()),
            Some((from, to)) => match (date(from)?, date(to)?) {
                (Some(from), Some(to)) if compare(from, to) == Ordering::Greater => {
                    Err(format!("`{written}` ends before it starts: write the earlier date first"))
                }
                (from, to) => Ok(Self { from, to }),
            },
            None => {
                let only: Date = written.parse()?;
                Ok(Self { from: Some(only), to: Some(only) })
            }
        }
    }
}

/// Reads a span of a recording: `10m..20m`, `1:02:03..`, `90s`, `..5m`.
///
/// # Errors
/// When it is no span; the message says how to write one.
pub fn time_span(written: &str) -> Result<TimeSpan, String> {
    let error = || format!("`{written}` is no time: write 10m..20m, 1:30..2:00 or 90s");
    let moment = |part: &str| moment(part).ok_or_else(error);
    match written.split_once("..") {
        Some(("", "")) => Err(error()),
        Some((from, to)) => {
            let start = if from.is_empty() { Time(0) } else { moment(from)? };
            let end = if to.is_empty() { Time(u64::MAX) } else { moment(to)? };
            if end < start {
                return Err(format!(
                    "`{written}` ends before it starts: write the earlier time first"
                ));
            }
            Ok(TimeSpan { start, end })
        }
        None => {
            let start = moment(written)?;
            Ok(TimeSpan { start, end: start })
        }
    }
}

/// Reads `90`, `90s`, `10m`, `1h`, `1h30m`, `1:30` and `1:02:03.5` as a moment.
fn moment(written: &str) -> Option<Time> {
    let seconds = if written.contains(':') {
        clock(written)?
    } else {
        let mut total = 0.0;
        let mut digits = String::new();
        for c in written.chars() {
            match c {
                'h' => total += number(&std::mem::take(&mut digits))? * 3600.0,
                'm' => total += number(&std::mem::take(&mut digits))? * 60.0,
                's' => total += number(&std::mem::take(&mut digits))?,
                _ => digits.push(c),
            }
        }
        if digits.is_empty() { total } else { total + number(&digits)? }
    };
    let sensible =
        (0.0..1e12).contains(&seconds) && written.starts_with(|c: char| c.is_ascii_digit());
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within bounds")]
    sensible.then(|| Time((seconds * 1000.0).round() as u64))
}

/// Reads `1:30` and `1:02:03.5` in seconds. Behind the first colon, numbers are below 60.
fn clock(written: &str) -> Option<f64> {
    let parts: Vec<f64> = written.split(':').map(number).collect::<Option<_>>()?;
    let is_clock = parts.len() <= 3 && parts[1..].iter().all(|part| *part < 60.0);
    is_clock.then(|| parts.iter().fold(0.0, |total, part| total * 60.0 + part))
}

fn number(digits: &str) -> Option<f64> {
    let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if plain { digits.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_compared_by_part_or_by_glob() {
        for (pattern, path, accepted) in [
            ("gotime", "talks/gotime/go-1.md", true),
            ("*.srt", "talks/a.srt", true),
            ("talks/*.srt", "talks/2017/a.srt", false),
            ("talks/**/*.srt", "talks/2017/a.srt", true),
            ("talks/**/*.srt", "talks/a.srt", true),
            ("a/**/b/**/c", "a/b/x/c", true),
            ("a/**/b/**/c", "a/x/b/c", true),
            ("a/**/b", "a/xb", false),
            ("**", "a/b", true),
            ("*a*a*a*a*a*a*a*a*a*a*a*a*b/x", &"a".repeat(200), false),
            ("GO-?.md", "talks/gotime/go-1.md", true),
            ("go-?.md", "talks/gotime/go-12.md", false),
        ] {
            assert_eq!(PathPattern(pattern.into()).accepts(path), accepted, "{pattern} {path}");
        }
    }

    #[test]
    fn one_of_several_shapes_is_enough() {
        let patterns = PathPattern::alternatives("*.md|gotime").unwrap();
        let filter = Filter::Path(patterns);
        for (path, accepted) in [("a/b.md", true), ("gotime/a.srt", true), ("a/b.srt", false)] {
            assert_eq!(filter.accepts(&Facts { path, ..Facts::default() }), accepted, "{path}");
        }
        assert_eq!(filter.to_string(), "path:*.md|gotime");
        let quoted = Filter::Path(vec![PathPattern("a|b".to_owned())]);
        assert_eq!(quoted.to_string(), "path:\"a|b\"");
        assert_eq!(PathPattern::alternatives("|"), Err("`|` is no path".to_owned()));
    }

    #[test]
    fn a_range_of_dates_includes_its_ends() {
        let range: DateRange = "2017-07..2018".parse().unwrap();
        for (date, accepted) in [
            ("2017-07-01", true),
            ("2018-12-31", true),
            ("2017-06-30", false),
            ("2019", false),
            ("2017", true),
        ] {
            assert_eq!(range.accepts(date.parse().unwrap()), accepted, "{date}");
        }
    }

    #[test]
    fn times_are_read_in_every_usual_shape() {
        for (written, start, end) in [
            ("10m..20m", 600_000, 1_200_000),
            ("1:30..2:00", 90_000, 120_000),
            ("1:02:03.5", 3_723_500, 3_723_500),
            ("90s", 90_000, 90_000),
            ("1h30m..", 5_400_000, u64::MAX),
            ("90:59", 5_459_000, 5_459_000),
        ] {
            let span = TimeSpan { start: Time(start), end: Time(end) };
            assert_eq!(time_span(written), Ok(span), "{written}");
        }
        for wrong in ["", "..", "soon", "1:x", "m", "1:60", "99:99:99", "1:60:00", "1:2:3:4"] {
            let message = format!("`{wrong}` is no time: write 10m..20m, 1:30..2:00 or 90s");
            assert_eq!(time_span(wrong), Err(message));
        }
        let backwards = "`3m..2m` ends before it starts: write the earlier time first";
        assert_eq!(time_span("3m..2m"), Err(backwards.to_owned()));
    }
}
