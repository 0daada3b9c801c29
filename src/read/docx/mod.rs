//! DOCX, as Word and others write it: an archive of XML.
//!
//! Source: ECMA-376, Office Open XML, part 1 (`WordprocessingML`). Read are the body with its notes
//! and text boxes, the styles, and what the file says about itself.

mod body;
mod styles;

use std::num::NonZeroU32;

use crate::{
    place::Page,
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
use body::{Body, Notes};
use styles::Styles;

/// DOCX.
pub const READER: Reader = Reader {
    format: "docx",
    extensions: &["docx", "docm", "dotx"],
    version: 4,
    recognises: |head| is_archive(head) && head.contains("word/"),
    read: Read::Bytes(read),
};

fn read(bytes: &[u8]) -> Result<Transcript, ReadError> {
    let mut archive = Archive::open(bytes, READER.format)?;
    let main = main_part(&mut archive)?;
    let Some(document) = archive.text(&main)? else {
        return Err(malformed(READER.format, format!("it has no `{main}`")));
    };
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let mut warnings = Vec::new();
    let mut part = |name: &str| {
        archive.text(&format!("{folder}/{name}")).unwrap_or_else(|error| {
            warnings.push(Warning::whole(error.to_string()));
            None
        })
    };
    let styles = part("styles.xml").map(|text| Styles::read(&text)).unwrap_or_default();
    let (footnotes, endnotes) = (part("footnotes.xml"), part("endnotes.xml"));
    let comments = part("comments.xml").map_or(0, |text| count(&text, "comment"));
    let mut flow = Flow::new(Places::Nowhere);
    let has_pages = count(&document, "lastRenderedPageBreak") > 0;
    flow.set_page(has_pages.then_some(Page(NonZeroU32::MIN)));
    let mut body = Body {
        styles: &styles,
        footnotes: Notes::read(footnotes.as_deref(), "footnote"),
        endnotes: Notes::read(endnotes.as_deref(), "endnote"),
        has_pages,
        flow: &mut flow,
        page: 1,
        title: None,
        too_deep: 0,
    };
    body.story(&document, 0);
    let title = body.title.take().map(|(title, _)| single_line(&title));
    warnings.extend(too_deep(body.too_deep));
    warnings.extend(left_out(comments, "comment"));
    let mut metadata = about(&mut archive, &mut warnings);
    metadata.title = metadata.title.or(title);
    let turns = flow.turns(&mut warnings);
    Ok(Transcript { metadata, turns, warnings })
}

fn count(text: &str, name: &str) -> usize {
    xml::pieces(text).filter(|it| matches!(it, Piece::Start(tag) if tag.name == name)).count()
}

/// The name of the part that is the document.
fn main_part(archive: &mut Archive<'_>) -> Result<String, ReadError> {
    let relations = archive.text("_rels/.rels")?.unwrap_or_default();
    let target = xml::pieces(&relations).find_map(|piece| {
        let Piece::Start(tag) = piece else { return None };
        let is_main = tag.attribute("Type").is_some_and(|it| it.ends_with("/officeDocument"));
        tag.attribute("Target").filter(|_| is_main)
    });
    let target = target.map(|it| it.trim_start_matches('/').to_owned());
    Ok(target.filter(|it| archive.has(it)).unwrap_or_else(|| "word/document.xml".to_owned()))
}

/// What the file says about itself, in `docProps/core.xml`.
fn about(archive: &mut Archive<'_>, warnings: &mut Vec<Warning>) -> Metadata {
    let core = archive.text("docProps/core.xml").unwrap_or_else(|error| {
        warnings.push(Warning::whole(error.to_string()));
        None
    });
    let mut metadata = Metadata::default();
    let mut open = "";
    let core = core.unwrap_or_default();
    for piece in xml::pieces(&core) {
        match piece {
            Piece::Start(tag) => open = tag.name,
            Piece::End(_) => open = "",
            Piece::Text(bytes) => {
                let written = single_line(&xml::decoded(&core[bytes]));
                match open {
                    "title" => metadata.title = Some(written).filter(|it| !it.is_empty()),
                    "creator" => metadata.authors = authors::authors(&written),
                    "created" => metadata.date = written.parse().ok(),
                    "language" => metadata.language = front_matter::language(&written),
                    _ => {}
                }
            }
        }
    }
    metadata
}

#[cfg(test)]
mod tests;
