//! `pullquote index`

use std::{
    env,
    io::Write,
    path::{Path, PathBuf},
};

use pullquote::{
    index::{IndexError, Patience, Segments, is_index},
    print::summary,
    update::{Evidence, Mode, Options, Summary, UpdateError, update},
};

use super::{
    Found,
    arguments::{CORPUS, INDEX, IndexFormat, IndexOptions, When},
    failure::Failure,
    interrupt,
    progress::Bar,
    terminal,
};

pub(super) fn run(
    out: &mut dyn Write,
    typed: &IndexOptions,
    index: Option<&Path>,
    color: When,
) -> Result<Found, Failure> {
    let mode = match typed {
        IndexOptions { rebuild: true, .. } => Mode::Rebuild,
        IndexOptions { check: true, .. } => Mode::Check,
        IndexOptions { reproducible: true, .. } => Mode::Reproduce,
        _ => Mode::Update,
    };
    let index = index.unwrap_or(Path::new(INDEX));
    let options = Options {
        paths: paths(typed, index)?,
        index: index.to_owned(),
        no_ignore: typed.no_ignore,
        encoding: typed.encoding.clone(),
        mode,
        memory: typed.memory as usize * 1_000_000,
        threads: typed.threads,
        evidence: evidence(typed, color)?,
        segments: if typed.optimize { Segments::One } else { Segments::Few },
        patience: Patience {
            wait: typed.wait.unwrap_or_default(),
            interrupt: interrupt::on_signals()?,
        },
    };
    let summary = build(&options, !typed.quiet)?;
    let format = if typed.json { IndexFormat::Json } else { typed.format };
    match format {
        IndexFormat::Json => summary::json(out, &summary)?,
        IndexFormat::Github => summary::github(out, &summary)?,
        IndexFormat::Text if typed.quiet => {}
        IndexFormat::Text => {
            summary::warnings(&mut terminal::stderr(color), &summary)?;
            if mode == Mode::Check {
                summary::differences(out, &summary)?;
            } else {
                summary::removed(out, &summary)?;
            }
            summary::text(out, &summary)?;
        }
    }
    let most = typed.max_warnings.unwrap_or(if typed.strict { 0 } else { usize::MAX });
    let fails = (mode == Mode::Check && !summary.is_up_to_date()) || summary.warnings.len() > most;
    Ok(if fails { Found::Nothing } else { Found::Something })
}

/// What to read. A folder that is typed and gone has no documents any more; the default one may lie
/// on a disk that is not there today, or the command may run in another folder.
fn paths(typed: &IndexOptions, index: &Path) -> Result<Vec<PathBuf>, Failure> {
    if !typed.paths.is_empty() {
        return Ok(typed.paths.clone());
    }
    if is_index(index) && !Path::new(CORPUS).exists() {
        let message = format!("there is no `{CORPUS}` here, and the index is left as it is");
        return Err(Failure::new(message).hint(format!(
            "name the files and folders to read; if it is gone for good, `pullquote index {CORPUS}` \
             removes its documents"
        )));
    }
    Ok(vec![CORPUS.into()])
}

/// What shows that a file has not changed. A checkout of CI has new times, or those of a cache.
fn evidence(typed: &IndexOptions, color: When) -> Result<Evidence, Failure> {
    let is_ci = env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false");
    if typed.trust_mtime && is_ci {
        let mut stderr = terminal::stderr(color);
        writeln!(
            stderr,
            "--trust-mtime is left out, since CI is set: times of a checkout tell nothing"
        )?;
        return Ok(Evidence::Contents);
    }
    Ok(if typed.trust_mtime { Evidence::Times } else { Evidence::Contents })
}

/// Builds the index of the default corpus for a search that has none.
pub(super) fn build_default(color: When) -> Result<(), Failure> {
    let mut stderr = terminal::stderr(color);
    writeln!(stderr, "no index yet: building `{INDEX}` from `{CORPUS}`")?;
    let options = Options {
        paths: vec![PathBuf::from(CORPUS)],
        index: INDEX.into(),
        patience: Patience { interrupt: interrupt::on_signals()?, ..Patience::default() },
        ..Options::default()
    };
    let built = build(&options, true)?;
    summary::warnings(&mut stderr, &built)?;
    summary::text(&mut stderr, &built)?;
    writeln!(stderr)?;
    Ok(())
}

/// Runs with a bar on a terminal where one is wanted.
pub(super) fn build(options: &Options, progress: bool) -> Result<Summary, Failure> {
    let mut bar = Bar::new(progress);
    let summary = update(options, |progress| bar.show(progress));
    bar.finish();
    let interrupt = &options.patience.interrupt;
    summary.map_err(|error| match error {
        UpdateError::Index(IndexError::Interrupted) => {
            Failure::from(error).stopped_by(interrupt.signal())
        }
        error => error.into(),
    })
}
