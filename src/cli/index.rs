//! `pullquote index`

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use pullquote::{
    print::summary,
    update::{self, Mode, Options, Summary, update},
};

use super::{
    Found,
    arguments::{CORPUS, INDEX, IndexOptions, When},
    failure::Failure,
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
        _ => Mode::Update,
    };
    let paths = if typed.paths.is_empty() { vec![CORPUS.into()] } else { typed.paths.clone() };
    let options = Options {
        paths,
        index: index.map_or_else(|| INDEX.into(), Path::to_owned),
        no_ignore: typed.no_ignore,
        encoding: typed.encoding.clone(),
        mode,
        memory: typed.memory as usize * 1_000_000,
        threads: typed.threads,
    };
    let summary = build(&options, !typed.quiet)?;
    if typed.json {
        summary::json(out, &summary)?;
    } else if !typed.quiet {
        summary::warnings(&mut terminal::stderr(color), &summary)?;
        if mode == Mode::Check {
            summary::differences(out, &summary)?;
        } else {
            summary::removed(out, &summary)?;
        }
        summary::text(out, &summary)?;
    }
    let fails = (mode == Mode::Check && !summary.is_up_to_date())
        || (typed.strict && !summary.warnings.is_empty());
    Ok(if fails { Found::Nothing } else { Found::Something })
}

/// Builds the index of the default corpus for a search that has none.
pub(super) fn build_default(color: When) -> Result<(), Failure> {
    let mut stderr = terminal::stderr(color);
    writeln!(stderr, "no index yet: building `{INDEX}` from `{CORPUS}`")?;
    let options = Options {
        paths: vec![PathBuf::from(CORPUS)],
        index: INDEX.into(),
        no_ignore: false,
        encoding: None,
        mode: Mode::Update,
        memory: update::MEMORY,
        threads: None,
    };
    let built = build(&options, true)?;
    summary::warnings(&mut stderr, &built)?;
    summary::text(&mut stderr, &built)?;
    writeln!(stderr)?;
    Ok(())
}

fn build(options: &Options, progress: bool) -> Result<Summary, Failure> {
    let mut bar = Bar::new(progress);
    let summary = update(options, |progress| bar.show(progress));
    bar.finish();
    Ok(summary?)
}
