//! The files inside a ZIP archive, such as DOCX, ODT and EPUB are, with bounds for what is hostile.
//!
//! Source: PKWARE's APPNOTE.TXT. The `zip` crate unpacks; here is decided what to ask it for. What an
//! archive says about sizes is never believed: bytes are counted as they come, and there may not be
//! more of them than it says ([`super::cost`] counts on that).

use std::io::{Cursor, Read};

use zip::{ZipArchive, result::ZipError};

use crate::read::{encoding, error::ReadError};

/// The most entries that an archive may have.
const MOST_ENTRIES: usize = 20_000;
/// The most bytes that may be unpacked of one archive, all its parts together.
pub const MOST_BYTES: u64 = 256 << 20;
/// A part that is larger than this is not packed tighter than [`TIGHTEST`].
const SMALL: u64 = 4 << 20;
/// How many times smaller than its text a large part may be packed; real texts reach about 20.
const TIGHTEST: u64 = 200;

/// An archive.
pub struct Archive<'a> {
    format: &'static str,
    parts: ZipArchive<Cursor<&'a [u8]>>,
    /// How many bytes may still be unpacked.
    left: u64,
}

/// Whether the start of a file is that of an archive.
#[must_use]
pub fn is_archive(head: &str) -> bool {
    head.starts_with("PK\u{3}\u{4}")
}

impl<'a> Archive<'a> {
    /// Opens an archive. `format` is what errors call it.
    ///
    /// # Errors
    /// When it is no archive, or too large a one.
    pub fn open(bytes: &'a [u8], format: &'static str) -> Result<Self, ReadError> {
        // The container that Office puts encrypted files and its old formats into.
        if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
            let reason = "it has a password, or the format of before 2007: save it anew without";
            return Err(malformed(format, reason));
        }
        let parts = ZipArchive::new(Cursor::new(bytes))
            .map_err(|error| malformed(format, format!("it is no whole archive ({error})")))?;
        if parts.len() > MOST_ENTRIES {
            return Err(malformed(format, format!("it has more than {MOST_ENTRIES} parts")));
        }
        Ok(Self { format, parts, left: MOST_BYTES })
    }

    /// Whether it has a part of this name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.parts.index_for_name(name).is_some()
    }

    /// The text of a part; `None` where there is no such part.
    ///
    /// # Errors
    /// When it cannot be unpacked: it is encrypted or broken, or larger than any text.
    pub fn text(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        let format = self.format;
        let part = match self.parts.by_name(name) {
            Ok(part) => part,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(malformed(format, format!("`{name}`: {error}"))),
        };
        let tight = part.compressed_size().saturating_mul(TIGHTEST).max(SMALL);
        let most = tight.min(self.left).min(part.size());
        let mut bytes = Vec::new();
        part.take(most + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| malformed(format, format!("`{name}`: {error}")))?;
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if length > most {
            let reason = format!("`{name}` unpacks to more than any text: it was not read");
            return Err(malformed(format, reason));
        }
        self.left -= length;
        match encoding::decode(&bytes, None) {
            Ok(decoded) => Ok(Some(decoded.text.into_owned())),
            Err(error) => Err(malformed(format, format!("`{name}` {error}"))),
        }
    }
}

/// An error about a file as a whole.
pub fn malformed(format: &'static str, reason: impl Into<String>) -> ReadError {
    ReadError::Malformed { format, reason: reason.into() }
}

#[cfg(test)]
#[allow(clippy::missing_panics_doc, reason = "a test that cannot go on has failed")]
pub mod tests {
    //! Archives for the tests of other readers as well.

    use std::io::Write;

    use zip::{ZipWriter, write::SimpleFileOptions};

    use super::*;

    /// An archive of some parts.
    pub fn pack(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn parts_are_unpacked_by_name() {
        let bytes = pack(&[("a/b.xml", "<a>é</a>")]);
        let mut archive = Archive::open(&bytes, "x").unwrap();
        assert_eq!(archive.text("a/b.xml"), Ok(Some("<a>é</a>".into())));
        assert_eq!(archive.text("c"), Ok(None));
        assert!(archive.has("a/b.xml") && !archive.has("c"));
    }

    #[test]
    fn a_part_that_unpacks_to_far_more_than_it_is_packed_is_not_read() {
        let bytes = pack(&[("bomb", &" ".repeat(20 << 20))]);
        assert!(bytes.len() < 100_000);
        let error = Archive::open(&bytes, "x").unwrap().text("bomb").unwrap_err();
        let message = "is no valid x: `bomb` unpacks to more than any text: it was not read";
        assert_eq!(error.to_string(), message);
    }

    #[test]
    fn an_archive_with_a_crowd_of_parts_is_not_opened() {
        let names: Vec<_> = (0..=MOST_ENTRIES).map(|it| it.to_string()).collect();
        let parts: Vec<_> = names.iter().map(|name| (name.as_str(), "")).collect();
        let bytes = pack(&parts);
        let error = Archive::open(&bytes, "x").map(drop).unwrap_err();
        assert_eq!(error.to_string(), "is no valid x: it has more than 20000 parts");
    }

    #[test]
    fn what_is_no_archive_is_an_error_that_says_so() {
        for bytes in [&b"PK\x03\x04"[..], b"", b"text", &[0xD0, 0xCF, 0x11, 0xE0, 0xA1]] {
            assert!(matches!(Archive::open(bytes, "x"), Err(ReadError::Malformed { .. })));
        }
    }
}
