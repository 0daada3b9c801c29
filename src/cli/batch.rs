//! Many queries at once: one a line in, one JSON line each out.

use std::{
    fs::File,
    io::{self, Read, Write},
    num::NonZeroUsize,
    path::Path,
    thread,
};

use pullquote::{
    ordered::{Limits, ordered},
    print::json,
    search::SearchError,
};

use super::{Found, failure::Failure, is_standard_input};

/// Answers each line of a file, or of standard input for `-`, on all cores and in order. A line that
/// is wrong is answered by an error line.
pub(super) fn run<A: Send>(
    out: &mut dyn Write,
    file: &Path,
    answer: impl Fn(&str) -> Result<A, SearchError> + Sync,
    is_found: impl Fn(&A) -> bool,
    print: impl Fn(&mut dyn Write, &A) -> io::Result<()>,
) -> Result<Found, Failure> {
    let lines = lines(file)?;
    let threads = thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let mut found = Found::Nothing;
    ordered(
        &lines,
        &Limits { threads, cost: 64 },
        |_| 1,
        |(): &mut (), line| answer(line),
        |line, answer| match answer {
            Ok(answer) => {
                if is_found(&answer) {
                    found = Found::Something;
                }
                Ok(print(out, &answer)?)
            }
            Err(error @ SearchError::Index(_)) => Err(Failure::search(line, error)),
            Err(error) => Ok(json::error_line(out, line, &error.to_string())?),
        },
    )?;
    Ok(found)
}

fn lines(path: &Path) -> Result<Vec<String>, Failure> {
    let failed = |error| Failure::file(path, &format!("cannot be read: {error}"));
    let mut bytes = Vec::new();
    if is_standard_input(path) {
        io::stdin().lock().read_to_end(&mut bytes).map_err(failed)?;
    } else {
        File::open(path).and_then(|mut file| file.read_to_end(&mut bytes)).map_err(failed)?;
    }
    Ok(String::from_utf8_lossy(&bytes).lines().map(str::to_owned).collect())
}
