//! `pullquote check`

use std::{
    io::{self, Read, Write},
    path::Path,
};

use pullquote::{
    check::{CheckError, Options, check},
    corpus,
    print::check as print,
    quote::Verdict,
};

use super::{
    Found,
    arguments::{CheckFormat, CheckOptions, When},
    failure::Failure,
    search::open,
    terminal,
};

pub(super) fn run(
    out: &mut dyn Write,
    typed: &CheckOptions,
    index: Option<&Path>,
    color: When,
) -> Result<Found, Failure> {
    let index = open(index, color)?;
    let format = if typed.json { CheckFormat::Json } else { typed.format };
    let options = Options { min_words: typed.min_words, encoding: typed.encoding.clone() };
    let mut verdicts = Vec::new();
    for path in &typed.files {
        let (name, manuscript) = read(path)?;
        let checked = check(&index, &name, &manuscript, &options).map_err(|error| match error {
            CheckError::Index(error) => error.into(),
            CheckError::Read(error) => Failure::file(path, &error),
        })?;
        for checked in &checked {
            verdicts.push(checked.verdict);
            let is_shown = typed.all || !passes(checked.verdict, typed);
            let has_note = !checked.notes.is_empty();
            match format {
                CheckFormat::Json => print::json(out, &name, checked)?,
                CheckFormat::Github => print::github(out, &name, checked)?,
                CheckFormat::Text if is_shown || has_note => {
                    print::text(out, &name, checked, terminal::columns(None))?;
                    writeln!(out)?;
                }
                CheckFormat::Text => {}
            }
        }
    }
    match format {
        CheckFormat::Json => print::json_counts(out, &verdicts)?,
        CheckFormat::Text | CheckFormat::Github => print::counts(out, &verdicts)?,
    }
    let all_pass = verdicts.iter().all(|verdict| passes(*verdict, typed));
    Ok(if all_pass { Found::Something } else { Found::Nothing })
}

fn passes(verdict: Verdict, typed: &CheckOptions) -> bool {
    match verdict {
        Verdict::Unchecked => !typed.strict,
        _ => verdict.passes() || typed.allow.contains(&verdict),
    }
}

/// The name and the bytes of a manuscript; `-` is Markdown on standard input.
fn read(path: &Path) -> Result<(String, Vec<u8>), Failure> {
    if path.as_os_str() != "-" {
        let bytes = corpus::load(path).map_err(|error| Failure::file(path, &error))?;
        return Ok((path.to_string_lossy().into_owned(), bytes));
    }
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes).map_err(|error| Failure::file(path, &error))?;
    Ok(("standard-input.md".to_owned(), bytes))
}
