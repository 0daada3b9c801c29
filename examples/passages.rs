//! Writes the passages of a corpus as JSON Lines, for the programs that pullquote is measured beside.
//!
//! ```text
//! passages CORPUS > PASSAGES.jsonl
//! ```

use std::{
    env,
    error::Error,
    io::{BufWriter, Write, stdout},
};

use pullquote::{corpus, passage, read};
use serde_json::json;

fn main() -> Result<(), Box<dyn Error>> {
    let root = env::args().nth(1).ok_or("usage: passages CORPUS")?;
    let scan = corpus::scan(&[root.into()], &corpus::Options::default())
        .map_err(|(path, error)| format!("{}: {error}", path.display()))?;
    let mut out = BufWriter::new(stdout().lock());
    for file in &scan.files {
        let bytes = corpus::load(&file.path)?;
        let Ok(document) = read::read(&file.name, &bytes, &read::Options::default()) else {
            continue;
        };
        for passage in passage::split(&document.transcript.turns) {
            let line = json!({ "path": file.name, "text": passage.text.as_str() });
            writeln!(out, "{line}")?;
        }
    }
    Ok(out.flush()?)
}
