//! What a document says about itself: its information dictionary, its XMP, its language.

use hayro_syntax::{
    Pdf,
    object::{Dict, Stream, String as Bytes},
};

use crate::{
    read::{
        authors,
        front_matter::language,
        pdf::limits::Budget,
        single_line::single_line,
        xml::{Piece, pieces},
    },
    transcript::{Date, Metadata},
};

/// Title, authors, date and language. The information dictionary goes before XMP.
///
/// Titles that programs make up from a file's name are none.
pub fn read(pdf: &Pdf, budget: &mut Budget) -> Metadata {
    let info = pdf.metadata();
    let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id());
    let stream = catalog.as_ref().and_then(|it| it.get::<Stream<'_>>(b"Metadata"));
    let xmp = stream.and_then(|stream| budget.unpack(&stream).ok().flatten());
    let xmp = xmp.map(|bytes| Xmp::read(&String::from_utf8_lossy(&bytes))).unwrap_or_default();
    let stated = info.title.as_deref().and_then(|title| title_of(&text(title)));
    let author = info.author.as_deref().map(|it| authors::authors(&text(it)));
    let created = info.creation_date.and_then(|it| {
        let known = it.year > 0 && (1..=12).contains(&it.month) && (1..=31).contains(&it.day);
        known.then_some(Date { year: it.year, month: Some(it.month), day: Some(it.day) })
    });
    let catalog_language = catalog.and_then(|it| it.get::<Bytes<'_>>(b"Lang"));
    Metadata {
        title: stated.or(xmp.title),
        authors: author.filter(|names| !names.is_empty()).unwrap_or(xmp.authors),
        date: created.or(xmp.date),
        language: catalog_language.and_then(|it| language(&text(it.as_bytes()))).or(xmp.language),
        ..Metadata::default()
    }
}

/// A title that a person gave.
fn title_of(written: &str) -> Option<String> {
    let title = single_line(written);
    let lower = title.to_lowercase();
    let is_file = [
        ".doc", ".docx", ".tex", ".dvi", ".odt", ".pdf", ".indd", ".qxd", ".rtf", ".txt", ".html",
        ".ps",
    ]
    .iter()
    .any(|ending| lower.ends_with(ending));
    let is_made_up =
        ["untitled", "microsoft word - ", "(anonymous)"].iter().any(|it| lower.starts_with(it));
    let has_word = title.contains(char::is_alphabetic);
    (has_word && !is_file && !is_made_up).then_some(title)
}

/// What XMP says: <https://developer.adobe.com/xmp/docs/>.
#[derive(Debug, Default, PartialEq, Eq)]
struct Xmp {
    title: Option<String>,
    authors: Vec<String>,
    date: Option<Date>,
    language: Option<String>,
}

impl Xmp {
    fn read(source: &str) -> Self {
        let mut xmp = Self::default();
        let mut open = "";
        for piece in pieces(source) {
            match piece {
                Piece::Start(tag) => {
                    if tag.name == "Description" && xmp.date.is_none() {
                        xmp.date = tag.attribute("CreateDate").and_then(|it| it.parse().ok());
                    }
                    if ["title", "creator", "language", "CreateDate"].contains(&tag.name) {
                        open = tag.name;
                    }
                }
                Piece::End(name) => {
                    if name == open {
                        open = "";
                    }
                }
                Piece::Text(bytes) => {
                    let written = &source[bytes];
                    match open {
                        "title" => xmp.title = xmp.title.or_else(|| title_of(&unescaped(written))),
                        "creator" => authors::add(&mut xmp.authors, &unescaped(written)),
                        "CreateDate" => xmp.date = xmp.date.or_else(|| written.parse().ok()),
                        "language" => xmp.language = xmp.language.or_else(|| language(written)),
                        _ => {}
                    }
                }
            }
        }
        xmp
    }
}

/// The five entities that XML has of its own.
fn unescaped(written: &str) -> String {
    written
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&")
}

/// A text string of ISO 32000-2, 7.9.2.2: UTF-16 or UTF-8 with a mark, else `PDFDocEncoding`.
#[must_use]
pub fn text(bytes: &[u8]) -> String {
    let utf16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        char::decode_utf16(units).map(|it| it.unwrap_or('\u{FFFD}')).collect()
    };
    match bytes {
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().map(|byte| of_document_encoding(*byte)).collect(),
    }
}

/// A character of `PDFDocEncoding` (annex D.3). It is Latin 1 but for two stretches.
fn of_document_encoding(byte: u8) -> char {
    const ACCENTS: [char; 8] = ['˘', 'ˇ', 'ˆ', '˙', '˝', '˛', '˚', '˜'];
    const SIGNS: [char; 33] = [
        '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚',
        '™', 'ﬁ', 'ﬂ', 'Ł', 'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž', '\u{FFFD}', '€',
    ];
    match byte {
        0x18..=0x1F => ACCENTS[usize::from(byte - 0x18)],
        0x80..=0xA0 => SIGNS[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_strings_are_read_in_all_three_encodings() {
        assert_eq!(text(b"\xFE\xFF\x00A\x20\x14"), "A—");
        assert_eq!(text(b"\xFF\xFEA\x00\x14\x20"), "A—");
        assert_eq!(text(b"\xEF\xBB\xBFC\xC3\xB4te"), "Côte");
        assert_eq!(text(b"C\xF4te d\x90Azur \x85 1961"), "Côte d’Azur – 1961");
    }

    #[test]
    fn titles_that_are_names_of_files_are_none() {
        assert_eq!(title_of(" On  Old Tapes "), Some("On Old Tapes".into()));
        for made_up in ["", "untitled", "Microsoft Word - tape.doc", "tape.tex", "12"] {
            assert_eq!(title_of(made_up), None, "{made_up}");
        }
    }

    #[test]
    fn xmp_has_a_title_authors_a_date_and_a_language() {
        let source = "<rdf:Description xmp:CreateDate=\"2026-11-20T10:00:00Z\"><dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">Tapes &amp; Glue</rdf:li></rdf:Alt></dc:title><dc:creator><rdf:Seq><rdf:li>Ana King</rdf:li><rdf:li>Bo Low</rdf:li></rdf:Seq></dc:creator><dc:language><rdf:Bag><rdf:li>en-GB</rdf:li></rdf:Bag></dc:language></rdf:Description>";
        let date = Some(Date { year: 2026, month: Some(11), day: Some(20) });
        let title = Some("Tapes & Glue".into());
        let authors = vec!["Ana King".into(), "Bo Low".into()];
        let language = Some("en".into());
        assert_eq!(Xmp::read(source), Xmp { title, authors, date, language });
    }
}
