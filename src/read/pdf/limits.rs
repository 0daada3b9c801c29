//! Bounds on what a file may unpack to, so that a small file cannot fill the memory or take hours.
//!
//! Streams are packed; what they come to is only known by unpacking them. A stream that could come
//! to more than its bound by the best ratio of its packing is unpacked once for counting, without
//! being kept. All streams and operators of a document share a [`Budget`].

use std::{
    borrow::Cow,
    io::{self, Read},
};

use flate2::read::{DeflateDecoder, ZlibDecoder};
use hayro_syntax::{Filter, object::Stream};
use memchr::memmem::{find, rfind};
use thiserror::Error;

/// The most that one stream may unpack to, in bytes.
const STREAM: u64 = 128 << 20;
/// The most that all streams of a document may unpack to, in bytes; a stream that is drawn twice
/// counts twice.
const DOCUMENT: u64 = 1 << 30;
/// The most that the streams of objects may unpack to together, in bytes: they stay in memory.
const OBJECTS: u64 = 256 << 20;
/// The most that an encrypted stream of objects may take in the file, in bytes.
const LARGEST_ENCRYPTED: usize = 1 << 20;
/// The most operators that a page may draw, forms within forms included.
const OPERATORS: u64 = 5_000_000;
/// The most operators of a document.
const ALL_OPERATORS: u64 = 200_000_000;
/// What drawing a form counts, in operators.
const FORM: u64 = 100;
/// The most characters of a page.
pub const CHARACTERS: usize = 1_000_000;
/// The most pages that are read.
pub const PAGES: usize = 50_000;
/// How deep forms may lie in forms.
pub const DEPTH: usize = 16;

/// What was too much. The rest of the page is not read.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum Limit {
    /// A stream of more than [`STREAM`].
    #[error("a stream unpacks to more than 128 MiB")]
    Stream,
    /// All streams are more than [`DOCUMENT`].
    #[error("the document unpacks to more than 1 GiB")]
    Document,
    /// More operators than [`OPERATORS`].
    #[error("it draws with more than 5 million operators")]
    Operators,
    /// More operators than [`ALL_OPERATORS`].
    #[error("the document draws with more than 200 million operators")]
    AllOperators,
    /// More characters than [`CHARACTERS`].
    #[error("it has more than a million characters")]
    Characters,
}

/// What a document may still use.
#[derive(Debug)]
pub struct Budget {
    bytes: u64,
    operators: u64,
    of_page: u64,
}

impl Default for Budget {
    fn default() -> Self {
        Self { bytes: DOCUMENT, operators: ALL_OPERATORS, of_page: OPERATORS }
    }
}

impl Budget {
    /// A new page begins.
    pub fn turn_page(&mut self) {
        self.of_page = OPERATORS;
    }

    /// Counts an operator.
    ///
    /// # Errors
    /// When it is one too many.
    pub fn operator(&mut self) -> Result<(), Limit> {
        self.spend(1)
    }

    /// Counts a form that is drawn: as many operators, since it is unpacked and set up each time.
    ///
    /// # Errors
    /// When it is one too many.
    pub fn form(&mut self) -> Result<(), Limit> {
        self.spend(FORM)
    }

    fn spend(&mut self, operators: u64) -> Result<(), Limit> {
        self.of_page = self.of_page.checked_sub(operators).ok_or(Limit::Operators)?;
        self.operators = self.operators.checked_sub(operators).ok_or(Limit::AllOperators)?;
        Ok(())
    }

    /// What a stream holds, unpacked; `None` when it is broken.
    ///
    /// # Errors
    /// When it is too much.
    pub fn unpack<'a>(&mut self, stream: &Stream<'a>) -> Result<Option<Cow<'a, [u8]>>, Limit> {
        self.check(stream)?;
        let Ok(data) = stream.decoded_data() else {
            return Ok(None);
        };
        self.bytes = self.bytes.checked_sub(length_of(&data)).ok_or(Limit::Document)?;
        Ok(Some(data))
    }

    /// Whether a stream may be unpacked.
    ///
    /// # Errors
    /// When it comes to too much.
    pub fn check(&self, stream: &Stream<'_>) -> Result<(), Limit> {
        let packed = stream.raw_data();
        let filters = stream.filters();
        let ratio = filters.iter().map(|filter| best_ratio(*filter));
        let worst = ratio.fold(length_of(&packed), u64::saturating_mul);
        let most = STREAM.min(self.bytes);
        let limit = if most < STREAM { Limit::Document } else { Limit::Stream };
        let fits = worst <= most
            || (filters.as_slice() == [Filter::FlateDecode] && inflates_to(&packed, most) <= most);
        if fits { Ok(()) } else { Err(limit) }
    }
}

/// How many bytes a byte can unpack to.
fn best_ratio(filter: Filter) -> u64 {
    match filter {
        Filter::FlateDecode => 1032,
        Filter::LzwDecode => 2730,
        Filter::RunLengthDecode => 64,
        Filter::Ascii85Decode => 4,
        // Pictures are never unpacked, and the others only shrink.
        _ => 1,
    }
}

/// Whether the streams that hold the objects of a file come to more than [`OBJECTS`]. They are
/// unpacked while the file is opened, out of reach of a [`Budget`].
///
/// What is encrypted cannot be counted; there a packed size that is far from usual is too much.
#[must_use]
pub fn objects_are_too_large(file: &[u8]) -> bool {
    let encrypted = find(file, b"/Encrypt").is_some();
    let mut left = OBJECTS;
    let mut at = 0;
    while let Some(found) = find(&file[at..], b"stream") {
        let start = at + found + b"stream".len();
        let head = &file[at..start];
        // The dictionary of this stream alone: it begins behind the last object that ended.
        let head = rfind(head, b"endobj").map_or(head, |end| &head[end..]);
        at = start;
        let holds_objects = find(head, b"/ObjStm").is_some() || find(head, b"/XRef").is_some();
        if !holds_objects || head.ends_with(b"endstream") {
            continue;
        }
        let packed = &file[start..];
        let packed = &packed[..find(packed, b"endstream").unwrap_or(packed.len())];
        at += packed.len();
        let packed = packed.trim_ascii_start();
        if encrypted && packed.len() > LARGEST_ENCRYPTED {
            return true;
        }
        match left.checked_sub(inflates_to(packed, left)) {
            Some(rest) => left = rest,
            None => return true,
        }
    }
    false
}

/// How many bytes packed data comes to; counts no further than just above `most`.
fn inflates_to(packed: &[u8], most: u64) -> u64 {
    let count = |from: &mut dyn Read| {
        let mut counter = Counter(0);
        // What is broken counts as far as it goes.
        let _ = io::copy(&mut from.take(most.saturating_add(1)), &mut counter);
        counter.0
    };
    let zlib = count(&mut ZlibDecoder::new(packed));
    // Some files lack the header; what is encrypted is no packed data at all yet.
    if zlib > 0 { zlib } else { count(&mut DeflateDecoder::new(packed)) }
}

struct Counter(u64);

impl io::Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += length_of(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn length_of(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}
