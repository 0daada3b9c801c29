//! How many passages answer a query.

use std::io::{self, Write};

use serde::Serialize;

use super::{
    clean, json,
    table::{Cell, Sheet, number, some, table},
};
use crate::{
    paths,
    search::{Count, CountKey, Counted},
};

/// Writes the number alone, or a line for each value with their sum below, for a person.
///
/// # Errors
/// When it cannot be written.
pub fn text(out: &mut dyn Write, counted: &Counted) -> io::Result<()> {
    if counted.key.is_none() {
        return writeln!(out, "{}", counted.total);
    }
    let width = counted.total.to_string().len();
    for Count { value, passages } in &counted.rows {
        let value = value.as_deref().map_or("(none)".into(), clean);
        writeln!(out, "{passages:width$}  {value}")?;
    }
    writeln!(out, "{:width$}  in all", counted.total)
}

/// Writes the paths of the documents that were counted, in their order, with a byte behind each.
///
/// # Errors
/// When it cannot be written.
pub fn paths(out: &mut dyn Write, counted: &Counted, ends: PathEnd) -> io::Result<()> {
    let mut paths: Vec<&str> = counted.rows.iter().filter_map(|row| row.value.as_deref()).collect();
    paths.sort_unstable();
    for path in paths {
        match ends {
            PathEnd::Line => ended(out, path, b'\n')?,
            PathEnd::CleanLine => writeln!(out, "{}", clean(path))?,
            PathEnd::Nul => ended(out, path, b'\0')?,
        }
    }
    Ok(())
}

/// Writes the very bytes of a path, and one behind them.
fn ended(out: &mut dyn Write, path: &str, end: u8) -> io::Result<()> {
    out.write_all(&paths::bytes(path))?;
    out.write_all(&[end])
}

/// What stands behind a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathEnd {
    /// A line feed.
    Line,
    /// A line feed, and the path has pictures of its control characters: for a terminal.
    CleanLine,
    /// A byte that no path can have, for `xargs -0`.
    Nul,
}

/// The name of what passages are counted by.
fn name(key: CountKey) -> &'static str {
    match key {
        CountKey::Speaker => "speaker",
        CountKey::Source => "source",
        CountKey::Year => "year",
    }
}

/// Writes the counts as a table.
///
/// # Errors
/// When it cannot be written.
pub fn sheet(out: &mut dyn Write, sheet: Sheet, counted: &Counted) -> io::Result<()> {
    let Some(key) = counted.key else {
        let row = vec![number(Some(counted.total))];
        return table(out, sheet, &counted.query, &["passages"], std::iter::once(row));
    };
    let row = |row: &'_ Count| -> Vec<Cell<'static>> {
        vec![some(row.value.as_deref()).into_owned().into(), number(Some(row.passages))]
    };
    table(out, sheet, &counted.query, &[name(key), "passages"], counted.rows.iter().map(row))
}

#[derive(Serialize)]
struct CountLine<'a> {
    r#type: &'static str,
    by: &'static str,
    value: Option<&'a str>,
    passages: usize,
}

#[derive(Serialize)]
struct EndLine<'a> {
    r#type: &'static str,
    total: usize,
    unknown: Vec<&'a str>,
    elapsed_ms: f64,
}

/// Writes the counts as JSON Lines: `begin`, `count` …, `end`.
///
/// # Errors
/// When it cannot be written.
pub fn json(out: &mut dyn Write, counted: &Counted) -> io::Result<()> {
    json::begin(out, &counted.query)?;
    for Count { value, passages } in &counted.rows {
        let by = counted.key.map_or("", name);
        let value = value.as_deref();
        json::line(out, &CountLine { r#type: "count", by, value, passages: *passages })?;
    }
    json::line(
        out,
        &EndLine {
            r#type: "end",
            total: counted.total,
            unknown: json::typed_words(&counted.query, &counted.unknown),
            elapsed_ms: json::milliseconds(counted.elapsed_ms),
        },
    )
}
