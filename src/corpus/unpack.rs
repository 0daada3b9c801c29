//! Files that are compressed by themselves: `talk.srt.gz`, `.zst`, `.xz`.

use std::io::{self, Read};

use super::load::LoadError;

/// How much larger than a file what it holds may be, once it is more than [`SMALL`]. Text shrinks to
/// a tenth; to a thousandth shrinks only what was made to fill a memory.
pub(super) const RATIO: u64 = 250;
/// What may be unpacked of any file, in bytes.
pub(super) const SMALL: u64 = 16 << 20;
/// The largest dictionary of an `.xz`, in KiB, and window of a `.zst`, as a power of two in bytes:
/// both are what the strongest usual settings of their tools ask for.
const XZ_MEMORY: u32 = 256 << 10;
const ZSTD_WINDOW: u32 = 27;

/// How a file is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Compression {
    Gzip,
    Zstandard,
    Xz,
}

/// How a file of this name is compressed, and its name without that: `talk.srt` of `talk.srt.gz`.
fn compression(name: &str) -> Option<(Compression, &str)> {
    let (stem, extension) = name.rsplit_once('.')?;
    let compression = match extension.to_ascii_lowercase().as_str() {
        "gz" => Compression::Gzip,
        "zst" => Compression::Zstandard,
        "xz" => Compression::Xz,
        _ => return None,
    };
    (!stem.is_empty() && !stem.ends_with('/')).then_some((compression, stem))
}

/// The name of what a file holds: without `.gz`, `.zst` or `.xz`.
pub(super) fn unpacked_name(name: &str) -> &str {
    compression(name).map_or(name, |(_, stem)| stem)
}

/// How many bytes a file holds, as a rule, by its name and its size.
pub(super) fn unpacked_bytes(name: &str, bytes: u64) -> u64 {
    /// Text shrinks to a fifth.
    const USUAL: u64 = 5;
    if compression(name).is_some() { bytes.saturating_mul(USUAL) } else { bytes }
}

/// Unpacks a file if its name says that it is compressed.
///
/// # Errors
/// When it is damaged, or more than `largest` bytes come out of it, or more than of any text.
pub(super) fn unpack(name: &str, bytes: Vec<u8>, largest: u64) -> Result<Vec<u8>, LoadError> {
    let Some((compression, _)) = compression(name) else { return Ok(bytes) };
    let packed = bytes.len() as u64;
    let broken = |format: &'static str| move |source| LoadError::Broken { format, source };
    match compression {
        Compression::Gzip => {
            let reader = flate2::bufread::MultiGzDecoder::new(bytes.as_slice());
            read_bounded(reader, packed, largest, broken("gzip"))
        }
        Compression::Zstandard => {
            let mut reader = zstd::stream::read::Decoder::with_buffer(bytes.as_slice())
                .map_err(broken("zstd"))?;
            reader.window_log_max(ZSTD_WINDOW).map_err(broken("zstd"))?;
            read_bounded(reader, packed, largest, broken("zstd"))
        }
        Compression::Xz => {
            let reader = lzma_rust2::XzReader::new_mem_limit(bytes.as_slice(), true, XZ_MEMORY);
            read_bounded(reader, packed, largest, broken("xz"))
        }
    }
}

/// Reads all that comes out of `packed` bytes, up to `largest`.
pub(super) fn read_bounded(
    mut reader: impl Read,
    packed: u64,
    largest: u64,
    broken: impl Fn(io::Error) -> LoadError,
) -> Result<Vec<u8>, LoadError> {
    let by_ratio = packed.saturating_mul(RATIO).max(SMALL);
    let most = largest.min(by_ratio);
    let mut bytes = Vec::new();
    reader.by_ref().take(most + 1).read_to_end(&mut bytes).map_err(broken)?;
    let length = bytes.len() as u64;
    if length <= most {
        Ok(bytes)
    } else if most < largest {
        Err(LoadError::Inflated)
    } else {
        Err(LoadError::Unpacked(largest))
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use proptest::prelude::*;

    use super::*;
    use crate::corpus::load::LARGEST;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(9));
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn xz(bytes: &[u8]) -> Vec<u8> {
        let mut writer =
            lzma_rust2::XzWriter::new(Vec::new(), lzma_rust2::XzOptions::with_preset(1)).unwrap();
        writer.write_all(bytes).unwrap();
        writer.finish().unwrap()
    }

    fn packed(bytes: &[u8]) -> [(&'static str, Vec<u8>); 3] {
        let zstd = zstd::encode_all(bytes, 1).unwrap();
        [("talk.srt.gz", gzip(bytes)), ("talk.srt.ZST", zstd), ("talk.srt.xz", xz(bytes))]
    }

    #[test]
    fn every_compression_gives_back_what_was_packed() {
        for (name, bytes) in packed(b"words and words") {
            assert_eq!(unpack(name, bytes, LARGEST).unwrap(), b"words and words", "{name}");
        }
        assert_eq!(unpack("talk.srt", b"words".to_vec(), LARGEST).unwrap(), b"words");
    }

    #[test]
    fn a_file_in_several_parts_is_read_whole() {
        let joined = [gzip(b"one "), gzip(b"two")].concat();
        assert_eq!(unpack("a.txt.gz", joined, LARGEST).unwrap(), b"one two");
    }

    #[test]
    fn a_damaged_file_is_an_error_that_names_its_format() {
        for (name, bytes) in packed(&b"words and words ".repeat(100)) {
            let cut = bytes[..bytes.len() / 2].to_vec();
            let error = unpack(name, cut, LARGEST).unwrap_err().to_string();
            assert!(error.starts_with("is no whole "), "{name}: {error}");
        }
    }

    #[test]
    fn what_unpacks_to_far_more_than_text_does_is_refused() {
        let zeros = vec![b'a'; usize::try_from(SMALL).unwrap() + 1];
        for (name, bytes) in packed(&zeros) {
            let error = unpack(name, bytes, LARGEST).unwrap_err();
            assert!(matches!(error, LoadError::Inflated), "{name}: {error}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in any::<Vec<u8>>(), at in any::<prop::sample::Index>()) {
            for (name, mut packed) in packed(b"words") {
                let _ = unpack(name, bytes.clone(), LARGEST);
                let at = at.index(packed.len());
                packed[at] ^= 0x55;
                let _ = unpack(name, packed, LARGEST);
            }
        }
    }
}
