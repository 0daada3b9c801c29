//! `pullquote doctor`

use std::{
    collections::BTreeSet,
    io::Write,
    path::{Path, PathBuf},
};

use pullquote::{
    index::{Cure, Diagnosis, Extent, Index, Patience, Stake, at_stake, examine, repair},
    print::{clean, doctor, summary},
    update::{Mode, Options, not_found},
};

use super::{
    Found,
    arguments::{CORPUS, DoctorOptions, INDEX, When},
    failure::{Failure, listed},
    index::build,
    interrupt, terminal,
};

pub(super) fn run(
    out: &mut dyn Write,
    typed: &DoctorOptions,
    index: Option<&Path>,
    color: When,
) -> Result<Found, Failure> {
    let index = index.unwrap_or(Path::new(INDEX));
    let extent = typed.sample.map_or(Extent::All, Extent::Sample);
    let mut diagnosis = examine(index, extent)?;
    let mut has_all = true;
    if typed.fix && !(diagnosis.is_whole() && diagnosis.leftovers.is_empty()) {
        doctor::text(&mut terminal::stderr(color), &diagnosis)?;
        has_all = fix(typed, index, &diagnosis, color)?;
        diagnosis = examine(index, extent)?;
    }
    let mut is_fine = diagnosis.is_whole() && has_all;
    if typed.json {
        doctor::json(out, &diagnosis)?;
    } else {
        doctor::text(out, &diagnosis)?;
    }
    // What is damaged cannot be compared with anything.
    if is_fine && let Some(paths) = &typed.corpus {
        let summary = build(&options(typed, paths, index, Mode::Check)?, false)?;
        is_fine = summary.is_up_to_date();
        if typed.json {
            summary::json(out, &summary)?;
        } else {
            summary::differences(out, &summary)?;
            summary::text(out, &summary)?;
        }
    }
    Ok(if is_fine { Found::Something } else { Found::Nothing })
}

/// Rebuilds what is broken, and nothing else. Gives whether all documents are there again.
fn fix(
    typed: &DoctorOptions,
    index: &Path,
    diagnosis: &Diagnosis,
    color: When,
) -> Result<bool, Failure> {
    let default = [PathBuf::from(CORPUS)];
    let paths = typed.corpus.as_deref().unwrap_or(&default);
    let at_stake =
        keep_documents(typed, &options(typed, paths, index, Mode::Check)?, diagnosis, color)?;
    let mode = match repair(index, diagnosis, &Patience::default())? {
        Cure::None => return Ok(true),
        Cure::Update(_) => Mode::Update,
        Cure::Rebuild => Mode::Rebuild,
    };
    let built = build(&options(typed, paths, index, mode)?, true)?;
    let mut stderr = terminal::stderr(color);
    summary::warnings(&mut stderr, &built)?;
    summary::removed(&mut stderr, &built)?;
    // A file that is there may still not be readable.
    let records = Index::open(index)?.records()?;
    let there: BTreeSet<String> = records.into_iter().map(|record| record.path).collect();
    for path in at_stake.difference(&there) {
        writeln!(stderr, "removed {}", clean(path))?;
    }
    summary::text(&mut stderr, &built)?;
    Ok(at_stake.is_subset(&there))
}

/// Refuses a repair after which documents would be gone that are not found again. Gives those that
/// are to be read again, where they are known.
fn keep_documents(
    typed: &DoctorOptions,
    options: &Options,
    diagnosis: &Diagnosis,
    color: When,
) -> Result<BTreeSet<String>, Failure> {
    const AGAIN: &str = "name all files and folders that the index was built from: \
                         `pullquote doctor --fix --corpus PATHS`, with the --no-ignore and \
                         --encoding of then";
    let stake = at_stake(&options.index, diagnosis);
    let is_unknown = stake == Stake::Unknown;
    let documents = match stake {
        Stake::Nothing => return Ok(BTreeSet::new()),
        Stake::Unknown if typed.corpus.is_none() => {
            let message = "the list of its documents is damaged, too: nobody knows where they were";
            return Err(
                Failure::new(format!("{message} read from, and nothing was changed")).hint(AGAIN)
            );
        }
        Stake::Unknown => BTreeSet::new(),
        Stake::Documents(documents) => documents,
    };
    let lost: Vec<String> = not_found(options, documents.clone())?.into_iter().collect();
    let paths = options.paths.iter().map(|path| path.display().to_string());
    let paths = listed(&paths.collect::<Vec<_>>(), ", ");
    if !lost.is_empty() {
        let lost = listed(&lost, ", ");
        let message = format!("not found in {paths}, and lost if the index was mended: {lost}");
        return Err(Failure::new(message).hint(format!(
            "{AGAIN}; what is gone for good is left out by `pullquote index --rebuild PATHS`"
        )));
    }
    if is_unknown {
        writeln!(
            terminal::stderr(color),
            "the list of its documents is damaged, too: what is not found in {} is left out",
            clean(&paths)
        )?;
    }
    Ok(documents)
}

fn options(
    typed: &DoctorOptions,
    paths: &[PathBuf],
    index: &Path,
    mode: Mode,
) -> Result<Options, Failure> {
    let patience = Patience { interrupt: interrupt::on_signals()?, ..Patience::default() };
    let paths = if paths.is_empty() { vec![CORPUS.into()] } else { paths.to_vec() };
    Ok(Options {
        paths,
        index: index.to_owned(),
        no_ignore: typed.no_ignore,
        encoding: typed.encoding.clone(),
        mode,
        patience,
        ..Options::default()
    })
}
