//! `pullquote read`

use std::{
    io::{self, Read, Write},
    path::Path,
};

use pullquote::{
    corpus::{self, Loader, Scan},
    print::{formats, read as print},
    read::{self, Document, Options},
};

use super::{
    Found, STANDARD_INPUT,
    arguments::{ReadOptions, When},
    failure::Failure,
    is_standard_input,
    output::styles,
    terminal,
};

pub(super) fn run(out: &mut dyn Write, typed: &ReadOptions, color: When) -> Result<Found, Failure> {
    if typed.formats {
        if typed.json {
            formats::json(out)?;
        } else {
            formats::text(out)?;
        }
        return Ok(Found::Something);
    }
    let Some(path) = &typed.file else { return Err(Failure::new("no file to read")) };
    let options = Options { encoding: typed.encoding.clone() };
    let (name, document) = if is_standard_input(path) {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes).map_err(|error| Failure::file(path, &error))?;
        let document = read::read("-", &bytes, &options);
        (STANDARD_INPUT.into(), document.map_err(|error| Failure::file(path, &error))?)
    } else {
        (path.to_string_lossy(), file(path, &options)?)
    };
    if typed.json {
        print::json(out, &name, &document)?;
    } else {
        print::text(out, &name, &document, terminal::columns(None), styles(color)?)?;
    }
    Ok(Found::Something)
}

/// Reads a file with what stands beside it, just as `index` does.
fn file(path: &Path, options: &Options) -> Result<Document, Failure> {
    let file = corpus::locate(path).map_err(|error| Failure::file(path, &error))?;
    let roots = corpus::settings(std::slice::from_ref(&file.path), &Scan::default())
        .map_err(|error| Failure::new(error.to_string()))?;
    let told = roots.told(&file.name);
    let mut loader = Loader::default();
    let fetched = corpus::fetch(&file, &mut loader).map_err(|error| Failure::file(path, &error))?;
    // Whoever names a file has the memory for it.
    let understood =
        fetched.read(told, options, None).map_err(|error| Failure::file(path, &error))?;
    Ok(understood.document)
}
