//! `pullquote read`

use std::io::{self, Read, Write};

use pullquote::{
    corpus,
    print::read as print,
    read::{self, Options},
};

use super::{Found, arguments::ReadOptions, failure::Failure, terminal};

pub(super) fn run(out: &mut dyn Write, typed: &ReadOptions) -> Result<Found, Failure> {
    let path = &typed.file;
    let bytes = if path.as_os_str() == "-" {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes).map_err(|error| Failure::file(path, &error))?;
        bytes
    } else {
        corpus::load(path).map_err(|error| Failure::file(path, &error))?
    };
    let name = path.to_string_lossy();
    let options = Options { encoding: typed.encoding.clone() };
    let document =
        read::read(&name, &bytes, &options).map_err(|error| Failure::file(path, &error))?;
    if typed.json {
        print::json(out, &name, &document)?;
    } else {
        print::text(out, &name, &document, terminal::columns(None))?;
    }
    Ok(Found::Something)
}
