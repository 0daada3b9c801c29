//! `pullquote quote`

use std::{io::Write, num::NonZeroUsize, path::Path, thread};

use pullquote::{
    index::Index,
    ordered::{Limits, ordered},
    print::{json, recall as print, text::Layout},
    search::{
        SearchError,
        recall::{Request, recall},
    },
};

use super::{
    Found,
    arguments::{QuoteOptions, When},
    failure::Failure,
    search::{lines, open},
    terminal,
};

pub(super) fn run(
    out: &mut dyn Write,
    typed: &QuoteOptions,
    index: Option<&Path>,
    color: When,
) -> Result<Found, Failure> {
    let index = open(index, color)?;
    if let Some(file) = &typed.from {
        return run_all(out, typed, &index, file);
    }
    let request = request(typed, typed.words.join(" "));
    let recalled =
        recall(&index, &request).map_err(|error| Failure::search(&request.quotation, error))?;
    if typed.json {
        print::json(out, &recalled)?;
    } else {
        let layout = Layout { width: terminal::columns(typed.width), lines: 0 };
        print::text(out, &recalled, layout)?;
        out.flush()?;
        if recalled.hits.is_empty() {
            writeln!(terminal::stderr(color), "nothing found")?;
        }
    }
    Ok(if recalled.hits.is_empty() { Found::Nothing } else { Found::Something })
}

fn request(typed: &QuoteOptions, quotation: String) -> Request {
    Request { quotation, filters: typed.filters.filters(), limit: typed.limit }
}

/// Looks up each line of a file, on all cores, in order.
fn run_all(
    out: &mut dyn Write,
    typed: &QuoteOptions,
    index: &Index,
    file: &Path,
) -> Result<Found, Failure> {
    let lines = lines(file)?;
    let threads = thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let mut found = Found::Nothing;
    ordered(
        &lines,
        &Limits { threads, cost: 64 },
        |_| 1,
        |(): &mut (), line| recall(index, &request(typed, line.clone())),
        |line, recalled| match recalled {
            Ok(recalled) => {
                if !recalled.hits.is_empty() {
                    found = Found::Something;
                }
                Ok(print::json_line(out, &recalled)?)
            }
            Err(error @ SearchError::Index(_)) => Err(Failure::search(line, error)),
            Err(error) => Ok(json::error_line(out, line, &error.to_string())?),
        },
    )?;
    Ok(found)
}
