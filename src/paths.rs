//! Paths as text that can be turned into bytes again.
//!
//! An index holds text. Most systems have paths of any bytes, and a few files have names in an old
//! encoding. Each byte of such a path that is no UTF-8 becomes one of 128 characters for private use
//! (U+10F780 to U+10F7FF), and so do the bytes of these characters themselves, so that no two paths
//! are the same text and every path can be had again.

use std::{borrow::Cow, ffi::OsStr, path::PathBuf};

/// The character that stands for the byte 0, if it were ever needed: only bytes from 0x80 on are.
const BASE: u32 = 0x10_F700;

/// Whether a character stands for a byte that is no UTF-8.
#[must_use]
pub fn is_byte(c: char) -> bool {
    ('\u{10F780}'..='\u{10F7FF}').contains(&c)
}

/// A path as text. Where paths are no bytes, what is no Unicode is replaced.
#[must_use]
pub fn text(path: &OsStr) -> Cow<'_, str> {
    match path.to_str() {
        Some(text) if !text.contains(is_byte) => Cow::Borrowed(text),
        _ => odd(path),
    }
}

#[cfg(unix)]
fn odd(path: &OsStr) -> Cow<'_, str> {
    use std::os::unix::ffi::OsStrExt;

    let mut text = String::new();
    for chunk in path.as_bytes().utf8_chunks() {
        for c in chunk.valid().chars() {
            if is_byte(c) {
                push(&mut text, c.encode_utf8(&mut [0; 4]).as_bytes());
            } else {
                text.push(c);
            }
        }
        push(&mut text, chunk.invalid());
    }
    Cow::Owned(text)
}

#[cfg(unix)]
fn push(text: &mut String, bytes: &[u8]) {
    text.extend(bytes.iter().filter_map(|byte| char::from_u32(BASE + u32::from(*byte))));
}

#[cfg(not(unix))]
fn odd(path: &OsStr) -> Cow<'_, str> {
    path.to_string_lossy()
}

/// The bytes of a path that became [`text`]: those of the text itself where it was UTF-8.
#[must_use]
pub fn bytes(text: &str) -> Cow<'_, [u8]> {
    if !text.contains(is_byte) {
        return Cow::Borrowed(text.as_bytes());
    }
    let mut bytes = Vec::with_capacity(text.len());
    for c in text.chars() {
        match u8::try_from(u32::from(c).wrapping_sub(BASE)) {
            Ok(byte) if is_byte(c) => bytes.push(byte),
            _ => bytes.extend(c.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    Cow::Owned(bytes)
}

/// The path that became [`text`].
#[cfg(unix)]
#[must_use]
pub fn path(text: &str) -> PathBuf {
    use std::{ffi::OsString, os::unix::ffi::OsStringExt};

    PathBuf::from(OsString::from_vec(bytes(text).into_owned()))
}

/// The path that became [`text`].
#[cfg(not(unix))]
#[must_use]
pub fn path(text: &str) -> PathBuf {
    PathBuf::from(text)
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::ffi::OsStrExt;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_utf_8_stays_as_it_is() {
        assert_eq!(text(OsStr::new("talks/é.md")), "talks/é.md");
        assert_eq!(text(OsStr::from_bytes(b"a\xFF.md")), "a\u{10F7FF}.md");
    }

    proptest! {
        #[test]
        fn every_path_can_be_had_again(
            parts in prop::collection::vec(prop_oneof![
                any::<Vec<u8>>(),
                Just("\u{10F7FF}é".as_bytes().to_vec()),
            ], 0..4)
        ) {
            let written = parts.concat();
            let read = text(OsStr::from_bytes(&written)).into_owned();
            prop_assert_eq!(&*bytes(&read), &written[..]);
            let had = path(&read);
            prop_assert_eq!(had.as_os_str().as_bytes(), &written[..]);
        }
    }
}
