//! ODT, as `LibreOffice` and others write it: an archive of XML.
//!
//! Source: OASIS, Open Document Format for Office Applications 1.3, part 3. Read are `content.xml`
//! and what `meta.xml` says about the file.

mod body;
mod styles;

use crate::{
    read::{
        Read, Reader,
        archive::{Archive, is_archive, malformed},
        authors,
        error::ReadError,
        flow::{Flow, Places},
        front_matter,
        office::{left_out, too_deep},
        single_line::single_line,
        xml::{self, Piece},
    },
    transcript::{Metadata, Transcript, Warning},
};
use body::Body;
use styles::Styles;

/// ODT.
pub const READER: Reader = Reader {
    format: "odt",
    extensions: &["odt", "ott", "fodt"],
    version: 4,
    recognises: |head| {
        is_archive(head) && head.contains("mimetypeapplication/vnd.oasis.opendocument.text")
    },
    read: Read::Bytes(read),
};

fn read(bytes: &[u8]) -> Result<Transcript, ReadError> {
    if !bytes.starts_with(b"PK") && bytes.trim_ascii_start().starts_with(b"<?xml") {
        // A flat file: everything in one piece of XML.
        let text = String::from_utf8_lossy(bytes);
        return Ok(transcript(&text, "", about(&text), Vec::new()));
    }
    let mut archive = Archive::open(bytes, READER.format)?;
    let manifest = archive.text("META-INF/manifest.xml")?.unwrap_or_default();
    if manifest.contains("encryption-data") {
        return Err(malformed(READER.format, "it has a password: save it anew without"));
    }
    let Some(content) = archive.text("content.xml")? else {
        return Err(malformed(READER.format, "it has no `content.xml`"));
    };
    let mut warnings = Vec::new();
    let mut part = |name: &str| {
        archive.text(name).unwrap_or_else(|error| {
            warnings.push(Warning::whole(error.to_string()));
            None
        })
    };
    let styles = part("styles.xml").unwrap_or_default();
    let metadata = about(&part("meta.xml").unwrap_or_default());
    Ok(transcript(&content, &styles, metadata, warnings))
}

fn transcript(
    content: &str,
    common_styles: &str,
    mut metadata: Metadata,
    mut warnings: Vec<Warning>,
) -> Transcript {
    let mut styles = Styles::default();
    styles.read(common_styles);
    styles.read(content);
    let mut flow = Flow::new(Places::Nowhere);
    let mut body = Body::new(&styles, &mut flow);
    body.document(content);
    let title = body.title.take();
    warnings.extend(left_out(body.annotations, "comment"));
    warnings.extend(too_deep(body.too_deep));
    let title = title.map(|title| single_line(&title)).filter(|it| !it.is_empty());
    metadata.title = metadata.title.or(title);
    let turns = flow.turns(&mut warnings);
    Transcript { metadata, turns, warnings }
}

/// What the file says about itself, in `meta.xml`.
fn about(meta: &str) -> Metadata {
    let mut metadata = Metadata::default();
    let mut changed = None;
    let mut open = "";
    for piece in xml::pieces(meta) {
        match piece {
            Piece::Start(tag) if tag.name == "body" => break,
            Piece::Start(tag) => open = tag.name,
            Piece::End(_) => open = "",
            Piece::Text(bytes) => {
                let written = single_line(&xml::decoded(&meta[bytes]));
                match open {
                    "title" => metadata.title = Some(written).filter(|it| !it.is_empty()),
                    "initial-creator" => metadata.authors = authors::authors(&written),
                    "creation-date" => metadata.date = written.parse().ok(),
                    "date" => changed = written.parse().ok(),
                    "language" => metadata.language = front_matter::language(&written),
                    _ => {}
                }
            }
        }
    }
    metadata.date = metadata.date.or(changed);
    metadata
}

#[cfg(test)]
mod tests;
