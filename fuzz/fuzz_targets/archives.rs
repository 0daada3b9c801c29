//! Readers of packed documents: no text inside makes them panic, hang, or break what they promise.
//!
//! Bytes that are no archive are packed as the text of one, since hardly any bytes are an archive.

#![no_main]

use std::io::{Cursor, Write};

use libfuzzer_sys::fuzz_target;
use pullquote_fuzz::read_as;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// The first byte chooses the name.
const NAMES: &[&str] = &["a.docx", "a.odt", "a.epub"];

/// The parts that a document of each name has, beside the one that is fuzzed, which has no text here.
const PARTS: &[&[(&str, &str)]] = &[
    &[("word/document.xml", "")],
    &[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "")],
    &[
        ("mimetype", "application/epub+zip"),
        (
            "META-INF/container.xml",
            "<container><rootfiles><rootfile full-path='a.opf'/></rootfiles></container>",
        ),
        (
            "a.opf",
            "<package><manifest><item id='a' href='a.xhtml' media-type='application/xhtml+xml'/>\
             </manifest><spine><itemref idref='a'/></spine></package>",
        ),
        ("a.xhtml", ""),
    ],
];

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, text)) = bytes.split_first() else { return };
    if text.starts_with(b"PK") {
        return read_as(NAMES, bytes);
    }
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (path, content) in PARTS[usize::from(*choice) % PARTS.len()] {
        let packed = archive.start_file(*path, stored);
        let content = if content.is_empty() { text } else { content.as_bytes() };
        packed.and_then(|()| Ok(archive.write_all(content)?)).expect("memory takes any bytes");
    }
    let packed = archive.finish().expect("memory takes any bytes").into_inner();
    let chosen = [&[*choice][..], &packed].concat();
    read_as(NAMES, &chosen);
});
