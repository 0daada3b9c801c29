//! EPUB: an archive of pages of XHTML, in the order of its spine.
//!
//! Source: W3C, EPUB 3.3 (and OPF 2.0 for older books). Chapters go through the reader of HTML, all
//! of their text; the page that lists the chapters is left out.

use std::collections::HashMap;

use crate::{
    read::{
        Read, Reader,
        archive::{Archive, is_archive, malformed},
        authors,
        error::ReadError,
        flow::{Flow, Places},
        front_matter, html,
        prose::Kind,
        single_line::single_line,
        xml::{self, Piece},
    },
    transcript::{Metadata, Transcript, Warning},
};

/// EPUB.
pub const READER: Reader = Reader {
    format: "epub",
    extensions: &["epub"],
    version: 4,
    recognises: |head| is_archive(head) && head.contains("mimetypeapplication/epub+zip"),
    read: Read::Bytes(read),
};

fn read(bytes: &[u8]) -> Result<Transcript, ReadError> {
    let mut archive = Archive::open(bytes, READER.format)?;
    let container = archive.text("META-INF/container.xml")?;
    let path = container.as_deref().and_then(package_path);
    let Some(path) = path.filter(|path| archive.has(path)) else {
        return Err(malformed(READER.format, "its `META-INF/container.xml` leads to no package"));
    };
    let package = Package::read(&archive.text(&path)?.unwrap_or_default(), &path);
    let encrypted =
        archive.text("META-INF/encryption.xml")?.map_or_else(Vec::new, |it| locked(&it));
    let mut warnings = Vec::new();
    let mut flow = Flow::new(Places::Nowhere);
    let mut read = 0;
    for chapter in &package.chapters {
        if encrypted.contains(chapter) {
            let message = format!("`{chapter}` is encrypted against copying and was left out");
            warnings.push(Warning::whole(message));
            continue;
        }
        match archive.text(chapter) {
            Ok(Some(text)) => {
                html::lay_out_chapter(&text, &mut flow);
                flow.paragraph(Kind::Prose);
                read += 1;
            }
            Ok(None) => warnings.push(Warning::whole(format!("`{chapter}` is missing"))),
            Err(error) => warnings.push(Warning::whole(error.to_string())),
        }
    }
    if read == 0 && !encrypted.is_empty() {
        return Err(malformed(READER.format, "it is encrypted against copying (DRM)"));
    }
    let turns = flow.turns(&mut warnings);
    Ok(Transcript { metadata: package.metadata, turns, warnings })
}

/// The path of the package, by the container.
fn package_path(container: &str) -> Option<String> {
    xml::pieces(container).find_map(|piece| match piece {
        Piece::Start(tag) if tag.name == "rootfile" => {
            tag.attribute("full-path").map(std::borrow::Cow::into_owned)
        }
        _ => None,
    })
}

/// The parts that are encrypted. Fonts that are only scrambled are no text and make no difference.
fn locked(encryption: &str) -> Vec<String> {
    let references = xml::pieces(encryption).filter_map(|piece| match piece {
        Piece::Start(tag) if tag.name == "CipherReference" => tag.attribute("URI"),
        _ => None,
    });
    references.map(|path| resolve("", &path)).collect()
}

/// What the package says.
struct Package {
    metadata: Metadata,
    /// The paths of the chapters, in the order of the spine.
    chapters: Vec<String>,
}

impl Package {
    fn read(text: &str, path: &str) -> Self {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut metadata = Metadata::default();
        let mut manifest = HashMap::new();
        let mut chapters: Vec<String> = Vec::new();
        let mut open = "";
        for piece in xml::pieces(text) {
            match piece {
                Piece::Start(tag) => {
                    open = tag.name;
                    let value = |name: &str| tag.attribute(name).unwrap_or_default();
                    if tag.name == "item" {
                        let is_contents = value("properties").split(' ').any(|it| it == "nav");
                        let kind = value("media-type");
                        let is_text = kind.contains("html") || kind.is_empty();
                        if is_text && !is_contents {
                            manifest
                                .insert(value("id").into_owned(), resolve(folder, &value("href")));
                        }
                    } else if tag.name == "itemref"
                        && let Some(chapter) = manifest.remove(value("idref").as_ref())
                    {
                        chapters.push(chapter);
                    }
                }
                Piece::End(_) => open = "",
                Piece::Text(bytes) => {
                    let written = single_line(&xml::decoded(&text[bytes]));
                    set(&mut metadata, open, &written);
                }
            }
        }
        Self { metadata, chapters }
    }
}

/// Takes note of an element of the metadata. The first one of a kind counts.
fn set(metadata: &mut Metadata, name: &str, written: &str) {
    match name {
        "title" if metadata.title.is_none() && !written.is_empty() => {
            metadata.title = Some(written.to_owned());
        }
        "creator" => authors::add(&mut metadata.authors, written),
        "date" if metadata.date.is_none() => metadata.date = written.parse().ok(),
        "language" if metadata.language.is_none() => {
            metadata.language = front_matter::language(written);
        }
        "source" | "identifier" if metadata.url.is_none() && written.starts_with("http") => {
            metadata.url = Some(written.to_owned());
        }
        _ => {}
    }
}

/// The path that a reference from a folder leads to: `../a%20b.xhtml#c`.
fn resolve(folder: &str, reference: &str) -> String {
    let reference = reference.split('#').next().unwrap_or_default();
    let mut parts: Vec<&str> = Vec::new();
    let folder = if reference.starts_with('/') { "" } else { folder };
    let decoded = percent_decoded(reference);
    for part in folder.split('/').chain(decoded.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn percent_decoded(reference: &str) -> String {
    let mut bytes = Vec::with_capacity(reference.len());
    let mut rest = reference.as_bytes();
    while let [first, after @ ..] = rest {
        let code = (*first == b'%').then(|| after.get(..2)).flatten();
        let code = code.and_then(|digits| std::str::from_utf8(digits).ok());
        let code = code.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::archive::tests::pack;

    const CONTAINER: &str =
        "<container><rootfiles><rootfile full-path='OPS/book.opf'/></rootfiles></container>";
    const PACKAGE: &str = "<package><metadata><dc:title>A book</dc:title><dc:creator>Ana King</dc:creator><dc:creator>Bo Low</dc:creator><dc:date>2024-03-02</dc:date>\
        <dc:language>en-GB</dc:language></metadata><manifest>\
        <item id='n' href='nav.xhtml' properties='nav' media-type='application/xhtml+xml'/>\
        <item id='b' href='../b%20b.xhtml' media-type='application/xhtml+xml'/>\
        <item id='a' href='a.xhtml' media-type='application/xhtml+xml'/>\
        <item id='i' href='i.png' media-type='image/png'/></manifest>\
        <spine><itemref idref='n'/><itemref idref='a'/><itemref idref='b'/><itemref idref='i'/></spine></package>";

    fn book(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut all = vec![("META-INF/container.xml", CONTAINER), ("OPS/book.opf", PACKAGE)];
        all.extend(parts);
        pack(&all)
    }

    const CHAPTERS: [(&str, &str); 3] = [
        (
            "OPS/a.xhtml",
            "<?xml version='1.0'?><html><head><title>x</title><script/></head><body><h1>One</h1><p>Ana: a<br/>b</p></body></html>",
        ),
        (
            "b b.xhtml",
            "<html><body><section><header><h1>Two</h1></header><p>c</p></section></body></html>",
        ),
        ("OPS/nav.xhtml", "<html><body><p>contents</p></body></html>"),
    ];

    #[test]
    fn chapters_are_read_in_the_order_of_the_spine() {
        let transcript = read(&book(&CHAPTERS[..2])).unwrap();
        assert_eq!(transcript.turns[0].text.as_str(), "One\n\nAna: a\nb\n\nTwo\n\nc");
        assert_eq!(
            transcript.metadata,
            Metadata {
                title: Some("A book".into()),
                authors: vec!["Ana King".into(), "Bo Low".into()],
                date: "2024-03-02".parse().ok(),
                language: Some("en".into()),
                ..Metadata::default()
            }
        );
        assert_eq!(transcript.warnings, []);
    }

    #[test]
    fn a_chapter_that_is_missing_is_a_warning() {
        let transcript = read(&book(&CHAPTERS[..1])).unwrap();
        assert_eq!(transcript.warnings, [Warning::whole("`b b.xhtml` is missing")]);
    }

    #[test]
    fn a_book_that_is_encrypted_is_an_error_that_says_so() {
        let locked = |path: &str| format!("<CipherReference URI='{path}'/>");
        let all = [locked("OPS/a.xhtml"), locked("b%20b.xhtml")].concat();
        let mut parts = CHAPTERS.to_vec();
        parts.push(("META-INF/encryption.xml", &all));
        let error = read(&book(&parts)).unwrap_err();
        assert_eq!(error.to_string(), "is no valid epub: it is encrypted against copying (DRM)");
        let font = locked("OPS/font.otf");
        parts[3].1 = &font;
        assert_eq!(read(&book(&parts)).unwrap().warnings, []);
    }

    #[test]
    fn an_archive_without_a_package_is_an_error_that_says_so() {
        let error = read(&pack(&[])).unwrap_err();
        let message = "is no valid epub: its `META-INF/container.xml` leads to no package";
        assert_eq!(error.to_string(), message);
    }
}
