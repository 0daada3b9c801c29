//! `pullquote search`

use std::{
    fs::File,
    io::{self, IsTerminal, Read, Write},
    num::NonZeroUsize,
    path::Path,
    thread,
};

use pullquote::{
    index::{Index, IndexError},
    ordered::{Limits, ordered},
    print::{json, text},
    search::{Answer, Request, SearchError, Stemming, search},
};

use super::{
    Found,
    arguments::{CORPUS, INDEX, SearchOptions, When},
    failure::Failure,
    index::build_default,
    terminal,
};

/// Lines of a passage that are shown, about.
const LINES: usize = 5;

pub(super) fn run(
    out: &mut dyn Write,
    typed: &SearchOptions,
    index: Option<&Path>,
    color: When,
) -> Result<Found, Failure> {
    let index = open(index, color)?;
    if let Some(queries) = &typed.queries {
        return run_all(out, typed, &index, queries);
    }
    let request = request(typed, typed.query.join(" "));
    let answer =
        search(&index, &request).map_err(|error| Failure::search(&request.query, error))?;
    if typed.json {
        json::answer(out, &answer)?;
    } else {
        notes(&mut terminal::stderr(color), &answer)?;
        let layout = text::Layout { width: terminal::columns(typed.width), lines: LINES };
        text::answer(out, &answer, layout)?;
        out.flush()?;
        total(&mut terminal::stderr(color), &answer)?;
    }
    Ok(if answer.total == 0 { Found::Nothing } else { Found::Something })
}

fn request(typed: &SearchOptions, query: String) -> Request {
    Request {
        query,
        filters: typed.filters.filters(),
        any: typed.any,
        stemming: if typed.no_stem { Stemming::Off } else { Stemming::On },
        offset: typed.offset,
        limit: typed.limit,
        context: typed.context,
    }
}

/// Opens the index; the default one is built first when there is none yet.
pub(super) fn open(index: Option<&Path>, color: When) -> Result<Index, Failure> {
    let path = index.unwrap_or(Path::new(INDEX));
    match Index::open(path) {
        Err(IndexError::Missing(_)) if index.is_none() && Path::new(CORPUS).is_dir() => {
            build_default(color)?;
            Ok(Index::open(path)?)
        }
        opened => Ok(opened?),
    }
}

/// What one should know before reading the hits.
fn notes(out: &mut dyn Write, answer: &Answer) -> io::Result<()> {
    for term in &answer.unknown {
        let typed = &answer.query[term.span.start..term.span.end];
        writeln!(out, "no passage has `{}`", pullquote::print::clean(typed))?;
    }
    if answer.closest {
        writeln!(out, "no passage has all of these words; the closest:")?;
    }
    Ok(())
}

/// How many hits there are, for who looks at a terminal.
fn total(out: &mut dyn Write, answer: &Answer) -> io::Result<()> {
    let (shown, total) = (answer.hits.len(), answer.total);
    match (shown, total) {
        (_, 0) => writeln!(out, "nothing found"),
        _ if !io::stdout().is_terminal() => Ok(()),
        (_, 1) => writeln!(out, "\n1 passage"),
        _ if shown == total => writeln!(out, "\n{total} passages"),
        _ => writeln!(out, "\n{shown} of {total} passages"),
    }
}

/// The lines of a file, or of standard input for `-`.
pub(super) fn lines(path: &Path) -> Result<Vec<String>, Failure> {
    let failed = |error| Failure::file(path, &format!("cannot be read: {error}"));
    let mut bytes = Vec::new();
    if path.as_os_str() == "-" {
        io::stdin().lock().read_to_end(&mut bytes).map_err(failed)?;
    } else {
        File::open(path).and_then(|mut file| file.read_to_end(&mut bytes)).map_err(failed)?;
    }
    Ok(String::from_utf8_lossy(&bytes).lines().map(str::to_owned).collect())
}

/// Answers each line of a file, on all cores, in order.
fn run_all(
    out: &mut dyn Write,
    typed: &SearchOptions,
    index: &Index,
    queries: &Path,
) -> Result<Found, Failure> {
    let lines = lines(queries)?;
    let threads = thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let mut found = Found::Nothing;
    ordered(
        &lines,
        &Limits { threads, cost: 64 },
        |_| 1,
        |(): &mut (), line| search(index, &request(typed, line.clone())),
        |line, answer| match answer {
            Ok(answer) => {
                if answer.total > 0 {
                    found = Found::Something;
                }
                Ok(json::answer_line(out, &answer)?)
            }
            Err(error @ SearchError::Index(_)) => Err(Failure::search(line, error)),
            Err(error) => Ok(json::error_line(out, line, &error.to_string())?),
        },
    )?;
    Ok(found)
}
