//! `pullquote show`

use std::{borrow::Cow, io::Write, path::Path, time::Instant};

use pullquote::{
    paths,
    print::clean,
    search::{Answer, Outside, Shown, show},
};

use super::{
    Found,
    arguments::{Format, ShowOptions, When},
    failure::Failure,
    open::open_place,
    output::Output,
    search::open,
    terminal,
};

pub(super) fn run(
    out: &mut dyn Write,
    typed: &ShowOptions,
    index: Option<&Path>,
    color: When,
) -> Result<Found, Failure> {
    let started = Instant::now();
    if typed.open.is_some() && typed.output.cite.is_some() {
        return Err(Failure::new("--open shows nothing that could be cited")
            .hint("leave out --open or --cite"));
    }
    if typed.open.is_some() && typed.output.format() != Format::Text {
        return Err(Failure::new("--open writes nothing that could have a format")
            .hint("leave out --open, or --json and --format"));
    }
    let output = Output::new(&typed.output, color)?;
    let index = open(index, color)?;
    // What is UTF-8 may have been copied from an output that has the text of a path.
    let place = typed.place.to_str().map_or_else(|| paths::text(&typed.place), Cow::Borrowed);
    let Shown { hit, outside } = show(index, &place, typed.context)?;
    if let Some(outside) = outside {
        let path = clean(&hit.source.path);
        let mut stderr = terminal::stderr(color);
        match outside {
            Outside::Line(line) => {
                writeln!(stderr, "line {line} of `{path}` is in no passage; the nearest:")?;
            }
            Outside::Time(time) => writeln!(
                stderr,
                "no passage of `{path}` is known to go on at {time}; the last to start before:"
            )?,
        }
    }
    if let Some(with) = typed.open {
        open_place(&hit, with)?;
        return Ok(Found::Something);
    }
    let answer = Answer {
        query: place.into_owned(),
        hits: vec![hit],
        total: 1,
        closest: false,
        unknown: Vec::new(),
        suggestions: Vec::new(),
        explanation: None,
        elapsed_ms: started.elapsed().as_secs_f64() * 1000.0,
    };
    output.answer(out, &answer, None)?;
    Ok(Found::Something)
}
