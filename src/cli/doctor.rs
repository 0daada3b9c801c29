//! `pullquote doctor`

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use pullquote::{
    index::{Cure, Diagnosis, Extent, Patience, examine, repair},
    print::{doctor, summary},
    update::{Mode, Options},
};

use super::{
    Found,
    arguments::{CORPUS, DoctorOptions, INDEX, When},
    failure::Failure,
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
    if typed.fix && !(diagnosis.is_whole() && diagnosis.leftovers.is_empty()) {
        doctor::text(&mut terminal::stderr(color), &diagnosis)?;
        fix(typed, index, &diagnosis, color)?;
        diagnosis = examine(index, extent)?;
    }
    let mut is_fine = diagnosis.is_whole();
    if typed.json {
        doctor::json(out, &diagnosis)?;
    } else {
        doctor::text(out, &diagnosis)?;
    }
    // What is damaged cannot be compared with anything.
    if is_fine && let Some(paths) = &typed.corpus {
        let summary = build(&options(paths, index, Mode::Check)?, false)?;
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

/// Rebuilds what is broken, and nothing else.
fn fix(
    typed: &DoctorOptions,
    index: &Path,
    diagnosis: &Diagnosis,
    color: When,
) -> Result<(), Failure> {
    let mode = match repair(index, diagnosis, &Patience::default())? {
        Cure::None => return Ok(()),
        Cure::Update(_) => Mode::Update,
        Cure::Rebuild => Mode::Rebuild,
    };
    let default = [PathBuf::from(CORPUS)];
    let paths = typed.corpus.as_deref().unwrap_or(&default);
    let built = build(&options(paths, index, mode)?, true)?;
    summary::text(&mut terminal::stderr(color), &built)?;
    Ok(())
}

fn options(paths: &[PathBuf], index: &Path, mode: Mode) -> Result<Options, Failure> {
    let patience = Patience { interrupt: interrupt::on_signals()?, ..Patience::default() };
    let paths = if paths.is_empty() { vec![CORPUS.into()] } else { paths.to_vec() };
    Ok(Options { paths, index: index.to_owned(), mode, patience, ..Options::default() })
}
