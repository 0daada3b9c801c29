//! Jupyter notebooks (`.ipynb`): <https://nbformat.readthedocs.io/en/latest/format_description.html>.
//!
//! Cells of Markdown and raw cells are read as one Markdown document. Cells of code and their
//! outputs are left out. The title is that of the first heading, else that of the notebook's
//! metadata.

use std::ops::Range;

use crate::{
    read::{
        Read, Reader,
        json::positions::{elements, escape, is_closed, member, string, unescaped},
        markdown,
        nested::Nested,
        single_line::single_line,
        xml::Source,
    },
    transcript::{Transcript, Warning},
};

/// Jupyter notebooks.
pub const READER: Reader = Reader {
    format: "notebook",
    extensions: &["ipynb"],
    version: 3,
    recognises,
    read: Read::Text(read),
};

fn recognises(head: &str) -> bool {
    head.trim_start().starts_with('{')
        && ["\"cell_type\"", "\"nbformat\""].iter().any(|name| head.contains(name))
}

fn read(text: &str) -> Transcript {
    let source = Source::new(text);
    let whole = text.len() - text.trim_start().len()..text.trim_end().len();
    let mut nested = Nested::default();
    for cell in cells(text, &whole) {
        let is_prose = |kind: Range<usize>| matches!(&text[kind], "markdown" | "raw" | "heading");
        let kind = member(text, &cell, "cell_type").and_then(|it| string(text, &it));
        let Some(written) = member(text, &cell, "source").filter(|_| kind.is_some_and(is_prose))
        else {
            continue;
        };
        if !nested.as_str().is_empty() {
            nested.put("\n\n", written.start..written.start);
        }
        let lines =
            if string(text, &written).is_some() { vec![written] } else { elements(text, &written) };
        for line in lines.iter().filter_map(|line| string(text, line)) {
            write(text, line, &mut nested);
        }
    }
    let mut transcript = nested.restore(markdown::read(nested.as_str()), &source);
    if transcript.metadata.title.is_none() {
        let metadata = member(text, &whole, "metadata");
        let title =
            metadata.and_then(|it| member(text, &it, "title")).and_then(|it| string(text, &it));
        let title = title.map(|it| single_line(&unescaped(&text[it])));
        transcript.metadata.title = title.filter(|it| !it.is_empty());
    }
    if !is_closed(text, &whole) {
        let message = "the notebook is cut off; it is read as far as it goes";
        transcript.warnings.push(Warning::at(source.line(text.len()), message));
    }
    transcript
}

/// The cells, which old notebooks have in worksheets.
fn cells(text: &str, whole: &Range<usize>) -> Vec<Range<usize>> {
    let of = |object: &Range<usize>| {
        member(text, object, "cells").map(|cells| elements(text, &cells)).unwrap_or_default()
    };
    let found = of(whole);
    if !found.is_empty() {
        return found;
    }
    let sheets =
        member(text, whole, "worksheets").map(|it| elements(text, &it)).unwrap_or_default();
    sheets.iter().flat_map(of).collect()
}

fn write(text: &str, line: Range<usize>, nested: &mut Nested) {
    let inner = &text[line.clone()];
    let mut done = 0;
    while let Some(found) =
        inner.get(done..).and_then(|rest| memchr::memchr(b'\\', rest.as_bytes()))
    {
        let at = done + found;
        let (character, length) = escape(&inner[at..]).unwrap_or(('\\', 1));
        nested.copy(text, line.start + done..line.start + at);
        let bytes = line.start + at..line.start + at + length;
        if character == '\\' && length == 1 {
            nested.copy(text, bytes);
        } else {
            nested.put(character.encode_utf8(&mut [0; 4]), bytes);
        }
        done = at + length;
    }
    nested.copy(text, line.start + done..line.end);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::json::said;

    const SOURCE: &str = "{\"cells\": [\n {\"cell_type\": \"markdown\", \"metadata\": {}, \"source\": [\"# On *tapes*\\n\", \"\\n\", \"They \\\"rot\\\".\"]},\n {\"cell_type\": \"code\", \"outputs\": [{\"text\": \"out\"}], \"source\": \"print(1)\"},\n {\"cell_type\": \"raw\", \"source\": \"It d\\u00f6es.\"}],\n \"metadata\": {\"title\": \"Other\"}, \"nbformat\": 4}\n";

    #[test]
    fn markdown_is_read_and_code_is_not() {
        assert!(recognises(SOURCE));
        let transcript = read(SOURCE);
        assert_eq!(said(&transcript), [(None, "On tapes\n\nThey \"rot\".\n\nIt döes.", None)]);
        assert_eq!(transcript.metadata.title.as_deref(), Some("On tapes"));
        assert_eq!(transcript.warnings, []);
        let text = &transcript.turns[0].text;
        let start = text.as_str().find("rot").unwrap();
        let place = text.place(crate::text::TextSpan::new(start, start + 3)).source.unwrap();
        assert_eq!((&SOURCE[place.start..place.end], place.at.line), ("rot", 2));
    }

    #[test]
    fn a_notebook_that_is_cut_off_is_read_as_far_as_it_goes() {
        let transcript = read(&SOURCE[..SOURCE.find("\\\".\"]").unwrap()]);
        assert_eq!(said(&transcript), [(None, "On tapes\n\nThey \"rot", None)]);
        assert_eq!(transcript.warnings[0].line, Some(2));
    }

    #[test]
    fn without_a_heading_the_metadata_has_the_title() {
        let transcript = read(&SOURCE.replace("# On", "On"));
        assert_eq!(transcript.metadata.title.as_deref(), Some("Other"));
    }
}
