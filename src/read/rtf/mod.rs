//! RTF: text with control words, which Word, `WordPad`, `TextEdit` and others write.
//!
//! Source: Microsoft, Rich Text Format Specification 1.9.1. Text is decoded as its fonts and code
//! pages say; what goes elsewhere than into the document (fonts, styles, pictures) is left out.

mod code_page;
mod destination;
mod story;
mod token;

use crate::{
    read::{
        Read, Reader,
        authors::authors,
        error::ReadError,
        flow::{Flow, Places},
        office::{left_out, too_deep},
        single_line::single_line,
    },
    transcript::{Metadata, Transcript, Warning},
};

/// RTF.
pub const READER: Reader = Reader {
    format: "rtf",
    extensions: &["rtf"],
    version: 4,
    recognises: |head| head.trim_start().starts_with("{\\rtf"),
    read: Read::Bytes(read),
};

fn read(bytes: &[u8]) -> Result<Transcript, ReadError> {
    if !bytes.trim_ascii_start().starts_with(b"{\\rtf") {
        let reason = "it does not start with `{\\rtf`".to_owned();
        return Err(ReadError::Malformed { format: READER.format, reason });
    }
    let mut flow = Flow::new(Places::Nowhere);
    let mut reader = story::Reader::new(bytes, &mut flow);
    reader.read();
    let title = single_line(&reader.title);
    let metadata = Metadata {
        title: (!title.is_empty()).then_some(title),
        authors: authors(&reader.author),
        date: reader.created(),
        ..Metadata::default()
    };
    let mut warnings = Vec::new();
    if let Some(page) = reader.unknown_page {
        let message = format!("its code page {page} is not known; it was read as windows-1252");
        warnings.push(Warning::whole(message));
    }
    warnings.extend(left_out(reader.annotations, "comment"));
    warnings.extend(too_deep(reader.too_deep));
    let turns = flow.turns(&mut warnings);
    Ok(Transcript { metadata, turns, warnings })
}

#[cfg(test)]
mod tests;
