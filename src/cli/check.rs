//! `pullquote check`

use std::{
    io::{self, Read, Write},
    num::NonZeroUsize,
    path::Path,
    thread,
};

use pullquote::{
    check::{CheckError, Checks, Options, Outcome, Policy, check},
    corpus,
    index::Index,
    ordered::{Limits, ordered},
    print::{
        check::{Report, github, html, json, junit, markdown, sarif, text},
        clean,
        style::Styles,
    },
    quote::Verdict,
    read::ReadError,
    transcript::Warning,
};

use super::{
    Found, STANDARD_INPUT,
    arguments::{CheckFormat, CheckOptions, When},
    failure::Failure,
    is_standard_input,
    output::styles,
    search::open,
    terminal,
};

/// The next manuscript is begun while the last quotations of one are looked up: each is checked on all
/// cores.
const AT_ONCE: Limits = Limits { threads: NonZeroUsize::MIN.saturating_add(1), cost: 2 };

pub(super) fn run(
    out: &mut dyn Write,
    typed: &CheckOptions,
    index: Option<&Path>,
    color: When,
) -> Result<Found, Failure> {
    let index = open(index, color)?;
    let format = if typed.json { CheckFormat::Json } else { typed.format };
    let policy = Policy { allowed: typed.allow.clone(), unchecked_fails: typed.strict };
    let styles = if format == CheckFormat::Text { styles(color)? } else { Styles::PLAIN };
    let mut reports = Vec::with_capacity(typed.files.len());
    ordered(
        &typed.files,
        &AT_ONCE,
        |_| 1,
        |(): &mut (), path| check_file(index, path, typed),
        |_, checked| {
            let (file, Checks { findings, warnings, stray_marks }) = match checked? {
                Ok(checked) => checked,
                // The others are checked all the same.
                Err(failure) => return Ok(failure.write(&mut terminal::stderr(color))?),
            };
            let stray = "this mark accepts no quotation".to_owned();
            let stray =
                stray_marks.into_iter().map(|line| Warning { line, message: stray.clone() });
            for Warning { line, message } in warnings.into_iter().chain(stray) {
                let line = line.map_or_else(String::new, |line| format!(":{line}"));
                let mut stderr = terminal::stderr(color);
                writeln!(stderr, "{}{line}: {}", clean(&file), clean(&message))?;
            }
            let report = Report { file, findings };
            write(out, &report, format, &policy, typed.all, styles)?;
            reports.push(report);
            Ok::<(), Failure>(())
        },
    )?;
    let is_part = reports.len() < typed.files.len();
    if reports.is_empty() && is_part {
        return Ok(Found::Part);
    }
    let findings = || reports.iter().flat_map(|report| &report.findings);
    let verdicts: Vec<Verdict> = findings().map(|checked| checked.verdict).collect();
    match format {
        CheckFormat::Json => json::counts(out, &verdicts)?,
        CheckFormat::Text | CheckFormat::Github => text::counts(out, &verdicts)?,
        CheckFormat::Markdown => markdown::report(out, &reports, &policy)?,
        CheckFormat::Html => html::report(out, &reports, &policy)?,
        CheckFormat::Sarif => sarif::report(out, &reports, &policy)?,
        CheckFormat::Junit => junit::report(out, &reports, &policy)?,
    }
    let fails = findings().any(|checked| policy.outcome(checked) == Outcome::Fails);
    Ok(match (is_part, fails) {
        (true, _) => Found::Part,
        (false, true) => Found::Nothing,
        (false, false) => Found::Something,
    })
}

/// Writes what can be written before the last manuscript is checked.
fn write(
    out: &mut dyn Write,
    report: &Report,
    format: CheckFormat,
    policy: &Policy,
    all: bool,
    styles: Styles,
) -> io::Result<()> {
    for checked in &report.findings {
        let outcome = policy.outcome(checked);
        let is_shown = all
            || matches!(outcome, Outcome::Fails | Outcome::Accepted)
            || !checked.notes.is_empty();
        match format {
            CheckFormat::Json => json::finding(out, &report.file, checked)?,
            CheckFormat::Github => github::finding(out, &report.file, checked, outcome)?,
            CheckFormat::Text if is_shown => {
                text::finding(out, &report.file, checked, terminal::columns(None), styles)?;
                writeln!(out)?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// The name of a manuscript and its quotations, or why it cannot be read: that is no reason to leave
/// the others unchecked, as an index that cannot be read is.
fn check_file(
    index: &Index,
    path: &Path,
    typed: &CheckOptions,
) -> Result<Result<(String, Checks), Failure>, Failure> {
    let options = Options {
        min_words: typed.min_words,
        encoding: typed.encoding.clone(),
        threads: thread::available_parallelism().unwrap_or(NonZeroUsize::MIN),
    };
    let manuscript = match read(path) {
        Ok(bytes) => bytes,
        Err(failure) => return Ok(Err(failure)),
    };
    let name = path.to_string_lossy();
    // Standard input is read as Markdown.
    let (name, read_as) = if is_standard_input(path) {
        (STANDARD_INPUT, "standard-input.md")
    } else {
        (&*name, &*name)
    };
    match check(index, read_as, &manuscript, &options) {
        Ok(checks) => Ok(Ok((name.to_owned(), checks))),
        // A draft without a word quotes nothing.
        Err(CheckError::Read(ReadError::Empty)) => Ok(Ok((name.to_owned(), Checks::default()))),
        Err(CheckError::Read(error)) => Ok(Err(Failure::file(path, &error))),
        Err(CheckError::Index(error)) => Err(error.into()),
    }
}

/// The bytes of a manuscript; `-` is standard input.
fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    if !is_standard_input(path) {
        // A container has no words of its own.
        let found = corpus::locate(path).and_then(|_| corpus::load(path));
        return found.map_err(|error| Failure::file(path, &error));
    }
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes).map_err(|error| Failure::file(path, &error))?;
    Ok(bytes)
}
