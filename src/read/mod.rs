//! From the bytes of a file to a [`Transcript`]: one reader for each format.
//!
//! To add a format, write one file with a `READER` and add a line to [`READERS`]. A reader gets the
//! decoded text, or the bytes where its format is not text. It never fails over a detail: what it
//! cannot make sense of is a [`Warning`](crate::transcript::Warning) with its line, and no word is
//! lost silently. Shared by many readers are [`cues`] (captions to turns), [`prose`] (paragraphs to
//! turns), [`speaker`] (what a label is) and [`encoding`]. What is known about a document from
//! elsewhere is in [`beside`].

pub mod archive;
pub mod audacity;
pub mod authors;
pub mod beside;
pub mod caption;
pub mod chat;
pub mod clock;
pub mod colours;
pub mod cost;
pub mod cues;
pub mod dialogue;
pub mod docx;
pub mod ebu_stl;
pub mod elan;
pub mod encoding;
pub mod entity;
pub mod epub;
mod error;
pub mod exmaralda;
pub mod feed;
pub mod flow;
pub mod front_matter;
pub mod html;
pub mod json;
pub mod kept;
pub mod laid_out;
pub mod language;
pub mod latex;
pub mod lines;
pub mod lrc;
pub mod markdown;
pub mod microdvd;
pub mod name;
mod name_lists;
mod nested;
pub mod nist;
pub mod nlp;
pub mod notebook;
pub mod odt;
pub mod office;
pub mod pdf;
pub mod pieces;
pub mod plain;
pub mod play;
#[cfg(test)]
mod promises;
pub mod prose;
pub mod rolling;
pub mod rtf;
#[cfg(test)]
mod said;
pub mod sami;
pub mod sbv;
pub mod scc;
pub mod screenplay;
pub mod single_line;
pub mod speaker;
pub mod spoken_words;
pub mod spruce_stl;
pub mod style;
pub mod subrip;
pub mod substation;
pub mod subviewer;
pub mod table;
pub mod tei;
pub mod textgrid;
pub mod tiers;
pub mod timestamp;
pub mod ttml;
pub mod turns;
pub mod webvtt;
pub mod xml;
pub mod youtube_xml;

pub use encoding::is_encoding;
pub use error::ReadError;

use std::borrow::Cow;

use serde_json::Value;

use crate::transcript::Transcript;

/// How a format is read.
#[derive(Clone, Copy, Debug)]
pub struct Reader {
    /// The format's name, such as `webvtt`.
    pub format: &'static str,
    /// The extensions of its files, in lower case and without a dot.
    pub extensions: &'static [&'static str],
    /// Changes whenever its output for some file does, so that indexed files are read anew.
    pub version: u32,
    /// Whether the start of a file is surely of this format. Of a binary file it sees the bytes as
    /// UTF-8 with replacement characters.
    pub recognises: fn(&str) -> bool,
    /// Reads a file.
    pub read: Read,
}

/// What a reader reads.
#[derive(Clone, Copy, Debug)]
pub enum Read {
    /// Decoded text without a byte order mark.
    Text(fn(&str) -> Transcript),
    /// JSON, parsed once for all readers of it.
    Json {
        /// Whether the file has the shape of this format.
        recognises: fn(&Value) -> bool,
        /// Reads it.
        read: fn(&Value) -> Transcript,
    },
    /// The file as it is.
    Bytes(fn(&[u8]) -> Result<Transcript, ReadError>),
}

/// All readers. Where several recognise a file, the first one reads it.
///
/// Among the shapes of JSON the plain lists come last: other formats have such lists as well.
pub static READERS: &[Reader] = &[
    subrip::READER,
    webvtt::READER,
    substation::READER,
    ttml::READER,
    sbv::READER,
    scc::READER,
    // Of two that share an extension the second one is told by its content.
    spruce_stl::READER,
    ebu_stl::READER,
    youtube_xml::READER,
    lrc::READER,
    sami::READER,
    microdvd::READER,
    subviewer::READER,
    audacity::READER,
    screenplay::READER,
    pdf::READER,
    elan::READER,
    exmaralda::READER,
    textgrid::READER,
    tei::READER,
    play::READER,
    feed::READER,
    chat::READER,
    nist::stm::READER,
    nist::ctm::READER,
    nist::rttm::READER,
    nlp::READER,
    notebook::READER,
    table::separated::CSV,
    table::separated::TSV,
    table::json_lines::READER,
    json::podcast::READER,
    json::kaldi::READER,
    json::whisper::READER,
    json::whisper_cpp::READER,
    json::aws::READER,
    json::assemblyai::READER,
    json::deepgram::READER,
    json::watson::READER,
    json::speechmatics::READER,
    json::google::READER,
    json::azure::READER,
    json::revai::READER,
    json::youtube::READER,
    json::oyez::READER,
    json::editor::DRAFT_JS,
    json::editor::AUTO_EDIT,
    json::segments::READER,
    latex::READER,
    docx::READER,
    odt::READER,
    epub::READER,
    rtf::READER,
    html::READER,
    markdown::READER,
    plain::READER,
];

/// What a caller may know better than the file tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The encoding, by a label of the WHATWG Encoding Standard; `None` leaves it to detection.
    pub encoding: Option<String>,
}

/// A file as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// What it says.
    pub transcript: Transcript,
    /// The format it was read as.
    pub format: &'static str,
    /// The version of that reader.
    pub reader_version: u32,
    /// The encoding it was decoded from, or `binary`.
    pub encoding: &'static str,
}

/// How much of a file is looked at to recognise its format, in bytes.
const HEAD: usize = 4096;

/// Formats that are text and still no prose, and that no reader takes by the name alone: what is
/// called `.xml` may be anything.
const DATA: &[&str] = &["css", "js", "json", "log", "svg", "toml", "xml", "yaml", "yml"];

/// Reads a file. `name` is its name, with or without folders; only its extension counts.
///
/// # Errors
/// When no word can be read: see [`ReadError`].
pub fn read(name: &str, bytes: &[u8], options: &Options) -> Result<Document, ReadError> {
    if let Some(reader) = reader_of_bytes(name, &lossy_head(bytes)) {
        return read_bytes(reader, bytes);
    }
    let decoded = encoding::decode(bytes, options.encoding.as_deref())?;
    let head = &decoded.text[..decoded.text.floor_char_boundary(HEAD)];
    if let Some((reader, transcript)) = read_json(name, head, &decoded.text)? {
        return finish(reader, transcript, decoded);
    }
    let reader = match reader_for(name, head) {
        Some(reader) => reader,
        None if DATA.contains(&extension(name).as_str()) => return Err(ReadError::UnknownFormat),
        None => &plain::READER,
    };
    match reader.read {
        Read::Text(read) => finish(reader, read(&decoded.text), decoded),
        Read::Bytes(_) => read_bytes(reader, bytes),
        Read::Json { .. } => Err(ReadError::UnknownFormat),
    }
}

/// Reads a file that is JSON, by its name or its start. `None` where it is something else.
fn read_json(
    name: &str,
    head: &str,
    text: &str,
) -> Result<Option<(&'static Reader, Transcript)>, ReadError> {
    let extension = extension(name);
    let is_json = |reader: &&Reader| matches!(reader.read, Read::Json { .. });
    let mut named = READERS.iter().filter(|it| it.extensions.contains(&extension.as_str()));
    let by_name = named.clone().any(|it| is_json(&it));
    // A notebook is JSON as well, and so is each line of JSON Lines: their readers take the text.
    let is_other = !by_name && named.any(|it| (it.recognises)(head));
    if is_other || (!by_name && !json::may_be(head)) {
        return Ok(None);
    }
    let value = match json::parse(text) {
        Ok(value) => value,
        Err(_) if text.trim().is_empty() => return Err(ReadError::Empty),
        Err(reason) if by_name => return Err(ReadError::Malformed { format: "JSON", reason }),
        Err(_) => return Ok(None),
    };
    for reader in READERS {
        if let Read::Json { recognises, read } = reader.read
            && recognises(&value)
        {
            return Ok(Some((reader, read(&value))));
        }
    }
    if by_name { Err(ReadError::UnknownFormat) } else { Ok(None) }
}

fn finish(
    reader: &Reader,
    mut transcript: Transcript,
    decoded: encoding::Decoded<'_>,
) -> Result<Document, ReadError> {
    if !has_word(&transcript) {
        return Err(ReadError::Empty);
    }
    transcript.warnings.splice(..0, decoded.warnings);
    Ok(document(reader, transcript, decoded.encoding))
}

/// The reader for a file, by its name and the start of its text. Which JSON it is only the whole
/// file tells.
///
/// The name decides where the content agrees or cannot tell; the content decides where the name
/// says nothing or something else, such as a `.txt` that holds SubRip.
#[must_use]
pub fn reader_for(name: &str, head: &str) -> Option<&'static Reader> {
    let extension = extension(name);
    let by_name = READERS.iter().find(|it| it.extensions.contains(&extension.as_str()));
    if by_name.is_some_and(|reader| (reader.recognises)(head)) {
        return by_name;
    }
    let by_name = by_name.filter(|_| !DATA.contains(&extension.as_str()));
    READERS.iter().find(|reader| (reader.recognises)(head)).or(by_name)
}

/// The version of a format's reader, by the format's name; `None` for a format without a reader.
#[must_use]
pub fn version_of(format: &str) -> Option<u32> {
    READERS.iter().find(|reader| reader.format == format).map(|reader| reader.version)
}

/// Whether files of this name are meant to be read, by their extension.
#[must_use]
pub fn is_known(name: &str) -> bool {
    let extension = extension(name);
    READERS.iter().any(|reader| reader.extensions.contains(&extension.as_str()))
}

/// The extension of a file, in lower case; empty where it has none.
#[must_use]
pub fn extension(name: &str) -> String {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let extension = file.rsplit_once('.').filter(|(stem, _)| !stem.is_empty());
    extension.map_or_else(String::new, |(_, extension)| extension.to_ascii_lowercase())
}

/// The reader of a format that is not text: decoding it first would be for nothing. Only a few
/// readers take bytes, and what none of them wants need not be shown to all others for that.
fn reader_of_bytes(name: &str, head: &str) -> Option<&'static Reader> {
    let extension = extension(name);
    let takes_bytes = |reader: &&Reader| matches!(reader.read, Read::Bytes(_));
    let wanted = READERS
        .iter()
        .filter(takes_bytes)
        .any(|reader| reader.extensions.contains(&extension.as_str()) || (reader.recognises)(head));
    if wanted { reader_for(name, head).filter(takes_bytes) } else { None }
}

fn lossy_head(bytes: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)])
}

fn read_bytes(reader: &'static Reader, bytes: &[u8]) -> Result<Document, ReadError> {
    let Read::Bytes(read) = reader.read else {
        return Err(ReadError::UnknownFormat);
    };
    let transcript = read(bytes)?;
    if has_word(&transcript) {
        Ok(document(reader, transcript, "binary"))
    } else {
        Err(ReadError::Empty)
    }
}

fn document(reader: &Reader, transcript: Transcript, encoding: &'static str) -> Document {
    Document { transcript, format: reader.format, reader_version: reader.version, encoding }
}

fn has_word(transcript: &Transcript) -> bool {
    transcript.turns.iter().any(|turn| turn.text.as_str().contains(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn format(name: &str, text: &str) -> Result<&'static str, ReadError> {
        read(name, text.as_bytes(), &Options::default()).map(|document| document.format)
    }

    const SUBRIP: &str = "1\n00:00:01,000 --> 00:00:02,000\nx\n";

    #[test]
    fn the_name_decides_where_the_content_cannot_tell() {
        assert_eq!(format("a/b.c/talk.MD", "text"), Ok("markdown"));
        assert_eq!(format("talk.txt", "text"), Ok("text"));
        assert_eq!(format("talk.srt", "text"), Ok("subrip"));
        assert_eq!(format("talk", "text"), Ok("text"));
        assert_eq!(format("talk.xyz", "text"), Ok("text"));
        assert_eq!(format("talk.csv", "a row of words"), Ok("csv"));
        assert_eq!(format("talk.tsv", "0\ta row"), Ok("tsv"));
        assert_eq!(format("talk.html", "words"), Ok("html"));
        assert_eq!(format("talk.svg", "words"), Err(ReadError::UnknownFormat));
    }

    #[test]
    fn the_content_decides_where_the_name_is_wrong() {
        assert_eq!(format("talk.txt", SUBRIP), Ok("subrip"));
        assert_eq!(format("talk.srt", "WEBVTT\n\n00:01.000 --> 00:02.000\nx"), Ok("webvtt"));
        assert_eq!(format("talk.txt", "[{\"start\": 1.5, \"text\": \"x\"}]"), Ok("segments"));
        assert_eq!(format("talk.txt", "[{not json]"), Ok("text"));
        assert_eq!(format("talk.xml", "<tt><body><p begin='1s'>x</p></body></tt>"), Ok("ttml"));
        assert_eq!(format("talk.sub", "[SUBTITLE]\n00:00:01.00,00:00:02.00\nx"), Ok("subviewer"));
        assert_eq!(format("talk.sub", "{1}{2}x"), Ok("microdvd"));
        assert_eq!(format("talk", "---\ntitle: x\n---\nx"), Ok("markdown"));
    }

    #[test]
    fn a_file_without_words_is_an_error() {
        for name in ["a.txt", "a.md", "a.srt", "a.vtt", "a.ass", "a.sbv", "a.lrc", "a.sub"] {
            for text in ["", "\n \n", "***", "\u{FEFF}"] {
                assert_eq!(format(name, text), Err(ReadError::Empty), "{name} {text:?}");
            }
        }
        assert_eq!(format("a.txt", "a\0b"), Err(ReadError::Binary));
        assert_eq!(format("a.json", "{}"), Err(ReadError::UnknownFormat));
        assert_eq!(format("a.xml", "<a>b</a>"), Err(ReadError::UnknownFormat));
        assert_eq!(format("a.json", " "), Err(ReadError::Empty));
        assert!(matches!(format("a.json", "{\"a"), Err(ReadError::Malformed { .. })));
    }

    #[test]
    fn known_files_are_told_by_their_extension() {
        assert!(is_known("x/talk.en.vtt") && is_known("A.TXT"));
        assert!(!is_known("x.rs") && !is_known("README") && !is_known(".md"));
    }
}
