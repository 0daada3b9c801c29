//! `pullquote quote`

use std::{io::Write, path::Path};

use pullquote::{
    cite::Wording,
    print::recall as print,
    search::recall::{Request, recall},
};

use super::{
    Found,
    arguments::{Format, QuoteOptions, When},
    batch,
    failure::Failure,
    output::Output,
    search::{name_unmatched, open},
    terminal,
};

pub(super) fn run(
    out: &mut dyn Write,
    typed: &QuoteOptions,
    index: Option<&Path>,
    color: When,
) -> Result<Found, Failure> {
    if typed.from.is_some() && typed.output.cite.is_some() {
        return Err(Failure::new("--from writes what is found as JSON, without citations")
            .hint("quote one at a time to have it cited"));
    }
    let output = Output::new(&typed.output, color)?;
    let index = open(index, color)?;
    if let Some(file) = &typed.from {
        let answer = |line: &str| recall(index, &request(typed, line.to_owned()));
        return batch::run(
            out,
            file,
            answer,
            |it| !it.hits.is_empty(),
            |out, it| print::json_line(out, it),
        );
    }
    let request = request(typed, typed.words.join(" "));
    let recalled =
        recall(index, &request).map_err(|error| Failure::recall(&request.quotation, error))?;
    match output.format {
        Format::Json => print::json(out, &recalled, output.processor())?,
        Format::Text => {
            let hits = recalled.hits.iter().map(|it| &it.hit);
            if !output.citations(out, hits, Wording::Matched)? {
                print::text(out, &recalled, output.layout(None))?;
            }
            out.flush()?;
            if recalled.hits.is_empty() {
                name_unmatched(index, &request.filters, output.layout(None).styles, color)?;
                writeln!(terminal::stderr(color), "nothing found")?;
            }
        }
        _ => {
            output.hits(out, &recalled.quotation, recalled.hits.iter().map(|it| &it.hit))?;
        }
    }
    Ok(if recalled.hits.is_empty() { Found::Nothing } else { Found::Something })
}

fn request(typed: &QuoteOptions, quotation: String) -> Request {
    Request { quotation, filters: typed.filters.filters(), limit: typed.limit }
}
