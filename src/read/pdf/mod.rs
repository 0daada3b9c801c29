//! PDF: ISO 32000-2, <https://www.pdfa.org/resource/iso-32000-pdf/>.
//!
//! A page is a drawing: it has no words, lines or paragraphs, only glyphs at places. They are rebuilt
//! in steps, a file for each: `content` draws the page in thought and keeps the glyphs, with the
//! characters that `fonts` gives them; `run` and `row` put them into lines; `margins` and
//! `line_numbers` leave out what is no part of the text; `columns` finds the order of reading;
//! `paragraphs` joins lines; `manuscript` makes turns, whose words know their page. The syntax of the
//! file, its encryption and its broken tables are the business of `hayro-syntax`, encodings that of
//! `hayro-font`. `limits` keeps small files from unpacking to large ones.

mod columns;
mod content;
mod fonts;
mod glyph;
mod limits;
mod line_numbers;
mod manuscript;
mod margins;
mod metadata;
mod paragraphs;
mod right_to_left;
mod row;
mod run;
#[cfg(test)]
mod tests;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use hayro_syntax::{LoadPdfError, Pdf, object::Dict};

use crate::{
    read::{
        Read, ReadError, Reader,
        pdf::{
            fonts::Fonts, limits::Budget, manuscript::Manuscript, paragraphs::TextLine, row::Row,
        },
        single_line::single_line,
    },
    transcript::{Transcript, Warning},
};

/// PDF.
pub const READER: Reader =
    Reader { format: "pdf", extensions: &["pdf"], version: 4, recognises, read: Read::Bytes(read) };

/// How far into a file its first line may stand, in bytes: some have mail headers above it.
const HEADER: usize = 1024;

fn recognises(head: &str) -> bool {
    head[..head.floor_char_boundary(HEADER)].contains("%PDF-")
}

fn read(bytes: &[u8]) -> Result<Transcript, ReadError> {
    // A file is made by anybody. The crates below are tested against broken ones, but no test is
    // complete, and one file must never stop the reading of a thousand others.
    catch_unwind(AssertUnwindSafe(|| read_document(bytes))).unwrap_or_else(|_| {
        Err(malformed("it is broken; save it anew, such as with `qpdf IN OUT`"))
    })
}

fn malformed(reason: &str) -> ReadError {
    ReadError::Malformed { format: "PDF", reason: reason.to_owned() }
}

fn read_document(bytes: &[u8]) -> Result<Transcript, ReadError> {
    if limits::objects_are_too_large(bytes) {
        return Err(malformed("its objects unpack to more than 256 MiB"));
    }
    let pdf = Pdf::new(Arc::new(bytes.to_vec())).map_err(|error| match error {
        LoadPdfError::Decryption(_) => ReadError::Encrypted,
        LoadPdfError::Invalid => malformed("it has no pages"),
    })?;
    let mut budget = Budget::default();
    let metadata = metadata::read(&pdf, &mut budget);
    let mut sheets = sheets(&pdf, &mut budget);
    for sheet in &mut sheets.upright {
        line_numbers::drop_line_numbers(sheet);
    }
    margins::drop_running_rows(&mut sheets.upright);
    let lines = lines(sheets.upright, sheets.turned);
    if lines.is_empty() && !sheets.pictures.is_empty() {
        return Err(ReadError::NoTextLayer);
    }
    let manuscript = Manuscript::new(&lines, &paragraphs::blocks(&lines));
    let mut transcript =
        Transcript { metadata, turns: manuscript.turns(), warnings: sheets.warnings };
    if transcript.metadata.title.is_none() {
        transcript.metadata.title = manuscript.title().map(single_line);
    }
    if !sheets.pictures.is_empty() {
        transcript.warnings.push(Warning::whole(format!(
            "{} and no text; `ocrmypdf --skip-text IN OUT` would recognise it",
            pages_have(&sheets.pictures, "a picture", "pictures")
        )));
    }
    Ok(transcript)
}

/// The pages of a document as rows.
#[derive(Default)]
struct Sheets {
    /// Of each page what is read in its main direction.
    upright: Vec<Vec<Row>>,
    /// Of each page what is read in other directions, each by itself.
    turned: Vec<Vec<Vec<Row>>>,
    /// Pages with a picture and no text, from 1.
    pictures: Vec<usize>,
    warnings: Vec<Warning>,
}

fn sheets(pdf: &Pdf, budget: &mut Budget) -> Sheets {
    let mut sheets = Sheets::default();
    let mut fonts = Fonts::new();
    let (mut unknown, mut pages_with_unknown) = (0, Vec::new());
    let pages = pdf.pages();
    for (at, page) in pages.iter().take(limits::PAGES).enumerate() {
        let (ink, stopped) = content::read(page, &mut fonts, budget);
        let mut warn = |message: &str| {
            sheets.warnings.push(Warning::whole(format!("page {}: {message}", at + 1)));
        };
        if let Some(limit) = stopped {
            warn(&format!("{limit}; the rest of it was not read"));
        }
        if ink.has_broken_stream {
            warn("a part of it is broken and was not read");
        }
        if ink.is_too_deep {
            warn("its forms lie more than 16 deep; those below were not read");
        }
        if ink.unknown > 0 {
            unknown += ink.unknown;
            pages_with_unknown.push(at + 1);
        }
        let mut directions = run::runs(&ink).into_iter().map(row::rows);
        sheets.upright.push(directions.next().unwrap_or_default());
        sheets.turned.push(directions.collect());
        if ink.has_picture && sheets.upright[at].is_empty() {
            sheets.pictures.push(at + 1);
        }
    }
    let stated = stated_pages(pdf);
    if let Some(stated) = stated.filter(|stated| *stated > pages.len()) {
        let message = format!("says that it has {stated} pages; {} were found", pages.len());
        sheets.warnings.push(Warning::whole(message));
    }
    if pages.len() > limits::PAGES {
        let message =
            format!("has {} pages; only the first {} were read", pages.len(), limits::PAGES);
        sheets.warnings.push(Warning::whole(message));
    }
    if unknown > 0 {
        let pages = pages_have(&pages_with_unknown, "characters", "characters");
        let message = format!(
            "{pages} that the file gives no letter for, {unknown} in all; they read `\u{FFFD}`"
        );
        sheets.warnings.push(Warning::whole(message));
    }
    sheets
}

/// How many pages a document says that it has.
fn stated_pages(pdf: &Pdf) -> Option<usize> {
    let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id())?;
    catalog.get::<Dict<'_>>(b"Pages")?.get::<i32>(b"Count")?.try_into().ok()
}

/// All lines in the order of reading.
fn lines(upright: Vec<Vec<Row>>, turned: Vec<Vec<Vec<Row>>>) -> Vec<TextLine> {
    let mut lines = Vec::new();
    let mut part = 0;
    for (page, (upright, turned)) in upright.into_iter().zip(turned).enumerate() {
        let turned = turned.into_iter().flat_map(columns::in_order);
        for rows in columns::in_order(upright).into_iter().chain(turned) {
            lines.extend(rows.iter().map(|row| TextLine::new(row, page, part)));
            part += 1;
        }
    }
    lines
}

/// `page 3 has a picture`, `pages 3, 5–9 have pictures`.
fn pages_have(pages: &[usize], one: &str, many: &str) -> String {
    if let [page] = pages {
        return format!("page {page} has {one}");
    }
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    for page in pages {
        match ranges.last_mut().filter(|(_, last)| last + 1 == *page) {
            Some((_, last)) => *last = *page,
            None => ranges.push((*page, *page)),
        }
    }
    let written = |(first, last): &(usize, usize)| {
        if first == last { first.to_string() } else { format!("{first}–{last}") }
    };
    let shown: Vec<_> = ranges.iter().take(8).map(written).collect();
    let more = if ranges.len() > 8 { " and others" } else { "" };
    format!("pages {}{more} have {many}", shown.join(", "))
}
