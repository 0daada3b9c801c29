//! `pullquote search`

use std::{
    io::{self, IsTerminal, Write},
    path::Path,
};

use pullquote::{
    index::{Index, IndexError},
    print::{clean, json, text},
    search::{Answer, Request, search},
};

use super::{
    Found,
    arguments::{CORPUS, INDEX, SearchOptions, When},
    batch,
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
        let answer = |line: &str| search(&index, &request(typed, line.to_owned()));
        return batch::run(
            out,
            queries,
            answer,
            |it| it.total > 0,
            |out, it| json::answer_line(out, it),
        );
    }
    let request = request(typed, typed.query.join(" ").trim_start().to_owned());
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
        stemming: typed.words.stemming(),
        counting: typed.words.counting(),
        explaining: typed.ranking.explaining(),
        folding: typed.ranking.folding(),
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
        write!(out, "no passage has `{}`", clean(typed))?;
        if let Some(suggested) = answer.suggestions.iter().find(|it| it.term == *term) {
            text::suggested(out, suggested)?;
        }
        writeln!(out)?;
    }
    if answer.closest {
        writeln!(out, "no passage has all of these words; the closest:")?;
    }
    Ok(())
}

/// How many hits there are, for who looks at a terminal.
fn total(out: &mut dyn Write, answer: &Answer) -> io::Result<()> {
    let shown: usize = answer.hits.iter().map(|hit| 1 + hit.alike.len()).sum();
    let total = answer.total;
    match (shown, total) {
        (_, 0) => writeln!(out, "nothing found"),
        _ if !io::stdout().is_terminal() => Ok(()),
        (_, 1) => writeln!(out, "\n1 passage"),
        _ if shown == total => writeln!(out, "\n{total} passages"),
        _ => writeln!(out, "\n{shown} of {total} passages"),
    }
}
